//! Who reports: the invented province and its agencies, told from an index alone.

use super::data::{Names, names};
use crate::report::{Kind, Level};

/// Agencies come in rounds of 20, one county each: its government, four departments, 13 townships, then one agency
/// of a prefecture and one of the province (while there are any left; townships afterwards).
const ROUND: usize = 20;
const COUNTY_DEPARTMENTS: usize = 4;
const PREFECTURE_SLOT: usize = 18;
const PROVINCE_SLOT: usize = 19;

/// A fictional agency.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Body {
    /// Its place in the corpus, from 0.
    pub index: usize,
    /// Its full name as printed in its reports.
    pub name: String,
    /// Its kind in `truth.csv`: `province_gov`, `province_dept`, `city_gov`, `city_dept`, `county_gov`, `county_dept`,
    /// `town`.
    pub truth_kind: &'static str,
    /// Level of government.
    pub level: Level,
    /// Kind of agency.
    pub kind: Kind,
    /// Name of the government it answers to; none for the province.
    pub parent: Option<String>,
    /// Folder of its reports: province, prefecture, county.
    pub folder: String,
}

impl Body {
    /// The agency of an index.
    pub fn of(index: usize) -> Self {
        let names = names();
        let (county, slot) = (index / ROUND, index % ROUND);
        let townships = slot.saturating_sub(COUNTY_DEPARTMENTS + 1);
        match slot {
            0 => Self::county_body(index, names, county, None),
            1..=COUNTY_DEPARTMENTS => {
                // Five apart, so that the four differ.
                let department = choose(&names.departments, county + 5 * (slot - 1));
                Self::county_body(index, names, county, Some(department))
            }
            PREFECTURE_SLOT => Self::prefecture_body(index, names, county),
            PROVINCE_SLOT if county <= names.province_departments.len() => {
                Self::province_body(index, names, county.checked_sub(1))
            }
            _ => Self::township_body(index, names, county, townships),
        }
    }

    /// What names it in all years: what any agency is called whose place is in no list of divisions, `~` with its
    /// places from the top and its name.
    pub fn id(&self) -> String {
        self.id_of(&self.name)
    }

    /// The id of the government it answers to.
    pub fn parent_id(&self) -> Option<String> {
        self.parent.as_deref().map(|name| self.id_of(name))
    }

    /// The id of an agency of that name in one of the places of this one's folder.
    fn id_of(&self, name: &str) -> String {
        let above: String = self.folder.split('/').take_while(|place| !name.starts_with(place)).collect();
        format!("~{above}{name}")
    }

    fn province_body(index: usize, names: &Names, department: Option<usize>) -> Self {
        let province = province(names);
        let government = format!("{province}{}", names.government);
        let (body, truth_kind, kind, parent) = match department {
            None => (names.government.as_str(), "province_gov", Kind::Government, None),
            Some(d) => (choose(&names.province_departments, d), "province_dept", Kind::Department, Some(government)),
        };
        Self {
            index,
            name: format!("{province}{body}"),
            truth_kind,
            level: Level::Province,
            kind,
            parent,
            folder: province,
        }
    }

    /// In the round of a county the prefecture of that county has its turn: its government first, departments after.
    fn prefecture_body(index: usize, names: &Names, county: usize) -> Self {
        let turn = county / names.prefectures.len().max(1);
        let place = prefecture(names, county);
        let government = format!("{place}{}", names.government);
        if turn > names.departments.len() {
            return Self::township_body(index, names, county, PREFECTURE_SLOT - COUNTY_DEPARTMENTS - 1);
        }
        let (body, truth_kind, kind, parent) = match turn.checked_sub(1) {
            None => {
                let parent = format!("{}{}", province(names), names.government);
                (names.government.as_str(), "city_gov", Kind::Government, parent)
            }
            Some(d) => (choose(&names.departments, d), "city_dept", Kind::Department, government),
        };
        Self {
            index,
            name: format!("{place}{body}"),
            truth_kind,
            level: Level::Prefecture,
            kind,
            parent: Some(parent),
            folder: format!("{}/{place}", province(names)),
        }
    }

    fn county_body(index: usize, names: &Names, county: usize, department: Option<&str>) -> Self {
        let place = county_name(names, county);
        let (body, truth_kind, kind, parent) = match department {
            None => {
                let parent = format!("{}{}", prefecture(names, county), names.government);
                (names.government.as_str(), "county_gov", Kind::Government, parent)
            }
            Some(d) => (d, "county_dept", Kind::Department, format!("{place}{}", names.government)),
        };
        Self {
            index,
            name: format!("{place}{body}"),
            truth_kind,
            level: Level::County,
            kind,
            parent: Some(parent),
            folder: county_folder(names, county),
        }
    }

    fn township_body(index: usize, names: &Names, county: usize, nth: usize) -> Self {
        let firsts = names.township_first.len().max(1);
        // 53 has no divisor in common with the number of pairs, so that no name comes twice in a county.
        let pair = (county * 37 + nth * 53) % (firsts * names.township_second.len().max(1));
        let stem = format!("{}{}", choose(&names.township_first, pair), choose(&names.township_second, pair / firsts));
        let suffix = choose(&names.township_suffixes, county + nth);
        let subdistrict = suffix == names.subdistrict.suffix;
        let short = if subdistrict {
            format!("{stem}{}", names.subdistrict.body)
        } else {
            format!("{stem}{suffix}{}", names.government)
        };
        let place = county_name(names, county);
        Self {
            index,
            name: format!("{place}{short}"),
            truth_kind: "town",
            level: Level::Township,
            kind: if subdistrict { Kind::Subdistrict } else { Kind::Government },
            parent: Some(format!("{place}{}", names.government)),
            folder: county_folder(names, county),
        }
    }
}

fn province(names: &Names) -> String {
    format!("{}{}", names.province.stem, names.province.suffix)
}

fn prefecture(names: &Names, county: usize) -> String {
    format!("{}{}", choose(&names.prefectures, county), names.prefecture_suffix)
}

fn county_folder(names: &Names, county: usize) -> String {
    format!("{}/{}/{}", province(names), prefecture(names, county), county_name(names, county))
}

fn county_name(names: &Names, county: usize) -> String {
    let firsts = names.county_first.len().max(1);
    let seconds = names.county_second.len().max(1);
    let (first, turn) = (county % firsts, county / firsts % seconds);
    let mut stem = choose(&names.county_first, first).to_owned();
    stem.push_str(choose(&names.county_second, turn + 3 * first));
    let mut further = county / (firsts * seconds);
    while further > 0 {
        stem.push_str(choose(&names.county_second, further - 1));
        further = (further - 1) / seconds;
    }
    format!("{stem}{}", choose(&names.county_suffixes, county))
}

/// The list's entry at an index, going round.
fn choose(list: &[String], at: usize) -> &str {
    list.get(at % list.len().max(1)).map_or("", String::as_str)
}
