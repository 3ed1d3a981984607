//! Weighs identities (勾稽关系): both sides of an equation that a form prescribes, inside one report or between two
//! years of an agency.

use super::record::YearRecord;
use super::rule::{Fault, Outcome};
use super::table::{TABLES, contradicted, expected_form, form_of};
use super::wording::{self, Equation, Scope, number};
use crate::form::{FigureId, Form, Identity};
use crate::report::{Report, Text};
use std::collections::BTreeSet;
use std::fmt::Write;

/// Values of an identity's figures, side by side, in its order.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Weighed {
    pub left: Vec<f64>,
    pub previous: Vec<f64>,
    pub right: Vec<f64>,
    pub minus: Vec<f64>,
}

impl Weighed {
    /// Looks the figures up; `None` where one of them has no value.
    pub fn of(
        identity: &Identity,
        now: impl Fn(FigureId) -> Option<f64>,
        before: impl Fn(FigureId) -> Option<f64>,
    ) -> Option<Self> {
        let all = |ids: &[FigureId]| ids.iter().map(|id| now(*id)).collect::<Option<Vec<f64>>>();
        Some(Self {
            left: all(&identity.left)?,
            previous: identity.previous.iter().map(|id| before(*id)).collect::<Option<_>>()?,
            right: all(&identity.right)?,
            minus: all(&identity.minus)?,
        })
    }

    /// The left side.
    pub fn left_sum(&self) -> f64 {
        self.left.iter().sum()
    }

    /// The right side.
    pub fn right_sum(&self) -> f64 {
        let plus: f64 = self.previous.iter().chain(&self.right).sum();
        plus - self.minus.iter().sum::<f64>()
    }

    /// By how much the left side is greater.
    pub fn excess(&self) -> f64 {
        self.left_sum() - self.right_sum()
    }

    /// Whether both sides are equal: exactly for whole numbers, to 1e-9 of their size for decimals.
    pub fn holds(&self) -> bool {
        let terms = || self.left.iter().chain(&self.previous).chain(&self.right).chain(&self.minus);
        if terms().all(|v| v.fract() == 0.0) {
            return self.excess() == 0.0;
        }
        let size: f64 = terms().map(|v| v.abs()).sum();
        self.excess().abs() <= 1e-9 * size
    }

    /// The equation in numbers: `12 + 3 = 15 ≠ 14 + 0 = 14`.
    pub fn expression(&self) -> String {
        let plus: Vec<f64> = self.previous.iter().chain(&self.right).copied().collect();
        let sign = if self.holds() { "=" } else { "≠" };
        format!("{} {sign} {}", side(&self.left, &[], true), side(&plus, &self.minus, false))
    }
}

/// One side: its terms and, where there are several, their sum.
fn side(plus: &[f64], minus: &[f64], first: bool) -> String {
    let signed = |v: &f64| if *v < 0.0 { format!("({})", number(*v)) } else { number(*v) };
    let mut text = plus.iter().map(signed).collect::<Vec<_>>().join(" + ");
    for value in minus {
        text.push_str(" - ");
        text.push_str(&signed(value));
    }
    if plus.len() + minus.len() > 1 || (first && plus.is_empty()) {
        let sum = plus.iter().sum::<f64>() - minus.iter().sum::<f64>();
        text.push_str(" = ");
        text.push_str(&number(sum));
    }
    text
}

/// An identity that does not hold, for a rule to put into words.
pub(super) struct Imbalance {
    /// The identity in words.
    pub equation: Equation,
    /// Its numbers.
    pub weighed: Weighed,
}

impl Imbalance {
    /// The column, row or block: `“自然人”一列`.
    pub fn subject(&self) -> Text {
        let Text { zh, en } = &self.equation.of;
        let (zh_kind, en_kind) = match self.equation.scope {
            Scope::Column => ("一列", "column"),
            Scope::Row => ("一行", "row"),
            Scope::Block => ("部分", "part"),
        };
        let meaning = if en.is_empty() { String::new() } else { format!(" ({en})") };
        let label = wording::quoted(zh);
        Text::new(format!("{label}{zh_kind}"), format!("{en_kind} {label}{meaning}"))
    }

    /// The left side's terms with their numbers.
    pub fn left(&self) -> Text {
        named(&self.equation.left, &self.weighed.left)
    }

    /// The right side's terms with their numbers.
    pub fn right(&self) -> Text {
        named(&self.equation.right, &self.weighed.right)
    }

    /// The right side's terms that are not zero, with their numbers; of many the first eight.
    pub fn parts(&self) -> Text {
        const SHOWN: usize = 8;
        let terms = self.equation.right.iter().zip(&self.weighed.right).filter(|(_, value)| **value != 0.0);
        let (names, values): (Vec<Text>, Vec<f64>) = terms.map(|(name, value)| (name.clone(), *value)).unzip();
        let (count, all) = (names.len(), self.equation.right.len());
        let mut text = named(&names[..count.min(SHOWN)], &values);
        if count == 0 {
            return Text::new("各项均为0", "all of them are 0");
        }
        if count > SHOWN {
            let _ = write!(text.zh, "等{count}项");
            let _ = write!(text.en, " and {} more", count - SHOWN);
        }
        if count < all {
            text.zh.push_str("，其余各项为0");
            text.en.push_str(", all others 0");
        }
        text
    }

    /// Which side is greater, by how much: `多1`, `少1`; `1 more`, `1 less`.
    pub fn difference(&self) -> Text {
        let excess = self.weighed.excess();
        let size = number(excess.abs());
        if excess > 0.0 {
            Text::new(format!("多{size}"), format!("{size} more"))
        } else {
            Text::new(format!("少{size}"), format!("{size} less"))
        }
    }

    /// Both sums, as people write them.
    pub fn sums(&self) -> (String, String) {
        (number(self.weighed.left_sum()), number(self.weighed.right_sum()))
    }
}

fn named(names: &[Text], values: &[f64]) -> Text {
    let terms: Vec<Text> = names
        .iter()
        .zip(values)
        .map(|(name, value)| {
            let (label, value) = (wording::quoted(&name.zh), number(*value));
            let en = if name.en.is_empty() { &label } else { &name.en };
            Text::new(format!("{label}{value}"), format!("{en} ({value})"))
        })
        .collect();
    wording::list(&terms)
}

/// Tests the identities of a rule inside one report, each by the form that its own table carries. Where a table's
/// form could not be told, its identities are counted by the form in force, as not assessable.
pub(super) fn within(report: &Report, code: &str, say: fn(&Imbalance) -> Text) -> Vec<Outcome> {
    let doubtful = contradicted(report);
    let value = |id: FigureId| operand(report, &doubtful, id);
    let mut outcomes = Vec::new();
    for table in TABLES {
        let carried = form_of(report, table);
        let Some(form) = carried.or_else(|| expected_form(report.year)) else { continue };
        for identity in form.identities.iter().filter(|i| i.rule == code && of_table(i, table)) {
            let weighed = carried.and_then(|_| Weighed::of(identity, value, |_| None));
            outcomes.push(match weighed {
                None => Outcome::NotAssessable,
                Some(weighed) if weighed.holds() => Outcome::Pass,
                Some(weighed) => {
                    let expression = weighed.expression();
                    let imbalance = Imbalance { equation: wording::equation(form, identity), weighed };
                    Outcome::fail(Fault {
                        place: identity.left.iter().find_map(|id| report.figures.get(*id).place),
                        figures: figures_of(identity),
                        expression,
                        message: say(&imbalance),
                        suggestion: only_repair(form, identity, &value),
                        ..Fault::default()
                    })
                }
            });
        }
    }
    outcomes
}

/// Tests the identities of a rule between a report and the one for the year before.
pub(super) fn across<'a>(
    pairs: impl Iterator<Item = (&'a YearRecord, Option<&'a YearRecord>)>,
    code: &str,
    say: fn(&Imbalance, &YearRecord, &YearRecord) -> Fault,
) -> Vec<(&'a YearRecord, Outcome)> {
    let mut outcomes = Vec::new();
    for (now, before) in pairs {
        for table in TABLES {
            let carried = now.form(table);
            let Some(form) = carried.or_else(|| expected_form(now.claim.year)) else { continue };
            for identity in form.identities.iter().filter(|i| i.rule == code && of_table(i, table)) {
                let weighed = Weighed::of(identity, |id| now.value(id), |id| before.and_then(|b| b.value(id)));
                outcomes.push(match (weighed, before) {
                    (Some(weighed), Some(_)) if weighed.holds() => (now, Outcome::Pass),
                    (Some(weighed), Some(before)) => {
                        let expression = weighed.expression();
                        let imbalance = Imbalance { equation: wording::equation(form, identity), weighed };
                        let fault = Fault {
                            place: identity.left.iter().find_map(|id| now.place(*id)),
                            figures: figures_of(identity),
                            expression,
                            ..say(&imbalance, now, before)
                        };
                        (now, Outcome::fail(fault))
                    }
                    _ => (now, Outcome::NotAssessable),
                });
            }
        }
    }
    outcomes
}

fn of_table(identity: &Identity, table: u8) -> bool {
    identity.left.first().is_some_and(|id| id.info().table == table)
}

fn mentions(identity: &Identity, id: FigureId) -> bool {
    [&identity.left, &identity.right, &identity.minus].into_iter().any(|ids| ids.contains(&id))
}

fn operand(report: &Report, doubtful: &BTreeSet<FigureId>, id: FigureId) -> Option<f64> {
    report.figures.value(id).filter(|v| v.is_finite() && !doubtful.contains(&id))
}

/// The figures of an identity, each once, in the order of the form.
fn figures_of(identity: &Identity) -> Vec<FigureId> {
    let all = [&identity.left, &identity.previous, &identity.right, &identity.minus];
    let ids: BTreeSet<FigureId> = all.into_iter().flatten().copied().collect();
    ids.into_iter().collect()
}

/// The one figure whose correction would reconcile this identity and leave none that it stands in broken, put into
/// words; `None` where no single figure can, or more than one.
fn only_repair(form: &Form, broken: &Identity, value: &impl Fn(FigureId) -> Option<f64>) -> Option<Text> {
    let excess = Weighed::of(broken, value, |_| None)?.excess();
    let mut found: Option<(FigureId, f64, f64)> = None;
    for id in figures_of(broken) {
        let printed = value(id)?;
        let on_left = broken.left.contains(&id) || broken.minus.contains(&id);
        let mended = if on_left { printed - excess } else { printed + excess };
        if mended < 0.0 && !id.info().signed {
            continue;
        }
        let with = |other: FigureId| if other == id { Some(mended) } else { value(other) };
        let touched = form.identities.iter().filter(|i| i.previous.is_empty() && mentions(i, id));
        let fits = touched.filter_map(|i| Weighed::of(i, with, |_| None)).all(|w| w.holds());
        if fits {
            if found.is_some() {
                return None;
            }
            found = Some((id, printed, mended));
        }
    }
    let (id, printed, mended) = found?;
    let name = wording::cell(Some(form), id);
    let (printed, mended) = (number(printed), number(mended));
    Some(Text::new(
        format!(
            "如果只有一处有误，那么只有{}的“{printed}”应为“{mended}”时，相关的各项勾稽关系才能同时成立；\
             请以原始台账为准，不要为凑平而改数。",
            name.zh
        ),
        format!(
            "If only one figure is wrong, then only {mended} instead of {printed} in {} makes all equations that it \
             stands in hold; go by the original records and do not change a number merely to make the sums fit.",
            name.en
        ),
    ))
}
