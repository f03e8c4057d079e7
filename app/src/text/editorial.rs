//! The English of the portal's own editorial content: strategies, roles and recommendations.
//!
//! A phrase book from a Danish text to the same in English, so that a translation can never outlive the text that it
//! translates: once an editor changes the Danish, the English page shows the new Danish text, marked as Danish.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use domain::{Entry, Language, Recommendation, Role, Strategy};
use serde_json::Value;

struct PhraseBook {
    english: HashMap<String, String>,
    translations: HashSet<String>,
}

static PHRASE_BOOK: LazyLock<PhraseBook> = LazyLock::new(|| {
    let pairs: Vec<HashMap<String, Value>> =
        serde_json::from_str(include_str!("editorial-english.json"))
            .expect("the phrase book is part of the program, and a test reads it");
    let text = |pair: &HashMap<String, Value>, language: &str| {
        pair.get(language)
            .and_then(Value::as_str)
            .map(str::to_owned)
            .expect("each pair has both languages, which a test proves")
    };
    PhraseBook {
        translations: pairs.iter().map(|pair| text(pair, "en")).collect(),
        english: pairs
            .iter()
            .map(|pair| (text(pair, "da"), text(pair, "en")))
            .collect(),
    }
});

/// A text in a language, as far as it has been translated, and the language it is then in.
pub fn translate(text: &str, language: Language) -> (&str, Language) {
    match (language, PHRASE_BOOK.english.get(text)) {
        (Language::English, Some(english)) => (english, Language::English),
        (Language::English, None) if PHRASE_BOOK.translations.contains(text) => {
            (text, Language::English)
        }
        _ => (text, Language::Danish),
    }
}

/// A strategy, role or recommendation with its texts in a language, as far as they have been translated; any other
/// object as it is.
pub fn translate_entry(entry: Entry, language: Language) -> Entry {
    if language == Language::Danish {
        return entry;
    }
    match entry {
        Entry::Strategy(strategy) => Entry::Strategy(translate_strategy(strategy)),
        Entry::Role(role) => Entry::Role(translate_role(role)),
        Entry::Recommendation(recommendation) => {
            Entry::Recommendation(translate_recommendation(recommendation))
        }
        other => other,
    }
}

fn translate_strategy(mut strategy: Strategy) -> Strategy {
    replace(&mut strategy.title);
    strategy.summary.iter_mut().for_each(replace);
    strategy.description.iter_mut().for_each(replace);
    strategy
}

fn translate_role(mut role: Role) -> Role {
    replace(&mut role.title);
    role.summary.iter_mut().for_each(replace);
    role.description.iter_mut().for_each(replace);
    role
}

fn translate_recommendation(mut recommendation: Recommendation) -> Recommendation {
    replace(&mut recommendation.title);
    replace(&mut recommendation.text);
    for evidence in &mut recommendation.evidence {
        evidence.note.iter_mut().for_each(replace);
    }
    recommendation
}

/// A translation that breaks the rules of its type is left out rather than shown.
fn replace<Text: AsRef<str> + std::str::FromStr>(text: &mut Text) {
    if let (english, Language::English) = translate(text.as_ref(), Language::English)
        && let Ok(english) = english.parse()
    {
        *text = english;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_pair_has_both_languages() {
        assert!(PHRASE_BOOK.english.len() > 60);
        for (danish, english) in &PHRASE_BOOK.english {
            assert!(!danish.is_empty() && !english.is_empty(), "{danish}");
        }
    }

    #[test]
    fn a_text_is_translated_until_somebody_changes_it() {
        assert_eq!(
            translate("Netværksmøder", Language::English),
            ("Network meetings", Language::English)
        );
        assert_eq!(
            translate("Network meetings", Language::English),
            ("Network meetings", Language::English)
        );
        assert_eq!(
            translate("Netværksmøder", Language::Danish),
            ("Netværksmøder", Language::Danish)
        );
        assert_eq!(
            translate("Netværksmøder igen", Language::English),
            ("Netværksmøder igen", Language::Danish)
        );
    }

    #[test]
    fn all_editorial_sample_content_has_its_english() {
        for name in ["strategies", "roles", "recommendations"] {
            let path = format!(
                "{}/../server/sample/{name}.jsonl",
                env!("CARGO_MANIFEST_DIR")
            );
            let lines = std::fs::read_to_string(path).expect("the sample content is in the house");
            for line in lines.lines() {
                let entry = domain::exchange::parse_line(line).expect("a valid line");
                let texts: Vec<String> = match &entry {
                    Entry::Strategy(it) => [
                        Some(it.title.to_string()),
                        it.summary.as_ref().map(ToString::to_string),
                        it.description.as_ref().map(ToString::to_string),
                    ]
                    .into_iter()
                    .flatten()
                    .collect(),
                    Entry::Role(it) => [
                        Some(it.title.to_string()),
                        it.summary.as_ref().map(ToString::to_string),
                        it.description.as_ref().map(ToString::to_string),
                    ]
                    .into_iter()
                    .flatten()
                    .collect(),
                    Entry::Recommendation(it) => {
                        let notes = it
                            .evidence
                            .iter()
                            .filter_map(|evidence| Some(evidence.note.as_ref()?.to_string()));
                        [it.title.to_string(), it.text.to_string()]
                            .into_iter()
                            .chain(notes)
                            .collect()
                    }
                    other => panic!("{other:?} is not editorial"),
                };
                for text in texts {
                    assert_eq!(
                        translate(&text, Language::English).1,
                        Language::English,
                        "{text}"
                    );
                }
            }
        }
    }

    #[test]
    fn an_entry_is_translated_as_a_whole() {
        let strategy = Strategy::samples().remove(0);
        let Entry::Strategy(english) =
            translate_entry(Entry::Strategy(strategy.clone()), Language::English)
        else {
            panic!("a strategy stays a strategy")
        };
        assert_eq!(english.title.as_str(), "Network meetings");
        assert_eq!(english.owners, strategy.owners);
    }
}
