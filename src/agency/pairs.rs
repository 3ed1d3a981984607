//! The two characters that names of divisions begin and end with: nearly every text is told by them to hold none.

/// So many pairs are told apart; what two pairs share a place for costs a look-up and changes nothing.
const PLACES: usize = 1 << 16;

/// What is known of names by their first and by their last two characters.
pub(super) struct Pairs {
    /// The length in characters of the longest name that begins with a pair.
    longest: Vec<u8>,
    /// Whether a name ends with a pair.
    ends: Vec<bool>,
}

impl Default for Pairs {
    fn default() -> Self {
        Self { longest: vec![0; PLACES], ends: vec![false; PLACES] }
    }
}

impl Pairs {
    /// Takes up a name. Of names of a single character nothing is asked.
    pub fn add(&mut self, name: &str) {
        let length = u8::try_from(name.chars().count()).unwrap_or(u8::MAX);
        let (Some(first), Some(last)) = (place(name.chars()), place(name.chars().rev())) else { return };
        if let Some(longest) = self.longest.get_mut(first) {
            *longest = length.max(*longest);
        }
        if let Some(end) = self.ends.get_mut(last) {
            *end = true;
        }
    }

    /// No name of two characters or more that `text` begins with is longer than this, in characters.
    pub fn longest_at_start(&self, text: &str) -> usize {
        place(text.chars()).and_then(|at| self.longest.get(at)).map_or(0, |l| usize::from(*l))
    }

    /// Whether `text` may end with a name of two characters or more.
    pub fn may_end(&self, text: &str) -> bool {
        place(text.chars().rev()).is_some_and(|at| self.ends.get(at) == Some(&true))
    }
}

/// The place of the first two characters.
fn place(mut chars: impl Iterator<Item = char>) -> Option<usize> {
    let (one, two) = (u32::from(chars.next()?), u32::from(chars.next()?));
    let mixed = one.wrapping_mul(0x9e37_79b1) ^ two.wrapping_mul(0x85eb_ca77);
    usize::try_from(mixed >> 16).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    proptest::proptest! {
        #[test]
        fn no_name_is_missed(names in proptest::collection::vec("[甲乙丙丁]{0,5}", 0..9), text in "[甲乙丙丁戊]{0,7}") {
            let mut pairs = Pairs::default();
            for name in &names {
                pairs.add(name);
            }
            for name in names.iter().filter(|name| name.chars().count() > 1) {
                let begins = text.starts_with(name.as_str());
                proptest::prop_assert!(!begins || name.chars().count() <= pairs.longest_at_start(&text));
                proptest::prop_assert!(!text.ends_with(name.as_str()) || pairs.may_end(&text));
            }
        }
    }
}
