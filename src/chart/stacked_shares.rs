//! Parts of a whole: a bar a year or group, from 0 to 100 %, parts in the same order in every bar.

use super::axis::{self, Break, Strip};
use super::font::Cut;
use super::n_row::NRow;
use super::number::{self, Scale, cell, finite};
use super::scene::{Anchor, Area, Scene, Type, paragraph_height};
use super::spread::{Wish, spread};
use super::theme::{FAINT, Fill, SOFT, WHITE, fills};
use super::words::NO_CASES;
use super::{Kind, Style, Unfit, at_most, header, labelled};
use crate::report::{Lang, Text, Year};

/// Bars of shares.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct StackedShares {
    /// Names of the parts, from the bottom up; at most 8.
    pub parts: Vec<Text>,
    /// At most 40.
    pub bars: Vec<StackedBar>,
    /// Between which years' bars the parts cannot be compared.
    pub breaks: Vec<Break>,
}

/// One bar.
#[derive(Debug, Clone, PartialEq)]
pub struct StackedBar {
    /// Stands under the bar; for a year, the year.
    pub label: Text,
    /// The year, where the bars are years.
    pub year: Option<Year>,
    /// An amount for each part (cases; not negative), in the order of the parts; none where it was not asked.
    pub amounts: Vec<Option<f64>>,
    /// Cases in all, written above the bar; without it, the sum of the amounts.
    pub n: Option<u64>,
}

impl StackedBar {
    /// The bar of a year.
    pub fn of_year(year: Year, amounts: Vec<Option<f64>>) -> Self {
        Self { label: Text::new(year.to_string(), year.to_string()), year: Some(year), amounts, n: None }
    }

    fn amount(&self, part: usize) -> Option<f64> {
        finite(self.amounts.get(part).copied().flatten()).filter(|a| *a >= 0.0)
    }

    fn sum(&self) -> f64 {
        (0..self.amounts.len()).filter_map(|part| self.amount(part)).sum()
    }

    fn share(&self, part: usize) -> Option<f64> {
        let sum = self.sum();
        self.amount(part).filter(|_| sum > 0.0).map(|amount| amount / sum)
    }

    /// Where the part begins and ends, from 0 to 1, if it has any length.
    fn span(&self, part: usize) -> Option<(f64, f64)> {
        let from: f64 = (0..part).filter_map(|p| self.share(p)).sum();
        self.share(part).filter(|share| *share > 0.0).map(|share| (from, from + share))
    }

    /// Cases in all: as given, else the sum; none where there are none.
    fn cases(&self) -> Option<u64> {
        let sum = self.sum();
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a finite sum of positive numbers")]
        let whole = libm::round(sum) as u64;
        (sum > 0.0).then(|| self.n.unwrap_or(whole))
    }
}

/// Gap between two names at the right, in font sizes.
const GAP: f64 = 0.5;

/// Names of the parts at the right: wrapped, with their wished place.
struct Names {
    lines: Vec<Vec<String>>,
    width: f64,
}

impl StackedShares {
    fn names(&self, style: &Style, width: f64) -> Names {
        let kind = style.theme.label;
        let room = width * 0.36 - kind.size * 2.4;
        let lines: Vec<Vec<String>> =
            self.parts.iter().map(|part| kind.wrap_evenly(&style.say(part), room, 3)).collect();
        let widest = lines.iter().flatten().map(|l| kind.width(l)).fold(0.0, f64::max);
        Names { lines, width: widest + kind.size * 2.4 }
    }

    /// The bar that the names at the right point to: the last one with cases.
    fn last_bar(&self) -> Option<(usize, &StackedBar)> {
        self.bars.iter().enumerate().rev().find(|(_, bar)| bar.sum() > 0.0)
    }

    fn draw_bar(scene: &mut Scene, bar: &StackedBar, place: Area, fills: &[Fill], style: &Style) {
        let digits = share_digits(place.width(), style.theme.small);
        let theme = &style.theme;
        let middle = f64::midpoint(place.left, place.right);
        if bar.sum() <= 0.0 {
            // No box: a short rule on the ground and the words for it.
            scene.line(vec![(place.left, place.bottom), (place.right, place.bottom)], SOFT, theme.stroke);
            let lines = theme.small.wrap(NO_CASES.get(style.lang), place.width() * 1.1, 3);
            let top = place.bottom - theme.small.size * 0.5 - paragraph_height(lines.len(), theme.small);
            scene.paragraph(middle, top, &lines, Anchor::Middle, theme.small);
            return;
        }
        for (part, fill) in fills.iter().enumerate() {
            let Some((from, to)) = bar.span(part) else { continue };
            let y = |share: f64| place.bottom - place.height() * share;
            let segment = Area { top: y(to), bottom: y(from), ..place };
            draw_fill(scene, segment, *fill, theme.label.size * 0.62, theme.hair);
            if part > 0 {
                scene.line(vec![(place.left, segment.bottom), (place.right, segment.bottom)], WHITE, theme.hair * 1.5);
            }
            let label = theme.small.coloured(fill.text);
            let share = to - from;
            let text = format!("{:.*}%", digits, share * 100.0);
            let room = (label.width(&text) + label.size * 0.2, label.size * 1.25);
            if place.width() < room.0 || segment.height() < room.1 {
                continue;
            }
            let at = f64::midpoint(segment.top, segment.bottom);
            if fill.hatch.is_some() {
                let half = (label.width(&text) / 2.0 + label.size * 0.15, label.size * 0.55);
                let behind =
                    Area { left: middle - half.0, top: at - half.1, right: middle + half.0, bottom: at + half.1 };
                scene.rect(behind, fill.colour);
            }
            scene.text_centred(middle, at, text, Anchor::Middle, label);
        }
    }

    /// The names of the parts at the right, in stacking order, with samples and leaders from the last bar.
    fn draw_names(
        &self,
        scene: &mut Scene,
        names: &Names,
        plot: Area,
        last: Option<(f64, &StackedBar)>,
        style: &Style,
    ) {
        let theme = &style.theme;
        let kind = theme.label;
        let looks = fills(self.parts.len());
        // From the top down, since pixels grow downwards.
        let order: Vec<usize> = (0..self.parts.len()).rev().collect();
        let mut above = plot.top;
        let mut wishes = Vec::new();
        for &part in &order {
            let room = paragraph_height(names.lines.get(part).map_or(1, Vec::len), kind) + kind.size * GAP;
            let span = last.and_then(|(_, bar)| bar.span(part));
            // A part missing from the last bar stays at its place in the order.
            let middle =
                span.map_or(above, |(from, to)| plot.bottom - plot.height() * f64::midpoint(from, to)).max(above);
            above = middle;
            wishes.push(Wish { middle, room });
        }
        let places = spread(&wishes, plot.top - kind.size * 0.4, plot.bottom + kind.size * 0.8);
        let sample_left = plot.right + kind.size * 0.9;
        for ((&part, wish), middle) in order.iter().zip(&wishes).zip(places) {
            let (Some(look), Some(lines)) = (looks.get(part), names.lines.get(part)) else { continue };
            let half = kind.size * 0.5;
            if let Some((edge, bar)) = last.filter(|(_, bar)| bar.span(part).is_some()) {
                debug_assert!(bar.sum() > 0.0);
                scene.line(vec![(edge, wish.middle), (sample_left - kind.size * 0.15, middle)], FAINT, theme.hair);
            }
            let sample =
                Area { left: sample_left, top: middle - half, right: sample_left + 2.0 * half, bottom: middle + half };
            draw_fill(scene, sample, *look, half * 0.9, theme.hair);
            scene.outline(sample, FAINT, theme.hair * 0.6);
            let top = middle - paragraph_height(lines.len(), kind) / 2.0;
            scene.paragraph(sample.right + kind.size * 0.4, top, lines, Anchor::Start, kind);
        }
    }
}

/// Digits after the point of shares inside bars: one where there is room for it, the same for all bars.
fn share_digits(width: f64, kind: Type) -> usize {
    usize::from(kind.width("88.8%") + kind.size * 0.2 <= width)
}

/// A filled rectangle, hatched where its fill says so.
pub(super) fn draw_fill(scene: &mut Scene, area: Area, fill: Fill, step: f64, width: f64) {
    scene.rect(area, fill.colour);
    if let Some(colour) = fill.hatch {
        scene.hatch(area, step, colour, width);
    }
}

impl Kind for StackedShares {
    fn is_empty(&self) -> bool {
        self.parts.is_empty() || self.bars.iter().all(|bar| bar.sum() <= 0.0)
    }

    fn check(&self) -> Result<(), Unfit> {
        at_most("parts", self.parts.len(), 8)?;
        at_most("bars", self.bars.len(), 40)
    }

    fn height(&self, style: &Style, width: f64, usual: f64) -> f64 {
        let kind = style.theme.label;
        let names = self.names(style, width);
        let labels: f64 = names.lines.iter().map(|l| paragraph_height(l.len(), kind) + kind.size * GAP).sum();
        let strips = axis::break_strip(&self.breaks, &style.theme) + style.theme.small.line() * 3.0 + kind.line() * 1.3;
        (labels + strips).max(usual)
    }

    fn draw(&self, scene: &mut Scene, body: Area, style: &Style) {
        let theme = &style.theme;
        let kind = theme.label;
        let names = self.names(style, body.width());
        let broken = axis::break_strip(&self.breaks, theme);
        let ticks = number::ticks(0.0, 1.0, 4, Scale::Percent, style.lang);
        let left = body.left + axis::room_left(&ticks, kind);
        let right = body.right - names.width - kind.size * 0.5;
        let step = (right - left) / self.bars.len().max(1) as f64;
        let middle = |index: usize| left + (index as f64 + 0.5) * step;
        let places: Vec<f64> = (0..self.bars.len()).map(middle).collect();
        let n: Vec<Option<u64>> = self.bars.iter().map(StackedBar::cases).collect();
        let n = NRow::new(&n, &places, 2, theme, style.lang);
        let n_top = body.top + broken;
        let plot = Area { left, top: n_top + n.height(theme), right, bottom: body.bottom - kind.line() * 1.3 };
        axis::grid(scene, plot, &ticks, theme);
        let half = (step * 0.39).min(kind.size * 3.2);
        let looks = fills(self.parts.len());
        for (bar, x) in self.bars.iter().zip(&places) {
            Self::draw_bar(scene, bar, Area { left: x - half, right: x + half, ..plot }, &looks, style);
        }
        n.draw(scene, &places, (plot.left - kind.size * 0.5, n_top), theme);
        let labels: Vec<String> = self
            .bars
            .iter()
            .map(|b| kind.shorten(&style.say(&b.label), (step * 0.96).max(kind.size * 3.0), Cut::End))
            .collect();
        axis::row(scene, &labels, &places, plot.bottom + kind.size * 0.35, kind);
        let strip = Strip { left: body.left, right: body.right, bottom: n_top, through: n.is_open() };
        self.draw_breaks(scene, plot, strip, &places, style);
        let last = self.last_bar().map(|(index, bar)| (middle(index) + half, bar));
        self.draw_names(scene, &names, plot, last, style);
    }

    fn csv_rows(&self, lang: Lang) -> (Vec<String>, Vec<Vec<String>>) {
        let mut rows = Vec::new();
        for bar in &self.bars {
            for (index, part) in self.parts.iter().enumerate() {
                let n = bar.cases().unwrap_or(0).to_string();
                let names = [bar.label.get(lang).to_owned(), part.get(lang).to_owned()];
                rows.push(names.into_iter().chain([cell(bar.amount(index)), cell(bar.share(index)), n]).collect());
            }
        }
        (header(&["bar", "part", "amount", "share", "n"]), rows)
    }

    fn alt_text(&self, lang: Lang) -> String {
        let mut sentences = Vec::new();
        let with_cases = || self.bars.iter().filter(|bar| bar.sum() > 0.0);
        let mut shown: Vec<&StackedBar> = with_cases().take(1).collect();
        shown.extend(with_cases().skip(1).last());
        for bar in shown {
            let parts: Vec<String> = self
                .parts
                .iter()
                .enumerate()
                .filter_map(|(i, part)| {
                    bar.share(i).map(|s| format!("{} {}", part.get(lang), number::value(s, Scale::Percent)))
                })
                .collect();
            let list = parts.join(lang.pick("，", ", "));
            let n = bar.cases().map_or_else(String::new, |n| format!(" ({})", number::n(n, lang)));
            sentences.push(labelled(bar.label.get(lang), &format!("{list}{n}"), lang));
        }
        for bar in self.bars.iter().filter(|bar| bar.sum() <= 0.0) {
            sentences.push(labelled(bar.label.get(lang), NO_CASES.get(lang), lang));
        }
        let years = || self.bars.iter().filter_map(|bar| bar.year);
        let (first, last) = (years().min().unwrap_or(0), years().max().unwrap_or(0));
        sentences.extend(self.breaks.iter().filter(|b| b.divides(first, last)).map(|b| b.in_words(lang)));
        sentences.join(lang.pick("；", "; "))
    }
}

impl StackedShares {
    fn draw_breaks(&self, scene: &mut Scene, plot: Area, strip: Strip, places: &[f64], style: &Style) {
        let mut found: Vec<(f64, &Break)> = Vec::new();
        for ((bar, next), (x, y)) in
            self.bars.iter().zip(self.bars.iter().skip(1)).zip(places.iter().zip(places.iter().skip(1)))
        {
            let (Some(before), Some(later)) = (bar.year, next.year) else { continue };
            found.extend(self.breaks.iter().filter(|b| b.divides(before, later)).map(|b| (f64::midpoint(*x, *y), b)));
        }
        axis::breaks(scene, plot, strip, &found, style);
    }
}
