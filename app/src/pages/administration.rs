//! What an administrator can do.

use domain::Kind;
use leptos::either::EitherOf4;
use leptos::prelude::*;

use crate::context::Context;
use crate::page::Page;
use crate::render::unlisted_page;
use crate::routes::{Route, Service};

/// What the administrators' page shows.
pub struct Overview {
    /// The administrator's name.
    pub name: String,
    /// How much there is of each kind.
    pub counts: Vec<(Kind, u64)>,
    /// Where the sample content stands.
    pub sample: Sample,
}

/// Where the sample content stands.
pub enum Sample {
    /// There is some; `unconfirmed` where removing it was asked for without confirming.
    Present {
        /// Whether the confirmation was forgotten.
        unconfirmed: bool,
    },
    /// There is none.
    Absent,
    /// It was just put in: so many objects.
    Added(usize),
    /// It was just removed.
    Removed {
        /// Objects that are gone.
        removed: usize,
        /// Objects that stayed because others refer to them.
        kept: usize,
    },
}

/// The administrators' page.
pub fn overview(context: &Context, overview: &Overview) -> Page {
    let text = context.text().administration();
    unlisted_page(context, 200, text.title(), || {
        view! {
            <h1>{text.title()}</h1>
            <p>{text.signed_in_as(&overview.name)}</p>
            <h2>{text.content()}</h2>
            <dl class="fact-list fact-list-wide">
                {overview.counts.iter().map(|(kind, count)| view! {
                    <div><dt>{kind.plural(context.language)}</dt><dd>{crate::format::number(*count, context.language)}</dd></div>
                }).collect_view()}
            </dl>
            <h2>{text.sample_title()}</h2>
            {sample(context, &overview.sample)}
            <h2>{text.mail_title()}</h2>
            <p>{text.mail_on_overview()}</p>
            <p class="actions"><a class="button quiet" href=Service::MailQueue.path()>{text.mail_button()}</a></p>
            <h2>{context.text().audit_log().title()}</h2>
            <p>{context.text().audit_log().on_overview()}</p>
            <p class="actions"><a class="button quiet" href=Service::AuditLog.path()>{context.text().audit_log().button()}</a></p>
            <div class="actions">
                <a class="button quiet" href=Service::ReportedFeedback.path()>{context.text().feedback().judge_title()}</a>
                <a class="button quiet" href=Service::ReportedImages.path()>{context.text().images().judge_title()}</a>
                <a class="button quiet" href=context.url(&Route::Account)>{text.account()}</a>
                <form method="post" action=Service::SignOut.path()>
                    <button type="submit" class="quiet">{text.sign_out()}</button>
                </form>
            </div>
        }
    })
}

fn sample(context: &Context, sample: &Sample) -> impl IntoView + use<> {
    let text = context.text().administration();
    let add = |label: &'static str| {
        view! {
            <form method="post" action=Service::ManageSample.path() class="actions">
                <button type="submit" class="quiet" name="add" value="yes">{label}</button>
            </form>
        }
    };
    match sample {
        Sample::Absent => EitherOf4::A(view! {
            <p>{text.sample_none()}</p>
            {add(text.sample_add())}
        }),
        Sample::Removed { removed, kept } => EitherOf4::B(view! {
            <div class="notice" role="status">
                <p>{text.sample_removed(*removed)}</p>
                {(*kept > 0).then(|| view! { <p>{text.sample_kept(*kept)}</p> })}
            </div>
            {add(text.sample_undo())}
        }),
        Sample::Added(added) => EitherOf4::C(view! {
            <div class="notice" role="status"><p>{text.sample_added(*added)}</p></div>
            {removal(context, false)}
        }),
        Sample::Present { unconfirmed } => EitherOf4::D(removal(context, *unconfirmed)),
    }
}

fn removal(context: &Context, unconfirmed: bool) -> impl IntoView + use<> {
    let text = context.text().administration();
    view! {
        <p class="prose">{text.sample_lead()}</p>
        {unconfirmed.then(|| view! {
            <p class="notice notice-care" role="alert"><a href="#confirm">{text.sample_unconfirmed()}</a></p>
        })}
        <form method="post" action=Service::ManageSample.path()>
            <label class="tick"><input type="checkbox" id="confirm" name="confirm" value="yes"/>{text.sample_confirm()}</label>
            <button type="submit">{text.sample_remove()}</button>
        </form>
    }
}
