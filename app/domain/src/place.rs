//! Where things are.

use std::fmt;

use serde::de::value::MapAccessDeserializer;
use serde::de::{self, MapAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::{Invalid, Line};

/// A point on earth in WGS84 degrees.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(try_from = "RawGeoPoint", into = "RawGeoPoint")]
pub struct GeoPoint {
    latitude: f64,
    longitude: f64,
}

#[derive(Clone, Copy, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct RawGeoPoint {
    lat: f64,
    lon: f64,
}

impl TryFrom<RawGeoPoint> for GeoPoint {
    type Error = Invalid;

    fn try_from(raw: RawGeoPoint) -> Result<Self, Invalid> {
        GeoPoint::new(raw.lat, raw.lon)
    }
}

impl From<GeoPoint> for RawGeoPoint {
    fn from(point: GeoPoint) -> Self {
        RawGeoPoint {
            lat: point.latitude,
            lon: point.longitude,
        }
    }
}

impl GeoPoint {
    /// The mean radius of the earth in kilometres (IUGG).
    const EARTH_RADIUS_KM: f64 = 6371.0088;

    /// A point of a latitude −90 to 90 and a longitude −180 to 180.
    ///
    /// # Errors
    /// [`Invalid::OutOfRange`] for any other number, also for one that is not a number.
    pub fn new(latitude: f64, longitude: f64) -> Result<GeoPoint, Invalid> {
        if !(-90.0..=90.0).contains(&latitude) {
            return Err(Invalid::OutOfRange(-90, 90));
        }
        if !(-180.0..=180.0).contains(&longitude) {
            return Err(Invalid::OutOfRange(-180, 180));
        }
        Ok(GeoPoint {
            latitude,
            longitude,
        })
    }

    /// A point of the municipality table, whose numbers are known to be in range.
    pub(crate) const fn known(latitude: f64, longitude: f64) -> GeoPoint {
        GeoPoint {
            latitude,
            longitude,
        }
    }

    /// Degrees north.
    #[must_use]
    pub fn latitude(self) -> f64 {
        self.latitude
    }

    /// Degrees east.
    #[must_use]
    pub fn longitude(self) -> f64 {
        self.longitude
    }

    /// The distance in kilometres along a great circle (haversine), not along a road.
    #[must_use]
    pub fn distance_km(self, other: GeoPoint) -> f64 {
        let (latitude, other_latitude) = (self.latitude.to_radians(), other.latitude.to_radians());
        let half_height = ((other_latitude - latitude) / 2.0).sin();
        let half_width = ((other.longitude - self.longitude).to_radians() / 2.0).sin();
        let chord = half_height * half_height
            + latitude.cos() * other_latitude.cos() * half_width * half_width;
        2.0 * Self::EARTH_RADIUS_KM * chord.sqrt().min(1.0).asin()
    }
}

/// A postal address: its parts, or one text where the publisher wrote it as one ("Sct. Knuds
/// Kilde, Hjørring"). In the exchange format it is an object or a text accordingly.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Address {
    /// Street and number.
    pub street: Option<Line>,
    /// Postcode, as text because it may begin with a zero.
    pub postcode: Option<Line>,
    /// Town.
    pub city: Option<Line>,
    /// The whole address in one text; then there are no parts.
    pub text: Option<Line>,
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct AddressParts {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    street: Option<Line>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    postcode: Option<Line>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    city: Option<Line>,
}

impl Serialize for Address {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if let Some(text) = &self.text {
            return text.serialize(serializer);
        }
        AddressParts {
            street: self.street.clone(),
            postcode: self.postcode.clone(),
            city: self.city.clone(),
        }
        .serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Address {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct TextOrParts;

        impl<'de> Visitor<'de> for TextOrParts {
            type Value = Address;

            fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.write_str("a string or a map with street, postcode and city")
            }

            fn visit_str<E: de::Error>(self, text: &str) -> Result<Address, E> {
                Ok(Address {
                    text: Some(text.parse().map_err(E::custom)?),
                    ..Address::default()
                })
            }

            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Address, A::Error> {
                let parts = AddressParts::deserialize(MapAccessDeserializer::new(map))?;
                Ok(Address {
                    street: parts.street,
                    postcode: parts.postcode,
                    city: parts.city,
                    text: None,
                })
            }
        }

        deserializer.deserialize_any(TextOrParts)
    }
}

impl Address {
    /// "Havnegade 1, 8000 Aarhus C", leaving out what is not known.
    #[must_use]
    pub fn one_line(&self) -> String {
        if let Some(text) = &self.text {
            return text.to_string();
        }
        let town = [self.postcode.as_ref(), self.city.as_ref()]
            .into_iter()
            .flatten()
            .map(Line::as_str)
            .collect::<Vec<_>>()
            .join(" ");
        [self.street.as_ref().map_or("", Line::as_str), town.as_str()]
            .into_iter()
            .filter(|part| !part.is_empty())
            .collect::<Vec<_>>()
            .join(", ")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_read_and_written_as_its_publisher_wrote_it() {
        for json in [
            r#"{"street":"Ågade 1","postcode":"5000","city":"Odense C"}"#,
            r#""Sct. Knuds Kilde, Hjørring""#,
            "{}",
        ] {
            let address: Address = serde_json::from_str(json).unwrap();
            assert_eq!(serde_json::to_string(&address).unwrap(), json);
        }
        let line = |json: &str| {
            serde_json::from_str::<Address>(json)
                .map(|address| address.one_line())
                .unwrap()
        };
        assert_eq!(line(r#""Sct. Knuds Kilde""#), "Sct. Knuds Kilde");
        assert_eq!(
            line(r#"{"postcode":"5000","city":"Odense"}"#),
            "5000 Odense"
        );
        for bad in ["1", "\"\"", r#"{"country":"DK"}"#] {
            assert!(serde_json::from_str::<Address>(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn distance_from_copenhagen_to_aarhus() {
        let copenhagen = GeoPoint::new(55.6761, 12.5683).unwrap();
        let aarhus = GeoPoint::new(56.1629, 10.2039).unwrap();
        let distance = copenhagen.distance_km(aarhus);
        assert!((155.0..159.0).contains(&distance), "{distance}");
        assert!(GeoPoint::new(f64::NAN, 0.0).is_err());
        assert!(GeoPoint::new(0.0, 181.0).is_err());
    }
}
