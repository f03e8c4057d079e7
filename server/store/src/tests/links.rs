//! Web addresses that content links to.

use domain::Slug;
use domain::links::{LinkAnswer, LinkHealth};
use jiff::ToSpan;
use jiff::civil::Date;

use super::*;

fn id(text: &str) -> Slug {
    text.parse().unwrap()
}

fn day(text: &str) -> Date {
    text.parse().unwrap()
}

const TODAY: &str = "2026-11-24";

fn links(offer: &str, owner: &str, addresses: &[&str]) -> LinksOf {
    LinksOf {
        record: key(Kind::Offer, offer),
        owner: id(owner),
        addresses: addresses
            .iter()
            .map(|address| ((*address).to_owned(), format!("{address}#her")))
            .collect(),
    }
}

/// Every address that is due within a week, by the day.
async fn week(store: &Store) -> Vec<(Date, Link)> {
    let mut all = Vec::new();
    for days in 0..7 {
        let day = day(TODAY).saturating_add(days.days());
        let due = store.links_due_on(day, 100).await.unwrap();
        all.extend(due.into_iter().map(|link| (day, link)));
    }
    all.sort_by(|one, other| one.1.address.cmp(&other.1.address));
    all
}

async fn addresses(store: &Store) -> Vec<String> {
    let week = week(store).await;
    week.into_iter().map(|(_, link)| link.address).collect()
}

#[test]
fn an_address_is_there_as_long_as_something_published_has_it() {
    run(async {
        let directory = TempDir::new().unwrap();
        let today = day(TODAY);
        let one = "https://a.example/";
        let other = "https://b.example/";
        {
            let store = Store::open(&files(&directory), at(0)).await.unwrap();
            let both = [
                links("aebler", "museet", &[one, other]),
                links("paerer", "arkivet", &[one]),
            ];
            store.place_links(&both, today).await.unwrap();
            store.place_links(&both, today).await.unwrap();
            assert_eq!(addresses(&store).await, [one, other]);
            store.close().await.unwrap();
        }
        let store = Store::open(&files(&directory), at(1)).await.unwrap();
        let week = week(&store).await;
        let places = store.link_places(&week[0].1.id).await.unwrap();
        assert_eq!(places.len(), 2);
        assert_eq!(places[0].written, "https://a.example/#her");
        assert_eq!(
            (&places[0].record, &places[0].owner),
            (&key(Kind::Offer, "aebler"), &id("museet"))
        );

        store
            .place_links(&[links("aebler", "museet", &[other])], today)
            .await
            .unwrap();
        assert_eq!(addresses(&store).await, [one, other], "pears still have it");
        store
            .place_links(
                &[
                    links("paerer", "arkivet", &[]),
                    links("aebler", "biblioteket", &[other]),
                ],
                today,
            )
            .await
            .unwrap();
        assert_eq!(addresses(&store).await, [other]);
        let places = store.link_places(&week[1].1.id).await.unwrap();
        assert_eq!(places[0].owner, id("biblioteket"), "another answers for it");
        assert_eq!(store.linked_address(&week[0].1.id).await.unwrap(), None);
    });
}

#[test]
fn what_visits_show_is_kept_and_the_dead_are_found_by_who_answers_for_them() {
    run(async {
        let store = memory().await;
        let address = "https://a.example/";
        let objects = [
            links("aebler", "museet", &[address]),
            links("paerer", "arkivet", &[address]),
        ];
        store.place_links(&objects, day(TODAY)).await.unwrap();
        let (_, link) = week(&store).await.remove(0);
        assert_eq!(link.health, LinkHealth::default());
        let first = link.health.after(LinkAnswer::NotFound, day(TODAY));
        let tomorrow = day("2026-11-25");
        store
            .put_link_health(&link.id, &first, tomorrow)
            .await
            .unwrap();
        let due = store.links_due_on(tomorrow, 10).await.unwrap();
        assert_eq!(due[0].health, first);
        assert_eq!(store.dead_links_of(&id("museet")).await.unwrap(), []);

        let dead = first.after(LinkAnswer::Gone, tomorrow);
        let next = day("2026-12-02");
        store.put_link_health(&link.id, &dead, next).await.unwrap();
        assert_eq!(
            store
                .linked_address(&link.id)
                .await
                .unwrap()
                .unwrap()
                .health,
            dead
        );
        for owner in ["museet", "arkivet"] {
            assert_eq!(
                store.dead_links_of(&id(owner)).await.unwrap().len(),
                1,
                "{owner}"
            );
        }
        assert_eq!(store.dead_links_of(&id("biblioteket")).await.unwrap(), []);
        // Whoever begins to link to it later has a dead link from the start.
        let late = [links("blommer", "biblioteket", &[address])];
        store.place_links(&late, day(TODAY)).await.unwrap();
        assert_eq!(
            store.dead_links_of(&id("biblioteket")).await.unwrap().len(),
            1
        );
        assert_eq!(
            store
                .linked_address(&link.id)
                .await
                .unwrap()
                .unwrap()
                .health,
            dead
        );

        assert_eq!(store.links_that_work(10).await.unwrap(), []);
        let alive = dead.after(LinkAnswer::Works, next);
        store
            .put_link_health(&link.id, &alive, day("2026-12-09"))
            .await
            .unwrap();
        assert_eq!(store.dead_links_of(&id("museet")).await.unwrap(), []);
        assert_eq!(store.links_that_work(10).await.unwrap().len(), 1);
    });
}
