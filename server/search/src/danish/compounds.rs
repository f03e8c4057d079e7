//! Compounds: which words a Danish word is put together from.

use super::lexicon::{self, Form};

/// Deeper than this no compound is taken apart.
const DEEPEST: u8 = 3;

/// A word of two letters that may still be part of a compound.
const SHORT_PARTS: [&str; 12] = [
    "by", "sø", "ko", "bi", "is", "æg", "øl", "tå", "vé", "ur", "ø", "å",
];

/// These stand in front of words without making compounds of them: «forløb» is no «for» with «løb».
const NO_FRONTS: [&str; 46] = [
    "for", "be", "er", "an", "af", "op", "ud", "ind", "til", "over", "om", "på", "ved", "med",
    "mod", "fra", "und", "hen", "ned", "frem", "gen", "mis", "sam", "sær", "før", "sen", "del",
    "ale", "min", "din", "alt", "end", "men", "der", "den", "det", "hver", "selv", "bort", "hjem",
    "til", "efter", "under", "mellem", "imod", "igen",
];

/// A part of a compound.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    /// Its lemma.
    pub lemma: String,
    /// How many times the word was cut to get to it: 1 for «vandhul» in «vandhulsdyr», 2 for «vand».
    pub depth: u8,
    /// Whether it is the last part, which says what the thing is.
    pub head: bool,
}

/// One cut: the lemma of the front, and the last word as it stands.
struct Cut<'a> {
    front: String,
    back: &'a str,
}

fn may_be_front(front: &str) -> bool {
    let letters = front.chars().count();
    letters >= 3 && !NO_FRONTS.contains(&front) || SHORT_PARTS.contains(&front)
}

fn may_be_back(back: &str) -> bool {
    back.chars().count() >= 3 || (back.chars().count() == 2 && SHORT_PARTS.contains(&back))
}

/// The best cut of a word into a front and a known last word.
///
/// `whole` is what the lexicon knows of the word itself, if it does: the last part must inflect as it does.
fn best_cut(word: &str, whole: Option<Form>) -> Option<Cut<'_>> {
    let mut best: Option<(usize, bool, usize, Cut<'_>)> = None;
    for (at, _) in word.char_indices().skip(1) {
        let (front, back) = word.split_at(at);
        if !may_be_front(front) || !may_be_back(back) {
            continue;
        }
        let Some((bare, form)) = lexicon::form_or_genitive(back) else {
            continue;
        };
        if form.is_name() || !form.may_end() {
            continue;
        }
        if let Some(whole) = whole {
            // Words that are seldom seen in the plural have lost it: «børnearbejde» does not inflect as «arbejde» does.
            let long = back.chars().count() >= 5
                && front.chars().count() >= 4
                && lexicon::joint(front).is_some();
            if bare != back || (!form.inflects_as(whole) && !long) {
                continue;
            }
        }
        let Some(lemma) = front_lemma(front) else {
            continue;
        };
        // Fewest cuts come of the longest parts: the shorter of the two should be as long as can be.
        // A front that is a word as it stands beats one that needs a linking letter.
        let shorter = front.chars().count().min(back.chars().count());
        let rank = (shorter, lemma == front, back.len());
        if best
            .as_ref()
            .is_none_or(|(shorter, bare, long, _)| rank > (*shorter, *bare, *long))
        {
            best = Some((rank.0, rank.1, rank.2, Cut { front: lemma, back }));
        }
    }
    best.map(|(_, _, _, cut)| cut)
}

/// The lemma of a front: a known joint, or a noun that should have had its linking letter.
fn front_lemma(front: &str) -> Option<String> {
    if let Some(lemma) = lexicon::joint(front) {
        return Some(lemma);
    }
    let letters = front.chars().count();
    if letters < 4 {
        return None;
    }
    let known = |word: &str| {
        lexicon::form(word)
            .filter(|form| form.may_end() && !form.is_name() && form.classes().next().is_some())
            .is_some()
    };
    if known(front) {
        return Some(front.to_owned());
    }
    front
        .strip_suffix('s')
        .filter(|bare| letters >= 5 && known(bare))
        .map(str::to_owned)
}

/// What a word is: its parts, and the lemma of the whole if it is a compound that the lexicon does not know.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Compound {
    /// The lemmas of the whole compound, the likeliest first: as many as its last part has.
    pub lemmas: Vec<String>,
    /// Its parts, outermost first.
    pub parts: Vec<Part>,
}

/// Takes a lemma that the lexicon knows apart; empty for a word that is no compound.
#[must_use]
pub fn of_known(lemma: &str) -> Vec<Part> {
    let Some(form) = lexicon::form(lemma) else {
        return Vec::new();
    };
    if form.is_name() || lemma.len() < 6 {
        return Vec::new();
    }
    let mut parts = Vec::new();
    if let Some(cut) = best_cut(lemma, Some(form)) {
        add(&cut, 1, &mut parts);
    }
    parts
}

fn add(cut: &Cut<'_>, depth: u8, parts: &mut Vec<Part>) {
    let head = lexicon::form_or_genitive(cut.back)
        .and_then(|(bare, form)| form.lemmas(bare).into_iter().next())
        .unwrap_or_else(|| cut.back.to_owned());
    parts.push(Part {
        lemma: cut.front.clone(),
        depth,
        head: false,
    });
    parts.push(Part {
        lemma: head.clone(),
        depth,
        head: true,
    });
    if depth < DEEPEST {
        for inner in [&cut.front, &head] {
            let of_inner = lexicon::form(inner).and_then(|form| best_cut(inner, Some(form)));
            if let Some(inner) = of_inner.filter(|_| inner.len() >= 6) {
                add(&inner, depth + 1, parts);
            }
        }
    }
}

/// The lemmas of a compound: its front as it stands, and the lemmas of its last part.
fn whole_lemmas(word: &str, back: &str) -> Vec<String> {
    let front = &word[..word.len() - back.len()];
    lexicon::form_or_genitive(back)
        .map(|(bare, form)| form.lemmas(bare))
        .unwrap_or_else(|| vec![back.to_owned()])
        .into_iter()
        .map(|lemma| format!("{front}{lemma}"))
        .collect()
}

/// Takes a word that the lexicon does not know apart, in two or three.
#[must_use]
pub fn of_unknown(word: &str) -> Option<Compound> {
    let letters = word.chars().count();
    if !(5..=40).contains(&letters) || !word.chars().all(char::is_alphabetic) {
        return None;
    }
    if let Some(cut) = best_cut(word, None) {
        let lemmas = whole_lemmas(word, cut.back);
        let mut parts = Vec::new();
        add(&cut, 1, &mut parts);
        return Some(Compound { lemmas, parts });
    }
    // Three parts: a known front, and a rest that is itself a compound.
    if letters < 9 {
        return None;
    }
    for (at, _) in word.char_indices().skip(3) {
        let (front, rest) = word.split_at(at);
        if !may_be_front(front) || rest.chars().count() < 6 {
            continue;
        }
        let Some(front_lemma) = lexicon::joint(front) else {
            continue;
        };
        let Some(cut) = best_cut(rest, None) else {
            continue;
        };
        // The first two may be a word of their own that the lexicon does not know: «skolehave».
        let joined = format!("{front}{}", cut.front);
        let mut parts = vec![
            Part {
                lemma: joined,
                depth: 1,
                head: false,
            },
            Part {
                lemma: front_lemma,
                depth: 2,
                head: false,
            },
        ];
        add(&cut, 1, &mut parts);
        if let Some(middle) = parts.get_mut(2) {
            middle.depth = 2;
        }
        let lemmas = whole_lemmas(word, cut.back);
        return Some(Compound { lemmas, parts });
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(word: &str) -> Vec<String> {
        let parts = match lexicon::form(word) {
            Some(_) => of_known(word),
            None => of_unknown(word)
                .map(|compound| compound.parts)
                .unwrap_or_default(),
        };
        parts.into_iter().map(|part| part.lemma).collect()
    }

    #[test]
    fn compounds_are_taken_apart_with_their_linking_letters() {
        for (word, expected) in [
            ("vandhulsdyr", &["vandhul", "dyr"][..]),
            ("museumsbesøg", &["museum", "besøg"]),
            ("skolekoncert", &["skole", "koncert"]),
            ("børnearbejde", &["barn", "arbejde"]),
            ("genbrugspladsbesøg", &["genbrugsplads", "besøg"]),
            ("skolehavebesøg", &["skolehave", "besøg"]),
            ("gårdbesøg", &["gård", "besøg"]),
            ("krigsspil", &["krig", "spil"]),
            ("atomtruslen", &["atom", "trussel"]),
            ("julegaveværksted", &["julegave", "værksted"]),
            ("geologiundervisning", &["geologi", "undervisning"]),
            ("vandhul", &["vand", "hul"]),
            ("kunstmuseum", &["kunst", "museum"]),
            ("jernalder", &["jern", "alder"]),
        ] {
            let found = parts(word);
            for part in expected {
                assert!(found.contains(&(*part).to_owned()), "{word}: {found:?}");
            }
        }
    }

    #[test]
    fn words_that_are_no_compounds_stay_whole() {
        for word in [
            "forløb",
            "museum",
            "planet",
            "minister",
            "billede",
            "besøg",
            "undervisning",
            "gården",
            "kirke",
            "elever",
        ] {
            assert_eq!(parts(word), Vec::<String>::new(), "{word}");
        }
    }

    #[test]
    fn an_unknown_compound_has_the_lemma_of_its_last_word() {
        assert_eq!(
            of_unknown("vandhulsdyrene")
                .map(|compound| compound.lemmas[0].clone())
                .as_deref(),
            Some("vandhulsdyr")
        );
        assert_eq!(
            of_unknown("museumsbesøgene")
                .map(|compound| compound.lemmas[0].clone())
                .as_deref(),
            Some("museumsbesøg")
        );
    }
}
