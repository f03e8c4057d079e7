//! How an offer or a case is kept alive.

use std::collections::BTreeMap;

use domain::{Anchoring, AnchoringStatus, Code, Kind, Slug};
use leptos::either::Either;
use leptos::prelude::*;

use crate::backend::{Backend, Unavailable};
use crate::components::content::written_language;
use crate::context::Context;
use crate::format;
use crate::routes::Route;

/// The names of what an anchoring refers to.
pub struct Names {
    /// The strategies' titles.
    pub strategies: BTreeMap<Slug, String>,
    /// The owners' names.
    pub organisations: BTreeMap<Slug, String>,
}

/// Each strategy with its status, who answers for it, when it is next looked at and how it is done.
pub fn anchoring_list(
    context: &Context,
    anchoring: &[Anchoring],
    names: &Names,
) -> impl IntoView + use<> {
    view! {
        <ul class="anchoring">
            {anchoring.iter().map(|entry| {
                let title = names.strategies.get(&entry.strategy).cloned().unwrap_or_else(|| entry.strategy.to_string());
                view! {
                    <li>
                        <p class="anchoring-title">
                            <a href=context.url(&Route::Strategy(entry.strategy.clone()))>{title}</a>
                            " "{status(context, entry)}
                        </p>
                        {entry.note.as_ref().map(|note| view! { <p lang=written_language(context)>{note.as_str().to_owned()}</p> })}
                        {owner_and_review(context, entry, names)}
                    </li>
                }
            }).collect_view()}
        </ul>
    }
}

/// The status as a word on its colour.
pub fn status(context: &Context, entry: &Anchoring) -> impl IntoView + use<> {
    match entry.status {
        Some(status) => Either::Left(
            view! { <span class=status_class(status)>{status.label(context.language)}</span> },
        ),
        None => Either::Right(
            view! { <span class="status">{context.text().detail().status_unknown()}</span> },
        ),
    }
}

fn status_class(status: AnchoringStatus) -> &'static str {
    match status {
        AnchoringStatus::Active => "status status-alive",
        AnchoringStatus::Planned => "status",
        AnchoringStatus::Lapsed => "status status-care",
    }
}

fn owner_and_review(
    context: &Context,
    entry: &Anchoring,
    names: &Names,
) -> Option<impl IntoView + use<>> {
    let text = context.text().detail();
    let owner = entry
        .owner
        .as_ref()
        .and_then(|id| Some((id, names.organisations.get(id)?)));
    let owner = owner.map(|(id, name)| {
        view! {
            <li><a href=context.url(&Route::Organisation(id.clone()))>{text.anchoring_owner(name)}</a></li>
        }
    });
    let review = entry.review().map(|date| {
        let said = format::date(date, context.language);
        if entry.is_overdue(context.today) {
            Either::Left(view! { <li class="fact-care">{text.review_overdue(&said)}</li> })
        } else {
            Either::Right(view! { <li>{text.next_review(&said)}</li> })
        }
    });
    (owner.is_some() || review.is_some()).then(|| view! { <ul class="facts">{owner}{review}</ul> })
}

/// The ids that an anchoring refers to: strategies and owners, each once.
pub fn references(anchoring: &[Anchoring]) -> (Vec<Slug>, Vec<Slug>) {
    let (mut strategies, mut owners) = (Vec::new(), Vec::new());
    for entry in anchoring {
        if !strategies.contains(&entry.strategy) {
            strategies.push(entry.strategy.clone());
        }
        if let Some(owner) = &entry.owner
            && !owners.contains(owner)
        {
            owners.push(owner.clone());
        }
    }
    (strategies, owners)
}

/// Asks for the names that an anchoring refers to.
pub async fn names<B: Backend>(
    context: &Context,
    anchoring: &[Anchoring],
    backend: &B,
) -> Result<Names, Unavailable> {
    let (strategies, owners) = references(anchoring);
    let strategies = if strategies.is_empty() {
        Vec::new()
    } else {
        backend
            .rows(Kind::Strategy, &strategies, None, context.language)
            .await?
    };
    let organisations = if owners.is_empty() {
        Vec::new()
    } else {
        backend.organisation_names(&owners).await?
    };
    Ok(Names {
        strategies: strategies
            .into_iter()
            .map(|hit| (hit.id, hit.title))
            .collect(),
        organisations: organisations.into_iter().collect(),
    })
}
