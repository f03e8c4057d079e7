//! Words of a query that say little or nothing about what is looked for.

use std::collections::HashSet;
use std::sync::LazyLock;

static LISTS: LazyLock<(HashSet<&'static str>, HashSet<&'static str>)> = LazyLock::new(|| {
    let text = include_str!("../../lexicon/stopwords.txt");
    let (empty, faint) = text.split_once("\nfaint:").unwrap_or((text, ""));
    let words = |text: &'static str| {
        text.lines()
            .filter(|line| !line.starts_with('#'))
            .flat_map(str::split_whitespace)
            .collect()
    };
    (words(empty), words(faint))
});

/// Whether a word says nothing: «hvor», «kan», «vi».
#[must_use]
pub fn is_empty_word(word: &str) -> bool {
    LISTS.0.contains(word)
}

/// Whether a word says little, because nearly every page of the portal has it: «elever», «forløb».
#[must_use]
pub fn is_faint(word: &str) -> bool {
    LISTS.1.contains(word)
}
