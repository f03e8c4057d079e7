//! `anker restore`.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use domain::permission::{Action, Actor, decide};
use store::Store;

use super::Failure;
use super::options::Options;
use super::progress::{Progress, grouped};
use super::reindex::rebuild;
use super::terminal::Terminal;
use crate::clock::Clock;

/// What it is told.
#[derive(clap::Args)]
pub struct Arguments {
    /// Sikkerhedskopien
    #[arg(value_name = "FIL")]
    file: PathBuf,
}

/// Makes the database that a backup holds, and its index.
pub async fn run(
    options: &Options,
    arguments: Arguments,
    terminal: Terminal,
) -> Result<ExitCode, Failure> {
    decide(Actor::Operator, Action::Operate)?;
    let url = options.database()?;
    if !is_empty(&options.data) {
        let data = options.data.display();
        return Err(Failure::of_work(
            format!(
                "Datamappen {data} er ikke tom. En sikkerhedskopi lægges ind i en tom mappe: flyt den gamle væk, \
                 eller vælg en anden med --data."
            ),
            format!(
                "The data directory {data} is not empty. A backup is restored into an empty one: move the old one \
                 away, or choose another with --data."
            ),
        ));
    }
    std::fs::create_dir_all(&options.data).map_err(store::StoreError::from)?;
    let mut progress = Progress::begin(terminal);
    let restored = Store::restore(&url, &arguments.file, Clock::System.now(), |rows| {
        let read = terminal.choose("rækker lagt ind", "rows restored");
        progress.show(|| format!("{} {read}", grouped(rows, terminal)));
    })
    .await;
    progress.clear();
    let (store, summary) = restored?;
    let indexed = rebuild(options, &store, terminal).await;
    store.close().await?;
    indexed?;
    let rows = grouped(summary.rows, terminal);
    let created = summary.created;
    terminal.tell(&match terminal.language {
        domain::Language::Danish => format!("{rows} rækker lagt ind fra kopien af {created}"),
        domain::Language::English => format!("{rows} rows restored from the backup of {created}"),
    });
    Ok(ExitCode::SUCCESS)
}

fn is_empty(directory: &Path) -> bool {
    match directory.read_dir() {
        Ok(mut entries) => entries.next().is_none(),
        Err(_) => !directory.exists(),
    }
}
