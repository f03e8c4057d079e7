//! One's own work: what waits, drafts, organisations. Everything here is somebody's who is signed in; what they may see
//! and do is decided in `publishing`.

mod begin;
mod differences;
mod feedback;
mod home;
mod links;
mod manuscript;
mod organisations;
mod preview;
mod queue;
pub mod spreadsheet;
mod writing;

use std::sync::Arc;

use app::context::Context;
use app::pages::desk::Line;
use app::pages::sign_in::{ended, needed};
use app::routes::{Desk, Route};
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, Uri};
use axum::response::Response;
use domain::permission::Refusal;
use domain::{Kind, MunicipalityCode, Slug};
use jiff::Timestamp;
use store::{Author, Key, Manuscript, StoreError};

use super::session::{self, SignedIn};
use super::{pages, problem};
use crate::clock::in_denmark;
use crate::portal::Portal;
use crate::publishing::{By, Refused};

/// The most bytes of a form here: the longest texts of a step, encoded.
pub const FORM_LIMIT: usize = 2 * 1024 * 1024;

/// A request of somebody who is signed in.
pub struct Visit<'a> {
    portal: &'a Portal,
    context: Context,
    uri: &'a Uri,
    headers: &'a HeaderMap,
    known: SignedIn,
    author: Author,
}

impl Visit<'_> {
    fn by(&self) -> By<'_> {
        By {
            actor: self.known.actor(),
            author: &self.author,
        }
    }

    /// The first value of a parameter of the address.
    fn asked(&self, name: &str) -> Option<String> {
        app::query::value(&self.context.query, name)
    }

    fn page(&self, page: app::page::Page) -> Response {
        pages::answer(self.headers, page)
    }

    /// The way to another page, after something was done.
    fn see(&self, desk: Desk, query: &str) -> Response {
        let to = self.context.url_with(&Route::Desk(desk), query);
        session::see(to)
    }

    fn unavailable(&self, error: &dyn std::fmt::Display) -> Response {
        session::unavailable(self.uri, self.headers, error)
    }

    fn not_found(&self) -> Response {
        let problem = app::page::Problem::NotFound;
        self.page(app::render::problem_page(&self.context, &problem))
    }

    /// The answer where a page cannot be shown at all.
    fn refused(&self, refused: Refused) -> Response {
        match refused {
            Refused::NotFound | Refused::Wrong(_) => self.not_found(),
            Refused::NotAllowed(refusal) => self.not_allowed(refusal),
            Refused::Store(error) => self.unavailable(&error),
        }
    }

    fn not_allowed(&self, refusal: Refusal) -> Response {
        if refusal == Refusal::SecondFactorFirst {
            return session::refused(&self.context, self.headers, refusal);
        }
        let text = self.context.text().desk();
        let page = app::pages::problem::refused(&self.context, text.refusal(refusal));
        self.page(page)
    }

    /// Offers and cases as lines of a list, with the names of their owners.
    async fn lines(
        &self,
        manuscripts: Vec<(Manuscript, Option<Timestamp>)>,
    ) -> Result<Vec<Line>, StoreError> {
        let owners: Vec<Slug> = manuscripts
            .iter()
            .map(|(manuscript, _)| manuscript.owner.clone())
            .collect();
        let names = self.portal.names(&owners).await?;
        Ok(manuscripts
            .into_iter()
            .map(|(manuscript, day)| Line {
                kind: manuscript.key.kind,
                owner: name_among(&names, &manuscript.owner),
                id: manuscript.key.id,
                title: manuscript.title,
                publication: manuscript.publication,
                day: day.map(|day| in_denmark(day).date()),
            })
            .collect())
    }

    /// The organisations whose names are like what was typed: id, name, and where each lies.
    fn find_organisations(&self, name: &str, most: u32) -> Vec<(Slug, String, String)> {
        let found = self
            .portal
            .find_organisations(name, most, self.context.language);
        let place = |code: MunicipalityCode| code.municipality().name.to_owned();
        found
            .into_iter()
            .map(|found| {
                let place = found.municipality.map(place).unwrap_or_default();
                (found.id, found.name, place)
            })
            .collect()
    }

    /// The organisations that the person writes for: id and name.
    async fn owners(&self) -> Result<Vec<(String, String)>, StoreError> {
        let ids = self.known.writes_for();
        let names = self.portal.names(&ids).await?;
        Ok(names
            .into_iter()
            .map(|(id, name)| (id.to_string(), name))
            .collect())
    }
}

/// The name of an organisation among those that were looked up, or its id.
fn name_among(names: &[(Slug, String)], id: &Slug) -> String {
    names
        .iter()
        .find(|(known, _)| known == id)
        .map_or_else(|| id.to_string(), |(_, name)| name.clone())
}

/// Shows a page.
pub async fn show(State(portal): State<Arc<Portal>>, uri: Uri, headers: HeaderMap) -> Response {
    let visit = match visit(&portal, &uri, &headers, None).await {
        Ok(visit) => visit,
        Err(answer) => return answer,
    };
    match desk_route(&visit) {
        Some(Desk::Home) => home::show(&visit).await,
        Some(Desk::Begin(kind)) => begin::show(&visit, kind).await,
        Some(Desk::Manuscript(kind, id)) => manuscript::show(&visit, &Key::new(kind, id)).await,
        Some(Desk::Write(kind, id)) => writing::show(&visit, &Key::new(kind, id)).await,
        Some(Desk::Preview(kind, id)) => preview::show(&visit, &Key::new(kind, id)).await,
        Some(Desk::Differences(kind, id)) => differences::show(&visit, &Key::new(kind, id)).await,
        Some(Desk::Queue) => queue::show(&visit).await,
        Some(Desk::FeedbackList) => feedback::list(&visit).await,
        Some(Desk::Feedback(id)) => feedback::show(&visit, &id).await,
        Some(Desk::Organisations) => organisations::find(&visit).await,
        Some(Desk::Organisation(id)) => organisations::show(&visit, &id).await,
        Some(Desk::Spreadsheet) => spreadsheet::show(&visit).await,
        // Whoever reloads what came of looking at a link.
        Some(Desk::Links) => visit.see(Desk::Home, ""),
        None => visit.not_found(),
    }
}

/// Does what a form asks for.
pub async fn send(
    State(portal): State<Arc<Portal>>,
    uri: Uri,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let form = String::from_utf8_lossy(&body);
    let visit = match visit(&portal, &uri, &headers, Some(&form)).await {
        Ok(visit) => visit,
        Err(answer) => return answer,
    };
    match desk_route(&visit) {
        Some(Desk::Begin(kind)) => begin::send(&visit, kind, &form).await,
        Some(Desk::Manuscript(kind, id)) => {
            manuscript::send(&visit, &Key::new(kind, id), &form).await
        }
        Some(Desk::Write(kind, id)) => writing::send(&visit, &Key::new(kind, id), &form).await,
        Some(Desk::Differences(kind, id)) => {
            differences::send(&visit, &Key::new(kind, id), &form).await
        }
        Some(Desk::Queue) => queue::send(&visit, &form).await,
        Some(Desk::Feedback(id)) => feedback::send(&visit, &id, &form).await,
        Some(Desk::Links) => links::send(&visit, &form).await,
        Some(Desk::Organisations) => organisations::make(&visit, &form).await,
        Some(Desk::Organisation(id)) => organisations::send(&visit, &id, &form).await,
        Some(_) => problem::response(
            visit.context.language,
            StatusCode::METHOD_NOT_ALLOWED,
            problem::Explanation::NotFound,
        ),
        None => visit.not_found(),
    }
}

fn desk_route(visit: &Visit<'_>) -> Option<Desk> {
    match &visit.context.route {
        Some(Route::Desk(desk)) => Some(desk.clone()),
        _ => None,
    }
}

/// Who asks, or the answer where nobody is signed in. Nothing that was typed is lost: it comes back in a form that can be
/// sent again.
async fn visit<'a>(
    portal: &'a Portal,
    uri: &'a Uri,
    headers: &'a HeaderMap,
    typed: Option<&str>,
) -> Result<Visit<'a>, Response> {
    let context = session::context(portal, uri, headers);
    match session::signed_in(portal, headers).await {
        Ok(Some(known)) => Ok(Visit {
            portal,
            context,
            uri,
            headers,
            author: known.author(),
            known,
        }),
        Ok(None) => {
            let page = match typed {
                Some(typed) => {
                    let typed: Vec<(String, String)> = app::query::pairs(typed).collect();
                    let action = uri.path_and_query().map(ToString::to_string);
                    ended(&context, &action.unwrap_or_default(), &typed)
                }
                None => needed(&context),
            };
            Err(pages::answer(headers, page))
        }
        Err(error) => Err(session::unavailable(uri, headers, &error)),
    }
}

/// What an author of the history is called: people by their names.
async fn author_name(visit: &Visit<'_>, author: &str) -> Result<String, StoreError> {
    let text = visit.context.text().desk();
    let Some(id) = author.strip_prefix("account:") else {
        return Ok(text.the_portal().to_owned());
    };
    let account = match id.parse::<Slug>() {
        Ok(id) => visit.portal.store.account(&id).await?,
        Err(_) => None,
    };
    Ok(account.map_or_else(|| text.someone().to_owned(), |account| account.name))
}

/// The kinds of things that are written.
fn is_written(kind: Kind) -> bool {
    matches!(kind, Kind::Offer | Kind::Case)
}
