//! Steps with manuscripts: with their record or not at all, one after the other.

use domain::agreement::{Agreement, Answer, Reply};
use domain::draft::Fields;
use domain::publication::{Publication, Schedule, State, Step};
use domain::{Kind, Slug};
use jiff::civil::{Date, date};

use super::*;

const TODAY: Date = date(2026, 8, 1);

fn id(text: &str) -> Slug {
    text.parse().unwrap()
}

fn fields(title: &str) -> Fields {
    let pairs = [("title", title), ("summary", "S"), ("provider", "museet")];
    let pairs = pairs.map(|(name, value)| (name.to_owned(), value.to_owned()));
    Fields::typed(Kind::Offer, pairs)
}

fn manuscript(title: &str) -> Manuscript {
    Manuscript {
        key: Key::new(Kind::Offer, id("aebler")),
        version: 1,
        owner: id("museet"),
        title: title.to_owned(),
        partners: Vec::new(),
        publication: Publication::NOTHING.take(Step::Save, TODAY).unwrap(),
        fields: Some(fields(title)),
        revision: 1,
        edited: Some((id("anna"), at(1))),
        sender: None,
        since: Some(at(1)),
        agreement: None,
        on_advice: false,
    }
}

fn remark(act: &str) -> Remark {
    Remark {
        time: at(2),
        author: "account:anna".to_owned(),
        behalf: Some(id("skolen")),
        act: act.to_owned(),
        text: "Æblerne?".to_owned(),
        on_fields: vec![
            ("title".to_owned(), "Kort".to_owned()),
            ("summary".to_owned(), "Lang".to_owned()),
        ],
        revision: 1,
    }
}

async fn step(
    store: &Store,
    manuscript: &Manuscript,
    on_record: RecordStep,
    sides: &[Side],
    remarks: &[Remark],
    second: i64,
) -> bool {
    store
        .take_step(
            manuscript,
            &on_record,
            sides,
            remarks,
            &Author::Portal,
            at(second),
        )
        .await
        .unwrap()
}

#[test]
fn a_step_is_there_with_all_that_belongs_to_it_and_only_once() {
    run(async {
        let store = memory().await;
        let mut draft = manuscript("Æbler");
        let museum = Side::Organisation(id("museet"));
        assert!(
            step(
                &store,
                &draft,
                RecordStep::None,
                std::slice::from_ref(&museum),
                &[],
                1
            )
            .await
        );
        assert_eq!(store.manuscript(&draft.key).await.unwrap().unwrap(), draft);
        assert_eq!(
            store.waiting_for(&museum).await.unwrap(),
            [(draft.key.clone(), at(1))]
        );
        assert_eq!(store.manuscripts_of(&id("museet")).await.unwrap().len(), 1);
        assert!(store.is_known(&draft.key).await.unwrap());

        draft.version = 2;
        draft.publication = draft.publication.take(Step::Submit, TODAY).unwrap();
        draft.sender = Some(id("anna"));
        draft.partners = vec![id("museet"), id("skolen")];
        let mut agreement = Agreement::ask(draft.partners.clone(), &id("museet"), 1, TODAY);
        agreement
            .note(Answer {
                partner: id("skolen"),
                revision: 1,
                reply: Reply::AskForChanges,
                on: TODAY,
            })
            .unwrap();
        draft.agreement = Some(agreement);
        let said = [remark("submit")];
        assert_eq!(store.in_review().await.unwrap(), []);
        assert!(step(&store, &draft, RecordStep::None, &[Side::Editors], &said, 2).await);
        assert_eq!(store.in_review().await.unwrap(), [draft.clone()]);
        assert!(
            !step(
                &store,
                &draft,
                RecordStep::None,
                std::slice::from_ref(&museum),
                &said,
                2
            )
            .await
        );
        assert_eq!(store.manuscript(&draft.key).await.unwrap().unwrap(), draft);
        assert_eq!(store.remarks(&draft.key).await.unwrap(), said);
        assert!(store.waiting_for(&museum).await.unwrap().is_empty());
        assert_eq!(store.waiting_for(&Side::Editors).await.unwrap().len(), 1);
        assert!(
            store.get(&draft.key).await.unwrap().is_none(),
            "nothing is published yet"
        );

        let entry = draft
            .fields
            .clone()
            .unwrap()
            .read(Kind::Offer, &draft.key.id)
            .unwrap();
        draft.version = 3;
        draft.publication = draft.publication.take(Step::Approve, TODAY).unwrap();
        draft.fields = None;
        draft.agreement = None;
        let publish = RecordStep::Publish {
            entry: Box::new(entry),
            on_advice: true,
        };
        let mut late = draft.clone();
        late.version = 2;
        assert!(!step(&store, &late, publish.clone(), &[], &[], 3).await);
        assert!(
            store.get(&draft.key).await.unwrap().is_none(),
            "nor half of it"
        );
        assert!(step(&store, &draft, publish, &[], &[], 3).await);
        let record = store.get(&draft.key).await.unwrap().unwrap();
        assert_eq!((record.updated, record.confirmed), (at(3), at(3)));
        assert!(store.waiting_for(&Side::Editors).await.unwrap().is_empty());

        draft.version = 4;
        assert!(step(&store, &draft, RecordStep::Confirm, &[], &[], 9).await);
        let record = store.get(&draft.key).await.unwrap().unwrap();
        assert_eq!((record.updated, record.confirmed), (at(3), at(9)));

        draft.version = 5;
        draft.publication = draft.publication.take(Step::Withdraw, TODAY).unwrap();
        assert!(step(&store, &draft, RecordStep::Withdraw, &[], &[], 10).await);
        assert!(store.get(&draft.key).await.unwrap().is_none());
        let (standing, kept) = store.standing_record(&draft.key).await.unwrap().unwrap();
        assert_eq!((standing, kept.content), (State::Withdrawn, record.content));
        assert_eq!(store.counts().await.unwrap().total(), 0);
        let history = store.history(&draft.key, 9).await.unwrap();
        let advised: Vec<bool> = history.iter().map(|revision| revision.on_advice).collect();
        assert_eq!(advised, [false, false, true]);
        let actions: Vec<Action> = history
            .into_iter()
            .map(|revision| revision.action)
            .collect();
        assert!(matches!(
            actions[..],
            [Action::Withdraw, Action::Confirm(_), Action::Put(_)]
        ));
        assert!(store.check().await.unwrap().is_empty());
    });
}

#[test]
fn what_is_scheduled_comes_due_on_its_day() {
    run(async {
        let store = memory().await;
        let mut draft = manuscript("Æbler");
        let schedule = Schedule {
            publish_on: Some(date(2026, 8, 10)),
            withdraw_on: None,
        };
        draft.publication = Publication::of(None, Some(State::InReview), true, schedule).unwrap();
        assert!(step(&store, &draft, RecordStep::None, &[], &[], 1).await);
        assert!(store.due(date(2026, 8, 9)).await.unwrap().is_empty());
        assert_eq!(
            store.due(date(2026, 8, 10)).await.unwrap(),
            [draft.key.clone()]
        );
        draft.version = 2;
        draft.publication = draft.publication.come_due(date(2026, 8, 10));
        draft.fields = None;
        assert!(step(&store, &draft, RecordStep::None, &[], &[], 2).await);
        assert!(store.due(date(2030, 1, 1)).await.unwrap().is_empty());
    });
}

#[test]
fn what_was_never_written_here_has_a_manuscript_too() {
    run(async {
        let store = memory().await;
        store
            .put(offer("a", "Æbler", "museet"), &Author::CommandLine, at(1))
            .await
            .unwrap();
        let key = Key::new(Kind::Offer, id("a"));
        let manuscript = store.manuscript(&key).await.unwrap().unwrap();
        assert_eq!(manuscript.owner, id("museet"));
        assert_eq!(manuscript.publication, Publication::PUBLISHED);
        assert_eq!((manuscript.version, manuscript.fields), (0, None));
        assert!(
            store
                .manuscript(&Key::new(Kind::Offer, id("b")))
                .await
                .unwrap()
                .is_none()
        );
    });
}
