//! `gongkai explain`: an agency's rank walked back: scores, indicators, figures, printed cells.

mod cells;

use super::arguments::Explain;
use super::columns::wrap;
use super::exit::{Status, Stop};
use super::file::Pending;
use super::terminal::{print, width};
use super::{Context, extract, messages, rank, trace};
use crate::measure::{Catalogue, Metric, MetricKind, Tables};
use crate::pipeline::ranking::{Standings, contributions, moved, standings};
use crate::pipeline::{Sources, Study, catalogue, find, read_all};
use crate::publish::words::{decimal, percent, percent_range};
use crate::rank::{DimensionShare, Direction, Dropped, Explanation, IndicatorShare, Standing, Value, caveat};
use crate::report::{AgencyId, Lang};
use cells::Cells;
use std::fmt::Write;
use std::path::{Path, PathBuf};

/// So many agencies are listed where a name fits several.
const CANDIDATES: usize = 20;

pub(super) fn run(arguments: &Explain, context: Context) -> anyhow::Result<Status> {
    let sources = Sources { paths: arguments.paths.clone(), roster: arguments.roster.clone() };
    let choice = arguments.how.choice();
    let stop = |error| messages::stop(&error, context);
    let catalogue = catalogue(arguments.how.queries.as_deref()).map_err(stop)?;
    choice.method(&catalogue).map_err(stop)?;
    let pending = arguments.chart.as_deref().map(|path| chart_files(path, context)).transpose()?;
    let inputs = find(&sources).map_err(stop)?;
    let files: Vec<(String, PathBuf)> = inputs.files.iter().map(|f| (f.name.clone(), f.path.clone())).collect();
    let study = read_all(&sources, inputs, &context.bars()).map_err(stop)?;
    let tables = Tables::from_panel(&study.panel, &study.findings, &study.counts);
    let made = standings(&catalogue, &study, &tables, &choice, &context.bars()).map_err(stop)?;
    let made = made.ok_or_else(|| rank::nothing(context))?;
    let agency = agency(&made, &arguments.agency, context)?;
    let found = made.ranking.explain(&made.method, &agency).ok_or_else(|| unknown(&arguments.agency, context))?;
    let agencies = trace::agencies(arguments.roster.as_deref(), context)?;
    let cells = Cells::read(tables.origin(&agency, made.ranking.year), &files, &agencies);
    let page = Page { made: &made, catalogue: &catalogue, study: &study, agency: &agency, cells: &cells, context };
    print(page.text(&found).as_bytes())?;
    if let Some(pending) = pending {
        draw(pending, &made, &agency, context)?;
    }
    rank::passed_over(&made, context);
    Ok(extract::report(&study, context))
}

/// The three files of the chart, found to be writable before the long work.
fn chart_files(path: &Path, context: Context) -> Result<[Pending; 3], Stop> {
    let known = path.extension().is_some_and(|ending| ["svg", "png", "csv"].iter().any(|known| ending == *known));
    let stem = if known { path.with_extension("") } else { path.to_owned() };
    let with = |ending: &str| {
        let mut name = stem.clone().into_os_string();
        name.push(ending);
        Pending::begin(Path::new(&name), context)
    };
    Ok([with(".svg")?, with(".png")?, with(".csv")?])
}

fn draw(pending: [Pending; 3], made: &Standings, agency: &AgencyId, context: Context) -> anyhow::Result<()> {
    let drawn = contributions(made, agency, context.lang).map_err(|error| messages::stop(&error, context))?;
    let Some(drawn) = drawn else {
        return Err(Stop::new(
            Status::Failed,
            context.pick("无法绘图", "there is nothing to draw"),
            context.pick(
                "该机关未参加排名，或该方法的得分不是各项指标之和",
                "the agency is not ranked, or the method's score is not a sum of its indicators",
            ),
        )
        .into());
    };
    for (mut file, bytes) in pending.into_iter().zip([drawn.svg.as_bytes(), &drawn.png, &drawn.csv]) {
        file.write(bytes, context)?;
        file.commit(context)?;
    }
    context.note(&drawn.alt);
    Ok(())
}

/// The agency meant: by its id, its whole name, or a part of it that fits only one.
fn agency(made: &Standings, typed: &str, context: Context) -> Result<AgencyId, Stop> {
    let ranked = made.ranking.agencies.iter().map(|agency| (&agency.agency, agency.name.as_str()));
    let others = made.ranking.not_ranked.iter().map(|agency| (&agency.agency, agency.name.as_str()));
    let all: Vec<(&AgencyId, &str)> = ranked.chain(others).collect();
    if let Some((id, _)) = all.iter().find(|(id, _)| id.0 == typed) {
        return Ok((*id).clone());
    }
    let whole: Vec<&(&AgencyId, &str)> = all.iter().filter(|(_, name)| *name == typed).collect();
    let part = || all.iter().filter(|(_, name)| !typed.is_empty() && name.contains(typed)).collect::<Vec<_>>();
    let mut fitting = if whole.is_empty() { part() } else { whole };
    fitting.sort();
    match fitting.as_slice() {
        [] => Err(unknown(typed, context)),
        [(id, _)] => Ok((*id).clone()),
        several => {
            let mut what = match context.speech {
                Lang::Zh => format!("“{typed}”对应 {} 个机关：", several.len()),
                Lang::En => format!("\"{typed}\" fits {} agencies:", several.len()),
            };
            for (id, name) in several.iter().take(CANDIDATES) {
                let _ = write!(what, "\n  {id}  {name}", id = id.0);
            }
            if several.len() > CANDIDATES {
                what.push_str("\n  …");
            }
            Err(Stop::usage(what, context.pick("请写全称或 agency_id", "give the whole name, or the agency_id")))
        }
    }
}

fn unknown(typed: &str, context: Context) -> Stop {
    Stop::usage(
        format!("{}: {typed}", context.pick("没有这个机关", "no such agency")),
        context.pick("全部机关见 gongkai rank", "all are in: gongkai rank"),
    )
}

/// What the page is made from.
struct Page<'a> {
    made: &'a Standings,
    catalogue: &'a Catalogue,
    study: &'a Study,
    agency: &'a AgencyId,
    cells: &'a Cells,
    context: Context,
}

impl Page<'_> {
    fn pick<'t>(&self, zh: &'t str, en: &'t str) -> &'t str {
        self.context.lang.pick(zh, en)
    }

    fn text(&self, found: &Explanation<'_>) -> String {
        let mut out = self.standing(found);
        for dimension in &found.dimensions {
            if !dimension.indicators.is_empty() || dimension.score.is_some() {
                self.dimension(dimension, &mut out);
            }
        }
        let _ = writeln!(out, "\n{}", wrap(caveat().get(self.context.lang), width(), 0));
        out
    }

    /// Who, and where it stands.
    fn standing(&self, found: &Explanation<'_>) -> String {
        let lang = self.context.lang;
        let mut out = String::new();
        match found.standing {
            Standing::Ranked(ranked) => {
                let _ = writeln!(
                    out,
                    "{} ({})\n{} · {}",
                    ranked.name,
                    ranked.agency.0,
                    found.year,
                    ranked.peers.text().get(lang)
                );
                let (of, own) = (ranked.of, ranked.rank);
                let methods = ranked.method.map(|m| format!("{}–{}", decimal(m.low, 1), decimal(m.high, 1)));
                let methods = methods.unwrap_or_else(|| "—".to_owned());
                let line = match lang {
                    Lang::Zh => format!(
                        "名次  {} / {of}（得分名次 {own}；换用方法 {methods}；抽样误差 {}） · {}",
                        ranked.range(),
                        ranked.sampling,
                        ranked.tier.text().zh
                    ),
                    Lang::En => format!(
                        "ranks  {} of {of} (by score {own}; by other methods {methods}; by chance {}) · {}",
                        ranked.range(),
                        ranked.sampling,
                        ranked.tier.text().en
                    ),
                };
                let _ = writeln!(out, "{}", wrap(&line, width(), 6));
                let _ = writeln!(
                    out,
                    "{}  {} · {} {} · {}",
                    self.pick("得分", "score"),
                    decimal(ranked.score, 2),
                    self.pick("数据覆盖", "coverage"),
                    percent(ranked.coverage),
                    moved(ranked).get(lang)
                );
            }
            Standing::NotRanked(other) => {
                let peers = other.peers.map(|peers| format!(" · {}", peers.text().get(lang))).unwrap_or_default();
                let _ = writeln!(out, "{} ({})\n{}{peers}", other.name, other.agency.0, found.year);
                for reason in &other.reasons {
                    let text = reason.text(&self.made.method);
                    let line = format!("{}{}", self.pick("不参加排名：", "not ranked: "), text.get(lang));
                    let _ = writeln!(out, "{}", wrap(&line, width(), 2));
                }
            }
        }
        out.push_str(&self.cells.file(lang));
        out
    }

    fn dimension(&self, dimension: &DimensionShare<'_>, out: &mut String) {
        let mut parts = vec![dimension.title.get(self.context.lang).to_owned()];
        if let Some(score) = dimension.score {
            parts.push(format!("{} {}", self.pick("得分", "score"), decimal(score, 2)));
            parts.push(format!("{} {}", self.pick("权重", "weight"), percent(dimension.weight)));
        }
        if let Some(adds) = dimension.contribution.filter(|_| dimension.score.is_some()) {
            parts.push(format!("{} {}", self.pick("贡献", "adds"), decimal(adds, 2)));
        }
        let _ = writeln!(out, "\n{}", parts.join(" · "));
        for indicator in &dimension.indicators {
            self.indicator(indicator, out);
        }
    }

    fn indicator(&self, share: &IndicatorShare<'_>, out: &mut String) {
        let lang = self.context.lang;
        let id = share.part.map_or_else(|| share.metric.to_owned(), |part| format!("{}/{part}", share.metric));
        let metric = self.catalogue.get(share.metric);
        let title = share.title.get(lang);
        let value = share.value.map(|value| shown(metric, value)).unwrap_or_default();
        let colon = if value.is_empty() { "" } else { self.pick("：", ": ") };
        let _ = writeln!(out, "{}", wrap(&format!("  {title} [{id}]{colon}{value}"), width(), 4));
        let _ = writeln!(out, "{}", wrap(&format!("    {}", self.weighing(share)), width(), 6));
        if let Some(metric) = metric {
            let sources = self.catalogue.sources(metric, share.part);
            self.cells.lines(&sources, share.part, (self.study, self.agency, self.made.ranking.year), lang, out);
        }
    }

    /// How it counts, or why it does not.
    fn weighing(&self, share: &IndicatorShare<'_>) -> String {
        let lang = self.context.lang;
        let label = self.pick("未计入：", "not counted: ");
        if let Some(missing) = share.missing.filter(|_| !share.imputed) {
            return format!("{label}{}", missing.text().get(lang));
        }
        match share.dropped {
            Some(Dropped::Constant(value)) => {
                let value = decimal(value, 4);
                return match lang {
                    Lang::Zh => format!("{label}同组有数值的机关均为 {value}，不能区分"),
                    Lang::En => format!("{label}it is {value} for all peers that have a value and tells nobody apart"),
                };
            }
            Some(Dropped::NoValues) => {
                return format!("{label}{}", self.pick("同组均无可用数值", "none of the peers has a usable value"));
            }
            Some(Dropped::NoScale) => {
                return format!("{label}{}", self.pick("同组没有大于零的数值", "no peer has a value above 0"));
            }
            None => {}
        }
        let better = match share.direction {
            Direction::Higher => self.pick("越高越好", "higher is better"),
            Direction::Lower => self.pick("越低越好", "lower is better"),
        };
        let Some(score) = share.score else { return better.to_owned() };
        let mut parts = vec![
            format!("{} {}", self.pick("得分", "score"), decimal(score, 2)),
            format!("{} {}", self.pick("权重", "weight"), percent(share.weight)),
        ];
        parts.extend(share.contribution.map(|adds| format!("{} {}", self.pick("贡献", "adds"), decimal(adds, 2))));
        parts.push(better.to_owned());
        if let Some(drawn) = share.drawn.filter(|drawn| drawn.weight < 1.0) {
            let (value, own) = (percent(drawn.value), percent(drawn.weight));
            parts.push(match lang {
                Lang::Zh => format!("参照同组水平的收缩估计为 {value}（自身数据权重 {own}；仅供解读，不影响得分）"),
                Lang::En => format!(
                    "drawn towards all peers' share: {value} (own weight {own}; for reading, it does not change the score)"
                ),
            });
        }
        if share.imputed {
            parts.push(self.pick("以同组中位数代替缺失值", "the peers' median stands in").to_owned());
        }
        parts.join(" · ")
    }
}

/// A value with its numerator, denominator and interval.
fn shown(metric: Option<&Metric>, value: Value) -> String {
    let share = metric.is_some_and(|metric| metric.kind == MetricKind::Share);
    let number = if share { percent(value.value) } else { decimal(value.value, 2) };
    let ratio = value.num.zip(value.den).map(|(num, den)| format!("{} / {}", decimal(num, 2), decimal(den, 2)));
    let range = value.low.zip(value.high).map(|(low, high)| {
        if share { percent_range(low, high) } else { format!("{}–{}", decimal(low, 2), decimal(high, 2)) }
    });
    let range = range.map(|range| format!("95% {range}"));
    let more: Vec<String> = ratio.into_iter().chain(range).collect();
    if more.is_empty() { number } else { format!("{number} ({})", more.join("; ")) }
}
