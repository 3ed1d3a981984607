//! `trends.csv`, filled metric by metric.

use super::trend::adjust;
use super::{Metric, MetricRow, Scope, Tables, Trend, trends};
use crate::panel::{escape_formula, format_number};
use crate::report::Year;
use std::collections::BTreeMap;

const HEADER: [&str; 19] = [
    "metric",
    "part",
    "scope",
    "group",
    "from",
    "to",
    "n_years",
    "reports_least",
    "reports_most",
    "first",
    "last",
    "slope",
    "slope_low",
    "slope_high",
    "tau",
    "p",
    "q",
    "exact",
    "note",
];

/// The trends of all metrics, taken in one metric after another: of each only the trends of the scope `all` are kept,
/// for they are adjusted together; the others are kept as the CSV that they are to be.
#[derive(Debug, Default)]
pub struct TrendTable {
    metrics: Vec<(Vec<Trend>, Vec<u8>)>,
    /// The values of the trends of the scope `all`, by which those are known that two metrics share.
    series: Vec<Series>,
}

/// Years and the bits of their values.
type Series = Vec<(Year, u64)>;

/// All trends.
#[derive(Debug)]
pub struct Trends {
    /// Those of the scope `all`, in the order of the metrics, adjusted together.
    pub overall: Vec<Trend>,
    /// How many different series of the scope `all` were tested.
    pub n_tested: usize,
    /// All of them as CSV: `metric, part, scope, group, from, to, n_years, reports_least, reports_most, first, last,
    /// slope, slope_low, slope_high, tau, p, q, exact, note`, as the fields of [`Trend`]; several notes are separated
    /// by `; `. Numbers are the shortest texts that read back as the same numbers; what is undefined is empty.
    pub csv: Vec<u8>,
}

impl TrendTable {
    /// Takes in a metric's pooled rows.
    pub fn add(&mut self, metric: &Metric, rows: &[MetricRow], tables: &Tables) {
        let (overall, groups): (Vec<Trend>, Vec<Trend>) =
            trends(metric, rows, tables).into_iter().partition(|trend| trend.scope == Scope::All);
        let mut csv = Vec::new();
        append(&groups, &mut csv);
        let pooled = || rows.iter().take_while(|row| row.scope == Scope::All);
        self.series.extend(overall.iter().map(|trend| {
            let own = pooled().filter(|r| r.part == trend.part && (trend.from..=trend.to).contains(&r.year));
            own.filter_map(|row| Some((row.year, row.value?.to_bits()))).collect::<Series>()
        }));
        self.metrics.push((overall, csv));
    }

    /// Adjusts the trends of the scope `all` for the number of metrics and parts tested, and ends the table. A series
    /// that several metrics show (requests received, and as a part of the flow of requests) is one test. `bom` puts a
    /// byte order mark before the table.
    pub fn finish(self, bom: bool) -> Trends {
        let sizes: Vec<usize> = self.metrics.iter().map(|(overall, _)| overall.len()).collect();
        let (overall, groups): (Vec<Vec<Trend>>, Vec<Vec<u8>>) = self.metrics.into_iter().unzip();
        let mut overall: Vec<Trend> = overall.into_iter().flatten().collect();
        let mut shared: BTreeMap<Series, Vec<usize>> = BTreeMap::new();
        for (at, series) in self.series.into_iter().enumerate() {
            if overall.get(at).is_some_and(|trend| trend.test.is_some()) {
                shared.entry(series).or_default().push(at);
            }
        }
        let family: Vec<usize> = shared.values().filter_map(|of_series| of_series.first().copied()).collect();
        adjust(&mut overall, &family);
        for of_series in shared.values() {
            let q = of_series.first().and_then(|first| overall.get(*first)?.q);
            for at in of_series {
                if let Some(trend) = overall.get_mut(*at) {
                    trend.q = q;
                }
            }
        }
        let start = if bom { "\u{feff}" } else { "" };
        let mut csv = format!("{start}{}\n", HEADER.join(",")).into_bytes();
        let mut rest = overall.as_slice();
        for (size, groups) in sizes.into_iter().zip(groups) {
            let (own, others) = rest.split_at(size);
            append(own, &mut csv);
            csv.extend(groups);
            rest = others;
        }
        Trends { overall, n_tested: family.len(), csv }
    }
}

fn append(trends: &[Trend], out: &mut Vec<u8>) {
    let mut writer = csv::WriterBuilder::new().from_writer(out);
    let number = |value: Option<f64>| value.map(format_number).unwrap_or_default();
    let count = |value: Option<u32>| value.map(|n| n.to_string()).unwrap_or_default();
    for trend in trends {
        let notes: Vec<String> = trend.notes.iter().map(ToString::to_string).collect();
        let fields = [
            trend.metric.to_string(),
            trend.part.as_deref().unwrap_or_default().to_owned(),
            trend.scope.name().to_owned(),
            escape_formula(&trend.group).into_owned(),
            trend.from.to_string(),
            trend.to.to_string(),
            trend.n_years.to_string(),
            count(trend.reports.map(|r| r.0)),
            count(trend.reports.map(|r| r.1)),
            number(trend.first),
            number(trend.last),
            number(trend.slope),
            number(trend.slope_low),
            number(trend.slope_high),
            number(trend.test.map(|t| t.tau)),
            number(trend.test.map(|t| t.p)),
            number(trend.q),
            trend.test.map(|t| t.exact.to_string()).unwrap_or_default(),
            notes.join("; "),
        ];
        // Writing to memory fails only where records differ in length, which these do not.
        let written = writer.write_record(fields);
        assert!(written.is_ok(), "all records have one length");
    }
}
