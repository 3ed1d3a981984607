//! Tables on paper: rows that a page break may cut, cells that reach over several of them.

use super::Manner;
use super::paper::{BOTTOM, Ink, LEFT, Paper, RIGHT, width, wrapped};
use crate::synth::layout::{Layout, LayoutCell, Role};

const SIZE: f32 = 9.0;
const STEP: f32 = 11.0;
/// Between a cell's edges and its text, above and below together, and at each side.
const PADDING: f32 = 6.0;
const SIDE: f32 = 3.0;
/// The widths of columns: of the label of the outermost group, of other groups, and of few or many figures.
const DOWNWARDS: f32 = 22.0;
const GROUP: f32 = 62.0;
const FEW_FIGURES: f32 = 100.0;
const MANY_FIGURES: f32 = 34.0;

/// A cell with its place in the grid.
struct Placed<'l> {
    cell: &'l LayoutCell,
    row: usize,
    column: usize,
    lines: Vec<String>,
}

/// The part of a row that stands on one page.
#[derive(Debug, Clone, Copy)]
struct Strip {
    page: usize,
    top: f32,
    bottom: f32,
}

/// A grid and the places of its columns.
struct Table<'l> {
    cells: Vec<Placed<'l>>,
    xs: Vec<f32>,
    rows: usize,
    /// How many rows make up its head.
    head: usize,
    manner: Manner,
}

/// Sets a table below what stands on the paper.
pub(super) fn set(layout: &Layout, manner: Manner, paper: &mut Paper) {
    let table = Table::new(layout, manner);
    let heights = table.heights();
    paper.y += STEP / 2.0;
    let mut strips: Vec<Vec<Strip>> = Vec::with_capacity(table.rows);
    for (row, height) in heights.iter().enumerate() {
        if paper.y + height > BOTTOM {
            let first = BOTTOM - paper.y;
            if manner.breaks_rows && row >= table.head && table.may_break(row) && first > PADDING + STEP {
                let begun = Strip { page: paper.page(), top: paper.y, bottom: BOTTOM };
                paper.turn();
                table.repeat_head(&heights, row, paper);
                let rest = (height - first + PADDING).max(PADDING + STEP);
                strips.push(vec![begun, strip(rest, paper)]);
                continue;
            }
            paper.turn();
            table.repeat_head(&heights, row, paper);
        }
        strips.push(vec![strip(*height, paper)]);
    }
    for placed in &table.cells {
        table.draw(placed, &strips, paper);
    }
    paper.y += STEP / 2.0;
}

fn strip(height: f32, paper: &mut Paper) -> Strip {
    let top = paper.y;
    paper.y += height;
    Strip { page: paper.page(), top, bottom: paper.y }
}

impl<'l> Table<'l> {
    fn new(layout: &'l Layout, manner: Manner) -> Self {
        let mut cells: Vec<Placed> = Vec::new();
        let mut taken: Vec<Vec<bool>> = vec![Vec::new(); layout.rows.len()];
        for (r, row) in layout.rows.iter().enumerate() {
            for cell in row {
                let column = taken.get(r).map_or(0, |row| row.iter().position(|t| !t).unwrap_or(row.len()));
                for line in taken.iter_mut().skip(r).take(cell.rows) {
                    line.resize(line.len().max(column + cell.columns), false);
                    line.iter_mut().skip(column).take(cell.columns).for_each(|slot| *slot = true);
                }
                cells.push(Placed { cell, row: r, column, lines: Vec::new() });
            }
        }
        let figures = || cells.iter().filter(|placed| placed.cell.role == Role::Figure);
        let labels = figures().map(|placed| placed.column).min().unwrap_or(0);
        let head = figures().map(|placed| placed.row).min().unwrap_or(0);
        let columns = taken.first().map_or(0, Vec::len);
        let mut table = Self { xs: edges(labels, columns, manner), rows: layout.rows.len(), head, manner, cells };
        let lines: Vec<Vec<String>> = table.cells.iter().map(|placed| table.lines(placed)).collect();
        for (placed, lines) in table.cells.iter_mut().zip(lines) {
            placed.lines = lines;
        }
        table
    }

    fn edge(&self, column: usize) -> f32 {
        self.xs.get(column).copied().unwrap_or(RIGHT)
    }

    fn lines(&self, placed: &Placed) -> Vec<String> {
        if placed.cell.text.is_empty() {
            return Vec::new();
        }
        let room = self.edge(placed.column + placed.cell.columns) - self.edge(placed.column);
        if room <= DOWNWARDS && self.manner.writes_downwards && placed.cell.role == Role::Label {
            return placed.cell.text.chars().map(String::from).collect();
        }
        wrapped(&placed.cell.text, room - 2.0 * SIDE, 0.0, SIZE)
    }

    fn heights(&self) -> Vec<f32> {
        let needed = |placed: &Placed| placed.lines.len().max(1) as f32 * STEP + PADDING;
        let mut heights = vec![STEP + PADDING; self.rows];
        for placed in self.cells.iter().filter(|placed| placed.cell.rows == 1) {
            if let Some(height) = heights.get_mut(placed.row) {
                *height = height.max(needed(placed));
            }
        }
        for placed in self.cells.iter().filter(|placed| placed.cell.rows > 1) {
            let last = placed.row + placed.cell.rows - 1;
            let all: f32 = heights.iter().skip(placed.row).take(placed.cell.rows).sum();
            if let Some(height) = heights.get_mut(last) {
                *height += (needed(placed) - all).max(0.0);
            }
        }
        heights
    }

    /// Whether a row has a label of several lines, so that it can be cut between them.
    fn may_break(&self, row: usize) -> bool {
        let mut own = self.cells.iter().filter(|placed| placed.row == row && placed.cell.rows == 1);
        own.any(|placed| placed.lines.len() > 1)
    }

    /// The head once more, above a row of its body that begins a page.
    fn repeat_head(&self, heights: &[f32], row: usize, paper: &mut Paper) {
        let is_one = self.cells.iter().all(|placed| placed.row < self.head || placed.cell.role != Role::Header);
        if !self.manner.repeats_head || row <= self.head || !is_one {
            return;
        }
        let strips: Vec<Vec<Strip>> =
            heights.iter().take(self.head).map(|height| vec![strip(*height, paper)]).collect();
        for placed in self.cells.iter().filter(|placed| placed.row < self.head) {
            self.draw(placed, &strips, paper);
        }
    }

    /// Draws a cell: its edges on every page that it stands on, and its text.
    fn draw(&self, placed: &Placed, strips: &[Vec<Strip>], paper: &mut Paper) {
        let (left, right) = (self.edge(placed.column), self.edge(placed.column + placed.cell.columns));
        let mut parts: Vec<Strip> = Vec::new();
        for strip in strips.iter().skip(placed.row).take(placed.cell.rows).flatten() {
            match parts.last_mut() {
                Some(part) if part.page == strip.page => part.bottom = strip.bottom,
                _ => parts.push(*strip),
            }
        }
        for Strip { page, top, bottom } in &parts {
            let corners = [(left, *top), (right, *top), (left, *bottom), (right, *bottom)];
            for (from, to) in [(0, 1), (2, 3), (0, 2), (1, 3)] {
                paper.put(*page, Ink::Line { from: corners[from], to: corners[to] });
            }
        }
        let (size, lines) = (placed.lines.len() as f32 * STEP, placed.lines.as_slice());
        match parts.as_slice() {
            [first, second] if placed.cell.rows == 1 => {
                let fits =
                    (0..=lines.len()).rev().find(|n| *n as f32 * STEP + PADDING / 2.0 <= first.bottom - first.top);
                let (above, below) = lines.split_at(fits.unwrap_or(0));
                self.write(placed, above, first.page, first.top + PADDING / 2.0, paper);
                self.write(placed, below, second.page, second.top + PADDING / 2.0, paper);
            }
            parts => {
                let widest = parts.iter().max_by(|a, b| (a.bottom - a.top).total_cmp(&(b.bottom - b.top)));
                if let Some(part) = widest {
                    self.write(placed, lines, part.page, (part.top + part.bottom - size) / 2.0, paper);
                }
            }
        }
    }

    fn write(&self, placed: &Placed, lines: &[String], page: usize, top: f32, paper: &mut Paper) {
        let (left, right) = (self.edge(placed.column), self.edge(placed.column + placed.cell.columns));
        let mut y = top + STEP - 2.0;
        for line in lines {
            let is_label = placed.cell.role == Role::Label && right - left > DOWNWARDS;
            let mut x = if is_label { left + SIDE } else { (left + right - width(line, SIZE)) / 2.0 };
            let splits = self.manner.splits_numbers && placed.cell.role == Role::Figure;
            let runs = if splits { line.chars().map(String::from).collect() } else { vec![line.clone()] };
            for text in runs {
                let next = x + width(&text, SIZE);
                paper.put(page, Ink::Text { x, y, size: SIZE, is_bold: false, text });
                x = next;
            }
            y += STEP;
        }
    }
}

/// The edges of the columns: so many of labels, the others of figures.
fn edges(labels: usize, columns: usize, manner: Manner) -> Vec<f32> {
    let figures = columns.saturating_sub(labels);
    let all = RIGHT - LEFT;
    let figure = match (labels, figures) {
        (0, _) => all / figures.max(1) as f32,
        (_, ..=4) => FEW_FIGURES,
        _ => MANY_FIGURES,
    };
    let outer = if manner.writes_downwards { DOWNWARDS } else { GROUP };
    let groups: Vec<f32> = (1..labels).map(|group| if group == 1 { outer } else { GROUP }).collect();
    let rest = all - figure * figures as f32 - groups.iter().sum::<f32>();
    let widths = groups.into_iter().chain((labels > 0).then_some(rest)).chain((0..figures).map(|_| figure));
    let mut xs = vec![LEFT];
    for width in widths {
        xs.push(xs.last().copied().unwrap_or(LEFT) + width);
    }
    xs
}
