//! Teachers' feedback on offers over HTTP: giving it with an account or by a letter, reporting it, deciding about it.

use std::net::IpAddr;
use std::sync::Arc;

use app::context::Context;
use app::page::Page;
use app::pages::feedback::{self, Faults, GiveForm, Typed};
use app::pages::report_feedback::{self, Done, ReportForm, Reported};
use app::pages::sign_in::needed;
use axum::Extension;
use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, Uri};
use axum::response::Response;
use domain::feedback::{FeedbackId, FeedbackReason, FeedbackStep};
use domain::permission::{Action, Actor, Refusal, decide};
use domain::{Code as _, EmailAddress, Paragraph, Slug};
use jiff::SignedDuration;
use store::{FeedbackReport, Secret, StoreError};

use super::attachments::{counted, minutes};
use super::pages;
use super::serving::Peer;
use super::session::{self, SignedIn};
use super::sign_in::{origin, with_query};
use crate::attempts::Attempts;
use crate::clock::in_denmark;
use crate::feedback::{AboutOffer, LinkTarget};
use crate::portal::Portal;
use crate::publishing::Refused;

/// The window in which feedback and reports are counted.
const WINDOW: SignedDuration = SignedDuration::from_hours(1);
/// So much feedback of one account within the window.
const GIVEN: u32 = 30;
/// So many reports from one place within the window: a school may sit behind it, and its pupils too.
const REPORTS: u32 = 5;
/// So much is taken off by reports within the window, so that nobody with many addresses empties the portal.
const TAKEN_OFF: u32 = 30;

/// How often feedback was given and reported of late.
#[derive(Debug)]
pub struct FeedbackBounds {
    given: Attempts<Slug>,
    reports: Attempts<Option<IpAddr>>,
    taken_off: Attempts<()>,
}

impl Default for FeedbackBounds {
    fn default() -> Self {
        Self {
            given: Attempts::new(GIVEN, WINDOW),
            reports: Attempts::new(REPORTS, WINDOW),
            taken_off: Attempts::new(TAKEN_OFF, WINDOW),
        }
    }
}

fn actor(known: Option<&SignedIn>) -> Actor<'_> {
    known.map_or(Actor::Anonymous, SignedIn::actor)
}

fn not_found(context: &Context) -> Page {
    app::render::problem_page(context, &app::page::Problem::NotFound)
}

/// A request to one of the pages here.
struct Visit<'a> {
    portal: &'a Portal,
    context: Context,
    uri: &'a Uri,
    headers: &'a HeaderMap,
}

impl<'a> Visit<'a> {
    fn new(portal: &'a Portal, uri: &'a Uri, headers: &'a HeaderMap) -> Self {
        Self {
            portal,
            context: session::context(portal, uri, headers),
            uri,
            headers,
        }
    }

    fn answer(&self, page: Result<Page, Refused>) -> Response {
        match page {
            Ok(page) => pages::answer(self.headers, page),
            Err(Refused::Store(error)) => session::unavailable(self.uri, self.headers, &error),
            Err(Refused::NotAllowed(Refusal::OwnOffer)) => {
                pages::answer(self.headers, feedback::own_offer(&self.context))
            }
            Err(Refused::NotAllowed(Refusal::SecondFactorFirst)) => {
                session::refused(&self.context, self.headers, Refusal::SecondFactorFirst)
            }
            Err(Refused::NotAllowed(Refusal::NotYourRole | Refusal::SignInFirst)) => {
                pages::answer(self.headers, needed(&self.context))
            }
            Err(Refused::NotFound | Refused::Wrong(_) | Refused::NotAllowed(_)) => {
                pages::answer(self.headers, not_found(&self.context))
            }
        }
    }
}

/// The form for giving feedback.
pub async fn show_give(
    State(portal): State<Arc<Portal>>,
    Path(offer): Path<String>,
    uri: Uri,
    headers: HeaderMap,
) -> Response {
    let visit = Visit::new(&portal, &uri, &headers);
    let page = given(&visit, &offer, None).await;
    visit.answer(page)
}

/// Takes feedback: at once from somebody signed in, by a letter from others. Or withdraws it.
pub async fn give(
    State(portal): State<Arc<Portal>>,
    peer: Option<Extension<Peer>>,
    Path(offer): Path<String>,
    uri: Uri,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let visit = Visit::new(&portal, &uri, &headers);
    let form = String::from_utf8_lossy(&body);
    let from = origin(peer, &headers);
    let page = given(&visit, &offer, Some((&form, from))).await;
    visit.answer(page)
}

async fn given(
    visit: &Visit<'_>,
    offer: &str,
    sent: Option<(&str, Option<IpAddr>)>,
) -> Result<Page, Refused> {
    let portal = visit.portal;
    let offer: Slug = offer.parse().map_err(|_| Refused::NotFound)?;
    let known = session::signed_in(portal, visit.headers).await?;
    let actor = actor(known.as_ref());
    let about = portal.offer_to_give_on(actor, &offer).await?;
    let before = match &known {
        Some(known) => {
            let account = &known.person.id;
            portal.store.feedback_by(&offer, account).await?
        }
        None => None,
    };
    let mut form = GiveForm {
        offer,
        title: about.title,
        signed_in: known.is_some(),
        given: before.as_ref().map(|given| in_denmark(given.time).date()),
        typed: before
            .as_ref()
            .map(|given| Typed::of(&given.feedback))
            .unwrap_or_default(),
        faults: Faults::default(),
    };
    let Some((sent, from)) = sent else {
        return Ok(feedback::give_page(&visit.context, &form));
    };
    match known {
        Some(known) if app::query::value(sent, "do").as_deref() == Some("withdraw") => {
            withdraw(visit, &known, form, sent).await
        }
        Some(known) => {
            form.typed = Typed::read(sent);
            by_account(visit, &known, form).await
        }
        None => {
            form.typed = Typed::read(sent);
            by_letter(visit, form, from).await
        }
    }
}

async fn withdraw(
    visit: &Visit<'_>,
    known: &SignedIn,
    mut form: GiveForm,
    sent: &str,
) -> Result<Page, Refused> {
    if app::query::value(sent, "confirm").is_none() {
        form.faults.unconfirmed = true;
        return Ok(feedback::give_page(&visit.context, &form));
    }
    let store = &visit.portal.store;
    store
        .withdraw_feedback(&form.offer, &known.person.id)
        .await?;
    Ok(feedback::withdrawn(&visit.context, &form.offer))
}

async fn by_account(
    visit: &Visit<'_>,
    known: &SignedIn,
    mut form: GiveForm,
) -> Result<Page, Refused> {
    let said = match form.typed.feedback() {
        Ok(said) => said,
        Err(faults) => {
            form.faults = faults;
            return Ok(feedback::give_page(&visit.context, &form));
        }
    };
    let portal = visit.portal;
    let (bounds, now) = (&portal.feedback_bounds.given, portal.clock.now());
    if let Some(left) = bounds.wait(&known.person.id, now) {
        form.faults.wait = Some(minutes(left));
        return Ok(feedback::give_page(&visit.context, &form));
    }
    bounds.failed(known.person.id.clone(), now);
    let account = &known.session.account;
    portal
        .give_feedback(known.actor(), account, &form.offer, &said)
        .await?;
    let tells = account.email.is_some();
    Ok(feedback::thanks(
        &visit.context,
        &form.offer,
        tells,
        said.agrees,
        false,
    ))
}

async fn by_letter(
    visit: &Visit<'_>,
    mut form: GiveForm,
    from: Option<IpAddr>,
) -> Result<Page, Refused> {
    let email = form.typed.email.parse::<EmailAddress>();
    let (said, email) = match (form.typed.feedback(), email) {
        (Ok(said), Ok(email)) => (said, email),
        (said, email) => {
            form.faults = said.err().unwrap_or_default();
            form.faults.email = email.err();
            return Ok(feedback::give_page(&visit.context, &form));
        }
    };
    let portal = visit.portal;
    let now = portal.clock.now();
    // Letters to an address are bounded together, whatever they bring.
    if let Err(wait) = portal.link_requests.count_letter(&email, from, now) {
        form.faults.wait = Some(wait);
        return Ok(feedback::give_page(&visit.context, &form));
    }
    let language = visit.context.language;
    portal
        .send_feedback_link(&form.offer, said, &email, language, form.typed.tells)
        .await?;
    Ok(feedback::written(
        &visit.context,
        &form.offer,
        email.as_str(),
    ))
}

/// The page that the link in a letter opens. Opening it changes nothing.
pub async fn show_link(
    State(portal): State<Arc<Portal>>,
    Path(secret): Path<String>,
    uri: Uri,
    headers: HeaderMap,
) -> Response {
    let visit = Visit::new(&portal, &uri, &headers);
    let page = linked(&visit, &secret, None).await;
    visit.answer(page)
}

/// Confirms feedback, or withdraws it.
pub async fn use_link(
    State(portal): State<Arc<Portal>>,
    Path(secret): Path<String>,
    uri: Uri,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let visit = Visit::new(&portal, &uri, &headers);
    let form = String::from_utf8_lossy(&body);
    let page = linked(&visit, &secret, Some(&form)).await;
    visit.answer(page)
}

async fn linked(visit: &Visit<'_>, secret: &str, sent: Option<&str>) -> Result<Page, Refused> {
    let (portal, context) = (visit.portal, &visit.context);
    let Ok(secret) = secret.parse::<Secret>() else {
        return Ok(feedback::outdated(context));
    };
    let target = match portal.feedback_link(&secret).await {
        Err(Refused::NotFound | Refused::NotAllowed(Refusal::AccountClosed)) => {
            return Ok(feedback::outdated(context));
        }
        target => target?,
    };
    let action = with_query(visit.uri);
    let withdraws =
        sent.is_some_and(|sent| app::query::value(sent, "do").as_deref() == Some("withdraw"));
    match (target, sent) {
        (LinkTarget::Confirms(unverified, about), None) => Ok(feedback::confirm_page(
            context,
            &action,
            &about.title,
            &unverified.feedback,
        )),
        (LinkTarget::Confirms(unverified, about), Some(_)) => {
            match portal.confirm_feedback(&secret, &about).await? {
                Some(given) => Ok(feedback::thanks(
                    context,
                    &about.offer,
                    unverified.tells,
                    given.feedback.agrees,
                    true,
                )),
                None => Ok(confirmed(context, &action, &about, false)),
            }
        }
        (LinkTarget::Withdraws(about), Some(sent)) if withdraws => {
            if app::query::value(sent, "confirm").is_none() {
                return Ok(confirmed(context, &action, &about, true));
            }
            portal.store.withdraw_feedback_by_link(&secret).await?;
            Ok(feedback::withdrawn(context, &about.offer))
        }
        (LinkTarget::Withdraws(about), _) => Ok(confirmed(context, &action, &about, false)),
    }
}

fn confirmed(context: &Context, action: &str, about: &AboutOffer, unconfirmed: bool) -> Page {
    feedback::confirmed_page(context, action, &about.title, unconfirmed)
}

/// The form for reporting feedback.
pub async fn show_report(
    State(portal): State<Arc<Portal>>,
    Path(id): Path<String>,
    uri: Uri,
    headers: HeaderMap,
) -> Response {
    let visit = Visit::new(&portal, &uri, &headers);
    let page = reported(&visit, &id, None).await;
    visit.answer(page)
}

/// Takes a report, and the feedback off the page.
pub async fn report(
    State(portal): State<Arc<Portal>>,
    peer: Option<Extension<Peer>>,
    Path(id): Path<String>,
    uri: Uri,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let visit = Visit::new(&portal, &uri, &headers);
    let form = String::from_utf8_lossy(&body);
    let from = counted(origin(peer, &headers));
    let page = reported(&visit, &id, Some((&form, from))).await;
    visit.answer(page)
}

async fn reported(
    visit: &Visit<'_>,
    id: &str,
    sent: Option<(&str, Option<IpAddr>)>,
) -> Result<Page, Refused> {
    let (portal, context) = (visit.portal, &visit.context);
    let id: FeedbackId = id.parse().map_err(|_| Refused::NotFound)?;
    let known = session::signed_in(portal, visit.headers).await?;
    let actor = actor(known.as_ref());
    let reportable = portal.feedback_to_report(actor, &id).await?;
    let given = reportable.given;
    let mut form = ReportForm {
        id,
        offer: given.offer,
        advice: given.feedback.advice.map(String::from),
        cleared: reportable.cleared,
        reason: None,
        reason_missing: false,
        words: String::new(),
        words_error: None,
        wait: None,
    };
    let Some((sent, from)) = sent else {
        return Ok(report_feedback::form_page(context, &form));
    };
    let value = |name| app::query::value(sent, name).unwrap_or_default();
    form.reason = value("reason").parse::<FeedbackReason>().ok();
    form.reason_missing = form.reason.is_none();
    form.words = value("words");
    let words = match form.words.trim() {
        "" => None,
        words => words
            .parse::<Paragraph>()
            .map_err(|invalid| form.words_error = Some(invalid))
            .ok(),
    };
    let Some(reason) = form.reason.filter(|_| form.words_error.is_none()) else {
        return Ok(report_feedback::form_page(context, &form));
    };
    let (bounds, now) = (&portal.feedback_bounds, portal.clock.now());
    let all = bounds.taken_off.wait(&(), now);
    if let Some(left) = bounds.reports.wait(&from, now).max(all) {
        form.wait = Some(minutes(left));
        return Ok(report_feedback::form_page(context, &form));
    }
    bounds.reports.failed(from, now);
    let report = FeedbackReport {
        reason,
        words: words.map(String::from),
        time: now,
    };
    let taken_off = portal.report_feedback(actor, &form.id, &report).await?;
    tracing::warn!(feedback = %form.id, reason = reason.code(), taken_off, "feedback was reported");
    if taken_off {
        bounds.taken_off.failed((), now);
    }
    Ok(report_feedback::thanks(context, &form.offer, taken_off))
}

/// The feedback that was reported.
pub async fn show_reported(
    State(portal): State<Arc<Portal>>,
    uri: Uri,
    headers: HeaderMap,
) -> Response {
    let visit = Visit::new(&portal, &uri, &headers);
    let page = judged(&visit, None).await;
    visit.answer(page)
}

/// Lets reported feedback stand, takes it down, or undoes either.
pub async fn judge(
    State(portal): State<Arc<Portal>>,
    uri: Uri,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let visit = Visit::new(&portal, &uri, &headers);
    let form = String::from_utf8_lossy(&body);
    let page = judged(&visit, Some(&form)).await;
    visit.answer(page)
}

async fn judged(visit: &Visit<'_>, sent: Option<&str>) -> Result<Page, Refused> {
    let portal = visit.portal;
    let known = session::signed_in(portal, visit.headers).await?;
    let known = known.ok_or(Refused::NotAllowed(Refusal::SignInFirst))?;
    decide(known.actor(), Action::ReadReportedFeedback)?;
    let done = match sent {
        Some(sent) => Some(decided(visit, &known, sent).await?),
        None => None,
    };
    let mut reported = Reported {
        done,
        ..Reported::default()
    };
    for item in portal.reported_feedback(known.actor()).await? {
        let decided = item.judged.is_some();
        let item = as_shown(visit, &known, item).await?;
        if decided {
            reported.decided.push(item);
        } else {
            reported.waiting.push(item);
        }
    }
    Ok(report_feedback::reported_page(&visit.context, &reported))
}

async fn decided(visit: &Visit<'_>, known: &SignedIn, sent: &str) -> Result<Done, Refused> {
    let value = |name| app::query::value(sent, name).unwrap_or_default();
    let (Ok(id), Ok(step)) = (
        value("id").parse::<FeedbackId>(),
        value("do").parse::<FeedbackStep>(),
    ) else {
        return Ok(Done::Nothing);
    };
    let done = match step {
        FeedbackStep::LetStand => Done::Stands(id.clone()),
        FeedbackStep::TakeDown => Done::TakenDown(id.clone()),
        FeedbackStep::Reopen => Done::Undone,
        _ => return Ok(Done::Nothing),
    };
    let account = &known.person.id;
    let judged = visit
        .portal
        .judge_feedback(account, known.actor(), &id, step)
        .await?;
    tracing::info!(feedback = %id, by = %account, step = step.code(), judged, "feedback was decided about");
    Ok(if judged { done } else { Done::Nothing })
}

async fn as_shown(
    visit: &Visit<'_>,
    known: &SignedIn,
    item: store::ReportedFeedback,
) -> Result<report_feedback::ReportedFeedback, StoreError> {
    let given = item.given;
    let about = visit
        .portal
        .about_offer(known.actor(), &given.offer)
        .await?;
    let owner = match &about {
        Some(about) => {
            let names = visit
                .portal
                .names(std::slice::from_ref(&about.owner))
                .await?;
            names
                .into_iter()
                .next()
                .map_or_else(|| about.owner.to_string(), |(_, name)| name)
        }
        None => String::new(),
    };
    let title = about
        .filter(|about| about.published)
        .map(|about| about.title);
    Ok(report_feedback::ReportedFeedback {
        id: given.id,
        offer: (given.offer, title),
        owner,
        feedback: given.feedback,
        answer: given.answer.map(|answer| answer.text.to_string()),
        state: given.progress.state().label(visit.context.language),
        reports: item
            .reports
            .into_iter()
            .map(|report| report_feedback::Report {
                reason: report.reason,
                words: report.words,
                time: in_denmark(report.time),
            })
            .collect(),
    })
}
