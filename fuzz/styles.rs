//! The same report in any style gives the same figures.

use super::{files, resolver};
use gongkai::form::{FigureId, forms};
use gongkai::pipeline::reports_in;
use gongkai::report::{Report, TableState, Year};
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
        for &style in Style::EVERY {
            let found = report(seed, index, style, year);
            prop_assert!(found.is_some(), "{} of {year}", style.name());
            let (truth, found) = found.unwrap();
            let about = |report: &Report| (report.agency.name.clone(), report.year);
            prop_assert_eq!(about(&found), about(&expected), "{}", style.name());
            // What a style prints otherwise on purpose (a lost date, another form, a longer number) its truth says.
            prop_assert_eq!(found.published, truth.published, "{}", style.name());
            prop_assert_eq!(&found.form, &truth.form, "{}", style.name());
            for (id, cell) in found.figures.iter() {
                let parts = parts(&found, id);
                let told_alike = |id: FigureId| truth.value(id) == first.value(id);
                let same = truth.form == first.form && told_alike(id) && parts.iter().all(|part| told_alike(*part));
                let added = parts.iter().map(|part| truth.value(*part)).sum::<Option<f64>>();
                let own = truth.value(id).or(added.filter(|_| !parts.is_empty()));
                let wanted = if same { expected.figures.value(id) } else { own };
                prop_assert_eq!(cell.value(), wanted, "{} of {} in {}", id.name(), truth.file, style.name());
            }
        }
    }
}

/// The figures that a figure is the sum of, where the table's form does not print it; otherwise none.
fn parts(report: &Report, id: FigureId) -> &'static [FigureId] {
    let state = report.tables.get(&id.info().table).and_then(TableState::form);
    let form = forms().forms.iter().find(|form| Some(form.id.as_str()) == state);
    form.and_then(|form| form.sums.iter().find(|(sum, _)| *sum == id)).map_or(&[], |(_, parts)| parts)
}
