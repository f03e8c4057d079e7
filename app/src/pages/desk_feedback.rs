//! Teachers' feedback as the owners of the offers see it: the list, and one to read and answer.

use domain::feedback::{Feedback, FeedbackId};
use domain::{Code, Invalid, Slug};
use jiff::civil::Date;
use leptos::either::Either;
use leptos::prelude::*;

use crate::components::feedback::{answer_view, one};
use crate::components::inputs::{self, Input};
use crate::context::Context;
use crate::format;
use crate::page::Page;
use crate::render::unlisted_page;
use crate::routes::{Desk, Route};

/// The list.
pub struct FeedbackList {
    /// What waits for an answer, the longest waiting first.
    pub waiting: Vec<Line>,
    /// What is answered, the latest first.
    pub answered: Vec<Line>,
    /// How many are shown, where there are more.
    pub cut: Option<usize>,
}

/// One in the list.
pub struct Line {
    /// What names it.
    pub id: FeedbackId,
    /// The offer's title.
    pub title: String,
    /// The organisation that offers it.
    pub owner: String,
    /// What was said.
    pub feedback: Feedback,
    /// The day on which it was given, or answered.
    pub day: Date,
    /// Whether it is reported.
    pub reported: bool,
}

/// The most characters of the advice in a line of the list.
const EXCERPT: usize = 160;

/// The page with the list.
pub fn list_page(context: &Context, list: &FeedbackList) -> Page {
    let text = context.text().feedback();
    unlisted_page(context, 200, text.desk_title(), || {
        let home = context.url(&Route::Desk(Desk::Home));
        view! {
            <p class="crumb"><a href=home>{context.text().desk().title()}</a></p>
            <h1>{text.desk_title()}</h1>
            <p class="lead">{text.desk_lead()}</p>
            <section aria-labelledby="waiting">
                <h2 id="waiting">{text.waiting()}</h2>
                {lines(context, &list.waiting, text.nothing_waits(), false)}
            </section>
            <section aria-labelledby="answered">
                <h2 id="answered">{text.answered()}</h2>
                {lines(context, &list.answered, text.nothing_answered(), true)}
                {list.cut.map(|count| view! { <p class="soft">{text.only_the_latest(count)}</p> })}
            </section>
        }
    })
}

fn lines(
    context: &Context,
    lines: &[Line],
    none: &'static str,
    answered: bool,
) -> impl IntoView + use<> {
    if lines.is_empty() {
        return Either::Left(view! { <p class="soft">{none}</p> });
    }
    Either::Right(view! {
        <ul class="work">
            {lines.iter().map(|line| view! { <li>{line_view(context, line, answered)}</li> }).collect_view()}
        </ul>
    })
}

fn line_view(context: &Context, line: &Line, answered: bool) -> impl IntoView + use<> {
    let text = context.text().feedback();
    let url = context.url(&Route::Desk(Desk::Feedback(line.id.clone())));
    let day = format::date(line.day, context.language);
    let day = if answered {
        text.answered_on(&day)
    } else {
        text.given_on(&day)
    };
    let fits: Vec<String> = domain::feedback::Aspect::all()
        .iter()
        .map(|aspect| {
            let fit = line.feedback.fit(*aspect).label(context.language);
            format!("{}: {}", text.fitted(*aspect), fit.to_lowercase())
        })
        .collect();
    let excerpt = line.feedback.advice.as_ref().map(|advice| {
        let advice = advice.as_str();
        let mut cut: String = advice.chars().take(EXCERPT).collect();
        if cut.len() < advice.len() {
            cut.push('…');
        }
        cut
    });
    let reported = line
        .reported
        .then(|| view! { " "<span class="status status-care">{domain::feedback::FeedbackState::Reported.label(context.language)}</span> });
    view! {
        <a href=url>{line.title.clone()}</a>
        {excerpt.map(|excerpt| view! { <p>{excerpt}</p> })}
        <p class="soft small">{fits.join(" · ")}</p>
        <p class="soft small">{line.owner.clone()}" · "{day}{reported}</p>
    }
}

/// One of them, to read and answer.
pub struct OneFeedback {
    /// What names it.
    pub id: FeedbackId,
    /// The offer.
    pub offer: Slug,
    /// Its title.
    pub title: String,
    /// Whether it is published, so that it has a page and can be revised.
    pub published: bool,
    /// The organisation that offers it.
    pub owner: String,
    /// What was said.
    pub feedback: Feedback,
    /// The day on which it was said.
    pub day: Date,
    /// The answer, and the day on which it was given.
    pub answer: Option<(String, Date)>,
    /// Whether it is reported, and whether it may be shown nevertheless.
    pub reported: Option<bool>,
    /// What stands for the feedback and the answer as they are read here.
    pub seen: String,
    /// Whether a draft that follows teachers' advice is on its way.
    pub revising: bool,
    /// The answer as typed.
    pub typed: Option<String>,
    /// What is wrong.
    pub fault: Option<Fault>,
    /// Whether an answer was just kept.
    pub sent: bool,
}

/// What is wrong with what was tried.
pub enum Fault {
    /// With the answer.
    Answer(Invalid),
    /// The feedback or the answer has changed since it was read.
    Changed,
    /// A sentence about it as a whole.
    Refused(&'static str),
}

/// The page of one of them.
pub fn one_page(context: &Context, shown: &OneFeedback) -> Page {
    let text = context.text().feedback();
    let status = match &shown.fault {
        None => 200,
        Some(Fault::Changed) => 409,
        Some(_) => 422,
    };
    let language = context.language;
    let typed = shown.typed.clone();
    let current = shown.answer.as_ref().map(|(answer, _)| answer.clone());
    let input = Input {
        name: "answer".to_owned(),
        label: text.answer_label().to_owned(),
        hint: text.answer_hint(),
        value: typed.or(current).unwrap_or_default(),
        error: match &shown.fault {
            Some(Fault::Answer(invalid)) => {
                Some([text.answer_label(), " ", &invalid.message(language), "."].concat())
            }
            _ => None,
        },
    };
    let errors: Vec<(String, String)> = input
        .error
        .clone()
        .map(|error| ("#answer".to_owned(), error))
        .into_iter()
        .collect();
    unlisted_page(context, status, text.one_title(), || {
        let list = context.url(&Route::Desk(Desk::FeedbackList));
        let action = context.url(&Route::Desk(Desk::Feedback(shown.id.clone())));
        let offer = context.url(&Route::Offer(shown.offer.clone()));
        let said = match &shown.fault {
            Some(Fault::Changed) => Some(text.answer_changed()),
            Some(Fault::Refused(why)) => Some(*why),
            _ => None,
        };
        let agrees = if shown.feedback.agrees {
            text.agrees()
        } else {
            text.agrees_not()
        };
        let title = if shown.published {
            Either::Left(view! { <a href=offer>{shown.title.clone()}</a> })
        } else {
            Either::Right(shown.title.clone())
        };
        view! {
            <p class="crumb"><a href=list>{text.to_list()}</a></p>
            <p class="kicker">{shown.owner.clone()}</p>
            <h1>{text.one_title()}</h1>
            {shown.sent.then(|| view! { <div class="notice" role="status"><p>{text.answer_sent()}</p></div> })}
            {said.map(|said| view! { <div class="notice notice-care" role="alert"><p>{said}</p></div> })}
            <p>{text.about_offer()}" "{title}" · "<span class="soft">{text.given_on(&format::date(shown.day, language))}</span></p>
            <section class="panel">
                {one(context, &shown.feedback)}
                <p class="soft small">{agrees}</p>
                {state_view(context, shown)}
            </section>
            {shown.answer.as_ref().map(|(answer, day)| view! {
                <section aria-labelledby="answer-title">
                    <h2 id="answer-title">{text.answer_title()}</h2>
                    {answer_view(context, &shown.owner, answer)}
                    <p class="soft small">{text.answered_on(&format::date(*day, language))}</p>
                </section>
            })}
            {inputs::errors(text.errors(), &errors)}
            <form method="post" action=action.clone() class="stacked" novalidate>
                <input type="hidden" name="seen" value=shown.seen.clone()/>
                {inputs::area(&input, 5)}
                <button type="submit" name="do" value="answer">
                    {if shown.answer.is_some() { text.change_answer() } else { text.send_answer() }}
                </button>
            </form>
            {shown.published.then(|| revision(context, shown, &action))}
        }
    })
}

/// Whether it is reported, or the way to report it.
fn state_view(context: &Context, shown: &OneFeedback) -> impl IntoView + use<> {
    let text = context.text().feedback();
    match shown.reported {
        Some(true) => {
            Either::Left(view! { <p class="notice notice-care">{text.is_reported_and_shown()}</p> })
        }
        Some(false) => {
            Either::Left(view! { <p class="notice notice-care">{text.is_reported()}</p> })
        }
        None => {
            let report = context.url(&Route::ReportFeedback(shown.id.clone()));
            Either::Right(view! { <p class="small"><a href=report>{text.report_this()}</a></p> })
        }
    }
}

fn revision(context: &Context, shown: &OneFeedback, action: &str) -> impl IntoView + use<> {
    let text = context.text().feedback();
    let action = action.to_owned();
    let draft = context.url(&Route::Desk(Desk::Manuscript(
        domain::Kind::Offer,
        shown.offer.clone(),
    )));
    view! {
        <section class="panel" aria-labelledby="revise">
            <h2 id="revise">{text.revise_title()}</h2>
            {if shown.revising {
                Either::Left(view! {
                    <p>{text.revising()}</p>
                    <p><a class="button quiet" href=draft>{context.text().desk().edit()}</a></p>
                })
            } else {
                Either::Right(view! {
                    <p>{text.revise_lead()}</p>
                    <form method="post" action=action>
                        <button type="submit" class="quiet" name="do" value="revise">{text.revise()}</button>
                    </form>
                })
            }}
        </section>
    }
}
