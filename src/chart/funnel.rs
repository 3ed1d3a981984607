//! A funnel plot: shares against the number of cases behind them, with the limits that chance alone explains. Agencies
//! beyond a limit differ from the others in shape, fill and colour, and are named where there is room.

use super::axis::{self, Map};
use super::callouts::Callouts;
use super::legend;
use super::marker::{self, Marker};
use super::number::{self, Scale, Ticks, cell, finite};
use super::scene::{Anchor, Area, Colour, Scene, paragraph_height};
use super::spread::{Wish, spread};
use super::theme::{FAINT, INK, MAIN, MUTED, PICKED, SOFT, WHITE};
use super::words::{BEYOND_95, BEYOND_998, LOG_SCALE, WITHIN_LIMITS, Word};
use super::{Kind, Size, Style, Unfit, at_most, header, is_blank, labelled};
use crate::report::{Lang, Text};

/// Shares (or rates) by the number of cases, with control limits.
#[derive(Debug, Clone, PartialEq)]
pub struct Funnel {
    /// What the values are.
    pub scale: Scale,
    /// What is counted from left to right ("requests closed").
    pub n_label: Text,
    /// The value that the limits lie around, mostly that of all agencies together.
    pub target: Option<f64>,
    /// What the target is ("all agencies").
    pub target_label: Text,
    /// The limits, sampled densely enough for smooth curves, by rising n. At most 2,000.
    pub limits: Vec<FunnelLimits>,
    /// At most 5,000, in any order.
    pub points: Vec<FunnelPoint>,
}

/// The limits for one number of cases.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct FunnelLimits {
    /// Cases.
    pub n: f64,
    /// Lower and upper limit that hold 95 % of agencies if only chance differs.
    pub within_95: (f64, f64),
    /// Lower and upper limit that hold 99.8 %.
    pub within_998: (f64, f64),
}

/// One agency.
#[derive(Debug, Clone, PartialEq)]
pub struct FunnelPoint {
    /// Its name; empty for a point that is not to be named.
    pub label: Text,
    /// Cases.
    pub n: u64,
    /// Its value; none where there are no cases.
    pub y: Option<f64>,
    /// Which limits it is beyond, as the exact test says (the curves are only samples).
    pub place: FunnelPlace,
    /// Whether the chart is about it: then it is named first, and in bold, wherever it lies.
    pub selected: bool,
}

/// Where a point lies among the limits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum FunnelPlace {
    /// Inside those of 95 %.
    Within,
    /// Beyond those of 95 %, inside those of 99.8 %.
    Beyond95,
    /// Beyond those of 99.8 %.
    Beyond998,
}

impl FunnelPlace {
    const ALL: [Self; 3] = [Self::Within, Self::Beyond95, Self::Beyond998];

    /// `within`, `beyond_95`, `beyond_998`: as written in the CSV.
    pub fn name(self) -> &'static str {
        match self {
            Self::Within => "within",
            Self::Beyond95 => "beyond_95",
            Self::Beyond998 => "beyond_998",
        }
    }

    fn word(self) -> Word {
        match self {
            Self::Within => WITHIN_LIMITS,
            Self::Beyond95 => BEYOND_95,
            Self::Beyond998 => BEYOND_998,
        }
    }

    /// Colour, shape, and size against the usual one.
    fn look(self) -> (Colour, Marker, f64) {
        match self {
            Self::Within => (MUTED, Marker::Ring, 0.8),
            Self::Beyond95 => (MAIN, Marker::Lozenge, 1.05),
            Self::Beyond998 => (PICKED, Marker::Square, 1.05),
        }
    }
}

/// From this ratio of most to least cases on, the axis of n is logarithmic.
const LOG_FROM: f64 = 30.0;
/// Half the width of the circle around the point that the chart is about, against that of a marker.
const HALO: f64 = 2.1;
/// So many names are tried.
const NAMES: usize = 80;

impl FunnelPoint {
    fn spot(&self) -> Option<(f64, f64)> {
        finite((self.n > 0).then_some(self.n as f64)).zip(finite(self.y))
    }
}

/// The axis of n.
struct Across {
    log: bool,
    ticks: Ticks,
}

impl Across {
    fn map(&self, plot: Area, size: f64) -> impl Fn(f64) -> f64 {
        let log = self.log;
        let of = move |n: f64| if log { libm::log10(n.max(1e-9)) } else { n };
        let map =
            Map::new((of(self.ticks.low), of(self.ticks.high)), (plot.left + size * 0.6, plot.right - size * 0.4));
        move |n| map.at(of(n))
    }
}

/// One of the four limits.
type Side = fn(&FunnelLimits) -> f64;

/// A label at the right end of a curve.
struct Tag {
    lines: Vec<String>,
    end: (f64, f64),
}

impl Funnel {
    fn spots(&self) -> impl Iterator<Item = (&FunnelPoint, (f64, f64))> {
        self.points.iter().filter_map(|point| point.spot().map(|spot| (point, spot)))
    }

    fn count(&self, place: FunnelPlace) -> usize {
        self.spots().filter(|(point, _)| point.place == place).count()
    }

    fn not_drawn(&self) -> usize {
        self.points.len() - self.spots().count()
    }

    fn across(&self, style: &Style, width: f64) -> Across {
        let (least, most) =
            self.spots().fold((f64::INFINITY, 0.0_f64), |(least, most), (_, (n, _))| (least.min(n), most.max(n)));
        let log = most / least >= LOG_FROM;
        let wanted = if width > style.theme.label.size * 34.0 { 6 } else { 4 };
        let ticks = if log {
            let ticks = number::log_ticks((least, most), false, style.lang);
            let kind = style.theme.label;
            let labels: f64 = ticks.marks.iter().map(|(_, label)| kind.width(label) + kind.size).sum();
            if labels <= width { ticks } else { number::log_ticks((least, most), true, style.lang) }
        } else {
            number::ticks(0.0, most, wanted, Scale::Number, style.lang)
        };
        Across { log, ticks }
    }

    /// The values from bottom to top: all points, the target and the limits where they are narrowest, whatever those of
    /// few cases.
    fn range(&self) -> (f64, f64) {
        let narrowest = self.limits.last().into_iter().flat_map(|limits| [limits.within_998.0, limits.within_998.1]);
        let narrowest = narrowest.filter_map(|y| finite(Some(y)));
        let values = self.spots().map(|(_, (_, y))| y).chain(finite(self.target)).chain(narrowest);
        values.fold((0.0, 0.0), |(low, high), y| (f64::min(low, y), f64::max(high, y)))
    }

    /// One limit from left to right, as far as it lies inside the plot, in runs.
    fn curve(&self, of: impl Fn(&FunnelLimits) -> f64, (ticks, values): (&Ticks, &Ticks)) -> Vec<Vec<(f64, f64)>> {
        let samples: Vec<(f64, f64)> = self
            .limits
            .iter()
            .map(|limits| (limits.n, of(limits)))
            .filter(|(n, y)| *n > 0.0 && n.is_finite() && y.is_finite())
            .collect();
        let boxed = (ticks.low, ticks.high, values.low, values.high);
        let mut runs: Vec<Vec<(f64, f64)>> = Vec::new();
        for pair in samples.windows(2) {
            let &[from, to] = pair else { continue };
            let Some((from, to)) = clip(from, to, boxed) else { continue };
            match runs.last_mut() {
                Some(run) if run.last() == Some(&from) => run.push(to),
                _ => runs.push(vec![from, to]),
            }
        }
        runs
    }

    fn target_lines(&self, style: &Style, width: f64) -> Vec<String> {
        let Some(target) = finite(self.target) else { return Vec::new() };
        let text = format!("{} {}", style.say(&self.target_label), number::short(target, self.scale, style.lang));
        style.theme.label.wrap_evenly(text.trim(), width * 0.2, 3)
    }

    fn legend(&self, style: &Style, width: f64) -> legend::Flow {
        let label = |place: FunnelPlace| format!("{} ({})", place.word().get(style.lang), self.count(place));
        legend::flow(&FunnelPlace::ALL.map(label), width, &style.theme)
    }

    /// Limits and target with their labels; the paths drawn.
    fn draw_limits(
        &self,
        scene: &mut Scene,
        (plot, across, values): (Area, &Across, &Ticks),
        (map, named): (Map, &[String]),
        style: &Style,
    ) -> Vec<Vec<(f64, f64)>> {
        let mut curves = Vec::new();
        let theme = &style.theme;
        let kind = theme.label;
        let x = across.map(plot, kind.size);
        let target = finite(self.target);
        let mut tags: Vec<Tag> = Vec::new();
        let sides: [(Side, bool); 4] = [
            (|l| l.within_998.1, true),
            (|l| l.within_95.1, false),
            (|l| l.within_95.0, false),
            (|l| l.within_998.0, true),
        ];
        for (index, (side, outer)) in sides.into_iter().enumerate() {
            if index == 2
                && let Some(target) = target
            {
                let y = map.at(target);
                let line = vec![(plot.left, y), (plot.right, y)];
                scene.line(line.clone(), INK, theme.hair * 1.6);
                curves.push(line);
                tags.push(Tag { lines: named.to_vec(), end: (plot.right, y) });
            }
            let runs = self.curve(side, (&across.ticks, values));
            for run in &runs {
                let path: Vec<(f64, f64)> = run.iter().map(|(n, y)| (x(*n), map.at(*y))).collect();
                if outer {
                    scene.line(path.clone(), SOFT, theme.hair * 1.4);
                } else {
                    scene.dashed(&path, theme.marker * 1.2, SOFT, theme.hair * 1.4);
                }
                curves.push(path);
            }
            if let Some((n, y)) = runs.last().and_then(|run| run.last()) {
                let text = if outer { "99.8%" } else { "95%" };
                tags.push(Tag { lines: vec![text.to_owned()], end: (x(*n), map.at(*y)) });
            }
        }
        let height = |tag: &Tag| paragraph_height(tag.lines.len(), kind) + kind.size * 0.2;
        let wishes: Vec<Wish> = tags.iter().map(|tag| Wish { middle: tag.end.1, room: height(tag) }).collect();
        let places = spread(&wishes, plot.top - kind.size, plot.bottom + kind.size * 0.6);
        for (tag, middle) in tags.iter().zip(places) {
            let text = plot.right + kind.size * 1.3;
            scene.line(vec![tag.end, (text - kind.size * 0.3, middle)], FAINT, theme.hair);
            let top = middle - paragraph_height(tag.lines.len(), kind) / 2.0;
            scene.paragraph(text, top, &tag.lines, Anchor::Start, kind);
        }
        curves
    }

    /// How far beyond chance a point lies: its distance from the target in units of the limit of 95 % at its n.
    fn distance(&self, (n, y): (f64, f64)) -> f64 {
        let target = finite(self.target).unwrap_or(0.0);
        let next = self.limits.partition_point(|l| l.n < n).min(self.limits.len().saturating_sub(1));
        let limit = self.limits.get(next).map_or(1.0, |l| if y > target { l.within_95.1 } else { l.within_95.0 });
        let apart = (y - target).abs() / (limit - target).abs();
        if apart.is_finite() { apart } else { 0.0 }
    }

    fn draw_points(
        &self,
        scene: &mut Scene,
        mut callouts: Callouts,
        (plot, x, map): (Area, impl Fn(f64) -> f64, Map),
        style: &Style,
    ) {
        let theme = &style.theme;
        let widest = plot.width() * if style.size == Size::Single { 0.42 } else { 0.3 };
        let shrink = if self.points.len() > 1_000 { 0.6 } else { 1.0 };
        let mut drawn: Vec<(&FunnelPoint, (f64, f64), f64)> =
            self.spots().map(|(point, (n, y))| (point, (x(n), map.at(y)), self.distance((n, y)))).collect();
        drawn.sort_by_key(|(point, ..)| (point.selected, point.place));
        for (point, spot, _) in &drawn {
            let (colour, shape, size) = point.place.look();
            let r = theme.marker * size * if point.selected { 1.0 } else { shrink };
            if point.selected {
                scene.disc(*spot, theme.marker * HALO, INK);
                scene.disc(*spot, theme.marker * HALO - theme.hair * 1.6, WHITE);
            }
            marker::draw(scene, *spot, r, colour, shape);
            callouts.keep_clear(*spot, if point.selected { theme.marker * HALO } else { r * 1.2 });
        }
        drawn.retain(|(point, ..)| !is_blank(&point.label) && (point.selected || point.place != FunnelPlace::Within));
        drawn.sort_by(|a, b| {
            let rank = |p: &FunnelPoint| (p.selected, p.place);
            rank(b.0).cmp(&rank(a.0)).then(b.2.total_cmp(&a.2))
        });
        for (point, spot, _) in drawn.into_iter().take(NAMES) {
            let kind = theme.small.coloured(INK);
            let kind = super::scene::Type { bold: point.selected, ..kind };
            let r = theme.marker * if point.selected { HALO } else { 1.3 * shrink };
            let name = style.say(&point.label);
            callouts.write(scene, (spot, r), (&name, widest), (kind, point.selected));
        }
    }

    /// What stands under the numbers of the axis: what they count, and how many agencies have no point.
    fn below(&self, log: bool, style: &Style) -> String {
        let mut text = style.say(&self.n_label);
        if log {
            let scale = LOG_SCALE.get(style.lang);
            text = match style.lang {
                Lang::Zh => format!("{text}（{scale}）"),
                Lang::En => format!("{text} ({scale})"),
            };
        }
        text
    }

    fn missing(&self, lang: Lang) -> Option<String> {
        let count = self.not_drawn();
        (count > 0).then(|| match lang {
            Lang::Zh => format!("另有{count}个机关没有数值，未画出"),
            Lang::En if count == 1 => "1 agency without a value is not drawn".to_owned(),
            Lang::En => format!("{count} agencies without a value are not drawn"),
        })
    }
}

/// The part of a line from one place to another inside a box (left, right, bottom, top), if any.
fn clip(
    from: (f64, f64),
    to: (f64, f64),
    (left, right, bottom, top): (f64, f64, f64, f64),
) -> Option<((f64, f64), (f64, f64))> {
    let (dx, dy) = (to.0 - from.0, to.1 - from.1);
    let (mut start, mut end) = (0.0_f64, 1.0_f64);
    for (step, room) in [(-dx, from.0 - left), (dx, right - from.0), (-dy, from.1 - bottom), (dy, top - from.1)] {
        if step == 0.0 {
            if room < 0.0 {
                return None;
            }
        } else if step < 0.0 {
            start = start.max(room / step);
        } else {
            end = end.min(room / step);
        }
    }
    let at = |part: f64| match part {
        0.0 => from,
        1.0 => to,
        _ => (from.0 + dx * part, from.1 + dy * part),
    };
    (start < end).then(|| (at(start), at(end)))
}

impl Kind for Funnel {
    fn is_empty(&self) -> bool {
        self.spots().next().is_none()
    }

    fn check(&self) -> Result<(), Unfit> {
        at_most("limits", self.limits.len(), 2_000)?;
        at_most("points", self.points.len(), 5_000)
    }

    fn height(&self, style: &Style, width: f64, usual: f64) -> f64 {
        usual.max(self.legend(style, width).height() + style.theme.label.size * 24.0)
    }

    fn draw(&self, scene: &mut Scene, body: Area, style: &Style) {
        let theme = &style.theme;
        let kind = theme.label;
        let legend = self.legend(style, body.width());
        legend.draw(scene, body.left, body.top, theme, |scene, index, area| {
            let Some(place) = FunnelPlace::ALL.get(index) else { return };
            let (colour, shape, size) = place.look();
            let middle = (f64::midpoint(area.left, area.right), f64::midpoint(area.top, area.bottom));
            marker::draw(scene, middle, theme.marker * size, colour, shape);
        });
        let top = body.top + legend.height() + kind.size * 0.5;
        let (low, high) = self.range();
        let values = number::ticks(low, high, 5, self.scale, style.lang);
        let target = self.target_lines(style, body.width());
        let tags = target.iter().map(|line| kind.width(line)).fold(kind.width("99.8%"), f64::max);
        let left = body.left + axis::room_left(&values, kind);
        let right = body.right - tags - kind.size * 1.3;
        let across = self.across(style, right - left);
        let note = theme.small.wrap_full(&self.missing(style.lang).unwrap_or_default(), body.width(), 3);
        let title = kind.wrap_full(&self.below(across.log, style), right - left, 2);
        let under = kind.line() * 1.45 + paragraph_height(title.len(), kind);
        let noted = paragraph_height(note.len(), theme.small) + if note.is_empty() { 0.0 } else { kind.size * 0.5 };
        let plot = Area { left, top, right, bottom: body.bottom - under - noted };
        let map = axis::grid(scene, plot, &values, theme);
        let x = across.map(plot, kind.size);
        let places: Vec<f64> = across.ticks.marks.iter().map(|(n, _)| x(*n)).collect();
        for place in &places {
            scene.line(vec![(*place, plot.bottom), (*place, plot.bottom + theme.marker)], FAINT, theme.hair);
        }
        let labels: Vec<String> = across.ticks.marks.iter().map(|(_, label)| label.clone()).collect();
        axis::row(scene, &labels, &places, plot.bottom + kind.size * 0.45, kind);
        let middle = f64::midpoint(plot.left, plot.right);
        scene.paragraph(middle, plot.bottom + kind.line() * 1.45, &title, Anchor::Middle, kind.coloured(SOFT));
        let note_top = body.bottom - paragraph_height(note.len(), theme.small);
        scene.paragraph(body.left, note_top, &note, Anchor::Start, theme.small);
        let curves = self.draw_limits(scene, (plot, &across, &values), (map, &target), style);
        let mut callouts = Callouts::new(plot, theme.hair);
        for curve in &curves {
            callouts.avoid(curve);
        }
        self.draw_points(scene, callouts, (plot, x, map), style);
    }

    fn csv_rows(&self, lang: Lang) -> (Vec<String>, Vec<Vec<String>>) {
        let names = ["what", "label", "n", "value", "place", "low_95", "high_95", "low_998", "high_998"];
        let none = || [const { String::new() }; 4];
        let mut rows = Vec::new();
        for point in &self.points {
            let place = if point.spot().is_some() { point.place.name() } else { "" };
            let own = ["point".to_owned(), point.label.get(lang).to_owned(), point.n.to_string(), cell(point.y)];
            rows.push(own.into_iter().chain([place.to_owned()]).chain(none()).collect());
        }
        if self.target.is_some() {
            let own = ["target", self.target_label.get(lang), ""].map(str::to_owned);
            rows.push(own.into_iter().chain([cell(self.target), String::new()]).chain(none()).collect());
        }
        for l in &self.limits {
            let own = ["limits".to_owned(), String::new(), cell(Some(l.n)), String::new(), String::new()];
            let limits = [l.within_95.0, l.within_95.1, l.within_998.0, l.within_998.1].map(|v| cell(Some(v)));
            rows.push(own.into_iter().chain(limits).collect());
        }
        (header(&names), rows)
    }

    fn alt_text(&self, lang: Lang) -> String {
        let mut parts = Vec::new();
        if let Some(target) = finite(self.target) {
            parts.push(labelled(self.target_label.get(lang), &number::value(target, self.scale), lang));
        }
        for place in FunnelPlace::ALL {
            let mut text = labelled(place.word().get(lang), &self.count(place).to_string(), lang);
            if place == FunnelPlace::Beyond998 {
                let all = self.spots().filter(|(point, _)| point.place == place && !is_blank(&point.label)).count();
                let names: Vec<String> = self
                    .spots()
                    .filter(|(point, _)| point.place == place && !is_blank(&point.label))
                    .take(12)
                    .map(|(point, (_, y))| format!("{} {}", point.label.get(lang), number::value(y, self.scale)))
                    .collect();
                if !names.is_empty() {
                    let more = if all > names.len() { "…" } else { "" };
                    text = format!("{text} ({}{more})", names.join(lang.pick("，", ", ")));
                }
            }
            parts.push(text);
        }
        parts.extend(self.missing(lang));
        parts.join(lang.pick("；", "; "))
    }
}
