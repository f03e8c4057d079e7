//! Errors as RFC 9457 problem details, in the language asked for. What went wrong inside is
//! logged, never told.

use std::any::Any;

use axum::extract::Request;
use axum::http::header::{ACCEPT_LANGUAGE, CACHE_CONTROL, CONTENT_TYPE};
use axum::http::{HeaderMap, StatusCode, Uri};
use axum::response::{IntoResponse, Response};
use domain::Language;
use serde::Serialize;

/// What went wrong, seen from outside.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Explanation {
    /// There is nothing here.
    NotFound,
    /// The id is not an id.
    BadIdentifier,
    /// A token or a sign-in is needed.
    SignInFirst,
    /// The token or sign-in does not allow it.
    NotAllowed,
    /// A browser sent it from another site.
    OtherSite,
    /// The store or the index does not answer.
    Unavailable,
    /// A fault of the program.
    Fault,
}

impl Explanation {
    fn words(self, language: Language) -> (&'static str, &'static str) {
        match (self, language) {
            (Explanation::NotFound, Language::Danish) => {
                ("Ikke fundet", "Der er ikke udgivet noget under dette id.")
            }
            (Explanation::NotFound, Language::English) => {
                ("Not found", "Nothing is published under this id.")
            }
            (Explanation::BadIdentifier, Language::Danish) => (
                "Ikke et id",
                "Et id består af små bogstaver a-z, tal og bindestreg, højst 80 tegn.",
            ),
            (Explanation::BadIdentifier, Language::English) => (
                "Not an id",
                "An id is made of small letters a-z, digits and hyphens, at most 80 characters.",
            ),
            (Explanation::SignInFirst, Language::Danish) => (
                "Adgang kræves",
                "Send en administrators token i headeren «Authorization: Bearer …». \
                 Den laves på maskinen med «anker token create».",
            ),
            (Explanation::SignInFirst, Language::English) => (
                "Sign-in needed",
                "Send an administrator's token in the header “Authorization: Bearer …”. \
                 It is made on the machine with “anker token create”.",
            ),
            (Explanation::NotAllowed, Language::Danish) => {
                ("Ikke tilladt", "Denne adgang giver ikke ret til det.")
            }
            (Explanation::NotAllowed, Language::English) => (
                "Not allowed",
                "This access does not give the right to do that.",
            ),
            (Explanation::OtherSite, Language::Danish) => (
                "Sendt fra et andet websted",
                "Anmodningen kom fra et andet websted. Gå til portalen, og prøv igen derfra.",
            ),
            (Explanation::OtherSite, Language::English) => (
                "Sent from another site",
                "The request came from another site. Go to the portal and try again from there.",
            ),
            (Explanation::Unavailable, Language::Danish) => (
                "Svarer ikke lige nu",
                "Portalen kan ikke nå sit indhold lige nu. Prøv igen om et øjeblik.",
            ),
            (Explanation::Unavailable, Language::English) => (
                "Not answering just now",
                "The portal cannot reach its content just now. Try again in a moment.",
            ),
            (Explanation::Fault, Language::Danish) => {
                ("Noget gik galt", "Fejlen er noteret. Prøv igen om lidt.")
            }
            (Explanation::Fault, Language::English) => (
                "Something went wrong",
                "The error has been noted. Try again in a while.",
            ),
        }
    }
}

/// Problem details as they are sent.
#[derive(Serialize, utoipa::ToSchema)]
pub struct ProblemDetails {
    /// A URI that names the kind of problem; `about:blank` where the status says it all.
    #[serde(rename = "type")]
    kind: &'static str,
    /// The problem in a few words, in the language asked for.
    title: &'static str,
    /// The HTTP status.
    status: u16,
    /// What to do about it, in the language asked for.
    detail: &'static str,
}

/// The language asked for: `lang` in the query string, else a path under `/en`, else the
/// `Accept-Language` header, else Danish.
pub fn language(uri: &Uri, headers: &HeaderMap) -> Language {
    let asked = uri
        .query()
        .and_then(|query| app::query::value(query, "lang"));
    if let Some(language) = asked.as_deref().and_then(Language::from_tag) {
        return language;
    }
    if uri.path() == "/en" || uri.path().starts_with("/en/") {
        return Language::English;
    }
    headers
        .get(ACCEPT_LANGUAGE)
        .and_then(|value| value.to_str().ok())
        .map_or(Language::Danish, Language::from_accept_language)
}

/// The problem as an answer.
pub fn response(language: Language, status: StatusCode, explanation: Explanation) -> Response {
    let (title, detail) = explanation.words(language);
    let details = ProblemDetails {
        kind: "about:blank",
        title,
        status: status.as_u16(),
        detail,
    };
    let body = serde_json::to_string(&details).unwrap_or_default();
    let headers = [
        (CONTENT_TYPE, "application/problem+json"),
        (CACHE_CONTROL, "no-store"),
    ];
    (status, headers, body).into_response()
}

/// The problem as an answer in the request's language.
pub fn explain(request: &Request, status: StatusCode, explanation: Explanation) -> Response {
    response(
        language(request.uri(), request.headers()),
        status,
        explanation,
    )
}

/// What is sent after a panic: the fault is logged with its message, and nothing of it is told.
pub fn after_panic(panic: Box<dyn Any + Send + 'static>) -> Response {
    let message = panic
        .downcast_ref::<String>()
        .map(String::as_str)
        .or_else(|| panic.downcast_ref::<&str>().copied())
        .unwrap_or("a panic without a message");
    tracing::error!(panic.message = message, "a request panicked");
    response(
        Language::Danish,
        StatusCode::INTERNAL_SERVER_ERROR,
        Explanation::Fault,
    )
}
