//! Forgets what has been kept long enough: see [`domain::retention`] for how long that is.

use std::sync::Arc;
use std::time::Duration;

use app::letter::Letter;
use domain::retention::{Kept, UNUSED_ACCOUNT_WARNING};
use jiff::Timestamp;
use jiff::civil::Date;
use store::{Account, Author, Erasure, Post, StoreError, Told};

use crate::clock::in_denmark;
use crate::mail::random;
use crate::portal::Portal;

/// Looks every hour until the portal ends.
pub async fn follow(portal: Arc<Portal>) {
    let mut hourly = tokio::time::interval(Duration::from_secs(3_600));
    loop {
        hourly.tick().await;
        if let Err(error) = forget(&portal).await {
            tracing::warn!(error = %error, "what has been kept long enough could not be forgotten; it is tried again");
        }
    }
}

/// Forgets all that has been kept long enough.
///
/// # Errors
/// What the store says; what was forgotten until then is.
pub async fn forget(portal: &Portal) -> Result<(), StoreError> {
    let (store, now) = (&portal.store, portal.clock.now());
    store.forget_expired(now).await?;
    store.forget_letters(now).await?;
    store.forget_confirmings(now).await?;
    store.forget_unanswered(now).await?;
    let old = store.forget_audit(now - Kept::AuditLog.duration()).await?;
    if old > 0 {
        tracing::info!(lines = old, "old lines of the log were forgotten");
    }
    let uploads = store.sweep_attachments(now).await?;
    if uploads > 0 {
        tracing::info!(uploads, "uploads that nothing refers to were removed");
    }
    let feedback = store.sweep_feedback(now).await?;
    if feedback > 0 {
        tracing::info!(feedback, "feedback whose time is over was forgotten");
    }
    forget_unused_accounts(portal, now).await
}

/// What is to become of an account that nobody uses.
#[derive(Debug, PartialEq, Eq)]
enum Unused {
    /// It is in use, or not long enough out of it.
    No,
    /// Its owner is to be told; it is deleted on this day.
    Warn(Date),
    /// Its owner was told, and the day has come.
    Delete,
}

/// An account was last used on `seen`, and its owner was told on account of the same day that it is deleted on `told`.
fn unused(seen: Date, told: Option<Date>, now: Timestamp) -> Unused {
    let warned_for = in_denmark(now + UNUSED_ACCOUNT_WARNING).date();
    let over = seen.saturating_add(Kept::UnusedAccounts.duration());
    match told {
        Some(day) if day <= in_denmark(now).date() => Unused::Delete,
        Some(_) => Unused::No,
        None if warned_for >= over => Unused::Warn(warned_for),
        None => Unused::No,
    }
}

async fn forget_unused_accounts(portal: &Portal, now: Timestamp) -> Result<(), StoreError> {
    for account in portal.store.accounts().await? {
        let made = in_denmark(account.created).date();
        // Most accounts are too young to be out of use, and need not be read of.
        if account.role.is_some() || unused(made, None, now) == Unused::No {
            continue;
        }
        let seen = portal.store.last_seen(&account.id).await?.unwrap_or(made);
        let subject = format!("unused|{}", account.id);
        let told = portal.store.told(&subject).await?;
        let told = told.as_deref().and_then(|told| told.split_once(' '));
        let told = told
            .filter(|(day, _)| *day == seen.to_string())
            .and_then(|(_, day)| day.parse().ok());
        match unused(seen, told, now) {
            Unused::No => {}
            Unused::Warn(day) => {
                let what = format!("{seen} {day}");
                warn(portal, &account, &Told { subject, what }, day).await?;
            }
            Unused::Delete => match portal.delete_account(&account, &Author::Portal).await? {
                Erasure::Done => tracing::info!("an account that nobody uses was deleted"),
                Erasure::LastManager | Erasure::LastAdministrator => {}
            },
        }
    }
    Ok(())
}

async fn warn(
    portal: &Portal,
    account: &Account,
    told: &Told,
    day: Date,
) -> Result<(), StoreError> {
    let mut post = Post::default();
    if let Some(Ok(email)) = account.email.as_deref().map(str::parse) {
        let language = portal.store.preferences(&account.id).await?.language;
        let name = Some(account.name.as_str());
        let letter = portal.asked_for(&email, name, language, &Letter::AccountUnused(day));
        post.letters.push(letter);
    }
    portal
        .store
        .tell_once(told, &post, &[], portal.clock.now(), &mut random())
        .await?;
    portal.mailer.hurry();
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Date {
        text.parse().unwrap()
    }

    #[test]
    fn an_unused_account_is_deleted_only_after_thirty_days_of_warning() {
        let seen = day("2026-11-30");
        let at = |text: &str| format!("{text}T12:00:00Z").parse::<Timestamp>().unwrap();
        assert_eq!(unused(seen, None, at("2029-10-29")), Unused::No);
        assert_eq!(
            unused(seen, None, at("2029-10-30")),
            Unused::Warn(day("2029-11-29"))
        );
        // Where the portal was off for long, there are thirty days all the same.
        assert_eq!(
            unused(seen, None, at("2031-01-01")),
            Unused::Warn(day("2031-01-31"))
        );
        let told = Some(day("2029-11-29"));
        assert_eq!(unused(seen, told, at("2029-11-28")), Unused::No);
        assert_eq!(unused(seen, told, at("2029-11-29")), Unused::Delete);
    }
}
