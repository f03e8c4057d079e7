//! Rows of other things at the end of a page.

use domain::search::Hit;
use leptos::prelude::*;

use crate::components::rows::rows;
use crate::context::Context;

/// A section with a heading and rows, and where there are more of them the way to all. Nothing where there are no rows.
pub fn rows_section<'page>(
    context: &'page Context,
    heading: String,
    hits: &'page [Hit],
    all: Option<(u64, String)>,
) -> Option<impl IntoView + use<'page>> {
    (!hits.is_empty()).then(|| {
        view! {
            <section class="related">
                <h2>{heading}</h2>
                {rows(context, hits, 3, false)}
                {all_link(context, hits, all)}
            </section>
        }
    })
}

/// The way to all of them, where the rows are only some.
pub fn all_link(
    context: &Context,
    hits: &[Hit],
    all: Option<(u64, String)>,
) -> Option<impl IntoView + use<>> {
    all.filter(|(total, _)| *total > hits.len() as u64).map(
        |(total, href)| view! { <p><a href=href>{context.text().detail().see_all(total)}</a></p> },
    )
}
