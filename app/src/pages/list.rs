//! «Min liste»: what a person has saved, or a list somebody shares.

use domain::search::Hit;
use domain::{Kind, Slug};
use leptos::either::{Either, EitherOf3};
use leptos::prelude::*;

use crate::backend::Backend;
use crate::choices::{LIST_LIMIT, NOTE_LIMIT, note_field, parse_list};
use crate::components::content::written_language;
use crate::components::rows::facts;
use crate::context::Context;
use crate::islands::{SavedList, Sharing};
use crate::page::{Cache, Meta, Page, Problem};
use crate::query;
use crate::render;
use crate::routes::{Route, Service};

/// The form that takes the list as a spreadsheet, to which the notes belong wherever they stand.
const SPREADSHEET: &str = "spreadsheet";

/// What the page shows.
struct Content {
    /// The rows, in the list's order.
    hits: Vec<Hit>,
    /// Every id asked for, also of what is not there any more.
    ids: Vec<Slug>,
    /// Whether the list came with the link rather than from the person's own browser.
    shared: bool,
}

/// The saved list, or with `ids=a,b,c` the one that a link shares.
pub async fn page<B: Backend>(context: &Context, backend: &B) -> Result<Page, Problem> {
    let shared = query::value(&context.query, "ids");
    let ids = shared
        .as_deref()
        .map_or_else(|| context.list.clone(), parse_list);
    let hits = if ids.is_empty() {
        Vec::new()
    } else {
        backend
            .rows(
                Kind::Offer,
                &ids,
                context.home.map(|home| home.code),
                context.language,
            )
            .await?
    };
    let content = Content {
        hits,
        ids,
        shared: shared.is_some(),
    };
    let text = context.text().list();
    let title = if content.shared {
        text.shared_title()
    } else {
        text.title()
    };
    let mut meta = Meta::new(title, text.description());
    meta.islands = !content.hits.is_empty();
    if content.shared {
        meta.listed = false;
        meta.canonical_query = share_query(&content.ids);
    }
    let mut page = render::page(context, &meta, || view(context, &content));
    if !content.shared {
        page.cache = Cache::Private;
    }
    Ok(page)
}

/// The query string that shares these offers.
fn share_query(ids: &[Slug]) -> String {
    let mut text = String::from("ids=");
    for (position, id) in ids.iter().enumerate() {
        if position > 0 {
            text.push(',');
        }
        text.push_str(id.as_str());
    }
    text
}

fn view<'page>(context: &'page Context, content: &'page Content) -> impl IntoView + use<'page> {
    let text = context.text().list();
    let missing = content.ids.len().saturating_sub(content.hits.len()) as u64;
    let full = !content.shared && content.ids.len() >= LIST_LIMIT;
    view! {
        <h1>{if content.shared { text.shared_title() } else { text.title() }}</h1>
        {if content.hits.is_empty() {
            EitherOf3::A(view! {
                <p class="lead">{text.empty()}</p>
                <p class="prose">{text.empty_lead()}</p>
                <p><a class="button" href=context.url_with(&Route::Search, "kind=offer")>{text.find()}</a></p>
            })
        } else if content.shared {
            EitherOf3::B(view! {
                <p class="lead">{text.shared_lead()}</p>
                <form method="post" action=Service::ChangeList.path() class="actions">
                    <input type="hidden" name="to" value=context.url(&Route::MyList)/>
                    <button type="submit" name="add" value=joined(&content.ids)>{text.save_all()}</button>
                </form>
            })
        } else {
            EitherOf3::C(view! { <p class="lead">{text.lead()}</p> })
        }}
        {full.then(|| view! { <p class="notice notice-care">{text.full()}</p> })}
        {(missing > 0).then(|| view! { <p class="notice notice-care">{text.missing(missing)}</p> })}
        {if content.hits.is_empty() {
            Either::Left(())
        } else {
            Either::Right(view! {
                {(!content.shared).then(|| view! {
                    <noscript><p class="notice">{text.notes_without_script()}</p></noscript>
                })}
                <ol class="rows list-rows">
                    {content.hits.iter().enumerate().map(|(position, hit)| item(context, content, position, hit)).collect_view()}
                </ol>
                {take(context, content)}
                {(!content.shared).then(|| view! { <SavedList/> })}
                <Sharing/>
            })
        }}
    }
}

fn joined(ids: &[Slug]) -> String {
    ids.iter().map(Slug::as_str).collect::<Vec<_>>().join(",")
}

fn item<'page>(
    context: &'page Context,
    content: &'page Content,
    position: usize,
    hit: &'page Hit,
) -> impl IntoView + use<'page> {
    let text = context.text().list();
    let id = hit.id.as_str();
    let note = note_field(id);
    let hint = ["note-hint-", id].concat();
    let lang = written_language(context);
    let named = move |action: &'static str| {
        view! { {action}<span class="visually-hidden">": "{hit.title.as_str()}</span> }
    };
    view! {
        <li class="row">
            <h2 class="row-title">
                <a lang=lang href=context.url(&Route::Offer(hit.id.clone()))>{hit.title.as_str()}</a>
            </h2>
            <p class="row-summary" lang=lang>{hit.summary.as_str()}</p>
            {facts(context, hit)}
            {(!content.shared).then(|| view! {
                <div class="note" data-note=id data-full=text.note_full()>
                    <label for=note.clone()>
                        {text.note()}<span class="visually-hidden">": "{hit.title.as_str()}</span>
                    </label>
                    <textarea
                        id=note.clone()
                        name=note
                        form=SPREADSHEET
                        rows="2"
                        maxlength=NOTE_LIMIT
                        autocomplete="off"
                        aria-describedby=hint.clone()
                    ></textarea>
                    <p class="hint" id=hint>{text.note_hint()}</p>
                </div>
                <form class="list-actions" method="post" action=Service::ChangeList.path()>
                    <input type="hidden" name="to" value=context.url(&Route::MyList)/>
                    {(position > 0).then(|| view! {
                        <button class="plain" type="submit" name="up" value=id>{named(text.move_up())}</button>
                    })}
                    {(position + 1 < content.hits.len()).then(|| view! {
                        <button class="plain" type="submit" name="down" value=id>{named(text.move_down())}</button>
                    })}
                    <button class="plain" type="submit" name="remove" value=id>{named(text.remove())}</button>
                </form>
            })}
        </li>
    }
}

fn take<'page>(context: &'page Context, content: &'page Content) -> impl IntoView + use<'page> {
    let text = context.text().list();
    let query = share_query(&content.ids);
    let link = context.absolute(&context.url_with(&Route::MyList, &query));
    let download = [&query, "&lang=", context.language.tag()].concat();
    let csv = context.service_with(Service::ListCsv, &download);
    view! {
        <section class="take">
            <h2>{text.take()}</h2>
            <p class="take-link">
                <span>{text.link_label()}": "</span>
                <a href=context.url_with(&Route::MyList, &query)>{link.clone()}</a>
            </p>
            <div class="actions">
                <button class="quiet" type="button" hidden data-copy=link data-copied=text.copied()>
                    <span data-label="">{text.copy()}</span>
                </button>
                <button class="quiet" type="button" hidden data-print="">{text.print()}</button>
                {if content.shared {
                    Either::Left(view! { <a class="button quiet" href=csv download>{text.csv()}</a> })
                } else {
                    Either::Right(view! {
                        <form id=SPREADSHEET method="post" action=csv>
                            <button class="quiet" type="submit">{text.csv_with_notes()}</button>
                        </form>
                    })
                }}
                <a class="button quiet" href=context.service_with(Service::ListCalendar, &download) download>{text.calendar()}</a>
            </div>
        </section>
        {(!content.shared).then(|| view! {
            <form method="post" action=Service::ChangeList.path()>
                <input type="hidden" name="to" value=context.url(&Route::MyList)/>
                <button class="plain" type="submit" name="clear" value="all">{text.clear()}</button>
            </form>
        })}
    }
}
