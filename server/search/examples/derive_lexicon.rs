//! Makes the compact lexicon in `server/search/lexicon/` from hunspell's Danish dictionary.
//!
//! ```text
//! cargo run --release -p search --example derive_lexicon -- \
//!     /usr/share/hunspell/da_DK.aff /usr/share/hunspell/da_DK.dic server/search/lexicon
//! ```
//!
//! Three files come out of it:
//! - `forms.fst`: every inflected form, genitives left out, with the lemmas it can be a form of;
//! - `joints.fst`: what a word looks like in front of another in a compound («museums», «børne»), with its lemma;
//! - `rules.txt`: how to get from a form to its lemma, one a line: letters to take off the end, a space, letters to put on.
//!
//! The values are packed as `search::danish::lexicon` reads them.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::path::Path;

/// One suffix rule of the affix file.
struct Suffix {
    strip: String,
    add: String,
    continues: Vec<u16>,
    condition: Vec<Condition>,
    genitive: bool,
    imperative: bool,
}

/// One position of a rule's condition.
struct Condition {
    letters: Vec<char>,
    negated: bool,
    any: bool,
}

/// In a compound only: such a form is what stands in front of another word.
const ONLY_IN_COMPOUND: u16 = 36;
/// The form is a step towards another, no word itself.
const NEEDS_AFFIX: u16 = 8;
/// Irregular plurals stand as entries of their own under this flag.
const IRREGULAR_PLURAL: u16 = 74;
/// The word may end a compound.
const MAY_END: u16 = 39;
/// Flags that say how a word joins others, not how it inflects.
const JOINING: [u16; 28] = [
    9, 10, 29, 30, 31, 32, 33, 34, 35, 37, 39, 53, 54, 55, 56, 60, 61, 62, 63, 67, 68, 69, 81, 83,
    36, 8, 50, 51,
];

/// Irregular plurals whose singular the dictionary does not name, by the end of the word.
const PLURALS: [(&str, &str); 30] = [
    ("mænd", "mand"),
    ("børn", "barn"),
    ("bøger", "bog"),
    ("fødder", "fod"),
    ("hænder", "hånd"),
    ("tænder", "tand"),
    ("ænder", "and"),
    ("tænger", "tang"),
    ("stænger", "stang"),
    ("rødder", "rod"),
    ("nætter", "nat"),
    ("kræfter", "kraft"),
    ("bønder", "bonde"),
    ("brødre", "bror"),
    ("fædre", "far"),
    ("mødre", "mor"),
    ("døtre", "datter"),
    ("stæder", "stad"),
    ("klør", "klo"),
    ("køer", "ko"),
    ("tæer", "tå"),
    ("søer", "so"),
    ("gæs", "gås"),
    ("mødre", "moder"),
    ("fædre", "fader"),
    ("konti", "konto"),
    ("risici", "risiko"),
    ("leksika", "leksikon"),
    ("kolleger", "kollega"),
    ("øjne", "øje"),
];

fn parse_condition(text: &str) -> Vec<Condition> {
    let mut conditions = Vec::new();
    let mut letters = text.chars();
    while let Some(letter) = letters.next() {
        match letter {
            '.' => conditions.push(Condition {
                letters: Vec::new(),
                negated: false,
                any: true,
            }),
            '[' => {
                let mut inside: Vec<char> = letters
                    .by_ref()
                    .take_while(|letter| *letter != ']')
                    .collect();
                let negated = inside.first() == Some(&'^');
                if negated {
                    inside.remove(0);
                }
                conditions.push(Condition {
                    letters: inside,
                    negated,
                    any: false,
                });
            }
            letter => conditions.push(Condition {
                letters: vec![letter],
                negated: false,
                any: false,
            }),
        }
    }
    conditions
}

fn holds(condition: &[Condition], word: &str) -> bool {
    let mut letters = word.chars().rev();
    condition.iter().rev().all(|position| match letters.next() {
        _ if position.any => true,
        Some(letter) => position.letters.contains(&letter) != position.negated,
        None => false,
    })
}

fn parse_affixes(text: &str) -> HashMap<u16, Vec<Suffix>> {
    let mut suffixes: HashMap<u16, Vec<Suffix>> = HashMap::new();
    for line in text.lines().filter(|line| line.starts_with("SFX ")) {
        let parts: Vec<&str> = line.split_whitespace().collect();
        let Ok(flag) = parts[1].parse::<u16>() else {
            continue;
        };
        if parts.len() == 4 && (parts[2] == "Y" || parts[2] == "N") {
            continue;
        }
        let (add, continues) = parts[3].split_once('/').unwrap_or((parts[3], ""));
        let none = |text: &str| {
            if text == "0" {
                String::new()
            } else {
                text.to_owned()
            }
        };
        let comment = line.split('+').skip(1).collect::<String>();
        suffixes.entry(flag).or_default().push(Suffix {
            strip: none(parts[2]),
            add: none(add),
            continues: continues
                .split(',')
                .filter_map(|flag| flag.parse().ok())
                .collect(),
            condition: parts
                .get(4)
                .map(|text| parse_condition(text))
                .unwrap_or_default(),
            genitive: comment.contains("GENITIV") || comment.contains("PASSIV"),
            imperative: comment.contains("IMPERATIV"),
        });
    }
    suffixes
}

/// What one form is known to be a form of.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Certainty {
    /// The form is the dictionary's own entry.
    Base,
    /// An inflected noun or adjective.
    Inflected,
    /// An inflected verb, or linked by the dictionary's stem note.
    Linked,
    /// The bare imperative, which would merge «vind» and «vinder».
    Imperative,
}

#[derive(Default)]
struct Gathered {
    forms: BTreeMap<String, BTreeSet<(Certainty, String)>>,
    joints: BTreeMap<String, BTreeSet<String>>,
    /// The inflection class of a base form, for telling true compounds from chance ones.
    classes: HashMap<String, Vec<Vec<u16>>>,
    may_end: BTreeSet<String>,
    names: BTreeSet<String>,
}

fn is_word(text: &str) -> bool {
    !text.is_empty() && text.chars().all(char::is_alphabetic)
}

struct Expander<'a> {
    suffixes: &'a HashMap<u16, Vec<Suffix>>,
    lemma: String,
    verb: bool,
}

impl Expander<'_> {
    fn expand(
        &self,
        word: &str,
        flags: &[u16],
        imperative: bool,
        depth: u8,
        gathered: &mut Gathered,
    ) {
        for flag in flags {
            for suffix in self
                .suffixes
                .get(flag)
                .map(Vec::as_slice)
                .unwrap_or_default()
            {
                if suffix.genitive
                    || !word.ends_with(&suffix.strip)
                    || !holds(&suffix.condition, word)
                {
                    continue;
                }
                let form = format!("{}{}", &word[..word.len() - suffix.strip.len()], suffix.add);
                let imperative = imperative || suffix.imperative;
                if suffix.continues.contains(&ONLY_IN_COMPOUND) {
                    if is_word(&form) {
                        gathered
                            .joints
                            .entry(form)
                            .or_default()
                            .insert(self.lemma.clone());
                    }
                    continue;
                }
                if !suffix.continues.contains(&NEEDS_AFFIX) && is_word(&form) && form != word {
                    let certainty = match (imperative, self.verb) {
                        (true, _) => Certainty::Imperative,
                        (false, true) => Certainty::Linked,
                        (false, false) => Certainty::Inflected,
                    };
                    gathered
                        .forms
                        .entry(form.clone())
                        .or_default()
                        .insert((certainty, self.lemma.clone()));
                }
                if depth < 2 && *flag != MAY_END {
                    self.expand(&form, &suffix.continues, imperative, depth + 1, gathered);
                }
            }
        }
    }
}

/// Whether a form is the imperative of a verb: the infinitive without its last letter.
fn is_imperative(form: &str, lemma: &str) -> bool {
    let Some(stem) = lemma.strip_suffix('e') else {
        return false;
    };
    let mut letters = stem.chars().rev();
    let doubled = match (letters.next(), letters.next()) {
        (Some(last), Some(before)) if last == before => &stem[..stem.len() - last.len_utf8()],
        _ => stem,
    };
    form == stem || form == doubled
}

fn gather(affixes: &str, words: &str) -> Gathered {
    let suffixes = parse_affixes(affixes);
    let mut gathered = Gathered::default();
    let mut plurals = Vec::new();
    let mut linked = Vec::new();
    for line in words.lines().skip(1) {
        let mut fields = line.split_whitespace();
        let Some(entry) = fields.next() else { continue };
        let (word, flags) = entry.split_once('/').unwrap_or((entry, ""));
        let flags: Vec<u16> = flags
            .split(',')
            .filter_map(|flag| flag.parse().ok())
            .collect();
        if !is_word(word) {
            continue;
        }
        let lower = word.to_lowercase();
        if word != lower {
            gathered.names.insert(lower);
            continue;
        }
        let notes: Vec<&str> = fields.collect();
        let stems: Vec<&str> = notes
            .iter()
            .filter_map(|note| note.strip_prefix("st:"))
            .collect();
        for stem in &stems {
            if is_word(stem) {
                linked.push((word.to_owned(), (*stem).to_owned()));
            }
        }
        if stems.is_empty() {
            if flags.contains(&IRREGULAR_PLURAL) {
                plurals.push((word.to_owned(), flags.clone()));
                continue;
            }
            gathered
                .forms
                .entry(word.to_owned())
                .or_default()
                .insert((Certainty::Base, word.to_owned()));
            let class: Vec<u16> = {
                let mut class: Vec<u16> = flags
                    .iter()
                    .copied()
                    .filter(|flag| !JOINING.contains(flag))
                    .collect();
                class.sort_unstable();
                class
            };
            gathered
                .classes
                .entry(word.to_owned())
                .or_default()
                .push(class);
        }
        if flags.contains(&MAY_END) {
            gathered.may_end.insert(word.to_owned());
        }
        for form in notes.iter().filter_map(|note| note.strip_prefix("al:")) {
            let genitive = form
                .strip_suffix('s')
                .is_some_and(|bare| notes.contains(&format!("al:{bare}").as_str()));
            if is_word(form) && !genitive {
                linked.push((form.to_owned(), word.to_owned()));
            }
        }
        let verb = [1, 20, 21, 22].iter().any(|flag| flags.contains(flag));
        Expander {
            suffixes: &suffixes,
            lemma: word.to_owned(),
            verb,
        }
        .expand(word, &flags, false, 0, &mut gathered);
    }
    for (form, lemma) in linked {
        if form == lemma {
            continue;
        }
        let certainty = if is_imperative(&form, &lemma) {
            Certainty::Imperative
        } else {
            Certainty::Linked
        };
        gathered
            .forms
            .entry(form)
            .or_default()
            .insert((certainty, lemma));
    }
    for (plural, flags) in plurals {
        let singulars: BTreeSet<String> = PLURALS
            .iter()
            .filter_map(|(many, one)| {
                plural
                    .strip_suffix(many)
                    .map(|front| format!("{front}{one}"))
            })
            .filter(|singular| gathered.classes.contains_key(singular))
            .collect();
        // The longest matching end wins: «tænder» is no kind of duck.
        let lemma = singulars
            .iter()
            .max_by_key(|one| one.len())
            .cloned()
            .unwrap_or_else(|| plural.clone());
        let certainty = if lemma == plural {
            Certainty::Base
        } else {
            Certainty::Inflected
        };
        gathered
            .forms
            .entry(plural.clone())
            .or_default()
            .insert((certainty, lemma.clone()));
        if flags.contains(&MAY_END) {
            gathered.may_end.insert(plural.clone());
        }
        Expander {
            suffixes: &suffixes,
            lemma,
            verb: false,
        }
        .expand(&plural, &flags, false, 0, &mut gathered);
    }
    gathered
}

fn rule(form: &str, lemma: &str) -> (usize, String) {
    let shared: usize = form
        .chars()
        .zip(lemma.chars())
        .take_while(|(one, other)| one == other)
        .map(|(letter, _)| letter.len_utf8())
        .sum();
    (form[shared..].chars().count(), lemma[shared..].to_owned())
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [affixes, words, target] = arguments.as_slice() else {
        return Err("give the .aff file, the .dic file and the directory to write to".into());
    };
    let target = Path::new(target);
    let gathered = gather(
        &std::fs::read_to_string(affixes)?,
        &std::fs::read_to_string(words)?,
    );

    let mut rule_counts: HashMap<(usize, String), usize> = HashMap::new();
    let chosen: BTreeMap<&String, Vec<&String>> = gathered
        .forms
        .iter()
        .map(|(form, readings)| {
            let certain = readings
                .iter()
                .any(|(certainty, _)| *certainty <= Certainty::Linked);
            let mut lemmas: Vec<&String> = Vec::new();
            for (certainty, lemma) in readings {
                // A word in its own right is not also somebody's imperative.
                let imperative = certain && *certainty == Certainty::Imperative;
                if !imperative && !lemmas.contains(&lemma) {
                    lemmas.push(lemma);
                }
            }
            lemmas.truncate(3);
            (form, lemmas)
        })
        .collect();
    for (form, lemmas) in &chosen {
        for lemma in lemmas {
            *rule_counts.entry(rule(form, lemma)).or_default() += 1;
        }
    }
    for (joint, lemmas) in &gathered.joints {
        for lemma in lemmas {
            *rule_counts.entry(rule(joint, lemma)).or_default() += 1;
        }
    }
    let mut rules: Vec<((usize, String), usize)> = rule_counts.into_iter().collect();
    rules.sort_by(|one, other| other.1.cmp(&one.1).then_with(|| one.0.cmp(&other.0)));
    let number: HashMap<&(usize, String), u64> = rules
        .iter()
        .enumerate()
        .map(|(index, (rule, _))| (rule, index as u64 + 1))
        .collect();
    let text: String = rules
        .iter()
        .map(|((strip, add), _)| format!("{strip} {add}\n"))
        .collect();
    std::fs::write(target.join("rules.txt"), text)?;

    let mut class_counts: HashMap<&Vec<u16>, usize> = HashMap::new();
    for class in gathered.classes.values().flatten() {
        *class_counts.entry(class).or_default() += 1;
    }
    let mut classes: Vec<(&Vec<u16>, usize)> = class_counts.into_iter().collect();
    classes.sort_by(|one, other| other.1.cmp(&one.1).then_with(|| one.0.cmp(other.0)));
    let class_number: HashMap<&Vec<u16>, u64> = classes
        .iter()
        .take(63)
        .enumerate()
        .map(|(index, (class, _))| (*class, index as u64 + 1))
        .collect();

    let mut entries: BTreeMap<String, u64> = BTreeMap::new();
    for (form, lemmas) in &chosen {
        let mut value = 0_u64;
        for (place, lemma) in lemmas.iter().enumerate() {
            value |= number[&rule(form, lemma)] << (place * 16);
        }
        // A form that is two words, «hul» the hole and «hul» the hollow, has a class for each.
        let mut classes: Vec<u64> = gathered
            .classes
            .get(*form)
            .into_iter()
            .flatten()
            .filter_map(|class| class_number.get(class).copied())
            .collect();
        classes.dedup();
        value |= classes.first().copied().unwrap_or(0) << 48;
        value |= classes.get(1).copied().unwrap_or(0) << 56;
        if gathered.may_end.contains(*form)
            || lemmas.iter().any(|lemma| gathered.may_end.contains(*lemma))
        {
            value |= 1 << 54;
        }
        entries.insert((*form).clone(), value);
    }
    let own = number[&(0, String::new())];
    for name in &gathered.names {
        entries.entry(name.clone()).or_insert(own | 1 << 55);
    }
    let mut forms = tantivy_fst::MapBuilder::memory();
    for (form, value) in &entries {
        forms.insert(form, *value)?;
    }
    std::fs::write(target.join("forms.fst"), forms.into_inner()?)?;

    let mut joints = tantivy_fst::MapBuilder::memory();
    for (joint, lemmas) in &gathered.joints {
        // One lemma is enough: the base form where there is one, or else the shortest way back.
        let lemma = lemmas
            .iter()
            .min_by_key(|lemma| (rule(joint, lemma).0, lemma.len()))
            .ok_or("a joint without lemma")?;
        joints.insert(joint, number[&rule(joint, lemma)])?;
    }
    std::fs::write(target.join("joints.fst"), joints.into_inner()?)?;
    println!(
        "{} forms, {} joints, {} rules, {} classes, {} names",
        entries.len(),
        gathered.joints.len(),
        rules.len(),
        classes.len(),
        gathered.names.len()
    );
    Ok(())
}
