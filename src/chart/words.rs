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

/// All of them, for the test that the font has their characters.
#[cfg(test)]
pub(super) const ALL: &[Word] = &[NO_DATA, NO_VALUES, NO_CASES, FORM_CHANGED, BREAK_NOTE];
