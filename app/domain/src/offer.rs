//! Teaching offers (undervisningstilbud, forløb).

use jiff::civil::Date;
use serde::{Deserialize, Serialize, Serializer};

use crate::attachment::check_attachments;
use crate::{
    Address, AnchoringStatus, AttachedFile, Code, EmailAddress, GeoPoint, Grade, Image, Invalid,
    LanguageTag, Line, Markdown, MunicipalityCode, OtherLevel, Paragraph, PhoneNumber, PlaceMode,
    PriceKind, Slug, Subject, Theme, Title, TransportMode, WebAddress,
};

/// A teaching offer.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Offer {
    /// The id.
    pub id: Slug,
    /// The title.
    pub title: Title,
    /// The promise, in a sentence or two.
    pub summary: Paragraph,
    /// The organisation that offers it.
    pub provider: Slug,
    /// What happens, at length.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub description: Option<Markdown>,
    /// Subjects.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub subjects: Vec<Subject>,
    /// Grades; none named means that the offer does not say.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub grades: Vec<Grade>,
    /// Levels outside the grades.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub other_levels: Vec<OtherLevel>,
    /// Themes in free words.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub themes: Vec<Theme>,
    /// Where it takes place.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub place: Option<Place>,
    /// Duration in minutes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub duration_minutes: Option<u32>,
    /// The most pupils at a time.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max_pupils: Option<u32>,
    /// The price.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub price: Option<Price>,
    /// The municipalities whose schools can use it; empty for every school.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub open_to: Vec<MunicipalityCode>,
    /// When it can be had.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub available: Option<Availability>,
    /// Languages it is held in; empty means Danish.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub languages: Vec<LanguageTag>,
    /// Learning goals.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub goals: Vec<Paragraph>,
    /// What to do before, during and after.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub materials: Option<Materials>,
    /// The journey there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub transport: Option<Transport>,
    /// Accessibility.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub accessibility: Option<Paragraph>,
    /// Whom to contact.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub contact: Option<Contact>,
    /// The cases it was developed in.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub developed_in: Vec<Slug>,
    /// How it is kept alive.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub anchoring: Vec<Anchoring>,
    /// Images, the one shown large first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub images: Vec<Image>,
    /// Files to fetch.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub files: Vec<AttachedFile>,
    /// Where it was first published.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source_url: Option<WebAddress>,
    /// When its content last changed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub updated: Option<Date>,
}

/// Where an offer takes place.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Place {
    /// What kind of place.
    pub mode: PlaceMode,
    /// The municipality it lies in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub municipality: Option<MunicipalityCode>,
    /// The address.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub address: Option<Address>,
    /// The point.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub location: Option<GeoPoint>,
}

/// What an offer costs.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Price {
    /// How it is paid for.
    pub kind: PriceKind,
    /// Kroner a class or a pupil.
    #[serde(
        default,
        skip_serializing_if = "Option::is_none",
        serialize_with = "whole_if_it_is"
    )]
    pub amount: Option<f64>,
    /// Municipalities for whose schools it is free.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub free_for: Vec<MunicipalityCode>,
    /// What else there is to say of the price.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<Line>,
}

/// Whole kroner are written without a decimal point, as publishers write them.
fn whole_if_it_is<S: Serializer>(amount: &Option<f64>, serializer: S) -> Result<S::Ok, S::Error> {
    match amount {
        #[expect(
            clippy::cast_possible_truncation,
            reason = "an amount is at most a million"
        )]
        Some(amount) if amount.fract() == 0.0 && amount.abs() < 1e15 => {
            serializer.serialize_i64(*amount as i64)
        }
        other => other.serialize(serializer),
    }
}

impl Price {
    /// Whether a school of the municipality pays nothing.
    #[must_use]
    pub fn is_free_for(&self, municipality: MunicipalityCode) -> bool {
        self.kind == PriceKind::Free || self.free_for.contains(&municipality)
    }
}

/// When an offer can be had.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Availability {
    /// The first day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<Date>,
    /// The last day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<Date>,
    /// The season or terms in words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<Line>,
}

/// What to do before, during and after the visit.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Materials {
    /// Preparation.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub before: Option<Markdown>,
    /// Activities.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub during: Option<Markdown>,
    /// Follow-up.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub after: Option<Markdown>,
}

/// The journey.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Transport {
    /// Ways to get there.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub modes: Vec<TransportMode>,
    /// Travel time in minutes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub minutes: Option<u32>,
    /// What else there is to say.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<Paragraph>,
    /// What the class can do on the way.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub activities: Option<Markdown>,
}

/// Whom to contact.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Contact {
    /// The person's name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<Line>,
    /// The person's role.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub role: Option<Line>,
    /// E-mail address.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub email: Option<EmailAddress>,
    /// Telephone number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub phone: Option<PhoneNumber>,
}

/// One way in which an offer or a case is kept alive.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Anchoring {
    /// The strategy's code.
    pub strategy: Slug,
    /// The organisation that answers for it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub owner: Option<Slug>,
    /// Whether it is alive.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub status: Option<AnchoringStatus>,
    /// When it is next looked at.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next_review: Option<Date>,
    /// How it is done.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<Paragraph>,
}

impl Anchoring {
    /// The day of its review, if it has one and is still meant to live.
    #[must_use]
    pub fn review(&self) -> Option<Date> {
        self.next_review
            .filter(|_| self.status != Some(AnchoringStatus::Lapsed))
    }

    /// Whether the day of its review has passed.
    #[must_use]
    pub fn is_overdue(&self, today: Date) -> bool {
        self.review().is_some_and(|day| day < today)
    }
}

/// A list may not hold the same item twice, nor more than the number given.
pub(crate) fn check_list<T, K: PartialEq + ToString>(
    field: &str,
    list: &[T],
    most: usize,
    key: impl Fn(&T) -> K,
) -> Result<(), (String, Invalid)> {
    if list.len() > most {
        return Err((field.to_owned(), Invalid::TooMany(most)));
    }
    for (position, item) in list.iter().enumerate() {
        let item = key(item);
        if list[..position].iter().any(|earlier| key(earlier) == item) {
            return Err((
                format!("{field}[{position}]"),
                Invalid::Twice(item.to_string()),
            ));
        }
    }
    Ok(())
}

fn check_number(field: &str, number: Option<u32>, most: u32) -> Result<(), (String, Invalid)> {
    match number {
        Some(number) if !(1..=most).contains(&number) => {
            Err((field.to_owned(), Invalid::OutOfRange(1, i64::from(most))))
        }
        _ => Ok(()),
    }
}

impl Offer {
    /// Rules that span fields or that one field's type does not hold: lists are bounded and hold
    /// nothing twice, numbers are within reason, a period does not end before it begins, and the
    /// price's amount fits its kind.
    ///
    /// # Errors
    /// The field and the rule it breaks.
    pub fn check(&self) -> Result<(), (String, Invalid)> {
        check_list("subjects", &self.subjects, 22, |subject| subject.code())?;
        check_list("grades", &self.grades, 11, |grade| grade.number())?;
        check_list("otherLevels", &self.other_levels, 3, |level| level.code())?;
        check_list("themes", &self.themes, 30, |theme| theme.to_string())?;
        check_list("openTo", &self.open_to, 98, |code| code.to_string())?;
        check_list("languages", &self.languages, 20, |tag| tag.to_string())?;
        check_list("goals", &self.goals, 30, |goal| goal.to_string())?;
        check_list("developedIn", &self.developed_in, 50, |id| id.to_string())?;
        check_list("anchoring", &self.anchoring, 30, |entry| {
            format!(
                "{} {}",
                entry.strategy,
                entry.owner.as_ref().map_or("", Slug::as_str)
            )
        })?;
        check_attachments(&self.images, &self.files)?;
        check_number("durationMinutes", self.duration_minutes, 60 * 24 * 400)?;
        check_number("maxPupils", self.max_pupils, 100_000)?;
        if let Some(price) = &self.price {
            check_list("price.freeFor", &price.free_for, 98, |code| {
                code.to_string()
            })?;
            if let Some(amount) = price.amount {
                if !(0.0..=1_000_000.0).contains(&amount) {
                    return Err(("price.amount".into(), Invalid::OutOfRange(0, 1_000_000)));
                }
                if price.kind == PriceKind::Free && amount > 0.0 {
                    return Err(("price.amount".into(), Invalid::PriceAmount));
                }
            }
        }
        if let Some(Availability {
            from: Some(from),
            to: Some(to),
            ..
        }) = &self.available
            && to < from
        {
            return Err(("available.to".into(), Invalid::EndsBeforeStart));
        }
        if let Some(transport) = &self.transport {
            check_list("transport.modes", &transport.modes, 6, |mode| mode.code())?;
            check_number("transport.minutes", transport.minutes, 60 * 24 * 7)?;
        }
        Ok(())
    }

    /// Offers that try a page: one with every field, one with only what is required.
    #[must_use]
    pub fn samples() -> Vec<Offer> {
        crate::exchange::samples(&[
            r#"{"type":"offer","id":"livet-i-vandhullet","title":"Livet i vandhullet – æg, yngel & ådsler","summary":"Klassen fanger vandhulsdyr med net og ser dem i lup.","provider":"proevemuseet","description":"Vi går til **vandhullet** bag museet.\n\n- Net og bakker\n- Lupper","subjects":["natur-teknologi","biologi"],"grades":[3,4,5,7],"otherLevels":["daycare"],"themes":["vandhul","smådyr"],"place":{"mode":"outdoors","municipality":"461","address":{"street":"Ågade 1","postcode":"5000","city":"Odense C"},"location":{"lat":55.3959,"lon":10.3883}},"durationMinutes":150,"maxPupils":28,"price":{"kind":"perClass","amount":650,"freeFor":["461"],"note":"Gratis for skoler i Odense"},"openTo":["461","430"],"available":{"from":"2026-04-01","to":"2026-10-15","note":"Bedst i maj og juni"},"languages":["da","en"],"goals":["Eleven kan undersøge dyr og planter i den nære natur"],"materials":{"before":"Læs om fødekæder.","during":"Fang, find og tegn.","after":"Lav en planche."},"transport":{"modes":["bus","walk"],"minutes":25,"note":"Bus 41 kører til døren.","activities":"Tæl træer på vejen."},"accessibility":"Stien er jævn, og der er toilet med god plads.","contact":{"name":"Naturskolen","role":"Naturvejleder","email":"skole@proevemuseet.example","phone":"+45 12 34 56 78"},"developedIn":["aaen-som-klassevaerelse"],"anchoring":[{"strategy":"learning-platform","owner":"proevemuseet","status":"active","nextReview":"2027-04-01","note":"Ligger på læringsplatformen."}],"images":[{"id":"a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1","alt":"To elever med net ved et vandhul","credit":"Prøvemuseet","legalBasis":"consent","caption":"Ved vandhullet i maj"},{"id":"b2b2b2b2b2b2b2b2b2b2b2b2b2b2b2b2b2b2b2b2b2b2b2b2b2b2b2b2b2b2b2b2","alt":"En vandkalv i en bakke","credit":"Bo Åkjær","legalBasis":"nobody-recognisable"}],"files":[{"id":"c3c3c3c3c3c3c3c3c3c3c3c3c3c3c3c3c3c3c3c3c3c3c3c3c3c3c3c3c3c3c3c3","title":"Arbejdsark om fødekæder"}],"sourceUrl":"https://proevemuseet.example/vandhul","updated":"2026-03-01"}"#,
            r#"{"type":"offer","id":"kort-forloeb","title":"Ø","summary":"Et forløb, der kun siger det nødvendigste.","provider":"proevemuseet"}"#,
        ])
        .into_iter()
        .filter_map(|entry| match entry {
            crate::Entry::Offer(offer) => Some(*offer),
            _ => None,
        })
        .collect()
    }
}
