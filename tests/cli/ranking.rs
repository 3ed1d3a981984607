//! The ranking: its table, its errors, its files, and what may be published of it.

use super::{Run as _, contents, gongkai, rows, stderr, stdout};
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use tempfile::TempDir;
use unicode_width::UnicodeWidthStr;

type Row = BTreeMap<String, String>;

/// A folder of its own with a corpus large enough for groups of peers.
fn home_with_peers(agencies: &str, years: &str) -> TempDir {
    let home = tempfile::tempdir().unwrap();
    gongkai(home.path()).args(["synth", "reports", "--agencies", agencies, "--years", years]).assert().success();
    home
}

fn ranked(home: &Path, more: &[&str]) -> Vec<Row> {
    let assert =
        gongkai(home).args(["rank", "reports", "--format", "csv", "--draws", "100"]).args(more).assert().code(0);
    rows(stdout(&assert).as_bytes())
}

/// The corpus as a table, every figure of every report changed.
fn changed(home: &Path, change: impl Fn(&str, &Row) -> Option<String>) {
    let table = stdout(&gongkai(home).args(["extract", "reports"]).assert().code(0));
    let mut reader = csv::Reader::from_reader(table.as_bytes());
    let header = reader.headers().unwrap().clone();
    let mut writer = csv::Writer::from_path(home.join("changed.csv")).unwrap();
    writer.write_record(&header).unwrap();
    for record in reader.records() {
        let record = record.unwrap();
        let row: Row = header.iter().map(str::to_owned).zip(record.iter().map(str::to_owned)).collect();
        let cells =
            header.iter().zip(&record).map(|(name, cell)| change(name, &row).unwrap_or_else(|| cell.to_owned()));
        writer.write_record(cells.collect::<Vec<_>>()).unwrap();
    }
    writer.flush().unwrap();
}

/// Whether a file's name ends so.
fn is(name: &str, ending: &str) -> bool {
    name.rsplit('.').next() == Some(ending)
}

/// A method of one indicator without chance and variation, so that every rank is told from the others.
const CERTAIN: &str = r#"
title = { zh = "单项", en = "single" }
peers = []
[uncertainty]
draws = 0
sobol_samples = 0
[[dimension]]
id = "one"
title = { zh = "一", en = "one" }
[[dimension.indicator]]
metric = "disclosure_rate"
direction = "higher"
minimum_n = 5
sampling = false
reason = { zh = "因", en = "because" }
"#;

fn is_figure(name: &str) -> bool {
    include_str!("../fixtures/figures.txt").lines().any(|figure| figure == name)
}

#[test]
fn the_table_fits_its_terminal_and_says_who_is_not_ranked_and_what_the_figures_are() {
    let home = home_with_peers("60", "2022-2023");
    for (lang, widths) in [("zh", [60, 100]), ("en", [72, 120])] {
        for width in widths {
            let mut command = gongkai(home.path());
            let command = command.env("COLUMNS", width.to_string());
            let assert = command.args(["rank", "reports", "--draws", "50", "--lang", lang]).assert().code(0);
            let shown = stdout(&assert);
            for line in shown.lines() {
                assert!(line.width() <= width, "{width}: {line}");
            }
            let wanted = if lang == "zh" {
                ["不参加排名（", "自行填报", "名次范围"]
            } else {
                ["Not ranked (", "report of themselves", "ranks"]
            };
            let text: String = shown.split_whitespace().collect::<Vec<_>>().join(" ");
            for words in wanted {
                assert!(text.contains(words), "{words}: {shown}");
            }
        }
    }
}

#[test]
fn ranks_are_ranges_and_every_agency_is_in_the_table_once() {
    let home = home_with_peers("60", "2022-2023");
    let found = ranked(home.path(), &[]);
    let number = |row: &Row, column: &str| row[column].parse::<u32>().unwrap();
    let in_order: Vec<&Row> = found.iter().filter(|row| row["tier"] != "not_ranked").collect();
    assert!(in_order.len() >= 6, "{} are ranked", in_order.len());
    for row in &in_order {
        assert!(
            number(row, "range_low") <= number(row, "rank_low")
                && number(row, "rank_high") <= number(row, "range_high")
        );
        assert!(number(row, "range_high") <= number(row, "of"));
        assert!(!row["gained"].is_empty() || !row["gained_note"].is_empty());
    }
    for row in found.iter().filter(|row| row["tier"] == "not_ranked") {
        assert!(row["rank_low"].is_empty() && !row["reasons"].is_empty() && !row["explanation"].is_empty());
    }
    let mut ids: Vec<&String> = found.iter().map(|row| &row["agency_id"]).collect();
    ids.sort();
    let all = ids.len();
    ids.dedup();
    assert_eq!(ids.len(), all);
    assert!(found.iter().all(|row| row["year"] == "2023" && row["caveat"].contains("自行填报")));
    let together = ranked(home.path(), &["--peers", "all", "--year", "2022"]);
    assert!(together.iter().all(|row| row["year"] == "2022" && ["all", ""].contains(&row["peers"].as_str())));
    let json = gongkai(home.path()).args(["rank", "reports", "--draws", "0", "--format", "json"]).assert().code(0);
    let json: serde_json::Value = serde_json::from_str(&stdout(&json)).unwrap();
    let groups = json["groups"].as_array().unwrap();
    let shown: usize = groups.iter().map(|group| group["agencies"].as_array().unwrap().len()).sum();
    assert_eq!(shown + json["not_ranked"].as_array().unwrap().len(), all);
    assert!(groups[0]["agencies"][0]["method"].is_null(), "no draws, no range of methods");
}

#[test]
fn a_mistake_in_a_method_names_file_line_and_what_would_be_right() {
    let home = home_with_peers("6", "2023");
    let method = include_str!("../../data/method.toml");
    let line = |text: &str, needle: &str| text.lines().position(|line| line.contains(needle)).unwrap() + 1;
    for (from, to, said) in [
        ("minimum_peers", "minimum_peer", "did you mean \"minimum_peers\"?"),
        ("\"dispute_rate\"", "\"disput_rate\"", "did you mean \"dispute_rate\"?"),
        ("part = \"unprocessed\"", "part = \"unproccessed\"", "did you mean \"unprocessed\"?"),
        ("draws = 2000", "draws = 2000000", "draws is a number from 0"),
    ] {
        let text = method.replacen(from, to, 1);
        fs::write(home.path().join("mine.toml"), &text).unwrap();
        for command in [
            &["rank", "reports", "--method", "mine.toml"][..],
            &["run", "reports", "-o", "out", "--method", "mine.toml"],
        ] {
            let assert = gongkai(home.path()).args(command).assert().code(2);
            let said_here = stderr(&assert);
            assert!(said_here.contains(said) && said_here.contains("mine.toml:"), "{said_here}");
            let at: usize = said_here.split("mine.toml:").nth(1).unwrap().split(':').next().unwrap().parse().unwrap();
            // an indicator's mistake is told by the line on which the indicator begins
            let own = line(&text, to);
            assert!(at <= own && own <= at + 2, "{at} for {own}: {said_here}");
        }
    }
    for (arguments, said) in [
        (&["--method", "none.toml"][..], "none.toml"),
        (&["--year", "1999"], "there are: 2023"),
        (&["--peers", "size"], "level"),
        (&["--draws", "-1"], "-1"),
    ] {
        let assert = gongkai(home.path()).args(["rank", "reports"]).args(arguments).assert().code(2);
        assert!(stderr(&assert).contains(said), "{}", stderr(&assert));
    }
    fs::write(home.path().join("note.html"), "<p>nothing</p>").unwrap();
    gongkai(home.path()).args(["rank", "note.html"]).assert().code(3);
}

#[test]
fn a_peer_group_of_zeros_is_not_ranked_and_it_is_said_plainly() {
    let home = home_with_peers("60", "2022-2023");
    changed(home.path(), |name, row| {
        (is_figure(name) && !row[name].is_empty() && row["kind"] == "department").then(|| "0".to_owned())
    });
    gongkai(home.path()).args(["run", "changed.csv", "-o", "out", "--lang", "en"]).assert().code(0);
    let files = contents(&home.path().join("out"));
    let found = rows(&files["ranking/ranking.csv"]);
    let departments = || found.iter().filter(|row| row["peers"].ends_with("department"));
    assert!(departments().count() > 3);
    for (name, bytes) in files.iter().filter(|(name, _)| is(name, "csv") || is(name, "html")) {
        let text = String::from_utf8_lossy(bytes);
        assert!(!text.contains("NaN") && !text.contains(",inf,"), "{name}");
    }
    let notes = rows(&files["ranking/notes.csv"]);
    assert!(notes.iter().any(|row| row["note"].contains("department")), "{notes:?}");
}

#[test]
fn one_year_one_agency_one_indicator_and_no_draws_are_ranked_as_far_as_can_be() {
    let home = home_with_peers("60", "2023");
    let one_year = ranked(home.path(), &[]);
    let ranked_then = one_year.iter().filter(|row| row["tier"] != "not_ranked");
    assert!(ranked_then.clone().count() > 3 && ranked_then.clone().all(|row| row["gained_note"] == "no year before"));
    let single = "title.zh = \"单项\"\ntitle.en = \"single\"\npeers = []\n[[dimension]]\nid = \"one\"\ntitle.zh = \"一\"\ntitle.en = \"one\"\n\
                  [[dimension.indicator]]\nmetric = \"disclosure_rate\"\ndirection = \"higher\"\nminimum_n = 5\nreason.zh = \"因\"\nreason.en = \"because\"\n";
    fs::write(home.path().join("single.toml"), single).unwrap();
    gongkai(home.path()).args(["run", "reports", "-o", "out", "--method", "single.toml"]).assert().code(0);
    let files = contents(&home.path().join("out"));
    assert_eq!(files["ranking/method.toml"], single.as_bytes());
    let manifest: serde_json::Value = serde_json::from_slice(&files["manifest.json"]).unwrap();
    assert_eq!(manifest["ranking"]["hash"], blake3::hash(single.as_bytes()).to_hex().to_string());
    assert!(files.contains_key("charts/ranks_all.svg") && !files.contains_key("charts/movement_all.svg"));
    let none = single.replacen("minimum_n = 5", "minimum_n = 1000000", 1);
    fs::write(home.path().join("single.toml"), none).unwrap();
    let assert =
        gongkai(home.path()).args(["rank", "reports", "--method", "single.toml", "--lang", "en"]).assert().code(0);
    assert!(stdout(&assert).contains("No agency can be ranked."), "{}", stdout(&assert));
    gongkai(home.path()).args(["run", "reports", "-o", "out", "--method", "single.toml"]).assert().code(0);
    let few = home_with_peers("1", "2022-2023");
    let alone = ranked(few.path(), &[]);
    assert_eq!(alone.len(), 1);
    assert_eq!(alone[0]["tier"], "not_ranked");
    gongkai(few.path()).args(["run", "reports", "-o", "out"]).assert().code(0);
    gongkai(few.path()).args(["run", "reports", "-o", "safe", "--publish-safe"]).assert().code(0);
}

#[test]
fn agencies_of_the_roster_that_did_not_report_are_named_as_such() {
    let home = home_with_peers("6", "2023");
    let roster = "agency_id,name,level,kind\nnever-1,望川县从未报告局,county,department\n";
    fs::write(home.path().join("roster.csv"), roster).unwrap();
    let found = ranked(home.path(), &["--roster", "roster.csv"]);
    let never = found.iter().find(|row| row["agency_id"] == "never-1").unwrap();
    assert_eq!((never["tier"].as_str(), never["reasons"].as_str()), ("not_ranked", "no report"));
    assert_eq!(never["peers"], "county department");
}

#[test]
fn the_indicators_add_up_to_the_scores_and_threads_change_nothing() {
    let home = home_with_peers("60", "2022-2023");
    for jobs in ["1", "8"] {
        gongkai(home.path()).args(["run", "reports", "-o", &format!("out{jobs}"), "--jobs", jobs]).assert().code(0);
    }
    let (one, eight) = (contents(&home.path().join("out1")), contents(&home.path().join("out8")));
    assert!(one == eight);
    let scores = rows(&one["ranking/ranking.csv"]);
    let indicators = rows(&one["ranking/indicators.csv"]);
    let number = |text: &str| text.parse::<f64>().unwrap_or(0.0);
    for row in scores.iter().filter(|row| row["tier"] != "not_ranked") {
        let own = indicators.iter().filter(|i| i["agency_id"] == row["agency_id"]);
        let sum: f64 = own.map(|i| number(&i["contribution"])).sum();
        assert!((sum - number(&row["score"])).abs() < 1e-9, "{row:?}");
    }
    for name in [
        "charts/sensitivity_choices.svg",
        "charts/sensitivity_indicators.png",
        "charts/indicators_over_the_years.csv",
        "charts/disclosure_rate.svg",
    ] {
        assert!(one.contains_key(name), "{name}");
    }
    let page = String::from_utf8(one["index.html"].clone()).unwrap();
    assert!(page.contains("id=\"ranking\"") && page.contains("href=\"ranking/ranking.csv\""));
    // the table on the terminal is that of the folder
    let told = stdout(&gongkai(home.path()).args(["rank", "reports", "--format", "csv"]).assert().code(0));
    assert!(rows(told.as_bytes()) == scores);
}

#[test]
fn what_is_published_safely_tells_nowhere_who_is_not_ranked_or_who_stands_where_below_the_upper_half() {
    let home = home_with_peers("60", "2022-2023");
    fs::write(home.path().join("certain.toml"), CERTAIN).unwrap();
    let run = |more: &[&str]| {
        let mut command = gongkai(home.path());
        command.args(["run", "reports", "--method", "certain.toml"]).args(more).assert().code(0);
    };
    run(&["-o", "full"]);
    let full = contents(&home.path().join("full"));
    let standings = rows(&full["ranking/ranking.csv"]);
    let agencies = rows(&full["dataset/agencies.csv"]);
    for lang in ["zh", "en"] {
        run(&["-o", "safe", "--publish-safe", "--lang", lang]);
        let safe = contents(&home.path().join("safe"));
        let of = |tier: &str| standings.iter().filter(move |row| row["tier"] == tier).collect::<Vec<_>>();
        let (upper, hidden) = (of("upper"), of("not_ranked"));
        assert!(!hidden.is_empty() && !upper.is_empty());
        for (name, bytes) in &safe {
            let text = String::from_utf8_lossy(bytes);
            for row in &hidden {
                assert!(!text.contains(&row["agency_id"]), "{name} names {}", row["agency_id"]);
                // a name may be part of another's
                let others = standings.iter().filter(|other| other["tier"] != "not_ranked");
                if !others.clone().any(|other| other["agency"].contains(&row["agency"])) {
                    assert!(!text.contains(&row["agency"]), "{name} names {}", row["agency"]);
                }
            }
            if is(name, "csv") {
                let found = rows(bytes);
                assert!(found.iter().all(|row| row["caveat"].len() > 40), "{name} has no caveat");
            }
            if is(name, "html") {
                assert!(text.contains(if lang == "zh" {
                    "数据为各机关年报自行填报"
                } else {
                    "Figures are those that agencies report of themselves"
                }));
            }
        }
        // ranked agencies are named in the ranking and on the page only, those below the upper half in the order of ids
        for row in agencies.iter().filter(|row| !upper.iter().any(|u| u["agency_id"] == row["agency_id"])) {
            for (name, bytes) in
                safe.iter().filter(|(name, _)| !["ranking/ranking.csv", "index.html"].contains(&name.as_str()))
            {
                let text = String::from_utf8_lossy(bytes);
                let other = upper.iter().any(|u| u["agency"].contains(&row["agency"]));
                assert!(other || !text.contains(&row["agency"]), "{name} names {}", row["agency"]);
                assert!(!text.contains(&row["agency_id"]), "{name} names {}", row["agency_id"]);
            }
        }
        let published = rows(&safe["ranking/ranking.csv"]);
        for row in &published {
            let is_upper = upper.iter().any(|u| u["agency_id"] == row["agency_id"]);
            assert_eq!(!row["rank_low"].is_empty(), is_upper, "{row:?}");
        }
        let below: Vec<(&String, &String)> = published
            .iter()
            .filter(|row| row["rank_low"].is_empty())
            .map(|row| (&row["peers"], &row["agency_id"]))
            .collect();
        assert!(!below.is_empty());
        for pair in below.windows(2).filter(|pair| pair[0].0 == pair[1].0) {
            assert!(pair[0].1 < pair[1].1);
        }
        assert!(!safe.keys().any(|name| name.starts_with("charts/movement")
            || name.contains("reports.")
            || name.contains("findings.csv")));
        let manifest: serde_json::Value = serde_json::from_slice(&safe["manifest.json"]).unwrap();
        assert!(
            manifest["inputs"].as_array().unwrap().iter().all(|input| input["path"] == "" && input["hash"].is_string())
        );
        let page = String::from_utf8(safe["index.html"].clone()).unwrap();
        for link in page.split("href=\"").chain(page.split("src=\"")).skip(1).filter_map(|rest| rest.split('"').next())
        {
            assert!(link.starts_with('#') || link.starts_with('<') || safe.contains_key(link), "{link}");
        }
    }
    let told =
        gongkai(home.path()).args(["rank", "reports", "--publish-safe", "--method", "certain.toml"]).assert().code(0);
    for row in standings.iter().filter(|row| row["tier"] == "not_ranked") {
        let others = standings.iter().filter(|other| other["tier"] != "not_ranked");
        if !others.clone().any(|other| other["agency"].contains(&row["agency"])) {
            assert!(!stdout(&told).contains(&row["agency"]));
        }
    }
}

#[test]
fn an_explanation_walks_from_the_rank_to_the_printed_cells() {
    let home = home_with_peers("60", "2022-2023");
    let found = ranked(home.path(), &[]);
    let row = found.iter().find(|row| row["tier"] != "not_ranked").unwrap();
    let explain = |agency: &str, more: &[&str], code: i32| {
        let mut command = gongkai(home.path());
        let command =
            command.args(["explain", agency, "--from", "reports", "--lang", "en", "--draws", "100"]).args(more);
        command.env("COLUMNS", "200").assert().code(code)
    };
    let shown = stdout(&explain(&row["agency_id"], &["--chart", "why.svg"], 0));
    assert!(
        shown.contains(&row["agency"])
            && shown.contains("Openness on request")
            && shown.contains("report of themselves"),
        "{shown}"
    );
    let extracted = stdout(&gongkai(home.path()).args(["extract", "reports", "--layout", "long"]).assert().code(0));
    let extracted = rows(extracted.as_bytes());
    let path = shown.lines().find_map(|line| line.strip_prefix("file  ")).unwrap();
    let closed = shown.lines().find(|line| line.trim_start().starts_with("closed_total ")).unwrap();
    let own = extracted.iter().find(|cell| cell["path"] == path && cell["figure"] == "closed_total").unwrap();
    assert!(closed.contains(&format!("  {}  ", own["value"])), "{closed} {own:?}");
    let cell = format!("printed “{}”", own["value"]);
    assert!(closed.contains(&cell) && closed.contains("row ") && closed.contains("(T"), "{closed}");
    for ending in ["svg", "png", "csv"] {
        assert!(home.path().join(format!("why.{ending}")).exists());
    }
    let bars = rows(&fs::read(home.path().join("why.csv")).unwrap());
    let value = |row: &Row| row["value"].parse::<f64>().unwrap();
    let sum: f64 = bars.iter().filter(|bar| bar["what"] == "part").map(value).sum();
    let total = bars.iter().find(|bar| bar["what"] == "total").map(value).unwrap();
    assert!((sum - total).abs() < 1e-6, "{sum} {total}");
    // by name; and who is not ranked, with the reason
    let other = found.iter().find(|row| row["tier"] == "not_ranked").unwrap();
    let why = stdout(&explain(&other["agency_id"], &[], 0));
    assert!(why.contains("not ranked: ") && why.contains(&other["agency"]), "{why}");
    let said = stderr(&explain("局", &[], 2));
    assert!(said.contains("fits") && said.contains("agency_id"), "{said}");
    assert!(stderr(&explain("没有这个机关", &[], 2)).contains("no such agency"));
}
