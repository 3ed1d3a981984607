//! Prints fictional reports in the shapes in which reports are met, every figure another number, so that a number in
//! the wrong place shows.

use crate::form::{Block, FigureId, Form, Row, Table, forms};
use crate::read::{self, Document, Grid, GridCell, TextBlock};
use std::collections::BTreeMap;

pub const AGENCY: &str = "云岭省雾川县松风镇人民政府";

/// A cell as a page prints it.
#[derive(Debug, Clone)]
pub struct Printed {
    pub text: String,
    pub columns: usize,
    pub rows: usize,
}

pub type Lines = Vec<Vec<Printed>>;

/// The text of every cell of a grid, row by row, and whether the printed cell begins there.
pub type Cells = Vec<Vec<(String, bool)>>;

pub fn grid(table: u32, rows: &Cells) -> Grid {
    fn cell((text, origin): &(String, bool)) -> GridCell<'_> {
        GridCell { text, origin: *origin }
    }
    Grid::new(table, rows.iter().map(|row| row.iter().map(cell)))
}

pub fn cell(text: impl Into<String>) -> Printed {
    Printed { text: text.into(), columns: 1, rows: 1 }
}

pub fn wide(text: impl Into<String>, columns: usize) -> Printed {
    Printed { columns, ..cell(text) }
}

pub fn form(id: &str) -> &'static Form {
    forms().get(id).unwrap()
}

/// The number that a figure has in every printed report here: no two alike.
pub fn number(id: FigureId) -> u32 {
    1000 + u32::from(id.0)
}

/// The rows of a table as a browser shows them, spans and all.
pub fn table(form: &Form, number: u8, value: &dyn Fn(FigureId) -> String) -> Lines {
    let table = form.table(number).unwrap();
    match number {
        2 => table.blocks.iter().flat_map(|b| disclosure(table, b, value)).collect(),
        3 => requests(table, value),
        _ => remedies(table, value),
    }
}

fn disclosure(table: &Table, block: &Block, value: &dyn Fn(FigureId) -> String) -> Lines {
    let filler = 4 - block.columns.len();
    let spread = |mut row: Vec<Printed>| {
        row.last_mut().unwrap().columns = filler;
        row
    };
    let mut head = vec![cell(&table.corner[0])];
    head.extend(block.columns.iter().map(|c| cell(&c.labels[0])));
    let mut out = vec![vec![wide(&block.labels[0], 4)], spread(head)];
    for row in &block.rows {
        let mut line = vec![cell(&row.labels[0])];
        line.extend(row.figures.iter().map(|f| cell(value(*f))));
        out.push(spread(line));
    }
    out
}

fn requests(table: &Table, value: &dyn Fn(FigureId) -> String) -> Lines {
    let block = &table.blocks[0];
    let column = |c: usize| block.columns[c].labels[0].clone();
    let tall = |text: String| Printed { rows: 2, ..cell(text) };
    let mut out = vec![
        vec![Printed { rows: 3, ..wide(&table.corner[0], 3) }, wide(&block.headings[0], 7)],
        vec![tall(column(0)), wide(&block.columns[1].group[0], 5), tall(column(6))],
        (1..6).map(|c| cell(column(c))).collect(),
    ];
    for (i, row) in block.rows.iter().enumerate() {
        let mut line = Vec::new();
        for (depth, key) in row.group.iter().enumerate() {
            let inside = |r: &&Row| r.group.get(depth) == Some(key);
            let begins = i == 0 || block.rows[i - 1].group.get(depth) != Some(key);
            if begins {
                let rows = block.rows.iter().filter(inside).count();
                line.push(Printed { rows, ..cell(&block.groups[key][0]) });
            }
        }
        line.push(wide(&row.labels[0], 3 - row.group.len()));
        line.extend(row.figures.iter().map(|f| cell(value(*f))));
        out.push(line);
    }
    out
}

fn remedies(table: &Table, value: &dyn Fn(FigureId) -> String) -> Lines {
    let block = &table.blocks[0];
    let label = |c: usize| cell(&block.columns[c].labels[0]);
    let mut second: Vec<Printed> = (0..5).map(|c| Printed { rows: 2, ..label(c) }).collect();
    second.extend([5, 10].map(|c: usize| wide(&block.columns[c].group[1], 5)));
    vec![
        [0, 5].map(|c: usize| wide(&block.columns[c].group[0], 5 + c)).to_vec(),
        second,
        (5..15).map(label).collect(),
        block.rows[0].figures.iter().map(|f| cell(value(*f))).collect(),
    ]
}

/// A grid with its spans written out, as readers hand it on.
pub fn spanned(lines: &Lines) -> Cells {
    let mut held: BTreeMap<(usize, usize), String> = BTreeMap::new();
    let mut out = Vec::new();
    for (y, line) in lines.iter().enumerate() {
        let mut row = Vec::new();
        let mut fill = |row: &mut Vec<(String, bool)>| {
            while let Some(text) = held.remove(&(y, row.len())) {
                row.push((text, false));
            }
        };
        let mut later = Vec::new();
        for printed in line {
            fill(&mut row);
            for x in 0..printed.columns {
                later.extend((1..printed.rows).map(|below| ((y + below, row.len()), printed.text.clone())));
                row.push((printed.text.clone(), x == 0));
            }
        }
        fill(&mut row);
        held.extend(later);
        out.push(row);
    }
    out
}

/// The same with the spans dropped and empty cells in their place.
pub fn dropped(lines: &Lines) -> Cells {
    let mut grid = spanned(lines);
    for cell in grid.iter_mut().flatten().filter(|(_, origin)| !origin) {
        *cell = (String::new(), true);
    }
    grid
}

/// The same with the spans dropped and nothing in their place.
pub fn compact(lines: &Lines) -> Cells {
    let plain = |p: &Printed| (p.text.clone(), true);
    lines.iter().map(|line| line.iter().map(plain).collect()).collect()
}

/// A document under construction.
#[derive(Default)]
pub struct Press {
    pub document: Document,
    line: u32,
    table: u32,
}

impl Press {
    pub fn text(mut self, text: &str) -> Self {
        self.line += 1;
        let block = TextBlock { text: text.to_owned(), line: self.line, heading: 0 };
        self.document.blocks.push(read::Block::Text(block));
        self
    }

    pub fn heading(mut self, text: &str) -> Self {
        self = self.text(text);
        if let Some(read::Block::Text(block)) = self.document.blocks.last_mut() {
            block.heading = 1;
        }
        self
    }

    pub fn grid(mut self, rows: &Cells) -> Self {
        self.table += 1;
        self.document.blocks.push(read::Block::Table(grid(self.table, rows)));
        self
    }

    /// One cell a line.
    pub fn lines(self, lines: &Lines) -> Self {
        lines.iter().flatten().fold(self, |press, cell| press.text(&cell.text))
    }
}

/// A whole report for a year, its three tables printed by `print`.
pub fn report(year: i32, tables: &[Lines; 3], print: impl Fn(Press, &Lines) -> Press) -> Document {
    let sections = &form("cn-2019").sections;
    let numbers = ["一", "二", "三", "四", "五", "六"];
    let mut press = Press::default().heading(&format!("{AGENCY}{year}年政府信息公开工作年度报告"));
    press = press.text(&format!("发布日期：{}-01-20 来源：{AGENCY}", year + 1));
    for (i, section) in sections.iter().enumerate() {
        press = press.text(&format!("{}、{}", numbers[i], section.labels[0]));
        press = match i {
            1..=3 => print(press, &tables[i - 1]),
            _ => press.text("本镇按照要求做好各项工作，全年发布消息12条，培训3次。"),
        };
    }
    press.document
}

/// The three tables of a form with every figure's own number.
pub fn tables(id: &str) -> [Lines; 3] {
    let form = form(id);
    [2, 3, 4].map(|t| table(form, t, &|f| number(f).to_string()))
}
