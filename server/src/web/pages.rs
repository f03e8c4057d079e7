//! Pages: the request becomes the pages' context, the page comes back as HTML.

use std::sync::Arc;

use app::context::Context;
use app::page::{Answer, Cache, Page};
use app::routes::Route;
use axum::extract::{Request, State};
use axum::http::header::{ACCEPT, ALLOW, COOKIE, LOCATION};
use axum::http::{HeaderMap, Method, StatusCode};
use axum::response::{IntoResponse, Response};

use super::caching::{self, Policy};
use super::problem::{self, Explanation};
use super::session;
use crate::backend::PortalBackend;
use crate::portal::Portal;

/// Answers every address that no other handler has: with the page, or with the page that says
/// that there is none.
pub async fn page(State(portal): State<Arc<Portal>>, request: Request) -> Response {
    if !matches!(*request.method(), Method::GET | Method::HEAD) {
        return (StatusCode::METHOD_NOT_ALLOWED, [(ALLOW, "GET, HEAD")]).into_response();
    }
    let path = request.uri().path();
    if path.starts_with("/api/") {
        return problem::explain(&request, StatusCode::NOT_FOUND, Explanation::NotFound);
    }
    let cookies = request
        .headers()
        .get(COOKIE)
        .and_then(|value| value.to_str().ok())
        .unwrap_or_default();
    let query = request.uri().query().unwrap_or_default();
    let context = Context::new(
        Arc::clone(&portal.described),
        path,
        query,
        cookies,
        portal.clock.today(),
    );
    if let Some(Route::Organisation(id)) = &context.route {
        match portal.store.standing(id).await {
            Ok(store::Standing {
                followed_by: Some(successor),
                ..
            }) => {
                let to = context.url(&Route::Organisation(successor));
                return (StatusCode::TEMPORARY_REDIRECT, [(LOCATION, to)]).into_response();
            }
            Ok(_) => {}
            Err(error) => {
                return session::unavailable(request.uri(), request.headers(), &error);
            }
        }
    }
    match app::render::render(&context, path, &PortalBackend(&portal)).await {
        Answer::Moved(to) => (StatusCode::PERMANENT_REDIRECT, [(LOCATION, to)]).into_response(),
        Answer::Page(page) => {
            let wants_html = request
                .headers()
                .get(ACCEPT)
                .and_then(|value| value.to_str().ok())
                .is_none_or(|accept| accept.contains("html") || accept.contains("*/*"));
            if page.status == 404 && !wants_html {
                return problem::explain(&request, StatusCode::NOT_FOUND, Explanation::NotFound);
            }
            answer(request.headers(), page)
        }
    }
}

/// A rendered page as an answer.
pub fn answer(request: &HeaderMap, page: Page) -> Response {
    let status = StatusCode::from_u16(page.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let policy = match page.cache {
        Cache::Public => Policy::Public,
        Cache::Private => Policy::Private,
        Cache::None => Policy::NoStore,
    };
    caching::answer(
        request,
        status,
        policy,
        "text/html; charset=utf-8",
        page.html,
    )
}
