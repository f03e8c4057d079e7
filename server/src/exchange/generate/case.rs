//! Made-up cases.

use std::collections::BTreeMap;

use domain::{
    Advice, Audience, Case, Challenge, Code, Degree, Motivation, Outcome, Partner, Period, Sharing,
    Success, Task,
};

use super::Plan;
use super::compose::{Composer, identifier, valid};
use super::offer::{anchoring, distinct};

/// The title: the first thing that is composed of a case, so that it gives the id.
pub fn title(composer: &mut Composer) -> String {
    composer.sentence("titles")
}

impl Plan {
    /// A case.
    pub(super) fn case(&self, number: usize) -> Case {
        let mut composer = self.case_composer(number);
        let composer = &mut composer;
        let title = title(composer);
        let offers = &self.developed.offers[number];
        let partners = self.partners(composer, number, offers);
        let story = 4 + composer.often_small(9);
        let from = composer.percent(70).then(|| composer.day());
        let updated = composer.percent(60).then(|| composer.day());
        Case {
            id: identifier(&title, number + 1),
            title: valid(&title),
            summary: valid(&composer.sentences("summaries", 2)),
            story: Some(valid(&composer.sentences("story", story))),
            what_worked: composer
                .percent(55)
                .then(|| valid(&composer.sentences("worked", 2))),
            what_did_not: composer
                .percent(30)
                .then(|| valid(&composer.sentence("failed"))),
            period: from.map(|from| Period {
                from: Some(from),
                to: from.checked_add(jiff::Span::new().days(400)).ok(),
            }),
            funding: composer.percent(50).then(|| {
                let municipality = composer.municipality.name;
                valid(&format!("{municipality} Kommunes pulje til åben skole"))
            }),
            motivations: some_degrees(composer, 70, Motivation::all()),
            outcomes: some_degrees(composer, 40, Outcome::all()),
            challenges: some_degrees(composer, 20, Challenge::all()),
            role_clarity: composer.percent(20).then(|| composer.pick(Degree::all())),
            success: composer.percent(30).then(|| composer.pick(Success::all())),
            sharing: composer.percent(40).then(|| composer.pick(Sharing::all())),
            anchoring: if composer.percent(30) {
                anchoring(composer, &partners[0].organisation)
            } else {
                Vec::new()
            },
            advice: if composer.percent(30) {
                let number = 1 + composer.below(2);
                distinct((0..number).map(|_| composer.sentence("advice")))
                    .iter()
                    .map(|text| Advice {
                        audience: composer.pick(Audience::all()),
                        text: valid(text),
                    })
                    .collect()
            } else {
                Vec::new()
            },
            subjects: if composer.percent(85) {
                composer.topic.subjects.clone()
            } else {
                Vec::new()
            },
            grades: if composer.percent(35) {
                composer.pick(&composer.topic.stages).to_vec()
            } else {
                Vec::new()
            },
            themes: composer
                .topic
                .themes
                .iter()
                .take(4)
                .map(|theme| valid(theme))
                .collect(),
            offers: offers.iter().map(|offer| self.offer_id(*offer)).collect(),
            images: Vec::new(),
            files: Vec::new(),
            source_url: composer
                .percent(85)
                .then(|| valid(&format!("https://erfaringer.example/{}", number + 1))),
            updated,
            partners,
        }
    }

    /// The institutions behind the case's offers (or another one), the municipality, and a school.
    fn partners(&self, composer: &mut Composer, number: usize, offers: &[usize]) -> Vec<Partner> {
        let mut institutions: Vec<usize> = Vec::new();
        for offer in offers {
            let provider = self.provider(*offer);
            if !institutions.contains(&provider) {
                institutions.push(provider);
            }
        }
        if institutions.is_empty() {
            let all = self.organisations.institutions();
            institutions.push(all.start + number % all.len());
        }
        let (municipality, school) = self
            .organisations
            .municipality_and_school(composer.municipality);
        institutions
            .into_iter()
            .chain([municipality, school])
            .enumerate()
            .map(|(position, organisation)| Partner {
                organisation: self.organisations.id(organisation),
                contact_person: (position == 0 && composer.percent(50)).then_some(true),
                tasks: some_degrees(composer, 60, Task::all()),
            })
            .collect()
    }
}

/// So often in a hundred times one to four of the codes, each with a degree.
fn some_degrees<C: Code + Ord>(
    composer: &mut Composer,
    percent: u32,
    codes: &[C],
) -> BTreeMap<C, Degree> {
    if !composer.percent(percent) {
        return BTreeMap::new();
    }
    let number = 1 + composer.below(4) as usize;
    composer
        .some(codes, number)
        .into_iter()
        .map(|code| {
            let degree = composer.pick(&[Degree::High, Degree::High, Degree::Some, Degree::Little]);
            (code, degree)
        })
        .collect()
}
