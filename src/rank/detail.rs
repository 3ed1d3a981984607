//! What a ranking rests on, as tables for files: every indicator of every agency, and what is to be known of the groups.

use super::method::Method;
use super::ranking::{IndicatorScore, Ranking};
use super::rows::{CAVEAT, NOT_RANKED, Rows, maybe, number};
use super::safe::{SafeRanking, caveat};
use super::{Aggregation, PeerGroup};
use crate::report::{AgencyId, Lang, Text, Year};

const INDICATORS: [&str; 20] = [
    "year",
    "peers",
    "agency_id",
    "agency",
    "tier",
    "dimension",
    "indicator",
    "value",
    "num",
    "den",
    "low",
    "high",
    "drawn",
    "own_weight",
    "missing",
    "imputed",
    "score",
    "weight",
    "contribution",
    CAVEAT,
];

/// Whose indicators a record shows.
struct Owner<'r> {
    peers: Option<PeerGroup>,
    agency: &'r AgencyId,
    name: &'r str,
    tier: &'static str,
}

/// `indicators.csv`: for every agency, ranked or not, each indicator with its value, why it does not count where it does
/// not, its score, its weight in this agency's index and what it adds to the index (where that is a sum). `drawn` is a
/// share drawn towards that of all peers by as much as the smallness of its numbers warrants ([`crate::stats::shrink`]),
/// `own_weight` how much of it is the agency's own; both are for reading and do not count.
pub fn indicator_rows(ranking: &Ranking, method: &Method, lang: Lang) -> Rows {
    let mut records = Vec::new();
    for ranked in &ranking.agencies {
        let (peers, tier) = (Some(ranked.peers), ranked.tier.name());
        let owner = Owner { peers, agency: &ranked.agency, name: &ranked.name, tier };
        records.extend(ranked.indicators.iter().map(|i| indicator_record(ranking, method, &owner, i, lang)));
    }
    for other in &ranking.not_ranked {
        let owner = Owner { peers: other.peers, agency: &other.agency, name: &other.name, tier: NOT_RANKED };
        records.extend(other.indicators.iter().map(|i| indicator_record(ranking, method, &owner, i, lang)));
    }
    Rows { header: INDICATORS.map(str::to_owned).to_vec(), records }
}

fn indicator_record(
    ranking: &Ranking,
    method: &Method,
    owner: &Owner<'_>,
    score: &IndicatorScore,
    lang: Lang,
) -> Vec<String> {
    let indicator = method.indicators.get(score.indicator);
    let dimension = indicator.and_then(|i| method.dimensions.get(i.dimension));
    let value = score.value;
    let adds_up = method.aggregation == Aggregation::Arithmetic;
    vec![
        ranking.year.to_string(),
        owner.peers.map(PeerGroup::name).unwrap_or_default(),
        owner.agency.0.clone(),
        owner.name.to_owned(),
        owner.tier.to_owned(),
        dimension.map(|d| d.id.clone()).unwrap_or_default(),
        indicator.map(super::Indicator::id).unwrap_or_default(),
        maybe(value.map(|v| v.value)),
        maybe(value.and_then(|v| v.num)),
        maybe(value.and_then(|v| v.den)),
        maybe(value.and_then(|v| v.low)),
        maybe(value.and_then(|v| v.high)),
        maybe(score.drawn.map(|drawn| drawn.value)),
        maybe(score.drawn.map(|drawn| drawn.weight)),
        score.missing.map(|m| m.name().to_owned()).unwrap_or_default(),
        if score.imputed { "true" } else { "false" }.to_owned(),
        maybe(score.score),
        number(score.weight),
        maybe(score.score.filter(|_| adds_up).map(|s| s * score.weight)),
        caveat().get(lang).to_owned(),
    ]
}

/// `notes.csv`: what a reader has to know of the ranking: indicators that tell nobody apart, groups without a ranking.
pub fn note_rows(year: Year, notes: &[Text], lang: Lang) -> Rows {
    let note = |note: &Text| vec![year.to_string(), note.get(lang).to_owned(), caveat().get(lang).to_owned()];
    Rows { header: ["year", "note", CAVEAT].map(str::to_owned).to_vec(), records: notes.iter().map(note).collect() }
}

/// `not_ranked.csv` of what is published safely: for each (first) reason how many agencies are not ranked.
pub fn unranked_rows(ranking: &SafeRanking, lang: Lang) -> Rows {
    let record = |(reason, n): (&&'static str, &usize)| {
        vec![ranking.year.to_string(), (*reason).to_owned(), n.to_string(), ranking.caveat.get(lang).to_owned()]
    };
    Rows {
        header: ["year", "reason", "agencies", CAVEAT].map(str::to_owned).to_vec(),
        records: ranking.not_ranked.iter().map(record).collect(),
    }
}
