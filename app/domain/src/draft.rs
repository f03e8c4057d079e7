//! Drafts of offers and cases: what is typed into their forms, kept as it is typed.
//!
//! A form's field is named by its place in the exchange format, `place.address.city` or `partners.0.tasks.teach`; a field
//! that can be chosen several times comes several times. So a draft can be as incomplete and as wrong as its writer leaves
//! it, nothing typed is lost, and reading it as an object says what is missing, field by field.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};
use serde_json::{Map, Number, Value};

use crate::exchange::{FieldError, parse_object, write_line};
use crate::{Code, ContentId, Entry, Invalid, Kind, Slug};

/// The most characters of one field: the longest text of the exchange format has fewer.
pub const LONGEST_VALUE: usize = 60_000;
/// The most values of one draft.
pub const MOST_VALUES: usize = 2_000;
/// The most rows of a list such as a case's partners.
const MOST_ROWS: usize = 200;
/// The most that is said to be wrong at once.
const MOST_ERRORS: usize = 60;

/// How what is typed into a field stands in the exchange format.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Shape {
    /// A text, a code, a date or an id.
    Text,
    /// A whole number.
    Number,
    /// A number with a decimal comma or point.
    Decimal,
    /// Chosen or not.
    Flag,
    /// Several codes or ids, each a value of its own.
    Codes,
    /// Several whole numbers, each a value of its own.
    Numbers,
    /// Several texts, a line each.
    Lines,
    /// Several words, with commas or line ends between.
    Words,
}

use Shape::{Codes, Decimal, Flag, Lines, Numbers, Text, Words};

/// The fields of an offer's form. `*` is the number of a row.
const OFFER: &[(&str, Shape)] = &[
    ("title", Text),
    ("summary", Text),
    ("provider", Text),
    ("description", Text),
    ("subjects", Codes),
    ("grades", Numbers),
    ("otherLevels", Codes),
    ("themes", Words),
    ("place.mode", Text),
    ("place.municipality", Text),
    ("place.address.street", Text),
    ("place.address.postcode", Text),
    ("place.address.city", Text),
    ("place.location.lat", Decimal),
    ("place.location.lon", Decimal),
    ("durationMinutes", Shape::Number),
    ("maxPupils", Shape::Number),
    ("price.kind", Text),
    ("price.amount", Decimal),
    ("price.freeFor", Codes),
    ("price.note", Text),
    ("openTo", Codes),
    ("available.from", Text),
    ("available.to", Text),
    ("available.note", Text),
    ("languages", Words),
    ("goals", Lines),
    ("materials.before", Text),
    ("materials.during", Text),
    ("materials.after", Text),
    ("transport.modes", Codes),
    ("transport.minutes", Shape::Number),
    ("transport.note", Text),
    ("transport.activities", Text),
    ("accessibility", Text),
    ("contact.name", Text),
    ("contact.role", Text),
    ("contact.email", Text),
    ("contact.phone", Text),
    ("developedIn", Codes),
    ("anchoring.*.strategy", Text),
    ("anchoring.*.owner", Text),
    ("anchoring.*.status", Text),
    ("anchoring.*.nextReview", Text),
    ("anchoring.*.note", Text),
    ("images.*.id", Text),
    ("images.*.alt", Text),
    ("images.*.credit", Text),
    ("images.*.legalBasis", Text),
    ("images.*.caption", Text),
    ("files.*.id", Text),
    ("files.*.title", Text),
    ("sourceUrl", Text),
];

/// The fields of a case's form. `*` is the number of a row, `+` a code.
const CASE: &[(&str, Shape)] = &[
    ("title", Text),
    ("summary", Text),
    ("story", Text),
    ("whatWorked", Text),
    ("whatDidNot", Text),
    ("period.from", Text),
    ("period.to", Text),
    ("funding", Text),
    ("partners.*.organisation", Text),
    ("partners.*.contactPerson", Flag),
    ("partners.*.tasks.+", Text),
    ("motivations.+", Text),
    ("outcomes.+", Text),
    ("challenges.+", Text),
    ("roleClarity", Text),
    ("success", Text),
    ("sharing", Text),
    ("anchoring.*.strategy", Text),
    ("anchoring.*.owner", Text),
    ("anchoring.*.status", Text),
    ("anchoring.*.nextReview", Text),
    ("anchoring.*.note", Text),
    ("advice.*.audience", Text),
    ("advice.*.text", Text),
    ("subjects", Codes),
    ("grades", Numbers),
    ("themes", Words),
    ("offers", Codes),
    ("images.*.id", Text),
    ("images.*.alt", Text),
    ("images.*.credit", Text),
    ("images.*.legalBasis", Text),
    ("images.*.caption", Text),
    ("files.*.id", Text),
    ("files.*.title", Text),
    ("sourceUrl", Text),
];

/// What stands in for a required value that is missing or wrong, so that the rest can be read too.
const STAND_INS: &[(&str, &str)] = &[
    ("title", "x"),
    ("summary", "x"),
    ("provider", "x"),
    ("organisation", "x"),
    ("strategy", "x"),
    ("mode", "agreed"),
    ("kind", "varies"),
    ("audience", "school"),
    ("text", "x"),
    ("alt", "x"),
    ("credit", "x"),
    ("legalBasis", "licensed"),
    (
        "id",
        "0000000000000000000000000000000000000000000000000000000000000000",
    ),
];

fn schema(kind: Kind) -> &'static [(&'static str, Shape)] {
    match kind {
        Kind::Offer => OFFER,
        Kind::Case => CASE,
        _ => &[],
    }
}

/// The shape of the field with this name, if a form of the kind has it.
fn shape(kind: Kind, name: &str) -> Option<Shape> {
    place(kind, name).map(|place| schema(kind)[place].1)
}

/// Which of the form's fields it is.
fn place(kind: Kind, name: &str) -> Option<usize> {
    let fits = |pattern: &str| {
        let mut parts = name.split('.');
        let all = pattern
            .split('.')
            .all(|wanted| match (wanted, parts.next()) {
                (_, None) => false,
                ("*", Some(part)) => {
                    part.len() <= 3 && part.parse::<usize>().is_ok_and(|row| row < MOST_ROWS)
                }
                ("+", Some(part)) => part.parse::<Slug>().is_ok(),
                (wanted, Some(part)) => wanted == part,
            });
        all && parts.next().is_none()
    };
    schema(kind).iter().position(|(pattern, _)| fits(pattern))
}

/// What is typed into a form: names and values, in the order of the form. Empty values are not kept.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Fields(Vec<(String, String)>);

impl Fields {
    /// What was sent from a form of the kind. Names that the form does not have, and what no keyboard types, are left
    /// out; line ends become single.
    #[must_use]
    pub fn typed(kind: Kind, sent: impl IntoIterator<Item = (String, String)>) -> Fields {
        let mut fields = Vec::new();
        for (name, value) in sent {
            if fields.len() == MOST_VALUES {
                break;
            }
            if shape(kind, &name).is_none() {
                continue;
            }
            let value: String = value
                .replace("\r\n", "\n")
                .chars()
                .filter(|letter| !letter.is_control() || matches!(letter, '\n' | '\t'))
                .take(LONGEST_VALUE)
                .collect();
            if !value.trim().is_empty() {
                fields.push((name, value));
            }
        }
        Fields(fields)
    }

    /// The form of an object as it is; empty for what has no form.
    #[must_use]
    pub fn of(entry: &Entry) -> Fields {
        let mut fields = Vec::new();
        // An entry is always a JSON object; see `write_line`.
        if let Ok(Value::Object(object)) = serde_json::from_str(&write_line(entry)) {
            for (name, value) in &object {
                flatten(entry.kind(), name.clone(), value, &mut fields);
            }
        }
        Fields(fields)
    }

    /// The first value of a field; empty where there is none.
    #[must_use]
    pub fn value(&self, name: &str) -> &str {
        self.0
            .iter()
            .find(|(known, _)| known == name)
            .map_or("", |(_, value)| value)
    }

    /// Every value of a field.
    pub fn values(&self, name: &str) -> impl Iterator<Item = &str> {
        self.0
            .iter()
            .filter(move |(known, _)| known == name)
            .map(|(_, value)| value.as_str())
    }

    /// Whether the field has this value among its values.
    #[must_use]
    pub fn has(&self, name: &str, value: &str) -> bool {
        self.values(name).any(|known| known == value)
    }

    /// Whether nothing is typed.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Names and values, in order.
    pub fn pairs(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0
            .iter()
            .map(|(name, value)| (name.as_str(), value.as_str()))
    }

    /// Sets a field to a single value, or to none where the value is empty.
    pub fn set(&mut self, name: &str, value: &str) {
        let place = self.0.iter().position(|(known, _)| known == name);
        self.0.retain(|(known, _)| known != name);
        if !value.is_empty() {
            let place = place.unwrap_or(self.0.len()).min(self.0.len());
            self.0.insert(place, (name.to_owned(), value.to_owned()));
        }
    }

    /// The ids of the images and files that it names, as far as they are ids.
    #[must_use]
    pub fn attachments(&self) -> Vec<ContentId> {
        self.0
            .iter()
            .filter(|(name, _)| name.ends_with(".id") && ["images", "files"].contains(&group(name)))
            .filter_map(|(_, value)| value.parse().ok())
            .collect()
    }

    /// The numbers of a list's rows in which anything is typed, in order.
    #[must_use]
    pub fn rows(&self, list: &str) -> Vec<usize> {
        let rows: BTreeSet<usize> = self
            .0
            .iter()
            .filter_map(|(name, _)| row_of(list, name))
            .collect();
        rows.into_iter().collect()
    }

    /// Takes a row out of a list; the others keep their numbers.
    pub fn remove_row(&mut self, list: &str, row: usize) {
        self.0.retain(|(name, _)| row_of(list, name) != Some(row));
    }

    /// The names of the fields in which two drafts differ, in order: those of lists as one, `partners`, and those of
    /// groups by their own names.
    #[must_use]
    pub fn differences(&self, other: &Fields) -> Vec<String> {
        let grouped = |fields: &Fields| {
            let mut groups: BTreeMap<String, Vec<(String, String)>> = BTreeMap::new();
            for (name, value) in &fields.0 {
                groups
                    .entry(group(name).to_owned())
                    .or_default()
                    .push((name.clone(), value.clone()));
            }
            groups.values_mut().for_each(|values| values.sort());
            groups
        };
        let (these, those) = (grouped(self), grouped(other));
        let mut names: Vec<String> = Vec::new();
        for (name, _) in self.0.iter().chain(&other.0) {
            let name = group(name);
            if these.get(name) != those.get(name) && !names.iter().any(|known| known == name) {
                names.push(name.to_owned());
            }
        }
        names
    }

    /// Takes the fields of a group, as [`Fields::differences`] names it, from another draft.
    pub fn take(&mut self, name: &str, from: &Fields) {
        self.0.retain(|(known, _)| group(known) != name);
        let taken = from.0.iter().filter(|(known, _)| group(known) == name);
        self.0.extend(taken.cloned());
    }

    /// Reads the draft as an object with the id given.
    ///
    /// # Errors
    /// Everything that is wrong, each by the name of its field in the form.
    pub fn read(&self, kind: Kind, id: &Slug) -> Result<Entry, Vec<FieldError>> {
        let (object, rows) = self.object(kind, id);
        let mut object = Value::Object(object);
        let mut errors: Vec<FieldError> = Vec::new();
        for _ in 0..MOST_ERRORS {
            let FieldError { field, invalid } =
                match parse_object(object.as_object().cloned().unwrap_or_default()) {
                    Ok(entry) if errors.is_empty() => return Ok(entry),
                    Ok(_) => break,
                    Err(error) => error,
                };
            let name = name_in_form(kind, &field, &rows);
            if !errors.iter().any(|known| known.field == name) {
                errors.push(FieldError {
                    field: name,
                    invalid,
                });
            }
            if !mend(&mut object, &field) {
                break;
            }
        }
        errors.sort_by_key(|error| place(kind, &error.field).unwrap_or_default());
        Err(errors)
    }

    /// What a teacher would miss: fields that the format does not ask for, and a draft is not sent without. Which kinds
    /// of partner a case needs is checked where the organisations are known.
    #[must_use]
    pub fn wanting(&self, kind: Kind) -> Vec<FieldError> {
        let any = |names: &[&str]| names.iter().any(|name| !self.value(name).is_empty());
        let wanted: &[&[&str]] = match kind {
            Kind::Offer => &[
                &["description"],
                &["grades", "otherLevels"],
                &["place.mode"],
                &["price.kind"],
                &["contact.email", "contact.phone"],
            ],
            Kind::Case => &[&["story"], &["whatWorked"], &["whatDidNot"]],
            _ => &[],
        };
        wanted
            .iter()
            .filter(|names| !any(names))
            .map(|names| FieldError {
                field: names[0].to_owned(),
                invalid: Invalid::Missing,
            })
            .collect()
    }

    /// The draft in the exchange format, and the numbers that the rows of its lists have in the form.
    fn object(&self, kind: Kind, id: &Slug) -> (Map<String, Value>, BTreeMap<String, Vec<usize>>) {
        let mut rows: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        let mut object = Map::new();
        object.insert("type".into(), kind.code().into());
        object.insert("id".into(), id.as_str().into());
        if kind == Kind::Case {
            object.insert("partners".into(), Value::Array(Vec::new()));
        }
        for (name, value) in &self.0 {
            let Some(shape) = shape(kind, name) else {
                continue;
            };
            let mut parts: Vec<&str> = name.split('.').collect();
            let leaf = parts.pop().unwrap_or_default();
            let mut place = &mut object;
            while !parts.is_empty() {
                let part = parts.remove(0);
                let row = parts.first().and_then(|part| part.parse::<usize>().ok());
                place = match row {
                    Some(row) => {
                        parts.remove(0);
                        let known = rows
                            .entry(part.to_owned())
                            .or_insert_with(|| self.rows(part));
                        let position = known.iter().position(|known| *known == row);
                        row_object(place, part, position.unwrap_or_default())
                    }
                    None => inner_object(place, part),
                };
            }
            add(place, leaf, shape, value);
        }
        (object, rows)
    }
}

/// The number of the row of a list that a field is in.
fn row_of(list: &str, name: &str) -> Option<usize> {
    let rest = name.strip_prefix(list)?.strip_prefix('.')?;
    rest.split('.').next()?.parse().ok()
}

/// What a field belongs to when drafts are compared: the list it is a row of, the codes it is one of, or itself.
fn group(name: &str) -> &str {
    let first = name.split('.').next().unwrap_or(name);
    match first {
        "partners" | "anchoring" | "advice" | "motivations" | "outcomes" | "challenges"
        | "images" | "files" => first,
        _ => name,
    }
}

fn inner_object<'object>(
    object: &'object mut Map<String, Value>,
    name: &str,
) -> &'object mut Map<String, Value> {
    let inner = object
        .entry(name)
        .or_insert_with(|| Value::Object(Map::new()));
    if !inner.is_object() {
        *inner = Value::Object(Map::new());
    }
    inner.as_object_mut().expect("it was just made one")
}

fn row_object<'object>(
    object: &'object mut Map<String, Value>,
    list: &str,
    position: usize,
) -> &'object mut Map<String, Value> {
    let rows = object
        .entry(list)
        .or_insert_with(|| Value::Array(Vec::new()))
        .as_array_mut()
        .expect("a list is made as one");
    while rows.len() <= position {
        rows.push(Value::Object(Map::new()));
    }
    rows[position]
        .as_object_mut()
        .expect("a row is made as an object")
}

fn add(object: &mut Map<String, Value>, leaf: &str, shape: Shape, value: &str) {
    let value = value.trim();
    let number = |text: &str| match text.parse::<u64>() {
        Ok(number) => Value::from(number),
        Err(_) => Value::from(text),
    };
    let list = |object: &mut Map<String, Value>, items: Vec<Value>| {
        let known = object
            .entry(leaf)
            .or_insert_with(|| Value::Array(Vec::new()));
        if let Value::Array(known) = known {
            known.extend(items);
        }
    };
    let single = match shape {
        Shape::Text => Value::from(value),
        Shape::Number => number(value),
        Shape::Decimal => value
            .replace(',', ".")
            .parse::<f64>()
            .ok()
            .and_then(Number::from_f64)
            .map_or_else(|| Value::from(value), Value::Number),
        Shape::Flag => Value::Bool(true),
        Shape::Codes => return list(object, vec![value.into()]),
        Shape::Numbers => return list(object, vec![number(value)]),
        Shape::Lines | Shape::Words => {
            let items = value
                .split(|letter| letter == '\n' || (shape == Shape::Words && letter == ','))
                .map(str::trim)
                .filter(|item| !item.is_empty())
                .map(|item| match leaf {
                    "themes" => item.to_lowercase(),
                    _ => item.to_owned(),
                })
                .map(Value::from)
                .collect();
            return list(object, items);
        }
    };
    object.insert(leaf.to_owned(), single);
}

/// The values of an object as a form has them.
fn flatten(kind: Kind, name: String, value: &Value, fields: &mut Vec<(String, String)>) {
    match (value, shape(kind, &name)) {
        (Value::Object(object), None) => {
            for (part, value) in object {
                flatten(kind, format!("{name}.{part}"), value, fields);
            }
        }
        (Value::Array(rows), None) => {
            for (row, value) in rows.iter().enumerate() {
                flatten(kind, format!("{name}.{row}"), value, fields);
            }
        }
        (_, None) | (Value::Null | Value::Bool(false), _) => {}
        (Value::Array(items), Some(Shape::Codes | Shape::Numbers)) => {
            fields.extend(items.iter().map(|item| (name.clone(), text(item))));
        }
        (Value::Array(items), Some(shape)) => {
            let between = if shape == Shape::Words { ", " } else { "\n" };
            let items: Vec<String> = items.iter().map(text).collect();
            fields.push((name, items.join(between)));
        }
        (Value::Bool(true), Some(_)) => fields.push((name, "true".to_owned())),
        (value, Some(Shape::Decimal)) => fields.push((name, text(value).replace('.', ","))),
        (value, Some(_)) => fields.push((name, text(value))),
    }
}

fn text(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}

/// The parts of a path such as `partners[0].tasks.teach`.
fn steps(path: &str) -> Vec<String> {
    path.split(['.', '[', ']'])
        .filter(|part| !part.is_empty())
        .map(str::to_owned)
        .collect()
}

/// The name in the form of a field of the exchange format.
fn name_in_form(kind: Kind, path: &str, rows: &BTreeMap<String, Vec<usize>>) -> String {
    let mut parts = steps(path);
    if let [list, row, ..] = &parts[..]
        && let Some(number) = row
            .parse::<usize>()
            .ok()
            .and_then(|row| rows.get(list)?.get(row))
    {
        parts[1] = number.to_string();
    }
    // Of a list typed into one field, the form has only the field.
    while parts.len() > 1
        && shape(kind, &parts.join(".")).is_none()
        && shape(kind, &parts[..parts.len() - 1].join(".")).is_some()
    {
        parts.pop();
    }
    parts.join(".")
}

/// Puts what is right in place of what is wrong, or takes it out; `false` when there is nothing to be done.
fn mend(object: &mut Value, path: &str) -> bool {
    let mut parts = steps(path);
    let Some(leaf) = parts.pop() else {
        return false;
    };
    let stand_in = STAND_INS
        .iter()
        .find(|(name, _)| *name == leaf)
        .map(|(_, value)| Value::from(*value));
    if parts.is_empty() && leaf == "partners" {
        object["partners"] = serde_json::json!([{ "organisation": "x" }]);
        return true;
    }
    let pointer: String = parts.iter().map(|part| format!("/{part}")).collect();
    match (
        object.pointer_mut(&pointer),
        leaf.parse::<usize>(),
        stand_in,
    ) {
        (Some(Value::Array(items)), Ok(row), _) if row < items.len() => {
            items.remove(row);
            true
        }
        (Some(Value::Object(inner)), _, Some(stand_in)) => {
            inner.insert(leaf, stand_in);
            true
        }
        (Some(Value::Object(inner)), _, None) => inner.remove(&leaf).is_some(),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Case, Offer};

    fn id() -> Slug {
        "a".parse().unwrap()
    }

    fn typed(kind: Kind, pairs: &[(&str, &str)]) -> Fields {
        let pairs = pairs
            .iter()
            .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
        Fields::typed(kind, pairs)
    }

    fn errors(kind: Kind, pairs: &[(&str, &str)]) -> Vec<(String, Invalid)> {
        typed(kind, pairs)
            .read(kind, &id())
            .unwrap_err()
            .into_iter()
            .map(|error| (error.field, error.invalid))
            .collect()
    }

    #[test]
    fn every_object_survives_its_form() {
        let offers = Offer::samples()
            .into_iter()
            .map(|offer| Entry::Offer(Box::new(offer)));
        let cases = Case::samples()
            .into_iter()
            .map(|case| Entry::Case(Box::new(case)));
        for mut entry in offers.chain(cases) {
            // The day of the last change is not typed.
            match &mut entry {
                Entry::Offer(offer) => offer.updated = None,
                Entry::Case(case) => case.updated = None,
                _ => {}
            }
            let fields = Fields::of(&entry);
            let sent = fields
                .pairs()
                .map(|(name, value)| (name.to_owned(), value.to_owned()));
            assert_eq!(Fields::typed(entry.kind(), sent), fields);
            assert_eq!(fields.read(entry.kind(), entry.id()), Ok(entry));
        }
    }

    #[test]
    fn everything_that_is_wrong_is_said_at_once() {
        assert_eq!(
            errors(
                Kind::Offer,
                &[
                    ("summary", "S"),
                    ("durationMinutes", "to timer"),
                    ("grades", "3"),
                    ("grades", "12"),
                    ("price.amount", "12,50"),
                    ("available.from", "i morgen"),
                    ("contact.email", "museet"),
                    ("place.address.city", "Åbyhøj"),
                ]
            ),
            [
                ("title".to_owned(), Invalid::Missing),
                ("provider".to_owned(), Invalid::Missing),
                ("grades".to_owned(), Invalid::OutOfRange(0, 10)),
                ("place.mode".to_owned(), Invalid::Missing),
                (
                    "durationMinutes".to_owned(),
                    Invalid::WrongType("u32".into())
                ),
                ("price.kind".to_owned(), Invalid::Missing),
                ("available.from".to_owned(), Invalid::Date),
                ("contact.email".to_owned(), Invalid::EmailAddress),
            ]
        );
    }

    #[test]
    fn a_draft_names_its_images_and_files_and_says_what_they_lack() {
        let offer = Offer::samples().remove(0);
        let entry = Entry::Offer(Box::new(offer));
        let fields = Fields::of(&entry);
        let named: BTreeSet<ContentId> = entry.attachments().into_iter().cloned().collect();
        assert_eq!(
            fields.attachments().into_iter().collect::<BTreeSet<_>>(),
            named
        );
        let id = "0".repeat(64);
        let wrong = errors(
            Kind::Offer,
            &[
                ("title", "T"),
                ("summary", "S"),
                ("provider", "p"),
                ("images.3.id", &id),
                ("images.3.legalBasis", "because"),
                ("files.1.id", "x"),
            ],
        );
        let names: Vec<&str> = wrong.iter().map(|(name, _)| name.as_str()).collect();
        for name in [
            "images.3.alt",
            "images.3.credit",
            "images.3.legalBasis",
            "files.1.id",
        ] {
            assert!(names.contains(&name), "{name}: {wrong:?}");
        }
    }

    #[test]
    fn rows_keep_their_numbers() {
        let pairs = [
            ("title", "T"),
            ("summary", "S"),
            ("partners.2.organisation", "museet"),
            ("partners.2.tasks.teach", "high"),
            ("partners.5.tasks.teach", "meget"),
            ("partners.5.contactPerson", "true"),
            ("partners.7.organisation", " "),
        ];
        assert_eq!(typed(Kind::Case, &pairs).rows("partners"), [2, 5]);
        assert_eq!(
            errors(Kind::Case, &pairs),
            [
                ("partners.5.organisation".to_owned(), Invalid::Missing),
                (
                    "partners.5.tasks.teach".to_owned(),
                    Invalid::UnknownCode("meget".into())
                ),
            ]
        );
        let mut fields = typed(Kind::Case, &pairs);
        fields.remove_row("partners", 5);
        assert!(fields.read(Kind::Case, &id()).is_ok());
        assert_eq!(
            errors(Kind::Case, &pairs[..2]),
            [("partners".to_owned(), Invalid::Empty)]
        );
    }

    #[test]
    fn lists_are_typed_as_people_type_them() {
        let fields = typed(
            Kind::Offer,
            &[
                ("title", "T"),
                ("summary", "S"),
                ("provider", "museet"),
                ("themes", "Åer, søer\nog  vandhuller,"),
                ("goals", "Eleven ved noget\r\n\r\nEleven kan noget"),
                ("nothing.we.know", "x"),
            ],
        );
        let Ok(Entry::Offer(offer)) = fields.read(Kind::Offer, &id()) else {
            panic!("{fields:?}")
        };
        let themes: Vec<String> = offer.themes.iter().map(ToString::to_string).collect();
        assert_eq!(themes, ["åer", "søer", "og  vandhuller"]);
        assert_eq!(offer.goals.len(), 2);
    }

    #[test]
    fn two_writers_differ_by_field() {
        let mine = typed(
            Kind::Case,
            &[
                ("title", "Å"),
                ("partners.0.organisation", "a"),
                ("story", "x"),
            ],
        );
        let mut theirs = typed(
            Kind::Case,
            &[
                ("title", "Å"),
                ("partners.0.organisation", "b"),
                ("funding", "y"),
            ],
        );
        assert_eq!(mine.differences(&theirs), ["partners", "story", "funding"]);
        theirs.take("partners", &mine);
        theirs.take("funding", &mine);
        assert_eq!(mine.differences(&theirs), ["story"]);
        theirs.set("story", "x");
        assert!(mine.differences(&theirs).is_empty());
    }

    #[test]
    fn what_a_teacher_would_miss_is_said() {
        let wanting = |kind, pairs: &[(&str, &str)]| -> Vec<String> {
            let wanting = typed(kind, pairs).wanting(kind);
            wanting.into_iter().map(|error| error.field).collect()
        };
        assert_eq!(
            wanting(
                Kind::Offer,
                &[("otherLevels", "daycare"), ("contact.phone", "12 34 56 78")]
            ),
            ["description", "place.mode", "price.kind"]
        );
        assert_eq!(
            wanting(Kind::Case, &[("story", "x")]),
            ["whatWorked", "whatDidNot"]
        );
    }

    #[test]
    fn what_is_sent_is_bounded() {
        let many = (0..MOST_VALUES + 5).map(|_| ("subjects".to_owned(), "dansk".to_owned()));
        assert_eq!(
            Fields::typed(Kind::Offer, many).pairs().count(),
            MOST_VALUES
        );
        let long = typed(Kind::Offer, &[("title", &"å".repeat(LONGEST_VALUE + 1))]);
        assert_eq!(long.value("title").chars().count(), LONGEST_VALUE);
        assert!(typed(Kind::Case, &[("partners.999.organisation", "x")]).is_empty());
        assert!(typed(Kind::Case, &[("partners.0.tasks.Å", "x")]).is_empty());
    }
}
