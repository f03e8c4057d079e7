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
use crate::manuscript::Beside;
use crate::record::{self, Key, RecordRow, State, key_text, sequence_from};
use crate::revision::{self, ARCHIVE, Author, CONFIRM, PUT, REMOVE, RevisionRow, WITHDRAW};
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

pub(crate) enum Change {
    Put {
        content: String,
        sample: bool,
        /// Whether teachers' feedback led to it.
        on_advice: bool,
    },
    Confirm,
    Withdraw,
    Archive,
    Remove,
    RemoveSample,
    KeepSample,
}

const READ_FIRST: &str = "SELECT * FROM $ids";

/// What one transaction writes of records, after what it checks and writes besides.
macro_rules! records_after {
    ($besides:literal) => {
        concat!(
            "
    BEGIN;
    IF ((SELECT VALUE sequence FROM ONLY counter:revision) ?? 0) != $expected { THROW $moved };",
            $besides,
            "
    INSERT INTO revision $revisions RETURN NONE;
    INSERT INTO record $created RETURN NONE;
    INSERT INTO record $updated ON DUPLICATE KEY UPDATE
        state = $input.state, content = $input.content, sequence = $input.sequence,
        sample = $input.sample, created = $input.created, updated = $input.updated,
        confirmed = $input.confirmed, author = $input.author
        RETURN NONE;
    UPSERT counter:revision CONTENT $counter RETURN NONE;
    COMMIT;
"
        )
    };
}

const WRITE: &str = records_after!("");

/// A step with a manuscript, and what becomes of its record.
const STEP: &str = records_after!(
    "
    IF ((SELECT VALUE version FROM ONLY $manuscript.id) ?? 0) + 1 != $manuscript.version { THROW $overtaken };
    UPSERT $manuscript.id CONTENT $manuscript RETURN NONE;
    DELETE waiting WHERE manuscript = $key RETURN NONE;
    INSERT INTO waiting $waiting RETURN NONE;
    DELETE type::record('scheduled', $key) RETURN NONE;
    INSERT INTO scheduled $scheduled RETURN NONE;
    INSERT INTO remark $remarks RETURN NONE;
    INSERT INTO audit $audit RETURN NONE;"
);

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
            let change = Change::Put {
                content,
                sample,
                on_advice: false,
            };
            changes.push((key, change));
        }
        if changes.len() > LARGEST_BATCH || bytes > LARGEST_BATCH_BYTES {
            return Err(StoreError::BatchTooLarge {
                entries: changes.len(),
                bytes,
            });
        }
        self.place_attachments(entries).await?;
        self.apply(&changes, None, author, now).await
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
        let outcomes = self.apply(&changes, None, author, now).await?;
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
            let outcomes = self.apply(part, None, author, now).await?;
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

    pub(crate) async fn apply(
        &self,
        changes: &[(Key, Change)],
        beside: Option<&Beside>,
        author: &Author,
        now: Timestamp,
    ) -> Result<Vec<Outcome>, StoreError> {
        if changes.is_empty() && beside.is_none() {
            return Ok(Vec::new());
        }
        let mut turn = self.engine().turn().await;
        loop {
            let tried = self.apply_once(changes, beside, author, now).await;
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
        beside: Option<&Beside>,
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
        if batch.revisions.is_empty() && beside.is_none() {
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
        let statement = match beside {
            Some(beside) => {
                beside.bind(&mut variables);
                STEP
            }
            None => WRITE,
        };
        self.engine().attempt(statement, variables).await?;
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

/// What a record becomes.
struct After {
    action: &'static str,
    state: State,
    content: String,
    sample: bool,
    updated: String,
}

impl After {
    fn shown(action: &'static str, content: String, sample: bool, now: &str) -> Self {
        Self {
            action,
            state: State::Published,
            content,
            sample,
            updated: now.to_owned(),
        }
    }

    fn hidden(action: &'static str, state: State, content: String, now: &str) -> Self {
        Self {
            action,
            state,
            content,
            sample: false,
            updated: now.to_owned(),
        }
    }
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
        let kept = known
            .map(|known| &known.row)
            .filter(|row| row.state != State::Removed.code());
        let published = kept.filter(|row| row.is_published());
        let after = match (change, published, kept) {
            (Change::Put { sample: true, .. }, Some(row), _) if !row.sample => {
                return Outcome::Unchanged;
            }
            (Change::Put { content, .. }, Some(row), _) if same_content(&row.content, content) => {
                return Outcome::Unchanged;
            }
            (
                Change::Put {
                    content, sample, ..
                },
                _,
                _,
            ) => After::shown(PUT, content.clone(), *sample, now),
            (Change::KeepSample, Some(row), _) if row.sample => {
                After::shown(PUT, row.content.clone(), false, now)
            }
            (Change::Confirm, Some(row), _) => After {
                updated: row.updated.clone(),
                ..After::shown(CONFIRM, row.content.clone(), row.sample, now)
            },
            (Change::Withdraw, Some(row), _) => {
                After::hidden(WITHDRAW, State::Withdrawn, row.content.clone(), now)
            }
            (Change::Archive, _, Some(row)) if row.state != State::Archived.code() => {
                After::hidden(ARCHIVE, State::Archived, row.content.clone(), now)
            }
            (Change::Remove, _, Some(_)) => {
                After::hidden(REMOVE, State::Removed, String::new(), now)
            }
            (Change::RemoveSample, Some(row), _) if row.sample => {
                After::hidden(REMOVE, State::Removed, String::new(), now)
            }
            _ => return Outcome::Unchanged,
        };
        let outcome = if kept.is_some() {
            Outcome::Updated
        } else {
            Outcome::Created
        };
        let is_shown = after.state == State::Published;
        if let Some(row) = published {
            self.counter.count(key.kind, row.sample, -1);
        }
        if is_shown {
            self.counter.count(key.kind, after.sample, 1);
        }
        self.counter.sequence += 1;
        let sequence = self.counter.sequence;
        self.revisions.push(RevisionRow {
            id: RecordId::new(revision::TABLE, sequence),
            record: text.clone(),
            action: after.action.to_owned(),
            content: is_shown.then(|| after.content.clone()),
            sample: after.sample,
            time: now.to_owned(),
            author: author.to_owned(),
            previous: known.map(|known| known.row.sequence),
            on_advice: matches!(
                change,
                Change::Put {
                    on_advice: true,
                    ..
                }
            )
            .then_some(true),
        });
        let row = RecordRow {
            id: RecordId::new(record::TABLE, text.clone()),
            state: after.state.code().to_owned(),
            content: after.content,
            sequence,
            sample: after.sample,
            created: kept.map_or_else(|| now.to_owned(), |row| row.created.clone()),
            updated: after.updated,
            confirmed: Some(now.to_owned()),
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
