//! Ranking agencies by a composite index, so that the ranked cannot tear it apart.
//!
//! A [`Method`] (a TOML file) says by what, how it is put together and what is varied. [`YearInput`] is what is known of
//! the agencies; [`rank`] makes the [`Ranking`]: within groups of peers a score, a rank with its ties, the ranks under
//! random methods, the ranks that chance leaves open, the movement against last year, and what the ranks depend on. Who
//! cannot be ranked is in a tier of its own, with the reasons, never in last place. What is undefined is empty, never
//! NaN; indicators that tell nobody apart are dropped with a note.
//!
//! Definitions follow the OECD and JRC Handbook on Constructing Composite Indicators (2008) and `COINr` 1.1.14.

mod aggregate;
mod detail;
mod draw;
mod error;
mod explain;
mod file;
mod group;
mod input;
mod method;
mod model;
mod movement;
mod normalise;
mod places;
mod ranking;
mod rows;
mod safe;
mod sampling;
mod seed;
mod sensitivity;
#[cfg(test)]
mod tests;
mod tree;
mod uncertainty;

pub use aggregate::{Aggregation, aggregate};
pub use detail::{indicator_rows, note_rows, unranked_rows};
pub use draw::Factor;
pub use error::MethodError;
pub use explain::{DimensionShare, Explanation, IndicatorShare, Standing};
pub use group::{Dropped, PeerGroup, Reason, reason_label};
pub use input::{Broken, Candidate, Missing, Value, YearInput, broken_sums};
pub use method::{Dimension, Direction, Indicator, Method, MissingRule, Peer, Uncertainty};
pub use movement::{Movement, NoMovement};
use normalise::Scale;
pub use normalise::{Normalisation, Ties, normalise};
pub use places::{RankRange, places};
pub use ranking::{GroupSummary, IndicatorScore, NotRanked, Ranked, Ranking, Tier, rank};
pub use rows::{CAVEAT, NOT_RANKED, Rows, ranking_rows, safe_rows, sensitivity_rows};
pub use safe::{SafeGroup, SafeRanking, caveat};
pub use sampling::{Measured, rank_confidence_sets};
pub use sensitivity::{LeaveOut, Sensitivity, Sobol};
pub use uncertainty::MethodRange;
