//! `GET /api/v1/suggest`.

use std::sync::Arc;

use app::routes::Route;
use axum::Json;
use axum::extract::{RawQuery, State};
use axum::http::header::CACHE_CONTROL;
use axum::http::{HeaderMap, Uri};
use axum::response::{IntoResponse, Response};
use domain::search::{FacetName, SearchQuery, encode_pairs};
use domain::{Code, Kind, Language};
use serde::Serialize;
use utoipa::ToSchema;

use super::search::FoundIgnored;
use crate::portal::Portal;
use crate::web::problem;

/// What could be meant.
#[derive(Serialize, ToSchema)]
struct Suggestions<'suggested> {
    suggestions: Vec<SuggestionFound>,
    /// Parameters and values that were not understood and were left out.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    ignored: Vec<FoundIgnored<'suggested>>,
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

/// The parameters that are understood here; a form's others are passed over.
const UNDERSTOOD: [&str; 2] = ["q", "kind"];

/// Suggestions while typing.
///
/// With `kind`, objects of other kinds are left out, and the words lead to a search among these kinds.
#[utoipa::path(
    get,
    path = "/api/v1/suggest",
    tag = "find",
    params(
        ("q" = Option<String>, Query, description = "What has been typed so far"),
        ("kind" = Option<Vec<String>>, Query, description = "offer, case, strategy, role, recommendation, organisation; repeatable"),
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
    let raw = raw.unwrap_or_default();
    // What is typed is taken as it is: a space at its end says that the last word is whole.
    let typed = app::query::value(&raw, "q").unwrap_or_default();
    let pairs = app::query::pairs(&raw).filter(|(name, _)| UNDERSTOOD.contains(&name.as_str()));
    let (query, ignored) = SearchQuery::parse(pairs, &[]);
    let codes = query.filters.get(&FacetName::Kind);
    let kinds: Vec<Kind> = codes
        .into_iter()
        .flatten()
        .filter_map(|code| code.parse().ok())
        .collect();
    let suggestions = portal
        .suggest(&typed, &kinds, language)
        .into_iter()
        .map(|suggestion| {
            let url = match (suggestion.kind, &suggestion.id) {
                (Some(kind), Some(id)) => Route::of(kind, id.clone()).path(language),
                _ => search_for(&suggestion.text, &kinds, language),
            };
            SuggestionFound {
                text: suggestion.text,
                kind: suggestion.kind.map(Code::code),
                id: suggestion.id.map(String::from),
                url,
            }
        })
        .collect();
    let ignored = ignored
        .iter()
        .map(|ignored| FoundIgnored::new(ignored, language))
        .collect();
    (
        [(CACHE_CONTROL, "public, max-age=60")],
        Json(Suggestions {
            suggestions,
            ignored,
        }),
    )
        .into_response()
}

/// The search for words among these kinds.
fn search_for(words: &str, kinds: &[Kind], language: Language) -> String {
    let kinds = kinds
        .iter()
        .map(|kind| (FacetName::Kind.parameter(), kind.code()));
    let query = encode_pairs([("q", words)].into_iter().chain(kinds));
    format!("{}?{query}", Route::Search.path(language))
}
