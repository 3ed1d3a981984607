mod by_divisions;
mod by_evidence;
mod by_grammar;
mod by_roster;
mod laws;
mod reconciled;

use super::*;
pub(in crate::agency) use laws::pieces;

#[test]
fn one_resolver_serves_all_threads() {
    fn shared(_: &(impl Clone + Send + Sync)) {}
    let agencies = Agencies::embedded();
    shared(&agencies);
    let ids: Vec<String> = std::thread::scope(|scope| {
        let workers: Vec<_> =
            (0..4).map(|_| scope.spawn(|| agencies.resolve("武鸣区财政局", &Evidence::default()).id.0)).collect();
        workers.into_iter().map(|w| w.join().unwrap()).collect()
    });
    assert!(ids.iter().all(|id| id == "450110-财政局"), "{ids:?}");
}

/// Resolves a name with nothing around it.
fn alone(name: &str) -> Agency {
    Agencies::embedded().resolve(name, &Evidence::default())
}

/// Resolves a name in a file at this path.
fn at(name: &str, path: &str) -> Agency {
    Agencies::embedded().resolve(name, &Evidence { path, texts: &[] })
}

/// Resolves a name in a document with these texts.
fn beside(name: &str, texts: &[&str]) -> Agency {
    Agencies::embedded().resolve(name, &Evidence { path: "a.html", texts })
}

/// Its places from the top down, with `/` between them.
fn places(agency: &Agency) -> String {
    let places = [&agency.province, &agency.prefecture, &agency.county, &agency.township];
    places.into_iter().flatten().cloned().collect::<Vec<_>>().join("/")
}
