//! What a metric's numbers are made of, as far as its SQL says: the figures behind `num` and `den`, and the rules and
//! findings that it counts. By this a number is walked back to what is printed.

use super::statement::{Token, tokens};
use super::{Catalogue, Metric};
use crate::check::RULES;
use crate::form::{FigureId, figure};
use std::collections::{BTreeMap, BTreeSet};

/// What a metric's numbers are made of.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct MetricSources {
    /// The figures, in the order of the form; those that only decide whether a report counts are not among them.
    pub figures: Vec<FigureId>,
    /// Codes of the rules that it names.
    pub rules: Vec<&'static str>,
    /// Whether it counts findings.
    pub findings: bool,
}

/// The figures behind a name that a statement gives.
type Aliases = BTreeMap<String, BTreeSet<FigureId>>;

impl Catalogue {
    /// What a metric (or one part of it) is made of.
    ///
    /// The figures are those named in the SQL outside of conditions, also by the names that a view or the statement itself
    /// gives to sums of them. Of a metric with parts it is the SELECT that names the part, where there is one.
    pub fn sources(&self, metric: &Metric, part: Option<&str>) -> MetricSources {
        let all = tokens(&metric.sql, metric.line.saturating_sub(1));
        let words = || all.iter().map(|t| t.text.as_str());
        let mut aliases = aliases(&all);
        for view in self.views().filter(|view| words().any(|word| word == view.name)) {
            for (name, figures) in self::aliases(&tokens(&view.sql, 0)) {
                aliases.entry(name).or_default().extend(figures);
            }
        }
        let counted = without_conditions(&all);
        let selects: Vec<&[&str]> = counted.split(|word| *word == "union").collect();
        let names_part =
            |select: &&[&str]| part.is_some_and(|part| select.iter().any(|w| w.strip_prefix('\'') == Some(part)));
        let own: Vec<&[&str]> = selects.iter().copied().filter(names_part).collect();
        let own = if own.is_empty() { selects } else { own };
        let mut figures = BTreeSet::new();
        for word in own.into_iter().flatten() {
            figures.extend(figure(word));
            figures.extend(aliases.get(*word).into_iter().flatten());
        }
        let quoted: BTreeSet<&str> = words().filter_map(|word| word.strip_prefix('\'')).collect();
        MetricSources {
            figures: figures.into_iter().collect(),
            rules: RULES.iter().map(|rule| rule.code).filter(|code| quoted.contains(code)).collect(),
            findings: words().any(|word| word == "findings"),
        }
    }
}

/// The words that are not part of a condition (WHERE, HAVING, ON).
fn without_conditions(tokens: &[Token]) -> Vec<&str> {
    let mut out = Vec::with_capacity(tokens.len());
    let mut depth = 0_i32;
    let mut condition: Option<i32> = None;
    for token in tokens {
        let word = token.text.as_str();
        match word {
            "(" => depth += 1,
            ")" => {
                depth -= 1;
                condition = condition.filter(|begun| *begun <= depth);
            }
            "where" | "having" | "on" if condition.is_none() => condition = Some(depth),
            "group" | "order" | "union" | "join" | "left" | "select" if condition == Some(depth) => condition = None,
            _ => {}
        }
        if condition.is_none() {
            out.push(word);
        }
    }
    out
}

/// The figures behind each name that a statement gives with AS.
fn aliases(tokens: &[Token]) -> Aliases {
    let mut out = Aliases::new();
    let mut depth = 0_i32;
    // How deep the SELECTs stand that are open.
    let mut selects: Vec<i32> = Vec::new();
    let mut pending = BTreeSet::new();
    for (token, next) in tokens.iter().zip(tokens.iter().skip(1)) {
        let at_item = selects.last() == Some(&depth);
        match token.text.as_str() {
            "(" => depth += 1,
            ")" => {
                depth -= 1;
                selects.retain(|select| *select <= depth);
            }
            "select" => {
                selects.retain(|select| *select < depth);
                selects.push(depth);
                pending.clear();
            }
            "from" => pending.clear(),
            "," if at_item => pending.clear(),
            "as" if at_item && !pending.is_empty() => {
                out.entry(next.text.clone()).or_default().append(&mut pending);
            }
            word => {
                pending.extend(figure(word));
                pending.extend(out.get(word).into_iter().flatten());
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(metric: &str, part: Option<&str>) -> Vec<&'static str> {
        let catalogue = Catalogue::embedded().unwrap();
        let sources = catalogue.sources(catalogue.get(metric).unwrap(), part);
        sources.figures.into_iter().map(FigureId::name).collect()
    }

    #[test]
    fn figures_are_those_behind_numerator_and_denominator_also_through_a_view() {
        assert_eq!(names("disclosure_rate", None), ["granted_total", "granted_part_total", "closed_total"]);
        let mut carried = names("carry_forward_rate", None);
        carried.sort_unstable();
        assert_eq!(carried, ["carried_forward_total", "carried_over_total", "received_total"]);
        let unprocessed = names("outcome_mix", Some("unprocessed"));
        assert!(unprocessed.iter().all(|name| name.starts_with("unprocessed_") || *name == "closed_total"));
        assert_eq!(unprocessed.len(), 6, "{unprocessed:?}");
    }

    #[test]
    fn rules_and_findings_are_told() {
        let catalogue = Catalogue::embedded().unwrap();
        let sources = |id: &str, part| catalogue.sources(catalogue.get(id).unwrap(), part);
        assert_eq!(sources("on_time", None).rules, ["D001"]);
        assert!(sources("findings_per_report", Some("error")).findings);
        assert!(sources("findings_per_report", Some("error")).figures.is_empty());
    }

    #[test]
    fn every_indicator_of_the_default_kind_leads_to_something() {
        let catalogue = Catalogue::embedded().unwrap();
        for metric in catalogue.metrics() {
            let sources = catalogue.sources(metric, None);
            let by_table = metric.sql.contains("zero_tables") || metric.sql.contains("reports");
            assert!(
                by_table || sources.findings || !sources.rules.is_empty() || !sources.figures.is_empty(),
                "{}",
                metric.id
            );
        }
    }
}
