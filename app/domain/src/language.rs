//! The two languages of the interface, and how Danish sorts.

use std::cmp::Ordering;

use serde::{Deserialize, Serialize};

/// A language of the interface.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize,
)]
pub enum Language {
    /// Danish, the portal's first language.
    #[default]
    #[serde(rename = "da")]
    Danish,
    /// English.
    #[serde(rename = "en")]
    English,
}

impl Language {
    /// Both languages, Danish first.
    pub const ALL: [Language; 2] = [Language::Danish, Language::English];

    /// The BCP 47 tag, `da` or `en`.
    #[must_use]
    pub fn tag(self) -> &'static str {
        match self {
            Language::Danish => "da",
            Language::English => "en",
        }
    }

    /// The language of a BCP 47 tag such as `da`, `en` or `en-GB`; `None` for any other language.
    #[must_use]
    pub fn from_tag(tag: &str) -> Option<Language> {
        let primary = tag.split(['-', '_']).next().unwrap_or_default();
        Language::ALL
            .into_iter()
            .find(|language| primary.eq_ignore_ascii_case(language.tag()))
    }

    /// The first of the two languages that an `Accept-Language` header (RFC 9110, 12.5.4) prefers,
    /// Danish where it names neither.
    #[must_use]
    pub fn from_accept_language(header: &str) -> Language {
        let mut best: Option<(Language, f32)> = None;
        for part in header.split(',').take(20) {
            let mut pieces = part.split(';');
            let tag = pieces.next().unwrap_or_default().trim();
            let weight = pieces
                .find_map(|piece| piece.trim().strip_prefix("q=")?.parse::<f32>().ok())
                .unwrap_or(1.0);
            if let Some(language) = Language::from_tag(tag)
                && weight > 0.0
                && best.is_none_or(|(_, weight_before)| weight > weight_before)
            {
                best = Some((language, weight));
            }
        }
        best.map_or(Language::Danish, |(language, _)| language)
    }
}

/// A key whose byte order is the Danish alphabetical order: case is ignored, `æ`, `ø`, `å` come
/// last in that order, `aa` sorts as `å`, and accented letters sort as their base letter
/// (Retskrivningsordbogen § 5; `aa` as `å` as in names such as Aabenraa).
#[must_use]
pub fn sort_key_danish(text: &str) -> String {
    // The three characters after z in ASCII stand for the three letters after z in Danish.
    let mut key = String::with_capacity(text.len());
    let mut letters = text.chars().flat_map(char::to_lowercase).peekable();
    while let Some(letter) = letters.next() {
        match letter {
            'a' if letters.peek() == Some(&'a') => {
                letters.next();
                key.push('}');
            }
            'å' => key.push('}'),
            'æ' | 'ä' => key.push('{'),
            'ø' | 'ö' => key.push('|'),
            'é' | 'è' | 'ê' | 'ë' => key.push('e'),
            'á' | 'à' | 'â' => key.push('a'),
            'ü' => key.push('y'),
            'ó' | 'ò' | 'ô' => key.push('o'),
            'í' | 'ì' => key.push('i'),
            'ú' | 'ù' => key.push('u'),
            'ç' => key.push('c'),
            other => key.push(other),
        }
    }
    key
}

/// Compares two texts in Danish alphabetical order, see [`sort_key_danish`]. Texts that differ
/// only in case or accents are then ordered by their characters, so that the order is total.
#[must_use]
pub fn compare_danish(left: &str, right: &str) -> Ordering {
    sort_key_danish(left)
        .cmp(&sort_key_danish(right))
        .then_with(|| left.cmp(right))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn danish_letters_sort_last_and_aa_is_å() {
        let mut names = [
            "Århus",
            "Ærø",
            "Zoo",
            "Aabenraa",
            "Aarhus",
            "Ølstykke",
            "Albertslund",
            "Zz",
        ];
        names.sort_by(|left, right| compare_danish(left, right));
        assert_eq!(
            names,
            [
                "Albertslund",
                "Zoo",
                "Zz",
                "Ærø",
                "Ølstykke",
                "Aabenraa",
                "Aarhus",
                "Århus"
            ]
        );
    }

    #[test]
    fn accept_language_prefers_by_weight() {
        assert_eq!(
            Language::from_accept_language("en-GB,en;q=0.8,da;q=0.9"),
            Language::English
        );
        assert_eq!(
            Language::from_accept_language("de,da;q=0.5,en;q=0.4"),
            Language::Danish
        );
        assert_eq!(Language::from_accept_language("fr"), Language::Danish);
        assert_eq!(Language::from_accept_language(""), Language::Danish);
    }
}
