//! Which subjects are taught in which grades, under a curriculum with a version.

use crate::{Grade, Subject};

/// The subjects' grades under one version of the law.
#[derive(Clone, Copy, Debug)]
pub struct Curriculum {
    /// The version's name, the law and its year.
    pub name: &'static str,
    /// First and last grade a subject is taught in, both included.
    ranges: &'static [(Subject, u8, u8)],
}

/// Folkeskoleloven § 5 as of 2022. The reform under way changes some ranges; it becomes a further
/// version beside this one. Obligatory topics (§ 7) and what crosses subjects have no grades of
/// their own and count for all; teknologiforståelse is a trial without fixed grades.
pub const FOLKESKOLE_2022: Curriculum = Curriculum {
    name: "folkeskoleloven-2022",
    ranges: &[
        (Subject::Dansk, 1, 9),
        (Subject::Matematik, 1, 9),
        (Subject::Idraet, 1, 9),
        (Subject::Kristendomskundskab, 1, 9),
        (Subject::Engelsk, 1, 9),
        (Subject::Historie, 3, 9),
        (Subject::Tysk, 5, 9),
        (Subject::Fransk, 5, 9),
        (Subject::Samfundsfag, 8, 9),
        (Subject::Musik, 1, 6),
        (Subject::Billedkunst, 1, 6),
        (Subject::HaandvaerkOgDesign, 3, 6),
        (Subject::Madkundskab, 5, 6),
        (Subject::NaturTeknologi, 1, 6),
        (Subject::Geografi, 7, 9),
        (Subject::Biologi, 7, 9),
        (Subject::FysikKemi, 7, 9),
    ],
};

impl Curriculum {
    /// The grades in which the subject is taught; all grades for one without grades of its own.
    #[must_use]
    pub fn grades(&self, subject: Subject) -> &'static [Grade] {
        self.ranges
            .iter()
            .find(|(listed, _, _)| *listed == subject)
            .map_or(&Grade::ALL[..], |(_, first, last)| {
                &Grade::ALL[usize::from(*first)..=usize::from(*last)]
            })
    }

    /// Whether the subject is taught in the grade.
    #[must_use]
    pub fn teaches(&self, subject: Subject, grade: Grade) -> bool {
        self.grades(subject).contains(&grade)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn subjects_have_the_grades_of_the_law() {
        let grade = |number: i64| Grade::try_from(number).unwrap();
        assert!(FOLKESKOLE_2022.teaches(Subject::Samfundsfag, grade(8)));
        assert!(!FOLKESKOLE_2022.teaches(Subject::Samfundsfag, grade(7)));
        assert!(!FOLKESKOLE_2022.teaches(Subject::NaturTeknologi, grade(7)));
        assert!(FOLKESKOLE_2022.teaches(Subject::Faerdselslaere, grade(0)));
    }
}
