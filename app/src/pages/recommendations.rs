//! The recommendations, by audience, and one of them with what it stands on.

use domain::search::{FacetName, Hit, SearchQuery};
use domain::{Audience, Challenge, Code, Kind, Motivation, Outcome, Recommendation, Slug, Task};
use leptos::either::{Either, EitherOf3};
use leptos::prelude::*;

use crate::backend::{Backend, Published};
use crate::components::breadcrumbs::breadcrumbs;
use crate::components::content::sample_mark;
use crate::components::evidence::{
    editorial_language, editorial_prose, figure_row, figures, findings_without_figure, number,
    survey_source,
};
use crate::components::related::{others_like, rows_section};
use crate::components::rows::rows;
use crate::components::share::mail_link;
use crate::context::Context;
use crate::format;
use crate::page::{Meta, Page, Problem};
use crate::pages::case::within_sentence;
use crate::render;
use crate::routes::Route;
use crate::structured_data;

/// The page of all recommendations.
pub async fn list<B: Backend>(context: &Context, backend: &B) -> Result<Page, Problem> {
    let recommendations: Vec<Recommendation> = backend.editorial_objects(context.language).await?;
    let text = context.text().learn();
    let mut meta = Meta::new(
        text.recommendations_title(),
        text.recommendations_description(),
    );
    meta.json_ld.push(structured_data::breadcrumbs(
        context,
        &[],
        text.recommendations_title(),
    ));
    Ok(render::page(context, &meta, || {
        list_view(context, &recommendations)
    }))
}

fn list_view<'page>(
    context: &'page Context,
    recommendations: &'page [Recommendation],
) -> impl IntoView + use<'page> {
    let text = context.text().learn();
    let groups: Vec<(Audience, Vec<&Recommendation>)> = Audience::all()
        .iter()
        .map(|audience| {
            (
                *audience,
                recommendations
                    .iter()
                    .filter(|it| it.audiences.contains(audience))
                    .collect::<Vec<_>>(),
            )
        })
        .filter(|(_, members)| !members.is_empty())
        .collect();
    let everyone: Vec<&Recommendation> = recommendations
        .iter()
        .filter(|it| it.audiences.is_empty())
        .collect();
    view! {
        {breadcrumbs(context, &[], text.recommendations_title())}
        <h1>{text.recommendations_title()}</h1>
        <p class="lead">{text.recommendations_lead()}</p>
        {if recommendations.is_empty() {
            Either::Left(view! { <p>{text.no_recommendations()}</p> })
        } else {
            Either::Right(view! {
                <nav class="jump" aria-label=text.by_audience()>
                    <p>{text.by_audience()}</p>
                    <ul>
                        {groups.iter().map(|(audience, members)| view! {
                            <li>
                                <a href=["#", audience.code()].concat()>
                                    {audience.label(context.language)}" "<span class="numbers">{members.len().to_string()}</span>
                                </a>
                            </li>
                        }).collect_view()}
                    </ul>
                </nav>
                {groups.into_iter().map(|(audience, members)| view! {
                    <section>
                        <h2 id=audience.code()>{text.for_audience(&within_sentence(audience.label(context.language)))}</h2>
                        {recommendation_rows(context, members)}
                    </section>
                }).collect_view()}
                {(!everyone.is_empty()).then(|| view! {
                    <section><h2>{text.for_everyone()}</h2>{recommendation_rows(context, everyone)}</section>
                })}
            })
        }}
        <p><a href=context.url(&Route::Mapping)>{text.see_mapping()}</a></p>
    }
}

/// Recommendations as rows, each with its strongest figure and its N, or what else it stands on.
pub fn recommendation_rows<'page>(
    context: &'page Context,
    members: Vec<&'page Recommendation>,
) -> impl IntoView + use<'page> {
    view! {
        <ul class="advice-rows">
            {members.into_iter().map(|recommendation| view! {
                <li class="advice-row">
                    {strongest(context, recommendation)}
                    <div>
                        <h3 class="row-title">
                            <a lang=editorial_language(context, recommendation.title.as_str())
                                href=context.url(&Route::Recommendation(recommendation.id.clone()))>{recommendation.title.as_str()}</a>
                        </h3>
                        {beginning(context, recommendation)}
                        {stands_on(context, recommendation)}
                    </div>
                </li>
            }).collect_view()}
        </ul>
    }
}

/// The first sentence of the advice; the rest is on its own page.
fn beginning(context: &Context, recommendation: &Recommendation) -> impl IntoView + use<> {
    let text = recommendation.text.as_str();
    let lang = editorial_language(context, text);
    let plain = first_sentences(text);
    let first = match plain.split_once(". ") {
        Some((first, _)) => [first, "."].concat(),
        None => plain,
    };
    view! { <p class="row-summary" lang=lang>{first}</p> }
}

fn strongest(context: &Context, recommendation: &Recommendation) -> impl IntoView + use<> {
    match figures(recommendation).first() {
        Some((_, figure)) => Either::Left(view! {
            <p class="advice-figure">
                <span class="figure-number numbers">{format::percent(figure.percent, context.language)}</span>
                <span class="small soft">{number(context, figure)}</span>
            </p>
        }),
        None => {
            let text = context.text().learn();
            let from_survey = findings_without_figure(recommendation) > 0;
            let words = if from_survey {
                text.no_figure_but_findings()
            } else {
                text.no_figure()
            };
            Either::Right(view! { <p class="advice-figure small soft">{words}</p> })
        }
    }
}

fn stands_on(context: &Context, recommendation: &Recommendation) -> impl IntoView + use<> {
    let text = context.text().learn();
    let figure = figures(recommendation)
        .first()
        .map(|(_, figure)| figure.wording(context.language));
    let cases = recommendation
        .evidence
        .iter()
        .filter(|evidence| evidence.case.is_some())
        .count() as u64;
    let findings = findings_without_figure(recommendation);
    view! {
        <ul class="facts">
            {figure.map(|wording| view! { <li>{wording}</li> })}
            {(findings > 0).then(|| view! { <li>{text.findings_behind(findings)}</li> })}
            {(cases > 0).then(|| view! { <li>{text.cases_behind(cases)}</li> })}
        </ul>
    }
}

/// What the page of one shows.
struct Content {
    recommendation: Recommendation,
    sample: bool,
    cases: Vec<Hit>,
    strategies: Vec<Hit>,
    similar_cases: Vec<Hit>,
    others: Vec<Recommendation>,
}

/// The page of one recommendation.
pub async fn page<B: Backend>(context: &Context, backend: &B, id: &Slug) -> Result<Page, Problem> {
    let language = context.language;
    let Published {
        entry: recommendation,
        sample,
        ..
    } = backend
        .object::<Recommendation>(id, language)
        .await?
        .ok_or(Problem::NotFound)?;
    let case_ids: Vec<Slug> = recommendation
        .evidence
        .iter()
        .filter_map(|evidence| evidence.case.clone())
        .collect();
    let cases = if case_ids.is_empty() {
        Vec::new()
    } else {
        backend.rows(Kind::Case, &case_ids, None, language).await?
    };
    let strategy_ids: Vec<Slug> = recommendation
        .topics
        .iter()
        .filter(|topic| domain::codes::topic_label(topic.as_str(), language).is_none())
        .cloned()
        .collect();
    let strategies = if strategy_ids.is_empty() {
        Vec::new()
    } else {
        backend
            .rows(Kind::Strategy, &strategy_ids, None, language)
            .await?
    };
    let similar_cases = others_like(
        context,
        backend,
        (Kind::Recommendation, id),
        Kind::Case,
        &case_ids,
        3,
    )
    .await?;
    let mut others: Vec<Recommendation> = backend.editorial_objects(language).await?;
    others.retain(|other| {
        other.id != recommendation.id
            && (other
                .topics
                .iter()
                .any(|topic| recommendation.topics.contains(topic))
                || other
                    .audiences
                    .iter()
                    .any(|audience| recommendation.audiences.contains(audience)))
    });
    others.sort_by_key(|other| {
        std::cmp::Reverse(
            other
                .topics
                .iter()
                .filter(|topic| recommendation.topics.contains(topic))
                .count(),
        )
    });
    others.truncate(4);
    let content = Content {
        recommendation,
        sample,
        cases,
        strategies,
        similar_cases,
        others,
    };
    let title = content.recommendation.title.as_str();
    let mut meta = Meta::new(title, first_sentences(content.recommendation.text.as_str()));
    meta.article = true;
    meta.json_ld.push(structured_data::recommendation(
        context,
        &content.recommendation,
        &meta.description,
    ));
    meta.json_ld.push(structured_data::breadcrumbs(
        context,
        &steps(context),
        title,
    ));
    Ok(render::page(context, &meta, || view(context, &content)))
}

/// The beginning of a text, for those who see only a line of it; Markdown's marks are left out.
pub fn first_sentences(text: &str) -> String {
    let plain: String = text
        .chars()
        .filter(|letter| !matches!(letter, '*' | '_' | '#' | '`'))
        .collect();
    let plain = plain.split_whitespace().collect::<Vec<_>>().join(" ");
    match plain.char_indices().nth(200) {
        None => plain,
        Some((most, _)) => match plain[..most].rfind(". ") {
            Some(end) => plain[..=end].to_owned(),
            None => [plain[..most].trim_end(), "…"].concat(),
        },
    }
}

fn steps(context: &Context) -> [(String, String); 1] {
    [(
        context.url(&Route::Recommendations),
        context.text().common().recommendations().to_owned(),
    )]
}

fn view<'page>(context: &'page Context, content: &'page Content) -> impl IntoView + use<'page> {
    let text = context.text().learn();
    let recommendation = &content.recommendation;
    let title = recommendation.title.as_str();
    view! {
        {breadcrumbs(context, &steps(context), title)}
        <article class="detail recommendation">
            <header class="detail-header">
                <p class="kicker">{context.text().common().kind_recommendation()}</p>
                <h1 lang=editorial_language(context, title)>{title}</h1>
                <div class="lead">{editorial_prose(context, recommendation.text.as_str())}</div>
            </header>
            <div class="detail-aside">{facts(context, content)}</div>
            <div class="detail-body">
                {sample_mark(context, content.sample)}
                {evidence(context, content)}
                <div class="actions share">{mail_link(context, title)}</div>
            </div>
        </article>
        {rows_section(context, context.text().detail().related_cases().to_owned(), &content.similar_cases, None)}
        {(!content.others.is_empty()).then(|| view! {
            <section class="related">
                <h2>{text.more_recommendations()}</h2>
                {recommendation_rows(context, content.others.iter().collect())}
                <p><a href=context.url(&Route::Recommendations)>{text.all_recommendations()}</a></p>
            </section>
        })}
    }
}

fn facts<'page>(context: &'page Context, content: &'page Content) -> impl IntoView + use<'page> {
    let text = context.text().learn();
    let recommendation = &content.recommendation;
    view! {
        <section class="fits" aria-labelledby="about-it">
            <h2 id="about-it">{text.about()}</h2>
            <ul class="topics">
                {recommendation.topics.iter().map(|topic| topic_link(context, topic, &content.strategies)).collect_view()}
            </ul>
            {(!recommendation.audiences.is_empty()).then(|| view! {
                <h3>{text.to_whom()}</h3>
                <ul class="topics">
                    {recommendation.audiences.iter().map(|audience| {
                        let href = [&context.url(&Route::Recommendations), "#", audience.code()].concat();
                        view! { <li><a href=href>{audience.label(context.language)}</a></li> }
                    }).collect_view()}
                </ul>
            })}
        </section>
    }
}

/// Where a topic leads: a strategy to its page, anything else to the cases about it.
fn topic_link(
    context: &Context,
    topic: &Slug,
    strategies: &[Hit],
) -> Option<impl IntoView + use<>> {
    let Some(label) = domain::codes::topic_label(topic.as_str(), context.language) else {
        let strategy = strategies.iter().find(|strategy| strategy.id == *topic)?;
        let href = context.url(&Route::Strategy(topic.clone()));
        let (title, _) = crate::text::editorial::translate(&strategy.title, context.language);
        let title = title.to_owned();
        return Some(Either::Left(view! { <li><a href=href>{title}</a></li> }));
    };
    let code = topic.as_str();
    let facet = if code.parse::<Task>().is_ok() {
        FacetName::Task
    } else if code.parse::<Outcome>().is_ok() {
        FacetName::Outcome
    } else if code.parse::<Motivation>().is_ok() {
        FacetName::Motivation
    } else {
        FacetName::Challenge
    };
    debug_assert!(
        facet != FacetName::Challenge || code.parse::<Challenge>().is_ok(),
        "a labelled topic has one of the codes"
    );
    let query = SearchQuery {
        filters: [
            (FacetName::Kind, vec![Kind::Case.code().to_owned()]),
            (facet, vec![code.to_owned()]),
        ]
        .into(),
        ..SearchQuery::default()
    };
    let href = context.url_with(&Route::Search, &query.to_query_string());
    Some(Either::Right(view! { <li><a href=href>{label}</a></li> }))
}

fn evidence<'page>(context: &'page Context, content: &'page Content) -> impl IntoView + use<'page> {
    let text = context.text().learn();
    let recommendation = &content.recommendation;
    let figures = figures(recommendation);
    let survey = figures.first().map(|(survey, _)| *survey);
    let from_survey = recommendation
        .evidence
        .iter()
        .filter(|evidence| evidence.survey.is_some());
    // A figure says itself what it is a share of; a note is needed where there is none.
    let without_figure = from_survey.clone().filter(|evidence| {
        !figures.iter().any(|(_, figure)| {
            evidence
                .item
                .as_ref()
                .is_some_and(|item| item.as_str() == figure.item)
        })
    });
    let mut notes: Vec<&str> = Vec::new();
    for note in without_figure.filter_map(|evidence| evidence.note.as_ref()) {
        if !notes.contains(&note.as_str()) {
            notes.push(note.as_str());
        }
    }
    let has_survey = from_survey.count() > 0;
    let survey = survey.or_else(|| has_survey.then(domain::survey::mapping_2016));
    view! {
        <section>
            <h2>{text.evidence()}</h2>
            {recommendation.evidence.is_empty().then(|| view! { <p>{text.no_evidence()}</p> })}
            {survey.map(|survey| view! {
                <h3>{text.from_survey()}</h3>
                <ul class="figure-rows">{figures.iter().map(|(_, figure)| figure_row(context, figure)).collect_view()}</ul>
                <ul class="prose">
                    {notes.into_iter().map(|note| view! { <li lang=editorial_language(context, note)>{note}</li> }).collect_view()}
                </ul>
                {survey_source(context, survey)}
                <p><a href=context.url(&Route::Mapping)>{text.see_mapping()}</a></p>
            })}
            {from_cases(context, content)}
        </section>
    }
}

fn from_cases<'page>(
    context: &'page Context,
    content: &'page Content,
) -> impl IntoView + use<'page> {
    let text = context.text().learn();
    let mentioned: Vec<_> = content
        .recommendation
        .evidence
        .iter()
        .filter(|evidence| evidence.case.is_some())
        .collect();
    if mentioned.is_empty() {
        return EitherOf3::A(());
    }
    if content.cases.is_empty() {
        return EitherOf3::B(view! { <h3>{text.from_cases()}</h3><p>{text.case_gone()}</p> });
    }
    let notes: Vec<&str> = mentioned
        .iter()
        .filter_map(|evidence| Some(evidence.note.as_ref()?.as_str()))
        .collect();
    EitherOf3::C(view! {
        <h3>{text.from_cases()}</h3>
        <ul class="prose">
            {notes.into_iter().map(|note| view! { <li lang=editorial_language(context, note)>{note}</li> }).collect_view()}
        </ul>
        {rows(context, &content.cases, 3, false)}
    })
}

#[cfg(test)]
mod tests {
    use super::first_sentences;

    #[test]
    fn a_description_is_the_beginning_without_marks() {
        assert_eq!(
            first_sentences("Én, som *alle* kan ringe til."),
            "Én, som alle kan ringe til."
        );
        let long = ["Første sætning er her. ", &"ord ".repeat(80)].concat();
        assert_eq!(first_sentences(&long), "Første sætning er her.");
    }
}
