//! Characters → lines of text.

use std::cmp::Ordering;

use super::geometry::Frame;
use super::page::{Flow, Glyph};

/// How far base lines of one line may be apart, in parts of the size.
const SAME_LINE: f64 = 0.45;
/// From which gap on there is a space, and from which on another piece of the line.
const SPACE: f64 = 0.25;
const PIECE: f64 = 1.0;
/// A character that is drawn again within this distance is meant once: so some programs make it bold.
const TWICE: f64 = 0.15;

/// A line of text.
#[derive(Debug, Clone)]
pub(super) struct Line {
    pub frame: Frame,
    pub size: f64,
    /// The pieces with a space between.
    pub text: String,
    /// Its parts between wide gaps.
    pub pieces: Vec<Piece>,
}

/// A part of a line.
#[derive(Debug, Clone)]
pub(super) struct Piece {
    pub left: f64,
    pub right: f64,
    pub text: String,
}

/// A character as its line sees it: along the line, and across the lines.
struct Placed<'g> {
    glyph: &'g Glyph,
    from: f64,
    to: f64,
    across: f64,
}

/// The lines that the characters make up, in reading order: those that read to the right first, from top to bottom.
pub(super) fn lines(glyphs: &[&Glyph]) -> Vec<Line> {
    let mut out = Vec::new();
    for flow in [Flow::Right, Flow::Column, Flow::Down, Flow::Up, Flow::Left] {
        let mut placed: Vec<Placed> = glyphs.iter().filter(|g| g.flow == flow).map(|g| Placed::of(g)).collect();
        placed.sort_by(|a, b| a.across.total_cmp(&b.across).then(a.from.total_cmp(&b.from)));
        let mut rest = placed.as_mut_slice();
        while let Some(first) = rest.first() {
            let (begin, mut size) = (first.across, first.glyph.size);
            let mut end = 0;
            while let Some(next) = rest.get(end)
                && next.across - begin <= SAME_LINE * size.max(next.glyph.size)
            {
                size = size.max(next.glyph.size);
                end += 1;
            }
            let (line, after) = rest.split_at_mut(end.max(1));
            line.sort_by(by_place);
            out.extend(assemble(line));
            rest = after;
        }
    }
    out
}

fn by_place(a: &Placed, b: &Placed) -> Ordering {
    a.from.total_cmp(&b.from).then(a.to.total_cmp(&b.to)).then_with(|| a.glyph.text.cmp(&b.glyph.text))
}

impl<'g> Placed<'g> {
    fn of(glyph: &'g Glyph) -> Self {
        let Frame { left, top, right, bottom } = glyph.frame;
        let (x, y) = glyph.frame.middle();
        let (from, to, across) = match glyph.flow {
            Flow::Right => (left, right, glyph.base.1),
            Flow::Column | Flow::Down => (top, bottom, -x),
            Flow::Up => (-bottom, -top, x),
            Flow::Left => (-right, -left, -y),
        };
        Self { glyph, from, to, across }
    }

    fn is_blank(&self) -> bool {
        self.glyph.text.trim().is_empty()
    }

    /// Whether this is the other character, drawn once more.
    fn repeats(&self, other: &Self) -> bool {
        let near = TWICE * self.glyph.size.min(other.glyph.size);
        self.glyph.text == other.glyph.text
            && (self.from - other.from).abs() <= near.min((other.to - other.from) / 2.0)
            && (self.across - other.across).abs() <= near
    }
}

/// A line from its characters in order; none where nothing is printed.
fn assemble(line: &[Placed]) -> Option<Line> {
    let mut frame: Option<Frame> = None;
    let mut pieces: Vec<Piece> = Vec::new();
    let (mut size, mut end, mut has_blank) = (0.0_f64, 0.0, false);
    let mut printed: Vec<&Placed> = Vec::new();
    for placed in line {
        if placed.is_blank() {
            has_blank = true;
            continue;
        }
        if printed.iter().rev().take(4).any(|before| placed.repeats(before)) {
            continue;
        }
        printed.push(placed);
        let glyph = placed.glyph;
        frame = Some(frame.map_or(glyph.frame, |frame| frame.with(&glyph.frame)));
        size = size.max(glyph.size);
        let gap = placed.from - end;
        end = placed.to.max(if pieces.is_empty() { placed.to } else { end });
        let (left, right) = (glyph.frame.left, glyph.frame.right);
        match pieces.last_mut() {
            Some(piece) if gap < PIECE * glyph.size => {
                if gap > SPACE * glyph.size || has_blank && gap > 0.0 {
                    piece.text.push(' ');
                }
                piece.text.push_str(&glyph.text);
                piece.left = piece.left.min(left);
                piece.right = piece.right.max(right);
            }
            _ => pieces.push(Piece { left, right, text: glyph.text.to_string() }),
        }
        has_blank = false;
    }
    let text = pieces.iter().map(|piece| piece.text.as_str()).collect::<Vec<_>>().join(" ");
    Some(Line { frame: frame?, size, text, pieces })
}
