//! Bringing indicators to a common scale.

use super::Direction;
use serde::Deserialize;

/// How an indicator is brought to a scale on which more is better.
///
/// With x the value, turned round (−x) where less is better, over the agencies of the peer group that have one:
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Normalisation {
    /// `(r − 1) / (n − 1)`, stretched to `range`; r is the rank from the worst end.
    PercentileRank {
        /// Where the scale begins and ends.
        range: [f64; 2],
        /// Which rank equal values share.
        ties: Ties,
    },
    /// `(x − min) / (max − min)`, stretched to `range`.
    MinMax {
        /// Where the scale begins and ends.
        range: [f64; 2],
    },
    /// `(x − mean) / sd`, sd with divisor n − 1.
    ZScore,
    /// The rank r from the worst end, 1 to n; equal values share the lowest.
    Rank,
    /// r − 1.
    Borda,
    /// How far the value has come from the lower goalpost to the upper, cut off at both, stretched to `range`.
    Goalposts {
        /// The lower and the upper goalpost, on the scale of the indicator.
        posts: [f64; 2],
        /// Where the scale begins and ends.
        range: [f64; 2],
    },
    /// `x / max`; where less is better, `1 − x / max` with x as it is. Meant for values of one sign from 0 up.
    FractionOfMax,
}

/// Which rank equal values share.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Ties {
    /// The lowest of theirs ("sport" ranking from the worst end), as in `COINr`.
    #[default]
    Min,
    /// The mean of theirs: turning the direction round turns the scores round.
    Average,
}

impl Normalisation {
    /// Its name in files.
    pub fn name(self) -> &'static str {
        match self {
            Self::PercentileRank { .. } => "percentile_rank",
            Self::MinMax { .. } => "min_max",
            Self::ZScore => "z_score",
            Self::Rank => "rank",
            Self::Borda => "borda",
            Self::Goalposts { .. } => "goalposts",
            Self::FractionOfMax => "fraction_of_max",
        }
    }

    /// The scale's ends where it has ends of its own: scores of indicators that share them can be averaged.
    pub(super) fn range(self) -> Option<[f64; 2]> {
        match self {
            Self::PercentileRank { range, .. } | Self::MinMax { range } | Self::Goalposts { range, .. } => Some(range),
            Self::ZScore | Self::Rank | Self::Borda | Self::FractionOfMax => None,
        }
    }

    /// Whether its scores are above 0 whatever the values, as geometric and harmonic means need them.
    pub(super) fn is_positive(self) -> bool {
        match self {
            Self::Rank => true,
            _ => self.range().is_some_and(|[low, high]| low > 0.0 && high > 0.0),
        }
    }
}

/// The scale that a group of agencies makes of one indicator: maps any value to its score.
#[derive(Debug, Clone)]
pub(super) struct Scale {
    how: Normalisation,
    direction: Direction,
    /// The group's different values, turned so that more is better, in order.
    values: Vec<f64>,
    /// Who has each of them.
    steps: Vec<Step>,
    /// How many members have a value.
    members: f64,
    /// A straight line: score = (x − from) · by + plus, x being the position for scales made of ranks.
    from: f64,
    by: f64,
    plus: f64,
}

/// One of a group's different values.
#[derive(Debug, Clone, Copy)]
struct Step {
    /// How many members are below.
    below: f64,
    /// How many have it.
    equal: f64,
}

impl Scale {
    /// The scale of the finite values of a column; `None` where there are fewer than two different ones.
    pub(super) fn new(how: Normalisation, direction: Direction, values: &[f64]) -> Option<Self> {
        let mut sorted: Vec<f64> = values.iter().filter(|x| x.is_finite()).map(|x| turned(direction, *x)).collect();
        sorted.sort_unstable_by(f64::total_cmp);
        let (min, max) = (*sorted.first()?, *sorted.last()?);
        if min >= max {
            return None;
        }
        let n = sorted.len() as f64;
        let (from, by, plus) = match how {
            Normalisation::PercentileRank { range, .. } => (0.0, (range[1] - range[0]) / (n - 1.0), range[0]),
            Normalisation::MinMax { range } => (min, (range[1] - range[0]) / (max - min), range[0]),
            Normalisation::ZScore => {
                let mean = sorted.iter().sum::<f64>() / n;
                let squares: f64 = sorted.iter().map(|x| (x - mean) * (x - mean)).sum();
                (mean, 1.0 / libm::sqrt(squares / (n - 1.0)), 0.0)
            }
            Normalisation::Rank => (0.0, 1.0, 1.0),
            Normalisation::Borda => (0.0, 1.0, 0.0),
            Normalisation::Goalposts { posts, range } => {
                let (low, high) = match direction {
                    Direction::Higher => (posts[0], posts[1]),
                    Direction::Lower => (-posts[1], -posts[0]),
                };
                (low, (range[1] - range[0]) / (high - low), range[0])
            }
            Normalisation::FractionOfMax => fraction_line(direction, min, max)?,
        };
        let mut steps: Vec<Step> = Vec::new();
        let mut values: Vec<f64> = Vec::new();
        for (below, x) in sorted.iter().enumerate() {
            if let Some(step) = steps.last_mut().filter(|_| values.last().is_some_and(|last| last >= x)) {
                step.equal += 1.0;
            } else {
                values.push(*x);
                steps.push(Step { below: below as f64, equal: 1.0 });
            }
        }
        Some(Self { how, direction, values, steps, members: n, from, by, plus })
    }

    /// The score of a value: exact for those of the group. Scales made of ranks are drawn straight from each value of the
    /// group to the next, so that a small change of a value is a small change of its score.
    pub(super) fn score(&self, value: f64) -> f64 {
        let x = turned(self.direction, value);
        let x = match self.how {
            Normalisation::PercentileRank { ties: Ties::Average, .. } => self.position(x, Step::middle),
            Normalisation::PercentileRank { .. } | Normalisation::Rank | Normalisation::Borda => {
                self.position(x, |step| step.below)
            }
            Normalisation::Goalposts { range, .. } => {
                let score = (x - self.from) * self.by + self.plus;
                return score.clamp(range[0].min(range[1]), range[0].max(range[1]));
            }
            _ => x,
        };
        (x - self.from) * self.by + self.plus
    }

    /// The share of comparisons with the others that a value wins, ties counting half; drawn straight between values.
    pub(super) fn won(&self, value: f64) -> f64 {
        self.position(turned(self.direction, value), Step::middle) / (self.members - 1.0)
    }

    /// A number that stands at each value of the group, drawn straight between them and level beyond the ends.
    fn position(&self, x: f64, at: impl Fn(&Step) -> f64) -> f64 {
        let next = self.values.partition_point(|value| *value <= x);
        let step = |i: usize| Some((*self.values.get(i)?, at(self.steps.get(i)?)));
        match (next.checked_sub(1).and_then(step), step(next)) {
            (Some((from, here)), Some((to, next))) => here + (next - here) * (x - from) / (to - from),
            (Some((_, end)), None) | (None, Some((_, end))) => end,
            (None, None) => 0.0,
        }
    }
}

impl Step {
    /// How many others are below, counting half of those that are equal.
    fn middle(&self) -> f64 {
        self.below + (self.equal - 1.0) / 2.0
    }
}

/// A value turned so that more is better; 0 is 0 either way, never −0.
fn turned(direction: Direction, x: f64) -> f64 {
    if direction == Direction::Lower { 0.0 - x } else { x + 0.0 }
}

/// The line of [`Normalisation::FractionOfMax`], for turned values; none where the maximum is not above 0.
fn fraction_line(direction: Direction, min: f64, max: f64) -> Option<(f64, f64, f64)> {
    match direction {
        Direction::Higher => (max > 0.0).then(|| (0.0, 1.0 / max, 0.0)),
        // Turned values are −x: the greatest x is −min, and 1 − x / max = 1 + (−x) / (−min).
        Direction::Lower => (min < 0.0).then(|| (0.0, 1.0 / -min, 1.0)),
    }
}

/// A column of values brought to a common scale, missing values staying missing; `None` where fewer than two values
/// differ, or where fractions of a maximum are asked of a column without positive values.
///
/// The definitions are those of `COINr` 1.1.14 (`n_prank`, `n_minmax`, `n_zscore`, `n_rank`, `n_borda`, `n_goalposts`,
/// `n_fracmax`, direction applied by turning the sign first), with two exceptions: `COINr`'s `n_fracmax` of turned values
/// gives the worst the highest score, so that here it is `1 − x / max` where less is better; and percentile ranks can
/// share the mean rank of ties.
///
/// **Cost**: O(n log n).
///
/// ```
/// use gongkai::rank::{Direction, Normalisation, Ties, normalise};
/// let prank = Normalisation::PercentileRank { range: [0.0, 1.0], ties: Ties::Min };
/// let scores = normalise(&[Some(3.0), None, Some(1.0), Some(3.0)], prank, Direction::Higher).unwrap();
/// assert_eq!(scores, [Some(0.5), None, Some(0.0), Some(0.5)]);
/// assert_eq!(normalise(&[Some(0.0), Some(0.0)], prank, Direction::Higher), None);
/// ```
pub fn normalise(values: &[Option<f64>], how: Normalisation, direction: Direction) -> Option<Vec<Option<f64>>> {
    let column: Vec<f64> = values.iter().map(|v| v.filter(|x| x.is_finite()).unwrap_or(f64::NAN)).collect();
    let scale = Scale::new(how, direction, &column)?;
    Some(column.iter().map(|x| x.is_finite().then(|| scale.score(*x))).collect())
}
