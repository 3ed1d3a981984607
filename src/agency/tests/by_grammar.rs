use super::*;
use crate::report::{Kind, Level};

#[test]
fn a_fictional_township_gets_its_places_from_its_name() {
    let agency = alone("云岭省澜水市青溪县白石镇人民政府");
    assert_eq!(places(&agency), "云岭省/澜水市/青溪县/白石镇");
    assert_eq!((agency.level, agency.kind), (Some(Level::Township), Some(Kind::Government)));
    assert_eq!(agency.id.0, "~云岭省澜水市青溪县白石镇人民政府");
    assert!(agency.division.is_none() && agency.candidates.is_empty());
}

#[test]
fn a_department_has_the_level_of_its_government() {
    for (name, places_of_it, level) in [
        ("云岭省财政厅", "云岭省", Level::Province),
        ("澜水市市场监督管理局", "澜水市", Level::Prefecture),
        ("澜水市住房和城乡建设局", "澜水市", Level::Prefecture),
        ("澜州市财政局", "澜州市", Level::Prefecture),
        ("青溪县城市管理综合执法局", "青溪县", Level::County),
        ("青溪县乡村振兴局", "青溪县", Level::County),
        ("青溪县城乡建设局", "青溪县", Level::County),
        ("澜水市市中区市场监督管理局", "澜水市/市中区", Level::County),
        ("云岭省青溪县财政局", "云岭省/青溪县", Level::County),
    ] {
        let agency = alone(name);
        assert_eq!(places(&agency), places_of_it, "{name}");
        assert_eq!((agency.level, agency.kind), (Some(level), Some(Kind::Department)), "{name}");
    }
}

#[test]
fn a_city_behind_a_prefecture_is_of_county_level() {
    assert_eq!(alone("澜水市人民政府").level, Some(Level::Prefecture));
    let agency = alone("澜水市青溪市人民政府");
    assert_eq!((places(&agency).as_str(), agency.level), ("澜水市/青溪市", Some(Level::County)));
}

#[test]
fn a_real_name_below_a_fictional_place_is_not_the_real_place() {
    let agency = alone("云岭省朝阳区教育局");
    assert_eq!((agency.division.as_deref(), agency.candidates.len()), (None, 0));
    assert_eq!(places(&agency), "云岭省/朝阳区");
}

#[test]
fn a_place_that_the_divisions_lack_keeps_the_real_ones_above_it() {
    let agency = alone("长春市青溪县财政局");
    assert_eq!(places(&agency), "吉林省/长春市/青溪县");
    assert_eq!((agency.division, agency.level), (None, Some(Level::County)));
    assert_eq!(agency.id.0, "~吉林省长春市青溪县财政局");
}

#[test]
fn a_functional_zone_is_a_body_of_the_place_before_it() {
    let agency = alone("澜水市经济技术开发区管理委员会");
    assert_eq!((places(&agency).as_str(), agency.kind), ("澜水市", Some(Kind::Other)));
    assert_eq!(agency.id.0, "~澜水市经济技术开发区管理委员会");
}

#[test]
fn a_subdistrict_office_is_the_subdistrict() {
    let (office, bare) = (alone("青溪区云桥街道办事处"), alone("青溪区云桥街道"));
    assert_eq!((office.kind, office.level), (Some(Kind::Subdistrict), Some(Level::Township)));
    assert_eq!(office.id, bare.id);
}

#[test]
fn agencies_of_the_state_council_are_central() {
    for name in ["教育部", "国务院办公厅", "国家税务总局", "国家乡村振兴局"] {
        let agency = alone(name);
        assert_eq!((agency.level, agency.kind), (Some(Level::Central), Some(Kind::Department)), "{name}");
    }
}

#[test]
fn what_is_no_agency_has_neither_level_nor_kind() {
    for name in ["首页", "政务公开专栏", "2020"] {
        let agency = alone(name);
        assert_eq!((agency.level, agency.kind, agency.division), (None, None, None), "{name}");
    }
    assert_eq!(alone("").id.0, "");
    assert_eq!(alone(&"长".repeat(201)).id.0, "");
}
