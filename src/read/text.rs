//! Plain text: a line is a text block; consecutive lines that are drawn as a table, with tabs or with pipes as in
//! Markdown, are a grid.

use super::cells::Grid;
use super::draft::Draft;
use super::encoding::decode;
use super::fold::{fold_into, folded};
use super::{Contents, Fit, Format, ReadError, has_extension};

/// The most cells of one line, and the most lines of one table, that are kept: a line or a file of nothing but
/// separators must not cost more than its own size.
const MAX_COLUMNS: usize = 1000;
const MAX_ROWS: usize = 100_000;

/// Plain text and Markdown.
pub(super) const FORMAT: Format = Format { name: "text", sniff, read };

/// Anything that is not binary is text when nothing else fits better.
fn sniff(_: &[u8], name: &str) -> Fit {
    if has_extension(name, &["txt", "text", "md", "markdown", "tsv"]) { Fit::Named } else { Fit::Possible }
}

fn read(bytes: &[u8]) -> Result<Contents, ReadError> {
    let decoded = decode(bytes);
    let mut draft = Draft::new("text");
    for warning in decoded.warnings {
        draft.warn(warning);
    }
    Lines::numbered().read(&decoded.text, &mut draft);
    Contents::only(draft.finish())
}

/// What separates the cells of a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Drawing {
    Tabs,
    /// `| a | b |`
    Pipes,
    /// `a | b`
    InnerPipes,
}

/// A run of lines that may turn out to be a table.
#[derive(Debug)]
struct Run<'a> {
    drawing: Drawing,
    lines: Vec<(u32, &'a str)>,
}

impl<'a> Run<'a> {
    /// The cells of each line, one more than are kept where there are too many.
    fn rows(&self) -> impl Iterator<Item = Vec<&'a str>> {
        self.lines.iter().map(|(_, line)| cells(line, self.drawing))
    }
}

/// Reads lines of text into blocks.
#[derive(Debug)]
pub(super) struct Lines {
    numbered: bool,
}

impl Lines {
    /// Text blocks carry the number of their line.
    pub fn numbered() -> Self {
        Self { numbered: true }
    }

    /// Text blocks are counted: the lines are only a part of a file.
    pub fn unnumbered() -> Self {
        Self { numbered: false }
    }

    /// Adds the text's lines and tables to the draft.
    pub fn read(&self, text: &str, draft: &mut Draft) {
        let mut run: Option<Run> = None;
        let mut number = 0_u32;
        for line in lines(text) {
            number = number.saturating_add(1);
            let drawing = drawing(line, run.as_ref().map(|run| run.drawing));
            if run.as_ref().is_some_and(|run| Some(run.drawing) != drawing || run.lines.len() == MAX_ROWS)
                && let Some(run) = run.take()
            {
                self.end_run(&run, draft);
            }
            match (drawing, &mut run) {
                (Some(_), Some(run)) => run.lines.push((number, line)),
                (Some(drawing), None) => run = Some(Run { drawing, lines: vec![(number, line)] }),
                (None, _) => self.push_line(number, line, draft),
            }
        }
        if let Some(run) = run {
            self.end_run(&run, draft);
        }
    }

    fn push_line(&self, number: u32, line: &str, draft: &mut Draft) {
        let (heading, line) = heading(line);
        draft.push_text(folded(line), self.numbered.then_some(number), heading);
    }

    fn end_run(&self, run: &Run, draft: &mut Draft) {
        if !is_table(run) {
            for (number, line) in &run.lines {
                self.push_line(*number, line, draft);
            }
            return;
        }
        let mut grid = Grid::default();
        let mut text = String::new();
        for mut row in run.rows().filter(|row| !is_rule(row)) {
            if row.len() > MAX_COLUMNS {
                let table = draft.next_table();
                draft.warn(format!("table {table}: a row of more than {MAX_COLUMNS} cells was cut"));
                row.truncate(MAX_COLUMNS);
            }
            let bytes = row.iter().map(|cell| cell.len()).sum();
            if !draft.take_cells(row.len()) || !draft.take_text(bytes) {
                break;
            }
            for cell in row {
                write_cell(cell, &mut text);
                let cell = grid.write(&text);
                grid.put(cell);
            }
            grid.end_row();
        }
        draft.push_grid(grid);
    }
}

/// A cell as printed → as kept. Markdown writes a line break within a cell as `<br>`, and a pipe as `\|`.
fn write_cell(cell: &str, text: &mut String) {
    text.clear();
    if cell.contains(['<', '\\']) {
        let plain = cell.replace("<br>", "\n").replace("<br/>", "\n").replace("<br />", "\n").replace("\\|", "|");
        for line in plain.split('\n') {
            let before = text.len();
            if before > 0 {
                text.push('\n');
            }
            if !fold_into(line, text) {
                text.truncate(before);
            }
        }
    } else {
        fold_into(cell, text);
    }
}

/// Lines, whatever ends them: `\n`, `\r\n` or `\r`.
fn lines(text: &str) -> impl Iterator<Item = &str> {
    text.split('\n').flat_map(|line| line.strip_suffix('\r').unwrap_or(line).split('\r'))
}

/// `## Text` → 2, `Text`.
fn heading(line: &str) -> (u8, &str) {
    let trimmed = line.trim_start();
    let rest = trimmed.trim_start_matches('#');
    match u8::try_from(trimmed.len() - rest.len()) {
        Ok(level @ 1..=6) if rest.starts_with([' ', '\t']) => (level, rest),
        _ => (0, line),
    }
}

fn is_pipe(c: char) -> bool {
    matches!(c, '|' | '│' | '┃' | '｜')
}

/// How a line is drawn, where it may be a row of a table; `before` is how the line above is.
fn drawing(line: &str, before: Option<Drawing>) -> Option<Drawing> {
    let trimmed = line.trim();
    if trimmed.starts_with(is_pipe) && trimmed.chars().filter(|c| is_pipe(*c)).count() >= 2 {
        return Some(Drawing::Pipes);
    }
    if before == Some(Drawing::Pipes) && is_box_rule(trimmed) {
        return Some(Drawing::Pipes);
    }
    if line.contains('\t') {
        let filled = line.split('\t').filter(|cell| !cell.trim().is_empty()).count();
        let indented = line.starts_with('\t');
        // Below a row, any line with a tab is a row, even a blank one; a first row has two cells, or a label and
        // at least two blank ones.
        let blanks = line.trim_end_matches(' ').chars().rev().take_while(|c| *c == '\t').count();
        if before == Some(Drawing::Tabs) || filled >= 2 || (filled == 1 && !indented && blanks >= 2) {
            return Some(Drawing::Tabs);
        }
        return None;
    }
    trimmed.contains('|').then_some(Drawing::InnerPipes)
}

/// A line of a drawn box without text, such as `├──┼──┤`.
fn is_box_rule(line: &str) -> bool {
    line.chars().count() >= 3 && line.chars().all(|c| matches!(c, '\u{2500}'..='\u{257f}' | '+' | '-' | '=' | ' '))
}

/// A row's cells as printed, folding still to be done.
fn cells(line: &str, drawing: Drawing) -> Vec<&str> {
    match drawing {
        Drawing::Tabs => line.split('\t').take(MAX_COLUMNS + 1).collect(),
        Drawing::InnerPipes => split_at_pipes(line.trim()),
        Drawing::Pipes => {
            let line = line.trim();
            if is_box_rule(line) {
                return vec!["---"];
            }
            let line = line.strip_prefix(is_pipe).unwrap_or(line);
            split_at_pipes(strip_last_pipe(line))
        }
    }
}

fn strip_last_pipe(line: &str) -> &str {
    match line.strip_suffix(is_pipe) {
        Some(rest) if !rest.ends_with('\\') => rest,
        _ => line,
    }
}

/// Splits at pipes that no backslash stands before.
fn split_at_pipes(line: &str) -> Vec<&str> {
    let mut cells = Vec::new();
    let mut from = 0;
    for (at, pipe) in line.match_indices(is_pipe) {
        if cells.len() > MAX_COLUMNS {
            return cells;
        }
        if !line[..at].ends_with('\\') {
            cells.push(&line[from..at]);
            from = at + pipe.len();
        }
    }
    cells.push(&line[from..]);
    cells
}

/// A row that only separates a head from a body: `|---|:--:|`. A lone `-` is a figure that is none.
fn is_rule(row: &[&str]) -> bool {
    row.iter().all(|cell| {
        let cell = cell.trim();
        let dashes = cell.trim_matches(':');
        dashes.chars().all(|c| matches!(c, '-' | '=' | '\u{2500}'..='\u{257f}'))
            && (dashes.chars().count() >= 3 || (!dashes.is_empty() && dashes.len() < cell.len()))
    })
}

/// Whether lines that are drawn like rows are a table and not prose with a stray separator.
fn is_table(run: &Run) -> bool {
    match run.drawing {
        Drawing::Pipes => true,
        Drawing::InnerPipes => {
            let mut lengths = run.rows().map(|row| row.len());
            let first = lengths.next();
            run.lines.len() >= 2 && (lengths.all(|length| Some(length) == first) || run.rows().any(|row| is_rule(&row)))
        }
        Drawing::Tabs => run.rows().any(|row| row.len() >= 3 || holds_value(&row)),
    }
}

/// Whether the row is a label and a value, and not a numbered heading or prose with a tab in it.
fn holds_value(row: &[&str]) -> bool {
    match row {
        [label, value] => {
            let value = value.trim();
            !is_enumerator(label.trim())
                && (value.is_empty()
                    || value.chars().next().is_some_and(|c| c.is_numeric() || matches!(c, '-' | '—' | '/' | '无')))
                && value.chars().count() <= 20
        }
        _ => false,
    }
}

/// The number of a heading or list item, such as `一、`, `（二）` or `3.`.
fn is_enumerator(label: &str) -> bool {
    label.chars().count() <= 4 && label.ends_with(['、', '.', '．', ')', '）', '，', ':', '：'])
}

#[cfg(test)]
#[path = "text_tests.rs"]
mod tests;
