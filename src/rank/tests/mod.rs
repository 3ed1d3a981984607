//! Tests of the ranking as a whole; against `COINr` in `coinr`, laws in `laws`.

mod coinr;
mod laws;
mod methods;
mod outputs;
mod ranks;
mod wiring;

use super::{Candidate, Method, Missing, Value, YearInput};
use crate::report::{AgencyId, Kind, Level};

/// A method with one dimension and shares `a`, `b`, … as indicators, where more is better.
pub(super) fn plain_method(indicators: usize, head: &str) -> Method {
    let mut text = format!(
        "title = {{ zh = \"试\", en = \"trial\" }}\npeers = []\n{head}\n[[dimension]]\nid = \"all\"\ntitle = {{ zh = \"全\", en = \"all\" }}\n"
    );
    for i in 0..indicators {
        let name = char::from(b'a' + u8::try_from(i).unwrap());
        text.push_str(&indicator(&name.to_string(), "higher", ""));
    }
    Method::parse("trial.toml", &text).unwrap()
}

/// An indicator as it stands in a method's file.
pub(super) fn indicator(metric: &str, direction: &str, more: &str) -> String {
    format!(
        "[[dimension.indicator]]\nmetric = \"{metric}\"\ndirection = \"{direction}\"\n{more}\nreason = {{ zh = \"因\", en = \"because\" }}\n"
    )
}

/// Draws and samples few enough for a test.
pub(super) const QUICK: &str = "[uncertainty]\ndraws = 200\nsobol_samples = 64\n";
/// No draws and no samples.
pub(super) const SCORES_ONLY: &str = "[uncertainty]\ndraws = 0\nsobol_samples = 0\n";

/// A county government that reported.
pub(super) fn candidate(name: &str, values: Vec<Result<Value, Missing>>) -> Candidate {
    Candidate {
        agency: AgencyId(name.to_owned()),
        name: name.to_owned(),
        level: Some(Level::County),
        kind: Some(Kind::Government),
        reported: true,
        broken: std::collections::BTreeSet::new(),
        forms: [Some("cn-2021"); 3],
        values,
    }
}

/// A share with its interval.
pub(super) fn share(num: f64, den: f64) -> Result<Value, Missing> {
    Value::share(num, den).ok_or(Missing::DenIsZero)
}

#[expect(clippy::unnecessary_wraps, reason = "stands beside values that may be missing")]
pub(super) fn plain(value: f64) -> Result<Value, Missing> {
    Ok(Value::plain(value))
}

pub(super) fn year(candidates: Vec<Candidate>) -> YearInput {
    let indicators = candidates.first().map_or(0, |c| c.values.len());
    YearInput { year: 2023, candidates, form_bound: vec![Vec::new(); indicators], notes: Vec::new() }
}
