//! What a result shows, as it is kept with the document: one small record, read without touching anything else.

use std::collections::BTreeMap;

use domain::{
    Audience, Code, GeoPoint, Grade, Kind, MunicipalityCode, OrganisationKind, OtherLevel,
    PlaceMode, Price, PriceKind, Slug, Subject,
};
use serde::{Deserialize, Serialize};

/// A document's card. Codes are positions in their closed lists; a change of a list is a change of the index version.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Card<'a> {
    /// The id.
    #[serde(borrow)]
    pub id: &'a str,
    /// The title.
    pub title: &'a str,
    /// The summary.
    pub summary: &'a str,
    /// The beginning of the body, without Markdown's marks.
    pub body: &'a str,
    /// The English title and summary, where there are any.
    pub english: Option<(&'a str, &'a str)>,
    /// The kind.
    pub kind: u8,
    /// The provider of an offer or the first partner of a case: id and name.
    pub provider: Option<(&'a str, &'a str)>,
    /// Names of further partners.
    #[serde(borrow)]
    pub partners: Vec<&'a str>,
    /// The municipality's number.
    pub municipality: Option<u16>,
    /// Subjects.
    pub subjects: Vec<u8>,
    /// Grades, one bit each.
    pub grades: u16,
    /// Levels outside the grades.
    pub other_levels: Vec<u8>,
    /// The kind of place.
    pub place: Option<u8>,
    /// Duration in minutes.
    pub duration_minutes: Option<u32>,
    /// The price.
    #[serde(borrow)]
    pub price: Option<CardPrice<'a>>,
    /// Latitude and longitude.
    pub location: Option<(f64, f64)>,
    /// Audiences.
    pub audiences: Vec<u8>,
    /// The kind of an organisation.
    pub organisation_kind: Option<u8>,
    /// Municipalities whose schools can use it; empty for all.
    pub open_to: Vec<u16>,
    /// Whether it is sample content.
    pub sample: bool,
    /// For each word of title, summary and body the hashes of its terms, see [`crate::highlight`].
    pub marks: &'a [u8],
    /// The terms that tell most about the document, for finding related ones.
    #[serde(borrow)]
    pub signature: Vec<&'a str>,
}

/// A price on a card.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct CardPrice<'a> {
    /// The kind of price.
    pub kind: u8,
    /// Kroner.
    pub amount: Option<f64>,
    /// Municipalities for whose schools it is free.
    pub free_for: Vec<u16>,
    /// A note.
    #[serde(borrow)]
    pub note: Option<&'a str>,
}

/// The position of a code in its list.
pub(crate) fn position<C: Code>(code: C) -> u8 {
    C::all()
        .iter()
        .position(|other| *other == code)
        .and_then(|position| u8::try_from(position).ok())
        .unwrap_or(u8::MAX)
}

/// The code at a position of its list.
pub(crate) fn code_at<C: Code>(position: u8) -> Option<C> {
    C::all().get(usize::from(position)).copied()
}

pub(crate) fn municipality(number: u16) -> Option<MunicipalityCode> {
    format!("{number:03}").parse().ok()
}

impl<'a> Card<'a> {
    /// Reads a card.
    pub(crate) fn read(bytes: &'a [u8]) -> Option<Card<'a>> {
        postcard::from_bytes(bytes).ok()
    }

    /// The card as it is kept.
    pub(crate) fn written(&self) -> Vec<u8> {
        postcard::to_stdvec(self).unwrap_or_default()
    }

    pub(crate) fn kind(&self) -> Option<Kind> {
        code_at(self.kind)
    }

    pub(crate) fn provider(&self) -> Option<(Slug, String)> {
        self.provider
            .and_then(|(id, name)| Some((id.parse().ok()?, name.to_owned())))
    }

    pub(crate) fn subjects(&self) -> Vec<Subject> {
        self.subjects
            .iter()
            .filter_map(|code| code_at(*code))
            .collect()
    }

    pub(crate) fn grades(&self) -> Vec<Grade> {
        Grade::ALL
            .into_iter()
            .filter(|grade| self.grades & (1 << grade.number()) != 0)
            .collect()
    }

    pub(crate) fn other_levels(&self) -> Vec<OtherLevel> {
        self.other_levels
            .iter()
            .filter_map(|code| code_at(*code))
            .collect()
    }

    pub(crate) fn place(&self) -> Option<PlaceMode> {
        self.place.and_then(code_at)
    }

    pub(crate) fn price(&self) -> Option<Price> {
        let price = self.price.as_ref()?;
        Some(Price {
            kind: code_at::<PriceKind>(price.kind)?,
            amount: price.amount,
            free_for: price
                .free_for
                .iter()
                .filter_map(|number| municipality(*number))
                .collect(),
            note: price.note.and_then(|note| note.parse().ok()),
        })
    }

    pub(crate) fn location(&self) -> Option<GeoPoint> {
        self.location
            .and_then(|(latitude, longitude)| GeoPoint::new(latitude, longitude).ok())
    }

    pub(crate) fn audiences(&self) -> Vec<Audience> {
        self.audiences
            .iter()
            .filter_map(|code| code_at(*code))
            .collect()
    }

    pub(crate) fn organisation_kind(&self) -> Option<OrganisationKind> {
        self.organisation_kind.and_then(code_at)
    }
}

/// A number that is another when one of the closed lists that cards and facets are written with changes.
pub(crate) fn lists_fingerprint() -> u64 {
    let lists: BTreeMap<&str, usize> = BTreeMap::from([
        ("kind", Kind::all().len()),
        ("subject", Subject::all().len()),
        ("level", OtherLevel::all().len()),
        ("place", PlaceMode::all().len()),
        ("price", PriceKind::all().len()),
        ("audience", Audience::all().len()),
        ("organisation", OrganisationKind::all().len()),
    ]);
    lists.values().fold(7, |sum: u64, length| {
        sum.wrapping_mul(31).wrapping_add(*length as u64)
    })
}
