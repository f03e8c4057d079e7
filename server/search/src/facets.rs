//! Counting facets within a result.
//!
//! Choices in one facet are *or*, between facets *and*; a facet's own counts ignore its own choice. So beside the results
//! themselves the documents are kept that fail the choice of one facet only: they count in that facet.

use domain::search::{Facet, FacetCount, FacetName, SearchQuery};
use domain::{Code, Kind, Language};

use crate::columns::{Bits, COMMON, Columns, Value};

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

    /// Counts all values of documents.
    pub(crate) fn count(&mut self, columns: &Columns, documents: &[u32]) {
        if documents.len() * DENSE >= columns.documents as usize {
            let mut bits = Bits::none(columns.documents);
            for document in documents {
                bits.insert(*document);
            }
            for (value, having) in &columns.common {
                self.add(*value, having.count_common(&bits));
            }
            // In the order in which they lie, so that the lists are read straight through.
            bits.each(|document| {
                for value in columns.lists.of(document) {
                    // The common ones come last, and are counted.
                    if value & COMMON != 0 {
                        break;
                    }
                    self.add(*value, 1);
                }
            });
        } else {
            let mut by_place = vec![0_u32; columns.common.len()];
            for document in documents {
                for value in columns.lists.of(*document) {
                    if value & COMMON == 0 {
                        self.add(*value, 1);
                    } else if let Some(slot) = by_place.get_mut((value & !COMMON) as usize) {
                        *slot += 1;
                    }
                }
            }
            for (place, count) in by_place.into_iter().enumerate() {
                self.add(columns.common[place].0, count);
            }
        }
    }

    /// Counts the values of one facet only, of documents that fail the choice of that facet and no other.
    pub(crate) fn count_facet(
        &mut self,
        columns: &Columns,
        documents: &[u32],
        facet: FacetName,
        values: &[Value],
    ) {
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
        let is_of_facet =
            |value: u32| values.get(value as usize).and_then(|value| value.facet) == Some(facet);
        let mut bits = Bits::none(columns.documents);
        for document in documents {
            bits.insert(*document);
        }
        for (value, having) in &columns.common {
            if is_of_facet(*value) {
                self.add(*value, having.count_common(&bits));
            }
        }
        if columns.has_rare(facet) {
            for document in documents {
                for value in columns.lists.of(*document) {
                    if value & COMMON != 0 {
                        break;
                    }
                    if is_of_facet(*value) {
                        self.add(*value, 1);
                    }
                }
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
                        value: value.code.to_string(),
                        label: value.label(language).to_owned(),
                        count: u64::from(count),
                        chosen: chosen.iter().any(|choice| **choice == *value.code),
                    }
                })
                .collect();
            for choice in chosen {
                if !counts.iter().any(|count| count.value == *choice) {
                    let known = values
                        .iter()
                        .find(|value| value.facet == Some(name) && *value.code == **choice);
                    let label = known
                        .map(|value| value.label(language).to_owned())
                        .or_else(|| name.label(choice, language))
                        .unwrap_or_else(|| choice.clone());
                    counts.push(FacetCount {
                        value: choice.clone(),
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
