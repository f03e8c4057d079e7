//! Related objects, suggestions, and what the store asks of the index.

use domain::freshness::Freshness;
use domain::search::{Hit, Suggestion};
use domain::{Kind, Language, Slug};
use tantivy::schema::IndexRecordOption;
use tantivy::{DocSet as _, TERMINATED, Term};

use crate::card::Card;
use crate::columns::{Columns, kind_position};
use crate::danish::spelling;
use crate::document::key;
use crate::plan::{Dictionary as _, Plan, Variant, Wish};
use crate::scoring::{self, Scratch};
use crate::searching::{Searching, Viewer, hit_of, key_of, related_share};
use crate::terms::Layer;

/// From one provider no more than so many related objects are shown.
const FROM_ONE: usize = 2;
/// So many terms tell what a document is about.
const TELLING: usize = 12;
/// The least part of what an object is about that a related one must share.
const LEAST_SHARED: f32 = 0.3;
/// For completing, so many of the words that begin as typed are tried.
const COMPLETIONS: usize = 24;
/// So many documents are looked at for a suggestion.
const LOOKED_AT: usize = 400;

/// Reads an object's kind and id from a document's key.
fn parse_key(key: &str) -> Option<(Kind, Slug)> {
    let (kind, id) = key.split_once('/')?;
    Some((kind.parse().ok()?, id.parse().ok()?))
}

impl Searching<'_> {
    /// What is like an object, by text and facets together.
    pub(crate) fn related(
        &self,
        kind: Kind,
        id: &Slug,
        wanted: &[Kind],
        most: usize,
        viewer: Viewer,
        scratch: &mut Scratch,
    ) -> Vec<Hit> {
        let own_key = key(kind, id.as_str());
        let Some((at, document)) = self.snapshot.find(&own_key) else {
            return Vec::new();
        };
        let Some(bytes) = self.snapshot.card(at, document) else {
            return Vec::new();
        };
        let Some(card) = Card::read(&bytes) else {
            return Vec::new();
        };
        let plan = self.plan_of(&card);
        let importance = plan
            .wishes
            .iter()
            .map(|wish| wish.importance)
            .sum::<f32>()
            .max(f32::MIN_POSITIVE);
        let own = &self.snapshot.segments[at].facts.columns;
        let own_grades = own.grades[document as usize];
        let own_point = own.spot(document);
        let subjects: Vec<String> = card.subjects().iter().map(ToString::to_string).collect();
        let subjects: Vec<u32> = subjects
            .iter()
            .filter_map(|code| self.values.find("subject", code))
            .collect();
        let kinds: Vec<u8> = wanted.iter().map(|kind| kind_position(*kind)).collect();

        let mut found: Vec<(f32, usize, u32, u32)> = Vec::new();
        for (place, segment) in self.snapshot.segments.iter().enumerate() {
            let columns = &segment.facts.columns;
            scoring::score(place, segment, &plan, LEAST_SHARED, scratch);
            for other in &scratch.matched {
                let index = *other as usize;
                if !kinds.contains(&columns.kinds[index])
                    || segment
                        .alive
                        .as_ref()
                        .is_some_and(|alive| !alive.contains(*other))
                    || (place == at && *other == document)
                {
                    continue;
                }
                let freshness = self.freshness(columns, *other);
                if freshness == Freshness::Lapsed {
                    continue;
                }
                let mut score = related_share(freshness) * scratch.cells[index].total / importance;
                if subjects.iter().any(|subject| columns.has(*other, *subject)) {
                    score *= 1.2;
                }
                let grades = columns.grades[index];
                if own_grades != 0 && grades != 0 {
                    score *= if own_grades & grades != 0 { 1.15 } else { 0.7 };
                }
                if let (Some(own), Some(other)) = (own_point, columns.spot(*other)) {
                    score *= 1.0 + 0.15 * (-own.distance_km(other) / 40.0).exp();
                }
                found.push((score, place, *other, columns.providers[index]));
            }
            scratch.clear();
        }
        found.sort_by(|one, other| {
            other
                .0
                .total_cmp(&one.0)
                .then_with(|| (one.1, one.2).cmp(&(other.1, other.2)))
        });
        let mut hits: Vec<Hit> = Vec::new();
        let mut from: Vec<u32> = Vec::new();
        for (_, place, other, provider) in found.into_iter().take(200) {
            if hits.len() == most {
                break;
            }
            if provider != u32::MAX
                && from.iter().filter(|seen| **seen == provider).count() >= FROM_ONE
            {
                continue;
            }
            let Some(bytes) = self.snapshot.card(place, other) else {
                continue;
            };
            let freshness = self.freshness(&self.snapshot.segments[place].facts.columns, other);
            let Some(hit) = Card::read(&bytes).and_then(|card| hit_of(&card, viewer, freshness))
            else {
                continue;
            };
            // The same thing told twice, under two ids, is shown once.
            if hits
                .iter()
                .any(|seen| seen.title == hit.title || key_of(seen) == key_of(&hit))
                || hit.title == card.title
            {
                continue;
            }
            from.push(provider);
            hits.push(hit);
        }
        hits
    }

    /// What a document is about, as a plan.
    fn plan_of(&self, card: &Card<'_>) -> Plan {
        let all = self.snapshot.documents() as f64;
        let mut wishes: Vec<Wish> = card
            .signature
            .iter()
            .enumerate()
            .filter_map(|(place, lemma)| {
                let lemma_facts = self.snapshot.term(&Layer::Lemma.term(lemma));
                if lemma_facts.documents == 0 {
                    return None;
                }
                let documents = f64::from(lemma_facts.documents);
                let rarity =
                    (1.0 + (all - documents + 0.5).max(0.0) / (documents + 0.5)).ln() as f32;
                // The signature's first are what the document says most.
                let importance = rarity * (1.0 - 0.04 * place as f32);
                let mut variants = vec![Variant {
                    weight: 1.0,
                    terms: vec![lemma_facts],
                }];
                let part = self.snapshot.term(&Layer::Part.term(lemma));
                if part.documents > 0 {
                    variants.push(Variant {
                        weight: 0.6,
                        terms: vec![part],
                    });
                }
                Some(Wish {
                    importance,
                    variants,
                    ..Wish::default()
                })
            })
            .collect();
        wishes.sort_by(|one, other| other.importance.total_cmp(&one.importance));
        wishes.truncate(TELLING);
        Plan {
            wishes,
            ..Plan::default()
        }
    }

    /// Suggestions: objects of these kinds, or of any where none is named, whose title has what was typed, and words that
    /// go on from it.
    pub(crate) fn suggest(
        &self,
        typed: &str,
        kinds: &[Kind],
        most: usize,
        language: Language,
    ) -> Vec<Suggestion> {
        let wanted: Vec<_> = kinds.iter().map(|kind| kind_position(*kind)).collect();
        let tokens = spelling::words(typed);
        let Some(last) = tokens.last().filter(|last| !last.text.is_empty()) else {
            return Vec::new();
        };
        let before = &tokens[..tokens.len() - 1];
        let lead = &typed[..last.start];
        let prefix = spelling::canonical(&last.text);
        let completions = self
            .snapshot
            .vocabulary
            .beginning(&prefix, COMPLETIONS, |word| self.snapshot.lives(word));
        let mut suggestions: Vec<Suggestion> = Vec::new();
        let words = most.div_ceil(2).min(4);
        for completion in completions.iter().take(words) {
            let text = format!("{lead}{}", completion.word);
            if spelling::canonical(&text.to_lowercase())
                != spelling::canonical(&typed.to_lowercase())
            {
                suggestions.push(Suggestion {
                    text,
                    kind: None,
                    id: None,
                });
            }
        }
        let mut objects: Vec<(usize, u32)> = Vec::new();
        for (at, segment) in self.snapshot.segments.iter().enumerate() {
            let list = |term: &str| -> Vec<u32> {
                let facts = self.snapshot.term(term);
                let mut documents = Vec::new();
                if let Some(Some(place)) = facts.places.get(at)
                    && let Ok(mut blocks) = segment
                        .postings
                        .read_block_postings_from_terminfo(place, IndexRecordOption::Basic)
                {
                    while !blocks.docs().is_empty() {
                        documents.extend_from_slice(blocks.docs());
                        blocks.advance();
                    }
                }
                documents
            };
            // Titles that have every whole word before the last.
            let mut with_all: Option<Vec<u32>> = None;
            for token in before {
                let documents = list(&Layer::Title.term(&spelling::canonical(&token.text)));
                with_all = Some(match with_all {
                    Some(kept) => kept
                        .into_iter()
                        .filter(|document| documents.binary_search(document).is_ok())
                        .collect(),
                    None => documents,
                });
            }
            for completion in &completions {
                for document in list(&Layer::Title.term(&completion.word)) {
                    let fits = with_all
                        .as_ref()
                        .is_none_or(|kept| kept.binary_search(&document).is_ok());
                    let alive = segment
                        .alive
                        .as_ref()
                        .is_none_or(|alive| alive.contains(document));
                    let columns = &segment.facts.columns;
                    let kind = columns.kinds[document as usize];
                    let wanted = wanted.is_empty() || wanted.contains(&kind);
                    let lapsed = self.freshness(columns, document) == Freshness::Lapsed;
                    if fits && alive && wanted && !lapsed {
                        objects.push((at, document));
                        if objects.len() >= LOOKED_AT {
                            break;
                        }
                    }
                }
                if objects.len() >= LOOKED_AT {
                    break;
                }
            }
        }
        objects.sort_unstable();
        objects.dedup();
        let organisation = kind_position(Kind::Organisation);
        objects.sort_by_key(|(at, document)| {
            let columns = &self.snapshot.segments[*at].facts.columns;
            let index = *document as usize;
            (
                columns.kinds[index] != organisation,
                std::cmp::Reverse(columns.updated[index]),
                *at,
                columns.key_order[index],
            )
        });
        let skeleton = spelling::skeleton(&spelling::canonical(&typed.to_lowercase()));
        let mut titled: Vec<(bool, Suggestion)> = Vec::new();
        for (at, document) in objects.into_iter().take(most * 3) {
            let Some(bytes) = self.snapshot.card(at, document) else {
                continue;
            };
            let Some(card) = Card::read(&bytes) else {
                continue;
            };
            let Some(hit) = hit_of(&card, language.into(), Freshness::Confirmed) else {
                continue;
            };
            let starts = spelling::skeleton(&spelling::canonical(&hit.title.to_lowercase()))
                .starts_with(&skeleton);
            titled.push((
                !starts,
                Suggestion {
                    text: hit.title,
                    kind: Some(hit.kind),
                    id: Some(hit.id),
                },
            ));
        }
        // What begins as typed goes first.
        titled.sort_by_key(|(later, _)| *later);
        let words_kept = suggestions.len();
        for (_, suggestion) in titled {
            if suggestions.len() >= most {
                break;
            }
            if !suggestions[words_kept..]
                .iter()
                .any(|seen| seen.text == suggestion.text)
            {
                suggestions.push(suggestion);
            }
        }
        suggestions.truncate(most);
        suggestions
    }

    /// The hits of objects by id.
    pub(crate) fn hits(&self, objects: &[(Kind, Slug)], viewer: Viewer) -> Vec<Hit> {
        objects
            .iter()
            .filter_map(|(kind, id)| {
                let (at, document) = self.snapshot.find(&key(*kind, id.as_str()))?;
                let bytes = self.snapshot.card(at, document)?;
                let columns = &self.snapshot.segments.get(at)?.facts.columns;
                let freshness = self.freshness(columns, document);
                hit_of(&Card::read(&bytes)?, viewer, freshness)
            })
            .collect()
    }

    /// The objects whose documents have a term.
    pub(crate) fn with_term(&self, term: &str) -> Vec<(Kind, Slug)> {
        self.with_term_where(term, |_, _| true)
    }

    /// The objects whose documents have a term and a review on or before a day.
    pub(crate) fn due_by(&self, term: &str, day: i32) -> Vec<(Kind, Slug)> {
        self.with_term_where(term, |columns, document| {
            columns.reviews.of(document) <= day || columns.anchoring.of(document) <= day
        })
    }

    fn with_term_where(
        &self,
        term: &str,
        wanted: impl Fn(&Columns, u32) -> bool,
    ) -> Vec<(Kind, Slug)> {
        let mut found = Vec::new();
        let looked_up = Term::from_field_text(self.snapshot.fields.terms, term);
        for (at, segment) in self.snapshot.segments.iter().enumerate() {
            let Ok(Some(mut postings)) = segment
                .postings
                .read_postings(&looked_up, IndexRecordOption::Basic)
            else {
                continue;
            };
            let mut document = postings.doc();
            while document != TERMINATED {
                if segment
                    .alive
                    .as_ref()
                    .is_none_or(|alive| alive.contains(document))
                    && wanted(&segment.facts.columns, document)
                {
                    let order = segment.facts.columns.key_order[document as usize];
                    found.extend(parse_key(&self.snapshot.key(at, order)));
                }
                document = postings.advance();
            }
        }
        found
    }

    /// Every document with the position of its change.
    pub(crate) fn contents(&self) -> Vec<(Kind, Slug, u64)> {
        let mut found = Vec::new();
        for (at, segment) in self.snapshot.segments.iter().enumerate() {
            let Some(reader) = self.snapshot.searcher.segment_readers().get(at) else {
                continue;
            };
            let Ok(sequences) = reader.fast_fields().u64("sequence") else {
                continue;
            };
            for document in 0..segment.facts.columns.documents {
                if segment
                    .alive
                    .as_ref()
                    .is_some_and(|alive| !alive.contains(document))
                {
                    continue;
                }
                let order = segment.facts.columns.key_order[document as usize];
                if let Some((kind, id)) = parse_key(&self.snapshot.key(at, order)) {
                    found.push((kind, id, sequences.first(document).unwrap_or(0)));
                }
            }
        }
        found.sort();
        found
    }
}
