//! One line a request, with an id that is sent back and stands in every line logged meanwhile.

use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Instant;

use axum::extract::{MatchedPath, Request};
use axum::http::{HeaderName, HeaderValue};
use axum::middleware::Next;
use axum::response::Response;
use tracing::Instrument as _;

const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

static STARTED: AtomicU64 = AtomicU64::new(0);

/// Logs a request and counts it. An id that a proxy has given it is kept if it looks like one.
pub async fn log(request: Request, next: Next) -> Response {
    let began = Instant::now();
    let id = request
        .headers()
        .get(&REQUEST_ID)
        .and_then(|value| value.to_str().ok())
        .filter(|id| {
            (8..=64).contains(&id.len())
                && id
                    .bytes()
                    .all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
        })
        .map_or_else(new_id, str::to_owned);
    let method = request.method().clone();
    let path = without_secret(request.uri().path());
    let route = request
        .extensions()
        .get::<MatchedPath>()
        .map_or_else(|| route_label(&path), |matched| matched.as_str().to_owned());
    let span = tracing::info_span!("request", request.id = %id);
    let mut response = next.run(request).instrument(span.clone()).await;
    let seconds = began.elapsed().as_secs_f64();
    let status = response.status().as_u16();
    let labels = [("route", route), ("status", status.to_string())];
    metrics::counter!("anker_http_requests_total", &labels).increment(1);
    metrics::histogram!("anker_http_request_duration_seconds", &labels[..1]).record(seconds);
    if let Ok(value) = HeaderValue::from_str(&id) {
        response.headers_mut().insert(REQUEST_ID, value);
    }
    span.in_scope(|| {
        let milliseconds = seconds * 1000.0;
        tracing::info!(
            request.method = %method, request.path = path, response.status = status,
            request.duration_ms = milliseconds, "answered"
        );
    });
    response
}

/// The secret at the end of an address from a letter opens something and is left out of the log.
fn without_secret(path: &str) -> String {
    match path.rsplit_once('/') {
        Some((folder, secret)) if secret.parse::<store::Secret>().is_ok() => {
            format!("{folder}/…")
        }
        _ => path.to_owned(),
    }
}

/// Pages share one handler; their folder tells them apart, and nothing a visitor makes up does.
fn route_label(path: &str) -> String {
    let path = path.strip_prefix("/en").unwrap_or(path);
    let folder = path
        .trim_start_matches('/')
        .split('/')
        .next()
        .unwrap_or_default();
    match folder {
        "" | "soeg" | "kort" | "min-liste" | "tilbud" | "erfaringer" | "anbefalinger"
        | "strategier" | "roller" | "organisationer" | "kommuner" | "kortlaegning" | "om"
        | "privatliv" | "tilgaengelighed" | "pkg" => format!("/{folder}"),
        _ => "other".to_owned(),
    }
}

/// Ids need only tell requests of one process apart, and its runs from each other.
fn new_id() -> String {
    static RUN: std::sync::LazyLock<u32> = std::sync::LazyLock::new(rand::random);
    format!(
        "{:08x}-{:08x}",
        *RUN,
        STARTED.fetch_add(1, Ordering::Relaxed)
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_is_not_logged() {
        let secret = format!("anker_{}", "0".repeat(64));
        assert_eq!(without_secret(&format!("/log-ind/{secret}")), "/log-ind/…");
        assert_eq!(without_secret("/tilbud/vandhullet"), "/tilbud/vandhullet");
        assert_eq!(without_secret("/"), "/");
    }
}
