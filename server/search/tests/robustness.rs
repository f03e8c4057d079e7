//! Whatever is asked, and whatever has happened to the files: a clear answer, bounded work, no panic.

#![expect(clippy::unwrap_used, reason = "a test ends where something is missing")]

use std::io::Write as _;
use std::path::Path;
use std::sync::OnceLock;
use std::time::{Duration, Instant};

use domain::search::SearchQuery;
use domain::{Kind, Language, Slug};
use proptest::prelude::*;
use search::{Change, OpenError, SearchIndex};

#[path = "../quality/judged.rs"]
#[expect(dead_code, reason = "only the sample content is needed here")]
mod judged;

fn sample() -> &'static SearchIndex {
    static INDEX: OnceLock<SearchIndex> = OnceLock::new();
    INDEX.get_or_init(judged::index)
}

fn ask(words: &str) -> (u64, Duration) {
    let (query, _) = SearchQuery::parse([("q", words)], &[]);
    let begun = Instant::now();
    let results = sample().search(&query, Language::Danish);
    (results.total, begun.elapsed())
}

/// Far more than any search of the sample takes, and far less than unbounded work would.
const LONG: Duration = Duration::from_secs(2);

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, ..ProptestConfig::default() })]

    #[test]
    fn any_words_are_searched(words in "\\PC{0,200}") {
        prop_assert!(ask(&words).1 < LONG);
    }

    #[test]
    fn any_characters_are_searched(words in proptest::collection::vec(any::<char>(), 0..300)) {
        let words: String = words.into_iter().collect();
        prop_assert!(ask(&words).1 < LONG);
    }

    #[test]
    fn danish_letters_in_any_order_are_searched(words in "[a-zæøå .,0-9-]{0,300}") {
        prop_assert!(ask(&words).1 < LONG);
    }

    #[test]
    fn anything_typed_is_completed(typed in "\\PC{0,60}") {
        let begun = Instant::now();
        let suggestions = sample().suggest(&typed, &[], 8, Language::Danish);
        prop_assert!(suggestions.len() <= 8);
        prop_assert!(begun.elapsed() < LONG);
    }

    #[test]
    fn highlights_hold_no_markup_but_marks(words in "(skov|dyr|museum|vikinger|å|<b>|&amp;| ){1,6}") {
        let (query, _) = SearchQuery::parse([("q", words.as_str())], &[]);
        for hit in sample().search(&query, Language::Danish).hits {
            for html in hit.highlights.iter().chain(&hit.marked_title) {
                let bare = html.replace("<mark>", "").replace("</mark>", "");
                prop_assert!(!bare.contains(['<', '>', '"']), "{html}");
                prop_assert_eq!(html.matches("<mark>").count(), html.matches("</mark>").count());
            }
        }
    }
}

#[test]
fn ten_thousand_letters_are_bounded_work() {
    for words in [
        "a".repeat(10_000),
        "å".repeat(10_000),
        "aeoeaa".repeat(2_000),
        "vandhulsdyr ".repeat(900),
        "museumsbesøgs".repeat(800),
        "5. klasse og ".repeat(900),
        "\u{0}\u{1}\u{7f}\n\t".repeat(2_000),
        "i Vejle ".repeat(1_200),
    ] {
        let (query, _) = SearchQuery::parse([("q", words.as_str())], &[]);
        let mut unclean = query.clone();
        // Also what no parsing has shortened.
        unclean.words.clone_from(&words);
        for query in [query, unclean] {
            let begun = Instant::now();
            std::hint::black_box(sample().search(&query, Language::Danish));
            assert!(
                begun.elapsed() < LONG,
                "{}…",
                words.chars().take(20).collect::<String>()
            );
        }
        let begun = Instant::now();
        std::hint::black_box(sample().suggest(&words, &[], 8, Language::Danish));
        assert!(begun.elapsed() < LONG);
    }
}

#[test]
fn any_two_choices_agree_with_counting_by_hand() {
    let ask = |pairs: &[(&str, &str)]| {
        let (query, _) = SearchQuery::parse(pairs.iter().copied(), &[]);
        sample().search(&query, Language::Danish)
    };
    let all = ask(&[("kind", "offer"), ("perPage", "100")]);
    for (facet, count) in all
        .facets
        .iter()
        .flat_map(|facet| facet.counts.iter().map(move |count| (facet.name, count)))
    {
        if facet.parameter() == "kind" {
            continue;
        }
        let chosen = ask(&[
            ("kind", "offer"),
            (facet.parameter(), &count.value),
            ("facets", "none"),
        ]);
        assert_eq!(
            chosen.total,
            count.count,
            "{} {}",
            facet.parameter(),
            count.value
        );
    }
}

fn some_changes() -> Vec<Change> {
    judged::sources(judged::entries())
        .into_iter()
        .take(420)
        .collect()
}

fn files(directory: &Path) -> Vec<std::path::PathBuf> {
    std::fs::read_dir(directory)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect()
}

#[test]
fn an_index_is_opened_again_where_it_was_left() {
    let directory = tempfile::tempdir().unwrap();
    let index = SearchIndex::create(directory.path()).unwrap();
    let changes = some_changes();
    index.apply(&changes, 17).unwrap();
    let documents = index.len();
    let contents = index.contents();
    drop(index);
    let index = SearchIndex::open(directory.path()).unwrap();
    assert_eq!((index.position(), index.len()), (17, documents));
    assert_eq!(index.contents(), contents);
    // The same changes again leave the same documents.
    index.apply(&changes, 18).unwrap();
    assert_eq!((index.position(), index.len()), (18, documents));
    let (kind, id, _) = contents[0].clone();
    index
        .apply(
            &[Change::Remove {
                kind,
                id: id.clone(),
            }],
            19,
        )
        .unwrap();
    assert_eq!(index.len(), documents - 1);
    assert!(index.hits(&[(kind, id)], Language::Danish).is_empty());
}

#[test]
fn an_index_in_use_says_whether_it_is_whole() {
    let directory = tempfile::tempdir().unwrap();
    let index = SearchIndex::create(directory.path()).unwrap();
    index.apply(&some_changes(), 3).unwrap();
    assert!(index.is_whole());
    let of_words = |path: &std::path::PathBuf| path.extension().is_some_and(|end| end == "term");
    let path = files(directory.path()).into_iter().find(of_words).unwrap();
    let whole = std::fs::read(&path).unwrap();
    // In place, as a bad disk does it: the index has the file open.
    let mut other = whole.clone();
    other[0] ^= 1;
    overwrite(&path, &other);
    assert!(!index.is_whole(), "another byte");
    overwrite(&path, &whole);
    assert!(index.is_whole());
    std::fs::remove_file(&path).unwrap();
    assert!(!index.is_whole(), "a file is gone");
}

fn overwrite(path: &Path, bytes: &[u8]) {
    let mut file = std::fs::OpenOptions::new().write(true).open(path).unwrap();
    file.write_all(bytes).unwrap();
}

#[test]
fn a_missing_damaged_or_foreign_index_is_told() {
    let directory = tempfile::tempdir().unwrap();
    assert!(matches!(
        SearchIndex::open(directory.path()),
        Err(OpenError::Missing(_))
    ));

    let index = SearchIndex::create(directory.path()).unwrap();
    index.apply(&some_changes(), 3).unwrap();
    drop(index);
    let meta = directory.path().join("meta.json");
    let written = std::fs::read_to_string(&meta).unwrap();

    std::fs::write(&meta, written.replace("\"payload\"", "\"playload\"")).unwrap();
    assert!(
        SearchIndex::open(directory.path()).is_err(),
        "an index that does not say who wrote it"
    );
    std::fs::write(&meta, "{").unwrap();
    assert!(matches!(
        SearchIndex::open(directory.path()),
        Err(OpenError::Damaged(_))
    ));
    std::fs::write(&meta, &written).unwrap();
    assert!(SearchIndex::open(directory.path()).is_ok());

    // Every file of a segment, cut short or gone, is noticed at the opening, or nothing is lost by it.
    for path in files(directory.path()) {
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        if name == "meta.json" || name.starts_with('.') {
            continue;
        }
        let whole = std::fs::read(&path).unwrap();
        std::fs::write(&path, &whole[..whole.len() / 2]).unwrap();
        assert!(
            SearchIndex::open(directory.path()).is_err(),
            "half of {name}"
        );
        std::fs::remove_file(&path).unwrap();
        assert!(
            SearchIndex::open(directory.path()).is_err(),
            "without {name}"
        );
        std::fs::write(&path, &whole).unwrap();
    }
    assert!(SearchIndex::open(directory.path()).is_ok());
    // Making it anew needs nothing of what lies there.
    std::fs::write(&meta, "{").unwrap();
    let index = SearchIndex::create(directory.path()).unwrap();
    assert_eq!((index.position(), index.len()), (0, 0));
}

#[test]
fn many_small_writes_leave_few_segments_and_every_document() {
    let index = SearchIndex::in_memory().unwrap();
    let changes = some_changes();
    for (number, change) in changes.chunks(10).enumerate() {
        index.apply(change, number as u64).unwrap();
    }
    index.tidy().unwrap();
    assert_eq!(index.len(), changes.len() as u64);
    assert!(index.segments() <= 8, "{} segments", index.segments());
    let (query, _) = SearchQuery::parse(
        [
            ("kind", "organisation"),
            ("sort", "title"),
            ("perPage", "100"),
        ],
        &[],
    );
    let several = index.search(&query, Language::Danish);
    let one = SearchIndex::in_memory().unwrap();
    one.apply(&changes, 1).unwrap();
    let single = one.search(&query, Language::Danish);
    assert_eq!(several.total, single.total);
    let titles = |results: &domain::search::SearchResults| {
        results
            .hits
            .iter()
            .map(|hit| hit.title.clone())
            .collect::<Vec<_>>()
    };
    assert_eq!(
        titles(&several),
        titles(&single),
        "the order is the same however the index lies"
    );
}

#[test]
fn what_mentions_an_organisation_is_known() {
    let provider: Slug = "naturvejledningen-lolland".parse().unwrap();
    let dependents = sample().dependents(Kind::Organisation, &provider);
    assert!(dependents.contains(&(Kind::Offer, "lolland-skovbunden".parse().unwrap())));
    assert!(
        dependents
            .iter()
            .all(|(kind, _)| *kind != Kind::Organisation)
    );
}

#[test]
fn searches_go_on_while_it_is_written() {
    let index = SearchIndex::in_memory().unwrap();
    let changes = some_changes();
    std::thread::scope(|scope| {
        let writer = scope.spawn(|| {
            for (number, change) in changes.chunks(20).enumerate() {
                index.apply(change, number as u64).unwrap();
            }
        });
        let (query, _) = SearchQuery::parse([("q", "museum")], &[]);
        while !writer.is_finished() {
            let results = index.search(&query, Language::Danish);
            assert!(results.hits.len() as u64 <= results.total);
        }
    });
    assert_eq!(index.len(), changes.len() as u64);
}
