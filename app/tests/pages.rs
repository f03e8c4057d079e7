//! Every page, in both languages, over samples: it is whole, labelled, linked and says what it should.

use crate::library::html::check;
use crate::library::{Library, context, page, page_with};
use app::backend::Find;
use app::page::{Answer, Cache};
use app::render::render;

const PAGES: [&str; 9] = [
    "",
    "soeg",
    "soeg?q=vandhullet+5.+klasse&kind=offer&grade=5&subject=biologi&near=vejle&within=100",
    "soeg?kind=case",
    "soeg?kind=recommendation&kind=strategy&kind=role",
    "soeg?kind=organisation&page=2",
    "kort",
    "min-liste",
    "min-liste?ids=livet-i-vandhullet,kort-forloeb,findes-ikke",
];

fn in_both_languages() -> impl Iterator<Item = String> {
    ["/", "/en/"]
        .into_iter()
        .flat_map(|root| PAGES.iter().map(move |page| format!("{root}{page}")))
}

#[test]
fn every_page_is_whole() {
    let library = Library::samples();
    for url in in_both_languages() {
        for cookies in ["", "kommune=630; liste=kort-forloeb.livet-i-vandhullet"] {
            let page = page_with(&library, &url, cookies);
            assert_eq!(page.status, 200, "{url}");
            check(&url, &page.html);
        }
    }
}

#[test]
fn what_is_not_there_is_said_with_ways_on() {
    let library = Library::samples();
    for url in ["/findes-ikke", "/en/nowhere", "/tilbud/ingen", "/tilbud/Æ"] {
        let page = page(&library, url);
        assert_eq!((page.status, page.cache), (404, Cache::None), "{url}");
        check(url, &page.html);
        assert!(
            page.html.contains("noindex") && page.html.contains("action=\""),
            "{url}"
        );
    }
}

#[test]
fn a_back_end_that_does_not_answer_is_told_without_its_reason() {
    let page = page(&Library::broken(), "/soeg?q=vandhul");
    assert_eq!((page.status, page.cache), (503, Cache::None));
    assert!(!page.html.contains("the index is gone"));
    check("/soeg", &page.html);
}

#[test]
fn another_spelling_of_an_address_leads_to_the_right_one() {
    let library = Library::samples();
    for (asked, right) in [("/soeg/?q=a", "/soeg?q=a"), ("/en", "/en/")] {
        let path = asked.split('?').next().expect("a path");
        let answer = futures::executor::block_on(render(&context(asked, ""), path, &library));
        assert_eq!(answer, Answer::Moved(right.into()));
    }
}

#[test]
fn islands_are_marked_for_the_loader() {
    let html = page(&Library::samples(), "/soeg").html;
    for island in ["Suggestions", "LiveSearch", "Saved"] {
        assert!(
            html.contains(&format!("<leptos-island data-component=\"{island}_")),
            "{island}"
        );
    }
    let empty = page(&Library::samples(), "/min-liste").html;
    assert!(!empty.contains("<leptos-island") && !empty.contains("anker.1.js"));
}

#[test]
fn words_of_a_query_never_become_markup() {
    let library = Library::samples();
    let html = page(
        &library,
        "/soeg?q=%3Cscript%3Ealert(1)%3C/script%3E%22%3E&colour=%3Cb%3E",
    )
    .html;
    assert!(!html.contains("<script>alert") && !html.contains("<b>"));
    check("/soeg", &html);
    // A title with signs that mean something in HTML.
    assert!(
        page(&library, "/soeg?q=vandhullet")
            .html
            .contains("æg, yngel &amp; ådsler")
    );
}

#[test]
fn a_search_says_what_is_chosen_and_how_to_undo_it() {
    let html = page(
        &Library::samples(),
        "/soeg?q=vandhullet+5.+klasse&kind=offer&subject=biologi",
    )
    .html;
    assert!(html.contains("5. klasse – læst i dine ord"));
    assert!(html.contains("literal=grade"));
    assert!(html.contains("Fjern Biologi"));
}

#[test]
fn an_empty_search_says_which_filter_to_drop() {
    let html = page(&Library::samples(), "/soeg?kind=offer&subject=musik").html;
    assert!(html.contains("Ingen resultater"));
    assert!(
        html.contains("Drop filteret «Fag» – 78 resultater"),
        "{html}"
    );
}

#[test]
fn what_was_not_understood_is_said() {
    let html = page(&Library::samples(), "/soeg?kind=offer&grade=99&farve=blaa").html;
    assert!(html.contains("grade=99") && html.contains("farve=blaa"));
}

#[test]
fn results_come_in_pages() {
    let library = Library::samples();
    let second = page(&library, "/soeg?kind=offer&page=2").html;
    assert!(second.contains("Viser 78 forløb, side 2 af 4"));
    assert!(second.contains("rel=\"prev\"") && second.contains("rel=\"next\""));
    let beyond = page(&library, "/soeg?kind=offer&page=400");
    assert_eq!(beyond.status, 200);
    assert!(beyond.html.contains("Der er ikke så mange sider."));
}

#[test]
fn the_municipality_chosen_makes_a_page_private_and_says_what_is_free() {
    let library = Library::samples();
    let public = page(&library, "/soeg?kind=offer");
    assert_eq!(public.cache, Cache::Public);
    let odense = page_with(&library, "/soeg?kind=offer", "kommune=461");
    assert_eq!(odense.cache, Cache::Private);
    assert!(odense.html.contains("Gratis for os") && odense.html.contains("</span>Odense</span>"));
    let vejle = page_with(&library, "/soeg?kind=offer", "kommune=630");
    assert!(vejle.html.contains("Ikke åbent for skoler i Vejle"));
    // The choice lives in the cookie and not in the addresses that people share.
    assert!(!vejle.html.contains("home=630"));
}

#[test]
fn a_shared_list_needs_no_cookie_and_keeps_its_order() {
    let library = Library::samples();
    let shared = page(
        &library,
        "/min-liste?ids=kort-forloeb,livet-i-vandhullet,findes-ikke",
    );
    assert_eq!(shared.cache, Cache::Public);
    let first = shared.html.find("/tilbud/kort-forloeb").expect("the first");
    let second = shared
        .html
        .find("/tilbud/livet-i-vandhullet")
        .expect("the second");
    assert!(first < second);
    assert!(
        shared
            .html
            .contains("1 forløb på listen findes ikke længere")
    );
    assert!(shared.html.contains("noindex"));
    let own = page_with(&library, "/min-liste", "liste=livet-i-vandhullet");
    assert_eq!(own.cache, Cache::Private);
    assert!(
        own.html
            .contains("/min-liste.ics?ids=livet-i-vandhullet&amp;lang=da")
    );
}

#[test]
fn the_map_has_a_dot_and_a_row_for_each_municipality() {
    let html = page(&Library::samples(), "/kort").html;
    assert!(
        html.contains("aria-label=\"Odense: 78\"") || html.contains("aria-label=\"Odense: 39\""),
        "{html}"
    );
    assert!(html.contains("<caption>Kortet som tabel</caption>"));
    assert!(html.contains("municipality=461"));
}

#[test]
fn pages_name_their_other_language_and_themselves() {
    let html = page(&Library::samples(), "/en/soeg?kind=offer&q=vand").html;
    assert!(
        html.contains(
            "<link rel=\"canonical\" href=\"https://anker.example/en/soeg?q=vand&amp;kind=offer\""
        ),
        "{html}"
    );
    assert!(
        html.contains("hreflang=\"da\" href=\"https://anker.example/soeg?q=vand&amp;kind=offer\"")
    );
}

/// How long a result page takes: `cargo test --release -p app --features ssr --test pages result_page_time -- --ignored --nocapture`.
#[test]
#[ignore = "a measurement, which says something only in a release build on a quiet machine"]
fn result_page_time() {
    let mut library = Library::read(concat!(env!("CARGO_MANIFEST_DIR"), "/../server/sample"));
    let url = "/soeg?kind=offer&q=e";
    let pairs = app::query::pairs("kind=offer&q=e");
    let (query, _) = domain::search::SearchQuery::parse(pairs, &[]);
    library.kept =
        futures::executor::block_on(library.search(&query, domain::Language::Danish)).ok();
    let bytes = page(&library, url).html.len();
    let mut times: Vec<_> = (0..2000)
        .map(|_| {
            let start = std::time::Instant::now();
            assert_eq!(page(&library, url).html.len(), bytes);
            start.elapsed()
        })
        .collect();
    times.sort();
    println!(
        "{bytes} bytes, p50 {:?}, p95 {:?}",
        times[1000], times[1900]
    );
    assert!(
        times[1000].as_micros() < 1000,
        "the median result page takes {:?}",
        times[1000]
    );
}

/// Writes pages to look at: `ANKER_PREVIEW=/some/folder cargo test -p app --features ssr preview -- --ignored`.
#[test]
#[ignore = "writes files to look at, and checks nothing that the other tests do not"]
fn preview() {
    let folder = std::env::var("ANKER_PREVIEW").expect("the folder to write to");
    let library = Library::read(concat!(env!("CARGO_MANIFEST_DIR"), "/../server/sample"));
    let style = concat!(env!("CARGO_MANIFEST_DIR"), "/../style/main.css");
    let ids = "lolland-skovbunden,lolland-tage-tangloppe";
    for (name, url, cookies) in [
        ("home", "/".to_owned(), ""),
        ("home-vejle", "/".to_owned(), "kommune=630"),
        ("home-en", "/en/".to_owned(), ""),
        ("search", "/soeg?kind=offer&q=dyr".to_owned(), "kommune=360"),
        (
            "search-filtered",
            "/soeg?kind=offer&q=dyr+5.+klasse&grade=5&subject=biologi&near=630&farve=x".to_owned(),
            "",
        ),
        ("search-cases", "/soeg?kind=case".to_owned(), ""),
        (
            "search-recommendations",
            "/en/soeg?kind=recommendation&kind=strategy&kind=role".to_owned(),
            "",
        ),
        (
            "search-empty",
            "/soeg?kind=offer&subject=fransk&grade=1&q=vandhulet".to_owned(),
            "",
        ),
        ("map", "/kort?kind=offer".to_owned(), "kommune=630"),
        (
            "list",
            "/min-liste".to_owned(),
            "liste=lolland-skovbunden.lolland-tage-tangloppe",
        ),
        ("list-shared", format!("/min-liste?ids={ids}"), ""),
        ("list-empty", "/min-liste".to_owned(), ""),
        ("problem", "/findes-ikke".to_owned(), ""),
    ] {
        let html = page_with(&library, &url, cookies)
            .html
            .replace("/pkg/main.1.css", style);
        std::fs::write(format!("{folder}/{name}.html"), html).expect("a file written");
    }
}
