//! `anker token …`.

use std::process::ExitCode;

use domain::Line;
use domain::audit::Act;
use domain::membership::PortalRole;
use domain::permission::{Action, Actor, decide};
use jiff::Timestamp;
use store::{AuditLine, Author, Secret, Store};

use super::Failure;
use super::options::Options;
use super::terminal::Terminal;
use crate::clock::Clock;

/// What to do.
#[derive(clap::Subcommand)]
pub enum Command {
    /// Laver en adgangsnøgle med en administrators rettigheder og viser den, denne ene gang.
    Create {
        /// Hvad den hedder, så den kan kendes igen
        #[arg(value_name = "NAVN", value_parser = name)]
        name: Line,
    },
    /// Viser alle adgangsnøgler ved navn.
    List,
    /// Tilbagekalder adgangsnøglen med navnet.
    Revoke {
        /// Navnet
        #[arg(value_name = "NAVN", value_parser = name)]
        name: Line,
    },
}

fn name(text: &str) -> Result<Line, String> {
    text.parse()
        .map_err(|_| "skriv et navn på én linje".to_owned())
}

/// Does it.
pub async fn run(
    options: &Options,
    command: Command,
    terminal: Terminal,
) -> Result<ExitCode, Failure> {
    decide(Actor::Operator, Action::ManageTokens)?;
    let now = Clock::System.now();
    let store = Store::open(&options.database()?, now).await?;
    let done = change(&store, command, terminal, now).await;
    store.close().await?;
    done.map(|()| ExitCode::SUCCESS)
}

async fn change(
    store: &Store,
    command: Command,
    terminal: Terminal,
    now: Timestamp,
) -> Result<(), Failure> {
    match command {
        Command::Create { name } => {
            let taken = store
                .tokens()
                .await?
                .iter()
                .any(|token| token.name == name.as_str() && token.revoked.is_none());
            if taken {
                return Err(Failure::of_work(
                    format!("Der er allerede en adgangsnøgle, der hedder {name}."),
                    format!("There is a token with the name {name} already."),
                ));
            }
            let secret = Secret::generate(&mut rand::rng());
            store
                .create_token(&secret, name.as_str(), PortalRole::Administrator, now)
                .await?;
            note(store, Act::CreateToken, name.as_str(), now).await?;
            // Alone on standard output, so that a script can take it.
            terminal.complain(terminal.choose(
                "Gem adgangsnøglen nu; den vises ikke igen:",
                "Keep the token now; it is not shown again:",
            ));
            terminal.tell(&secret.reveal());
            Ok(())
        }
        Command::List => {
            for token in store.tokens().await? {
                let created = token.created;
                let state = match token.revoked {
                    Some(revoked) => {
                        format!("{} {revoked}", terminal.choose("tilbagekaldt", "revoked"))
                    }
                    None => terminal.choose("gælder", "good").to_owned(),
                };
                terminal.tell(&format!("{}\t{created}\t{state}", token.name));
            }
            Ok(())
        }
        Command::Revoke { name } => {
            if store.revoke_tokens(name.as_str(), now).await? == 0 {
                return Err(Failure::of_work(
                    format!("Der er ingen gældende adgangsnøgle, der hedder {name}."),
                    format!("There is no valid token with the name {name}."),
                ));
            }
            note(store, Act::RevokeToken, name.as_str(), now).await?;
            let revoked = terminal.choose("er tilbagekaldt", "is revoked");
            terminal.tell(&format!("{name} {revoked}"));
            Ok(())
        }
    }
}

async fn note(store: &Store, act: Act, name: &str, now: Timestamp) -> Result<(), Failure> {
    let line = AuditLine::new(&Author::CommandLine, act, now).detail(name);
    Ok(store.note(&line).await?)
}
