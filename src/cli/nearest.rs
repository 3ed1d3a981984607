//! What a mistyped name may have meant.

use super::Context;
use crate::report::Lang;

/// Names less alike than this are another thing, not a slip of the keys.
const ALIKE: f64 = 0.75;

/// The next step after a name that is not known: up to `most` names that are spelt nearly the same, and where all are
/// listed (`list`, a command).
pub(super) fn hint<'n>(
    typed: &str,
    names: impl Iterator<Item = &'n str>,
    most: usize,
    list: &str,
    context: Context,
) -> String {
    let near = nearest(typed, names, most).join(context.pick("、", ", "));
    match (near.is_empty(), context.speech) {
        (true, Lang::Zh) => format!("全部见 {list}"),
        (true, Lang::En) => format!("all are in: {list}"),
        (false, Lang::Zh) => format!("是否指 {near}？全部见 {list}"),
        (false, Lang::En) => format!("did you mean {near}? All are in: {list}"),
    }
}

/// The most alike first; of equally alike ones in the order of the alphabet. Case does not count.
fn nearest<'n>(typed: &str, names: impl Iterator<Item = &'n str>, most: usize) -> Vec<&'n str> {
    let typed = typed.to_ascii_lowercase();
    let likeness = |name: &str| strsim::jaro_winkler(&name.to_ascii_lowercase(), &typed);
    let mut near: Vec<(f64, &str)> =
        names.map(|name| (likeness(name), name)).filter(|(alike, _)| *alike >= ALIKE).collect();
    near.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| a.1.cmp(b.1)));
    near.into_iter().take(most).map(|(_, name)| name).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slips_of_the_keys_are_found_and_other_words_are_not() {
        let names = ["refusal_rate", "disclosure_rate", "B001", "B002"];
        let near = |typed, most| nearest(typed, names.into_iter(), most);
        assert_eq!(near("refusl_rate", 1), ["refusal_rate"]);
        assert_eq!(near("b001", 1), ["B001"]);
        assert_eq!(near("B003", 3), ["B001", "B002"]);
        assert!(near("nope", 3).is_empty());
    }
}
