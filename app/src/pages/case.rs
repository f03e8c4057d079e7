//! One case: what a collaboration project did, who did what, and what came of it.

use std::collections::BTreeMap;

use domain::search::Hit;
use domain::{Audience, Case, Change, Code, Grade, Kind, OrganisationKind, Slug};
use jiff::civil::Date;
use leptos::either::Either;
use leptos::prelude::*;

use crate::backend::{Backend, Published};
use crate::components::anchoring::{self, Names, anchoring_list};
use crate::components::attachments::{Attachments, attachments, files, images};
use crate::components::breadcrumbs::breadcrumbs;
use crate::components::changes::{change_log, changes};
use crate::components::constellation::{Member, constellation, kinds_in_words, members_list};
use crate::components::content::{
    danish_notice, listed, prose, sample_notice, source_link, written_language,
};
use crate::components::degrees::degree_table;
use crate::components::freshness::case_freshness;
use crate::components::matrix::{Column, matrix};
use crate::components::related::{others_like, rows_section};
use crate::components::rows::rows;
use crate::components::share::mail_link;
use crate::context::Context;
use crate::format;
use crate::page::{Meta, Page, Problem};
use crate::render;
use crate::routes::Route;
use crate::structured_data;

/// What the page shows.
struct Content {
    case: Case,
    changes: Vec<Change>,
    sample: bool,
    confirmed: Option<Date>,
    members: Vec<Member>,
    names: Names,
    attachments: Attachments,
    offers: Vec<Hit>,
    recommendations: Vec<Hit>,
    similar_cases: Vec<Hit>,
    similar_offers: Vec<Hit>,
}

/// The page of a case.
pub async fn page<B: Backend>(context: &Context, backend: &B, id: &Slug) -> Result<Page, Problem> {
    let content = content(context, backend, id).await?;
    let case = &content.case;
    let mut meta = Meta::new(case.title.as_str(), case.summary.as_str());
    meta.article = true;
    meta.islands = has_offers(&content);
    let partners: Vec<(String, String)> = content
        .members
        .iter()
        .map(|member| {
            (
                context.url(&Route::Organisation(member.id.clone())),
                member.name.clone(),
            )
        })
        .collect();
    meta.json_ld.push(structured_data::case(
        context,
        case,
        &partners,
        content.attachments.lead_address(),
    ));
    meta.json_ld.push(structured_data::breadcrumbs(
        context,
        &steps(context),
        case.title.as_str(),
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
        .object::<Case>(id, language)
        .await?
        .ok_or(Problem::NotFound)?;
    let changes = changes(backend, id, &published).await?;
    let Published {
        entry: case,
        sample,
        confirmed,
        ..
    } = published;
    let partners: Vec<Slug> = case
        .partners
        .iter()
        .map(|partner| partner.organisation.clone())
        .collect();
    let rows = backend
        .rows(Kind::Organisation, &partners, None, language)
        .await?;
    let members = case
        .partners
        .iter()
        .map(|partner| Member::new(partner, &rows))
        .collect();
    let names = anchoring::names(context, &case.anchoring, backend).await?;
    let attachments = attachments(backend, &case.images, &case.files).await?;
    let mut offer_ids = case.offers.clone();
    for offer in backend.referring(Kind::Case, id, Kind::Offer).await? {
        if !offer_ids.contains(&offer) {
            offer_ids.push(offer);
        }
    }
    let offers = if offer_ids.is_empty() {
        Vec::new()
    } else {
        backend
            .rows(Kind::Offer, &offer_ids, home, language)
            .await?
    };
    let recommended = backend
        .referring(Kind::Case, id, Kind::Recommendation)
        .await?;
    let recommendations = if recommended.is_empty() {
        Vec::new()
    } else {
        backend
            .rows(Kind::Recommendation, &recommended, None, language)
            .await?
    };
    let this = (Kind::Case, id);
    let similar_cases = others_like(context, backend, this, Kind::Case, &[], 4).await?;
    let similar_offers = others_like(context, backend, this, Kind::Offer, &offer_ids, 3).await?;
    Ok(Content {
        case,
        changes,
        sample,
        confirmed,
        members,
        names,
        attachments,
        offers,
        recommendations,
        similar_cases,
        similar_offers,
    })
}

/// Rows of offers carry a button that an island wakes.
fn has_offers(content: &Content) -> bool {
    !content.offers.is_empty() || !content.similar_offers.is_empty()
}

fn steps(context: &Context) -> [(String, String); 1] {
    [(
        context.url_with(&Route::Search, "kind=case"),
        context.text().common().experiences().to_owned(),
    )]
}

fn view<'page>(context: &'page Context, content: &'page Content) -> impl IntoView + use<'page> {
    let text = context.text().case();
    let detail = context.text().detail();
    let case = &content.case;
    let lang = written_language(context);
    view! {
        {breadcrumbs(context, &steps(context), case.title.as_str())}
        <article class="detail case">
            <header class="detail-header">
                <p class="kicker">{context.text().common().kind_case()}" · "{kinds_in_words(context, &content.members)}</p>
                <h1 lang=lang>{case.title.as_str()}</h1>
                <p class="lead" lang=lang>{case.summary.as_str()}</p>
            </header>
            <div class="detail-aside">{in_short(context, case)}</div>
            <div class="detail-body">
                {registered(context, content)}
                {sample_notice(context, content.sample, None)}
                {danish_notice(context)}
                {images(context, &content.attachments)}
                <section>
                    <h2>{text.partners()}</h2>
                    <div class="partners">
                        {constellation(context, &content.members)}
                        {members_list(context, &content.members)}
                    </div>
                </section>
                {who_did_what(context, content)}
                {case.story.as_ref().map(|story| view! {
                    <section><h2>{text.story()}</h2>{prose(context, story.as_str())}</section>
                })}
                {lessons(context, case)}
                {reasons(context, case)}
                {advice(context, case)}
                {content.attachments.has_files().then(|| view! {
                    <section><h2>{context.text().images().files()}</h2>{files(context, &content.attachments)}</section>
                })}
                <section>
                    <h2>{detail.anchoring()}</h2>
                    {content.confirmed.map(|confirmed| case_freshness(context, confirmed))}
                    {if case.anchoring.is_empty() {
                        Either::Left(view! { <p class="prose">{text.no_anchoring()}</p> })
                    } else {
                        Either::Right(anchoring_list(context, &case.anchoring, &content.names))
                    }}
                    <p><a href=context.url(&Route::Strategies)>{text.see_strategies()}</a></p>
                    {change_log(context, &content.changes)}
                </section>
                <section>
                    <h2>{text.offers()}</h2>
                    {if content.offers.is_empty() {
                        Either::Left(view! { <p class="prose">{text.no_offers()}</p> })
                    } else {
                        Either::Right(rows(context, &content.offers, 3, false))
                    }}
                </section>
                {rows_section(context, text.recommendations().to_owned(), &content.recommendations, None)}
                <div class="actions share">{mail_link(context, case.title.as_str())}</div>
            </div>
        </article>
        {rows_section(context, detail.related_cases().to_owned(), &content.similar_cases, None)}
        {rows_section(context, detail.related_offers().to_owned(), &content.similar_offers, None)}
        {has_offers(content).then(|| crate::components::save::save_form(context))}
    }
}

/// That the case was registered from a public source, and whom that source does not name.
fn registered(context: &Context, content: &Content) -> Option<impl IntoView + use<>> {
    let source = content.case.source_url.as_ref()?;
    let text = context.text().case();
    let kinds: Vec<OrganisationKind> = content
        .members
        .iter()
        .filter_map(|member| member.kind)
        .collect();
    let missing: Vec<&str> = Case::missing_partners(&kinds)
        .into_iter()
        .map(|kind| match kind {
            OrganisationKind::Municipality => text.missing_municipality(),
            OrganisationKind::School => text.missing_school(),
            _ => text.missing_institution(),
        })
        .collect();
    let missing = (!missing.is_empty())
        .then(|| [" ", &text.missing_partners(&listed(&missing, text.or()))].concat());
    Some(view! {
        <div class="notice">
            <p>
                <strong>{text.registered()}"."</strong>" "{text.registered_why()}{missing}" "
                {source_link(context, source)}
            </p>
        </div>
    })
}

fn in_short<'page>(context: &'page Context, case: &'page Case) -> impl IntoView + use<'page> {
    let text = context.text().case();
    let common = context.text().common();
    let language = context.language;
    let fact =
        |label: &'static str, value: String| view! { <div><dt>{label}</dt><dd>{value}</dd></div> };
    let subjects: Vec<&str> = case
        .subjects
        .iter()
        .map(|subject| subject.label(language))
        .collect();
    let themes: Vec<&str> = case.themes.iter().map(|theme| theme.as_str()).collect();
    view! {
        <section class="fits" aria-labelledby="in-short">
            <h2 id="in-short">{text.in_short()}</h2>
            <dl class="fact-list">
                {case.success.map(|success| fact(text.success(), success.label(language).to_owned()))}
                {period(context, case).map(|period| fact(text.period(), period))}
                {(!case.grades.is_empty()).then(|| fact(common.audience(), Grade::describe(&case.grades, language)))}
                {(!subjects.is_empty()).then(|| fact(common.subjects(), subjects.join(", ")))}
                {case.role_clarity.map(|clarity| fact(text.role_clarity(), clarity.label(language).to_owned()))}
                {case.sharing.map(|sharing| fact(text.sharing(), sharing.label(language).to_owned()))}
                {case.funding.as_ref().map(|funding| view! {
                    <div><dt>{text.funding()}</dt><dd lang=written_language(context)>{funding.as_str()}</dd></div>
                })}
                {(!themes.is_empty()).then(|| view! {
                    <div>
                        <dt>{context.text().detail().themes()}</dt>
                        <dd lang=written_language(context)>{themes.join(", ")}</dd>
                    </div>
                })}
            </dl>
            {case.updated.map(|updated| view! {
                <p class="hint">{text.updated(&format::date(updated, language))}</p>
            })}
        </section>
    }
}

fn period(context: &Context, case: &Case) -> Option<String> {
    let text = context.text().case();
    let month = |date: Date| format::month(date, context.language);
    let period = case.period.as_ref()?;
    match (period.from, period.to) {
        (Some(from), Some(to)) => Some([month(from), month(to)].join(" – ")),
        (Some(from), None) => Some(text.from_month(&month(from))),
        (None, Some(to)) => Some(text.to_month(&month(to))),
        (None, None) => None,
    }
}

fn who_did_what(context: &Context, content: &Content) -> impl IntoView + use<> {
    let text = context.text().case();
    let with_number = || {
        content
            .case
            .partners
            .iter()
            .zip(&content.members)
            .enumerate()
    };
    let columns: Vec<Column<'_>> = with_number()
        .filter(|(_, (partner, _))| !partner.tasks.is_empty())
        .map(|(position, (partner, member))| Column {
            number: position + 1,
            name: &member.name,
            tasks: &partner.tasks,
        })
        .collect();
    let idle: Vec<&str> = with_number()
        .filter(|(_, (partner, _))| partner.tasks.is_empty())
        .map(|(_, (_, member))| member.name.as_str())
        .collect();
    view! {
        <section>
            <h2>{text.matrix()}</h2>
            {if columns.is_empty() {
                Either::Left(view! { <p class="prose">{text.no_matrix()}</p> })
            } else {
                let idle = (!idle.is_empty()).then(|| text.no_task_for(&listed(&idle, context.text().offer().and())));
                Either::Right(view! { {matrix(context, &columns)}<p class="prose soft small">{idle}</p> })
            }}
            <p><a href=context.url(&Route::Roles)>{text.see_roles()}</a></p>
        </section>
    }
}

fn lessons(context: &Context, case: &Case) -> Option<impl IntoView + use<>> {
    let text = context.text().case();
    if case.what_worked.is_none() && case.what_did_not.is_none() {
        return None;
    }
    let worked = case
        .what_worked
        .as_ref()
        .map(|words| prose(context, words.as_str()));
    let did_not = case
        .what_did_not
        .as_ref()
        .map(|words| prose(context, words.as_str()));
    let or_said = |part: Option<_>, otherwise: &'static str| match part {
        Some(part) => Either::Left(part),
        None => Either::Right(view! { <p class="soft">{otherwise}</p> }),
    };
    Some(view! {
        <section>
            <h2>{text.lessons()}</h2>
            <div class="lessons">
                <div class="lesson lesson-worked"><h3>{text.worked()}</h3>{or_said(worked, text.nothing_worked())}</div>
                <div class="lesson lesson-failed"><h3>{text.did_not()}</h3>{or_said(did_not, text.nothing_failed())}</div>
            </div>
        </section>
    })
}

fn reasons(context: &Context, case: &Case) -> Option<impl IntoView + use<>> {
    let text = context.text().case();
    if case.motivations.is_empty() && case.outcomes.is_empty() && case.challenges.is_empty() {
        return None;
    }
    Some(view! {
        <section>
            <h2>{text.why_and_outcome()}</h2>
            <div class="degree-tables">
                {(!case.motivations.is_empty()).then(|| degree_table(context, text.motivations(), &case.motivations))}
                {(!case.outcomes.is_empty()).then(|| degree_table(context, text.outcomes(), &case.outcomes))}
                {(!case.challenges.is_empty()).then(|| degree_table(context, text.challenges(), &case.challenges))}
            </div>
        </section>
    })
}

fn advice(context: &Context, case: &Case) -> Option<impl IntoView + use<>> {
    let text = context.text().case();
    let mut by_audience: BTreeMap<Audience, Vec<String>> = BTreeMap::new();
    for advice in &case.advice {
        by_audience
            .entry(advice.audience)
            .or_default()
            .push(advice.text.as_str().to_owned());
    }
    let lang = written_language(context);
    (!by_audience.is_empty()).then(|| {
        view! {
            <section>
                <h2>{text.advice()}</h2>
                {by_audience.into_iter().map(|(audience, advice)| view! {
                    <h3>{text.advice_to(&within_sentence(audience.label(context.language)))}</h3>
                    {advice.into_iter().map(|advice| view! { <blockquote class="prose" lang=lang><p>{advice}</p></blockquote> }).collect_view()}
                }).collect_view()}
            </section>
        }
    })
}

/// A label as it stands inside a sentence; an abbreviation keeps its capitals.
pub fn within_sentence(label: &str) -> String {
    let mut letters = label.chars();
    match (letters.next(), letters.clone().next()) {
        (Some(first), Some(second)) if !second.is_uppercase() => {
            first.to_lowercase().chain(letters).collect()
        }
        _ => label.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::within_sentence;

    #[test]
    fn labels_fit_into_sentences() {
        assert_eq!(within_sentence("Skoler"), "skoler");
        assert_eq!(
            within_sentence("PLC (pædagogisk læringscenter)"),
            "PLC (pædagogisk læringscenter)"
        );
    }
}
