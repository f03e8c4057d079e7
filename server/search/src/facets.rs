//! Counting facets within a result.
//!
//! Choices in one facet are *or*, between facets *and*; a facet's own counts ignore its own choice. So beside the results
//! themselves the documents are kept that fail the choice of one facet only: they count in that facet.

use std::sync::Arc;

use domain::search::{Facet, FacetCount, FacetName, SearchQuery};
use domain::{Code, Kind, Language};

use crate::columns::{Bits, Columns, Lists, OwnValue, Places, Value};

/// At most so many values a facet, chosen ones aside.
const MOST_VALUES: usize = 50;
/// From one document in so many, sets are counted rather than lists.
const DENSE: usize = 16;

/// Counts by the number of the value.
#[derive(Debug, Default)]
pub(crate) struct Counts {
    pub by_value: Vec<u32>,
}

impl Counts {
    pub(crate) fn new(values: usize) -> Counts {
        Counts {
            by_value: vec![0; values],
        }
    }

    fn add(&mut self, value: u32, count: u32) {
        if let Some(slot) = self.by_value.get_mut(value as usize) {
            *slot += count;
        }
    }

    /// Counts all values of documents of a segment, in the order in which they lie or not.
    pub(crate) fn count(&mut self, columns: &Columns, documents: &[u32]) {
        if documents.len() * 2 > columns.documents as usize {
            // Those that are not there are fewer.
            let mut others = Bits::of(columns.documents, documents);
            others.invert(columns.documents);
            let counts = own_counts(columns, &others.listed(), |_| true);
            for (own, count) in columns.own.iter().zip(counts) {
                self.add(own.number, own.documents - count);
            }
        } else {
            let counts = own_counts(columns, documents, |_| true);
            for (own, count) in columns.own.iter().zip(counts) {
                self.add(own.number, count);
            }
        }
    }

    /// Counts the values of one facet only, of documents that fail the choice of that facet and no other.
    pub(crate) fn count_facet(&mut self, columns: &Columns, documents: &[u32], facet: FacetName) {
        if documents.is_empty() {
            return;
        }
        // Every document has one kind, and the choice of kind is what most searches make.
        if facet == FacetName::Kind {
            let mut by_kind = [0_u32; 8];
            for document in documents {
                let kind = usize::from(columns.kinds[*document as usize]);
                if let Some(slot) = by_kind.get_mut(kind) {
                    *slot += 1;
                }
            }
            for (value, count) in columns.kind_values.iter().zip(by_kind) {
                if let Some(value) = value {
                    self.add(*value, count);
                }
            }
            return;
        }
        let counts = own_counts(columns, documents, |own| own.facet == Some(facet));
        for (own, count) in columns.own.iter().zip(counts) {
            if own.facet == Some(facet) {
                self.add(own.number, count);
            }
        }
    }
}

/// How many of the documents have each of a segment's own values; those not wanted may be left at nothing.
fn own_counts(
    columns: &Columns,
    documents: &[u32],
    wanted: impl Fn(&OwnValue) -> bool,
) -> Vec<u32> {
    let mut counts = vec![0_u32; columns.own.len()];
    let common = columns.common.len();
    if documents.len() * DENSE < columns.documents as usize {
        count_lists(&columns.lists, documents, 0, &mut counts);
        return counts;
    }
    let bits = Bits::of(columns.documents, documents);
    for ((own, having), count) in columns.own.iter().zip(&columns.common).zip(&mut counts) {
        if wanted(own) {
            *count = having.count_common(&bits);
        }
    }
    if columns.own.iter().skip(common).any(wanted) {
        // In the order in which they lie, so that the lists are read straight through.
        count_lists(&columns.lists, &bits.listed(), common, &mut counts);
    }
    counts
}

/// Counts the values from a place on; those before it come last in each list.
fn count_lists(lists: &Places, documents: &[u32], from: usize, counts: &mut [u32]) {
    match lists {
        Places::Narrow(lists) => count_listed(lists, documents, from, counts),
        Places::Wide(lists) => count_listed(lists, documents, from, counts),
    }
}

fn count_listed<Number: Copy + Into<u32>>(
    lists: &Lists<Number>,
    documents: &[u32],
    from: usize,
    counts: &mut [u32],
) {
    for document in documents {
        for place in lists.of(*document) {
            let place = Into::<u32>::into(*place) as usize;
            if place < from {
                break;
            }
            if let Some(count) = counts.get_mut(place) {
                *count += 1;
            }
        }
    }
}

/// The facets asked for, from the counts. Values with the same count are in the order of `ranks`.
pub(crate) fn facets(
    query: &SearchQuery,
    names: &[FacetName],
    counts: &Counts,
    values: &[Value],
    ranks: &[u32],
    language: Language,
) -> Vec<Facet> {
    let mut found: Vec<(FacetName, Vec<(u32, u32)>)> =
        names.iter().map(|name| (*name, Vec::new())).collect();
    let mut places = [usize::MAX; FacetName::ALL.len()];
    for (place, name) in names.iter().enumerate() {
        places[*name as usize] = place;
    }
    for (number, (count, value)) in counts.by_value.iter().zip(values).enumerate() {
        if *count == 0 {
            continue;
        }
        if let Some(facet) = value.facet
            && let Some((_, list)) = found.get_mut(places[facet as usize])
        {
            list.push((*count, u32::try_from(number).unwrap_or(u32::MAX)));
        }
    }
    found
        .into_iter()
        .map(|(name, mut list)| {
            let order = |one: &(u32, u32), other: &(u32, u32)| {
                other
                    .0
                    .cmp(&one.0)
                    .then_with(|| ranks[one.1 as usize].cmp(&ranks[other.1 as usize]))
            };
            let chosen = query.choices(name);
            let chosen_outside = if list.len() > MOST_VALUES {
                list.select_nth_unstable_by(MOST_VALUES - 1, order);
                let mut rest = list.split_off(MOST_VALUES);
                rest.retain(|(_, number)| {
                    let code = &values[*number as usize].code;
                    chosen.iter().any(|choice| **choice == **code)
                });
                rest
            } else {
                Vec::new()
            };
            list.extend(chosen_outside);
            list.sort_unstable_by(order);
            let mut counts: Vec<FacetCount> = list
                .into_iter()
                .map(|(count, number)| {
                    let value = &values[number as usize];
                    FacetCount {
                        value: Arc::clone(&value.code),
                        label: Arc::clone(value.label(language)),
                        count: u64::from(count),
                        chosen: chosen.iter().any(|choice| **choice == *value.code),
                    }
                })
                .collect();
            for choice in chosen {
                if !counts.iter().any(|count| *count.value == **choice) {
                    let known = values
                        .iter()
                        .find(|value| value.facet == Some(name) && *value.code == **choice);
                    let label = known
                        .map(|value| Arc::clone(value.label(language)))
                        .or_else(|| name.label(choice, language).map(Arc::from))
                        .unwrap_or_else(|| Arc::from(choice.as_str()));
                    counts.push(FacetCount {
                        value: Arc::from(choice.as_str()),
                        label,
                        count: 0,
                        chosen: true,
                    });
                }
            }
            Facet { name, counts }
        })
        .collect()
}

/// How many documents of each kind there are.
pub(crate) fn kinds(by_kind: &[u64; 8]) -> Vec<(Kind, u64)> {
    Kind::all()
        .iter()
        .map(|kind| {
            (
                *kind,
                by_kind
                    .get(usize::from(crate::columns::kind_position(*kind)))
                    .copied()
                    .unwrap_or(0),
            )
        })
        .filter(|(_, count)| *count > 0)
        .collect()
}
