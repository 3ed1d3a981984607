//! Damaged reports against the laws of reading and extraction: see `README.md`.

mod cells;
mod chance;
mod damage;
mod laws;
mod styles;

use chance::Chance;
use gongkai::agency::{Agencies, Evidence};
use gongkai::extract::{extract, parts};
use gongkai::form::FigureId;
use gongkai::panel::is_json;
use gongkai::pipeline::reports_in;
use gongkai::read::{Block, Document, read};
use gongkai::report::{Place, Reading, Report, Source};
use gongkai::synth::{File, Plan, Style, agencies};
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::LazyLock;
use std::time::{Duration, Instant};

/// Cases of the short run, and the longest that a run of one target may take.
const CASES: u64 = 250;
const SECONDS: u64 = 20;
const FIRST_SEED: u64 = 1;

/// What went wrong, if anything, and the input as bytes to keep.
type Outcome = (Vec<String>, Vec<u8>);

fn number(name: &str) -> Option<u64> {
    std::env::var(name).ok()?.parse().ok()
}

/// Runs a target over seeds, until the time is up, and stops at the first failure.
fn run(target: &str, case: impl Fn(u64) -> Outcome) {
    let began = Instant::now();
    let asked = number("GONGKAI_FUZZ_SECONDS");
    let limit = Duration::from_secs(asked.unwrap_or(SECONDS));
    let seeds = match (number("GONGKAI_FUZZ_SEED"), asked) {
        (Some(seed), _) => seed..seed + 1,
        (None, Some(_)) => FIRST_SEED..u64::MAX,
        (None, None) => FIRST_SEED..FIRST_SEED + CASES,
    };
    let mut done = 0_u64;
    for seed in seeds {
        if began.elapsed() > limit {
            break;
        }
        // whatever goes wrong, the seed has to be told
        let outcome = catch_unwind(AssertUnwindSafe(|| case(seed)));
        let (wrong, input) = outcome.unwrap_or_else(|_| (vec!["panic".to_owned()], Vec::new()));
        assert!(
            wrong.is_empty(),
            "{target}: GONGKAI_FUZZ_SEED={seed}, input {}:\n{}",
            keep(target, seed, &input).display(),
            wrong.join("\n")
        );
        done += 1;
    }
    println!("{target}: {done} cases");
    assert!(done > 0);
}

/// Writes a failing input down.
fn keep(target: &str, seed: u64, input: &[u8]) -> PathBuf {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("target/fuzz");
    let path = folder.join(format!("{target}-{seed}.bin"));
    let _ = fs::create_dir_all(&folder).and_then(|()| fs::write(&path, input));
    path
}

/// A filled and an empty report of each style, and the inputs that once went wrong.
fn seeds() -> &'static [(String, Vec<u8>)] {
    static SEEDS: LazyLock<Vec<(String, Vec<u8>)>> = LazyLock::new(|| {
        let mut seeds: Vec<(String, Vec<u8>)> = Vec::new();
        for &style in Style::EVERY {
            let plan = Plan { styles: vec![style], ..Plan::new(3, 2020, 2021, 77) };
            seeds.extend(agencies(&plan).flat_map(|made| made.files).map(|file| (file.path, file.bytes)));
        }
        let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz/corpus");
        let mut kept: Vec<PathBuf> =
            fs::read_dir(corpus).into_iter().flatten().flatten().map(|entry| entry.path()).collect();
        kept.sort();
        seeds.extend(kept.into_iter().filter_map(|path| Some((path.display().to_string(), fs::read(&path).ok()?))));
        seeds
    });
    &SEEDS
}

fn resolver() -> &'static Agencies {
    static RESOLVER: LazyLock<Agencies> = LazyLock::new(Agencies::embedded);
    &RESOLVER
}

/// Reports of a document, each with the document that it was read from.
fn reports(document: &Document) -> Vec<(Report, Document)> {
    let source = Source { path: "x/2021.html".to_owned(), part: 1, ..Source::default() };
    extract(document, &source, resolver()).into_iter().zip(parts(document)).collect()
}

fn broken_laws(document: &Document) -> Vec<String> {
    let found = reports(document);
    let mut wrong: Vec<String> = found.iter().flat_map(|(report, document)| laws::report(report, document)).collect();
    if reports(document).iter().map(|(report, _)| report).ne(found.iter().map(|(report, _)| report)) {
        wrong.push("twice read, twice another report".to_owned());
    }
    wrong
}

#[test]
fn damaged_files_keep_the_laws_of_reading_and_extraction() {
    run("files", |seed| {
        let chance = &mut Chance::new(seed);
        let (name, bytes) = &seeds()[chance.below(seeds().len())];
        let damaged = damage::bytes(bytes, chance);
        let kept = damaged.clone();
        let outcome = catch_unwind(AssertUnwindSafe(|| {
            if is_json(&damaged) {
                // refused or read, but always told
                let _ = reports_in(&damaged, name, resolver());
            }
            let documents = read(&damaged, name).unwrap_or_default().documents;
            documents
                .iter()
                .flat_map(|document| {
                    let mut wrong = laws::document(document);
                    wrong.extend(broken_laws(document));
                    wrong
                })
                .collect::<Vec<String>>()
        }));
        (outcome.unwrap_or_else(|_| vec!["panic".to_owned()]), kept)
    });
}

#[test]
fn damaged_documents_keep_the_laws_of_extraction() {
    run("documents", |seed| {
        let chance = &mut Chance::new(seed);
        let (name, bytes) = &seeds()[chance.below(seeds().len())];
        let mut wrong = Vec::new();
        let mut shown = String::new();
        for mut document in read(bytes, name).unwrap_or_default().documents {
            damage::document(&mut document, chance);
            wrong.extend(broken_laws(&document));
            let _ = writeln!(shown, "{name}\n{document:#?}");
        }
        (wrong, shown.into_bytes())
    });
}

/// Puts a number of its own into the cell of every figure that a report prints, where cell and line hold nothing
/// else; gives the numbers.
fn numbered(report: &Report, document: &mut Document) -> BTreeMap<FigureId, f64> {
    let mut given = BTreeMap::new();
    for (id, cell) in report.figures.iter() {
        let (Reading::Number(_), Some(place)) = (cell.reading, cell.place) else { continue };
        let own = 1001 + u32::from(id.0) * 7;
        let index = |n: u32| usize::try_from(n).unwrap_or(usize::MAX).wrapping_sub(1);
        for block in &mut document.blocks {
            match (block, place) {
                (Block::Table(grid), Place::Cell { table, row, column }) if grid.table == table => {
                    cells::change(grid, |rows| {
                        let from = rows.get_mut(index(row)).and_then(|row| row.get_mut(index(column)..));
                        let Some((cell, behind)) = from.and_then(<[_]>::split_first_mut) else { return };
                        cell.0 = own.to_string();
                        // what the cell's span covers shares its text
                        behind
                            .iter_mut()
                            .take_while(|(_, origin)| !origin)
                            .for_each(|other| other.0.clone_from(&cell.0));
                        given.insert(id, f64::from(own));
                    });
                }
                (Block::Text(text), Place::Line(line))
                    if text.line == line && text.text.chars().all(|c| c.is_ascii_digit()) =>
                {
                    text.text = own.to_string();
                    given.insert(id, f64::from(own));
                }
                _ => {}
            }
        }
    }
    given
}

#[test]
fn the_laws_are_held_to_full_reports_and_see_what_breaks_them() {
    let html = files(5, 1, Style::HtmlClean).into_iter().find(|file| file.truth.year == 2023).unwrap();
    let mut document = read(&html.bytes, &html.path).unwrap().documents.remove(0);
    let (mut report, _) = reports(&document).remove(0);
    assert_eq!(laws::report(&report, &document), Vec::<String>::new());
    let given = numbered(&report, &mut document);
    assert!(given.len() > 150, "{}", given.len());
    let (again, _) = reports(&document).remove(0);
    for (id, number) in &given {
        assert_eq!(again.figures.value(*id), Some(*number), "{}: {:?}", id.name(), again.figures.get(*id));
    }
    // the numbers of the first report do not stand in the second document any more
    assert!(laws::report(&report, &document).len() > 100);
    let ids: Vec<FigureId> = given.keys().copied().take(2).collect();
    report.figures.set(ids[0], report.figures.get(ids[1]).clone());
    assert!(
        laws::report(&report, &read(&html.bytes, &html.path).unwrap().documents[0])
            .iter()
            .any(|w| w.contains("both stand"))
    );
}

#[test]
fn where_cells_rows_or_lines_are_lost_no_figure_takes_the_number_of_another() {
    run("losses", |seed| {
        let chance = &mut Chance::new(seed);
        let (name, bytes) = &seeds()[chance.below(seeds().len())];
        let mut wrong = Vec::new();
        let mut shown = String::new();
        for mut document in read(bytes, name).unwrap_or_default().documents {
            let [(report, _)] = &reports(&document)[..] else { continue };
            let mut given = numbered(report, &mut document);
            // A figure that is printed twice alike got its number in one place only: losing that place rightly leaves
            // the other print. Such a figure contradicts itself now, and does not read as its number.
            let whole = reports(&document);
            given.retain(|id, number| whole.iter().any(|(report, _)| report.figures.value(*id) == Some(*number)));
            damage::lose(&mut document, chance);
            for (after, _) in reports(&document) {
                for (id, number) in &given {
                    let cell = after.figures.get(*id);
                    let is_sum = matches!(cell.reading, Reading::Sum(_));
                    if !is_sum && cell.value().is_some_and(|value| value != *number) {
                        wrong.push(format!("{} is {number}, read {:?} at {:?}", id.name(), cell.value(), cell.place));
                    }
                }
            }
            let _ = writeln!(shown, "{name}\n{document:#?}");
        }
        (wrong, shown.into_bytes())
    });
}

#[test]
fn any_name_with_any_evidence_is_resolved_or_left_open() {
    run("names", |seed| {
        let chance = &mut Chance::new(seed);
        let pieces =
            ["鼓楼区", "长春市", "教育局", "人民政府", "镇", "省", "新疆", "0431", "·", "办公室", "／", "\u{200b}"];
        let mut name = String::new();
        for _ in 0..chance.below(9) {
            name.push_str(&if chance.below(3) == 0 { damage::words(chance) } else { chance.pick(&pieces).to_owned() });
        }
        let text = damage::words(chance) + chance.pick(&pieces);
        let agency = resolver().resolve(&name, &Evidence { path: &text, texts: &[&text, &name] });
        let known = agency.division.is_none() || agency.candidates.is_empty();
        // compatibility characters (½) may be written out
        let short = agency.name.chars().count() <= 4 * name.chars().count();
        let wrong = if known && short { Vec::new() } else { vec![format!("{name:?} {text:?}: {agency:?}")] };
        (wrong, name.into_bytes())
    });
}

/// A report for the tests of the styles.
fn files(seed: u64, index: usize, style: Style) -> Vec<File> {
    let plan = Plan { styles: vec![style], ..Plan::new(index + 1, 2019, 2024, seed) }.without_errors();
    gongkai::synth::agency(&plan, index).files
}
