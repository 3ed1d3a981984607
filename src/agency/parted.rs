//! Names taken apart, and remembered: an agency's name stands in title, source line, signature and site name of its
//! report, and again in those of its other years.

use super::divisions::{Divisions, Index};
use super::name::Own;
use super::split::split;
use crate::report::Level;
use foldhash::fast::FixedState;
use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;

/// So many names are remembered at most.
const KNOWN_NAMES: usize = 4096;

/// A place within a name, or one that is named beside it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Place {
    /// As printed.
    pub name: Rc<str>,
    /// Its level; of several candidates, the highest.
    pub level: Level,
    /// The divisions it may be, given the places before it; empty where no division fits.
    pub known: Rc<[Index]>,
}

impl Place {
    /// The same place as one that no division is.
    pub fn unknown(self) -> Self {
        Self { known: Rc::default(), ..self }
    }
}

/// A name taken apart; see [`split`].
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Parted {
    /// The whole.
    pub text: Rc<str>,
    /// Its places, from the top down.
    pub places: Vec<Place>,
    /// What the agency is within the last of them.
    pub own: Own,
    /// Where that begins.
    rest: usize,
}

impl Parted {
    fn new(text: &str, divisions: &Divisions) -> Self {
        let split = split(text, divisions);
        let place =
            |part: super::split::Part| Place { name: part.text.into(), level: part.level, known: part.known.into() };
        let rest = text.len() - split.rest.len();
        Self { text: text.into(), places: split.places.into_iter().map(place).collect(), own: split.own, rest }
    }

    /// What stands behind the places.
    pub fn rest(&self) -> &str {
        self.text.get(self.rest..).unwrap_or_default()
    }
}

/// Takes a name apart in the best way there is.
pub(super) fn parted(name: &str, divisions: &Divisions) -> Rc<Parted> {
    thread_local! {
        /// There is only one list of divisions, so the names say all.
        static KNOWN: RefCell<HashMap<Rc<str>, Rc<Parted>, FixedState>> = RefCell::default();
    }
    KNOWN.with_borrow_mut(|known| {
        if let Some(found) = known.get(name) {
            return Rc::clone(found);
        }
        if known.len() >= KNOWN_NAMES {
            known.clear();
        }
        let found = Rc::new(Parted::new(name, divisions));
        known.insert(Rc::clone(&found.text), Rc::clone(&found));
        found
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_taken_apart_alike_however_many_came_before() {
        let divisions = Divisions::embedded();
        let names: Vec<String> = (0..KNOWN_NAMES + 10).map(|i| format!("青溪县第{i}中学")).collect();
        for name in names.iter().chain(&names) {
            assert_eq!(*parted(name, divisions), Parted::new(name, divisions));
        }
    }
}
