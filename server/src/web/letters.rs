//! Which letters one gets: choosing between them signed in, and turning one kind off from a letter without signing in.

use std::sync::Arc;

use app::pages::letters::{self, Choices, Off};
use app::pages::sign_in::needed;
use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, Uri};
use axum::response::Response;
use domain::notice::{Delivery, LetterKind, Preferences};
use domain::permission::{Action, decide};
use store::{Secret, StoreError, Unsubscribe};

use super::sign_in::with_query;
use super::{pages, session};
use crate::portal::Portal;

/// Shows what is chosen.
pub async fn show(State(portal): State<Arc<Portal>>, uri: Uri, headers: HeaderMap) -> Response {
    respond(&portal, &uri, &headers, None).await
}

/// Chooses, and says so.
pub async fn choose(
    State(portal): State<Arc<Portal>>,
    uri: Uri,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let form = String::from_utf8_lossy(&body);
    respond(&portal, &uri, &headers, Some(&form)).await
}

async fn respond(portal: &Portal, uri: &Uri, headers: &HeaderMap, form: Option<&str>) -> Response {
    let context = session::context(portal, uri, headers);
    let shown = async {
        let Some(known) = session::signed_in(portal, headers).await? else {
            return Ok(None);
        };
        if decide(known.actor(), Action::KeepOwnAccount).is_err() {
            return Ok(None);
        }
        let account = &known.session.account;
        let mut preferences = portal.store.preferences(&known.person.id).await?;
        if let Some(form) = form {
            preferences = letters::chosen(form, &preferences);
            portal
                .store
                .put_preferences(&known.person.id, &preferences)
                .await?;
        }
        Ok::<_, StoreError>(Some(Choices {
            preferences,
            has_email: account.email.is_some(),
            saved: form.is_some(),
        }))
    };
    match shown.await {
        Ok(Some(choices)) => pages::answer(headers, letters::page(&context, &choices)),
        Ok(None) => pages::answer(headers, needed(&context)),
        Err(error) => session::unavailable(uri, headers, &error),
    }
}

/// The page that an address in a letter opens. Opening it turns nothing off.
pub async fn show_off(
    State(portal): State<Arc<Portal>>,
    Path(secret): Path<String>,
    uri: Uri,
    headers: HeaderMap,
) -> Response {
    off(&portal, &secret, &uri, &headers, async |_| Ok(Off::Asks)).await
}

/// Turns a kind of letter off, for the button and for mail programs that do it in one click (RFC 8058), or undoes it.
pub async fn turn_off(
    State(portal): State<Arc<Portal>>,
    Path(secret): Path<String>,
    uri: Uri,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let form = String::from_utf8_lossy(&body);
    let value = |name| app::query::value(&form, name);
    off(&portal, &secret, &uri, &headers, async |what| {
        if value("do").as_deref() == Some("on") {
            let before = value("before").and_then(|before| before.parse().ok());
            let before = before.unwrap_or_else(|| usual(what.kind));
            portal.store.choose_delivery(what, before).await?;
            return Ok(Off::Undone);
        }
        let preferences = portal.store.preferences(&what.account).await?;
        let before = before(&preferences, what.kind);
        portal.store.choose_delivery(what, Delivery::Off).await?;
        Ok(Off::Done(before))
    })
    .await
}

/// How a kind of letter was delivered; where it was off already, how it usually is.
fn before(preferences: &Preferences, kind: LetterKind) -> Delivery {
    match kind {
        LetterKind::Notice(notice) if preferences.choice(notice) != Delivery::Off => {
            preferences.choice(notice)
        }
        _ => usual(kind),
    }
}

fn usual(kind: LetterKind) -> Delivery {
    match kind {
        LetterKind::Notice(notice) => notice.usual_delivery(),
        LetterKind::Digest | LetterKind::Asked(_) => Delivery::Digest,
    }
}

async fn off(
    portal: &Portal,
    secret: &str,
    uri: &Uri,
    headers: &HeaderMap,
    work: impl AsyncFnOnce(&Unsubscribe) -> Result<Off, StoreError>,
) -> Response {
    let context = session::context(portal, uri, headers);
    let shown = async {
        let Ok(secret) = secret.parse::<Secret>() else {
            return Ok(None);
        };
        let Some(what) = portal.store.unsubscribe(&secret).await? else {
            return Ok(None);
        };
        let off = work(&what).await?;
        Ok::<_, StoreError>(Some((what.kind.label(context.language), off)))
    };
    match shown.await {
        Ok(Some((kind, off))) => {
            let page = letters::off_page(&context, &with_query(uri), kind, &off);
            pages::answer(headers, page)
        }
        Ok(None) => pages::answer(headers, letters::off_unknown(&context)),
        Err(error) => session::unavailable(uri, headers, &error),
    }
}
