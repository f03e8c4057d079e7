//! The second factor: the second step of signing in, and one's own page for enrolling and changing it.

use std::sync::Arc;

use app::context::Context;
use app::pages::second_factor::{self, Done, Enrolment, Fault, State as Standing, StepFault};
use app::routes::Route;
use axum::Extension;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, Uri};
use axum::response::Response;
use domain::Slug;
use domain::audit::Act;
use domain::membership::PortalRole;
use domain::permission::{Action, Refusal, decide};
use rand::rng;
use store::{Account, Proof, RecoveryCode, Secret, SharedSecret};

use super::pages;
use super::serving::Peer;
use super::session::{self, SESSION, SignedIn, see};
use super::sign_in::{line, origin, signed_in};
use crate::clock::in_denmark;
use crate::one_time_code;
use crate::portal::Portal;

/// Says on one's own page that a recovery code was used to sign in.
const RECOVERY_USED: &str = "brugt";

/// What someone typed to show their second factor.
enum Typed {
    Code(String),
    Recovery(String),
}

/// Shows the second step to whoever has taken the first.
pub async fn show_step(
    State(portal): State<Arc<Portal>>,
    uri: Uri,
    headers: HeaderMap,
) -> Response {
    let context = session::context(&portal, &uri, &headers);
    match session::waiting(&portal, &headers).await {
        Ok(Some(_)) => pages::answer(&headers, second_factor::step_page(&context, "", None)),
        // Signing in leads on whoever is signed in already.
        Ok(None) => see(context.url(&Route::SignIn)),
        Err(error) => session::unavailable(&uri, &headers, &error),
    }
}

/// Takes the second step.
pub async fn take_step(
    State(portal): State<Arc<Portal>>,
    peer: Option<Extension<Peer>>,
    uri: Uri,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let context = session::context(&portal, &uri, &headers);
    let form = String::from_utf8_lossy(&body);
    let typed = match app::query::value(&form, "recovery") {
        Some(_) => Typed::Recovery(line(&form, "recovery")),
        None => Typed::Code(line(&form, "code")),
    };
    let stepped = async {
        let Some((waiting, secret)) = session::waiting(&portal, &headers).await? else {
            return Ok(session::refused(&context, &headers, Refusal::SignInFirst));
        };
        let account = &waiting.account.id;
        let now = portal.clock.now();
        let counted = counted(account, &typed);
        let from = origin(peer, &headers);
        let refuse = |fault| {
            let (shown, fault) = match &typed {
                Typed::Code(_) => ("", StepFault::Code(fault)),
                Typed::Recovery(typed) => (typed.as_str(), StepFault::Recovery(fault)),
            };
            pages::answer(
                &headers,
                second_factor::step_page(&context, shown, Some(fault)),
            )
        };
        if let Some(minutes) = portal.failed_sign_ins.wait(&counted, from, now) {
            return Ok(refuse(Fault::TooOften(minutes)));
        }
        let new = Secret::generate(&mut rng());
        let begun = match proof(&portal, account, &typed).await? {
            Some(proof) => {
                portal
                    .store
                    .complete_sign_in(&secret, &proof, &new, now, SESSION)
                    .await?
            }
            None => None,
        };
        if begun.is_none() {
            portal.failed_sign_ins.failed(&counted, from, now);
            return Ok(refuse(Fault::Wrong));
        }
        portal.failed_sign_ins.succeeded(&counted);
        let way = match typed {
            Typed::Code(_) => "code",
            Typed::Recovery(_) => "recovery code",
        };
        portal.note_sign_in(account, way).await;
        let to = match typed {
            Typed::Code(_) => context.url(&Route::Account),
            Typed::Recovery(_) => {
                let query = ["noedkode=", RECOVERY_USED].concat();
                context.url_with(&Route::SecondFactor, &query)
            }
        };
        anyhow::Ok(signed_in(&portal, &new, to))
    };
    match stepped.await {
        Ok(response) => response,
        Err(error) => session::unavailable(&uri, &headers, &error),
    }
}

/// Under what name attempts at a second factor are counted. They are counted apart from passwords, whose counting begins
/// anew with each one that is right; and recovery codes, which cannot be guessed, apart from the others, so that nobody
/// is shut out by another's guesses.
fn counted(account: &Slug, typed: &Typed) -> String {
    match typed {
        Typed::Code(_) => format!("code of {account}"),
        Typed::Recovery(_) => format!("recovery code of {account}"),
    }
}

/// What was typed as something to show, where it can be right.
async fn proof(portal: &Portal, account: &Slug, typed: &Typed) -> anyhow::Result<Option<Proof>> {
    match typed {
        Typed::Recovery(typed) => Ok(typed.parse().ok().map(Proof::Recovery)),
        Typed::Code(typed) => {
            let Some(factor) = portal.store.second_factor(account).await? else {
                return Ok(None);
            };
            let step = one_time_code::step_of(&factor.secret, typed, portal.clock.now())?;
            Ok(step.map(Proof::Step))
        }
    }
}

/// Shows one's own second factor, or what there is to enrol.
pub async fn show(State(portal): State<Arc<Portal>>, uri: Uri, headers: HeaderMap) -> Response {
    let used = app::query::value(uri.query().unwrap_or_default(), "noedkode");
    let done = (used.as_deref() == Some(RECOVERY_USED)).then_some(Done::RecoveryUsed);
    respond(&portal, &uri, &headers, async |_| {
        Ok(Outcome {
            done,
            ..Outcome::default()
        })
    })
    .await
}

/// Enrols, changes or removes one's own second factor.
pub async fn change(
    State(portal): State<Arc<Portal>>,
    uri: Uri,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let form = String::from_utf8_lossy(&body);
    let wanted = app::query::value(&form, "do").unwrap_or_default();
    let code = line(&form, "code");
    respond(&portal, &uri, &headers, async |known| {
        let store = &portal.store;
        let now = portal.clock.now();
        match wanted.as_str() {
            "confirm" => confirm(&portal, known, &code).await,
            "cancel" => {
                store.offer_factor(&known.secret, None, now).await?;
                Ok(Outcome::default())
            }
            "renew" => {
                if let Some(fault) = fault_of(&portal, known, Action::KeepOwnAccount, &code).await?
                {
                    return Ok(Outcome::of_fault(fault));
                }
                let codes = one_time_code::recovery_codes(&mut rng());
                store.renew_recovery_codes(&known.person.id, &codes).await?;
                portal.note_act(&known.author(), Act::RenewCodes, "").await;
                Ok(Outcome {
                    done: Some(Done::Renewed),
                    codes,
                    ..Outcome::default()
                })
            }
            "replace" => {
                if let Some(fault) =
                    fault_of(&portal, known, Action::EnrolSecondFactor, &code).await?
                {
                    return Ok(Outcome::of_fault(fault));
                }
                let secret = SharedSecret::generate(&mut rng());
                store
                    .offer_factor(&known.secret, Some(&secret), now)
                    .await?;
                Ok(Outcome::default())
            }
            "remove" => {
                if let Some(fault) =
                    fault_of(&portal, known, Action::RemoveSecondFactor, &code).await?
                {
                    return Ok(Outcome::of_fault(fault));
                }
                store.remove_factor(&known.person.id).await?;
                portal
                    .note_act(&known.author(), Act::RemoveFactor, "")
                    .await;
                Ok(Outcome {
                    done: Some(Done::Removed),
                    ..Outcome::default()
                })
            }
            _ => Ok(Outcome::default()),
        }
    })
    .await
}

/// What came of what was asked for.
#[derive(Default)]
struct Outcome {
    done: Option<Done>,
    fault: Option<Fault>,
    /// Recovery codes to show, once.
    codes: Vec<RecoveryCode>,
}

impl Outcome {
    fn of_fault(fault: Fault) -> Self {
        Self {
            fault: Some(fault),
            ..Self::default()
        }
    }
}

/// Enrols what the sign-in was offered, if the code is its.
async fn confirm(portal: &Portal, known: &SignedIn, code: &str) -> anyhow::Result<Outcome> {
    let now = portal.clock.now();
    let Some(secret) = portal.store.offered_factor(&known.secret, now).await? else {
        return Ok(Outcome::of_fault(Fault::Expired));
    };
    let Some(step) = one_time_code::step_of(&secret, code, now)? else {
        return Ok(Outcome::of_fault(Fault::Wrong));
    };
    let codes = one_time_code::recovery_codes(&mut rng());
    let enrolled = portal
        .store
        .enrol_factor(&known.person.id, &known.secret, &secret, step, &codes, now)
        .await?;
    if !enrolled {
        return Ok(Outcome::of_fault(Fault::Expired));
    }
    portal.note_act(&known.author(), Act::EnrolFactor, "").await;
    Ok(Outcome {
        done: Some(Done::TurnedOn),
        codes,
        ..Outcome::default()
    })
}

/// Why something cannot be done with one's own second factor; nothing where it can, and the code is then used up.
async fn fault_of(
    portal: &Portal,
    known: &SignedIn,
    action: Action<'_>,
    code: &str,
) -> anyhow::Result<Option<Fault>> {
    if decide(known.actor(), action).is_err() {
        return Ok(Some(Fault::Stays));
    }
    let account = &known.person.id;
    let typed = match code.parse::<RecoveryCode>() {
        Ok(_) => Typed::Recovery(code.to_owned()),
        Err(_) => Typed::Code(code.to_owned()),
    };
    let counted = counted(account, &typed);
    let now = portal.clock.now();
    if let Some(minutes) = portal.failed_sign_ins.wait(&counted, None, now) {
        return Ok(Some(Fault::TooOften(minutes)));
    }
    let good = match proof(portal, account, &typed).await? {
        Some(proof) => portal.store.show_factor(account, &proof).await?,
        None => false,
    };
    if good {
        portal.failed_sign_ins.succeeded(&counted);
        Ok(None)
    } else {
        portal.failed_sign_ins.failed(&counted, None, now);
        Ok(Some(Fault::Wrong))
    }
}

/// The standing of an account's second factor after what was done. Where there is none, one is offered.
async fn standing(
    portal: &Portal,
    known: &SignedIn,
    codes: &[RecoveryCode],
) -> anyhow::Result<Standing> {
    if !codes.is_empty() {
        return Ok(Standing::Codes(
            codes.iter().map(RecoveryCode::reveal).collect(),
        ));
    }
    let (store, now) = (&portal.store, portal.clock.now());
    let factor = store.second_factor(&known.person.id).await?;
    let offered = store.offered_factor(&known.secret, now).await?;
    match (factor, offered) {
        (Some(factor), None) => Ok(Standing::Enrolled {
            since: in_denmark(factor.enrolled).date(),
            left: factor.recovery_left,
        }),
        (factor, Some(secret)) => {
            enrolment(&known.session.account, &secret, factor.is_some()).map(Standing::Enrol)
        }
        (None, None) => {
            let secret = SharedSecret::generate(&mut rng());
            store
                .offer_factor(&known.secret, Some(&secret), now)
                .await?;
            enrolment(&known.session.account, &secret, false).map(Standing::Enrol)
        }
    }
}

fn enrolment(
    account: &Account,
    secret: &SharedSecret,
    replaces: bool,
) -> anyhow::Result<Enrolment> {
    let named = account.email.as_deref().unwrap_or(account.id.as_str());
    let address = one_time_code::address(secret, named)?;
    Ok(Enrolment {
        key: one_time_code::typed_key(secret),
        picture: one_time_code::picture(&address)?,
        address,
        replaces,
    })
}

async fn respond(
    portal: &Portal,
    uri: &Uri,
    headers: &HeaderMap,
    work: impl AsyncFnOnce(&SignedIn) -> anyhow::Result<Outcome>,
) -> Response {
    let context: Context = session::context(portal, uri, headers);
    let shown = async {
        let Some(known) = session::signed_in(portal, headers).await? else {
            return Ok(Err(Refusal::SignInFirst));
        };
        if let Err(refusal) = decide(known.actor(), Action::EnrolSecondFactor) {
            return Ok(Err(refusal));
        }
        let outcome = work(&known).await?;
        let state = standing(portal, &known, &outcome.codes).await?;
        let enrolled = !matches!(&state, Standing::Enrol(enrolment) if !enrolment.replaces);
        let administrator = known.person.portal_role == Some(PortalRole::Administrator);
        anyhow::Ok(Ok(second_factor::SecondFactor {
            needed_first: administrator && !enrolled,
            removable: decide(known.actor(), Action::RemoveSecondFactor).is_ok(),
            state,
            done: outcome.done,
            fault: outcome.fault,
        }))
    };
    match shown.await {
        Ok(Ok(shown)) => pages::answer(headers, second_factor::page(&context, &shown)),
        Ok(Err(refusal)) => session::refused(&context, headers, refusal),
        Err(error) => session::unavailable(uri, headers, &error),
    }
}
