//! The letters on their way out, for administrators: what waits, what failed and why, and what to do about it.

use std::sync::Arc;

use app::pages::mail_queue::{self, Done, Queue, Row};
use app::pages::sign_in::needed;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, Uri};
use axum::response::Response;
use domain::audit::Act;
use domain::permission::{Action, decide};
use store::{Author, LetterState, QueuedLetter, StoreError};

use super::{pages, session};
use crate::clock::in_denmark;
use crate::portal::Portal;

/// Shows the queue.
pub async fn show(State(portal): State<Arc<Portal>>, uri: Uri, headers: HeaderMap) -> Response {
    respond(&portal, &uri, &headers, async |_| Ok(None)).await
}

/// Tries a letter again at once, or gives it up.
pub async fn change(
    State(portal): State<Arc<Portal>>,
    uri: Uri,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let form = String::from_utf8_lossy(&body);
    let value = |name| app::query::value(&form, name).unwrap_or_default();
    respond(&portal, &uri, &headers, async |author| {
        let (letter, now) = (value("letter"), portal.clock.now());
        let (there, done) = match value("do").as_str() {
            "retry" => {
                let there = portal.store.retry_letter(&letter, now).await?;
                portal.mailer.hurry();
                (there, Done::Retried)
            }
            "give-up" => {
                let there = portal.store.give_up_letter(&letter, now).await?;
                (there, Done::GivenUp)
            }
            _ => (false, Done::Nothing),
        };
        let act = match done {
            Done::Retried => Some(Act::RetryLetter),
            Done::GivenUp => Some(Act::GiveUpLetter),
            Done::Nothing => None,
        };
        if let Some(act) = act.filter(|_| there) {
            portal.note_act(author, act, "").await;
        }
        Ok(Some(if there { done } else { Done::Nothing }))
    })
    .await
}

async fn respond(
    portal: &Portal,
    uri: &Uri,
    headers: &HeaderMap,
    work: impl AsyncFnOnce(&Author) -> Result<Option<Done>, StoreError>,
) -> Response {
    let context = session::context(portal, uri, headers);
    let shown = async {
        let Some(known) = session::signed_in(portal, headers).await? else {
            return Ok(None);
        };
        if decide(known.actor(), Action::ReadMailQueue).is_err() {
            return Ok(None);
        }
        let done = work(&known.author()).await?;
        let rows = async |state| {
            let letters = portal.store.letters(state).await?;
            Ok::<Vec<Row>, StoreError>(letters.into_iter().map(row).collect())
        };
        Ok::<_, StoreError>(Some(Queue {
            waiting: rows(LetterState::Waiting).await?,
            given_up: rows(LetterState::GivenUp).await?,
            sent: rows(LetterState::Sent).await?,
            done,
        }))
    };
    match shown.await {
        Ok(Some(queue)) => pages::answer(headers, mail_queue::page(&context, &queue)),
        Ok(None) => pages::answer(headers, needed(&context)),
        Err(error) => session::unavailable(uri, headers, &error),
    }
}

fn row(letter: QueuedLetter) -> Row {
    Row {
        id: letter.id,
        kind: letter.kind,
        email: letter.email,
        written: in_denmark(letter.created),
        then: in_denmark(letter.finished.unwrap_or(letter.due)),
        attempts: letter.attempts,
        failure: letter.failure,
    }
}
