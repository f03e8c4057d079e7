//! How an offer or a case comes before readers: its states and the steps between them.

use jiff::civil::Date;

use crate::Invalid;
use crate::codes::codes;

codes! {
    /// How far a text has come.
    State {
        Draft, "draft", "Kladde", "Draft";
        InReview, "in-review", "Til gennemsyn", "In review";
        Published, "published", "Udgivet", "Published";
        Withdrawn, "withdrawn", "Afpubliceret", "Withdrawn";
        Archived, "archived", "Arkiveret", "Archived";
    }
}

codes! {
    /// What can be done to an offer or a case.
    Step {
        Save, "save", "Gem kladde", "Save draft";
        Submit, "submit", "Send til gennemsyn", "Send for review";
        TakeBack, "take-back", "Træk tilbage fra gennemsyn", "Take back from review";
        Approve, "approve", "Godkend", "Approve";
        AskForChanges, "ask-for-changes", "Bed om ændringer", "Ask for changes";
        Decline, "decline", "Afvis", "Decline";
        PublishDirectly, "publish-directly", "Udgiv", "Publish";
        DeleteDraft, "delete-draft", "Slet kladde", "Delete draft";
        Schedule, "schedule", "Planlæg", "Schedule";
        Confirm, "confirm", "Bekræft", "Confirm";
        Withdraw, "withdraw", "Afpublicér", "Withdraw";
        Archive, "archive", "Arkivér", "Archive";
        Restore, "restore", "Gendan som kladde", "Restore as a draft";
    }
}

codes! {
    /// A side of the conversation about a text: it is told of steps, and the text waits for it.
    Side {
        Owners, "owners", "Udbyder", "The owner";
        Reviewers, "reviewers", "Redaktionen", "The editors";
        Partners, "partners", "Samarbejdspartnerne", "The partners";
        Calendar, "calendar", "Den planlagte dag", "The day it is scheduled for";
    }
}

impl Step {
    /// Whom the step is told to, apart from whoever took it. A case is agreed among its partners,
    /// anything else is reviewed by editors.
    #[must_use]
    pub fn tells(self, is_case: bool) -> &'static [Side] {
        match (self, is_case) {
            (Step::Submit | Step::TakeBack, false) => &[Side::Reviewers],
            (Step::Submit | Step::TakeBack | Step::PublishDirectly, true) => &[Side::Partners],
            (
                Step::Approve
                | Step::AskForChanges
                | Step::Decline
                | Step::Withdraw
                | Step::Archive
                | Step::Restore,
                true,
            ) => &[Side::Owners, Side::Partners],
            (
                Step::Approve
                | Step::AskForChanges
                | Step::Decline
                | Step::Withdraw
                | Step::Archive
                | Step::Restore,
                false,
            ) => &[Side::Owners],
            (Step::PublishDirectly, false) => &[Side::Reviewers],
            (Step::Save | Step::DeleteDraft | Step::Schedule | Step::Confirm, _) => &[],
        }
    }

    /// Whether the step says that the content holds today, so that its next review is counted from
    /// it. Saving a draft says nothing about what is published.
    #[must_use]
    pub fn confirms(self) -> bool {
        matches!(self, Step::Approve | Step::PublishDirectly | Step::Confirm)
    }
}

/// The step is not one that can be taken now.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{step} cannot be taken now")]
pub struct OutOfTurn {
    /// The step.
    pub step: Step,
}

/// The state of one text after a step; `None` is no text at all. A new draft beside a published
/// text is a text of its own, which [`Publication`] keeps apart.
///
/// What was declined or asked to change is a draft again, so that nobody's words are lost; the two
/// differ in what they say to the owner. What is restored goes the whole way again.
///
/// # Errors
/// The state does not have the step.
pub fn next(state: Option<State>, step: Step) -> Result<Option<State>, OutOfTurn> {
    use State::{Archived, Draft, InReview, Published, Withdrawn};
    match (state, step) {
        (None | Some(Draft), Step::Save) => Ok(Some(Draft)),
        (Some(Draft), Step::Submit) => Ok(Some(InReview)),
        (Some(Draft), Step::DeleteDraft) => Ok(None),
        (Some(InReview), Step::TakeBack | Step::AskForChanges | Step::Decline) => Ok(Some(Draft)),
        (Some(InReview), Step::Approve) => Ok(Some(Published)),
        (Some(Draft | InReview), Step::PublishDirectly) => Ok(Some(Published)),
        (Some(Draft | InReview | Published), Step::Schedule) => Ok(state),
        (Some(Published), Step::Confirm) => Ok(Some(Published)),
        (Some(Published), Step::Withdraw) => Ok(Some(Withdrawn)),
        (Some(Published | Withdrawn), Step::Archive) => Ok(Some(Archived)),
        (Some(Withdrawn | Archived), Step::Restore) => Ok(Some(Draft)),
        _ => Err(OutOfTurn { step }),
    }
}

/// Days on which something happens by itself.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Schedule {
    /// The draft is not published before this day, even if it is approved earlier.
    pub publish_on: Option<Date>,
    /// What is published is withdrawn on this day.
    pub withdraw_on: Option<Date>,
}

impl Schedule {
    /// Checks that it is withdrawn after it is published.
    ///
    /// # Errors
    /// The field and the rule it breaks.
    pub fn check(&self) -> Result<(), (String, Invalid)> {
        match (self.publish_on, self.withdraw_on) {
            (Some(publish), Some(withdraw)) if withdraw <= publish => {
                Err(("withdrawOn".into(), Invalid::EndsBeforeStart))
            }
            _ => Ok(()),
        }
    }
}

/// Where an offer or a case is: the text that readers have or had, and the draft beside it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Publication {
    standing: Option<State>,
    draft: Option<State>,
    approved: bool,
    schedule: Schedule,
}

impl Publication {
    /// What is not written yet.
    pub const NOTHING: Publication = Publication {
        standing: None,
        draft: None,
        approved: false,
        schedule: Schedule {
            publish_on: None,
            withdraw_on: None,
        },
    };

    /// Something published that has no draft beside it, as import makes it.
    pub const PUBLISHED: Publication = Publication {
        standing: Some(State::Published),
        ..Publication::NOTHING
    };

    /// Puts together what was kept apart; `None` where the parts do not fit: only published,
    /// withdrawn and archived texts stand, only drafts and texts in review are drafts, only a text in
    /// review is approved, and an archived one has no draft.
    #[must_use]
    pub fn of(
        standing: Option<State>,
        draft: Option<State>,
        approved: bool,
        schedule: Schedule,
    ) -> Option<Publication> {
        let fits = !matches!(standing, Some(State::Draft | State::InReview))
            && matches!(draft, None | Some(State::Draft | State::InReview))
            && (!approved || draft == Some(State::InReview))
            && !(standing == Some(State::Archived) && draft.is_some());
        fits.then_some(Publication {
            standing,
            draft,
            approved,
            schedule,
        })
    }

    /// The state of the text that readers have or had: published, withdrawn or archived.
    #[must_use]
    pub fn standing(self) -> Option<State> {
        self.standing
    }

    /// The state of the draft: a draft or in review.
    #[must_use]
    pub fn draft(self) -> Option<State> {
        self.draft
    }

    /// Whether the draft is approved and only waits for its day.
    #[must_use]
    pub fn is_approved(self) -> bool {
        self.approved
    }

    /// What happens by itself, and when.
    #[must_use]
    pub fn scheduled(self) -> Schedule {
        self.schedule
    }

    /// Whether everybody may read the standing text.
    #[must_use]
    pub fn is_public(self) -> bool {
        self.standing == Some(State::Published)
    }

    /// Whom the draft waits for; nobody without a draft. Which partners is the agreement's to say.
    #[must_use]
    pub fn waits_for(self, is_case: bool) -> Option<Side> {
        match self.draft? {
            State::InReview if self.approved => Some(Side::Calendar),
            State::InReview if is_case => Some(Side::Partners),
            State::InReview => Some(Side::Reviewers),
            _ => Some(Side::Owners),
        }
    }

    /// Takes a step on the day given. While a published text has a draft beside it, it stands as it is
    /// until the draft takes its place; a withdrawn or archived one is restored before it is written in.
    ///
    /// # Errors
    /// It is not the time for the step.
    pub fn take(self, step: Step, today: Date) -> Result<Publication, OutOfTurn> {
        let out_of_turn = Err(OutOfTurn { step });
        match step {
            Step::Withdraw | Step::Confirm => Ok(Publication {
                standing: next(self.standing, step)?,
                schedule: Schedule {
                    withdraw_on: self.schedule.withdraw_on.filter(|_| step == Step::Confirm),
                    ..self.schedule
                },
                ..self
            }),
            Step::Archive | Step::Restore if self.draft.is_some() => out_of_turn,
            Step::Archive => Ok(Publication {
                standing: next(self.standing, step)?,
                ..Publication::NOTHING
            }),
            Step::Restore => Ok(Publication {
                draft: next(self.standing, step)?,
                ..Publication::NOTHING
            }),
            Step::Schedule => next(self.draft.or(self.standing), step).map(|_| self),
            Step::Save if self.draft.is_none() && self.standing_is_put_away() => out_of_turn,
            Step::Approve if self.approved => out_of_turn,
            Step::Approve | Step::PublishDirectly => {
                next(self.draft, step)?;
                Ok(Publication {
                    draft: Some(State::InReview),
                    approved: true,
                    ..self
                }
                .come_due(today))
            }
            Step::DeleteDraft => Ok(Publication {
                standing: self.standing,
                draft: next(self.draft, step)?,
                schedule: Schedule {
                    publish_on: None,
                    withdraw_on: self.schedule.withdraw_on.filter(|_| self.is_public()),
                },
                ..Publication::NOTHING
            }),
            Step::Save | Step::Submit | Step::TakeBack | Step::AskForChanges | Step::Decline => {
                Ok(Publication {
                    draft: next(self.draft, step)?,
                    approved: false,
                    ..self
                })
            }
        }
    }

    /// Sets what is to happen by itself. An approved draft whose day is taken away or has come is
    /// published.
    ///
    /// # Errors
    /// There is neither a draft nor a published text.
    pub fn schedule(self, schedule: Schedule, today: Date) -> Result<Publication, OutOfTurn> {
        Ok(Publication {
            schedule,
            ..self.take(Step::Schedule, today)?
        }
        .come_due(today))
    }

    /// Where it is once everything scheduled up to the day given, that day included, has happened.
    #[must_use]
    pub fn come_due(self, today: Date) -> Publication {
        let mut after = self;
        if after.approved && after.schedule.publish_on.is_none_or(|day| day <= today) {
            after.standing = Some(State::Published);
            after.draft = None;
            after.approved = false;
            after.schedule.publish_on = None;
        }
        if after.is_public() && after.schedule.withdraw_on.is_some_and(|day| day <= today) {
            after.standing = Some(State::Withdrawn);
            after.schedule.withdraw_on = None;
        }
        after
    }

    fn standing_is_put_away(self) -> bool {
        matches!(self.standing, Some(State::Withdrawn | State::Archived))
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::{Code, Language};

    const TODAY: Date = date(2026, 8, 1);

    fn after(steps: &[Step]) -> Publication {
        steps
            .iter()
            .fold(Publication::NOTHING, |publication, step| {
                publication
                    .take(*step, TODAY)
                    .unwrap_or_else(|error| panic!("{publication:?}: {error}"))
            })
    }

    #[test]
    fn every_step_from_every_state() {
        // A line a step; a dash where it cannot be taken. Columns: nothing, and the states in order.
        let table = "
            save             draft  draft      -          -          -         -
            submit           -      in-review  -          -          -         -
            take-back        -      -          draft      -          -         -
            approve          -      -          published  -          -         -
            ask-for-changes  -      -          draft      -          -         -
            decline          -      -          draft      -          -         -
            publish-directly -      published  published  -          -         -
            delete-draft     -      nothing    -          -          -         -
            schedule         -      draft      in-review  published  -         -
            confirm          -      -          -          published  -         -
            withdraw         -      -          -          withdrawn  -         -
            archive          -      -          -          archived   archived  -
            restore          -      -          -          -          draft     draft
        ";
        let lines: Vec<Vec<&str>> = table
            .lines()
            .map(|line| line.split_whitespace().collect())
            .filter(|words: &Vec<&str>| !words.is_empty())
            .collect();
        assert_eq!(lines.len(), Step::all().len());
        for (step, line) in Step::all().iter().zip(lines) {
            assert_eq!(line[0], step.code());
            let states = std::iter::once(None).chain(State::all().iter().copied().map(Some));
            for (state, expected) in states.zip(&line[1..]) {
                let found = match next(state, *step) {
                    Ok(Some(state)) => state.code(),
                    Ok(None) => "nothing",
                    Err(_) => "-",
                };
                assert_eq!(found, *expected, "{step} from {state:?}");
            }
        }
    }

    #[test]
    fn states_are_called_what_people_call_them() {
        let labels: Vec<_> = State::all()
            .iter()
            .map(|state| state.label(Language::Danish))
            .collect();
        assert_eq!(
            labels,
            [
                "Kladde",
                "Til gennemsyn",
                "Udgivet",
                "Afpubliceret",
                "Arkiveret"
            ]
        );
    }

    #[test]
    fn a_published_text_stands_while_its_revision_is_written_and_reviewed() {
        use Step::{Approve, AskForChanges, DeleteDraft, PublishDirectly, Save, Submit};
        let revised = after(&[Save, Submit, Approve, Save, Submit, AskForChanges, Save]);
        assert_eq!(revised.standing(), Some(State::Published));
        assert_eq!(revised.draft(), Some(State::Draft));
        assert_eq!(revised.waits_for(false), Some(Side::Owners));
        assert_eq!(
            revised.take(PublishDirectly, TODAY),
            Ok(Publication::PUBLISHED)
        );
        assert_eq!(revised.take(DeleteDraft, TODAY), Ok(Publication::PUBLISHED));
        assert_eq!(
            Publication::PUBLISHED.take(Submit, TODAY),
            Err(OutOfTurn { step: Submit })
        );
    }

    #[test]
    fn what_is_put_away_is_restored_before_it_is_written_in() {
        use Step::{Approve, Archive, Restore, Save, Submit, Withdraw};
        for steps in [
            &[Save, Submit, Approve, Withdraw][..],
            &[Save, Submit, Approve, Withdraw, Archive],
            &[Save, Submit, Approve, Archive],
        ] {
            let away = after(steps);
            assert_eq!(away.take(Save, TODAY), Err(OutOfTurn { step: Save }));
            assert_eq!(away.take(Restore, TODAY), Ok(after(&[Save])));
        }
        let with_draft = after(&[Save, Submit, Approve, Save, Withdraw]);
        assert_eq!(with_draft.standing(), Some(State::Withdrawn));
        assert!(with_draft.take(Archive, TODAY).is_err());
        assert!(with_draft.take(Restore, TODAY).is_err());
        assert!(with_draft.take(Save, TODAY).is_ok());
    }

    #[test]
    fn an_approved_draft_waits_for_its_day_and_is_withdrawn_on_another() {
        use Step::{Approve, Save, Submit};
        let schedule = Schedule {
            publish_on: Some(date(2026, 8, 10)),
            withdraw_on: Some(date(2026, 12, 1)),
        };
        assert_eq!(schedule.check(), Ok(()));
        let waiting = after(&[Save, Submit])
            .schedule(schedule, TODAY)
            .unwrap()
            .take(Approve, TODAY)
            .unwrap();
        assert!(waiting.is_approved() && !waiting.is_public());
        assert_eq!(waiting.waits_for(false), Some(Side::Calendar));
        assert_eq!(
            waiting.take(Approve, TODAY),
            Err(OutOfTurn { step: Approve })
        );
        assert!(!waiting.take(Step::TakeBack, TODAY).unwrap().is_approved());
        assert_eq!(waiting.come_due(date(2026, 8, 9)), waiting);
        let published = waiting.come_due(date(2026, 8, 10));
        assert_eq!((published.is_public(), published.draft()), (true, None));
        assert!(published.come_due(date(2026, 11, 30)).is_public());
        let withdrawn = published.come_due(date(2026, 12, 1));
        assert_eq!(withdrawn.standing(), Some(State::Withdrawn));
        assert_eq!(withdrawn.scheduled(), Schedule::default());
        let at_once = waiting.schedule(Schedule::default(), TODAY).unwrap();
        assert_eq!(at_once, Publication::PUBLISHED);
        assert!(
            Schedule {
                withdraw_on: schedule.publish_on,
                ..schedule
            }
            .check()
            .is_err()
        );
    }

    #[test]
    fn parts_that_do_not_fit_are_refused() {
        use State::{Archived, Draft, InReview, Published};
        let of = |standing, draft, approved| {
            Publication::of(standing, draft, approved, Schedule::default())
        };
        assert_eq!(of(None, None, false), Some(Publication::NOTHING));
        assert_eq!(
            of(Some(Published), None, false),
            Some(Publication::PUBLISHED)
        );
        assert!(of(Some(Published), Some(InReview), true).is_some());
        assert_eq!(of(Some(Draft), None, false), None);
        assert_eq!(of(None, Some(Published), false), None);
        assert_eq!(of(None, Some(Draft), true), None);
        assert_eq!(of(Some(Archived), Some(Draft), false), None);
    }
}
