//! Ids that are stable for ever.

use std::borrow::Borrow;
use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::Invalid;

/// The id of an object, chosen by its publisher: small letters a–z, digits and hyphens, 1 to 80
/// characters, unique within a kind. It never changes, so no link breaks when a title does.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Slug(String);

impl Slug {
    /// The most characters an id may have.
    pub const MAX_LENGTH: usize = 80;

    /// What an id is made of for something with this title: its letters and digits, small, with hyphens between words;
    /// `uden-titel` where it has none. At most 60 characters, so that a number fits behind it.
    #[must_use]
    pub fn of_title(title: &str) -> String {
        let mut id = String::new();
        for letter in title.to_lowercase().chars() {
            match letter {
                'a'..='z' | '0'..='9' => id.push(letter),
                'æ' | 'ä' => id.push_str("ae"),
                'ø' | 'ö' => id.push_str("oe"),
                'å' => id.push_str("aa"),
                'é' | 'è' | 'ê' => id.push('e'),
                'ü' => id.push('u'),
                _ if !id.is_empty() && !id.ends_with('-') => id.push('-'),
                _ => {}
            }
        }
        // Every letter of it is a single byte.
        id.truncate(60);
        match id.trim_matches('-') {
            "" => "uden-titel".to_owned(),
            id => id.to_owned(),
        }
    }

    /// The id as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for Slug {
    type Err = Invalid;

    fn from_str(text: &str) -> Result<Self, Invalid> {
        let fits = (1..=Slug::MAX_LENGTH).contains(&text.len())
            && text
                .bytes()
                .all(|byte| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'-'));
        if fits {
            Ok(Slug(text.to_owned()))
        } else {
            Err(Invalid::Identifier)
        }
    }
}

impl TryFrom<String> for Slug {
    type Error = Invalid;

    fn try_from(text: String) -> Result<Self, Invalid> {
        text.parse()
    }
}

impl From<Slug> for String {
    fn from(slug: Slug) -> String {
        slug.0
    }
}

impl AsRef<str> for Slug {
    fn as_ref(&self) -> &str {
        &self.0
    }
}

impl Borrow<str> for Slug {
    fn borrow(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Slug {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_small_letters_digits_and_hyphens() {
        assert!("lolland-skovbunden-2".parse::<Slug>().is_ok());
        for bad in ["", "Lolland", "sø", "a b", "a/b", &"a".repeat(81)] {
            assert_eq!(bad.parse::<Slug>(), Err(Invalid::Identifier), "{bad:?}");
        }
    }
}
