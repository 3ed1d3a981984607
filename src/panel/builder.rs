//! Reports into columns.

use super::Panel;
use super::columns::columns;
use super::frame::Value;
use super::frame_builder::FrameBuilder;
use super::row::add_report;
use crate::report::Report;

/// Takes reports one by one into typed columns. A report costs about 2 KB: 8 bytes a figure and its texts.
pub struct PanelBuilder {
    frame: FrameBuilder,
}

impl Default for PanelBuilder {
    fn default() -> Self {
        Self::new()
    }
}

impl PanelBuilder {
    /// No reports yet.
    pub fn new() -> Self {
        Self::with_room(0)
    }

    /// No reports yet, and room for so many; more are no mistake.
    pub fn with_room(reports: usize) -> Self {
        Self { frame: FrameBuilder::with_room(columns().iter().map(|c| (c.name.as_str(), c.kind)), reports) }
    }

    /// Adds a report; `kept` says whether it stands for its agency and year ([`Panel::set_kept`] can say so later).
    pub fn push(&mut self, report: &Report, kept: bool) {
        let mut row = self.frame.begin_row();
        add_report(report, Value::Flag(kept), &mut row);
        row.end();
    }

    /// The number of reports so far.
    pub fn len(&self) -> usize {
        self.frame.height()
    }

    /// Whether there is no report yet.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The panel.
    pub fn finish(self) -> Panel {
        Panel { reports: self.frame.finish() }
    }
}
