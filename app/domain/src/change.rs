//! What has changed in an offer or a case from one version to the next, in parts that people know by name.

use jiff::Timestamp;

use crate::{Case, Entry, Language, Offer};

macro_rules! parts {
    ($($variant:ident, $danish:literal, $english:literal;)+) => {
        /// A part of an offer or a case.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum Part {
            $(#[doc = concat!("The ", $english, ".")] $variant,)+
        }

        impl Part {
            /// What people call it, as it stands within a sentence.
            #[must_use]
            pub fn label(self, language: Language) -> &'static str {
                match (self, language) {
                    $(
                        (Part::$variant, Language::Danish) => $danish,
                        (Part::$variant, Language::English) => $english,
                    )+
                }
            }
        }
    };
}

parts! {
    Title, "titel", "title";
    Summary, "resumé", "summary";
    Provider, "udbyder", "provider";
    Text, "beskrivelse", "description";
    Lessons, "hvad der virkede", "what worked";
    Goals, "formål", "learning goals";
    Subjects, "fag", "subjects";
    Audience, "målgruppe", "audience";
    Themes, "temaer", "themes";
    Place, "sted", "place";
    Duration, "varighed", "duration";
    Pupils, "antal elever", "number of pupils";
    Price, "pris", "price";
    Access, "hvem det er åbent for", "whom it is open to";
    Period, "periode", "period";
    Languages, "sprog", "languages";
    Materials, "materialer", "materials";
    Images, "billeder", "images";
    Files, "filer", "files";
    Journey, "turen derhen", "journey there";
    Accessibility, "tilgængelighed på stedet", "accessibility at the place";
    Contact, "kontakt", "contact";
    Funding, "økonomi", "funding";
    Partners, "samarbejdspartnere", "partners";
    Tasks, "hvem der gjorde hvad", "who did what";
    Motivations, "motivation", "motivation";
    Outcomes, "udbytte", "outcome";
    Challenges, "udfordringer", "challenges";
    RoleClarity, "rollernes klarhed", "clarity of the roles";
    Success, "hvor godt det lykkedes", "how well it succeeded";
    Sharing, "videndeling", "knowledge sharing";
    Advice, "råd", "advice";
    Offers, "forløb", "programmes";
    Cases, "erfaringer", "experiences";
    Anchoring, "forankring", "anchoring";
    Source, "kilde", "source";
}

/// A change: when, and of what.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// When it was published.
    pub time: Timestamp,
    /// The parts that differ from the version before, in the order in which they are read; never none.
    pub parts: Vec<Part>,
    /// Whether teachers' feedback led to it.
    pub on_advice: bool,
}

/// A version of an offer or a case, as it was published.
#[derive(Clone, Debug, PartialEq)]
pub struct PublishedVersion {
    /// When.
    pub time: Timestamp,
    /// What.
    pub entry: Entry,
    /// Whether teachers' feedback led to it.
    pub on_advice: bool,
}

/// The changes between the versions of one offer or case, both newest first, at most `most`. A version that differs in
/// nothing that people read is no change.
#[must_use]
pub fn changes(versions: &[PublishedVersion], most: usize) -> Vec<Change> {
    versions
        .windows(2)
        .map(|pair| Change {
            time: pair[0].time,
            parts: changed_parts(&pair[1].entry, &pair[0].entry),
            on_advice: pair[0].on_advice,
        })
        .filter(|change| !change.parts.is_empty())
        .take(most)
        .collect()
}

/// The parts in which two versions of an offer or of a case differ; none for other kinds.
#[must_use]
pub fn changed_parts(before: &Entry, after: &Entry) -> Vec<Part> {
    match (before, after) {
        (Entry::Offer(before), Entry::Offer(after)) => of_offers(before, after),
        (Entry::Case(before), Entry::Case(after)) => of_cases(before, after),
        _ => Vec::new(),
    }
}

fn differing<const PARTS: usize>(parts: [(Part, bool); PARTS]) -> Vec<Part> {
    parts
        .into_iter()
        .filter_map(|(part, differs)| differs.then_some(part))
        .collect()
}

fn of_offers(before: &Offer, after: &Offer) -> Vec<Part> {
    differing([
        (Part::Title, before.title != after.title),
        (Part::Summary, before.summary != after.summary),
        (Part::Provider, before.provider != after.provider),
        (
            Part::Audience,
            before.grades != after.grades || before.other_levels != after.other_levels,
        ),
        (Part::Subjects, before.subjects != after.subjects),
        (
            Part::Duration,
            before.duration_minutes != after.duration_minutes,
        ),
        (Part::Pupils, before.max_pupils != after.max_pupils),
        (Part::Price, before.price != after.price),
        (Part::Place, before.place != after.place),
        (Part::Period, before.available != after.available),
        (Part::Languages, before.languages != after.languages),
        (Part::Access, before.open_to != after.open_to),
        (Part::Text, before.description != after.description),
        (Part::Goals, before.goals != after.goals),
        (Part::Themes, before.themes != after.themes),
        (Part::Images, before.images != after.images),
        (Part::Materials, before.materials != after.materials),
        (Part::Files, before.files != after.files),
        (
            Part::Accessibility,
            before.accessibility != after.accessibility,
        ),
        (Part::Journey, before.transport != after.transport),
        (Part::Anchoring, before.anchoring != after.anchoring),
        (Part::Cases, before.developed_in != after.developed_in),
        (Part::Contact, before.contact != after.contact),
        (Part::Source, before.source_url != after.source_url),
    ])
}

fn of_cases(before: &Case, after: &Case) -> Vec<Part> {
    let partners = |case: &Case| -> Vec<_> {
        case.partners
            .iter()
            .map(|partner| (partner.organisation.clone(), partner.contact_person))
            .collect()
    };
    let tasks = |case: &Case| -> Vec<_> {
        case.partners
            .iter()
            .filter(|partner| !partner.tasks.is_empty())
            .map(|partner| (partner.organisation.clone(), partner.tasks.clone()))
            .collect()
    };
    differing([
        (Part::Title, before.title != after.title),
        (Part::Summary, before.summary != after.summary),
        (Part::Success, before.success != after.success),
        (Part::Period, before.period != after.period),
        (Part::Audience, before.grades != after.grades),
        (Part::Subjects, before.subjects != after.subjects),
        (Part::RoleClarity, before.role_clarity != after.role_clarity),
        (Part::Sharing, before.sharing != after.sharing),
        (Part::Funding, before.funding != after.funding),
        (Part::Themes, before.themes != after.themes),
        (Part::Partners, partners(before) != partners(after)),
        (Part::Tasks, tasks(before) != tasks(after)),
        (Part::Images, before.images != after.images),
        (Part::Text, before.story != after.story),
        (
            Part::Lessons,
            before.what_worked != after.what_worked || before.what_did_not != after.what_did_not,
        ),
        (Part::Motivations, before.motivations != after.motivations),
        (Part::Outcomes, before.outcomes != after.outcomes),
        (Part::Challenges, before.challenges != after.challenges),
        (Part::Advice, before.advice != after.advice),
        (Part::Anchoring, before.anchoring != after.anchoring),
        (Part::Files, before.files != after.files),
        (Part::Offers, before.offers != after.offers),
        (Part::Source, before.source_url != after.source_url),
    ])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn full_offer() -> Offer {
        Offer::samples().remove(0)
    }

    fn full_case() -> Case {
        Case::samples().remove(0)
    }

    fn entry(offer: Offer) -> Entry {
        Entry::Offer(Box::new(offer))
    }

    #[test]
    fn what_differs_is_named_in_the_order_it_is_read() {
        let before = full_offer();
        let mut after = before.clone();
        after.price = None;
        after.title = "Nyt navn".parse().expect("a title");
        after.grades.clear();
        after.other_levels.clear();
        let parts = changed_parts(&entry(before.clone()), &entry(after));
        assert_eq!(parts, [Part::Title, Part::Audience, Part::Price]);
        let labels: Vec<_> = parts
            .iter()
            .map(|part| (part.label(Language::Danish), part.label(Language::English)))
            .collect();
        assert_eq!(labels[1], ("målgruppe", "audience"));
        assert!(changed_parts(&entry(before.clone()), &entry(before)).is_empty());
    }

    #[test]
    fn every_field_but_the_id_and_the_date_has_its_part() {
        // All that a full object has and a bare one lacks, field by field.
        for (full, bare) in [
            (entry(full_offer()), entry(Offer::samples().remove(1))),
            (
                Entry::Case(Box::new(full_case())),
                Entry::Case(Box::new(Case::samples().remove(1))),
            ),
        ] {
            let fields = |entry: &Entry| match serde_json::to_value(entry) {
                Ok(serde_json::Value::Object(object)) => object,
                other => panic!("{other:?}"),
            };
            for (name, value) in fields(&full) {
                let mut changed = fields(&bare);
                if matches!(name.as_str(), "type" | "id" | "updated")
                    || changed.get(&name) == Some(&value)
                {
                    continue;
                }
                changed.insert(name.clone(), value);
                let changed = serde_json::from_value(changed.into()).expect("an object");
                assert!(!changed_parts(&bare, &changed).is_empty(), "{name}");
            }
        }
    }

    #[test]
    fn partners_and_their_tasks_are_told_apart() {
        let before = full_case();
        let mut after = before.clone();
        after.partners[0].tasks.clear();
        let of = |after: Case| {
            changed_parts(
                &Entry::Case(Box::new(before.clone())),
                &Entry::Case(Box::new(after)),
            )
        };
        assert_eq!(of(after.clone()), [Part::Tasks]);
        after = before.clone();
        after.partners[1].organisation = "byskolen".parse().expect("an id");
        after.partners[1].tasks.clear();
        assert_eq!(of(after), [Part::Partners, Part::Tasks]);
    }

    #[test]
    fn changes_are_newest_first_and_bounded_and_never_empty() {
        let at = |day: u8| -> Timestamp {
            format!("2026-03-{day:02}T12:00:00Z")
                .parse()
                .expect("a time")
        };
        let version = |day: u8, pupils: u32, updated: &str| {
            let offer = Offer {
                max_pupils: Some(pupils),
                updated: updated.parse().ok(),
                ..full_offer()
            };
            PublishedVersion {
                time: at(day),
                entry: entry(offer),
                on_advice: day == 3,
            }
        };
        let versions = [
            version(4, 30, "2026-03-04"),
            version(3, 30, "2026-03-03"),
            version(2, 25, "2026-03-03"),
            version(1, 20, "2026-03-01"),
        ];
        let days = |most: usize| -> Vec<Timestamp> {
            changes(&versions, most)
                .iter()
                .inspect(|change| assert_eq!(change.parts, [Part::Pupils]))
                .map(|change| change.time)
                .collect()
        };
        let found = changes(&versions, 10);
        let advised: Vec<bool> = found.iter().map(|change| change.on_advice).collect();
        assert_eq!(advised, [true, false]);
        assert_eq!(days(10), [at(3), at(2)]);
        assert_eq!(days(1), [at(3)]);
        assert!(changes(&versions[3..], 10).is_empty());
        assert!(changes(&[], 10).is_empty());
    }
}
