//! What has changed in an offer or a case since it was first published: days and parts, and nobody's name.

use domain::{Change, Object, Slug};
use jiff::tz::TimeZone;
use leptos::prelude::*;

use crate::backend::{Backend, Published, Unavailable};
use crate::components::content::listed;
use crate::context::Context;
use crate::format;

/// How many changes are told.
const MOST: usize = 10;

/// Asks for the changes of a published object; an object in its first version has none.
pub async fn changes<O: Object, B: Backend>(
    backend: &B,
    id: &Slug,
    published: &Published<O>,
) -> Result<Vec<Change>, Unavailable> {
    if published.first == published.revised {
        return Ok(Vec::new());
    }
    backend.changes(O::KIND, id, MOST).await
}

/// The changes under a heading of the third level, newest first; nothing where there are none.
pub fn change_log(context: &Context, changes: &[Change]) -> Option<impl IntoView + use<>> {
    let detail = context.text().detail();
    let and = context.text().offer().and();
    // Without time zones Denmark is at most a day off.
    let denmark = TimeZone::get("Europe/Copenhagen").unwrap_or(TimeZone::UTC);
    let rows: Vec<_> = changes
        .iter()
        .map(|change| {
            let day = denmark.to_datetime(change.time).date();
            let parts: Vec<&str> = change
                .parts
                .iter()
                .map(|part| part.label(context.language))
                .collect();
            let mut told = [": ", &listed(&parts, and)].concat();
            if change.on_advice {
                told.push_str(" (");
                told.push_str(context.text().feedback().on_advice());
                told.push(')');
            }
            view! {
                <li>
                    <time datetime=day.to_string()>{format::date(day, context.language)}</time>
                    {told}
                </li>
            }
        })
        .collect();
    (!rows.is_empty()).then(|| {
        view! {
            <h3>{detail.changes()}</h3>
            <ul class="changes">{rows}</ul>
        }
    })
}
