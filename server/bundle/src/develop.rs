//! Builds and runs the portal again whenever a source changes.

use std::path::Path;
use std::process::{Child, Command};
use std::sync::mpsc;
use std::time::Duration;

use anyhow::{Context, Result};
use notify::{EventKind, RecursiveMode, Watcher};

/// Where the sources are.
const WATCHED: [&str; 5] = ["app", "public", "server", "style", "Cargo.toml"];
/// How long it must be quiet before a build: an editor writes in several steps.
const QUIET: Duration = Duration::from_millis(200);

/// Builds, runs, and does both again at every change, until it is stopped.
pub fn run(build: &str, run: &str) -> Result<()> {
    let (sender, changes) = mpsc::channel();
    let mut watcher = notify::recommended_watcher(move |event: notify::Result<notify::Event>| {
        if event.is_ok_and(|event| is_source_change(&event)) {
            // The receiver lives as long as the program.
            let _ = sender.send(());
        }
    })?;
    for path in WATCHED {
        watcher
            .watch(Path::new(path), RecursiveMode::Recursive)
            .with_context(|| format!("watching {path}"))?;
    }

    let mut portal: Option<Child> = None;
    loop {
        if words(build)?
            .status()
            .with_context(|| build.to_owned())?
            .success()
        {
            if let Some(old) = portal.take() {
                stop(old)?;
            }
            portal = Some(words(run)?.spawn().with_context(|| run.to_owned())?);
        }
        changes.recv().context("the watcher stopped")?;
        while changes.recv_timeout(QUIET).is_ok() {}
    }
}

/// Asks the portal to finish what is under way and end, so that its data stay whole.
fn stop(mut portal: Child) -> Result<()> {
    Command::new("kill").arg(portal.id().to_string()).status()?;
    portal.wait()?;
    Ok(())
}

fn is_source_change(event: &notify::Event) -> bool {
    let changes = matches!(
        event.kind,
        EventKind::Create(_) | EventKind::Modify(_) | EventKind::Remove(_)
    );
    changes
        && event.paths.iter().any(|path| {
            let made = |part: &std::ffi::OsStr| part == "node_modules" || part == "target";
            !path.iter().any(made)
        })
}

/// A command from words between spaces.
fn words(line: &str) -> Result<Command> {
    let mut words = line.split_whitespace();
    let mut command = Command::new(words.next().context("the command is empty")?);
    command.args(words);
    Ok(command)
}
