mod comparisons;
mod ranked;
mod samples;
mod texts;

use super::*;
use resvg::usvg::roxmltree::{Document, Node};
use samples::{chart, line, panel, text};
use std::sync::OnceLock;

/// A text of an SVG with the box it takes up, in pixels.
struct Written {
    text: String,
    left: f64,
    right: f64,
    top: f64,
    bottom: f64,
}

fn number(node: Node<'_, '_>, name: &str) -> f64 {
    node.attribute(name).and_then(|value| value.parse().ok()).unwrap_or_else(|| panic!("{name} of {node:?}"))
}

fn written(document: &Document<'_>) -> Vec<Written> {
    let texts = document.descendants().filter(|node| node.has_tag_name("text"));
    texts
        .map(|node| {
            let text = node.text().unwrap_or_default().to_owned();
            let size = number(node, "font-size");
            let width = font::width(&text, size, node.attribute("font-weight") == Some("bold"));
            let shift = match node.attribute("text-anchor") {
                Some("end") => width,
                Some("middle") => width / 2.0,
                _ => 0.0,
            };
            let left = number(node, "x") - shift;
            assert_eq!(node.attribute("dy"), Some("0.76em"), "all texts hang from their top");
            let baseline = number(node, "y") + 0.76 * size;
            let (top, bottom) = (baseline - 0.78 * size, baseline + 0.1 * size);
            Written { text, left: left / 10.0, right: (left + width) / 10.0, top: top / 10.0, bottom: bottom / 10.0 }
        })
        .collect()
}

fn polylines(document: &Document<'_>, colour: scene::Colour, width: f64) -> usize {
    let stroke = format!("#{:02X}{:02X}{:02X}", colour.0, colour.1, colour.2);
    let data = |node: &Node<'_, '_>| {
        node.has_tag_name("polyline")
            && node.attribute("stroke") == Some(&stroke)
            && (number(*node, "stroke-width") - libm::round(width * 10.0)).abs() < 0.5
    };
    document.descendants().filter(data).count()
}

fn drawn(chart: &Chart) -> String {
    svg(chart, Lang::En, Size::Screen).expect("a chart that can be drawn")
}

fn one_line(values: &[Option<f64>], breaks: Vec<Break>) -> Chart {
    let panels = vec![panel("", Scale::Number, vec![line("a", values)])];
    chart("one", ChartData::Lines(Lines { panels, breaks }))
}

/// Every sample in both languages and all sizes, drawn once for all tests.
fn everywhere(test: impl Fn(&Chart, Lang, Size, &str)) {
    static DRAWN: OnceLock<Vec<(Chart, Lang, Size, String)>> = OnceLock::new();
    let drawn = DRAWN.get_or_init(|| {
        let langs = || [Lang::Zh, Lang::En].into_iter().flat_map(|lang| Size::ALL.map(|size| (lang, size)));
        let all =
            samples::all().into_iter().flat_map(|chart| langs().map(move |(lang, size)| (chart.clone(), lang, size)));
        all.map(|(chart, lang, size)| {
            let svg = svg(&chart, lang, size).expect("a chart that can be drawn");
            (chart, lang, size, svg)
        })
        .collect()
    });
    assert!(drawn.len() > 100);
    for (chart, lang, size, svg) in drawn {
        test(chart, *lang, *size, svg);
    }
}

#[test]
fn every_text_lies_inside_the_paper() {
    everywhere(|chart, lang, size, svg| {
        let document = Document::parse(svg).expect("well-formed");
        let view: Vec<f64> = document
            .root_element()
            .attribute("viewBox")
            .expect("a view box")
            .split(' ')
            .map(|n| n.parse().expect("a number"))
            .collect();
        for text in written(&document) {
            let inside = text.left >= -0.1
                && text.top >= 0.0
                && text.right <= view[2] / 10.0 + 0.1
                && text.bottom <= view[3] / 10.0;
            assert!(inside, "{} {lang:?} {size:?}: {:?} from {} to {}", chart.id, text.text, text.left, text.right);
        }
    });
}

#[test]
fn no_two_texts_overlap() {
    everywhere(|chart, lang, size, svg| {
        let document = Document::parse(svg).expect("well-formed");
        let texts = written(&document);
        for (index, a) in texts.iter().enumerate() {
            for b in texts.iter().skip(index + 1) {
                let apart = a.right <= b.left + 0.2
                    || b.right <= a.left + 0.2
                    || a.bottom <= b.top + 0.2
                    || b.bottom <= a.top + 0.2;
                assert!(apart, "{} {lang:?} {size:?}: {:?} and {:?}", chart.id, a.text, b.text);
            }
        }
    });
}

#[test]
fn every_drawing_is_well_formed_has_no_nan_and_no_float_noise() {
    everywhere(|chart, _, _, svg| {
        let document = Document::parse(svg).expect("well-formed");
        assert!(!svg.contains("NaN") && !svg.contains("inf\""), "{}", chart.id);
        let noisy =
            |node: Node<'_, '_>| node.attributes().any(|a| a.value().len() > 12 && a.value().parse::<f64>().is_ok());
        let first = document.descendants().find(|node| noisy(*node));
        assert!(first.is_none(), "{} {first:?}", chart.id);
    });
}

#[test]
fn the_same_chart_gives_the_same_bytes_on_any_thread() {
    let alone: Vec<String> = samples::all().iter().map(drawn).collect();
    let threads: Vec<_> =
        (0..2).map(|_| std::thread::spawn(|| samples::all().iter().map(drawn).collect::<Vec<_>>())).collect();
    for thread in threads {
        assert!(thread.join().expect("no panic") == alone);
    }
}

#[test]
fn a_missing_year_breaks_the_line() {
    let width = Size::Screen.theme().stroke;
    // Each drawing has one more such line: the sample beside the label.
    let count = |values: &[Option<f64>]| {
        let svg = drawn(&one_line(values, vec![]));
        polylines(&Document::parse(&svg).expect("well-formed"), theme::MAIN, width) - 1
    };
    assert_eq!(count(&[Some(1.0), Some(2.0), Some(3.0), Some(4.0)]), 1);
    assert_eq!(count(&[Some(1.0), Some(2.0), None, Some(3.0), Some(4.0)]), 2);
    assert_eq!(count(&[Some(1.0), Some(2.0), Some(f64::NAN), Some(3.0), Some(4.0)]), 2);
}

#[test]
fn a_year_left_out_is_a_gap_too() {
    let points = [2019, 2020, 2023, 2024].map(|year| Point::new(year, Some(5.0)));
    let line = Line { label: text("甲", "a"), points: points.to_vec() };
    let svg = drawn(&chart(
        "gap",
        ChartData::Lines(Lines { panels: vec![panel("", Scale::Number, vec![line])], breaks: vec![] }),
    ));
    let document = Document::parse(&svg).expect("well-formed");
    assert_eq!(polylines(&document, theme::MAIN, Size::Screen.theme().stroke) - 1, 2);
    assert!(written(&document).iter().any(|text| text.text == "2021"), "the axis keeps the year");
}

#[test]
fn a_break_parts_the_line_and_says_why() {
    let values = [Some(1.0), Some(2.0), Some(3.0), Some(4.0)];
    let svg = drawn(&one_line(&values, vec![Break::form_changed(2020)]));
    let document = Document::parse(&svg).expect("well-formed");
    assert_eq!(polylines(&document, theme::MAIN, Size::Screen.theme().stroke) - 1, 2);
    assert!(written(&document).iter().any(|text| text.text == "form changed 2020|2021"));
    let dashes = polylines(&document, theme::FAINT, Size::Screen.theme().hair * 1.5);
    assert!(dashes > 20, "{dashes} dashes");
}

#[test]
fn a_break_outside_the_years_shown_is_not_drawn() {
    let svg = drawn(&one_line(&[Some(1.0), Some(2.0)], vec![Break::form_changed(2024)]));
    assert!(!svg.contains("form changed"));
}

#[test]
fn every_part_with_cases_gets_its_segment_and_its_name() {
    let parts = vec![text("甲", "part a"), text("乙", "part b"), text("丙", "part c")];
    let bars = vec![
        StackedBar::of_year(2020, vec![Some(50.0), Some(50.0), None]),
        StackedBar::of_year(2021, vec![Some(25.0), Some(25.0), Some(50.0)]),
    ];
    let svg = drawn(&chart("parts", ChartData::StackedShares(StackedShares { parts, bars, breaks: vec![] })));
    let document = Document::parse(&svg).expect("well-formed");
    let texts: Vec<String> = written(&document).into_iter().map(|text| text.text).collect();
    for (label, times) in [("50.0%", 3), ("25.0%", 2), ("n=100", 2), ("part a", 1), ("part b", 1), ("part c", 1)] {
        assert_eq!(texts.iter().filter(|text| *text == label).count(), times, "{label}");
    }
    for (fill, bars) in theme::fills(3).iter().zip([2, 2, 1]) {
        let colour = format!("#{:02X}{:02X}{:02X}", fill.colour.0, fill.colour.1, fill.colour.2);
        let rects = document.descendants().filter(|n| n.has_tag_name("rect") && n.attribute("fill") == Some(&colour));
        // One for each bar that has the part, and the sample beside its name.
        assert_eq!(rects.count(), bars + 1);
    }
}

#[test]
fn a_year_without_cases_says_so_in_place_of_a_bar() {
    let svg = svg(&samples::reasons(), Lang::En, Size::Double).expect("a chart");
    let document = Document::parse(&svg).expect("well-formed");
    assert_eq!(written(&document).iter().filter(|text| text.text == "no cases").count(), 1);
}

#[test]
fn every_known_cell_of_a_heat_map_is_drawn_with_its_sign() {
    let chart = samples::heat_map(9, 6);
    let ChartData::HeatMap(map) = &chart.data else { panic!("a heat map") };
    let of = |state| map.rows.iter().flat_map(|row| &row.cells).filter(|cell| **cell == Some(state)).count();
    let svg = drawn(&chart);
    let document = Document::parse(&svg).expect("well-formed");
    let signs = |sign: &str| written(&document).iter().filter(|text| text.text == sign).count();
    // One more each in the legend.
    assert_eq!((signs("0"), signs("?"), signs("–")), (of(0) + 1, of(2) + 1, of(3) + 1));
    let light = Shade::Light.fill().colour;
    let fill = format!("#{:02X}{:02X}{:02X}", light.0, light.1, light.2);
    assert_eq!(document.descendants().filter(|n| n.attribute("fill") == Some(&fill)).count(), of(1) + 1);
}

#[test]
fn every_value_of_a_bar_chart_is_drawn_with_its_whisker() {
    let svg = drawn(&samples::bars(BarsLayout::Lying, BarsMark::Dot, 12, 1));
    let document = Document::parse(&svg).expect("well-formed");
    // Group 2 has no value; a whisker is a line with two caps.
    assert_eq!(document.descendants().filter(|node| node.has_tag_name("circle")).count(), 11);
    assert_eq!(polylines(&document, theme::MAIN, Size::Screen.theme().hair * 1.6), 33);
    assert_eq!(written(&document).iter().filter(|text| text.text == "No data").count(), 1);
}

#[test]
fn a_chart_without_values_gives_its_reason() {
    let mut empty = samples::extremes().remove(0);
    assert!(drawn(&empty).contains("No data: There is no value to draw."));
    empty.empty = text("没有机关公布2019年以前的报告。", "No agency published reports before 2019.");
    assert!(drawn(&empty).contains("No data: No agency published reports before 2019."));
    assert!(alt_text(&empty, Lang::Zh).contains("无数据：没有机关公布2019年以前的报告。"));
}

#[test]
fn hostile_names_stay_text() {
    let mut hostile = one_line(&[Some(1.0)], vec![]);
    hostile.title = text("x", "</title><script>alert('1')</script>\u{1}\u{202e}&amp;\u{0}");
    let ChartData::Lines(lines) = &mut hostile.data else { panic!("lines") };
    lines.panels[0].lines[0].label = text("x", "<b onclick=\"x\">&lt;\u{b}]]>\u{fffe}");
    let svg = drawn(&hostile);
    let document = Document::parse(&svg).expect("well-formed");
    assert!(!document.descendants().any(|node| node.has_tag_name("script") || node.has_tag_name("b")));
    let title = document.descendants().find(|node| node.has_tag_name("title")).and_then(|node| node.text());
    assert_eq!(title, Some("</title><script>alert('1')</script> &amp;"));
    assert!(written(&document).iter().any(|text| text.text == "<b onclick=\"x\">&lt; ]]> 1"));
}

#[test]
fn the_png_has_the_size_asked_for_and_ink_on_it() {
    for size in Size::ALL {
        let svg = svg(&samples::levels(), Lang::Zh, size).expect("a chart");
        let bytes = png(&svg, size.png_scale()).expect("a picture");
        let picture = resvg::tiny_skia::Pixmap::decode_png(&bytes).expect("a PNG");
        let expected = size.theme().width * f64::from(size.png_scale());
        assert!((f64::from(picture.width()) - expected).abs() <= 1.0, "{} for {expected}", picture.width());
        let dark = picture.pixels().iter().filter(|p| p.red() < 120 && p.green() < 120).count();
        assert!(dark > 1_000, "{dark} dark pixels");
    }
}

fn text_widths(group: &resvg::usvg::Group, widths: &mut Vec<f64>) {
    for node in group.children() {
        match node {
            resvg::usvg::Node::Text(text) => widths.push(f64::from(text.bounding_box().width())),
            resvg::usvg::Node::Group(group) => text_widths(group, widths),
            _ => {}
        }
    }
}

#[test]
fn resvg_draws_texts_as_wide_as_they_are_measured() {
    let svg = drawn(&samples::reasons());
    let document = Document::parse(&svg).expect("well-formed");
    let tree = super::png::tree(&svg).expect("a tree");
    let mut widths = Vec::new();
    text_widths(tree.root(), &mut widths);
    let measured: Vec<f64> = written(&document).iter().map(|text| (text.right - text.left) * 10.0).collect();
    assert_eq!(widths.len(), measured.len());
    for (drawn, measured) in widths.iter().zip(&measured) {
        assert!((drawn - measured).abs() <= measured * 0.01 + 1.0, "{drawn} drawn, {measured} measured");
    }
}

#[test]
fn too_much_for_one_chart_is_an_error_that_says_so() {
    let lines = vec![line("a", &[Some(1.0)]); 41];
    let many = chart("many", ChartData::Lines(Lines { panels: vec![panel("", Scale::Number, lines)], breaks: vec![] }));
    let error = svg(&many, Lang::En, Size::Screen).expect_err("too many");
    assert_eq!(error.to_string(), "chart many: 41 series, at most 40 can be drawn");
    let mut late = line("a", &[]);
    late.points = vec![Point::new(i32::MAX, Some(1.0)), Point::new(i32::MIN, Some(1.0))];
    let late =
        chart("late", ChartData::Lines(Lines { panels: vec![panel("", Scale::Number, vec![late])], breaks: vec![] }));
    assert!(matches!(svg(&late, Lang::En, Size::Screen), Err(ChartError::Year { .. })));
}

#[test]
fn something_that_is_no_svg_or_too_large_a_picture_is_an_error() {
    assert!(matches!(png("no SVG", 1.0), Err(ChartError::Svg(_))));
    let svg = drawn(&samples::levels());
    for scale in [0.0, -1.0, f32::NAN, 1e9] {
        assert!(matches!(png(&svg, scale), Err(ChartError::Png(_))), "{scale}");
    }
}
