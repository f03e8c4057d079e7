//! Any search as an Atom feed (RFC 4287).

use std::sync::Arc;

use atom_syndication::{Entry, Feed, FixedDateTime, Generator, Link, Person, Text};
use axum::extract::{RawQuery, State};
use axum::http::{HeaderMap, StatusCode, Uri};
use axum::response::Response;
use domain::Code;
use domain::search::{FacetsWanted, SearchQuery, Sort};
use jiff::Timestamp;
use store::Key;

use super::caching::{self, Policy};
use super::problem::{self, Explanation};
use crate::portal::Portal;

/// The newest results of a search, or in the order asked for.
pub async fn search(
    State(portal): State<Arc<Portal>>,
    uri: Uri,
    RawQuery(raw): RawQuery,
    headers: HeaderMap,
) -> Response {
    let language = problem::language(&uri, &headers);
    let raw = raw.unwrap_or_default();
    let (mut query, _) = SearchQuery::parse(app::query::pairs(&raw), &["lang", "vis"]);
    if app::query::value(&raw, "sort").is_none() {
        query.sort = Sort::Newest;
    }
    query.facets = FacetsWanted::These(Vec::new());
    let results = portal.search(&query, language);
    let keys: Vec<Key> = results
        .hits
        .iter()
        .map(|hit| Key::new(hit.kind, hit.id.clone()))
        .collect();
    let records = match portal.store.get_many(&keys).await {
        Ok(records) => records,
        Err(error) => {
            tracing::error!(error = %error, "a feed's objects could not be read");
            return problem::response(
                language,
                StatusCode::SERVICE_UNAVAILABLE,
                Explanation::Unavailable,
            );
        }
    };
    let address = |path: &str| format!("{}{path}", portal.public_url());
    let entries: Vec<Entry> = results
        .hits
        .iter()
        .filter_map(|hit| {
            let record = records
                .iter()
                .find(|record| record.key.kind == hit.kind && record.key.id == hit.id)?;
            let page = address(&app::routes::Route::of(hit.kind, hit.id.clone()).path(language));
            Some(Entry {
                title: Text::plain(hit.title.clone()),
                id: page.clone(),
                updated: moment(record.updated),
                published: Some(moment(record.created)),
                authors: hit
                    .provider
                    .iter()
                    .map(|(_, name)| Person {
                        name: name.clone(),
                        ..Person::default()
                    })
                    .collect(),
                categories: vec![atom_syndication::Category {
                    term: hit.kind.code().to_owned(),
                    scheme: None,
                    label: Some(hit.kind.label(language).to_owned()),
                }],
                links: vec![Link {
                    href: page,
                    rel: "alternate".into(),
                    ..Link::default()
                }],
                summary: Some(Text::plain(hit.summary.clone())),
                ..Entry::default()
            })
        })
        .collect();
    let page = address(&format!(
        "{}?{}",
        app::routes::Route::Search.path(language),
        query.to_query_string()
    ));
    let updated = records
        .iter()
        .map(|record| record.updated)
        .max()
        .unwrap_or(Timestamp::UNIX_EPOCH);
    let itself = address(&uri.to_string());
    let words = if query.words.is_empty() {
        "Anker".to_owned()
    } else {
        format!("Anker: {}", query.words)
    };
    let feed = Feed {
        title: Text::plain(words),
        id: itself.clone(),
        updated: moment(updated),
        authors: vec![Person {
            name: "Anker".to_owned(),
            ..Person::default()
        }],
        generator: Some(Generator {
            value: "Anker".to_owned(),
            ..Generator::default()
        }),
        links: vec![
            Link {
                href: itself,
                rel: "self".into(),
                ..Link::default()
            },
            Link {
                href: page,
                rel: "alternate".into(),
                ..Link::default()
            },
        ],
        lang: Some(language.tag().to_owned()),
        entries,
        ..Feed::default()
    };
    caching::answer(
        &headers,
        StatusCode::OK,
        Policy::Public,
        "application/atom+xml; charset=utf-8",
        feed.to_string(),
    )
}

/// The moment in the library's own type; both write RFC 3339.
fn moment(timestamp: Timestamp) -> FixedDateTime {
    timestamp.to_string().parse().unwrap_or_default()
}
