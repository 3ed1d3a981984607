//! Which place a name means: settled by the name or the evidence, or left open with its candidates.

use super::divisions::{Divisions, Index};
use super::name::Own;
use super::parted::{Parted, Place, parted};
use super::resolution::{Ground, Proof, Resolution};
use super::surroundings::{Named, Surroundings};
use super::words::words;
use super::{Evidence, id};
use crate::report::{Agency, AgencyId, Kind, Level};
use std::collections::{BTreeMap, BTreeSet};

/// Where an agency stands, as far as it is known.
#[derive(Default)]
pub(super) struct Standing {
    /// The divisions that its place may be; empty where no division is it.
    pub known: Vec<Index>,
    /// The name of its place as printed, where divisions have it.
    printed: String,
    /// One candidate is left, but the evidence speaks against it.
    doubted: bool,
    /// Places by name where no division is the place, from the top down, its own place the last.
    named: Vec<Named>,
    pub own: Own,
    pub proofs: Vec<Proof>,
}

/// Where the agency of that name (in its spelling) stands; `None` for an agency of the State Council.
pub(super) fn stand(name: &str, evidence: &Evidence, divisions: &Divisions) -> Option<Standing> {
    let words = words();
    if words.is_central(name) {
        return None;
    }
    let shortened = words.vertical.iter().find_map(|v| name.strip_prefix(v.as_str()));
    let split = parted(shortened.unwrap_or(name), divisions);
    match split.places.split_last() {
        None if shortened.is_some_and(|rest| rest.is_empty() || words.central_offices.iter().any(|o| o == rest)) => {
            None
        }
        None => Some(without_place(&split, evidence, divisions)),
        Some((last, _)) if last.known.is_empty() => Some(unknown_place(&split, evidence, divisions)),
        Some((last, before)) => Some(known_place(last, before, split.own.clone(), evidence, divisions)),
    }
}

/// An agency of the State Council.
pub(super) fn central(name: &str) -> Agency {
    let (level, kind) = (Some(Level::Central), Some(Kind::Department));
    Agency { id: id::central(name), name: name.to_owned(), level, kind, ..Agency::default() }
}

/// A name whose last place is in the divisions, perhaps more than once.
fn known_place(last: &Place, before: &[Place], own: Own, evidence: &Evidence, divisions: &Divisions) -> Standing {
    let proofs = before.iter().map(|p| Proof::new(Ground::Name, &p.name, &p.name)).collect();
    let printed = last.name.to_string();
    let mut standing = Standing { known: last.known.to_vec(), own, proofs, printed, ..Standing::default() };
    if before.is_empty() {
        let around = Surroundings::new(evidence, divisions);
        let above = around.above(&last.name, last.level);
        if let Some(nearest) = contradiction(last, &above, divisions) {
            if nearest.known.is_empty() {
                // Below a place that no division has (a fictional or renamed one), a namesake is another place.
                standing.known.clear();
                standing.put_below(above, &[last.clone().unknown()]);
            } else {
                standing.doubted = standing.known.len() == 1;
            }
            return standing;
        }
        if standing.known.len() == 1 {
            standing.proofs.push(Proof::new(Ground::OnlyOne, &last.name, &last.name));
        }
        standing.narrow(&around, divisions);
    } else if standing.known.len() > 1 {
        standing.narrow(&Surroundings::new(evidence, divisions), divisions);
    }
    standing
}

/// The innermost place that the evidence puts the agency in, if it cannot hold the agency's.
fn contradiction<'f>(place: &Place, above: &'f [Named], divisions: &Divisions) -> Option<&'f Named> {
    let nearest = above.iter().rev().find(|f| f.level < place.level)?;
    let holds = |above: &Index| place.known.iter().any(|i| divisions.within(*i, *above));
    if nearest.known.is_empty() {
        return Some(nearest);
    }
    // A county's name is known to be its own in all the country; a township's only among those of the divisions.
    (place.level == Level::Township && !nearest.known.iter().any(holds)).then_some(nearest)
}

/// A name whose last place no division has: its parents come from the name, else from the evidence.
fn unknown_place(split: &Parted, evidence: &Evidence, divisions: &Divisions) -> Standing {
    let mut standing = Standing { own: split.own.clone(), ..Standing::default() };
    let Some(top) = split.places.first() else { return standing };
    let mut above = Vec::new();
    if top.level > Level::Province && top.known.is_empty() {
        let around = Surroundings::new(evidence, divisions);
        above = around.above(&top.name, top.level);
        if above.is_empty() {
            above = around.next_above_in_texts(top.level);
        }
    }
    standing.put_below(above, &split.places);
    standing
}

/// A name without a place (教育局, 市教育局, 镇人民政府): it stands where the folders say, or else the texts.
fn without_place(split: &Parted, evidence: &Evidence, divisions: &Divisions) -> Standing {
    let words = words();
    let whole = split.rest();
    let (suffix, rest) = words
        .suffixes_at_start(whole)
        .map(|(_, s)| s)
        .max_by_key(|s| s.len())
        .filter(|_| !words.own_part_begins.iter().any(|w| whole.starts_with(w.as_str())))
        .map_or(("", whole), |s| (s, &whole[s.len()..]));
    let around = Surroundings::new(evidence, divisions);
    let mut chain = if around.folders.is_empty() { around.chain_in_texts() } else { around.folders };
    while chain.last().is_some_and(|c| !c.full_name(divisions).ends_with(suffix)) {
        chain.pop();
    }
    let own = match chain.last() {
        Some(last) => Own::read(rest, Some((last.full_name(divisions), last.level))),
        None => Own::default(),
    };
    if own.kind.is_none() || rest.is_empty() {
        return Standing { own: Own::read(whole, None), ..Standing::default() };
    }
    let proofs = chain.iter().map(Named::proof).collect();
    let known = chain.last().map(|last| last.known.to_vec()).unwrap_or_default();
    let printed = chain.last().map(|last| last.name.to_string()).unwrap_or_default();
    let named = if known.is_empty() { chain } else { Vec::new() };
    Standing { known, named, printed, own, proofs, doubted: false }
}

impl Standing {
    /// A standing in one of these divisions, before any evidence is looked at.
    pub fn among(known: Vec<Index>) -> Self {
        Self { known, ..Self::default() }
    }

    /// Puts places of a name that no division has below those of the evidence.
    fn put_below(&mut self, mut above: Vec<Named>, places: &[Place]) {
        let top = places.first().map(|p| p.level);
        above.retain(|a| top.is_some_and(|t| a.level < t));
        self.proofs.extend(above.iter().map(Named::proof));
        self.named = above;
        self.named.extend(places.iter().map(Named::in_name));
    }

    /// Keeps the candidates that the evidence speaks for: those whose mentioned parents are not fewer than another's.
    pub fn narrow(&mut self, around: &Surroundings, divisions: &Divisions) {
        if self.known.len() < 2 {
            return;
        }
        let mut mentions: BTreeMap<Index, Option<Proof>> = BTreeMap::new();
        let mentioned: Vec<BTreeSet<Index>> = self
            .known
            .iter()
            .map(|i| {
                let itself = mentions.entry(*i).or_insert_with(|| around.code_of(*i)).is_some().then_some(*i);
                let named = |a: &Index| mentions.entry(*a).or_insert_with(|| around.mention(*a)).is_some();
                divisions.above(*i).filter(named).chain(itself).collect()
            })
            .collect();
        let outdone =
            |own: &BTreeSet<Index>| mentioned.iter().any(|other| own.len() < other.len() && own.is_subset(other));
        let kept = self.known.iter().zip(&mentioned).filter(|(_, own)| !outdone(own)).map(|(i, _)| *i).collect();
        self.known = kept;
        let common = self.common(divisions);
        self.proofs.extend(
            mentions
                .into_iter()
                .filter(|(i, _)| common.contains(i) || self.known == [*i])
                .filter_map(|(_, proof)| proof),
        );
    }

    /// The places that all candidates lie in, from the top down.
    fn common(&self, divisions: &Divisions) -> Vec<Index> {
        let Some(first) = self.known.first() else { return Vec::new() };
        let mut common: Vec<Index> = divisions.above(*first).collect();
        common.retain(|a| self.known.iter().all(|i| divisions.within(*i, *a)));
        common.reverse();
        common
    }

    /// The agency that stands here, under its printed name.
    pub fn agency(&self, name: &str, divisions: &Divisions) -> Agency {
        let mut agency = Agency { name: name.to_owned(), kind: self.own.kind, ..Agency::default() };
        for index in self.common(divisions) {
            let division = divisions.get(index);
            set_place(&mut agency, division.level, division.name);
        }
        let Some(first) = self.known.first().map(|i| divisions.get(*i)) else {
            self.set_named(&mut agency, divisions);
            return agency;
        };
        if self.known.iter().all(|i| divisions.get(*i).level == first.level) {
            agency.level = Some(first.level);
        }
        if self.known.iter().all(|i| divisions.get(*i).level == first.level && divisions.get(*i).name == first.name) {
            set_place(&mut agency, first.level, first.name);
        }
        let mut codes: Vec<u32> = self.known.iter().map(|i| divisions.get(*i).code).collect();
        codes.sort_unstable();
        if self.known.len() == 1 && !self.doubted {
            let code = first.code.to_string();
            agency.id = id::settled(&code, &self.own);
            agency.division = Some(code);
        } else {
            agency.candidates = codes.iter().map(u32::to_string).collect();
            let filled_in = place_of(&agency, first.level) == Some(first.name);
            agency.id = unresolved_id(&agency, if filled_in { "" } else { &self.printed }, &self.own);
        }
        agency
    }

    fn set_named(&self, agency: &mut Agency, divisions: &Divisions) {
        for place in &self.named {
            if let [only] = place.known[..] {
                fill_places(agency, only, divisions);
            }
            set_place(agency, place.level, place.full_name(divisions));
        }
        agency.level = self.named.last().map(|p| p.level);
        agency.id = unresolved_id(agency, "", &self.own);
    }

    /// The agency with what settled it.
    pub fn resolution(self, name: &str, divisions: &Divisions) -> Resolution {
        Resolution { agency: self.agency(name, divisions), proofs: self.proofs }
    }
}

fn unresolved_id(agency: &Agency, printed: &str, own: &Own) -> AgencyId {
    let places = [&agency.province, &agency.prefecture, &agency.county, &agency.township];
    id::unresolved(places.into_iter().flatten().map(String::as_str).chain([printed]), own)
}

fn place_of(agency: &Agency, level: Level) -> Option<&str> {
    match level {
        Level::Province => agency.province.as_deref(),
        Level::Prefecture => agency.prefecture.as_deref(),
        Level::County => agency.county.as_deref(),
        Level::Township => agency.township.as_deref(),
        Level::Central => None,
    }
}

/// Fills in a division and what stands above it.
pub(super) fn fill_places(agency: &mut Agency, index: Index, divisions: &Divisions) {
    for division in std::iter::once(index).chain(divisions.above(index)).map(|i| divisions.get(i)) {
        set_place(agency, division.level, division.name);
    }
}

fn set_place(agency: &mut Agency, level: Level, name: &str) {
    let field = match level {
        Level::Province => &mut agency.province,
        Level::Prefecture => &mut agency.prefecture,
        Level::County => &mut agency.county,
        Level::Township => &mut agency.township,
        Level::Central => return,
    };
    *field = Some(name.to_owned());
}
