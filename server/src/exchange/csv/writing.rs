//! Offers to spreadsheets.

use std::io::{self, Write};

use csv::WriterBuilder;
use domain::{Language, Offer};
use serde_json::{Number, Value};

use super::columns::{COLUMNS, Cells, Column, notes_name};
use super::formulas::harmless;

/// Writes offers as a spreadsheet.
pub struct Writer<W: Write> {
    writer: csv::Writer<W>,
    language: Language,
}

impl<W: Write> Writer<W> {
    /// Writes the byte order mark and the header, with the columns' names in the language.
    ///
    /// # Errors
    /// What the output says.
    pub fn new(output: W, language: Language) -> io::Result<Writer<W>> {
        let mut writer = table(output)?;
        writer.write_record(names(language))?;
        Ok(Writer { writer, language })
    }

    /// Writes one offer.
    ///
    /// # Errors
    /// What the output says.
    pub fn write(&mut self, offer: &Offer) -> io::Result<()> {
        self.writer.write_record(cells(offer, self.language)?)?;
        Ok(())
    }

    /// Ends the file.
    ///
    /// # Errors
    /// What the output says.
    pub fn finish(self) -> io::Result<W> {
        self.writer
            .into_inner()
            .map_err(csv::IntoInnerError::into_error)
    }
}

/// An empty table as Danish Excel reads it.
fn table<W: Write>(mut output: W) -> io::Result<csv::Writer<W>> {
    output.write_all(b"\xEF\xBB\xBF")?;
    Ok(WriterBuilder::new()
        .delimiter(b';')
        .terminator(csv::Terminator::CRLF)
        .from_writer(output))
}

fn names(language: Language) -> Vec<&'static str> {
    let name = |column: &Column| match language {
        Language::Danish => column.danish,
        Language::English => column.path,
    };
    COLUMNS.iter().map(name).collect()
}

fn cells(offer: &Offer, language: Language) -> io::Result<Vec<String>> {
    let value = serde_json::to_value(offer)?;
    Ok(COLUMNS
        .iter()
        .map(|column| harmless(cell(&value, column, language)))
        .collect())
}

fn cell(offer: &Value, column: &Column, language: Language) -> String {
    if column.cells == Cells::Aligned {
        return aligned(offer, column.path);
    }
    let mut value = offer;
    for part in column.path.split('.') {
        match value.get(part) {
            Some(next) => value = next,
            None => return String::new(),
        }
    }
    match value {
        Value::String(text) => text.clone(),
        Value::Number(number) => number_text(number, language),
        Value::Array(items) => {
            let words = matches!(column.cells, Cells::Words | Cells::Numbers);
            let items = items.iter().map(|item| match item {
                Value::String(text) => escaped(text, words),
                other => other.to_string(),
            });
            items.collect::<Vec<_>>().join("|")
        }
        _ => String::new(),
    }
}

fn number_text(number: &Number, language: Language) -> String {
    let text = number.to_string();
    let text = text.strip_suffix(".0").unwrap_or(&text);
    match language {
        Language::Danish => text.replace('.', ","),
        Language::English => text.to_owned(),
    }
}

fn aligned(offer: &Value, path: &str) -> String {
    let Some((list, field)) = path.split_once('.') else {
        return String::new();
    };
    let items = offer.get(list).and_then(Value::as_array);
    let texts: Vec<String> = items
        .into_iter()
        .flatten()
        .map(|item| {
            let text = item.get(field).and_then(Value::as_str);
            text.map_or_else(String::new, |text| escaped(text, false))
        })
        .collect();
    if texts.iter().all(String::is_empty) {
        return String::new();
    }
    texts.join("|")
}

fn escaped(text: &str, words: bool) -> String {
    let mut escaped = String::with_capacity(text.len());
    for letter in text.chars() {
        if matches!(letter, '\\' | '|') || (words && letter == ',') {
            escaped.push('\\');
        }
        escaped.push(letter);
    }
    escaped
}

/// A few offers as a whole spreadsheet.
#[must_use]
pub fn write_offers(offers: &[Offer], language: Language) -> Vec<u8> {
    let write = || -> io::Result<Vec<u8>> {
        let mut writer = Writer::new(Vec::new(), language)?;
        for offer in offers {
            writer.write(offer)?;
        }
        writer.finish()
    };
    write().expect("memory takes whatever is written to it")
}

/// A person's list as a whole spreadsheet: beside each offer's title the person's own note on it.
#[must_use]
pub fn write_list(list: &[(Offer, String)], language: Language) -> Vec<u8> {
    let write = || -> io::Result<Vec<u8>> {
        let mut table = table(Vec::new())?;
        table.write_record(with_note(names(language), notes_name(language)))?;
        for (offer, note) in list {
            let note = harmless(note.clone());
            table.write_record(with_note(cells(offer, language)?, note))?;
        }
        table.into_inner().map_err(csv::IntoInnerError::into_error)
    };
    write().expect("memory takes whatever is written to it")
}

/// After the id and the title, where it is seen without scrolling.
fn with_note<Cell>(mut cells: Vec<Cell>, note: Cell) -> Vec<Cell> {
    cells.insert(2, note);
    cells
}
