//! `anker import`.

use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use domain::permission::Actor;
use store::{Author, Store};
use tokio::signal::unix::{SignalKind, signal};

use super::Failure;
use super::following::Following;
use super::options::Options;
use super::progress::{Progress, grouped};
use super::terminal::Terminal;
use crate::clock::Clock;
use crate::exchange::import::{Importer, LineAnswer, LineOutcome, WaitingLimits, import_files};

/// What it is told.
#[derive(clap::Args)]
pub struct Arguments {
    /// Filerne; de, der ender på .csv, læses som regneark med forløb
    #[arg(required = true, value_name = "FIL")]
    files: Vec<PathBuf>,
}

/// Imports files.
pub async fn run(
    options: &Options,
    arguments: Arguments,
    terminal: Terminal,
) -> Result<ExitCode, Failure> {
    for path in &arguments.files {
        // Before anything is opened or written.
        std::fs::File::open(path).map_err(|error| {
            let path = path.display();
            Failure::of_work(
                format!("{path} kan ikke læses: {error}"),
                format!("{path} cannot be read: {error}"),
            )
        })?;
    }
    let clock = Clock::System;
    let store = Store::open(&options.database()?, clock.now()).await?;
    let stop = stop_when_asked()?;
    let following = Following::begin(options, &store)?;
    let done = import(&arguments.files, &store, clock, terminal, &stop).await;
    // Whatever came of the import, what is in the store is to be in the index.
    let mut progress = Progress::begin(terminal);
    let last = store.last_sequence().await?;
    let indexed = following
        .finish(|position| {
            progress.show(|| {
                let (position, last) = (grouped(position, terminal), grouped(last, terminal));
                match terminal.language {
                    domain::Language::Danish => format!("Søgeindekset: {position} af {last}"),
                    domain::Language::English => format!("The index: {position} of {last}"),
                }
            });
        })
        .await;
    progress.clear();
    store.close().await?;
    let code = done?;
    indexed?;
    Ok(code)
}

async fn import(
    files: &[PathBuf],
    store: &Store,
    clock: Clock,
    terminal: Terminal,
    stop: &Arc<AtomicBool>,
) -> Result<ExitCode, Failure> {
    let mut importer = Importer::new(
        store.clone(),
        Actor::Operator,
        Author::CommandLine,
        clock,
        WaitingLimits::NONE,
    )?;
    let mut progress = Progress::begin(terminal);
    let whole = import_files(&mut importer, files, stop, |answers, now| {
        for answer in answers {
            if let LineOutcome::Refused(_) = answer.outcome {
                progress.clear();
                terminal.complain(&refusal(files, answer, terminal));
            }
        }
        progress.show(|| {
            let percent = (now.read * 100).checked_div(now.total).unwrap_or(100);
            let lines = grouped(now.summary.lines(), terminal);
            match terminal.language {
                domain::Language::Danish => {
                    format!("{percent} % læst: {lines} linjer, {} venter", now.waiting)
                }
                domain::Language::English => {
                    format!("{percent}% read: {lines} lines, {} waiting", now.waiting)
                }
            }
        });
    })
    .await;
    progress.clear();
    importer.note().await;
    let summary = importer.summary();
    let seconds = progress.elapsed().as_secs_f64();
    let took = match terminal.language {
        domain::Language::Danish => format!("{seconds:.1} s").replace('.', ","),
        domain::Language::English => format!("{seconds:.1} s"),
    };
    terminal.tell(&format!("{} ({took})", summary.describe(terminal.language)));
    match whole {
        Ok(true) if summary.refused == 0 => Ok(ExitCode::SUCCESS),
        Ok(true) => Ok(ExitCode::FAILURE),
        Ok(false) => {
            let waiting = importer.waiting();
            Err(Failure::of_work(
                format!(
                    "Afbrudt. Linjerne, der er talt med ovenfor, er inde, og {waiting} ventede på noget, de peger \
                     på. Kør den samme kommando igen for at fortsætte."
                ),
                format!(
                    "Interrupted. The lines counted above are in, and {waiting} were waiting for something they \
                     refer to. Run the same command again to go on."
                ),
            ))
        }
        Err(error) => Err(error.into()),
    }
}

/// `offers.jsonl:12: Feltet grades[1] skal være et tal fra 0 til 10.`
fn refusal(files: &[PathBuf], answer: &LineAnswer, terminal: Terminal) -> String {
    let path = files
        .get(answer.file)
        .map(|path| path.display().to_string())
        .unwrap_or_default();
    let object = answer
        .key
        .as_ref()
        .map(|key| format!(" ({key})"))
        .unwrap_or_default();
    let reason = match &answer.outcome {
        LineOutcome::Refused(error) => error.message(terminal.language),
        _ => String::new(),
    };
    format!("{path}:{}: {reason}{object}", answer.line)
}

/// Becomes true at the first Ctrl-C or SIGTERM; the second ends the program at once.
fn stop_when_asked() -> Result<Arc<AtomicBool>, Failure> {
    let stop = Arc::new(AtomicBool::new(false));
    let listen = |kind| signal(kind).map_err(|error| Failure::work(error.to_string()));
    let mut interrupt = listen(SignalKind::interrupt())?;
    let mut terminate = listen(SignalKind::terminate())?;
    let asked = Arc::clone(&stop);
    tokio::spawn(async move {
        loop {
            tokio::select! {
                _ = interrupt.recv() => {}
                _ = terminate.recv() => {}
            }
            if asked.swap(true, Ordering::Relaxed) {
                std::process::exit(1);
            }
        }
    });
    Ok(stop)
}
