use super::*;
use crate::report::{Kind, Level};

fn resolve(name: &str) -> Agency {
    Agencies::embedded().resolve(name, &Evidence::default())
}

#[test]
fn a_fictional_township_gets_its_places_from_its_name() {
    let agency = resolve("云岭省澜水市青溪县白石镇人民政府");
    assert_eq!(agency.province.as_deref(), Some("云岭省"));
    assert_eq!(agency.prefecture.as_deref(), Some("澜水市"));
    assert_eq!(agency.county.as_deref(), Some("青溪县"));
    assert_eq!(agency.township.as_deref(), Some("白石镇"));
    assert_eq!((agency.level, agency.kind), (Some(Level::Township), Some(Kind::Government)));
    assert_eq!(agency.id.0, "~云岭省澜水市青溪县白石镇人民政府");
}

#[test]
fn a_department_has_the_level_of_its_government() {
    for (name, level) in [
        ("云岭省财政厅", Level::Province),
        ("澜水市市场监督管理局", Level::Prefecture),
        ("澜水市住房和城乡建设局", Level::Prefecture),
        ("青溪县城市管理综合执法局", Level::County),
        ("青溪县乡村振兴局", Level::County),
    ] {
        let agency = resolve(name);
        assert_eq!((agency.level, agency.kind), (Some(level), Some(Kind::Department)), "{name}");
    }
}
