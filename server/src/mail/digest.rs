//! The daily digest: at seven in the morning in Denmark, the notices that have waited become one letter an account.

use app::letter::Letter;
use domain::notice::{Delivery, LetterKind, Notice};
use jiff::Timestamp;
use store::{Post, StoreError, Unsubscribe};

use super::random;
use crate::clock::{in_denmark, moment_in_denmark};
use crate::portal::Portal;

/// The hour at which digests are sent.
const HOUR: i8 = 7;
/// The setting that says when they were last sent.
const LAST: &str = "last-digest";

/// Gathers the digests where seven o'clock has passed since it was last done, however long ago that was.
///
/// # Errors
/// What the store says; it is then tried again.
pub async fn gather_if_due(portal: &Portal) -> Result<(), StoreError> {
    let now = portal.clock.now();
    let last = portal.store.setting(LAST).await?;
    let last: Option<Timestamp> = last.and_then(|moment| moment.parse().ok());
    if last.is_some_and(|last| last >= latest_hour(now)) {
        return Ok(());
    }
    // A portal that has never sent a digest begins with the next morning.
    if last.is_some() {
        for account in portal.store.accounts_with_notices().await? {
            gather(portal, &account, now).await?;
        }
    }
    portal.store.put_setting(LAST, &now.to_string()).await
}

/// The latest moment at which it was seven in Denmark.
fn latest_hour(now: Timestamp) -> Timestamp {
    let clock = in_denmark(now);
    let today = clock.date().at(HOUR, 0, 0, 0);
    let latest = if clock < today {
        clock
            .date()
            .yesterday()
            .map_or(today, |day| day.at(HOUR, 0, 0, 0))
    } else {
        today
    };
    moment_in_denmark(latest)
}

async fn gather(portal: &Portal, account: &domain::Slug, now: Timestamp) -> Result<(), StoreError> {
    let waiting = portal.store.waiting_notices(account).await?;
    let known = portal.store.account(account).await?;
    let preferences = portal.store.preferences(account).await?;
    let mut post = Post::default();
    // What was turned off while it waited is taken away unread.
    let notices: Vec<Notice> = waiting
        .iter()
        .map(|one| one.notice.clone())
        .filter(|notice| preferences.delivery(notice.kind) != Delivery::Off)
        .collect();
    if let Some((account, email)) = known.as_ref().and_then(super::telling::reachable)
        && !notices.is_empty()
        && !preferences.without_digest
    {
        let what = Unsubscribe {
            account: account.id.clone(),
            kind: LetterKind::Digest,
        };
        let letter = Letter::Digest(notices);
        portal
            .add_letter(
                &mut post,
                account,
                email,
                preferences.language,
                &letter,
                what,
            )
            .await?;
    }
    portal
        .store
        .post_digest(&waiting, &post, now, &mut random())
        .await
        .map(drop)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    #[test]
    fn it_is_seven_in_denmark_in_summer_and_in_winter() {
        for (now, seven) in [
            ("2026-07-01T05:00:00Z", "2026-07-01T05:00:00Z"),
            ("2026-07-01T04:59:59Z", "2026-06-30T05:00:00Z"),
            ("2026-11-24T06:30:00Z", "2026-11-24T06:00:00Z"),
            ("2026-11-24T23:30:00Z", "2026-11-24T06:00:00Z"),
            ("2026-10-25T05:30:00Z", "2026-10-24T05:00:00Z"),
            ("2026-10-25T06:00:00Z", "2026-10-25T06:00:00Z"),
        ] {
            assert_eq!(latest_hour(at(now)), at(seven), "{now}");
        }
    }
}
