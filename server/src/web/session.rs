//! Who a request comes from: a browser by its sign-in, a program by its token.

use std::sync::Arc;

use app::context::Context;
use axum::http::header::{AUTHORIZATION, CACHE_CONTROL, COOKIE, USER_AGENT};
use axum::http::{HeaderMap, HeaderValue, StatusCode, Uri};
use axum::response::Response;
use domain::Slug;
use domain::permission::{Action, Actor, Person, decide};
use jiff::SignedDuration;
use store::{Account, Author, Secret, Session, StoreError};

use super::problem;
use crate::portal::Portal;

/// How long a sign-in lasts.
pub const SESSION: SignedDuration = SignedDuration::from_hours(12);
/// Over https the prefix `__Host-` ties the cookie to this very host (RFC 6265bis, 4.1.3.2).
const COOKIE_NAME: &str = "anker";
const SECURE_COOKIE_NAME: &str = "__Host-anker";

/// The cookie that signs a browser in.
pub fn cookie(portal: &Portal, secret: &Secret) -> String {
    cookie_with(portal, &secret.reveal(), SESSION.as_secs())
}

/// The cookie that signs a browser out.
pub fn no_cookie(portal: &Portal) -> String {
    cookie_with(portal, "", 0)
}

fn cookie_with(portal: &Portal, value: &str, seconds: i64) -> String {
    let (name, secure) = if portal.is_https() {
        (SECURE_COOKIE_NAME, "; Secure")
    } else {
        (COOKIE_NAME, "")
    };
    format!("{name}={value}; Path=/; Max-Age={seconds}; HttpOnly; SameSite=Lax{secure}")
}

/// The secret that a browser sends.
pub fn secret(portal: &Portal, headers: &HeaderMap) -> Option<Secret> {
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
pub async fn session(portal: &Portal, headers: &HeaderMap) -> Result<Option<Session>, StoreError> {
    match secret(portal, headers) {
        Some(secret) => portal.store.session(&secret, portal.clock.now()).await,
        None => Ok(None),
    }
}

/// Whoever a browser's request comes from, with what they are.
pub struct SignedIn {
    /// The sign-in.
    pub session: Session,
    /// What opens it.
    pub secret: Secret,
    /// The account as permissions see it.
    pub person: Person,
}

impl SignedIn {
    /// Who acts.
    pub fn actor(&self) -> Actor<'_> {
        Actor::Person(&self.person)
    }

    /// The organisations that they write for, in order.
    pub fn writes_for(&self) -> Vec<Slug> {
        let mut organisations: Vec<Slug> = self
            .person
            .memberships
            .iter()
            .filter(|held| held.role().writes())
            .map(|held| held.organisation().clone())
            .collect();
        organisations.dedup();
        organisations
    }

    /// Whom writes are noted under.
    pub fn author(&self) -> Author {
        Author::Account(self.person.id.clone())
    }

    /// Whether they may see the administrators' page.
    pub fn may_administer(&self) -> bool {
        decide(self.actor(), Action::ManageSample).is_ok()
    }
}

/// Who a browser's request comes from, with the roles that they have.
///
/// # Errors
/// The store does not answer.
pub async fn signed_in(
    portal: &Portal,
    headers: &HeaderMap,
) -> Result<Option<SignedIn>, StoreError> {
    let Some(secret) = secret(portal, headers) else {
        return Ok(None);
    };
    let Some(session) = portal.store.session(&secret, portal.clock.now()).await? else {
        return Ok(None);
    };
    let person = person(portal, &session.account, true).await?;
    Ok(Some(SignedIn {
        session,
        secret,
        person,
    }))
}

/// An account as permissions see it.
///
/// # Errors
/// The store does not answer.
pub async fn person(
    portal: &Portal,
    account: &Account,
    second_factor: bool,
) -> Result<Person, StoreError> {
    Ok(Person {
        id: account.id.clone(),
        portal_role: account.role,
        memberships: portal.store.memberships_of(&account.id).await?,
        second_factor,
        closed: account.disabled.is_some(),
    })
}

/// Who a program's request comes from, by its token (RFC 6750): what it may do, and the author its
/// writes are noted under.
///
/// # Errors
/// The store does not answer.
pub async fn token_bearer(
    portal: &Portal,
    headers: &HeaderMap,
) -> Result<Option<(Actor<'static>, Author)>, StoreError> {
    let secret = headers
        .get(AUTHORIZATION)
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
    Ok(token.map(|token| (Actor::Token(token.role), Author::Token(token.name))))
}

/// The context of a page about who asks. A page with a language in its path has that one; the others follow the browser.
pub fn context(portal: &Portal, uri: &Uri, headers: &HeaderMap) -> Context {
    let cookies = headers
        .get(COOKIE)
        .and_then(|value| value.to_str().ok())
        .unwrap_or_default();
    let query = uri.query().unwrap_or_default();
    let described = Arc::clone(&portal.described);
    let mut context = Context::new(described, uri.path(), query, cookies, portal.clock.today());
    if context.route.is_none() {
        context.language = problem::language(uri, headers);
    }
    context
}

/// The answer where the store does not answer, or what else signing in needs is not there.
pub fn unavailable(uri: &Uri, headers: &HeaderMap, error: &dyn std::fmt::Display) -> Response {
    tracing::error!(error = %error, "a request could not be answered");
    let mut response = problem::response(
        problem::language(uri, headers),
        StatusCode::SERVICE_UNAVAILABLE,
        problem::Explanation::Unavailable,
    );
    response
        .headers_mut()
        .insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}

/// The browser and the machine as people call them, from what the browser says of itself: `Firefox, Windows`.
/// Browsers name those they are like as well, so the ones that others are like come last.
pub fn browser(headers: &HeaderMap) -> Option<String> {
    const BROWSERS: [(&str, &str); 5] = [
        ("Edg", "Edge"),
        ("OPR/", "Opera"),
        ("Firefox/", "Firefox"),
        ("Chrome/", "Chrome"),
        ("Safari/", "Safari"),
    ];
    const MACHINES: [(&str, &str); 7] = [
        ("iPhone", "iPhone"),
        ("iPad", "iPad"),
        ("Android", "Android"),
        ("CrOS", "Chromebook"),
        ("Windows", "Windows"),
        ("Mac OS X", "Mac"),
        ("Linux", "Linux"),
    ];
    let says = headers.get(USER_AGENT)?.to_str().ok()?;
    let named = |names: &[(&str, &'static str)]| {
        names
            .iter()
            .find(|(part, _)| says.contains(part))
            .map(|(_, name)| *name)
    };
    match (named(&BROWSERS), named(&MACHINES)) {
        (Some(browser), Some(machine)) => Some(format!("{browser}, {machine}")),
        (Some(name), None) | (None, Some(name)) => Some(name.to_owned()),
        (None, None) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn browsers_are_called_what_people_call_them() {
        let called = |says: &'static str| {
            let mut headers = HeaderMap::new();
            headers.insert(USER_AGENT, HeaderValue::from_static(says));
            browser(&headers)
        };
        assert_eq!(
            called("Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36 Edg/142.0.0.0").as_deref(),
            Some("Edge, Windows")
        );
        assert_eq!(
            called("Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/19.0 Mobile/15E148 Safari/604.1").as_deref(),
            Some("Safari, iPhone")
        );
        assert_eq!(
            called("Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0")
                .as_deref(),
            Some("Firefox, Linux")
        );
        assert_eq!(called("curl/8"), None);
    }
}
