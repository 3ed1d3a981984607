//! Which years of a metric stand on one form, and so may be compared.

use super::engine::applies;
use super::pool::Grouping;
use super::{Metric, Scope, Tables};
use crate::form::forms;
use crate::report::Year;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// The form that a group's reports of a year stand on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Standing {
    /// The form; none where the metric may be compared across all of its forms.
    pub form: Option<&'static str>,
    /// Whether some of the reports use another form than the year's.
    pub mixed: bool,
}

/// The forms behind the values of a metric that may not be compared across its forms; for one that may, nothing.
///
/// The forms that the reports use decide, not the calendar: an agency that keeps the old form a year longer has its
/// break a year later. Only where the reports of a group and year use several, the form in force for that year stands
/// for them.
pub(super) struct Breaks {
    standings: Option<Standings>,
}

/// By scope, group and year.
type Standings = BTreeMap<(Scope, Arc<str>, Year), Standing>;

impl Breaks {
    pub(super) fn of(metric: &Metric, tables: &Tables, scopes: &[Scope]) -> Self {
        if metric.comparable {
            return Self { standings: None };
        }
        let mut standings = Standings::new();
        for scope in scopes {
            let grouping = Grouping::new(*scope, tables);
            for ((group, year), used) in forms_used(metric, tables, &grouping) {
                let in_force = forms().in_force(year).map(|form| form.id.as_str());
                let standing = match used.first() {
                    Some(only) if used.len() == 1 => Standing { form: Some(only), mixed: false },
                    _ => Standing { form: in_force, mixed: used.len() > 1 },
                };
                if let Some(name) = grouping.names.get(group) {
                    standings.insert((*scope, Arc::clone(name), year), standing);
                }
            }
        }
        Self { standings: Some(standings) }
    }

    pub(super) fn standing(&self, scope: Scope, group: &Arc<str>, year: Year) -> Standing {
        let Some(standings) = &self.standings else { return Standing::default() };
        let found = standings.get(&(scope, Arc::clone(group), year)).copied();
        let in_force = || forms().in_force(year).map(|form| form.id.as_str());
        found.unwrap_or_else(|| Standing { form: in_force(), mixed: false })
    }
}

/// The forms of the metric's tables in the reports that it can be made of, by group and year.
fn forms_used(
    metric: &Metric,
    tables: &Tables,
    grouping: &Grouping,
) -> BTreeMap<(usize, Year), BTreeSet<&'static str>> {
    let mut used: BTreeMap<(usize, Year), BTreeSet<&'static str>> = BTreeMap::new();
    for (at, entry) in tables.report_entries().iter().enumerate() {
        let Some(group) = grouping.group(tables, at).filter(|_| applies(metric, None, &entry.forms) == Some(true))
        else {
            continue;
        };
        let known = metric.tables.iter().filter_map(|t| entry.forms.get(usize::from(*t).checked_sub(2)?).copied());
        used.entry((group, entry.year)).or_default().extend(known.flatten());
    }
    used
}
