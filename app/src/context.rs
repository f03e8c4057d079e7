//! What a page knows beside its own content: who asks, for what, in which language, and what the site is.

use std::collections::BTreeMap;
use std::sync::Arc;

use domain::{Language, Municipality, MunicipalityCode, PhoneNumber, Slug};
use jiff::civil::Date;

use crate::choices::{LIST_COOKIE, MUNICIPALITY_COOKIE, cookie, parse_list};
use crate::routes::{Route, Service};
use crate::text::Text;

/// What stays the same from request to request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Site {
    /// The address people use, without a trailing slash: `https://anker.example`.
    pub public_url: String,
    /// Where to write about the portal; shown on the privacy and accessibility pages.
    pub contact_email: String,
    /// Where to call about the portal; shown beside the address where there is one.
    pub contact_phone: Option<PhoneNumber>,
    /// The hashed addresses of styles and scripts.
    pub assets: Assets,
}

/// The hashed addresses of the built files, by their names.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Assets(BTreeMap<String, String>);

impl Assets {
    /// From pairs of a name (`main.css`, `anker.js`, `favicon.svg`) and the address it is served from.
    pub fn new(addresses: impl IntoIterator<Item = (String, String)>) -> Self {
        Assets(addresses.into_iter().collect())
    }

    /// The address of a built file; none where the bundle has no such file.
    pub fn address(&self, name: &str) -> Option<&str> {
        self.0.get(name).map(String::as_str)
    }
}

/// One request for a page, parsed.
#[derive(Debug, Clone)]
pub struct Context {
    /// The site asked.
    pub site: Arc<Site>,
    /// The language of the page.
    pub language: Language,
    /// The page asked for; none where there is no such page.
    pub route: Option<Route>,
    /// The query string as asked, without the question mark.
    pub query: String,
    /// The municipality the person has chosen.
    pub home: Option<&'static Municipality>,
    /// The offers the person has saved, in their order.
    pub list: Vec<Slug>,
    /// Today's date in Denmark.
    pub today: Date,
}

impl Context {
    /// Reads a request. `cookies` is the request's whole `Cookie` header, or nothing.
    pub fn new(site: Arc<Site>, path: &str, query: &str, cookies: &str, today: Date) -> Self {
        let (language, route) = Route::parse(path);
        Context {
            site,
            language,
            route,
            query: query.to_owned(),
            home: cookie(cookies, MUNICIPALITY_COOKIE)
                .and_then(|code| code.parse::<MunicipalityCode>().ok())
                .map(MunicipalityCode::municipality),
            list: cookie(cookies, LIST_COOKIE)
                .map(parse_list)
                .unwrap_or_default(),
            today,
        }
    }

    /// The texts in the page's language.
    pub fn text(&self) -> Text {
        Text::new(self.language)
    }

    /// The address of a page in this page's language.
    pub fn url(&self, route: &Route) -> String {
        route.path(self.language)
    }

    /// The address of a page with a query string (without its question mark; may be empty).
    pub fn url_with(&self, route: &Route, query: &str) -> String {
        with_query(route.path(self.language), query)
    }

    /// The address of a service with a query string.
    pub fn service_with(&self, service: Service, query: &str) -> String {
        with_query(service.path().to_owned(), query)
    }

    /// A path of this site as people elsewhere write it.
    pub fn absolute(&self, path: &str) -> String {
        let mut url = String::with_capacity(self.site.public_url.len() + path.len());
        url.push_str(&self.site.public_url);
        url.push_str(path);
        url
    }

    /// The page being read, with its query, as a path: where a form comes back to.
    pub fn here(&self) -> String {
        match &self.route {
            Some(route) => self.url_with(route, &self.query),
            None => self.url(&Route::Home),
        }
    }

    /// Whether the page is the same for everybody.
    pub fn is_public(&self) -> bool {
        self.home.is_none() && (self.list.is_empty() || self.route != Some(Route::MyList))
    }
}

fn with_query(mut path: String, query: &str) -> String {
    if !query.is_empty() {
        path.push('?');
        path.push_str(query);
    }
    path
}
