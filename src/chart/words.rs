//! The few words that charts say of their own, in both languages: the one dictionary of this module.

use crate::report::Lang;

/// A word in both languages.
#[derive(Debug, Clone, Copy)]
pub(super) struct Word(pub &'static str, pub &'static str);

impl Word {
    pub fn get(self, lang: Lang) -> &'static str {
        lang.pick(self.0, self.1)
    }
}

pub(super) const NO_DATA: Word = Word("无数据", "No data");
pub(super) const NO_VALUES: Word = Word("没有可供绘制的数值。", "There is no value to draw.");
pub(super) const NO_CASES: Word = Word("无案例", "no cases");
pub(super) const FORM_CHANGED: Word = Word("表式变更", "form changed");
pub(super) const BREAK_NOTE: Word = Word("不可直接比较", "not comparable across it");

pub(super) const LOG_SCALE: Word = Word("对数刻度", "log scale");
pub(super) const WITHIN_LIMITS: Word = Word("控制限以内", "within limits");
pub(super) const BEYOND_95: Word = Word("超出95%限", "beyond 95%");
pub(super) const BEYOND_998: Word = Word("超出99.8%限", "beyond 99.8%");
pub(super) const MEDIAN_RANK: Word = Word("名次中位数", "median rank");
pub(super) const RANK_INTERVAL: Word = Word("5%–95%区间", "5–95% interval");
pub(super) const RANK_RANGE: Word = Word("名次范围", "rank range");
pub(super) const NOT_RANKED: Word = Word("不参加排名", "Not ranked");
pub(super) const MOVED: Word = Word("变动超出其区间", "moved beyond its interval");
pub(super) const NOT_MOVED: Word = Word("变动未超出其区间", "move within its interval");

/// All of them, for the test that the font has their characters.
#[cfg(test)]
pub(super) const ALL: &[Word] = &[
    NO_DATA,
    NO_VALUES,
    NO_CASES,
    FORM_CHANGED,
    BREAK_NOTE,
    LOG_SCALE,
    WITHIN_LIMITS,
    BEYOND_95,
    BEYOND_998,
    MEDIAN_RANK,
    RANK_INTERVAL,
    RANK_RANGE,
    NOT_RANKED,
    MOVED,
    NOT_MOVED,
];
