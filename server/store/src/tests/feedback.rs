//! Feedback: confirmed by a link, given once by each, shown, answered, reported, decided about and forgotten.

use domain::feedback::{
    Feedback, FeedbackId, FeedbackReason, FeedbackState, FeedbackStep, Fit, Given, Judgement, shown,
};
use domain::{EmailAddress, Language, Paragraph, Slug};

use super::*;

fn id(text: &str) -> Slug {
    text.parse().unwrap()
}

fn name(number: u128) -> FeedbackId {
    FeedbackId::of(number)
}

fn said(advice: &str, agrees: bool) -> Feedback {
    Feedback {
        grade: Fit::Yes,
        time: Fit::Partly,
        subject: Fit::No,
        advice: Some(advice.parse().unwrap()),
        used_before: true,
        used_after: false,
        agrees,
    }
}

fn unverified(email: &str, advice: &str, tells: bool) -> UnverifiedFeedback {
    UnverifiedFeedback {
        offer: id("aebler"),
        feedback: said(advice, true),
        email: email.parse().unwrap(),
        language: Language::English,
        tells,
    }
}

async fn give(store: &Store, account: &str, offer: &str, number: u128, second: i64) -> Given {
    let email = format!("{account}@skolen.example");
    store
        .give_feedback(
            &id(account),
            Some(&email),
            &name(number),
            &id(offer),
            &said(&format!("Råd {number}"), true),
            at(second),
        )
        .await
        .unwrap()
}

fn report(second: i64) -> FeedbackReport {
    FeedbackReport {
        reason: FeedbackReason::Harmful,
        words: Some("Ikke pænt".to_owned()),
        time: at(second),
    }
}

fn text(answer: &str) -> Paragraph {
    answer.parse().unwrap()
}

fn secret(seed: u64) -> Secret {
    Secret::generate(&mut StdRng::seed_from_u64(seed))
}

#[test]
fn an_address_is_confirmed_by_its_link_once_and_forgotten() {
    run(async {
        let directory = TempDir::new().unwrap();
        let store = Store::open(&files(&directory), at(0)).await.unwrap();
        let secret = secret(1);
        let waiting = unverified("Lis@skolen.example", "Tag støvler på", false);
        store
            .keep_unverified_feedback(&secret, &waiting, at(1))
            .await
            .unwrap();
        // Nobody has it before it is confirmed.
        assert_eq!(store.feedback_on(&[id("aebler")]).await.unwrap(), []);
        assert_eq!(store.feedback_shown_on(&id("aebler")).await.unwrap(), []);
        store.close().await.unwrap();
        drop(store);

        let store = Store::open(&files(&directory), at(2)).await.unwrap();
        let link = store.feedback_link(&secret, at(2)).await.unwrap();
        assert_eq!(link, Some(FeedbackLink::Confirms(waiting)));
        let given = store
            .confirm_feedback(&secret, &name(1), at(3))
            .await
            .unwrap()
            .unwrap();
        assert_eq!((given.id.clone(), given.time), (name(1), at(3)));
        assert_eq!(given.giver.account, None);
        let address = given.giver.address.clone().unwrap();
        assert!(!address.contains("lis") && address.len() == 64);
        assert_eq!(store.feedback(&name(1)).await.unwrap(), Some(given.clone()));
        let again = store.confirm_feedback(&secret, &name(2), at(4)).await;
        assert_eq!(again.unwrap(), None, "the link has done what it does");
        assert_eq!(
            store.feedback_link(&secret, at(4)).await.unwrap(),
            Some(FeedbackLink::Withdraws(id("aebler")))
        );
        // The address is nowhere any more.
        for statement in [
            "SELECT VALUE email FROM feedback WHERE email != NONE",
            "SELECT VALUE email FROM feedback_link WHERE email != NONE",
        ] {
            let emails: Vec<String> = store
                .engine()
                .run(statement, Variables::new())
                .await
                .unwrap()
                .take(0)
                .unwrap();
            assert_eq!(emails, Vec::<String>::new(), "{statement}");
        }

        // The same address gives again: one of each person, by the same name, and it waits for an answer anew.
        let read = (at(3), None);
        let answered = store
            .answer_feedback(&name(1), read, &text("Tak"), &id("anna"), at(5))
            .await
            .unwrap();
        assert_eq!(answered, Answered::Kept(None, true));
        let second = self::secret(2);
        let waiting = unverified("lis@SKOLEN.example", "Tag også hue på", true);
        store
            .keep_unverified_feedback(&second, &waiting, at(6))
            .await
            .unwrap();
        let given = store
            .confirm_feedback(&second, &name(3), at(7))
            .await
            .unwrap()
            .unwrap();
        assert_eq!((given.id.clone(), given.answer), (name(1), None));
        let all = store.feedback_on(&[id("aebler")]).await.unwrap();
        assert_eq!(all.len(), 1);
        assert_eq!(
            all[0].feedback.advice.as_ref().map(Paragraph::as_str),
            Some("Tag også hue på")
        );
        // Who wanted to hear of the answer is known until then, and no longer.
        let recipient: (EmailAddress, Language) =
            ("lis@SKOLEN.example".parse().unwrap(), Language::English);
        for (second, expected) in [(8, Some(recipient)), (9, None)] {
            let now = store.feedback(&name(1)).await.unwrap().unwrap();
            let read = (now.time, now.answer.map(|answer| answer.time));
            let answered = store
                .answer_feedback(&name(1), read, &text("Tak"), &id("anna"), at(second))
                .await
                .unwrap();
            assert_eq!(answered, Answered::Kept(expected, second == 8));
        }

        // Either link withdraws it, and then neither is good any more.
        assert!(store.withdraw_feedback_by_link(&secret).await.unwrap());
        assert_eq!(store.feedback(&name(1)).await.unwrap(), None);
        assert!(!store.withdraw_feedback_by_link(&second).await.unwrap());
        assert_eq!(store.feedback_link(&second, at(9)).await.unwrap(), None);
    });
}

#[test]
fn a_link_is_good_for_a_week() {
    run(async {
        let store = memory().await;
        let secret = secret(1);
        let waiting = unverified("lis@skolen.example", "Råd", false);
        store
            .keep_unverified_feedback(&secret, &waiting, at(0))
            .await
            .unwrap();
        let late = at(0) + FEEDBACK_LINK;
        let before = late - SignedDuration::from_secs(1);
        assert_eq!(store.sweep_feedback(before).await.unwrap(), 0);
        assert!(
            store
                .feedback_link(&secret, before)
                .await
                .unwrap()
                .is_some()
        );
        assert_eq!(store.feedback_link(&secret, late).await.unwrap(), None);
        assert_eq!(
            store
                .confirm_feedback(&secret, &name(1), late)
                .await
                .unwrap(),
            None
        );
        store.sweep_feedback(late).await.unwrap();
        assert_eq!(store.feedback_link(&secret, before).await.unwrap(), None);
    });
}

#[test]
fn one_of_each_account_and_offer_and_three_are_shown() {
    run(async {
        let store = memory().await;
        for (account, offer, number) in [
            ("bo", "aebler", 1),
            ("lis", "aebler", 2),
            ("bo", "paerer", 3),
            ("bo", "aebler", 4),
        ] {
            give(
                &store,
                account,
                offer,
                number,
                i64::try_from(number).unwrap(),
            )
            .await;
        }
        let on = async |offer: &str| store.feedback_shown_on(&id(offer)).await.unwrap();
        let names: Vec<FeedbackId> = on("aebler").await.into_iter().map(|it| it.id).collect();
        assert_eq!(
            names,
            [name(1), name(2)],
            "the latest first, by its first name"
        );
        assert_eq!(on("paerer").await.len(), 1);
        assert_eq!(shown(&on("aebler").await), None);
        give(&store, "eva", "aebler", 5, 5).await;
        assert_eq!(shown(&on("aebler").await).unwrap().people, 3);

        // Whoever has an account and uses the address of it by letter counts once.
        let secret = secret(3);
        let waiting = unverified("eva@skolen.example", "Et råd til", false);
        store
            .keep_unverified_feedback(&secret, &waiting, at(6))
            .await
            .unwrap();
        store
            .confirm_feedback(&secret, &name(6), at(6))
            .await
            .unwrap();
        assert_eq!(on("aebler").await.len(), 4);
        assert_eq!(shown(&on("aebler").await).unwrap().people, 3);

        // Who no longer agrees is not shown, and the owner still has it.
        let changed = said("Kun til jer", false);
        store
            .give_feedback(&id("bo"), None, &name(9), &id("aebler"), &changed, at(7))
            .await
            .unwrap();
        assert_eq!(shown(&on("aebler").await), None);
        let all = store
            .feedback_on(&[id("aebler"), id("paerer"), id("ingen")])
            .await
            .unwrap();
        assert_eq!(all.len(), 5);
        let own = store.feedback_by(&id("aebler"), &id("bo")).await.unwrap();
        assert_eq!(own.unwrap().feedback, changed);
        assert!(
            store
                .withdraw_feedback(&id("aebler"), &id("bo"))
                .await
                .unwrap()
        );
        assert!(
            !store
                .withdraw_feedback(&id("aebler"), &id("bo"))
                .await
                .unwrap()
        );
    });
}

#[test]
fn an_answer_is_about_what_was_read() {
    run(async {
        let store = memory().await;
        give(&store, "bo", "aebler", 1, 1).await;
        let answer = async |read, words: &str, second| {
            store
                .answer_feedback(&name(1), read, &text(words), &id("anna"), at(second))
                .await
                .unwrap()
        };
        assert_eq!(
            answer((at(1), None), "Tak", 2).await,
            Answered::Kept(None, true)
        );
        assert_eq!(answer((at(1), None), "Nej tak", 3).await, Answered::Changed);
        assert_eq!(
            answer((at(1), Some(at(2))), "Mange tak", 4).await,
            Answered::Kept(None, false)
        );
        let given = store.feedback(&name(1)).await.unwrap().unwrap();
        let kept = given.answer.unwrap();
        assert_eq!((kept.text.as_str(), kept.by), ("Mange tak", id("anna")));
        give(&store, "bo", "aebler", 2, 5).await;
        assert_eq!(
            answer((at(1), Some(at(4))), "Sidste tak", 6).await,
            Answered::Changed
        );
        let none = store
            .answer_feedback(&name(7), (at(1), None), &text("Tak"), &id("anna"), at(7))
            .await;
        assert_eq!(none.unwrap(), Answered::Gone);
    });
}

#[test]
fn a_report_takes_off_and_an_editor_decides_and_undoes() {
    run(async {
        let store = memory().await;
        for (account, number) in [("bo", 1), ("lis", 2), ("eva", 3)] {
            give(&store, account, "aebler", number, 1).await;
        }
        let up = async || store.feedback_shown_on(&id("aebler")).await.unwrap().len();
        let judge = async |step, second| {
            store
                .judge_feedback(&name(1), step, &id("erik"), at(second))
                .await
                .unwrap()
        };
        assert!(
            !judge(FeedbackStep::TakeDown, 1).await,
            "nobody reported it"
        );
        assert_eq!(up().await, 3);
        let (before, after) = store
            .report_feedback(&name(1), &report(2))
            .await
            .unwrap()
            .unwrap();
        assert!(before.is_up() && !after.is_up());
        assert_eq!(up().await, 2);
        store.report_feedback(&name(1), &report(3)).await.unwrap();
        let reported = store.reported_feedback(at(4)).await.unwrap();
        assert_eq!(reported.len(), 1);
        assert_eq!(reported[0].reports, [report(2), report(3)]);
        assert_eq!(reported[0].judged, None);

        assert!(judge(FeedbackStep::TakeDown, 5).await);
        assert!(!judge(FeedbackStep::LetStand, 5).await, "it is decided");
        assert_eq!(up().await, 2);
        assert_eq!(store.feedback_on(&[id("aebler")]).await.unwrap().len(), 2);
        let decided = store.reported_feedback(at(6)).await.unwrap();
        assert_eq!(decided[0].judged, Some(at(5)));
        assert_eq!(
            store.report_feedback(&name(1), &report(6)).await.unwrap(),
            None
        );
        // Saying it again does not get round it.
        give(&store, "bo", "aebler", 1, 7).await;
        let again = store.feedback(&name(1)).await.unwrap().unwrap();
        assert_eq!(again.progress.state(), FeedbackState::Reported);
        assert_eq!(up().await, 2);

        assert!(judge(FeedbackStep::LetStand, 8).await);
        assert_eq!(up().await, 3);
        store.report_feedback(&name(1), &report(9)).await.unwrap();
        assert_eq!(up().await, 3, "an editor has seen it");
        assert_eq!(
            store.reported_feedback(at(9)).await.unwrap()[0].judged,
            None
        );
        assert!(judge(FeedbackStep::LetStand, 10).await);
        assert!(judge(FeedbackStep::Reopen, 11).await);
        assert_eq!(up().await, 2);
        let given = store.feedback(&name(1)).await.unwrap().unwrap();
        assert_eq!(given.progress.judgement, None::<Judgement>);
    });
}

#[test]
fn what_is_decided_is_forgotten_after_a_month_and_all_after_three_years() {
    run(async {
        let store = memory().await;
        for (account, number) in [("bo", 1), ("lis", 2), ("eva", 3)] {
            give(&store, account, "aebler", number, 1).await;
        }
        for (number, step) in [(1, FeedbackStep::TakeDown), (2, FeedbackStep::LetStand)] {
            store
                .report_feedback(&name(number), &report(2))
                .await
                .unwrap();
            assert!(
                store
                    .judge_feedback(&name(number), step, &id("erik"), at(3))
                    .await
                    .unwrap()
            );
        }
        let month = at(3) + KEPT_DECISION;
        let day = SignedDuration::from_hours(24);
        assert_eq!(store.sweep_feedback(month - day).await.unwrap(), 0);
        assert_eq!(store.reported_feedback(month - day).await.unwrap().len(), 2);
        assert_eq!(store.sweep_feedback(month).await.unwrap(), 1);
        assert_eq!(store.feedback(&name(1)).await.unwrap(), None);
        assert!(store.feedback(&name(2)).await.unwrap().is_some());
        assert_eq!(store.reported_feedback(month).await.unwrap(), []);
        let left: Vec<String> = store
            .engine()
            .run(
                "SELECT VALUE feedback FROM feedback_report",
                Variables::new(),
            )
            .await
            .unwrap()
            .take(0)
            .unwrap();
        assert_eq!(left, Vec::<String>::new());
        let years = at(1) + KEPT_FEEDBACK;
        assert_eq!(store.sweep_feedback(years - day).await.unwrap(), 0);
        assert_eq!(store.sweep_feedback(years).await.unwrap(), 2);
        assert_eq!(store.feedback_on(&[id("aebler")]).await.unwrap(), []);
    });
}

#[test]
fn of_many_who_change_the_same_at_once_none_is_lost() {
    run(async {
        let store = memory().await;
        give(&store, "bo", "aebler", 1, 1).await;
        let (name, first, second) = (name(1), report(2), report(2));
        let (one, other) = tokio::join!(
            store.report_feedback(&name, &first),
            store.report_feedback(&name, &second),
        );
        assert!(one.unwrap().is_some() && other.unwrap().is_some());
        let reported = store.reported_feedback(at(3)).await.unwrap();
        assert_eq!(reported[0].reports.len(), 2);
    });
}

#[test]
fn a_backup_has_feedback_and_the_links_to_it() {
    run(async {
        let directory = TempDir::new().unwrap();
        let store = Store::open(&files(&directory), at(0)).await.unwrap();
        give(&store, "bo", "aebler", 1, 1).await;
        store.report_feedback(&name(1), &report(2)).await.unwrap();
        let secret = secret(4);
        let waiting = unverified("lis@skolen.example", "Råd", true);
        store
            .keep_unverified_feedback(&secret, &waiting, at(3))
            .await
            .unwrap();
        let file = directory.path().join("portal.backup");
        store.backup(&file, at(4), |_| {}).await.unwrap();
        let (restored, _) = Store::restore(&DatabaseUrl::Memory, &file, at(5), |_| {})
            .await
            .unwrap();
        assert_eq!(
            restored.reported_feedback(at(5)).await.unwrap(),
            store.reported_feedback(at(5)).await.unwrap()
        );
        assert_eq!(
            restored.feedback_link(&secret, at(5)).await.unwrap(),
            Some(FeedbackLink::Confirms(waiting))
        );
        store.close().await.unwrap();
    });
}
