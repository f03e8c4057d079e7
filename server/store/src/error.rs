//! What can go wrong with the store, said so that the one who runs the portal knows what to do.

use std::path::PathBuf;

use surrealdb::types::QueryError;

/// Why the store could not do what it was asked.
///
/// The texts are for the log and the command line. A page shown to a visitor says that the portal
/// is out of order, and nothing of this.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The value of `--database` is not understood.
    #[error("the database address is not understood: {0}")]
    BadUrl(String),
    /// Another process has the embedded database open.
    #[error("the database in {} is in use by another process", .0.display())]
    Locked(PathBuf),
    /// The database cannot be reached, or is shutting down.
    #[error("the database cannot be reached: {0}")]
    Unavailable(String),
    /// Other writers got in between every time; nothing was written.
    #[error("the change gave way to others {attempts} times and was given up")]
    Conflict {
        /// How often it was tried.
        attempts: u32,
    },
    /// The database was written by a newer program than this one.
    #[error(
        "the database has schema version {found}, this program knows versions up to {known}: \
         use a newer program"
    )]
    NewerSchema {
        /// The version found in the database.
        found: u32,
        /// The newest version this program knows.
        known: u32,
    },
    /// Another account has the e-mail address.
    #[error("another account has the e-mail address")]
    AddressInUse,
    /// What was read is not what was once written.
    #[error("the database is damaged: {0}")]
    Damaged(String),
    /// An object is larger than the database can take in one transaction.
    #[error("{key} takes {bytes} bytes; at most {limit} are kept")]
    TooLarge {
        /// Kind and id of the object.
        key: String,
        /// Its size in the exchange format.
        bytes: usize,
        /// The largest size.
        limit: usize,
    },
    /// A batch has more entries than one transaction takes.
    #[error("a batch of {entries} entries and {bytes} bytes is more than one transaction takes")]
    BatchTooLarge {
        /// Entries in the batch.
        entries: usize,
        /// Their size in the exchange format.
        bytes: usize,
    },
    /// A backup can only be restored where there is nothing yet.
    #[error("there is content in the database already; a backup is restored into an empty one")]
    NotEmpty,
    /// A backup file cannot be used.
    #[error("the backup cannot be used: {0}")]
    BadBackup(String),
    /// Reading or writing a file failed.
    #[error("file error: {0}")]
    File(#[from] std::io::Error),
    /// The database refused a statement: an error in this program.
    #[error("the database refused a statement: {0}")]
    Statement(String),
}

/// Thrown by a writing transaction that finds the counter moved since its rows were computed.
pub(crate) const COUNTER_MOVED: &str = "anker: the counter has moved";

/// What a failed transaction means for the one who sent it.
#[derive(Debug)]
pub(crate) enum Failure {
    /// Someone else wrote first: compute the rows anew and try again.
    Conflict,
    /// Trying again would fail again.
    Final(StoreError),
}

impl From<StoreError> for Failure {
    fn from(error: StoreError) -> Self {
        Self::Final(error)
    }
}

/// For a unit that is not tried again.
impl From<Failure> for StoreError {
    fn from(failure: Failure) -> Self {
        match failure {
            Failure::Conflict => Self::Conflict { attempts: 1 },
            Failure::Final(error) => error,
        }
    }
}

impl From<surrealdb::Error> for Failure {
    fn from(error: surrealdb::Error) -> Self {
        if is_conflict(&error) {
            Self::Conflict
        } else {
            Self::Final(StoreError::from(error))
        }
    }
}

fn is_conflict(error: &surrealdb::Error) -> bool {
    matches!(error.query_details(), Some(QueryError::TransactionConflict))
        || error.message().contains(COUNTER_MOVED)
}

/// What the database says of a statement that did nothing wrong itself.
const FOLLOWS: &str = "not executed due to a failed transaction";

/// Of the errors of one query, the one that caused the others.
///
/// A failed transaction answers every statement with "not executed"; the statement that failed,
/// or the commit, carries the reason.
pub(crate) fn cause(
    errors: impl IntoIterator<Item = surrealdb::Error>,
) -> Option<surrealdb::Error> {
    let rank = |error: &surrealdb::Error| {
        let follows = matches!(
            error.query_details(),
            Some(QueryError::NotExecuted | QueryError::Cancelled)
        );
        match (is_conflict(error), follows) {
            (true, _) => 0,
            (false, false) => 1,
            // A failed commit has the same kind as what follows from it, and a text of its own.
            (false, true) if !error.message().contains(FOLLOWS) => 2,
            (false, true) => 3,
        }
    };
    errors.into_iter().min_by_key(rank)
}

impl From<surrealdb::Error> for StoreError {
    fn from(error: surrealdb::Error) -> Self {
        let message = error.message().to_owned();
        if error.is_connection() {
            Self::Unavailable(message)
        } else if error.is_serialization() {
            Self::Damaged(message)
        } else {
            classify(message)
        }
    }
}

/// The embedded engine reports most of its trouble as text only.
pub(crate) fn classify(message: String) -> StoreError {
    let lower = message.to_lowercase();
    if ["corrupt", "checksum", "manifest", "bad magic"]
        .iter()
        .any(|word| lower.contains(word))
    {
        StoreError::Damaged(message)
    } else if ["shut", "closed", "no space left", "i/o error", "io error"]
        .iter()
        .any(|word| lower.contains(word))
    {
        StoreError::Unavailable(message)
    } else {
        StoreError::Statement(message)
    }
}
