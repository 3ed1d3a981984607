//! What a metric is pooled over.

use serde::Deserialize;

/// What the reports of a year are grouped by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Scope {
    /// All reports of the year.
    All,
    /// Level of government.
    Level,
    /// Kind of agency.
    Kind,
    /// Province.
    Province,
    /// Prefecture, written with its province.
    Prefecture,
    /// County, written with its province and prefecture, for county names are shared.
    County,
    /// The single agency.
    Agency,
}

impl Scope {
    /// All scopes, from the widest.
    pub const ALL: [Self; 7] =
        [Self::All, Self::Level, Self::Kind, Self::Province, Self::Prefecture, Self::County, Self::Agency];

    /// Its name in files and headers.
    pub fn name(self) -> &'static str {
        match self {
            Self::All => "all",
            Self::Level => "level",
            Self::Kind => "kind",
            Self::Province => "province",
            Self::Prefecture => "prefecture",
            Self::County => "county",
            Self::Agency => "agency",
        }
    }

    /// The scope of that name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|s| s.name() == name)
    }
}
