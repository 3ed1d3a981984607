//! Names beside some of many points: each as near as can be, none over another name or over any point.

use super::scene::{Anchor, Area, Scene, Type, paragraph_height};
use super::theme::{FAINT, WHITE};

/// What is taken up already, and where names may stand.
pub(super) struct Callouts {
    room: Area,
    taken: Vec<Area>,
    /// What names rather leave free: curves.
    better_free: Vec<Area>,
    hair: f64,
}

/// A name beside its point.
struct Placed {
    area: Area,
    /// From the point to the name, where they are apart.
    leader: Option<[(f64, f64); 2]>,
}

/// Directions from a point to its name, in the order in which they are tried.
const DIRECTIONS: [(f64, f64); 12] = [
    (1.0, 0.0),
    (-1.0, 0.0),
    (1.0, -1.0),
    (-1.0, -1.0),
    (1.0, 1.0),
    (-1.0, 1.0),
    (0.0, -1.0),
    (0.0, 1.0),
    (0.5, -1.0),
    (-0.5, -1.0),
    (0.5, 1.0),
    (-0.5, 1.0),
];
/// Distances between a point and its name, in heights of a name …
const DISTANCES: &[f64] = &[0.0, 0.8, 1.8, 3.0];
/// … those tried first …
const NEAR: &[f64] = &[0.0, 0.8, 1.8];
/// … and those for a name that must be written.
const FAR: &[f64] = &[1.8, 3.0, 4.5, 6.0, 8.0, 10.0, 13.0, 17.0];

/// What a name and its leader must leave free, besides that no name covers a point or another name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Strict {
    /// The name no curve, the leader no point.
    Curves,
    /// The leader no point.
    Points,
    /// Nothing more.
    Names,
}

impl Callouts {
    /// Names stand inside `room`, with leaders of `hair` pixels.
    pub fn new(room: Area, hair: f64) -> Self {
        Self { room, taken: Vec::new(), better_free: Vec::new(), hair }
    }

    /// A marker of half width `r`, which no name may cover.
    pub fn keep_clear(&mut self, (x, y): (f64, f64), r: f64) {
        self.taken.push(Area { left: x - r, top: y - r, right: x + r, bottom: y + r });
    }

    /// A path that names leave free where they can.
    pub fn avoid(&mut self, path: &[(f64, f64)]) {
        const STEP: f64 = 4.0;
        for (from, to) in path.iter().zip(path.iter().skip(1)) {
            let length = libm::hypot(to.0 - from.0, to.1 - from.1);
            let mut at = 0.0;
            while at < length {
                let part = at / length;
                let (x, y) = (from.0 + (to.0 - from.0) * part, from.1 + (to.1 - from.1) * part);
                let r = STEP / 2.0;
                self.better_free.push(Area { left: x - r, top: y - r, right: x + r, bottom: y + r });
                at += STEP;
            }
        }
    }

    /// Writes a name beside the marker of half width `r` at `point`, in at most two lines of `widest` pixels. False if
    /// there is no room for it. What must be written may stand further off, with a leader across other points.
    pub fn write(
        &mut self,
        scene: &mut Scene,
        (point, r): ((f64, f64), f64),
        (name, widest): (&str, f64),
        (kind, must): (Type, bool),
    ) -> bool {
        let lines = kind.wrap_cut(name, widest, 2);
        let width = lines.iter().map(|line| kind.width(line)).fold(0.0, f64::max);
        let height = paragraph_height(lines.len(), kind);
        let find =
            |distances: &[f64], strict: Strict| self.find(point, r, (width, height), (kind.size, distances, strict));
        let placed = find(NEAR, Strict::Curves).or_else(|| find(DISTANCES, Strict::Points));
        let placed = placed.or_else(|| if must { find(FAR, Strict::Points) } else { None });
        let placed = placed.or_else(|| if must { find(FAR, Strict::Names) } else { None });
        let Some(placed) = placed else { return false };
        let Area { left, top, right, bottom } = placed.area;
        if let Some([from, to]) = placed.leader {
            scene.line(vec![from, to], FAINT, self.hair);
            for step in 1..8 {
                let part = f64::from(step) / 8.0;
                self.keep_clear((from.0 + (to.0 - from.0) * part, from.1 + (to.1 - from.1) * part), self.hair);
            }
        }
        // Clear of the grid and of curves.
        scene.rect(placed.area, WHITE);
        let (x, anchor) = match f64::midpoint(left, right) - point.0 {
            apart if apart > width * 0.3 => (left, Anchor::Start),
            apart if apart < width * -0.3 => (right, Anchor::End),
            _ => (f64::midpoint(left, right), Anchor::Middle),
        };
        scene.paragraph(x, top, &lines, anchor, kind);
        self.taken.push(Area { left, top, right, bottom });
        true
    }

    fn find(
        &self,
        (x, y): (f64, f64),
        r: f64,
        (width, height): (f64, f64),
        (size, distances, strict): (f64, &[f64], Strict),
    ) -> Option<Placed> {
        for &distance in distances {
            for (dx, dy) in DIRECTIONS {
                let upright = dx == 0.0;
                let apart = r + size * 0.3 + distance * size;
                let (across, down) = if dx != 0.0 && dy != 0.0 { (apart * 0.8, apart * 0.5) } else { (apart, apart) };
                let middle = (x + dx * (across + width / 2.0), y + dy * (down + height / 2.0));
                let area = Area {
                    left: middle.0 - width / 2.0,
                    top: middle.1 - height / 2.0,
                    right: middle.0 + width / 2.0,
                    bottom: middle.1 + height / 2.0,
                };
                let leader = (distance > 0.0).then(|| {
                    let start = (x + dx * r, y + dy * r);
                    let end = (if upright { x } else { x + dx * across }, middle.1 - dy * height * 0.5);
                    [start, end]
                });
                let curves = strict == Strict::Curves && self.better_free.iter().any(|other| overlap(area, *other));
                let clear = strict == Strict::Names || leader.is_none_or(|[from, to]| self.is_clear(from, to));
                if !curves && clear && self.is_free(area) {
                    return Some(Placed { area, leader });
                }
            }
        }
        None
    }

    fn is_free(&self, area: Area) -> bool {
        let inside = area.left >= self.room.left
            && area.right <= self.room.right
            && area.top >= self.room.top
            && area.bottom <= self.room.bottom;
        inside && !self.taken.iter().any(|other| overlap(area, *other))
    }

    /// Whether nothing stands on the line between two places (the marker that it starts from aside).
    fn is_clear(&self, from: (f64, f64), to: (f64, f64)) -> bool {
        (2..=8).all(|step| {
            let part = f64::from(step) / 8.0;
            let (x, y) = (from.0 + (to.0 - from.0) * part, from.1 + (to.1 - from.1) * part);
            let spot = Area { left: x - self.hair, top: y - self.hair, right: x + self.hair, bottom: y + self.hair };
            !self.taken.iter().any(|other| overlap(spot, *other))
        })
    }
}

fn overlap(a: Area, b: Area) -> bool {
    a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom
}
