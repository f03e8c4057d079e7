//! The store against the real embedded database, in files and in memory.

use std::collections::{BTreeMap, HashSet};
use std::future::Future;

use domain::membership::PortalRole;
use domain::{Code, Entry, Kind, exchange};
use jiff::{SignedDuration, Timestamp};
use rand::SeedableRng;
use rand::rngs::StdRng;
use surrealdb::types::Variables;
use tempfile::TempDir;

use crate::engine::variable;
use crate::error::Failure;
use crate::migration::MIGRATIONS;
use crate::*;

mod attachment;
mod audit;
mod feedback;
mod identity;
mod links;
mod mail;
mod manuscript;
mod membership;
mod personal_data;
mod second_factor;
mod upkeep;

/// Runs a test as the program runs: on threads with room for the database's recursion.
fn run<F>(test: F)
where
    F: Future<Output = ()> + Send + 'static,
{
    tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .thread_stack_size(10 << 20)
        .enable_all()
        .build()
        .unwrap()
        .block_on(async { tokio::spawn(test).await.unwrap() });
}

fn at(second: i64) -> Timestamp {
    Timestamp::from_second(1_800_000_000 + second).unwrap()
}

fn key(kind: Kind, id: &str) -> Key {
    Key::new(kind, id.parse().unwrap())
}

fn parse(line: &str) -> Entry {
    exchange::parse_line(line).unwrap_or_else(|error| panic!("{line}: {error:?}"))
}

fn organisation(id: &str, name: &str) -> Entry {
    parse(&format!(
        r#"{{"type":"organisation","id":"{id}","name":"{name}","kind":"institution","municipality":"165"}}"#
    ))
}

fn offer(id: &str, title: &str, provider: &str) -> Entry {
    parse(&format!(
        r#"{{"type":"offer","id":"{id}","title":"{title}","summary":"Om {title}","provider":"{provider}"}}"#
    ))
}

fn described(id: &str, description: &str) -> Entry {
    parse(&format!(
        r#"{{"type":"offer","id":"{id}","title":"T","summary":"S","provider":"a","description":"{description}"}}"#
    ))
}

fn strategy(code: &str) -> Entry {
    parse(&format!(
        r#"{{"type":"strategy","code":"{code}","title":"Strategien {code}","summary":"Kort"}}"#
    ))
}

async fn memory() -> Store {
    Store::open(&DatabaseUrl::Memory, at(0)).await.unwrap()
}

fn files(directory: &TempDir) -> DatabaseUrl {
    DatabaseUrl::Directory(directory.path().join("database"))
}

async fn put(store: &Store, entries: &[Entry], second: i64) -> Vec<Outcome> {
    store
        .put_many(entries, &Author::CommandLine, at(second), Origin::People)
        .await
        .unwrap()
}

async fn in_order_of_export(store: &Store) -> Vec<Record> {
    let mut records = Vec::new();
    store
        .for_each(Kind::all(), |record| {
            records.push(record);
            Ok::<(), StoreError>(())
        })
        .await
        .unwrap();
    records
}

async fn all_revisions(store: &Store) -> Vec<Revision> {
    let mut revisions: Vec<Revision> = Vec::new();
    loop {
        let last = revisions.last().map_or(0, |revision| revision.sequence);
        let more = store.revisions_after(last, 700).await.unwrap();
        if more.is_empty() {
            return revisions;
        }
        revisions.extend(more);
    }
}

#[test]
fn what_is_put_is_read_back() {
    run(async {
        let store = memory().await;
        assert!(
            store
                .get(&key(Kind::Offer, "vandhul"))
                .await
                .unwrap()
                .is_none()
        );
        let entries = [
            organisation("museet", "Museet"),
            offer("vandhul", "Dyr i vandhullet", "museet"),
        ];
        assert_eq!(put(&store, &entries, 1).await, [Outcome::Created; 2]);
        let record = store
            .get(&key(Kind::Offer, "vandhul"))
            .await
            .unwrap()
            .unwrap();
        assert_eq!(record.entry().unwrap(), entries[1]);
        assert_eq!(record.sequence, 2);
        assert_eq!((record.created, record.updated), (at(1), at(1)));
        assert_eq!(record.author, "command-line");
        assert!(!record.sample);
        let keys = [
            key(Kind::Offer, "vandhul"),
            key(Kind::Offer, "findes-ikke"),
            key(Kind::Organisation, "museet"),
            key(Kind::Offer, "museet"),
        ];
        let many = store.get_many(&keys).await.unwrap();
        let found: Vec<&Key> = many.iter().map(|record| &record.key).collect();
        assert_eq!(found, [&keys[0], &keys[2]]);
        let there = store.exists_many(&keys).await.unwrap();
        assert_eq!(there, HashSet::from([keys[0].clone(), keys[2].clone()]));
        assert!(store.get_many(&[]).await.unwrap().is_empty());
        store.ping().await.unwrap();
        assert_eq!(store.check().await.unwrap(), []);
    });
}

#[test]
fn the_same_content_makes_no_revision() {
    run(async {
        let store = memory().await;
        let museum = organisation("museet", "Museet");
        put(&store, std::slice::from_ref(&museum), 1).await;
        let ordered_otherwise = parse(
            r#"{ "municipality":"165", "name":"Museet", "kind":"institution", "id":"museet", "type":"organisation" }"#,
        );
        assert_eq!(
            put(&store, &[ordered_otherwise], 2).await,
            [Outcome::Unchanged]
        );
        assert_eq!(store.last_sequence().await.unwrap(), 1);
        assert_eq!(
            put(&store, &[organisation("museet", "Det nye museum")], 3).await,
            [Outcome::Updated]
        );
        let record = store
            .get(&key(Kind::Organisation, "museet"))
            .await
            .unwrap()
            .unwrap();
        assert_eq!(
            (record.created, record.updated, record.sequence),
            (at(1), at(3), 2)
        );
        assert_eq!(store.counts().await.unwrap().total(), 1);
    });
}

#[test]
fn content_in_another_order_of_fields_in_the_database_is_the_same_content() {
    run(async {
        let store = memory().await;
        put(&store, &[organisation("museet", "Museet")], 1).await;
        let older = r#"{"kind":"institution","municipality":"165","name":"Museet","id":"museet","type":"organisation"}"#;
        store
            .engine()
            .run(
                "UPDATE record SET content = $content",
                variable("content", older.to_owned()),
            )
            .await
            .unwrap();
        assert_eq!(
            put(&store, &[organisation("museet", "Museet")], 2).await,
            [Outcome::Unchanged]
        );
    });
}

#[test]
fn an_id_twice_in_a_batch_makes_two_revisions_and_the_last_stays() {
    run(async {
        let store = memory().await;
        let outcomes = put(
            &store,
            &[
                organisation("a", "Et"),
                organisation("a", "To"),
                organisation("a", "To"),
            ],
            1,
        )
        .await;
        assert_eq!(
            outcomes,
            [Outcome::Created, Outcome::Updated, Outcome::Unchanged]
        );
        let record = store
            .get(&key(Kind::Organisation, "a"))
            .await
            .unwrap()
            .unwrap();
        assert_eq!(record.entry().unwrap().title(), "To");
        assert_eq!(record.sequence, 2);
        assert_eq!(store.counts().await.unwrap().total(), 1);
        assert_eq!(store.check().await.unwrap(), []);
    });
}

#[test]
fn a_removed_object_is_gone_and_its_history_goes_on() {
    run(async {
        let store = memory().await;
        let museum = key(Kind::Organisation, "museet");
        put(
            &store,
            &[organisation("museet", "Et"), organisation("andet", "Andet")],
            1,
        )
        .await;
        put(&store, &[organisation("museet", "To")], 2).await;
        let account = Author::Account("inge".parse().unwrap());
        assert!(store.remove(&museum, &account, at(3)).await.unwrap());
        assert!(!store.remove(&museum, &account, at(4)).await.unwrap());
        assert!(store.get(&museum).await.unwrap().is_none());
        assert!(
            store
                .exists_many(std::slice::from_ref(&museum))
                .await
                .unwrap()
                .is_empty()
        );
        assert_eq!(in_order_of_export(&store).await.len(), 1);
        assert_eq!(store.counts().await.unwrap().total(), 1);
        assert_eq!(
            put(&store, &[organisation("museet", "Tre")], 5).await,
            [Outcome::Created]
        );
        let history = store.history(&museum, 100).await.unwrap();
        let told: Vec<_> = history
            .iter()
            .map(|revision| {
                let title = revision
                    .entry()
                    .unwrap()
                    .map(|entry| entry.title().to_owned());
                (
                    revision.sequence,
                    revision.previous,
                    title,
                    revision.author.as_str(),
                )
            })
            .collect();
        assert_eq!(
            told,
            [
                (5, Some(4), Some("Tre".to_owned()), "command-line"),
                (4, Some(3), None, "account:inge"),
                (3, Some(1), Some("To".to_owned()), "command-line"),
                (1, None, Some("Et".to_owned()), "command-line"),
            ]
        );
        assert_eq!(store.history(&museum, 2).await.unwrap().len(), 2);
        assert!(
            store
                .history(&key(Kind::Case, "museet"), 9)
                .await
                .unwrap()
                .is_empty()
        );
        assert_eq!(store.check().await.unwrap(), []);
    });
}

#[test]
fn revisions_come_in_order_without_a_gap_and_wake_those_who_wait() {
    run(async {
        let store = memory().await;
        let mut watch = store.watch();
        assert_eq!(*watch.borrow_and_update(), 0);
        let entries: Vec<Entry> = (0..1_234)
            .map(|number| organisation(&format!("o{number}"), "N"))
            .collect();
        for part in entries.chunks(BATCH) {
            put(&store, part, 1).await;
        }
        assert!(watch.has_changed().unwrap());
        assert_eq!(*watch.borrow_and_update(), 1_234);
        let numbers: Vec<u64> = all_revisions(&store)
            .await
            .iter()
            .map(|revision| revision.sequence)
            .collect();
        assert_eq!(numbers, (1..=1_234).collect::<Vec<u64>>());
        let part = store.revisions_after(1_000, 3).await.unwrap();
        assert_eq!(
            part.iter()
                .map(|revision| revision.sequence)
                .collect::<Vec<_>>(),
            [1_001, 1_002, 1_003]
        );
        assert!(store.revisions_after(1_234, 3).await.unwrap().is_empty());
    });
}

#[test]
fn a_missing_revision_is_noticed() {
    run(async {
        let store = memory().await;
        put(
            &store,
            &[
                organisation("a", "A"),
                organisation("b", "B"),
                organisation("c", "C"),
            ],
            1,
        )
        .await;
        store
            .engine()
            .run("DELETE revision:2", Variables::new())
            .await
            .unwrap();
        assert!(matches!(
            store.revisions_after(0, 10).await,
            Err(StoreError::Damaged(_))
        ));
    });
}

/// Two writers that do not wait for each other, each with objects of its own and one they share.
async fn two_writers(store: Store) {
    let other = Store::over(store.engine().another_writer().await.unwrap());
    let write = |store: Store, name: &'static str| async move {
        for round in 0..30 {
            let entries: Vec<Entry> = (0..5)
                .map(|number| organisation(&format!("{name}-{round}-{number}"), "N"))
                .chain([organisation("shared", &format!("{name} {round}"))])
                .collect();
            put(&store, &entries, round).await;
        }
    };
    let one = tokio::spawn(write(store.clone(), "one"));
    let two = tokio::spawn(write(other, "two"));
    one.await.unwrap();
    two.await.unwrap();
    let revisions = all_revisions(&store).await;
    assert_eq!(revisions.len(), 2 * 30 * 6);
    assert_eq!(store.counts().await.unwrap().total(), 2 * 30 * 5 + 1);
    assert_eq!(
        store
            .history(&key(Kind::Organisation, "shared"), 100)
            .await
            .unwrap()
            .len(),
        60
    );
    assert_eq!(store.check().await.unwrap(), []);
}

#[test]
fn two_writers_at_once_lose_nothing_in_memory() {
    run(async { two_writers(memory().await).await });
}

#[test]
fn two_writers_at_once_lose_nothing_in_files() {
    run(async {
        let directory = TempDir::new().unwrap();
        let store = Store::open(&files(&directory), at(0)).await.unwrap();
        two_writers(store.clone()).await;
        store.close().await.unwrap();
    });
}

#[test]
fn a_unit_that_always_conflicts_is_given_up() {
    run(async {
        let store = memory().await;
        let mut turn = store.engine().turn().await;
        let mut tried = 1;
        let settled = loop {
            if let Some(settled) = turn.settle::<()>(Err(Failure::Conflict)).await {
                break settled;
            }
            tried += 1;
            assert!(tried < 100, "it goes on for ever");
        };
        assert!(matches!(settled, Err(StoreError::Conflict { attempts }) if attempts == tried));
    });
}

#[test]
fn a_failed_transaction_writes_nothing_and_names_its_cause() {
    run(async {
        let store = memory().await;
        let result = store
            .engine()
            .attempt(
                "BEGIN; UPSERT setting:a SET value = 'x'; THROW 'the cause'; \
                 UPSERT setting:b SET value = 'y'; COMMIT;",
                Variables::new(),
            )
            .await;
        match result {
            Err(Failure::Final(StoreError::Statement(message))) => {
                assert!(message.contains("the cause"), "{message}");
            }
            other => panic!("{other:?}"),
        }
        assert_eq!(store.setting("a").await.unwrap(), None);
        // A row that the schema refuses is the cause, wherever it stands.
        let result = store
            .engine()
            .attempt(
                "BEGIN; UPSERT setting:a SET value = 'x'; UPSERT setting:b SET value = 7; COMMIT;",
                Variables::new(),
            )
            .await;
        assert!(
            matches!(&result, Err(Failure::Final(StoreError::Statement(message))) if message.contains("value")),
            "{result:?}"
        );
        assert_eq!(store.setting("a").await.unwrap(), None);
    });
}

/// Ids whose order is easy to get wrong: prefixes of each other, digits, hyphens.
fn awkward_ids() -> Vec<String> {
    let mut ids: Vec<String> = [
        "a", "a-", "a-b", "a0", "aa", "ab", "a-0", "-", "0", "9", "z", "zz", "10", "2",
    ]
    .map(str::to_owned)
    .to_vec();
    ids.extend((0..700).map(|number| format!("offer-{number}")));
    ids
}

async fn export_is_complete_and_in_order(store: &Store) {
    let mut expected = Vec::new();
    for &kind in Kind::all() {
        let mut ids = match kind {
            Kind::Organisation | Kind::Offer | Kind::Strategy => awkward_ids(),
            Kind::Role | Kind::Case | Kind::Recommendation => Vec::new(),
        };
        ids.sort_unstable();
        expected.extend(ids.into_iter().map(|id| key(kind, &id)));
    }
    let found: Vec<Key> = in_order_of_export(store)
        .await
        .into_iter()
        .map(|record| record.key)
        .collect();
    assert_eq!(found, expected);
    let counts = store.counts().await.unwrap();
    assert_eq!(counts.total(), expected.len() as u64);
    assert_eq!(
        counts.records,
        BTreeMap::from([Kind::Organisation, Kind::Offer, Kind::Strategy].map(|kind| (kind, 714)))
    );
}

async fn put_awkward(store: &Store) {
    let entries: Vec<Entry> = awkward_ids()
        .iter()
        .rev()
        .flat_map(|id| {
            [
                offer(id, "Titel", "a"),
                organisation(id, "Navn"),
                strategy(id),
            ]
        })
        .collect();
    for part in entries.chunks(BATCH) {
        put(store, part, 1).await;
    }
}

#[test]
fn an_export_from_memory_is_complete_and_in_order() {
    run(async {
        let store = memory().await;
        put_awkward(&store).await;
        export_is_complete_and_in_order(&store).await;
    });
}

#[test]
fn an_export_from_files_is_complete_and_in_order_also_after_opening_again() {
    run(async {
        let directory = TempDir::new().unwrap();
        let store = Store::open(&files(&directory), at(0)).await.unwrap();
        put_awkward(&store).await;
        export_is_complete_and_in_order(&store).await;
        store.close().await.unwrap();
        drop(store);
        let store = Store::open(&files(&directory), at(1)).await.unwrap();
        export_is_complete_and_in_order(&store).await;
        assert_eq!(*store.watch().borrow(), 3 * 714);
        assert_eq!(store.check().await.unwrap(), []);
        store.close().await.unwrap();
    });
}

#[test]
fn a_snapshot_does_not_see_what_comes_after_it() {
    run(async {
        let store = memory().await;
        put(&store, &[organisation("a", "A")], 1).await;
        let snapshot = store.snapshot().await.unwrap();
        assert_eq!(snapshot.counts().await.unwrap().last_sequence, 1);
        put(
            &store,
            &[organisation("a", "Ny"), organisation("b", "B")],
            2,
        )
        .await;
        let page = snapshot.pages(Kind::all()).next().await.unwrap().unwrap();
        assert_eq!(page.len(), 1);
        assert_eq!(page[0].entry().unwrap().title(), "A");
        assert_eq!(snapshot.counts().await.unwrap().last_sequence, 1);
        assert_eq!(snapshot.revisions_after(0, 10).await.unwrap().len(), 1);
        snapshot.end().await.unwrap();
        assert_eq!(store.counts().await.unwrap().last_sequence, 3);
    });
}

#[test]
fn a_directory_with_the_first_schema_opens_and_is_brought_forward() {
    run(async {
        let directory = TempDir::new().unwrap();
        let url = files(&directory);
        let old = Store::open_with(&url, &MIGRATIONS[..1], at(0))
            .await
            .unwrap();
        // As the first program wrote it: today's writes fields that the first schema does not have.
        let statement = r#"
            CREATE record:`organisation/a` SET state = 'published', sequence = 1, sample = false,
                created = $time, updated = $time, author = 'portal',
                content = '{"type":"organisation","id":"a","name":"A","kind":"institution"}';
            CREATE revision:1 SET record = 'organisation/a', action = 'put', sample = false,
                time = $time, author = 'portal',
                content = '{"type":"organisation","id":"a","name":"A","kind":"institution"}';
            CREATE counter:revision SET sequence = 1, samples = 0, records = { organisation: 1 };
        "#;
        let time = variable("time", at(1).to_string());
        old.engine().write(statement, &time).await.unwrap();
        old.close().await.unwrap();
        drop(old);
        let store = Store::open(&url, at(2)).await.unwrap();
        assert!(store.check().await.unwrap().is_empty());
        assert!(
            store
                .get(&key(Kind::Organisation, "a"))
                .await
                .unwrap()
                .is_some()
        );
        store.put_setting("name", "value").await.unwrap();
        assert_eq!(
            store.setting("name").await.unwrap().as_deref(),
            Some("value")
        );
        store.close().await.unwrap();
        drop(store);
        // What a newer program has written is left alone.
        let error = Store::open_with(&url, &MIGRATIONS[..1], at(3))
            .await
            .err()
            .unwrap();
        assert!(
            matches!(
                error,
                StoreError::NewerSchema {
                    found: SCHEMA_VERSION,
                    known: 1
                }
            ),
            "{error}"
        );
    });
}

#[test]
fn a_schema_that_is_not_ours_is_refused() {
    run(async {
        let store = memory().await;
        store
            .engine()
            .run("UPDATE migration:1 SET name = 'other'", Variables::new())
            .await
            .unwrap();
        let error = crate::migration::migrate(store.engine(), MIGRATIONS, at(1))
            .await
            .err()
            .unwrap();
        assert!(matches!(error, StoreError::Damaged(_)), "{error}");
    });
}

#[test]
fn a_directory_in_use_is_said_to_be() {
    run(async {
        let directory = TempDir::new().unwrap();
        let url = files(&directory);
        let store = Store::open(&url, at(0)).await.unwrap();
        let error = Store::open(&url, at(0)).await.err().unwrap();
        assert!(matches!(error, StoreError::Locked(_)), "{error}");
        store.close().await.unwrap();
        drop(store);
        Store::open(&url, at(0))
            .await
            .unwrap()
            .close()
            .await
            .unwrap();
    });
}

#[test]
fn a_closed_store_says_that_it_is_unavailable() {
    run(async {
        let directory = TempDir::new().unwrap();
        let store = Store::open(&files(&directory), at(0)).await.unwrap();
        put(&store, &[organisation("a", "A")], 1).await;
        store.close().await.unwrap();
        let entries = [organisation("b", "B")];
        let error = store
            .put_many(&entries, &Author::Portal, at(2), Origin::People)
            .await
            .err()
            .unwrap();
        assert!(matches!(error, StoreError::Unavailable(_)), "{error:?}");
    });
}

#[test]
fn a_server_that_is_not_there_is_said_to_be_unavailable() {
    run(async {
        // A port that was free a moment ago.
        let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        drop(listener);
        let url = DatabaseUrl::parse(&format!("ws://root:secret@{address}"), "".as_ref()).unwrap();
        let opening = Store::open(&url, at(0));
        let result = tokio::time::timeout(std::time::Duration::from_secs(20), opening).await;
        let error = result.expect("it is said within seconds").err().unwrap();
        assert!(matches!(error, StoreError::Unavailable(_)), "{error:?}");
        assert!(!error.to_string().contains("secret"));
    });
}

#[test]
fn a_damaged_file_is_said_to_be_damaged() {
    run(async {
        let directory = TempDir::new().unwrap();
        let url = files(&directory);
        let store = Store::open(&url, at(0)).await.unwrap();
        put_awkward(&store).await;
        store.close().await.unwrap();
        drop(store);
        let manifests = directory.path().join("database/manifest");
        for file in manifests.read_dir().unwrap() {
            let path = file.unwrap().path();
            let mut bytes = std::fs::read(&path).unwrap();
            bytes.fill(0xAA);
            std::fs::write(&path, bytes).unwrap();
        }
        let error = Store::open(&url, at(0)).await.err().unwrap();
        assert!(matches!(error, StoreError::Damaged(_)), "{error:?}");
    });
}

#[test]
fn what_is_too_large_is_refused_before_it_is_tried() {
    run(async {
        let store = memory().await;
        let author = Author::CommandLine;
        let many = vec![organisation("a", "A"); LARGEST_BATCH + 1];
        let error = store
            .put_many(&many, &author, at(1), Origin::People)
            .await
            .err()
            .unwrap();
        assert!(matches!(error, StoreError::BatchTooLarge { .. }), "{error}");
        let long = "tekst ".repeat(3_000);
        let wide: Vec<Entry> = (0..700)
            .map(|number| described(&format!("o-{number}"), long.trim_end()))
            .collect();
        let error = store
            .put_many(&wide, &author, at(1), Origin::People)
            .await
            .err()
            .unwrap();
        assert!(
            matches!(error, StoreError::BatchTooLarge { entries: 700, bytes } if bytes > LARGEST_BATCH_BYTES),
            "{error}"
        );
        assert_eq!(
            store
                .put_many(&[], &author, at(1), Origin::People)
                .await
                .unwrap(),
            []
        );
        assert_eq!(store.last_sequence().await.unwrap(), 0);
    });
}

#[test]
fn sample_content_goes_and_what_people_rely_on_stays() {
    run(async {
        let store = memory().await;
        let sample = [
            organisation("museet", "Museet"),
            organisation("skolen", "Skolen"),
            organisation("ensom", "Ensom"),
            offer("vandhul", "Vandhul", "museet"),
            offer("ukrudt", "Ukrudt", "skolen"),
            strategy("kontakt"),
        ];
        store
            .put_many(&sample, &Author::Portal, at(1), Origin::Sample)
            .await
            .unwrap();
        assert!(store.has_sample().await.unwrap());
        // An offer of someone's own, at a sample museum; and a sample offer that someone corrected,
        // which refers to the sample school.
        put(
            &store,
            &[
                offer("egen", "Egen", "museet"),
                offer("ukrudt", "Ukrudt, rettet", "skolen"),
            ],
            2,
        )
        .await;
        // Loading the sample again changes nothing of that.
        let again = store
            .put_many(&sample, &Author::Portal, at(3), Origin::Sample)
            .await
            .unwrap();
        assert_eq!(again, [Outcome::Unchanged; 6]);
        let done = store
            .remove_sample(&Author::CommandLine, at(4))
            .await
            .unwrap();
        assert_eq!(
            done,
            SampleRemoved {
                removed: 3,
                kept: 2
            }
        );
        let left: Vec<(String, bool)> = in_order_of_export(&store)
            .await
            .into_iter()
            .map(|record| (record.key.to_string(), record.sample))
            .collect();
        let ordinary = |text: &str| (text.to_owned(), false);
        assert_eq!(
            left,
            [
                ordinary("organisation/museet"),
                ordinary("organisation/skolen"),
                ordinary("offer/egen"),
                ordinary("offer/ukrudt"),
            ]
        );
        assert!(!store.has_sample().await.unwrap());
        assert_eq!(store.check().await.unwrap(), []);
        let again = store
            .remove_sample(&Author::CommandLine, at(5))
            .await
            .unwrap();
        assert_eq!(again, SampleRemoved::default());
    });
}

#[test]
fn tokens_open_until_they_are_revoked() {
    run(async {
        let store = memory().await;
        let mut random = StdRng::seed_from_u64(7);
        let secret = Secret::generate(&mut random);
        let other = Secret::generate(&mut random);
        store
            .create_token(&secret, "import", PortalRole::Administrator, at(1))
            .await
            .unwrap();
        store
            .create_token(&other, "backup", PortalRole::Administrator, at(2))
            .await
            .unwrap();
        let found = store.token(&secret).await.unwrap().unwrap();
        assert_eq!((found.name.as_str(), found.revoked), ("import", None));
        assert!(
            store
                .token(&Secret::generate(&mut random))
                .await
                .unwrap()
                .is_none()
        );
        assert_eq!(store.revoke_tokens("import", at(3)).await.unwrap(), 1);
        assert_eq!(store.revoke_tokens("import", at(4)).await.unwrap(), 0);
        assert!(store.token(&secret).await.unwrap().is_none());
        assert!(store.token(&other).await.unwrap().is_some());
        let tokens = store.tokens().await.unwrap();
        let told: Vec<_> = tokens
            .iter()
            .map(|token| (token.name.as_str(), token.revoked))
            .collect();
        assert_eq!(told, [("import", Some(at(3))), ("backup", None)]);
    });
}

fn administrator(id: &str) -> Account {
    Account {
        id: id.parse().unwrap(),
        name: "Administrator".to_owned(),
        email: None,
        role: Some(PortalRole::Administrator),
        created: at(5),
        disabled: None,
    }
}

const HOUR: SignedDuration = SignedDuration::from_hours(1);

#[test]
fn the_first_link_makes_one_administrator_once() {
    run(async {
        let store = memory().await;
        let mut random = StdRng::seed_from_u64(7);
        let link = Secret::generate(&mut random);
        let spare = Secret::generate(&mut random);
        for secret in [&link, &spare] {
            let purpose = LinkPurpose::FirstAdministrator;
            store
                .create_link(secret, &purpose, at(1), HOUR)
                .await
                .unwrap();
        }
        assert!(!store.has_account().await.unwrap());
        assert_eq!(
            store.link(&link, at(2)).await.unwrap(),
            Some(LinkPurpose::FirstAdministrator)
        );
        assert_eq!(store.link(&link, at(3_601)).await.unwrap(), None);
        let sessions: Vec<Secret> = (0..4).map(|_| Secret::generate(&mut random)).collect();
        let mut tasks = Vec::new();
        for (number, session) in sessions.iter().enumerate() {
            let (store, link, session) = (store.clone(), link.clone(), session.clone());
            tasks.push(tokio::spawn(async move {
                let account = administrator(&format!("admin-{number}"));
                store
                    .redeem_link(&link, &account, &session, None, at(5), HOUR)
                    .await
                    .unwrap()
            }));
        }
        let mut signed_in = Vec::new();
        for task in tasks {
            signed_in.extend(task.await.unwrap());
        }
        assert_eq!(
            signed_in.len(),
            1,
            "of several who come at once, one gets in"
        );
        let accounts = store.accounts().await.unwrap();
        assert_eq!(accounts, [signed_in[0].account.clone()]);
        // Another first link is worth nothing once there is an account.
        assert_eq!(store.link(&spare, at(6)).await.unwrap(), None);
        let mut open = 0;
        for session in &sessions {
            if let Some(found) = store.session(session, at(6)).await.unwrap() {
                assert_eq!(found.account, accounts[0]);
                open += 1;
                assert!(
                    store
                        .session(session, at(5 + 3_600))
                        .await
                        .unwrap()
                        .is_none()
                );
                store.end_session(session).await.unwrap();
                assert!(store.session(session, at(6)).await.unwrap().is_none());
            }
        }
        assert_eq!(open, 1);
    });
}

#[test]
fn sign_ins_are_listed_and_ended_by_their_owner_alone() {
    run(async {
        let store = memory().await;
        let mut random = StdRng::seed_from_u64(11);
        let mut inge = administrator("inge");
        inge.email = Some("inge@example.dk".to_owned());
        let bo = administrator("bo");
        for account in [&inge, &bo] {
            store.put_account(account).await.unwrap();
        }
        let secrets: Vec<Secret> = (0..4).map(|_| Secret::generate(&mut random)).collect();
        for (second, (secret, browser)) in
            (1..).zip(secrets.iter().zip([Some("Firefox"), None, Some("Safari")]))
        {
            store
                .begin_session(inge.clone(), secret, browser, at(second), HOUR)
                .await
                .unwrap();
        }
        store
            .begin_session(bo.clone(), &secrets[3], None, at(1), HOUR)
            .await
            .unwrap();
        let listed = store.sessions_of(&inge.id, at(4)).await.unwrap();
        assert_eq!(
            listed
                .iter()
                .map(|session| session.browser.as_deref())
                .collect::<Vec<_>>(),
            [Some("Safari"), None, Some("Firefox")]
        );
        // Another account's key does nothing.
        store.end_session_of(&bo.id, &listed[0].key).await.unwrap();
        assert_eq!(store.sessions_of(&inge.id, at(4)).await.unwrap(), listed);
        store
            .end_session_of(&inge.id, &listed[0].key)
            .await
            .unwrap();
        assert_eq!(store.session(&secrets[2], at(4)).await.unwrap(), None);
        assert_eq!(store.password_hash(&inge.id).await.unwrap(), None);
        store
            .set_password(&inge.id, "$argon2id$…", &secrets[0], at(5))
            .await
            .unwrap();
        assert_eq!(
            store.password_hash(&inge.id).await.unwrap().as_deref(),
            Some("$argon2id$…")
        );
        assert!(store.session(&secrets[0], at(6)).await.unwrap().is_some());
        assert_eq!(store.session(&secrets[1], at(6)).await.unwrap(), None);
        assert!(store.session(&secrets[3], at(6)).await.unwrap().is_some());
        // What has ended by itself is not listed.
        assert_eq!(store.sessions_of(&inge.id, at(5_000)).await.unwrap(), []);
        store
            .begin_session(inge.clone(), &secrets[1], None, at(7), HOUR)
            .await
            .unwrap();
        store
            .end_other_sessions(&inge.id, &secrets[1])
            .await
            .unwrap();
        assert_eq!(store.session(&secrets[0], at(8)).await.unwrap(), None);
        assert!(store.session(&secrets[1], at(8)).await.unwrap().is_some());
        let upper = "INGE@EXAMPLE.DK".parse().unwrap();
        let found = store.account_of(&upper).await.unwrap();
        assert_eq!(found, Some(inge));
    });
}

#[test]
fn a_sign_in_link_opens_an_account_that_is_not_closed() {
    run(async {
        let store = memory().await;
        let mut random = StdRng::seed_from_u64(7);
        let mut account = administrator("inge");
        store.put_account(&account).await.unwrap();
        let links: Vec<Secret> = (0..2).map(|_| Secret::generate(&mut random)).collect();
        for link in &links {
            let purpose = LinkPurpose::SignIn(account.id.clone());
            store
                .create_link(link, &purpose, at(1), HOUR)
                .await
                .unwrap();
        }
        let session = Secret::generate(&mut random);
        let unused = administrator("unused");
        let found = store
            .redeem_link(&links[0], &unused, &session, None, at(2), HOUR)
            .await
            .unwrap();
        assert_eq!(found.map(|found| found.account), Some(account.clone()));
        let again = store
            .redeem_link(&links[0], &unused, &session, None, at(2), HOUR)
            .await
            .unwrap();
        assert_eq!(again, None);
        account.disabled = Some(at(3));
        store.put_account(&account).await.unwrap();
        assert_eq!(store.session(&session, at(4)).await.unwrap(), None);
        let closed = store
            .redeem_link(&links[1], &unused, &session, None, at(4), HOUR)
            .await
            .unwrap();
        assert_eq!(closed, None);
        store.forget_expired(at(4_000)).await.unwrap();
        for table in ["SELECT * FROM link", "SELECT * FROM session"] {
            let rows: Vec<surrealdb::types::Value> = store
                .engine()
                .run(table, Variables::new())
                .await
                .unwrap()
                .take(0)
                .unwrap();
            assert!(rows.is_empty());
        }
    });
}

/// Everything that a backup has to bring back.
async fn everything(
    store: &Store,
) -> (
    Vec<Record>,
    Vec<Revision>,
    Counts,
    Vec<Token>,
    Vec<Account>,
    Option<String>,
) {
    (
        in_order_of_export(store).await,
        all_revisions(store).await,
        store.counts().await.unwrap(),
        store.tokens().await.unwrap(),
        store.accounts().await.unwrap(),
        store.setting("name").await.unwrap(),
    )
}

async fn fill(store: &Store) {
    put_awkward(store).await;
    put(store, &[organisation("a", r#"Ændret «navn» \" 🦆"#)], 2).await;
    store
        .remove(&key(Kind::Offer, "zz"), &Author::CommandLine, at(3))
        .await
        .unwrap();
    let sample = [organisation("eksempel", "Eksempel")];
    store
        .put_many(&sample, &Author::Portal, at(4), Origin::Sample)
        .await
        .unwrap();
    let secret = Secret::generate(&mut StdRng::seed_from_u64(1));
    store
        .create_token(&secret, "import", PortalRole::Administrator, at(5))
        .await
        .unwrap();
    store.put_account(&administrator("inge")).await.unwrap();
    store.put_setting("name", "value").await.unwrap();
}

#[test]
fn a_restored_backup_is_the_same_database() {
    run(async {
        let directory = TempDir::new().unwrap();
        let store = Store::open(&files(&directory), at(0)).await.unwrap();
        fill(&store).await;
        let before = everything(&store).await;
        let file = directory.path().join("portal.backup");
        let mut told = 0;
        let summary = store
            .backup(&file, at(9), |rows| told = rows)
            .await
            .unwrap();
        assert_eq!(told, summary.rows);
        assert_eq!(summary.sequence, 3 * 714 + 3);
        let in_use = Store::restore(&files(&directory), &file, at(10), |_| {})
            .await
            .err()
            .unwrap();
        assert!(matches!(in_use, StoreError::NotEmpty), "{in_use}");

        let elsewhere = DatabaseUrl::Directory(directory.path().join("elsewhere"));
        for url in [elsewhere.clone(), DatabaseUrl::Memory] {
            let mut told = 0;
            let (restored, found) = Store::restore(&url, &file, at(10), |rows| told = rows)
                .await
                .unwrap();
            assert_eq!((told, &found), (summary.rows, &summary));
            assert_eq!(everything(&restored).await, before);
            assert_eq!(restored.check().await.unwrap(), []);
            // Life goes on from there.
            assert_eq!(
                put(&restored, &[organisation("ny", "Ny")], 11).await,
                [Outcome::Created]
            );
            assert_eq!(
                restored.last_sequence().await.unwrap(),
                summary.sequence + 1
            );
            restored.close().await.unwrap();
        }
        let again = Store::open(&elsewhere, at(12)).await.unwrap();
        assert_eq!(again.last_sequence().await.unwrap(), summary.sequence + 1);
        again.close().await.unwrap();
        store.close().await.unwrap();
    });
}

#[test]
fn a_backup_that_is_cut_or_changed_is_refused() {
    run(async {
        let directory = TempDir::new().unwrap();
        let store = memory().await;
        fill(&store).await;
        let file = directory.path().join("portal.backup");
        store.backup(&file, at(9), |_| {}).await.unwrap();
        let whole = std::fs::read(&file).unwrap();
        let mut text = String::new();
        std::io::Read::read_to_string(&mut flate2::read::GzDecoder::new(&whole[..]), &mut text)
            .unwrap();
        let pack = |text: &str| {
            let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
            std::io::Write::write_all(&mut packed, text.as_bytes()).unwrap();
            packed.finish().unwrap()
        };
        let without_end = text.trim_end().rsplit_once('\n').unwrap().0;
        let changed = text.replacen("Titel", "Tital", 1);
        let newer = text.replacen("\"version\":1", "\"version\":2", 1);
        let bad = [
            Vec::new(),
            b"not a backup".to_vec(),
            whole[..whole.len() / 2].to_vec(),
            pack(&format!("{without_end}\n")),
            pack(without_end),
            pack(&changed),
            pack(&newer),
            pack(&format!("{text}{text}")),
        ];
        let url = DatabaseUrl::Directory(directory.path().join("elsewhere"));
        for (number, bytes) in bad.iter().enumerate() {
            std::fs::write(&file, bytes).unwrap();
            let error = Store::restore(&url, &file, at(10), |_| {}).await.err();
            assert!(
                matches!(error, Some(StoreError::BadBackup(_))),
                "{number}: {error:?}"
            );
        }
        assert!(!directory.path().join("elsewhere").exists());
        let newer_version = SCHEMA_VERSION + 1;
        let newer_schema = text.replacen(
            &format!("\"schema\":{SCHEMA_VERSION}"),
            &format!("\"schema\":{newer_version}"),
            1,
        );
        let hashed = {
            use sha2::{Digest, Sha256};
            let (body, _) = newer_schema.trim_end().rsplit_once('\n').unwrap();
            let rows = body.lines().count() - 1;
            let hash = crate::secret::hexadecimal(&Sha256::digest(format!("{body}\n")));
            format!("{body}\n{{\"rows\":{rows},\"sha256\":\"{hash}\"}}\n")
        };
        std::fs::write(&file, pack(&hashed)).unwrap();
        let error = Store::restore(&url, &file, at(10), |_| {}).await.err();
        assert!(
            matches!(error, Some(StoreError::NewerSchema { found, .. }) if found == newer_version),
            "{error:?}"
        );
    });
}

#[test]
fn a_restore_that_was_cut_short_is_not_taken_for_a_database() {
    run(async {
        let directory = TempDir::new().unwrap();
        let store = Store::open(&files(&directory), at(0)).await.unwrap();
        put(&store, &[organisation("a", "A")], 1).await;
        store
            .engine()
            .run("DELETE counter", Variables::new())
            .await
            .unwrap();
        store.close().await.unwrap();
        drop(store);
        let error = Store::open(&files(&directory), at(1)).await.err();
        assert!(matches!(error, Some(StoreError::Damaged(_))), "{error:?}");
    });
}

#[test]
fn a_check_finds_what_does_not_agree() {
    run(async {
        let store = memory().await;
        put(
            &store,
            &[
                organisation("a", "A"),
                organisation("b", "B"),
                organisation("c", "C"),
            ],
            1,
        )
        .await;
        for statement in [
            "UPDATE record:⟨organisation/a⟩ SET content = '{}'",
            "DELETE record:⟨organisation/b⟩",
        ] {
            store
                .engine()
                .run(statement, Variables::new())
                .await
                .unwrap();
        }
        let findings = store.check().await.unwrap();
        let told: Vec<&str> = findings.iter().map(|finding| finding.0.as_str()).collect();
        assert_eq!(told.len(), 3, "{told:?}");
        assert!(told[0].contains("organisation/a"), "{told:?}");
        assert!(told[1].contains("there are 2"), "{told:?}");
        assert!(told[2].contains("not what revision 1"), "{told:?}");
    });
}
