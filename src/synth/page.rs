//! The words of a report around its tables: title, dates, sections, signature.

use super::body::Body;
use super::data::{fill, texts};
use super::profile::Profile;
use super::random::Stream;
use super::sheet::Sheet;
use crate::form::figure;
use crate::report::{Date, Year};

/// A part of the report's body, in reading order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Piece {
    Heading(String),
    Paragraph(String),
    Table(u8),
}

/// A report before it is written in a style.
#[derive(Debug, Clone)]
pub(super) struct Page {
    pub title: String,
    pub agency: String,
    pub year: Year,
    /// Whose site it is, as its footer says.
    pub host: String,
    /// Where on the site it stands, as the line above it says.
    pub crumb: String,
    /// Date and source as the line under the title prints them.
    pub info: String,
    /// The date as the site's own fields hold it; `None` where only the signature has one.
    pub declared: Option<Date>,
    /// The date wherever it is printed.
    pub published: Option<Date>,
    pub pieces: Vec<Piece>,
    pub signature: Vec<String>,
    /// Numbers around the report that have nothing to do with it.
    pub noise: [usize; 4],
}

impl Page {
    pub(super) fn new(
        body: &Body,
        profile: &Profile,
        year: Year,
        published: Option<Date>,
        without: Option<u8>,
        sheet: &Sheet,
        chance: &mut Stream,
    ) -> Self {
        let texts = texts();
        let words = &sheet.form.words;
        let noise = [
            chance.between(120, 9800),
            chance.between(3000, 98000),
            chance.between(10_000_000, 99_999_999),
            chance.between(1_000_000_000, 9_999_999_999),
        ];
        let print = |date, pattern: &str| print_date(date, pattern, noise[0] % 60);
        let (declared, signed) = if profile.date_only_in_signature { (None, published) } else { (published, None) };
        let mut info = Vec::new();
        if let Some(date) = declared {
            let label = words.published.get(profile.date % 3).map_or("", String::as_str);
            info.push(format!("{label}{}{}", texts.colon, print(date, pattern(&texts.dates, profile.date))));
        }
        let source = words.source.get(profile.title % 4).map_or("", String::as_str);
        info.push(format!("{source}{}{}", texts.colon, body.name));
        info.push(texts.hits.replace("{n}", &noise[0].to_string()));
        let title = title(body, profile, year, sheet);
        let narrative = Narrative { body, year, sheet };
        Self {
            title,
            agency: body.name.clone(),
            year,
            host: body.name.clone(),
            crumb: texts.breadcrumb.clone(),
            info: info.join("　"),
            declared,
            published,
            pieces: narrative.pieces(without, chance),
            signature: std::iter::once(body.name.clone())
                .chain(signed.map(|date| print(date, &texts.signed_date)))
                .collect(),
            noise,
        }
    }
}

fn pattern(list: &[String], at: usize) -> &str {
    list.get(at % list.len().max(1)).map_or("", String::as_str)
}

fn title(body: &Body, profile: &Profile, year: Year, sheet: &Sheet) -> String {
    title_like(pattern(&texts().titles, profile.title), &body.name, year, sheet)
}

/// A title after a template.
pub(super) fn title_like(template: &str, agency: &str, year: Year, sheet: &Sheet) -> String {
    let digits = year.to_string();
    fill(template, |name| match name {
        "agency" => Some(agency.to_owned()),
        "year" => Some(digits.clone()),
        "spaced_year" => Some(format!("{} {} ", digits.get(..2)?, digits.get(2..)?)),
        "report" => sheet.form.words.report_titles.first().cloned(),
        _ => None,
    })
}

/// A date after a pattern.
pub(super) fn print_date(date: Date, pattern: &str, minute: usize) -> String {
    fill(pattern, |name| {
        Some(match name {
            "y" => date.year().to_string(),
            "m" => date.month().to_string(),
            "d" => date.day().to_string(),
            "mm" => format!("{:02}", date.month()),
            "dd" => format!("{:02}", date.day()),
            "nn" => format!("{minute:02}"),
            _ => return None,
        })
    })
}

/// The sections' sentences. Whatever they say of figures is what the tables print.
struct Narrative<'a> {
    body: &'a Body,
    year: Year,
    sheet: &'a Sheet,
}

impl Narrative<'_> {
    fn pieces(&self, without: Option<u8>, chance: &mut Stream) -> Vec<Piece> {
        let mut pieces = Vec::new();
        for section in &self.sheet.form.sections {
            if without == Some(section.number) {
                continue;
            }
            let texts = texts();
            let at = usize::from(section.number.saturating_sub(1));
            let number = texts.section_numbers.get(at).map_or("", String::as_str);
            let label = section.labels.first().map_or("", String::as_str);
            pieces.push(Piece::Heading(format!("{number}{}{label}", texts.section_separator)));
            for key in self.paragraphs(&section.key) {
                pieces.push(Piece::Paragraph(self.say(key, chance)));
            }
            let tables = self.sheet.form.tables.iter().filter(|t| t.section == section.number);
            pieces.extend(tables.filter(|t| self.sheet.lost != Some(t.number)).map(|t| Piece::Table(t.number)));
        }
        pieces
    }

    /// Which paragraphs a section has.
    fn paragraphs(&self, section: &str) -> Vec<&'static str> {
        match section {
            "overview" => {
                let silent = self.sheet.figures_of(2).into_iter().all(|id| self.sheet.value(id) == 0.0);
                let mut keys = vec!["opening", if silent { "overview_quiet" } else { "overview" }];
                // Where the numbers are blank the text has none either.
                let numbers = ["received_total", "carried_over_total", "closed_total", "carried_forward_total"];
                let values: Option<Vec<f64>> = numbers.iter().map(|name| self.sheet.truth(figure(name)?)).collect();
                if let Some(values) = values {
                    let none = values.iter().all(|v| *v == 0.0);
                    keys.push(if none { "requests_none" } else { "requests" });
                }
                keys.extend(["upkeep", "platform", "supervision"]);
                keys
            }
            "problems" => vec!["problems"],
            "other" => vec!["other"],
            _ => Vec::new(),
        }
    }

    fn say(&self, key: &str, chance: &mut Stream) -> String {
        let template = texts().narrative.get(key).map_or("", |choices| chance.pick(choices));
        let numbers: Vec<usize> = [(12, 640), (20, 400), (1, 9), (1, 4), (1, 9)]
            .into_iter()
            .map(|(low, high)| chance.between(low, high))
            .collect();
        let number = |at: usize| numbers.get(at).map(ToString::to_string);
        fill(template, |name| match name {
            "agency" => Some(self.body.name.clone()),
            "year" => Some(self.year.to_string()),
            "next" => Some((self.year + 1).to_string()),
            "posts" => number(0),
            "pushes" | "attendees" => number(1),
            "briefs" | "cleaned" | "trainings" | "plans" => number(2),
            "quarter" => number(3),
            "meetings" | "computers" => number(4),
            figure_name => figure(figure_name).map(|id| self.sheet.value(id).to_string()),
        })
    }
}
