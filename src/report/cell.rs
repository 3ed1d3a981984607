//! Cells: what was printed for a figure, and why it may be absent.

use super::Place;
use crate::form::{FigureId, forms};
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::de::{Error, MapAccess, Visitor};
use serde::ser::SerializeMap;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::borrow::Cow;
use std::fmt;

/// Why a figure has no value. None of these is ever a zero.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
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
#[derive(Debug, Clone, Copy, PartialEq)]
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
#[serde(try_from = "CellFile", into = "CellFile")]
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
#[derive(Debug, Clone, PartialEq)]
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

/// A cell as it stands in a file.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "Cell")]
struct CellFile {
    /// How the cell reads, or why it has no value.
    reading: ReadingFile,
    /// The number, for readings that have one; a dash is 0.
    #[serde(default, skip_serializing_if = "Option::is_none", serialize_with = "plainly")]
    value: Option<f64>,
    /// Where it is printed, for everything that is printed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    place: Option<Place>,
    /// The printed text, only where it is not simply the number's own digits.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    printed: Option<Box<str>>,
}

/// How a cell reads, or why it has no value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[schemars(rename = "Reading")]
enum ReadingFile {
    /// A plain number.
    Number,
    /// A number with a remark or a unit beside it.
    Remarked,
    /// A sign or word for none; the value is 0.
    Dash,
    /// Not printed by this form; the sum of figures that are.
    Sum,
    /// The cell is there and empty.
    Blank,
    /// The form of this report does not ask for the figure.
    NotAsked,
    /// The table that it stands in is missing.
    NoTable,
    /// Something is printed that cannot be read, or cannot be placed with certainty.
    Unreadable,
}

impl From<Cell> for CellFile {
    fn from(cell: Cell) -> Self {
        let reading = match cell.reading {
            Reading::Number(_) => ReadingFile::Number,
            Reading::Remarked(_) => ReadingFile::Remarked,
            Reading::Dash => ReadingFile::Dash,
            Reading::Sum(_) => ReadingFile::Sum,
            Reading::Absent(Absence::Blank) => ReadingFile::Blank,
            Reading::Absent(Absence::NotAsked) => ReadingFile::NotAsked,
            Reading::Absent(Absence::NoTable) => ReadingFile::NoTable,
            Reading::Absent(Absence::Unreadable) => ReadingFile::Unreadable,
        };
        Self { reading, value: cell.value(), place: cell.place, printed: cell.printed }
    }
}

impl TryFrom<CellFile> for Cell {
    type Error = String;

    fn try_from(file: CellFile) -> Result<Self, String> {
        let number = |of: fn(f64) -> Reading| match file.value {
            Some(value) if value.is_finite() => Ok(of(value)),
            _ => Err("a cell that was read needs its \"value\"".to_owned()),
        };
        let absent = |absence| match file.value {
            None => Ok(Reading::Absent(absence)),
            Some(value) => Err(format!("a cell without a reading cannot have the \"value\" {value}")),
        };
        let reading = match file.reading {
            ReadingFile::Number => number(Reading::Number)?,
            ReadingFile::Remarked => number(Reading::Remarked)?,
            ReadingFile::Sum => number(Reading::Sum)?,
            ReadingFile::Dash if file.value.is_none_or(|value| value == 0.0) => Reading::Dash,
            ReadingFile::Dash => return Err("the \"value\" of a dash is 0".to_owned()),
            ReadingFile::Blank => absent(Absence::Blank)?,
            ReadingFile::NotAsked => absent(Absence::NotAsked)?,
            ReadingFile::NoTable => absent(Absence::NoTable)?,
            ReadingFile::Unreadable => absent(Absence::Unreadable)?,
        };
        Ok(Self { reading, place: file.place, printed: file.printed })
    }
}

/// A whole number without decimals.
#[expect(clippy::ref_option, reason = "serde calls it with a reference to the field")]
fn plainly<S: Serializer>(value: &Option<f64>, to: S) -> Result<S::Ok, S::Error> {
    match value {
        Some(value) if value.fract() == 0.0 && value.abs() < 9e15 =>
        {
            #[expect(clippy::cast_possible_truncation, reason = "a whole number below 2^53")]
            to.serialize_i64(*value as i64)
        }
        other => other.serialize(to),
    }
}

impl Serialize for Figures {
    /// By name, in the canonical order, without those that the form does not ask.
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        let mut map = to.serialize_map(None)?;
        for (id, cell) in self.iter().filter(|(_, cell)| **cell != Cell::absent(Absence::NotAsked)) {
            map.serialize_entry(id.name(), cell)?;
        }
        map.end()
    }
}

impl<'de> Deserialize<'de> for Figures {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        from.deserialize_map(ByName)
    }
}

struct ByName;

impl<'de> Visitor<'de> for ByName {
    type Value = Figures;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("figures by name")
    }

    fn visit_map<M: MapAccess<'de>>(self, mut map: M) -> Result<Figures, M::Error> {
        let mut figures = Figures::all(Absence::NotAsked);
        let mut seen = vec![false; forms().figures.len()];
        while let Some(id) = map.next_key::<FigureId>()? {
            if std::mem::replace(&mut seen[usize::from(id.0)], true) {
                return Err(M::Error::custom(format!("\"{}\" stands twice", id.name())));
            }
            figures.set(id, map.next_value()?);
        }
        Ok(figures)
    }
}

impl JsonSchema for Figures {
    fn schema_name() -> Cow<'static, str> {
        "Figures".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let cell = generator.subschema_for::<CellFile>();
        let figures = forms().figures.iter().map(|figure| {
            let mut schema = cell.clone();
            schema.insert("description".to_owned(), figure.english.clone().into());
            (figure.name.clone(), schema.to_value())
        });
        let properties: serde_json::Map<String, serde_json::Value> = figures.collect();
        json_schema!({
            "type": "object",
            "description": "The figures by name. One that is not here is not asked by the report's form.",
            "properties": properties,
            "additionalProperties": false,
        })
    }
}
