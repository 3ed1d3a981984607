//! The charts of a ranking: ranks with their ranges and movement for each peer group, what ranks depend on, and the
//! indicators over the years.

use super::super::draw;
use super::Standings;
use crate::chart::{
    Bars, BarsGroup, BarsLayout, BarsMark, BarsValue, Break, Chart, ChartData, Line, Lines, NotRanked, Panel, Point,
    RankRow, Ranks, Scale, Slope, SlopeRow,
};
use crate::measure::{Metric, MetricKind, MetricRow, Scope};
use crate::publish::words::count;
use crate::rank::{Factor, GroupSummary, Method, Movement, PeerGroup, RankRange, Ranked, Tier, caveat};
use crate::report::{Text, Year};
use crate::stats::Estimate;
use std::collections::BTreeSet;

/// More rows than this cannot be drawn one by one.
const ROWS: usize = 1_000;
/// So many of those who are not ranked are named at most.
const UNRANKED: usize = 5_000;
/// Peer groups side by side in the charts of sensitivity.
const GROUPS: usize = 4;
/// Indicators in one chart.
const INDICATORS: usize = 20;

/// The charts. Where the ranking is to be published safely, ranks only of those in the upper half, and no movement, which
/// would tell who stood below before.
pub(in crate::pipeline) fn charts(
    standings: &Standings,
    metrics: &[(&Metric, &[MetricRow])],
    publish_safe: bool,
) -> Vec<Chart> {
    let (ranking, method) = (&standings.ranking, &standings.method);
    let mut out = Vec::new();
    for group in ranking.groups.iter().filter(|group| group.ranked > 0) {
        let members: Vec<&Ranked> = ranking.agencies.iter().filter(|agency| agency.peers == group.peers).collect();
        if publish_safe {
            let upper: Vec<&Ranked> = members.into_iter().filter(|agency| agency.tier == Tier::Upper).collect();
            if !upper.is_empty() {
                out.push(ranks(standings, group, &upper, true));
            }
        } else {
            out.push(ranks(standings, group, &members, false));
            out.extend(movement(ranking.year, group.peers, &members));
        }
    }
    out.extend(choices(ranking.year, &ranking.groups));
    out.extend(indicators_left_out(standings));
    out.extend(over_the_years(method, metrics));
    out
}

fn foot(zh: &str, en: &str) -> Text {
    Text::new(format!("{zh}{}", caveat().zh), format!("{en} {}", caveat().en))
}

/// `county government` as part of a file's name.
fn id(kind: &str, peers: PeerGroup) -> String {
    format!("{kind}_{}", peers.name().replace(' ', "_"))
}

fn name(name: &str) -> Text {
    Text::new(name, name)
}

/// Every so many of a long list, evenly.
fn thinned<'r>(members: &[&'r Ranked]) -> (Vec<&'r Ranked>, usize) {
    let step = members.len().div_ceil(ROWS).max(1);
    (members.iter().copied().step_by(step).collect(), step)
}

fn ranks(standings: &Standings, group: &GroupSummary, members: &[&Ranked], upper_only: bool) -> Chart {
    let ranking = &standings.ranking;
    let (rows, step) = thinned(members);
    let row = |agency: &&Ranked| {
        let RankRange { low, high } = agency.range();
        RankRow {
            label: name(&agency.name),
            median: Some(agency.method.map_or(agency.rank.middle(), |method| method.median)),
            interval: agency.method.map(|method| (method.low, method.high)),
            range: Some((low, high)),
            selected: false,
        }
    };
    let own = ranking.not_ranked.iter().filter(|agency| agency.peers == Some(group.peers) && !upper_only);
    let mut not_ranked: Vec<NotRanked> = own
        .filter_map(|agency| {
            let reason = agency.reasons.first()?.label();
            Some(NotRanked { label: name(&agency.name), reason })
        })
        .collect();
    not_ranked.truncate(UNRANKED);
    let peers = group.peers.text();
    let ranked = count(group.ranked);
    let mut subtitle = Text::new(
        format!("{} 年，{ranked} 家参加排名；1 为最好", ranking.year),
        format!("{}, {ranked} ranked; 1 is best", ranking.year),
    );
    if upper_only {
        subtitle.append(
            &format!("；只列明确处于前半的 {} 家", rows.len()),
            &format!("; only the {} clearly in the upper half are shown", rows.len()),
        );
    }
    if step > 1 {
        subtitle.append(&format!("；每 {step} 家画出 1 家"), &format!("; one in {step} is drawn"));
    }
    let draws = standings.method.uncertainty.draws;
    Chart {
        id: id("ranks", group.peers),
        title: Text::new(
            format!("{}：名次及其范围", peers.zh),
            format!("{}: ranks and how sure they are", capital(&peers.en)),
        ),
        subtitle,
        foot: how_ranges_are_made(draws),
        empty: Text::default(),
        data: ChartData::Ranks(Ranks {
            rows: rows.iter().map(row).collect(),
            ranked: u32::try_from(group.ranked).ok(),
            not_ranked,
        }),
    }
}

fn how_ranges_are_made(draws: usize) -> Text {
    if draws == 0 {
        return foot(
            "名次范围为抽样误差和并列所容许的名次；未作方法的随机变动。",
            "Range: the ranks that chance and ties leave open; methods were not varied.",
        );
    }
    let draws = count(draws);
    foot(
        &format!(
            "点为 {draws} 种随机方法（权重、标准化、合成、去掉一项指标）下名次的中位数，线为其 5%–95%；浅色带和右侧数字为方法与抽样误差共同容许的名次范围。"
        ),
        &format!(
            "Dot: median rank under {draws} random methods (weights, normalisation, aggregation, one indicator left out), line: 5–95% \
             of them; band and numbers: the ranks that method and chance leave open."
        ),
    )
}

fn capital(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map(|first| first.to_uppercase().chain(chars).collect()).unwrap_or_default()
}

fn movement(year: Year, peers: PeerGroup, members: &[&Ranked]) -> Option<Chart> {
    let mut moved: Vec<(&Ranked, &Movement)> =
        members.iter().filter_map(|agency| Some((*agency, agency.movement.as_ref().ok()?))).collect();
    let before = moved.first()?.1.from;
    let all = moved.len();
    if all > ROWS {
        moved.sort_by(|a, b| b.1.gained.abs().total_cmp(&a.1.gained.abs()).then_with(|| a.0.agency.cmp(&b.0.agency)));
        moved.truncate(ROWS);
    }
    let row = |(agency, movement): &(&Ranked, &Movement)| SlopeRow {
        label: name(&agency.name),
        from: BarsValue { y: Some(movement.before.middle()), ..BarsValue::default() },
        to: BarsValue { y: Some(agency.rank.middle()), ..BarsValue::default() },
        moved: movement.is_clear(),
        selected: false,
    };
    let group = peers.text();
    let mut subtitle = Text::new(
        format!("{} 家两年均参加排名且可比", count(all)),
        format!("{} ranked in both years and comparable", count(all)),
    );
    if moved.len() < all {
        let drawn = count(moved.len());
        subtitle.append(&format!("；画出变动最大的 {drawn} 家"), &format!("; the {drawn} that moved most are drawn"));
    }
    let end = |year: Year| Text::new(format!("{year} 年名次"), format!("rank {year}"));
    Some(Chart {
        id: id("movement", peers),
        title: Text::new(
            format!("{}：{before} 至 {year} 年的名次变动", group.zh),
            format!("{}: movement from {before} to {year}", capital(&group.en)),
        ),
        subtitle,
        foot: foot(
            "粗线表示变动超出方法和抽样误差所能解释的范围；细虚线的变动可能只是偶然。",
            "Thick lines moved by more than method and chance explain; the moves of thin dashed ones may be chance.",
        ),
        empty: Text::default(),
        data: ChartData::Slope(Slope {
            scale: Scale::Number,
            ends: (end(before), end(year)),
            small_on_top: true,
            rows: moved.iter().map(row).collect(),
        }),
    })
}

/// The peer groups that charts of sensitivity show: the largest.
fn largest(groups: &[GroupSummary]) -> Vec<&GroupSummary> {
    let mut ranked: Vec<&GroupSummary> = groups.iter().filter(|group| group.ranked > 0).collect();
    ranked.sort_by(|a, b| b.ranked.cmp(&a.ranked).then(a.peers.cmp(&b.peers)));
    ranked.truncate(GROUPS);
    ranked
}

fn series(groups: &[&GroupSummary]) -> Vec<Text> {
    let one = |group: &&GroupSummary| {
        let peers = group.peers.text();
        Text::new(format!("{}（{} 家）", peers.zh, group.ranked), format!("{} ({})", peers.en, group.ranked))
    };
    groups.iter().map(one).collect()
}

fn of_groups(year: Year, shown: usize, all: &[GroupSummary]) -> Text {
    let ranked = all.iter().filter(|group| group.ranked > 0).count();
    if shown < ranked {
        Text::new(
            format!("{year} 年；{ranked} 个可比组中最大的 {shown} 个，其余见 ranking/sensitivity.csv"),
            format!("{year}; the {shown} largest of {ranked} peer groups, the others are in ranking/sensitivity.csv"),
        )
    } else {
        Text::new(format!("{year} 年，各可比组"), format!("{year}, by peer group"))
    }
}

fn choices(year: Year, all: &[GroupSummary]) -> Option<Chart> {
    let groups = largest(all);
    let total = |group: &GroupSummary, factor: Factor| -> Option<Estimate> {
        group.sensitivity.sobol.iter().find(|sobol| sobol.factor == factor).map(|sobol| sobol.total)
    };
    let value = |group: &&GroupSummary, factor: Factor| {
        let total = total(group, factor);
        let of = |pick: fn(Estimate) -> f64| total.map(pick).map(|x| x.max(0.0));
        BarsValue { y: of(|e| e.value), low: of(|e| e.low), high: of(|e| e.high), n: None }
    };
    let rows: Vec<BarsGroup> = Factor::ALL
        .into_iter()
        .map(|factor| BarsGroup { label: factor.text(), values: groups.iter().map(|g| value(g, factor)).collect() })
        .collect();
    rows.iter().any(|row| row.values.iter().any(|value| value.y.is_some())).then(|| Chart {
        id: "sensitivity_choices".to_owned(),
        title: Text::new("名次取决于方法的哪一项选择", "Which choice of the method the ranks depend on"),
        subtitle: {
            let of = of_groups(year, groups.len(), all);
            Text::new(
                format!("名次平均变动的方差中由该项选择引起的份额（含交互）；{}", of.zh),
                format!("Share of the variance of the mean rank shift due to each choice, interactions included; {}", of.en),
            )
        },
        foot: foot(
            "索博尔总效应指数，横线为 95% 自助法区间。各项份额含交互作用，相加可超过 100%。",
            "Total-order Sobol indices with 95% bootstrap intervals. Shares include interactions and may add up to more than 100%.",
        ),
        empty: Text::default(),
        data: ChartData::Bars(Bars {
            scale: Scale::Percent,
            layout: BarsLayout::Lying,
            mark: BarsMark::Dot,
            series: series(&groups),
            groups: rows,
        }),
    })
}

fn indicators_left_out(standings: &Standings) -> Option<Chart> {
    let ranking = &standings.ranking;
    let groups = largest(&ranking.groups);
    let change = |group: &GroupSummary, at: usize| {
        group.sensitivity.left_out.iter().find(|out| out.indicator == at).map(|out| out.mean_change)
    };
    let mut rows: Vec<(f64, BarsGroup)> = standings
        .method
        .indicators
        .iter()
        .enumerate()
        .map(|(at, indicator)| {
            let values: Vec<Option<f64>> = groups.iter().map(|group| change(group, at)).collect();
            let most = values.iter().flatten().fold(-1.0_f64, |most, y| most.max(*y));
            let values = values.into_iter().map(|y| BarsValue { y, ..BarsValue::default() }).collect();
            (most, BarsGroup { label: indicator.title.clone(), values })
        })
        .filter(|(most, _)| *most >= 0.0)
        .collect();
    rows.sort_by(|a, b| b.0.total_cmp(&a.0));
    let all = rows.len();
    rows.truncate(INDICATORS);
    let of = of_groups(ranking.year, groups.len(), &ranking.groups);
    let mut subtitle = Text::new(
        format!("去掉该指标后名次的平均变动（位）；{}", of.zh),
        format!("Mean change of ranks when the indicator is left out; {}", of.en),
    );
    if rows.len() < all {
        subtitle.append(&format!("；影响最大的 {} 项", rows.len()), &format!("; the {} that matter most", rows.len()));
    }
    (!rows.is_empty()).then(|| Chart {
        id: "sensitivity_indicators".to_owned(),
        title: Text::new("去掉一项指标，名次变动多少", "How far ranks move when one indicator is left out"),
        subtitle,
        foot: foot(
            "无数据表示该指标在该组中不能区分机关，未计入。",
            "No data: the indicator tells nobody of that group apart and does not count there.",
        ),
        empty: Text::default(),
        data: ChartData::Bars(Bars {
            scale: Scale::Number,
            layout: BarsLayout::Lying,
            mark: BarsMark::Bar,
            series: series(&groups),
            groups: rows.into_iter().map(|(_, group)| group).collect(),
        }),
    })
}

/// The method's indicators over the years, pooled over all agencies, a panel each.
fn over_the_years(method: &Method, metrics: &[(&Metric, &[MetricRow])]) -> Option<Chart> {
    let mut panels = Vec::new();
    let mut years = BTreeSet::new();
    let mut breaks: Vec<Break> = Vec::new();
    for indicator in method.indicators.iter().take(INDICATORS) {
        let Some((metric, rows)) = metrics.iter().find(|(metric, _)| metric.id == indicator.metric) else { continue };
        let own = rows.iter().filter(|row| {
            row.scope == Scope::All && row.part.as_deref() == indicator.part.as_deref() && row.value.is_some()
        });
        let points: Vec<Point> =
            own.map(|row| Point { year: row.year, y: row.value, low: row.low, high: row.high, n: None }).collect();
        if points.is_empty() {
            continue;
        }
        let own_years: Vec<Year> = points.iter().map(|point| point.year).collect();
        for own in draw::breaks(metric, &own_years) {
            if breaks.iter().all(|known| known.after != own.after) {
                breaks.push(own);
            }
        }
        years.extend(own_years);
        let title = metric.title_of(indicator.part.as_deref());
        let scale = if metric.kind == MetricKind::Share { Scale::Percent } else { Scale::Number };
        panels.push(Panel { title: title.clone(), scale, lines: vec![Line { label: title, points }] });
    }
    let (first, last) = (*years.first()?, *years.last()?);
    (first < last).then(|| Chart {
        id: "indicators_over_the_years".to_owned(),
        title: Text::new("排名所用各项指标的历年变化", "The indicators of the ranking over the years"),
        subtitle: Text::new(
            format!("{first}–{last} 年，全部机关合计，各图刻度不同"),
            format!("{first}–{last}, all agencies together; each panel has its own scale"),
        ),
        foot: foot("浅色带为 95% 区间。", "Ribbons: 95% intervals."),
        empty: Text::default(),
        data: ChartData::Lines(Lines { panels, breaks }),
    })
}
