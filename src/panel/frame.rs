//! Typed columns: the few types that our frames are made of, read row by row.

use crate::report::Date;
use jiff::civil;
use polars::prelude::{
    BooleanType, ChunkedArray, Column, DataFrame, DataType, Float64Type, Int32Type, PolarsDataType, StaticArray,
    StringType,
};
use std::ops::Range;

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

    /// The cells of some rows, each where it belongs.
    fn put<'c>(
        &self,
        rows: Range<usize>,
        places: impl Iterator<Item = &'c mut Value<'a>>,
        value: impl Fn(T::Physical<'a>) -> Value<'a>,
    ) where
        'a: 'c,
    {
        let cells = rows.zip(places);
        if let Some(piece) = self.only {
            cells.for_each(|(row, place)| *place = piece.get(row).map_or(Value::Nothing, &value));
        } else {
            cells.for_each(|(row, place)| *place = self.all.get(row).map_or(Value::Nothing, &value));
        }
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
        let mut value = Value::Nothing;
        self.put(row..row + 1, std::iter::once(&mut value));
        value
    }

    /// The cells of some rows, each where it belongs.
    fn put<'c>(&self, rows: Range<usize>, places: impl Iterator<Item = &'c mut Value<'a>>)
    where
        'a: 'c,
    {
        match self {
            Self::Text(c) => c.put(rows, places, Value::Text),
            Self::Whole(c) => c.put(rows, places, Value::Whole),
            Self::Number(c) => c.put(rows, places, Value::Number),
            Self::Flag(c) => c.put(rows, places, Value::Flag),
            Self::Day(c) => c.put(rows, places, |days| from_days(days).map_or(Value::Nothing, Value::Day)),
            Self::Other => places.for_each(|place| *place = Value::Nothing),
        }
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

    /// The cells of some rows, row by row. They are taken column by column, as they lie in memory.
    pub(super) fn rows(&self, rows: Range<usize>, cells: &mut Vec<Value<'a>>) {
        let width = self.width();
        let rows = rows.start..rows.end.min(self.height);
        cells.clear();
        cells.resize(rows.len() * width, Value::Nothing);
        for (at, column) in self.columns.iter().enumerate() {
            column.put(rows.clone(), cells.iter_mut().skip(at).step_by(width));
        }
    }

    pub(crate) fn text(&self, row: usize, column: usize) -> Option<&'a str> {
        match self.get(row, column) {
            Value::Text(text) => Some(text),
            _ => None,
        }
    }
}

fn from_days(days: i32) -> Option<Date> {
    let span = jiff::Span::new().try_days(days).ok()?;
    let civil = civil::date(1970, 1, 1).checked_add(span).ok()?;
    Date::new(i32::from(civil.year()), i32::from(civil.month()), i32::from(civil.day()))
}
