//! Search: one tantivy index over everything the portal publishes, and the Danish language to find it in.
//!
//! [`SearchIndex`] is all the rest of the program sees. The language is in [`danish`] and knows nothing about the index.
//! tantivy keeps the terms, the postings and the results' cards; scoring and counting are done here, because every search
//! counts all its results and all its facets exactly.

mod card;
mod columns;
pub mod danish;
mod document;
mod error;
mod facets;
mod highlight;
mod index;
mod plan;
mod related;
mod schema;
mod scoring;
mod searching;
mod snapshot;
pub mod terms;
mod understanding;
mod vocabulary;

pub use document::{Context, OrganisationFacts, Source};
pub use error::{OpenError, WriteError};
pub use index::{Change, SearchIndex};
pub use searching::Viewer;
