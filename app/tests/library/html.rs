//! Enough of an HTML reader to check pages: tags with their attributes, and whether they close as they should.

use std::collections::HashMap;

/// An opening tag.
#[derive(Debug)]
pub struct Tag {
    /// The element's name.
    pub name: String,
    /// Its attributes as written.
    pub attributes: HashMap<String, String>,
}

impl Tag {
    /// An attribute's value.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.attributes.get(name).map(String::as_str)
    }
}

const VOID: [&str; 6] = ["br", "hr", "img", "input", "link", "meta"];

/// Every opening tag of a document, in order.
///
/// # Panics
/// Where a tag is not closed, or closed in the wrong place, or an attribute stands twice.
pub fn tags(html: &str) -> Vec<Tag> {
    let mut tags = Vec::new();
    let mut open: Vec<String> = Vec::new();
    let mut rest = html;
    while let Some(start) = rest.find('<') {
        rest = &rest[start + 1..];
        if rest.starts_with("!--") {
            rest = &rest[rest.find("-->").expect("a comment ends") + 3..];
        } else if rest.starts_with('!') {
            rest = &rest[rest.find('>').expect("a declaration ends")..];
        } else if let Some(closing) = rest.strip_prefix('/') {
            let end = closing.find('>').expect("a closing tag ends");
            let last = open.pop();
            assert_eq!(
                last.as_deref(),
                Some(&closing[..end]),
                "closes in the wrong place"
            );
            rest = &closing[end..];
        } else {
            let (tag, after) = tag(rest);
            rest = after;
            if tag.name == "script" {
                let end = rest.find("</script>").expect("a script ends");
                rest = &rest[end + "</script>".len()..];
            } else if !VOID.contains(&tag.name.as_str()) {
                open.push(tag.name.clone());
            }
            tags.push(tag);
        }
    }
    assert!(open.is_empty(), "never closed: {open:?}");
    tags
}

fn tag(text: &str) -> (Tag, &str) {
    let end = text
        .find(|letter: char| letter.is_whitespace() || letter == '>' || letter == '/')
        .expect("a name ends");
    let (name, mut rest) = text.split_at(end);
    let mut attributes = HashMap::new();
    loop {
        rest = rest.trim_start_matches(|letter: char| letter.is_whitespace() || letter == '/');
        if let Some(after) = rest.strip_prefix('>') {
            return (
                Tag {
                    name: name.to_owned(),
                    attributes,
                },
                after,
            );
        }
        let end = rest.find(['=', ' ', '>', '/']).expect("an attribute ends");
        let (key, after) = rest.split_at(end);
        let (value, after) = match after.strip_prefix("=\"") {
            Some(quoted) => {
                let end = quoted.find('"').expect("a value ends");
                (quoted[..end].to_owned(), &quoted[end + 1..])
            }
            None => (String::new(), after),
        };
        let before = attributes.insert(key.to_owned(), value);
        assert!(before.is_none() || key == "class", "{name} has {key} twice");
        rest = after;
    }
}

/// Checks what holds for every page.
///
/// # Panics
/// Where something does not hold.
pub fn check(url: &str, html: &str) {
    let tags = tags(html);
    let count = |name: &str| tags.iter().filter(|tag| tag.name == name).count();
    assert_eq!(count("h1"), 1, "{url}: one first heading");
    assert_eq!(count("main"), 1, "{url}");
    let head = tags.iter().take_while(|tag| tag.name != "body");
    assert_eq!(head.filter(|tag| tag.name == "title").count(), 1, "{url}");
    let language = if url.starts_with("/en/") || url == "/en" {
        "en"
    } else {
        "da"
    };
    assert_eq!(
        tags.iter()
            .find(|tag| tag.name == "html")
            .and_then(|tag| tag.get("lang")),
        Some(language),
        "{url}"
    );

    let mut ids = std::collections::HashSet::new();
    for id in tags.iter().filter_map(|tag| tag.get("id")) {
        assert!(ids.insert(id), "{url}: the id {id} stands twice");
    }
    let labelled: Vec<&str> = tags
        .iter()
        .filter(|tag| tag.name == "label")
        .filter_map(|tag| tag.get("for"))
        .collect();
    for label in &labelled {
        assert!(
            ids.contains(label),
            "{url}: a label for {label}, which is not there"
        );
    }
    for tag in &tags {
        let of = |name: &str| tag.get(name).unwrap_or_default();
        match tag.name.as_str() {
            "input" if of("type") == "hidden" => {}
            "input" | "select" | "textarea" => assert!(
                labelled.contains(&of("id")) || !of("aria-label").is_empty(),
                "{url}: no label for {tag:?}"
            ),
            "img" => assert!(
                tag.get("alt").is_some(),
                "{url}: {tag:?} has no alternative"
            ),
            "svg" => assert!(
                of("aria-hidden") == "true" || !of("aria-label").is_empty(),
                "{url}: {tag:?} has no name"
            ),
            "script" => assert!(
                of("type") == "application/ld+json" || of("src").starts_with("/pkg/"),
                "{url}: an inline script"
            ),
            "a" => assert!(!of("href").is_empty(), "{url}: a link to nowhere: {tag:?}"),
            _ => {}
        }
        assert!(
            tag.get("style").is_none(),
            "{url}: an inline style on {tag:?}"
        );
        assert!(
            !tag.attributes.keys().any(|key| key.starts_with("on")),
            "{url}: an inline handler on {tag:?}"
        );
        for reference in ["aria-describedby", "aria-labelledby", "form"] {
            for id in of(reference).split_whitespace().filter(|id| *id != "none") {
                assert!(
                    ids.contains(id),
                    "{url}: {reference} names {id}, which is not there"
                );
            }
        }
        if let Some(fragment) = tag.get("href").and_then(|href| href.strip_prefix('#')) {
            assert!(
                ids.contains(fragment),
                "{url}: a link to #{fragment}, which is not there"
            );
        }
    }
    let islands = count("leptos-island") > 0;
    let scripts = tags
        .iter()
        .filter(|tag| tag.name == "script" && tag.get("src").is_some())
        .count();
    assert_eq!(
        scripts,
        usize::from(islands),
        "{url}: a script exactly where there is an island"
    );
    check_headings(url, &tags);
}

/// No level of heading is left out on the way down.
fn check_headings(url: &str, tags: &[Tag]) {
    let mut last = 0;
    for level in tags
        .iter()
        .filter_map(|tag| tag.name.strip_prefix('h')?.parse::<u8>().ok())
    {
        assert!(
            level <= last + 1,
            "{url}: a heading of level {level} after one of level {last}"
        );
        last = level;
    }
}
