//! `GET /api/v1/search`.

use std::collections::BTreeMap;
use std::sync::Arc;

use axum::extract::{RawQuery, State};
use axum::http::{HeaderMap, StatusCode, Uri};
use axum::response::Response;
use domain::search::{Facet, FacetCount, FacetName, Hit, Ignored, SearchQuery, Understood};
use domain::{Code, Language, MunicipalityCode, Price};
use serde::Serialize;
use utoipa::ToSchema;

use crate::portal::Portal;
use crate::web::caching::{self, Policy};
use crate::web::problem::{self, ProblemDetails};

/// The parameters that the API has beside the search's own.
pub const BESIDE_THE_QUERY: [&str; 1] = ["lang"];

/// What a search found.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Found<'found> {
    /// How many results there are, exactly.
    total: u64,
    /// How many more would be found with `lapsed=with`.
    lapsed: u64,
    /// The page, from 1.
    page: u32,
    /// Results a page.
    per_page: u32,
    /// The results of this page.
    hits: Vec<FoundHit<'found>>,
    /// Counts by facet and value within the query; a facet's own counts ignore its own choice.
    facets: BTreeMap<&'static str, Vec<FoundCount<'found>>>,
    /// A spelling that would find more.
    did_you_mean: Option<&'found str>,
    /// Grades, places and prices that were read out of the words and narrow the result;
    /// the parameter `literal` undoes them.
    understood: Vec<FoundUnderstood<'found>>,
    /// Parameters and values that were not understood and were left out.
    ignored: Vec<FoundIgnored<'found>>,
}

/// A result.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct FoundHit<'found> {
    /// `offer`, `case`, `strategy`, `role`, `recommendation` or `organisation`.
    kind: &'static str,
    /// The object's id.
    id: &'found str,
    /// The path of its page.
    url: String,
    title: &'found str,
    summary: &'found str,
    /// HTML-escaped fragments in which `<mark>` is the only markup.
    highlights: &'found [String],
    provider: Option<Named<'found>>,
    municipality: Option<NamedMunicipality>,
    subjects: Vec<&'static str>,
    grades: Vec<u8>,
    /// Free, or what it costs; see the exchange format.
    #[schema(value_type = Option<Object>)]
    price: Option<&'found Price>,
    /// Kilometres from the place asked for with `near`.
    distance_km: Option<f64>,
    /// Whether it is free for schools of the municipality in `home`.
    #[serde(skip_serializing_if = "Option::is_none")]
    free_for_us: Option<bool>,
    /// Whether schools of the municipality in `home` can use it.
    #[serde(skip_serializing_if = "Option::is_none")]
    open_to_us: Option<bool>,
    /// Whether it is sample content.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    sample: bool,
}

/// An organisation's id and name.
#[derive(Serialize, ToSchema)]
struct Named<'found> {
    id: &'found str,
    name: &'found str,
}

/// A municipality's code and name.
#[derive(Serialize, ToSchema)]
struct NamedMunicipality {
    code: String,
    name: &'static str,
}

/// A facet's value and how many results have it.
#[derive(Serialize, ToSchema)]
struct FoundCount<'found> {
    value: &'found str,
    label: &'found str,
    count: u64,
}

/// Something read out of the words.
#[derive(Serialize, ToSchema)]
struct FoundUnderstood<'found> {
    /// `grade`, `place` or `price`: the value of `literal` that undoes it.
    reading: &'static str,
    /// The words it was read from.
    words: &'found str,
    /// The values it stands for.
    values: &'found [String],
}

/// A parameter that was left out.
#[derive(Serialize, ToSchema)]
pub struct FoundIgnored<'found> {
    parameter: &'found str,
    value: &'found str,
    /// Why, in the language asked for.
    reason: String,
}

impl<'found> FoundHit<'found> {
    fn new(hit: &'found Hit, language: Language) -> Self {
        FoundHit {
            kind: hit.kind.code(),
            id: hit.id.as_str(),
            url: app::routes::Route::of(hit.kind, hit.id.clone()).path(language),
            title: &hit.title,
            summary: &hit.summary,
            highlights: &hit.highlights,
            provider: hit.provider.as_ref().map(|(id, name)| Named {
                id: id.as_str(),
                name: name.as_str(),
            }),
            municipality: hit
                .municipality
                .map(|code: MunicipalityCode| NamedMunicipality {
                    code: code.to_string(),
                    name: code.name(),
                }),
            subjects: hit.subjects.iter().map(|subject| subject.code()).collect(),
            grades: hit.grades.iter().map(|grade| grade.number()).collect(),
            price: hit.price.as_ref(),
            distance_km: hit
                .distance_km
                .map(|distance| (distance * 10.0).round() / 10.0),
            free_for_us: hit.free_for_us,
            open_to_us: hit.open_to_us,
            sample: hit.sample,
        }
    }
}

impl<'found> FoundIgnored<'found> {
    /// With the reason in a language.
    pub fn new(ignored: &'found Ignored, language: Language) -> Self {
        FoundIgnored {
            parameter: &ignored.parameter,
            value: &ignored.value,
            reason: ignored.reason(language),
        }
    }
}

fn counts(facet: &Facet) -> (&'static str, Vec<FoundCount<'_>>) {
    let counts = facet
        .counts
        .iter()
        .map(
            |FacetCount {
                 value,
                 label,
                 count,
                 ..
             }| FoundCount {
                value,
                label,
                count: *count,
            },
        )
        .collect();
    (FacetName::parameter(facet.name), counts)
}

fn understood(understood: &Understood) -> FoundUnderstood<'_> {
    FoundUnderstood {
        reading: understood.reading.code(),
        words: &understood.words,
        values: &understood.values,
    }
}

/// Search offers, cases, strategies, roles, recommendations and organisations.
///
/// Each choice is repeatable: within one *or*, between different ones *and*. What is not understood
/// is left out and told in `ignored`.
#[utoipa::path(
    get,
    path = "/api/v1/search",
    tag = "find",
    params(
        ("q" = Option<String>, Query, description = "The words, at most 300 characters"),
        ("kind" = Option<Vec<String>>, Query, description = "offer, case, strategy, role, recommendation, organisation"),
        ("subject" = Option<Vec<String>>, Query, description = "Subject codes"),
        ("grade" = Option<Vec<u8>>, Query, description = "Grades, 0 to 10"),
        ("level" = Option<Vec<String>>, Query, description = "daycare, after-school, upper-secondary"),
        ("theme" = Option<Vec<String>>, Query, description = "Themes, free words"),
        ("municipality" = Option<Vec<String>>, Query, description = "Municipality codes"),
        ("provider" = Option<Vec<String>>, Query, description = "Ids of organisations"),
        ("place" = Option<Vec<String>>, Query, description = "provider, school, outdoors, online, agreed"),
        ("price" = Option<Vec<String>>, Query, description = "free, perClass, perPupil, varies; freeForUs together with home"),
        ("language" = Option<Vec<String>>, Query, description = "BCP 47 tags"),
        ("strategy" = Option<Vec<String>>, Query, description = "Codes of anchoring strategies"),
        ("task" = Option<Vec<String>>, Query, description = "Task codes"),
        ("challenge" = Option<Vec<String>>, Query, description = "Challenge codes"),
        ("motivation" = Option<Vec<String>>, Query, description = "Motivation codes"),
        ("outcome" = Option<Vec<String>>, Query, description = "Outcome codes"),
        ("audience" = Option<Vec<String>>, Query, description = "Audience codes"),
        ("partnerKind" = Option<Vec<String>>, Query, description = "Kinds of partner organisation"),
        ("facets" = Option<String>, Query, description = "A comma list of the facets wanted, `none` for none; left out: those that fit the kinds asked for"),
        ("near" = Option<String>, Query, description = "`LAT,LON` or a municipality"),
        ("within" = Option<f64>, Query, description = "Kilometres from `near`"),
        ("home" = Option<String>, Query, description = "The municipality of the school: ranks what is near and open, and says what is free for it"),
        ("literal" = Option<Vec<String>>, Query, description = "grade, place, price: do not read these out of the words"),
        ("lapsed" = Option<String>, Query, description = "`with`: find also what nobody has confirmed for a long time; left out otherwise"),
        ("sort" = Option<String>, Query, description = "relevance, newest, distance, title"),
        ("page" = Option<u32>, Query, description = "From 1 to 500"),
        ("perPage" = Option<u32>, Query, description = "From 1 to 100; 20 if left out"),
        ("lang" = Option<String>, Query, description = "da or en: the language of labels and errors")
    ),
    responses(
        (status = 200, description = "What was found", body = Found),
        (status = 503, description = "The index does not answer", body = ProblemDetails, content_type = "application/problem+json")
    )
)]
pub async fn search(
    State(portal): State<Arc<Portal>>,
    uri: Uri,
    RawQuery(raw): RawQuery,
    headers: HeaderMap,
) -> Response {
    let language = problem::language(&uri, &headers);
    let pairs = app::query::pairs(raw.as_deref().unwrap_or_default());
    let (query, ignored) = SearchQuery::parse(pairs, &BESIDE_THE_QUERY);
    let results = portal.search(&query, language);
    let found = Found {
        total: results.total,
        lapsed: results.lapsed,
        page: query.page.number(),
        per_page: query.per_page.number(),
        hits: results
            .hits
            .iter()
            .map(|hit| FoundHit::new(hit, language))
            .collect(),
        facets: results.facets.iter().map(counts).collect(),
        did_you_mean: results.did_you_mean.as_deref(),
        understood: results.understood.iter().map(understood).collect(),
        ignored: ignored
            .iter()
            .map(|ignored| FoundIgnored::new(ignored, language))
            .collect(),
    };
    // As long as most answers, so that the body does not move while it grows.
    let mut body = Vec::with_capacity(1 << 15);
    match serde_json::to_writer(&mut body, &found) {
        Ok(()) => caching::answer(
            &headers,
            StatusCode::OK,
            Policy::Public,
            "application/json",
            body,
        ),
        Err(error) => {
            tracing::error!(error = %error, "a search result could not be written");
            problem::response(
                language,
                StatusCode::INTERNAL_SERVER_ERROR,
                problem::Explanation::Fault,
            )
        }
    }
}
