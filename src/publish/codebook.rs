//! What every column means: `codebook.csv` for people, `datapackage.json` (Frictionless Data Package) for programs.
//! Both are made from [`panel::columns`](crate::panel::columns) and the tables' own column lists.

use super::csv::CsvTable;
use super::tables::{CHECK_COLUMNS, FINDING_COLUMNS, UNREADABLE_COLUMNS};
use crate::panel::{ColumnType, columns};
use crate::report::Lang;
use serde_json::{Value, json};

/// `codebook.csv`: one row a column of `reports.csv`.
pub fn codebook_csv(lang: Lang, bom: bool) -> Vec<u8> {
    let mut table = CsvTable::new(&["column", "type", "unit", "meaning", "source"], bom);
    for column in columns() {
        table.push(&[
            column.name.as_str(),
            column.kind.name(),
            column.unit.get(lang),
            column.meaning.get(lang),
            column.source.get(lang),
        ]);
    }
    table.into_bytes()
}

fn frictionless(kind: ColumnType) -> &'static str {
    match kind {
        ColumnType::Text => "string",
        ColumnType::Whole => "integer",
        ColumnType::Number => "number",
        ColumnType::Flag => "boolean",
        ColumnType::Day => "date",
    }
}

/// `datapackage.json`: the tables of `dataset/` with their columns and types.
pub fn datapackage_json(lang: Lang) -> Vec<u8> {
    let reports: Vec<Value> = columns()
        .iter()
        .map(|column| {
            let (title, kind) = (column.meaning.get(lang), frictionless(column.kind));
            json!({ "name": column.name, "type": kind, "title": title })
        })
        .collect();
    let plain = |names: &[&str]| -> Vec<Value> {
        let kind = |name: &str| {
            if matches!(name, "year" | "passed" | "failed" | "not_assessable") { "integer" } else { "string" }
        };
        names.iter().map(|name| json!({ "name": name, "type": kind(name) })).collect()
    };
    let table = |name: &str, fields: Vec<Value>| {
        json!({
            "name": name,
            "path": format!("{name}.csv"),
            "profile": "tabular-data-resource",
            "format": "csv",
            "mediatype": "text/csv",
            "encoding": "utf-8",
            "schema": { "fields": fields, "missingValues": [""] },
        })
    };
    let package = json!({
        "profile": "tabular-data-package",
        "name": "gongkai-annual-reports",
        "title": lang.pick("政府信息公开工作年度报告数据", "Open-government-information annual reports"),
        "resources": [
            table("reports", reports),
            table("findings", plain(&FINDING_COLUMNS)),
            table("checks", plain(&CHECK_COLUMNS)),
            table("unreadable", plain(&UNREADABLE_COLUMNS)),
        ],
    });
    format!("{package:#}\n").into_bytes()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_column_of_the_panel_is_explained_in_both_languages() {
        for lang in [Lang::Zh, Lang::En] {
            let bytes = codebook_csv(lang, false);
            let rows: Vec<_> =
                csv::Reader::from_reader(bytes.as_slice()).into_records().collect::<Result<_, _>>().unwrap();
            assert_eq!(rows.len(), columns().len());
            for row in rows {
                assert!(!row[3].is_empty() && !row[4].is_empty(), "{row:?}");
            }
        }
    }

    #[test]
    fn the_data_package_types_every_column() {
        let package: Value = serde_json::from_slice(&datapackage_json(Lang::En)).unwrap();
        let fields = package["resources"][0]["schema"]["fields"].as_array().unwrap();
        assert_eq!(fields.len(), columns().len());
        let field = |name: &str| fields.iter().find(|f| f["name"] == name).unwrap()["type"].clone();
        assert_eq!(
            (field("year"), field("published"), field("kept")),
            ("integer".into(), "date".into(), "boolean".into())
        );
    }
}
