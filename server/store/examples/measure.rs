//! Measures the store by itself, on made-up offers: `measure OFFERS [DIRECTORY]`.
//!
//! Prints importing, memory, reading by key, following, exporting, opening again and backing up.

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use domain::{Code, Entry, Kind, exchange};
use jiff::Timestamp;
use store::{Author, BATCH, DatabaseUrl, Key, Origin, Store, StoreError};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut arguments = std::env::args().skip(1);
    let offers: usize = arguments.next().as_deref().unwrap_or("10000").parse()?;
    let directory = arguments
        .next()
        .map_or_else(|| std::env::temp_dir().join("store-measure"), PathBuf::from);
    if directory.exists() {
        return Err(format!("{} is there already", directory.display()).into());
    }
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .thread_stack_size(10 << 20)
        .enable_all()
        .build()?;
    runtime.block_on(measure(offers, &directory))?;
    drop(runtime);
    std::fs::remove_dir_all(&directory)?;
    Ok(())
}

async fn measure(offers: usize, directory: &Path) -> Result<(), Box<dyn std::error::Error>> {
    let url = DatabaseUrl::Directory(directory.join("database"));
    let now = Timestamp::from_second(1_800_000_000)?;
    let start = Instant::now();
    let store = Store::open(&url, now).await?;
    say("open, empty", start.elapsed());

    let mut bytes = 0;
    let mut spent = Duration::ZERO;
    let mut slowest = Duration::ZERO;
    let mut batch = vec![organisation()?];
    for number in 0..offers {
        let entry = offer(number)?;
        bytes += exchange::write_line(&entry).len();
        batch.push(entry);
        if batch.len() == BATCH || number + 1 == offers {
            let start = Instant::now();
            let entries = std::mem::take(&mut batch);
            store
                .put_many(&entries, &Author::CommandLine, now, Origin::People)
                .await?;
            spent += start.elapsed();
            slowest = slowest.max(start.elapsed());
        }
    }
    println!(
        "import             {:.0} offers a second, {} bytes each, slowest batch {slowest:?}, {}",
        offers as f64 / spent.as_secs_f64(),
        bytes / offers,
        memory()
    );
    println!("disk               {} MB", size(directory)? >> 20);

    let start = Instant::now();
    let entries = (0..BATCH).map(offer).collect::<Result<Vec<_>, _>>()?;
    store
        .put_many(&entries, &Author::CommandLine, now, Origin::People)
        .await?;
    say("a batch unchanged", start.elapsed());

    reading(&store, offers).await?;
    println!("memory             {}", memory());

    let start = Instant::now();
    let mut last = 0;
    loop {
        let revisions = store.revisions_after(last, 1_000).await?;
        let Some(newest) = revisions.last() else {
            break;
        };
        last = newest.sequence;
    }
    say("follow all", start.elapsed());

    let start = Instant::now();
    let mut exported = 0;
    store
        .for_each(Kind::all(), |_| {
            exported += 1;
            Ok::<(), StoreError>(())
        })
        .await?;
    say("export", start.elapsed());
    if exported != offers + 1 {
        return Err(format!("{exported} exported of {offers} and one organisation").into());
    }
    println!("memory             {}", memory());

    let start = Instant::now();
    store.close().await?;
    drop(store);
    say("close", start.elapsed());
    let start = Instant::now();
    let store = Store::open(&url, now).await?;
    say("open again", start.elapsed());
    reading(&store, offers).await?;
    let start = Instant::now();
    let file = directory.join("backup");
    store.backup(&file, now, |_| {}).await?;
    say("backup", start.elapsed());
    println!(
        "backup             {} MB",
        std::fs::metadata(&file)?.len() >> 20
    );
    let start = Instant::now();
    let findings = store.check().await?;
    say("check", start.elapsed());
    if !findings.is_empty() {
        return Err(format!("{findings:?}").into());
    }
    println!("memory             {}", memory());
    store.close().await?;
    drop(store);
    let start = Instant::now();
    let elsewhere = DatabaseUrl::Directory(directory.join("elsewhere"));
    let (store, _) = Store::restore(&elsewhere, &file, now, |_| {}).await?;
    say("restore", start.elapsed());
    store.close().await?;
    println!("memory             {}", memory());
    Ok(())
}

/// Reads single offers here and there, and says what the middle and the slow ones took.
async fn reading(store: &Store, offers: usize) -> Result<(), Box<dyn std::error::Error>> {
    let mut times = Vec::new();
    for step in 0..5_000_usize {
        let number = step.wrapping_mul(7_919) % offers;
        let key = Key::new(Kind::Offer, format!("forloeb-{number}").parse()?);
        let start = Instant::now();
        let found = store.get(&key).await?;
        times.push(start.elapsed());
        if found.is_none() {
            return Err(format!("{key} is not there").into());
        }
    }
    times.sort_unstable();
    println!(
        "get                p50 {:?}, p95 {:?}, p99 {:?}",
        times[times.len() / 2],
        times[times.len() * 95 / 100],
        times[times.len() * 99 / 100]
    );
    Ok(())
}

fn say(what: &str, time: Duration) {
    println!("{what:<18} {time:.1?}");
}

fn organisation() -> Result<Entry, exchange::FieldError> {
    exchange::parse_line(
        r#"{"type":"organisation","id":"museet","name":"Museet","kind":"institution","municipality":"165"}"#,
    )
}

/// An offer as long as those that institutions write.
fn offer(number: usize) -> Result<Entry, exchange::FieldError> {
    const WORDS: [&str; 16] = [
        "eleverne",
        "undersøger",
        "vandhullet",
        "museet",
        "historien",
        "besættelsen",
        "sammen",
        "naturen",
        "fortæller",
        "udstillingen",
        "klassen",
        "forløbet",
        "tegner",
        "arbejder",
        "skoven",
        "oplever",
    ];
    let mut state = number as u64 + 1;
    let mut words = |many: usize| {
        let mut text = String::new();
        for _ in 0..many {
            state = state
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1_442_695_040_888_963_407);
            text.push_str(WORDS[(state >> 60) as usize]);
            text.push(' ');
        }
        text.trim_end().to_owned()
    };
    let (title, summary, description, during) = (words(5), words(20), words(90), words(30));
    let grade = number % 9;
    exchange::parse_line(&format!(
        r#"{{"type":"offer","id":"forloeb-{number}","title":"{title}","summary":"{summary}","provider":"museet","description":"{description}","subjects":["historie","dansk"],"grades":[{grade},{}],"themes":["natur"],"durationMinutes":90,"maxPupils":28,"price":{{"kind":"free"}},"materials":{{"during":"{during}"}},"updated":"2026-08-31"}}"#,
        grade + 1
    ))
}

/// Memory in use now and at its highest, as Linux tells it.
fn memory() -> String {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let megabytes = |name: &str| {
        status
            .lines()
            .find_map(|line| line.strip_prefix(name))
            .and_then(|rest| rest.trim_start_matches(':').trim().strip_suffix(" kB"))
            .and_then(|number| number.parse::<u64>().ok())
            .map_or_else(|| "?".to_owned(), |kilobytes| (kilobytes >> 10).to_string())
    };
    format!(
        "{} MB now, {} MB at most",
        megabytes("VmRSS"),
        megabytes("VmHWM")
    )
}

fn size(directory: &Path) -> std::io::Result<u64> {
    let mut total = 0;
    for entry in directory.read_dir()? {
        let entry = entry?;
        let data = entry.metadata()?;
        total += if data.is_dir() {
            size(&entry.path())?
        } else {
            data.len()
        };
    }
    Ok(total)
}
