//! Who is ranked against whom, by what, and who is not and why.

use super::Scale;
use super::input::{Candidate, Missing, Value, YearInput};
use super::method::{Method, MissingRule, Peer};
use super::tree::{Tree, by_id, own_weights};
use crate::report::{Kind, Level, Text};
use crate::stats::median;
use std::collections::BTreeMap;

/// What a peer group has in common; what does not matter is `None`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct PeerGroup {
    /// Level.
    pub level: Option<Level>,
    /// Kind.
    pub kind: Option<Kind>,
}

impl PeerGroup {
    /// As it stands in files: `county government`; `all` where all are ranked together.
    pub fn name(self) -> String {
        let names: Vec<&str> = self.level.map(Level::name).into_iter().chain(self.kind.map(Kind::name)).collect();
        if names.is_empty() { "all".to_owned() } else { names.join(" ") }
    }

    /// As people read it.
    pub fn text(self) -> Text {
        let parts = self.level.map(Level::text).into_iter().chain(self.kind.map(Kind::text));
        let zh: String = parts.map(|part| part.zh).collect();
        Text::new(if zh.is_empty() { "全部机关".to_owned() } else { zh }, self.name())
    }

    /// The group of an agency; none where its level or kind matters and is not known.
    pub(super) fn of(candidate: &Candidate, peers: &[Peer]) -> Option<Self> {
        let mut group = Self::default();
        for peer in peers {
            match peer {
                Peer::Level => group.level = Some(candidate.level?),
                Peer::Kind => group.kind = Some(candidate.kind?),
            }
        }
        Some(group)
    }
}

/// Why an agency is not ranked.
#[derive(Debug, Clone, PartialEq)]
pub enum Reason {
    /// There is no report for the year.
    NoReport,
    /// Sums in its report do not hold: the codes of the B rules.
    BrokenSums(Vec<String>),
    /// Its level or kind is not known, so that its peers are not.
    PeersUnknown,
    /// Too little of the weight rests on values.
    LowCoverage {
        /// The share that does.
        coverage: f64,
        /// The least share.
        minimum: f64,
        /// The indicators without a value that counts, by their position in the method.
        missing: Vec<(usize, Missing)>,
    },
    /// Too few of its peers can be ranked.
    TooFewPeers {
        /// How many can, itself included.
        peers: usize,
        /// The least number.
        minimum: usize,
    },
    /// No indicator tells its peers apart.
    NothingToCompare,
}

impl Reason {
    /// Its name in files.
    pub fn name(&self) -> &'static str {
        match self {
            Self::NoReport => "no report",
            Self::BrokenSums(_) => "sums do not hold",
            Self::PeersUnknown => "peer group unknown",
            Self::LowCoverage { missing, .. } => {
                let few = |(_, m): &(usize, Missing)| matches!(m, Missing::BelowMinimumN { .. } | Missing::DenIsZero);
                if missing.iter().all(few) { "below minimum N" } else { "too few indicators" }
            }
            Self::TooFewPeers { .. } => "too few peers",
            Self::NothingToCompare => "nothing to compare",
        }
    }

    /// As people read it, in few words.
    pub fn label(&self) -> Text {
        reason_label(self.name())
    }

    /// As people read it; `method` names the indicators.
    pub fn text(&self, method: &Method) -> Text {
        match self {
            Self::NoReport => Text::new("没有该年度的报告", "no report for the year"),
            Self::BrokenSums(codes) => {
                let codes = codes.join(" ");
                Text::new(format!("报告勾稽关系不符（{codes}）"), format!("sums in the report do not hold ({codes})"))
            }
            Self::PeersUnknown => {
                Text::new("级别或类型不明，无从归入可比组", "level or kind not known, so no peers to compare with")
            }
            Self::LowCoverage { coverage, minimum, missing } => {
                let (has, needs) = (percent(*coverage), percent(*minimum));
                let list = |pick: fn(&Text) -> &str, [comma, colon, between]: [&str; 3]| {
                    let mut by_why: Vec<(String, Vec<String>)> = Vec::new();
                    for (i, m) in missing {
                        let title = method.indicators.get(*i).map(|i| pick(&i.title).to_owned()).unwrap_or_default();
                        let why = pick(&m.text()).to_owned();
                        match by_why.iter_mut().find(|(known, _)| *known == why) {
                            Some((_, titles)) => titles.push(title),
                            None => by_why.push((why, vec![title])),
                        }
                    }
                    let one = |(why, titles): &(String, Vec<String>)| format!("{}{colon}{why}", titles.join(comma));
                    by_why.iter().map(one).collect::<Vec<_>>().join(between)
                };
                Text::new(
                    format!("可用指标仅占权重的{has}，低于{needs}（{}）", list(|t| &t.zh, ["、", "：", "；"])),
                    format!(
                        "only {has} of the weight rests on usable values, below {needs} ({})",
                        list(|t| &t.en, [", ", ": ", "; "])
                    ),
                )
            }
            Self::TooFewPeers { peers, minimum } => Text::new(
                format!("可排名的同组机关仅{peers}家，少于{minimum}家"),
                format!("only {peers} of its peers can be ranked, fewer than {minimum}"),
            ),
            Self::NothingToCompare => {
                Text::new("同组机关各项指标均无差别，无从排名", "no indicator tells its peers apart")
            }
        }
    }
}

/// What people read for the name that a reason has in files.
pub fn reason_label(name: &'static str) -> Text {
    let zh = match name {
        "no report" => "没有该年度报告",
        "sums do not hold" => "报告勾稽关系不符",
        "peer group unknown" => "级别或类型不明",
        "below minimum N" => "案件数过少",
        "too few indicators" => "可用指标过少",
        "too few peers" => "同组机关过少",
        _ => "各项指标均无差别",
    };
    Text::new(zh, name)
}

fn percent(share: f64) -> String {
    format!("{:.0} %", share * 100.0)
}

/// Why an indicator does not count in a peer group.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Dropped {
    /// All agencies that have a value have this one.
    Constant(f64),
    /// No agency has a value that counts.
    NoValues,
    /// Its values cannot be brought to the scale: fractions of a maximum need one above 0.
    NoScale,
}

/// A peer group as it is ranked, agencies in the order of their ids.
#[derive(Debug, Clone)]
pub(super) struct Group {
    pub(super) peers: PeerGroup,
    /// Positions of the candidates.
    pub(super) members: Vec<usize>,
    /// Positions in the method of the indicators in use, by id.
    pub(super) active: Vec<usize>,
    /// For each indicator in use a value for each member; NaN where missing.
    pub(super) values: Vec<Vec<f64>>,
    /// Which of them are imputed.
    pub(super) imputed: Vec<Vec<bool>>,
    /// The share of the weight that rests on values, for each member.
    pub(super) coverage: Vec<f64>,
    pub(super) dropped: Vec<(usize, Dropped)>,
}

/// What counts of a value: none where it rests on too few cases.
pub(super) fn counted(method: &Method, candidate: &Candidate, indicator: usize) -> Result<Value, Missing> {
    let value = candidate.values.get(indicator).copied().unwrap_or(Err(Missing::NotAssessable))?;
    let minimum = method.indicators.get(indicator).map_or(0.0, |i| i.minimum_n);
    match value.den {
        Some(n) if n < minimum => Err(Missing::BelowMinimumN { n, minimum }),
        _ if !value.value.is_finite() => Err(Missing::NotAssessable),
        _ => Ok(value),
    }
}

/// The peer groups, by level and kind, and the candidates that are not ranked with the reasons.
pub(super) fn groups(method: &Method, input: &YearInput) -> (Vec<Group>, Vec<(usize, Vec<Reason>)>) {
    let mut order: Vec<usize> = (0..input.candidates.len()).collect();
    order.sort_by_key(|c| input.candidates.get(*c).map(|c| &c.agency));
    let mut of_peers: BTreeMap<PeerGroup, Vec<usize>> = BTreeMap::new();
    let mut out = Vec::new();
    for position in order {
        let Some(candidate) = input.candidates.get(position) else { continue };
        let peers = PeerGroup::of(candidate, &method.peers);
        let mut reasons = Vec::new();
        if !candidate.reported {
            reasons.push(Reason::NoReport);
        }
        if !candidate.broken.is_empty() {
            reasons.push(Reason::BrokenSums(candidate.broken.iter().cloned().collect()));
        }
        match peers {
            None => reasons.push(Reason::PeersUnknown),
            Some(peers) if reasons.is_empty() => of_peers.entry(peers).or_default().push(position),
            Some(_) => {}
        }
        if !reasons.is_empty() {
            out.push((position, reasons));
        }
    }
    let mut groups = Vec::new();
    for (peers, members) in of_peers {
        let (group, unranked) = settle(method, input, peers, members);
        groups.push(group);
        out.extend(unranked);
    }
    out.sort_by_key(|(position, _)| *position);
    (groups, out)
}

/// Drops indicators that tell nobody apart and agencies with too few values until neither is left.
fn settle(
    method: &Method,
    input: &YearInput,
    peers: PeerGroup,
    mut members: Vec<usize>,
) -> (Group, Vec<(usize, Vec<Reason>)>) {
    let value = |member: usize, indicator: usize| match input.candidates.get(member) {
        Some(candidate) => counted(method, candidate, indicator),
        None => Err(Missing::NotAssessable),
    };
    let minimum = if method.missing == MissingRule::Exclude { 1.0 } else { method.minimum_coverage };
    let weights = own_weights(method);
    let mut active = by_id(method);
    let mut dropped = Vec::new();
    let mut out = Vec::new();
    let mut coverage: Vec<f64>;
    loop {
        let before = active.len();
        active.retain(|indicator| {
            let column: Vec<f64> = members.iter().filter_map(|m| value(*m, *indicator).ok()).map(|v| v.value).collect();
            let why = tells_nobody_apart(method, *indicator, &column);
            dropped.extend(why.map(|why| (*indicator, why)));
            why.is_none()
        });
        // Indicators that are left out count here too: a rank must not rest on a small rest of the method, and an indicator
        // that only one peer has a value of tells nobody apart.
        let counted_on = if method.missing == MissingRule::Exclude { active.clone() } else { by_id(method) };
        let full = Tree::new(method, &counted_on).leaf_weights(&weights, &vec![true; counted_on.len()]);
        let mut kept = Vec::with_capacity(members.len());
        coverage = Vec::with_capacity(members.len());
        for member in &members {
            let mut missing = Vec::new();
            let mut covered = 0.0;
            let mut compared = false;
            for (indicator, weight) in counted_on.iter().zip(&full) {
                match value(*member, *indicator) {
                    Ok(_) => {
                        covered += weight;
                        compared |= active.contains(indicator);
                    }
                    Err(why) => missing.push((*indicator, why)),
                }
            }
            let enough = (compared || active.is_empty()) && covered > 0.0 && covered + 1e-12 >= minimum;
            if missing.is_empty() || enough {
                kept.push(*member);
                coverage.push(if missing.is_empty() { 1.0 } else { covered });
            } else {
                out.push((*member, vec![Reason::LowCoverage { coverage: covered, minimum, missing }]));
            }
        }
        let settled = kept.len() == members.len() && before == active.len();
        members = kept;
        if settled || active.is_empty() {
            break;
        }
    }
    let few = Reason::TooFewPeers { peers: members.len(), minimum: method.minimum_peers };
    let verdict = if active.is_empty() && members.len() >= method.minimum_peers {
        Some(Reason::NothingToCompare)
    } else {
        (members.len() < method.minimum_peers).then_some(few)
    };
    if let Some(reason) = verdict {
        out.extend(members.drain(..).map(|m| (m, vec![reason.clone()])));
        coverage.clear();
    }
    let mut values: Vec<Vec<f64>> =
        active.iter().map(|i| members.iter().map(|m| value(*m, *i).map_or(f64::NAN, |v| v.value)).collect()).collect();
    let imputed = impute(method, &mut values);
    dropped.sort_by_key(|(indicator, _)| *indicator);
    (Group { peers, members, active, values, imputed, coverage, dropped }, out)
}

/// Why a column tells nobody apart, if it does not.
fn tells_nobody_apart(method: &Method, indicator: usize, column: &[f64]) -> Option<Dropped> {
    let indicator = method.indicators.get(indicator)?;
    let least = column.iter().copied().reduce(f64::min);
    let most = column.iter().copied().reduce(f64::max);
    let (Some(least), Some(most)) = (least, most) else { return Some(Dropped::NoValues) };
    if least >= most {
        return Some(Dropped::Constant(least));
    }
    Scale::new(indicator.normalisation, indicator.direction, column).is_none().then_some(Dropped::NoScale)
}

/// Puts the median in the place of what is missing, where the method says so, and tells where.
fn impute(method: &Method, values: &mut [Vec<f64>]) -> Vec<Vec<bool>> {
    let mut flags = Vec::with_capacity(values.len());
    for column in values {
        let mut flag = vec![false; column.len()];
        let known: Vec<f64> = column.iter().copied().filter(|x| !x.is_nan()).collect();
        if method.missing == MissingRule::ImputeMedian
            && let Some(middle) = median(&known)
        {
            for (x, flag) in column.iter_mut().zip(&mut flag) {
                if x.is_nan() {
                    (*x, *flag) = (middle, true);
                }
            }
        }
        flags.push(flag);
    }
    flags
}
