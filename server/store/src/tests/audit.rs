//! The log: newest first, page by page, between two moments, and forgotten when it is old.

use domain::audit::Act;
use domain::{Kind, Slug};

use super::*;

async fn note(store: &Store, second: i64, title: &str) {
    let author = Author::Account("konto-a".parse().unwrap());
    let line = AuditLine::new(&author, Act::Approve, at(second))
        .about(&key(Kind::Offer, "aebler"), title)
        .detail("æøå");
    store.note(&line).await.unwrap();
}

async fn titles(
    store: &Store,
    after: Option<&str>,
    until: Option<i64>,
    since: Option<i64>,
    limit: usize,
) -> Vec<String> {
    let lines = store
        .audit(after, until.map(at), since.map(at), limit)
        .await
        .unwrap();
    lines.into_iter().map(|(_, line)| line.title).collect()
}

#[test]
fn lines_come_newest_first_and_the_old_are_forgotten() {
    run(async {
        let directory = TempDir::new().unwrap();
        {
            let store = Store::open(&files(&directory), at(0)).await.unwrap();
            for second in [5, 1, 3, 2, 4] {
                note(&store, second, &second.to_string()).await;
            }
            store.close().await.unwrap();
        }
        let store = Store::open(&files(&directory), at(9)).await.unwrap();
        assert_eq!(
            titles(&store, None, None, None, 9).await,
            ["5", "4", "3", "2", "1"]
        );
        assert_eq!(
            titles(&store, None, Some(4), Some(2), 9).await,
            ["4", "3", "2"]
        );

        let first = store.audit(None, None, None, 2).await.unwrap();
        let last = first.last().unwrap().0.clone();
        assert_eq!(
            titles(&store, Some(&last), None, Some(2), 9).await,
            ["3", "2"]
        );

        let whole = &store.audit(None, None, Some(at(5)), 1).await.unwrap()[0].1;
        assert_eq!(
            *whole,
            AuditLine {
                time: at(5),
                author: "account:konto-a".to_owned(),
                act: Act::Approve,
                about: Some("offer/aebler".to_owned()),
                whom: None,
                title: "5".to_owned(),
                detail: "æøå".to_owned(),
            }
        );

        assert_eq!(store.forget_audit(at(2)).await.unwrap(), 2);
        assert_eq!(titles(&store, None, None, None, 9).await, ["5", "4", "3"]);
        assert_eq!(store.forget_audit(at(2)).await.unwrap(), 0);
    });
}

#[test]
fn lines_of_the_same_moment_are_all_kept_and_paged() {
    run(async {
        let store = memory().await;
        for number in 0..1_203 {
            note(&store, 1, &number.to_string()).await;
        }
        let mut seen = std::collections::HashSet::new();
        let mut after: Option<String> = None;
        loop {
            let lines = store
                .audit(after.as_deref(), None, None, 500)
                .await
                .unwrap();
            let Some((last, _)) = lines.last() else { break };
            after = Some(last.clone());
            seen.extend(lines.into_iter().map(|(_, line)| line.title));
        }
        assert_eq!(seen.len(), 1_203);
        assert_eq!(store.forget_audit(at(2)).await.unwrap(), 1_203);
    });
}

#[test]
fn whom_something_is_done_to_is_kept() {
    run(async {
        let store = memory().await;
        let whom: Slug = "konto-b".parse().unwrap();
        let line = AuditLine::new(&Author::CommandLine, Act::CloseAccount, at(1)).whom(&whom);
        store.note(&line).await.unwrap();
        let lines = store.audit(None, None, None, 9).await.unwrap();
        assert_eq!(lines[0].1, line);
    });
}
