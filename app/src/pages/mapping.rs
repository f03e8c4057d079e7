//! The mapping of 2016: its figures with their N, and what it found in words.

use domain::survey::{self, Figure, Survey};
use leptos::prelude::*;

use crate::components::breadcrumbs::breadcrumbs;
use crate::components::degrees::bar;
use crate::components::evidence::{number, survey_source};
use crate::context::Context;
use crate::format;
use crate::page::{Meta, Page};
use crate::render;
use crate::routes::Route;
use crate::structured_data;

/// How many projects took part.
const PROJECTS: u64 = 26;

/// The page of the mapping.
pub fn page(context: &Context) -> Page {
    let text = context.text().learn();
    let survey = survey::mapping_2016();
    let mut meta = Meta::new(text.mapping_title(), text.mapping_description());
    meta.article = true;
    meta.json_ld.push(structured_data::breadcrumbs(
        context,
        &[],
        text.mapping_title(),
    ));
    render::page(context, &meta, || view(context, survey))
}

/// A dimension's heading; several dimensions of the survey can stand under one.
fn heading(context: &Context, dimension: &str) -> &'static str {
    let text = context.text().learn();
    match dimension {
        "motivation" => text.dimension_motivation(),
        "motivation-development" => text.dimension_motivation_development(),
        "role-clarity" | "role-clarity-development" => text.dimension_role_clarity(),
        "task" => text.dimension_task(),
        "outcome" => text.dimension_outcome(),
        "success" => text.dimension_success(),
        "challenge" => text.dimension_challenge(),
        "sharing" => text.dimension_sharing(),
        "anchoring" => text.dimension_anchoring(),
        _ => text.dimension_other(),
    }
}

/// The figures under their headings, in the survey's order; within one the highest share first.
fn groups(context: &Context, survey: &'static Survey) -> Vec<(&'static str, Vec<&'static Figure>)> {
    let mut groups: Vec<(&'static str, Vec<&'static Figure>)> = Vec::new();
    for figure in &survey.figures {
        let heading = heading(context, &figure.dimension);
        match groups.iter_mut().find(|(other, _)| *other == heading) {
            Some((_, figures)) => figures.push(figure),
            None => groups.push((heading, vec![figure])),
        }
    }
    for (_, figures) in &mut groups {
        figures.sort_by_key(|figure| std::cmp::Reverse(figure.percent));
    }
    groups
}

fn view(context: &Context, survey: &'static Survey) -> impl IntoView + use<> {
    let text = context.text().learn();
    view! {
        {breadcrumbs(context, &[], text.mapping_title())}
        <article class="mapping">
            <h1>{text.mapping_title()}</h1>
            <p class="lead">{text.mapping_lead(PROJECTS)}</p>
            {survey_source(context, survey)}
            {groups(context, survey).into_iter().map(|(heading, figures)| view! {
                <section>
                    <h2>{heading}</h2>
                    <table class="figure-table" role="table">
                        <caption class="visually-hidden">{heading}</caption>
                        <thead class="visually-hidden" role="rowgroup">
                            <tr role="row">
                                <th role="columnheader" scope="col">{text.statement()}</th>
                                <th role="columnheader" scope="col">{text.share()}</th>
                            </tr>
                        </thead>
                        <tbody role="rowgroup">{figures.into_iter().map(|figure| row(context, figure)).collect_view()}</tbody>
                    </table>
                </section>
            }).collect_view()}
            <section>
                <h2>{text.findings()}</h2>
                <ul class="prose">
                    {survey.findings.iter().map(|finding| view! { <li>{finding.statement(context.language)}</li> }).collect_view()}
                </ul>
            </section>
            <section>
                <h2>{text.reading()}</h2>
                <p class="prose">{text.reading_population()}</p>
                <p class="prose">{text.reading_number()}</p>
                <p class="prose">{text.reading_all()}</p>
            </section>
            <section>
                <h2>{text.use_it()}</h2>
                <p class="prose">
                    {text.use_it_lead()}" "<a href=context.url(&Route::Recommendations)>{text.recommendations_title()}</a>
                </p>
            </section>
        </article>
    }
}

/// The roles are those of a table's elements, which they lose where a narrow screen sets them under each other.
fn row(context: &Context, figure: &'static Figure) -> impl IntoView + use<> {
    view! {
        <tr role="row">
            <th role="rowheader" scope="row">{figure.wording(context.language)}</th>
            <td role="cell" class="figure-share">
                <span class="numbers">{format::percent(figure.percent, context.language)}</span>
                {bar(u32::from(figure.percent))}
                <span class="figure-answers small soft">{number(context, figure)}</span>
            </td>
        </tr>
    }
}
