//! What sets one agency's score apart from its peers'.

use super::super::PipelineError;
use super::super::measure::{ChartFiles, files};
use super::Standings;
use crate::chart::{BarsValue, Chart, ChartData, Contribution, Contributions};
use crate::publish::words::{count, decimal};
use crate::rank::{Aggregation, Ranked, caveat};
use crate::report::{AgencyId, Lang, Text};

/// More indicators than this are not drawn: those that set it apart least are put together.
const ROWS: usize = 40;

/// Draws what each indicator adds to an agency's score beyond the mean of its peers. The bars add up to the difference of
/// the scores. None where the agency is not ranked, or the index is not a sum.
///
/// # Errors
/// Where the chart cannot be drawn.
pub fn contributions(
    standings: &Standings,
    agency: &AgencyId,
    lang: Lang,
) -> Result<Option<ChartFiles>, PipelineError> {
    chart(standings, agency).map(|chart| files(&chart, lang, true)).transpose()
}

fn chart(standings: &Standings, agency: &AgencyId) -> Option<Chart> {
    let (ranking, method) = (&standings.ranking, &standings.method);
    if method.aggregation != Aggregation::Arithmetic {
        return None;
    }
    let own = ranking.agencies.iter().find(|ranked| ranked.agency == *agency)?;
    let peers: Vec<&Ranked> = ranking.agencies.iter().filter(|ranked| ranked.peers == own.peers).collect();
    let adds =
        |ranked: &Ranked, at: usize| ranked.indicators.get(at).and_then(|i| Some(i.score? * i.weight)).unwrap_or(0.0);
    let n = peers.len() as f64;
    let apart = |at: usize| adds(own, at) - peers.iter().map(|peer| adds(peer, at)).sum::<f64>() / n;
    let counts = |at: &usize| peers.iter().any(|peer| peer.indicators.get(*at).is_some_and(|i| i.score.is_some()));
    let mut shown: Vec<usize> = (0..method.indicators.len()).filter(counts).collect();
    shown.sort_by(|a, b| apart(*b).abs().total_cmp(&apart(*a).abs()));
    let rest: f64 = shown.split_off(shown.len().min(ROWS)).into_iter().map(apart).sum();
    let place = |at: &usize| (method.indicators.get(*at).map(|i| i.dimension), *at);
    shown.sort_by_key(place);
    let value = |y: f64| BarsValue { y: Some(y), ..BarsValue::default() };
    let mut rows: Vec<Contribution> = shown
        .into_iter()
        .filter_map(|at| {
            let indicator = method.indicators.get(at)?;
            let label = indicator.title.clone();
            let group = method.dimensions.get(indicator.dimension).map(|d| d.title.clone()).unwrap_or_default();
            Some(Contribution { label, group, value: value(apart(at)) })
        })
        .collect();
    if rest != 0.0 {
        rows.push(Contribution {
            label: Text::new("其余指标", "other indicators"),
            group: Text::default(),
            value: value(rest),
        });
    }
    let mean = peers.iter().map(|peer| peer.score).sum::<f64>() / n;
    let group = own.peers.text();
    Some(Chart {
        id: "contributions".to_owned(),
        title: Text::new(
            format!("{}的得分与同组平均相差在哪里", own.name),
            format!("{}: where its score differs from its peers' mean", own.name),
        ),
        subtitle: Text::new(
            format!(
                "{} 年；{} {} 家；得分 {}，名次范围 {}",
                ranking.year,
                group.zh,
                count(own.of),
                decimal(own.score, 1),
                own.range()
            ),
            format!(
                "{}; {}, {} ranked; score {}, ranks {}",
                ranking.year,
                group.en,
                count(own.of),
                decimal(own.score, 1),
                own.range()
            ),
        ),
        foot: Text::new(
            format!("单位：分；各条相加为与同组平均之差。{}", caveat().zh),
            format!("Points of the score; the bars add up to the difference from the mean. {}", caveat().en),
        ),
        empty: Text::default(),
        data: ChartData::Contributions(Contributions {
            baseline: Text::new(
                format!("同组平均（{}）", decimal(mean, 1)),
                format!("mean of its peers ({})", decimal(mean, 1)),
            ),
            rows,
            total: Some((Text::new("合计", "together"), value(own.score - mean))),
        }),
    })
}
