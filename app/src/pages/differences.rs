//! What a draft changes of what is published, field by field, and the versions there have been.

use domain::draft::Fields;
use domain::{Kind, Slug};
use jiff::civil::DateTime;
use leptos::either::EitherOf3;
use leptos::prelude::*;

use crate::context::Context;
use crate::format;
use crate::page::Page;
use crate::pages::writing::shown;
use crate::render::unlisted_page;
use crate::routes::{Desk, Route};

/// What the page shows.
pub struct Differences {
    /// An offer or a case.
    pub kind: Kind,
    /// Its id.
    pub id: Slug,
    /// Its title.
    pub title: String,
    /// What is published or was last.
    pub published: Option<Fields>,
    /// What is typed, while there is a draft.
    pub draft: Option<Fields>,
    /// The published versions, the newest first.
    pub versions: Vec<Version>,
    /// Whether this person may bring a version back.
    pub restores: bool,
}

/// A version that was published.
pub struct Version {
    /// Its number among the revisions.
    pub sequence: u64,
    /// When it was published.
    pub when: DateTime,
    /// Who published it, by name.
    pub who: String,
    /// What it said.
    pub fields: Fields,
    /// What the version before it said; nothing for the first.
    pub before: Option<Fields>,
}

/// The page.
pub fn page(context: &Context, differences: &Differences) -> Page {
    let text = context.text().desk();
    let writing = context.text().writing();
    let title = text.history();
    unlisted_page(context, 200, title, || {
        let route = Route::Desk(Desk::Manuscript(differences.kind, differences.id.clone()));
        let compared = match (&differences.published, &differences.draft) {
            (Some(published), Some(draft)) => {
                let names = published.differences(draft);
                if names.is_empty() {
                    EitherOf3::A(view! { <p>{text.no_differences()}</p> })
                } else {
                    EitherOf3::B(table(
                        context,
                        &names,
                        published,
                        draft,
                        text.now_published(),
                        text.in_draft(),
                    ))
                }
            }
            (None, Some(_)) => EitherOf3::A(view! { <p>{text.nothing_published()}</p> }),
            (_, None) => EitherOf3::C(()),
        };
        let latest = differences.versions.first().map(|version| version.sequence);
        view! {
            <p class="crumb"><a href=context.url(&route)>{text.back()}</a></p>
            <p class="kicker">{differences.title.clone()}</p>
            <h1>{title}</h1>
            {differences.draft.is_some().then(|| view! { <h2>{text.differences()}</h2> })}
            {compared}
            {(!differences.versions.is_empty()).then(|| view! { <h2>{text.versions()}</h2> })}
            <ol class="versions-list">
                {differences.versions.iter().map(|version| {
                    let day = format::date(version.when.date(), context.language);
                    let time = format::time(version.when.time(), context.language);
                    let names = version.before.as_ref().map(|before| before.differences(&version.fields)).unwrap_or_default();
                    let labels: Vec<&str> = names.iter().map(|name| writing.label(name)).collect();
                    let said = match version.before {
                        None => text.first_version().to_owned(),
                        Some(_) => text.changed_fields(&labels.join(", ")),
                    };
                    let is_latest = latest == Some(version.sequence);
                    let restore = (differences.restores && !is_latest).then(|| view! {
                        <form method="post" action=context.url(&Route::Desk(Desk::Differences(differences.kind, differences.id.clone())))>
                            <button type="submit" class="quiet" name="version" value=version.sequence.to_string()
                                aria-label=format!("{}: {day} {time}", text.restore_version())>{text.restore_version()}</button>
                        </form>
                    });
                    view! {
                        <li>
                            <p><strong>{text.version_of(&format!("{day} {time}"), &version.who)}</strong>
                                {is_latest.then(|| view! { " "<span class="state">{text.this_version()}</span> })}</p>
                            <p>{said}</p>
                            {version.before.as_ref().filter(|_| !names.is_empty()).map(|before| view! {
                                <details>
                                    <summary>{text.before()}" / "{text.after()}</summary>
                                    {table(context, &names, before, &version.fields, text.before(), text.after())}
                                </details>
                            })}
                            {restore}
                        </li>
                    }
                }).collect_view()}
            </ol>
        }
    })
}

/// Two versions of fields, side by side; one below the other on a phone.
fn table(
    context: &Context,
    names: &[String],
    before: &Fields,
    after: &Fields,
    before_label: &'static str,
    after_label: &'static str,
) -> impl IntoView + use<> {
    let writing = context.text().writing();
    view! {
        <dl class="differences">
            {names.iter().map(|name| view! {
                <div>
                    <dt>{writing.label(name)}</dt>
                    <dd><p class="kicker">{before_label}</p>{shown(context, before, name)}</dd>
                    <dd><p class="kicker">{after_label}</p>{shown(context, after, name)}</dd>
                </div>
            }).collect_view()}
        </dl>
    }
}
