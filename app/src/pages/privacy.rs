//! What the portal keeps about people, and what it keeps in their browsers.

use leptos::prelude::*;

use crate::choices::{LIST_COOKIE, MUNICIPALITY_COOKIE};
use crate::components::breadcrumbs::breadcrumbs;
use crate::components::content::own_prose;
use crate::context::Context;
use crate::page::{Meta, Page};
use crate::pages::about::contact_link;
use crate::render;
use crate::structured_data;

/// The page about privacy.
pub fn page(context: &Context) -> Page {
    let text = context.text().privacy();
    let mut meta = Meta::new(text.title(), text.lead());
    meta.json_ld.push(structured_data::breadcrumbs(context, &[], text.title()));
    render::page(context, &meta, || view(context))
}

fn view(context: &Context) -> impl IntoView + use<> {
    let text = context.text().privacy();
    let row = |name: String, purpose: &'static str, duration: &'static str| {
        view! { <tr><th scope="row">{name}</th><td>{purpose}</td><td>{duration}</td></tr> }
    };
    view! {
        {breadcrumbs(context, &[], text.title())}
        <article class="about">
            <h1>{text.title()}</h1>
            <p class="lead">{text.lead()}</p>
            <h2>{text.browser()}</h2>
            {own_prose(text.browser_text())}
            <div class="table-scroll" role="region" tabindex="0" aria-label=text.browser()>
                <table class="kept">
                    <thead>
                        <tr><th scope="col">{text.name()}</th><th scope="col">{text.purpose()}</th><th scope="col">{text.duration()}</th></tr>
                    </thead>
                    <tbody>
                        {row(text.cookie(MUNICIPALITY_COOKIE), text.municipality_purpose(), text.one_year())}
                        {row(text.cookie(LIST_COOKIE), text.list_purpose(), text.one_year())}
                        {row(text.notes_name().to_owned(), text.notes_purpose(), text.until_removed())}
                    </tbody>
                </table>
            </div>
            <h2>{text.server()}</h2>
            {own_prose(text.server_text())}
            <h2>{text.others()}</h2>
            {own_prose(text.others_text())}
            <h2>{text.people()}</h2>
            {own_prose(text.people_text())}
            <h2>{text.rights()}</h2>
            {own_prose(text.rights_text())}
            <h2>{text.contact()}</h2>
            <p>{contact_link(context, text.title())}</p>
        </article>
    }
}
