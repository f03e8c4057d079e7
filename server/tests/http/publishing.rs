//! Writing, reviewing and publishing, the way people do it.

use domain::membership::MemberRole;
use domain::{Entry, OrganisationKind, Slug};

use super::*;

/// Runs a test as the program runs: on threads with room for the database's recursion.
pub(super) fn run(test: impl Future<Output = ()> + Send + 'static) {
    tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .thread_stack_size(10 << 20)
        .enable_all()
        .build()
        .unwrap()
        .block_on(async { tokio::spawn(test).await.unwrap() });
}

pub(super) fn id(text: &str) -> Slug {
    text.parse().unwrap()
}

pub(super) fn parse(line: &str) -> Entry {
    domain::exchange::parse_line(line).unwrap()
}

impl TestPortal {
    /// Puts an object there that came from elsewhere.
    pub(super) async fn put(&self, line: &str) {
        let now = self.portal.clock.now();
        let store = &self.portal.store;
        store.put(parse(line), &Author::Portal, now).await.unwrap();
    }
}

/// Somebody signed in, with roles in organisations.
pub(super) async fn person(
    test: &TestPortal,
    name: &str,
    role: Option<PortalRole>,
    roles: &[(&str, OrganisationKind, MemberRole)],
) -> Persona {
    let store = &test.portal.store;
    let now = test.portal.clock.now();
    let account = store::Account {
        id: id(name),
        name: name.to_uppercase(),
        email: Some(format!("{name}@museet.example")),
        role,
        created: now,
        disabled: None,
    };
    store.put_account(&account).await.unwrap();
    for (organisation, kind, role) in roles {
        assert!(
            store
                .set_roles(&id(organisation), *kind, &id(name), &[*role], now)
                .await
                .unwrap()
        );
    }
    let mut bytes = [0_u8; 32];
    bytes[..name.len()].copy_from_slice(name.as_bytes());
    let secret = Secret::generate(&mut rand::rngs::StdRng::from_seed(bytes));
    let lasts = jiff::SignedDuration::from_hours(1);
    store
        .begin_session(account, &secret, None, now, lasts)
        .await
        .unwrap();
    Persona {
        token: None,
        cookie: Some(format!("__Host-anker={}", secret.reveal())),
    }
}

pub(super) async fn town() -> TestPortal {
    let test = TestPortal::empty().await;
    for (organisation, name, kind) in [
        ("proevemuseet", "Prøvemuseet", "institution"),
        ("aaskolen", "Åskolen", "school"),
        ("odense-kommune", "Odense Kommune", "municipality"),
    ] {
        let line = format!(
            r#"{{"type":"organisation","id":"{organisation}","name":"{name}","kind":"{kind}","municipality":"461"}}"#
        );
        test.put(&line).await;
    }
    test.caught_up().await;
    test
}

/// The revision of the draft that a page of an offer or a case shows to those who answer about it.
fn revision(page: &str) -> String {
    let at = page.find("name=\"revision\"").unwrap();
    let value = page[at..].split("value=\"").nth(1).unwrap();
    value.split('"').next().unwrap().to_owned()
}

/// A form as a browser sends it.
pub(super) async fn post(
    test: &TestPortal,
    who: &Persona,
    path: &str,
    fields: &[(&str, &str)],
) -> Answer {
    let body = domain::search::encode_pairs(fields.iter().copied());
    test.send(
        who,
        "POST",
        path,
        &[("content-type", "application/x-www-form-urlencoded")],
        body,
    )
    .await
}

pub(super) async fn get(test: &TestPortal, who: &Persona, path: &str) -> Answer {
    test.send(who, "GET", path, &[], "").await
}

pub(super) fn nobody() -> Persona {
    Persona {
        token: None,
        cookie: None,
    }
}

/// What the hidden field of a form says that was seen when it was shown.
fn seen(page: &str) -> String {
    let at = page.find("name=\"seen\"").unwrap();
    let value = page[at..].split("value=\"").nth(1).unwrap();
    value.split('"').next().unwrap().to_owned()
}

pub(super) const MUSEUM: (&str, OrganisationKind) = ("proevemuseet", OrganisationKind::Institution);

pub(super) async fn save(
    test: &TestPortal,
    who: &Persona,
    path: &str,
    fields: &[(&str, &str)],
) -> Answer {
    let form = get(test, who, path).await;
    assert_eq!(form.status, 200, "{path}");
    let seen = seen(&form.text());
    let mut all = vec![("seen", seen.as_str())];
    all.extend(fields);
    post(test, who, path, &all).await
}

/// Begins an offer and fills in all that it needs; gives its address at the desk.
pub(super) async fn whole_offer(test: &TestPortal, who: &Persona) -> String {
    let begun = post(
        test,
        who,
        "/mit-arbejde/nyt-forloeb",
        &[("title", "Æbler på åen"), ("owner", "proevemuseet")],
    )
    .await;
    assert_eq!(begun.status, 303, "{}", begun.text());
    assert_eq!(
        begun.header(LOCATION),
        "/mit-arbejde/forloeb/aebler-paa-aaen/skriv"
    );
    let path = "/mit-arbejde/forloeb/aebler-paa-aaen";
    let steps: [(&str, &[(&str, &str)]); 4] = [
        (
            "hvad",
            &[
                ("title", "Æbler på åen"),
                ("summary", "Klassen sejler med æbler."),
                ("provider", "proevemuseet"),
                (
                    "description",
                    "Vi mødes ved **broen**.<script>alert(1)</script>",
                ),
            ],
        ),
        (
            "hvem",
            &[("grades", "4"), ("grades", "5"), ("themes", "Æbler, åer")],
        ),
        (
            "hvor",
            &[("place.mode", "outdoors"), ("price.kind", "free")],
        ),
        ("forankring", &[("contact.email", "skole@museet.example")]),
    ];
    for (step, fields) in steps {
        let address = format!("{path}/skriv?trin={step}");
        let mut fields = fields.to_vec();
        fields.push(("then", "next"));
        let saved = save(test, who, &address, &fields).await;
        assert_eq!(saved.status, 303, "{step}: {}", saved.text());
    }
    path.to_owned()
}

#[test]
fn an_offer_is_written_reviewed_changed_published_and_found() {
    run(async {
        let test = town().await;
        let anna = person(
            &test,
            "anna",
            None,
            &[(MUSEUM.0, MUSEUM.1, MemberRole::Editor)],
        )
        .await;
        let erik = person(&test, "erik", Some(PortalRole::Editor), &[]).await;
        let stranger = person(&test, "sven", None, &[]).await;

        let begun = post(
            &test,
            &anna,
            "/mit-arbejde/nyt-forloeb",
            &[("title", ""), ("owner", "proevemuseet")],
        )
        .await;
        assert_eq!(begun.status, 422);
        let not_hers = post(
            &test,
            &anna,
            "/mit-arbejde/nyt-forloeb",
            &[("title", "X"), ("owner", "aaskolen")],
        )
        .await;
        assert_eq!(not_hers.status, 403);
        let desk = whole_offer(&test, &anna).await;

        // Nobody else sees it, or that it is there.
        for who in [&nobody(), &stranger] {
            assert_eq!(get(&test, who, "/tilbud/aebler-paa-aaen").await.status, 404);
            let answer = get(&test, who, &desk).await;
            assert!(
                [403, 404].contains(&answer.status.as_u16()),
                "{}",
                answer.status
            );
            assert!(!answer.text().contains("Æbler"));
        }
        let preview = get(&test, &anna, &format!("{desk}/vis")).await;
        assert_eq!(preview.status, 200);
        assert!(preview.text().contains("<strong>broen</strong>"));
        assert!(!preview.text().contains("alert(1)</script>"));

        let sent = post(&test, &anna, &desk, &[("do", "submit")]).await;
        assert_eq!(sent.status, 303, "{}", sent.text());
        let while_in_review = get(&test, &anna, &format!("{desk}/skriv")).await;
        assert_eq!(while_in_review.status, 403);
        let queue = get(&test, &erik, "/mit-arbejde/redaktion").await;
        assert!(queue.text().contains("Æbler på åen"));
        assert_eq!(
            get(&test, &anna, "/mit-arbejde/redaktion").await.status,
            403
        );
        assert_eq!(
            post(&test, &anna, &desk, &[("do", "approve")]).await.status,
            422
        );

        let unsaid = post(&test, &erik, &desk, &[("do", "ask-for-changes")]).await;
        assert_eq!(unsaid.status, 422);
        let asked = post(
            &test,
            &erik,
            &desk,
            &[
                ("do", "ask-for-changes"),
                ("review-text", "Skriv, hvor broen ligger."),
                ("review-field", "description"),
                ("review-field-text", "Hvilken bro?"),
            ],
        )
        .await;
        assert_eq!(asked.status, 303);
        let told = get(&test, &anna, &desk).await.text();
        assert!(told.contains("Skriv, hvor broen ligger.") && told.contains("Hvilken bro?"));
        assert!(
            get(&test, &anna, "/mit-arbejde")
                .await
                .text()
                .contains("Æbler på åen")
        );

        let changed = save(
            &test,
            &anna,
            &format!("{desk}/skriv?trin=hvad"),
            &[
                ("title", "Æbler på åen"),
                ("summary", "Klassen sejler med æbler."),
                ("provider", "proevemuseet"),
                ("description", "Vi mødes ved Klosterbroen."),
            ],
        )
        .await;
        assert_eq!(changed.status, 303);
        assert_eq!(
            post(&test, &anna, &desk, &[("do", "submit")]).await.status,
            303
        );
        let approved = post(&test, &erik, &desk, &[("do", "approve")]).await;
        assert_eq!(approved.status, 303, "{}", approved.text());
        test.caught_up().await;
        let page = get(&test, &nobody(), "/tilbud/aebler-paa-aaen").await;
        assert_eq!(page.status, 200);
        assert!(page.text().contains("Klosterbroen"));
        let found = get(&test, &nobody(), "/api/v1/search?q=klosterbro").await;
        assert!(found.text().contains("aebler-paa-aaen"), "{}", found.text());

        // A change beside it is seen by nobody before it is approved, and can be deleted.
        let changed = save(
            &test,
            &anna,
            &format!("{desk}/skriv?trin=hvad"),
            &[
                ("title", "Pærer"),
                ("summary", "S"),
                ("provider", "proevemuseet"),
            ],
        )
        .await;
        assert_eq!(changed.status, 303);
        assert!(
            get(&test, &nobody(), "/tilbud/aebler-paa-aaen")
                .await
                .text()
                .contains("Klosterbroen")
        );
        let differences = get(&test, &anna, &format!("{desk}/historik")).await.text();
        assert!(differences.contains("Pærer") && differences.contains("Klosterbroen"));
        let unconfirmed = post(&test, &anna, &desk, &[("do", "delete-draft")]).await;
        assert_eq!(unconfirmed.status, 422);
        let deleted = post(
            &test,
            &anna,
            &desk,
            &[("do", "delete-draft"), ("confirm", "true")],
        )
        .await;
        assert_eq!(deleted.status, 303);

        // Withdrawn, it is gone for readers, and comes back as a draft.
        let withdrawn = post(
            &test,
            &anna,
            &desk,
            &[("do", "withdraw"), ("confirm", "true")],
        )
        .await;
        assert_eq!(withdrawn.status, 303, "{}", withdrawn.text());
        test.caught_up().await;
        assert_eq!(
            get(&test, &nobody(), "/tilbud/aebler-paa-aaen")
                .await
                .status,
            404
        );
        assert!(
            !get(&test, &nobody(), "/api/v1/search?q=klosterbro")
                .await
                .text()
                .contains("aebler")
        );
        assert_eq!(
            post(&test, &anna, &desk, &[("do", "restore")]).await.status,
            303
        );
        assert!(
            get(&test, &anna, &format!("{desk}/vis"))
                .await
                .text()
                .contains("Klosterbroen")
        );
    });
}

#[test]
fn of_two_writers_the_later_chooses_and_nothing_is_lost() {
    run(async {
        let test = town().await;
        let roles = [(MUSEUM.0, MUSEUM.1, MemberRole::Editor)];
        let anna = person(&test, "anna", None, &roles).await;
        let bo = person(&test, "bo", None, &roles).await;
        let desk = whole_offer(&test, &anna).await;
        let path = format!("{desk}/skriv?trin=hvad");
        let theirs = seen(&get(&test, &bo, &path).await.text());
        let fields = |summary: &'static str, description: &'static str| {
            [
                ("title", "Æbler på åen"),
                ("summary", summary),
                ("provider", "proevemuseet"),
                ("description", description),
            ]
        };
        assert_eq!(
            save(&test, &anna, &path, &fields("Annas", "Annas"))
                .await
                .status,
            303
        );
        let mut late = vec![("seen", theirs.as_str())];
        let bos = fields("Bos", "Bos");
        late.extend(bos);
        let automatic = post(&test, &bo, &format!("{path}&auto=true"), &late).await;
        assert_eq!(automatic.status, 409);
        let conflict = post(&test, &bo, &path, &late).await;
        assert_eq!(conflict.status, 409);
        let page = conflict.text();
        assert!(page.contains("Annas") && page.contains("Bos"));
        let now = seen(&page);
        let mut chosen = vec![
            ("seen", now.as_str()),
            ("choose.summary", "mine"),
            ("choose.description", "theirs"),
        ];
        chosen.extend(bos);
        assert_eq!(post(&test, &bo, &path, &chosen).await.status, 303);
        let form = get(&test, &anna, &path).await.text();
        assert!(
            form.contains(">Bos</textarea>") && form.contains(">Annas</textarea>"),
            "{form}"
        );
        // Another step is nobody's conflict.
        let other = format!("{desk}/skriv?trin=rundt-om");
        assert_eq!(
            save(&test, &bo, &other, &[("accessibility", "Rampe")])
                .await
                .status,
            303
        );

        let ended = post(&test, &nobody(), &path, &late).await;
        assert_eq!(ended.status, 403);
        assert!(
            ended.text().contains("value=\"Bos\""),
            "what was typed comes back"
        );
    });
}

#[test]
fn three_partners_agree_on_a_case() {
    run(async {
        let test = town().await;
        let anna = person(
            &test,
            "anna",
            None,
            &[(MUSEUM.0, MUSEUM.1, MemberRole::Manager)],
        )
        .await;
        let lis = person(
            &test,
            "lis",
            None,
            &[("aaskolen", OrganisationKind::School, MemberRole::Editor)],
        )
        .await;
        let kim = person(
            &test,
            "kim",
            None,
            &[(
                "odense-kommune",
                OrganisationKind::Municipality,
                MemberRole::Editor,
            )],
        )
        .await;
        let begun = post(
            &test,
            &anna,
            "/mit-arbejde/ny-erfaring",
            &[("title", "Åen"), ("owner", "proevemuseet")],
        )
        .await;
        assert_eq!(begun.status, 303, "{}", begun.text());
        let desk = "/mit-arbejde/erfaringer/aaen";
        let saved = save(
            &test,
            &anna,
            &format!("{desk}/skriv?trin=projekt"),
            &[("title", "Åen"), ("summary", "Vi lærte af hinanden.")],
        )
        .await;
        assert_eq!(saved.status, 303);
        let saved = save(
            &test,
            &anna,
            &format!("{desk}/skriv?trin=laering"),
            &[
                ("story", "Det begyndte."),
                ("whatWorked", "Møder"),
                ("whatDidNot", "Tid"),
            ],
        )
        .await;
        assert_eq!(saved.status, 303);
        let alone = post(&test, &anna, desk, &[("do", "submit")]).await;
        assert_eq!(alone.status, 422);
        let found = save(
            &test,
            &anna,
            &format!("{desk}/skriv?trin=parter"),
            &[
                ("partners.0.organisation", "proevemuseet"),
                ("find", "Åskolen"),
                ("then", "find"),
            ],
        )
        .await;
        assert!(
            found.text().contains("value=\"aaskolen\""),
            "{}",
            found.text()
        );
        let partners = [
            ("partners.0.organisation", "proevemuseet"),
            ("partners.0.contactPerson", "true"),
            ("partners.0.tasks.teach", "high"),
            ("partners.1.organisation", "aaskolen"),
        ];
        let mut with_municipality = partners.to_vec();
        with_municipality.push(("add-partner", "odense-kommune"));
        let saved = save(
            &test,
            &anna,
            &format!("{desk}/skriv?trin=parter"),
            &with_municipality,
        )
        .await;
        assert_eq!(saved.status, 303);
        assert!(
            get(&test, &lis, desk).await.status == 200,
            "a partner reads the draft"
        );
        let sent = post(&test, &anna, desk, &[("do", "submit")]).await;
        assert_eq!(sent.status, 303, "{}", sent.text());
        assert!(
            get(&test, &lis, "/mit-arbejde")
                .await
                .text()
                .contains("Åen")
        );

        let approve = |partner: &'static str| [("answer", "approve"), ("partner", partner)];
        assert_eq!(
            post(&test, &lis, desk, &approve("odense-kommune"))
                .await
                .status,
            422
        );
        assert_eq!(
            post(&test, &lis, desk, &approve("aaskolen")).await.status,
            303
        );
        assert_eq!(get(&test, &nobody(), "/erfaringer/aaen").await.status, 404);
        let objects = post(
            &test,
            &kim,
            desk,
            &[
                ("answer", "ask-for-changes"),
                ("partner", "odense-kommune"),
                ("odense-kommune-text", "Skriv, hvad det kostede."),
            ],
        )
        .await;
        assert_eq!(objects.status, 303, "{}", objects.text());

        // What stood there when somebody read it is what they answer about.
        let read_before = revision(&get(&test, &lis, desk).await.text());

        // A change asks everybody again.
        let changed = save(
            &test,
            &anna,
            &format!("{desk}/skriv?trin=projekt"),
            &[
                ("title", "Åen"),
                ("summary", "Vi lærte af hinanden."),
                // Only what is imported is registered from a source, and so spared the partners.
                ("sourceUrl", "https://aaen.example"),
                ("funding", "5.000 kr."),
            ],
        )
        .await;
        assert_eq!(changed.status, 303);
        assert_eq!(
            post(&test, &anna, desk, &[("do", "submit")]).await.status,
            303
        );
        assert_eq!(
            post(&test, &kim, desk, &approve("odense-kommune"))
                .await
                .status,
            303
        );
        assert_eq!(get(&test, &nobody(), "/erfaringer/aaen").await.status, 404);
        let mut late = approve("aaskolen").to_vec();
        late.push(("revision", read_before.as_str()));
        assert_eq!(post(&test, &lis, desk, &late).await.status, 422);
        let last = post(&test, &lis, desk, &approve("aaskolen")).await;
        assert_eq!(last.status, 303, "{}", last.text());
        let page = get(&test, &nobody(), "/erfaringer/aaen").await;
        assert_eq!(page.status, 200);
        assert!(page.text().contains("5.000 kr."));
    });
}

#[test]
fn the_desk_lists_also_what_came_from_elsewhere() {
    run(async {
        let test = town().await;
        let roles = [(MUSEUM.0, MUSEUM.1, MemberRole::Editor)];
        let anna = person(&test, "anna", None, &roles).await;
        whole_offer(&test, &anna).await;
        let provided = |number: usize, provider: &str| {
            format!(
                r#"{{"type":"offer","id":"fra-{provider}-{number}","title":"Hentet {number} fra {provider}","summary":"S","provider":"{provider}"}}"#
            )
        };
        for number in 0..32 {
            test.put(&provided(number, "proevemuseet")).await;
        }
        test.put(&provided(1, "aaskolen")).await;
        test.caught_up().await;

        let more = "/mit-arbejde?alle=proevemuseet";
        let desk = get(&test, &anna, "/mit-arbejde").await.text();
        assert!(
            desk.contains("Æbler på åen"),
            "what is written here is first"
        );
        assert_eq!(
            desk.matches("/mit-arbejde/forloeb/fra-proevemuseet-")
                .count(),
            29
        );
        assert!(desk.contains(&format!("{more}#indhold-proevemuseet")));
        let desk = get(&test, &anna, more).await.text();
        assert_eq!(
            desk.matches("/mit-arbejde/forloeb/fra-proevemuseet-")
                .count(),
            32
        );
        assert!(!desk.contains("#indhold-") && !desk.contains("fra-aaskolen"));
    });
}

#[test]
fn a_spreadsheet_shows_each_rows_fate_before_anything_is_written() {
    run(async {
        let test = town().await;
        let anna = person(
            &test,
            "anna",
            None,
            &[(MUSEUM.0, MUSEUM.1, MemberRole::Editor)],
        )
        .await;
        whole_offer(&test, &anna).await;
        let csv = "Titel;Resumé;Klassetrin;Pristype\n\
            Æbler på åen;Klassen ror med æbler.;;\n\
            Nyt;Om noget nyt;4;\n\
            ;Uden titel;;\n";
        let form = |what: &str| {
            format!(
                "--x\r\nContent-Disposition: form-data; name=\"owner\"\r\n\r\nproevemuseet\r\n\
                 --x\r\nContent-Disposition: form-data; name=\"do\"\r\n\r\n{what}\r\n\
                 --x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.csv\"\r\n\
                 Content-Type: text/csv\r\n\r\n{csv}\r\n--x--\r\n"
            )
        };
        let headers = [("content-type", "multipart/form-data; boundary=x")];
        let path = "/mit-arbejde/regneark";
        let shown = test
            .send(&anna, "POST", path, &headers, form("check"))
            .await;
        let page = shown.text();
        assert_eq!(shown.status, 200, "{page}");
        assert!(page.contains("Bliver en ny kladde"), "{page}");
        assert!(page.contains("Bliver en ændring af det, der er her: Kort fortalt"));
        assert!(page.contains("Kan ikke læses"));
        let desk = "/mit-arbejde/forloeb/nyt";
        assert_eq!(
            get(&test, &anna, desk).await.status,
            404,
            "nothing is written yet"
        );
        let written = test
            .send(&anna, "POST", path, &headers, form("write"))
            .await;
        assert!(
            written.text().contains("2 kladder er skrevet"),
            "{}",
            written.text()
        );
        assert_eq!(get(&test, &anna, desk).await.status, 200);
        let kept = get(&test, &anna, "/mit-arbejde/forloeb/aebler-paa-aaen/skriv")
            .await
            .text();
        assert!(kept.contains("Klassen ror med æbler.") && kept.contains("broen"));
        let stranger = person(&test, "sven", None, &[]).await;
        let refused = test
            .send(&stranger, "POST", path, &headers, form("write"))
            .await;
        assert_eq!(refused.status, 422);
    });
}

#[test]
fn an_organisation_is_claimed_led_and_followed() {
    run(async {
        let test = town().await;
        let erik = person(&test, "erik", Some(PortalRole::Editor), &[]).await;
        let anna = person(
            &test,
            "anna",
            None,
            &[(MUSEUM.0, MUSEUM.1, MemberRole::Manager)],
        )
        .await;
        let bo = person(&test, "bo", None, &[]).await;
        let organisations = "/mit-arbejde/organisationer";
        let same = [
            ("name", "PRØVEMUSEET"),
            ("kind", "institution"),
            ("municipality", "461"),
        ];
        let exists = post(&test, &bo, organisations, &same).await;
        assert_eq!(exists.status, 422);
        assert!(
            exists
                .text()
                .contains("/mit-arbejde/organisationer/proevemuseet")
        );
        let elsewhere = [
            ("name", "Prøvemuseet"),
            ("kind", "institution"),
            ("municipality", "101"),
            ("mine", "true"),
        ];
        let made = post(&test, &bo, organisations, &elsewhere).await;
        assert_eq!(
            made.header(LOCATION),
            "/mit-arbejde/organisationer/proevemuseet-2?gjort=join"
        );

        let desk = "/mit-arbejde/organisationer/proevemuseet";
        let asked = post(
            &test,
            &bo,
            desk,
            &[("do", "join"), ("message", "Formidler")],
        )
        .await;
        assert_eq!(asked.status, 303);
        assert!(get(&test, &anna, desk).await.text().contains("Formidler"));
        let own = post(
            &test,
            &bo,
            desk,
            &[("do", "accept"), ("account", "bo"), ("role", "manager")],
        )
        .await;
        assert_eq!(own.status, 403, "nobody lets themselves in");
        let accept = [("do", "accept"), ("account", "bo"), ("role", "editor")];
        assert_eq!(post(&test, &anna, desk, &accept).await.status, 303);
        let leave = [("do", "leave"), ("confirm", "true")];
        assert_eq!(
            post(&test, &anna, desk, &leave).await.status,
            422,
            "the last manager stays"
        );
        assert_eq!(
            post(&test, &anna, desk, &[("do", "trust")]).await.status,
            403
        );
        assert_eq!(
            post(&test, &erik, desk, &[("do", "trust")]).await.status,
            303
        );
        let offer = whole_offer(&test, &bo).await;
        let published = post(&test, &bo, &offer, &[("do", "publish-directly")]).await;
        assert_eq!(published.status, 303, "{}", published.status);
        assert_eq!(
            get(&test, &nobody(), "/tilbud/aebler-paa-aaen")
                .await
                .status,
            200
        );

        let invite = [
            ("do", "invite"),
            ("email", "ny@museet.example"),
            ("role", "manager"),
        ];
        let invited = post(&test, &anna, desk, &invite).await.text();
        let at = invited.find("/invitation/anker_").unwrap();
        let link = invited[at..].split('"').next().unwrap();
        assert!(
            get(&test, &nobody(), link)
                .await
                .text()
                .contains("ANNA inviterer dig")
        );
        let accepted = post(&test, &nobody(), link, &[("name", "Ny Ærø")]).await;
        assert_eq!(accepted.status, 303);
        assert_eq!(
            post(&test, &nobody(), link, &[("name", "Ny")]).await.status,
            410
        );
        assert_eq!(post(&test, &anna, desk, &leave).await.status, 303);

        let close = [("do", "close"), ("successor", "aaskolen")];
        assert_eq!(post(&test, &bo, desk, &close).await.status, 403);
        assert_eq!(post(&test, &erik, desk, &close).await.status, 303);
        let moved = get(&test, &nobody(), "/organisationer/proevemuseet").await;
        assert_eq!(moved.header(LOCATION), "/organisationer/aaskolen");
    });
}
