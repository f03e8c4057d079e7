//! `anker export`.

use std::path::PathBuf;
use std::process::ExitCode;

use domain::Language;
use domain::permission::Actor;
use store::Store;

use super::Failure;
use super::options::Options;
use super::progress::{Progress, grouped};
use super::terminal::Terminal;
use crate::clock::Clock;
use crate::exchange::export::{ExportError, Form, export, export_to_file};

/// What it is told.
#[derive(clap::Args)]
pub struct Arguments {
    /// Filen; udelades den, skrives der til standardudgangen
    #[arg(value_name = "FIL")]
    file: Option<PathBuf>,
    /// Formen; udelades den, følger den af filens navn
    #[arg(
        long,
        value_enum,
        value_name = "FORM",
        hide_possible_values = true,
        help = "Formen: jsonl eller csv; udelades den, følger den af filens navn"
    )]
    format: Option<Format>,
    /// Sproget i regnearkets kolonnenavne: da eller en
    #[arg(long, value_parser = language, value_name = "SPROG", default_value = "da")]
    language: Language,
}

#[derive(clap::ValueEnum, Clone, Copy)]
enum Format {
    Jsonl,
    Csv,
}

fn language(tag: &str) -> Result<Language, String> {
    Language::from_tag(tag).ok_or_else(|| "skriv da eller en".to_owned())
}

/// Exports everything.
pub async fn run(
    options: &Options,
    arguments: Arguments,
    terminal: Terminal,
) -> Result<ExitCode, Failure> {
    let by_name = arguments
        .file
        .as_ref()
        .and_then(|path| path.extension())
        .is_some_and(|extension| extension.eq_ignore_ascii_case("csv"));
    let form = match arguments.format {
        Some(Format::Csv) => Form::Spreadsheet(arguments.language),
        None if by_name => Form::Spreadsheet(arguments.language),
        Some(Format::Jsonl) | None => Form::JsonLines,
    };
    let store = Store::open(&options.database()?, Clock::System.now()).await?;
    let mut progress = Progress::begin(terminal);
    let told = |done| {
        progress.show(|| {
            let done = grouped(done, terminal);
            let objects = terminal.choose("skrevet", "written");
            format!("{done} {objects}")
        });
    };
    let written = match &arguments.file {
        Some(path) => export_to_file(&store, Actor::Operator, form, path, told).await,
        None => export(&store, Actor::Operator, form, std::io::stdout(), told).await,
    };
    progress.clear();
    store.close().await?;
    match written {
        Ok(done) => {
            if let Some(path) = arguments.file {
                let done = grouped(done, terminal);
                let what = terminal.choose("objekter skrevet til", "objects written to");
                terminal.tell(&format!("{done} {what} {}", path.display()));
            }
            Ok(ExitCode::SUCCESS)
        }
        // `anker export | head`: whoever reads has had enough.
        Err(ExportError::Output(error)) if error.kind() == std::io::ErrorKind::BrokenPipe => {
            Ok(ExitCode::SUCCESS)
        }
        Err(error) => Err(error.into()),
    }
}
