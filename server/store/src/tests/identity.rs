//! Identities at an issuer: whose they are, and newcomers.

use super::*;

const ISSUER: &str = "https://login.example";
const LASTS: SignedDuration = SignedDuration::from_hours(12);
const WAITS: SignedDuration = SignedDuration::from_mins(30);

fn person(id: &str, email: &str) -> Account {
    Account {
        role: None,
        email: Some(email.to_owned()),
        ..administrator(id)
    }
}

async fn owner(store: &Store, identity: &Identity) -> Option<String> {
    let account = store.account_of_identity(identity).await.unwrap();
    account.map(|account| account.id.to_string())
}

#[test]
fn issuer_and_subject_name_one_person_together() {
    let one = Identity::new(ISSUER, "17");
    assert_eq!(one, Identity::new(ISSUER, "17"));
    assert_ne!(one, Identity::new(ISSUER, "18"));
    assert_ne!(one, Identity::new("https://login.example1", "7"));
    assert_eq!(format!("{one:?}"), "Identity(https://login.example, …)");
}

#[test]
fn an_identity_is_one_accounts_until_it_is_unlinked() {
    run(async {
        let store = memory().await;
        let (inge, bo) = (
            person("inge", "inge@museet.example"),
            person("bo", "bo@museet.example"),
        );
        for account in [&inge, &bo] {
            store.put_account(account).await.unwrap();
        }
        let identity = Identity::new(ISSUER, "17");
        assert!(
            store
                .link_identity(&identity, &inge.id, at(6))
                .await
                .unwrap()
        );
        assert!(
            store
                .link_identity(&identity, &inge.id, at(7))
                .await
                .unwrap()
        );
        assert!(!store.link_identity(&identity, &bo.id, at(8)).await.unwrap());
        assert_eq!(owner(&store, &identity).await.as_deref(), Some("inge"));
        let linked = store.identities_of(&inge.id).await.unwrap();
        assert_eq!((linked.len(), linked[0].issuer.as_str()), (1, ISSUER));
        assert!(!linked[0].key.contains("17"), "the subject is kept nowhere");
        store.unlink_identity(&bo.id, &linked[0].key).await.unwrap();
        assert!(owner(&store, &identity).await.is_some(), "it is not his");
        store
            .unlink_identity(&inge.id, &linked[0].key)
            .await
            .unwrap();
        assert_eq!(owner(&store, &identity).await, None);
        assert!(store.link_identity(&identity, &bo.id, at(9)).await.unwrap());
    });
}

#[test]
fn a_newcomer_gets_an_account_once_and_only_with_an_address_of_their_own() {
    run(async {
        let store = memory().await;
        let mut random = StdRng::seed_from_u64(1);
        store
            .put_account(&person("bo", "bo@museet.example"))
            .await
            .unwrap();
        let identity = Identity::new(ISSUER, "17");
        let mut waits = async |second: i64| {
            let secret = Secret::generate(&mut random);
            store
                .remember_newcomer(&secret, &identity, at(second), WAITS)
                .await
                .unwrap();
            secret
        };
        let (first, second) = (waits(1).await, waits(1).await);
        assert_eq!(
            store.newcomer(&first, at(2)).await.unwrap(),
            Some(identity.clone())
        );
        assert_eq!(store.newcomer(&first, at(1) + WAITS).await.unwrap(), None);
        let mut sessions = StdRng::seed_from_u64(2);
        let mut settle = async |newcomer: &Secret, id: &str, email: &str| {
            let session = Secret::generate(&mut sessions);
            store
                .settle_newcomer(newcomer, person(id, email), &session, None, at(3), LASTS)
                .await
        };
        let taken = settle(&first, "inge", "Bo@Museet.example").await;
        assert!(matches!(taken, Err(StoreError::AddressInUse)), "{taken:?}");
        assert!(
            store
                .account(&"inge".parse().unwrap())
                .await
                .unwrap()
                .is_none()
        );
        let begun = settle(&first, "inge", "inge@museet.example")
            .await
            .unwrap()
            .unwrap();
        assert_eq!(begun.factor, FactorStanding::None);
        assert_eq!(owner(&store, &identity).await.as_deref(), Some("inge"));
        for newcomer in [&first, &second] {
            let again = settle(newcomer, "inge-2", "inge2@museet.example")
                .await
                .unwrap();
            assert!(again.is_none(), "the identity has an account by now");
        }
        store.forget_expired(at(1) + WAITS).await.unwrap();
        assert_eq!(store.newcomer(&second, at(2)).await.unwrap(), None);
    });
}
