//! The drawing instructions of a page → the characters and ruling lines that stand on it.

use std::collections::BTreeMap;
use std::rc::Rc;

use lopdf::content::{Content, Operation};
use lopdf::{Dictionary, Document, Object, Stream};

use super::font::Font;
use super::geometry::{Frame, Matrix};
use super::page::{Flow, Glyph, Page, Rule};
use super::path::Path;

/// How many instructions a document may have; a report has a few ten thousand.
const MAX_OPERATIONS: usize = 2_000_000;
/// To unpack a drawing within a drawing takes as long as so many operations, however few it holds.
const FORM_OPERATIONS: usize = 200;
/// How many bytes of instructions may be unpacked, over and over where a drawing is used again.
const MAX_BYTES: usize = 512 << 20;
/// How many bytes the instructions of a page, or of a drawing in it, may have.
const MAX_STREAM: usize = 64 << 20;
/// How many characters a document may have, and how many lines a page may have.
const MAX_GLYPHS: usize = 2_000_000;
const MAX_RULES: usize = 200_000;
/// How many fonts a document may have.
const MAX_FONTS: usize = 2_000;
/// How deep states may be saved, and drawings be used in each other.
const MAX_STATES: usize = 256;
const MAX_DEPTH: usize = 16;
/// What stands for a character that the file does not say: what printers set for a missing type. It is no part of
/// any number or label.
pub(super) const MISSING: &str = "〓";

/// What may still be spent on a document.
#[derive(Debug)]
pub(super) struct Budget {
    operations: usize,
    bytes: usize,
    glyphs: usize,
    /// Whether something had to be left out.
    pub is_spent: bool,
}

impl Budget {
    pub fn new() -> Self {
        Self { operations: MAX_OPERATIONS, bytes: MAX_BYTES, glyphs: MAX_GLYPHS, is_spent: false }
    }

    fn take(left: &mut usize, amount: usize, is_spent: &mut bool) -> bool {
        let rest = left.checked_sub(amount);
        *is_spent |= rest.is_none();
        *left = rest.unwrap_or(*left);
        rest.is_some()
    }
}

/// Reads the pages of a document.
pub(super) struct Reader<'d> {
    document: &'d Document,
    fonts: BTreeMap<*const Dictionary, Option<Rc<Font>>>,
    pub budget: Budget,
}

/// Text as it is being written.
#[derive(Debug, Clone)]
struct Writing {
    font: Option<Rc<Font>>,
    size: f64,
    /// Room after each character, and after each space.
    after_character: f64,
    after_space: f64,
    /// How much wider than tall.
    stretch: f64,
    leading: f64,
    rise: f64,
    is_invisible: bool,
}

#[derive(Debug, Clone)]
struct State {
    matrix: Matrix,
    line_width: f64,
    writing: Writing,
}

/// A page, or a drawing in it, as it is being read.
struct Canvas<'p, 'd> {
    resources: Option<&'d Dictionary>,
    state: State,
    saved: Vec<State>,
    /// Where the next character stands, and where its line began.
    text: Matrix,
    line: Matrix,
    path: Path,
    page: &'p mut Page,
    depth: usize,
}

impl<'d> Reader<'d> {
    pub fn new(document: &'d Document) -> Self {
        Self { document, fonts: BTreeMap::new(), budget: Budget::new() }
    }

    /// Reads the content of a page.
    pub fn page(&mut self, content: &[Object], resources: Option<&'d Dictionary>, matrix: Matrix) -> Page {
        let mut page = Page::default();
        let mut bytes = Vec::new();
        for part in content {
            let stream = self.document.dereference(part).ok().and_then(|(_, object)| object.as_stream().ok());
            if let Some(part) = stream.and_then(|stream| self.unpack(stream)) {
                bytes.extend_from_slice(&part);
                bytes.push(b'\n');
            }
        }
        let writing = Writing {
            font: None,
            size: 0.0,
            after_character: 0.0,
            after_space: 0.0,
            stretch: 1.0,
            leading: 0.0,
            rise: 0.0,
            is_invisible: false,
        };
        let state = State { matrix, line_width: 1.0, writing };
        self.run(&bytes, resources, state, &mut page, 0);
        page
    }

    fn unpack(&mut self, stream: &Stream) -> Option<Vec<u8>> {
        let most = MAX_STREAM.min(self.budget.bytes);
        let bytes = match stream.get_plain_content_with_limit(most) {
            Ok(bytes) => bytes,
            Err(lopdf::Error::Decompress(_)) => {
                self.budget.is_spent = true;
                return None;
            }
            Err(_) => return None,
        };
        self.budget.bytes = self.budget.bytes.saturating_sub(bytes.len().max(1024));
        Some(bytes)
    }

    fn run(&mut self, bytes: &[u8], resources: Option<&'d Dictionary>, state: State, page: &mut Page, depth: usize) {
        let mut canvas = Canvas {
            resources,
            state,
            saved: Vec::new(),
            text: Matrix::IDENTITY,
            line: Matrix::IDENTITY,
            path: Path::default(),
            page,
            depth,
        };
        for operation in Content::decode_iter(bytes) {
            let Ok(operation) = operation else { break };
            if !Budget::take(&mut self.budget.operations, 1, &mut self.budget.is_spent) {
                break;
            }
            canvas.page.shows = canvas.page.shows.saturating_add(1);
            self.act(&operation, &mut canvas);
        }
    }

    fn act(&mut self, operation: &Operation, canvas: &mut Canvas<'_, 'd>) {
        let operands = operation.operands.as_slice();
        match operation.operator.as_str() {
            "q" if canvas.saved.len() < MAX_STATES => canvas.saved.push(canvas.state.clone()),
            "Q" => {
                if let Some(state) = canvas.saved.pop() {
                    canvas.state = state;
                }
            }
            "cm" => {
                if let Some(matrix) = numbers(operands) {
                    canvas.state.matrix = Matrix(matrix).then(canvas.state.matrix);
                }
            }
            "w" => {
                if let Some([width]) = numbers(operands) {
                    canvas.state.line_width = width;
                }
            }
            "gs" => self.graphics_state(operands, canvas),
            "Do" => self.draw(operands, canvas),
            "BI" => canvas.page.images = canvas.page.images.saturating_add(1),
            operator if canvas.draw_path(operator, operands) => {}
            operator => self.write(operator, operands, canvas),
        }
    }

    fn write(&mut self, operator: &str, operands: &[Object], canvas: &mut Canvas<'_, 'd>) {
        let one = || numbers(operands).map(|[number]| number);
        let writing = &mut canvas.state.writing;
        match operator {
            "BT" => (canvas.text, canvas.line) = (Matrix::IDENTITY, Matrix::IDENTITY),
            "Tf" => self.choose_font(operands, canvas),
            "Tc" => writing.after_character = one().unwrap_or(0.0),
            "Tw" => writing.after_space = one().unwrap_or(0.0),
            "Tz" => writing.stretch = one().unwrap_or(100.0) / 100.0,
            "TL" => writing.leading = one().unwrap_or(0.0),
            "Ts" => writing.rise = one().unwrap_or(0.0),
            "Tr" => writing.is_invisible = one().is_some_and(|mode| mode == 3.0),
            "Td" | "TD" => {
                if let Some([x, y]) = numbers(operands) {
                    if operator == "TD" {
                        writing.leading = -y;
                    }
                    canvas.next_line(x, y);
                }
            }
            "Tm" => {
                if let Some(matrix) = numbers(operands) {
                    (canvas.text, canvas.line) = (Matrix(matrix), Matrix(matrix));
                }
            }
            "T*" => canvas.next_line(0.0, -canvas.state.writing.leading),
            "Tj" => self.show(operands, canvas),
            "TJ" => {
                let pieces = operands.first().and_then(|array| array.as_array().ok());
                self.show(pieces.map_or(&[], Vec::as_slice), canvas);
            }
            "'" => {
                canvas.next_line(0.0, -canvas.state.writing.leading);
                self.show(operands, canvas);
            }
            "\"" => {
                if let [space, character, text] = operands {
                    writing.after_space = number(space).unwrap_or(0.0);
                    writing.after_character = number(character).unwrap_or(0.0);
                    canvas.next_line(0.0, -canvas.state.writing.leading);
                    self.show(std::slice::from_ref(text), canvas);
                }
            }
            _ => {}
        }
    }

    fn resource(&self, canvas: &Canvas<'_, 'd>, kind: &[u8], name: &Object) -> Option<&'d Object> {
        let of_kind = canvas.resources?.get_deref(kind, self.document).ok()?.as_dict().ok()?;
        of_kind.get_deref(name.as_name().ok()?, self.document).ok()
    }

    fn graphics_state(&mut self, operands: &[Object], canvas: &mut Canvas<'_, 'd>) {
        let Some(name) = operands.first() else { return };
        let Some(dict) = self.resource(canvas, b"ExtGState", name).and_then(|object| object.as_dict().ok()) else {
            return;
        };
        if let Some(width) = dict.get_deref(b"LW", self.document).ok().and_then(number) {
            canvas.state.line_width = width;
        }
        if let Some([font, size]) =
            dict.get_deref(b"Font", self.document).ok().and_then(|f| f.as_array().ok()).map(Vec::as_slice)
            && let Ok(font) = self.document.dereference(font).and_then(|(_, font)| font.as_dict())
        {
            canvas.state.writing.font = self.font(font);
            canvas.state.writing.size = number(size).unwrap_or(0.0);
        }
    }

    fn choose_font(&mut self, operands: &[Object], canvas: &mut Canvas<'_, 'd>) {
        let [name, size] = operands else { return };
        let dict = self.resource(canvas, b"Font", name).and_then(|object| object.as_dict().ok());
        canvas.state.writing.font = dict.and_then(|dict| self.font(dict));
        canvas.state.writing.size = number(size).unwrap_or(0.0);
    }

    fn font(&mut self, dict: &'d Dictionary) -> Option<Rc<Font>> {
        let key = std::ptr::from_ref(dict);
        if let Some(known) = self.fonts.get(&key) {
            return known.clone();
        }
        if self.fonts.len() >= MAX_FONTS {
            self.budget.is_spent = true;
            return None;
        }
        let font = Font::read(dict, self.document).map(Rc::new);
        self.fonts.insert(key, font.clone());
        font
    }

    /// A picture, or a drawing with instructions of its own.
    fn draw(&mut self, operands: &[Object], canvas: &mut Canvas<'_, 'd>) {
        let Some(object) = operands.first().and_then(|name| self.resource(canvas, b"XObject", name)) else { return };
        let Ok(stream) = object.as_stream() else { return };
        match stream.dict.get_deref(b"Subtype", self.document).and_then(|name| name.as_name()) {
            Ok(b"Image") => canvas.page.images = canvas.page.images.saturating_add(1),
            Ok(b"Form") if canvas.depth < MAX_DEPTH => {
                let own = stream.dict.get_deref(b"Resources", self.document).ok().and_then(|r| r.as_dict().ok());
                let matrix = stream.dict.get_deref(b"Matrix", self.document).ok().and_then(|m| m.as_array().ok());
                let matrix = matrix.and_then(|m| numbers(m)).map_or(Matrix::IDENTITY, Matrix);
                let mut state = canvas.state.clone();
                state.matrix = matrix.then(state.matrix);
                let paid = Budget::take(&mut self.budget.operations, FORM_OPERATIONS, &mut self.budget.is_spent);
                if paid && let Some(bytes) = self.unpack(stream) {
                    self.run(&bytes, own.or(canvas.resources), state, canvas.page, canvas.depth + 1);
                }
            }
            _ => {}
        }
    }

    /// Writes strings; numbers between them move the pen.
    fn show(&mut self, pieces: &[Object], canvas: &mut Canvas<'_, 'd>) {
        let writing = canvas.state.writing.clone();
        for piece in pieces {
            match piece {
                Object::String(bytes, _) => {
                    let mut rest = bytes.as_slice();
                    while !rest.is_empty() {
                        if !Budget::take(&mut self.budget.glyphs, 1, &mut self.budget.is_spent) {
                            return;
                        }
                        rest = rest.get(canvas.show(rest, &writing)..).unwrap_or_default();
                    }
                }
                other => {
                    let moved = number(other).unwrap_or(0.0) / 1000.0 * writing.size;
                    let is_vertical = writing.font.as_ref().is_some_and(|font| font.is_vertical);
                    canvas.advance(-moved * if is_vertical { 1.0 } else { writing.stretch }, is_vertical);
                }
            }
        }
    }
}

impl Canvas<'_, '_> {
    fn next_line(&mut self, x: f64, y: f64) {
        self.line = Matrix::shift(x, y).then(self.line);
        self.text = self.line;
    }

    fn advance(&mut self, by: f64, is_vertical: bool) {
        let shift = if is_vertical { Matrix::shift(0.0, by) } else { Matrix::shift(by, 0.0) };
        self.text = shift.then(self.text);
    }

    /// Writes the character whose code begins the bytes; returns how long the code is.
    fn show(&mut self, bytes: &[u8], writing: &Writing) -> usize {
        let Some(font) = &writing.font else {
            // Text in a font that is not there: what it reads is not known.
            self.place(MISSING, 0.5, false, false, writing);
            self.advance(0.5 * writing.size * writing.stretch, false);
            return 1;
        };
        let Some(shown) = font.show(bytes) else { return bytes.len() };
        let text = shown.text.as_deref();
        self.place(text.unwrap_or(MISSING), shown.width, font.is_vertical, text.is_some(), writing);
        let spacing = writing.after_character + if shown.is_space { writing.after_space } else { 0.0 };
        if font.is_vertical {
            self.advance(spacing - writing.size, true);
        } else {
            self.advance((shown.width * writing.size + spacing) * writing.stretch, false);
        }
        shown.bytes.max(1)
    }

    fn place(&mut self, text: &str, width: f64, is_vertical: bool, is_mapped: bool, writing: &Writing) {
        let em = Matrix([writing.size * writing.stretch, 0.0, 0.0, writing.size, 0.0, writing.rise]);
        let matrix = em.then(self.text).then(self.state.matrix);
        // A line of writing reaches from a fifth of its size under the base line to four fifths above it.
        let (left, right, low, high) =
            if is_vertical { (-0.5, 0.5, -1.0, 0.0) } else { (0.0, width.clamp(0.01, 4.0), -0.2, 0.8) };
        let corners = [(left, low), (right, low), (left, high), (right, high)].map(|(x, y)| matrix.apply(x, y));
        let Some(frame) = Frame::around(&corners) else { return };
        let Matrix([right_x, right_y, up_x, up_y, ..]) = matrix;
        let (along, size) =
            (if is_vertical { (-up_x, -up_y) } else { (right_x, right_y) }, (up_x * up_x + up_y * up_y).sqrt());
        let Some(flow) = Flow::of(along, is_vertical) else { return };
        if !(0.5..500.0).contains(&size) {
            return;
        }
        let base = matrix.apply(0.0, 0.0);
        self.page.unmapped = self.page.unmapped.saturating_add(usize::from(!is_mapped));
        self.page.invisible = self.page.invisible.saturating_add(usize::from(writing.is_invisible));
        self.page.glyphs.push(Glyph { text: text.into(), frame, base, size, flow, show: self.page.shows });
    }

    /// Takes an instruction that builds or paints a path; `false` where it is none.
    fn draw_path(&mut self, operator: &str, operands: &[Object]) -> bool {
        let matrix = self.state.matrix;
        match operator {
            "m" => self.path.begin(numbers(operands).map(|[x, y]| matrix.apply(x, y))),
            "l" => self.path.line(numbers(operands).map(|[x, y]| matrix.apply(x, y))),
            "c" => self.path.curve(numbers(operands).map(|[_, _, _, _, x, y]| matrix.apply(x, y))),
            "v" | "y" => self.path.curve(numbers(operands).map(|[_, _, x, y]| matrix.apply(x, y))),
            "h" => self.path.close(),
            "re" => {
                if let Some([x, y, width, height]) = numbers(operands) {
                    let corners = [(x, y), (x + width, y), (x + width, y + height), (x, y + height)];
                    self.path.rectangle(corners.map(|(x, y)| matrix.apply(x, y)));
                }
            }
            "S" | "s" | "B" | "B*" | "b" | "b*" => {
                if matches!(operator, "s" | "b" | "b*") {
                    self.path.close();
                }
                let width = self.state.line_width * matrix.scale();
                self.path.stroke(width, &mut |rule| push(self.page, rule));
                self.path.clear();
            }
            "f" | "F" | "f*" => {
                self.path.fill(&mut |rule| push(self.page, rule));
                self.path.clear();
            }
            "n" => self.path.clear(),
            _ => return false,
        }
        true
    }
}

fn push(page: &mut Page, rule: Rule) {
    if page.rules.len() < MAX_RULES {
        page.rules.push(rule);
    }
}

fn number(object: &Object) -> Option<f64> {
    object.as_float().ok().map(f64::from).filter(|number| number.is_finite())
}

/// As many numbers as are wanted, from the end of the operands.
fn numbers<const N: usize>(operands: &[Object]) -> Option<[f64; N]> {
    let operands = operands.get(operands.len().checked_sub(N)?..)?;
    let mut out = [0.0; N];
    for (slot, operand) in out.iter_mut().zip(operands) {
        *slot = number(operand)?;
    }
    Some(out)
}
