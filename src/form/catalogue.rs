//! The forms as the program uses them, built once from their files.

use super::figure::{Figure, FigureId};
use super::identity::Identity;
use super::source::{BlockFile, FormFile, IdentityFile, RowFile, TableFile};
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

/// All forms, parents before children, and all their figures in the canonical order.
#[derive(Debug)]
pub struct Forms {
    /// The forms, oldest first.
    pub forms: Vec<Form>,
    /// All figures; a [`FigureId`] is an index into this list.
    pub figures: Vec<Figure>,
    pub(super) by_name: BTreeMap<String, FigureId>,
}

/// One national form.
#[derive(Debug, Clone)]
pub struct Form {
    /// `cn-2019`, `cn-2021`.
    pub id: String,
    /// The notice that put it in force.
    pub notice: String,
    /// First and, where it has ended, last report year it was in force for.
    pub years: (i32, Option<i32>),
    /// Its name, by language (`zh`, `en`).
    pub title: BTreeMap<String, String>,
    /// The words around the tables.
    pub words: Words,
    /// The six sections.
    pub sections: Vec<Section>,
    /// Tables 2, 3 and 4.
    pub tables: Vec<Table>,
    /// The identities that its figures must fulfil, in the order of the form.
    pub identities: Vec<Identity>,
    /// Figures that the form does not print but that are sums of figures it prints.
    pub sums: Vec<(FigureId, Vec<FigureId>)>,
    /// The outcome rows of table 3, by key, in order.
    pub outcomes: Vec<String>,
}

/// Words that stand around the tables; the first of a list is the official one.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Words {
    /// What a report's title says it is.
    pub report_titles: Vec<String>,
    /// Labels before a date of publication, most telling first.
    pub published: Vec<String>,
    /// Labels before the name of the body that published.
    pub source: Vec<String>,
    /// What is printed for "none".
    pub none: Vec<String>,
    /// Signs and words before a decrease.
    pub minus: Vec<String>,
    /// Signs and words before an increase.
    pub plus: Vec<String>,
    /// The unit yuan, after an amount.
    pub unit_yuan: Vec<String>,
    /// The unit 10,000 yuan, after an amount.
    pub unit_wan: Vec<String>,
    /// A line under table 2 that some provinces add.
    pub publication_total: Vec<String>,
    /// Units of things counted, after a number.
    pub unit_count: Vec<String>,
    /// The numerals from zero, for a cell that is a single numeral with a unit; variants share a string's place.
    pub numerals: Vec<String>,
    /// What stands between an agency's name and the matter it reports on.
    pub about: Vec<String>,
    /// How the name of an agency that reports ends, where the name is whole; the first is a government itself.
    pub agency_ends: Vec<String>,
    /// How the name of a place ends, where it stands for its government.
    pub place_ends: Vec<String>,
    /// How a line begins that leads back through the site.
    pub breadcrumb: Vec<String>,
    /// What stands only in lines behind the report: the foot of the page.
    pub footer: Vec<String>,
    /// What a report's file or page is called besides the agency's name.
    pub file_words: Vec<String>,
}

/// One of the six sections.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Section {
    /// 1 to 6.
    pub number: u8,
    /// `overview`, `disclosure`, `requests`, `remedies`, `problems`, `other`.
    pub key: String,
    /// The heading without its number; the first is official.
    pub labels: Vec<String>,
}

/// A table of a form.
#[derive(Debug, Clone)]
pub struct Table {
    /// 2, 3 or 4.
    pub number: u8,
    /// The section it stands in.
    pub section: u8,
    /// Labels of the corner cell.
    pub corner: Vec<String>,
    /// Its blocks, top to bottom.
    pub blocks: Vec<Block>,
}

/// A part of a table with one set of columns. The figure of row `r` and column `c` is `rows[r].figures[c]`.
#[derive(Debug, Clone)]
pub struct Block {
    /// Article of the Regulation.
    pub article: String,
    /// The line above it (第二十条第（一）项); empty for tables 3 and 4.
    pub labels: Vec<String>,
    /// Other headings that carry no figure (申请人情况).
    pub headings: Vec<String>,
    /// Labels of row groups (（三）不予公开) by key, first official.
    pub groups: BTreeMap<String, Vec<String>>,
    /// Its columns, left to right.
    pub columns: Vec<Column>,
    /// Its rows, top to bottom.
    pub rows: Vec<Row>,
}

/// A column of a block.
#[derive(Debug, Clone)]
pub struct Column {
    /// `natural`, `made`, `reconsideration_upheld`, …
    pub key: String,
    /// Labels above it, outermost first.
    pub group: Vec<String>,
    /// Its own label and variants.
    pub labels: Vec<String>,
    /// Whether it is the total of the columns beside it.
    pub total: bool,
}

/// A row of a block.
#[derive(Debug, Clone)]
pub struct Row {
    /// `received`, `rules`, …; empty for the only row of table 4.
    pub key: String,
    /// Keys of the groups it stands in, outermost first.
    pub group: Vec<String>,
    /// Its label and variants; empty where the form prints none (table 4).
    pub labels: Vec<String>,
    /// Its figures, one a column.
    pub figures: Vec<FigureId>,
    /// Whether it is one of the outcomes that add up to 总计(七).
    pub outcome: bool,
}

/// What is wrong with a form file.
#[derive(Debug, thiserror::Error)]
pub enum FormError {
    /// The file is not the TOML expected.
    #[error("{file}: {source}")]
    Syntax {
        /// Which file.
        file: String,
        /// What the parser says, with line and column.
        #[source]
        source: Box<toml::de::Error>,
    },
    /// The file contradicts itself or its parent.
    #[error("{form}: {what}")]
    Content {
        /// Which form.
        form: String,
        /// What does not fit.
        what: String,
    },
}

impl Forms {
    /// The form of that id.
    pub fn get(&self, id: &str) -> Option<&Form> {
        self.forms.iter().find(|f| f.id == id)
    }

    /// The form in force for a report year, if any.
    pub fn in_force(&self, year: i32) -> Option<&Form> {
        self.forms.iter().rev().find(|f| f.years.0 <= year && f.years.1.is_none_or(|last| year <= last))
    }

    /// Builds forms from their files' texts, given parents first.
    ///
    /// # Errors
    /// When a file is not valid TOML or names a row, figure or parent that does not exist.
    pub fn from_toml(files: &[(&str, &str)]) -> Result<Self, FormError> {
        let mut built = Builder::default();
        for (file, text) in files {
            let parsed: FormFile = toml::from_str(text)
                .map_err(|e| FormError::Syntax { file: (*file).to_owned(), source: Box::new(e) })?;
            built.add(parsed)?;
        }
        built.finish()
    }
}

impl Form {
    /// The table of that number.
    pub fn table(&self, number: u8) -> Option<&Table> {
        self.tables.iter().find(|t| t.number == number)
    }
}

/// The embedded form files: path within the project, and text.
pub const FORM_FILES: &[(&str, &str)] = &[
    ("data/forms/cn-2019.toml", include_str!("../../data/forms/cn-2019.toml")),
    ("data/forms/cn-2021.toml", include_str!("../../data/forms/cn-2021.toml")),
];

/// The embedded forms.
pub fn forms() -> &'static Forms {
    static FORMS: LazyLock<Forms> =
        LazyLock::new(|| Forms::from_toml(FORM_FILES).expect("the embedded forms are read by a test"));
    &FORMS
}

/// A row as collected for the canonical order: its key and, per figure, what is known so far.
struct Slot {
    table: u8,
    row: String,
    figures: Vec<Figure>,
}

/// A form before figure names are turned into ids.
struct Draft {
    file: FormFile,
    tables: Vec<TableFile>,
    sums: Vec<(String, Vec<String>)>,
    identities: Vec<IdentityFile>,
}

#[derive(Default)]
struct Builder {
    drafts: Vec<Draft>,
    slots: Vec<Slot>,
}

impl Builder {
    fn add(&mut self, file: FormFile) -> Result<(), FormError> {
        let fail = |what: String| FormError::Content { form: file.id.clone(), what };
        let parent = match &file.parent {
            Some(id) => Some(
                self.drafts.iter().find(|d| &d.file.id == id).ok_or_else(|| fail(format!("unknown parent {id}")))?,
            ),
            None => None,
        };
        let mut tables: Vec<TableFile> = parent.map(|p| p.tables.clone()).unwrap_or_default();
        for own in &file.tables {
            match tables.iter_mut().find(|t| t.number == own.number) {
                Some(inherited) => *inherited = own.clone(),
                None => tables.push(own.clone()),
            }
        }
        let mut sums = Vec::new();
        for split in &file.splits {
            let block = tables
                .iter_mut()
                .filter(|t| t.number == split.table)
                .flat_map(|t| &mut t.blocks)
                .find(|b| b.rows.iter().any(|r| r.key == split.row))
                .ok_or_else(|| fail(format!("no row {} to split in table {}", split.row, split.table)))?;
            let at = block.rows.iter().position(|r| r.key == split.row).unwrap_or_default();
            let old = block.rows.remove(at);
            for (i, row) in split.rows.iter().enumerate() {
                let row = RowFile { group: split.group.clone(), ..row.clone() };
                block.rows.insert(at + i, row);
            }
            block.groups.push(super::source::GroupFile { key: old.key.clone(), labels: old.labels.clone() });
            for column in &block.columns {
                let parts = split.rows.iter().map(|r| format!("{}_{}", r.key, column.key)).collect();
                sums.push((format!("{}_{}", old.key, column.key), parts));
            }
        }
        let mut identities = parent.map(|p| p.identities.clone()).unwrap_or_default();
        identities.extend(file.identities.iter().cloned());
        self.collect(&file, &tables, &sums);
        self.drafts.push(Draft { file, tables, sums, identities });
        Ok(())
    }

    /// Puts the form's figures into the canonical order: by table and row as first seen, later forms' figures
    /// behind earlier ones of the same row.
    fn collect(&mut self, file: &FormFile, tables: &[TableFile], sums: &[(String, Vec<String>)]) {
        for table in tables {
            let mut previous: Option<usize> = None;
            for block in &table.blocks {
                for row in &block.rows {
                    let found = self.slots.iter().position(|s| s.table == table.number && s.row == row.key);
                    let at = found.unwrap_or_else(|| {
                        let at = self.place_for(table.number, previous, row, block);
                        self.slots.insert(at, Slot { table: table.number, row: row.key.clone(), figures: Vec::new() });
                        at
                    });
                    previous = Some(at);
                    for figure in row_figures(&file.id, table.number, block, row) {
                        self.slots[at].take(figure);
                    }
                }
            }
        }
        for (name, _) in sums {
            if let Some(figure) = self.slots.iter_mut().flat_map(|s| &mut s.figures).find(|f| &f.name == name) {
                figure.summed_in.push(file.id.clone());
            }
        }
        if let Some(comparable) = &file.comparable {
            for figure in self.slots.iter_mut().flat_map(|s| &mut s.figures) {
                let everywhere = figure.printed_in.len() + figure.summed_in.len() > 1;
                figure.comparable = everywhere
                    && (comparable.tables.contains(&figure.table) || comparable.figures.contains(&figure.name));
            }
        }
    }

    fn place_for(&self, table: u8, previous: Option<usize>, row: &RowFile, block: &BlockFile) -> usize {
        // A row that came out of a split stands behind the row that was split.
        let split = row.group.iter().rev().find_map(|g| {
            block.groups.iter().find(|file| &file.key == g)?;
            self.slots.iter().position(|s| s.table == table && &s.row == g)
        });
        let after = match (split, previous) {
            (Some(s), Some(p)) => Some(s.max(p)),
            (s, p) => s.or(p),
        };
        after.map_or_else(|| self.slots.iter().rposition(|s| s.table <= table).map_or(0, |i| i + 1), |i| i + 1)
    }

    fn finish(self) -> Result<Forms, FormError> {
        let figures: Vec<Figure> = self.slots.into_iter().flat_map(|s| s.figures).collect();
        let by_name: BTreeMap<String, FigureId> = figures
            .iter()
            .enumerate()
            .map(|(i, f)| (f.name.clone(), FigureId(u16::try_from(i).unwrap_or(u16::MAX))))
            .collect();
        let mut forms: Vec<Form> = Vec::new();
        for draft in self.drafts {
            let inherited = draft.file.parent.as_ref().and_then(|p| forms.iter().find(|f| &f.id == p)).cloned();
            let form = build_form(draft, inherited.as_ref(), &by_name)?;
            forms.push(form);
        }
        Ok(Forms { forms, figures, by_name })
    }
}

impl Slot {
    fn take(&mut self, figure: Figure) {
        let Some(known) = self.figures.iter_mut().find(|f| f.name == figure.name) else {
            self.figures.push(figure);
            return;
        };
        known.printed_in.extend(figure.printed_in);
        if known.row_label != figure.row_label {
            known.row_label = format!("{} / {}", known.row_label, figure.row_label);
        }
        if known.column_label != figure.column_label {
            known.column_label = format!("{} / {}", known.column_label, figure.column_label);
        }
    }
}

fn row_figures(form: &str, table: u8, block: &BlockFile, row: &RowFile) -> Vec<Figure> {
    let groups = row.group.iter().filter_map(|g| block.groups.iter().find(|file| &file.key == g));
    let mut path: Vec<&str> = groups.filter_map(|g| g.labels.first()).map(String::as_str).collect();
    path.extend(row.labels.first().map(String::as_str));
    let row_label = path.join(" > ");
    let columns = block.columns.iter().enumerate();
    columns
        .map(|(i, column)| {
            let own = row.figures.get(i);
            let mut above: Vec<&str> = column.group.iter().map(String::as_str).collect();
            above.extend(column.labels.first().map(String::as_str));
            let english = match own {
                Some(f) => f.en.clone(),
                None if row.en.is_empty() => column.en.clone(),
                None => format!("{} - {}", row.en, column.en),
            };
            Figure {
                name: own.map_or_else(|| join_key(&row.key, &column.key), |f| f.name.clone()),
                table,
                row_label: row_label.clone(),
                column_label: above.join(" > "),
                english,
                unit: own.map_or_else(Default::default, |f| f.unit),
                signed: own.is_some_and(|f| f.signed),
                article: if row.article.is_empty() { block.article.clone() } else { row.article.clone() },
                printed_in: vec![form.to_owned()],
                summed_in: Vec::new(),
                comparable: false,
            }
        })
        .collect()
}

fn join_key(row: &str, column: &str) -> String {
    if row.is_empty() { column.to_owned() } else { format!("{row}_{column}") }
}

fn build_form(draft: Draft, inherited: Option<&Form>, by_name: &BTreeMap<String, FigureId>) -> Result<Form, FormError> {
    let Draft { file, tables, sums, identities } = draft;
    let fail = |what: String| FormError::Content { form: file.id.clone(), what };
    let id_of = |name: &str| by_name.get(name).copied().ok_or_else(|| fail(format!("no figure named {name}")));
    let mut built = Vec::new();
    for table in &tables {
        let mut blocks = Vec::new();
        for block in &table.blocks {
            let mut rows = Vec::new();
            for row in &block.rows {
                if !row.figures.is_empty() && row.figures.len() != block.columns.len() {
                    return Err(fail(format!("row {} has not one figure a column", row.key)));
                }
                let figures = row_figures(&file.id, table.number, block, row);
                let figures: Result<Vec<_>, _> = figures.iter().map(|f| id_of(&f.name)).collect();
                rows.push(Row {
                    key: row.key.clone(),
                    group: row.group.clone(),
                    labels: row.labels.clone(),
                    figures: figures?,
                    outcome: row.outcome,
                });
            }
            let columns = block.columns.iter().map(|c| Column {
                key: c.key.clone(),
                group: c.group.clone(),
                labels: c.labels.clone(),
                total: c.total,
            });
            blocks.push(Block {
                article: block.article.clone(),
                labels: block.labels.clone(),
                headings: block.headings.clone(),
                groups: block.groups.iter().map(|g| (g.key.clone(), g.labels.clone())).collect(),
                columns: columns.collect(),
                rows,
            });
        }
        built.push(Table { number: table.number, section: table.section, corner: table.corner.clone(), blocks });
    }
    let outcomes = built
        .iter()
        .flat_map(|t| &t.blocks)
        .flat_map(|b| &b.rows)
        .filter(|r| r.outcome)
        .map(|r| r.key.clone())
        .collect();
    let sums: Result<Vec<_>, FormError> = sums
        .iter()
        .map(|(name, parts)| Ok((id_of(name)?, parts.iter().map(|p| id_of(p)).collect::<Result<_, _>>()?)))
        .collect();
    let mut form = Form {
        id: file.id.clone(),
        notice: file.notice.clone(),
        years: (file.years.first().copied().unwrap_or_default(), file.years.get(1).copied()),
        title: file.title.clone(),
        words: file
            .words
            .clone()
            .or_else(|| inherited.map(|f| f.words.clone()))
            .ok_or_else(|| fail("no [words]".to_owned()))?,
        sections: if file.sections.is_empty() {
            inherited.map(|f| f.sections.clone()).unwrap_or_default()
        } else {
            file.sections.clone()
        },
        tables: built,
        identities: Vec::new(),
        sums: sums?,
        outcomes,
    };
    let mut expanded = Vec::new();
    for identity in &identities {
        expanded.extend(expand(identity, &form, by_name)?);
    }
    form.identities = expanded;
    Ok(form)
}

/// Writes an identity out for every column, row, block or kind of item that it is said of.
fn expand(
    identity: &IdentityFile,
    form: &Form,
    by_name: &BTreeMap<String, FigureId>,
) -> Result<Vec<Identity>, FormError> {
    let fail = |what: String| FormError::Content { form: form.id.clone(), what };
    let requests = form.table(3).and_then(|t| t.blocks.first()).ok_or_else(|| fail("no table 3".to_owned()))?;
    let parts: Vec<&str> = requests.columns.iter().filter(|c| !c.total).map(|c| c.key.as_str()).collect();
    let (slot, keys): (&str, Vec<String>) = match identity.each.as_str() {
        "column" => ("{c}", requests.columns.iter().map(|c| c.key.clone()).collect()),
        "row" => ("{r}", requests.rows.iter().map(|r| r.key.clone()).collect()),
        "remedy" => ("{b}", table_keys(form, 4, "_total")),
        "items" => ("{i}", table_keys(form, 2, "_items_last_year")),
        "stock" => ("{s}", table_keys(form, 2, "_in_force")),
        other => return Err(fail(format!("identity {} is said of an unknown \"{other}\"", identity.rule))),
    };
    let mut out = Vec::new();
    for key in keys {
        let ids = |terms: &[String]| -> Result<Vec<FigureId>, FormError> {
            let mut ids = Vec::new();
            for term in terms {
                let term = term.replace(slot, &key);
                let names: Vec<String> = if term.contains("{o}") {
                    form.outcomes.iter().map(|o| term.replace("{o}", o)).collect()
                } else if term.contains("{part}") {
                    parts.iter().map(|p| term.replace("{part}", p)).collect()
                } else {
                    vec![term]
                };
                for name in names {
                    ids.push(*by_name.get(&name).ok_or_else(|| fail(format!("no figure named {name}")))?);
                }
            }
            Ok(ids)
        };
        out.push(Identity {
            rule: identity.rule.clone(),
            of: key.clone(),
            left: ids(&identity.left)?,
            right: ids(&identity.right)?,
            minus: ids(&identity.minus)?,
            previous: ids(&identity.previous)?,
        });
    }
    Ok(out)
}

/// The stems of a table's figures whose names end in `suffix`, in the order of the form.
fn table_keys(form: &Form, table: u8, suffix: &str) -> Vec<String> {
    let mut seen = BTreeSet::new();
    let rows = form.table(table).into_iter().flat_map(|t| &t.blocks).flat_map(|b| b.rows.iter().map(move |r| (b, r)));
    rows.flat_map(|(b, r)| b.columns.iter().map(move |c| (r, c)))
        .filter_map(|(row, column)| join_key(&row.key, &column.key).strip_suffix(suffix).map(str::to_owned))
        .filter(|key| seen.insert(key.clone()))
        .collect()
}
