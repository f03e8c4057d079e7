//! From a request to its page. One function, so that the server has nothing to know about pages.

use leptos::prelude::{IntoView, Owner};

use crate::backend::Backend;
use crate::context::Context;
use crate::page::{Answer, Cache, Meta, Page, Problem};
use crate::routes::Route;
use crate::{pages, shell};

/// Renders the page that `context` asks for. `path` is the path as it was asked for; a page asked for by another
/// spelling of its address is answered with the way to the right one.
pub async fn render<B: Backend>(context: &Context, path: &str, backend: &B) -> Answer {
    if let Some(route) = &context.route {
        let right = context.url(route);
        if right != path {
            return Answer::Moved(context.url_with(route, &context.query));
        }
    }
    let rendered = match &context.route {
        Some(route) => route_page(context, route, backend).await,
        None => Err(Problem::NotFound),
    };
    Answer::Page(match rendered {
        Ok(page) => page,
        Err(problem) => problem_page(context, &problem),
    })
}

async fn route_page<B: Backend>(
    context: &Context,
    route: &Route,
    backend: &B,
) -> Result<Page, Problem> {
    match route {
        Route::Home => pages::home::page(context, backend).await,
        Route::Search => pages::search::page(context, backend).await,
        Route::Map => pages::map::page(context, backend).await,
        Route::MyList => pages::list::page(context, backend).await,
        Route::Offer(id) => pages::offer::page(context, backend, id).await,
        Route::Case(id) => pages::case::page(context, backend, id).await,
        Route::Organisation(id) => pages::organisation::page(context, backend, id).await,
        Route::Municipalities => pages::municipality::list(context, backend).await,
        Route::Municipality(slug) => pages::municipality::page(context, backend, slug).await,
        Route::Recommendations => pages::recommendations::list(context, backend).await,
        Route::Recommendation(id) => pages::recommendations::page(context, backend, id).await,
        Route::Strategies => pages::strategies::list(context, backend).await,
        Route::Strategy(code) => pages::strategies::page(context, backend, code).await,
        Route::Roles => pages::roles::list(context, backend).await,
        Route::Role(code) => pages::roles::page(context, backend, code).await,
        Route::Mapping => Ok(pages::mapping::page(context)),
        Route::About => Ok(pages::about::page(context)),
        Route::Privacy => Ok(pages::privacy::page(context)),
        Route::Accessibility => Ok(pages::accessibility::page(context)),
        // These know who asks, which a back end for readers does not; the server answers them itself.
        Route::SignIn
        | Route::SecondStep
        | Route::Newcomer
        | Route::SignUp
        | Route::DeleteAccount
        | Route::Account
        | Route::Letters
        | Route::SecondFactor
        | Route::Desk(_)
        | Route::UploadImage
        | Route::UploadFile
        | Route::ReportImage(_)
        | Route::GiveFeedback(_)
        | Route::ReportFeedback(_) => Err(Problem::NotFound),
    }
}

/// The page that says what went wrong, and the ways on.
pub fn problem_page(context: &Context, problem: &Problem) -> Page {
    let mut page = pages::problem::page(context, problem);
    page.cache = Cache::None;
    page
}

/// A page with status 200.
pub fn page<V: IntoView>(context: &Context, meta: &Meta, content: impl FnOnce() -> V) -> Page {
    page_with_status(context, 200, meta, content)
}

/// A page with another status.
///
/// The view is made and written inside an owner of its own, which islands need to know that they are at the edge
/// between the page's still HTML and what wakes in the browser. There is no stream and no resource: a page's data is
/// there before its view is made, so nothing but HTML is written.
pub fn page_with_status<V: IntoView>(
    context: &Context,
    status: u16,
    meta: &Meta,
    content: impl FnOnce() -> V,
) -> Page {
    let owner = Owner::new();
    let html = owner.with(|| shell::document(context, meta, content()));
    owner.cleanup();
    let cache = if context.is_public() {
        Cache::Public
    } else {
        Cache::Private
    };
    Page {
        status,
        html,
        cache,
    }
}

/// A page that search engines leave out and nobody keeps: it is about who asks.
pub fn unlisted_page<V: IntoView>(
    context: &Context,
    status: u16,
    title: &str,
    content: impl FnOnce() -> V,
) -> Page {
    let mut meta = Meta::new(title, title);
    meta.listed = false;
    let mut page = page_with_status(context, status, &meta, content);
    page.cache = Cache::None;
    page
}
