//! Reporting an image: a form that everybody can send, and what becomes of it.

use domain::{Code, Invalid, ReportReason};
use leptos::prelude::*;

use crate::backend::Attached;
use crate::components::attachments::thumbnail;
use crate::components::form::{self, Field};
use crate::components::inputs::{self, Input};
use crate::context::Context;
use crate::page::Page;
use crate::render::unlisted_page;
use crate::routes::Route;

/// The form, with what was typed and what is wrong with it.
pub struct ReportForm {
    /// The image as it is shown.
    pub image: Attached,
    /// What it shows, as its publisher says.
    pub alt: String,
    /// Whether an editor has let it stand before, so that a report does not take it down.
    pub cleared: bool,
    /// The reason chosen.
    pub reason: Option<ReportReason>,
    /// Whether no reason was chosen where one has to be.
    pub reason_missing: bool,
    /// The reader's own words as typed.
    pub words: String,
    /// What is wrong with them.
    pub words_error: Option<Invalid>,
    /// The e-mail address as typed.
    pub email: String,
    /// What is wrong with it.
    pub email_error: Option<Invalid>,
    /// In how many minutes another report is taken from there.
    pub wait: Option<u64>,
}

impl ReportForm {
    /// The form as it is first shown.
    pub fn new(image: Attached, alt: String, cleared: bool) -> Self {
        ReportForm {
            image,
            alt,
            cleared,
            reason: None,
            reason_missing: false,
            words: String::new(),
            words_error: None,
            email: String::new(),
            email_error: None,
            wait: None,
        }
    }
}

/// The id of the first reason, which the list of errors leads to.
const FIRST_REASON: &str = "reason";

/// The form for reporting an image.
pub fn form_page(context: &Context, form: &ReportForm) -> Page {
    let text = context.text().images();
    let faulty = form.reason_missing || form.words_error.is_some() || form.email_error.is_some();
    let status = match (form.wait, faulty) {
        (Some(_), _) => 429,
        (None, true) => 422,
        (None, false) => 200,
    };
    let wrong = |label: &str, error: &Option<Invalid>| {
        error
            .as_ref()
            .map(|error| [label, " ", &error.message(context.language), "."].concat())
    };
    let reason = Field {
        name: FIRST_REASON,
        label: text.reason(),
        error: form
            .reason_missing
            .then(|| text.reason_missing().to_owned()),
        ..Field::default()
    };
    let words = Field {
        name: "words",
        label: text.words(),
        hint: text.words_hint(),
        value: form.words.clone(),
        error: wrong(text.words(), &form.words_error),
        ..Field::default()
    };
    let long = Input {
        name: words.name.to_owned(),
        label: words.label.to_owned(),
        hint: words.hint,
        value: words.value.clone(),
        error: words.error.clone(),
    };
    let email = Field {
        name: "email",
        kind: "email",
        autocomplete: "email",
        label: text.email(),
        hint: text.email_hint(),
        value: form.email.clone(),
        error: wrong(text.email(), &form.email_error),
        ..Field::default()
    };
    let too_often = form
        .wait
        .map(|minutes| text.report_too_often(minutes, &context.site.contact_email));
    let (lead, button) = if form.cleared {
        (text.report_cleared(), text.send_report_cleared())
    } else {
        (text.report_lead(), text.send_report())
    };
    unlisted_page(context, status, text.report_title(), || {
        view! {
            <h1>{text.report_title()}</h1>
            {thumbnail(&form.image.id, &form.image, &form.alt)}
            <p class="lead">{lead}</p>
            {too_often.map(|why| view! { <div class="notice notice-care" role="alert"><p>{why}</p></div> })}
            {form::error_summary(text.errors(), &[&reason, &words, &email])}
            <form method="post" action=context.url(&Route::ReportImage(form.image.id.clone())) class="stacked" novalidate>
                {reasons(context, &reason, form.reason)}
                {inputs::area(&long, 4)}
                {form::field(&email)}
                <button type="submit">{button}</button>
            </form>
        }
    })
}

fn reasons(
    context: &Context,
    field: &Field,
    chosen: Option<ReportReason>,
) -> impl IntoView + use<> {
    let error = field.error.clone();
    let described = error.is_some().then_some("reason-error");
    view! {
        <fieldset class="field reasons" aria-describedby=described>
            <legend>{field.label}</legend>
            {error.map(|error| view! { <p class="field-error" id="reason-error">{error}</p> })}
            {ReportReason::all().iter().enumerate().map(|(position, reason)| {
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

/// What is said once a report is sent: whether the image was taken down.
pub fn thanks(context: &Context, taken_down: bool) -> Page {
    let text = context.text().images();
    unlisted_page(context, 200, text.reported_title(), || {
        let what = if taken_down {
            text.reported_down()
        } else {
            text.reported_queued()
        };
        view! {
            <h1>{text.reported_title()}</h1>
            <p class="lead" role="status">{what}</p>
            <p><a href=context.url(&Route::Home)>{text.back()}</a></p>
        }
    })
}
