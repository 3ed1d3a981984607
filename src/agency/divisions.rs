//! The divisions of 2023, from province to township, and the names they go by.

use super::by_name::{ByName, Names};
use super::pairs::Pairs;
use super::words::{Words, words};
use crate::report::Level;
use memchr::memchr_iter;
use std::sync::LazyLock;

/// Room for all divisions, and for all their names.
const ROOM: usize = 55_000;

/// What a full-width bracket begins with, and next to no name holds.
const BRACKET: u8 = 0xef;

/// A division's place in the list of all; smaller than its children's.
pub(super) type Index = u32;

/// One division.
#[derive(Debug, Clone, Copy)]
pub(super) struct Division {
    /// Its code: 2, 4, 6 or 9 digits.
    pub code: u32,
    /// Its full name.
    pub name: &'static str,
    /// The nearest real place above it.
    pub parent: Option<Index>,
    /// Its level.
    pub level: Level,
    /// Not a row that only groups others.
    real: bool,
}

#[cfg(test)]
impl Division {
    pub fn is_real(&self) -> bool {
        self.real
    }
}

/// How a name stands for a division.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Form {
    /// In full, or shortened but with its suffix (长白县).
    Full,
    /// Without its suffix (宿迁).
    Bare,
}

impl std::fmt::Debug for Divisions {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} divisions", self.all.len())
    }
}

/// All divisions and an index by name.
pub(super) struct Divisions {
    /// In the order of their codes as texts.
    all: Vec<Division>,
    by_name: ByName,
    /// What the names that can be looked up begin and end with.
    pairs: Pairs,
}

impl Divisions {
    /// The embedded divisions, loaded at the first call (some milliseconds).
    pub fn embedded() -> &'static Self {
        static DIVISIONS: LazyLock<Divisions> =
            LazyLock::new(|| Divisions::parse(include_str!("../../data/divisions/divisions.txt")));
        &DIVISIONS
    }

    fn parse(text: &'static str) -> Self {
        let mut all: Vec<Division> = Vec::with_capacity(ROOM);
        for line in text.lines() {
            let mut fields = fields(line);
            let Some(code) = fields.next().and_then(|c| c.parse().ok()) else { continue };
            let Some(name) = fields.next() else { continue };
            let above = find(&all, code / 100);
            let division = place(code, name, above, &all);
            let itself = index(all.len());
            all.push(division);
            let mut number = 0;
            for township in fields {
                let digits = township.bytes().take_while(u8::is_ascii_digit).count();
                let (printed, name) = township.split_at(digits);
                number = printed.parse().unwrap_or(number + 1);
                let division = place(code * 1000 + number, name, Some(itself), &all);
                all.push(division);
            }
        }
        let (by_name, pairs) = index_names(&all);
        Self { all, by_name, pairs }
    }

    /// All of them, each behind those that it lies in, the rows that are no places too.
    #[cfg(test)]
    pub fn all(&self) -> impl Iterator<Item = (Index, &Division)> {
        self.all.iter().enumerate().map(|(i, d)| (index(i), d))
    }

    /// The divisions that go by exactly this name, in their order.
    pub fn named<'a>(&'a self, name: &'a str) -> impl Iterator<Item = (Index, Form)> + Clone + 'a {
        self.by_name.get(name)
    }

    /// No name that `text` begins with is longer than this, in characters; those of one character aside.
    pub fn longest_at_start(&self, text: &str) -> usize {
        self.pairs.longest_at_start(text)
    }

    /// Whether `text` may end with a name, of two characters at least.
    pub fn may_end(&self, text: &str) -> bool {
        self.pairs.may_end(text)
    }

    /// The division with this code.
    pub fn with_code(&self, code: &str) -> Option<Index> {
        find(&self.all, code.parse().ok()?).filter(|i| self.get(*i).real)
    }

    /// One division. Indices come from this list only.
    pub fn get(&self, index: Index) -> &Division {
        &self.all[index as usize]
    }

    /// The real places above a division, the nearest first.
    pub fn above(&self, index: Index) -> impl Iterator<Item = Index> + '_ {
        std::iter::successors(self.get(index).parent, |i| self.get(*i).parent)
    }

    /// Whether `inner` lies within `outer` and is not the same.
    pub fn within(&self, inner: Index, outer: Index) -> bool {
        self.above(inner).any(|i| i == outer)
    }
}

fn index(len: usize) -> Index {
    Index::try_from(len).unwrap_or(Index::MAX)
}

/// What stands between the spaces of a line.
fn fields(line: &str) -> impl Iterator<Item = &str> {
    let mut start = 0;
    memchr_iter(b' ', line.as_bytes()).chain(std::iter::once(line.len())).map(move |end| {
        let field = &line[start..end];
        start = end + 1;
        field
    })
}

/// The division with this code.
fn find(all: &[Division], code: u32) -> Option<Index> {
    all.binary_search_by_key(&as_text(code), |division| as_text(division.code)).ok().map(index)
}

/// What puts codes in the order of their texts: a place stands before those that lie in it.
fn as_text(code: u32) -> (u64, u32) {
    let zeros = match code {
        0..100 => 10_000_000,
        100..10_000 => 100_000,
        10_000..1_000_000 => 1000,
        _ => 1,
    };
    (u64::from(code) * zeros, code)
}

/// A division; `above` is the row that its code lies in.
fn place(code: u32, name: &'static str, above: Option<Index>, all: &[Division]) -> Division {
    let level = match code {
        0..100 => Level::Province,
        100..10_000 => Level::Prefecture,
        10_000..1_000_000 => Level::County,
        _ => Level::Township,
    };
    let row = above.and_then(|i| all.get(i as usize));
    let real = !words().not_real.iter().any(|w| w == name) && row.is_none_or(|r| r.name != name);
    let parent = if row.is_some_and(|r| !r.real) { row.and_then(|r| r.parent) } else { above };
    Division { code, name, parent, level, real }
}

fn index_names(all: &[Division]) -> (ByName, Pairs) {
    let words = words();
    let mut names = Names::with_room(ROOM);
    let mut pairs = Pairs::default();
    for (i, division) in all.iter().enumerate().filter(|(_, d)| d.real) {
        let mut add = |name: &str, form: Form| {
            pairs.add(name);
            names.add(name, index(i), form);
        };
        // 工业园区, 城南 and the like are townships here and there, and parts of other names everywhere.
        let form = if words.suffixed(division.name, division.level) { Form::Full } else { Form::Bare };
        add(division.name, form);
        for (alias, alias_form) in aliases(division, words) {
            let form = if words.suffixed(&alias, division.level) { alias_form } else { form.max(alias_form) };
            add(&alias, form);
        }
    }
    (names.sorted(), pairs)
}

/// The other names of a division, made from its full name.
pub(super) fn aliases(division: &Division, words: &Words) -> Vec<(String, Form)> {
    let name = division.name;
    if division.level == Level::Township {
        return township_aliases(name, words);
    }
    let mut found = Vec::new();
    let suffixes = words.places.get(&division.level).map_or(&[][..], Vec::as_slice);
    let Some(suffix) = suffixes.iter().filter(|s| name.ends_with(s.as_str())).max_by_key(|s| s.len()) else {
        found.extend(name.strip_suffix(words.municipality.as_str()).map(|stem| (stem.to_owned(), Form::Bare)));
        return found;
    };
    let stem = &name[..name.len() - suffix.len()];
    let stem = if suffix.starts_with(words.autonomous.as_str()) { without_peoples(stem, words) } else { stem };
    if let Some(short) = suffix.strip_prefix(words.autonomous.as_str())
        && !words.autonomous_whole.contains(suffix)
    {
        found.push((format!("{stem}{short}"), Form::Full));
    }
    if stem.chars().nth(1).is_some() {
        found.push((stem.to_owned(), Form::Bare));
    }
    found
}

fn township_aliases(name: &str, words: &Words) -> Vec<(String, Form)> {
    let mut found = Vec::new();
    // The source writes full-width brackets, names are compared with half-width ones.
    if name.as_bytes().contains(&BRACKET) && name.contains('（') {
        let plain = name.replace('（', "(").replace('）', ")");
        if let (Some(open), Some(close)) = (plain.find('('), plain.find(')'))
            && open < close
        {
            let outside = format!("{}{}", &plain[..open], &plain[close + 1..]);
            found.push((outside, Form::Full));
        }
        found.push((plain, Form::Full));
    }
    for [ending, other] in &words.township_endings {
        if let Some(stem) = name.strip_suffix(ending.as_str()) {
            found.push((format!("{stem}{other}"), Form::Full));
        }
    }
    found.retain(|(alias, _)| alias.chars().nth(1).is_some());
    found
}

/// The stem of an autonomous place without the peoples it is named after, of at least two characters.
fn without_peoples<'a>(stem: &'a str, words: &Words) -> &'a str {
    let mut stem = stem;
    loop {
        let shorter = stem
            .strip_suffix(words.people.as_str())
            .and_then(|s| words.peoples.iter().filter_map(|p| s.strip_suffix(p.as_str())).min_by_key(|s| s.len()))
            .or_else(|| words.peoples_bare.iter().find_map(|p| stem.strip_suffix(p.as_str())))
            .filter(|s| s.chars().nth(1).is_some());
        match shorter {
            Some(s) => stem = s,
            None => {
                return stem.strip_suffix(words.people.as_str()).filter(|s| s.chars().nth(1).is_some()).unwrap_or(stem);
            }
        }
    }
}
