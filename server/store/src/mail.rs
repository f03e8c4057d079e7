//! Letters on their way out: a queue that survives a restart, and from which a letter is taken by
//! one sender at a time.
//!
//! A letter waits until it is sent or given up. A sender claims letters that are due; a claim puts
//! the letter off until its lease ends, so that no other sender takes it meanwhile and none is lost
//! with a sender that dies. What a letter says is emptied once it is sent.

use domain::notice::{LetterKind, pause_after};
use domain::retention::Kept;
use domain::{EmailAddress, Language};
use jiff::{SignedDuration, Timestamp};
use rand::Rng;
use surrealdb::types::{RecordId, SurrealValue, Variables};

use crate::account::LinkPurpose;
use crate::engine::variable;
use crate::error::StoreError;
use crate::record::{key_text, timestamp_from};
use crate::secret::{Secret, hexadecimal};
use crate::store::Store;

/// How long a sender has for a letter it has claimed.
const LEASE: SignedDuration = SignedDuration::from_mins(10);
/// The most characters that are kept of why a letter could not be sent.
const LONGEST_FAILURE: usize = 400;

/// A letter to be sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewLetter {
    /// What kind of letter it is.
    pub kind: LetterKind,
    /// The language it is written in.
    pub language: Language,
    /// Whom it is sent to.
    pub email: EmailAddress,
    /// The name of whom it is sent to.
    pub name: Option<String>,
    /// The subject.
    pub subject: String,
    /// What it says, as plain text.
    pub text: String,
    /// What it says, as HTML.
    pub html: String,
    /// The address that turns such letters off (RFC 8058).
    pub unsubscribe: Option<String>,
    /// When there is no use in sending it any more: it has a link that is good no longer.
    pub useless: Option<Timestamp>,
}

/// How far a letter has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LetterState {
    /// It is to be sent, perhaps again.
    Waiting,
    /// It is sent.
    Sent,
    /// It could not be sent and is not tried again.
    GivenUp,
}

impl LetterState {
    fn code(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Sent => "sent",
            Self::GivenUp => "given-up",
        }
    }

    fn from_code(code: &str) -> Result<Self, StoreError> {
        [Self::Waiting, Self::Sent, Self::GivenUp]
            .into_iter()
            .find(|state| state.code() == code)
            .ok_or_else(|| StoreError::Damaged(format!("unknown letter state «{code}»")))
    }
}

/// A letter as the queue shows it: everything but what it says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct QueuedLetter {
    /// Its id.
    pub id: String,
    /// What kind of letter it is.
    pub kind: LetterKind,
    /// Whom it is sent to.
    pub email: String,
    /// How far it has come.
    pub state: LetterState,
    /// When it was written.
    pub created: Timestamp,
    /// When it is tried next, while it waits.
    pub due: Timestamp,
    /// How often it was tried in vain.
    pub attempts: u32,
    /// Why the last attempt was in vain.
    pub failure: Option<String>,
    /// When it was sent or given up.
    pub finished: Option<Timestamp>,
}

/// A letter that one sender has taken to send.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClaimedLetter {
    /// Its id, the same at each attempt.
    pub id: String,
    /// When it was written.
    pub created: Timestamp,
    /// What is sent.
    pub letter: NewLetter,
    attempts: u32,
    claim: String,
}

/// What became of a letter whose sending failed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AfterFailure {
    /// It is tried again at this time.
    AgainAt(Timestamp),
    /// It is given up.
    GivenUp,
}

#[derive(SurrealValue)]
pub(crate) struct LetterRow {
    id: RecordId,
    state: String,
    kind: String,
    language: String,
    email: String,
    name: Option<String>,
    subject: String,
    text: String,
    html: String,
    unsubscribe: Option<String>,
    created: String,
    due: i64,
    useless: Option<i64>,
    attempts: i64,
    failure: Option<String>,
    claim: Option<String>,
    finished: Option<String>,
}

impl LetterRow {
    pub(crate) fn new(letter: &NewLetter, now: Timestamp, random: &mut impl Rng) -> Self {
        let mut id = [0; 16];
        random.fill_bytes(&mut id);
        Self {
            id: RecordId::new("letter", hexadecimal(&id)),
            state: LetterState::Waiting.code().to_owned(),
            kind: letter.kind.code().to_owned(),
            language: letter.language.tag().to_owned(),
            email: letter.email.to_string(),
            name: letter.name.clone(),
            subject: letter.subject.clone(),
            text: letter.text.clone(),
            html: letter.html.clone(),
            unsubscribe: letter.unsubscribe.clone(),
            created: now.to_string(),
            due: now.as_millisecond(),
            useless: letter.useless.map(Timestamp::as_millisecond),
            attempts: 0,
            failure: None,
            claim: None,
            finished: None,
        }
    }
}

impl TryFrom<LetterRow> for ClaimedLetter {
    type Error = StoreError;

    fn try_from(row: LetterRow) -> Result<Self, StoreError> {
        Ok(Self {
            id: key_text(&row.id)?.to_owned(),
            created: timestamp_from(&row.created)?,
            attempts: attempts_from(row.attempts)?,
            claim: row.claim.unwrap_or_default(),
            letter: NewLetter {
                kind: kind_from(&row.kind)?,
                language: language_from(&row.language)?,
                email: row.email.parse().map_err(|_| {
                    StoreError::Damaged(format!("«{}» is not an e-mail address", row.email))
                })?,
                name: row.name,
                subject: row.subject,
                text: row.text,
                html: row.html,
                unsubscribe: row.unsubscribe,
                useless: row.useless.map(milliseconds).transpose()?,
            },
        })
    }
}

#[derive(SurrealValue)]
struct QueuedRow {
    id: RecordId,
    state: String,
    kind: String,
    email: String,
    created: String,
    due: i64,
    attempts: i64,
    failure: Option<String>,
    finished: Option<String>,
}

impl TryFrom<QueuedRow> for QueuedLetter {
    type Error = StoreError;

    fn try_from(row: QueuedRow) -> Result<Self, StoreError> {
        Ok(Self {
            id: key_text(&row.id)?.to_owned(),
            kind: kind_from(&row.kind)?,
            email: row.email,
            state: LetterState::from_code(&row.state)?,
            created: timestamp_from(&row.created)?,
            due: milliseconds(row.due)?,
            attempts: attempts_from(row.attempts)?,
            failure: row.failure,
            finished: row.finished.as_deref().map(timestamp_from).transpose()?,
        })
    }
}

#[derive(SurrealValue)]
struct DueRow {
    id: RecordId,
    due: i64,
}

fn attempts_from(number: i64) -> Result<u32, StoreError> {
    u32::try_from(number).map_err(|_| StoreError::Damaged(format!("{number} attempts")))
}

fn milliseconds(number: i64) -> Result<Timestamp, StoreError> {
    Timestamp::from_millisecond(number)
        .map_err(|_| StoreError::Damaged(format!("{number} is not a time in milliseconds")))
}

fn kind_from(code: &str) -> Result<LetterKind, StoreError> {
    code.parse()
        .map_err(|_| StoreError::Damaged(format!("unknown letter «{code}»")))
}

pub(crate) fn language_from(tag: &str) -> Result<Language, StoreError> {
    Language::from_tag(tag).ok_or_else(|| StoreError::Damaged(format!("unknown language «{tag}»")))
}

const DUE: &str = "SELECT id, due FROM letter WHERE state = 'waiting'";

const CLAIM: &str = "
    UPDATE $ids SET due = $until, claim = $claim
    WHERE state = 'waiting' AND due <= $now RETURN AFTER
";

const SENT: &str = "
    UPDATE $id SET state = 'sent', finished = $now, text = '', html = '', unsubscribe = NONE,
        failure = NONE, claim = NONE
    WHERE claim = $claim AND state = 'waiting' RETURN NONE
";

const AGAIN: &str = "
    UPDATE $id SET attempts = $attempts, failure = $failure, due = $due, claim = NONE
    WHERE claim = $claim AND state = 'waiting' RETURN NONE
";

const RELEASE: &str = "
    UPDATE $id SET due = $due, claim = NONE WHERE claim = $claim AND state = 'waiting' RETURN NONE
";

const GIVE_UP: &str = "
    UPDATE $id SET attempts = $attempts, failure = $failure, state = 'given-up', finished = $now,
        claim = NONE
    WHERE claim = $claim AND state = 'waiting' RETURN NONE
";

/// A letter that is just being sent is left alone.
const RETRY: &str = "
    UPDATE $id SET state = 'waiting', due = $due, attempts = 0, finished = NONE
    WHERE state != 'sent' AND claim = NONE RETURN AFTER
";

const ABANDON: &str = "
    UPDATE $id SET state = 'given-up', finished = $now
    WHERE state = 'waiting' AND claim = NONE RETURN AFTER
";

const QUEUED: &str = "
    SELECT id, state, kind, email, created, due, attempts, failure, finished
    FROM letter WHERE state = $state
";

const LINK_AND_LETTER: &str = "
    BEGIN;
    INSERT INTO link $links RETURN NONE;
    INSERT INTO letter $letters RETURN NONE;
    COMMIT;
";

impl Store {
    /// Puts letters into the queue: all of them, or none.
    ///
    /// # Errors
    /// What the database says.
    pub async fn enqueue_letters(
        &self,
        letters: &[NewLetter],
        now: Timestamp,
        random: &mut impl Rng,
    ) -> Result<(), StoreError> {
        let rows: Vec<LetterRow> = letters
            .iter()
            .map(|letter| LetterRow::new(letter, now, random))
            .collect();
        if rows.is_empty() {
            return Ok(());
        }
        self.engine()
            .write(
                "INSERT INTO letter $rows RETURN NONE",
                &variable("rows", rows),
            )
            .await
            .map(drop)
    }

    /// Puts a letter into the queue together with the one-time link that it brings: both, or neither.
    /// The link is good for so long, and the letter is of no use afterwards.
    ///
    /// # Errors
    /// What the database says.
    pub async fn enqueue_link(
        &self,
        secret: &Secret,
        purpose: &LinkPurpose,
        letter: &NewLetter,
        now: Timestamp,
        good_for: SignedDuration,
        random: &mut impl Rng,
    ) -> Result<(), StoreError> {
        let mut row = LetterRow::new(letter, now, random);
        row.useless = Some((now + good_for).as_millisecond());
        let link = crate::account::LinkRow::new(secret, purpose, now, good_for);
        let mut variables = variable("links", vec![link]);
        variables.insert("letters", vec![row]);
        self.engine()
            .write(LINK_AND_LETTER, &variables)
            .await
            .map(drop)
    }

    /// Takes letters that are due to send them, at most so many, those that have waited longest
    /// first. Nobody else gets them until the lease has ended.
    ///
    /// # Errors
    /// What the database says.
    pub async fn claim_letters(
        &self,
        most: usize,
        now: Timestamp,
        random: &mut impl Rng,
    ) -> Result<Vec<ClaimedLetter>, StoreError> {
        let mut rows: Vec<DueRow> = self.engine().run(DUE, Variables::new()).await?.take(0)?;
        let moment = now.as_millisecond();
        rows.retain(|row| row.due <= moment);
        rows.sort_by_key(|row| row.due);
        rows.truncate(most);
        if rows.is_empty() {
            return Ok(Vec::new());
        }
        let ids: Vec<RecordId> = rows.into_iter().map(|row| row.id).collect();
        let mut claim = [0; 16];
        random.fill_bytes(&mut claim);
        let mut variables = variable("ids", ids.clone());
        variables.insert("claim", hexadecimal(&claim));
        variables.insert("now", moment);
        variables.insert("until", (now + LEASE).as_millisecond());
        let rows: Vec<LetterRow> = self.engine().write(CLAIM, &variables).await?.take(0)?;
        let mut claimed = rows
            .into_iter()
            .map(ClaimedLetter::try_from)
            .collect::<Result<Vec<_>, _>>()?;
        claimed.sort_by_key(|letter| letter.created);
        Ok(claimed)
    }

    /// Notes that a claimed letter is sent, and forgets what it said.
    ///
    /// # Errors
    /// What the database says.
    pub async fn letter_sent(
        &self,
        letter: &ClaimedLetter,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        let mut variables = claimed(letter);
        variables.insert("now", now.to_string());
        self.engine().write(SENT, &variables).await.map(drop)
    }

    /// Notes that a claimed letter could not be sent, and when it is tried again; not where trying
    /// again is hopeless, was tried often enough, or comes too late for what is in the letter.
    ///
    /// # Errors
    /// What the database says.
    pub async fn letter_failed(
        &self,
        letter: &ClaimedLetter,
        failure: &str,
        hopeless: bool,
        now: Timestamp,
    ) -> Result<AfterFailure, StoreError> {
        let attempts = letter.attempts + 1;
        let next = pause_after(attempts)
            .map(|pause| now + pause)
            .filter(|next| !hopeless && letter.letter.useless.is_none_or(|end| *next < end));
        let mut variables = claimed(letter);
        variables.insert("attempts", i64::from(attempts));
        variables.insert(
            "failure",
            failure.chars().take(LONGEST_FAILURE).collect::<String>(),
        );
        let (statement, after) = match next {
            Some(next) => {
                variables.insert("due", next.as_millisecond());
                (AGAIN, AfterFailure::AgainAt(next))
            }
            None => {
                variables.insert("now", now.to_string());
                (GIVE_UP, AfterFailure::GivenUp)
            }
        };
        self.engine().write(statement, &variables).await?;
        Ok(after)
    }

    /// Gives claimed letters back unsent; they are due at once.
    ///
    /// # Errors
    /// What the database says.
    pub async fn release_letters(
        &self,
        letters: &[ClaimedLetter],
        now: Timestamp,
    ) -> Result<(), StoreError> {
        for letter in letters {
            let mut variables = claimed(letter);
            variables.insert("due", now.as_millisecond());
            self.engine().write(RELEASE, &variables).await?;
        }
        Ok(())
    }

    /// Lets a letter that waits or was given up be tried at once, with all its attempts anew. Whether
    /// there was one; a letter that is just being sent is left alone.
    ///
    /// # Errors
    /// What the database says.
    pub async fn retry_letter(&self, id: &str, now: Timestamp) -> Result<bool, StoreError> {
        let mut variables = variable("id", RecordId::new("letter", id));
        variables.insert("due", now.as_millisecond());
        let rows: Vec<LetterRow> = self.engine().write(RETRY, &variables).await?.take(0)?;
        Ok(!rows.is_empty())
    }

    /// Gives a waiting letter up. Whether there was one; a letter that is just being sent is left alone.
    ///
    /// # Errors
    /// What the database says.
    pub async fn give_up_letter(&self, id: &str, now: Timestamp) -> Result<bool, StoreError> {
        let mut variables = variable("id", RecordId::new("letter", id));
        variables.insert("now", now.to_string());
        let rows: Vec<LetterRow> = self.engine().write(ABANDON, &variables).await?.take(0)?;
        Ok(!rows.is_empty())
    }

    /// The letters that have come so far, newest first.
    ///
    /// # Errors
    /// What the database says.
    pub async fn letters(&self, state: LetterState) -> Result<Vec<QueuedLetter>, StoreError> {
        let rows: Vec<QueuedRow> = self
            .engine()
            .run(QUEUED, variable("state", state.code().to_owned()))
            .await?
            .take(0)?;
        let mut letters = rows
            .into_iter()
            .map(QueuedLetter::try_from)
            .collect::<Result<Vec<_>, _>>()?;
        letters.sort_by(|one, other| (other.created, &other.id).cmp(&(one.created, &one.id)));
        Ok(letters)
    }

    /// Forgets letters that were sent or given up long enough ago.
    ///
    /// # Errors
    /// What the database says.
    pub async fn forget_letters(&self, now: Timestamp) -> Result<(), StoreError> {
        for (state, kept) in [
            (LetterState::Sent, Kept::SentLetters),
            (LetterState::GivenUp, Kept::LettersGivenUp),
        ] {
            let ids: Vec<RecordId> = self
                .letters(state)
                .await?
                .into_iter()
                .filter(|letter| letter.finished.unwrap_or(letter.created) + kept.duration() <= now)
                .map(|letter| RecordId::new("letter", letter.id))
                .collect();
            if !ids.is_empty() {
                self.engine()
                    .write("DELETE $ids RETURN NONE", &variable("ids", ids))
                    .await?;
            }
        }
        Ok(())
    }
}

fn claimed(letter: &ClaimedLetter) -> Variables {
    let mut variables = variable("id", RecordId::new("letter", letter.id.as_str()));
    variables.insert("claim", letter.claim.clone());
    variables
}
