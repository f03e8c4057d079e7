//! The map of Denmark: one dot a municipality, sized by hits, with its table beside it.

use domain::search::{
    FacetName, FacetsWanted, Page as PageNumber, PerPage, SearchQuery, SearchResults,
};
use domain::{GeoPoint, Municipality, MunicipalityCode, compare_danish};
use leptos::either::Either;
use leptos::prelude::*;

use super::search::{Asked, Links, Tab, chips, tabs, told};
use crate::backend::Backend;
use crate::context::Context;
use crate::islands::MapDetails;
use crate::page::{Meta, Page, Problem};
use crate::render;
use crate::routes::Route;

/// What the map shows.
struct Content {
    asked: Asked,
    results: SearchResults,
    /// Municipalities with hits, in Danish order.
    counts: Vec<(&'static Municipality, u64)>,
}

/// The map of a search.
pub async fn page<B: Backend>(context: &Context, backend: &B) -> Result<Page, Problem> {
    let asked = Asked::read(context);
    // Only what the tabs and the chips say is asked for; the dots come from their own count.
    let query = SearchQuery {
        facets: FacetsWanted::These(asked.query.filters.keys().copied().collect()),
        per_page: PerPage::clamp(1),
        page: PageNumber::default(),
        ..asked.query.clone()
    };
    let results = backend.search(&query, context.language).await?;
    let mut counts: Vec<_> = backend
        .count_by_municipality(&query)
        .await?
        .into_iter()
        .filter(|(_, count)| *count > 0)
        .map(|(code, count): (MunicipalityCode, u64)| (code.municipality(), count))
        .collect();
    counts.sort_by(|(left, _), (right, _)| compare_danish(left.name, right.name));
    let text = context.text().search();
    let title = match Tab::of(&asked.query) {
        Some(_) if !asked.shown().to_query_string().is_empty() => {
            text.map_of(&super::search::title(
                context,
                &SearchQuery {
                    page: PageNumber::default(),
                    ..asked.query.clone()
                },
            ))
        }
        _ => text.map_title().to_owned(),
    };
    let mut meta = Meta::new(title, text.map_description());
    meta.islands = !counts.is_empty();
    if !context.query.is_empty() {
        meta.canonical_query = SearchQuery {
            home: None,
            page: PageNumber::default(),
            ..asked.shown()
        }
        .to_query_string();
    }
    let content = Content {
        asked,
        results,
        counts,
    };
    Ok(render::page(context, &meta, || view(context, &content)))
}

fn view<'page>(context: &'page Context, content: &'page Content) -> impl IntoView + use<'page> {
    let text = context.text().search();
    let links = Links::new(context, &content.asked, Route::Map);
    let on_map: u64 = content.counts.iter().map(|(_, count)| count).sum();
    let elsewhere = content.results.total.saturating_sub(on_map);
    view! {
        <h1>{text.map_title()}</h1>
        <p class="lead">{text.map_lead()}</p>
        {words(context, &content.asked)}
        {tabs(context, &content.asked, &content.results, &links)}
        {chips(context, &content.asked, &content.results, &links)}
        {told(context, &content.asked, &content.results, &links)}
        <p><a href=links.at(&Route::Search)>{text.view_list()}</a></p>
        {if content.counts.is_empty() {
            Either::Left(view! { <p>{text.map_none()}</p> })
        } else {
            Either::Right(view! {
                <div class="map-and-table">
                    <div class="map-frame">
                        {map(context, content, &links)}
                        <MapDetails/>
                        <p class="hint">{text.map_keys()}</p>
                        <p class="hint">{text.map_source()}</p>
                    </div>
                    {table(context, content, &links)}
                </div>
            })
        }}
        {(elsewhere > 0 && on_map > 0).then(|| view! { <p class="soft">{text.map_elsewhere(elsewhere)}</p> })}
    }
}

fn words<'page>(context: &'page Context, asked: &'page Asked) -> impl IntoView + use<'page> {
    let text = context.text().search();
    let kept: Vec<(&'static str, String)> = SearchQuery {
        words: String::new(),
        page: PageNumber::default(),
        ..asked.shown()
    }
    .to_pairs();
    view! {
        <form class="search-box" action=context.url(&Route::Map) role="search">
            {kept.into_iter().map(|(name, value)| view! { <input type="hidden" name=name value=value/> }).collect_view()}
            <label for="q">{text.words()}</label>
            <div class="search-box-line">
                <input id="q" name="q" type="search" value=asked.query.words.as_str()/>
                <button type="submit">{text.button()}</button>
            </div>
        </form>
    }
}

fn results_in(links: &Links<'_>, context: &Context, municipality: &Municipality) -> String {
    let list = links.list_query(|query| {
        query
            .filters
            .insert(FacetName::Municipality, vec![municipality.code.to_string()]);
    });
    context.url_with(&Route::Search, &list.to_query_string())
}

/// A point in the drawing's units, which are a bit more than a kilometre.
fn place(point: GeoPoint) -> (f64, f64) {
    (
        (point.longitude() - land::WEST) * land::SHRINK * 100.0,
        (land::NORTH - point.latitude()) * 100.0,
    )
}

/// The many small municipalities around Copenhagen, drawn larger where the map is open sea.
mod inset {
    /// What is drawn larger: its left and upper edge, and its side.
    pub const FROM: (f64, f64, f64) = (232.0, 195.0, 40.0);
    /// Where it is drawn: the left and upper edge.
    pub const TO: (f64, f64) = (258.0, 8.0);
    /// How much larger.
    pub const SCALE: f64 = 3.6;

    /// Whether a point is drawn in it.
    pub fn holds(x: f64, y: f64) -> bool {
        let (left, top, side) = FROM;
        (left..left + side).contains(&x) && (top..top + side).contains(&y)
    }

    /// Where a point of it is drawn.
    pub fn place(x: f64, y: f64) -> (f64, f64) {
        (TO.0 + (x - FROM.0) * SCALE, TO.1 + (y - FROM.1) * SCALE)
    }
}

fn map<'page>(
    context: &'page Context,
    content: &'page Content,
    links: &Links<'page>,
) -> impl IntoView + use<'page> {
    let text = context.text().search();
    let most = content
        .counts
        .iter()
        .map(|(_, count)| *count)
        .max()
        .unwrap_or(1) as f64;
    // Small dots lie on top of large ones, so that each can be reached.
    let mut dots: Vec<_> = content.counts.iter().collect();
    dots.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    let dots: Vec<_> = dots
        .into_iter()
        .map(|(municipality, count)| {
            let (x, y) = place(municipality.centre);
            let (shown_x, shown_y) = if inset::holds(x, y) { inset::place(x, y) } else { (x, y) };
            let radius = 2.5 + 9.5 * (*count as f64 / most).sqrt();
            let label = text.map_dot(municipality.name, *count);
            let home = context.home.is_some_and(|home| home.code == municipality.code);
            view! {
                <a href=results_in(links, context, municipality) class="dot" class:dot-home=home aria-label=label.clone()
                    data-x=short(x) data-y=short(y) data-details=label.clone()>
                    <title>{label.clone()}</title>
                    <circle cx=short(shown_x) cy=short(shown_y) r=short(radius)></circle>
                </a>
            }
        })
        .collect();
    let (left, top, side) = inset::FROM;
    let larger = side * inset::SCALE;
    let moved = inset::place(0.0, 0.0);
    let transform = [
        "translate(",
        &short(moved.0),
        " ",
        &short(moved.1),
        ") scale(",
        &short(inset::SCALE),
        ")",
    ]
    .concat();
    view! {
        <svg class="map" data-map="" viewBox=land::VIEW_BOX role="group" aria-label=text.map_title()>
            <clipPath id="map-inset">
                <rect x=short(left) y=short(top) width=short(side) height=short(side)></rect>
            </clipPath>
            <path class="map-land" d=land::OUTLINE></path>
            <rect class="map-frame-line" x=short(left) y=short(top) width=short(side) height=short(side)></rect>
            <rect class="map-inset" x=short(inset::TO.0) y=short(inset::TO.1) width=short(larger) height=short(larger)></rect>
            <g transform=transform><path class="map-land" clip-path="url(#map-inset)" d=land::OUTLINE></path></g>
            <rect class="map-frame-line" x=short(inset::TO.0) y=short(inset::TO.1) width=short(larger) height=short(larger)></rect>
            {dots}
        </svg>
    }
}

/// A coordinate with one decimal: finer than a screen shows.
fn short(number: f64) -> String {
    ((number * 10.0).round() / 10.0).to_string()
}

fn table<'page>(
    context: &'page Context,
    content: &'page Content,
    links: &Links<'page>,
) -> impl IntoView + use<'page> {
    let text = context.text().search();
    let rows: Vec<_> = content
        .counts
        .iter()
        .map(|(municipality, count)| view! {
            <tr>
                <th scope="row"><a href=results_in(links, context, municipality)>{municipality.name}</a></th>
                <td class="number">{crate::format::number(*count, context.language)}</td>
            </tr>
        })
        .collect();
    view! {
        <div class="map-table">
            <table>
                <caption>{text.map_table()}</caption>
                <thead>
                    <tr><th scope="col">{text.map_municipality()}</th><th scope="col" class="number">{text.map_count()}</th></tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
}

mod land;
