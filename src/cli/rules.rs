//! `gongkai rules`: the rules that reports are checked against, each with its page.

use super::Context;
use super::arguments::{Rules, RulesAction};
use super::exit::{Status, Stop};
use super::terminal::print;
use crate::check::{self, RULES};
use crate::publish::words;
use std::fmt::Write;

pub(super) fn run(arguments: &Rules, context: Context) -> anyhow::Result<Status> {
    let text = match &arguments.action {
        None | Some(RulesAction::List) => list(context),
        Some(RulesAction::Show { code }) => {
            let wanted = code.to_ascii_uppercase();
            let rule = check::rule(&wanted).ok_or_else(|| unknown(code, context))?;
            check::page(rule, context.lang)
        }
    };
    print(text.as_bytes())?;
    Ok(Status::Done)
}

fn list(context: Context) -> String {
    let mut out = String::new();
    for rule in RULES {
        let severity = words::severity(rule.severity, context.lang);
        let _ = writeln!(out, "{}  {severity}  {}", rule.code, rule.title.get(context.lang));
    }
    out
}

/// No rule has this code, or begins with it.
pub(super) fn unknown(code: &str, context: Context) -> Stop {
    let near = RULES.iter().map(|rule| rule.code).max_by(|a, b| {
        let likeness = |known: &str| strsim::jaro_winkler(known, &code.to_ascii_uppercase());
        // of equally near codes the first is named
        likeness(a).total_cmp(&likeness(b)).then_with(|| b.cmp(a))
    });
    Stop::usage(
        format!("{}: {code}", context.pick("没有这条规则", "no such rule")),
        match near {
            Some(near) => format!(
                "{} {near}{}",
                context.pick("是否指", "did you mean"),
                context.pick("？全部规则见 gongkai rules list", "? All are in: gongkai rules list")
            ),
            None => String::new(),
        },
    )
}
