//! Signing in by a link that is sent by letter, and making an account the same way. What is answered never tells
//! whether there is an account with the address.

use domain::Invalid;
use leptos::prelude::*;

use crate::components::form::{self, Field};
use crate::context::Context;
use crate::page::Page;
use crate::render::unlisted_page;
use crate::routes::Route;

/// What the form's button sends along, so that it is told from signing in with a password at the same address.
pub const ASK_FOR_LINK: &str = "link";

/// The form that asks for a link.
#[derive(Default)]
pub struct LinkRequest {
    /// The e-mail address as typed.
    pub email: String,
    /// Why no letter was sent.
    pub refused: Option<Refused>,
}

/// Why no letter was sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refused {
    /// What is typed is no e-mail address.
    Email(Invalid),
    /// It was asked too often; it can be asked again after so many minutes.
    TooOften(u64),
}

/// The form for making an account.
#[derive(Default)]
pub struct SignUpForm {
    /// The name as typed.
    pub name: String,
    /// The e-mail address as typed.
    pub email: String,
    /// What is wrong with the name.
    pub name_error: Option<Invalid>,
    /// Why no letter was sent.
    pub refused: Option<Refused>,
}

impl Refused {
    /// The HTTP status of the page that says so.
    pub fn status(&self) -> u16 {
        match self {
            Refused::Email(_) => 422,
            Refused::TooOften(_) => 429,
        }
    }

    /// What it says at the field with this label.
    pub fn message(&self, context: &Context, label: &str) -> String {
        match self {
            Refused::Email(Invalid::Empty) => context.text().sign_in().write_email().to_owned(),
            Refused::Email(invalid) => {
                [label, " ", &invalid.message(context.language), "."].concat()
            }
            Refused::TooOften(minutes) => context.text().sign_in().too_often(*minutes),
        }
    }
}

/// The part of the sign-in page that asks for a link.
pub fn request(context: &Context, request: &LinkRequest) -> impl IntoView + use<> {
    let text = context.text().sign_in();
    let email = Field {
        keys: "",
        name: "link-email",
        kind: "email",
        autocomplete: "email",
        label: text.link_to(),
        value: request.email.clone(),
        error: request
            .refused
            .as_ref()
            .map(|refused| refused.message(context, text.your_email())),
        ..Field::default()
    };
    view! {
        <section aria-labelledby="link-title">
            <h2 id="link-title">{text.forgotten()}</h2>
            <p class="prose">{text.forgotten_lead()}</p>
            {form::error_summary(text.errors(), &[&email])}
            <form method="post" action=context.url(&Route::SignIn) class="stacked" novalidate>
                {form::field(&email)}
                <button type="submit" class="quiet" name="do" value=ASK_FOR_LINK>{text.send_link()}</button>
            </form>
        </section>
        <section aria-labelledby="sign-up-title">
            <h2 id="sign-up-title">{text.no_account()}</h2>
            <p class="prose">{text.no_account_lead()}</p>
            <p class="actions"><a class="button quiet" href=context.url(&Route::SignUp)>{text.sign_up_title()}</a></p>
        </section>
    }
}

/// The page for making an account.
pub fn sign_up(context: &Context, typed: &SignUpForm) -> Page {
    let text = context.text().sign_in();
    let status = match (&typed.name_error, &typed.refused) {
        (None, None) => 200,
        (_, Some(refused)) => refused.status(),
        (Some(_), None) => 422,
    };
    let name = Field {
        keys: "",
        name: "name",
        kind: "text",
        autocomplete: "name",
        label: text.your_name(),
        hint: text.name_hint(),
        value: typed.name.clone(),
        error: typed.name_error.as_ref().map(|error| match error {
            Invalid::Empty => text.write_name().to_owned(),
            error => [text.your_name(), " ", &error.message(context.language), "."].concat(),
        }),
    };
    let email = Field {
        keys: "",
        name: "email",
        kind: "email",
        autocomplete: "email",
        label: text.your_email(),
        hint: text.email_hint(),
        value: typed.email.clone(),
        error: typed
            .refused
            .as_ref()
            .map(|refused| refused.message(context, text.your_email())),
    };
    unlisted_page(context, status, text.sign_up_title(), || {
        view! {
            <h1>{text.sign_up_title()}</h1>
            <p class="lead">{text.sign_up_lead()}</p>
            {form::error_summary(text.errors(), &[&name, &email])}
            <form method="post" action=context.url(&Route::SignUp) class="stacked" novalidate>
                {form::field(&name)}
                {form::field(&email)}
                <button type="submit">{text.sign_up_button()}</button>
            </form>
            <p class="beside-form">{text.have_account()}" "<a href=context.url(&Route::SignIn)>{text.title()}</a></p>
        }
    })
}

/// The page that says a letter is on its way, whatever is in it.
pub fn written(context: &Context, email: &str) -> Page {
    let text = context.text().sign_in();
    unlisted_page(context, 200, text.written_title(), || {
        view! {
            <h1>{text.written_title()}</h1>
            <p class="lead">{text.written_lead(email)}</p>
            <p class="prose">{text.written_help()}</p>
            <p class="actions">
                <a class="button quiet" href=context.url(&Route::SignIn)>{text.title()}</a>
                <a class="button quiet" href=context.url(&Route::Home)>{context.text().common().front_page()}</a>
            </p>
        }
    })
}
