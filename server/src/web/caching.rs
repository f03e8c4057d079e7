//! Who may keep an answer, and how a kept one is asked for again (RFC 9110, 13.1.2; RFC 9111).

use std::hash::Hasher as _;

use axum::body::Bytes;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE, ETAG, IF_NONE_MATCH, VARY};
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use rustc_hash::FxHasher;

/// Who may keep an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Policy {
    /// Everybody may, and asks again each time whether it is still the same.
    Public,
    /// Only the person's own browser may, and asks again each time.
    Private,
    /// Nobody may.
    NoStore,
}

impl Policy {
    fn cache_control(self) -> &'static str {
        match self {
            Policy::Public => "public, no-cache",
            Policy::Private => "private, no-cache",
            Policy::NoStore => "no-store",
        }
    }
}

/// An answer of the content type given: with an entity tag, and 304 without a body to whom has it.
pub fn answer(
    request: &HeaderMap,
    status: StatusCode,
    policy: Policy,
    content_type: &'static str,
    body: impl Into<Bytes>,
) -> Response {
    let body = body.into();
    let mut response = if policy == Policy::NoStore || status != StatusCode::OK {
        (status, body).into_response()
    } else {
        let etag = tag(&body);
        let known = request
            .get(IF_NONE_MATCH)
            .and_then(|value| value.to_str().ok());
        let mut response = if known.is_some_and(|known| matches(known, &etag)) {
            StatusCode::NOT_MODIFIED.into_response()
        } else {
            (status, body).into_response()
        };
        if let Ok(value) = HeaderValue::from_str(&etag) {
            response.headers_mut().insert(ETAG, value);
        }
        response
    };
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static(content_type));
    headers.insert(
        CACHE_CONTROL,
        HeaderValue::from_static(policy.cache_control()),
    );
    if policy != Policy::NoStore {
        // Pages are made for the municipality and the list that the cookie names.
        headers.append(VARY, HeaderValue::from_static("cookie"));
    }
    response
}

/// A weak entity tag of the content: the same for each compression of it. The hash is a quick one:
/// it is taken of every answer, and nobody gains by making two contents share it.
fn tag(body: &[u8]) -> String {
    let mut hasher = FxHasher::default();
    hasher.write(body);
    format!("W/\"{:016x}-{:x}\"", hasher.finish(), body.len())
}

/// Whether an `If-None-Match` header names the tag, compared weakly.
pub fn matches(header: &str, etag: &str) -> bool {
    let weak = |tag: &str| tag.trim().trim_start_matches("W/").to_owned();
    let wanted = weak(etag);
    header
        .split(',')
        .any(|tag| tag.trim() == "*" || weak(tag) == wanted)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_are_compared_weakly() {
        assert!(matches("\"a\", W/\"b\"", "W/\"b\""));
        assert!(matches("\"b\"", "W/\"b\""));
        assert!(matches("*", "\"b\""));
        assert!(!matches("\"c\"", "\"b\""));
    }
}
