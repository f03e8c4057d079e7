//! The exchange format, version 1: one JSON object a line, told apart by `type`.

use std::fmt;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::codes::topic_label;
use crate::{
    Anchoring, Case, Code, ContentId, Invalid, Language, Offer, Organisation, Recommendation, Role,
    Slug, Strategy,
};

/// A kind of object that the portal publishes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Kind {
    /// Organisations.
    Organisation,
    /// Anchoring strategies.
    Strategy,
    /// Roles.
    Role,
    /// Teaching offers.
    Offer,
    /// Cases.
    Case,
    /// Recommendations.
    Recommendation,
}

impl Kind {
    /// A title of the kind in the plural, such as "Forløb".
    #[must_use]
    pub fn plural(self, language: Language) -> &'static str {
        match (self, language) {
            (Kind::Organisation, Language::Danish) => "Organisationer",
            (Kind::Organisation, Language::English) => "Organisations",
            (Kind::Strategy, Language::Danish) => "Forankringsstrategier",
            (Kind::Strategy, Language::English) => "Anchoring strategies",
            (Kind::Role, Language::Danish) => "Roller",
            (Kind::Role, Language::English) => "Roles",
            (Kind::Offer, Language::Danish) => "Forløb",
            (Kind::Offer, Language::English) => "Teaching offers",
            (Kind::Case, Language::Danish) => "Erfaringer",
            (Kind::Case, Language::English) => "Experiences",
            (Kind::Recommendation, Language::Danish) => "Anbefalinger",
            (Kind::Recommendation, Language::English) => "Recommendations",
        }
    }
}

impl Code for Kind {
    /// Every kind, in the order of an export: what is referred to stands before what refers to it
    /// as far as that is possible (offers and cases refer to each other).
    fn all() -> &'static [Kind] {
        &[
            Kind::Organisation,
            Kind::Strategy,
            Kind::Role,
            Kind::Offer,
            Kind::Case,
            Kind::Recommendation,
        ]
    }

    fn code(self) -> &'static str {
        match self {
            Kind::Organisation => "organisation",
            Kind::Strategy => "strategy",
            Kind::Role => "role",
            Kind::Offer => "offer",
            Kind::Case => "case",
            Kind::Recommendation => "recommendation",
        }
    }

    fn label(self, language: Language) -> &'static str {
        match (self, language) {
            (Kind::Organisation, Language::Danish) => "Organisation",
            (Kind::Organisation, Language::English) => "Organisation",
            (Kind::Strategy, Language::Danish) => "Forankringsstrategi",
            (Kind::Strategy, Language::English) => "Anchoring strategy",
            (Kind::Role, Language::Danish) => "Rolle",
            (Kind::Role, Language::English) => "Role",
            (Kind::Offer, Language::Danish) => "Forløb",
            (Kind::Offer, Language::English) => "Teaching offer",
            (Kind::Case, Language::Danish) => "Erfaring",
            (Kind::Case, Language::English) => "Experience",
            (Kind::Recommendation, Language::Danish) => "Anbefaling",
            (Kind::Recommendation, Language::English) => "Recommendation",
        }
    }
}

impl std::str::FromStr for Kind {
    type Err = Invalid;

    fn from_str(text: &str) -> Result<Kind, Invalid> {
        Kind::all()
            .iter()
            .copied()
            .find(|kind| kind.code() == text)
            .ok_or_else(|| Invalid::UnknownCode(text.chars().take(80).collect()))
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.code())
    }
}

/// One object of the exchange format.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "camelCase")]
pub enum Entry {
    /// An organisation.
    Organisation(Organisation),
    /// An anchoring strategy.
    Strategy(Strategy),
    /// A role.
    Role(Role),
    /// A teaching offer.
    Offer(Box<Offer>),
    /// A case.
    Case(Box<Case>),
    /// A recommendation.
    Recommendation(Recommendation),
}

/// A type of object that the portal publishes.
pub trait Object: Sized {
    /// Its kind.
    const KIND: Kind;

    /// The object of an entry of its kind; `None` for an entry of another.
    fn of(entry: Entry) -> Option<Self>;
}

macro_rules! objects {
    ($($object:ident: $entry:pat => $inside:expr;)+) => {
        $(
            impl Object for $object {
                const KIND: Kind = Kind::$object;

                fn of(entry: Entry) -> Option<Self> {
                    match entry {
                        $entry => Some($inside),
                        _ => None,
                    }
                }
            }
        )+
    };
}

objects! {
    Organisation: Entry::Organisation(organisation) => organisation;
    Strategy: Entry::Strategy(strategy) => strategy;
    Role: Entry::Role(role) => role;
    Offer: Entry::Offer(offer) => *offer;
    Case: Entry::Case(case) => *case;
    Recommendation: Entry::Recommendation(recommendation) => recommendation;
}

/// A mention of another object.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reference {
    /// The field that mentions it, such as `partners[2].organisation`.
    pub field: String,
    /// The kind of object mentioned.
    pub kind: Kind,
    /// Its id.
    pub id: Slug,
}

impl Entry {
    /// The kind of object.
    #[must_use]
    pub fn kind(&self) -> Kind {
        match self {
            Entry::Organisation(_) => Kind::Organisation,
            Entry::Strategy(_) => Kind::Strategy,
            Entry::Role(_) => Kind::Role,
            Entry::Offer(_) => Kind::Offer,
            Entry::Case(_) => Kind::Case,
            Entry::Recommendation(_) => Kind::Recommendation,
        }
    }

    /// Its id (a strategy's and a role's is called a code).
    #[must_use]
    pub fn id(&self) -> &Slug {
        match self {
            Entry::Organisation(organisation) => &organisation.id,
            Entry::Strategy(strategy) => &strategy.code,
            Entry::Role(role) => &role.code,
            Entry::Offer(offer) => &offer.id,
            Entry::Case(case) => &case.id,
            Entry::Recommendation(recommendation) => &recommendation.id,
        }
    }

    /// Its title or name.
    #[must_use]
    pub fn title(&self) -> &str {
        match self {
            Entry::Organisation(organisation) => organisation.name.as_str(),
            Entry::Strategy(strategy) => strategy.title.as_str(),
            Entry::Role(role) => role.title.as_str(),
            Entry::Offer(offer) => offer.title.as_str(),
            Entry::Case(case) => case.title.as_str(),
            Entry::Recommendation(recommendation) => recommendation.title.as_str(),
        }
    }

    /// How it is kept alive; nothing for what is neither an offer nor a case.
    #[must_use]
    pub fn anchoring(&self) -> &[Anchoring] {
        match self {
            Entry::Offer(offer) => &offer.anchoring,
            Entry::Case(case) => &case.anchoring,
            _ => &[],
        }
    }

    /// Everything it refers to by id. A recommendation's topics are references where they are not
    /// one of the closed codes; a survey's id is not an object of the portal.
    #[must_use]
    pub fn references(&self) -> Vec<Reference> {
        let mut references = Vec::new();
        let mut refer = |field: String, kind: Kind, id: &Slug| {
            references.push(Reference {
                field,
                kind,
                id: id.clone(),
            });
        };
        let anchoring = match self {
            Entry::Offer(offer) => {
                refer("provider".into(), Kind::Organisation, &offer.provider);
                for (position, id) in offer.developed_in.iter().enumerate() {
                    refer(format!("developedIn[{position}]"), Kind::Case, id);
                }
                &offer.anchoring[..]
            }
            Entry::Case(case) => {
                for (position, partner) in case.partners.iter().enumerate() {
                    let field = format!("partners[{position}].organisation");
                    refer(field, Kind::Organisation, &partner.organisation);
                }
                for (position, id) in case.offers.iter().enumerate() {
                    refer(format!("offers[{position}]"), Kind::Offer, id);
                }
                &case.anchoring[..]
            }
            Entry::Recommendation(recommendation) => {
                for (position, topic) in recommendation.topics.iter().enumerate() {
                    if topic_label(topic.as_str(), Language::Danish).is_none() {
                        refer(format!("topics[{position}]"), Kind::Strategy, topic);
                    }
                }
                for (position, evidence) in recommendation.evidence.iter().enumerate() {
                    if let Some(case) = &evidence.case {
                        refer(format!("evidence[{position}].case"), Kind::Case, case);
                    }
                }
                &[]
            }
            Entry::Organisation(_) | Entry::Strategy(_) | Entry::Role(_) => &[],
        };
        for (position, entry) in anchoring.iter().enumerate() {
            refer(
                format!("anchoring[{position}].strategy"),
                Kind::Strategy,
                &entry.strategy,
            );
            if let Some(owner) = &entry.owner {
                refer(
                    format!("anchoring[{position}].owner"),
                    Kind::Organisation,
                    owner,
                );
            }
        }
        references
    }

    /// The images and files that it shows, images first.
    #[must_use]
    pub fn attachments(&self) -> Vec<&ContentId> {
        let (images, files) = match self {
            Entry::Offer(offer) => (&offer.images[..], &offer.files[..]),
            Entry::Case(case) => (&case.images[..], &case.files[..]),
            _ => return Vec::new(),
        };
        let images = images.iter().map(|image| &image.id);
        images.chain(files.iter().map(|file| &file.id)).collect()
    }

    /// Notes the day on which its content changed, where its kind says that.
    pub fn set_updated(&mut self, day: jiff::civil::Date) {
        match self {
            Entry::Offer(offer) => offer.updated = Some(day),
            Entry::Case(case) => case.updated = Some(day),
            _ => {}
        }
    }

    /// The rules that span fields.
    ///
    /// # Errors
    /// The field and the rule it breaks.
    pub fn check(&self) -> Result<(), FieldError> {
        match self {
            Entry::Organisation(organisation) => organisation.check(),
            Entry::Strategy(strategy) => strategy.check(),
            Entry::Role(role) => role.check(),
            Entry::Offer(offer) => offer.check(),
            Entry::Case(case) => case.check(),
            Entry::Recommendation(recommendation) => recommendation.check(),
        }
        .map_err(|(field, invalid)| FieldError { field, invalid })
    }
}

/// What is wrong with one line, and with which field of it.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{field}: {invalid}")]
pub struct FieldError {
    /// The field's path, such as `place.municipality` or `partners[0].tasks`; empty for the line
    /// as a whole.
    pub field: String,
    /// The rule that was broken.
    pub invalid: Invalid,
}

impl FieldError {
    /// The error in a sentence: the field's name and what is wrong with it.
    #[must_use]
    pub fn message(&self, language: Language) -> String {
        let message = self.invalid.message(language);
        match (self.field.as_str(), language) {
            ("", Language::Danish) => format!("Linjen {message}."),
            ("", Language::English) => format!("The line {message}."),
            (field, Language::Danish) => format!("Feltet {field} {message}."),
            (field, Language::English) => format!("The field {field} {message}."),
        }
    }
}

/// The most bytes that one line may have: enough for the largest valid object many times over.
pub const MAX_LINE_BYTES: usize = 1_000_000;

/// Reads one line.
///
/// # Errors
/// The field that is wrong and the rule it breaks.
pub fn parse_line(line: &str) -> Result<Entry, FieldError> {
    if line.len() > MAX_LINE_BYTES {
        let invalid = Invalid::TooLong(MAX_LINE_BYTES);
        return Err(FieldError {
            field: String::new(),
            invalid,
        });
    }
    let fields: Map<String, Value> = serde_json::from_str(line).map_err(|_| FieldError {
        field: String::new(),
        invalid: Invalid::NotJson,
    })?;
    parse_object(fields)
}

/// Reads one object that is already JSON.
///
/// # Errors
/// The field that is wrong and the rule it breaks.
pub fn parse_object(mut fields: Map<String, Value>) -> Result<Entry, FieldError> {
    let type_error = |invalid| FieldError {
        field: "type".into(),
        invalid,
    };
    let kind = match fields.remove("type") {
        None => return Err(type_error(Invalid::Missing)),
        Some(Value::String(code)) => code.parse::<Kind>().map_err(type_error)?,
        Some(_) => return Err(type_error(Invalid::WrongType("a string".into()))),
    };
    let value = Value::Object(fields);
    let entry = match kind {
        Kind::Organisation => read(value).map(Entry::Organisation),
        Kind::Strategy => read(value).map(Entry::Strategy),
        Kind::Role => read(value).map(Entry::Role),
        Kind::Offer => read(value).map(|offer| Entry::Offer(Box::new(offer))),
        Kind::Case => read(value).map(|case| Entry::Case(Box::new(case))),
        Kind::Recommendation => read(value).map(Entry::Recommendation),
    }?;
    entry.check()?;
    Ok(entry)
}

fn read<'de, T: Deserialize<'de>>(value: Value) -> Result<T, FieldError> {
    serde_path_to_error::deserialize(value).map_err(|error| {
        let path = error.path().to_string();
        explain(&path, &error.into_inner().to_string())
    })
}

/// Turns serde's sentence into one of the rules. serde gives no structured error; the beginnings
/// matched here are part of its `Error` trait's default messages, and the tests hold them.
fn explain(path: &str, sentence: &str) -> FieldError {
    let parent = if path == "." { "" } else { path };
    let quoted = || sentence.split('`').nth(1).unwrap_or_default().to_owned();
    let within = |name: &str| {
        if parent.is_empty() {
            name.to_owned()
        } else if parent == name || parent.ends_with(&format!(".{name}")) {
            parent.to_owned()
        } else {
            format!("{parent}.{name}")
        }
    };
    if sentence.starts_with("unknown field") {
        FieldError {
            field: within(&quoted()),
            invalid: Invalid::UnknownField,
        }
    } else if sentence.starts_with("missing field") {
        FieldError {
            field: within(&quoted()),
            invalid: Invalid::Missing,
        }
    } else if let Some(invalid) = Invalid::from_token(sentence) {
        FieldError {
            field: parent.to_owned(),
            invalid,
        }
    } else if sentence.starts_with("invalid type") || sentence.starts_with("invalid value") {
        let expected = sentence
            .rsplit("expected ")
            .next()
            .unwrap_or_default()
            .to_owned();
        FieldError {
            field: parent.to_owned(),
            invalid: Invalid::WrongType(expected),
        }
    } else {
        // The only values left that explain themselves in words of their own are dates.
        FieldError {
            field: parent.to_owned(),
            invalid: Invalid::Date,
        }
    }
}

/// Writes one object as a line, without the line end: `type` first, then the fields in the order
/// of the format, so that the same content always gives the same text.
#[must_use]
pub fn write_line(entry: &Entry) -> String {
    // Maps with text keys, texts, numbers and lists are all that an entry has; JSON holds them all.
    serde_json::to_string(entry).expect("an entry is always JSON")
}

/// Valid entries from lines, for the domain types' samples.
pub(crate) fn samples(lines: &[&str]) -> Vec<Entry> {
    lines
        .iter()
        .filter_map(|line| parse_line(line).ok())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn error(line: &str) -> (String, Invalid) {
        let error = parse_line(line).unwrap_err();
        (error.field, error.invalid)
    }

    #[test]
    fn every_sample_is_valid_and_survives_writing() {
        assert_eq!(Organisation::samples().len(), 3);
        assert_eq!(Offer::samples().len(), 2);
        assert_eq!(Case::samples().len(), 2);
        assert_eq!(Strategy::samples().len(), 2);
        assert_eq!(Role::samples().len(), 1);
        assert_eq!(Recommendation::samples().len(), 1);
        let entries = Offer::samples()
            .into_iter()
            .map(|offer| Entry::Offer(Box::new(offer)))
            .chain(
                Case::samples()
                    .into_iter()
                    .map(|case| Entry::Case(Box::new(case))),
            );
        for entry in entries {
            let line = write_line(&entry);
            assert_eq!(parse_line(&line).unwrap(), entry);
            assert_eq!(write_line(&parse_line(&line).unwrap()), line);
        }
    }

    #[test]
    fn errors_name_the_field() {
        let offer = |rest: &str| {
            format!(r#"{{"type":"offer","id":"a","title":"T","summary":"S","provider":"p"{rest}}}"#)
        };
        assert_eq!(error("{"), (String::new(), Invalid::NotJson));
        assert_eq!(error("[]"), (String::new(), Invalid::NotJson));
        assert_eq!(error("{}"), ("type".into(), Invalid::Missing));
        assert_eq!(
            error(r#"{"type":"thing"}"#),
            ("type".into(), Invalid::UnknownCode("thing".into()))
        );
        assert_eq!(
            error(r#"{"type":"offer","id":"a"}"#),
            ("title".into(), Invalid::Missing)
        );
        assert_eq!(
            error(r#"{"type":"offer","id":"Å"}"#),
            ("id".into(), Invalid::Identifier)
        );
        assert_eq!(
            error(&offer(r#","colour":1"#)),
            ("colour".into(), Invalid::UnknownField)
        );
        assert_eq!(
            error(&offer(r#","place":{"mode":"moon"}"#)),
            ("place.mode".into(), Invalid::UnknownCode("moon".into()))
        );
        assert_eq!(
            error(&offer(r#","place":{"mode":"school","x":1}"#)),
            ("place.x".into(), Invalid::UnknownField)
        );
        assert_eq!(
            error(&offer(r#","place":{"mode":"school","address":{"x":1}}"#)),
            ("place.address.x".into(), Invalid::UnknownField)
        );
        assert_eq!(
            error(&offer(r#","place":{"mode":"school","address":" "}"#)),
            ("place.address".into(), Invalid::Empty)
        );
        assert_eq!(
            error(&offer(r#","place":{}"#)),
            ("place.mode".into(), Invalid::Missing)
        );
        assert_eq!(
            error(&offer(r#","grades":[1,11]"#)),
            ("grades[1]".into(), Invalid::OutOfRange(0, 10))
        );
        assert_eq!(
            error(&offer(r#","grades":[1,1]"#)),
            ("grades[1]".into(), Invalid::Twice("1".into()))
        );
        assert_eq!(
            error(&offer(r#","updated":"2026-13-01""#)),
            ("updated".into(), Invalid::Date)
        );
        assert_eq!(
            error(&offer(r#","durationMinutes":"90""#)).0,
            "durationMinutes"
        );
        assert_eq!(
            error(&offer(r#","openTo":["999"]"#)),
            (
                "openTo[0]".into(),
                Invalid::UnknownMunicipality("999".into())
            )
        );
        assert_eq!(
            error(&offer(
                r#","available":{"from":"2026-02-01","to":"2026-01-01"}"#
            )),
            ("available.to".into(), Invalid::EndsBeforeStart)
        );
        let case = r#"{"type":"case","id":"a","title":"T","summary":"S","partners":[{"organisation":"o","tasks":{"fly":"high"}}]}"#;
        let (field, invalid) = error(case);
        assert!(field.starts_with("partners[0].tasks"), "{field}");
        assert_eq!(invalid, Invalid::UnknownCode("fly".into()));
        let message = parse_line(&offer(r#","colour":1"#))
            .unwrap_err()
            .message(Language::Danish);
        assert!(message.starts_with("Feltet colour "), "{message}");
    }

    #[test]
    fn whole_amounts_are_written_whole() {
        for amount in ["650", "12.5"] {
            let line = format!(
                r#"{{"type":"offer","id":"a","title":"T","summary":"S","provider":"p","price":{{"kind":"perClass","amount":{amount}}}}}"#
            );
            assert_eq!(write_line(&parse_line(&line).unwrap()), line);
        }
    }

    #[test]
    fn references_are_named_with_their_field() {
        let case = Entry::Case(Box::new(Case::samples().remove(0)));
        let fields: Vec<String> = case
            .references()
            .into_iter()
            .map(|reference| reference.field)
            .collect();
        assert!(fields.contains(&"partners[2].organisation".to_owned()));
        assert!(fields.contains(&"offers[0]".to_owned()));
        assert!(fields.contains(&"anchoring[0].strategy".to_owned()));
        let recommendation = Entry::Recommendation(Recommendation::samples().remove(0));
        let kinds: Vec<(Kind, String)> = recommendation
            .references()
            .into_iter()
            .map(|reference| (reference.kind, reference.id.to_string()))
            .collect();
        assert_eq!(
            kinds,
            [
                (Kind::Strategy, "network-meetings".to_owned()),
                (Kind::Case, "aaen-som-klassevaerelse".to_owned())
            ]
        );
    }
}
