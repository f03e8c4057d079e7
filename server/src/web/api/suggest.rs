//! `GET /api/v1/suggest`.

use std::sync::Arc;

use axum::Json;
use axum::extract::{RawQuery, State};
use axum::http::header::CACHE_CONTROL;
use axum::http::{HeaderMap, Uri};
use axum::response::{IntoResponse, Response};
use domain::Code;
use serde::Serialize;
use utoipa::ToSchema;

use crate::portal::Portal;
use crate::web::problem;

/// What could be meant.
#[derive(Serialize, ToSchema)]
struct Suggestions {
    suggestions: Vec<SuggestionFound>,
}

/// One suggestion: an object, or words to search for.
#[derive(Serialize, ToSchema)]
struct SuggestionFound {
    text: String,
    /// The object's kind; `null` for words.
    kind: Option<&'static str>,
    /// The object's id; `null` for words.
    id: Option<String>,
    /// The object's page, or the search for the words.
    url: String,
}

/// Suggestions while typing.
#[utoipa::path(
    get,
    path = "/api/v1/suggest",
    tag = "find",
    params(
        ("q" = Option<String>, Query, description = "What has been typed so far"),
        ("lang" = Option<String>, Query, description = "da or en")
    ),
    responses((status = 200, description = "At most ten suggestions, the best first", body = Suggestions))
)]
pub async fn suggest(
    State(portal): State<Arc<Portal>>,
    uri: Uri,
    RawQuery(raw): RawQuery,
    headers: HeaderMap,
) -> Response {
    let language = problem::language(&uri, &headers);
    let typed = raw
        .as_deref()
        .and_then(|raw| app::query::value(raw, "q"))
        .unwrap_or_default();
    let suggestions = portal
        .suggest(&typed, language)
        .into_iter()
        .map(|suggestion| {
            let url = match (suggestion.kind, &suggestion.id) {
                (Some(kind), Some(id)) => app::routes::Route::of(kind, id.clone()).path(language),
                _ => {
                    let query = domain::search::encode_pairs([("q", suggestion.text.as_str())]);
                    format!("{}?{query}", app::routes::Route::Search.path(language))
                }
            };
            SuggestionFound {
                text: suggestion.text,
                kind: suggestion.kind.map(Code::code),
                id: suggestion.id.map(String::from),
                url,
            }
        })
        .collect();
    (
        [(CACHE_CONTROL, "public, max-age=60")],
        Json(Suggestions { suggestions }),
    )
        .into_response()
}
