//! Spreadsheets of offers, as Danish Excel reads and writes them.
//!
//! One row is one offer, one column one field of the exchange format; `docs/exchange.md` lists
//! them. A row becomes the same JSON object that a line of the exchange format is, and is checked
//! by the same rules.

mod columns;
mod formulas;
mod reading;
mod writing;

pub use reading::{Row, Rows};
pub use writing::{Writer, write_list, write_offers};

use columns::COLUMNS;

/// The names of the columns, English (the field's path) and Danish, in the order of writing.
#[must_use]
pub fn column_names() -> Vec<(&'static str, &'static str)> {
    COLUMNS
        .iter()
        .map(|column| (column.path, column.danish))
        .collect()
}

#[cfg(test)]
mod tests;
