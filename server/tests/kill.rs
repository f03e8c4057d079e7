//! Publishing survives being killed: the built program is killed at random moments while people publish, and started again.
#![expect(clippy::unwrap_used, reason = "a test says what it expects")]

#[path = "support/site.rs"]
mod site;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use domain::membership::MemberRole;
use domain::{Kind, OrganisationKind, Slug};
use jiff::{SignedDuration, Timestamp};
use rand::rngs::StdRng;
use rand::{RngExt as _, SeedableRng as _};
use reqwest::{Client, StatusCode};
use store::{Action, Author, DatabaseUrl, Key, Secret, Standing, Store};
use tokio::sync::Notify;

/// So many publications are acknowledged in the end.
const PUBLISHED: usize = 200;
/// So often the program is killed meanwhile.
const KILLS: usize = 10;
/// So many people publish at the same time.
const WRITERS: usize = 3;
/// So many offers one of them brings in at a time, to publish them one by one.
const SHEET: usize = 8;
/// The seed that is used where `ANKER_KILL_SEED` names none.
const SEED: u64 = 20_261_130;

fn id(text: &str) -> Slug {
    text.parse().unwrap()
}

/// Runs on threads with room for the database's recursion.
fn run(test: impl Future<Output = ()> + Send + 'static) {
    tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .thread_stack_size(10 << 20)
        .enable_all()
        .build()
        .unwrap()
        .block_on(async { tokio::spawn(test).await.unwrap() });
}

/// A word that is in one offer alone, and like no other's.
fn word(number: usize) -> String {
    let mut random = StdRng::seed_from_u64(u64::try_from(number).unwrap());
    let letters = b"bdfghjklmnprstv";
    (0..14)
        .map(|_| char::from(letters[random.random_range(0..letters.len())]))
        .collect()
}

/// What is known of one offer's publication.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Known {
    /// It was answered for.
    Acknowledged,
    /// It was asked for and the program died before it answered.
    Asked,
    /// The program died while it was still being written.
    Unasked,
}

/// A data directory, and the program that runs on it.
struct Anker {
    directory: PathBuf,
    address: String,
    cookie: String,
    client: Client,
    program: Option<Child>,
}

impl Anker {
    /// A museum that may publish directly, and its editor, who is signed in.
    async fn prepare(directory: &Path) -> Anker {
        site::write(&directory.join("site"));
        let store = open(directory).await;
        let now = Timestamp::now();
        let museum = r#"{"type":"organisation","id":"museet","name":"Museet","kind":"institution","municipality":"461"}"#;
        let museum = domain::exchange::parse_line(museum).unwrap();
        store.put(museum, &Author::Portal, now).await.unwrap();
        let account = store::Account {
            id: id("anna"),
            name: "Anna".into(),
            email: Some("anna@museet.example".into()),
            role: None,
            created: now,
            disabled: None,
        };
        store.put_account(&account).await.unwrap();
        let kind = OrganisationKind::Institution;
        let roles = [MemberRole::Editor];
        let museet = id("museet");
        assert!(
            store
                .set_roles(&museet, kind, &id("anna"), &roles, now)
                .await
                .unwrap()
        );
        let trusted = Standing {
            trusted: true,
            ..store.standing(&museet).await.unwrap()
        };
        store.set_standing(&museet, &trusted).await.unwrap();
        let secret = Secret::generate(&mut StdRng::seed_from_u64(1));
        let lasts = SignedDuration::from_hours(1);
        store
            .begin_session(account, &secret, None, now, lasts)
            .await
            .unwrap();
        store.close().await.unwrap();
        let free = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        let client = Client::builder()
            .redirect(reqwest::redirect::Policy::none())
            .no_proxy()
            .build();
        Anker {
            directory: directory.to_owned(),
            address: free.local_addr().unwrap().to_string(),
            cookie: format!("anker={}", secret.reveal()),
            client: client.unwrap(),
            program: None,
        }
    }

    /// Starts the program, and waits until it says that it is ready.
    async fn start(&mut self) {
        let log = std::fs::File::create(self.directory.join("log")).unwrap();
        let mut command = Command::new(env!("CARGO_BIN_EXE_anker"));
        for (name, _) in std::env::vars().filter(|(name, _)| name.starts_with("ANKER_")) {
            command.env_remove(name);
        }
        command
            .args(["serve", "--listen", &self.address, "--data"])
            .arg(&self.directory)
            .env("ANKER_SITE", self.directory.join("site"))
            .stdout(Stdio::null())
            .stderr(log);
        self.program = Some(command.spawn().unwrap());
        let begun = Instant::now();
        loop {
            let ready = self
                .client
                .get(format!("http://{}/readyz", self.address))
                .send()
                .await;
            if ready.is_ok_and(|answer| answer.status() == StatusCode::OK) {
                return;
            }
            let log = || std::fs::read_to_string(self.directory.join("log")).unwrap_or_default();
            assert!(
                begun.elapsed() < Duration::from_secs(60),
                "it does not start: {}",
                log()
            );
            let ended = self.program.as_mut().unwrap().try_wait().unwrap();
            assert_eq!(ended, None, "it ended: {}", log());
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }

    /// Kills it, as `kill -9` does.
    fn kill(&mut self) {
        let mut program = self.program.take().unwrap();
        program.kill().unwrap();
        program.wait().unwrap();
    }

    async fn get(&self, path: &str) -> (StatusCode, String) {
        let address = format!("http://{}{path}", self.address);
        let request = self.client.get(address).header("cookie", &self.cookie);
        let answer = request.send().await.unwrap();
        (answer.status(), answer.text().await.unwrap())
    }
}

impl Drop for Anker {
    fn drop(&mut self) {
        if let Some(mut program) = self.program.take() {
            // It is of no interest whether it had ended by itself.
            drop(program.kill());
            drop(program.wait());
        }
    }
}

async fn open(directory: &Path) -> Store {
    let url = DatabaseUrl::parse("surrealkv", directory).unwrap();
    Store::open(&url, Timestamp::now()).await.unwrap()
}

/// Somebody at their browser: sends forms until the program is gone.
struct Writer {
    client: Client,
    address: String,
    cookie: String,
}

impl Writer {
    async fn post(&self, path: &str, kind: &str, body: String) -> Option<StatusCode> {
        let request = self
            .client
            .post(format!("http://{}{path}", self.address))
            .header("cookie", &self.cookie)
            .header("content-type", kind)
            .body(body);
        let answer = request.send().await.ok()?;
        let status = answer.status();
        // An answer that breaks off is none.
        answer.bytes().await.ok()?;
        Some(status)
    }

    /// Brings offers in by a spreadsheet, as drafts.
    async fn write(&self, numbers: &[usize]) -> Option<()> {
        let mut csv = "Titel;Resumé;Beskrivelse;Klassetrin;Sted;Pristype;E-mail\n".to_owned();
        for number in numbers {
            let word = word(*number);
            csv.push_str(&format!(
                "{word};Klassen sejler.;Vi mødes ved {word}.;4;outdoors;free;skole@museet.example\n"
            ));
        }
        let field = |name: &str, value: &str| {
            format!("--x\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n")
        };
        let form = [
            field("owner", "museet"),
            field("do", "write"),
            field("file\"; filename=\"a.csv", &csv),
            "--x--\r\n".to_owned(),
        ];
        let kind = "multipart/form-data; boundary=x";
        let status = self
            .post("/mit-arbejde/regneark", kind, form.concat())
            .await?;
        assert_eq!(status, StatusCode::OK);
        Some(())
    }

    async fn publish(&self, number: usize) -> Option<()> {
        let path = format!("/mit-arbejde/forloeb/{}", word(number));
        let kind = "application/x-www-form-urlencoded";
        let status = self
            .post(&path, kind, "do=publish-directly".to_owned())
            .await?;
        assert_eq!(status, StatusCode::SEE_OTHER, "{path}");
        Some(())
    }
}

/// Lets people publish until so many more publications are acknowledged and a moment has passed, and kills the program
/// in the midst of it. Says what is known of each offer that somebody was at.
async fn publish_until_killed(
    anker: &mut Anker,
    next: &Arc<AtomicUsize>,
    acknowledged: usize,
    moment: Duration,
) -> BTreeMap<usize, Known> {
    let count = Arc::new(AtomicUsize::new(0));
    let enough = Arc::new(Notify::new());
    let mut writers = Vec::new();
    for _ in 0..WRITERS {
        let writer = Writer {
            client: anker.client.clone(),
            address: anker.address.clone(),
            cookie: anker.cookie.clone(),
        };
        let (next, count, enough) = (Arc::clone(next), Arc::clone(&count), Arc::clone(&enough));
        writers.push(tokio::spawn(async move {
            let mut known = BTreeMap::new();
            loop {
                let first = next.fetch_add(SHEET, Ordering::SeqCst);
                let numbers: Vec<usize> = (first..first + SHEET).collect();
                known.extend(numbers.iter().map(|number| (*number, Known::Unasked)));
                if writer.write(&numbers).await.is_none() {
                    return known;
                }
                for number in numbers {
                    known.insert(number, Known::Asked);
                    if writer.publish(number).await.is_none() {
                        return known;
                    }
                    known.insert(number, Known::Acknowledged);
                    if count.fetch_add(1, Ordering::SeqCst) + 1 == acknowledged {
                        enough.notify_one();
                    }
                }
            }
        }));
    }
    if acknowledged > 0 {
        enough.notified().await;
    }
    tokio::time::sleep(moment).await;
    anker.kill();
    let mut known = BTreeMap::new();
    for writer in writers {
        known.extend(writer.await.unwrap());
    }
    known
}

/// Whether an offer is wholly there or wholly not, as everybody sees it.
async fn is_there(anker: &Anker, number: usize) -> bool {
    let word = word(number);
    let (status, page) = anker.get(&format!("/tilbud/{word}")).await;
    let page = status == StatusCode::OK && page.contains(&format!("Vi mødes ved {word}."));
    let (status, object) = anker.get(&format!("/api/v1/offers/{word}")).await;
    let object = status == StatusCode::OK && object.contains(&word);
    let (_, found) = anker
        .get(&format!("/api/v1/search?facets=none&q={word}"))
        .await;
    let found = found.contains(&format!("\"/tilbud/{word}\""));
    let (_, desk) = anker.get(&format!("/mit-arbejde/forloeb/{word}")).await;
    let desk = desk.contains(&format!("href=\"/tilbud/{word}\""));
    assert!(
        page == object && page == found && page == desk,
        "{number} ({word}): page {page}, object {object}, search {found}, desk {desk}"
    );
    page
}

/// Whether an offer is wholly there or wholly not, as the store has it.
async fn is_kept(store: &Store, number: usize) -> bool {
    let word = word(number);
    let key = Key::new(Kind::Offer, id(&word));
    let history = store.history(&key, 10).await.unwrap();
    let record = store.get(&key).await.unwrap();
    let manuscript = store.manuscript(&key).await.unwrap();
    let Some(record) = record else {
        assert_eq!(history, [], "{number}: nothing published, and no revision");
        if let Some(manuscript) = manuscript {
            assert!(
                manuscript.fields.is_some(),
                "{number}: what was typed is there"
            );
            assert_eq!(manuscript.publication.standing(), None, "{number}");
        }
        return false;
    };
    let manuscript = manuscript.unwrap();
    assert_eq!(history.len(), 1, "{number}: one revision");
    assert_eq!(
        history[0].action,
        Action::Put(record.content.clone()),
        "{number}"
    );
    assert!(
        record.content.contains(&format!("Vi mødes ved {word}.")),
        "{number}"
    );
    assert!(manuscript.publication.is_public(), "{number}");
    assert_eq!(
        (manuscript.publication.draft(), &manuscript.fields),
        (None, &None),
        "{number}"
    );
    let remarks = store.remarks(&key).await.unwrap();
    let acts: Vec<&str> = remarks.iter().map(|remark| remark.act.as_str()).collect();
    assert_eq!(
        acts,
        ["publish-directly"],
        "{number}: the step is in the conversation once"
    );
    true
}

fn holds(known: Known, there: bool, number: usize) {
    match known {
        Known::Acknowledged => assert!(there, "{number} was acknowledged and is lost"),
        Known::Asked => {}
        Known::Unasked => assert!(!there, "{number} is there, and nobody asked for it"),
    }
}

#[test]
fn every_acknowledged_publication_survives_kills_and_none_is_half_there() {
    run(async {
        let seed = std::env::var("ANKER_KILL_SEED").ok();
        let seed = seed.and_then(|seed| seed.parse().ok()).unwrap_or(SEED);
        println!("seed {seed}; another one is tried with ANKER_KILL_SEED");
        let mut random = StdRng::seed_from_u64(seed);
        let directory = tempfile::tempdir().unwrap();
        let mut anker = Anker::prepare(directory.path()).await;
        let next = Arc::new(AtomicUsize::new(0));
        let mut known: BTreeMap<usize, Known> = BTreeMap::new();
        let count = |known: &BTreeMap<usize, Known>| {
            known
                .values()
                .filter(|known| **known == Known::Acknowledged)
                .count()
        };
        let mut kills = 0;
        let mut asked: Vec<usize> = Vec::new();
        let begun = Instant::now();
        while count(&known) < PUBLISHED || kills < KILLS {
            let missing = PUBLISHED.saturating_sub(count(&known));
            let share = missing / (KILLS - kills.min(KILLS - 1));
            let until = random.random_range(share / 2..=share.max(1) * 3 / 2);
            let moment = Duration::from_micros(random.random_range(0..60_000));
            anker.start().await;
            // What was asked for when it died is wholly there now, or not at all.
            for number in &asked {
                is_there(&anker, *number).await;
            }
            let last = publish_until_killed(&mut anker, &next, until, moment).await;
            kills += 1;
            // Half of the time the program itself finds what the kill has left, half of the time we look first.
            if random.random_bool(0.5) {
                let store = open(directory.path()).await;
                for (number, known) in &last {
                    holds(*known, is_kept(&store, *number).await, *number);
                }
                assert_eq!(store.check().await.unwrap(), []);
                store.close().await.unwrap();
            }
            let died = last.iter().filter(|(_, known)| **known == Known::Asked);
            asked = died.map(|(number, _)| *number).collect();
            known.extend(last);
            println!("{} acknowledged after {:?}", count(&known), begun.elapsed());
        }
        anker.start().await;
        let mut there = 0;
        for (number, known) in &known {
            let is_there = is_there(&anker, *number).await;
            holds(*known, is_there, *number);
            there += usize::from(is_there);
        }
        let (_, found) = anker
            .get("/api/v1/search?kind=offer&facets=none&perPage=1")
            .await;
        let found: serde_json::Value = serde_json::from_str(&found).unwrap();
        assert_eq!(found["total"], there, "nothing else is found");
        anker.kill();
        let store = open(directory.path()).await;
        for (number, known) in &known {
            holds(*known, is_kept(&store, *number).await, *number);
        }
        assert_eq!(store.check().await.unwrap(), []);
        let revisions = store.last_sequence().await.unwrap();
        assert_eq!(
            revisions,
            u64::try_from(there).unwrap() + 1,
            "and the museum's"
        );
        let asked = known
            .values()
            .filter(|known| **known == Known::Asked)
            .count();
        let acknowledged = count(&known);
        println!(
            "{acknowledged} acknowledged, {asked} asked for, {there} there; killed {kills} times"
        );
        store.close().await.unwrap();
    });
}
