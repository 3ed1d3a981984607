//! Who is ranked, how sure that is, and what is said of those who are not.

use super::super::{Dropped, Missing, NoMovement, RankRange, Ranking, Reason, Tier, rank};
use super::{QUICK, SCORES_ONLY, candidate, plain, plain_method, share, year};
use crate::report::{Kind, Level};

fn place(ranking: &Ranking, agency: &str) -> RankRange {
    ranking.agencies.iter().find(|a| a.agency.0 == agency).map(|a| a.rank).unwrap()
}

fn reasons(ranking: &Ranking, agency: &str) -> Vec<&'static str> {
    let found = ranking.not_ranked.iter().find(|a| a.agency.0 == agency).unwrap();
    found.reasons.iter().map(Reason::name).collect()
}

/// No number that leaves the ranking is NaN or infinite.
fn is_finite(ranking: &Ranking) {
    for agency in &ranking.agencies {
        let mut all = vec![agency.score, agency.coverage];
        all.extend(agency.dimensions.iter().flatten());
        all.extend(agency.method.iter().flat_map(|m| [m.median, m.low, m.high]));
        all.extend(agency.indicators.iter().flat_map(|i| [i.score.unwrap_or(0.0), i.weight]));
        assert!(all.iter().all(|x| x.is_finite()), "{agency:?}");
        assert!(agency.sampling.low <= agency.rank.low && agency.rank.high <= agency.sampling.high);
    }
    for group in &ranking.groups {
        for sobol in &group.sensitivity.sobol {
            assert!([sobol.first, sobol.total].iter().all(|e| e.value.is_finite() && e.low <= e.high));
        }
    }
}

#[test]
fn equal_agencies_share_a_range_of_ranks() {
    let values = [("a", 0.9), ("b", 0.5), ("c", 0.5), ("d", 0.5), ("e", 0.1)];
    let input = year(values.iter().map(|(id, v)| candidate(id, vec![plain(*v)])).collect());
    let ranking = rank(&plain_method(1, SCORES_ONLY), &input, None);
    assert_eq!(place(&ranking, "a"), RankRange { low: 1, high: 1 });
    for tied in ["b", "c", "d"] {
        assert_eq!(place(&ranking, tied).to_string(), "2–4");
    }
    assert_eq!(place(&ranking, "e").to_string(), "5");
    is_finite(&ranking);
}

#[test]
fn a_peer_group_of_zeros_is_not_ranked_and_a_plain_statement_says_so() {
    let zero = |id: &str| candidate(id, vec![share(0.0, 20.0), share(0.0, 30.0), share(0.0, 40.0)]);
    let mut input = year(["a", "b", "c", "d"].map(zero).to_vec());
    for (place, id) in ["w", "x", "y", "z"].iter().enumerate() {
        let mut other = candidate(id, vec![share(place as f64, 20.0), share(0.0, 30.0), share(1.0, 40.0)]);
        other.level = Some(Level::Township);
        input.candidates.push(other);
    }
    let method = plain_method(3, QUICK).with_peers(&[super::super::Peer::Level, super::super::Peer::Kind]);
    let ranking = rank(&method, &input, None);
    for id in ["a", "b", "c", "d"] {
        assert_eq!(reasons(&ranking, id), ["nothing to compare"]);
    }
    let statement = "county government: no indicator tells these agencies apart, so none of them is ranked.";
    assert!(ranking.notes.iter().any(|n| n.en == statement), "{:?}", ranking.notes);
    assert_eq!(ranking.agencies.len(), 4);
    assert_eq!(ranking.groups[1].dropped, [(1, Dropped::Constant(0.0)), (2, Dropped::Constant(0.025))]);
    is_finite(&ranking);
}

#[test]
fn one_of_two_reviews_corrected_leaves_a_wide_range_of_ranks_and_a_hundred_of_two_hundred_a_narrow_one() {
    let mut candidates: Vec<_> =
        (0..40).map(|i| candidate(&format!("p{i:02}"), vec![share(f64::from(i) * 12.0, 480.0)])).collect();
    candidates.push(candidate("few", vec![share(1.0, 2.0)]));
    candidates.push(candidate("many", vec![share(100.0, 200.0)]));
    let ranking = rank(&plain_method(1, SCORES_ONLY), &year(candidates), None);
    let find = |id: &str| ranking.agencies.iter().find(|a| a.agency.0 == id).unwrap();
    let (few, many) = (find("few"), find("many"));
    assert_eq!(few.rank, many.rank);
    let width = |r: RankRange| r.high - r.low;
    assert!(width(few.sampling) >= 40, "{}", few.sampling);
    assert!(2 * width(many.sampling) < width(few.sampling), "{} and {}", many.sampling, few.sampling);
    assert_eq!(few.tier, Tier::Middle);
}

#[test]
fn below_the_minimum_n_an_agency_is_not_ranked_and_the_reason_gives_the_numbers() {
    let mut candidates: Vec<_> = (0..5).map(|i| candidate(&format!("p{i}"), vec![share(f64::from(i), 20.0)])).collect();
    candidates.push(candidate("few", vec![share(1.0, 2.0)]));
    let method = plain_method(1, &format!("minimum_n = 10\n{SCORES_ONLY}"));
    let ranking = rank(&method, &year(candidates), None);
    assert_eq!(reasons(&ranking, "few"), ["below minimum N"]);
    assert_eq!(ranking.agencies.len(), 5);
    let few = &ranking.not_ranked[0];
    let text = few.reasons[0].text(&method);
    assert_eq!(
        text.en,
        "only 0 % of the weight rests on usable values, below 60 % (a: 2 cases, fewer than the minimum of 10)"
    );
    assert_eq!(few.indicators[0].value.and_then(|v| v.den), Some(2.0));
}

#[test]
fn broken_sums_a_missing_report_and_unknown_peers_are_reasons_and_never_a_last_place() {
    let mut candidates: Vec<_> = (0..6).map(|i| candidate(&format!("p{i}"), vec![plain(f64::from(i))])).collect();
    candidates[1].broken.insert("B001".to_owned());
    candidates[2].reported = false;
    candidates[3].kind = None;
    let method = plain_method(1, SCORES_ONLY).with_peers(&[super::super::Peer::Kind]);
    let ranking = rank(&method, &year(candidates), None);
    assert_eq!(reasons(&ranking, "p1"), ["sums do not hold"]);
    assert_eq!(reasons(&ranking, "p2"), ["no report"]);
    assert_eq!(reasons(&ranking, "p3"), ["peer group unknown"]);
    let ranked: Vec<&str> = ranking.agencies.iter().map(|a| a.agency.0.as_str()).collect();
    assert_eq!(ranked, ["p5", "p4", "p0"]);
    assert_eq!(ranking.agencies[2].of, 3);
}

#[test]
fn too_few_peers_are_not_ranked() {
    let candidates = vec![candidate("a", vec![plain(1.0)]), candidate("b", vec![plain(2.0)])];
    let ranking = rank(&plain_method(1, QUICK), &year(candidates), None);
    assert!(ranking.agencies.is_empty());
    assert_eq!(ranking.not_ranked[0].reasons, [Reason::TooFewPeers { peers: 2, minimum: 3 }]);
}

#[test]
fn no_candidates_at_all_are_an_empty_ranking() {
    let ranking = rank(&plain_method(2, QUICK), &year(Vec::new()), None);
    assert!(ranking.agencies.is_empty() && ranking.not_ranked.is_empty() && ranking.groups.is_empty());
}

#[test]
fn values_that_are_not_numbers_count_as_missing() {
    let mut candidates: Vec<_> =
        (0..5).map(|i| candidate(&format!("p{i}"), vec![plain(f64::from(i)), plain(f64::from(i % 3))])).collect();
    candidates[0].values[0] = plain(f64::NAN);
    candidates[1].values[0] = plain(f64::INFINITY);
    let method = plain_method(2, &format!("{QUICK}[missing]\nminimum_coverage = 0.5\n"));
    let ranking = rank(&method, &year(candidates), None);
    is_finite(&ranking);
    let first = ranking.agencies.iter().find(|a| a.agency.0 == "p0").unwrap();
    assert_eq!(first.indicators[0].missing, Some(Missing::NotAssessable));
    assert!((first.coverage - 0.5).abs() < 1e-12 && (first.indicators[1].weight - 1.0).abs() < 1e-12);
}

#[test]
fn a_missing_value_is_passed_over_excluded_or_imputed_and_flagged_as_the_rule_says() {
    let mut candidates: Vec<_> =
        (0..5).map(|i| candidate(&format!("p{i}"), vec![plain(f64::from(i)), plain(f64::from(i))])).collect();
    candidates[4].values[1] = Err(Missing::DenIsZero);
    let input = year(candidates);
    let with = |rule: &str| {
        let head = format!("{SCORES_ONLY}[missing]\nrule = \"{rule}\"\nminimum_coverage = 0.5\n");
        rank(&plain_method(2, &head), &input, None)
    };
    let available = with("available");
    assert_eq!(available.agencies[0].agency.0, "p4");
    assert!((available.agencies[0].score - 100.0).abs() < 1e-9);
    let excluded = with("exclude");
    assert_eq!(excluded.not_ranked.len(), 1);
    assert_eq!(reasons(&excluded, "p4"), ["below minimum N"]);
    let imputed = with("impute_median");
    let last = imputed.agencies.iter().find(|a| a.agency.0 == "p4").unwrap();
    assert!(last.indicators[1].imputed && !last.indicators[0].imputed);
    // The median of 0, 1, 2, 3 is 1.5; two of the four others are below it.
    assert_eq!(last.indicators[1].score, Some(50.0));
    assert!((last.score - 75.0).abs() < 1e-9);
}

#[test]
fn every_way_of_normalising_and_aggregating_ranks_without_a_number_that_is_none() {
    let candidates: Vec<_> = (0..12)
        .map(|i| {
            let values = vec![share(f64::from(i % 5), 20.0), share(f64::from(i), 30.0), plain(f64::from(i * i % 7))];
            candidate(&format!("p{i:02}"), values)
        })
        .collect();
    let input = year(candidates);
    let all = "[\"percentile_rank\", \"min_max\", \"z_score\", \"rank\", \"borda\", \"fraction_of_max\"]";
    let aggregations = ["arithmetic", "geometric", "harmonic", "copeland"];
    for normalisation in ["percentile_rank", "min_max", "z_score", "rank", "borda", "fraction_of_max"] {
        for aggregation in aggregations {
            let positive = matches!(normalisation, "percentile_rank" | "min_max" | "rank");
            if !positive && matches!(aggregation, "geometric" | "harmonic") {
                continue;
            }
            let head = format!(
                "[normalisation]\nmethod = \"{normalisation}\"\n[aggregation]\nmethod = \"{aggregation}\"\n\
                 {QUICK}normalisations = {all}\naggregations = {aggregations:?}\n"
            );
            let ranking = rank(&plain_method(3, &head), &input, None);
            assert_eq!(ranking.agencies.len(), 12, "{normalisation} {aggregation}");
            assert_eq!(ranking.groups[0].sensitivity.sobol.len(), 4, "{normalisation} {aggregation}");
            is_finite(&ranking);
        }
    }
}

#[test]
fn an_agency_best_in_everything_is_first_under_every_method() {
    let candidates: Vec<_> = (0..20)
        .map(|i| {
            candidate(&format!("p{i:02}"), vec![share(f64::from(i) * 5.0, 100.0), share(f64::from(i) * 4.0, 100.0)])
        })
        .collect();
    let ranking = rank(&plain_method(2, QUICK), &year(candidates), None);
    let best = &ranking.agencies[0];
    assert_eq!((best.agency.0.as_str(), best.tier), ("p19", Tier::Upper));
    let range = best.method.unwrap();
    assert!(range.low <= 1.0 && range.median <= 1.0 && range.high <= 1.0);
    assert_eq!(ranking.agencies[19].tier, Tier::Lower);
}

#[test]
fn the_choice_that_moves_the_ranks_is_found() {
    // Two indicators agree and one does not: what is left out matters, and nothing else is drawn.
    let candidates: Vec<_> = (0..30)
        .map(|i| {
            let x = f64::from(i);
            candidate(&format!("p{i:02}"), vec![plain(x), plain(x * 2.0), plain(f64::from(i * 7 % 30))])
        })
        .collect();
    let only = "normalisations = [\"min_max\"]\naggregations = [\"arithmetic\"]\nweight_concentration = 1e9\n";
    let ranking = rank(&plain_method(3, &format!("{QUICK}{only}")), &year(candidates), None);
    let sensitivity = &ranking.groups[0].sensitivity;
    let share = |name: &str| sensitivity.sobol.iter().find(|s| s.factor.name() == name).unwrap();
    assert!(share("indicator left out").total.value > 0.9 && share("weights").total.value < 0.1);
    let changes: Vec<f64> = sensitivity.left_out.iter().map(|l| l.mean_change).collect();
    assert!(changes[2] > 2.0 && changes[0] > 0.5 && (changes[0] - changes[1]).abs() < 1e-12, "{changes:?}");
    assert_eq!(sensitivity.left_out[0].indicator, 0);
}

#[test]
fn movement_has_an_interval_and_never_runs_across_an_incomparable_form_or_other_peers() {
    let make = |year_no: i32, turn: bool| {
        let mut input = year(
            (0..10)
                .map(|i| {
                    let best = if turn && i == 0 { 20 } else { i };
                    candidate(&format!("p{i}"), vec![share(f64::from(best) * 40.0, 800.0)])
                })
                .collect(),
        );
        input.year = year_no;
        input
    };
    let (before, mut now) = (make(2022, false), make(2023, true));
    now.candidates[1].forms = [Some("cn-2019"); 3];
    now.candidates[2].kind = Some(Kind::Department);
    now.candidates.push(candidate("new", vec![share(100.0, 800.0)]));
    let method = plain_method(1, QUICK);
    let ranking = rank(&method, &now, Some(&before));
    let find = |ranking: &Ranking, id: &str| ranking.agencies.iter().find(|a| a.agency.0 == id).unwrap().movement;
    let up = find(&ranking, "p0").unwrap();
    assert_eq!((up.from, up.before.to_string(), up.ranked_before), (2022, "10".to_owned(), 10));
    assert!((up.gained - 9.0).abs() < 1e-12 && up.is_clear());
    assert!(up.sampling.0 <= 9.0 && up.sampling.1 >= 9.0);
    assert!(!find(&ranking, "p5").unwrap().is_clear());
    assert_eq!(find(&ranking, "new"), Err(NoMovement::NotRankedBefore));
    // The form matters only where an indicator is bound to it.
    assert!(find(&ranking, "p1").is_ok());
    now.form_bound = vec![vec![3]];
    let bound = rank(&method, &now, Some(&before));
    assert_eq!(find(&bound, "p1"), Err(NoMovement::OtherForm));
    assert!(find(&bound, "p3").is_ok());
    now.candidates[3].kind = Some(Kind::Department);
    now.candidates[4].kind = Some(Kind::Department);
    let apart = rank(&method.clone().with_peers(&[super::super::Peer::Kind]), &now, Some(&before));
    assert_eq!(find(&apart, "p2"), Err(NoMovement::OtherPeers));
    assert_eq!(find(&rank(&method, &now, None), "p0"), Err(NoMovement::NoYearBefore));
}

#[test]
fn what_no_peer_has_a_value_of_is_missing_for_all_so_that_no_rank_rests_on_a_small_rest_of_the_method() {
    let few = |id: &str, x: f64| candidate(id, vec![plain(x), Err(Missing::DenIsZero), Err(Missing::DenIsZero)]);
    let input = year(vec![few("a", 1.0), few("b", 2.0), few("c", 3.0)]);
    let ranking = rank(&plain_method(3, SCORES_ONLY), &input, None);
    assert_eq!((ranking.agencies.len(), ranking.not_ranked.len()), (0, 3));
    assert_eq!(reasons(&ranking, "a"), ["below minimum N"]);
    // nor on one indicator where the others have a value for one agency only, which tells nobody apart either
    let mut one = vec![few("a", 1.0), few("b", 2.0), few("c", 3.0)];
    one[0].values = vec![plain(1.0), plain(0.5), plain(0.5)];
    let ranking = rank(&plain_method(3, SCORES_ONLY), &year(one), None);
    assert_eq!(ranking.agencies.len(), 0, "{:?}", ranking.notes);
    // an indicator that is the same for all rests on values
    let same = |id: &str, x: f64| candidate(id, vec![plain(x), plain(0.0), plain(0.0)]);
    let ranking =
        rank(&plain_method(3, SCORES_ONLY), &year(vec![same("a", 1.0), same("b", 2.0), same("c", 3.0)]), None);
    assert_eq!(ranking.agencies.len(), 3);
    assert!(ranking.agencies.iter().all(|agency| (agency.coverage - 1.0).abs() < 1e-12));
}

#[test]
fn a_share_of_few_cases_is_drawn_further_towards_the_peers_and_the_score_stays() {
    let cases = [("a", 2.0, 20.0), ("b", 10.0, 20.0), ("c", 18.0, 20.0), ("d", 60.0, 200.0)];
    let input = year(cases.map(|(id, num, den)| candidate(id, vec![share(num, den), plain(num)])).to_vec());
    let ranking = rank(&plain_method(2, SCORES_ONLY), &input, None);
    let of = |id: &str| {
        let found = ranking.agencies.iter().find(|agency| agency.agency.0 == id).unwrap();
        (found.indicators[0].drawn.unwrap(), found.indicators[1].drawn)
    };
    // (k + s μ) / (n + s) with μ = 90/260 and s = 1.947254293972048 by the moments of Kleinman, computed by hand in Python
    for (id, value, weight) in [
        ("a", 0.121_839_822_306_722_94, 0.911_275_721_878_938),
        ("b", 0.486_350_111_058_298_2, 0.911_275_721_878_938),
        ("c", 0.850_860_399_809_873_4, 0.911_275_721_878_938),
        ("d", 0.300_445_033_409_444_56, 0.990_357_609_462_035_9),
    ] {
        let (drawn, no_share) = of(id);
        assert!((drawn.value - value).abs() < 1e-12 && (drawn.weight - weight).abs() < 1e-12, "{id}: {drawn:?}");
        assert_eq!(no_share, None, "a value that is no share has nothing to be drawn by");
    }
}
