//! Spreadsheets to offers.

use std::cell::Cell;
use std::io::{self, BufRead, BufReader, Chain, Read};
use std::rc::Rc;

use csv::{ByteRecord, ReaderBuilder};
use domain::exchange::{FieldError, MAX_LINE_BYTES, parse_object};
use domain::{Code, Entry, Invalid, Kind, Language, Slug};
use serde_json::{Map, Number, Value};

use super::columns::{COLUMNS, Cells, Column, notes_name};
use super::formulas::without_apostrophe;

/// A row that was read.
#[derive(Clone, Debug)]
pub struct Row {
    /// The number of the line on which it begins.
    pub line: u64,
    /// The offer's id, when it can be told.
    pub id: Option<Slug>,
    /// The offer, or what is wrong with which column.
    pub result: Result<Entry, FieldError>,
}

/// The rows of a spreadsheet, one at a time.
pub struct Rows<R> {
    reader: csv::Reader<Counted<R>>,
    counts: Rc<Counts>,
    header: Vec<Option<(String, &'static Column)>>,
    /// Rows to be given before any other: what is wrong with the header.
    wrong: Vec<Row>,
    /// Whose offers they are, where a row does not say.
    provider: Option<Slug>,
    encoding: Encoding,
    /// Lines before the header.
    lines_before: u64,
    ended: bool,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Encoding {
    /// Nothing but ASCII so far.
    Undecided,
    Utf8,
    Windows1252,
}

#[derive(Default)]
struct Counts {
    all: Cell<u64>,
    since_row: Cell<usize>,
}

/// Counts bytes, and fails when one row goes on and on.
struct Counted<R> {
    behind: R,
    counts: Rc<Counts>,
}

const TOO_LONG: &str = "a row without end";

impl<R: Read> Read for Counted<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        // The reader ahead of this one takes 64 KiB at a time, and is never more ahead of the row.
        if self.counts.since_row.get() > MAX_LINE_BYTES + (128 << 10) {
            return Err(io::Error::other(TOO_LONG));
        }
        let length = self.behind.read(buffer)?;
        self.counts.all.set(self.counts.all.get() + length as u64);
        self.counts
            .since_row
            .set(self.counts.since_row.get() + length);
        Ok(length)
    }
}

impl<R: Read> Rows<Chain<BufReader<R>, &'static [u8]>> {
    /// Reads the header: the separator is found out, columns may be named in Danish or English.
    ///
    /// # Errors
    /// The file cannot be read.
    pub fn read(file: R) -> io::Result<Self> {
        let mut input = BufReader::with_capacity(256 << 10, file);
        let start = input.fill_buf()?;
        let has_mark = start.starts_with(b"\xEF\xBB\xBF");
        let mut skip = if has_mark { 3 } else { 0 };
        let mut lines_before = 0;
        let mut delimiter = None;
        // Excel's own way of naming the separator.
        if let Some(rest) = start[skip..].strip_prefix(b"sep=")
            && let Some((&named, rest)) = rest.split_first()
        {
            let ending = rest.iter().position(|byte| *byte == b'\n');
            if let Some(ending) = ending.filter(|ending| *ending <= 1) {
                delimiter = Some(named);
                skip += 4 + 1 + ending + 1;
                lines_before = 1;
            }
        }
        let delimiter = delimiter.unwrap_or_else(|| guess_delimiter(&start[skip..]));
        input.consume(skip);
        let counts = Rc::new(Counts::default());
        let counted = Counted {
            // Every row ends in a line end then, and its number can be told from that.
            behind: input.chain(&b"\n"[..]),
            counts: Rc::clone(&counts),
        };
        let reader = ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .delimiter(delimiter)
            // A carriage return before it goes when cells are trimmed.
            .terminator(csv::Terminator::Any(b'\n'))
            .from_reader(counted);
        let mut rows = Rows {
            reader,
            counts,
            header: Vec::new(),
            wrong: Vec::new(),
            provider: None,
            encoding: if has_mark {
                Encoding::Utf8
            } else {
                Encoding::Undecided
            },
            lines_before,
            ended: false,
        };
        rows.read_header()?;
        Ok(rows)
    }
}

impl<R: Read> Rows<R> {
    /// The same rows, as those of a provider: one that names no provider is this one's, and one without an id gets one
    /// that is made of its title.
    #[must_use]
    pub fn of_provider(mut self, provider: Slug) -> Self {
        self.provider = Some(provider);
        self
    }

    /// Bytes read so far.
    #[must_use]
    pub fn bytes(&self) -> u64 {
        self.counts.all.get()
    }

    fn read_header(&mut self) -> io::Result<()> {
        let Some((line, cells)) = self.cells()? else {
            return Ok(());
        };
        let names = match cells {
            Ok(names) => names,
            Err(invalid) => {
                self.refuse_header(line, String::new(), invalid);
                return Ok(());
            }
        };
        let mut header: Vec<Option<(String, &'static Column)>> = Vec::new();
        for name in names {
            let name = name.trim().to_owned();
            let found = COLUMNS
                .iter()
                .find(|column| same_name(column.path, &name) || same_name(column.danish, &name));
            match found {
                Some(column) => {
                    let again = header
                        .iter()
                        .flatten()
                        .any(|(_, other)| other.path == column.path);
                    if again {
                        self.refuse_header(line, name.clone(), Invalid::Twice(name.clone()));
                    }
                    header.push(Some((name, column)));
                }
                // A column without a name has no content that would be missed, one named type can
                // only say what is known, and own notes are for whoever wrote them.
                None if name.is_empty() || same_name("type", &name) || is_notes(&name) => {
                    header.push(None);
                }
                None => self.refuse_header(line, name, Invalid::UnknownField),
            }
        }
        self.header = header;
        Ok(())
    }

    fn refuse_header(&mut self, line: u64, field: String, invalid: Invalid) {
        let result = Err(FieldError { field, invalid });
        self.wrong.push(Row {
            line,
            id: None,
            result,
        });
        // What the columns hold would be lost without a word: nothing of the file is taken.
        self.ended = true;
    }

    /// The next row; `None` at the end.
    ///
    /// # Errors
    /// The file cannot be read.
    pub fn next_row(&mut self) -> io::Result<Option<Row>> {
        if !self.wrong.is_empty() {
            return Ok(Some(self.wrong.remove(0)));
        }
        loop {
            let Some((line, cells)) = self.cells()? else {
                return Ok(None);
            };
            let row = match cells {
                Ok(cells) if cells.iter().all(|cell| cell.trim().is_empty()) => continue,
                Ok(cells) => self.row(line, &cells),
                Err(invalid) => {
                    let field = String::new();
                    Row {
                        line,
                        id: None,
                        result: Err(FieldError { field, invalid }),
                    }
                }
            };
            return Ok(Some(row));
        }
    }

    /// The cells of the next record and the line it begins on.
    #[expect(
        clippy::type_complexity,
        reason = "a line number, and cells or what is wrong with them"
    )]
    fn cells(&mut self) -> io::Result<Option<(u64, Result<Vec<String>, Invalid>)>> {
        if self.ended {
            return Ok(None);
        }
        let line = self.reader.position().line() + self.lines_before;
        let mut record = ByteRecord::new();
        match self.reader.read_byte_record(&mut record) {
            Ok(true) => {}
            Ok(false) => return Ok(None),
            Err(error) => {
                self.ended = true;
                let error = io::Error::from(error);
                return if error.to_string().contains(TOO_LONG) {
                    Ok(Some((line, Err(Invalid::TooLong(MAX_LINE_BYTES)))))
                } else {
                    Err(error)
                };
            }
        }
        self.counts.since_row.set(0);
        // Blank lines before it are none of its own; line ends in its cells are.
        let within: usize = record
            .iter()
            .map(|cell| cell.iter().filter(|byte| **byte == b'\n').count())
            .sum();
        let after = self.reader.position().line() + self.lines_before;
        let line = after.saturating_sub(1 + within as u64);
        let is_ascii = record.iter().all(<[u8]>::is_ascii);
        if self.encoding == Encoding::Undecided && !is_ascii {
            let is_utf8 = record.iter().all(|cell| std::str::from_utf8(cell).is_ok());
            self.encoding = if is_utf8 {
                Encoding::Utf8
            } else {
                Encoding::Windows1252
            };
        }
        let encoding = self.encoding;
        let cells = record
            .iter()
            .map(|cell| match encoding {
                Encoding::Windows1252 => Ok(from_windows_1252(cell)),
                Encoding::Undecided | Encoding::Utf8 => std::str::from_utf8(cell)
                    .map(str::to_owned)
                    .map_err(|_| Invalid::NotUtf8),
            })
            .collect();
        Ok(Some((line, cells)))
    }

    fn row(&self, line: u64, cells: &[String]) -> Row {
        let mut object = Map::new();
        let mut error = None;
        for (position, cell) in cells.iter().enumerate() {
            let cell = without_apostrophe(cell.trim());
            if cell.is_empty() {
                continue;
            }
            match self.header.get(position) {
                Some(Some((name, column))) => {
                    if let Err(invalid) = put(&mut object, column, cell) {
                        let field = name.clone();
                        error = error.or(Some(FieldError { field, invalid }));
                    }
                }
                Some(None) => {}
                None => {
                    let field = format!("{}", position + 1);
                    let invalid = Invalid::UnknownField;
                    error = error.or(Some(FieldError { field, invalid }));
                }
            }
        }
        if let Some(provider) = &self.provider {
            object
                .entry("provider")
                .or_insert_with(|| provider.as_str().into());
            if !object.contains_key("id")
                && let Some(title) = object.get("title").and_then(Value::as_str)
            {
                let id = Slug::of_title(title);
                object.insert("id".into(), id.into());
            }
        }
        let id = object.get("id").and_then(Value::as_str);
        let id = id.and_then(|id| id.parse().ok());
        object.insert("type".into(), Kind::Offer.code().into());
        let result = match error {
            Some(error) => Err(error),
            None => parse_object(object).map_err(|error| self.in_columns(error)),
        };
        Row { line, id, result }
    }

    /// The same error with the column's name in the place of the field's path.
    fn in_columns(&self, error: FieldError) -> FieldError {
        let mut path = String::new();
        let mut inside = false;
        for letter in error.field.chars() {
            match letter {
                '[' => inside = true,
                ']' => inside = false,
                other if !inside => path.push(other),
                _ => {}
            }
        }
        let named = self.header.iter().flatten();
        let best = named
            .filter(|(_, column)| {
                path == column.path
                    || path.starts_with(&format!("{}.", column.path))
                    || column.path.starts_with(&format!("{path}."))
            })
            .max_by_key(|(_, column)| (path == column.path, column.path.len()));
        let field = match best {
            Some((name, _)) => name.clone(),
            // A column that is missing is named as the rest of the header is.
            None => {
                let is_danish = self
                    .header
                    .iter()
                    .flatten()
                    .any(|(name, column)| !same_name(column.path, name));
                COLUMNS
                    .iter()
                    .find(|column| column.path == path)
                    .filter(|_| is_danish)
                    .map_or(error.field, |column| column.danish.to_owned())
            }
        };
        FieldError {
            field,
            invalid: error.invalid,
        }
    }
}

fn guess_delimiter(start: &[u8]) -> u8 {
    let line = start
        .split(|byte| *byte == b'\n')
        .next()
        .unwrap_or_default();
    // The first in the list wins where they are equally many.
    [b',', b'\t', b';']
        .into_iter()
        .max_by_key(|delimiter| line.iter().filter(|byte| *byte == delimiter).count())
        .unwrap_or(b';')
}

/// Column names are the same whatever the case, spaces, hyphens and underscores in them.
fn is_notes(name: &str) -> bool {
    Language::ALL
        .iter()
        .any(|language| same_name(notes_name(*language), name))
}

fn same_name(left: &str, right: &str) -> bool {
    let plain = |text: &str| -> String {
        text.chars()
            .filter(|letter| !matches!(letter, ' ' | '_' | '-' | '\u{A0}'))
            .flat_map(char::to_lowercase)
            .collect()
    };
    plain(left) == plain(right)
}

/// The characters that Windows-1252 has where Latin-1 has control characters.
const WINDOWS_1252: [char; 32] = [
    '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8D}', 'Ž', '\u{8F}',
    '\u{90}', '‘', '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9D}', 'ž', 'Ÿ',
];

fn from_windows_1252(bytes: &[u8]) -> String {
    bytes
        .iter()
        .map(|byte| match byte {
            0x80..=0x9F => WINDOWS_1252[usize::from(*byte) - 0x80],
            _ => char::from(*byte),
        })
        .collect()
}

/// Puts a cell into the object, at the column's path.
fn put(object: &mut Map<String, Value>, column: &Column, cell: &str) -> Result<(), Invalid> {
    let code = |text: &str| Value::String((column.code)(text).unwrap_or_else(|| text.to_owned()));
    let value = match column.cells {
        Cells::Text => Value::String(cell.to_owned()),
        Cells::Code => code(cell),
        Cells::Whole => Value::Number(whole(cell)?),
        Cells::Decimal => decimal(&cell.replace(',', "."))?,
        Cells::Amount => amount(cell)?,
        Cells::Date => Value::String(date(cell)),
        Cells::Words => split(cell, &['|', ','])
            .iter()
            .filter(|item| !item.is_empty())
            .map(|item| code(item))
            .collect(),
        Cells::Texts => split(cell, &['|'])
            .into_iter()
            .filter(|item| !item.is_empty())
            .collect(),
        Cells::Numbers => Value::Array(numbers(cell)?),
        Cells::Aligned => return put_aligned(object, column, cell),
    };
    let mut parts = column.path.split('.').peekable();
    let mut within = object;
    while let Some(part) = parts.next() {
        if parts.peek().is_none() {
            // The address as one text and in its parts: the text says all.
            if within.get(part).is_none_or(|before| !before.is_string()) {
                within.insert(part.to_owned(), value);
            }
            return Ok(());
        }
        let next = within
            .entry(part)
            .or_insert_with(|| Value::Object(Map::new()));
        match next {
            Value::Object(next) => within = next,
            _ => return Ok(()),
        }
    }
    Ok(())
}

fn put_aligned(
    object: &mut Map<String, Value>,
    column: &Column,
    cell: &str,
) -> Result<(), Invalid> {
    let Some((list, field)) = column.path.split_once('.') else {
        return Ok(());
    };
    let list = object
        .entry(list)
        .or_insert_with(|| Value::Array(Vec::new()));
    let Value::Array(items) = list else {
        return Ok(());
    };
    for (position, text) in split(cell, &['|']).into_iter().enumerate() {
        while items.len() <= position {
            items.push(Value::Object(Map::new()));
        }
        if text.is_empty() {
            continue;
        }
        let text = match (column.code)(&text) {
            Some(code) => code,
            None if field == "nextReview" => date(&text),
            None => text,
        };
        if let Value::Object(item) = &mut items[position] {
            item.insert(field.to_owned(), Value::String(text));
        }
    }
    Ok(())
}

fn whole(text: &str) -> Result<Number, Invalid> {
    let text = text.trim_end_matches(".0").trim_end_matches(",0");
    text.parse::<u32>()
        .map(Number::from)
        .map_err(|_| Invalid::WrongType("u32".into()))
}

fn decimal(text: &str) -> Result<Value, Invalid> {
    text.parse::<f64>()
        .ok()
        .and_then(Number::from_f64)
        .map(Value::Number)
        .ok_or_else(|| Invalid::WrongType("f64".into()))
}

/// Kroner, as Danes and others write them: `650`, `1.250`, `1.250,50`, `650.5`, `650 kr.`
fn amount(text: &str) -> Result<Value, Invalid> {
    let text = text
        .trim_end_matches("kr.")
        .trim_end_matches("kr")
        .trim_end_matches(",-")
        .trim();
    let (whole, fraction) = match text.split_once(',') {
        Some((whole, fraction)) => (whole.replace('.', ""), fraction),
        None => {
            let groups: Vec<&str> = text.split('.').collect();
            let thousands = groups.len() > 1 && groups[1..].iter().all(|group| group.len() == 3);
            match text.split_once('.') {
                Some((whole, fraction)) if !thousands => (whole.to_owned(), fraction),
                _ => (text.replace('.', ""), ""),
            }
        }
    };
    let fraction = if fraction.is_empty() { "0" } else { fraction };
    let is_number = |digits: &str| {
        !digits.is_empty() && digits.len() < 20 && digits.bytes().all(|byte| byte.is_ascii_digit())
    };
    if !is_number(&whole) || !is_number(fraction) {
        return Err(Invalid::WrongType("f64".into()));
    }
    decimal(&format!("{whole}.{fraction}"))
}

/// A date as it stands, or turned round where it was written day first, as Danish Excel does.
fn date(text: &str) -> String {
    let parts: Vec<&str> = text.split(['-', '.', '/']).collect();
    match parts[..] {
        [day, month, year] if day.len() <= 2 && month.len() <= 2 && year.len() == 4 => {
            format!("{year}-{month:0>2}-{day:0>2}")
        }
        _ => text.to_owned(),
    }
}

/// `0, 2-4|9.` is 0, 2, 3, 4 and 9.
fn numbers(cell: &str) -> Result<Vec<Value>, Invalid> {
    let wrong = || Invalid::WrongType("u8".into());
    let number = |text: &str| -> Result<u8, Invalid> {
        text.trim()
            .trim_end_matches('.')
            .parse()
            .map_err(|_| wrong())
    };
    let mut numbers = Vec::new();
    for item in split(cell, &['|', ',']) {
        if item.is_empty() {
            continue;
        }
        let (first, last) = match item.split_once(['-', '–']) {
            Some((first, last)) => (number(first)?, number(last)?),
            None => (number(&item)?, number(&item)?),
        };
        numbers.extend((first..=last).map(Value::from));
    }
    Ok(numbers)
}

/// Splits a cell at the separators; a backslash before a separator or a backslash takes it as it is.
fn split(cell: &str, separators: &[char]) -> Vec<String> {
    let mut items = vec![String::new()];
    let mut letters = cell.chars().peekable();
    while let Some(letter) = letters.next() {
        let special = |letter: char| letter == '\\' || separators.contains(&letter);
        if letter == '\\' && letters.peek().copied().is_some_and(special) {
            if let (Some(item), Some(next)) = (items.last_mut(), letters.next()) {
                item.push(next);
            }
        } else if separators.contains(&letter) {
            items.push(String::new());
        } else if let Some(item) = items.last_mut() {
            item.push(letter);
        }
    }
    items.iter().map(|item| item.trim().to_owned()).collect()
}
