//! Whether the program is alive, whether it is ready, and what it has done.

use std::sync::{Arc, OnceLock};

use axum::extract::State;
use axum::http::StatusCode;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use metrics_exporter_prometheus::{Matcher, PrometheusBuilder, PrometheusHandle};

use crate::portal::Portal;

static METRICS: OnceLock<PrometheusHandle> = OnceLock::new();

/// Begins to count, once a process.
///
/// # Errors
/// The recorder cannot be installed.
pub fn install_metrics() -> anyhow::Result<()> {
    if METRICS.get().is_some() {
        return Ok(());
    }
    let buckets = [
        0.000_5, 0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1.0, 2.0, 5.0,
    ];
    let handle = PrometheusBuilder::new()
        .set_buckets_for_metric(Matcher::Suffix("_seconds".to_owned()), &buckets)?
        .install_recorder()?;
    // A second caller at the same moment has installed the same recorder.
    drop(METRICS.set(handle));
    Ok(())
}

/// The process answers.
pub async fn alive() -> Response {
    (
        [
            (CACHE_CONTROL, "no-store"),
            (CONTENT_TYPE, "text/plain; charset=utf-8"),
        ],
        "ok\n",
    )
        .into_response()
}

/// The store is reached and the index has caught up with it.
pub async fn ready(State(portal): State<Arc<Portal>>) -> Response {
    let (status, text) = match portal.readiness().await {
        Ok(()) => (StatusCode::OK, "ready\n".to_owned()),
        Err(reason) => (StatusCode::SERVICE_UNAVAILABLE, format!("{reason}\n")),
    };
    (
        status,
        [
            (CACHE_CONTROL, "no-store"),
            (CONTENT_TYPE, "text/plain; charset=utf-8"),
        ],
        text,
    )
        .into_response()
}

/// The counters in Prometheus' text format.
pub async fn metrics(State(portal): State<Arc<Portal>>) -> Response {
    portal.record_gauges();
    let text = METRICS
        .get()
        .map(PrometheusHandle::render)
        .unwrap_or_default();
    (
        [
            (CACHE_CONTROL, "no-store"),
            (CONTENT_TYPE, "text/plain; version=0.0.4; charset=utf-8"),
        ],
        text,
    )
        .into_response()
}
