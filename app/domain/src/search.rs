//! What is asked of the index and what comes back.
//!
//! A query is read from the pairs of a query string, the same for the pages, the API and the
//! feeds. Nothing in it can fail: what is not understood is dropped and told, see [`Ignored`].

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::str::FromStr;
use std::sync::Arc;

use crate::freshness::Freshness;
use crate::{
    Audience, Challenge, Code, GeoPoint, Grade, Invalid, Kind, Language, LanguageTag, Motivation,
    Municipality, MunicipalityCode, OrganisationKind, OtherLevel, Outcome, PlaceMode, Price,
    PriceKind, Slug, Subject, Task, Theme,
};

/// A property that results can be counted and narrowed by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[expect(
    missing_docs,
    reason = "each is named for the parameter it is, see interface documentation"
)]
pub enum FacetName {
    Kind,
    Subject,
    Grade,
    Level,
    Theme,
    Municipality,
    Provider,
    Place,
    Price,
    Language,
    Strategy,
    Task,
    Challenge,
    Motivation,
    Outcome,
    Audience,
    PartnerKind,
}

impl FacetName {
    /// Every facet, in the order in which filters are shown.
    pub const ALL: [FacetName; 17] = [
        FacetName::Kind,
        FacetName::Grade,
        FacetName::Subject,
        FacetName::Price,
        FacetName::Place,
        FacetName::Municipality,
        FacetName::Theme,
        FacetName::Level,
        FacetName::Provider,
        FacetName::Language,
        FacetName::Audience,
        FacetName::Strategy,
        FacetName::Task,
        FacetName::Challenge,
        FacetName::Motivation,
        FacetName::Outcome,
        FacetName::PartnerKind,
    ];

    /// The name of the parameter.
    #[must_use]
    pub fn parameter(self) -> &'static str {
        match self {
            FacetName::Kind => "kind",
            FacetName::Subject => "subject",
            FacetName::Grade => "grade",
            FacetName::Level => "level",
            FacetName::Theme => "theme",
            FacetName::Municipality => "municipality",
            FacetName::Provider => "provider",
            FacetName::Place => "place",
            FacetName::Price => "price",
            FacetName::Language => "language",
            FacetName::Strategy => "strategy",
            FacetName::Task => "task",
            FacetName::Challenge => "challenge",
            FacetName::Motivation => "motivation",
            FacetName::Outcome => "outcome",
            FacetName::Audience => "audience",
            FacetName::PartnerKind => "partnerKind",
        }
    }

    /// The facet of a parameter.
    #[must_use]
    pub fn from_parameter(parameter: &str) -> Option<FacetName> {
        FacetName::ALL
            .into_iter()
            .find(|name| name.parameter() == parameter)
    }

    /// The facets that say something about the kinds asked for; every kind where none is named.
    #[must_use]
    pub fn fitting(kinds: &[Kind]) -> Vec<FacetName> {
        let any =
            |wanted: &[Kind]| kinds.is_empty() || kinds.iter().any(|kind| wanted.contains(kind));
        FacetName::ALL
            .into_iter()
            .filter(|name| match name {
                FacetName::Kind => true,
                FacetName::Subject | FacetName::Grade | FacetName::Theme => {
                    any(&[Kind::Offer, Kind::Case])
                }
                FacetName::Level | FacetName::Place | FacetName::Price | FacetName::Language => {
                    any(&[Kind::Offer])
                }
                FacetName::Municipality | FacetName::Provider | FacetName::PartnerKind => {
                    any(&[Kind::Offer, Kind::Case, Kind::Organisation])
                        && (*name != FacetName::PartnerKind || any(&[Kind::Case]))
                }
                FacetName::Strategy => any(&[Kind::Offer, Kind::Case, Kind::Recommendation]),
                FacetName::Audience => any(&[Kind::Case, Kind::Recommendation, Kind::Strategy]),
                FacetName::Task => any(&[Kind::Case, Kind::Role, Kind::Recommendation]),
                FacetName::Challenge | FacetName::Motivation | FacetName::Outcome => {
                    any(&[Kind::Case, Kind::Recommendation])
                }
            })
            .collect()
    }

    /// Reads one value of the facet into the form it has in the index.
    ///
    /// # Errors
    /// The rule the value breaks.
    pub fn parse_value(self, value: &str) -> Result<String, Invalid> {
        fn code<C: Code>(value: &str) -> Result<String, Invalid> {
            value.parse::<C>().map(|parsed| parsed.code().to_owned())
        }
        match self {
            FacetName::Kind => code::<Kind>(value),
            FacetName::Subject => code::<Subject>(value),
            FacetName::Grade => value.parse::<Grade>().map(|grade| grade.to_string()),
            FacetName::Level => code::<OtherLevel>(value),
            FacetName::Theme => value.parse::<Theme>().map(String::from),
            FacetName::Municipality => value
                .parse::<MunicipalityCode>()
                .or_else(|invalid| {
                    Municipality::find(value)
                        .map(|municipality| municipality.code)
                        .ok_or(invalid)
                })
                .map(|parsed| parsed.to_string()),
            FacetName::Provider | FacetName::Strategy => value.parse::<Slug>().map(String::from),
            FacetName::Place => code::<PlaceMode>(value),
            FacetName::Price if value == FREE_FOR_US => Ok(value.to_owned()),
            FacetName::Price => code::<PriceKind>(value),
            FacetName::Language => value
                .parse::<LanguageTag>()
                .map(|tag| tag.as_str().to_ascii_lowercase()),
            FacetName::Task => code::<Task>(value),
            FacetName::Challenge => code::<Challenge>(value),
            FacetName::Motivation => code::<Motivation>(value),
            FacetName::Outcome => code::<Outcome>(value),
            FacetName::Audience => code::<Audience>(value),
            FacetName::PartnerKind => code::<OrganisationKind>(value),
        }
    }

    /// The label of one of the facet's closed values; `None` where the label is the value itself
    /// (themes) or stands in the index (providers, strategies).
    #[must_use]
    pub fn label(self, value: &str, language: Language) -> Option<String> {
        fn label_of<C: Code>(value: &str, language: Language) -> Option<String> {
            value
                .parse::<C>()
                .ok()
                .map(|code| code.label(language).to_owned())
        }
        match self {
            FacetName::Kind => value
                .parse::<Kind>()
                .ok()
                .map(|kind| kind.plural(language).to_owned()),
            FacetName::Subject => label_of::<Subject>(value, language),
            FacetName::Grade => value
                .parse::<Grade>()
                .ok()
                .map(|grade| grade.label(language)),
            FacetName::Level => label_of::<OtherLevel>(value, language),
            FacetName::Municipality => value
                .parse::<MunicipalityCode>()
                .ok()
                .map(|code| code.name().to_owned()),
            FacetName::Place => label_of::<PlaceMode>(value, language),
            FacetName::Price if value == FREE_FOR_US => Some(
                match language {
                    Language::Danish => "Gratis for os",
                    Language::English => "Free for us",
                }
                .to_owned(),
            ),
            FacetName::Price => label_of::<PriceKind>(value, language),
            FacetName::Language => language_label(value, language).map(str::to_owned),
            FacetName::Task => label_of::<Task>(value, language),
            FacetName::Challenge => label_of::<Challenge>(value, language),
            FacetName::Motivation => label_of::<Motivation>(value, language),
            FacetName::Outcome => label_of::<Outcome>(value, language),
            FacetName::Audience => label_of::<Audience>(value, language),
            FacetName::PartnerKind => label_of::<OrganisationKind>(value, language),
            FacetName::Theme | FacetName::Provider | FacetName::Strategy => None,
        }
    }
}

/// The value of the price facet that means "free for the schools of the municipality chosen":
/// free for all, or with that municipality among `freeFor`.
pub const FREE_FOR_US: &str = "freeForUs";

/// The value of the parameter `lapsed` that finds what nobody has confirmed for a long time, too.
pub const WITH_LAPSED: &str = "with";

/// The name of a language that offers are held in.
#[must_use]
pub fn language_label(tag: &str, language: Language) -> Option<&'static str> {
    let labels = [
        ("da", "Dansk", "Danish"),
        ("en", "Engelsk", "English"),
        ("de", "Tysk", "German"),
        ("fr", "Fransk", "French"),
        ("sv", "Svensk", "Swedish"),
        ("no", "Norsk", "Norwegian"),
        ("nb", "Norsk", "Norwegian"),
        ("fo", "Færøsk", "Faroese"),
        ("kl", "Grønlandsk", "Greenlandic"),
        ("es", "Spansk", "Spanish"),
        ("ar", "Arabisk", "Arabic"),
        ("uk", "Ukrainsk", "Ukrainian"),
        ("dsl", "Dansk tegnsprog", "Danish sign language"),
    ];
    let primary = tag.split('-').next().unwrap_or_default();
    labels
        .iter()
        .find(|(known, _, _)| *known == primary)
        .map(|(_, danish, english)| match language {
            Language::Danish => *danish,
            Language::English => *english,
        })
}

/// How results are ordered.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Sort {
    /// Best match first.
    #[default]
    Relevance,
    /// Newest first.
    Newest,
    /// Nearest first; needs a place to be near.
    Distance,
    /// By title in Danish alphabetical order.
    Title,
}

impl Sort {
    /// Every order.
    pub const ALL: [Sort; 4] = [Sort::Relevance, Sort::Newest, Sort::Distance, Sort::Title];

    /// The value of the parameter.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Sort::Relevance => "relevance",
            Sort::Newest => "newest",
            Sort::Distance => "distance",
            Sort::Title => "title",
        }
    }
}

impl FromStr for Sort {
    type Err = Invalid;

    fn from_str(text: &str) -> Result<Sort, Invalid> {
        Sort::ALL
            .into_iter()
            .find(|sort| sort.code() == text)
            .ok_or_else(|| Invalid::UnknownCode(text.chars().take(40).collect()))
    }
}

/// The place that distances are counted from.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Near {
    /// A point.
    Point(GeoPoint),
    /// A municipality's centre.
    Municipality(MunicipalityCode),
}

impl Near {
    /// The point that distances are counted from.
    #[must_use]
    pub fn point(self) -> GeoPoint {
        match self {
            Near::Point(point) => point,
            Near::Municipality(code) => code.municipality().centre,
        }
    }
}

impl FromStr for Near {
    type Err = Invalid;

    /// Reads `55.4,10.4`, a municipality's code, its name or its slug.
    fn from_str(text: &str) -> Result<Near, Invalid> {
        if let Some((latitude, longitude)) = text.split_once(',')
            && let (Ok(latitude), Ok(longitude)) =
                (latitude.trim().parse(), longitude.trim().parse())
        {
            return GeoPoint::new(latitude, longitude).map(Near::Point);
        }
        Municipality::find(text)
            .map(|municipality| Near::Municipality(municipality.code))
            .ok_or_else(|| Invalid::UnknownMunicipality(text.chars().take(40).collect()))
    }
}

/// What may be read out of the words of a query; each can be undone by asking for the words
/// literally.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Reading {
    /// Grades and stages: "5. klasse", "udskoling".
    Grade,
    /// Municipalities: "i Vejle".
    Place,
    /// «gratis».
    Price,
}

impl Reading {
    /// Every reading.
    pub const ALL: [Reading; 3] = [Reading::Grade, Reading::Place, Reading::Price];

    /// The value of the parameter `literal` that undoes it.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Reading::Grade => "grade",
            Reading::Place => "place",
            Reading::Price => "price",
        }
    }
}

/// Which facets are wanted.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub enum FacetsWanted {
    /// Those that fit the kinds asked for.
    #[default]
    Fitting,
    /// These; none where the list is empty.
    These(Vec<FacetName>),
}

/// A search.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SearchQuery {
    /// The words, in one line, at most [`SearchQuery::MAX_WORDS`] characters.
    pub words: String,
    /// The choices: within a facet *or*, between facets *and*. Values are in their indexed form.
    pub filters: BTreeMap<FacetName, Vec<String>>,
    /// The facets wanted.
    pub facets: FacetsWanted,
    /// Where distances are counted from.
    pub near: Option<Near>,
    /// The farthest that a result may be, in kilometres; needs `near`.
    pub within_km: Option<f64>,
    /// The municipality the person belongs to («Min kommune»).
    pub home: Option<MunicipalityCode>,
    /// What must not be read out of the words.
    pub literal: Vec<Reading>,
    /// Whether what nobody has confirmed for a long time is found too.
    pub lapsed: bool,
    /// The order.
    pub sort: Sort,
    /// The page, from 1.
    pub page: Page,
    /// Results a page.
    pub per_page: PerPage,
}

/// A page number, from 1 to 500.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Page(u32);

/// Results a page, from 1 to 100.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct PerPage(u32);

macro_rules! bounded_number {
    ($name:ident, $most:literal, $default:literal) => {
        impl $name {
            /// The largest value.
            pub const MAX: u32 = $most;

            /// The number, held within its bounds.
            #[must_use]
            pub fn clamp(number: u32) -> Self {
                $name(number.clamp(1, $most))
            }

            /// The number.
            #[must_use]
            pub fn number(self) -> u32 {
                self.0
            }
        }

        impl Default for $name {
            fn default() -> Self {
                $name($default)
            }
        }

        impl FromStr for $name {
            type Err = Invalid;

            fn from_str(text: &str) -> Result<Self, Invalid> {
                text.parse::<u32>()
                    .ok()
                    .filter(|number| (1..=$most).contains(number))
                    .map($name)
                    .ok_or(Invalid::OutOfRange(1, $most))
            }
        }
    };
}

bounded_number!(Page, 500, 1);
bounded_number!(PerPage, 100, 20);

/// A parameter or value that was not understood and therefore dropped.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ignored {
    /// The parameter's name, at most 40 characters of it.
    pub parameter: String,
    /// The value, at most 80 characters of it.
    pub value: String,
    /// Why; `None` where the parameter itself is unknown.
    pub invalid: Option<Invalid>,
}

impl Ignored {
    /// The reason in a sentence.
    #[must_use]
    pub fn reason(&self, language: Language) -> String {
        match (&self.invalid, language) {
            (Some(invalid), Language::Danish) => format!("Værdien {}.", invalid.message(language)),
            (Some(invalid), Language::English) => {
                format!("The value {}.", invalid.message(language))
            }
            (None, Language::Danish) => "Søgningen kender ikke denne parameter.".to_owned(),
            (None, Language::English) => "The search does not know this parameter.".to_owned(),
        }
    }
}

impl SearchQuery {
    /// The most characters of words that are searched for; the rest is dropped and told.
    pub const MAX_WORDS: usize = 300;
    /// The most choices in one facet.
    pub const MAX_CHOICES: usize = 100;
    /// The most pairs that are read at all.
    pub const MAX_PAIRS: usize = 500;
    /// The most things that are told to have been ignored.
    const MAX_IGNORED: usize = 50;

    /// Reads a query from the decoded pairs of a query string. Empty values are those of fields
    /// left blank in a form, and count as not given. Parameters in `also_known` belong to the
    /// page or the API and are passed over.
    pub fn parse<Name: AsRef<str>, Value: AsRef<str>>(
        pairs: impl IntoIterator<Item = (Name, Value)>,
        also_known: &[&str],
    ) -> (SearchQuery, Vec<Ignored>) {
        let mut query = SearchQuery::default();
        let mut ignored = Vec::new();
        let mut ignore = |parameter: &str, value: &str, invalid: Option<Invalid>| {
            if ignored.len() < SearchQuery::MAX_IGNORED {
                ignored.push(Ignored {
                    parameter: parameter
                        .chars()
                        .filter(|letter| !letter.is_control())
                        .take(40)
                        .collect(),
                    value: value
                        .chars()
                        .filter(|letter| !letter.is_control())
                        .take(80)
                        .collect(),
                    invalid,
                });
            }
        };
        for (name, value) in pairs.into_iter().take(SearchQuery::MAX_PAIRS) {
            let (name, value) = (name.as_ref(), value.as_ref().trim());
            if value.is_empty() {
                continue;
            }
            if let Some(facet) = FacetName::from_parameter(name) {
                match facet.parse_value(value) {
                    Ok(parsed) => {
                        let choices = query.filters.entry(facet).or_default();
                        if choices.contains(&parsed) {
                            continue;
                        }
                        if choices.len() == SearchQuery::MAX_CHOICES {
                            ignore(
                                name,
                                value,
                                Some(Invalid::TooMany(SearchQuery::MAX_CHOICES)),
                            );
                        } else {
                            choices.push(parsed);
                        }
                    }
                    Err(invalid) => ignore(name, value, Some(invalid)),
                }
                continue;
            }
            let outcome = match name {
                "q" => {
                    let (words, whole) = clean_words(value);
                    query.words = words;
                    if whole {
                        Ok(())
                    } else {
                        Err(Invalid::TooLong(SearchQuery::MAX_WORDS))
                    }
                }
                "facets" => {
                    let mut wanted = Vec::new();
                    for part in value.split(',').map(str::trim).take(40) {
                        match FacetName::from_parameter(part) {
                            Some(facet) if wanted.contains(&facet) => {}
                            Some(facet) => wanted.push(facet),
                            None if part == "none" || part.is_empty() => {}
                            None => ignore(
                                name,
                                part,
                                Some(Invalid::UnknownCode(part.chars().take(40).collect())),
                            ),
                        }
                    }
                    query.facets = FacetsWanted::These(wanted);
                    Ok(())
                }
                "near" => value.parse().map(|near| query.near = Some(near)),
                "within" => match value.parse::<f64>() {
                    Ok(distance) if (0.0..=1000.0).contains(&distance) => {
                        query.within_km = Some(distance);
                        Ok(())
                    }
                    _ => Err(Invalid::OutOfRange(0, 1000)),
                },
                "home" => Municipality::find(value)
                    .map(|municipality| query.home = Some(municipality.code))
                    .ok_or_else(|| Invalid::UnknownMunicipality(value.chars().take(40).collect())),
                "literal" => match Reading::ALL
                    .into_iter()
                    .find(|reading| reading.code() == value)
                {
                    Some(reading) => {
                        if !query.literal.contains(&reading) {
                            query.literal.push(reading);
                        }
                        Ok(())
                    }
                    None => Err(Invalid::UnknownCode(value.chars().take(40).collect())),
                },
                "lapsed" if value == WITH_LAPSED => {
                    query.lapsed = true;
                    Ok(())
                }
                "lapsed" => Err(Invalid::UnknownCode(value.chars().take(40).collect())),
                "sort" => value.parse().map(|sort| query.sort = sort),
                "page" => value.parse().map(|page| query.page = page),
                "perPage" => value.parse().map(|per_page| query.per_page = per_page),
                known if also_known.contains(&known) => Ok(()),
                _ => {
                    ignore(name, value, None);
                    Ok(())
                }
            };
            if let Err(invalid) = outcome {
                ignore(name, value, Some(invalid));
            }
        }
        (query, ignored)
    }

    /// The choices made in a facet.
    #[must_use]
    pub fn choices(&self, facet: FacetName) -> &[String] {
        self.filters.get(&facet).map_or(&[], Vec::as_slice)
    }

    /// The kinds asked for; none means every kind.
    #[must_use]
    pub fn kinds(&self) -> Vec<Kind> {
        self.choices(FacetName::Kind)
            .iter()
            .filter_map(|code| code.parse().ok())
            .collect()
    }

    /// Whether nothing is asked for at all: no words and no choices but the kind.
    #[must_use]
    pub fn is_open(&self) -> bool {
        self.words.is_empty()
            && self.within_km.is_none()
            && self.filters.keys().all(|facet| *facet == FacetName::Kind)
    }

    /// The facets to count.
    #[must_use]
    pub fn facet_names(&self) -> Vec<FacetName> {
        match &self.facets {
            FacetsWanted::Fitting => FacetName::fitting(&self.kinds()),
            FacetsWanted::These(names) => names.clone(),
        }
    }

    /// How many results stand before this page.
    #[must_use]
    pub fn offset(&self) -> usize {
        (self.page.number() as usize - 1) * self.per_page.number() as usize
    }

    /// The query as the pairs of a query string, in a fixed order, without defaults; what
    /// [`SearchQuery::parse`] reads back to the same query.
    #[must_use]
    pub fn to_pairs(&self) -> Vec<(&'static str, String)> {
        let mut pairs = Vec::new();
        if !self.words.is_empty() {
            pairs.push(("q", self.words.clone()));
        }
        for facet in FacetName::ALL {
            for value in self.choices(facet) {
                pairs.push((facet.parameter(), value.clone()));
            }
        }
        match self.near {
            Some(Near::Municipality(code)) => pairs.push(("near", code.to_string())),
            Some(Near::Point(point)) => {
                pairs.push((
                    "near",
                    format!("{},{}", point.latitude(), point.longitude()),
                ));
            }
            None => {}
        }
        if let Some(distance) = self.within_km {
            pairs.push(("within", distance.to_string()));
        }
        if let Some(home) = self.home {
            pairs.push(("home", home.to_string()));
        }
        for reading in &self.literal {
            pairs.push(("literal", reading.code().to_owned()));
        }
        if self.lapsed {
            pairs.push(("lapsed", WITH_LAPSED.to_owned()));
        }
        if self.sort != Sort::default() {
            pairs.push(("sort", self.sort.code().to_owned()));
        }
        if let FacetsWanted::These(names) = &self.facets {
            let list: Vec<&str> = names.iter().map(|name| name.parameter()).collect();
            pairs.push((
                "facets",
                if list.is_empty() {
                    "none".to_owned()
                } else {
                    list.join(",")
                },
            ));
        }
        if self.per_page != PerPage::default() {
            pairs.push(("perPage", self.per_page.number().to_string()));
        }
        if self.page != Page::default() {
            pairs.push(("page", self.page.number().to_string()));
        }
        pairs
    }

    /// The query as a query string without the question mark, percent-encoded as forms are
    /// (WHATWG URL, application/x-www-form-urlencoded); empty where everything is the default.
    #[must_use]
    pub fn to_query_string(&self) -> String {
        encode_pairs(
            self.to_pairs()
                .iter()
                .map(|(name, value)| (*name, value.as_str())),
        )
    }
}

/// Encodes pairs as application/x-www-form-urlencoded (WHATWG URL standard, section 5.2).
pub fn encode_pairs<'pair>(pairs: impl IntoIterator<Item = (&'pair str, &'pair str)>) -> String {
    let mut encoded = String::new();
    let encode = |encoded: &mut String, text: &str| {
        for byte in text.bytes() {
            match byte {
                b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'*' | b'-' | b'.' | b'_' => {
                    encoded.push(byte as char);
                }
                b' ' => encoded.push('+'),
                // Writing to a String cannot fail.
                _ => drop(write!(encoded, "%{byte:02X}")),
            }
        }
    };
    for (name, value) in pairs {
        if !encoded.is_empty() {
            encoded.push('&');
        }
        encode(&mut encoded, name);
        encoded.push('=');
        encode(&mut encoded, value);
    }
    encoded
}

/// Words in one line with single spaces and no control characters, and whether all of them fit.
fn clean_words(value: &str) -> (String, bool) {
    let mut words = String::new();
    let mut count = 0;
    for word in value.split(|letter: char| letter.is_whitespace() || letter.is_control()) {
        if word.is_empty() {
            continue;
        }
        if count > 0 {
            if count + 1 >= SearchQuery::MAX_WORDS {
                return (words, false);
            }
            words.push(' ');
            count += 1;
        }
        for letter in word.chars() {
            if count == SearchQuery::MAX_WORDS {
                return (words, false);
            }
            words.push(letter);
            count += 1;
        }
    }
    (words, true)
}

/// Something read out of the words of a query and used as a filter, shown as a chip.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Understood {
    /// What it was read as; its [`Reading::code`] in `literal` undoes it.
    pub reading: Reading,
    /// The words it was read from.
    pub words: String,
    /// The facet's values it stands for: grades, municipality codes or price kinds.
    pub values: Vec<String>,
}

/// A result: everything the result list shows.
#[derive(Clone, Debug, PartialEq)]
pub struct Hit {
    /// The kind of object.
    pub kind: Kind,
    /// Its id.
    pub id: Slug,
    /// Its title in the language asked for.
    pub title: String,
    /// Its summary in the language asked for; empty where it has none.
    pub summary: String,
    /// Fragments that show what matched: HTML-escaped text in which only `<mark>` is markup.
    pub highlights: Vec<String>,
    /// The title with what matched marked, as in `highlights`; `None` where nothing in it did.
    pub marked_title: Option<String>,
    /// The provider of an offer, or the first partner of a case: id and name.
    pub provider: Option<(Slug, String)>,
    /// Names of further partners of a case.
    pub partners: Vec<String>,
    /// The municipality: of the place, else of the provider, else of the organisation itself.
    pub municipality: Option<MunicipalityCode>,
    /// Subjects.
    pub subjects: Vec<Subject>,
    /// Grades.
    pub grades: Vec<Grade>,
    /// Levels outside the grades.
    pub other_levels: Vec<OtherLevel>,
    /// Where an offer takes place.
    pub place: Option<PlaceMode>,
    /// Duration in minutes.
    pub duration_minutes: Option<u32>,
    /// The price.
    pub price: Option<Price>,
    /// The point, for maps.
    pub location: Option<GeoPoint>,
    /// Whom a recommendation or a strategy speaks to.
    pub audiences: Vec<Audience>,
    /// The kind of an organisation.
    pub organisation_kind: Option<OrganisationKind>,
    /// Kilometres from the place asked for.
    pub distance_km: Option<f64>,
    /// Whether it is free for schools of the municipality chosen; `None` where none is chosen.
    pub free_for_us: Option<bool>,
    /// Whether schools of the municipality chosen can use it; `None` where none is chosen.
    pub open_to_us: Option<bool>,
    /// Whether it is sample content.
    pub sample: bool,
    /// How sure one can be that it still holds.
    pub freshness: Freshness,
}

/// One value of a facet and how many results have it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FacetCount {
    /// The value in its indexed form.
    pub value: Arc<str>,
    /// Its label in the language asked for.
    pub label: Arc<str>,
    /// How many results have it, with the facet's own choice left aside.
    pub count: u64,
    /// Whether it is chosen.
    pub chosen: bool,
}

/// A facet's counts, highest first, at most 50, the chosen ones always among them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Facet {
    /// The facet.
    pub name: FacetName,
    /// Its values.
    pub counts: Vec<FacetCount>,
}

/// A filter that stands in the way of an empty result, and how many results leaving it out gives.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WayOut {
    /// The facet whose choice to leave out; `None` for the words or the distance.
    pub facet: Option<FacetName>,
    /// The query without it, see [`SearchQuery::to_query_string`].
    pub query: String,
    /// How many results that gives.
    pub total: u64,
}

/// What came back.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SearchResults {
    /// How many results there are, exactly.
    pub total: u64,
    /// How many more would be found with what nobody has confirmed for a long time, where that is left out.
    pub lapsed: u64,
    /// The results of the page asked for.
    pub hits: Vec<Hit>,
    /// The facets asked for.
    pub facets: Vec<Facet>,
    /// How many results there are of each kind when the choice of kind is left aside.
    pub kinds: Vec<(Kind, u64)>,
    /// What was read out of the words.
    pub understood: Vec<Understood>,
    /// A spelling that would find more.
    pub did_you_mean: Option<String>,
    /// Where nothing was found: what to leave out.
    pub ways_out: Vec<WayOut>,
    /// How many results each municipality has, for the map; only where asked for.
    pub by_municipality: Vec<(MunicipalityCode, u64)>,
}

/// A suggestion while typing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Suggestion {
    /// What is suggested.
    pub text: String,
    /// The kind of object, or `None` for words to search for.
    pub kind: Option<Kind>,
    /// The object's id.
    pub id: Option<Slug>,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(pairs: &[(&str, &str)]) -> (SearchQuery, Vec<Ignored>) {
        SearchQuery::parse(pairs.iter().copied(), &["lang"])
    }

    #[test]
    fn a_query_reads_what_it_writes() {
        let (query, ignored) = parse(&[
            ("q", "  dyr i   vandhullet\n"),
            ("kind", "offer"),
            ("subject", "biologi"),
            ("subject", "natur-teknologi"),
            ("grade", "5"),
            ("municipality", "Vejle"),
            ("near", "vejle"),
            ("within", "25"),
            ("home", "0630"),
            ("literal", "grade"),
            ("lapsed", "with"),
            ("sort", "distance"),
            ("facets", "subject,grade"),
            ("page", "2"),
            ("perPage", "50"),
            ("lang", "en"),
            ("place", ""),
        ]);
        assert_eq!(ignored, []);
        assert_eq!(query.words, "dyr i vandhullet");
        assert_eq!(query.choices(FacetName::Municipality), ["630"]);
        assert_eq!(query.offset(), 50);
        let pairs = query.to_pairs();
        let (again, ignored) = SearchQuery::parse(pairs, &[]);
        assert_eq!(ignored, []);
        assert_eq!(again, query);
        assert!(
            query
                .to_query_string()
                .starts_with("q=dyr+i+vandhullet&kind=offer&grade=5&subject=biologi")
        );
    }

    #[test]
    fn what_is_not_understood_is_dropped_and_told() {
        let long = "å".repeat(10_000);
        let (query, ignored) = parse(&[
            ("grade", "99"),
            ("subject", "alkymi"),
            ("colour", "blue"),
            ("page", "100000000000"),
            ("perPage", "0"),
            ("near", "Atlantis"),
            ("within", "NaN"),
            ("lapsed", "without"),
            ("sort", "random"),
            ("facets", "subject,nonsense"),
            ("q", &long),
        ]);
        let told: Vec<&str> = ignored
            .iter()
            .map(|ignored| ignored.parameter.as_str())
            .collect();
        assert_eq!(
            told,
            [
                "grade", "subject", "colour", "page", "perPage", "near", "within", "lapsed",
                "sort", "facets", "q"
            ]
        );
        assert_eq!(query.words.chars().count(), SearchQuery::MAX_WORDS);
        assert_eq!(query.page, Page::default());
        assert!(
            ignored
                .iter()
                .all(|ignored| !ignored.reason(Language::Danish).is_empty())
        );
        assert_eq!(query.facets, FacetsWanted::These(vec![FacetName::Subject]));
    }

    #[test]
    fn facets_fit_the_kinds() {
        assert_eq!(FacetName::fitting(&[]).len(), 17);
        let offers = FacetName::fitting(&[Kind::Offer]);
        assert!(offers.contains(&FacetName::Price) && !offers.contains(&FacetName::Task));
        let cases = FacetName::fitting(&[Kind::Case]);
        assert!(cases.contains(&FacetName::PartnerKind) && !cases.contains(&FacetName::Price));
    }

    proptest::proptest! {
        #[test]
        fn any_pairs_are_read_with_bounded_work(pairs in proptest::collection::vec((".{0,12}", ".{0,400}"), 0..20)) {
            let (query, _) = SearchQuery::parse(pairs, &[]);
            proptest::prop_assert!(query.words.chars().count() <= SearchQuery::MAX_WORDS);
            let (again, ignored) = SearchQuery::parse(query.to_pairs(), &[]);
            proptest::prop_assert_eq!(ignored, vec![]);
            proptest::prop_assert_eq!(again, query);
        }

        #[test]
        fn any_words_are_read(words in ".*") {
            let (query, _) = SearchQuery::parse([("q", words)], &[]);
            let (again, _) = SearchQuery::parse([("q", query.words.clone())], &[]);
            proptest::prop_assert_eq!(again.words, query.words);
        }
    }
}
