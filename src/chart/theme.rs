//! Sizes of paper and type, and colours: safe for colour-blind readers, ordered in lightness for grey print.

use super::scene::{Colour, Type};

/// Where a chart is to be shown; each has one width. Charts with many rows or lines grow in height.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Size {
    /// 960 × 600 pixels.
    Screen,
    /// One column of a journal page, 84 mm wide.
    Single,
    /// Both columns, 174 mm wide.
    Double,
}

/// Pixels (1/96 inch) in a millimetre.
const PER_MM: f64 = 96.0 / 25.4;

impl Size {
    /// All sizes.
    pub const ALL: [Self; 3] = [Self::Screen, Self::Single, Self::Double];

    /// `screen`, `single`, `double`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Screen => "screen",
            Self::Single => "single",
            Self::Double => "double",
        }
    }

    /// The scale for [`super::png`] that suits it: twice for screens, 300 dots per inch for print.
    pub fn png_scale(self) -> f32 {
        match self {
            Self::Screen => 2.0,
            Self::Single | Self::Double => 3.125,
        }
    }

    /// Width and height as written in the SVG, from pixels.
    pub(super) fn shown(self, width: f64, height: f64) -> (String, String) {
        match self {
            Self::Screen => (format!("{}", libm::round(width)), format!("{}", libm::round(height))),
            Self::Single | Self::Double => (format!("{:.2}mm", width / PER_MM), format!("{:.2}mm", height / PER_MM)),
        }
    }

    pub(super) fn theme(self) -> Theme {
        match self {
            Self::Screen => Theme::new([960.0, 600.0, 24.0], [20.0, 14.0, 13.0, 12.0], 2.2, 4.0),
            Self::Double => Theme::new([174.0 * PER_MM, 112.0 * PER_MM, 6.0], [13.3, 10.7, 10.0, 9.0], 1.5, 2.8),
            Self::Single => Theme::new([84.0 * PER_MM, 74.0 * PER_MM, 3.0], [11.7, 9.6, 9.2, 8.4], 1.2, 2.2),
        }
    }
}

/// Measures of one size, in pixels.
#[derive(Debug, Clone, Copy)]
pub(super) struct Theme {
    pub width: f64,
    pub height: f64,
    pub margin: f64,
    pub title: Type,
    pub subtitle: Type,
    /// Labels of axes, lines, parts, rows.
    pub label: Type,
    /// n, break marks, foot.
    pub small: Type,
    /// Width of data lines.
    pub stroke: f64,
    /// Width of grid lines and axes.
    pub hair: f64,
    /// Half the width of a marker.
    pub marker: f64,
}

impl Theme {
    fn new([width, height, margin]: [f64; 3], [title, sub, label, small]: [f64; 4], stroke: f64, marker: f64) -> Self {
        let of = |size, bold, colour| Type { size, bold, colour };
        Self {
            width,
            height,
            margin,
            title: of(title, true, INK),
            subtitle: of(sub, false, SOFT),
            label: of(label, false, INK),
            small: of(small, false, SOFT),
            stroke,
            hair: stroke * 0.4,
            marker,
        }
    }
}

/// Text and axes.
pub(super) const INK: Colour = Colour(0x22, 0x22, 0x22);
/// Text of less weight; still 7 : 1 against white.
pub(super) const SOFT: Colour = Colour(0x55, 0x55, 0x55);
/// Leaders and break marks.
pub(super) const FAINT: Colour = Colour(0x8A, 0x8A, 0x8A);
/// The grid.
pub(super) const GRID: Colour = Colour(0xE2, 0xE2, 0xE2);
pub(super) const WHITE: Colour = Colour(0xFF, 0xFF, 0xFF);

/// Colours of lines, from Okabe and Ito's set: its green is left out, since its red is in, and its yellow, which
/// vanishes on white. Lightness differs from one to the next.
pub(super) const LINES: [Colour; 6] = [
    Colour(0x00, 0x5A, 0x96),
    Colour(0xD5, 0x5E, 0x00),
    Colour(0x22, 0x22, 0x22),
    Colour(0x4F, 0xA8, 0xDC),
    Colour(0xB0, 0x5A, 0x8C),
    Colour(0xC9, 0x8A, 0x00),
];

/// The colour of whatever stands alone.
pub(super) const MAIN: Colour = LINES[0];

/// Blues from dark to light (after `ColorBrewer`'s Blues).
const BLUES: [Colour; 4] =
    [Colour(0x0B, 0x40, 0x7A), Colour(0x2C, 0x7F, 0xB8), Colour(0x7F, 0xC0, 0xE3), Colour(0xD6, 0xE9, 0xF5)];
/// Browns from dark to light (after `ColorBrewer`'s `PuOr`), hatched.
const BROWNS: [Colour; 4] =
    [Colour(0x7F, 0x3B, 0x08), Colour(0xD0, 0x78, 0x1C), Colour(0xF2, 0xA6, 0x5A), Colour(0xFC, 0xE3, 0xC8)];

/// How a part of a whole is filled.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Fill {
    pub colour: Colour,
    /// Colour of the hatching, where there is one.
    pub hatch: Option<Colour>,
    /// Colour of text upon it.
    pub text: Colour,
}

impl Fill {
    fn new(colour: Colour, hatched: bool) -> Self {
        let dark = luminance(colour) < 0.36;
        let text = if dark { WHITE } else { INK };
        let hatch = hatched.then(|| mix(colour, if dark { WHITE } else { INK }, if dark { 0.45 } else { 0.28 }));
        Self { colour, hatch, text }
    }
}

/// Fills for `count` parts (at most eight) in stacking order: lightness rises, then begins anew with hatching.
pub(super) fn fills(count: usize) -> Vec<Fill> {
    let blues = if count <= 4 { count } else { count.div_ceil(2) };
    let spread = |ramp: &[Colour; 4], n: usize, hatched: bool| -> Vec<Fill> {
        let chosen: &[usize] = match n {
            0 => &[],
            1 => &[1],
            2 => &[1, 3],
            3 => &[0, 2, 3],
            _ => &[0, 1, 2, 3],
        };
        chosen.iter().filter_map(|&i| ramp.get(i)).map(|&c| Fill::new(c, hatched)).collect()
    };
    let mut fills = spread(&BLUES, blues, false);
    fills.extend(spread(&BROWNS, count.saturating_sub(blues), true));
    fills
}

/// Fills of what lies above and what lies below a baseline.
pub(super) fn above_and_below() -> (Fill, Fill) {
    (Fill::new(BLUES[1], false), Fill::new(BROWNS[2], true))
}

/// What stands behind lines and dots: a band.
pub(super) const BAND: Colour = BLUES[3];
/// What is picked out of many.
pub(super) const PICKED: Colour = LINES[1];
/// Marks of the ordinary among many; still seen against white.
pub(super) const MUTED: Colour = Colour(0x7C, 0x8B, 0x99);

/// How dark a cell of a heat map is; the order is that of lightness, so that grey print keeps it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Shade {
    /// The state that the chart is about.
    Darkest,
    /// Next to it.
    Dark,
    /// Between.
    Medium,
    /// The ordinary state.
    Light,
    /// Nothing there: white with a thin outline.
    White,
}

impl Shade {
    pub(super) fn fill(self) -> Fill {
        let colour = match self {
            Self::Darkest => BLUES[0],
            Self::Dark => BLUES[1],
            Self::Medium => BLUES[2],
            Self::Light => BLUES[3],
            Self::White => WHITE,
        };
        Fill::new(colour, false)
    }
}

/// `count` shades of blue from light to dark, for a sequence (years). Bars are lighter than dots, lest whiskers drown.
pub(super) fn sequence(count: usize, bars: bool) -> Vec<Colour> {
    let (light, dark) =
        if bars { (Colour(0xA9, 0xD3, 0xEC), Colour(0x3E, 0x8C, 0xC3)) } else { (Colour(0x74, 0xAF, 0xD8), BLUES[0]) };
    let alone = if bars { BLUES[2] } else { MAIN };
    let last = count.saturating_sub(1).max(1) as f64;
    (0..count).map(|i| if count == 1 { alone } else { mix(light, dark, i as f64 / last) }).collect()
}

fn mix(from: Colour, to: Colour, part: f64) -> Colour {
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "between two bytes")]
    let blend = |a: u8, b: u8| libm::round(f64::from(a) + (f64::from(b) - f64::from(a)) * part.clamp(0.0, 1.0)) as u8;
    Colour(blend(from.0, to.0), blend(from.1, to.1), blend(from.2, to.2))
}

/// Perceived lightness, 0 to 1.
pub(super) fn luminance(Colour(r, g, b): Colour) -> f64 {
    (0.2126 * f64::from(r) + 0.7152 * f64::from(g) + 0.0722 * f64::from(b)) / 255.0
}
