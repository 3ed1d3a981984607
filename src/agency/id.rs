//! Ids: the same for an agency in all years, safe in file names and in CSV.
//!
//! | agency | id |
//! |---|---|
//! | the government of a settled place, or its subdistrict office | its division code: `220623100` |
//! | an office or department there | the code, `-`, its own name: `450110-财政局` |
//! | any agency whose place is not settled | `~`, its known parents from the top, place, own name: `~青溪县白石镇人民政府` |
//!
//! Of names only letters and digits are kept, in lower case.

use super::name::Own;
use crate::report::AgencyId;

/// Longest id in bytes; longer ones end in a hash, so that a file name can hold them.
const LONGEST: usize = 150;

/// The id of an agency whose place no division settles.
pub(super) fn unresolved<'a>(places: impl Iterator<Item = &'a str>, own: &Own) -> AgencyId {
    let mut id = String::from("~");
    for place in places {
        push_plain(&mut id, place);
    }
    push_plain(&mut id, if own.name.is_empty() { "人民政府" } else { &own.name });
    bounded(id)
}

fn push_plain(id: &mut String, text: &str) {
    id.extend(text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase));
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
