//! Content in and out: the exchange format, spreadsheets, the sample content, made-up content.

pub mod generate;
pub mod sample;
