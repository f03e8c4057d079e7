//! The page that the button of a letter opens: whether an offer or a case still holds, answered without signing in.

use domain::freshness::Review;
use domain::{Code, Kind, Slug};
use jiff::civil::Date;
use leptos::either::Either;
use leptos::prelude::*;

use crate::components::content::written_language;
use crate::components::freshness::review_days;
use crate::context::Context;
use crate::format;
use crate::page::Page;
use crate::render::unlisted_page;
use crate::routes::{self, Route, Service};

/// What is to be confirmed, as it is published.
pub struct Confirming {
    /// An offer or a case.
    pub kind: Kind,
    /// Its id.
    pub id: Slug,
    /// Its title.
    pub title: String,
    /// Its summary.
    pub summary: String,
    /// The name of the organisation that answers for it.
    pub owner: String,
    /// The day on which somebody last said that it holds.
    pub confirmed: Date,
    /// The review that follows.
    pub review: Review,
}

/// How far it has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Answer {
    /// It asks: programs that look into mail open addresses, too.
    Asks,
    /// It is confirmed just now.
    Given,
    /// It was looked over after the letter was sent.
    GivenBefore,
}

/// The page. `action` is its own address.
pub fn page(context: &Context, action: &str, what: &Confirming, answer: Answer) -> Page {
    let text = context.text().upkeep();
    let day = |day: Date| format::date(day, context.language);
    let (title, lead) = match answer {
        Answer::Asks => (text.confirm_title(), text.confirm_lead(&what.title)),
        Answer::Given => (
            text.thanks_title(),
            text.thanks(&what.title, &day(what.review.due)),
        ),
        Answer::GivenBefore => (
            text.answered_title(),
            text.answered(&what.title, &day(what.confirmed)),
        ),
    };
    unlisted_page(context, 200, title, || {
        let asks = answer == Answer::Asks;
        let public = context.url(&Route::of(what.kind, what.id.clone()));
        let lang = written_language(context);
        view! {
            <h1>{title}</h1>
            <p class="lead" role=(!asks).then_some("status")>{lead}</p>
            {if asks {
                let change = context.url(&Route::Desk(routes::Desk::Manuscript(what.kind, what.id.clone())));
                Either::Left(view! {
                    <section class="panel" aria-labelledby="published">
                        <h2 id="published">{text.as_published()}</h2>
                        <p><strong lang=lang>{what.title.clone()}</strong></p>
                        <p lang=lang>{what.summary.clone()}</p>
                        <p class="soft">{what.kind.label(context.language)}" · "{what.owner.clone()}</p>
                        {review_days(context, what.confirmed, what.review)}
                        <p><a href=public>{text.see_page()}</a></p>
                    </section>
                    <form method="post" action=action.to_owned() class="actions">
                        <button type="submit">{text.confirm()}</button>
                        <a class="button quiet" href=change>{text.change()}</a>
                    </form>
                })
            } else {
                Either::Right(view! {
                    <p class="actions">
                        <a class="button" href=public>{text.see_page()}</a>
                        <a class="button quiet" href=context.url(&Route::Desk(routes::Desk::Home))>{text.to_desk()}</a>
                    </p>
                })
            }}
        }
    })
}

/// The page for an address that confirms nothing any more.
pub fn outdated(context: &Context) -> Page {
    let text = context.text().upkeep();
    unlisted_page(context, 404, text.outdated_title(), || {
        view! {
            <h1>{text.outdated_title()}</h1>
            <p class="lead">{text.outdated()}</p>
            <p class="actions">
                <a class="button" href=context.url(&Route::Desk(routes::Desk::Home))>{text.to_desk()}</a>
            </p>
        }
    })
}

/// The path that confirms.
pub fn confirming_path(secret: &str) -> String {
    [Service::Confirm.path(), "/", secret].concat()
}
