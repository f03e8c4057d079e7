//! Images and files: kept, found by what shows them, reported, and swept away.

use domain::{ContentId, ReportReason, Slug};
use surrealdb::types::RecordId;

use super::*;

fn id(text: &str) -> Slug {
    text.parse().unwrap()
}

fn content_id(digit: char) -> ContentId {
    String::from_iter([digit; 64]).parse().unwrap()
}

pub(super) fn image(digit: char, sizes: &[(u32, usize)]) -> NewAttachment {
    NewAttachment {
        id: content_id(digit),
        kind: AttachmentKind::Image,
        media_type: "image/jpeg",
        dimensions: (1_600, 900),
        versions: sizes
            .iter()
            .map(|(width, size)| Version {
                width: *width,
                bytes: (0..*size).map(|byte| (byte % 251) as u8).collect(),
            })
            .collect(),
    }
}

fn with_image(offer_id: &str, digit: char) -> Entry {
    let image = content_id(digit);
    parse(&format!(
        r#"{{"type":"offer","id":"{offer_id}","title":"T","summary":"S","provider":"a","images":[{{"id":"{image}","alt":"A","credit":"C","legalBasis":"consent"}}]}}"#
    ))
}

async fn keep(store: &Store, new: &NewAttachment, record: Option<&Key>, second: i64) -> Kept {
    store
        .keep_attachment(new, record, &id("inge"), at(second))
        .await
        .unwrap()
}

async fn found(store: &Store, digit: char) -> Option<Attachment> {
    store.attachment(&content_id(digit)).await.unwrap()
}

async fn is_shown(store: &Store, digit: char) -> bool {
    let attachment = found(store, digit).await.unwrap();
    store.shown_by(&attachment).await.unwrap().is_some()
}

pub(super) fn report(digit: char, second: i64) -> Report {
    Report {
        attachment: content_id(digit),
        reason: ReportReason::Person,
        words: Some("Det er min datter".to_owned()),
        email: Some("mor@example.dk".to_owned()),
        time: at(second),
    }
}

const DAY: i64 = 24 * 3_600;

#[test]
fn what_is_kept_is_read_back_part_by_part() {
    run(async {
        let directory = TempDir::new().unwrap();
        let store = Store::open(&files(&directory), at(0)).await.unwrap();
        // The second is more than two parts, the third exactly two.
        let sizes = [(400, 10), (800, (1 << 20) + 7), (1_600, 1 << 20)];
        let new = image('a', &sizes);
        assert_eq!(keep(&store, &new, None, 1).await, Kept::Kept);
        let kept = found(&store, 'a').await.unwrap();
        assert_eq!(kept.dimensions, (1_600, 900));
        assert_eq!(
            kept.versions,
            sizes.map(|(width, size)| (width, size as u64))
        );
        assert_eq!(kept.uploaded_by, [id("inge")]);
        for version in &new.versions {
            let bytes = store.attachment_bytes(&kept, version.width).await.unwrap();
            assert_eq!(bytes.as_ref(), Some(&version.bytes), "{}", version.width);
        }
        assert_eq!(store.attachment_bytes(&kept, 1_200).await.unwrap(), None);
        // Somebody else sends the same.
        store
            .keep_attachment(&new, None, &id("bo"), at(2))
            .await
            .unwrap();
        let kept = found(&store, 'a').await.unwrap();
        assert_eq!(kept.uploaded_by, [id("bo"), id("inge")]);
        assert_eq!(kept.uploaded, at(2));
        let part = surrealdb::types::RecordId::new(
            "attachment_part",
            format!("{}/800/001", content_id('a')),
        );
        store
            .engine()
            .write("DELETE $id", &variable("id", part))
            .await
            .unwrap();
        let read = store.attachment_bytes(&kept, 800).await;
        assert!(matches!(read, Err(StoreError::Damaged(_))), "{read:?}");
        assert!(found(&store, 'b').await.is_none());
        store.close().await.unwrap();
    });
}

#[test]
fn an_attachment_is_shown_while_something_published_names_it() {
    run(async {
        let store = memory().await;
        put(&store, &[organisation("a", "A")], 1).await;
        // Named before it is uploaded, and uploaded for nothing in particular.
        put(&store, &[with_image("vandhul", 'a')], 2).await;
        keep(&store, &image('a', &[(400, 3)]), None, 3).await;
        assert!(is_shown(&store, 'a').await);
        let vandhul = key(Kind::Offer, "vandhul");
        assert_eq!(store.places(&content_id('a')).await.unwrap(), [vandhul]);
        // The offer goes on without it, and is taken up by another.
        put(&store, &[offer("vandhul", "T", "a")], 4).await;
        assert!(!is_shown(&store, 'a').await);
        put(&store, &[with_image("skov", 'a')], 5).await;
        assert!(is_shown(&store, 'a').await);
        store
            .remove(&key(Kind::Offer, "skov"), &Author::CommandLine, at(6))
            .await
            .unwrap();
        assert!(!is_shown(&store, 'a').await);
        // An id within a text is no image.
        put(&store, &[described("tekst", content_id('a').as_str())], 7).await;
        let there = key(Kind::Offer, "tekst");
        keep(&store, &image('a', &[(400, 3)]), Some(&there), 8).await;
        assert!(!is_shown(&store, 'a').await);
    });
}

#[test]
fn a_report_takes_an_image_down_and_an_editor_decides() {
    run(async {
        let store = memory().await;
        keep(&store, &image('a', &[(400, 3)]), None, 1).await;
        let unknown = store
            .report_image("0", &report('b', 2), true)
            .await
            .unwrap();
        assert_eq!(unknown, Reported::Unknown);
        // Beyond the portal's bounds a report only waits.
        let queued = store
            .report_image("1", &report('a', 2), false)
            .await
            .unwrap();
        assert_eq!(queued, Reported::Queued);
        assert!(found(&store, 'a').await.unwrap().is_up());
        let down = store
            .report_image("2", &report('a', 3), true)
            .await
            .unwrap();
        assert_eq!(down, Reported::TakenDown);
        let again = store
            .report_image("3", &report('a', 4), false)
            .await
            .unwrap();
        assert_eq!(again, Reported::TakenDown);
        let kept = found(&store, 'a').await.unwrap();
        assert_eq!((kept.is_up(), kept.taken_down), (false, Some(at(3))));
        let open = store.open_reports().await.unwrap();
        assert_eq!(open, [report('a', 2), report('a', 3), report('a', 4)]);

        let judged = store
            .judge_image(&content_id('a'), Judgement::Stands, &id("redaktor"), at(5))
            .await
            .unwrap();
        assert!(judged);
        assert!(found(&store, 'a').await.unwrap().is_up());
        assert!(store.open_reports().await.unwrap().is_empty());
        // What an editor has let stand is not taken down by the next who asks.
        let after = store
            .report_image("4", &report('a', 6), true)
            .await
            .unwrap();
        assert_eq!(after, Reported::Queued);
        assert_eq!(store.open_reports().await.unwrap(), [report('a', 6)]);

        let gone = store
            .judge_image(&content_id('a'), Judgement::Goes, &id("redaktor"), at(7))
            .await
            .unwrap();
        assert!(gone);
        let kept = found(&store, 'a').await.unwrap();
        assert_eq!(kept.removed, Some(at(7)));
        assert_eq!(store.attachment_bytes(&kept, 400).await.unwrap(), None);
        let parts: Vec<surrealdb::types::RecordId> = store
            .engine()
            .run("SELECT VALUE id FROM attachment_part", Variables::new())
            .await
            .unwrap()
            .take(0)
            .unwrap();
        assert!(parts.is_empty());
        let back = keep(&store, &image('a', &[(400, 3)]), None, 8).await;
        assert_eq!(back, Kept::Removed);
        let judged = store
            .judge_image(&content_id('a'), Judgement::Stands, &id("bo"), at(9))
            .await
            .unwrap();
        assert!(!judged, "what is gone cannot be let stand");
        let unknown = store
            .report_image("5", &report('a', 9), true)
            .await
            .unwrap();
        assert_eq!(unknown, Reported::Unknown);
    });
}

#[test]
fn reports_of_one_image_are_bounded_and_forgotten() {
    run(async {
        let store = memory().await;
        keep(&store, &image('a', &[(400, 3)]), None, 1).await;
        for number in 0..25 {
            store
                .report_image(&number.to_string(), &report('a', number), true)
                .await
                .unwrap();
        }
        assert_eq!(store.open_reports().await.unwrap().len(), 20);
        store
            .judge_image(&content_id('a'), Judgement::Stands, &id("bo"), at(30))
            .await
            .unwrap();
        let rows = async |statement: &'static str| -> usize {
            let rows: Vec<Option<String>> = store
                .engine()
                .run(statement, Variables::new())
                .await
                .unwrap()
                .take(0)
                .unwrap();
            rows.len()
        };
        const ALL: &str = "SELECT VALUE words FROM image_report";
        const WRITTEN: &str = "SELECT VALUE email FROM image_report WHERE email != NONE";
        assert_eq!((rows(ALL).await, rows(WRITTEN).await), (20, 0));
        store.sweep_attachments(at(30 + 29 * DAY)).await.unwrap();
        assert_eq!(rows(ALL).await, 20);
        store.sweep_attachments(at(30 + 30 * DAY)).await.unwrap();
        assert_eq!(rows(ALL).await, 0);
    });
}

#[test]
fn a_check_finds_what_is_missing_of_an_image() {
    run(async {
        let store = memory().await;
        let new = image('a', &[(400, 10), (800, (1 << 20) + 7)]);
        keep(&store, &new, None, 1).await;
        keep(&store, &image('b', &[(400, 3)]), None, 1).await;
        assert_eq!(store.check().await.unwrap(), []);
        let part = format!("{}/800/001", content_id('a'));
        let part = variable("id", RecordId::new("attachment_part", part));
        store.engine().run("DELETE $id", part).await.unwrap();
        let told = format!(
            "the attachment {}/800 is not as long as it was",
            content_id('a')
        );
        assert_eq!(store.check().await.unwrap(), [Finding(told)]);
    });
}

#[test]
fn what_nothing_refers_to_is_swept_away_after_a_week() {
    run(async {
        let store = memory().await;
        put(&store, &[organisation("a", "A")], 1).await;
        for digit in ['a', 'b', 'c'] {
            keep(&store, &image(digit, &[(400, 3), (800, 9)]), None, 1).await;
        }
        // One is published, one was once and is history, one was only uploaded.
        put(&store, &[with_image("nu", 'a'), with_image("foer", 'b')], 2).await;
        put(&store, &[offer("foer", "Uden", "a")], 3).await;
        assert_eq!(store.sweep_attachments(at(7 * DAY)).await.unwrap(), 0);
        assert_eq!(store.sweep_attachments(at(7 * DAY + 1)).await.unwrap(), 1);
        assert!(found(&store, 'a').await.is_some());
        assert!(found(&store, 'b').await.is_some());
        assert!(found(&store, 'c').await.is_none());
        // Sent again it is there again, for a week more.
        keep(&store, &image('c', &[(400, 3)]), None, 8 * DAY).await;
        assert_eq!(store.sweep_attachments(at(14 * DAY)).await.unwrap(), 0);
        assert_eq!(store.sweep_attachments(at(15 * DAY)).await.unwrap(), 1);
    });
}

#[test]
fn a_backup_brings_images_back() {
    run(async {
        let directory = TempDir::new().unwrap();
        let store = memory().await;
        put(&store, &[organisation("a", "A"), with_image("nu", 'a')], 1).await;
        let new = image('a', &[(400, 10), (1_600, (9 << 20) + 1)]);
        keep(&store, &new, None, 2).await;
        store
            .report_image("1", &report('a', 3), true)
            .await
            .unwrap();
        let file = directory.path().join("backup");
        store.backup(&file, at(4), |_| {}).await.unwrap();
        let (restored, _) = Store::restore(&DatabaseUrl::Memory, &file, at(5), |_| {})
            .await
            .unwrap();
        let before = found(&store, 'a').await;
        assert!(before.is_some());
        let kept = found(&restored, 'a').await;
        assert_eq!(kept, before);
        for version in &new.versions {
            let bytes = restored
                .attachment_bytes(kept.as_ref().unwrap(), version.width)
                .await
                .unwrap();
            assert_eq!(bytes.as_ref(), Some(&version.bytes));
        }
        assert!(is_shown(&restored, 'a').await);
        assert_eq!(restored.open_reports().await.unwrap(), [report('a', 3)]);
    });
}
