//! From the words of a query to what is looked up in the index.

use std::sync::{Arc, RwLock};

use rustc_hash::FxHashMap;
use tantivy::postings::TermInfo;

use crate::danish::analysis::{Analyser, Word};
use crate::danish::derivations;
use crate::danish::spelling::{self, Token};
use crate::danish::stopwords;
use crate::danish::synonyms::{Synonym, synonyms};
use crate::highlight::Wanted;
use crate::terms::Layer;
use crate::understanding::{self, Reads};
use crate::vocabulary::Vocabulary;

/// More words of a query than this are read, but only the most telling are looked for.
const MOST_WORDS: usize = 12;
/// So many tokens of a query are read at all.
const MOST_TOKENS: usize = 60;
/// What is in more than one document of so many is looked for only when it is asked for.
const COMMONEST: u64 = 12;
/// So many words keep their expansion in memory.
const REMEMBERED: usize = 20_000;

/// How much the ways to meet a word are worth. Exact beats inflected beats compound part beats synonym beats typo.
mod worth {
    pub const EXACT: f32 = 1.0;
    pub const INFLECTED: f32 = 0.93;
    pub const PART: f32 = 0.66;
    pub const SYNONYM: f32 = 0.62;
    pub const FAMILY: f32 = 0.5;
    pub const TYPO: f32 = 0.8;
    pub const SECOND_TYPO: f32 = 0.5;
    /// A compound met by its parts together.
    pub const PARTS: f32 = 0.78;
    /// A phrase met by its words together, against one that the synonyms know.
    pub const PHRASE: f32 = 1.0;
}

/// What an index knows of a term.
#[derive(Clone, Debug)]
pub(crate) struct TermFacts {
    /// How many documents have it.
    pub documents: u32,
    /// Where its postings lie, for each segment.
    pub places: Vec<Option<TermInfo>>,
}

/// What a plan needs to know of the index.
pub(crate) trait Dictionary {
    /// Looks a term up.
    fn term(&self, term: &str) -> Arc<TermFacts>;
    /// The words as they are written.
    fn vocabulary(&self) -> &Vocabulary;
    /// Whether a document that is there now has a word as it is written.
    fn lives(&self, word: &str) -> bool;
    /// How many documents there are.
    fn documents(&self) -> u64;
}

/// One way to meet a word: a document must have all the terms.
#[derive(Clone, Debug)]
pub(crate) struct Variant {
    pub weight: f32,
    pub terms: Vec<Arc<TermFacts>>,
}

/// A word or phrase that is looked for.
#[derive(Clone, Debug, Default)]
pub(crate) struct Wish {
    /// How much it tells: the rarer the more.
    pub importance: f32,
    pub variants: Vec<Variant>,
    /// Whether it says so little that meeting nothing else is no match.
    pub faint: bool,
    /// Its parts, with the share each has in the whole.
    pub parts: Vec<(f32, Vec<Variant>)>,
}

impl Wish {
    /// Whether any document has anything of it.
    fn can_be_met(&self) -> bool {
        !self.variants.is_empty() || self.parts.iter().any(|(_, variants)| !variants.is_empty())
    }
}

/// What a query looks for.
#[derive(Debug, Default)]
pub(crate) struct Plan {
    pub wishes: Vec<Wish>,
    pub reads: Reads,
    pub wanted: Wanted,
    /// The query as it was probably meant.
    pub did_you_mean: Option<String>,
}

/// A variant before it is looked up.
#[derive(Clone, Debug)]
struct Way {
    terms: Vec<String>,
    weight: f32,
    /// Whether it is the word itself, whose frequency says how much the word tells.
    own: bool,
}

/// Plans queries, and remembers what words expand to.
#[derive(Debug, Default)]
pub(crate) struct Planner {
    remembered: RwLock<FxHashMap<Box<str>, Arc<Vec<Way>>>>,
}

impl Planner {
    /// The ways to meet a word, strongest first.
    fn ways(&self, word: &Word) -> Arc<Vec<Way>> {
        if let Ok(remembered) = self.remembered.read()
            && let Some(ways) = remembered.get(word.surface.as_str())
        {
            return Arc::clone(ways);
        }
        let ways = Arc::new(ways(word));
        if let Ok(mut remembered) = self.remembered.write() {
            if remembered.len() >= REMEMBERED {
                remembered.clear();
            }
            remembered.insert(word.surface.as_str().into(), Arc::clone(&ways));
        }
        ways
    }

    /// Plans a query.
    pub(crate) fn plan(
        &self,
        text: &str,
        literal: &[domain::search::Reading],
        analyser: &Analyser,
        dictionary: &impl Dictionary,
    ) -> Plan {
        let mut tokens = spelling::words(text);
        tokens.truncate(MOST_TOKENS);
        let reads = understanding::read(text, &tokens, literal);
        let mut plan = Plan::default();

        let meant = meant(&tokens, &reads.consumed, analyser, dictionary);
        if meant.iter().any(|meant| meant.corrected) {
            plan.did_you_mean = Some(respelled(text, &tokens, &meant));
        }

        let telling: Vec<bool> = tokens
            .iter()
            .zip(&reads.consumed)
            .map(|(token, consumed)| !consumed && !stopwords::is_empty_word(&token.text))
            .collect();
        let none_telling = !telling.iter().any(|telling| *telling);
        // A query of empty words only is a query all the same, unless everything in it was understood.
        let keep_all = none_telling && !reads.consumed.iter().any(|consumed| *consumed);

        let mut wishes: Vec<(usize, Wish)> = Vec::new();
        for (at, meant) in meant.iter().enumerate() {
            if !(telling[at] || (keep_all && !reads.consumed[at])) {
                continue;
            }
            let faint = stopwords::is_faint(&tokens[at].text) && !keep_all;
            let mut wish = self.wish(meant, faint, dictionary, &mut plan.wanted);
            if faint {
                wish.importance *= 0.3;
                wish.faint = true;
            }
            wishes.push((at, wish));
        }
        let wishes = self.with_phrases(wishes, &meant, &telling, dictionary, &mut plan.wanted);
        // «hvilke tilbud er der i Vejle»: when all that tells has been understood, «tilbud» is no condition.
        let all_faint = tokens
            .iter()
            .zip(&telling)
            .filter(|(_, telling)| **telling)
            .all(|(token, _)| stopwords::is_faint(&token.text));
        let understood =
            reads.grades != 0 || reads.free || reads.places.iter().any(|place| place.certain);
        let wishes = if all_faint && understood {
            Vec::new()
        } else {
            wishes
        };
        plan.wishes = wishes;
        // A word that no document can meet is no condition, unless there is no other.
        if plan.wishes.iter().any(Wish::can_be_met) {
            plan.wishes.retain(Wish::can_be_met);
        }
        plan.wishes.sort_by(|one, other| {
            one.faint
                .cmp(&other.faint)
                .then_with(|| other.importance.total_cmp(&one.importance))
        });
        plan.wishes.truncate(MOST_WORDS);
        plan.reads = reads;
        plan
    }

    fn wish(
        &self,
        meant: &Meant,
        faint: bool,
        dictionary: &impl Dictionary,
        wanted: &mut Wanted,
    ) -> Wish {
        let mut wish = Wish::default();
        let mut documents = 0_u32;
        for (word, worth) in &meant.words {
            for lemma in &word.lemmas {
                wanted.add(lemma);
            }
            for way in self.ways(word).iter() {
                // A word that says little is met as itself or not at all.
                if faint && !(way.own && way.weight >= worth::INFLECTED) {
                    continue;
                }
                let Some(variant) = look_up(way, *worth, dictionary) else {
                    continue;
                };
                if way.own {
                    documents = documents.max(variant.terms[0].documents);
                } else {
                    // What nearly all have is no synonym of anything.
                    let least = variant.terms.iter().map(|term| term.documents).min();
                    if u64::from(least.unwrap_or(0)) * COMMONEST > dictionary.documents() {
                        continue;
                    }
                    if way.weight >= worth::SYNONYM * 0.75 {
                        for term in &way.terms {
                            wanted.add(&term[1..]);
                        }
                    }
                }
                wish.variants.push(variant);
            }
            // Where every document with the word has it just so, one list says it all.
            if let [exact, inflected, ..] = wish.variants.as_mut_slice()
                && word.lemmas.len() == 1
                && exact.weight > inflected.weight
                && inflected.weight >= worth::INFLECTED * worth
                && exact.terms[0].documents == inflected.terms[0].documents
            {
                inflected.weight = exact.weight;
                wish.variants.remove(0);
            }
        }
        if faint {
            wish.importance = telling_weight(documents.max(1), dictionary.documents());
            return wish;
        }
        let Some((word, _)) = meant.words.first() else {
            return wish;
        };
        let outer: Vec<&str> = word
            .parts
            .iter()
            .filter(|part| part.depth == 1)
            .map(|part| part.lemma.as_str())
            .collect();
        let mut parts_tell = 0.0;
        if outer.len() >= 2 {
            let mut parts = Vec::new();
            for part in outer {
                let own = [
                    Way::one(Layer::Lemma, part, worth::INFLECTED, true),
                    Way::one(Layer::Part, part, worth::PART, true),
                ];
                let mut variants: Vec<Variant> = own
                    .iter()
                    .filter_map(|way| look_up(way, 1.0, dictionary))
                    .collect();
                let frequency = variants
                    .iter()
                    .map(|variant| variant.terms[0].documents)
                    .max()
                    .unwrap_or(0);
                for synonym in synonyms()
                    .of(&[part])
                    .iter()
                    .filter(|synonym| synonym.weight > 0.6)
                {
                    let way = Way {
                        terms: synonym
                            .lemmas
                            .iter()
                            .map(|lemma| Layer::Lemma.term(lemma))
                            .collect(),
                        weight: worth::SYNONYM * synonym.weight,
                        own: false,
                    };
                    variants.extend(look_up(&way, 1.0, dictionary));
                }
                wanted.add(part);
                let tells = telling_weight(frequency, dictionary.documents());
                parts_tell += tells;
                parts.push((tells, variants));
            }
            // «skole» in «skolekoncert» is everywhere; the other part says what is meant.
            let common = |tells: f32| tells < telling_weight_of_common();
            if parts.iter().any(|(tells, _)| !common(*tells)) {
                parts.retain(|(tells, _)| !common(*tells));
            }
            if parts_tell > 0.0 {
                wish.parts = parts
                    .into_iter()
                    .map(|(tells, variants)| (worth::PARTS * tells / parts_tell, variants))
                    .collect();
            }
        }
        wish.importance = match documents {
            // A compound nobody wrote tells as much as its parts.
            0 if !wish.parts.is_empty() => (parts_tell * 0.75).max(2.0),
            0 => telling_weight(
                wish.variants
                    .iter()
                    .flat_map(|variant| variant.terms.iter().map(|term| term.documents).min())
                    .max()
                    .unwrap_or(1),
                dictionary.documents(),
            ),
            documents => telling_weight(documents, dictionary.documents()),
        };
        wish
    }

    /// Joins words that the synonyms know as a phrase: first as they stand, then with the empty words left out («deler vi
    /// erfaringer» is «dele erfaringer»).
    fn with_phrases(
        &self,
        wishes: Vec<(usize, Wish)>,
        meant: &[Meant],
        telling: &[bool],
        dictionary: &impl Dictionary,
        wanted: &mut Wanted,
    ) -> Vec<Wish> {
        let mut wishes: Vec<(usize, usize, Wish)> = wishes
            .into_iter()
            .map(|(at, wish)| (at, at, wish))
            .collect();
        let mut joined = vec![false; meant.len()];
        let all: Vec<usize> = (0..meant.len()).collect();
        let full: Vec<usize> = all.iter().copied().filter(|at| telling[*at]).collect();
        for sequence in [all, full] {
            let mut from = 0;
            while from < sequence.len() {
                let Some((length, found)) = longest_phrase(&sequence[from..], meant, &joined)
                else {
                    from += 1;
                    continue;
                };
                let words = &sequence[from..from + length];
                from += length;
                if !words.iter().any(|at| telling[*at]) {
                    continue;
                }
                words.iter().for_each(|at| joined[*at] = true);
                let (inside, outside): (Vec<_>, Vec<_>) = wishes
                    .into_iter()
                    .partition(|(first, last, _)| words.contains(first) && words.contains(last));
                wishes = outside;
                let wish = phrase_wish(
                    found,
                    inside.into_iter().map(|(_, _, wish)| wish),
                    dictionary,
                    wanted,
                );
                wishes.push((words[0], words[length - 1], wish));
            }
        }
        wishes.sort_by_key(|(from, _, _)| *from);
        wishes.into_iter().map(|(_, _, wish)| wish).collect()
    }
}

/// The longest phrase with synonyms that a sequence of words begins with: its length and synonyms.
fn longest_phrase<'a>(
    sequence: &[usize],
    meant: &[Meant],
    joined: &[bool],
) -> Option<(usize, &'a [Synonym])> {
    /// So many readings of a phrase with ambiguous words are tried.
    const READINGS: usize = 8;
    let free = sequence.iter().take_while(|at| !joined[**at]).count();
    for length in (2..=synonyms().longest().min(free)).rev() {
        let mut readings: Vec<Vec<&str>> = vec![Vec::new()];
        for at in &sequence[..length] {
            let lemmas = meant[*at]
                .words
                .first()
                .map_or(&[][..], |(word, _)| &word.lemmas);
            readings = readings
                .into_iter()
                .flat_map(|reading| {
                    lemmas.iter().map(move |lemma| {
                        let mut longer = reading.clone();
                        longer.push(lemma.as_str());
                        longer
                    })
                })
                .take(READINGS)
                .collect();
        }
        let found = readings
            .iter()
            .map(|reading| synonyms().of(reading))
            .find(|found| !found.is_empty());
        if let Some(found) = found {
            return Some((length, found));
        }
    }
    None
}

/// A phrase as one wish: its synonyms, or its words together.
fn phrase_wish(
    found: &[Synonym],
    words: impl Iterator<Item = Wish>,
    dictionary: &impl Dictionary,
    wanted: &mut Wanted,
) -> Wish {
    let words: Vec<Wish> = words.collect();
    let mut phrase = Wish {
        faint: words.iter().all(|wish| wish.faint),
        ..Wish::default()
    };
    for synonym in found {
        let way = Way {
            terms: synonym
                .lemmas
                .iter()
                .map(|lemma| Layer::Lemma.term(lemma))
                .collect(),
            weight: worth::SYNONYM * synonym.weight,
            own: false,
        };
        if let Some(variant) = look_up(&way, 1.0, dictionary) {
            if synonym.weight > 0.4 {
                for lemma in &synonym.lemmas {
                    wanted.add(lemma);
                }
            }
            phrase.variants.push(variant);
        }
    }
    let together: f32 = words.iter().map(|wish| wish.importance).sum();
    // The phrase is one thing: it tells more than any of its words, but not as much as all of them apart.
    let most_telling = words.iter().map(|wish| wish.importance).fold(2.0, f32::max);
    phrase.importance = together.min(most_telling * 1.3);
    for wish in words {
        let share = if together > 0.0 {
            wish.importance / together
        } else {
            0.0
        };
        // Parts of parts are left out; the phrase's words as they are and their synonyms are kept.
        phrase.parts.push((worth::PHRASE * share, wish.variants));
    }
    phrase
}

impl Way {
    fn one(layer: Layer, word: &str, weight: f32, own: bool) -> Way {
        Way {
            terms: vec![layer.term(word)],
            weight,
            own,
        }
    }
}

fn look_up(way: &Way, worth: f32, dictionary: &impl Dictionary) -> Option<Variant> {
    let terms: Vec<Arc<TermFacts>> = way.terms.iter().map(|term| dictionary.term(term)).collect();
    terms
        .iter()
        .all(|term| term.documents > 0)
        .then_some(Variant {
            weight: way.weight * worth,
            terms,
        })
}

/// How much a word tells that so many documents have.
fn telling_weight(documents: u32, all: u64) -> f32 {
    let (documents, all) = (f64::from(documents), all as f64);
    ((1.0 + (all - documents + 0.5).max(0.0) / (documents + 0.5)).ln() as f32).max(0.3)
}

/// How much a part of a compound tells that nearly every second document has.
fn telling_weight_of_common() -> f32 {
    2.2_f32.ln()
}

fn ways(word: &Word) -> Vec<Way> {
    let mut ways = vec![Way::one(Layer::Surface, &word.surface, worth::EXACT, true)];
    for lemma in &word.lemmas {
        ways.push(Way::one(Layer::Lemma, lemma, worth::INFLECTED, true));
    }
    for lemma in &word.lemmas {
        ways.push(Way::one(Layer::Part, lemma, worth::PART, true));
    }
    let mut seen: Vec<String> = word.lemmas.clone();
    for lemma in &word.lemmas {
        for synonym in synonyms().of(&[lemma.as_str()]) {
            if let [other] = synonym.lemmas.as_slice() {
                if seen.contains(other) {
                    continue;
                }
                seen.push(other.clone());
                if synonym.weight > 0.6 {
                    ways.push(Way::one(
                        Layer::Part,
                        other,
                        worth::SYNONYM * synonym.weight * 0.7,
                        false,
                    ));
                }
            }
            ways.push(Way {
                terms: synonym
                    .lemmas
                    .iter()
                    .map(|lemma| Layer::Lemma.term(lemma))
                    .collect(),
                weight: worth::SYNONYM * synonym.weight,
                own: false,
            });
        }
    }
    for lemma in &word.lemmas {
        for relative in derivations::relatives(lemma) {
            if !seen.contains(&relative) {
                ways.push(Way::one(Layer::Lemma, &relative, worth::FAMILY, false));
                ways.push(Way::one(Layer::Part, &relative, worth::FAMILY * 0.7, false));
                seen.push(relative);
            }
        }
    }
    ways
}

/// What a typed word is taken to mean.
#[derive(Clone, Debug)]
struct Meant {
    /// The words, the likeliest first, with what each is worth.
    words: Vec<(Arc<Word>, f32)>,
    /// Whether that is another spelling than was typed.
    corrected: bool,
}

/// Decides what each word means: itself where the index has it, or else what it was probably meant to be.
fn meant(
    tokens: &[Token],
    consumed: &[bool],
    analyser: &Analyser,
    dictionary: &impl Dictionary,
) -> Vec<Meant> {
    let known: Vec<(Arc<Word>, bool)> = tokens
        .iter()
        .map(|token| {
            let word = analyser.word(&token.text);
            let there = is_there(&word, dictionary);
            (word, there)
        })
        .collect();
    // Who writes one word without æ, ø and å writes them all so.
    let foreign = tokens.iter().zip(&known).any(|(token, (word, there))| {
        spelling::is_plain(&token.text)
            && token.text.len() > 3
            && (!spelling::is_plain(&word.surface)
                || (!there && !word.known && restored(&token.text, analyser, dictionary).is_some()))
    });
    tokens
        .iter()
        .zip(known)
        .zip(consumed)
        .map(|((token, (word, there)), consumed)| {
            let itself = |word: Arc<Word>| Meant {
                words: vec![(word, 1.0)],
                corrected: false,
            };
            if there
                || *consumed
                || stopwords::is_empty_word(&token.text)
                || token.text.chars().count() < 3
            {
                return itself(word);
            }
            if spelling::is_plain(&token.text)
                && (foreign || !word.known)
                && let Some(other) = restored(&token.text, analyser, dictionary)
            {
                return Meant {
                    words: vec![(other, 1.0)],
                    corrected: false,
                };
            }
            // A real word that no document has is met by its parts and synonyms; only a made-up one is a mistake.
            let in_lexicon = crate::danish::lexicon::form_or_genitive(&token.text).is_some();
            if in_lexicon {
                return itself(word);
            }
            let sensible = word
                .parts
                .iter()
                .filter(|part| part.depth == 1)
                .all(|part| {
                    dictionary.term(&Layer::Lemma.term(&part.lemma)).documents > 0
                        || dictionary.term(&Layer::Part.term(&part.lemma)).documents > 0
                });
            let nearest = dictionary
                .vocabulary()
                .nearest(&word.surface, 3, |word| dictionary.lives(word));
            let compound = !word.parts.is_empty() && sensible;
            let candidates: Vec<_> = nearest
                .into_iter()
                .filter(|candidate| !compound || candidate.mistakes == 1)
                .collect();
            if candidates.is_empty() {
                return itself(word);
            }
            let least = candidates[0].mistakes;
            let mut words: Vec<(Arc<Word>, f32)> = Vec::new();
            for (place, candidate) in candidates.iter().enumerate() {
                let worth = if place == 0 || candidate.mistakes == least {
                    worth::TYPO
                } else {
                    worth::SECOND_TYPO
                };
                words.push((
                    analyser.word(&candidate.word),
                    if place == 0 { worth } else { worth * 0.8 },
                ));
            }
            if compound {
                words.insert(0, (word, 1.0));
                return Meant {
                    words,
                    corrected: false,
                };
            }
            Meant {
                words,
                corrected: true,
            }
        })
        .collect()
}

fn is_there(word: &Word, dictionary: &impl Dictionary) -> bool {
    dictionary
        .term(&Layer::Surface.term(&word.surface))
        .documents
        > 0
        || word.lemmas.iter().any(|lemma| {
            dictionary.term(&Layer::Lemma.term(lemma)).documents > 0
                || dictionary.term(&Layer::Part.term(lemma)).documents > 0
        })
}

/// The Danish word that a word from a foreign keyboard stands for, if the index has it.
fn restored(typed: &str, analyser: &Analyser, dictionary: &impl Dictionary) -> Option<Arc<Word>> {
    if let Some(candidate) = dictionary
        .vocabulary()
        .same_skeleton(typed, |word| dictionary.lives(word))
        .into_iter()
        .find(|candidate| candidate.word != typed)
    {
        return Some(analyser.word(&candidate.word));
    }
    spelling::restored(typed)
        .into_iter()
        .filter(|candidate| crate::danish::lexicon::form_or_genitive(candidate).is_some())
        .map(|candidate| analyser.word(&candidate))
        .find(|word| is_there(word, dictionary))
}

/// The query with its mistakes corrected.
fn respelled(text: &str, tokens: &[Token], meant: &[Meant]) -> String {
    let mut respelled = String::with_capacity(text.len());
    let mut at = 0;
    for (token, meant) in tokens.iter().zip(meant) {
        let Some((word, _)) = meant.words.first().filter(|_| meant.corrected) else {
            continue;
        };
        respelled.push_str(&text[at..token.start]);
        respelled.push_str(&word.surface);
        at = token.end;
    }
    respelled.push_str(&text[at..]);
    respelled
}
