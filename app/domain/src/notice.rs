//! What people are told by letter: the letters that are asked for, the notices of what has happened,
//! how urgent each is, and what a person has chosen to be told.

use std::collections::BTreeMap;

use jiff::SignedDuration;
use jiff::civil::Date;

use crate::codes::codes;
use crate::{Code, Invalid, Language};

codes! {
    /// Letters that somebody has asked for, or that are about the account itself. They are sent at once and cannot be turned
    /// off.
    AskedLetter {
        SignInLink, "sign-in-link", "Link til at logge ind", "Link for signing in";
        SignUpLink, "sign-up-link", "Link til at oprette en konto", "Link for creating an account";
        AccountExists, "account-exists", "Der er en konto i forvejen", "There is an account already";
        AccountClosed, "account-closed", "Kontoen er lukket", "The account is closed";
        ConfirmAddress, "confirm-address", "Bekræft din adresse", "Confirm your address";
        AddressTaken, "address-taken", "Adressen hører til en anden konto", "The address belongs to another account";
        AccountDeleted, "account-deleted", "Kontoen er slettet", "The account is deleted";
        AccountUnused, "account-unused", "Kontoen slettes snart", "The account is deleted soon";
        NoAccount, "no-account", "Der er ingen konto", "There is no account";
        Invitation, "invitation", "Invitation til en organisation", "Invitation to an organisation";
        FeedbackLink, "feedback-link", "Link til at bekræfte en tilbagemelding", "Link for confirming feedback";
        FeedbackReply, "feedback-reply", "Udbyderens svar på en tilbagemelding", "The provider’s answer to feedback";
    }
}

codes! {
    /// What has happened that people are told of.
    NoticeKind {
        SubmittedForReview, "submitted-for-review", "Noget er sendt til dit gennemsyn", "Something is sent for your review";
        TakenBack, "taken-back", "Noget er trukket tilbage fra gennemsyn", "Something is taken back from review";
        Approved, "approved", "Dit er godkendt", "Yours is approved";
        ChangesAsked, "changes-asked", "Du bliver bedt om ændringer", "You are asked for changes";
        Declined, "declined", "Dit er afvist", "Yours is declined";
        Commented, "commented", "Nogen har skrevet en kommentar", "Somebody has written a comment";
        PublishedDirectly, "published-directly", "En udbyder har udgivet direkte", "A provider has published directly";
        PublishedOnSchedule, "published-on-schedule", "Dit er udgivet på den aftalte dag", "Yours is published on the day agreed";
        Withdrawn, "withdrawn", "Noget er afpubliceret", "Something is withdrawn";
        Archived, "archived", "Noget er arkiveret", "Something is archived";
        Restored, "restored", "Noget er hentet frem igen", "Something is restored";
        PartnerAsked, "partner-asked", "Du bliver bedt om at godkende en erfaring", "You are asked to approve an experience";
        PartnerReminded, "partner-reminded", "Påmindelse om en erfaring, der venter på dig", "Reminder of an experience that waits for you";
        PartnerAnswered, "partner-answered", "En partner har svaret", "A partner has answered";
        EditorDecides, "editor-decides", "En erfaring venter på redaktørens afgørelse", "An experience waits for the editor's decision";
        ReviewDue, "review-due", "Det er tid at se noget efter", "It is time to look something over";
        NotConfirmed, "not-confirmed", "Noget er ikke bekræftet", "Something is not confirmed";
        Lapsed, "lapsed", "Noget vises ikke længere i søgningen", "Something is no longer shown in search";
        LinksDead, "links-dead", "Links virker ikke længere", "Links no longer work";
        AnchoringOverdue, "anchoring-overdue", "Det er tid at fortælle om forankringen", "It is time to tell of the anchoring";
        FeedbackGiven, "feedback-given", "En lærer har givet tilbagemelding", "A teacher has given feedback";
        FeedbackAnswered, "feedback-answered", "Din tilbagemelding er besvaret", "Your feedback is answered";
        FeedbackReported, "feedback-reported", "En tilbagemelding er meldt", "Feedback is reported";
        ImageReported, "image-reported", "Et billede er anmeldt", "An image is reported";
        JoinAsked, "join-asked", "Nogen vil være med i din organisation", "Somebody wants to join your organisation";
        Joined, "joined", "Nogen er kommet med i en organisation", "Somebody has joined an organisation";
        ClaimAsked, "claim-asked", "Nogen vil overtage en organisation", "Somebody wants to take over an organisation";
        RequestDeclined, "request-declined", "Din anmodning er afvist", "Your request is declined";
    }
}

codes! {
    /// What notices are about, as people choose between them.
    NoticeTopic {
        Publishing, "publishing", "Gennemsyn og udgivelse", "Review and publishing";
        Partners, "partners", "Samarbejdspartneres godkendelse", "Approval by partners";
        Upkeep, "upkeep", "Vedligeholdelse", "Upkeep";
        Readers, "readers", "Tilbagemeldinger", "Feedback";
        Organisations, "organisations", "Organisationer", "Organisations";
    }
}

codes! {
    /// How a person is told.
    Delivery {
        AtOnce, "at-once", "Med det samme", "At once";
        Digest, "digest", "I det daglige overblik", "In the daily digest";
        Off, "off", "Slet ikke", "Not at all";
    }
}

/// How soon a notice matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Urgency {
    /// Somebody waits for the recipient's answer.
    AtOnce,
    /// It can be read with the rest of the day's.
    Digest,
}

impl NoticeKind {
    /// At once for what waits for the recipient's answer, the digest for everything else.
    #[must_use]
    pub fn urgency(self) -> Urgency {
        match self {
            Self::SubmittedForReview
            | Self::ChangesAsked
            | Self::Declined
            | Self::PartnerAsked
            | Self::PartnerReminded
            | Self::EditorDecides
            | Self::FeedbackReported
            | Self::ImageReported
            | Self::JoinAsked
            | Self::ClaimAsked => Urgency::AtOnce,
            Self::TakenBack
            | Self::Approved
            | Self::Commented
            | Self::PublishedDirectly
            | Self::PublishedOnSchedule
            | Self::Withdrawn
            | Self::Archived
            | Self::Restored
            | Self::PartnerAnswered
            | Self::ReviewDue
            | Self::NotConfirmed
            | Self::Lapsed
            | Self::LinksDead
            | Self::AnchoringOverdue
            | Self::FeedbackGiven
            | Self::FeedbackAnswered
            | Self::Joined
            | Self::RequestDeclined => Urgency::Digest,
        }
    }

    /// What it is about.
    #[must_use]
    pub fn topic(self) -> NoticeTopic {
        match self {
            Self::SubmittedForReview
            | Self::TakenBack
            | Self::Approved
            | Self::ChangesAsked
            | Self::Declined
            | Self::Commented
            | Self::PublishedDirectly
            | Self::PublishedOnSchedule
            | Self::Withdrawn
            | Self::Archived
            | Self::Restored => NoticeTopic::Publishing,
            Self::PartnerAsked
            | Self::PartnerReminded
            | Self::PartnerAnswered
            | Self::EditorDecides => NoticeTopic::Partners,
            Self::ReviewDue
            | Self::NotConfirmed
            | Self::Lapsed
            | Self::LinksDead
            | Self::AnchoringOverdue => NoticeTopic::Upkeep,
            Self::FeedbackGiven
            | Self::FeedbackAnswered
            | Self::FeedbackReported
            | Self::ImageReported => NoticeTopic::Readers,
            Self::Joined | Self::JoinAsked | Self::ClaimAsked | Self::RequestDeclined => {
                NoticeTopic::Organisations
            }
        }
    }

    /// How a person who has chosen nothing is told.
    #[must_use]
    pub fn usual_delivery(self) -> Delivery {
        match self.urgency() {
            Urgency::AtOnce => Delivery::AtOnce,
            Urgency::Digest => Delivery::Digest,
        }
    }
}

/// Any letter the portal sends.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum LetterKind {
    /// Asked for just now.
    Asked(AskedLetter),
    /// A notice that is sent at once.
    Notice(NoticeKind),
    /// The day's other notices in one letter.
    Digest,
}

const DIGEST: &str = "digest";

impl LetterKind {
    /// Its code, unique among all letters.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Asked(letter) => letter.code(),
            Self::Notice(notice) => notice.code(),
            Self::Digest => DIGEST,
        }
    }

    /// What people call it.
    #[must_use]
    pub fn label(self, language: Language) -> &'static str {
        match (self, language) {
            (Self::Asked(letter), _) => letter.label(language),
            (Self::Notice(notice), _) => notice.label(language),
            (Self::Digest, Language::Danish) => "Det daglige overblik",
            (Self::Digest, Language::English) => "The daily digest",
        }
    }
}

impl std::str::FromStr for LetterKind {
    type Err = Invalid;

    fn from_str(code: &str) -> Result<Self, Invalid> {
        if code == DIGEST {
            return Ok(Self::Digest);
        }
        code.parse()
            .map(Self::Asked)
            .or_else(|_| code.parse().map(Self::Notice))
    }
}

/// What happened, as it is told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notice {
    /// What happened.
    pub kind: NoticeKind,
    /// Who did it, by the name that others see; nobody where the portal itself tells of it.
    pub who: Option<String>,
    /// The title or name of what it is about.
    pub title: String,
    /// The path of the page where it is seen or answered, `/tilbud/vandhullet`. A page that is there in both
    /// languages is named by its Danish path, and each recipient is led to their own.
    pub path: String,
    /// The comment or reason that was given.
    pub comment: Option<String>,
    /// The day since when it is so, or from which it waits; of a review that is due, the day by which.
    pub since: Option<Date>,
}

/// What a person has chosen to be told, and how. What they have not chosen follows its urgency.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Preferences {
    /// The language of the letters.
    pub language: Language,
    /// The kinds that are told another way than usual.
    pub chosen: BTreeMap<NoticeKind, Delivery>,
    /// Whether the daily digest is turned off, and with it all that would be in it.
    pub without_digest: bool,
}

impl Preferences {
    /// How a kind is chosen to be told, whether or not there is a digest.
    #[must_use]
    pub fn choice(&self, kind: NoticeKind) -> Delivery {
        self.chosen
            .get(&kind)
            .copied()
            .unwrap_or_else(|| kind.usual_delivery())
    }

    /// How this person is told of it.
    #[must_use]
    pub fn delivery(&self, kind: NoticeKind) -> Delivery {
        match self.choice(kind) {
            Delivery::Digest if self.without_digest => Delivery::Off,
            choice => choice,
        }
    }
}

/// The pauses before a letter that could not be sent is tried again.
const PAUSES: [SignedDuration; 6] = [
    SignedDuration::from_mins(1),
    SignedDuration::from_mins(5),
    SignedDuration::from_mins(30),
    SignedDuration::from_hours(2),
    SignedDuration::from_hours(6),
    SignedDuration::from_hours(24),
];

/// How long to wait after so many failed attempts; nothing where the letter is given up.
#[must_use]
pub fn pause_after(attempts: u32) -> Option<SignedDuration> {
    let index = usize::try_from(attempts).ok()?.checked_sub(1)?;
    PAUSES.get(index).copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_letter_is_known_by_its_code_alone() {
        let letters: Vec<LetterKind> = AskedLetter::all()
            .iter()
            .map(|letter| LetterKind::Asked(*letter))
            .chain(
                NoticeKind::all()
                    .iter()
                    .map(|kind| LetterKind::Notice(*kind)),
            )
            .chain([LetterKind::Digest])
            .collect();
        for letter in &letters {
            assert_eq!(letter.code().parse(), Ok(*letter));
            for language in Language::ALL {
                assert!(!letter.label(language).is_empty());
            }
        }
        assert!("anything".parse::<LetterKind>().is_err());
    }

    #[test]
    fn every_topic_has_notices() {
        for topic in NoticeTopic::all() {
            assert!(NoticeKind::all().iter().any(|kind| kind.topic() == *topic));
        }
    }

    #[test]
    fn what_waits_for_an_answer_is_told_at_once_unless_chosen_otherwise() {
        let mut preferences = Preferences::default();
        let of = |preferences: &Preferences| {
            [
                preferences.delivery(NoticeKind::PartnerAsked),
                preferences.delivery(NoticeKind::Approved),
            ]
        };
        assert_eq!(of(&preferences), [Delivery::AtOnce, Delivery::Digest]);
        preferences.without_digest = true;
        assert_eq!(of(&preferences), [Delivery::AtOnce, Delivery::Off]);
        preferences
            .chosen
            .insert(NoticeKind::Approved, Delivery::AtOnce);
        preferences
            .chosen
            .insert(NoticeKind::PartnerAsked, Delivery::Digest);
        assert_eq!(of(&preferences), [Delivery::Off, Delivery::AtOnce]);
        assert_eq!(
            preferences.choice(NoticeKind::PartnerAsked),
            Delivery::Digest
        );
        preferences.without_digest = false;
        assert_eq!(of(&preferences), [Delivery::Digest, Delivery::AtOnce]);
    }

    #[test]
    fn pauses_grow_until_the_letter_is_given_up() {
        let pauses: Vec<_> = (1..).map_while(pause_after).collect();
        assert_eq!(pauses.len(), 6);
        assert!(pauses.is_sorted() && pauses[0] == SignedDuration::from_mins(1));
        assert_eq!(pause_after(0), None);
        assert_eq!(pause_after(7), None);
        assert_eq!(pause_after(u32::MAX), None);
    }
}
