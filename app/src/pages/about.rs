//! What the portal is.

use leptos::prelude::*;

use crate::components::breadcrumbs::breadcrumbs;
use crate::components::content::own_prose;
use crate::components::share::{call, mail_to};
use crate::context::Context;
use crate::markdown;
use crate::page::{Meta, Page};
use crate::render;
use crate::routes::{Route, Service};
use crate::structured_data;

/// The page about the portal.
pub fn page(context: &Context) -> Page {
    let text = context.text().about();
    let mut meta = Meta::new(text.title(), text.lead());
    meta.json_ld
        .push(structured_data::breadcrumbs(context, &[], text.title()));
    render::page(context, &meta, || view(context))
}

/// The ways to reach those who run the portal: a link that writes to them, and one that calls where somebody answers.
pub fn contact_links(context: &Context, subject: &str) -> impl IntoView + use<> {
    let href = mail_to(&context.site.contact_email, subject, "");
    let phone = context.site.contact_phone.as_ref();
    let detail = context.text().detail();
    view! {
        <ul class="contact-ways">
            <li>{detail.write_to()}" "<a href=href>{context.site.contact_email.clone()}</a></li>
            {phone.map(|phone| view! {
                <li>{detail.call()}" "<a href=call(phone)>{phone.as_str().to_owned()}</a></li>
            })}
        </ul>
    }
}

fn view(context: &Context) -> impl IntoView + use<> {
    let text = context.text().about();
    let item = |words: &str| {
        let html = markdown::to_html(words);
        view! { <li inner_html=html></li> }
    };
    view! {
        {breadcrumbs(context, &[], text.title())}
        <article class="about">
            <h1>{text.title()}</h1>
            <p class="lead">{text.lead()}</p>
            <h2>{text.why()}</h2>
            {own_prose(text.why_text())}
            <h2>{text.what()}</h2>
            <ul class="prose plain-items">
                {item(text.what_find())}{item(text.what_learn())}{item(text.what_decide())}{item(text.what_municipality())}
            </ul>
            <p><a class="button" href=context.url_with(&Route::Search, "kind=offer")>{context.text().common().find_offer()}</a></p>
            <h2>{text.sample()}</h2>
            {own_prose(text.sample_text())}
            <h2>{text.figures()}</h2>
            {own_prose(text.figures_text())}
            <p><a href=context.url(&Route::Mapping)>{text.see_mapping()}</a></p>
            <h2>{text.distances()}</h2>
            {own_prose(text.distances_text())}
            <h2>{text.open()}</h2>
            <p class="prose">{text.open_text()}" "<a href=Service::ApiDocumentation.path()>{context.text().common().api()}</a></p>
            <h2>{text.contact()}</h2>
            <p class="prose">{text.contact_text()}</p>
            {contact_links(context, context.text().common().portal())}
        </article>
    }
}
