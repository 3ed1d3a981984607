//! One id for agencies of unknown places that print more of the places above them in one year than in another.

use super::id::own_part;
use crate::report::{Agency, AgencyId};
use std::collections::BTreeMap;

/// The places of an agency, from the top down.
type Places<'a> = [Option<&'a str>; 4];

/// Ids that mean the same agency as another one, and that other id.
///
/// Only agencies in places that no division has need it: the id of `青溪县财政局` holds less than that of
/// `云岭省澜水市青溪县财政局`. The first is taken for the second if, of all the agencies here, the second alone prints the
/// same and more. Where two do, or where the name may be that of a real division, nothing is joined.
///
/// Linear in the number of agencies, but quadratic in those that share a name.
pub fn reconcile<'a>(agencies: impl IntoIterator<Item = &'a Agency>) -> BTreeMap<AgencyId, AgencyId> {
    let mut namesakes: BTreeMap<(&str, &str), BTreeMap<&AgencyId, Places>> = BTreeMap::new();
    for agency in agencies.into_iter().filter(|a| a.division.is_none() && a.candidates.is_empty()) {
        let places = places(agency);
        let named: Vec<&str> = places.into_iter().flatten().collect();
        if let (Some(place), Some(own)) = (named.last(), own_part(&agency.id, &named)) {
            namesakes.entry((place, own)).or_default().insert(&agency.id, places);
        }
    }
    let mut same = BTreeMap::new();
    for group in namesakes.values() {
        for (id, places) in group {
            let fuller: Vec<_> = group.iter().filter(|(other, more)| *other != id && within(places, more)).collect();
            let fullest = fuller.iter().max_by_key(|(_, more)| more.iter().flatten().count());
            if let Some((fullest, most)) = fullest
                && fuller.iter().all(|(_, more)| within(more, most))
            {
                same.insert((*id).clone(), AgencyId::clone(fullest));
            }
        }
    }
    same
}

fn places(agency: &Agency) -> Places<'_> {
    [&agency.province, &agency.prefecture, &agency.county, &agency.township].map(|p| p.as_deref())
}

/// Whether all that `few` says `many` says too.
fn within(few: &Places, many: &Places) -> bool {
    few.iter().zip(many).all(|(a, b)| a.is_none() || a == b)
}
