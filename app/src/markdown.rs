//! Markdown from publishers, made into HTML that cannot harm a reader.

use std::collections::HashSet;
use std::sync::LazyLock;

use ammonia::Builder;
use pulldown_cmark::{CowStr, Event, HeadingLevel, Options, Parser, Tag, TagEnd, html};

static CLEANER: LazyLock<Builder<'static>> = LazyLock::new(|| {
    let mut builder = Builder::empty();
    builder
        .tags(HashSet::from([
            "a",
            "blockquote",
            "br",
            "code",
            "em",
            "h3",
            "h4",
            "h5",
            "h6",
            "hr",
            "li",
            "ol",
            "p",
            "pre",
            "strong",
            "table",
            "tbody",
            "td",
            "th",
            "thead",
            "tr",
            "ul",
        ]))
        .tag_attributes(
            [
                ("a", HashSet::from(["href"])),
                ("ol", HashSet::from(["start"])),
            ]
            .into(),
        )
        .url_schemes(HashSet::from(["http", "https", "mailto", "tel"]))
        .link_rel(Some("noopener nofollow"));
    builder
});

/// The text as HTML. Headings start at the third level, below those of the page; images and raw HTML are left out.
pub fn to_html(text: &str) -> String {
    let mut inside_image = 0_u32;
    let events =
        Parser::new_ext(text, Options::ENABLE_TABLES).filter_map(move |event| match event {
            Event::Html(_) | Event::InlineHtml(_) => None,
            Event::Start(Tag::Image { .. }) => {
                inside_image += 1;
                None
            }
            Event::End(TagEnd::Image) => {
                inside_image = inside_image.saturating_sub(1);
                None
            }
            Event::Text(CowStr::Borrowed("")) => None,
            _ if inside_image > 0 => None,
            Event::Start(Tag::Heading {
                level,
                id,
                classes,
                attrs,
            }) => Some(Event::Start(Tag::Heading {
                level: below_page(level),
                id,
                classes,
                attrs,
            })),
            Event::End(TagEnd::Heading(level)) => {
                Some(Event::End(TagEnd::Heading(below_page(level))))
            }
            other => Some(other),
        });
    let mut unsafe_html = String::with_capacity(text.len() * 3 / 2);
    html::push_html(&mut unsafe_html, events);
    CLEANER.clean(&unsafe_html).to_string()
}

/// The web addresses that the text's links lead to, as they are written there.
pub fn links(text: &str) -> Vec<String> {
    Parser::new_ext(text, Options::ENABLE_TABLES)
        .filter_map(|event| match event {
            Event::Start(Tag::Link { dest_url, .. }) => Some(dest_url.into_string()),
            _ => None,
        })
        .filter(|address| address.starts_with("https://") || address.starts_with("http://"))
        .collect()
}

fn below_page(level: HeadingLevel) -> HeadingLevel {
    match level {
        HeadingLevel::H1 | HeadingLevel::H2 | HeadingLevel::H3 => HeadingLevel::H3,
        HeadingLevel::H4 => HeadingLevel::H4,
        HeadingLevel::H5 => HeadingLevel::H5,
        HeadingLevel::H6 => HeadingLevel::H6,
    }
}

#[cfg(test)]
mod tests {
    use super::{links, to_html};

    #[test]
    fn the_addresses_of_links_are_found_and_nothing_else() {
        let text = "[Å](https://a.example/å?x=1&amp;y) og <http://b.example> og [c][c], men ikke \
            ![billede](https://d.example/x.png), `[e](https://e.example)`, https://f.example, \
            [g](mailto:g@g.example) eller [h](/tilbud/h).\n\n[c]: https://c.example 'C'\n";
        assert_eq!(
            links(text),
            [
                "https://a.example/å?x=1&y",
                "http://b.example",
                "https://c.example"
            ]
        );
    }

    #[test]
    fn paragraphs_and_lists_come_through() {
        assert_eq!(
            to_html("En *god* tur\n\n- støvler\n"),
            "<p>En <em>god</em> tur</p>\n<ul>\n<li>støvler</li>\n</ul>\n"
        );
    }

    #[test]
    fn a_heading_stays_below_the_pages_own() {
        assert_eq!(to_html("# Før"), "<h3>Før</h3>\n");
    }

    #[test]
    fn nothing_that_runs_or_loads_comes_through() {
        for text in [
            "<script>alert(1)</script>",
            "[x](javascript:alert(1))",
            "![x](https://elsewhere.example/pixel.png)",
            "<img src=x onerror=alert(1)>",
            "<style>*{display:none}</style>",
            "[x](data:text/html,<script>1</script>)",
        ] {
            let html = to_html(text).to_lowercase();
            for bad in [
                "<script",
                "javascript:",
                "<img",
                "onerror",
                "<style",
                "data:",
            ] {
                assert!(!html.contains(bad), "{text} gave {html}");
            }
        }
    }
}
