//! What holds for every report however it is mangled: a number is the printed one or there is none, and what is
//! unreadable is noted.

use super::press::{Cells, Lines, Press, cell, compact, dropped, grid, report, spanned, tables};
use super::{explained, read, wrong};
use crate::agency::Agencies;
use crate::extract::extract;
use crate::read::{Block, Document, GridCell, TextBlock};
use crate::report::{Report, Source};
use proptest::prelude::*;
use proptest::sample::{Index, select};

const FORMS: [(&str, i32); 2] = [("cn-2019", 2020), ("cn-2021", 2022)];

type Layout = fn(&Lines) -> Cells;

fn grids() -> impl Strategy<Value = Layout> {
    select(vec![spanned as Layout, dropped as Layout, compact as Layout])
}

fn forms() -> impl Strategy<Value = (&'static str, i32)> {
    select(FORMS.to_vec())
}

/// Few cases a run; `PROPTEST_CASES` asks for more.
fn config() -> ProptestConfig {
    let asked = std::env::var("PROPTEST_CASES").is_ok();
    let cases = if asked { ProptestConfig::default().cases } else { 64 };
    ProptestConfig { cases, failure_persistence: None, ..ProptestConfig::default() }
}

fn sound(report: &Report) -> Result<(), TestCaseError> {
    prop_assert_eq!(wrong(report), Vec::<&str>::new());
    prop_assert!(explained(report), "unreadable without a note: {:?}", report.notes);
    Ok(())
}

/// Every printed cell of the three tables, to pick from.
fn places(tables: &[Lines; 3]) -> Vec<(usize, usize, usize)> {
    let rows =
        tables.iter().enumerate().flat_map(|(t, lines)| lines.iter().enumerate().map(move |(r, row)| (t, r, row)));
    rows.flat_map(|(t, r, row)| (0..row.len()).map(move |c| (t, r, c))).collect()
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn a_cell_deleted_from_text_never_gives_a_wrong_number((id, year) in forms(), at in any::<Index>()) {
        let mut tables = tables(id);
        let (t, r, c) = *at.get(&places(&tables));
        tables[t][r].remove(c);
        sound(&read(&report(year, &tables, Press::lines)))?;
    }

    #[test]
    fn a_line_put_into_text_never_gives_a_wrong_number(
        (id, year) in forms(), at in any::<Index>(), line in select(vec!["5", "第5页", "备注", "其他", "- 5 -", "0 0"]),
    ) {
        let mut tables = tables(id);
        let (t, r, c) = *at.get(&places(&tables));
        tables[t][r].insert(c, cell(line));
        sound(&read(&report(year, &tables, Press::lines)))?;
    }

    #[test]
    fn a_cell_deleted_from_a_grid_never_gives_a_wrong_number(
        (id, year) in forms(), layout in grids(), at in any::<Index>(),
    ) {
        let mut tables = tables(id);
        let (t, r, c) = *at.get(&places(&tables));
        tables[t][r].remove(c);
        sound(&read(&report(year, &tables, |press, lines| press.grid(&layout(lines)))))?;
    }

    // One a table: a header and a row that have both lost a cell can fit each other again, and nobody could tell.
    #[test]
    fn a_cell_deleted_from_each_laid_out_grid_never_gives_a_wrong_number(
        (id, year) in forms(), layout in grids(), at in proptest::collection::vec(any::<(Index, Index)>(), 3),
    ) {
        let mut document = report(year, &tables(id), |press, lines| press.grid(&layout(lines)));
        let grids = document.blocks.iter_mut().filter_map(|b| match b {
            Block::Table(grid) => Some(grid),
            Block::Text(_) => None,
        });
        for (table, (row, column)) in grids.zip(at) {
            let owned = |cell: GridCell<'_>| (cell.text.to_owned(), cell.origin);
            let mut cells: Cells = table.rows().map(|row| row.cells().map(owned).collect()).collect();
            let mut rows: Vec<_> = cells.iter_mut().filter(|r| r.len() > 1).collect();
            let index = row.index(rows.len());
            let row = &mut *rows[index];
            row.remove(column.index(row.len()));
            *table = grid(table.table, &cells);
        }
        sound(&read(&document))?;
    }

    #[test]
    fn blanked_cells_are_blank_or_noted_and_nothing_moves(
        (id, year) in forms(), layout in grids(), at in proptest::collection::vec(any::<Index>(), 1..30),
    ) {
        let mut tables = tables(id);
        for at in at {
            let (t, r, c) = *at.get(&places(&tables));
            tables[t][r][c].text.clear();
        }
        sound(&read(&report(year, &tables, |press, lines| press.grid(&layout(lines)))))?;
    }

    #[test]
    fn blank_cells_that_vanish_never_shift_their_neighbours(
        (id, year) in forms(), seed in proptest::collection::vec(0_u8..100, 260), share in 1_u8..95, text in any::<bool>(),
    ) {
        let mut tables = tables(id);
        let mut dice = seed.into_iter().cycle();
        for row in tables.iter_mut().flatten() {
            row.retain(|c| !c.text.bytes().all(|b| b.is_ascii_digit()) || dice.next().is_none_or(|d| d >= share));
        }
        let document = report(year, &tables, |press, lines| {
            if text { press.lines(lines) } else { press.grid(&spanned(lines)) }
        });
        let report = read(&document);
        // A row of one number in text cannot have lost another's: only rows that also lost their label could.
        sound(&report)?;
    }

    #[test]
    fn misspelt_labels_are_right_or_noted(
        (id, year) in forms(), layout in grids(), text in any::<bool>(),
        at in proptest::collection::vec((any::<Index>(), any::<Index>(), "[一-龥]{0,2}"), 1..6),
    ) {
        let mut tables = tables(id);
        let labels: Vec<_> = places(&tables).into_iter().filter(|(t, r, c)| {
            tables[*t][*r][*c].text.chars().any(|c| !c.is_ascii_digit())
        }).collect();
        for (place, character, instead) in at {
            let (t, r, c) = *place.get(&labels);
            let text = &mut tables[t][r][c].text;
            let chars: Vec<char> = text.chars().collect();
            let k = character.index(chars.len().max(1));
            *text = chars.iter().take(k).collect::<String>() + &instead + &chars.iter().skip(k + 1).collect::<String>();
        }
        let document = report(year, &tables, |press, lines| {
            if text { press.lines(lines) } else { press.grid(&layout(lines)) }
        });
        sound(&read(&document))?;
    }

    #[test]
    fn rows_that_change_places_keep_their_numbers(
        (id, year) in forms(), text in any::<bool>(), a in any::<Index>(), b in any::<Index>(),
    ) {
        let mut tables = tables(id);
        let rows = tables[1].len() - 3;
        tables[1].swap(3 + a.index(rows), 3 + b.index(rows));
        let document = report(year, &tables, |press, lines| {
            if text { press.lines(lines) } else { press.grid(&compact(lines)) }
        });
        sound(&read(&document))?;
    }

    #[test]
    fn columns_that_change_places_are_not_read_as_before(
        (id, year) in forms(), layout in grids(), t in 0_usize..3, a in any::<Index>(), b in any::<Index>(),
    ) {
        let mut tables = tables(id);
        let headers: Vec<usize> = (0..tables[t].len()).filter(|r| tables[t][*r].len() > 2
            && tables[t][*r].iter().all(|c| c.text.chars().any(|c| !c.is_ascii_digit()))).collect();
        let row = *a.get(&headers);
        let cells = tables[t][row].len();
        let (x, y) = (1 + b.index(cells - 1), cells - 1);
        let printed = |t: &[Lines; 3]| report(year, &t.clone(), |press, lines| press.grid(&layout(lines)));
        let before = printed(&tables);
        if tables[t][row][x].text == tables[t][row][y].text {
            return Ok(());
        }
        tables[t][row].swap(x, y);
        let after = printed(&tables);
        prop_assert_eq!(wrong(&read(&before)), Vec::<&str>::new());
        // The header now says something else of these columns: what it says otherwise is not read as if it did not.
        let count = |d: &Document| read(d).figures.iter().filter(|(_, c)| c.value().is_some()).count();
        prop_assert!(count(&after) < count(&before), "{:?}", tables[t][row]);
    }

    #[test]
    fn shuffled_and_garbled_documents_never_panic(
        (id, year) in forms(), layout in grids(), order in any::<u64>(), garbage in proptest::collection::vec(".{0,30}", 0..20),
    ) {
        let document = report(year, &tables(id), |press, lines| press.lines(lines).grid(&layout(lines)));
        let mut blocks = document.blocks;
        for (i, text) in garbage.into_iter().enumerate() {
            let at = usize::try_from(order).unwrap_or(7).wrapping_mul(i + 3) % (blocks.len() + 1);
            blocks.insert(at, Block::Text(TextBlock { text, line: 1, heading: 0 }));
        }
        let n = blocks.len();
        for i in 0..n {
            let j = usize::try_from(order % 1_000_003).unwrap_or(1).wrapping_mul(i + 1) % n;
            blocks.swap(i, j);
        }
        let source = Source::default();
        extract(&Document { blocks, ..Document::default() }, &source, &Agencies::embedded());
    }

    #[test]
    fn any_grid_of_labels_and_numbers_never_panics(
        rows in proptest::collection::vec(proptest::collection::vec((0_usize..600, any::<bool>()), 0..20), 0..40),
    ) {
        let words: Vec<String> = FORMS.iter().flat_map(|(id, _)| tables(id)).flatten().flatten().map(|c| c.text).collect();
        let cell = |(w, origin)| (words.get(w).cloned().unwrap_or_default(), origin);
        let rows = rows.into_iter().map(|row| row.into_iter().map(cell).collect()).collect();
        let blocks = vec![Block::Table(grid(1, &rows))];
        extract(&Document { blocks, ..Document::default() }, &Source::default(), &Agencies::embedded());
    }
}
