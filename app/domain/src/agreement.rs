//! How the partners of a case agree: all of them approve the same revision of it.

use jiff::civil::Date;

use crate::Slug;
use crate::codes::codes;

codes! {
    /// What a partner answers.
    Reply {
        Approve, "approve", "Godkend", "Approve";
        AskForChanges, "ask-for-changes", "Bed om ændringer", "Ask for changes";
        TakeOff, "take-off", "Bed om at blive taget af", "Ask to be taken off";
    }
}

codes! {
    /// How long a partner has been silent, and what has come of it. In order of time.
    Silence {
        Waiting, "waiting", "Venter på svar", "Waiting for an answer";
        RemindedOnce, "reminded-once", "Mindet om det én gang", "Reminded once";
        RemindedTwice, "reminded-twice", "Mindet om det to gange", "Reminded twice";
        EditorDecides, "editor-decides", "En redaktør afgør det", "An editor decides";
    }
}

codes! {
    /// How far the partners have come.
    Standing {
        Waiting, "waiting", "Venter på partnerne", "Waiting for the partners";
        Objected, "objected", "En partner har indvendinger", "A partner objects";
        Silent, "silent", "En redaktør afgør det", "An editor decides";
        Agreed, "agreed", "Alle har godkendt", "Everybody has approved";
    }
}

impl Silence {
    /// How long it has been on the day given. A partner is reminded when a stage is reached that it
    /// has not been told of.
    #[must_use]
    pub fn on(today: Date, asked: Date) -> Silence {
        match (today - asked).get_days() {
            21.. => Silence::EditorDecides,
            14.. => Silence::RemindedTwice,
            7.. => Silence::RemindedOnce,
            _ => Silence::Waiting,
        }
    }
}

/// A partner's answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    /// The partner: an organisation's id.
    pub partner: Slug,
    /// The revision that it answers about.
    pub revision: u64,
    /// What.
    pub reply: Reply,
    /// When.
    pub on: Date,
}

/// A partner whose answer is awaited.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Awaited<'a> {
    /// The partner: an organisation's id.
    pub partner: &'a Slug,
    /// Since when.
    pub since: Date,
}

/// Why an answer does not count.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotCounted {
    /// The organisation is not a partner.
    #[error("only a partner of the case answers")]
    NotAPartner,
    /// The case has changed since the partner read it.
    #[error("the case has changed since")]
    Changed,
}

/// The partners' answers about a case. Answers about earlier revisions are kept, as they are part
/// of the conversation, and count for nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Agreement {
    partners: Vec<Slug>,
    revision: u64,
    asked: Date,
    answers: Vec<Answer>,
}

impl Agreement {
    /// Asks the partners to approve a revision. The organisation that sends it has thereby approved,
    /// if it is a partner.
    #[must_use]
    pub fn ask(partners: Vec<Slug>, sender: &Slug, revision: u64, on: Date) -> Agreement {
        let mut agreement = Agreement {
            partners,
            revision,
            asked: on,
            answers: Vec::new(),
        };
        agreement.sent_by(sender);
        agreement
    }

    /// Asks again because the case has changed: every approval so far is void.
    #[must_use]
    pub fn ask_again(
        self,
        partners: Vec<Slug>,
        sender: &Slug,
        revision: u64,
        on: Date,
    ) -> Agreement {
        let mut agreement = Agreement {
            partners,
            revision,
            asked: on,
            answers: self.answers,
        };
        agreement.sent_by(sender);
        agreement
    }

    /// Puts together what was kept apart.
    #[must_use]
    pub fn of(partners: Vec<Slug>, revision: u64, asked: Date, answers: Vec<Answer>) -> Agreement {
        Agreement {
            partners,
            revision,
            asked,
            answers,
        }
    }

    fn sent_by(&mut self, sender: &Slug) {
        if self.partners.contains(sender) {
            self.answers.push(Answer {
                partner: sender.clone(),
                revision: self.revision,
                reply: Reply::Approve,
                on: self.asked,
            });
        }
    }

    /// The partners.
    #[must_use]
    pub fn partners(&self) -> &[Slug] {
        &self.partners
    }

    /// The revision that is to be agreed on.
    #[must_use]
    pub fn revision(&self) -> u64 {
        self.revision
    }

    /// The day on which the partners were asked about it.
    #[must_use]
    pub fn asked(&self) -> Date {
        self.asked
    }

    /// Every answer, the oldest first.
    #[must_use]
    pub fn answers(&self) -> &[Answer] {
        &self.answers
    }

    /// Notes an answer; a partner's latest one counts. A wish to be taken off is about the case,
    /// whatever its text says by now, and counts until the partners are asked again.
    ///
    /// # Errors
    /// It is nobody's who was asked, or about another revision than the one asked about.
    pub fn note(&mut self, mut answer: Answer) -> Result<(), NotCounted> {
        if !self.partners.contains(&answer.partner) {
            return Err(NotCounted::NotAPartner);
        }
        if answer.reply == Reply::TakeOff {
            answer.revision = self.revision;
        }
        if answer.revision != self.revision {
            return Err(NotCounted::Changed);
        }
        self.answers.push(answer);
        Ok(())
    }

    /// What the partner has answered about the revision asked about.
    #[must_use]
    pub fn reply(&self, partner: &Slug) -> Option<Reply> {
        self.answers
            .iter()
            .rev()
            .find(|answer| answer.partner == *partner && answer.revision == self.revision)
            .map(|answer| answer.reply)
    }

    /// Whom the case waits for, and since when. Once an editor has decided, these are the partners
    /// that readers are told did not answer.
    #[must_use]
    pub fn waits_for(&self) -> Vec<Awaited<'_>> {
        self.partners
            .iter()
            .filter(|partner| self.reply(partner).is_none())
            .map(|partner| Awaited {
                partner,
                since: self.asked,
            })
            .collect()
    }

    /// How far the partners have come on the day given. A case without partners is never agreed.
    #[must_use]
    pub fn standing(&self, today: Date) -> Standing {
        let objects = |partner| {
            self.reply(partner)
                .is_some_and(|reply| reply != Reply::Approve)
        };
        if self.partners.iter().any(objects) {
            Standing::Objected
        } else if self.partners.is_empty() {
            Standing::Waiting
        } else if self.waits_for().is_empty() {
            Standing::Agreed
        } else if Silence::on(today, self.asked) == Silence::EditorDecides {
            Standing::Silent
        } else {
            Standing::Waiting
        }
    }
}

#[cfg(test)]
mod tests {
    use jiff::ToSpan;
    use jiff::civil::date;

    use super::*;

    const ASKED: Date = date(2028, 2, 15);

    fn id(text: &str) -> Slug {
        text.parse().unwrap()
    }

    fn partners() -> Vec<Slug> {
        vec![id("museet"), id("skolen"), id("kommunen")]
    }

    fn asked() -> Agreement {
        Agreement::ask(partners(), &id("museet"), 4, ASKED)
    }

    fn answer(partner: &str, revision: u64, reply: Reply) -> Answer {
        Answer {
            partner: id(partner),
            revision,
            reply,
            on: ASKED,
        }
    }

    fn awaited(agreement: &Agreement) -> Vec<&str> {
        agreement
            .waits_for()
            .into_iter()
            .map(|awaited| awaited.partner.as_str())
            .collect()
    }

    #[test]
    fn all_partners_approve_the_same_revision() {
        let mut agreement = asked();
        assert_eq!(awaited(&agreement), ["skolen", "kommunen"]);
        agreement.note(answer("skolen", 4, Reply::Approve)).unwrap();
        assert_eq!(awaited(&agreement), ["kommunen"]);
        assert_eq!(agreement.standing(ASKED), Standing::Waiting);
        agreement
            .note(answer("kommunen", 4, Reply::Approve))
            .unwrap();
        assert_eq!(agreement.standing(ASKED), Standing::Agreed);
    }

    #[test]
    fn a_change_makes_approvals_void() {
        let mut agreement = asked();
        agreement.note(answer("skolen", 4, Reply::Approve)).unwrap();
        let later = date(2028, 3, 1);
        let mut again = agreement.ask_again(partners(), &id("kommunen"), 5, later);
        assert_eq!(awaited(&again), ["museet", "skolen"]);
        assert!(
            again
                .waits_for()
                .iter()
                .all(|awaited| awaited.since == later)
        );
        assert_eq!(again.answers().len(), 3);
        assert_eq!(
            again.note(answer("skolen", 4, Reply::Approve)),
            Err(NotCounted::Changed)
        );
    }

    #[test]
    fn a_wish_to_be_taken_off_counts_whichever_revision_was_read() {
        let mut agreement = asked();
        agreement.note(answer("skolen", 2, Reply::TakeOff)).unwrap();
        assert_eq!(agreement.standing(ASKED), Standing::Objected);
        let without = ["museet", "kommunen"].map(id).to_vec();
        let again = agreement.ask_again(without, &id("museet"), 5, ASKED);
        assert_eq!(again.standing(ASKED), Standing::Waiting);
    }

    #[test]
    fn only_partners_answer() {
        assert_eq!(
            asked().note(answer("teatret", 4, Reply::Approve)),
            Err(NotCounted::NotAPartner)
        );
        let outside = Agreement::ask(partners(), &id("teatret"), 1, ASKED);
        assert_eq!(outside.waits_for().len(), 3);
    }

    #[test]
    fn an_objection_stops_it_however_long_others_are_silent() {
        for reply in [Reply::AskForChanges, Reply::TakeOff] {
            let mut agreement = asked();
            agreement.note(answer("skolen", 4, reply)).unwrap();
            assert_eq!(agreement.standing(date(2029, 1, 1)), Standing::Objected);
            agreement.note(answer("skolen", 4, Reply::Approve)).unwrap();
            assert_eq!(agreement.standing(ASKED), Standing::Waiting);
        }
    }

    #[test]
    fn a_silent_partner_is_reminded_twice_and_then_an_editor_decides() {
        for (days, silence, standing) in [
            (-1, Silence::Waiting, Standing::Waiting),
            (0, Silence::Waiting, Standing::Waiting),
            (6, Silence::Waiting, Standing::Waiting),
            (7, Silence::RemindedOnce, Standing::Waiting),
            (13, Silence::RemindedOnce, Standing::Waiting),
            (14, Silence::RemindedTwice, Standing::Waiting),
            (20, Silence::RemindedTwice, Standing::Waiting),
            (21, Silence::EditorDecides, Standing::Silent),
            (400, Silence::EditorDecides, Standing::Silent),
        ] {
            let today = ASKED.saturating_add(days.days());
            assert_eq!(Silence::on(today, ASKED), silence, "after {days} days");
            assert_eq!(asked().standing(today), standing, "after {days} days");
        }
    }

    #[test]
    fn a_case_without_partners_is_never_agreed() {
        let nobody = Agreement::ask(Vec::new(), &id("museet"), 1, ASKED);
        assert_eq!(nobody.standing(date(2030, 1, 1)), Standing::Waiting);
    }
}
