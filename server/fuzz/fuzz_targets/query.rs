//! Any address at the search's door, over the sample content: no panic, bounded work, and what was
//! understood of the address means the same when it is written as an address again.

#![no_main]

use std::sync::LazyLock;

use domain::Language;
use domain::exchange::parse_line;
use domain::search::SearchQuery;
use libfuzzer_sys::fuzz_target;
use search::{Change, Context, SearchIndex, Source};

static INDEX: LazyLock<SearchIndex> = LazyLock::new(|| {
    let index = SearchIndex::in_memory().expect("an index in memory");
    let changes: Vec<Change> = include_str!("../../sample/offers.jsonl")
        .lines()
        .zip(1..)
        .filter_map(|(line, sequence)| {
            Some(Change::Put(Box::new(Source {
                entry: parse_line(line).ok()?,
                context: Context::default(),
                published: Default::default(),
                sequence,
                sample: true,
                review: None,
                english: Default::default(),
            })))
        })
        .collect();
    index
        .apply(&changes, changes.len() as u64)
        .expect("the sample can be indexed");
    index
});

fuzz_target!(|bytes: &[u8]| {
    let text = String::from_utf8_lossy(bytes);
    let pairs = text.split('&').filter_map(|pair| pair.split_once('='));
    let (query, _) = SearchQuery::parse(pairs, &[]);
    let written = query.to_query_string();
    let found = INDEX.search(&query, Language::Danish);
    assert!(found.hits.len() as u64 <= found.total);
    drop(INDEX.suggest(&text, 10, Language::English));
    assert!(written.len() < 1 << 20);
    let decoded: Vec<(String, String)> = written
        .split('&')
        .filter_map(|pair| pair.split_once('='))
        .map(|(name, value)| (decoded(name), decoded(value)))
        .collect();
    let (again, ignored) = SearchQuery::parse(decoded, &[]);
    assert_eq!(again, query, "{written}");
    assert!(ignored.is_empty(), "{written}");
});

/// The reverse of `application/x-www-form-urlencoded`, for what the portal wrote itself.
fn decoded(text: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        bytes.push(match byte {
            b'+' => b' ',
            b'%' => {
                let mut digit = || char::from(rest.next().unwrap_or(b'0')).to_digit(16).unwrap_or(0);
                (digit() * 16 + digit()) as u8
            }
            byte => byte,
        });
    }
    String::from_utf8(bytes).expect("a query is text")
}
