//! The words that stand in the index, as they are written: for forgiving mistakes, for foreign keyboards, and for completing.

use rustc_hash::FxHashMap;
use tantivy::SegmentReader;
use tantivy::schema::Field;

use crate::danish::spelling;
use crate::terms::Layer;

/// A segment's words with how many documents have them, sorted.
#[derive(Debug, Default)]
pub(crate) struct SegmentWords {
    words: Vec<(Box<str>, u32)>,
}

impl SegmentWords {
    /// Reads the words of a segment's dictionary.
    pub(crate) fn read(segment: &SegmentReader, terms: Field) -> tantivy::Result<SegmentWords> {
        let inverted = segment.inverted_index(terms)?;
        let prefix = Layer::Surface.letter() as u8;
        let mut words = Vec::new();
        let mut stream = inverted
            .terms()
            .range()
            .ge([prefix])
            .lt([prefix + 1])
            .into_stream()?;
        while stream.advance() {
            let Ok(word) = std::str::from_utf8(&stream.key()[1..]) else {
                continue;
            };
            if word.len() >= 2 && word.chars().all(char::is_alphabetic) {
                words.push((word.into(), stream.value().doc_freq));
            }
        }
        Ok(SegmentWords { words })
    }
}

/// One word of the vocabulary.
#[derive(Debug)]
struct Entry {
    word: Box<str>,
    skeleton: Box<str>,
    documents: u32,
    letters: u8,
    /// One bit for each letter that is in the word: two words that differ in many bits are far apart.
    letter_set: u32,
}

/// The words of all segments, sorted by skeleton.
#[derive(Debug, Default)]
pub(crate) struct Vocabulary {
    entries: Vec<Entry>,
}

fn letter_set(word: &str) -> u32 {
    word.chars().fold(0, |set, letter| {
        let bit = match letter {
            'a'..='z' => letter as u32 - 'a' as u32,
            'æ' => 26,
            'ø' => 27,
            'å' => 28,
            _ => 29,
        };
        set | 1 << bit
    })
}

/// A word of the vocabulary that may have been meant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Candidate {
    pub word: String,
    pub documents: u32,
    pub mistakes: usize,
}

impl Vocabulary {
    /// Puts the words of segments together.
    pub(crate) fn merge<'a>(segments: impl Iterator<Item = &'a SegmentWords>) -> Vocabulary {
        let mut documents: FxHashMap<&str, u32> = FxHashMap::default();
        for segment in segments {
            for (word, count) in &segment.words {
                *documents.entry(word).or_default() += count;
            }
        }
        let mut entries: Vec<Entry> = documents
            .into_iter()
            .map(|(word, documents)| Entry {
                word: word.into(),
                skeleton: spelling::skeleton(word).into(),
                documents,
                letters: u8::try_from(word.chars().count()).unwrap_or(u8::MAX),
                letter_set: letter_set(word),
            })
            .collect();
        entries.sort_unstable_by(|one, other| {
            one.skeleton
                .cmp(&other.skeleton)
                .then_with(|| one.word.cmp(&other.word))
        });
        Vocabulary { entries }
    }

    fn range(&self, skeleton: &str) -> &[Entry] {
        let from = self
            .entries
            .partition_point(|entry| entry.skeleton.as_ref() < skeleton);
        let length =
            self.entries[from..].partition_point(|entry| entry.skeleton.starts_with(skeleton));
        &self.entries[from..from + length]
    }

    /// The words that are the same on a keyboard without æ, ø and å, the commonest first; of those that live.
    pub(crate) fn same_skeleton(&self, word: &str, lives: impl Fn(&str) -> bool) -> Vec<Candidate> {
        let skeleton = spelling::skeleton(word);
        let mut found: Vec<Candidate> = self
            .range(&skeleton)
            .iter()
            .take_while(|entry| entry.skeleton.len() == skeleton.len())
            .filter(|entry| lives(&entry.word))
            .map(|entry| Candidate {
                word: entry.word.to_string(),
                documents: entry.documents,
                mistakes: 0,
            })
            .collect();
        found.sort_by(|one, other| {
            other
                .documents
                .cmp(&one.documents)
                .then_with(|| one.word.cmp(&other.word))
        });
        found
    }

    /// The words that begin so, the commonest first; of those that live.
    pub(crate) fn beginning(
        &self,
        prefix: &str,
        most: usize,
        lives: impl Fn(&str) -> bool,
    ) -> Vec<Candidate> {
        let plain = spelling::is_plain(prefix);
        let mut found: Vec<&Entry> = self
            .range(&spelling::skeleton(prefix))
            .iter()
            // Who types an å means an å.
            .filter(|entry| plain || entry.word.starts_with(prefix))
            .collect();
        let order = |one: &&Entry, other: &&Entry| {
            // The spelling that was typed goes first.
            let typed = |entry: &Entry| entry.word.starts_with(prefix);
            typed(other)
                .cmp(&typed(one))
                .then_with(|| other.documents.cmp(&one.documents))
                .then_with(|| one.word.cmp(&other.word))
        };
        let mut living: Vec<&Entry> = Vec::with_capacity(most);
        // Nearly all of them live, so that few more than are wanted have to be put in order.
        while living.len() < most && !found.is_empty() {
            let some = (most - living.len()).min(found.len());
            if some < found.len() {
                found.select_nth_unstable_by(some, order);
            }
            let rest = found.split_off(some);
            found.sort_by(order);
            living.extend(found.into_iter().filter(|entry| lives(&entry.word)));
            found = rest;
        }
        living
            .into_iter()
            .map(|entry| Candidate {
                word: entry.word.to_string(),
                documents: entry.documents,
                mistakes: 0,
            })
            .collect()
    }

    /// The words that a mistyped one may have meant, the nearest and then the commonest first; of those that live.
    pub(crate) fn nearest(
        &self,
        word: &str,
        most: usize,
        lives: impl Fn(&str) -> bool,
    ) -> Vec<Candidate> {
        let letters: Vec<char> = word.chars().collect();
        let forgiven = spelling::forgiven(letters.len());
        if forgiven == 0 {
            return Vec::new();
        }
        let set = letter_set(word);
        let mut found = Vec::new();
        for entry in &self.entries {
            // A mistake changes at most two letters of the set.
            if usize::from(entry.letters).abs_diff(letters.len()) > forgiven
                || (entry.letter_set ^ set).count_ones() as usize > 2 * forgiven
            {
                continue;
            }
            let other: Vec<char> = entry.word.chars().collect();
            // Nobody mistypes the first letter of a short word unseen.
            if letters.len() < 8 && other.first() != letters.first() {
                continue;
            }
            if let Some(mistakes) = spelling::mistakes(&letters, &other, forgiven)
                && mistakes > 0
            {
                found.push(Candidate {
                    word: entry.word.to_string(),
                    documents: entry.documents,
                    mistakes,
                });
            }
        }
        found.sort_by(|one, other| {
            one.mistakes
                .cmp(&other.mistakes)
                .then_with(|| other.documents.cmp(&one.documents))
                .then_with(|| one.word.cmp(&other.word))
        });
        found
            .into_iter()
            .filter(|candidate| lives(&candidate.word))
            .take(most)
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn vocabulary() -> Vocabulary {
        let words = |list: &[(&str, u32)]| SegmentWords {
            words: list
                .iter()
                .map(|(word, count)| ((*word).into(), *count))
                .collect(),
        };
        let one = words(&[
            ("insekter", 4),
            ("smådyr", 7),
            ("søen", 3),
            ("får", 2),
            ("far", 1),
        ]);
        let other = words(&[("insekter", 1), ("insekt", 2), ("skov", 9), ("skole", 5)]);
        Vocabulary::merge([&one, &other].into_iter())
    }

    fn texts(candidates: Vec<Candidate>) -> Vec<String> {
        candidates
            .into_iter()
            .map(|candidate| candidate.word)
            .collect()
    }

    fn all(_: &str) -> bool {
        true
    }

    #[test]
    fn words_that_no_document_has_any_more_are_offered_to_nobody() {
        let vocabulary = vocabulary();
        let lives = |word: &str| !["skov", "smådyr", "insekter"].contains(&word);
        assert_eq!(texts(vocabulary.beginning("sk", 1, lives)), ["skole"]);
        assert_eq!(texts(vocabulary.beginning("sk", 5, lives)), ["skole"]);
        assert!(texts(vocabulary.same_skeleton("smaadyr", lives)).is_empty());
        assert_eq!(
            texts(vocabulary.nearest("insketer", 1, lives)),
            Vec::<String>::new()
        );
    }

    #[test]
    fn foreign_keyboards_find_the_danish_word() {
        assert_eq!(
            texts(vocabulary().same_skeleton("smaadyr", all)),
            ["smådyr"]
        );
        assert_eq!(texts(vocabulary().same_skeleton("soen", all)), ["søen"]);
        assert_eq!(
            texts(vocabulary().same_skeleton("far", all)),
            ["får", "far"]
        );
    }

    #[test]
    fn mistakes_are_forgiven_by_length() {
        assert_eq!(
            texts(vocabulary().nearest("insketer", 2, all)),
            ["insekter"]
        );
        assert_eq!(
            texts(vocabulary().nearest("skav", 2, all)),
            Vec::<String>::new(),
            "four letters are not forgiven"
        );
        assert_eq!(
            texts(vocabulary().nearest("kskole", 2, all)),
            Vec::<String>::new(),
            "nor is a first letter"
        );
    }

    #[test]
    fn words_are_completed_the_commonest_first() {
        assert_eq!(
            texts(vocabulary().beginning("sk", 5, all)),
            ["skov", "skole"]
        );
        assert_eq!(texts(vocabulary().beginning("sma", 5, all)), ["smådyr"]);
        assert_eq!(texts(vocabulary().beginning("få", 5, all)), ["får"]);
    }
}
