//! How far the work is.

use crate::report::Text;

/// A stage of the work that can take long.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    /// Reading, extracting and checking files.
    Read,
    /// Computing metrics and drawing their charts.
    Measure,
    /// Ranking agencies.
    Rank,
    /// Writing files.
    Write,
}

impl Stage {
    /// For people.
    pub fn text(self) -> Text {
        match self {
            Self::Read => Text::new("读取与检查", "Reading and checking"),
            Self::Measure => Text::new("计算指标与绘图", "Computing and drawing"),
            Self::Rank => Text::new("排名", "Ranking"),
            Self::Write => Text::new("写出文件", "Writing files"),
        }
    }
}

/// Who is told. Called from many threads.
pub trait Progress: Sync {
    /// A stage begins, of this many steps.
    fn begin(&self, stage: Stage, steps: u64);
    /// So many steps more are done.
    fn step(&self, steps: u64);
    /// The stage has ended.
    fn end(&self);
}

/// Tells no one.
#[derive(Debug, Clone, Copy)]
pub struct Silent;

impl Progress for Silent {
    fn begin(&self, _stage: Stage, _steps: u64) {}
    fn step(&self, _steps: u64) {}
    fn end(&self) {}
}
