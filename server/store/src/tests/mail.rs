//! The queue of letters, across reopening and between senders; digests, choices and unsubscribing.

use domain::notice::{AskedLetter, Delivery, LetterKind, Notice, NoticeKind, Preferences};
use domain::{EmailAddress, Language, Slug};

use super::*;

fn id(text: &str) -> Slug {
    text.parse().unwrap()
}

fn email(text: &str) -> EmailAddress {
    text.parse().unwrap()
}

fn letter(to: &str, subject: &str) -> NewLetter {
    NewLetter {
        kind: LetterKind::Notice(NoticeKind::PartnerAsked),
        language: Language::Danish,
        email: email(to),
        name: Some("Inge Åkjær".to_owned()),
        subject: subject.to_owned(),
        text: "Hej".to_owned(),
        html: "<p>Hej</p>".to_owned(),
        unsubscribe: Some("https://anker.example/afmeld/x".to_owned()),
        useless: None,
    }
}

fn notice(kind: NoticeKind, title: &str) -> Notice {
    Notice {
        kind,
        who: Some("Bo Å".to_owned()),
        title: title.to_owned(),
        path: "/tilbud/vandhullet".to_owned(),
        comment: Some("Ret «alder»".to_owned()),
        since: Some("2026-11-24".parse().unwrap()),
    }
}

async fn claim(store: &Store, second: i64) -> Vec<ClaimedLetter> {
    let mut random = StdRng::seed_from_u64(u64::try_from(second).unwrap());
    store
        .claim_letters(10, at(second), &mut random)
        .await
        .unwrap()
}

async fn enqueue(store: &Store, letters: &[NewLetter], second: i64) {
    let mut random = StdRng::seed_from_u64(1_000 + u64::try_from(second).unwrap());
    store
        .enqueue_letters(letters, at(second), &mut random)
        .await
        .unwrap();
}

#[test]
fn a_letter_survives_a_restart_is_claimed_once_and_forgets_its_text_when_sent() {
    run(async {
        let directory = TempDir::new().unwrap();
        let store = Store::open(&files(&directory), at(0)).await.unwrap();
        let first = letter("inge@museet.example", "Først");
        enqueue(&store, std::slice::from_ref(&first), 1).await;
        enqueue(&store, &[letter("bo@museet.example", "Så")], 2).await;
        store.close().await.unwrap();
        drop(store);

        let store = Store::open(&files(&directory), at(3)).await.unwrap();
        let claimed = claim(&store, 3).await;
        let subjects: Vec<_> = claimed
            .iter()
            .map(|one| one.letter.subject.as_str())
            .collect();
        assert_eq!(subjects, ["Først", "Så"]);
        assert_eq!(claimed[0].letter, first);
        assert_eq!(claimed[0].created, at(1));
        assert_eq!(claim(&store, 4).await, [], "the lease has not ended");
        store.letter_sent(&claimed[0], at(5)).await.unwrap();
        store.release_letters(&claimed, at(2)).await.unwrap();
        let claimed = claim(&store, 3).await;
        assert_eq!(claimed.len(), 1, "one is sent, the other was given back");
        assert_eq!(claimed[0].letter.subject, "Så");

        // The sender of the second died: the letter comes again when the lease has ended.
        let again = claim(&store, 3 + 600).await;
        assert_eq!(again.len(), 1);
        assert_eq!(again[0].id, claimed[0].id, "a letter keeps its id");
        store.letter_sent(&claimed[0], at(604)).await.unwrap();
        assert_eq!(
            store.letters(LetterState::Sent).await.unwrap().len(),
            1,
            "its claim is over"
        );
        store.letter_sent(&again[0], at(605)).await.unwrap();
        assert_eq!(claim(&store, 9_000).await, []);
        let sent = store.letters(LetterState::Sent).await.unwrap();
        assert_eq!(sent.len(), 2);
        assert_eq!(sent[0].finished, Some(at(605)));
        let texts: Vec<String> = store
            .engine()
            .run("SELECT VALUE text + html FROM letter", Variables::new())
            .await
            .unwrap()
            .take(0)
            .unwrap();
        assert_eq!(texts, ["", ""]);

        let day = 24 * 3_600;
        store.forget_letters(at(30 * day)).await.unwrap();
        assert_eq!(store.letters(LetterState::Sent).await.unwrap().len(), 2);
        store.forget_letters(at(30 * day + 5)).await.unwrap();
        assert_eq!(store.letters(LetterState::Sent).await.unwrap().len(), 1);
        store.close().await.unwrap();
    });
}

#[test]
fn two_senders_at_once_share_the_letters_and_send_none_twice() {
    run(async {
        let store = memory().await;
        let letters: Vec<_> = (0..20)
            .map(|number| letter("a@b.example", &number.to_string()))
            .collect();
        enqueue(&store, &letters, 1).await;
        let other = Store::over(store.engine().another_writer().await.unwrap());
        let take = |store: Store, seed: u64| {
            tokio::spawn(async move {
                let mut taken = Vec::new();
                let mut random = StdRng::seed_from_u64(seed);
                for _ in 0..12 {
                    let claimed = store.claim_letters(3, at(2), &mut random).await.unwrap();
                    taken.extend(claimed.into_iter().map(|one| one.letter.subject));
                }
                taken
            })
        };
        let (one, two) = (take(store.clone(), 7), take(other, 8));
        let mut all = one.await.unwrap();
        all.extend(two.await.unwrap());
        let different: HashSet<_> = all.iter().cloned().collect();
        assert_eq!(all.len(), 20, "{all:?}");
        assert_eq!(different.len(), 20);
    });
}

#[test]
fn a_failure_is_tried_again_after_growing_pauses_and_given_up_in_the_end() {
    run(async {
        let store = memory().await;
        enqueue(&store, &[letter("inge@museet.example", "Hej")], 0).await;
        let mut second = 0;
        let mut pauses = Vec::new();
        loop {
            let claimed = claim(&store, second).await;
            assert_eq!(claimed.len(), 1, "due at {second}");
            let failed = store.letter_failed(&claimed[0], "ingen forbindelse", false, at(second));
            match failed.await.unwrap() {
                AfterFailure::AgainAt(next) => {
                    let pause = next.duration_since(at(second)).as_secs();
                    assert_eq!(claim(&store, second + pause - 1).await, []);
                    pauses.push(pause);
                    second += pause;
                }
                AfterFailure::GivenUp => break,
            }
        }
        assert_eq!(pauses, [60, 300, 1_800, 7_200, 21_600, 86_400]);
        let given_up = store.letters(LetterState::GivenUp).await.unwrap();
        assert_eq!(given_up[0].attempts, 7);
        assert_eq!(given_up[0].failure.as_deref(), Some("ingen forbindelse"));
        assert_eq!(claim(&store, second + 999_999).await, []);

        assert!(
            store
                .retry_letter(&given_up[0].id, at(second + 1))
                .await
                .unwrap()
        );
        let claimed = claim(&store, second + 1).await;
        assert_eq!(
            claimed[0].letter.text, "Hej",
            "nothing is lost by giving up"
        );
        assert!(
            !store
                .retry_letter(&claimed[0].id, at(second + 2))
                .await
                .unwrap()
        );
        assert!(
            !store
                .give_up_letter(&claimed[0].id, at(second + 2))
                .await
                .unwrap()
        );
        let long = "x".repeat(9_999);
        let hopeless = store.letter_failed(&claimed[0], &long, true, at(second + 2));
        assert_eq!(hopeless.await.unwrap(), AfterFailure::GivenUp);
        let given_up = store.letters(LetterState::GivenUp).await.unwrap();
        assert_eq!(given_up[0].failure.as_ref().unwrap().len(), 400);

        let day = 24 * 3_600;
        store
            .forget_letters(at(second + 2 + 89 * day))
            .await
            .unwrap();
        assert_eq!(store.letters(LetterState::GivenUp).await.unwrap().len(), 1);
        store
            .forget_letters(at(second + 2 + 90 * day))
            .await
            .unwrap();
        assert_eq!(store.letters(LetterState::GivenUp).await.unwrap(), []);

        enqueue(&store, &[letter("inge@museet.example", "Hej")], 7).await;
        let waiting = store.letters(LetterState::Waiting).await.unwrap();
        assert!(store.give_up_letter(&waiting[0].id, at(8)).await.unwrap());
        assert_eq!(claim(&store, 9).await, []);
        assert!(!store.retry_letter("nothing", at(9)).await.unwrap());
    });
}

#[test]
fn a_letter_with_a_link_is_not_tried_when_the_link_is_over() {
    run(async {
        let store = memory().await;
        let mut random = StdRng::seed_from_u64(1);
        let secret = Secret::generate(&mut random);
        let purpose = LinkPurpose::SignUp {
            email: email("Ny@skolen.example"),
            name: "Ny Å".parse().unwrap(),
        };
        let asked = NewLetter {
            kind: LetterKind::Asked(AskedLetter::SignUpLink),
            unsubscribe: None,
            ..letter("Ny@skolen.example", "Opret")
        };
        let good_for = SignedDuration::from_mins(5);
        store
            .enqueue_link(&secret, &purpose, &asked, at(0), good_for, &mut random)
            .await
            .unwrap();
        assert_eq!(store.link(&secret, at(1)).await.unwrap(), Some(purpose));
        assert_eq!(store.link(&secret, at(300)).await.unwrap(), None);
        let claimed = claim(&store, 0).await;
        let after = store
            .letter_failed(&claimed[0], "x", false, at(0))
            .await
            .unwrap();
        assert_eq!(after, AfterFailure::AgainAt(at(60)));
        let claimed = claim(&store, 60).await;
        let after = store
            .letter_failed(&claimed[0], "x", false, at(60))
            .await
            .unwrap();
        assert_eq!(after, AfterFailure::GivenUp);
    });
}

#[test]
fn signing_up_makes_one_account_however_many_links_there_are() {
    run(async {
        let store = memory().await;
        let mut random = StdRng::seed_from_u64(1);
        let purpose = LinkPurpose::SignUp {
            email: email("ny@skolen.example"),
            name: "Ny".parse().unwrap(),
        };
        let new = |name: &str| Account {
            id: id(name),
            name: "Ny".to_owned(),
            email: Some("ny@skolen.example".to_owned()),
            role: None,
            created: at(2),
            disabled: None,
        };
        let links = [Secret::generate(&mut random), Secret::generate(&mut random)];
        for link in &links {
            store
                .create_link(link, &purpose, at(1), SignedDuration::from_hours(1))
                .await
                .unwrap();
        }
        let redeem = async |link: &Secret, account: &str, seed: u64| {
            let session = Secret::generate(&mut StdRng::seed_from_u64(seed));
            let hour = SignedDuration::from_hours(1);
            store
                .redeem_link(link, &new(account), &session, None, at(2), hour)
                .await
                .unwrap()
                .map(|session| session.account.id.to_string())
        };
        let (one, two) = tokio::join!(redeem(&links[0], "ny", 5), redeem(&links[1], "ny-2", 6));
        assert!(one.is_some() && one == two, "{one:?} {two:?}");
        assert_eq!(store.accounts().await.unwrap().len(), 1);
        assert_eq!(
            redeem(&links[0], "ny-3", 7).await,
            None,
            "a link is good once"
        );
    });
}

#[test]
fn what_people_choose_is_kept_and_a_letter_turns_its_kind_off() {
    run(async {
        let store = memory().await;
        let mut random = StdRng::seed_from_u64(1);
        let inge = id("inge");
        assert_eq!(
            store.preferences(&inge).await.unwrap(),
            Preferences::default()
        );
        let mut preferences = Preferences {
            language: Language::English,
            without_digest: true,
            ..Preferences::default()
        };
        preferences
            .chosen
            .insert(NoticeKind::Approved, Delivery::AtOnce);
        store.put_preferences(&inge, &preferences).await.unwrap();
        assert_eq!(store.preferences(&inge).await.unwrap(), preferences);
        assert_eq!(
            store.preferences(&id("bo")).await.unwrap(),
            Preferences::default()
        );

        let what = Unsubscribe {
            account: inge.clone(),
            kind: LetterKind::Notice(NoticeKind::PartnerAsked),
        };
        let secret = store.unsubscribe_secret(&what, &mut random).await.unwrap();
        assert_eq!(
            store.unsubscribe_secret(&what, &mut random).await.unwrap(),
            secret
        );
        let others = Unsubscribe {
            account: id("bo"),
            ..what.clone()
        };
        assert_ne!(
            store
                .unsubscribe_secret(&others, &mut random)
                .await
                .unwrap(),
            secret
        );
        assert_eq!(
            store.unsubscribe(&secret).await.unwrap(),
            None,
            "it was never sent"
        );
        let post = Post {
            letters: vec![letter("inge@museet.example", "Hej")],
            unsubscribes: vec![(secret.clone(), what.clone())],
            ..Post::default()
        };
        for second in [1, 2] {
            store.post(&post, at(second), &mut random).await.unwrap();
        }
        assert_eq!(claim(&store, 3).await.len(), 2);
        assert_eq!(
            store.unsubscribe(&secret).await.unwrap(),
            Some(what.clone())
        );
        store.choose_delivery(&what, Delivery::Off).await.unwrap();
        let now = store.preferences(&inge).await.unwrap();
        assert_eq!(now.delivery(NoticeKind::PartnerAsked), Delivery::Off);
        assert_eq!(now.language, Language::English);
        let digest = Unsubscribe {
            kind: LetterKind::Digest,
            ..what.clone()
        };
        store
            .choose_delivery(&digest, Delivery::Digest)
            .await
            .unwrap();
        assert!(!store.preferences(&inge).await.unwrap().without_digest);
        let asked = LetterKind::Asked(AskedLetter::SignInLink);
        store
            .choose_delivery(
                &Unsubscribe {
                    kind: asked,
                    ..what
                },
                Delivery::Off,
            )
            .await
            .unwrap();
        store.preferences(&inge).await.unwrap();
        store
            .put_letter_language(&inge, Language::Danish)
            .await
            .unwrap();
        assert_eq!(
            store.preferences(&inge).await.unwrap().language,
            Language::Danish
        );
    });
}

#[test]
fn notices_wait_for_one_digest() {
    run(async {
        let store = memory().await;
        let mut random = StdRng::seed_from_u64(1);
        let told = [
            notice(NoticeKind::Approved, "Vandhullet"),
            notice(NoticeKind::Lapsed, "Skoven"),
        ];
        for (second, one) in (1..).zip(&told) {
            let post = Post {
                waiting: vec![(id("inge"), one.clone()), (id("bo"), one.clone())],
                ..Post::default()
            };
            store.post(&post, at(second), &mut random).await.unwrap();
        }
        let accounts: Vec<_> = store
            .accounts_with_notices()
            .await
            .unwrap()
            .into_iter()
            .collect();
        assert_eq!(accounts, [id("bo"), id("inge")]);
        let waiting = store.waiting_notices(&id("inge")).await.unwrap();
        let notices: Vec<_> = waiting.iter().map(|one| one.notice.clone()).collect();
        assert_eq!(notices, told);
        let digest = Post {
            letters: vec![NewLetter {
                kind: LetterKind::Digest,
                ..letter("inge@museet.example", "Overblik")
            }],
            ..Post::default()
        };
        assert!(
            store
                .post_digest(&waiting, &digest, at(3), &mut random)
                .await
                .unwrap()
        );
        assert!(
            !store
                .post_digest(&waiting, &digest, at(3), &mut random)
                .await
                .unwrap()
        );
        assert_eq!(store.letters(LetterState::Waiting).await.unwrap().len(), 1);
        assert_eq!(store.waiting_notices(&id("inge")).await.unwrap(), []);
        // Nothing to send: the notices are only taken away.
        let waiting = store.waiting_notices(&id("bo")).await.unwrap();
        assert!(
            store
                .post_digest(&waiting, &Post::default(), at(4), &mut random)
                .await
                .unwrap()
        );
        assert!(store.accounts_with_notices().await.unwrap().is_empty());
        assert_eq!(store.letters(LetterState::Waiting).await.unwrap().len(), 1);
    });
}
