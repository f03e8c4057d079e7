//! Signing in at an issuer over HTTP, where no issuer is there to answer: what may begin, and what may come back.

use super::mail::path_in;
use super::*;

const LEAVE: &str = "/log-ind/openid";

async fn post(test: &TestPortal, who: &Persona, form: &[(&str, &str)]) -> Answer {
    test.send(who, "POST", LEAVE, &[], encoded(form)).await
}

#[tokio::test]
async fn without_an_issuer_there_is_no_way_to_it() {
    let test = TestPortal::empty().await;
    let html = test.get("/log-ind").await.text();
    assert!(!html.contains(LEAVE), "{html}");
    for path in [LEAVE, "/log-ind/ny", "/en/log-ind/ny"] {
        assert_eq!(test.get(path).await.status, StatusCode::NOT_FOUND, "{path}");
    }
    let sent = post(&test, &Persona::default(), &[]).await;
    assert_eq!(sent.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn an_issuer_that_is_away_is_said_and_nothing_of_it_leaks() {
    let test = TestPortal::with_issuer("http://127.0.0.1:1").await;
    let html = test.get("/log-ind").await.text();
    assert!(html.contains("Log ind med Unilogin"), "{html}");
    for _ in [1, 2] {
        let away = post(&test, &Persona::default(), &[("language", "en")]).await;
        assert_eq!(away.status, StatusCode::BAD_GATEWAY);
        assert!(away.text().contains("does not answer as it should"));
        assert!(!away.text().contains("127.0.0.1:1"));
        assert!(away.headers.get(SET_COOKIE).is_none());
    }
    let linking = post(&test, &Persona::default(), &[("link", "yes")]).await;
    assert_eq!(
        linking.status,
        StatusCode::FORBIDDEN,
        "only who is signed in links"
    );
    let other_site = test
        .send(
            &Persona::default(),
            "POST",
            LEAVE,
            &[("sec-fetch-site", "cross-site")],
            "link=yes",
        )
        .await;
    assert_eq!(other_site.status, StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn an_answer_that_this_browser_did_not_ask_for_is_refused() {
    let test = TestPortal::with_issuer("http://127.0.0.1:1").await;
    let errand = Secret::generate(&mut rand::rngs::StdRng::seed_from_u64(5));
    let cookie = |kept: String| Persona {
        token: None,
        cookie: Some(format!("__Host-anker-openid={kept}")),
    };
    let good = cookie(format!("in-en-{}", errand.reveal()));
    let state = errand.derived("openid state").reveal();
    let come_back = async |who: &Persona, query: &str| {
        let path = format!("{LEAVE}?{query}");
        test.send(who, "GET", &path, &[], Body::empty()).await
    };
    for (who, query) in [
        (&Persona::default(), format!("code=a&state={state}")),
        (&cookie("in-da-x".into()), format!("code=a&state={state}")),
        (&good, "code=a".to_owned()),
        (&good, "code=a&state=other".to_owned()),
        (
            &good,
            format!("code=a&state={state}&iss=https://other.example"),
        ),
    ] {
        let answer = come_back(who, &query).await;
        assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{query}");
        let over = answer.header(SET_COOKIE);
        assert!(over.starts_with("__Host-anker-openid=;") && over.contains("Max-Age=0"));
    }
    let cancelled = come_back(&good, &format!("error=access_denied&state={state}")).await;
    assert_eq!(cancelled.status, StatusCode::FORBIDDEN);
    assert!(cancelled.text().contains("You cancelled at Unilogin"));
    let away = come_back(&good, &format!("code=a&state={state}")).await;
    assert_eq!(away.status, StatusCode::BAD_GATEWAY);
}

#[tokio::test]
async fn a_newcomer_is_asked_for_name_and_address_and_signed_in() {
    let test = TestPortal::with_issuer("http://127.0.0.1:1").await;
    let secret = Secret::generate(&mut rand::rngs::StdRng::seed_from_u64(6));
    let identity = store::Identity::new("http://127.0.0.1:1", "17");
    let now = test.portal.clock.now();
    let lasts = jiff::SignedDuration::from_mins(30);
    let store = &test.portal.store;
    store
        .remember_newcomer(&secret, &identity, now, lasts)
        .await
        .unwrap();
    let newcomer = Persona {
        token: None,
        cookie: Some(format!("__Host-anker-newcomer={}", secret.reveal())),
    };
    let nobody = test.get("/log-ind/ny").await;
    assert_eq!(nobody.status, StatusCode::BAD_REQUEST);
    let settle = async |form: &[(&str, &str)]| {
        test.send(&newcomer, "POST", "/log-ind/ny", &[], encoded(form))
            .await
    };
    let wrong = settle(&[("name", "Åse <b>"), ("email", "ikke en adresse")]).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(
        wrong.text().contains("value=\"Åse &lt;b&gt;\""),
        "{}",
        wrong.text()
    );
    let settled = settle(&[("name", "Åse"), ("email", "aase@skolen.example")]).await;
    assert_eq!(settled.header(LOCATION), "/konto", "{}", settled.text());
    let account = store.account_of_identity(&identity).await.unwrap().unwrap();
    assert_eq!((account.name.as_str(), account.role), ("Åse", None));
    assert_eq!(account.email, None, "it is only what she says");
    let page = test
        .send(&with_cookie(&settled), "GET", "/konto", &[], Body::empty())
        .await
        .text();
    assert!(page.contains("Fjern login med Unilogin"), "{page}");
    let again = settle(&[("name", "Åse"), ("email", "aase2@skolen.example")]).await;
    assert_eq!(again.status, StatusCode::BAD_REQUEST, "once");
}

/// Somebody whom the issuer has vouched for, and who says what they are called.
async fn newcomer(test: &TestPortal, seed: u64, form: &[(&str, &str)]) -> Answer {
    let secret = Secret::generate(&mut rand::rngs::StdRng::seed_from_u64(seed));
    let identity = store::Identity::new("http://127.0.0.1:1", &seed.to_string());
    let now = test.portal.clock.now();
    let lasts = jiff::SignedDuration::from_mins(30);
    let store = &test.portal.store;
    store
        .remember_newcomer(&secret, &identity, now, lasts)
        .await
        .unwrap();
    let persona = Persona {
        token: None,
        cookie: Some(format!("__Host-anker-newcomer={}", secret.reveal())),
    };
    test.send(&persona, "POST", "/log-ind/ny", &[], encoded(form))
        .await
}

#[tokio::test]
async fn an_address_is_ones_own_once_the_letter_is_answered() {
    let test = TestPortal::with_issuer("http://127.0.0.1:1").await;
    let form = [("name", "Åse"), ("email", "aase@skolen.example")];
    let settled = newcomer(&test, 7, &form).await;
    assert_eq!(settled.header(LOCATION), "/konto");
    let aase = with_cookie(&settled);
    let page = test.send(&aase, "GET", "/konto", &[], "").await.text();
    assert!(page.contains("ingen bekræftet e-mailadresse"), "{page}");
    let store = &test.portal.store;
    let email = "aase@skolen.example".parse().unwrap();
    assert!(store.account_of(&email).await.unwrap().is_none());

    let letter = test.letters().await.pop().unwrap();
    let link = path_in(&letter, "adresse");
    // The link signs nobody in.
    let as_sign_in = link.replace("/adresse/", "/log-ind/");
    assert_eq!(test.get(&as_sign_in).await.status, StatusCode::GONE);
    let opened = test.post(&as_sign_in, &[]).await;
    assert_eq!(opened.status, StatusCode::GONE);
    for _ in 0..2 {
        let opened = test.get(&link).await;
        assert_eq!(opened.status, StatusCode::OK);
        assert!(opened.text().contains("får adressen aase@skolen.example"));
    }
    assert!(
        store.account_of(&email).await.unwrap().is_none(),
        "looking confirms nothing"
    );
    let confirmed = test.post(&link, &[]).await;
    assert!(
        confirmed.text().contains("Adressen er bekræftet"),
        "{}",
        confirmed.text()
    );
    assert_eq!(store.account_of(&email).await.unwrap().unwrap().name, "Åse");
    assert_eq!(test.post(&link, &[]).await.status, StatusCode::GONE, "once");

    // Another account cannot have it, is not told so, and its owner is.
    let form = [("name", "Bo"), ("email", "AASE@skolen.example")];
    let settled = newcomer(&test, 8, &form).await;
    assert_eq!(settled.header(LOCATION), "/konto");
    let letter = test.letters().await.pop().unwrap();
    assert!(
        letter.contains("Den hører allerede til din konto"),
        "{letter}"
    );
    let bo = with_cookie(&settled);

    // A new address takes the place of the one before.
    let wrong = [("do", "address"), ("email", "<ingen>")];
    let wrong = test.send(&bo, "POST", "/konto", &[], encoded(&wrong)).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(wrong.text().contains("value=\"&lt;ingen&gt;\""));
    for address in ["bo@skolen.example", "bo@museet.example"] {
        let form = [("do", "address"), ("email", address)];
        let asked = test.send(&bo, "POST", "/konto", &[], encoded(&form)).await;
        assert!(
            asked
                .text()
                .contains(&format!("sendt et link til {address}"))
        );
        let letter = test.letters().await.pop().unwrap();
        test.post(&path_in(&letter, "adresse"), &[]).await;
    }
    let first = "bo@skolen.example".parse().unwrap();
    assert!(
        store.account_of(&first).await.unwrap().is_none(),
        "it is let go of"
    );
    let second = "bo@museet.example".parse().unwrap();
    assert_eq!(store.account_of(&second).await.unwrap().unwrap().name, "Bo");
    let often = [("do", "address"), ("email", "bo@museet.example")];
    let mut answers = Vec::new();
    for _ in 0..6 {
        answers.push(
            test.send(&bo, "POST", "/konto", &[], encoded(&often))
                .await
                .status,
        );
    }
    assert!(
        answers.contains(&StatusCode::TOO_MANY_REQUESTS),
        "{answers:?}"
    );
}

#[tokio::test]
async fn a_newcomer_names_a_school_once_and_it_is_asked() {
    let test = TestPortal::with_issuer("http://127.0.0.1:1").await;
    let line = r#"{"type":"organisation","id":"aaskolen","name":"Åskolen","kind":"school","municipality":"461"}"#;
    test.put(line).await;
    test.caught_up().await;
    let form = [
        ("name", "Åse"),
        ("email", "aase@skolen.example"),
        ("school", "åskolen "),
    ];
    let settled = newcomer(&test, 7, &form).await;
    assert_eq!(
        settled.header(LOCATION),
        "/mit-arbejde/organisationer/aaskolen?gjort=join"
    );
    let asked = test
        .portal
        .store
        .join_requests_to(&"aaskolen".parse().unwrap())
        .await
        .unwrap();
    assert_eq!(asked.len(), 1);
    let form = [
        ("name", "Bo"),
        ("email", "bo@skolen.example"),
        ("school", "En anden skole"),
    ];
    let settled = newcomer(&test, 8, &form).await;
    assert_eq!(
        settled.header(LOCATION),
        "/mit-arbejde/organisationer?q=En+anden+skole"
    );
    let page = test
        .send(
            &with_cookie(&settled),
            "GET",
            settled.header(LOCATION),
            &[],
            "",
        )
        .await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(page.text().contains("value=\"En anden skole\""));
}
