//! Any bytes at the importer's door, as lines and as a spreadsheet: no panic, bounded memory, and
//! what is taken is written and read back as the same.

#![no_main]
#![allow(
    dead_code,
    unused_imports,
    reason = "of the two files only the reading is tried"
)]

use domain::exchange::{parse_line, write_line};
use libfuzzer_sys::fuzz_target;

// The two files know nothing of the database; the rest of the program is not needed to try them.
#[path = "../../src/exchange/import/lines.rs"]
mod lines;
#[path = "../../src/exchange/csv/mod.rs"]
mod spreadsheet;

fuzz_target!(|bytes: &[u8]| {
    let mut splitter = lines::LineSplitter::default();
    let each = |line: lines::Line| {
        if let Ok(text) = line.text
            && let Ok(entry) = parse_line(&text)
        {
            let written = write_line(&entry);
            let again = parse_line(&written).expect("what is written can be read");
            assert_eq!(write_line(&again), written);
        }
    };
    let (first, rest) = bytes.split_at(bytes.len() / 3);
    splitter.push(first, each);
    splitter.push(rest, each);
    splitter.finish(each);

    let mut rows = spreadsheet::Rows::read(bytes).expect("memory can be read");
    while let Some(row) = rows.next_row().expect("memory can be read") {
        if let Ok(entry) = row.result {
            let written = write_line(&entry);
            parse_line(&written).expect("what a row gives can be written and read");
        }
    }
});
