//! Tables 2 and 3: the form told from the labels, rows matched, cells placed.

use super::candidate::{Candidate, Values, candidates};
use super::columns::{
    Behind, Mapping, Wanted, behind, count_behind, grid_cells, lines_agree, mapping, named, run_cells, square_cells,
    window,
};
use super::kinds::Kind;
use super::labels::{Meaning, Part, TableRows, labels};
use super::matching::{Match, match_rows, may_match};
use super::number::{Shape, shorten};
use super::placings::{several, texts};
use super::region::Region;
use super::stream::{Item, Piece};
use crate::form::{Block, FigureId, forms};
use crate::report::{Note, NoteKind, Place, Placing};
use std::cell::OnceCell;
use std::collections::BTreeMap;
use std::ops::RangeInclusive;
use std::rc::Rc;

/// A row has about so many figures.
const WIDTH: usize = 7;
/// A label of more characters than this, without its number, speaks for the form that alone has it.
const TELLING: usize = 3;

/// A table as found: what stands where, and what could not be settled.
#[derive(Debug, Clone, Default)]
pub(super) struct Found<'a> {
    /// Index of the form whose labels it carries, where they tell.
    pub form: Option<usize>,
    /// Where it begins.
    pub place: Option<Place>,
    /// The printed cell or cells of each figure, in the order of the document.
    pub cells: Vec<(FigureId, Printed<'a>)>,
    /// Rows that could not be placed and the like.
    pub notes: Vec<Note>,
    /// Whether a number of any kind is printed in it.
    pub filled: bool,
}

/// The printed cell of a figure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Printed<'a> {
    pub text: &'a str,
    pub place: Place,
}

impl<'a> Printed<'a> {
    pub fn of(piece: &Piece<'a>) -> Self {
        Self { text: piece.text, place: piece.place }
    }
}

/// All regions of one table with their candidates; what has to be known before the form is.
pub(super) struct Rows<'i, 'a> {
    pub table: u8,
    items: &'i [Item<'a>],
    regions: Vec<Stretch<'a>>,
    /// Per form, how many labels there are that only it has.
    own: Vec<usize>,
    /// Where the table begins, if anything of it is there.
    place: Option<Place>,
    /// Per form, the table read as one of that form, once that was asked for.
    decoded: Vec<OnceCell<Found<'a>>>,
}

/// A region with its candidates and, for each form, what they are matched with. Matching waits until it is asked for:
/// the labels nearly always tell the form before.
struct Stretch<'a> {
    region: Region,
    candidates: Vec<Candidate<'a>>,
    matches: Vec<OnceCell<Vec<Option<Match>>>>,
}

impl Stretch<'_> {
    fn matches(&self, form: usize, table: u8) -> &[Option<Match>] {
        let find = || labels().rows(form, table).map_or_else(Vec::new, |rows| match_rows(&self.candidates, rows));
        self.matches.get(form).map_or(&[][..], |known| known.get_or_init(find))
    }
}

impl<'i, 'a> Rows<'i, 'a> {
    /// Collects the candidates of a table over its regions.
    pub fn collect(items: &'i [Item<'a>], regions: &[Region], table: u8) -> Self {
        let stretch = |region: &Region| Stretch {
            region: region.clone(),
            candidates: candidates(items, region),
            matches: vec![OnceCell::new(); forms().forms.len()],
        };
        let regions = regions.iter().filter(|r| r.table == table).map(stretch).collect();
        let decoded = vec![OnceCell::new(); forms().forms.len()];
        let mut rows = Self { table, items, regions, own: Vec::new(), place: None, decoded };
        rows.own = rows.count_own();
        rows.place = rows.find();
        rows
    }

    /// The form whose labels the table carries; `None` where they do not tell: labels that only one form has, then
    /// cells that can be placed.
    pub fn form(&self) -> Option<usize> {
        let most = self.own.iter().max()?;
        let leaders: Vec<usize> = (0..self.own.len()).filter(|f| self.own[*f] == *most).collect();
        if let ([one], 1..) = (leaders.as_slice(), *most) {
            return Some(*one);
        }
        // The most promising first: one that cannot place as many needs no reading.
        let mut promising: Vec<(usize, usize)> = leaders.iter().map(|form| (self.most(*form), *form)).collect();
        promising.sort_by_key(|(most, _)| std::cmp::Reverse(*most));
        let (mut best, mut tied) = (None, false);
        let mut placed = 0;
        for (possible, form) in promising {
            if best.is_some() && possible < placed {
                break;
            }
            let figures = self.decode(form).map_or(0, Found::figures);
            if best.is_none() || figures > placed {
                (best, placed, tied) = (Some(form), figures, false);
            } else {
                tied |= figures == placed;
            }
        }
        best.filter(|_| !tied && (*most, placed) > (0, 0))
    }

    /// The most figures that the table can have as one of this form.
    fn most(&self, form: usize) -> usize {
        let Some(rows) = labels().rows(form, self.table) else { return 0 };
        let Some(table) = forms().forms.get(form).and_then(|f| f.table(self.table)) else { return 0 };
        let widest = table.blocks.iter().map(|block| block.columns.len()).max().unwrap_or(0);
        let candidates = self.regions.iter().flat_map(|stretch| &stretch.candidates);
        widest * candidates.filter(|candidate| may_match(candidate, rows)).count()
    }

    fn count_own(&self) -> Vec<usize> {
        let mut own: Vec<Vec<Meaning>> = vec![Vec::new(); forms().forms.len()];
        let tells = |m: &Meaning| matches!(m.part, Part::Row { .. } | Part::Column { .. });
        for stretch in &self.regions {
            let items = stretch.region.of(self.items).iter().filter(|item| item.kinds.has_any(self.table));
            for label in items.flat_map(|i| i.pieces).filter_map(|piece| piece.label) {
                let here = || label.meanings.iter().filter(|m| m.table == self.table);
                let Some(form) = here().next().map(|m| m.form) else { continue };
                // `3.其他` says too little to speak for a form: it may be a row that someone added.
                if label.core.len() > TELLING
                    && here().all(|m| m.form == form && tells(m))
                    && let Some(own) = own.get_mut(form)
                {
                    own.extend(here());
                }
            }
        }
        let different = |mut own: Vec<Meaning>| {
            own.sort_unstable();
            own.dedup();
            own.len()
        };
        own.into_iter().map(different).collect()
    }

    /// Where the table begins, if anything of it is there: two of its rows, or a row and a header, whatever the form.
    pub fn place(&self) -> Option<Place> {
        self.place
    }

    fn find(&self) -> Option<Place> {
        // The likeliest form first: it will be needed anyway.
        let mut order: Vec<usize> = (0..self.own.len()).collect();
        order.sort_by_key(|f| std::cmp::Reverse(self.own[*f]));
        self.regions.iter().find_map(|stretch| {
            let items = || stretch.region.of(self.items);
            let mut any = false;
            let two = order.iter().any(|form| {
                let mut rows = stretch.matches(*form, self.table).iter().flatten().map(|m| m.row);
                let first = rows.next();
                any |= first.is_some();
                rows.any(|row| Some(row) != first)
            });
            let columns = || {
                let items = items().iter().filter(|i| i.kinds.has(self.table, Kind::Column));
                let meanings = items.flat_map(|i| i.pieces).flat_map(|p| p.meanings());
                meanings.filter(|m| m.table == self.table && matches!(m.part, Part::Column { .. }))
            };
            let there = two || any && columns().any(|m| Some(m) != columns().next());
            let first = || items().iter().find(|i| i.section.is_none() && i.kinds.has_any(self.table));
            if there { first().map(Item::place) } else { None }
        })
    }

    /// Reads the table as one of this form.
    pub fn decode(&self, form: usize) -> Option<&Found<'a>> {
        self.decoded.get(form).map(|known| known.get_or_init(|| self.read(form)))
    }

    fn read(&self, form: usize) -> Found<'a> {
        let mut found = Found { form: Some(form), ..Found::default() };
        let candidates = self.regions.iter().map(|stretch| stretch.candidates.len()).sum::<usize>();
        found.cells.reserve(candidates * WIDTH);
        let Some(rows) = labels().rows(form, self.table) else { return found };
        let Some(table) = forms().forms.get(form).and_then(|f| f.table(self.table)) else { return found };
        for stretch in &self.regions {
            let mut reader = RegionReader {
                items: self.items,
                candidates: &stretch.candidates,
                matches: stretch.matches(form, self.table),
                rows,
                blocks: &table.blocks,
                found: &mut found,
                filled: stretch.region.of(self.items).iter().any(|i| i.has_value),
                grids: BTreeMap::new(),
                headers: Vec::new(),
            };
            reader.read();
        }
        // Stable: the cells of one figure stay in the order of the document.
        found.cells.sort_by_key(|(figure, _)| *figure);
        found
    }
}

impl Found<'_> {
    /// How many figures have cells, once these are in the order of the figures.
    fn figures(&self) -> usize {
        self.cells.chunk_by(|a, b| a.0 == b.0).count()
    }
}

/// What the labelled rows of a grid have in common.
struct Common {
    /// How many cells stand behind the labels.
    behind: Behind,
    /// The columns that hold numbers.
    window: Option<Rc<Mapping>>,
}

struct RegionReader<'r, 'a> {
    items: &'r [Item<'a>],
    candidates: &'r [Candidate<'a>],
    matches: &'r [Option<Match>],
    rows: &'r TableRows,
    blocks: &'r [Block],
    found: &'r mut Found<'a>,
    /// Whether any number is printed in the region.
    filled: bool,
    /// What the labelled rows of a grid have in common, once that was asked for.
    grids: BTreeMap<u32, Common>,
    /// What the headers met so far say of the columns of a block.
    headers: Vec<(Rc<Vec<usize>>, usize, Rc<Mapping>)>,
}

impl<'r, 'a> RegionReader<'r, 'a> {
    fn read(&mut self) {
        let first = self.matches.iter().position(Option::is_some);
        let last = self.matches.iter().rposition(Option::is_some);
        let (Some(first), Some(last)) = (first, last) else { return };
        for (i, (candidate, matched)) in self.candidates.iter().zip(self.matches).enumerate() {
            match matched {
                Some(matched) => {
                    let next = self.candidates.get(i + 1);
                    self.place(candidate, *matched, next.is_some_and(|n| self.is_unlabelled(n)));
                }
                None if (first..=last + 1).contains(&i) => self.unknown(candidate),
                None => {}
            }
        }
    }

    /// What the labelled rows of the grid have in common: looked for where the header alone does not help.
    fn common(&mut self, grid: u32) -> &Common {
        let (items, pairs) = (self.items, self.candidates.iter().zip(self.matches));
        let labelled = |(candidate, matched): (&'r Candidate<'a>, &Option<Match>)| {
            let Values::Grid(i) = &candidate.values else { return None };
            let item = items.get(*i).filter(|item| item.grid == Some(grid))?;
            Some((item, candidate.options.get(matched.as_ref()?.option)?.cell))
        };
        let block = self.blocks.first().filter(|_| self.rows.table == 3);
        self.grids.entry(grid).or_insert_with(|| {
            let rows: Vec<(&Item<'_>, usize)> = pairs.filter_map(labelled).collect();
            let window = block.and_then(|block| window(&rows, block.columns.len()));
            Common { behind: count_behind(&rows), window: window.map(Rc::new) }
        })
    }

    /// Whether a grid row has numbers and no label at all.
    fn is_unlabelled(&self, candidate: &Candidate<'a>) -> bool {
        let Values::Grid(i) = &candidate.values else { return false };
        candidate.options.is_empty() && self.items.get(*i).is_some_and(|item| item.has_value)
    }

    /// Places the cells of a matched row. Where the next row has numbers and no label, the label may span both rows
    /// or be that of a group that lost the labels in it: which row it names cannot be told.
    fn place(&mut self, candidate: &'r Candidate<'a>, matched: Match, shared: bool) {
        let Some(&(block, row)) = self.rows.rows.get(matched.row) else { return };
        let Some(figures) = self.blocks.get(block).and_then(|b| b.rows.get(row)).map(|r| &r.figures) else { return };
        if matched.repaired {
            self.note(NoteKind::LabelRepaired, figures.clone(), candidate.place, &candidate.printed, Vec::new());
        }
        if shared || !self.take_cells(candidate, matched, block, figures) {
            let printed = self.printed(candidate);
            let placings = if shared { Vec::new() } else { self.placings(candidate, matched, block) };
            self.note(NoteKind::UnreadableRow, figures.clone(), candidate.place, &printed, placings);
        }
    }

    /// What a header says of a block's columns: read once, as it stands above many rows.
    fn mapping(&mut self, header: &Rc<Vec<usize>>, wanted: Wanted) -> Rc<Mapping> {
        let same = |known: &&(_, usize, Rc<Mapping>)| known.0 == *header && known.1 == wanted.block;
        if let Some((.., known)) = self.headers.last().filter(same) {
            return known.clone();
        }
        let read = Rc::new(mapping(self.items, header, wanted));
        self.headers.push((header.clone(), wanted.block, read.clone()));
        read
    }

    /// Takes over the cells of a row, if they can be placed.
    fn take_cells(&mut self, candidate: &Candidate<'a>, matched: Match, block: usize, figures: &[FigureId]) -> bool {
        match &candidate.values {
            Values::Grid(i) => {
                let Some(item) = self.items.get(*i) else { return false };
                let Some(form_block) = self.blocks.get(block) else { return false };
                let wanted = self.wanted(block, form_block);
                let Some(label) = candidate.options.get(matched.option).map(|o| o.cell) else { return false };
                let header = self.mapping(&candidate.header, wanted);
                if let Some(cells) = square_cells(item, label, &header) {
                    self.take(figures, item.pieces[cells].iter().map(Printed::of));
                    return true;
                }
                let Some(cells) = self.grid_cells(item, label, header, wanted) else { return false };
                self.take(figures, cells.iter().filter_map(|x| item.pieces.get(*x)).map(Printed::of));
            }
            Values::Run { cells, .. } if cells.is_empty() && !self.filled => {
                // Not one number in the whole table: every cell is blank, and so is each of these.
                let cell = Printed { text: "", place: candidate.place };
                self.take(figures, std::iter::repeat(cell));
            }
            values @ Values::Run { .. } => {
                let Some(form_block) = self.blocks.get(block) else { return false };
                let wanted = self.wanted(block, form_block);
                let grouped: Vec<bool> = form_block.columns.iter().map(|c| !c.group.is_empty()).collect();
                if !lines_agree(self.items, &candidate.header, wanted, &grouped) {
                    return false;
                }
                let Some(cells) = run_cells(values, wanted) else { return false };
                let items = self.items;
                self.take(figures, cells.iter().filter_map(|(i, p)| items.get(*i)?.pieces.get(*p).map(Printed::of)));
            }
        }
        true
    }

    fn take(&mut self, figures: &[FigureId], cells: impl Iterator<Item = Printed<'a>>) {
        for (figure, cell) in figures.iter().zip(cells) {
            self.found.filled = self.found.filled || !cell.text.trim().is_empty();
            self.found.cells.push((*figure, cell));
        }
    }

    fn wanted(&self, block: usize, form_block: &Block) -> Wanted {
        Wanted { form: self.rows.form, table: self.rows.table, block, columns: form_block.columns.len() }
    }

    /// The cells of a grid row for the columns of a block, given what its header says.
    fn grid_cells(&mut self, item: &Item<'a>, label: usize, header: Rc<Mapping>, wanted: Wanted) -> Option<Vec<usize>> {
        let grid = item.grid?;
        let mapping = match *header {
            Mapping::Unknown => self.common(grid).window.clone().unwrap_or(header),
            Mapping::Columns { .. } | Mapping::Contradicts => header,
        };
        let label = label_under(item, label, &mapping);
        grid_cells(item, label?, &mapping, wanted, || self.common(grid).behind)
    }

    /// A row that the form does not have. It shifts nothing: its numbers are its own.
    fn unknown(&mut self, candidate: &Candidate<'a>) {
        let groups = candidate
            .options
            .iter()
            .flat_map(|o| o.meanings)
            .any(|m| m.table == self.rows.table && !matches!(m.part, Part::Row { .. } | Part::Column { .. }));
        let numbers = match &candidate.values {
            Values::Grid(i) => self.items.get(*i).is_some_and(|item| item.has_value),
            Values::Run { cells, .. } => !cells.is_empty(),
        };
        if !numbers && (groups || candidate.options.is_empty()) {
            return;
        }
        if numbers {
            let printed = self.printed(candidate);
            self.note(NoteKind::UnknownRow, Vec::new(), candidate.place, &printed, Vec::new());
        }
    }

    fn printed(&self, candidate: &Candidate<'a>) -> String {
        let mut parts = vec![&*candidate.printed];
        match &candidate.values {
            Values::Grid(i) => {
                let cell = candidate.options.first().map_or(0, |o| o.cell + 1);
                let pieces = self.items.get(*i).map_or(&[][..], |item| item.pieces);
                parts.extend(pieces.iter().skip(cell).filter(|p| p.origin).map(|p| p.text).take(20));
            }
            Values::Run { cells, .. } => {
                parts.extend(
                    cells.iter().take(20).filter_map(|(i, p)| self.items.get(*i)?.pieces.get(*p)).map(|p| p.text),
                );
            }
        }
        shorten(&parts.join(" "))
    }

    fn note(&mut self, kind: NoteKind, figures: Vec<FigureId>, place: Place, printed: &str, placings: Vec<Placing>) {
        self.found.notes.push(Note { kind, figures, place, printed: shorten(printed), placings });
    }

    /// The ways in which the cells of a row that was not read can be placed, where they disagree.
    fn placings(&mut self, candidate: &'r Candidate<'a>, matched: Match, block: usize) -> Vec<Placing> {
        let Some(columns) = self.blocks.get(block).map(|b| b.columns.len()) else { return Vec::new() };
        let text = |item: &'r Item<'a>, piece: usize| item.pieces.get(piece).map_or("", |p| p.text);
        let wanted = Wanted { form: self.rows.form, table: self.rows.table, block, columns };
        let named = named(self.items, &candidate.header, wanted);
        let place = |column: usize| named.iter().position(|(known, _)| *known == column);
        let (under, cells): (Option<Vec<&str>>, Vec<&str>) = match &candidate.values {
            Values::Grid(i) => {
                let items = self.items;
                let (Some(item), Some(option)) = (items.get(*i), candidate.options.get(matched.option)) else {
                    return Vec::new();
                };
                let x = |column: usize| Some(named.get(place(column)?)?.1);
                let under = match &*self.mapping(&candidate.header, wanted) {
                    Mapping::Columns { at, .. } => Some(at.iter().map(|range| first_under(item, range)).collect()),
                    Mapping::Unknown | Mapping::Contradicts => {
                        (0..columns).map(|c| Some(text(item, x(c)?))).collect::<Option<Vec<_>>>()
                    }
                };
                let behind: Vec<&Piece<'a>> =
                    behind(item, option.cell).into_iter().filter_map(|x| item.pieces.get(x)).collect();
                (under, texts(&behind, columns))
            }
            Values::Run { cells, .. } => {
                let texts = cells.iter().filter_map(|(i, p)| Some(text(self.items.get(*i)?, *p)));
                let texts: Vec<&str> = texts.collect();
                let fits = texts.len() == columns;
                let under = (0..columns).map(|c| place(c).filter(|_| fits).and_then(|at| texts.get(at).copied()));
                (under.collect(), texts)
            }
        };
        several(columns, under, &cells)
    }
}

/// What stands first under a column of the header.
fn first_under<'a>(item: &Item<'a>, range: &RangeInclusive<usize>) -> &'a str {
    let mut cells = range.clone().filter_map(|x| item.pieces.get(x)).filter(|p| p.origin && p.shape != Shape::Blank);
    cells.next().map_or("", |p| p.text)
}

/// The label's cell, if no other text stands between it and the first column: a group's label with nothing
/// beside it is not the label of a row.
pub(super) fn label_under(item: &Item<'_>, label: usize, mapping: &Mapping) -> Option<usize> {
    let Mapping::Columns { at, .. } = mapping else { return Some(label) };
    let first = at.first().map_or(0, |r| *r.start());
    let own = item.pieces.get(label)?.text;
    let other = item.pieces.iter().take(first).skip(label + 1).any(|p| p.shape == Shape::Text && p.text != own);
    (!other).then_some(label)
}
