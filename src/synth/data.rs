//! The words and parameters of the corpus, from `data/synth/*.toml`.

use serde::Deserialize;
use std::collections::BTreeMap;
use std::sync::LazyLock;

/// `names.toml`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Names {
    pub province: Place,
    pub prefectures: Vec<String>,
    pub prefecture_suffix: String,
    pub county_first: Vec<String>,
    pub county_second: Vec<String>,
    pub county_suffixes: Vec<String>,
    pub township_first: Vec<String>,
    pub township_second: Vec<String>,
    pub township_suffixes: Vec<String>,
    pub government: String,
    pub subdistrict: Subdistrict,
    pub province_departments: Vec<String>,
    pub departments: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Place {
    pub stem: String,
    pub suffix: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Subdistrict {
    pub suffix: String,
    pub body: String,
}

/// `texts.toml`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Texts {
    pub titles: Vec<String>,
    pub dates: Vec<String>,
    pub signed_date: String,
    pub section_numbers: Vec<String>,
    pub section_separator: String,
    pub colon: String,
    pub breadcrumb: String,
    pub hits: String,
    pub login: String,
    pub sidebar_visits: String,
    pub sidebar_today: String,
    pub footer: String,
    pub nav: Vec<String>,
    pub corrected: String,
    pub remarks: Vec<String>,
    pub decrease: Vec<String>,
    pub amount_units: Vec<String>,
    pub narrative: BTreeMap<String, Vec<String>>,
    pub wild: Wild,
}

/// What only the wild styles print.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Wild {
    pub bare_title: String,
    pub spaced_title: String,
    pub crumb: String,
    pub crawled_date: String,
    pub numbers: Vec<String>,
    pub page_number: String,
    pub extra_row: String,
    pub extra_row_of_group: String,
    pub year_in_label: [String; 2],
    pub sheet_names: Vec<String>,
    pub beside: String,
    pub deleted: String,
}

/// `model.toml`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Model {
    /// Shares by applicant column of table 3.
    pub applicants: BTreeMap<String, f64>,
    /// Weights by outcome row, at the two `drift_years`.
    pub outcomes: BTreeMap<String, [f64; 2]>,
    pub remedies: BTreeMap<String, f64>,
    pub kinds: BTreeMap<String, KindModel>,
    pub publication: Publication,
}

/// What agencies of a kind are like.
#[derive(Deserialize, Clone)]
#[serde(deny_unknown_fields)]
pub(super) struct KindModel {
    pub silent: f64,
    pub quiet: f64,
    pub keeps: f64,
    pub requests: [f64; 2],
    pub documents: [f64; 2],
    pub rules: f64,
    pub licences: [f64; 2],
    pub penalties: [f64; 2],
    pub fees: [f64; 2],
    pub carries: f64,
}

/// When reports come out.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Publication {
    pub late: f64,
    pub early: f64,
    pub undated: f64,
    pub late_days: usize,
    pub deadline_government: [i8; 2],
    pub deadline_other: [i8; 2],
}

/// The names.
pub(super) fn names() -> &'static Names {
    static NAMES: LazyLock<Names> = LazyLock::new(|| parse(include_str!("../../data/synth/names.toml")));
    &NAMES
}

/// The texts.
pub(super) fn texts() -> &'static Texts {
    static TEXTS: LazyLock<Texts> = LazyLock::new(|| parse(include_str!("../../data/synth/texts.toml")));
    &TEXTS
}

/// The parameters.
pub(super) fn model() -> &'static Model {
    static MODEL: LazyLock<Model> = LazyLock::new(|| parse(include_str!("../../data/synth/model.toml")));
    &MODEL
}

fn parse<T: for<'de> Deserialize<'de>>(text: &str) -> T {
    toml::from_str(text).expect("the embedded files are read by a test")
}

/// Fills a template's `{name}`s; a name that is not known stays as it stands.
pub(super) fn fill(template: &str, value: impl Fn(&str) -> Option<String>) -> String {
    let mut out = String::with_capacity(template.len() + 32);
    let mut rest = template;
    while let Some((before, after)) = rest.split_once('{') {
        out.push_str(before);
        let Some((name, tail)) = after.split_once('}') else {
            out.push('{');
            rest = after;
            continue;
        };
        if let Some(text) = value(name) {
            out.push_str(&text);
        } else {
            out.push('{');
            out.push_str(name);
            out.push('}');
        }
        rest = tail;
    }
    out.push_str(rest);
    out
}
