//! Beginning an offer or a case.

use app::pages::desk::{self, Begin};
use app::routes::Desk;
use axum::response::Response;
use domain::draft::Fields;
use domain::{Kind, Slug};

use super::Visit;
use crate::publishing::Refused;

pub async fn show(visit: &Visit<'_>, kind: Kind) -> Response {
    answer(visit, kind, String::new(), String::new(), None).await
}

pub async fn send(visit: &Visit<'_>, kind: Kind, form: &str) -> Response {
    let value = |name: &str| app::query::value(form, name).unwrap_or_default();
    let (title, owner) = (value("title"), value("owner"));
    let text = visit.context.text().writing();
    let Ok(id) = owner.parse::<Slug>() else {
        let error = format!("{}.", text.written_by());
        return answer(visit, kind, title, owner, Some((false, error))).await;
    };
    let typed = Fields::typed(kind, [("title".to_owned(), title.clone())]);
    match visit.portal.begin(visit.by(), kind, &id, typed).await {
        Ok(key) => visit.see(Desk::Write(kind, key.id), ""),
        Err(Refused::Wrong(errors)) => {
            let error = errors
                .first()
                .map(|error| app::pages::writing::message(&visit.context, error));
            let error = error.map(|error| (true, error));
            answer(visit, kind, title, owner, error).await
        }
        Err(refused) => visit.refused(refused),
    }
}

/// `error` says whether it is about the title, and what is wrong.
async fn answer(
    visit: &Visit<'_>,
    kind: Kind,
    title: String,
    owner: String,
    error: Option<(bool, String)>,
) -> Response {
    let (error, owner_error) = match error {
        Some((true, error)) => (Some(error), None),
        Some((false, error)) => (None, Some(error)),
        None => (None, None),
    };
    match visit.owners().await {
        Ok(owners) => {
            let begin = Begin {
                kind,
                owners,
                owner,
                title,
                error,
                owner_error,
            };
            visit.page(desk::begin_page(&visit.context, &begin))
        }
        Err(failure) => visit.unavailable(&failure),
    }
}
