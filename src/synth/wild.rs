//! What the wild styles do to a report before it is written: to its figures and to the words around its tables.

use super::body::Body;
use super::data::{fill, texts};
use super::defect::Defect;
use super::page::{Page, print_date, title_like};
use super::sheet::{Print, Sheet};
use super::style::Style;
use crate::form::{Form, Unit, figure, forms};
use crate::report::Date;

/// What makes a figure as long as the longest that reports print.
const LONG: f64 = 12_340_000.0;

/// The form whose table 3 a report prints that mixes two: the one before its own.
pub(super) fn mixed_with(style: Style, form: &Form) -> Option<&'static Form> {
    if style != Style::HtmlMixed {
        return None;
    }
    let own = forms().forms.iter().position(|known| known.id == form.id)?;
    forms().forms.get(own.checked_sub(1)?)
}

/// Prints the figures as the style has them; gives the errors that come of it.
pub(super) fn figures(sheet: &mut Sheet) -> Option<Defect> {
    match sheet.style {
        Style::HtmlNumbers => numbers(sheet),
        Style::HtmlRemarks => return remarks(sheet).then_some(Defect::V003),
        _ => {}
    }
    None
}

/// What remains of no-break spaces around the numbers, and one number of eight digits.
fn numbers(sheet: &mut Sheet) {
    if let Some(long) = figure("licence_decisions").filter(|id| sheet.is_plain(*id)) {
        sheet.add(long, LONG);
    }
    for (at, id) in sheet.ids().into_iter().enumerate() {
        let Some(value) = sheet.truth(id).filter(|_| sheet.is_plain(id)) else { continue };
        let ways = &texts().wild.numbers;
        let way = ways.get(at % ways.len().max(1)).map_or("{v}", String::as_str);
        let text = way.replace("{v}", sheet.text(id));
        sheet.print(id, Print { text, value: Some(value) });
    }
}

/// Remarks beside counts of documents and decisions, decreases in words, a unit behind every amount.
fn remarks(sheet: &mut Sheet) -> bool {
    let texts = texts();
    let mut any = false;
    for (at, id) in sheet.figures_of(2).into_iter().enumerate() {
        let Some(value) = sheet.truth(id) else { continue };
        let (info, plain) = (id.info(), sheet.is_plain(id));
        let template = match info.unit {
            Unit::Count if info.signed && value < 0.0 => texts.decrease.first(),
            Unit::Count if plain && value >= 2.0 && !info.signed => texts.remarks.get(at % texts.remarks.len().max(1)),
            Unit::CnyOrWan if plain && value > 0.0 => texts.amount_units.get(at % 2),
            _ => None,
        };
        let Some(template) = template else { continue };
        let part = (value / 2.0).trunc().to_string();
        let text = match info.unit {
            Unit::CnyOrWan => format!("{value}{template}"),
            _ => fill(template, |name| Some(if name == "v" { value.abs().to_string() } else { part.clone() })),
        };
        any |= info.unit == Unit::Count && !info.signed;
        sheet.print(id, Print { text, value: Some(value) });
    }
    any
}

/// Prints the words around the tables as the style has them.
pub(super) fn words(page: &mut Page, sheet: &Sheet, body: &Body, published: Option<Date>) {
    let wild = &texts().wild;
    let year = page.year;
    let without_agency = |page: &mut Page| {
        page.title = title_like(&wild.bare_title, &body.name, year, sheet);
        // The site is that of the government above.
        page.host = body.parent.clone().unwrap_or_else(|| body.name.clone());
    };
    let without_source = |page: &mut Page| {
        let kept: Vec<&str> = page.info.split('　').filter(|part| !part.contains(&body.name)).collect();
        page.info = kept.join("　");
    };
    match sheet.style {
        Style::HtmlSource => {
            without_agency(page);
            page.signature.retain(|line| *line != body.name);
        }
        Style::HtmlSigned => {
            without_agency(page);
            without_source(page);
        }
        Style::HtmlCrumb => {
            without_agency(page);
            without_source(page);
            page.signature.retain(|line| *line != body.name);
            page.crumb = wild.crumb.replace("{agency}", &body.name);
        }
        Style::HtmlCrawled => {
            page.title = title_like(&wild.spaced_title, &body.name, year, sheet);
            page.signature.truncate(1);
            if let Some(date) = published {
                without_source(page);
                let label = sheet.form.words.published.first().map_or("", String::as_str);
                let lost = print_date(date, &wild.crawled_date, 0);
                page.info = format!("{label}{}{lost}　{}", texts().colon, texts().hits.replace("{n}", "2021"));
            }
        }
        _ => {}
    }
}

/// Whether what the report prints of its date can still be read.
pub(super) fn keeps_date(style: Style) -> bool {
    style != Style::HtmlCrawled
}
