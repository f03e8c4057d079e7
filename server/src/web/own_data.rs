//! All there is about whoever is signed in: as a file, and deleting their account.

use std::sync::Arc;

use app::pages::own_data::{self, Deleting, Fault};
use axum::body::Bytes;
use axum::extract::State;
use axum::http::header::{CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_TYPE, SET_COOKIE};
use axum::http::{HeaderMap, HeaderValue, Uri};
use axum::response::{IntoResponse as _, Response};
use domain::audit::Act;
use domain::membership::PortalRole;
use domain::permission::{Action, Refusal, decide};
use store::Erasure;

use super::account::{Shown, asks_for_current, shown_password};
use super::pages;
use super::session::{self, SignedIn};
use crate::portal::Portal;

/// Gives all of it as JSON.
pub async fn download(State(portal): State<Arc<Portal>>, uri: Uri, headers: HeaderMap) -> Response {
    let context = session::context(&portal, &uri, &headers);
    let given = async {
        let known = match owner(&portal, &headers).await? {
            Ok(known) => known,
            Err(refusal) => return Ok(session::refused(&context, &headers, refusal)),
        };
        let data = portal.data_of(&known.session.account).await?;
        portal
            .note_act(&known.author(), Act::DownloadData, "")
            .await;
        let headers = [
            (CONTENT_TYPE, "application/json"),
            (
                CONTENT_DISPOSITION,
                "attachment; filename=\"anker-mine-oplysninger.json\"",
            ),
            (CACHE_CONTROL, "no-store"),
        ];
        anyhow::Ok((headers, format!("{data:#}\n")).into_response())
    };
    match given.await {
        Ok(response) => response,
        Err(error) => session::unavailable(&uri, &headers, &error),
    }
}

/// Shows what deleting one's account means.
pub async fn show(State(portal): State<Arc<Portal>>, uri: Uri, headers: HeaderMap) -> Response {
    answer(&portal, &uri, &headers, None).await
}

/// Deletes it, once it is confirmed.
pub async fn delete(
    State(portal): State<Arc<Portal>>,
    uri: Uri,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    answer(
        &portal,
        &uri,
        &headers,
        Some(&String::from_utf8_lossy(&body)),
    )
    .await
}

/// Whoever is signed in and may keep their own account.
async fn owner(portal: &Portal, headers: &HeaderMap) -> anyhow::Result<Result<SignedIn, Refusal>> {
    let Some(known) = session::signed_in(portal, headers).await? else {
        return Ok(Err(Refusal::SignInFirst));
    };
    Ok(match decide(known.actor(), Action::KeepOwnAccount) {
        Ok(()) => Ok(known),
        Err(refusal) => Err(refusal),
    })
}

async fn answer(portal: &Portal, uri: &Uri, headers: &HeaderMap, form: Option<&str>) -> Response {
    let context = session::context(portal, uri, headers);
    let answered = async {
        let known = match owner(portal, headers).await? {
            Ok(known) => known,
            Err(refusal) => return Ok(session::refused(&context, headers, refusal)),
        };
        let mut deleting = deleting(portal, &known).await?;
        if let Some(form) = form {
            deleting.fault = fault(portal, &known, deleting.asks_for_password, form).await?;
            let stays = deleting.last_administrator || !deleting.leads.is_empty();
            if deleting.fault.is_none() && !stays {
                let account = &known.session.account;
                match portal.delete_account(account, &known.author()).await? {
                    Erasure::Done => return Ok(gone(portal, headers, own_data::deleted(&context))),
                    // Somebody else has just left.
                    Erasure::LastManager => {
                        deleting.leads = portal.leads_alone(&account.id).await?;
                    }
                    Erasure::LastAdministrator => deleting.last_administrator = true,
                }
            }
        }
        anyhow::Ok(pages::answer(headers, own_data::page(&context, &deleting)))
    };
    match answered.await {
        Ok(response) => response,
        Err(error) => session::unavailable(uri, headers, &error),
    }
}

fn gone(portal: &Portal, headers: &HeaderMap, page: app::page::Page) -> Response {
    let mut response = pages::answer(headers, page);
    if let Ok(cookie) = HeaderValue::from_str(&session::no_cookie(portal)) {
        response.headers_mut().append(SET_COOKIE, cookie);
    }
    response
}

async fn deleting(portal: &Portal, known: &SignedIn) -> anyhow::Result<Deleting> {
    let account = &known.session.account;
    let administrates = account.role == Some(PortalRole::Administrator);
    let administrators = portal.store.holders_of(PortalRole::Administrator);
    let has_password = portal.store.password_hash(&account.id).await?.is_some();
    Ok(Deleting {
        name: account.name.clone(),
        leads: portal.leads_alone(&account.id).await?,
        last_administrator: administrates && administrators.await?.len() == 1,
        asks_for_password: asks_for_current(portal, &known.session, has_password),
        fault: None,
    })
}

/// What is wrong with what was sent; wrong passwords count as failed sign-ins.
async fn fault(
    portal: &Portal,
    known: &SignedIn,
    asks_for_password: bool,
    form: &str,
) -> anyhow::Result<Option<Fault>> {
    let value = |name| app::query::value(form, name).unwrap_or_default();
    if value("confirm").is_empty() {
        return Ok(Some(Fault::Unconfirmed));
    }
    if !asks_for_password {
        return Ok(None);
    }
    let account = &known.session.account;
    let kept = portal.store.password_hash(&account.id).await?;
    Ok(
        match shown_password(portal, account, kept, &value("password")).await? {
            Shown::Right => None,
            Shown::Wrong => Some(Fault::Password),
            Shown::TooOften(minutes) => Some(Fault::TooOften(minutes)),
        },
    )
}
