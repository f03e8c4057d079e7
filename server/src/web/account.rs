//! One's own account: the password, and where one is signed in.

use std::sync::Arc;

use app::pages::account::{self, Done, Fault, SignedIn};
use app::pages::openid::Linked;
use app::pages::sign_in_link::Refused;
use axum::Extension;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, Uri};
use axum::response::Response;
use domain::EmailAddress;
use domain::audit::Act;
use domain::permission::{Action, Refusal, decide};
use jiff::SignedDuration;
use store::{Account, Author, Secret, Session};

use super::openid::LINKED;
use super::serving::Peer;
use super::sign_in::{line, origin};
use super::{address, pages, session};
use crate::password::{Password, Weakness};
use crate::portal::Portal;

/// So long after signing in with a link the current password is not asked for: it may be forgotten.
const FRESH: SignedDuration = SignedDuration::from_mins(30);

/// Shows it.
pub async fn show(State(portal): State<Arc<Portal>>, uri: Uri, headers: HeaderMap) -> Response {
    let says = app::query::value(uri.query().unwrap_or_default(), "openid");
    let done = (says.as_deref() == Some(LINKED)).then_some(Done::Linked);
    respond(&portal, &uri, &headers, "", async |_, _| Ok((done, None))).await
}

/// Sets the password or ends sign-ins, and says so.
pub async fn change(
    State(portal): State<Arc<Portal>>,
    peer: Option<Extension<Peer>>,
    uri: Uri,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let form = String::from_utf8_lossy(&body);
    let value = |name| app::query::value(&form, name).unwrap_or_default();
    let (typed, from) = (line(&form, "email"), origin(peer, &headers));
    let language = session::context(&portal, &uri, &headers).language;
    respond(&portal, &uri, &headers, &typed, async |session, secret| {
        let store = &portal.store;
        let account = &session.account.id;
        let author = Author::Account(account.clone());
        let note = async |act| portal.note_act(&author, act, "").await;
        match value("do").as_str() {
            "password" => {
                let fault =
                    set_password(&portal, session, secret, &value("current"), &value("new"))
                        .await?;
                if fault.is_none() {
                    note(Act::SetPassword).await;
                }
                Ok((fault.is_none().then_some(Done::PasswordSet), fault))
            }
            "address" => {
                let asked = match typed.parse::<EmailAddress>() {
                    Ok(email) => {
                        address::ask(&portal, &session.account, &email, from, language).await?
                    }
                    Err(invalid) => Err(Refused::Email(invalid)),
                };
                Ok(match asked {
                    Ok(()) => (Some(Done::AddressAsked), None),
                    Err(refused) => (None, Some(Fault::Address(refused))),
                })
            }
            "end" => {
                store.end_session_of(account, &value("key")).await?;
                note(Act::EndSignIns).await;
                Ok((Some(Done::SignedOut), None))
            }
            "unlink" if store.password_hash(account).await?.is_none() => {
                Ok((None, Some(Fault::PasswordFirst)))
            }
            "unlink" => {
                store.unlink_identity(account, &value("key")).await?;
                note(Act::UnlinkIdentity).await;
                Ok((Some(Done::Unlinked), None))
            }
            "end-others" => {
                store.end_other_sessions(account, secret).await?;
                note(Act::EndSignIns).await;
                Ok((Some(Done::SignedOutElsewhere), None))
            }
            _ => Ok((None, None)),
        }
    })
    .await
}

async fn set_password(
    portal: &Portal,
    session: &Session,
    secret: &Secret,
    current: &str,
    new: &str,
) -> anyhow::Result<Option<Fault>> {
    let account = &session.account;
    let now = portal.clock.now();
    let kept = portal.store.password_hash(&account.id).await?;
    if asks_for_current(portal, session, kept.is_some()) {
        match shown_password(portal, account, kept, current).await? {
            Shown::Right => {}
            Shown::Wrong => return Ok(Some(Fault::Current)),
            Shown::TooOften(minutes) => return Ok(Some(Fault::TooOften(minutes))),
        }
    }
    let known_by = [
        account.name.as_str(),
        account.email.as_deref().unwrap_or(""),
    ];
    let password = match Password::chosen(new, &known_by) {
        Ok(password) => password,
        Err(weakness) => {
            return Ok(Some(match weakness {
                Weakness::TooShort => Fault::TooShort,
                Weakness::TooLong => Fault::TooLong,
                Weakness::Guessable => Fault::Guessable,
            }));
        }
    };
    let hash = portal.passwords.hash(password).await?;
    portal
        .store
        .set_password(&account.id, &hash, secret, now)
        .await?;
    Ok(None)
}

/// What came of showing one's current password.
pub(super) enum Shown {
    Right,
    Wrong,
    /// It was tried too often; it can be tried again after so many minutes.
    TooOften(u64),
}

/// Looks whether this is the current password, whose hash is kept; wrong ones count as failed sign-ins.
pub(super) async fn shown_password(
    portal: &Portal,
    account: &Account,
    kept: Option<String>,
    typed: &str,
) -> anyhow::Result<Shown> {
    let now = portal.clock.now();
    let named = account.email.as_deref().unwrap_or(account.id.as_str());
    if let Some(minutes) = portal.failed_sign_ins.wait(named, None, now) {
        return Ok(Shown::TooOften(minutes));
    }
    if portal
        .passwords
        .matches(Password::typed(typed), kept)
        .await?
    {
        return Ok(Shown::Right);
    }
    portal.failed_sign_ins.failed(named, None, now);
    Ok(Shown::Wrong)
}

/// Whether the current password is asked for: not shortly after signing in with a link.
pub(super) fn asks_for_current(portal: &Portal, session: &Session, has_password: bool) -> bool {
    let age = portal.clock.now().duration_since(session.created);
    has_password && !(session.by_link && age < FRESH)
}

async fn respond(
    portal: &Portal,
    uri: &Uri,
    headers: &HeaderMap,
    typed_email: &str,
    work: impl AsyncFnOnce(&Session, &Secret) -> anyhow::Result<(Option<Done>, Option<Fault>)>,
) -> Response {
    let context = session::context(portal, uri, headers);
    let shown = async {
        let Some(known) = session::signed_in(portal, headers).await? else {
            return Ok(Err(Refusal::SignInFirst));
        };
        if let Err(refusal) = decide(known.actor(), Action::KeepOwnAccount) {
            return Ok(Err(refusal));
        }
        let session::SignedIn {
            session, secret, ..
        } = &known;
        let (done, fault) = work(session, secret).await?;
        let account = &session.account;
        let has_password = portal.store.password_hash(&account.id).await?.is_some();
        let sessions = portal
            .store
            .sessions_of(&account.id, portal.clock.now())
            .await?;
        let second_factor = portal.store.second_factor(&account.id).await?;
        let openid = match &portal.openid {
            None => None,
            Some(openid) => Some(Linked {
                name: openid.name().to_owned(),
                identities: portal
                    .store
                    .identities_of(&account.id)
                    .await?
                    .into_iter()
                    .filter(|identity| openid.issues(&identity.issuer))
                    .map(|identity| {
                        let since = crate::clock::in_denmark(identity.linked).date();
                        (identity.key, since)
                    })
                    .collect(),
                password_first: fault == Some(Fault::PasswordFirst),
            }),
        };
        anyhow::Ok(Ok(account::Account {
            openid,
            name: account.name.clone(),
            email: account.email.clone(),
            administrator: known.may_administer(),
            judges_images: decide(known.actor(), Action::JudgeReportedImages).is_ok(),
            has_password,
            second_factor: second_factor.as_ref().map(|factor| {
                let since = crate::clock::in_denmark(factor.enrolled).date();
                (since, factor.recovery_left)
            }),
            asks_for_current: asks_for_current(portal, session, has_password),
            sessions: sessions
                .into_iter()
                .map(|open| SignedIn {
                    this: open.is(secret),
                    waits: second_factor.is_some() && !open.factor_shown,
                    began: crate::clock::in_denmark(open.created),
                    key: open.key,
                    browser: open.browser,
                })
                .collect(),
            typed_email: typed_email.to_owned(),
            done,
            fault,
        }))
    };
    match shown.await {
        Ok(Ok(shown)) => pages::answer(headers, account::page(&context, &shown)),
        Ok(Err(refusal)) => session::refused(&context, headers, refusal),
        Err(error) => session::unavailable(uri, headers, &error),
    }
}
