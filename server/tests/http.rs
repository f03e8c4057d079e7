//! The portal over HTTP, against the real embedded database and the real index.
#![expect(clippy::unwrap_used, reason = "a test says what it expects")]

#[path = "http/attachments.rs"]
mod attachments;
#[path = "http/audit_log.rs"]
mod audit_log;
#[path = "http/openid.rs"]
mod openid;
#[path = "http/personal_data.rs"]
mod personal_data;
#[path = "http/publishing.rs"]
mod publishing;
#[path = "support/site.rs"]
mod site;

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::http::header::{
    ACCEPT_LANGUAGE, AUTHORIZATION, CONTENT_TYPE, COOKIE, ETAG, IF_NONE_MATCH, LOCATION, SET_COOKIE,
};
use axum::http::{HeaderMap, Request, StatusCode};
use domain::membership::PortalRole;
use http_body_util::BodyExt as _;
use rand::SeedableRng as _;
use serde_json::{Value, json};
use server::clock::Clock;
use server::exchange::sample;
use server::mail::MailUrl;
use server::openid::OpenIdSettings;
use server::portal::{Portal, Settings};
use server::web;
use store::{Author, DatabaseUrl, LinkPurpose, Origin, Secret};
use tower::ServiceExt as _;

#[path = "http/feedback.rs"]
mod feedback;
#[path = "http/mail.rs"]
mod mail;
#[path = "http/second_factor.rs"]
mod second_factor;

#[path = "http/links.rs"]
mod links;
#[path = "http/upkeep.rs"]
mod upkeep;
#[path = "http/visibility.rs"]
mod visibility;

const NOW: &str = "2026-11-24T12:00:00Z";

struct TestPortal {
    portal: Arc<Portal>,
    router: Router,
    _directory: tempfile::TempDir,
}

/// Someone who asks.
#[derive(Clone, Default)]
struct Persona {
    token: Option<String>,
    cookie: Option<String>,
}

struct Answer {
    status: StatusCode,
    headers: HeaderMap,
    body: Vec<u8>,
}

impl Answer {
    fn json(&self) -> Value {
        serde_json::from_slice(&self.body)
            .unwrap_or_else(|error| panic!("{error}: {}", self.text()))
    }

    fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    fn header(&self, name: impl axum::http::header::AsHeaderName) -> &str {
        self.headers
            .get(name)
            .map_or("", |value| value.to_str().unwrap())
    }
}

impl TestPortal {
    /// An empty portal on a fixed clock.
    async fn empty() -> TestPortal {
        TestPortal::settled(None).await
    }

    /// An empty portal that signs people in at an issuer as well.
    async fn with_issuer(issuer: &str) -> TestPortal {
        let openid = OpenIdSettings {
            issuer: server::openid::issuer(issuer).unwrap(),
            client: "anker".into(),
            secret: Some("hemmeligt".into()),
            name: "Unilogin".into(),
        };
        TestPortal::settled(Some(openid)).await
    }

    async fn settled(openid: Option<OpenIdSettings>) -> TestPortal {
        let directory = tempfile::tempdir().unwrap();
        let site = directory.path().join("site");
        site::write(&site);
        let settings = Settings {
            data: directory.path().join("data"),
            database: DatabaseUrl::parse("memory", directory.path()).unwrap(),
            public_url: "https://anker.example".into(),
            mail: MailUrl::File,
            contact_email: "kontakt@anker.example".into(),
            password_cost: cheap(),
            contact_phone: Some("+45 12 34 56 78".parse().unwrap()),
            openid,
            site: Some(site),
        };
        let clock = Clock::Fixed(NOW.parse().unwrap());
        let portal = Arc::new(Portal::open(&settings, clock).await.unwrap());
        let router = web::router(Arc::clone(&portal));
        TestPortal {
            portal,
            router,
            _directory: directory,
        }
    }

    /// A portal with the sample content.
    async fn with_sample() -> TestPortal {
        let test = TestPortal::empty().await;
        sample::put(&test.portal.store, test.portal.clock.now(), &Author::Portal)
            .await
            .unwrap();
        test.caught_up().await;
        test
    }

    async fn caught_up(&self) {
        self.portal.indexer.catch_up(|_| {}).await.unwrap();
    }

    async fn administrator(&self) -> Persona {
        let secret = Secret::generate(&mut rand::rngs::StdRng::seed_from_u64(1));
        let now = self.portal.clock.now();
        self.portal
            .store
            .create_token(&secret, "test", PortalRole::Administrator, now)
            .await
            .unwrap();
        Persona {
            token: Some(secret.reveal()),
            cookie: None,
        }
    }

    async fn send(
        &self,
        persona: &Persona,
        method: &str,
        path: &str,
        headers: &[(&str, &str)],
        body: impl Into<Body>,
    ) -> Answer {
        let mut request = Request::builder().method(method).uri(path);
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        if let Some(token) = &persona.token {
            request = request.header(AUTHORIZATION, format!("Bearer {token}"));
        }
        if let Some(cookie) = &persona.cookie {
            request = request.header(COOKIE, cookie);
        }
        let response = self
            .router
            .clone()
            .oneshot(request.body(body.into()).unwrap())
            .await
            .unwrap();
        let (parts, body) = response.into_parts();
        let body = tokio::time::timeout(Duration::from_secs(30), body.collect())
            .await
            .unwrap()
            .unwrap();
        Answer {
            status: parts.status,
            headers: parts.headers,
            body: body.to_bytes().to_vec(),
        }
    }

    async fn get(&self, path: &str) -> Answer {
        self.send(&Persona::default(), "GET", path, &[], Body::empty())
            .await
    }

    async fn import(&self, persona: &Persona, lines: &str) -> Answer {
        self.send(
            persona,
            "POST",
            "/api/v1/import",
            &[("content-type", "application/x-ndjson")],
            lines.to_owned(),
        )
        .await
    }
}

/// What hashing a password costs here: next to nothing.
fn cheap() -> argon2::Params {
    argon2::Params::new(argon2::Params::MIN_M_COST, 1, 1, None).unwrap()
}

fn encoded(pairs: &[(&str, &str)]) -> String {
    domain::search::encode_pairs(pairs.iter().copied())
}

#[tokio::test]
async fn a_search_answers_as_the_interface_says() {
    let test = TestPortal::with_sample().await;
    let query = encoded(&[
        ("q", "dyr i vandhullet"),
        ("kind", "offer"),
        ("grade", "99"),
        ("perPage", "5"),
    ]);
    let answer = test.get(&format!("/api/v1/search?{query}")).await;
    assert_eq!(answer.status, StatusCode::OK);
    let found = answer.json();
    assert!(found["total"].as_u64().unwrap() > 3, "{found}");
    assert_eq!(found["page"], 1);
    assert_eq!(found["perPage"], 5);
    assert_eq!(found["hits"].as_array().unwrap().len(), 5);
    let hit = &found["hits"][0];
    assert_eq!(hit["kind"], "offer");
    assert_eq!(
        hit["url"],
        format!("/tilbud/{}", hit["id"].as_str().unwrap())
    );
    assert!(hit["provider"]["name"].is_string());
    assert!(found["hits"].as_array().unwrap().iter().any(|hit| {
        hit["highlights"]
            .as_array()
            .unwrap()
            .iter()
            .any(|text| text.as_str().unwrap().contains("<mark>"))
    }));
    assert_eq!(found["ignored"][0]["parameter"], "grade");
    assert_eq!(found["ignored"][0]["value"], "99");
    assert!(found["facets"]["subject"][0]["label"].is_string());
    assert!(
        found["facets"].get("task").is_none(),
        "offers have no tasks"
    );
    let translated = test.get("/en/soeg?q=knowledge&kind=role").await.text();
    assert!(
        translated.contains("<mark>knowledge</mark>"),
        "{translated}"
    );
    let none = test.get("/api/v1/search?q=museum&facets=none").await.json();
    assert_eq!(none["facets"], json!({}));
}

#[tokio::test]
async fn suggestions_are_of_the_kinds_asked_for() {
    let test = TestPortal::with_sample().await;
    let suggested = async |query: &str| {
        let answer = test.get(&format!("/api/v1/suggest?q=museum&{query}")).await;
        assert_eq!(answer.status, StatusCode::OK);
        answer.json()
    };
    let kinds = |found: &Value| -> Vec<String> {
        let list = found["suggestions"].as_array().unwrap();
        list.iter()
            .filter_map(|suggestion| suggestion["kind"].as_str().map(str::to_owned))
            .collect()
    };
    assert!(kinds(&suggested("").await).contains(&"organisation".to_owned()));

    let cases = suggested("kind=case").await;
    assert!(!kinds(&cases).is_empty(), "{cases}");
    assert!(kinds(&cases).iter().all(|kind| kind == "case"), "{cases}");
    assert!(cases.get("ignored").is_none(), "{cases}");
    for words in cases["suggestions"].as_array().unwrap() {
        if words["kind"].is_null() {
            assert!(words["url"].as_str().unwrap().ends_with("&kind=case"));
        }
    }

    let both = kinds(&suggested("kind=case&kind=organisation").await);
    assert!(
        both.iter()
            .all(|kind| kind == "case" || kind == "organisation")
    );
    assert!(both.contains(&"organisation".to_owned()));

    let odd = suggested("kind=offer&kind=ship&subject=dansk&lang=en").await;
    assert!(kinds(&odd).iter().all(|kind| kind == "offer"), "{odd}");
    assert_eq!(odd["ignored"].as_array().unwrap().len(), 1, "{odd}");
    assert_eq!(odd["ignored"][0]["parameter"], "kind");
    assert_eq!(odd["ignored"][0]["value"], "ship");
}

#[tokio::test]
async fn a_page_tells_what_has_changed_and_not_who_changed_it() {
    let test = TestPortal::empty().await;
    let organisation =
        r#"{"type":"organisation","id":"museet","name":"Museet","kind":"institution"}"#;
    let offer = |title: &str, more: Value| {
        let mut offer = json!({"type": "offer", "id": "vand", "title": title,
            "summary": "Vand", "provider": "museet"});
        offer
            .as_object_mut()
            .unwrap()
            .extend(more.as_object().unwrap().clone());
        [organisation.to_owned(), offer.to_string()]
            .map(|line| domain::exchange::parse_line(&line).unwrap())
    };
    let put = async |entries: &[domain::Entry], time: &str| {
        let author = Author::Token("Hemmelige Hans".into());
        let time = time.parse().unwrap();
        let store = &test.portal.store;
        store
            .put_many(entries, &author, time, Origin::People)
            .await
            .unwrap();
    };
    put(&offer("Vand", json!({})), "2026-03-01T12:00:00Z").await;
    let page = async || test.get("/tilbud/vand").await.text();
    test.caught_up().await;
    assert!(
        !page().await.contains("Hvad er ændret"),
        "a first version has not changed"
    );

    put(
        &offer("Vand", json!({"maxPupils": 28})),
        "2026-03-02T12:00:00Z",
    )
    .await;
    let priced = json!({"maxPupils": 28, "price": {"kind": "free"}, "updated": "2026-03-03"});
    put(
        &offer("Vand og liv", priced.clone()),
        "2026-03-03T23:30:00Z",
    )
    .await;
    test.caught_up().await;
    let html = page().await;
    assert!(html.contains("Hvad er ændret"), "{html}");
    let newest = html.find("4. marts 2026</time>: titel og pris").unwrap();
    let oldest = html.find("2. marts 2026</time>: antal elever").unwrap();
    assert!(newest < oldest);
    assert!(!html.contains("Hans"));

    for day in 10..25 {
        let mut more = priced.clone();
        more["maxPupils"] = day.into();
        put(&offer("Vand", more), &format!("2026-04-{day}T12:00:00Z")).await;
    }
    assert_eq!(page().await.matches("</time>: ").count(), 10);
}

#[tokio::test]
async fn bad_questions_get_a_clear_answer() {
    let test = TestPortal::with_sample().await;
    let long = "a".repeat(10_000);
    for query in [
        format!("q={long}"),
        "q=%00%01%1F%7F".into(),
        "q=%FF%FE%80".into(),
        "page=4294967295&perPage=4294967295".into(),
        "page=0&perPage=-1&near=91,181&within=x&sort=up&facets=%2C%2C".into(),
        "&&&=&=x&%=%".into(),
        "grade=5&".repeat(2_000),
        "q=%22+OR+*%3A*+AND+(((((((".into(),
    ] {
        for path in [
            "/api/v1/search",
            "/api/v1/suggest",
            "/soeg",
            "/en/soeg",
            "/feeds/soeg.atom",
            "/kort",
            "/min-liste",
        ] {
            let answer = test.get(&format!("{path}?{query}")).await;
            assert_eq!(answer.status, StatusCode::OK, "{path} {:.60}", query);
        }
    }
    let told = test
        .get(&format!("/api/v1/search?lang=en&q={long}"))
        .await
        .json();
    assert_eq!(told["ignored"][0]["parameter"], "q");
    assert!(
        told["ignored"][0]["reason"]
            .as_str()
            .unwrap()
            .contains("at most 300"),
        "{told}"
    );
}

#[tokio::test]
async fn objects_come_in_the_exchange_format_and_errors_as_problem_details() {
    let test = TestPortal::with_sample().await;
    let offer = test.get("/api/v1/offers/lolland-skovbunden").await;
    assert_eq!(offer.header(CONTENT_TYPE), "application/json");
    assert!(domain::exchange::parse_line(&offer.text()).is_ok());
    for path in [
        "cases/mas-museet-i-den-aabne-skole",
        "strategies/learning-platform",
        "roles/contact-person",
        "recommendations/rec-transport-skole",
        "organisations/aabenraa-kommune",
    ] {
        assert_eq!(
            test.get(&format!("/api/v1/{path}")).await.status,
            StatusCode::OK,
            "{path}"
        );
    }
    let missing = test
        .send(
            &Persona::default(),
            "GET",
            "/api/v1/offers/findes-ikke",
            &[(ACCEPT_LANGUAGE.as_str(), "en")],
            Body::empty(),
        )
        .await;
    assert_eq!(missing.status, StatusCode::NOT_FOUND);
    assert_eq!(missing.header(CONTENT_TYPE), "application/problem+json");
    assert_eq!(missing.json()["title"], "Not found");
    assert_eq!(
        test.get("/api/v1/offers/Ikke%20et%20id").await.json()["title"],
        "Ikke et id"
    );
    assert_eq!(
        test.get("/api/v1/nothing").await.header(CONTENT_TYPE),
        "application/problem+json"
    );
    let described = test.get("/api/v1/openapi.json").await.json();
    for path in [
        "/api/v1/search",
        "/api/v1/suggest",
        "/api/v1/import",
        "/api/v1/cases/{id}",
    ] {
        assert!(
            described["paths"].get(path).is_some(),
            "{path} is not described"
        );
    }
    let documentation = test.get("/api/docs/").await;
    assert_eq!(documentation.status, StatusCode::OK);
    assert!(!documentation.text().contains("https://cdn"));
}

#[tokio::test]
async fn every_page_answers_in_both_languages_with_headers_and_an_entity_tag() {
    let test = TestPortal::with_sample().await;
    let pages = [
        "",
        "soeg",
        "soeg?q=museum&vis=kort",
        "kort",
        "min-liste",
        "anbefalinger",
        "anbefalinger/rec-transport-skole",
        "strategier",
        "strategier/learning-platform",
        "roller",
        "roller/contact-person",
        "kommuner",
        "kommuner/albertslund",
        "organisationer/aabenraa-kommune",
        "tilbud/lolland-skovbunden",
        "erfaringer/mas-museet-i-den-aabne-skole",
        "om",
        "privatliv",
        "tilgaengelighed",
        "kortlaegning",
    ];
    for page in pages {
        for prefix in ["/", "/en/"] {
            let path = if page.is_empty() {
                prefix
                    .trim_end_matches("en/")
                    .trim_end_matches("/en")
                    .to_owned()
            } else {
                format!("{prefix}{page}")
            };
            let path = if page.is_empty() && prefix == "/en/" {
                "/en/".to_owned()
            } else {
                path
            };
            let answer = test.get(&path).await;
            assert_eq!(
                answer.status,
                StatusCode::OK,
                "{path}: {}",
                answer.header(LOCATION)
            );
            assert_eq!(
                answer.header(CONTENT_TYPE),
                "text/html; charset=utf-8",
                "{path}"
            );
            assert_eq!(answer.header("x-content-type-options"), "nosniff");
            assert!(
                answer
                    .header("content-security-policy")
                    .starts_with("default-src 'none'")
            );
            assert!(
                answer
                    .header("strict-transport-security")
                    .contains("max-age")
            );
            assert!(!answer.header("x-request-id").is_empty());
            let policy = if page == "min-liste" {
                "private, no-cache"
            } else {
                "public, no-cache"
            };
            assert_eq!(answer.header("cache-control"), policy, "{path}");
            let language = if prefix == "/en/" { "en" } else { "da" };
            assert!(
                answer
                    .text()
                    .contains(&format!("<html lang=\"{language}\"")),
                "{path}"
            );
            let etag = answer.header(ETAG).to_owned();
            let again = test
                .send(
                    &Persona::default(),
                    "GET",
                    &path,
                    &[(IF_NONE_MATCH.as_str(), &etag)],
                    Body::empty(),
                )
                .await;
            assert_eq!(again.status, StatusCode::NOT_MODIFIED, "{path}");
            assert!(again.body.is_empty());
        }
    }
}

#[tokio::test]
async fn what_is_not_there_is_said_with_a_way_on() {
    let test = TestPortal::with_sample().await;
    for path in [
        "/findes-ikke",
        "/tilbud/findes-ikke",
        "/en/tilbud/findes-ikke",
        "/tilbud/Æ",
        "/kommuner/atlantis",
    ] {
        let answer = test.get(path).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{path}");
        assert!(answer.text().contains("<form"), "{path} offers a search");
        assert_eq!(answer.header("cache-control"), "no-store");
    }
    let slash = test.get("/soeg/?q=a").await;
    assert!(slash.status.is_redirection());
    assert_eq!(slash.header(LOCATION), "/soeg?q=a");
    let post = test
        .send(&Persona::default(), "POST", "/soeg", &[], Body::empty())
        .await;
    assert_eq!(post.status, StatusCode::METHOD_NOT_ALLOWED);
}

#[tokio::test]
async fn a_page_without_an_island_loads_no_script() {
    let test = TestPortal::with_sample().await;
    for path in [
        "/om",
        "/privatliv",
        "/tilgaengelighed",
        "/strategier",
        "/roller",
        "/anbefalinger",
        "/kommuner",
    ] {
        let text = test.get(path).await.text();
        let islands = text.contains("<leptos-island");
        assert_eq!(text.contains("<script type=\"module\""), islands, "{path}");
    }
    for path in ["/om", "/privatliv", "/tilgaengelighed"] {
        assert!(
            !test
                .get(path)
                .await
                .text()
                .contains("<script type=\"module\""),
            "{path}"
        );
    }
    assert!(
        test.get("/soeg")
            .await
            .text()
            .contains("<script type=\"module\"")
    );
}

#[tokio::test]
async fn the_municipality_and_the_list_live_in_cookies() {
    let test = TestPortal::with_sample().await;
    let anonymous = Persona::default();
    let form = [("content-type", "application/x-www-form-urlencoded")];
    let chosen = test
        .send(
            &anonymous,
            "POST",
            "/min-kommune",
            &form,
            "municipality=360&to=%2Fsoeg",
        )
        .await;
    assert_eq!(chosen.status, StatusCode::SEE_OTHER);
    assert_eq!(chosen.header(LOCATION), "/soeg");
    assert!(
        chosen.header(SET_COOKIE).starts_with("kommune=360;"),
        "{}",
        chosen.header(SET_COOKIE)
    );
    let lolland = Persona {
        cookie: Some("kommune=360".into()),
        token: None,
    };
    let page = test
        .send(
            &lolland,
            "GET",
            "/tilbud/lolland-skovbunden",
            &[],
            Body::empty(),
        )
        .await;
    assert_eq!(page.header("cache-control"), "private, no-cache");
    assert!(page.text().contains("Lolland"));
    let saved = test
        .send(
            &anonymous,
            "POST",
            "/min-liste",
            &form,
            "add=lolland-skovbunden&to=%2F%2Fevil.example",
        )
        .await;
    assert_eq!(saved.header(LOCATION), "/");
    assert!(
        saved
            .header(SET_COOKIE)
            .starts_with("liste=lolland-skovbunden;")
    );
    let csv = test
        .get("/min-liste.csv?ids=lolland-skovbunden,lolland-tage-tangloppe")
        .await;
    assert!(csv.text().starts_with('\u{feff}'));
    let rows = csv
        .text()
        .lines()
        .filter(|line| line.starts_with("lolland-"))
        .count();
    assert_eq!(rows, 2, "{}", csv.text());
    let with_notes = test
        .send(
            &anonymous,
            "POST",
            "/min-liste.csv?ids=lolland-skovbunden,lolland-tage-tangloppe&lang=da",
            &form,
            encoded(&[
                (
                    "note-lolland-skovbunden",
                    "Ring om bussen; husk «støvler»\r\nog mad",
                ),
                ("note-lolland-tage-tangloppe", "=1+1"),
                ("note-lolland-havet", "ikke på listen"),
            ]),
        )
        .await;
    assert_eq!(with_notes.status, StatusCode::OK);
    assert_eq!(with_notes.header("cache-control"), "private, no-cache");
    let table = with_notes.text();
    assert!(table.starts_with("\u{feff}Id;Titel;Egne noter;"), "{table}");
    assert!(
        table.contains(";\"Ring om bussen; husk «støvler»\nog mad\";"),
        "{table}"
    );
    assert!(table.contains(";'=1+1;"), "a note is no formula: {table}");
    assert!(!table.contains("ikke på listen"));
    let english = test
        .send(
            &Persona {
                cookie: Some("liste=lolland-skovbunden".into()),
                token: None,
            },
            "POST",
            "/min-liste.csv?lang=en",
            &form,
            encoded(&[("note-lolland-skovbunden", &"æ".repeat(3_000))]),
        )
        .await
        .text();
    assert!(
        english.starts_with("\u{feff}id;title;Own notes;"),
        "{english}"
    );
    let kept = "æ".repeat(2_000);
    assert!(english.contains(&format!(";{kept};")), "{english}");
    let calendar = test
        .get("/min-liste.ics?ids=lolland-skovbunden")
        .await
        .text();
    assert!(
        calendar.contains("BEGIN:VEVENT") && calendar.contains("DTSTART;VALUE=DATE:20261125"),
        "{calendar}"
    );
    assert!(calendar.contains("lolland-skovbunden@anker"));
}

#[tokio::test]
async fn machines_find_everything() {
    let test = TestPortal::with_sample().await;
    assert!(
        test.get("/robots.txt")
            .await
            .text()
            .contains("Sitemap: https://anker.example/sitemap.xml")
    );
    let index = test.get("/sitemap.xml").await;
    assert!(
        index
            .text()
            .contains("<loc>https://anker.example/sitemaps/1.xml</loc>"),
        "{}",
        index.text()
    );
    let part = test.get("/sitemaps/1.xml").await.text();
    assert!(part.contains("<loc>https://anker.example/tilbud/lolland-skovbunden</loc>"));
    assert!(part.contains("<loc>https://anker.example/en/tilbud/lolland-skovbunden</loc>"));
    assert!(
        test.get("/sitemaps/0.xml")
            .await
            .text()
            .contains("/kommuner/albertslund")
    );
    assert_eq!(
        test.get("/sitemaps/9.xml").await.status,
        StatusCode::NOT_FOUND
    );
    assert!(
        test.get("/opensearch.xml")
            .await
            .text()
            .contains("https://anker.example/soeg?q={searchTerms}")
    );
    let feed = test.get("/feeds/soeg.atom?q=museum&kind=offer").await;
    assert_eq!(
        feed.header(CONTENT_TYPE),
        "application/atom+xml; charset=utf-8"
    );
    let feed: atom_syndication::Feed = feed.text().parse().unwrap();
    assert!(feed.entries().len() > 5);
    let suggested = test.get("/api/v1/suggest?q=vand").await.json();
    let first = &suggested["suggestions"][0];
    assert!(
        first["text"].is_string() && first["url"].as_str().unwrap().starts_with('/'),
        "{suggested}"
    );
}

#[tokio::test]
async fn health_readiness_and_metrics() {
    let test = TestPortal::empty().await;
    web::install_metrics().unwrap();
    assert_eq!(test.get("/healthz").await.text(), "ok\n");
    assert_eq!(test.get("/readyz").await.status, StatusCode::OK);
    let now = test.portal.clock.now();
    test.portal
        .store
        .put_many(
            &sample::entries()[..1],
            &Author::Portal,
            now,
            Origin::Sample,
        )
        .await
        .unwrap();
    assert_eq!(
        test.get("/readyz").await.status,
        StatusCode::SERVICE_UNAVAILABLE
    );
    test.caught_up().await;
    assert_eq!(test.get("/readyz").await.status, StatusCode::OK);
    let metrics = test.get("/metrics").await.text();
    assert!(metrics.contains("anker_http_requests_total"), "{metrics}");
    assert!(metrics.contains("anker_index_sequence 1"), "{metrics}");
}

#[tokio::test]
async fn an_import_is_answered_to_its_end_also_compressed() {
    let test = TestPortal::empty().await;
    let administrator = test.administrator().await;
    let line = r#"{"type":"organisation","id":"museet","name":"Museet","kind":"institution"}"#;
    let headers = [
        ("content-type", "application/x-ndjson"),
        ("accept-encoding", "br"),
    ];
    let answer = test
        .send(&administrator, "POST", "/api/v1/import", &headers, line)
        .await;
    assert_eq!(answer.status, StatusCode::OK);
    assert_eq!(answer.header("content-encoding"), "br");
    assert!(!answer.body.is_empty());
}

#[tokio::test]
async fn an_import_is_an_administrators_and_is_answered_line_by_line() {
    let test = TestPortal::empty().await;
    let lines = concat!(
        r#"{"type":"offer","id":"et","title":"Kvaksalverens kabinet","summary":"S","provider":"museet"}"#,
        "\n",
        r#"{"type":"organisation","id":"museet","name":"Museet","kind":"institution","municipality":"461"}"#,
        "\n",
        r#"{"type":"offer","id":"to","title":"T","summary":"S","provider":"findes-ikke"}"#,
        "\n",
        "ikke json\n",
        r#"{"type":"offer","id":"tre","title":"T","summary":"S","provider":"museet","grades":[11]}"#,
        "\n",
    );
    assert_eq!(
        test.import(&Persona::default(), lines).await.status,
        StatusCode::UNAUTHORIZED
    );
    assert_eq!(test.portal.store.last_sequence().await.unwrap(), 0);
    let stranger = Persona {
        token: Some("anker_0000".into()),
        cookie: None,
    };
    assert_eq!(
        test.import(&stranger, lines).await.status,
        StatusCode::UNAUTHORIZED
    );

    let administrator = test.administrator().await;
    let answer = test.import(&administrator, lines).await;
    assert_eq!(answer.status, StatusCode::OK);
    let mut answers: Vec<Value> = answer
        .text()
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    answers.retain(|answer| answer.get("line").is_some());
    answers.sort_by_key(|answer| answer["line"].as_u64());
    let outcomes: Vec<&str> = answers
        .iter()
        .map(|answer| answer["outcome"].as_str().unwrap())
        .collect();
    assert_eq!(
        outcomes,
        ["created", "created", "refused", "refused", "refused"],
        "{}",
        answer.text()
    );
    assert_eq!(answers[2]["field"], "provider");
    assert_eq!(answers[4]["field"], "grades[0]");
    test.caught_up().await;
    let found = test.get("/api/v1/search?q=kvaksalver").await.json();
    assert_eq!(found["hits"][0]["id"], "et", "{found}");
    let again = test.import(&administrator, lines).await.text();
    assert!(
        again.contains(r#""outcome":"unchanged""#) && !again.contains(r#""outcome":"created""#),
        "{again}"
    );
}

#[tokio::test]
async fn a_write_from_another_site_is_refused() {
    let test = TestPortal::with_sample().await;
    for headers in [
        [("sec-fetch-site", "cross-site")],
        [("origin", "https://evil.example")],
    ] {
        let answer = test
            .send(
                &Persona::default(),
                "POST",
                "/min-kommune",
                &headers,
                "municipality=360",
            )
            .await;
        assert_eq!(answer.status, StatusCode::FORBIDDEN, "{headers:?}");
    }
    let here = [("origin", "https://anker.example")];
    let answer = test
        .send(
            &Persona::default(),
            "POST",
            "/min-kommune",
            &here,
            "municipality=360",
        )
        .await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER);
    let large = test
        .send(
            &Persona::default(),
            "POST",
            "/min-liste",
            &[],
            "a".repeat(1_000_000),
        )
        .await;
    assert_eq!(large.status, StatusCode::PAYLOAD_TOO_LARGE);
}

#[tokio::test]
async fn the_first_administrator_removes_the_sample_content_once_and_for_all() {
    let test = TestPortal::with_sample().await;
    let secret = Secret::generate(&mut rand::rngs::StdRng::seed_from_u64(2));
    let now = test.portal.clock.now();
    test.portal
        .store
        .create_link(
            &secret,
            &LinkPurpose::FirstAdministrator,
            now,
            jiff::SignedDuration::from_hours(1),
        )
        .await
        .unwrap();
    let link = format!("/log-ind/{}", secret.reveal());
    let anonymous = Persona::default();
    assert!(test.get(&link).await.text().contains("name=\"email\""));
    let wrong = test
        .send(
            &anonymous,
            "POST",
            &link,
            &[],
            "name=Åse+Prøve&email=ikke-en-adresse",
        )
        .await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(
        wrong.text().contains("value=\"Åse Prøve\"") && wrong.text().contains("id=\"email-error\""),
        "{}",
        wrong.text()
    );
    let signed_in = test
        .send(
            &anonymous,
            "POST",
            &link,
            &[],
            "name=Åse&email=aase%40anker.example",
        )
        .await;
    assert_eq!(
        signed_in.status,
        StatusCode::SEE_OTHER,
        "{}",
        signed_in.text()
    );
    let cookie = signed_in
        .header(SET_COOKIE)
        .split(';')
        .next()
        .unwrap()
        .to_owned();
    assert!(cookie.starts_with("__Host-anker="));
    assert_eq!(test.get(&link).await.status, StatusCode::GONE);

    assert_eq!(
        test.get("/administration").await.status,
        StatusCode::FORBIDDEN
    );
    let refused = test
        .send(
            &anonymous,
            "POST",
            "/administration/eksempelindhold",
            &[],
            "confirm=yes",
        )
        .await;
    assert_eq!(refused.status, StatusCode::FORBIDDEN);
    assert!(test.portal.store.has_sample().await.unwrap());

    let administrator = Persona {
        cookie: Some(cookie),
        token: None,
    };
    let led = test
        .send(&administrator, "GET", "/administration", &[], Body::empty())
        .await;
    assert_eq!(led.status, StatusCode::SEE_OTHER);
    assert_eq!(led.header(LOCATION), "/konto/to-trin");
    second_factor::enrol(&test, &administrator, 0).await;
    let page = test
        .send(&administrator, "GET", "/administration", &[], Body::empty())
        .await;
    assert!(page.text().contains("Fjern eksempelindholdet"));
    assert_eq!(page.header("cache-control"), "no-store");
    let unconfirmed = test
        .send(
            &administrator,
            "POST",
            "/administration/eksempelindhold",
            &[],
            "",
        )
        .await;
    assert!(unconfirmed.text().contains("role=\"alert\""));
    assert!(test.portal.store.has_sample().await.unwrap());
    let removed = test
        .send(
            &administrator,
            "POST",
            "/administration/eksempelindhold",
            &[],
            "confirm=yes",
        )
        .await;
    assert_eq!(removed.status, StatusCode::OK);
    test.caught_up().await;
    assert_eq!(test.get("/api/v1/search").await.json()["total"], 0);
    for path in [
        "/tilbud/lolland-skovbunden",
        "/en/tilbud/lolland-skovbunden",
        "/api/v1/offers/lolland-skovbunden",
    ] {
        assert_eq!(test.get(path).await.status, StatusCode::NOT_FOUND, "{path}");
    }
    assert!(
        !test
            .get("/sitemaps/1.xml")
            .await
            .text()
            .contains("lolland-skovbunden")
    );
    assert!(
        !test
            .get("/feeds/soeg.atom?q=skovbunden")
            .await
            .text()
            .contains("lolland-skovbunden")
    );
    assert_eq!(test.get("/").await.status, StatusCode::OK);
    let undone = test
        .send(
            &administrator,
            "POST",
            "/administration/eksempelindhold",
            &[],
            "add=yes",
        )
        .await;
    assert_eq!(undone.status, StatusCode::OK);
    test.caught_up().await;
    assert_eq!(
        test.get("/tilbud/lolland-skovbunden").await.status,
        StatusCode::OK
    );
    let out = test.send(&administrator, "POST", "/log-ud", &[], "").await;
    assert_eq!(out.status, StatusCode::SEE_OTHER);
    assert_eq!(
        test.send(&administrator, "GET", "/administration", &[], Body::empty())
            .await
            .status,
        StatusCode::FORBIDDEN
    );
}

/// An account with an open sign-in link, and the form that is sent.
async fn account_by_link(test: &TestPortal, id: &str, email: &str) -> Persona {
    account_with_role(test, id, email, None).await
}

async fn account_with_role(
    test: &TestPortal,
    id: &str,
    email: &str,
    role: Option<PortalRole>,
) -> Persona {
    let now = test.portal.clock.now();
    let account = store::Account {
        id: id.parse().unwrap(),
        name: "Inge Åkjær".into(),
        email: Some(email.into()),
        role,
        created: now,
        disabled: None,
    };
    test.portal.store.put_account(&account).await.unwrap();
    let mut bits = [7; 32];
    bits[..id.len()].copy_from_slice(id.as_bytes());
    let link = Secret::generate(&mut rand::rngs::StdRng::from_seed(bits));
    let purpose = LinkPurpose::SignIn(account.id);
    test.portal
        .store
        .create_link(&link, &purpose, now, jiff::SignedDuration::from_hours(1))
        .await
        .unwrap();
    let path = format!("/log-ind/{}", link.reveal());
    let answer = test
        .send(&Persona::default(), "POST", &path, &[], Body::empty())
        .await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER);
    assert_eq!(answer.header(LOCATION), "/konto");
    with_cookie(&answer)
}

fn with_cookie(answer: &Answer) -> Persona {
    let cookie = answer.header(SET_COOKIE).split(';').next().unwrap();
    Persona {
        token: None,
        cookie: Some(cookie.to_owned()),
    }
}

async fn sign_in(test: &TestPortal, email: &str, password: &str) -> Answer {
    let form = encoded(&[("email", email), ("password", password)]);
    let browser = [(
        "user-agent",
        "Mozilla/5.0 (Windows NT 10.0) Gecko/20100101 Firefox/145.0",
    )];
    test.send(&Persona::default(), "POST", "/log-ind", &browser, form)
        .await
}

async fn change_account(test: &TestPortal, who: &Persona, form: &[(&str, &str)]) -> Answer {
    test.send(who, "POST", "/konto", &[], encoded(form)).await
}

const PASSWORD: &str = "blå hest under bordet";

#[tokio::test]
async fn a_password_is_chosen_after_a_link_and_signs_in_from_then_on() {
    let test = TestPortal::empty().await;
    let inge = account_by_link(&test, "inge", "inge@museet.example").await;
    let page = test
        .send(&inge, "GET", "/konto", &[], Body::empty())
        .await
        .text();
    assert!(page.contains("Inge Åkjær") && page.contains("Vælg en adgangskode"));
    assert!(
        !page.contains("name=\"current\""),
        "there is none to ask for"
    );
    for (weak, says) in [
        ("kort", "for kort"),
        ("adgangskode123", "let at gætte"),
        (&"æ".repeat(200), "for lang"),
    ] {
        let answer = change_account(&test, &inge, &[("do", "password"), ("new", weak)]).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{weak}");
        assert!(answer.text().contains(says), "{weak}");
        let shown = format!("value=\"{weak}\"");
        assert!(!answer.text().contains(&shown), "a password is never shown");
    }
    let answer = change_account(&test, &inge, &[("do", "password"), ("new", PASSWORD)]).await;
    assert_eq!(answer.status, StatusCode::OK);
    assert!(answer.text().contains("Din nye adgangskode er gemt"));
    assert_eq!(answer.header("cache-control"), "no-store");

    let wrong = sign_in(&test, "inge@museet.example", "blå hest under stolen").await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    let nobody = sign_in(&test, "ukendt@museet.example", PASSWORD).await;
    assert_eq!(
        nobody.text().replace("ukendt@", "inge@"),
        wrong.text(),
        "nothing tells whether there is such an account"
    );
    assert!(wrong.headers.get(SET_COOKIE).is_none());
    let broken = test
        .send(
            &Persona::default(),
            "POST",
            "/log-ind",
            &[],
            "email=%FF%00a&password=%FF",
        )
        .await;
    assert_eq!(broken.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(!broken.text().contains('\0'));
    let right = sign_in(&test, " Inge@Museet.example ", PASSWORD).await;
    assert_eq!(right.status, StatusCode::SEE_OTHER);
    assert_eq!(right.header(LOCATION), "/konto");
    let inge_at_work = with_cookie(&right);
    let page = test
        .send(&inge_at_work, "GET", "/en/konto", &[], Body::empty())
        .await
        .text();
    assert!(
        page.contains("Firefox, Windows</strong> (this browser)"),
        "{page}"
    );
    assert!(page.contains("name=\"current\""), "signed in by password");
    // Whoever is signed in is led past the form.
    let form = test
        .send(&inge_at_work, "GET", "/log-ind", &[], Body::empty())
        .await;
    assert_eq!(form.status, StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn a_new_password_needs_the_old_one_and_ends_every_other_sign_in() {
    let test = TestPortal::empty().await;
    let by_link = account_by_link(&test, "inge", "inge@museet.example").await;
    change_account(&test, &by_link, &[("do", "password"), ("new", PASSWORD)]).await;
    let home = with_cookie(&sign_in(&test, "inge@museet.example", PASSWORD).await);
    let work = with_cookie(&sign_in(&test, "inge@museet.example", PASSWORD).await);
    let new = "tre frøer i vandhullet";
    let without = change_account(&test, &home, &[("do", "password"), ("new", new)]).await;
    assert_eq!(without.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(
        without
            .text()
            .contains("Den nuværende adgangskode er ikke rigtig")
    );
    let form = [("do", "password"), ("current", PASSWORD), ("new", new)];
    let changed = change_account(&test, &home, &form).await;
    assert_eq!(changed.status, StatusCode::OK);
    for (who, status) in [
        (&home, StatusCode::OK),
        (&work, StatusCode::FORBIDDEN),
        (&by_link, StatusCode::FORBIDDEN),
    ] {
        let answer = test.send(who, "GET", "/konto", &[], Body::empty()).await;
        assert_eq!(answer.status, status);
    }
    let old = sign_in(&test, "inge@museet.example", PASSWORD).await;
    assert_eq!(old.status, StatusCode::UNPROCESSABLE_ENTITY);
    let again = with_cookie(&sign_in(&test, "inge@museet.example", new).await);
    let ended = change_account(&test, &again, &[("do", "end-others")]).await;
    assert!(ended.text().contains("logget ud alle andre steder"));
    let answer = test.send(&home, "GET", "/konto", &[], Body::empty()).await;
    assert_eq!(answer.status, StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn one_account_cannot_end_the_sign_ins_of_another() {
    let test = TestPortal::empty().await;
    let inge = account_by_link(&test, "inge", "inge@museet.example").await;
    let bo = account_by_link(&test, "bo", "bo@museet.example").await;
    let account = "inge".parse().unwrap();
    let now = test.portal.clock.now();
    let sessions = test.portal.store.sessions_of(&account, now).await.unwrap();
    let key = sessions[0].key.as_str();
    change_account(&test, &bo, &[("do", "end"), ("key", key)]).await;
    let answer = test.send(&inge, "GET", "/konto", &[], Body::empty()).await;
    assert_eq!(answer.status, StatusCode::OK);
    let nobody = Persona::default();
    let answer = change_account(&test, &nobody, &[("do", "end"), ("key", key)]).await;
    assert_eq!(answer.status, StatusCode::FORBIDDEN);
    let other_site = test
        .send(
            &inge,
            "POST",
            "/konto",
            &[("sec-fetch-site", "cross-site")],
            encoded(&[("do", "end-others")]),
        )
        .await;
    assert_eq!(other_site.status, StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn guessing_passwords_has_to_wait_and_does_not_tell_which_accounts_there_are() {
    let test = TestPortal::empty().await;
    let inge = account_by_link(&test, "inge", "inge@museet.example").await;
    change_account(&test, &inge, &[("do", "password"), ("new", PASSWORD)]).await;
    for email in ["inge@museet.example", "ukendt@museet.example"] {
        for _ in 0..10 {
            let answer = sign_in(&test, email, "et gæt der ikke er rigtigt").await;
            assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
        }
        let answer = sign_in(&test, email, PASSWORD).await;
        assert_eq!(answer.status, StatusCode::TOO_MANY_REQUESTS, "{email}");
        assert!(answer.text().contains("Vent 15 minutter"));
    }
    let closed = account_by_link(&test, "bo", "bo@museet.example").await;
    change_account(&test, &closed, &[("do", "password"), ("new", PASSWORD)]).await;
    let mut account = test
        .portal
        .store
        .account(&"bo".parse().unwrap())
        .await
        .unwrap()
        .unwrap();
    account.disabled = Some(test.portal.clock.now());
    test.portal.store.put_account(&account).await.unwrap();
    let answer = sign_in(&test, "bo@museet.example", PASSWORD).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
}

#[tokio::test]
async fn an_index_that_is_gone_or_damaged_is_made_anew_while_the_portal_answers() {
    let directory = tempfile::tempdir().unwrap();
    let site = directory.path().join("site");
    site::write(&site);
    let settings = Settings {
        data: directory.path().join("data"),
        database: DatabaseUrl::parse("surrealkv", &directory.path().join("data")).unwrap(),
        public_url: "http://127.0.0.1:3000".into(),
        mail: MailUrl::File,
        contact_email: "kontakt@anker.example".into(),
        password_cost: cheap(),
        contact_phone: None,
        openid: None,
        site: Some(site),
    };
    let clock = Clock::Fixed(NOW.parse().unwrap());
    let index = server::portal::index_directory(&settings.data);
    let open = async || Arc::new(Portal::open(&settings, clock).await.unwrap());
    let total = |portal: &Portal| {
        portal
            .search(
                &domain::search::SearchQuery::default(),
                domain::Language::Danish,
            )
            .total
    };

    let portal = open().await;
    sample::put(&portal.store, clock.now(), &Author::Portal)
        .await
        .unwrap();
    portal.indexer.catch_up(|_| {}).await.unwrap();
    let all = total(&portal);
    assert_eq!(all, sample::entries().len() as u64);
    portal.close().await.unwrap();
    drop(portal);

    let portal = open().await;
    assert_eq!(
        portal.readiness().await,
        Ok(()),
        "a second start has nothing to do"
    );
    assert_eq!(total(&portal), all);
    portal.close().await.unwrap();
    drop(portal);

    for damage in ["delete", "truncate"] {
        if damage == "delete" {
            std::fs::remove_dir_all(&index).unwrap();
        } else {
            truncate_everything(&index);
        }
        let portal = open().await;
        assert!(portal.readiness().await.is_err(), "{damage}");
        assert_eq!(total(&portal), 0, "{damage}: the portal answers meanwhile");
        let following = portal.indexer.follow();
        for _ in 0..600 {
            if portal.readiness().await.is_ok() {
                break;
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        assert_eq!(total(&portal), all, "{damage}");
        portal.indexer.stop();
        following.await.unwrap();
        portal.close().await.unwrap();
    }
}

/// Cuts every file of the index in half, but for the name of the current generation.
fn truncate_everything(directory: &Path) {
    for entry in std::fs::read_dir(directory).unwrap().flatten() {
        if entry.path().is_dir() {
            truncate_everything(&entry.path());
        } else if entry.file_name() != "current" {
            let file = std::fs::File::options()
                .write(true)
                .open(entry.path())
                .unwrap();
            file.set_len(entry.metadata().unwrap().len() / 2).unwrap();
        }
    }
}
