//! Frames built row by row.

use super::frame::{ColumnType, Value};
use crate::report::Date;
use jiff::civil;
use polars::prelude::{
    BooleanChunkedBuilder, ChunkedBuilder, Column, DataFrame, DataType, Float64Chunked, Int32Type, IntoColumn,
    IntoSeries, PlSmallStr, PolarsResult, PrimitiveChunkedBuilder, StringChunkedBuilder,
};

enum ColumnBuilder {
    Text(StringChunkedBuilder),
    Whole(PrimitiveChunkedBuilder<Int32Type>),
    Number(NumberBuilder),
    Flag(BooleanChunkedBuilder),
    Day(PrimitiveChunkedBuilder<Int32Type>),
}

impl ColumnBuilder {
    fn new(name: &str, kind: ColumnType, rows: usize) -> Self {
        let name = name.into();
        match kind {
            ColumnType::Text => Self::Text(StringChunkedBuilder::new(name, rows)),
            ColumnType::Whole => Self::Whole(PrimitiveChunkedBuilder::new(name, rows)),
            ColumnType::Number => Self::Number(NumberBuilder { name, values: Vec::with_capacity(rows) }),
            ColumnType::Flag => Self::Flag(BooleanChunkedBuilder::new(name, rows)),
            ColumnType::Day => Self::Day(PrimitiveChunkedBuilder::new(name, rows)),
        }
    }

    /// A value of another type than the column's is a mistake of ours, not of the data: it becomes NULL.
    fn push(&mut self, value: Value<'_>) {
        match (self, value) {
            (Self::Text(b), Value::Text(v)) => b.append_value(v),
            (Self::Text(b), _) => b.append_null(),
            (Self::Whole(b), Value::Whole(v)) => b.append_value(v),
            (Self::Number(b), Value::Number(v)) => b.push(v),
            (Self::Number(b), _) => b.push(f64::NAN),
            (Self::Flag(b), Value::Flag(v)) => b.append_value(v),
            (Self::Flag(b), _) => b.append_null(),
            (Self::Day(b), Value::Day(v)) => b.append_value(days(v)),
            (Self::Whole(b) | Self::Day(b), _) => b.append_null(),
        }
    }

    fn finish(self) -> PolarsResult<Column> {
        Ok(match self {
            Self::Text(b) => b.finish().into_series().into_column(),
            Self::Whole(b) => b.finish().into_series().into_column(),
            Self::Number(b) => b.finish(),
            Self::Flag(b) => b.finish().into_series().into_column(),
            Self::Day(b) => b.finish().into_series().cast(&DataType::Date)?.into_column(),
        })
    }
}

/// A column of numbers, of which a frame has hundreds. What is no number is NULL.
struct NumberBuilder {
    name: PlSmallStr,
    values: Vec<f64>,
}

impl NumberBuilder {
    fn push(&mut self, value: f64) {
        // zero has no sign
        let value = if value == 0.0 { 0.0 } else { value };
        self.values.push(if value.is_finite() { value } else { f64::NAN });
    }

    fn finish(mut self) -> Column {
        let valid = self.values.iter().any(|v| v.is_nan()).then(|| self.values.iter().map(|v| !v.is_nan()).collect());
        self.values.iter_mut().filter(|v| v.is_nan()).for_each(|v| *v = 0.0);
        Float64Chunked::from_vec_validity(self.name, self.values, valid).into_series().into_column()
    }
}

/// Builds a frame row by row.
pub(crate) struct FrameBuilder {
    columns: Vec<ColumnBuilder>,
    height: usize,
}

impl FrameBuilder {
    pub(crate) fn new<'a>(columns: impl IntoIterator<Item = (&'a str, ColumnType)>) -> Self {
        Self::with_room(columns, 0)
    }

    /// The same with room for so many rows; more are no mistake.
    pub(crate) fn with_room<'a>(columns: impl IntoIterator<Item = (&'a str, ColumnType)>, rows: usize) -> Self {
        let columns = columns.into_iter().map(|(name, kind)| ColumnBuilder::new(name, kind, rows)).collect();
        Self { columns, height: 0 }
    }

    /// Adds a row; values beyond the last column are dropped and missing ones are NULL.
    pub(crate) fn row<'a>(&mut self, values: impl IntoIterator<Item = Value<'a>>) {
        let mut row = self.begin_row();
        row.add(values);
        row.end();
    }

    /// Begins a row that is added piece by piece.
    pub(super) fn begin_row(&mut self) -> NewRow<'_> {
        self.height += 1;
        NewRow { columns: self.columns.iter_mut() }
    }

    pub(crate) fn height(&self) -> usize {
        self.height
    }

    /// The frame. It cannot fail for columns of one height under names that differ, which all of ours are.
    pub(crate) fn finish(self) -> DataFrame {
        let columns = self.columns.into_iter().map(ColumnBuilder::finish).collect::<PolarsResult<Vec<_>>>();
        columns
            .and_then(|columns| DataFrame::new(self.height, columns))
            .expect("columns of one height under names that differ make a frame")
    }
}

/// A row as it is added, from the first column to the last.
pub(super) struct NewRow<'a> {
    columns: std::slice::IterMut<'a, ColumnBuilder>,
}

impl NewRow<'_> {
    /// The values of the next columns.
    pub(super) fn add<'v>(&mut self, values: impl IntoIterator<Item = Value<'v>>) {
        values.into_iter().zip(&mut self.columns).for_each(|(value, column)| column.push(value));
    }

    /// Nothing stands in the columns that are left.
    pub(super) fn end(self) {
        self.columns.for_each(|column| column.push(Value::Nothing));
    }
}

fn days(date: Date) -> i32 {
    let day = |n: i32| i8::try_from(n).unwrap_or(1);
    let year = i16::try_from(date.year()).unwrap_or(1970);
    let civil = civil::Date::new(year, day(date.month()), day(date.day())).unwrap_or(civil::date(1970, 1, 1));
    i32::try_from(civil.duration_since(civil::date(1970, 1, 1)).as_hours() / 24).unwrap_or_default()
}
