//! What is told once: reminders with the addresses that answer them, and a note of what was told last.

use domain::Slug;
use domain::retention::Kept;
use jiff::Timestamp;
use jiff::civil::Date;
use rand::Rng;
use surrealdb::types::{RecordId, SurrealValue, Variables};

use crate::engine::variable;
use crate::error::StoreError;
use crate::notice::{Post, post_variables};
use crate::record::{Key, timestamp_from};
use crate::secret::Secret;
use crate::store::Store;

/// What an address in a letter confirms, and for whom.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Confirming {
    /// The account that the letter was sent to.
    pub account: Slug,
    /// The offer or the case.
    pub key: Key,
    /// The day of the review that the letter was about.
    pub due: Date,
}

/// A note of what was told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Told {
    /// What it is about: of each subject only what was told last is known.
    pub subject: String,
    /// What was told of it.
    pub what: String,
}

#[derive(Clone, SurrealValue)]
struct ToldRow {
    id: RecordId,
    what: String,
}

#[derive(Clone, SurrealValue)]
struct ConfirmingRow {
    id: RecordId,
    account: String,
    manuscript: String,
    due: String,
    made: String,
}

const TOLD_ALREADY: &str = "anker: this was told already";

const TELL_ONCE: &str = "
    BEGIN;
    IF (SELECT VALUE what FROM ONLY $told.id) = $told.what { THROW $already };
    UPSERT $told.id CONTENT $told RETURN NONE;
    INSERT INTO letter $letters RETURN NONE;
    INSERT INTO waiting_notice $waiting RETURN NONE;
    INSERT IGNORE INTO unsubscribe $unsubscribes RETURN NONE;
    INSERT INTO confirming $confirmings RETURN NONE;
    COMMIT;
";

impl Store {
    /// What was told last of a subject.
    ///
    /// # Errors
    /// What the database says.
    pub async fn told(&self, subject: &str) -> Result<Option<String>, StoreError> {
        let row: Option<ToldRow> = self.one("told", subject).await?;
        Ok(row.map(|row| row.what))
    }

    /// Tells something, with the addresses that answer it, and notes that it was told: all in one, so that nothing is told
    /// twice or lost. `false` when it was told already, and then nothing is done.
    ///
    /// # Errors
    /// What the database says.
    pub async fn tell_once(
        &self,
        told: &Told,
        post: &Post,
        confirmings: &[(Secret, Confirming)],
        now: Timestamp,
        random: &mut impl Rng,
    ) -> Result<bool, StoreError> {
        let rows: Vec<ConfirmingRow> = confirmings
            .iter()
            .map(|(secret, confirming)| ConfirmingRow {
                id: RecordId::new("confirming", secret.hash()),
                account: confirming.account.to_string(),
                manuscript: confirming.key.to_string(),
                due: confirming.due.to_string(),
                made: now.to_string(),
            })
            .collect();
        let mut variables = post_variables(post, now, random);
        variables.insert("confirmings", rows);
        variables.insert(
            "told",
            ToldRow {
                id: RecordId::new("told", told.subject.clone()),
                what: told.what.clone(),
            },
        );
        variables.insert("already", TOLD_ALREADY.to_owned());
        match self.engine().write(TELL_ONCE, &variables).await {
            Ok(_) => Ok(true),
            Err(StoreError::Statement(message)) if message.contains(TOLD_ALREADY) => Ok(false),
            Err(error) => Err(error),
        }
    }

    /// What an address in a letter confirms.
    ///
    /// # Errors
    /// What the database says.
    pub async fn confirming(&self, secret: &Secret) -> Result<Option<Confirming>, StoreError> {
        let row: Option<ConfirmingRow> = self.one("confirming", &secret.hash()).await?;
        row.map(|row| {
            let damaged =
                |what: &str| StoreError::Damaged(format!("«{what}» in a confirming address"));
            Ok(Confirming {
                account: row.account.parse().map_err(|_| damaged(&row.account))?,
                key: row.manuscript.parse()?,
                due: row.due.parse().map_err(|_| damaged(&row.due))?,
            })
        })
        .transpose()
    }

    /// Forgets the addresses of letters that were sent long ago; so long that an old one is still told from a wrong one.
    ///
    /// # Errors
    /// What the database says.
    pub async fn forget_confirmings(&self, now: Timestamp) -> Result<(), StoreError> {
        let rows: Vec<ConfirmingRow> = self
            .engine()
            .run("SELECT * FROM confirming", Variables::new())
            .await?
            .take(0)?;
        let mut old = Vec::new();
        for row in rows {
            let made = timestamp_from(&row.made)?;
            if made + Kept::ConfirmingLinks.duration() <= now {
                old.push(row.id);
            }
        }
        if old.is_empty() {
            return Ok(());
        }
        let statement = "DELETE $old RETURN NONE";
        let old = variable("old", old);
        self.engine().write(statement, &old).await.map(drop)
    }
}
