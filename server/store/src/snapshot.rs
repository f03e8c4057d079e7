//! Reading at length: every record or revision, as they were at one moment.

use std::ops::Bound;

use domain::{Code, Kind};
use surrealdb::types::{RecordId, RecordIdKey, RecordIdKeyRange, Value, Variables};

use crate::counter::{self, CounterRow, Counts};
use crate::engine::{Reading, variable};
use crate::error::StoreError;
use crate::record::{self, Record, RecordRow, key_text};
use crate::revision::{Revision, RevisionRow};
use crate::store::{in_order, revision_range};

/// Rows read at a time.
const PAGE: usize = 500;
const ROWS: &str = "SELECT * FROM $range LIMIT $limit";

/// One state of the database. What others write meanwhile does not show. End it with
/// [`Snapshot::end`]: on a server it is open until then.
pub struct Snapshot {
    reading: Reading,
}

impl Snapshot {
    pub(crate) fn over(reading: Reading) -> Self {
        Self { reading }
    }

    /// How much there is.
    ///
    /// # Errors
    /// What the database says.
    pub async fn counts(&self) -> Result<Counts, StoreError> {
        let counter: Option<CounterRow> = self
            .reading
            .run(counter::READ, Variables::new())
            .await?
            .take(0)?;
        counter.unwrap_or_default().counts()
    }

    /// All published objects, page by page: kind by kind in the order given, by id within a kind.
    #[must_use]
    pub fn pages(&self, kinds: &[Kind]) -> Pages<'_> {
        let mut kinds = kinds.to_vec();
        kinds.reverse();
        Pages {
            snapshot: self,
            kinds,
            after: None,
        }
    }

    /// The revisions after a number, in order; see [`crate::Store::revisions_after`].
    ///
    /// # Errors
    /// See [`crate::Store::revisions_after`].
    pub async fn revisions_after(
        &self,
        sequence: u64,
        limit: usize,
    ) -> Result<Vec<Revision>, StoreError> {
        let mut variables = variable("range", revision_range(sequence));
        variables.insert("limit", i64::try_from(limit).unwrap_or(i64::MAX));
        let rows: Vec<RevisionRow> = self.reading.run(ROWS, variables).await?.take(0)?;
        in_order(rows, sequence)
    }

    /// Rows of any table as the database has them, after a key.
    pub(crate) async fn rows(
        &self,
        table: &str,
        after: Option<RecordIdKey>,
        limit: usize,
    ) -> Result<Vec<Value>, StoreError> {
        let range = RecordIdKeyRange {
            start: after.map_or(Bound::Unbounded, Bound::Excluded),
            end: Bound::Unbounded,
        };
        let range = RecordId::new(table, RecordIdKey::Range(Box::new(range)));
        let mut variables = variable("range", range);
        variables.insert("limit", i64::try_from(limit).unwrap_or(i64::MAX));
        Ok(self.reading.run(ROWS, variables).await?.take(0)?)
    }

    /// Ends the reading.
    ///
    /// # Errors
    /// What the database says.
    pub async fn end(self) -> Result<(), StoreError> {
        self.reading.end().await
    }
}

/// A walk through a [`Snapshot`]'s records.
pub struct Pages<'snapshot> {
    snapshot: &'snapshot Snapshot,
    /// Kinds not yet finished, the current one last.
    kinds: Vec<Kind>,
    /// The last key of the current kind that was read.
    after: Option<String>,
}

impl Pages<'_> {
    /// The next page, never empty; `None` when there are no more.
    ///
    /// # Errors
    /// What the database says.
    pub async fn next(&mut self) -> Result<Option<Vec<Record>>, StoreError> {
        while let Some(&kind) = self.kinds.last() {
            let mut variables = variable("range", kind_range(kind, self.after.as_deref()));
            variables.insert("limit", i64::try_from(PAGE).unwrap_or(i64::MAX));
            let rows: Vec<RecordRow> = self.snapshot.reading.run(ROWS, variables).await?.take(0)?;
            // Only the keys' own order is relied on: what comes must go on from what came before.
            let mut last = self.after.take();
            for row in &rows {
                let text = key_text(&row.id)?;
                if last.as_deref().is_some_and(|last| text <= last) {
                    return Err(StoreError::Damaged(format!("{text} was read out of order")));
                }
                last = Some(text.to_owned());
            }
            if rows.len() < PAGE {
                self.kinds.pop();
            } else {
                self.after = last;
            }
            let page = rows
                .into_iter()
                .filter(RecordRow::is_published)
                .map(Record::try_from)
                .collect::<Result<Vec<_>, _>>()?;
            if !page.is_empty() {
                return Ok(Some(page));
            }
        }
        Ok(None)
    }
}

/// The ids of a kind's records, after a key.
fn kind_range(kind: Kind, after: Option<&str>) -> RecordId {
    let code = kind.code();
    let start = match after {
        Some(after) => Bound::Excluded(RecordIdKey::String(after.to_owned())),
        None => Bound::Included(RecordIdKey::String(format!("{code}/"))),
    };
    // `0` is the character after `/`.
    let end = Bound::Excluded(RecordIdKey::String(format!("{code}0")));
    RecordId::new(
        record::TABLE,
        RecordIdKey::Range(Box::new(RecordIdKeyRange { start, end })),
    )
}
