//! The field's synonyms, read from `lexicon/synonyms.txt`.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use super::analysis::analyse;
use super::{spelling, stopwords};

/// Another way to say a word or phrase.
#[derive(Clone, Debug, PartialEq)]
pub struct Synonym {
    /// Its lemmas; a document has the phrase if it has them all.
    pub lemmas: Vec<String>,
    /// How nearly it says the same, at most 1.
    pub weight: f32,
}

/// The words of a synonym that say the same.
const SAME: f32 = 0.8;
/// What a wider word covers.
const NARROWER: f32 = 0.5;
/// What stands beside it.
const NEIGHBOUR: f32 = 0.3;

/// All synonyms, by the lemmas of what is asked for.
#[derive(Debug, Default)]
pub struct Synonyms {
    by_phrase: FxHashMap<String, Vec<Synonym>>,
    longest: usize,
}

static SYNONYMS: LazyLock<Synonyms> =
    LazyLock::new(|| Synonyms::parse(include_str!("../../lexicon/synonyms.txt")));

/// The synonyms of the field.
#[must_use]
pub fn synonyms() -> &'static Synonyms {
    &SYNONYMS
}

/// The key that a phrase is kept under: the first lemma of each of its words.
fn key(phrase: &str) -> Vec<String> {
    spelling::words(phrase)
        .iter()
        .map(|token| first_lemma(&token.text))
        .collect()
}

fn first_lemma(word: &str) -> String {
    analyse(word).lemmas.into_iter().next().unwrap_or_default()
}

/// What a document must have to have the phrase: its words without those that say nothing.
fn demanded(phrase: &str) -> Vec<String> {
    if phrase.starts_with('@') {
        return vec![phrase.to_owned()];
    }
    let words = spelling::words(phrase);
    let telling: Vec<String> = words
        .iter()
        .filter(|word| !stopwords::is_empty_word(&word.text))
        .map(|word| first_lemma(&word.text))
        .collect();
    if telling.len() >= 2 || telling.len() == words.len() {
        return telling;
    }
    // «på egen hånd» must not become every hand, nor «ud på skolen» every school.
    let long: Vec<String> = words
        .iter()
        .filter(|word| word.text.chars().count() >= 4)
        .map(|word| first_lemma(&word.text))
        .collect();
    if long.len() >= 2 { long } else { Vec::new() }
}

impl Synonyms {
    /// Reads the file's format; lines that say nothing are passed over.
    #[must_use]
    pub fn parse(text: &str) -> Synonyms {
        let mut synonyms = Synonyms::default();
        for line in text.lines() {
            let line = line.split('#').next().unwrap_or_default().trim();
            if let Some((wider, narrower)) = line.split_once('>') {
                for phrase in narrower.split(',') {
                    synonyms.add(wider, phrase, NARROWER);
                }
            } else if line.contains('~') {
                synonyms.add_group(line, '~', NEIGHBOUR);
            } else if line.contains('=') {
                synonyms.add_group(line, '=', SAME);
            }
        }
        synonyms
    }

    fn add_group(&mut self, line: &str, mark: char, weight: f32) {
        let phrases: Vec<&str> = line
            .split(mark)
            .map(str::trim)
            .filter(|phrase| !phrase.is_empty())
            .collect();
        for (position, phrase) in phrases.iter().enumerate() {
            for (other_position, other) in phrases.iter().enumerate() {
                if position != other_position {
                    self.add(phrase, other, weight);
                }
            }
        }
    }

    fn add(&mut self, from: &str, to: &str, weight: f32) {
        let (from, to) = (from.trim(), to.trim());
        let key = key(from);
        let lemmas = demanded(to);
        if from.starts_with('@') || key.is_empty() || lemmas.is_empty() || key == lemmas {
            return;
        }
        self.longest = self.longest.max(key.len());
        let known = self.by_phrase.entry(key.join(" ")).or_default();
        match known.iter_mut().find(|synonym| synonym.lemmas == lemmas) {
            Some(synonym) => synonym.weight = synonym.weight.max(weight),
            None => known.push(Synonym { lemmas, weight }),
        }
    }

    /// The synonyms of a word or phrase, given by the lemmas of its words.
    #[must_use]
    pub fn of(&self, lemmas: &[&str]) -> &[Synonym] {
        match lemmas {
            [lemma] => self.by_phrase.get(*lemma),
            _ => self.by_phrase.get(&lemmas.join(" ")),
        }
        .map_or(&[], Vec::as_slice)
    }

    /// The most words that a phrase with synonyms has.
    #[must_use]
    pub fn longest(&self) -> usize {
        self.longest
    }

    /// How many words and phrases have synonyms.
    #[must_use]
    pub fn len(&self) -> usize {
        self.by_phrase.len()
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.by_phrase.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn finds(from: &[&str], to: &str) -> bool {
        synonyms()
            .of(from)
            .iter()
            .any(|synonym| synonym.lemmas.join(" ") == to)
    }

    #[test]
    fn words_of_the_field_find_each_other() {
        assert!(finds(&["besættelse"], "anden verdenskrig"));
        assert!(finds(&["anden", "verdenskrig"], "besættelse"));
        assert!(finds(&["naturfag"], "biologi"));
        assert!(
            !finds(&["biologi"], "naturfag"),
            "a wider word does not stand for its parts"
        );
    }

    #[test]
    fn the_file_has_no_line_that_says_nothing() {
        for line in include_str!("../../lexicon/synonyms.txt").lines() {
            let line = line.split('#').next().unwrap_or_default().trim();
            assert!(
                line.is_empty() || line.contains(['=', '>', '~']),
                "neither =, > nor ~ stands in «{line}»"
            );
        }
    }
}
