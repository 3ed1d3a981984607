//! `gongkai rank`: the ranking, for people or for programs.

use super::arguments::{Format, Rank};
use super::columns::{table, wrap};
use super::exit::{Status, Stop};
use super::terminal::{print, width};
use super::{Context, extract, messages};
use crate::measure::Tables;
use crate::pipeline::ranking::{Standings, moved, standings};
use crate::pipeline::{Sources, Study, catalogue, find, read_all};
use crate::publish::csv::CsvTable;
use crate::publish::manifest::hash;
use crate::publish::words::{decimal, percent};
use crate::rank::{
    NotRanked, Ranked, Ranking, Rows, SafeGroup, SafeRanking, caveat, ranking_rows, reason_label, safe_rows,
};
use crate::report::{Lang, Text};
use serde_json::{Value, json};
use std::fmt::Write;

pub(super) fn run(arguments: &Rank, context: Context) -> anyhow::Result<Status> {
    let sources = Sources { paths: arguments.input.paths.clone(), roster: arguments.input.roster.clone() };
    let choice = arguments.how.choice();
    let stop = |error| messages::stop(&error, context);
    let catalogue = catalogue(arguments.how.queries.as_deref()).map_err(stop)?;
    // what is wrong with the method is said before the long work
    choice.method(&catalogue).map_err(stop)?;
    let study = read_all(&sources, find(&sources).map_err(stop)?, &context.bars()).map_err(stop)?;
    let tables = Tables::from_panel(&study.panel, &study.findings, &study.counts);
    let made = standings(&catalogue, &study, &tables, &choice, &context.bars()).map_err(stop)?;
    let made = made.ok_or_else(|| nothing(context))?;
    let (ranking, lang) = (&made.ranking, context.lang);
    let safe = arguments.publish_safe.then(|| ranking.publish_safe());
    let bytes = match (arguments.format, &safe) {
        (Format::Text, None) => text(&made, lang, width()).into_bytes(),
        (Format::Text, Some(safe)) => safe_text(&made, safe, lang, width()).into_bytes(),
        (Format::Csv, None) => csv(&ranking_rows(ranking, &made.method, lang)),
        (Format::Csv, Some(safe)) => csv(&safe_rows(safe, lang)),
        (Format::Json, _) => json(&made, safe.as_ref(), lang)?,
    };
    print(&bytes)?;
    passed_over(&made, context);
    Ok(ended(&study, context))
}

/// Why there is nothing to rank.
pub(super) fn nothing(context: Context) -> Stop {
    Stop::new(
        Status::NoInput,
        context.pick(
            "没有可辨认机关和年度的报告，无从排名",
            "no report tells its agency and year, so there is nothing to rank",
        ),
        context.pick("用 gongkai extract 查看读到了什么", "see with gongkai extract what was read"),
    )
}

/// Later years that were passed over.
pub(super) fn passed_over(made: &Standings, context: Context) {
    for year in &made.passed_over {
        context.note(&match context.speech {
            Lang::Zh => format!("{year} 年的报告尚少，未排名；如需排名请用 --year {year}"),
            Lang::En => format!("few reports of {year} are in as yet, so it is not ranked; to rank it: --year {year}"),
        });
    }
}

fn ended(study: &Study, context: Context) -> Status {
    extract::report(study, context)
}

fn csv(rows: &Rows) -> Vec<u8> {
    let mut table = CsvTable::new(&rows.header, false);
    for record in &rows.records {
        table.push(record);
    }
    table.into_bytes()
}

fn head(made: &Standings, lang: Lang) -> String {
    let title = made.method.title.get(lang);
    let year = made.ranking.year;
    match lang {
        Lang::Zh => format!("{title} · {year} 年\n"),
        Lang::En => format!("{title} · {year}\n"),
    }
}

fn group_head(peers: &Text, ranked: usize, lang: Lang) -> String {
    match lang {
        Lang::Zh => format!("\n{}（{ranked} 家）\n", peers.zh),
        Lang::En => format!("\n{} ({ranked} ranked)\n", peers.en),
    }
}

fn text(made: &Standings, lang: Lang, width: usize) -> String {
    let ranking = &made.ranking;
    let mut out = head(made, lang);
    for group in ranking.groups.iter().filter(|group| group.ranked > 0) {
        out.push_str(&group_head(&group.peers.text(), group.ranked, lang));
        let headings = match lang {
            Lang::Zh => ["名次范围", "层次", "得分", "覆盖", "比上年", "机关"],
            Lang::En => ["ranks", "tier", "score", "coverage", "last year", "agency"],
        };
        let mut rows = vec![headings.map(str::to_owned).to_vec()];
        rows.extend(ranking.agencies.iter().filter(|agency| agency.peers == group.peers).map(|a| row(a, lang)));
        out.push_str(&table(&rows, &[2, 3], width));
    }
    if ranking.agencies.is_empty() {
        let _ = writeln!(out, "\n{}", lang.pick("没有可以排名的机关。", "No agency can be ranked."));
    }
    if !ranking.not_ranked.is_empty() {
        let n = ranking.not_ranked.len();
        let _ = writeln!(
            out,
            "\n{}",
            lang.pick("不参加排名（", "Not ranked (").to_owned() + &n.to_string() + lang.pick("）", ")")
        );
        for agency in &ranking.not_ranked {
            let line = format!("  {}{}{}", agency.name, lang.pick("：", ": "), reasons(agency, made, lang));
            let _ = writeln!(out, "{}", wrap(&line, width, 4));
        }
    }
    notes(&mut out, &ranking.notes, lang, width);
    out
}

fn row(agency: &Ranked, lang: Lang) -> Vec<String> {
    vec![
        agency.range().to_string(),
        agency.tier.label().get(lang).to_owned(),
        decimal(agency.score, 1),
        percent(agency.coverage),
        moved(agency).get(lang).to_owned(),
        agency.name.clone(),
    ]
}

fn reasons(agency: &NotRanked, made: &Standings, lang: Lang) -> String {
    let texts: Vec<String> = agency.reasons.iter().map(|r| r.text(&made.method).get(lang).to_owned()).collect();
    texts.join(lang.pick("；", "; "))
}

/// What to know, how to read it, and the caveat.
fn notes(out: &mut String, notes: &[Text], lang: Lang, width: usize) {
    out.push('\n');
    let reading = Text::new(
        "名次范围：并列、抽样误差和方法选择都容许的名次；范围重叠的机关不分先后。",
        "Ranks: all that ties, chance and the choice of the method leave open; where ranges overlap, neither stands before the other.",
    );
    for note in notes.iter().chain([&reading, &caveat()]) {
        let _ = writeln!(out, "{}", wrap(note.get(lang), width, 0));
    }
}

fn safe_text(made: &Standings, safe: &SafeRanking, lang: Lang, width: usize) -> String {
    let mut out = head(made, lang);
    for group in &safe.groups {
        out.push_str(&group_head(&group.peers.text(), group.ranked, lang));
        let heads = [lang.pick("名次范围", "ranks"), lang.pick("层次", "tier"), lang.pick("机关", "agency")];
        let mut rows = vec![heads.map(str::to_owned).to_vec()];
        rows.extend(group.upper.iter().map(|agency| {
            vec![agency.range().to_string(), agency.tier.label().get(lang).to_owned(), agency.name.clone()]
        }));
        if group.upper.is_empty() {
            let none = lang.pick(
                "没有机关可以肯定地说处于前半。",
                "No agency can be said with certainty to stand in the upper half.",
            );
            let _ = writeln!(out, "{}", wrap(none, width, 0));
        } else {
            out.push_str(&table(&rows, &[], width));
        }
        let names: Vec<&str> = group.others.iter().map(|(_, name)| name.as_str()).collect();
        let line = format!(
            "{}{}{}",
            SafeGroup::others_text().get(lang),
            lang.pick("：", ": "),
            names.join(lang.pick("、", ", "))
        );
        let _ = writeln!(out, "{}", wrap(&line, width, 2));
    }
    let unranked: Vec<String> =
        safe.not_ranked.iter().map(|(reason, n)| format!("{} {n}", reason_label(reason).get(lang))).collect();
    if !unranked.is_empty() {
        let label = lang.pick("不参加排名的机关数：", "agencies not ranked: ");
        let _ = writeln!(out, "\n{}", wrap(&format!("{label}{}", unranked.join(lang.pick("，", ", "))), width, 2));
    }
    notes(&mut out, &safe.notes, lang, width);
    out
}

/// The public JSON: its own shape, so that the inside may change without it. A change that readers could not foresee
/// raises `format`.
fn json(made: &Standings, safe: Option<&SafeRanking>, lang: Lang) -> anyhow::Result<Vec<u8>> {
    let ranking = &made.ranking;
    let mut document = json!({
        "format": 1,
        "program": "gongkai",
        "version": env!("CARGO_PKG_VERSION"),
        "year": ranking.year,
        "method": {
            "title": made.method.title.get(lang),
            "file": made.method.file,
            "hash": hash(made.method.source.as_bytes()),
            "draws": made.method.uncertainty.draws,
        },
        "publish_safe": safe.is_some(),
        "caveat": caveat().get(lang),
    });
    let body = match safe {
        Some(safe) => safe_body(safe, lang),
        None => full_body(ranking, made, lang),
    };
    if let (Value::Object(document), Value::Object(body)) = (&mut document, body) {
        document.extend(body);
    }
    let mut bytes = serde_json::to_vec_pretty(&document)?;
    bytes.push(b'\n');
    Ok(bytes)
}

fn full_body(ranking: &Ranking, made: &Standings, lang: Lang) -> Value {
    let agency = |agency: &Ranked| {
        let range = agency.range();
        let dimensions: serde_json::Map<String, Value> = made
            .method
            .dimensions
            .iter()
            .zip(&agency.dimensions)
            .map(|(d, score)| (d.id.clone(), json!(score)))
            .collect();
        json!({
            "agency_id": agency.agency.0,
            "agency": agency.name,
            "rank": [agency.rank.low, agency.rank.high],
            "range": [range.low, range.high],
            "method": agency.method.map(|m| [m.low, m.median, m.high]),
            "sampling": [agency.sampling.low, agency.sampling.high],
            "tier": agency.tier.name(),
            "score": agency.score,
            "coverage": agency.coverage,
            "gained": agency.movement.as_ref().ok().map(|m| m.gained),
            "movement": moved(agency).get(lang),
            "dimensions": dimensions,
        })
    };
    let groups: Vec<Value> = ranking
        .groups
        .iter()
        .filter(|group| group.ranked > 0)
        .map(|group| {
            let own = ranking.agencies.iter().filter(|a| a.peers == group.peers);
            json!({ "peers": group.peers.name(), "ranked": group.ranked, "agencies": own.map(agency).collect::<Vec<_>>() })
        })
        .collect();
    let not_ranked = |agency: &NotRanked| {
        json!({
            "agency_id": agency.agency.0,
            "agency": agency.name,
            "peers": agency.peers.map(crate::rank::PeerGroup::name),
            "reasons": agency.reasons.iter().map(crate::rank::Reason::name).collect::<Vec<_>>(),
            "explanation": reasons(agency, made, lang),
        })
    };
    json!({
        "groups": groups,
        "not_ranked": ranking.not_ranked.iter().map(not_ranked).collect::<Vec<_>>(),
        "notes": ranking.notes.iter().map(|note| note.get(lang)).collect::<Vec<_>>(),
    })
}

fn safe_body(safe: &SafeRanking, lang: Lang) -> Value {
    let group = |group: &SafeGroup| {
        let upper = |agency: &Ranked| {
            let range = agency.range();
            json!({ "agency_id": agency.agency.0, "agency": agency.name, "range": [range.low, range.high] })
        };
        let other = |(id, name): &(crate::report::AgencyId, String)| json!({ "agency_id": id.0, "agency": name });
        json!({
            "peers": group.peers.name(),
            "ranked": group.ranked,
            "upper": group.upper.iter().map(upper).collect::<Vec<_>>(),
            "others": group.others.iter().map(other).collect::<Vec<_>>(),
        })
    };
    json!({
        "groups": safe.groups.iter().map(group).collect::<Vec<_>>(),
        "not_ranked": safe.not_ranked,
        "notes": safe.notes.iter().map(|note| note.get(lang)).collect::<Vec<_>>(),
    })
}
