//! Ids: the same for an agency in all years, safe in file names and in CSV. The scheme stands in the module's page.
//!
//! Of names only letters and digits are kept, in lower case. An id of more than 150 bytes ends in a hash instead.

use super::name::{Own, is_han};
use super::words::words;
use crate::report::{AgencyId, Kind};

/// Longest id in bytes, so that a file name can hold it.
const LONGEST: usize = 150;

/// The id of an agency in a settled place.
pub(super) fn settled(code: &str, own: &Own) -> AgencyId {
    let mut id = code.to_owned();
    if !own.name.is_empty() {
        id.push('-');
        push_plain(&mut id, &own.name);
    }
    bounded(id)
}

/// The id of an agency of the State Council.
pub(super) fn central(name: &str) -> AgencyId {
    let mut id = String::from("0-");
    push_plain(&mut id, name);
    bounded(id)
}

/// The id of an agency whose place no division settles.
pub(super) fn unresolved<'a>(places: impl Iterator<Item = &'a str>, own: &Own) -> AgencyId {
    let in_id = &words().government.id;
    let mut id = String::from("~");
    for place in places {
        push_plain(&mut id, place);
    }
    push_plain(
        &mut id,
        match own.kind {
            _ if !own.name.is_empty() => &own.name,
            Some(Kind::Subdistrict) => &in_id.subdistrict,
            _ => &in_id.government,
        },
    );
    bounded(id)
}

/// What an unresolved id says of the agency itself, behind the places; `None` of other ids and of those cut short.
pub(super) fn own_part<'i>(id: &'i AgencyId, places: &[&str]) -> Option<&'i str> {
    let mut rest = id.0.strip_prefix('~')?;
    for place in places {
        let mut plain = String::new();
        push_plain(&mut plain, place);
        rest = rest.strip_prefix(plain.as_str())?;
    }
    (!rest.contains('-')).then_some(rest)
}

/// Keeps what a file name and a CSV field can hold.
fn push_plain(id: &mut String, text: &str) {
    for c in text.chars() {
        if is_han(c) {
            id.push(c);
        } else if c.is_alphanumeric() {
            id.extend(c.to_lowercase());
        }
    }
}

fn bounded(mut id: String) -> AgencyId {
    if id.len() > LONGEST {
        let hash = blake3::hash(id.as_bytes()).to_hex();
        let cut = (0..=LONGEST - 17).rev().find(|&i| id.is_char_boundary(i)).unwrap_or(0);
        id.truncate(cut);
        id.push('-');
        id.push_str(&hash[..16]);
    }
    AgencyId(id)
}
