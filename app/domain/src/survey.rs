//! The figures of a survey (kortlægning): what recommendations stand on.

use std::sync::LazyLock;

use serde::Deserialize;

use crate::Language;

/// A survey and its figures.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Survey {
    /// The survey's id, such as `survey-2016`.
    pub id: String,
    title_da: String,
    title_en: String,
    /// Who published it.
    pub publisher: String,
    /// The year it was published.
    pub year: u16,
    /// Every figure.
    pub figures: Vec<Figure>,
    /// What it found without giving a figure.
    pub findings: Vec<Finding>,
}

/// One figure: a share of those asked.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Figure {
    /// The figure's id within the survey.
    pub id: String,
    /// What the question was about, such as `motivation`.
    pub dimension: String,
    /// The item asked about, often one of the exchange format's codes.
    pub item: String,
    /// The share in whole per cent.
    pub percent: u8,
    /// The answers that the share adds up, most often degrees; none where the source does not say.
    pub degrees: Option<Vec<String>>,
    /// How many answered.
    pub n: Answers,
    wording_da: String,
    wording_en: String,
}

/// How many answered a question: between two numbers, both included.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Answers {
    /// The least.
    pub min: u32,
    /// The most.
    pub max: u32,
    /// Whether the publication states it for this very figure, or only for others of its kind.
    pub stated_for_this_figure: bool,
}

/// A finding told in words.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Finding {
    /// The finding's id within the survey.
    pub id: String,
    /// The items it is about.
    #[serde(default)]
    pub items: Vec<String>,
    statement_da: String,
    statement_en: String,
}

impl Survey {
    /// The survey's title.
    #[must_use]
    pub fn title(&self, language: Language) -> &str {
        match language {
            Language::Danish => &self.title_da,
            Language::English => &self.title_en,
        }
    }

    /// The figures about an item.
    pub fn figures_of<'survey>(
        &'survey self,
        item: &'survey str,
    ) -> impl Iterator<Item = &'survey Figure> {
        self.figures
            .iter()
            .filter(move |figure| figure.item == item)
    }

    /// The findings about an item.
    pub fn findings_of<'survey>(
        &'survey self,
        item: &'survey str,
    ) -> impl Iterator<Item = &'survey Finding> {
        self.findings
            .iter()
            .filter(move |finding| finding.items.iter().any(|listed| listed == item))
    }
}

impl Figure {
    /// What the share is of, in a sentence.
    #[must_use]
    pub fn wording(&self, language: Language) -> &str {
        match language {
            Language::Danish => &self.wording_da,
            Language::English => &self.wording_en,
        }
    }
}

impl Answers {
    /// "57–58", or "57" where both are the same.
    #[must_use]
    pub fn label(self) -> String {
        if self.min == self.max {
            self.min.to_string()
        } else {
            format!("{}–{}", self.min, self.max)
        }
    }
}

impl Finding {
    /// What was found, in a sentence.
    #[must_use]
    pub fn statement(&self, language: Language) -> &str {
        match language {
            Language::Danish => &self.statement_da,
            Language::English => &self.statement_en,
        }
    }
}

/// The mapping of 2016 by Nationalt netværk af skoletjenester: 26 supported collaboration projects.
#[must_use]
pub fn mapping_2016() -> &'static Survey {
    static MAPPING: LazyLock<Survey> = LazyLock::new(|| {
        serde_json::from_str(include_str!("../survey-2016.json"))
            .expect("the survey's file is part of the program, and a test reads it")
    });
    &MAPPING
}

/// The survey of an id, if the portal has it.
#[must_use]
pub fn find(id: &str) -> Option<&'static Survey> {
    Some(mapping_2016()).filter(|survey| survey.id == id)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_mapping_of_2016_reads_and_answers() {
        let survey = find("survey-2016").unwrap();
        assert_eq!(survey.figures.len(), 24);
        let figure = survey
            .figures_of("collaboration-experience")
            .find(|figure| figure.dimension == "motivation" && figure.percent == 95)
            .unwrap();
        assert_eq!(figure.n.label(), "57–58");
        assert!(!figure.wording(Language::Danish).is_empty());
        assert!(survey.findings_of("pupil-learning").count() > 0);
        assert!(find("survey-1999").is_none());
    }
}
