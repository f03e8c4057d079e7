//! Signing in with a one-time link, and out again.

use std::sync::Arc;

use app::context::Context;
use app::pages::administration::{self, SignIn};
use app::routes::Service;
use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::header::{CACHE_CONTROL, COOKIE, LOCATION, SET_COOKIE};
use axum::http::{HeaderMap, StatusCode, Uri};
use axum::response::{IntoResponse, Response};
use domain::membership::PortalRole;
use domain::permission::Actor;
use domain::{EmailAddress, Invalid, Title};
use jiff::SignedDuration;
use rand::rng;
use store::{Account, AccountRole, Author, LinkPurpose, Secret, Session};

use super::{pages, problem};
use crate::portal::Portal;

/// How long a sign-in lasts.
const SESSION: SignedDuration = SignedDuration::from_hours(12);
/// Over https the prefix `__Host-` ties the cookie to this very host (RFC 6265bis, 4.1.3.2).
const COOKIE_NAME: &str = "anker";
const SECURE_COOKIE_NAME: &str = "__Host-anker";

/// The address that a one-time link opens.
#[must_use]
pub fn sign_in_address(public_url: &str, secret: &Secret) -> String {
    format!("{public_url}/log-ind/{}", secret.reveal())
}

/// The page of a one-time link. Looking does not use it up.
pub async fn show(
    State(portal): State<Arc<Portal>>,
    Path(secret): Path<String>,
    uri: Uri,
    headers: HeaderMap,
) -> Response {
    let context = context(&portal, &uri, &headers);
    let purpose = match secret.parse::<Secret>() {
        Ok(secret) => portal.store.link(&secret, portal.clock.now()).await,
        Err(_) => Ok(None),
    };
    match purpose {
        Ok(Some(purpose)) => {
            let form = SignIn {
                action: uri.path().to_owned(),
                first: purpose == LinkPurpose::FirstAdministrator,
                ..SignIn::default()
            };
            pages::answer(&headers, administration::sign_in(&context, &form))
        }
        Ok(None) => pages::answer(&headers, administration::link_used(&context)),
        Err(error) => unavailable(&uri, &headers, &error),
    }
}

/// Uses a one-time link up and signs in.
pub async fn redeem(
    State(portal): State<Arc<Portal>>,
    Path(secret): Path<String>,
    uri: Uri,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let context = context(&portal, &uri, &headers);
    let Ok(link) = secret.parse::<Secret>() else {
        return pages::answer(&headers, administration::link_used(&context));
    };
    let now = portal.clock.now();
    let purpose = match portal.store.link(&link, now).await {
        Ok(Some(purpose)) => purpose,
        Ok(None) => return pages::answer(&headers, administration::link_used(&context)),
        Err(error) => return unavailable(&uri, &headers, &error),
    };
    let first = purpose == LinkPurpose::FirstAdministrator;
    let typed = String::from_utf8_lossy(&body);
    let value = |name| app::query::value(&typed, name).unwrap_or_default();
    let (name, email) = (value("name"), value("email"));
    let (parsed_name, parsed_email) = (name.parse::<Title>(), email.parse::<EmailAddress>());
    if first && (parsed_name.is_err() || parsed_email.is_err()) {
        let form = SignIn {
            action: uri.path().to_owned(),
            first,
            name,
            email,
            name_error: parsed_name.err(),
            email_error: parsed_email.err(),
        };
        return pages::answer(&headers, administration::sign_in(&context, &form));
    }
    let account = match first_administrator(parsed_name, parsed_email, now) {
        Ok(account) => account,
        Err(invalid) => {
            tracing::error!(error = %invalid, "the first administrator's id is not valid");
            return problem::response(
                context.language,
                StatusCode::INTERNAL_SERVER_ERROR,
                problem::Explanation::Fault,
            );
        }
    };
    let session = Secret::generate(&mut rng());
    match portal
        .store
        .redeem_link(&link, &account, &session, now, SESSION)
        .await
    {
        Ok(Some(_)) => {
            let to = Service::Administration.path();
            let cookie = cookie(&portal, &session.reveal(), SESSION.as_secs());
            (
                StatusCode::SEE_OTHER,
                [(SET_COOKIE, cookie), (LOCATION, to.to_owned())],
            )
                .into_response()
        }
        Ok(None) => pages::answer(&headers, administration::link_used(&context)),
        Err(error) => unavailable(&uri, &headers, &error),
    }
}

/// The account that the first link makes. Where the link is for an account that exists, name and
/// e-mail address are not asked for and this one is not used.
fn first_administrator(
    name: Result<Title, Invalid>,
    email: Result<EmailAddress, Invalid>,
    now: jiff::Timestamp,
) -> Result<Account, Invalid> {
    Ok(Account {
        id: "administrator".parse()?,
        name: name.map(String::from).unwrap_or_default(),
        email: email.map(String::from).ok(),
        role: AccountRole::Administrator,
        created: now,
        disabled: None,
    })
}

/// Ends a sign-in.
pub async fn sign_out(State(portal): State<Arc<Portal>>, uri: Uri, headers: HeaderMap) -> Response {
    if let Some(secret) = session_secret(&portal, &headers)
        && let Err(error) = portal.store.end_session(&secret).await
    {
        return unavailable(&uri, &headers, &error);
    }
    let headers = [
        (SET_COOKIE, cookie(&portal, "", 0)),
        (LOCATION, "/".to_owned()),
    ];
    (StatusCode::SEE_OTHER, headers).into_response()
}

fn cookie(portal: &Portal, value: &str, seconds: i64) -> String {
    let (name, secure) = if portal.is_https() {
        (SECURE_COOKIE_NAME, "; Secure")
    } else {
        (COOKIE_NAME, "")
    };
    format!("{name}={value}; Path=/; Max-Age={seconds}; HttpOnly; SameSite=Lax{secure}")
}

fn session_secret(portal: &Portal, headers: &HeaderMap) -> Option<Secret> {
    let name = if portal.is_https() {
        SECURE_COOKIE_NAME
    } else {
        COOKIE_NAME
    };
    let cookies = headers.get(COOKIE)?.to_str().ok()?;
    app::choices::cookie(cookies, name)?.parse().ok()
}

/// Who a browser's request comes from.
///
/// # Errors
/// The store does not answer.
pub async fn session(
    portal: &Portal,
    headers: &HeaderMap,
) -> Result<Option<Session>, store::StoreError> {
    match session_secret(portal, headers) {
        Some(secret) => portal.store.session(&secret, portal.clock.now()).await,
        None => Ok(None),
    }
}

/// What the permissions call whoever has this role. An account has no second factor yet, so that its
/// administrator is held to what a token may do.
pub fn actor(role: AccountRole) -> Actor<'static> {
    match role {
        AccountRole::Administrator => Actor::Token(PortalRole::Administrator),
    }
}

/// Who a program's request comes from, by its token (RFC 6750): what it may do, and the author its
/// writes are noted under.
///
/// # Errors
/// The store does not answer.
pub async fn token_bearer(
    portal: &Portal,
    headers: &HeaderMap,
) -> Result<Option<(Actor<'static>, Author)>, store::StoreError> {
    let secret = headers
        .get(axum::http::header::AUTHORIZATION)
        .and_then(|value| value.to_str().ok())
        .and_then(|value| {
            value
                .strip_prefix("Bearer ")
                .or_else(|| value.strip_prefix("bearer "))
        })
        .and_then(|secret| secret.trim().parse::<Secret>().ok());
    let Some(secret) = secret else {
        return Ok(None);
    };
    let token = portal.store.token(&secret).await?;
    Ok(token.map(|token| (actor(token.role), Author::Token(token.name))))
}

/// The context of a page that is no page of the catalogue.
pub fn context(portal: &Portal, uri: &Uri, headers: &HeaderMap) -> Context {
    let cookies = headers
        .get(COOKIE)
        .and_then(|value| value.to_str().ok())
        .unwrap_or_default();
    let query = uri.query().unwrap_or_default();
    let described = Arc::clone(&portal.described);
    let mut context = Context::new(described, uri.path(), query, cookies, portal.clock.today());
    context.language = problem::language(uri, headers);
    context
}

pub(super) fn unavailable(uri: &Uri, headers: &HeaderMap, error: &store::StoreError) -> Response {
    tracing::error!(error = %error, "the store did not answer");
    let mut response = problem::response(
        problem::language(uri, headers),
        StatusCode::SERVICE_UNAVAILABLE,
        problem::Explanation::Unavailable,
    );
    response.headers_mut().insert(
        CACHE_CONTROL,
        axum::http::HeaderValue::from_static("no-store"),
    );
    response
}
