//! What is shown where a page is not there or cannot be shown: what happened, and ways on.

use domain::Kind;
use leptos::prelude::*;

use crate::context::Context;
use crate::page::{Meta, Page, Problem};
use crate::render::{page_with_status, unlisted_page};
use crate::routes::{Desk, Route};

/// The page of a problem.
pub fn page(context: &Context, problem: &Problem) -> Page {
    let text = context.text().problem();
    let (status, title, lead) = match problem {
        Problem::NotFound => (404, text.not_found_title(), text.not_found_lead()),
        Problem::Unavailable(_) => (503, text.unavailable_title(), text.unavailable_lead()),
    };
    let mut meta = Meta::new(title, lead);
    meta.listed = false;
    page_with_status(context, status, &meta, || {
        view(context, problem, title, lead)
    })
}

fn view(
    context: &Context,
    problem: &Problem,
    title: &'static str,
    lead: &'static str,
) -> impl IntoView {
    let text = context.text().problem();
    let common = context.text().common();
    let kind = |kind: Kind| {
        context.url_with(
            &Route::Search,
            &["kind=", domain::Code::code(kind)].concat(),
        )
    };
    let try_again = matches!(problem, Problem::Unavailable(_));
    view! {
        <h1>{title}</h1>
        <p class="lead">{lead}</p>
        {try_again.then(|| view! { <p><a class="button" href=context.here()>{text.try_again()}</a></p> })}
        <form class="search-box" action=context.url(&Route::Search) role="search">
            <label for="q">{text.search_label()}</label>
            <div class="search-box-line">
                <input id="q" name="q" type="search"/>
                <button type="submit">{text.search_button()}</button>
            </div>
        </form>
        <h2>{text.ways_on()}</h2>
        <ul>
            <li><a href=context.url(&Route::Home)>{common.front_page()}</a></li>
            <li><a href=kind(Kind::Offer)>{common.find_offer()}</a></li>
            <li><a href=kind(Kind::Case)>{common.experiences()}</a></li>
            <li><a href=context.url(&Route::Municipalities)>{common.municipalities()}</a></li>
        </ul>
    }
}

/// The page that says why something is not allowed.
pub fn refused(context: &Context, why: &'static str) -> Page {
    let text = context.text().desk();
    unlisted_page(context, 403, text.refused(), || {
        view! {
            <h1>{text.refused()}</h1>
            <p class="lead">{why}</p>
            <p><a class="button" href=context.url(&Route::Desk(Desk::Home))>{text.back_to_desk()}</a></p>
        }
    })
}
