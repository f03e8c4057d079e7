//! The letters on their way out, as administrators see them.

use domain::notice::LetterKind;
use jiff::civil::DateTime;
use leptos::prelude::*;

use crate::context::Context;
use crate::format;
use crate::page::Page;
use crate::render::unlisted_page;
use crate::routes::Service;

/// So many letters of each state are shown.
pub const SHOWN: usize = 100;

/// What the page shows.
pub struct Queue {
    /// Letters that are to be sent, newest first.
    pub waiting: Vec<Row>,
    /// Letters that were given up, newest first.
    pub given_up: Vec<Row>,
    /// Letters that were sent of late, newest first.
    pub sent: Vec<Row>,
    /// What was just done.
    pub done: Option<Done>,
}

/// One letter. Times are in Denmark.
pub struct Row {
    /// Its id.
    pub id: String,
    /// What kind of letter it is.
    pub kind: LetterKind,
    /// Whom it is to.
    pub email: String,
    /// When it was written.
    pub written: DateTime,
    /// When it is tried next, or when it was sent or given up.
    pub then: DateTime,
    /// How often it was tried in vain.
    pub attempts: u32,
    /// Why, the last time.
    pub failure: Option<String>,
}

/// What was just done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Done {
    /// A letter is tried at once.
    Retried,
    /// A letter is given up.
    GivenUp,
    /// There is no such letter to do it to (any more).
    Nothing,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    Waiting,
    GivenUp,
    Sent,
}

/// The page.
pub fn page(context: &Context, queue: &Queue) -> Page {
    let text = context.text().administration();
    unlisted_page(context, 200, text.mail_title(), || {
        let done = queue.done.map(|done| match done {
            Done::Retried => text.mail_retried(),
            Done::GivenUp => text.mail_abandoned(),
            Done::Nothing => text.mail_nothing(),
        });
        view! {
            <h1>{text.mail_title()}</h1>
            {done.map(|done| view! { <div class="notice" role="status"><p>{done}</p></div> })}
            <p class="lead">{text.mail_lead()}</p>
            {list(context, text.mail_waiting(), text.mail_none_waiting(), &queue.waiting, State::Waiting)}
            {list(context, text.mail_given_up(), text.mail_none_given_up(), &queue.given_up, State::GivenUp)}
            {list(context, text.mail_sent(), text.mail_none_sent(), &queue.sent, State::Sent)}
            <p class="actions"><a class="button quiet" href=Service::Administration.path()>{text.title()}</a></p>
        }
    })
}

fn list(
    context: &Context,
    title: &'static str,
    none: &'static str,
    rows: &[Row],
    state: State,
) -> impl IntoView + use<> {
    let text = context.text().administration();
    let count = rows.len();
    let shown = rows
        .iter()
        .take(SHOWN)
        .map(|letter| row(context, letter, state))
        .collect_view();
    view! {
        <section>
            <h2>{title}</h2>
            {(count == 0).then(|| view! { <p>{none}</p> })}
            {(count > SHOWN).then(|| view! { <p>{text.mail_more(SHOWN, count)}</p> })}
            {(count > 0).then(|| view! { <ul class="sessions letters">{shown}</ul> })}
        </section>
    }
}

fn row(context: &Context, letter: &Row, state: State) -> impl IntoView + use<> {
    let text = context.text().administration();
    let moment = |moment: DateTime| {
        text.moment(
            &format::date(moment.date(), context.language),
            &format::time(moment.time(), context.language),
        )
    };
    let written = text.mail_written(&moment(letter.written));
    let then = moment(letter.then);
    let then = match state {
        State::Waiting => text.mail_next(&then),
        State::GivenUp => text.mail_given_up_at(&then),
        State::Sent => text.mail_sent_at(&then),
    };
    let failure = letter.failure.as_ref().map(|failure| {
        let said = text.mail_failed(letter.attempts, failure);
        view! { <p class="field-error letter-failure">{said}</p> }
    });
    let named = |label: &str| [label, ": ", &letter.email].concat();
    let retry = (state != State::Sent).then(|| {
        view! { <button type="submit" class="quiet" name="do" value="retry" aria-label=named(text.mail_retry())>{text.mail_retry()}</button> }
    });
    let give_up = (state == State::Waiting).then(|| {
        view! { <button type="submit" class="quiet" name="do" value="give-up" aria-label=named(text.mail_give_up())>{text.mail_give_up()}</button> }
    });
    let id = letter.id.clone();
    let form = (state != State::Sent).then(|| {
        view! {
            <form method="post" action=Service::MailQueue.path() class="actions">
                <input type="hidden" name="letter" value=id/>
                {retry}{give_up}
            </form>
        }
    });
    view! {
        <li>
            <div>
                <p><strong>{letter.kind.label(context.language)}</strong><br/>{letter.email.clone()}<br/>
                    <span class="hint">{written}" "{then}</span></p>
                {failure}
            </div>
            {form}
        </li>
    }
}
