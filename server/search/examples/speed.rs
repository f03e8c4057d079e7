//! How fast the index is by itself: `cargo run --release -p search --example speed -- FILE.jsonl [OFFERS]`.
//!
//! The file is in the exchange format, as `anker sample` writes it. Prints how fast documents go in, how large the index is, how
//! long it takes to open, and the times of a mixed log of searches with and without facets, of suggestions and of related objects.

use std::collections::BTreeMap;
use std::io::BufRead as _;
use std::time::{Duration, Instant};

use domain::search::{FacetsWanted, SearchQuery};
use domain::{Entry, Kind, Language};
use search::SearchIndex;

#[path = "../quality/judged.rs"]
#[expect(
    dead_code,
    reason = "only the making of sources and the queries are needed here"
)]
mod judged;

fn resident_megabytes() -> f64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let kilobytes = status
        .lines()
        .find_map(|line| line.strip_prefix("VmRSS:"))
        .and_then(|rest| rest.split_whitespace().next())
        .and_then(|number| number.parse::<f64>().ok());
    kilobytes.unwrap_or(0.0) / 1024.0
}

fn report(name: &str, mut times: Vec<Duration>) {
    times.sort_unstable();
    let at = |part: f64| times[((times.len() - 1) as f64 * part) as usize].as_secs_f64() * 1e6;
    println!(
        "{name:32} p50 {:8.0} µs   p95 {:8.0} µs   max {:8.0} µs",
        at(0.5),
        at(0.95),
        at(1.0)
    );
}

fn log() -> Vec<SearchQuery> {
    let mut queries: Vec<SearchQuery> = judged::queries()
        .into_iter()
        .map(|judged| {
            let mut query = judged.query;
            query.facets = FacetsWanted::Fitting;
            query.per_page = domain::search::PerPage::default();
            query
        })
        .collect();
    let parse = |pairs: &[(&str, &str)]| SearchQuery::parse(pairs.iter().copied(), &[]).0;
    for subject in ["historie", "biologi", "dansk", "matematik", "musik"] {
        queries.push(parse(&[("kind", "offer"), ("subject", subject)]));
        queries.push(parse(&[
            ("kind", "offer"),
            ("subject", subject),
            ("grade", "5"),
            ("price", "free"),
        ]));
        queries.push(parse(&[
            ("q", "natur"),
            ("subject", subject),
            ("municipality", "630"),
        ]));
    }
    for words in [
        "museum",
        "skov",
        "vand",
        "vikinger",
        "teater",
        "kunst",
        "robotter",
        "lærer",
        "bibliotek",
        "byen",
    ] {
        queries.push(parse(&[("q", words)]));
        queries.push(parse(&[
            ("q", words),
            ("near", "461"),
            ("within", "40"),
            ("sort", "distance"),
        ]));
        queries.push(parse(&[("q", words), ("home", "751"), ("page", "3")]));
    }
    queries.push(parse(&[]));
    queries.push(parse(&[("sort", "title")]));
    queries.push(parse(&[("kind", "case"), ("sort", "newest")]));
    queries
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let file = arguments
        .first()
        .ok_or("give a file in the exchange format")?;
    let most: usize = arguments
        .get(1)
        .map_or(Ok(usize::MAX), |number| number.parse())?;
    let mut entries: Vec<Entry> = Vec::new();
    let mut offers = 0;
    for line in std::io::BufReader::new(std::fs::File::open(file)?).lines() {
        let Ok(entry) = domain::exchange::parse_line(&line?) else {
            continue;
        };
        if entry.kind() == Kind::Offer {
            offers += 1;
            if offers > most {
                continue;
            }
        }
        entries.push(entry);
    }
    let changes = judged::sources(entries);
    let directory = std::env::temp_dir().join(format!("anker-speed-{}", std::process::id()));
    let index = SearchIndex::create(&directory)?;
    let begun = Instant::now();
    let mut position = 0;
    for step in changes.chunks(2_000) {
        position += step.len() as u64;
        index.apply(step, position)?;
    }
    let indexed = begun.elapsed();
    println!(
        "{} documents, {:.0} a second",
        changes.len(),
        changes.len() as f64 / indexed.as_secs_f64()
    );
    let begun = Instant::now();
    index.tidy()?;
    println!(
        "tidied in {:.2} s, {} segments",
        begun.elapsed().as_secs_f64(),
        index.segments()
    );
    let mut times = Vec::new();
    for change in changes.iter().rev().step_by(97).take(10) {
        let begun = Instant::now();
        index.apply(std::slice::from_ref(change), position)?;
        times.push(begun.elapsed());
    }
    report("one object written and found", times);
    index.tidy()?;
    drop(changes);
    drop(index);
    let bytes: u64 = std::fs::read_dir(&directory)?
        .flatten()
        .filter_map(|entry| entry.metadata().ok())
        .map(|data| data.len())
        .sum();
    println!("index {:.1} MB", bytes as f64 / 1e6);

    let before = resident_megabytes();
    let begun = Instant::now();
    let index = SearchIndex::open(&directory)?;
    println!("opened in {:.3} s", begun.elapsed().as_secs_f64());
    println!(
        "memory {:.0} MB before, {:.0} MB after",
        before,
        resident_megabytes()
    );
    let queries = log();
    let mut totals = BTreeMap::new();
    // The least of several rounds is what the work takes when nothing else runs.
    let rounds: usize = std::env::var("ROUNDS")
        .ok()
        .and_then(|rounds| rounds.parse().ok())
        .unwrap_or(8);
    let mut first = Vec::new();
    let mut with = vec![Duration::MAX; queries.len()];
    let mut without = vec![Duration::MAX; queries.len()];
    let mut bare = vec![Duration::MAX; queries.len()];
    for round in 0..rounds {
        for (number, query) in queries.iter().enumerate() {
            let begun = Instant::now();
            let results = index.search(query, Language::Danish);
            let taken = begun.elapsed();
            with[number] = with[number].min(taken);
            if round == 0 {
                first.push(taken);
            }
            totals.insert(number, (results.total, with[number]));
            let mut plain = query.clone();
            plain.facets = FacetsWanted::These(Vec::new());
            let begun = Instant::now();
            std::hint::black_box(index.search(&plain, Language::Danish));
            without[number] = without[number].min(begun.elapsed());
            plain.per_page = domain::search::PerPage::clamp(1);
            let begun = Instant::now();
            std::hint::black_box(index.search(&plain, Language::Danish));
            bare[number] = bare[number].min(begun.elapsed());
        }
    }
    report("first time, with facets", first);
    report("with facets", with);
    report("without facets", without);
    report("without facets, one result", bare);
    let mut found: Vec<u64> = totals.values().map(|(total, _)| *total).collect();
    found.sort_unstable();
    println!(
        "results found: median {}, most {}",
        found[found.len() / 2],
        found[found.len() - 1]
    );
    let mut slow: Vec<(usize, u64, Duration)> = totals
        .iter()
        .map(|(number, (total, time))| (*number, *total, *time))
        .collect();
    slow.sort_by_key(|(_, _, time)| std::cmp::Reverse(*time));
    for (number, total, time) in slow.into_iter().take(12) {
        println!(
            "  {:6.0} µs {total:7} {}",
            time.as_secs_f64() * 1e6,
            queries[number].to_query_string()
        );
    }
    let mut times = Vec::new();
    for typed in [
        "m",
        "mu",
        "mus",
        "museum",
        "vik",
        "vikinger i",
        "sk",
        "skov",
        "natur ",
        "kobe",
        "tea",
        "bibliotek o",
    ] {
        for length in 1..=typed.len() {
            let Some(typed) = typed.get(..length) else {
                continue;
            };
            let begun = Instant::now();
            std::hint::black_box(index.suggest(typed, &[], 8, Language::Danish));
            times.push(begun.elapsed());
        }
    }
    report("suggestions", times);
    let open = SearchQuery::default();
    let mut times = Vec::new();
    for hit in index.search(&open, Language::Danish).hits {
        let begun = Instant::now();
        std::hint::black_box(index.related(hit.kind, &hit.id, &[Kind::Offer], 6, Language::Danish));
        times.push(begun.elapsed());
    }
    report("related", times);
    println!("memory {:.0} MB at the end", resident_megabytes());
    drop(index);
    std::fs::remove_dir_all(&directory)?;
    Ok(())
}
