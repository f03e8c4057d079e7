//! Who accounts are at an issuer of sign-ins (OpenID Connect), and those it vouches for who have no account yet.

use std::fmt;

use domain::Slug;
use jiff::{SignedDuration, Timestamp};
use sha2::{Digest, Sha256};
use surrealdb::types::{RecordId, SurrealValue};

use crate::account::{ADDRESS_IN_USE, Account, AccountRow, addresses};
use crate::engine::variable;
use crate::error::StoreError;
use crate::record::{key_text, timestamp_from};
use crate::secret::{Secret, hexadecimal};
use crate::session::{Session, SessionRow};
use crate::store::Store;

/// Someone at an issuer. Of the subject only a hash is kept, together with the issuer's address.
#[derive(Clone, PartialEq, Eq)]
pub struct Identity {
    issuer: String,
    key: String,
}

impl Identity {
    /// The subject (`sub`) of an issuer (`iss`), which together name one person for ever (OpenID Connect Core, 5.7).
    #[must_use]
    pub fn new(issuer: &str, subject: &str) -> Self {
        let mut hash = Sha256::new();
        hash.update(issuer);
        // No address has this letter, so no two pairs run together.
        hash.update([0]);
        hash.update(subject);
        Self {
            issuer: issuer.to_owned(),
            key: hexadecimal(&hash.finalize()),
        }
    }

    fn record_id(&self) -> RecordId {
        RecordId::new("identity", self.key.as_str())
    }
}

impl fmt::Debug for Identity {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "Identity({}, …)", self.issuer)
    }
}

/// An identity that an account is linked to, as its owner sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LinkedIdentity {
    /// Names it without opening anything.
    pub key: String,
    /// The issuer's address.
    pub issuer: String,
    /// When it was linked.
    pub linked: Timestamp,
}

#[derive(SurrealValue)]
struct IdentityRow {
    id: RecordId,
    issuer: String,
    account: String,
    linked: String,
}

impl IdentityRow {
    fn new(identity: &Identity, account: &Slug, now: Timestamp) -> Self {
        Self {
            id: identity.record_id(),
            issuer: identity.issuer.clone(),
            account: account.to_string(),
            linked: now.to_string(),
        }
    }
}

#[derive(SurrealValue)]
struct NewcomerRow {
    id: RecordId,
    identity: String,
    issuer: String,
    expires: String,
}

const TAKEN: &str = "anker: the identity is another account's";
const GONE: &str = "anker: the newcomer is gone";

/// Links an identity, unless it is another account's.
const LINK: &str = "
    BEGIN;
    IF (SELECT VALUE account FROM ONLY $identity) NOT IN [NONE, $account] { THROW $taken };
    UPSERT $identity CONTENT $row RETURN NONE;
    COMMIT;
";

/// Makes a newcomer's account, all of it or nothing.
const SETTLE: &str = "
    BEGIN;
    IF (SELECT VALUE identity FROM ONLY $newcomer) = NONE { THROW $gone };
    IF (SELECT VALUE account FROM ONLY $identity) != NONE { THROW $gone };
    FOR $address IN $addresses {
        IF (SELECT VALUE account FROM ONLY $address.id) != NONE { THROW $in_use };
    };
    DELETE $newcomer RETURN NONE;
    INSERT INTO account $accounts RETURN NONE;
    INSERT INTO address $addresses RETURN NONE;
    INSERT INTO identity $identities RETURN NONE;
    INSERT INTO session $sessions RETURN NONE;
    COMMIT;
";

fn newcomer_id(secret: &Secret) -> RecordId {
    RecordId::new("newcomer", secret.hash())
}

impl Store {
    /// The account that an identity is linked to, also a closed one.
    ///
    /// # Errors
    /// What the database says.
    pub async fn account_of_identity(
        &self,
        identity: &Identity,
    ) -> Result<Option<Account>, StoreError> {
        let row: Option<IdentityRow> = self.one("identity", &identity.key).await?;
        let Some(row) = row else { return Ok(None) };
        let id = row.account.parse().map_err(|_| {
            StoreError::Damaged(format!("«{}» is not an account's id", row.account))
        })?;
        self.account(&id).await
    }

    /// The identities that an account is linked to, the oldest first.
    ///
    /// # Errors
    /// What the database says.
    pub async fn identities_of(&self, account: &Slug) -> Result<Vec<LinkedIdentity>, StoreError> {
        let rows: Vec<IdentityRow> = self
            .engine()
            .run(
                "SELECT * FROM identity WHERE account = $account",
                variable("account", account.to_string()),
            )
            .await?
            .take(0)?;
        let mut identities = rows
            .into_iter()
            .map(|row| {
                Ok(LinkedIdentity {
                    key: key_text(&row.id)?.to_owned(),
                    issuer: row.issuer,
                    linked: timestamp_from(&row.linked)?,
                })
            })
            .collect::<Result<Vec<_>, StoreError>>()?;
        identities.sort_by(|one, other| (one.linked, &one.key).cmp(&(other.linked, &other.key)));
        Ok(identities)
    }

    /// Links an identity to an account; `false` where it is another account's.
    ///
    /// # Errors
    /// What the database says.
    pub async fn link_identity(
        &self,
        identity: &Identity,
        account: &Slug,
        now: Timestamp,
    ) -> Result<bool, StoreError> {
        let row = IdentityRow::new(identity, account, now);
        let mut variables = variable("identity", row.id.clone());
        variables.insert("account", account.to_string());
        variables.insert("taken", TAKEN.to_owned());
        variables.insert("row", row);
        match self.engine().write(LINK, &variables).await {
            Ok(_) => Ok(true),
            Err(StoreError::Statement(message)) if message.contains(TAKEN) => Ok(false),
            Err(error) => Err(error),
        }
    }

    /// Unlinks one of an account's identities by its key; another account's is left alone.
    ///
    /// # Errors
    /// What the database says.
    pub async fn unlink_identity(&self, account: &Slug, key: &str) -> Result<(), StoreError> {
        let mut variables = variable("id", RecordId::new("identity", key));
        variables.insert("account", account.to_string());
        self.engine()
            .write(
                "DELETE $id WHERE account = $account RETURN NONE",
                &variables,
            )
            .await
            .map(drop)
    }

    /// Remembers someone whom an issuer has vouched for and who has no account yet. Their browser keeps the secret.
    ///
    /// # Errors
    /// What the database says.
    pub async fn remember_newcomer(
        &self,
        secret: &Secret,
        identity: &Identity,
        now: Timestamp,
        good_for: SignedDuration,
    ) -> Result<(), StoreError> {
        let row = NewcomerRow {
            id: newcomer_id(secret),
            identity: identity.key.clone(),
            issuer: identity.issuer.clone(),
            expires: (now + good_for).to_string(),
        };
        self.put_row("CREATE $id CONTENT $row RETURN NONE", row.id.clone(), row)
            .await
    }

    /// Whom a newcomer's secret stands for, while it lasts.
    ///
    /// # Errors
    /// What the database says.
    pub async fn newcomer(
        &self,
        secret: &Secret,
        now: Timestamp,
    ) -> Result<Option<Identity>, StoreError> {
        let row: Option<NewcomerRow> = self.one("newcomer", &secret.hash()).await?;
        let Some(row) = row else { return Ok(None) };
        let lasts = timestamp_from(&row.expires)? > now;
        Ok(lasts.then_some(Identity {
            issuer: row.issuer,
            key: row.identity,
        }))
    }

    /// Makes a newcomer's account, links it, and signs in. Nothing where the newcomer is gone or has an account by now.
    ///
    /// # Errors
    /// [`StoreError::AddressInUse`], or what the database says.
    pub async fn settle_newcomer(
        &self,
        newcomer: &Secret,
        account: Account,
        session: &Secret,
        browser: Option<&str>,
        now: Timestamp,
        good_for: SignedDuration,
    ) -> Result<Option<Session>, StoreError> {
        let Some(identity) = self.newcomer(newcomer, now).await? else {
            return Ok(None);
        };
        let begun = self.beginning(account, now, good_for, false).await?;
        let account = &begun.account;
        let mut variables = variable("newcomer", newcomer_id(newcomer));
        variables.insert("gone", GONE.to_owned());
        variables.insert("in_use", ADDRESS_IN_USE.to_owned());
        variables.insert("identity", identity.record_id());
        variables.insert("addresses", addresses(account));
        variables.insert("accounts", vec![AccountRow::from(account)]);
        variables.insert(
            "identities",
            vec![IdentityRow::new(&identity, &account.id, now)],
        );
        variables.insert("sessions", vec![SessionRow::new(session, &begun, browser)]);
        match self.engine().write(SETTLE, &variables).await {
            Ok(_) => Ok(Some(begun)),
            Err(StoreError::Statement(message)) if message.contains(GONE) => Ok(None),
            Err(StoreError::Statement(message)) if message.contains(ADDRESS_IN_USE) => {
                Err(StoreError::AddressInUse)
            }
            Err(error) => Err(error),
        }
    }
}
