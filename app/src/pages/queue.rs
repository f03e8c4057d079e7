//! What waits for the editors: filters, several at once with confirmation, and undo.

use domain::{Code, Kind};
use leptos::either::{Either, EitherOf3};
use leptos::prelude::*;

use crate::context::Context;
use crate::page::Page;
use crate::pages::desk::{Line, line_view};
use crate::render::unlisted_page;
use crate::routes::{Desk, Route, Service};

/// What the queue shows.
#[derive(Default)]
pub struct Queue {
    /// What waits, the longest waiting first.
    pub waits: Vec<Line>,
    /// The kind that is shown alone.
    pub kind: Option<Kind>,
    /// What the provider's name has to contain.
    pub owner: String,
    /// The keys that were chosen, while they are to be confirmed.
    pub chosen: Vec<String>,
    /// How much reported feedback waits, where this person decides about it.
    pub reported_feedback: Option<usize>,
    /// What was just done.
    pub done: Option<Done>,
}

/// What was just done to several at once.
pub enum Done {
    /// These were approved, and can be withdrawn again; these titles could not be.
    Approved {
        /// Keys of those that were approved.
        keys: Vec<String>,
        /// Titles of those that could not be.
        refused: Vec<String>,
    },
    /// So many were withdrawn again.
    Undone(usize),
    /// None were chosen.
    NoneChosen,
}

/// The key of a line, as forms send it.
pub fn key(line: &Line) -> String {
    format!("{}/{}", line.kind.code(), line.id)
}

/// The page.
pub fn page(context: &Context, queue: &Queue) -> Page {
    let text = context.text().desk();
    let action = context.url(&Route::Desk(Desk::Queue));
    unlisted_page(context, 200, text.queue(), || {
        let confirming = !queue.chosen.is_empty();
        let kinds = [Kind::Offer, Kind::Case];
        let rows = queue
            .waits
            .iter()
            .map(|line| {
                let key = key(line);
                let id = ["choose-", &key].concat();
                let checked = queue.chosen.contains(&key);
                view! {
                    <li>
                        <input type="checkbox" id=id.clone() name="choose" value=key checked=checked aria-label=line.title.clone()/>
                        <div>{line_view(context, line, true, text)}</div>
                    </li>
                }
            })
            .collect_view();
        view! {
            <p class="crumb"><a href=context.url(&Route::Desk(Desk::Home))>{text.title()}</a></p>
            <h1>{text.queue()}</h1>
            <p class="lead">{text.queue_lead()}</p>
            {queue.done.as_ref().map(|done| said(context, done, &action))}
            {queue.reported_feedback.map(|count| {
                let label = context.text().feedback().judge_title();
                view! {
                    <p class="actions">
                        <a class="button quiet" href=Service::ReportedFeedback.path()>{format!("{label} ({count})")}</a>
                        <a class="button quiet" href=Service::ReportedImages.path()>{context.text().images().judge_title()}</a>
                    </p>
                }
            })}
            <form method="get" action=action.clone() class="filter-line">
                <div class="field">
                    <label for="kind">{text.filter()}</label>
                    <select id="kind" name="kind">
                        <option value="">{text.all_kinds()}</option>
                        {kinds.into_iter().map(|kind| view! {
                            <option value=kind.code() selected={queue.kind == Some(kind)}>{kind.label(context.language)}</option>
                        }).collect_view()}
                    </select>
                </div>
                <div class="field">
                    <label for="owner">{text.owner_contains()}</label>
                    <input type="text" id="owner" name="owner" value=queue.owner.clone()/>
                </div>
                <button type="submit" class="quiet">{text.filter()}</button>
            </form>
            {if queue.waits.is_empty() {
                Either::Left(view! { <p class="soft">{text.queue_empty()}</p> })
            } else {
                Either::Right(view! {
                    <form method="post" action=action.clone()>
                        <ul class="work chooses">{rows}</ul>
                        <div class="actions">
                            {if confirming {
                                Either::Left(view! {
                                    <button type="submit" name="do" value="approve">{text.confirm_approve(queue.chosen.len())}</button>
                                    <a class="button quiet" href=action.clone()>{text.cancel()}</a>
                                })
                            } else {
                                Either::Right(view! { <button type="submit" name="do" value="confirm">{text.approve_chosen()}</button> })
                            }}
                        </div>
                    </form>
                })
            }}
        }
    })
}

fn said(context: &Context, done: &Done, action: &str) -> impl IntoView + use<> {
    let text = context.text().desk();
    match done {
        Done::NoneChosen => EitherOf3::A(view! {
            <div class="notice notice-care" role="alert"><p>{text.choose_some()}</p></div>
        }),
        Done::Undone(count) => EitherOf3::B(view! {
            <div class="notice" role="status"><p>{text.undone(*count)}</p></div>
        }),
        Done::Approved { keys, refused } => EitherOf3::C(view! {
            <div class="notice" role="status">
                <p>{text.approved_some(keys.len())}</p>
                {(!refused.is_empty()).then(|| view! { <p>{text.could_not(&refused.join(", "))}</p> })}
                {(!keys.is_empty()).then(|| view! {
                    <form method="post" action=action.to_owned()>
                        {keys.iter().map(|key| view! { <input type="hidden" name="choose" value=key.clone()/> }).collect_view()}
                        <button type="submit" class="quiet" name="do" value="undo">{text.undo()}</button>
                    </form>
                })}
            </div>
        }),
    }
}
