//! A document and the forms → reports.
mod number;
mod labels;
