//! When a report comes out.

use super::body::Body;
use super::data::model;
use super::random::Stream;
use crate::report::{Date, Kind, Level, Year};
use jiff::ToSpan;
use jiff::civil;

/// Draws a report's date of publication; `None` where the report names none.
pub(super) fn date(body: &Body, year: Year, chance: &mut Stream) -> Option<Date> {
    let model = &model().publication;
    let point = chance.unit();
    let deadline = deadline(body, year)?;
    if point < model.undated {
        return None;
    }
    if point < model.undated + model.early {
        let day = i32::try_from(chance.between(8, 30)).ok()?;
        return Date::new(year, 12, day);
    }
    if point < model.undated + model.early + model.late {
        return plus(deadline, chance.between(1, model.late_days));
    }
    // In time, mostly in the last weeks.
    let first = civil::Date::new(i16::try_from(year + 1).ok()?, 1, 4).ok()?;
    let span = usize::try_from(first.until(to_civil(deadline)?).ok()?.get_days()).ok()?;
    plus(from_civil(first)?, chance.below(span + 1).max(chance.below(span + 1)))
}

/// The last day in time: article 49 of the Regulation, and for townships the same day as for departments.
pub(super) fn deadline(body: &Body, year: Year) -> Option<Date> {
    let model = &model().publication;
    let government = body.kind == Kind::Government && body.level != Level::Township;
    let [month, day] = if government { model.deadline_government } else { model.deadline_other };
    Date::new(year + 1, i32::from(month), i32::from(day))
}

/// So many days later.
pub(super) fn plus(date: Date, days: usize) -> Option<Date> {
    let days = i32::try_from(days).ok()?;
    from_civil(to_civil(date)?.checked_add(days.days()).ok()?)
}

fn to_civil(date: Date) -> Option<civil::Date> {
    date.to_string().parse().ok()
}

fn from_civil(date: civil::Date) -> Option<Date> {
    Date::new(i32::from(date.year()), i32::from(date.month()), i32::from(date.day()))
}
