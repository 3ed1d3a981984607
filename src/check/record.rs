//! The slim part of a report that the rules across years need, and which of several reports for a year is kept.

use super::table::{TABLES, contradicted, form_of};
use crate::form::{FigureId, Form, forms};
use crate::report::{AgencyId, Cell, Date, Place, Reading, Report, Year};
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

/// What a report has to show to be the one that is kept for its agency and year.
#[derive(Debug, Clone, PartialEq)]
pub struct Claim {
    /// Who; empty where no name was found.
    pub agency_id: AgencyId,
    /// Whether it is certain which agency this is: an id is there and no other place of that name comes into question.
    pub settled: bool,
    /// The report year, where known.
    pub year: Option<Year>,
    /// The file.
    pub path: String,
    /// Which report of the file, counted from 1.
    pub part: u32,
    /// When it was published, where that is printed.
    pub published: Option<Date>,
    /// How many figures have a value.
    pub read: u16,
}

impl Claim {
    /// What a report has to show.
    pub fn of(report: &Report) -> Self {
        let doubtful = contradicted(report);
        let printed = report.figures.iter().filter(|(_, cell)| !matches!(cell.reading, Reading::Sum(_)));
        let read = printed.filter(|(id, cell)| certain(*id, cell, &doubtful).is_some()).count();
        Self {
            agency_id: report.agency.id.clone(),
            settled: !report.agency.id.0.is_empty() && report.agency.candidates.len() < 2,
            year: report.year,
            path: report.source.path.clone(),
            part: report.source.part,
            published: report.published,
            read: u16::try_from(read).unwrap_or(u16::MAX),
        }
    }

    /// Whether it may be put together with other reports: it is certain who reports, and for which year.
    fn comparable(&self) -> bool {
        self.settled && self.year.is_some()
    }

    /// How it is preferred among reports for the same agency and year: the greater, the better.
    fn preference(&self) -> (u16, Option<Date>, Reverse<(&str, u32)>) {
        (self.read, self.published, Reverse((&self.path, self.part)))
    }
}

/// The value of a figure, unless it is in doubt.
fn certain(id: FigureId, cell: &Cell, doubtful: &BTreeSet<FigureId>) -> Option<f64> {
    cell.value().filter(|value| value.is_finite() && !doubtful.contains(&id))
}

/// What is remembered of a report once it has been checked by itself: about 2 KB.
#[derive(Debug, Clone, PartialEq)]
pub struct YearRecord {
    /// Whose report for which year it is, and what may make it the one that is kept.
    pub claim: Claim,
    /// The agency's name as printed.
    pub agency: String,
    /// Hash of the file's bytes.
    pub hash: String,
    /// Ids of the forms that tables 2, 3 and 4 carry.
    pub forms: [Option<&'static str>; 3],
    /// The values of all figures in the canonical order, NaN where there is none (or two that contradict).
    values: Box<[f64]>,
    /// Places of the figures that rules across years point at.
    places: Box<[(FigureId, Place)]>,
    /// Whether a cell or the text speaks of a clean-up, an amendment or a lapse of documents.
    pub(super) explains_stock: bool,
}

impl YearRecord {
    /// Keeps what is needed of a report.
    pub fn of(report: &Report) -> Self {
        let doubtful = contradicted(report);
        let values = report.figures.iter().map(|(id, cell)| certain(id, cell, &doubtful).unwrap_or(f64::NAN));
        let places = across_years().iter().filter_map(|id| Some((*id, report.figures.get(*id).place?)));
        Self {
            claim: Claim::of(report),
            agency: report.agency.name.clone(),
            hash: report.source.hash.clone(),
            forms: TABLES.map(|table| form_of(report, table).map(|f| f.id.as_str())),
            values: values.collect(),
            places: places.collect(),
            explains_stock: super::c002::explained(report),
        }
    }

    /// The value of a figure, if it has one.
    pub fn value(&self, id: FigureId) -> Option<f64> {
        self.values.get(usize::from(id.0)).copied().filter(|v| !v.is_nan())
    }

    /// The form that a table carries.
    pub fn form(&self, table: u8) -> Option<&'static Form> {
        let at = TABLES.iter().position(|t| *t == table)?;
        forms().get(self.forms[at]?)
    }

    /// The place of a figure, for those that rules across years point at.
    pub(super) fn place(&self, id: FigureId) -> Option<Place> {
        self.places.iter().find(|(known, _)| *known == id).map(|(_, place)| *place)
    }

    /// Roughly how much memory it takes.
    pub fn bytes(&self) -> usize {
        size_of::<Self>()
            + size_of_val(&*self.values)
            + size_of_val(&*self.places)
            + self.claim.agency_id.0.len()
            + self.agency.len()
            + self.claim.path.len()
            + self.hash.len()
    }

    /// The order of reports in outputs.
    pub(super) fn order(&self) -> (Option<Year>, &str, u32) {
        (self.claim.year, &self.claim.path, self.claim.part)
    }
}

/// Which reports are kept: of several for the same agency and year the one with the most figures read, then the one
/// published later, then the first by path. A report whose agency or year is uncertain is never put together with
/// others and always kept. The claims may be in any order and of any number of agencies.
pub fn choose<'a>(claims: impl IntoIterator<Item = &'a Claim>) -> Vec<bool> {
    let claims: Vec<&Claim> = claims.into_iter().collect();
    let mut best: BTreeMap<(&AgencyId, Year), usize> = BTreeMap::new();
    for (i, claim) in claims.iter().enumerate() {
        let (true, Some(year)) = (claim.settled, claim.year) else { continue };
        let slot = best.entry((&claim.agency_id, year)).or_insert(i);
        if claims[*slot].preference() < claim.preference() {
            *slot = i;
        }
    }
    let mut kept: Vec<bool> = claims.iter().map(|claim| !claim.comparable()).collect();
    for i in best.into_values() {
        kept[i] = true;
    }
    kept
}

/// One agency's reports over the years, one kept for each year.
#[derive(Debug, Default)]
pub struct History<'a> {
    /// The report kept for each year.
    pub kept: BTreeMap<Year, &'a YearRecord>,
    /// Reports that were not kept.
    pub surplus: Vec<&'a YearRecord>,
    /// Reports that may not be put together with any other.
    pub loose: Vec<&'a YearRecord>,
}

impl<'a> History<'a> {
    /// Sorts reports into histories, one an agency, those that stand alone in one of their own.
    pub fn all(records: &'a [YearRecord]) -> Vec<Self> {
        let mut agencies: BTreeMap<&AgencyId, Self> = BTreeMap::new();
        let mut alone = Self::default();
        for (record, kept) in records.iter().zip(choose(records.iter().map(|record| &record.claim))) {
            match record.claim.year.filter(|_| record.claim.settled) {
                None => alone.loose.push(record),
                Some(year) => {
                    let history = agencies.entry(&record.claim.agency_id).or_default();
                    if kept {
                        history.kept.insert(year, record);
                    } else {
                        history.surplus.push(record);
                    }
                }
            }
        }
        agencies.into_values().chain(std::iter::once(alone)).collect()
    }

    /// The reports that rules across years test, each with the one for the year before, if that is there.
    pub fn pairs(&self) -> impl Iterator<Item = (&'a YearRecord, Option<&'a YearRecord>)> {
        let chained = self.kept.iter().map(|(year, record)| {
            let before = year.checked_sub(1).and_then(|y| self.kept.get(&y)).copied();
            (*record, before)
        });
        chained.chain(self.loose.iter().map(|record| (*record, None)))
    }
}

/// Figures on the left of identities that reach back to the year before.
fn across_years() -> &'static [FigureId] {
    static IDS: std::sync::LazyLock<Vec<FigureId>> = std::sync::LazyLock::new(|| {
        let identities = forms().forms.iter().flat_map(|f| &f.identities).filter(|i| !i.previous.is_empty());
        let ids: BTreeSet<FigureId> = identities.flat_map(|i| i.left.iter().copied()).collect();
        ids.into_iter().collect()
    });
    &IDS
}
