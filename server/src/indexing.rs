//! The index follows the store: it reads the revisions after the one it has come to, and notes in
//! each commit how far it has read. It can be deleted at any moment; it is then made anew beside
//! the one that answers, and takes its place when it is whole.
//!
//! Under the data directory, `index/` holds a directory a generation and the file `current`, which
//! names the one that answers.

use std::collections::{BTreeMap, HashMap};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, PoisonError, RwLock};
use std::time::Duration;

use anyhow::Context as _;
use app::text::editorial::translate_entry;
use domain::freshness::Review;
use domain::{Code, Entry, Kind, Language, Slug};
use search::{Change, OrganisationFacts, SearchIndex, Source};
use store::{Action, Key, Record, Store};
use tokio::sync::{Mutex, Notify};
use tokio::task::JoinHandle;

use crate::clock::in_denmark;

/// Revisions taken in one step: one commit of the index.
const STEP: usize = 2_000;
/// How often a store that others write to as well is asked for news.
const ASK_AGAIN: Duration = Duration::from_millis(500);

/// The index and what keeps it up to date. Clones share it.
#[derive(Clone)]
pub struct Indexer(Arc<Shared>);

struct Shared {
    store: Store,
    directory: PathBuf,
    current: RwLock<Arc<SearchIndex>>,
    rebuilding: AtomicBool,
    stopping: AtomicBool,
    stop: Notify,
    /// Held by whoever writes to the index: one step at a time.
    writing: Mutex<()>,
}

impl Indexer {
    /// Opens the index under the directory. One that is missing, damaged or of another version is
    /// begun anew, empty, and marked to be rebuilt.
    ///
    /// # Errors
    /// The directory cannot be written.
    pub fn open(store: Store, directory: &Path) -> anyhow::Result<Indexer> {
        std::fs::create_dir_all(directory)
            .with_context(|| format!("{} kan ikke oprettes", directory.display()))?;
        let last = *store.watch().borrow();
        let opened =
            current_generation(directory).and_then(|path| match SearchIndex::open(&path) {
                // An index that is ahead belongs to another store, or to this one before a restore.
                Ok(index) if index.position() <= last => Some((path, index)),
                Ok(_) => {
                    tracing::warn!("the index is ahead of the store and is rebuilt");
                    None
                }
                Err(error) => {
                    tracing::warn!(error = %error, "the index cannot be opened and is rebuilt");
                    None
                }
            });
        let rebuild = opened.is_none() && last > 0;
        let (path, index) = match opened {
            Some(opened) => opened,
            None => {
                let (path, index) = new_generation(directory)?;
                make_current(directory, &path)?;
                (path, index)
            }
        };
        remove_other_generations(directory, &path);
        Ok(Indexer(Arc::new(Shared {
            store,
            directory: directory.to_owned(),
            current: RwLock::new(Arc::new(index)),
            rebuilding: AtomicBool::new(rebuild),
            stopping: AtomicBool::new(false),
            stop: Notify::new(),
            writing: Mutex::new(()),
        })))
    }

    /// The index as it is now.
    #[must_use]
    pub fn index(&self) -> Arc<SearchIndex> {
        Arc::clone(
            &self
                .0
                .current
                .read()
                .unwrap_or_else(PoisonError::into_inner),
        )
    }

    /// Whether the index is being made anew.
    #[must_use]
    pub fn is_rebuilding(&self) -> bool {
        self.0.rebuilding.load(Ordering::Acquire)
    }

    /// Ends following; the step under way is finished.
    pub fn stop(&self) {
        self.0.stopping.store(true, Ordering::Release);
        self.0.stop.notify_waiters();
    }

    fn is_stopping(&self) -> bool {
        self.0.stopping.load(Ordering::Acquire)
    }

    /// Follows the store until it is stopped, in a task of its own.
    #[must_use]
    pub fn follow(&self) -> JoinHandle<()> {
        let indexer = self.clone();
        indexer.index().tidy_later();
        tokio::spawn(async move {
            let mut news = indexer.0.store.watch();
            while !indexer.is_stopping() {
                let stopped = indexer.0.stop.notified();
                let done = if indexer.is_rebuilding() {
                    indexer.rebuild(|_| {}).await
                } else {
                    indexer.catch_up(|_| {}).await
                };
                let pause = match done {
                    Ok(()) => ASK_AGAIN,
                    Err(error) => {
                        tracing::error!(
                            error = format!("{error:#}"),
                            "the index could not follow the store"
                        );
                        // A store that does not answer says nothing of the index.
                        if error.downcast_ref::<store::StoreError>().is_none()
                            && !indexer.index().is_whole()
                        {
                            indexer.0.rebuilding.store(true, Ordering::Release);
                        }
                        Duration::from_secs(5)
                    }
                };
                tokio::select! {
                    () = stopped => {}
                    _ = news.changed() => {}
                    () = tokio::time::sleep(pause) => {}
                }
            }
        })
    }

    /// Takes in every revision that the index has not read. `progress` is told the number come to.
    ///
    /// # Errors
    /// The store does not answer, or the index cannot be written.
    pub async fn catch_up(&self, mut progress: impl FnMut(u64)) -> anyhow::Result<()> {
        let _writing = self.0.writing.lock().await;
        let index = self.index();
        let mut mentionable = Mentionable::default();
        while !self.is_stopping() {
            let revisions = self.0.store.revisions_after(index.position(), STEP).await?;
            let Some(last) = revisions.last().map(|revision| revision.sequence) else {
                break;
            };
            let mut latest: HashMap<&Key, &store::Revision> = HashMap::new();
            let mut changed = Vec::new();
            for revision in &revisions {
                latest.insert(&revision.key, revision);
                mentionable.forget(&revision.key);
                // Nothing can have mentioned what was not there before.
                if revision.previous.is_some() && Mentionable::KINDS.contains(&revision.key.kind) {
                    changed.push(&revision.key);
                }
            }
            let mut removed = Vec::new();
            let mut put = Vec::new();
            let mut again = Vec::new();
            for revision in latest.values() {
                match (&revision.action, revision.entry()?) {
                    // When it was published stands in the record.
                    (Action::Confirm(_), _) => again.push(revision.key.clone()),
                    (Action::Put(_), Some(entry)) => put.push(Fresh {
                        entry,
                        published: revision.time,
                        confirmed: revision.time,
                        sequence: revision.sequence,
                        sample: revision.sample,
                    }),
                    _ => removed.push(revision.key.clone()),
                }
            }
            let mut dependents: Vec<Key> = changed
                .iter()
                .flat_map(|key| index.dependents(key.kind, &key.id))
                .map(|(kind, id)| Key::new(kind, id))
                .filter(|key| !latest.contains_key(key))
                .collect();
            dependents.append(&mut again);
            dependents.sort();
            dependents.dedup();
            for keys in dependents.chunks(STEP) {
                for record in self.0.store.get_many(keys).await? {
                    put.push(Fresh::of(&record)?);
                }
            }
            put.sort_by_key(|fresh| fresh.sequence);
            let mut changes: Vec<Change> = removed
                .into_iter()
                .map(|key| Change::Remove {
                    kind: key.kind,
                    id: key.id,
                })
                .collect();
            changes.extend(self.sources(put, &mut mentionable).await?);
            apply(&index, changes, last).await?;
            progress(last);
        }
        Ok(())
    }

    /// Makes the index anew from the store's records and puts it in the place of the one that
    /// answers. `progress` is told how many objects are done.
    ///
    /// # Errors
    /// The store does not answer, or the index cannot be written; the old one then stays.
    pub async fn rebuild(&self, mut progress: impl FnMut(u64)) -> anyhow::Result<()> {
        self.0.rebuilding.store(true, Ordering::Release);
        let writing = self.0.writing.lock().await;
        let (path, index) = new_generation(&self.0.directory)?;
        let index = Arc::new(index);
        let snapshot = self.0.store.snapshot().await?;
        let sequence = snapshot.counts().await?.last_sequence;
        let mut mentionable = Mentionable::default();
        let mut done = 0;
        let mut pages = snapshot.pages(Kind::all());
        while let Some(records) = pages.next().await? {
            if self.is_stopping() {
                drop(pages);
                snapshot.end().await?;
                return Ok(());
            }
            let mut fresh = Vec::with_capacity(records.len());
            for record in &records {
                fresh.push(Fresh::of(record)?);
            }
            done += records.len() as u64;
            let changes = self.sources(fresh, &mut mentionable).await?;
            // The position is only noted once everything is in.
            apply(&index, changes, 0).await?;
            progress(done);
        }
        drop(pages);
        snapshot.end().await?;
        apply(&index, Vec::new(), sequence).await?;
        make_current(&self.0.directory, &path)?;
        *self
            .0
            .current
            .write()
            .unwrap_or_else(PoisonError::into_inner) = index;
        remove_other_generations(&self.0.directory, &path);
        self.0.rebuilding.store(false, Ordering::Release);
        drop(writing);
        tracing::info!(
            index.documents = done,
            index.sequence = sequence,
            "the index was made anew"
        );
        self.catch_up(|_| {}).await
    }

    /// What the index takes in for these objects: each with what it mentions.
    async fn sources(
        &self,
        fresh: Vec<Fresh>,
        mentionable: &mut Mentionable,
    ) -> anyhow::Result<Vec<Change>> {
        for fresh in &fresh {
            mentionable.remember(&fresh.entry);
        }
        let mentioned: Vec<Vec<Key>> = fresh
            .iter()
            .map(|fresh| Mentionable::mentioned(&fresh.entry))
            .collect();
        for keys in mentionable.missing(&mentioned).chunks(STEP) {
            for record in self.0.store.get_many(keys).await? {
                mentionable.remember(&record.entry()?);
            }
        }
        Ok(fresh
            .into_iter()
            .zip(mentioned)
            .map(|(fresh, mentioned)| {
                let english = english(&fresh.entry);
                let confirmed = in_denmark(fresh.confirmed).date();
                Change::Put(Box::new(Source {
                    context: mentionable.context(&mentioned),
                    review: Review::of(&fresh.entry, confirmed).map(|review| review.due),
                    entry: fresh.entry,
                    published: fresh.published,
                    sequence: fresh.sequence,
                    sample: fresh.sample,
                    english,
                }))
            })
            .collect())
    }
}

/// An object to take in.
struct Fresh {
    entry: Entry,
    published: jiff::Timestamp,
    confirmed: jiff::Timestamp,
    sequence: u64,
    sample: bool,
}

impl Fresh {
    fn of(record: &Record) -> Result<Fresh, store::StoreError> {
        Ok(Fresh {
            entry: record.entry()?,
            published: record.updated,
            confirmed: record.confirmed,
            sequence: record.sequence,
            sample: record.sample,
        })
    }
}

/// What the index says of the objects that others mention, as far as they have been met.
#[derive(Default)]
struct Mentionable {
    organisations: HashMap<Slug, OrganisationFacts>,
    strategies: HashMap<Slug, String>,
}

impl Mentionable {
    /// The kinds whose names stand in the documents of others.
    const KINDS: [Kind; 2] = [Kind::Organisation, Kind::Strategy];
    /// The most organisations that are kept at once.
    const MOST: usize = 50_000;

    fn remember(&mut self, entry: &Entry) {
        if self.organisations.len() >= Mentionable::MOST {
            self.organisations.clear();
        }
        match entry {
            Entry::Organisation(organisation) => {
                self.organisations
                    .insert(organisation.id.clone(), organisation.into());
            }
            Entry::Strategy(strategy) => {
                self.strategies
                    .insert(strategy.code.clone(), strategy.title.to_string());
            }
            _ => {}
        }
    }

    fn forget(&mut self, key: &Key) {
        match key.kind {
            Kind::Organisation => drop(self.organisations.remove(&key.id)),
            Kind::Strategy => drop(self.strategies.remove(&key.id)),
            _ => {}
        }
    }

    fn mentioned(entry: &Entry) -> Vec<Key> {
        let mut keys: Vec<Key> = entry
            .references()
            .into_iter()
            .filter(|reference| Mentionable::KINDS.contains(&reference.kind))
            .map(|reference| Key::new(reference.kind, reference.id))
            .collect();
        keys.sort();
        keys.dedup();
        keys
    }

    fn missing(&self, mentioned: &[Vec<Key>]) -> Vec<Key> {
        let mut missing: Vec<Key> = mentioned
            .iter()
            .flatten()
            .filter(|key| match key.kind {
                Kind::Organisation => !self.organisations.contains_key(&key.id),
                _ => !self.strategies.contains_key(&key.id),
            })
            .cloned()
            .collect();
        missing.sort();
        missing.dedup();
        missing
    }

    fn context(&self, mentioned: &[Key]) -> search::Context {
        let mut organisations = BTreeMap::new();
        let mut strategies = BTreeMap::new();
        for Key { id, .. } in mentioned {
            if let Some(facts) = self.organisations.get(id) {
                organisations.insert(id.clone(), facts.clone());
            }
            if let Some(title) = self.strategies.get(id) {
                strategies.insert(id.clone(), title.clone());
            }
        }
        search::Context {
            organisations,
            strategies,
        }
    }
}

/// Title and summary in English, of editorial content that has been translated.
fn english(entry: &Entry) -> Option<(String, String)> {
    let editorial = matches!(
        entry.kind(),
        Kind::Strategy | Kind::Role | Kind::Recommendation
    );
    let translated = editorial.then(|| translate_entry(entry.clone(), Language::English))?;
    if translated == *entry {
        return None;
    }
    let summary = match &translated {
        Entry::Strategy(strategy) => strategy.summary.as_ref().map(ToString::to_string),
        Entry::Role(role) => role.summary.as_ref().map(ToString::to_string),
        Entry::Recommendation(recommendation) => Some(recommendation.text.to_string()),
        _ => None,
    };
    Some((translated.title().to_owned(), summary.unwrap_or_default()))
}

/// Writes changes to the index on a thread for blocking work.
async fn apply(
    index: &Arc<SearchIndex>,
    changes: Vec<Change>,
    position: u64,
) -> anyhow::Result<()> {
    let index = Arc::clone(index);
    tokio::task::spawn_blocking(move || index.apply(&changes, position)).await??;
    Ok(())
}

const CURRENT: &str = "current";

fn current_generation(directory: &Path) -> Option<PathBuf> {
    let name = std::fs::read_to_string(directory.join(CURRENT)).ok()?;
    let name = name.trim();
    (!name.is_empty() && name.bytes().all(|byte| byte.is_ascii_digit()))
        .then(|| directory.join(name))
        .filter(|path| path.is_dir())
}

/// Begins an empty index in a directory of its own.
fn new_generation(directory: &Path) -> anyhow::Result<(PathBuf, SearchIndex)> {
    let highest = std::fs::read_dir(directory)?
        .filter_map(|entry| entry.ok()?.file_name().to_str()?.parse::<u64>().ok())
        .max()
        .unwrap_or(0);
    let path = directory.join((highest + 1).to_string());
    std::fs::create_dir_all(&path)?;
    let index = SearchIndex::create(&path)?;
    Ok((path, index))
}

fn make_current(directory: &Path, generation: &Path) -> anyhow::Result<()> {
    let name = generation.file_name().context("a generation has a name")?;
    let unfinished = directory.join("current.part");
    std::fs::write(&unfinished, name.as_encoded_bytes())?;
    std::fs::rename(unfinished, directory.join(CURRENT))?;
    Ok(())
}

/// Removes the generations that no longer answer. One that cannot be removed now is removed at the
/// next start.
fn remove_other_generations(directory: &Path, current: &Path) {
    for entry in std::fs::read_dir(directory).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir()
            && path != current
            && let Err(error) = std::fs::remove_dir_all(&path)
        {
            tracing::warn!(error = %error, "an old index could not be removed");
        }
    }
}
