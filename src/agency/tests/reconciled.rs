use super::*;
use crate::report::AgencyId;
use std::collections::BTreeMap;

fn joined(names: &[&str]) -> BTreeMap<AgencyId, AgencyId> {
    let agencies: Vec<Agency> = names.iter().map(|n| alone(n)).collect();
    reconcile(&agencies)
}

#[test]
fn a_shorter_print_of_a_fictional_agency_takes_the_id_of_the_only_fuller_one() {
    let same = joined(&["青溪县财政局", "澜水市青溪县财政局", "云岭省澜水市青溪县财政局", "青溪县教育局"]);
    let full = AgencyId("~云岭省澜水市青溪县财政局".to_owned());
    assert_eq!(same.len(), 2);
    assert_eq!(same.get(&AgencyId("~青溪县财政局".to_owned())), Some(&full));
    assert_eq!(same.get(&AgencyId("~澜水市青溪县财政局".to_owned())), Some(&full));
}

#[test]
fn two_fuller_prints_join_nothing() {
    let same = joined(&["青溪县财政局", "澜水市青溪县财政局", "云岭市青溪县财政局"]);
    assert!(same.is_empty(), "{same:?}");
}

#[test]
fn settled_agencies_and_those_with_candidates_are_left_alone() {
    let same =
        joined(&["鼓楼区教育局", "云岭省鼓楼区教育局", "南京市鼓楼区教育局", "武鸣区财政局", "南宁市武鸣区财政局"]);
    assert!(same.is_empty(), "{same:?}");
}
