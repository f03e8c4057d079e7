//! The command line, a file a command. Texts are Danish, and English with `ANKER_LANGUAGE=en`.

mod accounts;
mod backup;
mod check;
mod export;
mod failure;
mod following;
mod import;
pub mod options;
mod progress;
mod reindex;
mod restore;
mod sample;
mod serve;
mod terminal;
mod tokens;
mod wrong_call;

use std::ffi::OsString;
use std::process::ExitCode;

use clap::{CommandFactory, FromArgMatches, Parser, Subcommand};

pub use failure::Failure;
use options::Options;
use terminal::Terminal;

const TEMPLATE: &str = "{about}\n\nBrug: {usage}\n\n{all-args}";

#[derive(Parser)]
#[command(
    name = "anker",
    version,
    about = "Anker: portalen, hvor skoler, kommuner og kulturinstitutioner deler forløb og erfaringer.",
    help_template = TEMPLATE,
    subcommand_help_heading = "Kommandoer",
    subcommand_value_name = "KOMMANDO",
    next_help_heading = "Valg",
    disable_help_subcommand = true
)]
struct CommandLine {
    #[command(flatten)]
    options: Options,
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
#[command(help_template = TEMPLATE, next_help_heading = "Valg")]
enum Command {
    /// Starter portalen.
    #[command(help_template = TEMPLATE)]
    Serve(serve::Arguments),
    /// Henter indhold ind fra filer: JSON Lines, eller forløb fra regneark (.csv).
    #[command(help_template = TEMPLATE)]
    Import(import::Arguments),
    /// Skriver alt indhold ud som JSON Lines, eller forløbene som regneark.
    #[command(help_template = TEMPLATE)]
    Export(export::Arguments),
    /// Bygger søgeindekset forfra.
    #[command(help_template = TEMPLATE)]
    Reindex,
    /// Undersøger, om databasen er i orden, og om søgeindekset passer til den.
    #[command(help_template = TEMPLATE)]
    Check,
    /// Gemmer hele databasen i én fil.
    #[command(help_template = TEMPLATE)]
    Backup(backup::Arguments),
    /// Lægger en sikkerhedskopi ind i en tom datamappe.
    #[command(help_template = TEMPLATE)]
    Restore(restore::Arguments),
    /// Konti, der kan logge ind.
    #[command(subcommand, help_template = TEMPLATE, subcommand_help_heading = "Kommandoer")]
    User(accounts::Command),
    /// Adgangsnøgler til programmer.
    #[command(subcommand, help_template = TEMPLATE, subcommand_help_heading = "Kommandoer")]
    Token(tokens::Command),
    /// Skriver opdigtet indhold til at prøve portalen med.
    #[command(help_template = TEMPLATE)]
    Sample(sample::Arguments),
}

/// Runs the program with these arguments, the program's own name first.
///
/// The exit status is 0 for success, 1 when the work failed, and 2 for a wrong call.
pub fn run(arguments: impl IntoIterator<Item = OsString>) -> ExitCode {
    let terminal = Terminal::of_process();
    let arguments: Vec<OsString> = arguments.into_iter().collect();
    let parsed = CommandLine::command()
        .mut_subcommands(in_danish)
        .disable_help_flag(true)
        .disable_version_flag(true)
        .arg(help_flag())
        .arg(version_flag())
        .try_get_matches_from(arguments)
        .and_then(|matches| CommandLine::from_arg_matches(&matches));
    let command_line = match parsed {
        Ok(command_line) => command_line,
        Err(error) => return wrong_call::explain(&error, terminal.language),
    };
    match execute(command_line, terminal) {
        Ok(code) => code,
        Err(failure) => {
            terminal.complain(&failure.message(terminal.language));
            failure.exit_code()
        }
    }
}

fn help_flag() -> clap::Arg {
    clap::Arg::new("help")
        .short('h')
        .long("help")
        .global(true)
        .action(clap::ArgAction::Help)
        .help("Viser denne hjælp")
}

fn version_flag() -> clap::Arg {
    clap::Arg::new("version")
        .short('V')
        .long("version")
        .action(clap::ArgAction::Version)
        .help("Viser programmets version")
}

fn in_danish(command: clap::Command) -> clap::Command {
    command
        .disable_help_subcommand(true)
        .disable_help_flag(true)
        .mut_subcommands(in_danish)
}

fn execute(command_line: CommandLine, terminal: Terminal) -> Result<ExitCode, Failure> {
    let CommandLine { options, command } = command_line;
    // Made-up content needs neither data directory nor runtime.
    if let Command::Sample(arguments) = command {
        return sample::run(&arguments).map(|()| ExitCode::SUCCESS);
    }
    terminal::log_to_stderr(matches!(command, Command::Serve(_)));
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        // The database's parser and planner recurse deeply.
        .thread_stack_size(10 << 20)
        .build()
        .map_err(|error| Failure::work(format!("{error}")))?;
    // The future runs on a thread of the runtime, which has such a stack; this one may not.
    runtime.block_on(async {
        let work = tokio::spawn(async move {
            match command {
                Command::Serve(arguments) => serve::run(&options, &arguments).await,
                Command::Import(arguments) => import::run(&options, arguments, terminal).await,
                Command::Export(arguments) => export::run(&options, arguments, terminal).await,
                Command::Reindex => reindex::run(&options, terminal).await,
                Command::Check => check::run(&options, terminal).await,
                Command::Backup(arguments) => backup::run(&options, arguments, terminal).await,
                Command::Restore(arguments) => restore::run(&options, arguments, terminal).await,
                Command::User(command) => accounts::run(&options, command, terminal).await,
                Command::Token(command) => tokens::run(&options, command, terminal).await,
                Command::Sample(_) => Ok(ExitCode::SUCCESS),
            }
        });
        work.await
            .unwrap_or_else(|error| Err(Failure::work(format!("{error}"))))
    })
}
