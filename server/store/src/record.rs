//! Records: the portal's objects as they are now.

use std::fmt;
use std::str::FromStr;

use domain::{Code, Entry, Kind, Slug, exchange, publication};
use jiff::Timestamp;
use surrealdb::types::{RecordId, RecordIdKey, SurrealValue};

use crate::error::StoreError;

/// The table's name in the database.
pub(crate) const TABLE: &str = "record";

/// Which object: its kind, and its id among those of the kind.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Key {
    /// What it is.
    pub kind: Kind,
    /// Its id, unique among objects of the kind.
    pub id: Slug,
}

impl Key {
    /// The key of a kind and an id.
    #[must_use]
    pub fn new(kind: Kind, id: Slug) -> Self {
        Self { kind, id }
    }

    pub(crate) fn of(entry: &Entry) -> Self {
        Self::new(entry.kind(), entry.id().clone())
    }

    pub(crate) fn record_id(&self) -> RecordId {
        RecordId::new(TABLE, self.to_string())
    }
}

/// `KIND/ID`, as the database keys its records. Sorting by this text sorts by kind's code, then id.
impl fmt::Display for Key {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}/{}", self.kind.code(), self.id)
    }
}

impl FromStr for Key {
    type Err = StoreError;

    fn from_str(text: &str) -> Result<Self, StoreError> {
        let damaged = || StoreError::Damaged(format!("«{text}» is not the key of a record"));
        let (kind, id) = text.split_once('/').ok_or_else(damaged)?;
        Ok(Self {
            kind: kind.parse().map_err(|_| damaged())?,
            id: id.parse().map_err(|_| damaged())?,
        })
    }
}

/// Where a record stands. Whoever does not know a state takes the record for not published. Drafts are
/// manuscripts, beside their record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum State {
    /// Everyone sees it.
    Published,
    /// Taken from readers for a while; its writers still have it.
    Withdrawn,
    /// Put away for good; its writers can still fetch it back.
    Archived,
    /// Gone for everyone. The row stays so that its history can be followed, and so that what is
    /// published again under the same id continues it.
    Removed,
}

impl State {
    pub(crate) fn code(self) -> &'static str {
        match self {
            Self::Published => "published",
            Self::Withdrawn => "withdrawn",
            Self::Archived => "archived",
            Self::Removed => "removed",
        }
    }

    /// How publishing calls it.
    pub(crate) fn standing(code: &str) -> Option<publication::State> {
        match code {
            "published" => Some(publication::State::Published),
            "withdrawn" => Some(publication::State::Withdrawn),
            "archived" => Some(publication::State::Archived),
            _ => None,
        }
    }
}

/// A published object as it is now.
#[derive(Clone, Debug, PartialEq)]
pub struct Record {
    /// Which object.
    pub key: Key,
    /// The object as one line of the exchange format, without the line's end.
    pub content: String,
    /// The revision that made it as it is.
    pub sequence: u64,
    /// Whether it is sample content that nobody has changed since.
    pub sample: bool,
    /// When it was first published here.
    pub created: Timestamp,
    /// When it became as it is.
    pub updated: Timestamp,
    /// When somebody last said that it holds: when it was published or changed, or confirmed since.
    pub confirmed: Timestamp,
    /// Who made it as it is.
    pub author: String,
}

impl Record {
    /// The object itself.
    ///
    /// # Errors
    /// [`StoreError::Damaged`] when the content is not an object of the exchange format.
    pub fn entry(&self) -> Result<Entry, StoreError> {
        parse_content(&self.key, &self.content)
    }
}

pub(crate) fn parse_content(key: &Key, content: &str) -> Result<Entry, StoreError> {
    exchange::parse_line(content)
        .map_err(|error| StoreError::Damaged(format!("the content of {key}: {error:?}")))
}

/// A record as the database has it.
#[derive(Clone, SurrealValue)]
pub(crate) struct RecordRow {
    pub(crate) id: RecordId,
    pub(crate) state: String,
    pub(crate) content: String,
    pub(crate) sequence: i64,
    pub(crate) sample: bool,
    pub(crate) created: String,
    pub(crate) updated: String,
    pub(crate) confirmed: Option<String>,
    pub(crate) author: String,
}

impl RecordRow {
    pub(crate) fn is_published(&self) -> bool {
        self.state == State::Published.code()
    }

    pub(crate) fn key(&self) -> Result<Key, StoreError> {
        key_text(&self.id)?.parse()
    }
}

/// The text of a record's key.
pub(crate) fn key_text(id: &RecordId) -> Result<&str, StoreError> {
    match &id.key {
        RecordIdKey::String(text) => Ok(text),
        other => Err(StoreError::Damaged(format!(
            "{other:?} is not a record's key"
        ))),
    }
}

impl TryFrom<RecordRow> for Record {
    type Error = StoreError;

    fn try_from(row: RecordRow) -> Result<Self, StoreError> {
        Ok(Self {
            key: row.key()?,
            sequence: sequence_from(row.sequence)?,
            sample: row.sample,
            created: timestamp_from(&row.created)?,
            updated: timestamp_from(&row.updated)?,
            confirmed: timestamp_from(row.confirmed.as_deref().unwrap_or(&row.updated))?,
            content: row.content,
            author: row.author,
        })
    }
}

pub(crate) fn sequence_from(number: i64) -> Result<u64, StoreError> {
    u64::try_from(number).map_err(|_| StoreError::Damaged(format!("sequence number {number}")))
}

pub(crate) fn sequence_into(sequence: u64) -> i64 {
    i64::try_from(sequence).unwrap_or(i64::MAX)
}

pub(crate) fn timestamp_from(text: &str) -> Result<Timestamp, StoreError> {
    text.parse()
        .map_err(|_| StoreError::Damaged(format!("«{text}» is not a time")))
}
