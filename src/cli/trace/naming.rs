//! What is shown of a report's agency, year, date and title.

use super::super::Context;
use super::super::columns::shorten;
use super::page::{Page, place, surroundings};
use super::surroundings::WIDEST;
use super::{Case, Subject};
use crate::extract::{Mention, mentions_of_date, mentions_of_year};
use crate::report::{Lang, Place, Report};

/// The evidence for one of them, and whether it is what is recorded.
pub(super) fn page(case: &Case, subject: Subject, context: Context) -> (String, bool) {
    let lang = context.lang;
    let mut page = Page::default();
    let read = |report: &Report| match subject {
        Subject::Agency => report.agency.id.0.clone(),
        Subject::Year => report.year.map(|year| year.to_string()).unwrap_or_default(),
        Subject::Published => report.published.map(|date| date.to_string()).unwrap_or_default(),
        Subject::Title | Subject::Figure(_) => report.title.clone(),
    };
    match subject {
        Subject::Agency => agency(case, &mut page, lang),
        Subject::Year => year(case, &mut page, lang),
        Subject::Published => published(case, &mut page, lang),
        Subject::Title | Subject::Figure(_) => title(case, &mut page, lang),
    }
    let Some(recorded) = case.recorded else { return (page.0, true) };
    let (then, now) = (read(recorded), read(&case.part.report));
    if then == now {
        page.line(lang.pick("记录值", "recorded"), lang.pick("相同", "the same"));
    } else {
        let what = lang.pick("与现在读出的不同", "NOT what is read now");
        page.line(lang.pick("记录值", "recorded"), &format!("{then}（{what}）"));
    }
    (page.0, then == now)
}

fn agency(case: &Case, page: &mut Page, lang: Lang) {
    let agency = &case.part.report.agency;
    page.line(lang.pick("机关", "agency"), if agency.name.is_empty() { "—" } else { &agency.name });
    page.line(lang.pick("原文", "printed"), &case.part.grounds.name);
    page.line(lang.pick("标识", "id"), &agency.id.0);
    page.line(lang.pick("区划代码", "division"), agency.division.as_deref().unwrap_or_default());
    let above = [&agency.province, &agency.prefecture, &agency.county, &agency.township];
    let above: Vec<&str> = above.into_iter().filter_map(|place| place.as_deref()).collect();
    page.line(lang.pick("所在", "place"), &above.join(" / "));
    let level = agency.level.map_or("—", |level| level.name());
    let kind = agency.kind.map_or("—", |kind| kind.name());
    page.line(lang.pick("层级类型", "level"), &format!("{level}, {kind}"));
    if !agency.candidates.is_empty() {
        let open = lang.pick("未能确定，可能为", "not settled, may be");
        page.line(lang.pick("候选", "candidates"), &format!("{open} {}", agency.candidates.join(" ")));
    }
    for proof in &case.part.proofs {
        page.line(lang.pick("依据", "settled by"), proof.describe().get(lang));
    }
    if case.part.proofs.is_empty() {
        page.line(lang.pick("依据", "settled by"), lang.pick("无", "nothing"));
    }
    for text in &case.part.grounds.texts {
        page.line(lang.pick("参考文字", "looked at"), text);
    }
    page.line(lang.pick("参考路径", "path"), case.name);
}

fn year(case: &Case, page: &mut Page, lang: Lang) {
    let label = lang.pick("报告年度", "year");
    let Some(year) = case.part.report.year else {
        page.line(label, lang.pick("没有找到", "not found"));
        title(case, page, lang);
        return;
    };
    page.line(label, &year.to_string());
    title(case, page, lang);
    let found = mentions_of_year(&case.part.document, year);
    mentions(&found, page, lang);
    page.line(lang.pick("路径", "path"), case.name);
}

fn published(case: &Case, page: &mut Page, lang: Lang) {
    let label = lang.pick("发布日期", "published");
    let Some(date) = case.part.report.published else {
        page.line(label, lang.pick("没有找到", "not found"));
        return;
    };
    page.line(label, &date.to_string());
    let found = mentions_of_date(&case.part.document, date);
    mentions(&found, page, lang);
    if let Some(at) = found.iter().find_map(|mention| mention.place) {
        surroundings(case, at, page, lang);
    }
}

fn title(case: &Case, page: &mut Page, lang: Lang) {
    page.line(lang.pick("标题", "title"), &case.part.report.title);
    match case.part.grounds.title_line {
        Some(line) => page.line(lang.pick("位置", "place"), &place(Place::Line(line), case.part, lang)),
        None => page.line(
            lang.pick("位置", "place"),
            lang.pick("只在文件的声明中，正文没有印出", "only declared by the file, not printed in its text"),
        ),
    }
}

fn mentions(found: &[Mention], page: &mut Page, lang: Lang) {
    for mention in found {
        let at = match mention.place {
            Some(at) => at.to_string(),
            None => format!("{} {}", lang.pick("声明", "declared"), mention.declared),
        };
        page.line(lang.pick("见于", "printed at"), &format!("{at}  {}", shorten_long(&mention.text)));
    }
}

fn shorten_long(text: &str) -> String {
    if text.chars().count() <= 60 { text.to_owned() } else { shorten(text, WIDEST) }
}
