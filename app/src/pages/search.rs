//! The search page: tabs, filters, what is chosen, results.

use domain::search::{
    Facet, FacetCount, FacetName, Hit, Ignored, Near, Page as PageNumber, Reading, SearchQuery,
    SearchResults, Sort, Understood, WITH_LAPSED, WayOut,
};
use domain::{Code, Kind, MunicipalityCode};
use leptos::either::{Either, EitherOf3};
use leptos::prelude::*;

use crate::backend::Backend;
use crate::components::icons;
use crate::components::rows::rows;
use crate::components::save::save_form;
use crate::context::Context;
use crate::islands::{LiveSearch, Suggestions};
use crate::page::{Meta, Page, Problem};
use crate::query;
use crate::render;
use crate::routes::{Route, Service};
use crate::shell::municipality_options;

/// Values of a facet that are shown before the rest is folded away.
const SHOWN_VALUES: usize = 7;
/// From how many values on a facet has a box to narrow it.
const NARROWED_VALUES: usize = 14;

/// The tabs of the search page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tab {
    /// Teaching offers.
    Offers,
    /// Cases.
    Cases,
    /// Recommendations, strategies and roles.
    Recommendations,
    /// Organisations.
    Organisations,
}

impl Tab {
    const ALL: [Tab; 4] = [
        Tab::Offers,
        Tab::Cases,
        Tab::Recommendations,
        Tab::Organisations,
    ];

    /// The kinds that the tab shows.
    pub fn kinds(self) -> &'static [Kind] {
        match self {
            Tab::Offers => &[Kind::Offer],
            Tab::Cases => &[Kind::Case],
            Tab::Recommendations => &[Kind::Recommendation, Kind::Strategy, Kind::Role],
            Tab::Organisations => &[Kind::Organisation],
        }
    }

    /// The tab that a query is in; none where it mixes kinds of several.
    pub fn of(query: &SearchQuery) -> Option<Tab> {
        let kinds = query.kinds();
        Tab::ALL
            .into_iter()
            .find(|tab| !kinds.is_empty() && kinds.iter().all(|kind| tab.kinds().contains(kind)))
    }

    fn name(self, context: &Context) -> &'static str {
        let text = context.text().search();
        match self {
            Tab::Offers => text.tab_offers(),
            Tab::Cases => text.tab_cases(),
            Tab::Recommendations => text.tab_recommendations(),
            Tab::Organisations => text.tab_organisations(),
        }
    }

    fn title(self, context: &Context) -> &'static str {
        let text = context.text().search();
        match self {
            Tab::Offers => text.title_offers(),
            Tab::Cases => text.title_cases(),
            Tab::Recommendations => text.title_recommendations(),
            Tab::Organisations => text.title_organisations(),
        }
    }

    fn description(self, context: &Context) -> &'static str {
        let text = context.text().search();
        match self {
            Tab::Offers => text.description_offers(),
            Tab::Cases => text.description_cases(),
            Tab::Recommendations => text.description_recommendations(),
            Tab::Organisations => text.description_organisations(),
        }
    }
}

/// What a search page was asked for.
pub struct Asked {
    /// The query as the index gets it: with a kind and the municipality chosen.
    pub query: SearchQuery,
    /// What was not understood.
    pub ignored: Vec<Ignored>,
    /// Whether the municipality came from the cookie and so stays out of the page's addresses.
    home_from_cookie: bool,
}

impl Asked {
    /// Reads the query string of a search page. Without a kind it asks for offers; without a municipality for the one
    /// the person has chosen.
    pub fn read(context: &Context) -> Self {
        let (mut query, ignored) = SearchQuery::parse(query::pairs(&context.query), &["vis"]);
        if query.kinds().is_empty() {
            query.filters.insert(FacetName::Kind, codes(Tab::Offers));
        }
        let home_from_cookie = query.home.is_none() && context.home.is_some();
        if home_from_cookie {
            query.home = context.home.map(|home| home.code);
        }
        Asked {
            query,
            ignored,
            home_from_cookie,
        }
    }

    /// The query as it stands in this page's addresses.
    pub fn shown(&self) -> SearchQuery {
        SearchQuery {
            home: self.query.home.filter(|_| !self.home_from_cookie),
            ..self.query.clone()
        }
    }
}

fn codes(tab: Tab) -> Vec<String> {
    tab.kinds()
        .iter()
        .map(|kind| kind.code().to_owned())
        .collect()
}

/// The search page.
pub async fn page<B: Backend>(context: &Context, backend: &B) -> Result<Page, Problem> {
    if query::value(&context.query, "vis").as_deref() == Some("kort") {
        return super::map::page(context, backend).await;
    }
    let asked = Asked::read(context);
    let results = backend.search(&asked.query, context.language).await?;
    let meta = meta(context, &asked, &results);
    Ok(render::page(context, &meta, || {
        view(context, &asked, &results)
    }))
}

/// The title of a search: its words, or what its tab holds.
pub fn title(context: &Context, query: &SearchQuery) -> String {
    let text = context.text().search();
    let tab = Tab::of(query).map_or(text.words(), |tab| tab.title(context));
    let mut title = if query.words.is_empty() {
        tab.to_owned()
    } else {
        [&text.title_words(&query.words), " – ", tab].concat()
    };
    if query.page.number() > 1 {
        title.push_str(", ");
        title.push_str(&text.title_page(query.page.number()));
    }
    title
}

fn meta(context: &Context, asked: &Asked, results: &SearchResults) -> Meta {
    let title = title(context, &asked.query);
    let description = Tab::of(&asked.query).map_or("", |tab| tab.description(context));
    let mut meta = Meta::new(title.clone(), description);
    let shown = SearchQuery {
        home: None,
        ..asked.shown()
    };
    meta.canonical_query = shown.to_query_string();
    // Empty results and later pages are no places for anybody to begin.
    meta.listed = results.total > 0 && shown.page == PageNumber::default();
    meta.islands = true;
    let feed = SearchQuery {
        page: PageNumber::default(),
        ..shown
    };
    meta.feed = Some((
        context.text().search().feed_title(&title),
        context.service_with(Service::SearchFeed, &feed.to_query_string()),
    ));
    meta
}

/// Makes addresses of this search with one thing changed.
pub struct Links<'page> {
    context: &'page Context,
    shown: SearchQuery,
    route: Route,
}

impl<'page> Links<'page> {
    /// The links of a search shown at a route (the list or the map).
    pub fn new(context: &'page Context, asked: &Asked, route: Route) -> Self {
        Links {
            context,
            shown: asked.shown(),
            route,
        }
    }

    /// This search changed, from its first page on.
    pub fn with(&self, change: impl FnOnce(&mut SearchQuery)) -> String {
        let mut query = self.shown.clone();
        query.page = PageNumber::default();
        change(&mut query);
        self.context.url_with(&self.route, &query.to_query_string())
    }

    /// This search changed, as a query to show elsewhere.
    pub fn list_query(&self, change: impl FnOnce(&mut SearchQuery)) -> SearchQuery {
        let mut query = SearchQuery {
            page: PageNumber::default(),
            ..self.shown.clone()
        };
        change(&mut query);
        query
    }

    /// This search at another route.
    pub fn at(&self, route: &Route) -> String {
        let query = SearchQuery {
            page: PageNumber::default(),
            ..self.shown.clone()
        };
        self.context.url_with(route, &query.to_query_string())
    }

    /// This search without a value of a facet.
    pub fn without(&self, facet: FacetName, value: &str) -> String {
        self.with(|query| {
            let left = query.filters.get_mut(&facet).map(|values| {
                values.retain(|other| other != value);
                values.len()
            });
            if left == Some(0) {
                query.filters.remove(&facet);
            }
        })
    }
}

fn view<'page>(
    context: &'page Context,
    asked: &'page Asked,
    results: &'page SearchResults,
) -> impl IntoView + use<'page> {
    let links = Links::new(context, asked, Route::Search);
    view! {
        <div class="search-page">
            {form(context, asked, results, &links)}
            <section id="results" class="results" data-replace="">
                {tabs(context, asked, results, &links)}
                {filters_link(context, &asked.query)}
                {chips(context, asked, results, &links)}
                {told(context, asked, results, &links)}
                {if results.hits.is_empty() {
                    Either::Left(empty(context, asked, results, &links))
                } else {
                    Either::Right(found(context, asked, results, &links))
                }}
            </section>
        </div>
        {save_form(context)}
        <LiveSearch/>
    }
}

/// The form: the words and the filters. Its fields are those of the API.
pub fn form<'page>(
    context: &'page Context,
    asked: &'page Asked,
    results: &'page SearchResults,
    links: &Links<'page>,
) -> impl IntoView + use<'page> {
    let text = context.text().search();
    let query = &asked.query;
    let title = Tab::of(query).map_or(text.words(), |tab| tab.title(context));
    view! {
        <form id="search-form" class="search-form" action=context.url(&links.route) role="search">
            <div class="search-head">
                <h1 class="search-title" id="search-title" data-replace=""><label for="q">{title}</label></h1>
                {words(context, query)}
                <p class="hint search-hint">{text.words_hint()}</p>
            </div>
            <div id="search-hidden" data-replace="">
                {query.choices(FacetName::Kind).iter().map(|kind| view! {
                    <input type="hidden" name="kind" value=kind.as_str()/>
                }).collect_view()}
                {query.literal.iter().map(|reading| view! {
                    <input type="hidden" name="literal" value=reading.code()/>
                }).collect_view()}
                {query.lapsed.then(|| view! { <input type="hidden" name="lapsed" value=WITH_LAPSED/> })}
                {links.shown.home.map(|home| view! { <input type="hidden" name="home" value=home.to_string()/> })}
            </div>
            <div class="filters" id="filters" tabindex="-1">
                <div class="filters-head">
                    <h2>{text.filters()}</h2>
                    <a class="filters-close" href="#results">{icons::cross()}<span>{text.close_filters()}</span></a>
                </div>
                <div id="facets" data-replace="">
                    {near(context, query)}
                    {results
                        .facets
                        .iter()
                        .filter(|facet| facet.name != FacetName::Kind && !facet.counts.is_empty())
                        .map(|facet| self::facet(context, facet))
                        .collect_view()}
                </div>
                <div class="filters-foot">
                    <button type="submit">{text.show_results()}</button>
                </div>
            </div>
        </form>
    }
}

fn words<'page>(context: &'page Context, query: &'page SearchQuery) -> impl IntoView + use<'page> {
    let text = context.text().search();
    let common = context.text().common();
    let mut suggest = [Service::SuggestApi.path(), "?lang=", context.language.tag()].concat();
    for kind in query.kinds() {
        suggest.push_str("&kind=");
        suggest.push_str(kind.code());
    }
    suggest.push_str("&q=");
    view! {
        <div class="search-box-line">
            <div
                class="combobox"
                data-suggest=suggest
                data-label=text.suggestions_label()
                data-announce=text.suggestions_announced()
                data-kind-offer=common.kind_offer()
                data-kind-case=common.kind_case()
                data-kind-recommendation=common.kind_recommendation()
                data-kind-strategy=common.kind_strategy()
                data-kind-role=common.kind_role()
                data-kind-organisation=common.kind_organisation()
            >
                <input id="q" name="q" type="search" value=query.words.as_str() maxlength=SearchQuery::MAX_WORDS.to_string()/>
                <Suggestions/>
            </div>
            <button type="submit">{icons::magnifier()}<span>{text.button()}</span></button>
        </div>
    }
}

fn near(context: &Context, query: &SearchQuery) -> impl IntoView + use<> {
    let text = context.text().search();
    let chosen = match query.near {
        Some(Near::Municipality(code)) => Some(code),
        _ => None,
    };
    let point = match query.near {
        Some(Near::Point(point)) => {
            Some([point.latitude().to_string(), point.longitude().to_string()].join(","))
        }
        _ => None,
    };
    let options = match point {
        Some(point) => {
            let option =
                view! { <option value=point selected="selected">{text.near_here()}</option> }
                    .to_html();
            option + &municipality_options(text.near_anywhere(), None)
        }
        None => municipality_options(
            text.near_anywhere(),
            chosen.map(MunicipalityCode::municipality),
        ),
    };
    let within = query.within_km;
    view! {
        <fieldset class="facet facet-near">
            <legend class="visually-hidden">{text.sort_distance()}</legend>
            <label for="near">{text.near()}</label>
            <select id="near" name="near" inner_html=options></select>
            <label for="within">{text.within()}</label>
            <select id="within" name="within">
                <option value="">{text.within_any()}</option>
                {["5", "10", "25", "50", "100"].map(|distance| {
                    let selected = within == distance.parse().ok();
                    view! { <option value=distance selected=selected>{text.within_km(distance)}</option> }
                }).into_iter().collect_view()}
            </select>
        </fieldset>
    }
}

/// What a facet is called.
pub fn facet_name(context: &Context, facet: FacetName) -> &'static str {
    let text = context.text().search();
    match facet {
        FacetName::Kind => text.facet_kind(),
        FacetName::Subject => text.facet_subject(),
        FacetName::Grade => text.facet_grade(),
        FacetName::Level => text.facet_level(),
        FacetName::Theme => text.facet_theme(),
        FacetName::Municipality => text.facet_municipality(),
        FacetName::Provider => text.facet_provider(),
        FacetName::Place => text.facet_place(),
        FacetName::Price => text.facet_price(),
        FacetName::Language => text.facet_language(),
        FacetName::Strategy => text.facet_strategy(),
        FacetName::Task => text.facet_task(),
        FacetName::Challenge => text.facet_challenge(),
        FacetName::Motivation => text.facet_motivation(),
        FacetName::Outcome => text.facet_outcome(),
        FacetName::Audience => text.facet_audience(),
        FacetName::PartnerKind => text.facet_partner_kind(),
    }
}

fn facet<'page>(context: &'page Context, facet: &'page Facet) -> impl IntoView + use<'page> {
    let text = context.text().search();
    let name = facet_name(context, facet.name);
    let parameter = facet.name.parameter();
    let value = move |count: &'page FacetCount| {
        let id = [parameter, "-", &count.value].concat();
        view! {
            <li>
                <input type="checkbox" id=id.clone() name=parameter value=&*count.value checked=count.chosen/>
                <label for=id>
                    <span>{&*count.label}</span>" "
                    <span class="count numbers">{crate::format::number(count.count, context.language)}</span>
                </label>
            </li>
        }
    };
    // Grades are read in their own order, everything else by how many it gives; what is chosen is never folded away.
    let mut values: Vec<&FacetCount> = facet.counts.iter().collect();
    let shown = if facet.name == FacetName::Grade {
        values.sort_by_key(|count| count.value.parse::<u8>().unwrap_or(u8::MAX));
        values.len()
    } else {
        values.sort_by_key(|count| !count.chosen);
        SHOWN_VALUES.max(values.iter().filter(|count| count.chosen).count())
    };
    // Folding two away costs more than it saves.
    let shown = if values.len() <= shown + 2 {
        values.len()
    } else {
        shown
    };
    let total = values.len();
    let folded = values.split_off(shown.min(total));
    let narrowing = (total >= NARROWED_VALUES && facet.name != FacetName::Grade).then(|| {
        let label = text.narrow(&name.to_lowercase());
        view! {
            <input type="search" data-filter-list="" data-narrowing="" hidden aria-label=label.clone() placeholder=label
                form="none" id=[parameter, "-narrow"].concat()/>
        }
    });
    view! {
        <fieldset class="facet" class:facet-grade=facet.name == FacetName::Grade>
            <legend>{name}</legend>
            <ul>{values.into_iter().map(value).collect_view()}</ul>
            {(!folded.is_empty()).then(|| view! {
                <details id=[parameter, "-more"].concat()>
                    <summary>{text.show_all(total as u64)}</summary>
                    {narrowing}
                    <ul>{folded.into_iter().map(value).collect_view()}</ul>
                </details>
            })}
        </fieldset>
    }
}

/// The tabs with their counts.
pub fn tabs<'page>(
    context: &'page Context,
    asked: &'page Asked,
    results: &'page SearchResults,
    links: &Links<'page>,
) -> impl IntoView + use<'page> {
    let here = Tab::of(&asked.query);
    let tabs: Vec<_> = Tab::ALL
        .into_iter()
        .map(|tab| {
            let count = tab_count(tab, results);
            let href = links.with(|query| {
                let fitting = FacetName::fitting(tab.kinds());
                query.filters.retain(|facet, _| fitting.contains(facet));
                query.filters.insert(FacetName::Kind, codes(tab));
            });
            view! {
                <li>
                    <a href=href data-live="" aria-current=(here == Some(tab)).then_some("page")>
                        {tab.name(context)}" "
                        <span class="count numbers">{crate::format::number(count, context.language)}</span>
                    </a>
                </li>
            }
        })
        .collect();
    view! { <nav class="tabs" aria-label=context.text().search().tabs()><ul>{tabs}</ul></nav> }
}

fn tab_count(tab: Tab, results: &SearchResults) -> u64 {
    results
        .kinds
        .iter()
        .filter(|(kind, _)| tab.kinds().contains(kind))
        .map(|(_, count)| count)
        .sum()
}

/// What is chosen, and what was read out of the words; each can be taken away.
pub fn chips<'page>(
    context: &'page Context,
    asked: &'page Asked,
    results: &'page SearchResults,
    links: &Links<'page>,
) -> impl IntoView + use<'page> {
    let text = context.text().search();
    let query = &asked.query;
    let mut chips: Vec<(String, String, String)> = Vec::new();
    for understood in &results.understood {
        let meaning = meaning(context, understood);
        let href = links.with(|query| query.literal.push(understood.reading));
        let name = if meaning.eq_ignore_ascii_case(&understood.words) {
            text.understood_as_said(&meaning)
        } else {
            text.understood(&understood.words, &meaning)
        };
        chips.push((name, text.undo(&understood.words), href));
    }
    for (facet, values) in query
        .filters
        .iter()
        .filter(|(facet, _)| **facet != FacetName::Kind)
    {
        for value in values {
            let label = label(context, results, *facet, value);
            chips.push((
                label.clone(),
                text.remove(&label),
                links.without(*facet, value),
            ));
        }
    }
    if let Some(near) = query.near {
        let name = match near {
            Near::Municipality(code) => text.chip_near(code.name()),
            Near::Point(_) => text.near_here().to_owned(),
        };
        let href = links.with(|query| {
            query.near = None;
            query.within_km = None;
        });
        chips.push((name.clone(), text.remove(&name), href));
        if let Some(distance) = query.within_km {
            let name = text.chip_within(&distance.to_string());
            chips.push((
                name.clone(),
                text.remove(&name),
                links.with(|query| query.within_km = None),
            ));
        }
    }
    if query.lapsed {
        let name = context.text().upkeep().with_left_out().to_owned();
        let href = links.with(|query| query.lapsed = false);
        chips.push((name.clone(), text.remove(&name), href));
    }
    let several = chips.len() > 1;
    let reset = links.with(|query| {
        query.filters.retain(|facet, _| *facet == FacetName::Kind);
        query.near = None;
        query.within_km = None;
        query.lapsed = false;
    });
    (!chips.is_empty()).then(|| view! {
        <ul class="chips" aria-label=text.chosen()>
            {chips.into_iter().map(|(name, action, href)| view! {
                <li><a class="chip" href=href data-live="" title=action.clone()>
                    <span>{name}</span>{icons::cross()}<span class="visually-hidden">" – "{action.clone()}</span>
                </a></li>
            }).collect_view()}
            {several.then(|| view! { <li><a class="chip-reset" href=reset data-live="">{text.reset()}</a></li> })}
        </ul>
    })
}

/// On a phone, where the filters are a sheet: the way to them, with how many are chosen.
fn filters_link(context: &Context, query: &SearchQuery) -> impl IntoView + use<> {
    let text = context.text().search();
    let chosen = query
        .filters
        .iter()
        .filter(|(facet, _)| **facet != FacetName::Kind)
        .map(|(_, values)| values.len())
        .sum();
    let name = match chosen {
        0_usize => text.all_filters().to_owned(),
        chosen => text.all_filters_chosen(chosen as u64),
    };
    view! { <a class="button quiet filters-open" href="#filters">{name}</a> }
}

fn meaning(context: &Context, understood: &Understood) -> String {
    match understood.reading {
        Reading::Grade => {
            let grades: Vec<_> = understood
                .values
                .iter()
                .filter_map(|value| value.parse().ok())
                .collect();
            domain::Grade::describe(&grades, context.language)
        }
        Reading::Place | Reading::Price => {
            let facet = if understood.reading == Reading::Place {
                FacetName::Municipality
            } else {
                FacetName::Price
            };
            let labels: Vec<_> = understood
                .values
                .iter()
                .filter_map(|value| facet.label(value, context.language))
                .collect();
            labels.join(", ")
        }
    }
}

/// The label of a choice: the index's own where it counted it, else the code's.
fn label(context: &Context, results: &SearchResults, facet: FacetName, value: &str) -> String {
    results
        .facets
        .iter()
        .filter(|counted| counted.name == facet)
        .flat_map(|counted| &counted.counts)
        .find_map(|count| (*count.value == *value).then(|| count.label.to_string()))
        .or_else(|| facet.label(value, context.language))
        .unwrap_or_else(|| value.to_owned())
}

/// What was not understood, the spelling that would find more, and what was left out.
pub fn told<'page>(
    context: &'page Context,
    asked: &'page Asked,
    results: &'page SearchResults,
    links: &Links<'page>,
) -> impl IntoView + use<'page> {
    let text = context.text().search();
    let did_you_mean = results.did_you_mean.as_ref().map(|words| {
        let href = links.with(|query| query.words.clone_from(words));
        view! { <p class="did-you-mean">{text.did_you_mean()}" "<a href=href data-live="">{words.as_str()}</a>"?"</p> }
    });
    let ignored = (!asked.ignored.is_empty()).then(|| view! {
        <div class="notice notice-care">
            <p>{text.ignored()}</p>
            <ul>
                {asked.ignored.iter().map(|ignored| view! {
                    <li>{text.ignored_line(&ignored.parameter, &ignored.value, &ignored.reason(context.language))}</li>
                }).collect_view()}
            </ul>
        </div>
    });
    let left_out = (results.lapsed > 0).then(|| {
        let text = context.text().upkeep();
        let href = links.with(|query| query.lapsed = true);
        view! {
            <p class="soft small">
                {text.left_out(results.lapsed)}" "<a href=href data-live="">{text.show_left_out()}</a>
            </p>
        }
    });
    (did_you_mean, ignored, left_out)
}

/// How many there are, in words.
pub fn count_text(context: &Context, query: &SearchQuery, total: u64) -> String {
    let text = context.text().search();
    match Tab::of(query) {
        Some(Tab::Offers) => text.count_offers(total),
        Some(Tab::Cases) => text.count_cases(total),
        Some(Tab::Recommendations) => text.count_recommendations(total),
        Some(Tab::Organisations) => text.count_organisations(total),
        None => text.count_any(total),
    }
}

fn found<'page>(
    context: &'page Context,
    asked: &'page Asked,
    results: &'page SearchResults,
    links: &Links<'page>,
) -> impl IntoView + use<'page> {
    let text = context.text().search();
    let query = &asked.query;
    let pages = results
        .total
        .div_ceil(u64::from(query.per_page.number()))
        .clamp(1, u64::from(PageNumber::MAX));
    let page = u64::from(query.page.number());
    let mut count = count_text(context, query, results.total);
    if pages > 1 {
        count.push_str(", ");
        count.push_str(&text.page_of(page, pages));
    }
    view! {
        <div class="results-head">
            <h2 class="results-count" id="results-count">{count}</h2>
            {order(context, query, links)}
        </div>
        {rows(context, &results.hits, 3, query.kinds().len() != 1)}
        {sample_notice(context, &results.hits)}
        {pagination(context, page, pages, links)}
        {machines(context, links)}
    }
}

fn sample_notice<'page>(context: &'page Context, hits: &[Hit]) -> impl IntoView + use<'page> {
    hits.iter()
        .any(|hit| hit.sample)
        .then(|| view! { <p class="notice">{context.text().common().sample_notice()}</p> })
}

fn order<'page>(
    context: &'page Context,
    query: &SearchQuery,
    links: &Links<'page>,
) -> impl IntoView + use<'page> {
    let text = context.text().search();
    let sorts: Vec<_> = Sort::ALL
        .into_iter()
        .filter(|sort| *sort != Sort::Distance || query.near.is_some())
        .map(|sort| {
            let name = match sort {
                Sort::Relevance => text.sort_relevance(),
                Sort::Newest => text.sort_newest(),
                Sort::Distance => text.sort_distance(),
                Sort::Title => text.sort_title(),
            };
            // The order that is the default stays out of the address.
            let code = if sort == Sort::default() {
                ""
            } else {
                sort.code()
            };
            view! { <option value=code selected=query.sort == sort>{name}</option> }
        })
        .collect();
    view! {
        <div class="results-order">
            <label for="sort">{text.sort()}</label>
            <select id="sort" name="sort" form="search-form">{sorts}</select>
            <button class="quiet no-script" type="submit" form="search-form">{text.apply()}</button>
            <a href=links.at(&Route::Map)>{text.view_map()}</a>
        </div>
    }
}

fn pagination<'page>(
    context: &'page Context,
    page: u64,
    pages: u64,
    links: &Links<'page>,
) -> impl IntoView + use<'page> {
    let text = context.text().search();
    let href = |number: u64| {
        links.with(|query| {
            query.page = PageNumber::clamp(u32::try_from(number).unwrap_or(PageNumber::MAX))
        })
    };
    let numbers: Vec<u64> = (1..=pages)
        .filter(|number| *number == 1 || *number == pages || number.abs_diff(page) <= 1)
        .collect();
    (pages > 1).then(|| {
        let mut before = 0;
        let items: Vec<_> = numbers
            .into_iter()
            .map(|number| {
                let gap = number > before + 1;
                before = number;
                view! {
                    {gap.then(|| view! { <li aria-hidden="true">"…"</li> })}
                    <li><a
                        class="page-number numbers"
                        href=href(number)
                        data-live="top"
                        aria-label=text.go_to_page(number)
                        aria-current=(number == page).then_some("page")
                    >{number.to_string()}</a></li>
                }
            })
            .collect();
        view! {
            <nav class="pagination" aria-label=text.pages()>
                <ul>
                    {(page > 1).then(|| view! {
                        <li><a href=href(page - 1) rel="prev" data-live="top">{text.previous()}</a></li>
                    })}
                    {items}
                    {(page < pages).then(|| view! {
                        <li><a href=href(page + 1) rel="next" data-live="top">{text.next()}</a></li>
                    })}
                </ul>
            </nav>
        }
    })
}

fn machines<'page>(context: &'page Context, links: &Links<'page>) -> impl IntoView + use<'page> {
    let text = context.text().search();
    let query = SearchQuery {
        page: PageNumber::default(),
        ..links.shown.clone()
    }
    .to_query_string();
    view! {
        <p class="machines small">
            {text.follow()}": "
            <a href=context.service_with(Service::SearchFeed, &query)>{text.feed()}</a>
            " · "
            <a href=context.service_with(Service::SearchApi, &query)>{text.json()}</a>
        </p>
    }
}

/// Nothing found: which filter to leave out, and what that gives.
fn empty<'page>(
    context: &'page Context,
    asked: &'page Asked,
    results: &'page SearchResults,
    links: &Links<'page>,
) -> impl IntoView + use<'page> {
    let text = context.text().search();
    if results.total > 0 {
        return EitherOf3::A(view! {
            <h2 class="results-count" id="results-count">{text.none_beyond()}</h2>
            <p><a href=links.with(|_| ()) data-live="top">{text.first_page()}</a></p>
        });
    }
    let ways: Vec<_> = results
        .ways_out
        .iter()
        .filter(|way| way.total > 0)
        .map(|way| {
            let name = match way.facet {
                Some(facet) => text.none_drop(facet_name(context, facet), way.total),
                None if drops_words(asked, way) => text.none_drop_words(way.total),
                None => text.none_drop_distance(way.total),
            };
            let (query, _) = SearchQuery::parse(query::pairs(&way.query), &[]);
            let query = SearchQuery {
                home: links.shown.home,
                page: PageNumber::default(),
                ..query
            };
            let href = context.url_with(&links.route, &query.to_query_string());
            view! { <li><a href=href data-live="">{name}</a></li> }
        })
        .collect();
    let elsewhere: Vec<_> = Tab::ALL
        .into_iter()
        .filter(|tab| Some(*tab) != Tab::of(&asked.query))
        .map(|tab| (tab, tab_count(tab, results)))
        .filter(|(_, count)| *count > 0)
        .map(|(tab, count)| {
            let href = links.with(|query| {
                query.filters.insert(FacetName::Kind, codes(tab));
            });
            view! { <li><a href=href data-live="">{text.none_in_tab(tab.name(context), count)}</a></li> }
        })
        .collect();
    let start_over = links.with(|query| {
        query.words.clear();
        query.near = None;
        query.within_km = None;
        query.filters.retain(|facet, _| *facet == FacetName::Kind);
    });
    let heading = view! { <h2 class="results-count" id="results-count">{text.none_title()}</h2> };
    let elsewhere = (!elsewhere.is_empty())
        .then(|| view! { <p>{text.none_elsewhere()}</p><ul>{elsewhere}</ul> });
    let start_over = view! { <p><a href=start_over data-live="">{text.none_start_over()}</a></p> };
    if ways.is_empty() {
        EitherOf3::B((heading, elsewhere, start_over))
    } else {
        EitherOf3::C((
            heading,
            view! { <p>{text.none_ways()}</p><ul>{ways}</ul> },
            elsewhere,
            start_over,
        ))
    }
}

/// Whether a way out that names no facet leaves out the words rather than the distance.
fn drops_words(asked: &Asked, way: &WayOut) -> bool {
    !asked.query.words.is_empty() && query::value(&way.query, "q").is_none()
}
