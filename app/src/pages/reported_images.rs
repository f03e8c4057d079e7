//! The images that readers have reported, for whoever decides about them.

use domain::{Code, ContentId, ReportReason};
use jiff::civil::DateTime;
use leptos::either::Either;
use leptos::prelude::*;

use crate::backend::Attached;
use crate::components::attachments::thumbnail;
use crate::components::share::mail_to;
use crate::context::Context;
use crate::format;
use crate::page::Page;
use crate::render::unlisted_page;
use crate::routes::{Route, Service};

/// What the page shows.
#[derive(Default)]
pub struct Reported {
    /// The images that wait for a decision, the longest waiting first.
    pub images: Vec<ReportedImage>,
    /// What was just done.
    pub done: Option<Done>,
    /// The image that was to be removed without confirming.
    pub unconfirmed: Option<ContentId>,
}

/// An image with what is said of it.
pub struct ReportedImage {
    /// The image.
    pub image: Attached,
    /// Whether it is taken down.
    pub is_down: bool,
    /// The published pages that name it, with their titles.
    pub shown_on: Vec<(Route, String)>,
    /// What readers have reported.
    pub reports: Vec<Report>,
}

/// What a reader has reported.
pub struct Report {
    /// Why.
    pub reason: ReportReason,
    /// In the reader's own words.
    pub words: Option<String>,
    /// Where to write to the reader.
    pub email: Option<String>,
    /// When, as clocks in Denmark showed it.
    pub time: DateTime,
}

/// What was just done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Done {
    /// The image stands.
    Stands,
    /// The image is gone for good.
    Gone,
    /// Nothing: the image is not there, or somebody else was first.
    Nothing,
}

/// The page where reported images are decided about.
pub fn page(context: &Context, reported: &Reported) -> Page {
    let text = context.text().images();
    let status = if reported.unconfirmed.is_some() {
        422
    } else {
        200
    };
    unlisted_page(context, status, text.judge_title(), || {
        let done = reported.done.map(|done| match done {
            Done::Stands => text.did_stand(),
            Done::Gone => text.did_remove(),
            Done::Nothing => text.did_nothing(),
        });
        view! {
            <h1>{text.judge_title()}</h1>
            {done.map(|done| view! { <div class="notice" role="status"><p>{done}</p></div> })}
            {reported.unconfirmed.as_ref().map(|id| view! {
                <div class="notice notice-care" role="alert">
                    <p><a href=["#", &confirm_id(id)].concat()>{text.remove_unconfirmed()}</a></p>
                </div>
            })}
            {if reported.images.is_empty() {
                Either::Left(view! { <p class="lead">{text.none_reported()}</p> })
            } else {
                Either::Right(view! {
                    <p class="lead">{text.judge_lead()}</p>
                    <ol class="reported">
                        {reported.images.iter().map(|image| view! { <li>{item(context, image)}</li> }).collect_view()}
                    </ol>
                })
            }}
        }
    })
}

fn confirm_id(id: &ContentId) -> String {
    ["confirm-", &id.as_str()[..12]].concat()
}

fn item(context: &Context, reported: &ReportedImage) -> impl IntoView + use<> {
    let text = context.text().images();
    let id = &reported.image.id;
    let (class, state) = if reported.is_down {
        ("status status-care", text.is_down())
    } else {
        ("status", text.stands_still())
    };
    let shown_on = reported
        .shown_on
        .iter()
        .enumerate()
        .map(|(position, (route, title))| {
            view! { {(position > 0).then_some(", ")}<a href=context.url(route)>{title.clone()}</a> }
        })
        .collect_view();
    let shown_nowhere = reported.shown_on.is_empty().then(|| text.shown_nowhere());
    let confirm = confirm_id(id);
    view! {
        {thumbnail(id, &reported.image, text.an_image())}
        <div>
            <p><span class=class>{state}</span></p>
            <p>{text.shown_on()}": "{shown_on}{shown_nowhere}</p>
            <h2>{text.reports()}</h2>
            <ul class="reported-why">
                {reported.reports.iter().map(|report| view! { <li>{why(context, report)}</li> }).collect_view()}
            </ul>
            <form method="post" action=Service::ReportedImages.path()>
                <input type="hidden" name="id" value=id.to_string()/>
                <button type="submit" name="do" value="stand">{text.let_stand()}</button>
                <div class="reported-remove">
                    <label class="tick">
                        <input type="checkbox" id=confirm name="confirm" value="yes"/>{text.remove_confirm()}
                    </label>
                    <button type="submit" class="quiet" name="do" value="remove">{text.remove()}</button>
                </div>
            </form>
        </div>
    }
}

fn why(context: &Context, report: &Report) -> impl IntoView + use<> {
    let text = context.text().images();
    let language = context.language;
    let when = [
        format::date(report.time.date(), language),
        format::time(report.time.time(), language),
    ]
    .join(" ");
    view! {
        <strong>{report.reason.label(language)}</strong>" "<span class="soft small">{when}</span>
        {report.words.clone().map(|words| view! { <blockquote>{words}</blockquote> })}
        {report.email.as_ref().map(|email| view! {
            <p><a href=mail_to(email, text.answer_subject(), "")>{text.answer_to(email)}</a></p>
        })}
    }
}
