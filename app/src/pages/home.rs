//! The front page: the search as a sentence, three doors, what is new, one recommendation with its figure.

use domain::search::{FacetName, FacetsWanted, Near, PerPage, SearchQuery, SearchResults, Sort};
use domain::survey::{Figure, Survey};
use domain::{Code, Grade, Kind, Recommendation, Subject, municipality};
use leptos::either::Either;
use leptos::prelude::*;

use crate::backend::Backend;
use crate::components::evidence::{editorial_language, figures};
use crate::components::rows::rows;
use crate::components::save::save_form;
use crate::context::Context;
use crate::format;
use crate::islands::Suggestions;
use crate::page::{Meta, Page, Problem};
use crate::render;
use crate::routes::{Route, Service};

/// What the front page shows.
struct Content {
    new: SearchResults,
    new_query: SearchQuery,
    recommendation: Option<(Recommendation, &'static Survey, &'static Figure)>,
}

/// The front page.
pub async fn page<B: Backend>(context: &Context, backend: &B) -> Result<Page, Problem> {
    let new_query = SearchQuery {
        filters: [(FacetName::Kind, vec![Kind::Offer.code().to_owned()])].into(),
        facets: FacetsWanted::These(Vec::new()),
        home: context.home.map(|home| home.code),
        near: context.home.map(|home| Near::Municipality(home.code)),
        within_km: context.home.map(|_| 40.0),
        sort: Sort::Newest,
        per_page: PerPage::clamp(4),
        ..SearchQuery::default()
    };
    let mut content = Content {
        new: backend.search(&new_query, context.language).await?,
        new_query,
        recommendation: None,
    };
    let with_figure: Vec<_> = backend
        .editorial_objects::<Recommendation>(context.language)
        .await?
        .into_iter()
        .filter_map(|recommendation| {
            let (survey, figure) = figures(&recommendation).into_iter().next()?;
            Some((recommendation, survey, figure))
        })
        .collect();
    // Another one every day, the same for everybody the whole day.
    let day = usize::from(context.today.day_of_year().unsigned_abs());
    if !with_figure.is_empty() {
        content.recommendation = with_figure.into_iter().cycle().nth(day % 366);
    }
    let text = context.text().home();
    let mut meta = Meta::new(text.title(), text.description());
    meta.islands = true;
    meta.json_ld.push(website(context));
    Ok(render::page(context, &meta, || view(context, &content)))
}

fn website(context: &Context) -> String {
    let search = context.absolute(&context.url_with(&Route::Search, "q={search_term_string}"));
    serde_json::json!({
        "@context": "https://schema.org",
        "@type": "WebSite",
        "name": context.text().common().portal(),
        "url": context.absolute(&context.url(&Route::Home)),
        "inLanguage": context.language.tag(),
        "potentialAction": {
            "@type": "SearchAction",
            "target": { "@type": "EntryPoint", "urlTemplate": search },
            "query-input": "required name=search_term_string",
        },
    })
    .to_string()
}

fn view<'page>(context: &'page Context, content: &'page Content) -> impl IntoView + use<'page> {
    let text = context.text().home();
    view! {
        <h1 class="home-heading">{text.heading()}</h1>
        {sentence(context)}
        {doors(context)}
        <div class="home-columns">
            {new(context, content)}
            {content.recommendation.as_ref().map(|(recommendation, survey, figure)| {
                recommended(context, recommendation, survey, figure)
            })}
        </div>
        {save_form(context)}
    }
}

/// The search as a sentence that is a plain form.
fn sentence(context: &Context) -> impl IntoView {
    let text = context.text().home();
    let language = context.language;
    let suggest = [
        Service::SuggestApi.path(),
        "?lang=",
        language.tag(),
        "&kind=offer&q=",
    ]
    .concat();
    view! {
        <form class="sentence" action=context.url(&Route::Search) role="search">
            <input type="hidden" name="kind" value=Kind::Offer.code()/>
            <p class="sentence-words">
                <span>{text.sentence_teach()}" "</span>
                <label class="visually-hidden" for="grade">{text.grade_label()}</label>
                <select id="grade" name="grade">
                    <option value="">{text.any_grade()}</option>
                    {Grade::ALL.iter().map(|grade| view! {
                        <option value=grade.to_string()>{grade.label(language)}</option>
                    }).collect_view()}
                </select>
                <span>" "{text.sentence_in()}" "</span>
                <label class="visually-hidden" for="subject">{text.subject_label()}</label>
                <select id="subject" name="subject">
                    <option value="">{text.any_subject()}</option>
                    {Subject::all().iter().map(|subject| view! {
                        <option value=subject.code()>{subject.label(language)}</option>
                    }).collect_view()}
                </select>
                <span>" "{text.sentence_near()}" "</span>
                <label class="visually-hidden" for="near">{text.near_label()}</label>
                <select id="near" name="near">
                    <option value="">{text.any_place()}</option>
                    {municipality::all().iter().map(|municipality| view! {
                        <option
                            value=municipality.code.to_string()
                            selected=context.home.is_some_and(|home| home.code == municipality.code)
                        >{municipality.name}</option>
                    }).collect_view()}
                </select>
                <span>" "{text.sentence_looking()}</span>
            </p>
            <div class="search-box-line">
                <div
                    class="combobox"
                    data-suggest=suggest
                    data-label=context.text().search().suggestions_label()
                    data-announce=context.text().search().suggestions_announced()
                    data-kind-offer=context.text().common().kind_offer()
                    data-kind-organisation=context.text().common().kind_organisation()
                >
                    <label class="visually-hidden" for="q">{text.words_label()}</label>
                    <input id="q" name="q" type="search" placeholder=text.words_example()/>
                    <Suggestions/>
                </div>
                <button type="submit">{text.search_button()}</button>
            </div>
        </form>
    }
}

fn doors(context: &Context) -> impl IntoView {
    let text = context.text().home();
    let kind = |kind: Kind| context.url_with(&Route::Search, &["kind=", kind.code()].concat());
    let (municipality, municipality_name) = match context.home {
        Some(home) => (
            home.slug
                .parse()
                .map_or(Route::Municipalities, Route::Municipality),
            text.door_municipality_named(home.name),
        ),
        None => (Route::Municipalities, text.door_municipality().to_owned()),
    };
    view! {
        <section class="doors" aria-label=text.doors()>
            <div class="door">
                <h2><a href=kind(Kind::Offer)>{text.door_offers()}</a></h2>
                <p>{text.door_offers_lead()}</p>
            </div>
            <div class="door">
                <h2><a href=kind(Kind::Case)>{text.door_cases()}</a></h2>
                <p>{text.door_cases_lead()}</p>
            </div>
            <div class="door">
                <h2><a href=context.url(&municipality)>{municipality_name}</a></h2>
                <p>{text.door_municipality_lead()}</p>
            </div>
        </section>
    }
}

fn new<'page>(context: &'page Context, content: &'page Content) -> impl IntoView + use<'page> {
    let text = context.text().home();
    let heading = match context.home {
        Some(home) => text.new_near(home.name),
        None => text.new_everywhere().to_owned(),
    };
    let hits = &content.new.hits;
    let all = SearchQuery {
        per_page: PerPage::default(),
        home: None,
        facets: FacetsWanted::Fitting,
        ..content.new_query.clone()
    };
    view! {
        <section class="home-new">
            <h2>{heading}</h2>
            {context.home.is_none().then(|| view! { <p class="hint">{text.choose_for_near()}</p> })}
            {if hits.is_empty() {
                Either::Left(view! { <p>{text.nothing_new()}</p> })
            } else {
                Either::Right(view! {
                    {rows(context, hits, 3, false)}
                    <p><a href=context.url_with(&Route::Search, &all.to_query_string())>{text.see_all_new()}</a></p>
                })
            }}
        </section>
    }
}

fn recommended<'page>(
    context: &'page Context,
    recommendation: &'page Recommendation,
    survey: &'static Survey,
    figure: &'static Figure,
) -> impl IntoView + use<'page> {
    let text = context.text().home();
    let language = context.language;
    view! {
        <section class="home-recommendation">
            <h2>{text.recommendation()}</h2>
            <figure class="figure">
                <p class="figure-number numbers">{format::percent(figure.percent, language)}</p>
                <figcaption>
                    {figure.wording(language)}
                    <span class="soft">
                        " "{text.figure_of(&figure.n.label())}", "{survey.title(language)}", "{survey.year.to_string()}
                    </span>
                </figcaption>
            </figure>
            <p class="home-recommendation-title">
                <a
                    lang=editorial_language(context, recommendation.title.as_str())
                    href=context.url(&Route::Recommendation(recommendation.id.clone()))
                >{recommendation.title.as_str()}</a>
            </p>
            <p><a href=context.url(&Route::Recommendations)>{text.see_recommendations()}</a></p>
        </section>
    }
}
