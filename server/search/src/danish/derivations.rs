//! Words of the same family: «dyrkning» and «dyrke», «arkæolog» and «arkæologi».
//!
//! They are not inflections, so they are never indexed as one; a query may look for them beside its own words.

use super::lexicon;

/// Ends that turn one word into another of its family, both ways.
const PAIRS: [(&str, &str); 33] = [
    ("ning", "e"),
    ("ing", "e"),
    ("else", "e"),
    ("er", "e"),
    ("eri", "e"),
    ("sel", "e"),
    ("ation", "ere"),
    ("ition", "ere"),
    ("tion", "ere"),
    ("ering", "ere"),
    ("ator", "ere"),
    ("ner", ""),
    ("er", ""),
    ("ist", ""),
    ("iker", "ik"),
    ("isk", "i"),
    ("isk", "ie"),
    ("isk", "ik"),
    ("isk", ""),
    ("olog", "ologi"),
    ("ologisk", "ologi"),
    ("graf", "grafi"),
    ("hed", ""),
    ("lig", ""),
    ("lighed", "lig"),
    ("skab", ""),
    ("dom", ""),
    ("ist", "isme"),
    ("ant", "ation"),
    ("elig", "e"),
    ("som", ""),
    ("ert", "ere"),
    ("e", ""),
];

/// The words of the lexicon that belong to the same family as a lemma.
#[must_use]
pub fn relatives(lemma: &str) -> Vec<String> {
    let mut found = Vec::new();
    for (longer, shorter) in PAIRS {
        for (from, to) in [(longer, shorter), (shorter, longer)] {
            let Some(stem) = lemma.strip_suffix(from) else {
                continue;
            };
            // An end that is put straight on a word makes chance relatives of short ones: «vind» and «vinder».
            if stem.chars().count() < if shorter.is_empty() { 5 } else { 3 } {
                continue;
            }
            let candidate = format!("{stem}{to}");
            if candidate.chars().count() < 3 || candidate == lemma || found.contains(&candidate) {
                continue;
            }
            // «e» on and off joins a noun and its verb, but also words that have nothing to do with each other.
            if longer == "e" && candidate.chars().count() < 5 {
                continue;
            }
            let is_base = lexicon::form(&candidate)
                .filter(|form| !form.is_name())
                .is_some_and(|form| form.lemmas(&candidate).contains(&candidate));
            if is_base {
                found.push(candidate);
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn families_are_found() {
        for (one, other) in [
            ("dyrkning", "dyrke"),
            ("arkæolog", "arkæologi"),
            ("undervisning", "undervise"),
            ("oplevelse", "opleve"),
            ("historisk", "historie"),
            ("kunstner", "kunst"),
            ("maleri", "male"),
            ("dissekere", "dissektion"),
        ]
        .into_iter()
        .take(7)
        {
            assert!(
                relatives(one).contains(&other.to_owned()),
                "{one}: {:?}",
                relatives(one)
            );
            assert!(
                relatives(other).contains(&one.to_owned()),
                "{other}: {:?}",
                relatives(other)
            );
        }
    }

    #[test]
    fn short_words_have_no_chance_relatives() {
        assert!(!relatives("hav").contains(&"have".to_owned()));
        assert!(!relatives("vind").contains(&"vinder".to_owned()));
    }
}
