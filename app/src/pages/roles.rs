//! The roles of a collaboration, and one of them with who has had its tasks.

use domain::search::{FacetName, FacetsWanted, Hit, PerPage, SearchQuery, Sort};
use domain::{Case, Code, Degree, Kind, OrganisationKind, Partner, Role, Slug};
use leptos::either::Either;
use leptos::prelude::*;

use crate::backend::{Backend, Published};
use crate::components::breadcrumbs::breadcrumbs;
use crate::components::content::{sample_mark, written_language};
use crate::components::degrees::bar;
use crate::components::evidence::{editorial_language, editorial_prose, findings};
use crate::components::related::{others_like, rows_section};
use crate::context::Context;
use crate::page::{Meta, Page, Problem};
use crate::pages::recommendations::first_sentences;
use crate::render;
use crate::routes::Route;
use crate::structured_data;

/// How many cases are read to see who had the tasks.
const CASES: u32 = PerPage::MAX;
/// How many of them are told.
const EXAMPLES: usize = 6;

/// The page of all roles.
pub async fn list<B: Backend>(context: &Context, backend: &B) -> Result<Page, Problem> {
    let roles = backend.editorial_objects(context.language).await?;
    let text = context.text().learn();
    let mut meta = Meta::new(text.roles_title(), text.roles_description());
    meta.json_ld.push(structured_data::breadcrumbs(
        context,
        &[],
        text.roles_title(),
    ));
    Ok(render::page(context, &meta, || list_view(context, &roles)))
}

fn list_view<'page>(context: &'page Context, roles: &'page [Role]) -> impl IntoView + use<'page> {
    let text = context.text().learn();
    view! {
        {breadcrumbs(context, &[], text.roles_title())}
        <h1>{text.roles_title()}</h1>
        <p class="lead">{text.roles_lead()}</p>
        <ul class="rows">
            {roles.iter().map(|role| view! {
                <li class="row">
                    <h2 class="row-title">
                        <a lang=editorial_language(context, role.title.as_str())
                            href=context.url(&Route::Role(role.code.clone()))>{role.title.as_str()}</a>
                    </h2>
                    {role.summary.as_ref().map(|summary| view! {
                        <p class="row-summary" lang=editorial_language(context, summary.as_str())>{summary.as_str()}</p>
                    })}
                    <ul class="facts">
                        {role.tasks.iter().map(|task| view! { <li>{task.label(context.language)}</li> }).collect_view()}
                    </ul>
                </li>
            }).collect_view()}
        </ul>
    }
}

/// A case, and which of its partners had the role's tasks.
struct Example {
    id: Slug,
    title: String,
    partners: Vec<(Slug, String, Option<OrganisationKind>)>,
}

/// What the page of one shows.
struct Content {
    role: Role,
    sample: bool,
    examples: Vec<Example>,
    more: bool,
    similar_cases: Vec<Hit>,
    others: Vec<Role>,
}

/// The page of one role.
pub async fn page<B: Backend>(
    context: &Context,
    backend: &B,
    code: &Slug,
) -> Result<Page, Problem> {
    let language = context.language;
    let Published {
        entry: role,
        sample,
        ..
    } = backend
        .object::<Role>(code, language)
        .await?
        .ok_or(Problem::NotFound)?;
    let (examples, more) = if role.tasks.is_empty() {
        (Vec::new(), false)
    } else {
        examples(context, backend, &role).await?
    };
    let mut others: Vec<Role> = backend.editorial_objects(language).await?;
    others.retain(|other| other.code != *code);
    let shown: Vec<Slug> = examples
        .iter()
        .take(EXAMPLES)
        .map(|example| example.id.clone())
        .collect();
    let similar_cases =
        others_like(context, backend, (Kind::Role, code), Kind::Case, &shown, 3).await?;
    let content = Content {
        role,
        sample,
        examples,
        more,
        similar_cases,
        others,
    };
    let title = content.role.title.as_str();
    let description = match (&content.role.summary, &content.role.description) {
        (Some(summary), _) => summary.as_str().to_owned(),
        (None, Some(description)) => first_sentences(description.as_str()),
        (None, None) => context.text().learn().roles_description().to_owned(),
    };
    let mut meta = Meta::new(title, description);
    meta.json_ld.push(structured_data::breadcrumbs(
        context,
        &steps(context),
        title,
    ));
    Ok(render::page(context, &meta, || view(context, &content)))
}

/// The newest cases in which somebody had the role, and whether there are more than were looked at.
async fn examples<B: Backend>(
    context: &Context,
    backend: &B,
    role: &Role,
) -> Result<(Vec<Example>, bool), Problem> {
    let language = context.language;
    let results = backend
        .search(&cases_query(role, PerPage::clamp(CASES)), language)
        .await?;
    let more = results.total > u64::from(CASES);
    let found: Vec<Slug> = results.hits.into_iter().map(|hit| hit.id).collect();
    let cases = backend.objects::<Case>(&found, language).await?;
    let mut ids: Vec<Slug> = Vec::new();
    for partner in cases
        .iter()
        .flat_map(|case| &case.partners)
        .filter(|partner| had_role(partner, role))
    {
        if !ids.contains(&partner.organisation) {
            ids.push(partner.organisation.clone());
        }
    }
    let rows = if ids.is_empty() {
        Vec::new()
    } else {
        backend
            .rows(Kind::Organisation, &ids, None, language)
            .await?
    };
    let examples = cases
        .into_iter()
        .map(|case| Example {
            partners: case
                .partners
                .iter()
                .filter(|partner| had_role(partner, role))
                .map(|partner| {
                    let row = rows.iter().find(|row| row.id == partner.organisation);
                    let name = row
                        .map_or_else(|| partner.organisation.to_string(), |row| row.title.clone());
                    (
                        partner.organisation.clone(),
                        name,
                        row.and_then(|row| row.organisation_kind),
                    )
                })
                .collect(),
            id: case.id,
            title: case.title.into(),
        })
        .filter(|example| !example.partners.is_empty())
        .collect();
    Ok((examples, more))
}

/// Whether a partner carried out one of the role's tasks to a high or some degree.
fn had_role(partner: &Partner, role: &Role) -> bool {
    role.tasks
        .iter()
        .any(|task| matches!(partner.tasks.get(task), Some(Degree::High | Degree::Some)))
}

fn cases_query(role: &Role, per_page: PerPage) -> SearchQuery {
    SearchQuery {
        filters: [
            (FacetName::Kind, vec![Kind::Case.code().to_owned()]),
            (
                FacetName::Task,
                role.tasks
                    .iter()
                    .map(|task| task.code().to_owned())
                    .collect(),
            ),
        ]
        .into(),
        facets: FacetsWanted::These(Vec::new()),
        sort: Sort::Newest,
        per_page,
        ..SearchQuery::default()
    }
}

fn steps(context: &Context) -> [(String, String); 1] {
    [(
        context.url(&Route::Roles),
        context.text().common().roles().to_owned(),
    )]
}

fn view<'page>(context: &'page Context, content: &'page Content) -> impl IntoView + use<'page> {
    let text = context.text().learn();
    let role = &content.role;
    let title = role.title.as_str();
    let tasks: Vec<&str> = role.tasks.iter().map(|task| task.code()).collect();
    view! {
        {breadcrumbs(context, &steps(context), title)}
        <article class="detail role">
            <header class="detail-header">
                <p class="kicker">{context.text().common().kind_role()}</p>
                <h1 lang=editorial_language(context, title)>{title}</h1>
                {role.summary.as_ref().map(|summary| view! {
                    <p class="lead" lang=editorial_language(context, summary.as_str())>{summary.as_str()}</p>
                })}
            </header>
            {(!role.tasks.is_empty()).then(|| view! {
                <div class="detail-aside">
                    <section class="fits" aria-labelledby="tasks">
                        <h2 id="tasks">{text.tasks()}</h2>
                        <ul class="topics">
                            {role.tasks.iter().map(|task| view! { <li>{task.label(context.language)}</li> }).collect_view()}
                        </ul>
                    </section>
                </div>
            })}
            <div class="detail-body">
                {sample_mark(context, content.sample)}
                {role.description.as_ref().map(|description| view! {
                    <section><h2>{text.what_it_takes()}</h2>{editorial_prose(context, description.as_str())}</section>
                })}
                {who_did(context, content)}
                {findings(context, &tasks)}
            </div>
        </article>
        {rows_section(context, context.text().detail().related_cases().to_owned(), &content.similar_cases, None)}
        {(!content.others.is_empty()).then(|| view! {
            <section class="related">
                <h2>{text.other_roles()}</h2>
                <ul class="topics">
                    {content.others.iter().map(|other| view! {
                        <li>
                            <a lang=editorial_language(context, other.title.as_str())
                                href=context.url(&Route::Role(other.code.clone()))>{other.title.as_str()}</a>
                        </li>
                    }).collect_view()}
                </ul>
            </section>
        })}
    }
}

fn who_did<'page>(context: &'page Context, content: &'page Content) -> impl IntoView + use<'page> {
    let text = context.text().learn();
    let examples = &content.examples;
    if examples.is_empty() {
        return Either::Left(view! {
            <section><h2>{text.who_did()}</h2><p class="prose">{text.nobody_did()}</p></section>
        });
    }
    let total = examples.len() as u64;
    let all = SearchQuery {
        facets: FacetsWanted::Fitting,
        sort: Sort::Relevance,
        ..cases_query(&content.role, PerPage::default())
    };
    Either::Right(view! {
        <section>
            <h2>{text.who_did()}</h2>
            <p class="prose">{if content.more { text.who_did_newest(total) } else { text.who_did_lead(total) }}</p>
            <table class="degree-table">
                <caption class="visually-hidden">{text.who_did_caption()}</caption>
                <thead class="visually-hidden">
                    <tr><th scope="col">{text.partner_kind()}</th><th scope="col">{text.number_of_cases()}</th></tr>
                </thead>
                <tbody>
                    {by_kind(examples).into_iter().map(|(kind, count)| view! {
                        <tr>
                            <th scope="row">{kind.label(context.language)}</th>
                            <td>{bar((count * 100 / total) as u32)}<span class="numbers">{count.to_string()}</span></td>
                        </tr>
                    }).collect_view()}
                </tbody>
            </table>
            <h3>{text.examples()}</h3>
            <ul class="rows">
                {examples.iter().take(EXAMPLES).map(|example| view! {
                    <li class="row">
                        <h4 class="row-title">
                            <a lang=written_language(context) href=context.url(&Route::Case(example.id.clone()))>{example.title.as_str()}</a>
                        </h4>
                        <ul class="facts">
                            {example.partners.iter().map(|(id, name, _)| view! {
                                <li><a href=context.url(&Route::Organisation(id.clone()))>{name.as_str()}</a></li>
                            }).collect_view()}
                        </ul>
                    </li>
                }).collect_view()}
            </ul>
            <p><a href=context.url_with(&Route::Search, &all.to_query_string())>{text.see_all_with_tasks()}</a></p>
        </section>
    })
}

/// In how many of the cases a partner of each kind had the role; most first.
fn by_kind(examples: &[Example]) -> Vec<(OrganisationKind, u64)> {
    let mut counts: Vec<(OrganisationKind, u64)> = OrganisationKind::all()
        .iter()
        .map(|kind| {
            let count = examples
                .iter()
                .filter(|example| example.partners.iter().any(|(_, _, it)| *it == Some(*kind)))
                .count();
            (*kind, count as u64)
        })
        .filter(|(_, count)| *count > 0)
        .collect();
    counts.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    counts
}
