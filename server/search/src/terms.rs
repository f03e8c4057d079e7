//! The terms of a document, as they lie in the index.
//!
//! All words are in one field, in layers told apart by their first letter, so a word of a query costs few posting lists.
//! What tantivy keeps as a term's frequency is the term's level, 1 to 15: how strongly the document speaks of it, with field
//! weights and lengths already counted in. Scoring then only multiplies.

use rustc_hash::FxHashMap;
use tantivy::tokenizer::{Token, TokenStream, Tokenizer};

/// The highest level of a term.
pub const HIGHEST_LEVEL: u8 = 15;

/// A layer of terms.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Layer {
    /// The word as it is written.
    Surface,
    /// Its lemma.
    Lemma,
    /// A part of a compound.
    Part,
    /// A word of the title as it is written, for suggestions.
    Title,
    /// An organisation or other object that the document mentions.
    Mention,
}

impl Layer {
    /// The letter that the layer's terms begin with.
    #[must_use]
    pub fn letter(self) -> char {
        match self {
            Layer::Surface => 'e',
            Layer::Lemma => 'l',
            Layer::Part => 'p',
            Layer::Title => 't',
            Layer::Mention => 'm',
        }
    }

    /// A word's term in the layer.
    #[must_use]
    pub fn term(self, word: &str) -> String {
        let mut term = String::with_capacity(word.len() + 1);
        term.push(self.letter());
        term.push_str(word);
        term
    }
}

/// Gathers how much a document speaks of each term.
#[derive(Debug, Default)]
pub struct TermWeights {
    weights: FxHashMap<String, f32>,
}

impl TermWeights {
    /// Adds to a term's weight.
    pub fn add(&mut self, term: String, weight: f32) {
        *self.weights.entry(term).or_default() += weight;
    }

    /// Whether a term is there.
    #[must_use]
    pub fn contains(&self, term: &str) -> bool {
        self.weights.contains_key(term)
    }

    /// The terms of a layer, the weightiest first.
    #[must_use]
    pub fn heaviest(&self, layer: Layer) -> Vec<(&str, f32)> {
        let mut found: Vec<(&str, f32)> = self
            .weights
            .iter()
            .filter_map(|(term, weight)| {
                term.strip_prefix(layer.letter())
                    .map(|word| (word, *weight))
            })
            .collect();
        found.sort_by(|one, other| other.1.total_cmp(&one.1).then_with(|| one.0.cmp(other.0)));
        found
    }

    /// The text that [`LevelTokenizer`] reads: a level, a term and a line end for each.
    #[must_use]
    pub fn encoded(&self) -> String {
        let mut terms: Vec<(&String, f32)> = self
            .weights
            .iter()
            .map(|(term, weight)| (term, *weight))
            .collect();
        terms.sort_by(|one, other| one.0.cmp(other.0));
        let mut encoded = String::with_capacity(terms.len() * 12);
        for (term, weight) in terms {
            encoded.push(char::from(b'a' + level(weight)));
            encoded.push_str(term);
            encoded.push('\n');
        }
        encoded
    }
}

/// The level of a weight: it grows with every mention, but ever more slowly.
#[must_use]
pub fn level(weight: f32) -> u8 {
    /// The weight at which a term is half as strong as it can be.
    const HALF: f32 = 2.2;
    let level = (weight / (weight + HALF) * 16.0).round();
    // The cast is safe: the value lies between 1 and 15.
    (level.clamp(1.0, f32::from(HIGHEST_LEVEL))) as u8
}

/// Reads what [`TermWeights::encoded`] writes: each term as many times as its level.
#[derive(Clone, Debug, Default)]
pub struct LevelTokenizer {
    token: Token,
}

/// The stream of [`LevelTokenizer`].
pub struct LevelTokenStream<'a> {
    lines: std::str::Lines<'a>,
    left: u8,
    token: &'a mut Token,
}

impl Tokenizer for LevelTokenizer {
    type TokenStream<'a> = LevelTokenStream<'a>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> LevelTokenStream<'a> {
        self.token.reset();
        LevelTokenStream {
            lines: text.lines(),
            left: 0,
            token: &mut self.token,
        }
    }
}

impl TokenStream for LevelTokenStream<'_> {
    fn advance(&mut self) -> bool {
        if self.left > 0 {
            self.left -= 1;
            return true;
        }
        let Some(line) = self.lines.next() else {
            return false;
        };
        let Some((level, term)) = line.split_at_checked(1) else {
            return false;
        };
        self.left = level.as_bytes()[0].saturating_sub(b'a').saturating_sub(1);
        self.token.text.clear();
        self.token.text.push_str(term);
        self.token.position = self.token.position.wrapping_add(1);
        true
    }

    fn token(&self) -> &Token {
        self.token
    }

    fn token_mut(&mut self) -> &mut Token {
        self.token
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_term_comes_as_often_as_its_level() {
        let mut weights = TermWeights::default();
        weights.add("lskov".into(), 2.2);
        weights.add("lsø".into(), 0.01);
        let encoded = weights.encoded();
        let mut tokenizer = LevelTokenizer::default();
        let mut stream = tokenizer.token_stream(&encoded);
        let mut counts: FxHashMap<String, u32> = FxHashMap::default();
        while stream.advance() {
            *counts.entry(stream.token().text.clone()).or_default() += 1;
        }
        assert_eq!(counts["lskov"], 8);
        assert_eq!(counts["lsø"], 1);
    }

    #[test]
    fn levels_rise_with_weight() {
        assert!(level(4.0) > level(2.0) && level(2.0) > level(1.0));
        assert_eq!(level(1e9), HIGHEST_LEVEL);
        assert_eq!(level(0.0), 1);
    }
}
