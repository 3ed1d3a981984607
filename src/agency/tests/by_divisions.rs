use super::super::divisions::Divisions;
use super::*;
use crate::report::{Kind, Level};

#[test]
fn the_divisions_are_all_there_and_lie_in_one_another() {
    let divisions = Divisions::embedded();
    let count = |level| divisions.all().filter(|(_, d)| d.level == level).count();
    let counts = [Level::Province, Level::Prefecture, Level::County, Level::Township].map(count);
    assert_eq!(counts, [31, 342, 2_978, 41_352]);
    for (index, division) in divisions.all() {
        assert_eq!(division.parent.is_none(), division.level == Level::Province, "{}", division.name);
        for above in divisions.above(index).map(|a| divisions.get(a)) {
            let (inner, outer) = (division.code.to_string(), above.code.to_string());
            assert!(inner.starts_with(&outer) && above.level < division.level, "{inner} in {outer}");
        }
    }
}

#[test]
fn a_name_that_only_one_division_has_is_settled() {
    for (name, id, level, kind) in [
        ("上海市人民政府办公厅", "31-人民政府办公厅", Level::Province, Kind::Government),
        ("上海市科学技术委员会", "31-科学技术委员会", Level::Province, Kind::Department),
        ("宿迁市人民政府", "3213", Level::Prefecture, Kind::Government),
        ("洪泽区人民政府", "320813", Level::County, Kind::Government),
        ("武鸣区财政局", "450110-财政局", Level::County, Kind::Department),
        ("长白朝鲜族自治县长白镇人民政府", "220623100", Level::Township, Kind::Government),
        ("南沙区横沥镇人民政府", "440115101", Level::Township, Kind::Government),
        ("福山区东厅街道办事处", "370611006", Level::Township, Kind::Subdistrict),
        ("喀什地区行政公署", "6531", Level::Prefecture, Kind::Government),
        ("响水县省属黄海农场人民政府", "320921401", Level::Township, Kind::Government),
        ("东莞市人民政府", "4419", Level::Prefecture, Kind::Government),
        ("神农架林区人民政府", "429021", Level::County, Kind::Government),
        ("重庆市城口县财政局", "500229-财政局", Level::County, Kind::Department),
    ] {
        let agency = alone(name);
        assert_eq!(agency.id.0, id, "{name}");
        assert_eq!(agency.division.as_deref(), id.split('-').next(), "{name}");
        assert_eq!((agency.level, agency.kind), (Some(level), Some(kind)), "{name}");
        assert!(agency.candidates.is_empty(), "{name}");
    }
}

#[test]
fn a_settled_agency_has_all_its_places_and_none_that_is_not_real() {
    assert_eq!(places(&alone("长白镇人民政府")), "吉林省/白山市/长白朝鲜族自治县/长白镇");
    assert_eq!(places(&alone("北京市海淀区财政局")), "北京市/海淀区");
    assert_eq!(places(&alone("东莞市横沥镇人民政府")), "广东省/东莞市/横沥镇");
    assert_eq!(places(&alone("神农架林区人民政府")), "湖北省/神农架林区");
}

#[test]
fn a_shared_name_stays_open_with_all_its_candidates() {
    let agency = alone("鼓楼区教育局");
    assert_eq!(agency.candidates, ["320106", "320302", "350102", "410204"]);
    assert_eq!((agency.division, agency.province), (None, None));
    assert_eq!((agency.level, agency.kind), (Some(Level::County), Some(Kind::Department)));
    assert_eq!(agency.county.as_deref(), Some("鼓楼区"));

    let agency = alone("江苏省鼓楼区教育局");
    assert_eq!(agency.candidates, ["320106", "320302"]);
    assert_eq!(places(&agency), "江苏省/鼓楼区");

    assert_eq!(alone("城关镇人民政府").candidates.len(), 88);
}

#[test]
fn candidates_of_several_levels_leave_the_level_open() {
    let agency = alone("海南财政厅");
    assert!(agency.candidates.iter().any(|c| c == "46") && agency.candidates.len() > 1, "{agency:?}");
    assert_eq!((agency.level, agency.division), (None, None));
}

#[test]
fn an_agency_has_one_id_however_its_name_is_printed() {
    for (id, names) in [
        (
            "220623100",
            &[
                "长白镇人民政府",
                "长白镇政府",
                "长白镇",
                "长白县长白镇人民政府",
                "吉林省白山市长白朝鲜族自治县长白镇人民政府",
            ][..],
        ),
        ("370611006", &["烟台市福山区人民政府东厅街道办事处", "山东省烟台市福山区东厅街道"]),
        ("31-科学技术委员会", &["上海市科委", "上海市科学技术委员会", "上海科委"]),
        ("31-人民政府办公厅", &["上海市政府办公厅", "上海市人民政府办公厅"]),
        ("3213-税务局", &["国家税务总局宿迁市税务局", "宿迁市税务局", "江苏省宿迁市税务局"]),
        ("51-国有资产监督管理委员会", &["四川省人民政府国有资产监督管理委员会", "四川省国资委", "四川省政府国资委"]),
        ("5329-财政局", &["大理白族自治州财政局", "大理州财政局", "云南省大理州财政局"]),
        ("0-教育部", &["教育部", " 教 育 部 "]),
    ] {
        for name in names {
            assert_eq!(alone(name).id.0, id, "{name}");
        }
    }
}

#[test]
fn a_government_and_its_office_are_two_agencies_of_one_kind() {
    let (government, office) = (alone("洪泽区人民政府"), alone("洪泽区人民政府办公室"));
    assert_eq!(government.kind, office.kind);
    assert_eq!(government.division, office.division);
    assert_ne!(government.id, office.id);
}

#[test]
fn every_eleventh_division_is_found_by_its_full_path_and_never_as_another() {
    let divisions = Divisions::embedded();
    for (index, division) in divisions.all().filter(|(_, d)| d.is_real()).step_by(11) {
        let mut above: Vec<&str> = divisions.above(index).map(|a| divisions.get(a).name).collect();
        above.reverse();
        let name = format!("{}{}人民政府", above.concat(), division.name);
        assert_eq!(alone(&name).division, Some(division.code.to_string()), "{name}");
    }
}

#[test]
fn departments_begin_behind_the_place_whatever_their_first_character() {
    for (index, division) in Divisions::embedded().all().filter(|(_, d)| d.is_real()).step_by(97) {
        if division.level == Level::Township {
            continue;
        }
        for own in ["市场监督管理局", "城市管理局", "乡村振兴局", "区域合作办公室", "民政局", "住房和城乡建设局"]
        {
            let agency = alone(&format!("{}{own}", division.name));
            let code = division.code.to_string();
            let found = agency.division.as_ref() == Some(&code) || agency.candidates.contains(&code);
            assert!(found && agency.id.0.ends_with(own), "{index} {agency:?}");
        }
    }
}

#[test]
fn a_zone_that_many_cities_have_is_a_place_only_behind_its_county() {
    assert_eq!(alone("蔡甸区中法武汉生态示范城管理委员会").id.0, "420114404");
    assert_eq!(alone("经济开发区管理委员会").division, None);
    assert_eq!(alone("六安经济开发区管理委员会").id.0, "3415-经济开发区管理委员会");
    assert_eq!(at("高新区管理委员会", "长春市/a.html").id.0, "2201-高新区管理委员会");
}

#[test]
fn a_university_named_after_a_city_is_not_an_agency_of_the_city() {
    for name in ["武汉大学", "吉林大学", "新华书店"] {
        let agency = alone(name);
        assert_eq!((agency.division, agency.level, agency.candidates.len()), (None, None, 0), "{name}");
    }
}

#[test]
fn what_stands_before_the_place_of_a_vertical_agency_is_no_level() {
    for (name, id) in [("国家税务总局宿迁市税务局", "3213-税务局"), ("中国人民银行长春中心支行", "2201-中心支行")]
    {
        let agency = alone(name);
        assert_eq!((agency.id.0.as_str(), agency.level), (id, Some(Level::Prefecture)), "{name}");
    }
}
