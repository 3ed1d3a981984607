//! The shape of `data/forms/*.toml`, as written.

use super::figure::Unit;
use serde::Deserialize;
use std::collections::BTreeMap;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct FormFile {
    pub id: String,
    pub parent: Option<String>,
    pub notice: String,
    pub years: Vec<i32>,
    pub title: BTreeMap<String, String>,
    #[serde(default)]
    pub words: Option<super::catalogue::Words>,
    #[serde(default, rename = "section")]
    pub sections: Vec<super::catalogue::Section>,
    #[serde(default, rename = "table")]
    pub tables: Vec<TableFile>,
    #[serde(default, rename = "identity")]
    pub identities: Vec<IdentityFile>,
    #[serde(default, rename = "split")]
    pub splits: Vec<SplitFile>,
    pub comparable: Option<ComparableFile>,
}

#[derive(Deserialize, Clone)]
#[serde(deny_unknown_fields)]
pub(super) struct TableFile {
    pub number: u8,
    pub section: u8,
    #[serde(default)]
    pub corner: Vec<String>,
    #[serde(default, rename = "block")]
    pub blocks: Vec<BlockFile>,
}

#[derive(Deserialize, Clone)]
#[serde(deny_unknown_fields)]
pub(super) struct BlockFile {
    #[serde(default)]
    pub article: String,
    #[serde(default)]
    pub labels: Vec<String>,
    #[serde(default)]
    pub headings: Vec<String>,
    pub columns: Vec<ColumnFile>,
    #[serde(default)]
    pub groups: Vec<GroupFile>,
    pub rows: Vec<RowFile>,
}

#[derive(Deserialize, Clone)]
#[serde(deny_unknown_fields)]
pub(super) struct ColumnFile {
    pub key: String,
    #[serde(default)]
    pub group: Vec<String>,
    pub labels: Vec<String>,
    #[serde(default)]
    pub en: String,
    #[serde(default)]
    pub total: bool,
}

#[derive(Deserialize, Clone)]
#[serde(deny_unknown_fields)]
pub(super) struct GroupFile {
    pub key: String,
    pub labels: Vec<String>,
}

#[derive(Deserialize, Clone)]
#[serde(deny_unknown_fields)]
pub(super) struct RowFile {
    pub key: String,
    #[serde(default)]
    pub group: Vec<String>,
    #[serde(default)]
    pub labels: Vec<String>,
    #[serde(default)]
    pub en: String,
    #[serde(default)]
    pub article: String,
    #[serde(default)]
    pub outcome: bool,
    #[serde(default)]
    pub figures: Vec<FigureFile>,
}

#[derive(Deserialize, Clone)]
#[serde(deny_unknown_fields)]
pub(super) struct FigureFile {
    pub name: String,
    #[serde(default)]
    pub en: String,
    #[serde(default)]
    pub unit: Unit,
    #[serde(default)]
    pub signed: bool,
}

#[derive(Deserialize, Clone)]
#[serde(deny_unknown_fields)]
pub(super) struct IdentityFile {
    pub rule: String,
    pub each: String,
    pub left: Vec<String>,
    #[serde(default)]
    pub right: Vec<String>,
    #[serde(default)]
    pub minus: Vec<String>,
    #[serde(default)]
    pub previous: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct SplitFile {
    pub table: u8,
    pub row: String,
    pub group: Vec<String>,
    pub rows: Vec<RowFile>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ComparableFile {
    pub tables: Vec<u8>,
    pub figures: Vec<String>,
}
