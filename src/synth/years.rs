//! One agency's reports, year after year.

use super::body::Body;
use super::data::texts;
use super::defect::Defect;
use super::ledger::{Ledger, Values, newest};
use super::page::Page;
use super::plan::Plan;
use super::profile::{Profile, Temper};
use super::random::{Stream, Subject};
use super::sheet::Sheet;
use super::style::Style;
use super::truth::TruthRow;
use super::{File, publication, wild, writers};
use crate::form::{Form, forms};
use crate::report::{Date, Year};
use std::collections::BTreeSet;

/// The first report year of the first form. Every agency's story begins here, whatever the plan's first year.
const FIRST: Year = 2019;

/// No story goes on longer, whatever the plan says.
const LAST: Year = 2100;

/// What is said of one report before it is written.
struct Draft<'a> {
    body: &'a Body,
    profile: &'a Profile,
    year: Year,
    style: Style,
    published: Option<Date>,
    defects: BTreeSet<Defect>,
    /// A section that is left out.
    without: Option<u8>,
    corrected: bool,
}

/// The reports of an agency within the plan's years.
pub(super) fn files(plan: &Plan, body: &Body) -> Vec<File> {
    let profile = Profile::of(plan.seed, body, newest().outcomes.len());
    let mut ledger = Ledger::open(&profile);
    let mut chain_is_seen = false;
    let mut files = Vec::new();
    for year in FIRST..=plan.to.min(LAST) {
        let stream = |subject| Stream::new(plan.seed, body.index, year, subject);
        let mut errors = stream(Subject::Errors);
        let missing = errors.chance(plan.missing);
        let breaks_chain =
            errors.chance(plan.share(Defect::C001)) && chain_is_seen && !missing && profile.temper == Temper::Active;
        let values = ledger.next(&profile, year, &mut stream(Subject::Figures), breaks_chain.then_some(&mut errors));
        if missing {
            chain_is_seen = false;
            continue;
        }
        let Some(form) = form_of(&profile, year) else { continue };
        let style = plan.style(body.index, year);
        let mut page = stream(Subject::Page);
        let mut draft = Draft {
            body,
            profile: &profile,
            year,
            style,
            published: publication::date(body, year, &mut page),
            defects: BTreeSet::new(),
            without: None,
            corrected: false,
        };
        let mut sheet = Sheet::new(form, style, &values, &profile);
        if breaks_chain {
            draft.defects.insert(Defect::C001);
        } else {
            draft.defects.extend(spoil(plan, &mut sheet, &mut errors));
        }
        if errors.chance(plan.share(Defect::S001)) {
            draft.without = Some(if errors.chance(0.5) { 5 } else { 6 });
        }
        draft.defects.extend(wild::figures(&mut sheet));
        chain_is_seen = shows_chain(&sheet);
        let twice = errors.chance(plan.share(Defect::S008)) && profile.temper != Temper::Silent && !breaks_chain;
        if twice {
            draft.defects.insert(Defect::S008);
        }
        if year < plan.from {
            continue;
        }
        files.push(draft.file(&sheet, &mut page));
        if twice {
            files.push(draft.correction(form, &values, &mut errors, &mut page));
        }
    }
    over_the_years(&mut files);
    on_pages(files)
}

/// A report that is about to be put in a file.
struct Written {
    path: String,
    page: Page,
    sheet: Sheet,
    truth: TruthRow,
}

/// The files: each report has its own, but in a style with several on a page two years share one.
fn on_pages(reports: Vec<Written>) -> Vec<File> {
    let mut files: Vec<File> = Vec::new();
    let mut reports = reports.into_iter().peekable();
    while let Some(report) = reports.next() {
        let shares = |next: &Written| {
            report.sheet.style == Style::HtmlSeveral
                && next.sheet.style == Style::HtmlSeveral
                && next.truth.year != report.truth.year
        };
        let second = reports.next_if(shares);
        let mut pages = vec![(&report.page, &report.sheet)];
        pages.extend(second.iter().map(|second| (&second.page, &second.sheet)));
        let bytes = writers::write(&pages);
        let further = second.map(|second| TruthRow { file: report.truth.file.clone(), ..second.truth });
        files.push(File { path: report.path, bytes, truth: report.truth, further: further.into_iter().collect() });
    }
    files
}

/// Settles what can only be told from the reports before: a gap is an error of the report behind it, and a chain can
/// only be broken with something.
fn over_the_years(files: &mut [Written]) {
    let years: BTreeSet<Year> = files.iter().map(|f| f.truth.year).collect();
    for truth in files.iter_mut().map(|f| &mut f.truth) {
        match years.range(..truth.year).next_back() {
            None => {
                truth.defects.remove(&Defect::C001);
            }
            Some(before) if truth.year - before > 1 => {
                truth.defects.insert(Defect::C004);
            }
            Some(_) => {}
        }
    }
}

/// The form that the agency uses: some were late to take up that of 2021.
fn form_of(profile: &Profile, year: Year) -> Option<&'static Form> {
    forms().in_force(if year <= profile.last_old_form { year.min(2020) } else { year })
}

/// Makes one error in the figures at most, and says which.
fn spoil(plan: &Plan, sheet: &mut Sheet, errors: &mut Stream) -> Option<Defect> {
    let mut made = None;
    for defect in Defect::IN_FIGURES {
        // Where cells vanish in the style, they do so in every report.
        let always = defect == Defect::V001 && sheet.style == Style::HtmlVanished;
        let due = errors.chance(plan.share(defect)) || always;
        // A text without grid cannot show a blank cell: the cell is gone.
        let defect = match defect {
            Defect::V001 if sheet.style.loses_blanks() => Defect::V006,
            other => other,
        };
        if due && made.is_none() && defect.make(sheet, errors) {
            made = Some(defect);
        }
    }
    made
}

/// Whether next year's carried-over requests can be held against this report.
fn shows_chain(sheet: &Sheet) -> bool {
    sheet.row("carried_forward").is_some_and(|row| row.iter().all(|id| sheet.truth(*id).is_some()))
}

impl Draft<'_> {
    fn file(&self, sheet: &Sheet, chance: &mut Stream) -> Written {
        let mut defects = self.defects.clone();
        let published = self.published.filter(|_| wild::keeps_date(self.style));
        match (published, publication::deadline(self.body, self.year)) {
            (None, _) => {
                defects.insert(Defect::D003);
            }
            (Some(date), _) if date.year() <= self.year => {
                defects.insert(Defect::D002);
            }
            (Some(date), Some(deadline)) if date > deadline => {
                defects.insert(Defect::D001);
            }
            _ => {}
        }
        if forms().in_force(self.year).is_some_and(|f| f.id != sheet.form.id) {
            defects.insert(Defect::S003);
        }
        if self.without.is_some() {
            defects.insert(Defect::S001);
        }
        let mut page = Page::new(self.body, self.profile, self.year, self.published, self.without, sheet, chance);
        wild::words(&mut page, sheet, self.body, self.published);
        let agency = if self.style.is_numbered() { self.body.index.to_string() } else { self.body.name.clone() };
        let mut name = format!("{agency}-{}", self.year);
        if self.corrected {
            name = format!("{name}-{}", texts().corrected);
        }
        let name = format!("{name}.{}", self.style.extension());
        let path = format!("{}/{name}", self.body.folder);
        let truth = TruthRow::new(name, self.body, self.year, published, self.style, &defects, sheet);
        Written { path, page, sheet: sheet.clone(), truth }
    }

    /// The second report for the same year: without the first one's errors, and with other licence decisions.
    fn correction(&self, form: &'static Form, values: &Values, errors: &mut Stream, chance: &mut Stream) -> Written {
        let mut sheet = Sheet::new(form, self.style, values, self.profile);
        if let Some(id) = crate::form::figure("licence_decisions") {
            sheet.add(id, errors.between(1, 9) as f64);
        }
        let wild = wild::figures(&mut sheet);
        let first = self.published.or_else(|| Date::new(self.year + 1, 1, 20));
        let published = first.and_then(|date| publication::plus(date, errors.between(10, 40)));
        let defects = wild.into_iter().chain([Defect::S008]).collect();
        let draft = Draft { published, defects, without: None, corrected: true, ..*self };
        draft.file(&sheet, chance)
    }
}
