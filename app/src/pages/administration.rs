//! Signing in with a one-time link, and what an administrator can do.

use domain::{Invalid, Kind};
use leptos::either::EitherOf4;
use leptos::prelude::*;

use crate::context::Context;
use crate::page::{Cache, Meta, Page};
use crate::render::page_with_status;
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

/// A form for signing in with a link.
#[derive(Default)]
pub struct SignIn {
    /// The address the form is sent to.
    pub action: String,
    /// Whether the link makes the first administrator; it then asks for the name and the e-mail address.
    pub first: bool,
    /// The name as typed.
    pub name: String,
    /// The e-mail address as typed.
    pub email: String,
    /// What is wrong with the name.
    pub name_error: Option<Invalid>,
    /// What is wrong with the e-mail address.
    pub email_error: Option<Invalid>,
}

fn unlisted<V: IntoView>(
    context: &Context,
    status: u16,
    title: &str,
    content: impl FnOnce() -> V,
) -> Page {
    let mut meta = Meta::new(title, title);
    meta.listed = false;
    let mut page = page_with_status(context, status, &meta, content);
    page.cache = Cache::None;
    page
}

/// The administrators' page.
pub fn overview(context: &Context, overview: &Overview) -> Page {
    let text = context.text().administration();
    unlisted(context, 200, text.title(), || {
        view! {
            <h1>{text.title()}</h1>
            <p>{text.signed_in_as(&overview.name)}</p>
            <h2>{text.content()}</h2>
            <dl class="facts">
                {overview.counts.iter().map(|(kind, count)| view! {
                    <div><dt>{kind.plural(context.language)}</dt><dd>{crate::format::number(*count, context.language)}</dd></div>
                }).collect_view()}
            </dl>
            <h2>{text.sample_title()}</h2>
            {sample(context, &overview.sample)}
            <form method="post" action=Service::SignOut.path() class="actions">
                <button type="submit" class="quiet">{text.sign_out()}</button>
            </form>
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
        <p>{text.sample_lead()}</p>
        {unconfirmed.then(|| view! {
            <p class="notice notice-care" role="alert"><a href="#confirm">{text.sample_unconfirmed()}</a></p>
        })}
        <form method="post" action=Service::ManageSample.path()>
            <p>
                <label><input type="checkbox" id="confirm" name="confirm" value="yes"/>" "{text.sample_confirm()}</label>
            </p>
            <button type="submit">{text.sample_remove()}</button>
        </form>
    }
}

/// The page for whoever asks for the administrators' page without being one.
pub fn not_signed_in(context: &Context) -> Page {
    let text = context.text().administration();
    plain(
        context,
        403,
        text.not_signed_in(),
        text.not_signed_in_lead(),
    )
}

/// The page for a link that is no longer good.
pub fn link_used(context: &Context) -> Page {
    let text = context.text().administration();
    plain(context, 410, text.used_title(), text.used_lead())
}

fn plain(context: &Context, status: u16, title: &'static str, lead: &'static str) -> Page {
    unlisted(context, status, title, || {
        view! {
            <h1>{title}</h1>
            <p class="lead">{lead}</p>
            <p><a class="button" href=context.url(&Route::Home)>{context.text().common().front_page()}</a></p>
        }
    })
}

/// The page that a one-time link opens. Opening it does nothing, so that programs which look into mail cannot use it up;
/// the button does.
pub fn sign_in(context: &Context, form: &SignIn) -> Page {
    let text = context.text().administration();
    let faulty = form.name_error.is_some() || form.email_error.is_some();
    let (title, lead) = if form.first {
        (text.first_title(), text.first_lead())
    } else {
        (text.link_title(), text.link_lead())
    };
    let status = if faulty { 422 } else { 200 };
    unlisted(context, status, title, || {
        let fields = form.first.then(|| {
            view! {
                {field(context, "name", "text", "name", text.name(), &form.name, form.name_error.as_ref())}
                {field(context, "email", "email", "email", text.email(), &form.email, form.email_error.as_ref())}
            }
        });
        let summary = faulty.then(|| {
            view! {
                <div class="notice notice-care" role="alert">
                    <p>{text.errors()}</p>
                    <ul>
                        {summary_line(context, "name", text.name(), form.name_error.as_ref())}
                        {summary_line(context, "email", text.email(), form.email_error.as_ref())}
                    </ul>
                </div>
            }
        });
        let button = if form.first {
            text.first_button()
        } else {
            text.sign_in()
        };
        view! {
            <h1>{title}</h1>
            <p class="lead">{lead}</p>
            {summary}
            <form method="post" action=form.action.clone() class="stacked">
                {fields}
                <button type="submit">{button}</button>
            </form>
        }
    })
}

fn summary_line(
    context: &Context,
    id: &'static str,
    label: &'static str,
    error: Option<&Invalid>,
) -> Option<impl IntoView + use<>> {
    let message = error?.message(context.language);
    let href = ["#", id].concat();
    Some(view! { <li><a href=href>{label}" "{message}"."</a></li> })
}

fn field(
    context: &Context,
    id: &'static str,
    kind: &'static str,
    autocomplete: &'static str,
    label: &'static str,
    value: &str,
    error: Option<&Invalid>,
) -> impl IntoView + use<> {
    let message = error.map(|error| [label, " ", &error.message(context.language), "."].concat());
    let error_id = [id, "-error"].concat();
    let described = message.is_some().then(|| error_id.clone());
    view! {
        <p>
            <label for=id>{label}</label>
            {message.map(|message| view! { <span class="field-error" id=error_id>{message}</span> })}
            <input id=id name=id type=kind autocomplete=autocomplete value=value.to_owned()
                aria-invalid=described.is_some().then_some("true") aria-describedby=described/>
        </p>
    }
}
