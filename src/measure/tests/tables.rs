//! What SQL sees.

use super::{report, sample, sample_reports, set_named, verdict};
use crate::form::figure;
use crate::measure::{Checked, LeftOut, Tables};
use crate::panel::PanelBuilder;
use crate::report::{Absence, AgencyId, Assessment, Level, Reading};
use polars::prelude::DataFrame;
use proptest::prelude::*;

/// The number in a column for an agency and year; `None` for NULL.
fn number(frame: &DataFrame, column: &str, agency: &str, year: i32) -> Option<f64> {
    let ids = frame.column("agency_id").unwrap().str().unwrap();
    let years = frame.column("year").unwrap().i32().unwrap();
    let at = (0..frame.height()).find(|i| ids.get(*i) == Some(agency) && years.get(*i) == Some(year)).unwrap();
    frame.column(column).unwrap().strict_cast(&polars::prelude::DataType::Float64).unwrap().f64().unwrap().get(at)
}

#[test]
fn a_blank_is_null_in_reports_and_zero_in_figures() {
    let tables = sample();
    let both = |column, agency, year| {
        (number(&tables.reports, column, agency, year), number(&tables.figures, column, agency, year))
    };
    assert_eq!(both("received_total", "b-street", 2020), (None, Some(0.0)), "a blank in a filled table");
    assert_eq!(both("closed_total", "b-street", 2020), (Some(0.0), Some(0.0)), "a dash");
    assert_eq!(both("received_total", "c-dept", 2021), (None, None), "a missing table");
    assert_eq!(both("received_total", "d-unknown", 2021), (None, None), "a wholly blank table");
    assert_eq!(both("normative_in_force", "a-gov", 2020), (None, None), "not asked");
    assert_eq!(both("rules_made", "c-dept", 2020), (Some(-3.0), None), "printed, but no count can be negative");
    assert_eq!(both("fee_amount_wan", "a-gov", 2021), (Some(1.5), Some(1.5)), "an amount need not be whole");
}

#[test]
fn an_unreadable_figure_stays_null_and_a_sum_is_made_anew_of_blanks() {
    let mut a = report("a-gov", 2021, "cn-2021", &[("other_misc_total", 2.0)]);
    set_named(&mut a, "other_unpaid_total", Reading::Absent(Absence::Blank));
    set_named(&mut a, "other_outcome_total", Reading::Absent(Absence::Blank));
    set_named(&mut a, "granted_total", Reading::Absent(Absence::Unreadable));
    let mut builder = PanelBuilder::new();
    builder.push(&a, true);
    let tables = Tables::from_panel(&builder.finish(), &[], &Checked::default());
    let figure = |column| number(&tables.figures, column, "a-gov", 2021);
    assert_eq!(figure("other_outcome_total"), Some(2.0));
    assert_eq!(figure("granted_total"), None);
    assert_eq!(
        (figure("table_3_asked"), figure("table_3_known"), figure("table_3_nonzero")),
        (Some(175.0), Some(174.0), Some(1.0))
    );
    assert_eq!((figure("table_2_asked"), figure("table_4_asked")), (Some(10.0), Some(15.0)));
}

#[test]
fn reports_without_agency_or_year_and_those_not_kept_are_left_out_and_counted() {
    let mut reports = sample_reports();
    let kept = reports.len();
    let mut nobody = reports[0].clone();
    nobody.agency.id = AgencyId::default();
    let mut undated = reports[0].clone();
    undated.year = None;
    let again = reports[0].clone();
    reports.extend([nobody, undated, again]);
    let mut builder = PanelBuilder::new();
    for report in &reports {
        builder.push(report, true);
    }
    builder.push(&reports[1], false);
    let tables = Tables::from_panel(&builder.finish(), &[], &Checked::default());
    assert_eq!(tables.left_out, LeftOut { not_kept: 1, no_agency: 1, no_year: 1, duplicate: 1 });
    assert_eq!((tables.reports.height(), tables.figures.height()), (kept, kept));
    assert_eq!(tables.agencies.height(), 5);
}

#[test]
fn an_agency_is_as_last_known() {
    let old = report("a-gov", 2019, "cn-2019", &[]);
    let mut new = report("a-gov", 2020, "cn-2019", &[]);
    new.agency.level = Some(Level::Prefecture);
    new.agency.county = None;
    new.agency.name = "新名".to_owned();
    let mut builder = PanelBuilder::new();
    builder.push(&new, true);
    builder.push(&old, true);
    let tables = Tables::from_panel(&builder.finish(), &[], &Checked::default());
    let entry = &tables.agency_entries()[0];
    assert_eq!((entry.level, entry.name.as_str()), (Some(Level::Prefecture), "新名"));
    assert_eq!(entry.county.as_deref(), Some("鼓楼区"), "what a later report does not know is not forgotten");
    assert_eq!(number(&tables.agencies.clone().lazy_year("last_year"), "last_year", "a-gov", 2020), Some(2020.0));
}

/// `agencies` has no year; this gives it one to look it up by.
trait LazyYear {
    fn lazy_year(self, column: &str) -> DataFrame;
}

impl LazyYear for DataFrame {
    fn lazy_year(mut self, column: &str) -> DataFrame {
        let mut year = self.column(column).unwrap().clone();
        year.rename("year".into());
        self.with_column(year).unwrap();
        self
    }
}

#[test]
fn no_reports_make_empty_tables() {
    let tables = Tables::from_panel(&PanelBuilder::new().finish(), &[], &Checked::default());
    assert_eq!((tables.reports.height(), tables.agencies.height()), (0, 0));
    assert!(figure("received_total").is_some_and(|f| tables.figures.column(f.name()).is_ok()));
    let catalogue = crate::measure::Catalogue::embedded().unwrap();
    let all = crate::measure::run_all(&catalogue, &tables).unwrap();
    assert!(all.iter().all(|(_, rows)| rows.is_empty()));
}

fn verdicts() -> impl Strategy<Value = Vec<(u8, i32, u8)>> {
    prop::collection::vec((0..3_u8, 2019..2021_i32, 0..3_u8), 0..12)
}

fn checked(given: &[(u8, i32, u8)]) -> Checked {
    let mut checked = Checked::default();
    for (agency, year, outcome) in given {
        let assessment: Assessment = match outcome {
            0 => verdict("B001", true),
            1 => verdict("B001", false),
            _ => super::untested("B002"),
        };
        checked.add(&AgencyId(agency.to_string()), *year, &[assessment]);
    }
    checked
}

fn merged(a: &Checked, b: &Checked) -> Checked {
    let mut sum = a.clone();
    sum.merge(b.clone());
    sum
}

proptest! {
    #[test]
    fn counts_of_tests_merge_by_the_laws(a in verdicts(), b in verdicts(), c in verdicts()) {
        let [x, y, z] = [&a, &b, &c].map(|given| checked(given));
        prop_assert_eq!(merged(&Checked::default(), &x), x.clone());
        prop_assert_eq!(merged(&x, &Checked::default()), x.clone());
        prop_assert_eq!(merged(&merged(&x, &y), &z), merged(&x, &merged(&y, &z)));
        prop_assert_eq!(merged(&x, &y), checked(&[a, b].concat()));
    }
}
