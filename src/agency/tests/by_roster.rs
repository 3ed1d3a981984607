use super::*;
use crate::report::{Kind, Level};

fn enrolled() -> Agencies {
    let roster = Roster::from_csv(include_bytes!("../../../tests/fixtures/agency/roster.csv")).unwrap();
    Agencies::embedded().with_roster(roster)
}

#[test]
fn a_roster_settles_a_shared_name() {
    let found = enrolled().resolve_explained("鼓楼区教育局", None, &Evidence::default());
    assert_eq!(found.agency.id.0, "gulou-edu");
    assert_eq!(found.agency.division.as_deref(), Some("320106"));
    assert_eq!(places(&found.agency), "江苏省/南京市/鼓楼区");
    assert_eq!((found.agency.level, found.agency.kind), (Some(Level::County), Some(Kind::Department)));
    assert!(found.proofs.iter().any(|p| p.ground == Ground::Roster));
}

#[test]
fn a_namesake_that_the_evidence_settles_elsewhere_is_not_the_rosters() {
    let agency = enrolled().resolve("鼓楼区教育局", &Evidence { path: "徐州市/a.html", texts: &[] });
    assert_eq!(agency.id.0, "320302-教育局");
}

#[test]
fn a_rosters_agency_is_found_in_whatever_way_its_place_is_printed() {
    let agency = enrolled().resolve("江苏省南京市鼓楼区教育局", &Evidence::default());
    assert_eq!(agency.id.0, "gulou-edu");
}

#[test]
fn a_renamed_agency_keeps_its_id_in_the_years_that_its_rows_hold() {
    let agencies = enrolled();
    let id = |name, year| agencies.resolve_in(name, Some(year), &Evidence::default()).id.0;
    assert_eq!(id("澜水市规划局", 2019), "lanshui-plan");
    assert_eq!(id("澜水市自然资源和规划局", 2020), "lanshui-plan");
    assert_eq!(id("澜水市资源局", 2024), "lanshui-plan");
    assert_eq!(id("澜水市规划局", 2022), "~澜水市规划局", "another agency by then");
}

#[test]
fn an_alias_that_two_rows_share_is_settled_by_the_year_or_stays_open() {
    let agencies = enrolled();
    let none = Evidence::default();
    assert_eq!(agencies.resolve_in("县一中", Some(2019), &none).id.0, "south-school");
    assert_eq!(agencies.resolve_in("县一中", Some(2022), &none).id.0, "east-school");
    let open = agencies.resolve_in("县一中", None, &none);
    assert!(open.id.0.starts_with('~'), "{open:?}");
    assert_eq!((open.level, open.kind), (Some(Level::County), Some(Kind::Other)));
}

#[test]
fn a_row_without_a_place_leaves_the_place_to_the_name() {
    let agency = enrolled().resolve("青溪县第一中学", &Evidence::default());
    assert_eq!((agency.id.0.as_str(), agency.county.as_deref()), ("north-school", Some("青溪县")));
}

#[test]
fn errors_name_line_and_column() {
    let error = |csv: &str| Roster::from_csv(csv.as_bytes()).unwrap_err().to_string();
    let level = error("agency_id,name,level\na,甲局,county\nb,乙局,shire\n");
    assert_eq!(level, "line 3, column 3 (level): \"shire\" is not central, province, prefecture, county or township");
    assert!(error("agency_id,name,alias\n").starts_with("line 1, column 3: unknown or repeated column \"alias\""));
    assert_eq!(error("agency_id,level\n"), "line 1: the roster has no column name");
    assert_eq!(error("agency_id,name\na,甲局\nb\n"), "line 3: 1 fields instead of 2");
    assert!(error("agency_id,name,division\na,甲局,12345\n").starts_with("line 2, column 3 (division)"));
    assert!(error("agency_id,name\n../a,甲局\n").starts_with("line 2, column 1 (agency_id)"));
    assert!(error("agency_id,name,valid_from,valid_to\na,甲局,2021,2019\n").starts_with("line 2, column 4 (valid_to)"));
    assert_eq!(Roster::from_csv(b"agency_id,name\n\xff\xff\xff"), Err(RosterError::Encoding));
}

#[test]
fn a_roster_may_be_in_the_encoding_that_excel_saves() {
    let (bytes, _, _) = encoding_rs::GB18030.encode("agency_id,name\na,青溪县财政局\n");
    let roster = Roster::from_csv(&bytes).unwrap();
    assert_eq!(roster.entries()[0].name, "青溪县财政局");
    let roster = Roster::from_csv("\u{feff}agency_id,name\na,青溪县财政局\n".as_bytes()).unwrap();
    assert_eq!(roster.entries().len(), 1);
}
