//! What is to be drawn: a list of shapes in pixels (1/96 inch), from back to front. Only `plot` knows plotters.

use super::font::{self, ASCENT, Cut, DESCENT};

/// A colour, red green blue.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Colour(pub u8, pub u8, pub u8);

/// Which side of a text stands at its x.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Anchor {
    Start,
    Middle,
    End,
}

/// A rectangle of the drawing: left, top, right, bottom.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Area {
    pub left: f64,
    pub top: f64,
    pub right: f64,
    pub bottom: f64,
}

impl Area {
    pub fn width(self) -> f64 {
        self.right - self.left
    }

    pub fn height(self) -> f64 {
        self.bottom - self.top
    }
}

/// A size and weight of text with its colour.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Type {
    /// Font size in pixels.
    pub size: f64,
    pub bold: bool,
    pub colour: Colour,
}

impl Type {
    pub fn width(&self, text: &str) -> f64 {
        font::width(text, self.size, self.bold)
    }

    pub fn shorten(&self, text: &str, room: f64, cut: Cut) -> String {
        font::shorten(text, self.size, self.bold, room, cut)
    }

    pub fn wrap(&self, text: &str, room: f64, most: usize) -> Vec<String> {
        font::wrap(text, self.size, self.bold, room, most)
    }

    pub fn wrap_evenly(&self, text: &str, room: f64, most: usize) -> Vec<String> {
        font::wrap_evenly(text, self.size, self.bold, room, most)
    }

    /// At most so many lines of even length; of a longer text the middle is left out, as little of it as need be.
    pub fn wrap_cut(&self, text: &str, room: f64, most: usize) -> Vec<String> {
        let cut = |shown: f64| self.shorten(text, shown, Cut::Middle);
        let fits = |shown: f64| self.wrap(&cut(shown), room, most + 1).len() <= most;
        let mut shown = self.width(text);
        if !fits(shown) {
            shown = shown.min(room * most as f64);
        }
        while !fits(shown) && shown > self.size {
            shown -= self.size * 0.5;
        }
        self.wrap_evenly(&cut(shown), room, most)
    }

    /// Lines as full as can be, but the last one not of a character or two, if a narrower paragraph avoids that.
    pub fn wrap_full(&self, text: &str, room: f64, most: usize) -> Vec<String> {
        const SHORT: f64 = 5.0;
        let lines = self.wrap(text, room, most);
        let orphan = lines.len() > 1 && lines.last().is_some_and(|last| self.width(last) < SHORT * self.size);
        if orphan {
            let narrower = self.wrap(text, room - SHORT * self.size, usize::MAX);
            if narrower.len() == lines.len() {
                return narrower;
            }
        }
        lines
    }

    /// From one baseline to the next.
    pub fn line(&self) -> f64 {
        self.size * 1.32
    }

    pub fn ascent(&self) -> f64 {
        self.size * ASCENT
    }

    pub fn descent(&self) -> f64 {
        self.size * DESCENT
    }

    /// From a line's middle down to its baseline, so that digits and ideographs look centred.
    pub fn drop(&self) -> f64 {
        self.size * 0.36
    }

    pub fn coloured(self, colour: Colour) -> Self {
        Self { colour, ..self }
    }
}

/// One thing drawn.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Shape {
    Fill { points: Vec<(f64, f64)>, colour: Colour, opacity: f64 },
    Rect { area: Area, colour: Colour },
    Line { points: Vec<(f64, f64)>, colour: Colour, width: f64 },
    Disc { centre: (f64, f64), radius: f64, colour: Colour },
    Text { x: f64, baseline: f64, text: String, anchor: Anchor, kind: Type },
}

/// The shapes, and the size of the paper.
#[derive(Debug, Clone, Default)]
pub(super) struct Scene {
    pub shapes: Vec<Shape>,
    pub width: f64,
    pub height: f64,
}

impl Scene {
    pub fn rect(&mut self, area: Area, colour: Colour) {
        if area.width() > 0.0 && area.height() > 0.0 {
            self.shapes.push(Shape::Rect { area, colour });
        }
    }

    pub fn line(&mut self, points: Vec<(f64, f64)>, colour: Colour, width: f64) {
        if points.len() > 1 {
            self.shapes.push(Shape::Line { points, colour, width });
        }
    }

    pub fn fill(&mut self, points: Vec<(f64, f64)>, colour: Colour, opacity: f64) {
        if points.len() > 2 {
            self.shapes.push(Shape::Fill { points, colour, opacity });
        }
    }

    pub fn disc(&mut self, centre: (f64, f64), radius: f64, colour: Colour) {
        self.shapes.push(Shape::Disc { centre, radius, colour });
    }

    /// A straight line in dashes of `dash` pixels with gaps as long.
    pub fn dashes(&mut self, from: (f64, f64), to: (f64, f64), dash: f64, colour: Colour, width: f64) {
        self.dashed(&[from, to], dash, colour, width);
    }

    /// A path in dashes of `dash` pixels with gaps as long; the dashes run on around its corners.
    pub fn dashed(&mut self, points: &[(f64, f64)], dash: f64, colour: Colour, width: f64) {
        let dash = dash.max(0.5);
        let (mut inked, mut left) = (true, dash);
        let mut stroke: Vec<(f64, f64)> = points.first().copied().into_iter().collect();
        for (from, to) in points.iter().zip(points.iter().skip(1)) {
            let (dx, dy) = (to.0 - from.0, to.1 - from.1);
            let length = libm::hypot(dx, dy);
            let mut at = 0.0;
            while length - at > left {
                at += left;
                let corner = (from.0 + dx * at / length, from.1 + dy * at / length);
                stroke.push(corner);
                if inked {
                    self.line(std::mem::take(&mut stroke), colour, width);
                }
                (inked, left, stroke) = (!inked, dash, vec![corner]);
            }
            left -= length - at;
            stroke.push(*to);
        }
        if inked {
            self.line(stroke, colour, width);
        }
    }

    /// The outline of a rectangle.
    pub fn outline(&mut self, area: Area, colour: Colour, width: f64) {
        let Area { left, top, right, bottom } = area;
        let corners = vec![(left, top), (right, top), (right, bottom), (left, bottom), (left, top)];
        self.line(corners, colour, width);
    }

    /// Diagonal hatching inside a rectangle: lines at 45 degrees, `step` pixels apart along the edge.
    pub fn hatch(&mut self, area: Area, step: f64, colour: Colour, width: f64) {
        let (w, h) = (area.width(), area.height());
        let mut offset = step / 2.0;
        while offset < w + h {
            // The line x + y = offset, seen from the top left corner, cut at the rectangle.
            let start = if offset <= h { (0.0, offset) } else { (offset - h, h) };
            let end = if offset <= w { (offset, 0.0) } else { (w, offset - w) };
            let place = |(x, y): (f64, f64)| (area.left + x, area.top + y);
            self.line(vec![place(start), place(end)], colour, width);
            offset += step;
        }
    }

    pub fn text(&mut self, x: f64, baseline: f64, text: impl Into<String>, anchor: Anchor, kind: Type) {
        let text = text.into();
        if !text.trim().is_empty() {
            self.shapes.push(Shape::Text { x, baseline, text, anchor, kind });
        }
    }

    /// A text whose line is centred on `middle`.
    pub fn text_centred(&mut self, x: f64, middle: f64, text: impl Into<String>, anchor: Anchor, kind: Type) {
        self.text(x, middle + kind.drop(), text, anchor, kind);
    }

    /// Lines of text from `top` down; the bottom of the last one.
    pub fn paragraph(&mut self, x: f64, top: f64, lines: &[String], anchor: Anchor, kind: Type) -> f64 {
        let mut baseline = top + kind.ascent();
        for line in lines {
            self.text(x, baseline, line.as_str(), anchor, kind);
            baseline += kind.line();
        }
        top + paragraph_height(lines.len(), kind)
    }
}

/// Height of so many lines.
pub(super) fn paragraph_height(lines: usize, kind: Type) -> f64 {
    if lines == 0 { 0.0 } else { (lines - 1) as f64 * kind.line() + kind.ascent() + kind.descent() }
}
