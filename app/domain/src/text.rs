//! Texts from outside, each bounded and free of control characters.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::Invalid;

/// Tabs and line ends are text; every other control character, and the characters that turn the
/// reading direction around unseen, are not.
fn is_forbidden(character: char) -> bool {
    (character.is_control() && !matches!(character, '\n' | '\t' | '\r'))
        || matches!(character, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' | '\u{FEFF}')
}

fn bounded(text: &str, most: usize, lines: bool) -> Result<String, Invalid> {
    let text = text.trim();
    if text.is_empty() {
        return Err(Invalid::Empty);
    }
    if text.len() > most && text.chars().count() > most {
        return Err(Invalid::TooLong(most));
    }
    if text.chars().any(is_forbidden) || (!lines && text.contains(['\n', '\r'])) {
        return Err(Invalid::ForbiddenCharacter);
    }
    Ok(if text.contains('\r') {
        text.replace("\r\n", "\n").replace('\r', "\n")
    } else {
        text.to_owned()
    })
}

macro_rules! text_type {
    ($(#[$documentation:meta])* $name:ident, $parse:expr) => {
        $(#[$documentation])*
        #[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        #[serde(try_from = "String", into = "String")]
        pub struct $name(String);

        impl $name {
            /// The value as text.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl FromStr for $name {
            type Err = Invalid;

            fn from_str(text: &str) -> Result<Self, Invalid> {
                let parse: fn(&str) -> Result<String, Invalid> = $parse;
                parse(text).map($name)
            }
        }

        impl TryFrom<String> for $name {
            type Error = Invalid;

            fn try_from(text: String) -> Result<Self, Invalid> {
                text.parse()
            }
        }

        impl From<$name> for String {
            fn from(value: $name) -> String {
                value.0
            }
        }

        impl AsRef<str> for $name {
            fn as_ref(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.write_str(&self.0)
            }
        }
    };
}

text_type!(
    /// A title or a name: one line, 1 to 200 characters.
    Title,
    |text| bounded(text, 200, false)
);
text_type!(
    /// A short fact, such as a street or a note: one line, 1 to 500 characters.
    Line,
    |text| bounded(text, 500, false)
);
text_type!(
    /// A summary or a piece of advice: plain text, 1 to 2,000 characters.
    Paragraph,
    |text| bounded(text, 2_000, true)
);
text_type!(
    /// A long text in Markdown (CommonMark), 1 to 50,000 characters. It is sanitised when shown.
    Markdown,
    |text| bounded(text, 50_000, true)
);
text_type!(
    /// A theme in free words, small letters, 1 to 60 characters.
    Theme,
    |text| bounded(text, 60, false).map(|text| text.to_lowercase())
);
text_type!(
    /// An e-mail address: one `@`, a domain with a dot, no spaces, at most 254 characters
    /// (RFC 5321, 4.5.3.1). Whether it exists only a message to it can tell.
    EmailAddress,
    |text| {
        let text = bounded(text, 254, false)?;
        let (local, domain) = text.rsplit_once('@').ok_or(Invalid::EmailAddress)?;
        let labels_fit = domain.contains('.')
            && domain.split('.').all(|label| {
                !label.is_empty()
                    && !label.starts_with('-')
                    && !label.ends_with('-')
                    && label.chars().all(|letter| letter.is_alphanumeric() || letter == '-')
            });
        let local_fits = (1..=64).contains(&local.len())
            && !local.contains('@')
            && !local.chars().any(|letter| letter.is_whitespace() || "<>()[],;:\\\"".contains(letter));
        if labels_fit && local_fits { Ok(text) } else { Err(Invalid::EmailAddress) }
    }
);
text_type!(
    /// A web address with the scheme http or https, at most 2,000 characters.
    WebAddress,
    |text| {
        let text = bounded(text, 2_000, false)?;
        let rest = text
            .strip_prefix("https://")
            .or_else(|| text.strip_prefix("http://"))
            .ok_or(Invalid::WebAddress)?;
        let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
        let fits = !host.is_empty()
            && !host.contains('@')
            && !text.chars().any(|letter| letter.is_whitespace() || "<>\"`{}|\\^".contains(letter));
        if fits { Ok(text) } else { Err(Invalid::WebAddress) }
    }
);
text_type!(
    /// A telephone number: 5 to 30 digits, spaces, hyphens, parentheses or dots, `+` first if any.
    PhoneNumber,
    |text| {
        let text = bounded(text, 30, false)?;
        let rest = text.strip_prefix('+').unwrap_or(&text);
        let digits = rest.chars().filter(char::is_ascii_digit).count();
        let fits = digits >= 5
            && rest
                .chars()
                .all(|letter| letter.is_ascii_digit() || matches!(letter, ' ' | '-' | '(' | ')' | '.'));
        if fits { Ok(text) } else { Err(Invalid::PhoneNumber) }
    }
);
text_type!(
    /// A language tag (BCP 47), such as `da` or `en-GB`.
    LanguageTag,
    |text| {
        let fits = (2..=35).contains(&text.len())
            && text.split('-').all(|part| {
                (1..=8).contains(&part.len()) && part.chars().all(|letter| letter.is_ascii_alphanumeric())
            })
            && text.split('-').next().is_some_and(|part| {
                (2..=3).contains(&part.len()) && part.chars().all(|letter| letter.is_ascii_alphabetic())
            });
        if fits { Ok(text.to_owned()) } else { Err(Invalid::UnknownCode(text.chars().take(40).collect())) }
    }
);

impl Title {
    /// Titles that try a page: short, long, with Danish letters, quotes and markup.
    #[must_use]
    pub fn samples() -> Vec<Title> {
        [
            "Skovbunden – det kribler og krabler",
            "Æbler, øer & åer: «hele» <historien>",
            "Å",
        ]
        .iter()
        .filter_map(|title| title.parse().ok())
        .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_trimmed_bounded_and_free_of_control_characters() {
        assert_eq!(
            "  Å ".parse::<Title>().map(String::from),
            Ok("Å".to_owned())
        );
        assert_eq!(" ".parse::<Title>(), Err(Invalid::Empty));
        assert_eq!("å".repeat(201).parse::<Title>(), Err(Invalid::TooLong(200)));
        assert!("å".repeat(200).parse::<Title>().is_ok());
        assert_eq!(
            "a\u{0}b".parse::<Markdown>(),
            Err(Invalid::ForbiddenCharacter)
        );
        assert_eq!("a\nb".parse::<Title>(), Err(Invalid::ForbiddenCharacter));
        assert_eq!(
            "a\r\nb".parse::<Markdown>().map(String::from),
            Ok("a\nb".to_owned())
        );
        assert_eq!(
            "a\u{202E}b".parse::<Line>(),
            Err(Invalid::ForbiddenCharacter)
        );
    }

    #[test]
    fn addresses_are_checked_for_their_shape() {
        assert!("skole@aalborg.dk".parse::<EmailAddress>().is_ok());
        for bad in [
            "skole",
            "skole@",
            "@aalborg.dk",
            "a b@c.dk",
            "a@b",
            "a@@b.dk",
            "a@-b.dk",
        ] {
            assert_eq!(
                bad.parse::<EmailAddress>(),
                Err(Invalid::EmailAddress),
                "{bad}"
            );
        }
        assert!("https://natmus.dk/børn?a=b".parse::<WebAddress>().is_ok());
        for bad in [
            "javascript:alert(1)",
            "http://",
            "natmus.dk",
            "https://a b.dk",
            "https://u@h.dk",
        ] {
            assert_eq!(bad.parse::<WebAddress>(), Err(Invalid::WebAddress), "{bad}");
        }
        assert!("+45 33 13 44 11".parse::<PhoneNumber>().is_ok());
        assert!("ring til mig".parse::<PhoneNumber>().is_err());
        assert!("en-GB".parse::<LanguageTag>().is_ok());
        assert!("dansk sprog".parse::<LanguageTag>().is_err());
    }
}
