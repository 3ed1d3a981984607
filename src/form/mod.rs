//! The forms: which tables, rows, columns and figures an annual report has to print, and which identities
//! tie the figures together. Everything here is read from `data/forms/*.toml`; a label stands nowhere else.
//!
//! [`forms()`] gives the embedded forms and the catalogue of all figures in their canonical order.

mod catalogue;
mod characters;
mod figure;
mod identity;
mod normalise;
mod source;
#[cfg(test)]
mod tests;

pub use catalogue::{Block, Column, FORM_FILES, Form, FormError, Forms, Row, Section, Table, Words, forms};
pub use characters::{is_traditional, simplified, traditional};
pub use figure::{Figure, FigureId, Unit, figure};
pub use identity::Identity;
pub use normalise::normalise;
pub(crate) use normalise::{half_width, is_simple, normalise_into};
