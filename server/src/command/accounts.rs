//! `anker user …`.

use std::process::ExitCode;

use domain::audit::Act;
use domain::membership::PortalRole;
use domain::permission::{Action, Actor, decide};
use domain::{EmailAddress, Slug};
use jiff::{SignedDuration, Timestamp};
use store::{Account, AuditLine, Author, LinkPurpose, Secret, Store};

use super::Failure;
use super::options::Options;
use super::terminal::Terminal;
use crate::account_id;
use crate::clock::Clock;
use crate::web;

/// How long a sign-in link is good.
const LINK: SignedDuration = SignedDuration::from_hours(24);

/// What to do.
#[derive(clap::Subcommand)]
pub enum Command {
    /// Opretter en konto, en administrator hvis intet andet siges, og viser et link, der logger ind én gang.
    Add {
        /// E-mailadressen
        #[arg(value_name = "E-MAIL", value_parser = email)]
        email: EmailAddress,
        /// Navnet, andre ser; udelades det, bruges e-mailadressen
        #[arg(long, value_name = "NAVN")]
        name: Option<String>,
        /// Rollen i hele portalen: administrator, editor (portalredaktør) eller none
        #[arg(long, value_name = "ROLLE", default_value = "administrator", value_parser = role)]
        role: Role,
    },
    /// Viser alle konti.
    List,
    /// Viser et nyt link, der logger ind én gang.
    Link {
        /// E-mailadressen
        #[arg(value_name = "E-MAIL", value_parser = email)]
        email: EmailAddress,
    },
    /// Slår to-trins-login fra for den, der har mistet både telefon og nødkoder, og logger kontoen ud overalt.
    ResetFactor {
        /// E-mailadressen
        #[arg(value_name = "E-MAIL", value_parser = email)]
        email: EmailAddress,
    },
    /// Lukker en konto, så den ikke kan logge ind.
    Close {
        /// E-mailadressen
        #[arg(value_name = "E-MAIL", value_parser = email)]
        email: EmailAddress,
    },
}

/// A role in the portal as a whole, or none.
#[derive(Clone, Copy, Debug)]
pub struct Role(Option<PortalRole>);

fn role(text: &str) -> Result<Role, String> {
    if text == "none" {
        return Ok(Role(None));
    }
    text.parse()
        .map(|role| Role(Some(role)))
        .map_err(|_| "skriv administrator, editor eller none".to_owned())
}

fn email(text: &str) -> Result<EmailAddress, String> {
    text.parse()
        .map_err(|_| "skriv en e-mailadresse som navn@eksempel.dk".to_owned())
}

/// Does it.
pub async fn run(
    options: &Options,
    command: Command,
    terminal: Terminal,
) -> Result<ExitCode, Failure> {
    decide(Actor::Operator, Action::ManageAccounts)?;
    let now = Clock::System.now();
    let store = Store::open(&options.database()?, now).await?;
    let done = change(options, &store, command, terminal, now).await;
    store.close().await?;
    done.map(|()| ExitCode::SUCCESS)
}

async fn change(
    options: &Options,
    store: &Store,
    command: Command,
    terminal: Terminal,
    now: Timestamp,
) -> Result<(), Failure> {
    match command {
        Command::Add { email, name, role } => {
            if store.account_of(&email).await?.is_some() {
                return Err(Failure::of_work(
                    format!(
                        "Der er allerede en konto med {email}. Brug `anker user link {email}`."
                    ),
                    format!(
                        "There is an account with {email} already. Use `anker user link {email}`."
                    ),
                ));
            }
            let account = Account {
                id: account_id::new(&mut rand::rng()),
                name: name.unwrap_or_else(|| email.to_string()),
                email: Some(email.into()),
                role: role.0,
                created: now,
                disabled: None,
            };
            store.put_account(&account).await?;
            note(store, Act::MakeAccount, &account.id, now).await?;
            link(options, store, account.id, terminal, now).await
        }
        Command::List => {
            for account in store.accounts().await? {
                let email = account.email.unwrap_or_default();
                let closed = match account.disabled {
                    Some(_) => terminal.choose("lukket", "closed"),
                    None => terminal.choose("åben", "open"),
                };
                let name = account.name;
                terminal.tell(&format!("{}\t{email}\t{name}\t{closed}", account.id));
            }
            Ok(())
        }
        Command::Link { email } => {
            let account = known(store, &email).await?;
            if account.disabled.is_some() {
                return Err(Failure::of_work(
                    format!("Kontoen {email} er lukket."),
                    format!("The account {email} is closed."),
                ));
            }
            link(options, store, account.id, terminal, now).await
        }
        Command::ResetFactor { email } => {
            let account = known(store, &email).await?;
            store.reset_factor(&account.id).await?;
            note(store, Act::RemoveFactor, &account.id, now).await?;
            let reset = terminal.choose(
                "har ikke længere to-trins-login og er logget ud overalt",
                "has no two-step sign-in any more and is signed out everywhere",
            );
            terminal.tell(&format!("{email} {reset}"));
            Ok(())
        }
        Command::Close { email } => {
            let account = known(store, &email).await?;
            let disabled = account.disabled.or(Some(now));
            note(store, Act::CloseAccount, &account.id, now).await?;
            store
                .put_account(&Account {
                    disabled,
                    ..account
                })
                .await?;
            let closed = terminal.choose("er lukket", "is closed");
            terminal.tell(&format!("{email} {closed}"));
            Ok(())
        }
    }
}

async fn link(
    options: &Options,
    store: &Store,
    account: Slug,
    terminal: Terminal,
    now: Timestamp,
) -> Result<(), Failure> {
    let secret = Secret::generate(&mut rand::rng());
    note(store, Act::LinkForSignIn, &account, now).await?;
    store
        .create_link(&secret, &LinkPurpose::SignIn(account), now, LINK)
        .await?;
    terminal.tell(terminal.choose(
        "Linket logger ind én gang, inden for et døgn:",
        "The link signs in once, within a day:",
    ));
    terminal.tell(&web::sign_in_address(&options.public_url(), &secret));
    Ok(())
}

async fn note(store: &Store, act: Act, whom: &Slug, now: Timestamp) -> Result<(), Failure> {
    let line = AuditLine::new(&Author::CommandLine, act, now).whom(whom);
    Ok(store.note(&line).await?)
}

async fn known(store: &Store, email: &EmailAddress) -> Result<Account, Failure> {
    store.account_of(email).await?.ok_or_else(|| {
        Failure::of_work(
            format!("Der er ingen konto med {email}."),
            format!("There is no account with {email}."),
        )
    })
}
