//! Pages of paper: what is written where, in points from the upper left corner.

/// A4.
pub(super) const WIDTH: f32 = 595.0;
pub(super) const HEIGHT: f32 = 842.0;
/// The area for text.
pub(super) const LEFT: f32 = 72.0;
pub(super) const RIGHT: f32 = WIDTH - 72.0;
const TOP: f32 = 72.0;
pub(super) const BOTTOM: f32 = HEIGHT - 72.0;
/// How thick a ruling line is.
pub(super) const LINE: f32 = 0.5;

/// Sizes of letters, and from line to line.
const TEXT: f32 = 12.0;
const TEXT_STEP: f32 = 20.0;
const TITLE: f32 = 18.0;
const TITLE_STEP: f32 = 28.0;

/// Something on a page.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Ink {
    /// Text; `y` is its base line.
    Text { x: f32, y: f32, size: f32, is_bold: bool, text: String },
    /// A level or upright line.
    Line { from: (f32, f32), to: (f32, f32) },
}

/// Pages, and how far the last one is filled.
#[derive(Debug)]
pub(super) struct Paper {
    pub pages: Vec<Vec<Ink>>,
    /// Where the next line begins.
    pub y: f32,
}

impl Paper {
    pub fn new() -> Self {
        Self { pages: vec![Vec::new()], y: TOP }
    }

    pub fn turn(&mut self) {
        self.pages.push(Vec::new());
        self.y = TOP;
    }

    /// The page that is written on, counted from 0.
    pub fn page(&self) -> usize {
        self.pages.len() - 1
    }

    pub fn put(&mut self, page: usize, ink: Ink) {
        if let Some(page) = self.pages.get_mut(page) {
            page.push(ink);
        }
    }

    /// Room for a line of this height; returns its base line.
    fn step(&mut self, step: f32, size: f32) -> f32 {
        if self.y + step > BOTTOM {
            self.turn();
        }
        self.y += step;
        self.y - (step - size) / 2.0 - size * 0.2
    }

    fn write(&mut self, x: f32, y: f32, size: f32, is_bold: bool, text: &str) {
        let page = self.page();
        self.put(page, Ink::Text { x, y, size, is_bold, text: text.to_owned() });
    }

    pub fn title(&mut self, text: &str, twice: bool) {
        for line in wrapped(text, RIGHT - LEFT, 0.0, TITLE) {
            let y = self.step(TITLE_STEP, TITLE);
            let x = (LEFT + RIGHT - width(&line, TITLE)) / 2.0;
            self.write(x, y, TITLE, !twice, &line);
            if twice {
                self.write(x + 0.4, y, TITLE, false, &line);
            }
        }
    }

    /// A line in the middle of the page.
    pub fn line(&mut self, text: &str) {
        for line in wrapped(text, RIGHT - LEFT, 0.0, TEXT) {
            let y = self.step(TEXT_STEP, TEXT);
            self.write((LEFT + RIGHT - width(&line, TEXT)) / 2.0, y, TEXT, false, &line);
        }
    }

    /// A paragraph, its first line indented by two characters.
    pub fn paragraph(&mut self, text: &str) {
        let indent = 2.0 * TEXT;
        for (at, line) in wrapped(text, RIGHT - LEFT, indent, TEXT).iter().enumerate() {
            let y = self.step(TEXT_STEP, TEXT);
            self.write(if at == 0 { LEFT + indent } else { LEFT }, y, TEXT, false, line);
        }
    }

    pub fn signature(&mut self, text: &str) {
        let y = self.step(TEXT_STEP, TEXT);
        self.write(RIGHT - width(text, TEXT), y, TEXT, false, text);
    }

    pub fn number_pages(&mut self, counts: bool) {
        let all = self.pages.len();
        for at in 0..all {
            let number = at + 1;
            let text = if counts { format!("第 {number} 页 共 {all} 页") } else { format!("- {number} -") };
            let x = (WIDTH - width(&text, 9.0)) / 2.0;
            self.put(at, Ink::Text { x, y: HEIGHT - 40.0, size: 9.0, is_bold: false, text });
        }
    }
}

/// About how wide a text is: Chinese characters are as wide as their size.
pub(super) fn width(text: &str, size: f32) -> f32 {
    text.chars().map(|c| advance(c) * size).sum()
}

fn advance(c: char) -> f32 {
    match c {
        '.' | ',' => 0.28,
        c if c.is_ascii() => 0.56,
        _ => 1.0,
    }
}

/// The text in lines of this width, the first one less `indent`. Numbers and words are not cut.
pub(super) fn wrapped(text: &str, room: f32, indent: f32, size: f32) -> Vec<String> {
    let mut lines = vec![String::new()];
    let mut left = room - indent;
    for piece in pieces(text) {
        let needed = width(&piece, size);
        if needed > left && lines.last().is_some_and(|line| !line.is_empty()) {
            lines.push(String::new());
            left = room;
        }
        left -= needed;
        if let Some(line) = lines.last_mut() {
            line.push_str(&piece);
        }
    }
    lines
}

/// What a line may not be broken in: single characters, but for numbers and words.
fn pieces(text: &str) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    for c in text.chars() {
        match out.last_mut() {
            Some(last) if is_word(c) && last.chars().all(is_word) => last.push(c),
            _ => out.push(c.to_string()),
        }
    }
    out
}

fn is_word(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | ',')
}
