//! Frames built row by row.

use super::frame::{ColumnType, Value};
use super::row::Row;
use crate::report::Date;
use jiff::civil;
use polars::prelude::{
    BooleanChunkedBuilder, ChunkedBuilder, Column, DataFrame, Float64Chunked, Int32Type, IntoColumn, IntoSeries,
    PlSmallStr, PrimitiveChunkedBuilder, StringChunkedBuilder,
};

/// So many rows of numbers are written to their columns at once.
const ROWS: usize = 64;

/// A column of anything but numbers.
enum ColumnBuilder {
    Text(StringChunkedBuilder),
    Whole(PrimitiveChunkedBuilder<Int32Type>),
    Flag(BooleanChunkedBuilder),
    Day(PrimitiveChunkedBuilder<Int32Type>),
}

impl ColumnBuilder {
    /// A value of another type than the column's is a mistake of ours, not of the data: it becomes NULL.
    fn push(&mut self, value: Value<'_>) {
        match (self, value) {
            (Self::Text(b), Value::Text(v)) => b.append_value(v),
            (Self::Text(b), _) => b.append_null(),
            (Self::Whole(b), Value::Whole(v)) => b.append_value(v),
            (Self::Flag(b), Value::Flag(v)) => b.append_value(v),
            (Self::Flag(b), _) => b.append_null(),
            (Self::Day(b), Value::Day(v)) => b.append_value(days(v)),
            (Self::Whole(b) | Self::Day(b), _) => b.append_null(),
        }
    }

    fn finish(self) -> Column {
        match self {
            Self::Text(b) => b.finish().into_series().into_column(),
            Self::Whole(b) => b.finish().into_series().into_column(),
            Self::Flag(b) => b.finish().into_series().into_column(),
            Self::Day(b) => b.finish().into_date().into_series().into_column(),
        }
    }
}

/// The columns of numbers, of which a frame has hundreds. What is no number is NULL.
#[derive(Default)]
struct Numbers {
    names: Vec<PlSmallStr>,
    columns: Vec<Vec<f64>>,
    /// The last rows, one behind the other: to write a row to hundreds of columns takes longer than to write many.
    rows: Vec<f64>,
}

impl Numbers {
    fn push(&mut self, value: Value<'_>) {
        let value = if let Value::Number(v) = value { v } else { f64::NAN };
        // zero has no sign: the sum of both zeros is the one without
        self.rows.push(if value.is_finite() { value + 0.0 } else { f64::NAN });
    }

    /// Writes the last rows to their columns.
    fn settle(&mut self) {
        let width = self.columns.len();
        for (at, column) in self.columns.iter_mut().enumerate() {
            column.extend(self.rows.iter().skip(at).step_by(width));
        }
        self.rows.clear();
    }

    fn finish(mut self) -> impl Iterator<Item = Column> {
        self.settle();
        self.names.into_iter().zip(self.columns).map(|(name, mut values)| {
            let valid = values.iter().any(|v| v.is_nan()).then(|| values.iter().map(|v| !v.is_nan()).collect());
            values.iter_mut().filter(|v| v.is_nan()).for_each(|v| *v = 0.0);
            Float64Chunked::from_vec_validity(name, values, valid).into_series().into_column()
        })
    }
}

/// Builds a frame row by row.
pub(crate) struct FrameBuilder {
    /// Of every column whether it is one of `numbers`, else it is the next of `others`.
    are_numbers: Vec<bool>,
    numbers: Numbers,
    others: Vec<ColumnBuilder>,
    height: usize,
}

impl FrameBuilder {
    pub(crate) fn new<'a>(columns: impl IntoIterator<Item = (&'a str, ColumnType)>) -> Self {
        Self::with_room(columns, 0)
    }

    /// The same with room for so many rows; more are no mistake.
    pub(crate) fn with_room<'a>(columns: impl IntoIterator<Item = (&'a str, ColumnType)>, rows: usize) -> Self {
        let mut builder = Self { are_numbers: Vec::new(), numbers: Numbers::default(), others: Vec::new(), height: 0 };
        for (name, kind) in columns {
            let name = PlSmallStr::from(name);
            builder.are_numbers.push(kind == ColumnType::Number);
            let other = match kind {
                ColumnType::Number => {
                    builder.numbers.names.push(name);
                    builder.numbers.columns.push(Vec::with_capacity(rows));
                    continue;
                }
                ColumnType::Text => ColumnBuilder::Text(StringChunkedBuilder::new(name, rows)),
                ColumnType::Whole => ColumnBuilder::Whole(PrimitiveChunkedBuilder::new(name, rows)),
                ColumnType::Flag => ColumnBuilder::Flag(BooleanChunkedBuilder::new(name, rows)),
                ColumnType::Day => ColumnBuilder::Day(PrimitiveChunkedBuilder::new(name, rows)),
            };
            builder.others.push(other);
        }
        builder
    }

    /// Adds a row; values beyond the last column are dropped and missing ones are NULL.
    pub(crate) fn row<'a>(&mut self, values: impl IntoIterator<Item = Value<'a>>) {
        let mut row = self.begin_row();
        row.add(values);
        row.end();
    }

    /// Begins a row that is added piece by piece.
    pub(super) fn begin_row(&mut self) -> NewRow<'_> {
        if self.height.is_multiple_of(ROWS) {
            self.numbers.settle();
        }
        self.height += 1;
        NewRow { are_numbers: self.are_numbers.iter(), numbers: &mut self.numbers, others: self.others.iter_mut() }
    }

    pub(crate) fn height(&self) -> usize {
        self.height
    }

    /// The frame. It cannot fail for columns of one height under names that differ, which all of ours are.
    pub(crate) fn finish(self) -> DataFrame {
        let mut numbers = self.numbers.finish();
        let mut others = self.others.into_iter().map(ColumnBuilder::finish);
        let next = |is_number| if is_number { numbers.next() } else { others.next() };
        let columns = self.are_numbers.into_iter().filter_map(next).collect();
        DataFrame::new(self.height, columns).expect("columns of one height under names that differ make a frame")
    }
}

/// A row as it is added, from the first column to the last.
pub(super) struct NewRow<'a> {
    are_numbers: std::slice::Iter<'a, bool>,
    numbers: &'a mut Numbers,
    others: std::slice::IterMut<'a, ColumnBuilder>,
}

impl Row for NewRow<'_> {
    fn add<'v>(&mut self, values: impl IntoIterator<Item = Value<'v>>) {
        for (value, is_number) in values.into_iter().zip(&mut self.are_numbers) {
            if *is_number {
                self.numbers.push(value);
            } else if let Some(column) = self.others.next() {
                column.push(value);
            }
        }
    }
}

impl NewRow<'_> {
    /// Nothing stands in the columns that are left.
    pub(super) fn end(mut self) {
        self.add(std::iter::repeat(Value::Nothing));
    }
}

fn days(date: Date) -> i32 {
    let day = |n: i32| i8::try_from(n).unwrap_or(1);
    let year = i16::try_from(date.year()).unwrap_or(1970);
    let civil = civil::Date::new(year, day(date.month()), day(date.day())).unwrap_or(civil::date(1970, 1, 1));
    i32::try_from(civil.duration_since(civil::date(1970, 1, 1)).as_hours() / 24).unwrap_or_default()
}
