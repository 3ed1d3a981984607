//! The folder `data/forms` holds together.

use super::{Form, Forms, figure, forms, normalise};
use std::collections::{BTreeMap, BTreeSet};

const FIGURES: &str = include_str!("../../tests/fixtures/figures.txt");

#[test]
fn both_forms_together_give_exactly_the_224_figures_in_the_canonical_order() {
    let names: Vec<&str> = forms().figures.iter().map(|f| f.name.as_str()).collect();
    let expected: Vec<&str> = FIGURES.lines().collect();
    assert_eq!(expected.len(), 224);
    assert_eq!(names, expected);
}

#[test]
fn each_form_prints_as_many_figures_as_its_notice_prescribes() {
    let printed = |form: &Form, table: u8| -> usize {
        form.table(table).into_iter().flat_map(|t| &t.blocks).flat_map(|b| &b.rows).map(|r| r.figures.len()).sum()
    };
    let old = forms().get("cn-2019").unwrap();
    let new = forms().get("cn-2021").unwrap();
    assert_eq!((printed(old, 2), printed(old, 3), printed(old, 4)), (22, 23 * 7, 15));
    assert_eq!((printed(new, 2), printed(new, 3), printed(new, 4)), (10, 25 * 7, 15));
}

#[test]
fn labels_are_unique_after_normalisation_wherever_they_have_to_tell_things_apart() {
    for form in &forms().forms {
        for table in &form.tables {
            let mut rows: BTreeMap<String, String> = BTreeMap::new();
            for (b, block) in table.blocks.iter().enumerate() {
                for row in &block.rows {
                    for label in row.labels.iter().chain(block.groups.values().flatten()) {
                        let owner = if row.labels.contains(label) { row.key.clone() } else { format!("group {label}") };
                        let before = rows.insert(normalise(label), owner.clone());
                        assert!(
                            before.as_ref().is_none_or(|o| *o == owner),
                            "{} table {}: row label {label} belongs to {before:?} and {owner}",
                            form.id,
                            table.number
                        );
                    }
                }
                let mut columns = BTreeSet::new();
                for column in &block.columns {
                    for label in &column.labels {
                        let path = (column.group.clone(), normalise(label));
                        assert!(columns.insert(path), "{} block {b}: column label {label} stands twice", form.id);
                    }
                }
            }
        }
        let mut sections = BTreeSet::new();
        for label in form.sections.iter().flat_map(|s| &s.labels) {
            assert!(sections.insert(normalise(label)), "{}: section label {label} stands twice", form.id);
        }
    }
}

#[test]
fn identities_are_written_out_for_every_column_row_and_block() {
    for (id, rows) in [("cn-2019", 23), ("cn-2021", 25)] {
        let form = forms().get(id).unwrap();
        let count = |rule: &str| form.identities.iter().filter(|i| i.rule == rule).count();
        assert_eq!((count("B001"), count("B002"), count("B003"), count("B004"), count("C001")), (7, 7, rows, 3, 7));
    }
    let new = forms().get("cn-2021").unwrap();
    let sum = new.identities.iter().find(|i| i.rule == "B002" && i.of == "total").unwrap();
    assert_eq!(sum.right.len(), 21, "21 outcome rows in the 2021 form");
    assert!(sum.right.contains(&figure("other_misc_total").unwrap()));
    assert!(!sum.right.contains(&figure("other_outcome_total").unwrap()));
}

#[test]
fn the_one_row_other_outcome_is_the_sum_of_three_in_the_2021_form() {
    let new = forms().get("cn-2021").unwrap();
    assert_eq!(new.sums.len(), 7);
    let other = figure("other_outcome_total").unwrap();
    let parts = &new.sums.iter().find(|(id, _)| *id == other).unwrap().1;
    let names: Vec<&str> = parts.iter().map(|p| p.name()).collect();
    assert_eq!(names, ["other_not_corrected_total", "other_unpaid_total", "other_misc_total"]);
    assert!(other.info().comparable);
    assert!(!figure("normative_in_force").unwrap().info().comparable);
    assert!(!figure("other_misc_total").unwrap().info().comparable);
}

#[test]
fn the_form_in_force_follows_the_report_year() {
    let id = |year| forms().in_force(year).map(|f| f.id.as_str());
    assert_eq!(
        (id(2018), id(2019), id(2020), id(2021), id(2026)),
        (None, Some("cn-2019"), Some("cn-2019"), Some("cn-2021"), Some("cn-2021"))
    );
}

#[test]
fn every_figure_says_what_it_means_in_both_languages() {
    for figure in &forms().figures {
        assert!(!figure.english.is_empty() && !figure.column_label.is_empty(), "{}", figure.name);
    }
}

#[test]
fn a_form_that_names_an_unknown_figure_says_so() {
    let text =
        "id='x'\nnotice='n'\nyears=[2030]\n[title]\nzh='x'\n[[split]]\ntable=3\nrow='nothing'\ngroup=[]\nrows=[]\n";
    let error = Forms::from_toml(&[("x.toml", text)]).unwrap_err().to_string();
    assert!(error.contains("nothing"), "{error}");
}
