//! One teaching offer.

use domain::feedback::ShownFeedback;
use domain::freshness::{Freshness, Review};
use domain::search::{FacetName, Hit, SearchQuery, encode_pairs};
use domain::{
    Anchoring, AnchoringStatus, Availability, Change, Code, GeoPoint, Grade, Kind,
    MunicipalityCode, Offer, Organisation, PlaceMode, Slug,
};
use jiff::civil::Date;
use jiff::{ToSpan, tz::TimeZone};
use leptos::either::Either;
use leptos::prelude::*;

use crate::backend::{Backend, Published};
use crate::components::anchoring::{self, Names, anchoring_list};
use crate::components::attachments::{Attachments, attachments, files, images};
use crate::components::breadcrumbs::breadcrumbs;
use crate::components::changes::{change_log, changes};
use crate::components::content::{
    danish_notice, host, listed, prose, sample_notice, source_link, written_language,
};
use crate::components::feedback::feedback_section;
use crate::components::freshness::{review_days, status_class};
use crate::components::related::{others_like, rows_section};
use crate::components::rows::{price, rows};
use crate::components::save::{save_button, save_form};
use crate::components::share::{call, copy_and_print, mail_link, mail_to};
use crate::context::Context;
use crate::format;
use crate::islands::Sharing;
use crate::page::{Meta, Page, Problem};
use crate::render;
use crate::routes::{Route, Service};
use crate::structured_data;

/// The id of the contact section, which the page's first button leads to.
const CONTACT: &str = "kontakt";
/// The recommendation about the journey, which the portal's own content has.
const JOURNEY_ADVICE: &str = "rec-transport-skole";

/// What the page shows.
struct Content {
    offer: Offer,
    changes: Vec<Change>,
    revised: Date,
    sample: bool,
    confirmed: Option<Date>,
    provider: Option<Organisation>,
    names: Names,
    attachments: Attachments,
    feedback: Option<ShownFeedback>,
    cases: Vec<Hit>,
    similar_cases: Vec<Hit>,
    similar_offers: Vec<Hit>,
}

/// The page of an offer.
pub async fn page<B: Backend>(context: &Context, backend: &B, id: &Slug) -> Result<Page, Problem> {
    let content = content(context, backend, id).await?;
    let offer = &content.offer;
    let mut meta = Meta::new(offer.title.as_str(), offer.summary.as_str());
    meta.islands = true;
    meta.json_ld.push(structured_data::offer(
        context,
        offer,
        content.provider.as_ref(),
        content.attachments.lead_address(),
    ));
    meta.json_ld.push(structured_data::breadcrumbs(
        context,
        &steps(context),
        offer.title.as_str(),
    ));
    Ok(render::page(context, &meta, || view(context, &content)))
}

async fn content<B: Backend>(
    context: &Context,
    backend: &B,
    id: &Slug,
) -> Result<Content, Problem> {
    let language = context.language;
    let home = context.home.map(|home| home.code);
    let published = backend
        .object::<Offer>(id, language)
        .await?
        .ok_or(Problem::NotFound)?;
    let changes = changes(backend, id, &published).await?;
    let Published {
        entry: offer,
        revised,
        sample,
        confirmed,
        ..
    } = published;
    let provider = backend
        .object::<Organisation>(&offer.provider, language)
        .await?
        .map(|published| published.entry);
    let names = anchoring::names(context, &offer.anchoring, backend).await?;
    let attachments = attachments(backend, &offer.images, &offer.files).await?;
    let feedback = backend.feedback(id).await?;
    let mut case_ids = offer.developed_in.clone();
    for case in backend.referring(Kind::Offer, id, Kind::Case).await? {
        if !case_ids.contains(&case) {
            case_ids.push(case);
        }
    }
    let cases = if case_ids.is_empty() {
        Vec::new()
    } else {
        backend.rows(Kind::Case, &case_ids, home, language).await?
    };
    let this = (Kind::Offer, id);
    let similar_cases = others_like(context, backend, this, Kind::Case, &case_ids, 3).await?;
    let similar_offers = others_like(context, backend, this, Kind::Offer, &[], 4).await?;
    let revised = TimeZone::UTC.to_datetime(revised).date();
    Ok(Content {
        offer,
        changes,
        revised,
        sample,
        confirmed,
        provider,
        names,
        attachments,
        feedback,
        cases,
        similar_cases,
        similar_offers,
    })
}

fn steps(context: &Context) -> [(String, String); 1] {
    [(
        context.url_with(&Route::Search, "kind=offer"),
        context.text().common().kinds_offer().to_owned(),
    )]
}

fn view<'page>(context: &'page Context, content: &'page Content) -> impl IntoView + use<'page> {
    let text = context.text().offer();
    let offer = &content.offer;
    let lang = written_language(context);
    view! {
        {breadcrumbs(context, &steps(context), offer.title.as_str())}
        <article class="detail offer">
            <header class="detail-header">
                {provider_line(context, content)}
                <h1 lang=lang>{offer.title.as_str()}</h1>
                <p class="lead" lang=lang>{offer.summary.as_str()}</p>
                {period_over(context, offer)}
            </header>
            <div class="detail-aside">
                {fits(context, content)}
                <div class="actions offer-actions">
                    <a class="button" href=["#", CONTACT].concat()>{text.ask_provider()}</a>
                    {save_button(context, offer.id.as_str(), offer.title.as_str())}
                </div>
            </div>
            <div class="detail-body">
                {sample_notice(context, content.sample, offer.source_url.as_ref())}
                {danish_notice(context)}
                {images(context, &content.attachments)}
                {what_happens(context, offer)}
                {materials(context, content)}
                {journey(context, offer)}
                {alive(context, content)}
                {experiences(context, content)}
                {feedback(context, content)}
                {contact(context, content)}
                {share(context, offer)}
            </div>
        </article>
        {rows_section(context, context.text().detail().related_offers().to_owned(), &content.similar_offers, None)}
        {(!content.cases.is_empty()).then(|| {
            rows_section(context, context.text().detail().related_cases().to_owned(), &content.similar_cases, None)
        })}
        {save_form(context)}
    }
}

fn provider_line(context: &Context, content: &Content) -> impl IntoView + use<> {
    let provider = &content.offer.provider;
    let name = content
        .provider
        .as_ref()
        .map_or(provider.as_str(), |provider| provider.name.as_str())
        .to_owned();
    let municipality = content
        .provider
        .as_ref()
        .and_then(|provider| provider.municipality);
    view! {
        <p class="kicker">
            {context.text().common().kind_offer()}" · "
            <a href=context.url(&Route::Organisation(provider.clone()))>{name}</a>
            {municipality.map(|code| [", ", code.name()].concat())}
        </p>
    }
}

fn period_over(context: &Context, offer: &Offer) -> Option<impl IntoView + use<>> {
    let ended = offer
        .available
        .as_ref()?
        .to
        .filter(|to| *to < context.today)?;
    let text = context
        .text()
        .offer()
        .period_over(&format::date(ended, context.language));
    Some(view! { <p class="notice notice-care">{text}</p> })
}

/// The facts that decide whether the class can go, in a fixed order; what is not known is said in one sentence.
fn fits<'page>(context: &'page Context, content: &'page Content) -> impl IntoView + use<'page> {
    let text = context.text().offer();
    let common = context.text().common();
    let language = context.language;
    let offer = &content.offer;
    let fact =
        |label: &'static str, value: String| view! { <div><dt>{label}</dt><dd>{value}</dd></div> };
    let audience = audience(context, offer);
    let missing = missing(context, offer);
    view! {
        <section class="fits" aria-labelledby="fits">
            <h2 id="fits">{text.fits()}</h2>
            <dl class="fact-list">
                {audience.map(|audience| fact(common.audience(), audience))}
                {(!offer.subjects.is_empty()).then(|| view! {
                    <div>
                        <dt>{common.subjects()}</dt>
                        <dd>{links(context, FacetName::Subject, offer.subjects.iter().map(|subject| {
                            (subject.code().to_owned(), subject.label(language).to_owned())
                        }).collect())}</dd>
                    </div>
                })}
                {offer.duration_minutes.map(|minutes| fact(common.duration(), format::duration(minutes, language)))}
                {offer.max_pupils.map(|pupils| {
                    fact(text.pupils(), text.at_most(&format::number(u64::from(pupils), language)))
                })}
                {price_fact(context, offer)}
                {place_fact(context, content)}
                {offer.available.as_ref().and_then(|available| period(context, available)).map(|(days, note)| view! {
                    <div>
                        <dt>{text.period()}</dt>
                        <dd>
                            {days}
                            {note.map(|note| view! { <span class="fact-note" lang=written_language(context)>{note}</span> })}
                        </dd>
                    </div>
                })}
                {taught_in(context, offer).map(|languages| fact(text.languages(), languages))}
                {open_to(context, offer)}
            </dl>
            {(!missing.is_empty()).then(|| view! {
                <p class="not-written">{text.not_written(&listed(&missing, text.and()))}</p>
            })}
            {context.home.is_none().then(|| view! { <p class="hint">{text.choose_municipality()}</p> })}
        </section>
    }
}

fn audience(context: &Context, offer: &Offer) -> Option<String> {
    let mut parts: Vec<String> = Vec::new();
    if !offer.grades.is_empty() {
        parts.push(Grade::describe(&offer.grades, context.language));
    }
    parts.extend(
        offer
            .other_levels
            .iter()
            .map(|level| level.label(context.language).to_owned()),
    );
    (!parts.is_empty()).then(|| parts.join(", "))
}

/// What the provider has not written, in words that stand in a sentence.
fn missing(context: &Context, offer: &Offer) -> Vec<&'static str> {
    let text = context.text().offer();
    [
        (
            offer.grades.is_empty() && offer.other_levels.is_empty(),
            text.missing_grades(),
        ),
        (offer.subjects.is_empty(), text.missing_subjects()),
        (offer.duration_minutes.is_none(), text.missing_duration()),
        (offer.max_pupils.is_none(), text.missing_pupils()),
        (offer.price.is_none(), text.missing_price()),
        (offer.place.is_none(), text.missing_place()),
        (offer.available.is_none(), text.missing_period()),
    ]
    .into_iter()
    .filter_map(|(missing, name)| missing.then_some(name))
    .collect()
}

fn links(
    context: &Context,
    facet: FacetName,
    values: Vec<(String, String)>,
) -> impl IntoView + use<> {
    let links: Vec<(String, String)> = values
        .into_iter()
        .map(|(value, label)| {
            let query = encode_pairs([
                ("kind", Kind::Offer.code()),
                (facet.parameter(), value.as_str()),
            ]);
            (context.url_with(&Route::Search, &query), label)
        })
        .collect();
    links
        .into_iter()
        .enumerate()
        .map(|(position, (href, label))| view! { {(position > 0).then_some(", ")}<a href=href>{label}</a> })
        .collect_view()
}

fn price_fact(context: &Context, offer: &Offer) -> Option<impl IntoView + use<>> {
    let value = offer.price.as_ref()?;
    let free_for_us = context.home.map(|home| value.is_free_for(home.code));
    let free = value.kind == domain::PriceKind::Free || free_for_us == Some(true);
    let note = match &value.note {
        Some(note) => Some(note.as_str().to_owned()),
        None if !value.free_for.is_empty() && free_for_us != Some(true) => {
            let names: Vec<&str> = value.free_for.iter().map(|code| code.name()).collect();
            Some(
                context
                    .text()
                    .offer()
                    .free_for_schools_in(&listed(&names, context.text().offer().and())),
            )
        }
        None => None,
    };
    let lang = written_language(context).filter(|_| value.note.is_some());
    // For whom it is free is said beside it.
    let alone = domain::Price {
        free_for: Vec::new(),
        ..value.clone()
    };
    let words = price(context, &alone, free_for_us);
    Some(view! {
        <div>
            <dt>{context.text().common().price()}</dt>
            <dd>
                <span class=if free { "fact-free" } else { "" }>{words}</span>
                {note.map(|note| view! { <span class="fact-note" lang=lang>{note}</span> })}
            </dd>
        </div>
    })
}

/// Where it takes place, as a point; none where that is at the school, online or not known.
fn point(content: &Content) -> Option<GeoPoint> {
    let place = content.offer.place.as_ref()?;
    match place.mode {
        PlaceMode::School | PlaceMode::Online => None,
        PlaceMode::Provider => place
            .location
            .or_else(|| content.provider.as_ref()?.location),
        PlaceMode::Outdoors | PlaceMode::Agreed => place.location,
    }
    .or_else(|| {
        let exact = matches!(
            place.mode,
            PlaceMode::Provider | PlaceMode::Outdoors | PlaceMode::Agreed
        );
        municipality(content)
            .filter(|_| exact)
            .map(|code| code.municipality().centre)
    })
}

fn municipality(content: &Content) -> Option<MunicipalityCode> {
    let place = content.offer.place.as_ref()?;
    place.municipality.or_else(|| {
        content
            .provider
            .as_ref()
            .filter(|_| place.mode == PlaceMode::Provider)?
            .municipality
    })
}

fn place_fact(context: &Context, content: &Content) -> Option<impl IntoView + use<>> {
    let place = content.offer.place.as_ref()?;
    let text = context.text().offer();
    let provider = content
        .provider
        .as_ref()
        .filter(|_| place.mode == PlaceMode::Provider);
    let address = place
        .address
        .as_ref()
        .or_else(|| provider?.address.as_ref())
        .map(|address| address.one_line());
    let municipality = municipality(content).map(|code| {
        let route = code
            .municipality()
            .slug
            .parse()
            .map_or(Route::Municipalities, Route::Municipality);
        view! { <span class="fact-note"><a href=context.url(&route)>{code.name()}</a></span> }
    });
    let distance = context.home.zip(point(content)).map(|(home, point)| {
        let distance = format::distance(home.centre.distance_km(point), context.language);
        view! { <span class="fact-note numbers">{text.as_the_crow_flies(&distance, home.name)}</span> }
    });
    Some(view! {
        <div>
            <dt>{context.text().common().place()}</dt>
            <dd>
                {place.mode.label(context.language)}
                {address.filter(|address| !address.is_empty()).map(|address| view! { <span class="fact-note">{address}</span> })}
                {municipality}
                {distance}
            </dd>
        </div>
    })
}

fn period(context: &Context, available: &Availability) -> Option<(Option<String>, Option<String>)> {
    let text = context.text().offer();
    let date = |date: Date| format::date(date, context.language);
    let days = match (available.from, available.to) {
        (Some(from), Some(to)) => Some(text.from_to(&date(from), &date(to))),
        (Some(from), None) => Some(text.from_day(&date(from))),
        (None, Some(to)) => Some(text.to_day(&date(to))),
        (None, None) => None,
    };
    let note = available.note.as_ref().map(|note| note.as_str().to_owned());
    (days.is_some() || note.is_some()).then_some((days, note))
}

/// The languages it is held in, where that is not simply Danish.
fn taught_in(context: &Context, offer: &Offer) -> Option<String> {
    let only_danish = offer.languages.iter().all(|tag| tag.as_str() == "da");
    (!only_danish).then(|| {
        let names: Vec<&str> = offer
            .languages
            .iter()
            .map(|tag| {
                domain::search::language_label(tag.as_str(), context.language)
                    .unwrap_or(tag.as_str())
            })
            .collect();
        listed(&names, context.text().offer().and())
    })
}

fn open_to(context: &Context, offer: &Offer) -> Option<impl IntoView + use<>> {
    let text = context.text().offer();
    if offer.open_to.is_empty() {
        return None;
    }
    let names: Vec<&str> = offer.open_to.iter().map(|code| code.name()).collect();
    let schools = text.open_to_schools_in(&listed(&names, text.and()));
    let for_us = context.home.map(|home| {
        if offer.open_to.contains(&home.code) {
            Either::Left(
                view! { <span class="fact-note fact-free">{text.open_to_yours(home.name)}</span> },
            )
        } else {
            let words = context.text().common().not_open_to_us(home.name);
            Either::Right(view! { <span class="fact-note fact-care">{words}</span> })
        }
    });
    Some(view! { <div><dt>{text.open_to()}</dt><dd>{schools}{for_us}</dd></div> })
}

fn what_happens<'page>(context: &'page Context, offer: &'page Offer) -> impl IntoView + use<'page> {
    let text = context.text().offer();
    let lang = written_language(context);
    view! {
        <section>
            <h2>{text.what_happens()}</h2>
            {match &offer.description {
                Some(description) => Either::Left(prose(context, description.as_str())),
                None => Either::Right(view! { <p class="prose">{text.no_description()}</p> }),
            }}
            {(!offer.goals.is_empty()).then(|| view! {
                <h3>{text.goals()}</h3>
                <ul class="prose" lang=lang>{offer.goals.iter().map(|goal| view! { <li>{goal.as_str()}</li> }).collect_view()}</ul>
            })}
            {(!offer.themes.is_empty()).then(|| view! {
                <p class="themes">
                    <span class="soft">{context.text().detail().themes()}": "</span>
                    <span lang=lang>{links(context, FacetName::Theme, offer.themes.iter().map(|theme| {
                        (theme.as_str().to_owned(), theme.as_str().to_owned())
                    }).collect())}</span>
                </p>
            })}
        </section>
    }
}

fn materials(context: &Context, content: &Content) -> impl IntoView + use<> {
    let text = context.text().offer();
    let offer = &content.offer;
    let parts: Vec<(&'static str, &str)> = offer
        .materials
        .iter()
        .flat_map(|materials| {
            [
                (text.before(), &materials.before),
                (text.during(), &materials.during),
                (text.after(), &materials.after),
            ]
        })
        .filter_map(|(name, part)| Some((name, part.as_ref()?.as_str())))
        .collect();
    view! {
        <section>
            <h2>{text.materials()}</h2>
            {if parts.is_empty() {
                Either::Left((!content.attachments.has_files()).then(|| view! { <p class="prose">{text.no_materials()}</p> }))
            } else {
                Either::Right(view! {
                    <ol class="phases">
                        {parts.into_iter().map(|(name, part)| view! { <li><h3>{name}</h3>{prose(context, part)}</li> }).collect_view()}
                    </ol>
                })
            }}
            {content.attachments.has_files().then(|| view! {
                <h3>{context.text().images().files()}</h3>
                {files(context, &content.attachments)}
            })}
            {offer.accessibility.as_ref().map(|accessibility| view! {
                <h3>{text.accessibility()}</h3>
                <p class="prose" lang=written_language(context)>{accessibility.as_str().to_owned()}</p>
            })}
        </section>
    }
}

fn journey<'page>(
    context: &'page Context,
    offer: &'page Offer,
) -> Option<impl IntoView + use<'page>> {
    let text = context.text().offer();
    let stays = offer
        .place
        .as_ref()
        .is_some_and(|place| matches!(place.mode, PlaceMode::School | PlaceMode::Online));
    let transport = offer.transport.as_ref();
    if stays && transport.is_none() {
        return None;
    }
    let advice = JOURNEY_ADVICE
        .parse()
        .map_or(Route::Recommendations, Route::Recommendation);
    let activities = transport.and_then(|transport| transport.activities.as_ref());
    Some(view! {
        <section>
            <h2>{text.journey()}</h2>
            {transport.map(|transport| view! {
                {(!transport.modes.is_empty()).then(|| view! {
                    <ul class="facts">
                        {transport.modes.iter().map(|mode| view! { <li>{mode.label(context.language)}</li> }).collect_view()}
                    </ul>
                })}
                {transport.minutes.map(|minutes| view! {
                    <p>{text.journey_time(&format::duration(minutes, context.language))}</p>
                })}
                {transport.note.as_ref().map(|note| view! {
                    <p class="prose" lang=written_language(context)>{note.as_str()}</p>
                })}
            })}
            {match activities {
                Some(activities) => Either::Left(view! { <h3>{text.on_the_way()}</h3>{prose(context, activities.as_str())} }),
                None => Either::Right(view! {
                    <p class="prose">{text.no_activities()}" "<a href=context.url(&advice)>{text.see_journey_advice()}</a></p>
                }),
            }}
        </section>
    })
}

/// What can be said of whether an offer is alive, from what stands about it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Liveness {
    /// Somebody keeps it alive, and no review is overdue.
    Confirmed,
    /// Nobody has looked it over in time.
    Unconfirmed,
    /// Nobody has looked it over for a long time.
    LongUnconfirmed,
    /// Nobody says so, but its content changed within the last year.
    Recent,
    /// Nothing is known.
    Unknown,
    /// A review's date has passed.
    Overdue,
    /// What kept it alive has ended.
    Lapsed,
}

impl Liveness {
    fn of(offer: &Offer, confirmed: Option<Date>, today: Date) -> Liveness {
        let mut active = offer
            .anchoring
            .iter()
            .filter(|entry| entry.status != Some(AnchoringStatus::Lapsed))
            .peekable();
        if !offer.anchoring.is_empty() && active.peek().is_none() {
            return Liveness::Lapsed;
        }
        let freshness =
            confirmed.map(|confirmed| Review::of_offer(offer, confirmed).freshness(today));
        match freshness {
            Some(Freshness::Unconfirmed) => return Liveness::Unconfirmed,
            Some(Freshness::Lapsed) => return Liveness::LongUnconfirmed,
            Some(Freshness::Confirmed) | None => {}
        }
        if active.clone().any(|entry| entry.is_overdue(today)) {
            return Liveness::Overdue;
        }
        let kept = |entry: &Anchoring| {
            entry.review().is_some() || entry.status == Some(AnchoringStatus::Active)
        };
        if freshness.is_some() || active.any(kept) {
            return Liveness::Confirmed;
        }
        let year_ago = today.saturating_sub(1.year());
        match offer.updated {
            Some(updated) if updated >= year_ago => Liveness::Recent,
            _ => Liveness::Unknown,
        }
    }
}

fn alive<'page>(context: &'page Context, content: &'page Content) -> impl IntoView + use<'page> {
    let text = context.text().offer();
    let offer = &content.offer;
    let upkeep = context.text().upkeep();
    let (class, word, why) = match Liveness::of(offer, content.confirmed, context.today) {
        Liveness::Unconfirmed => (
            status_class(Freshness::Unconfirmed),
            Freshness::Unconfirmed.label(context.language),
            upkeep.offer_unconfirmed(),
        ),
        Liveness::LongUnconfirmed => (
            status_class(Freshness::Lapsed),
            Freshness::Lapsed.label(context.language),
            upkeep.offer_lapsed(),
        ),
        Liveness::Confirmed => (
            "status status-alive",
            text.alive_confirmed(),
            text.alive_confirmed_why(),
        ),
        Liveness::Recent => (
            "status status-alive",
            text.alive_confirmed(),
            text.alive_recent_why(),
        ),
        Liveness::Unknown => ("status", text.alive_unknown(), text.alive_unknown_why()),
        Liveness::Overdue => (
            "status status-care",
            text.alive_overdue(),
            text.alive_overdue_why(),
        ),
        Liveness::Lapsed => (
            "status status-care",
            text.alive_lapsed(),
            text.alive_lapsed_why(),
        ),
    };
    let changed = match offer.updated {
        Some(updated) => text.changed(&format::date(updated, context.language)),
        None => text.change_unknown().to_owned(),
    };
    view! {
        <section>
            <h2>{text.alive()}</h2>
            <p class="prose"><span class=class>{word}</span>" "{why}</p>
            {content.confirmed.map(|confirmed| {
                review_days(context, confirmed, Review::of_offer(offer, confirmed))
            })}
            {(!offer.anchoring.is_empty()).then(|| anchoring_list(context, &offer.anchoring, &content.names))}
            <p class="prose soft">
                {changed}" "{text.in_portal_since(&format::date(content.revised, context.language))}" "
                {offer.source_url.as_ref().map(|address| source_link(context, address))}
            </p>
            {change_log(context, &content.changes)}
        </section>
    }
}

fn experiences<'page>(
    context: &'page Context,
    content: &'page Content,
) -> impl IntoView + use<'page> {
    let text = context.text().offer();
    view! {
        <section>
            <h2>{text.experiences()}</h2>
            {if content.cases.is_empty() {
                Either::Left(view! {
                    <p class="prose">{text.no_experiences()}</p>
                    {rows(context, &content.similar_cases, 3, false)}
                    <p><a href=context.url_with(&Route::Search, "kind=case")>{text.see_experiences()}</a></p>
                })
            } else {
                Either::Right(view! { {rows(context, &content.cases, 3, false)} })
            }}
        </section>
    }
}

fn feedback<'page>(context: &'page Context, content: &'page Content) -> impl IntoView + use<'page> {
    let offer = &content.offer;
    let owner = content
        .provider
        .as_ref()
        .map_or(offer.provider.as_str(), |provider| provider.name.as_str());
    feedback_section(context, &offer.id, owner, content.feedback.as_ref())
}

fn contact<'page>(context: &'page Context, content: &'page Content) -> impl IntoView + use<'page> {
    let text = context.text().offer();
    let detail = context.text().detail();
    let offer = &content.offer;
    let own = offer.contact.as_ref();
    let provider = content.provider.as_ref();
    let email = own
        .and_then(|contact| contact.email.as_ref())
        .or_else(|| provider?.email.as_ref());
    let phone = own
        .and_then(|contact| contact.phone.as_ref())
        .or_else(|| provider?.phone.as_ref());
    let url = provider.and_then(|provider| provider.url.as_ref());
    let none = email.is_none() && phone.is_none();
    let person: Vec<&str> = own
        .into_iter()
        .flat_map(|contact| [&contact.name, &contact.role])
        .flatten()
        .map(|line| line.as_str())
        .collect();
    let name = provider.map_or(offer.provider.as_str(), |provider| provider.name.as_str());
    let others = SearchQuery {
        filters: [
            (FacetName::Kind, vec![Kind::Offer.code().to_owned()]),
            (FacetName::Provider, vec![offer.provider.to_string()]),
        ]
        .into(),
        ..SearchQuery::default()
    };
    view! {
        <section id=CONTACT tabindex="-1">
            <h2>{detail.contact()}</h2>
            {(!person.is_empty()).then(|| view! { <p lang=written_language(context)>{person.join(", ")}</p> })}
            <p><a href=context.url(&Route::Organisation(offer.provider.clone()))>{name}</a></p>
            {none.then(|| view! {
                <p class="prose">
                    {text.no_contact()}" "{offer.source_url.as_ref().map(|address| source_link(context, address))}
                </p>
            })}
            <ul class="contact-ways">
                {email.map(|email| view! {
                    <li>
                        {detail.write_to()}" "
                        <a href=mail_to(email.as_str(), &text.mail_subject(offer.title.as_str()), "")>{email.as_str()}</a>
                    </li>
                })}
                {phone.map(|phone| view! {
                    <li>{detail.call()}" "<a href=call(phone)>{phone.as_str()}</a></li>
                })}
                {url.map(|url| view! { <li>{detail.website()}": "<a href=url.as_str() rel="noopener">{host(url)}</a></li> })}
            </ul>
            <p><a href=context.url_with(&Route::Search, &others.to_query_string())>{text.more_from(name)}</a></p>
        </section>
    }
}

fn share(context: &Context, offer: &Offer) -> impl IntoView + use<> {
    let calendar = encode_pairs([("ids", offer.id.as_str()), ("lang", context.language.tag())]);
    view! {
        <div class="actions share">
            {mail_link(context, offer.title.as_str())}
            {copy_and_print(context)}
            <a class="button quiet" href=context.service_with(Service::ListCalendar, &calendar) download>
                {context.text().detail().calendar()}
            </a>
        </div>
        <Sharing/>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn offer(anchoring: &str, updated: &str) -> Offer {
        let line = format!(
            r#"{{"type":"offer","id":"a","title":"A","summary":"A","provider":"a","anchoring":[{anchoring}]{updated}}}"#
        );
        match domain::exchange::parse_line(&line).expect("a valid line") {
            domain::Entry::Offer(offer) => *offer,
            _ => panic!("an offer is an offer"),
        }
    }

    #[test]
    fn an_offer_is_alive_when_somebody_answers_for_it_or_it_changed_lately() {
        let today = Date::constant(2026, 11, 24);
        let of =
            |anchoring: &str, updated: &str| Liveness::of(&offer(anchoring, updated), None, today);
        let active = r#"{"strategy":"s","status":"active","nextReview":"2027-01-01"}"#;
        let overdue = r#"{"strategy":"t","status":"active","nextReview":"2026-11-23"}"#;
        let lapsed = r#"{"strategy":"u","status":"lapsed","nextReview":"2027-01-01"}"#;
        assert_eq!(of("", ""), Liveness::Unknown);
        assert_eq!(of("", r#","updated":"2026-01-01""#), Liveness::Recent);
        assert_eq!(of("", r#","updated":"2025-11-23""#), Liveness::Unknown);
        assert_eq!(of(active, ""), Liveness::Confirmed);
        assert_eq!(of(&[active, ",", overdue].concat(), ""), Liveness::Overdue);
        assert_eq!(of(lapsed, r#","updated":"2026-11-01""#), Liveness::Lapsed);
        assert_eq!(of(&[active, ",", lapsed].concat(), ""), Liveness::Confirmed);
        assert_eq!(
            of(r#"{"strategy":"v","status":"planned"}"#, ""),
            Liveness::Unknown
        );
        let confirmed = |anchoring: &str, day: Date| {
            Liveness::of(
                &offer(anchoring, r#","updated":"2020-01-01""#),
                Some(day),
                today,
            )
        };
        let of_last_year = Date::constant(2025, 10, 26);
        assert_eq!(confirmed("", of_last_year), Liveness::Confirmed);
        assert_eq!(confirmed(overdue, of_last_year), Liveness::Overdue);
        let unconfirmed = Date::constant(2025, 10, 25);
        assert_eq!(confirmed(active, unconfirmed), Liveness::Unconfirmed);
        let long = Date::constant(2025, 8, 26);
        assert_eq!(confirmed(active, long), Liveness::LongUnconfirmed);
        assert_eq!(confirmed(lapsed, today), Liveness::Lapsed);
    }
}
