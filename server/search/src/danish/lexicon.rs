//! The Danish lexicon: which lemmas a form belongs to, and how words join.
//!
//! Two automata lie in the program itself, so nothing is read or built at start. `examples/derive_lexicon.rs` makes them.

use std::sync::LazyLock;

use tantivy_fst::Map;
use tantivy_fst::raw::Fst;

static FORMS: LazyLock<Map<&'static [u8]>> =
    LazyLock::new(|| automaton(include_bytes!("../../lexicon/forms.fst")));
static JOINTS: LazyLock<Map<&'static [u8]>> =
    LazyLock::new(|| automaton(include_bytes!("../../lexicon/joints.fst")));

fn automaton(bytes: &'static [u8]) -> Map<&'static [u8]> {
    Map::from(
        Fst::new(bytes).expect("the lexicon in the program is what the deriving program wrote"),
    )
}

static RULES: LazyLock<Vec<(usize, &'static str)>> = LazyLock::new(|| {
    include_str!("../../lexicon/rules.txt")
        .lines()
        .map(|line| {
            let (strip, add) = line
                .split_once(' ')
                .expect("a rule is a number, a space and letters");
            (strip.parse().expect("a rule begins with a number"), add)
        })
        .collect()
});

/// What the lexicon knows about one form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Form(u64);

impl Form {
    /// The lemmas of the form, one to three, the likeliest first.
    #[must_use]
    pub fn lemmas(self, form: &str) -> Vec<String> {
        (0..3)
            .filter_map(|place| lemma(form, (self.0 >> (place * 16)) & 0xffff))
            .collect()
    }

    /// The inflection classes of the word, two at most; none where it is not a base form. A compound inflects as its last
    /// part does.
    pub fn classes(self) -> impl Iterator<Item = u8> {
        [48, 56]
            .into_iter()
            .filter_map(move |place| u8::try_from((self.0 >> place) & 0x3f).ok())
            .filter(|class| *class != 0)
    }

    /// Whether the word may inflect as another does.
    #[must_use]
    pub fn inflects_as(self, other: Form) -> bool {
        self.classes()
            .any(|class| other.classes().any(|other| other == class))
    }

    /// Whether the word may be the last of a compound.
    #[must_use]
    pub fn may_end(self) -> bool {
        self.0 & (1 << 54) != 0
    }

    /// Whether it is a name.
    #[must_use]
    pub fn is_name(self) -> bool {
        self.0 & (1 << 55) != 0
    }
}

fn lemma(form: &str, rule: u64) -> Option<String> {
    let index = usize::try_from(rule).ok()?.checked_sub(1)?;
    let (strip, add) = RULES.get(index)?;
    let kept = match strip {
        0 => form.len(),
        strip => form.char_indices().rev().nth(strip - 1)?.0,
    };
    Some(format!("{}{add}", &form[..kept]))
}

/// Looks a form up as it stands.
#[must_use]
pub fn form(word: &str) -> Option<Form> {
    FORMS.get(word).map(Form)
}

/// Looks a form up, also as a genitive. Gives the form that was found with it.
#[must_use]
pub fn form_or_genitive(word: &str) -> Option<(&str, Form)> {
    if let Some(found) = form(word) {
        return Some((word, found));
    }
    let bare = word.strip_suffix('s')?;
    form(bare).map(|found| (bare, found))
}

/// The lemma of what stands in front of another word in a compound: «museums» and «muse» are museum, «børne» is barn.
#[must_use]
pub fn joint(front: &str) -> Option<String> {
    JOINTS.get(front).and_then(|rule| lemma(front, rule))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lemmas(word: &str) -> Vec<String> {
        form_or_genitive(word)
            .map(|(bare, form)| form.lemmas(bare))
            .unwrap_or_default()
    }

    #[test]
    fn inflections_meet_in_their_lemma() {
        for group in [
            &["museum", "museet", "museer", "museerne", "museets"][..],
            &["bog", "bogen", "bøger", "bøgerne"],
            &["barn", "barnet", "børn", "børnene", "børns"],
            &["by", "byen", "byer", "byernes"],
            &["teater", "teatret", "teateret", "teatre", "teatrene"],
            &["mand", "mænd", "mændene"],
            &["fod", "fødder"],
            &["hånd", "hænder"],
            &["ko", "køer", "køerne"],
            &["center", "centret", "centre"],
            &["kursus", "kurser", "kurset"],
            &["gammel", "gamle", "ældre", "ældste"],
            &["elev", "elever", "elevernes"],
            &["ø", "øer", "øerne"],
        ] {
            for form in group {
                assert!(
                    lemmas(form).contains(&group[0].to_owned()),
                    "{form}: {:?}",
                    lemmas(form)
                );
            }
        }
    }

    #[test]
    fn words_that_only_look_alike_stay_apart() {
        for (one, other) in [
            ("haven", "hav"),
            ("vinder", "vind"),
            ("får", "far"),
            ("talen", "tal"),
            ("køn", "koen"),
        ] {
            let shared: Vec<String> = lemmas(one)
                .into_iter()
                .filter(|lemma| lemmas(other).contains(lemma))
                .collect();
            assert!(shared.is_empty(), "{one} and {other} meet in {shared:?}");
        }
    }

    #[test]
    fn joints_lead_to_their_lemma() {
        for (front, lemma) in [
            ("museums", "museum"),
            ("børne", "barn"),
            ("vandhuls", "vandhul"),
            ("skole", "skole"),
        ] {
            assert_eq!(joint(front).as_deref(), Some(lemma));
        }
    }
}
