//! Printed row labels → rows of the form: exact first, then tolerant, in the order of the form.

use super::candidate::{Candidate, Reading};
use super::labels::{Part, TableRows};

/// A tolerant match costs no more than this.
const BOUND: f64 = 0.34;
/// The next best has to be worse by at least this.
const MARGIN: f64 = 0.1;
/// A label of up to this many characters is matched exactly or not at all.
const SHORT: usize = 3;
/// What a label weighs that can mean nothing else: more than all others together.
const STRONG: u64 = 100_000;
/// What one weighs that stands exactly as in the form and may yet mean something else.
const NUMBERED: u64 = 20;
/// Labels per region that are matched tolerantly.
const TOLERANT: usize = 60;

/// The row that a candidate was matched with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Match {
    /// The row's number in the table.
    pub row: usize,
    /// Which of the candidate's readings.
    pub option: usize,
    /// Whether the label is misspelt or shortened.
    pub repaired: bool,
}

/// Matches candidates, in the order of the document, with the rows of one form's table.
pub(super) fn match_rows(candidates: &[Candidate<'_>], rows: &TableRows) -> Vec<Option<Match>> {
    let exact: Vec<Option<(Match, u64)>> = candidates.iter().map(|c| exact_match(c, rows)).collect();
    let in_order = exact.iter().flatten().is_sorted_by(|(a, _), (b, _)| a.row < b.row);
    if in_order && exact.iter().all(|m| m.is_some_and(|(_, weight)| weight >= STRONG)) {
        return exact.into_iter().map(|m| m.map(|(m, _)| m)).collect();
    }
    let mut out: Vec<Option<Match>> = Vec::with_capacity(candidates.len());
    for pass in passes(&exact) {
        let (candidates, exact) = (&candidates[pass.clone()], &exact[pass]);
        let chain = longest_chain(exact);
        // A label that stands for one row only is known even out of its place. 其他 and 总计 are known in their place
        // only, and without their number only right between the rows that the form has before and after.
        let row = |k: Option<usize>| k.and_then(|k| chain.get(k)).and_then(|i| exact[*i]).map(|(m, _)| m.row);
        let placed = |i: usize, (m, weight): (Match, u64)| match chain.binary_search(&i) {
            Ok(k) if weight < NUMBERED => {
                let before = row(k.checked_sub(1)).map_or(0, |r| r + 1);
                let after = row(Some(k + 1)).unwrap_or(rows.rows.len());
                before == m.row && after == m.row + 1
            }
            found => weight >= STRONG || found.is_ok(),
        };
        let mut matches: Vec<Option<Match>> =
            exact.iter().enumerate().map(|(i, m)| m.filter(|m| placed(i, *m)).map(|(m, _)| m)).collect();
        let anchors: Vec<usize> = chain.iter().copied().filter(|i| matches[*i].is_some()).collect();
        tolerant(candidates, rows, &anchors, &mut matches);
        out.extend(matches);
    }
    out
}

/// Whether a candidate may be matched with a row of the form's table at all: its label is one of a row, or one that the
/// table does not know.
pub(super) fn may_match(candidate: &Candidate<'_>, rows: &TableRows) -> bool {
    let known = |reading: &Reading| rows.others.iter().any(|other| *other == *reading.core);
    exact_match(candidate, rows).is_some() || candidate.has_values() && !candidate.options.iter().all(known)
}

/// The table may be printed more than once: each pass begins where a row comes back that was met before others.
fn passes(exact: &[Option<(Match, u64)>]) -> Vec<std::ops::Range<usize>> {
    let mut out = Vec::new();
    let mut start = 0;
    let mut seen: Vec<usize> = Vec::new();
    let mut last = None;
    for (i, found) in exact.iter().enumerate() {
        let Some((m, _)) = found.filter(|(_, weight)| *weight >= STRONG) else { continue };
        if seen.contains(&m.row) && last != Some(m.row) {
            out.push(start..i);
            start = i;
            seen.clear();
        }
        seen.push(m.row);
        last = Some(m.row);
    }
    out.push(start..exact.len());
    out
}

/// A match by the label as it stands or by its core, and how much it weighs: [`STRONG`] where the label can mean
/// nothing else.
fn exact_match(candidate: &Candidate<'_>, rows: &TableRows) -> Option<(Match, u64)> {
    candidate.options.iter().enumerate().find_map(|(option, reading)| {
        let here = |m: &&super::labels::Meaning| m.form == rows.form && m.table == rows.table;
        let row = reading.meanings.iter().filter(here).find_map(|m| match m.part {
            Part::Row { row } => Some(row),
            _ => None,
        })?;
        let other = reading.meanings.iter().filter(here).any(|m| !matches!(m.part, Part::Row { .. }));
        let strong = !other && reading.core.len() > SHORT;
        // 规章 stands for itself where the table has no other meaning for it.
        let strong = strong || !other && reading.exact && rows.table == 2;
        let weight = match (strong, reading.exact) {
            (true, _) => STRONG,
            (false, true) => NUMBERED,
            (false, false) => 1,
        };
        Some((Match { row, option, repaired: false }, weight))
    })
}

/// The heaviest chain of matches whose rows never step back; strong labels outweigh any number of weak ones.
fn longest_chain(exact: &[Option<(Match, u64)>]) -> Vec<usize> {
    let known: Vec<(usize, usize, u64)> =
        exact.iter().enumerate().filter_map(|(i, m)| m.map(|(m, weight)| (i, m.row, weight))).collect();
    if known.is_sorted_by_key(|(_, row, _)| *row) {
        return known.iter().map(|(i, ..)| *i).collect();
    }
    let mut best: Vec<(u64, Option<usize>)> = Vec::with_capacity(known.len());
    for (k, (_, row, weight)) in known.iter().enumerate() {
        let before = (0..k).filter(|j| known[*j].1 <= *row).max_by_key(|j| (best[*j].0, *j));
        best.push((weight + before.map_or(0, |j| best[j].0), before));
    }
    let mut at = (0..best.len()).max_by_key(|k| (best[*k].0, std::cmp::Reverse(*k)));
    let mut chain = Vec::new();
    while let Some(k) = at {
        chain.push(known[k].0);
        at = best[k].1;
    }
    chain.reverse();
    chain
}

/// Matches what is left between two known rows with the rows that the form has between them.
fn tolerant(candidates: &[Candidate<'_>], rows: &TableRows, anchors: &[usize], out: &mut [Option<Match>]) {
    let mut taken = vec![false; rows.rows.len()];
    for m in out.iter().flatten() {
        if let Some(t) = taken.get_mut(m.row) {
            *t = true;
        }
    }
    if taken.iter().all(|taken| *taken) || out.iter().all(Option::is_some) {
        return;
    }
    let mut tried = 0;
    let bounds = std::iter::once(None).chain(anchors.iter().map(|c| Some(*c))).chain(std::iter::once(None));
    let bounds: Vec<Option<usize>> = bounds.collect();
    for pair in bounds.windows(2) {
        let (before, after) = (pair[0], pair[1]);
        let first = before.map_or(0, |i| i + 1);
        let last = after.unwrap_or(candidates.len());
        let row_of = |i: usize| out[i].map(|m| m.row);
        let low = before.and_then(row_of).map_or(0, |r| r + 1);
        let high = after.and_then(row_of).unwrap_or(rows.rows.len());
        let open: Vec<usize> = (low..high).filter(|r| !taken[*r]).collect();
        let left: Vec<usize> = (first..last).filter(|i| out[*i].is_none() && candidates[*i].has_values()).collect();
        tried += left.len();
        if open.is_empty() || left.is_empty() || tried > TOLERANT {
            continue;
        }
        for (i, m) in settle(candidates, rows, &left, &open) {
            out[i] = Some(m);
        }
    }
}

/// Mutually and uniquely best pairs, in order.
fn settle(candidates: &[Candidate<'_>], rows: &TableRows, left: &[usize], open: &[usize]) -> Vec<(usize, Match)> {
    let costs: Vec<Vec<(f64, usize)>> = left
        .iter()
        .map(|i| (0..rows.rows.len()).map(|row| cheapest(&candidates[*i].options, rows, row)).collect())
        .collect();
    let mut found: Vec<(usize, Match)> = Vec::new();
    for (l, i) in left.iter().enumerate() {
        let mut ranked: Vec<(f64, usize)> = open.iter().map(|row| (costs[l][*row].0, *row)).collect();
        ranked.sort_by(|a, b| a.0.total_cmp(&b.0));
        let Some(&(cost, row)) = ranked.first() else { continue };
        let unique = ranked.get(1).is_none_or(|next| next.0 >= cost + MARGIN);
        let elsewhere = (0..rows.rows.len()).any(|r| costs[l][r].0 < cost)
            || candidates[*i]
                .options
                .get(costs[l][row].1)
                .is_some_and(|o| rows.others.iter().any(|other| *other == *o.core));
        let rival = left.iter().enumerate().any(|(k, _)| k != l && costs[k][row].0 < cost + MARGIN);
        if cost > BOUND || !unique || elsewhere || rival {
            continue;
        }
        let option = costs[l][row].1;
        found.push((*i, Match { row, option, repaired: true }));
    }
    let in_order = found.windows(2).all(|w| w[0].1.row < w[1].1.row);
    if in_order { found } else { Vec::new() }
}

fn cheapest(options: &[Reading], rows: &TableRows, row: usize) -> (f64, usize) {
    let mut best = (f64::INFINITY, 0);
    for (o, option) in options.iter().enumerate() {
        for label in rows.labels.iter().filter(|l| l.row == row) {
            let cost = distance(&option.core, &label.core);
            if cost < best.0 {
                best = (cost, o);
            }
        }
    }
    best
}

/// How far a printed label is from one of the form's: 0 the same, up to a third where it is shortened, extended or
/// misspelt, infinite where it is something else.
fn distance(printed: &[char], label: &[char]) -> f64 {
    let (short, long) = (printed.len().min(label.len()), printed.len().max(label.len()));
    if short <= SHORT || long > 120 {
        return f64::INFINITY;
    }
    if printed == label {
        return 0.0;
    }
    let edits = strsim::generic_levenshtein(&Chars(printed), &Chars(label));
    let misspelt = edits as f64 / short as f64;
    let shortened = if label.starts_with(printed) || printed.starts_with(label) {
        0.1
    } else if is_subsequence(printed, label) && printed.len() * 5 >= label.len() * 2 {
        0.2
    } else {
        f64::INFINITY
    };
    misspelt.min(shortened)
}

fn is_subsequence(short: &[char], long: &[char]) -> bool {
    let mut rest = long.iter();
    short.iter().all(|c| rest.any(|l| l == c))
}

struct Chars<'a>(&'a [char]);

impl<'a> IntoIterator for &Chars<'a> {
    type Item = char;
    type IntoIter = std::iter::Copied<std::slice::Iter<'a, char>>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.iter().copied()
    }
}
