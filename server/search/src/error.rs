//! What can go wrong with an index.

use thiserror::Error;

/// Why an index cannot be opened. The way on is always the same: make a new one from the store.
#[derive(Debug, Error)]
pub enum OpenError {
    /// There is none.
    #[error("there is no index in {0}")]
    Missing(std::path::PathBuf),
    /// It was written by a program with another analyser or other fields.
    #[error("the index was written by another version of the program")]
    OtherVersion,
    /// It is damaged.
    #[error("the index is damaged: {0}")]
    Damaged(String),
    /// The directory cannot be used.
    #[error("the index's directory cannot be used: {0}")]
    Directory(#[from] std::io::Error),
}

/// Why a change could not be written.
#[derive(Debug, Error)]
pub enum WriteError {
    /// The index refused it.
    #[error("the index could not be written: {0}")]
    Index(#[from] tantivy::TantivyError),
    /// An earlier write stopped half-way and left the writer unusable.
    #[error("the index's writer is unusable after an earlier failure")]
    Writer,
}
