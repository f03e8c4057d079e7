//! Images and files over HTTP: taking them, giving them, and what readers and editors do about them.

use std::net::{IpAddr, Ipv6Addr};
use std::sync::Arc;

use app::backend::{Attached, Unavailable};
use app::context::Context;
use app::page::{Page, Problem};
use app::pages::report_image::{self, ReportForm};
use app::pages::reported_images::{self, Done, Reported, ReportedImage};
use app::pages::sign_in::needed;
use app::pages::upload::{self, Fault, UploadForm, Uploaded};
use app::routes::Route;
use axum::Extension;
use axum::body::{Body, Bytes};
use axum::extract::{Multipart, Path, State};
use axum::http::header::{
    CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_SECURITY_POLICY, CONTENT_TYPE, ETAG, IF_NONE_MATCH,
    LOCATION,
};
use axum::http::{HeaderMap, HeaderValue, StatusCode, Uri};
use axum::response::{IntoResponse, Response};
use domain::audit::Act;
use domain::permission::{Action, Actor, decide};
use domain::{Code as _, ContentId, EmailAddress, Entry, Kind, Paragraph, ReportReason, Slug};
use jiff::SignedDuration;
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use store::{Attachment, AttachmentKind, AuditLine, Author, Judgement, Kept, Key, StoreError};

use super::caching;
use super::problem::{self, Explanation};
use super::serving::Peer;
use super::session::{self, SignedIn};
use super::{pages, sign_in};
use crate::attempts::Attempts;
use crate::picture::Unfit;
use crate::portal::Portal;
use crate::publishing::Refused;

/// The most bytes of a request with an image: the image itself, and what is sent with it.
pub const IMAGE_LIMIT: usize = 16 * 1_000_000;
/// The most bytes of a request with a file.
pub const FILE_LIMIT: usize = 21 * 1_000_000;
/// The most bytes of all other fields of a request together: no object is longer in the exchange format.
const FIELDS_LIMIT: usize = domain::exchange::MAX_LINE_BYTES;
/// The most fields of a request.
const MOST_FIELDS: usize = 1_000;

/// The window in which uploads and reports are counted.
const WINDOW: SignedDuration = SignedDuration::from_hours(1);
/// So many uploads of one account within the window.
const UPLOADS: u32 = 60;
/// So many reports from one address within the window: a school may sit behind it, and its pupils too.
const REPORTS: u32 = 5;
/// So many images are taken down by reports within the window. Beyond that reports wait for an editor, so that nobody
/// with many addresses empties the portal.
const TAKEN_DOWN: u32 = 30;

/// What is shown to everybody does not change under its address; but it can be taken down, so it is kept a day.
const FOR_EVERYBODY: &str = "public, max-age=86400, immutable";
const FOR_ONE: &str = "private, no-store";
/// Nothing in an image or a file may act, should a browser be made to open it as a page.
const POLICY: &str =
    "default-src 'none'; style-src 'unsafe-inline'; sandbox; frame-ancestors 'none'";

/// How often things were uploaded and reported of late.
#[derive(Debug)]
pub struct AttachmentBounds {
    uploads: Attempts<Slug>,
    reports: Attempts<Option<IpAddr>>,
    taken_down: Attempts<()>,
}

impl Default for AttachmentBounds {
    fn default() -> Self {
        Self {
            uploads: Attempts::new(UPLOADS, WINDOW),
            reports: Attempts::new(REPORTS, WINDOW),
            taken_down: Attempts::new(TAKEN_DOWN, WINDOW),
        }
    }
}

pub(super) fn minutes(left: SignedDuration) -> u64 {
    u64::try_from(left.as_secs())
        .unwrap_or(0)
        .div_ceil(60)
        .max(1)
}

/// Where a request comes from as far as it is counted: of an IPv6 address the network, since one subscriber has all of it.
pub(super) fn counted(address: Option<IpAddr>) -> Option<IpAddr> {
    match address? {
        IpAddr::V6(address) => {
            let network = u128::from(address) >> 64 << 64;
            Some(IpAddr::V6(Ipv6Addr::from(network)))
        }
        address => Some(address),
    }
}

fn kind(what: Uploaded) -> AttachmentKind {
    match what {
        Uploaded::Image => AttachmentKind::Image,
        Uploaded::File => AttachmentKind::File,
    }
}

fn fault(unfit: Unfit) -> Fault {
    match unfit {
        Unfit::Empty => Fault::NoFile,
        Unfit::TooManyBytes => Fault::TooManyBytes,
        Unfit::TooManyPixels => Fault::TooManyPixels,
        Unfit::NotAnImage => Fault::NotAnImage,
        Unfit::OtherImage => Fault::OtherImage,
        Unfit::NotAFile => Fault::NotAFile,
        Unfit::Damaged => Fault::Damaged,
        Unfit::TwoThings => Fault::TwoThings,
        Unfit::TooSlow => Fault::TooSlow,
    }
}

/// A form that was sent with a file, as far as it could be read.
#[derive(Debug, Default)]
pub struct Received {
    /// What was typed into the other fields, by their names, in their order.
    pub fields: Vec<(String, String)>,
    /// The id of what is kept, or why nothing is.
    pub stored: Option<Result<ContentId, Fault>>,
}

impl Received {
    /// What was typed into a field.
    #[must_use]
    pub fn value(&self, name: &str) -> &str {
        self.fields
            .iter()
            .find(|(field, _)| field == name)
            .map_or("", |(_, value)| value)
    }
}

/// Reads a form with a file (`multipart/form-data`) and keeps the file: for the page that uploads one, and for any form
/// with a file field. Whatever is wrong with the file, what was typed comes back. The field `record` says what it is for
/// by its key, such as `offer/vandhul`; `stored` is nothing where no file was chosen. The caller has decided that
/// whoever asks may upload.
///
/// # Errors
/// The store does not answer.
pub async fn receive(
    portal: &Portal,
    known: &SignedIn,
    what: Uploaded,
    mut multipart: Multipart,
) -> Result<Received, StoreError> {
    let mut received = Received::default();
    let mut read = Form::default();
    let broken = read.all(&mut multipart).await.err();
    received.fields = read.fields;
    let Some(bytes) = read.file.filter(|bytes| !bytes.is_empty()) else {
        received.stored = broken.map(Err);
        return Ok(received);
    };
    let outcome = match broken {
        Some(fault) => Err(fault),
        None if read.file_too_large => Err(Fault::TooManyBytes),
        None => keep(portal, known, what, bytes, received.value("record")).await?,
    };
    received.stored = Some(outcome);
    Ok(received)
}

#[derive(Default)]
struct Form {
    fields: Vec<(String, String)>,
    typed: usize,
    file: Option<Vec<u8>>,
    file_too_large: bool,
}

impl Form {
    async fn all(&mut self, multipart: &mut Multipart) -> Result<(), Fault> {
        let cut = |error: axum::extract::multipart::MultipartError| {
            if error.status() == StatusCode::PAYLOAD_TOO_LARGE {
                Fault::TooManyBytes
            } else {
                Fault::Damaged
            }
        };
        while let Some(mut field) = multipart.next_field().await.map_err(cut)? {
            let name: String = field.name().unwrap_or_default().chars().take(100).collect();
            let is_file = field.file_name().is_some() && self.file.is_none();
            let mut bytes = Vec::new();
            let most = if is_file {
                FILE_LIMIT
            } else {
                FIELDS_LIMIT.saturating_sub(self.typed)
            };
            let mut too_large = false;
            while let Some(chunk) = field.chunk().await.map_err(cut)? {
                too_large |= bytes.len() + chunk.len() > most;
                if !too_large {
                    bytes.extend_from_slice(&chunk);
                }
            }
            if is_file {
                self.file = Some(bytes);
                self.file_too_large = too_large;
            } else if too_large || self.fields.len() >= MOST_FIELDS {
                return Err(Fault::TooManyBytes);
            } else {
                self.typed += bytes.len();
                let value = String::from_utf8_lossy(&bytes).into_owned();
                self.fields.push((name, value));
            }
        }
        Ok(())
    }
}

async fn keep(
    portal: &Portal,
    known: &SignedIn,
    what: Uploaded,
    bytes: Vec<u8>,
    record: &str,
) -> Result<Result<ContentId, Fault>, StoreError> {
    let record = match record {
        "" => None,
        key => match key.parse::<Key>() {
            Ok(key) if matches!(key.kind, Kind::Offer | Kind::Case) => Some(key),
            _ => return Ok(Err(Fault::WrongRecord)),
        },
    };
    let now = portal.clock.now();
    let bounds = &portal.attachment_bounds.uploads;
    if let Some(left) = bounds.wait(&known.person.id, now) {
        return Ok(Err(Fault::TooOften(minutes(left))));
    }
    bounds.failed(known.person.id.clone(), now);
    let new = match portal.workshop.take(kind(what), bytes).await {
        Ok(new) => new,
        Err(unfit) => return Ok(Err(fault(unfit))),
    };
    let kept = portal
        .store
        .keep_attachment(&new, record.as_ref(), &known.person.id, now)
        .await?;
    if kept == Kept::Kept {
        let mut line = AuditLine::new(&known.author(), Act::Upload, now).detail(new.media_type);
        line.about = record.map(|key| key.to_string());
        portal.note(&line).await;
    }
    Ok(match kept {
        Kept::Kept => Ok(new.id),
        Kept::Removed => Err(Fault::Removed),
    })
}

/// What the pages are told of an attachment.
pub fn attached(attachment: &Attachment) -> Attached {
    let is_image = attachment.kind == AttachmentKind::Image;
    Attached {
        id: attachment.id.clone(),
        media_type: attachment.media_type.clone(),
        dimensions: attachment.dimensions,
        widths: attachment
            .versions
            .iter()
            .map(|(width, _)| *width)
            .filter(|_| is_image)
            .collect(),
        size: attachment.versions.last().map_or(0, |(_, size)| *size),
    }
}

/// The page for uploading an image.
pub async fn show_image_upload(
    State(portal): State<Arc<Portal>>,
    uri: Uri,
    headers: HeaderMap,
) -> Response {
    show_upload(&portal, Uploaded::Image, &uri, &headers).await
}

/// The page for uploading a file.
pub async fn show_file_upload(
    State(portal): State<Arc<Portal>>,
    uri: Uri,
    headers: HeaderMap,
) -> Response {
    show_upload(&portal, Uploaded::File, &uri, &headers).await
}

/// Takes an image.
pub async fn upload_image(
    State(portal): State<Arc<Portal>>,
    uri: Uri,
    headers: HeaderMap,
    multipart: Multipart,
) -> Response {
    take_upload(&portal, Uploaded::Image, &uri, &headers, multipart).await
}

/// Takes a file.
pub async fn upload_file(
    State(portal): State<Arc<Portal>>,
    uri: Uri,
    headers: HeaderMap,
    multipart: Multipart,
) -> Response {
    take_upload(&portal, Uploaded::File, &uri, &headers, multipart).await
}

/// Whoever is signed in and may upload.
async fn uploader(portal: &Portal, headers: &HeaderMap) -> Result<Option<SignedIn>, StoreError> {
    let known = session::signed_in(portal, headers).await?;
    Ok(known.filter(|known| decide(known.actor(), Action::Upload).is_ok()))
}

async fn show_upload(portal: &Portal, what: Uploaded, uri: &Uri, headers: &HeaderMap) -> Response {
    let context = session::context(portal, uri, headers);
    let value = |name| app::query::value(&context.query, name).unwrap_or_default();
    match uploader(portal, headers).await {
        Ok(Some(_)) => {
            let form = UploadForm {
                what,
                record: value("record"),
                next: value("next"),
                fault: None,
            };
            pages::answer(headers, upload::form_page(&context, &form))
        }
        Ok(None) => pages::answer(headers, needed(&context)),
        Err(error) => session::unavailable(uri, headers, &error),
    }
}

async fn take_upload(
    portal: &Portal,
    what: Uploaded,
    uri: &Uri,
    headers: &HeaderMap,
    multipart: Multipart,
) -> Response {
    let context = session::context(portal, uri, headers);
    let received = async {
        let Some(known) = uploader(portal, headers).await? else {
            return Ok(None);
        };
        let received = receive(portal, &known, what, multipart).await?;
        let image = match (&received.stored, what) {
            (Some(Ok(id)), Uploaded::Image) => portal.store.attachment(id).await?,
            _ => None,
        };
        Ok::<_, StoreError>(Some((received, image)))
    };
    match received.await {
        Ok(Some((received, image))) => {
            // Of a request that is cut off for its size, nothing but the address may be left.
            let typed = |name| match received.value(name) {
                "" => app::query::value(&context.query, name).unwrap_or_default(),
                value => value.to_owned(),
            };
            let next = typed("next");
            let next = next.as_str();
            match &received.stored {
                Some(Ok(id)) if is_here(next) => {
                    let mark = if next.contains('?') { '&' } else { '?' };
                    let to = format!("{next}{mark}{}={id}", what.parameter());
                    (StatusCode::SEE_OTHER, [(LOCATION, to)]).into_response()
                }
                Some(Ok(id)) => {
                    let image = image.as_ref().map(attached);
                    let page = upload::done_page(&context, what, id, image.as_ref());
                    pages::answer(headers, page)
                }
                not_stored => {
                    let fault = match not_stored {
                        Some(Err(fault)) => *fault,
                        _ => Fault::NoFile,
                    };
                    let form = UploadForm {
                        what,
                        record: typed("record"),
                        next: next.to_owned(),
                        fault: Some(fault),
                    };
                    pages::answer(headers, upload::form_page(&context, &form))
                }
            }
        }
        Ok(None) => pages::answer(headers, needed(&context)),
        Err(error) => session::unavailable(uri, headers, &error),
    }
}

/// Whether it is the path of a page here, and nothing that a browser takes for another host's.
fn is_here(path: &str) -> bool {
    path.len() <= 500
        && path.starts_with('/')
        && !path.starts_with("//")
        && path
            .bytes()
            .all(|byte| byte.is_ascii_graphic() && !matches!(byte, b'\\' | b'#'))
}

/// Gives an image in one of its widths.
pub async fn image(
    State(portal): State<Arc<Portal>>,
    Path((id, width)): Path<(String, String)>,
    uri: Uri,
    headers: HeaderMap,
) -> Response {
    let asked = id.parse::<ContentId>().ok().zip(width.parse::<u32>().ok());
    give(&portal, AttachmentKind::Image, asked, &uri, &headers).await
}

/// Gives a file.
pub async fn file(
    State(portal): State<Arc<Portal>>,
    Path(id): Path<String>,
    uri: Uri,
    headers: HeaderMap,
) -> Response {
    let asked = id.parse::<ContentId>().ok().map(|id| (id, 0));
    give(&portal, AttachmentKind::File, asked, &uri, &headers).await
}

/// What somebody may see of an attachment.
enum Sight {
    /// Everybody may, because this shows it.
    Everybody(Box<Entry>),
    /// Whoever asks may.
    ThisOne,
}

async fn give(
    portal: &Portal,
    kind: AttachmentKind,
    asked: Option<(ContentId, u32)>,
    uri: &Uri,
    headers: &HeaderMap,
) -> Response {
    let found = async {
        let Some((id, width)) = &asked else {
            return Ok(None);
        };
        let attachment = portal.store.attachment(id).await?;
        let Some(attachment) = attachment.filter(|attachment| attachment.kind == kind) else {
            return Ok(None);
        };
        let Some(sight) = sight(portal, &attachment, headers).await? else {
            return Ok(None);
        };
        let bytes = portal.store.attachment_bytes(&attachment, *width).await?;
        Ok::<_, StoreError>(bytes.map(|bytes| (attachment, *width, sight, bytes)))
    };
    match found.await {
        Ok(Some((attachment, width, sight, bytes))) => {
            given(&attachment, width, &sight, bytes, headers)
        }
        Ok(None) => {
            let language = problem::language(uri, headers);
            problem::response(language, StatusCode::NOT_FOUND, Explanation::NotFound)
        }
        Err(error) => session::unavailable(uri, headers, &error),
    }
}

fn given(
    attachment: &Attachment,
    width: u32,
    sight: &Sight,
    bytes: Vec<u8>,
    request: &HeaderMap,
) -> Response {
    let etag = format!("\"{}-{width}\"", &attachment.id.as_str()[..32]);
    let known = request
        .get(IF_NONE_MATCH)
        .and_then(|value| value.to_str().ok());
    let mut response = if known.is_some_and(|known| caching::matches(known, &etag)) {
        StatusCode::NOT_MODIFIED.into_response()
    } else {
        Response::new(Body::from(bytes))
    };
    let headers = response.headers_mut();
    let mut set = |name, value: &str| {
        if let Ok(value) = HeaderValue::from_str(value) {
            headers.insert(name, value);
        }
    };
    set(ETAG, &etag);
    set(CONTENT_TYPE, &attachment.media_type);
    set(CONTENT_SECURITY_POLICY, POLICY);
    let cache = match sight {
        Sight::Everybody(_) => FOR_EVERYBODY,
        Sight::ThisOne => FOR_ONE,
    };
    set(CACHE_CONTROL, cache);
    if attachment.kind == AttachmentKind::File {
        set(CONTENT_DISPOSITION, &disposition(&attachment.id, sight));
    }
    response
}

/// What a browser calls the file that it saves: the title that people gave it (RFC 6266; RFC 8187).
fn disposition(id: &ContentId, sight: &Sight) -> String {
    let files = match sight {
        Sight::Everybody(entry) => match &**entry {
            Entry::Offer(offer) => &offer.files[..],
            Entry::Case(case) => &case.files[..],
            _ => &[],
        },
        Sight::ThisOne => &[],
    };
    let title = files
        .iter()
        .find(|file| file.id == *id)
        .map_or("fil", |file| file.title.as_str());
    let name: String = title
        .chars()
        .map(|letter| {
            if matches!(letter, '/' | '\\') {
                '-'
            } else {
                letter
            }
        })
        .collect();
    let encoded = utf8_percent_encode(&name, NON_ALPHANUMERIC);
    format!("attachment; filename=\"fil.pdf\"; filename*=UTF-8''{encoded}.pdf")
}

/// Who may see an attachment; `None` where whoever asks may not.
async fn sight(
    portal: &Portal,
    attachment: &Attachment,
    headers: &HeaderMap,
) -> Result<Option<Sight>, StoreError> {
    if attachment.is_up()
        && let Some(entry) = portal.store.shown_by(attachment).await?
    {
        return Ok(Some(Sight::Everybody(Box::new(entry))));
    }
    let Some(known) = session::signed_in(portal, headers).await? else {
        return Ok(None);
    };
    let actor = known.actor();
    if !attachment.is_up() {
        let judges = decide(actor, Action::JudgeReportedImages).is_ok();
        return Ok(judges.then_some(Sight::ThisOne));
    }
    let own = attachment
        .uploaded_by
        .iter()
        .any(|account| decide(actor, Action::ReadUpload(account)).is_ok());
    if own {
        return Ok(Some(Sight::ThisOne));
    }
    for key in portal.store.places(&attachment.id).await? {
        if may_see_unpublished(portal, actor, &key, &attachment.id).await? {
            return Ok(Some(Sight::ThisOne));
        }
    }
    Ok(None)
}

/// Whether whoever asks may read a draft under this key, or what was taken from readers, that names the attachment.
async fn may_see_unpublished(
    portal: &Portal,
    actor: Actor<'_>,
    key: &Key,
    id: &ContentId,
) -> Result<bool, StoreError> {
    let (manuscript, content) = match portal.manuscript(actor, key).await {
        Ok(found) => found,
        Err(Refused::Store(error)) => return Err(error),
        Err(_) => return Ok(false),
    };
    let in_draft = manuscript
        .fields
        .is_some_and(|fields| fields.attachments().contains(id));
    if in_draft && decide(actor, Action::ReadDraft(&content)).is_ok() {
        return Ok(true);
    }
    let stands = match portal.store.standing_record(key).await? {
        Some((_, record)) => record.entry()?.attachments().contains(&id),
        None => false,
    };
    Ok(stands && decide(actor, Action::Read(&content)).is_ok())
}

/// An image that everybody sees, with what its publisher says that it shows.
async fn shown_image(
    portal: &Portal,
    id: &str,
) -> Result<Option<(Attachment, String)>, StoreError> {
    let Ok(id) = id.parse::<ContentId>() else {
        return Ok(None);
    };
    let attachment = portal.store.attachment(&id).await?;
    let Some(attachment) =
        attachment.filter(|found| found.kind == AttachmentKind::Image && found.is_up())
    else {
        return Ok(None);
    };
    let shown_by = portal.store.shown_by(&attachment).await?;
    let images = match shown_by {
        Some(Entry::Offer(offer)) => offer.images,
        Some(Entry::Case(case)) => case.images,
        _ => return Ok(None),
    };
    let alt = images
        .into_iter()
        .find(|image| image.id == id)
        .map(|image| String::from(image.alt));
    Ok(alt.map(|alt| (attachment, alt)))
}

fn not_found(context: &Context) -> Page {
    app::render::problem_page(context, &Problem::NotFound)
}

/// The form for reporting an image.
pub async fn show_report(
    State(portal): State<Arc<Portal>>,
    Path(id): Path<String>,
    uri: Uri,
    headers: HeaderMap,
) -> Response {
    let context = session::context(&portal, &uri, &headers);
    match shown_image(&portal, &id).await {
        Ok(Some((attachment, alt))) => {
            let cleared = attachment.cleared.is_some();
            let form = ReportForm::new(attached(&attachment), alt, cleared);
            pages::answer(&headers, report_image::form_page(&context, &form))
        }
        Ok(None) => pages::answer(&headers, not_found(&context)),
        Err(error) => session::unavailable(&uri, &headers, &error),
    }
}

/// Takes a report, and the image down.
pub async fn report(
    State(portal): State<Arc<Portal>>,
    peer: Option<Extension<Peer>>,
    Path(id): Path<String>,
    uri: Uri,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let context = session::context(&portal, &uri, &headers);
    let from = counted(sign_in::origin(peer, &headers));
    match reported(&portal, &context, &id, from, &body).await {
        Ok(page) => pages::answer(&headers, page),
        Err(error) => session::unavailable(&uri, &headers, &error),
    }
}

async fn reported(
    portal: &Portal,
    context: &Context,
    id: &str,
    from: Option<IpAddr>,
    body: &[u8],
) -> Result<Page, StoreError> {
    let Some((attachment, alt)) = shown_image(portal, id).await? else {
        return Ok(not_found(context));
    };
    let typed = String::from_utf8_lossy(body);
    let value = |name| app::query::value(&typed, name).unwrap_or_default();
    let mut form = ReportForm::new(attached(&attachment), alt, attachment.cleared.is_some());
    form.reason = value("reason").parse::<ReportReason>().ok();
    form.reason_missing = form.reason.is_none();
    form.words = value("words");
    form.email = value("email").trim().chars().take(300).collect();
    let words = match form.words.trim() {
        "" => None,
        words => words
            .parse::<Paragraph>()
            .map_err(|invalid| form.words_error = Some(invalid))
            .ok(),
    };
    let email = match form.email.as_str() {
        "" => None,
        email => email
            .parse::<EmailAddress>()
            .map_err(|invalid| form.email_error = Some(invalid))
            .ok(),
    };
    let Some(reason) = form
        .reason
        .filter(|_| form.words_error.is_none() && form.email_error.is_none())
    else {
        return Ok(report_image::form_page(context, &form));
    };
    let now = portal.clock.now();
    let bounds = &portal.attachment_bounds;
    if let Some(left) = bounds.reports.wait(&from, now) {
        form.wait = Some(minutes(left));
        return Ok(report_image::form_page(context, &form));
    }
    bounds.reports.failed(from, now);
    let takes_down = bounds.taken_down.wait(&(), now).is_none();
    let report = store::Report {
        attachment: attachment.id.clone(),
        reason,
        words: words.map(String::from),
        email: email.map(String::from),
        time: now,
    };
    let key = format!("{:032x}", rand::random::<u128>());
    let outcome = portal.store.report_image(&key, &report, takes_down).await?;
    tracing::warn!(image = %attachment.id, reason = reason.code(), ?outcome, "an image was reported");
    if outcome != store::Reported::Unknown {
        let line = AuditLine::new(&Author::Portal, Act::ReportImage, now);
        let detail = short(&attachment.id);
        portal.note(&line.detail(detail)).await;
    }
    Ok(match outcome {
        store::Reported::Unknown => not_found(context),
        store::Reported::Queued => report_image::thanks(context, false),
        store::Reported::TakenDown => {
            bounds.taken_down.failed((), now);
            report_image::thanks(context, true)
        }
    })
}

/// The images that readers have reported.
pub async fn show_reported(
    State(portal): State<Arc<Portal>>,
    uri: Uri,
    headers: HeaderMap,
) -> Response {
    judge(&portal, &uri, &headers, async |_| Ok((None, None))).await
}

/// Lets a reported image stand, or removes it for good.
pub async fn judge_reported(
    State(portal): State<Arc<Portal>>,
    uri: Uri,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let typed = String::from_utf8_lossy(&body);
    let value = |name| app::query::value(&typed, name).unwrap_or_default();
    judge(&portal, &uri, &headers, async |known| {
        let Ok(id) = value("id").parse::<ContentId>() else {
            return Ok((Some(Done::Nothing), None));
        };
        let (judgement, done) = match value("do").as_str() {
            "stand" => (Judgement::Stands, Done::Stands),
            "remove" if value("confirm").is_empty() => return Ok((None, Some(id))),
            "remove" => (Judgement::Goes, Done::Gone),
            _ => return Ok((None, None)),
        };
        let now = portal.clock.now();
        let judged = portal
            .store
            .judge_image(&id, judgement, &known.person.id, now)
            .await?;
        tracing::info!(image = %id, by = %known.person.id, ?judgement, judged, "an image was decided about");
        if judged {
            let act = match judgement {
                Judgement::Stands => Act::LetImageStand,
                Judgement::Goes => Act::RemoveImage,
            };
            portal
                .note_act(&known.author(), act, short(&id))
                .await;
        }
        Ok((Some(if judged { done } else { Done::Nothing }), None))
    })
    .await
}

async fn judge(
    portal: &Portal,
    uri: &Uri,
    headers: &HeaderMap,
    work: impl AsyncFnOnce(&SignedIn) -> Result<(Option<Done>, Option<ContentId>), StoreError>,
) -> Response {
    let context = session::context(portal, uri, headers);
    let shown = async {
        let known = session::signed_in(portal, headers).await?;
        let may = |known: &SignedIn| decide(known.actor(), Action::JudgeReportedImages).is_ok();
        let Some(known) = known.filter(may) else {
            return Ok(None);
        };
        let (done, unconfirmed) = work(&known).await?;
        Ok::<_, StoreError>(Some(Reported {
            images: reported_images(portal).await?,
            done,
            unconfirmed,
        }))
    };
    match shown.await {
        Ok(Some(reported)) => pages::answer(headers, reported_images::page(&context, &reported)),
        Ok(None) => pages::answer(headers, needed(&context)),
        Err(error) => session::unavailable(uri, headers, &error),
    }
}

/// The beginning of an image's name, by which it is found again.
fn short(id: &ContentId) -> &str {
    &id.as_str()[..12]
}

/// The most images that are shown for a decision at once.
const MOST_JUDGED: usize = 50;

async fn reported_images(portal: &Portal) -> Result<Vec<ReportedImage>, StoreError> {
    let reports = portal.store.open_reports().await?;
    let mut ids: Vec<ContentId> = Vec::new();
    for report in &reports {
        if !ids.contains(&report.attachment) && ids.len() < MOST_JUDGED {
            ids.push(report.attachment.clone());
        }
    }
    let mut images = Vec::with_capacity(ids.len());
    for attachment in portal.store.attachments(&ids).await? {
        let places = portal.store.places(&attachment.id).await?;
        let mut shown_on = Vec::new();
        for record in portal.store.get_many(&places).await? {
            let entry = record.entry()?;
            if entry.attachments().contains(&&attachment.id) {
                let route = Route::of(entry.kind(), entry.id().clone());
                shown_on.push((route, entry.title().to_owned()));
            }
        }
        let of_this = reports
            .iter()
            .filter(|report| report.attachment == attachment.id);
        images.push(ReportedImage {
            image: attached(&attachment),
            is_down: !attachment.is_up(),
            shown_on,
            reports: of_this
                .map(|report| reported_images::Report {
                    reason: report.reason,
                    words: report.words.clone(),
                    email: report.email.clone(),
                    time: crate::clock::in_denmark(report.time),
                })
                .collect(),
        });
    }
    Ok(images)
}

/// What the pages may show of these; see [`app::backend::Read::attachments`].
///
/// # Errors
/// The store does not answer.
pub async fn up(portal: &Portal, ids: &[ContentId]) -> Result<Vec<Attached>, Unavailable> {
    let found = portal.store.attachments(ids).await.map_err(|error| {
        tracing::error!(error = %error, "the store did not answer a page");
        Unavailable(error.to_string())
    })?;
    Ok(found
        .iter()
        .filter(|attachment| attachment.is_up())
        .map(attached)
        .collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_paths_of_this_site_are_gone_on_to() {
        for good in ["/", "/mit/tilbud/a?trin=2", "/en/konto"] {
            assert!(is_here(good), "{good}");
        }
        for bad in [
            "",
            "konto",
            "//other.example",
            "/\\other.example",
            "https://other.example",
            "/a\r\nSet-Cookie: a=b",
            "/a b",
            "/a#b",
        ] {
            assert!(!is_here(bad), "{bad}");
        }
    }

    #[test]
    fn a_network_is_counted_as_one() {
        let count = |address: &str| counted(Some(address.parse().unwrap()));
        assert_eq!(count("2001:db8::1"), count("2001:db8::ffff:1"));
        assert_ne!(count("2001:db8::1"), count("2001:db8:0:1::1"));
        assert_ne!(count("192.0.2.1"), count("192.0.2.2"));
        assert_eq!(counted(None), None);
    }
}
