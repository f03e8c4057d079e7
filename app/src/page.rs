//! What the portal answers with: a whole page, or the way to another.

use crate::backend::Unavailable;

/// An answer to a request for a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Answer {
    /// A page to show.
    Page(Page),
    /// The page lives at this path.
    Moved(String),
}

/// A rendered page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page {
    /// The HTTP status.
    pub status: u16,
    /// The whole document.
    pub html: String,
    /// Who may keep it.
    pub cache: Cache,
}

/// Who may keep a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cache {
    /// The same for everybody who sends no cookie.
    Public,
    /// Made for this person's municipality or list.
    Private,
    /// Not to be kept at all: errors.
    None,
}

/// Why a page cannot be shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Problem {
    /// There is nothing at this address.
    NotFound,
    /// The back end did not answer.
    Unavailable(Unavailable),
}

impl From<Unavailable> for Problem {
    fn from(unavailable: Unavailable) -> Self {
        Problem::Unavailable(unavailable)
    }
}

/// What a page says about itself to browsers, search engines and those it is shared with.
#[derive(Debug, Clone)]
pub struct Meta {
    /// The title, without the portal's name.
    pub title: String,
    /// One or two sentences.
    pub description: String,
    /// The part of the query string that makes this page another page than the one without it.
    pub canonical_query: String,
    /// Whether the page is an article (a case, a recommendation) rather than a page of the site.
    pub article: bool,
    /// Whether search engines should list it.
    pub listed: bool,
    /// Whether the page has islands, and so needs the loader.
    pub islands: bool,
    /// The page's Atom feed: title and path.
    pub feed: Option<(String, String)>,
    /// Linked data, each a JSON text.
    pub json_ld: Vec<String>,
}

impl Meta {
    /// A listed page of the site without islands.
    pub fn new(title: impl Into<String>, description: impl Into<String>) -> Self {
        Meta {
            title: title.into(),
            description: description.into(),
            canonical_query: String::new(),
            article: false,
            listed: true,
            islands: false,
            feed: None,
            json_ld: Vec::new(),
        }
    }
}
