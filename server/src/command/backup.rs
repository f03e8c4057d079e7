//! `anker backup`.

use std::path::PathBuf;
use std::process::ExitCode;

use domain::permission::{Action, Actor, decide};
use store::Store;

use super::Failure;
use super::options::Options;
use super::progress::{Progress, grouped};
use super::terminal::Terminal;
use crate::clock::Clock;

/// What it is told.
#[derive(clap::Args)]
pub struct Arguments {
    /// Filen, sikkerhedskopien skrives til
    #[arg(value_name = "FIL")]
    file: PathBuf,
}

/// Writes the whole database to a file.
pub async fn run(
    options: &Options,
    arguments: Arguments,
    terminal: Terminal,
) -> Result<ExitCode, Failure> {
    decide(Actor::Operator, Action::Operate)?;
    let now = Clock::System.now();
    let store = Store::open(&options.database()?, now).await?;
    let mut progress = Progress::begin(terminal);
    let written = store
        .backup(&arguments.file, now, |rows| {
            let written = terminal.choose("rækker skrevet", "rows written");
            progress.show(|| format!("{} {written}", grouped(rows, terminal)));
        })
        .await;
    progress.clear();
    store.close().await?;
    let rows = grouped(written?.rows, terminal);
    let path = arguments.file.display();
    terminal.tell(&match terminal.language {
        domain::Language::Danish => format!("{rows} rækker gemt i {path}"),
        domain::Language::English => format!("{rows} rows kept in {path}"),
    });
    Ok(ExitCode::SUCCESS)
}
