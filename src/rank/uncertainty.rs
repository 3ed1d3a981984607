//! How much ranks depend on the choices of the method: Monte Carlo over weights, normalisation, aggregation and the
//! indicator left out.

use super::draw::Draws;
use super::model::Model;
use rayon::prelude::*;

/// Where an agency's rank lies over random methods.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct MethodRange {
    /// The median rank; ties count with the middle of their ranks.
    pub median: f64,
    /// The rank that 5 % of the methods do better than.
    pub low: f64,
    /// The rank that 5 % of the methods do worse than.
    pub high: f64,
}

/// Agencies whose ranks are gathered at a time.
const BLOCK: usize = 64;

/// Twice the middle ranks of every agency under each random method: one row a method.
pub(super) fn drawn_ranks(model: &Model<'_>, draws: &Draws<'_>) -> Vec<Vec<u32>> {
    (0..model.method.uncertainty.draws as u64)
        .into_par_iter()
        .map_init(|| model.room(), |room, number| model.ranks(&draws.choice(number), room))
        .collect()
}

/// Median and 5th and 95th percentile of each agency's ranks; none without draws.
///
/// Percentiles are order statistics: with k draws the ⌊(k − 1) p⌋-th from below for the lower end, and its mirror image
/// from above for the upper.
///
/// **Cost**: O(draws · (agencies · indicators + agencies log agencies)), memory 4 bytes a draw and agency.
pub(super) fn method_ranges(ranks: &[Vec<u32>], n: usize) -> Vec<Option<MethodRange>> {
    let blocks: Vec<Vec<Option<MethodRange>>> = (0..n.div_ceil(BLOCK))
        .into_par_iter()
        .map(|block| {
            let (start, end) = (block * BLOCK, ((block + 1) * BLOCK).min(n));
            let mut own: Vec<Vec<u32>> = vec![Vec::with_capacity(ranks.len()); end - start];
            for row in ranks {
                for (list, rank) in own.iter_mut().zip(row.get(start..end).unwrap_or_default()) {
                    if *rank > 0 {
                        list.push(*rank);
                    }
                }
            }
            own.into_iter().map(|list| range(list, |rank| f64::from(rank) / 2.0)).collect()
        })
        .collect();
    blocks.into_iter().flatten().collect()
}

/// Median, 5th and 95th percentile of a list.
pub(super) fn range<T: Ord + Copy>(mut list: Vec<T>, number: impl Fn(T) -> f64) -> Option<MethodRange> {
    list.sort_unstable();
    let end = list.len().checked_sub(1)?;
    let twentieth = end / 20;
    let at = |i: usize| list.get(i).map(|x| number(*x));
    Some(MethodRange {
        median: f64::midpoint(at(end / 2)?, at(end.div_ceil(2))?),
        low: at(twentieth)?,
        high: at(end - twentieth)?,
    })
}
