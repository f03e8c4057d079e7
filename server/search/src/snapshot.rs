//! The index at one moment: what a search reads, from its first to its last look.

use std::sync::{Arc, RwLock};

use rustc_hash::FxHashMap;
use tantivy::columnar::StrColumn;
use tantivy::index::SegmentId;
use tantivy::schema::IndexRecordOption;
use tantivy::schema::document::Value as _;
use tantivy::{
    DocAddress, DocSet as _, InvertedIndexReader, Searcher, TERMINATED, TantivyDocument, Term,
};

use crate::columns::{Bits, Columns, Value, Values};
use crate::plan::{Dictionary, TermFacts};
use crate::schema::Fields;
use crate::terms::Layer;
use crate::vocabulary::{SegmentWords, Vocabulary};

/// So many terms are remembered with where their postings lie.
const REMEMBERED_TERMS: usize = 200_000;

/// So many cards are remembered unpacked, about twenty megabytes of them.
const REMEMBERED_CARDS: usize = 16_000;

/// Cards by segment and document.
type Cards = FxHashMap<(usize, u32), Arc<[u8]>>;

/// What never changes about a segment.
pub(crate) struct SegmentFacts {
    pub id: SegmentId,
    pub columns: Columns,
    words: SegmentWords,
    keys: Option<StrColumn>,
    titles: Option<StrColumn>,
}

/// A segment at the snapshot's moment.
pub(crate) struct Segment {
    pub facts: Arc<SegmentFacts>,
    pub postings: Arc<InvertedIndexReader>,
    /// The documents that are not deleted; `None` where none is.
    pub alive: Option<Bits>,
}

/// The index at one moment.
pub(crate) struct Snapshot {
    pub searcher: Searcher,
    pub segments: Vec<Segment>,
    pub values: Vec<Value>,
    /// The order of the values by facet and code.
    pub ranks: Vec<u32>,
    pub vocabulary: Vocabulary,
    pub fields: Fields,
    pub documents: u64,
    terms: RwLock<FxHashMap<Box<str>, Arc<TermFacts>>>,
    cards: RwLock<Cards>,
}

impl Snapshot {
    /// Reads what is new since the snapshot before; what is the same is shared.
    pub(crate) fn read(
        searcher: Searcher,
        fields: Fields,
        values: &Values,
        before: Option<&Snapshot>,
    ) -> tantivy::Result<Snapshot> {
        let mut segments = Vec::with_capacity(searcher.segment_readers().len());
        for reader in searcher.segment_readers() {
            let known = before.and_then(|before| {
                before
                    .segments
                    .iter()
                    .find(|segment| segment.facts.id == reader.segment_id())
                    .map(|segment| Arc::clone(&segment.facts))
            });
            let facts = match known {
                Some(facts) => facts,
                None => Arc::new(SegmentFacts {
                    id: reader.segment_id(),
                    columns: Columns::read(reader, values)?,
                    words: SegmentWords::read(reader, fields.terms)?,
                    keys: reader.fast_fields().str("key")?,
                    titles: reader.fast_fields().str("title_sort")?,
                }),
            };
            let alive = reader.alive_bitset().map(|_| {
                let mut bits = Bits::none(reader.max_doc());
                for document in reader.doc_ids_alive() {
                    bits.insert(document);
                }
                bits
            });
            segments.push(Segment {
                facts,
                postings: reader.inverted_index(fields.terms)?,
                alive,
            });
        }
        let values = values.all();
        Ok(Snapshot {
            ranks: ranks(&values),
            documents: searcher.num_docs(),
            vocabulary: Vocabulary::merge(segments.iter().map(|segment| &segment.facts.words)),
            values,
            segments,
            searcher,
            fields,
            terms: RwLock::default(),
            cards: RwLock::default(),
        })
    }

    /// The card of a document, as bytes.
    pub(crate) fn card(&self, segment: usize, document: u32) -> Option<Arc<[u8]>> {
        if let Ok(cards) = self.cards.read()
            && let Some(card) = cards.get(&(segment, document))
        {
            return Some(Arc::clone(card));
        }
        let address = DocAddress::new(u32::try_from(segment).ok()?, document);
        let stored: TantivyDocument = self.searcher.doc(address).ok()?;
        let card: Arc<[u8]> = stored.get_first(self.fields.card)?.as_bytes()?.into();
        if let Ok(mut cards) = self.cards.write() {
            if cards.len() >= REMEMBERED_CARDS {
                cards.clear();
            }
            cards.insert((segment, document), Arc::clone(&card));
        }
        Some(card)
    }

    /// Where a document lies: segment and number.
    pub(crate) fn find(&self, key: &str) -> Option<(usize, u32)> {
        let term = Term::from_field_text(self.fields.key, key);
        for (place, reader) in self.searcher.segment_readers().iter().enumerate() {
            let inverted = reader.inverted_index(self.fields.key).ok()?;
            let Some(mut postings) = inverted
                .read_postings(&term, IndexRecordOption::Basic)
                .ok()
                .flatten()
            else {
                continue;
            };
            let mut document = postings.doc();
            while document != TERMINATED {
                if !reader.is_deleted(document) {
                    return Some((place, document));
                }
                document = postings.advance();
            }
        }
        None
    }

    /// The key behind a key's order number in a segment.
    pub(crate) fn key(&self, segment: usize, order: u32) -> String {
        text(
            self.segments
                .get(segment)
                .and_then(|segment| segment.facts.keys.as_ref()),
            order,
        )
    }

    /// The title as it sorts, behind a title's order number in a segment.
    pub(crate) fn title(&self, segment: usize, order: u32) -> String {
        text(
            self.segments
                .get(segment)
                .and_then(|segment| segment.facts.titles.as_ref()),
            order,
        )
    }
}

/// The text behind an order number; what is not there is empty and sorts first.
fn text(column: Option<&StrColumn>, order: u32) -> String {
    let mut text = String::new();
    if let Some(column) = column
        && !matches!(column.ord_to_str(u64::from(order), &mut text), Ok(true))
    {
        text.clear();
    }
    text
}

/// For each value its place among all, by code.
fn ranks(values: &[Value]) -> Vec<u32> {
    let mut order: Vec<usize> = (0..values.len()).collect();
    order.sort_by(|one, other| values[*one].code.cmp(&values[*other].code));
    let mut ranks = vec![0; values.len()];
    for (rank, number) in order.into_iter().enumerate() {
        ranks[number] = u32::try_from(rank).unwrap_or(u32::MAX);
    }
    ranks
}

impl Dictionary for Snapshot {
    fn term(&self, term: &str) -> Arc<TermFacts> {
        if let Ok(terms) = self.terms.read()
            && let Some(facts) = terms.get(term)
        {
            return Arc::clone(facts);
        }
        let looked_up = Term::from_field_text(self.fields.terms, term);
        let places: Vec<_> = self
            .segments
            .iter()
            .map(|segment| segment.postings.get_term_info(&looked_up).ok().flatten())
            .collect();
        let documents = places.iter().flatten().map(|info| info.doc_freq).sum();
        let facts = Arc::new(TermFacts { documents, places });
        if let Ok(mut terms) = self.terms.write() {
            if terms.len() >= REMEMBERED_TERMS {
                terms.clear();
            }
            terms.insert(term.into(), Arc::clone(&facts));
        }
        facts
    }

    fn vocabulary(&self) -> &Vocabulary {
        &self.vocabulary
    }

    /// What is deleted stays in a segment's dictionary until the segment is put together anew; its words are nobody's to read.
    fn lives(&self, word: &str) -> bool {
        if self.segments.iter().all(|segment| segment.alive.is_none()) {
            return true;
        }
        let term = Term::from_field_text(self.fields.terms, &Layer::Surface.term(word));
        self.segments.iter().any(|segment| {
            let postings = segment
                .postings
                .read_postings(&term, IndexRecordOption::Basic);
            let Ok(Some(mut postings)) = postings else {
                return false;
            };
            let mut document = postings.doc();
            while document != TERMINATED {
                let alive = segment.alive.as_ref();
                if alive.is_none_or(|alive| alive.contains(document)) {
                    return true;
                }
                document = postings.advance();
            }
            false
        })
    }

    fn documents(&self) -> u64 {
        self.documents
    }
}
