//! A search, from the query to the page of results.

use std::cell::OnceCell;
use std::cmp::Ordering;

use domain::freshness::{Freshness, Review};
use domain::search::{FREE_FOR_US, FacetName, Hit, SearchQuery, SearchResults, Sort, WayOut};
use domain::{Kind, Language, MunicipalityCode};

use crate::card::Card;
use crate::columns::{self, Bits, Columns, Spot, Value, Values};
use crate::danish::analysis::Analyser;
use crate::document::key;
use crate::facets::{self, Counts};
use crate::highlight;
use crate::plan::{Plan, Planner};
use crate::scoring::{self, Scratch};
use crate::snapshot::Snapshot;

/// How results are weighed beside how well they meet the words.
mod balance {
    /// The least part of what a query tells that a result must meet.
    pub const LEAST_COVERAGE: f32 = 0.34;
    /// How much a result gains by meeting all of it.
    pub const COVERAGE: f32 = 0.5;
    /// What is left of a result that does not say for which grade, what it costs or where it is, when that was asked for.
    pub const UNSAID: f32 = 0.55;
    /// What a case or recommendation gains that names the grade asked for.
    pub const SAME_GRADE: f32 = 1.15;
    /// What a result gains in the very place asked for.
    pub const IN_PLACE: f32 = 0.5;
    /// What a result gains when a word of the query may be the name of its place.
    pub const PERHAPS_IN_PLACE: f32 = 0.3;
    /// How fast nearness wears off, in kilometres.
    pub const NEARNESS: f32 = 25.0;
    /// What the nearest gains when a place is given beside the words.
    pub const NEAR: f32 = 0.3;
    /// What the municipality of one's own gains.
    pub const HOME: f32 = 0.08;
    /// What is left of a result that nobody has confirmed in time.
    pub const UNCONFIRMED: f32 = 0.7;
}

/// So far from a municipality's middle something still is «i Vejle», in kilometres.
const IN_KM: f32 = 20.0;
/// So far away it is «nær Odense».
const NEAR_KM: f32 = 60.0;

/// A result before its card is read.
#[derive(Clone, Copy, Debug)]
struct Candidate {
    /// Not open to the municipality chosen: last, however it is sorted.
    closed: bool,
    /// The order asked for, lowest first.
    primary: i64,
    updated: i64,
    segment: usize,
    document: u32,
    key_order: u32,
}

impl Candidate {
    /// The order within a segment; between segments, keys are compared by their text.
    fn order(&self, other: &Candidate) -> Ordering {
        self.closed
            .cmp(&other.closed)
            .then_with(|| self.primary.cmp(&other.primary))
            .then_with(|| other.updated.cmp(&self.updated))
            .then_with(|| self.key_order.cmp(&other.key_order))
    }
}

/// Keeps the best of a segment.
struct Best {
    most: usize,
    kept: Vec<Candidate>,
    worst: Option<Candidate>,
    /// What the segments before have enough of that is as good, where orders compare between segments.
    bound: Option<(bool, i64)>,
}

impl Best {
    fn new(most: usize, bound: Option<(bool, i64)>) -> Best {
        Best {
            most: most.max(1),
            kept: Vec::new(),
            worst: None,
            bound,
        }
    }

    /// The order that something must have or be before to be among the best of all these segments; nothing while there are
    /// too few.
    fn bound(segments: &[Best], most: usize) -> Option<(bool, i64)> {
        let mut orders: Vec<(bool, i64)> = segments
            .iter()
            .flat_map(|best| &best.kept)
            .map(|candidate| (candidate.closed, candidate.primary))
            .collect();
        let last = most.max(1) - 1;
        (orders.len() > last).then(|| *orders.select_nth_unstable(last).1)
    }

    /// Whether nothing with this first order can still get in.
    fn is_beaten(&self, closed: bool, primary: i64) -> bool {
        let order = (closed, primary);
        self.bound.is_some_and(|bound| order > bound)
            || self
                .worst
                .is_some_and(|worst| order > (worst.closed, worst.primary))
    }

    fn offer(&mut self, candidate: Candidate) {
        if self
            .worst
            .is_some_and(|worst| candidate.order(&worst) != Ordering::Less)
        {
            return;
        }
        self.kept.push(candidate);
        if self.kept.len() >= self.most * 2 + 64 {
            self.shrink();
        }
    }

    fn shrink(&mut self) {
        if self.kept.len() > self.most {
            let (_, worst, _) = self
                .kept
                .select_nth_unstable_by(self.most - 1, Candidate::order);
            self.worst = Some(*worst);
            self.kept.truncate(self.most);
        }
    }
}

/// What is asked beside the words, resolved against the index.
struct Conditions<'a> {
    query: &'a SearchQuery,
    plan: &'a Plan,
    /// Facets with a choice: the numbers of the values that pass.
    choices: Vec<(FacetName, Vec<u32>)>,
    near: Option<Spot>,
    /// The places asked for, with their values' numbers and middles, and whether they are certain.
    places: Vec<Place>,
    free: Vec<u32>,
    costs: Vec<u32>,
    free_for: Vec<u32>,
    home: Option<Home>,
    /// Numbers of all «open to» values, and those of the municipality chosen.
    coverage: Vec<f32>,
    importance: f32,
}

struct Place {
    values: Vec<u32>,
    middles: Vec<Spot>,
    certain: bool,
    within_km: f32,
}

struct Home {
    value: Option<u32>,
    middle: Spot,
    free_for: Option<u32>,
    open_to: Option<u32>,
    all_open_to: Vec<u32>,
}

/// A segment's sets, made for one search.
struct Sets {
    choices: Vec<(FacetName, Bits)>,
    home: Option<(Bits, Bits, Bits)>,
    /// For each place: the documents in its municipalities.
    places: Vec<Bits>,
    free: Option<(Bits, Bits)>,
}

impl Conditions<'_> {
    fn new<'a>(
        query: &'a SearchQuery,
        plan: &'a Plan,
        snapshot: &Snapshot,
        values: &Values,
    ) -> Conditions<'a> {
        let find = |facet: FacetName, code: &str| values.find(facet.parameter(), code);
        let mut choices = Vec::new();
        for (facet, chosen) in &query.filters {
            if chosen.is_empty() {
                continue;
            }
            let mut numbers: Vec<u32> = Vec::new();
            for choice in chosen {
                if *facet == FacetName::Price && choice == FREE_FOR_US {
                    numbers.extend(find(FacetName::Price, "free"));
                    if let Some(home) = query.home {
                        numbers.extend(columns::free_for(values, &home.to_string()));
                    }
                } else {
                    numbers.extend(find(*facet, choice));
                }
            }
            choices.push((*facet, numbers));
        }
        let municipality =
            |code: MunicipalityCode| find(FacetName::Municipality, &code.to_string());
        let all_named = |name: &str| {
            snapshot
                .values
                .iter()
                .enumerate()
                .filter(|(_, value)| value.facet.is_none())
                .filter_map(|(number, value)| {
                    let number = u32::try_from(number).ok()?;
                    (values.find(name, &value.code) == Some(number)).then_some(number)
                })
                .collect::<Vec<u32>>()
        };
        let near_words = ["nær", "nærheden", "omkring", "tæt", "near", "around"];
        let says_near = query
            .words
            .to_lowercase()
            .split_whitespace()
            .any(|word| near_words.contains(&word));
        let places: Vec<Place> = plan
            .reads
            .places
            .iter()
            .map(|place| Place {
                values: place
                    .municipalities
                    .iter()
                    .filter_map(|code| municipality(*code))
                    .collect(),
                middles: place
                    .municipalities
                    .iter()
                    .map(|code| Spot::of(code.municipality().centre))
                    .collect(),
                certain: place.certain,
                within_km: if says_near { NEAR_KM } else { IN_KM },
            })
            .collect();
        let home = query.home.map(|code| Home {
            value: municipality(code),
            middle: Spot::of(code.municipality().centre),
            free_for: columns::free_for(values, &code.to_string()),
            open_to: columns::open_to(values, &code.to_string()),
            all_open_to: all_named(crate::document::hidden::OPEN_TO),
        });
        let mut free_for = Vec::new();
        if plan.reads.free {
            let mut codes: Vec<MunicipalityCode> = query.home.into_iter().collect();
            codes.extend(
                plan.reads
                    .places
                    .iter()
                    .filter(|place| place.certain)
                    .flat_map(|place| place.municipalities.iter().copied()),
            );
            if codes.is_empty() {
                free_for = all_named(crate::document::hidden::FREE_FOR);
            } else {
                free_for.extend(
                    codes
                        .iter()
                        .filter_map(|code| columns::free_for(values, &code.to_string())),
                );
            }
        }
        Conditions {
            query,
            plan,
            choices,
            near: query.near.map(|near| Spot::of(near.point())),
            places,
            free: find(FacetName::Price, "free").into_iter().collect(),
            costs: ["perClass", "perPupil"]
                .iter()
                .filter_map(|code| find(FacetName::Price, code))
                .collect(),
            free_for,
            home,
            coverage: scoring::coverage(plan),
            importance: plan
                .wishes
                .iter()
                .map(|wish| wish.importance)
                .sum::<f32>()
                .max(f32::MIN_POSITIVE),
        }
    }

    fn sets(&self, columns: &Columns) -> Sets {
        let set = |numbers: &[u32]| {
            let mut bits = Bits::none(columns.documents);
            for number in numbers {
                columns.add_documents(*number, &mut bits);
            }
            bits
        };
        let one = |number: Option<u32>| set(number.as_slice());
        Sets {
            choices: self
                .choices
                .iter()
                .map(|(facet, numbers)| (*facet, set(numbers)))
                .collect(),
            home: self.home.as_ref().map(|home| {
                // Open to us: named, or nobody is named.
                let named = one(home.open_to);
                let mut closed = set(&home.all_open_to);
                for (word, named) in closed.words.iter_mut().zip(&named.words) {
                    *word &= !named;
                }
                (one(home.value), one(home.free_for), closed)
            }),
            places: self.places.iter().map(|place| set(&place.values)).collect(),
            free: self.plan.reads.free.then(|| {
                let mut free = set(&self.free);
                free.add(&set(&self.free_for));
                (free, set(&self.costs))
            }),
        }
    }

    /// What the readings of the query make of a document: nothing if it drops out, or else a factor.
    fn readings(&self, columns: &Columns, sets: &Sets, document: u32) -> Option<f32> {
        let mut factor = 1.0_f32;
        let index = document as usize;
        let kind = columns.kinds[index];
        let offer = kind == columns::kind_position(Kind::Offer);
        if self.plan.reads.grades != 0 {
            let grades = columns.grades[index];
            if grades & self.plan.reads.grades != 0 {
                if !offer {
                    factor *= balance::SAME_GRADE;
                }
            } else if offer {
                if grades != 0 {
                    return None;
                }
                factor *= balance::UNSAID;
            }
        }
        if let Some((free, costs)) = &sets.free
            && offer
            && !free.contains(document)
        {
            if costs.contains(document) {
                return None;
            }
            factor *= balance::UNSAID;
        }
        let mut gained = 0.0_f32;
        let mut certain = false;
        let mut inside = false;
        for (place, set) in self.places.iter().zip(&sets.places) {
            certain |= place.certain;
            let weight = if place.certain {
                balance::IN_PLACE
            } else {
                balance::PERHAPS_IN_PLACE
            };
            if set.contains(document) {
                inside = true;
                gained = gained.max(weight);
                continue;
            }
            let distance = columns.spot(document).and_then(|point| {
                place
                    .middles
                    .iter()
                    .map(|middle| middle.distance_km(point))
                    .reduce(f32::min)
            });
            match distance {
                Some(distance) => {
                    inside |= distance <= place.within_km;
                    gained = gained.max(weight * 0.8 * (-distance / balance::NEARNESS).exp());
                }
                None if place.certain => {
                    // What has no place may come anywhere.
                    inside = true;
                    factor *= balance::UNSAID;
                }
                None => inside = true,
            }
        }
        if certain && !inside {
            return None;
        }
        factor *= 1.0 + gained;
        if let Some((home, free_for, _)) = &sets.home {
            if home.contains(document) {
                factor *= 1.0 + balance::HOME;
            } else if let (Some(point), Some(home)) = (columns.spot(document), &self.home) {
                factor *=
                    1.0 + balance::HOME * 0.8 * (-point.distance_km(home.middle) / 40.0).exp();
            }
            if free_for.contains(document) {
                factor *= 1.0 + balance::HOME * 0.5;
            }
        }
        if let Some(near) = self.near
            && self.query.sort == Sort::Relevance
            && let Some(point) = columns.spot(document)
        {
            factor *= 1.0 + balance::NEAR * (-point.distance_km(near) / balance::NEARNESS).exp();
        }
        Some(factor)
    }

    /// Whether anything but the words and the choices bears on a result.
    fn has_readings(&self) -> bool {
        let reads = &self.plan.reads;
        reads.grades != 0
            || reads.free
            || !self.places.is_empty()
            || self.home.is_some()
            || self.near.is_some()
    }

    fn within(&self, columns: &Columns, document: u32) -> bool {
        match (self.near, self.query.within_km) {
            (Some(near), Some(most)) => columns
                .spot(document)
                .is_some_and(|spot| f64::from(spot.distance_km(near)) <= most),
            _ => true,
        }
    }
}

/// Everything a search needs at hand.
pub(crate) struct Searching<'a> {
    pub snapshot: &'a Snapshot,
    pub values: &'a Values,
    pub analyser: &'a Analyser,
    pub planner: &'a Planner,
    /// The day it is, in days since 1970.
    pub today: i32,
}

/// What is counted while segments are gone through.
struct Found {
    total: u64,
    lapsed: u64,
    by_kind: [u64; 8],
    best: Vec<Best>,
    counts: Option<Counts>,
}

impl Searching<'_> {
    /// Searches.
    pub(crate) fn search(
        &self,
        query: &SearchQuery,
        language: Language,
        scratch: &mut Scratch,
    ) -> SearchResults {
        let plan = self
            .planner
            .plan(&query.words, &query.literal, self.analyser, self.snapshot);
        let names = query.facet_names();
        let conditions = Conditions::new(query, &plan, self.snapshot, self.values);
        let found = self.find(&conditions, !names.is_empty(), scratch);
        let mut results = SearchResults {
            total: found.total,
            lapsed: found.lapsed,
            kinds: facets::kinds(&found.by_kind),
            understood: plan.reads.understood.clone(),
            did_you_mean: plan.did_you_mean.clone(),
            ..SearchResults::default()
        };
        if let Some(counts) = found.counts {
            results.facets = facets::facets(
                query,
                &names,
                &counts,
                &self.snapshot.values,
                &self.snapshot.ranks,
                language,
            );
        }
        let page = self.page(&conditions, found.best);
        results.hits = page
            .iter()
            .filter_map(|candidate| self.hit(candidate, &conditions, language))
            .collect();
        if results.total == 0 {
            results.ways_out = self.ways_out(query, scratch);
        }
        results
    }

    fn find(
        &self,
        conditions: &Conditions<'_>,
        count_facets: bool,
        scratch: &mut Scratch,
    ) -> Found {
        let query = conditions.query;
        let most = query.offset() + query.per_page.number() as usize;
        let values = self.snapshot.values.len();
        let mut found = Found {
            total: 0,
            lapsed: 0,
            by_kind: [0; 8],
            best: Vec::with_capacity(self.snapshot.segments.len()),
            counts: count_facets.then(|| Counts::new(values)),
        };
        let mut accepted: Vec<u32> = Vec::new();
        let mut missed: Vec<Vec<u32>> = vec![Vec::new(); conditions.choices.len()];
        for (at, segment) in self.snapshot.segments.iter().enumerate() {
            let columns = &segment.facts.columns;
            let sets = conditions.sets(columns);
            let bound = match query.sort {
                // The order of titles is each segment's own.
                Sort::Title => None,
                _ => Best::bound(&found.best, most),
            };
            let mut best = Best::new(most, bound);
            accepted.clear();
            missed.iter_mut().for_each(Vec::clear);
            let kind_choice = conditions
                .choices
                .iter()
                .position(|(facet, _)| *facet == FacetName::Kind);
            let has_readings = conditions.has_readings();
            let any_late = columns.reviews.any_by(self.unconfirmed_from());
            let mut visit = |document: u32, score: f32, found: &mut Found| {
                let mut failed = None;
                for (number, (_, set)) in sets.choices.iter().enumerate() {
                    if !set.contains(document) {
                        if failed.is_some() {
                            return;
                        }
                        failed = Some(number);
                    }
                }
                let mut factor = if has_readings {
                    match conditions.readings(columns, &sets, document) {
                        Some(factor) if conditions.within(columns, document) => factor,
                        _ => return,
                    }
                } else {
                    1.0
                };
                if any_late {
                    match self.freshness(columns, document) {
                        Freshness::Confirmed => {}
                        Freshness::Lapsed if !query.lapsed => {
                            found.lapsed += u64::from(failed.is_none());
                            return;
                        }
                        Freshness::Unconfirmed | Freshness::Lapsed => {
                            factor *= balance::UNCONFIRMED;
                        }
                    }
                }
                if (failed.is_none() || failed == kind_choice)
                    && let Some(slot) = found
                        .by_kind
                        .get_mut(usize::from(columns.kinds[document as usize]))
                {
                    *slot += 1;
                }
                if let Some(number) = failed {
                    missed[number].push(document);
                    return;
                }
                accepted.push(document);
                conditions.offer(columns, &sets, at, document, score * factor, &mut best);
            };
            if conditions.plan.wishes.is_empty() {
                match &segment.alive {
                    Some(alive) => alive.each(|document| visit(document, 1.0, &mut found)),
                    None => {
                        (0..columns.documents).for_each(|document| visit(document, 1.0, &mut found))
                    }
                }
            } else {
                scoring::score(
                    at,
                    segment,
                    conditions.plan,
                    balance::LEAST_COVERAGE,
                    scratch,
                );
                for place in 0..scratch.matched.len() {
                    let document = scratch.matched[place];
                    if segment
                        .alive
                        .as_ref()
                        .is_some_and(|alive| !alive.contains(document))
                    {
                        continue;
                    }
                    let index = document as usize;
                    let coverage = conditions
                        .coverage
                        .get(usize::from(scratch.cells[index].met))
                        .copied()
                        .unwrap_or(1.0);
                    if coverage < balance::LEAST_COVERAGE {
                        continue;
                    }
                    let score = scratch.cells[index].total / conditions.importance;
                    visit(
                        document,
                        score * (1.0 - balance::COVERAGE + balance::COVERAGE * coverage),
                        &mut found,
                    );
                }
                scratch.clear();
            }
            found.total += accepted.len() as u64;
            if let Some(counts) = &mut found.counts {
                counts.count(columns, &accepted);
                for ((facet, _), documents) in conditions.choices.iter().zip(&missed) {
                    counts.count_facet(columns, documents, *facet);
                }
            }
            best.shrink();
            found.best.push(best);
        }
        found
    }

    /// The candidates of the page, in order.
    fn page(&self, conditions: &Conditions<'_>, best: Vec<Best>) -> Vec<Candidate> {
        let query = conditions.query;
        let candidates = best.into_iter().flat_map(|best| best.kept);
        // Orders of keys and titles only compare within a segment; between segments the texts do. A key is read only where
        // all else is equal.
        let by_title = query.sort == Sort::Title;
        let mut all: Vec<(Candidate, String, OnceCell<String>)> = candidates
            .map(|candidate| {
                let title = if by_title {
                    self.snapshot.title(
                        candidate.segment,
                        u32::try_from(candidate.primary).unwrap_or(0),
                    )
                } else {
                    String::new()
                };
                (candidate, title, OnceCell::new())
            })
            .collect();
        all.sort_by(
            |(one, one_title, one_key), (other, other_title, other_key)| {
                if one.segment == other.segment {
                    return one.order(other);
                }
                let primary = if by_title {
                    one_title.cmp(other_title)
                } else {
                    one.primary.cmp(&other.primary)
                };
                one.closed
                    .cmp(&other.closed)
                    .then(primary)
                    .then_with(|| other.updated.cmp(&one.updated))
                    .then_with(|| {
                        let key = |candidate: &Candidate| {
                            self.snapshot.key(candidate.segment, candidate.key_order)
                        };
                        one_key
                            .get_or_init(|| key(one))
                            .cmp(other_key.get_or_init(|| key(other)))
                    })
            },
        );
        all.into_iter()
            .skip(query.offset())
            .take(query.per_page.number() as usize)
            .map(|(candidate, _, _)| candidate)
            .collect()
    }

    fn hit(
        &self,
        candidate: &Candidate,
        conditions: &Conditions<'_>,
        language: Language,
    ) -> Option<Hit> {
        let bytes = self.snapshot.card(candidate.segment, candidate.document)?;
        let card = Card::read(&bytes)?;
        let viewer = Viewer {
            language,
            home: conditions.query.home,
        };
        let columns = &self.snapshot.segments.get(candidate.segment)?.facts.columns;
        let freshness = self.freshness(columns, candidate.document);
        let mut hit = hit_of(&card, viewer, freshness)?;
        let wanted = &conditions.plan.wanted;
        let shown = if language == Language::Danish || card.english.is_none() {
            highlight::highlighted(
                card.title,
                card.summary,
                card.body,
                card.marks,
                wanted,
                self.analyser,
            )
        } else {
            // Marks were made for the Danish texts; those of the few translated ones are made here.
            let marks = highlight::marks(&[&hit.title, &hit.summary, ""], self.analyser);
            highlight::highlighted(&hit.title, &hit.summary, "", &marks, wanted, self.analyser)
        };
        hit.highlights = shown.fragments;
        hit.marked_title = shown.title;
        // From one's own municipality only where that is what was sorted by.
        let query = conditions.query;
        let home = query
            .home
            .filter(|_| query.sort == Sort::Distance)
            .map(|code| code.municipality().centre);
        let from = query.near.map(domain::search::Near::point).or(home);
        if let Some(from) = from {
            hit.distance_km = hit.location.map(|point| point.distance_km(from));
        }
        Some(hit)
    }

    /// What to leave out when nothing was found.
    fn ways_out(&self, query: &SearchQuery, scratch: &mut Scratch) -> Vec<WayOut> {
        let mut ways = Vec::new();
        let mut count = |facet: Option<FacetName>, without: SearchQuery| {
            let plan = self.planner.plan(
                &without.words,
                &without.literal,
                self.analyser,
                self.snapshot,
            );
            let total = self
                .find(
                    &Conditions::new(&without, &plan, self.snapshot, self.values),
                    false,
                    scratch,
                )
                .total;
            if total > 0 {
                ways.push(WayOut {
                    facet,
                    query: without.to_query_string(),
                    total,
                });
            }
        };
        let mut plain = query.clone();
        plain.page = domain::search::Page::default();
        for facet in query
            .filters
            .keys()
            .filter(|facet| **facet != FacetName::Kind)
        {
            let mut without = plain.clone();
            without.filters.remove(facet);
            count(Some(*facet), without);
        }
        if query.within_km.is_some() {
            let mut without = plain.clone();
            without.within_km = None;
            count(None, without);
        }
        if !query.words.is_empty() && !query.filters.is_empty() {
            let mut without = plain.clone();
            without.words = String::new();
            count(None, without);
        }
        ways.sort_by_key(|way| std::cmp::Reverse(way.total));
        ways
    }

    /// How many results each municipality has, whatever municipality is chosen.
    pub(crate) fn by_municipality(
        &self,
        query: &SearchQuery,
        scratch: &mut Scratch,
    ) -> Vec<(MunicipalityCode, u64)> {
        let plan = self
            .planner
            .plan(&query.words, &query.literal, self.analyser, self.snapshot);
        let conditions = Conditions::new(query, &plan, self.snapshot, self.values);
        let found = self.find(&conditions, true, scratch);
        let Some(counts) = found.counts else {
            return Vec::new();
        };
        let is_municipality = |value: &Value| value.facet == Some(FacetName::Municipality);
        let mut by_municipality: Vec<(MunicipalityCode, u64)> = counts
            .by_value
            .iter()
            .zip(&self.snapshot.values)
            .filter(|(count, value)| **count > 0 && is_municipality(value))
            .filter_map(|(count, value)| Some((value.code.parse().ok()?, u64::from(*count))))
            .collect();
        by_municipality.sort_by_key(|(code, _)| *code);
        by_municipality
    }
}

impl Searching<'_> {
    /// Reviews due on this day or before have not been answered in time.
    fn unconfirmed_from(&self) -> i32 {
        self.today.saturating_sub(Review::UNCONFIRMED_AFTER)
    }

    /// How sure one can be that a document still holds: [`Review::freshness`], in numbers.
    pub(crate) fn freshness(&self, columns: &Columns, document: u32) -> Freshness {
        let due = columns.reviews.of(document);
        if due <= self.today.saturating_sub(Review::LAPSED_AFTER) {
            Freshness::Lapsed
        } else if due <= self.unconfirmed_from() {
            Freshness::Unconfirmed
        } else {
            Freshness::Confirmed
        }
    }
}

/// What is left of the score of something that is like another.
pub(crate) fn related_share(freshness: Freshness) -> f32 {
    match freshness {
        Freshness::Confirmed => 1.0,
        Freshness::Unconfirmed | Freshness::Lapsed => balance::UNCONFIRMED,
    }
}

impl Conditions<'_> {
    /// The order asked for, lowest first.
    fn primary(&self, columns: &Columns, document: u32, score: f32) -> i64 {
        let index = document as usize;
        match self.query.sort {
            // Scores that are the same to four digits are ties.
            Sort::Relevance => -((score * 10_000.0 + 0.5) as i64),
            Sort::Newest => -columns.updated[index],
            Sort::Title => i64::from(columns.title_order[index]),
            Sort::Distance => {
                let from = self
                    .near
                    .or_else(|| self.home.as_ref().map(|home| home.middle));
                match (from, columns.spot(document)) {
                    (Some(from), Some(spot)) => (spot.distance_km(from) * 1000.0) as i64,
                    _ => i64::MAX,
                }
            }
        }
    }

    /// Offers a result to the best of its segment.
    fn offer(
        &self,
        columns: &Columns,
        sets: &Sets,
        segment: usize,
        document: u32,
        score: f32,
        best: &mut Best,
    ) {
        let closed = sets
            .home
            .as_ref()
            .is_some_and(|(_, _, closed)| closed.contains(document));
        let primary = self.primary(columns, document, score);
        if best.is_beaten(closed, primary) {
            return;
        }
        let index = document as usize;
        best.offer(Candidate {
            closed,
            primary,
            updated: columns.updated[index],
            segment,
            document,
            key_order: columns.key_order[index],
        });
    }
}

/// Whom a hit is made for.
#[derive(Clone, Copy, Debug)]
pub struct Viewer {
    /// The language it is in.
    pub language: Language,
    /// The municipality whose schools it is told about.
    pub home: Option<MunicipalityCode>,
}

impl From<Language> for Viewer {
    fn from(language: Language) -> Self {
        Viewer {
            language,
            home: None,
        }
    }
}

/// A card as a hit, without what belongs to the query.
pub(crate) fn hit_of(
    card: &Card<'_>,
    Viewer { language, home }: Viewer,
    freshness: Freshness,
) -> Option<Hit> {
    let kind = card.kind()?;
    let price = card.price();
    let home = home.filter(|_| kind == Kind::Offer);
    let (title, summary) = match (language, card.english) {
        (Language::English, Some(english)) => english,
        _ => (card.title, card.summary),
    };
    Some(Hit {
        kind,
        id: card.id.parse().ok()?,
        title: title.to_owned(),
        summary: summary.to_owned(),
        highlights: Vec::new(),
        marked_title: None,
        provider: card.provider(),
        partners: card
            .partners
            .iter()
            .map(|name| (*name).to_owned())
            .collect(),
        municipality: card.municipality.and_then(crate::card::municipality),
        subjects: card.subjects(),
        grades: card.grades(),
        other_levels: card.other_levels(),
        place: card.place(),
        duration_minutes: card.duration_minutes,
        location: card.location(),
        audiences: card.audiences(),
        organisation_kind: card.organisation_kind(),
        distance_km: None,
        free_for_us: home.map(|home| price.as_ref().is_some_and(|price| price.is_free_for(home))),
        open_to_us: home
            .map(|home| card.open_to.is_empty() || card.open_to.contains(&home.number())),
        price,
        sample: card.sample,
        freshness,
    })
}

/// The key of a hit.
pub(crate) fn key_of(hit: &Hit) -> String {
    key(hit.kind, hit.id.as_str())
}
