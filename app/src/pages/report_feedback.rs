//! Reporting feedback, and deciding about what was reported.

use domain::feedback::{Feedback, FeedbackId, FeedbackReason};
use domain::{Code, Invalid, Slug};
use jiff::civil::DateTime;
use leptos::either::Either;
use leptos::prelude::*;

use crate::components::feedback::{answer_view, one, paragraphs};
use crate::components::inputs::{self, Input};
use crate::context::Context;
use crate::format;
use crate::page::Page;
use crate::render::unlisted_page;
use crate::routes::{Desk, Route, Service};

/// The form, with what was typed and what is wrong with it.
pub struct ReportForm {
    /// The feedback.
    pub id: FeedbackId,
    /// The offer it is about.
    pub offer: Slug,
    /// The advice that whoever reports it reads.
    pub advice: Option<String>,
    /// Whether an editor has let it stand before, so that a report does not take it off.
    pub cleared: bool,
    /// The reason chosen.
    pub reason: Option<FeedbackReason>,
    /// Whether no reason was chosen where one has to be.
    pub reason_missing: bool,
    /// The reader's own words as typed.
    pub words: String,
    /// What is wrong with them.
    pub words_error: Option<Invalid>,
    /// In how many minutes another report is taken.
    pub wait: Option<u64>,
}

const FIRST_REASON: &str = "reason";

/// The form for reporting feedback.
pub fn form_page(context: &Context, form: &ReportForm) -> Page {
    let text = context.text().feedback();
    let faulty = form.reason_missing || form.words_error.is_some();
    let status = match (form.wait, faulty) {
        (Some(_), _) => 429,
        (None, true) => 422,
        (None, false) => 200,
    };
    let words = Input {
        name: "words".to_owned(),
        label: text.words().to_owned(),
        hint: text.words_hint(),
        value: form.words.clone(),
        error: form
            .words_error
            .as_ref()
            .map(|error| [text.words(), " ", &error.message(context.language), "."].concat()),
    };
    let mut errors: Vec<(String, String)> = Vec::new();
    if form.reason_missing {
        let at = ["#", FIRST_REASON].concat();
        errors.push((at, text.reason_missing().to_owned()));
    }
    errors.extend(
        words
            .error
            .clone()
            .map(|error| ("#words".to_owned(), error)),
    );
    let too_often = form
        .wait
        .map(|minutes| text.report_too_often(minutes, &context.site.contact_email));
    let (lead, button) = if form.cleared {
        (text.report_cleared(), text.send_report_cleared())
    } else {
        (text.report_lead(), text.send_report())
    };
    unlisted_page(context, status, text.report_title(), || {
        let offer = context.url(&Route::Offer(form.offer.clone()));
        view! {
            <p class="crumb"><a href=offer>{text.to_offer()}</a></p>
            <h1>{text.report_title()}</h1>
            {form.advice.as_ref().map(|advice| view! { <blockquote>{paragraphs(advice)}</blockquote> })}
            <p class="lead">{lead}</p>
            {too_often.map(|why| view! { <div class="notice notice-care" role="alert"><p>{why}</p></div> })}
            {inputs::errors(text.errors(), &errors)}
            <form method="post" action=context.url(&Route::ReportFeedback(form.id.clone())) class="stacked" novalidate>
                {reasons(context, form)}
                {inputs::area(&words, 4)}
                <button type="submit">{button}</button>
            </form>
        }
    })
}

fn reasons(context: &Context, form: &ReportForm) -> impl IntoView + use<> {
    let text = context.text().feedback();
    let described = form.reason_missing.then_some("reason-error");
    let chosen = form.reason;
    view! {
        <fieldset class="field reasons" aria-describedby=described>
            <legend>{text.reason()}</legend>
            {form.reason_missing.then(|| view! { <p class="field-error" id="reason-error">{text.reason_missing()}</p> })}
            {FeedbackReason::all().iter().enumerate().map(|(position, reason)| {
                let id = if position == 0 {
                    FIRST_REASON.to_owned()
                } else {
                    [FIRST_REASON, "-", reason.code()].concat()
                };
                view! {
                    <label class="tick">
                        <input type="radio" id=id name="reason" value=reason.code() checked={chosen == Some(*reason)}/>
                        {reason.label(context.language)}
                    </label>
                }
            }).collect_view()}
        </fieldset>
    }
}

/// What is said once a report is sent: whether the feedback was taken off.
pub fn thanks(context: &Context, offer: &Slug, taken_off: bool) -> Page {
    let text = context.text().feedback();
    unlisted_page(context, 200, text.reported_title(), || {
        let what = if taken_off {
            text.reported_off()
        } else {
            text.reported_queued()
        };
        view! {
            <h1>{text.reported_title()}</h1>
            <p class="lead" role="status">{what}</p>
            <p><a href=context.url(&Route::Offer(offer.clone()))>{text.to_offer()}</a></p>
        }
    })
}

/// What the editors' page shows.
#[derive(Default)]
pub struct Reported {
    /// What waits for a decision, the longest waiting first.
    pub waiting: Vec<ReportedFeedback>,
    /// What was decided of late, the latest first.
    pub decided: Vec<ReportedFeedback>,
    /// What was just done.
    pub done: Option<Done>,
}

/// Feedback that was reported.
pub struct ReportedFeedback {
    /// What names it.
    pub id: FeedbackId,
    /// The offer, with its title where it is published.
    pub offer: (Slug, Option<String>),
    /// Who offers it.
    pub owner: String,
    /// What was said.
    pub feedback: Feedback,
    /// What the owner answered.
    pub answer: Option<String>,
    /// How far it has come, as people call it.
    pub state: &'static str,
    /// Why it was reported.
    pub reports: Vec<Report>,
}

/// What a reader has reported.
pub struct Report {
    /// Why.
    pub reason: FeedbackReason,
    /// In the reader's own words.
    pub words: Option<String>,
    /// When, as clocks in Denmark showed it.
    pub time: DateTime,
}

/// What was just done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Done {
    /// It stands; it can be undone.
    Stands(FeedbackId),
    /// It is taken down; it can be undone.
    TakenDown(FeedbackId),
    /// A decision was undone.
    Undone,
    /// Nothing: it is not there, or somebody else was first.
    Nothing,
}

/// The page where reported feedback is decided about.
pub fn reported_page(context: &Context, reported: &Reported) -> Page {
    let text = context.text().feedback();
    unlisted_page(context, 200, text.judge_title(), || {
        let queue = context.url(&Route::Desk(Desk::Queue));
        view! {
            <p class="crumb"><a href=queue>{context.text().desk().queue()}</a></p>
            <h1>{text.judge_title()}</h1>
            {reported.done.as_ref().map(|done| done_view(context, done))}
            {if reported.waiting.is_empty() {
                Either::Left(view! { <p class="lead">{text.none_reported()}</p> })
            } else {
                Either::Right(view! {
                    <p class="lead">{text.judge_lead()}</p>
                    <ol class="reported-feedback">
                        {reported.waiting.iter().map(|item| view! { <li>{item_view(context, item, true)}</li> }).collect_view()}
                    </ol>
                })
            }}
            {(!reported.decided.is_empty()).then(|| view! {
                <h2>{text.decided()}</h2>
                <p class="soft">{text.take_down_hint()}</p>
                <ol class="reported-feedback">
                    {reported.decided.iter().map(|item| view! { <li>{item_view(context, item, false)}</li> }).collect_view()}
                </ol>
            })}
        }
    })
}

fn done_view(context: &Context, done: &Done) -> impl IntoView + use<> {
    let text = context.text().feedback();
    let (said, undo) = match done {
        Done::Stands(id) => (text.did_stand(), Some(id)),
        Done::TakenDown(id) => (text.did_take_down(), Some(id)),
        Done::Undone => (text.did_undo(), None),
        Done::Nothing => (text.did_nothing(), None),
    };
    let undo = undo.map(|id| undo_form(context, id));
    view! { <div class="notice" role="status"><p>{said}</p>{undo}</div> }
}

fn undo_form(context: &Context, id: &FeedbackId) -> impl IntoView + use<> {
    let undo = context.text().feedback().undo();
    view! {
        <form method="post" action=Service::ReportedFeedback.path()>
            <input type="hidden" name="id" value=id.to_string()/>
            <button type="submit" class="quiet" name="do" value="reopen">{undo}</button>
        </form>
    }
}

fn item_view(context: &Context, item: &ReportedFeedback, waits: bool) -> impl IntoView + use<> {
    let text = context.text().feedback();
    let (offer, title) = &item.offer;
    let about = match title {
        Some(title) => Either::Left(view! {
            <a href=context.url(&Route::Offer(offer.clone()))>{title.clone()}</a>
        }),
        None => Either::Right(text.removed_offer()),
    };
    let actions = if waits {
        Either::Left(view! {
            <form method="post" action=Service::ReportedFeedback.path() class="actions">
                <input type="hidden" name="id" value=item.id.to_string()/>
                <button type="submit" name="do" value="let-stand">{text.let_stand()}</button>
                <button type="submit" class="quiet" name="do" value="take-down">{text.take_down()}</button>
            </form>
        })
    } else {
        Either::Right(undo_form(context, &item.id))
    };
    view! {
        <p><span class="status status-care">{item.state}</span>" "{text.about_offer()}" "{about}" · "{item.owner.clone()}</p>
        {one(context, &item.feedback)}
        {item.answer.as_ref().map(|answer| answer_view(context, &item.owner, answer))}
        {(!item.reports.is_empty()).then(|| view! {
            <p><strong>{text.reports()}</strong></p>
            <ul class="reported-why">
                {item.reports.iter().map(|report| view! { <li>{why(context, report)}</li> }).collect_view()}
            </ul>
        })}
        {actions}
    }
}

fn why(context: &Context, report: &Report) -> impl IntoView + use<> {
    let language = context.language;
    let when = [
        format::date(report.time.date(), language),
        format::time(report.time.time(), language),
    ]
    .join(" ");
    view! {
        <strong>{report.reason.label(language)}</strong>" "<span class="soft small">{when}</span>
        {report.words.clone().map(|words| view! { <blockquote>{words}</blockquote> })}
    }
}
