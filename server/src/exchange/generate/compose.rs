//! Composing texts: one composer for each piece of content, with its own random numbers, topic
//! and neighbourhood, so that a text keeps to its subject.

use std::fmt::Write;
use std::str::FromStr;

use domain::{GeoPoint, Municipality};
use jiff::civil::{Date, date};
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;

use super::vocabulary::{Noun, Piece, Slot, Topic, Vocabulary};

/// What composes one piece of content.
pub struct Composer {
    /// The words.
    pub vocabulary: &'static Vocabulary,
    /// What it is about.
    pub topic: &'static Topic,
    /// Where it is.
    pub municipality: &'static Municipality,
    village: String,
    /// The nouns it keeps coming back to.
    focus: [&'static Noun; 4],
    random: ChaCha8Rng,
}

impl Composer {
    /// A composer about one of the topics, with random numbers of its own: the stream of the seed.
    pub fn new(
        seed: u64,
        stream: u64,
        topics: &[usize],
        municipality: &'static Municipality,
    ) -> Composer {
        let vocabulary = Vocabulary::get();
        let mut random = ChaCha8Rng::seed_from_u64(seed);
        random.set_stream(stream);
        let topic = &vocabulary.topics[*pick_from(&mut random, topics) % vocabulary.topics.len()];
        let focus = std::array::from_fn(|_| pick_from(&mut random, &topic.nouns));
        let village = village(&mut random, vocabulary);
        Composer {
            vocabulary,
            topic,
            municipality,
            village,
            focus,
            random,
        }
    }

    /// Whether something happens that happens so often in a hundred times.
    pub fn percent(&mut self, percent: u32) -> bool {
        self.random.random_range(0..100) < percent
    }

    /// A number from 0 up to the one given, not included.
    pub fn below(&mut self, end: u32) -> u32 {
        self.random.random_range(0..end.max(1))
    }

    /// A number below the one given; small numbers come more often.
    pub fn often_small(&mut self, end: u32) -> u32 {
        let first = self.below(end);
        first.min(self.below(end))
    }

    /// One of a list.
    pub fn pick<T: Copy>(&mut self, list: &[T]) -> T {
        *pick_from(&mut self.random, list)
    }

    /// Some of a list, in its order, each at most once.
    pub fn some<T: Copy>(&mut self, list: &[T], number: usize) -> Vec<T> {
        let mut left = number.min(list.len());
        let mut chosen = Vec::with_capacity(left);
        for (position, item) in list.iter().enumerate() {
            let remaining = u32::try_from(list.len() - position).unwrap_or(u32::MAX);
            if self.below(remaining) < u32::try_from(left).unwrap_or(u32::MAX) {
                chosen.push(*item);
                left -= 1;
            }
        }
        chosen
    }

    /// The village it is in or near.
    pub fn village(&self) -> &str {
        &self.village
    }

    /// A day from 2019 to the middle of 2026.
    pub fn day(&mut self) -> Date {
        let days = self.below(2_700);
        date(2019, 1, 1)
            .checked_add(jiff::Span::new().days(i64::from(days)))
            .expect("some years after 2019 is a date")
    }

    /// A point within some kilometres of the municipality's centre.
    pub fn point(&mut self) -> GeoPoint {
        let mut near = |degrees: f64, width: f64| {
            let offset = f64::from(self.random.random_range(-1_000_i32..=1_000)) / 1_000.0;
            ((degrees + offset * width) * 100_000.0).round() / 100_000.0
        };
        let centre = self.municipality.centre;
        let (latitude, longitude) = (
            near(centre.latitude(), 0.07),
            near(centre.longitude(), 0.12),
        );
        GeoPoint::new(latitude, longitude).expect("a point near a Danish town is on earth")
    }

    /// A sentence of a section.
    pub fn sentence(&mut self, section: &str) -> String {
        let mut text = String::new();
        self.add(section, &mut text);
        text
    }

    /// So many sentences of a section, none twice in a row.
    pub fn sentences(&mut self, section: &str, number: u32) -> String {
        let mut text = String::new();
        for position in 0..number {
            if position > 0 {
                text.push(' ');
            }
            self.add(section, &mut text);
        }
        text
    }

    fn add(&mut self, section: &str, text: &mut String) {
        let vocabulary = self.vocabulary;
        for piece in pick_from(&mut self.random, vocabulary.sentences(section)) {
            match piece {
                Piece::Text(words) => text.push_str(words),
                Piece::Slot(slot, capital) => {
                    let start = text.len();
                    self.fill(*slot, text);
                    if *capital {
                        capitalise(text, start);
                    }
                }
            }
        }
    }

    fn fill(&mut self, slot: Slot, text: &mut String) {
        // Writing to a string cannot fail.
        let _ = match slot {
            Slot::Indefinite => {
                let noun = self.noun();
                write!(text, "{} {}", noun.article, noun.singular)
            }
            Slot::Definite => write!(text, "{}", self.noun().definite),
            Slot::Plural => write!(text, "{}", self.noun().plural),
            Slot::DefinitePlural => write!(text, "{}", self.noun().definite_plural),
            Slot::Compound => {
                let (first, head) = (self.noun().first_part, self.head());
                write!(text, "{} {first}{}", head.article, head.singular)
            }
            Slot::DefiniteCompound => {
                let (first, head) = (self.noun().first_part, self.head());
                write!(text, "{first}{}", head.definite)
            }
            Slot::Present => write!(text, "{}", self.pick(&self.topic.verbs).0),
            Slot::Infinitive => write!(text, "{}", self.pick(&self.topic.verbs).1),
            Slot::Tools => write!(text, "{}", self.pick(&self.topic.tools)),
            Slot::Theme => write!(text, "{}", self.pick(&self.topic.themes)),
            Slot::Village => {
                if self.percent(70) {
                    write!(text, "{}", self.village)
                } else {
                    let other = village(&mut self.random, self.vocabulary);
                    write!(text, "{other}")
                }
            }
            Slot::Municipality => write!(text, "{}", self.municipality.name),
            Slot::Year => {
                let year = 1_500 + self.below(520);
                write!(text, "{year}")
            }
            Slot::Number => {
                let number = 2 + self.often_small(24);
                write!(text, "{number}")
            }
        };
    }

    /// A noun: one of the text's own, one of the topic's, now and then one from elsewhere.
    pub fn noun(&mut self) -> &'static Noun {
        let vocabulary = self.vocabulary;
        match self.below(20) {
            0..10 => self.focus[self.often_small(4) as usize],
            10..19 => pick_from(&mut self.random, &self.topic.nouns),
            _ => {
                let topic = pick_from(&mut self.random, &vocabulary.topics);
                pick_from(&mut self.random, &topic.nouns)
            }
        }
    }

    fn head(&mut self) -> &'static super::vocabulary::Head {
        let heads = &self.vocabulary.heads;
        let end = u32::try_from(heads.len()).unwrap_or(u32::MAX);
        &heads[self.often_small(end) as usize]
    }
}

fn pick_from<'list, T>(random: &mut ChaCha8Rng, list: &'list [T]) -> &'list T {
    // u32, not usize: the same on every machine.
    let end = u32::try_from(list.len()).unwrap_or(u32::MAX);
    &list[random.random_range(0..end) as usize]
}

fn village(random: &mut ChaCha8Rng, vocabulary: &'static Vocabulary) -> String {
    let first = pick_from(random, vocabulary.words("prefixes"));
    let last = pick_from(random, vocabulary.words("suffixes"));
    format!("{first}{last}")
}

fn capitalise(text: &mut String, start: usize) {
    if let Some(first) = text[start..].chars().next() {
        let end = start + first.len_utf8();
        let capital: String = first.to_uppercase().collect();
        text.replace_range(start..end, &capital);
    }
}

/// A made-up text as a domain type.
pub fn valid<T: FromStr<Err = domain::Invalid>>(text: &str) -> T {
    text.parse()
        .expect("made-up texts are valid, which the tests prove")
}

/// An id that begins with what is left of a text in small letters a–z, and ends with the number.
pub fn identifier<T: FromStr<Err = domain::Invalid>>(text: &str, number: usize) -> T {
    let mut id = String::with_capacity(70);
    for letter in text.chars().flat_map(char::to_lowercase) {
        if id.len() > 56 {
            break;
        }
        match letter {
            'a'..='z' | '0'..='9' => id.push(letter),
            'æ' => id.push_str("ae"),
            'ø' => id.push_str("oe"),
            'å' => id.push_str("aa"),
            _ if id.ends_with('-') || id.is_empty() => {}
            _ => id.push('-'),
        }
    }
    let separator = if id.ends_with('-') { "" } else { "-" };
    valid(&format!("{id}{separator}{number}"))
}
