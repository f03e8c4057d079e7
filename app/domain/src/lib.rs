//! The nouns of Anker and their rules.
//!
//! This crate does no input or output and knows no framework; it compiles to wasm. Everything that
//! comes from outside is parsed here into a type whose value is valid, so that the rest of the
//! program never has to ask again. The serde form of the objects *is* the exchange format,
//! version 1 (`docs/exchange.md`): a later version gets wire types of its own.

pub mod agreement;
mod attachment;
pub mod audit;
mod case;
mod change;
pub mod codes;
mod curriculum;
pub mod draft;
mod editorial;
pub mod exchange;
pub mod feedback;
pub mod freshness;
mod grade;
mod identity;
mod invalid;
mod language;
pub mod links;
pub mod membership;
pub mod municipality;
pub mod notice;
mod offer;
mod organisation;
pub mod permission;
mod place;
pub mod publication;
pub mod retention;
pub mod search;
pub mod survey;
mod text;

pub use attachment::{
    AttachedFile, ContentId, Image, LegalBasis, MOST_FILES, MOST_IMAGES, ReportReason,
};
pub use case::{Advice, Case, Partner, Period};
pub use change::{Change, Part, PublishedVersion, changed_parts, changes};
pub use codes::{
    AnchoringStatus, Audience, Challenge, Code, Degree, Motivation, OrganisationKind, OtherLevel,
    Outcome, PlaceMode, PriceKind, Sharing, Subject, Success, Task, TransportMode,
};
pub use curriculum::{Curriculum, FOLKESKOLE_2022};
pub use editorial::{Evidence, Recommendation, Role, Strategy};
pub use exchange::{Entry, Kind, Object};
pub use grade::{Grade, Stage};
pub use identity::Slug;
pub use invalid::Invalid;
pub use language::{Language, compare_danish, sort_key_danish};
pub use municipality::{Municipality, MunicipalityCode};
pub use offer::{Anchoring, Availability, Contact, Materials, Offer, Place, Price, Transport};
pub use organisation::Organisation;
pub use place::{Address, GeoPoint};
pub use text::{
    EmailAddress, LanguageTag, Line, Markdown, Paragraph, PhoneNumber, Theme, Title, WebAddress,
};
