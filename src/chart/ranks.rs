//! A caterpillar of ranks: agencies from the best median rank down, each with the interval of its rank. From
//! [`CONDENSED`] agencies on, the rows shrink to thin lines and only some are named: every so many, and those picked out.

use super::axis::{self, Map};
use super::font::Cut;
use super::legend;
use super::marker::{self, Marker};
use super::number::{self, cell, finite};
use super::scene::{Anchor, Area, Colour, Scene, Type, paragraph_height};
use super::spread::{Wish, spread};
use super::theme::{BAND, FAINT, MAIN, PICKED};
use super::words::{MEDIAN_RANK, NOT_RANKED, RANK_INTERVAL, RANK_RANGE};
use super::{Kind, Size, Style, Unfit, at_most, header, is_blank, labelled};
use crate::report::{Lang, Text};

/// Ranks with intervals.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Ranks {
    /// In any order: the chart sorts them by median rank. Those without one are not drawn. At most 1,000; more than 60
    /// are condensed.
    pub rows: Vec<RankRow>,
    /// How many agencies are ranked in all, where `rows` are only some of them (a page): the axis goes up to it.
    pub ranked: Option<u32>,
    /// Listed below, by reason; at most 5,000.
    pub not_ranked: Vec<NotRanked>,
}

/// One ranked agency; 1 is the best rank.
#[derive(Debug, Clone, PartialEq)]
pub struct RankRow {
    /// Its name.
    pub label: Text,
    /// Median of its rank.
    pub median: Option<f64>,
    /// From where to where 90 % of its ranks lie (5–95 %): the whisker.
    pub interval: Option<(f64, f64)>,
    /// From best to worst rank that cannot be told from its own: the band, and the text at the right.
    pub range: Option<(u32, u32)>,
    /// Whether the chart is about it: then it is picked out, and always named.
    pub selected: bool,
}

/// An agency without rank.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NotRanked {
    /// Its name.
    pub label: Text,
    /// Why it has none.
    pub reason: Text,
}

/// With more rows than this, rows are thin lines.
const CONDENSED: usize = 60;
/// Least height of a condensed row, in pixels.
const THIN: f64 = 1.5;
/// So many lines say who is not ranked; of more, how many more.
const NOTE_LINES: usize = 10;

impl RankRow {
    fn median(&self) -> Option<f64> {
        finite(self.median).filter(|rank| *rank >= 1.0)
    }

    /// From best to worst, around the median.
    fn whisker(&self) -> Option<(f64, f64)> {
        let median = self.median()?;
        let (low, high) = self.interval?;
        Some((finite(Some(low))?.min(median).max(1.0), finite(Some(high))?.max(median)))
    }

    /// Best and worst rank of the range.
    fn ends(&self) -> Option<(u32, u32)> {
        let (a, b) = self.range?;
        self.median().map(|_| (a.min(b).max(1), a.max(b).max(1)))
    }

    /// "3–11".
    fn range_text(&self) -> String {
        let say = |rank: u32| number::count(u64::from(rank));
        match self.ends() {
            Some((best, worst)) if best == worst => say(best),
            Some((best, worst)) => format!("{}–{}", say(best), say(worst)),
            None => String::new(),
        }
    }

    fn look(&self) -> (Colour, Marker) {
        if self.selected { (PICKED, Marker::Diamond) } else { (MAIN, Marker::Disc) }
    }
}

/// Rooms of the drawing.
struct Layout<'a> {
    rows: Vec<&'a RankRow>,
    row: f64,
    condensed: bool,
    names: f64,
    ranges: f64,
    legend: legend::Flow,
    note: Vec<String>,
}

impl Ranks {
    /// The rows with a median, best first; equal ones by range, then as given.
    fn sorted(&self) -> Vec<&RankRow> {
        let mut rows: Vec<&RankRow> = self.rows.iter().filter(|row| row.median().is_some()).collect();
        let key = |row: &RankRow| (row.median().unwrap_or(0.0), row.range.unwrap_or_default());
        rows.sort_by(|a, b| key(a).0.total_cmp(&key(b).0).then(key(a).1.cmp(&key(b).1)));
        rows
    }

    /// The last rank of the axis.
    fn last(&self, rows: &[&RankRow]) -> f64 {
        let ends =
            rows.iter().flat_map(|row| [row.median(), row.whisker().map(|w| w.1), row.ends().map(|e| f64::from(e.1))]);
        let worst = ends.flatten().fold(rows.len() as f64, f64::max);
        libm::ceil(worst.max(f64::from(self.ranked.unwrap_or(1))))
    }

    fn layout(&self, style: &Style, width: f64, usual: f64) -> Layout<'_> {
        let theme = &style.theme;
        let kind = theme.label;
        let rows = self.sorted();
        let condensed = rows.len() > CONDENSED;
        let entries: Vec<String> =
            Self::legend_entries(&rows).iter().map(|(word, _)| (*word).get(style.lang).to_owned()).collect();
        let bold = |row: &RankRow| Type { bold: row.selected, ..kind };
        let names = rows.iter().map(|row| bold(row).width(&style.say(&row.label))).fold(0.0, f64::max);
        let most = if style.size == Size::Single { 0.42 } else { 0.32 };
        let row = if condensed { (usual * 0.8 / rows.len() as f64).max(THIN) } else { kind.size * 1.5 };
        Layout {
            row,
            condensed,
            names: names.min(width * most),
            ranges: rows.iter().map(|row| theme.small.width(&row.range_text())).fold(0.0, f64::max),
            legend: legend::flow(&entries, width, theme),
            note: self.note(style, width),
            rows,
        }
    }

    /// What the legend explains: only what is drawn.
    fn legend_entries(rows: &[&RankRow]) -> Vec<(super::words::Word, usize)> {
        let mut entries = vec![(MEDIAN_RANK, 0)];
        if rows.iter().any(|row| row.whisker().is_some()) {
            entries.push((RANK_INTERVAL, 1));
        }
        if rows.iter().any(|row| row.ends().is_some()) {
            entries.push((RANK_RANGE, 2));
        }
        entries
    }

    /// Who is not ranked, by reason in order of first mention: count and names, as many as fit.
    fn note(&self, style: &Style, width: f64) -> Vec<String> {
        let kind = style.theme.small;
        if self.not_ranked.is_empty() {
            return Vec::new();
        }
        let named = |most: usize| kind.wrap_full(&self.not_ranked_text(style, most), width, NOTE_LINES + 1);
        let (mut fits, mut too_many) = (0, self.not_ranked.len() + 1);
        while too_many - fits > 1 {
            let middle = usize::midpoint(fits, too_many);
            if named(middle).len() <= NOTE_LINES { fits = middle } else { too_many = middle }
        }
        named(fits).into_iter().take(NOTE_LINES).collect()
    }

    /// "Not ranked (5): no report (2): A, B; fewer than 20 cases (3): C, D and 1 more".
    fn not_ranked_text(&self, style: &Style, most: usize) -> String {
        let lang = style.lang;
        let count = |n: usize| match lang {
            Lang::Zh => format!("（{n}个）"),
            Lang::En => format!(" ({n})"),
        };
        let mut reasons: Vec<&Text> = Vec::new();
        for entry in &self.not_ranked {
            if !reasons.contains(&&entry.reason) {
                reasons.push(&entry.reason);
            }
        }
        let mut left = most;
        let mut parts = Vec::new();
        for reason in reasons {
            let of_reason: Vec<&NotRanked> = self.not_ranked.iter().filter(|n| n.reason == *reason).collect();
            let mut text: Vec<String> = of_reason.iter().take(left).map(|n| style.say(&n.label)).collect();
            let unnamed = of_reason.len() - text.len();
            left -= text.len();
            let head = format!("{}{}", style.say(reason), count(of_reason.len()));
            if text.is_empty() {
                parts.push(head);
                continue;
            }
            if unnamed > 0 {
                let last = text.pop().unwrap_or_default();
                text.push(match lang {
                    Lang::Zh => format!("{last}等"),
                    Lang::En => format!("{last} and {unnamed} more"),
                });
            }
            let names = text.join(lang.pick("、", ", "));
            parts.push(if is_blank(reason) { names } else { labelled(&head, &names, lang) });
        }
        let head = format!("{}{}", NOT_RANKED.get(lang), count(self.not_ranked.len()));
        labelled(&head, &parts.join(lang.pick("；", "; ")), lang)
    }

    fn draw_row(scene: &mut Scene, row: &RankRow, (y, height, condensed): (f64, f64, bool), map: Map, style: &Style) {
        let theme = &style.theme;
        let (colour, shape) = row.look();
        let Some(median) = row.median() else { return };
        if let Some((best, worst)) = row.ends().map(|(best, worst)| (f64::from(best), f64::from(worst))) {
            let half = if condensed { height * 0.5 } else { height * 0.32 };
            scene.rect(Area { left: map.at(best), top: y - half, right: map.at(worst), bottom: y + half }, BAND);
        }
        let thin = if condensed && !row.selected { (height * 0.35).min(theme.hair) } else { theme.hair * 1.6 };
        if let Some((best, worst)) = row.whisker() {
            let ends = (map.at(best), map.at(worst));
            if condensed && !row.selected {
                scene.line(vec![(ends.0, y), (ends.1, y)], colour, thin);
            } else {
                marker::whisker_across(scene, y, ends, theme.marker.min(theme.label.size * 0.35), colour, thin);
            }
        }
        let r = if condensed && !row.selected { (height * 0.5).clamp(0.8, theme.marker) } else { theme.marker };
        marker::draw(scene, (map.at(median), y), r, colour, shape);
    }

    /// Names at the left and ranges at the right: of all rows, or of those that are named when condensed.
    fn draw_names(scene: &mut Scene, layout: &Layout<'_>, plot: Area, right: f64, style: &Style) {
        let theme = &style.theme;
        let kind = theme.label;
        let middle = |index: usize| plot.top + (index as f64 + 0.5) * layout.row;
        let named: Vec<usize> = if layout.condensed {
            condensed_names(&layout.rows, layout.row, kind.line() * 1.15)
        } else {
            (0..layout.rows.len()).collect()
        };
        let room = if layout.condensed { kind.line() } else { layout.row };
        let wishes: Vec<Wish> = named.iter().map(|index| Wish { middle: middle(*index), room }).collect();
        let places = if layout.condensed {
            spread(&wishes, plot.top - kind.size * 0.3, plot.bottom + kind.size * 0.3)
        } else {
            wishes.iter().map(|wish| wish.middle).collect()
        };
        let gap = kind.size * if layout.condensed { 1.2 } else { 0.5 };
        for ((index, wish), y) in named.iter().zip(&wishes).zip(places) {
            let Some(row) = layout.rows.get(*index) else { continue };
            let kind = Type { bold: row.selected, ..kind };
            if layout.condensed {
                let colour = if row.selected { PICKED } else { FAINT };
                let from = (plot.left - gap + kind.size * 0.25, y);
                scene.line(vec![from, (plot.left, wish.middle)], colour, theme.hair);
                scene.line(
                    vec![(plot.right, wish.middle), (plot.right + gap - kind.size * 0.25, y)],
                    colour,
                    theme.hair,
                );
            }
            let name = kind.shorten(&style.say(&row.label), layout.names, Cut::Middle);
            scene.text_centred(plot.left - gap, y, name, Anchor::End, kind);
            scene.text_centred(right, y, row.range_text(), Anchor::End, theme.small);
        }
    }
}

/// Which condensed rows are named: those picked out, and every so many where no picked one stands nearby.
fn condensed_names(rows: &[&RankRow], row: f64, room: f64) -> Vec<usize> {
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a small positive number")]
    let near = libm::ceil(room / row.max(0.1)) as usize;
    // Steps that people count in.
    let step = [5, 10, 20, 25, 50, 100, 200, 500].into_iter().find(|step| *step >= near * 5 / 4).unwrap_or(1_000);
    let picked: Vec<usize> = rows.iter().enumerate().filter(|(_, row)| row.selected).map(|(index, _)| index).collect();
    let mut named: Vec<usize> = (0..rows.len())
        .filter(|index| *index == 0 || (index + 1).is_multiple_of(step))
        .filter(|index| picked.iter().all(|p| p.abs_diff(*index) >= near))
        .collect();
    named.extend(picked);
    named.sort_unstable();
    named
}

impl Kind for Ranks {
    fn is_empty(&self) -> bool {
        self.rows.iter().all(|row| row.median().is_none())
    }

    fn check(&self) -> Result<(), Unfit> {
        at_most("rows", self.rows.len(), 1_000)?;
        at_most("rows not ranked", self.not_ranked.len(), 5_000)?;
        if self.rows.len() > CONDENSED {
            let picked = self.rows.iter().filter(|row| row.selected).count();
            at_most("rows picked out", picked, 30)?;
        }
        Ok(())
    }

    fn height(&self, style: &Style, width: f64, usual: f64) -> f64 {
        let layout = self.layout(style, width, usual);
        let kind = style.theme.label;
        let note = paragraph_height(layout.note.len(), style.theme.small)
            + if layout.note.is_empty() { 0.0 } else { kind.size };
        layout.legend.height() + layout.row * layout.rows.len() as f64 + kind.line() * 2.6 + note
    }

    fn draw(&self, scene: &mut Scene, body: Area, style: &Style) {
        let theme = &style.theme;
        let kind = theme.label;
        let mut layout = self.layout(style, body.width(), body.height());
        layout.legend.draw(scene, body.left, body.top, theme, |scene, index, area| {
            let Some((_, what)) = Self::legend_entries(&layout.rows).get(index).copied() else { return };
            let (x, y) = (f64::midpoint(area.left, area.right), f64::midpoint(area.top, area.bottom));
            let cap = theme.marker.min(kind.size * 0.35);
            match what {
                0 => marker::draw(scene, (x, y), theme.marker, MAIN, Marker::Disc),
                1 => marker::whisker_across(scene, y, (area.left, area.right), cap, MAIN, theme.hair * 1.6),
                _ => scene.rect(area, BAND),
            }
        });
        let note_top = body.bottom - paragraph_height(layout.note.len(), theme.small);
        let below = if layout.note.is_empty() { body.bottom } else { note_top - kind.size };
        let gap = kind.size * if layout.condensed { 1.2 } else { 0.5 };
        let plot = Area {
            left: body.left + layout.names + gap,
            top: body.top + layout.legend.height() + kind.line() * 1.2,
            right: body.right - layout.ranges - gap - kind.size * 0.3,
            bottom: below - kind.line() * 1.4,
        };
        layout.row = plot.height() / layout.rows.len().max(1) as f64;
        let inner = Area { left: plot.left + theme.marker * 1.5, right: plot.right - theme.marker * 1.5, ..plot };
        let wanted = if plot.width() > kind.size * 26.0 { 6 } else { 4 };
        let ticks = number::rank_ticks(self.last(&layout.rows), wanted, style.lang);
        let map = axis::grid_across(scene, inner, &ticks, theme);
        let places: Vec<f64> = ticks.marks.iter().map(|(rank, _)| map.at(*rank)).collect();
        let labels: Vec<String> = ticks.marks.iter().map(|(_, label)| label.clone()).collect();
        axis::row(scene, &labels, &places, plot.top - kind.line() * 1.1, kind);
        // Those picked out come last, over the others.
        for picked in [false, true] {
            for (row, index) in layout.rows.iter().zip(0_u32..).filter(|(row, _)| row.selected == picked) {
                let y = plot.top + (f64::from(index) + 0.5) * layout.row;
                Self::draw_row(scene, row, (y, layout.row, layout.condensed), map, style);
            }
        }
        Self::draw_names(scene, &layout, plot, body.right, style);
        scene.paragraph(body.left, note_top, &layout.note, Anchor::Start, theme.small);
    }

    fn csv_rows(&self, lang: Lang) -> (Vec<String>, Vec<Vec<String>>) {
        let whole = |rank: Option<u32>| rank.map_or_else(String::new, |rank| rank.to_string());
        let drawn = self.sorted().into_iter().map(|row| {
            let (low, high) = row.whisker().unzip();
            let ends = row.ends().unzip();
            let name = row.label.get(lang).to_owned();
            let numbers = [cell(row.median()), cell(low), cell(high), whole(ends.0), whole(ends.1)];
            [name].into_iter().chain(numbers).chain([String::new()]).collect()
        });
        let without = self.rows.iter().filter(|row| row.median().is_none()).map(|row| (&row.label, ""));
        let others = without.chain(self.not_ranked.iter().map(|n| (&n.label, n.reason.get(lang))));
        let none = || [const { String::new() }; 5];
        let not_ranked = others
            .map(|(name, reason)| [name.get(lang).to_owned()].into_iter().chain(none()).chain([reason.to_owned()]));
        let rows = drawn.chain(not_ranked.map(Iterator::collect)).collect();
        (header(&["agency", "median_rank", "low", "high", "range_from", "range_to", "not_ranked"]), rows)
    }

    fn alt_text(&self, lang: Lang) -> String {
        let rows = self.sorted();
        let say = |row: &&RankRow| {
            let median = number::short(row.median().unwrap_or(0.0), super::Scale::Number, lang);
            let range = row.range_text();
            let text = if range.is_empty() { median } else { format!("{median} ({range})") };
            labelled(row.label.get(lang), &text, lang)
        };
        let mut parts = vec![match lang {
            Lang::Zh => format!("{}个机关的{}（{}）", rows.len(), MEDIAN_RANK.0, RANK_RANGE.0),
            Lang::En => format!("{} ({}) of {} agencies", MEDIAN_RANK.1, RANK_RANGE.1, rows.len()),
        }];
        // Neutral: those the chart is about, else in order as far as a sentence carries, with no list of the last.
        let picked: Vec<&&RankRow> = rows.iter().filter(|row| row.selected).take(12).collect();
        parts.extend(if picked.is_empty() {
            rows.iter().take(12).map(say).collect::<Vec<_>>()
        } else {
            picked.into_iter().map(say).collect()
        });
        if !self.not_ranked.is_empty() {
            parts.push(labelled(NOT_RANKED.get(lang), &self.not_ranked.len().to_string(), lang));
        }
        parts.join(lang.pick("；", "; "))
    }
}
