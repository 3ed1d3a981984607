//! Who reports: an agency's printed name, and the evidence around it, resolved to a division, a level, a kind and an
//! id that is the same in all years.

mod id;
mod name;
mod words;

use crate::report::{Agency, Level};
use name::{Own, Part};

/// What stands around a name and may settle which place it means.
#[derive(Debug, Clone, Copy, Default)]
pub struct Evidence<'a> {
    /// The file's path, with its folders.
    pub path: &'a str,
    /// Title, breadcrumb, source line, signature and the like.
    pub texts: &'a [&'a str],
}

/// Resolves names of agencies.
#[derive(Debug, Clone, Default)]
pub struct Agencies {}

impl Agencies {
    /// The resolver with the embedded divisions and no roster.
    pub fn embedded() -> Self {
        Self {}
    }

    /// Resolves a printed name. What the name and the evidence do not settle stays open: `division` is `None` and
    /// `candidates` holds every code it may be.
    pub fn resolve(&self, name: &str, _evidence: &Evidence<'_>) -> Agency {
        let name = name::spelling(name);
        if name.is_empty() || name.chars().count() > name::LONGEST {
            return Agency { name: name.chars().take(name::LONGEST).collect(), ..Agency::default() };
        }
        let split = name::split(&name, None);
        let own = Own::read(split.rest, split.places.last());
        let mut agency = Agency {
            id: id::unresolved(split.places.iter().map(|p| p.text), &own),
            level: split.places.last().map(|p| p.level),
            kind: own.kind,
            ..Agency::default()
        };
        for place in &split.places {
            set_place(&mut agency, place);
        }
        agency.name = name;
        agency
    }
}

fn set_place(agency: &mut Agency, place: &Part) {
    let field = match place.level {
        Level::Province => &mut agency.province,
        Level::Prefecture => &mut agency.prefecture,
        Level::County => &mut agency.county,
        Level::Township => &mut agency.township,
        Level::Central => return,
    };
    *field = Some(place.text.to_owned());
}

#[cfg(test)]
mod tests;
