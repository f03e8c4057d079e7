//! What a draft changes, the versions there have been, and bringing one back.

use app::pages::differences::{self, Differences, Version};
use app::routes::Desk;
use axum::response::Response;
use domain::draft::Fields;
use domain::permission::{Action, decide};
use domain::publication::Step;
use store::{Action as Change, Key};

use super::{Visit, author_name};
use crate::clock::in_denmark;
use crate::publishing::{Refused, sees_what_readers_had};

/// The most versions that are shown.
const MOST_VERSIONS: usize = 40;

pub async fn show(visit: &Visit<'_>, key: &Key) -> Response {
    match shown(visit, key).await {
        Ok(shown) => visit.page(differences::page(&visit.context, &shown)),
        Err(refused) => visit.refused(refused),
    }
}

async fn shown(visit: &Visit<'_>, key: &Key) -> Result<Differences, Refused> {
    let (manuscript, content) = visit.portal.manuscript(visit.known.actor(), key).await?;
    let sees = sees_what_readers_had(visit.known.actor(), &content);
    let standing = visit.portal.store.standing_record(key).await?;
    let published = match standing.filter(|_| sees) {
        Some((_, record)) => Some(Fields::of(&record.entry()?)),
        None => None,
    };
    let mut versions: Vec<Version> = Vec::new();
    // One more than is shown tells what the oldest of them changed.
    let history = if sees {
        visit.portal.store.history(key, MOST_VERSIONS + 1).await?
    } else {
        Vec::new()
    };
    let of_content = history
        .into_iter()
        .filter(|revision| matches!(revision.action, Change::Put(_)));
    for revision in of_content {
        let Some(entry) = revision.entry()? else {
            continue;
        };
        let fields = Fields::of(&entry);
        if let Some(newer) = versions.last_mut() {
            newer.before = Some(fields.clone());
        }
        versions.push(Version {
            sequence: revision.sequence,
            when: in_denmark(revision.time),
            who: author_name(visit, &revision.author).await?,
            fields,
            before: None,
        });
    }
    versions.truncate(MOST_VERSIONS);
    Ok(Differences {
        kind: key.kind,
        id: key.id.clone(),
        title: manuscript.title,
        published,
        draft: manuscript.fields,
        versions,
        restores: decide(visit.known.actor(), Action::Take(Step::Save, &content)).is_ok(),
    })
}

pub async fn send(visit: &Visit<'_>, key: &Key, form: &str) -> Response {
    let wanted = app::query::value(form, "version").and_then(|number| number.parse::<u64>().ok());
    let restored = async {
        // Whoever may not see it is told nothing of its history.
        visit.portal.manuscript(visit.known.actor(), key).await?;
        let history = visit.portal.store.history(key, usize::MAX).await?;
        let version = history
            .into_iter()
            .find(|revision| Some(revision.sequence) == wanted)
            .ok_or(Refused::NotFound)?;
        let fields = match version.entry()? {
            Some(entry) => Fields::of(&entry),
            None => return Err(Refused::NotFound),
        };
        visit
            .portal
            .save(visit.by(), key, |draft: &mut Fields| {
                *draft = fields.clone();
                Ok::<(), Refused>(())
            })
            .await
    };
    match restored.await {
        Ok(_) => visit.see(
            Desk::Manuscript(key.kind, key.id.clone()),
            "gjort=restored-version",
        ),
        Err(refused) => visit.refused(refused),
    }
}
