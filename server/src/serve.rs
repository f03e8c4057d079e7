//! `anker serve`: the portal from start to end.

use std::sync::Arc;
use std::time::Duration;

use anyhow::Context as _;
use jiff::SignedDuration;
use rand::rng;
use store::{Author, LinkPurpose, Secret};
use tokio::net::TcpListener;
use tokio::signal::unix::{SignalKind, signal};

use crate::clock::Clock;
use crate::exchange::sample;
use crate::links;
use crate::mail;
use crate::portal::{Portal, Settings};
use crate::retention;
use crate::upkeep;
use crate::web;

/// How long the link for the first administrator is good.
const FIRST_LINK: SignedDuration = SignedDuration::from_hours(24);

/// How long a letter that is on its way when the portal ends may take.
const LAST_LETTER: Duration = Duration::from_secs(10);

/// Runs the portal until it is asked to end.
///
/// # Errors
/// The portal cannot be opened, or the address cannot be listened on.
pub async fn run(settings: &Settings, listen: &str, with_sample: bool) -> anyhow::Result<()> {
    web::install_metrics()?;
    let listener = TcpListener::bind(listen)
        .await
        .with_context(|| format!("Portalen kan ikke lytte på {listen}"))?;
    let portal = Arc::new(Portal::open(settings, Clock::System).await?);
    if with_sample && portal.store.last_sequence().await? == 0 {
        sample::put(&portal.store, portal.clock.now(), &Author::Portal).await?;
    }
    let indexing = portal.indexer.follow();
    let mut sending = mail::follow(Arc::clone(&portal));
    let housekeeping = tokio::spawn(retention::follow(Arc::clone(&portal)));
    let upkeep = tokio::spawn(upkeep::follow(Arc::clone(&portal)));
    let visits = tokio::spawn(links::follow(Arc::clone(&portal)));
    println!("Anker svarer på {}", portal.public_url());
    if !portal.store.has_account().await? {
        let link = first_administrator_link(&portal).await?;
        println!(
            "Der er ingen konto endnu. Opret den første administrator her (én gang, inden for et døgn):\n{link}"
        );
    }
    web::serve(listener, web::router(Arc::clone(&portal)), asked_to_end()).await;
    tracing::info!("ending");
    housekeeping.abort();
    upkeep.abort();
    visits.abort();
    portal.indexer.stop();
    portal.mailer.stop();
    // A mail server that does not answer is not waited for; the letter is sent at the next start.
    if tokio::time::timeout(LAST_LETTER, &mut sending)
        .await
        .is_err()
    {
        sending.abort();
    }
    // The task ends by itself once it is told to; how is of no interest any more.
    drop(indexing.await);
    portal.close().await
}

/// A link that makes its opener the first administrator, once.
async fn first_administrator_link(portal: &Portal) -> anyhow::Result<String> {
    let secret = Secret::generate(&mut rng());
    portal
        .store
        .create_link(
            &secret,
            &LinkPurpose::FirstAdministrator,
            portal.clock.now(),
            FIRST_LINK,
        )
        .await?;
    Ok(web::sign_in_address(portal.public_url(), &secret))
}

/// Done when the program is asked to end: SIGTERM, or Ctrl-C.
async fn asked_to_end() {
    let (Ok(mut terminate), Ok(mut interrupt)) = (
        signal(SignalKind::terminate()),
        signal(SignalKind::interrupt()),
    ) else {
        tracing::warn!("signals cannot be listened for; the program ends at once when asked to");
        return std::future::pending().await;
    };
    tokio::select! {
        _ = terminate.recv() => {}
        _ = interrupt.recv() => {}
    }
}
