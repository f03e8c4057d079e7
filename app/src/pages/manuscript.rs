//! An offer or a case as its writers see it: where it stands, whom it waits for, what can be done, and what was said.

use domain::agreement::Reply;
use domain::draft::{Fields, group};
use domain::exchange::FieldError;
use domain::publication::{Publication, State, Step};
use domain::{Code, Invalid, Kind, Slug};
use jiff::civil::{Date, DateTime};
use leptos::either::Either;
use leptos::prelude::*;

use crate::components::inputs::{self, Input};
use crate::context::Context;
use crate::format;
use crate::page::Page;
use crate::pages::writing;
use crate::render::unlisted_page;
use crate::routes::{Desk, Route};

/// What the page shows.
pub struct Manuscript {
    /// An offer or a case.
    pub kind: Kind,
    /// Its id.
    pub id: Slug,
    /// Its title; empty where it has none yet.
    pub title: String,
    /// The organisation that writes it.
    pub owner: String,
    /// Where it stands.
    pub publication: Publication,
    /// The revision of the draft that is read here.
    pub revision: u64,
    /// Whom it waits for, by name; the municipality is that of curators who may review it.
    pub waits_for: Waits,
    /// Since when the draft has been in its state.
    pub since: Option<Date>,
    /// The partners of a case: name, and what they answered.
    pub answers: Vec<(String, Option<Reply>)>,
    /// Whether the partners have been silent so long that an editor decides.
    pub silent: bool,
    /// What is missing before it can be sent.
    pub missing: Vec<FieldError>,
    /// The steps that this person can take.
    pub steps: Vec<Step>,
    /// The partners that this person answers for, and the replies they can give.
    pub replies: Vec<(Slug, String, Vec<Reply>)>,
    /// Whether this person can copy it.
    pub copies: bool,
    /// The fields of the draft, for comments on single ones.
    pub fields: Fields,
    /// Whether teachers' feedback led to the draft.
    pub on_advice: bool,
    /// The conversation, the oldest first.
    pub remarks: Vec<Remark>,
    /// What was just done, by its code.
    pub done: Option<String>,
    /// What went wrong with what was just tried.
    pub fault: Option<Fault>,
    /// What was typed into the message.
    pub typed: String,
}

/// Whom a manuscript waits for.
pub enum Waits {
    /// Nobody.
    Nobody,
    /// The organisation that writes it.
    Owner,
    /// The editors, or the curators of a municipality.
    Editors(Option<&'static str>),
    /// These partners.
    Partners(Vec<String>),
}

/// Why a step was not taken.
pub enum Fault {
    /// A sentence about it as a whole.
    Refused(&'static str),
    /// What is wrong with fields of the draft.
    Wrong(Vec<FieldError>),
    /// Nothing was said where something has to be.
    NothingSaid,
    /// It was not confirmed.
    NotConfirmed,
}

/// A turn in the conversation.
pub struct Remark {
    /// Who, by name.
    pub who: String,
    /// For which partner.
    pub behalf: Option<String>,
    /// What they did: the code of a step or a reply.
    pub act: String,
    /// When.
    pub when: DateTime,
    /// What they said.
    pub text: String,
    /// What they said of single fields.
    pub on_fields: Vec<(String, String)>,
}

/// What people call where it stands.
pub fn state_label(context: &Context, publication: Publication) -> String {
    let text = context.text().desk();
    let language = context.language;
    if publication.is_approved()
        && let Some(day) = publication.scheduled().publish_on
    {
        return text.scheduled_for(&format::date(day, language));
    }
    match (publication.standing(), publication.draft()) {
        (Some(State::Published), Some(draft)) => text.published_and(&lower(draft.label(language))),
        (Some(State::Withdrawn), Some(draft)) => text.withdrawn_and(&lower(draft.label(language))),
        (Some(state), _) | (None, Some(state)) => state.label(language).to_owned(),
        (None, None) => String::new(),
    }
}

fn lower(label: &str) -> String {
    label.to_lowercase()
}

/// What is wrong with a field, in a sentence. A case that lacks a kind of partner says which kinds it needs.
pub fn wrong(context: &Context, kind: Kind, error: &FieldError) -> String {
    if kind == Kind::Case && error.field == "partners" && error.invalid == Invalid::Missing {
        context.text().desk().missing_partner_kinds().to_owned()
    } else {
        writing::message(context, error)
    }
}

fn errors(
    context: &Context,
    kind: Kind,
    id: &Slug,
    errors: &[FieldError],
    title: &'static str,
) -> Option<impl IntoView + use<>> {
    let listed: Vec<(String, String)> = errors
        .iter()
        .map(|error| {
            let step = writing::step_with(kind, &error.field);
            let route = Route::Desk(Desk::Write(kind, id.clone()));
            let query = writing::step_query(kind, step).unwrap_or_default();
            let href = format!("{}#{}", context.url_with(&route, &query), error.field);
            (href, wrong(context, kind, error))
        })
        .collect();
    inputs::errors(title, &listed)
}

/// The page.
pub fn page(context: &Context, shown: &Manuscript) -> Page {
    let text = context.text().desk();
    let language = context.language;
    let title = match shown.title.as_str() {
        "" => text.untitled().to_owned(),
        title => title.to_owned(),
    };
    let status = if shown.fault.is_some() { 422 } else { 200 };
    let url = |desk: fn(Kind, Slug) -> Desk| {
        context.url(&Route::Desk(desk(shown.kind, shown.id.clone())))
    };
    let can = |step: Step| shown.steps.contains(&step);
    unlisted_page(context, status, &title, || {
        let done = shown.done.as_deref().and_then(|code| text.done(code));
        let waits = match &shown.waits_for {
            Waits::Nobody => None,
            Waits::Owner => Some(text.waits_for_owner(&shown.owner)),
            Waits::Editors(Some(municipality)) => Some(text.waits_for_editors_or(municipality)),
            Waits::Editors(None) => Some(text.waits_for_editors().to_owned()),
            Waits::Partners(names) => Some(text.waits_for_partners(&names.join(", "))),
        };
        let since = shown
            .since
            .filter(|_| waits.is_some())
            .map(|day| text.waits_since(&format::date(day, language)));
        let withdrawn_on = shown
            .publication
            .scheduled()
            .withdraw_on
            .map(|day| text.withdrawn_on(&format::date(day, language)));
        let edit = can(Step::Save).then(|| {
            let label = if shown.publication.draft().is_some() {
                text.edit()
            } else {
                text.edit_published()
            };
            view! { <a class="button" href=url(Desk::Write)>{label}</a> }
        });
        let published = shown.publication.is_public().then(|| {
            let route = Route::of(shown.kind, shown.id.clone());
            view! { <a class="button quiet" href=context.url(&route)>{text.see_published()}</a> }
        });
        let draft = shown.publication.draft().is_some();
        view! {
            <p class="crumb"><a href=context.url(&Route::Desk(Desk::Home))>{text.title()}</a></p>
            <p class="kicker">{shown.kind.label(language)}" · "{shown.owner.clone()}</p>
            <h1>{title.clone()}</h1>
            {done.map(|done| view! { <div class="notice" role="status"><p>{done}</p></div> })}
            {fault(context, shown)}
            <dl class="fact-list fact-list-wide">
                <div><dt>{text.state()}</dt><dd>
                    <strong class="state">{state_label(context, shown.publication)}</strong>
                    {waits.map(|waits| view! { <p>{waits}</p> })}
                    {since.map(|since| view! { <p class="soft small">{since}</p> })}
                    {shown.on_advice.then(|| view! { <p>{context.text().feedback().revising()}</p> })}
                    {shown.silent.then(|| view! { <p>{text.silent()}</p> })}
                    {withdrawn_on.map(|day| view! { <p class="soft small">{day}</p> })}
                </dd></div>
            </dl>
            {partner_answers(context, shown)}
            <div class="actions">
                {edit}
                {draft.then(|| view! { <a class="button quiet" href=url(Desk::Preview)>{text.see()}</a> })}
                {published}
                <a class="button quiet" href=url(Desk::Differences)>{text.history()}</a>
            </div>
            {sending(context, shown)}
            {reviewing(context, shown)}
            {answering(context, shown)}
            <section class="conversation" aria-labelledby="conversation">
                <h2 id="conversation">{text.conversation()}</h2>
                {conversation(context, shown)}
                {comment_form(context, shown)}
            </section>
            {more(context, shown)}
        }
    })
}

fn fault(context: &Context, shown: &Manuscript) -> Option<AnyView> {
    let text = context.text().desk();
    let said = |sentence: &'static str| {
        view! { <div class="notice notice-care" role="alert"><p>{sentence}</p></div> }.into_any()
    };
    Some(match shown.fault.as_ref()? {
        Fault::Refused(sentence) => said(sentence),
        Fault::NothingSaid => said(text.reason_missing()),
        Fault::NotConfirmed => said(text.confirm_first()),
        Fault::Wrong(wrong) => {
            errors(context, shown.kind, &shown.id, wrong, text.missing()).into_any()
        }
    })
}

fn partner_answers(context: &Context, shown: &Manuscript) -> Option<impl IntoView + use<>> {
    let text = context.text().desk();
    (!shown.answers.is_empty()).then(|| {
        view! {
            <section class="answers" aria-labelledby="answers">
                <h2 id="answers">{text.partner_answers()}</h2>
                <ul>
                    {shown.answers.iter().map(|(name, reply)| {
                        let said = match reply {
                            None => text.not_answered(),
                            Some(Reply::Approve) => text.has_approved(),
                            Some(Reply::AskForChanges) => text.has_asked_for_changes(),
                            Some(Reply::TakeOff) => text.has_asked_to_be_taken_off(),
                        };
                        let mark = if *reply == Some(Reply::Approve) { "✓" } else { "–" };
                        view! { <li><span aria-hidden="true">{mark}</span>" "<strong>{name.clone()}</strong>": "{said}</li> }
                    }).collect_view()}
                </ul>
            </section>
        }
    })
}

fn button(step: &'static str, label: &'static str, quiet: bool) -> impl IntoView + use<> {
    view! { <button type="submit" name="do" value=step class={quiet.then_some("quiet")}>{label}</button> }
}

fn action(context: &Context, shown: &Manuscript) -> String {
    context.url(&Route::Desk(Desk::Manuscript(shown.kind, shown.id.clone())))
}

/// What the writers do: send it, publish it, take it back.
fn sending(context: &Context, shown: &Manuscript) -> Option<AnyView> {
    let text = context.text().desk();
    let can = |step: Step| shown.steps.contains(&step);
    if can(Step::TakeBack) {
        return Some(
            view! {
                <form method="post" action=action(context, shown) class="actions">
                    {button(Step::TakeBack.code(), text.take_back(), true)}
                </form>
            }
            .into_any(),
        );
    }
    if !can(Step::Submit) {
        return None;
    }
    if !shown.missing.is_empty() {
        return Some(
            errors(
                context,
                shown.kind,
                &shown.id,
                &shown.missing,
                text.missing(),
            )
            .into_any(),
        );
    }
    let is_case = shown.kind == Kind::Case;
    let (label, lead) = if is_case {
        (text.submit_case(), text.submit_case_lead())
    } else {
        (text.submit(), text.submit_lead())
    };
    let directly = can(Step::PublishDirectly);
    Some(
        view! {
            <section class="panel">
                <p>{text.nothing_missing()}" "{(!directly).then_some(lead)}</p>
                <form method="post" action=action(context, shown) class="actions">
                    {directly.then(|| button(Step::PublishDirectly.code(), text.publish(), false))}
                    {button(Step::Submit.code(), label, directly)}
                </form>
            </section>
        }
        .into_any(),
    )
}

/// A message, and what it says of a single field.
fn said(
    context: &Context,
    shown: &Manuscript,
    prefix: &str,
    label: &'static str,
) -> impl IntoView + use<> {
    let text = context.text().desk();
    let writing = context.text().writing();
    let message = Input {
        name: [prefix, "text"].concat(),
        label: label.to_owned(),
        hint: text.message_hint(),
        value: shown.typed.clone(),
        error: None,
    };
    let mut names: Vec<(String, String)> = Vec::new();
    for (name, _) in shown.fields.pairs() {
        let name = group(name);
        if !names.iter().any(|(known, _)| known == name) {
            names.push((name.to_owned(), writing.label(name).to_owned()));
        }
    }
    let which = Input {
        name: [prefix, "field"].concat(),
        label: text.which_field().to_owned(),
        ..Input::default()
    };
    let comment = Input {
        name: [prefix, "field-text"].concat(),
        label: text.on_field().to_owned(),
        ..Input::default()
    };
    view! {
        <input type="hidden" name="revision" value=shown.revision.to_string()/>
        {inputs::area(&message, 3)}
        {(!names.is_empty()).then(|| view! {
            <details class="field">
                <summary>{text.on_field()}</summary>
                {inputs::select(&which, writing.choose(), &names)}
                {inputs::area(&comment, 2)}
            </details>
        })}
    }
}

/// What reviewers do.
fn reviewing(context: &Context, shown: &Manuscript) -> Option<impl IntoView + use<>> {
    let text = context.text().desk();
    let can = |step: Step| shown.steps.contains(&step);
    let reviews = [Step::Approve, Step::AskForChanges, Step::Decline]
        .into_iter()
        .any(can);
    reviews.then(|| {
        view! {
            <section class="panel" aria-labelledby="review">
                <h2 id="review">{text.review()}</h2>
                <form method="post" action=action(context, shown)>
                    {said(context, shown, "review-", text.reason())}
                    <div class="actions">
                        {can(Step::Approve).then(|| button(Step::Approve.code(), text.approve(), false))}
                        {can(Step::AskForChanges).then(|| button(Step::AskForChanges.code(), text.ask_for_changes(), true))}
                        {can(Step::Decline).then(|| button(Step::Decline.code(), text.decline(), true))}
                    </div>
                </form>
            </section>
        }
    })
}

/// What partners answer.
fn answering(context: &Context, shown: &Manuscript) -> impl IntoView + use<> {
    let text = context.text().desk();
    shown
        .replies
        .iter()
        .map(|(partner, name, replies)| {
            let prefix = format!("{partner}-");
            view! {
                <section class="panel">
                    <h2>{text.answer_for(name)}</h2>
                    <form method="post" action=action(context, shown)>
                        <input type="hidden" name="partner" value=partner.to_string()/>
                        {said(context, shown, &prefix, text.reason())}
                        <div class="actions">
                            {replies.iter().map(|reply| {
                                let (label, quiet) = match reply {
                                    Reply::Approve => (text.answer_approve(), None),
                                    Reply::AskForChanges => (text.answer_changes(), Some("quiet")),
                                    Reply::TakeOff => (text.answer_take_off(), Some("quiet")),
                                };
                                view! { <button type="submit" name="answer" value=reply.code() class=quiet>{label}</button> }
                            }).collect_view()}
                        </div>
                    </form>
                </section>
            }
        })
        .collect_view()
}

fn conversation(context: &Context, shown: &Manuscript) -> impl IntoView + use<> {
    let text = context.text().desk();
    let writing = context.text().writing();
    let language = context.language;
    if shown.remarks.is_empty() {
        return Either::Left(view! { <p class="soft">{text.no_conversation()}</p> });
    }
    Either::Right(view! {
        <ol class="remarks">
            {shown.remarks.iter().map(|remark| {
                let who = match &remark.behalf {
                    Some(partner) => text.for_partner(&remark.who, partner),
                    None => remark.who.clone(),
                };
                let day = format::date(remark.when.date(), language);
                let time = format::time(remark.when.time(), language);
                view! {
                    <li>
                        <p><strong>{who}</strong>" "{text.act(&remark.act)}" "<span class="soft small">{day}" "{time}</span></p>
                        {(!remark.text.is_empty()).then(|| view! { <p class="typed">{remark.text.clone()}</p> })}
                        {remark.on_fields.iter().map(|(field, comment)| view! {
                            <p class="typed"><span class="soft">{text.on_a_field(writing.label(field))}</span>" "{comment.clone()}</p>
                        }).collect_view()}
                    </li>
                }
            }).collect_view()}
        </ol>
    })
}

fn comment_form(context: &Context, shown: &Manuscript) -> impl IntoView + use<> {
    let text = context.text().desk();
    let message = Input {
        name: "text".to_owned(),
        label: text.message().to_owned(),
        hint: text.message_hint(),
        ..Input::default()
    };
    view! {
        <form method="post" action=action(context, shown)>
            {inputs::area(&message, 3)}
            <button type="submit" class="quiet" name="do" value="comment">{text.send_message()}</button>
        </form>
    }
}

/// What is done now and then: plan, copy, confirm, put away.
fn more(context: &Context, shown: &Manuscript) -> impl IntoView + use<> {
    let text = context.text().desk();
    let can = |step: Step| shown.steps.contains(&step);
    let day = |day: Option<Date>| day.map(|day| day.to_string()).unwrap_or_default();
    let schedule = shown.publication.scheduled();
    let wrong = |name: &str| match &shown.fault {
        Some(Fault::Wrong(wrong)) => wrong
            .iter()
            .find(|error| error.field == name)
            .map(|error| error.invalid.message(context.language)),
        _ => None,
    };
    let publish_on = Input {
        name: "publishOn".to_owned(),
        label: text.publish_on().to_owned(),
        value: day(schedule.publish_on),
        error: wrong("publishOn"),
        ..Input::default()
    };
    let withdraw_on = Input {
        name: "withdrawOn".to_owned(),
        label: text.withdraw_on().to_owned(),
        value: day(schedule.withdraw_on),
        error: wrong("withdrawOn"),
        ..Input::default()
    };
    let confirmed = |step: Step, confirm: &'static str, label: &'static str| {
        let id = ["confirm-", step.code()].concat();
        can(step).then(|| {
            view! {
                <form method="post" action=action(context, shown) class="confirmed">
                    <label class="check" for=id.clone()>
                        <input type="checkbox" id=id.clone() name="confirm" value="true"/><span>{confirm}</span>
                    </label>
                    {button(step.code(), label, true)}
                </form>
            }
        })
    };
    let plain = |step: Step, label: &'static str| {
        can(step).then(|| {
            view! { <form method="post" action=action(context, shown)>{button(step.code(), label, true)}</form> }
        })
    };
    let confirm = plain(Step::Confirm, text.confirm());
    let withdraw = confirmed(Step::Withdraw, text.confirm_withdraw(), text.withdraw());
    let archive = confirmed(Step::Archive, text.confirm_archive(), text.archive());
    let restore = plain(Step::Restore, text.restore());
    let delete = confirmed(Step::DeleteDraft, text.confirm_delete(), text.delete());
    let plan = can(Step::Schedule).then(|| {
        view! {
            <form method="post" action=action(context, shown) class="plan" novalidate>
                <fieldset class="field">
                    <legend>{text.schedule()}</legend>
                    <p class="hint">{text.schedule_lead()}</p>
                    {inputs::line(&publish_on, "date")}
                    {inputs::line(&withdraw_on, "date")}
                    {button(Step::Schedule.code(), text.save_schedule(), true)}
                </fieldset>
            </form>
        }
    });
    let copy = shown.copies.then(|| {
        view! {
            <form method="post" action=action(context, shown)>
                <button type="submit" class="quiet" name="do" value="copy">{text.copy()}</button>
            </form>
        }
    });
    view! {
        <section class="more" aria-labelledby="more">
            <h2 id="more">{text.more_steps()}</h2>
            {confirm}
            {restore}
            {copy}
            {plan}
            {withdraw}
            {archive}
            {delete}
        </section>
    }
}

/// The page where a draft cannot be shown as readers would see it, and why.
pub fn preview_impossible(context: &Context, kind: Kind, id: &Slug, wrong: &[FieldError]) -> Page {
    let text = context.text().desk();
    let title = text.see();
    unlisted_page(context, 200, title, || {
        let back = context.url(&Route::Desk(Desk::Manuscript(kind, id.clone())));
        view! {
            <p class="crumb"><a href=back>{text.back()}</a></p>
            <h1>{title}</h1>
            {errors(context, kind, id, wrong, text.preview_impossible())}
        }
    })
}

/// Readers' own page of a draft, with a notice on top that says what it is.
pub fn as_preview(context: &Context, mut page: Page, kind: Kind, id: &Slug) -> Page {
    let text = context.text().desk();
    let back = context.url(&Route::Desk(Desk::Manuscript(kind, id.clone())));
    let notice = view! {
        <div class="notice preview-notice" role="status">
            <p>{text.preview_notice()}" "<a href=back>{text.back()}</a></p>
        </div>
    };
    const CONTENT: &str = "<main id=\"content\" tabindex=\"-1\">";
    let with_notice = [CONTENT, &notice.to_html()].concat();
    page.html = page.html.replacen(CONTENT, &with_notice, 1);
    page
}
