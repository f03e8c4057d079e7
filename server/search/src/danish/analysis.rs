//! From a word as it is written to the terms it is found under.

use std::sync::{Arc, RwLock};

use rustc_hash::FxHashMap;

use super::compounds::{self, Part};
use super::{lexicon, spelling};

/// So many different words are remembered with their analysis; then the memory starts anew.
const REMEMBERED: usize = 60_000;

/// Ends that a word outside the lexicon may have been inflected with, the longest first.
const ENDS: [&str; 12] = [
    "ernes", "erne", "enes", "ens", "ets", "ene", "ers", "en", "et", "er", "es", "s",
];

/// Everything the language knows about one written word.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Word {
    /// The word as it is written, in the spelling that is indexed.
    pub surface: String,
    /// The words it may be a form of. A word outside the lexicon has its stem, marked with a tilde.
    pub lemmas: Vec<String>,
    /// The parts of a compound, outermost first.
    pub parts: Vec<Part>,
    /// Whether the lexicon knows the word itself, or all the parts it is made of.
    pub known: bool,
}

/// Analyses a word, without remembering it.
#[must_use]
pub fn analyse(text: &str) -> Word {
    let surface = spelling::canonical(text);
    if text.bytes().any(|byte| byte.is_ascii_digit()) {
        return Word {
            lemmas: vec![surface.clone()],
            surface,
            parts: Vec::new(),
            known: true,
        };
    }
    if let Some(word) = known(text, &surface).or_else(|| known(&surface, &surface)) {
        return word;
    }
    // Digraphs from a foreign keyboard, when that makes a word of it.
    if text.contains("ae") || text.contains("oe") {
        let restored = surface.replace("ae", "æ").replace("oe", "ø");
        if let Some(mut word) =
            known(&restored, &restored).or_else(|| compound(&restored, &restored))
        {
            word.surface = restored;
            return word;
        }
    }
    compound(&surface, &surface).unwrap_or_else(|| {
        let stem = ENDS
            .iter()
            .find_map(|end| {
                surface
                    .strip_suffix(end)
                    .filter(|stem| stem.chars().count() >= 4)
            })
            .unwrap_or(&surface);
        Word {
            lemmas: vec![format!("{stem}~")],
            surface: surface.clone(),
            parts: Vec::new(),
            known: false,
        }
    })
}

fn known(text: &str, surface: &str) -> Option<Word> {
    let (bare, form) = lexicon::form_or_genitive(text)?;
    let lemmas: Vec<String> = if form.is_name() {
        vec![spelling::canonical(bare)]
    } else {
        form.lemmas(bare)
            .iter()
            .map(|lemma| spelling::canonical(lemma))
            .collect()
    };
    let mut parts = lemmas
        .first()
        .map(|lemma| compounds::of_known(lemma))
        .unwrap_or_default();
    if parts.is_empty() && lemmas.len() > 1 {
        parts = compounds::of_known(&lemmas[1]);
    }
    Some(Word {
        surface: surface.to_owned(),
        lemmas,
        parts,
        known: true,
    })
}

fn compound(text: &str, surface: &str) -> Option<Word> {
    let compound = compounds::of_unknown(text)?;
    Some(Word {
        surface: surface.to_owned(),
        lemmas: compound.lemmas,
        parts: compound.parts,
        known: true,
    })
}

/// Analyses words and remembers them.
#[derive(Debug, Default)]
pub struct Analyser {
    remembered: RwLock<FxHashMap<Box<str>, Arc<Word>>>,
}

impl Analyser {
    /// The analysis of a word in lower case.
    pub fn word(&self, text: &str) -> Arc<Word> {
        if let Ok(remembered) = self.remembered.read()
            && let Some(word) = remembered.get(text)
        {
            return Arc::clone(word);
        }
        let word = Arc::new(analyse(text));
        if let Ok(mut remembered) = self.remembered.write() {
            if remembered.len() >= REMEMBERED {
                remembered.clear();
            }
            remembered.insert(text.into(), Arc::clone(&word));
        }
        word
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_spellings_of_a_name_are_one() {
        assert_eq!(analyse("aabenraa").lemmas, analyse("åbenrå").lemmas);
        assert_eq!(
            analyse("boernearbejde").lemmas,
            analyse("børnearbejde").lemmas
        );
        assert_eq!(analyse("laeselyst").lemmas, ["læselyst"]);
    }

    #[test]
    fn a_real_word_is_not_restored_into_another() {
        assert!(!analyse("far").lemmas.contains(&"får".to_owned()));
        assert!(!analyse("køn").lemmas.iter().any(|lemma| lemma == "ko"));
        assert_eq!(analyse("poesi").lemmas, ["poesi"]);
    }

    #[test]
    fn a_compound_has_lemma_and_parts() {
        let word = analyse("vandhulsdyrene");
        assert_eq!(word.lemmas, ["vandhulsdyr"]);
        assert!(
            word.parts
                .iter()
                .any(|part| part.lemma == "dyr" && part.head)
        );
    }

    #[test]
    fn an_unknown_word_is_its_stem() {
        assert_eq!(analyse("fuglsang").lemmas.len(), 1);
        assert_eq!(analyse("zorbingen").lemmas, analyse("zorbing").lemmas);
    }
}
