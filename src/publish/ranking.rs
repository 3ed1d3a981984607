//! The ranking as the page shows it: everything already written for people, in the page's language.

use super::index::{ChartLine, FileLine};
use serde::Serialize;

/// The part of the page that tells of the ranking.
#[derive(Debug, Clone, Default, Serialize)]
pub struct RankingSection {
    /// The year ranked.
    pub year: String,
    /// What the method is called.
    pub method: String,
    /// Later years that were passed over; empty where there are none.
    pub passed_over: String,
    /// The number of random methods; empty for none.
    pub draws: String,
    /// The peer groups in which agencies are ranked.
    pub groups: Vec<GroupTable>,
    /// How many agencies are not ranked; empty for none.
    pub not_ranked: String,
    /// The first of them: name with peer group, and the reasons; empty where nobody may be named.
    pub unranked: Vec<FileLine>,
    /// How many are not ranked for each reason: the reason, and how many.
    pub unranked_by_reason: Vec<FileLine>,
    /// What to know: indicators left out, groups without a ranking.
    pub notes: Vec<String>,
    /// Charts of the ranking as a whole.
    pub charts: Vec<ChartLine>,
}

/// A peer group.
#[derive(Debug, Clone, Default, Serialize)]
pub struct GroupTable {
    /// What the peers have in common.
    pub title: String,
    /// How many are ranked.
    pub ranked: String,
    /// How many stand in each tier: the tier's name, and how many.
    pub tiers: Vec<FileLine>,
    /// Those that are shown, by rank.
    pub lines: Vec<RankLine>,
    /// How many more there are in `ranking.csv`; empty for none.
    pub more: String,
    /// What stands above the others, who are named in no order; empty where all are shown with ranks.
    pub others_title: String,
    /// Their names.
    pub others: Vec<String>,
    /// The group's charts.
    pub charts: Vec<ChartLine>,
}

/// One agency.
#[derive(Debug, Clone, Default, Serialize)]
pub struct RankLine {
    /// Its name.
    pub agency: String,
    /// The ranks that chance and method leave open.
    pub range: String,
    /// Its tier.
    pub tier: String,
    /// Its score.
    pub score: String,
    /// The share of the weight that rests on values.
    pub coverage: String,
    /// How it moved, or why that cannot be said.
    pub moved: String,
}
