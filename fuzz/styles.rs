//! The same report in any style gives the same figures.

use super::{files, resolver};
use gongkai::form::FigureId;
use gongkai::pipeline::reports_in;
use gongkai::report::{Report, Year};
use gongkai::synth::{Style, TruthRow};
use proptest::prelude::*;

/// The report of a year in a style, and what is true of it.
fn report(seed: u64, index: usize, style: Style, year: Year) -> Option<(TruthRow, Report)> {
    files(seed, index, style).into_iter().find_map(|file| {
        let found = reports_in(&file.bytes, &file.path, resolver()).ok()?;
        assert_eq!(found.len(), file.reports().count(), "{}", file.path);
        let mut reports = file.reports().cloned().zip(found);
        reports.find(|(truth, _)| truth.year == year)
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 6, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_same_report_written_in_any_two_styles_extracts_to_the_same_figures(
        seed in 0_u64..1_000_000, index in 0_usize..300, year in 2019..2025,
    ) {
        let first = report(seed, index, Style::ALL[0], year);
        prop_assume!(first.is_some());
        let (first, expected) = first.unwrap();
        for style in Style::EVERY {
            let found = report(seed, index, style, year);
            prop_assert!(found.is_some(), "{} of {year}", style.name());
            let (truth, found) = found.unwrap();
            let about = |report: &Report| (report.agency.name.clone(), report.year);
            prop_assert_eq!(about(&found), about(&expected), "{}", style.name());
            // What a style prints otherwise on purpose (a lost date, another form, a longer number) its truth says.
            prop_assert_eq!(found.published, truth.published, "{}", style.name());
            prop_assert_eq!(&found.form, &truth.form, "{}", style.name());
            for (id, cell) in found.figures.iter() {
                let same = truth.value(id) == first.value(id) && truth.form == first.form;
                let wanted = if same { expected.figures.value(id) } else { truth.value(id).or(sum(&found, id)) };
                prop_assert_eq!(cell.value(), wanted, "{} of {} in {}", id.name(), truth.file, style.name());
            }
        }
    }
}

/// A sum that the form does not print has no truth of its own.
fn sum(report: &Report, id: FigureId) -> Option<f64> {
    let cell = report.figures.get(id);
    cell.value().filter(|_| matches!(cell.reading, gongkai::report::Reading::Sum(_)))
}
