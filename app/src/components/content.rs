//! What people have written, shown as they wrote it: Markdown, links, where it came from.

use domain::{Language, WebAddress};
use leptos::prelude::*;

use crate::context::Context;
use crate::markdown;

/// The `lang` attribute of what publishers wrote: they write Danish, so on an English page it is said, and read aloud
/// as Danish.
pub fn written_language(context: &Context) -> Option<&'static str> {
    (context.language == Language::English).then_some("da")
}

/// A publisher's Markdown.
pub fn prose(context: &Context, text: &str) -> impl IntoView + use<> {
    view! { <div class="prose" lang=written_language(context) inner_html=markdown::to_html(text)></div> }
}

/// The portal's own Markdown, already in the page's language.
pub fn own_prose(text: &str) -> impl IntoView + use<> {
    view! { <div class="prose" inner_html=markdown::to_html(text)></div> }
}

/// The host of a web address, as people know a site: `natmus.dk`.
pub fn host(address: &WebAddress) -> &str {
    let text = address.as_str();
    let rest = text.split_once("://").map_or(text, |(_, rest)| rest);
    let host = rest.split(['/', '?', '#']).next().unwrap_or(rest);
    host.strip_prefix("www.").unwrap_or(host)
}

/// A link to where something was first published.
pub fn source_link(context: &Context, address: &WebAddress) -> impl IntoView + use<> {
    let text = context.text().detail().source_at(host(address));
    view! { <a href=address.as_str().to_owned() rel="noopener">{text}</a> }
}

/// What must be said above content that is not the publisher's own: that it is a sample, and where to look.
pub fn sample_notice(
    context: &Context,
    sample: bool,
    source: Option<&WebAddress>,
) -> Option<impl IntoView + use<>> {
    let source = source.map(|address| view! { " "{source_link(context, address)} });
    sample
        .then(|| view! { <p class="notice">{context.text().common().sample_notice()}{source}</p> })
}

/// The same mark for the portal's own editorial content, which has no source of its own.
pub fn sample_mark(context: &Context, sample: bool) -> Option<impl IntoView + use<>> {
    sample.then(|| view! { <p class="notice">{context.text().detail().sample_editorial()}</p> })
}

/// On an English page: that what follows was written in Danish.
pub fn danish_notice(context: &Context) -> Option<impl IntoView + use<>> {
    (context.language == Language::English)
        .then(|| view! { <p class="written-in soft small">{context.text().detail().written_in_danish()}</p> })
}

/// Names as people list them: "a, b og c".
pub fn listed<Name: AsRef<str>>(names: &[Name], and: &str) -> String {
    match names {
        [] => String::new(),
        [only] => only.as_ref().to_owned(),
        [before @ .., last] => {
            let before: Vec<&str> = before.iter().map(AsRef::as_ref).collect();
            [&before.join(", "), " ", and, " ", last.as_ref()].concat()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_listed_as_people_list_them() {
        assert_eq!(listed::<&str>(&[], "og"), "");
        assert_eq!(listed(&["pris"], "og"), "pris");
        assert_eq!(listed(&["fag", "pris", "sted"], "og"), "fag, pris og sted");
    }

    #[test]
    fn a_source_is_known_by_its_host() {
        let address: WebAddress = "https://www.natmus.dk/skole?x=1"
            .parse()
            .expect("an address");
        assert_eq!(host(&address), "natmus.dk");
    }
}
