//! Who reports: an agency's printed name, and the evidence around it, resolved to a division, a level, a kind and an
//! id that is the same in all years.
//!
//! A name is taken apart into places and what the agency is within the last of them ([`Agencies::resolve`]). Places are
//! looked up in the embedded divisions of 2023 (`data/divisions`); those that no division is (renamed, merged, fictional)
//! are told by their suffixes, and get neither code nor candidates.
//!
//! Nothing is guessed. A name that several divisions share is settled by the places that the name itself prints, by
//! folders, the file's name, texts and the id of the site, or by a [`Roster`]; all evidence counts alike, and where it
//! speaks for two candidates, or for none, the agency stays open with all of them. Two things follow from names alone:
//! a county wins over a statistical area of its name (白塔区), and a unique county's name is believed in a folder named
//! after another city, a township's is not.
//!
//! The ids:
//!
//! | agency | id |
//! |---|---|
//! | the government of a settled place, or its subdistrict office | its division code: `220623100` |
//! | an office or department there | the code, `-`, its own name in full: `450110-财政局` |
//! | an agency of the State Council | `0-`, its name: `0-教育部` |
//! | any agency whose place is not settled | `~`, its known places from the top, its own name: `~青溪县白石镇人民政府` |
//! | an agency of a roster | the roster's id |
//!
//! Agencies of places that no division has may print more of the places above them in one year than in another;
//! [`reconcile`] finds the ids that mean the same.

mod by_name;
mod divisions;
mod enrolled;
mod id;
mod name;
mod pairs;
mod parted;
mod reconcile;
mod resolution;
mod roster;
mod settle;
mod split;
mod surroundings;
mod words;

pub use reconcile::reconcile;
pub use resolution::{Ground, Proof, Resolution};
pub use roster::{COLUMNS as ROSTER_COLUMNS, Entry, Roster, RosterError};

use crate::report::{Agency, Year};
use divisions::Divisions;
use enrolled::Enrolled;
use std::sync::Arc;

/// What stands around a name and may settle which place it means.
#[derive(Debug, Clone, Copy, Default)]
pub struct Evidence<'a> {
    /// The file's path, with its folders.
    pub path: &'a str,
    /// Title, breadcrumb, source line, signature and the like.
    pub texts: &'a [&'a str],
}

/// Resolves names of agencies. Cheap to clone and to share between threads.
#[derive(Debug, Clone)]
pub struct Agencies {
    divisions: &'static Divisions,
    enrolled: Option<Arc<Enrolled>>,
}

impl Agencies {
    /// The resolver with the embedded divisions and no roster. The first call loads them, in some milliseconds.
    pub fn embedded() -> Self {
        Self { divisions: Divisions::embedded(), enrolled: None }
    }

    /// The same resolver with a roster, in place of any other.
    #[must_use]
    pub fn with_roster(self, roster: Roster) -> Self {
        let enrolled = Enrolled::new(roster, self.divisions);
        Self { enrolled: Some(Arc::new(enrolled)), ..self }
    }

    /// Resolves a printed name. What the name and the evidence do not settle stays open: `division` is `None` and
    /// `candidates` holds every code it may be.
    ///
    /// ```
    /// use gongkai::agency::{Agencies, Evidence};
    /// let agencies = Agencies::embedded();
    /// let agency = agencies.resolve("鼓楼区教育局", &Evidence::default());
    /// assert_eq!((agency.division, agency.candidates.len()), (None, 4));
    /// let agency = agencies.resolve("鼓楼区教育局", &Evidence { path: "南京市/a.html", texts: &[] });
    /// assert_eq!(agency.id.0, "320106-教育局");
    /// ```
    pub fn resolve(&self, name: &str, evidence: &Evidence<'_>) -> Agency {
        self.resolve_explained(name, None, evidence).agency
    }

    /// Resolves the name printed in a report for that year: of a roster's rows, only those that hold in it count.
    pub fn resolve_in(&self, name: &str, year: Option<Year>, evidence: &Evidence<'_>) -> Agency {
        self.resolve_explained(name, year, evidence).agency
    }

    /// Resolves a printed name and says what settled it.
    pub fn resolve_explained(&self, name: &str, year: Option<Year>, evidence: &Evidence<'_>) -> Resolution {
        let name = name::spelling(name);
        if name.is_empty() || name.chars().count() > name::LONGEST {
            let name = name.chars().take(name::LONGEST).collect();
            return Resolution { agency: Agency { name, ..Agency::default() }, proofs: Vec::new() };
        }
        let found = resolve_by_divisions(&name, evidence, self.divisions);
        let enrolled = self.enrolled.as_ref();
        enrolled.and_then(|e| e.resolve(&name, year, evidence, &found, self.divisions)).unwrap_or(found)
    }
}

/// Resolves a name in its spelling without a roster.
fn resolve_by_divisions(name: &str, evidence: &Evidence, divisions: &Divisions) -> Resolution {
    match settle::stand(name, evidence, divisions) {
        Some(standing) => standing.resolution(name, divisions),
        None => Resolution { agency: settle::central(name), proofs: Vec::new() },
    }
}

#[cfg(test)]
mod tests;
