//! The true figures of an agency, year after year: what is carried from one year to the next.

use super::data::model;
use super::profile::{Profile, Temper};
use super::random::{Stream, floor};
use crate::form::{Form, figure, forms};
use crate::report::Year;

/// Values of figures, by figure; both forms' figures together. A figure never set is 0.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Values(Vec<f64>);

impl Values {
    fn zero() -> Self {
        Self(vec![0.0; forms().figures.len()])
    }

    pub(super) fn get(&self, id: crate::form::FigureId) -> f64 {
        self.0.get(usize::from(id.0)).copied().unwrap_or_default()
    }

    fn set(&mut self, name: &str, value: f64) {
        if let Some(slot) = figure(name).and_then(|id| self.0.get_mut(usize::from(id.0))) {
            *slot = value;
        }
    }
}

/// What an agency carries from one year to the next.
pub(super) struct Ledger {
    /// Requests not yet closed, by applicant column.
    open: Vec<usize>,
    /// Rules and normative documents in force, and those public under the form of 2019.
    in_force: [usize; 2],
    public_stock: [usize; 2],
    /// Items of licence, service, penalty, coercion and fee.
    items: [usize; 5],
}

const ITEMS: [&str; 5] = ["licence", "service", "penalty", "coercion", "fee"];
const WAYS: [&str; 3] = ["reconsideration", "litigation_direct", "litigation_after_reconsideration"];
const ENDS: [&str; 4] = ["upheld", "corrected", "other", "pending"];

impl Ledger {
    pub(super) fn open(profile: &Profile) -> Self {
        let silent = profile.temper == Temper::Silent;
        let stock = if silent { 0 } else { floor(profile.documents * 4.0) };
        let rules = floor(profile.kind.rules * 6.0);
        let waiting = if profile.temper == Temper::Active { profile.requests * profile.kind.carries } else { 0.0 };
        let share = |column: &&str| model().applicants.get(*column).copied().unwrap_or_default();
        Self {
            open: applicants(newest()).iter().map(|column| floor(waiting * share(column) + 0.5)).collect(),
            in_force: [rules, stock],
            public_stock: [rules, stock],
            items: profile.items,
        }
    }

    /// Whether requests are waiting that next year's report has to carry over.
    pub(super) fn has_open_requests(&self) -> bool {
        self.open.iter().any(|n| *n > 0)
    }

    /// The figures of the next year. With `breaks_chain` the report carries over something other than the last
    /// year's report carried forward, by the chance given.
    pub(super) fn next(
        &mut self,
        profile: &Profile,
        year: Year,
        chance: &mut Stream,
        breaks_chain: Option<&mut Stream>,
    ) -> Values {
        let mut values = Values::zero();
        let keeps = chance.chance(profile.kind.keeps);
        let speaks = profile.temper == Temper::Active || !keeps;
        if let Some(chance) = breaks_chain {
            self.break_chain(chance);
        }
        if speaks || self.has_open_requests() {
            self.requests(&mut values, profile, year, chance);
        }
        if profile.temper != Temper::Silent {
            self.disclosure(&mut values, profile, chance);
        }
        values
    }

    fn break_chain(&mut self, chance: &mut Stream) {
        if self.has_open_requests() && chance.chance(0.6) {
            self.open.fill(0);
        } else if let Some(first) = self.open.first_mut() {
            *first += chance.between(1, 3);
        }
    }

    fn requests(&mut self, values: &mut Values, profile: &Profile, year: Year, chance: &mut Stream) {
        let form = newest();
        let since = f64::from(year - 2019);
        // An agency without requests has one or two in its odd year and closes them in it.
        let mean = if profile.temper == Temper::Active {
            profile.requests * libm::pow(1.04, since) * chance.around(1.0, 0.25)
        } else {
            1.2
        };
        let columns = applicants(form);
        let shares: Vec<f64> =
            columns.iter().map(|c| model().applicants.get(*c).copied().unwrap_or_default()).collect();
        let count = chance.poisson(mean).min(20_000);
        let received = chance.deal(count, &shares);
        let weights: Vec<f64> =
            form.outcomes.iter().zip(&profile.leanings).map(|(key, lean)| weight(key, year) * lean).collect();
        let mut closed_in_all = 0;
        for (i, column) in columns.iter().enumerate() {
            let new = received.get(i).copied().unwrap_or_default();
            let old = self.open.get(i).copied().unwrap_or_default();
            let waiting =
                if profile.temper == Temper::Active { chance.binomial(new + old, profile.kind.carries) } else { 0 };
            let closed = new + old - waiting;
            let heaps = chance.deal(closed, &weights);
            put(values, "received", column, new);
            put(values, "carried_over", column, old);
            put(values, "closed", column, closed);
            put(values, "carried_forward", column, waiting);
            for (key, heap) in form.outcomes.iter().zip(heaps) {
                put(values, key, column, heap);
            }
            if let Some(open) = self.open.get_mut(i) {
                *open = waiting;
            }
            closed_in_all += closed;
        }
        sum_up(values, form);
        remedies(values, closed_in_all, chance);
    }

    fn disclosure(&mut self, values: &mut Values, profile: &Profile, chance: &mut Stream) {
        let usual = [profile.kind.rules, profile.documents];
        for (i, key) in ["rules", "normative"].into_iter().enumerate() {
            let mean = usual[i] * chance.around(1.0, 0.3);
            let new = chance.poisson(mean);
            let repealed = chance.binomial(self.in_force[i], 0.08);
            self.in_force[i] = self.in_force[i] + new - repealed;
            self.public_stock[i] += new;
            values.set(&format!("{key}_made"), new as f64);
            values.set(&format!("{key}_published"), new as f64);
            values.set(&format!("{key}_public_stock"), self.public_stock[i] as f64);
            values.set(&format!("{key}_repealed"), repealed as f64);
            values.set(&format!("{key}_in_force"), self.in_force[i] as f64);
        }
        for (i, key) in ITEMS.into_iter().enumerate() {
            let before = self.items[i];
            let step = if before > 0 && chance.chance(0.35) { chance.between(0, 6) } else { 3 };
            let after = (before + step).saturating_sub(3);
            self.items[i] = after;
            values.set(&format!("{key}_items_last_year"), before as f64);
            values.set(&format!("{key}_items_change"), after as f64 - before as f64);
        }
        let decisions = [
            ("licence_decisions", profile.licences),
            ("service_decisions", profile.licences * 0.4),
            ("penalty_decisions", profile.penalties),
            ("coercion_decisions", profile.coercions),
        ];
        for (name, mean) in decisions {
            let mean = mean * chance.around(1.0, 0.3);
            let count = chance.poisson(mean);
            values.set(name, count as f64);
        }
        if profile.fees > 0.0 {
            let fees = profile.fees * chance.around(1.0, 0.35);
            values.set("fee_amount_wan", hundredths(fees));
        }
        let projects = chance.poisson(libm::sqrt(profile.documents));
        values.set("procurement_projects", projects as f64);
        if projects > 0 {
            let amount = projects as f64 * chance.around(38.0, 0.8);
            values.set("procurement_amount", hundredths(amount));
        }
    }
}

/// Rounds to two decimals, in a way that prints so.
fn hundredths(value: f64) -> f64 {
    libm::round(value * 100.0) / 100.0
}

fn put(values: &mut Values, row: &str, column: &str, count: usize) {
    values.set(&format!("{row}_{column}"), count as f64);
}

/// Fills in the totals of table 3 and the rows that only the older form prints.
fn sum_up(values: &mut Values, form: &Form) {
    let table = form.table(3);
    for row in table.into_iter().flat_map(|t| &t.blocks).flat_map(|b| &b.rows) {
        if let Some((total, parts)) = row.figures.split_last() {
            let sum: f64 = parts.iter().map(|id| values.get(*id)).sum();
            values.set(total.name(), sum);
        }
    }
    for (whole, parts) in &form.sums {
        let sum: f64 = parts.iter().map(|id| values.get(*id)).sum();
        values.set(whole.name(), sum);
    }
}

fn remedies(values: &mut Values, closed: usize, chance: &mut Stream) {
    let share = |key: &str| model().remedies.get(key).copied().unwrap_or_default();
    let ends: Vec<f64> = ENDS.iter().map(|end| share(end)).collect();
    for way in WAYS {
        let count = chance.binomial(closed, share(way));
        let heaps = chance.deal(count, &ends);
        for (end, heap) in ENDS.iter().zip(heaps) {
            values.set(&format!("{way}_{end}"), heap as f64);
        }
        values.set(&format!("{way}_total"), count as f64);
    }
}

/// The weight of an outcome in a year, in a straight line between the model's two years.
fn weight(outcome: &str, year: Year) -> f64 {
    let outcomes = &model().outcomes;
    let [first, last] = outcomes.get("drift_years").copied().unwrap_or([2019.0, 2025.0]);
    let [from, to] = outcomes.get(outcome).copied().unwrap_or_default();
    let along = ((f64::from(year) - first) / (last - first)).clamp(0.0, 1.0);
    from + (to - from) * along
}

/// The form with the finest outcomes, in which the true figures are kept.
pub(super) fn newest() -> &'static Form {
    forms().forms.last().expect("there are forms")
}

/// The applicant columns of table 3, without the total.
fn applicants(form: &Form) -> Vec<&str> {
    let block = form.table(3).and_then(|t| t.blocks.first());
    block.into_iter().flat_map(|b| &b.columns).filter(|c| !c.total).map(|c| c.key.as_str()).collect()
}
