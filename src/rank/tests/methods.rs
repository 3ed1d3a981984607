//! Methods as files: what is read, what is refused and how that is said.

use super::super::{Aggregation, Method, MissingRule, Normalisation, Peer, Ties};
use super::indicator;
use crate::measure::Catalogue;

fn head(more: &str) -> String {
    format!(
        "title = {{ zh = \"试\", en = \"trial\" }}\n{more}\n[[dimension]]\nid = \"all\"\ntitle = {{ zh = \"全\", en = \"all\" }}\n"
    )
}

fn refusal(text: &str) -> String {
    Method::parse("m.toml", text).unwrap_err().to_string()
}

#[test]
fn the_programs_own_method_has_four_dimensions_and_a_reason_beside_each_indicator() {
    let method = Method::embedded().unwrap();
    let ids: Vec<&str> = method.dimensions.iter().map(|d| d.id.as_str()).collect();
    assert_eq!(ids, ["openness", "remedy", "timeliness", "quality"]);
    for indicator in &method.indicators {
        assert!(indicator.reason.zh.chars().count() > 10 && indicator.reason.en.len() > 20, "{}", indicator.id());
    }
    assert_eq!(method.peers, [Peer::Level, Peer::Kind]);
    assert_eq!(method.uncertainty.draws, 2000);
    assert_eq!(method.aggregation, Aggregation::Arithmetic);
    assert_eq!(method.missing, MissingRule::Available);
    let average = Normalisation::PercentileRank { range: [0.0, 100.0], ties: Ties::Average };
    assert_eq!(method.normalisation, average);
}

#[test]
fn every_indicator_of_the_programs_own_method_is_a_metric_with_that_part_and_direction() {
    let catalogue = Catalogue::embedded().unwrap();
    assert_eq!(Method::embedded().unwrap().check(&catalogue.metrics()), Ok(Vec::new()));
}

#[test]
fn a_misspelt_key_is_named_with_file_line_and_the_nearest_right_one() {
    let text = head("[uncertainty]\ndraw = 10") + &indicator("a", "higher", "");
    assert_eq!(refusal(&text), "m.toml:3: unknown key \"draw\"; did you mean \"draws\"?");
    let text = head("") + &indicator("a", "higher", "weigth = 2");
    assert_eq!(refusal(&text), "m.toml:9: unknown key \"weigth\"; did you mean \"weight\"?");
    let text = head("[normalisation]\nmethod = \"percentil_rank\"") + &indicator("a", "higher", "");
    assert_eq!(refusal(&text), "m.toml:3: unknown word \"percentil_rank\"; did you mean \"percentile_rank\"?");
}

#[test]
fn a_metric_or_part_that_there_is_not_is_named_with_its_line_and_the_nearest_right_one() {
    let catalogue = Catalogue::embedded().unwrap();
    let fail = |more: &str, metric: &str| {
        let method = Method::parse("m.toml", &(head("") + &indicator(metric, "lower", more))).unwrap();
        method.check(&catalogue.metrics()).unwrap_err().to_string()
    };
    assert_eq!(
        fail("", "disclosure_rat"),
        "m.toml:6: there is no metric \"disclosure_rat\"; did you mean \"disclosure_rate\"?"
    );
    assert_eq!(
        fail("part = \"grantd\"", "outcome_mix"),
        "m.toml:6: metric \"outcome_mix\" has no part \"grantd\"; did you mean \"granted\"?"
    );
    assert!(
        fail("", "outcome_mix").starts_with("m.toml:6: metric \"outcome_mix\" has parts: say part = one of granted")
    );
}

#[test]
fn a_direction_against_the_metrics_own_is_said() {
    let catalogue = Catalogue::embedded().unwrap();
    let method = Method::parse("m.toml", &(head("") + &indicator("on_time", "lower", ""))).unwrap();
    let notes = method.check(&catalogue.metrics()).unwrap();
    assert_eq!(notes.len(), 1);
    assert!(notes[0].en.contains("on_time"));
}

#[test]
fn what_makes_no_sense_together_is_refused() {
    let one = indicator("a", "higher", "");
    for (text, part) in [
        (head("[aggregation]\nmethod = \"geometric\"\n[normalisation]\nmethod = \"z_score\"") + &one, "above 0"),
        (head("[aggregation]\nmethod = \"geometric\"\n[normalisation]\nrange = [0, 100]") + &one, "above 0"),
        (head("[normalisation]\nrange = [5, 5]") + &one, "range"),
        (head("[normalisation]\nmethod = \"goalposts\"") + &one, "goalposts = [lower, upper]"),
        (head("") + &indicator("a", "higher", "normalisation = \"z_score\""), "another scale"),
        (head("") + &indicator("a", "higher", "weight = 0"), "weight"),
        (head("") + &indicator("a", "higher", "weight = nan"), "weight"),
        (head("") + &one + &one, "stands twice"),
        (head("minimum_n = -1") + &one, "minimum_n"),
        (head("[missing]\nminimum_coverage = 1.5") + &one, "between 0 and 1"),
        (head("[uncertainty]\ndraws = 100000000") + &one, "draws"),
        (head("[uncertainty]\nconfidence = 1") + &one, "confidence"),
        (head(""), "has no indicator"),
        (head("").replace("id = \"all\"", "id = \"all\"\nparent = \"all\"") + &one, "part of itself"),
        (head("").replace("id = \"all\"", "id = \"all\"\nparent = \"al\"") + &one, "did you mean \"all\"?"),
        (head("") + &one.replace("reason", "# reason"), "missing field"),
        ("dimension = 1".to_owned(), "invalid type"),
        (String::new(), "missing field"),
    ] {
        let message = refusal(&text);
        assert!(message.contains(part), "{message}\n{text}");
        assert!(message.starts_with("m.toml:"), "{message}");
    }
}

#[test]
fn a_geometric_mean_gets_a_scale_above_zero_by_itself() {
    let text = head("[aggregation]\nmethod = \"geometric\"") + &indicator("a", "higher", "");
    let method = Method::parse("m.toml", &text).unwrap();
    let wanted = Normalisation::PercentileRank { range: [1.0, 100.0], ties: Ties::Min };
    assert_eq!(method.normalisation, wanted);
}
