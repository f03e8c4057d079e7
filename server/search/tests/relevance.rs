//! # How results are ranked
//!
//! 1. **Exact beats inflected**: «bøger» finds *bøger* before *bog*.
//! 2. **Inflected beats compound part**: «museum» finds *museet* before *museumsbesøg*.
//! 3. **Compound part beats synonym**: «skov» finds *skovtur* before what is only called *træer*.
//! 4. **Synonym beats typo**: a word that the index has is never taken for a mistake; a mistake finds what was meant.
//! 5. **Title beats summary beats body.**
//! 6. **More of the query beats less of it.**
//! 7. **A rare word tells more than a common one.**
//! 8. **Ties go to the freshest, then by id.**
//! 9. **Grades asked for**: offers for other grades drop out, those that name none come after.
//! 10. **A place asked for** comes first; what is far away drops out; what has no place comes after.
//! 11. **«gratis»**: what costs drops out, what does not say comes after.
//! 12. **The municipality chosen** (`home`) comes first among equals; offers that are not open to it are marked and last.
//! 13. **A place given** (`near`) brings the nearer first among equals.
//! 14. **Who types without æ, ø, å is understood; who types a real word is not corrected into another.**
//! 15. **Words that say nothing** do not count: a question finds what its telling words find.
//! 16. **Confirmed beats unconfirmed**: what nobody has confirmed 30 days after its review comes after its equals.
//! 17. **Lapsed drops out**: 90 days after it is in no result, count, facet, suggestion or list of related ones, and how many
//!     were left out is told. Who asks for them (`lapsed=with`) gets them, as far down as the unconfirmed.
//!
//! Each is proved below under its number.

#![expect(clippy::unwrap_used, reason = "a test ends where something is missing")]

use std::collections::BTreeMap;

use domain::freshness::Freshness;
use domain::search::{FacetName, Hit, SearchQuery, SearchResults};
use domain::{Entry, Kind, Language, Slug};
use search::{Change, Context, OrganisationFacts, SearchIndex, Source};
use serde_json::{Value, json};

/// A small portal: one museum in Odense and the offers given.
struct Portal {
    index: SearchIndex,
}

fn entry(value: &Value) -> Entry {
    domain::exchange::parse_line(&value.to_string()).unwrap()
}

fn change(entry: Entry, sequence: u64) -> Change {
    let museum = OrganisationFacts {
        name: "Trapholt".into(),
        kind: domain::OrganisationKind::Institution,
        municipality: None,
        location: None,
    };
    let organisations: BTreeMap<Slug, OrganisationFacts> = entry
        .references()
        .into_iter()
        .filter(|reference| reference.kind == Kind::Organisation)
        .map(|reference| (reference.id, museum.clone()))
        .collect();
    Change::Put(Box::new(Source {
        entry,
        context: Context {
            organisations,
            strategies: BTreeMap::new(),
        },
        published: jiff::Timestamp::UNIX_EPOCH,
        sequence,
        sample: false,
        review: None,
        english: None,
    }))
}

impl Portal {
    /// Each offer: id, title and summary, and whatever else.
    fn with(offers: &[(&str, &str, &str, Value)]) -> Portal {
        let index = SearchIndex::in_memory().unwrap();
        let mut changes: Vec<Change> = Vec::new();
        for (id, title, summary, more) in offers {
            let mut offer = json!({"type": "offer", "id": id, "title": title, "summary": summary, "provider": "museet"});
            for (name, value) in more.as_object().into_iter().flatten() {
                offer[name] = value.clone();
            }
            changes.push(change(entry(&offer), changes.len() as u64 + 1));
        }
        // What no test asks for, so that the words of the tests are as rare as they would be.
        for number in 0..40 {
            let filler = json!({"type": "offer", "id": format!("fyld-{number}"), "title": "Klaver og violin",
                "summary": "Eleverne hører strygere og blæsere.", "provider": "museet"});
            changes.push(change(entry(&filler), changes.len() as u64 + 1));
        }
        index.apply(&changes, changes.len() as u64).unwrap();
        Portal { index }
    }

    fn plain(offers: &[(&str, &str, &str)]) -> Portal {
        let offers: Vec<_> = offers
            .iter()
            .map(|(id, title, summary)| (*id, *title, *summary, json!({})))
            .collect();
        Portal::with(&offers)
    }

    fn ask(&self, pairs: &[(&str, &str)]) -> SearchResults {
        let (query, ignored) = SearchQuery::parse(pairs.iter().copied(), &[]);
        assert_eq!(ignored, []);
        self.index.search(&query, Language::Danish)
    }

    fn find(&self, words: &str) -> Vec<String> {
        ids(&self.ask(&[("q", words)]))
    }
}

fn ids(results: &SearchResults) -> Vec<String> {
    results.hits.iter().map(|hit| hit.id.to_string()).collect()
}

#[test]
fn rule_1_exact_beats_inflected() {
    let portal = Portal::plain(&[
        ("a-ental", "En bog", "Vi ser på den."),
        ("b-flertal", "Mange bøger", "Vi ser på dem."),
    ]);
    assert_eq!(portal.find("bøger"), ["b-flertal", "a-ental"]);
    assert_eq!(portal.find("bog"), ["a-ental", "b-flertal"]);
}

#[test]
fn rule_2_inflected_beats_compound_part() {
    let portal = Portal::plain(&[
        ("a-sammensat", "Et museumsbesøg", "Vi ser på det."),
        ("b-bestemt", "Ind på museet", "Vi ser på det."),
    ]);
    assert_eq!(portal.find("museum"), ["b-bestemt", "a-sammensat"]);
}

#[test]
fn rule_3_compound_part_beats_synonym() {
    let portal = Portal::plain(&[
        ("a-synonym", "Alle træer", "Vi ser på dem."),
        ("b-del", "En skovvandring", "Vi ser på den."),
    ]);
    assert_eq!(portal.find("skov"), ["b-del", "a-synonym"]);
}

#[test]
fn rule_4_a_word_that_is_there_is_no_mistake() {
    let portal = Portal::plain(&[
        ("a-planet", "En planet", "Vi ser på den."),
        ("b-planter", "Vilde planter", "Vi ser på dem."),
    ]);
    assert_eq!(portal.find("planter"), ["b-planter"]);
    assert_eq!(portal.find("planeter"), ["a-planet"]);
    let results = portal.ask(&[("q", "plantter")]);
    assert_eq!(ids(&results)[0], "b-planter");
    assert_eq!(results.did_you_mean.as_deref(), Some("planter"));
}

#[test]
fn rule_5_title_beats_summary_beats_body() {
    let portal = Portal::with(&[
        (
            "a-body",
            "Første",
            "Noget helt andet.",
            json!({"description": "Her er fossiler."}),
        ),
        ("b-summary", "Anden", "Her er fossiler.", json!({})),
        ("c-title", "Om fossiler", "Noget helt andet.", json!({})),
    ]);
    assert_eq!(portal.find("fossiler"), ["c-title", "b-summary", "a-body"]);
}

#[test]
fn rule_6_more_of_the_query_beats_less() {
    let portal = Portal::plain(&[
        ("a-en", "Fugle, fugle og fugle", "Fugle hele dagen."),
        ("b-begge", "En dag ude", "Vi ser fugle med kikkert."),
    ]);
    assert_eq!(portal.find("fugle kikkert")[0], "b-begge");
}

#[test]
fn rule_7_a_rare_word_tells_more() {
    let portal = Portal::plain(&[
        ("a-almindelig", "Strygere", "Noget."),
        ("b-sjaelden", "Ravnen", "Noget."),
    ]);
    assert_eq!(portal.find("strygere ravnen")[0], "b-sjaelden");
}

#[test]
fn rule_8_ties_go_to_the_freshest_then_by_id() {
    let portal = Portal::with(&[
        (
            "b-gammel",
            "Vandhul",
            "Noget.",
            json!({"updated": "2020-01-01"}),
        ),
        (
            "c-ny",
            "Vandhul",
            "Noget.",
            json!({"updated": "2026-01-01"}),
        ),
        (
            "a-gammel",
            "Vandhul",
            "Noget.",
            json!({"updated": "2020-01-01"}),
        ),
    ]);
    assert_eq!(portal.find("vandhul"), ["c-ny", "a-gammel", "b-gammel"]);
}

#[test]
fn rule_9_grades_asked_for() {
    let portal = Portal::with(&[
        (
            "a-andre",
            "Vikinger",
            "Noget.",
            json!({"grades": [7, 8, 9]}),
        ),
        ("b-ingen", "Vikinger", "Noget.", json!({})),
        ("c-femte", "Vikinger", "Noget.", json!({"grades": [4, 5]})),
    ]);
    for words in ["vikinger 5. klasse", "vikinger til mellemtrinnet"] {
        let results = portal.ask(&[("q", words)]);
        assert_eq!(ids(&results), ["c-femte", "b-ingen"], "{words}");
        assert_eq!(results.total, 2);
        assert_eq!(results.understood.len(), 1);
    }
    let undone = portal.ask(&[("q", "vikinger 5. klasse"), ("literal", "grade")]);
    assert!(ids(&undone).contains(&"a-andre".to_owned()));
    assert!(undone.understood.is_empty());
}

#[test]
fn rule_10_a_place_asked_for() {
    let portal = Portal::with(&[
        (
            "a-langt",
            "Vikinger",
            "Noget.",
            json!({"place": {"mode": "provider", "municipality": "851"}}),
        ),
        ("b-intet", "Vikinger", "Noget.", json!({})),
        (
            "c-vejle",
            "Vikinger",
            "Noget.",
            json!({"place": {"mode": "provider", "municipality": "630"}}),
        ),
    ]);
    for words in [
        "vikinger i Vejle",
        "vikinger nær Vejle",
        "vikinger Vejle Kommune",
    ] {
        assert_eq!(portal.find(words), ["c-vejle", "b-intet"], "{words}");
    }
    assert_eq!(
        ids(&portal.ask(&[("q", "vikinger i Vejle"), ("literal", "place")])).len(),
        3
    );
    assert_eq!(portal.find("tilbud i Vejle")[0], "c-vejle");
}

#[test]
fn rule_11_free() {
    let portal = Portal::with(&[
        (
            "a-koster",
            "Vikinger",
            "Noget.",
            json!({"price": {"kind": "perClass", "amount": 500.0}}),
        ),
        ("b-siger-intet", "Vikinger", "Noget.", json!({})),
        (
            "c-gratis",
            "Vikinger",
            "Noget.",
            json!({"price": {"kind": "free"}}),
        ),
    ]);
    assert_eq!(
        portal.find("gratis vikinger"),
        ["c-gratis", "b-siger-intet"]
    );
}

#[test]
fn rule_12_the_municipality_chosen() {
    let odense = json!({"place": {"mode": "provider", "municipality": "461"}});
    let portal = Portal::with(&[
        (
            "a-aalborg",
            "Vikinger",
            "Noget.",
            json!({"place": {"mode": "provider", "municipality": "851"},
            "price": {"kind": "perClass", "amount": 500.0, "freeFor": ["461"]}}),
        ),
        ("b-odense", "Vikinger", "Noget.", odense),
        (
            "c-lukket",
            "Vikinger",
            "Noget.",
            json!({"openTo": ["851"], "place": {"mode": "provider", "municipality": "461"}}),
        ),
    ]);
    let results = portal.ask(&[("q", "vikinger"), ("home", "461")]);
    assert_eq!(ids(&results), ["b-odense", "a-aalborg", "c-lukket"]);
    let hit = |id: &str| -> &Hit {
        results
            .hits
            .iter()
            .find(|hit| hit.id.as_str() == id)
            .unwrap()
    };
    assert_eq!(hit("a-aalborg").free_for_us, Some(true));
    assert_eq!(hit("b-odense").free_for_us, Some(false));
    assert_eq!(
        (hit("c-lukket").open_to_us, hit("b-odense").open_to_us),
        (Some(false), Some(true))
    );
    // Last in every order.
    let by_title = portal.ask(&[("q", "vikinger"), ("home", "461"), ("sort", "newest")]);
    assert_eq!(ids(&by_title).last().map(String::as_str), Some("c-lukket"));
    let free = portal.ask(&[("q", "vikinger"), ("home", "461"), ("price", "freeForUs")]);
    assert_eq!(ids(&free), ["a-aalborg"]);
}

#[test]
fn rule_13_nearer_first() {
    let at = |latitude: f64, longitude: f64| json!({"place": {"mode": "provider", "location": {"lat": latitude, "lon": longitude}}});
    let portal = Portal::with(&[
        ("a-langt", "Vikinger", "Noget.", at(57.0, 9.9)),
        ("b-naer", "Vikinger", "Noget.", at(55.41, 10.4)),
        ("c-midt", "Vikinger", "Noget.", at(55.7, 10.0)),
        ("d-intet", "Vikinger", "Noget.", json!({})),
    ]);
    assert_eq!(portal.find("vikinger").len(), 4);
    let near = portal.ask(&[("q", "vikinger"), ("near", "55.4,10.39")]);
    assert_eq!(ids(&near)[..3], ["b-naer", "c-midt", "a-langt"]);
    assert!(near.hits[0].distance_km.unwrap() < 2.0);
    let within = portal.ask(&[
        ("q", "vikinger"),
        ("near", "odense"),
        ("within", "60"),
        ("sort", "distance"),
    ]);
    assert_eq!(ids(&within), ["b-naer", "c-midt"]);
    let sorted = portal.ask(&[("q", "vikinger"), ("near", "odense"), ("sort", "distance")]);
    assert_eq!(ids(&sorted), ["b-naer", "c-midt", "a-langt", "d-intet"]);
}

#[test]
fn rule_14_foreign_keyboards_and_real_words() {
    let portal = Portal::plain(&[
        ("a-faar", "Får på marken", "Uld og lam."),
        ("b-far", "Min far", "Om ham."),
        ("c-hav", "Ved havet", "Bølger."),
        ("d-have", "I haven", "Blomster."),
        ("e-smaadyr", "Smådyr i søen", "Med net."),
        ("f-aabenraa", "Aabenraa Museum", "Skibe."),
    ]);
    assert_eq!(portal.find("får"), ["a-faar"]);
    assert_eq!(portal.find("far"), ["b-far"]);
    assert_eq!(portal.find("hav")[0], "c-hav");
    assert!(!portal.find("hav").contains(&"d-have".to_owned()));
    assert_eq!(portal.find("haven"), ["d-have"]);
    for words in ["smadyr i soen", "smaadyr i søen", "smaadyr i soeen"] {
        assert_eq!(portal.find(words)[0], "e-smaadyr", "{words}");
    }
    assert_eq!(portal.find("Åbenrå museum")[0], "f-aabenraa");
}

#[test]
fn rule_15_a_question_finds_what_its_telling_words_find() {
    let portal = Portal::plain(&[
        ("a-net", "Smådyr i vandhullet", "Vi fanger dem."),
        (
            "b-andet",
            "Hvor kan vi være",
            "Og hvad kan vi lave, når vi skal ud.",
        ),
    ]);
    assert_eq!(
        portal.find("hvor kan vi fange smådyr i et vandhul?")[0],
        "a-net"
    );
}

#[test]
fn compounds_are_found_both_ways() {
    let portal = Portal::plain(&[
        ("a-frase", "Dyr i vandhullet", "Noget."),
        ("b-ord", "Vandhulsdyr", "Noget."),
        ("c-besoeg", "Besøg på museet", "Noget."),
        ("d-museumsbesoeg", "Et museumsbesøg", "Noget."),
    ]);
    assert_eq!(portal.find("vandhulsdyr")[..2], ["b-ord", "a-frase"]);
    assert_eq!(portal.find("dyr i vandhullet")[..2], ["a-frase", "b-ord"]);
    assert_eq!(
        portal.find("museumsbesøg")[..2],
        ["d-museumsbesoeg", "c-besoeg"]
    );
    assert_eq!(
        portal.find("besøg på museet")[..2],
        ["c-besoeg", "d-museumsbesoeg"]
    );
}

#[test]
fn inflections_of_the_field_meet() {
    let portal = Portal::plain(&[
        ("barn", "Et barn", "Noget."),
        ("by", "En by", "Noget."),
        ("teater", "Et teater", "Noget."),
        ("museum", "Et museum", "Noget."),
        ("bog", "En bog", "Noget."),
    ]);
    for (words, id) in [
        ("børnene", "barn"),
        ("byer", "by"),
        ("byen", "by"),
        ("teatre", "teater"),
        ("museet", "museum"),
        ("museerne", "museum"),
        ("bøgerne", "bog"),
    ] {
        assert_eq!(portal.find(words), [id], "{words}");
    }
}

#[test]
fn what_matched_is_marked_and_nothing_else_is_markup() {
    let portal = Portal::plain(&[("a", "Livet i <vandhullet>", "Net & bakker til vandhulsdyr.")]);
    let results = portal.ask(&[("q", "vandhul")]);
    assert_eq!(
        results.hits[0].marked_title.as_deref(),
        Some("Livet i &lt;<mark>vandhullet</mark>&gt;")
    );
    assert_eq!(
        results.hits[0].highlights,
        ["Net &amp; bakker til <mark>vandhulsdyr</mark>."]
    );
    let typo = portal.ask(&[("q", "vandhulet")]);
    assert!(
        typo.hits[0]
            .marked_title
            .as_deref()
            .unwrap()
            .contains("<mark>vandhullet</mark>"),
        "a typo's match is marked, too"
    );
}

#[test]
fn facets_count_within_the_query_and_ignore_their_own_choice() {
    let portal = Portal::with(&[
        (
            "a",
            "Vikinger",
            "Noget.",
            json!({"subjects": ["historie"], "grades": [5]}),
        ),
        (
            "b",
            "Vikinger",
            "Noget.",
            json!({"subjects": ["dansk", "historie"], "grades": [6]}),
        ),
        (
            "c",
            "Vikinger",
            "Noget.",
            json!({"subjects": ["dansk"], "grades": [5]}),
        ),
        (
            "d",
            "Skov",
            "Noget.",
            json!({"subjects": ["dansk"], "grades": [5]}),
        ),
    ]);
    let counts = |results: &SearchResults, name: FacetName| -> Vec<(String, u64)> {
        let facet = results
            .facets
            .iter()
            .find(|facet| facet.name == name)
            .unwrap();
        facet
            .counts
            .iter()
            .map(|count| (count.value.to_string(), count.count))
            .collect()
    };
    let all = portal.ask(&[("q", "vikinger")]);
    assert_eq!(
        counts(&all, FacetName::Subject),
        [("dansk".into(), 2), ("historie".into(), 2)]
    );
    let chosen = portal.ask(&[("q", "vikinger"), ("subject", "historie"), ("grade", "5")]);
    assert_eq!(ids(&chosen), ["a"]);
    assert_eq!(chosen.total, 1);
    // Within grade 5: one with history, one with Danish; the choice of subject is left aside.
    assert_eq!(
        counts(&chosen, FacetName::Subject),
        [("dansk".into(), 1), ("historie".into(), 1)]
    );
    // Within history: grade 5 and grade 6; the choice of grade is left aside.
    assert_eq!(
        counts(&chosen, FacetName::Grade),
        [("5".into(), 1), ("6".into(), 1)]
    );
    let either = portal.ask(&[
        ("q", "vikinger"),
        ("subject", "historie"),
        ("subject", "dansk"),
    ]);
    assert_eq!(either.total, 3);
    let none = portal.ask(&[
        ("q", "vikinger"),
        ("subject", "musik"),
        ("facets", "subject"),
    ]);
    assert_eq!(none.total, 0);
    let music = none.facets[0]
        .counts
        .iter()
        .find(|count| &*count.value == "musik")
        .unwrap();
    assert!(
        music.chosen && music.count == 0 && &*music.label == "Musik",
        "a choice is always shown"
    );
    assert!(!none.ways_out.is_empty() && none.ways_out[0].total == 3);
    assert!(
        portal
            .ask(&[("q", "vikinger"), ("facets", "none")])
            .facets
            .is_empty()
    );
}

#[test]
fn titles_sort_in_danish_and_pages_do_not_overlap() {
    let portal = Portal::plain(&[
        ("a", "Årstider", "viking"),
        ("b", "Æbler", "viking"),
        ("c", "Zoo", "viking"),
        ("d", "Østers", "viking"),
        ("e", "Aal", "viking"),
        ("f", "Ananas", "viking"),
    ]);
    let sorted = portal.ask(&[("q", "viking"), ("sort", "title")]);
    assert_eq!(ids(&sorted), ["f", "c", "b", "d", "e", "a"]);
    let mut pages = ids(&portal.ask(&[("q", "viking"), ("sort", "title"), ("perPage", "4")]));
    pages.extend(ids(&portal.ask(&[
        ("q", "viking"),
        ("sort", "title"),
        ("perPage", "4"),
        ("page", "2"),
    ])));
    assert_eq!(pages, ids(&sorted));
    assert_eq!(
        portal
            .ask(&[("q", "viking"), ("page", "500"), ("perPage", "100")])
            .hits,
        []
    );
}

#[test]
fn synonyms_of_the_field() {
    let portal = Portal::plain(&[
        ("a", "Anden verdenskrig", "Noget."),
        ("b", "Besættelsen", "Noget."),
    ]);
    for words in ["besættelsen", "2. verdenskrig", "anden verdenskrig"] {
        let found = portal.find(words);
        assert_eq!(found.len(), 2, "{words}: {found:?}");
    }
}

/// Four offers about vikings: confirmed, unconfirmed and lapsed on the first of June, and one that is never reviewed.
fn late() -> Portal {
    let portal = Portal::plain(&[]);
    let offers = [
        ("a-udeladt", "Vikinger i skolen", Some("2026-03-03")),
        ("b-ubekraeftet", "Vikinger i gården", Some("2026-05-02")),
        ("c-bekraeftet", "Vikinger i skoven", Some("2026-05-03")),
        ("d-uden", "Vikinger i haven", None),
    ];
    let changes: Vec<Change> = offers
        .iter()
        .zip(100..)
        .map(|((id, title, review), sequence)| {
            let offer = json!({"type": "offer", "id": id, "title": title, "summary": "Sværd og skjold til søs.",
                "provider": "museet", "subjects": ["historie"],
                "anchoring": [{"strategy": "s", "owner": "skolen", "nextReview": "2026-09-01"}]});
            let mut change = change(entry(&offer), sequence);
            if let Change::Put(source) = &mut change {
                source.review = review.map(|day| day.parse().unwrap());
            }
            change
        })
        .collect();
    portal.index.apply(&changes, 104).unwrap();
    portal.index.tell_day("2026-06-01".parse().unwrap());
    portal
}

#[test]
fn rule_16_confirmed_beats_unconfirmed() {
    let portal = late();
    assert_eq!(
        portal.find("vikinger"),
        ["c-bekraeftet", "d-uden", "b-ubekraeftet"]
    );
    let marked: Vec<Freshness> = portal
        .ask(&[("q", "vikinger")])
        .hits
        .iter()
        .map(|hit| hit.freshness)
        .collect();
    assert_eq!(
        marked,
        [
            Freshness::Confirmed,
            Freshness::Confirmed,
            Freshness::Unconfirmed
        ]
    );
    // Without words, too; and an order that was asked for stays what it is.
    let open = ids(&portal.ask(&[("subject", "historie")]));
    assert_eq!(open, ["c-bekraeftet", "d-uden", "b-ubekraeftet"]);
    let by_title = ids(&portal.ask(&[("q", "vikinger"), ("sort", "title")]));
    assert_eq!(by_title, ["b-ubekraeftet", "d-uden", "c-bekraeftet"]);
    // A day earlier it was in time.
    portal.index.tell_day("2026-05-31".parse().unwrap());
    assert_eq!(portal.find("vikinger")[0], "b-ubekraeftet");
}

#[test]
fn rule_17_lapsed_drops_out_and_comes_back_when_asked_for() {
    let portal = late();
    let facet = |results: &SearchResults| -> u64 {
        let subjects = results
            .facets
            .iter()
            .find(|facet| facet.name == FacetName::Subject);
        let history = subjects
            .unwrap()
            .counts
            .iter()
            .find(|count| *count.value == *"historie");
        history.unwrap().count
    };
    for asked in [
        &[("q", "vikinger"), ("kind", "offer")][..],
        &[("subject", "historie"), ("kind", "offer")],
    ] {
        let found = portal.ask(asked);
        assert_eq!((found.total, found.lapsed), (3, 1), "{asked:?}");
        assert_eq!(facet(&found), 3, "{asked:?}");
        assert_eq!(found.kinds.iter().map(|(_, count)| count).sum::<u64>(), 3);
        let mut with = asked.to_vec();
        with.push(("lapsed", "with"));
        let found = portal.ask(&with);
        assert_eq!((found.total, found.lapsed), (4, 0), "{asked:?}");
        assert_eq!(facet(&found), 4, "{asked:?}");
        assert_eq!(
            ids(&found),
            ["c-bekraeftet", "d-uden", "a-udeladt", "b-ubekraeftet"]
        );
        assert_eq!(found.hits[2].freshness, Freshness::Lapsed);
    }
    // What fails a choice as well was not left out for its age.
    let other = portal.ask(&[("q", "vikinger"), ("subject", "musik")]);
    assert_eq!((other.total, other.lapsed), (0, 0));
    let related = portal.index.related(
        Kind::Offer,
        &"d-uden".parse().unwrap(),
        &[Kind::Offer],
        5,
        Language::Danish,
    );
    let related: Vec<&str> = related.iter().map(|hit| hit.id.as_str()).collect();
    assert_eq!(related, ["c-bekraeftet", "b-ubekraeftet"]);
    let suggested = portal
        .index
        .suggest("vikinger i sko", &[], 8, Language::Danish);
    let suggested: Vec<Option<&str>> = suggested
        .iter()
        .map(|one| one.id.as_ref().map(Slug::as_str))
        .collect();
    assert!(suggested.contains(&Some("c-bekraeftet")), "{suggested:?}");
    assert!(!suggested.contains(&Some("a-udeladt")), "{suggested:?}");
    // It is still there for whoever has its address, and for whoever keeps it alive.
    let kept = [(Kind::Offer, "a-udeladt".parse().unwrap())];
    assert_eq!(portal.index.hits(&kept, Language::Danish).len(), 1);
    assert_eq!(portal.index.len(), 44);
}

#[test]
fn what_is_due_is_found_by_the_organisation_that_it_mentions() {
    let portal = late();
    let due = |organisation: &str, day: &str| -> Vec<String> {
        let found = portal
            .index
            .due_by(&organisation.parse().unwrap(), day.parse().unwrap());
        let mut ids: Vec<String> = found.iter().map(|(_, id)| id.to_string()).collect();
        ids.sort();
        ids
    };
    assert_eq!(due("museet", "2026-03-02"), [""; 0]);
    assert_eq!(due("museet", "2026-05-02"), ["a-udeladt", "b-ubekraeftet"]);
    assert_eq!(
        due("skolen", "2026-09-01").len(),
        4,
        "its anchoring is to be reviewed, too"
    );
    assert_eq!(due("museum-uden-noget", "2030-01-01"), [""; 0]);
}

#[test]
fn suggestions_complete_words_and_titles() {
    let portal = Portal::plain(&[
        ("a", "Vikingernes skibe", "Noget."),
        ("b", "Vikinger i Ribe", "Noget."),
        ("c", "Smådyr", "Noget."),
    ]);
    let texts = |typed: &str| -> Vec<String> {
        portal
            .index
            .suggest(typed, &[], 8, Language::Danish)
            .into_iter()
            .map(|suggestion| suggestion.text)
            .collect()
    };
    assert!(texts("viki").contains(&"Vikingernes skibe".to_owned()));
    assert!(
        texts("smad").contains(&"Smådyr".to_owned()),
        "{:?}",
        texts("smad")
    );
    assert!(
        texts("vikinger i r").contains(&"Vikinger i Ribe".to_owned()),
        "{:?}",
        texts("vikinger i r")
    );
    assert!(texts("").is_empty() && texts("   ").is_empty());
}

#[test]
fn related_ones_come_from_several_providers_and_never_twice() {
    let index = SearchIndex::in_memory().unwrap();
    let mut changes = Vec::new();
    let offer = |id: &str, title: &str, provider: &str, sequence: u64| {
        change(
            entry(
                &json!({"type": "offer", "id": id, "title": title, "summary": "Fossiler i klinten med hammer.", "provider": provider,
                "themes": ["fossiler"], "subjects": ["geografi"]}),
            ),
            sequence,
        )
    };
    for number in 0..5 {
        changes.push(offer(
            &format!("samme-{number}"),
            &format!("Fossiler {number}"),
            "museet",
            number,
        ));
    }
    changes.push(offer("andet-1", "Fossiler ved havet", "geocenteret", 6));
    changes.push(offer("andet-2", "Fossiler ved havet", "naturskolen", 7));
    index.apply(&changes, 7).unwrap();
    let related = index.related(
        Kind::Offer,
        &"samme-0".parse().unwrap(),
        &[Kind::Offer],
        5,
        Language::Danish,
    );
    let found: Vec<&str> = related.iter().map(|hit| hit.id.as_str()).collect();
    assert!(!found.contains(&"samme-0"), "never itself");
    assert!(
        found.iter().filter(|id| id.starts_with("samme")).count() <= 2,
        "{found:?}"
    );
    assert_eq!(
        found.iter().filter(|id| id.starts_with("andet")).count(),
        1,
        "the same title once: {found:?}"
    );
}
