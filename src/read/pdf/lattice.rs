//! Ruling lines → the cells that they enclose.

use std::ops::Range;

use super::geometry::{Frame, gathered};
use super::page::Rule;

/// Lines closer than this are one: double lines, and the edges of neighbouring cells.
const REACH: f64 = 4.0;
/// How far an end may be from the line that it meets.
const JOINT: f64 = 3.0;
/// An edge is ruled where lines cover this part of it.
const COVERED: f64 = 0.6;
/// More lines than this on a page, once joined, are a drawing.
const MAX_LINES: usize = 4_000;
/// The most cells of a table on a page, those that no line parts counted too.
const MAX_CELLS: usize = 100_000;

/// A table as its lines draw it.
#[derive(Debug)]
pub(super) struct Lattice {
    /// The places of the lines, from left to right and from top to bottom.
    pub xs: Vec<f64>,
    pub ys: Vec<f64>,
    /// The cells, in reading order.
    pub cells: Vec<Area>,
    /// Which cell each field belongs to, row by row.
    fields: Vec<usize>,
}

/// Rows and columns that a cell covers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Area {
    pub rows: Range<usize>,
    pub columns: Range<usize>,
}

impl Lattice {
    pub fn frame(&self) -> Frame {
        let ends = |numbers: &[f64]| (numbers.first().copied(), numbers.last().copied());
        let ((left, right), (top, bottom)) = (ends(&self.xs), ends(&self.ys));
        let zero = |number: Option<f64>| number.unwrap_or(0.0);
        Frame { left: zero(left), top: zero(top), right: zero(right), bottom: zero(bottom) }
    }

    /// The cell at a place of the page.
    pub fn cell_at(&self, (x, y): (f64, f64)) -> Option<usize> {
        let field = |lines: &[f64], at: f64| {
            let after = lines.partition_point(|line| *line <= at);
            (after > 0 && after < lines.len()).then(|| after - 1)
        };
        let (row, column) = (field(&self.ys, y)?, field(&self.xs, x)?);
        self.fields.get(row * (self.xs.len() - 1) + column).copied()
    }
}

/// The tables that the lines of a page draw. Frames around text, boxes and lone lines are none.
pub(super) fn lattices(rules: &[Rule]) -> Vec<Lattice> {
    let lines = joined(rules);
    if lines.len() > MAX_LINES {
        return Vec::new();
    }
    let mut tables: Vec<Lattice> = components(&lines).iter().filter_map(|lines| lattice(lines)).collect();
    tables.sort_by(|a, b| a.frame().top.total_cmp(&b.frame().top).then(a.frame().left.total_cmp(&b.frame().left)));
    tables
}

/// Joins lines that go on each other.
fn joined(rules: &[Rule]) -> Vec<Rule> {
    let mut sorted = rules.to_vec();
    sorted.sort_by(|a, b| {
        a.is_level
            .cmp(&b.is_level)
            .then(a.at.total_cmp(&b.at))
            .then(a.from.total_cmp(&b.from))
            .then(a.to.total_cmp(&b.to))
    });
    let mut out: Vec<Rule> = Vec::new();
    let mut rest = sorted.as_mut_slice();
    while let Some(first) = rest.first().copied() {
        let end = rest.iter().position(|r| r.is_level != first.is_level || r.at - first.at > 1.0).unwrap_or(rest.len());
        let (same, after) = rest.split_at_mut(end.max(1));
        same.sort_by(|a, b| a.from.total_cmp(&b.from).then(a.to.total_cmp(&b.to)));
        let mut open: Option<Rule> = None;
        for rule in same.iter() {
            match &mut open {
                Some(line) if rule.from <= line.to + JOINT => line.to = line.to.max(rule.to),
                _ => out.extend(open.replace(*rule)),
            }
        }
        out.extend(open);
        rest = after;
    }
    // Dots and dashes that stand alone are none.
    out.retain(|line| line.to - line.from > JOINT);
    out
}

/// Groups of lines that meet.
fn components(lines: &[Rule]) -> Vec<Vec<Rule>> {
    let mut group: Vec<usize> = (0..lines.len()).collect();
    let uprights = lines.partition_point(|line| !line.is_level);
    for (v, upright) in lines.iter().enumerate().take(uprights) {
        for (h, level) in lines.iter().enumerate().skip(uprights) {
            let meets = level.from - JOINT <= upright.at
                && upright.at <= level.to + JOINT
                && upright.from - JOINT <= level.at
                && level.at <= upright.to + JOINT;
            if meets {
                unite(&mut group, v, h);
            }
        }
    }
    let mut out: Vec<(usize, Vec<Rule>)> = Vec::new();
    for (i, line) in lines.iter().enumerate() {
        let root = root(&mut group, i);
        match out.iter_mut().find(|(known, _)| *known == root) {
            Some((_, members)) => members.push(*line),
            None => out.push((root, vec![*line])),
        }
    }
    out.into_iter().map(|(_, members)| members).collect()
}

fn root(group: &mut [usize], mut at: usize) -> usize {
    while let Some(&above) = group.get(at)
        && above != at
    {
        let next = group.get(above).copied().unwrap_or(above);
        if let Some(slot) = group.get_mut(at) {
            *slot = next;
        }
        at = above;
    }
    at
}

fn unite(group: &mut [usize], a: usize, b: usize) {
    let (a, b) = (root(group, a), root(group, b));
    if let Some(slot) = group.get_mut(a.max(b)) {
        *slot = a.min(b);
    }
}

/// The table of a group of lines.
fn lattice(lines: &[Rule]) -> Option<Lattice> {
    let (mut xs, mut ys) = (places(lines, false), places(lines, true));
    // A table that is open at its sides: the lines that cross it end where its sides would be.
    widen(&mut xs, lines.iter().filter(|line| line.is_level));
    widen(&mut ys, lines.iter().filter(|line| !line.is_level));
    let (rows, columns) = (ys.len().checked_sub(1)?, xs.len().checked_sub(1)?);
    if rows * columns < 2 || rows * columns > MAX_CELLS {
        return None;
    }
    let (uprights, levels) = (edges(lines, false, &xs, &ys), edges(lines, true, &ys, &xs));
    let mut group: Vec<usize> = (0..rows * columns).collect();
    for row in 0..rows {
        for column in 0..columns {
            let field = row * columns + column;
            // An edge at the left or above that is not ruled joins the fields at its sides.
            if column > 0 && uprights.get(column * rows + row) == Some(&false) {
                unite(&mut group, field, field - 1);
            }
            if row > 0 && levels.get(row * columns + column) == Some(&false) {
                unite(&mut group, field, field - columns);
            }
        }
    }
    let (cells, fields) = cells(&mut group, rows, columns);
    (cells.len() >= 2).then_some(Lattice { xs, ys, cells, fields })
}

fn places(lines: &[Rule], is_level: bool) -> Vec<f64> {
    gathered(lines.iter().filter(|line| line.is_level == is_level).map(|line| line.at), REACH)
}

fn widen<'a>(places: &mut Vec<f64>, across: impl Iterator<Item = &'a Rule>) {
    let Some(frame) = Frame::around(&across.flat_map(|line| [(line.from, 0.0), (line.to, 0.0)]).collect::<Vec<_>>())
    else {
        return;
    };
    if places.first().is_some_and(|first| frame.left < first - REACH) {
        places.insert(0, frame.left);
    }
    if places.last().is_some_and(|last| frame.right > last + REACH) {
        places.push(frame.right);
    }
}

/// For each line of the lattice and each field along it, whether the edge is ruled.
fn edges(lines: &[Rule], is_level: bool, places: &[f64], along: &[f64]) -> Vec<bool> {
    let fields = along.len().saturating_sub(1);
    let mut covered = vec![0.0_f64; places.len() * fields];
    let mut reached = vec![f64::NEG_INFINITY; places.len()];
    let mut sorted: Vec<&Rule> = lines.iter().filter(|line| line.is_level == is_level).collect();
    sorted.sort_by(|a, b| a.from.total_cmp(&b.from));
    for line in sorted {
        let Some(place) = nearest(places, line.at) else { continue };
        let Some(reached) = reached.get_mut(place) else { continue };
        // What a double line has covered already does not count twice.
        let from = line.from.max(*reached);
        *reached = reached.max(line.to);
        for (field, ends) in along.windows(2).enumerate() {
            if let ([begin, end], Some(sum)) = (ends, covered.get_mut(place * fields + field)) {
                *sum += (line.to.min(*end) - from.max(*begin)).max(0.0);
            }
        }
    }
    let lengths: Vec<f64> =
        along.windows(2).map(|ends| ends.last().zip(ends.first()).map_or(0.0, |(b, a)| b - a)).collect();
    let length = |at: usize| lengths.get(at % fields.max(1)).copied().unwrap_or(0.0);
    covered.iter().enumerate().map(|(at, sum)| *sum >= COVERED * length(at)).collect()
}

fn nearest(places: &[f64], at: f64) -> Option<usize> {
    (0..places.len()).min_by(|a, b| {
        let distance = |i: &usize| places.get(*i).map_or(f64::INFINITY, |place| (place - at).abs());
        distance(a).total_cmp(&distance(b))
    })
}

/// The cells of joined fields. Fields that make up no rectangle are cells of their own in each row.
fn cells(group: &mut [usize], rows: usize, columns: usize) -> (Vec<Area>, Vec<usize>) {
    let roots: Vec<usize> = (0..rows * columns).map(|field| root(group, field)).collect();
    let mut areas: Vec<Option<Area>> = vec![None; rows * columns];
    let mut sizes = vec![0_usize; rows * columns];
    for (field, root) in roots.iter().enumerate() {
        let (row, column) = (field / columns, field % columns);
        if let (Some(area), Some(size)) = (areas.get_mut(*root), sizes.get_mut(*root)) {
            *size += 1;
            let area = area.get_or_insert(Area { rows: row..row + 1, columns: column..column + 1 });
            area.rows = area.rows.start.min(row)..area.rows.end.max(row + 1);
            area.columns = area.columns.start.min(column)..area.columns.end.max(column + 1);
        }
    }
    let mut out: Vec<Area> = Vec::new();
    let mut fields = vec![usize::MAX; rows * columns];
    for field in 0..rows * columns {
        let (row, column) = (field / columns, field % columns);
        if fields.get(field) != Some(&usize::MAX) {
            continue;
        }
        let root = roots.get(field).copied().unwrap_or(field);
        let area = areas.get(root).cloned().flatten();
        let whole = area.filter(|area| sizes.get(root) == Some(&(area.rows.len() * area.columns.len())));
        let area = whole.unwrap_or_else(|| {
            let end = (column..columns).take_while(|c| roots.get(row * columns + c) == Some(&root)).count();
            Area { rows: row..row + 1, columns: column..column + end.max(1) }
        });
        for (r, c) in area.rows.clone().flat_map(|r| area.columns.clone().map(move |c| (r, c))) {
            if let Some(slot) = fields.get_mut(r * columns + c) {
                *slot = out.len();
            }
        }
        out.push(area);
    }
    (out, fields)
}
