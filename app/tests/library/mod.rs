//! A back end in memory over the domain's samples, and what the tests of pages share.

pub mod html;

use std::collections::HashMap;
use std::future::Future;
use std::sync::Arc;

use app::backend::{Attached, Find, Published, Read, Unavailable};
use app::context::{Assets, Context, Site};
use app::page::{Answer, Page};
use app::render::render;
use domain::feedback::{Aspect, FeedbackId, ShownAdvice, ShownFeedback, Tally};
use domain::freshness::Freshness;
use domain::search::{
    Facet, FacetCount, FacetName, Hit, Reading, SearchQuery, SearchResults, Understood, WayOut,
};
use domain::{
    Case, Change, Code, ContentId, Entry, Kind, Language, MunicipalityCode, Offer, Organisation,
    Part, Recommendation, Role, Slug, Strategy,
};
use jiff::civil::Date;
use jiff::{Timestamp, ToSpan};

/// When the offers were last looked over.
const LOOKED_OVER: jiff::civil::Date = jiff::civil::date(2026, 5, 1);

/// Everything in memory; `broken` answers nothing.
pub struct Library {
    entries: Vec<Entry>,
    broken: bool,
    /// The answer to every search, if it is to be the same at once.
    pub kept: Option<SearchResults>,
}

impl Library {
    /// The domain's samples, with enough copies of an offer for several pages.
    pub fn samples() -> Self {
        let mut entries: Vec<Entry> = Vec::new();
        entries.extend(Organisation::samples().into_iter().map(Entry::Organisation));
        entries.extend(Strategy::samples().into_iter().map(Entry::Strategy));
        entries.extend(Role::samples().into_iter().map(Entry::Role));
        entries.extend(
            Recommendation::samples()
                .into_iter()
                .map(Entry::Recommendation),
        );
        entries.extend(
            Case::samples()
                .into_iter()
                .map(|case| Entry::Case(Box::new(case))),
        );
        for offer in Offer::samples() {
            entries.extend((2..40).map(|number| {
                let id = format!("{}-{number}", offer.id).parse().expect("an id");
                Entry::Offer(Box::new(Offer {
                    id,
                    ..offer.clone()
                }))
            }));
            entries.push(Entry::Offer(Box::new(offer)));
        }
        Library {
            entries,
            broken: false,
            kept: None,
        }
    }

    /// The samples, and the objects of these lines in the exchange format.
    pub fn with(lines: &[&str]) -> Self {
        let mut library = Library::samples();
        library.entries.extend(
            lines
                .iter()
                .map(|line| domain::exchange::parse_line(line).expect("a valid line")),
        );
        library
    }

    /// The entries of files in the exchange format, to look at pages with more in them.
    pub fn read(folder: &str) -> Self {
        let mut entries = Vec::new();
        for name in [
            "organisations",
            "strategies",
            "roles",
            "recommendations",
            "cases",
            "offers",
        ] {
            let text = std::fs::read_to_string(format!("{folder}/{name}.jsonl"))
                .expect("a file of the folder");
            entries.extend(
                text.lines()
                    .map(|line| domain::exchange::parse_line(line).expect("a valid line")),
            );
        }
        Library {
            entries,
            broken: false,
            kept: None,
        }
    }

    /// Nothing but failures.
    pub fn broken() -> Self {
        Library {
            entries: Vec::new(),
            broken: true,
            kept: None,
        }
    }

    fn there(&self) -> Result<(), Unavailable> {
        if self.broken {
            Err(Unavailable("the index is gone".into()))
        } else {
            Ok(())
        }
    }

    fn published(&self, entry: &Entry) -> Published {
        Published {
            entry: entry.clone(),
            first: Timestamp::UNIX_EPOCH,
            revised: Timestamp::UNIX_EPOCH + 1.hour(),
            sample: true,
            confirmed: match entry {
                // What says when it changed has been looked over since, after its season began.
                Entry::Offer(offer) => offer.updated.map(|_| LOOKED_OVER),
                Entry::Case(case) => case.updated,
                _ => None,
            },
        }
    }

    fn organisation(&self, id: &Slug) -> Option<&Organisation> {
        self.entries.iter().find_map(|entry| match entry {
            Entry::Organisation(organisation) if organisation.id == *id => Some(organisation),
            _ => None,
        })
    }

    fn hit(&self, entry: &Entry, query: &SearchQuery) -> Hit {
        let mut hit = Hit {
            kind: entry.kind(),
            id: entry.id().clone(),
            title: entry.title().to_owned(),
            summary: String::new(),
            highlights: Vec::new(),
            marked_title: None,
            provider: None,
            partners: Vec::new(),
            municipality: None,
            subjects: Vec::new(),
            grades: Vec::new(),
            other_levels: Vec::new(),
            place: None,
            duration_minutes: None,
            price: None,
            location: None,
            audiences: Vec::new(),
            organisation_kind: None,
            distance_km: None,
            free_for_us: None,
            open_to_us: None,
            sample: true,
            freshness: Freshness::Confirmed,
        };
        let named = |id: &Slug| {
            (
                id.clone(),
                self.organisation(id)
                    .map_or_else(|| id.to_string(), |it| it.name.to_string()),
            )
        };
        match entry {
            Entry::Offer(offer) => {
                hit.summary = offer.summary.to_string();
                hit.provider = Some(named(&offer.provider));
                hit.municipality = offer
                    .place
                    .as_ref()
                    .and_then(|place| place.municipality)
                    .or_else(|| self.organisation(&offer.provider)?.municipality);
                hit.subjects = offer.subjects.clone();
                hit.grades = offer.grades.clone();
                hit.other_levels = offer.other_levels.clone();
                hit.place = offer.place.as_ref().map(|place| place.mode);
                hit.duration_minutes = offer.duration_minutes;
                hit.price = offer.price.clone();
                hit.free_for_us = query.home.map(|home| {
                    offer
                        .price
                        .as_ref()
                        .is_some_and(|price| price.is_free_for(home))
                });
                hit.open_to_us = query
                    .home
                    .map(|home| offer.open_to.is_empty() || offer.open_to.contains(&home));
            }
            Entry::Case(case) => {
                hit.summary = case.summary.to_string();
                let mut partners = case
                    .partners
                    .iter()
                    .map(|partner| named(&partner.organisation));
                hit.provider = partners.next();
                hit.partners = partners.map(|(_, name)| name).collect();
                hit.grades = case.grades.clone();
            }
            Entry::Organisation(organisation) => {
                hit.summary = organisation
                    .summary
                    .as_ref()
                    .map(ToString::to_string)
                    .unwrap_or_default();
                hit.municipality = organisation.municipality;
                hit.organisation_kind = Some(organisation.kind);
            }
            Entry::Recommendation(recommendation) => {
                hit.summary = recommendation.text.to_string();
                hit.audiences = recommendation.audiences.clone();
            }
            Entry::Strategy(strategy) => {
                hit.summary = strategy
                    .summary
                    .as_ref()
                    .map(ToString::to_string)
                    .unwrap_or_default();
                hit.audiences = strategy.owners.clone();
            }
            Entry::Role(role) => {
                hit.summary = role
                    .summary
                    .as_ref()
                    .map(ToString::to_string)
                    .unwrap_or_default()
            }
        }
        if let (Some(near), Some(municipality)) = (query.near, hit.municipality) {
            hit.distance_km = Some(near.point().distance_km(municipality.municipality().centre));
        }
        let word = query
            .words
            .split(' ')
            .next()
            .unwrap_or_default()
            .to_lowercase();
        if !word.is_empty()
            && let Some(at) = hit.title.to_lowercase().find(&word)
            && hit.title.is_char_boundary(at)
        {
            let (before, rest) = hit.title.split_at(at);
            let (found, after) = rest.split_at(word.len());
            hit.marked_title =
                Some(format!("{before}<mark>{found}</mark>{after}").replace('&', "&amp;"));
        }
        hit
    }

    fn matching(&self, query: &SearchQuery, leaving_out: Option<FacetName>) -> Vec<Hit> {
        let words = query.words.to_lowercase();
        self.entries
            .iter()
            .map(|entry| self.hit(entry, query))
            .filter(|hit| {
                let text = format!("{} {}", hit.title, hit.summary).to_lowercase();
                words.split(' ').all(|word| text.contains(word))
                    && query.filters.iter().all(|(facet, values)| {
                        Some(*facet) == leaving_out
                            || values
                                .iter()
                                .any(|value| self.values_of(hit, *facet).contains(value))
                    })
                    && query.within_km.is_none_or(|within| {
                        hit.distance_km.is_some_and(|distance| distance <= within)
                    })
            })
            .collect()
    }

    /// The values of a facet, also of those that a row does not show.
    fn values_of(&self, hit: &Hit, facet: FacetName) -> Vec<String> {
        let entry = self
            .entries
            .iter()
            .find(|entry| entry.kind() == hit.kind && *entry.id() == hit.id);
        match (facet, entry) {
            (FacetName::Strategy, Some(Entry::Case(case))) => case
                .anchoring
                .iter()
                .map(|entry| entry.strategy.to_string())
                .collect(),
            (FacetName::Strategy, Some(Entry::Offer(offer))) => offer
                .anchoring
                .iter()
                .map(|entry| entry.strategy.to_string())
                .collect(),
            (FacetName::Task, Some(Entry::Case(case))) => case
                .partners
                .iter()
                .flat_map(|partner| partner.tasks.keys())
                .map(|task| task.code().to_owned())
                .collect(),
            _ => values_of(hit, facet),
        }
    }
}

fn values_of(hit: &Hit, facet: FacetName) -> Vec<String> {
    match facet {
        FacetName::Kind => vec![hit.kind.code().to_owned()],
        FacetName::Subject => hit
            .subjects
            .iter()
            .map(|subject| subject.code().to_owned())
            .collect(),
        FacetName::Grade => hit.grades.iter().map(ToString::to_string).collect(),
        FacetName::Municipality => hit.municipality.iter().map(ToString::to_string).collect(),
        FacetName::Provider => hit.provider.iter().map(|(id, _)| id.to_string()).collect(),
        FacetName::Price => hit
            .price
            .iter()
            .map(|price| price.kind.code().to_owned())
            .collect(),
        FacetName::Place => hit
            .place
            .iter()
            .map(|place| place.code().to_owned())
            .collect(),
        FacetName::Audience => hit
            .audiences
            .iter()
            .map(|audience| audience.code().to_owned())
            .collect(),
        _ => Vec::new(),
    }
}

impl Find for Library {
    fn search(
        &self,
        query: &SearchQuery,
        language: Language,
    ) -> impl Future<Output = Result<SearchResults, Unavailable>> + Send {
        let answer = self.there().map(|()| {
            if let Some(kept) = &self.kept {
                return kept.clone();
            }
            let hits = self.matching(query, None);
            let total = hits.len() as u64;
            let facets = query
                .facet_names()
                .into_iter()
                .map(|name| {
                    let mut counts: HashMap<String, u64> = HashMap::new();
                    for value in self
                        .matching(query, Some(name))
                        .iter()
                        .flat_map(|hit| self.values_of(hit, name))
                    {
                        *counts.entry(value).or_default() += 1;
                    }
                    for value in query.choices(name) {
                        counts.entry(value.clone()).or_default();
                    }
                    let mut counts: Vec<FacetCount> = counts
                        .into_iter()
                        .map(|(value, count)| FacetCount {
                            label: name
                                .label(&value, language)
                                .unwrap_or_else(|| {
                                    value
                                        .parse()
                                        .ok()
                                        .and_then(|id| self.organisation(&id))
                                        .map_or_else(|| value.clone(), |it| it.name.to_string())
                                })
                                .into(),
                            chosen: query.choices(name).contains(&value),
                            value: value.into(),
                            count,
                        })
                        .collect();
                    counts.sort_by(|left, right| {
                        right
                            .count
                            .cmp(&left.count)
                            .then_with(|| left.label.cmp(&right.label))
                    });
                    counts.truncate(50);
                    Facet { name, counts }
                })
                .collect();
            let kinds = Kind::all()
                .iter()
                .map(|kind| {
                    let all = self.matching(query, Some(FacetName::Kind));
                    (
                        *kind,
                        all.iter().filter(|hit| hit.kind == *kind).count() as u64,
                    )
                })
                .collect();
            let ways_out = if total > 0 {
                Vec::new()
            } else {
                query
                    .filters
                    .keys()
                    .filter(|facet| **facet != FacetName::Kind)
                    .map(|facet| {
                        let mut without = query.clone();
                        without.filters.remove(facet);
                        WayOut {
                            facet: Some(*facet),
                            total: self.matching(&without, None).len() as u64,
                            query: without.to_query_string(),
                        }
                    })
                    .collect()
            };
            let understood =
                if query.words.contains("5. klasse") && !query.literal.contains(&Reading::Grade) {
                    vec![Understood {
                        reading: Reading::Grade,
                        words: "5. klasse".into(),
                        values: vec!["5".into()],
                    }]
                } else {
                    Vec::new()
                };
            SearchResults {
                total,
                lapsed: 0,
                hits: hits
                    .into_iter()
                    .skip(query.offset())
                    .take(query.per_page.number() as usize)
                    .collect(),
                facets,
                kinds,
                understood,
                did_you_mean: (query.words == "vandhulet").then(|| "vandhullet".to_owned()),
                ways_out,
                by_municipality: Vec::new(),
            }
        });
        async { answer }
    }

    fn count_by_municipality(
        &self,
        query: &SearchQuery,
    ) -> impl Future<Output = Result<Vec<(MunicipalityCode, u64)>, Unavailable>> + Send {
        let answer = self.there().map(|()| {
            let mut counts: HashMap<MunicipalityCode, u64> = HashMap::new();
            for municipality in self
                .matching(query, None)
                .iter()
                .filter_map(|hit| hit.municipality)
            {
                *counts.entry(municipality).or_default() += 1;
            }
            counts.into_iter().collect()
        });
        async { answer }
    }

    fn related(
        &self,
        kind: Kind,
        id: &Slug,
        wanted: Kind,
        home: Option<MunicipalityCode>,
        limit: usize,
        _language: Language,
    ) -> impl Future<Output = Result<Vec<Hit>, Unavailable>> + Send {
        let query = SearchQuery {
            home,
            ..SearchQuery::default()
        };
        let answer = self.there().map(|()| {
            self.entries
                .iter()
                .filter(|entry| {
                    entry.kind() == wanted && !(entry.kind() == kind && entry.id() == id)
                })
                .take(limit)
                .map(|entry| self.hit(entry, &query))
                .collect()
        });
        async { answer }
    }

    fn rows(
        &self,
        kind: Kind,
        ids: &[Slug],
        home: Option<MunicipalityCode>,
        _language: Language,
    ) -> impl Future<Output = Result<Vec<Hit>, Unavailable>> + Send {
        let query = SearchQuery {
            home,
            ..SearchQuery::default()
        };
        let answer = self.there().map(|()| {
            ids.iter()
                .filter_map(|id| {
                    self.entries
                        .iter()
                        .find(|entry| entry.kind() == kind && entry.id() == id)
                })
                .map(|entry| self.hit(entry, &query))
                .collect()
        });
        async { answer }
    }
}

impl Read for Library {
    fn read(
        &self,
        kind: Kind,
        id: &Slug,
        _language: Language,
    ) -> impl Future<Output = Result<Option<Published>, Unavailable>> + Send {
        let answer = self.there().map(|()| {
            self.entries
                .iter()
                .find(|entry| entry.kind() == kind && entry.id() == id)
                .map(|entry| self.published(entry))
        });
        async { answer }
    }

    fn editorial(
        &self,
        kind: Kind,
        _language: Language,
    ) -> impl Future<Output = Result<Vec<Published>, Unavailable>> + Send {
        let answer = self.there().map(|()| {
            self.entries
                .iter()
                .filter(|entry| entry.kind() == kind)
                .map(|entry| self.published(entry))
                .collect()
        });
        async { answer }
    }

    fn changes(
        &self,
        kind: Kind,
        _id: &Slug,
        most: usize,
    ) -> impl Future<Output = Result<Vec<Change>, Unavailable>> + Send {
        let answer = self.there().map(|()| {
            let change = |day: u8, parts: &[Part]| Change {
                time: format!("2026-03-{day:02}T10:00:00Z")
                    .parse()
                    .expect("a time"),
                parts: parts.to_vec(),
                on_advice: day == 9,
            };
            let mut changes = match kind {
                Kind::Offer => vec![
                    change(9, &[Part::Title, Part::Price, Part::Period]),
                    change(1, &[Part::Text]),
                ],
                _ => vec![change(1, &[Part::Tasks])],
            };
            changes.truncate(most);
            changes
        });
        async { answer }
    }

    fn referring(
        &self,
        kind: Kind,
        id: &Slug,
        from: Kind,
    ) -> impl Future<Output = Result<Vec<Slug>, Unavailable>> + Send {
        let answer = self.there().map(|()| {
            self.entries
                .iter()
                .filter(|entry| entry.kind() == from)
                .filter(|entry| {
                    entry
                        .references()
                        .iter()
                        .any(|to| to.kind == kind && to.id == *id)
                })
                .map(|entry| entry.id().clone())
                .collect()
        });
        async { answer }
    }

    /// Ids that begin with `c` or `e` are files, those with `f` are not there, all others are images.
    fn attachments(
        &self,
        ids: &[ContentId],
    ) -> impl Future<Output = Result<Vec<Attached>, Unavailable>> + Send {
        let answer = self.there().map(|()| {
            ids.iter()
                .filter(|id| !id.as_str().starts_with('f'))
                .map(|id| {
                    let is_file = id.as_str().starts_with(['c', 'e']);
                    Attached {
                        id: id.clone(),
                        media_type: if is_file {
                            "application/pdf"
                        } else {
                            "image/jpeg"
                        }
                        .into(),
                        dimensions: if is_file { (0, 0) } else { (1_600, 1_067) },
                        widths: if is_file {
                            vec![]
                        } else {
                            vec![400, 800, 1_600]
                        },
                        size: 1_240_000,
                    }
                })
                .collect()
        });
        async { answer }
    }

    /// Three teachers have said something of the offer that has everything.
    fn feedback(
        &self,
        offer: &Slug,
    ) -> impl Future<Output = Result<Option<ShownFeedback>, Unavailable>> + Send {
        let answer = self.there().map(|()| {
            (offer.as_str() == "livet-i-vandhullet").then(|| {
                let tally = |yes, partly, no| Tally { yes, partly, no };
                let advice = |number, text: &str, answer: Option<&str>| ShownAdvice {
                    id: FeedbackId::of(number),
                    text: text.parse().expect("advice"),
                    answer: answer.map(|answer| answer.parse().expect("an answer")),
                };
                ShownFeedback {
                    people: 5,
                    tallies: vec![
                        (Aspect::Grade, tally(4, 1, 0)),
                        (Aspect::Time, tally(2, 2, 1)),
                        (Aspect::Subject, tally(5, 0, 0)),
                    ],
                    used_before: 3,
                    used_after: 0,
                    advice: vec![
                        advice(
                            1,
                            "Tag gummistøvler på.\n\nOg <b>skiftetøj</b>.",
                            Some("Det skriver vi nu."),
                        ),
                        advice(2, "Afsæt god tid.", None),
                    ],
                }
            })
        });
        async { answer }
    }

    fn organisation_names(
        &self,
        ids: &[Slug],
    ) -> impl Future<Output = Result<Vec<(Slug, String)>, Unavailable>> + Send {
        let answer = self.there().map(|()| {
            ids.iter()
                .filter_map(|id| {
                    self.organisation(id)
                        .map(|it| (id.clone(), it.name.to_string()))
                })
                .collect()
        });
        async { answer }
    }
}

/// The site of the tests.
pub fn site() -> Arc<Site> {
    let assets = [
        ("main.css", "/pkg/main.1.css"),
        ("anker.js", "/pkg/anker.1.js"),
        ("anker.wasm", "/pkg/anker.1.wasm"),
    ];
    Arc::new(Site {
        public_url: "https://anker.example".into(),
        contact_email: "post@anker.example".into(),
        contact_phone: Some("+45 12 34 56 78".parse().expect("a telephone number")),
        assets: Assets::new(assets.map(|(name, address)| (name.to_owned(), address.to_owned()))),
    })
}

/// A request on a fixed day.
pub fn context(url: &str, cookies: &str) -> Context {
    let (path, query) = url.split_once('?').unwrap_or((url, ""));
    Context::new(
        site(),
        path,
        query,
        cookies,
        Date::new(2026, 11, 24).expect("a date"),
    )
}

/// The page at an address, asked for with cookies.
pub fn page_with(library: &Library, url: &str, cookies: &str) -> Page {
    let context = context(url, cookies);
    let path = url.split('?').next().unwrap_or(url);
    match futures::executor::block_on(render(&context, path, library)) {
        Answer::Page(page) => page,
        Answer::Moved(to) => panic!("{url} has moved to {to}"),
    }
}

/// The page at an address.
pub fn page(library: &Library, url: &str) -> Page {
    page_with(library, url, "")
}
