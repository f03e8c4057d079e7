//! Signing in with a password or a one-time link, and out again.

use std::net::IpAddr;
use std::sync::Arc;

use app::pages::sign_in::{self, LinkForm, PasswordForm, Refused};
use app::pages::sign_in_link::ASK_FOR_LINK;
use app::routes::{Route, Service};
use axum::Extension;
use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::header::{LOCATION, SET_COOKIE};
use axum::http::{HeaderMap, StatusCode, Uri};
use axum::response::{IntoResponse, Response};
use domain::audit::Act;
use domain::membership::PortalRole;
use domain::{EmailAddress, Invalid, Slug, Title};
use jiff::{SignedDuration, Timestamp};
use rand::rng;
use store::{Account, AuditLine, Author, FactorStanding, LinkPurpose, Secret, Session, StoreError};

use super::serving::Peer;
use super::session::{self, SESSION, see};
use super::{pages, problem, sign_in_link};
use crate::attempts::Attempts;
use crate::password::Password;
use crate::portal::Portal;

/// The window in which failed sign-ins count.
const WINDOW: SignedDuration = SignedDuration::from_mins(15);
/// So many failures within the window for one account.
const AT_ONE_ACCOUNT: u32 = 10;
/// So many failures within the window from one address: a whole school may sit behind it.
const FROM_ONE_ADDRESS: u32 = 60;

/// The most characters of a line that is shown again: the longest address that letters can be sent to has 254
/// (RFC 5321, 4.5.3.1.3).
const LONGEST_LINE: usize = 300;

/// The failed sign-ins of the last while.
#[derive(Debug)]
pub struct FailedSignIns {
    accounts: Attempts<String>,
    addresses: Attempts<IpAddr>,
}

impl Default for FailedSignIns {
    fn default() -> Self {
        Self::at_most(AT_ONE_ACCOUNT, FROM_ONE_ADDRESS, WINDOW)
    }
}

impl FailedSignIns {
    /// At most so many at one account and so many from one address within so long.
    #[must_use]
    pub fn at_most(at_one_account: u32, from_one_address: u32, within: SignedDuration) -> Self {
        Self {
            accounts: Attempts::new(at_one_account, within),
            addresses: Attempts::new(from_one_address, within),
        }
    }

    /// In how many minutes it can be tried again; nothing where it can be tried now. An account is named by its e-mail
    /// address as typed, so that one that does not exist is no different.
    pub fn wait(&self, email: &str, from: Option<IpAddr>, now: Timestamp) -> Option<u64> {
        let account = self.accounts.wait(&email.to_lowercase(), now);
        let address = from.and_then(|address| self.addresses.wait(&address, now));
        let left = account.max(address)?;
        Some(
            u64::try_from(left.as_secs())
                .unwrap_or(0)
                .div_ceil(60)
                .max(1),
        )
    }

    /// Notes a failure.
    pub fn failed(&self, email: &str, from: Option<IpAddr>, now: Timestamp) {
        self.accounts.failed(email.to_lowercase(), now);
        if let Some(address) = from {
            self.addresses.failed(address, now);
        }
    }

    /// Forgets an account's failures. Those of the address stay: it may have an account of its own and try others.
    pub fn succeeded(&self, email: &str) {
        self.accounts.succeeded(&email.to_lowercase());
    }
}

/// The address that a one-time link opens.
#[must_use]
pub fn sign_in_address(public_url: &str, secret: &Secret) -> String {
    format!("{public_url}{}", sign_in_path(secret))
}

/// The path that a one-time link opens.
pub fn sign_in_path(secret: &Secret) -> String {
    format!("/log-ind/{}", secret.reveal())
}

/// Where a request comes from: the connection's other end or, where that is a proxy on this machine, whom the proxy names.
pub fn origin(peer: Option<Extension<Peer>>, headers: &HeaderMap) -> Option<IpAddr> {
    let Extension(Peer(peer)) = peer?;
    let forwarded = headers
        .get("x-forwarded-for")
        .and_then(|value| value.to_str().ok())
        .and_then(|value| value.rsplit(',').next()?.trim().parse().ok());
    Some(forwarded.filter(|_| peer.is_loopback()).unwrap_or(peer))
}

/// The page for signing in; whoever is signed in is led to the account.
pub async fn show(State(portal): State<Arc<Portal>>, uri: Uri, headers: HeaderMap) -> Response {
    let context = session::context(&portal, &uri, &headers);
    let known = async {
        Ok::<_, StoreError>(match session::session(&portal, &headers).await? {
            Some(_) => Some(Route::Account),
            None => session::waiting(&portal, &headers)
                .await?
                .map(|_| Route::SecondStep),
        })
    };
    match known.await {
        Ok(Some(route)) => see(context.url(&route)),
        Ok(None) => pages::answer(
            &headers,
            sign_in::password_page(&context, &empty_form(&portal)),
        ),
        Err(error) => session::unavailable(&uri, &headers, &error),
    }
}

/// The form for a password before anything is typed.
pub(super) fn empty_form(portal: &Portal) -> PasswordForm {
    PasswordForm {
        issuer: portal
            .openid
            .as_ref()
            .map(|openid| openid.name().to_owned()),
        ..PasswordForm::default()
    }
}

/// Signs in with e-mail address and password.
pub async fn sign_in(
    State(portal): State<Arc<Portal>>,
    peer: Option<Extension<Peer>>,
    uri: Uri,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let context = session::context(&portal, &uri, &headers);
    let typed = String::from_utf8_lossy(&body);
    let email = line(&typed, "email");
    let (now, from) = (portal.clock.now(), origin(peer, &headers));
    if app::query::value(&typed, "do").as_deref() == Some(ASK_FOR_LINK) {
        return sign_in_link::ask(&portal, from, &uri, &headers, &typed).await;
    }
    let refuse = |refused| {
        let form = PasswordForm {
            email: email.clone(),
            refused: Some(refused),
            ..empty_form(&portal)
        };
        pages::answer(&headers, sign_in::password_page(&context, &form))
    };
    if let Some(minutes) = portal.failed_sign_ins.wait(&email, from, now) {
        return refuse(Refused::TooOften(minutes));
    }
    let password = Password::typed(&app::query::value(&typed, "password").unwrap_or_default());
    match let_in(&portal, &email, password).await {
        Ok(LetIn::Yes(account)) => {
            portal.failed_sign_ins.succeeded(&email);
            let secret = Secret::generate(&mut rng());
            let browser = session::browser(&headers);
            match portal
                .store
                .begin_session(account, &secret, browser.as_deref(), now, SESSION)
                .await
            {
                Ok(begun) => {
                    note_sign_in(&portal, &begun, "password").await;
                    signed_in(&portal, &secret, context.url(&next(&begun)))
                }
                Err(error) => session::unavailable(&uri, &headers, &error),
            }
        }
        Ok(LetIn::No(account)) => {
            portal.failed_sign_ins.failed(&email, from, now);
            // It is noted also where there is no such account, so that it takes as long.
            let mut line = AuditLine::new(&Author::Portal, Act::FailToSignIn, now);
            line.whom = account;
            portal.note(&line).await;
            refuse(Refused::NoMatch)
        }
        Err(error) => session::unavailable(&uri, &headers, &error),
    }
}

/// What was typed into a field of one line, without what no keyboard writes into one.
pub fn line(form: &str, name: &str) -> String {
    let typed = app::query::value(form, name).unwrap_or_default();
    typed
        .trim()
        .chars()
        .filter(|letter| !letter.is_control())
        .take(LONGEST_LINE)
        .collect()
}

/// Whether address and password are those of an open account.
enum LetIn {
    Yes(Account),
    /// They are not; the account that has the address, if any.
    No(Option<Slug>),
}

/// Looks for the open account whose address and password these are. It takes as long where there is none.
async fn let_in(portal: &Portal, email: &str, password: Password) -> anyhow::Result<LetIn> {
    let account = match email.parse::<EmailAddress>() {
        Ok(email) => portal.store.account_of(&email).await?,
        Err(_) => None,
    };
    let kept = match &account {
        Some(account) => portal.store.password_hash(&account.id).await?,
        None => None,
    };
    let matches = portal.passwords.matches(password, kept).await?;
    Ok(match account {
        Some(account) if matches && account.disabled.is_none() => LetIn::Yes(account),
        account => LetIn::No(account.map(|account| account.id)),
    })
}

/// The page of a one-time link. Looking does not use it up.
pub async fn show_link(
    State(portal): State<Arc<Portal>>,
    Path(secret): Path<String>,
    uri: Uri,
    headers: HeaderMap,
) -> Response {
    let context = session::context(&portal, &uri, &headers);
    let purpose = match secret.parse::<Secret>() {
        Ok(secret) => portal.store.link(&secret, portal.clock.now()).await,
        Err(_) => Ok(None),
    };
    match purpose {
        // Such a link signs nobody in.
        Ok(Some(LinkPurpose::Address { .. })) => {
            pages::answer(&headers, sign_in::link_used(&context))
        }
        Ok(Some(purpose)) => {
            let form = LinkForm {
                action: with_query(&uri),
                first: purpose == LinkPurpose::FirstAdministrator,
                sign_up: match purpose {
                    LinkPurpose::SignUp { name, .. } => Some(name.into()),
                    _ => None,
                },
                ..LinkForm::default()
            };
            pages::answer(&headers, sign_in::link_page(&context, &form))
        }
        Ok(None) => pages::answer(&headers, sign_in::link_used(&context)),
        Err(error) => session::unavailable(&uri, &headers, &error),
    }
}

/// The address asked for, with its language.
pub fn with_query(uri: &Uri) -> String {
    uri.path_and_query()
        .map_or_else(|| uri.path().to_owned(), ToString::to_string)
}

/// Uses a one-time link up and signs in.
pub async fn redeem(
    State(portal): State<Arc<Portal>>,
    Path(secret): Path<String>,
    uri: Uri,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let context = session::context(&portal, &uri, &headers);
    let Ok(link) = secret.parse::<Secret>() else {
        return pages::answer(&headers, sign_in::link_used(&context));
    };
    let now = portal.clock.now();
    let purpose = match portal.store.link(&link, now).await {
        Ok(Some(purpose)) => purpose,
        Ok(None) => return pages::answer(&headers, sign_in::link_used(&context)),
        Err(error) => return session::unavailable(&uri, &headers, &error),
    };
    let first = purpose == LinkPurpose::FirstAdministrator;
    let typed = String::from_utf8_lossy(&body);
    let (name, email) = (line(&typed, "name"), line(&typed, "email"));
    let (parsed_name, parsed_email) = (name.parse::<Title>(), email.parse::<EmailAddress>());
    if first && (parsed_name.is_err() || parsed_email.is_err()) {
        let form = LinkForm {
            action: with_query(&uri),
            first,
            sign_up: None,
            name,
            email,
            name_error: parsed_name.err(),
            email_error: parsed_email.err(),
        };
        return pages::answer(&headers, sign_in::link_page(&context, &form));
    }
    let signs_up = matches!(purpose, LinkPurpose::SignUp { .. });
    let new = match &purpose {
        LinkPurpose::SignUp { email, name } => Ok(sign_in_link::new_account(&portal, email, name)),
        _ => first_administrator(parsed_name, parsed_email, now),
    };
    let account = match new {
        Ok(account) => account,
        Err(invalid) => {
            tracing::error!(error = ?invalid, "an account could not be made");
            return problem::response(
                problem::language(&uri, &headers),
                StatusCode::INTERNAL_SERVER_ERROR,
                problem::Explanation::Fault,
            );
        }
    };
    let secret = Secret::generate(&mut rng());
    let browser = session::browser(&headers);
    match portal
        .store
        .redeem_link(&link, &account, &secret, browser.as_deref(), now, SESSION)
        .await
    {
        // Whoever came by a link has no password, or has forgotten it: the account's page asks for one.
        Ok(Some(begun)) if first => {
            let author = Author::Account(begun.account.id.clone());
            portal.note_act(&author, Act::MakeAccount, "").await;
            note_sign_in(&portal, &begun, "link").await;
            signed_in(&portal, &secret, Service::Administration.path().to_owned())
        }
        Ok(Some(begun)) => {
            if signs_up && begun.account.id == account.id {
                let author = Author::Account(account.id.clone());
                portal.note_act(&author, Act::MakeAccount, "").await;
                // A new account gets its letters in the language of the one that brought the link.
                let chosen = portal
                    .store
                    .put_letter_language(&account.id, context.language);
                if let Err(error) = chosen.await {
                    return session::unavailable(&uri, &headers, &error);
                }
            }
            note_sign_in(&portal, &begun, "link").await;
            signed_in(&portal, &secret, next(&begun).path(context.language))
        }
        Ok(None) => pages::answer(&headers, sign_in::link_used(&context)),
        Err(error) => session::unavailable(&uri, &headers, &error),
    }
}

/// The account that the first link makes. Where the link is for an account that exists, name and
/// e-mail address are not asked for and this one is not used.
fn first_administrator(
    name: Result<Title, Invalid>,
    email: Result<EmailAddress, Invalid>,
    now: Timestamp,
) -> Result<Account, Invalid> {
    Ok(Account {
        id: "administrator".parse()?,
        name: name.map(String::from).unwrap_or_default(),
        email: email.map(String::from).ok(),
        role: Some(PortalRole::Administrator),
        created: now,
        disabled: None,
    })
}

/// Ends a sign-in.
pub async fn sign_out(State(portal): State<Arc<Portal>>, uri: Uri, headers: HeaderMap) -> Response {
    if let Some(secret) = session::secret(&portal, &headers)
        && let Err(error) = portal.store.end_session(&secret).await
    {
        return session::unavailable(&uri, &headers, &error);
    }
    let headers = [
        (SET_COOKIE, session::no_cookie(&portal)),
        (LOCATION, "/".to_owned()),
    ];
    (StatusCode::SEE_OTHER, headers).into_response()
}

/// Notes a sign-in that is whole; one that waits for the second factor is noted when it has shown it.
pub(super) async fn note_sign_in(portal: &Portal, begun: &Session, way: &str) {
    if begun.factor != FactorStanding::Owed {
        portal.note_sign_in(&begun.account.id, way).await;
    }
}

/// Where a sign-in that has begun goes on.
pub(super) fn next(begun: &Session) -> Route {
    match begun.factor {
        FactorStanding::Owed => Route::SecondStep,
        FactorStanding::None | FactorStanding::Shown => Route::Account,
    }
}

/// Gives the browser its sign-in and leads on.
pub(super) fn signed_in(portal: &Portal, secret: &Secret, to: String) -> Response {
    let headers = [
        (SET_COOKIE, session::cookie(portal, secret)),
        (LOCATION, to),
    ];
    (StatusCode::SEE_OTHER, headers).into_response()
}
