//! The desk itself.

use std::collections::HashSet;

use app::pages::desk::{self, DeadLink, Desk, Look, Organisation, Rest};
use axum::response::Response;
use domain::membership::MemberRole;
use domain::permission::{Action, decide};
use domain::publication::State;
use domain::{Kind, Slug};
use store::{Key, Manuscript, Side, StoreError};

use super::Visit;
use crate::upkeep;

/// The most offers and cases of one organisation that the desk shows, unasked and where all are asked for.
const MOST_CONTENT: usize = 30;
const MOST_OF_ALL: usize = 500;
/// The most that is read to find what came from elsewhere.
const MOST_READ: usize = 1_000;

pub async fn show(visit: &Visit<'_>) -> Response {
    match desk_of(visit).await {
        Ok(desk) => visit.page(desk::page(&visit.context, &desk)),
        Err(error) => visit.unavailable(&error),
    }
}

async fn desk_of(visit: &Visit<'_>) -> Result<Desk, StoreError> {
    let store = &visit.portal.store;
    let person = &visit.known.person;
    let mut ids: Vec<Slug> = Vec::new();
    for held in &person.memberships {
        if !ids.contains(held.organisation()) {
            ids.push(held.organisation().clone());
        }
    }
    let names = visit.portal.names(&ids).await?;
    let mut organisations = Vec::with_capacity(ids.len());
    let mut waiting: Vec<(Key, jiff::Timestamp)> = Vec::new();
    for id in ids {
        let roles: Vec<MemberRole> = person
            .memberships
            .iter()
            .filter(|held| *held.organisation() == id)
            .map(domain::membership::Membership::role)
            .collect();
        let writes = roles.iter().any(|role| role.writes());
        let all = visit
            .asked("alle")
            .is_some_and(|asked| asked == id.as_str());
        let most = if all { MOST_OF_ALL } else { MOST_CONTENT };
        let mut manuscripts = Vec::new();
        let mut needs = Vec::new();
        let mut feedback = 0;
        if writes {
            needs = needs_of(visit, &id).await?;
            feedback = super::feedback::waiting(visit, &id).await?;
            waiting.extend(store.waiting_for(&Side::Organisation(id.clone())).await?);
            manuscripts = content_of(visit, &id, most + 1).await?;
        }
        let rest = (manuscripts.len() > most).then_some(if all { Rest::Cut } else { Rest::More });
        manuscripts.truncate(most);
        let content = manuscripts
            .into_iter()
            .map(|manuscript| {
                let edited = manuscript.edited.as_ref().map(|(_, when)| *when);
                let day = edited.or(manuscript.since);
                (manuscript, day)
            })
            .collect();
        let members = visit.portal.members(visit.known.actor(), &id).await?;
        let manages = decide(visit.known.actor(), Action::ManageMembers(&members)).is_ok();
        let requests = if manages {
            store.join_requests_to(&id).await?.len()
        } else {
            0
        };
        organisations.push(Organisation {
            name: super::name_among(&names, &id),
            roles,
            content: visit.lines(content).await?,
            rest,
            needs,
            feedback,
            requests,
            lacks_manager: manages && members.lacks_manager(),
            id,
        });
    }
    let asked: Vec<Slug> = store
        .join_requests_by(&person.id)
        .await?
        .into_iter()
        .map(|request| request.organisation)
        .collect();
    waiting.sort_by(|one, other| (one.1, &one.0).cmp(&(other.1, &other.0)));
    waiting.dedup();
    let mut waits = Vec::with_capacity(waiting.len());
    for (key, since) in waiting {
        if let Some(manuscript) = store.manuscript(&key).await?
            && is_theirs_to_move(visit, &manuscript)
        {
            waits.push((manuscript, Some(since)));
        }
    }
    let names = visit.portal.names(&asked).await?;
    let asked = asked.iter().map(|id| super::name_among(&names, id));
    Ok(Desk {
        name: visit.known.session.account.name.clone(),
        waits: visit.lines(waits).await?,
        organisations,
        asked: asked.collect(),
        reviews: super::queue::sides(visit).await?.is_some(),
        administrator: visit.known.may_administer(),
        done: visit.asked("gjort"),
    })
}

/// The offers and cases of an organisation, at most so many: those written here, and then those that came from elsewhere
/// and nobody has written in here.
async fn content_of(
    visit: &Visit<'_>,
    organisation: &Slug,
    most: usize,
) -> Result<Vec<Manuscript>, StoreError> {
    let store = &visit.portal.store;
    let mut content = store.manuscripts_of(organisation).await?;
    let written: HashSet<Key> = content.iter().map(|one| one.key.clone()).collect();
    let index = visit.portal.index();
    let mut published = index.dependents(Kind::Organisation, organisation);
    published.retain(|(kind, _)| matches!(kind, Kind::Offer | Kind::Case));
    published.sort();
    // What only mentions the organisation is read as well, and there can be any number of that.
    for (kind, id) in published.into_iter().take(MOST_READ) {
        if content.len() >= most {
            break;
        }
        let key = Key::new(kind, id);
        if !written.contains(&key)
            && let Some(manuscript) = store.manuscript(&key).await?
            && manuscript.owner == *organisation
        {
            content.push(manuscript);
        }
    }
    content.truncate(most);
    Ok(content)
}

/// What an organisation is to look over.
async fn needs_of(visit: &Visit<'_>, organisation: &Slug) -> Result<Vec<Look>, StoreError> {
    let mut looks = visit.portal.needs_a_look(organisation).await?;
    looks.truncate(MOST_CONTENT);
    let strategies: Vec<(Kind, Slug)> = looks
        .iter()
        .filter_map(|look| match &look.why {
            upkeep::Why::Anchoring { strategy, .. } => Some((Kind::Strategy, strategy.clone())),
            upkeep::Why::Review(_) => None,
        })
        .collect();
    let language = visit.context.language;
    let titles = visit.portal.index().hits(&strategies, language);
    let title = |code: &Slug| {
        let known = titles.iter().find(|hit| hit.id == *code);
        known.map_or_else(|| code.to_string(), |hit| hit.title.clone())
    };
    let mut shown = with_dead_links(visit, organisation).await?;
    shown.extend(looks.into_iter().map(|look| Look {
        kind: look.key.kind,
        id: look.key.id,
        title: look.title,
        own: look.own,
        why: match look.why {
            upkeep::Why::Review(review) => desk::Why::Review(review),
            upkeep::Why::Anchoring { strategy, due } => desk::Why::Anchoring(title(&strategy), due),
        },
    }));
    Ok(shown)
}

/// What an organisation has published with links that are dead. What it says of itself is for those who may change it.
async fn with_dead_links(visit: &Visit<'_>, organisation: &Slug) -> Result<Vec<Look>, StoreError> {
    let actor = visit.known.actor();
    let members = visit.portal.members(actor, organisation).await?;
    let edits = decide(actor, Action::EditOrganisation(&members)).is_ok();
    let dead = visit.portal.dead_links_of(organisation).await?;
    let shown = dead
        .into_iter()
        .filter(|dead| edits || dead.key.kind != Kind::Organisation);
    Ok(shown
        .map(|dead| Look {
            kind: dead.key.kind,
            id: dead.key.id,
            title: dead.title,
            own: true,
            why: desk::Why::Links(
                dead.links
                    .into_iter()
                    .map(|link| DeadLink {
                        id: link.id,
                        address: link.written,
                        answer: link.health.answer,
                        since: link.health.since,
                    })
                    .collect(),
            ),
        })
        .collect())
}

/// A draft that somebody is still writing waits for them, not for their colleagues.
fn is_theirs_to_move(visit: &Visit<'_>, manuscript: &store::Manuscript) -> bool {
    let is_draft = manuscript.publication.draft() == Some(State::Draft);
    let mine = manuscript
        .edited
        .as_ref()
        .is_some_and(|(who, _)| *who == visit.known.person.id);
    !is_draft || mine || manuscript.agreement.is_some()
}
