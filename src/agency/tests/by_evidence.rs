use super::*;
use crate::report::{Kind, Level};

#[test]
fn a_folder_settles_a_shared_name_and_is_named_as_the_proof() {
    let agencies = Agencies::embedded();
    let evidence = Evidence { path: "收集/长春市/2023/a.html", texts: &[] };
    let found = agencies.resolve_explained("朝阳区教育局", None, &evidence);
    assert_eq!(found.agency.id.0, "220104-教育局");
    assert!(found.agency.candidates.is_empty());
    assert_eq!(found.proofs.len(), 1);
    assert_eq!((found.proofs[0].ground, found.proofs[0].place.as_str()), (Ground::Folder, "长春市"));
}

#[test]
fn folders_may_be_codes_or_names_without_suffix() {
    for path in ["吉林/长春/a.html", "22/a.html", "2201\\a.html", "吉林省长春市/a.html"] {
        assert_eq!(at("朝阳区教育局", path).division.as_deref(), Some("220104"), "{path}");
    }
}

#[test]
fn the_texts_settle_what_the_folders_do_not() {
    let agency = beside("鼓楼区教育局", &["首页 > 徐州市 > 鼓楼区 > 政务公开", "鼓楼区教育局2020年报告"]);
    assert_eq!(agency.division.as_deref(), Some("320302"));
    let agency = at("鼓楼区教育局", "reports/福州市鼓楼区教育局2021.html");
    assert_eq!(agency.division.as_deref(), Some("350102"), "the file's name");
}

#[test]
fn evidence_for_two_candidates_settles_nothing() {
    let agency = beside("鼓楼区教育局", &["徐州市", "南京市"]);
    assert_eq!((agency.division, agency.candidates), (None, vec!["320106".to_owned(), "320302".to_owned()]));
    assert_eq!(agency.province.as_deref(), Some("江苏省"));
}

#[test]
fn evidence_for_the_province_leaves_its_candidates_open() {
    let agency = beside("城关镇人民政府", &["来源：甘肃省"]);
    assert!(agency.candidates.len() > 1 && agency.candidates.iter().all(|c| c.starts_with("62")), "{agency:?}");
}

#[test]
fn folders_and_breadcrumbs_give_a_fictional_township_its_parents() {
    let in_full = alone("云岭省澜水市青溪县白石镇人民政府");
    for agency in [
        at("白石镇人民政府", "云岭省/澜水市/青溪县/白石镇/2020.html"),
        at("白石镇人民政府", "云岭省/澜水市/青溪县/2020.html"),
        beside("白石镇人民政府", &["首页 > 云岭省 > 澜水市 > 青溪县 > 白石镇 > 政府信息公开"]),
        beside("白石镇人民政府", &["来源：云岭省澜水市青溪县白石镇人民政府"]),
    ] {
        assert_eq!(agency.id, in_full.id);
        assert_eq!(places(&agency), "云岭省/澜水市/青溪县/白石镇");
        assert!(agency.candidates.is_empty());
    }
}

#[test]
fn a_unique_county_below_a_fictional_province_is_not_the_real_one() {
    let agency = at("洪泽区人民政府", "云岭省/澜水市/a.html");
    assert_eq!((agency.division.as_deref(), places(&agency).as_str()), (None, "云岭省/澜水市/洪泽区"));
}

#[test]
fn a_unique_township_in_the_folder_of_another_city_stays_open() {
    let agency = at("长白镇人民政府", "长春市/a.html");
    assert_eq!((agency.division, agency.candidates), (None, vec!["220623100".to_owned()]));
}

#[test]
fn a_name_without_a_place_stands_where_its_folders_say() {
    let agency = at("市教育局", "宿迁市/教育局/a.html");
    assert_eq!((agency.id.0.as_str(), agency.level), ("3213-教育局", Some(Level::Prefecture)));
    let agency = at("镇人民政府", "云岭省/青溪县/白石镇/a.html");
    assert_eq!(agency.id.0, "~云岭省青溪县白石镇人民政府");
    assert_eq!(agency.kind, Some(Kind::Government));
    let agency = alone("市教育局");
    assert_eq!((agency.level, agency.kind, agency.division), (None, Some(Kind::Department), None));
}

#[test]
fn folders_that_name_no_place_change_nothing() {
    for path in ["数据/2020年/县区/各镇/a.html", "/home/me/reports/html-word/a.html", "附件/乡镇街道/测试区/a.html"]
    {
        assert_eq!(at("洪泽区人民政府", path).division.as_deref(), Some("320813"), "{path}");
        assert_eq!(at("青溪县财政局", path).id.0, "~青溪县财政局", "{path}");
    }
}

#[test]
fn the_id_of_the_site_settles_a_shared_name() {
    for text in ["网站标识码：2201040001", "吉ICP备1号 网站标识码 2201000005 联系我们", "政府网站标识码:2200000018"]
    {
        assert_eq!(beside("朝阳区教育局", &[text]).division.as_deref(), Some("220104"), "{text}");
    }
    for text in ["2201040001", "标识码：220104", "标识码：22010400011"] {
        assert_eq!(beside("朝阳区教育局", &[text]).division, None, "{text}");
    }
}
