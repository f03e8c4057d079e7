//! Links are visited on a clock that is moved, at a real site on this machine.

use std::collections::HashMap;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use axum::extract::State;
use axum::routing::any;
use domain::Kind;
use domain::membership::MemberRole;
use jiff::ToSpan as _;
use jiff::civil::Date;
use server::links::{self, Round, Visitor};
use store::Key;

use super::publishing::{MUSEUM, get, id, nobody, person, post, run, town};
use super::upkeep::at_once;
use super::*;

/// A site whose page can go and come back, and which counts how often it was asked for it.
#[derive(Clone, Default)]
struct Site {
    gone: Arc<AtomicBool>,
    asked: Arc<AtomicUsize>,
}

async fn page(State(site): State<Site>) -> StatusCode {
    site.asked.fetch_add(1, Ordering::SeqCst);
    if site.gone.load(Ordering::SeqCst) {
        StatusCode::NOT_FOUND
    } else {
        StatusCode::OK
    }
}

impl Site {
    /// Serves it, and gives a visitor that finds it as `museet.example`.
    async fn open(&self) -> Visitor {
        let router = Router::new()
            .route("/god", any(|| async { "God" }))
            .route("/side", any(page))
            .with_state(self.clone());
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let socket = listener.local_addr().unwrap();
        tokio::spawn(async move { axum::serve(listener, router).await.unwrap() });
        let known = [("museet.example".to_owned(), socket)].into();
        Visitor::among("https://anker.example", "kontakt@anker.example", known)
    }
}

impl TestPortal {
    fn visits_with(&mut self, visitor: Visitor) {
        self.router = Router::new();
        let portal = Arc::get_mut(&mut self.portal).unwrap();
        portal.visitor = visitor;
        self.router = web::router(Arc::clone(&self.portal));
    }

    /// Makes the rounds of some days, one a day at noon, and says what came of them together.
    async fn rounds(&mut self, from: &str, days: i32) -> Round {
        let from: Date = from.parse().unwrap();
        let mut all = Round::default();
        for day in 0..days {
            let day = from.saturating_add(day.days());
            self.move_to(&format!("{day}T12:00:00Z"));
            let round = links::round(&self.portal).await.unwrap();
            all.visited += round.visited;
            all.counted += round.counted;
            all.told += round.told;
            let again = links::round(&self.portal).await.unwrap();
            assert_eq!(
                again,
                Round::default(),
                "{day}: nothing is visited twice a day"
            );
        }
        all
    }

    async fn dead(&self, organisation: &str) -> Vec<String> {
        let dead = self.portal.dead_links_of(&id(organisation)).await.unwrap();
        let links = dead.into_iter().flat_map(|dead| dead.links);
        links.map(|link| link.written).collect()
    }
}

fn offer(text: &str) -> String {
    json!({"type": "offer", "id": "aebler", "title": "Æbler", "summary": "S", "provider": "proevemuseet",
        "sourceUrl": "http://museet.example/god#top", "description": text})
    .to_string()
}

const LINKED: &str =
    "Læs [mere](http://museet.example/side#om), ikke [her](http://127.0.0.1/side).";

/// A museum with an editor and an offer that links to two pages.
async fn linked(site: &Site) -> TestPortal {
    let mut test = town().await;
    test.visits_with(site.open().await);
    let roles = [(MUSEUM.0, MUSEUM.1, MemberRole::Editor)];
    person(&test, "anna", None, &roles).await;
    at_once(&test, "anna").await;
    test.put(&offer(LINKED)).await;
    test
}

#[test]
fn a_dead_link_is_told_of_once_shown_at_the_desk_and_looked_at_again() {
    run(async {
        let site = Site::default();
        let mut test = linked(&site).await;
        let before = test.letters().await.len();
        let week = test.rounds("2026-11-24", 7).await;
        assert_eq!((week.visited, week.counted, week.told), (2, 2, 0));
        assert_eq!(
            site.asked.load(Ordering::SeqCst),
            1,
            "once a week, and HEAD is enough"
        );
        assert_eq!(test.rounds("2026-12-01", 7).await.visited, 2);

        // It fails on one day, and on the next.
        site.gone.store(true, Ordering::SeqCst);
        let week = test.rounds("2026-12-08", 8).await;
        assert_eq!((week.told, test.dead("proevemuseet").await.len()), (1, 1));
        let letters = test.letters().await;
        assert_eq!(letters.len() - before, 1);
        let letter = letters.last().unwrap();
        for part in [
            "Links virker ikke: Æbler",
            "http://museet.example/side#om",
            "/mit-arbejde/forloeb/aebler",
        ] {
            assert!(letter.contains(part), "{part}: {letter}");
        }
        assert!(!letter.contains("museet.example/god"));
        assert_eq!(
            test.rounds("2026-12-16", 21).await.told,
            0,
            "it is told once"
        );

        let anna = test.signed_in("anna").await;
        let desk = get(&test, &anna, "/mit-arbejde").await.text();
        for part in [
            "Trænger til et blik",
            "Ét link virker ikke",
            "Siden findes ikke (siden",
            "forloeb/aebler/skriv",
        ] {
            assert!(desk.contains(part), "{part}: {desk}");
        }
        let english = get(&test, &anna, "/en/mit-arbejde").await.text();
        assert!(english.contains("One link does not work") && english.contains("Look again now"));

        let at = desk.find("name=\"link\" value=\"").unwrap();
        let link = desk[at + 19..].split('"').next().unwrap().to_owned();
        let form = [("link", link.as_str())];
        let lis = [(
            "aaskolen",
            domain::OrganisationKind::School,
            MemberRole::Editor,
        )];
        let stranger = person(&test, "lis", None, &lis).await;
        for who in [&stranger, &nobody()] {
            let refused = post(&test, who, "/mit-arbejde/links", &form).await;
            assert!(
                [403, 404].contains(&refused.status.as_u16()),
                "{}",
                refused.status
            );
        }
        let unknown = post(&test, &anna, "/mit-arbejde/links", &[("link", "x")]).await;
        assert_eq!(unknown.status, 404);
        let asked = site.asked.load(Ordering::SeqCst);
        let look = async |test: &TestPortal, who: &Persona| {
            let answer = post(test, who, "/mit-arbejde/links", &form).await;
            assert_eq!(answer.status, 303);
            answer.header(LOCATION).to_owned()
        };
        assert_eq!(look(&test, &anna).await, "/mit-arbejde?gjort=link-dead");
        site.gone.store(false, Ordering::SeqCst);
        assert_eq!(look(&test, &anna).await, "/mit-arbejde?gjort=link-waits");
        assert_eq!(
            site.asked.load(Ordering::SeqCst) - asked,
            2,
            "HEAD, and GET to be sure"
        );
        test.move_to("2027-01-05T12:11:00Z");
        let anna = test.signed_in("anna").await;
        assert_eq!(look(&test, &anna).await, "/mit-arbejde?gjort=link-works");
        let desk = get(&test, &anna, "/mit-arbejde?gjort=link-works")
            .await
            .text();
        assert!(
            desk.contains("Linket virker igen") && !desk.contains("Trænger til et blik"),
            "{desk}"
        );
        let shown = get(&test, &anna, "/mit-arbejde/links").await;
        assert_eq!(shown.header(LOCATION), "/mit-arbejde");

        // Dead again, it is told again; out of the text, it is out of the list and out of the store.
        site.gone.store(true, Ordering::SeqCst);
        assert_eq!(test.rounds("2027-01-06", 15).await.told, 1);
        test.put(&offer("Uden links.")).await;
        assert_eq!(test.dead("proevemuseet").await, Vec::<String>::new());
        assert!(
            test.portal
                .store
                .linked_address(&link)
                .await
                .unwrap()
                .is_some()
        );
        test.rounds("2027-01-21", 1).await;
        assert_eq!(test.portal.store.linked_address(&link).await.unwrap(), None);
        test.portal
            .store
            .remove(
                &Key::new(Kind::Offer, id("aebler")),
                &Author::Portal,
                test.portal.clock.now(),
            )
            .await
            .unwrap();
        assert_eq!(test.rounds("2027-01-22", 7).await.visited, 0);
    });
}

#[test]
fn without_a_network_nothing_is_declared_dead() {
    run(async {
        let site = Site::default();
        let mut test = linked(&site).await;
        // There is no name at all.
        let lost = Visitor::among("https://anker.example", "k@anker.example", HashMap::new());
        test.visits_with(lost);
        let rounds = test.rounds("2026-11-24", 21).await;
        assert!(
            rounds.visited > 20,
            "they are tried again every day: {rounds:?}"
        );
        assert_eq!((rounds.counted, rounds.told), (0, 0));

        // The network is back, and one of the names is not.
        test.visits_with(site.open().await);
        test.put(&offer("[Væk](https://findes-ikke.example/)"))
            .await;
        let rounds = test.rounds("2026-12-15", 9).await;
        assert_eq!(rounds.told, 1, "{rounds:?}");
        assert_eq!(
            test.dead("proevemuseet").await,
            ["https://findes-ikke.example/"]
        );
        let anna = test.signed_in("anna").await;
        let desk = get(&test, &anna, "/mit-arbejde").await.text();
        assert!(desk.contains("Webstedet findes ikke"), "{desk}");
    });
}

#[test]
fn an_organisations_own_address_is_its_managers_affair_and_the_samples_nobodys() {
    run(async {
        let site = Site::default();
        let mut test = linked(&site).await;
        let roles = [(MUSEUM.0, MUSEUM.1, MemberRole::Manager)];
        person(&test, "mette", None, &roles).await;
        at_once(&test, "mette").await;
        test.put(r#"{"type":"organisation","id":"proevemuseet","name":"Prøvemuseet","kind":"institution","municipality":"461","url":"https://museum-uden-navn.example"}"#)
            .await;
        let now = test.portal.clock.now();
        sample::put(&test.portal.store, now, &Author::Portal)
            .await
            .unwrap();
        let before = test.letters().await.len();
        let rounds = test.rounds("2026-11-24", 15).await;
        assert!(
            rounds.visited < 12,
            "the sample content is not visited: {rounds:?}"
        );
        assert_eq!(rounds.told, 1);
        let letters = test.letters().await;
        assert_eq!(letters.len() - before, 1, "Anna does not write there");
        let letter = letters.last().unwrap();
        assert!(
            letter.contains("mette@museet.example")
                && letter.contains("organisationer/proevemuseet")
        );
        let shows = "museum-uden-navn.example";
        for (name, sees) in [("mette", true), ("anna", false)] {
            let who = test.signed_in(name).await;
            let desk = get(&test, &who, "/mit-arbejde").await.text();
            assert_eq!(desk.contains(shows), sees, "{name}");
        }
    });
}
