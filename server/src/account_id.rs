//! The ids of new accounts.

use domain::{EmailAddress, Slug};
use store::{Store, StoreError};

/// An id of the letters and digits before the `@`, with a number if another account has it.
///
/// # Errors
/// What the store says.
pub async fn new(store: &Store, email: &EmailAddress) -> Result<Slug, StoreError> {
    let local = email.as_str().split('@').next().unwrap_or_default();
    let mut base: String = local
        .to_lowercase()
        .chars()
        .filter(|letter| matches!(letter, 'a'..='z' | '0'..='9' | '-'))
        .take(60)
        .collect();
    if base.is_empty() {
        base.push_str("konto");
    }
    let taken: Vec<Slug> = store
        .accounts()
        .await?
        .into_iter()
        .map(|account| account.id)
        .collect();
    std::iter::once(base.clone())
        .chain((2..).map(|number: u32| format!("{base}-{number}")))
        .filter_map(|id| id.parse::<Slug>().ok())
        .find(|id| !taken.contains(id))
        .ok_or_else(|| StoreError::Damaged("no account id is free".to_owned()))
}
