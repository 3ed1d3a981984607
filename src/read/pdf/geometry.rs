//! Places on a page, in points from its upper left corner.

/// An affine map, as PDF writes it: x' = ax + cy + e, y' = bx + dy + f.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Matrix(pub [f64; 6]);

impl Matrix {
    pub const IDENTITY: Self = Self([1.0, 0.0, 0.0, 1.0, 0.0, 0.0]);

    pub fn shift(x: f64, y: f64) -> Self {
        Self([1.0, 0.0, 0.0, 1.0, x, y])
    }

    /// First `self`, then `other`.
    pub fn then(self, other: Self) -> Self {
        let Self([right_x, right_y, up_x, up_y, x, y]) = self;
        let Self([_, _, _, _, to_x, to_y]) = other;
        let turned = |x: f64, y: f64| {
            let (across, down) = other.apply(x, y);
            (across - to_x, down - to_y)
        };
        let (right, up, origin) = (turned(right_x, right_y), turned(up_x, up_y), other.apply(x, y));
        Self([right.0, right.1, up.0, up.1, origin.0, origin.1])
    }

    pub fn apply(self, x: f64, y: f64) -> (f64, f64) {
        let Self([right_x, right_y, up_x, up_y, origin_x, origin_y]) = self;
        (right_x * x + up_x * y + origin_x, right_y * x + up_y * y + origin_y)
    }

    /// How much longer a line becomes, about.
    pub fn scale(self) -> f64 {
        let Self([right_x, right_y, up_x, up_y, ..]) = self;
        (right_x * up_y - right_y * up_x).abs().sqrt()
    }
}

/// An upright rectangle; `left <= right`, `top <= bottom`.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Frame {
    pub left: f64,
    pub top: f64,
    pub right: f64,
    pub bottom: f64,
}

impl Frame {
    /// The smallest frame around the points; none where there are none, or one is nowhere.
    pub fn around(points: &[(f64, f64)]) -> Option<Self> {
        let (x, y) = *points.first()?;
        let mut frame = Self { left: x, top: y, right: x, bottom: y };
        for &(x, y) in points {
            frame.left = frame.left.min(x);
            frame.right = frame.right.max(x);
            frame.top = frame.top.min(y);
            frame.bottom = frame.bottom.max(y);
        }
        let sides = [frame.left, frame.top, frame.right, frame.bottom];
        sides.iter().all(|side| side.abs() < 1e6).then_some(frame)
    }

    pub fn width(&self) -> f64 {
        self.right - self.left
    }

    pub fn height(&self) -> f64 {
        self.bottom - self.top
    }

    pub fn middle(&self) -> (f64, f64) {
        (f64::midpoint(self.left, self.right), f64::midpoint(self.top, self.bottom))
    }

    pub fn holds(&self, (x, y): (f64, f64)) -> bool {
        self.left <= x && x <= self.right && self.top <= y && y <= self.bottom
    }

    pub fn with(&self, other: &Self) -> Self {
        Self {
            left: self.left.min(other.left),
            top: self.top.min(other.top),
            right: self.right.max(other.right),
            bottom: self.bottom.max(other.bottom),
        }
    }
}

/// Gathers sorted numbers that lie within `reach` of the first of their group; each group becomes its middle.
pub(super) fn gathered(numbers: impl IntoIterator<Item = f64>, reach: f64) -> Vec<f64> {
    let mut sorted: Vec<f64> = numbers.into_iter().collect();
    sorted.sort_by(f64::total_cmp);
    let mut out = Vec::new();
    let mut group: Option<(f64, f64)> = None;
    for number in sorted {
        match &mut group {
            Some((first, last)) if number - *first <= reach => *last = number,
            _ => {
                out.extend(group.map(|(first, last)| f64::midpoint(first, last)));
                group = Some((number, number));
            }
        }
    }
    out.extend(group.map(|(first, last)| f64::midpoint(first, last)));
    out
}
