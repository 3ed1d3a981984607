//! A panel that came from outside is held against what its columns may hold.

use super::columns::{columns, position};
use super::frame::FrameReader;
use super::{Panel, PanelError};
use crate::form::{figure, forms};
use crate::report::{Kind, Level};
use std::collections::BTreeMap;

/// Which of a file's columns hold the panel's, or what is missing.
///
/// # Errors
/// When a column of the panel is not among them, stands twice, or the layout is the long one.
pub(super) fn places(header: &[String]) -> Result<Vec<usize>, PanelError> {
    let mut missing = Vec::new();
    let mut places = Vec::with_capacity(columns().len());
    for column in columns() {
        let mut found = header.iter().enumerate().filter(|(_, name)| **name == column.name).map(|(i, _)| i);
        match (found.next(), found.next()) {
            (Some(_), Some(_)) => return Err(PanelError::DuplicateColumn { name: column.name.clone() }),
            (Some(at), None) => places.push(at),
            (None, _) => missing.push(column.name.clone()),
        }
    }
    if missing.is_empty() {
        return Ok(places);
    }
    let has = |name: &str| header.iter().any(|h| h == name);
    if has("figure") && has("value") && has("reading") {
        return Err(PanelError::LongLayout);
    }
    Err(PanelError::MissingColumns { names: missing })
}

/// Refuses texts that name what does not exist. `line` turns a row into where it stands in the file.
pub(super) fn validate(panel: Panel, line: impl Fn(usize) -> String) -> Result<Panel, PanelError> {
    let frame = FrameReader::new(&panel.reports);
    let figures =
        ["cells_blank", "cells_dash", "cells_remark", "cells_unreadable", "cells_not_asked", "cells_no_table"];
    let tables = ["tables_missing", "tables_blank", "tables_unreadable"];
    let table_forms = ["form_table_2", "form_table_3", "form_table_4"];
    for row in 0..frame.height() {
        let check = |column: &str, good: &dyn Fn(&str) -> bool| match frame.text(row, position(column)) {
            Some(text) if !good(text) => Err(PanelError::Content {
                place: format!("{}, column \"{column}\"", line(row)),
                what: format!("\"{text}\" is not one of its values"),
            }),
            _ => Ok(()),
        };
        check("level", &|t| Level::from_name(t).is_some())?;
        check("kind", &|t| Kind::from_name(t).is_some())?;
        for column in table_forms {
            check(column, &|t| forms().get(t).is_some())?;
        }
        for column in figures {
            check(column, &|t| t.split_whitespace().all(|name| figure(name).is_some()))?;
        }
        for column in tables {
            check(column, &|t| t.split_whitespace().all(|name| ["2", "3", "4"].contains(&name)))?;
        }
        check("cells_printed", &|t| serde_json::from_str::<BTreeMap<String, String>>(t).is_ok())?;
    }
    Ok(panel)
}
