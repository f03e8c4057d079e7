//! The log of who did what when, for administrators.

use std::sync::Arc;

use app::pages::audit_log::{self, Asked, Log};
use axum::extract::State;
use axum::http::{HeaderMap, Uri};
use axum::response::Response;
use domain::audit::Wanted;
use domain::permission::{Action, Refusal, decide};
use domain::search::encode_pairs;
use jiff::civil::Date;
use store::StoreError;

use super::{pages, session};
use crate::portal::Portal;

/// Shows a page of it.
pub async fn show(State(portal): State<Arc<Portal>>, uri: Uri, headers: HeaderMap) -> Response {
    let context = session::context(&portal, &uri, &headers);
    let shown = async {
        let Some(known) = session::signed_in(&portal, &headers).await? else {
            return Ok(Err(Refusal::SignInFirst));
        };
        if let Err(refusal) = decide(known.actor(), Action::ReadAuditLog) {
            return Ok(Err(refusal));
        }
        look(&portal, uri.query().unwrap_or_default()).await.map(Ok)
    };
    match shown.await {
        Ok(Ok(log)) => pages::answer(&headers, audit_log::page(&context, &log)),
        Ok(Err(refusal)) => session::refused(&context, &headers, refusal),
        Err(error) => session::unavailable(&uri, &headers, &error),
    }
}

async fn look(portal: &Portal, query: &str) -> Result<Log, StoreError> {
    let value = |name| app::query::value(query, name).unwrap_or_default();
    let day = |typed: &str| typed.trim().parse::<Date>();
    let (words, from, until) = (value("q"), value("from"), value("until"));
    let (from_day, until_day) = (day(&from), day(&until));
    let asked = Asked {
        topic: value("about").parse().ok(),
        from_wrong: from_day.is_err() && !from.trim().is_empty(),
        until_wrong: until_day.is_err() && !until.trim().is_empty(),
        words,
        from,
        until,
    };
    if asked.from_wrong || asked.until_wrong {
        return Ok(Log {
            asked,
            ..Log::default()
        });
    }
    let wanted = Wanted {
        words: Wanted::words_of(&asked.words),
        topic: asked.topic,
        from: from_day.ok(),
        until: until_day.ok(),
    };
    let after = value("after");
    let found = portal
        .audit(
            &wanted,
            Some(after.as_str()).filter(|after| !after.is_empty()),
        )
        .await?;
    let next = found.next.map(|next| {
        let kept = app::query::pairs(query).filter(|(name, _)| name != "after");
        let mut pairs: Vec<(String, String)> = kept.collect();
        pairs.push(("after".to_owned(), next));
        encode_pairs(
            pairs
                .iter()
                .map(|(name, value)| (name.as_str(), value.as_str())),
        )
    });
    Ok(Log {
        lines: found.lines,
        next,
        looked_until: found.looked_until,
        later: !after.is_empty(),
        asked,
    })
}
