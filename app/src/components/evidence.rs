//! What a recommendation stands on: figures of a survey with their N, and findings in words.

use domain::survey::{self, Figure, Survey};
use domain::{Language, Recommendation};
use leptos::either::Either;
use leptos::prelude::*;

use crate::components::degrees::bar;
use crate::context::Context;
use crate::format;
use crate::markdown;
use crate::text::editorial::translate;

/// The `lang` attribute of an editorial text: none where it is in the page's language.
pub fn editorial_language(context: &Context, text: &str) -> Option<&'static str> {
    let (_, language) = translate(text, context.language);
    (language != context.language).then(|| language.tag())
}

/// An editorial text in Markdown, its language marked where it has not been translated.
pub fn editorial_prose(context: &Context, text: &str) -> impl IntoView + use<> {
    let (text, language) = translate(text, context.language);
    let lang = (language != context.language).then(|| language.tag());
    view! { <div class="prose" lang=lang inner_html=markdown::to_html(text)></div> }
}

/// The survey figures among a recommendation's evidence, each once: first those that say "to a high or some degree", as
/// most do and so can be compared, and among these the highest share.
pub fn figures(recommendation: &Recommendation) -> Vec<(&'static Survey, &'static Figure)> {
    let mut found: Vec<(&'static Survey, &'static Figure)> = Vec::new();
    for evidence in &recommendation.evidence {
        let Some((survey, item)) = evidence.survey.as_ref().zip(evidence.item.as_ref()) else {
            continue;
        };
        let Some(survey) = survey::find(survey.as_str()) else {
            continue;
        };
        for figure in survey
            .figures
            .iter()
            .filter(|figure| figure.item == item.as_str())
        {
            if !found.iter().any(|(_, other)| other.id == figure.id) {
                found.push((survey, figure));
            }
        }
    }
    let comparable = |figure: &Figure| {
        figure
            .degrees
            .as_deref()
            .is_some_and(|degrees| degrees == ["high", "some"])
    };
    found.sort_by_key(|(_, figure)| (!comparable(figure), std::cmp::Reverse(figure.percent)));
    found
}

/// How many pieces of a recommendation's evidence are a survey's finding without a figure.
pub fn findings_without_figure(recommendation: &Recommendation) -> u64 {
    let with_figure =
        |item: &str, survey: &Survey| survey.figures.iter().any(|figure| figure.item == item);
    let count = recommendation
        .evidence
        .iter()
        .filter_map(|evidence| {
            Some((
                survey::find(evidence.survey.as_ref()?.as_str())?,
                evidence.item.as_ref()?,
            ))
        })
        .filter(|(survey, item)| !with_figure(item.as_str(), survey))
        .count();
    count as u64
}

/// How many answered, and whether that is known for this very figure.
pub fn number(context: &Context, figure: &Figure) -> String {
    let text = context.text().learn();
    if figure.n.stated_for_this_figure {
        ["N\u{a0}=\u{a0}", &figure.n.label()].concat()
    } else {
        [
            "N\u{a0}=\u{a0}",
            &figure.n.label(),
            " ",
            text.answers_for_survey(),
        ]
        .concat()
    }
}

/// A figure with its bar, what it is a share of, and its N.
pub fn figure_row(context: &Context, figure: &'static Figure) -> impl IntoView + use<> {
    view! {
        <li class="figure-row">
            <p class="figure-row-number numbers">{format::percent(figure.percent, context.language)}</p>
            <div>
                {bar(u32::from(figure.percent))}
                <p>{figure.wording(context.language)}" "<span class="soft small">{number(context, figure)}</span></p>
            </div>
        </li>
    }
}

/// A survey's name as a source.
pub fn survey_source(context: &Context, survey: &'static Survey) -> impl IntoView + use<> {
    let publisher_lang = (context.language == Language::English).then_some("da");
    view! {
        <p class="soft small">
            <cite>{survey.title(context.language)}</cite>", "
            <span lang=publisher_lang>{survey.publisher.as_str()}</span>", "{survey.year.to_string()}
        </p>
    }
}

/// What a survey found of some items, in words; nothing where it says nothing.
pub fn findings(context: &Context, items: &[&str]) -> Option<impl IntoView + use<>> {
    let survey = survey::mapping_2016();
    let figures: Vec<&'static Figure> = survey
        .figures
        .iter()
        .filter(|figure| items.contains(&figure.item.as_str()))
        .collect();
    let statements: Vec<&'static str> = survey
        .findings
        .iter()
        .filter(|finding| {
            finding
                .items
                .iter()
                .any(|item| items.contains(&item.as_str()))
        })
        .map(|finding| finding.statement(context.language))
        .collect();
    (!figures.is_empty() || !statements.is_empty()).then(|| {
        let rows = if figures.is_empty() {
            Either::Left(())
        } else {
            let rows = figures.into_iter().map(|figure| figure_row(context, figure)).collect_view();
            Either::Right(view! { <ul class="figure-rows">{rows}</ul> })
        };
        view! {
            <section>
                <h2>{context.text().learn().says_survey()}</h2>
                {rows}
                <ul class="prose">{statements.into_iter().map(|statement| view! { <li>{statement}</li> }).collect_view()}</ul>
                {survey_source(context, survey)}
            </section>
        }
    })
}
