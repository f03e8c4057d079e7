//! What became of each line, in the words of the one who asked.

use domain::exchange::FieldError;
use domain::{Code, Language};
use serde_json::{Map, Value, json};
use store::Key;

/// What became of a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LineOutcome {
    /// There was nothing under this id; now there is.
    Created,
    /// It replaced what was there.
    Updated,
    /// The same was there already.
    Unchanged,
    /// It was not taken, and why.
    Refused(FieldError),
}

impl LineOutcome {
    /// `created`, `updated`, `unchanged` or `refused`.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            LineOutcome::Created => "created",
            LineOutcome::Updated => "updated",
            LineOutcome::Unchanged => "unchanged",
            LineOutcome::Refused(_) => "refused",
        }
    }
}

/// The answer to one line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LineAnswer {
    /// The position of the line's file among those that were given.
    pub file: usize,
    /// The line's number in its file, from 1.
    pub line: u64,
    /// The object on the line, as far as it could be told.
    pub key: Option<Key>,
    /// What became of it.
    pub outcome: LineOutcome,
}

impl LineAnswer {
    pub(super) fn refused(
        file: usize,
        line: u64,
        key: Option<Key>,
        error: FieldError,
    ) -> LineAnswer {
        LineAnswer {
            file,
            line,
            key,
            outcome: LineOutcome::Refused(error),
        }
    }

    /// The answer as one JSON object: `line`, `type`, `id`, `outcome`, and for a line that was
    /// refused `field` and `reason`.
    #[must_use]
    pub fn to_json(&self, language: Language) -> Value {
        let mut object = Map::new();
        object.insert("line".into(), json!(self.line));
        if let Some(key) = &self.key {
            object.insert("type".into(), json!(key.kind.code()));
            object.insert("id".into(), json!(key.id.as_str()));
        }
        object.insert("outcome".into(), json!(self.outcome.code()));
        if let LineOutcome::Refused(error) = &self.outcome {
            if !error.field.is_empty() {
                object.insert("field".into(), json!(error.field));
            }
            object.insert("reason".into(), json!(error.message(language)));
        }
        Value::Object(object)
    }
}

/// How many lines came to what.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize)]
pub struct Summary {
    /// Created.
    pub created: u64,
    /// Updated.
    pub updated: u64,
    /// Unchanged.
    pub unchanged: u64,
    /// Refused.
    pub refused: u64,
}

impl Summary {
    /// All lines that were answered for.
    #[must_use]
    pub fn lines(self) -> u64 {
        self.created + self.updated + self.unchanged + self.refused
    }

    pub(super) fn count(&mut self, outcome: &LineOutcome) {
        match outcome {
            LineOutcome::Created => self.created += 1,
            LineOutcome::Updated => self.updated += 1,
            LineOutcome::Unchanged => self.unchanged += 1,
            LineOutcome::Refused(_) => self.refused += 1,
        }
    }

    /// "120 oprettet, 3 opdateret, 5 uændret, 2 afvist".
    #[must_use]
    pub fn describe(self, language: Language) -> String {
        let Summary {
            created,
            updated,
            unchanged,
            refused,
        } = self;
        match language {
            Language::Danish => format!(
                "{created} oprettet, {updated} opdateret, {unchanged} uændret, {refused} afvist"
            ),
            Language::English => format!(
                "{created} created, {updated} updated, {unchanged} unchanged, {refused} refused"
            ),
        }
    }
}
