//! Images and files: taken, given, reported and judged.

use axum::body::Body;
use axum::http::StatusCode;
use axum::http::header::{
    CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_SECURITY_POLICY, CONTENT_TYPE, ETAG, LOCATION,
    X_CONTENT_TYPE_OPTIONS,
};
use domain::membership::{MemberRole, PortalRole};
use domain::permission::Actor;
use domain::publication::Step;
use domain::{ContentId, OrganisationKind};
use image::codecs::jpeg::JpegEncoder;
use image::{Rgb, RgbImage};
use server::publishing::{By, Refused, Said};
use store::content_id;

use super::{Answer, Persona, TestPortal, account_by_link, encoded};

const BOUNDARY: &str = "----skovbunden";

/// A photograph of its own for each shade.
fn jpeg(shade: u8) -> Vec<u8> {
    let mut bytes = Vec::new();
    RgbImage::from_fn(900, 60, |x, _| Rgb([shade, (x % 250) as u8, 90]))
        .write_with_encoder(JpegEncoder::new_with_quality(&mut bytes, 80))
        .unwrap();
    bytes
}

const PDF: &[u8] = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\nstartxref\n9\n%%EOF\n";

fn form(fields: &[(&str, &str)], file: Option<(&str, &[u8])>) -> Vec<u8> {
    let mut body = Vec::new();
    for (name, value) in fields {
        body.extend(
            format!(
                "--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n"
            )
            .into_bytes(),
        );
    }
    if let Some((name, bytes)) = file {
        body.extend(
            format!(
                "--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{name}\"\r\n\
                 Content-Type: application/octet-stream\r\n\r\n"
            )
            .into_bytes(),
        );
        body.extend(bytes);
        body.extend(b"\r\n");
    }
    body.extend(format!("--{BOUNDARY}--\r\n").into_bytes());
    body
}

async fn upload(
    test: &TestPortal,
    who: &Persona,
    path: &str,
    fields: &[(&str, &str)],
    file: Option<(&str, &[u8])>,
) -> Answer {
    let content_type = format!("multipart/form-data; boundary={BOUNDARY}");
    let headers = [("content-type", content_type.as_str())];
    // As it comes over a line: bit by bit.
    let parts: Vec<Result<Vec<u8>, std::io::Error>> = form(fields, file)
        .chunks(16 << 10)
        .map(|part| Ok(part.to_vec()))
        .collect();
    let body = Body::from_stream(futures::stream::iter(parts));
    test.send(who, "POST", path, &headers, body).await
}

async fn look(test: &TestPortal, who: &Persona, path: &str) -> Answer {
    test.send(who, "GET", path, &[], Body::empty()).await
}

fn address(id: &ContentId, width: u32) -> String {
    format!("/billeder/{id}/{width}")
}

/// Publishes an offer with these images and files.
async fn publish(test: &TestPortal, offer: &str, images: &[&ContentId], files: &[&ContentId]) {
    let images: Vec<String> = images
        .iter()
        .map(|id| {
            format!(
                r#"{{"id":"{id}","alt":"En tudse på en sten","credit":"Bo Åkjær","legalBasis":"nobody-recognisable"}}"#
            )
        })
        .collect();
    let files: Vec<String> = files
        .iter()
        .map(|id| format!(r#"{{"id":"{id}","title":"Ark: dyr/planter"}}"#))
        .collect();
    let lines = format!(
        "{{\"type\":\"organisation\",\"id\":\"museet\",\"name\":\"Museet\",\"kind\":\"institution\"}}\n\
         {{\"type\":\"offer\",\"id\":\"{offer}\",\"title\":\"Tudser\",\"summary\":\"S\",\"provider\":\"museet\",\
         \"images\":[{}],\"files\":[{}]}}\n",
        images.join(","),
        files.join(",")
    );
    let administrator = test.administrator().await;
    let answer = test.import(&administrator, &lines).await;
    assert_eq!(answer.status, StatusCode::OK);
    assert!(answer.text().contains("\"refused\":0"), "{}", answer.text());
    test.caught_up().await;
}

/// Whoever has this role in the organisation.
async fn member(test: &TestPortal, id: &str, organisation: &str, role: MemberRole) -> Persona {
    let kind = match role {
        MemberRole::PlcContact => OrganisationKind::School,
        MemberRole::Curator => OrganisationKind::Municipality,
        _ => OrganisationKind::Institution,
    };
    let who = account_by_link(test, id, &format!("{id}@museet.example")).await;
    let store = &test.portal.store;
    let mut account = store.account(&id.parse().unwrap()).await.unwrap().unwrap();
    account.role = None;
    store.put_account(&account).await.unwrap();
    store
        .set_roles(
            &organisation.parse().unwrap(),
            kind,
            &account.id,
            &[role],
            test.portal.clock.now(),
        )
        .await
        .unwrap();
    who
}

#[tokio::test]
async fn an_image_is_public_only_while_something_published_shows_it() {
    let test = TestPortal::empty().await;
    let editor = member(&test, "inge", "museet", MemberRole::Editor).await;
    let other = member(&test, "bo", "andet-museum", MemberRole::Manager).await;
    let sent = jpeg(10);
    let id = content_id(&sent);
    let fields = [("record", "offer/tudser")];
    let answer = upload(&test, &editor, "/billeder", &fields, Some(("a.jpg", &sent))).await;
    assert_eq!(answer.status, StatusCode::OK);
    assert!(answer.text().contains(id.as_str()), "{}", answer.text());

    let nobody = Persona::default();
    let status =
        async |who: &Persona, width: u32| look(&test, who, &address(&id, width)).await.status;
    assert_eq!(status(&nobody, 400).await, StatusCode::NOT_FOUND);
    assert_eq!(status(&other, 400).await, StatusCode::NOT_FOUND);
    let own = look(&test, &editor, &address(&id, 400)).await;
    assert_eq!(own.status, StatusCode::OK);
    assert_eq!(own.header(CACHE_CONTROL), "private, no-store");

    publish(&test, "tudser", &[&id], &[]).await;
    let shown = look(&test, &nobody, &address(&id, 800)).await;
    assert_eq!(shown.status, StatusCode::OK);
    assert_eq!(shown.header(CONTENT_TYPE), "image/jpeg");
    assert_eq!(
        shown.header(CACHE_CONTROL),
        "public, max-age=86400, immutable"
    );
    assert_eq!(shown.header(X_CONTENT_TYPE_OPTIONS), "nosniff");
    assert!(shown.header(CONTENT_SECURITY_POLICY).contains("sandbox"));
    let decoded = image::load_from_memory(&shown.body).unwrap();
    assert_eq!((decoded.width(), decoded.height()), (800, 53));
    let etag = shown.header(ETAG).to_owned();
    let known = [("if-none-match", etag.as_str())];
    let again = test
        .send(&nobody, "GET", &address(&id, 800), &known, Body::empty())
        .await;
    assert_eq!(again.status, StatusCode::NOT_MODIFIED);
    assert!(again.body.is_empty());
    assert_eq!(status(&nobody, 900).await, StatusCode::OK);
    for missing in [
        address(&id, 1_600),
        format!("/billeder/{id}/0"),
        format!("/billeder/{id}/x"),
        format!("/filer/{id}"),
        address(&content_id(b"x"), 400),
        "/billeder/../400".to_owned(),
    ] {
        let answer = look(&test, &nobody, &missing).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{missing}");
    }

    let page = test.get("/tilbud/tudser").await.text();
    for part in [
        format!(
            "srcset=\"/billeder/{id}/400 400w, /billeder/{id}/800 800w, /billeder/{id}/900 900w\""
        ),
        "width=\"900\" height=\"60\" alt=\"En tudse på en sten\"".to_owned(),
        "Foto: Bo Åkjær".to_owned(),
        format!("href=\"/billeder/{id}/meld\""),
        format!("https://anker.example/billeder/{id}/900"),
    ] {
        assert!(page.contains(&part), "{part}\n{page}");
    }

    // Taken off, it is its owner's alone again.
    let key = "offer/tudser".parse().unwrap();
    let by = By {
        actor: Actor::Operator,
        author: &store::Author::CommandLine,
    };
    let taken = test.portal.take(by, Step::Withdraw, &key, Said::default());
    taken.await.unwrap();
    assert_eq!(status(&nobody, 400).await, StatusCode::NOT_FOUND);
    assert_eq!(status(&other, 400).await, StatusCode::NOT_FOUND);
    let colleague = member(&test, "pia", "museet", MemberRole::Editor).await;
    assert_eq!(status(&colleague, 400).await, StatusCode::OK);
}

#[tokio::test]
async fn an_image_of_a_draft_is_for_those_who_may_read_the_draft() {
    let test = TestPortal::empty().await;
    publish(&test, "tudser", &[], &[]).await;
    let editor = member(&test, "inge", "museet", MemberRole::Editor).await;
    let colleague = member(&test, "pia", "museet", MemberRole::Editor).await;
    let other = member(&test, "bo", "andet-museum", MemberRole::Manager).await;
    let sent = jpeg(70);
    upload(&test, &editor, "/billeder", &[], Some(("a.jpg", &sent))).await;
    let id = content_id(&sent);
    let status = async |who: &Persona| look(&test, who, &address(&id, 400)).await.status;
    assert_eq!(status(&colleague).await, StatusCode::NOT_FOUND);
    let key = "offer/tudser".parse().unwrap();
    let person = domain::permission::Person {
        id: "inge".parse().unwrap(),
        portal_role: None,
        memberships: test
            .portal
            .store
            .memberships_of(&"inge".parse().unwrap())
            .await
            .unwrap(),
        second_factor: false,
        closed: false,
    };
    let author = store::Author::Account(person.id.clone());
    let by = By {
        actor: Actor::Person(&person),
        author: &author,
    };
    let draft = test.portal.save(by, &key, |fields| {
        fields.set("images.0.id", id.as_str());
        Ok::<(), Refused>(())
    });
    draft.await.unwrap();
    assert_eq!(status(&colleague).await, StatusCode::OK);
    for who in [&other, &Persona::default()] {
        assert_eq!(status(who).await, StatusCode::NOT_FOUND);
    }
    // It stays as long as the draft does.
    let later = test.portal.clock.now() + jiff::SignedDuration::from_hours(24 * 30);
    assert_eq!(test.portal.store.sweep_attachments(later).await.unwrap(), 0);
    let dropped = test
        .portal
        .take(by, Step::DeleteDraft, &key, Said::default());
    dropped.await.unwrap();
    assert_eq!(test.portal.store.sweep_attachments(later).await.unwrap(), 1);
    assert_eq!(status(&editor).await, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn uploads_are_for_those_who_write_and_what_is_wrong_is_said() {
    let test = TestPortal::empty().await;
    let nobody = Persona::default();
    let contact = member(&test, "plc", "skolen", MemberRole::PlcContact).await;
    let curator = member(&test, "kurator", "kommunen", MemberRole::Curator).await;
    let sent = jpeg(20);
    for who in [&nobody, &contact, &curator] {
        let page = look(&test, who, "/billeder").await;
        assert_eq!(page.status, StatusCode::FORBIDDEN);
        let answer = upload(&test, who, "/billeder", &[], Some(("a.jpg", &sent))).await;
        assert_eq!(answer.status, StatusCode::FORBIDDEN);
    }
    let found = test.portal.store.attachment(&content_id(&sent)).await;
    assert_eq!(found.unwrap(), None);

    let editor = member(&test, "inge", "museet", MemberRole::Editor).await;
    let page = look(
        &test,
        &editor,
        "/billeder?record=offer%2Ftudser&next=%2Fkonto",
    )
    .await;
    assert!(page.text().contains("value=\"offer/tudser\""));
    let fields = [("record", "offer/tudser"), ("next", "/konto?trin=2")];
    let large = vec![0; 15_000_001];
    let larger = vec![0; 16_500_000];
    let heic = b"\0\0\0\x18ftypheic\0\0\0\0mif1heic";
    let cases: [(&str, &[u8], u16, &str); 7] = [
        ("/billeder", b"", 422, "Vælg en fil."),
        ("/billeder", PDF, 422, "Brug JPEG, PNG, WebP eller AVIF."),
        ("/billeder", heic, 422, "som HEIC"),
        ("/billeder", &sent[..400], 422, "i stykker"),
        ("/billeder", &large, 413, "mere end 15 MB"),
        (
            "/billeder?record=offer%2Ftudser&next=%2Fkonto%3Ftrin%3D2",
            &larger,
            413,
            "mere end 15 MB",
        ),
        ("/filer", &sent, 422, "ikke en PDF"),
    ];
    for (path, bytes, status, message) in cases {
        let answer = upload(&test, &editor, path, &fields, Some(("a.jpg", bytes))).await;
        let text = answer.text();
        assert_eq!(answer.status.as_u16(), status, "{message}");
        assert!(text.contains(message), "{message}: {text}");
        assert!(text.contains("href=\"#file\""), "{text}");
        // What the form was for is not lost.
        assert!(text.contains("value=\"offer/tudser\""), "{text}");
        assert!(text.contains("value=\"/konto?trin=2\""), "{text}");
    }
    let english = upload(&test, &editor, "/en/billeder", &[], Some(("a.jpg", heic))).await;
    assert!(english.text().contains("Save it as JPEG, PNG or WebP"));
    let wrong = [("record", "organisation/museet")];
    let answer = upload(&test, &editor, "/billeder", &wrong, Some(("a.jpg", &sent))).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);

    let answer = upload(&test, &editor, "/billeder", &fields, Some(("a.jpg", &sent))).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER);
    let to = format!("/konto?trin=2&billede={}", content_id(&sent));
    assert_eq!(answer.header(LOCATION), to);
    let elsewhere = [("next", "//other.example/")];
    let answer = upload(
        &test,
        &editor,
        "/billeder",
        &elsewhere,
        Some(("a.jpg", &sent)),
    )
    .await;
    assert_eq!(answer.status, StatusCode::OK, "nobody is led away");
    // Whoever goes on and on has to wait.
    let mut last = StatusCode::OK;
    for _ in 0..60 {
        let answer = upload(&test, &editor, "/billeder", &[], Some(("a.gif", b"GIF89a"))).await;
        last = answer.status;
    }
    assert_eq!(last, StatusCode::TOO_MANY_REQUESTS);
}

#[tokio::test]
async fn a_file_is_fetched_under_its_title_and_cannot_act() {
    let test = TestPortal::empty().await;
    let editor = member(&test, "inge", "museet", MemberRole::Editor).await;
    let answer = upload(&test, &editor, "/filer", &[], Some(("a.pdf", PDF))).await;
    assert_eq!(answer.status, StatusCode::OK);
    let id = content_id(PDF);
    let path = format!("/filer/{id}");
    assert_eq!(test.get(&path).await.status, StatusCode::NOT_FOUND);
    publish(&test, "tudser", &[], &[&id]).await;
    let file = test.get(&path).await;
    assert_eq!(file.status, StatusCode::OK);
    assert_eq!(file.body, PDF);
    assert_eq!(file.header(CONTENT_TYPE), "application/pdf");
    assert_eq!(file.header(X_CONTENT_TYPE_OPTIONS), "nosniff");
    assert!(file.header(CONTENT_SECURITY_POLICY).contains("sandbox"));
    assert_eq!(
        file.header(CONTENT_DISPOSITION),
        "attachment; filename=\"fil.pdf\"; filename*=UTF-8''Ark%3A%20dyr%2Dplanter.pdf"
    );
    let page = test.get("/tilbud/tudser").await.text();
    assert!(
        page.contains(&format!("href=\"{path}\" download")),
        "{page}"
    );
    assert!(page.contains("PDF, 1 kB"), "{page}");
    assert!(
        !page.contains("Udbyderen har ikke skrevet, hvordan klassen"),
        "{page}"
    );
}

async fn report(test: &TestPortal, id: &ContentId, form: &[(&str, &str)]) -> Answer {
    let path = format!("/billeder/{id}/meld");
    test.send(&Persona::default(), "POST", &path, &[], encoded(form))
        .await
}

#[tokio::test]
async fn a_reported_image_is_gone_until_an_editor_has_looked_at_it() {
    let test = TestPortal::empty().await;
    let editor = member(&test, "inge", "museet", MemberRole::Editor).await;
    let judge = account_by_link(&test, "redaktor", "redaktor@portalen.example").await;
    let store = &test.portal.store;
    let known = store.account(&"redaktor".parse().unwrap()).await.unwrap();
    let role = Some(PortalRole::Editor);
    let editors = store::Account {
        role,
        ..known.unwrap()
    };
    store.put_account(&editors).await.unwrap();
    let sent = jpeg(30);
    let id = content_id(&sent);
    upload(&test, &editor, "/billeder", &[], Some(("a.jpg", &sent))).await;
    let nobody = Persona::default();
    let form_path = format!("/billeder/{id}/meld");
    // Nobody reports what nobody sees.
    assert_eq!(test.get(&form_path).await.status, StatusCode::NOT_FOUND);
    assert_eq!(
        report(&test, &id, &[("reason", "person")]).await.status,
        StatusCode::NOT_FOUND
    );
    publish(&test, "tudser", &[&id], &[]).await;
    let page = test.get(&format!("/en{form_path}")).await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(page.text().contains("Report an image"));
    assert!(page.text().contains("noindex"));

    let typed = [("reason", ""), ("words", "Min datter"), ("email", "mor")];
    let answer = report(&test, &id, &typed).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    for part in [
        "href=\"#reason\"",
        "href=\"#email\"",
        "Min datter",
        "value=\"mor\"",
    ] {
        assert!(answer.text().contains(part), "{part}: {}", answer.text());
    }
    let is_up = async || look(&test, &nobody, &address(&id, 400)).await.status == StatusCode::OK;
    assert!(is_up().await, "a form with errors does nothing");
    let typed = [
        ("reason", "person"),
        ("words", "Min datter"),
        ("email", "mor@example.dk"),
    ];
    let answer = report(&test, &id, &typed).await;
    assert_eq!(answer.status, StatusCode::OK);
    assert!(answer.text().contains("taget ned"), "{}", answer.text());
    assert!(!is_up().await);
    assert_eq!(
        look(&test, &editor, &address(&id, 400)).await.status,
        StatusCode::NOT_FOUND
    );
    let page = test.get("/tilbud/tudser").await.text();
    assert!(!page.contains(id.as_str()), "{page}");
    assert_eq!(test.get(&form_path).await.status, StatusCode::NOT_FOUND);

    let list = "/administration/billeder";
    for who in [&nobody, &editor] {
        assert_eq!(look(&test, who, list).await.status, StatusCode::FORBIDDEN);
        let stand = encoded(&[("id", id.as_str()), ("do", "stand")]);
        let answer = test.send(who, "POST", list, &[], stand).await;
        assert_eq!(answer.status, StatusCode::FORBIDDEN);
    }
    assert!(!is_up().await);
    let page = look(&test, &judge, list).await.text();
    for part in [
        "Jeg eller mit barn er på billedet",
        "Min datter",
        "mor@example.dk",
        "href=\"/tilbud/tudser\"",
        "Taget ned",
        &address(&id, 400),
    ] {
        assert!(page.contains(part), "{part}: {page}");
    }
    let seen = look(&test, &judge, &address(&id, 400)).await;
    assert_eq!(seen.status, StatusCode::OK);
    assert_eq!(seen.header(CACHE_CONTROL), "private, no-store");

    let decide = async |what: &str, confirm: &str| {
        let mut form = vec![("id", id.as_str()), ("do", what)];
        if !confirm.is_empty() {
            form.push(("confirm", confirm));
        }
        test.send(&judge, "POST", list, &[], encoded(&form)).await
    };
    let stood = decide("stand", "").await;
    assert!(
        stood.text().contains("Billedet vises igen."),
        "{}",
        stood.text()
    );
    assert!(is_up().await);
    assert!(
        !look(&test, &judge, list)
            .await
            .text()
            .contains("mor@example.dk")
    );

    // What an editor has let stand is not taken down again, only looked at.
    assert!(test.get(&form_path).await.text().contains("ladet det stå"));
    let answer = report(&test, &id, &[("reason", "other")]).await;
    assert!(
        answer.text().contains("Billedet bliver stående"),
        "{}",
        answer.text()
    );
    assert!(is_up().await);
    assert!(
        look(&test, &judge, list)
            .await
            .text()
            .contains("Vises stadig")
    );
    let unconfirmed = decide("remove", "").await;
    assert_eq!(unconfirmed.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(is_up().await);
    let removed = decide("remove", "yes").await;
    assert!(
        removed.text().contains("Billedet er slettet"),
        "{}",
        removed.text()
    );
    assert!(!is_up().await);
    assert_eq!(
        look(&test, &judge, &address(&id, 400)).await.status,
        StatusCode::NOT_FOUND
    );
    let again = upload(&test, &editor, "/billeder", &[], Some(("a.jpg", &sent))).await;
    assert_eq!(again.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(again.text().contains("kan ikke lægges op igen"));
    let twice = decide("stand", "").await;
    assert!(twice.text().contains("ikke længere"), "{}", twice.text());
}

#[tokio::test]
async fn nobody_takes_everything_down() {
    let test = TestPortal::empty().await;
    let editor = member(&test, "inge", "museet", MemberRole::Editor).await;
    let mut ids = Vec::new();
    for shade in 40..46 {
        let sent = jpeg(shade);
        upload(&test, &editor, "/billeder", &[], Some(("a.jpg", &sent))).await;
        ids.push(content_id(&sent));
    }
    let images: Vec<&ContentId> = ids.iter().collect();
    publish(&test, "tudser", &images, &[]).await;
    for id in &ids[..5] {
        assert_eq!(
            report(&test, id, &[("reason", "other")]).await.status,
            StatusCode::OK
        );
    }
    let typed = [("reason", "rights"), ("words", "Mit billede")];
    let answer = report(&test, &ids[5], &typed).await;
    assert_eq!(answer.status, StatusCode::TOO_MANY_REQUESTS);
    assert!(
        answer.text().contains("kontakt@anker.example"),
        "{}",
        answer.text()
    );
    assert!(answer.text().contains("Mit billede"));
    let last = test.get(&address(&ids[5], 400)).await;
    assert_eq!(last.status, StatusCode::OK);
    let page = test.get("/tilbud/tudser").await.text();
    assert_eq!(page.matches("<figure").count(), 1, "{page}");
}
