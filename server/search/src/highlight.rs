//! Showing what matched: which words of a text have a term that was looked for.
//!
//! When a document is indexed, each word of its title, summary and body is noted with the hashes of its terms. A search then
//! only compares numbers; a text is cut into words again only where something matched.

use rustc_hash::{FxHashSet, FxHasher};
use std::hash::Hasher;

use crate::danish::analysis::Analyser;
use crate::danish::{spelling, stopwords};

/// So many letters a fragment has, about.
const FRAGMENT: usize = 160;
/// So many matching words of a text are looked at; a fragment holds no more.
const MOST_PLACES: usize = 24;
/// So many fragments are shown at most.
const FRAGMENTS: usize = 2;

/// The hash of a term in the notes.
fn hash(term: &str) -> u16 {
    let mut hasher = FxHasher::default();
    hasher.write(term.as_bytes());
    let full = hasher.finish();
    // Folding keeps the better mixed upper bits.
    u16::try_from((full >> 48) & 0xffff).unwrap_or(0) ^ u16::try_from(full & 0xffff).unwrap_or(0)
}

/// The notes of texts: for each word of each, how many hashes and then the hashes. A text ends with 255.
pub(crate) fn marks(texts: &[&str], analyser: &Analyser) -> Vec<u8> {
    let mut marks = Vec::new();
    for text in texts {
        spelling::each_word(text, |_, _, word| {
            let word = analyser.word(word);
            let mut hashes: Vec<u16> = word.lemmas.iter().map(|lemma| hash(lemma)).collect();
            hashes.extend(
                word.parts
                    .iter()
                    .filter(|part| part.depth == 1)
                    .map(|part| hash(&part.lemma)),
            );
            hashes.dedup();
            hashes.truncate(8);
            marks.push(u8::try_from(hashes.len()).unwrap_or(0));
            for hash in hashes {
                marks.extend_from_slice(&hash.to_le_bytes());
            }
        });
        marks.push(u8::MAX);
    }
    marks
}

/// The terms to be marked.
#[derive(Clone, Debug, Default)]
pub(crate) struct Wanted {
    lemmas: FxHashSet<String>,
    hashes: Vec<u16>,
}

impl Wanted {
    /// Adds a lemma.
    pub(crate) fn add(&mut self, lemma: &str) {
        // A word without a meaning of its own shows nothing when it is marked.
        if stopwords::is_empty_word(lemma) {
            return;
        }
        if self.lemmas.insert(lemma.to_owned()) {
            self.hashes.push(hash(lemma));
            self.hashes.sort_unstable();
            self.hashes.dedup();
        }
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.lemmas.is_empty()
    }

    fn may_have(&self, hash: u16) -> bool {
        self.hashes.binary_search(&hash).is_ok()
    }
}

/// The numbers of the words of each text that may match.
fn matching<const TEXTS: usize>(marks: &[u8], wanted: &Wanted) -> [Vec<usize>; TEXTS] {
    let mut found: [Vec<usize>; TEXTS] = std::array::from_fn(|_| Vec::new());
    let mut rest = marks;
    for numbers in &mut found {
        let mut number = 0;
        while let Some((count, after)) = rest.split_first() {
            rest = after;
            if *count == u8::MAX {
                break;
            }
            let Some((hashes, after)) = rest.split_at_checked(usize::from(*count) * 2) else {
                return found;
            };
            rest = after;
            if hashes
                .chunks_exact(2)
                .any(|pair| wanted.may_have(u16::from_le_bytes([pair[0], pair[1]])))
            {
                numbers.push(number);
            }
            number += 1;
        }
    }
    found
}

/// The places of the words that do match: first byte and byte after.
fn places(
    text: &str,
    numbers: &[usize],
    wanted: &Wanted,
    analyser: &Analyser,
) -> Vec<(usize, usize)> {
    let numbers = &numbers[..numbers.len().min(MOST_PLACES)];
    let mut places = Vec::with_capacity(numbers.len());
    let mut word = String::with_capacity(32);
    let mut number = 0;
    let mut next = numbers.iter().peekable();
    spelling::each_place(text, |start, end| {
        if next
            .next_if(|wanted_number| **wanted_number == number)
            .is_some()
        {
            spelling::write_word(&text[start..end], &mut word);
            let word = analyser.word(&word);
            let matches = word
                .lemmas
                .iter()
                .any(|lemma| wanted.lemmas.contains(lemma))
                || word
                    .parts
                    .iter()
                    .any(|part| wanted.lemmas.contains(&part.lemma));
            if matches {
                places.push((start, end));
            }
        }
        number += 1;
        next.peek().is_some()
    });
    places
}

fn push_escaped(text: &str, into: &mut String) {
    for letter in text.chars() {
        match letter {
            '&' => into.push_str("&amp;"),
            '<' => into.push_str("&lt;"),
            '>' => into.push_str("&gt;"),
            '"' => into.push_str("&quot;"),
            '\'' => into.push_str("&#39;"),
            letter => into.push(letter),
        }
    }
}

/// A piece of a text with its matching words marked.
fn marked(text: &str, from: usize, to: usize, places: &[(usize, usize)]) -> String {
    let mut html = String::with_capacity(to - from + places.len() * 13);
    let mut at = from;
    for (start, end) in places
        .iter()
        .filter(|(start, end)| *start >= from && *end <= to)
    {
        push_escaped(&text[at..*start], &mut html);
        html.push_str("<mark>");
        push_escaped(&text[*start..*end], &mut html);
        html.push_str("</mark>");
        at = *end;
    }
    push_escaped(&text[at..to], &mut html);
    html
}

/// The nearest letter's beginning at or before a byte.
fn floor(text: &str, mut at: usize) -> usize {
    at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

/// The best fragment of a text: the window with the most different places, begun and ended at a word.
fn fragment(text: &str, places: &[(usize, usize)]) -> Option<String> {
    let first = places.first()?;
    let window = places
        .iter()
        .map(|(start, _)| {
            let held = places
                .iter()
                .filter(|(other, end)| other >= start && *end <= start + FRAGMENT)
                .count();
            (held, *start)
        })
        .reduce(|best, other| if other.0 > best.0 { other } else { best })
        .map_or(first.0, |(_, start)| start);
    if text.len() <= FRAGMENT + FRAGMENT / 3 {
        return Some(marked(text, 0, text.len(), places));
    }
    let mut from = floor(text, window.saturating_sub(FRAGMENT / 4));
    if from > 0 {
        from = text[from..window]
            .find(' ')
            .map_or(window, |space| from + space + 1);
    }
    let mut to = floor(text, from + FRAGMENT);
    if to < text.len() {
        to = text[from..to].rfind(' ').map_or(to, |space| from + space);
    }
    let last_end = places
        .iter()
        .filter(|(start, _)| *start >= from && *start < to)
        .map(|(_, end)| *end)
        .max();
    let to = to.max(last_end.unwrap_or(to));
    let mut html = String::new();
    if from > 0 {
        html.push_str("… ");
    }
    html.push_str(&marked(text, from, to, places));
    if to < text.len() {
        html.push_str(" …");
    }
    Some(html)
}

/// What matched in a document.
#[derive(Debug, Default, PartialEq)]
pub(crate) struct Highlighted {
    pub title: Option<String>,
    pub fragments: Vec<String>,
}

/// Marks what matched in title, summary and body.
pub(crate) fn highlighted(
    title: &str,
    summary: &str,
    body: &str,
    marks: &[u8],
    wanted: &Wanted,
    analyser: &Analyser,
) -> Highlighted {
    if wanted.is_empty() {
        return Highlighted::default();
    }
    let [in_title, in_summary, in_body] = matching::<3>(marks, wanted);
    let mut found = Highlighted::default();
    if !in_title.is_empty() {
        let places = places(title, &in_title, wanted, analyser);
        if !places.is_empty() {
            found.title = Some(marked(title, 0, title.len(), &places));
        }
    }
    for (text, numbers) in [(summary, in_summary), (body, in_body)] {
        if found.fragments.len() < FRAGMENTS && !numbers.is_empty() {
            found
                .fragments
                .extend(fragment(text, &places(text, &numbers, wanted, analyser)));
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn show(title: &str, summary: &str, lemmas: &[&str]) -> Highlighted {
        let analyser = Analyser::default();
        let marks = marks(&[title, summary, ""], &analyser);
        let mut wanted = Wanted::default();
        for lemma in lemmas {
            wanted.add(lemma);
        }
        highlighted(title, summary, "", &marks, &wanted, &analyser)
    }

    #[test]
    fn inflected_words_and_compounds_are_marked() {
        let found = show(
            "Livet i vandhullet",
            "Vi finder vandhulsdyr & smådyr.",
            &["i", "vandhul"],
        );
        assert_eq!(
            found.title.as_deref(),
            Some("Livet i <mark>vandhullet</mark>")
        );
        assert_eq!(
            found.fragments,
            ["Vi finder <mark>vandhulsdyr</mark> &amp; smådyr."]
        );
    }

    #[test]
    fn markup_in_a_text_is_shown_as_text() {
        let found = show("<script>alert('skov')</script> skov", "", &["skov"]);
        let title = found.title.unwrap();
        assert!(!title.contains("<script>"));
        assert_eq!(title.matches("<mark>").count(), 2);
    }

    #[test]
    fn a_long_text_is_shown_around_what_matched() {
        let long = format!(
            "{} Her er en bog om søer. {}",
            "Ord på ord. ".repeat(40),
            "Mere efter. ".repeat(40)
        );
        let found = show("", &long, &["bog"]);
        assert!(found.fragments[0].starts_with("… ") && found.fragments[0].ends_with(" …"));
        assert!(found.fragments[0].contains("<mark>bog</mark>"));
        assert!(found.fragments[0].len() < 300);
    }
}
