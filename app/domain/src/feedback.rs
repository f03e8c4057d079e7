//! Teachers' feedback on an offer: what they say, how far it has come, and when it is shown to others.
//!
//! Nobody's name is ever shown, neither to readers nor to the owner. So that nobody can be told from a small number,
//! feedback is only shown where at least [`LEAST_SHOWN`] people have agreed to it.

use std::fmt;
use std::str::FromStr;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::codes::codes;
use crate::{Code, Invalid, Paragraph, Slug};

/// So many people have to agree before anything of what they said is shown.
pub const LEAST_SHOWN: usize = 3;
/// The most pieces of advice that are shown of one offer.
pub const MOST_ADVICE: usize = 30;

codes! {
    /// Whether something fitted the class.
    Fit {
        Yes, "yes", "Ja", "Yes";
        Partly, "partly", "Delvist", "Partly";
        No, "no", "Nej", "No";
    }
}

codes! {
    /// What is asked about.
    Aspect {
        Grade, "grade", "Passede det til klassetrinnet?", "Did it fit the grade?";
        Time, "time", "Passede det til den tid, I havde?", "Did it fit the time you had?";
        Subject, "subject", "Passede det til faget?", "Did it fit the subject?";
    }
}

codes! {
    /// Why somebody reports feedback.
    FeedbackReason {
        Person, "person", "Den nævner en person eller siger noget privat", "It names a person or says something private";
        Harmful, "harmful", "Den er krænkende eller ulovlig", "It is offensive or against the law";
        Misplaced, "misplaced", "Den handler ikke om forløbet", "It is not about the programme";
        Other, "other", "Noget andet", "Something else";
    }
}

codes! {
    /// How far feedback has come.
    FeedbackState {
        Unverified, "unverified", "Venter på, at e-mailadressen bekræftes", "Waits for the e-mail address to be confirmed";
        WithOwner, "with-owner", "Hos udbyderen", "With the provider";
        Answered, "answered", "Besvaret", "Answered";
        Reported, "reported", "Meldt, og venter på en redaktør", "Reported, and waits for an editor";
        TakenDown, "taken-down", "Taget ned af en redaktør", "Taken down by an editor";
        LetStand, "let-stand", "Set af en redaktør og bliver stående", "Seen by an editor and let stand";
    }
}

codes! {
    /// What can be done to feedback.
    FeedbackStep {
        Verify, "verify", "Bekræft", "Confirm";
        Answer, "answer", "Svar", "Answer";
        Report, "report", "Meld", "Report";
        LetStand, "let-stand", "Lad den stå", "Let it stand";
        TakeDown, "take-down", "Tag den ned", "Take it down";
        Reopen, "reopen", "Fortryd afgørelsen", "Undo the decision";
    }
}

/// What an editor has decided about feedback that was reported.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Judgement {
    /// It may be shown, and a new report does not take it off again.
    Stands,
    /// It is shown to nobody, and the owner no longer has it.
    Down,
}

/// How far feedback has come: what has been done with it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Progress {
    /// Whether whoever gave it is known: by an account, or by the link in a letter.
    pub verified: bool,
    /// Whether the owner has answered.
    pub answered: bool,
    /// Whether there is a report that no editor has decided about.
    pub reported: bool,
    /// What an editor decided last.
    pub judgement: Option<Judgement>,
}

/// It is not the time for the step.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{step} cannot be taken now")]
pub struct NotNow {
    /// The step.
    pub step: FeedbackStep,
}

impl Progress {
    /// As it is when somebody has just given it who is known.
    pub const GIVEN: Progress = Progress {
        verified: true,
        answered: false,
        reported: false,
        judgement: None,
    };

    /// The state in one word.
    #[must_use]
    pub fn state(self) -> FeedbackState {
        match self {
            Self {
                verified: false, ..
            } => FeedbackState::Unverified,
            Self {
                judgement: Some(Judgement::Down),
                ..
            } => FeedbackState::TakenDown,
            Self { reported: true, .. } => FeedbackState::Reported,
            Self {
                judgement: Some(Judgement::Stands),
                ..
            } => FeedbackState::LetStand,
            Self { answered: true, .. } => FeedbackState::Answered,
            Self { .. } => FeedbackState::WithOwner,
        }
    }

    /// Whether it may be shown at all. A report takes it off at once, unless an editor has let it stand before.
    #[must_use]
    pub fn is_up(self) -> bool {
        self.verified
            && match self.judgement {
                Some(Judgement::Stands) => true,
                Some(Judgement::Down) => false,
                None => !self.reported,
            }
    }

    /// Whether the owner has it: it is verified, and no editor has taken it down.
    #[must_use]
    pub fn is_with_owner(self) -> bool {
        self.verified && self.judgement != Some(Judgement::Down)
    }

    /// What it is after a step.
    ///
    /// # Errors
    /// It is not the time for the step.
    pub fn take(self, step: FeedbackStep) -> Result<Progress, NotNow> {
        let after = match step {
            FeedbackStep::Verify if !self.verified => Progress {
                verified: true,
                ..self
            },
            FeedbackStep::Answer if self.is_with_owner() => Progress {
                answered: true,
                ..self
            },
            FeedbackStep::Report if self.is_with_owner() => Progress {
                reported: true,
                ..self
            },
            FeedbackStep::LetStand if self.reported => Progress {
                reported: false,
                judgement: Some(Judgement::Stands),
                ..self
            },
            FeedbackStep::TakeDown if self.reported => Progress {
                reported: false,
                judgement: Some(Judgement::Down),
                ..self
            },
            FeedbackStep::Reopen if self.judgement.is_some() && !self.reported => Progress {
                reported: true,
                judgement: None,
                ..self
            },
            step => return Err(NotNow { step }),
        };
        Ok(after)
    }

    /// What it is when the same person gives it anew. Nobody gets round a report or a decision by saying it again: what
    /// takes the place of such feedback waits for an editor.
    #[must_use]
    pub fn given_again(self) -> Progress {
        let suspect = self.reported || self.judgement == Some(Judgement::Down);
        Progress {
            reported: suspect,
            ..Progress::GIVEN
        }
    }
}

/// Names feedback without saying anything of who gave it: 128 random bits as 32 hexadecimal digits.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct FeedbackId(String);

impl FeedbackId {
    /// The id of these random bits.
    #[must_use]
    pub fn of(random: u128) -> Self {
        Self(format!("{random:032x}"))
    }

    /// The id as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for FeedbackId {
    type Err = Invalid;

    fn from_str(text: &str) -> Result<Self, Invalid> {
        let fits = text.len() == 32
            && text
                .bytes()
                .all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'));
        if fits {
            Ok(Self(text.to_owned()))
        } else {
            Err(Invalid::Identifier)
        }
    }
}

impl fmt::Display for FeedbackId {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

/// What a teacher says of an offer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Feedback {
    /// Whether it fitted the grade.
    pub grade: Fit,
    /// Whether it fitted the time there was.
    pub time: Fit,
    /// Whether it fitted the subject.
    pub subject: Fit,
    /// What they would tell a colleague.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub advice: Option<Paragraph>,
    /// Whether they used the material for before.
    #[serde(default)]
    pub used_before: bool,
    /// Whether they used the material for after.
    #[serde(default)]
    pub used_after: bool,
    /// Whether they agree to have it shown, without a name.
    #[serde(default)]
    pub agrees: bool,
}

impl Feedback {
    /// Whether what is asked about fitted.
    #[must_use]
    pub fn fit(&self, aspect: Aspect) -> Fit {
        match aspect {
            Aspect::Grade => self.grade,
            Aspect::Time => self.time,
            Aspect::Subject => self.subject,
        }
    }
}

/// Who gave feedback, as far as it takes to tell people apart. It is never shown.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Giver {
    /// Their account, where they were signed in.
    pub account: Option<Slug>,
    /// What stands for their e-mail address: it tells whether two are the same and cannot be read back.
    pub address: Option<String>,
}

impl Giver {
    /// Whether it may be the same person: the same account or the same address.
    #[must_use]
    pub fn may_be(&self, other: &Giver) -> bool {
        let same_account = self.account.is_some() && self.account == other.account;
        let same_address = self.address.is_some() && self.address == other.address;
        same_account || same_address
    }
}

/// The owner's answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OwnersAnswer {
    /// What it says.
    pub text: Paragraph,
    /// When it was given or last changed.
    pub time: Timestamp,
    /// The account of whoever wrote it; it is shown as the owner's.
    pub by: Slug,
}

/// Feedback as it was given, with what has become of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Given {
    /// What names it.
    pub id: FeedbackId,
    /// The offer it is about.
    pub offer: Slug,
    /// Who gave it.
    pub giver: Giver,
    /// What they say.
    pub feedback: Feedback,
    /// When they said it last.
    pub time: Timestamp,
    /// How far it has come.
    pub progress: Progress,
    /// What the owner answered.
    pub answer: Option<OwnersAnswer>,
}

impl Given {
    /// Whether it may be shown to others, if enough others may.
    #[must_use]
    pub fn may_be_shown(&self) -> bool {
        self.feedback.agrees && self.progress.is_up()
    }
}

/// How many said yes, partly and no.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Yes.
    pub yes: usize,
    /// Partly.
    pub partly: usize,
    /// No.
    pub no: usize,
}

impl Tally {
    /// How many said this.
    #[must_use]
    pub fn of(self, fit: Fit) -> usize {
        match fit {
            Fit::Yes => self.yes,
            Fit::Partly => self.partly,
            Fit::No => self.no,
        }
    }
}

/// What a teacher tells colleagues, as it is shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ShownAdvice {
    /// What names the feedback, so that it can be reported.
    pub id: FeedbackId,
    /// The advice.
    pub text: Paragraph,
    /// What the owner answered.
    pub answer: Option<Paragraph>,
}

/// What is shown of the feedback on an offer. Nothing in it says who gave it or when.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ShownFeedback {
    /// How many people it is from.
    pub people: usize,
    /// What they said of the grade, the time and the subject.
    pub tallies: Vec<(Aspect, Tally)>,
    /// How many used the material for before.
    pub used_before: usize,
    /// How many used the material for after.
    pub used_after: usize,
    /// What they tell colleagues, the latest first.
    pub advice: Vec<ShownAdvice>,
}

/// What is shown of the feedback on an offer: nothing until at least [`LEAST_SHOWN`] different people agree to it. Where
/// one may be the same person as another, only what was said last counts.
#[must_use]
pub fn shown(given: &[Given]) -> Option<ShownFeedback> {
    let mut latest: Vec<&Given> = given.iter().filter(|given| given.may_be_shown()).collect();
    latest.sort_by(|one, other| (other.time, &one.id).cmp(&(one.time, &other.id)));
    let mut people: Vec<&Given> = Vec::with_capacity(latest.len());
    for given in latest {
        if !people.iter().any(|known| known.giver.may_be(&given.giver)) {
            people.push(given);
        }
    }
    if people.len() < LEAST_SHOWN {
        return None;
    }
    let count = |fits: &dyn Fn(&Feedback) -> bool| {
        people.iter().filter(|given| fits(&given.feedback)).count()
    };
    let tallies = Aspect::all()
        .iter()
        .map(|aspect| {
            let of = |fit: Fit| count(&|feedback| feedback.fit(*aspect) == fit);
            let tally = Tally {
                yes: of(Fit::Yes),
                partly: of(Fit::Partly),
                no: of(Fit::No),
            };
            (*aspect, tally)
        })
        .collect();
    let advice = people
        .iter()
        .filter_map(|given| {
            Some(ShownAdvice {
                id: given.id.clone(),
                text: given.feedback.advice.clone()?,
                answer: given.answer.as_ref().map(|answer| answer.text.clone()),
            })
        })
        .take(MOST_ADVICE)
        .collect();
    Some(ShownFeedback {
        people: people.len(),
        tallies,
        used_before: count(&|feedback| feedback.used_before),
        used_after: count(&|feedback| feedback.used_after),
        advice,
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn given(number: u8, said: Fit) -> Given {
        Given {
            id: FeedbackId::of(u128::from(number)),
            offer: "vandhullet".parse().unwrap(),
            giver: Giver {
                account: Some(format!("person-{number}").parse().unwrap()),
                address: Some(format!("address-{number}")),
            },
            feedback: Feedback {
                grade: said,
                time: Fit::Yes,
                subject: Fit::Partly,
                advice: Some(format!("Råd nummer {number}").parse().unwrap()),
                used_before: number.is_multiple_of(2),
                used_after: false,
                agrees: true,
            },
            time: Timestamp::from_second(1_800_000_000 + i64::from(number)).unwrap(),
            progress: Progress::GIVEN,
            answer: None,
        }
    }

    #[test]
    fn three_who_agree_are_shown_with_their_advice_and_the_answers() {
        let mut all = vec![
            given(1, Fit::Yes),
            given(2, Fit::Partly),
            given(3, Fit::Yes),
        ];
        all[0].answer = Some(OwnersAnswer {
            text: "Tak for rådet".parse().unwrap(),
            time: all[2].time,
            by: "anna".parse().unwrap(),
        });
        all[1].feedback.advice = None;
        let found = shown(&all).unwrap();
        assert_eq!(found.people, 3);
        let grade = found.tallies[0];
        assert_eq!(grade.0, Aspect::Grade);
        assert_eq!((grade.1.yes, grade.1.partly, grade.1.no), (2, 1, 0));
        assert_eq!((found.used_before, found.used_after), (1, 0));
        let advice: Vec<_> = found
            .advice
            .iter()
            .map(|advice| {
                let answer = advice.answer.as_ref().map(Paragraph::as_str);
                (advice.text.as_str(), answer)
            })
            .collect();
        assert_eq!(
            advice,
            [
                ("Råd nummer 3", None),
                ("Råd nummer 1", Some("Tak for rådet"))
            ]
        );
    }

    #[test]
    fn one_who_does_not_agree_or_is_reported_or_is_the_same_person_is_not_a_third() {
        let all = [given(1, Fit::Yes), given(2, Fit::Yes), given(3, Fit::No)];
        let without = |change: &dyn Fn(&mut Given)| {
            let mut all = all.clone();
            change(&mut all[2]);
            shown(&all).is_none()
        };
        assert!(!without(&|_| {}));
        assert!(without(&|given| given.feedback.agrees = false));
        assert!(without(&|given| given.progress.verified = false));
        assert!(without(&|given| given.progress.reported = true));
        assert!(without(
            &|given| given.progress.judgement = Some(Judgement::Down)
        ));
        assert!(without(
            &|given| given.giver.account = all[0].giver.account.clone()
        ));
        assert!(without(
            &|given| given.giver.address = all[1].giver.address.clone()
        ));
        // What an editor has let stand is shown though it is reported again.
        assert!(!without(&|given| {
            given.progress.reported = true;
            given.progress.judgement = Some(Judgement::Stands);
        }));
    }

    #[test]
    fn people_of_whom_nothing_is_known_are_not_taken_for_the_same() {
        let nobody = Giver {
            account: None,
            address: None,
        };
        assert!(!nobody.may_be(&nobody));
    }

    #[test]
    fn a_report_takes_off_an_editor_decides_and_can_undo() {
        let take = |progress: Progress, step| progress.take(step).unwrap();
        let unverified = Progress::default();
        assert_eq!(unverified.state(), FeedbackState::Unverified);
        for step in FeedbackStep::all() {
            assert_eq!(
                unverified.take(*step).is_ok(),
                *step == FeedbackStep::Verify,
                "{step}"
            );
        }
        let given = take(unverified, FeedbackStep::Verify);
        assert_eq!(given, Progress::GIVEN);
        assert_eq!(given.state(), FeedbackState::WithOwner);
        assert!(given.take(FeedbackStep::TakeDown).is_err());
        let answered = take(given, FeedbackStep::Answer);
        assert_eq!(answered.state(), FeedbackState::Answered);
        let reported = take(answered, FeedbackStep::Report);
        assert_eq!(reported.state(), FeedbackState::Reported);
        assert!(!reported.is_up() && reported.is_with_owner());
        let down = take(reported, FeedbackStep::TakeDown);
        assert_eq!(down.state(), FeedbackState::TakenDown);
        assert!(down.take(FeedbackStep::Answer).is_err());
        assert!(down.take(FeedbackStep::Report).is_err());
        assert_eq!(take(down, FeedbackStep::Reopen), reported);
        let stands = take(reported, FeedbackStep::LetStand);
        assert_eq!(stands.state(), FeedbackState::LetStand);
        assert!(stands.is_up() && stands.answered);
        let again = take(stands, FeedbackStep::Report);
        assert!(again.is_up(), "a new report waits for an editor");
        assert_eq!(again.state(), FeedbackState::Reported);
        assert!(again.take(FeedbackStep::Reopen).is_err());
    }

    #[test]
    fn giving_again_gets_round_no_decision() {
        let reported = Progress {
            reported: true,
            ..Progress::GIVEN
        };
        let down = Progress {
            judgement: Some(Judgement::Down),
            ..Progress::GIVEN
        };
        let stands = Progress {
            judgement: Some(Judgement::Stands),
            answered: true,
            ..Progress::GIVEN
        };
        assert!(!reported.given_again().is_up());
        assert!(!down.given_again().is_up());
        assert_eq!(down.given_again().state(), FeedbackState::Reported);
        assert_eq!(stands.given_again(), Progress::GIVEN);
    }

    #[test]
    fn ids_are_thirty_two_hexadecimal_digits() {
        let id = FeedbackId::of(255);
        assert_eq!(id.as_str().parse(), Ok(id.clone()));
        for bad in ["", "ff", &id.as_str().replace('f', "F"), &"g".repeat(32)] {
            assert!(bad.parse::<FeedbackId>().is_err(), "{bad}");
        }
    }

    prop_compose! {
        fn any_given()(
            number in 0..250_u8,
            person in 0..6_u8,
            address in prop::option::of(0..6_u8),
            fits in prop::collection::vec(prop::sample::select(Fit::all()), 3),
            agrees in any::<bool>(),
            verified in any::<bool>(),
            reported in any::<bool>(),
            judgement in prop::sample::select(&[None, Some(Judgement::Stands), Some(Judgement::Down)][..]),
        ) -> Given {
            Given {
                giver: Giver {
                    account: Some(format!("navn-{person}").parse().unwrap()),
                    address: address.map(|address| format!("postadresse-{address}")),
                },
                feedback: Feedback {
                    grade: fits[0],
                    time: fits[1],
                    subject: fits[2],
                    agrees,
                    ..given(number, Fit::Yes).feedback
                },
                progress: Progress { verified, answered: false, reported, judgement },
                ..given(number, Fit::Yes)
            }
        }
    }

    proptest! {
        #[test]
        fn fewer_than_three_people_are_never_shown_and_nobody_is_named(
            all in prop::collection::vec(any_given(), 0..12)
        ) {
            let people: std::collections::BTreeSet<_> = all
                .iter()
                .filter(|given| given.may_be_shown())
                .map(|given| given.giver.account.clone())
                .collect();
            let found = shown(&all);
            if people.len() < LEAST_SHOWN {
                prop_assert_eq!(found, None);
            } else if let Some(found) = found {
                prop_assert!(found.people >= LEAST_SHOWN && found.people <= people.len());
                for (_, tally) in &found.tallies {
                    prop_assert_eq!(tally.yes + tally.partly + tally.no, found.people);
                }
                prop_assert!(found.advice.len() <= found.people);
                let whole = format!("{found:?}");
                prop_assert!(!whole.contains("navn-") && !whole.contains("postadresse-"));
                for advice in &found.advice {
                    let of = all.iter().filter(|given| given.id == advice.id);
                    prop_assert!(of.into_iter().any(Given::may_be_shown));
                }
            }
        }

        #[test]
        fn whatever_is_done_what_is_taken_down_is_not_up(
            steps in prop::collection::vec(prop::sample::select(FeedbackStep::all()), 0..20)
        ) {
            let mut progress = Progress::default();
            for step in steps {
                if let Ok(after) = progress.take(step) {
                    progress = after;
                }
                let state = progress.state();
                if matches!(state, FeedbackState::Unverified | FeedbackState::TakenDown) {
                    prop_assert!(!progress.is_up() && !progress.is_with_owner());
                }
                if progress.reported && progress.judgement.is_none() {
                    prop_assert!(!progress.is_up());
                }
            }
        }
    }
}
