//! Which divisions go by a name.

use super::divisions::{Form, Index};
use foldhash::fast::FixedState;
use std::hash::BuildHasher as _;

/// So many places are told apart; names that share one are compared.
const PLACES: usize = 1 << 15;

/// A name of a division.
#[derive(Debug, Clone, Copy)]
struct Name {
    /// Where it stands in the text of all.
    start: u32,
    length: u16,
    form: Form,
    division: Index,
}

/// Names of divisions, taken up division by division.
pub(super) struct Names {
    /// All of them, one behind the other.
    text: String,
    all: Vec<Name>,
}

impl Names {
    /// None yet, and room for so many.
    pub fn with_room(names: usize) -> Self {
        Self { text: String::with_capacity(names * "长白朝鲜".len()), all: Vec::with_capacity(names) }
    }

    /// Takes up a name of the division that came last or of the next one. Where it has the name already, the form under
    /// which it came first holds.
    pub fn add(&mut self, name: &str, division: Index, form: Form) {
        let mut own = self.all.iter().rev().take_while(|known| known.division == division);
        if own.any(|known| text_of(&self.text, *known) == name) {
            return;
        }
        // both hold: names are those of the embedded file
        let (Ok(start), Ok(length)) = (u32::try_from(self.text.len()), u16::try_from(name.len())) else { return };
        self.text.push_str(name);
        self.all.push(Name { start, length, form, division });
    }

    /// The same, to be looked up.
    pub fn sorted(self) -> ByName {
        let places: Vec<usize> = self.all.iter().map(|name| place(text_of(&self.text, *name))).collect();
        let mut starts = vec![0_u32; PLACES + 1];
        for place in &places {
            starts[place + 1] += 1;
        }
        for place in 1..starts.len() {
            starts[place] += starts[place - 1];
        }
        let mut next = starts.clone();
        let mut names = self.all.clone();
        for (name, place) in self.all.iter().zip(places) {
            names[next[place] as usize] = *name;
            next[place] += 1;
        }
        ByName { text: self.text, names, starts }
    }
}

/// An index by name.
pub(super) struct ByName {
    text: String,
    /// By their places, those of one place in the order of the divisions.
    names: Vec<Name>,
    /// Where the names of each place begin, and the last ones end.
    starts: Vec<u32>,
}

impl ByName {
    /// The divisions that go by exactly this name, in their order.
    pub fn get<'a>(&'a self, name: &'a str) -> impl Iterator<Item = (Index, Form)> + Clone + 'a {
        let place = place(name);
        let names = &self.names[self.starts[place] as usize..self.starts[place + 1] as usize];
        let same = names.iter().filter(move |known| text_of(&self.text, **known) == name);
        same.map(|known| (known.division, known.form))
    }
}

fn text_of(text: &str, name: Name) -> &str {
    let start = name.start as usize;
    &text[start..start + usize::from(name.length)]
}

fn place(name: &str) -> usize {
    let hash = FixedState::default().hash_one(name);
    usize::try_from(hash % PLACES as u64).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    proptest::proptest! {
        #[test]
        fn every_division_is_found_by_every_name_it_has_in_the_form_that_came_first(
            divisions in proptest::collection::vec(proptest::collection::vec(("[甲乙]{0,2}", proptest::bool::ANY), 0..4), 0..9),
            asked in "[甲乙丙]{0,3}",
        ) {
            let form = |full: bool| if full { Form::Full } else { Form::Bare };
            let mut names = Names::with_room(0);
            for (index, own) in (0..).zip(&divisions) {
                for (name, full) in own {
                    names.add(name, index, form(*full));
                }
            }
            let by_name = names.sorted();
            let wanted: Vec<(Index, Form)> = (0..)
                .zip(&divisions)
                .filter_map(|(index, own)| Some((index, form(own.iter().find(|(name, _)| *name == asked)?.1))))
                .collect();
            proptest::prop_assert_eq!(by_name.get(&asked).collect::<Vec<_>>(), wanted);
        }
    }
}
