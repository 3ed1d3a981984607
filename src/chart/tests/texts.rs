//! Words, numbers, wrapping, spreading and tables.

use super::super::font::{self, Cut};
use super::super::spread::{Wish, spread};
use super::super::{number, words};
use super::*;
use proptest::prelude::*;

#[test]
fn widths_are_those_of_the_font() {
    let one_em = font::width("中国", 10.0, false);
    assert!((one_em - 20.0).abs() < 1e-9);
    // The font's digits are all of one width, 555 thousandths (regular) and 582 (bold).
    assert!((font::width("0123456789", 1.0, false) - 5.55).abs() < 0.02);
    assert!(font::width("Wide", 1.0, true) > font::width("Wide", 1.0, false));
}

#[test]
fn the_font_has_every_character_that_charts_say_and_draws_it() {
    let mut said: String = words::ALL.iter().flat_map(|word| [word.0, word.1]).collect();
    said.push_str("0123456789.,−%<>n=–—…·×▲‰≥≤≠①②③④⑤⑥⑦⑧⑨⑩万亿KMbn（）《》“”、，。；：城关镇堽堌垭塬");
    for forms in [include_str!("../../../data/forms/cn-2019.toml"), include_str!("../../../data/forms/cn-2021.toml")] {
        said.extend(forms.chars().filter(|c| !c.is_control()));
    }
    for bytes in [FONT_REGULAR, FONT_BOLD] {
        let missing: String = said.chars().filter(|c| !has_glyph(bytes, *c)).collect();
        assert_eq!(missing, "");
    }
    assert!(!has_glyph(FONT_REGULAR, '\u{1F600}'), "the probe can tell");
}

/// Whether the font maps the character to a glyph.
fn has_glyph(bytes: &'static [u8], character: char) -> bool {
    let cmap = Cmap::new(bytes);
    cmap.has(u32::from(character))
}

/// The character map in format 4 (that of fonts without characters beyond U+FFFF), read from the font's bytes.
struct Cmap {
    groups: Vec<(u32, u32)>,
}

impl Cmap {
    fn new(font: &[u8]) -> Self {
        let short = |at: usize| usize::from(u16::from_be_bytes([font[at], font[at + 1]]));
        let long = |at: usize| u32::from_be_bytes([font[at], font[at + 1], font[at + 2], font[at + 3]]);
        let tables = short(4);
        let record = (0..tables).map(|i| 12 + 16 * i).find(|&at| &font[at..at + 4] == b"cmap").expect("a cmap");
        let cmap = long(record + 8) as usize;
        let subtables = (0..short(cmap + 2)).map(|i| cmap + long(cmap + 8 + 8 * i) as usize);
        let table = subtables.into_iter().find(|&at| short(at) == 4).expect("format 4");
        let twice = short(table + 6);
        let (ends, starts) = (table + 14, table + 16 + twice);
        let code = |at: usize| u32::from(u16::from_be_bytes([font[at], font[at + 1]]));
        let groups =
            (0..twice).step_by(2).map(|i| (code(starts + i), code(ends + i))).filter(|g| g.1 != 0xFFFF).collect();
        Self { groups }
    }

    fn has(&self, code: u32) -> bool {
        self.groups.iter().any(|&(from, to)| (from..=to).contains(&code))
    }
}

#[test]
fn chinese_wraps_anywhere_but_not_before_a_closing_mark() {
    assert_eq!(font::wrap("公开年度报告，数据", 10.0, false, 60.0, 9), ["公开年度报", "告，数据"]);
    assert_eq!(font::wrap("见《条例》第三条", 10.0, false, 25.0, 9), ["见", "《条", "例》", "第三", "条"]);
}

#[test]
fn latin_wraps_at_spaces_and_only_endless_words_are_cut() {
    let lines = font::wrap("granted in part and refused", 10.0, false, 60.0, 9);
    assert_eq!(lines, ["granted in", "part and", "refused"]);
    let cut = font::wrap("Donaudampfschifffahrtsgesellschaft", 10.0, false, 60.0, 9);
    assert!(cut.len() > 2 && cut.concat() == "Donaudampfschifffahrtsgesellschaft");
}

#[test]
fn lines_beyond_the_last_one_allowed_end_in_an_ellipsis() {
    let lines = font::wrap("公开年度报告数据公开年度报告数据", 10.0, false, 50.0, 2);
    assert_eq!(lines, ["公开年度报", "告数据公…"]);
}

#[test]
fn even_wrapping_leaves_no_single_character_alone() {
    assert_eq!(font::wrap_evenly("属于三类内部事务信息", 10.0, false, 90.0, 3), ["属于三类内", "部事务信息"]);
    assert_eq!(font::wrap_evenly("administrative enquiries", 10.0, false, 85.0, 3), ["administrative", "enquiries"]);
}

#[test]
fn names_are_shortened_at_their_end_or_in_their_middle() {
    let name = "青溪省临江市望川县教育局";
    assert_eq!(font::shorten(name, 10.0, false, 70.0, Cut::End), "青溪省临江市…");
    assert_eq!(font::shorten(name, 10.0, false, 70.0, Cut::Middle), "青溪省…教育局");
    assert_eq!(font::shorten(name, 10.0, false, 200.0, Cut::End), name);
    assert_eq!(font::shorten(name, 10.0, false, 3.0, Cut::End), "");
}

#[test]
fn numbers_read_as_people_write_them() {
    let value = |n: f64| number::value(n, Scale::Number);
    assert_eq!(
        [value(1_234_567.0), value(-5.0), value(0.25), value(12.0), value(0.0)],
        ["1,234,567", "−5", "0.25", "12", "0"]
    );
    let percent = |n: f64| number::value(n, Scale::Percent);
    assert_eq!([percent(0.1234), percent(0.5), percent(0.0), percent(1.0)], ["12.3%", "50.0%", "0%", "100%"]);
    assert_eq!([percent(0.9999), percent(0.0004), percent(1e-7)], [">99.9%", "0.040%", "<0.001%"]);
    let short = |n: f64, lang| number::short(n, Scale::Number, lang);
    assert_eq!(
        [short(2_072_019.0, Lang::Zh), short(1e9, Lang::Zh), short(99_999.0, Lang::Zh)],
        ["207万", "10亿", "99,999"]
    );
    assert_eq!(
        [short(2_072_019.0, Lang::En), short(999_999.0, Lang::En), short(1e9, Lang::En)],
        ["2.07M", "1M", "1bn"]
    );
}

#[test]
fn ticks_are_round_and_begin_at_zero() {
    let labels = |high, scale| -> Vec<String> {
        number::ticks(0.0, high, 5, scale, Lang::En).marks.into_iter().map(|(_, label)| label).collect()
    };
    assert_eq!(labels(16_342.0, Scale::Number), ["0", "5,000", "10,000", "15,000", "20,000"]);
    assert_eq!(labels(0.0, Scale::Number), ["0", "1"]);
    assert_eq!(labels(0.83, Scale::Percent), ["0%", "20%", "40%", "60%", "80%", "100%"]);
    assert_eq!(labels(0.08, Scale::Percent), ["0%", "2%", "4%", "6%", "8%"]);
}

#[test]
fn csv_rows_hold_exactly_what_is_drawn_and_nothing_for_what_is_missing() {
    let (header, rows) = csv_rows(&one_line(&[Some(0.5), None, Some(f64::NAN)], vec![]), Lang::En);
    assert_eq!(header, ["panel", "series", "year", "value", "low", "high", "n"]);
    assert_eq!(rows[0], ["", "a", "2019", "0.5", "", "", ""]);
    assert_eq!((rows[1][3].as_str(), rows[2][3].as_str()), ("", ""));
    let (_, rows) = csv_rows(&samples::lopsided(), Lang::Zh);
    assert_eq!(rows[0][2..], ["1000000000", "0.49999999925", "2000000003"]);
    assert_eq!(rows[4][2..], ["", "", "2000000003"]);
    for chart in samples::all() {
        let (header, rows) = csv_rows(&chart, Lang::Zh);
        assert!(rows.iter().all(|row| row.len() == header.len()), "{}", chart.id);
        assert!(rows.iter().flatten().all(|cell| !cell.contains("NaN") && !cell.contains("inf")));
    }
}

#[test]
fn alt_text_names_the_first_the_last_and_the_extreme_values() {
    let chart = one_line(&[Some(10.0), Some(40.0), None, Some(20.0)], vec![Break::form_changed(2020)]);
    let alt = alt_text(&chart, Lang::En);
    assert!(
        alt.ends_with(
            "a: 10 in 2019, 20 in 2022, highest 40 in 2020; form changed 2020|2021, not comparable across it."
        ),
        "{alt}"
    );
    let alt = alt_text(&chart, Lang::Zh);
    assert!(alt.ends_with("a：2019年10，2022年20，最高2020年40；表式变更 2020|2021，不可直接比较。"), "{alt}");
}

#[test]
fn parts_next_to_each_other_differ_in_lightness_or_hatching() {
    for count in 1..=8 {
        let fills = theme::fills(count);
        assert_eq!(fills.len(), count);
        for (a, b) in fills.iter().zip(fills.iter().skip(1)) {
            let apart = (theme::luminance(a.colour) - theme::luminance(b.colour)).abs();
            assert!(apart > 0.12 || a.hatch.is_some() != b.hatch.is_some(), "{count}: {apart}");
        }
    }
    let shades = [Shade::Darkest, Shade::Dark, Shade::Medium, Shade::Light, Shade::White]
        .map(|s| theme::luminance(s.fill().colour));
    assert!(shades.is_sorted());
}

proptest! {
    #[test]
    fn spread_labels_never_overlap_keep_their_order_and_stay_inside(
        wishes in prop::collection::vec((0.0..300.0_f64, 1.0..9.0_f64), 0..30)
    ) {
        let wishes: Vec<Wish> = wishes.into_iter().map(|(middle, room)| Wish { middle, room }).collect();
        let placed = spread(&wishes, 0.0, 300.0);
        let mut boxes: Vec<_> = wishes.iter().zip(&placed).map(|(w, p)| (w.middle, p - w.room / 2.0, p + w.room / 2.0)).collect();
        boxes.sort_by(|a, b| a.1.total_cmp(&b.1));
        for pair in boxes.windows(2) {
            prop_assert!(pair[0].2 <= pair[1].1 + 1e-6);
            prop_assert!(pair[0].0 <= pair[1].0);
        }
        prop_assert!(boxes.iter().all(|b| b.1 >= -1e-6 && b.2 <= 300.0 + 1e-6));
    }

    #[test]
    fn wrapping_loses_nothing_and_no_line_is_too_wide(text in "[a-z公开，。（） ]{0,80}", room in 12.0..200.0_f64) {
        let text = font::clean(&text);
        let lines = font::wrap(&text, 10.0, false, room, usize::MAX);
        let kept: String = lines.concat().chars().filter(|c| *c != ' ').collect();
        prop_assert_eq!(kept, text.chars().filter(|c| *c != ' ').collect::<String>());
        prop_assert!(lines.iter().all(|line| font::width(line, 10.0, false) <= room + 1e-9));
    }

    #[test]
    fn shortened_texts_fit(text in "\\PC{0,40}", room in 0.0..200.0_f64) {
        for cut in [Cut::End, Cut::Middle] {
            prop_assert!(font::width(&font::shorten(&text, 10.0, false, room, cut), 10.0, false) <= room + 1e-9);
        }
    }

    #[test]
    fn any_text_and_any_number_gives_a_well_formed_drawing(label in any::<String>(), values in prop::collection::vec(prop::option::of(any::<f64>()), 0..8)) {
        let panels = vec![panel("", Scale::Number, vec![line(&label, &values)])];
        let mut any = chart("any", ChartData::Lines(Lines { panels, breaks: vec![] }));
        any.title = text(&label, &label);
        let svg = svg(&any, Lang::Zh, Size::Single).expect("a chart");
        prop_assert!(Document::parse(&svg).is_ok());
        prop_assert!(!svg.contains("NaN"));
    }

    #[test]
    fn ticks_cover_every_value(low in -1e9..1e9_f64, length in 0.0..1e12_f64, wanted in 1..8_usize) {
        let high = low + length;
        let ticks = number::ticks(low, high, wanted, Scale::Number, Lang::Zh);
        prop_assert!(ticks.low <= low.min(0.0) + 1e-6 * high.abs() && ticks.high >= high.max(0.0) * (1.0 - 1e-6));
        prop_assert!((2..=20).contains(&ticks.marks.len()));
    }
}
