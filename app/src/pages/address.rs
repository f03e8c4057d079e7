//! The page that the link in a letter opens: whether an address is the account's.

use leptos::prelude::*;

use crate::context::Context;
use crate::page::Page;
use crate::render::unlisted_page;
use crate::routes::Route;

/// How far it has come.
pub enum Standing {
    /// It asks: programs that look into mail open addresses, too. With where it is sent.
    Asks(String),
    /// It is the account's.
    Confirmed,
    /// Another account has got it meanwhile.
    Taken,
    /// The link is not good any more.
    Gone,
}

/// The page; the name of the account and the address are shown while the link is good.
pub fn page(context: &Context, name: &str, email: &str, standing: &Standing) -> Page {
    let text = context.text().account();
    let (status, title, lead) = match standing {
        Standing::Asks(_) => (
            200,
            text.confirm_address(),
            text.confirm_address_lead(name, email),
        ),
        Standing::Confirmed => (
            200,
            text.address_confirmed(),
            text.address_confirmed_lead(email),
        ),
        Standing::Taken => (409, text.address_taken(), text.address_taken_lead(email)),
        Standing::Gone => (
            410,
            text.address_gone(),
            text.address_gone_lead().to_owned(),
        ),
    };
    unlisted_page(context, status, title, || {
        let form = match standing {
            Standing::Asks(action) => Some(view! {
                <form method="post" action=action.clone() class="actions">
                    <button type="submit">{text.confirm_address_button()}</button>
                </form>
            }),
            _ => None,
        };
        let asks = form.is_some();
        view! {
            <h1>{title}</h1>
            <p class="lead">{lead}</p>
            {form}
            {(!asks).then(|| view! {
                <p class="actions"><a class="button" href=context.url(&Route::Account)>{text.title()}</a></p>
            })}
        }
    })
}
