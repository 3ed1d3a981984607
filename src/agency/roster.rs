//! A list of agencies kept by the user: their ids, names, former names and places.

use super::name::{LONGEST, spelling};
use crate::report::{AgencyId, Kind, Level, Year};

/// The columns of a roster; the first two are required.
pub const COLUMNS: [&str; 9] =
    ["agency_id", "name", "aliases", "division", "level", "kind", "parent", "valid_from", "valid_to"];

/// A list of agencies. An agency that was renamed may have several rows with the same id.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Roster {
    entries: Vec<Entry>,
}

/// A row of a roster.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Entry {
    /// Its id in all years.
    pub id: AgencyId,
    /// Its name.
    pub name: String,
    /// Other names that it is printed under.
    pub aliases: Vec<String>,
    /// Division code of its place: 2, 4, 6 or 9 digits.
    pub division: Option<String>,
    /// Its level.
    pub level: Option<Level>,
    /// Its kind.
    pub kind: Option<Kind>,
    /// Id of the agency above it.
    pub parent: Option<AgencyId>,
    /// First year in which the row holds.
    pub valid_from: Option<Year>,
    /// Last year in which the row holds.
    pub valid_to: Option<Year>,
}

impl Entry {
    /// Whether the row holds in that year; without a year, it may.
    pub fn holds_in(&self, year: Option<Year>) -> bool {
        year.is_none_or(|y| self.valid_from.is_none_or(|f| f <= y) && self.valid_to.is_none_or(|t| y <= t))
    }

    /// Its name and its other names.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        std::iter::once(&self.name).chain(&self.aliases).map(String::as_str)
    }
}

/// Why a roster cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RosterError {
    /// It is neither UTF-8 nor GB18030.
    #[error("the roster is neither UTF-8 nor GB18030")]
    Encoding,
    /// A column that is required is not there.
    #[error("line 1: the roster has no column {0}")]
    NoColumn(&'static str),
    /// A column that rosters do not have, or have twice.
    #[error("line 1, column {column}: unknown or repeated column {name:?}; a roster has {}", COLUMNS.join(", "))]
    Column {
        /// Which column, from 1.
        column: usize,
        /// Its heading.
        name: String,
    },
    /// A row that cannot be read as CSV.
    #[error("line {line}: {what}")]
    Row {
        /// Its line, from 1.
        line: u64,
        /// What is wrong.
        what: String,
    },
    /// A value that is not allowed.
    #[error("line {line}, column {column} ({name}): {value:?} is not {expected}")]
    Value {
        /// Its line, from 1.
        line: u64,
        /// Its column, from 1.
        column: usize,
        /// The column's heading.
        name: &'static str,
        /// The value.
        value: String,
        /// What is allowed.
        expected: &'static str,
    },
}

impl Roster {
    /// Reads a CSV with the header [`COLUMNS`] (in any order, the first two required), in UTF-8 or GB18030. Aliases are
    /// separated by `;` or `|`, `valid_from` and `valid_to` are years or dates that begin with the year.
    ///
    /// # Errors
    /// [`RosterError`], with line and column.
    pub fn from_csv(bytes: &[u8]) -> Result<Self, RosterError> {
        let text = decode(bytes)?;
        let mut reader = csv::ReaderBuilder::new().trim(csv::Trim::All).from_reader(text.as_bytes());
        let header = reader.headers().map_err(|e| row_error(&e))?;
        let mut order: Vec<&'static str> = Vec::with_capacity(header.len());
        for (i, name) in header.iter().enumerate() {
            let column = COLUMNS.into_iter().find(|c| *c == name && !order.contains(c));
            order.push(column.ok_or_else(|| RosterError::Column { column: i + 1, name: name.to_owned() })?);
        }
        if let Some(missing) = COLUMNS[..2].iter().find(|c| !order.contains(c)) {
            return Err(RosterError::NoColumn(missing));
        }
        let mut entries = Vec::new();
        for record in reader.records() {
            let record = record.map_err(|e| row_error(&e))?;
            let line = record.position().map_or(0, csv::Position::line);
            let mut entry = Entry::default();
            for (i, (name, value)) in order.iter().zip(&record).enumerate() {
                set(&mut entry, name, value).map_err(|expected| RosterError::Value {
                    line,
                    column: i + 1,
                    name,
                    value: value.chars().take(LONGEST).collect(),
                    expected,
                })?;
            }
            entries.push(entry);
        }
        Ok(Self { entries })
    }

    /// Its rows, in the order of the file.
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }
}

fn decode(bytes: &[u8]) -> Result<String, RosterError> {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    if let Ok(text) = std::str::from_utf8(bytes) {
        return Ok(text.to_owned());
    }
    // What Excel saves in China.
    let (text, _, broken) = encoding_rs::GB18030.decode(bytes);
    if broken { Err(RosterError::Encoding) } else { Ok(text.into_owned()) }
}

fn row_error(error: &csv::Error) -> RosterError {
    let line = error.position().map_or(0, csv::Position::line);
    let what = match error.kind() {
        csv::ErrorKind::UnequalLengths { expected_len, len, .. } => format!("{len} fields instead of {expected_len}"),
        _ => error.to_string(),
    };
    RosterError::Row { line, what }
}

/// Sets one field, or says what would have been allowed.
fn set(entry: &mut Entry, column: &str, value: &str) -> Result<(), &'static str> {
    match column {
        "agency_id" if is_safe(value) => entry.id = AgencyId(value.to_owned()),
        "agency_id" => return Err("an id: letters, digits, - _ ~ ., at most 150 bytes, not empty"),
        "name" if is_name(value) => value.clone_into(&mut entry.name),
        "name" => return Err("a name: at most 200 characters, not empty"),
        _ if value.is_empty() => {}
        "aliases" => {
            for alias in value.split([';', '|', '；']).map(str::trim).filter(|a| !a.is_empty()) {
                if !is_name(alias) {
                    return Err("names of at most 200 characters, separated by ; or |");
                }
                entry.aliases.push(alias.to_owned());
            }
        }
        "division" => entry.division = Some(code(value).ok_or("a code of 2, 4, 6 or 9 digits")?),
        "level" => {
            let expected = "central, province, prefecture, county or township";
            entry.level = Some(Level::from_name(value).ok_or(expected)?);
        }
        "kind" => {
            entry.kind = Some(Kind::from_name(value).ok_or("government, department, subdistrict or other")?);
        }
        "parent" if is_safe(value) => entry.parent = Some(AgencyId(value.to_owned())),
        "parent" => return Err("an agency_id"),
        "valid_from" => entry.valid_from = Some(year(value).ok_or("a year")?),
        "valid_to" => entry.valid_to = Some(year(value).ok_or("a year")?),
        _ => {}
    }
    if matches!((entry.valid_from, entry.valid_to), (Some(from), Some(to)) if from > to) {
        return Err("within the row's years: valid_from is after valid_to");
    }
    Ok(())
}

fn is_name(text: &str) -> bool {
    let name = spelling(text);
    !name.is_empty() && name.chars().count() <= LONGEST
}

fn is_safe(id: &str) -> bool {
    let safe = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | '~' | '.');
    !id.is_empty() && id.len() <= 150 && !id.starts_with('.') && id.chars().all(safe)
}

fn code(value: &str) -> Option<String> {
    let digits = matches!(value.len(), 2 | 4 | 6 | 9) && value.bytes().all(|b| b.is_ascii_digit());
    digits.then(|| value.to_owned())
}

fn year(value: &str) -> Option<Year> {
    let (year, rest) = value.split_at_checked(4)?;
    let date = rest.is_empty() || rest.starts_with(['-', '/', '.', '年']);
    year.parse().ok().filter(|y| date && (1900..=2200).contains(y))
}
