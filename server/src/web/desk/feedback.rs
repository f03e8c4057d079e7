//! Teachers' feedback as the owners of the offers read and answer it.

use app::pages::desk_feedback::{self, Fault, FeedbackList, Line, OneFeedback};
use app::routes::Desk;
use axum::response::Response;
use domain::feedback::{FeedbackId, Given};
use domain::permission::{Action, decide};
use domain::{Kind, Paragraph, Slug};
use jiff::Timestamp;
use store::{Key, StoreError};

use super::{Visit, name_among};
use crate::clock::in_denmark;
use crate::feedback::AboutOffer;
use crate::publishing::Refused;

/// The most answered feedback that is listed; all that waits is.
const MOST_ANSWERED: usize = 100;
/// The most characters of an answer that are shown again: more than are taken, so that it can be cut by its writer.
const LONGEST_TYPED: usize = 20_000;

/// How much feedback on an organisation's offers waits for an answer.
pub async fn waiting(visit: &Visit<'_>, organisation: &Slug) -> Result<usize, StoreError> {
    let given = visit
        .portal
        .feedback_for(visit.known.actor(), organisation)
        .await?;
    Ok(given
        .iter()
        .filter(|(given, _)| given.answer.is_none())
        .count())
}

pub async fn list(visit: &Visit<'_>) -> Response {
    match listed(visit).await {
        Ok(list) => visit.page(desk_feedback::list_page(&visit.context, &list)),
        Err(error) => visit.unavailable(&error),
    }
}

async fn listed(visit: &Visit<'_>) -> Result<FeedbackList, StoreError> {
    let owners = visit.known.writes_for();
    let names = visit.portal.names(&owners).await?;
    let mut all: Vec<(Given, AboutOffer)> = Vec::new();
    for owner in &owners {
        all.extend(
            visit
                .portal
                .feedback_for(visit.known.actor(), owner)
                .await?,
        );
    }
    let (mut waiting, mut answered): (Vec<_>, Vec<_>) = all
        .into_iter()
        .partition(|(given, _)| given.answer.is_none());
    let answered_at = |given: &Given| given.answer.as_ref().map(|answer| answer.time);
    waiting.sort_by(|(one, _), (other, _)| (one.time, &one.id).cmp(&(other.time, &other.id)));
    answered.sort_by(|(one, _), (other, _)| {
        (answered_at(other), &one.id).cmp(&(answered_at(one), &other.id))
    });
    let cut = (answered.len() > MOST_ANSWERED).then_some(MOST_ANSWERED);
    answered.truncate(MOST_ANSWERED);
    let line = |(given, about): (Given, AboutOffer)| Line {
        day: in_denmark(answered_at(&given).unwrap_or(given.time)).date(),
        reported: given.progress.reported,
        id: given.id,
        title: about.title,
        owner: name_among(&names, &about.owner),
        feedback: given.feedback,
    };
    Ok(FeedbackList {
        waiting: waiting.into_iter().map(line).collect(),
        answered: answered.into_iter().map(line).collect(),
        cut,
    })
}

pub async fn show(visit: &Visit<'_>, id: &FeedbackId) -> Response {
    answer(visit, id, None, None).await
}

async fn answer(
    visit: &Visit<'_>,
    id: &FeedbackId,
    typed: Option<String>,
    fault: Option<Fault>,
) -> Response {
    match one(visit, id, typed, fault).await {
        Ok(shown) => visit.page(desk_feedback::one_page(&visit.context, &shown)),
        Err(refused) => visit.refused(refused),
    }
}

async fn one(
    visit: &Visit<'_>,
    id: &FeedbackId,
    typed: Option<String>,
    fault: Option<Fault>,
) -> Result<OneFeedback, Refused> {
    let (given, about) = visit
        .portal
        .feedback_to_read(visit.known.actor(), id)
        .await?;
    let names = visit
        .portal
        .names(std::slice::from_ref(&about.owner))
        .await?;
    let progress = given.progress;
    Ok(OneFeedback {
        id: id.clone(),
        offer: about.offer,
        title: about.title,
        published: about.published,
        owner: name_among(&names, &about.owner),
        day: in_denmark(given.time).date(),
        reported: progress.reported.then_some(progress.is_up()),
        seen: seen(&given),
        revising: about.revising,
        answer: given
            .answer
            .map(|answer| (answer.text.to_string(), in_denmark(answer.time).date())),
        feedback: given.feedback,
        typed,
        fault,
        sent: visit.asked("gjort").as_deref() == Some("svar"),
    })
}

/// What stands for the feedback and its answer as they are read.
fn seen(given: &Given) -> String {
    let answered = given.answer.as_ref().map(|answer| answer.time.to_string());
    format!("{}|{}", given.time, answered.unwrap_or_default())
}

fn read(seen: &str) -> Option<(Timestamp, Option<Timestamp>)> {
    let (given, answered) = seen.split_once('|')?;
    let answered = match answered {
        "" => None,
        answered => Some(answered.parse().ok()?),
    };
    Some((given.parse().ok()?, answered))
}

pub async fn send(visit: &Visit<'_>, id: &FeedbackId, form: &str) -> Response {
    let value = |name: &str| app::query::value(form, name).unwrap_or_default();
    if value("do") == "revise" {
        return revise(visit, id).await;
    }
    let typed: String = value("answer")
        .replace("\r\n", "\n")
        .chars()
        .take(LONGEST_TYPED)
        .collect();
    let text = match typed.trim().parse::<Paragraph>() {
        Ok(text) => text,
        Err(invalid) => {
            let fault = Fault::Answer(invalid);
            return answer(visit, id, Some(typed), Some(fault)).await;
        }
    };
    let Some(read) = read(&value("seen")) else {
        return answer(visit, id, Some(typed), Some(Fault::Changed)).await;
    };
    let (account, actor) = (&visit.known.person.id, visit.known.actor());
    let done = visit
        .portal
        .answer_feedback(account, actor, id, read, &text)
        .await;
    match done {
        Ok(true) => visit.see(Desk::Feedback(id.clone()), "gjort=svar"),
        Ok(false) => answer(visit, id, Some(typed), Some(Fault::Changed)).await,
        Err(Refused::NotAllowed(refusal)) => {
            let why = visit.context.text().desk().refusal(refusal);
            answer(visit, id, Some(typed), Some(Fault::Refused(why))).await
        }
        Err(refused) => visit.refused(refused),
    }
}

async fn revise(visit: &Visit<'_>, id: &FeedbackId) -> Response {
    let begun = async {
        let actor = visit.known.actor();
        let (given, about) = visit.portal.feedback_to_read(actor, id).await?;
        decide(
            actor,
            Action::AnswerFeedback(given.progress, &about.content),
        )?;
        let key = Key::new(Kind::Offer, given.offer);
        visit.portal.revise_on_advice(visit.by(), &key).await?;
        Ok::<Key, Refused>(key)
    };
    match begun.await {
        Ok(key) => visit.see(Desk::Manuscript(key.kind, key.id), "gjort=advice"),
        Err(Refused::NotAllowed(refusal)) => {
            let why = visit.context.text().desk().refusal(refusal);
            answer(visit, id, None, Some(Fault::Refused(why))).await
        }
        Err(refused) => visit.refused(refused),
    }
}
