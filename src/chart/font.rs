//! The embedded font: its bytes, and how wide a text is.
//!
//! A text is as wide as the sum of its characters' advances: the subset carries no kerning, so plotters, resvg and
//! browsers agree. Widths are in em (1 em = the font size) unless said otherwise.

use plotters::style::{FontDesc, FontFamily, FontStyle, register_font};
use std::sync::OnceLock;

/// The regular weight: Noto Sans SC, a subset (`data/fonts/README.md`).
pub const REGULAR: &[u8] = include_bytes!("../../data/fonts/NotoSansSC-Regular.otf");
/// The bold weight.
pub const BOLD: &[u8] = include_bytes!("../../data/fonts/NotoSansSC-Bold.otf");

/// The family as written in the SVG: the embedded font, then what systems have that looks alike.
pub(super) const FAMILY: &str =
    "Noto Sans SC, Noto Sans CJK SC, Source Han Sans SC, PingFang SC, Microsoft YaHei, sans-serif";

/// Height above the baseline of most of the ink, in em; what a label box takes up.
pub(super) const ASCENT: f64 = 0.88;
/// Depth below the baseline, in em.
pub(super) const DESCENT: f64 = 0.16;

/// plotters takes a size as ascent - descent of the font (1160 + 288 units here); at this size one pixel is one
/// thousandth of an em.
const UNITS: f64 = 1448.0;

/// What stands for the characters cut off.
const ELLIPSIS: char = '…';

/// Registers both weights with plotters, once. False if plotters cannot read them.
pub(super) fn register() -> bool {
    static DONE: OnceLock<bool> = OnceLock::new();
    *DONE.get_or_init(|| {
        register_font(FAMILY, FontStyle::Normal, REGULAR).is_ok()
            && register_font(FAMILY, FontStyle::Bold, BOLD).is_ok()
    })
}

/// Widths of the characters met most, one table a weight: ASCII, and one for all full-width characters.
struct Advances {
    ascii: [f64; 128],
    font: FontDesc<'static>,
}

impl Advances {
    fn new(style: FontStyle) -> Self {
        register();
        let font = FontDesc::new(FontFamily::Name(FAMILY), UNITS, style);
        let mut ascii = [0.0; 128];
        for (code, width) in (0_u8..).zip(ascii.iter_mut()) {
            *width = advance(&font, char::from(code));
        }
        Self { ascii, font }
    }

    fn of(&self, character: char) -> f64 {
        let code = u32::from(character);
        // Ideographs are one em wide by the design of the font.
        if (0x4E00..=0x9FFF).contains(&code) {
            return 1.0;
        }
        match self.ascii.get(code as usize) {
            Some(&width) => width,
            None => advance(&self.font, character),
        }
    }
}

fn advance(font: &FontDesc<'static>, character: char) -> f64 {
    let mut buffer = [0; 4];
    let text = character.encode_utf8(&mut buffer);
    font.layout_box(text).map_or(1.0, |(_, (width, _))| f64::from(width) / 1000.0)
}

fn advances(bold: bool) -> &'static Advances {
    static REGULAR: OnceLock<Advances> = OnceLock::new();
    static BOLD: OnceLock<Advances> = OnceLock::new();
    if bold {
        BOLD.get_or_init(|| Advances::new(FontStyle::Bold))
    } else {
        REGULAR.get_or_init(|| Advances::new(FontStyle::Normal))
    }
}

/// Width of a text in pixels at a font size in pixels.
pub(super) fn width(text: &str, size: f64, bold: bool) -> f64 {
    let table = advances(bold);
    text.chars().map(|c| table.of(c)).sum::<f64>() * size
}

/// Where a text too long for its room loses characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Cut {
    /// At its end.
    End,
    /// In its middle: names of Chinese agencies begin alike and differ at the end.
    Middle,
}

/// The text, shortened with `…` until it is at most `room` pixels wide; empty if not even `…` fits.
pub(super) fn shorten(text: &str, size: f64, bold: bool, room: f64, cut: Cut) -> String {
    if width(text, size, bold) <= room {
        return text.to_owned();
    }
    let table = advances(bold);
    let mut left = room / size - table.of(ELLIPSIS);
    if left < 0.0 {
        return String::new();
    }
    let characters: Vec<char> = text.chars().collect();
    let (mut head, mut tail) = (0, characters.len());
    while head < tail {
        let from_tail = cut == Cut::Middle && characters.len() - tail <= head;
        let next = if from_tail { tail - 1 } else { head };
        let Some(&character) = characters.get(next) else { break };
        left -= table.of(character);
        if left < 0.0 {
            break;
        }
        if from_tail {
            tail -= 1;
        } else {
            head += 1;
        }
    }
    let end = if cut == Cut::Middle { tail } else { characters.len() };
    let start: String = characters.iter().take(head).collect();
    let rest: String = characters.iter().skip(end).collect();
    format!("{}{ELLIPSIS}{}", start.trim_end(), rest.trim_start())
}

/// Marks that never begin a line.
fn clings_back(character: char) -> bool {
    "，。、；：？！）】〕〗》〉」』”’％%‰·…—,.;:?!)]}".contains(character)
}

/// Marks that never end a line.
fn clings_forward(character: char) -> bool {
    "（【〔〖《〈「『“‘([{".contains(character)
}

fn breaks_alone(character: char) -> bool {
    let code = u32::from(character);
    (0x2E80..=0xA4CF).contains(&code) || (0xF900..=0xFAFF).contains(&code) || code >= 0x20000
}

/// The smallest pieces a line may consist of: a Latin word, or one Chinese character with the marks that cling to it.
fn pieces(text: &str) -> Vec<String> {
    let mut pieces: Vec<String> = Vec::new();
    let mut previous: Option<char> = None;
    for character in text.chars() {
        let joins = match previous {
            None => false,
            Some(' ') => character == ' ',
            Some(p) if clings_forward(p) => true,
            Some(_) if character == ' ' || clings_back(character) => true,
            Some(p) => !(breaks_alone(p) || breaks_alone(character) || clings_back(p) && u32::from(p) > 0x2E80),
        };
        match pieces.last_mut() {
            Some(last) if joins => last.push(character),
            _ => pieces.push(character.to_string()),
        }
        previous = Some(character);
    }
    pieces
}

/// The text in lines of at most `room` pixels. Chinese breaks anywhere but before closing and after opening marks,
/// Latin at spaces; a word longer than a line is cut. With more than `most` lines, the last one ends in `…`.
pub(super) fn wrap(text: &str, size: f64, bold: bool, room: f64, most: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    let mut line = String::new();
    for piece in pieces(text) {
        let longer = format!("{line}{piece}");
        if width(longer.trim_end(), size, bold) <= room {
            line = longer;
            continue;
        }
        if !line.trim().is_empty() {
            lines.push(std::mem::take(&mut line).trim().to_owned());
        }
        line = String::new();
        // A single piece wider than the line: cut between characters.
        for character in piece.trim_start().chars() {
            let longer = format!("{line}{character}");
            if width(longer.trim_end(), size, bold) > room && !line.is_empty() {
                lines.push(std::mem::take(&mut line));
            }
            line.push(character);
        }
    }
    if !line.trim().is_empty() {
        lines.push(line.trim().to_owned());
    }
    if lines.len() > most {
        let rest = lines.split_off(most.saturating_sub(1)).join(" ");
        if most > 0 {
            let cut = format!("{rest}{ELLIPSIS}");
            lines.push(shorten(&cut, size, bold, room, Cut::End));
        }
    }
    lines
}

/// Like [`wrap`], with lines about as long as one another rather than a last line of one character.
pub(super) fn wrap_evenly(text: &str, size: f64, bold: bool, room: f64, most: usize) -> Vec<String> {
    let lines = wrap(text, size, bold, room, most);
    if lines.len() < 2 || lines.len() == most && lines.last().is_some_and(|last| last.ends_with(ELLIPSIS)) {
        return lines;
    }
    // Not narrower than the longest word, lest it be cut.
    let longest = pieces(text).iter().map(|piece| width(piece.trim_end(), size, bold)).fold(0.0, f64::max);
    let (mut narrow, mut wide) = (longest.min(room), room);
    for _ in 0..8 {
        let middle = f64::midpoint(narrow, wide);
        if wrap(text, size, bold, middle, usize::MAX).len() > lines.len() {
            narrow = middle;
        } else {
            wide = middle;
        }
    }
    wrap(text, size, bold, wide, most)
}

/// A text from outside, fit for an SVG: white space as single spaces, no control characters, no characters that turn
/// the writing direction or that XML forbids, and not endless.
pub(super) fn clean(text: &str) -> String {
    const LONGEST: usize = 1_000;
    let mut clean = String::new();
    for character in text.chars().take(LONGEST * 4) {
        let code = u32::from(character);
        let forbidden = matches!(code, 0x200B..=0x200F | 0x202A..=0x202E | 0x2060..=0x206F | 0xFEFF | 0xFFFE | 0xFFFF)
            || (0xE000..=0xF8FF).contains(&code);
        if character.is_whitespace() || character.is_control() {
            if !clean.is_empty() && !clean.ends_with(' ') {
                clean.push(' ');
            }
        } else if !forbidden {
            clean.push(character);
        }
    }
    let clean = clean.trim_end();
    if clean.chars().count() <= LONGEST {
        return clean.to_owned();
    }
    clean.chars().take(LONGEST - 1).chain([ELLIPSIS]).collect()
}
