//! Who reports.

use super::lang::Text;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::fmt;

/// What names an agency in all years, however its name is printed.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize, JsonSchema)]
#[serde(transparent)]
pub struct AgencyId(pub String);

impl fmt::Display for AgencyId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Level of government.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Level {
    /// State Council departments.
    Central,
    /// Provinces, autonomous regions, municipalities.
    Province,
    /// Prefecture-level cities, prefectures, leagues.
    Prefecture,
    /// Counties, county-level cities, districts, banners.
    County,
    /// Towns, townships, subdistricts.
    Township,
}

impl Level {
    /// All levels, from the top.
    pub const ALL: [Self; 5] = [Self::Central, Self::Province, Self::Prefecture, Self::County, Self::Township];

    /// Its name in files.
    pub fn name(self) -> &'static str {
        match self {
            Self::Central => "central",
            Self::Province => "province",
            Self::Prefecture => "prefecture",
            Self::County => "county",
            Self::Township => "township",
        }
    }

    /// As people read it.
    pub fn text(self) -> Text {
        let zh = match self {
            Self::Central => "中央",
            Self::Province => "省级",
            Self::Prefecture => "市级",
            Self::County => "县级",
            Self::Township => "乡级",
        };
        Text::new(zh, self.name())
    }

    /// The level of that name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|l| l.name() == name)
    }
}

/// Kind of agency.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// A people's government or its office.
    Government,
    /// A department of a government.
    Department,
    /// A subdistrict office (街道办事处).
    Subdistrict,
    /// Anything else: management committees, public institutions.
    Other,
}

impl Kind {
    /// All kinds.
    pub const ALL: [Self; 4] = [Self::Government, Self::Department, Self::Subdistrict, Self::Other];

    /// Its name in files.
    pub fn name(self) -> &'static str {
        match self {
            Self::Government => "government",
            Self::Department => "department",
            Self::Subdistrict => "subdistrict",
            Self::Other => "other",
        }
    }

    /// As people read it, also behind a level: 县级人民政府.
    pub fn text(self) -> Text {
        let zh = match self {
            Self::Government => "人民政府",
            Self::Department => "部门",
            Self::Subdistrict => "街道办事处",
            Self::Other => "其他机构",
        };
        Text::new(zh, self.name())
    }

    /// The kind of that name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|k| k.name() == name)
    }
}

/// An agency as resolved from a printed name and the evidence around it. What could not be resolved is `None`.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Agency {
    /// What names it in all years; empty where no name was found.
    pub id: AgencyId,
    /// Its name as printed in the title or, failing that, elsewhere; white space taken out.
    pub name: String,
    /// Division code of the place it belongs to.
    pub division: Option<String>,
    /// Province.
    pub province: Option<String>,
    /// Prefecture-level city or prefecture.
    pub prefecture: Option<String>,
    /// County, district, county-level city.
    pub county: Option<String>,
    /// Town, township, subdistrict.
    pub township: Option<String>,
    /// Level of government.
    pub level: Option<Level>,
    /// Kind of agency.
    pub kind: Option<Kind>,
    /// Division codes it might belong to where the evidence does not settle it; empty where settled or unknown.
    pub candidates: Vec<String>,
}
