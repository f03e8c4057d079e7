//! The municipalities, and one of them with its offers, cases, institutions and schools.

use std::collections::HashMap;

use domain::search::{
    FREE_FOR_US, FacetName, FacetsWanted, Hit, Near, PerPage, SearchQuery, SearchResults, Sort,
};
use domain::{Code, Kind, Municipality, MunicipalityCode, OrganisationKind, Slug, municipality};
use leptos::either::Either;
use leptos::prelude::*;

use crate::backend::Backend;
use crate::components::breadcrumbs::breadcrumbs;
use crate::components::related::{all_link, feed_of};
use crate::components::rows::rows;
use crate::components::save::save_form;
use crate::context::Context;
use crate::page::{Meta, Page, Problem};
use crate::render;
use crate::routes::{Route, Service};
use crate::structured_data;

/// The page of all municipalities.
pub async fn list<B: Backend>(context: &Context, backend: &B) -> Result<Page, Problem> {
    let counts = backend
        .count_by_municipality(&query(Kind::Offer, None))
        .await?;
    let counts: HashMap<MunicipalityCode, u64> = counts.into_iter().collect();
    let text = context.text().municipality();
    let mut meta = Meta::new(text.all_title(), text.all_description());
    meta.json_ld
        .push(structured_data::breadcrumbs(context, &[], text.all_title()));
    Ok(render::page(context, &meta, || list_view(context, &counts)))
}

fn list_view<'page>(
    context: &'page Context,
    counts: &'page HashMap<MunicipalityCode, u64>,
) -> impl IntoView + use<'page> {
    let text = context.text().municipality();
    let mut letters: Vec<(char, Vec<&'static Municipality>)> = Vec::new();
    for municipality in municipality::all() {
        let letter = initial(municipality.name);
        match letters.last_mut() {
            Some((last, names)) if *last == letter => names.push(municipality),
            _ => letters.push((letter, vec![municipality])),
        }
    }
    view! {
        {breadcrumbs(context, &[], text.all_title())}
        <h1>{text.all_title()}</h1>
        <p class="lead">{text.all_lead()}</p>
        <nav class="letters" aria-label=text.letters()>
            <ul>{letters.iter().map(|(letter, _)| view! { <li><a href=anchor(*letter, "#")>{letter.to_string()}</a></li> }).collect_view()}</ul>
        </nav>
        <p><a href=context.url(&Route::Map)>{text.see_map()}</a></p>
        <div class="municipalities">
            {letters.iter().map(|(letter, names)| view! {
                <section>
                    <h2 id=anchor(*letter, "")>{letter.to_string()}</h2>
                    <ul>
                        {names.iter().map(|municipality| {
                            let count = counts.get(&municipality.code).copied().unwrap_or(0);
                            view! {
                                <li>
                                    <a href=context.url(&route(municipality))>{municipality.name}</a>
                                    {(count > 0).then(|| view! { " "<span class="soft small numbers">{text.offers_short(count)}</span> })}
                                </li>
                            }
                        }).collect_view()}
                    </ul>
                </section>
            }).collect_view()}
        </div>
    }
}

/// The letter that a name is found under: Aa is Å.
fn initial(name: &str) -> char {
    if name.starts_with("Aa") {
        'Å'
    } else {
        name.chars().next().unwrap_or('?')
    }
}

fn anchor(letter: char, before: &str) -> String {
    format!("{before}bogstav-{}", letter.to_lowercase())
}

/// The page of a municipality.
pub fn route(municipality: &Municipality) -> Route {
    municipality
        .slug
        .parse()
        .map_or(Route::Municipalities, Route::Municipality)
}

/// What the page of one shows.
struct Content {
    municipality: &'static Municipality,
    offers: SearchResults,
    free: u64,
    cases: SearchResults,
    organisations: SearchResults,
    nearest: Vec<Hit>,
}

/// The page of one municipality.
pub async fn page<B: Backend>(
    context: &Context,
    backend: &B,
    slug: &Slug,
) -> Result<Page, Problem> {
    let municipality = municipality::all()
        .iter()
        .find(|municipality| municipality.slug == slug.as_str())
        .copied()
        .ok_or(Problem::NotFound)?;
    let language = context.language;
    let at = Some(municipality);
    let few = |query: SearchQuery, number: u32| SearchQuery {
        per_page: PerPage::clamp(number),
        home: context.home.map(|home| home.code),
        ..query
    };
    let offers = backend
        .search(&few(query(Kind::Offer, at), 6), language)
        .await?;
    let free = backend
        .search(
            &SearchQuery {
                per_page: PerPage::clamp(1),
                ..free_query(municipality)
            },
            language,
        )
        .await?
        .total;
    let cases = backend
        .search(&few(query(Kind::Case, at), 6), language)
        .await?;
    let organisations = backend
        .search(&few(query(Kind::Organisation, at), PerPage::MAX), language)
        .await?;
    let nearest = if offers.hits.is_empty() {
        backend
            .search(&few(near_query(municipality), 4), language)
            .await?
            .hits
    } else {
        Vec::new()
    };
    let content = Content {
        municipality,
        offers,
        free,
        cases,
        organisations,
        nearest,
    };
    let text = context.text().municipality();
    let title = text.title(municipality.name);
    let mut meta = Meta::new(title.clone(), text.description(municipality.name));
    meta.islands = has_offers(&content);
    meta.feed = Some((
        text.offers_in(municipality.name),
        feed_of(context, &query(Kind::Offer, at)),
    ));
    meta.json_ld.push(structured_data::breadcrumbs(
        context,
        &steps(context),
        &title,
    ));
    Ok(render::page(context, &meta, || view(context, &content)))
}

fn has_offers(content: &Content) -> bool {
    !content.offers.hits.is_empty() || !content.nearest.is_empty()
}

fn steps(context: &Context) -> [(String, String); 1] {
    [(
        context.url(&Route::Municipalities),
        context.text().common().municipalities().to_owned(),
    )]
}

fn query(kind: Kind, at: Option<&Municipality>) -> SearchQuery {
    let mut filters =
        std::collections::BTreeMap::from([(FacetName::Kind, vec![kind.code().to_owned()])]);
    if let Some(municipality) = at {
        filters.insert(FacetName::Municipality, vec![municipality.code.to_string()]);
    }
    SearchQuery {
        filters,
        facets: FacetsWanted::These(Vec::new()),
        ..SearchQuery::default()
    }
}

/// What is free for the municipality's schools, wherever it is.
fn free_query(municipality: &Municipality) -> SearchQuery {
    let mut query = query(Kind::Offer, None);
    query
        .filters
        .insert(FacetName::Price, vec![FREE_FOR_US.to_owned()]);
    query.home = Some(municipality.code);
    query
}

fn near_query(municipality: &Municipality) -> SearchQuery {
    SearchQuery {
        near: Some(Near::Municipality(municipality.code)),
        home: Some(municipality.code),
        sort: Sort::Distance,
        ..query(Kind::Offer, None)
    }
}

/// The address of a search as a person makes it, with its filters counted.
fn search_url(context: &Context, query: SearchQuery) -> String {
    let query = SearchQuery {
        facets: FacetsWanted::Fitting,
        per_page: PerPage::default(),
        ..query
    };
    context.url_with(&Route::Search, &query.to_query_string())
}

fn view<'page>(context: &'page Context, content: &'page Content) -> impl IntoView + use<'page> {
    let text = context.text().municipality();
    let municipality = content.municipality;
    let at = Some(municipality);
    let title = text.title(municipality.name);
    view! {
        {breadcrumbs(context, &steps(context), &title)}
        <h1>{title.clone()}</h1>
        <p class="lead">{text.lead(municipality.name)}</p>
        <div class="actions">
            <a class="button" href=search_url(context, near_query(municipality))>{text.find_near(municipality.name)}</a>
            {choose(context, municipality)}
        </div>
        {numbers(context, content)}
        <section>
            <h2>{text.offers_in(municipality.name)}</h2>
            {if content.offers.hits.is_empty() {
                Either::Left(view! {
                    <p class="prose">{text.no_offers(municipality.name)}" "{text.no_offers_way()}</p>
                    {rows(context, &content.nearest, 3, false)}
                })
            } else {
                let all = (content.offers.total, search_url(context, query(Kind::Offer, at)));
                Either::Right(view! {
                    {rows(context, &content.offers.hits, 3, false)}
                    {all_link(context, &content.offers.hits, Some(all))}
                })
            }}
        </section>
        <section>
            <h2>{text.cases_in(municipality.name)}</h2>
            {if content.cases.hits.is_empty() {
                Either::Left(view! {
                    <p class="prose">
                        {text.no_cases(municipality.name)}" "
                        <a href=search_url(context, query(Kind::Case, None))>{text.no_cases_way()}</a>
                    </p>
                })
            } else {
                let all = (content.cases.total, search_url(context, query(Kind::Case, at)));
                Either::Right(view! {
                    {rows(context, &content.cases.hits, 3, false)}
                    {all_link(context, &content.cases.hits, Some(all))}
                })
            }}
        </section>
        {organisations(context, content)}
        {has_offers(content).then(|| save_form(context))}
    }
}

fn choose(context: &Context, municipality: &'static Municipality) -> impl IntoView + use<> {
    let text = context.text().municipality();
    if context
        .home
        .is_some_and(|home| home.code == municipality.code)
    {
        Either::Left(view! { <p class="chosen-municipality">{text.chosen()}</p> })
    } else {
        Either::Right(view! {
            <form method="post" action=Service::ChooseMunicipality.path()>
                <input type="hidden" name="to" value=context.here()/>
                <button class="quiet" type="submit" name="municipality" value=municipality.code.to_string()>{text.choose()}</button>
            </form>
        })
    }
}

fn numbers(context: &Context, content: &Content) -> impl IntoView + use<> {
    let text = context.text().municipality();
    let municipality = content.municipality;
    let at = Some(municipality);
    let number = |count: u64, label: &'static str, query: SearchQuery| {
        let count_said = crate::format::number(count, context.language);
        let words = view! { <strong class="numbers">{count_said}</strong>" "{label} };
        if count > 0 {
            Either::Left(view! { <li><a href=search_url(context, query)>{words}</a></li> })
        } else {
            Either::Right(view! { <li>{words}</li> })
        }
    };
    view! {
        <ul class="key-numbers" aria-label=text.in_numbers()>
            {number(content.offers.total, text.offers(), query(Kind::Offer, at))}
            {number(content.free, text.free_for_us(), free_query(municipality))}
            {number(content.cases.total, text.cases(), query(Kind::Case, at))}
            {number(content.organisations.total, context.text().common().kinds_organisation(), query(Kind::Organisation, at))}
        </ul>
    }
}

fn organisations<'page>(
    context: &'page Context,
    content: &'page Content,
) -> impl IntoView + use<'page> {
    let text = context.text().municipality();
    let all = &content.organisations;
    let groups = [
        (OrganisationKind::Municipality, text.municipal()),
        (OrganisationKind::Institution, text.institutions()),
        (OrganisationKind::School, text.schools()),
        (OrganisationKind::Plc, text.learning_centres()),
        (OrganisationKind::Transport, text.transport()),
    ];
    let more = (all.total > all.hits.len() as u64).then(|| {
        let href = search_url(
            context,
            query(Kind::Organisation, Some(content.municipality)),
        );
        view! { <p><a href=href>{text.more_organisations(all.total)}</a></p> }
    });
    view! {
        <div class="organisation-groups">
            {groups.into_iter().map(|(kind, heading)| {
                let mut members: Vec<&Hit> = all.hits.iter().filter(|hit| hit.organisation_kind == Some(kind)).collect();
                members.sort_by(|left, right| domain::compare_danish(&left.title, &right.title));
                (!members.is_empty()).then(|| view! {
                    <section>
                        <h2>{heading}</h2>
                        <ul>
                            {members.into_iter().map(|hit| view! {
                                <li><a href=context.url(&Route::Organisation(hit.id.clone()))>{hit.title.as_str()}</a></li>
                            }).collect_view()}
                        </ul>
                    </section>
                })
            }).collect_view()}
        </div>
        {all.hits.is_empty().then(|| view! { <p class="prose">{text.no_organisations(content.municipality.name)}</p> })}
        {more}
    }
}

#[cfg(test)]
mod tests {
    use super::initial;

    #[test]
    fn double_a_is_found_under_the_last_letter() {
        assert_eq!(initial("Aabenraa"), 'Å');
        assert_eq!(initial("Albertslund"), 'A');
    }
}
