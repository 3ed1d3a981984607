//! Traditional and simplified characters, from `data/characters`.

use std::collections::BTreeMap;
use std::sync::LazyLock;

/// The simplified character of a traditional one; any other as it is.
///
/// ```
/// use gongkai::form::{simplified, traditional};
/// assert_eq!("資訊公開".chars().map(simplified).collect::<String>(), "资讯公开");
/// assert_eq!("政府信息公开".chars().map(traditional).collect::<String>(), "政府信息公開");
/// ```
pub fn simplified(c: char) -> char {
    let tables = tables();
    if tables.may_be_traditional(c) { tables.simplified.get(&c).copied().unwrap_or(c) } else { c }
}

/// Whether a character is a traditional one that simplified texts do not use.
#[inline]
pub fn is_traditional(c: char) -> bool {
    tables().may_be_traditional(c)
}

/// The traditional character of a simplified one, where one is right in most words; any other as it is.
pub fn traditional(c: char) -> char {
    tables().traditional.get(&c).copied().unwrap_or(c)
}

struct Tables {
    simplified: BTreeMap<char, char>,
    traditional: BTreeMap<char, char>,
    /// A bit for each character of the basic plane.
    bits: Vec<u64>,
}

impl Tables {
    fn may_be_traditional(&self, c: char) -> bool {
        let code = c as usize;
        self.bits.get(code / 64).is_some_and(|word| word >> (code % 64) & 1 == 1)
    }
}

fn tables() -> &'static Tables {
    static TABLES: LazyLock<Tables> = LazyLock::new(|| {
        let text = include_str!("../../data/characters/traditional.txt");
        let mut tables =
            Tables { simplified: BTreeMap::new(), traditional: BTreeMap::new(), bits: vec![0; 0x10000 / 64] };
        for line in text.lines() {
            let mut chars = line.chars();
            let (Some(from), Some(to)) = (chars.next(), chars.next()) else { continue };
            tables.simplified.insert(from, to);
            if let Some(word) = tables.bits.get_mut(from as usize / 64) {
                *word |= 1 << (from as usize % 64);
            }
            if chars.next() == Some('*') {
                tables.traditional.insert(to, from);
            }
        }
        tables
    });
    &TABLES
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_made_traditional_can_be_made_simplified_again() {
        let tables = tables();
        assert!(tables.simplified.len() > 2900 && tables.traditional.len() > 2000);
        for (simple, other) in &tables.traditional {
            assert_eq!((simplified(*other), is_traditional(*other)), (*simple, true));
        }
        assert_eq!("一、总计 12 a".chars().map(simplified).collect::<String>(), "一、总计 12 a");
    }
}
