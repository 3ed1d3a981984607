//! Cells: what was printed for a figure, and why it may be absent.

use super::Place;
use crate::form::{FigureId, forms};
use serde::{Deserialize, Serialize};

/// Why a figure has no value. None of these is ever a zero.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Absence {
    /// The cell is there and empty.
    Blank,
    /// The form of this report does not ask for the figure.
    NotAsked,
    /// The table that it stands in is missing.
    NoTable,
    /// Something is printed that cannot be read, or cannot be placed with certainty.
    Unreadable,
}

impl Absence {
    /// Its name in files: `blank`, `not_asked`, `no_table`, `unreadable`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Blank => "blank",
            Self::NotAsked => "not_asked",
            Self::NoTable => "no_table",
            Self::Unreadable => "unreadable",
        }
    }
}

/// How a cell reads.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Reading {
    /// A plain number.
    Number(f64),
    /// A number with a remark beside it (`22（其中修订16件）`) or a unit; the whole stands in [`Cell::printed`].
    Remarked(f64),
    /// `/`, `-`, `无`: states none. The value is 0 and it is remembered that a dash was printed.
    Dash,
    /// Not printed by this form; the sum of figures that are (all of which have values).
    Sum(f64),
    /// No value, for a reason.
    Absent(Absence),
}

/// One figure of one report.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Cell {
    /// How it reads.
    pub reading: Reading,
    /// Where it is printed, for everything that is printed.
    pub place: Option<Place>,
    /// The printed text, kept only where it is not simply the number's own digits
    /// (remarks, dashes, full-width digits, separators, unreadable text).
    pub printed: Option<Box<str>>,
}

impl Cell {
    /// A cell without a value and without a place.
    pub const fn absent(absence: Absence) -> Self {
        Self { reading: Reading::Absent(absence), place: None, printed: None }
    }

    /// The value: a dash is 0, an absent figure has none.
    pub fn value(&self) -> Option<f64> {
        match self.reading {
            Reading::Number(v) | Reading::Remarked(v) | Reading::Sum(v) => Some(v),
            Reading::Dash => Some(0.0),
            Reading::Absent(_) => None,
        }
    }

    /// Why there is no value, if there is none.
    pub fn absence(&self) -> Option<Absence> {
        match self.reading {
            Reading::Absent(absence) => Some(absence),
            _ => None,
        }
    }
}

/// The cells of all figures of the catalogue, one each, in the canonical order.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Figures(Vec<Cell>);

impl Figures {
    /// Every figure absent for the same reason.
    pub fn all(absence: Absence) -> Self {
        Self(vec![Cell::absent(absence); forms().figures.len()])
    }

    /// The cell of a figure.
    pub fn get(&self, id: FigureId) -> &Cell {
        &self.0[usize::from(id.0)]
    }

    /// Puts a cell in a figure's place.
    pub fn set(&mut self, id: FigureId, cell: Cell) {
        self.0[usize::from(id.0)] = cell;
    }

    /// The value of a figure, if it has one.
    pub fn value(&self, id: FigureId) -> Option<f64> {
        self.get(id).value()
    }

    /// All figures with their cells, in the canonical order.
    pub fn iter(&self) -> impl Iterator<Item = (FigureId, &Cell)> {
        self.0.iter().enumerate().map(|(i, c)| (FigureId(u16::try_from(i).unwrap_or(u16::MAX)), c))
    }
}
