//! Grades of the Danish municipal school and its three stages.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::{Invalid, Language};

/// A grade, 0 (børnehaveklasse) to 10.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "i64", into = "u8")]
pub struct Grade(u8);

impl Grade {
    /// Every grade, lowest first.
    pub const ALL: [Grade; 11] = [
        Grade(0),
        Grade(1),
        Grade(2),
        Grade(3),
        Grade(4),
        Grade(5),
        Grade(6),
        Grade(7),
        Grade(8),
        Grade(9),
        Grade(10),
    ];

    /// The grade as a number.
    #[must_use]
    pub fn number(self) -> u8 {
        self.0
    }

    /// "5. klasse", "0. klasse"; "grade 5" in English.
    #[must_use]
    pub fn label(self, language: Language) -> String {
        match language {
            Language::Danish => format!("{}. klasse", self.0),
            Language::English => format!("Grade {}", self.0),
        }
    }

    /// A list of grades in few words: "4.–6. klasse", "0., 2. og 5.–6. klasse"; "grades 4–6".
    #[must_use]
    pub fn describe(grades: &[Grade], language: Language) -> String {
        let mut numbers: Vec<u8> = grades.iter().map(|grade| grade.0).collect();
        numbers.sort_unstable();
        numbers.dedup();
        let mut runs: Vec<(u8, u8)> = Vec::new();
        for number in numbers {
            match runs.last_mut() {
                Some((_, last)) if *last + 1 == number => *last = number,
                _ => runs.push((number, number)),
            }
        }
        let dot = if language == Language::Danish {
            "."
        } else {
            ""
        };
        let words: Vec<String> = runs
            .iter()
            .map(|(first, last)| match last - first {
                0 => format!("{first}{dot}"),
                _ => format!("{first}{dot}–{last}{dot}"),
            })
            .collect();
        let and = if language == Language::Danish {
            " og "
        } else {
            " and "
        };
        let joined = match words.split_last() {
            None => return String::new(),
            Some((only, [])) => only.clone(),
            Some((last, before)) => format!("{}{and}{last}", before.join(", ")),
        };
        match language {
            Language::Danish => format!("{joined} klasse"),
            Language::English if runs.len() == 1 && runs[0].0 == runs[0].1 => {
                format!("grade {joined}")
            }
            Language::English => format!("grades {joined}"),
        }
    }
}

impl TryFrom<i64> for Grade {
    type Error = Invalid;

    fn try_from(number: i64) -> Result<Self, Invalid> {
        u8::try_from(number)
            .ok()
            .filter(|number| *number <= 10)
            .map(Grade)
            .ok_or(Invalid::OutOfRange(0, 10))
    }
}

impl FromStr for Grade {
    type Err = Invalid;

    fn from_str(text: &str) -> Result<Self, Invalid> {
        text.parse::<i64>()
            .map_err(|_| Invalid::OutOfRange(0, 10))?
            .try_into()
    }
}

impl From<Grade> for u8 {
    fn from(grade: Grade) -> u8 {
        grade.0
    }
}

impl fmt::Display for Grade {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(formatter)
    }
}

/// A stage of the school (folkeskolen), as teachers speak of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Stage {
    /// Indskoling, grades 0–3.
    Lower,
    /// Mellemtrin, grades 4–6.
    Middle,
    /// Udskoling, grades 7–9.
    Upper,
}

impl Stage {
    /// The three stages, youngest first.
    pub const ALL: [Stage; 3] = [Stage::Lower, Stage::Middle, Stage::Upper];

    /// The grades of the stage.
    #[must_use]
    pub fn grades(self) -> &'static [Grade] {
        match self {
            Stage::Lower => &Grade::ALL[0..4],
            Stage::Middle => &Grade::ALL[4..7],
            Stage::Upper => &Grade::ALL[7..10],
        }
    }

    /// "Indskoling (0.–3. klasse)" and so on.
    #[must_use]
    pub fn label(self, language: Language) -> &'static str {
        match (self, language) {
            (Stage::Lower, Language::Danish) => "Indskoling (0.–3. klasse)",
            (Stage::Middle, Language::Danish) => "Mellemtrin (4.–6. klasse)",
            (Stage::Upper, Language::Danish) => "Udskoling (7.–9. klasse)",
            (Stage::Lower, Language::English) => "Lower school (grades 0–3)",
            (Stage::Middle, Language::English) => "Middle school (grades 4–6)",
            (Stage::Upper, Language::English) => "Upper school (grades 7–9)",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn grades_are_described_in_runs() {
        let grades = |numbers: &[i64]| -> Vec<Grade> {
            numbers
                .iter()
                .map(|number| Grade::try_from(*number).unwrap())
                .collect()
        };
        assert_eq!(
            Grade::describe(&grades(&[6, 4, 5]), Language::Danish),
            "4.–6. klasse"
        );
        assert_eq!(
            Grade::describe(&grades(&[0, 2, 5, 6]), Language::Danish),
            "0., 2. og 5.–6. klasse"
        );
        assert_eq!(Grade::describe(&grades(&[7]), Language::English), "grade 7");
        assert_eq!(
            Grade::describe(&grades(&[7, 8]), Language::English),
            "grades 7–8"
        );
        assert_eq!(Grade::describe(&[], Language::Danish), "");
        assert_eq!("11".parse::<Grade>(), Err(Invalid::OutOfRange(0, 10)));
        assert_eq!("-1".parse::<Grade>(), Err(Invalid::OutOfRange(0, 10)));
    }
}
