//! The administrators' page.

use std::sync::Arc;

use app::pages::administration::{self, Overview, Sample};
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, Uri};
use axum::response::Response;
use domain::audit::Act;
use domain::permission::{Action, Refusal, decide};
use domain::{Code, Kind};
use store::StoreError;

use super::pages;
use super::session::{self, SignedIn};
use crate::exchange::sample;
use crate::portal::Portal;

/// Shows it to an administrator.
pub async fn show(State(portal): State<Arc<Portal>>, uri: Uri, headers: HeaderMap) -> Response {
    respond(&portal, &uri, &headers, async |_| {
        let present = portal.store.has_sample().await?;
        Ok(if present {
            Sample::Present { unconfirmed: false }
        } else {
            Sample::Absent
        })
    })
    .await
}

/// Removes the sample content, once it is confirmed, or puts it back.
pub async fn manage_sample(
    State(portal): State<Arc<Portal>>,
    uri: Uri,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let form = String::from_utf8_lossy(&body);
    let says = |name| app::query::value(&form, name).is_some();
    respond(&portal, &uri, &headers, async |known| {
        let author = known.author();
        if says("add") {
            let added = sample::put(&portal.store, portal.clock.now(), &author).await?;
            let detail = added.to_string();
            portal.note_act(&author, Act::AddSample, &detail).await;
            return Ok(Sample::Added(added));
        }
        if !says("confirm") {
            return Ok(Sample::Present { unconfirmed: true });
        }
        let done = portal
            .store
            .remove_sample(&author, portal.clock.now())
            .await?;
        let detail = done.removed.to_string();
        portal.note_act(&author, Act::RemoveSample, &detail).await;
        Ok(Sample::Removed {
            removed: done.removed,
            kept: done.kept,
        })
    })
    .await
}

async fn respond(
    portal: &Portal,
    uri: &Uri,
    headers: &HeaderMap,
    work: impl AsyncFnOnce(&SignedIn) -> Result<Sample, StoreError>,
) -> Response {
    let context = session::context(portal, uri, headers);
    let shown = async {
        let Some(known) = session::signed_in(portal, headers).await? else {
            return Ok(Err(Refusal::SignInFirst));
        };
        if let Err(refusal) = decide(known.actor(), Action::ManageSample) {
            return Ok(Err(refusal));
        }
        let sample = work(&known).await?;
        let counts = portal.store.counts().await?;
        Ok::<_, StoreError>(Ok(Overview {
            name: known.session.account.name,
            counts: Kind::all()
                .iter()
                .map(|kind| (*kind, counts.records.get(kind).copied().unwrap_or(0)))
                .collect(),
            sample,
        }))
    };
    match shown.await {
        Ok(Ok(overview)) => pages::answer(headers, administration::overview(&context, &overview)),
        Ok(Err(refusal)) => session::refused(&context, headers, refusal),
        Err(error) => session::unavailable(uri, headers, &error),
    }
}
