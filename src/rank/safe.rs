//! A ranking that shames nobody: for publication by those who must not.

use super::group::PeerGroup;
use super::ranking::{Ranked, Ranking, Tier};
use crate::report::{AgencyId, Text, Year};
use std::collections::BTreeMap;

/// What every page and file that compares agencies says.
pub fn caveat() -> Text {
    Text::new(
        "数据为各机关年报自行填报。申请多少、不予公开多少取决于申请的内容，本身不说明工作好坏；名次应连同区间阅读。",
        "Figures are those that agencies report of themselves. How many requests there are, and how many are refused, depends \
         on what is asked for and is not by itself better or worse; ranks are to be read with their ranges.",
    )
}

/// A ranking without a bottom list.
#[derive(Debug, Clone, PartialEq)]
pub struct SafeRanking {
    /// The year.
    pub year: Year,
    /// The peer groups.
    pub groups: Vec<SafeGroup>,
    /// How many agencies are not ranked, by the name of the (first) reason; none of them is named.
    pub not_ranked: BTreeMap<&'static str, usize>,
    /// What a reader has to know, as far as it does not speak of groups so small that it would speak of single agencies.
    pub notes: Vec<Text>,
    /// What to say with it.
    pub caveat: Text,
}

/// One peer group.
#[derive(Debug, Clone, PartialEq)]
pub struct SafeGroup {
    /// The peers.
    pub peers: PeerGroup,
    /// How many are ranked.
    pub ranked: usize,
    /// Those that are in the better half whatever chance and method do, by rank.
    pub upper: Vec<Ranked>,
    /// All others that are ranked, by id and without rank, score or indicator.
    pub others: Vec<(AgencyId, String)>,
}

impl SafeGroup {
    /// How the others are spoken of.
    pub fn others_text() -> Text {
        Text::new(
            "其余参评机关（按编号排列，不分先后；与中位水平无明显差别或有改进空间）",
            "Other agencies assessed (by id, in no order of merit; not told apart from the middle, or with room to improve)",
        )
    }
}

impl Ranking {
    /// The ranking as it can be published: ranks only for those that are in the better half whatever chance and method
    /// do, the others named without order, and nobody named who is not ranked.
    ///
    /// At least half of a group are "others", so that none of them can be told to be last.
    pub fn publish_safe(&self) -> SafeRanking {
        let group = |summary: &super::ranking::GroupSummary| {
            let members = || self.agencies.iter().filter(|a| a.peers == summary.peers);
            let mut others: Vec<(AgencyId, String)> =
                members().filter(|a| a.tier != Tier::Upper).map(|a| (a.agency.clone(), a.name.clone())).collect();
            others.sort();
            SafeGroup {
                peers: summary.peers,
                ranked: summary.ranked,
                upper: members().filter(|a| a.tier == Tier::Upper).cloned().collect(),
                others,
            }
        };
        let mut not_ranked = BTreeMap::new();
        for agency in &self.not_ranked {
            if let Some(reason) = agency.reasons.first() {
                *not_ranked.entry(reason.name()).or_insert(0) += 1;
            }
        }
        let groups = self.groups.iter().filter(|g| g.ranked > 0).map(group).collect();
        let of_small: Vec<&Text> = self.groups.iter().filter(|g| g.ranked == 0).flat_map(|g| &g.notes).collect();
        let notes = self.notes.iter().filter(|note| !of_small.contains(note)).cloned().collect();
        SafeRanking { year: self.year, groups, not_ranked, notes, caveat: caveat() }
    }
}
