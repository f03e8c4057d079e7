//! Signing in with an account at an issuer (OpenID Connect): leaving for it, coming back, and a newcomer's account.

use std::sync::Arc;

use app::context::Context;
use app::pages::openid::{self, Fault, Newcomer};
use app::pages::sign_in_link::Refused;
use app::routes::{Desk, Route};
use axum::Extension;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::header::{REFRESH, SET_COOKIE};
use axum::http::{HeaderMap, HeaderValue, StatusCode, Uri};
use axum::response::Response;
use domain::audit::Act;
use domain::permission::{Action, Actor, Refusal, decide};
use domain::search::encode_pairs;
use domain::{EmailAddress, Language, Title};
use jiff::SignedDuration;
use rand::rng;
use store::{Account, Author, Identity, Secret, Session, StoreError};

use super::serving::Peer;
use super::session::{self, SESSION, see};
use super::sign_in::{line, next, note_sign_in, origin, signed_in};
use super::{address, pages, problem};
use crate::openid::{OpenId, Vouched};
use crate::portal::Portal;
use crate::publishing::{By, Refused as Refusing};

/// Keeps an errand while its owner is away at the issuer.
const ERRAND_COOKIE: &str = "anker-openid";
/// How long someone may be away.
const AWAY: SignedDuration = SignedDuration::from_mins(15);
/// Keeps whom the issuer has vouched for while they say what they are called.
const NEWCOMER_COOKIE: &str = "anker-newcomer";
/// How long they may take.
const WELCOME: SignedDuration = SignedDuration::from_mins(30);
/// Says on the account's own page that the issuer is linked.
pub const LINKED: &str = "knyttet";

/// Why someone is away at the issuer. It stays in their browser, where no other site can put it.
struct Errand {
    link: bool,
    language: Language,
    secret: Secret,
}

impl Errand {
    fn kept(&self) -> String {
        let purpose = if self.link { "link" } else { "in" };
        [
            purpose,
            "-",
            self.language.tag(),
            "-",
            &self.secret.reveal(),
        ]
        .concat()
    }

    fn read(kept: &str) -> Option<Self> {
        let mut parts = kept.splitn(3, '-');
        let link = match parts.next()? {
            "link" => true,
            "in" => false,
            _ => return None,
        };
        Some(Self {
            link,
            language: language(parts.next()?),
            secret: parts.next()?.parse().ok()?,
        })
    }
}

fn language(tag: &str) -> Language {
    match tag {
        "en" => Language::English,
        _ => Language::Danish,
    }
}

fn no_issuer(uri: &Uri, headers: &HeaderMap) -> Response {
    problem::response(
        problem::language(uri, headers),
        StatusCode::NOT_FOUND,
        problem::Explanation::NotFound,
    )
}

fn with_cookie(mut response: Response, cookie: &str) -> Response {
    if let Ok(cookie) = HeaderValue::from_str(cookie) {
        response.headers_mut().append(SET_COOKIE, cookie);
    }
    response
}

/// Sends someone on to the issuer. The browser goes on by itself from a page of the portal: forms may not lead to another
/// host, not even by way of this one (CSP, `form-action`).
pub async fn leave(
    State(portal): State<Arc<Portal>>,
    uri: Uri,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let Some(openid) = &portal.openid else {
        return no_issuer(&uri, &headers);
    };
    let form = String::from_utf8_lossy(&body);
    let mut context = session::context(&portal, &uri, &headers);
    context.language = language(&app::query::value(&form, "language").unwrap_or_default());
    let link = app::query::value(&form, "link").is_some();
    if link {
        let refusal = match session::signed_in(&portal, &headers).await {
            Ok(Some(known)) => decide(known.actor(), Action::KeepOwnAccount).err(),
            Ok(None) => Some(Refusal::SignInFirst),
            Err(error) => return session::unavailable(&uri, &headers, &error),
        };
        if let Some(refusal) = refusal {
            return session::refused(&context, &headers, refusal);
        }
    }
    let errand = Errand {
        link,
        language: context.language,
        secret: Secret::generate(&mut rng()),
    };
    let address = openid.address(&errand.secret, portal.clock.now()).await;
    let onward = address.and_then(|address| {
        let refresh = HeaderValue::from_str(&format!("0; url={address}"))?;
        Ok((address, refresh))
    });
    match onward {
        Ok((address, refresh)) => {
            let page = openid::onward(&context, openid.name(), &address);
            let mut response = pages::answer(&headers, page);
            response.headers_mut().insert(REFRESH, refresh);
            let cookie = session::cookie_named(&portal, ERRAND_COOKIE, &errand.kept(), AWAY);
            with_cookie(response, &cookie)
        }
        Err(error) => not_in(&context, &headers, openid, &error),
    }
}

fn not_in(
    context: &Context,
    headers: &HeaderMap,
    openid: &OpenId,
    error: &anyhow::Error,
) -> Response {
    tracing::warn!(
        error = format!("{error:#}"),
        "the issuer of sign-ins cannot be used"
    );
    pages::answer(
        headers,
        openid::not_in(context, openid.name(), Fault::Unreachable),
    )
}

/// Receives someone who comes back from the issuer.
pub async fn come_back(
    State(portal): State<Arc<Portal>>,
    uri: Uri,
    headers: HeaderMap,
) -> Response {
    let Some(openid) = &portal.openid else {
        return no_issuer(&uri, &headers);
    };
    let errand = session::cookie_value(&portal, &headers, ERRAND_COOKIE)
        .and_then(|kept| Errand::read(&kept));
    let mut context = session::context(&portal, &uri, &headers);
    let response = match errand {
        None => lost(&context, &headers, openid),
        Some(errand) => {
            context.language = errand.language;
            match receive(&portal, openid, &context, &uri, &headers, &errand).await {
                Ok(response) => response,
                Err(error) => session::unavailable(&uri, &headers, &error),
            }
        }
    };
    let over = session::cookie_named(&portal, ERRAND_COOKIE, "", SignedDuration::ZERO);
    with_cookie(response, &over)
}

fn lost(context: &Context, headers: &HeaderMap, openid: &OpenId) -> Response {
    pages::answer(headers, openid::not_in(context, openid.name(), Fault::Lost))
}

async fn receive(
    portal: &Portal,
    openid: &OpenId,
    context: &Context,
    uri: &Uri,
    headers: &HeaderMap,
    errand: &Errand,
) -> Result<Response, StoreError> {
    let query = uri.query().unwrap_or_default();
    let says = |name| app::query::value(query, name);
    let fault = |fault| pages::answer(headers, openid::not_in(context, openid.name(), fault));
    let state = says("state").unwrap_or_default();
    if !openid.belongs(&errand.secret, &state, says("iss").as_deref()) {
        return Ok(fault(Fault::Lost));
    }
    let Some(code) = says("code") else {
        return Ok(fault(Fault::Cancelled));
    };
    let identity = match openid
        .vouched(&errand.secret, code, portal.clock.now())
        .await
    {
        Ok(Vouched::For(identity)) => identity,
        Ok(Vouched::Pupil) => return Ok(fault(Fault::Pupil)),
        Err(error) => return Ok(not_in(context, headers, openid, &error)),
    };
    if errand.link {
        return link(portal, openid, context, headers, &identity).await;
    }
    let now = portal.clock.now();
    match portal.store.account_of_identity(&identity).await? {
        Some(account) if account.disabled.is_some() => Ok(fault(Fault::Closed)),
        Some(account) => {
            let secret = Secret::generate(&mut rng());
            let browser = session::browser(headers);
            let begun = portal
                .store
                .begin_session(account, &secret, browser.as_deref(), now, SESSION)
                .await?;
            note_sign_in(portal, &begun, "openid").await;
            Ok(signed_in(portal, &secret, context.url(&next(&begun))))
        }
        None => {
            let secret = Secret::generate(&mut rng());
            portal
                .store
                .remember_newcomer(&secret, &identity, now, WELCOME)
                .await?;
            let kept = session::cookie_named(portal, NEWCOMER_COOKIE, &secret.reveal(), WELCOME);
            Ok(with_cookie(see(context.url(&Route::Newcomer)), &kept))
        }
    }
}

/// Links whom the issuer vouches for to the account that is signed in.
async fn link(
    portal: &Portal,
    openid: &OpenId,
    context: &Context,
    headers: &HeaderMap,
    identity: &Identity,
) -> Result<Response, StoreError> {
    let Some(known) = session::signed_in(portal, headers).await? else {
        return Ok(session::refused(context, headers, Refusal::SignInFirst));
    };
    if let Err(refusal) = decide(known.actor(), Action::KeepOwnAccount) {
        return Ok(session::refused(context, headers, refusal));
    }
    let linked = portal
        .store
        .link_identity(identity, &known.person.id, portal.clock.now())
        .await?;
    if linked {
        portal
            .note_act(&known.author(), Act::LinkIdentity, openid.name())
            .await;
    }
    Ok(if linked {
        see(context.url_with(&Route::Account, &["openid=", LINKED].concat()))
    } else {
        pages::answer(
            headers,
            openid::not_in(context, openid.name(), Fault::Taken),
        )
    })
}

fn newcomers_secret(portal: &Portal, headers: &HeaderMap) -> Option<Secret> {
    session::cookie_value(portal, headers, NEWCOMER_COOKIE)?
        .parse()
        .ok()
}

/// Asks a newcomer what they are called.
pub async fn show_newcomer(
    State(portal): State<Arc<Portal>>,
    uri: Uri,
    headers: HeaderMap,
) -> Response {
    let Some(openid) = &portal.openid else {
        return no_issuer(&uri, &headers);
    };
    let context = session::context(&portal, &uri, &headers);
    let known = match newcomers_secret(&portal, &headers) {
        Some(secret) => portal.store.newcomer(&secret, portal.clock.now()).await,
        None => Ok(None),
    };
    match known {
        Ok(Some(_)) => {
            let page = openid::newcomer(&context, openid.name(), &Newcomer::default());
            pages::answer(&headers, page)
        }
        Ok(None) => lost(&context, &headers, openid),
        Err(error) => session::unavailable(&uri, &headers, &error),
    }
}

/// Asks the school to let a newcomer in, where there is one of that name; otherwise leads to where schools are found and
/// made.
async fn to_school(
    portal: &Portal,
    context: &Context,
    begun: &Session,
    school: &str,
) -> Result<String, StoreError> {
    let person = session::person(portal, &begun.account, false).await?;
    let author = Author::Account(person.id.clone());
    let by = By {
        actor: Actor::Person(&person),
        author: &author,
    };
    let found = portal.organisations_named(school, context.language);
    if let [one] = found.as_slice() {
        match portal.ask_to_join(by, &one.id, "").await {
            Ok(()) => {
                let desk = Route::Desk(Desk::Organisation(one.id.clone()));
                return Ok(context.url_with(&desk, "gjort=join"));
            }
            Err(Refusing::Store(error)) => return Err(error),
            Err(_) => {}
        }
    }
    let query = encode_pairs([("q", school)]);
    Ok(context.url_with(&Route::Desk(Desk::Organisations), &query))
}

/// Makes a newcomer's account, and signs in.
pub async fn settle_newcomer(
    State(portal): State<Arc<Portal>>,
    peer: Option<Extension<Peer>>,
    uri: Uri,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let Some(openid) = &portal.openid else {
        return no_issuer(&uri, &headers);
    };
    let context = session::context(&portal, &uri, &headers);
    let form = String::from_utf8_lossy(&body);
    let (name, email, school) = (
        line(&form, "name"),
        line(&form, "email"),
        line(&form, "school"),
    );
    let from = origin(peer, &headers);
    let settled = async {
        let now = portal.clock.now();
        let Some(newcomer) = newcomers_secret(&portal, &headers) else {
            return Ok(lost(&context, &headers, openid));
        };
        if portal.store.newcomer(&newcomer, now).await?.is_none() {
            return Ok(lost(&context, &headers, openid));
        }
        let again = |name_error, email_refused| {
            let form = Newcomer {
                name: name.clone(),
                email: email.clone(),
                school: school.clone(),
                name_error,
                email_refused,
            };
            pages::answer(&headers, openid::newcomer(&context, openid.name(), &form))
        };
        let (parsed_name, parsed_email) =
            match (name.parse::<Title>(), email.parse::<EmailAddress>()) {
                (Ok(name), Ok(email)) => (name, email),
                (name, email) => return Ok(again(name.err(), email.err().map(Refused::Email))),
            };
        let account = Account {
            id: crate::account_id::new(&mut rng()),
            name: parsed_name.into(),
            // It is theirs once they have opened the link that is sent there.
            email: None,
            role: None,
            created: now,
            disabled: None,
        };
        let secret = Secret::generate(&mut rng());
        let browser = session::browser(&headers);
        let begun = portal
            .store
            .settle_newcomer(
                &newcomer,
                account.clone(),
                &secret,
                browser.as_deref(),
                now,
                SESSION,
            )
            .await?;
        match begun {
            Some(begun) => {
                let author = Author::Account(begun.account.id.clone());
                portal.note_act(&author, Act::MakeAccount, "").await;
                note_sign_in(&portal, &begun, "openid").await;
                let over =
                    session::cookie_named(&portal, NEWCOMER_COOKIE, "", SignedDuration::ZERO);
                // Where too many letters went to the address, the account's own page asks for it again.
                drop(address::ask(&portal, &account, &parsed_email, from, context.language).await?);
                let to = match school.as_str() {
                    "" => context.url(&next(&begun)),
                    school => to_school(&portal, &context, &begun, school).await?,
                };
                Ok::<_, StoreError>(with_cookie(signed_in(&portal, &secret, to), &over))
            }
            None => Ok(lost(&context, &headers, openid)),
        }
    };
    match settled.await {
        Ok(response) => response,
        Err(error) => session::unavailable(&uri, &headers, &error),
    }
}
