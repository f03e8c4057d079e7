//! Letters and words: cutting a text into words, and the many ways to write the same one.

/// The longest word that is looked at letter by letter, in bytes. What is longer is no word.
pub const LONGEST_WORD: usize = 64;

/// A word in a text: where it stands, and how it reads in lower case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Token {
    /// The first byte of the word in the text.
    pub start: usize,
    /// The byte after the word in the text.
    pub end: usize,
    /// The word in lower case, without accents that Danish does not use.
    pub text: String,
}

/// One letter in lower case and without accents, or none if it is a mark of its own.
fn plain_letter(letter: char, into: &mut String) {
    match letter {
        'a'..='z' | '0'..='9' | 'æ' | 'ø' | 'å' => into.push(letter),
        'A'..='Z' => into.push(letter.to_ascii_lowercase()),
        'Æ' | 'ä' | 'Ä' => into.push('æ'),
        'Ø' | 'ö' | 'Ö' => into.push('ø'),
        'Å' => into.push('å'),
        'é' | 'è' | 'ê' | 'ë' | 'É' | 'È' | 'Ê' | 'Ë' => into.push('e'),
        'á' | 'à' | 'â' | 'ã' | 'Á' | 'À' | 'Â' | 'Ã' => into.push('a'),
        'ó' | 'ò' | 'ô' | 'õ' | 'Ó' | 'Ò' | 'Ô' | 'Õ' => into.push('o'),
        'ú' | 'ù' | 'û' | 'Ú' | 'Ù' | 'Û' => into.push('u'),
        'í' | 'ì' | 'î' | 'ï' | 'Í' | 'Ì' | 'Î' | 'Ï' => into.push('i'),
        'ü' | 'Ü' | 'ý' | 'Ý' => into.push('y'),
        'ç' | 'Ç' => into.push('c'),
        'ñ' | 'Ñ' => into.push('n'),
        // Combining marks: a decomposed å is an a with a ring.
        '\u{30A}' => {
            if into.ends_with('a') {
                into.pop();
                into.push('å');
            }
        }
        '\u{300}'..='\u{36F}' => {}
        other => into.extend(other.to_lowercase()),
    }
}

fn is_part_of_word(letter: char) -> bool {
    letter.is_alphanumeric() || ('\u{300}'..='\u{36F}').contains(&letter)
}

/// Cuts a text into words and hands each on: first byte, byte after, and the word in lower case.
///
/// Initials with full stops are one word («H.C.» is «hc»). A genitive apostrophe does not belong to its word.
pub fn each_word(text: &str, mut found: impl FnMut(usize, usize, &str)) {
    let mut word = String::with_capacity(32);
    each_place(text, |start, end| {
        write_word(&text[start..end], &mut word);
        found(start, end, &word);
        true
    });
}

/// A piece of a text that [`each_place`] found, as a word in lower case.
pub fn write_word(piece: &str, word: &mut String) {
    word.clear();
    for letter in piece.chars() {
        if word.len() >= LONGEST_WORD {
            break;
        }
        // The full stops between initials are no letters.
        if letter != '.' {
            plain_letter(letter, word);
        }
    }
}

/// Finds where the words of a text are: first byte and byte after, for as long as `found` wants more.
pub fn each_place(text: &str, mut found: impl FnMut(usize, usize) -> bool) {
    let bytes = text.as_bytes();
    let mut at = 0;
    // The letter at a byte, and the byte after it.
    let letter_at = |at: usize| -> Option<(bool, usize)> {
        let byte = *bytes.get(at)?;
        if byte < 0x80 {
            return Some((byte.is_ascii_alphanumeric(), at + 1));
        }
        let letter = text[at..].chars().next()?;
        Some((is_part_of_word(letter), at + letter.len_utf8()))
    };
    while let Some((is_letter, next)) = letter_at(at) {
        if !is_letter {
            at = next;
            continue;
        }
        let start = at;
        let mut end = next;
        let mut letters = 1;
        while let Some((true, next)) = letter_at(end) {
            end = next;
            letters += 1;
        }
        // «H.C.»: single letters with full stops between them.
        if letters == 1 && bytes.get(end) == Some(&b'.') {
            for _ in 0..3 {
                if bytes.get(end) != Some(&b'.') || !is_initial(text, start, end + 1) {
                    break;
                }
                let Some((true, next)) = letter_at(end + 1) else {
                    break;
                };
                end = next;
            }
        }
        if !found(start, end) {
            return;
        }
        at = end;
    }
}

/// Whether a single letter stands at a byte, after initials that begin at `start` and are themselves letters.
fn is_initial(text: &str, start: usize, at: usize) -> bool {
    let mut ahead = text[at..].chars();
    text[start..]
        .chars()
        .next()
        .is_some_and(char::is_alphabetic)
        && ahead.next().is_some_and(char::is_alphabetic)
        && ahead.next().is_none_or(|letter| !is_part_of_word(letter))
}

/// The words of a text.
#[must_use]
pub fn words(text: &str) -> Vec<Token> {
    let mut tokens = Vec::new();
    each_word(text, |start, end, word| {
        tokens.push(Token {
            start,
            end,
            text: word.to_owned(),
        })
    });
    tokens
}

/// The spelling that is indexed: aa is å in every Danish word and name.
#[must_use]
pub fn canonical(word: &str) -> String {
    if word.contains("aa") {
        word.replace("aa", "å")
    } else {
        word.to_owned()
    }
}

/// What is left of a word when a keyboard has no æ, ø or å: `smådyr`, `smaadyr` and `smadyr` are the same.
///
/// Only for finding candidates: `får` and `far` have the same skeleton and are different words.
#[must_use]
pub fn skeleton(word: &str) -> String {
    let mut skeleton = String::with_capacity(word.len());
    for letter in word.chars() {
        let plain = match letter {
            'å' | 'æ' => 'a',
            'ø' => 'o',
            other => other,
        };
        // «ae» and «oe» are æ and ø, and «søen» must meet «soen»: an e after a or o says nothing.
        let says_nothing = match plain {
            'e' => skeleton.ends_with(['a', 'o']),
            'a' => skeleton.ends_with('a'),
            _ => false,
        };
        if !says_nothing {
            skeleton.push(plain);
        }
    }
    skeleton
}

/// Whether a word has only letters that every keyboard has.
#[must_use]
pub fn is_plain(word: &str) -> bool {
    word.is_ascii()
}

/// The ways a word from a foreign keyboard may be meant, the likeliest first: digraphs all at once, then plain letters.
/// The word itself is not among them.
#[must_use]
pub fn restored(word: &str) -> Vec<String> {
    const MOST: usize = 96;
    let digraphs = word
        .replace("aa", "å")
        .replace("ae", "æ")
        .replace("oe", "ø");
    let mut found = Vec::new();
    if digraphs != word {
        found.push(digraphs.clone());
    }
    for start in [digraphs.as_str(), word] {
        for candidate in with_lost_letters(start, MOST) {
            if candidate != word && !found.contains(&candidate) {
                found.push(candidate);
            }
        }
    }
    found
}

/// The words that come of a word when up to two of its letters get back the ring, stroke or e they may have lost.
fn with_lost_letters(word: &str, most: usize) -> Vec<String> {
    let mut partial: Vec<(String, usize)> = vec![(String::new(), 0)];
    for letter in word.chars() {
        let alternatives: &[char] = match letter {
            'a' => &['å', 'æ'],
            'o' => &['ø', 'å'],
            'e' => &['æ'],
            _ => &[],
        };
        let mut longer = Vec::new();
        for (start, changes) in &mut partial {
            if *changes < 2 {
                for alternative in alternatives {
                    let mut other = start.clone();
                    other.push(*alternative);
                    longer.push((other, *changes + 1));
                }
            }
            start.push(letter);
        }
        partial.append(&mut longer);
        partial.sort_by_key(|(_, changes)| *changes);
        partial.truncate(most);
    }
    partial
        .into_iter()
        .map(|(candidate, _)| candidate)
        .collect()
}

/// How far two words are apart in single mistakes, at most `most`: a letter too many, too few, another, or two swapped.
#[must_use]
pub fn mistakes(one: &[char], other: &[char], most: usize) -> Option<usize> {
    if one.len().abs_diff(other.len()) > most {
        return None;
    }
    let width = other.len() + 1;
    let mut before_last: Vec<usize> = vec![0; width];
    let mut last: Vec<usize> = (0..width).collect();
    let mut current: Vec<usize> = vec![0; width];
    for (row, letter) in one.iter().enumerate() {
        current[0] = row + 1;
        let mut least = current[0];
        for (column, against) in other.iter().enumerate() {
            let mut distance = (last[column] + usize::from(letter != against))
                .min(last[column + 1] + 1)
                .min(current[column] + 1);
            if row > 0 && column > 0 && *letter == other[column - 1] && one[row - 1] == *against {
                distance = distance.min(before_last[column - 1] + 1);
            }
            current[column + 1] = distance;
            least = least.min(distance);
        }
        if least > most {
            return None;
        }
        std::mem::swap(&mut before_last, &mut last);
        std::mem::swap(&mut last, &mut current);
    }
    (last[width - 1] <= most).then_some(last[width - 1])
}

/// How many mistakes a word of this many letters is forgiven.
#[must_use]
pub fn forgiven(letters: usize) -> usize {
    match letters {
        0..=4 => 0,
        5..=7 => 1,
        _ => 2,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(text: &str) -> Vec<String> {
        words(text).into_iter().map(|token| token.text).collect()
    }

    #[test]
    fn words_are_cut_at_marks_and_initials_are_joined() {
        assert_eq!(
            texts("H.C. Andersens «eventyr», 1800-tallet"),
            ["hc", "andersens", "eventyr", "1800", "tallet"]
        );
        assert_eq!(
            texts("Natur/teknologi og Ørsted"),
            ["natur", "teknologi", "og", "ørsted"]
        );
        assert_eq!(texts("a\u{30A} og A\u{30A}"), ["å", "og", "å"]);
        assert_eq!(texts(""), Vec::<String>::new());
    }

    #[test]
    fn a_word_knows_where_it_stands() {
        let text = "På Åen: H.C. Ørsted";
        let found: Vec<&str> = words(text)
            .iter()
            .map(|token| &text[token.start..token.end])
            .collect();
        assert_eq!(found, ["På", "Åen", "H.C", "Ørsted"]);
    }

    #[test]
    fn foreign_keyboards_have_the_same_skeleton() {
        for (one, other) in [
            ("smådyr", "smaadyr"),
            ("smådyr", "smadyr"),
            ("københavn", "kobenhavn"),
            ("læse", "laese"),
            ("søen", "soen"),
            ("søen", "soeen"),
        ] {
            assert_eq!(skeleton(one), skeleton(other));
        }
    }

    #[test]
    fn restored_spellings_hold_the_danish_word() {
        for (typed, meant) in [
            ("boernearbejde", "børnearbejde"),
            ("kobenhavn", "københavn"),
            ("soen", "søen"),
        ] {
            assert!(restored(typed).contains(&meant.to_owned()), "{typed}");
        }
    }

    #[test]
    fn mistakes_are_counted_with_swaps_as_one() {
        let distance = |one: &str, other: &str| {
            mistakes(
                &one.chars().collect::<Vec<_>>(),
                &other.chars().collect::<Vec<_>>(),
                2,
            )
        };
        assert_eq!(distance("insketer", "insekter"), Some(1));
        assert_eq!(distance("jerenalder", "jernalder"), Some(1));
        assert_eq!(distance("museum", "museum"), Some(0));
        assert_eq!(distance("hav", "skove"), None);
    }
}
