//! How metrics change over the years, for the files and for the page.

use super::safe::FEW;
use crate::measure::{
    Metric, MetricKind, MetricRow, SHORTEST_SERIES, Scope, Tables, Trend, TrendTable, Trends,
    append_concentrations_csv, append_decompositions_csv, concentrations, concentrations_to_csv, decompose,
    decompositions_to_csv,
};
use crate::publish::index;
use crate::publish::words::{count, decimal};
use crate::report::Lang;
use std::collections::BTreeSet;

/// The adjusted p-value that a trend may have at most to be shown as one.
const LEVEL: f64 = 0.05;

/// Trends, what changes are made of, and how counts are spread.
#[derive(Debug)]
pub(super) struct Changes {
    pub trends: Trends,
    /// `decomposition.csv`
    pub decomposition: Vec<u8>,
    /// `concentration.csv`
    pub concentration: Vec<u8>,
}

/// [`Changes`] in the making: takes one metric's rows at a time and keeps none of them.
pub(super) struct Changing {
    bom: bool,
    trends: TrendTable,
    decomposition: Vec<u8>,
    concentration: Vec<u8>,
}

impl Changing {
    pub(super) fn new(bom: bool) -> Self {
        Self {
            bom,
            trends: TrendTable::default(),
            decomposition: decompositions_to_csv([], bom),
            concentration: concentrations_to_csv([], bom),
        }
    }

    /// Where only some rows are `shown`, so are only the changes of their groups.
    pub(super) fn add(&mut self, metric: &Metric, rows: &[MetricRow], shown: Option<&[MetricRow]>, tables: &Tables) {
        self.trends.add(metric, shown.unwrap_or(rows), tables);
        let mut decompositions = decompose(metric, rows, tables);
        let mut concentrations = concentrations(metric, rows);
        if let Some(shown) = shown {
            let scopes: BTreeSet<Scope> = shown.iter().map(|row| row.scope).collect();
            decompositions.retain(|row| scopes.contains(&row.scope));
            concentrations.retain(|row| scopes.contains(&Scope::All) && row.n_agencies >= FEW);
        }
        append_decompositions_csv(&decompositions, &mut self.decomposition);
        append_concentrations_csv(&concentrations, &mut self.concentration);
    }

    pub(super) fn finish(self) -> Changes {
        Changes {
            trends: self.trends.finish(self.bom),
            decomposition: self.decomposition,
            concentration: self.concentration,
        }
    }
}

/// The trends over all reports that stand, as the page shows them.
pub(super) fn trend_table(metrics: &[&Metric], trends: &Trends, lang: Lang) -> index::TrendTable {
    let metric_of = |trend: &Trend| metrics.iter().copied().find(|m| m.id == *trend.metric);
    let standing = trends.overall.iter().filter(|trend| trend.stands(LEVEL));
    index::TrendTable {
        tested: if trends.n_tested == 0 { String::new() } else { count(trends.n_tested) },
        shortest: SHORTEST_SERIES.to_string(),
        level: decimal(LEVEL, 2),
        lines: standing.filter_map(|trend| Some(trend_line(metric_of(trend)?, trend, lang))).collect(),
    }
}

fn trend_line(metric: &Metric, trend: &Trend, lang: Lang) -> index::TrendLine {
    let title = metric.title.get(lang);
    let part = metric.parts.iter().find(|part| Some(part.key.as_str()) == trend.part.as_deref());
    let rising = trend.test.is_some_and(|test| test.s > 0.0);
    let range = trend.slope_low.zip(trend.slope_high);
    let notes: Vec<String> = trend.notes.iter().map(|note| note.text().get(lang).to_owned()).collect();
    index::TrendLine {
        id: metric.id.clone(),
        title: part.map_or_else(
            || title.to_owned(),
            |part| format!("{title}{}{}", lang.pick("：", ": "), part.label.get(lang)),
        ),
        years: format!("{}–{}", trend.from, trend.to),
        direction: if rising { lang.pick("上升", "rising") } else { lang.pick("下降", "falling") }.to_owned(),
        slope: trend.slope.map(|slope| slope_text(metric, slope, lang)).unwrap_or_default(),
        interval: range
            .map(|(low, high)| format!("{} {} {}", amount(metric, low), lang.pick("至", "to"), amount(metric, high)))
            .unwrap_or_default(),
        p: trend.test.map(|test| probability(test.p)).unwrap_or_default(),
        q: trend.q.map(probability).unwrap_or_default(),
        reports: trend
            .reports
            .map(|(least, most)| match (count(least as usize), count(most as usize)) {
                (least, most) if least == most => least,
                (least, most) => format!("{least}–{most}"),
            })
            .unwrap_or_default(),
        note: notes.join(lang.pick("；", "; ")),
    }
}

/// A slope with its unit; that of a share is in percentage points.
fn slope_text(metric: &Metric, slope: f64, lang: Lang) -> String {
    let sign = if slope > 0.0 { "+" } else { "" };
    let unit = match metric.kind {
        MetricKind::Share => lang.pick("个百分点", "percentage points"),
        MetricKind::Count | MetricKind::Mean => metric.unit.get(lang),
    };
    format!("{sign}{} {unit}", amount(metric, slope))
}

/// In percentage points for a share; the smaller, the more decimals, so that a small slope does not read as none.
fn amount(metric: &Metric, value: f64) -> String {
    let value = if metric.kind == MetricKind::Share { value * 100.0 } else { value };
    let digits = match value.abs() {
        size if size >= 100.0 => 0,
        size if size >= 0.1 => 2,
        _ => 4,
    };
    decimal(value, digits)
}

fn probability(p: f64) -> String {
    if p < 0.0001 { "<0.0001".to_owned() } else { decimal(p, 4) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::measure::{Catalogue, TrendNote};
    use crate::stats::MannKendall;

    fn trend(metric: &str, part: Option<&str>, slope: f64, q: Option<f64>) -> Trend {
        let test = q.map(|_| MannKendall { s: slope.signum() * 15.0, tau: slope.signum(), p: 0.0027, exact: true });
        Trend {
            metric: metric.into(),
            part: part.map(Into::into),
            scope: Scope::All,
            group: "all".into(),
            from: 2019,
            to: 2024,
            n_years: 6,
            reports: Some((40, 1400)),
            first: Some(0.5),
            last: Some(0.4),
            slope: Some(slope),
            slope_low: Some(slope - 0.01),
            slope_high: Some(slope + 0.01),
            test,
            q,
            notes: vec![TrendNote::ReportsDiffer],
        }
    }

    #[test]
    fn the_page_shows_what_stands_and_says_how_many_were_tested() {
        let catalogue = Catalogue::embedded().unwrap();
        let metrics = ["outcome_mix", "requests_received"].map(|id| catalogue.get(id).unwrap());
        let overall = vec![
            trend("outcome_mix", Some("refused"), -0.02, Some(0.05)),
            trend("outcome_mix", Some("granted"), 0.02, Some(0.0501)),
            trend("requests_received", None, 1234.5, Some(0.00001)),
            trend("requests_received", None, 0.0, None),
        ];
        let trends = Trends { overall, n_tested: 3, csv: Vec::new() };
        let table = trend_table(&metrics, &trends, Lang::En);
        assert_eq!((table.tested.as_str(), table.level.as_str()), ("3", "0.05"));
        assert_eq!(table.lines.len(), 2);
        let [share, number] = [&table.lines[0], &table.lines[1]];
        assert_eq!(share.title, "Outcomes of requests: Refused");
        assert_eq!((share.direction.as_str(), share.slope.as_str()), ("falling", "-2 percentage points"));
        assert_eq!((share.interval.as_str(), share.q.as_str(), share.p.as_str()), ("-3 to -1", "0.05", "0.0027"));
        assert_eq!((share.years.as_str(), share.reports.as_str()), ("2019–2024", "40–1,400"));
        assert_eq!(number.direction, "rising");
        assert!(number.slope.starts_with("+1,23") && number.q == "<0.0001", "{number:?}");
        assert_eq!(number.note, "number of reports differs between years");
        let zh = trend_table(&metrics, &trends, Lang::Zh);
        assert_eq!((zh.lines[0].slope.as_str(), zh.lines[0].interval.as_str()), ("-2 个百分点", "-3 至 -1"));
        let untested = Trends { overall: trends.overall[3..].to_vec(), n_tested: 0, csv: Vec::new() };
        let nothing = trend_table(&metrics, &untested, Lang::En);
        assert!(nothing.tested.is_empty() && nothing.lines.is_empty());
    }

    #[test]
    fn a_small_slope_does_not_read_as_none() {
        let catalogue = Catalogue::embedded().unwrap();
        let share = catalogue.get("refusal_rate").unwrap();
        assert_eq!(slope_text(share, 0.000_034, Lang::En), "+0.0034 percentage points");
        assert_eq!(amount(share, 0.1234), "12.34");
    }
}
