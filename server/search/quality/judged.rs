// The judged queries and how well the index answers them. Shared by the program `quality` and by a test.

use std::collections::BTreeMap;
use std::path::Path;

use domain::search::SearchQuery;
use domain::{Entry, Language, Slug};
use search::{Change, Context, OrganisationFacts, SearchIndex, Source};
use serde_json::Value;

/// One judged query.
pub struct Judged {
    /// What was typed.
    pub words: String,
    /// The kind of query.
    pub kind: String,
    /// The query with its filters.
    pub query: SearchQuery,
    /// The grade of each document that is relevant.
    pub relevant: BTreeMap<String, u32>,
}

/// The least that is good enough, for each kind of query and for all of them.
pub const BARS: [(&str, f64); 10] = [
    ("all", 0.80),
    ("keyword", 0.85),
    ("name", 0.85),
    ("inflection", 0.85),
    ("ascii", 0.85),
    ("compound", 0.70),
    ("typo", 0.70),
    ("synonym", 0.70),
    ("natural", 0.60),
    ("question", 0.60),
];

const SAMPLE: [&str; 6] = [
    "organisations",
    "offers",
    "cases",
    "strategies",
    "roles",
    "recommendations",
];

/// Every object of the sample content.
pub fn entries() -> Vec<Entry> {
    let sample = Path::new(env!("CARGO_MANIFEST_DIR")).join("../sample");
    let mut entries = Vec::new();
    for name in SAMPLE {
        let file = std::fs::read_to_string(sample.join(format!("{name}.jsonl")))
            .expect("the sample content is in the project");
        for line in file.lines().filter(|line| !line.trim().is_empty()) {
            entries.push(
                domain::exchange::parse_line(line)
                    .expect("the sample content is in the exchange format"),
            );
        }
    }
    entries
}

/// Entries with all that they mention, as the server hands them to the index.
pub fn sources(entries: Vec<Entry>) -> Vec<Change> {
    let organisations: BTreeMap<Slug, OrganisationFacts> = entries
        .iter()
        .filter_map(|entry| match entry {
            Entry::Organisation(organisation) => Some((
                organisation.id.clone(),
                OrganisationFacts::from(organisation),
            )),
            _ => None,
        })
        .collect();
    let strategies: BTreeMap<Slug, String> = entries
        .iter()
        .filter_map(|entry| match entry {
            Entry::Strategy(strategy) => {
                Some((strategy.code.clone(), strategy.title.as_str().to_owned()))
            }
            _ => None,
        })
        .collect();
    entries
        .into_iter()
        .enumerate()
        .map(|(number, entry)| {
            let mut context = Context::default();
            for reference in entry.references() {
                if let Some(facts) = organisations.get(&reference.id) {
                    context
                        .organisations
                        .insert(reference.id.clone(), facts.clone());
                }
                if let Some(title) = strategies.get(&reference.id) {
                    context
                        .strategies
                        .insert(reference.id.clone(), title.clone());
                }
            }
            Change::Put(Box::new(Source {
                entry,
                context,
                published: jiff::Timestamp::UNIX_EPOCH,
                sequence: number as u64 + 1,
                sample: true,
                review: None,
                english: None,
            }))
        })
        .collect()
}

/// An index of the sample content.
pub fn index() -> SearchIndex {
    let index = SearchIndex::in_memory().expect("an index fits in memory");
    index
        .apply(&sources(entries()), 1)
        .expect("the sample content can be indexed");
    index
}

fn parameters(filters: &Value) -> Vec<(String, String)> {
    let text = |value: &Value| {
        value
            .as_str()
            .map_or_else(|| value.to_string(), str::to_owned)
    };
    let mut parameters = Vec::new();
    for (name, value) in filters.as_object().into_iter().flatten() {
        match value {
            Value::Array(values) => {
                parameters.extend(values.iter().map(|value| (name.clone(), text(value))))
            }
            value => parameters.push((name.clone(), text(value))),
        }
    }
    parameters
}

/// The judged queries of a file, searched among these kinds.
fn read(file: &str, kinds: &[&str]) -> Vec<Judged> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("quality")
        .join(file);
    std::fs::read_to_string(path)
        .expect("the judged queries are in the project")
        .lines()
        .filter(|line| !line.trim().is_empty())
        .map(|line| {
            let judged: Value = serde_json::from_str(line).expect("a judged query is JSON");
            let words = judged["q"]
                .as_str()
                .expect("a judged query has words")
                .to_owned();
            let mut pairs = vec![
                ("q".to_owned(), words.clone()),
                ("facets".to_owned(), "none".to_owned()),
            ];
            pairs.push(("perPage".to_owned(), "10".to_owned()));
            pairs.extend(
                kinds
                    .iter()
                    .map(|kind| ("kind".to_owned(), (*kind).to_owned())),
            );
            pairs.extend(parameters(&judged["filters"]));
            let (query, ignored) = SearchQuery::parse(pairs, &[]);
            assert!(ignored.is_empty(), "{ignored:?}");
            Judged {
                words,
                kind: judged["kind"].as_str().unwrap_or_default().to_owned(),
                query,
                relevant: judged["relevant"]
                    .as_object()
                    .into_iter()
                    .flatten()
                    .map(|(id, grade)| {
                        (
                            id.clone(),
                            grade
                                .as_u64()
                                .and_then(|grade| u32::try_from(grade).ok())
                                .unwrap_or(0),
                        )
                    })
                    .collect(),
            }
        })
        .collect()
}

/// All judged queries.
pub fn queries() -> Vec<Judged> {
    let mut queries = read("queries-offers.jsonl", &["offer"]);
    queries.extend(read(
        "queries-cases.jsonl",
        &["case", "recommendation", "strategy", "role"],
    ));
    queries
}

/// nDCG@10: the grade is the gain, the ideal is made of all judged documents (as trec_eval does).
pub fn ndcg(found: &[String], relevant: &BTreeMap<String, u32>) -> f64 {
    let discounted = |gains: &mut dyn Iterator<Item = u32>| -> f64 {
        gains
            .take(10)
            .enumerate()
            .map(|(rank, gain)| f64::from(gain) / (rank as f64 + 2.0).log2())
            .sum()
    };
    let mut ideal: Vec<u32> = relevant.values().copied().collect();
    ideal.sort_unstable_by(|one, other| other.cmp(one));
    let best = discounted(&mut ideal.into_iter());
    if best == 0.0 {
        return 0.0;
    }
    discounted(
        &mut found
            .iter()
            .map(|id| relevant.get(id).copied().unwrap_or(0)),
    ) / best
}

/// How well one query is answered, and what was found.
pub fn answer(index: &SearchIndex, judged: &Judged) -> (f64, Vec<String>) {
    let results = index.search(&judged.query, Language::Danish);
    let found: Vec<String> = results.hits.iter().map(|hit| hit.id.to_string()).collect();
    (ndcg(&found, &judged.relevant), found)
}
