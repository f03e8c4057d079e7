//! Organisations: schools, municipalities, cultural institutions and those around them.

use serde::{Deserialize, Serialize};

use crate::{
    Address, EmailAddress, GeoPoint, Invalid, MunicipalityCode, OrganisationKind, Paragraph,
    PhoneNumber, Slug, Title, WebAddress,
};

/// An organisation that offers teaching or takes part in collaboration projects.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Organisation {
    /// The id.
    pub id: Slug,
    /// The name.
    pub name: Title,
    /// What kind of organisation it is.
    pub kind: OrganisationKind,
    /// The municipality it lies in; none for nationwide organisations.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub municipality: Option<MunicipalityCode>,
    /// What it is, in a few sentences.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub summary: Option<Paragraph>,
    /// Its web address.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub url: Option<WebAddress>,
    /// Its e-mail address.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub email: Option<EmailAddress>,
    /// Its telephone number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub phone: Option<PhoneNumber>,
    /// Its postal address.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub address: Option<Address>,
    /// Where it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub location: Option<GeoPoint>,
}

impl Organisation {
    /// Rules that span fields: schools and municipalities lie in a municipality.
    ///
    /// # Errors
    /// The field and the rule it breaks.
    pub fn check(&self) -> Result<(), (String, Invalid)> {
        let needs_municipality = matches!(
            self.kind,
            OrganisationKind::Municipality | OrganisationKind::School
        );
        if needs_municipality && self.municipality.is_none() {
            return Err(("municipality".into(), Invalid::Missing));
        }
        Ok(())
    }

    /// Its own location, else the centre of its municipality.
    #[must_use]
    pub fn point(&self) -> Option<GeoPoint> {
        self.location
            .or_else(|| self.municipality.map(|code| code.municipality().centre))
    }

    /// Organisations that try a page: one with every field, one with only what is required.
    ///
    /// # Panics
    /// Never; the samples are valid, which a test proves.
    #[must_use]
    pub fn samples() -> Vec<Organisation> {
        crate::exchange::samples(&[
            r#"{"type":"organisation","id":"proevemuseet","name":"Prøvemuseet ved Åen","kind":"institution","municipality":"461","summary":"Et museum om å, by og børn gennem 1000 år.","url":"https://proevemuseet.example","email":"skole@proevemuseet.example","phone":"+45 12 34 56 78","address":{"street":"Ågade 1","postcode":"5000","city":"Odense C"},"location":{"lat":55.3959,"lon":10.3883}}"#,
            r#"{"type":"organisation","id":"odense-kommune","name":"Odense Kommune","kind":"municipality","municipality":"461"}"#,
            r#"{"type":"organisation","id":"aaskolen","name":"Åskolen","kind":"school","municipality":"461"}"#,
        ])
        .into_iter()
        .filter_map(|entry| match entry {
            crate::Entry::Organisation(organisation) => Some(organisation),
            _ => None,
        })
        .collect()
    }
}
