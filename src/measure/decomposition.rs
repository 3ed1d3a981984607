//! Why a pooled rate changed from one year to the next: other agencies weigh more, or agencies do otherwise.

use super::breaks::Breaks;
use super::pool::Grouping;
use super::{Metric, MetricKind, MetricRow, Scope, Tables, Undefined};
use crate::panel::{escape_formula, format_number};
use crate::report::{Text, Year};
use crate::stats::{Unit, kitagawa};
use rayon::prelude::*;
use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

/// The scopes whose changes are taken apart.
const SCOPES: [Scope; 4] = [Scope::All, Scope::Level, Scope::Kind, Scope::Province];

/// What to know of a decomposition, or why there is none.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DecompositionNote {
    /// The form changed between the years, and the metric is not comparable across its forms.
    FormChange,
    /// The denominator of one of the years is 0.
    DenIsZero,
    /// An agency has a numerator without a denominator, which has no rate of its own.
    NumWithoutDen,
    /// In one of the years some reports of the group use another form than the others, with which they are not
    /// comparable.
    MixedForms,
}

impl DecompositionNote {
    /// As people read it.
    pub fn text(self) -> Text {
        match self {
            Self::FormChange => Text::new("格式变更前后不可比", "not comparable across the change of form"),
            Self::DenIsZero => Undefined::DenIsZero.text(),
            Self::NumWithoutDen => Text::new("有机关分母为零而分子不为零", "an agency has num without den"),
            Self::MixedForms => Text::new("格式混用", "mixed forms"),
        }
    }
}

impl fmt::Display for DecompositionNote {
    /// As it stands in files.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::DenIsZero => f.write_str(Undefined::DenIsZero.name()),
            other => f.write_str(&other.text().en),
        }
    }
}

/// The change of a group's pooled rate between two years and its two parts.
#[derive(Debug, Clone, PartialEq)]
pub struct Decomposition {
    /// The metric's id.
    pub metric: Arc<str>,
    /// The part's key, for a metric with parts.
    pub part: Option<Arc<str>>,
    /// What was grouped by.
    pub scope: Scope,
    /// The group.
    pub group: Arc<str>,
    /// The earlier year.
    pub from: Year,
    /// The later year: the next in which the group has a report that could be assessed.
    pub to: Year,
    /// The pooled rate of the earlier year.
    pub before: Option<f64>,
    /// The pooled rate of the later year.
    pub after: Option<f64>,
    /// `after` less `before`.
    pub change: Option<f64>,
    /// What agencies that weigh more or less, come or go make of it.
    pub mix: Option<f64>,
    /// What changes of the agencies' own rates make of it.
    pub within: Option<f64>,
    /// Agencies with a rate in both years.
    pub n_both: usize,
    /// Agencies with a rate in the earlier year only.
    pub n_left: usize,
    /// Agencies with a rate in the later year only.
    pub n_came: usize,
    /// What to know of it.
    pub notes: Vec<DecompositionNote>,
}

/// An agency's numerator and denominator.
type Rate = (f64, f64);

/// A year's rates, one for each agency of the tables that has any.
type Rates = BTreeMap<Year, Vec<Option<Rate>>>;

/// Takes apart each change of a share or mean from one year to the next, by [`kitagawa`]: for all agencies, by level,
/// kind and province. Nothing for a count, which has no denominator.
///
/// `rows` are the metric's pooled rows as [`super::pool`] gives them, of which those of single agencies are used. An
/// agency that has a rate in one of the years only counts with its coming or going as mix. `mix + within` is `change`:
/// what rounding leaves, some 1e-16 of the rate for each agency, is put to `within`. The change across forms that are
/// not comparable is not computed. Ordered by scope, group, part and years. Cost: O(agencies × years × parts).
pub fn decompose(metric: &Metric, rows: &[MetricRow], tables: &Tables) -> Vec<Decomposition> {
    if metric.kind == MetricKind::Count {
        return Vec::new();
    }
    let id: Arc<str> = metric.id.as_str().into();
    let parts: Vec<Option<Arc<str>>> = if metric.parts.is_empty() {
        vec![None]
    } else {
        metric.parts.iter().map(|part| Some(part.key.as_str().into())).collect()
    };
    let rates = rates(&parts, rows, tables);
    let breaks = Breaks::of(metric, tables, &SCOPES);
    let groupings: Vec<(Grouping, Scope)> =
        SCOPES.into_iter().map(|scope| (Grouping::new(scope, tables), scope)).collect();
    let mut tasks = Vec::new();
    for (grouping, scope) in &groupings {
        for (name, members) in grouping.names.iter().zip(members(grouping)) {
            let members: Arc<[usize]> = members.into();
            tasks.extend(parts.iter().zip(&rates).map(|(part, rates)| {
                let group = Group { metric: &id, part, scope: *scope, name, members: Arc::clone(&members) };
                (group, rates)
            }));
        }
    }
    let done: Vec<Vec<Decomposition>> =
        tasks.into_par_iter().map(|(group, rates)| group.decompose(rates, &breaks)).collect();
    done.into_iter().flatten().collect()
}

/// The agencies of each group, in order.
fn members(grouping: &Grouping) -> Vec<Vec<usize>> {
    let mut members = vec![Vec::new(); grouping.names.len()];
    for (agency, group) in grouping.of_agency.iter().enumerate() {
        if let Some(of_group) = group.and_then(|g| members.get_mut(g)) {
            of_group.push(agency);
        }
    }
    members
}

/// The rates of each part.
fn rates(parts: &[Option<Arc<str>>], rows: &[MetricRow], tables: &Tables) -> Vec<Rates> {
    let agencies = tables.agency_entries().len();
    let mut rates = vec![Rates::new(); parts.len()];
    for row in rows.iter().filter(|row| row.scope == Scope::Agency) {
        let Some(rate) = row.num.zip(row.den) else { continue };
        let part = parts.iter().position(|part| *part == row.part);
        let of_part = part.and_then(|part| rates.get_mut(part));
        if let Some((agency, of_part)) = tables.find_agency(&row.group).zip(of_part) {
            let of_year = of_part.entry(row.year).or_insert_with(|| vec![None; agencies]);
            if let Some(slot) = of_year.get_mut(agency) {
                *slot = Some(rate);
            }
        }
    }
    rates
}

/// A group of agencies and a part of the metric.
struct Group<'a> {
    metric: &'a Arc<str>,
    part: &'a Option<Arc<str>>,
    scope: Scope,
    name: &'a Arc<str>,
    members: Arc<[usize]>,
}

impl Group<'_> {
    fn decompose(&self, rates: &Rates, breaks: &Breaks) -> Vec<Decomposition> {
        let own = |of_year: &[Option<Rate>]| -> Vec<Option<Rate>> {
            self.members.iter().map(|agency| of_year.get(*agency).copied().flatten()).collect()
        };
        let years: Vec<(Year, Vec<Option<Rate>>)> = rates
            .iter()
            .map(|(year, of_year)| (*year, own(of_year)))
            .filter(|(_, of_year)| of_year.iter().any(Option::is_some))
            .collect();
        years.windows(2).map(|pair| self.pair(&pair[0], &pair[1], breaks)).collect()
    }

    fn pair(
        &self,
        (from, before): &(Year, Vec<Option<Rate>>),
        (to, after): &(Year, Vec<Option<Rate>>),
        breaks: &Breaks,
    ) -> Decomposition {
        let has = |rate: &Option<Rate>| rate.is_some_and(|r| r.1 > 0.0);
        let count = |before_has: bool, after_has: bool| {
            before.iter().zip(after).filter(|(b, a)| (has(b), has(a)) == (before_has, after_has)).count()
        };
        let pooled = |rates: &[Option<Rate>]| {
            let (num, den) = rates.iter().flatten().fold((0.0, 0.0), |(n, d), r| (n + r.0, d + r.1));
            (den > 0.0).then(|| num / den)
        };
        let mut out = Decomposition {
            metric: Arc::clone(self.metric),
            part: self.part.clone(),
            scope: self.scope,
            group: Arc::clone(self.name),
            from: *from,
            to: *to,
            before: pooled(before),
            after: pooled(after),
            change: None,
            mix: None,
            within: None,
            n_both: count(true, true),
            n_left: count(true, false),
            n_came: count(false, true),
            notes: Vec::new(),
        };
        let standing = |year: Year| breaks.standing(self.scope, self.name, year);
        let (old, new) = (standing(*from), standing(*to));
        if old.form != new.form {
            out.notes.push(DecompositionNote::FormChange);
            return out;
        }
        let units: Vec<Unit> = before
            .iter()
            .zip(after)
            .map(|(b, a)| Unit { before: b.unwrap_or_default(), after: a.unwrap_or_default() })
            .collect();
        match (out.before.zip(out.after), kitagawa(&units)) {
            (Some((first, last)), Some(split)) => {
                let change = last - first;
                (out.change, out.mix, out.within) = (Some(change), Some(split.mix), Some(change - split.mix));
            }
            (Some(_), None) => out.notes.push(DecompositionNote::NumWithoutDen),
            (None, _) => out.notes.push(DecompositionNote::DenIsZero),
        }
        if old.mixed || new.mixed {
            out.notes.push(DecompositionNote::MixedForms);
        }
        out
    }
}

const HEADER: [&str; 15] = [
    "metric", "part", "scope", "group", "from", "to", "before", "after", "change", "mix", "within", "n_both", "n_left",
    "n_came", "note",
];

/// Decompositions as CSV, UTF-8, with or without a byte order mark: `metric, part, scope, group, from, to, before, after,
/// change, mix, within, n_both, n_left, n_came, note`, as the fields of [`Decomposition`]. Numbers are the shortest
/// texts that read back as the same numbers; what is undefined is empty.
pub fn decompositions_to_csv<'a>(all: impl IntoIterator<Item = &'a Decomposition>, bom: bool) -> Vec<u8> {
    let start = if bom { "\u{feff}" } else { "" };
    let mut out = format!("{start}{}\n", HEADER.join(",")).into_bytes();
    append_decompositions_csv(all, &mut out);
    out
}

/// Adds to CSV begun by [`decompositions_to_csv`], so that metrics can be written one after another.
///
/// # Panics
/// Never: all records have one length.
pub fn append_decompositions_csv<'a>(all: impl IntoIterator<Item = &'a Decomposition>, out: &mut Vec<u8>) {
    let mut writer = csv::WriterBuilder::new().from_writer(out);
    let number = |value: Option<f64>| value.map(format_number).unwrap_or_default();
    for one in all {
        let notes: Vec<String> = one.notes.iter().map(ToString::to_string).collect();
        let fields = [
            one.metric.to_string(),
            one.part.as_deref().unwrap_or_default().to_owned(),
            one.scope.name().to_owned(),
            escape_formula(&one.group).into_owned(),
            one.from.to_string(),
            one.to.to_string(),
            number(one.before),
            number(one.after),
            number(one.change),
            number(one.mix),
            number(one.within),
            one.n_both.to_string(),
            one.n_left.to_string(),
            one.n_came.to_string(),
            notes.join("; "),
        ];
        // Writing to memory fails only where records differ in length, which these do not.
        let written = writer.write_record(fields);
        assert!(written.is_ok(), "all records have one length");
    }
}
