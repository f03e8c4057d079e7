//! Closed lists of codes, each code with its Danish and English label. Those of the exchange format are
//! here; others stand beside what they are about.

use std::str::FromStr;

use crate::{Invalid, Language};

/// What every closed list of codes can do.
pub trait Code: Copy + Eq + FromStr<Err = Invalid> + 'static {
    /// Every value, in the order people expect to read them.
    fn all() -> &'static [Self];

    /// The code as it stands in the exchange format and in addresses.
    fn code(self) -> &'static str;

    /// The label people read.
    fn label(self, language: Language) -> &'static str;
}

macro_rules! codes {
    ($(#[$documentation:meta])* $name:ident { $($variant:ident, $code:literal, $danish:literal, $english:literal;)+ }) => {
        $(#[$documentation])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, serde::Serialize, serde::Deserialize)]
        #[serde(try_from = "String", into = "String")]
        pub enum $name {
            $(#[doc = concat!("`", $code, "`: ", $english, ".")] $variant,)+
        }

        impl $crate::Code for $name {
            fn all() -> &'static [Self] {
                &[$($name::$variant,)+]
            }

            fn code(self) -> &'static str {
                match self { $($name::$variant => $code,)+ }
            }

            fn label(self, language: $crate::Language) -> &'static str {
                match (self, language) {
                    $(
                        ($name::$variant, $crate::Language::Danish) => $danish,
                        ($name::$variant, $crate::Language::English) => $english,
                    )+
                }
            }
        }

        impl std::str::FromStr for $name {
            type Err = $crate::Invalid;

            fn from_str(text: &str) -> Result<Self, $crate::Invalid> {
                match text {
                    $($code => Ok($name::$variant),)+
                    other => Err($crate::Invalid::UnknownCode(other.chars().take(80).collect())),
                }
            }
        }

        impl TryFrom<String> for $name {
            type Error = $crate::Invalid;

            fn try_from(text: String) -> Result<Self, $crate::Invalid> {
                text.parse()
            }
        }

        impl From<$name> for String {
            fn from(value: $name) -> String {
                $crate::Code::code(value).to_owned()
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str($crate::Code::code(*self))
            }
        }
    };
}

pub(crate) use codes;

codes! {
    /// To what degree something holds, as the 2016 mapping asked.
    Degree {
        High, "high", "I høj grad", "To a high degree";
        Some, "some", "I nogen grad", "To some degree";
        Little, "little", "I mindre grad", "To a lesser degree";
        None, "none", "Slet ikke", "Not at all";
    }
}

codes! {
    /// Whom advice, a strategy or a recommendation speaks to.
    Audience {
        School, "school", "Skoler", "Schools";
        Municipality, "municipality", "Kommuner", "Municipalities";
        Institution, "institution", "Kulturinstitutioner og eksterne læringsmiljøer", "Cultural institutions and external learning environments";
        Plc, "plc", "PLC (pædagogisk læringscenter)", "PLC (the school's learning centre)";
        Transport, "transport", "Transportaktører", "Transport providers";
    }
}

codes! {
    /// What kind of organisation it is.
    OrganisationKind {
        School, "school", "Skole", "School";
        Municipality, "municipality", "Kommune", "Municipality";
        Institution, "institution", "Kulturinstitution eller eksternt læringsmiljø", "Cultural institution or external learning environment";
        Plc, "plc", "PLC (pædagogisk læringscenter)", "PLC (learning centre)";
        Transport, "transport", "Transportaktør", "Transport provider";
    }
}

codes! {
    /// Why partners took part in a collaboration project.
    Motivation {
        CollaborationExperience, "collaboration-experience", "At få erfaring med samarbejde", "Gaining experience of collaboration";
        PupilLearning, "pupil-learning", "Elevernes læring", "The pupils' learning";
        NewRelations, "new-relations", "Nye relationer", "New relations";
        ExperienceForOwnInstitution, "experience-for-own-institution", "Erfaring til egen institution", "Experience for one's own institution";
        ExperienceForOtherProjects, "experience-for-other-projects", "Erfaring til andre projekter", "Experience for other projects";
        EasierOpenSchoolInMunicipality, "easier-open-school-in-municipality", "At gøre den åbne skole lettere i kommunen", "Making the open school easier in the municipality";
        VariationInWorkday, "variation-in-workday", "Variation i arbejdsdagen", "Variation in the working day";
    }
}

codes! {
    /// The tasks of a collaboration project.
    Task {
        DevelopTeaching, "develop-teaching", "Udvikling af undervisning", "Developing the teaching";
        Teach, "teach", "Undervisning af elever", "Teaching the pupils";
        Evaluate, "evaluate", "Evaluering", "Evaluation";
        FindPartners, "find-partners", "Opsøgning af partnere", "Finding partners";
        Communication, "communication", "Kommunikation", "Communication";
        FacilitateMeetings, "facilitate-meetings", "Mødefacilitering", "Facilitating meetings";
        DocumentAndShare, "document-and-share", "Dokumentation og videndeling", "Documentation and knowledge sharing";
        FinanceAndAdministration, "finance-and-administration", "Økonomi og administration", "Finance and administration";
    }
}

codes! {
    /// What came of a collaboration project.
    Outcome {
        CollaborationExperience, "collaboration-experience", "Erfaring med samarbejde", "Experience of collaboration";
        PupilLearning, "pupil-learning", "Elevernes læring", "The pupils' learning";
        NewRelations, "new-relations", "Nye relationer", "New relations";
        WiserOnOpenSchool, "wiser-on-open-school", "Klogere på den åbne skole", "Wiser on the open school";
        KnowledgeAnchored, "knowledge-anchored", "Viden er forankret", "Knowledge is anchored";
        KnowledgeShared, "knowledge-shared", "Viden er delt", "Knowledge is shared";
    }
}

codes! {
    /// What was hard in a collaboration project.
    Challenge {
        LackOfTime, "lack-of-time", "Mangel på tid", "Lack of time";
        TooAmbitious, "too-ambitious", "For store ambitioner", "Too ambitious";
        HardToArrangeMeetings, "hard-to-arrange-meetings", "Svært at få møder i stand", "Hard to arrange meetings";
        Economy, "economy", "Økonomi", "Economy";
        ProblematicCollaboration, "problematic-collaboration", "Vanskeligt samarbejde", "Problematic collaboration";
    }
}

codes! {
    /// How well a collaboration project reached its aims.
    Success {
        Yes, "yes", "Ja", "Yes";
        Mostly, "mostly", "Overvejende", "Mostly";
        Partly, "partly", "Delvist", "Partly";
        No, "no", "Nej", "No";
    }
}

codes! {
    /// How far knowledge sharing has come.
    Sharing {
        None, "none", "Ikke begyndt", "Not begun";
        Documented, "documented", "Dokumenteret", "Documented";
        Anchored, "anchored", "Forankret", "Anchored";
        SharedInternally, "shared-internally", "Delt internt", "Shared internally";
        SharedExternally, "shared-externally", "Delt med andre", "Shared with others";
    }
}

codes! {
    /// Whether an anchoring strategy is alive.
    AnchoringStatus {
        Planned, "planned", "Planlagt", "Planned";
        Active, "active", "I gang", "Active";
        Lapsed, "lapsed", "Ophørt", "Lapsed";
    }
}

codes! {
    /// Where an offer takes place.
    PlaceMode {
        Provider, "provider", "Hos udbyder", "At the provider";
        School, "school", "På skolen", "At the school";
        Outdoors, "outdoors", "I naturen", "Outdoors";
        Online, "online", "Online", "Online";
        Agreed, "agreed", "Efter aftale", "By agreement";
    }
}

codes! {
    /// How an offer is paid for.
    PriceKind {
        Free, "free", "Gratis", "Free";
        PerClass, "perClass", "Pris pr. klasse", "Price per class";
        PerPupil, "perPupil", "Pris pr. elev", "Price per pupil";
        Varies, "varies", "Prisen varierer", "The price varies";
    }
}

codes! {
    /// How a class gets there.
    TransportMode {
        Walk, "walk", "Til fods", "On foot";
        Bike, "bike", "På cykel", "By bicycle";
        Bus, "bus", "Med bus", "By bus";
        Train, "train", "Med tog", "By train";
        Coach, "coach", "Med lejet bus", "By coach";
        Ferry, "ferry", "Med færge", "By ferry";
    }
}

codes! {
    /// Levels outside the grades of the municipal school.
    OtherLevel {
        Daycare, "daycare", "Dagtilbud", "Daycare";
        AfterSchool, "after-school", "SFO og fritid", "After-school care";
        UpperSecondary, "upper-secondary", "Ungdomsuddannelse", "Upper secondary education";
    }
}

codes! {
    /// The subjects and obligatory topics of the municipal school; their grades are in [`crate::Curriculum`].
    Subject {
        Dansk, "dansk", "Dansk", "Danish";
        Engelsk, "engelsk", "Engelsk", "English";
        Kristendomskundskab, "kristendomskundskab", "Kristendomskundskab", "Christian studies";
        Historie, "historie", "Historie", "History";
        Samfundsfag, "samfundsfag", "Samfundsfag", "Social studies";
        Tysk, "tysk", "Tysk", "German";
        Fransk, "fransk", "Fransk", "French";
        Idraet, "idraet", "Idræt", "Physical education";
        Musik, "musik", "Musik", "Music";
        Billedkunst, "billedkunst", "Billedkunst", "Visual arts";
        HaandvaerkOgDesign, "haandvaerk-og-design", "Håndværk og design", "Crafts and design";
        Madkundskab, "madkundskab", "Madkundskab", "Food knowledge";
        Matematik, "matematik", "Matematik", "Mathematics";
        NaturTeknologi, "natur-teknologi", "Natur/teknologi", "Science and technology";
        Geografi, "geografi", "Geografi", "Geography";
        Biologi, "biologi", "Biologi", "Biology";
        FysikKemi, "fysik-kemi", "Fysik/kemi", "Physics and chemistry";
        Teknologiforstaaelse, "teknologiforstaaelse", "Teknologiforståelse", "Technology comprehension";
        Faerdselslaere, "faerdselslaere", "Færdselslære", "Road safety";
        SundhedOgSeksualundervisning, "sundhed-og-seksualundervisning", "Sundheds- og seksualundervisning", "Health and sex education";
        UddannelseOgJob, "uddannelse-og-job", "Uddannelse og job", "Education and jobs";
        Tvaerfagligt, "tvaerfagligt", "Tværfagligt", "Cross-curricular";
    }
}

/// The label of a topic code of a recommendation, which may be a motivation, task, outcome or
/// challenge code; `None` for a strategy's code, whose title the portal's editors write.
#[must_use]
pub fn topic_label(code: &str, language: Language) -> Option<&'static str> {
    fn label_of<C: Code>(code: &str, language: Language) -> Option<&'static str> {
        code.parse::<C>().ok().map(|value| value.label(language))
    }
    label_of::<Task>(code, language)
        .or_else(|| label_of::<Motivation>(code, language))
        .or_else(|| label_of::<Outcome>(code, language))
        .or_else(|| label_of::<Challenge>(code, language))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check<C: Code + std::fmt::Debug>() {
        let mut seen = std::collections::BTreeSet::new();
        for value in C::all() {
            assert_eq!(value.code().parse::<C>(), Ok(*value));
            assert!(seen.insert(value.code()), "{value:?} has another's code");
            for language in Language::ALL {
                assert!(!value.label(language).is_empty());
            }
        }
        assert!("nonsense".parse::<C>().is_err());
    }

    #[test]
    fn codes_round_trip_and_have_labels() {
        check::<Degree>();
        check::<Audience>();
        check::<OrganisationKind>();
        check::<Motivation>();
        check::<Task>();
        check::<Outcome>();
        check::<Challenge>();
        check::<Success>();
        check::<Sharing>();
        check::<AnchoringStatus>();
        check::<PlaceMode>();
        check::<PriceKind>();
        check::<TransportMode>();
        check::<OtherLevel>();
        check::<Subject>();
        check::<crate::LegalBasis>();
        check::<crate::ReportReason>();
        check::<crate::membership::MemberRole>();
        check::<crate::membership::PortalRole>();
        check::<crate::publication::State>();
        check::<crate::publication::Step>();
        check::<crate::publication::Side>();
        check::<crate::agreement::Reply>();
        check::<crate::agreement::Silence>();
        check::<crate::agreement::Standing>();
        check::<crate::freshness::Freshness>();
        check::<crate::freshness::Reminder>();
        check::<crate::notice::AskedLetter>();
        check::<crate::notice::NoticeKind>();
        check::<crate::notice::NoticeTopic>();
        check::<crate::notice::Delivery>();
    }
}
