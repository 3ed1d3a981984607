//! What all charts have around them: title and subtitle above, foot below, and the words for "no data".

use super::scene::{Anchor, Area, Scene, paragraph_height};
use super::theme::{FAINT, GRID, WHITE};
use super::words::{NO_DATA, NO_VALUES};
use super::{Chart, Style, font, labelled};
use crate::report::Lang;

/// The whole drawing.
pub(super) fn compose(chart: &Chart, style: &Style) -> Scene {
    let theme = &style.theme;
    let kind = chart.data.kind();
    let (left, right) = (theme.margin, theme.width - theme.margin);
    let title = theme.title.wrap_evenly(&style.say(&chart.title), right - left, 4);
    let subtitle = theme.subtitle.wrap_full(&style.say(&chart.subtitle), right - left, 4);
    let foot = theme.small.wrap_full(&style.say(&chart.foot), right - left, 12);

    let gap = theme.label.size;
    let mut top = theme.margin;
    let mut scene = Scene::default();
    let after_title = top + paragraph_height(title.len(), theme.title);
    let subtitle_top = after_title + if subtitle.is_empty() || title.is_empty() { 0.0 } else { gap * 0.5 };
    let head = subtitle_top + paragraph_height(subtitle.len(), theme.subtitle);
    let foot_height = paragraph_height(foot.len(), theme.small) + if foot.is_empty() { 0.0 } else { gap * 1.3 };

    let body_top = head + gap * 0.9;
    let usual = theme.height - body_top - foot_height - theme.margin;
    let height = if kind.is_empty() { usual } else { kind.height(style, right - left, usual) }.max(gap * 6.0);
    let body = Area { left, top: body_top, right, bottom: body_top + height };
    scene.width = theme.width;
    scene.height = libm::round(body.bottom + foot_height + theme.margin);

    scene.rect(Area { left: 0.0, top: 0.0, right: scene.width, bottom: scene.height }, WHITE);
    top = scene.paragraph(left, top, &title, Anchor::Start, theme.title);
    debug_assert!(top <= body_top);
    scene.paragraph(left, subtitle_top, &subtitle, Anchor::Start, theme.subtitle);
    if kind.is_empty() {
        draw_empty(&mut scene, body, chart, style);
    } else {
        kind.draw(&mut scene, body, style);
    }
    if !foot.is_empty() {
        let rule = body.bottom + gap * 0.75;
        scene.line(vec![(left, rule), (right, rule)], GRID, theme.hair);
        scene.paragraph(left, body.bottom + gap * 1.3, &foot, Anchor::Start, theme.small);
    }
    scene
}

/// "No data: …" with the reason that the chart gives.
pub(super) fn why_empty(chart: &Chart, lang: Lang) -> String {
    let reason = font::clean(chart.empty.get(lang));
    let reason = if reason.is_empty() { NO_VALUES.get(lang).to_owned() } else { reason };
    labelled(NO_DATA.get(lang), &reason, lang)
}

fn draw_empty(scene: &mut Scene, body: Area, chart: &Chart, style: &Style) {
    let theme = &style.theme;
    let dash = theme.marker * 2.0;
    let corners = [(body.left, body.top), (body.right, body.top), (body.right, body.bottom), (body.left, body.bottom)];
    for (from, to) in corners.iter().zip(corners.iter().cycle().skip(1)) {
        scene.dashes(*from, *to, dash, FAINT, theme.hair);
    }
    let lines = theme.subtitle.wrap(&why_empty(chart, style.lang), body.width() * 0.8, 5);
    let top = f64::midpoint(body.top, body.bottom) - paragraph_height(lines.len(), theme.subtitle) / 2.0;
    scene.paragraph(f64::midpoint(body.left, body.right), top, &lines, Anchor::Middle, theme.subtitle);
}
