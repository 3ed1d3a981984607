//! A metric's pooled rows and one of its chart declarations → the chart's values, generic by kind of chart.

use super::funnel;
use crate::chart::{
    Bars, BarsGroup, BarsLayout, BarsMark, BarsValue, Break, Chart, ChartData, HeatMap, HeatRow, HeatState, Line,
    Lines, Panel, Point, Scale, Shade, StackedBar, StackedShares,
};
use crate::form::forms;
use crate::measure::{
    AgencyEntry, ChartDeclaration, ChartKind, Metric, MetricKind, MetricRow, Panels, Scope, Undefined,
};
use crate::publish::words;
use crate::report::{Kind, Level, Text, Year};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

/// More rows than this are not legible in one heat map …
const HEAT_ROWS: usize = 150;
/// … nor more lines in one panel …
const LINES: usize = 12;
/// … nor more groups of bars.
const GROUPS: usize = 40;
/// Bars side by side in one group.
const SERIES: usize = 12;
/// From so many groups on, bars lie, so that their names can be read.
const LYING: usize = 9;

/// What there is to draw from.
#[derive(Clone, Copy)]
pub(super) struct Values<'a> {
    /// All rows of the metric.
    pub rows: &'a [MetricRow],
    /// Those that may be shown, where not all may.
    pub shown: Option<&'a [MetricRow]>,
    /// Who the rows of agencies are of.
    pub agencies: &'a [AgencyEntry],
}

/// Draws what a metric declares. `None` where there is nothing to show.
pub(super) fn chart(metric: &Metric, declared: &ChartDeclaration, values: Values<'_>) -> Option<Chart> {
    let (most, data): (usize, fn(&View<'_>) -> ChartData) = match declared.kind {
        ChartKind::Lines => (LINES, |view| ChartData::Lines(view.lines())),
        ChartKind::StackedShares => (GROUPS, |view| ChartData::StackedShares(view.stacked_shares())),
        ChartKind::Heatmap => (HEAT_ROWS, |view| ChartData::HeatMap(view.heat_map())),
        ChartKind::Bars => (GROUPS, |view| ChartData::Bars(view.bars())),
        ChartKind::Funnel => return funnel::chart(metric, declared, values),
    };
    let view = View::of(metric, declared, values, most)?;
    Some(Chart {
        id: declared.id.clone(),
        title: declared.title.clone(),
        subtitle: view.subtitle(),
        foot: view.foot(),
        empty: Text::default(),
        data: data(&view),
    })
}

/// The rows that a chart shows, in the order in which they are shown.
struct View<'a> {
    metric: &'a Metric,
    declared: &'a ChartDeclaration,
    /// The declared scope, or a wider one where the declared has more groups than can be drawn.
    scope: Scope,
    groups: Vec<&'a str>,
    years: Vec<Year>,
    cells: BTreeMap<(&'a str, &'a str, Year), &'a MetricRow>,
    agencies: BTreeMap<&'a str, &'a AgencyEntry>,
    /// Whether a wider scope is shown because those of single agencies are held back.
    withheld: bool,
    /// Whether years are left out because too few of the reports are in their sums.
    thin: bool,
}

impl<'a> View<'a> {
    fn of(metric: &'a Metric, declared: &'a ChartDeclaration, values: Values<'a>, most: usize) -> Option<Self> {
        let rows = values.shown.unwrap_or(values.rows);
        let scope = wide_enough(declared.scope, rows, most);
        let shown = || rows.iter().filter(|row| row.scope == scope && row.note != Some(Undefined::NotAsked));
        if !shown().any(|row| row.value.is_some()) {
            return None;
        }
        let mut groups: Vec<&str> = Vec::new();
        let mut seen = BTreeSet::new();
        let mut cells = BTreeMap::new();
        for row in shown() {
            if seen.insert(&*row.group) {
                groups.push(&row.group);
            }
            cells.insert((&*row.group, row.part.as_deref().unwrap_or_default(), row.year), row);
        }
        let thin = metric.kind == MetricKind::Count && drop_thin(&mut cells);
        let years: BTreeSet<Year> = shown().map(|row| row.year).collect();
        let agencies = values.agencies.iter().map(|entry| (entry.id.0.as_str(), entry)).collect();
        Some(Self {
            metric,
            declared,
            scope,
            groups,
            years: years.into_iter().collect(),
            cells,
            agencies,
            withheld: values.shown.is_some(),
            thin,
        })
    }

    fn row(&self, group: &str, part: &str, year: Year) -> Option<&'a MetricRow> {
        self.cells.get(&(group, part, year)).copied()
    }

    fn point(&self, group: &str, part: &str, year: Year) -> Point {
        let row = self.row(group, part, year);
        Point {
            year,
            y: row.and_then(|r| r.value),
            low: row.and_then(|r| r.low),
            high: row.and_then(|r| r.high),
            n: row.and_then(|r| self.behind(r)),
        }
    }

    /// Reports or cases behind a value.
    fn behind(&self, row: &MetricRow) -> Option<u64> {
        match self.metric.kind {
            MetricKind::Count => Some(u64::from(row.n_reports)),
            MetricKind::Share | MetricKind::Mean => row.den.and_then(whole),
        }
    }

    fn scale(&self) -> Scale {
        if self.metric.kind == MetricKind::Share { Scale::Percent } else { Scale::Number }
    }

    /// Parts by key and label; one without a key where the metric has none.
    fn parts(&self) -> Vec<(&'a str, Text)> {
        if self.metric.parts.is_empty() {
            return vec![("", self.metric.title.clone())];
        }
        self.metric.parts.iter().map(|part| (part.key.as_str(), part.label.clone())).collect()
    }

    fn line(&self, label: Text, group: &str, part: &str) -> Line {
        Line { label, points: self.years.iter().map(|year| self.point(group, part, *year)).collect() }
    }

    /// One panel; several where the metric asks for one a line, where wide intervals each need their
    /// own, or where there are groups and parts.
    fn lines(&self) -> Lines {
        let parts = self.parts();
        let panel = |title: Text, lines: Vec<Line>| Panel { title, scale: self.scale(), lines };
        let one = self.groups.len() == 1;
        let named: Vec<Line> = if one {
            parts.iter().map(|(key, label)| self.line(label.clone(), self.groups[0], key)).collect()
        } else if parts.len() == 1 {
            self.groups.iter().map(|group| self.line(self.label(group), group, parts[0].0)).collect()
        } else {
            Vec::new()
        };
        let panels = if named.is_empty() {
            let of_group = |group: &&'a str| {
                let lines = parts.iter().map(|(key, label)| self.line(label.clone(), group, key));
                panel(self.label(group), lines.collect())
            };
            self.groups.iter().map(of_group).collect()
        } else if named.len() > 1 && (self.declared.panels == Panels::Each || self.would_overlap()) {
            named.into_iter().map(|line| panel(line.label.clone(), vec![line])).collect()
        } else {
            vec![panel(Text::default(), named)]
        };
        Lines { panels, breaks: breaks(self.metric, &self.years) }
    }

    /// Whether the lines' intervals would lie over one another: shares of small groups have wide ones.
    fn would_overlap(&self) -> bool {
        self.groups.len() > 1 && self.metric.kind == MetricKind::Share
    }

    /// A bar a year; with groups, a bar a group for the last year.
    fn stacked_shares(&self) -> StackedShares {
        let parts = self.parts();
        let bar = |group: &str, year: Year| {
            let amounts = parts.iter().map(|(key, _)| self.row(group, key, year).and_then(|row| row.num));
            let mut bar = StackedBar::of_year(year, amounts.collect());
            bar.n = parts.iter().find_map(|(key, _)| self.row(group, key, year)?.den.and_then(whole));
            bar
        };
        let bars = if self.scope == Scope::All {
            self.years.iter().map(|year| bar("all", *year)).collect()
        } else {
            let last = self.years.last().copied().unwrap_or_default();
            let of_group = |group: &&str| StackedBar { label: self.label(group), year: None, ..bar(group, last) };
            self.groups.iter().map(of_group).collect()
        };
        StackedShares {
            parts: parts.into_iter().map(|(_, label)| label).collect(),
            bars,
            breaks: breaks(self.metric, &self.years),
        }
    }

    /// Groups by years. A share of one report is yes or no; of several it falls into classes.
    fn heat_map(&self) -> HeatMap {
        let single = self.scope == Scope::Agency && self.metric.kind == MetricKind::Share;
        let states = if single { yes_or_no() } else { classes() };
        let unknown = states.len() - 1;
        let state = |row: &MetricRow| match row.value {
            None => unknown,
            Some(v) if single => usize::from(v <= 0.0),
            Some(v) => class_of(v, self.greatest()),
        };
        let mut rows: Vec<(SortKey, HeatRow)> = self
            .groups
            .iter()
            .map(|group| {
                let cells =
                    self.years.iter().map(|year| self.row(group, self.parts()[0].0, *year).map(state)).collect();
                let (key, heading) = self.heading(group);
                (key, HeatRow { label: self.label(group), group: heading, cells })
            })
            .collect();
        // stable: rows of one heading stay in the order of their groups
        rows.sort_by(|a, b| a.0.cmp(&b.0));
        let rows = rows.into_iter().map(|(_, row)| row).collect();
        HeatMap { years: self.years.clone(), states, rows, breaks: breaks(self.metric, &self.years) }
    }

    /// What classes are measured against: 1 for shares, the greatest value otherwise.
    fn greatest(&self) -> f64 {
        if self.metric.kind == MetricKind::Share {
            return 1.0;
        }
        self.cells.values().filter_map(|row| row.value).fold(0.0, f64::max)
    }

    /// Groups (or, where there is one, parts) with the years side by side; where there is only one of either, a bar a
    /// year.
    fn bars(&self) -> Bars {
        let years = &self.years[self.years.len().saturating_sub(SERIES)..];
        let value = |group: &str, part: &str, year: Year| {
            let point = self.point(group, part, year);
            BarsValue { y: point.y, low: point.low, high: point.high, n: point.n }
        };
        let values = |group: &str, part: &str| years.iter().map(|year| value(group, part, *year)).collect();
        let parts = self.parts();
        let mut series: Vec<Text> = years.iter().map(|year| year_label(*year)).collect();
        let groups: Vec<BarsGroup> = match (&self.groups[..], &parts[..]) {
            ([group], [(part, label)]) => {
                series = vec![label.clone()];
                let of_year =
                    |year: &Year| BarsGroup { label: year_label(*year), values: vec![value(group, part, *year)] };
                self.years.iter().map(of_year).collect()
            }
            ([group], parts) => {
                let of_part =
                    |(part, label): &(&str, Text)| BarsGroup { label: label.clone(), values: values(group, part) };
                parts.iter().map(of_part).collect()
            }
            (groups, parts) => {
                let part = parts.first().map_or("", |(part, _)| part);
                let of_group = |group: &&str| BarsGroup { label: self.label(group), values: values(group, part) };
                groups.iter().map(of_group).collect()
            }
        };
        Bars {
            scale: self.scale(),
            layout: if groups.len() < LYING { BarsLayout::Upright } else { BarsLayout::Lying },
            mark: if self.metric.kind == MetricKind::Share { BarsMark::Dot } else { BarsMark::Bar },
            series,
            groups,
        }
    }

    /// How many reports the chart is made of; `None` where its parts are made of different ones.
    fn reports(&self) -> Option<u64> {
        let mut sum = 0;
        for group in &self.groups {
            for year in &self.years {
                let behind: BTreeSet<u32> = self
                    .parts()
                    .iter()
                    .filter_map(|(part, _)| self.row(group, part, *year))
                    .map(|r| r.n_reports)
                    .collect();
                match behind.len() {
                    0 => {}
                    1 => sum += behind.first().copied().map_or(0, u64::from),
                    _ => return None,
                }
            }
        }
        Some(sum)
    }

    fn subtitle(&self) -> Text {
        let (first, last) = (self.years.first().copied(), self.years.last().copied());
        let span = match (first, last) {
            (Some(first), Some(last)) if first != last => format!("{first}–{last}"),
            (Some(first), _) => first.to_string(),
            _ => String::new(),
        };
        let unit = &self.metric.unit;
        // the unit of a share says of what; that of a number, in what
        let label = if self.metric.kind == MetricKind::Share { ("", "") } else { ("单位：", "Unit: ") };
        let mut text =
            Text::new(format!("{}{}；{span} 年", label.0, unit.zh), format!("{}{}; {span}", label.1, unit.en));
        if let Some(reports) = self.reports() {
            let reports = words::count(usize::try_from(reports).unwrap_or(usize::MAX));
            let _ = write!(text.zh, "共 {reports} 份报告");
            let _ = write!(text.en, "; {reports} reports");
        }
        if self.scope != self.declared.scope && self.withheld {
            text.zh.push_str("（按更高一级汇总，不列单个机关）");
            text.en.push_str(" (summed up one level higher, no single agencies)");
        } else if self.scope != self.declared.scope {
            text.zh.push_str("（机关过多，按更高一级汇总）");
            text.en.push_str(" (too many groups: summed up one level higher)");
        }
        text
    }

    fn foot(&self) -> Text {
        let mut foot = foot(self.metric, self.declared);
        if self.thin {
            foot.append(
                "报告数不及最多一年之半的年份，合计不可比，不画。",
                " Years with less than half as many reports as the fullest are left out: their sums do not compare.",
            );
        }
        foot
    }

    /// A group as people read it.
    fn label(&self, group: &str) -> Text {
        let same = || Text::new(group, group);
        match self.scope {
            Scope::All => self.metric.title.clone(),
            _ if group == "unknown" => Text::new("未知", "unknown"),
            Scope::Level => Level::from_name(group).map_or_else(same, Level::text),
            Scope::Kind => Kind::from_name(group).map_or_else(same, Kind::text),
            Scope::Agency => {
                let name = self.agencies.get(group).map(|entry| entry.name.as_str()).filter(|n| !n.is_empty());
                name.map_or_else(same, |name| Text::new(name, name))
            }
            Scope::Province | Scope::Prefecture | Scope::County => same(),
        }
    }

    /// The heading that an agency's row stands under (its place), and where that stands among the others.
    fn heading(&self, group: &str) -> (SortKey, Text) {
        let Some(entry) = self.agencies.get(group).filter(|_| self.scope == Scope::Agency) else {
            return (SortKey::default(), Text::default());
        };
        let place = [&entry.province, &entry.prefecture, &entry.county].map(|p| p.clone().unwrap_or_default());
        let heading = place.iter().rev().find(|name| !name.is_empty()).cloned().unwrap_or_default();
        ((place, entry.level), Text::new(heading.clone(), heading))
    }
}

/// Where years cannot be compared: after the last year of every form but the last.
pub(super) fn breaks(metric: &Metric, years: &[Year]) -> Vec<Break> {
    if metric.comparable {
        return Vec::new();
    }
    let own = forms().forms.iter().filter(|form| metric.forms.contains(&form.id));
    let ends: Vec<Year> = own.filter_map(|form| form.years.1).collect();
    let inside = |year: &Year| years.iter().any(|y| y <= year) && years.iter().any(|y| y > year);
    let label = Text::new("格式变更", "new form");
    ends.into_iter().filter(inside).map(|after| Break { after, label: label.clone() }).collect()
}

/// Source, caveat and note.
pub(super) fn foot(metric: &Metric, declared: &ChartDeclaration) -> Text {
    let join = |source: &str, caveat: &str, note: &str, gap: &str| {
        [source, caveat, note].iter().filter(|t| !t.is_empty()).copied().collect::<Vec<_>>().join(gap)
    };
    let (caveat, note) = (&metric.caveat, &declared.note);
    let zh = "资料来源：各机关政府信息公开工作年度报告。";
    let en = "Source: the agencies' own annual reports.";
    Text::new(join(zh, &caveat.zh, &note.zh, ""), join(en, &caveat.en, &note.en, " "))
}

/// Leaves out the sums over less than half as many reports as the fullest year of their series has: that is most often
/// a form that few still use, or a year that is only partly collected, and its sum says nothing of the agencies. Gives
/// whether any was left out.
fn drop_thin(cells: &mut BTreeMap<(&str, &str, Year), &MetricRow>) -> bool {
    let mut most: BTreeMap<(&str, &str), u32> = BTreeMap::new();
    for (&(group, part, _), row) in cells.iter() {
        let fullest = most.entry((group, part)).or_default();
        *fullest = row.n_reports.max(*fullest);
    }
    let mut left_out = false;
    cells.retain(|&(group, part, _), row| {
        let enough = row.n_reports * 2 >= most.get(&(group, part)).copied().unwrap_or_default();
        left_out |= !enough && row.value.is_some();
        enough
    });
    left_out
}

fn year_label(year: Year) -> Text {
    Text::new(year.to_string(), year.to_string())
}

/// Place from the widest, then level from the top.
type SortKey = ([String; 3], Option<Level>);

/// The scope, or the next wider one with few enough groups.
fn wide_enough(declared: Scope, rows: &[MetricRow], most: usize) -> Scope {
    let wider = [Scope::Agency, Scope::County, Scope::Prefecture, Scope::Province, Scope::Level, Scope::All];
    let start = wider.iter().position(|scope| *scope == declared);
    let Some(start) = start else { return declared };
    let fits = |scope: &Scope| {
        let groups: BTreeSet<&str> = rows.iter().filter(|row| row.scope == *scope).map(|row| &*row.group).collect();
        (1..=most).contains(&groups.len())
    };
    wider[start..].iter().copied().find(fits).unwrap_or(declared)
}

/// A whole number as one.
pub(super) fn whole(value: f64) -> Option<u64> {
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "only whole numbers within bounds")]
    let whole = (value.is_finite() && (0.0..9e15).contains(&value)).then_some(value as u64);
    whole
}

fn state(zh: &str, en: &str, shade: Shade, sign: Option<char>) -> HeatState {
    HeatState { label: Text::new(zh, en), shade, sign }
}

fn yes_or_no() -> Vec<HeatState> {
    vec![
        state("是", "yes", Shade::Darkest, None),
        state("否", "no", Shade::Light, None),
        state("无法判断", "not assessable", Shade::White, Some('?')),
    ]
}

fn classes() -> Vec<HeatState> {
    vec![
        state("0", "0", Shade::Light, None),
        state("不到三分之一", "less than a third", Shade::Medium, None),
        state("三分之一到三分之二", "a third to two thirds", Shade::Dark, None),
        state("三分之二以上", "two thirds or more", Shade::Darkest, None),
        state("无法判断", "not assessable", Shade::White, Some('?')),
    ]
}

fn class_of(value: f64, greatest: f64) -> usize {
    if value <= 0.0 || greatest <= 0.0 {
        0
    } else if value < greatest / 3.0 {
        1
    } else if value < greatest * 2.0 / 3.0 {
        2
    } else {
        3
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(year: Year, n_reports: u32) -> MetricRow {
        MetricRow {
            metric: "m".into(),
            part: None,
            scope: Scope::All,
            group: "all".into(),
            year,
            n_reports,
            num: Some(7.0),
            den: None,
            value: Some(7.0),
            low: None,
            high: None,
            note: None,
        }
    }

    #[test]
    fn sums_over_less_than_half_of_the_fullest_year_are_left_out() {
        let rows = [row(2019, 40), row(2020, 20), row(2021, 19), row(2022, 0)];
        let mut cells: BTreeMap<_, _> = rows.iter().map(|row| (("all", "", row.year), row)).collect();
        assert!(drop_thin(&mut cells));
        assert_eq!(cells.keys().map(|key| key.2).collect::<Vec<_>>(), [2019, 2020]);
        assert!(!drop_thin(&mut cells));
    }
}
