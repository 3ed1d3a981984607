//! The only place that talks to plotters: a scene in, an SVG out.
//!
//! plotters' coordinates are whole numbers, so a pixel is ten of its units; the view box scales them back. Whole numbers
//! also make the bytes the same on every machine.

use super::font::{FAMILY, register};
use super::scene::{Anchor, Colour, Scene, Shape, Type};
use super::theme::Size;
use super::{ChartError, font};
use crate::report::Lang;
use plotters::coord::Shift;
use plotters::drawing::{DrawingArea, DrawingAreaErrorKind, IntoDrawingArea};
use plotters::element::{Circle, PathElement, Polygon, Rectangle, Text};
use plotters::prelude::SVGBackend;
use plotters::style::text_anchor::{HPos, Pos, VPos};
use plotters::style::{Color, FontDesc, FontFamily, FontStyle, RGBColor, ShapeStyle, TextStyle};

/// Units of the SVG in one pixel.
const UNITS: f64 = 10.0;
/// plotters moves a text whose top stands at y down by so many em to its baseline.
const TOP_TO_BASELINE: f64 = 0.76;
/// plotters' SVG backend divides a font size by this.
const SIZE_FACTOR: f64 = 1.24;

type Failure = DrawingAreaErrorKind<std::io::Error>;

/// The scene as an SVG with a title and a description.
pub(super) fn draw(scene: &Scene, size: Size, lang: Lang, title: &str, desc: &str) -> Result<String, ChartError> {
    if !register() {
        return Err(ChartError::Font);
    }
    let (width, height) = (units(scene.width), units(scene.height));
    let mut svg = String::new();
    {
        let paper = (width.unsigned_abs(), height.unsigned_abs());
        let area = SVGBackend::with_string(&mut svg, paper).into_drawing_area();
        let drawn: Result<(), Failure> = scene.shapes.iter().try_for_each(|shape| draw_shape(&area, shape));
        drawn.and_then(|()| area.present()).map_err(|e| ChartError::Drawing(e.to_string()))?;
    }
    let (shown_width, shown_height) = size.shown(scene.width, scene.height);
    let head = format!(
        "<svg width=\"{shown_width}\" height=\"{shown_height}\" viewBox=\"0 0 {width} {height}\" \
         xmlns=\"http://www.w3.org/2000/svg\" role=\"img\" lang=\"{}\" \
         font-family=\"{FAMILY}\">\n<title>{}</title>\n<desc>{}</desc>\n",
        lang.pick("zh-CN", "en"),
        escape(title),
        escape(desc)
    );
    Ok(finish(&svg, &head))
}

/// plotters' SVG with our head, without its line ends inside texts and its attributes that say nothing.
fn finish(svg: &str, head: &str) -> String {
    let body = svg.split_once(">\n").map_or("", |(_, body)| body);
    let body = body
        .replace("\n</text>", "</text>")
        .replace(" opacity=\"1\"", "")
        .replace(" stroke=\"none\"", "")
        .replace(" \"/>", "\"/>");
    let body = body.replace(&format!(" font-family=\"{FAMILY}\""), "");
    let mut out = String::with_capacity(head.len() + body.len());
    out.push_str(head);
    for line in body.split_inclusive('\n') {
        // A text's tag and its words on one line, lest the line end becomes a space.
        if line.starts_with("<text ") && line.ends_with(">\n") && !line.ends_with("</text>\n") {
            push_with_whole_size(&mut out, line.trim_end_matches('\n'));
        } else {
            out.push_str(line);
        }
    }
    out
}

/// Sizes of type are whole numbers; plotters' division makes 120.00000000000001 of some.
fn push_with_whole_size(out: &mut String, line: &str) {
    const NAME: &str = "font-size=\"";
    let parts = line.split_once(NAME).and_then(|(before, rest)| Some((before, rest.split_once('"')?)));
    match parts.and_then(|(before, (size, after))| Some((before, size.parse::<f64>().ok()?, after))) {
        Some((before, size, after)) => {
            out.push_str(before);
            out.push_str(NAME);
            out.push_str(&libm::round(size).to_string());
            out.push('"');
            out.push_str(after);
        }
        None => out.push_str(line),
    }
}

fn escape(text: &str) -> String {
    font::clean(text).replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

#[expect(clippy::cast_possible_truncation, reason = "clamped to the range of i32 first; NaN becomes 0")]
fn units(pixels: f64) -> i32 {
    libm::round((pixels * UNITS).clamp(-1e6, 1e6)) as i32
}

fn point((x, y): (f64, f64)) -> (i32, i32) {
    (units(x), units(y))
}

fn colour(Colour(r, g, b): Colour) -> RGBColor {
    RGBColor(r, g, b)
}

fn stroke(ink: Colour, width: f64) -> ShapeStyle {
    ShapeStyle { color: colour(ink).to_rgba(), filled: false, stroke_width: units(width).unsigned_abs().max(1) }
}

fn draw_shape(area: &DrawingArea<SVGBackend<'_>, Shift>, shape: &Shape) -> Result<(), Failure> {
    match shape {
        Shape::Fill { points, colour: ink, opacity } => {
            let points: Vec<_> = points.iter().copied().map(point).collect();
            area.draw(&Polygon::new(points, colour(*ink).mix(*opacity).filled()))
        }
        Shape::Rect { area: r, colour: ink } => {
            area.draw(&Rectangle::new([point((r.left, r.top)), point((r.right, r.bottom))], colour(*ink).filled()))
        }
        Shape::Line { points, colour: ink, width } => {
            let points: Vec<_> = points.iter().copied().map(point).collect();
            area.draw(&PathElement::new(points, stroke(*ink, *width)))
        }
        Shape::Disc { centre, radius, colour: ink } => {
            area.draw(&Circle::new(point(*centre), units(*radius), colour(*ink).filled()))
        }
        Shape::Text { x, baseline, text, anchor, kind } => {
            let size = libm::round(kind.size * UNITS);
            let top = baseline - TOP_TO_BASELINE * size / UNITS;
            area.draw(&Text::new(text.as_str(), point((*x, top)), text_style(*anchor, *kind, size)))
        }
    }
}

fn text_style(anchor: Anchor, kind: Type, size: f64) -> TextStyle<'static> {
    let style = if kind.bold { FontStyle::Bold } else { FontStyle::Normal };
    let h_pos = match anchor {
        Anchor::Start => HPos::Left,
        Anchor::Middle => HPos::Center,
        Anchor::End => HPos::Right,
    };
    let font = FontDesc::new(FontFamily::Name(FAMILY), size * SIZE_FACTOR, style);
    let fill = colour(kind.colour);
    font.color(&fill).pos(Pos::new(h_pos, VPos::Top))
}
