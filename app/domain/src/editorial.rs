//! The portal's editorial content: anchoring strategies, roles and recommendations.

use serde::{Deserialize, Serialize};

use crate::offer::check_list;
use crate::{Audience, Code, Invalid, Line, Markdown, Paragraph, Slug, Task, Title};

/// A way to keep offers and knowledge alive after a project.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Strategy {
    /// The code; editors may add more.
    pub code: Slug,
    /// The title.
    pub title: Title,
    /// What it is, in a sentence or two.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub summary: Option<Paragraph>,
    /// How it is done.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub description: Option<Markdown>,
    /// Who can answer for it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub owners: Vec<Audience>,
}

/// A role in a collaboration project.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Role {
    /// The code.
    pub code: Slug,
    /// The title.
    pub title: Title,
    /// What it is, in a sentence or two.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub summary: Option<Paragraph>,
    /// What it takes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub description: Option<Markdown>,
    /// The tasks that belong to it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub tasks: Vec<Task>,
}

/// A piece of advice that stands on evidence.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Recommendation {
    /// The id.
    pub id: Slug,
    /// The title.
    pub title: Title,
    /// The advice.
    pub text: Markdown,
    /// To whom.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub audiences: Vec<Audience>,
    /// What it is about: motivation, task, outcome, challenge or strategy codes.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub topics: Vec<Slug>,
    /// What it stands on.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub evidence: Vec<Evidence>,
}

/// What a recommendation stands on: a survey's figure or a case.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Evidence {
    /// The survey's id, together with `item`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub survey: Option<Slug>,
    /// The code of the survey's item.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub item: Option<Slug>,
    /// A case's id.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub case: Option<Slug>,
    /// What the evidence says.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<Line>,
}

impl Strategy {
    /// Lists are bounded and hold nothing twice.
    ///
    /// # Errors
    /// The field and the rule it breaks.
    pub fn check(&self) -> Result<(), (String, Invalid)> {
        check_list("owners", &self.owners, 5, |audience| audience.code())
    }

    /// Strategies that try a page.
    #[must_use]
    pub fn samples() -> Vec<Strategy> {
        crate::exchange::samples(&[
            r#"{"type":"strategy","code":"network-meetings","title":"Netværksmøder","summary":"Mødes på tværs, så viden ikke bor hos én.","description":"To møder om året er nok.\n\n- Skift vært","owners":["municipality","institution"]}"#,
            r#"{"type":"strategy","code":"learning-platform","title":"Læringsplatform"}"#,
        ])
        .into_iter()
        .filter_map(|entry| match entry {
            crate::Entry::Strategy(strategy) => Some(strategy),
            _ => None,
        })
        .collect()
    }
}

impl Role {
    /// Lists are bounded and hold nothing twice.
    ///
    /// # Errors
    /// The field and the rule it breaks.
    pub fn check(&self) -> Result<(), (String, Invalid)> {
        check_list("tasks", &self.tasks, 8, |task| task.code())
    }

    /// Roles that try a page.
    #[must_use]
    pub fn samples() -> Vec<Role> {
        crate::exchange::samples(&[
            r#"{"type":"role","code":"contact-person","title":"Kontaktperson (tovholder)","summary":"Den, alle kan henvende sig til.","description":"Holder tråden.","tasks":["communication","find-partners"]}"#,
        ])
        .into_iter()
        .filter_map(|entry| match entry {
            crate::Entry::Role(role) => Some(role),
            _ => None,
        })
        .collect()
    }
}

impl Recommendation {
    /// Lists are bounded and hold nothing twice; evidence names a survey's item or a case.
    ///
    /// # Errors
    /// The field and the rule it breaks.
    pub fn check(&self) -> Result<(), (String, Invalid)> {
        check_list("audiences", &self.audiences, 5, |audience| audience.code())?;
        check_list("topics", &self.topics, 40, |topic| topic.to_string())?;
        if self.evidence.len() > 50 {
            return Err(("evidence".into(), Invalid::TooMany(50)));
        }
        for (position, evidence) in self.evidence.iter().enumerate() {
            let names_item = evidence.survey.is_some() && evidence.item.is_some();
            if !names_item && evidence.case.is_none() {
                let field = if evidence.survey.is_some() {
                    "item"
                } else {
                    "case"
                };
                return Err((format!("evidence[{position}].{field}"), Invalid::Missing));
            }
        }
        Ok(())
    }

    /// Recommendations that try a page.
    #[must_use]
    pub fn samples() -> Vec<Recommendation> {
        crate::exchange::samples(&[
            r#"{"type":"recommendation","id":"rec-proeve","title":"Sæt navn på en kontaktperson","text":"Én, som *alle* kan ringe til.","audiences":["school","municipality"],"topics":["communication","network-meetings"],"evidence":[{"survey":"survey-2016","item":"collaboration-experience","note":"95 pct."},{"case":"aaen-som-klassevaerelse","note":"Én kontaktperson holdt tråden."}]}"#,
        ])
        .into_iter()
        .filter_map(|entry| match entry {
            crate::Entry::Recommendation(recommendation) => Some(recommendation),
            _ => None,
        })
        .collect()
    }
}
