//! The second factor over HTTP: enrolling, the second step of signing in, changing and losing it.

use jiff::{SignedDuration, Timestamp};

use super::*;

/// What the phone shows at the moment of a key's time step, counted from the step that the tests' clock is in.
fn code(key: &str, step: i64) -> String {
    let now: Timestamp = NOW.parse().unwrap();
    let moment = now + SignedDuration::from_secs(30 * step);
    let codes = totp_rs::Builder::new()
        .with_secret(totp_rs::Secret::try_from_base32(key.replace(' ', "")).unwrap())
        .with_account_name("test")
        .build()
        .unwrap();
    codes
        .generate(u64::try_from(moment.as_second()).unwrap())
        .to_string()
}

fn between<'a>(text: &'a str, before: &str, after: &str) -> &'a str {
    let begin = text
        .find(before)
        .unwrap_or_else(|| panic!("no {before} in {text}"))
        + before.len();
    let end = text[begin..].find(after).unwrap();
    &text[begin..begin + end]
}

async fn page(test: &TestPortal, who: &Persona, path: &str) -> Answer {
    test.send(who, "GET", path, &[], Body::empty()).await
}

async fn post(test: &TestPortal, who: &Persona, path: &str, form: &[(&str, &str)]) -> Answer {
    test.send(who, "POST", path, &[], encoded(form)).await
}

/// The key that the page offers for typing.
async fn offered(test: &TestPortal, who: &Persona) -> String {
    let html = page(test, who, "/konto/to-trin").await.text();
    between(&html, "class=\"one-time-key\">", "</code>").to_owned()
}

/// Someone with a second factor: the key of their phone, and their recovery codes.
pub struct Enrolled {
    key: String,
    codes: Vec<String>,
}

/// Enrols with the code of a step.
pub async fn enrol(test: &TestPortal, who: &Persona, step: i64) -> Enrolled {
    let key = offered(test, who).await;
    let form = [("do", "confirm"), ("code", &code(&key, step))];
    let answer = post(test, who, "/konto/to-trin", &form).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text());
    assert_eq!(answer.header("cache-control"), "no-store");
    let codes = shown_codes(&answer.text());
    assert_eq!(codes.len(), 10);
    Enrolled { key, codes }
}

fn shown_codes(html: &str) -> Vec<String> {
    let list = between(html, "class=\"recovery-codes\">", "</ol>");
    list.split("<code>")
        .skip(1)
        .map(|rest| rest[..19].to_owned())
        .collect()
}

const INGE: &str = "inge@museet.example";

/// A person with password and second factor, enrolled with the step before now.
async fn inge(test: &TestPortal, role: Option<PortalRole>) -> (Persona, Enrolled) {
    let who = account_with_role(test, "inge", INGE, role).await;
    let enrolled = enrol(test, &who, -1).await;
    change_account(test, &who, &[("do", "password"), ("new", PASSWORD)]).await;
    (who, enrolled)
}

#[tokio::test]
async fn a_password_leads_to_the_code_and_only_the_code_signs_in() {
    let test = TestPortal::empty().await;
    let (_, enrolled) = inge(&test, None).await;
    let first = sign_in(&test, INGE, PASSWORD).await;
    assert_eq!(first.header(LOCATION), "/log-ind/kode");
    let waiting = with_cookie(&first);
    for path in ["/konto", "/konto/to-trin", "/administration"] {
        let answer = page(&test, &waiting, path).await;
        assert_eq!(answer.status, StatusCode::FORBIDDEN, "{path}");
    }
    let changed = change_account(&test, &waiting, &[("do", "end-others")]).await;
    assert_eq!(changed.status, StatusCode::FORBIDDEN);
    let led = page(&test, &waiting, "/log-ind").await;
    assert_eq!(led.header(LOCATION), "/log-ind/kode");
    let english = page(&test, &waiting, "/en/log-ind/kode").await.text();
    assert!(english.contains("Enter your code"), "{english}");

    for wrong in ["", "000000", "bogstaver", &code(&enrolled.key, -1)] {
        let answer = post(&test, &waiting, "/log-ind/kode", &[("code", wrong)]).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{wrong}");
        assert!(answer.text().contains("href=\"#code\""));
        assert!(answer.headers.get(SET_COOKIE).is_none());
    }
    let right = [("code", code(&enrolled.key, 0))];
    let right = [("code", right[0].1.as_str())];
    let answer = post(&test, &waiting, "/log-ind/kode", &right).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER);
    assert_eq!(answer.header(LOCATION), "/konto");
    let signed_in = with_cookie(&answer);
    assert_ne!(
        signed_in.cookie, waiting.cookie,
        "a new secret after the second step"
    );
    assert_eq!(
        page(&test, &signed_in, "/konto").await.status,
        StatusCode::OK
    );
    let again = post(&test, &waiting, "/log-ind/kode", &right).await;
    assert_eq!(
        again.status,
        StatusCode::FORBIDDEN,
        "the waiting sign-in is over"
    );

    let other = with_cookie(&sign_in(&test, INGE, PASSWORD).await);
    let twice = post(&test, &other, "/log-ind/kode", &right).await;
    assert_eq!(
        twice.status,
        StatusCode::UNPROCESSABLE_ENTITY,
        "a code is good once"
    );
    let list = page(&test, &signed_in, "/konto").await.text();
    assert!(list.contains("Har ikke vist koden endnu"), "{list}");
    let out = post(&test, &other, "/log-ud", &[]).await;
    assert_eq!(out.status, StatusCode::SEE_OTHER);
    let gone = post(&test, &other, "/log-ind/kode", &[("code", "123456")]).await;
    assert_eq!(gone.status, StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn a_link_asks_for_the_code_too() {
    let test = TestPortal::empty().await;
    inge(&test, None).await;
    let link = Secret::generate(&mut rand::rngs::StdRng::seed_from_u64(99));
    let purpose = LinkPurpose::SignIn("inge".parse().unwrap());
    let now = test.portal.clock.now();
    test.portal
        .store
        .create_link(&link, &purpose, now, SignedDuration::from_hours(1))
        .await
        .unwrap();
    let path = format!("/log-ind/{}", link.reveal());
    let answer = post(&test, &Persona::default(), &path, &[]).await;
    assert_eq!(answer.header(LOCATION), "/log-ind/kode");
    let account = page(&test, &with_cookie(&answer), "/konto").await;
    assert_eq!(account.status, StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn a_recovery_code_signs_in_once_and_says_how_many_are_left() {
    let test = TestPortal::empty().await;
    let (_, enrolled) = inge(&test, None).await;
    let typed = enrolled.codes[3].to_lowercase().replace('-', " ");
    let waiting = with_cookie(&sign_in(&test, INGE, PASSWORD).await);
    let mistyped = post(
        &test,
        &waiting,
        "/log-ind/kode",
        &[("recovery", "ABCD-<b>")],
    )
    .await;
    assert_eq!(mistyped.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(
        mistyped.text().contains("value=\"ABCD-&lt;b&gt;\""),
        "{}",
        mistyped.text()
    );
    let answer = post(&test, &waiting, "/log-ind/kode", &[("recovery", &typed)]).await;
    assert_eq!(answer.header(LOCATION), "/konto/to-trin?noedkode=brugt");
    let signed_in = with_cookie(&answer);
    let says = page(&test, &signed_in, answer.header(LOCATION))
        .await
        .text();
    assert!(
        says.contains("Du loggede ind med en nødkode. Du har 9 nødkoder tilbage."),
        "{says}"
    );
    let waiting = with_cookie(&sign_in(&test, INGE, PASSWORD).await);
    let twice = post(&test, &waiting, "/log-ind/kode", &[("recovery", &typed)]).await;
    assert_eq!(twice.status, StatusCode::UNPROCESSABLE_ENTITY);
}

#[tokio::test]
async fn guessing_codes_has_to_wait_however_often_the_password_is_right() {
    let test = TestPortal::empty().await;
    let (_, enrolled) = inge(&test, None).await;
    for _ in 0..10 {
        let waiting = with_cookie(&sign_in(&test, INGE, PASSWORD).await);
        let answer = post(&test, &waiting, "/log-ind/kode", &[("code", "000000")]).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    }
    let waiting = with_cookie(&sign_in(&test, INGE, PASSWORD).await);
    let form = [("code", code(&enrolled.key, 0))];
    let form = [("code", form[0].1.as_str())];
    let answer = post(&test, &waiting, "/log-ind/kode", &form).await;
    assert_eq!(answer.status, StatusCode::TOO_MANY_REQUESTS);
    assert!(answer.text().contains("Vent 15 minutter"));
    // Whose account it is gets in meanwhile.
    let recovery = [("recovery", enrolled.codes[0].as_str())];
    let answer = post(&test, &waiting, "/log-ind/kode", &recovery).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn enrolling_ends_other_sign_ins_and_shows_the_codes_once() {
    let test = TestPortal::empty().await;
    let who = account_by_link(&test, "inge", INGE).await;
    change_account(&test, &who, &[("do", "password"), ("new", PASSWORD)]).await;
    let elsewhere = with_cookie(&sign_in(&test, INGE, PASSWORD).await);
    let key = offered(&test, &who).await;
    assert_eq!(
        offered(&test, &who).await,
        key,
        "looking again changes nothing"
    );
    assert_ne!(offered(&test, &elsewhere).await, key);
    let html = page(&test, &who, "/konto/to-trin").await.text();
    let address = between(&html, "href=\"otpauth://", "\"");
    assert!(address.contains(&key.replace(' ', "")), "{address}");
    assert!(html.contains("role=\"img\"") && html.contains("viewBox=\"-4 -4 "));

    let wrong = post(
        &test,
        &who,
        "/konto/to-trin",
        &[("do", "confirm"), ("code", "000000")],
    )
    .await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(wrong.text().contains(&key), "the key stays");
    let enrolled = enrol(&test, &who, 0).await;
    assert_eq!(
        page(&test, &elsewhere, "/konto").await.status,
        StatusCode::FORBIDDEN
    );
    assert_eq!(page(&test, &who, "/konto").await.status, StatusCode::OK);
    let html = page(&test, &who, "/konto/to-trin").await.text();
    assert!(!html.contains(&enrolled.codes[0]) && !html.contains(&key));
    assert!(
        html.contains("24. november 2026. Du har 10 nødkoder tilbage"),
        "{html}"
    );
    let nobody = page(&test, &Persona::default(), "/konto/to-trin").await;
    assert_eq!(nobody.status, StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn changing_anything_takes_a_code_and_a_new_phone_takes_over() {
    let test = TestPortal::empty().await;
    let (who, old) = inge(&test, None).await;
    for wanted in ["renew", "replace", "remove"] {
        let form = [("do", wanted), ("code", "000000")];
        let answer = post(&test, &who, "/konto/to-trin", &form).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{wanted}");
    }
    let form = [("do", "renew"), ("code", &code(&old.key, 0))];
    let renewed = post(&test, &who, "/konto/to-trin", &form).await;
    let codes = shown_codes(&renewed.text());
    assert_eq!(codes.len(), 10);
    assert!(!codes.contains(&old.codes[0]));
    let form = [("do", "replace"), ("code", old.codes[0].as_str())];
    let dead = post(&test, &who, "/konto/to-trin", &form).await;
    assert_eq!(
        dead.status,
        StatusCode::UNPROCESSABLE_ENTITY,
        "the old codes are dead"
    );

    let form = [("do", "replace"), ("code", codes[0].as_str())];
    let offer = post(&test, &who, "/konto/to-trin", &form).await.text();
    assert!(offer.contains("Brug den nye app"), "{offer}");
    let cancelled = post(&test, &who, "/konto/to-trin", &[("do", "cancel")])
        .await
        .text();
    assert!(!cancelled.contains("one-time-key"));
    let form = [("do", "replace"), ("code", codes[1].as_str())];
    post(&test, &who, "/konto/to-trin", &form).await;
    let new = enrol(&test, &who, 0).await;
    let waiting = with_cookie(&sign_in(&test, INGE, PASSWORD).await);
    let form = [("code", code(&old.key, 1))];
    let answer = post(&test, &waiting, "/log-ind/kode", &[("code", &form[0].1)]).await;
    assert_eq!(
        answer.status,
        StatusCode::UNPROCESSABLE_ENTITY,
        "the old phone is out"
    );
    let form = [("do", "remove"), ("code", &code(&new.key, 1))];
    let removed = post(&test, &who, "/konto/to-trin", &form).await.text();
    assert!(removed.contains("To-trins-login er slået fra"), "{removed}");
    let alone = sign_in(&test, INGE, PASSWORD).await;
    assert_eq!(alone.header(LOCATION), "/konto");
}

#[tokio::test]
async fn an_administrator_enrols_before_all_else_and_keeps_it() {
    let test = TestPortal::empty().await;
    let role = Some(PortalRole::Administrator);
    let who = account_with_role(&test, "inge", INGE, role).await;
    for path in ["/konto", "/administration"] {
        let led = page(&test, &who, path).await;
        assert_eq!(led.status, StatusCode::SEE_OTHER, "{path}");
        assert_eq!(led.header(LOCATION), "/konto/to-trin", "{path}");
    }
    let form = [("do", "password"), ("new", PASSWORD)];
    let refused = change_account(&test, &who, &form).await;
    assert_eq!(refused.header(LOCATION), "/konto/to-trin");
    let account = "inge".parse().unwrap();
    let kept = test.portal.store.password_hash(&account).await.unwrap();
    assert_eq!(kept, None, "nothing is done meanwhile");
    let html = page(&test, &who, "/konto/to-trin").await.text();
    assert!(html.contains("Du er administrator"), "{html}");

    let enrolled = enrol(&test, &who, 0).await;
    assert_eq!(
        page(&test, &who, "/administration").await.status,
        StatusCode::OK
    );
    let html = page(&test, &who, "/konto/to-trin").await.text();
    assert!(!html.contains("value=\"remove\""));
    let form = [("do", "remove"), ("code", &code(&enrolled.key, 1))];
    let refused = post(&test, &who, "/konto/to-trin", &form).await;
    assert_eq!(refused.status, StatusCode::FORBIDDEN);
    assert!(
        test.portal
            .store
            .second_factor(&account)
            .await
            .unwrap()
            .is_some()
    );

    test.portal.store.reset_factor(&account).await.unwrap();
    let ended = page(&test, &who, "/administration").await;
    assert_eq!(ended.status, StatusCode::FORBIDDEN);
}
