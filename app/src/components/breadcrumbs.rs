//! Where a page stands.

use leptos::prelude::*;

use crate::context::Context;
use crate::routes::Route;

/// The way from the front page to this one. `steps` are the pages between, as address and name; the page itself comes
/// last without a link.
pub fn breadcrumbs(
    context: &Context,
    steps: &[(String, String)],
    here: &str,
) -> impl IntoView + use<> {
    let text = context.text().common();
    view! {
        <nav class="breadcrumbs" aria-label=text.breadcrumbs()>
            <ol>
                <li><a href=context.url(&Route::Home)>{text.front_page()}</a></li>
                {steps.iter().map(|(href, name)| view! { <li><a href=href.clone()>{name.clone()}</a></li> }).collect_view()}
                <li aria-current="page">{here.to_owned()}</li>
            </ol>
        </nav>
    }
}
