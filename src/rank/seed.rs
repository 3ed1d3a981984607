//! The seed of random methods: a hash of the inputs, so that the same inputs give the same bytes.

use super::input::YearInput;
use super::method::Method;
use super::tree::{by_id, dimensions_by_id};

/// The hash of a method and of what is known of the agencies, whatever the order of indicators and agencies.
pub(super) fn seed(method: &Method, years: &[&YearInput]) -> [u8; 32] {
    let mut hasher = blake3::Hasher::new();
    let mut text = |part: &str| {
        hasher.update(&(part.len() as u64).to_le_bytes());
        hasher.update(part.as_bytes());
    };
    text(method.aggregation.name());
    text(method.missing.name());
    for peer in &method.peers {
        text(peer.name());
    }
    for dimension in dimensions_by_id(method).into_iter().filter_map(|d| method.dimensions.get(d)) {
        text(&dimension.id);
        text(dimension.parent.and_then(|p| method.dimensions.get(p)).map_or("", |p| p.id.as_str()));
        text(&dimension.weight.to_string());
    }
    let order = by_id(method);
    for indicator in order.iter().filter_map(|i| method.indicators.get(*i)) {
        text(&indicator.id());
        text(method.dimensions.get(indicator.dimension).map_or("", |d| d.id.as_str()));
        text(indicator.direction.name());
        text(indicator.normalisation.name());
        text(&format!("{} {}", indicator.weight, indicator.minimum_n));
    }
    for year in years {
        text(&year.year.to_string());
        let mut candidates: Vec<_> = year.candidates.iter().collect();
        candidates.sort_by_key(|c| &c.agency);
        for candidate in candidates {
            text(&candidate.agency.0);
            for indicator in &order {
                match candidate.values.get(*indicator) {
                    Some(Ok(v)) => text(&format!("{} {:?}", v.value, v.den)),
                    _ => text(""),
                }
            }
        }
    }
    *hasher.finalize().as_bytes()
}
