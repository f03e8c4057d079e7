//! What can be wrong with a value from outside, told in the reader's language.

use std::fmt;

use crate::Language;

/// Why a value was refused. It says which rule was broken; the caller knows which field it was.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Invalid {
    /// A value that must be there is empty.
    Empty,
    /// Longer than the number of characters allowed.
    TooLong(usize),
    /// More list items than allowed.
    TooMany(usize),
    /// Has a control character or another character that text may not have.
    ForbiddenCharacter,
    /// Not an id: small letters a–z, digits and hyphens, at most 80 characters.
    Identifier,
    /// Not the id of an image or a file: 64 hexadecimal digits.
    ContentId,
    /// Not one of the codes allowed; carries the value given.
    UnknownCode(String),
    /// Not the three-digit code of a Danish municipality; carries the value given.
    UnknownMunicipality(String),
    /// A number outside the bounds given, both included.
    OutOfRange(i64, i64),
    /// Not an e-mail address.
    EmailAddress,
    /// Not a web address beginning with http:// or https://.
    WebAddress,
    /// Not a telephone number.
    PhoneNumber,
    /// Not a date written year-month-day.
    Date,
    /// The period ends before it begins.
    EndsBeforeStart,
    /// The same item stands twice in a list; carries the item.
    Twice(String),
    /// A field that the format does not have.
    UnknownField,
    /// A field that must be there and is not.
    Missing,
    /// Another type of value than the field takes; carries what was expected, in the format's words.
    WrongType(String),
    /// A reference to an id that is in neither the file nor the portal.
    UnknownReference(String),
    /// A reference to an id that is in the file, on a line that was itself refused.
    RefusedReference(String),
    /// The line or document is not JSON at all.
    NotJson,
    /// The bytes are not text in UTF-8.
    NotUtf8,
    /// The price says an amount where its kind takes none, or lacks one where its kind needs it.
    PriceAmount,
}

impl Invalid {
    /// The rule in a sentence that says the way out.
    #[must_use]
    pub fn message(&self, language: Language) -> String {
        let danish = language == Language::Danish;
        match self {
            Invalid::Empty if danish => "må ikke være tom; skriv noget, eller udelad feltet".into(),
            Invalid::Empty => "must not be empty; write something or leave the field out".into(),
            Invalid::TooLong(most) if danish => format!("er for lang; højst {most} tegn"),
            Invalid::TooLong(most) => format!("is too long; at most {most} characters"),
            Invalid::TooMany(most) if danish => format!("har for mange; højst {most}"),
            Invalid::TooMany(most) => format!("has too many; at most {most}"),
            Invalid::ForbiddenCharacter if danish => {
                "indeholder et styretegn, som tekst ikke må have; fjern det".into()
            }
            Invalid::ForbiddenCharacter => {
                "contains a control character that text may not have; remove it".into()
            }
            Invalid::Identifier if danish => {
                "er ikke et id; brug små bogstaver a-z, tal og bindestreg, højst 80 tegn".into()
            }
            Invalid::Identifier => {
                "is not an id; use small letters a-z, digits and hyphens, at most 80 characters"
                    .into()
            }
            Invalid::ContentId if danish => {
                "er ikke id’et på et billede eller en fil; brug de 64 tegn, som portalen gav, da det blev lagt op".into()
            }
            Invalid::ContentId => {
                "is not the id of an image or a file; use the 64 characters that the portal gave when it was uploaded"
                    .into()
            }
            Invalid::UnknownCode(value) if danish => {
                format!("«{value}» er ikke en af de tilladte koder")
            }
            Invalid::UnknownCode(value) => format!("“{value}” is not one of the codes allowed"),
            Invalid::UnknownMunicipality(value) if danish => {
                format!("«{value}» er ikke en dansk kommunekode; skriv tre cifre, for eksempel 165")
            }
            Invalid::UnknownMunicipality(value) => {
                format!(
                    "“{value}” is not a Danish municipality code; write three digits, such as 165"
                )
            }
            Invalid::OutOfRange(least, most) if danish => {
                format!("skal være et tal fra {least} til {most}")
            }
            Invalid::OutOfRange(least, most) => format!("must be a number from {least} to {most}"),
            Invalid::EmailAddress if danish => {
                "er ikke en e-mailadresse; skriv den som navn@eksempel.dk".into()
            }
            Invalid::EmailAddress => "is not an e-mail address; write it as name@example.dk".into(),
            Invalid::WebAddress if danish => {
                "er ikke en webadresse; den skal begynde med https:// eller http://".into()
            }
            Invalid::WebAddress => {
                "is not a web address; it must begin with https:// or http://".into()
            }
            Invalid::PhoneNumber if danish => {
                "er ikke et telefonnummer; brug tal og mellemrum, eventuelt + først".into()
            }
            Invalid::PhoneNumber => {
                "is not a telephone number; use digits and spaces, with + first if needed".into()
            }
            Invalid::Date if danish => {
                "er ikke en dato; skriv år-måned-dag, for eksempel 2026-08-31".into()
            }
            Invalid::Date => "is not a date; write year-month-day, such as 2026-08-31".into(),
            Invalid::EndsBeforeStart if danish => "slutter, før den begynder".into(),
            Invalid::EndsBeforeStart => "ends before it begins".into(),
            Invalid::Twice(item) if danish => format!("«{item}» står der to gange"),
            Invalid::Twice(item) => format!("“{item}” is there twice"),
            Invalid::UnknownField if danish => {
                "er ikke et felt i formatet; ret navnet, eller fjern feltet".into()
            }
            Invalid::UnknownField => {
                "is not a field of the format; correct its name or remove it".into()
            }
            Invalid::Missing if danish => "mangler; feltet skal udfyldes".into(),
            Invalid::Missing => "is missing; the field is required".into(),
            Invalid::WrongType(expected) if danish => {
                format!(
                    "har en forkert type; der skal stå {}",
                    expected_in(expected, language)
                )
            }
            Invalid::WrongType(expected) => format!(
                "has the wrong type; there must be {}",
                expected_in(expected, language)
            ),
            Invalid::UnknownReference(id) if danish => {
                format!("peger på «{id}», som hverken er i filen eller i portalen")
            }
            Invalid::UnknownReference(id) => {
                format!("refers to “{id}”, which is neither in the file nor in the portal")
            }
            Invalid::RefusedReference(id) if danish => {
                format!("peger på «{id}», som står på en linje, der blev afvist")
            }
            Invalid::RefusedReference(id) => {
                format!("refers to “{id}”, which is on a line that was refused")
            }
            Invalid::NotUtf8 if danish => "er ikke UTF-8; gem filen som UTF-8".into(),
            Invalid::NotUtf8 => "is not UTF-8; save the file as UTF-8".into(),
            Invalid::NotJson if danish => {
                "er ikke gyldig JSON; hver linje skal være ét JSON-objekt".into()
            }
            Invalid::NotJson => "is not valid JSON; each line must be one JSON object".into(),
            Invalid::PriceAmount if danish => {
                "passer ikke med prisens art; kun perClass og perPupil har et beløb".into()
            }
            Invalid::PriceAmount => {
                "does not fit the kind of price; only perClass and perPupil have an amount".into()
            }
        }
    }

    /// The rule as one ASCII token, `name` or `name:parameters`. Errors cross serde as text; this
    /// is the text, and [`Invalid::from_token`] reads it back on the other side.
    #[must_use]
    pub fn token(&self) -> String {
        match self {
            Invalid::Empty => "empty".into(),
            Invalid::TooLong(most) => format!("too-long:{most}"),
            Invalid::TooMany(most) => format!("too-many:{most}"),
            Invalid::ForbiddenCharacter => "forbidden-character".into(),
            Invalid::Identifier => "identifier".into(),
            Invalid::ContentId => "content-id".into(),
            Invalid::UnknownCode(value) => format!("unknown-code:{value}"),
            Invalid::UnknownMunicipality(value) => format!("unknown-municipality:{value}"),
            Invalid::OutOfRange(least, most) => format!("out-of-range:{least}:{most}"),
            Invalid::EmailAddress => "email-address".into(),
            Invalid::WebAddress => "web-address".into(),
            Invalid::PhoneNumber => "phone-number".into(),
            Invalid::Date => "date".into(),
            Invalid::EndsBeforeStart => "ends-before-start".into(),
            Invalid::Twice(item) => format!("twice:{item}"),
            Invalid::UnknownField => "unknown-field".into(),
            Invalid::Missing => "missing".into(),
            Invalid::WrongType(expected) => format!("wrong-type:{expected}"),
            Invalid::UnknownReference(id) => format!("unknown-reference:{id}"),
            Invalid::RefusedReference(id) => format!("refused-reference:{id}"),
            Invalid::NotJson => "not-json".into(),
            Invalid::NotUtf8 => "not-utf8".into(),
            Invalid::PriceAmount => "price-amount".into(),
        }
    }

    /// Reads what [`Invalid::token`] wrote; `None` for any other text.
    #[must_use]
    pub fn from_token(token: &str) -> Option<Invalid> {
        let (name, parameters) = token.split_once(':').unwrap_or((token, ""));
        Some(match name {
            "empty" => Invalid::Empty,
            "too-long" => Invalid::TooLong(parameters.parse().ok()?),
            "too-many" => Invalid::TooMany(parameters.parse().ok()?),
            "forbidden-character" => Invalid::ForbiddenCharacter,
            "identifier" => Invalid::Identifier,
            "content-id" => Invalid::ContentId,
            "unknown-code" => Invalid::UnknownCode(parameters.into()),
            "unknown-municipality" => Invalid::UnknownMunicipality(parameters.into()),
            "out-of-range" => {
                let (least, most) = parameters.split_once(':')?;
                Invalid::OutOfRange(least.parse().ok()?, most.parse().ok()?)
            }
            "email-address" => Invalid::EmailAddress,
            "web-address" => Invalid::WebAddress,
            "phone-number" => Invalid::PhoneNumber,
            "date" => Invalid::Date,
            "ends-before-start" => Invalid::EndsBeforeStart,
            "twice" => Invalid::Twice(parameters.into()),
            "unknown-field" => Invalid::UnknownField,
            "missing" => Invalid::Missing,
            "wrong-type" => Invalid::WrongType(parameters.into()),
            "unknown-reference" => Invalid::UnknownReference(parameters.into()),
            "refused-reference" => Invalid::RefusedReference(parameters.into()),
            "not-json" => Invalid::NotJson,
            "not-utf8" => Invalid::NotUtf8,
            "price-amount" => Invalid::PriceAmount,
            _ => return None,
        })
    }
}

/// serde names the type it expected as programmers do; these are the ones the format has.
fn expected_in(expected: &str, language: Language) -> &'static str {
    const KNOWN: [(&str, &str, &str); 10] = [
        ("a string", "en tekst", "a text"),
        ("a boolean", "true eller false", "true or false"),
        ("a sequence", "en liste", "a list"),
        ("a map", "et objekt", "an object"),
        ("struct", "et objekt", "an object"),
        ("u8", "et helt tal", "a whole number"),
        ("u16", "et helt tal", "a whole number"),
        ("u32", "et helt tal", "a whole number"),
        ("i64", "et helt tal", "a whole number"),
        ("f64", "et tal", "a number"),
    ];
    let (_, danish, english) = KNOWN
        .into_iter()
        .find(|(known, _, _)| expected.starts_with(known))
        .unwrap_or((
            "",
            "en værdi af den rette slags",
            "a value of the right kind",
        ));
    match language {
        Language::Danish => danish,
        Language::English => english,
    }
}

impl fmt::Display for Invalid {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.token())
    }
}

impl std::error::Error for Invalid {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn types_are_called_what_people_call_them() {
        let rule = Invalid::WrongType("u32".into());
        assert!(rule.message(Language::Danish).contains("et helt tal"));
        assert!(rule.message(Language::English).contains("a whole number"));
    }

    #[test]
    fn every_rule_survives_the_way_through_serde_and_has_both_languages() {
        let rules = [
            Invalid::Empty,
            Invalid::TooLong(80),
            Invalid::TooMany(3),
            Invalid::ForbiddenCharacter,
            Invalid::Identifier,
            Invalid::ContentId,
            Invalid::UnknownCode("a:b".into()),
            Invalid::UnknownMunicipality("999".into()),
            Invalid::OutOfRange(-1, 10),
            Invalid::EmailAddress,
            Invalid::WebAddress,
            Invalid::PhoneNumber,
            Invalid::Date,
            Invalid::EndsBeforeStart,
            Invalid::Twice("dansk".into()),
            Invalid::UnknownField,
            Invalid::Missing,
            Invalid::WrongType("a string".into()),
            Invalid::UnknownReference("x".into()),
            Invalid::RefusedReference("x".into()),
            Invalid::NotJson,
            Invalid::NotUtf8,
            Invalid::PriceAmount,
        ];
        for rule in rules {
            assert_eq!(Invalid::from_token(&rule.token()), Some(rule.clone()));
            assert_ne!(
                rule.message(Language::Danish),
                rule.message(Language::English)
            );
        }
    }
}
