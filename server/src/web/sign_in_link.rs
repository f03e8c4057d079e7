//! Links that are asked for and sent by letter: to sign in, and to make an account. There is always a letter, so
//! neither the answer nor the time it takes tells whether there is an account with the address.

use std::net::IpAddr;
use std::sync::Arc;

use app::letter::Letter;
use app::pages::sign_in::{self, PasswordForm};
use app::pages::sign_in_link::{self, LinkRequest, Refused, SignUpForm};
use app::routes::Route;
use axum::Extension;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, Uri};
use axum::response::Response;
use domain::{EmailAddress, Language, Title};
use jiff::{SignedDuration, Timestamp};
use rand::rng;
use store::{Account, LinkPurpose, Secret, StoreError};

use super::serving::Peer;
use super::session::see;
use super::sign_in::{FailedSignIns, empty_form, line, origin, sign_in_path};
use super::{pages, session};
use crate::portal::Portal;

/// How long a link to sign in is good.
const SIGN_IN: SignedDuration = SignedDuration::from_mins(30);
/// How long a link to make an account is good.
const SIGN_UP: SignedDuration = SignedDuration::from_hours(24);
/// The window in which letters that were asked for count.
const WINDOW: SignedDuration = SignedDuration::from_hours(1);
/// So many within the window to one address.
const TO_ONE_ADDRESS: u32 = 5;
/// So many within the window from one place: a whole school may sit behind it.
const FROM_ONE_PLACE: u32 = 60;

/// The letters with links that were asked for of late, so that nobody fills a stranger's inbox.
#[derive(Debug)]
pub struct LinkRequests(FailedSignIns);

impl Default for LinkRequests {
    fn default() -> Self {
        Self(FailedSignIns::at_most(
            TO_ONE_ADDRESS,
            FROM_ONE_PLACE,
            WINDOW,
        ))
    }
}

impl LinkRequests {
    /// Counts a letter to this address, or says after how many minutes there may be one.
    pub(super) fn count_letter(
        &self,
        email: &EmailAddress,
        from: Option<IpAddr>,
        now: Timestamp,
    ) -> Result<(), u64> {
        if let Some(minutes) = self.0.wait(email.as_str(), from, now) {
            return Err(minutes);
        }
        self.0.failed(email.as_str(), from, now);
        Ok(())
    }

    pub(super) fn count(
        &self,
        email: &EmailAddress,
        from: Option<IpAddr>,
        now: Timestamp,
    ) -> Result<(), Refused> {
        self.count_letter(email, from, now)
            .map_err(Refused::TooOften)
    }
}

/// Sends a link to sign in.
pub async fn ask(
    portal: &Portal,
    from: Option<IpAddr>,
    uri: &Uri,
    headers: &HeaderMap,
    form: &str,
) -> Response {
    let context = session::context(portal, uri, headers);
    let typed = line(form, "link-email");
    let asked = typed
        .parse::<EmailAddress>()
        .map_err(Refused::Email)
        .and_then(|email| {
            portal
                .link_requests
                .count(&email, from, portal.clock.now())
                .map(|()| email)
        });
    let email = match asked {
        Ok(email) => email,
        Err(refused) => {
            let form = PasswordForm {
                link: LinkRequest {
                    email: typed,
                    refused: Some(refused),
                },
                ..empty_form(portal)
            };
            return pages::answer(headers, sign_in::password_page(&context, &form));
        }
    };
    match send_sign_in(portal, &email, context.language, Letter::SignInLink).await {
        Ok(Found::Account) => written(&context, headers, &email),
        Ok(Found::Nothing) => {
            let sent = portal.send_letter(&email, context.language, &Letter::NoAccount);
            match sent.await {
                Ok(()) => written(&context, headers, &email),
                Err(error) => session::unavailable(uri, headers, &error),
            }
        }
        Err(error) => session::unavailable(uri, headers, &error),
    }
}

/// The page for making an account; whoever is signed in is led to theirs.
pub async fn show_sign_up(
    State(portal): State<Arc<Portal>>,
    uri: Uri,
    headers: HeaderMap,
) -> Response {
    let context = session::context(&portal, &uri, &headers);
    match session::session(&portal, &headers).await {
        Ok(Some(_)) => see(context.url(&Route::Account)),
        Ok(None) => pages::answer(
            &headers,
            sign_in_link::sign_up(&context, &SignUpForm::default()),
        ),
        Err(error) => session::unavailable(&uri, &headers, &error),
    }
}

/// Sends a link that makes an account, or, where there is one, a link that signs in to it.
pub async fn sign_up(
    State(portal): State<Arc<Portal>>,
    peer: Option<Extension<Peer>>,
    uri: Uri,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let context = session::context(&portal, &uri, &headers);
    let form = String::from_utf8_lossy(&body);
    let (typed_name, typed_email) = (line(&form, "name"), line(&form, "email"));
    let name = typed_name.parse::<Title>();
    let mut asked = typed_email.parse::<EmailAddress>().map_err(Refused::Email);
    // Only a letter that would be sent counts.
    if let (Ok(_), Ok(email)) = (&name, &asked) {
        let (from, now) = (origin(peer, &headers), portal.clock.now());
        if let Err(refused) = portal.link_requests.count(email, from, now) {
            asked = Err(refused);
        }
    }
    let (name, email) = match (name, asked) {
        (Ok(name), Ok(email)) => (name, email),
        (name, asked) => {
            let form = SignUpForm {
                name: typed_name,
                email: typed_email,
                name_error: name.err(),
                refused: asked.err(),
            };
            return pages::answer(&headers, sign_in_link::sign_up(&context, &form));
        }
    };
    match send_sign_up(&portal, email.clone(), name, context.language).await {
        Ok(()) => written(&context, &headers, &email),
        Err(error) => session::unavailable(&uri, &headers, &error),
    }
}

fn written(context: &app::context::Context, headers: &HeaderMap, email: &EmailAddress) -> Response {
    pages::answer(headers, sign_in_link::written(context, email.as_str()))
}

/// Whether there is an account with the address.
#[derive(PartialEq, Eq)]
enum Found {
    Account,
    Nothing,
}

/// Writes to the account with this address: with a link to sign in or, where it is closed, that it is.
async fn send_sign_in(
    portal: &Portal,
    email: &EmailAddress,
    language: Language,
    letter: impl FnOnce(String) -> Letter,
) -> Result<Found, StoreError> {
    let Some(account) = portal.store.account_of(email).await? else {
        return Ok(Found::Nothing);
    };
    if account.disabled.is_some() {
        portal
            .send_letter(email, language, &Letter::AccountClosed)
            .await?;
        return Ok(Found::Account);
    }
    let secret = Secret::generate(&mut rng());
    let letter = letter(portal.in_language(&sign_in_path(&secret), language));
    let purpose = LinkPurpose::SignIn(account.id);
    let name = Some(account.name.as_str());
    portal
        .send_link(email, name, language, &letter, (&secret, &purpose), SIGN_IN)
        .await?;
    Ok(Found::Account)
}

async fn send_sign_up(
    portal: &Portal,
    email: EmailAddress,
    name: Title,
    language: Language,
) -> Result<(), StoreError> {
    if send_sign_in(portal, &email, language, Letter::AccountExists).await? == Found::Account {
        return Ok(());
    }
    let secret = Secret::generate(&mut rng());
    let letter = Letter::SignUpLink(portal.in_language(&sign_in_path(&secret), language));
    let purpose = LinkPurpose::SignUp {
        email: email.clone(),
        name: name.clone(),
    };
    let name = Some(name.as_str());
    portal
        .send_link(
            &email,
            name,
            language,
            &letter,
            (&secret, &purpose),
            SIGN_UP,
        )
        .await
}

/// The account that a link for signing up makes: it belongs nowhere and may do nothing yet.
pub fn new_account(portal: &Portal, email: &EmailAddress, name: &Title) -> Account {
    Account {
        id: crate::account_id::new(&mut rng()),
        name: name.to_string(),
        email: Some(email.to_string()),
        role: None,
        created: portal.clock.now(),
        disabled: None,
    }
}
