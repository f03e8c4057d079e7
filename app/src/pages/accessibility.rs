//! The accessibility statement that the act on public bodies' websites asks for: compliance, what is not accessible,
//! when and how it was prepared, feedback, and enforcement.

use jiff::civil::Date;
use leptos::prelude::*;

use crate::components::breadcrumbs::breadcrumbs;
use crate::components::content::own_prose;
use crate::context::Context;
use crate::format;
use crate::markdown;
use crate::page::{Meta, Page};
use crate::pages::about::contact_links;
use crate::render;
use crate::structured_data;

/// When the statement was prepared. It is looked over at least once a year.
const PREPARED: Date = Date::constant(2026, 11, 24);

/// The page of the statement.
pub fn page(context: &Context) -> Page {
    let text = context.text().accessibility();
    let mut meta = Meta::new(text.title(), text.lead(&context.site.public_url));
    meta.json_ld
        .push(structured_data::breadcrumbs(context, &[], text.title()));
    render::page(context, &meta, || view(context))
}

fn view(context: &Context) -> impl IntoView + use<> {
    let text = context.text().accessibility();
    let item = |words: &str| {
        let html = markdown::to_html(words);
        view! { <li inner_html=html></li> }
    };
    view! {
        {breadcrumbs(context, &[], text.title())}
        <article class="about">
            <h1>{text.heading()}</h1>
            <p class="lead">{text.lead(&context.site.public_url)}</p>
            <h2>{text.status()}</h2>
            {own_prose(text.status_text())}
            <h2>{text.not_accessible()}</h2>
            <ul class="prose plain-items">
                {item(text.not_accessible_documents())}
                {item(text.not_accessible_language())}
                {item(text.not_accessible_words())}
            </ul>
            {own_prose(text.alternatives())}
            <h2>{text.feedback()}</h2>
            {own_prose(text.feedback_text())}
            {contact_links(context, text.feedback_subject())}
            <h2>{text.enforcement()}</h2>
            {own_prose(text.enforcement_text())}
            <h2>{text.prepared()}</h2>
            {own_prose(&text.prepared_text(&format::date(PREPARED, context.language)))}
            <h2>{text.law()}</h2>
            {own_prose(text.law_text())}
            <h2>{text.more()}</h2>
            <ul class="prose">
                <li>{text.more_keyboard()}</li>
                <li>{text.more_script()}</li>
                <li>{text.more_figures()}</li>
                <li>{text.more_settings()}</li>
            </ul>
        </article>
    }
}
