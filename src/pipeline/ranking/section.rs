//! The ranking's part of the page.

use super::Standings;
use crate::publish::index::{ChartLine, FileLine};
use crate::publish::ranking::{GroupTable, RankLine, RankingSection};
use crate::publish::words::{count, decimal, percent};
use crate::rank::{GroupSummary, PeerGroup, Ranked, Ranking, SafeGroup, Tier, reason_label};
use crate::report::{Lang, Text};
use std::collections::BTreeMap;

/// So many agencies of a group are listed on the page.
const LINES: usize = 60;
/// So many of those who are not ranked.
const UNRANKED: usize = 60;

/// What the page says of the ranking; `charts` are those drawn.
pub(in crate::pipeline) fn section(
    standings: &Standings,
    charts: &[ChartLine],
    publish_safe: bool,
    lang: Lang,
) -> RankingSection {
    let (ranking, method) = (&standings.ranking, &standings.method);
    let own = |peers: PeerGroup| {
        let ending = format!("_{}", peers.name().replace(' ', "_"));
        charts.iter().filter(move |chart| chart.id.ends_with(&ending)).cloned().collect::<Vec<_>>()
    };
    let groups: Vec<GroupTable> = if publish_safe {
        let safe = ranking.publish_safe();
        safe.groups.iter().map(|group| GroupTable { charts: own(group.peers), ..safe_group(group, lang) }).collect()
    } else {
        let ranked = ranking.groups.iter().filter(|group| group.ranked > 0);
        ranked.map(|group| GroupTable { charts: own(group.peers), ..full_group(ranking, group, lang) }).collect()
    };
    let in_groups: Vec<&str> = groups.iter().flat_map(|group| &group.charts).map(|chart| chart.id.as_str()).collect();
    let whole = charts.iter().filter(|chart| !in_groups.contains(&chart.id.as_str())).cloned().collect();
    let mut by_reason: BTreeMap<&'static str, usize> = BTreeMap::new();
    for agency in &ranking.not_ranked {
        *by_reason.entry(agency.reasons.first().map_or("", crate::rank::Reason::name)).or_default() += 1;
    }
    let notes = if publish_safe { ranking.publish_safe().notes } else { ranking.notes.clone() };
    RankingSection {
        year: ranking.year.to_string(),
        method: method.title.get(lang).to_owned(),
        passed_over: standings
            .passed_over
            .iter()
            .map(ToString::to_string)
            .collect::<Vec<_>>()
            .join(lang.pick("、", ", ")),
        draws: if method.uncertainty.draws == 0 { String::new() } else { count(method.uncertainty.draws) },
        groups,
        not_ranked: if ranking.not_ranked.is_empty() { String::new() } else { count(ranking.not_ranked.len()) },
        unranked: if publish_safe { Vec::new() } else { unranked(standings, lang) },
        unranked_by_reason: by_reason
            .into_iter()
            .map(|(reason, n)| FileLine { path: reason_label(reason).get(lang).to_owned(), reason: count(n) })
            .collect(),
        notes: notes.iter().map(|note| note.get(lang).to_owned()).collect(),
        charts: whole,
    }
}

fn full_group(ranking: &Ranking, group: &GroupSummary, lang: Lang) -> GroupTable {
    let members: Vec<&Ranked> = ranking.agencies.iter().filter(|agency| agency.peers == group.peers).collect();
    let in_tier = |tier: Tier| members.iter().filter(|agency| agency.tier == tier).count();
    GroupTable {
        title: group.peers.text().get(lang).to_owned(),
        ranked: count(group.ranked),
        tiers: [Tier::Upper, Tier::Middle, Tier::Lower]
            .map(|tier| FileLine { path: tier.text().get(lang).to_owned(), reason: count(in_tier(tier)) })
            .to_vec(),
        lines: members.iter().take(LINES).map(|agency| line(agency, lang)).collect(),
        more: members.len().checked_sub(LINES).filter(|more| *more > 0).map(count).unwrap_or_default(),
        ..GroupTable::default()
    }
}

fn safe_group(group: &SafeGroup, lang: Lang) -> GroupTable {
    let line = |agency: &Ranked| RankLine {
        agency: agency.name.clone(),
        range: agency.range().to_string(),
        tier: agency.tier.text().get(lang).to_owned(),
        ..RankLine::default()
    };
    GroupTable {
        title: group.peers.text().get(lang).to_owned(),
        ranked: count(group.ranked),
        lines: group.upper.iter().map(line).collect(),
        others_title: SafeGroup::others_text().get(lang).to_owned(),
        others: group.others.iter().map(|(_, name)| name.clone()).collect(),
        ..GroupTable::default()
    }
}

fn line(agency: &Ranked, lang: Lang) -> RankLine {
    RankLine {
        agency: agency.name.clone(),
        range: agency.range().to_string(),
        tier: agency.tier.text().get(lang).to_owned(),
        score: decimal(agency.score, 1),
        coverage: percent(agency.coverage),
        moved: moved(agency).get(lang).to_owned(),
    }
}

/// How an agency moved, in words; a move that chance or method may explain is said to be none that can be told.
pub fn moved(agency: &Ranked) -> Text {
    match &agency.movement {
        Err(why) => why.text(),
        Ok(movement) if movement.is_clear() => {
            let ranks = decimal(movement.gained.abs(), 1);
            if movement.gained > 0.0 {
                Text::new(format!("上升 {ranks} 位"), format!("up by {ranks}"))
            } else {
                Text::new(format!("下降 {ranks} 位"), format!("down by {ranks}"))
            }
        }
        Ok(_) => Text::new("无明显变动", "no clear move"),
    }
}

fn unranked(standings: &Standings, lang: Lang) -> Vec<FileLine> {
    let method = &standings.method;
    let one = |agency: &crate::rank::NotRanked| {
        let reasons: Vec<String> = agency.reasons.iter().map(|r| r.text(method).get(lang).to_owned()).collect();
        FileLine { path: agency.name.clone(), reason: reasons.join(lang.pick("；", "; ")) }
    };
    standings.ranking.not_ranked.iter().take(UNRANKED).map(one).collect()
}
