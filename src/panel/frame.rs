//! Typed columns: the few types that our frames are made of, pushed and read row by row.

use crate::report::Date;
use jiff::civil;
use polars::prelude::{
    BooleanChunkedBuilder, BooleanType, ChunkedArray, ChunkedBuilder, Column, DataFrame, DataType, Float64Type,
    Int32Type, IntoColumn, IntoSeries, PolarsDataType, PolarsResult, PrimitiveChunkedBuilder, StaticArray,
    StringChunkedBuilder, StringType,
};

/// The type of a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ColumnType {
    /// Text.
    Text,
    /// A whole number that fits 32 bits.
    Whole,
    /// A 64-bit floating-point number.
    Number,
    /// True or false.
    Flag,
    /// A day.
    Day,
}

impl ColumnType {
    /// Its name in the codebook.
    pub fn name(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Whole => "integer",
            Self::Number => "number",
            Self::Flag => "boolean",
            Self::Day => "date",
        }
    }

    pub(super) fn dtype(self) -> DataType {
        match self {
            Self::Text => DataType::String,
            Self::Whole => DataType::Int32,
            Self::Number => DataType::Float64,
            Self::Flag => DataType::Boolean,
            Self::Day => DataType::Date,
        }
    }
}

/// A cell of a frame.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Value<'a> {
    Nothing,
    Text(&'a str),
    Whole(i32),
    Number(f64),
    Flag(bool),
    Day(Date),
}

impl<'a> Value<'a> {
    /// Text, or nothing where it is empty.
    pub(crate) fn text(text: &'a str) -> Self {
        if text.is_empty() { Self::Nothing } else { Self::Text(text) }
    }

    pub(crate) fn maybe_text(text: Option<&'a str>) -> Self {
        text.map_or(Self::Nothing, Self::text)
    }

    pub(crate) fn count(count: usize) -> Self {
        Self::Whole(i32::try_from(count).unwrap_or(i32::MAX))
    }
}

enum ColumnBuilder {
    Text(StringChunkedBuilder),
    Whole(PrimitiveChunkedBuilder<Int32Type>),
    Number(PrimitiveChunkedBuilder<Float64Type>),
    Flag(BooleanChunkedBuilder),
    Day(PrimitiveChunkedBuilder<Int32Type>),
}

impl ColumnBuilder {
    fn new(name: &str, kind: ColumnType, rows: usize) -> Self {
        let name = name.into();
        match kind {
            ColumnType::Text => Self::Text(StringChunkedBuilder::new(name, rows)),
            ColumnType::Whole => Self::Whole(PrimitiveChunkedBuilder::new(name, rows)),
            ColumnType::Number => Self::Number(PrimitiveChunkedBuilder::new(name, rows)),
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
            (Self::Number(b), Value::Number(v)) if v.is_finite() => b.append_value(if v == 0.0 { 0.0 } else { v }),
            (Self::Number(b), _) => b.append_null(),
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
            Self::Number(b) => b.finish().into_series().into_column(),
            Self::Flag(b) => b.finish().into_series().into_column(),
            Self::Day(b) => b.finish().into_series().cast(&DataType::Date)?.into_column(),
        })
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
        let mut columns = self.columns.iter_mut();
        values.into_iter().for_each(|value| {
            if let Some(column) = columns.next() {
                column.push(value);
            }
        });
        columns.for_each(|column| column.push(Value::Nothing));
        self.height += 1;
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

/// The cells of a column, which nearly always stand in one piece.
struct Cells<'a, T: PolarsDataType> {
    all: &'a ChunkedArray<T>,
    only: Option<&'a T::Array>,
}

impl<'a, T: PolarsDataType> Cells<'a, T> {
    fn new(all: &'a ChunkedArray<T>) -> Self {
        let mut pieces = all.downcast_iter();
        let first = pieces.next();
        Self { all, only: first.filter(|_| pieces.next().is_none()) }
    }

    fn get(&self, row: usize) -> Option<T::Physical<'a>> {
        self.only.map_or_else(|| self.all.get(row), |piece| piece.get(row))
    }
}

enum TypedColumn<'a> {
    Text(Cells<'a, StringType>),
    Whole(Cells<'a, Int32Type>),
    Number(Cells<'a, Float64Type>),
    Flag(Cells<'a, BooleanType>),
    Day(Cells<'a, Int32Type>),
    /// Of a type that none of our frames has.
    Other,
}

impl<'a> TypedColumn<'a> {
    fn of(column: &'a Column) -> Self {
        match column.dtype() {
            DataType::String => column.str().map_or(Self::Other, |c| Self::Text(Cells::new(c))),
            DataType::Int32 => column.i32().map_or(Self::Other, |c| Self::Whole(Cells::new(c))),
            DataType::Float64 => column.f64().map_or(Self::Other, |c| Self::Number(Cells::new(c))),
            DataType::Boolean => column.bool().map_or(Self::Other, |c| Self::Flag(Cells::new(c))),
            DataType::Date => column.date().map_or(Self::Other, |c| Self::Day(Cells::new(c.physical()))),
            _ => Self::Other,
        }
    }

    fn get(&self, row: usize) -> Value<'a> {
        let value = match self {
            Self::Text(c) => c.get(row).map(Value::Text),
            Self::Whole(c) => c.get(row).map(Value::Whole),
            Self::Number(c) => c.get(row).map(Value::Number),
            Self::Flag(c) => c.get(row).map(Value::Flag),
            Self::Day(c) => c.get(row).and_then(from_days).map(Value::Day),
            Self::Other => None,
        };
        value.unwrap_or(Value::Nothing)
    }
}

/// Reads a frame row by row.
pub(crate) struct FrameReader<'a> {
    columns: Vec<TypedColumn<'a>>,
    height: usize,
}

impl<'a> FrameReader<'a> {
    pub(crate) fn new(frame: &'a DataFrame) -> Self {
        Self { columns: frame.columns().iter().map(TypedColumn::of).collect(), height: frame.height() }
    }

    pub(crate) fn height(&self) -> usize {
        self.height
    }

    pub(crate) fn width(&self) -> usize {
        self.columns.len()
    }

    pub(crate) fn get(&self, row: usize, column: usize) -> Value<'a> {
        self.columns.get(column).filter(|_| row < self.height).map_or(Value::Nothing, |c| c.get(row))
    }

    pub(crate) fn text(&self, row: usize, column: usize) -> Option<&'a str> {
        match self.get(row, column) {
            Value::Text(text) => Some(text),
            _ => None,
        }
    }
}

fn days(date: Date) -> i32 {
    let day = |n: i32| i8::try_from(n).unwrap_or(1);
    let year = i16::try_from(date.year()).unwrap_or(1970);
    let civil = civil::Date::new(year, day(date.month()), day(date.day())).unwrap_or(civil::date(1970, 1, 1));
    i32::try_from(civil.duration_since(civil::date(1970, 1, 1)).as_hours() / 24).unwrap_or_default()
}

fn from_days(days: i32) -> Option<Date> {
    let span = jiff::Span::new().try_days(days).ok()?;
    let civil = civil::date(1970, 1, 1).checked_add(span).ok()?;
    Date::new(i32::from(civil.year()), i32::from(civil.month()), i32::from(civil.day()))
}
