//! A line as an object, or what is wrong with it, with as much of its name as can be told.

use domain::exchange::{FieldError, parse_line};
use domain::{Entry, Slug};
use serde_json::{Map, Value};
use store::Key;

use super::lines::Line;

/// A line that was read.
#[derive(Clone, Debug)]
pub struct Parsed {
    /// The position of its file among those that were given.
    pub file: usize,
    /// Its number in the file.
    pub line: u64,
    /// The object on it, as far as a broken line lets that be told.
    pub key: Option<Key>,
    /// The object, or what is wrong with it.
    pub result: Result<Entry, FieldError>,
}

/// Reads a line.
#[must_use]
pub fn parse(file: usize, line: Line) -> Parsed {
    let number = line.number;
    let (key, result) = match line.text {
        Ok(text) => match parse_line(&text) {
            Ok(entry) => (None, Ok(entry)),
            Err(error) => (name(&text), Err(error)),
        },
        Err(invalid) => {
            let field = String::new();
            (None, Err(FieldError { field, invalid }))
        }
    };
    Parsed {
        file,
        line: number,
        key,
        result,
    }
}

/// The kind and id of an object that is not valid otherwise.
fn name(text: &str) -> Option<Key> {
    let object: Map<String, Value> = serde_json::from_str(text).ok()?;
    let kind = object.get("type")?.as_str()?.parse().ok()?;
    let id = object.get("id").or_else(|| object.get("code"))?.as_str()?;
    Some(Key::new(kind, id.parse::<Slug>().ok()?))
}
