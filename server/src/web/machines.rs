//! What search engines and browsers ask for: robots.txt, the sitemap, the OpenSearch description.

use std::sync::Arc;

use app::routes::{Route, Service};
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode, Uri};
use axum::response::Response;
use domain::{Language, municipality};
use quick_xml::events::{BytesDecl, BytesText, Event};
use quick_xml::writer::Writer;

use super::caching::{self, Policy};
use super::problem::{self, Explanation};
use crate::portal::Portal;

/// Objects a sitemap file; each has two addresses, and a file may have 50,000
/// (sitemaps.org protocol 0.9).
const OBJECTS_A_PART: usize = 20_000;
const NAMESPACE: &str = "http://www.sitemaps.org/schemas/sitemap/0.9";
const XML: &str = "application/xml; charset=utf-8";

/// `/robots.txt` (RFC 9309).
pub async fn robots(State(portal): State<Arc<Portal>>, headers: HeaderMap) -> Response {
    let text = format!(
        "User-agent: *\nDisallow: /administration\nDisallow: /log-ind/\nDisallow: /afmeld/\nDisallow: /bekraeft/\nDisallow: /min-liste\nDisallow: /billeder/*/meld\nDisallow: /en/billeder/*/meld\nSitemap: {}/sitemap.xml\n",
        portal.public_url()
    );
    caching::answer(
        &headers,
        StatusCode::OK,
        Policy::Public,
        "text/plain; charset=utf-8",
        text,
    )
}

/// `/sitemap.xml`: the list of the sitemap's files.
pub async fn sitemap_index(State(portal): State<Arc<Portal>>, headers: HeaderMap) -> Response {
    let objects = usize::try_from(portal.index().len()).unwrap_or(usize::MAX);
    let parts = objects.div_ceil(OBJECTS_A_PART).max(1);
    let written = document("sitemapindex", |writer| {
        for part in (0..=parts).map(|part| part.to_string()) {
            let address = format!("{}/sitemaps/{part}.xml", portal.public_url());
            writer
                .create_element("sitemap")
                .write_inner_content(|writer| text(writer, "loc", &address))?;
        }
        Ok(())
    });
    answer(&headers, written)
}

/// `/sitemaps/{part}.xml`: 0 holds the fixed pages and the municipalities, the others the objects.
pub async fn sitemap_part(
    State(portal): State<Arc<Portal>>,
    Path(part): Path<String>,
    uri: Uri,
    headers: HeaderMap,
) -> Response {
    let number = part
        .strip_suffix(".xml")
        .and_then(|number| number.parse::<usize>().ok());
    let routes: Vec<Route> =
        match number {
            Some(0) => Route::fixed()
                .into_iter()
                .filter(|route| *route != Route::MyList)
                .chain(municipality::all().iter().filter_map(|municipality| {
                    municipality.slug.parse().ok().map(Route::Municipality)
                }))
                .collect(),
            Some(number) => portal
                .index()
                .contents()
                .into_iter()
                .skip((number - 1) * OBJECTS_A_PART)
                .take(OBJECTS_A_PART)
                .map(|(kind, id, _)| Route::of(kind, id))
                .collect(),
            None => Vec::new(),
        };
    if routes.is_empty() {
        let language = problem::language(&uri, &headers);
        return problem::response(language, StatusCode::NOT_FOUND, Explanation::NotFound);
    }
    let address =
        |route: &Route, language| format!("{}{}", portal.public_url(), route.path(language));
    let written = document("urlset", |writer| {
        for route in &routes {
            for language in Language::ALL {
                writer.create_element("url").write_inner_content(|writer| {
                    text(writer, "loc", &address(route, language))?;
                    for other in Language::ALL {
                        writer
                            .create_element("xhtml:link")
                            .with_attribute(("rel", "alternate"))
                            .with_attribute(("hreflang", other.tag()))
                            .with_attribute(("href", address(route, other).as_str()))
                            .write_empty()?;
                    }
                    Ok(())
                })?;
            }
        }
        Ok(())
    });
    answer(&headers, written)
}

/// `/opensearch.xml` (OpenSearch 1.1): how a browser searches the portal from its address bar.
pub async fn open_search(State(portal): State<Arc<Portal>>, headers: HeaderMap) -> Response {
    let template =
        |path: &str, parameters: &str| format!("{}{path}?{parameters}", portal.public_url());
    let search = template(&Route::Search.path(Language::Danish), "q={searchTerms}");
    let feed = template(Service::SearchFeed.path(), "q={searchTerms}");
    let icon = format!("{}/favicon.svg", portal.public_url());
    let written = root(
        "OpenSearchDescription",
        "http://a9.com/-/spec/opensearch/1.1/",
        false,
        |writer| {
            text(writer, "ShortName", "Anker")?;
            text(
                writer,
                "Description",
                "Forløb og erfaringer fra den åbne skole",
            )?;
            text(writer, "InputEncoding", "UTF-8")?;
            text(writer, "Language", "da")?;
            text(writer, "Image", &icon)?;
            for (kind, template) in [("text/html", &search), ("application/atom+xml", &feed)] {
                writer
                    .create_element("Url")
                    .with_attribute(("type", kind))
                    .with_attribute(("template", template.as_str()))
                    .write_empty()?;
            }
            Ok(())
        },
    );
    match written {
        Ok(body) => caching::answer(
            &headers,
            StatusCode::OK,
            Policy::Public,
            "application/opensearchdescription+xml; charset=utf-8",
            body,
        ),
        Err(error) => fault(&error),
    }
}

type Xml = Writer<Vec<u8>>;

fn text(writer: &mut Xml, name: &str, content: &str) -> std::io::Result<()> {
    writer
        .create_element(name)
        .write_text_content(BytesText::new(content))
        .map(drop)
}

fn document(
    name: &str,
    content: impl FnOnce(&mut Xml) -> std::io::Result<()>,
) -> std::io::Result<Vec<u8>> {
    root(name, NAMESPACE, name == "urlset", content)
}

fn root(
    name: &str,
    namespace: &str,
    with_links: bool,
    content: impl FnOnce(&mut Xml) -> std::io::Result<()>,
) -> std::io::Result<Vec<u8>> {
    let mut writer = Writer::new(Vec::new());
    writer.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
    let mut element = writer
        .create_element(name)
        .with_attribute(("xmlns", namespace));
    if with_links {
        element = element.with_attribute(("xmlns:xhtml", "http://www.w3.org/1999/xhtml"));
    }
    element.write_inner_content(content)?;
    Ok(writer.into_inner())
}

fn answer(headers: &HeaderMap, written: std::io::Result<Vec<u8>>) -> Response {
    match written {
        Ok(body) => caching::answer(headers, StatusCode::OK, Policy::Public, XML, body),
        Err(error) => fault(&error),
    }
}

fn fault(error: &std::io::Error) -> Response {
    tracing::error!(error = %error, "a document for machines could not be written");
    problem::response(
        Language::Danish,
        StatusCode::INTERNAL_SERVER_ERROR,
        Explanation::Fault,
    )
}
