//! All there is about a person, and that nothing of it is left.

use domain::membership::MemberRole;
use domain::notice::{AskedLetter, Delivery, LetterKind, Notice, NoticeKind, Preferences};
use domain::{Language, OrganisationKind, Slug};

use super::*;

fn id(text: &str) -> Slug {
    text.parse().unwrap()
}

fn account(name: &str, role: Option<PortalRole>) -> Account {
    Account {
        id: id(&format!("konto-{name}")),
        name: format!("Navnet {name}"),
        email: Some(format!("Adressen.{name}@Museet.example")),
        role,
        created: at(0),
        disabled: None,
    }
}

async fn make(store: &Store, name: &str, role: Option<PortalRole>) -> Account {
    let account = account(name, role);
    store.put_account(&account).await.unwrap();
    account
}

async fn member(store: &Store, account: &Account, organisation: &str, role: MemberRole) {
    let kind = OrganisationKind::Institution;
    let set = store
        .set_roles(&id(organisation), kind, &account.id, &[role], at(1))
        .await;
    assert!(set.unwrap());
}

/// Everything in the database as text, but for the counters of the engine.
async fn everything(store: &Store) -> String {
    let tables = [
        "account",
        "address",
        "password",
        "second_factor",
        "identity",
        "session",
        "link",
        "membership",
        "invitation",
        "join_request",
        "waiting_notice",
        "delivery",
        "letter_language",
        "unsubscribe",
        "confirming",
        "letter",
        "image_report",
        "last_seen",
        "told",
        "manuscript",
        "remark",
        "record",
        "revision",
        "audit",
        "feedback",
        "feedback_link",
    ];
    let mut all = String::new();
    for table in tables {
        let rows: Vec<surrealdb::types::Value> = store
            .engine()
            .run(
                "SELECT * FROM type::table($table)",
                variable("table", table.to_owned()),
            )
            .await
            .unwrap()
            .take(0)
            .unwrap();
        for row in rows {
            all.push_str(&format!("{table}: {:?}\n", row));
        }
    }
    all
}

/// Leaves traces of an account wherever there can be any.
async fn live(store: &Store, account: &Account) {
    let mut random = StdRng::seed_from_u64(9);
    let secret = || Secret::generate(&mut StdRng::seed_from_u64(rand::random()));
    let day = SignedDuration::from_hours(24);
    let email: domain::EmailAddress = account.email.clone().unwrap().parse().unwrap();
    let session = secret();
    store
        .begin_session(
            account.clone(),
            &session,
            Some("Firefox, Linux"),
            at(1),
            day,
        )
        .await
        .unwrap();
    store
        .set_password(&account.id, "$argon2id$x", &session, at(1))
        .await
        .unwrap();
    store
        .create_link(
            &secret(),
            &LinkPurpose::SignIn(account.id.clone()),
            at(1),
            day,
        )
        .await
        .unwrap();
    let purpose = LinkPurpose::SignUp {
        email: email.clone(),
        name: "Navnet".parse().unwrap(),
    };
    store
        .create_link(&secret(), &purpose, at(1), day)
        .await
        .unwrap();
    store
        .link_identity(
            &Identity::new("https://issuer.example", "subject"),
            &account.id,
            at(1),
        )
        .await
        .unwrap();
    member(store, account, "museet", MemberRole::Editor).await;
    store
        .ask_to_join(&JoinRequest {
            organisation: id("arkivet"),
            kind: OrganisationKind::Institution,
            account: account.id.clone(),
            message: "Lad mig".to_owned(),
            created: at(1),
        })
        .await
        .unwrap();
    store
        .invite(
            &secret(),
            &Invitation {
                key: String::new(),
                organisation: id("arkivet"),
                kind: OrganisationKind::Institution,
                email: email.clone(),
                roles: vec![MemberRole::Editor],
                inviter: id("konto-anden"),
                created: at(1),
                expires: at(9_999),
            },
        )
        .await
        .unwrap();
    let mut preferences = Preferences {
        language: Language::English,
        ..Preferences::default()
    };
    preferences
        .chosen
        .insert(NoticeKind::Approved, Delivery::Off);
    store
        .put_preferences(&account.id, &preferences)
        .await
        .unwrap();
    let what = Unsubscribe {
        account: account.id.clone(),
        kind: LetterKind::Notice(NoticeKind::Approved),
    };
    let post = Post {
        letters: vec![NewLetter {
            kind: LetterKind::Asked(AskedLetter::SignInLink),
            language: Language::Danish,
            email,
            name: Some(account.name.clone()),
            subject: "Emnet".to_owned(),
            text: "Hej".to_owned(),
            html: "<p>Hej</p>".to_owned(),
            unsubscribe: None,
            useless: None,
        }],
        waiting: vec![(
            account.id.clone(),
            Notice {
                kind: NoticeKind::Approved,
                who: None,
                title: "Æbler".to_owned(),
                path: "/tilbud/aebler".to_owned(),
                comment: None,
                since: None,
            },
        )],
        unsubscribes: vec![(secret(), what)],
    };
    let confirming = Confirming {
        account: account.id.clone(),
        key: key(Kind::Offer, "aebler"),
        due: "2027-11-24".parse().unwrap(),
    };
    let told = Told {
        subject: "review|offer/aebler".to_owned(),
        what: "x".to_owned(),
    };
    let links = [(secret(), confirming)];
    assert!(
        store
            .tell_once(&told, &post, &links, at(1), &mut random)
            .await
            .unwrap()
    );
    store
        .put_last_seen(&account.id, "2026-11-30".parse().unwrap())
        .await
        .unwrap();
}

#[test]
fn nothing_of_a_deleted_account_is_left() {
    run(async {
        let store = memory().await;
        let anna = make(&store, "anna", None).await;
        let bo = make(&store, "bo", None).await;
        member(&store, &bo, "museet", MemberRole::Manager).await;
        live(&store, &anna).await;
        let before = everything(&store).await;
        for trace in [
            "Navnet anna",
            "dressen.anna",
            "konto-anna",
            "Emnet",
            "Lad mig",
        ] {
            assert!(before.contains(trace), "{trace}");
        }
        assert_eq!(
            store
                .letters_to("adressen.ANNA@museet.example")
                .await
                .unwrap()
                .len(),
            1
        );
        assert_eq!(
            store.last_seen(&anna.id).await.unwrap(),
            Some("2026-11-30".parse().unwrap())
        );

        assert_eq!(store.erase_account(&anna).await.unwrap(), Erasure::Done);
        let after = everything(&store).await;
        for trace in [
            "Navnet anna",
            "dressen.anna",
            "konto-anna",
            "Emnet",
            "Lad mig",
        ] {
            assert!(!after.contains(trace), "{trace} is left: {after}");
        }
        assert!(after.contains("Navnet bo") && after.contains("konto-bo"));
        // The address is free again.
        make(&store, "anna", None).await;
    });
}

#[test]
fn whoever_others_need_stays() {
    run(async {
        let store = memory().await;
        let anna = make(&store, "anna", None).await;
        let bo = make(&store, "bo", None).await;
        member(&store, &anna, "museet", MemberRole::Manager).await;
        member(&store, &bo, "museet", MemberRole::Editor).await;
        assert_eq!(
            store.erase_account(&anna).await.unwrap(),
            Erasure::LastManager
        );
        assert!(store.account(&anna.id).await.unwrap().is_some());
        member(&store, &bo, "museet", MemberRole::Manager).await;
        assert_eq!(store.erase_account(&anna).await.unwrap(), Erasure::Done);
        // Nobody else is in it: it is there to be claimed again.
        assert_eq!(store.erase_account(&bo).await.unwrap(), Erasure::Done);
        assert!(store.members(&id("museet")).await.unwrap().is_empty());

        let inge = make(&store, "inge", Some(PortalRole::Administrator)).await;
        assert_eq!(
            store.erase_account(&inge).await.unwrap(),
            Erasure::LastAdministrator
        );
        let closed = Account {
            disabled: Some(at(1)),
            ..make(&store, "ole", Some(PortalRole::Administrator)).await
        };
        store.put_account(&closed).await.unwrap();
        assert_eq!(
            store.erase_account(&inge).await.unwrap(),
            Erasure::LastAdministrator
        );
        make(&store, "per", Some(PortalRole::Administrator)).await;
        assert_eq!(store.erase_account(&inge).await.unwrap(), Erasure::Done);
    });
}

#[test]
fn a_report_stays_without_its_address() {
    run(async {
        let store = memory().await;
        let anna = make(&store, "anna", None).await;
        let image = attachment::image('a', &[(400, 10)]);
        store
            .keep_attachment(&image, None, &anna.id, at(2))
            .await
            .unwrap();
        assert_eq!(store.uploads_by(&anna.id).await.unwrap().len(), 1);
        let report = Report {
            email: anna.email.clone(),
            ..attachment::report('a', 3)
        };
        store.report_image("00", &report, true).await.unwrap();
        assert_eq!(store.erase_account(&anna).await.unwrap(), Erasure::Done);
        let open = store.open_reports().await.unwrap();
        assert_eq!(open.len(), 1);
        assert_eq!(open[0].email, None);
        assert_eq!(open[0].words.as_deref(), Some("Det er min datter"));
    });
}
