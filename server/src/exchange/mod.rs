//! Content in and out: the exchange format, spreadsheets, the sample content, made-up content.

pub mod csv;
pub mod export;
pub mod generate;
pub mod import;
pub mod sample;
