//! The words and sentences that made-up content is composed of, read from `vocabulary.txt`.

use std::collections::HashMap;
use std::sync::LazyLock;

use domain::{Grade, PlaceMode, Stage, Subject};

/// Everything in `vocabulary.txt`.
pub struct Vocabulary {
    /// What content can be about.
    pub topics: Vec<Topic>,
    /// Last parts of compounds.
    pub heads: Vec<Head>,
    sentences: HashMap<&'static str, Vec<Vec<Piece>>>,
    words: HashMap<&'static str, Vec<&'static str>>,
}

/// What a piece of content is about.
#[derive(Default)]
pub struct Topic {
    /// The subjects it fits.
    pub subjects: Vec<Subject>,
    /// Where it is taught.
    pub places: Vec<PlaceMode>,
    /// The grades it is for, stage by stage.
    pub stages: Vec<&'static [Grade]>,
    /// Its themes.
    pub themes: Vec<&'static str>,
    /// Things it is taught with.
    pub tools: Vec<&'static str>,
    /// What pupils do: present and infinitive.
    pub verbs: Vec<(&'static str, &'static str)>,
    /// What it is about.
    pub nouns: Vec<Noun>,
}

/// A noun in its forms.
pub struct Noun {
    /// `en` or `et`.
    pub article: &'static str,
    /// vandhul
    pub singular: &'static str,
    /// vandhullet
    pub definite: &'static str,
    /// vandhuller
    pub plural: &'static str,
    /// vandhullerne
    pub definite_plural: &'static str,
    /// vandhuls, as in vandhulsdyr
    pub first_part: &'static str,
}

/// The last part of a compound.
pub struct Head {
    /// jagt
    pub singular: &'static str,
    /// jagten
    pub definite: &'static str,
    /// `en` or `et`.
    pub article: &'static str,
}

/// A part of a sentence.
pub enum Piece {
    /// Words as they stand.
    Text(&'static str),
    /// A word to be chosen, with a capital first letter if so marked.
    Slot(Slot, bool),
}

/// What kind of word to choose; `vocabulary.txt` shows an example of each.
#[derive(Clone, Copy)]
pub enum Slot {
    Indefinite,
    Definite,
    Plural,
    DefinitePlural,
    Compound,
    DefiniteCompound,
    Present,
    Infinitive,
    Tools,
    Theme,
    Village,
    Municipality,
    Year,
    Number,
}

impl Slot {
    fn named(name: &str) -> Slot {
        match name {
            "en" => Slot::Indefinite,
            "den" => Slot::Definite,
            "fler" => Slot::Plural,
            "de" => Slot::DefinitePlural,
            "sm" => Slot::Compound,
            "sms" => Slot::DefiniteCompound,
            "gør" => Slot::Present,
            "gøre" => Slot::Infinitive,
            "red" => Slot::Tools,
            "tema" => Slot::Theme,
            "sted" => Slot::Village,
            "kommune" => Slot::Municipality,
            "år" => Slot::Year,
            "tal" => Slot::Number,
            other => panic!("vocabulary.txt has no slot {{{other}}}"),
        }
    }
}

static VOCABULARY: LazyLock<Vocabulary> =
    LazyLock::new(|| Vocabulary::read(include_str!("vocabulary.txt")));

impl Vocabulary {
    /// The vocabulary of this program.
    pub fn get() -> &'static Vocabulary {
        &VOCABULARY
    }

    /// The sentences of a section.
    pub fn sentences(&self, section: &str) -> &[Vec<Piece>] {
        self.sentences
            .get(section)
            .expect("every section that is asked for is in vocabulary.txt")
    }

    /// The lines of a section as they stand.
    pub fn words(&self, section: &str) -> &[&'static str] {
        self.words
            .get(section)
            .expect("every section that is asked for is in vocabulary.txt")
    }

    fn read(text: &'static str) -> Vocabulary {
        let mut vocabulary = Vocabulary {
            topics: Vec::new(),
            heads: Vec::new(),
            sentences: HashMap::new(),
            words: HashMap::new(),
        };
        let mut section = "";
        for line in text.lines() {
            if line.is_empty() || line.starts_with('#') {
                continue;
            }
            if line.starts_with("[topic ") {
                section = "";
                vocabulary.topics.push(Topic::default());
            } else if let Some(name) = line.strip_prefix("[name ") {
                section = name.trim_end_matches(']');
            } else if section.is_empty() {
                let topic = vocabulary
                    .topics
                    .last_mut()
                    .expect("vocabulary.txt begins with a topic");
                topic.add(line);
            } else if section == "heads" {
                vocabulary.heads.push(Head::read(line));
            } else {
                vocabulary.words.entry(section).or_default().push(line);
                let sentence = pieces(line);
                vocabulary
                    .sentences
                    .entry(section)
                    .or_default()
                    .push(sentence);
            }
        }
        vocabulary
    }
}

impl Topic {
    fn add(&mut self, line: &'static str) {
        let (name, rest) = line
            .split_once(' ')
            .expect("a topic's lines in vocabulary.txt begin with their name");
        let list = || rest.split(", ");
        match name {
            "subjects" => {
                self.subjects = rest
                    .split(' ')
                    .map(|code| code.parse().expect("subjects are codes"))
                    .collect();
            }
            "places" => {
                self.places = rest
                    .split(' ')
                    .map(|code| code.parse().expect("places are codes"))
                    .collect();
            }
            "stages" => {
                self.stages = rest
                    .split(' ')
                    .map(|stage| match stage {
                        "lower" => Stage::Lower.grades(),
                        "middle" => Stage::Middle.grades(),
                        "upper" => Stage::Upper.grades(),
                        _ => &Grade::ALL[..],
                    })
                    .collect();
            }
            "themes" => self.themes = list().collect(),
            "tools" => self.tools = list().collect(),
            "verbs" => {
                self.verbs = list()
                    .map(|pair| pair.split_once('/').expect("verbs are pairs"))
                    .collect();
            }
            "noun" => self.nouns.push(Noun::read(rest)),
            other => panic!("vocabulary.txt has a line with the unknown name {other}"),
        }
    }
}

impl Noun {
    fn read(line: &'static str) -> Noun {
        let mut forms = line.split(' ');
        let mut next = || forms.next().expect("nouns have six words");
        Noun {
            article: next(),
            singular: next(),
            definite: next(),
            plural: next(),
            definite_plural: next(),
            first_part: next(),
        }
    }
}

impl Head {
    fn read(line: &'static str) -> Head {
        let mut forms = line.split(' ');
        let mut next = || forms.next().expect("heads have three words");
        Head {
            singular: next(),
            definite: next(),
            article: next(),
        }
    }
}

fn pieces(line: &'static str) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut rest = line;
    while let Some((before, after)) = rest.split_once('{') {
        if !before.is_empty() {
            pieces.push(Piece::Text(before));
        }
        let (name, after) = after.split_once('}').expect("slots are closed");
        let capital = name.starts_with(char::is_uppercase);
        pieces.push(Piece::Slot(Slot::named(&name.to_lowercase()), capital));
        rest = after;
    }
    if !rest.is_empty() {
        pieces.push(Piece::Text(rest));
    }
    pieces
}
