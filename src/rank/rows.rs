//! The ranking as tables for files.

use super::method::Method;
use super::ranking::{NotRanked, Ranked, Ranking};
use super::safe::{SafeRanking, caveat};
use super::sensitivity::Sensitivity;
use crate::report::{Lang, Text};

/// A table: names of columns, and records of that many fields. What is undefined is empty; numbers are the shortest texts
/// that read back as the same numbers. Whoever writes it as CSV escapes formulas in names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rows {
    /// Names of the columns.
    pub header: Vec<String>,
    /// The records.
    pub records: Vec<Vec<String>>,
}

/// The column of every table here that says what the figures are.
pub const CAVEAT: &str = "caveat";

const RANKING: [&str; 26] = [
    "year",
    "peers",
    "agency_id",
    "agency",
    "tier",
    "rank_low",
    "rank_high",
    "range_low",
    "range_high",
    "of",
    "score",
    "method_median",
    "method_low",
    "method_high",
    "sampling_low",
    "sampling_high",
    "coverage",
    "imputed",
    "gained",
    "gained_method_low",
    "gained_method_high",
    "gained_sampling_low",
    "gained_sampling_high",
    "gained_note",
    "reasons",
    "explanation",
];

/// `ranking.csv`: the ranked by peer group, rank and id, then those who are not, by id, with [`NOT_RANKED`] as `tier` and
/// the reasons. `rank` is that of the score (a range where others have the same), `range` all ranks that ties, chance and the
/// choice of the method leave open. After the fixed columns one for the score of each dimension, and the caveat.
///
/// `reasons` holds stable names, `explanation` the same in the language asked for.
pub fn ranking_rows(ranking: &Ranking, method: &Method, lang: Lang) -> Rows {
    let mut header: Vec<String> = RANKING.map(str::to_owned).to_vec();
    header.extend(method.dimensions.iter().map(|d| format!("dimension_{}", d.id)));
    header.push(CAVEAT.to_owned());
    let ranked = ranking.agencies.iter().map(|a| ranked_record(ranking, method, a, lang));
    let width = header.len();
    let not_ranked = ranking.not_ranked.iter().map(|a| not_ranked_record(ranking, method, a, lang, width));
    let records = ranked.chain(not_ranked).collect();
    Rows { header, records }
}

pub(super) fn number(x: f64) -> String {
    x.to_string()
}

pub(super) fn maybe(x: Option<f64>) -> String {
    x.map(number).unwrap_or_default()
}

fn ranked_record(ranking: &Ranking, method: &Method, agency: &Ranked, lang: Lang) -> Vec<String> {
    let imputed: Vec<String> = agency
        .indicators
        .iter()
        .filter(|i| i.imputed)
        .filter_map(|i| method.indicators.get(i.indicator).map(super::Indicator::id))
        .collect();
    let moved = agency.movement.as_ref().ok();
    let drawn = moved.and_then(|m| m.method);
    let note = agency.movement.as_ref().err();
    let mut record = vec![
        ranking.year.to_string(),
        agency.peers.name(),
        agency.agency.0.clone(),
        agency.name.clone(),
        agency.tier.name().to_owned(),
        agency.rank.low.to_string(),
        agency.rank.high.to_string(),
        agency.range().low.to_string(),
        agency.range().high.to_string(),
        agency.of.to_string(),
        number(agency.score),
        maybe(agency.method.map(|m| m.median)),
        maybe(agency.method.map(|m| m.low)),
        maybe(agency.method.map(|m| m.high)),
        agency.sampling.low.to_string(),
        agency.sampling.high.to_string(),
        number(agency.coverage),
        imputed.join(" "),
        maybe(moved.map(|m| m.gained)),
        maybe(drawn.map(|m| m.low)),
        maybe(drawn.map(|m| m.high)),
        maybe(moved.map(|m| m.sampling.0)),
        maybe(moved.map(|m| m.sampling.1)),
        note.map(|n| n.name().to_owned()).unwrap_or_default(),
        String::new(),
        note.map(|n| n.text().get(lang).to_owned()).unwrap_or_default(),
    ];
    record.extend(agency.dimensions.iter().map(|score| maybe(*score)));
    record.push(caveat().get(lang).to_owned());
    record
}

fn not_ranked_record(ranking: &Ranking, method: &Method, agency: &NotRanked, lang: Lang, width: usize) -> Vec<String> {
    let mut record = vec![String::new(); width];
    let names: Vec<&str> = agency.reasons.iter().map(super::Reason::name).collect();
    let texts: Vec<Text> = agency.reasons.iter().map(|r| r.text(method)).collect();
    let texts: Vec<&str> = texts.iter().map(|t| t.get(lang)).collect();
    for (column, field) in [
        ("year", ranking.year.to_string()),
        ("peers", agency.peers.map(super::PeerGroup::name).unwrap_or_default()),
        ("agency_id", agency.agency.0.clone()),
        ("agency", agency.name.clone()),
        ("tier", NOT_RANKED.to_owned()),
        ("reasons", names.join("; ")),
        ("explanation", texts.join(lang.pick("；", "; "))),
    ] {
        if let Some(place) = RANKING.iter().position(|c| *c == column).and_then(|at| record.get_mut(at)) {
            *place = field;
        }
    }
    if let Some(last) = record.last_mut() {
        caveat().get(lang).clone_into(last);
    }
    record
}

/// The tier of those who are not ranked, in files.
pub const NOT_RANKED: &str = "not_ranked";

/// `sensitivity.csv`: for each peer group the mean rank shift under random methods, the Sobol indices of each choice with
/// their intervals, and what leaving out each indicator does.
pub fn sensitivity_rows(ranking: &Ranking, method: &Method, lang: Lang) -> Rows {
    let header = [
        "year",
        "peers",
        "ranked",
        "what",
        "item",
        "first_order",
        "first_order_low",
        "first_order_high",
        "total",
        "total_low",
        "total_high",
        "mean_rank_change",
        "greatest_rank_change",
        CAVEAT,
    ];
    let caveat = caveat().get(lang).to_owned();
    let mut records = Vec::new();
    for group in &ranking.groups {
        let start = [ranking.year.to_string(), group.peers.name(), group.ranked.to_string()];
        for rest in sensitivity_records(&group.sensitivity, method) {
            records.push(start.iter().cloned().chain(rest).chain([caveat.clone()]).collect());
        }
    }
    Rows { header: header.map(str::to_owned).to_vec(), records }
}

fn sensitivity_records(sensitivity: &Sensitivity, method: &Method) -> Vec<[String; 10]> {
    let empty = || -> [String; 10] { Default::default() };
    let mut out = Vec::new();
    if let Some(shift) = sensitivity.mean_shift {
        let mut record = empty();
        (record[0], record[1], record[8]) = ("all choices".to_owned(), "all".to_owned(), number(shift));
        out.push(record);
    }
    for sobol in &sensitivity.sobol {
        let (first, total) = (sobol.first, sobol.total);
        let numbers = [first.value, first.low, first.high, total.value, total.low, total.high];
        let mut record = empty();
        (record[0], record[1]) = ("choice".to_owned(), sobol.factor.name().to_owned());
        for (place, value) in record.iter_mut().skip(2).zip(numbers) {
            *place = number(value);
        }
        out.push(record);
    }
    for left_out in &sensitivity.left_out {
        let mut record = empty();
        let id = method.indicators.get(left_out.indicator).map(super::Indicator::id).unwrap_or_default();
        (record[0], record[1]) = ("indicator left out".to_owned(), id);
        (record[8], record[9]) = (number(left_out.mean_change), number(left_out.greatest_change));
        out.push(record);
    }
    out
}

/// The ranking as it can be published: `year, peers, agency_id, agency, rank_low, rank_high, range_low, range_high, of,
/// caveat`; ranks are empty for all but the upper tier.
pub fn safe_rows(ranking: &SafeRanking, lang: Lang) -> Rows {
    let header =
        ["year", "peers", "agency_id", "agency", "rank_low", "rank_high", "range_low", "range_high", "of", CAVEAT];
    let caveat = ranking.caveat.get(lang).to_owned();
    let mut records = Vec::new();
    for group in &ranking.groups {
        for agency in &group.upper {
            records.push(vec![
                ranking.year.to_string(),
                group.peers.name(),
                agency.agency.0.clone(),
                agency.name.clone(),
                agency.rank.low.to_string(),
                agency.rank.high.to_string(),
                agency.range().low.to_string(),
                agency.range().high.to_string(),
                group.ranked.to_string(),
                caveat.clone(),
            ]);
        }
        for (id, name) in &group.others {
            let mut record = vec![ranking.year.to_string(), group.peers.name(), id.0.clone(), name.clone()];
            record.extend([const { String::new() }; 4]);
            record.extend([group.ranked.to_string(), caveat.clone()]);
            records.push(record);
        }
    }
    Rows { header: header.map(str::to_owned).to_vec(), records }
}
