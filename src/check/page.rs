//! A rule's page, made from the rule and the forms.

use super::rule::{Rule, Test};
use super::wording::{self, Equation};
use crate::form::forms;
use crate::report::{Lang, Severity, Text};
use std::fmt::Write;

/// The page of a rule as Markdown: what it tests, its equations in the labels that the forms print, how grave a finding
/// is, what it means, what to do, and an example.
pub fn page(rule: &Rule, lang: Lang) -> String {
    let mut out = format!("# {} {}\n\n", rule.code, rule.title.get(lang));
    let severity = match (rule.severity, lang) {
        (Severity::Error, Lang::Zh) => "错误",
        (Severity::Warning, Lang::Zh) => "警告",
        (Severity::Info, Lang::Zh) => "提示",
        (severity, Lang::En) => severity.name(),
    };
    let scope = match (rule.test, lang) {
        (Test::Report(_), Lang::Zh) => "每一份报告",
        (Test::Report(_), Lang::En) => "each report",
        (Test::Agency(_), Lang::Zh) => "同一行政机关历年的报告",
        (Test::Agency(_), Lang::En) => "one agency's reports over the years",
    };
    let line = |out: &mut String, zh: &str, en: &str, value: &str| {
        let colon = lang.pick("：", ": ");
        let _ = writeln!(out, "- {}{colon}{value}", lang.pick(zh, en));
    };
    line(&mut out, "级别", "Severity", severity);
    line(&mut out, "检查对象", "Looks at", scope);
    let section = |out: &mut String, zh: &str, en: &str, text: &str| {
        let _ = write!(out, "\n## {}\n\n{text}\n", lang.pick(zh, en));
    };
    section(&mut out, "含义", "What it means", rule.meaning.get(lang));
    let equations = equations(rule.code, lang);
    if !equations.is_empty() {
        section(&mut out, "算式", "Equations", equations.trim_end());
    }
    section(&mut out, "怎么办", "What to do", rule.advice.get(lang));
    section(&mut out, "举例", "Example", rule.example.get(lang));
    let note = lang.pick(
        "检查有三种结果：通过、不通过、无法判断。涉及的格子空白、读不出或者格式不要求时，一律是“无法判断”，不算通过。",
        "A test passes, fails, or is not assessable. Where a cell it needs is blank, unreadable or not asked for, it is \
         not assessable, and never counts as passed.",
    );
    let _ = write!(out, "\n{note}\n");
    out
}

/// Equations that read alike, the forms that prescribe them, and what they are said of.
struct Group {
    forms: Vec<&'static str>,
    reads: String,
    of: Vec<Text>,
}

/// The rule's equations, each form's in the order of the form; those that differ only in the column, row or part that
/// they are said of stand together, and so do forms that prescribe the same.
fn equations(code: &str, lang: Lang) -> String {
    let mut groups: Vec<Group> = Vec::new();
    for form in &forms().forms {
        let mut own: Vec<Group> = Vec::new();
        for identity in form.identities.iter().filter(|i| i.rule == code) {
            let equation = wording::equation(form, identity);
            let reads = reads(&equation, lang);
            match own.iter_mut().find(|g| g.reads == reads) {
                Some(group) => group.of.push(equation.of),
                None => own.push(Group { forms: vec![&form.id], reads, of: vec![equation.of] }),
            }
        }
        for group in own {
            match groups.iter_mut().find(|g| g.reads == group.reads && g.of == group.of) {
                Some(same) => same.forms.extend(group.forms),
                None => groups.push(group),
            }
        }
    }
    let mut out = String::new();
    for group in groups {
        let names: Vec<String> = group.of.iter().map(|of| quoted(of, lang)).collect();
        let (of, by) = (lang.pick("适用于", "for"), lang.pick("、", ", "));
        let _ = writeln!(out, "- `{}`{}", group.forms.join("`, `"), lang.pick("：", ":"));
        let _ = writeln!(out, "  {}", group.reads);
        let _ = writeln!(out, "  {} {}", of, names.join(by));
    }
    out
}

fn reads(equation: &Equation, lang: Lang) -> String {
    let join = |terms: &[Text]| terms.iter().map(|t| quoted(t, lang)).collect::<Vec<_>>();
    let before = lang.pick("上一年度报告的", "last year's ");
    let mut right: Vec<String> = join(&equation.previous).into_iter().map(|t| format!("{before}{t}")).collect();
    right.extend(join(&equation.right));
    let mut text = format!("{} = {}", join(&equation.left).join(" + "), right.join(" + "));
    for term in join(&equation.minus) {
        text.push_str(" - ");
        text.push_str(&term);
    }
    text
}

/// A printed label, with its meaning beside it in English.
fn quoted(label: &Text, lang: Lang) -> String {
    match lang {
        Lang::En if !label.en.is_empty() => format!("{} ({})", wording::quoted(&label.zh), label.en),
        _ => wording::quoted(&label.zh),
    }
}
