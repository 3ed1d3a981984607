//! Charts of comparisons between agencies, as the program draws them. Figures and names are invented.

use super::samples::{bars, chart, line, panel, text, value};
use super::*;

fn agency(i: usize) -> Text {
    let offices = [
        ("自然资源和规划局", "bureau of natural resources"),
        ("教育局", "education bureau"),
        ("人力资源和社会保障局", "bureau of human resources"),
        ("城关镇人民政府", "Chengguan township"),
        ("市场监督管理局", "market regulation"),
    ];
    let places = [("望川县", "Wangchuan"), ("临江市", "Linjiang"), ("青溪省", "Qingxi"), ("云岭区", "Yunling")];
    let (place, office) = (places[i / 5 % 4], offices[i % 5]);
    let number = if i < 20 { String::new() } else { format!("{}", i / 20 + 1) };
    text(&format!("{}{}{number}", place.0, office.0), format!("{} {} {number}", place.1, office.1).trim_end())
}

/// Numbers that look like chance and are the same every time (`SplitMix64`), 0 to 1.
fn noise(seed: u32) -> f64 {
    let mut z = u64::from(seed).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    ((z ^ (z >> 31)) >> 11) as f64 / 9_007_199_254_740_992.0
}

fn seed(i: usize) -> u32 {
    u32::try_from(i).expect("a small number")
}

/// A number without what is behind its point.
fn whole(y: f64) -> u64 {
    format!("{y:.0}").parse().expect("not negative")
}

fn rank(y: f64) -> u32 {
    u32::try_from(whole(y)).expect("a rank")
}

/// Limits as a normal approximation draws them.
fn limits(target: f64, most: f64) -> Vec<FunnelLimits> {
    let steps = 200;
    let of = |i: i32| {
        let n = libm::pow(most * 1.5, f64::from(i) / f64::from(steps));
        let deviation = libm::sqrt(target * (1.0 - target) / n);
        let within = |z: f64| ((target - z * deviation).max(0.0), (target + z * deviation).min(1.0));
        FunnelLimits { n, within_95: within(1.96), within_998: within(3.09) }
    };
    (0..=steps).map(of).collect()
}

pub fn funnel(agencies: usize, log: bool) -> Chart {
    let target = 0.18;
    let points: Vec<FunnelPoint> = (0..agencies)
        .map(|i| {
            let size = noise(seed(i) * 3 + 1);
            let n = if log { libm::pow(10.0, 0.3 + 3.2 * size) } else { 40.0 + 160.0 * size };
            let n = libm::floor(n);
            let wild = if i % 6 == 0 { 2.6 } else { 1.0 };
            let z = (noise(seed(i) * 7 + 2) + noise(seed(i) * 5 + 3) + noise(seed(i) + 4) - 1.5) * 2.2 * wild;
            let y = (target + z * libm::sqrt(target * (1.0 - target) / n)).clamp(0.0, 1.0);
            let place = match ((y - target) / libm::sqrt(target * (1.0 - target) / n)).abs() {
                z if z > 3.09 => FunnelPlace::Beyond998,
                z if z > 1.96 => FunnelPlace::Beyond95,
                _ => FunnelPlace::Within,
            };
            let n = if i == 3 { 0 } else { whole(n) };
            FunnelPoint { label: agency(i), n, y: (i != 3).then_some(y), place, selected: i == 7 }
        })
        .collect();
    let most = points.iter().map(|p| p.n).max().unwrap_or(1) as f64;
    let funnel = Funnel {
        scale: Scale::Percent,
        n_label: text("办结的申请（件）", "requests closed"),
        target: Some(target),
        target_label: text("全部机关", "all agencies"),
        limits: limits(target, most),
        points,
    };
    chart(&format!("funnel_{agencies}{}", if log { "" } else { "_linear" }), ChartData::Funnel(funnel))
}

pub fn ranks(agencies: usize) -> Chart {
    let rows = (0..agencies).map(|i| {
        let count = agencies as f64;
        let median = (i as f64 + 1.0 + 3.0 * noise(seed(i))).min(count);
        let width = (2.0 + count * 0.12 * noise(seed(i) + 9)).min(count);
        let ends = ((median - width).max(1.0), (median + width * 0.8).min(count));
        let wide = ((ends.0 - width).max(1.0), (ends.1 + width).min(count));
        RankRow {
            label: agency(i),
            median: Some(libm::round(median * 2.0) / 2.0),
            interval: Some(ends),
            range: Some((rank(wide.0), rank(wide.1))),
            selected: i == agencies / 3 || agencies > 100 && i == agencies / 3 + 4,
        }
    });
    let reasons = [("没有公布报告", "no report"), ("办结少于20件", "fewer than 20 requests closed")];
    let not_ranked = (0..agencies / 4).map(|i| {
        let reason = reasons[usize::from(i % 3 == 0)];
        NotRanked { label: agency(i + 500), reason: text(reason.0, reason.1) }
    });
    let mut rows: Vec<RankRow> = rows.collect();
    rows.reverse();
    let data = Ranks { rows, ranked: None, not_ranked: not_ranked.collect() };
    chart(&format!("ranks_{agencies}"), ChartData::Ranks(data))
}

pub fn slope(agencies: usize, ranks: bool) -> Chart {
    let rows = (0..agencies).map(|i| {
        let end = |k: u32| {
            let base = noise(seed(i) * 11);
            let y = (base * 0.8 + 0.2 * noise(seed(i) * 13 + k)).min(1.0);
            let y = if ranks { libm::floor(y * agencies as f64) + 1.0 } else { y };
            BarsValue { y: Some(y), low: Some(y * 0.93), high: Some(y * 1.06), n: None }
        };
        let (from, to) = (end(1), if i == 2 { BarsValue::default() } else { end(2) });
        let change = to.y.unwrap_or_default() - from.y.unwrap_or_default();
        let moved = i != 2 && change.abs() > if ranks { agencies as f64 * 0.12 } else { 0.12 };
        SlopeRow { label: agency(i), from, to, moved, selected: i == 4 }
    });
    let data = Slope {
        scale: if ranks { Scale::Number } else { Scale::Percent },
        ends: (text("2023年", "2023"), text("2024年", "2024")),
        small_on_top: ranks,
        rows: rows.collect(),
    };
    chart(&format!("slope_{agencies}"), ChartData::Slope(data))
}

pub fn contributions(rows: usize, grouped: bool) -> Chart {
    let names = [
        ("依申请公开的公开程度", "openness on request"),
        ("复议和诉讼中的纠错", "corrections in reviews and lawsuits"),
        ("时效与形式", "timeliness and form"),
        ("数据质量", "data quality"),
    ];
    let row = |i: usize| {
        let y = (noise(seed(i) * 17 + 5) - 0.45) * 12.0;
        let value = match i {
            3 if rows > 4 => BarsValue::default(),
            5 => BarsValue { y: Some(0.0), ..BarsValue::default() },
            _ => BarsValue { y: Some(y), low: Some(y - 1.5), high: Some(y + 2.0), n: None },
        };
        let group = names[i / 3 % 4];
        let own = names[(i + 1) % 4];
        Contribution {
            label: if grouped { text(own.0, own.1) } else { text(names[i % 4].0, names[i % 4].1) },
            group: if grouped { text(group.0, group.1) } else { Text::default() },
            value,
        }
    };
    let data = Contributions {
        baseline: text("0＝同组机关的中位数", "0 = median of the peer group"),
        rows: (0..rows).map(row).collect(),
        total: Some((text("合计", "in all"), BarsValue { y: Some(-3.4), ..BarsValue::default() })),
    };
    chart(&format!("contributions_{rows}"), ChartData::Contributions(data))
}

/// Many trends in small panels, with intervals and the break.
pub fn small_multiples(panels: usize) -> Chart {
    let panel = |i: usize| {
        let mut line = line("值", &[]);
        line.points = (2019..=2024)
            .map(|year: i32| {
                let y = noise(seed(i) * 19 + year.cast_unsigned()) * if i.is_multiple_of(4) { 1.0 } else { 0.2 };
                let interval = (Some(y * 0.7), Some((y * 1.25).min(1.0)));
                let y = (i % 5 != 2 || year != 2022).then_some(y);
                Point { year, y, low: interval.0, high: interval.1, n: None }
            })
            .collect();
        Panel { title: agency(i), ..panel("", Scale::Percent, vec![line]) }
    };
    let mut panels: Vec<Panel> = (0..panels).map(panel).collect();
    if let Some(line) = panels.get_mut(1).and_then(|panel| panel.lines.first_mut()) {
        line.points.clear();
    }
    let data = Lines { panels, breaks: vec![Break::form_changed(2020)] };
    chart("small_multiples", ChartData::Lines(data))
}

/// First and total order indices of the choices of a method: lying dots serve.
pub fn sensitivity() -> Chart {
    let mut chart = bars(BarsLayout::Lying, BarsMark::Dot, 0, 2);
    chart.id = "sensitivity".to_owned();
    let ChartData::Bars(data) = &mut chart.data else { return chart };
    data.scale = Scale::Number;
    data.series = vec![text("一阶指数", "first order"), text("总指数", "total order")];
    let choices = [
        ("权重", "weights", 0.31, 0.44),
        ("归一化方法", "normalisation", 0.22, 0.38),
        ("合成方法", "aggregation", 0.05, 0.12),
        ("剔除一项指标", "leaving one indicator out", 0.09, 0.93),
    ];
    data.groups = choices
        .map(|(zh, en, first, total)| BarsGroup {
            label: text(zh, en),
            values: [first, total].map(|y| BarsValue { n: None, ..value(y, 0) }).to_vec(),
        })
        .to_vec();
    chart
}

/// Empty, equal, huge and undefined values.
pub fn extremes() -> Vec<Chart> {
    let hostile = [f64::NAN, f64::INFINITY, f64::NEG_INFINITY, -3.0, 0.0, 1e300, 1e14, 1e-12, 7.0, 7.0];
    let mut charts = Vec::new();
    let ends = |y: f64| BarsValue { y: Some(y), low: Some(f64::NAN), high: Some(y + 1.0), n: Some(u64::MAX) };
    let funnel = |ys: &[f64], ns: &[u64]| {
        let points = ys.iter().zip(ns.iter().cycle()).enumerate().map(|(i, (y, n))| FunnelPoint {
            label: agency(i),
            n: *n,
            y: Some(*y),
            place: [FunnelPlace::Within, FunnelPlace::Beyond95, FunnelPlace::Beyond998][i % 3],
            selected: i % 4 == 0,
        });
        let wild = FunnelLimits { n: f64::NAN, within_95: (f64::NAN, 1e308), within_998: (f64::NEG_INFINITY, 0.0) };
        let data = Funnel {
            scale: Scale::Number,
            n_label: Text::default(),
            target: ys.first().copied(),
            target_label: text(&"很长的名称".repeat(20), "a name that goes on and on and on and on and on and on"),
            limits: [vec![wild], limits(0.3, 100.0), vec![FunnelLimits { n: 1e308, ..wild }]].concat(),
            points: points.collect(),
        };
        chart("funnel_extreme", ChartData::Funnel(data))
    };
    charts.extend([funnel(&[], &[]), funnel(&hostile, &[1]), funnel(&hostile, &[0, 1, u64::MAX, 1_000_000_000])]);
    charts.extend([funnel(&[0.0; 9], &[50]), funnel(&[1.0], &[1]), funnel(&[0.4; 40], &[100])]);
    let ranks = |medians: &[f64]| {
        let rows = medians.iter().enumerate().map(|(i, median)| RankRow {
            label: text(&"名".repeat(i * 9), &"name ".repeat(i * 4)),
            median: Some(*median),
            interval: Some((f64::NAN, *median)),
            range: Some((u32::MAX, 0)),
            selected: i == 1,
        });
        let data = Ranks { rows: rows.collect(), ranked: Some(0), not_ranked: vec![] };
        chart("ranks_extreme", ChartData::Ranks(data))
    };
    charts.extend([ranks(&[]), ranks(&hostile), ranks(&[1.0]), ranks(&[2.0; 70]), ranks(&[1.0; 3])]);
    let slope = |values: &[f64]| {
        let rows = values.iter().enumerate().map(|(i, y)| SlopeRow {
            label: text(&"名".repeat(i * 9), &"name ".repeat(i * 4)),
            from: ends(*y),
            to: ends(values[values.len() - 1 - i]),
            moved: i % 2 == 0,
            selected: false,
        });
        let ends = (Text::default(), text("一个很长的年度名称一个很长的年度名称", "a long name for the year"));
        let data = Slope { scale: Scale::Percent, ends, small_on_top: false, rows: rows.collect() };
        chart("slope_extreme", ChartData::Slope(data))
    };
    charts.extend([slope(&[]), slope(&hostile), slope(&[0.0]), slope(&[0.5; 30]), slope(&[5.0; 70])]);
    let contributions = |values: &[f64]| {
        let rows = values.iter().enumerate().map(|(i, y)| Contribution {
            label: text(&"名".repeat(i * 9), &"name ".repeat(i * 4)),
            group: text(["", "甲"][i % 2], &"group ".repeat(i % 2 * 30)),
            value: ends(*y),
        });
        let data =
            Contributions { baseline: agency(2), rows: rows.collect(), total: Some((agency(0), ends(f64::NAN))) };
        chart("contributions_extreme", ChartData::Contributions(data))
    };
    charts.extend([contributions(&[]), contributions(&hostile), contributions(&[0.0; 4]), contributions(&[-2e6])]);
    charts
}

pub fn all() -> Vec<Chart> {
    let mut charts: Vec<Chart> = [5, 60, 400].into_iter().map(|count| funnel(count, true)).collect();
    charts.push(funnel(60, false));
    charts.extend([5, 38, 60, 400].map(ranks));
    charts.extend([slope(5, false), slope(25, false), slope(60, true), slope(400, true)]);
    charts.extend([contributions(4, false), contributions(12, true), small_multiples(30), small_multiples(12)]);
    charts.push(sensitivity());
    charts.extend(extremes());
    charts
}
