//! What is known of every document of a segment, in flat arrays: facet values, dates, places.
//!
//! They are built once when a segment is opened and shared for as long as it lives, because a segment never changes. Facets are
//! counted in one pass over them.

use std::sync::{Arc, RwLock};

use domain::search::FacetName;
use domain::{Code, GeoPoint, Kind, Language};
use rustc_hash::FxHashMap;
use tantivy::SegmentReader;

use crate::document::hidden;

/// The number of a facet value, the same in every segment of an index.
pub(crate) type ValueId = u32;

/// What a facet value is.
#[derive(Clone, Debug)]
pub(crate) struct Value {
    /// The facet; `None` for values that only filter.
    pub facet: Option<FacetName>,
    pub code: Arc<str>,
    /// What people read, in Danish and in English.
    pub labels: [Arc<str>; 2],
}

impl Value {
    pub(crate) fn label(&self, language: Language) -> &Arc<str> {
        match language {
            Language::Danish => &self.labels[0],
            Language::English => &self.labels[1],
        }
    }
}

/// The labels of a facet's value: the closed lists' own, or what stands in the index, or the code itself.
fn labels(facet: Option<FacetName>, code: &str, written: Option<&str>) -> [Arc<str>; 2] {
    Language::ALL.map(|language| {
        facet
            .and_then(|facet| facet.label(code, language))
            .map_or_else(|| written.unwrap_or(code).into(), Into::into)
    })
}

/// The facet values of an index, numbered.
#[derive(Debug, Default)]
pub(crate) struct Values {
    inner: RwLock<Numbered>,
}

#[derive(Debug, Default)]
struct Numbered {
    by_key: FxHashMap<Box<str>, ValueId>,
    values: Vec<Value>,
}

impl Values {
    /// The number of a value as documents write it: facet, colon, code, and perhaps a label after a unit separator.
    fn number(&self, written: &str) -> ValueId {
        let (key, label) = match written.split_once('\u{1f}') {
            Some((key, label)) => (key, Some(label)),
            None => (written, None),
        };
        let mut inner = match self.inner.write() {
            Ok(inner) => inner,
            Err(poisoned) => poisoned.into_inner(),
        };
        if let Some(id) = inner.by_key.get(key).copied() {
            if label.is_some()
                && let Some(value) = inner.values.get_mut(id as usize)
            {
                value.labels = labels(value.facet, &value.code, label);
            }
            return id;
        }
        let (facet, code) = key.split_once(':').unwrap_or(("", key));
        let id = ValueId::try_from(inner.values.len()).unwrap_or(ValueId::MAX);
        let facet = FacetName::from_parameter(facet);
        let value = Value {
            facet,
            code: code.into(),
            labels: labels(facet, code, label),
        };
        inner.values.push(value);
        inner.by_key.insert(key.into(), id);
        id
    }

    /// The number of a value, if any document has it.
    pub(crate) fn find(&self, facet: &str, code: &str) -> Option<ValueId> {
        let inner = self.inner.read().ok()?;
        inner
            .by_key
            .get(format!("{facet}:{code}").as_str())
            .copied()
    }

    /// The facet of a value.
    fn facet(&self, value: ValueId) -> Option<FacetName> {
        let inner = self.inner.read().ok()?;
        inner.values.get(value as usize)?.facet
    }

    /// All values, by number.
    pub(crate) fn all(&self) -> Vec<Value> {
        self.inner
            .read()
            .map(|inner| inner.values.clone())
            .unwrap_or_default()
    }
}

/// A place as a point of the unit sphere: distances are compared without a sine or a root of angles.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Spot {
    x: f32,
    y: f32,
    z: f32,
}

impl Spot {
    /// The place of what has none.
    pub(crate) const NOWHERE: Spot = Spot {
        x: f32::NAN,
        y: f32::NAN,
        z: f32::NAN,
    };

    pub(crate) fn of(point: GeoPoint) -> Spot {
        let (latitude, longitude) = (
            point.latitude().to_radians(),
            point.longitude().to_radians(),
        );
        Spot {
            x: (latitude.cos() * longitude.cos()) as f32,
            y: (latitude.cos() * longitude.sin()) as f32,
            z: latitude.sin() as f32,
        }
    }

    fn is_somewhere(self) -> bool {
        !self.x.is_nan()
    }

    /// The distance in kilometres along the great circle, to a metre or two within the country.
    pub(crate) fn distance_km(self, other: Spot) -> f32 {
        const EARTH_RADIUS_KM: f32 = 6371.0;
        let (x, y, z) = (self.x - other.x, self.y - other.y, self.z - other.z);
        let chord = (x * x + y * y + z * z).sqrt();
        // The arc of a chord, for arcs as short as a country's; far ones are only far.
        EARTH_RADIUS_KM * chord * (1.0 + chord * chord / 24.0)
    }
}

/// A set of documents, one bit each.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Bits {
    pub words: Vec<u64>,
}

impl Bits {
    pub(crate) fn none(documents: u32) -> Bits {
        Bits {
            words: vec![0; documents.div_ceil(64) as usize],
        }
    }

    pub(crate) fn of(all: u32, documents: &[u32]) -> Bits {
        let mut bits = Bits::none(all);
        for document in documents {
            bits.insert(*document);
        }
        bits
    }

    /// Turns it into the set of those it has not.
    pub(crate) fn invert(&mut self, all: u32) {
        for word in &mut self.words {
            *word = !*word;
        }
        if let Some(last) = self.words.last_mut()
            && !all.is_multiple_of(64)
        {
            *last &= (1 << (all % 64)) - 1;
        }
    }

    pub(crate) fn insert(&mut self, document: u32) {
        if let Some(word) = self.words.get_mut(document as usize / 64) {
            *word |= 1 << (document % 64);
        }
    }

    pub(crate) fn contains(&self, document: u32) -> bool {
        self.words
            .get(document as usize / 64)
            .is_some_and(|word| word & (1 << (document % 64)) != 0)
    }

    pub(crate) fn add(&mut self, other: &Bits) {
        for (word, other) in self.words.iter_mut().zip(&other.words) {
            *word |= other;
        }
    }

    pub(crate) fn count_common(&self, other: &Bits) -> u32 {
        self.words
            .iter()
            .zip(&other.words)
            .map(|(one, other)| (one & other).count_ones())
            .sum()
    }

    /// The documents, in order.
    pub(crate) fn listed(&self) -> Vec<u32> {
        let mut documents = Vec::new();
        self.each(|document| documents.push(document));
        documents
    }

    pub(crate) fn each(&self, mut found: impl FnMut(u32)) {
        for (index, word) in self.words.iter().enumerate() {
            let mut left = *word;
            while left != 0 {
                // A segment has fewer than 2³² documents, so the cast keeps the number.
                found((index * 64) as u32 + left.trailing_zeros());
                left &= left - 1;
            }
        }
    }
}

/// Lists of numbers, end to end.
#[derive(Debug)]
pub(crate) struct Lists<Number> {
    starts: Vec<u32>,
    numbers: Vec<Number>,
}

impl<Number> Default for Lists<Number> {
    fn default() -> Self {
        Lists {
            starts: vec![0],
            numbers: Vec::new(),
        }
    }
}

impl<Number> Lists<Number> {
    fn push(&mut self, list: impl IntoIterator<Item = Number>) {
        self.numbers.extend(list);
        self.starts
            .push(u32::try_from(self.numbers.len()).unwrap_or(u32::MAX));
    }

    fn of_all(all: Vec<Vec<u32>>, written: impl Fn(u32) -> Number) -> Self {
        let mut lists = Lists::default();
        for list in all {
            lists.push(list.into_iter().map(&written));
        }
        lists.numbers.shrink_to_fit();
        lists
    }

    pub(crate) fn of(&self, index: u32) -> &[Number] {
        let (Some(from), Some(to)) = (
            self.starts.get(index as usize),
            self.starts.get(index as usize + 1),
        ) else {
            return &[];
        };
        self.numbers
            .get(*from as usize..*to as usize)
            .unwrap_or(&[])
    }
}

/// The columns of a segment.
#[derive(Debug)]
pub(crate) struct Columns {
    /// How many documents the segment has, deleted ones too.
    pub documents: u32,
    pub kinds: Vec<u8>,
    /// The number of each kind's value, by the kind's position.
    pub kind_values: [Option<ValueId>; 8],
    /// Grades, one bit each; none for a document that does not say.
    pub grades: Vec<u16>,
    pub updated: Vec<i64>,
    /// The days of the next reviews, in days since 1970; [`NEVER`] where there is none.
    pub reviews: Days,
    /// The first days on which a part of the anchoring is to be reviewed.
    pub anchoring: Days,
    /// Where it is, see [`Spot`].
    pub spots: Vec<Spot>,
    /// The order of the keys and of the titles within the segment.
    pub key_order: Vec<u32>,
    pub title_order: Vec<u32>,
    /// The provider, for spreading related ones.
    pub providers: Vec<u32>,
    /// The segment's own values: those that many documents have, then the rare ones, each sorted by number.
    pub own: Vec<OwnValue>,
    /// The documents of each common value.
    pub common: Vec<Bits>,
    /// For each document the places of its values in `own`, the rare ones first.
    pub lists: Places,
    /// The documents of each rare value.
    rare_documents: Lists<u32>,
}

/// The day that never comes.
pub(crate) const NEVER: i32 = i32::MAX;

/// A day for each document, in days since 1970.
#[derive(Debug)]
pub(crate) struct Days {
    days: Vec<i32>,
    /// The first of them, so that nothing is looked up while none has come.
    first: i32,
}

impl Days {
    fn read(segment: &SegmentReader, field: &str) -> tantivy::Result<Days> {
        let column = segment.fast_fields().i64(field)?;
        let days: Vec<i32> = (0..segment.max_doc())
            .map(|document| {
                let day = column.first(document);
                day.and_then(|day| i32::try_from(day).ok()).unwrap_or(NEVER)
            })
            .collect();
        let first = days.iter().copied().min().unwrap_or(NEVER);
        Ok(Days { days, first })
    }

    /// The day of a document.
    pub(crate) fn of(&self, document: u32) -> i32 {
        self.days.get(document as usize).copied().unwrap_or(NEVER)
    }

    /// Whether any document's day is on or before one.
    pub(crate) fn any_by(&self, day: i32) -> bool {
        self.first <= day
    }
}

/// A value that a segment's documents have.
#[derive(Clone, Copy, Debug)]
pub(crate) struct OwnValue {
    pub number: ValueId,
    pub facet: Option<FacetName>,
    /// How many of the segment's documents have it, deleted ones too.
    pub documents: u32,
}

/// Lists of places, as narrow as they can be: counting is reading them.
#[derive(Debug)]
pub(crate) enum Places {
    Narrow(Lists<u16>),
    Wide(Lists<u32>),
}

/// A value in at least one document of so many is kept as a set.
const COMMON_SHARE: usize = 64;

impl Columns {
    /// Reads a segment's columns.
    pub(crate) fn read(segment: &SegmentReader, values: &Values) -> tantivy::Result<Columns> {
        let documents = segment.max_doc();
        let count = documents as usize;
        let fast = segment.fast_fields();
        let updated = fast.i64("updated")?;
        let latitude = fast.f64("latitude")?;
        let longitude = fast.f64("longitude")?;
        let mut columns = Columns {
            documents,
            kinds: vec![u8::MAX; count],
            kind_values: [None; 8],
            grades: vec![0; count],
            updated: (0..documents)
                .map(|document| updated.first(document).unwrap_or(0))
                .collect(),
            reviews: Days::read(segment, "review")?,
            anchoring: Days::read(segment, "anchoring")?,
            spots: (0..documents)
                .map(
                    |document| match (latitude.first(document), longitude.first(document)) {
                        (Some(latitude), Some(longitude)) => {
                            GeoPoint::new(latitude, longitude).map_or(Spot::NOWHERE, Spot::of)
                        }
                        _ => Spot::NOWHERE,
                    },
                )
                .collect(),
            key_order: order(segment, "key")?,
            title_order: order(segment, "title_sort")?,
            providers: vec![u32::MAX; count],
            common: Vec::new(),
            own: Vec::new(),
            lists: Places::Narrow(Lists::default()),
            rare_documents: Lists::default(),
        };
        let Some(facets) = fast.str("facets")? else {
            return Ok(columns);
        };
        // The numbers of the segment's own values.
        let mut numbers: Vec<ValueId> = Vec::with_capacity(facets.num_terms());
        let mut meanings: Vec<Meaning> = Vec::with_capacity(facets.num_terms());
        let mut stream = facets.dictionary().stream()?;
        while stream.advance() {
            let written = std::str::from_utf8(stream.key()).unwrap_or_default();
            numbers.push(values.number(written));
            meanings.push(Meaning::of(written));
        }
        let mut documents_of: Vec<Vec<u32>> = vec![Vec::new(); numbers.len()];
        for document in 0..documents {
            for order in facets.term_ords(document) {
                let order = usize::try_from(order).unwrap_or(usize::MAX);
                let (Some(list), Some(meaning)) =
                    (documents_of.get_mut(order), meanings.get(order))
                else {
                    continue;
                };
                list.push(document);
                match meaning {
                    Meaning::Kind(kind) => {
                        columns.kinds[document as usize] = *kind;
                        if let Some(value) = columns.kind_values.get_mut(usize::from(*kind)) {
                            *value = Some(numbers[order]);
                        }
                    }
                    Meaning::Grade(grade) => columns.grades[document as usize] |= 1 << grade,
                    Meaning::Provider => {
                        let provider = &mut columns.providers[document as usize];
                        *provider = (*provider).min(numbers[order]);
                    }
                    Meaning::Other => {}
                }
            }
        }
        let (mut common, mut rare): (Vec<_>, Vec<_>) = numbers
            .into_iter()
            .zip(documents_of)
            .partition(|(_, list)| list.len() * COMMON_SHARE >= count && list.len() > 16);
        common.sort_by_key(|(value, _)| *value);
        rare.sort_by_key(|(value, _)| *value);
        for (value, list) in common.iter().chain(&rare) {
            columns.own.push(OwnValue {
                number: *value,
                facet: values.facet(*value),
                documents: u32::try_from(list.len()).unwrap_or(u32::MAX),
            });
        }
        for (_, list) in &common {
            columns.common.push(Bits::of(documents, list));
        }
        // The rare ones come first in a list, so that who wants only them can stop at the first that is common.
        let mut by_document: Vec<Vec<u32>> = vec![Vec::new(); count];
        let places = (common.len()..).zip(&rare).chain((0..).zip(&common));
        for (place, (_, list)) in places {
            for document in list {
                by_document[*document as usize].push(u32::try_from(place).unwrap_or(u32::MAX));
            }
        }
        columns.lists = Places::of(by_document, columns.own.len());
        for (_, list) in rare {
            columns.rare_documents.push(list);
        }
        Ok(columns)
    }

    /// The place of a rare value among the rare ones.
    fn rare(&self, value: ValueId) -> Option<u32> {
        let rare = self.own.get(self.common.len()..)?;
        let place = rare.binary_search_by_key(&value, |own| own.number).ok()?;
        u32::try_from(place).ok()
    }

    /// The documents of a common value.
    fn common(&self, value: ValueId) -> Option<&Bits> {
        let common = self.own.get(..self.common.len())?;
        let place = common.binary_search_by_key(&value, |own| own.number).ok()?;
        self.common.get(place)
    }

    /// The documents that have a value, added to a set.
    pub(crate) fn add_documents(&self, value: ValueId, into: &mut Bits) {
        if let Some(bits) = self.common(value) {
            into.add(bits);
        } else if let Some(rare) = self.rare(value) {
            for document in self.rare_documents.of(rare) {
                into.insert(*document);
            }
        }
    }

    /// Whether a document has a value.
    pub(crate) fn has(&self, document: u32, value: ValueId) -> bool {
        match self.common(value) {
            Some(bits) => bits.contains(document),
            None => self.rare(value).is_some_and(|rare| {
                self.rare_documents
                    .of(rare)
                    .binary_search(&document)
                    .is_ok()
            }),
        }
    }

    /// Where a document is.
    pub(crate) fn spot(&self, document: u32) -> Option<Spot> {
        self.spots
            .get(document as usize)
            .copied()
            .filter(|spot| spot.is_somewhere())
    }
}

/// What a value says beside being one.
enum Meaning {
    Kind(u8),
    Grade(u8),
    Provider,
    Other,
}

impl Meaning {
    fn of(written: &str) -> Meaning {
        match written.split_once(':') {
            Some(("kind", code)) => code.parse::<Kind>().map_or(Meaning::Other, |kind| {
                Meaning::Kind(crate::card::position(kind))
            }),
            Some(("grade", code)) => code.parse().map_or(Meaning::Other, Meaning::Grade),
            Some(("provider", _)) => Meaning::Provider,
            _ => Meaning::Other,
        }
    }
}

impl Places {
    fn of(by_document: Vec<Vec<u32>>, values: usize) -> Places {
        if values <= 1 << u16::BITS {
            // There are no more values than fit, so the cast keeps the number.
            Places::Narrow(Lists::of_all(by_document, |place| place as u16))
        } else {
            Places::Wide(Lists::of_all(by_document, |place| place))
        }
    }
}

fn order(segment: &SegmentReader, field: &str) -> tantivy::Result<Vec<u32>> {
    let Some(column) = segment.fast_fields().str(field)? else {
        return Ok(vec![0; segment.max_doc() as usize]);
    };
    let orders = column.ords();
    Ok((0..segment.max_doc())
        .map(|document| {
            orders
                .first(document)
                .and_then(|order| u32::try_from(order).ok())
                .unwrap_or(u32::MAX)
        })
        .collect())
}

/// The names of the values that only filter, for looking them up.
pub(crate) fn free_for(values: &Values, code: &str) -> Option<ValueId> {
    values.find(hidden::FREE_FOR, code)
}

/// See [`free_for`].
pub(crate) fn open_to(values: &Values, code: &str) -> Option<ValueId> {
    values.find(hidden::OPEN_TO, code)
}

/// The position of each kind, as cards and columns write it.
pub(crate) fn kind_position(kind: Kind) -> u8 {
    Kind::all()
        .iter()
        .position(|other| *other == kind)
        .and_then(|position| u8::try_from(position).ok())
        .unwrap_or(u8::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sets_count_and_meet() {
        let mut one = Bits::none(200);
        let mut other = Bits::none(200);
        for document in [0, 63, 64, 199] {
            one.insert(document);
        }
        for document in [63, 100, 199] {
            other.insert(document);
        }
        assert_eq!(one.count_common(&other), 2);
        let mut found = Vec::new();
        one.each(|document| found.push(document));
        assert_eq!(found, [0, 63, 64, 199]);
        assert!(one.contains(63) && !one.contains(65) && !one.contains(100_000));
    }

    #[test]
    fn distances_are_those_of_the_great_circle() {
        let copenhagen = GeoPoint::new(55.6761, 12.5683).unwrap();
        let aarhus = GeoPoint::new(56.1629, 10.2039).unwrap();
        let exact = copenhagen.distance_km(aarhus);
        let quick = f64::from(Spot::of(copenhagen).distance_km(Spot::of(aarhus)));
        assert!((exact - quick).abs() < 0.02, "{exact} {quick}");
    }

    #[test]
    fn a_value_keeps_its_number_and_takes_its_newest_label() {
        let values = Values::default();
        let number = values.number("provider:museet\u{1f}Museet");
        assert_eq!(values.number("provider:museet\u{1f}Det nye museum"), number);
        assert_eq!(values.find("provider", "museet"), Some(number));
        assert_eq!(
            &**values.all()[number as usize].label(Language::Danish),
            "Det nye museum"
        );
    }
}
