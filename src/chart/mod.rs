//! Plain values → SVG, PNG, the CSV of what is drawn, and a sentence that says it.
//!
//! A chart knows nothing of reports: it gets numbers and labels in both languages, and one of eight generic kinds draws
//! them. plotters draws the SVG, resvg turns the same SVG into PNG; both use the embedded font only, so that the same
//! values give the same bytes on every machine.
//!
//! ```
//! use gongkai::chart::{Break, Chart, ChartData, Line, Lines, Panel, Point, Scale, Size, png, svg};
//! use gongkai::report::{Lang, Text};
//!
//! let received = [(2019, Some(8_123.0)), (2020, Some(7_540.0)), (2021, None), (2022, Some(11_020.0))];
//! let line = Line {
//!     label: Text::new("本年新收", "received"),
//!     points: received.map(|(year, y)| Point::new(year, y)).to_vec(),
//! };
//! let panel = Panel { title: Text::default(), scale: Scale::Number, lines: vec![line] };
//! let chart = Chart {
//!     id: "requests".to_owned(),
//!     title: Text::new("收到的申请增多", "Requests are on the rise"),
//!     subtitle: Text::new("政府信息公开申请（件）", "Requests for government information"),
//!     foot: Text::new("152份报告", "152 reports"),
//!     empty: Text::default(),
//!     data: ChartData::Lines(Lines { panels: vec![panel], breaks: vec![Break::form_changed(2020)] }),
//! };
//! let svg = svg(&chart, Lang::Zh, Size::Double)?;
//! assert!(svg.contains("width=\"174.00mm\"") && svg.contains("表式变更 2020|2021"));
//! assert!(png(&svg, Size::Double.png_scale())?.starts_with(b"\x89PNG"));
//! # Ok::<(), gongkai::chart::ChartError>(())
//! ```

mod axis;
mod bars;
mod callouts;
mod contributions;
mod font;
mod frame;
mod funnel;
mod heat_map;
mod legend;
mod lines;
mod marker;
mod n_row;
mod number;
mod plot;
mod png;
mod ranks;
mod scene;
mod slope;
mod spread;
mod stacked_shares;
mod theme;
mod words;

#[cfg(test)]
mod tests;

pub use axis::Break;
pub use bars::{Bars, BarsGroup, BarsLayout, BarsMark, BarsValue};
pub use contributions::{Contribution, Contributions};
pub use font::{BOLD as FONT_BOLD, REGULAR as FONT_REGULAR};
pub use funnel::{Funnel, FunnelLimits, FunnelPlace, FunnelPoint};
pub use heat_map::{HeatMap, HeatRow, HeatState};
pub use lines::{Line, Lines, Panel, Point};
pub use number::Scale;
pub use png::png;
pub use ranks::{NotRanked, RankRow, Ranks};
pub use slope::{Slope, SlopeRow};
pub use stacked_shares::{StackedBar, StackedShares};
pub use theme::{Shade, Size};

use crate::report::{Lang, Text};
use thiserror::Error;

/// One chart: it answers one question.
#[derive(Debug, Clone, PartialEq)]
pub struct Chart {
    /// Name of its files, without extension.
    pub id: String,
    /// Says what the chart shows.
    pub title: Text,
    /// What is counted, in which unit, over how many reports.
    pub subtitle: Text,
    /// n of reports, source, caveat.
    pub foot: Text,
    /// Why there is no data, should there be none; a general sentence where empty.
    pub empty: Text,
    /// What is drawn.
    pub data: ChartData,
}

/// What is drawn, by kind.
#[derive(Debug, Clone, PartialEq)]
pub enum ChartData {
    /// Values over the years.
    Lines(Lines),
    /// Parts of a whole, a bar a year or group.
    StackedShares(StackedShares),
    /// States of rows (agencies) over the years.
    HeatMap(HeatMap),
    /// Values with intervals, by group.
    Bars(Bars),
    /// Shares by number of cases, with control limits.
    Funnel(Funnel),
    /// Ranks with intervals.
    Ranks(Ranks),
    /// From one year to another.
    Slope(Slope),
    /// What one agency's score is made of, against a baseline.
    Contributions(Contributions),
}

/// Why a chart cannot be drawn. Missing values are no reason: a chart without any says so itself.
#[derive(Debug, Error, Clone, PartialEq, Eq)]
pub enum ChartError {
    /// More than can be drawn legibly; the caller has to sum up.
    #[error("chart {chart}: {got} {what}, at most {most} can be drawn")]
    TooMany {
        /// The chart's id.
        chart: String,
        /// Of what: `series`, `parts`, `rows` …
        what: &'static str,
        /// How many there are.
        got: usize,
        /// How many there may be.
        most: usize,
    },
    /// A year before 1900 or after 2200.
    #[error("chart {chart}: {year} is not a report year")]
    Year {
        /// The chart's id.
        chart: String,
        /// The year.
        year: i32,
    },
    /// plotters does not accept the embedded font.
    #[error("the embedded font cannot be read")]
    Font,
    /// plotters failed.
    #[error("the chart cannot be drawn: {0}")]
    Drawing(String),
    /// Not an SVG.
    #[error("the SVG cannot be read: {0}")]
    Svg(String),
    /// No picture of this size.
    #[error("the PNG cannot be made: {0}")]
    Png(String),
}

/// More than what a kind can draw legibly.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Unfit {
    TooMany { what: &'static str, got: usize, most: usize },
    Year(i32),
}

/// At most so many of something.
fn at_most(what: &'static str, got: usize, most: usize) -> Result<(), Unfit> {
    if got > most { Err(Unfit::TooMany { what, got, most }) } else { Ok(()) }
}

/// Only years that reports can have; this bounds the axis.
fn check_year(year: i32) -> Result<(), Unfit> {
    if (1900..=2200).contains(&year) { Ok(()) } else { Err(Unfit::Year(year)) }
}

/// What language and size a kind draws for.
struct Style {
    theme: theme::Theme,
    size: Size,
    lang: Lang,
}

impl Style {
    /// A text from outside in this language, cleaned.
    fn say(&self, text: &Text) -> String {
        font::clean(text.get(self.lang))
    }
}

/// What every kind of chart can do.
trait Kind {
    /// Whether there is no value at all.
    fn is_empty(&self) -> bool;
    /// Whether it can be drawn legibly.
    fn check(&self) -> Result<(), Unfit>;
    /// The height its body wants, where `usual` is what the size leaves between head and foot.
    fn height(&self, style: &Style, width: f64, usual: f64) -> f64;
    /// Draws into the body.
    fn draw(&self, scene: &mut scene::Scene, body: scene::Area, style: &Style);
    /// Header and rows of what it draws.
    fn csv_rows(&self, lang: Lang) -> (Vec<String>, Vec<Vec<String>>);
    /// Key values in sentences.
    fn alt_text(&self, lang: Lang) -> String;
}

impl ChartData {
    fn kind(&self) -> &dyn Kind {
        match self {
            Self::Lines(kind) => kind,
            Self::StackedShares(kind) => kind,
            Self::HeatMap(kind) => kind,
            Self::Bars(kind) => kind,
            Self::Funnel(kind) => kind,
            Self::Ranks(kind) => kind,
            Self::Slope(kind) => kind,
            Self::Contributions(kind) => kind,
        }
    }
}

/// The chart as SVG: text stays text; the title and [`alt_text`] are inside for screen readers.
///
/// # Errors
/// [`ChartError`] where there is more than can be drawn legibly, or a year that no report has. Missing, infinite and
/// NaN values are no error: they are left out, and a chart without any value says "no data".
pub fn svg(chart: &Chart, lang: Lang, size: Size) -> Result<String, ChartError> {
    chart.data.kind().check().map_err(|unfit| match unfit {
        Unfit::TooMany { what, got, most } => ChartError::TooMany { chart: chart.id.clone(), what, got, most },
        Unfit::Year(year) => ChartError::Year { chart: chart.id.clone(), year },
    })?;
    if !font::register() {
        return Err(ChartError::Font);
    }
    let style = Style { theme: size.theme(), size, lang };
    let scene = frame::compose(chart, &style);
    plot::draw(&scene, size, lang, chart.title.get(lang), &alt_text(chart, lang))
}

/// Header and rows of the CSV that a chart draws: column names are the same in both languages, labels are in `lang`.
/// Shares are numbers from 0 to 1; a missing value is an empty cell.
pub fn csv_rows(chart: &Chart, lang: Lang) -> (Vec<String>, Vec<Vec<String>>) {
    chart.data.kind().csv_rows(lang)
}

/// What the chart says, in sentences with its key values, for those who cannot see it.
pub fn alt_text(chart: &Chart, lang: Lang) -> String {
    let stop = lang.pick("。", ". ");
    let kind = chart.data.kind();
    let values = if kind.is_empty() { frame::why_empty(chart, lang) } else { kind.alt_text(lang) };
    let mut out = String::new();
    for part in [chart.title.get(lang), chart.subtitle.get(lang), values.as_str()] {
        let part = font::clean(part);
        let part = part.trim_end_matches(['。', '.', ' ']);
        if !part.is_empty() {
            out.push_str(part);
            out.push_str(stop);
        }
    }
    out.trim_end().to_owned()
}

/// Whether a text says nothing, in either language.
fn is_blank(text: &Text) -> bool {
    text.zh.is_empty() && text.en.is_empty()
}

/// "label: what", with the colon of the language.
fn labelled(label: &str, what: &str, lang: Lang) -> String {
    format!("{label}{}{what}", lang.pick("：", ": "))
}

/// A header of CSV columns.
fn header(names: &[&str]) -> Vec<String> {
    names.iter().map(|&name| name.to_owned()).collect()
}
