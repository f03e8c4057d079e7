//! A letter as a message (RFC 5322) with a plain and an HTML part. The same letter is the same message, byte by byte,
//! each time it is tried.

use std::time::{Duration, SystemTime};

use lettre::message::header::{ContentTransferEncoding, ContentType, HeaderName, HeaderValue};
use lettre::message::{Body, Mailbox, Message, MultiPart, SinglePart};
use store::ClaimedLetter;

use super::Mailer;

/// Tells other programs that no person wrote it, so that none answers by itself (RFC 3834).
const AUTO_SUBMITTED: HeaderName = HeaderName::new_from_ascii_str("Auto-Submitted");
const CONTENT_LANGUAGE: HeaderName = HeaderName::new_from_ascii_str("Content-Language");
const UNSUBSCRIBE: HeaderName = HeaderName::new_from_ascii_str("List-Unsubscribe");
const UNSUBSCRIBE_POST: HeaderName = HeaderName::new_from_ascii_str("List-Unsubscribe-Post");
/// What a mail program sends to the address of [`UNSUBSCRIBE`] (RFC 8058, 3.1).
pub const ONE_CLICK: &str = "List-Unsubscribe=One-Click";

/// The message of a letter.
///
/// # Errors
/// The recipient's address is none that a message can be sent to.
pub fn message(mailer: &Mailer, claimed: &ClaimedLetter) -> anyhow::Result<Message> {
    let letter = &claimed.letter;
    let to = Mailbox::new(letter.name.clone(), letter.email.as_str().parse()?);
    // Letters are written after 1970.
    let seconds = u64::try_from(claimed.created.as_second()).unwrap_or_default();
    let written = SystemTime::UNIX_EPOCH + Duration::from_secs(seconds);
    let raw = |name: &HeaderName, value: String| HeaderValue::new(name.clone(), value);
    let mut builder = Message::builder()
        .from(mailer.from.clone())
        .to(to)
        .date(written)
        .message_id(Some(format!("<{}@{}>", claimed.id, mailer.host)))
        .subject(letter.subject.as_str())
        .raw_header(raw(&AUTO_SUBMITTED, "auto-generated".to_owned()))
        .raw_header(raw(&CONTENT_LANGUAGE, letter.language.tag().to_owned()));
    if let Some(address) = &letter.unsubscribe {
        builder = builder
            .raw_header(raw(&UNSUBSCRIBE, format!("<{address}>")))
            .raw_header(raw(&UNSUBSCRIBE_POST, ONE_CLICK.to_owned()));
    }
    let parts = MultiPart::alternative()
        .boundary(format!("anker-{}", claimed.id))
        .singlepart(part(&letter.text, ContentType::TEXT_PLAIN))
        .singlepart(part(&letter.html, ContentType::TEXT_HTML));
    Ok(builder.multipart(parts)?)
}

/// Danish is mostly ASCII, so it stays readable as quoted-printable (RFC 2045, 6.7).
fn part(text: &str, content_type: ContentType) -> SinglePart {
    let encoding = ContentTransferEncoding::QuotedPrintable;
    // The encoding takes any text; giving up is only for those that do not.
    let body = Body::new_with_encoding(text.to_owned(), encoding).unwrap_or_else(Body::new);
    SinglePart::builder().header(content_type).body(body)
}
