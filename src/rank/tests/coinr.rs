//! Against `COINr` 1.1.14 on its ASEM example, to 1e-9; where the figures come from stands beside them.

use super::super::{
    Aggregation, Direction, Measured, Method, Missing, Normalisation, Ties, Value, aggregate, normalise, rank,
    rank_confidence_sets,
};
use super::{SCORES_ONLY, candidate, year};
use std::collections::BTreeMap;
use std::fmt::Write as _;

const VALUES: &str = include_str!("../../../tests/fixtures/rank/asem_values.csv");
const TREE: &str = include_str!("../../../tests/fixtures/rank/asem_tree.csv");
const MINMAX: &str = include_str!("../../../tests/fixtures/rank/asem_minmax.csv");
const PRANK: &str = include_str!("../../../tests/fixtures/rank/asem_prank.csv");
const INDEX: &str = include_str!("../../../tests/fixtures/rank/asem_index.csv");
const DEFINITIONS: &str = include_str!("../../../tests/fixtures/rank/definitions.csv");
const SETS: &str = include_str!("../../../tests/fixtures/rank/sets.csv");

/// The indicators of `definitions.csv`.
const DEFINED: [&str; 12] =
    ["LPI", "Flights", "Ship", "ConSpeed", "Goods", "Embs", "Tariff", "TBTs", "TIRcon", "Poverty", "TolMin", "PubDebt"];

/// Equal in the file's 15 digits, not so in R's memory.
const TIES_OF_THE_FILE: [(&str, &str); 3] = [("TolMin", "BGR"), ("TolMin", "CZE"), ("TolMin", "NOR")];

fn records(text: &str) -> Vec<Vec<String>> {
    let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(text.as_bytes());
    reader.records().map(|r| r.unwrap().iter().map(str::to_owned).collect()).collect()
}

/// A column of a table by name, empty cells being missing.
fn column(text: &str, name: &str) -> Vec<Option<f64>> {
    let records = records(text);
    let at = records[0].iter().position(|h| h == name).unwrap();
    records[1..].iter().map(|r| r[at].parse().ok()).collect()
}

fn units() -> Vec<String> {
    records(VALUES)[1..].iter().map(|r| r[0].clone()).collect()
}

fn direction(code: &str) -> Direction {
    let tree = records(TREE);
    match tree.iter().find(|r| r[0] == code).unwrap()[1].as_str() {
        "1" => Direction::Higher,
        "-1" => Direction::Lower,
        other => panic!("direction {other}"),
    }
}

fn holds_against(file: &str, how: Normalisation) {
    let codes = records(file)[0][1..].to_vec();
    assert_eq!(codes.len(), 49);
    for code in &codes {
        let ours = normalise(&column(VALUES, code), how, direction(code)).unwrap();
        for ((unit, ours), theirs) in units().iter().zip(ours).zip(column(file, code)) {
            if file == PRANK && TIES_OF_THE_FILE.contains(&(code.as_str(), unit.as_str())) {
                continue;
            }
            match (ours, theirs) {
                (Some(a), Some(b)) => assert!((a - b).abs() < 1e-9, "{code} {unit}: {a} against {b}"),
                (a, b) => assert_eq!(a, b, "{code} {unit}"),
            }
        }
    }
}

#[test]
fn min_max_agrees_with_coinr() {
    holds_against(MINMAX, Normalisation::MinMax { range: [0.0, 100.0] });
}

#[test]
fn percentile_rank_agrees_with_coinr() {
    holds_against(PRANK, Normalisation::PercentileRank { range: [0.0, 1.0], ties: Ties::Min });
}

/// The tree of the example as a method: pillars within sub-indices within the index.
fn asem_method() -> (Method, Vec<String>) {
    let tree = records(TREE);
    let mut text = format!(
        "title = {{ zh = \"试\", en = \"trial\" }}\npeers = []\n[normalisation]\nmethod = \"min_max\"\nrange = [1, 100]\n\
         [missing]\nminimum_coverage = 0\n{SCORES_ONLY}"
    );
    let mut codes = Vec::new();
    for node in tree.iter().filter(|r| r[4] == "2" || r[4] == "3") {
        let parent = if node[4] == "2" { format!("parent = \"{}\"\n", node[3].to_lowercase()) } else { String::new() };
        let id = node[0].to_lowercase();
        let _ = write!(
            text,
            "[[dimension]]\nid = \"{id}\"\ntitle = {{ zh = \"{id}\", en = \"{id}\" }}\nweight = {}\n{parent}",
            node[2]
        );
        for leaf in tree.iter().filter(|r| r[4] == "1" && r[3] == node[0]) {
            let way = if leaf[1] == "1" { "higher" } else { "lower" };
            text.push_str(&super::indicator(&leaf[0], way, &format!("weight = {}", leaf[2])));
            codes.push(leaf[0].clone());
        }
    }
    (Method::parse("asem.toml", &text).unwrap(), codes)
}

#[test]
fn the_weighted_arithmetic_tree_agrees_with_coinr_up_to_the_index() {
    let (method, codes) = asem_method();
    assert_eq!(codes.len(), 49);
    let columns: Vec<Vec<Option<f64>>> = codes.iter().map(|c| column(VALUES, c)).collect();
    let candidates = units().into_iter().enumerate().map(|(at, unit)| {
        let value = |c: &Vec<Option<f64>>| c[at].map(Value::plain).ok_or(Missing::NotAssessable);
        candidate(&unit, columns.iter().map(value).collect())
    });
    let ranking = rank(&method, &year(candidates.collect()), None);
    assert_eq!((ranking.agencies.len(), ranking.not_ranked.len()), (51, 0));
    let theirs: BTreeMap<String, Vec<String>> =
        records(INDEX)[1..].iter().map(|r| (r[0].clone(), r[1..].to_vec())).collect();
    let names = records(INDEX)[0][1..].to_vec();
    let mut compared = 0;
    for agency in &ranking.agencies {
        for (name, value) in names.iter().zip(&theirs[&agency.agency.0]) {
            let ours = match method.dimensions.iter().position(|d| d.id == name.to_lowercase()) {
                Some(dimension) => agency.dimensions[dimension].unwrap(),
                None => agency.score,
            };
            let value: f64 = value.parse().unwrap();
            assert!((ours - value).abs() < 1e-9, "{} {name}: {ours} against {value}", agency.agency);
            compared += 1;
        }
    }
    assert_eq!(compared, 51 * 11);
}

/// The values of one thing in `definitions.csv`, by column, in the order of units.
fn defined(what: &str) -> BTreeMap<String, Vec<Option<f64>>> {
    let mut out: BTreeMap<String, Vec<Option<f64>>> = BTreeMap::new();
    for record in records(DEFINITIONS).into_iter().filter(|r| r[0] == what) {
        out.entry(record[1].clone()).or_default().push(record[3].parse().ok());
    }
    out
}

#[test]
fn z_scores_ranks_borda_scores_and_fractions_of_the_maximum_follow_the_definitions_of_coinr() {
    for (what, how) in [
        ("z_score", Normalisation::ZScore),
        ("rank", Normalisation::Rank),
        ("borda", Normalisation::Borda),
        ("fraction_of_max", Normalisation::FractionOfMax),
    ] {
        let columns = defined(what);
        assert_eq!(columns.len(), 12);
        for (code, theirs) in columns {
            let way = if what == "fraction_of_max" { Direction::Higher } else { direction(&code) };
            let ours = normalise(&column(VALUES, &code), how, way).unwrap();
            for (a, b) in ours.into_iter().zip(theirs) {
                match (a, b) {
                    (Some(a), Some(b)) => assert!((a - b).abs() < 1e-9, "{what} {code}: {a} against {b}"),
                    (a, b) => assert_eq!(a, b, "{what} {code}"),
                }
            }
        }
    }
}

#[test]
fn geometric_harmonic_and_copeland_follow_the_definitions_of_coinr() {
    let scaled = |codes: &[&str]| -> Vec<Vec<Option<f64>>> {
        let how = Normalisation::MinMax { range: [1.0, 100.0] };
        codes.iter().map(|c| normalise(&column(VALUES, c), how, direction(c)).unwrap()).collect()
    };
    let complete: Vec<&str> = DEFINED.into_iter().filter(|c| column(VALUES, c).iter().all(Option::is_some)).collect();
    assert_eq!(complete.len(), 7);
    for (what, part, codes, how) in [
        ("geometric", "", complete.as_slice(), Aggregation::Geometric),
        ("harmonic", "", &complete, Aggregation::Harmonic),
        ("copeland", "", &complete, Aggregation::Copeland),
        // Where values are missing: the weights of the others are scaled up.
        ("arithmetic", "gaps", &DEFINED, Aggregation::Arithmetic),
        ("geometric", "gaps", &DEFINED, Aggregation::Geometric),
        ("harmonic", "gaps", &DEFINED, Aggregation::Harmonic),
    ] {
        let weights: Vec<f64> = (1_u8..).take(codes.len()).map(f64::from).collect();
        let ours = aggregate(&scaled(codes), &weights, how).unwrap();
        let theirs = defined(what).remove(part).unwrap();
        assert_eq!(theirs.len(), 51);
        for (a, b) in ours.into_iter().zip(theirs) {
            assert!((a.unwrap() - b.unwrap()).abs() < 1e-9, "{what} {part}: {a:?} against {b:?}");
        }
    }
}

#[test]
fn goalposts_cut_off_at_both_posts_and_turn_round_with_the_direction() {
    let how = Normalisation::Goalposts { posts: [0.2, 0.8], range: [0.0, 100.0] };
    let values = [0.0, 0.2, 0.35, 0.8, 0.9].map(Some);
    let close = |way: Direction, wanted: [f64; 5]| {
        for (a, b) in normalise(&values, how, way).unwrap().into_iter().zip(wanted) {
            assert!((a.unwrap() - b).abs() < 1e-12, "{a:?} against {b}");
        }
    };
    close(Direction::Higher, [0.0, 0.0, 25.0, 100.0, 100.0]);
    close(Direction::Lower, [100.0, 100.0, 75.0, 0.0, 0.0]);
}

#[test]
fn rank_confidence_sets_are_those_of_comparing_all_pairs() {
    let rows = records(SETS);
    let number = |r: &Vec<String>, at: usize| r[at].parse::<f64>().unwrap();
    let units: Vec<Measured> =
        rows[1..].iter().map(|r| Measured { score: number(r, 0), error: number(r, 1) }).collect();
    assert_eq!(units.len(), 300);
    for (row, set) in rows[1..].iter().zip(rank_confidence_sets(&units, 0.95)) {
        let set = set.unwrap();
        assert_eq!((set.low.to_string(), set.high.to_string()), (row[2].clone(), row[3].clone()), "{row:?}");
    }
}
