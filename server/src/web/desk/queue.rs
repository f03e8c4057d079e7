//! What waits for the editors, and for the curators of a municipality.

use app::pages::queue::{self, Done, Queue};
use axum::response::Response;
use domain::membership::MemberRole;
use domain::publication::Step;
use domain::{Kind, Slug};
use store::{Key, Side, StoreError};

use super::Visit;
use crate::publishing::{Refused, Said};

/// The most that is approved at once.
const MOST_AT_ONCE: usize = 100;

/// The sides that the person reviews for; nothing where they review for none.
pub async fn sides(visit: &Visit<'_>) -> Result<Option<Vec<Side>>, StoreError> {
    let person = &visit.known.person;
    let mut sides = Vec::new();
    if person.portal_role.is_some() {
        sides.push(Side::Editors);
    }
    for held in &person.memberships {
        if held.role() == MemberRole::Curator
            && let Some(code) = visit.portal.municipality_of(held.organisation()).await?
        {
            sides.push(Side::Curators(code));
        }
    }
    Ok((!sides.is_empty()).then_some(sides))
}

pub async fn show(visit: &Visit<'_>) -> Response {
    answer(visit, Vec::new(), None).await
}

async fn answer(visit: &Visit<'_>, chosen: Vec<String>, done: Option<Done>) -> Response {
    match shown(visit, chosen, done).await {
        Ok(Some(shown)) => visit.page(queue::page(&visit.context, &shown)),
        Ok(None) => visit.not_allowed(domain::permission::Refusal::NotYourRole),
        Err(refused) => visit.refused(refused),
    }
}

async fn shown(
    visit: &Visit<'_>,
    chosen: Vec<String>,
    done: Option<Done>,
) -> Result<Option<Queue>, Refused> {
    let Some(sides) = sides(visit).await? else {
        return Ok(None);
    };
    let kind = visit
        .asked("kind")
        .and_then(|kind| kind.parse::<Kind>().ok());
    let owner = visit.asked("owner").unwrap_or_default();
    let mut waiting = Vec::new();
    for side in &sides {
        waiting.extend(visit.portal.store.waiting_for(side).await?);
    }
    waiting.sort_by(|one, other| (one.1, &one.0).cmp(&(other.1, &other.0)));
    waiting.dedup_by(|one, other| one.0 == other.0);
    let mut manuscripts = Vec::new();
    for (key, since) in waiting {
        if kind.is_some_and(|kind| kind != key.kind) {
            continue;
        }
        match visit.portal.manuscript(visit.known.actor(), &key).await {
            Ok((manuscript, _)) => manuscripts.push((manuscript, Some(since))),
            Err(Refused::Store(error)) => return Err(error.into()),
            // It has just been taken back.
            Err(_) => {}
        }
    }
    let mut waits = visit.lines(manuscripts).await?;
    let wanted = owner.trim().to_lowercase();
    waits.retain(|line| line.owner.to_lowercase().contains(&wanted));
    let reported_feedback = match visit.portal.reported_feedback(visit.known.actor()).await {
        Ok(reported) => Some(
            reported
                .iter()
                .filter(|reported| reported.judged.is_none())
                .count(),
        ),
        Err(Refused::Store(error)) => return Err(error.into()),
        Err(_) => None,
    };
    Ok(Some(Queue {
        waits,
        reported_feedback,
        kind,
        owner,
        chosen,
        done,
    }))
}

pub async fn send(visit: &Visit<'_>, form: &str) -> Response {
    let chosen: Vec<String> = app::query::pairs(form)
        .filter(|(name, _)| name == "choose")
        .map(|(_, key)| key)
        .take(MOST_AT_ONCE)
        .collect();
    let what = app::query::value(form, "do").unwrap_or_default();
    if chosen.is_empty() {
        return answer(visit, Vec::new(), Some(Done::NoneChosen)).await;
    }
    let step = match what.as_str() {
        "confirm" => return answer(visit, chosen, None).await,
        "approve" => Step::Approve,
        "undo" => Step::Withdraw,
        _ => return visit.not_found(),
    };
    let mut taken = Vec::new();
    let mut refused = Vec::new();
    for text in chosen {
        let Some(key) = key(&text) else { continue };
        let done = visit
            .portal
            .take(visit.by(), step, &key, Said::default())
            .await;
        match done {
            Ok(_) => taken.push(text),
            Err(Refused::Store(error)) => return visit.unavailable(&error),
            Err(_) => match visit.portal.store.manuscript(&key).await {
                Ok(Some(manuscript)) => refused.push(manuscript.title),
                Ok(None) => {}
                Err(error) => return visit.unavailable(&error),
            },
        }
    }
    let done = match step {
        Step::Withdraw => Done::Undone(taken.len()),
        _ => Done::Approved {
            keys: taken,
            refused,
        },
    };
    answer(visit, Vec::new(), Some(done)).await
}

fn key(text: &str) -> Option<Key> {
    let (kind, id) = text.split_once('/')?;
    Some(Key::new(kind.parse().ok()?, id.parse::<Slug>().ok()?))
}
