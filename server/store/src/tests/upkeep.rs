//! What is told once, with the addresses that answer it.

use domain::membership::MemberRole;
use domain::notice::{Notice, NoticeKind};
use domain::{OrganisationKind, Slug};
use jiff::SignedDuration;

use super::*;

fn id(text: &str) -> Slug {
    text.parse().unwrap()
}

fn told(what: &str) -> Told {
    Told {
        subject: "review|offer/aebler".to_owned(),
        what: what.to_owned(),
    }
}

fn post() -> Post {
    Post {
        waiting: vec![(
            id("anna"),
            Notice {
                kind: NoticeKind::ReviewDue,
                who: None,
                title: "Æbler".to_owned(),
                path: "/bekraeft/x".to_owned(),
                comment: None,
                since: None,
            },
        )],
        ..Post::default()
    }
}

fn confirming() -> Confirming {
    Confirming {
        account: id("anna"),
        key: key(Kind::Offer, "aebler"),
        due: "2027-11-24".parse().unwrap(),
    }
}

async fn tell(store: &Store, what: &str, secret: &Secret, second: i64) -> bool {
    let mut random = StdRng::seed_from_u64(u64::try_from(second).unwrap());
    let links = [(secret.clone(), confirming())];
    store
        .tell_once(&told(what), &post(), &links, at(second), &mut random)
        .await
        .unwrap()
}

#[test]
fn the_same_is_told_once_and_its_address_is_known() {
    run(async {
        let directory = TempDir::new().unwrap();
        let mut random = StdRng::seed_from_u64(5);
        let [first, second, third] = [(); 3].map(|()| Secret::generate(&mut random));
        {
            let store = Store::open(&files(&directory), at(0)).await.unwrap();
            assert_eq!(store.told("review|offer/aebler").await.unwrap(), None);
            assert!(tell(&store, "2027-11-24 month-before", &first, 1).await);
            store.close().await.unwrap();
        }
        let store = Store::open(&files(&directory), at(2)).await.unwrap();
        assert!(!tell(&store, "2027-11-24 month-before", &second, 3).await);
        let waits = async || store.waiting_notices(&id("anna")).await.unwrap().len();
        assert_eq!(waits().await, 1, "nothing of what was told already is kept");
        assert_eq!(store.confirming(&second).await.unwrap(), None);
        assert!(tell(&store, "2027-11-24 week-before", &third, 4).await);
        assert_eq!(waits().await, 2);
        assert_eq!(
            store.told("review|offer/aebler").await.unwrap().as_deref(),
            Some("2027-11-24 week-before")
        );
        for secret in [&first, &third] {
            assert_eq!(store.confirming(secret).await.unwrap(), Some(confirming()));
        }

        // After 400 days an address is forgotten.
        let late = at(1) + SignedDuration::from_hours(400 * 24);
        store
            .forget_confirmings(late - SignedDuration::from_secs(1))
            .await
            .unwrap();
        assert!(store.confirming(&first).await.unwrap().is_some());
        store.forget_confirmings(late).await.unwrap();
        assert_eq!(store.confirming(&first).await.unwrap(), None);
    });
}

#[test]
fn organisations_with_members_are_known() {
    run(async {
        let store = memory().await;
        assert_eq!(store.organisations_with_members().await.unwrap(), []);
        for (account, organisation) in [("anna", "museet"), ("bo", "museet"), ("bo", "arkivet")] {
            let kind = OrganisationKind::Institution;
            let role = [MemberRole::Editor];
            let (organisation, account) = (id(organisation), id(account));
            let set = store.set_roles(&organisation, kind, &account, &role, at(1));
            assert!(set.await.unwrap());
        }
        assert_eq!(
            store.organisations_with_members().await.unwrap(),
            [id("arkivet"), id("museet")]
        );
    });
}
