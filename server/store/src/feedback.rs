//! Teachers' feedback on offers: waiting for an e-mail address to be confirmed, given, answered, reported and decided
//! about.
//!
//! Every change is read, made by the rules of the domain, and written where nobody else has changed the same in between.
//! Lists are read by simple equality and bounded.

use domain::feedback::{
    Feedback, FeedbackId, FeedbackReason, FeedbackStep, Given, Giver, Judgement, OwnersAnswer,
    Progress,
};
use domain::retention::Kept;
use domain::{Code, EmailAddress, Language, Paragraph, Slug};
use jiff::{SignedDuration, Timestamp};
use sha2::{Digest as _, Sha256};
use surrealdb::types::{RecordId, SurrealValue, Variables};

use crate::engine::variable;
use crate::error::StoreError;
use crate::mail::language_from;
use crate::record::{key_text, timestamp_from};
use crate::secret::{Secret, hexadecimal};
use crate::store::Store;

/// How long a link that confirms feedback is good.
pub const FEEDBACK_LINK: SignedDuration = Kept::UnconfirmedFeedback.duration();
/// How long feedback is kept after it was given: offers change, and so do teachers.
pub const KEPT_FEEDBACK: SignedDuration = Kept::Feedback.duration();
/// How long what was decided about a report is kept: the reports, and what was taken down.
pub const KEPT_DECISION: SignedDuration = Kept::FeedbackReports.duration();

/// The most feedback on one offer that is read at once.
const MOST_ON_AN_OFFER: i64 = 500;
/// The most feedback on an organisation's offers that is read at once.
const MOST_ON_OFFERS: i64 = 1_000;
/// The most offers that are asked about at once.
const MOST_OFFERS: usize = 200;
/// The most feedback in a state that editors look at.
const MOST_IN_A_STATE: i64 = 200;
/// The most reports of one feedback that are kept; more say nothing new.
const MOST_REPORTS: usize = 20;
/// The most rows that are looked at in one sweep.
const MOST_SWEPT: i64 = 10_000;
/// How often a change is made anew when somebody else makes one in between.
const ATTEMPTS: u32 = 5;

/// Feedback that somebody without an account has given, before they have confirmed their address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnverifiedFeedback {
    /// The offer.
    pub offer: Slug,
    /// What they say.
    pub feedback: Feedback,
    /// Where the link is sent.
    pub email: EmailAddress,
    /// The language they read.
    pub language: Language,
    /// Whether they want to hear of the owner's answer.
    pub tells: bool,
}

/// What a link in a letter about feedback is for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FeedbackLink {
    /// It confirms this.
    Confirms(UnverifiedFeedback),
    /// It has confirmed it, and withdraws it; the offer.
    Withdraws(Slug),
}

/// Where to write to whoever gave feedback without an account, when the owner answers.
pub type Recipient = (EmailAddress, Language);

/// Why feedback was reported.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FeedbackReport {
    /// Why.
    pub reason: FeedbackReason,
    /// In the reader's own words.
    pub words: Option<String>,
    /// When.
    pub time: Timestamp,
}

/// Feedback that was reported, for those who decide.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReportedFeedback {
    /// The feedback.
    pub given: Given,
    /// Why it was reported, the first report first.
    pub reports: Vec<FeedbackReport>,
    /// When an editor decided; nothing while it waits.
    pub judged: Option<Timestamp>,
}

/// What became of an answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answered {
    /// It is kept. Whom to tell of it at an address, which is forgotten now; and whether it is the first.
    Kept(Option<Recipient>, bool),
    /// The feedback, or an answer to it, has changed since it was read.
    Changed,
    /// It is not there, or cannot be answered now.
    Gone,
}

#[derive(Clone, SurrealValue)]
struct FeedbackRow {
    id: RecordId,
    version: i64,
    name: String,
    offer: String,
    account: Option<String>,
    address: Option<String>,
    email: Option<String>,
    language: Option<String>,
    said: String,
    given: String,
    answer: Option<String>,
    answered: Option<String>,
    answered_by: Option<String>,
    reported: Option<String>,
    judgement: Option<String>,
    judged: Option<String>,
    judged_by: Option<String>,
    state: String,
    shown_on: Option<String>,
}

const STANDS: &str = "stands";
const DOWN: &str = "down";

fn damaged(what: &str) -> StoreError {
    StoreError::Damaged(format!("feedback has no {what} that can be read"))
}

fn said_text(feedback: &Feedback) -> String {
    // A few codes and a text are always JSON.
    serde_json::to_string(feedback).unwrap_or_default()
}

fn said_from(text: &str) -> Result<Feedback, StoreError> {
    serde_json::from_str(text).map_err(|_| damaged("content"))
}

impl FeedbackRow {
    fn progress(&self) -> Result<Progress, StoreError> {
        Ok(Progress {
            verified: true,
            answered: self.answer.is_some(),
            reported: self.reported.is_some(),
            judgement: match self.judgement.as_deref() {
                None => None,
                Some(STANDS) => Some(Judgement::Stands),
                Some(DOWN) => Some(Judgement::Down),
                Some(_) => return Err(damaged("judgement")),
            },
        })
    }

    /// Puts the row where it is after a step, apart from what the step itself says.
    fn put(&mut self, progress: Progress, now: Timestamp) -> Result<(), StoreError> {
        self.reported = progress
            .reported
            .then(|| self.reported.clone().unwrap_or_else(|| now.to_string()));
        self.judgement = progress.judgement.map(|judgement| {
            match judgement {
                Judgement::Stands => STANDS,
                Judgement::Down => DOWN,
            }
            .to_owned()
        });
        if progress.judgement.is_none() {
            self.judged = None;
            self.judged_by = None;
        }
        self.state = progress.state().code().to_owned();
        let agrees = said_from(&self.said)?.agrees;
        self.shown_on = (agrees && progress.is_up()).then(|| self.offer.clone());
        Ok(())
    }
}

impl TryFrom<FeedbackRow> for Given {
    type Error = StoreError;

    fn try_from(row: FeedbackRow) -> Result<Self, StoreError> {
        let progress = row.progress()?;
        let account = |text: &str| text.parse::<Slug>().map_err(|_| damaged("account"));
        let answer = match (&row.answer, &row.answered, &row.answered_by) {
            (Some(text), Some(time), Some(by)) => Some(OwnersAnswer {
                text: text.parse().map_err(|_| damaged("answer"))?,
                time: timestamp_from(time)?,
                by: account(by)?,
            }),
            (None, _, _) => None,
            _ => return Err(damaged("answer")),
        };
        Ok(Self {
            id: row.name.parse().map_err(|_| damaged("name"))?,
            offer: row.offer.parse().map_err(|_| damaged("offer"))?,
            giver: Giver {
                account: row.account.as_deref().map(account).transpose()?,
                address: row.address,
            },
            feedback: said_from(&row.said)?,
            time: timestamp_from(&row.given)?,
            progress,
            answer,
        })
    }
}

#[derive(Clone, SurrealValue)]
struct ReportRow {
    id: RecordId,
    feedback: String,
    reason: String,
    words: Option<String>,
    time: String,
}

impl TryFrom<ReportRow> for FeedbackReport {
    type Error = StoreError;

    fn try_from(row: ReportRow) -> Result<Self, StoreError> {
        Ok(Self {
            reason: row.reason.parse().map_err(|_| damaged("reason"))?,
            words: row.words,
            time: timestamp_from(&row.time)?,
        })
    }
}

#[derive(Clone, SurrealValue)]
struct LinkRow {
    id: RecordId,
    offer: String,
    said: Option<String>,
    email: Option<String>,
    language: String,
    tells: bool,
    made: String,
    feedback: Option<String>,
}

/// What stands for an e-mail address in feedback on an offer. It is bound to the offer, so that nobody's feedback on one
/// offer leads to theirs on another.
fn address_hash(offer: &Slug, email: &str) -> String {
    let mut hash = Sha256::new();
    hash.update(offer.as_str());
    hash.update([0]);
    hash.update(email.to_lowercase());
    hexadecimal(&hash.finalize())
}

fn row_id(key: &str) -> RecordId {
    RecordId::new("feedback", key)
}

fn link_id(secret: &Secret) -> RecordId {
    RecordId::new("feedback_link", secret.hash())
}

fn account_key(offer: &Slug, account: &Slug) -> String {
    format!("{offer}|account:{account}")
}

/// Somebody else changed it in between.
const MOVED: &str = "anker: the feedback has moved on";
/// The link has done what it does.
const USED: &str = "anker: the feedback is confirmed already";

const CHANGE: &str = "
    BEGIN;
    IF ((SELECT VALUE version FROM ONLY $row.id) ?? 0) + 1 != $row.version { THROW $moved };
    FOR $link IN $links {
        IF (SELECT VALUE said FROM ONLY $link) = NONE { THROW $used };
        UPDATE $link SET feedback = $key, said = NONE, email = NONE RETURN NONE;
    };
    UPSERT $row.id CONTENT $row RETURN NONE;
    INSERT INTO feedback_report $reports RETURN NONE;
    COMMIT;
";

const FORGET_UNCONFIRMED: &str =
    "DELETE feedback_link WHERE feedback = NONE AND made <= $until RETURN NONE";
const OLD: &str = "SELECT * FROM feedback WHERE given <= $until LIMIT $limit";
const TAKEN_DOWN: &str = "
    SELECT * FROM feedback
    WHERE judged != NONE AND judged <= $until AND judgement = $down AND reported = NONE LIMIT $limit
";
const FORGET_DECIDED_REPORTS: &str = "
    BEGIN;
    LET $names = SELECT VALUE name FROM feedback
        WHERE judged != NONE AND judged <= $until AND reported = NONE;
    DELETE feedback_report WHERE feedback IN $names RETURN NONE;
    COMMIT;
";

const FORGET: &str = "
    BEGIN;
    FOR $row IN $rows {
        DELETE $row RETURN NONE;
    };
    FOR $name IN $names {
        DELETE feedback_report WHERE feedback = $name RETURN NONE;
    };
    FOR $key IN $keys {
        DELETE feedback_link WHERE feedback = $key RETURN NONE;
    };
    COMMIT;
";

/// What a change writes beside the feedback.
#[derive(Default)]
struct Besides {
    reports: Vec<ReportRow>,
    links: Vec<RecordId>,
}

impl Store {
    /// Keeps feedback until its giver confirms their address by the link that the secret opens.
    ///
    /// # Errors
    /// What the database says.
    pub async fn keep_unverified_feedback(
        &self,
        secret: &Secret,
        unverified: &UnverifiedFeedback,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        let row = LinkRow {
            id: link_id(secret),
            offer: unverified.offer.to_string(),
            said: Some(said_text(&unverified.feedback)),
            email: Some(unverified.email.to_string()),
            language: unverified.language.tag().to_owned(),
            tells: unverified.tells,
            made: now.to_string(),
            feedback: None,
        };
        self.put_row("CREATE $id CONTENT $row RETURN NONE", row.id.clone(), row)
            .await
    }

    /// What a link in a letter is for, as long as it is good. Looking changes nothing.
    ///
    /// # Errors
    /// What the database says.
    pub async fn feedback_link(
        &self,
        secret: &Secret,
        now: Timestamp,
    ) -> Result<Option<FeedbackLink>, StoreError> {
        let row: Option<LinkRow> = self.one("feedback_link", &secret.hash()).await?;
        let Some(row) = row else { return Ok(None) };
        let offer: Slug = row.offer.parse().map_err(|_| damaged("offer"))?;
        if let (Some(said), Some(email)) = (&row.said, &row.email) {
            if timestamp_from(&row.made)? + FEEDBACK_LINK <= now {
                return Ok(None);
            }
            return Ok(Some(FeedbackLink::Confirms(UnverifiedFeedback {
                offer,
                feedback: said_from(said)?,
                email: email.parse().map_err(|_| damaged("address"))?,
                language: language_from(&row.language)?,
                tells: row.tells,
            })));
        }
        let Some(key) = row.feedback else {
            return Ok(None);
        };
        let there: Option<FeedbackRow> = self.one("feedback", &key).await?;
        Ok(there.map(|_| FeedbackLink::Withdraws(offer)))
    }

    /// Gives feedback that was waiting for its giver's address to be confirmed; nothing where the link is not good, or has
    /// done it before. `name` names it, where the same person has not given feedback on the offer before.
    ///
    /// # Errors
    /// What the database says.
    pub async fn confirm_feedback(
        &self,
        secret: &Secret,
        name: &FeedbackId,
        now: Timestamp,
    ) -> Result<Option<Given>, StoreError> {
        let Some(FeedbackLink::Confirms(unverified)) = self.feedback_link(secret, now).await?
        else {
            return Ok(None);
        };
        let UnverifiedFeedback {
            offer,
            feedback,
            email,
            language,
            tells,
        } = unverified;
        let address = address_hash(&offer, email.as_str());
        let giver = Giver {
            account: None,
            address: Some(address.clone()),
        };
        let key = format!("{offer}|address:{address}");
        let recipient = tells.then_some((email, language));
        let links = vec![link_id(secret)];
        let given = self
            .give(&key, name, &offer, giver, &feedback, recipient, links, now)
            .await;
        match given {
            Ok(given) => Ok(Some(given)),
            Err(StoreError::Statement(message)) if message.contains(USED) => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// Gives feedback as somebody who is signed in. It takes the place of what the same account has given on the offer
    /// before.
    ///
    /// # Errors
    /// What the database says.
    pub async fn give_feedback(
        &self,
        account: &Slug,
        email: Option<&str>,
        name: &FeedbackId,
        offer: &Slug,
        feedback: &Feedback,
        now: Timestamp,
    ) -> Result<Given, StoreError> {
        let giver = Giver {
            account: Some(account.clone()),
            address: email.map(|email| address_hash(offer, email)),
        };
        let key = account_key(offer, account);
        self.give(&key, name, offer, giver, feedback, None, Vec::new(), now)
            .await
    }

    #[expect(clippy::too_many_arguments, reason = "they are the columns of one row")]
    async fn give(
        &self,
        key: &str,
        name: &FeedbackId,
        offer: &Slug,
        giver: Giver,
        feedback: &Feedback,
        recipient: Option<Recipient>,
        links: Vec<RecordId>,
        now: Timestamp,
    ) -> Result<Given, StoreError> {
        for _ in 0..ATTEMPTS {
            let before: Option<FeedbackRow> = self.one("feedback", key).await?;
            let progress = match &before {
                Some(before) => before.progress()?.given_again(),
                None => Progress::GIVEN,
            };
            let (email, language) = match &recipient {
                Some((email, language)) => {
                    (Some(email.to_string()), Some(language.tag().to_owned()))
                }
                None => (None, None),
            };
            let mut row = FeedbackRow {
                id: row_id(key),
                version: before.as_ref().map_or(0, |before| before.version) + 1,
                name: before
                    .as_ref()
                    .map_or_else(|| name.to_string(), |before| before.name.clone()),
                offer: offer.to_string(),
                account: giver.account.as_ref().map(Slug::to_string),
                address: giver.address.clone(),
                email,
                language,
                said: said_text(feedback),
                given: now.to_string(),
                answer: None,
                answered: None,
                answered_by: None,
                reported: before.and_then(|before| before.reported),
                judgement: None,
                judged: None,
                judged_by: None,
                state: String::new(),
                shown_on: None,
            };
            row.put(progress, now)?;
            let besides = Besides {
                links: links.clone(),
                ..Besides::default()
            };
            if self.write_feedback(&row, besides).await? {
                return row.try_into();
            }
        }
        Err(StoreError::Conflict { attempts: ATTEMPTS })
    }

    /// Writes a row with the version after the one it was read with; `false` when it has another by now.
    async fn write_feedback(
        &self,
        row: &FeedbackRow,
        besides: Besides,
    ) -> Result<bool, StoreError> {
        let mut variables = variable("row", row.clone());
        variables.insert("key", key_text(&row.id)?.to_owned());
        variables.insert("links", besides.links);
        variables.insert("reports", besides.reports);
        variables.insert("moved", MOVED.to_owned());
        variables.insert("used", USED.to_owned());
        match self.engine().write(CHANGE, &variables).await {
            Ok(_) => Ok(true),
            Err(StoreError::Statement(message)) if message.contains(MOVED) => Ok(false),
            Err(error) => Err(error),
        }
    }

    async fn feedback_row(&self, id: &FeedbackId) -> Result<Option<FeedbackRow>, StoreError> {
        let mut rows: Vec<FeedbackRow> = self
            .engine()
            .run(
                "SELECT * FROM feedback WHERE name = $name LIMIT 1",
                variable("name", id.to_string()),
            )
            .await?
            .take(0)?;
        Ok(rows.pop())
    }

    async fn feedback_rows(
        &self,
        statement: &'static str,
        variables: Variables,
    ) -> Result<Vec<Given>, StoreError> {
        let rows: Vec<FeedbackRow> = self.engine().run(statement, variables).await?.take(0)?;
        let mut given = rows
            .into_iter()
            .map(Given::try_from)
            .collect::<Result<Vec<_>, _>>()?;
        given.sort_by(|one, other| (other.time, &one.id).cmp(&(one.time, &other.id)));
        Ok(given)
    }

    /// The feedback of this name.
    ///
    /// # Errors
    /// What the database says.
    pub async fn feedback(&self, id: &FeedbackId) -> Result<Option<Given>, StoreError> {
        self.feedback_row(id)
            .await?
            .map(Given::try_from)
            .transpose()
    }

    /// What an account has said of an offer.
    ///
    /// # Errors
    /// What the database says.
    pub async fn feedback_by(
        &self,
        offer: &Slug,
        account: &Slug,
    ) -> Result<Option<Given>, StoreError> {
        let row: Option<FeedbackRow> = self.one("feedback", &account_key(offer, account)).await?;
        row.map(Given::try_from).transpose()
    }

    /// All that an account has said of offers, the latest first.
    ///
    /// # Errors
    /// What the database says.
    pub async fn feedback_of(&self, account: &Slug) -> Result<Vec<Given>, StoreError> {
        let account = variable("account", account.to_string());
        self.feedback_rows("SELECT * FROM feedback WHERE account = $account", account)
            .await
    }

    /// The feedback that may be shown on the page of an offer, the latest first: one read by equality.
    ///
    /// # Errors
    /// What the database says.
    pub async fn feedback_shown_on(&self, offer: &Slug) -> Result<Vec<Given>, StoreError> {
        let mut variables = variable("offer", offer.to_string());
        variables.insert("limit", MOST_ON_AN_OFFER);
        self.feedback_rows(
            "SELECT * FROM feedback WHERE shown_on = $offer LIMIT $limit",
            variables,
        )
        .await
    }

    /// The feedback on these offers that their owner has, the latest first.
    ///
    /// # Errors
    /// What the database says.
    pub async fn feedback_on(&self, offers: &[Slug]) -> Result<Vec<Given>, StoreError> {
        let mut found = Vec::new();
        for part in offers.chunks(MOST_OFFERS) {
            let offers: Vec<String> = part.iter().map(Slug::to_string).collect();
            let mut variables = variable("offers", offers);
            variables.insert("limit", MOST_ON_OFFERS);
            let given = self
                .feedback_rows(
                    "SELECT * FROM feedback WHERE offer IN $offers LIMIT $limit",
                    variables,
                )
                .await?;
            found.extend(
                given
                    .into_iter()
                    .filter(|given| given.progress.is_with_owner()),
            );
        }
        Ok(found)
    }

    /// Keeps the owner's answer, if the feedback and what was answered are still as they were read: `read` is when it was
    /// given, and when it was answered last.
    ///
    /// # Errors
    /// What the database says.
    pub async fn answer_feedback(
        &self,
        id: &FeedbackId,
        read: (Timestamp, Option<Timestamp>),
        text: &Paragraph,
        account: &Slug,
        now: Timestamp,
    ) -> Result<Answered, StoreError> {
        for _ in 0..ATTEMPTS {
            let Some(mut row) = self.feedback_row(id).await? else {
                return Ok(Answered::Gone);
            };
            let given = Given::try_from(row.clone())?;
            let is_now = (given.time, given.answer.as_ref().map(|answer| answer.time));
            if is_now != read {
                return Ok(Answered::Changed);
            }
            let Ok(after) = given.progress.take(FeedbackStep::Answer) else {
                return Ok(Answered::Gone);
            };
            let recipient = match (row.email.take(), row.language.take()) {
                (Some(email), Some(language)) => Some((
                    email.parse().map_err(|_| damaged("address"))?,
                    language_from(&language)?,
                )),
                _ => None,
            };
            row.version += 1;
            row.answer = Some(text.to_string());
            row.answered = Some(now.to_string());
            row.answered_by = Some(account.to_string());
            row.put(after, now)?;
            if self.write_feedback(&row, Besides::default()).await? {
                return Ok(Answered::Kept(recipient, given.answer.is_none()));
            }
        }
        Err(StoreError::Conflict { attempts: ATTEMPTS })
    }

    /// Notes a report, which takes the feedback off unless an editor has let it stand; what it was before and is after,
    /// or nothing where there is none to report.
    ///
    /// # Errors
    /// What the database says.
    pub async fn report_feedback(
        &self,
        id: &FeedbackId,
        report: &FeedbackReport,
    ) -> Result<Option<(Progress, Progress)>, StoreError> {
        for _ in 0..ATTEMPTS {
            let Some(mut row) = self.feedback_row(id).await? else {
                return Ok(None);
            };
            let before = row.progress()?;
            let Ok(after) = before.take(FeedbackStep::Report) else {
                return Ok(None);
            };
            let known = self.reports_of(id).await?.len();
            let reports = (known < MOST_REPORTS).then(|| ReportRow {
                id: RecordId::new("feedback_report", format!("{id}|{:010}", row.version)),
                feedback: id.to_string(),
                reason: report.reason.code().to_owned(),
                words: report.words.clone(),
                time: report.time.to_string(),
            });
            row.version += 1;
            row.put(after, report.time)?;
            let besides = Besides {
                reports: reports.into_iter().collect(),
                ..Besides::default()
            };
            if self.write_feedback(&row, besides).await? {
                return Ok(Some((before, after)));
            }
        }
        Err(StoreError::Conflict { attempts: ATTEMPTS })
    }

    async fn reports_of(&self, id: &FeedbackId) -> Result<Vec<FeedbackReport>, StoreError> {
        let rows: Vec<ReportRow> = self
            .engine()
            .run(
                "SELECT * FROM feedback_report WHERE feedback = $feedback",
                variable("feedback", id.to_string()),
            )
            .await?
            .take(0)?;
        let mut reports = rows
            .into_iter()
            .map(FeedbackReport::try_from)
            .collect::<Result<Vec<_>, _>>()?;
        reports.sort_by_key(|report| report.time);
        Ok(reports)
    }

    /// The feedback that waits for an editor, the longest waiting first, and then what was decided in the last thirty
    /// days, the latest first.
    ///
    /// # Errors
    /// What the database says.
    pub async fn reported_feedback(
        &self,
        now: Timestamp,
    ) -> Result<Vec<ReportedFeedback>, StoreError> {
        let mut waiting = Vec::new();
        let mut decided = Vec::new();
        for state in ["reported", "taken-down", "let-stand"] {
            let mut variables = variable("state", state.to_owned());
            variables.insert("limit", MOST_IN_A_STATE);
            let rows: Vec<FeedbackRow> = self
                .engine()
                .run(
                    "SELECT * FROM feedback WHERE state = $state LIMIT $limit",
                    variables,
                )
                .await?
                .take(0)?;
            for row in rows {
                let since = row.reported.as_deref().map(timestamp_from).transpose()?;
                let judged = row.judged.as_deref().map(timestamp_from).transpose()?;
                let given = Given::try_from(row)?;
                let reports = self.reports_of(&given.id).await?;
                match (since, judged) {
                    (Some(since), _) => waiting.push((
                        since,
                        ReportedFeedback {
                            given,
                            reports,
                            judged: None,
                        },
                    )),
                    (None, Some(judged)) if judged + KEPT_DECISION > now => decided.push((
                        judged,
                        ReportedFeedback {
                            given,
                            reports,
                            judged: Some(judged),
                        },
                    )),
                    (None, _) => {}
                }
            }
        }
        waiting.sort_by(|one, other| (one.0, &one.1.given.id).cmp(&(other.0, &other.1.given.id)));
        decided.sort_by(|one, other| (other.0, &one.1.given.id).cmp(&(one.0, &other.1.given.id)));
        let all = waiting.into_iter().chain(decided);
        Ok(all.map(|(_, reported)| reported).collect())
    }

    /// Carries out what an editor decides, or undoes it; `false` where it is not the time for it.
    ///
    /// # Errors
    /// What the database says.
    pub async fn judge_feedback(
        &self,
        id: &FeedbackId,
        step: FeedbackStep,
        account: &Slug,
        now: Timestamp,
    ) -> Result<bool, StoreError> {
        for _ in 0..ATTEMPTS {
            let Some(mut row) = self.feedback_row(id).await? else {
                return Ok(false);
            };
            let Ok(after) = row.progress()?.take(step) else {
                return Ok(false);
            };
            row.version += 1;
            row.judged = Some(now.to_string());
            row.judged_by = Some(account.to_string());
            row.put(after, now)?;
            if self.write_feedback(&row, Besides::default()).await? {
                return Ok(true);
            }
        }
        Err(StoreError::Conflict { attempts: ATTEMPTS })
    }

    /// Withdraws what an account has said of an offer, for good; `false` where there is nothing.
    ///
    /// # Errors
    /// What the database says.
    pub async fn withdraw_feedback(
        &self,
        offer: &Slug,
        account: &Slug,
    ) -> Result<bool, StoreError> {
        self.forget_feedback(&account_key(offer, account)).await
    }

    /// Withdraws, for good, the feedback that a link has confirmed; `false` where there is nothing.
    ///
    /// # Errors
    /// What the database says.
    pub async fn withdraw_feedback_by_link(&self, secret: &Secret) -> Result<bool, StoreError> {
        let row: Option<LinkRow> = self.one("feedback_link", &secret.hash()).await?;
        match row.and_then(|row| row.feedback) {
            Some(key) => self.forget_feedback(&key).await,
            None => Ok(false),
        }
    }

    async fn forget_feedback(&self, key: &str) -> Result<bool, StoreError> {
        let row: Option<FeedbackRow> = self.one("feedback", key).await?;
        match row {
            Some(row) => self.forget_rows(&[row]).await.map(|()| true),
            None => Ok(false),
        }
    }

    async fn forget_rows(&self, rows: &[FeedbackRow]) -> Result<(), StoreError> {
        if rows.is_empty() {
            return Ok(());
        }
        let keys = rows
            .iter()
            .map(|row| key_text(&row.id).map(str::to_owned))
            .collect::<Result<Vec<_>, _>>()?;
        let ids: Vec<RecordId> = rows.iter().map(|row| row.id.clone()).collect();
        let names: Vec<String> = rows.iter().map(|row| row.name.clone()).collect();
        let mut variables = variable("rows", ids);
        variables.insert("names", names);
        variables.insert("keys", keys);
        self.engine().write(FORGET, &variables).await.map(drop)
    }

    /// Forgets what nobody confirmed within a week, feedback older than three years, what was taken down a month ago, and
    /// reports that were decided about a month ago. Says how much feedback went. What is too much for one sweep is left to
    /// the next.
    ///
    /// # Errors
    /// What the database says.
    pub async fn sweep_feedback(&self, now: Timestamp) -> Result<usize, StoreError> {
        let until = |kept: SignedDuration| {
            let mut variables = variable("until", (now - kept).to_string());
            variables.insert("limit", MOST_SWEPT);
            variables
        };
        self.engine()
            .write(FORGET_UNCONFIRMED, &until(FEEDBACK_LINK))
            .await?;
        let mut gone: Vec<FeedbackRow> = Vec::new();
        for (statement, kept) in [(OLD, KEPT_FEEDBACK), (TAKEN_DOWN, KEPT_DECISION)] {
            let mut variables = until(kept);
            variables.insert("down", DOWN);
            let rows: Vec<FeedbackRow> = self.engine().run(statement, variables).await?.take(0)?;
            gone.extend(rows);
        }
        gone.sort_by(|one, other| one.name.cmp(&other.name));
        gone.dedup_by(|one, other| one.name == other.name);
        self.engine()
            .write(FORGET_DECIDED_REPORTS, &until(KEPT_DECISION))
            .await?;
        self.forget_rows(&gone).await?;
        Ok(gone.len())
    }
}
