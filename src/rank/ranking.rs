//! The ranking: every agency with its score, its rank and how sure that is, or with the reason why it has none.

use super::draw::Draws;
use super::group::{Dropped, Group, PeerGroup, Reason, counted, groups};
use super::input::{Candidate, Missing, Value, YearInput};
use super::method::Method;
use super::model::{Choice, Model};
use super::movement::{Movement, NoMovement, Ranks, movements};
use super::places::{RankRange, places};
use super::sampling::{measured, rank_confidence_sets};
use super::seed::seed;
use super::sensitivity::{Sensitivity, sensitivity};
use super::uncertainty::{MethodRange, drawn_ranks, method_ranges};
use crate::report::{AgencyId, Lang, Text, Year};
use crate::stats::{Prior, Shrunk, beta_prior, shrink};
use std::collections::{BTreeMap, BTreeSet};

/// Where an agency stands among its peers, as far as that can be told. Those that are not ranked have a tier of their own,
/// which is none of these.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Tier {
    /// In the better half by every rank that chance and method leave open.
    Upper,
    /// Not told apart from the middle.
    Middle,
    /// In the other half by every rank that chance and method leave open.
    Lower,
}

impl Tier {
    /// Its name in files.
    pub fn name(self) -> &'static str {
        match self {
            Self::Upper => "upper",
            Self::Middle => "middle",
            Self::Lower => "lower",
        }
    }

    /// As people read it.
    pub fn text(self) -> Text {
        match self {
            Self::Upper => Text::new("前半", "upper half"),
            Self::Middle => Text::new("居中（无法区分）", "not told apart from the middle"),
            Self::Lower => Text::new("后半", "lower half"),
        }
    }

    /// As people read it, in a word.
    pub fn label(self) -> Text {
        match self {
            Self::Upper => Text::new("前半", "upper"),
            Self::Middle => Text::new("居中", "middle"),
            Self::Lower => Text::new("后半", "lower"),
        }
    }

    fn of(range: RankRange, n: usize) -> Self {
        let n = u64::try_from(n).unwrap_or(u64::MAX);
        // The better half of n is the ranks up to n / 2; with an odd n the middle one belongs to neither half.
        if 2 * u64::from(range.high) <= n {
            Self::Upper
        } else if 2 * (u64::from(range.low) - 1) >= n {
            Self::Lower
        } else {
            Self::Middle
        }
    }
}

/// An indicator as it counts for one agency.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct IndicatorScore {
    /// The indicator, by its position in the method.
    pub indicator: usize,
    /// The value as measured, also where it does not count.
    pub value: Option<Value>,
    /// Why it does not count, where it does not.
    pub missing: Option<Missing>,
    /// A share drawn towards that of all its peers, by as much as the smallness of its numbers warrants: how to read a
    /// share of few cases. It does not count.
    pub drawn: Option<Shrunk>,
    /// Whether the peers' median stands in its place.
    pub imputed: bool,
    /// Its score; none where it does not count or tells nobody apart.
    pub score: Option<f64>,
    /// Its weight in this agency's index; 0 where it does not count.
    pub weight: f64,
}

/// An agency with a rank.
#[derive(Debug, Clone, PartialEq)]
pub struct Ranked {
    /// Who.
    pub agency: AgencyId,
    /// Its name.
    pub name: String,
    /// Its peers.
    pub peers: PeerGroup,
    /// How many are ranked among them, itself included.
    pub of: usize,
    /// The index.
    pub score: f64,
    /// The score of each of the method's dimensions, where there is one.
    pub dimensions: Vec<Option<f64>>,
    /// Its rank; a range where others have the same score.
    pub rank: RankRange,
    /// Where the rank lies under other methods; none without draws.
    pub method: Option<MethodRange>,
    /// The ranks that chance in the indicators leaves open.
    pub sampling: RankRange,
    /// Where it stands, given both.
    pub tier: Tier,
    /// The share of the weight that rests on values.
    pub coverage: f64,
    /// How it moved against last year.
    pub movement: Result<Movement, NoMovement>,
    /// Each of the method's indicators, in its order.
    pub indicators: Vec<IndicatorScore>,
}

impl Ranked {
    /// All ranks that ties, chance and the choice of the method leave open: the rank as it should be said.
    pub fn range(&self) -> RankRange {
        let whole = |x: f64| {
            #[expect(
                clippy::cast_possible_truncation,
                clippy::cast_sign_loss,
                reason = "a rank, or half way between two"
            )]
            let rank = x as u32;
            rank
        };
        let method = self.method.map(|m| RankRange { low: whole(libm::floor(m.low)), high: whole(libm::ceil(m.high)) });
        self.rank.with(self.sampling).with(method.unwrap_or(self.rank))
    }
}

/// An agency without a rank: neither last nor anything else.
#[derive(Debug, Clone, PartialEq)]
pub struct NotRanked {
    /// Who.
    pub agency: AgencyId,
    /// Its name.
    pub name: String,
    /// Those that it would be ranked among, where its level and kind are known.
    pub peers: Option<PeerGroup>,
    /// Why.
    pub reasons: Vec<Reason>,
    /// Each of the method's indicators, in its order, without scores.
    pub indicators: Vec<IndicatorScore>,
}

/// What is the same for all peers.
#[derive(Debug, Clone, PartialEq)]
pub struct GroupSummary {
    /// The peers.
    pub peers: PeerGroup,
    /// How many are ranked.
    pub ranked: usize,
    /// Indicators that do not count here, by their positions in the method, and why.
    pub dropped: Vec<(usize, Dropped)>,
    /// What the ranks depend on.
    pub sensitivity: Sensitivity,
    /// What a reader has to know of the group.
    pub notes: Vec<Text>,
}

/// A ranking of one year.
#[derive(Debug, Clone, PartialEq)]
pub struct Ranking {
    /// The year.
    pub year: Year,
    /// The seed of all random draws: a hash of method and inputs.
    pub seed: [u8; 32],
    /// The peer groups, by level and kind.
    pub groups: Vec<GroupSummary>,
    /// The agencies with a rank, by peer group, rank and id.
    pub agencies: Vec<Ranked>,
    /// Those without, by id.
    pub not_ranked: Vec<NotRanked>,
    /// What a reader has to know: indicators dropped, groups without a ranking.
    pub notes: Vec<Text>,
}

/// One year's groups with all that is computed of them.
struct Computed<'a> {
    input: &'a YearInput,
    groups: Vec<Group>,
    results: Vec<GroupResult>,
    unranked: Vec<(usize, Vec<Reason>)>,
}

/// What is computed of a group.
struct GroupResult {
    places: Vec<Option<RankRange>>,
    scores: Vec<f64>,
    dimensions: Vec<Vec<Option<f64>>>,
    drawn: Vec<Vec<u32>>,
    sets: Vec<Option<RankRange>>,
    wide: Vec<Option<RankRange>>,
}

/// Ranks the agencies of a year, and tells how they moved against the year before, where that is given.
///
/// The same inputs give the same ranking to the last bit, in whatever order agencies and indicators come, on any number
/// of threads.
///
/// **Cost**: O(draws · agencies · (indicators + log agencies)).
pub fn rank(method: &Method, now: &YearInput, before: Option<&YearInput>) -> Ranking {
    let years: Vec<&YearInput> = std::iter::once(now).chain(before).collect();
    let seed = seed(method, &years);
    let draws = Draws::new(method, seed);
    let year = compute(method, now, &draws);
    let last = before.map(|input| compute(method, input, &draws));
    let mut ranking = Ranking {
        year: now.year,
        seed,
        groups: Vec::new(),
        agencies: Vec::new(),
        not_ranked: year.unranked.iter().filter_map(|(at, reasons)| not_ranked(method, now, *at, reasons)).collect(),
        notes: now.notes.clone(),
    };
    for (group, result) in year.groups.iter().zip(&year.results) {
        let sensitivity = if group.members.is_empty() {
            Sensitivity::default()
        } else {
            sensitivity(&Model::new(method, group, true), &draws, seed)
        };
        let mut summary = GroupSummary {
            peers: group.peers,
            ranked: group.members.len(),
            dropped: group.dropped.clone(),
            sensitivity,
            notes: Vec::new(),
        };
        let same = |a: &&NotRanked| a.peers == Some(group.peers) && a.reasons.contains(&Reason::NothingToCompare);
        let compared = summary.ranked > 0 || ranking.not_ranked.iter().any(|a| same(&a));
        summary.notes = notes(method, &summary, too_few(&ranking.not_ranked, group.peers), compared);
        ranking.notes.extend(summary.notes.iter().cloned());
        ranking.groups.push(summary);
        let moved = moved(&year, group, result, last.as_ref());
        ranking.agencies.extend(ranked(method, now, group, result, moved));
    }
    ranking.not_ranked.sort_by(|a, b| a.agency.cmp(&b.agency));
    ranking
}

fn compute<'a>(method: &Method, input: &'a YearInput, draws: &Draws<'_>) -> Computed<'a> {
    let (groups, unranked) = groups(method, input);
    let results = groups.iter().map(|group| compute_group(method, input, group, draws)).collect();
    Computed { input, groups, results, unranked }
}

fn compute_group(method: &Method, input: &YearInput, group: &Group, draws: &Draws<'_>) -> GroupResult {
    let model = Model::new(method, group, true);
    let n = model.len();
    let mut room = model.room();
    let averages = model.averages(&Choice::own(method), &mut room);
    let places = places(averages.index());
    let score = |x: &f64| if x.is_nan() { f64::NAN } else { method.aggregation.out_of_mean(*x, n) };
    let scores = averages.index().iter().map(score).collect();
    let mut dimensions = vec![vec![None; method.dimensions.len()]; n];
    for (node, column) in averages.nodes.iter().enumerate() {
        let Some(dimension) = model.tree.dimension(node) else { continue };
        for (own, x) in dimensions.iter_mut().zip(column) {
            if let Some(place) = own.get_mut(dimension).filter(|_| !x.is_nan()) {
                *place = Some(score(x));
            }
        }
    }
    let under_draws = if n == 0 { Vec::new() } else { drawn_ranks(&model, draws) };
    let measured = measured(&model, input);
    let confidence = method.uncertainty.confidence;
    // A set that leaves out the rank itself could not be explained to anyone; only Copeland's can.
    let set = |confidence: f64| -> Vec<Option<RankRange>> {
        let sets = rank_confidence_sets(&measured, confidence);
        sets.into_iter().zip(&places).map(|(set, place)| Some(set?.with((*place)?))).collect()
    };
    let (sets, wide) = (set(confidence), set(f64::midpoint(1.0, confidence)));
    GroupResult { places, scores, dimensions, drawn: under_draws, sets, wide }
}

fn moved(
    year: &Computed<'_>,
    group: &Group,
    result: &GroupResult,
    last: Option<&Computed<'_>>,
) -> Vec<Result<Movement, NoMovement>> {
    let Some(last) = last else { return vec![Err(NoMovement::NoYearBefore); group.members.len()] };
    let now = Ranks { input: year.input, group, places: &result.places, drawn: &result.drawn, wide: &result.wide };
    let same = last.groups.iter().zip(&last.results).find(|(g, _)| g.peers == group.peers);
    let before = same.map(|(group, result)| Ranks {
        input: last.input,
        group,
        places: &result.places,
        drawn: &result.drawn,
        wide: &result.wide,
    });
    let elsewhere: BTreeSet<&AgencyId> = last
        .groups
        .iter()
        .filter(|g| g.peers != group.peers)
        .flat_map(|g| &g.members)
        .filter_map(|m| last.input.candidates.get(*m).map(|c| &c.agency))
        .collect();
    let mut out = movements(&now, before.as_ref());
    for (movement, member) in out.iter_mut().zip(&group.members) {
        let agency = year.input.candidates.get(*member).map(|c| &c.agency);
        if *movement == Err(NoMovement::NotRankedBefore) && agency.is_some_and(|a| elsewhere.contains(a)) {
            *movement = Err(NoMovement::OtherPeers);
        }
    }
    out
}

/// The ranked agencies of a group, by rank and id.
fn ranked(
    method: &Method,
    input: &YearInput,
    group: &Group,
    result: &GroupResult,
    moved: Vec<Result<Movement, NoMovement>>,
) -> Vec<Ranked> {
    let model = Model::new(method, group, false);
    let priors = priors(method, input, group);
    let ranges = method_ranges(&result.drawn, group.members.len());
    let mut out: Vec<Ranked> = Vec::with_capacity(group.members.len());
    for (at, (member, movement)) in group.members.iter().zip(moved).enumerate() {
        let Some(candidate) = input.candidates.get(*member) else { continue };
        let (Some(rank), Some(sampling)) =
            (result.places.get(at).copied().flatten(), result.sets.get(at).copied().flatten())
        else {
            continue;
        };
        let mut ranked = Ranked {
            agency: candidate.agency.clone(),
            name: candidate.name.clone(),
            peers: group.peers,
            of: group.members.len(),
            score: result.scores.get(at).copied().unwrap_or(0.0),
            dimensions: result.dimensions.get(at).cloned().unwrap_or_default(),
            rank,
            method: ranges.get(at).copied().flatten(),
            sampling,
            tier: Tier::Middle,
            coverage: group.coverage.get(at).copied().unwrap_or(0.0),
            movement,
            indicators: indicator_scores(&model, input, &priors, at),
        };
        ranked.tier = Tier::of(ranked.range(), group.members.len());
        out.push(ranked);
    }
    out.sort_by(|a, b| (a.rank, &a.agency).cmp(&(b.rank, &b.agency)));
    out
}

/// Numerator and denominator of an indicator that counts and is a share.
fn cases(method: &Method, candidate: &Candidate, indicator: usize) -> Option<(f64, f64)> {
    let value = counted(method, candidate, indicator).ok().filter(|value| value.is_share)?;
    value.num.zip(value.den)
}

/// For each indicator what the shares of a group have in common, where that can be estimated.
fn priors(method: &Method, input: &YearInput, group: &Group) -> Vec<Option<Prior>> {
    let members = || group.members.iter().filter_map(|member| input.candidates.get(*member));
    let prior = |indicator: usize| {
        let all: Vec<(f64, f64)> = members().filter_map(|member| cases(method, member, indicator)).collect();
        beta_prior(&all)
    };
    (0..method.indicators.len()).map(prior).collect()
}

fn indicator_scores(model: &Model<'_>, input: &YearInput, priors: &[Option<Prior>], at: usize) -> Vec<IndicatorScore> {
    let (method, group) = (model.method, model.group);
    let Some(candidate) = group.members.get(at).and_then(|m| input.candidates.get(*m)) else { return Vec::new() };
    let value = |place: usize| group.values.get(place).and_then(|c| c.get(at)).copied().unwrap_or(f64::NAN);
    let there: Vec<bool> = (0..group.active.len()).map(|place| !value(place).is_nan()).collect();
    let weights = model.tree.leaf_weights(&Choice::own(method).weights, &there);
    let one = |indicator: usize| {
        let place = group.active.iter().position(|i| *i == indicator);
        let there = place.filter(|p| there.get(*p) == Some(&true));
        let scale = there.and_then(|p| model.scales.get(p)).and_then(Option::as_ref);
        IndicatorScore {
            indicator,
            value: candidate.values.get(indicator).copied().and_then(Result::ok),
            missing: counted(method, candidate, indicator).err(),
            drawn: priors.get(indicator).copied().flatten().and_then(|prior| {
                let (num, den) = cases(method, candidate, indicator)?;
                shrink(num, den, &prior)
            }),
            imputed: place.is_some_and(|p| group.imputed.get(p).and_then(|f| f.get(at)) == Some(&true)),
            score: there.zip(scale).map(|(place, scale)| scale.score(value(place))),
            weight: place.and_then(|p| weights.get(p)).copied().unwrap_or(0.0),
        }
    };
    (0..method.indicators.len()).map(one).collect()
}

fn not_ranked(method: &Method, input: &YearInput, at: usize, reasons: &[Reason]) -> Option<NotRanked> {
    let candidate = input.candidates.get(at)?;
    let one = |indicator: usize| IndicatorScore {
        indicator,
        value: candidate.values.get(indicator).copied().and_then(Result::ok),
        missing: counted(method, candidate, indicator).err(),
        drawn: None,
        imputed: false,
        score: None,
        weight: 0.0,
    };
    Some(NotRanked {
        agency: candidate.agency.clone(),
        name: candidate.name.clone(),
        peers: PeerGroup::of(candidate, &method.peers),
        reasons: reasons.to_vec(),
        indicators: (0..method.indicators.len()).map(one).collect(),
    })
}

/// How many of a group could be ranked and how many it takes, where that is too few.
fn too_few(not_ranked: &[NotRanked], peers: PeerGroup) -> Option<(usize, usize)> {
    let own = not_ranked.iter().filter(|a| a.peers == Some(peers));
    own.flat_map(|a| &a.reasons).find_map(|reason| match reason {
        Reason::TooFewPeers { peers, minimum } => Some((*peers, *minimum)),
        _ => None,
    })
}

/// What to say of a group; `compared` says whether enough of its agencies have values enough to be held against another.
fn notes(method: &Method, group: &GroupSummary, too_few: Option<(usize, usize)>, compared: bool) -> Vec<Text> {
    let peers = group.peers.text();
    if let Some((can, minimum)) = too_few {
        return vec![Text::new(
            format!("{}：可排名的机关仅{can}家，少于{minimum}家，本组不排名。", peers.zh),
            format!("{}: only {can} can be ranked, fewer than {minimum}, so none of them is.", peers.en),
        )];
    }
    if group.ranked == 0 && !compared {
        return vec![Text::new(
            format!("{}：没有机关的数据足以排名，本组不排名。", peers.zh),
            format!("{}: no agency has values enough to be ranked, so none of them is.", peers.en),
        )];
    }
    let mut by_why: BTreeMap<(String, String), Vec<&Text>> = BTreeMap::new();
    for (indicator, why) in &group.dropped {
        let why = match why {
            Dropped::Constant(value) => {
                let value = libm::round(value * 1e4) / 1e4;
                (format!("有数值的均为{value}"), format!("{value} wherever there is a value"))
            }
            Dropped::NoValues => ("均无可用数值".to_owned(), "no usable value".to_owned()),
            Dropped::NoScale => ("没有大于零的数值".to_owned(), "no value above 0".to_owned()),
        };
        by_why.entry(why).or_default().extend(method.indicators.get(*indicator).map(|indicator| &indicator.title));
    }
    let mut out = Vec::new();
    if !by_why.is_empty() {
        let list = |titles: &[&Text], lang: Lang| {
            titles.iter().map(|title| title.get(lang)).collect::<Vec<_>>().join(lang.pick("、", ", "))
        };
        let zh: Vec<String> =
            by_why.iter().map(|((why, _), titles)| format!("{why}：{}", list(titles, Lang::Zh))).collect();
        let en: Vec<String> =
            by_why.iter().map(|((_, why), titles)| format!("{why}: {}", list(titles, Lang::En))).collect();
        out.push(Text::new(
            format!("{}：下列指标不能区分机关，未计入（{}）。", peers.zh, zh.join("；")),
            format!("{}: indicators that tell nobody apart are left out ({}).", peers.en, en.join("; ")),
        ));
    }
    if group.dropped.len() == method.indicators.len() {
        out.push(Text::new(
            format!("{}：所有指标均无差别或无数值，本组不排名。", peers.zh),
            format!("{}: no indicator tells these agencies apart, so none of them is ranked.", peers.en),
        ));
    }
    out
}
