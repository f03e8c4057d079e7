//! Revisions: every change there has been, in order.

use domain::{Entry, Slug};
use jiff::Timestamp;
use surrealdb::types::{RecordId, RecordIdKey, SurrealValue};

use crate::error::StoreError;
use crate::record::{Key, parse_content, sequence_from, timestamp_from};

/// The table's name in the database.
pub(crate) const TABLE: &str = "revision";

/// What a revision did.
#[derive(Clone, Debug, PartialEq)]
pub enum Action {
    /// It published the object with this content, a line of the exchange format.
    Put(String),
    /// It said that the object, with this content, holds; nothing changed.
    Confirm(String),
    /// It took the object from readers for a while.
    Withdraw,
    /// It put the object away for good.
    Archive,
    /// It removed the object.
    Remove,
}

/// One change.
#[derive(Clone, Debug, PartialEq)]
pub struct Revision {
    /// Its number. A revision committed later has a higher one.
    pub sequence: u64,
    /// The object it changed.
    pub key: Key,
    /// What it did.
    pub action: Action,
    /// Whether the object was sample content after it.
    pub sample: bool,
    /// When.
    pub time: Timestamp,
    /// Who.
    pub author: String,
    /// The revision of the same object before it.
    pub previous: Option<u64>,
    /// Whether teachers' feedback led to it.
    pub on_advice: bool,
}

impl Revision {
    /// The object after the change; `None` when readers no longer have it.
    ///
    /// # Errors
    /// [`StoreError::Damaged`] when the content is not an object of the exchange format.
    pub fn entry(&self) -> Result<Option<Entry>, StoreError> {
        match &self.action {
            Action::Put(content) | Action::Confirm(content) => {
                parse_content(&self.key, content).map(Some)
            }
            Action::Withdraw | Action::Archive | Action::Remove => Ok(None),
        }
    }
}

/// A revision as the database has it.
#[derive(Clone, SurrealValue)]
pub(crate) struct RevisionRow {
    pub(crate) id: RecordId,
    pub(crate) record: String,
    pub(crate) action: String,
    pub(crate) content: Option<String>,
    pub(crate) sample: bool,
    pub(crate) time: String,
    pub(crate) author: String,
    pub(crate) previous: Option<i64>,
    pub(crate) on_advice: Option<bool>,
}

/// The code of [`Action::Put`] in the database.
pub(crate) const PUT: &str = "put";
/// The code of [`Action::Confirm`] in the database.
pub(crate) const CONFIRM: &str = "confirm";
/// The code of [`Action::Withdraw`] in the database.
pub(crate) const WITHDRAW: &str = "withdraw";
/// The code of [`Action::Archive`] in the database.
pub(crate) const ARCHIVE: &str = "archive";
/// The code of [`Action::Remove`] in the database.
pub(crate) const REMOVE: &str = "remove";

impl TryFrom<RevisionRow> for Revision {
    type Error = StoreError;

    fn try_from(row: RevisionRow) -> Result<Self, StoreError> {
        let sequence = match &row.id.key {
            RecordIdKey::Number(number) => sequence_from(*number)?,
            other => {
                return Err(StoreError::Damaged(format!(
                    "{other:?} is not a revision's key"
                )));
            }
        };
        let action = match (row.action.as_str(), row.content) {
            (PUT, Some(content)) => Action::Put(content),
            (CONFIRM, Some(content)) => Action::Confirm(content),
            (WITHDRAW, None) => Action::Withdraw,
            (ARCHIVE, None) => Action::Archive,
            (REMOVE, None) => Action::Remove,
            (action, _) => {
                return Err(StoreError::Damaged(format!(
                    "revision {sequence} has the action «{action}» and does not fit it"
                )));
            }
        };
        Ok(Self {
            sequence,
            key: row.record.parse()?,
            action,
            sample: row.sample,
            time: timestamp_from(&row.time)?,
            author: row.author,
            previous: row.previous.map(sequence_from).transpose()?,
            on_advice: row.on_advice == Some(true),
        })
    }
}

/// Who made a change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Author {
    /// The portal itself, as when it fills an empty database with sample content.
    Portal,
    /// Someone at the machine, by the command line.
    CommandLine,
    /// Someone signed in; carries the account's id.
    Account(Slug),
    /// A program with an API token; carries the token's name.
    Token(String),
}

impl std::fmt::Display for Author {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Portal => formatter.write_str("portal"),
            Self::CommandLine => formatter.write_str("command-line"),
            Self::Account(id) => write!(formatter, "account:{id}"),
            Self::Token(name) => write!(formatter, "token:{name}"),
        }
    }
}
