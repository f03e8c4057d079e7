//! The page of an invitation: saying yes, with the account one has or a new one.

use std::sync::Arc;

use app::pages::members::{InvitationPage, Needs, invitation_gone, invitation_page};
use app::routes::{Desk, Route};
use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, Uri};
use axum::response::Response;
use domain::audit::Act;
use domain::{Slug, Title};
use rand::rng;
use store::{Author, Invitation, Secret, StoreError};

use super::pages;
use super::session::{self, SESSION};
use super::sign_in::{note_sign_in, signed_in};
use crate::portal::Portal;

/// The address that an invitation opens.
#[must_use]
pub fn invitation_address(public_url: &str, secret: &Secret) -> String {
    format!("{public_url}/invitation/{}", secret.reveal())
}

/// Shows it. Opening it does nothing, so that programs which look into mail cannot use it up.
pub async fn show(
    State(portal): State<Arc<Portal>>,
    Path(secret): Path<String>,
    uri: Uri,
    headers: HeaderMap,
) -> Response {
    answer(&portal, &secret, &uri, &headers, None).await
}

async fn good(portal: &Portal, secret: &str) -> Result<Option<Invitation>, StoreError> {
    match secret.parse::<Secret>() {
        Ok(secret) => portal.store.invitation(&secret, portal.clock.now()).await,
        Err(_) => Ok(None),
    }
}

async fn needs(
    portal: &Portal,
    headers: &HeaderMap,
    invitation: &Invitation,
) -> Result<Needs, StoreError> {
    if session::session(portal, headers).await?.is_some() {
        return Ok(Needs::Nothing);
    }
    let known = portal.store.account_of(&invitation.email).await?;
    Ok(if known.is_some() {
        Needs::SignIn
    } else {
        Needs::Name
    })
}

/// `wrong` is a name as typed, and what is wrong with it.
async fn answer(
    portal: &Portal,
    secret: &str,
    uri: &Uri,
    headers: &HeaderMap,
    wrong: Option<(String, String)>,
) -> Response {
    let context = session::context(portal, uri, headers);
    let shown = async {
        let Some(invitation) = good(portal, secret).await? else {
            return Ok(None);
        };
        let organisation = invitation.organisation.clone();
        let names = portal.names(std::slice::from_ref(&organisation)).await?;
        let inviter = portal.store.account(&invitation.inviter).await?;
        let (name, error) =
            wrong.map_or((String::new(), None), |(name, error)| (name, Some(error)));
        Ok::<_, StoreError>(Some(InvitationPage {
            action: uri.path().to_owned(),
            inviter: inviter.map(|inviter| inviter.name).unwrap_or_default(),
            organisation: names
                .into_iter()
                .next()
                .map_or_else(|| organisation.to_string(), |(_, name)| name),
            needs: needs(portal, headers, &invitation).await?,
            roles: invitation.roles,
            name,
            error,
        }))
    };
    match shown.await {
        Ok(Some(shown)) => pages::answer(headers, invitation_page(&context, &shown)),
        Ok(None) => pages::answer(headers, invitation_gone(&context)),
        Err(error) => session::unavailable(uri, headers, &error),
    }
}

/// Says yes: with the account that is signed in, or with a new one, which is thereby signed in.
pub async fn accept(
    State(portal): State<Arc<Portal>>,
    Path(secret): Path<String>,
    uri: Uri,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let context = session::context(&portal, &uri, &headers);
    let form = String::from_utf8_lossy(&body);
    let typed = app::query::value(&form, "name").unwrap_or_default();
    let now = portal.clock.now();
    let accepted = async {
        let Some(invitation) = good(&portal, &secret).await? else {
            return Ok(Accepted::Gone);
        };
        if let Some(session) = session::session(&portal, &headers).await? {
            let account = session.account.id;
            let done = portal
                .store
                .accept_invitation(&invitation, &account, now)
                .await?;
            if !done {
                return Ok(Accepted::Gone);
            }
            note_accepted(&portal, &invitation, &account).await?;
            return Ok(Accepted::In);
        }
        if portal.store.account_of(&invitation.email).await?.is_some() {
            return Ok(Accepted::SignIn);
        }
        let name = match typed.trim().parse::<Title>() {
            Ok(name) => name,
            Err(invalid) => return Ok(Accepted::Wrong(invalid.message(context.language))),
        };
        let account = match portal.account_for_invitation(&invitation, name).await {
            Ok(account) => account,
            Err(StoreError::AddressInUse) => return Ok(Accepted::SignIn),
            Err(error) => return Err(error),
        };
        if !portal
            .store
            .accept_invitation(&invitation, &account.id, now)
            .await?
        {
            return Ok(Accepted::Gone);
        }
        note_accepted(&portal, &invitation, &account.id).await?;
        let secret = Secret::generate(&mut rng());
        let browser = session::browser(&headers);
        let begun = portal
            .store
            .begin_session(account, &secret, browser.as_deref(), now, SESSION)
            .await?;
        note_sign_in(&portal, &begun, "link").await;
        Ok::<_, StoreError>(Accepted::New(secret))
    };
    let desk = context.url(&Route::Desk(Desk::Home));
    match accepted.await {
        Ok(Accepted::In) => session::see(desk),
        Ok(Accepted::New(secret)) => signed_in(&portal, &secret, desk),
        Ok(Accepted::Gone) => pages::answer(&headers, invitation_gone(&context)),
        Ok(Accepted::SignIn) => answer(&portal, &secret, &uri, &headers, None).await,
        Ok(Accepted::Wrong(error)) => {
            answer(&portal, &secret, &uri, &headers, Some((typed, error))).await
        }
        Err(error) => session::unavailable(&uri, &headers, &error),
    }
}

async fn note_accepted(
    portal: &Portal,
    invitation: &Invitation,
    account: &Slug,
) -> Result<(), StoreError> {
    let organisation = &invitation.organisation;
    let name = portal.name_of(organisation).await?;
    let author = Author::Account(account.clone());
    portal
        .note_organisation(&author, Act::AcceptInvitation, organisation, name, None, "")
        .await;
    Ok(())
}

enum Accepted {
    In,
    New(Secret),
    Gone,
    SignIn,
    Wrong(String),
}
