//! What stands on a page: characters and ruling lines.

use super::geometry::{Frame, Matrix};

/// A character where it is drawn.
#[derive(Debug, Clone)]
pub(super) struct Glyph {
    pub text: Box<str>,
    /// About the room it takes.
    pub frame: Frame,
    /// Where it stands on its base line.
    pub base: (f64, f64),
    pub size: f64,
    pub flow: Flow,
    /// Which instruction drew it; those of one instruction belong together.
    pub show: u32,
}

/// Where the next character of a line stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Flow {
    /// To the right, as in most lines.
    Right,
    /// The line is turned.
    Down,
    Left,
    Up,
    /// Below, the characters themselves upright.
    Column,
}

impl Flow {
    /// The flow of a line in this direction; none where it is oblique, as only stamps are.
    pub fn of((x, y): (f64, f64), is_vertical: bool) -> Option<Self> {
        let steep = 0.1;
        if y.abs() <= steep * x.abs() && x != 0.0 {
            Some(if x > 0.0 { Self::Right } else { Self::Left })
        } else if x.abs() <= steep * y.abs() && y != 0.0 {
            Some(match (y > 0.0, is_vertical) {
                (true, true) => Self::Column,
                (true, false) => Self::Down,
                (false, _) => Self::Up,
            })
        } else {
            None
        }
    }

    fn quarter_turns(self) -> u8 {
        match self {
            Self::Right | Self::Column => 0,
            Self::Down => 1,
            Self::Left => 2,
            Self::Up => 3,
        }
    }
}

/// A ruling line, upright or level.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Rule {
    pub is_level: bool,
    /// Its distance from the upper (level) or left edge (upright) of the page.
    pub at: f64,
    /// Where it begins and ends.
    pub from: f64,
    pub to: f64,
}

/// A page as it is drawn.
#[derive(Debug, Default)]
pub(super) struct Page {
    pub glyphs: Vec<Glyph>,
    pub rules: Vec<Rule>,
    /// How many pictures stand on it.
    pub images: usize,
    /// How many of the characters are not said by the file.
    pub unmapped: usize,
    /// How many of them do not show, as text recognition writes them behind a scanned page.
    pub invisible: usize,
    /// How many instructions were read.
    pub shows: u32,
}

impl Page {
    /// Turns the page so that most of its lines read to the right.
    pub fn set_upright(&mut self) {
        let mut counts = [0_usize; 4];
        for glyph in self.glyphs.iter().filter(|glyph| glyph.flow != Flow::Column) {
            if let Some(count) = counts.get_mut(usize::from(glyph.flow.quarter_turns())) {
                *count += 1;
            }
        }
        let turns = (0..4_u8).max_by_key(|t| (counts.get(usize::from(*t)).copied(), u8::MAX - t)).unwrap_or(0);
        for _ in 0..turns {
            self.turn_back();
        }
    }

    /// A quarter turn against the clock: what read downwards reads to the right.
    fn turn_back(&mut self) {
        let turn = Matrix([0.0, -1.0, 1.0, 0.0, 0.0, 0.0]);
        for glyph in &mut self.glyphs {
            let Frame { left, top, right, bottom } = glyph.frame;
            glyph.frame = Frame { left: top, right: bottom, top: -right, bottom: -left };
            glyph.base = turn.apply(glyph.base.0, glyph.base.1);
            glyph.flow = match glyph.flow {
                Flow::Right => Flow::Up,
                Flow::Down => Flow::Right,
                Flow::Left => Flow::Down,
                Flow::Up => Flow::Left,
                Flow::Column => Flow::Column,
            };
        }
        for rule in &mut self.rules {
            *rule = if rule.is_level {
                Rule { is_level: false, at: rule.at, from: -rule.to, to: -rule.from }
            } else {
                Rule { is_level: true, at: -rule.at, from: rule.from, to: rule.to }
            };
        }
    }
}
