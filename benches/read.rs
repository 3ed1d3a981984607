//! `cargo bench --bench read`: reading and extracting one report, by style, and its stages.

use divan::counter::{BytesCount, ItemsCount};
use divan::{Bencher, black_box};
use gongkai::agency::Agencies;
use gongkai::check::check_report;
use gongkai::extract::extract;
use gongkai::read::{Document, read};
use gongkai::report::{Report, Source};
use gongkai::synth::{File, Plan, Style, agencies};

fn main() {
    divan::main();
}

fn styles() -> Vec<&'static str> {
    Style::EVERY.iter().map(|style| style.name()).collect()
}

/// The first report of a style whose tables are filled.
fn file(style: &str) -> File {
    let plan = Plan { styles: Style::from_name(style).into_iter().collect(), ..Plan::new(40, 2019, 2024, 1) };
    let plan = plan.without_errors();
    let mut files = agencies(&plan).flat_map(|made| made.files);
    let filled = |file: &File| file.truth.figures.iter().flatten().filter(|value| **value > 0.0).count() > 40;
    files.find(filled).unwrap_or_else(|| panic!("no filled report in the style {style}"))
}

fn documents(file: &File) -> Vec<Document> {
    read(&file.bytes, &file.path).unwrap_or_else(|error| panic!("{}: {error}", file.path)).documents
}

fn source(file: &File) -> Source {
    Source { path: file.path.clone(), ..Source::default() }
}

fn reports(documents: &[Document], source: &Source, agencies: &Agencies) -> Vec<Report> {
    documents.iter().flat_map(|document| extract(document, source, agencies)).collect()
}

#[divan::bench(args = styles())]
fn read_and_extract(bencher: Bencher, style: &str) {
    let (file, agencies) = (file(style), Agencies::embedded());
    let source = source(&file);
    bencher
        .counter(BytesCount::new(file.bytes.len()))
        .counter(ItemsCount::new(1_usize))
        .bench(|| reports(&documents(black_box(&file)), &source, &agencies));
}

#[divan::bench(args = styles())]
fn read_only(bencher: Bencher, style: &str) {
    let file = file(style);
    bencher.counter(BytesCount::new(file.bytes.len())).bench(|| documents(black_box(&file)));
}

#[divan::bench(args = styles())]
fn extract_only(bencher: Bencher, style: &str) {
    let (file, agencies) = (file(style), Agencies::embedded());
    let (documents, source) = (documents(&file), source(&file));
    bencher.counter(ItemsCount::new(1_usize)).bench(|| reports(black_box(&documents), &source, &agencies));
}

#[divan::bench]
fn check_one_report(bencher: Bencher) {
    let (file, agencies) = (file("html-clean"), Agencies::embedded());
    let reports = reports(&documents(&file), &source(&file), &agencies);
    bencher.bench(|| reports.iter().map(|report| check_report(black_box(report)).len()).sum::<usize>());
}
