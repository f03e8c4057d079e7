//! The 98 Danish municipalities: codes of the Central Person Register, names, and a centre.
//!
//! Codes and names are those of Danmarks Statistik's classification "Regioner, landsdele og
//! kommuner" (2007 onwards). The centre is that of the municipality's main town, rounded to about
//! a kilometre: enough for a distance between towns and a dot on a map, never for a border.

use std::fmt;
use std::str::FromStr;
use std::sync::LazyLock;

use serde::{Deserialize, Serialize};

use crate::{GeoPoint, Invalid, compare_danish};

/// The three-digit code of a municipality, such as `165`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct MunicipalityCode(u16);

impl MunicipalityCode {
    /// The municipality of the code.
    ///
    /// # Panics
    /// Never: a code is only made for a municipality of the table.
    #[must_use]
    pub fn municipality(self) -> &'static Municipality {
        TABLE
            .iter()
            .find(|municipality| municipality.code == self)
            .expect("a code is only made for a municipality of the table")
    }

    /// The name, such as "Albertslund".
    #[must_use]
    pub fn name(self) -> &'static str {
        self.municipality().name
    }

    /// The code as a number, for compact storage.
    #[must_use]
    pub fn number(self) -> u16 {
        self.0
    }
}

impl FromStr for MunicipalityCode {
    type Err = Invalid;

    /// Reads three digits; a leading zero as in `0165` is accepted too, since registers write it.
    fn from_str(text: &str) -> Result<Self, Invalid> {
        let digits = text
            .strip_prefix('0')
            .filter(|rest| rest.len() == 3)
            .unwrap_or(text);
        let unknown = || Invalid::UnknownMunicipality(text.chars().take(40).collect());
        if digits.len() != 3 {
            return Err(unknown());
        }
        let number: u16 = digits.parse().map_err(|_| unknown())?;
        TABLE
            .iter()
            .find(|municipality| municipality.code.0 == number)
            .map(|municipality| municipality.code)
            .ok_or_else(unknown)
    }
}

impl TryFrom<String> for MunicipalityCode {
    type Error = Invalid;

    fn try_from(text: String) -> Result<Self, Invalid> {
        text.parse()
    }
}

impl From<MunicipalityCode> for String {
    fn from(code: MunicipalityCode) -> String {
        code.to_string()
    }
}

impl fmt::Display for MunicipalityCode {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{:03}", self.0)
    }
}

/// A municipality.
#[derive(Debug, PartialEq)]
pub struct Municipality {
    /// Its code.
    pub code: MunicipalityCode,
    /// Its Danish name without the word Kommune.
    pub name: &'static str,
    /// Its name in addresses, such as `hoeje-taastrup`.
    pub slug: &'static str,
    /// The centre of its main town.
    pub centre: GeoPoint,
}

impl Municipality {
    /// The municipality of a name as people write it: with or without "Kommune", with capital or
    /// small letters, as its slug, or as its code.
    #[must_use]
    pub fn find(text: &str) -> Option<&'static Municipality> {
        let text = text.trim().to_lowercase();
        let name = text
            .strip_suffix(" kommune")
            .or(text.strip_suffix("s kommune"))
            .unwrap_or(&text);
        TABLE
            .iter()
            .find(|municipality| {
                municipality.slug == name
                    || municipality.name.to_lowercase() == name
                    || municipality.name.to_lowercase().replace("aa", "å")
                        == name.replace("aa", "å")
            })
            .or_else(|| {
                name.parse::<MunicipalityCode>()
                    .ok()
                    .map(MunicipalityCode::municipality)
            })
    }
}

/// All municipalities in Danish alphabetical order.
#[must_use]
pub fn all() -> &'static [&'static Municipality] {
    static SORTED: LazyLock<Vec<&'static Municipality>> = LazyLock::new(|| {
        let mut sorted: Vec<&'static Municipality> = TABLE.iter().collect();
        sorted.sort_by(|left, right| compare_danish(left.name, right.name));
        sorted
    });
    &SORTED
}

const fn row(
    code: u16,
    name: &'static str,
    slug: &'static str,
    latitude: f64,
    longitude: f64,
) -> Municipality {
    Municipality {
        code: MunicipalityCode(code),
        name,
        slug,
        centre: GeoPoint::known(latitude, longitude),
    }
}

static TABLE: [Municipality; 98] = [
    row(101, "København", "koebenhavn", 55.676, 12.568),
    row(147, "Frederiksberg", "frederiksberg", 55.680, 12.532),
    row(151, "Ballerup", "ballerup", 55.731, 12.363),
    row(153, "Brøndby", "broendby", 55.648, 12.418),
    row(155, "Dragør", "dragoer", 55.593, 12.672),
    row(157, "Gentofte", "gentofte", 55.750, 12.550),
    row(159, "Gladsaxe", "gladsaxe", 55.739, 12.489),
    row(161, "Glostrup", "glostrup", 55.666, 12.404),
    row(163, "Herlev", "herlev", 55.724, 12.440),
    row(165, "Albertslund", "albertslund", 55.657, 12.355),
    row(167, "Hvidovre", "hvidovre", 55.647, 12.473),
    row(169, "Høje-Taastrup", "hoeje-taastrup", 55.652, 12.300),
    row(173, "Lyngby-Taarbæk", "lyngby-taarbaek", 55.770, 12.505),
    row(175, "Rødovre", "roedovre", 55.681, 12.454),
    row(183, "Ishøj", "ishoej", 55.615, 12.353),
    row(185, "Tårnby", "taarnby", 55.630, 12.600),
    row(187, "Vallensbæk", "vallensbaek", 55.634, 12.385),
    row(190, "Furesø", "furesoe", 55.775, 12.365),
    row(201, "Allerød", "alleroed", 55.870, 12.357),
    row(210, "Fredensborg", "fredensborg", 55.975, 12.403),
    row(217, "Helsingør", "helsingoer", 56.036, 12.614),
    row(219, "Hillerød", "hilleroed", 55.927, 12.311),
    row(223, "Hørsholm", "hoersholm", 55.881, 12.500),
    row(230, "Rudersdal", "rudersdal", 55.820, 12.480),
    row(240, "Egedal", "egedal", 55.762, 12.232),
    row(250, "Frederikssund", "frederikssund", 55.840, 12.069),
    row(253, "Greve", "greve", 55.584, 12.297),
    row(259, "Køge", "koege", 55.458, 12.182),
    row(260, "Halsnæs", "halsnaes", 55.970, 12.022),
    row(265, "Roskilde", "roskilde", 55.642, 12.080),
    row(269, "Solrød", "solroed", 55.532, 12.222),
    row(270, "Gribskov", "gribskov", 56.090, 12.310),
    row(306, "Odsherred", "odsherred", 55.916, 11.590),
    row(316, "Holbæk", "holbaek", 55.717, 11.717),
    row(320, "Faxe", "faxe", 55.256, 12.119),
    row(326, "Kalundborg", "kalundborg", 55.680, 11.090),
    row(329, "Ringsted", "ringsted", 55.443, 11.790),
    row(330, "Slagelse", "slagelse", 55.403, 11.355),
    row(336, "Stevns", "stevns", 55.313, 12.372),
    row(340, "Sorø", "soroe", 55.432, 11.556),
    row(350, "Lejre", "lejre", 55.605, 11.974),
    row(360, "Lolland", "lolland", 54.831, 11.137),
    row(370, "Næstved", "naestved", 55.230, 11.761),
    row(376, "Guldborgsund", "guldborgsund", 54.770, 11.871),
    row(390, "Vordingborg", "vordingborg", 55.009, 11.911),
    row(400, "Bornholm", "bornholm", 55.101, 14.706),
    row(410, "Middelfart", "middelfart", 55.506, 9.731),
    row(420, "Assens", "assens", 55.270, 9.899),
    row(430, "Faaborg-Midtfyn", "faaborg-midtfyn", 55.170, 10.420),
    row(440, "Kerteminde", "kerteminde", 55.449, 10.658),
    row(450, "Nyborg", "nyborg", 55.312, 10.790),
    row(461, "Odense", "odense", 55.396, 10.388),
    row(479, "Svendborg", "svendborg", 55.060, 10.607),
    row(480, "Nordfyns", "nordfyns", 55.566, 10.087),
    row(482, "Langeland", "langeland", 54.937, 10.710),
    row(492, "Ærø", "aeroe", 54.889, 10.406),
    row(510, "Haderslev", "haderslev", 55.249, 9.488),
    row(530, "Billund", "billund", 55.731, 9.113),
    row(540, "Sønderborg", "soenderborg", 54.909, 9.792),
    row(550, "Tønder", "toender", 54.933, 8.867),
    row(561, "Esbjerg", "esbjerg", 55.467, 8.452),
    row(563, "Fanø", "fanoe", 55.446, 8.400),
    row(573, "Varde", "varde", 55.621, 8.481),
    row(575, "Vejen", "vejen", 55.481, 9.138),
    row(580, "Aabenraa", "aabenraa", 55.044, 9.418),
    row(607, "Fredericia", "fredericia", 55.566, 9.753),
    row(615, "Horsens", "horsens", 55.861, 9.850),
    row(621, "Kolding", "kolding", 55.490, 9.472),
    row(630, "Vejle", "vejle", 55.709, 9.536),
    row(657, "Herning", "herning", 56.137, 8.976),
    row(661, "Holstebro", "holstebro", 56.360, 8.616),
    row(665, "Lemvig", "lemvig", 56.549, 8.310),
    row(671, "Struer", "struer", 56.491, 8.591),
    row(706, "Syddjurs", "syddjurs", 56.316, 10.539),
    row(707, "Norddjurs", "norddjurs", 56.416, 10.884),
    row(710, "Favrskov", "favrskov", 56.338, 9.925),
    row(727, "Odder", "odder", 55.975, 10.150),
    row(730, "Randers", "randers", 56.461, 10.036),
    row(740, "Silkeborg", "silkeborg", 56.170, 9.545),
    row(741, "Samsø", "samsoe", 55.840, 10.600),
    row(746, "Skanderborg", "skanderborg", 56.036, 9.930),
    row(751, "Aarhus", "aarhus", 56.157, 10.211),
    row(756, "Ikast-Brande", "ikast-brande", 56.139, 9.157),
    row(
        760,
        "Ringkøbing-Skjern",
        "ringkoebing-skjern",
        56.090,
        8.244,
    ),
    row(766, "Hedensted", "hedensted", 55.770, 9.701),
    row(773, "Morsø", "morsoe", 56.796, 8.860),
    row(779, "Skive", "skive", 56.566, 9.027),
    row(787, "Thisted", "thisted", 56.956, 8.694),
    row(791, "Viborg", "viborg", 56.453, 9.402),
    row(810, "Brønderslev", "broenderslev", 57.270, 9.941),
    row(813, "Frederikshavn", "frederikshavn", 57.441, 10.537),
    row(820, "Vesthimmerlands", "vesthimmerlands", 56.797, 9.525),
    row(825, "Læsø", "laesoe", 57.296, 10.996),
    row(840, "Rebild", "rebild", 56.837, 9.836),
    row(846, "Mariagerfjord", "mariagerfjord", 56.643, 9.787),
    row(849, "Jammerbugt", "jammerbugt", 57.150, 9.730),
    row(851, "Aalborg", "aalborg", 57.048, 9.919),
    row(860, "Hjørring", "hjoerring", 57.464, 9.982),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn there_are_98_each_once_and_inside_denmark() {
        let mut codes: Vec<u16> = TABLE
            .iter()
            .map(|municipality| municipality.code.0)
            .collect();
        codes.dedup();
        assert_eq!(codes.len(), 98);
        assert!(codes.is_sorted());
        for municipality in &TABLE {
            assert!(
                (54.5..57.8).contains(&municipality.centre.latitude()),
                "{}",
                municipality.name
            );
            assert!(
                (8.0..15.2).contains(&municipality.centre.longitude()),
                "{}",
                municipality.name
            );
            assert_eq!(
                municipality
                    .slug
                    .parse::<crate::Slug>()
                    .map(|slug| slug.to_string()),
                Ok(municipality.slug.to_owned())
            );
            let spelled = municipality
                .name
                .to_lowercase()
                .replace('æ', "ae")
                .replace('ø', "oe")
                .replace('å', "aa");
            assert_eq!(municipality.slug, spelled, "{}", municipality.name);
        }
    }

    #[test]
    fn they_sort_with_æøå_last() {
        let names: Vec<&str> = all().iter().map(|municipality| municipality.name).collect();
        assert_eq!(names[0], "Albertslund");
        assert_eq!(names[94..], ["Ærø", "Aabenraa", "Aalborg", "Aarhus"]);
    }

    #[test]
    fn codes_and_names_are_read_as_people_write_them() {
        assert_eq!(
            "0165"
                .parse::<MunicipalityCode>()
                .map(MunicipalityCode::name),
            Ok("Albertslund")
        );
        assert!("166".parse::<MunicipalityCode>().is_err());
        assert!("16".parse::<MunicipalityCode>().is_err());
        for text in ["vejle", "Vejle Kommune", "630", " VEJLE "] {
            assert_eq!(
                Municipality::find(text).map(|municipality| municipality.name),
                Some("Vejle"),
                "{text}"
            );
        }
        assert_eq!(
            Municipality::find("Århus").map(|municipality| municipality.name),
            Some("Aarhus")
        );
        assert_eq!(
            Municipality::find("høje-tåstrup").map(|municipality| municipality.name),
            Some("Høje-Taastrup")
        );
        assert_eq!(
            Municipality::find("Nordfyns Kommune").map(|municipality| municipality.name),
            Some("Nordfyns")
        );
        assert_eq!(Municipality::find("Atlantis"), None);
    }
}
