//! One's own data over HTTP, deleting one's account, and what is forgotten with time, on a clock that is moved.

use domain::membership::MemberRole;
use domain::notice::{Notice, NoticeKind};
use domain::retention::Kept;
use domain::{Code, Language};
use server::retention;
use store::{Invitation, JoinRequest, LetterState, LinkPurpose, Secret};

use super::publishing::{MUSEUM, get, id, nobody, person, post, run, town, whole_offer};
use super::*;

const DATA: &str = "/konto/oplysninger.json";
const DELETE: &str = "/konto/slet";

#[test]
fn people_download_all_there_is_about_them_and_delete_it() {
    run(async {
        let test = town().await;
        let roles = [(MUSEUM.0, MUSEUM.1, MemberRole::Editor)];
        let anna = person(&test, "anna", None, &roles).await;
        let bo = person(
            &test,
            "bo",
            None,
            &[(MUSEUM.0, MUSEUM.1, MemberRole::Manager)],
        )
        .await;
        let erik = person(&test, "erik", Some(PortalRole::Editor), &[]).await;
        let desk = whole_offer(&test, &anna).await;
        assert_eq!(
            post(&test, &anna, &desk, &[("do", "submit")]).await.status,
            303
        );
        let approve = [("do", "approve")];
        assert_eq!(post(&test, &erik, &desk, &approve).await.status, 303);
        test.caught_up().await;

        assert_eq!(get(&test, &nobody(), DATA).await.status, 403);
        let answer = get(&test, &anna, DATA).await;
        assert_eq!(answer.status, 200);
        assert!(answer.header("content-disposition").contains("attachment"));
        assert_eq!(answer.header("cache-control"), "no-store");
        let data = answer.json();
        assert_eq!(data["account"]["email"], "anna@museet.example");
        assert_eq!(data["memberships"][0]["organisation"], "proevemuseet");
        assert_eq!(data["signedInAt"].as_array().unwrap().len(), 1);
        assert_eq!(data["contributions"][0]["act"], "submit");
        assert_eq!(data["contributions"][0]["about"], "offer/aebler-paa-aaen");
        let acts: Vec<&str> = data["log"]
            .as_array()
            .unwrap()
            .iter()
            .map(|line| line["act"].as_str().unwrap())
            .collect();
        assert!(
            acts.contains(&"begin") && acts.contains(&"submit"),
            "{acts:?}"
        );
        assert!(
            !answer.text().contains("bo@museet.example"),
            "nobody else's data"
        );

        // The last manager with others stays; the page says why, and leads to the way out.
        let page = get(&test, &bo, DELETE).await.text();
        assert!(
            page.contains("Gør først en af de andre til ansvarlig"),
            "{page}"
        );
        assert!(page.contains("/mit-arbejde/organisationer/proevemuseet"));
        let forced = post(&test, &bo, DELETE, &[("confirm", "yes")]).await;
        assert!(
            forced
                .text()
                .contains("Gør først en af de andre til ansvarlig")
        );
        assert!(
            test.portal
                .store
                .account(&id("bo"))
                .await
                .unwrap()
                .is_some()
        );

        assert_eq!(
            post(&test, &nobody(), DELETE, &[("confirm", "yes")])
                .await
                .status,
            403
        );
        let page = get(&test, &anna, DELETE).await.text();
        assert!(page.contains("ANNA") && page.contains("Slet kontoen"));
        let unconfirmed = post(&test, &anna, DELETE, &[]).await;
        assert_eq!(unconfirmed.status, 422);
        assert!(unconfirmed.text().contains("Sæt kryds for at bekræfte"));
        let deleted = post(&test, &anna, DELETE, &[("confirm", "yes")]).await;
        assert_eq!(deleted.status, 200, "{}", deleted.text());
        assert!(deleted.text().contains("Kontoen er slettet"));
        assert!(deleted.header(SET_COOKIE).contains("Max-Age=0"));
        assert_eq!(get(&test, &anna, "/konto").await.status, 403);
        let last = |letter: &String| {
            letter.contains("Din konto er slettet") && letter.contains("anna@museet.example")
        };
        assert!(test.letters().await.iter().any(last));

        // What she wrote is there; her name is not.
        assert_eq!(test.get("/tilbud/aebler-paa-aaen").await.status, 200);
        let page = get(&test, &erik, &desk).await.text();
        assert!(page.contains("ERIK") && !page.contains("ANNA"), "{page}");
        assert!(page.contains("En tidligere bruger"), "{page}");
        // Whoever comes after her under the same address is somebody else.
        assert!(
            test.portal
                .store
                .account_of(&"anna@museet.example".parse().unwrap())
                .await
                .unwrap()
                .is_none()
        );
    });
}

#[test]
fn whoever_has_a_password_shows_it_before_the_account_goes() {
    run(async {
        let test = TestPortal::empty().await;
        let anna = person(&test, "anna", None, &[]).await;
        let hash = test
            .portal
            .passwords
            .hash(server::password::Password::typed("fire ord i en lang rad"))
            .await
            .unwrap();
        let secret: Secret = anna
            .cookie
            .as_deref()
            .unwrap()
            .split_once('=')
            .unwrap()
            .1
            .parse()
            .unwrap();
        let now = test.portal.clock.now();
        test.portal
            .store
            .set_password(&id("anna"), &hash, &secret, now)
            .await
            .unwrap();
        let page = get(&test, &anna, DELETE).await.text();
        assert!(page.contains("name=\"password\""));
        let wrong = post(
            &test,
            &anna,
            DELETE,
            &[("confirm", "yes"), ("password", "noget andet")],
        )
        .await;
        assert_eq!(wrong.status, 422);
        assert!(
            wrong
                .text()
                .contains("Den nuværende adgangskode er ikke rigtig.")
        );
        for _ in 0..12 {
            post(
                &test,
                &anna,
                DELETE,
                &[("confirm", "yes"), ("password", "gæt")],
            )
            .await;
        }
        let often = post(
            &test,
            &anna,
            DELETE,
            &[("confirm", "yes"), ("password", "fire ord i en lang rad")],
        )
        .await;
        assert_eq!(often.status, 429);
        assert!(
            test.portal
                .store
                .account(&id("anna"))
                .await
                .unwrap()
                .is_some()
        );
    });
}

/// How many rows there are of each kind that is forgotten by itself.
async fn rows(test: &TestPortal) -> Vec<(Kept, usize)> {
    let store = &test.portal.store;
    let anna = id("anna");
    let mut all = Vec::new();
    for kept in Kept::all() {
        let count = match kept {
            Kept::SignIns => store
                .sessions_of(&anna, "2026-11-24T12:00:00Z".parse().unwrap())
                .await
                .unwrap()
                .len(),
            Kept::Invitations => store
                .invitations_of(&id("proevemuseet"), "2026-11-24T12:00:00Z".parse().unwrap())
                .await
                .unwrap()
                .len(),
            Kept::JoinRequests => store.join_requests_by(&anna).await.unwrap().len(),
            Kept::SentLetters => store.letters(LetterState::Sent).await.unwrap().len(),
            Kept::LettersGivenUp => store.letters(LetterState::GivenUp).await.unwrap().len(),
            Kept::Notices => store.waiting_notices(&anna).await.unwrap().len(),
            Kept::AuditLog => store.audit(None, None, None, 100).await.unwrap().len(),
            Kept::RevokedTokens => store.tokens().await.unwrap().len(),
            Kept::UnusedAccounts => store.accounts().await.unwrap().len(),
            // These have tests of their own in the store.
            Kept::ConfirmingLinks
            | Kept::ImageReports
            | Kept::UnconfirmedFeedback
            | Kept::Feedback
            | Kept::FeedbackReports => continue,
        };
        all.push((*kept, count));
    }
    all
}

#[test]
fn everything_is_forgotten_on_its_day_and_not_before() {
    run(async {
        let mut test = town().await;
        person(&test, "anna", None, &[]).await;
        person(&test, "erik", Some(PortalRole::Editor), &[]).await;
        let begun = test.portal.clock.now();
        let store = &test.portal.store;
        let fresh = || Secret::generate(&mut rand::rng());
        let invitation = Invitation {
            key: String::new(),
            organisation: id("proevemuseet"),
            kind: MUSEUM.1,
            email: "ny@museet.example".parse().unwrap(),
            roles: vec![MemberRole::Editor],
            inviter: id("erik"),
            created: begun,
            expires: begun + server::organisations::INVITATION,
        };
        store.invite(&fresh(), &invitation).await.unwrap();
        let request = JoinRequest {
            organisation: id("aaskolen"),
            kind: domain::OrganisationKind::School,
            account: id("anna"),
            message: "Hej".to_owned(),
            created: begun,
        };
        store.ask_to_join(&request).await.unwrap();
        let purpose = LinkPurpose::SignIn(id("anna"));
        let hour = jiff::SignedDuration::from_hours(1);
        store
            .create_link(&fresh(), &purpose, begun, hour)
            .await
            .unwrap();
        let notice = Notice {
            kind: NoticeKind::Approved,
            who: None,
            title: "Æbler".to_owned(),
            path: "/tilbud/aebler".to_owned(),
            comment: None,
            since: None,
        };
        test.portal.tell(&[id("anna")], &notice).await.unwrap();
        store
            .create_token(&fresh(), "gammel", PortalRole::Administrator, begun)
            .await
            .unwrap();
        store.revoke_tokens("gammel", begun).await.unwrap();
        let line = store::AuditLine::new(&Author::Portal, domain::audit::Act::Import, begun);
        store.note(&line).await.unwrap();
        let email = "anna@museet.example".parse().unwrap();
        let letter = app::letter::Letter::NoAccount;
        test.portal
            .send_letter(&email, Language::Danish, &letter)
            .await
            .unwrap();
        assert_eq!(test.letters().await.len(), 1);
        test.portal
            .send_letter(&email, Language::Danish, &letter)
            .await
            .unwrap();
        let mut random = rand::rngs::StdRng::seed_from_u64(3);
        let claimed = store.claim_letters(1, begun, &mut random).await.unwrap();
        store
            .letter_failed(&claimed[0], "550", true, begun)
            .await
            .unwrap();

        let before = rows(&test).await;
        assert!(before.iter().all(|(_, count)| *count > 0), "{before:?}");
        let day = jiff::SignedDuration::from_hours(24);
        let ends = |kept: Kept| match kept {
            Kept::SignIns => hour,
            Kept::Invitations => server::organisations::INVITATION,
            kept => kept.duration(),
        };
        let mut kinds: Vec<Kept> = before.iter().map(|(kept, _)| *kept).collect();
        kinds.sort_by_key(|kept| ends(*kept));
        for together in kinds.chunk_by(|one, other| ends(*one) == ends(*other)) {
            let ends = begun + ends(together[0]);
            let mut margin = jiff::SignedDuration::from_mins(1);
            if together == [Kept::UnusedAccounts] {
                // Its owner is told thirty days before, and until the day it is still there.
                margin = day;
                test.move_to(&(ends - day * 30).to_string());
                retention::forget(&test.portal).await.unwrap();
                let letter = test.letters().await.pop().unwrap();
                assert!(letter.contains("slettes snart"), "{letter}");
            }
            let count = |rows: &[(Kept, usize)], kept: &Kept| {
                rows.iter().find(|(known, _)| known == kept).unwrap().1
            };
            let left = rows(&test).await;
            test.move_to(&(ends - margin).to_string());
            retention::forget(&test.portal).await.unwrap();
            let before = rows(&test).await;
            test.move_to(&ends.to_string());
            retention::forget(&test.portal).await.unwrap();
            let after = rows(&test).await;
            for kept in together {
                let (left, before) = (count(&left, kept), count(&before, kept));
                assert!(left > 0 && before == left, "{kept:?} goes too early");
                // Erik is an editor of the portal: only Anna's account goes.
                let stays = usize::from(*kept == Kept::UnusedAccounts);
                assert_eq!(count(&after, kept), stays, "{kept:?} stays too long");
            }
        }
        assert!(
            test.portal
                .store
                .account(&id("erik"))
                .await
                .unwrap()
                .is_some()
        );
    });
}

#[test]
fn signing_in_keeps_an_account() {
    run(async {
        let mut test = TestPortal::empty().await;
        person(&test, "anna", None, &[]).await;
        let there = async |test: &TestPortal| {
            retention::forget(&test.portal).await.unwrap();
            test.portal
                .store
                .account(&id("anna"))
                .await
                .unwrap()
                .is_some()
        };
        test.move_to("2029-11-01T12:00:00Z");
        assert!(there(&test).await);
        let letter = test.letters().await.pop().unwrap();
        assert!(letter.contains("Den slettes 1. december 2029"), "{letter}");
        // By a link that was asked for: seen again.
        let day = test.portal.clock.today();
        test.portal
            .store
            .put_last_seen(&id("anna"), day)
            .await
            .unwrap();
        test.move_to("2029-12-02T12:00:00Z");
        assert!(there(&test).await);
        test.move_to("2032-10-31T12:00:00Z");
        assert!(there(&test).await, "told anew");
        test.move_to("2032-11-29T12:00:00Z");
        assert!(there(&test).await);
        test.move_to("2032-12-01T12:00:00Z");
        assert!(!there(&test).await);
    });
}
