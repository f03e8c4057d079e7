//! Made-up organisations: municipalities, schools, learning centres, coach companies and the
//! institutions that offer teaching.

use std::ops::Range;

use domain::{Address, Municipality, Organisation, OrganisationKind, municipality};

use super::Stream;
use super::compose::{Composer, identifier, valid};
use super::vocabulary::Vocabulary;

/// The made-up organisations, by number: municipalities first, then schools, then the others, the
/// institutions last.
#[derive(Clone)]
pub struct Organisations {
    seed: u64,
    municipalities: usize,
    schools: usize,
    others: usize,
    institutions: usize,
}

impl Organisations {
    /// So many organisations, six or more.
    pub fn new(count: usize, seed: u64) -> Organisations {
        let municipalities = (count / 5).clamp(1, 98);
        let schools = (count / 6).max(1);
        let others = (count / 60).max(2);
        Organisations {
            seed,
            municipalities,
            schools,
            others,
            institutions: count - municipalities - schools - others,
        }
    }

    /// How many there are.
    pub fn count(&self) -> usize {
        self.municipalities + self.schools + self.others + self.institutions
    }

    /// The numbers of those that offer teaching.
    pub fn institutions(&self) -> Range<usize> {
        self.count() - self.institutions..self.count()
    }

    /// The number of a municipality and a school, the municipality's own where there is one.
    pub fn municipality_and_school(&self, near: &Municipality) -> (usize, usize) {
        let position = municipality::all()
            .iter()
            .position(|municipality| municipality.code == near.code)
            .unwrap_or(0);
        let own = (0..self.municipalities)
            .find(|number| spread(*number) == position)
            .unwrap_or(position % self.municipalities);
        (own, self.municipalities + own % self.schools)
    }

    /// Where an organisation is. They are spread over all municipalities, and every third lies in
    /// one of the largest towns, as in Denmark.
    pub fn municipality(&self, number: usize) -> &'static Municipality {
        const LARGEST: [&str; 6] = ["101", "751", "461", "851", "561", "730"];
        let place = if number < self.municipalities + self.schools {
            number
        } else if number.is_multiple_of(3) {
            let code = LARGEST[number / 3 % LARGEST.len()];
            return valid::<domain::MunicipalityCode>(code).municipality();
        } else {
            number - number / 3
        };
        municipality::all()[spread(place)]
    }

    /// What an institution teaches about: three of the topics.
    pub fn topics(&self, number: usize) -> [usize; 3] {
        let topics = Vocabulary::get().topics.len();
        let first = number
            .wrapping_mul(7)
            .wrapping_add(self.seed as usize % 1_000);
        [
            first % topics,
            (first + 3) % topics,
            (first * 5 + 11) % topics,
        ]
    }

    /// An organisation's id.
    pub fn id(&self, number: usize) -> domain::Slug {
        let (name, _) = self.name(number, &mut self.composer(number));
        identifier(&name, number + 1)
    }

    fn composer(&self, number: usize) -> Composer {
        Composer::new(
            self.seed,
            Stream::Organisation.of(number),
            &self.topics(number),
            self.municipality(number),
        )
    }

    fn name(&self, number: usize, composer: &mut Composer) -> (String, OrganisationKind) {
        let municipality = composer.municipality.name;
        let village = composer.village().to_owned();
        if number < self.municipalities {
            return (
                format!("{municipality} Kommune"),
                OrganisationKind::Municipality,
            );
        }
        let number = number - self.municipalities;
        if number < self.schools {
            let ending = composer.pick(&["skolen", " Skole", " Friskole", "-Overbyskolen"]);
            return (format!("{village}{ending}"), OrganisationKind::School);
        }
        match (number - self.schools, self.others) {
            (number, others) if number < others && number.is_multiple_of(2) => {
                (format!("PLC {municipality}"), OrganisationKind::Plc)
            }
            (number, others) if number < others => (
                format!("{village} Turistbusser"),
                OrganisationKind::Transport,
            ),
            _ => {
                let what = composer.pick(composer.vocabulary.words("institutions"));
                let name = match composer.below(4) {
                    0 => format!("{municipality} {what}"),
                    1 => format!("{what} {village}"),
                    _ => format!("{village} {what}"),
                };
                (name, OrganisationKind::Institution)
            }
        }
    }

    /// An organisation.
    pub fn make(&self, number: usize) -> Organisation {
        let mut composer = self.composer(number);
        let (name, kind) = self.name(number, &mut composer);
        let id: domain::Slug = identifier(&name, number + 1);
        let institution = kind == OrganisationKind::Institution;
        let nationwide = institution && composer.percent(4);
        let summary = (institution && composer.percent(85)).then(|| {
            let opening = composer.sentence("openings");
            let more = composer.sentence("sentences");
            valid(&format!("{name} {opening} {more}"))
        });
        let host = format!("{id}.example");
        let street = composer.percent(70).then(|| {
            let number = 1 + composer.below(180);
            valid(&format!("{}vej {number}", composer.village()))
        });
        let postcode = composer
            .percent(80)
            .then(|| valid(&(1_000 + composer.below(8_990)).to_string()));
        let address = Address {
            street,
            postcode,
            city: Some(valid(composer.municipality.name)),
            text: None,
        };
        Organisation {
            name: valid(&name),
            kind,
            municipality: (!nationwide).then_some(composer.municipality.code),
            summary,
            url: composer
                .percent(60)
                .then(|| valid(&format!("https://{host}"))),
            email: composer
                .percent(30)
                .then(|| valid(&format!("skole@{host}"))),
            // Numbers that begin with 00 00 are nobody's.
            phone: composer.percent(25).then(|| {
                let (first, second) = (composer.below(100), composer.below(100));
                valid(&format!("+45 00 00 {first:02} {second:02}"))
            }),
            address: (!nationwide && composer.percent(75)).then_some(address),
            location: (!nationwide && composer.percent(80)).then(|| composer.point()),
            id,
        }
    }
}

/// The place of a number among the municipalities: 37 and 98 have no common factor, so 98 numbers
/// in a row reach them all.
fn spread(number: usize) -> usize {
    number * 37 % 98
}
