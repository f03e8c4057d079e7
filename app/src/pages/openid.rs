//! Signing in with an account at an issuer, as Unilogin: on the way there, on the way back, and what the account's own page
//! says of it.

use domain::Invalid;
use jiff::civil::Date;
use leptos::prelude::*;

use crate::components::form::{self, Field};
use crate::context::Context;
use crate::format;
use crate::page::Page;
use crate::pages::sign_in_link::Refused;
use crate::render::unlisted_page;
use crate::routes::{Route, Service};

/// The button that leads to the issuer. `link` where it is to be linked to the account that is signed in.
pub fn button(context: &Context, label: String, link: bool) -> impl IntoView + use<> {
    let language = context.language.tag();
    view! {
        <form method="post" action=Service::OpenId.path() class="actions">
            <input type="hidden" name="language" value=language/>
            {link.then(|| view! { <input type="hidden" name="link" value="yes"/> })}
            <button type="submit" class="quiet">{label}</button>
        </form>
    }
}

/// What the page for signing in says of the issuer.
pub fn way_in(context: &Context, name: &str) -> impl IntoView + use<> {
    let text = context.text().openid();
    view! {
        <h2>{text.or_with(name)}</h2>
        <p>{text.or_with_lead(name)}</p>
        {button(context, text.sign_in_with(name), false)}
    }
}

/// The page between the portal and the issuer, whose address is `address`. The browser goes on by itself.
pub fn onward(context: &Context, name: &str, address: &str) -> Page {
    let text = context.text().openid();
    unlisted_page(context, 200, &text.onward_title(name), || {
        view! {
            <h1>{text.onward_title(name)}</h1>
            <p class="lead">{text.onward_lead(name)}</p>
            <p class="actions"><a class="button" href=address.to_owned()>{text.onward(name)}</a></p>
        }
    })
}

/// Why someone came back without getting in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// They cancelled, or the issuer refused.
    Cancelled,
    /// What was in the browser is gone, or is another's.
    Lost,
    /// The issuer does not answer, or not as it should.
    Unreachable,
    /// The account is closed.
    Closed,
    /// The issuer says that they are a pupil.
    Pupil,
    /// What was to be linked is another account's.
    Taken,
}

/// The page for whoever came back without getting in.
pub fn not_in(context: &Context, name: &str, fault: Fault) -> Page {
    let text = context.text().openid();
    let (status, title, lead) = match fault {
        Fault::Cancelled => (403, text.failed_title(), text.cancelled(name)),
        Fault::Lost => (400, text.failed_title(), text.lost(name)),
        Fault::Unreachable => (502, text.failed_title(), text.unreachable(name)),
        Fault::Closed => (403, text.failed_title(), text.closed().to_owned()),
        Fault::Pupil => (403, text.pupil_title(), text.pupil_lead(name)),
        Fault::Taken => (409, text.taken_title(), text.taken_lead(name)),
    };
    let way = match fault {
        Fault::Pupil => None,
        Fault::Taken => Some((Route::Account, context.text().account().title())),
        Fault::Cancelled | Fault::Lost | Fault::Unreachable | Fault::Closed => {
            Some((Route::SignIn, text.again()))
        }
    };
    unlisted_page(context, status, title, || {
        let way = way.map(|(route, label)| {
            view! { <a class="button" href=context.url(&route)>{label}</a> }
        });
        view! {
            <h1>{title}</h1>
            <p class="lead">{lead}</p>
            <p class="actions">
                {way}
                <a class="button quiet" href=context.url(&Route::Home)>{context.text().common().front_page()}</a>
            </p>
        }
    })
}

/// The form that asks a newcomer once what they are called.
#[derive(Default)]
pub struct Newcomer {
    /// The name as typed.
    pub name: String,
    /// The e-mail address as typed.
    pub email: String,
    /// The name of the school as typed.
    pub school: String,
    /// What is wrong with the name.
    pub name_error: Option<Invalid>,
    /// Why no letter can be sent to the e-mail address.
    pub email_refused: Option<Refused>,
}

/// The page that asks a newcomer.
pub fn newcomer(context: &Context, issuer: &str, form: &Newcomer) -> Page {
    let text = context.text().openid();
    let sign_in = context.text().sign_in();
    let wrong = |label: &'static str, error: &Option<Invalid>| {
        error
            .as_ref()
            .map(|error| [label, " ", &error.message(context.language), "."].concat())
    };
    let name = Field {
        name: "name",
        kind: "text",
        autocomplete: "name",
        label: sign_in.your_name(),
        value: form.name.clone(),
        error: wrong(sign_in.your_name(), &form.name_error),
        ..Field::default()
    };
    let email = Field {
        name: "email",
        kind: "email",
        autocomplete: "email",
        label: sign_in.your_email(),
        hint: text.email_hint(),
        value: form.email.clone(),
        error: form
            .email_refused
            .as_ref()
            .map(|refused| refused.message(context, sign_in.your_email())),
        ..Field::default()
    };
    let school = Field {
        name: "school",
        kind: "text",
        autocomplete: "organization",
        label: text.your_school(),
        hint: text.school_hint(),
        value: form.school.clone(),
        ..Field::default()
    };
    let status = match (&form.name_error, &form.email_refused) {
        (None, None) => 200,
        (Some(_), _) => 422,
        (None, Some(refused)) => refused.status(),
    };
    unlisted_page(context, status, text.newcomer_title(), || {
        view! {
            <h1>{text.newcomer_title()}</h1>
            <p class="lead">{text.newcomer_lead(issuer)}</p>
            {form::error_summary(sign_in.errors(), &[&name, &email])}
            <form method="post" action=context.url(&Route::Newcomer) class="stacked" novalidate>
                {form::field(&name)}
                {form::field(&email)}
                {form::field(&school)}
                <button type="submit">{text.newcomer_button()}</button>
            </form>
        }
    })
}

/// What an account's own page says of the issuer.
pub struct Linked {
    /// What people call the issuer.
    pub name: String,
    /// What is linked: what names it in the form, and since when.
    pub identities: Vec<(String, Date)>,
    /// Whether a password has to be chosen before it can be unlinked.
    pub password_first: bool,
}

/// What an account's own page says of the issuer.
pub fn summary(context: &Context, linked: &Linked) -> impl IntoView + use<> {
    let text = context.text().openid();
    let name = &linked.name;
    let action = context.url(&Route::Account);
    let fault = linked.password_first.then(|| {
        view! {
            <div class="notice notice-care" role="alert"><p><a href="#new">{text.password_first(name)}</a></p></div>
        }
    });
    let rows = linked
        .identities
        .iter()
        .map(|(key, since)| {
            let since = text.linked_since(name, &format::date(*since, context.language));
            view! {
                <p>{since}</p>
                <form method="post" action=action.clone() class="actions">
                    <input type="hidden" name="key" value=key.clone()/>
                    <button type="submit" class="quiet" name="do" value="unlink">{text.unlink(name)}</button>
                </form>
            }
        })
        .collect_view();
    let link = linked.identities.is_empty().then(|| {
        view! {
            <p>{text.not_linked(name)}</p>
            {button(context, text.link(name), true)}
        }
    });
    view! {
        <section aria-labelledby="openid-title">
            <h2 id="openid-title">{text.section(name)}</h2>
            {fault}
            {rows}
            {link}
        </section>
    }
}
