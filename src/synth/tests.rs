//! The corpus keeps its promises.

use super::data::{model, names, texts};
use super::{AgencyFiles, Body, Defect, File, Plan, Style, TruthRow, agencies, agency};
use super::{roster_csv_row, roster_header, truth_csv_row, truth_header};
use crate::form::{FigureId, Identity, Unit, figure, forms, normalise};
use crate::report::Level;
use std::collections::{BTreeMap, BTreeSet};

fn corpus(plan: &Plan) -> Vec<AgencyFiles> {
    agencies(plan).collect()
}

fn rows(corpus: &[AgencyFiles]) -> Vec<&TruthRow> {
    corpus.iter().flat_map(|a| &a.files).map(|f| &f.truth).collect()
}

/// Whether an identity holds; `None` where an operand has no value.
fn holds(identity: &Identity, row: &TruthRow, previous: Option<&TruthRow>) -> Option<bool> {
    let sum = |row: &TruthRow, ids: &[FigureId]| ids.iter().map(|id| row.value(*id)).sum::<Option<f64>>();
    let before = if identity.previous.is_empty() { 0.0 } else { sum(previous?, &identity.previous)? };
    let right = sum(row, &identity.right)? - sum(row, &identity.minus)? + before;
    Some((sum(row, &identity.left)? - right).abs() < 1e-6)
}

/// The rules whose identities a row breaks.
fn broken(row: &TruthRow, previous: Option<&TruthRow>) -> BTreeSet<String> {
    let form = forms().get(&row.form).unwrap();
    let fails = form.identities.iter().filter(|i| holds(i, row, previous) == Some(false));
    fails.map(|i| i.rule.clone()).collect()
}

/// Every file with the same agency's report for the year before, if there is one (the corrected one where two are).
fn with_previous(corpus: &[AgencyFiles]) -> Vec<(&TruthRow, Option<&TruthRow>)> {
    let mut out = Vec::new();
    for agency in corpus {
        for file in &agency.files {
            let before = agency.files.iter().rev().find(|f| f.truth.year == file.truth.year - 1);
            out.push((&file.truth, before.map(|f| &f.truth)));
        }
    }
    out
}

#[test]
fn the_embedded_words_and_parameters_can_be_read_and_know_every_outcome_and_kind() {
    assert_eq!(names().prefectures.len(), 12);
    assert!(texts().narrative.len() >= 10);
    let newest = super::ledger::newest();
    for outcome in &newest.outcomes {
        assert!(model().outcomes.contains_key(outcome), "{outcome} has no weight");
    }
    for kind in (0..2000).map(|i| Body::of(i).truth_kind) {
        assert!(model().kinds.contains_key(kind), "{kind} has no model");
    }
    for key in ["opening", "overview", "overview_quiet", "requests", "requests_none", "problems", "other"] {
        assert!(texts().narrative.contains_key(key), "{key}");
    }
}

#[test]
fn the_same_plan_gives_the_same_bytes_and_another_seed_gives_others() {
    let plan = Plan { agencies: 20, ..Plan::sample() };
    let once = corpus(&plan);
    assert_eq!(once, corpus(&plan));
    let other = corpus(&Plan { seed: plan.seed + 1, ..plan });
    assert_ne!(once, other);
}

#[test]
fn an_agency_is_the_same_however_many_there_are_and_whatever_years_are_asked_for() {
    let small = Plan { agencies: 5, ..Plan::sample() };
    let large = Plan { agencies: 50, ..Plan::sample() };
    let last = agencies(&small).last().unwrap();
    assert_eq!(last, agency(&large, 4));
    let late = agency(&Plan { from: 2023, ..small }, 4);
    let same: Vec<&Vec<u8>> = last.files.iter().filter(|f| f.truth.year >= 2023).map(|f| &f.bytes).collect();
    assert_eq!(late.files.iter().map(|f| &f.bytes).collect::<Vec<_>>(), same);
}

#[test]
fn without_errors_every_identity_of_the_forms_holds() {
    let plan = Plan { agencies: 60, ..Plan::sample() }.without_errors();
    let corpus = corpus(&plan);
    let mut chained = 0;
    for (row, previous) in with_previous(&corpus) {
        assert_eq!(broken(row, previous), BTreeSet::new(), "{}", row.file);
        chained += usize::from(previous.is_some());
        let own = [Defect::C004, Defect::D001, Defect::D002, Defect::D003, Defect::S003];
        assert!(row.defects.iter().all(|d| own.contains(d)), "{}: {:?}", row.file, row.defects);
    }
    assert!(chained > 200, "{chained} reports have one for the year before");
}

#[test]
fn every_error_breaks_what_it_names_and_nothing_else() {
    let plan = Plan { agencies: 400, ..Plan::sample() };
    let corpus = corpus(&plan);
    let mut met: BTreeMap<Defect, usize> = BTreeMap::new();
    let first_years: BTreeMap<&str, i32> =
        corpus.iter().filter_map(|a| Some((a.body.name.as_str(), a.files.first()?.truth.year))).collect();
    for (row, previous) in with_previous(&corpus) {
        let named: BTreeSet<String> = row.defects.iter().map(|d| d.code().to_owned()).collect();
        let seen = broken(row, previous);
        for code in ["B001", "B002", "B003", "B004", "C001"] {
            assert_eq!(seen.contains(code), named.contains(code), "{code} in {}", row.file);
        }
        assert!(!seen.contains("C002") && !seen.contains("C003"), "{}", row.file);
        let gap = previous.is_none() && first_years[row.agency.as_str()] < row.year;
        assert_eq!(named.contains("C004"), gap, "C004 in {}", row.file);
        let marks = marks(row);
        for (code, marked) in [("S002", marks[0]), ("V001", marks[1]), ("V004", marks[2]), ("V006", marks[3])] {
            assert_eq!(marked, named.contains(code), "{code} in {}", row.file);
        }
        for defect in &row.defects {
            *met.entry(*defect).or_default() += 1;
        }
    }
    let missing: Vec<&Defect> = Defect::ALL.iter().filter(|d| !met.contains_key(d)).collect();
    assert!(missing.is_empty(), "never made: {missing:?}");
}

/// Whether a table has no value at all; single cells lack one; a count is negative or broken; a whole row lacks
/// its values.
fn marks(row: &TruthRow) -> [bool; 4] {
    let form = forms().get(&row.form).unwrap();
    let has = |id: &FigureId| row.value(*id).is_some();
    let rows = || form.tables.iter().flat_map(|t| &t.blocks).flat_map(|b| &b.rows);
    let no_table = form.tables.iter().any(|t| !t.blocks.iter().flat_map(|b| &b.rows).flat_map(|r| &r.figures).any(has));
    let row_lost = rows().any(|r| r.outcome && !r.figures.iter().any(has));
    let gap = rows().any(|r| r.figures.iter().any(|id| !has(id)));
    let odd = rows().flat_map(|r| &r.figures).any(|id| {
        let info = id.info();
        let value = row.value(*id).unwrap_or_default();
        info.unit == Unit::Count && (value.fract() != 0.0 || (value < 0.0 && !info.signed))
    });
    let flat = row.style == Style::TxtFlat;
    [no_table, gap && !no_table && !flat, odd, row_lost && !no_table && flat]
}

#[test]
fn the_sample_has_every_kind_of_error_at_least_twice_and_the_usual_share_of_zeros() {
    let corpus = corpus(&Plan::sample());
    let rows = rows(&corpus);
    for defect in Defect::ALL {
        let count = rows.iter().filter(|r| r.defects.contains(&defect)).count();
        assert!(count >= 2, "{} is made {count} times", defect.code());
    }
    let (all_zero, no_requests) = township_zeros(&rows);
    assert!((0.20..=0.30).contains(&all_zero), "{all_zero} of township reports are all zeros");
    assert!((0.40..=0.55).contains(&no_requests), "{no_requests} of township reports have no requests");
}

#[test]
fn a_large_corpus_has_the_usual_share_of_zeros_and_keeps_them_from_year_to_year() {
    let corpus = corpus(&Plan { agencies: 300, ..Plan::sample() });
    let (all_zero, no_requests) = township_zeros(&rows(&corpus));
    assert!((0.20..=0.30).contains(&all_zero), "{all_zero}");
    assert!((0.40..=0.55).contains(&no_requests), "{no_requests}");
    let pairs = with_previous(&corpus);
    let after_zero: Vec<bool> =
        pairs.iter().filter(|(_, p)| p.is_some_and(is_all_zero)).map(|(row, _)| is_all_zero(row)).collect();
    let stays = after_zero.iter().filter(|z| **z).count() as f64 / after_zero.len() as f64;
    assert!(stays > 0.75, "{stays} of all-zero reports are followed by another");
}

fn is_all_zero(row: &TruthRow) -> bool {
    row.figures.iter().flatten().all(|v| *v == 0.0) && row.figures.iter().any(Option::is_some)
}

fn township_zeros(rows: &[&TruthRow]) -> (f64, f64) {
    let towns: Vec<&&TruthRow> = rows.iter().filter(|r| r.kind == "town").collect();
    let share = |test: &dyn Fn(&TruthRow) -> bool| towns.iter().filter(|r| test(r)).count() as f64 / towns.len() as f64;
    let requests: Vec<FigureId> =
        ["received_total", "carried_over_total", "closed_total"].map(|n| figure(n).unwrap()).into();
    (share(&|r| is_all_zero(r)), share(&|r| requests.iter().all(|id| r.value(*id) == Some(0.0))))
}

#[test]
fn names_and_files_are_each_their_own() {
    let bodies: Vec<Body> = (0..20_000).map(Body::of).collect();
    let own: BTreeSet<&str> = bodies.iter().map(|b| b.name.as_str()).collect();
    assert_eq!(own.len(), bodies.len());
    let towns = bodies.iter().filter(|b| b.level == Level::Township).count();
    assert!(towns * 100 > bodies.len() * 60, "{towns} of {} are townships", bodies.len());
    for level in [Level::Province, Level::Prefecture, Level::County] {
        assert!(bodies.iter().any(|b| b.level == level));
    }
    let known: BTreeSet<&str> = own.clone();
    assert!(bodies.iter().filter_map(|b| b.parent.as_deref()).all(|p| known.contains(p)));
    let corpus = corpus(&Plan { agencies: 60, ..Plan::sample() });
    let files: Vec<&File> = corpus.iter().flat_map(|a| &a.files).collect();
    let paths: BTreeSet<&str> = files.iter().map(|f| f.path.as_str()).collect();
    let file_names: BTreeSet<&str> = files.iter().map(|f| f.truth.file.as_str()).collect();
    assert_eq!((paths.len(), file_names.len()), (files.len(), files.len()));
}

#[test]
fn every_style_writes_the_agency_the_year_and_every_figure_in_its_own_encoding() {
    for &style in Style::ALL {
        assert_eq!(Style::from_name(style.name()), Some(style));
        let plan = Plan { agencies: 6, styles: vec![style], ..Plan::sample() }.without_errors();
        for file in agencies(&plan).flat_map(|a| a.files) {
            let decoded = match style {
                Style::HtmlWord | Style::HtmlGbk => {
                    let (text, wrong) = encoding_rs::GB18030.decode_without_bom_handling(&file.bytes);
                    assert!(!wrong, "{}", file.path);
                    text.into_owned()
                }
                _ => String::from_utf8(file.bytes.clone()).unwrap(),
            };
            let flat = normalise(&decoded.replace("<span>", "").replace("</span>", ""));
            let digits = flat.replace(',', "");
            assert!(flat.contains(&file.truth.agency), "{}", file.path);
            assert!(flat.contains(&file.truth.year.to_string()), "{}", file.path);
            for value in file.truth.figures.iter().flatten() {
                assert!(digits.contains(&value.abs().to_string()), "{value} in {}", file.path);
            }
            assert!(file.bytes.len() < 24_000, "{} has {} bytes", file.path, file.bytes.len());
        }
    }
}

#[test]
fn the_drawn_tables_have_a_cell_for_every_place_of_their_grid() {
    for form in &forms().forms {
        let profile = super::profile::Profile::of(1, &Body::of(0), form.outcomes.len());
        let mut ledger = super::ledger::Ledger::open(&profile);
        let mut chance = super::random::Stream::new(1, 0, 2021, super::random::Subject::Figures);
        let values = ledger.next(&profile, 2021, &mut chance, None);
        let sheet = super::sheet::Sheet::new(form, Style::HtmlClean, &values, &profile);
        for table in &form.tables {
            let grid = super::layout::Layout::new(table, &sheet).grid();
            let widths: BTreeSet<usize> = grid.iter().map(Vec::len).collect();
            assert_eq!(widths.len(), 1, "{} table {}: {widths:?}", form.id, table.number);
            let figures = table.blocks.iter().flat_map(|b| &b.rows).map(|r| r.figures.len()).sum::<usize>();
            let printed: usize = grid
                .iter()
                .flatten()
                .filter(|(text, role)| *role == super::layout::Role::Figure && !text.is_empty())
                .count();
            assert_eq!(printed, figures, "{} table {}", form.id, table.number);
        }
    }
}

#[test]
fn the_truth_comes_back_from_csv_as_it_was_and_names_only_what_the_form_asks() {
    let corpus = corpus(&Plan { agencies: 10, ..Plan::sample() });
    let header = truth_header();
    assert_eq!(header.len(), 9 + forms().figures.len());
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(&header).unwrap();
    for row in rows(&corpus) {
        writer.write_record(truth_csv_row(row)).unwrap();
    }
    let bytes = writer.into_inner().unwrap();
    let mut reader = csv::Reader::from_reader(bytes.as_slice());
    let mut read = 0;
    for (record, row) in reader.records().map(Result::unwrap).zip(rows(&corpus)) {
        let field = |name: &str| record.get(header.iter().position(|h| h == name).unwrap()).unwrap();
        assert_eq!(field("path"), format!("docs/{}", row.file));
        assert_eq!(field("year"), row.year.to_string());
        for info in &forms().figures {
            let value = row.value(figure(&info.name).unwrap());
            assert_eq!(field(&info.name).parse::<f64>().ok(), value, "{} of {}", info.name, row.file);
            assert!(value.is_none() || info.printed_in.contains(&row.form), "{} of {}", info.name, row.file);
        }
        read += 1;
    }
    assert_eq!(read, rows(&corpus).len());
    for agency in &corpus {
        assert_eq!(roster_csv_row(&agency.body).len(), roster_header().len());
    }
}

#[test]
fn the_committed_sample_is_what_its_plan_makes() {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("data");
    let corpus = corpus(&Plan::sample());
    for file in corpus.iter().flat_map(|a| &a.files) {
        let committed = std::fs::read(root.join("reports").join(&file.path)).unwrap_or_default();
        assert!(committed == file.bytes, "data/reports/{} differs", file.path);
    }
    let on_disk = walkdir::WalkDir::new(root.join("reports")).into_iter().filter_map(Result::ok);
    let reports = on_disk.filter(|e| e.file_type().is_file() && e.file_name() != "README.md").count();
    assert_eq!(reports, rows(&corpus).len(), "data/reports holds files that the plan does not make");
    let truth = std::fs::read_to_string(root.join("synth/sample/truth.csv")).unwrap();
    assert_eq!(truth.lines().count(), rows(&corpus).len() + 1);
}

#[test]
fn a_parent_in_the_roster_is_the_id_of_a_row_of_the_roster() {
    let rows: Vec<[String; 9]> = (0..2000).map(|i| roster_csv_row(&Body::of(i))).collect();
    let ids: BTreeSet<&str> = rows.iter().map(|r| r[0].as_str()).collect();
    assert_eq!(ids.len(), rows.len());
    assert!(rows.iter().all(|r| r[6].is_empty() || ids.contains(r[6].as_str())));
    assert_eq!(rows.iter().filter(|r| r[6].is_empty()).count(), 1, "only the province has no parent");
}

#[test]
fn pdfs_are_the_same_every_time_and_read_back_whole() {
    let plan = Plan { agencies: 4, styles: vec![Style::Pdf], ..Plan::sample() }.without_errors();
    let resolver = crate::agency::Agencies::embedded();
    let again: Vec<Vec<u8>> = agencies(&plan).flat_map(|a| a.files).map(|file| file.bytes).collect();
    for (file, again) in agencies(&plan).flat_map(|a| a.files).zip(again) {
        assert!(file.bytes.starts_with(b"%PDF-") && file.bytes == again, "{}", file.path);
        let document = crate::read::read(&file.bytes, &file.path).unwrap().documents.remove(0);
        let source = crate::report::Source { path: file.path.clone(), ..Default::default() };
        let [report] = &crate::extract::extract(&document, &source, &resolver)[..] else { panic!("{}", file.path) };
        let read: Vec<Option<f64>> = report.figures.iter().map(|(_, cell)| cell.value()).collect();
        let wrong = read.iter().zip(&file.truth.figures).filter(|(read, truth)| truth.is_some() && read != truth);
        assert_eq!(wrong.count(), 0, "{}", file.path);
        assert_eq!((&report.agency.name, report.year), (&file.truth.agency, Some(file.truth.year)), "{}", file.path);
    }
}
