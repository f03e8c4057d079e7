//! `anker reindex`.

use std::process::ExitCode;

use domain::permission::{Action, Actor, decide};
use store::Store;

use super::Failure;
use super::options::Options;
use super::progress::{Progress, grouped};
use super::terminal::Terminal;
use crate::clock::Clock;
use crate::indexing::Indexer;
use crate::portal::index_directory;

/// Makes the index anew.
pub async fn run(options: &Options, terminal: Terminal) -> Result<ExitCode, Failure> {
    decide(Actor::Operator, Action::Operate)?;
    let store = Store::open(&options.database()?, Clock::System.now()).await?;
    let documents = rebuild(options, &store, terminal).await;
    store.close().await?;
    let documents = grouped(documents?, terminal);
    let built = terminal.choose("objekter i søgeindekset", "objects in the index");
    terminal.tell(&format!("{documents} {built}"));
    Ok(ExitCode::SUCCESS)
}

/// Makes the index anew and says how many objects are in it.
pub async fn rebuild(options: &Options, store: &Store, terminal: Terminal) -> Result<u64, Failure> {
    let indexer = Indexer::open(store.clone(), &index_directory(&options.data))?;
    let counts = store.counts().await?;
    let all: u64 = counts.records.values().sum();
    let mut progress = Progress::begin(terminal);
    indexer
        .rebuild(|done| {
            progress.show(|| {
                let (done, all) = (grouped(done, terminal), grouped(all, terminal));
                let of = terminal.choose("af", "of");
                format!("{done} {of} {all}")
            });
        })
        .await?;
    progress.clear();
    Ok(indexer.index().len())
}
