//! Extraction is measured style by style on a seeded corpus, and held to the table that is committed.

#[expect(dead_code, reason = "what only the measurement of the large corpus uses")]
mod score;

use gongkai::agency::Agencies;
use gongkai::synth::{Plan, Style, agencies};
use score::{COLUMNS, QUICK, Score, TABLE, committed, compare, markdown, measure, worse};

#[test]
fn no_figure_is_wrong_in_silence_and_no_style_is_read_worse_than_the_table_says() {
    let scores = measure(QUICK.1);
    let reports: u64 = scores.values().map(|score| score.reports).sum();
    assert!(reports > 200, "only {reports} reports");
    let worse = worse(QUICK.0, &scores);
    assert!(worse.is_empty(), "measure with `cargo bench --bench accuracy`:\n{}", worse.join("\n"));
}

#[test]
fn the_committed_table_covers_every_style_with_a_thousand_reports_and_nothing_silently_wrong() {
    assert!(TABLE.starts_with(COLUMNS));
    let full = committed(score::FULL.0);
    let styles: Vec<&str> = Style::EVERY.iter().map(|style| style.name()).collect();
    for style in &styles {
        assert!(full.get(*style).is_some_and(|score| score.cells > 0), "{style} is not in the table");
    }
    assert!(full.values().map(|score| score.reports).sum::<u64>() >= 1000);
    assert!(full.values().all(|score| score.silently_wrong == 0));
}

#[test]
fn the_page_for_readers_is_that_of_the_committed_table() {
    let page = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/docs/accuracy.md")).unwrap_or_default();
    assert!(page == markdown(&committed(score::FULL.0)), "write it with `cargo bench --bench accuracy -- --write`");
}

#[test]
fn the_measure_tells_right_from_missing_from_wrong() {
    let plan = Plan { styles: vec![Style::HtmlClean], ..Plan::new(20, 2021, 2021, 5) }.without_errors();
    let file = agencies(&plan).flat_map(|made| made.files).next().unwrap();
    let resolver = Agencies::embedded();
    let score = compare(&file, &resolver);
    assert_eq!((score.right, score.missing, score.silently_wrong), (score.cells, 0, 0), "{:?}", score.examples);

    let mut another = file.clone();
    let value = another.truth.figures.iter_mut().flatten().next().unwrap();
    *value += 1.0;
    let wrong = compare(&another, &resolver);
    assert_eq!((wrong.right, wrong.missing, wrong.silently_wrong), (score.cells - 1, 0, 1));
    assert!(!worse(QUICK.0, &[("html-clean", wrong)].into()).is_empty());

    let nothing = gongkai::synth::File { bytes: b"<p>nothing</p>".to_vec(), ..file };
    let missing = compare(&nothing, &resolver);
    assert_eq!((missing.right, missing.missing + missing.flagged, missing.named), (0, score.cells, 0));
    assert!(worse(QUICK.0, &[("html-clean", Score { silently_wrong: 0, ..missing })].into()).len() > 1);
}
