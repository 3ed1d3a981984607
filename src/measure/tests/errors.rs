//! A wrong metric is refused with its file and line.

use super::sample;
use crate::measure::{Catalogue, Engine, MetricError};

const HEADER: &str = "-- ---\n-- title.zh = \"数\"\n-- title.en = \"Number\"\n-- kind = \"count\"\n-- unit.zh = \"件\"\n\
-- unit.en = \"n\"\n-- direction = \"neutral\"\n-- forms = [\"cn-2019\", \"cn-2021\"]\n-- comparable = true\n\
-- caveat.zh = \"无\"\n-- caveat.en = \"None\"\n-- ---\n";
const COUNT: &str = "SELECT agency_id, year, received_total AS num\nFROM figures\nORDER BY agency_id, year\n";

fn refused(text: &str) -> String {
    let mut catalogue = Catalogue::embedded().unwrap();
    let tried = catalogue.add_metric("mine/my_metric.sql", text).and_then(|()| {
        let tables = sample();
        Engine::new(&catalogue, &tables)?.observe(catalogue.get("my_metric").unwrap())
    });
    tried.unwrap_err().to_string()
}

fn share(sql: &str) -> String {
    refused(&(HEADER.replace("\"count\"", "\"share\"") + sql))
}

#[test]
fn a_good_metric_of_a_users_own_runs() {
    let mut catalogue = Catalogue::embedded().unwrap();
    catalogue.add_metric("mine/my_metric.sql", &(HEADER.to_owned() + COUNT)).unwrap();
    let tables = sample();
    let observations = Engine::new(&catalogue, &tables).unwrap().observe(catalogue.get("my_metric").unwrap()).unwrap();
    assert_eq!(observations.len(), 9, "11 reports, of which two have no table 3 to read");
}

#[test]
fn a_wrong_header_is_named_with_its_line() {
    let bad = |from: &str, to: &str| refused(&(HEADER.replace(from, to) + COUNT));
    let starts = |error: String, start: &str| assert!(error.starts_with(start), "{error}");
    starts(bad("\"count\"", "\"rate\""), "mine/my_metric.sql:4: header: unknown variant `rate`");
    starts(bad("-- unit.zh = \"件\"\n", ""), "mine/my_metric.sql:");
    starts(bad("comparable = true", "comparable = tru"), "mine/my_metric.sql:9: header: ");
    starts(
        bad("-- direction", "-- colour = \"red\"\n-- direction"),
        "mine/my_metric.sql:7: header: unknown field `colour`",
    );
    starts(bad("cn-2021", "cn-2099"), "mine/my_metric.sql:8: header: no form \"cn-2099\" (there are cn-2019, cn-2021)");
    starts(bad("\"None\"", "\" \""), "mine/my_metric.sql:10: header: caveat is empty in one of its languages");
    starts(
        bad("-- comparable = true", "-- comparable = true\n-- interval = \"wilson\""),
        "mine/my_metric.sql:10: header: this interval",
    );
    starts(bad("-- comparable = true", "comparable = true"), "mine/my_metric.sql:9: header: every line begins with");
    starts(refused(COUNT), "mine/my_metric.sql:1: a metric begins with its header");
    starts(refused("-- ---\n-- kind = 1\n"), "mine/my_metric.sql:1: header: no line \"-- ---\" ends it");
    starts(refused(""), "mine/my_metric.sql:1: a metric begins with its header");
}

#[test]
fn a_statement_that_is_not_one_ordered_select_is_named_with_its_line() {
    let bad = |sql: &str| refused(&(HEADER.to_owned() + sql));
    let order = "mine/my_metric.sql:13: no ORDER BY: rows must come in an order that is always the same";
    assert_eq!(bad("SELECT agency_id, year, 1 AS num FROM figures"), order);
    assert_eq!(bad("SELECT agency_id, year, 1 AS num FROM (SELECT * FROM figures ORDER BY year) AS x"), order);
    assert_eq!(bad("SELECT agency_id, year, 'order by' AS num FROM figures -- ORDER BY year"), order);
    assert_eq!(bad(""), "mine/my_metric.sql:13: no statement behind the header");
    assert_eq!(bad("\n\nDELETE FROM figures"), "mine/my_metric.sql:15: a metric is one SELECT statement");
    assert_eq!(bad(&format!("{COUNT};\nSELECT 1")), "mine/my_metric.sql:17: more than one statement");
}

#[test]
fn sql_that_does_not_run_is_named_with_its_line() {
    let bad = |sql: &str| refused(&(HEADER.to_owned() + sql));
    let error = bad("SELECT agency_id, year,\n  received_sum AS num\nFROM figures\nORDER BY year");
    assert!(error.starts_with("mine/my_metric.sql:14: SQL: ") && error.contains("received_sum"), "{error}");
    let error = bad("SELECT agency_id, year,\n  1 AS num\nFROM figurs\nORDER BY year");
    assert!(error.starts_with("mine/my_metric.sql:15: SQL: ") && error.contains("figurs"), "{error}");
    let error = bad("SELECT agency_id year num 1,\nFROM figures ORDER BY year");
    assert!(error.starts_with("mine/my_metric.sql:13: SQL: "), "{error}");
}

#[test]
fn columns_must_be_those_of_the_kind() {
    let bad = |sql: &str| refused(&(HEADER.to_owned() + sql + " ORDER BY agency_id, year"));
    assert_eq!(
        bad("SELECT agency_id, year FROM figures"),
        "mine/my_metric.sql:13: no column \"num\": this metric returns agency_id, year, num"
    );
    let error = bad("SELECT agency_id, year, 1 AS num, 2 AS den FROM figures");
    assert_eq!(error, "mine/my_metric.sql:13: unknown column \"den\": this metric returns agency_id, year, num");
    let error = bad("SELECT agency_id, year, agency_id AS num FROM figures");
    assert_eq!(error, "mine/my_metric.sql:13: column \"num\" is of type str");
    assert!(share(COUNT).contains("no column \"den\""));
}

#[test]
fn rows_must_be_true_to_the_kind() {
    let bad = |sql: &str| refused(&(HEADER.to_owned() + sql + " ORDER BY agency_id, year"));
    let error =
        bad("SELECT agency_id, year, 1 AS num FROM figures UNION ALL SELECT agency_id, year, 2 AS num FROM figures");
    assert_eq!(error, "mine/my_metric.sql:13: agency \"a-gov\", year 2020 stands twice");
    let error = bad("SELECT agency_id, year, rules_made AS num FROM reports");
    assert_eq!(error, "mine/my_metric.sql:13: agency \"c-dept\", year 2020: num is -3, which is negative");
    let error = bad("SELECT agency_id, year, received_total / closed_total AS num FROM figures");
    assert!(error.contains("not a number; guard the division"), "{error}");
    let error = bad("SELECT agency_id, year + 100 AS year, 1 AS num FROM figures");
    assert_eq!(error, "mine/my_metric.sql:13: agency \"a-gov\", year 2120: there is no such report");
    let error = bad("SELECT province AS agency_id, year, 1 AS num FROM reports");
    assert!(error.contains("has no agency_id") || error.contains("there is no such report"), "{error}");
    let error =
        share("SELECT agency_id, year, closed_total AS num, received_total AS den FROM figures ORDER BY agency_id");
    assert_eq!(error, "mine/my_metric.sql:13: agency \"c-dept\", year 2020: num 100 exceeds den 90 in a share");
}

#[test]
fn parts_must_be_declared() {
    let header =
        HEADER.replace("-- comparable", "-- parts = [{ key = \"x\", zh = \"甲\", en = \"X\" }]\n-- comparable");
    let sql = "SELECT agency_id, year, 'y' AS part, 1 AS num FROM figures ORDER BY agency_id";
    let error = refused(&(header.clone() + sql));
    assert_eq!(error, "mine/my_metric.sql:14: agency \"a-gov\", year 2020: part \"y\" is not declared in the header");
    let twice = header.replace("}]", "}, { key = \"x\", zh = \"乙\", en = \"Y\" }]");
    assert_eq!(refused(&(twice + sql)), "mine/my_metric.sql:9: header: part \"x\" stands twice");
    let foreign = header.replace("en = \"X\" }]", "en = \"X\", forms = [\"cn-1999\"] }]");
    let said = "mine/my_metric.sql:9: header: part \"x\" is for \"cn-1999\", which forms does not name";
    assert_eq!(refused(&(foreign + sql)), said);
}

#[test]
fn a_view_of_a_users_own_is_held_to_the_same() {
    let mut catalogue = Catalogue::embedded().unwrap();
    let error = catalogue.add_view("mine/views/mine.sql", "-- mine\n\nSELECT 1").unwrap_err();
    assert_eq!(
        error.to_string(),
        "mine/views/mine.sql:3: no ORDER BY: rows must come in an order that is always the same"
    );
    catalogue
        .add_view("mine/views/mine.sql", "SELECT agency_id,\n  nothing\nFROM figures\nORDER BY agency_id")
        .unwrap();
    let tables = sample();
    let error = Engine::new(&catalogue, &tables).err().unwrap().to_string();
    assert!(error.starts_with("mine/views/mine.sql:2: SQL: "), "{error}");
    catalogue
        .add_view("mine/views/mine.sql", "SELECT agency_id, year, 1 AS num FROM outcomes ORDER BY agency_id")
        .unwrap();
    catalogue.add_metric("z.sql", &(HEADER.to_owned() + "SELECT * FROM mine ORDER BY agency_id, year")).unwrap();
    let engine = Engine::new(&catalogue, &tables).unwrap();
    assert_eq!(engine.observe(catalogue.get("z").unwrap()).unwrap().len(), 11, "a view may use another");
}

#[test]
fn a_users_folder_adds_and_replaces_and_an_empty_one_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let embedded = Catalogue::embedded().unwrap();
    let error: MetricError = embedded.clone().with_folder(folder.path()).unwrap_err();
    assert_eq!(error.what, "no .sql file in this folder");
    std::fs::write(folder.path().join("mine.sql"), HEADER.to_owned() + COUNT).unwrap();
    std::fs::create_dir(folder.path().join("metrics")).unwrap();
    std::fs::write(folder.path().join("metrics/balanced.sql"), format!("\u{feff}{HEADER}{COUNT}")).unwrap();
    let catalogue = embedded.clone().with_folder(folder.path()).unwrap();
    assert_eq!(catalogue.metrics().len(), embedded.metrics().len() + 1);
    assert_eq!(catalogue.get("balanced").unwrap().title.en, "Number");
    std::fs::write(folder.path().join("My Metric.sql"), HEADER.to_owned() + COUNT).unwrap();
    assert!(embedded.with_folder(folder.path()).unwrap_err().to_string().contains("cannot be an id"));
}

#[test]
fn a_metric_cannot_take_the_name_of_a_table_of_all_metrics() {
    for name in ["metrics", "trends", "decomposition", "concentration"] {
        let catalogue = Catalogue::embedded().unwrap();
        let text = catalogue.get("requests_received").unwrap().sql.clone();
        let error = Catalogue::default().add_metric(&format!("mine/{name}.sql"), &text).unwrap_err();
        assert!(error.to_string().starts_with(&format!("mine/{name}.sql:1: \"{name}\" cannot be an id")), "{error}");
    }
}
