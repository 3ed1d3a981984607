//! What leaves the ranking: explanations, tables, the publish-safe view.

use super::super::{
    Method, Missing, NOT_RANKED, Ranking, Rows, Standing, Tier, rank, ranking_rows, safe_rows, sensitivity_rows,
};
use super::{QUICK, candidate, indicator, plain, plain_method, share, year};
use crate::report::{AgencyId, Lang};

fn cell<'a>(rows: &'a Rows, agency: &str, column: &str) -> &'a str {
    let at = |name: &str| rows.header.iter().position(|h| h == name).unwrap();
    let record = rows.records.iter().find(|r| r[at("agency_id")] == agency).unwrap();
    &record[at(column)]
}

/// Two dimensions of weights 1 and 3, twelve agencies, one of them with too few cases, one with broken sums.
fn sample() -> (Method, Ranking) {
    let text = format!(
        "title = {{ zh = \"试\", en = \"trial\" }}\npeers = []\nminimum_n = 10\n{QUICK}\n\
         [[dimension]]\nid = \"one\"\ntitle = {{ zh = \"一\", en = \"one\" }}\n{}{}\
         [[dimension]]\nid = \"two\"\nweight = 3\ntitle = {{ zh = \"二\", en = \"two\" }}\n{}",
        indicator("a", "higher", ""),
        indicator("b", "lower", ""),
        indicator("c", "higher", "sampling = false"),
    );
    let method = Method::parse("trial.toml", &text).unwrap();
    let mut candidates: Vec<_> = (0..12)
        .map(|i| {
            let x = f64::from(i);
            candidate(&format!("p{i:02}"), vec![share(x * 30.0, 400.0), share(400.0 - x * 30.0, 400.0), plain(x)])
        })
        .collect();
    candidates[10].broken.insert("B004".to_owned());
    candidates[11].values = vec![share(1.0, 2.0), share(1.0, 2.0), Err(Missing::NotAsked)];
    let mut before = year(candidates.clone());
    before.year = 2022;
    before.candidates.retain(|c| c.agency.0 != "p03");
    let ranking = rank(&method, &year(candidates), Some(&before));
    (method, ranking)
}

#[test]
fn an_explanation_adds_up_from_indicators_to_the_score() {
    let (method, ranking) = sample();
    let found = ranking.explain(&method, &AgencyId("p06".to_owned())).unwrap();
    let Standing::Ranked(ranked) = found.standing else { panic!("not ranked") };
    let sum: f64 = found.dimensions.iter().filter_map(|d| d.contribution).sum();
    assert!((sum - ranked.score).abs() < 1e-9);
    assert!((found.dimensions[0].weight - 0.25).abs() < 1e-12);
    for dimension in &found.dimensions {
        let own: f64 = dimension.indicators.iter().filter_map(|i| i.contribution).sum();
        assert!((own - dimension.contribution.unwrap()).abs() < 1e-12);
        assert!((dimension.score.unwrap() * dimension.weight - own).abs() < 1e-9);
    }
    let first = &found.dimensions[0].indicators[0];
    assert_eq!((first.metric, first.value.unwrap().num, first.value.unwrap().den), ("a", Some(180.0), Some(400.0)));
    assert_eq!(first.reason.en, "because");
}

#[test]
fn an_explanation_of_one_that_is_not_ranked_shows_the_values_that_do_not_count() {
    let (method, ranking) = sample();
    let found = ranking.explain(&method, &AgencyId("p11".to_owned())).unwrap();
    let Standing::NotRanked(not_ranked) = found.standing else { panic!("ranked") };
    assert_eq!(not_ranked.reasons.len(), 1);
    let first = &found.dimensions[0].indicators[0];
    assert_eq!(first.missing, Some(Missing::BelowMinimumN { n: 2.0, minimum: 10.0 }));
    assert_eq!((first.value.unwrap().num, first.score, first.weight), (Some(1.0), None, 0.0));
    assert_eq!(ranking.explain(&method, &AgencyId("nobody".to_owned())), None);
}

#[test]
fn the_table_has_every_agency_once_with_rank_ranges_or_reasons() {
    let (method, ranking) = sample();
    let rows = ranking_rows(&ranking, &method, Lang::En);
    assert_eq!(rows.records.len(), 12);
    assert!(rows.records.iter().all(|r| r.len() == rows.header.len()));
    assert_eq!((cell(&rows, "p09", "rank_low"), cell(&rows, "p09", "of")), ("1", "10"));
    assert_eq!(cell(&rows, "p09", "dimension_two"), "100");
    assert_eq!(cell(&rows, "p09", "gained"), "0");
    assert_eq!(cell(&rows, "p03", "gained_note"), "not ranked the year before");
    assert_eq!((cell(&rows, "p10", "tier"), cell(&rows, "p10", "rank_low")), (NOT_RANKED, ""));
    assert_eq!(cell(&rows, "p10", "explanation"), "sums in the report do not hold (B004)");
    assert_eq!(cell(&rows, "p11", "reasons"), "too few indicators");
    assert!(!rows.records.iter().flatten().any(|f| f.contains("NaN") || f.contains("inf")));
    let zh = ranking_rows(&ranking, &method, Lang::Zh);
    assert_eq!(cell(&zh, "p10", "explanation"), "报告勾稽关系不符（B004）");
}

#[test]
fn the_sensitivity_table_has_every_choice_and_every_indicator_in_use() {
    let (method, ranking) = sample();
    let rows = sensitivity_rows(&ranking, &method, Lang::En);
    let items: Vec<(&str, &str)> = rows.records.iter().map(|r| (r[3].as_str(), r[4].as_str())).collect();
    let wanted = [
        ("all choices", "all"),
        ("choice", "weights"),
        ("choice", "normalisation"),
        ("choice", "aggregation"),
        ("choice", "indicator left out"),
        ("indicator left out", "a"),
        ("indicator left out", "b"),
        ("indicator left out", "c"),
    ];
    // Every indicator says the same here, so that no choice moves a rank and there is nothing to share out.
    let still: Vec<_> = wanted.into_iter().filter(|w| w.0 != "choice").collect();
    assert_eq!(items, still);
    let mixed = (0..9).map(|i| {
        let x = f64::from(i);
        candidate(&format!("p{i}"), vec![plain(x), plain(x * x % 7.0), plain(f64::from(i * 5 % 9))])
    });
    let rows = sensitivity_rows(&rank(&method, &year(mixed.collect()), None), &method, Lang::En);
    let items: Vec<(&str, &str)> = rows.records.iter().map(|r| (r[3].as_str(), r[4].as_str())).collect();
    assert_eq!(items, wanted);
    assert!(rows.records.iter().all(|r| r.len() == rows.header.len()));
}

#[test]
fn what_is_published_safely_has_no_bottom_list_and_names_nobody_who_is_not_ranked() {
    let (_, ranking) = sample();
    let safe = ranking.publish_safe();
    let rows = safe_rows(&safe, Lang::En);
    let everything = format!("{safe:?} {rows:?}");
    assert!(!everything.contains("p11") && !everything.contains("p10"));
    assert_eq!(safe.not_ranked.values().sum::<usize>(), 2);
    let ids: Vec<&str> = safe.groups[0].others.iter().map(|(id, _)| id.0.as_str()).collect();
    assert_eq!(ids.first(), Some(&"p00"));
    assert!(ids.windows(2).all(|w| w[0] < w[1]));
    assert!(ids.len() * 2 >= safe.groups[0].ranked && !safe.groups[0].upper.is_empty());
    assert!(safe.groups[0].upper.iter().all(|a| a.tier == Tier::Upper));
    assert_eq!(cell(&rows, "p00", "rank_low"), "");
    assert_eq!(cell(&rows, "p09", "rank_low"), "1");
    for record in &rows.records {
        assert!(record.last().unwrap().contains("report of themselves"));
    }
}

#[test]
fn a_group_of_three_gives_nobody_away() {
    let candidates = (0..3).map(|i| candidate(&format!("p{i}"), vec![share(f64::from(i) * 400.0, 800.0)])).collect();
    let ranking = rank(&plain_method(1, QUICK), &year(candidates), None);
    let safe = ranking.publish_safe();
    assert_eq!((safe.groups[0].upper.len(), safe.groups[0].others.len()), (1, 2));
}
