//! From a published object to a document of the index.

use std::collections::BTreeMap;

use domain::search::FacetName;
use domain::{
    Anchoring, Case, Code, Degree, Entry, GeoPoint, Grade, Kind, Language, MunicipalityCode, Offer,
    Organisation, OrganisationKind, PriceKind, Recommendation, Role, Slug, Strategy,
};
use jiff::Timestamp;
use jiff::civil::Date;

use crate::card::{Card, CardPrice, position};
use crate::danish::analysis::Analyser;
use crate::danish::{spelling, stopwords};
use crate::highlight;
use crate::terms::{Layer, TermWeights};

/// A published object with everything the index needs to know of it.
#[derive(Clone, Debug, PartialEq)]
pub struct Source {
    /// The object.
    pub entry: Entry,
    /// What the index needs to know of the objects it mentions.
    pub context: Context,
    /// When it was published in the portal; the freshness of an object that does not say when it was updated.
    pub published: Timestamp,
    /// The position of the change in the store's log.
    pub sequence: u64,
    /// Whether it is sample content.
    pub sample: bool,
    /// The day on which it is to be reviewed next; none for what is not reviewed.
    pub review: Option<Date>,
    /// Its title and summary in English, where there are any.
    pub english: Option<(String, String)>,
}

/// What an object mentions.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Context {
    /// The organisations mentioned, by id.
    pub organisations: BTreeMap<Slug, OrganisationFacts>,
    /// The titles of the strategies mentioned, by code.
    pub strategies: BTreeMap<Slug, String>,
}

/// What the index needs to know of an organisation that others mention.
#[derive(Clone, Debug, PartialEq)]
pub struct OrganisationFacts {
    /// Its name.
    pub name: String,
    /// Its kind.
    pub kind: OrganisationKind,
    /// Its municipality.
    pub municipality: Option<MunicipalityCode>,
    /// Where it lies.
    pub location: Option<GeoPoint>,
}

impl From<&Organisation> for OrganisationFacts {
    fn from(organisation: &Organisation) -> Self {
        OrganisationFacts {
            name: organisation.name.as_str().to_owned(),
            kind: organisation.kind,
            municipality: organisation.municipality,
            location: organisation.location,
        }
    }
}

/// How much a word weighs in each field. Title beats summary beats body.
mod weight {
    pub const TITLE: f32 = 4.2;
    pub const THEME: f32 = 3.6;
    /// A facet's value, for the words that stand for it.
    pub const FACET: f32 = 1.6;
    pub const SUMMARY: f32 = 2.0;
    pub const PROVIDER: f32 = 2.0;
    pub const SUBJECT: f32 = 1.4;
    pub const BODY: f32 = 1.0;
    pub const PLACE: f32 = 1.0;
    pub const ASIDE: f32 = 0.6;
    /// A compound's parts, against the compound itself.
    pub const HEAD: f32 = 0.9;
    pub const MODIFIER: f32 = 0.8;
    /// Each further cut of a compound.
    pub const DEEPER: f32 = 0.5;
}

/// So many letters of a body are kept for showing what matched.
const BODY_KEPT: usize = 1400;

/// Prefixes of facet values that are filters only, never counted.
pub(crate) mod hidden {
    /// Municipalities for whose schools it is free.
    pub const FREE_FOR: &str = "freeFor";
    /// Municipalities whose schools can use it.
    pub const OPEN_TO: &str = "openTo";
}

/// A document ready for the index.
#[derive(Debug)]
pub(crate) struct Document {
    pub key: String,
    pub terms: String,
    /// Facet and value, with the label after a unit separator where it is not known from the code.
    pub facets: Vec<String>,
    pub updated: i64,
    /// See [`day_number`].
    pub review: Option<i64>,
    /// The first day on which a part of what keeps it alive is to be reviewed.
    pub anchoring: Option<i64>,
    pub sequence: u64,
    pub point: Option<GeoPoint>,
    pub title_sort: String,
    pub card: Vec<u8>,
}

/// A day as the number of days since 1970.
pub(crate) fn day_number(day: Date) -> i64 {
    (day - Date::constant(1970, 1, 1)).get_days().into()
}

/// The key of a document: kind and id.
pub(crate) fn key(kind: Kind, id: &str) -> String {
    format!("{}/{id}", kind.code())
}

/// Takes Markdown's marks out of a text, roughly: what is left is only searched and shown in fragments.
fn plain(markdown: &str) -> String {
    let mut plain = String::with_capacity(markdown.len());
    let mut rest = markdown.chars().peekable();
    let mut line_start = true;
    while let Some(letter) = rest.next() {
        match letter {
            '*' | '_' | '`' | '#' | '>' | '[' => {}
            '-' if line_start => {}
            ']' => {
                if rest.peek() == Some(&'(') {
                    for letter in rest.by_ref() {
                        if letter == ')' {
                            break;
                        }
                    }
                }
            }
            '\n' | '\r' => {
                line_start = true;
                if !plain.ends_with(' ') {
                    plain.push(' ');
                }
                continue;
            }
            letter if letter.is_whitespace() => {
                if !plain.ends_with(' ') {
                    plain.push(' ');
                }
                continue;
            }
            letter => plain.push(letter),
        }
        line_start = false;
    }
    plain.trim().to_owned()
}

/// Gathers a document.
struct Gathering<'a> {
    analyser: &'a Analyser,
    terms: TermWeights,
    facets: Vec<String>,
    point: Option<GeoPoint>,
}

impl Gathering<'_> {
    /// Adds a text's words. `usual` is how many words such a text usually has; a longer one counts less a word.
    fn text(&mut self, text: &str, weight: f32, usual: Option<f32>) {
        let weight = match usual {
            Some(usual) => {
                let mut count = 0_u16;
                spelling::each_word(text, |_, _, _| count = count.saturating_add(1));
                weight / (0.65 + 0.35 * f32::from(count) / usual)
            }
            None => weight,
        };
        let analyser = self.analyser;
        let terms = &mut self.terms;
        spelling::each_word(text, |_, _, word| {
            if stopwords::is_empty_word(word) && word.len() <= 3 {
                return;
            }
            let word = analyser.word(word);
            terms.add(Layer::Surface.term(&word.surface), weight);
            for lemma in &word.lemmas {
                terms.add(Layer::Lemma.term(lemma), weight);
            }
            for part in &word.parts {
                let share = if part.head {
                    weight::HEAD
                } else {
                    weight::MODIFIER
                };
                let share = share * weight::DEEPER.powi(i32::from(part.depth) - 1);
                terms.add(Layer::Part.term(&part.lemma), weight * share);
            }
        });
    }

    fn title(&mut self, title: &str) {
        self.text(title, weight::TITLE, None);
        let analyser = self.analyser;
        let terms = &mut self.terms;
        spelling::each_word(title, |_, _, word| {
            let word = analyser.word(word);
            terms.add(Layer::Title.term(&word.surface), 1.0);
        });
    }

    fn facet(&mut self, facet: FacetName, value: &str) {
        self.facets.push(format!("{}:{value}", facet.parameter()));
        self.facet_term(facet, value, weight::FACET);
    }

    /// The term that a facet's value has among the words, so that words can be said to stand for it (see `synonyms.txt`).
    fn facet_term(&mut self, facet: FacetName, value: &str, weight: f32) {
        if matches!(
            facet,
            FacetName::Place
                | FacetName::Level
                | FacetName::Language
                | FacetName::Strategy
                | FacetName::Task
                | FacetName::Challenge
                | FacetName::Outcome
                | FacetName::Motivation
        ) {
            let term = Layer::Lemma.term(&format!("@{}:{value}", facet.parameter()));
            self.terms.add(term, weight);
        }
    }

    fn labelled(&mut self, facet: FacetName, value: &str, label: &str) {
        self.facets
            .push(format!("{}:{value}\u{1f}{label}", facet.parameter()));
        self.facet_term(facet, value, weight::FACET);
    }

    fn hidden(&mut self, name: &str, code: MunicipalityCode) {
        self.facets.push(format!("{name}:{code}"));
    }

    fn codes<C: Code>(
        &mut self,
        facet: FacetName,
        codes: impl IntoIterator<Item = C>,
        weight: f32,
    ) {
        for code in codes {
            self.facet(facet, code.code());
            if weight > 0.0 {
                self.text(code.label(Language::Danish), weight, None);
            }
        }
    }

    /// What holds to a degree: the value counts wherever it holds at all, its words where it holds somewhat.
    fn degree<C: Code>(&mut self, facet: FacetName, code: C, degree: Degree) {
        let share = match degree {
            Degree::High => 1.0,
            Degree::Some => 0.6,
            Degree::Little => 0.2,
            Degree::None => return,
        };
        self.facets
            .push(format!("{}:{}", facet.parameter(), code.code()));
        self.facet_term(facet, code.code(), weight::FACET * share);
        if share > 0.5 {
            self.text(code.label(Language::Danish), weight::ASIDE * 0.5, None);
        }
    }

    fn mention(&mut self, kind: Kind, id: &Slug) {
        self.terms
            .add(Layer::Mention.term(&key(kind, id.as_str())), 0.1);
    }

    fn grades(&mut self, grades: &[Grade]) -> u16 {
        let mut mask = 0;
        for grade in grades {
            mask |= 1 << grade.number();
            self.facet(FacetName::Grade, &grade.to_string());
        }
        mask
    }

    fn municipality(&mut self, code: MunicipalityCode, weight: f32) {
        self.facet(FacetName::Municipality, &code.to_string());
        self.text(code.name(), weight, None);
    }

    fn anchoring(&mut self, anchoring: &[Anchoring], context: &Context) {
        for entry in anchoring {
            let title = context
                .strategies
                .get(&entry.strategy)
                .map_or(entry.strategy.as_str(), String::as_str);
            self.labelled(FacetName::Strategy, entry.strategy.as_str(), title);
            self.text(title, weight::ASIDE, None);
            self.mention(Kind::Strategy, &entry.strategy);
            if let Some(owner) = &entry.owner {
                self.mention(Kind::Organisation, owner);
            }
            if let Some(note) = &entry.note {
                self.text(note.as_str(), weight::ASIDE, None);
            }
        }
    }
}

const USUAL_SUMMARY: f32 = 20.0;
const USUAL_BODY: f32 = 80.0;

/// Makes a document of a source.
pub(crate) fn document(source: &Source, analyser: &Analyser) -> Document {
    let mut gathering = Gathering {
        analyser,
        terms: TermWeights::default(),
        facets: Vec::new(),
        point: None,
    };
    gathering.title(source.entry.title());
    gathering.facet(FacetName::Kind, source.entry.kind().code());
    if let Some((title, summary)) = &source.english {
        gathering.text(title, weight::ASIDE, None);
        gathering.text(summary, weight::ASIDE * 0.5, None);
    }
    for reference in source.entry.references() {
        gathering.mention(reference.kind, &reference.id);
    }
    let mut card = Card {
        id: source.entry.id().as_str(),
        title: source.entry.title(),
        kind: position(source.entry.kind()),
        english: source
            .english
            .as_ref()
            .map(|(title, summary)| (title.as_str(), summary.as_str())),
        sample: source.sample,
        ..Card::default()
    };
    let (body, updated) = match &source.entry {
        Entry::Offer(offer) => of_offer(offer, &source.context, &mut gathering, &mut card),
        Entry::Case(case) => of_case(case, &source.context, &mut gathering, &mut card),
        Entry::Strategy(strategy) => of_strategy(strategy, &mut gathering, &mut card),
        Entry::Role(role) => of_role(role, &mut gathering, &mut card),
        Entry::Recommendation(recommendation) => {
            of_recommendation(recommendation, &source.context, &mut gathering, &mut card)
        }
        Entry::Organisation(organisation) => {
            of_organisation(organisation, &mut gathering, &mut card)
        }
    };
    let mut facets = std::mem::take(&mut gathering.facets);
    facets.sort();
    facets.dedup();
    let cut = body
        .char_indices()
        .nth(BODY_KEPT)
        .map_or(body.len(), |(at, _)| at);
    card.body = &body[..cut];
    card.location = gathering
        .point
        .map(|point| (point.latitude(), point.longitude()));
    let marks = highlight::marks(&[card.title, card.summary, card.body], analyser);
    card.marks = &marks;
    let signature: Vec<String> = gathering
        .terms
        .heaviest(Layer::Lemma)
        .into_iter()
        .filter(|(lemma, _)| {
            lemma.len() > 2 && !stopwords::is_empty_word(lemma) && !stopwords::is_faint(lemma)
        })
        .take(16)
        .map(|(lemma, _)| lemma.to_owned())
        .collect();
    card.signature = signature.iter().map(String::as_str).collect();
    // A day is enough: what was updated on the same day is as fresh.
    let updated = updated.map_or(source.published.as_second(), |date| {
        date.duration_since(Date::constant(1970, 1, 1)).as_secs()
    });
    Document {
        key: key(source.entry.kind(), source.entry.id().as_str()),
        terms: gathering.terms.encoded(),
        facets,
        updated,
        review: source.review.map(day_number),
        anchoring: source
            .entry
            .anchoring()
            .iter()
            .filter_map(Anchoring::review)
            .min()
            .map(day_number),
        sequence: source.sequence,
        point: gathering.point,
        title_sort: domain::sort_key_danish(source.entry.title()),
        card: card.written(),
    }
}

type BodyAndDate = (String, Option<Date>);

fn of_offer<'a>(
    offer: &'a Offer,
    context: &'a Context,
    gathering: &mut Gathering<'_>,
    card: &mut Card<'a>,
) -> BodyAndDate {
    card.summary = offer.summary.as_str();
    gathering.text(offer.summary.as_str(), weight::SUMMARY, Some(USUAL_SUMMARY));
    let body = offer
        .description
        .as_ref()
        .map(|text| plain(text.as_str()))
        .unwrap_or_default();
    gathering.text(&body, weight::BODY, Some(USUAL_BODY));
    for theme in &offer.themes {
        gathering.facet(FacetName::Theme, theme.as_str());
        gathering.text(theme.as_str(), weight::THEME, None);
    }
    for goal in &offer.goals {
        gathering.text(goal.as_str(), weight::ASIDE, None);
    }
    if let Some(materials) = &offer.materials {
        for text in [&materials.before, &materials.during, &materials.after]
            .into_iter()
            .flatten()
        {
            gathering.text(&plain(text.as_str()), weight::ASIDE, Some(USUAL_BODY));
        }
    }
    if let Some(transport) = &offer.transport {
        if let Some(note) = &transport.note {
            gathering.text(note.as_str(), weight::ASIDE, None);
        }
        if let Some(activities) = &transport.activities {
            gathering.text(&plain(activities.as_str()), weight::ASIDE, None);
        }
    }
    for text in [
        offer.accessibility.as_ref().map(domain::Paragraph::as_str),
        offer
            .available
            .as_ref()
            .and_then(|available| available.note.as_ref())
            .map(domain::Line::as_str),
    ]
    .into_iter()
    .flatten()
    {
        gathering.text(text, weight::ASIDE, None);
    }
    if let Some(role) = offer
        .contact
        .as_ref()
        .and_then(|contact| contact.role.as_ref())
    {
        gathering.text(role.as_str(), weight::ASIDE * 0.5, None);
    }
    gathering.codes(
        FacetName::Subject,
        offer.subjects.iter().copied(),
        weight::SUBJECT,
    );
    card.subjects = offer
        .subjects
        .iter()
        .map(|subject| position(*subject))
        .collect();
    card.grades = gathering.grades(&offer.grades);
    gathering.codes(
        FacetName::Level,
        offer.other_levels.iter().copied(),
        weight::SUBJECT,
    );
    card.other_levels = offer
        .other_levels
        .iter()
        .map(|level| position(*level))
        .collect();

    let provider = context.organisations.get(&offer.provider);
    let provider_name = provider.map_or(offer.provider.as_str(), |provider| provider.name.as_str());
    card.provider = Some((offer.provider.as_str(), provider_name));
    gathering.labelled(FacetName::Provider, offer.provider.as_str(), provider_name);
    gathering.text(provider_name, weight::PROVIDER, None);

    let place = offer.place.as_ref();
    let municipality = place
        .and_then(|place| place.municipality)
        .or_else(|| provider.and_then(|provider| provider.municipality));
    if let Some(code) = municipality {
        gathering.municipality(code, weight::PLACE);
        card.municipality = Some(code.number());
    }
    if let Some(place) = place {
        gathering.codes(FacetName::Place, [place.mode], weight::ASIDE);
        card.place = Some(position(place.mode));
        if let Some(city) = place
            .address
            .as_ref()
            .and_then(|address| address.city.as_ref().or(address.text.as_ref()))
        {
            gathering.text(city.as_str(), weight::PLACE, None);
        }
    }
    gathering.point = place
        .and_then(|place| place.location)
        .or_else(|| {
            // The provider's own point only where its municipality is the offer's.
            provider
                .filter(|provider| provider.municipality == municipality)
                .and_then(|provider| provider.location)
        })
        .or_else(|| municipality.map(|code| code.municipality().centre));
    card.duration_minutes = offer.duration_minutes;
    if let Some(price) = &offer.price {
        gathering.facet(FacetName::Price, price.kind.code());
        if price.kind == PriceKind::Free {
            gathering.text("gratis", weight::PLACE, None);
        }
        for code in &price.free_for {
            gathering.hidden(hidden::FREE_FOR, *code);
        }
        if let Some(note) = &price.note {
            gathering.text(note.as_str(), weight::ASIDE * 0.5, None);
        }
        card.price = Some(CardPrice {
            kind: position(price.kind),
            amount: price.amount,
            free_for: price.free_for.iter().map(|code| code.number()).collect(),
            note: price.note.as_ref().map(domain::Line::as_str),
        });
    }
    for code in &offer.open_to {
        gathering.hidden(hidden::OPEN_TO, *code);
        card.open_to.push(code.number());
    }
    if offer.languages.is_empty() {
        gathering.facet(FacetName::Language, "da");
    }
    for language in &offer.languages {
        gathering.facet(FacetName::Language, &language.as_str().to_ascii_lowercase());
    }
    gathering.anchoring(&offer.anchoring, context);
    (body, offer.updated)
}

fn of_case<'a>(
    case: &'a Case,
    context: &'a Context,
    gathering: &mut Gathering<'_>,
    card: &mut Card<'a>,
) -> BodyAndDate {
    card.summary = case.summary.as_str();
    gathering.text(case.summary.as_str(), weight::SUMMARY, Some(USUAL_SUMMARY));
    let mut body = String::new();
    for text in [&case.story, &case.what_worked, &case.what_did_not]
        .into_iter()
        .flatten()
    {
        let text = plain(text.as_str());
        if !body.is_empty() {
            body.push(' ');
        }
        body.push_str(&text);
    }
    gathering.text(&body, weight::BODY, Some(USUAL_BODY));
    for advice in &case.advice {
        gathering.text(advice.text.as_str(), weight::ASIDE, Some(USUAL_SUMMARY));
        gathering.facet(FacetName::Audience, advice.audience.code());
    }
    for theme in &case.themes {
        gathering.facet(FacetName::Theme, theme.as_str());
        gathering.text(theme.as_str(), weight::THEME, None);
    }
    if let Some(funding) = &case.funding {
        gathering.text(funding.as_str(), weight::ASIDE, None);
    }
    gathering.codes(
        FacetName::Subject,
        case.subjects.iter().copied(),
        weight::SUBJECT,
    );
    card.subjects = case
        .subjects
        .iter()
        .map(|subject| position(*subject))
        .collect();
    card.grades = gathering.grades(&case.grades);
    for (motivation, degree) in &case.motivations {
        gathering.degree(FacetName::Motivation, *motivation, *degree);
    }
    for (outcome, degree) in &case.outcomes {
        gathering.degree(FacetName::Outcome, *outcome, *degree);
    }
    for (challenge, degree) in &case.challenges {
        gathering.degree(FacetName::Challenge, *challenge, *degree);
    }
    let mut municipalities = Vec::new();
    for (place, partner) in case.partners.iter().enumerate() {
        for (task, degree) in &partner.tasks {
            if *degree != Degree::None {
                gathering.facet(FacetName::Task, task.code());
            }
        }
        let Some(facts) = context.organisations.get(&partner.organisation) else {
            continue;
        };
        gathering.text(&facts.name, weight::PROVIDER * 0.8, None);
        gathering.facet(FacetName::PartnerKind, facts.kind.code());
        gathering.labelled(
            FacetName::Provider,
            partner.organisation.as_str(),
            &facts.name,
        );
        if let Some(code) = facts.municipality
            && !municipalities.contains(&code)
        {
            municipalities.push(code);
            gathering.municipality(code, weight::PLACE);
        }
        if gathering.point.is_none() {
            gathering.point = facts.location;
        }
        if place == 0 {
            card.provider = Some((partner.organisation.as_str(), facts.name.as_str()));
        } else {
            card.partners.push(facts.name.as_str());
        }
    }
    if let Some(code) = municipalities.first() {
        card.municipality = Some(code.number());
        gathering.point = gathering.point.or(Some(code.municipality().centre));
    }
    gathering.anchoring(&case.anchoring, context);
    let finished = case
        .period
        .as_ref()
        .and_then(|period| period.to.or(period.from));
    (body, case.updated.or(finished))
}

fn of_strategy<'a>(
    strategy: &'a Strategy,
    gathering: &mut Gathering<'_>,
    card: &mut Card<'a>,
) -> BodyAndDate {
    card.summary = strategy
        .summary
        .as_ref()
        .map_or("", domain::Paragraph::as_str);
    gathering.text(card.summary, weight::SUMMARY, Some(USUAL_SUMMARY));
    let body = strategy
        .description
        .as_ref()
        .map(|text| plain(text.as_str()))
        .unwrap_or_default();
    gathering.text(&body, weight::BODY, Some(USUAL_BODY));
    gathering.codes(
        FacetName::Audience,
        strategy.owners.iter().copied(),
        weight::ASIDE,
    );
    card.audiences = strategy
        .owners
        .iter()
        .map(|audience| position(*audience))
        .collect();
    gathering.text("forankring forankringsstrategi", weight::ASIDE, None);
    (body, None)
}

fn of_role<'a>(role: &'a Role, gathering: &mut Gathering<'_>, card: &mut Card<'a>) -> BodyAndDate {
    card.summary = role.summary.as_ref().map_or("", domain::Paragraph::as_str);
    gathering.text(card.summary, weight::SUMMARY, Some(USUAL_SUMMARY));
    let body = role
        .description
        .as_ref()
        .map(|text| plain(text.as_str()))
        .unwrap_or_default();
    gathering.text(&body, weight::BODY, Some(USUAL_BODY));
    gathering.codes(FacetName::Task, role.tasks.iter().copied(), weight::ASIDE);
    gathering.text("rolle", weight::ASIDE, None);
    (body, None)
}

fn of_recommendation<'a>(
    recommendation: &'a Recommendation,
    context: &Context,
    gathering: &mut Gathering<'_>,
    card: &mut Card<'a>,
) -> BodyAndDate {
    let body = plain(recommendation.text.as_str());
    gathering.text(&body, weight::SUMMARY * 0.8, Some(USUAL_SUMMARY * 1.6));
    gathering.codes(
        FacetName::Audience,
        recommendation.audiences.iter().copied(),
        weight::ASIDE * 0.5,
    );
    card.audiences = recommendation
        .audiences
        .iter()
        .map(|audience| position(*audience))
        .collect();
    for topic in &recommendation.topics {
        let code = topic.as_str();
        for facet in [
            FacetName::Motivation,
            FacetName::Task,
            FacetName::Outcome,
            FacetName::Challenge,
        ] {
            if facet.parse_value(code).is_ok() {
                gathering.facet(facet, code);
            }
        }
        if let Some(title) = context.strategies.get(topic) {
            gathering.labelled(FacetName::Strategy, code, title);
            gathering.text(title, weight::ASIDE, None);
        }
        if let Some(label) = domain::codes::topic_label(code, Language::Danish) {
            gathering.text(label, weight::ASIDE, None);
        }
    }
    for evidence in &recommendation.evidence {
        if let Some(note) = &evidence.note {
            gathering.text(note.as_str(), weight::ASIDE, None);
        }
    }
    gathering.text("anbefaling", weight::ASIDE, None);
    (body, None)
}

fn of_organisation<'a>(
    organisation: &'a Organisation,
    gathering: &mut Gathering<'_>,
    card: &mut Card<'a>,
) -> BodyAndDate {
    card.summary = organisation
        .summary
        .as_ref()
        .map_or("", domain::Paragraph::as_str);
    gathering.text(card.summary, weight::SUMMARY, Some(USUAL_SUMMARY));
    gathering.text(
        organisation.kind.label(Language::Danish),
        weight::ASIDE,
        None,
    );
    card.organisation_kind = Some(position(organisation.kind));
    if let Some(code) = organisation.municipality {
        gathering.municipality(code, weight::PLACE);
        card.municipality = Some(code.number());
    }
    if let Some(city) = organisation
        .address
        .as_ref()
        .and_then(|address| address.city.as_ref().or(address.text.as_ref()))
    {
        gathering.text(city.as_str(), weight::PLACE, None);
    }
    gathering.point = organisation.location.or_else(|| {
        organisation
            .municipality
            .map(|code| code.municipality().centre)
    });
    (String::new(), None)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markdown_is_read_as_text() {
        assert_eq!(
            plain("Vi **går** til [åen](https://aa.dk).\n\n- Net\n- Lup"),
            "Vi går til åen. Net Lup"
        );
        assert_eq!(plain("en-to"), "en-to");
    }
}
