//! The same report in any style gives the same figures.

use super::{files, resolver};
use gongkai::extract::extract;
use gongkai::read::read;
use gongkai::report::{Report, Source};
use gongkai::synth::{File, Style};
use proptest::prelude::*;

fn report(file: &File) -> Option<Report> {
    let source = Source { path: file.path.clone(), ..Source::default() };
    let documents = read(&file.bytes, &file.path).ok()?.documents;
    let mut reports = documents.iter().flat_map(|document| extract(document, &source, resolver()));
    reports.next().filter(|_| reports.next().is_none())
}

/// What must not depend on the style: who, which year, which form, when, and every value.
fn figures(report: &Report) -> (String, Option<i32>, String, Option<String>, Vec<Option<f64>>) {
    let values = report.figures.iter().map(|(_, cell)| cell.value()).collect();
    let published = report.published.map(|date| date.to_string());
    (report.agency.name.clone(), report.year, report.form.clone(), published, values)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 6, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_same_report_written_in_any_two_styles_extracts_to_the_same_figures(
        seed in 0_u64..1_000_000, index in 0_usize..300, year in any::<prop::sample::Index>(),
    ) {
        let first = files(seed, index, Style::ALL[0]);
        prop_assume!(!first.is_empty());
        let at = year.index(first.len());
        let expected = report(&first[at]).map(|report| figures(&report));
        prop_assert!(expected.is_some());
        for style in Style::EVERY {
            let other = files(seed, index, style);
            prop_assert_eq!(other.len(), first.len());
            let found = report(&other[at]).map(|report| figures(&report));
            prop_assert_eq!(&found, &expected, "{} of {}", style.name(), other[at].path);
        }
    }
}
