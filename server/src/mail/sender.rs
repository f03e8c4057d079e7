//! The job that sends what is in the queue, tries again what failed, and gathers the daily digest.

use std::sync::Arc;
use std::time::Duration;

use store::{AfterFailure, ClaimedLetter, StoreError};
use tokio::task::JoinHandle;

use super::backend::NotSent;
use super::message::message;
use super::random;
use crate::portal::Portal;

/// So often the queue is looked into without being told: for letters tried again and those that another process wrote.
const LOOK_AGAIN: Duration = Duration::from_secs(5);
/// So many letters are taken at a time; they are sent well before their lease ends.
const AT_A_TIME: usize = 10;

/// Sends letters until it is told to stop, in a task of its own.
#[must_use]
pub fn follow(portal: Arc<Portal>) -> JoinHandle<()> {
    tokio::spawn(async move {
        let mut stop = portal.mailer.stop.subscribe();
        while !*stop.borrow() {
            let done = async {
                super::digest::gather_if_due(&portal).await?;
                send_due(&portal).await
            };
            match done.await {
                Ok(AT_A_TIME) => continue,
                Ok(_) => {}
                Err(error) => {
                    tracing::error!(error = %error, "the queue of letters does not answer")
                }
            }
            tokio::select! {
                _ = stop.wait_for(|stop| *stop) => {}
                () = portal.mailer.news.notified() => {}
                () = tokio::time::sleep(LOOK_AGAIN) => {}
            }
        }
    })
}

/// Tries the letters that are due, a few at most, and says how many were tried.
///
/// # Errors
/// What the store says. That a letter could not be sent is noted with the letter.
pub async fn send_due(portal: &Portal) -> Result<usize, StoreError> {
    let claimed = portal
        .store
        .claim_letters(AT_A_TIME, portal.clock.now(), &mut random())
        .await?;
    for (number, letter) in claimed.iter().enumerate() {
        if *portal.mailer.stop.borrow() {
            portal
                .store
                .release_letters(&claimed[number..], portal.clock.now())
                .await?;
            return Ok(number);
        }
        send(portal, letter).await?;
    }
    Ok(claimed.len())
}

async fn send(portal: &Portal, claimed: &ClaimedLetter) -> Result<(), StoreError> {
    let kind = claimed.letter.kind.code();
    let name = format!(
        "{}-{}.eml",
        claimed.created.strftime("%Y%m%dT%H%M%SZ"),
        claimed.id
    );
    let sent = match message(&portal.mailer, claimed) {
        Ok(message) => portal.mailer.backend.send(&message, &name).await,
        Err(error) => Err(NotSent {
            why: format!("{error:#}"),
            hopeless: true,
        }),
    };
    let now = portal.clock.now();
    let NotSent { why, hopeless } = match sent {
        Ok(()) => {
            metrics::counter!("anker_letters_sent_total").increment(1);
            tracing::info!(letter = claimed.id, kind, "a letter was sent");
            return portal.store.letter_sent(claimed, now).await;
        }
        Err(failed) => failed,
    };
    metrics::counter!("anker_letters_failed_total").increment(1);
    match portal
        .store
        .letter_failed(claimed, &why, hopeless, now)
        .await?
    {
        AfterFailure::AgainAt(next) => {
            tracing::warn!(letter = claimed.id, kind, error = why, %next, "a letter could not be sent");
        }
        AfterFailure::GivenUp => {
            tracing::error!(
                letter = claimed.id,
                kind,
                error = why,
                "a letter was given up"
            );
        }
    }
    Ok(())
}
