//! Signing in: with a password, or with a one-time link.

use domain::Invalid;
use leptos::prelude::*;

use crate::components::form::{self, Field};
use crate::context::Context;
use crate::page::Page;
use crate::pages::sign_in_link::{self, LinkRequest};
use crate::render::unlisted_page;
use crate::routes::Route;

/// The form for signing in with a password.
#[derive(Default)]
pub struct PasswordForm {
    /// The e-mail address as typed.
    pub email: String,
    /// Why it did not let anyone in.
    pub refused: Option<Refused>,
    /// The form beside it, which asks for a link.
    pub link: LinkRequest,
}

/// Why a password did not let anyone in. It never tells whether there is such an account.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refused {
    /// Address and password do not go together, or there is no such account.
    NoMatch,
    /// It was tried too often; it can be tried again after so many minutes.
    TooOften(u64),
}

/// The form of a one-time link.
#[derive(Default)]
pub struct LinkForm {
    /// The address the form is sent to.
    pub action: String,
    /// Whether the link makes the first administrator; it then asks for the name and the e-mail address.
    pub first: bool,
    /// Whom the link makes an account for, by name.
    pub sign_up: Option<String>,
    /// The name as typed.
    pub name: String,
    /// The e-mail address as typed.
    pub email: String,
    /// What is wrong with the name.
    pub name_error: Option<Invalid>,
    /// What is wrong with the e-mail address.
    pub email_error: Option<Invalid>,
}

/// The page for signing in with a password.
pub fn password_page(context: &Context, form: &PasswordForm) -> Page {
    let text = context.text().sign_in();
    let status = match form.refused {
        None => form
            .link
            .refused
            .as_ref()
            .map_or(200, |refused| refused.status()),
        Some(Refused::NoMatch) => 422,
        Some(Refused::TooOften(_)) => 429,
    };
    let refused = form.refused.map(|refused| match refused {
        Refused::NoMatch => text.no_match().to_owned(),
        Refused::TooOften(minutes) => text.too_often(minutes),
    });
    unlisted_page(context, status, text.title(), || {
        let email = Field {
            name: "email",
            kind: "email",
            autocomplete: "username",
            label: text.email(),
            value: form.email.clone(),
            ..Field::default()
        };
        let password = Field {
            name: "password",
            kind: "password",
            autocomplete: "current-password",
            label: text.password(),
            ..Field::default()
        };
        view! {
            <h1>{text.title()}</h1>
            <p class="lead">{text.lead()}</p>
            {refused.map(|refused| view! {
                <div class="notice notice-care" role="alert"><p><a href="#email">{refused}</a></p></div>
            })}
            <form method="post" action=context.url(&Route::SignIn) class="stacked" novalidate>
                {form::field(&email)}
                {form::field(&password)}
                <button type="submit">{text.sign_in()}</button>
            </form>
            {sign_in_link::request(context, &form.link)}
        }
    })
}

/// The page that a one-time link opens. Opening it does nothing, so that programs which look into mail cannot use it up;
/// the button does.
pub fn link_page(context: &Context, form: &LinkForm) -> Page {
    let text = context.text().sign_in();
    let faulty = form.name_error.is_some() || form.email_error.is_some();
    let (title, lead, button) = match &form.sign_up {
        _ if form.first => (
            text.first_title(),
            text.first_lead().to_owned(),
            text.first_button(),
        ),
        Some(name) => (
            text.sign_up_title(),
            text.sign_up_link_lead(name),
            text.first_button(),
        ),
        None => (
            text.link_title(),
            text.link_lead().to_owned(),
            text.sign_in(),
        ),
    };
    let wrong = |label: &'static str, error: &Option<Invalid>| {
        error
            .as_ref()
            .map(|error| [label, " ", &error.message(context.language), "."].concat())
    };
    let name = Field {
        name: "name",
        kind: "text",
        autocomplete: "name",
        label: text.your_name(),
        value: form.name.clone(),
        error: wrong(text.your_name(), &form.name_error),
        ..Field::default()
    };
    let email = Field {
        name: "email",
        kind: "email",
        autocomplete: "email",
        label: text.your_email(),
        value: form.email.clone(),
        error: wrong(text.your_email(), &form.email_error),
        ..Field::default()
    };
    unlisted_page(context, if faulty { 422 } else { 200 }, title, || {
        let fields = form
            .first
            .then(|| view! { {form::field(&name)} {form::field(&email)} });
        view! {
            <h1>{title}</h1>
            <p class="lead">{lead}</p>
            {form::error_summary(text.errors(), &[&name, &email])}
            <form method="post" action=form.action.clone() class="stacked" novalidate>
                {fields}
                <button type="submit">{button}</button>
            </form>
        }
    })
}

/// The page for a link that is no longer good.
pub fn link_used(context: &Context) -> Page {
    let text = context.text().sign_in();
    plain(context, 410, text.used_title(), text.used_lead())
}

/// The page for whoever asks for what only someone signed in may see.
pub fn needed(context: &Context) -> Page {
    let text = context.text().sign_in();
    plain(context, 403, text.needed_title(), text.needed_lead())
}

/// The page where a form was sent after the sign-in had ended. What was typed is in it, to be sent again once signed in.
pub fn ended(context: &Context, action: &str, typed: &[(String, String)]) -> Page {
    let text = context.text().sign_in();
    unlisted_page(context, 403, text.ended_title(), || {
        view! {
            <h1>{text.ended_title()}</h1>
            <p class="lead">{text.ended_lead()}</p>
            <ol>
                <li><a href=context.url(&Route::SignIn) target="_blank">{text.ended_sign_in()}</a></li>
                <li>
                    <form method="post" action=action.to_owned()>
                        {typed.iter().map(|(name, value)| view! { <input type="hidden" name=name.clone() value=value.clone()/> }).collect_view()}
                        <button type="submit">{text.ended_send_again()}</button>
                    </form>
                </li>
            </ol>
        }
    })
}

fn plain(context: &Context, status: u16, title: &'static str, lead: &'static str) -> Page {
    unlisted_page(context, status, title, || {
        view! {
            <h1>{title}</h1>
            <p class="lead">{lead}</p>
            <p class="actions">
                <a class="button" href=context.url(&Route::SignIn)>{context.text().sign_in().title()}</a>
                <a class="button quiet" href=context.url(&Route::Home)>{context.text().common().front_page()}</a>
            </p>
        }
    })
}
