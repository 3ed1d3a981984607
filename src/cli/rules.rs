//! `gongkai rules`: the rules that reports are checked against, each with its page.

use super::arguments::{Rules, RulesAction};
use super::exit::{Status, Stop};
use super::terminal::print;
use super::{Context, nearest};
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
    let next = nearest::hint(code, RULES.iter().map(|rule| rule.code), 1, "gongkai rules list", context);
    Stop::usage(format!("{}: {code}", context.pick("没有这条规则", "no such rule")), next)
}
