//! Names looked up in a roster.

use super::divisions::{Divisions, Index};
use super::name::spelling;
use super::resolution::{Ground, Proof, Resolution};
use super::roster::{Entry, Roster};
use super::settle::{Standing, fill_places};
use super::surroundings::Surroundings;
use super::{Evidence, resolve_by_divisions};
use crate::report::{Agency, Year};
use std::collections::{BTreeSet, HashMap};

/// A roster with its indices.
#[derive(Debug, Default)]
pub(super) struct Enrolled {
    roster: Roster,
    /// Rows by every name of theirs, in the spelling of names.
    by_name: HashMap<String, Vec<usize>>,
    /// Rows by the id that their names have without the roster, where the divisions settle it.
    by_id: HashMap<String, Vec<usize>>,
}

impl Enrolled {
    pub fn new(roster: Roster, divisions: &Divisions) -> Self {
        let mut enrolled = Self::default();
        for (row, entry) in roster.entries().iter().enumerate() {
            for name in entry.names().map(spelling) {
                let agency = resolve_by_divisions(&name, &Evidence::default(), divisions).agency;
                if agency.division.is_some() {
                    push(&mut enrolled.by_id, agency.id.0, row);
                }
                push(&mut enrolled.by_name, name, row);
            }
        }
        Self { roster, ..enrolled }
    }

    /// What the roster makes of a name that the divisions alone resolve to `found`; `None` where it has no such agency.
    pub fn resolve(
        &self,
        name: &str,
        year: Option<Year>,
        evidence: &Evidence,
        found: &Resolution,
        divisions: &Divisions,
    ) -> Option<Resolution> {
        let rows = self.by_name.get(name).or_else(|| self.by_id.get(&found.agency.id.0))?;
        let surrounded = |s: Ground| matches!(s, Ground::Folder | Ground::FileName | Ground::Text);
        let by_evidence = found.proofs.iter().any(|p| surrounded(p.ground));
        // What the evidence settles elsewhere is a namesake of the roster's agency.
        let namesake = |e: &Entry| {
            by_evidence
                && found.agency.division.is_some()
                && e.division.is_some()
                && e.division != found.agency.division
        };
        let entries = rows.iter().filter_map(|r| self.roster.entries().get(*r));
        let mut entries: Vec<&Entry> = entries.filter(|e| e.holds_in(year) && !namesake(e)).collect();
        let mut proofs = Vec::new();
        if ids(&entries) > 1 {
            proofs = narrow(&mut entries, &Surroundings::new(evidence, divisions), divisions);
        }
        let first = *entries.first()?;
        if ids(&entries) > 1 {
            return Some(Resolution { agency: open(&entries, found), proofs });
        }
        proofs.push(Proof::new(Ground::Roster, &first.name, &first.name));
        proofs.extend(found.proofs.iter().filter(|p| p.ground != Ground::OnlyOne).cloned());
        Some(Resolution { agency: enrolled(first, found, divisions), proofs })
    }
}

fn push(map: &mut HashMap<String, Vec<usize>>, key: String, row: usize) {
    let rows = map.entry(key).or_default();
    if rows.last() != Some(&row) {
        rows.push(row);
    }
}

fn ids(entries: &[&Entry]) -> usize {
    entries.iter().map(|e| &e.id).collect::<BTreeSet<_>>().len()
}

/// Keeps the rows whose places the evidence speaks for.
fn narrow(entries: &mut Vec<&Entry>, around: &Surroundings, divisions: &Divisions) -> Vec<Proof> {
    let place = |e: &Entry| e.division.as_deref().and_then(|code| divisions.with_code(code));
    let mut known: Vec<Index> = entries.iter().filter_map(|e| place(e)).collect();
    known.sort_unstable();
    known.dedup();
    let mut standing = Standing::among(known);
    standing.narrow(around, divisions);
    // A row without a place cannot be told apart by evidence, so it stays.
    entries.retain(|e| place(e).is_none_or(|p| standing.known.contains(&p)));
    standing.proofs
}

/// The agency of one row.
fn enrolled(entry: &Entry, found: &Resolution, divisions: &Divisions) -> Agency {
    let mut agency = Agency { id: entry.id.clone(), name: found.agency.name.clone(), ..Agency::default() };
    let place = entry.division.as_deref().and_then(|code| divisions.with_code(code));
    match place {
        Some(index) => {
            fill_places(&mut agency, index, divisions);
            agency.level = Some(divisions.get(index).level);
            agency.kind = found.agency.kind;
        }
        None => agency = Agency { id: entry.id.clone(), ..found.agency.clone() },
    }
    if entry.division.is_some() {
        agency.division.clone_from(&entry.division);
        agency.candidates.clear();
    }
    agency.level = entry.level.or(agency.level);
    agency.kind = entry.kind.or(agency.kind);
    agency
}

/// An agency that may be any of several rows.
fn open(entries: &[&Entry], found: &Resolution) -> Agency {
    let mut agency = Agency { division: None, ..found.agency.clone() };
    let codes: BTreeSet<&String> = entries.iter().filter_map(|e| e.division.as_ref()).collect();
    agency.candidates = codes.into_iter().cloned().collect();
    if let Some(first) = entries.first() {
        let same_level = entries.iter().all(|e| e.level == first.level);
        agency.level = if same_level { first.level.or(agency.level) } else { None };
        let same_kind = entries.iter().all(|e| e.kind == first.kind);
        agency.kind = if same_kind { first.kind.or(agency.kind) } else { None };
    }
    if !agency.id.0.starts_with('~') {
        // Several rows share what the divisions alone would settle: the id must not claim one of them.
        agency.id =
            super::id::unresolved(std::iter::empty(), &super::name::Own { kind: None, name: agency.name.clone() });
    }
    agency
}
