//! Rows of other things at the end of a page.

use domain::search::{FacetsWanted, Hit, PerPage, SearchQuery};
use domain::{Kind, Slug};
use leptos::prelude::*;

use crate::backend::{Backend, Unavailable};
use crate::components::rows::rows;
use crate::context::Context;
use crate::routes::Service;

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

/// The objects of a kind that are like this one, without those that the page already shows.
pub async fn others_like<B: Backend>(
    context: &Context,
    backend: &B,
    this: (Kind, &Slug),
    wanted: Kind,
    shown: &[Slug],
    limit: usize,
) -> Result<Vec<Hit>, Unavailable> {
    let home = context.home.map(|home| home.code);
    let (kind, id) = this;
    let enough = limit + shown.len();
    let mut hits = backend
        .related(kind, id, wanted, home, enough, context.language)
        .await?;
    hits.retain(|hit| !shown.contains(&hit.id));
    hits.truncate(limit);
    Ok(hits)
}

/// The address of a search as a feed: the same for everybody, whatever is chosen on the page.
pub fn feed_of(context: &Context, query: &SearchQuery) -> String {
    let query = SearchQuery {
        facets: FacetsWanted::Fitting,
        per_page: PerPage::default(),
        home: None,
        ..query.clone()
    };
    context.service_with(Service::SearchFeed, &query.to_query_string())
}
