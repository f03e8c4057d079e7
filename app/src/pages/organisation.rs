//! One organisation: who and where it is, its offers, and its part in collaborations.

use domain::search::{FacetName, FacetsWanted, Hit, PerPage, SearchQuery, SearchResults};
use domain::{Case, Code, Degree, Kind, Organisation, OrganisationKind, Slug};
use leptos::either::Either;
use leptos::prelude::*;

use crate::backend::{Backend, Published};
use crate::components::breadcrumbs::breadcrumbs;
use crate::components::content::{danish_notice, host, sample_notice, written_language};
use crate::components::related::{all_link, feed_of, others_like, rows_section};
use crate::components::rows::rows;
use crate::components::save::save_form;
use crate::components::share::{call, mail_to};
use crate::context::Context;
use crate::page::{Meta, Page, Problem};
use crate::render;
use crate::routes::Route;
use crate::structured_data;

/// How many of its cases are told with the organisation's part in them.
const CASES: usize = 20;

/// What the page shows.
struct Content {
    organisation: Organisation,
    sample: bool,
    offers: SearchResults,
    offers_query: SearchQuery,
    cases: Vec<Case>,
    similar: Vec<Hit>,
}

/// The page of an organisation.
pub async fn page<B: Backend>(context: &Context, backend: &B, id: &Slug) -> Result<Page, Problem> {
    let content = content(context, backend, id).await?;
    let organisation = &content.organisation;
    let text = context.text().organisation();
    let name = organisation.name.as_str();
    let description = match &organisation.summary {
        Some(summary) => summary.as_str().to_owned(),
        None => text.description(name, organisation.kind.label(context.language)),
    };
    let mut meta = Meta::new(name, description);
    meta.islands = !content.offers.hits.is_empty();
    meta.feed = Some((
        text.offers_of(name),
        feed_of(context, &content.offers_query),
    ));
    meta.json_ld
        .push(structured_data::organisation(context, organisation));
    meta.json_ld.push(structured_data::breadcrumbs(
        context,
        &steps(context, organisation),
        name,
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
    let Published {
        entry: organisation,
        sample,
        ..
    } = backend
        .object::<Organisation>(id, language)
        .await?
        .ok_or(Problem::NotFound)?;
    let offers_query = SearchQuery {
        filters: [
            (FacetName::Kind, vec![Kind::Offer.code().to_owned()]),
            (FacetName::Provider, vec![id.to_string()]),
        ]
        .into(),
        facets: FacetsWanted::These(Vec::new()),
        home,
        per_page: PerPage::clamp(8),
        ..SearchQuery::default()
    };
    let offers = backend.search(&offers_query, language).await?;
    let mut case_ids = backend
        .referring(Kind::Organisation, id, Kind::Case)
        .await?;
    case_ids.truncate(CASES);
    let cases = backend.objects::<Case>(&case_ids, language).await?;
    let similar = others_like(
        context,
        backend,
        (Kind::Organisation, id),
        Kind::Organisation,
        &[],
        4,
    )
    .await?;
    Ok(Content {
        organisation,
        sample,
        offers,
        offers_query,
        cases,
        similar,
    })
}

fn steps(context: &Context, organisation: &Organisation) -> Vec<(String, String)> {
    match organisation.municipality.map(|code| code.municipality()) {
        Some(municipality) => vec![
            (
                context.url(&Route::Municipalities),
                context.text().common().municipalities().to_owned(),
            ),
            (
                municipality_url(context, municipality),
                municipality.name.to_owned(),
            ),
        ],
        None => vec![(
            context.url_with(&Route::Search, "kind=organisation"),
            context.text().common().kinds_organisation().to_owned(),
        )],
    }
}

fn municipality_url(context: &Context, municipality: &domain::Municipality) -> String {
    context.url(
        &municipality
            .slug
            .parse()
            .map_or(Route::Municipalities, Route::Municipality),
    )
}

fn view<'page>(context: &'page Context, content: &'page Content) -> impl IntoView + use<'page> {
    let text = context.text().organisation();
    let organisation = &content.organisation;
    let name = organisation.name.as_str();
    let lang = written_language(context);
    let all = SearchQuery {
        facets: FacetsWanted::Fitting,
        per_page: PerPage::default(),
        home: None,
        ..content.offers_query.clone()
    };
    let all = (
        content.offers.total,
        context.url_with(&Route::Search, &all.to_query_string()),
    );
    view! {
        {breadcrumbs(context, &steps(context, organisation), name)}
        <article class="detail organisation">
            <header class="detail-header">
                <p class="kicker">{organisation.kind.label(context.language)}</p>
                <h1 lang=lang>{name}</h1>
                {organisation.summary.as_ref().map(|summary| view! { <p class="lead" lang=lang>{summary.as_str()}</p> })}
            </header>
            <div class="detail-aside">{facts(context, organisation)}</div>
            <div class="detail-body">
                {sample_notice(context, content.sample, None)}
                {danish_notice(context)}
                <section>
                    <h2>{text.offers()}</h2>
                    {if content.offers.hits.is_empty() {
                        Either::Left(view! { <p class="prose">{text.no_offers()}</p> })
                    } else {
                        Either::Right(view! {
                            {rows(context, &content.offers.hits, 3, false)}
                            {all_link(context, &content.offers.hits, Some(all))}
                        })
                    }}
                </section>
                <section>
                    <h2>{text.cases()}</h2>
                    {if content.cases.is_empty() {
                        Either::Left(view! { <p class="prose">{text.no_cases()}</p> })
                    } else {
                        Either::Right(view! {
                            <ul class="rows">
                                {content.cases.iter().map(|case| part_in(context, case, &organisation.id)).collect_view()}
                            </ul>
                        })
                    }}
                </section>
            </div>
        </article>
        {rows_section(context, text.similar().to_owned(), &content.similar, None)}
        {(!content.offers.hits.is_empty()).then(|| save_form(context))}
    }
}

/// A case with what the organisation did in it.
fn part_in<'page>(
    context: &'page Context,
    case: &'page Case,
    organisation: &Slug,
) -> impl IntoView + use<'page> {
    let text = context.text().organisation();
    let lang = written_language(context);
    let partner = case
        .partners
        .iter()
        .find(|partner| partner.organisation == *organisation);
    let tasks: Vec<&str> = partner
        .into_iter()
        .flat_map(|partner| &partner.tasks)
        .filter(|(_, degree)| **degree != Degree::None)
        .map(|(task, _)| task.label(context.language))
        .collect();
    let contact = partner.is_some_and(|partner| partner.contact_person == Some(true));
    view! {
        <li class="row">
            <h3 class="row-title"><a lang=lang href=context.url(&Route::Case(case.id.clone()))>{case.title.as_str()}</a></h3>
            <p class="row-summary" lang=lang>{case.summary.as_str()}</p>
            <ul class="facts">
                {contact.then(|| view! { <li><span class="status status-alive">{text.was_contact()}</span></li> })}
                {partner.map(|_| if tasks.is_empty() {
                    Either::Left(view! { <li>{text.no_tasks()}</li> })
                } else {
                    Either::Right(view! { <li>{text.their_part()}": "{tasks.join(", ")}</li> })
                })}
            </ul>
        </li>
    }
}

fn facts<'page>(
    context: &'page Context,
    organisation: &'page Organisation,
) -> impl IntoView + use<'page> {
    let text = context.text().organisation();
    let detail = context.text().detail();
    let address = organisation
        .address
        .as_ref()
        .map(|address| address.one_line())
        .filter(|address| !address.is_empty());
    let unreachable =
        organisation.url.is_none() && organisation.email.is_none() && organisation.phone.is_none();
    let municipality = match organisation.municipality.map(|code| code.municipality()) {
        Some(municipality) => Either::Left(
            view! { <a href=municipality_url(context, municipality)>{municipality.name}</a> },
        ),
        None => Either::Right(text.nationwide()),
    };
    view! {
        <section class="fits" aria-labelledby="facts">
            <h2 id="facts">{text.facts()}</h2>
            <dl class="fact-list">
                <div><dt>{text.kind()}</dt><dd>{organisation.kind.label(context.language)}</dd></div>
                <div><dt>{text.municipality()}</dt><dd>{municipality}</dd></div>
                {address.map(|address| view! { <div><dt>{detail.address()}</dt><dd>{address}</dd></div> })}
                {organisation.email.as_ref().map(|email| view! {
                    <div><dt>{detail.write_to()}</dt><dd><a href=mail_to(email.as_str(), "", "")>{email.as_str()}</a></dd></div>
                })}
                {organisation.phone.as_ref().map(|phone| view! {
                    <div>
                        <dt>{detail.call()}</dt>
                        <dd><a href=call(phone)>{phone.as_str()}</a></dd>
                    </div>
                })}
                {organisation.url.as_ref().map(|url| view! {
                    <div><dt>{detail.website()}</dt><dd><a href=url.as_str() rel="noopener">{host(url)}</a></dd></div>
                })}
            </dl>
            {(unreachable && organisation.kind != OrganisationKind::Municipality).then(|| view! { <p class="hint">{text.no_contact()}</p> })}
        </section>
    }
}
