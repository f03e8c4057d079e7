//! Who a request comes from: a browser by its sign-in, a program by its token.

use std::sync::Arc;

use app::context::Context;
use app::routes::Route;
use axum::http::header::{AUTHORIZATION, CACHE_CONTROL, COOKIE, LOCATION, USER_AGENT};
use axum::http::{HeaderMap, HeaderValue, StatusCode, Uri};
use axum::response::{IntoResponse as _, Response};
use domain::Slug;
use domain::permission::{Action, Actor, Person, Refusal, decide};
use jiff::SignedDuration;
use store::{Account, Author, FactorStanding, Secret, Session, StoreError};

use super::{pages, problem};
use crate::portal::Portal;

/// How long a sign-in lasts.
pub const SESSION: SignedDuration = SignedDuration::from_hours(12);
const COOKIE_NAME: &str = "anker";
/// Over https the prefix ties a cookie to this very host (RFC 6265bis, 4.1.3.2).
const SECURE_PREFIX: &str = "__Host-";

/// The cookie that signs a browser in.
pub fn cookie(portal: &Portal, secret: &Secret) -> String {
    cookie_named(portal, COOKIE_NAME, &secret.reveal(), SESSION)
}

/// The cookie that signs a browser out.
pub fn no_cookie(portal: &Portal) -> String {
    cookie_named(portal, COOKIE_NAME, "", SignedDuration::ZERO)
}

/// A cookie of the portal's own, for so long, that no script reads and no other site's form sends.
pub fn cookie_named(portal: &Portal, name: &str, value: &str, lasts: SignedDuration) -> String {
    let seconds = lasts.as_secs();
    let (prefix, secure) = if portal.is_https() {
        (SECURE_PREFIX, "; Secure")
    } else {
        ("", "")
    };
    format!("{prefix}{name}={value}; Path=/; Max-Age={seconds}; HttpOnly; SameSite=Lax{secure}")
}

/// What a browser sends in a cookie of [`cookie_named`].
pub fn cookie_value(portal: &Portal, headers: &HeaderMap, name: &str) -> Option<String> {
    let prefix = if portal.is_https() { SECURE_PREFIX } else { "" };
    let cookies = headers.get(COOKIE)?.to_str().ok()?;
    app::choices::cookie(cookies, &[prefix, name].concat()).map(str::to_owned)
}

/// The secret that a browser sends.
pub fn secret(portal: &Portal, headers: &HeaderMap) -> Option<Secret> {
    cookie_value(portal, headers, COOKIE_NAME)?.parse().ok()
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
    let shown = session.factor == FactorStanding::Shown;
    let person = person(portal, &session.account, shown).await?;
    Ok(Some(SignedIn {
        session,
        secret,
        person,
    }))
}

/// The sign-in that waits for the second factor, and what opens it.
///
/// # Errors
/// The store does not answer.
pub async fn waiting(
    portal: &Portal,
    headers: &HeaderMap,
) -> Result<Option<(Session, Secret)>, StoreError> {
    let Some(secret) = secret(portal, headers) else {
        return Ok(None);
    };
    let session = portal
        .store
        .waiting_session(&secret, portal.clock.now())
        .await?;
    Ok(session.map(|session| (session, secret)))
}

/// The answer to whoever may not do what they ask for: the way to it where there is one.
pub fn refused(context: &Context, headers: &HeaderMap, refusal: Refusal) -> Response {
    match refusal {
        Refusal::SecondFactorFirst => see(context.url(&Route::SecondFactor)),
        _ => pages::answer(headers, app::pages::sign_in::needed(context)),
    }
}

/// The way to another page, to be fetched.
pub fn see(to: String) -> Response {
    (StatusCode::SEE_OTHER, [(LOCATION, to)]).into_response()
}

/// An account as permissions see it: `second_factor` is whether it has one and this sign-in has shown it.
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
