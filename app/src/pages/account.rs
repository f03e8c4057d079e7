//! One's own account: the password, and where one is signed in.

use jiff::civil::{Date, DateTime};
use leptos::prelude::*;

use crate::components::form::{self, Field};
use crate::context::Context;
use crate::format;
use crate::page::Page;
use crate::pages::{letters, openid, own_data, second_factor, sign_in_link};
use crate::render::unlisted_page;
use crate::routes::{Desk, Route, Service};

/// What the page shows.
pub struct Account {
    /// The name that others see.
    pub name: String,
    /// Where it is written to.
    pub email: Option<String>,
    /// Whether there is a page for administrators to go to.
    pub administrator: bool,
    /// Whether they decide about reported images.
    pub judges_images: bool,
    /// Whether it has a password.
    pub has_password: bool,
    /// Since when it has a second factor, and how many recovery codes are left.
    pub second_factor: Option<(Date, usize)>,
    /// The issuer whose accounts sign in too, where there is one.
    pub openid: Option<openid::Linked>,
    /// Whether a new password needs the one before it; not so shortly after signing in with a link.
    pub asks_for_current: bool,
    /// Where it is signed in, newest first.
    pub sessions: Vec<SignedIn>,
    /// An address that is to be the account's, as typed.
    pub typed_email: String,
    /// What was just done.
    pub done: Option<Done>,
    /// What is wrong with what was typed.
    pub fault: Option<Fault>,
}

/// One sign-in.
pub struct SignedIn {
    /// What names it in the form.
    pub key: String,
    /// The browser and the machine, as far as the browser says.
    pub browser: Option<String>,
    /// When it began, in Denmark.
    pub began: DateTime,
    /// Whether it is this very browser.
    pub this: bool,
    /// Whether it still has to show the second factor.
    pub waits: bool,
}

/// What was just done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Done {
    /// A link is sent to the address that is to be the account's.
    AddressAsked,
    /// The password is set, and other sign-ins are ended.
    PasswordSet,
    /// One sign-in is ended.
    SignedOut,
    /// All other sign-ins are ended.
    SignedOutElsewhere,
    /// The issuer's account signs in too.
    Linked,
    /// The issuer's account does not sign in any more.
    Unlinked,
}

/// What is wrong with what was typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fault {
    /// The new address is none, or there were too many letters to it.
    Address(sign_in_link::Refused),
    /// The current one is not right.
    Current,
    /// It was tried too often; it can be tried again after so many minutes.
    TooOften(u64),
    /// The new one is too short.
    TooShort,
    /// The new one is too long.
    TooLong,
    /// The new one is easily guessed.
    Guessable,
    /// There has to be one before the issuer's account can be unlinked.
    PasswordFirst,
}

/// The page.
pub fn page(context: &Context, account: &Account) -> Page {
    let text = context.text().account();
    let status = match &account.fault {
        None => 200,
        Some(Fault::TooOften(_) | Fault::Address(sign_in_link::Refused::TooOften(_))) => 429,
        Some(_) => 422,
    };
    unlisted_page(context, status, text.title(), || {
        let issuer = account.openid.as_ref().map_or("", |linked| &linked.name);
        let done = account.done.map(|done| match done {
            Done::AddressAsked => text.address_asked(&account.typed_email),
            Done::PasswordSet => text.password_set().to_owned(),
            Done::SignedOut => text.signed_out().to_owned(),
            Done::SignedOutElsewhere => text.signed_out_elsewhere().to_owned(),
            Done::Linked => context.text().openid().linked(issuer),
            Done::Unlinked => context.text().openid().unlinked(issuer),
        });
        view! {
            <h1>{text.title()}</h1>
            {done.map(|done| view! { <div class="notice" role="status"><p>{done}</p></div> })}
            <dl class="fact-list fact-list-wide">
                <div><dt>{text.name()}</dt><dd>{account.name.clone()}</dd></div>
                <div><dt>{text.email()}</dt><dd>{account.email.clone().unwrap_or_else(|| text.no_address().to_owned())}</dd></div>
            </dl>
            <div class="actions">
                <a class="button" href=context.url(&Route::Desk(Desk::Home))>{context.text().desk().title()}</a>
                {account.judges_images.then(|| view! {
                    <a class="button quiet" href=Service::ReportedImages.path()>{context.text().images().judge_title()}</a>
                })}
                {account.administrator.then(|| view! {
                    <a class="button quiet" href=Service::Administration.path()>{text.administration()}</a>
                })}
                <form method="post" action=Service::SignOut.path()>
                    <button type="submit" class="quiet">{text.sign_out()}</button>
                </form>
            </div>
            {letters::on_account(context)}
            {address(context, account)}
            {password(context, account)}
            {account.openid.as_ref().map(|linked| openid::summary(context, linked))}
            {second_factor::summary(context, account.second_factor, account.administrator)}
            {sessions(context, account)}
            {own_data::on_account(context)}
        }
    })
}

fn address(context: &Context, account: &Account) -> impl IntoView + use<> {
    let text = context.text().account();
    let error = match &account.fault {
        Some(Fault::Address(refused)) => Some(refused.message(context, text.new_address())),
        _ => None,
    };
    let failed = error.is_some();
    let email = Field {
        name: "email",
        kind: "email",
        autocomplete: "email",
        label: text.new_address(),
        value: if failed {
            account.typed_email.clone()
        } else {
            String::new()
        },
        error,
        ..Field::default()
    };
    let missing = account.email.is_none();
    view! {
        <section aria-labelledby="address-title">
            <h2 id="address-title">{text.address_title()}</h2>
            {missing.then(|| view! { <div class="notice notice-care"><p>{text.address_missing()}</p></div> })}
            <p>{text.address_lead()}</p>
            {form::error_summary(context.text().sign_in().errors(), &[&email])}
            <form method="post" action=context.url(&Route::Account) class="stacked" novalidate>
                <input type="hidden" name="do" value="address"/>
                {form::field(&email)}
                <button type="submit" class=(!missing).then_some("quiet")>{text.address_button()}</button>
            </form>
        </section>
    }
}

fn password(context: &Context, account: &Account) -> impl IntoView + use<> {
    let text = context.text().account();
    let (current_error, new_error) = match &account.fault {
        None | Some(Fault::PasswordFirst | Fault::Address(_)) => (None, None),
        Some(Fault::Current) => (Some(text.current_wrong().to_owned()), None),
        Some(Fault::TooOften(minutes)) => {
            (Some(context.text().sign_in().too_often(*minutes)), None)
        }
        Some(Fault::TooShort) => (None, Some(text.too_short().to_owned())),
        Some(Fault::TooLong) => (None, Some(text.too_long().to_owned())),
        Some(Fault::Guessable) => (None, Some(text.guessable().to_owned())),
    };
    let current = Field {
        name: "current",
        kind: "password",
        autocomplete: "current-password",
        label: text.current_password(),
        error: current_error,
        ..Field::default()
    };
    let new = Field {
        name: "new",
        kind: "password",
        autocomplete: "new-password",
        label: text.new_password(),
        hint: text.new_password_hint(),
        error: new_error,
        ..Field::default()
    };
    let (title, button) = if account.has_password {
        (text.change_password(), text.change_password_button())
    } else {
        (text.choose_password(), text.choose_password_button())
    };
    let lead = (!account.has_password).then(|| text.no_password());
    let summary = form::error_summary(context.text().sign_in().errors(), &[&current, &new]);
    let current = account.asks_for_current.then(|| form::field(&current));
    // A password manager wants to know whose password it is.
    let email = account.email.clone().unwrap_or_default();
    view! {
        <section aria-labelledby="password-title">
            <h2 id="password-title">{title}</h2>
            {lead.map(|lead| view! { <p>{lead}</p> })}
            {summary}
            <form method="post" action=context.url(&Route::Account) class="stacked">
                <input type="hidden" name="do" value="password"/>
                <input type="email" name="username" value=email autocomplete="username" hidden/>
                {current}
                {form::field(&new)}
                <button type="submit">{button}</button>
            </form>
        </section>
    }
}

fn sessions(context: &Context, account: &Account) -> impl IntoView + use<> {
    let text = context.text().account();
    let action = context.url(&Route::Account);
    let others = account.sessions.iter().any(|session| !session.this);
    let rows = account
        .sessions
        .iter()
        .map(|session| {
            let browser = session
                .browser
                .clone()
                .unwrap_or_else(|| text.unknown_browser().to_owned());
            let began = text.since(
                &format::date(session.began.date(), context.language),
                &format::time(session.began.time(), context.language),
            );
            let label = text.sign_out_there(&browser);
            let key = session.key.clone();
            let action = action.clone();
            let this = session.this;
            let waits = session.waits;
            view! {
                <li>
                    <p><strong>{browser}</strong>{this.then(|| [" (", text.this_browser(), ")"].concat())}<br/>
                        <span class="hint">{began}{waits.then(|| [". ", text.waits()].concat())}</span></p>
                    {(!this).then(|| view! {
                        <form method="post" action=action>
                            <input type="hidden" name="key" value=key/>
                            <button type="submit" class="quiet" name="do" value="end" aria-label=label>{text.sign_out()}</button>
                        </form>
                    })}
                </li>
            }
        })
        .collect_view();
    view! {
        <section aria-labelledby="sessions-title">
            <h2 id="sessions-title">{text.sessions()}</h2>
            <p>{text.sessions_lead()}</p>
            <ul class="sessions">{rows}</ul>
            {others.then(|| view! {
                <form method="post" action=action class="actions">
                    <button type="submit" class="quiet" name="do" value="end-others">{text.sign_out_elsewhere()}</button>
                </form>
            })}
        </section>
    }
}
