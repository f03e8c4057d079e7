//! All there is about a person, for themselves; deleting it; and what is forgotten with time.

use domain::membership::PortalRole;
use domain::retention::Kept;
use domain::{Code, Slug};
use jiff::Timestamp;
use jiff::civil::Date;
use surrealdb::types::{RecordId, SurrealValue, Variables};

use crate::account::Account;
use crate::engine::variable;
use crate::error::StoreError;
use crate::manuscript::{Remark, RemarkRow};
use crate::record::{Key, key_text, timestamp_from};
use crate::revision::Author;
use crate::store::Store;

/// Something a person has said of an offer or a case, or done to it.
#[derive(Clone, Debug, PartialEq)]
pub struct OwnRemark {
    /// Of what.
    pub key: Key,
    /// What.
    pub remark: Remark,
}

/// An image or a file that a person has uploaded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OwnUpload {
    /// Its id.
    pub id: String,
    /// What it is, `image/webp`.
    pub media_type: String,
    /// When.
    pub uploaded: Timestamp,
}

/// A letter to a person that is still remembered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SentLetter {
    /// What kind of letter: a code.
    pub kind: String,
    /// What it was called.
    pub subject: String,
    /// When it was written.
    pub written: Timestamp,
}

/// What became of deleting an account.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Erasure {
    /// It is gone, and with it all that says who its owner was.
    Done,
    /// It is the last that manages an organisation with other people in it; nothing is done.
    LastManager,
    /// It is the last administrator's; nothing is done.
    LastAdministrator,
}

#[derive(SurrealValue)]
struct UploadRow {
    id: RecordId,
    media_type: String,
    uploaded: String,
}

#[derive(SurrealValue)]
struct LetterLine {
    kind: String,
    subject: String,
    created: String,
}

#[derive(SurrealValue)]
struct SeenRow {
    id: RecordId,
    day: String,
}

const LAST_MANAGER: &str = "anker: others need a manager";
const LAST_ADMINISTRATOR: &str = "anker: the last administrator stays";

/// Removes an account and everything that leads to its owner. What they wrote and did keeps the account's id, which says
/// nothing by itself.
const ERASE: &str = "
    BEGIN;
    FOR $led IN (SELECT VALUE organisation FROM membership WHERE account = $key AND roles CONTAINS 'manager') {
        LET $others = (SELECT account, roles FROM membership WHERE organisation = $led AND account != $key);
        IF array::len($others) > 0 AND array::len($others[WHERE roles CONTAINS 'manager']) = 0 { THROW $last_manager };
    };
    IF (SELECT VALUE role FROM ONLY $account) = $administrator {
        LET $others = (SELECT VALUE id FROM account WHERE role = $administrator AND disabled = NONE AND id != $account);
        IF array::len($others) = 0 { THROW $last_administrator };
    };
    DELETE session WHERE account = $key RETURN NONE;
    DELETE link WHERE account = $key OR ($email != NONE AND string::lowercase(email ?? '') = $email) RETURN NONE;
    DELETE identity WHERE account = $key RETURN NONE;
    DELETE membership WHERE account = $key RETURN NONE;
    DELETE join_request WHERE account = $key RETURN NONE;
    DELETE invitation WHERE $email != NONE AND string::lowercase(email) = $email RETURN NONE;
    DELETE waiting_notice WHERE account = $key RETURN NONE;
    DELETE delivery WHERE account = $key RETURN NONE;
    DELETE unsubscribe WHERE account = $key RETURN NONE;
    DELETE confirming WHERE account = $key RETURN NONE;
    DELETE letter WHERE $email != NONE AND string::lowercase(email) = $email RETURN NONE;
    UPDATE image_report SET email = NONE WHERE $email != NONE AND string::lowercase(email ?? '') = $email RETURN NONE;
    UPDATE feedback SET email = NONE WHERE $email != NONE AND string::lowercase(email ?? '') = $email RETURN NONE;
    DELETE feedback_link WHERE $email != NONE AND string::lowercase(email ?? '') = $email RETURN NONE;
    DELETE $rows RETURN NONE;
    COMMIT;
";

/// The tables with a row for an account, under its id.
const OF_AN_ACCOUNT: [&str; 5] = [
    "account",
    "password",
    "second_factor",
    "letter_language",
    "last_seen",
];

impl Store {
    /// What a person has said of offers and cases and done to them, oldest first.
    ///
    /// # Errors
    /// What the database says.
    pub async fn remarks_by(&self, account: &Slug) -> Result<Vec<OwnRemark>, StoreError> {
        let author = Author::Account(account.clone()).to_string();
        let rows: Vec<RemarkRow> = self
            .engine()
            .run(
                "SELECT * FROM remark WHERE author = $author",
                variable("author", author),
            )
            .await?
            .take(0)?;
        let mut remarks = rows
            .into_iter()
            .map(|row| {
                Ok(OwnRemark {
                    key: row.manuscript().parse()?,
                    remark: Remark::try_from(row)?,
                })
            })
            .collect::<Result<Vec<_>, StoreError>>()?;
        remarks.sort_by_key(|own| own.remark.time);
        Ok(remarks)
    }

    /// What a person has uploaded and is still there, oldest first.
    ///
    /// # Errors
    /// What the database says.
    pub async fn uploads_by(&self, account: &Slug) -> Result<Vec<OwnUpload>, StoreError> {
        let rows: Vec<UploadRow> = self
            .engine()
            .run(
                "SELECT id, media_type, uploaded FROM attachment WHERE uploaded_by CONTAINS $account",
                variable("account", account.to_string()),
            )
            .await?
            .take(0)?;
        let mut uploads = rows
            .into_iter()
            .map(|row| {
                Ok(OwnUpload {
                    id: key_text(&row.id)?.to_owned(),
                    media_type: row.media_type,
                    uploaded: timestamp_from(&row.uploaded)?,
                })
            })
            .collect::<Result<Vec<_>, StoreError>>()?;
        uploads.sort_by(|one, other| (one.uploaded, &one.id).cmp(&(other.uploaded, &other.id)));
        Ok(uploads)
    }

    /// The letters to an address that are still remembered, oldest first.
    ///
    /// # Errors
    /// What the database says.
    pub async fn letters_to(&self, email: &str) -> Result<Vec<SentLetter>, StoreError> {
        let rows: Vec<LetterLine> = self
            .engine()
            .run(
                "SELECT kind, subject, created FROM letter WHERE string::lowercase(email) = $email",
                variable("email", email.to_lowercase()),
            )
            .await?
            .take(0)?;
        let mut letters = rows
            .into_iter()
            .map(|row| {
                Ok(SentLetter {
                    kind: row.kind,
                    subject: row.subject,
                    written: timestamp_from(&row.created)?,
                })
            })
            .collect::<Result<Vec<_>, StoreError>>()?;
        letters.sort_by_key(|letter| letter.written);
        Ok(letters)
    }

    /// Deletes an account and everything that leads to its owner: address, password, sign-ins, memberships, letters,
    /// choices. What they wrote stays, under an id that leads to nobody.
    ///
    /// # Errors
    /// What the database says.
    pub async fn erase_account(&self, account: &Account) -> Result<Erasure, StoreError> {
        let key = account.id.to_string();
        let mut rows: Vec<RecordId> = OF_AN_ACCOUNT
            .iter()
            .map(|table| RecordId::new(*table, key.clone()))
            .collect();
        let email = account.email.as_ref().map(|email| email.to_lowercase());
        rows.extend(email.clone().map(|email| RecordId::new("address", email)));
        let mut variables = variable("key", key.clone());
        variables.insert("account", RecordId::new("account", key));
        variables.insert("email", email);
        variables.insert("administrator", PortalRole::Administrator.code().to_owned());
        variables.insert("last_manager", LAST_MANAGER.to_owned());
        variables.insert("last_administrator", LAST_ADMINISTRATOR.to_owned());
        variables.insert("rows", rows);
        match self.engine().write(ERASE, &variables).await {
            Ok(_) => Ok(Erasure::Done),
            Err(StoreError::Statement(message)) if message.contains(LAST_MANAGER) => {
                Ok(Erasure::LastManager)
            }
            Err(StoreError::Statement(message)) if message.contains(LAST_ADMINISTRATOR) => {
                Ok(Erasure::LastAdministrator)
            }
            Err(error) => Err(error),
        }
    }

    /// Notes that somebody has signed in on this day.
    ///
    /// # Errors
    /// What the database says.
    pub async fn put_last_seen(&self, account: &Slug, day: Date) -> Result<(), StoreError> {
        let row = SeenRow {
            id: RecordId::new("last_seen", account.as_str()),
            day: day.to_string(),
        };
        self.put_row("UPSERT $id CONTENT $row RETURN NONE", row.id.clone(), row)
            .await
    }

    /// The day on which somebody last signed in, where it was noted.
    ///
    /// # Errors
    /// What the database says.
    pub async fn last_seen(&self, account: &Slug) -> Result<Option<Date>, StoreError> {
        let row: Option<SeenRow> = self.one("last_seen", account.as_str()).await?;
        row.map(|row| {
            row.day
                .parse()
                .map_err(|_| StoreError::Damaged(format!("«{}» in last_seen", row.day)))
        })
        .transpose()
    }

    /// Forgets requests to join that nobody has answered for long, notices that no digest has brought, and tokens that were
    /// revoked long ago.
    ///
    /// # Errors
    /// What the database says; what was forgotten until then is.
    pub async fn forget_unanswered(&self, now: Timestamp) -> Result<(), StoreError> {
        for (statement, kept) in [
            (
                "SELECT id, created AS since FROM join_request",
                Kept::JoinRequests,
            ),
            (
                "SELECT id, created AS since FROM waiting_notice",
                Kept::Notices,
            ),
            (
                "SELECT id, revoked AS since FROM api_token WHERE revoked != NONE",
                Kept::RevokedTokens,
            ),
        ] {
            let rows: Vec<SinceRow> = self
                .engine()
                .run(statement, Variables::new())
                .await?
                .take(0)?;
            let mut old = Vec::new();
            for row in rows {
                if timestamp_from(&row.since)? + kept.duration() <= now {
                    old.push(row.id);
                }
            }
            if !old.is_empty() {
                self.engine()
                    .write("DELETE $old RETURN NONE", &variable("old", old))
                    .await?;
            }
        }
        Ok(())
    }
}

#[derive(SurrealValue)]
struct SinceRow {
    id: RecordId,
    since: String,
}
