//! Sign-ins: who a browser is, and what the owner of an account sees and ends of them.

use domain::Slug;
use jiff::{SignedDuration, Timestamp};
use surrealdb::types::{RecordId, SurrealValue, Variables};

use crate::account::{Account, AccountRow};
use crate::engine::variable;
use crate::error::StoreError;
use crate::record::{key_text, timestamp_from};
use crate::secret::Secret;
use crate::store::Store;

/// A sign-in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Session {
    /// Whose.
    pub account: Account,
    /// When it began.
    pub created: Timestamp,
    /// When it ends by itself.
    pub expires: Timestamp,
    /// Whether it began with a one-time link rather than a password.
    pub by_link: bool,
    /// Where it stands with the account's second factor.
    pub factor: FactorStanding,
}

/// Where a sign-in stands with the account's second factor.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FactorStanding {
    /// The account has none.
    None,
    /// The account has one, and this sign-in has not shown it: it opens nothing until it has.
    Owed,
    /// This sign-in has shown it.
    Shown,
}

/// A sign-in as the owner of the account sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OpenSession {
    /// Names it without opening anything: the SHA-256 of its secret, in hexadecimal.
    pub key: String,
    /// What signed in, as the browser calls itself.
    pub browser: Option<String>,
    /// When it began.
    pub created: Timestamp,
    /// When it ends by itself.
    pub expires: Timestamp,
    /// Whether it has shown the second factor.
    pub factor_shown: bool,
}

impl OpenSession {
    /// Whether it is the one that this secret opens.
    #[must_use]
    pub fn is(&self, secret: &Secret) -> bool {
        self.key == secret.hash()
    }
}

#[derive(SurrealValue)]
pub(crate) struct SessionRow {
    id: RecordId,
    account: String,
    browser: Option<String>,
    by_link: Option<bool>,
    created: String,
    expires: String,
    factor_shown: Option<bool>,
    offered: Option<String>,
    offered_at: Option<String>,
}

impl SessionRow {
    /// The secret of a second factor that is offered, and since when.
    pub(crate) fn offered(self) -> Option<(String, String)> {
        self.offered.zip(self.offered_at)
    }

    pub(crate) fn new(secret: &Secret, session: &Session, browser: Option<&str>) -> Self {
        Self {
            id: session_id(secret),
            account: session.account.id.to_string(),
            browser: browser.map(str::to_owned),
            by_link: Some(session.by_link),
            created: session.created.to_string(),
            expires: session.expires.to_string(),
            factor_shown: (session.factor == FactorStanding::Shown).then_some(true),
            offered: None,
            offered_at: None,
        }
    }
}

#[derive(SurrealValue)]
struct PasswordRow {
    id: RecordId,
    hash: String,
    changed: String,
}

pub(crate) fn session_id(secret: &Secret) -> RecordId {
    RecordId::new("session", secret.hash())
}

/// How long a sign-in waits for the second factor.
const SECOND_STEP: SignedDuration = SignedDuration::from_mins(15);

/// Ends an account's sign-ins but one.
const END_OTHERS: &str = "DELETE session WHERE account = $account AND id != $keep RETURN NONE";

/// A new password ends every other sign-in, so that whoever knew the old one is out.
const SET_PASSWORD: &str = "
    BEGIN;
    UPSERT $id CONTENT $row RETURN NONE;
    DELETE session WHERE account = $account AND id != $keep RETURN NONE;
    COMMIT;
";

impl Store {
    /// Signs in to an account whose password was right. Where the account has a second factor, the sign-in waits for it, for
    /// a quarter of an hour.
    ///
    /// # Errors
    /// What the database says.
    pub async fn begin_session(
        &self,
        account: Account,
        session: &Secret,
        browser: Option<&str>,
        now: Timestamp,
        good_for: SignedDuration,
    ) -> Result<Session, StoreError> {
        let begun = self.beginning(account, now, good_for, false).await?;
        let row = SessionRow::new(session, &begun, browser);
        self.put_row("CREATE $id CONTENT $row RETURN NONE", row.id.clone(), row)
            .await?;
        Ok(begun)
    }

    /// A sign-in as it begins: whole, or waiting for the account's second factor.
    pub(crate) async fn beginning(
        &self,
        account: Account,
        now: Timestamp,
        good_for: SignedDuration,
        by_link: bool,
    ) -> Result<Session, StoreError> {
        let owed = self.second_factor(&account.id).await?.is_some();
        let (factor, good_for) = if owed {
            (FactorStanding::Owed, good_for.min(SECOND_STEP))
        } else {
            (FactorStanding::None, good_for)
        };
        Ok(Session {
            account,
            created: now,
            expires: now + good_for,
            by_link,
            factor,
        })
    }

    /// The sign-in that a secret is, while it lasts, the account is open, and it waits for no second factor.
    ///
    /// # Errors
    /// What the database says.
    pub async fn session(
        &self,
        secret: &Secret,
        now: Timestamp,
    ) -> Result<Option<Session>, StoreError> {
        let known = self.known_session(secret, now).await?;
        Ok(known
            .map(|(session, _)| session)
            .filter(|session| session.factor != FactorStanding::Owed))
    }

    /// The sign-in that a secret is, where it waits for the account's second factor.
    ///
    /// # Errors
    /// What the database says.
    pub async fn waiting_session(
        &self,
        secret: &Secret,
        now: Timestamp,
    ) -> Result<Option<Session>, StoreError> {
        let known = self.known_session(secret, now).await?;
        Ok(known
            .map(|(session, _)| session)
            .filter(|session| session.factor == FactorStanding::Owed))
    }

    /// The sign-in that a secret is, wherever it stands with the second factor, and its browser.
    pub(crate) async fn known_session(
        &self,
        secret: &Secret,
        now: Timestamp,
    ) -> Result<Option<(Session, Option<String>)>, StoreError> {
        let row: Option<SessionRow> = self.one("session", &secret.hash()).await?;
        let Some(row) = row else { return Ok(None) };
        let expires = timestamp_from(&row.expires)?;
        if expires <= now {
            return Ok(None);
        }
        let created = timestamp_from(&row.created)?;
        let account: Option<AccountRow> = self.one("account", &row.account).await?;
        let account = account.map(Account::try_from).transpose()?;
        let Some(account) = account.filter(|account| account.disabled.is_none()) else {
            return Ok(None);
        };
        let factor = match self.second_factor(&account.id).await? {
            None => FactorStanding::None,
            Some(_) if row.factor_shown == Some(true) => FactorStanding::Shown,
            Some(_) => FactorStanding::Owed,
        };
        let session = Session {
            account,
            created,
            expires,
            by_link: row.by_link.unwrap_or(false),
            factor,
        };
        Ok(Some((session, row.browser)))
    }

    /// An account's sign-ins that have not ended, newest first.
    ///
    /// # Errors
    /// What the database says.
    pub async fn sessions_of(
        &self,
        account: &Slug,
        now: Timestamp,
    ) -> Result<Vec<OpenSession>, StoreError> {
        let rows: Vec<SessionRow> = self
            .engine()
            .run(
                "SELECT * FROM session WHERE account = $account",
                variable("account", account.to_string()),
            )
            .await?
            .take(0)?;
        let mut sessions = rows
            .into_iter()
            .map(|row| {
                Ok(OpenSession {
                    key: key_text(&row.id)?.to_owned(),
                    created: timestamp_from(&row.created)?,
                    expires: timestamp_from(&row.expires)?,
                    factor_shown: row.factor_shown == Some(true),
                    browser: row.browser,
                })
            })
            .collect::<Result<Vec<_>, StoreError>>()?;
        sessions.retain(|session| session.expires > now);
        sessions.sort_by(|one, other| (other.created, &other.key).cmp(&(one.created, &one.key)));
        Ok(sessions)
    }

    /// Signs out.
    ///
    /// # Errors
    /// What the database says.
    pub async fn end_session(&self, secret: &Secret) -> Result<(), StoreError> {
        self.engine()
            .write(
                "DELETE $id RETURN NONE",
                &variable("id", session_id(secret)),
            )
            .await
            .map(drop)
    }

    /// Ends one of an account's sign-ins by its key; another account's is left alone.
    ///
    /// # Errors
    /// What the database says.
    pub async fn end_session_of(&self, account: &Slug, key: &str) -> Result<(), StoreError> {
        let mut variables = variable("id", RecordId::new("session", key));
        variables.insert("account", account.to_string());
        self.engine()
            .write(
                "DELETE $id WHERE account = $account RETURN NONE",
                &variables,
            )
            .await
            .map(drop)
    }

    /// Ends all of an account's sign-ins but one.
    ///
    /// # Errors
    /// What the database says.
    pub async fn end_other_sessions(
        &self,
        account: &Slug,
        keep: &Secret,
    ) -> Result<(), StoreError> {
        let variables = account_and_kept(account, keep);
        self.engine().write(END_OTHERS, &variables).await.map(drop)
    }

    /// The hash of an account's password, a PHC string; nothing where it has none.
    ///
    /// # Errors
    /// What the database says.
    pub async fn password_hash(&self, account: &Slug) -> Result<Option<String>, StoreError> {
        let row: Option<PasswordRow> = self.one("password", account.as_str()).await?;
        Ok(row.map(|row| row.hash))
    }

    /// Sets an account's password, of which only the hash is given, and ends all its sign-ins but one.
    ///
    /// # Errors
    /// What the database says.
    pub async fn set_password(
        &self,
        account: &Slug,
        hash: &str,
        keep: &Secret,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        let row = PasswordRow {
            id: RecordId::new("password", account.as_str()),
            hash: hash.to_owned(),
            changed: now.to_string(),
        };
        let mut variables = account_and_kept(account, keep);
        variables.insert("id", row.id.clone());
        variables.insert("row", row);
        self.engine()
            .write(SET_PASSWORD, &variables)
            .await
            .map(drop)
    }
}

fn account_and_kept(account: &Slug, keep: &Secret) -> Variables {
    let mut variables = variable("account", account.to_string());
    variables.insert("keep", session_id(keep));
    variables
}
