//! The second factor: what a sign-in may before it is shown, and that what is shown is good once.

use domain::Slug;

use super::*;

const LASTS: SignedDuration = SignedDuration::from_hours(12);

fn inge() -> Slug {
    "inge".parse().unwrap()
}

fn person() -> Account {
    Account {
        role: None,
        ..administrator("inge")
    }
}

struct Person {
    store: Store,
    random: StdRng,
    codes: Vec<RecoveryCode>,
    session: Secret,
}

/// Someone who has enrolled, with the code of step 100.
async fn enrolled() -> Person {
    let store = memory().await;
    let mut random = StdRng::seed_from_u64(1);
    store.put_account(&person()).await.unwrap();
    let session = Secret::generate(&mut random);
    store
        .begin_session(person(), &session, None, at(10), LASTS)
        .await
        .unwrap();
    let secret = SharedSecret::generate(&mut random);
    store
        .offer_factor(&session, Some(&secret), at(11))
        .await
        .unwrap();
    let codes: Vec<RecoveryCode> = (0..10)
        .map(|_| RecoveryCode::generate(&mut random))
        .collect();
    assert!(
        store
            .enrol_factor(&inge(), &session, &secret, 100, &codes, at(12))
            .await
            .unwrap()
    );
    let known = store.second_factor(&inge()).await.unwrap().unwrap();
    assert_eq!(
        (known.secret, known.enrolled, known.recovery_left),
        (secret, at(12), 10)
    );
    Person {
        store,
        random,
        codes,
        session,
    }
}

impl Person {
    async fn waiting(&mut self, second: i64) -> Secret {
        let waiting = Secret::generate(&mut self.random);
        let begun = self
            .store
            .begin_session(person(), &waiting, Some("Firefox"), at(second), LASTS)
            .await
            .unwrap();
        assert_eq!(begun.factor, FactorStanding::Owed);
        waiting
    }

    async fn completes(&mut self, waiting: &Secret, proof: Proof) -> Option<Secret> {
        let session = Secret::generate(&mut self.random);
        let begun = self
            .store
            .complete_sign_in(waiting, &proof, &session, at(20), LASTS)
            .await
            .unwrap();
        begun.map(|begun| {
            assert_eq!(begun.expires, at(20) + LASTS);
            session
        })
    }
}

#[test]
fn a_recovery_code_is_read_as_people_type_it() {
    let code = RecoveryCode::generate(&mut StdRng::seed_from_u64(3));
    let text = code.reveal();
    assert_eq!(text.len(), 19, "{text}");
    let spoken = text
        .to_lowercase()
        .replace('-', " ")
        .replace('0', "o")
        .replace('1', "l");
    for typed in [text.clone(), text.replace('-', ""), spoken] {
        assert_eq!(typed.parse(), Ok(code.clone()), "{typed}");
    }
    let longer = format!("{text}A");
    let foreign = text.replace(&text[..1], "å");
    for bad in [
        "",
        "123456",
        &text[..18],
        &longer,
        &foreign,
        "UUUU-UUUU-UUUU-UUUU",
    ] {
        assert_eq!(bad.parse::<RecoveryCode>(), Err(NotARecoveryCode), "{bad}");
    }
    assert_eq!(format!("{code:?}"), "RecoveryCode(…)");
}

#[test]
fn a_sign_in_opens_nothing_until_the_factor_is_shown() {
    run(async {
        let mut person = enrolled().await;
        let waiting = person.waiting(13).await;
        assert_eq!(person.store.session(&waiting, at(14)).await.unwrap(), None);
        let half = person
            .store
            .waiting_session(&waiting, at(14))
            .await
            .unwrap();
        assert_eq!(half.unwrap().account.id, inge());
        let too_late = at(13) + SignedDuration::from_mins(15);
        assert!(
            person
                .store
                .waiting_session(&waiting, too_late)
                .await
                .unwrap()
                .is_none()
        );

        let session = person.completes(&waiting, Proof::Step(101)).await.unwrap();
        let known = person
            .store
            .session(&session, at(21))
            .await
            .unwrap()
            .unwrap();
        assert_eq!(known.factor, FactorStanding::Shown);
        assert!(
            person
                .store
                .waiting_session(&session, at(21))
                .await
                .unwrap()
                .is_none()
        );
        assert!(
            person
                .store
                .waiting_session(&waiting, at(21))
                .await
                .unwrap()
                .is_none()
        );
        let open = person.store.sessions_of(&inge(), at(21)).await.unwrap();
        let shown: Vec<_> = open
            .iter()
            .map(|open| (open.browser.as_deref(), open.factor_shown))
            .collect();
        assert_eq!(shown, [(Some("Firefox"), true), (None, true)]);
    });
}

#[test]
fn a_code_is_never_good_twice() {
    run(async {
        let mut person = enrolled().await;
        for used in [99, 100] {
            let waiting = person.waiting(13).await;
            assert_eq!(
                person.completes(&waiting, Proof::Step(used)).await,
                None,
                "{used}"
            );
        }
        let (one, other) = (person.waiting(13).await, person.waiting(14).await);
        assert!(person.completes(&one, Proof::Step(101)).await.is_some());
        assert_eq!(person.completes(&other, Proof::Step(101)).await, None);
        assert_eq!(
            person.completes(&one, Proof::Step(102)).await,
            None,
            "it is over"
        );

        let code = Proof::Recovery(person.codes[4].clone());
        assert!(person.completes(&other, code.clone()).await.is_some());
        assert!(!person.store.show_factor(&inge(), &code).await.unwrap());
        let unknown = Proof::Recovery(RecoveryCode::generate(&mut person.random));
        assert!(!person.store.show_factor(&inge(), &unknown).await.unwrap());
        let left = person
            .store
            .second_factor(&inge())
            .await
            .unwrap()
            .unwrap()
            .recovery_left;
        assert_eq!(left, 9);

        let new = [RecoveryCode::generate(&mut person.random)];
        person
            .store
            .renew_recovery_codes(&inge(), &new)
            .await
            .unwrap();
        let old = Proof::Recovery(person.codes[5].clone());
        assert!(!person.store.show_factor(&inge(), &old).await.unwrap());
        assert!(
            person
                .store
                .show_factor(&inge(), &Proof::Recovery(new[0].clone()))
                .await
                .unwrap()
        );
    });
}

#[test]
fn of_many_who_show_the_same_code_at_once_one_gets_in() {
    run(async {
        let person = enrolled().await;
        let another = Store::over(person.store.engine().another_writer().await.unwrap());
        let proof = Proof::Recovery(person.codes[0].clone());
        let account = inge();
        let tries: Vec<_> = (0..8)
            .map(|number| {
                let store = if number % 2 == 0 {
                    &person.store
                } else {
                    &another
                };
                let (store, account, proof) = (store.clone(), account.clone(), proof.clone());
                tokio::spawn(async move { store.show_factor(&account, &proof).await.unwrap() })
            })
            .collect();
        let mut good = 0;
        for one in tries {
            good += usize::from(one.await.unwrap());
        }
        assert_eq!(good, 1);
    });
}

#[test]
fn enrolling_ends_other_sign_ins_and_needs_an_offer_that_still_stands() {
    run(async {
        let mut person = enrolled().await;
        let waiting = person.waiting(13).await;
        let secret = SharedSecret::generate(&mut person.random);
        let store = &person.store;
        let enrol = async |secret: &SharedSecret| {
            store
                .enrol_factor(&inge(), &person.session, secret, 7, &[], at(15))
                .await
                .unwrap()
        };
        assert!(!enrol(&secret).await, "it was not offered");
        store
            .offer_factor(&person.session, Some(&secret), at(14))
            .await
            .unwrap();
        assert_eq!(
            store.offered_factor(&person.session, at(15)).await.unwrap(),
            Some(secret.clone())
        );
        let later = at(14) + SignedDuration::from_mins(30);
        assert_eq!(
            store.offered_factor(&person.session, later).await.unwrap(),
            None
        );
        assert!(enrol(&secret).await);
        assert!(!enrol(&secret).await, "an offer is good once");
        assert_eq!(
            store.offered_factor(&person.session, at(16)).await.unwrap(),
            None
        );
        assert!(
            store
                .waiting_session(&waiting, at(16))
                .await
                .unwrap()
                .is_none()
        );
        assert!(
            store
                .session(&person.session, at(16))
                .await
                .unwrap()
                .is_some()
        );
    });
}

#[test]
fn a_factor_that_is_reset_is_gone_with_every_sign_in() {
    run(async {
        let person = enrolled().await;
        person.store.reset_factor(&inge()).await.unwrap();
        assert_eq!(person.store.second_factor(&inge()).await.unwrap(), None);
        assert!(
            person
                .store
                .session(&person.session, at(16))
                .await
                .unwrap()
                .is_none()
        );
    });
}

#[test]
fn a_factor_comes_back_with_a_backup() {
    run(async {
        let person = enrolled().await;
        let directory = TempDir::new().unwrap();
        let file = directory.path().join("portal.backup");
        put(&person.store, &[organisation("museet", "Museet")], 13).await;
        person.store.backup(&file, at(14), |_| {}).await.unwrap();
        let (restored, _) = Store::restore(&DatabaseUrl::Memory, &file, at(15), |_| {})
            .await
            .unwrap();
        assert_eq!(
            restored.second_factor(&inge()).await.unwrap(),
            person.store.second_factor(&inge()).await.unwrap()
        );
    });
}
