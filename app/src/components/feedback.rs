//! Teachers' feedback: what is shown of it on an offer's page, and one of them as its owner and editors read it.

use domain::Code;
use domain::feedback::{Aspect, Feedback, Fit, ShownAdvice, ShownFeedback};
use leptos::either::Either;
use leptos::prelude::*;

use crate::components::content::written_language;
use crate::context::Context;
use crate::routes::Route;

/// The id of the section on an offer's page.
pub const SECTION: &str = "tilbagemeldinger";

/// What is shown on an offer's page: the summary and the advice, or when they come; and the way to give one's own.
pub fn feedback_section(
    context: &Context,
    offer: &domain::Slug,
    owner: &str,
    shown: Option<&ShownFeedback>,
) -> impl IntoView + use<> {
    let text = context.text().feedback();
    let give = context.url(&Route::GiveFeedback(offer.clone()));
    view! {
        <section class="feedback" id=SECTION aria-labelledby="feedback-heading">
            <h2 id="feedback-heading">{text.heading()}</h2>
            {match shown {
                Some(shown) => Either::Left(view! {
                    {summary(context, shown)}
                    {advice(context, owner, &shown.advice)}
                }),
                None => Either::Right(view! { <p class="prose">{text.too_few()}</p> }),
            }}
            <p class="feedback-give"><a class="button quiet" href=give>{text.give_link()}</a></p>
        </section>
    }
}

fn summary(context: &Context, shown: &ShownFeedback) -> impl IntoView + use<> {
    let text = context.text().feedback();
    let tallies: Vec<(&'static str, String)> = shown
        .tallies
        .iter()
        .map(|(aspect, tally)| {
            let said: Vec<String> = Fit::all()
                .iter()
                .filter(|fit| tally.of(**fit) > 0)
                .map(|fit| text.said(tally.of(*fit), *fit))
                .collect();
            (text.fitted(*aspect), said.join(", "))
        })
        .collect();
    let used: Vec<String> = [
        (shown.used_before > 0).then(|| text.used_to_prepare(shown.used_before)),
        (shown.used_after > 0).then(|| text.used_to_follow_up(shown.used_after)),
    ]
    .into_iter()
    .flatten()
    .collect();
    let used = if used.is_empty() {
        text.used_by_nobody().to_owned()
    } else {
        used.join(", ")
    };
    view! {
        <p class="prose">{text.people(shown.people)}</p>
        <dl class="fact-list fact-list-wide">
            {tallies.into_iter().map(|(label, said)| view! { <div><dt>{label}</dt><dd>{said}</dd></div> }).collect_view()}
            <div><dt>{text.used()}</dt><dd>{used}</dd></div>
        </dl>
    }
}

fn advice(context: &Context, owner: &str, advice: &[ShownAdvice]) -> Option<impl IntoView + use<>> {
    let text = context.text().feedback();
    let lang = written_language(context);
    let items = advice
        .iter()
        .enumerate()
        .map(|(position, advice)| {
            let report = context.url(&Route::ReportFeedback(advice.id.clone()));
            view! {
                <li>
                    <blockquote lang=lang>{paragraphs(advice.text.as_str())}</blockquote>
                    {advice.answer.as_ref().map(|answer| answer_view(context, owner, answer.as_str()))}
                    <p class="feedback-report soft small">
                        <a href=report rel="nofollow">{text.report_this()}<span class="visually-hidden">" "{text.number(position + 1)}</span></a>
                    </p>
                </li>
            }
        })
        .collect_view();
    (!advice.is_empty()).then(|| {
        view! {
            <h3>{text.advice()}</h3>
            <ol class="feedback-advice">{items}</ol>
        }
    })
}

/// The owner's answer, under the organisation's name.
pub fn answer_view(context: &Context, owner: &str, answer: &str) -> impl IntoView + use<> {
    let lang = written_language(context);
    let from = context.text().feedback().answer_from(owner);
    let answer = paragraphs(answer);
    view! {
        <div class="feedback-answer">
            <p class="soft small">{from}</p>
            <div lang=lang>{answer}</div>
        </div>
    }
}

/// A text in its paragraphs.
pub fn paragraphs(text: &str) -> impl IntoView + use<> {
    let texts: Vec<String> = text
        .split("\n\n")
        .map(str::trim)
        .filter(|part| !part.is_empty())
        .map(str::to_owned)
        .collect();
    texts
        .into_iter()
        .map(|part| view! { <p class="feedback-words">{part}</p> })
        .collect_view()
}

/// One teacher's answers and advice, for whoever may read all of it.
pub fn one(context: &Context, feedback: &Feedback) -> impl IntoView + use<> {
    let text = context.text().feedback();
    let fits: Vec<(&'static str, &'static str)> = Aspect::all()
        .iter()
        .map(|aspect| {
            let fit = feedback.fit(*aspect);
            (text.fitted(*aspect), fit.label(context.language))
        })
        .collect();
    let used: Vec<&str> = [
        feedback.used_before.then(|| text.used_before_label()),
        feedback.used_after.then(|| text.used_after_label()),
    ]
    .into_iter()
    .flatten()
    .collect();
    let used = if used.is_empty() {
        Fit::No.label(context.language).to_owned()
    } else {
        used.join("; ")
    };
    let advice = match &feedback.advice {
        Some(advice) => {
            Either::Left(view! { <blockquote>{paragraphs(advice.as_str())}</blockquote> })
        }
        None => Either::Right(view! { <p class="soft">{text.no_advice()}</p> }),
    };
    view! {
        {advice}
        <dl class="fact-list fact-list-wide">
            {fits.into_iter().map(|(label, fit)| view! { <div><dt>{label}</dt><dd>{fit}</dd></div> }).collect_view()}
            <div><dt>{text.used()}</dt><dd>{used}</dd></div>
        </dl>
    }
}
