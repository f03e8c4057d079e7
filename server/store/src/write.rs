//! Changing records: each call is one transaction that writes the records, their revisions and
//! the counter, or nothing.
//!
//! A transaction's rows are computed here, from the counter and the records as they were read.
//! Everything that changes a record changes the counter, so the transaction only has to find the
//! counter where it was to know that all the rest is as it was, too.

use std::collections::{HashMap, HashSet};

use domain::{Code, Entry, Kind, exchange};
use jiff::Timestamp;
use surrealdb::types::{RecordId, Variables};

use crate::counter::{self, CounterRow};
use crate::engine::variable;
use crate::error::{COUNTER_MOVED, Failure, StoreError};
use crate::record::{self, Key, RecordRow, State, key_text, sequence_from};
use crate::revision::{self, Author, PUT, REMOVE, RevisionRow};
use crate::store::Store;

/// A good number of entries for one [`Store::put_many`]: enough that the transaction's own cost is
/// small beside its rows', few enough that others do not wait for it.
pub const BATCH: usize = 500;
/// The most entries that one transaction takes.
pub const LARGEST_BATCH: usize = 5_000;
/// The largest content of one object, in bytes. A transaction has to fit in the engine's memory.
pub const LARGEST_CONTENT: usize = 1 << 20;
/// The most bytes of content that one transaction takes: it is written twice, into memory of 32 MiB.
pub const LARGEST_BATCH_BYTES: usize = 12 << 20;

/// Where an object comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Origin {
    /// People: written here, or imported from their files.
    People,
    /// The sample content. It never replaces what people wrote.
    Sample,
}

/// What became of an entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// There was none under this id; now there is.
    Created,
    /// It replaced what was there.
    Updated,
    /// The same was there already: nothing was written.
    Unchanged,
}

/// What [`Store::remove_sample`] did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct SampleRemoved {
    /// Objects that are gone.
    pub removed: usize,
    /// Objects that people's content refers to: they stay, as ordinary content.
    pub kept: usize,
}

enum Change {
    Put { content: String, sample: bool },
    Remove,
    RemoveSample,
    KeepSample,
}

const READ_FIRST: &str = "SELECT * FROM $ids";

const WRITE: &str = "
    BEGIN;
    IF ((SELECT VALUE sequence FROM ONLY counter:revision) ?? 0) != $expected { THROW $moved };
    INSERT INTO revision $revisions RETURN NONE;
    INSERT INTO record $created RETURN NONE;
    INSERT INTO record $updated ON DUPLICATE KEY UPDATE
        state = $input.state, content = $input.content, sequence = $input.sequence,
        sample = $input.sample, created = $input.created, updated = $input.updated,
        author = $input.author
        RETURN NONE;
    UPSERT counter:revision CONTENT $counter RETURN NONE;
    COMMIT;
";

impl Store {
    /// Publishes entries, all or none, and says what became of each. An entry equal to what is
    /// published already makes no revision. When one id comes twice, the last one stays.
    ///
    /// On return the change is on disk. Send [`BATCH`] at a time, or fewer when their lines together
    /// are longer than [`LARGEST_BATCH_BYTES`]; an error means none of these.
    ///
    /// # Errors
    /// [`StoreError::TooLarge`] and [`StoreError::BatchTooLarge`] before anything is tried;
    /// otherwise what the database says.
    pub async fn put_many(
        &self,
        entries: &[Entry],
        author: &Author,
        now: Timestamp,
        origin: Origin,
    ) -> Result<Vec<Outcome>, StoreError> {
        let mut bytes = 0;
        let mut changes = Vec::with_capacity(entries.len());
        for entry in entries {
            let key = Key::of(entry);
            let content = exchange::write_line(entry).trim_end().to_owned();
            if content.len() > LARGEST_CONTENT {
                return Err(StoreError::TooLarge {
                    key: key.to_string(),
                    bytes: content.len(),
                    limit: LARGEST_CONTENT,
                });
            }
            bytes += content.len();
            let sample = origin == Origin::Sample;
            changes.push((key, Change::Put { content, sample }));
        }
        if changes.len() > LARGEST_BATCH || bytes > LARGEST_BATCH_BYTES {
            return Err(StoreError::BatchTooLarge {
                entries: changes.len(),
                bytes,
            });
        }
        self.place_attachments(entries).await?;
        self.apply(&changes, author, now).await
    }

    /// Removes an object; `false` when there was none. Its history stays.
    ///
    /// # Errors
    /// What the database says.
    pub async fn remove(
        &self,
        key: &Key,
        author: &Author,
        now: Timestamp,
    ) -> Result<bool, StoreError> {
        let changes = [(key.clone(), Change::Remove)];
        let outcomes = self.apply(&changes, author, now).await?;
        Ok(outcomes.contains(&Outcome::Updated))
    }

    /// Removes all sample content that nobody has changed. What people's content refers to stays
    /// and is no longer marked as sample content.
    ///
    /// # Errors
    /// What the database says.
    pub async fn remove_sample(
        &self,
        author: &Author,
        now: Timestamp,
    ) -> Result<SampleRemoved, StoreError> {
        let (samples, referred) = self.samples_and_referred().await?;
        let changes: Vec<(Key, Change)> = samples
            .into_iter()
            .map(|key| {
                let change = if referred.contains(&key) {
                    Change::KeepSample
                } else {
                    Change::RemoveSample
                };
                (key, change)
            })
            .collect();
        let mut done = SampleRemoved::default();
        for part in changes.chunks(LARGEST_BATCH) {
            let outcomes = self.apply(part, author, now).await?;
            for ((_, change), outcome) in part.iter().zip(outcomes) {
                match (change, outcome) {
                    (_, Outcome::Unchanged) => {}
                    (Change::KeepSample, _) => done.kept += 1,
                    _ => done.removed += 1,
                }
            }
        }
        Ok(done)
    }

    /// The keys of all sample content, and those among them that other content refers to, itself
    /// or by way of sample content that stays.
    async fn samples_and_referred(&self) -> Result<(Vec<Key>, HashSet<Key>), StoreError> {
        let mut samples: HashMap<Key, Vec<Key>> = HashMap::new();
        let mut waiting: Vec<Key> = Vec::new();
        let mut order = Vec::new();
        self.for_each(Kind::all(), |record| {
            let references: Vec<Key> = record
                .entry()?
                .references()
                .into_iter()
                .map(|reference| Key::new(reference.kind, reference.id))
                .collect();
            if record.sample {
                order.push(record.key.clone());
                samples.insert(record.key, references);
            } else {
                waiting.extend(references);
            }
            Ok::<(), StoreError>(())
        })
        .await?;
        let mut referred = HashSet::new();
        while let Some(key) = waiting.pop() {
            if let Some(references) = samples.get(&key)
                && referred.insert(key)
            {
                waiting.extend(references.iter().cloned());
            }
        }
        Ok((order, referred))
    }

    async fn apply(
        &self,
        changes: &[(Key, Change)],
        author: &Author,
        now: Timestamp,
    ) -> Result<Vec<Outcome>, StoreError> {
        if changes.is_empty() {
            return Ok(Vec::new());
        }
        let mut turn = self.engine().turn().await;
        loop {
            let tried = self.apply_once(changes, author, now).await;
            if let Some(settled) = turn.settle(tried).await {
                let (outcomes, sequence) = settled?;
                self.announce(sequence);
                return Ok(outcomes);
            }
        }
    }

    async fn apply_once(
        &self,
        changes: &[(Key, Change)],
        author: &Author,
        now: Timestamp,
    ) -> Result<(Vec<Outcome>, u64), Failure> {
        // The counter first: if it is still there when the transaction runs, the records that were
        // read after it are still as they were.
        let counter: Option<CounterRow> = self
            .engine()
            .attempt(counter::READ, Variables::new())
            .await?
            .take(0)?;
        let ids: Vec<RecordId> = changes.iter().map(|(key, _)| key.record_id()).collect();
        let before: Vec<RecordRow> = self
            .engine()
            .attempt(READ_FIRST, variable("ids", ids))
            .await?
            .take(0)?;
        let counter = counter.unwrap_or_default();
        let expected = counter.sequence;
        let (outcomes, batch) = Batch::compute(counter, before, changes, author, now)?;
        if batch.revisions.is_empty() {
            return Ok((outcomes, sequence_from(expected)?));
        }
        let sequence = sequence_from(batch.counter.sequence)?;
        let (known, new): (Vec<Pending>, Vec<Pending>) = batch
            .records
            .into_values()
            .filter(|pending| pending.written)
            .partition(|pending| pending.exists);
        let rows = |pending: Vec<Pending>| -> Vec<RecordRow> {
            pending.into_iter().map(|pending| pending.row).collect()
        };
        let mut variables = Variables::new();
        variables.insert("expected", expected);
        variables.insert("moved", COUNTER_MOVED.to_owned());
        variables.insert("revisions", batch.revisions);
        variables.insert("created", rows(new));
        variables.insert("updated", rows(known));
        variables.insert("counter", batch.counter);
        self.engine().attempt(WRITE, variables).await?;
        Ok((outcomes, sequence))
    }
}

/// A record as it will be after the transaction.
struct Pending {
    row: RecordRow,
    /// Whether the database has a row for it.
    exists: bool,
    /// Whether anything changes.
    written: bool,
}

/// The rows of one transaction.
struct Batch {
    counter: CounterRow,
    records: HashMap<String, Pending>,
    revisions: Vec<RevisionRow>,
}

impl Batch {
    fn compute(
        counter: CounterRow,
        before: Vec<RecordRow>,
        changes: &[(Key, Change)],
        author: &Author,
        now: Timestamp,
    ) -> Result<(Vec<Outcome>, Self), StoreError> {
        let mut batch = Self {
            counter,
            records: HashMap::with_capacity(changes.len()),
            revisions: Vec::with_capacity(changes.len()),
        };
        for row in before {
            let pending = Pending {
                exists: true,
                written: false,
                row,
            };
            batch
                .records
                .insert(key_text(&pending.row.id)?.to_owned(), pending);
        }
        let author = author.to_string();
        let now = now.to_string();
        let outcomes = changes
            .iter()
            .map(|(key, change)| batch.add(key, change, &author, &now))
            .collect();
        Ok((outcomes, batch))
    }

    fn add(&mut self, key: &Key, change: &Change, author: &str, now: &str) -> Outcome {
        let text = key.to_string();
        let known = self.records.get(&text);
        let published = known
            .map(|known| &known.row)
            .filter(|row| row.is_published());
        let (content, sample) = match (change, published) {
            (Change::Put { sample: true, .. }, Some(row)) if !row.sample => {
                return Outcome::Unchanged;
            }
            (Change::Put { content, .. }, Some(row)) if same_content(&row.content, content) => {
                return Outcome::Unchanged;
            }
            (Change::Put { content, sample }, _) => (Some(content.clone()), *sample),
            (Change::Remove, Some(_)) => (None, false),
            (Change::RemoveSample, Some(row)) if row.sample => (None, false),
            (Change::KeepSample, Some(row)) if row.sample => (Some(row.content.clone()), false),
            (Change::Remove | Change::RemoveSample | Change::KeepSample, _) => {
                return Outcome::Unchanged;
            }
        };
        let outcome = if published.is_some() {
            Outcome::Updated
        } else {
            Outcome::Created
        };
        if let Some(row) = published {
            self.counter.count(key.kind, row.sample, -1);
        }
        if content.is_some() {
            self.counter.count(key.kind, sample, 1);
        }
        self.counter.sequence += 1;
        let sequence = self.counter.sequence;
        self.revisions.push(RevisionRow {
            id: RecordId::new(revision::TABLE, sequence),
            record: text.clone(),
            action: if content.is_some() { PUT } else { REMOVE }.to_owned(),
            content: content.clone(),
            sample,
            time: now.to_owned(),
            author: author.to_owned(),
            previous: known.map(|known| known.row.sequence),
        });
        let state = if content.is_some() {
            State::Published
        } else {
            State::Removed
        };
        let row = RecordRow {
            id: RecordId::new(record::TABLE, text.clone()),
            state: state.code().to_owned(),
            content: content.unwrap_or_default(),
            sequence,
            sample,
            created: published.map_or_else(|| now.to_owned(), |row| row.created.clone()),
            updated: now.to_owned(),
            author: author.to_owned(),
        };
        let exists = known.is_some_and(|known| known.exists);
        self.records.insert(
            text,
            Pending {
                row,
                exists,
                written: true,
            },
        );
        outcome
    }
}

/// Whether two lines of the exchange format say the same. They almost always do in the same words;
/// a line written by an older program may order or space them otherwise.
fn same_content(left: &str, right: &str) -> bool {
    if left == right {
        return true;
    }
    match (exchange::parse_line(left), exchange::parse_line(right)) {
        (Ok(left), Ok(right)) => exchange::write_line(&left) == exchange::write_line(&right),
        _ => false,
    }
}
