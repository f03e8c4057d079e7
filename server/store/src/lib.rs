//! What the portal keeps, in SurrealDB.
//!
//! # Concepts
//!
//! A **record** is a published object as it is now: an offer, a case, an organisation and so on.
//! Its key is its kind and its id. Its content is one line of the exchange format, which the
//! database does not look into: what can be said about an object is the domain's affair, and
//! lists, sorting and search are the index's. The database is read by key.
//!
//! A **revision** is one change to one record: what it became, when and by whom, and which revision
//! of the same record was before it. Nothing is ever taken out of the revisions, so each record's
//! history can be followed back, also that of one that was removed.
//!
//! The **counter** is a single row with the number of the last revision and the number of records
//! of each kind. Every transaction that changes records takes its revisions' numbers from it and
//! moves it on. Two such transactions cannot both succeed from the same counter, so the order of the
//! numbers is the order of the commits, and there is no gap in them.
//!
//! The **outbox** is the revisions again: who has to learn of every change (the search index, above
//! all) remembers the number it has come to and asks for the revisions after it. A change and its
//! place in the outbox are the same transaction, so neither is there without the other.
//!
//! **Sample content** is what the portal fills an empty database with, so that it has something to
//! show. Its records are marked until someone changes them, and can all be removed at once.
//!
//! **Migrations** bring the schema of an older database forward, step by step, when it is opened.
//!
//! # Files
//!
//! - `database_url`, `engine`: where the database is; the one connection, its memory, its retries.
//! - `migration` and `migrations/`: the schema.
//! - `record`, `revision`, `counter`: these concepts, and their rows in the database.
//! - `store`, `snapshot`: opening, reading by key, following revisions; reading everything.
//! - `manuscript`: drafts, whom they wait for, and what has been said of them.
//! - `write`: publishing and removing.
//! - `account`, `session`, `secret`: who may do more than read, signing in, and what opens something.
//! - `identity`: who accounts are at an issuer of sign-ins.
//! - `second_factor`: what an account shows besides its password.
//! - `membership`: who belongs to which organisation, who is invited, and who asks to be let in.
//! - `attachment`: images and files, and what readers report of them.
//! - `feedback`: what teachers say of offers, the owners' answers, and what is reported of it.
//! - `mail`, `notice`: letters on their way out; what waits for the digest, and what people choose to be told.
//! - `upkeep`: what is told once, and the addresses that confirm content from letters.
//! - `audit`: the log of who did what when.
//! - `personal_data`: all there is about a person, and deleting it.
//! - `links`: web addresses that published content links to, and what visits to them have shown.
//! - `setting`: the portal's own small texts.
//! - `backup`, `check`: the whole database to a file and back; whether it is in order.
//! - `error`: what can go wrong, and what to do about it.

mod account;
mod attachment;
mod audit;
mod backup;
mod check;
mod counter;
mod database_url;
mod engine;
mod error;
mod feedback;
mod identity;
mod links;
mod mail;
mod manuscript;
mod membership;
mod migration;
mod notice;
mod personal_data;
mod record;
mod revision;
mod second_factor;
mod secret;
mod session;
mod setting;
mod snapshot;
mod store;
#[cfg(test)]
mod tests;
mod upkeep;
mod write;

pub use account::{Account, LinkPurpose, Token};
pub use attachment::{
    Attachment, AttachmentKind, GRACE, Judgement, Kept, NewAttachment, Report, Reported, Version,
    content_id,
};
pub use audit::AuditLine;
pub use backup::BackupSummary;
pub use check::Finding;
pub use counter::Counts;
pub use database_url::{DatabaseUrl, ServerAddress};
pub use error::StoreError;
pub use feedback::{
    Answered, FEEDBACK_LINK, FeedbackLink, FeedbackReport, KEPT_DECISION, KEPT_FEEDBACK, Recipient,
    ReportedFeedback, UnverifiedFeedback,
};
pub use identity::{Identity, LinkedIdentity};
pub use links::{Link, LinkPlace, LinksOf};
pub use mail::{AfterFailure, ClaimedLetter, LetterState, NewLetter, QueuedLetter};
pub use manuscript::{Manuscript, RecordStep, Remark, Side};
pub use membership::{Invitation, JoinRequest, Member, Standing};
pub use migration::SCHEMA_VERSION;
pub use notice::{Post, Unsubscribe, WaitingNotice};
pub use personal_data::{Erasure, OwnRemark, OwnUpload, SentLetter};
pub use record::{Key, Record};
pub use revision::{Action, Author, Revision};
pub use second_factor::{NotARecoveryCode, Proof, RecoveryCode, SecondFactor, SharedSecret};
pub use secret::{NotASecret, Secret};
pub use session::{FactorStanding, OpenSession, Session};
pub use snapshot::{Pages, Snapshot};
pub use store::Store;
pub use upkeep::{Confirming, Told};
pub use write::{
    BATCH, LARGEST_BATCH, LARGEST_BATCH_BYTES, LARGEST_CONTENT, Origin, Outcome, SampleRemoved,
};
