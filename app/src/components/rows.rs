//! A result as a row: title, one sentence, one line of facts in a fixed order.

use domain::freshness::Freshness;
use domain::search::Hit;
use domain::{Code, Grade, Kind, Language, PlaceMode, Price, PriceKind};
use leptos::either::Either;
use leptos::prelude::*;

use crate::components::content::written_language;
use crate::components::evidence::editorial_language;
use crate::components::save::save_button;
use crate::context::Context;
use crate::format;
use crate::routes::Route;

/// A list of rows. `level` is the level of their headings.
pub fn rows<'page>(
    context: &'page Context,
    hits: &'page [Hit],
    level: u8,
    mixed: bool,
) -> impl IntoView + use<'page> {
    view! { <ul class="rows">{hits.iter().map(|hit| row(context, hit, level, mixed)).collect_view()}</ul> }
}

/// One row. `mixed` says that rows of other kinds stand around it, so that it tells its own.
pub fn row<'page>(
    context: &'page Context,
    hit: &'page Hit,
    level: u8,
    mixed: bool,
) -> impl IntoView + use<'page> {
    let title = match &hit.marked_title {
        Some(marked) => marked.clone(),
        None => escape(&hit.title),
    };
    let href = context.url(&Route::of(hit.kind, hit.id.clone()));
    let lang = row_language(context, hit);
    let link = view! { <a href=href lang=lang inner_html=title></a> };
    let heading = if level == 2 {
        Either::Left(view! { <h2 class="row-title">{link}</h2> })
    } else {
        Either::Right(view! { <h3 class="row-title">{link}</h3> })
    };
    let (summary, why) = summary_and_why(hit);
    view! {
        <li class="row" class:row-not-open=hit.open_to_us == Some(false)>
            {mixed.then(|| view! { <p class="row-kind">{kind_name(context, hit.kind)}</p> })}
            {heading}
            {(!summary.is_empty()).then(|| view! { <p class="row-summary" lang=lang inner_html=summary></p> })}
            {why.map(|why| view! { <p class="row-why" lang=lang inner_html=why></p> })}
            {facts(context, hit)}
            {(hit.kind == Kind::Offer).then(|| view! {
                <div class="row-actions">{save_button(context, hit.id.as_str(), &hit.title)}</div>
            })}
        </li>
    }
}

/// The `lang` attribute of a row's texts: publishers write Danish, and the portal's own content may be translated.
fn row_language(context: &Context, hit: &Hit) -> Option<&'static str> {
    match hit.kind {
        Kind::Offer | Kind::Case | Kind::Organisation => written_language(context),
        Kind::Strategy | Kind::Role | Kind::Recommendation => {
            editorial_language(context, &hit.title)
        }
    }
}

/// The name of one object's kind.
pub fn kind_name(context: &Context, kind: Kind) -> &'static str {
    let text = context.text().common();
    match kind {
        Kind::Offer => text.kind_offer(),
        Kind::Case => text.kind_case(),
        Kind::Strategy => text.kind_strategy(),
        Kind::Role => text.kind_role(),
        Kind::Recommendation => text.kind_recommendation(),
        Kind::Organisation => text.kind_organisation(),
    }
}

/// The line of facts, always in the same order: provider, place, audience, duration, price.
pub fn facts<'page>(context: &'page Context, hit: &'page Hit) -> impl IntoView + use<'page> {
    let text = context.text().common();
    let language = context.language;
    let fact = |label: &'static str, value: String| {
        view! { <li><span class="visually-hidden">{label}": "</span>{value}</li> }
    };
    view! {
        <ul class="facts">
            {hit.organisation_kind.map(|kind| view! { <li>{kind.label(language)}</li> })}
            {hit.provider.as_ref().map(|(_, name)| fact(text.provider(), with_partners(name, &hit.partners, language)))}
            {place(context, hit).map(|place| fact(text.place(), place))}
            {hit.distance_km.map(|distance| {
                view! { <li class="numbers">{text.distance_away(&format::distance(distance, language))}</li> }
            })}
            {audience(hit, language).map(|audience| fact(text.audience(), audience))}
            {hit.duration_minutes.map(|minutes| fact(text.duration(), format::duration(minutes, language)))}
            {hit.price.as_ref().map(|value| {
                let free = is_free(value, hit.free_for_us);
                let class = if free { "fact-free" } else { "" };
                view! {
                    <li class=class>
                        <span class="visually-hidden">{text.price()}": "</span>
                        {price(context, value, hit.free_for_us)}
                    </li>
                }
            })}
            {context.home.filter(|_| hit.open_to_us == Some(false)).map(|home| {
                view! { <li class="fact-care">{text.not_open_to_us(home.name)}</li> }
            })}
            {(hit.freshness != Freshness::Confirmed).then(|| {
                view! { <li class="fact-care">{hit.freshness.label(language)}</li> }
            })}
        </ul>
    }
}

fn with_partners(name: &str, partners: &[String], language: Language) -> String {
    let mut text = name.to_owned();
    if let Some(first) = partners.first() {
        text.push_str(", ");
        text.push_str(first);
    }
    if partners.len() > 1 {
        let more = (partners.len() - 1).to_string();
        let (before, after) = match language {
            Language::Danish => (" og ", " til"),
            Language::English => (" and ", " more"),
        };
        for part in [before, &more, after] {
            text.push_str(part);
        }
    }
    text
}

fn place(context: &Context, hit: &Hit) -> Option<String> {
    let municipality = hit.municipality.map(|code| code.name());
    match (hit.place, municipality) {
        (None | Some(PlaceMode::Provider), Some(name)) => Some(name.to_owned()),
        (Some(mode), Some(name)) if mode != PlaceMode::Online => {
            Some([mode.label(context.language), ", ", name].concat())
        }
        (Some(mode), _) => Some(mode.label(context.language).to_owned()),
        (None, None) if hit.kind == Kind::Organisation => {
            Some(context.text().common().nationwide().to_owned())
        }
        (None, None) => None,
    }
}

fn audience(hit: &Hit, language: Language) -> Option<String> {
    if !hit.audiences.is_empty() && hit.kind != Kind::Offer && hit.kind != Kind::Case {
        let labels: Vec<&str> = hit
            .audiences
            .iter()
            .map(|audience| audience.label(language))
            .collect();
        return Some(labels.join(", "));
    }
    let mut parts: Vec<String> = Vec::new();
    if !hit.grades.is_empty() {
        parts.push(Grade::describe(&hit.grades, language));
    }
    parts.extend(
        hit.other_levels
            .iter()
            .map(|level| level.label(language).to_owned()),
    );
    (!parts.is_empty()).then(|| parts.join(", "))
}

fn is_free(price: &Price, free_for_us: Option<bool>) -> bool {
    price.kind == PriceKind::Free || free_for_us == Some(true)
}

/// A price in words, as it is for the municipality chosen.
pub fn price(context: &Context, price: &Price, free_for_us: Option<bool>) -> String {
    let text = context.text().common();
    if price.kind == PriceKind::Free {
        return text.free().to_owned();
    }
    if free_for_us == Some(true) {
        return text.free_for_us().to_owned();
    }
    let mut words = match (price.kind, price.amount) {
        (PriceKind::PerClass, Some(amount)) => [
            &format::kroner(amount, context.language),
            " ",
            text.per_class(),
        ]
        .concat(),
        (PriceKind::PerPupil, Some(amount)) => [
            &format::kroner(amount, context.language),
            " ",
            text.per_pupil(),
        ]
        .concat(),
        (_, Some(amount)) => format::kroner(amount, context.language),
        (PriceKind::Varies, None) => text.price_varies().to_owned(),
        (kind, None) => kind.label(context.language).to_owned(),
    };
    if context.home.is_none() && !price.free_for.is_empty() {
        for part in [" (", text.free_for_some(), ")"] {
            words.push_str(part);
        }
    }
    words
}

/// The summary with what matched marked in it, and beside it what matched elsewhere. Both are HTML.
fn summary_and_why(hit: &Hit) -> (String, Option<String>) {
    let Some(highlight) = hit.highlights.first() else {
        return (escape(&hit.summary), None);
    };
    let plain = unescape(&highlight.replace("<mark>", "").replace("</mark>", ""));
    let plain = plain.trim();
    match hit.summary.find(plain) {
        Some(at) if !plain.is_empty() => {
            let after = &hit.summary[at + plain.len()..];
            (
                [
                    escape(&hit.summary[..at]).as_str(),
                    highlight.trim(),
                    escape(after).as_str(),
                ]
                .concat(),
                None,
            )
        }
        _ => (escape(&hit.summary), Some(highlight.clone())),
    }
}

/// Text as HTML.
fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len() + 16);
    for letter in text.chars() {
        match letter {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            letter => escaped.push(letter),
        }
    }
    escaped
}

fn unescape(html: &str) -> String {
    html.replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&#x27;", "'")
        .replace("&#39;", "'")
        .replace("&amp;", "&")
}
