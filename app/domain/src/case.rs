//! Cases: what a collaboration project did, who did what, what came of it and how it is kept alive.

use std::collections::BTreeMap;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::attachment::check_attachments;
use crate::offer::check_list;
use crate::{
    Anchoring, AttachedFile, Audience, Challenge, Code, Degree, Grade, Image, Invalid, Markdown,
    Motivation, OrganisationKind, Outcome, Paragraph, Sharing, Slug, Subject, Success, Task, Theme,
    Title, WebAddress,
};

/// A collaboration project's experiences.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Case {
    /// The id.
    pub id: Slug,
    /// The title.
    pub title: Title,
    /// What it was, in a few sentences.
    pub summary: Paragraph,
    /// What happened, at length.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub story: Option<Markdown>,
    /// What worked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub what_worked: Option<Markdown>,
    /// What did not.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub what_did_not: Option<Markdown>,
    /// When it ran.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub period: Option<Period>,
    /// Who paid.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub funding: Option<Paragraph>,
    /// Who took part, and who did what.
    pub partners: Vec<Partner>,
    /// Why they took part.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub motivations: BTreeMap<Motivation, Degree>,
    /// What came of it.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub outcomes: BTreeMap<Outcome, Degree>,
    /// What was hard.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub challenges: BTreeMap<Challenge, Degree>,
    /// How clear the roles were.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub role_clarity: Option<Degree>,
    /// How well it reached its aims.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub success: Option<Success>,
    /// How far knowledge sharing has come.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sharing: Option<Sharing>,
    /// How it is kept alive.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub anchoring: Vec<Anchoring>,
    /// Advice to others.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub advice: Vec<Advice>,
    /// Subjects.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub subjects: Vec<Subject>,
    /// Grades.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub grades: Vec<Grade>,
    /// Themes in free words.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub themes: Vec<Theme>,
    /// The offers that came of it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub offers: Vec<Slug>,
    /// Images, the one shown large first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub images: Vec<Image>,
    /// Files to fetch.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub files: Vec<AttachedFile>,
    /// The public source it was registered from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source_url: Option<WebAddress>,
    /// When its content last changed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub updated: Option<Date>,
}

/// A span of days.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Period {
    /// The first day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<Date>,
    /// The last day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<Date>,
}

/// An organisation that took part in a case.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Partner {
    /// The organisation's id.
    pub organisation: Slug,
    /// Whether the project's contact person (tovholder) was here.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub contact_person: Option<bool>,
    /// What it did, and to what degree.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub tasks: BTreeMap<Task, Degree>,
}

/// A piece of advice.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Advice {
    /// To whom.
    pub audience: Audience,
    /// What.
    pub text: Paragraph,
}

impl Case {
    /// The kinds of partner that a case written in the portal must have before it is published.
    pub const REQUIRED_PARTNERS: [OrganisationKind; 3] = [
        OrganisationKind::Municipality,
        OrganisationKind::School,
        OrganisationKind::Institution,
    ];

    /// Rules that span fields: lists are bounded and hold nothing twice, there is a partner, and
    /// the period does not end before it begins.
    ///
    /// # Errors
    /// The field and the rule it breaks.
    pub fn check(&self) -> Result<(), (String, Invalid)> {
        if self.partners.is_empty() {
            return Err(("partners".into(), Invalid::Empty));
        }
        check_list("partners", &self.partners, 200, |partner| {
            partner.organisation.to_string()
        })?;
        check_list("subjects", &self.subjects, 22, |subject| subject.code())?;
        check_list("grades", &self.grades, 11, |grade| grade.number())?;
        check_list("themes", &self.themes, 30, |theme| theme.to_string())?;
        check_list("offers", &self.offers, 200, |id| id.to_string())?;
        check_list("advice", &self.advice, 50, |advice| {
            format!("{} {}", advice.audience, advice.text)
        })?;
        check_list("anchoring", &self.anchoring, 30, |entry| {
            format!(
                "{} {}",
                entry.strategy,
                entry.owner.as_ref().map_or("", Slug::as_str)
            )
        })?;
        check_attachments(&self.images, &self.files)?;
        if let Some(Period {
            from: Some(from),
            to: Some(to),
        }) = &self.period
            && to < from
        {
            return Err(("period.to".into(), Invalid::EndsBeforeStart));
        }
        Ok(())
    }

    /// The required kinds of partner that are not among the kinds given: what a registered case's
    /// source does not name, and what a written one still lacks.
    #[must_use]
    pub fn missing_partners(kinds: &[OrganisationKind]) -> Vec<OrganisationKind> {
        Case::REQUIRED_PARTNERS
            .into_iter()
            .filter(|required| !kinds.contains(required))
            .collect()
    }

    /// The organisations that took part.
    #[must_use]
    pub fn partner_ids(&self) -> Vec<Slug> {
        let ids = self.partners.iter();
        ids.map(|partner| partner.organisation.clone()).collect()
    }

    /// Whether the case was registered from a public source and not written by its partners.
    #[must_use]
    pub fn is_registered(&self) -> bool {
        self.source_url.is_some()
    }

    /// Cases that try a page: one with every field, one with only what is required.
    #[must_use]
    pub fn samples() -> Vec<Case> {
        crate::exchange::samples(&[
            r#"{"type":"case","id":"aaen-som-klassevaerelse","title":"Åen som klasseværelse – æblegrød og vandhuller","summary":"Museum, skole og kommune lærte af hinanden, mens eleverne undersøgte åen.","story":"Det begyndte med en *kop kaffe*.\n\nSiden kom eleverne til.","whatWorked":"Faste møder og én kontaktperson.","whatDidNot":"Transporten tog længere tid, end vi troede.","period":{"from":"2024-08-01","to":"2025-06-30"},"funding":"Kommunens udviklingspulje","partners":[{"organisation":"proevemuseet","contactPerson":true,"tasks":{"develop-teaching":"high","teach":"some","evaluate":"little"}},{"organisation":"aaskolen","tasks":{"teach":"high","finance-and-administration":"none"}},{"organisation":"odense-kommune","tasks":{"facilitate-meetings":"high"}}],"motivations":{"pupil-learning":"high","new-relations":"some"},"outcomes":{"pupil-learning":"high","knowledge-anchored":"little"},"challenges":{"lack-of-time":"some","economy":"none"},"roleClarity":"some","success":"mostly","sharing":"shared-internally","anchoring":[{"strategy":"network-meetings","owner":"odense-kommune","status":"active","nextReview":"2027-01-15","note":"To møder om året."},{"strategy":"printed-materials","owner":"proevemuseet","status":"lapsed"}],"advice":[{"audience":"school","text":"Sæt tid af i skemaet fra start."},{"audience":"institution","text":"Spørg lærerne, før I laver materialer."}],"subjects":["natur-teknologi","historie"],"grades":[4,5,6],"themes":["vandløb"],"offers":["livet-i-vandhullet"],"images":[{"id":"d4d4d4d4d4d4d4d4d4d4d4d4d4d4d4d4d4d4d4d4d4d4d4d4d4d4d4d4d4d4d4d4","alt":"Elever, lærere og museets folk ved åen","credit":"Aaskolen","legalBasis":"situation"}],"files":[{"id":"e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5","title":"Samarbejdsaftalen"}],"sourceUrl":"https://proevemuseet.example/projekt","updated":"2025-09-01"}"#,
            r#"{"type":"case","id":"kort-erfaring","title":"Å","summary":"En erfaring, der kun siger det nødvendigste.","partners":[{"organisation":"proevemuseet"}]}"#,
        ])
        .into_iter()
        .filter_map(|entry| match entry {
            crate::Entry::Case(case) => Some(*case),
            _ => None,
        })
        .collect()
    }
}
