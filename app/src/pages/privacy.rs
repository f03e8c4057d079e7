//! What the portal keeps about people, and what it keeps in their browsers.

use leptos::prelude::*;

use crate::choices::{LIST_COOKIE, MUNICIPALITY_COOKIE};
use crate::components::breadcrumbs::breadcrumbs;
use crate::components::content::own_prose;
use crate::context::Context;
use crate::page::{Meta, Page};
use crate::pages::about::contact_links;
use crate::render;
use crate::structured_data;

/// The page about privacy.
pub fn page(context: &Context) -> Page {
    let text = context.text().privacy();
    let mut meta = Meta::new(text.title(), text.lead());
    meta.json_ld
        .push(structured_data::breadcrumbs(context, &[], text.title()));
    render::page(context, &meta, || view(context))
}

fn view(context: &Context) -> impl IntoView + use<> {
    let text = context.text().privacy();
    let kept = |name: String, purpose: &'static str, duration: &'static str| {
        view! {
            <h3>{name}</h3>
            <p class="prose">{purpose}" "<span class="soft">{text.duration()}": "{duration}</span></p>
        }
    };
    view! {
        {breadcrumbs(context, &[], text.title())}
        <article class="about">
            <h1>{text.title()}</h1>
            <p class="lead">{text.lead()}</p>
            <h2>{text.browser()}</h2>
            {own_prose(text.browser_text())}
            {kept(text.cookie(MUNICIPALITY_COOKIE), text.municipality_purpose(), text.one_year())}
            {kept(text.cookie(LIST_COOKIE), text.list_purpose(), text.one_year())}
            {kept(text.notes_name().to_owned(), text.notes_purpose(), text.until_removed())}
            <h2>{text.server()}</h2>
            {own_prose(text.server_text())}
            <h2>{text.account()}</h2>
            {own_prose(text.account_text())}
            <h2>{text.letters()}</h2>
            {own_prose(text.letters_text())}
            <h2>{text.others()}</h2>
            {own_prose(text.others_text())}
            <h2>{text.people()}</h2>
            {own_prose(text.people_text())}
            <h2>{text.images()}</h2>
            {own_prose(text.images_text())}
            <h2>{text.feedback()}</h2>
            {own_prose(text.feedback_text())}
            <h2>{text.rights()}</h2>
            {own_prose(text.rights_text())}
            <h2>{text.contact()}</h2>
            {contact_links(context, text.title())}
        </article>
    }
}
