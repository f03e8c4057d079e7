//! All there is about oneself: downloading it, and deleting one's account.

use domain::Slug;
use leptos::either::Either;
use leptos::prelude::*;

use crate::components::form::{self, Field};
use crate::context::Context;
use crate::page::Page;
use crate::render::unlisted_page;
use crate::routes::{Desk, Route, Service};

/// What the page for deleting one's account shows.
#[derive(Default)]
pub struct Deleting {
    /// The name of the account.
    pub name: String,
    /// Organisations with other people in them that nobody else manages, which keep it from being deleted.
    pub leads: Vec<(Slug, String)>,
    /// Whether it is the last administrator's.
    pub last_administrator: bool,
    /// Whether the password is asked for.
    pub asks_for_password: bool,
    /// What is wrong with what was sent.
    pub fault: Option<Fault>,
}

/// What is wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// It was not confirmed.
    Unconfirmed,
    /// The password is not right.
    Password,
    /// It was tried too often; it can be tried again after so many minutes.
    TooOften(u64),
}

/// The part of one's own account's page about one's data.
pub fn on_account(context: &Context) -> impl IntoView + use<> {
    let text = context.text().own_data();
    view! {
        <section aria-labelledby="own-data-title">
            <h2 id="own-data-title">{text.title()}</h2>
            <p>{text.lead()}" "<a href=context.url(&Route::Privacy)>{text.more()}</a></p>
            <p class="actions">
                <a class="button quiet" href=Service::OwnData.path() download>{text.download()}</a>
                <a class="button quiet" href=context.url(&Route::DeleteAccount)>{text.delete()}</a>
            </p>
        </section>
    }
}

/// The page.
pub fn page(context: &Context, deleting: &Deleting) -> Page {
    let text = context.text().own_data();
    let status = match deleting.fault {
        None => 200,
        Some(Fault::TooOften(_)) => 429,
        Some(_) => 422,
    };
    unlisted_page(context, status, text.delete(), || {
        let stays = deleting.last_administrator || !deleting.leads.is_empty();
        view! {
            <p class="crumb"><a href=context.url(&Route::Account)>{context.text().account().title()}</a></p>
            <h1>{text.delete()}</h1>
            {if stays {
                Either::Left(why_it_stays(context, deleting))
            } else {
                Either::Right(confirmation(context, deleting))
            }}
        }
    })
}

fn why_it_stays(context: &Context, deleting: &Deleting) -> impl IntoView + use<> {
    let text = context.text().own_data();
    let leads = deleting
        .leads
        .iter()
        .map(|(id, name)| {
            let href = context.url(&Route::Desk(Desk::Organisation(id.clone())));
            view! { <li><a href=href>{name.clone()}</a></li> }
        })
        .collect_view();
    let any = !deleting.leads.is_empty();
    view! {
        <div class="notice notice-care" role="alert">
            {any.then(|| view! { <p>{text.leads()}</p><ul>{leads}</ul> })}
            {deleting.last_administrator.then(|| view! { <p>{text.last_administrator()}</p> })}
        </div>
        <p class="actions"><a class="button quiet" href=context.url(&Route::Account)>{text.keep()}</a></p>
    }
}

fn confirmation(context: &Context, deleting: &Deleting) -> impl IntoView + use<> {
    let text = context.text().own_data();
    let unconfirmed = deleting.fault == Some(Fault::Unconfirmed);
    let password = Field {
        name: "password",
        kind: "password",
        autocomplete: "current-password",
        label: context.text().account().current_password(),
        error: match deleting.fault {
            Some(Fault::Password) => Some(context.text().account().current_wrong().to_owned()),
            Some(Fault::TooOften(minutes)) => Some(context.text().sign_in().too_often(minutes)),
            _ => None,
        },
        ..Field::default()
    };
    let summary = form::error_summary(context.text().sign_in().errors(), &[&password]);
    view! {
        <p class="lead">{text.what_goes(&deleting.name)}</p>
        <p class="prose">{text.what_stays()}</p>
        <p>{text.no_undo()}" "<a href=Service::OwnData.path() download>{text.download()}</a></p>
        {unconfirmed.then(|| view! {
            <p class="notice notice-care" role="alert"><a href="#confirm">{text.unconfirmed()}</a></p>
        })}
        {summary}
        <form method="post" action=context.url(&Route::DeleteAccount) class="stacked">
            {deleting.asks_for_password.then(|| form::field(&password))}
            <label class="tick"><input type="checkbox" id="confirm" name="confirm" value="yes"/>{text.confirm()}</label>
            <div class="actions">
                <button type="submit">{text.delete_button()}</button>
                <a class="button quiet" href=context.url(&Route::Account)>{text.keep()}</a>
            </div>
        </form>
    }
}

/// The page after it.
pub fn deleted(context: &Context) -> Page {
    let text = context.text().own_data();
    unlisted_page(context, 200, text.deleted_title(), || {
        view! {
            <h1>{text.deleted_title()}</h1>
            <div class="notice" role="status"><p>{text.deleted()}</p></div>
            <p class="actions"><a class="button" href=context.url(&Route::Home)>{text.home()}</a></p>
        }
    })
}
