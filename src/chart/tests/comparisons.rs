//! Funnels, ranks, slopes, contributions, and the rows of n.

use super::super::callouts::Callouts;
use super::super::n_row::NRow;
use super::super::number;
use super::super::scene::{Area, Scene, Shape};
use super::ranked::{contributions, funnel, ranks, slope};
use super::samples::many_cases;
use super::*;
use proptest::prelude::*;

fn texts(chart: &Chart, size: Size) -> Vec<String> {
    let svg = svg(chart, Lang::En, size).expect("a chart that can be drawn");
    written(&Document::parse(&svg).expect("well-formed")).into_iter().map(|text| text.text).collect()
}

fn count(svg: &str, element: &str, colour: scene::Colour) -> usize {
    let colour = format!("#{:02X}{:02X}{:02X}", colour.0, colour.1, colour.2);
    let document = Document::parse(svg).expect("well-formed");
    let found = document.descendants().filter(|n| n.has_tag_name(element) && n.attribute("fill") == Some(&colour));
    found.count()
}

#[test]
fn every_point_of_a_funnel_is_drawn_in_the_shape_of_its_place() {
    let chart = funnel(400, true);
    let ChartData::Funnel(data) = &chart.data else { panic!("a funnel") };
    let of = |place| data.points.iter().filter(|p| p.place == place && p.y.is_some()).count();
    let svg = drawn(&chart);
    assert!(of(FunnelPlace::Beyond998) > 5 && of(FunnelPlace::Beyond95) > of(FunnelPlace::Beyond998));
    // One more each in the legend.
    assert_eq!(count(&svg, "circle", theme::MUTED), of(FunnelPlace::Within) + 1);
    assert_eq!(count(&svg, "polygon", theme::MAIN), of(FunnelPlace::Beyond95) + 1);
    assert_eq!(count(&svg, "rect", theme::PICKED), of(FunnelPlace::Beyond998) + 1);
    assert!(svg.contains("1 agency without a value is not drawn"));
}

#[test]
fn the_agency_a_funnel_is_about_is_named_even_in_a_crowd() {
    for agencies in [60, 400] {
        let chart = funnel(agencies, true);
        let ChartData::Funnel(data) = &chart.data else { panic!("a funnel") };
        assert_eq!(data.points[7].place, FunnelPlace::Within);
        for size in Size::ALL {
            let svg = svg(&chart, Lang::Zh, size).expect("a chart");
            let document = Document::parse(&svg).expect("well-formed");
            let bold = document.descendants().filter(|n| n.attribute("font-weight") == Some("bold"));
            let words: String = bold.filter_map(|n| n.text().map(str::to_owned)).collect();
            assert!(words.ends_with(&data.points[7].label.zh), "{size:?}: {words}");
        }
    }
}

#[test]
fn a_funnel_has_a_logarithmic_axis_only_where_sizes_differ_much() {
    assert!(texts(&funnel(60, true), Size::Screen).contains(&"requests closed (log scale)".to_owned()));
    assert!(texts(&funnel(60, false), Size::Screen).contains(&"requests closed".to_owned()));
}

#[test]
fn limits_of_a_funnel_end_at_the_edge_of_the_plot() {
    let mut chart = funnel(5, true);
    let ChartData::Funnel(data) = &mut chart.data else { panic!("a funnel") };
    data.points.retain(|point| point.y.is_some_and(|y| y < 0.3));
    let svg = drawn(&chart);
    let document = Document::parse(&svg).expect("well-formed");
    let ends = ["0%", "30%"].map(|label| {
        let text = written(&document).into_iter().find(|text| text.text == label).expect("a tick");
        f64::midpoint(text.top, text.bottom) * 10.0
    });
    let soft = format!("#{:02X}{:02X}{:02X}", theme::SOFT.0, theme::SOFT.1, theme::SOFT.2);
    let lines = document.descendants().filter(|n| n.has_tag_name("polyline") && n.attribute("stroke") == Some(&soft));
    let mut seen = 0;
    for point in lines.filter_map(|n| n.attribute("points")).flat_map(str::split_whitespace) {
        let y: f64 = point.split(',').nth(1).and_then(|y| y.parse().ok()).expect("a place");
        assert!(y <= ends[0] + 20.0 && y >= ends[1] - 20.0, "{y} outside {ends:?}");
        seen += 1;
    }
    assert!(seen > 100, "{seen}");
}

#[test]
fn ranks_stand_in_order_whatever_the_order_they_are_given_in() {
    let chart = ranks(38);
    let (header, rows) = csv_rows(&chart, Lang::En);
    assert_eq!(header, ["agency", "median_rank", "low", "high", "range_from", "range_to", "not_ranked"]);
    let medians: Vec<f64> = rows.iter().filter_map(|row| row[1].parse().ok()).collect();
    assert!(medians.len() == 38 && medians.is_sorted());
    let svg = svg(&chart, Lang::Zh, Size::Double).expect("a chart");
    let document = Document::parse(&svg).expect("well-formed");
    let named = written(&document);
    let ChartData::Ranks(data) = &chart.data else { panic!("ranks") };
    let place = |row: &RankRow| named.iter().find(|text| text.text == row.label.zh).expect("a name").top;
    let mut drawn: Vec<(f64, f64)> = data.rows.iter().map(|r| (place(r), r.median.expect("a rank"))).collect();
    drawn.sort_by(|a, b| a.0.total_cmp(&b.0));
    assert!(drawn.windows(2).all(|pair| pair[0].0 < pair[1].0 && pair[0].1 <= pair[1].1), "{drawn:?}");
}

#[test]
fn many_ranks_are_condensed_and_those_picked_out_still_named() {
    let chart = ranks(400);
    let ChartData::Ranks(data) = &chart.data else { panic!("ranks") };
    let svg = svg(&chart, Lang::Zh, Size::Screen).expect("a chart");
    let names: Vec<String> =
        written(&Document::parse(&svg).expect("well-formed")).into_iter().map(|text| text.text).collect();
    let is_named = |row: &&RankRow| names.contains(&row.label.zh);
    let (picked, others): (Vec<&RankRow>, Vec<&RankRow>) = data.rows.iter().partition(|row| row.selected);
    assert!(picked.len() == 2 && picked.iter().all(is_named));
    let count = others.iter().filter(|row| is_named(row)).count();
    assert!((10..=30).contains(&count), "{count} others named");
    assert_eq!(count_discs(&svg), 398 + 1, "every rank is drawn, and the legend");
}

fn count_discs(svg: &str) -> usize {
    count(svg, "circle", theme::MAIN)
}

#[test]
fn the_note_counts_all_that_are_not_ranked_by_reason() {
    let text = texts(&ranks(400), Size::Screen).join(" ");
    assert!(text.contains("Not ranked (100): fewer than 20 requests closed (34): "), "{text}");
    assert!(text.contains("no report (66): ") && text.contains(" more"), "{text}");
    let text = texts(&ranks(5), Size::Screen).join(" ");
    assert!(text.contains("Not ranked (1): fewer than 20 requests closed (1): ") && !text.contains("more,"), "{text}");
}

#[test]
fn lines_of_a_slope_are_solid_only_beyond_the_interval() {
    let mut chart = slope(5, false);
    let ChartData::Slope(data) = &mut chart.data else { panic!("a slope") };
    for (row, moved) in data.rows.iter_mut().zip([true, false, false, false, false]) {
        (row.moved, row.selected) = (moved, false);
    }
    let theme = Size::Screen.theme();
    let svg = drawn(&chart);
    let document = Document::parse(&svg).expect("well-formed");
    // The line and the legend's sample.
    assert_eq!(polylines(&document, theme::MAIN, theme.stroke * 1.15), 2);
    assert!(polylines(&document, theme::MUTED, theme.hair * 1.3) > 60, "dashes");
}

#[test]
fn a_slope_of_many_names_the_largest_moves_and_says_so() {
    let chart = slope(400, true);
    let ChartData::Slope(data) = &chart.data else { panic!("a slope") };
    let texts = texts(&chart, Size::Double);
    assert!(texts.contains(
        &"400 agencies; named are 30 whose move is largest beyond its interval; 370 are lines only".to_owned()
    ));
    let size = |row: &SlopeRow| (row.to.y.unwrap_or(0.0) - row.from.y.unwrap_or(0.0)).abs();
    let largest = data.rows.iter().filter(|row| row.moved && !row.selected).max_by(|a, b| size(a).total_cmp(&size(b)));
    let said = format!("{} {}", largest.expect("a move").to.y.unwrap_or(0.0), largest.expect("a move").label.en);
    assert!(texts.contains(&said), "{said} in {texts:?}");
}

#[test]
fn contributions_carry_their_sign_and_say_what_is_missing() {
    let svg = drawn(&contributions(12, true));
    let document = Document::parse(&svg).expect("well-formed");
    let texts: Vec<String> = written(&document).into_iter().map(|text| text.text).collect();
    for text in ["No data", "0", "in all", "−3.40", "0 = median of the peer group"] {
        assert!(texts.iter().any(|t| t == text), "{text} in {texts:?}");
    }
    let (plus, minus) = (texts.iter().filter(|t| t.starts_with('+')), texts.iter().filter(|t| t.starts_with('−')));
    let (above, below) = theme::above_and_below();
    assert_eq!(plus.count(), count(&svg, "rect", above.colour));
    assert!(minus.count() > count(&svg, "rect", below.colour), "the axis has some too");
    assert!(alt_text(&contributions(4, false), Lang::Zh).contains("合计：−3.40；"));
}

#[test]
fn differences_keep_their_sign_and_never_round_to_nothing() {
    let signed = |y: f64| number::signed(y, 2, Lang::En);
    assert_eq!([signed(2.3), signed(-1.04), signed(0.0), signed(-0.0)], ["+2.30", "−1.04", "0", "0"]);
    assert_eq!([signed(0.0004), signed(-0.0004), signed(-2e6)], ["+0.0004", "−0.0004", "−2M"]);
}

#[test]
fn axes_of_ranks_begin_at_one_and_logarithmic_ones_at_1_2_or_5() {
    let ranks = |last: f64| number::rank_ticks(last, 6, Lang::En).marks.into_iter().map(|m| m.1).collect::<Vec<_>>();
    assert_eq!(ranks(38.0), ["1", "10", "20", "30", "38"]);
    assert_eq!(ranks(5.0), ["1", "2", "3", "4", "5"]);
    assert_eq!(ranks(1.0), ["1"]);
    let log = |powers| number::log_ticks((3.0, 1_234.0), powers, Lang::En);
    let labels: Vec<String> = log(false).marks.into_iter().map(|m| m.1).collect();
    assert_eq!(labels, ["2", "5", "10", "20", "50", "100", "200", "500", "1,000", "2,000"]);
    assert_eq!(log(true).marks.len(), 3);
}

#[test]
fn every_bar_keeps_its_n_in_the_narrowest_chart() {
    let texts = texts(&many_cases(), Size::Single);
    for n in ["98,765", "21,104", "33,871", "45,009", "10,002", "88,888"] {
        assert!(texts.iter().any(|text| text == n), "{n} in {texts:?}");
    }
}

#[test]
fn crowded_n_stand_in_two_lines_by_turns_before_any_is_left_out() {
    let theme = Size::Single.theme();
    let n = [Some(12_345); 8];
    let drawn = |step: f64, most: usize| {
        let places: Vec<f64> = (0..8).map(|i| f64::from(i) * step).collect();
        let row = NRow::new(&n, &places, most, &theme, Lang::En);
        let mut scene = Scene::default();
        row.draw(&mut scene, &places, (0.0, 0.0), &theme);
        let texts = scene.shapes.iter().filter(|s| matches!(s, Shape::Text { text, .. } if text == "12,345"));
        (texts.count(), row.height(&theme) > theme.small.line() * 2.0, row.is_open())
    };
    let width = theme.small.width("12,345");
    assert_eq!(drawn(width * 1.5, 2), (8, false, true));
    assert_eq!(drawn(width * 0.7, 2), (8, true, false));
    assert_eq!(drawn(width * 0.7, 1), (4, false, false));
}

#[test]
fn the_label_of_a_break_is_its_years_where_more_does_not_fit() {
    let mut chart = many_cases();
    let ChartData::StackedShares(data) = &mut chart.data else { panic!("shares") };
    data.breaks[0].label = text("一个很长的标注", &"a label far too long for one column ".repeat(9));
    let texts = texts(&chart, Size::Single);
    assert!(texts.iter().any(|text| text == "2020|2021") && !texts.iter().any(|text| text.contains("far too")));
}

proptest! {
    #[test]
    fn names_beside_points_cover_neither_points_nor_each_other(
        points in prop::collection::vec((0.0..400.0_f64, 0.0..250.0_f64), 1..80)
    ) {
        let theme = Size::Screen.theme();
        let room = Area { left: 0.0, top: 0.0, right: 400.0, bottom: 250.0 };
        let mut callouts = Callouts::new(room, theme.hair);
        for point in &points {
            callouts.keep_clear(*point, 4.0);
        }
        let mut scene = Scene::default();
        let mut names = 0;
        for (index, point) in points.iter().enumerate() {
            let name = (&*format!("agency {index} of the county"), 90.0);
            names += usize::from(callouts.write(&mut scene, (*point, 4.0), name, (theme.small, index == 0)));
        }
        let boxes: Vec<Area> = scene.shapes.iter().filter_map(|shape| match shape {
            Shape::Rect { area, .. } => Some(*area),
            _ => None,
        }).collect();
        prop_assert_eq!(boxes.len(), names);
        for (index, a) in boxes.iter().enumerate() {
            prop_assert!(a.left >= 0.0 && a.top >= 0.0 && a.right <= 400.0 && a.bottom <= 250.0);
            let apart = |b: &Area| a.right <= b.left || b.right <= a.left || a.bottom <= b.top || b.bottom <= a.top;
            prop_assert!(boxes.iter().skip(index + 1).all(apart));
            let covers = |(x, y): &(f64, f64)| a.left < x + 4.0 && x - 4.0 < a.right && a.top < y + 4.0 && y - 4.0 < a.bottom;
            prop_assert!(!points.iter().any(covers));
        }
    }

    #[test]
    fn a_dashed_path_is_inked_by_half_and_stays_on_its_way(
        path in prop::collection::vec((0.0..200.0_f64, 0.0..200.0_f64), 2..8), dash in 1.0..9.0_f64
    ) {
        let mut scene = Scene::default();
        scene.dashed(&path, dash, theme::INK, 1.0);
        let length = |points: &[(f64, f64)]| points.windows(2).map(|p| libm::hypot(p[1].0 - p[0].0, p[1].1 - p[0].1)).sum::<f64>();
        let inked: f64 = scene.shapes.iter().map(|shape| match shape {
            Shape::Line { points, .. } => length(points),
            _ => 0.0,
        }).sum();
        let whole = length(&path);
        prop_assert!(inked <= whole + 1e-6 && (inked - whole / 2.0).abs() <= dash, "{} of {}", inked, whole);
    }
}
