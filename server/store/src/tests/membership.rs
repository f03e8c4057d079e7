//! Accounts by their address, members, invitations, requests and what an organisation is allowed.

use domain::membership::MemberRole;
use domain::{EmailAddress, OrganisationKind, Slug};

use super::*;

fn id(text: &str) -> Slug {
    text.parse().unwrap()
}

fn email(text: &str) -> EmailAddress {
    text.parse().unwrap()
}

fn account(name: &str, address: Option<&str>) -> Account {
    Account {
        id: id(name),
        name: name.to_owned(),
        email: address.map(str::to_owned),
        role: None,
        created: at(1),
        disabled: None,
    }
}

async fn is_known_as(store: &Store, address: &str) -> Option<String> {
    let found = store.account_of(&email(address)).await.unwrap();
    found.map(|account| account.id.to_string())
}

#[test]
fn an_address_is_one_accounts_whatever_its_letters() {
    run(async {
        let store = memory().await;
        store
            .put_account(&account("soren", Some("Søren@Museum.dk")))
            .await
            .unwrap();
        assert_eq!(
            is_known_as(&store, "søren@museum.dk").await.as_deref(),
            Some("soren")
        );
        let taken = store
            .put_account(&account("other", Some("SØREN@museum.dk")))
            .await;
        assert!(matches!(taken, Err(StoreError::AddressInUse)), "{taken:?}");
        assert!(store.account(&id("other")).await.unwrap().is_none());
        store
            .put_account(&account("soren", Some("soren@skole.dk")))
            .await
            .unwrap();
        assert_eq!(is_known_as(&store, "søren@museum.dk").await, None);
        assert_eq!(
            is_known_as(&store, "soren@skole.dk").await.as_deref(),
            Some("soren")
        );
        store
            .put_account(&account("other", Some("søren@museum.dk")))
            .await
            .unwrap();
    });
}

#[test]
fn the_last_manager_cannot_be_taken_away_by_anyone() {
    run(async {
        use MemberRole::{Editor, Manager};
        let store = memory().await;
        let museum = id("museet");
        let set = async |who: &str, roles: &[MemberRole]| {
            store
                .set_roles(
                    &museum,
                    OrganisationKind::Institution,
                    &id(who),
                    roles,
                    at(3),
                )
                .await
                .unwrap()
        };
        for who in ["anna", "bo"] {
            store.put_account(&account(who, None)).await.unwrap();
        }
        assert!(set("bo", &[Editor]).await, "nobody manages it yet");
        assert!(set("anna", &[Manager]).await);
        assert!(!set("anna", &[Editor]).await);
        assert!(!set("anna", &[]).await);
        let roles = |members: Vec<Member>| -> Vec<_> {
            members
                .into_iter()
                .map(|member| (member.account.id.to_string(), member.roles))
                .collect()
        };
        assert_eq!(
            roles(store.members(&museum).await.unwrap()),
            [
                ("anna".to_owned(), vec![Manager]),
                ("bo".to_owned(), vec![Editor])
            ]
        );
        assert!(set("bo", &[Editor, Manager]).await);
        assert!(set("anna", &[]).await);
        let held = store.memberships_of(&id("bo")).await.unwrap();
        assert_eq!(held.len(), 2);
        assert!(store.memberships_of(&id("anna")).await.unwrap().is_empty());
    });
}

#[test]
fn an_invitation_is_good_once_until_it_is_withdrawn_or_expires() {
    run(async {
        let store = memory().await;
        store.put_account(&account("bo", None)).await.unwrap();
        let mut random = StdRng::seed_from_u64(1);
        let invite = async |random: &mut StdRng| {
            let secret = Secret::generate(random);
            let invitation = Invitation {
                key: String::new(),
                organisation: id("museet"),
                kind: OrganisationKind::Institution,
                email: email("bo@museum.dk"),
                roles: vec![MemberRole::Editor],
                inviter: id("anna"),
                created: at(1),
                expires: at(10),
            };
            store.invite(&secret, &invitation).await.unwrap();
            secret
        };
        let first = invite(&mut random).await;
        let second = invite(&mut random).await;
        assert!(store.invitation(&first, at(10)).await.unwrap().is_none());
        let open = store.invitations_of(&id("museet"), at(2)).await.unwrap();
        assert_eq!(open.len(), 2);
        let accepted = store.invitation(&first, at(2)).await.unwrap().unwrap();
        store
            .withdraw_invitation(&id("another"), &accepted.key)
            .await
            .unwrap();
        assert!(
            store
                .accept_invitation(&accepted, &id("bo"), at(3))
                .await
                .unwrap()
        );
        assert!(
            !store
                .accept_invitation(&accepted, &id("bo"), at(3))
                .await
                .unwrap()
        );
        assert_eq!(store.members(&id("museet")).await.unwrap().len(), 1);
        let withdrawn = store.invitation(&second, at(3)).await.unwrap().unwrap();
        store
            .withdraw_invitation(&id("museet"), &withdrawn.key)
            .await
            .unwrap();
        assert!(
            !store
                .accept_invitation(&withdrawn, &id("bo"), at(3))
                .await
                .unwrap()
        );
    });
}

#[test]
fn requests_are_answered_by_letting_in_or_dropping() {
    run(async {
        let store = memory().await;
        let ask = async |who: &str, seconds: i64| {
            let request = JoinRequest {
                organisation: id("museet"),
                kind: OrganisationKind::Institution,
                account: id(who),
                message: "Jeg er formidler på museet".to_owned(),
                created: at(seconds),
            };
            store.ask_to_join(&request).await.unwrap();
        };
        for (who, seconds) in [("bo", 4), ("anna", 2), ("bo", 4)] {
            store.put_account(&account(who, None)).await.unwrap();
            ask(who, seconds).await;
        }
        let asking: Vec<String> = store
            .join_requests_to(&id("museet"))
            .await
            .unwrap()
            .into_iter()
            .map(|request| request.account.to_string())
            .collect();
        assert_eq!(asking, ["anna", "bo"]);
        store
            .set_roles(
                &id("museet"),
                OrganisationKind::Institution,
                &id("anna"),
                &[MemberRole::Manager],
                at(5),
            )
            .await
            .unwrap();
        store
            .drop_join_request(&id("museet"), &id("bo"))
            .await
            .unwrap();
        assert!(store.all_join_requests(10).await.unwrap().is_empty());
    });
}

#[test]
fn an_organisation_is_known_by_its_domains() {
    run(async {
        let store = memory().await;
        let standing = |trusted, domains: &[&str]| Standing {
            trusted,
            followed_by: None,
            domains: domains.iter().map(|domain| (*domain).to_owned()).collect(),
        };
        store
            .set_standing(&id("museet"), &standing(true, &["museum.dk", "museet.dk"]))
            .await
            .unwrap();
        store
            .set_standing(&id("arkivet"), &standing(false, &["museum.dk"]))
            .await
            .unwrap();
        let found = async |address: &str| -> Vec<String> {
            let found = store
                .organisations_of_domain(&email(address))
                .await
                .unwrap();
            found.into_iter().map(|id| id.to_string()).collect()
        };
        assert_eq!(found("a@MUSEUM.dk").await, ["arkivet", "museet"]);
        assert!(found("a@xmuseum.dk").await.is_empty());
        store
            .set_standing(&id("museet"), &standing(true, &["museet.dk"]))
            .await
            .unwrap();
        assert_eq!(found("a@museum.dk").await, ["arkivet"]);
        assert!(store.standing(&id("museet")).await.unwrap().trusted);
        assert_eq!(
            store.standing(&id("nobody")).await.unwrap(),
            Standing::default()
        );
    });
}
