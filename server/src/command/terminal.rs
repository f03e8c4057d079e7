//! The terminal: in which language, and whether someone watches.

use std::io::{IsTerminal, Write};

use domain::Language;
use tracing_subscriber::EnvFilter;

/// Where messages go.
#[derive(Clone, Copy, Debug)]
pub struct Terminal {
    /// The language of messages.
    pub language: Language,
    /// Whether someone watches the errors and the progress.
    pub watched: bool,
}

impl Terminal {
    /// That of this process: Danish unless `ANKER_LANGUAGE` says otherwise.
    #[must_use]
    pub fn of_process() -> Terminal {
        let language = std::env::var("ANKER_LANGUAGE")
            .ok()
            .and_then(|tag| Language::from_tag(&tag))
            .unwrap_or_default();
        Terminal {
            language,
            watched: std::io::stderr().is_terminal(),
        }
    }

    /// One of two wordings.
    #[must_use]
    pub fn choose<'text>(&self, danish: &'text str, english: &'text str) -> &'text str {
        match self.language {
            Language::Danish => danish,
            Language::English => english,
        }
    }

    /// Says what came of the work.
    pub fn tell(&self, text: &str) {
        // When nobody reads any more there is nobody to tell so.
        drop(writeln!(std::io::stdout(), "{text}"));
    }

    /// Says what went wrong.
    pub fn complain(&self, text: &str) {
        drop(writeln!(std::io::stderr(), "{text}"));
    }
}

/// Writes the log to standard error: for the portal what it does, for other commands only
/// warnings. `ANKER_LOG` chooses otherwise, `ANKER_LOG_FORMAT=json` gives an object a line.
pub fn log_to_stderr(portal: bool) {
    // The last two complain of every orderly end.
    let default = if portal {
        "info,surrealdb=warn,surrealdb_core=warn,surrealkv=warn,tantivy=warn,surrealdb::core::kvs::ds=off,surrealkv::lsm=error"
    } else {
        "warn,tantivy=error,surrealdb::core::kvs::ds=off,surrealkv::lsm=error"
    };
    let filter = EnvFilter::try_from_env("ANKER_LOG").unwrap_or_else(|_| EnvFilter::new(default));
    let subscriber = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr);
    let json = std::env::var("ANKER_LOG_FORMAT").is_ok_and(|format| format == "json");
    // There is a log already when tests call several commands in one process.
    drop(if json {
        subscriber.json().try_init()
    } else {
        subscriber
            .with_ansi(std::io::stderr().is_terminal())
            .try_init()
    });
}
