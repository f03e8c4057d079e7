//! The anchoring strategies, and one of them with where it is in use.

use std::collections::BTreeMap;
use std::sync::Arc;

use domain::search::{FacetName, FacetsWanted, Hit, PerPage, SearchQuery, Sort};
use domain::{Anchoring, AnchoringStatus, Code, Entry, Kind, Recommendation, Slug, Strategy};
use leptos::either::Either;
use leptos::prelude::*;

use crate::backend::{Backend, Published};
use crate::components::anchoring::status;
use crate::components::breadcrumbs::breadcrumbs;
use crate::components::content::{sample_mark, written_language};
use crate::components::evidence::{editorial_language, editorial_prose, findings};
use crate::components::related::{others_like, rows_section};
use crate::context::Context;
use crate::format;
use crate::page::{Meta, Page, Problem};
use crate::pages::recommendations::{first_sentences, recommendation_rows};
use crate::render;
use crate::routes::Route;
use crate::structured_data;

/// How many of those that use a strategy are told one by one, for each kind.
const USERS: u32 = 20;

/// How many objects of a kind use each strategy.
async fn uses<B: Backend>(
    context: &Context,
    backend: &B,
    kind: Kind,
) -> Result<BTreeMap<Arc<str>, u64>, Problem> {
    let query = SearchQuery {
        filters: [(FacetName::Kind, vec![kind.code().to_owned()])].into(),
        facets: FacetsWanted::These(vec![FacetName::Strategy]),
        per_page: PerPage::clamp(1),
        ..SearchQuery::default()
    };
    let results = backend.search(&query, context.language).await?;
    Ok(results
        .facets
        .into_iter()
        .flat_map(|facet| facet.counts)
        .map(|count| (count.value, count.count))
        .collect())
}

/// The page of all strategies.
pub async fn list<B: Backend>(context: &Context, backend: &B) -> Result<Page, Problem> {
    let strategies = backend.editorial_objects(context.language).await?;
    let cases = uses(context, backend, Kind::Case).await?;
    let offers = uses(context, backend, Kind::Offer).await?;
    let text = context.text().learn();
    let mut meta = Meta::new(text.strategies_title(), text.strategies_description());
    meta.json_ld.push(structured_data::breadcrumbs(
        context,
        &[],
        text.strategies_title(),
    ));
    Ok(render::page(context, &meta, || {
        list_view(context, &strategies, &cases, &offers)
    }))
}

fn list_view<'page>(
    context: &'page Context,
    strategies: &'page [Strategy],
    cases: &'page BTreeMap<Arc<str>, u64>,
    offers: &'page BTreeMap<Arc<str>, u64>,
) -> impl IntoView + use<'page> {
    let text = context.text().learn();
    let count = |counts: &BTreeMap<Arc<str>, u64>, strategy: &Strategy| {
        counts.get(strategy.code.as_str()).copied().unwrap_or(0)
    };
    view! {
        {breadcrumbs(context, &[], text.strategies_title())}
        <h1>{text.strategies_title()}</h1>
        <p class="lead">{text.strategies_lead()}</p>
        <ul class="rows">
            {strategies.iter().map(|strategy| {
                let (cases, offers) = (count(cases, strategy), count(offers, strategy));
                let owners: Vec<&str> = strategy.owners.iter().map(|owner| owner.label(context.language)).collect();
                view! {
                    <li class="row">
                        {strategy_title(context, strategy)}
                        {strategy.summary.as_ref().map(|summary| view! {
                            <p class="row-summary" lang=editorial_language(context, summary.as_str())>{summary.as_str()}</p>
                        })}
                        <ul class="facts">
                            {(!owners.is_empty()).then(|| view! { <li>{owners.join(", ")}</li> })}
                            {(cases > 0).then(|| view! { <li class="fact-free">{text.used_in_cases(cases)}</li> })}
                            {(offers > 0).then(|| view! { <li class="fact-free">{text.used_in_offers(offers)}</li> })}
                            {(cases == 0 && offers == 0).then(|| view! { <li>{text.not_used()}</li> })}
                        </ul>
                    </li>
                }
            }).collect_view()}
        </ul>
    }
}

fn strategy_title<'page>(
    context: &'page Context,
    strategy: &'page Strategy,
) -> impl IntoView + use<'page> {
    view! {
        <h2 class="row-title">
            <a lang=editorial_language(context, strategy.title.as_str())
                href=context.url(&Route::Strategy(strategy.code.clone()))>{strategy.title.as_str()}</a>
        </h2>
    }
}

/// A case or an offer that uses the strategy, and how.
struct User {
    route: Route,
    kind: Kind,
    title: String,
    entry: Anchoring,
}

/// What the page of one shows.
struct Content {
    strategy: Strategy,
    sample: bool,
    users: Vec<User>,
    total: u64,
    recommendations: Vec<Recommendation>,
    similar_cases: Vec<Hit>,
    others: Vec<Strategy>,
}

/// The page of one strategy.
pub async fn page<B: Backend>(
    context: &Context,
    backend: &B,
    code: &Slug,
) -> Result<Page, Problem> {
    let language = context.language;
    let Published {
        entry: strategy,
        sample,
        ..
    } = backend
        .object::<Strategy>(code, language)
        .await?
        .ok_or(Problem::NotFound)?;
    let (mut users, mut total) = (Vec::new(), 0);
    for kind in [Kind::Case, Kind::Offer] {
        let results = backend.search(&users_query(code, kind), language).await?;
        total += results.total;
        let ids: Vec<Slug> = results.hits.into_iter().map(|hit| hit.id).collect();
        for published in backend.read_all(kind, &ids, language).await? {
            let anchoring = match &published.entry {
                Entry::Case(case) => &case.anchoring,
                Entry::Offer(offer) => &offer.anchoring,
                _ => continue,
            };
            users.extend(
                anchoring
                    .iter()
                    .filter(|entry| entry.strategy == *code)
                    .map(|entry| User {
                        route: Route::of(kind, published.entry.id().clone()),
                        kind,
                        title: published.entry.title().to_owned(),
                        entry: entry.clone(),
                    }),
            );
        }
    }
    users.sort_by_key(|user| match user.entry.status {
        Some(AnchoringStatus::Active) => 0,
        Some(AnchoringStatus::Planned) => 1,
        None => 2,
        Some(AnchoringStatus::Lapsed) => 3,
    });
    let mut recommendations: Vec<Recommendation> = backend.editorial_objects(language).await?;
    recommendations.retain(|recommendation| recommendation.topics.contains(code));
    let mut others: Vec<Strategy> = backend.editorial_objects(language).await?;
    others.retain(|other| other.code != *code);
    let shown: Vec<Slug> = users
        .iter()
        .filter_map(|user| user.route.object())
        .map(|(_, id)| id.clone())
        .collect();
    let similar_cases = others_like(
        context,
        backend,
        (Kind::Strategy, code),
        Kind::Case,
        &shown,
        3,
    )
    .await?;
    let content = Content {
        strategy,
        sample,
        users,
        total,
        recommendations,
        similar_cases,
        others,
    };
    let title = content.strategy.title.as_str();
    let description = match (&content.strategy.summary, &content.strategy.description) {
        (Some(summary), _) => summary.as_str().to_owned(),
        (None, Some(description)) => first_sentences(description.as_str()),
        (None, None) => context.text().learn().strategies_description().to_owned(),
    };
    let mut meta = Meta::new(title, description);
    meta.json_ld.push(structured_data::breadcrumbs(
        context,
        &steps(context),
        title,
    ));
    Ok(render::page(context, &meta, || view(context, &content)))
}

fn users_query(code: &Slug, kind: Kind) -> SearchQuery {
    SearchQuery {
        filters: [
            (FacetName::Kind, vec![kind.code().to_owned()]),
            (FacetName::Strategy, vec![code.to_string()]),
        ]
        .into(),
        facets: FacetsWanted::These(Vec::new()),
        sort: Sort::Newest,
        per_page: PerPage::clamp(USERS),
        ..SearchQuery::default()
    }
}

fn steps(context: &Context) -> [(String, String); 1] {
    [(
        context.url(&Route::Strategies),
        context.text().common().strategies().to_owned(),
    )]
}

fn view<'page>(context: &'page Context, content: &'page Content) -> impl IntoView + use<'page> {
    let text = context.text().learn();
    let strategy = &content.strategy;
    let title = strategy.title.as_str();
    view! {
        {breadcrumbs(context, &steps(context), title)}
        <article class="detail strategy">
            <header class="detail-header">
                <p class="kicker">{context.text().common().kind_strategy()}</p>
                <h1 lang=editorial_language(context, title)>{title}</h1>
                {strategy.summary.as_ref().map(|summary| view! {
                    <p class="lead" lang=editorial_language(context, summary.as_str())>{summary.as_str()}</p>
                })}
            </header>
            {(!strategy.owners.is_empty()).then(|| view! {
                <div class="detail-aside">
                    <section class="fits" aria-labelledby="who-can">
                        <h2 id="who-can">{text.who_can()}</h2>
                        <ul class="topics">
                            {strategy.owners.iter().map(|owner| view! { <li>{owner.label(context.language)}</li> }).collect_view()}
                        </ul>
                    </section>
                </div>
            })}
            <div class="detail-body">
                {sample_mark(context, content.sample)}
                {strategy.description.as_ref().map(|description| view! {
                    <section><h2>{text.how()}</h2>{editorial_prose(context, description.as_str())}</section>
                })}
                {where_used(context, content)}
                {findings(context, &[strategy.code.as_str()])}
                {(!content.recommendations.is_empty()).then(|| view! {
                    <section>
                        <h2>{context.text().common().recommendations()}</h2>
                        {recommendation_rows(context, content.recommendations.iter().collect())}
                    </section>
                })}
            </div>
        </article>
        {rows_section(context, context.text().detail().related_cases().to_owned(), &content.similar_cases, None)}
        {(!content.others.is_empty()).then(|| view! {
            <section class="related">
                <h2>{text.other_strategies()}</h2>
                <ul class="topics">
                    {content.others.iter().map(|other| view! {
                        <li>
                            <a lang=editorial_language(context, other.title.as_str())
                                href=context.url(&Route::Strategy(other.code.clone()))>{other.title.as_str()}</a>
                        </li>
                    }).collect_view()}
                </ul>
            </section>
        })}
    }
}

fn where_used<'page>(
    context: &'page Context,
    content: &'page Content,
) -> impl IntoView + use<'page> {
    let text = context.text().learn();
    let users = &content.users;
    if users.is_empty() {
        return Either::Left(view! {
            <section><h2>{text.where_used()}</h2><p class="prose">{text.nobody_uses()}</p></section>
        });
    }
    let alive = users
        .iter()
        .filter(|user| user.entry.status == Some(AnchoringStatus::Active))
        .count() as u64;
    let lapsed = users
        .iter()
        .any(|user| user.entry.status == Some(AnchoringStatus::Lapsed));
    let query = SearchQuery {
        filters: [
            (
                FacetName::Kind,
                vec![Kind::Case.code().to_owned(), Kind::Offer.code().to_owned()],
            ),
            (FacetName::Strategy, vec![content.strategy.code.to_string()]),
        ]
        .into(),
        ..SearchQuery::default()
    };
    Either::Right(view! {
        <section>
            <h2>{text.where_used()}</h2>
            <p class="prose">
                {text.alive_of(alive, users.len() as u64)}" "{lapsed.then(|| text.lapsed_too())}
            </p>
            <ul class="rows">{users.iter().map(|user| user_row(context, user)).collect_view()}</ul>
            {(content.total > users.len() as u64).then(|| view! {
                <p>
                    {text.newest_of(users.len() as u64, content.total)}" "
                    <a href=context.url_with(&Route::Search, &query.to_query_string())>{text.see_all_using()}</a>
                </p>
            })}
        </section>
    })
}

fn user_row<'page>(context: &'page Context, user: &'page User) -> impl IntoView + use<'page> {
    let lang = written_language(context);
    let review = user.entry.review();
    view! {
        <li class="row">
            <h3 class="row-title"><a lang=lang href=context.url(&user.route)>{user.title.as_str()}</a></h3>
            {user.entry.note.as_ref().map(|note| view! { <p class="row-summary" lang=lang>{note.as_str()}</p> })}
            <ul class="facts">
                <li>{status(context, &user.entry)}</li>
                <li>{user.kind.label(context.language)}</li>
                {review.map(|date| {
                    let said = format::date(date, context.language);
                    let detail = context.text().detail();
                    if user.entry.is_overdue(context.today) {
                        Either::Left(view! { <li class="fact-care">{detail.review_overdue(&said)}</li> })
                    } else {
                        Either::Right(view! { <li>{detail.next_review(&said)}</li> })
                    }
                })}
            </ul>
        </li>
    }
}
