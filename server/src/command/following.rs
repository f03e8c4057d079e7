//! The index follows the store while a command writes to it, so that `serve` is ready at once
//! afterwards.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use store::Store;
use tokio::sync::Notify;
use tokio::task::JoinHandle;

use super::Failure;
use super::options::Options;
use crate::indexing::Indexer;
use crate::portal::index_directory;

/// The index, following.
pub struct Following {
    indexer: Indexer,
    finishing: Arc<AtomicBool>,
    finish: Arc<Notify>,
    task: JoinHandle<anyhow::Result<()>>,
}

impl Following {
    /// Begins to follow.
    ///
    /// # Errors
    /// The index's directory cannot be written.
    pub fn begin(options: &Options, store: &Store) -> Result<Following, Failure> {
        let indexer = Indexer::open(store.clone(), &index_directory(&options.data))?;
        let finishing = Arc::new(AtomicBool::new(false));
        let finish = Arc::new(Notify::new());
        let task = tokio::spawn({
            let (indexer, store) = (indexer.clone(), store.clone());
            let (finishing, finish) = (Arc::clone(&finishing), Arc::clone(&finish));
            async move {
                let mut news = store.watch();
                loop {
                    // Before the last look at the store, so that nothing comes in between.
                    let last = finishing.load(Ordering::Acquire);
                    if indexer.is_rebuilding() {
                        indexer.rebuild(|_| {}).await?;
                    }
                    indexer.catch_up(|_| {}).await?;
                    if last {
                        return Ok(());
                    }
                    tokio::select! {
                        changed = news.changed() => changed?,
                        () = finish.notified() => {}
                    }
                }
            }
        });
        Ok(Following {
            indexer,
            finishing,
            finish,
            task,
        })
    }

    /// The number of the last revision that the index has taken in.
    #[must_use]
    pub fn position(&self) -> u64 {
        self.indexer.index().position()
    }

    /// Waits until the index has taken in everything. `told` is called now and then.
    ///
    /// # Errors
    /// The index could not be written, or the store not read.
    pub async fn finish(mut self, mut told: impl FnMut(u64)) -> Result<(), Failure> {
        self.finishing.store(true, Ordering::Release);
        self.finish.notify_one();
        loop {
            tokio::select! {
                done = &mut self.task => {
                    self.indexer.stop();
                    return match done {
                        Ok(done) => done.map_err(Failure::from),
                        Err(error) => Err(Failure::work(error.to_string())),
                    };
                }
                () = tokio::time::sleep(std::time::Duration::from_millis(250)) => {
                    told(self.position());
                }
            }
        }
    }
}
