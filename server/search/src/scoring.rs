//! Scoring: for each word of a query, how well each document meets it.
//!
//! Every matching document is visited, because total and facets are exact. So postings are read word by word into flat arrays;
//! within a word the best way to meet it counts, and the words are added up.

use tantivy::postings::TermInfo;
use tantivy::schema::IndexRecordOption;
use tantivy::{InvertedIndexReader, TERMINATED};

use crate::plan::{Plan, Variant, Wish};
use crate::snapshot::Segment;
use crate::terms::HIGHEST_LEVEL;

/// Documents with the level of a term.
type Pairs = Vec<(u32, u8)>;

/// A document's score under way; both halves lie together because they are always wanted together.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Cell {
    /// The sum over words.
    pub total: f32,
    /// Which words the document meets, one bit each.
    pub met: u16,
}

/// Arrays that are used again for every search, as long as the longest segment.
#[derive(Debug, Default)]
pub(crate) struct Scratch {
    /// For each document what its words add up to.
    pub cells: Vec<Cell>,
    /// The documents that meet any word.
    pub matched: Vec<u32>,
    current: Vec<f32>,
    touched: Vec<u32>,
    part: Vec<f32>,
    part_touched: Vec<u32>,
    pairs: Pairs,
    other_pairs: Pairs,
}

impl Scratch {
    fn prepare(&mut self, documents: u32) {
        let documents = documents as usize;
        if self.cells.len() < documents {
            self.cells.resize(documents, Cell::default());
            self.current.resize(documents, 0.0);
            self.part.resize(documents, 0.0);
        }
    }

    /// Sets everything back that a segment's scoring has written.
    pub(crate) fn clear(&mut self) {
        for document in self.matched.drain(..) {
            self.cells[document as usize] = Cell::default();
        }
    }
}

/// Hands on each document of a posting list with its level, block by block.
fn each_posting(
    postings: &InvertedIndexReader,
    place: &TermInfo,
    mut found: impl FnMut(&[u32], &[u32]),
) {
    let Ok(mut blocks) =
        postings.read_block_postings_from_terminfo(place, IndexRecordOption::WithFreqs)
    else {
        return;
    };
    loop {
        let documents = blocks.docs();
        if documents.is_empty() {
            return;
        }
        found(documents, blocks.freqs());
        blocks.advance();
    }
}

fn clamped(level: u32) -> u8 {
    u8::try_from(level)
        .unwrap_or(HIGHEST_LEVEL)
        .min(HIGHEST_LEVEL)
}

/// The documents that have all terms of a variant, with the lowest of their levels.
fn intersection(
    segment: usize,
    postings: &InvertedIndexReader,
    variant: &Variant,
    pairs: &mut Pairs,
    other: &mut Pairs,
) {
    pairs.clear();
    let mut terms: Vec<&TermInfo> = Vec::with_capacity(variant.terms.len());
    for term in &variant.terms {
        match term.places.get(segment).and_then(Option::as_ref) {
            Some(place) => terms.push(place),
            None => return,
        }
    }
    terms.sort_by_key(|place| place.doc_freq);
    let Some((rarest, others)) = terms.split_first() else {
        return;
    };
    let collect = |place: &TermInfo, into: &mut Pairs| {
        into.clear();
        each_posting(postings, place, |documents, levels| {
            into.extend(
                documents
                    .iter()
                    .zip(levels)
                    .filter(|(document, _)| **document != TERMINATED)
                    .map(|(document, level)| (*document, clamped(*level))),
            );
        });
    };
    collect(rarest, pairs);
    for place in others {
        collect(place, other);
        let mut at = 0;
        pairs.retain_mut(|(document, level)| {
            while other
                .get(at)
                .is_some_and(|(candidate, _)| candidate < document)
            {
                at += 1;
            }
            match other.get(at) {
                Some((candidate, other_level)) if candidate == document => {
                    *level = (*level).min(*other_level);
                    true
                }
                _ => false,
            }
        });
    }
}

/// Puts into `best` the best of the variants for each document, and notes the documents that were not there before.
///
/// With `ONLY_MET`, documents that no word before has met are passed over.
fn best_of<const ONLY_MET: bool>(
    segment: usize,
    postings: &InvertedIndexReader,
    variants: &[Variant],
    cells: &[Cell],
    best: &mut [f32],
    touched: &mut Vec<u32>,
    pairs: (&mut Pairs, &mut Pairs),
) {
    let (pairs, other) = pairs;
    for variant in variants {
        let step = variant.weight / f32::from(HIGHEST_LEVEL);
        let mut values = [0.0_f32; HIGHEST_LEVEL as usize + 1];
        for (level, value) in values.iter_mut().enumerate() {
            *value = step * level as f32;
        }
        let mut meet = |document: u32, level: usize| {
            let index = document as usize;
            if ONLY_MET && cells.get(index).is_none_or(|cell| cell.met == 0) {
                return;
            }
            let value = values[level.min(HIGHEST_LEVEL as usize)];
            if let Some(slot) = best.get_mut(index)
                && value > *slot
            {
                if *slot == 0.0 {
                    touched.push(document);
                }
                *slot = value;
            }
        };
        match variant.terms.as_slice() {
            [term] => {
                let Some(Some(place)) = term.places.get(segment) else {
                    continue;
                };
                each_posting(postings, place, |documents, levels| {
                    for (document, level) in documents.iter().zip(levels) {
                        meet(*document, *level as usize);
                    }
                });
            }
            _ => {
                intersection(segment, postings, variant, pairs, other);
                for (document, level) in pairs.iter() {
                    meet(*document, usize::from(*level));
                }
            }
        }
    }
}

fn score_wish<const ONLY_MET: bool>(
    number: usize,
    wish: &Wish,
    at: usize,
    segment: &Segment,
    scratch: &mut Scratch,
) {
    let Scratch {
        cells,
        matched,
        current,
        touched,
        part,
        part_touched,
        pairs,
        other_pairs,
    } = scratch;
    for (share, variants) in &wish.parts {
        best_of::<ONLY_MET>(
            at,
            &segment.postings,
            variants,
            cells,
            part,
            part_touched,
            (pairs, other_pairs),
        );
        for document in part_touched.drain(..) {
            let slot = &mut current[document as usize];
            if *slot == 0.0 {
                touched.push(document);
            }
            *slot += share * std::mem::take(&mut part[document as usize]);
        }
    }
    best_of::<ONLY_MET>(
        at,
        &segment.postings,
        &wish.variants,
        cells,
        current,
        touched,
        (pairs, other_pairs),
    );
    let bit = 1_u16 << number.min(15);
    for document in touched.drain(..) {
        let index = document as usize;
        let cell = &mut cells[index];
        if !ONLY_MET && cell.met == 0 {
            matched.push(document);
        }
        cell.met |= bit;
        cell.total += wish.importance * std::mem::take(&mut current[index]);
    }
}

/// How many of a plan's words, the most telling first, a document must meet one of to reach the least coverage.
fn essential(plan: &Plan, least_coverage: f32) -> usize {
    let all: f32 = plan.wishes.iter().map(|wish| wish.importance).sum();
    let mut rest = 0.0;
    // Faint words stand last; where there are others, meeting faint ones alone is nothing.
    let telling = plan.wishes.iter().filter(|wish| !wish.faint).count();
    for (number, wish) in plan.wishes.iter().enumerate().rev() {
        rest += wish.importance;
        if rest >= all * least_coverage {
            return if telling > 0 {
                telling.min(number + 1)
            } else {
                number + 1
            };
        }
    }
    plan.wishes.len()
}

/// Scores a segment; what it finds is in `scratch.matched` and `scratch.cells`. Documents that cannot reach the least coverage
/// may be missing.
pub(crate) fn score(
    at: usize,
    segment: &Segment,
    plan: &Plan,
    least_coverage: f32,
    scratch: &mut Scratch,
) {
    scratch.prepare(segment.facts.columns.documents);
    let essential = essential(plan, least_coverage);
    for (number, wish) in plan.wishes.iter().enumerate() {
        if number < essential {
            score_wish::<false>(number, wish, at, segment, scratch);
        } else {
            score_wish::<true>(number, wish, at, segment, scratch);
        }
    }
}

/// For each set of words met, how large a part of all importance that is; nothing where only faint words are met and there
/// are others.
pub(crate) fn coverage(plan: &Plan) -> Vec<f32> {
    let importances: Vec<f32> = plan.wishes.iter().map(|wish| wish.importance).collect();
    let all: f32 = importances.iter().sum::<f32>().max(f32::MIN_POSITIVE);
    let telling = plan.wishes.iter().filter(|wish| !wish.faint).count();
    let telling_words = (1_usize << telling) - 1;
    (0..1_usize << importances.len())
        .map(|set| {
            if telling > 0 && set & telling_words == 0 {
                return 0.0;
            }
            importances
                .iter()
                .enumerate()
                .filter(|(number, _)| set & (1 << number) != 0)
                .map(|(_, importance)| importance)
                .sum::<f32>()
                / all
        })
        .collect()
}
