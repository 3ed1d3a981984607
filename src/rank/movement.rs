//! How an agency's rank moved against last year.

use super::group::Group;
use super::input::YearInput;
use super::places::RankRange;
use super::uncertainty::{MethodRange, range};
use crate::report::{Text, Year};
use std::collections::BTreeMap;

/// How a rank moved; ranks up are positive.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Movement {
    /// The year before.
    pub from: Year,
    /// The rank of the year before.
    pub before: RankRange,
    /// How many were ranked then.
    pub ranked_before: usize,
    /// Ranks gained: the middle rank then less the middle rank now.
    pub gained: f64,
    /// The same under random methods, each applied to both years.
    pub method: Option<MethodRange>,
    /// Ranks gained by the confidence sets of both years, each made so wide that the two hold at once.
    pub sampling: (f64, f64),
}

impl Movement {
    /// Whether neither chance nor the choice of the method undoes the direction.
    pub fn is_clear(&self) -> bool {
        let ends = [Some(self.sampling), self.method.map(|m| (m.low, m.high))];
        ends.into_iter().flatten().all(|(low, _)| low > 0.0) || ends.into_iter().flatten().all(|(_, high)| high < 0.0)
    }
}

/// Why there is no movement to tell.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum NoMovement {
    /// Last year is not among the inputs.
    NoYearBefore,
    /// The agency was not ranked last year.
    NotRankedBefore,
    /// It was ranked among others.
    OtherPeers,
    /// Its form changed, and an indicator cannot be compared across forms.
    OtherForm,
}

impl NoMovement {
    /// Its name in files.
    pub fn name(self) -> &'static str {
        match self {
            Self::NoYearBefore => "no year before",
            Self::NotRankedBefore => "not ranked the year before",
            Self::OtherPeers => "other peer group the year before",
            Self::OtherForm => "form not comparable with the year before",
        }
    }

    /// As people read it.
    pub fn text(self) -> Text {
        match self {
            Self::NoYearBefore => Text::new("没有上年数据", "no data for the year before"),
            Self::NotRankedBefore => Text::new("上年未排名", "not ranked the year before"),
            Self::OtherPeers => Text::new("上年属于其他可比组", "ranked among other peers the year before"),
            Self::OtherForm => Text::new("两年报告格式不可比", "the forms of the two years are not comparable"),
        }
    }
}

/// A peer group's ranks in one year, by agency.
pub(super) struct Ranks<'a> {
    pub(super) input: &'a YearInput,
    pub(super) group: &'a Group,
    pub(super) places: &'a [Option<RankRange>],
    pub(super) drawn: &'a [Vec<u32>],
    /// Confidence sets so wide that two years' hold at once.
    pub(super) wide: &'a [Option<RankRange>],
}

/// How each member of a group moved against the year before.
pub(super) fn movements(now: &Ranks<'_>, before: Option<&Ranks<'_>>) -> Vec<Result<Movement, NoMovement>> {
    let id = |ranks: &Ranks<'_>, member: &usize| ranks.input.candidates.get(*member).map(|c| c.agency.clone());
    let then: BTreeMap<_, usize> =
        before.map(|b| b.group.members.iter().enumerate().map(|(at, m)| (id(b, m), at)).collect()).unwrap_or_default();
    let one = |(at, member): (usize, &usize)| {
        let before = before.ok_or(NoMovement::NotRankedBefore)?;
        let was = *then.get(&id(now, member)).ok_or(NoMovement::NotRankedBefore)?;
        if form_changed(now, at, before, was) {
            return Err(NoMovement::OtherForm);
        }
        moved(now, at, before, was).ok_or(NoMovement::NotRankedBefore)
    };
    now.group.members.iter().enumerate().map(one).collect()
}

fn moved(now: &Ranks<'_>, at: usize, before: &Ranks<'_>, was: usize) -> Option<Movement> {
    let place = |ranks: &Ranks<'_>, at: usize| ranks.places.get(at).copied().flatten();
    let wide = |ranks: &Ranks<'_>, at: usize| ranks.wide.get(at).copied().flatten();
    let (new, old) = (place(now, at)?, place(before, was)?);
    let (new_set, old_set) = (wide(now, at)?, wide(before, was)?);
    let change = |(new, old): (&Vec<u32>, &Vec<u32>)| {
        let (new, old) = (*new.get(at)?, *old.get(was)?);
        (new > 0 && old > 0).then(|| i64::from(old) - i64::from(new))
    };
    let changes: Vec<i64> = now.drawn.iter().zip(before.drawn).filter_map(change).collect();
    Some(Movement {
        from: before.input.year,
        before: old,
        ranked_before: before.group.members.len(),
        gained: old.middle() - new.middle(),
        method: range(changes, |doubled| doubled as f64 / 2.0),
        sampling: (f64::from(old_set.low) - f64::from(new_set.high), f64::from(old_set.high) - f64::from(new_set.low)),
    })
}

/// Whether an indicator in use in either year is bound to a form that is not the same in both.
fn form_changed(now: &Ranks<'_>, at: usize, before: &Ranks<'_>, was: usize) -> bool {
    let forms = |ranks: &Ranks<'_>, at: usize| {
        ranks.group.members.get(at).and_then(|m| ranks.input.candidates.get(*m)).map(|c| c.forms).unwrap_or_default()
    };
    let (new, old) = (forms(now, at), forms(before, was));
    let used = now.group.active.iter().chain(&before.group.active);
    let mut tables = used.filter_map(|i| now.input.form_bound.get(*i)).flatten();
    tables.any(|table| {
        let place = usize::from(*table).checked_sub(2);
        place.is_some_and(|p| new.get(p) != old.get(p))
    })
}
