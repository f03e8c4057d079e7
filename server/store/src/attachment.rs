//! Images and files of offers and cases, and what readers report of them.
//!
//! An attachment is found by its content's id. It does not say where it is shown: the objects say which attachments
//! they show, and an attachment only remembers in which objects to look. So nothing has to be kept in step, and whether
//! it is public is read from what is published at that moment.

use std::collections::BTreeMap;

use domain::draft::Fields;
use domain::retention::Kept as KeptFor;
use domain::{Code, ContentId, Entry, ReportReason, Slug};
use jiff::{SignedDuration, Timestamp};
use sha2::{Digest as _, Sha256};
use surrealdb::types::{Bytes, RecordId, SurrealValue};

use crate::check::Finding;
use crate::engine::variable;
use crate::error::StoreError;
use crate::manuscript::RecordStep;
use crate::record::{Key, key_text, timestamp_from};
use crate::revision::{self, RevisionRow};
use crate::snapshot::Snapshot;
use crate::store::Store;

/// How long an upload that nothing refers to is kept.
pub const GRACE: SignedDuration = SignedDuration::from_hours(7 * 24);
/// The bytes of a part: small beside the memory that bounds a transaction.
const PART: usize = 512 << 10;
/// The most open reports of one image that are kept; more say nothing new.
const MOST_REPORTS: usize = 20;
/// The most open reports that are read at once.
const MOST_OPEN: usize = 500;
/// The most objects in which an attachment is looked for.
const MOST_PLACES: i64 = 200;
/// The most uploads that are looked at in one sweep.
const MOST_SWEPT: i64 = 10_000;

/// The id of what is made of these bytes.
#[must_use]
pub fn content_id(bytes: &[u8]) -> ContentId {
    ContentId::from(<[u8; 32]>::from(Sha256::digest(bytes)))
}

/// What an attachment is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AttachmentKind {
    /// An image, in one or more widths.
    Image,
    /// A file, as it was sent.
    File,
}

impl AttachmentKind {
    fn code(self) -> &'static str {
        match self {
            Self::Image => "image",
            Self::File => "file",
        }
    }

    fn from_code(code: &str) -> Result<Self, StoreError> {
        match code {
            "image" => Ok(Self::Image),
            "file" => Ok(Self::File),
            _ => Err(StoreError::Damaged(format!(
                "unknown kind of attachment «{code}»"
            ))),
        }
    }
}

/// One version of an attachment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Version {
    /// Its width in pixels; 0 for a file.
    pub width: u32,
    /// What it is made of.
    pub bytes: Vec<u8>,
}

/// An attachment that is to be kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewAttachment {
    /// The SHA-256 of what was sent.
    pub id: ContentId,
    /// What it is.
    pub kind: AttachmentKind,
    /// The media type it is served as.
    pub media_type: &'static str,
    /// The width and height of the largest version in pixels; 0 for a file.
    pub dimensions: (u32, u32),
    /// The versions, narrowest first; one for a file.
    pub versions: Vec<Version>,
}

/// An attachment that is kept, without what it is made of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attachment {
    /// The SHA-256 of what was sent.
    pub id: ContentId,
    /// What it is.
    pub kind: AttachmentKind,
    /// The media type it is served as.
    pub media_type: String,
    /// The width and height of the largest version in pixels; 0 for a file.
    pub dimensions: (u32, u32),
    /// The width of each version and its size in bytes, narrowest first.
    pub versions: Vec<(u32, u64)>,
    /// When it was last uploaded.
    pub uploaded: Timestamp,
    /// The accounts that have uploaded it, the latest first.
    pub uploaded_by: Vec<Slug>,
    /// When a reader's report took it down.
    pub taken_down: Option<Timestamp>,
    /// When an editor last looked at it and let it stand.
    pub cleared: Option<Timestamp>,
    /// When an editor removed it for good. What it was made of is gone.
    pub removed: Option<Timestamp>,
}

impl Attachment {
    /// Whether it may be shown to everybody where something published names it.
    #[must_use]
    pub fn is_up(&self) -> bool {
        self.taken_down.is_none() && self.removed.is_none()
    }
}

/// What became of an upload.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kept {
    /// It is kept, whether it was there before or not.
    Kept,
    /// An editor has removed it for good: it does not come back.
    Removed,
}

/// What became of a report.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reported {
    /// The image is shown to nobody until an editor has looked at it.
    TakenDown,
    /// It stays until an editor has looked at it.
    Queued,
    /// There is no such image.
    Unknown,
}

/// What a reader has reported.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Report {
    /// The image.
    pub attachment: ContentId,
    /// Why.
    pub reason: ReportReason,
    /// In the reader's own words.
    pub words: Option<String>,
    /// Where to write to the reader; forgotten once it is decided.
    pub email: Option<String>,
    /// When.
    pub time: Timestamp,
}

/// What an editor decides about a reported image.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Judgement {
    /// It may be shown; a new report does not take it down again.
    Stands,
    /// It goes for good.
    Goes,
}

#[derive(SurrealValue)]
struct AttachmentRow {
    id: RecordId,
    kind: String,
    media_type: String,
    width: i64,
    height: i64,
    widths: Vec<i64>,
    sizes: Vec<i64>,
    uploaded: String,
    uploaded_by: Vec<String>,
    whole: bool,
    settled: bool,
    taken_down: Option<String>,
    cleared: Option<String>,
    removed: Option<String>,
    judged_by: Option<String>,
}

impl TryFrom<AttachmentRow> for Attachment {
    type Error = StoreError;

    fn try_from(row: AttachmentRow) -> Result<Self, StoreError> {
        let id = key_text(&row.id)?;
        let damaged = |what: &str| StoreError::Damaged(format!("the attachment {id}: {what}"));
        let pixels = |number: i64| u32::try_from(number).map_err(|_| damaged("its dimensions"));
        let time = |text: &Option<String>| text.as_deref().map(timestamp_from).transpose();
        let versions = row
            .widths
            .iter()
            .zip(&row.sizes)
            .map(|(width, size)| {
                let size = u64::try_from(*size).map_err(|_| damaged("its size"))?;
                Ok((pixels(*width)?, size))
            })
            .collect::<Result<_, StoreError>>()?;
        Ok(Self {
            id: id.parse().map_err(|_| damaged("its id"))?,
            kind: AttachmentKind::from_code(&row.kind)?,
            dimensions: (pixels(row.width)?, pixels(row.height)?),
            versions,
            uploaded: timestamp_from(&row.uploaded)?,
            uploaded_by: row
                .uploaded_by
                .iter()
                .map(|account| account.parse().map_err(|_| damaged("who uploaded it")))
                .collect::<Result<_, _>>()?,
            taken_down: time(&row.taken_down)?,
            cleared: time(&row.cleared)?,
            removed: time(&row.removed)?,
            media_type: row.media_type,
        })
    }
}

#[derive(SurrealValue)]
struct PlaceRow {
    id: RecordId,
    attachment: String,
    record: String,
}

fn place(attachment: &ContentId, record: &Key) -> PlaceRow {
    PlaceRow {
        id: RecordId::new("attachment_place", format!("{attachment} {record}")),
        attachment: attachment.to_string(),
        record: record.to_string(),
    }
}

#[derive(SurrealValue)]
struct PartRow {
    id: RecordId,
    data: Bytes,
}

#[derive(SurrealValue)]
struct ReportRow {
    id: RecordId,
    attachment: String,
    reason: String,
    words: Option<String>,
    email: Option<String>,
    time: String,
    open: bool,
    judged: Option<String>,
}

impl TryFrom<ReportRow> for Report {
    type Error = StoreError;

    fn try_from(row: ReportRow) -> Result<Self, StoreError> {
        let damaged = |what: &str| StoreError::Damaged(format!("a report has {what}"));
        Ok(Self {
            attachment: row.attachment.parse().map_err(|_| damaged("no image"))?,
            reason: row.reason.parse().map_err(|_| damaged("no reason"))?,
            words: row.words,
            email: row.email,
            time: timestamp_from(&row.time)?,
        })
    }
}

/// Says which images and files are not as long as they were when they were uploaded.
///
/// # Errors
/// What the database says.
pub(crate) async fn check_attachments(snapshot: &Snapshot) -> Result<Vec<Finding>, StoreError> {
    // The bytes that each version should have and that were not come upon yet.
    let mut expected: BTreeMap<String, u64> = BTreeMap::new();
    let mut after = None;
    loop {
        let page = snapshot.rows("attachment", after.take(), 500).await?;
        for value in page {
            let row = AttachmentRow::from_value(value)
                .map_err(|error| StoreError::Damaged(format!("an attachment: {error}")))?;
            after = Some(row.id.key.clone());
            let kept = row.whole && row.removed.is_none();
            let attachment = Attachment::try_from(row)?;
            if kept {
                for (width, size) in &attachment.versions {
                    expected.insert(format!("{}/{width}", attachment.id), *size);
                }
            }
        }
        if after.is_none() {
            break;
        }
    }
    loop {
        // Each is half a megabyte.
        let page = snapshot.rows("attachment_part", after.take(), 16).await?;
        for value in page {
            let row = PartRow::from_value(value)
                .map_err(|error| StoreError::Damaged(format!("a part: {error}")))?;
            let version = key_text(&row.id)?
                .rsplit_once('/')
                .map(|(version, _)| version);
            if let Some(missing) = version.and_then(|version| expected.get_mut(version)) {
                *missing = missing.wrapping_sub(row.data.len() as u64);
            }
            after = Some(row.id.key);
        }
        if after.is_none() {
            break;
        }
    }
    expected.retain(|_, missing| *missing != 0);
    let versions = expected.into_keys();
    Ok(versions
        .map(|version| Finding(format!("the attachment {version} is not as long as it was")))
        .collect())
}

fn attachment_id(id: &ContentId) -> RecordId {
    RecordId::new("attachment", id.as_str())
}

/// The keys of a version's parts.
fn part_ids(id: &ContentId, width: u32, size: usize) -> Vec<RecordId> {
    (0..size.div_ceil(PART))
        .map(|number| RecordId::new("attachment_part", format!("{id}/{width}/{number:03}")))
        .collect()
}

fn all_parts(attachment: &Attachment) -> Vec<RecordId> {
    attachment
        .versions
        .iter()
        .flat_map(|(width, size)| {
            let size = usize::try_from(*size).unwrap_or(usize::MAX);
            part_ids(&attachment.id, *width, size)
        })
        .collect()
}

const GET: &str = "SELECT * FROM ONLY $id";
const GET_MANY: &str = "SELECT * FROM $ids";

const AGAIN: &str = "
    UPDATE $id SET
        uploaded = $now,
        uploaded_by = array::slice(array::union([$account], uploaded_by), 0, 50)
        RETURN NONE
";
const PLACE: &str = "
    INSERT INTO attachment_place $places ON DUPLICATE KEY UPDATE record = $input.record RETURN NONE
";
const PLACES: &str =
    "SELECT VALUE record FROM attachment_place WHERE attachment = $key LIMIT $limit";

const REPORT: &str = "
    BEGIN;
    INSERT INTO image_report $reports RETURN NONE;
    IF $takes_down {
        UPDATE $id SET taken_down = $now
            WHERE taken_down = NONE AND cleared = NONE AND removed = NONE RETURN NONE
    };
    COMMIT;
";

const STANDS: &str = "
    BEGIN;
    UPDATE $id SET taken_down = NONE, cleared = $now, judged_by = $account RETURN NONE;
    UPDATE image_report SET open = false, judged = $now, email = NONE WHERE attachment = $key RETURN NONE;
    COMMIT;
";
const GOES: &str = "
    BEGIN;
    UPDATE $id SET removed = $now, judged_by = $account RETURN NONE;
    DELETE $parts RETURN NONE;
    UPDATE image_report SET open = false, judged = $now, email = NONE WHERE attachment = $key RETURN NONE;
    COMMIT;
";
const FORGET: &str = "
    BEGIN;
    DELETE $parts RETURN NONE;
    DELETE $id RETURN NONE;
    DELETE attachment_place WHERE attachment = $key RETURN NONE;
    COMMIT;
";

impl Store {
    /// Keeps an upload for an object that shows it or will. It is there once all of it is.
    ///
    /// # Errors
    /// What the database says.
    pub async fn keep_attachment(
        &self,
        new: &NewAttachment,
        record: Option<&Key>,
        account: &Slug,
        now: Timestamp,
    ) -> Result<Kept, StoreError> {
        let before: Option<AttachmentRow> = self.one("attachment", new.id.as_str()).await?;
        if let Some(record) = record {
            self.note_places(vec![place(&new.id, record)]).await?;
        }
        let id = attachment_id(&new.id);
        match before {
            Some(row) if row.removed.is_some() => return Ok(Kept::Removed),
            Some(row) if row.whole => {
                let mut variables = variable("id", id);
                variables.insert("now", now.to_string());
                variables.insert("account", account.to_string());
                self.engine().write(AGAIN, &variables).await?;
                return Ok(Kept::Kept);
            }
            _ => {}
        }
        let length = |bytes: &[u8]| i64::try_from(bytes.len()).unwrap_or(i64::MAX);
        let row = AttachmentRow {
            id: id.clone(),
            kind: new.kind.code().to_owned(),
            media_type: new.media_type.to_owned(),
            width: i64::from(new.dimensions.0),
            height: i64::from(new.dimensions.1),
            widths: new
                .versions
                .iter()
                .map(|version| i64::from(version.width))
                .collect(),
            sizes: new
                .versions
                .iter()
                .map(|version| length(&version.bytes))
                .collect(),
            uploaded: now.to_string(),
            uploaded_by: vec![account.to_string()],
            whole: false,
            settled: false,
            taken_down: None,
            cleared: None,
            removed: None,
            judged_by: None,
        };
        self.put_row("UPSERT $id CONTENT $row RETURN NONE", id.clone(), row)
            .await?;
        for version in &new.versions {
            let ids = part_ids(&new.id, version.width, version.bytes.len());
            for (id, data) in ids.into_iter().zip(version.bytes.chunks(PART)) {
                let row = PartRow {
                    id: id.clone(),
                    data: Bytes::from(data.to_vec()),
                };
                self.put_row("UPSERT $id CONTENT $row RETURN NONE", id, row)
                    .await?;
            }
        }
        self.engine()
            .write(
                "UPDATE $id SET whole = true RETURN NONE",
                &variable("id", id),
            )
            .await?;
        Ok(Kept::Kept)
    }

    /// The attachment of this id, also one that is taken down or removed.
    ///
    /// # Errors
    /// What the database says.
    pub async fn attachment(&self, id: &ContentId) -> Result<Option<Attachment>, StoreError> {
        Ok(self.attachments(std::slice::from_ref(id)).await?.pop())
    }

    /// The attachments of these ids, in their order; those that are not there are left out.
    ///
    /// # Errors
    /// What the database says.
    pub async fn attachments(&self, ids: &[ContentId]) -> Result<Vec<Attachment>, StoreError> {
        if ids.is_empty() {
            return Ok(Vec::new());
        }
        let keys: Vec<RecordId> = ids.iter().map(attachment_id).collect();
        let rows: Vec<AttachmentRow> = self
            .engine()
            .run(GET_MANY, variable("ids", keys))
            .await?
            .take(0)?;
        let found = rows
            .into_iter()
            .filter(|row| row.whole)
            .map(Attachment::try_from)
            .collect::<Result<Vec<_>, _>>()?;
        Ok(ids
            .iter()
            .filter_map(|id| found.iter().find(|attachment| attachment.id == *id))
            .cloned()
            .collect())
    }

    /// What the version of this width is made of; `None` where there is no such version, or it is gone.
    ///
    /// # Errors
    /// What the database says, and [`StoreError::Damaged`] when a part is missing.
    pub async fn attachment_bytes(
        &self,
        attachment: &Attachment,
        width: u32,
    ) -> Result<Option<Vec<u8>>, StoreError> {
        let version = attachment
            .versions
            .iter()
            .find(|(offered, _)| *offered == width);
        let Some((_, size)) = version.filter(|_| attachment.removed.is_none()) else {
            return Ok(None);
        };
        let size = usize::try_from(*size).unwrap_or(usize::MAX);
        let ids = part_ids(&attachment.id, width, size);
        let mut rows: Vec<PartRow> = self
            .engine()
            .run(GET_MANY, variable("ids", ids))
            .await?
            .take(0)?;
        let mut parts = rows
            .drain(..)
            .map(|row| Ok((key_text(&row.id)?.to_owned(), row.data)))
            .collect::<Result<Vec<_>, StoreError>>()?;
        parts.sort_by(|(one, _), (other, _)| one.cmp(other));
        let mut bytes = Vec::with_capacity(size);
        for (_, data) in &parts {
            bytes.extend_from_slice(data);
        }
        if bytes.len() != size {
            return Err(StoreError::Damaged(format!(
                "a part of {}/{width} is missing",
                attachment.id
            )));
        }
        Ok(Some(bytes))
    }

    /// Something published that shows it, if anything does: the objects where it has been named are read by their keys.
    ///
    /// # Errors
    /// What the database says.
    pub async fn shown_by(&self, attachment: &Attachment) -> Result<Option<Entry>, StoreError> {
        let places = self.places(&attachment.id).await?;
        for record in self.get_many(&places).await? {
            // Reading the text for the id is a hundred times cheaper than parsing it.
            if !record.content.contains(attachment.id.as_str()) {
                continue;
            }
            let entry = record.entry()?;
            if entry.attachments().contains(&&attachment.id) {
                return Ok(Some(entry));
            }
        }
        Ok(None)
    }

    /// The objects in which to look for an attachment.
    ///
    /// # Errors
    /// What the database says.
    pub async fn places(&self, id: &ContentId) -> Result<Vec<Key>, StoreError> {
        let mut variables = variable("key", id.to_string());
        variables.insert("limit", MOST_PLACES);
        let records: Vec<String> = self.engine().run(PLACES, variables).await?.take(0)?;
        records.iter().map(|key| key.parse()).collect()
    }

    /// Remembers where entries name attachments, also such as are not uploaded yet. It does no harm where the entries
    /// are not published in the end, and has to come before they are.
    ///
    /// # Errors
    /// What the database says.
    pub async fn place_attachments(&self, entries: &[Entry]) -> Result<(), StoreError> {
        let places = entries
            .iter()
            .flat_map(|entry| {
                let key = Key::of(entry);
                let attachments = entry.attachments().into_iter();
                attachments
                    .map(|id| place(id, &key))
                    .collect::<Vec<PlaceRow>>()
            })
            .collect();
        self.note_places(places).await
    }

    /// Remembers where a draft, and what is published of it, names attachments.
    pub(crate) async fn place_named(
        &self,
        key: &Key,
        draft: Option<&Fields>,
        on_record: &RecordStep,
    ) -> Result<(), StoreError> {
        let mut named = draft.map(Fields::attachments).unwrap_or_default();
        if let RecordStep::Publish { entry, .. } = on_record {
            named.extend(entry.attachments().into_iter().cloned());
        }
        named.sort();
        named.dedup();
        let places = named.iter().map(|id| place(id, key)).collect();
        self.note_places(places).await
    }

    async fn note_places(&self, places: Vec<PlaceRow>) -> Result<(), StoreError> {
        if places.is_empty() {
            return Ok(());
        }
        self.engine()
            .write(PLACE, &variable("places", places))
            .await
            .map(drop)
    }

    /// Notes what a reader reports of an image. It takes the image down, unless an editor has let it stand before or
    /// `takes_down` is false. `key` is random.
    ///
    /// # Errors
    /// What the database says.
    pub async fn report_image(
        &self,
        key: &str,
        report: &Report,
        takes_down: bool,
    ) -> Result<Reported, StoreError> {
        let known = self.attachment(&report.attachment).await?;
        if known.is_none_or(|known| known.kind != AttachmentKind::Image || known.removed.is_some())
        {
            return Ok(Reported::Unknown);
        }
        let attachment = report.attachment.to_string();
        let before: Vec<ReportRow> = self
            .engine()
            .run(
                "SELECT * FROM image_report WHERE attachment = $attachment",
                variable("attachment", attachment.clone()),
            )
            .await?
            .take(0)?;
        let mut reports = Vec::new();
        if before.iter().filter(|row| row.open).count() < MOST_REPORTS {
            reports.push(ReportRow {
                id: RecordId::new("image_report", key),
                attachment,
                reason: report.reason.code().to_owned(),
                words: report.words.clone(),
                email: report.email.clone(),
                time: report.time.to_string(),
                open: true,
                judged: None,
            });
        }
        let mut variables = variable("id", attachment_id(&report.attachment));
        variables.insert("reports", reports);
        variables.insert("takes_down", takes_down);
        variables.insert("now", report.time.to_string());
        self.engine().write(REPORT, &variables).await?;
        let after = self.attachment(&report.attachment).await?;
        Ok(match after {
            Some(after) if after.is_up() => Reported::Queued,
            _ => Reported::TakenDown,
        })
    }

    /// The reports that no editor has decided about, oldest first.
    ///
    /// # Errors
    /// What the database says.
    pub async fn open_reports(&self) -> Result<Vec<Report>, StoreError> {
        let rows: Vec<ReportRow> = self
            .engine()
            .run(
                "SELECT * FROM image_report WHERE open = true LIMIT $limit",
                variable("limit", i64::try_from(MOST_OPEN).unwrap_or(i64::MAX)),
            )
            .await?
            .take(0)?;
        let mut reports = rows
            .into_iter()
            .map(Report::try_from)
            .collect::<Result<Vec<_>, _>>()?;
        reports.sort_by(|one, other| {
            (one.time, &one.attachment).cmp(&(other.time, &other.attachment))
        });
        Ok(reports)
    }

    /// Carries out what an editor decides about an image; `false` where there is none. Its reports are closed, and where
    /// to write to those who reported it is forgotten.
    ///
    /// # Errors
    /// What the database says.
    pub async fn judge_image(
        &self,
        id: &ContentId,
        judgement: Judgement,
        account: &Slug,
        now: Timestamp,
    ) -> Result<bool, StoreError> {
        let Some(attachment) = self.attachment(id).await? else {
            return Ok(false);
        };
        if attachment.removed.is_some() {
            return Ok(false);
        }
        let mut variables = variable("id", attachment_id(id));
        variables.insert("key", id.to_string());
        variables.insert("now", now.to_string());
        variables.insert("account", account.to_string());
        variables.insert("parts", all_parts(&attachment));
        let statements = match judgement {
            Judgement::Stands => STANDS,
            Judgement::Goes => GOES,
        };
        self.engine().write(statements, &variables).await?;
        Ok(true)
    }

    /// Removes uploads older than [`GRACE`] that no published object, draft or revision names, and reports that were
    /// decided about a month ago. Says how many uploads went.
    ///
    /// # Errors
    /// What the database says.
    pub async fn sweep_attachments(&self, now: Timestamp) -> Result<usize, StoreError> {
        let mut variables = variable("until", (now - GRACE).to_string());
        variables.insert("limit", MOST_SWEPT);
        let rows: Vec<AttachmentRow> = self
            .engine()
            .run(
                "SELECT * FROM attachment
                WHERE settled = false AND removed = NONE AND uploaded <= $until LIMIT $limit",
                variables,
            )
            .await?
            .take(0)?;
        let mut swept = 0;
        for row in rows {
            let attachment = Attachment::try_from(row)?;
            let id = attachment_id(&attachment.id);
            if self.is_in_a_revision(&attachment).await? {
                self.engine()
                    .write(
                        "UPDATE $id SET settled = true RETURN NONE",
                        &variable("id", id),
                    )
                    .await?;
                continue;
            }
            if self.is_in_a_draft(&attachment.id).await? {
                continue;
            }
            let mut variables = variable("id", id);
            variables.insert("key", attachment.id.to_string());
            variables.insert("parts", all_parts(&attachment));
            self.engine().write(FORGET, &variables).await?;
            swept += 1;
        }
        self.forget_judged_reports(now).await?;
        Ok(swept)
    }

    async fn is_in_a_draft(&self, id: &ContentId) -> Result<bool, StoreError> {
        for key in self.places(id).await? {
            let draft = self
                .manuscript(&key)
                .await?
                .and_then(|manuscript| manuscript.fields);
            if draft.is_some_and(|fields| fields.attachments().contains(id)) {
                return Ok(true);
            }
        }
        Ok(false)
    }

    async fn is_in_a_revision(&self, attachment: &Attachment) -> Result<bool, StoreError> {
        for key in self.places(&attachment.id).await? {
            let mut next: Option<i64> = self
                .engine()
                .run(
                    "SELECT VALUE sequence FROM ONLY $id",
                    variable("id", key.record_id()),
                )
                .await?
                .take(0)?;
            while let Some(sequence) = next {
                let id = RecordId::new(revision::TABLE, sequence);
                let row: Option<RevisionRow> =
                    self.engine().run(GET, variable("id", id)).await?.take(0)?;
                let Some(row) = row else { break };
                let names = |content: String| content.contains(attachment.id.as_str());
                if row.content.is_some_and(names) {
                    return Ok(true);
                }
                next = row.previous;
            }
        }
        Ok(false)
    }

    async fn forget_judged_reports(&self, now: Timestamp) -> Result<(), StoreError> {
        let rows: Vec<ReportRow> = self
            .engine()
            .run(
                "SELECT * FROM image_report WHERE open = false LIMIT $limit",
                variable("limit", MOST_SWEPT),
            )
            .await?
            .take(0)?;
        let mut ids = Vec::new();
        for row in rows {
            let judged = row.judged.as_deref().map(timestamp_from).transpose()?;
            if judged.is_some_and(|judged| judged + KeptFor::ImageReports.duration() <= now) {
                ids.push(row.id);
            }
        }
        if ids.is_empty() {
            return Ok(());
        }
        self.engine()
            .write("DELETE $ids RETURN NONE", &variable("ids", ids))
            .await
            .map(drop)
    }
}
