//! Content stays alive over months: on a clock that is moved.

use domain::OrganisationKind;
use domain::membership::MemberRole;
use domain::notice::{Delivery, NoticeKind, Preferences};
use server::upkeep;

use super::mail::path_in;
use super::publishing::{
    MUSEUM, get, id, nobody, parse, person, post, run, save, town, whole_offer,
};
use super::*;

impl TestPortal {
    /// The same portal at another moment.
    pub(super) fn move_to(&mut self, moment: &str) {
        self.router = Router::new();
        let portal = Arc::get_mut(&mut self.portal).unwrap();
        portal.clock = Clock::Fixed(moment.parse().unwrap());
        self.router = web::router(Arc::clone(&self.portal));
    }

    /// Somebody's new sign-in, as the old one has ended meanwhile.
    pub(super) async fn signed_in(&self, name: &str) -> Persona {
        let account = self.portal.store.account(&id(name)).await.unwrap().unwrap();
        let now = self.portal.clock.now();
        let mut seed = [7_u8; 32];
        let what = format!("{name}{}", now.as_second());
        seed[..what.len()].copy_from_slice(what.as_bytes());
        let secret = Secret::generate(&mut rand::rngs::StdRng::from_seed(seed));
        let lasts = jiff::SignedDuration::from_hours(1);
        self.portal
            .store
            .begin_session(account, &secret, None, now, lasts)
            .await
            .unwrap();
        Persona {
            token: None,
            cookie: Some(format!("__Host-anker={}", secret.reveal())),
        }
    }

    /// Sends the day's reminders: of how many things somebody was told.
    async fn remind(&self) -> usize {
        self.caught_up().await;
        upkeep::remind(&self.portal).await.unwrap()
    }

    async fn needs(&self, organisation: &str) -> usize {
        self.caught_up().await;
        let looks = self.portal.needs_a_look(&id(organisation)).await;
        looks.unwrap().len()
    }
}

/// Gets every letter about upkeep at once.
pub(super) async fn at_once(test: &TestPortal, account: &str) {
    let mut preferences = Preferences::default();
    for kind in [
        NoticeKind::ReviewDue,
        NoticeKind::NotConfirmed,
        NoticeKind::Lapsed,
        NoticeKind::AnchoringOverdue,
        NoticeKind::LinksDead,
    ] {
        preferences.chosen.insert(kind, Delivery::AtOnce);
    }
    let store = &test.portal.store;
    store
        .put_preferences(&id(account), &preferences)
        .await
        .unwrap();
}

const OFFER: &str = "/tilbud/aebler-paa-aaen";
const DESK: &str = "/mit-arbejde/forloeb/aebler-paa-aaen";

/// An offer that Anna wrote and Erik approved on 24 November 2026.
async fn published() -> TestPortal {
    let test = town().await;
    let roles = [(MUSEUM.0, MUSEUM.1, MemberRole::Editor)];
    let anna = person(&test, "anna", None, &roles).await;
    let erik = person(&test, "erik", Some(PortalRole::Editor), &[]).await;
    at_once(&test, "anna").await;
    whole_offer(&test, &anna).await;
    publish(&test, &anna, &erik).await;
    test
}

async fn publish(test: &TestPortal, anna: &Persona, erik: &Persona) {
    let sent = post(test, anna, DESK, &[("do", "submit")]).await;
    assert_eq!(sent.status, 303, "{}", sent.text());
    let approved = post(test, erik, DESK, &[("do", "approve")]).await;
    assert_eq!(approved.status, 303, "{}", approved.text());
    test.caught_up().await;
}

#[test]
fn an_offer_goes_stale_and_is_confirmed_by_the_link_in_a_letter() {
    run(async {
        let mut test = published().await;
        let mut seen = test.letters().await.len();
        for (day, subject) in [
            ("2027-10-24", None),
            ("2027-10-25", Some("Tid at se efter")),
            ("2027-11-16", None),
            ("2027-11-17", Some("Tid at se efter")),
            ("2027-11-24", Some("Tid at se efter")),
            ("2027-12-23", None),
            ("2027-12-24", Some("Ikke bekr")),
            ("2028-02-21", None),
            ("2028-02-22", Some("Vises ikke l")),
            ("2028-06-01", None),
        ] {
            test.move_to(&format!("{day}T08:00:00Z"));
            assert_eq!(test.remind().await, usize::from(subject.is_some()), "{day}");
            assert_eq!(test.remind().await, 0, "nothing is told twice: {day}");
            let letters = test.letters().await;
            assert_eq!(
                letters.len() - seen,
                usize::from(subject.is_some()),
                "{day}"
            );
            seen = letters.len();
            if let Some(subject) = subject {
                let letter = letters.last().unwrap();
                assert!(letter.contains("/bekraeft/anker_"), "{day}: {letter}");
                assert!(letter.contains(subject), "{day}: {letter}");
                assert!(letter.contains("Se «Æbler på åen» efter"), "{letter}");
            }
            if day == "2027-12-24" {
                let found = test.get("/soeg?q=klosterbro+broen").await.text();
                assert!(found.contains("Æbler") && found.contains("Ikke bekræftet"));
                let page = test.get(OFFER).await.text();
                assert!(page.contains("Ingen har set forløbet efter til tiden"));
            }
        }

        // Out of the search and all it counts, but there.
        let found = test.get("/api/v1/search?q=broen&kind=offer").await.json();
        assert_eq!(
            (found["total"].as_u64(), found["lapsed"].as_u64()),
            (Some(0), Some(1))
        );
        let page = test.get("/soeg?q=broen&kind=offer").await.text();
        assert!(page.contains("Vis også dem, ingen har bekræftet"), "{page}");
        assert!(page.contains("lapsed=with"));
        let page = test
            .get("/soeg?q=broen&kind=offer&lapsed=with")
            .await
            .text();
        assert!(page.contains("Ikke bekræftet i lang tid"), "{page}");
        assert!(
            page.contains(r#"name="lapsed" value="with""#),
            "the form keeps it"
        );
        let page = test.get(OFFER).await;
        assert_eq!(page.status, 200);
        assert!(page.text().contains("Sidst bekræftet 24. november 2026"));
        assert!(
            page.text()
                .contains("Skulle have været bekræftet 24. november 2027")
        );

        // Programs that look into mail open the address; nothing comes of it.
        let letters = test.letters().await;
        let link = path_in(letters.last().unwrap(), "bekraeft");
        for method in ["GET", "HEAD", "GET"] {
            let opened = test.send(&nobody(), method, &link, &[], "").await;
            assert_eq!(opened.status, 200);
            assert!(
                opened.header("cache-control").contains("no-store")
                    || opened.header("cache-control").contains("private")
            );
        }
        let opened = test.get(&link).await.text();
        assert!(
            opened.contains("Passer det stadig?") && opened.contains("Klassen sejler med æbler.")
        );
        assert_eq!(test.needs("proevemuseet").await, 1);

        let confirmed = post(&test, &nobody(), &link, &[]).await;
        assert_eq!(confirmed.status, 200);
        assert!(
            confirmed.text().contains("Tak, det er bekræftet"),
            "{}",
            confirmed.text()
        );
        assert!(confirmed.text().contains("1. juni 2029"));
        assert_eq!(test.needs("proevemuseet").await, 0);
        let found = test.get("/api/v1/search?q=broen&kind=offer").await.json();
        assert_eq!(
            (found["total"].as_u64(), found["lapsed"].as_u64()),
            (Some(1), Some(0))
        );
        let page = test.get(OFFER).await.text();
        assert!(page.contains("Sidst bekræftet 1. juni 2028"), "{page}");
        let record = store::Key::new(domain::Kind::Offer, id("aebler-paa-aaen"));
        let record = test.portal.store.get(&record).await.unwrap().unwrap();
        assert_eq!(record.author, "account:anna");
        assert!(record.updated.to_string().starts_with("2026-11-24"));

        // The letters before ask for nothing any more, and say so.
        for letter in &letters[letters.len() - 2..] {
            let again = post(&test, &nobody(), &path_in(letter, "bekraeft"), &[]).await;
            assert_eq!(again.status, 200);
            assert!(again.text().contains("Det er svaret på"));
        }
        test.move_to("2028-06-02T08:00:00Z");
        assert_eq!(test.remind().await, 0);
    });
}

#[test]
fn an_edit_of_the_content_counts_a_touched_draft_does_not() {
    run(async {
        let mut test = published().await;
        test.move_to("2027-11-10T08:00:00Z");
        let anna = test.signed_in("anna").await;
        let erik = test.signed_in("erik").await;
        assert_eq!(test.needs("proevemuseet").await, 1);
        let saved = save(
            &test,
            &anna,
            &format!("{DESK}/skriv?trin=hvad"),
            &[
                ("title", "Pærer på åen"),
                ("summary", "Klassen sejler med pærer."),
                ("provider", "proevemuseet"),
                ("description", "Vi mødes ved broen."),
            ],
        )
        .await;
        assert_eq!(saved.status, 303);
        assert_eq!(
            test.needs("proevemuseet").await,
            1,
            "a draft is nobody's word"
        );
        assert_eq!(test.remind().await, 1);
        publish(&test, &anna, &erik).await;
        assert_eq!(test.needs("proevemuseet").await, 0);
        let page = test.get(OFFER).await.text();
        assert!(page.contains("Sidst bekræftet 10. november 2027"), "{page}");
        assert!(page.contains("Næste gennemgang: 10. november 2028"));
    });
}

#[test]
fn the_desk_confirms_with_one_click() {
    run(async {
        let mut test = published().await;
        let anna = test.signed_in("anna").await;
        let desk = get(&test, &anna, "/mit-arbejde").await.text();
        assert!(!desk.contains("Trænger til et blik"));
        test.move_to("2027-11-10T08:00:00Z");
        let anna = test.signed_in("anna").await;
        let desk = get(&test, &anna, "/mit-arbejde").await.text();
        assert!(desk.contains("Trænger til et blik"), "{desk}");
        assert!(desk.contains("Skal bekræftes senest 24. november 2027"));
        let done = post(&test, &anna, DESK, &[("from", "desk"), ("do", "confirm")]).await;
        assert_eq!(
            (done.status, done.header(LOCATION)),
            (StatusCode::SEE_OTHER, "/mit-arbejde?gjort=confirm")
        );
        test.caught_up().await;
        let desk = get(&test, &anna, "/mit-arbejde?gjort=confirm").await.text();
        assert!(!desk.contains("Trænger til et blik"));
    });
}

#[test]
fn a_day_that_was_missed_is_made_up_for_once() {
    run(async {
        let mut test = published().await;
        let before = test.letters().await.len();
        let remind_if_due = async |test: &TestPortal| {
            test.caught_up().await;
            upkeep::remind_if_due(&test.portal).await.unwrap();
            test.letters().await.len() - before
        };
        test.move_to("2027-11-20T04:59:00Z");
        assert_eq!(
            remind_if_due(&test).await,
            0,
            "it is not six in Denmark yet"
        );
        test.move_to("2027-11-20T05:00:00Z");
        assert_eq!(
            remind_if_due(&test).await,
            1,
            "only the last of what was missed"
        );
        assert_eq!(remind_if_due(&test).await, 1);
        test.move_to("2027-11-24T23:30:00Z");
        assert_eq!(
            remind_if_due(&test).await,
            1,
            "it is past midnight in Denmark"
        );
        test.move_to("2027-11-25T06:00:00Z");
        assert_eq!(remind_if_due(&test).await, 2);
    });
}

#[test]
fn a_link_is_good_for_whoever_still_answers_for_it() {
    run(async {
        let mut test = published().await;
        test.move_to("2027-11-20T08:00:00Z");
        assert_eq!(test.remind().await, 1);
        let link = path_in(test.letters().await.last().unwrap(), "bekraeft");
        let made_up = format!("/bekraeft/anker_{}", "0".repeat(64));
        for address in ["/bekraeft/noget", &made_up] {
            let opened = test.get(address).await;
            assert_eq!(opened.status, 404, "{address}");
            assert!(opened.text().contains("Linket gælder ikke længere"));
        }
        assert_eq!(test.get(&link).await.status, 200);
        assert!(
            test.get(&format!("{link}?lang=en"))
                .await
                .text()
                .contains("Does it still hold?")
        );
        let store = &test.portal.store;
        let mut anna = store.account(&id("anna")).await.unwrap().unwrap();
        anna.disabled = Some(test.portal.clock.now());
        store.put_account(&anna).await.unwrap();
        for method in ["GET", "POST"] {
            let opened = test.send(&nobody(), method, &link, &[], "").await;
            assert_eq!(opened.status, 404);
        }
        assert_eq!(test.needs("proevemuseet").await, 1);
    });
}

#[test]
fn a_partner_who_stays_silent_is_reminded_twice_and_then_an_editor_decides() {
    run(async {
        let mut test = town().await;
        let anna = person(
            &test,
            "anna",
            None,
            &[(MUSEUM.0, MUSEUM.1, MemberRole::Manager)],
        )
        .await;
        let school = ("aaskolen", OrganisationKind::School, MemberRole::Editor);
        person(&test, "lis", None, &[school]).await;
        let town = (
            "odense-kommune",
            OrganisationKind::Municipality,
            MemberRole::Editor,
        );
        person(&test, "kim", None, &[town]).await;
        person(&test, "erik", Some(PortalRole::Editor), &[]).await;
        let begun = [("title", "Åen"), ("owner", "proevemuseet")];
        assert_eq!(
            post(&test, &anna, "/mit-arbejde/ny-erfaring", &begun)
                .await
                .status,
            303
        );
        let desk = "/mit-arbejde/erfaringer/aaen";
        let steps: [(&str, &[(&str, &str)]); 3] = [
            (
                "projekt",
                &[("title", "Åen"), ("summary", "Vi lærte af hinanden.")],
            ),
            (
                "laering",
                &[
                    ("story", "Det begyndte."),
                    ("whatWorked", "Møder"),
                    ("whatDidNot", "Tid"),
                ],
            ),
            (
                "parter",
                &[
                    ("partners.0.organisation", "proevemuseet"),
                    ("partners.0.contactPerson", "true"),
                    ("partners.0.tasks.teach", "high"),
                    ("partners.1.organisation", "aaskolen"),
                    ("add-partner", "odense-kommune"),
                ],
            ),
        ];
        for (step, fields) in steps {
            let saved = save(&test, &anna, &format!("{desk}/skriv?trin={step}"), fields).await;
            assert_eq!(saved.status, 303, "{step}: {}", saved.text());
        }
        let sent = post(&test, &anna, desk, &[("do", "submit")]).await;
        assert_eq!(sent.status, 303, "{}", sent.text());

        let before = test.letters().await.len();
        for (day, told, letters) in [
            ("2026-11-30", 0, 0),
            ("2026-12-01", 2, 2),
            ("2026-12-07", 0, 2),
            ("2026-12-08", 2, 4),
            ("2026-12-14", 0, 4),
        ] {
            test.move_to(&format!("{day}T08:00:00Z"));
            assert_eq!(test.remind().await, told, "{day}");
            assert_eq!(test.remind().await, 0, "{day}");
            assert_eq!(test.letters().await.len() - before, letters, "{day}");
        }
        let erik = test.signed_in("erik").await;
        let queue = get(&test, &erik, "/mit-arbejde/redaktion").await.text();
        assert!(!queue.contains("Åen</a>"));
        assert_eq!(
            post(&test, &erik, desk, &[("do", "approve")]).await.status,
            422
        );
        let lis = test.signed_in("lis").await;
        let answer = [("answer", "approve"), ("partner", "aaskolen")];
        assert_eq!(post(&test, &lis, desk, &answer).await.status, 303);

        test.move_to("2026-12-15T08:00:00Z");
        assert_eq!(test.remind().await, 1);
        assert_eq!(test.remind().await, 0);
        let letters = test.letters().await;
        assert_eq!(letters.len() - before, 5);
        assert!(letters.last().unwrap().contains("ikke svaret i tre uger"));
        let erik = test.signed_in("erik").await;
        let queue = get(&test, &erik, "/mit-arbejde/redaktion").await.text();
        assert!(queue.contains("Åen</a>"), "{queue}");
        // The partner can still answer, and the case waits for it as well.
        let kim = test.signed_in("kim").await;
        assert!(
            get(&test, &kim, "/mit-arbejde")
                .await
                .text()
                .contains("Åen</a>")
        );
        let decided = post(&test, &erik, desk, &[("do", "approve")]).await;
        assert_eq!(decided.status, 303, "{}", decided.text());
        test.caught_up().await;
        assert_eq!(test.get("/erfaringer/aaen").await.status, 200);
        test.move_to("2026-12-24T08:00:00Z");
        assert_eq!(test.remind().await, 0);
    });
}

#[test]
fn whoever_is_to_anchor_something_is_asked_once_its_day_has_passed() {
    run(async {
        let mut test = town().await;
        let roles = [(MUSEUM.0, MUSEUM.1, MemberRole::Editor)];
        person(&test, "anna", None, &roles).await;
        at_once(&test, "anna").await;
        let put = async |test: &TestPortal, day: &str| {
            let line = format!(
                r#"{{"type":"case","id":"aaen","title":"Åen","summary":"S","sourceUrl":"https://kilde.example/aaen",
                "partners":[{{"organisation":"aaskolen"}},{{"organisation":"proevemuseet"}}],
                "anchoring":[{{"strategy":"aarshjul","owner":"proevemuseet","status":"active","nextReview":"{day}"}},
                {{"strategy":"ledelse","owner":"aaskolen","nextReview":"{day}"}},
                {{"strategy":"netvaerk","owner":"proevemuseet","status":"lapsed","nextReview":"{day}"}}]}}"#
            );
            let now = test.portal.clock.now();
            let store = &test.portal.store;
            store.put(parse(&line), &Author::Portal, now).await.unwrap();
        };
        put(&test, "2026-12-01").await;
        let before = test.letters().await.len();
        test.move_to("2026-12-01T08:00:00Z");
        assert_eq!(test.remind().await, 0);
        test.move_to("2026-12-02T08:00:00Z");
        assert_eq!(test.remind().await, 1, "the school has no members here");
        assert_eq!(test.remind().await, 0);
        let letters = test.letters().await;
        assert_eq!(letters.len() - before, 1);
        assert!(
            letters
                .last()
                .unwrap()
                .contains("https://anker.example/erfaringer/aaen")
        );
        let overdue = "Aftalt gennemgang 1. december 2026 er ikke meldt udført";
        let page = test.get("/erfaringer/aaen").await.text();
        assert_eq!(
            page.matches(overdue).count(),
            2,
            "what has lapsed is not overdue"
        );
        assert!(
            !page.contains("Sidst bekræftet"),
            "nobody behind it has said so"
        );
        let anna = test.signed_in("anna").await;
        let desk = get(&test, &anna, "/mit-arbejde").await.text();
        assert!(
            desk.contains("Trænger til et blik") && desk.contains(overdue),
            "{desk}"
        );
        put(&test, "2026-12-10").await;
        assert_eq!(test.remind().await, 0);
        test.move_to("2026-12-11T08:00:00Z");
        assert_eq!(test.remind().await, 1, "a new day is asked about anew");
    });
}
