use std::future::Future;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use ::bytes::Bytes;
use domain::{Code, Kind, Language};
use futures::{StreamExt, stream};
use proptest::prelude::*;
use store::DatabaseUrl;

use super::*;
use crate::exchange::export::{Form, export};
use crate::exchange::{csv, generate, sample};

/// Runs on threads with the stacks that the program gives them.
fn run<T: Send + 'static>(work: impl Future<Output = T> + Send + 'static) -> T {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .thread_stack_size(10 << 20)
        .build()
        .unwrap();
    let done = runtime.block_on(async { tokio::spawn(work).await.unwrap() });
    runtime.shutdown_background();
    done
}

fn clock() -> Clock {
    Clock::Fixed("2026-11-24T12:00:00Z".parse().unwrap())
}

async fn empty() -> Store {
    Store::open(&DatabaseUrl::Memory, clock().now())
        .await
        .unwrap()
}

fn importer(store: &Store, limits: WaitingLimits) -> Importer {
    let store = store.clone();
    Importer::new(store, Actor::Operator, Author::CommandLine, clock(), limits).unwrap()
}

fn parsed(text: &str) -> Vec<Parsed> {
    let mut lines = Vec::new();
    let mut splitter = LineSplitter::default();
    splitter.push(text.as_bytes(), |line| lines.push(parse(0, line)));
    splitter.finish(|line| lines.push(parse(0, line)));
    lines
}

/// Imports in batches of so many lines; answers in the order of the lines.
async fn import(store: &Store, text: &str, batch: usize) -> Vec<LineAnswer> {
    let mut importer = importer(store, WaitingLimits::NONE);
    let mut answers = Vec::new();
    for lines in parsed(text).chunks(batch) {
        answers.extend(importer.take(lines.to_vec()).await.unwrap());
    }
    while let Some(more) = importer.finish().await.unwrap() {
        answers.extend(more);
    }
    assert_eq!(importer.summary().lines(), answers.len() as u64);
    answers.sort_by_key(|answer| answer.line);
    answers
}

async fn exported(store: &Store) -> String {
    let mut output = Vec::new();
    export(store, Actor::Operator, Form::JsonLines, &mut output, |_| {})
        .await
        .unwrap();
    String::from_utf8(output).unwrap()
}

fn outcomes(answers: &[LineAnswer]) -> Vec<&'static str> {
    answers.iter().map(|answer| answer.outcome.code()).collect()
}

fn refusal(answer: &LineAnswer) -> (&str, &Invalid) {
    match &answer.outcome {
        LineOutcome::Refused(error) => (error.field.as_str(), &error.invalid),
        other => panic!("line {} was {}", answer.line, other.code()),
    }
}

fn organisation(id: &str) -> String {
    format!(r#"{{"type":"organisation","id":"{id}","name":"N","kind":"institution"}}"#)
}

fn offer(id: &str, provider: &str, cases: &[&str]) -> String {
    let cases = serde_json::to_string(cases).unwrap();
    format!(
        r#"{{"type":"offer","id":"{id}","title":"T","summary":"S","provider":"{provider}","developedIn":{cases}}}"#
    )
}

fn case(id: &str, partner: &str, offers: &[&str]) -> String {
    let offers = serde_json::to_string(offers).unwrap();
    format!(
        r#"{{"type":"case","id":"{id}","title":"T","summary":"S","partners":[{{"organisation":"{partner}"}}],"offers":{offers}}}"#
    )
}

#[test]
fn lines_may_refer_forward_and_to_each_other_and_nothing_refers_to_what_was_refused() {
    run(async {
        let text = [
            offer("o1", "p1", &["c1"]),
            case("c1", "p1", &["o1"]),
            offer("o2", "nobody", &[]),
            case("c2", "p1", &["o2"]),
            offer("o3", "p1", &["c2"]),
            offer("o4", "broken", &[]),
            r#"{"type":"organisation","id":"broken","name":"","kind":"institution"}"#.to_owned(),
            organisation("p1"),
            offer("o5", "p1", &[]),
        ]
        .join("\n");
        for batch in [1, 2, 3, 100] {
            let store = empty().await;
            let answers = import(&store, &text, batch).await;
            let expected = [
                "created", "created", "refused", "refused", "refused", "refused", "refused",
                "created", "created",
            ];
            assert_eq!(outcomes(&answers), expected, "in batches of {batch}");
            let unknown = Invalid::UnknownReference("nobody".into());
            assert_eq!(refusal(&answers[2]), ("provider", &unknown));
            let refused = Invalid::RefusedReference("o2".into());
            assert_eq!(refusal(&answers[3]), ("offers[0]", &refused));
            let refused = Invalid::RefusedReference("c2".into());
            assert_eq!(refusal(&answers[4]), ("developedIn[0]", &refused));
            let refused = Invalid::RefusedReference("broken".into());
            assert_eq!(refusal(&answers[5]), ("provider", &refused));
            assert_eq!(refusal(&answers[6]), ("name", &Invalid::Empty));
            assert_eq!(exported(&store).await.lines().count(), 4);
        }
    });
}

#[test]
fn a_reference_to_what_was_published_before_is_good() {
    run(async {
        let store = empty().await;
        import(&store, &organisation("p"), 10).await;
        let answers = import(&store, &offer("o", "p", &[]), 10).await;
        assert_eq!(outcomes(&answers), ["created"]);
        let changed = offer("o", "p", &[]).replace("\"T\"", "\"U\"");
        assert_eq!(outcomes(&import(&store, &changed, 10).await), ["updated"]);
        assert_eq!(outcomes(&import(&store, &changed, 10).await), ["unchanged"]);
    });
}

#[test]
fn of_two_lines_with_one_id_the_later_one_stays_even_when_the_earlier_one_had_to_wait() {
    run(async {
        let text = [
            offer("o", "p", &["c"]),
            organisation("p"),
            offer("o", "p", &[]),
            case("c", "p", &[]),
        ]
        .join("\n");
        for batch in [1, 2, 10] {
            let store = empty().await;
            let answers = import(&store, &text, batch).await;
            assert!(!outcomes(&answers).contains(&"refused"));
            assert!(exported(&store).await.lines().any(|line| {
                line == r#"{"type":"offer","id":"o","title":"T","summary":"S","provider":"p"}"#
            }));
        }
    });
}

#[test]
fn each_bad_line_is_named_and_the_good_ones_are_in() {
    run(async {
        let mut text = [
            organisation("p"),
            "{".to_owned(),
            r#"{"type":"offer","id":"o","title":"T","summary":"S","provider":"p","grades":[11]}"#
                .to_owned(),
            String::new(),
            r#"{"type":"offer","id":"o","title":"T","summary":"S","provider":"p","colour":"red"}"#
                .to_owned(),
            offer("o", "p", &[]),
        ]
        .join("\r\n");
        text.push_str("\r\n");
        let store = empty().await;
        let answers = import(&store, &text, 100).await;
        let lines: Vec<u64> = answers.iter().map(|answer| answer.line).collect();
        assert_eq!(lines, [1, 2, 3, 5, 6]);
        assert_eq!(refusal(&answers[1]), ("", &Invalid::NotJson));
        assert_eq!(
            refusal(&answers[2]),
            ("grades[0]", &Invalid::OutOfRange(0, 10))
        );
        assert_eq!(refusal(&answers[3]), ("colour", &Invalid::UnknownField));
        assert_eq!(outcomes(&answers)[4], "created");
        let told = answers[2].to_json(Language::Danish);
        assert_eq!(told["line"], 3);
        assert_eq!(told["type"], "offer");
        assert_eq!(told["id"], "o");
        assert_eq!(told["outcome"], "refused");
        assert_eq!(told["field"], "grades[0]");
        assert_eq!(
            told["reason"],
            "Feltet grades[0] skal være et tal fra 0 til 10."
        );
    });
}

#[test]
fn only_so_many_lines_may_wait() {
    run(async {
        let store = empty().await;
        let limits = WaitingLimits {
            lines: 2,
            bytes: 1_000,
        };
        let mut importer = importer(&store, limits);
        let text = [
            offer("o1", "p", &[]),
            offer("o2", "p", &[]),
            offer("o3", "p", &[]),
        ]
        .join("\n");
        let answers = importer.take(parsed(&text)).await.unwrap();
        assert_eq!(outcomes(&answers), ["refused"]);
        assert_eq!(answers[0].line, 3);
        assert_eq!(importer.waiting(), 2);
        importer.take(parsed(&organisation("p"))).await.unwrap();
        let answers = importer.finish().await.unwrap().unwrap();
        assert_eq!(outcomes(&answers), ["created", "created"]);
        assert!(importer.finish().await.unwrap().is_none());
    });
}

#[test]
fn only_those_who_may_import_can() {
    run(async {
        let refused = Importer::new(
            empty().await,
            Actor::Anonymous,
            Author::Portal,
            clock(),
            WaitingLimits::NONE,
        );
        assert_eq!(refused.err(), Some(Refusal::SignInFirst));
    });
}

fn sample_text(reversed: bool) -> String {
    let mut lines: Vec<String> = sample::entries()
        .iter()
        .map(domain::exchange::write_line)
        .collect();
    if reversed {
        lines.reverse();
    }
    lines.join("\n")
}

#[test]
fn an_export_imported_into_an_empty_portal_gives_the_same_export() {
    run(async {
        // The wrong way round: everything refers to what comes later.
        let first = empty().await;
        let answers = import(&first, &sample_text(true), store::BATCH).await;
        assert_eq!(answers.len(), 894);
        assert!(
            outcomes(&answers)
                .iter()
                .all(|outcome| *outcome == "created")
        );
        let text = exported(&first).await;
        assert_eq!(text.lines().count(), 894);

        let kinds: Vec<Kind> = text
            .lines()
            .map(|line| domain::exchange::parse_line(line).unwrap().kind())
            .collect();
        assert!(kinds.is_sorted_by_key(|kind| Kind::all().iter().position(|other| other == kind)));

        let second = empty().await;
        let answers = import(&second, &text, store::BATCH).await;
        assert!(
            outcomes(&answers)
                .iter()
                .all(|outcome| *outcome == "created")
        );
        assert_eq!(exported(&second).await, text);
        let again = import(&second, &text, store::BATCH).await;
        assert!(
            outcomes(&again)
                .iter()
                .all(|outcome| *outcome == "unchanged")
        );
    });
}

#[test]
fn offers_go_through_a_spreadsheet_unchanged() {
    run(async {
        let store = empty().await;
        import(&store, &sample_text(false), store::BATCH).await;
        for language in Language::ALL {
            let directory = tempfile::tempdir().unwrap();
            let path = directory.path().join("offers.CSV");
            let file = std::fs::File::create(&path).unwrap();
            let form = Form::Spreadsheet(language);
            let done = export(&store, Actor::Operator, form, file, |_| {})
                .await
                .unwrap();
            assert_eq!(done, 347);
            let before = exported(&store).await;
            let mut importer = importer(&store, WaitingLimits::NONE);
            let go_on = Arc::new(AtomicBool::new(false));
            let whole = import_files(&mut importer, &[path], &go_on, |_, _| {})
                .await
                .unwrap();
            assert!(whole);
            let summary = importer.summary();
            assert_eq!((summary.unchanged, summary.lines()), (347, 347));
            assert_eq!(exported(&store).await, before);
        }
    });
}

#[test]
fn files_refer_to_each_other_and_an_import_stops_when_asked() {
    run(async {
        let directory = tempfile::tempdir().unwrap();
        let write = |name: &str, text: &str| {
            let path = directory.path().join(name);
            std::fs::write(&path, text).unwrap();
            path
        };
        let table = "id;titel;resumé;udbyder\r\no;\"Et, to;\ntre\";S;p\r\nx;T;;p\r\n";
        let files = [
            write("offers.csv", table),
            write("organisations.jsonl", &organisation("p")),
        ];
        let store = empty().await;
        let mut stopped = importer(&store, WaitingLimits::NONE);
        let stop = Arc::new(AtomicBool::new(true));
        let whole = import_files(&mut stopped, &files, &stop, |_, _| {})
            .await
            .unwrap();
        assert!(!whole);
        assert_eq!(exported(&store).await, "");

        let mut importer = importer(&store, WaitingLimits::NONE);
        let go_on = Arc::new(AtomicBool::new(false));
        let mut answers = Vec::new();
        let whole = import_files(&mut importer, &files, &go_on, |told, _| {
            answers.extend(told.to_vec());
        })
        .await
        .unwrap();
        assert!(whole);
        answers.sort_by_key(|answer| (answer.file, answer.line));
        let told: Vec<_> = answers
            .iter()
            .map(|answer| (answer.file, answer.line, answer.outcome.code()))
            .collect();
        assert_eq!(
            told,
            [(0, 2, "refused"), (0, 4, "refused"), (1, 1, "created")]
        );
        assert_eq!(
            refusal(&answers[0]),
            ("titel", &Invalid::ForbiddenCharacter)
        );
        assert_eq!(refusal(&answers[1]), ("resumé", &Invalid::Missing));

        let missing = [Path::new("/nowhere/at-all.jsonl").to_owned()];
        let error = import_files(&mut importer, &missing, &go_on, |_, _| {}).await;
        assert!(matches!(error, Err(ImportError::File { .. })));
    });
}

/// Sends pieces of a body and gives the answers, the last one apart.
async fn transfer(
    store: &Store,
    pieces: Vec<Result<Bytes, ()>>,
    limits: StreamLimits,
) -> (Vec<LineAnswer>, Answer) {
    let importer = importer(store, WaitingLimits::TRANSFER);
    let mut answers: Vec<Answer> = import_stream(importer, stream::iter(pieces), limits)
        .collect()
        .await;
    let end = answers.pop().unwrap();
    let lines = answers
        .into_iter()
        .map(|answer| match answer {
            Answer::Line(answer) => answer,
            other => panic!("{other:?} before the end"),
        })
        .collect();
    (lines, end)
}

#[test]
fn a_broken_transfer_keeps_what_was_answered_for_and_not_half_a_line() {
    run(async {
        let store = empty().await;
        let text = [
            organisation("p"),
            offer("o1", "p", &[]),
            offer("o2", "p", &[]),
        ]
        .join("\n");
        let pieces = vec![Ok(Bytes::from(text)), Err(())];
        let (lines, end) = transfer(&store, pieces, StreamLimits::default()).await;
        assert_eq!(outcomes(&lines), ["created", "created"]);
        assert!(matches!(end, Answer::Broken { line: 3, .. }), "{end:?}");
        let told = end.to_json(Language::English);
        assert_eq!(told["done"], false);
        assert_eq!(told["created"], 2);
        assert_eq!(exported(&store).await.lines().count(), 2);
    });
}

#[test]
fn endless_bodies_end() {
    run(async {
        let store = empty().await;
        let good = format!("{}\n", organisation("p"));
        let without_line_end = vec![
            Ok(Bytes::from(good.clone())),
            Ok(Bytes::from(vec![b'x'; 40 << 20])),
        ];
        let (lines, end) = transfer(&store, without_line_end, StreamLimits::default()).await;
        assert_eq!(outcomes(&lines), ["created"]);
        assert!(matches!(end, Answer::Broken { line: 2, .. }), "{end:?}");

        let limits = StreamLimits {
            lines: 1_000,
            bytes: 1 << 20,
        };
        let blank = stream::repeat(Bytes::from("\n\n\n\n")).map(Ok::<_, ()>);
        let importer = importer(&store, WaitingLimits::TRANSFER);
        let answers: Vec<Answer> = import_stream(importer, blank, limits).collect().await;
        assert!(
            matches!(answers[..], [Answer::Broken { .. }]),
            "{answers:?}"
        );
    });
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(8))]

    /// Cut after any batch, even in the middle of what waited, and run again: the same as at once.
    #[test]
    fn an_import_that_was_cut_short_can_be_run_again(
        cut in 0_usize..12,
        batch in 5_usize..40,
        seed in 0_u64..1_000,
        reversed: bool,
    ) {
        run(async move {
            let mut text = Vec::new();
            generate::write(60, seed, &mut text).unwrap();
            let mut lines: Vec<&str> = std::str::from_utf8(&text).unwrap().lines().collect();
            if reversed {
                lines.reverse();
            }
            let text = lines.join("\n");
            let at_once = empty().await;
            import(&at_once, &text, store::BATCH).await;

            let store = empty().await;
            let mut importer = importer(&store, WaitingLimits::NONE);
            let batches = parsed(&text);
            let mut left = cut;
            for lines in batches.chunks(batch) {
                if left == 0 {
                    break;
                }
                left -= 1;
                importer.take(lines.to_vec()).await.unwrap();
            }
            if left > 0 {
                importer.finish().await.unwrap();
            }
            drop(importer);
            let answers = import(&store, &text, batch).await;
            assert!(!outcomes(&answers).contains(&"refused"));
            assert!(!outcomes(&answers).contains(&"updated"));
            assert_eq!(exported(&store).await, exported(&at_once).await);
            assert_eq!(store.check().await.unwrap(), []);
        });
    }

    /// However the bytes are cut into pieces, the answers are the same.
    #[test]
    fn pieces_do_not_matter(sizes in prop::collection::vec(1_usize..3_000, 1..20)) {
        run(async move {
            let text = sample_text(false);
            let bytes = Bytes::from(text[..60_000].to_owned());
            let mut pieces = Vec::new();
            let mut from = 0;
            for size in sizes.iter().cycle() {
                if from >= bytes.len() {
                    break;
                }
                let to = (from + size).min(bytes.len());
                pieces.push(Ok(bytes.slice(from..to)));
                from = to;
            }
            let limits = StreamLimits::default();
            let (in_pieces, _) = transfer(&empty().await, pieces, limits).await;
            let (whole, end) = transfer(&empty().await, vec![Ok(bytes)], limits).await;
            assert!(matches!(end, Answer::Finished(_)));
            let sorted = |mut answers: Vec<LineAnswer>| {
                answers.sort_by_key(|answer| answer.line);
                answers
            };
            assert_eq!(sorted(in_pieces), sorted(whole));
        });
    }

    /// Whatever comes: no panic, and one answer for every line that is not blank.
    #[test]
    fn any_bytes_are_answered_line_by_line(
        lines in prop::collection::vec(
            prop_oneof![
                prop::collection::vec(any::<u8>(), 0..60),
                "\\{\"type\":\"(offer|case|role)\",\"id\":\"[a-c]\",\"title\":\"T\"(,\"provider\":\"[a-c]\")?\\}"
                    .prop_map(String::into_bytes),
                "\\{\"type\":\"organisation\",\"id\":\"[a-c]\",\"name\":\"\\PC{0,5}\",\"kind\":\"plc\"\\}"
                    .prop_map(String::into_bytes),
            ],
            0..30,
        ),
    ) {
        run(async move {
            let body: Vec<u8> = lines.join(&b'\n');
            let expected = body
                .split(|byte| *byte == b'\n')
                .filter(|line| {
                    let text = std::str::from_utf8(line).unwrap_or("x");
                    !text.trim_start_matches('\u{FEFF}').trim().is_empty()
                })
                .count();
            let (answers, end) =
                transfer(&empty().await, vec![Ok(body.into())], StreamLimits::default()).await;
            assert_eq!(answers.len(), expected);
            assert!(matches!(end, Answer::Finished(_)));
        });
    }

    /// A spreadsheet of any bytes is read to its end or refused, row by row.
    #[test]
    fn any_spreadsheet_is_read_without_a_panic(
        header in prop::sample::select(vec!["id;titel", "id,title,grades,price.amount", "\u{FEFF}Id;Fag;Klassetrin", ""]),
        rows in prop::collection::vec(any::<u8>(), 0..300),
    ) {
        let mut bytes = header.as_bytes().to_vec();
        bytes.push(b'\n');
        bytes.extend(rows);
        let mut rows = csv::Rows::read(bytes.as_slice()).unwrap();
        while let Some(row) = rows.next_row().unwrap() {
            prop_assert!(row.line > 0);
        }
    }
}
