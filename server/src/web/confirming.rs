//! Confirming an offer or a case from a letter, without signing in.

use std::sync::Arc;

use app::pages::confirming::{self, Answer};
use axum::extract::{Path, State};
use axum::http::{HeaderMap, Uri};
use axum::response::Response;
use domain::Entry;
use domain::freshness::Review;
use domain::permission::{Action, Actor, Person, decide};
use domain::publication::Step;
use store::{Author, Confirming, Secret, StoreError};

use super::sign_in::with_query;
use super::{pages, session};
use crate::clock::in_denmark;
use crate::portal::Portal;
use crate::publishing::{By, Refused, Said};

/// Shows what is to be confirmed. Opening the address confirms nothing.
pub async fn show(
    State(portal): State<Arc<Portal>>,
    Path(secret): Path<String>,
    uri: Uri,
    headers: HeaderMap,
) -> Response {
    answer(&portal, &secret, &uri, &headers, false).await
}

/// Confirms it, as the person whom the letter was sent to.
pub async fn confirm(
    State(portal): State<Arc<Portal>>,
    Path(secret): Path<String>,
    uri: Uri,
    headers: HeaderMap,
) -> Response {
    answer(&portal, &secret, &uri, &headers, true).await
}

async fn answer(
    portal: &Portal,
    secret: &str,
    uri: &Uri,
    headers: &HeaderMap,
    confirms: bool,
) -> Response {
    let context = session::context(portal, uri, headers);
    match answered(portal, secret, confirms).await {
        Ok(Some((what, answer))) => {
            let page = confirming::page(&context, &with_query(uri), &what, answer);
            pages::answer(headers, page)
        }
        Ok(None) => pages::answer(headers, confirming::outdated(&context)),
        Err(error) => session::unavailable(uri, headers, &error),
    }
}

/// What the page shows; nothing where the address is no good any more.
async fn answered(
    portal: &Portal,
    secret: &str,
    confirms: bool,
) -> Result<Option<(confirming::Confirming, Answer)>, StoreError> {
    let Ok(secret) = secret.parse::<Secret>() else {
        return Ok(None);
    };
    let Some(asked) = portal.store.confirming(&secret).await? else {
        return Ok(None);
    };
    let Some(account) = portal.store.account(&asked.account).await? else {
        return Ok(None);
    };
    let person = session::person(portal, &account, false).await?;
    let Some(what) = published(portal, &asked, &person).await? else {
        return Ok(None);
    };
    if what.review.due != asked.due {
        return Ok(Some((what, Answer::GivenBefore)));
    }
    if !confirms {
        return Ok(Some((what, Answer::Asks)));
    }
    let author = Author::Account(account.id.clone());
    let by = By {
        actor: Actor::Person(&person),
        author: &author,
    };
    match portal
        .take(by, Step::Confirm, &asked.key, Said::default())
        .await
    {
        Ok(_) => {
            let what = published(portal, &asked, &person).await?;
            Ok(what.map(|what| (what, Answer::Given)))
        }
        Err(Refused::Store(error)) => Err(error),
        Err(_) => Ok(None),
    }
}

/// What is published, where the person may confirm it.
async fn published(
    portal: &Portal,
    asked: &Confirming,
    person: &Person,
) -> Result<Option<confirming::Confirming>, StoreError> {
    let actor = Actor::Person(person);
    let (manuscript, content) = match portal.manuscript(actor, &asked.key).await {
        Ok(found) => found,
        Err(Refused::Store(error)) => return Err(error),
        Err(_) => return Ok(None),
    };
    if decide(actor, Action::Take(Step::Confirm, &content)).is_err() {
        return Ok(None);
    }
    let Some(record) = portal.store.get(&asked.key).await? else {
        return Ok(None);
    };
    let entry = record.entry()?;
    let confirmed = in_denmark(record.confirmed).date();
    let Some(review) = Review::of(&entry, confirmed) else {
        return Ok(None);
    };
    let owner = manuscript.owner;
    let names = portal.names(std::slice::from_ref(&owner)).await?;
    let name = names.into_iter().next().map(|(_, name)| name);
    Ok(Some(confirming::Confirming {
        kind: asked.key.kind,
        id: asked.key.id.clone(),
        title: entry.title().to_owned(),
        summary: match &entry {
            Entry::Offer(offer) => offer.summary.to_string(),
            Entry::Case(case) => case.summary.to_string(),
            _ => String::new(),
        },
        owner: name.unwrap_or_else(|| owner.to_string()),
        confirmed,
        review,
    }))
}
