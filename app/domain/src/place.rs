//! Where things are.

use serde::{Deserialize, Serialize};

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

/// A postal address.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Address {
    /// Street and number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub street: Option<Line>,
    /// Postcode, as text because it may begin with a zero.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub postcode: Option<Line>,
    /// Town.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub city: Option<Line>,
}

impl Address {
    /// "Havnegade 1, 8000 Aarhus C", leaving out what is not known.
    #[must_use]
    pub fn one_line(&self) -> String {
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
    fn distance_from_copenhagen_to_aarhus() {
        let copenhagen = GeoPoint::new(55.6761, 12.5683).unwrap();
        let aarhus = GeoPoint::new(56.1629, 10.2039).unwrap();
        let distance = copenhagen.distance_km(aarhus);
        assert!((155.0..159.0).contains(&distance), "{distance}");
        assert!(GeoPoint::new(f64::NAN, 0.0).is_err());
        assert!(GeoPoint::new(0.0, 181.0).is_err());
    }
}
