//! From scores to ranks.

/// The ranks that an agency may be said to have: both ends the same where none equals it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct RankRange {
    /// The best of them, from 1.
    pub low: u32,
    /// The worst of them.
    pub high: u32,
}

impl RankRange {
    /// The middle.
    pub fn middle(self) -> f64 {
        f64::midpoint(f64::from(self.low), f64::from(self.high))
    }

    /// The range that holds both.
    #[must_use]
    pub fn with(self, other: Self) -> Self {
        Self { low: self.low.min(other.low), high: self.high.max(other.high) }
    }
}

impl std::fmt::Display for RankRange {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        if self.low == self.high { write!(f, "{}", self.low) } else { write!(f, "{}–{}", self.low, self.high) }
    }
}

/// Scores as whole numbers, rounded to one part in 10¹² of the greatest, so that sums that differ by the last bits are
/// ties; those that are not finite are left out.
fn whole(scores: &[f64], out: &mut Vec<(i64, u32)>) {
    let most = scores.iter().filter(|s| s.is_finite()).fold(0.0_f64, |most, s| most.max(s.abs()));
    let scale = if most > 0.0 { 1e12 / most } else { 0.0 };
    out.clear();
    for (position, score) in (0_u32..).zip(scores) {
        if score.is_finite() {
            #[expect(clippy::cast_possible_truncation, reason = "at most 10^12 in size, and rounding is meant")]
            let rounded = (score * scale + if *score < 0.0 { -0.5 } else { 0.5 }) as i64;
            out.push((-rounded, position));
        }
    }
}

/// Sorts scores, greatest first, and calls `place` for each run of equal ones with the rank of its first and last.
fn each_tie(scores: &[f64], order: &mut Vec<(i64, u32)>, mut place: impl FnMut(&[(i64, u32)], u32, u32)) {
    whole(scores, order);
    order.sort_unstable();
    let mut before: u32 = 0;
    for tie in order.chunk_by(|a, b| a.0 == b.0) {
        let size = u32::try_from(tie.len()).unwrap_or(u32::MAX);
        place(tie, before + 1, before.saturating_add(size));
        before = before.saturating_add(size);
    }
}

/// Competition ranks of scores, the greatest first, ties as ranges; none where a score is not finite.
///
/// ```
/// use gongkai::rank::places;
/// let ranks = places(&[0.2, 0.9, 0.2, f64::NAN]);
/// let text: Vec<String> = ranks.iter().map(|r| r.map_or("none".into(), |r| r.to_string())).collect();
/// assert_eq!(text, ["2–3", "1", "2–3", "none"]);
/// ```
pub fn places(scores: &[f64]) -> Vec<Option<RankRange>> {
    let mut out = vec![None; scores.len()];
    each_tie(scores, &mut Vec::new(), |tie, low, high| {
        for (_, position) in tie {
            if let Some(place) = out.get_mut(*position as usize) {
                *place = Some(RankRange { low, high });
            }
        }
    });
    out
}

/// Twice the middle of each score's ranks (low + high), a whole number; 0 where there is no score.
pub(super) fn doubled_middles(scores: &[f64], order: &mut Vec<(i64, u32)>) -> Vec<u32> {
    let mut out = vec![0; scores.len()];
    each_tie(scores, order, |tie, low, high| {
        for (_, position) in tie {
            if let Some(place) = out.get_mut(*position as usize) {
                *place = low.saturating_add(high);
            }
        }
    });
    out
}
