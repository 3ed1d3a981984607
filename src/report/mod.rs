//! What a report is: one agency's annual report for one year, with every figure, its absence and its place.

mod agency;
mod cell;
mod date;
mod finding;
mod lang;
mod place;
mod placing;

pub use agency::{Agency, AgencyId, Kind, Level};
pub use cell::{Absence, Cell, Figures, Reading};
pub use date::Date;
pub use finding::{Assessment, Finding, Severity, Verdict};
pub use lang::{Lang, Text};
pub use place::Place;
pub use placing::{PlacedBy, Placing};

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// A report year: the calendar year that is reported on, not that of publication.
pub type Year = i32;

/// Where a report came from.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Source {
    /// The file's path as found from what the user named, with `/` between its parts.
    pub path: String,
    /// Which report of the file, counted from 1.
    pub part: u32,
    /// blake3 hash of the file's bytes, in hexadecimal.
    pub hash: String,
    /// The reader's name for the format (`html`, `text`).
    pub format: String,
}

/// The text of one of the six sections, tables left out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SectionText {
    /// 1 to 6.
    pub number: u8,
    /// The heading as printed.
    pub heading: String,
    /// Its paragraphs, one a line.
    pub text: String,
    /// Where the heading stands.
    pub place: Place,
}

/// How one of the tables 2, 3 and 4 was found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case", tag = "state", deny_unknown_fields)]
pub enum TableState {
    /// It is not in the document.
    Missing,
    /// It is there, but no cell of it is filled.
    Blank {
        /// Id of the form whose labels it carries.
        form: String,
        /// Where it begins.
        place: Place,
    },
    /// It is there and at least one cell is filled.
    Filled {
        /// Id of the form whose labels it carries.
        form: String,
        /// Where it begins.
        place: Place,
    },
    /// Something is there, but no row of it could be placed.
    Unreadable {
        /// Where it begins.
        place: Place,
    },
}

impl TableState {
    /// The form whose labels the table carries, where it could be told.
    pub fn form(&self) -> Option<&str> {
        match self {
            Self::Blank { form, .. } | Self::Filled { form, .. } => Some(form),
            Self::Missing | Self::Unreadable { .. } => None,
        }
    }
}

/// Something that extraction met and could not settle, or settled in a way the reader should know of.
/// The checks turn it into a finding.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Note {
    /// What kind of thing.
    pub kind: NoteKind,
    /// The figures it is about; empty where it is not about figures.
    pub figures: Vec<crate::form::FigureId>,
    /// Where.
    pub place: Place,
    /// The printed text, shortened to 200 characters.
    pub printed: String,
    /// The ways in which the cells of a row can be placed, where they disagree: none of them was believed.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub placings: Vec<Placing>,
}

/// Kinds of [`Note`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum NoteKind {
    /// A row whose cells could not be told apart (too few or too many numbers).
    UnreadableRow,
    /// A cell that is not a number, a blank, a dash or a number with a remark.
    UnreadableCell,
    /// A row with a label that no form has.
    UnknownRow,
    /// The same figure is printed twice with different values.
    Conflict,
    /// A label was matched although it is misspelt or shortened.
    LabelRepaired,
    /// The report year could not be found.
    NoYear,
    /// The agency's name could not be found.
    NoAgency,
}

/// One agency's annual report for one year.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Report {
    /// The file it came from.
    pub source: Source,
    /// The title as printed.
    pub title: String,
    /// Who reports.
    pub agency: Agency,
    /// The year reported on; `None` where it could not be found.
    pub year: Option<Year>,
    /// When it was published, where that is printed.
    pub published: Option<Date>,
    /// `cn-2019`, `cn-2021`, `mixed` where tables 2 and 3 carry different forms, empty where there is no table.
    pub form: String,
    /// The state of tables 2, 3 and 4, by number.
    pub tables: BTreeMap<u8, TableState>,
    /// The sections found, in the order of the form.
    pub sections: Vec<SectionText>,
    /// Every figure of the catalogue: its reading, its place, or why it is absent.
    pub figures: Figures,
    /// What extraction could not settle.
    pub notes: Vec<Note>,
}
