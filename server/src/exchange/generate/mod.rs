//! Made-up content: varied, valid offers with their organisations and cases, as much as is wanted.
//!
//! It is for trying how the portal bears a country's worth of offers. Everything is composed of the
//! words in `vocabulary.txt`; no one in it exists, and its addresses lead nowhere. The same number
//! and the same seed give the same content.

mod case;
mod compose;
mod offer;
mod organisation;
mod vocabulary;

use std::io::{self, Write};

use domain::{Entry, Kind, Slug, exchange};

use super::sample;
use compose::Composer;
use organisation::Organisations;

/// Writes made-up content in the exchange format.
///
/// # Errors
/// What the output says.
pub fn write(offers: usize, seed: u64, output: &mut impl Write) -> io::Result<()> {
    for entry in entries(offers, seed) {
        output.write_all(exchange::write_line(&entry).as_bytes())?;
        output.write_all(b"\n")?;
    }
    Ok(())
}

/// Made-up content: so many offers, a twentieth as many organisations (at least six), the anchoring
/// strategies, and a thirtieth as many cases.
pub fn entries(offers: usize, seed: u64) -> impl Iterator<Item = Entry> {
    let plan = Plan::new(offers, seed);
    let organisations = plan.organisations.count();
    let (for_offers, for_cases) = (plan.clone(), plan.clone());
    let strategies = sample::entries()
        .into_iter()
        .filter(|entry| entry.kind() == Kind::Strategy);
    (0..organisations)
        .map(move |number| Entry::Organisation(plan.organisations.make(number)))
        .chain(strategies)
        .chain((0..offers).map(move |number| Entry::Offer(Box::new(for_offers.offer(number)))))
        .chain((0..cases(offers)).map(move |number| Entry::Case(Box::new(for_cases.case(number)))))
}

fn cases(offers: usize) -> usize {
    offers.div_ceil(30)
}

/// The random numbers of each kind of object come from streams of their own.
#[derive(Clone, Copy)]
enum Stream {
    Organisation = 1,
    Offer = 2,
    Case = 3,
    Provider = 4,
    Partners = 5,
}

impl Stream {
    fn of(self, number: usize) -> u64 {
        ((self as u64) << 48) | number as u64
    }
}

/// Who offers what and which cases belong to it: everything that several objects have to agree on
/// is computed anew from the seed wherever it is needed.
#[derive(Clone)]
struct Plan {
    offers: usize,
    seed: u64,
    organisations: Organisations,
    /// The offers of each case, and the other way round.
    developed: std::sync::Arc<Developed>,
}

struct Developed {
    offers: Vec<Vec<usize>>,
    cases: std::collections::HashMap<usize, Vec<usize>>,
}

impl Plan {
    fn new(offers: usize, seed: u64) -> Plan {
        let organisations = Organisations::new((offers / 20).max(6), seed);
        let mut plan = Plan {
            offers,
            seed,
            organisations,
            developed: std::sync::Arc::new(Developed {
                offers: Vec::new(),
                cases: std::collections::HashMap::new(),
            }),
        };
        let offers: Vec<Vec<usize>> = (0..cases(offers))
            .map(|number| plan.choose_offers(number))
            .collect();
        let mut cases: std::collections::HashMap<usize, Vec<usize>> =
            std::collections::HashMap::new();
        for (case, of_case) in offers.iter().enumerate() {
            for offer in of_case {
                cases.entry(*offer).or_default().push(case);
            }
        }
        plan.developed = std::sync::Arc::new(Developed { offers, cases });
        plan
    }

    /// The offers that came of a case: none, one or two.
    fn choose_offers(&self, case: usize) -> Vec<usize> {
        let mut composer = Composer::new(
            self.seed,
            Stream::Partners.of(case),
            &[0],
            domain::municipality::all()[0],
        );
        let end = u32::try_from(self.offers).unwrap_or(u32::MAX);
        let mut chosen = Vec::new();
        for _ in 0..composer.below(3) {
            let offer = composer.below(end) as usize;
            if !chosen.contains(&offer) {
                chosen.push(offer);
            }
        }
        chosen
    }

    /// Who offers an offer: a few institutions have many, most have some.
    fn provider(&self, offer: usize) -> usize {
        let mut composer = Composer::new(
            self.seed,
            Stream::Provider.of(offer),
            &[0],
            domain::municipality::all()[0],
        );
        let institutions = self.organisations.institutions();
        let end = u32::try_from(institutions.len()).unwrap_or(u32::MAX);
        institutions.start + composer.often_small(end) as usize
    }

    /// What writes about an offer, and its id.
    fn offer_composer(&self, offer: usize) -> Composer {
        let provider = self.provider(offer);
        Composer::new(
            self.seed,
            Stream::Offer.of(offer),
            &self.organisations.topics(provider),
            self.organisations.municipality(provider),
        )
    }

    fn case_composer(&self, case: usize) -> Composer {
        let place = match self
            .developed
            .offers
            .get(case)
            .and_then(|offers| offers.first())
        {
            Some(offer) => self.provider(*offer),
            None => {
                let institutions = self.organisations.institutions();
                institutions.start + case % institutions.len()
            }
        };
        Composer::new(
            self.seed,
            Stream::Case.of(case),
            &self.organisations.topics(place),
            self.organisations.municipality(place),
        )
    }

    fn case_id(&self, case: usize) -> Slug {
        let title = case::title(&mut self.case_composer(case));
        compose::identifier(&title, case + 1)
    }

    fn offer_id(&self, offer: usize) -> Slug {
        let title = offer::title(&mut self.offer_composer(offer));
        compose::identifier(&title, offer + 1)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::{HashMap, HashSet};

    use proptest::prelude::*;

    use super::*;

    fn text(offers: usize, seed: u64) -> String {
        let mut output = Vec::new();
        write(offers, seed, &mut output).unwrap();
        String::from_utf8(output).unwrap()
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(12))]

        #[test]
        fn every_line_is_valid_and_refers_to_another(offers in 1_usize..400, seed: u64) {
            let text = text(offers, seed);
            let mut known = HashSet::new();
            let mut references = Vec::new();
            let mut number: HashMap<Kind, usize> = HashMap::new();
            for line in text.lines() {
                let entry = exchange::parse_line(line)
                    .map_err(|error| TestCaseError::fail(format!("{error} in {line}")))?;
                prop_assert_eq!(exchange::write_line(&entry), line);
                prop_assert!(known.insert((entry.kind(), entry.id().clone())), "twice: {}", line);
                *number.entry(entry.kind()).or_default() += 1;
                references.extend(entry.references());
            }
            for reference in references {
                prop_assert!(known.contains(&(reference.kind, reference.id.clone())), "{reference:?}");
            }
            prop_assert_eq!(number[&Kind::Offer], offers);
            prop_assert_eq!(number[&Kind::Organisation], (offers / 20).max(6));
            prop_assert_eq!(number[&Kind::Case], offers.div_ceil(30));
        }
    }

    #[test]
    fn the_same_seed_gives_the_same_and_another_seed_gives_other_content() {
        assert_eq!(text(50, 7), text(50, 7));
        assert_ne!(text(50, 7), text(50, 8));
    }

    #[test]
    fn it_is_varied_and_every_field_is_used() {
        let text = text(5_000, 1);
        let mut fields: HashMap<(String, String), usize> = HashMap::new();
        let mut words = HashSet::new();
        let mut municipalities = HashSet::new();
        let mut summaries = HashSet::new();
        let mut lengths = Vec::new();
        for line in text.lines() {
            let object: serde_json::Map<String, serde_json::Value> =
                serde_json::from_str(line).unwrap();
            let kind = object["type"].as_str().unwrap().to_owned();
            for field in object.keys() {
                *fields.entry((kind.clone(), field.clone())).or_default() += 1;
            }
            if kind == "organisation" {
                municipalities.extend(object.get("municipality").map(ToString::to_string));
            }
            if kind == "offer" {
                summaries.insert(object["summary"].to_string());
                if let Some(description) = object.get("description") {
                    let description = description.as_str().unwrap();
                    lengths.push(description.split_whitespace().count());
                    words.extend(description.split_whitespace().map(str::to_lowercase));
                }
            }
        }
        let samples = domain::Offer::samples()
            .into_iter()
            .map(|offer| Entry::Offer(Box::new(offer)))
            .chain(
                domain::Case::samples()
                    .into_iter()
                    .map(|case| Entry::Case(Box::new(case))),
            )
            .chain(
                domain::Organisation::samples()
                    .into_iter()
                    .map(Entry::Organisation),
            );
        for entry in samples {
            let object: serde_json::Map<String, serde_json::Value> =
                serde_json::from_str(&exchange::write_line(&entry)).unwrap();
            for field in object.keys() {
                // What is made up has nothing uploaded for it.
                if ["images", "files"].contains(&field.as_str()) {
                    continue;
                }
                let key = (entry.kind().to_string(), field.clone());
                assert!(fields.contains_key(&key), "never used: {key:?}");
            }
        }
        assert_eq!(municipalities.len(), 98);
        assert!(words.len() > 10_000, "{} words", words.len());
        assert!(summaries.len() > 4_800, "{} summaries", summaries.len());
        lengths.sort_unstable();
        assert!((50..=110).contains(&lengths[lengths.len() / 2]));
        assert!(lengths.iter().all(|length| *length <= 300));
    }
}
