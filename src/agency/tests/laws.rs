use super::*;
use proptest::prelude::*;
use unicode_normalization::UnicodeNormalization;

/// Pieces that names, and what only looks like them, are made of.
pub(in crate::agency) fn pieces() -> impl Strategy<Value = String> {
    let piece = prop::sample::select(vec![
        "云岭省",
        "吉林省",
        "澜水市",
        "长春",
        "朝阳区",
        "鼓楼区",
        "青溪县",
        "白石镇",
        "城关镇",
        "东厅街道",
        "人民政府",
        "办公室",
        "办事处",
        "财政局",
        "市场监督管理局",
        "乡",
        "市",
        "县",
        "州",
        "区",
        "街道",
        "自治",
        "城乡",
        "国家税务总局",
        "(",
        ")",
        "，",
        "A",
        "9",
    ]);
    prop::collection::vec(piece, 0..8).prop_map(|p| p.concat())
}

fn is_safe(id: &str) -> bool {
    id.len() <= 150 && id.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '~'))
}

/// The same text in full width with white space in it, as pages print it.
fn spaced(name: &str, gaps: &[u8]) -> String {
    let mut out = String::from("\u{3000}");
    for (i, c) in name.chars().enumerate() {
        out.push(match c {
            '!'..='~' => char::from_u32(u32::from(c) + 0xfee0).unwrap_or(c),
            c => c,
        });
        match gaps.get(i) {
            Some(0) => out.push(' '),
            Some(1) => out.push_str("\u{a0}\u{200b}"),
            Some(2) => out.push_str("\r\n\t"),
            _ => {}
        }
    }
    out
}

proptest! {
    #[test]
    fn any_text_resolves_to_something_with_a_safe_id(name in "\\PC{0,210}", path in "\\PC{0,60}", text in "\\PC{0,60}") {
        let agency = Agencies::embedded().resolve(&name, &Evidence { path: &path, texts: &[&text] });
        prop_assert!(is_safe(&agency.id.0), "{}", agency.id);
        prop_assert!(agency.division.is_none() || agency.candidates.is_empty());
    }

    #[test]
    fn any_mixture_of_words_resolves_to_something_with_a_safe_id(name in pieces(), path in pieces(), text in pieces()) {
        let agency = Agencies::embedded().resolve(&name, &Evidence { path: &format!("{path}/a.html"), texts: &[&text] });
        prop_assert!(is_safe(&agency.id.0), "{}", agency.id);
        prop_assert!(agency.division.is_none() || agency.candidates.is_empty());
    }

    #[test]
    fn white_space_and_width_do_not_change_an_agency(name in pieces(), gaps in prop::collection::vec(0u8..9, 60)) {
        prop_assert_eq!(alone(&name), alone(&spaced(&name, &gaps)));
    }

    #[test]
    fn names_are_spelt_in_nfkc_without_white_space(name in "[\\PC\u{3000}\u{300}\u{3099}长县ｱﾞe]{0,40}") {
        let expected: String = name.nfkc().filter(|c| !c.is_whitespace()).collect();
        let visible = super::super::name::spelling(&expected);
        prop_assert_eq!(super::super::name::spelling(&name), visible);
    }

    #[test]
    fn any_bytes_are_a_roster_or_an_error(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        if let Ok(roster) = Roster::from_csv(&bytes) {
            prop_assert!(roster.entries().iter().all(|e| !e.id.0.is_empty() && !e.name.is_empty()));
        }
    }
}
