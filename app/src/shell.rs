//! The document around every page: head, header, footer.
//!
//! There is no inline script and no inline style, so the content security policy needs no nonce and pages can be
//! kept by caches. A page without an island links no script at all.

use std::sync::LazyLock;

use domain::{Code, Kind, Language, municipality};
use leptos::either::Either;
use leptos::prelude::*;

use crate::components::icons;
use crate::context::Context;
use crate::page::Meta;
use crate::routes::{Route, Service};

/// The whole document of a page whose main content is `content`.
pub fn document(context: &Context, meta: &Meta, content: impl IntoView) -> String {
    let mut html = String::with_capacity(48 * 1024);
    html.push_str("<!DOCTYPE html>");
    let document = view! {
        <html lang=context.language.tag()>
            {head(context, meta)}
            <body>
                <a class="skip-link" href="#content">{context.text().common().skip_to_content()}</a>
                {header(context)}
                <main id="content" tabindex="-1">{content}</main>
                {footer(context)}
            </body>
        </html>
    };
    document.to_html_with_buf(
        &mut html,
        &mut leptos::tachys::view::Position::FirstChild,
        true,
        false,
        Vec::new(),
    );
    debug_assert_eq!(
        meta.islands,
        html.contains("<leptos-island"),
        "a page loads scripts exactly when it has islands"
    );
    html
}

fn head(context: &Context, meta: &Meta) -> impl IntoView {
    let portal = context.text().common().portal();
    let title = if meta.title == portal {
        meta.title.clone()
    } else {
        [&meta.title, " – ", portal].concat()
    };
    let assets = &context.site.assets;
    let address = |language: Language| {
        context.route.as_ref().map(|route| {
            let mut path = route.path(language);
            if !meta.canonical_query.is_empty() {
                path.push('?');
                path.push_str(&meta.canonical_query);
            }
            context.absolute(&path)
        })
    };
    let canonical = address(context.language);
    let locale = match context.language {
        Language::Danish => "da_DK",
        Language::English => "en_GB",
    };
    view! {
        <head>
            <meta charset="utf-8"/>
            <meta name="viewport" content="width=device-width, initial-scale=1"/>
            <title>{title.clone()}</title>
            <meta name="description" content=meta.description.clone()/>
            {assets.address("main.css").map(|address| view! { <link rel="stylesheet" href=address/> })}
            {meta.islands.then(|| assets.address("anker.js")).flatten().map(|address| view! {
                <script type="module" src=address></script>
            })}
            {assets.address("reload.js").map(|address| view! { <script type="module" src=address></script> })}
            <meta name="color-scheme" content="light dark"/>
            <meta name="theme-color" media="(prefers-color-scheme: light)" content="#fbfaf7"/>
            <meta name="theme-color" media="(prefers-color-scheme: dark)" content="#0e1926"/>
            <link rel="icon" href="/favicon.ico" sizes="32x32"/>
            <link rel="icon" href="/favicon.svg" type="image/svg+xml"/>
            <link rel="apple-touch-icon" href="/apple-touch-icon.png"/>
            <link rel="manifest" href=Service::Manifest.path()/>
            <link rel="search" type="application/opensearchdescription+xml" title=portal href=Service::OpenSearch.path()/>
            {meta.feed.as_ref().map(|(title, path)| view! {
                <link rel="alternate" type="application/atom+xml" title=title.as_str() href=path.as_str()/>
            })}
            {canonical.clone().map(|url| view! { <link rel="canonical" href=url/> })}
            {canonical.is_some().then(|| view! {
                <link rel="alternate" hreflang="da" href=address(Language::Danish)/>
                <link rel="alternate" hreflang="en" href=address(Language::English)/>
                <link rel="alternate" hreflang="x-default" href=address(Language::Danish)/>
            })}
            {(!meta.listed).then(|| view! { <meta name="robots" content="noindex"/> })}
            {property("og:site_name", portal)}
            {property("og:type", if meta.article { "article" } else { "website" })}
            {property("og:title", title)}
            {property("og:description", meta.description.clone())}
            {property("og:locale", locale)}
            {canonical.clone().map(|url| property("og:url", url))}
            {property("og:image", context.absolute("/share.png"))}
            {property("og:image:width", "1200")}
            {property("og:image:height", "630")}
            {property("og:image:alt", context.text().common().portal_promise())}
            <meta name="twitter:card" content="summary_large_image"/>
            {meta.json_ld.iter().map(|json| view! {
                <script type="application/ld+json" inner_html=within_script(json)></script>
            }).collect_view()}
        </head>
    }
}

/// What a page says to those it is shared with (Open Graph).
fn property(name: &'static str, content: impl Into<String>) -> impl IntoView {
    leptos::html::meta()
        .attr("property", name)
        .content(content.into())
}

/// JSON that cannot end the script element it stands in.
fn within_script(json: &str) -> String {
    json.replace('<', "\\u003c")
}

fn header(context: &Context) -> impl IntoView {
    let text = context.text().common();
    let query = context.query.as_str();
    let current = |route: &Route, kind: Option<Kind>| {
        let here = context.route.as_ref() == Some(route)
            && kind.is_none_or(|kind| {
                query
                    .split('&')
                    .any(|pair| pair.strip_prefix("kind=") == Some(kind.code()))
            });
        here.then_some("page")
    };
    let kind_query = |kind: Kind| ["kind=", kind.code()].concat();
    view! {
        <header class="site-header">
            <div class="site-header-bar">
                <a class="brand" href=context.url(&Route::Home)>
                    {icons::anchor()}
                    <span>{text.portal()}</span>
                </a>
                <div class="site-choices">
                    {municipality_chooser(context)}
                    {language_link(context)}
                </div>
            </div>
            <nav class="site-navigation" id="site-navigation" data-replace="" aria-label=text.main_navigation()>
                <ul>
                    <li><a href=context.url_with(&Route::Search, &kind_query(Kind::Offer))
                        aria-current=current(&Route::Search, Some(Kind::Offer))>{text.kinds_offer()}</a></li>
                    <li><a href=context.url_with(&Route::Search, &kind_query(Kind::Case))
                        aria-current=current(&Route::Search, Some(Kind::Case))>{text.experiences()}</a></li>
                    <li><a href=context.url(&Route::Recommendations)
                        aria-current=current(&Route::Recommendations, None)>{text.recommendations()}</a></li>
                    <li><a href=context.url(&Route::Map) aria-current=current(&Route::Map, None)>{text.map()}</a></li>
                    <li><a href=context.url(&Route::MyList)
                        aria-current=current(&Route::MyList, None)>{text.my_list()}</a></li>
                </ul>
            </nav>
        </header>
    }
}

fn language_link(context: &Context) -> impl IntoView {
    let text = context.text().common();
    let other = match context.language {
        Language::Danish => Language::English,
        Language::English => Language::Danish,
    };
    let mut href = context.route.as_ref().unwrap_or(&Route::Home).path(other);
    if context.route.is_some() && !context.query.is_empty() {
        href.push('?');
        href.push_str(&context.query);
    }
    view! {
        <a class="language-link" id="language-link" data-replace="" href=href lang=other.tag() hreflang=other.tag() title=text.other_language_hint()>
            {text.other_language()}
        </a>
    }
}

/// The options of the municipality chooser. The same on every page, so they are written once.
static MUNICIPALITY_OPTIONS: LazyLock<String> = LazyLock::new(|| {
    municipality::all()
        .iter()
        .map(|municipality| {
            view! { <option value=municipality.code.to_string()>{municipality.name}</option> }
                .to_html()
        })
        .collect()
});

/// The options of a municipality select: the chosen one, the one for none, then all, as HTML.
pub fn municipality_options(none: &str, chosen: Option<&domain::Municipality>) -> String {
    let mut options = String::with_capacity(MUNICIPALITY_OPTIONS.len() + 200);
    if let Some(chosen) = chosen {
        let option = view! { <option value=chosen.code.to_string() selected="selected">{chosen.name}</option> };
        options.push_str(&option.to_html());
    }
    options.push_str(&view! { <option value="">{none}</option> }.to_html());
    options.push_str(&MUNICIPALITY_OPTIONS);
    options
}

fn municipality_chooser(context: &Context) -> impl IntoView {
    let text = context.text().common();
    // On a phone the name stands alone; what it is remains for screen readers.
    let summary = match context.home {
        Some(home) => Either::Left(view! {
            <span><span class="chooser-label">{text.my_municipality()}": "</span>{home.name}</span>
        }),
        None => Either::Right(view! { <span>{text.my_municipality()}</span> }),
    };
    view! {
        <details class="municipality-chooser">
            <summary>{icons::pin()}{summary}</summary>
            <form class="panel" method="post" action=Service::ChooseMunicipality.path()>
                <input type="hidden" name="to" id="my-municipality-to" data-replace="" value=context.here()/>
                <label for="my-municipality">{text.my_municipality()}</label>
                <p class="hint" id="my-municipality-hint">{text.municipality_why()}</p>
                <select id="my-municipality" name="municipality" aria-describedby="my-municipality-hint"
                    inner_html=municipality_options(text.no_municipality(), context.home)></select>
                <button type="submit">{text.save_choice()}</button>
            </form>
        </details>
    }
}

fn footer(context: &Context) -> impl IntoView {
    let text = context.text().common();
    let links = |links: &[(String, &'static str)]| {
        links
            .iter()
            .map(|(href, name)| view! { <li><a href=href.clone()>{*name}</a></li> })
            .collect_view()
    };
    let search = |kind: Kind| context.url_with(&Route::Search, &["kind=", kind.code()].concat());
    view! {
        <footer class="site-footer">
            <div class="site-footer-columns">
                <div class="site-footer-about">
                    <p class="brand">{icons::anchor()}<span>{text.portal()}</span></p>
                    <p>{text.portal_promise()}</p>
                </div>
                <nav aria-label=text.footer_find()>
                    <h2>{text.footer_find()}</h2>
                    <ul>{links(&[
                        (search(Kind::Offer), text.find_offer()),
                        (context.url(&Route::Map), text.map()),
                        (context.url(&Route::Municipalities), text.municipalities()),
                        (search(Kind::Organisation), text.kinds_organisation()),
                        (context.url(&Route::MyList), text.my_list()),
                    ])}</ul>
                </nav>
                <nav aria-label=text.footer_learn()>
                    <h2>{text.footer_learn()}</h2>
                    <ul>{links(&[
                        (search(Kind::Case), text.experiences()),
                        (context.url(&Route::Recommendations), text.recommendations()),
                        (context.url(&Route::Strategies), text.strategies()),
                        (context.url(&Route::Roles), text.roles()),
                        (context.url(&Route::Mapping), text.mapping()),
                    ])}</ul>
                </nav>
                <nav aria-label=text.footer_portal()>
                    <h2>{text.footer_portal()}</h2>
                    <ul>{links(&[
                        (context.url(&Route::About), text.about()),
                        (context.url(&Route::Privacy), text.privacy()),
                        (context.url(&Route::Accessibility), text.accessibility()),
                        (Service::ApiDocumentation.path().to_owned(), text.api()),
                        (context.url(&Route::SignIn), context.text().sign_in().title()),
                    ])}</ul>
                </nav>
            </div>
        </footer>
    }
}
