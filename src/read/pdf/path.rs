//! Paths → ruling lines: strokes that are level or upright, and rectangles so thin that they are lines.

use super::geometry::Frame;
use super::page::Rule;

/// The most points of a path that are kept.
const MAX_POINTS: usize = 20_000;
/// A filled rectangle up to this thick is a line.
const THIN: f64 = 3.0;
/// The shortest line that is kept.
const SHORT: f64 = 1.5;
/// How far a line may be from level or upright, over its whole length.
const SKEW: f64 = 0.5;

/// A path under construction, in places of the page.
#[derive(Debug, Default)]
pub(super) struct Path {
    parts: Vec<Part>,
    points: usize,
}

#[derive(Debug, Default)]
struct Part {
    points: Vec<(f64, f64)>,
    is_closed: bool,
    is_curved: bool,
}

impl Path {
    pub fn begin(&mut self, point: Option<(f64, f64)>) {
        self.parts.push(Part::default());
        self.line(point);
    }

    pub fn line(&mut self, point: Option<(f64, f64)>) {
        if let (Some(point), Some(part)) = (point, self.parts.last_mut())
            && self.points < MAX_POINTS
        {
            self.points += 1;
            if part.is_closed {
                let points = part.points.first().copied().into_iter().chain([point]).collect();
                self.parts.push(Part { points, ..Part::default() });
            } else {
                part.points.push(point);
            }
        }
    }

    pub fn curve(&mut self, end: Option<(f64, f64)>) {
        self.line(end);
        if let Some(part) = self.parts.last_mut() {
            part.is_curved = true;
        }
    }

    pub fn close(&mut self) {
        if let Some(part) = self.parts.last_mut() {
            part.is_closed = true;
        }
    }

    pub fn rectangle(&mut self, corners: [(f64, f64); 4]) {
        if self.points < MAX_POINTS {
            self.points += 4;
            self.parts.push(Part { points: corners.to_vec(), is_closed: true, is_curved: false });
        }
    }

    pub fn clear(&mut self) {
        self.parts.clear();
        self.points = 0;
    }

    /// Strokes the path with a line of this width.
    pub fn stroke(&self, width: f64, push: &mut dyn FnMut(Rule)) {
        if width > THIN * 2.0 {
            // A bar: a line that is drawn so thick is a filled rectangle.
            return;
        }
        for part in self.parts.iter().filter(|part| !part.is_curved) {
            let ends = part.points.windows(2).filter_map(|pair| Some((*pair.first()?, *pair.last()?)));
            let last = part.is_closed.then(|| Some((*part.points.last()?, *part.points.first()?))).flatten();
            for (a, b) in ends.chain(last) {
                segment(a, b).into_iter().for_each(&mut *push);
            }
        }
    }

    /// Fills the path.
    pub fn fill(&self, push: &mut dyn FnMut(Rule)) {
        for part in self.parts.iter().filter(|part| !part.is_curved && (2..=5).contains(&part.points.len())) {
            let Some(frame) = Frame::around(&part.points) else { continue };
            let (x, y) = frame.middle();
            if frame.height() <= THIN && frame.width() > frame.height() {
                segment((frame.left, y), (frame.right, y)).into_iter().for_each(&mut *push);
            } else if frame.width() <= THIN {
                segment((x, frame.top), (x, frame.bottom)).into_iter().for_each(&mut *push);
            }
        }
    }
}

fn segment((ax, ay): (f64, f64), (bx, by): (f64, f64)) -> Option<Rule> {
    let (across, down) = ((bx - ax).abs(), (by - ay).abs());
    Frame::around(&[(ax, ay), (bx, by)])?;
    if down <= SKEW && across >= SHORT {
        Some(Rule { is_level: true, at: f64::midpoint(ay, by), from: ax.min(bx), to: ax.max(bx) })
    } else if across <= SKEW && down >= SHORT {
        Some(Rule { is_level: false, at: f64::midpoint(ax, bx), from: ay.min(by), to: ay.max(by) })
    } else {
        None
    }
}
