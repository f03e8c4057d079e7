//! The log of who did what when. A line is written and read, and forgotten when it is too old; nothing changes it.

use std::ops::Bound;

use domain::audit::Act;
use domain::{Code, Slug};
use jiff::Timestamp;
use surrealdb::types::{RecordId, RecordIdKey, RecordIdKeyRange, SurrealValue};

use crate::engine::variable;
use crate::error::StoreError;
use crate::record::{Key, key_text, timestamp_from};
use crate::revision::Author;
use crate::store::Store;

const TABLE: &str = "audit";
/// More microseconds than there are until the year 2286.
const END_OF_TIME: i64 = 9_999_999_999_999_999;
/// The longest title or detail, in characters.
const LONGEST_TEXT: usize = 300;
/// So many lines are forgotten in one go.
const PART: i64 = 1_000;

/// A line of the log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AuditLine {
    /// When.
    pub time: Timestamp,
    /// Who, as revisions name their authors.
    pub author: String,
    /// What they did.
    pub act: Act,
    /// What they did it to, as a kind and an id: `offer/vandhullet`.
    pub about: Option<String>,
    /// The account that they did it to, where it is not their own.
    pub whom: Option<Slug>,
    /// What that was called then. People are not named here: their accounts are looked up while they are there.
    pub title: String,
    /// What more there is to say; no personal data.
    pub detail: String,
}

impl AuditLine {
    /// A line about nothing in particular.
    #[must_use]
    pub fn new(author: &Author, act: Act, time: Timestamp) -> Self {
        Self {
            time,
            author: author.to_string(),
            act,
            about: None,
            whom: None,
            title: String::new(),
            detail: String::new(),
        }
    }

    /// A line about this object, which is called so.
    #[must_use]
    pub fn about(self, key: &Key, title: impl Into<String>) -> Self {
        Self {
            about: Some(key.to_string()),
            title: title.into(),
            ..self
        }
    }

    /// A line about what was done to somebody's account.
    #[must_use]
    pub fn whom(self, account: &Slug) -> Self {
        Self {
            whom: Some(account.clone()),
            ..self
        }
    }

    /// A line that says more.
    #[must_use]
    pub fn detail(self, detail: impl Into<String>) -> Self {
        Self {
            detail: detail.into(),
            ..self
        }
    }
}

#[derive(Clone, SurrealValue)]
pub(crate) struct AuditRow {
    id: RecordId,
    time: String,
    author: String,
    act: String,
    about: Option<String>,
    whom: Option<String>,
    title: String,
    detail: String,
}

impl From<&AuditLine> for AuditRow {
    fn from(line: &AuditLine) -> Self {
        let short = |text: &str| text.chars().take(LONGEST_TEXT).collect::<String>();
        let random: u32 = rand::random();
        Self {
            id: RecordId::new(TABLE, format!("{}|{random:08x}", backwards(line.time))),
            time: line.time.to_string(),
            author: line.author.clone(),
            act: line.act.code().to_owned(),
            about: line.about.clone(),
            whom: line.whom.as_ref().map(Slug::to_string),
            title: short(&line.title),
            detail: short(&line.detail),
        }
    }
}

impl TryFrom<AuditRow> for AuditLine {
    type Error = StoreError;

    fn try_from(row: AuditRow) -> Result<Self, StoreError> {
        Ok(Self {
            time: timestamp_from(&row.time)?,
            author: row.author,
            act: row.act.parse().map_err(|_| {
                StoreError::Damaged(format!("«{}» is not an act of the log", row.act))
            })?,
            about: row.about,
            whom: match row.whom {
                Some(id) => Some(id.parse().map_err(|_| {
                    StoreError::Damaged(format!("«{id}» in the log is not an account's id"))
                })?),
                None => None,
            },
            title: row.title,
            detail: row.detail,
        })
    }
}

/// The beginning of the keys of a moment's lines.
fn backwards(time: Timestamp) -> String {
    format!("{:016}", END_OF_TIME - time.as_microsecond())
}

/// The lines from this key on, and not those before this moment.
fn range(start: Bound<String>, since: Option<Timestamp>) -> RecordId {
    let end = match since {
        // A tilde comes after the bar, so this is after the last line of that moment.
        Some(since) => Bound::Excluded(RecordIdKey::String(format!("{}~", backwards(since)))),
        None => Bound::Unbounded,
    };
    let range = RecordIdKeyRange {
        start: start.map(RecordIdKey::String),
        end,
    };
    RecordId::new(TABLE, RecordIdKey::Range(Box::new(range)))
}

/// What a line is noted with, beside whatever else is written.
pub(crate) const INSERT: &str = "INSERT INTO audit $audit RETURN NONE";

impl Store {
    /// Notes what somebody did.
    ///
    /// # Errors
    /// What the database says.
    pub async fn note(&self, line: &AuditLine) -> Result<(), StoreError> {
        let row = AuditRow::from(line);
        self.engine()
            .write(INSERT, &variable("audit", vec![row]))
            .await
            .map(drop)
    }

    /// Lines of the log, newest first: those after the line with this key, or where there is none, those until a moment;
    /// none older than `since`, and no more than `limit`. Each comes with its key.
    ///
    /// # Errors
    /// What the database says.
    pub async fn audit(
        &self,
        after: Option<&str>,
        until: Option<Timestamp>,
        since: Option<Timestamp>,
        limit: usize,
    ) -> Result<Vec<(String, AuditLine)>, StoreError> {
        let start = match (after, until) {
            (Some(key), _) => Bound::Excluded(key.to_owned()),
            (None, Some(until)) => Bound::Included(backwards(until)),
            (None, None) => Bound::Unbounded,
        };
        let mut variables = variable("range", range(start, since));
        variables.insert("limit", i64::try_from(limit).unwrap_or(i64::MAX));
        let rows: Vec<AuditRow> = self
            .engine()
            .run("SELECT * FROM $range LIMIT $limit", variables)
            .await?
            .take(0)?;
        rows.into_iter()
            .map(|row| Ok((key_text(&row.id)?.to_owned(), AuditLine::try_from(row)?)))
            .collect()
    }

    /// Forgets the lines of this moment and those before it, and says how many there were.
    ///
    /// # Errors
    /// What the database says; what was forgotten until then is.
    pub async fn forget_audit(&self, before: Timestamp) -> Result<usize, StoreError> {
        let mut forgotten = 0;
        loop {
            let mut variables = variable("range", range(Bound::Included(backwards(before)), None));
            variables.insert("limit", PART);
            let ids: Vec<RecordId> = self
                .engine()
                .run("SELECT VALUE id FROM $range LIMIT $limit", variables)
                .await?
                .take(0)?;
            if ids.is_empty() {
                return Ok(forgotten);
            }
            forgotten += ids.len();
            self.engine()
                .write("DELETE $ids RETURN NONE", &variable("ids", ids))
                .await?;
        }
    }
}
