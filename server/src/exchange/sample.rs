//! The sample content: real organisations, offers and cases from public sources and the portal's
//! editorial texts, which an empty portal is filled with until an administrator removes it.

use std::sync::LazyLock;

use domain::{Entry, Kind, exchange};
use jiff::Timestamp;
use store::{Author, Origin, Outcome, Store, StoreError};

/// The files, in an order in which what is referred to comes first as far as that is possible.
const FILES: [&str; 6] = [
    include_str!("../../sample/organisations.jsonl"),
    include_str!("../../sample/strategies.jsonl"),
    include_str!("../../sample/roles.jsonl"),
    include_str!("../../sample/offers.jsonl"),
    include_str!("../../sample/cases.jsonl"),
    include_str!("../../sample/recommendations.jsonl"),
];

/// The sample content's entries.
///
/// # Panics
/// Never: the files are part of the program, and a test reads them.
#[must_use]
pub fn entries() -> Vec<Entry> {
    lines()
        .map(|line| exchange::parse_line(line).expect("the sample content is valid"))
        .collect()
}

/// Puts the sample content into a store and says how many objects it added. It never replaces what
/// people wrote.
///
/// # Errors
/// What the store says.
pub async fn put(store: &Store, now: Timestamp, author: &Author) -> Result<usize, StoreError> {
    // In one transaction, so that a start that is cut short leaves all of it or nothing.
    let outcomes = store
        .put_many(&entries(), author, now, Origin::Sample)
        .await?;
    let added = outcomes
        .iter()
        .filter(|outcome| **outcome != Outcome::Unchanged)
        .count();
    Ok(added)
}

fn lines() -> impl Iterator<Item = &'static str> {
    FILES
        .into_iter()
        .flat_map(str::lines)
        .filter(|line| !line.trim().is_empty())
}

/// The codes of the anchoring strategies.
pub(crate) fn strategies() -> &'static [&'static str] {
    static CODES: LazyLock<Vec<&'static str>> = LazyLock::new(|| {
        let codes = entries()
            .into_iter()
            .filter(|entry| entry.kind() == Kind::Strategy)
            .map(|entry| &*String::from(entry.id().clone()).leak());
        codes.collect()
    });
    &CODES
}

#[cfg(test)]
mod tests {
    use std::collections::{HashMap, HashSet};

    use super::*;

    #[test]
    fn every_line_is_valid_and_every_reference_is_there() {
        let entries = entries();
        let known: HashSet<(Kind, String)> = entries
            .iter()
            .map(|entry| (entry.kind(), entry.id().to_string()))
            .collect();
        assert_eq!(known.len(), entries.len(), "an id is there twice");
        let mut number: HashMap<Kind, usize> = HashMap::new();
        for entry in &entries {
            *number.entry(entry.kind()).or_default() += 1;
            for reference in entry.references() {
                let key = (reference.kind, reference.id.to_string());
                assert!(known.contains(&key), "{} refers to {key:?}", entry.id());
            }
        }
        assert_eq!(number[&Kind::Organisation], 401);
        assert_eq!(number[&Kind::Offer], 347);
        assert_eq!(number[&Kind::Case], 118);
        assert_eq!(number[&Kind::Strategy], 10);
        assert_eq!(number[&Kind::Role], 8);
        assert_eq!(number[&Kind::Recommendation], 10);
    }
}
