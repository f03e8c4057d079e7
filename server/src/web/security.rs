//! What every answer tells the browser not to do, and which writes are let in.

use std::sync::Arc;

use axum::extract::{Request, State};
use axum::http::header::{
    CONTENT_SECURITY_POLICY, HOST, ORIGIN, REFERRER_POLICY, STRICT_TRANSPORT_SECURITY,
    X_CONTENT_TYPE_OPTIONS,
};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode};
use axum::middleware::Next;
use axum::response::Response;

use super::problem::{self, Explanation};
use crate::portal::Portal;

/// Everything is forbidden but: our own styles, images (also as `data:` in the style sheet), fonts,
/// scripts; the wasm that the script compiles; what the script fetches from us; forms to us; and
/// the web app manifest.
const PAGE_POLICY: &str = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; \
     img-src 'self' data:; font-src 'self'; connect-src 'self'; manifest-src 'self'; \
     form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/// The API's own documentation is a program of its own that sets styles on its elements; it gets
/// that one opening more, on its own address.
const DOCUMENTATION_POLICY: &str = "default-src 'none'; script-src 'self'; \
     style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self'; connect-src 'self'; \
     form-action 'none'; base-uri 'none'; frame-ancestors 'none'";

const PERMISSIONS_POLICY: HeaderName = HeaderName::from_static("permissions-policy");
const OPENER_POLICY: HeaderName = HeaderName::from_static("cross-origin-opener-policy");
const RESOURCE_POLICY: HeaderName = HeaderName::from_static("cross-origin-resource-policy");
const FETCH_SITE: HeaderName = HeaderName::from_static("sec-fetch-site");

/// Adds the headers to an answer.
pub async fn headers(State(portal): State<Arc<Portal>>, request: Request, next: Next) -> Response {
    let documentation = request.uri().path().starts_with("/api/docs");
    let api =
        request.uri().path().starts_with("/api/") || request.uri().path().starts_with("/feeds/");
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    let policy = if documentation {
        DOCUMENTATION_POLICY
    } else {
        PAGE_POLICY
    };
    // An image or a file has a stricter one of its own.
    headers
        .entry(CONTENT_SECURITY_POLICY)
        .or_insert(HeaderValue::from_static(policy));
    headers.insert(X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    headers.insert(
        REFERRER_POLICY,
        HeaderValue::from_static("strict-origin-when-cross-origin"),
    );
    headers.insert(
        PERMISSIONS_POLICY,
        HeaderValue::from_static(
            "camera=(), microphone=(), geolocation=(self), payment=(), usb=()",
        ),
    );
    headers.insert(OPENER_POLICY, HeaderValue::from_static("same-origin"));
    // What is published is for everybody, also for other sites' programs.
    let resource = if api { "cross-origin" } else { "same-origin" };
    headers.insert(RESOURCE_POLICY, HeaderValue::from_static(resource));
    if api {
        headers.insert(
            axum::http::header::ACCESS_CONTROL_ALLOW_ORIGIN,
            HeaderValue::from_static("*"),
        );
    }
    if portal.is_https() {
        headers.insert(
            STRICT_TRANSPORT_SECURITY,
            HeaderValue::from_static("max-age=63072000; includeSubDomains"),
        );
    }
    response
}

/// Refuses a write that a browser sends from another site (cross-site request forgery): browsers
/// say where a request comes from in `Sec-Fetch-Site` and `Origin`; programs send neither, and
/// have no cookies to misuse.
pub async fn same_site_writes(
    State(portal): State<Arc<Portal>>,
    request: Request,
    next: Next,
) -> Response {
    if matches!(
        *request.method(),
        Method::GET | Method::HEAD | Method::OPTIONS
    ) {
        return next.run(request).await;
    }
    if comes_from_here(&portal, request.headers()) {
        next.run(request).await
    } else {
        problem::explain(&request, StatusCode::FORBIDDEN, Explanation::OtherSite)
    }
}

fn comes_from_here(portal: &Portal, headers: &HeaderMap) -> bool {
    let header = |name: &HeaderName| headers.get(name).and_then(|value| value.to_str().ok());
    match (header(&FETCH_SITE), header(&ORIGIN)) {
        (Some(site), _) => matches!(site, "same-origin" | "none"),
        (None, Some(origin)) => {
            let host = origin.split_once("://").map(|(_, host)| host);
            origin == portal.public_url() || (host.is_some() && host == header(&HOST))
        }
        (None, None) => true,
    }
}
