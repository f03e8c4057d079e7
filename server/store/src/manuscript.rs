//! Offers and cases as their writers see them: the draft beside what is published, where it stands, whom it waits for,
//! and what has been said about it. A step is one transaction with what it does to the record.

use std::collections::HashMap;
use std::fmt;
use std::str::FromStr;

use domain::agreement::{Agreement, Answer};
use domain::draft::Fields;
use domain::publication::{Publication, Schedule, State};
use domain::{Code, Entry, MunicipalityCode, Slug, exchange};
use jiff::Timestamp;
use jiff::civil::Date;
use surrealdb::types::{RecordId, SurrealValue, Variables};

use crate::audit::{AuditLine, AuditRow};
use crate::engine::variable;
use crate::error::StoreError;
use crate::record::{
    self, Key, Record, RecordRow, key_text, sequence_from, sequence_into, timestamp_from,
};
use crate::revision::Author;
use crate::store::{MOST_KEYS, Store};
use crate::write::{Change, LARGEST_CONTENT};

/// An offer or a case as its writers see it.
#[derive(Clone, Debug, PartialEq)]
pub struct Manuscript {
    /// Which object.
    pub key: Key,
    /// Counts the steps taken with it; 0 for one that nobody has touched here.
    pub version: u64,
    /// The organisation that writes it.
    pub owner: Slug,
    /// What it is called: the draft, or what is published where there is none.
    pub title: String,
    /// The partners of a case, in the draft or in what is published.
    pub partners: Vec<Slug>,
    /// Where it stands.
    pub publication: Publication,
    /// What is typed, while there is a draft.
    pub fields: Option<Fields>,
    /// Counts the changes of what is typed.
    pub revision: u64,
    /// Who typed last, and when.
    pub edited: Option<(Slug, Timestamp)>,
    /// Who sent it for review.
    pub sender: Option<Slug>,
    /// Since when the draft has been in its state.
    pub since: Option<Timestamp>,
    /// How far the partners of a case have come with the draft.
    pub agreement: Option<Agreement>,
    /// Whether teachers' feedback led to the draft.
    pub on_advice: bool,
}

/// Whom a manuscript waits for.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Side {
    /// The people of an organisation.
    Organisation(Slug),
    /// The portal's editors.
    Editors,
    /// The curators of a municipality.
    Curators(MunicipalityCode),
}

impl fmt::Display for Side {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Organisation(id) => write!(formatter, "{id}"),
            Self::Editors => formatter.write_str("@editors"),
            Self::Curators(code) => write!(formatter, "@curators:{code}"),
        }
    }
}

/// A turn in the conversation about a manuscript.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Remark {
    /// When.
    pub time: Timestamp,
    /// Whose: an account's id, or another author as revisions name them.
    pub author: String,
    /// The partner that the author answered for.
    pub behalf: Option<Slug>,
    /// What was done: the code of a step or a reply, or `comment`.
    pub act: String,
    /// What was said; may be empty.
    pub text: String,
    /// What was said of single fields: the field's name, and the comment.
    pub on_fields: Vec<(String, String)>,
    /// The revision of the draft that it is about.
    pub revision: u64,
}

/// What a step does to the record.
#[derive(Clone, Debug, PartialEq)]
pub enum RecordStep {
    /// Nothing: it is about the draft.
    None,
    /// It is published, or takes the place of what is.
    Publish {
        /// What readers have then.
        entry: Box<Entry>,
        /// Whether teachers' feedback led to it.
        on_advice: bool,
    },
    /// What is published holds.
    Confirm,
    /// Readers no longer have it, for a while.
    Withdraw,
    /// Readers no longer have it.
    Archive,
    /// It is a draft again and nothing else.
    Unpublish,
}

#[derive(Clone, SurrealValue)]
struct AnswerRow {
    partner: String,
    revision: i64,
    reply: String,
    on: String,
}

#[derive(Clone, SurrealValue)]
struct ManuscriptRow {
    id: RecordId,
    version: i64,
    owner: String,
    title: String,
    partners: Vec<String>,
    fields: Option<String>,
    revision: i64,
    state: Option<String>,
    approved: bool,
    publish_on: Option<String>,
    withdraw_on: Option<String>,
    editor: Option<String>,
    edited: Option<String>,
    sender: Option<String>,
    since: Option<String>,
    asked: Option<String>,
    answers: Vec<AnswerRow>,
    on_advice: Option<bool>,
}

#[derive(SurrealValue)]
struct StandingRow {
    id: RecordId,
    state: String,
}

#[derive(Clone, SurrealValue)]
struct WaitingRow {
    id: RecordId,
    manuscript: String,
    side: String,
    since: String,
}

#[derive(Clone, SurrealValue)]
struct ScheduledRow {
    id: RecordId,
    day: String,
}

#[derive(Clone, SurrealValue)]
pub(crate) struct RemarkRow {
    id: RecordId,
    manuscript: String,
    time: String,
    author: String,
    behalf: Option<String>,
    act: String,
    text: String,
    /// Names and comments in turn.
    on_fields: Vec<String>,
    revision: i64,
}

/// What a transaction writes beside records.
pub(crate) struct Beside {
    key: String,
    manuscript: ManuscriptRow,
    waiting: Vec<WaitingRow>,
    scheduled: Vec<ScheduledRow>,
    remarks: Vec<RemarkRow>,
    audit: Vec<AuditRow>,
}

/// Somebody else took a step in between.
const OVERTAKEN: &str = "anker: the manuscript has moved on";

impl Beside {
    pub(crate) fn bind(&self, variables: &mut Variables) {
        variables.insert("overtaken", OVERTAKEN.to_owned());
        variables.insert("key", self.key.clone());
        variables.insert("manuscript", self.manuscript.clone());
        variables.insert("waiting", self.waiting.clone());
        variables.insert("scheduled", self.scheduled.clone());
        variables.insert("remarks", self.remarks.clone());
        variables.insert("audit", self.audit.clone());
    }
}

fn damaged(what: &str, value: &str) -> StoreError {
    StoreError::Damaged(format!("«{value}» is not the {what} of a manuscript"))
}

fn read<T: FromStr>(what: &str, text: &str) -> Result<T, StoreError> {
    text.parse().map_err(|_| damaged(what, text))
}

fn read_all<T: FromStr>(what: &str, texts: &[String]) -> Result<Vec<T>, StoreError> {
    texts.iter().map(|text| read(what, text)).collect()
}

impl Remark {
    /// The line of the log that says so.
    fn line(&self, about: &Manuscript) -> Option<AuditLine> {
        Some(AuditLine {
            time: self.time,
            author: self.author.clone(),
            act: self.act.parse().ok()?,
            about: Some(about.key.to_string()),
            whom: None,
            title: about.title.clone(),
            detail: self
                .behalf
                .as_ref()
                .map(Slug::to_string)
                .unwrap_or_default(),
        })
    }
}

impl Manuscript {
    fn row(&self) -> ManuscriptRow {
        let publication = self.publication;
        let schedule = publication.scheduled();
        let answers = self.agreement.iter().flat_map(Agreement::answers);
        ManuscriptRow {
            id: RecordId::new("manuscript", self.key.to_string()),
            version: sequence_into(self.version),
            owner: self.owner.to_string(),
            title: self.title.clone(),
            partners: self.partners.iter().map(Slug::to_string).collect(),
            // Pairs of texts are always JSON.
            fields: self
                .fields
                .as_ref()
                .and_then(|fields| serde_json::to_string(fields).ok()),
            revision: sequence_into(self.revision),
            state: publication.draft().map(|state| state.code().to_owned()),
            approved: publication.is_approved(),
            publish_on: schedule.publish_on.map(|day| day.to_string()),
            withdraw_on: schedule.withdraw_on.map(|day| day.to_string()),
            editor: self.edited.as_ref().map(|(who, _)| who.to_string()),
            edited: self.edited.as_ref().map(|(_, when)| when.to_string()),
            sender: self.sender.as_ref().map(Slug::to_string),
            since: self.since.map(|time| time.to_string()),
            asked: self
                .agreement
                .as_ref()
                .map(|agreement| agreement.asked().to_string()),
            answers: answers
                .map(|answer| AnswerRow {
                    partner: answer.partner.to_string(),
                    revision: sequence_into(answer.revision),
                    reply: answer.reply.code().to_owned(),
                    on: answer.on.to_string(),
                })
                .collect(),
            on_advice: self.on_advice.then_some(true),
        }
    }

    fn from_row(row: ManuscriptRow, standing: Option<State>) -> Result<Self, StoreError> {
        let key: Key = key_text(&row.id)?.parse()?;
        let day = |text: Option<String>| -> Result<Option<Date>, StoreError> {
            text.map(|text| read("day", &text)).transpose()
        };
        let schedule = Schedule {
            publish_on: day(row.publish_on)?,
            withdraw_on: day(row.withdraw_on)?,
        };
        let state = row
            .state
            .as_deref()
            .map(|state| read("state", state))
            .transpose()?;
        let publication = Publication::of(standing, state, row.approved, schedule)
            .ok_or_else(|| damaged("state", &format!("{standing:?} with {state:?}")))?;
        let fields = row
            .fields
            .map(|fields| serde_json::from_str(&fields).map_err(|_| damaged("fields", "…")))
            .transpose()?;
        let partners: Vec<Slug> = read_all("partner", &row.partners)?;
        let revision = sequence_from(row.revision)?;
        let answers = row
            .answers
            .into_iter()
            .map(|answer| {
                Ok(Answer {
                    partner: read("partner", &answer.partner)?,
                    revision: sequence_from(answer.revision)?,
                    reply: read("answer", &answer.reply)?,
                    on: read("day", &answer.on)?,
                })
            })
            .collect::<Result<Vec<_>, StoreError>>()?;
        let agreement =
            day(row.asked)?.map(|asked| Agreement::of(partners.clone(), revision, asked, answers));
        let edited = match (row.editor, row.edited) {
            (Some(who), Some(when)) => Some((read("writer", &who)?, timestamp_from(&when)?)),
            _ => None,
        };
        Ok(Self {
            version: sequence_from(row.version)?,
            owner: read("owner", &row.owner)?,
            title: row.title,
            partners,
            publication,
            fields,
            revision,
            edited,
            sender: row
                .sender
                .map(|sender| read("sender", &sender))
                .transpose()?,
            since: row.since.as_deref().map(timestamp_from).transpose()?,
            agreement,
            on_advice: row.on_advice == Some(true),
            key,
        })
    }

    /// One for what is published and nobody has written in here; nothing for what has no writers, such as a strategy.
    fn of_record(record: &Record, standing: State) -> Result<Option<Self>, StoreError> {
        let (owner, partners) = match record.entry()? {
            Entry::Offer(offer) => (offer.provider.clone(), Vec::new()),
            // Whoever was the contact person answers for what is told of the project.
            Entry::Case(case) => {
                let contact = case
                    .partners
                    .iter()
                    .find(|partner| partner.contact_person == Some(true));
                let owner = contact.or(case.partners.first());
                let partners = case
                    .partners
                    .iter()
                    .map(|partner| partner.organisation.clone())
                    .collect();
                match owner {
                    Some(owner) => (owner.organisation.clone(), partners),
                    None => return Ok(None),
                }
            }
            _ => return Ok(None),
        };
        let publication = Publication::of(Some(standing), None, false, Schedule::default());
        Ok(publication.map(|publication| Self {
            key: record.key.clone(),
            version: 0,
            owner,
            title: record
                .entry()
                .map(|entry| entry.title().to_owned())
                .unwrap_or_default(),
            partners,
            publication,
            fields: None,
            revision: 0,
            edited: None,
            sender: None,
            since: None,
            agreement: None,
            on_advice: false,
        }))
    }
}

impl RemarkRow {
    /// The key of what it is about.
    pub(crate) fn manuscript(&self) -> &str {
        &self.manuscript
    }

    fn new(after: &Manuscript, number: usize, remark: &Remark) -> Self {
        let manuscript = after.key.to_string();
        let version = after.version;
        Self {
            id: RecordId::new("remark", format!("{manuscript}|{version:010}|{number}")),
            manuscript,
            time: remark.time.to_string(),
            author: remark.author.clone(),
            behalf: remark.behalf.as_ref().map(Slug::to_string),
            act: remark.act.clone(),
            text: remark.text.clone(),
            on_fields: remark
                .on_fields
                .iter()
                .flat_map(|(field, comment)| [field.clone(), comment.clone()])
                .collect(),
            revision: sequence_into(remark.revision),
        }
    }
}

impl TryFrom<RemarkRow> for Remark {
    type Error = StoreError;

    fn try_from(row: RemarkRow) -> Result<Self, StoreError> {
        Ok(Self {
            time: timestamp_from(&row.time)?,
            author: row.author,
            behalf: row
                .behalf
                .map(|behalf| read("partner", &behalf))
                .transpose()?,
            act: row.act,
            text: row.text,
            on_fields: row
                .on_fields
                .chunks_exact(2)
                .map(|pair| (pair[0].clone(), pair[1].clone()))
                .collect(),
            revision: sequence_from(row.revision)?,
        })
    }
}

impl Store {
    /// What there is of an object, also withdrawn or archived, and where it stands.
    ///
    /// # Errors
    /// What the database says.
    pub async fn standing_record(&self, key: &Key) -> Result<Option<(State, Record)>, StoreError> {
        let row: Option<RecordRow> = self.one(record::TABLE, &key.to_string()).await?;
        let Some(row) = row else { return Ok(None) };
        match record::State::standing(&row.state) {
            Some(standing) => Ok(Some((standing, row.try_into()?))),
            None => Ok(None),
        }
    }

    /// Where the records with these keys stand, of those that do.
    async fn standings(&self, keys: &[Key]) -> Result<HashMap<Key, State>, StoreError> {
        let mut standings = HashMap::with_capacity(keys.len());
        for part in keys.chunks(MOST_KEYS) {
            let ids: Vec<RecordId> = part.iter().map(Key::record_id).collect();
            let rows: Vec<StandingRow> = self
                .engine()
                .run("SELECT id, state FROM $ids", variable("ids", ids))
                .await?
                .take(0)?;
            for row in rows {
                if let Some(standing) = record::State::standing(&row.state) {
                    standings.insert(key_text(&row.id)?.parse()?, standing);
                }
            }
        }
        Ok(standings)
    }

    /// An offer or a case as its writers see it; nothing where there is neither a draft nor anything that stands.
    ///
    /// # Errors
    /// What the database says.
    pub async fn manuscript(&self, key: &Key) -> Result<Option<Manuscript>, StoreError> {
        let stands = self.standing_record(key).await?;
        let row: Option<ManuscriptRow> = self.one("manuscript", &key.to_string()).await?;
        match (row, stands) {
            (Some(row), stands) => {
                let manuscript = Manuscript::from_row(row, stands.map(|(state, _)| state))?;
                let exists = manuscript.publication != Publication::NOTHING;
                Ok(exists.then_some(manuscript))
            }
            (None, Some((state, record))) => Manuscript::of_record(&record, state),
            (None, None) => Ok(None),
        }
    }

    /// Whether there is or ever was an object with this key: its id is not given again.
    ///
    /// # Errors
    /// What the database says.
    pub async fn is_known(&self, key: &Key) -> Result<bool, StoreError> {
        let record: Option<RecordRow> = self.one(record::TABLE, &key.to_string()).await?;
        let manuscript: Option<ManuscriptRow> = self.one("manuscript", &key.to_string()).await?;
        Ok(record.is_some() || manuscript.is_some())
    }

    /// The manuscripts of an organisation, also those that have nothing but what is published; those written in last
    /// come first.
    ///
    /// # Errors
    /// What the database says.
    pub async fn manuscripts_of(&self, owner: &Slug) -> Result<Vec<Manuscript>, StoreError> {
        let rows: Vec<ManuscriptRow> = self
            .engine()
            .run(
                "SELECT * FROM manuscript WHERE owner = $owner",
                variable("owner", owner.to_string()),
            )
            .await?
            .take(0)?;
        let keys = rows
            .iter()
            .map(|row| key_text(&row.id)?.parse())
            .collect::<Result<Vec<Key>, StoreError>>()?;
        let standings = self.standings(&keys).await?;
        let mut manuscripts = Vec::with_capacity(rows.len());
        for (key, row) in keys.iter().zip(rows) {
            let manuscript = Manuscript::from_row(row, standings.get(key).copied())?;
            if manuscript.publication != Publication::NOTHING {
                manuscripts.push(manuscript);
            }
        }
        let last = |manuscript: &Manuscript| {
            let edited = manuscript.edited.as_ref().map(|(_, when)| *when);
            edited.max(manuscript.since)
        };
        manuscripts.sort_by(|one, other| (last(other), &one.key).cmp(&(last(one), &other.key)));
        Ok(manuscripts)
    }

    /// The manuscripts that are in review, in no order.
    ///
    /// # Errors
    /// What the database says.
    pub async fn in_review(&self) -> Result<Vec<Manuscript>, StoreError> {
        let rows: Vec<ManuscriptRow> = self
            .engine()
            .run(
                "SELECT * FROM manuscript WHERE state = $state",
                variable("state", State::InReview.code().to_owned()),
            )
            .await?
            .take(0)?;
        let mut manuscripts = Vec::with_capacity(rows.len());
        for row in rows {
            let key: Key = key_text(&row.id)?.parse()?;
            let standing = self.standing_record(&key).await?.map(|(state, _)| state);
            manuscripts.push(Manuscript::from_row(row, standing)?);
        }
        Ok(manuscripts)
    }

    /// What waits for a side, the longest waiting first.
    ///
    /// # Errors
    /// What the database says.
    pub async fn waiting_for(&self, side: &Side) -> Result<Vec<(Key, Timestamp)>, StoreError> {
        let rows: Vec<WaitingRow> = self
            .engine()
            .run(
                "SELECT * FROM waiting WHERE side = $side",
                variable("side", side.to_string()),
            )
            .await?
            .take(0)?;
        let mut waiting = rows
            .into_iter()
            .map(|row| Ok((row.manuscript.parse()?, timestamp_from(&row.since)?)))
            .collect::<Result<Vec<(Key, Timestamp)>, StoreError>>()?;
        waiting.sort_by(|one, other| (one.1, &one.0).cmp(&(other.1, &other.0)));
        Ok(waiting)
    }

    /// The manuscripts with which something is to happen by itself on or before a day.
    ///
    /// # Errors
    /// What the database says.
    pub async fn due(&self, day: Date) -> Result<Vec<Key>, StoreError> {
        let rows: Vec<ScheduledRow> = self
            .engine()
            .run("SELECT * FROM scheduled", Variables::new())
            .await?
            .take(0)?;
        let mut due = Vec::new();
        for row in rows {
            if read::<Date>("day", &row.day)? <= day {
                due.push(key_text(&row.id)?.parse()?);
            }
        }
        due.sort();
        Ok(due)
    }

    /// The conversation about a manuscript, the oldest first.
    ///
    /// # Errors
    /// What the database says.
    pub async fn remarks(&self, key: &Key) -> Result<Vec<Remark>, StoreError> {
        let mut rows: Vec<RemarkRow> = self
            .engine()
            .run(
                "SELECT * FROM remark WHERE manuscript = $key",
                variable("key", key.to_string()),
            )
            .await?
            .take(0)?;
        // The versions in the keys are in the order of the steps.
        rows.sort_by(|one, other| one.id.key.cmp(&other.id.key));
        rows.into_iter().map(Remark::try_from).collect()
    }

    /// Writes a step down: the manuscript as it is after it, with the version after the one it followed; what it does to
    /// the record; whom the manuscript waits for then; and what was said. `false` when somebody else took a step in
    /// between, and then nothing is written.
    ///
    /// # Errors
    /// [`StoreError::TooLarge`]; otherwise what the database says.
    pub async fn take_step(
        &self,
        after: &Manuscript,
        on_record: &RecordStep,
        waits_for: &[Side],
        remarks: &[Remark],
        author: &Author,
        now: Timestamp,
    ) -> Result<bool, StoreError> {
        self.place_named(&after.key, after.fields.as_ref(), on_record)
            .await?;
        let key = after.key.to_string();
        let change = match on_record {
            RecordStep::None => None,
            RecordStep::Publish { entry, on_advice } => {
                let content = exchange::write_line(entry);
                if content.len() > LARGEST_CONTENT {
                    return Err(StoreError::TooLarge {
                        key,
                        bytes: content.len(),
                        limit: LARGEST_CONTENT,
                    });
                }
                Some(Change::Put {
                    content,
                    sample: false,
                    on_advice: *on_advice,
                })
            }
            RecordStep::Confirm => Some(Change::Confirm),
            RecordStep::Withdraw => Some(Change::Withdraw),
            RecordStep::Archive => Some(Change::Archive),
            RecordStep::Unpublish => Some(Change::Remove),
        };
        let schedule = after.publication.scheduled();
        let days = [
            schedule
                .publish_on
                .filter(|_| after.publication.is_approved()),
            schedule
                .withdraw_on
                .filter(|_| after.publication.is_public()),
        ];
        let since = after.since.unwrap_or(now).to_string();
        let beside = Beside {
            manuscript: after.row(),
            waiting: waits_for
                .iter()
                .map(|side| WaitingRow {
                    id: RecordId::new("waiting", format!("{key}|{side}")),
                    manuscript: key.clone(),
                    side: side.to_string(),
                    since: since.clone(),
                })
                .collect(),
            scheduled: days
                .into_iter()
                .flatten()
                .min()
                .map(|day| ScheduledRow {
                    id: RecordId::new("scheduled", key.clone()),
                    day: day.to_string(),
                })
                .into_iter()
                .collect(),
            remarks: remarks
                .iter()
                .enumerate()
                .map(|(number, remark)| RemarkRow::new(after, number, remark))
                .collect(),
            audit: remarks
                .iter()
                .filter_map(|remark| remark.line(after))
                .map(|line| AuditRow::from(&line))
                .collect(),
            key,
        };
        let changes: Vec<(Key, Change)> = change
            .map(|change| (after.key.clone(), change))
            .into_iter()
            .collect();
        match self.apply(&changes, Some(&beside), author, now).await {
            Ok(_) => Ok(true),
            Err(StoreError::Statement(message)) if message.contains(OVERTAKEN) => Ok(false),
            Err(error) => Err(error),
        }
    }
}
