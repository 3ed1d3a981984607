//! Markers: what tells lines apart where colour cannot.

use super::scene::{Area, Colour, Scene};
use super::theme::{LINES, WHITE};

/// Shapes of markers, in the order of use.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Marker {
    Disc,
    Square,
    Triangle,
    Diamond,
    Ring,
    Frame,
    Wedge,
    Cross,
    Plus,
    Lozenge,
}

const MARKERS: [Marker; 10] = [
    Marker::Disc,
    Marker::Square,
    Marker::Triangle,
    Marker::Diamond,
    Marker::Ring,
    Marker::Frame,
    Marker::Wedge,
    Marker::Cross,
    Marker::Plus,
    Marker::Lozenge,
];

/// Colour and marker of the i-th series: the first thirty differ.
pub(super) fn look(index: usize) -> (Colour, Marker) {
    let colour = LINES[index % LINES.len()];
    // Every thirty series the markers move on by one, so that even then no pair comes again at once.
    let marker = MARKERS[(index + index / 30) % MARKERS.len()];
    (colour, marker)
}

/// Draws a marker of half width `r`.
pub(super) fn draw(scene: &mut Scene, (x, y): (f64, f64), r: f64, colour: Colour, marker: Marker) {
    let square = r * 0.9;
    let box_of = |half: f64| Area { left: x - half, top: y - half, right: x + half, bottom: y + half };
    let triangle = |s: f64| vec![(x, y - 1.15 * r * s), (x + 1.1 * r, y + 0.8 * r * s), (x - 1.1 * r, y + 0.8 * r * s)];
    let diamond = |r: f64| vec![(x, y - r), (x + r, y), (x, y + r), (x - r, y)];
    match marker {
        Marker::Disc => scene.disc((x, y), r, colour),
        Marker::Square => scene.rect(box_of(square), colour),
        Marker::Triangle => scene.fill(triangle(1.0), colour, 1.0),
        Marker::Wedge => scene.fill(triangle(-1.0), colour, 1.0),
        Marker::Diamond => scene.fill(diamond(1.25 * r), colour, 1.0),
        Marker::Ring => {
            scene.disc((x, y), r, colour);
            scene.disc((x, y), r * 0.55, WHITE);
        }
        Marker::Frame => {
            scene.rect(box_of(square), colour);
            scene.rect(box_of(square * 0.5), WHITE);
        }
        Marker::Lozenge => {
            scene.fill(diamond(1.3 * r), colour, 1.0);
            scene.fill(diamond(0.65 * r), WHITE, 1.0);
        }
        Marker::Cross => {
            scene.line(vec![(x - square, y - square), (x + square, y + square)], colour, r * 0.55);
            scene.line(vec![(x - square, y + square), (x + square, y - square)], colour, r * 0.55);
        }
        Marker::Plus => {
            scene.line(vec![(x - 1.1 * r, y), (x + 1.1 * r, y)], colour, r * 0.55);
            scene.line(vec![(x, y - 1.1 * r), (x, y + 1.1 * r)], colour, r * 0.55);
        }
    }
}

/// A vertical whisker with caps; nothing is drawn of an interval that is not one.
pub(super) fn whisker(scene: &mut Scene, x: f64, (from, to): (f64, f64), cap: f64, colour: Colour, width: f64) {
    scene.line(vec![(x, from), (x, to)], colour, width);
    for y in [from, to] {
        scene.line(vec![(x - cap, y), (x + cap, y)], colour, width);
    }
}

/// A horizontal whisker with caps.
pub(super) fn whisker_across(scene: &mut Scene, y: f64, (from, to): (f64, f64), cap: f64, colour: Colour, width: f64) {
    scene.line(vec![(from, y), (to, y)], colour, width);
    for x in [from, to] {
        scene.line(vec![(x, y - cap), (x, y + cap)], colour, width);
    }
}
