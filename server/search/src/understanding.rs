//! Reading grades, places and «gratis» out of the words of a query.

use std::collections::HashMap;
use std::sync::LazyLock;

use domain::search::{Reading, Understood};
use domain::{MunicipalityCode, PriceKind, municipality};

use crate::danish::spelling::{self, Token};

/// A place read out of the words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct PlaceRead {
    /// The municipalities it covers.
    pub municipalities: Vec<MunicipalityCode>,
    /// Whether the words say that it is a place: «i Vejle», «Vejle Kommune». Or else it may be part of a name.
    pub certain: bool,
}

/// What was read out of a query.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Reads {
    /// The grades asked for, one bit each; none where nothing is said.
    pub grades: u16,
    /// The places.
    pub places: Vec<PlaceRead>,
    /// Whether it must cost nothing.
    pub free: bool,
    /// What people are told.
    pub understood: Vec<Understood>,
    /// For each word, whether it was read and is no longer looked for.
    pub consumed: Vec<bool>,
}

/// Parts of the country, with the municipalities they are made of.
const REGIONS: [(&str, &[&str]); 17] = [
    (
        "vestjylland",
        &[
            "Varde",
            "Esbjerg",
            "Fanø",
            "Ringkøbing-Skjern",
            "Holstebro",
            "Lemvig",
            "Struer",
            "Herning",
            "Billund",
            "Ikast-Brande",
        ],
    ),
    (
        "nordjylland",
        &[
            "Aalborg",
            "Hjørring",
            "Frederikshavn",
            "Brønderslev",
            "Jammerbugt",
            "Thisted",
            "Morsø",
            "Vesthimmerland",
            "Rebild",
            "Mariagerfjord",
            "Læsø",
        ],
    ),
    (
        "østjylland",
        &[
            "Aarhus",
            "Randers",
            "Norddjurs",
            "Syddjurs",
            "Favrskov",
            "Odder",
            "Skanderborg",
            "Horsens",
            "Hedensted",
            "Samsø",
            "Silkeborg",
        ],
    ),
    (
        "midtjylland",
        &[
            "Viborg",
            "Skive",
            "Silkeborg",
            "Herning",
            "Ikast-Brande",
            "Holstebro",
        ],
    ),
    (
        "sønderjylland",
        &["Sønderborg", "Aabenraa", "Haderslev", "Tønder"],
    ),
    (
        "sydjylland",
        &[
            "Kolding",
            "Vejle",
            "Fredericia",
            "Esbjerg",
            "Varde",
            "Vejen",
            "Billund",
            "Haderslev",
            "Aabenraa",
            "Sønderborg",
            "Tønder",
            "Fanø",
        ],
    ),
    ("thy", &["Thisted"]),
    ("djursland", &["Norddjurs", "Syddjurs"]),
    (
        "fyn",
        &[
            "Odense",
            "Svendborg",
            "Nyborg",
            "Faaborg-Midtfyn",
            "Assens",
            "Middelfart",
            "Nordfyns",
            "Kerteminde",
            "Langeland",
            "Ærø",
        ],
    ),
    (
        "sydfyn",
        &["Svendborg", "Faaborg-Midtfyn", "Langeland", "Ærø"],
    ),
    (
        "nordsjælland",
        &[
            "Helsingør",
            "Gribskov",
            "Hillerød",
            "Halsnæs",
            "Fredensborg",
            "Frederikssund",
            "Hørsholm",
            "Allerød",
            "Rudersdal",
            "Furesø",
            "Egedal",
        ],
    ),
    ("sydsjælland", &["Næstved", "Vordingborg", "Faxe", "Stevns"]),
    (
        "vestsjælland",
        &[
            "Slagelse",
            "Kalundborg",
            "Holbæk",
            "Sorø",
            "Odsherred",
            "Ringsted",
        ],
    ),
    ("midtsjælland", &["Ringsted", "Sorø", "Roskilde", "Lejre"]),
    ("falster", &["Guldborgsund"]),
    (
        "vestegnen",
        &[
            "Albertslund",
            "Brøndby",
            "Glostrup",
            "Hvidovre",
            "Høje-Taastrup",
            "Ishøj",
            "Vallensbæk",
            "Rødovre",
        ],
    ),
    (
        "storkøbenhavn",
        &[
            "København",
            "Frederiksberg",
            "Gentofte",
            "Gladsaxe",
            "Herlev",
            "Hvidovre",
            "Rødovre",
            "Tårnby",
            "Dragør",
            "Lyngby-Taarbæk",
            "Ballerup",
            "Glostrup",
            "Brøndby",
        ],
    ),
];

/// Towns that are not their municipality's namesake.
const TOWNS: [(&str, &str); 24] = [
    ("mors", "Morsø"),
    ("nykøbing", "Guldborgsund"),
    ("grenå", "Norddjurs"),
    ("ebeltoft", "Syddjurs"),
    ("skagen", "Frederikshavn"),
    ("løgstør", "Vesthimmerland"),
    ("års", "Vesthimmerland"),
    ("hobro", "Mariagerfjord"),
    ("ribe", "Esbjerg"),
    ("ringkøbing", "Ringkøbing-Skjern"),
    ("skjern", "Ringkøbing-Skjern"),
    ("jelling", "Vejle"),
    ("grindsted", "Billund"),
    ("fåborg", "Faaborg-Midtfyn"),
    ("marstal", "Ærø"),
    ("korsør", "Slagelse"),
    ("maribo", "Lolland"),
    ("nakskov", "Lolland"),
    ("hundested", "Halsnæs"),
    ("frederiksværk", "Halsnæs"),
    ("tåstrup", "Høje-Taastrup"),
    ("lyngby", "Lyngby-Taarbæk"),
    ("rønne", "Bornholm"),
    ("odsherred", "Odsherred"),
];

/// Municipalities whose name is also a common word: a place only after a preposition or before «kommune».
const ALSO_WORDS: [&str; 4] = ["vejen", "odder", "lejre", "sorø"];

type Gazetteer = HashMap<String, Vec<MunicipalityCode>>;

static PLACES: LazyLock<(Gazetteer, usize)> = LazyLock::new(|| {
    let key = |name: &str| {
        spelling::words(name)
            .iter()
            .map(|word| spelling::canonical(&word.text))
            .collect::<Vec<_>>()
            .join(" ")
    };
    let code = |name: &str| {
        municipality::all()
            .iter()
            .find(|municipality| municipality.name == name)
            .map(|municipality| municipality.code)
    };
    let mut places = Gazetteer::new();
    for (region, names) in REGIONS {
        places.insert(
            region.to_owned(),
            names.iter().filter_map(|name| code(name)).collect(),
        );
    }
    for (town, name) in TOWNS {
        places.extend(code(name).map(|code| (key(town), vec![code])));
    }
    for municipality in municipality::all() {
        places.insert(key(municipality.name), vec![municipality.code]);
    }
    let longest = places
        .keys()
        .map(|name| name.split(' ').count())
        .max()
        .unwrap_or(1);
    (places, longest)
});

fn is_preposition(word: &str) -> bool {
    matches!(
        word,
        "i" | "ved"
            | "nær"
            | "omkring"
            | "fra"
            | "på"
            | "af"
            | "hos"
            | "til"
            | "in"
            | "near"
            | "around"
            | "from"
    )
}

fn grade_number(word: &str) -> Option<u8> {
    let named = [
        "nulte", "første", "anden", "tredje", "fjerde", "femte", "sjette", "syvende", "ottende",
        "niende", "tiende",
    ];
    if let Some(position) = named.iter().position(|name| *name == word) {
        return u8::try_from(position).ok();
    }
    if let Some(position) = [
        "nul", "et", "to", "tre", "fire", "fem", "seks", "syv", "otte", "ni", "ti",
    ]
    .iter()
    .position(|name| *name == word)
    {
        return u8::try_from(position).ok();
    }
    word.parse().ok().filter(|grade| *grade <= 10)
}

fn is_class(word: &str) -> bool {
    matches!(
        word,
        "klasse"
            | "klasser"
            | "klasserne"
            | "klassen"
            | "klasses"
            | "kl"
            | "klassetrin"
            | "klassetrinnet"
            | "årgang"
            | "grade"
            | "grades"
    )
}

/// «8a», «5.b» are written by those who think of one class.
fn grade_with_letter(word: &str) -> Option<u8> {
    let digits = word.trim_end_matches(|letter: char| letter.is_ascii_lowercase());
    let letters = word.len() - digits.len();
    (letters == 1)
        .then(|| grade_number(digits))
        .flatten()
        .filter(|_| digits.bytes().all(|byte| byte.is_ascii_digit()))
}

const LOWER: u16 = 0b1111;
const MIDDLE: u16 = 0b111_0000;
const UPPER: u16 = 0b11_1000_0000;

fn stage(word: &str) -> Option<u16> {
    Some(match word {
        "indskoling" | "indskolingen" | "indskolings" | "indskolingselever"
        | "indskolingsklasser" | "indskolingsklasse" => LOWER,
        "mellemtrin" | "mellemtrinnet" | "mellemtrinnets" | "mellemtrins" | "mellemtrinselever" => {
            MIDDLE
        }
        "udskoling" | "udskolingen" | "udskolings" | "udskolingselever" | "udskolingsklasser"
        | "udskolingsklasse" | "overbygning" | "overbygningen" => UPPER,
        "børnehaveklasse" | "børnehaveklassen" | "børnehaveklasser" | "børnehaveklasserne" => 1,
        _ => return None,
    })
}

fn mask_range(from: u8, to: u8) -> u16 {
    (from.min(to)..=to.max(from)).fold(0, |mask, grade| mask | 1 << grade)
}

/// Reads what can be read out of a query's words.
pub(crate) fn read(text: &str, words: &[Token], literal: &[Reading]) -> Reads {
    let mut reads = Reads {
        consumed: vec![false; words.len()],
        ..Reads::default()
    };
    if !literal.contains(&Reading::Grade) {
        read_grades(text, words, &mut reads);
    }
    if !literal.contains(&Reading::Price) {
        read_price(text, words, &mut reads);
    }
    if !literal.contains(&Reading::Place) {
        read_places(text, words, &mut reads);
    }
    reads
}

/// What people are shown: the words from one to another, as they were typed.
fn typed(text: &str, words: &[Token], from: usize, to: usize) -> String {
    match (words.get(from), words.get(to)) {
        (Some(from), Some(to)) => text.get(from.start..to.end).unwrap_or_default().to_owned(),
        _ => String::new(),
    }
}

fn read_grades(text: &str, words: &[Token], reads: &mut Reads) {
    let mut at = 0;
    while at < words.len() {
        // Numbers, perhaps with «og», «til» between them, and then «klasse».
        let mut mask = 0_u16;
        let mut last: Option<u8> = None;
        let mut to = at;
        let mut range = false;
        while let Some(word) = words.get(to) {
            if let Some(grade) = grade_number(&word.text).filter(|_| to > at || word.text != "et") {
                let between = words
                    .get(to.wrapping_sub(1))
                    .filter(|_| to > at)
                    .and_then(|before| text.get(before.end..word.start));
                let dash = between.is_some_and(|between| between.contains(['-', '–', '—']));
                mask |= match last {
                    Some(last) if range || dash => mask_range(last, grade),
                    _ => 1 << grade,
                };
                last = Some(grade);
                range = false;
            } else if last.is_some() && matches!(word.text.as_str(), "og" | "eller" | "and" | "or")
            {
                range = false;
            } else if last.is_some() && matches!(word.text.as_str(), "til" | "to") {
                range = true;
            } else {
                break;
            }
            to += 1;
        }
        let class = words.get(to).is_some_and(|word| is_class(&word.text));
        // «klassetrin 4-6» has it the other way round.
        let before = at > 0
            && words.get(at - 1).is_some_and(|word| {
                matches!(word.text.as_str(), "klassetrin" | "grade" | "grades")
            });
        if mask != 0 && (class || (before && last.is_some())) {
            let (first, end) = if class { (at, to) } else { (at - 1, to - 1) };
            note_grades(text, words, (first, end), mask, reads);
            at = end + 1;
            continue;
        }
        let Some(word) = words.get(at) else { break };
        if let Some(mask) = stage(&word.text) {
            note_grades(text, words, (at, at), mask, reads);
        } else if let Some(grade) = grade_with_letter(&word.text) {
            note_grades(text, words, (at, at), 1 << grade, reads);
        }
        at += 1;
    }
}

fn note_grades(
    text: &str,
    words: &[Token],
    (from, to): (usize, usize),
    mask: u16,
    reads: &mut Reads,
) {
    reads.grades |= mask;
    reads.consumed[from..=to].fill(true);
    reads.understood.push(Understood {
        reading: Reading::Grade,
        words: typed(text, words, from, to),
        values: (0..=10)
            .filter(|grade| mask & (1 << grade) != 0)
            .map(|grade: u16| grade.to_string())
            .collect(),
    });
}

fn read_price(text: &str, words: &[Token], reads: &mut Reads) {
    for (at, word) in words.iter().enumerate() {
        let (from, to) = match word.text.as_str() {
            "gratis" | "vederlagsfrit" | "gratistilbud" => (at, at),
            "free" => (at, at),
            "penge" if at > 0 && words[at - 1].text == "uden" => continue,
            "betaling" if at > 0 && words[at - 1].text == "uden" => (at - 1, at),
            "koster"
                if words.get(at + 1).is_some_and(|next| next.text == "ikke")
                    && words.get(at + 2).is_some_and(|next| next.text == "noget") =>
            {
                (at, at + 2)
            }
            _ => continue,
        };
        // «gratis bus» is about the bus, not about the offer.
        if words.get(to + 1).is_some_and(|next| {
            matches!(
                next.text.as_str(),
                "bus" | "transport" | "kørsel" | "befordring" | "adgang" | "busser" | "sejlads"
            )
        }) {
            continue;
        }
        reads.free = true;
        reads.consumed[from..=to].fill(true);
        reads.understood.push(Understood {
            reading: Reading::Price,
            words: typed(text, words, from, to),
            values: vec![domain::Code::code(PriceKind::Free).to_owned()],
        });
        return;
    }
}

fn read_places(text: &str, words: &[Token], reads: &mut Reads) {
    let (places, longest) = &*PLACES;
    let keys: Vec<String> = words
        .iter()
        .map(|word| spelling::canonical(&word.text))
        .collect();
    let mut at = 0;
    'words: while at < words.len() {
        for length in (1..=(*longest).min(words.len() - at)).rev() {
            if reads.consumed[at..at + length]
                .iter()
                .any(|consumed| *consumed)
            {
                continue;
            }
            let mut name = keys[at..at + length].join(" ");
            let next_is_kommune = keys
                .get(at + length)
                .is_some_and(|word| word.starts_with("kommune"));
            let mut found = places.get(&name);
            if found.is_none() && length == 1 {
                // «Odenses», «Vejles», and «Kobenhavn» from a foreign keyboard.
                found = name.strip_suffix('s').and_then(|bare| places.get(bare));
                if found.is_none() && spelling::is_plain(&words[at].text) && name.len() > 3 {
                    let restored = spelling::restored(&words[at].text);
                    if let Some(other) = restored
                        .into_iter()
                        .find(|other| places.contains_key(other))
                    {
                        found = places.get(&other);
                        name = other;
                    }
                }
            }
            let Some(municipalities) = found else {
                continue;
            };
            let before = at.checked_sub(1).map(|before| keys[before].as_str());
            let certain = next_is_kommune
                || before.is_some_and(is_preposition)
                || before.is_some_and(|word| word.starts_with("kommune"));
            if ALSO_WORDS.contains(&name.as_str()) && !next_is_kommune {
                let capital = text
                    .get(words[at].start..words[at].end)
                    .is_some_and(|typed| typed.starts_with(char::is_uppercase));
                if !capital {
                    continue;
                }
            }
            let mut end = at + length - 1;
            if next_is_kommune {
                end += 1;
            }
            if certain {
                // Only what is certainly a place is no longer looked for as a word.
                reads.consumed[at..=end].fill(true);
            }
            reads.places.push(PlaceRead {
                municipalities: municipalities.clone(),
                certain,
            });
            reads.understood.push(Understood {
                reading: Reading::Place,
                words: typed(text, words, at, end),
                values: municipalities.iter().map(ToString::to_string).collect(),
            });
            at = end + 1;
            continue 'words;
        }
        at += 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reads(text: &str) -> Reads {
        read(text, &spelling::words(text), &[])
    }

    fn grades(text: &str) -> Vec<u16> {
        let mask = reads(text).grades;
        (0..=10).filter(|grade| mask & (1 << grade) != 0).collect()
    }

    #[test]
    fn grades_are_read() {
        assert_eq!(grades("vikinger 5. klasse"), [5]);
        assert_eq!(grades("skov i 0. klasse"), [0]);
        assert_eq!(grades("børnehaveklassen"), [0]);
        assert_eq!(grades("7.-9. klasse"), [7, 8, 9]);
        assert_eq!(grades("4. til 6. klasse"), [4, 5, 6]);
        assert_eq!(grades("5. og 6. klasse"), [5, 6]);
        assert_eq!(grades("noget til udskolingen"), [7, 8, 9]);
        assert_eq!(grades("mellemtrinnet"), [4, 5, 6]);
        assert_eq!(grades("tredje klasse"), [3]);
        assert_eq!(grades("8a"), [8]);
        assert_eq!(grades("anden verdenskrig"), Vec::<u16>::new());
        assert_eq!(grades("1864"), Vec::<u16>::new());
        assert_eq!(grades("99. klasse"), Vec::<u16>::new());
    }

    #[test]
    fn places_are_read() {
        let place = |text: &str| {
            reads(text)
                .places
                .first()
                .map(|place| (place.municipalities[0].to_string(), place.certain))
        };
        assert_eq!(place("museum i Vejle"), Some(("630".into(), true)));
        assert_eq!(place("nær Odense"), Some(("461".into(), true)));
        assert_eq!(
            place("gratis i Lolland Kommune"),
            Some(("360".into(), true))
        );
        assert_eq!(place("kobenhavn arkitektur"), Some(("101".into(), false)));
        assert_eq!(place("Aarhus"), place("Århus"));
        assert_eq!(place("på vejen til museet"), None);
        assert!(
            reads("lejrskole i Vestjylland").places[0]
                .municipalities
                .len()
                > 3
        );
    }

    #[test]
    fn free_is_read_but_not_of_the_bus() {
        assert!(reads("gratis musik").free);
        assert!(!reads("gratis bus til museum").free);
    }

    #[test]
    fn a_reading_can_be_undone() {
        let text = "gratis i Vejle for 5. klasse";
        let undone = read(text, &spelling::words(text), &Reading::ALL);
        assert_eq!(undone.understood, []);
        assert!(undone.consumed.iter().all(|consumed| !consumed));
        let told: Vec<String> = reads(text)
            .understood
            .into_iter()
            .map(|understood| understood.words)
            .collect();
        assert_eq!(told, ["5. klasse", "gratis", "Vejle"]);
    }
}
