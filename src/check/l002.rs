//! L002: fewer documents in force than this year alone must have left.

use super::rule::{Fault, Outcome, Rule, Test, Wording};
use super::table::{contradicted, filled};
use super::wording::{self, number};
use crate::form::{FigureId, Form, Identity};
use crate::report::{Report, Severity, Text};

pub(super) const RULE: Rule = Rule {
    code: "L002",
    severity: Severity::Warning,
    title: Wording {
        zh: "现行有效件数少于本年新制发件数", en: "Fewer documents in force than were made in the year"
    },
    meaning: Wording {
        zh: "本年制发的文件，除本年又废止的以外，年末都应当现行有效。现行有效件数加上本年废止件数，仍然少于本年制发\
             件数，三个数字中至少有一个有误。",
        en: "Documents made in a year are in force at its end unless they were repealed again. Where those in force plus \
             all repealed in the year are still fewer than those made, at least one of the three numbers is wrong.",
    },
    advice: Wording {
        zh: "请核对制发、废止和现行有效三个数字；“现行有效件数”应当填截至年末全部有效的件数，而不只是本年的。",
        en: "Check the three numbers. Documents in force are all those in force at the end of the year, whenever made.",
    },
    example: Wording {
        zh: "本年制发8件、废止0件，现行有效却只有5件。",
        en: "8 were made and none repealed, but only 5 are in force.",
    },
    test: Test::Report(test),
};

fn test(report: &Report) -> Vec<Outcome> {
    let Some(form) = filled(report, 2) else { return vec![Outcome::NotAssessable] };
    // Stock, documents made and repealed are those that the form ties to last year's stock.
    let stocks = form.identities.iter().filter(|i| i.rule == "C002");
    let outcomes: Vec<Outcome> = stocks.map(|identity| one(report, form, identity)).collect();
    if outcomes.is_empty() { vec![Outcome::NotAssessable] } else { outcomes }
}

fn one(report: &Report, form: &Form, identity: &Identity) -> Outcome {
    let doubtful = contradicted(report);
    let sum = |ids: &[FigureId]| -> Option<f64> {
        ids.iter().map(|id| report.figures.value(*id).filter(|_| !doubtful.contains(id))).sum()
    };
    let (Some(stock), Some(made), Some(repealed)) = (sum(&identity.left), sum(&identity.right), sum(&identity.minus))
    else {
        return Outcome::NotAssessable;
    };
    let few = (stock + repealed < made).then(|| {
        let (stock, made, repealed) = (number(stock), number(made), number(repealed));
        let name = wording::equation(form, identity).of.zh;
        let name = wording::quoted(&name);
        Fault {
            place: identity.left.first().and_then(|id| report.figures.get(*id).place),
            figures: [&identity.right[..], &identity.minus[..], &identity.left[..]].concat(),
            expression: format!("{stock} + {repealed} < {made}"),
            message: Text::new(
                format!("{name}一行：本年制发{made}件、废止{repealed}件，现行有效却只有{stock}件。"),
                format!("In the row {name}, {made} were made and {repealed} repealed in the year, but only {stock} are in force."),
            ),
            ..Fault::default()
        }
    });
    Outcome::unless(few)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::testing::{bare, blank, counts, run, set, zeros};

    fn judged(made: f64, repealed: f64, in_force: f64) -> (usize, usize, usize) {
        let mut report = zeros("cn-2021", 2022);
        for (name, v) in [("made", made), ("repealed", repealed), ("in_force", in_force)] {
            set(&mut report, &format!("normative_{name}"), v);
        }
        counts(&run(&RULE, &report))
    }

    #[test]
    fn what_was_made_and_not_repealed_must_be_in_force() {
        assert_eq!(judged(8.0, 0.0, 5.0), (1, 1, 0));
        assert_eq!(judged(8.0, 3.0, 5.0), (2, 0, 0), "three of this year's may be those repealed");
        assert_eq!(judged(8.0, 0.0, 8.0), (2, 0, 0));
    }

    #[test]
    fn blanks_and_the_older_form_are_not_judged() {
        let mut report = zeros("cn-2021", 2022);
        blank(&mut report, "rules_repealed");
        assert_eq!(counts(&run(&RULE, &report)), (1, 0, 1));
        assert_eq!(counts(&run(&RULE, &zeros("cn-2019", 2020))), (0, 0, 1));
        assert_eq!(counts(&run(&RULE, &bare(2022))), (0, 0, 1));
    }
}
