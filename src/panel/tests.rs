//! Reports go into a panel and come back, through every format.

use super::{
    CsvRow, CsvRows, Layout, Panel, PanelBuilder, PanelError, SCHEMA, columns, is_json, is_panel_csv, read_json,
    schema, to_json,
};
use crate::form::{FigureId, figure, forms};
use crate::report::{
    Absence, Agency, AgencyId, Cell, Date, Figures, Kind, Level, Note, NoteKind, Place, Reading, Report, SectionText,
    Source, TableState,
};
use proptest::prelude::*;
use std::collections::BTreeMap;

const NOWHERE: Place = Place::Line(0);

fn plain_report(year: i32) -> Report {
    let form = if year < 2021 { "cn-2019" } else { "cn-2021" };
    let mut figures = Figures::all(Absence::NotAsked);
    for (i, info) in forms().figures.iter().enumerate() {
        let id = FigureId(u16::try_from(i).unwrap());
        let reading = if info.printed_in.iter().any(|f| f == form) {
            Reading::Number(f64::from(u16::try_from(i).unwrap()))
        } else if info.summed_in.iter().any(|f| f == form) {
            Reading::Sum(6.0)
        } else {
            Reading::Absent(Absence::NotAsked)
        };
        figures.set(id, Cell { reading, place: None, printed: None });
    }
    let tables = [2, 3, 4].map(|t| (t, TableState::Filled { form: form.to_owned(), place: NOWHERE }));
    Report {
        source: Source { path: "a/b.html".into(), part: 1, hash: "00ff".into(), format: "html".into() },
        title: "某镇2020年年报".into(),
        agency: Agency { id: AgencyId("990101-gov".into()), name: "某镇".into(), ..Agency::default() },
        year: Some(year),
        published: Date::new(2021, 1, 4),
        form: form.into(),
        tables: BTreeMap::from(tables),
        sections: Vec::new(),
        figures,
        notes: Vec::new(),
    }
}

fn panel_of(reports: &[Report]) -> Panel {
    let mut builder = PanelBuilder::new();
    for (i, report) in reports.iter().enumerate() {
        builder.push(report, i % 2 == 0);
    }
    builder.finish()
}

fn set(report: &mut Report, name: &str, reading: Reading, printed: Option<&str>) {
    report.figures.set(figure(name).unwrap(), Cell { reading, place: None, printed: printed.map(Into::into) });
}

fn wide_csv(reports: &[Report]) -> String {
    String::from_utf8(panel_of(reports).to_csv_bytes(Layout::Wide, false)).unwrap()
}

/// The field of the first row under a column.
fn field(csv: &str, column: &str) -> String {
    let mut reader = csv::Reader::from_reader(csv.as_bytes());
    let at = reader.headers().unwrap().iter().position(|h| h == column).unwrap();
    reader.records().next().unwrap().unwrap()[at].to_owned()
}

fn texts() -> impl Strategy<Value = String> {
    prop_oneof![
        "[a-z一-龥 ,\"\n\r']{1,12}",
        "['=+@\t-]{1,3}[a-z0-9]{0,3}",
        Just("-5".to_owned()),
        Just("'=SUM(A1)".to_owned()),
        Just("1e5".to_owned()),
    ]
}

/// Up to 15 significant digits: what a form can hold, and what `serde_json` reads back exactly.
fn decimals() -> impl Strategy<Value = f64> {
    (-999_999_999_999_i64..999_999_999_999).prop_map(|n| n as f64 / 1e4)
}

fn readings() -> impl Strategy<Value = (u8, f64)> {
    (0_u8..14, prop_oneof![Just(0.0), (0_i32..100_000).prop_map(f64::from), decimals(), Just(1e-7), Just(1e21)])
}

fn any_table() -> impl Strategy<Value = TableState> {
    let form = prop_oneof![Just("cn-2019".to_owned()), Just("cn-2021".to_owned())];
    (0_u8..6, form).prop_map(|(state, form)| match state {
        0 => TableState::Missing,
        1 => TableState::Unreadable { place: NOWHERE },
        2 => TableState::Blank { form, place: NOWHERE },
        _ => TableState::Filled { form, place: NOWHERE },
    })
}

prop_compose! {
    fn any_agency()(
        name in texts(),
        id in texts(),
        places in prop::collection::vec(prop::option::of(texts()), 5),
        level in 0..6_usize,
        kind in 0..5_usize,
        candidates in prop::collection::vec("[0-9]{6}", 0..3),
    ) -> Agency {
        Agency {
            id: AgencyId(id),
            name,
            division: places[0].clone(),
            province: places[1].clone(),
            prefecture: places[2].clone(),
            county: places[3].clone(),
            township: places[4].clone(),
            level: Level::ALL.get(level).copied(),
            kind: Kind::ALL.get(kind).copied(),
            candidates,
        }
    }
}

prop_compose! {
    fn any_report()(
        agency in any_agency(),
        path in texts(),
        part in 1..9_u32,
        title in prop_oneof![Just(String::new()), texts()],
        year in prop::option::of(2019..2026_i32),
        day in prop::option::of((1970..2100_i32, 1..13_i32, 1..32_i32)),
        tables in prop::collection::vec(any_table(), 3),
        cells in prop::collection::vec((readings(), prop::option::of(texts())), forms().figures.len()),
    ) -> Report {
        let tables: BTreeMap<u8, TableState> = [2, 3, 4].into_iter().zip(tables).collect();
        let mut figures = Figures::all(Absence::NotAsked);
        for (id, ((pick, v), printed)) in (0_u16..).map(FigureId).zip(cells) {
            let form = tables.get(&id.info().table).and_then(TableState::form);
            let summed = form.is_some_and(|form| id.info().summed_in.iter().any(|f| f == form));
            let reading = match pick {
                0 => Reading::Remarked(v),
                1 => Reading::Dash,
                2 => Reading::Absent(Absence::Blank),
                3 => Reading::Absent(Absence::NotAsked),
                4 => Reading::Absent(Absence::NoTable),
                5 => Reading::Absent(Absence::Unreadable),
                _ if summed => Reading::Sum(v),
                _ => Reading::Number(v),
            };
            figures.set(id, Cell { reading, place: None, printed: printed.filter(|_| pick < 6).map(Into::into) });
        }
        Report {
            source: Source { path, part, hash: "ab12".into(), format: "text".into() },
            title,
            agency,
            year,
            published: day.and_then(|(y, m, d)| Date::new(y, m, d)),
            form: tables.values().find_map(TableState::form).unwrap_or_default().to_owned(),
            tables,
            sections: Vec::new(),
            figures,
            notes: Vec::new(),
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn reports_come_back_from_every_format_with_every_absence_as_it_was(
        reports in prop::collection::vec(any_report(), 1..4),
        bom: bool,
    ) {
        let panel = panel_of(&reports);
        prop_assert_eq!(&panel.to_reports(), &reports);
        let csv = Panel::from_csv(&panel.to_csv_bytes(Layout::Wide, bom)).unwrap();
        prop_assert!(csv.reports.equals_missing(&panel.reports));
        for [begin, between, end] in [["[", ",", "]"], ["", "\n", "\n"]] {
            let documents: Vec<String> = reports.iter().map(to_json).collect();
            let json = format!("{begin}{}{end}", documents.join(between));
            prop_assert!(is_json(json.as_bytes()));
            let mut again = Vec::new();
            prop_assert_eq!(read_json(json.as_bytes(), &mut |report| again.push(report)).unwrap(), reports.len());
            prop_assert_eq!(&again, &reports);
        }
        let parquet = Panel::from_parquet(panel.to_parquet_bytes(Layout::Wide).unwrap()).unwrap();
        prop_assert!(parquet.reports.equals_missing(&panel.reports));
        prop_assert_eq!(csv.to_reports(), reports);
    }
}

fn csv_rows(reports: &[Report], kept: &[bool], bom: bool) -> Vec<u8> {
    let mut rows = CsvRows::default();
    for report in reports {
        rows.push(&CsvRow::of(report));
    }
    rows.set_kept(kept.to_vec()).unwrap();
    let mut csv = Vec::new();
    let written = rows.write(bom, &mut |piece| {
        csv.extend_from_slice(piece);
        Ok::<(), &str>(())
    });
    written.unwrap();
    csv
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn rows_of_csv_are_those_of_the_panel(
        reports in prop::collection::vec((any_report(), any::<bool>()), 0..5),
        times in prop::sample::select(vec![1_usize, 150]),
        bom: bool,
    ) {
        let (reports, kept): (Vec<Report>, Vec<bool>) =
            std::iter::repeat_n(reports, times).flatten().unzip();
        let mut panel = panel_of(&reports);
        panel.set_kept(&kept).unwrap();
        let (rows, panel) = (csv_rows(&reports, &kept, bom), panel.to_csv_bytes(Layout::Wide, bom));
        prop_assert!(rows == panel, "{}\n{}", String::from_utf8_lossy(&rows), String::from_utf8_lossy(&panel));
    }
}

#[test]
fn a_number_that_is_none_stands_in_no_row() {
    let mut report = plain_report(2020);
    set(&mut report, "received_total", Reading::Number(f64::INFINITY), None);
    let panel = panel_of(std::slice::from_ref(&report)).to_csv_bytes(Layout::Wide, false);
    let rows = csv_rows(std::slice::from_ref(&report), &[true], false);
    assert_eq!(String::from_utf8(rows).unwrap(), String::from_utf8(panel).unwrap());
    assert!(CsvRows::default().set_kept(vec![true]).is_err());
}

#[test]
fn nothing_is_handed_on_after_a_piece_was_refused() {
    let panel = panel_of(&[plain_report(2020)]);
    let mut pieces = Vec::new();
    let taken = panel.write_csv(Layout::Wide, true, &mut |piece| {
        pieces.push(piece.to_vec());
        if pieces.len() < 2 { Ok(()) } else { Err("full") }
    });
    assert_eq!((taken, pieces.len()), (Err("full"), 2));
    assert!(panel.to_csv_bytes(Layout::Wide, true).starts_with(&pieces.concat()));
}

#[test]
fn the_file_begins_with_the_columns_that_people_look_for() {
    let csv = wide_csv(&[plain_report(2020)]);
    let wanted = "path,agency,agency_id,division,province,prefecture,county,level,kind,year,form,published,";
    assert!(csv.starts_with(wanted), "{}", csv.lines().next().unwrap());
}

#[test]
fn a_count_has_no_decimals_and_what_is_absent_stays_empty() {
    let mut report = plain_report(2021);
    set(&mut report, "received_total", Reading::Number(3.0), None);
    set(&mut report, "fee_amount_wan", Reading::Number(160.5964), None);
    set(&mut report, "granted_total", Reading::Absent(Absence::Blank), None);
    set(&mut report, "closed_total", Reading::Dash, Some("/"));
    let csv = wide_csv(&[report]);
    let cell = |column: &str| field(&csv, column);
    assert_eq!((cell("received_total"), cell("fee_amount_wan")), ("3".into(), "160.5964".into()));
    assert_eq!((cell("granted_total"), cell("cells_blank")), (String::new(), "granted_total".into()));
    assert_eq!((cell("closed_total"), cell("cells_dash")), ("0".into(), "closed_total".into()));
    assert_eq!((cell("normative_public_stock"), cell("published")), (String::new(), "2021-01-04".into()));
    assert_eq!(cell("cells_printed"), "{\"closed_total\":\"/\"}");
}

#[test]
fn a_title_that_would_run_as_a_formula_is_disarmed_and_comes_back_as_it_was() {
    let mut report = plain_report(2020);
    report.title = "=HYPERLINK(\"http://x\")".into();
    let csv = wide_csv(std::slice::from_ref(&report));
    assert_eq!(field(&csv, "title"), "'=HYPERLINK(\"http://x\")");
    assert_eq!(Panel::from_csv(csv.as_bytes()).unwrap().to_reports(), [report]);
}

#[test]
fn a_missing_column_is_named() {
    let csv = wide_csv(&[plain_report(2020)]).replacen("received_total", "received_sum", 1);
    let error = Panel::from_csv(csv.as_bytes()).unwrap_err();
    assert_eq!(error.to_string(), "no column \"received_total\"");
    let error = Panel::from_csv(b"a,b\n1,2\n").unwrap_err().to_string();
    assert!(error.starts_with("no column \"path\" (and "), "{error}");
}

#[test]
fn json_keeps_the_whole_report_and_says_where_a_field_is_wrong() {
    let mut report = plain_report(2021);
    let place = Place::Cell { table: 2, row: 3, column: 4 };
    let id = figure("received_total").unwrap();
    report.figures.set(id, Cell { reading: Reading::Remarked(3.0), place: Some(place), printed: Some("3件".into()) });
    report
        .sections
        .push(SectionText { number: 1, heading: "一、总体情况".into(), text: "甲\n乙".into(), place });
    report.notes.push(Note {
        kind: NoteKind::LabelRepaired,
        figures: vec![id],
        place,
        printed: "x".into(),
        placings: Vec::new(),
    });
    let json = to_json(&report);
    assert!(json.starts_with("{\"schema\":\"gongkai-report-1\",\"report\":{"), "{json}");
    let cell = r#""received_total":{"reading":"remarked","value":3,"place":{"cell":{"table":2,"row":3,"column":4}},"printed":"3件"}"#;
    assert!(json.contains(cell), "{json}");
    let mut again = Vec::new();
    read_json(json.as_bytes(), &mut |report| again.push(report)).unwrap();
    assert_eq!(again, [report]);

    let refused = |json: &str| read_json(json.as_bytes(), &mut drop).unwrap_err().to_string();
    let two = format!("{json}\n{}", json.replacen("\"value\":3,", "\"value\":\"3\",", 1));
    assert!(refused(&two).starts_with("line 2, field \"report.figures.received_total"), "{}", refused(&two));
    for (from, to, said) in [
        ("gongkai-report-1", "gongkai-report-9", "schema"),
        ("\"received_total\"", "\"recieved_total\"", "no figure is called \"recieved_total\""),
        ("\"value\":3,", "", "needs its \"value\""),
        ("\"title\"", "\"titel\"", "titel"),
        ("\"part\":1", "\"part\":0", "counted from 1"),
        ("\"2\":{", "\"7\":{", "no table 7"),
        ("cn-2021\",\"place", "cn-1999\",\"place", "cn-1999"),
    ] {
        let wrong = json.replacen(from, to, 1);
        assert_ne!(wrong, json, "{from}");
        let error = refused(&wrong);
        assert!(error.starts_with("line 1") && error.contains(said), "{to}: {error}");
    }
    assert!(refused("[{},").starts_with("line 1: "), "{}", refused("[{},"));
}

#[test]
fn the_published_shape_is_that_of_the_types() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/schema/report-1.json");
    let committed = std::fs::read_to_string(path).unwrap_or_default();
    assert_eq!(committed, schema(), "write it anew: cargo run -- schema > docs/schema/report-1.json");
    let schema: serde_json::Value = serde_json::from_str(&committed).unwrap();
    let figures = &schema["$defs"]["Figures"]["properties"];
    assert_eq!(figures.as_object().map(serde_json::Map::len), Some(forms().figures.len()));
    assert!(schema.to_string().contains(SCHEMA));
}

#[test]
fn json_and_csv_of_other_things_are_not_taken_for_reports() {
    for other in ["{\"a\":1}", "[1,2]", "gongkai-report-1", "", "{"] {
        assert!(!is_json(other.as_bytes()), "{other}");
    }
    assert!(is_panel_csv(b"\xef\xbb\xbfpath,agency,agency_id,division\n"));
    assert!(is_panel_csv(b"\"year\",\"form\",\"received_total\"\n"));
    for other in ["", "name,phone\n", "信息内容,本年制发件数\npath,agency,year"] {
        assert!(!is_panel_csv(other.as_bytes()), "{other}");
    }
}

#[test]
fn a_wrong_cell_is_named_with_its_line_and_column() {
    let good = wide_csv(&[plain_report(2020)]);
    let wrong = |from: &str, to: &str| Panel::from_csv(good.replacen(from, to, 1).as_bytes()).unwrap_err().to_string();
    assert_eq!(
        wrong(",2020,cn-2019,", ",soon,cn-2019,"),
        "line 2, column \"year\": \"soon\" is not a value of type integer"
    );
    let error = wrong(",cn-2019,cn-2019,cn-2019,", ",cn-2019,cn-1999,cn-2019,");
    assert_eq!(error, "line 2, column \"form_table_3\": \"cn-1999\" is not one of its values");
    let mut bytes = good.into_bytes();
    bytes.extend([0xc4, 0xe3, b'\n']);
    let error = Panel::from_csv(&bytes).unwrap_err().to_string();
    assert!(error.starts_with("line 3: "), "{error}");
}

#[test]
fn a_spreadsheet_may_rewrite_flags_days_and_years() {
    let csv = wide_csv(&[plain_report(2020)]);
    let edited =
        csv.replacen("2021-01-04", "2021/1/4", 1).replacen(",true,", ",TRUE,", 1).replacen(",2020,", ",2020.0,", 1);
    assert_ne!(edited, csv);
    assert_eq!(Panel::from_csv(edited.as_bytes()).unwrap(), Panel::from_csv(csv.as_bytes()).unwrap());
}

#[test]
fn the_long_layout_has_a_row_a_figure_and_says_that_it_cannot_be_read_back() {
    let panel = panel_of(&[plain_report(2021)]);
    assert_eq!(panel.long().height(), 224);
    let csv = String::from_utf8(panel.to_csv_bytes(Layout::Long, false)).unwrap();
    assert!(csv.contains(",cn-2021,3,other_outcome_total,6,sum\n"), "{csv}");
    assert!(csv.contains(",cn-2021,2,normative_public_stock,,not_asked\n"));
    assert!(matches!(Panel::from_csv(csv.as_bytes()), Err(PanelError::LongLayout)));
}

#[test]
fn kept_can_be_said_when_all_reports_are_known() {
    let mut panel = panel_of(&[plain_report(2020), plain_report(2021)]);
    panel.set_kept(&[false, true]).unwrap();
    assert_eq!(field(&String::from_utf8(panel.to_csv_bytes(Layout::Wide, false)).unwrap(), "kept"), "false");
    assert_eq!(columns().len(), panel.reports.width());
    assert!(panel.set_kept(&[true]).is_err());
}

#[test]
fn broken_parquet_is_an_error_and_not_a_panic() {
    let bytes = panel_of(&[plain_report(2020)]).to_parquet_bytes(Layout::Wide).unwrap();
    for cut in [0, 3, 10, bytes.len() / 2, bytes.len() - 9] {
        assert!(Panel::from_parquet(bytes[..cut].to_vec()).is_err());
    }
    // Flipped bits, most of them in the metadata at the end: read or refused, but always told.
    let mut refused = 0;
    for i in 0..400 {
        let mut damaged = bytes.clone();
        let at = bytes.len() - 1 - (i * 31) % (bytes.len() / 3);
        damaged[at] ^= 1 << (i % 8);
        refused += usize::from(Panel::from_parquet(damaged).is_err());
    }
    assert!(refused > 100, "{refused}");
}

#[test]
fn every_column_says_what_it_means_in_both_languages() {
    for column in columns() {
        assert!(!column.meaning.zh.is_empty() && !column.meaning.en.is_empty(), "{}", column.name);
        assert!(!column.source.zh.is_empty() && !column.source.en.is_empty(), "{}", column.name);
    }
    let names: std::collections::BTreeSet<_> = columns().iter().map(|c| &c.name).collect();
    assert_eq!(names.len(), columns().len());
}
