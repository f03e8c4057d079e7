//! What was acknowledged survives a kill in the middle of an import, and nothing is half there.

use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;

use domain::{Entry, Kind, exchange};
use jiff::Timestamp;
use store::{Author, DatabaseUrl, Key, Origin, Store};

/// The directory that the child writes in.
const DIRECTORY: &str = "STORE_KILL_DIRECTORY";
const BATCH: usize = 100;

fn run<T>(work: impl Future<Output = T>) -> T {
    tokio::runtime::Builder::new_multi_thread()
        .thread_stack_size(10 << 20)
        .enable_all()
        .build()
        .expect("a runtime can be started")
        .block_on(work)
}

fn now() -> Timestamp {
    Timestamp::from_second(1_800_000_000).expect("a time within jiff's range")
}

fn open(directory: &Path) -> impl Future<Output = Result<Store, store::StoreError>> {
    let url = DatabaseUrl::Directory(directory.to_owned());
    async move { Store::open(&url, now()).await }
}

/// Batch `batch` of generation `generation`: new objects, and one that every batch changes.
fn entries(generation: usize, batch: usize) -> Vec<Entry> {
    let padding = "x".repeat(1_000);
    let organisation = |id: String, name: String| {
        exchange::parse_line(&format!(
            r#"{{"type":"organisation","id":"{id}","name":"{name}","kind":"school","municipality":"165","summary":"{padding}"}}"#
        ))
        .expect("a valid organisation")
    };
    (1..BATCH)
        .map(|number| {
            organisation(
                format!("o-{generation}-{batch}-{number}"),
                "Navn".to_owned(),
            )
        })
        .chain([organisation(
            "latest".to_owned(),
            format!("{generation} {batch}"),
        )])
        .collect()
}

/// The child's part: writes batches until it is killed, and says which are acknowledged.
#[test]
#[ignore = "is run by the test below, in a process of its own"]
fn write_until_killed() {
    let directory = std::env::var(DIRECTORY).unwrap();
    let (directory, generation) = directory.rsplit_once('@').unwrap();
    let generation = generation.parse().unwrap();
    run(async {
        let store = open(Path::new(directory)).await.unwrap();
        for batch in 0.. {
            store
                .put_many(
                    &entries(generation, batch),
                    &Author::CommandLine,
                    now(),
                    Origin::People,
                )
                .await
                .unwrap();
            println!("\nacknowledged {batch}");
        }
    });
}

#[test]
fn a_kill_loses_nothing_acknowledged_and_leaves_nothing_half() {
    let temporary = tempfile::TempDir::new().unwrap();
    let directory = temporary.path().join("database");
    let mut acknowledged_in_all = 0;
    // The later generations are killed in a database that has been killed before.
    for (generation, moment) in [23, 5, 61].into_iter().enumerate() {
        let mut child = Command::new(std::env::current_exe().unwrap())
            .args(["--exact", "write_until_killed", "--ignored", "--nocapture"])
            .env(DIRECTORY, format!("{}@{generation}", directory.display()))
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let mut acknowledged = 0;
        let mut read = |line: std::io::Result<String>| {
            if let Some(batch) = line.unwrap().strip_prefix("acknowledged ") {
                acknowledged = batch.parse::<usize>().unwrap() + 1;
            }
            acknowledged
        };
        while read(lines.next().expect("the child goes on until it is killed"))
            <= generation * 3 + 2
        {}
        // Somewhere within a batch.
        std::thread::sleep(Duration::from_millis(moment));
        child.kill().unwrap();
        child.wait().unwrap();
        // What it said before it died counts, too.
        for line in lines {
            read(line);
        }
        run(async {
            let store = open(&directory).await.unwrap();
            let counts = store.counts().await.unwrap();
            for batch in 0..acknowledged {
                let keys: Vec<Key> = entries(generation, batch)
                    .iter()
                    .map(|entry| Key::new(Kind::Organisation, entry.id().clone()))
                    .collect();
                assert_eq!(
                    store.exists_many(&keys).await.unwrap().len(),
                    BATCH,
                    "batch {batch}"
                );
            }
            // The batch that was under way is there or not, and only that one.
            let in_all = acknowledged_in_all + acknowledged as u64;
            let batches = counts.last_sequence / BATCH as u64;
            assert_eq!(counts.last_sequence % BATCH as u64, 0);
            assert!(
                (in_all..=in_all + 1).contains(&batches),
                "{batches} of {in_all} batches"
            );
            assert_eq!(counts.total(), batches * (BATCH as u64 - 1) + 1);
            let latest = Key::new(Kind::Organisation, "latest".parse().unwrap());
            let title = store.get(&latest).await.unwrap().unwrap().entry().unwrap();
            let batch = (batches - acknowledged_in_all - 1).to_string();
            assert_eq!(title.title(), format!("{generation} {batch}"));
            assert_eq!(store.check().await.unwrap(), []);
            acknowledged_in_all = batches;
            store.close().await.unwrap();
        });
    }
}
