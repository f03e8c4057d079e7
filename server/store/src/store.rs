//! The store itself: opening, reading by key, and following the revisions.

use std::sync::Arc;

use domain::{Entry, Kind};
use jiff::Timestamp;
use surrealdb::types::{RecordId, RecordIdKey, RecordIdKeyRange, Variables};
use tokio::sync::watch;

use crate::counter::{self, CounterRow, Counts};
use crate::database_url::DatabaseUrl;
use crate::engine::{Engine, variable};
use crate::error::StoreError;
use crate::migration::{MIGRATIONS, Migration, migrate};
use crate::record::{Key, Record, RecordRow, key_text, sequence_into};
use crate::revision::{self, Revision, RevisionRow};
use crate::snapshot::{Pages, Snapshot};

/// The portal's database. Cloning it is cheap and gives the same one.
#[derive(Clone)]
pub struct Store {
    engine: Arc<Engine>,
    last: Arc<watch::Sender<u64>>,
}

const GET: &str = "SELECT * FROM ONLY $id";
const GET_MANY: &str = "SELECT * FROM $ids";
const KEYS_OF: &str = "SELECT VALUE id FROM $ids WHERE state = 'published'";
const REVISIONS: &str = "SELECT * FROM $range LIMIT $limit";
const ANY_REVISION: &str = "SELECT VALUE id FROM revision LIMIT 1";

impl Store {
    /// Opens the database, creates it if there is none, and brings its schema up to date.
    ///
    /// # Errors
    /// [`StoreError::Locked`] when another process has it, [`StoreError::NewerSchema`] when a
    /// newer program wrote it, [`StoreError::Unavailable`] and [`StoreError::Damaged`].
    pub async fn open(url: &DatabaseUrl, now: Timestamp) -> Result<Self, StoreError> {
        Self::open_with(url, MIGRATIONS, now).await
    }

    pub(crate) async fn open_with(
        url: &DatabaseUrl,
        migrations: &[Migration],
        now: Timestamp,
    ) -> Result<Self, StoreError> {
        let engine = Engine::connect(url).await?;
        migrate(&engine, migrations, now).await?;
        let store = Self::over(engine);
        let last = store.last_sequence().await?;
        if last == 0 {
            let found: Vec<RecordId> = store
                .engine
                .run(ANY_REVISION, Variables::new())
                .await?
                .take(0)?;
            if !found.is_empty() {
                return Err(StoreError::Damaged(
                    "there are revisions and no counter: a restore was cut short".to_owned(),
                ));
            }
        }
        store.announce(last);
        Ok(store)
    }

    pub(crate) fn over(engine: Engine) -> Self {
        Self {
            engine: Arc::new(engine),
            last: Arc::new(watch::Sender::new(0)),
        }
    }

    pub(crate) fn engine(&self) -> &Engine {
        &self.engine
    }

    /// Closes the database: what is in memory is written, and the directory can be opened by
    /// another process. Anything asked of the store afterwards fails. Call it before the program
    /// ends; everything acknowledged is on disk without it too, but the next start is quicker.
    ///
    /// # Errors
    /// What the engine says.
    pub async fn close(&self) -> Result<(), StoreError> {
        self.engine.close().await
    }

    /// Whether the database answers.
    ///
    /// # Errors
    /// What it says instead.
    pub async fn ping(&self) -> Result<(), StoreError> {
        self.engine
            .run("RETURN true", Variables::new())
            .await
            .map(drop)
    }

    pub(crate) fn announce(&self, sequence: u64) {
        self.last.send_if_modified(|last| {
            let later = sequence > *last;
            if later {
                *last = sequence;
            }
            later
        });
    }

    /// The number of the last revision that this process wrote or found when it opened the
    /// database, to be waited on. Other processes on the same server write too: ask
    /// [`Store::last_sequence`] now and then.
    #[must_use]
    pub fn watch(&self) -> watch::Receiver<u64> {
        self.last.subscribe()
    }

    /// How much there is, by kind.
    ///
    /// # Errors
    /// What the database says.
    pub async fn counts(&self) -> Result<Counts, StoreError> {
        let counter: Option<CounterRow> = self
            .engine
            .run(counter::READ, Variables::new())
            .await?
            .take(0)?;
        counter.unwrap_or_default().counts()
    }

    /// The number of the last revision; 0 before the first.
    ///
    /// # Errors
    /// What the database says.
    pub async fn last_sequence(&self) -> Result<u64, StoreError> {
        Ok(self.counts().await?.last_sequence)
    }

    /// Whether there is sample content that nobody has changed.
    ///
    /// # Errors
    /// What the database says.
    pub async fn has_sample(&self) -> Result<bool, StoreError> {
        Ok(self.counts().await?.samples > 0)
    }

    /// The published object with this key.
    ///
    /// # Errors
    /// What the database says.
    pub async fn get(&self, key: &Key) -> Result<Option<Record>, StoreError> {
        let row: Option<RecordRow> = self
            .engine
            .run(GET, variable("id", key.record_id()))
            .await?
            .take(0)?;
        row.filter(RecordRow::is_published)
            .map(Record::try_from)
            .transpose()
    }

    /// The published objects with these keys, in the order of the keys; those that are not there
    /// are left out.
    ///
    /// # Errors
    /// What the database says.
    pub async fn get_many(&self, keys: &[Key]) -> Result<Vec<Record>, StoreError> {
        let mut found = std::collections::HashMap::with_capacity(keys.len());
        for part in keys.chunks(MOST_KEYS) {
            let ids: Vec<RecordId> = part.iter().map(Key::record_id).collect();
            let rows: Vec<RecordRow> = self
                .engine
                .run(GET_MANY, variable("ids", ids))
                .await?
                .take(0)?;
            for row in rows.into_iter().filter(RecordRow::is_published) {
                found.insert(row.key()?, Record::try_from(row)?);
            }
        }
        Ok(keys
            .iter()
            .filter_map(|key| found.get(key).cloned())
            .collect())
    }

    /// Which of these keys are published: for checking references.
    ///
    /// # Errors
    /// What the database says.
    pub async fn exists_many(
        &self,
        keys: &[Key],
    ) -> Result<std::collections::HashSet<Key>, StoreError> {
        let mut found = std::collections::HashSet::new();
        for part in keys.chunks(MOST_KEYS) {
            let ids: Vec<RecordId> = part.iter().map(Key::record_id).collect();
            let ids: Vec<RecordId> = self
                .engine
                .run(KEYS_OF, variable("ids", ids))
                .await?
                .take(0)?;
            for id in &ids {
                found.insert(key_text(id)?.parse()?);
            }
        }
        Ok(found)
    }

    /// The revisions after a number, in order, at most `limit` of them: what an index follows.
    ///
    /// With several processes writing to one server, a reader may be asked for numbers it has had
    /// before; applying a revision twice does no harm.
    ///
    /// # Errors
    /// What the database says, and [`StoreError::Damaged`] when a number is missing.
    pub async fn revisions_after(
        &self,
        sequence: u64,
        limit: usize,
    ) -> Result<Vec<Revision>, StoreError> {
        let mut variables = variable("range", revision_range(sequence));
        variables.insert("limit", i64::try_from(limit).unwrap_or(i64::MAX));
        let rows: Vec<RevisionRow> = self.engine.run(REVISIONS, variables).await?.take(0)?;
        let revisions = in_order(rows, sequence)?;
        if let Some(last) = revisions.last() {
            // Another process may have written it.
            self.announce(last.sequence);
        }
        Ok(revisions)
    }

    /// Every revision of one object, newest first, at most `limit` of them; also of one that has
    /// been removed.
    ///
    /// # Errors
    /// What the database says.
    pub async fn history(&self, key: &Key, limit: usize) -> Result<Vec<Revision>, StoreError> {
        let row: Option<RecordRow> = self
            .engine
            .run(GET, variable("id", key.record_id()))
            .await?
            .take(0)?;
        let mut next = row.map(|row| row.sequence);
        let mut revisions = Vec::new();
        while let Some(sequence) = next
            && revisions.len() < limit
        {
            let row: Option<RevisionRow> = self
                .engine
                .run(
                    GET,
                    variable("id", RecordId::new(revision::TABLE, sequence)),
                )
                .await?
                .take(0)?;
            let row = row.ok_or_else(|| {
                StoreError::Damaged(format!("revision {sequence} of {key} is missing"))
            })?;
            next = row.previous;
            revisions.push(Revision::try_from(row)?);
        }
        Ok(revisions)
    }

    /// One state of the database, to read at length while others write.
    ///
    /// # Errors
    /// What the database says.
    pub async fn snapshot(&self) -> Result<Snapshot, StoreError> {
        Ok(Snapshot::over(self.engine.reading().await?))
    }

    /// Shows every published object to `visit`, kind by kind in the order given and by id within
    /// a kind, as they were at one moment. No more than a page of them is in memory.
    ///
    /// # Errors
    /// The first error of `visit`, or what the database says.
    pub async fn for_each<E: From<StoreError>>(
        &self,
        kinds: &[Kind],
        mut visit: impl FnMut(Record) -> Result<(), E>,
    ) -> Result<(), E> {
        let snapshot = self.snapshot().await?;
        let result = async {
            let mut pages: Pages<'_> = snapshot.pages(kinds);
            while let Some(page) = pages.next().await? {
                for record in page {
                    visit(record)?;
                }
            }
            Ok(())
        }
        .await;
        snapshot.end().await?;
        result
    }

    /// Puts a single entry; see [`Store::put_many`].
    ///
    /// # Errors
    /// See [`Store::put_many`].
    pub async fn put(
        &self,
        entry: Entry,
        author: &crate::Author,
        now: Timestamp,
    ) -> Result<crate::Outcome, StoreError> {
        let outcomes = self
            .put_many(&[entry], author, now, crate::Origin::People)
            .await?;
        Ok(outcomes
            .first()
            .copied()
            .unwrap_or(crate::Outcome::Unchanged))
    }
}

/// The most keys in one statement.
pub(crate) const MOST_KEYS: usize = 1_000;

/// The ids of the revisions after a number.
pub(crate) fn revision_range(after: u64) -> RecordId {
    let after = RecordIdKey::Number(sequence_into(after));
    RecordId::new(
        revision::TABLE,
        RecordIdKey::Range(Box::new(RecordIdKeyRange {
            start: std::ops::Bound::Excluded(after),
            end: std::ops::Bound::Unbounded,
        })),
    )
}

/// Revisions are numbered without a gap, so one that is missing shows.
pub(crate) fn in_order(rows: Vec<RevisionRow>, after: u64) -> Result<Vec<Revision>, StoreError> {
    let mut revisions = rows
        .into_iter()
        .map(Revision::try_from)
        .collect::<Result<Vec<_>, _>>()?;
    revisions.sort_by_key(|revision| revision.sequence);
    for (revision, expected) in revisions.iter().zip(after + 1..) {
        if revision.sequence != expected {
            return Err(StoreError::Damaged(format!(
                "revision {expected} is missing"
            )));
        }
    }
    Ok(revisions)
}
