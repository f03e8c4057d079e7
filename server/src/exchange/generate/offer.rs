//! Made-up offers. How often a field is there follows real collections of offers, a little
//! more generously, so that every field has something to show.

use domain::{
    Address, Anchoring, AnchoringStatus, Availability, Code, Contact, Grade, Materials, Offer,
    OtherLevel, Place, PlaceMode, Price, PriceKind, Subject, Theme, Transport, TransportMode,
    municipality,
};

use super::Plan;
use super::compose::{Composer, identifier, valid};
use crate::exchange::sample;

/// The title: the first thing that is composed of an offer, so that it gives the id.
pub fn title(composer: &mut Composer) -> String {
    composer.sentence("titles")
}

impl Plan {
    /// An offer.
    pub(super) fn offer(&self, number: usize) -> Offer {
        let mut composer = self.offer_composer(number);
        let composer = &mut composer;
        let title = title(composer);
        let provider_number = self.provider(number);
        let provider = self.organisations.id(provider_number);
        let subjects = subjects(composer);
        let grades = grades(composer);
        let contact_host = format!("{provider}.example");
        Offer {
            id: identifier(&title, number + 1),
            title: valid(&title),
            summary: valid(&composer.sentence("summaries")),
            description: composer.percent(97).then(|| valid(&description(composer))),
            other_levels: other_levels(composer),
            themes: themes(composer),
            place: composer.percent(95).then(|| place(composer)),
            duration_minutes: composer.percent(45).then(|| {
                composer.pick(&[
                    45, 45, 60, 60, 90, 90, 90, 120, 120, 120, 150, 180, 180, 240, 300, 360, 480,
                    720, 1_440, 2_880,
                ])
            }),
            max_pupils: composer
                .percent(30)
                .then(|| composer.pick(&[12, 15, 18, 20, 24, 25, 26, 28, 28, 28, 30, 50, 56, 120])),
            price: composer.percent(50).then(|| price(composer)),
            open_to: if composer.percent(4) {
                let mut open_to = vec![composer.municipality.code];
                let others = composer.below(4) as usize;
                open_to.extend(
                    composer
                        .some(municipality::all(), others)
                        .into_iter()
                        .map(|municipality| municipality.code)
                        .filter(|code| *code != open_to[0])
                        .collect::<Vec<_>>(),
                );
                open_to
            } else {
                Vec::new()
            },
            available: composer.percent(30).then(|| availability(composer)),
            languages: match composer.below(100) {
                0..5 => vec![valid("da"), valid("en")],
                5 => vec![valid("en")],
                6 => vec![valid("da"), valid("de")],
                _ => Vec::new(),
            },
            goals: if composer.percent(20) {
                let number = 1 + composer.below(4);
                distinct((0..number).map(|_| composer.sentence("goals")))
                    .iter()
                    .map(|goal| valid(goal))
                    .collect()
            } else {
                Vec::new()
            },
            materials: composer.percent(22).then(|| Materials {
                before: Some(valid(&composer.sentences("before", 2))),
                during: composer
                    .percent(60)
                    .then(|| valid(&composer.sentence("during"))),
                after: composer
                    .percent(80)
                    .then(|| valid(&composer.sentence("after"))),
            }),
            transport: composer.percent(6).then(|| transport(composer)),
            accessibility: composer
                .percent(5)
                .then(|| valid(&composer.sentence("access"))),
            contact: composer.percent(30).then(|| Contact {
                name: composer
                    .percent(20)
                    .then(|| valid(&format!("{} booking", composer.village()))),
                role: Some(valid(&composer.sentence("roles"))),
                email: composer
                    .percent(70)
                    .then(|| valid(&format!("booking@{contact_host}"))),
                phone: composer.percent(40).then(|| {
                    let (first, second) = (composer.below(100), composer.below(100));
                    valid(&format!("+45 00 00 {first:02} {second:02}"))
                }),
            }),
            developed_in: self
                .developed
                .cases
                .get(&number)
                .into_iter()
                .flatten()
                .map(|case| self.case_id(*case))
                .collect(),
            anchoring: if composer.percent(6) {
                anchoring(composer, &provider)
            } else {
                Vec::new()
            },
            images: Vec::new(),
            files: Vec::new(),
            source_url: composer
                .percent(90)
                .then(|| valid(&format!("https://{contact_host}/skoler/{}", number + 1))),
            updated: composer.percent(70).then(|| composer.day()),
            provider,
            subjects,
            grades,
        }
    }
}

fn subjects(composer: &mut Composer) -> Vec<Subject> {
    let topic = composer.topic;
    let number = 1 + composer.below(u32::try_from(topic.subjects.len()).unwrap_or(1)) as usize;
    let mut subjects = composer.some(&topic.subjects, number);
    if composer.percent(10) {
        let another = composer.pick(Subject::all());
        if !subjects.contains(&another) {
            subjects.push(another);
        }
    }
    subjects
}

fn grades(composer: &mut Composer) -> Vec<Grade> {
    if composer.percent(25) {
        return Vec::new();
    }
    match composer.below(10) {
        0..5 => composer.pick(&composer.topic.stages).to_vec(),
        5..8 => {
            let first = composer.below(10) as usize;
            let last = (first + composer.below(3) as usize).min(10);
            Grade::ALL[first..=last].to_vec()
        }
        8 => composer.topic.stages.concat(),
        _ => Grade::ALL[..10].to_vec(),
    }
}

fn other_levels(composer: &mut Composer) -> Vec<OtherLevel> {
    if composer.percent(10) {
        let number = 1 + composer.below(2) as usize;
        composer.some(OtherLevel::all(), number)
    } else {
        Vec::new()
    }
}

fn themes(composer: &mut Composer) -> Vec<Theme> {
    let number = 2 + composer.below(2) as usize;
    let own: Vec<String> = composer
        .some(&composer.topic.themes, number)
        .into_iter()
        .map(str::to_owned)
        .collect();
    let nouns: Vec<String> = (0..=composer.below(3))
        .map(|_| composer.noun().plural.to_owned())
        .collect();
    distinct(own.into_iter().chain(nouns))
        .iter()
        .map(|theme| valid(theme))
        .collect()
}

fn place(composer: &mut Composer) -> Place {
    let mode = if composer.percent(12) {
        PlaceMode::Agreed
    } else {
        composer.pick(&composer.topic.places)
    };
    let somewhere = matches!(mode, PlaceMode::Provider | PlaceMode::Outdoors);
    Place {
        mode,
        municipality: composer
            .percent(if somewhere { 60 } else { 15 })
            .then_some(composer.municipality.code),
        address: (somewhere && composer.percent(25)).then(|| {
            let (number, postcode) = (1 + composer.below(90), 1_000 + composer.below(8_990));
            Address {
                street: Some(valid(&format!("{}vej {number}", composer.village()))),
                postcode: Some(valid(&postcode.to_string())),
                city: Some(valid(composer.municipality.name)),
                text: None,
            }
        }),
        location: (somewhere && composer.percent(45)).then(|| composer.point()),
    }
}

fn price(composer: &mut Composer) -> Price {
    let kind = composer.pick(&[
        PriceKind::Free,
        PriceKind::Free,
        PriceKind::Free,
        PriceKind::Free,
        PriceKind::PerClass,
        PriceKind::PerClass,
        PriceKind::PerClass,
        PriceKind::PerPupil,
        PriceKind::Varies,
        PriceKind::Varies,
    ]);
    let amount = match kind {
        PriceKind::PerClass => Some(f64::from(300 + 50 * composer.often_small(80))),
        PriceKind::PerPupil => Some(f64::from(15 + 5 * composer.often_small(30))),
        PriceKind::Free | PriceKind::Varies => None,
    };
    Price {
        kind,
        amount,
        free_for: if kind != PriceKind::Free && composer.percent(40) {
            vec![composer.municipality.code]
        } else {
            Vec::new()
        },
        note: composer
            .percent(35)
            .then(|| valid(&composer.sentence("pricenotes"))),
    }
}

fn availability(composer: &mut Composer) -> Availability {
    let from = composer.percent(25).then(|| composer.day());
    let to = from.filter(|_| composer.percent(80)).and_then(|from| {
        from.checked_add(jiff::Span::new().days(i64::from(20 + composer.below(300))))
            .ok()
    });
    Availability {
        from,
        to,
        note: (from.is_none() || composer.percent(40))
            .then(|| valid(&composer.sentence("seasons"))),
    }
}

fn transport(composer: &mut Composer) -> Transport {
    let number = 1 + composer.below(3) as usize;
    Transport {
        modes: composer.some(TransportMode::all(), number),
        minutes: composer.percent(60).then(|| 5 + 5 * composer.below(12)),
        note: composer
            .percent(80)
            .then(|| valid(&composer.sentence("travel"))),
        activities: composer
            .percent(40)
            .then(|| valid(&composer.sentence("journey"))),
    }
}

/// One or two ways in which something is kept alive.
pub fn anchoring(composer: &mut Composer, owner: &domain::Slug) -> Vec<Anchoring> {
    let strategies = sample::strategies();
    let number = 1 + composer.below(2) as usize;
    composer
        .some(strategies, number)
        .into_iter()
        .map(|strategy| Anchoring {
            strategy: valid(strategy),
            owner: composer.percent(80).then(|| owner.clone()),
            status: Some(composer.pick(AnchoringStatus::all())),
            next_review: composer.percent(60).then(|| composer.day()),
            note: composer
                .percent(70)
                .then(|| valid(&composer.sentence("worked"))),
        })
        .collect()
}

/// Three to sixteen sentences in one to three paragraphs, some with a list.
fn description(composer: &mut Composer) -> String {
    let first = 3 + composer.often_small(7);
    let mut text = composer.sentences("sentences", first);
    if composer.percent(45) {
        let more = 1 + composer.often_small(6);
        text.push_str("\n\n");
        text.push_str(&composer.sentences("sentences", more));
    }
    if composer.percent(15) {
        text.push_str("\n\n");
        for tool in composer.some(&composer.topic.tools, 3) {
            text.push_str("- ");
            text.push_str(tool);
            text.push('\n');
        }
    }
    text
}

/// The texts without those that are there already.
pub fn distinct(texts: impl IntoIterator<Item = String>) -> Vec<String> {
    let mut kept: Vec<String> = Vec::new();
    for text in texts {
        if !kept.contains(&text) {
            kept.push(text);
        }
    }
    kept
}
