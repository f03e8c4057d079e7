//! Letters: each is written once, as a few blocks, and comes out as plain text and as HTML with the same words.

use domain::membership::MemberRole;
use domain::notice::{AskedLetter, LetterKind, Notice, NoticeKind};
use domain::{Code, Language, Title};
use jiff::civil::Date;

use crate::context::Site;
use crate::format;
use crate::routes::Route;
use crate::text::Text;

/// What a letter is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Letter {
    /// A link to sign in with was asked for; the address that signs in.
    SignInLink(String),
    /// An account was asked for; the address that makes it.
    SignUpLink(String),
    /// An account was asked for where there is one; the address that signs in to it.
    AccountExists(String),
    /// Access was asked for to an account that is closed.
    AccountClosed,
    /// Somebody has written that this address is theirs; where that is confirmed.
    ConfirmAddress(String),
    /// Somebody has written on their account an address that is another's.
    AddressTaken,
    /// The account was deleted, as its owner asked or because nobody has used it.
    AccountDeleted,
    /// Nobody has used the account for long: it is deleted on this day.
    AccountUnused(Date),
    /// A link was asked for where there is no account.
    NoAccount,
    /// An invitation to an organisation.
    Invitation {
        /// Who invites.
        who: String,
        /// The organisation's name.
        organisation: Title,
        /// What one is to be there.
        role: MemberRole,
        /// The address where the invitation is answered.
        address: String,
        /// The last day on which it is good.
        until: Date,
    },
    /// Feedback waits for its giver to confirm their address.
    FeedbackLink {
        /// The offer's title.
        title: String,
        /// The address that confirms.
        address: String,
    },
    /// The owner has answered feedback whose giver has no account and asked to hear of it.
    FeedbackReply {
        /// The offer's title.
        title: String,
        /// The name of the organisation that answers.
        who: String,
        /// The answer.
        answer: String,
        /// The offer's address.
        address: String,
    },
    /// A single notice, sent at once.
    Notice(Notice),
    /// The notices that have waited since the last digest, oldest first.
    Digest(Vec<Notice>),
}

impl Letter {
    /// What kind of letter it is.
    pub fn kind(&self) -> LetterKind {
        LetterKind::Asked(match self {
            Letter::SignInLink(_) => AskedLetter::SignInLink,
            Letter::SignUpLink(_) => AskedLetter::SignUpLink,
            Letter::AccountExists(_) => AskedLetter::AccountExists,
            Letter::AccountClosed => AskedLetter::AccountClosed,
            Letter::ConfirmAddress(_) => AskedLetter::ConfirmAddress,
            Letter::AddressTaken => AskedLetter::AddressTaken,
            Letter::AccountDeleted => AskedLetter::AccountDeleted,
            Letter::AccountUnused(_) => AskedLetter::AccountUnused,
            Letter::NoAccount => AskedLetter::NoAccount,
            Letter::Invitation { .. } => AskedLetter::Invitation,
            Letter::FeedbackLink { .. } => AskedLetter::FeedbackLink,
            Letter::FeedbackReply { .. } => AskedLetter::FeedbackReply,
            Letter::Notice(notice) => return LetterKind::Notice(notice.kind),
            Letter::Digest(_) => return LetterKind::Digest,
        })
    }
}

/// Whom a letter is written to.
#[derive(Debug, Clone, Copy)]
pub struct Reader<'letter> {
    /// The language they read.
    pub language: Language,
    /// Their name, where it is known.
    pub name: Option<&'letter str>,
    /// The address that turns such letters off; none for letters that were asked for.
    pub unsubscribe: Option<&'letter str>,
}

/// A letter as it is sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Written {
    /// The subject.
    pub subject: String,
    /// The plain text.
    pub text: String,
    /// A whole HTML document.
    pub html: String,
}

/// A part of a letter.
enum Block {
    Paragraph(String),
    Heading(String),
    Quote(String),
    /// What the letter is for: label and address.
    Button(String, String),
    Link(String, String),
    /// Below this is why one gets the letter.
    Rule,
}

/// Writes a letter.
pub fn write(site: &Site, letter: &Letter, reader: Reader<'_>) -> Written {
    let language = reader.language;
    let text = Text::new(language).letters();
    let mut blocks = vec![Block::Paragraph(match reader.name {
        Some(name) => text.greeting(name),
        None => text.greeting_nobody().to_owned(),
    })];
    let paragraph = |text: &str| Block::Paragraph(text.to_owned());
    let button = |label: &str, address: &str| Block::Button(label.to_owned(), address.to_owned());
    let subject = match letter {
        Letter::SignInLink(address) => {
            blocks.extend([
                paragraph(text.sign_in()),
                button(text.sign_in_button(), address),
            ]);
            text.sign_in_subject().to_owned()
        }
        Letter::SignUpLink(address) => {
            blocks.extend([
                paragraph(text.sign_up()),
                button(text.sign_up_button(), address),
            ]);
            text.sign_up_subject().to_owned()
        }
        Letter::AccountExists(address) => {
            blocks.extend([
                paragraph(text.exists()),
                button(text.sign_in_button(), address),
            ]);
            text.exists_subject().to_owned()
        }
        Letter::AccountClosed => {
            blocks.push(Block::Paragraph(text.closed(&site.contact_email)));
            text.closed_subject().to_owned()
        }
        Letter::ConfirmAddress(address) => {
            blocks.extend([
                paragraph(text.address()),
                button(text.address_button(), address),
            ]);
            text.address_subject().to_owned()
        }
        Letter::AddressTaken => {
            blocks.push(paragraph(text.taken()));
            text.taken_subject().to_owned()
        }
        Letter::AccountDeleted => {
            blocks.push(Block::Paragraph(text.deleted(&site.contact_email)));
            text.deleted_subject().to_owned()
        }
        Letter::AccountUnused(day) => {
            let address = [&site.public_url, Route::SignIn.path(language).as_str()].concat();
            blocks.extend([
                Block::Paragraph(text.unused(&format::date(*day, language))),
                button(text.sign_in_button(), &address),
            ]);
            text.unused_subject().to_owned()
        }
        Letter::NoAccount => {
            let address = [&site.public_url, Route::SignUp.path(language).as_str()].concat();
            blocks.extend([paragraph(text.none()), button(text.none_button(), &address)]);
            text.none_subject().to_owned()
        }
        Letter::Invitation {
            who,
            organisation,
            role,
            address,
            until,
        } => {
            let organisation = organisation.as_str();
            let role = in_a_sentence(role.label(language));
            blocks.extend([
                Block::Paragraph(text.invitation(who, organisation, &role)),
                button(text.invitation_button(), address),
                Block::Paragraph(text.invitation_until(&format::date(*until, language))),
            ]);
            text.invitation_subject(organisation)
        }
        Letter::FeedbackLink { title, address } => {
            blocks.extend([
                Block::Paragraph(text.feedback(title)),
                button(text.feedback_button(), address),
            ]);
            text.feedback_subject(title)
        }
        Letter::FeedbackReply {
            title,
            who,
            answer,
            address,
        } => {
            blocks.extend([
                Block::Paragraph(text.reply(who, title)),
                Block::Quote(answer.clone()),
                button(&text.open(title), address),
            ]);
            text.reply_subject(title)
        }
        Letter::Notice(notice) => {
            tell(&mut blocks, notice, language);
            let label = text.button(notice.kind, &notice.title);
            blocks.push(Block::Button(label, address_of(site, notice, language)));
            text.subject(notice.kind, &notice.title)
        }
        Letter::Digest(notices) => {
            blocks.push(paragraph(text.digest()));
            gather(&mut blocks, site, notices, language);
            text.digest_subject(notices.len())
        }
    };
    close(&mut blocks, site, letter, reader);
    Written {
        text: as_text(&blocks),
        html: as_html(&blocks, &subject, language),
        subject,
    }
}

/// A label as a word among others; abbreviations keep their capitals.
fn in_a_sentence(label: &str) -> String {
    let mut letters = label.chars();
    match (letters.next(), letters.clone().next()) {
        (Some(first), Some(second)) if second.is_lowercase() => {
            first.to_lowercase().chain(letters).collect()
        }
        _ => label.to_owned(),
    }
}

/// One notice: what happened, since or until when, and what was said of it.
fn tell(blocks: &mut Vec<Block>, notice: &Notice, language: Language) {
    let text = Text::new(language).letters();
    let who = notice.who.as_deref();
    let mut told = text.told(notice.kind, who.unwrap_or(text.someone()), &notice.title);
    if let Some(day) = notice.since {
        told.push(' ');
        let day = format::date(day, language);
        told.push_str(&match notice.kind {
            NoticeKind::ReviewDue => text.by(&day),
            _ => text.since(&day),
        });
    }
    blocks.push(Block::Paragraph(told));
    if let Some(comment) = &notice.comment {
        blocks.push(Block::Paragraph(match (notice.kind, who) {
            (NoticeKind::LinksDead, _) => text.these_links().to_owned(),
            (_, Some(who)) => text.comment(who),
            (_, None) => text.comment_nobody().to_owned(),
        }));
        blocks.push(Block::Quote(comment.clone()));
    }
}

/// A digest's notices under what they are about, in the order in which something first happened to it.
fn gather(blocks: &mut Vec<Block>, site: &Site, notices: &[Notice], language: Language) {
    let text = Text::new(language).letters();
    let mut told: Vec<&str> = Vec::new();
    for first in notices {
        if told.contains(&first.path.as_str()) {
            continue;
        }
        told.push(&first.path);
        let about = notices.iter().filter(|notice| notice.path == first.path);
        // What it was called last is what it is called.
        let title = about.clone().next_back().map_or("", |last| &last.title);
        blocks.push(Block::Heading(title.to_owned()));
        for notice in about {
            tell(blocks, notice, language);
        }
        let address = address_of(site, first, language);
        blocks.push(Block::Link(text.button(first.kind, title), address));
    }
}

fn close(blocks: &mut Vec<Block>, site: &Site, letter: &Letter, reader: Reader<'_>) {
    let text = Text::new(reader.language).letters();
    let host = site
        .public_url
        .split_once("://")
        .map_or(site.public_url.as_str(), |(_, host)| host);
    blocks.push(Block::Rule);
    blocks.push(Block::Paragraph(match letter {
        Letter::Notice(_) | Letter::Digest(_) | Letter::AccountUnused(_) => text.notice_why(host),
        Letter::AccountDeleted => text.deleted_why(host),
        Letter::Invitation { .. } => text.invited_why(host),
        Letter::FeedbackReply { .. } => text.reply_why(host),
        _ => text.asked_why(host),
    }));
    if let Some(unsubscribe) = reader.unsubscribe {
        let choices = Route::Letters.path(reader.language);
        blocks.push(Block::Link(
            text.unsubscribe().to_owned(),
            unsubscribe.to_owned(),
        ));
        blocks.push(Block::Link(
            text.choose().to_owned(),
            [site.public_url.as_str(), &choices].concat(),
        ));
    }
}

/// The page a notice leads to, in the reader's language where it is there in both.
fn address_of(site: &Site, notice: &Notice, language: Language) -> String {
    let (path, rest) = match notice.path.find(['?', '#']) {
        Some(end) => notice.path.split_at(end),
        None => (notice.path.as_str(), ""),
    };
    let path = match Route::parse(path) {
        (_, Some(route)) => route.path(language),
        (_, None) => path.to_owned(),
    };
    [site.public_url.as_str(), &path, rest].concat()
}

fn as_text(blocks: &[Block]) -> String {
    let mut text = String::new();
    for block in blocks {
        if !text.is_empty() {
            text.push_str("\n\n");
        }
        match block {
            Block::Paragraph(words) => text.push_str(words),
            Block::Heading(words) => {
                text.push_str(words);
                text.push('\n');
                text.extend(std::iter::repeat_n('-', words.chars().count().min(60)));
            }
            Block::Quote(words) => {
                let lines: Vec<String> = words.lines().map(|line| ["> ", line].concat()).collect();
                text.push_str(&lines.join("\n"));
            }
            Block::Button(label, address) | Block::Link(label, address) => {
                text.push_str(label);
                text.push_str(":\n");
                text.push_str(address);
            }
            // The usual mark before a signature (RFC 3676, 4.3).
            Block::Rule => text.push_str("-- \nAnker"),
        }
    }
    text.push('\n');
    text
}

/// Programs that show mail know few styles and only where they are used.
fn as_html(blocks: &[Block], subject: &str, language: Language) -> String {
    const BODY: &str = "margin:0;padding:24px;background:#ffffff;color:#1c2430;\
         font:16px/1.5 system-ui,-apple-system,'Segoe UI',sans-serif";
    const BUTTON: &str = "display:inline-block;padding:12px 20px;border-radius:6px;\
         background:#0b4f6c;color:#ffffff;font-weight:600;text-decoration:none";
    const QUOTE: &str = "margin:16px 0;padding:4px 16px;border-left:4px solid #0b4f6c";
    let mut html = String::with_capacity(4_096);
    html.push_str("<!doctype html>\n<html lang=\"");
    html.push_str(language.tag());
    html.push_str("\">\n<head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\"><title>");
    escape(&mut html, subject);
    html.push_str("</title></head>\n<body style=\"");
    html.push_str(BODY);
    html.push_str("\">\n<div style=\"max-width:600px;margin:0 auto\">\n<p style=\"font-weight:700\">Anker</p>\n");
    let anchor = |html: &mut String, label: &str, address: &str, style: &str| {
        html.push_str("<p><a href=\"");
        escape(html, address);
        html.push_str("\" style=\"");
        html.push_str(style);
        html.push_str("\">");
        escape(html, label);
        html.push_str("</a></p>\n");
    };
    let mut small = false;
    for block in blocks {
        match block {
            Block::Paragraph(words) => {
                html.push_str("<p>");
                escape(&mut html, words);
                html.push_str("</p>\n");
            }
            Block::Heading(words) => {
                html.push_str("<h2 style=\"margin:24px 0 8px;font-size:18px\">");
                escape(&mut html, words);
                html.push_str("</h2>\n");
            }
            Block::Quote(words) => {
                html.push_str("<blockquote style=\"");
                html.push_str(QUOTE);
                html.push_str("\">");
                for (number, line) in words.lines().enumerate() {
                    if number > 0 {
                        html.push_str("<br>");
                    }
                    escape(&mut html, line);
                }
                html.push_str("</blockquote>\n");
            }
            Block::Button(label, address) => anchor(&mut html, label, address, BUTTON),
            Block::Link(label, address) => anchor(&mut html, label, address, "color:#0b4f6c"),
            Block::Rule => {
                small = true;
                html.push_str("<div style=\"margin-top:32px;padding-top:8px;border-top:1px solid #c5ccd6;font-size:14px\">\n");
            }
        }
    }
    if small {
        html.push_str("</div>\n");
    }
    html.push_str("</div>\n</body>\n</html>\n");
    html
}

fn escape(html: &mut String, text: &str) {
    for letter in text.chars() {
        match letter {
            '&' => html.push_str("&amp;"),
            '<' => html.push_str("&lt;"),
            '>' => html.push_str("&gt;"),
            '"' => html.push_str("&quot;"),
            '\'' => html.push_str("&#39;"),
            letter => html.push(letter),
        }
    }
}
