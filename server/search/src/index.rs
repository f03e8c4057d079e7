//! The index: opened or made, written in steps, and read while it is written.

use std::path::Path;
use std::sync::atomic::{AtomicBool, AtomicI32, AtomicU64, Ordering};
use std::sync::{Arc, Condvar, Mutex, PoisonError, RwLock};
use std::thread::JoinHandle;
use std::time::Duration;

use domain::search::{Hit, SearchQuery, SearchResults, Suggestion};
use domain::{Kind, Language, MunicipalityCode, Slug};
use jiff::civil::Date;
use tantivy::index::SegmentId;
use tantivy::indexer::LogMergePolicy;
use tantivy::schema::document::TantivyDocument;
use tantivy::store::Compressor;
use tantivy::{
    Directory as _, Index, IndexReader, IndexSettings, IndexWriter, ReloadPolicy, SegmentMeta, Term,
};

use crate::columns::Values;
use crate::danish::analysis::Analyser;
use crate::document::{self, Document, Source, day_number, key};
use crate::error::{OpenError, WriteError};
use crate::plan::Planner;
use crate::schema::{self, Fields};
use crate::scoring::Scratch;
use crate::searching::{Searching, Viewer};
use crate::snapshot::Snapshot;
use crate::terms::Layer;

/// A change to be written.
#[derive(Clone, Debug)]
pub enum Change {
    /// An object was published or changed.
    Put(Box<Source>),
    /// An object is no longer published.
    Remove {
        /// Its kind.
        kind: Kind,
        /// Its id.
        id: Slug,
    },
}

/// The memory that documents may take before they are written as a segment.
const WRITER_MEMORY: usize = 64 << 20;
/// Small blocks: a card is read without unpacking many others.
const BLOCK: usize = 4096;
/// So many small segments may lie beside the large one; more are put together.
const MOST_SMALL: usize = 3;
/// A segment is small if all together have more than so many times its documents.
const SMALL: u32 = 10;
/// After so long without a write, segments are put together.
const QUIET: Duration = Duration::from_millis(700);
/// So many times putting segments together is tried.
const MOST_TRIES: u32 = 8;
/// So many scratch arrays are kept for the next searches.
const MOST_SCRATCH: usize = 16;

/// One index, written by one writer.
struct Shelf {
    fields: Fields,
    reader: IndexReader,
    writer: Mutex<Option<IndexWriter>>,
    values: Values,
    position: RwLock<u64>,
    snapshot: RwLock<Arc<Snapshot>>,
    refreshing: Mutex<()>,
    /// How many times it was written, for seeing when it is quiet.
    writes: AtomicU64,
    /// Whether a thread waits to put segments together.
    tidying: AtomicBool,
    tidier: Mutex<Option<JoinHandle<()>>>,
    closed: Mutex<bool>,
    closing: Condvar,
}

impl Shelf {
    fn new(index: Index, fields: Fields) -> Result<Shelf, tantivy::TantivyError> {
        schema::register(&index);
        let position = index
            .load_metas()?
            .payload
            .as_deref()
            .and_then(Payload::read)
            .map_or(0, |payload| payload.position);
        let writer: IndexWriter = index.writer_with_num_threads(1, WRITER_MEMORY)?;
        let mut policy = LogMergePolicy::default();
        policy.set_min_num_segments(4);
        policy.set_min_layer_size(2_000);
        policy.set_del_docs_ratio_before_merge(0.3);
        writer.set_merge_policy(Box::new(policy));
        let reader = index
            .reader_builder()
            .reload_policy(ReloadPolicy::Manual)
            .doc_store_cache_num_blocks(512)
            .try_into()?;
        let values = Values::default();
        let snapshot = Snapshot::read(reader.searcher(), fields, &values, None)?;
        Ok(Shelf {
            fields,
            reader,
            writer: Mutex::new(Some(writer)),
            values,
            position: RwLock::new(position),
            snapshot: RwLock::new(Arc::new(snapshot)),
            refreshing: Mutex::new(()),
            writes: AtomicU64::new(0),
            tidying: AtomicBool::new(false),
            tidier: Mutex::new(None),
            closed: Mutex::new(false),
            closing: Condvar::new(),
        })
    }

    fn snapshot(&self) -> Arc<Snapshot> {
        Arc::clone(&self.snapshot.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// Makes what was committed visible. One at a time, or an older moment could replace a newer one.
    fn refresh(&self) -> tantivy::Result<()> {
        let _one = self
            .refreshing
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        self.reader.reload()?;
        let before = self.snapshot();
        let after = Snapshot::read(
            self.reader.searcher(),
            self.fields,
            &self.values,
            Some(&before),
        )?;
        *self
            .snapshot
            .write()
            .unwrap_or_else(PoisonError::into_inner) = Arc::new(after);
        Ok(())
    }

    /// Puts segments together when there are many.
    fn tidy(&self) -> Result<(), WriteError> {
        let merging = {
            let mut writer = self.writer.lock().unwrap_or_else(PoisonError::into_inner);
            let Some(open) = writer.as_mut() else {
                return Err(WriteError::Writer);
            };
            let together = to_be_joined(&open.index().searchable_segment_metas()?);
            (!together.is_empty()).then(|| open.merge(&together))
        };
        // A merge that lost a race with another is no harm: that one did the work.
        if let Some(merging) = merging
            && let Err(error) = merging.wait()
        {
            tracing::debug!(%error, "segments were not put together");
        }
        self.refresh()?;
        // What the searches before still read is kept; the rest of the old files goes.
        let writer = self.writer.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(open) = writer.as_ref() {
            let collecting = open.garbage_collect_files();
            drop(writer);
            collecting.wait()?;
        }
        Ok(())
    }

    fn is_untidy(&self) -> bool {
        let metas = self.reader.searcher().index().searchable_segment_metas();
        metas.is_ok_and(|metas| !to_be_joined(&metas).is_empty())
    }

    /// Tidies when nothing has been written for a while. One thread at a time waits for that.
    fn tidy_later(self: &Arc<Shelf>) {
        if !self.is_untidy() || self.tidying.swap(true, Ordering::AcqRel) {
            return;
        }
        let shelf = Arc::clone(self);
        let spawned = std::thread::Builder::new()
            .name("index-tidy".into())
            .spawn(move || shelf.tidy_when_quiet());
        let mut tidier = self.tidier.lock().unwrap_or_else(PoisonError::into_inner);
        match spawned {
            Ok(thread) => *tidier = Some(thread),
            Err(_) => self.tidying.store(false, Ordering::Release),
        }
    }

    fn tidy_when_quiet(&self) {
        let (mut seen, mut tries) = (None, 0);
        while !self.is_closed_within(QUIET) {
            let now = self.writes.load(Ordering::Acquire);
            if seen == Some(now) {
                tries += 1;
                if let Err(error) = self.tidy() {
                    tracing::warn!(%error, "the index could not be tidied");
                }
                // The index's own merging may have been at the same segments.
                if tries == MOST_TRIES || !self.is_untidy() {
                    break;
                }
            }
            seen = Some(now);
        }
        self.tidying.store(false, Ordering::Release);
    }

    /// Waits, and tells whether the index is closed meanwhile.
    fn is_closed_within(&self, time: Duration) -> bool {
        let closed = self.closed.lock().unwrap_or_else(PoisonError::into_inner);
        let waited = self
            .closing
            .wait_timeout_while(closed, time, |closed| !*closed);
        *waited.unwrap_or_else(PoisonError::into_inner).0
    }

    /// Ends the thread that tidies, so that nothing holds the directory any more.
    fn close(&self) {
        *self.closed.lock().unwrap_or_else(PoisonError::into_inner) = true;
        self.closing.notify_all();
        let tidier = self
            .tidier
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .take();
        if let Some(tidier) = tidier {
            // A tidier that panicked has nothing more to say than its message.
            drop(tidier.join());
        }
    }

    fn document(&self, document: Document) -> TantivyDocument {
        let mut stored = TantivyDocument::new();
        stored.add_text(self.fields.key, &document.key);
        stored.add_text(self.fields.terms, &document.terms);
        for facet in &document.facets {
            stored.add_text(self.fields.facets, facet);
        }
        stored.add_i64(self.fields.updated, document.updated);
        for (field, day) in [
            (self.fields.review, document.review),
            (self.fields.anchoring, document.anchoring),
        ] {
            if let Some(day) = day {
                stored.add_i64(field, day);
            }
        }
        stored.add_u64(self.fields.sequence, document.sequence);
        if let Some(point) = document.point {
            stored.add_f64(self.fields.latitude, point.latitude());
            stored.add_f64(self.fields.longitude, point.longitude());
        }
        stored.add_text(self.fields.title_sort, &document.title_sort);
        stored.add_bytes(self.fields.card, &document.card);
        stored
    }
}

/// The segments that are to become one: all, where several are large, or else the small ones, where there are many. So what is
/// written day by day never moves the whole index.
fn to_be_joined(segments: &[SegmentMeta]) -> Vec<SegmentId> {
    let all: u32 = segments.iter().map(SegmentMeta::num_docs).sum();
    let (large, small): (Vec<_>, Vec<_>) = segments
        .iter()
        .partition(|segment| segment.num_docs().saturating_mul(SMALL) >= all);
    let joined = if large.len() > 1 {
        segments.iter().collect()
    } else if small.len() > MOST_SMALL {
        small
    } else {
        Vec::new()
    };
    joined.into_iter().map(SegmentMeta::id).collect()
}

/// What a commit carries: how far the store's log was read, and by which version of the program.
struct Payload {
    position: u64,
    fingerprint: u64,
}

impl Payload {
    fn read(text: &str) -> Option<Payload> {
        let (position, fingerprint) = text.split_once(' ')?;
        Some(Payload {
            position: position.parse().ok()?,
            fingerprint: fingerprint.parse().ok()?,
        })
    }

    fn written(&self) -> String {
        format!("{} {}", self.position, self.fingerprint)
    }
}

/// The portal's search: shared by all who search, written by one.
pub struct SearchIndex {
    shelf: Arc<Shelf>,
    analyser: Analyser,
    planner: Planner,
    scratch: Mutex<Vec<Scratch>>,
    /// The day it is, in days since 1970, as it was told last.
    today: AtomicI32,
}

/// Before any day: nothing is late.
const NO_DAY: i32 = i32::MIN;

impl Drop for SearchIndex {
    fn drop(&mut self) {
        self.shelf.close();
    }
}

impl std::fmt::Debug for SearchIndex {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter
            .debug_struct("SearchIndex")
            .field("position", &self.position())
            .finish_non_exhaustive()
    }
}

fn settings() -> IndexSettings {
    IndexSettings {
        docstore_compression: Compressor::Lz4,
        docstore_blocksize: BLOCK,
        ..IndexSettings::default()
    }
}

fn open_shelf(directory: &Path) -> Result<Shelf, OpenError> {
    if !directory.join("meta.json").is_file() {
        return Err(OpenError::Missing(directory.to_owned()));
    }
    let damaged = |error: tantivy::TantivyError| OpenError::Damaged(error.to_string());
    let index = Index::open_in_dir(directory).map_err(damaged)?;
    let (schema, fields) = schema::schema();
    let payload = index
        .load_metas()
        .map_err(damaged)?
        .payload
        .as_deref()
        .and_then(Payload::read);
    if index.schema() != schema
        || payload.is_none_or(|payload| payload.fingerprint != schema::fingerprint())
    {
        return Err(OpenError::OtherVersion);
    }
    // Files that are gone or cut short are found when their segments are read.
    std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| Shelf::new(index, fields)))
        .map_err(|_| OpenError::Damaged("a file of it cannot be read".to_owned()))?
        .map_err(damaged)
}

fn create_shelf(directory: &Path) -> Result<Shelf, OpenError> {
    std::fs::create_dir_all(directory)?;
    for entry in std::fs::read_dir(directory)? {
        let path = entry?.path();
        if path.is_dir() {
            std::fs::remove_dir_all(path)?;
        } else {
            std::fs::remove_file(path)?;
        }
    }
    let (schema, fields) = schema::schema();
    let damaged = |error: tantivy::TantivyError| OpenError::Damaged(error.to_string());
    let index = Index::builder()
        .schema(schema)
        .settings(settings())
        .create_in_dir(directory)
        .map_err(damaged)?;
    let shelf = Shelf::new(index, fields).map_err(damaged)?;
    // Even an empty index says which program made it.
    commit(&shelf, &[], 0, &Analyser::default())
        .map_err(|error| OpenError::Damaged(error.to_string()))?;
    Ok(shelf)
}

/// Writes changes and makes them visible.
fn commit(
    shelf: &Shelf,
    changes: &[Change],
    position: u64,
    analyser: &Analyser,
) -> Result<(), WriteError> {
    let mut writer = shelf.writer.lock().unwrap_or_else(PoisonError::into_inner);
    let Some(open) = writer.as_mut() else {
        return Err(WriteError::Writer);
    };
    let written = (|| -> tantivy::Result<()> {
        for change in changes {
            match change {
                Change::Put(source) => {
                    let document = document::document(source, analyser);
                    open.delete_term(Term::from_field_text(shelf.fields.key, &document.key));
                    open.add_document(shelf.document(document))?;
                }
                Change::Remove { kind, id } => {
                    open.delete_term(Term::from_field_text(
                        shelf.fields.key,
                        &key(*kind, id.as_str()),
                    ));
                }
            }
        }
        let mut prepared = open.prepare_commit()?;
        prepared.set_payload(
            &Payload {
                position,
                fingerprint: schema::fingerprint(),
            }
            .written(),
        );
        prepared.commit()?;
        Ok(())
    })();
    if let Err(error) = written {
        // A writer whose worker died stays dead; a new one starts from the last commit.
        tracing::warn!(%error, "the index's writer failed and is made anew");
        let index = open.index().clone();
        drop(writer.take());
        *writer = index.writer_with_num_threads(1, WRITER_MEMORY).ok();
        return Err(WriteError::Index(error));
    }
    drop(writer);
    shelf.refresh()?;
    *shelf
        .position
        .write()
        .unwrap_or_else(PoisonError::into_inner) = position;
    Ok(())
}

impl SearchIndex {
    fn with(shelf: Shelf) -> SearchIndex {
        SearchIndex {
            shelf: Arc::new(shelf),
            analyser: Analyser::default(),
            planner: Planner::default(),
            scratch: Mutex::new(Vec::new()),
            today: AtomicI32::new(NO_DAY),
        }
    }

    /// Tells which day it is: what is not confirmed in time is ranked lower and later left out from then on. While no day
    /// is told, nothing is late.
    pub fn tell_day(&self, today: Date) {
        let today = i32::try_from(day_number(today)).unwrap_or(NO_DAY);
        self.today.store(today, Ordering::Relaxed);
    }

    /// Opens the index in a directory.
    ///
    /// # Errors
    /// Why it has to be made anew: there is none, another version wrote it, or it is damaged.
    pub fn open(directory: &Path) -> Result<SearchIndex, OpenError> {
        open_shelf(directory).map(SearchIndex::with)
    }

    /// Makes an empty index in a directory; whatever lies there is removed.
    ///
    /// # Errors
    /// If the directory cannot be used.
    pub fn create(directory: &Path) -> Result<SearchIndex, OpenError> {
        create_shelf(directory).map(SearchIndex::with)
    }

    /// Makes an empty index in memory.
    ///
    /// # Errors
    /// If there is no memory for it.
    pub fn in_memory() -> Result<SearchIndex, OpenError> {
        let (schema, fields) = schema::schema();
        let damaged = |error: tantivy::TantivyError| OpenError::Damaged(error.to_string());
        let index = Index::builder()
            .schema(schema)
            .settings(settings())
            .create_in_ram()
            .map_err(damaged)?;
        Shelf::new(index, fields)
            .map_err(damaged)
            .map(SearchIndex::with)
    }

    /// Whether every file of it is there and has the checksum that it was written with. It reads them all.
    #[must_use]
    pub fn is_whole(&self) -> bool {
        let searcher = self.shelf.reader.searcher();
        let index = searcher.index();
        let (Ok(damaged), Ok(metas)) = (index.validate_checksum(), index.load_metas()) else {
            return false;
        };
        // A file that is open is read also when its name is gone.
        let directory = index.directory();
        let written = directory.list_managed_files();
        let mut needed = metas.list_segment_files();
        needed.retain(|path| written.contains(path));
        let all_there = needed
            .iter()
            .all(|path| directory.exists(path).unwrap_or(false));
        damaged.is_empty() && all_there
    }

    /// How far the store's log has been read.
    #[must_use]
    pub fn position(&self) -> u64 {
        *self
            .shelf
            .position
            .read()
            .unwrap_or_else(PoisonError::into_inner)
    }

    /// How many documents there are.
    #[must_use]
    pub fn len(&self) -> u64 {
        self.shelf.snapshot().documents
    }

    /// How many pieces the index lies in: the fewer, the faster.
    #[must_use]
    pub fn segments(&self) -> usize {
        self.shelf.snapshot().segments.len()
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Writes changes, commits them with the position in the store's log, and makes them visible. Blocks; call it from a thread
    /// that may wait. Writing the same change again is no harm.
    ///
    /// # Errors
    /// If the index cannot be written; nothing of the changes is then visible, and they can be tried again.
    pub fn apply(&self, changes: &[Change], position: u64) -> Result<(), WriteError> {
        commit(&self.shelf, changes, position, &self.analyser)?;
        self.shelf.writes.fetch_add(1, Ordering::AcqRel);
        self.shelf.tidy_later();
        Ok(())
    }

    /// Puts segments together in the background when there are many and nothing is written for a while. Every write asks for
    /// it; this is for who opens an index whose writer ended before.
    pub fn tidy_later(&self) {
        self.shelf.tidy_later();
    }

    /// Puts segments together when there are many, and waits for it. It is done in the background a while after the last
    /// write; this is for who cannot wait.
    ///
    /// # Errors
    /// If the index cannot be written.
    pub fn tidy(&self) -> Result<(), WriteError> {
        for _ in 0..MOST_TRIES {
            self.shelf.tidy()?;
            if !self.shelf.is_untidy() {
                break;
            }
            // The index's own merging is at the same segments.
            std::thread::sleep(QUIET);
        }
        Ok(())
    }

    fn searching<T>(&self, work: impl FnOnce(Searching<'_>, &mut Scratch) -> T) -> T {
        let shelf = &self.shelf;
        let snapshot = shelf.snapshot();
        let mut scratch = self
            .scratch
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .pop()
            .unwrap_or_default();
        let searching = Searching {
            snapshot: &snapshot,
            values: &shelf.values,
            analyser: &self.analyser,
            planner: &self.planner,
            today: self.today.load(Ordering::Relaxed),
        };
        let result = work(searching, &mut scratch);
        let mut kept = self.scratch.lock().unwrap_or_else(PoisonError::into_inner);
        if kept.len() < MOST_SCRATCH {
            kept.push(scratch);
        }
        result
    }

    /// Searches.
    #[must_use]
    pub fn search(&self, query: &SearchQuery, language: Language) -> SearchResults {
        self.searching(|searching, scratch| searching.search(query, language, scratch))
    }

    /// How many results each municipality has, in the order of their codes; the municipality chosen is left aside.
    #[must_use]
    pub fn by_municipality(&self, query: &SearchQuery) -> Vec<(MunicipalityCode, u64)> {
        self.searching(|searching, scratch| searching.by_municipality(query, scratch))
    }

    /// Suggestions for what has been typed so far: words, and objects of these kinds, or of any where none is named.
    #[must_use]
    pub fn suggest(
        &self,
        typed: &str,
        kinds: &[Kind],
        most: usize,
        language: Language,
    ) -> Vec<Suggestion> {
        self.searching(|searching, _| searching.suggest(typed, kinds, most, language))
    }

    /// What is like an object: offers and cases, from several providers.
    #[must_use]
    pub fn related(
        &self,
        kind: Kind,
        id: &Slug,
        wanted: &[Kind],
        most: usize,
        viewer: impl Into<Viewer>,
    ) -> Vec<Hit> {
        let viewer = viewer.into();
        self.searching(|searching, scratch| {
            searching.related(kind, id, wanted, most, viewer, scratch)
        })
    }

    /// The hits of objects by id, in the order asked for; those that are not there are left out.
    #[must_use]
    pub fn hits(&self, objects: &[(Kind, Slug)], viewer: impl Into<Viewer>) -> Vec<Hit> {
        let viewer = viewer.into();
        self.searching(|searching, _| searching.hits(objects, viewer))
    }

    /// The objects whose documents hold something of an object: an organisation's name in its offers. They are to be written
    /// again when it changes.
    #[must_use]
    pub fn dependents(&self, kind: Kind, id: &Slug) -> Vec<(Kind, Slug)> {
        self.searching(|searching, _| {
            searching.with_term(&Layer::Mention.term(&key(kind, id.as_str())))
        })
    }

    /// The offers and cases that mention an organisation and have a review, of themselves or of their anchoring, on or
    /// before a day.
    #[must_use]
    pub fn due_by(&self, organisation: &Slug, day: Date) -> Vec<(Kind, Slug)> {
        let day = i32::try_from(day_number(day)).unwrap_or(NO_DAY);
        let term = Layer::Mention.term(&key(Kind::Organisation, organisation.as_str()));
        self.searching(|searching, _| searching.due_by(&term, day))
    }

    /// Every document with the position of the change it came from, for comparing with the store.
    #[must_use]
    pub fn contents(&self) -> Vec<(Kind, Slug, u64)> {
        self.searching(|searching, _| searching.contents())
    }
}
