//! States of rows (agencies, groups of agencies) over the years: fills ordered in lightness, with a sign in each cell, so
//! that grey print and colour-blind readers lose nothing.

use super::axis::{self, Break, Strip};
use super::font::Cut;
use super::scene::{Anchor, Area, Scene, Type};
use super::theme::{FAINT, GRID, SOFT, Shade};
use super::{Kind, Size, Style, Unfit, at_most, check_year, header, is_blank, legend};
use crate::report::{Lang, Text, Year};

/// Rows by years.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct HeatMap {
    /// The columns; at most 30.
    pub years: Vec<Year>,
    /// At most 8; the legend has them in this order.
    pub states: Vec<HeatState>,
    /// From the top down; at most 150.
    pub rows: Vec<HeatRow>,
    /// Where the years before and after cannot be compared.
    pub breaks: Vec<Break>,
}

/// A state that a cell can have.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HeatState {
    /// Its name in the legend.
    pub label: Text,
    /// How dark its cells are.
    pub shade: Shade,
    /// The sign in its cells, which must be one of the font's characters; none for a plain fill.
    pub sign: Option<char>,
}

/// One row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HeatRow {
    /// Its name; long ones are shortened in the middle.
    pub label: Text,
    /// Rows that follow one another with the same group stand under its name; empty for none.
    pub group: Text,
    /// The number of the state (from 0) in each year; none where there is nothing to say.
    pub cells: Vec<Option<usize>>,
}

/// A line of the drawing: the name of a group or a row.
enum Entry<'a> {
    Group(&'a Text),
    Row(&'a HeatRow),
}

/// The rows in blocks side by side.
struct Layout<'a> {
    blocks: Vec<Vec<Entry<'a>>>,
    row: f64,
    years: f64,
    breaks: f64,
}

impl HeatMap {
    fn layout(&self, style: &Style) -> Layout<'_> {
        let kind = style.theme.label;
        let columns = if self.rows.len() > 24 && style.size != Size::Single { 2 } else { 1 };
        let each = self.rows.len().div_ceil(columns).max(1);
        let blocks = self
            .rows
            .chunks(each)
            .map(|rows| {
                let mut entries = Vec::new();
                let mut group: Option<&Text> = None;
                for row in rows {
                    if !is_blank(&row.group) && group != Some(&row.group) {
                        entries.push(Entry::Group(&row.group));
                    }
                    group = Some(&row.group);
                    entries.push(Entry::Row(row));
                }
                entries
            })
            .collect();
        let breaks = axis::break_strip(&self.breaks, &style.theme);
        Layout { blocks, row: kind.size * 1.5, years: kind.line() * 1.2, breaks }
    }

    fn legend(&self, style: &Style, width: f64) -> legend::Flow {
        let labels: Vec<String> = self.states.iter().map(|s| style.say(&s.label)).collect();
        legend::flow(&labels, width, &style.theme)
    }

    fn draw_block(&self, scene: &mut Scene, area: Area, entries: &[Entry<'_>], layout: &Layout<'_>, style: &Style) {
        let theme = &style.theme;
        let kind = theme.label;
        let bold = Type { bold: true, ..kind };
        let widest = entries
            .iter()
            .map(|entry| match entry {
                Entry::Row(row) => kind.width(&style.say(&row.label)),
                Entry::Group(name) => bold.width(&style.say(name)),
            })
            .fold(0.0, f64::max);
        // Columns wide enough for their years, unless that leaves too little for the names.
        let least = (kind.width("2000") + kind.size * 0.45) * self.years.len() as f64;
        let room = widest.min((area.width() - least - kind.size * 0.6).max(area.width() * 0.3));
        let left = area.left + room + kind.size * 0.6;
        let column = ((area.right - left) / self.years.len().max(1) as f64).min(kind.size * 5.5);
        let right = left + column * self.years.len() as f64;
        let top = area.top + layout.breaks + layout.years;
        let places: Vec<f64> = (0..self.years.len()).map(|i| left + (i as f64 + 0.5) * column).collect();
        let labels: Vec<String> = self.years.iter().map(ToString::to_string).collect();
        let places = axis::within(&labels, &places, (area.left, area.right), kind);
        axis::row(scene, &labels, &places, area.top + layout.breaks, kind);
        for (entry, index) in entries.iter().zip(0_u32..) {
            let y = top + f64::from(index) * layout.row;
            let cells = Area { left, top: y, right, bottom: y + layout.row };
            match entry {
                Entry::Group(name) => {
                    let text = bold.shorten(&style.say(name), room, Cut::End);
                    scene.text(left - kind.size * 0.5, y + layout.row * 0.8, text, Anchor::End, bold);
                }
                Entry::Row(row) => {
                    let text = kind.shorten(&style.say(&row.label), room, Cut::Middle);
                    let middle = f64::midpoint(cells.top, cells.bottom);
                    scene.text_centred(left - kind.size * 0.5, middle, text, Anchor::End, kind);
                    self.draw_cells(scene, row, cells, column, style);
                }
            }
        }
        let bottom = top + entries.len() as f64 * layout.row;
        let plot = Area { left, top, right, bottom };
        let through = axis::thinned(&labels, &places, kind).iter().all(|kept| *kept);
        let strip = Strip { left: area.left, right: area.right, bottom: area.top + layout.breaks, through };
        self.draw_breaks(scene, plot, strip, column, style);
    }

    fn draw_cells(&self, scene: &mut Scene, row: &HeatRow, cells: Area, column: f64, style: &Style) {
        let gap = style.theme.hair;
        for index in 0..self.years.len() {
            let left = cells.left + index as f64 * column;
            let area =
                Area { left: left + gap, top: cells.top + gap, right: left + column - gap, bottom: cells.bottom - gap };
            match row.cells.get(index).copied().flatten().and_then(|state| self.states.get(state)) {
                Some(state) => draw_state(scene, area, state, style),
                None => scene.outline(area, GRID, gap),
            }
        }
    }

    fn draw_breaks(&self, scene: &mut Scene, plot: Area, strip: Strip, column: f64, style: &Style) {
        let mut found: Vec<(f64, &Break)> = Vec::new();
        for (index, (before, later)) in self.years.iter().zip(self.years.iter().skip(1)).enumerate() {
            let x = plot.left + (index + 1) as f64 * column;
            found.extend(self.breaks.iter().filter(|b| b.divides(*before, *later)).map(|b| (x, b)));
        }
        axis::breaks(scene, plot, strip, &found, style);
    }

    fn counts(&self, column: usize) -> Vec<usize> {
        let of = |state| self.rows.iter().filter(|row| row.cells.get(column).copied().flatten() == Some(state)).count();
        (0..self.states.len()).map(of).collect()
    }
}

/// One cell, or its sample in the legend.
fn draw_state(scene: &mut Scene, area: Area, state: &HeatState, style: &Style) {
    let fill = state.shade.fill();
    scene.rect(area, fill.colour);
    if state.shade == Shade::White {
        scene.outline(area, FAINT, style.theme.hair * 0.6);
    }
    if let Some(sign) = state.sign {
        let kind = style.theme.small.coloured(if state.shade == Shade::White { SOFT } else { fill.text });
        let middle = (f64::midpoint(area.left, area.right), f64::midpoint(area.top, area.bottom));
        scene.text_centred(middle.0, middle.1, sign.to_string(), Anchor::Middle, kind);
    }
}

impl Kind for HeatMap {
    fn is_empty(&self) -> bool {
        let known = |state: &Option<usize>| state.is_some_and(|s| s < self.states.len());
        !self.rows.iter().any(|row| row.cells.iter().take(self.years.len()).any(known))
    }

    fn check(&self) -> Result<(), Unfit> {
        at_most("years", self.years.len(), 30)?;
        at_most("states", self.states.len(), 8)?;
        at_most("rows", self.rows.len(), 150)?;
        self.years.iter().try_for_each(|year| check_year(*year))
    }

    fn height(&self, style: &Style, width: f64, _usual: f64) -> f64 {
        let layout = self.layout(style);
        let longest = layout.blocks.iter().map(Vec::len).max().unwrap_or(0);
        self.legend(style, width).height() + layout.breaks + layout.years + layout.row * longest as f64
    }

    fn draw(&self, scene: &mut Scene, body: Area, style: &Style) {
        let legend = self.legend(style, body.width());
        legend.draw(scene, body.left, body.top, &style.theme, |scene, index, area| {
            if let Some(state) = self.states.get(index) {
                draw_state(scene, area, state, style);
            }
        });
        let layout = self.layout(style);
        let gap = style.theme.label.size * 2.0;
        let count = layout.blocks.len().max(1) as f64;
        let width = (body.width() - gap * (count - 1.0)) / count;
        for (entries, index) in layout.blocks.iter().zip(0_u32..) {
            let left = body.left + f64::from(index) * (width + gap);
            let area = Area { left, top: body.top + legend.height(), right: left + width, bottom: body.bottom };
            self.draw_block(scene, area, entries, &layout, style);
        }
    }

    fn csv_rows(&self, lang: Lang) -> (Vec<String>, Vec<Vec<String>>) {
        let mut rows = Vec::new();
        for row in &self.rows {
            for (index, year) in self.years.iter().enumerate() {
                let state = row.cells.get(index).copied().flatten().and_then(|s| self.states.get(s));
                let state = state.map_or("", |s| s.label.get(lang));
                rows.push(vec![
                    row.group.get(lang).to_owned(),
                    row.label.get(lang).to_owned(),
                    year.to_string(),
                    state.to_owned(),
                ]);
            }
        }
        (header(&["group", "row", "year", "state"]), rows)
    }

    fn alt_text(&self, lang: Lang) -> String {
        let mut sentences = Vec::new();
        let mut ends = vec![0];
        if self.years.len() > 1 {
            ends.push(self.years.len() - 1);
        }
        for column in ends {
            let counts = self.counts(column);
            let states: Vec<String> = self
                .states
                .iter()
                .zip(counts)
                .map(|(state, count)| format!("{} {count}", state.label.get(lang)))
                .collect();
            let year = self.years.get(column).map(ToString::to_string).unwrap_or_default();
            let rows = self.rows.len();
            sentences.push(match lang {
                Lang::Zh => format!("{year}年共{rows}行：{}", states.join("，")),
                Lang::En => format!("of {rows} rows in {year}: {}", states.join(", ")),
            });
        }
        let years = || self.years.iter().copied();
        let (first, last) = (years().min().unwrap_or(0), years().max().unwrap_or(0));
        sentences.extend(self.breaks.iter().filter(|b| b.divides(first, last)).map(|b| b.in_words(lang)));
        sentences.join(lang.pick("；", "; "))
    }
}
