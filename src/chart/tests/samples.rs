//! Charts as the program draws them, and charts that nobody should draw. Figures and names are invented.

use super::super::*;
use crate::report::Text;

pub fn text(zh: &str, en: &str) -> Text {
    Text::new(zh, en)
}

/// Numbers that look like chance and are the same every time.
pub fn noise(seed: u32) -> f64 {
    f64::from(seed.wrapping_mul(2_654_435_761) >> 16) / 65_536.0
}

pub fn chart(id: &str, data: ChartData) -> Chart {
    Chart {
        id: id.to_owned(),
        title: text(
            "不予公开的理由以内部事务信息和过程性信息为主，十年间变化不大（含“其他处理”）",
            "Internal affairs and deliberative information remain the main reasons for refusal over the years",
        ),
        subtitle: text(
            "占全部不予公开决定的百分比；n为不予公开的件数",
            "Per cent of all refusals; n = refusals, 38 agencies",
        ),
        foot: text(
            "228份报告。来源：各机关公布的政府信息公开工作年度报告。数字由机关自行填报，申请多并不说明工作做得不好。",
            "228 reports. Source: the agencies' annual reports. Figures are self-reported; more requests are not by themselves worse.",
        ),
        empty: text("", ""),
        data,
    }
}

pub fn line(label: &str, values: &[Option<f64>]) -> Line {
    let points = values.iter().zip(2019..).map(|(y, year)| Point::new(year, *y)).collect();
    Line { label: text(label, label), points }
}

pub fn panel(title: &str, scale: Scale, lines: Vec<Line>) -> Panel {
    Panel { title: text(title, title), scale, lines }
}

pub fn levels() -> Chart {
    let lines = [("省级", 0.02), ("地级", 0.05), ("县级", 0.18), ("乡级", 0.55)].map(|(label, level)| {
        let points = (2019..=2024_u32).map(|year| {
            let y = level + 0.03 * noise(year);
            let interval = (Some(y * 0.7), Some(y * 1.2));
            Point { year: year.cast_signed(), y: Some(y), low: interval.0, high: interval.1, n: Some(38) }
        });
        Line { label: text(label, label), points: points.collect() }
    });
    let panels = vec![panel("", Scale::Percent, lines.to_vec())];
    chart("levels", ChartData::Lines(Lines { panels, breaks: vec![Break::form_changed(2020)] }))
}

pub fn volume() -> Chart {
    let panels = [1.8e6, 5.4e5, 42_000.0, 1240.0, 9_840.0, 30.0].map(|size| {
        let values: Vec<_> = (0..6).map(|i| (size < 9_000.0 || i > 1).then(|| size * (0.8 + 0.4 * noise(i)))).collect();
        panel("现行有效的行政规范性文件（件）", Scale::Number, vec![line("件", &values)])
    });
    chart("volume", ChartData::Lines(Lines { panels: panels.to_vec(), breaks: vec![Break::form_changed(2020)] }))
}

pub fn many_lines() -> Chart {
    let lines = (0..30).map(|i| {
        let values: Vec<_> = (0..6).map(|k| Some(100.0 * noise(i * 7 + k))).collect();
        line(&format!("望川县第{i}机关<b>&amp;\u{202e}\u{0}信息公开办公室"), &values)
    });
    let panels = vec![panel("", Scale::Number, lines.collect())];
    chart("many_lines", ChartData::Lines(Lines { panels, breaks: vec![] }))
}

pub fn reasons() -> Chart {
    let names =
        ["国家秘密", "法律法规禁止公开", "危及“三安全一稳定”", "第三方合法权益", "三类内部事务信息", "四类过程性信息"];
    let parts = names.map(|name| text(name, "deliberative information of the agency")).to_vec();
    let bars = (2019..=2024_u32).map(|year| {
        let amounts = (0..6).map(|i| (i < 5 || year > 2020).then(|| libm::round(400.0 * noise(year * 8 + i))));
        let mut bar = StackedBar::of_year(year.cast_signed(), amounts.collect());
        if year == 2021 {
            bar.amounts = vec![Some(0.0); 6];
        }
        bar
    });
    let data = StackedShares { parts, bars: bars.collect(), breaks: vec![Break::form_changed(2020)] };
    chart("reasons", ChartData::StackedShares(data))
}

/// Bars with many cases each, and long names beside them.
pub fn many_cases() -> Chart {
    let mut chart = reasons();
    chart.id = "many_cases".to_owned();
    if let ChartData::StackedShares(data) = &mut chart.data {
        for (bar, n) in data.bars.iter_mut().zip([98_765, 21_104, 33_871, 45_009, 10_002, 88_888]) {
            bar.amounts.fill(Some(7.0));
            bar.n = Some(n);
        }
    }
    chart
}

pub fn lopsided() -> Chart {
    let name = "名称很长很长很长很长很长很长很长很长很长很长很长很长的理由";
    let parts = vec![text(name, "A reason whose name goes on and on and on, unabbreviated"); 8];
    let amounts = vec![Some(1e9), Some(0.0), Some(1.0), None, Some(f64::NAN), Some(-5.0), Some(2.0), Some(1e9)];
    let data = StackedShares { parts, bars: vec![StackedBar::of_year(2024, amounts)], breaks: vec![] };
    chart("lopsided", ChartData::StackedShares(data))
}

pub fn thirty_bars() -> Chart {
    let bar =
        |year: u32| StackedBar::of_year(year.cast_signed(), (0..3).map(|i| Some(1e4 * noise(year + i))).collect());
    let parts = vec![text("公开", "granted"), text("部分公开", "in part"), text("不予公开", "refused")];
    let breaks = vec![Break::form_changed(2007), Break::form_changed(2008), Break::form_changed(2020)];
    chart(
        "thirty_bars",
        ChartData::StackedShares(StackedShares { parts, bars: (1995..=2024).map(bar).collect(), breaks }),
    )
}

pub fn heat_map(rows: usize, years: i32) -> Chart {
    let states = [
        ("全部为零", "all zero", Shade::Darkest, Some('0')),
        ("不全为零", "not all zero", Shade::Light, None),
        ("无法判断", "not assessable", Shade::Medium, Some('?')),
        ("无报告", "no report", Shade::White, Some('–')),
    ]
    .map(|(zh, en, shade, sign)| HeatState { label: text(zh, en), shade, sign });
    let row = |i: usize| HeatRow {
        label: text(&format!("望川县人力资源和社会保障局第{i}分局"), &format!("Office {i} of Wangchuan county")),
        group: text(["望川县", "临江市"][i / 20 % 2], ["Wangchuan", "Linjiang"][i / 20 % 2]),
        cells: (0..years.cast_unsigned() as usize)
            .map(|k| (!(i + k).is_multiple_of(7)).then_some((i * k) % 4))
            .collect(),
    };
    let data = HeatMap {
        years: (2025 - years..=2024).collect(),
        states: states.to_vec(),
        rows: (0..rows).map(row).collect(),
        breaks: vec![Break::form_changed(2020)],
    };
    chart("heat_map", ChartData::HeatMap(data))
}

pub fn value(y: f64, n: u64) -> BarsValue {
    BarsValue { y: Some(y), low: Some(y * 0.8), high: Some((y * 1.2).min(1.0)), n: Some(n) }
}

pub fn bars(layout: BarsLayout, mark: BarsMark, groups: u32, years: u32) -> Chart {
    let group = |i: u32| BarsGroup {
        label: text(&format!("望川县第{i}自然资源和规划局"), &format!("Bureau {i} of natural resources")),
        values: (0..years)
            .map(|k| if i == 2 { BarsValue::default() } else { value(noise(i * 9 + k), u64::from(1_000 * i + k)) })
            .collect(),
    };
    let series = (0..years).map(|k| text(&(2019 + k).to_string(), &(2019 + k).to_string())).collect();
    let data = Bars { scale: Scale::Percent, layout, mark, series, groups: (0..groups).map(group).collect() };
    chart("bars", ChartData::Bars(data))
}

/// Empty, zero, lonely, huge, tiny and undefined values.
pub fn extremes() -> Vec<Chart> {
    let of = |values: &[Option<f64>], scale| {
        let panels = vec![panel("", scale, vec![line("甲", values), line("乙", values)])];
        chart("extreme", ChartData::Lines(Lines { panels, breaks: vec![Break::form_changed(2020)] }))
    };
    vec![
        chart("extreme", ChartData::Lines(Lines::default())),
        chart("extreme", ChartData::StackedShares(StackedShares::default())),
        chart("extreme", ChartData::HeatMap(HeatMap::default())),
        bars(BarsLayout::Upright, BarsMark::Dot, 0, 1),
        of(&[], Scale::Number),
        of(&[None, Some(f64::NAN), Some(f64::INFINITY)], Scale::Number),
        of(&[Some(0.0); 6], Scale::Number),
        of(&[Some(0.0); 6], Scale::Percent),
        of(&[Some(1e9)], Scale::Number),
        of(&[Some(1e9), None, Some(1e-9), Some(3.3e9)], Scale::Number),
        of(&[Some(1e-7), Some(2e-6)], Scale::Percent),
        of(&[Some(-1e6), Some(1e300), Some(7.0)], Scale::Number),
    ]
}

pub fn all() -> Vec<Chart> {
    use {BarsLayout::*, BarsMark::*};
    let mut charts = vec![levels(), volume(), many_lines(), reasons(), many_cases(), lopsided(), thirty_bars()];
    charts.extend([heat_map(9, 6), heat_map(38, 6), heat_map(150, 17)]);
    charts.extend([bars(Upright, Dot, 5, 6), bars(Upright, Bar, 6, 1), bars(Upright, Bar, 40, 2)]);
    charts.extend([bars(Lying, Dot, 12, 1), bars(Lying, Bar, 5, 3), bars(Lying, Dot, 60, 1)]);
    charts.extend(extremes());
    charts.extend(super::ranked::all());
    charts
}
