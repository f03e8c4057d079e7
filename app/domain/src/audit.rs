//! Who did what when: the acts that the portal notes, and what they are about.

use jiff::civil::Date;

use crate::codes::codes;

codes! {
    /// What was done. Those about offers and cases have the codes of the steps and the answers they are
    /// ([`crate::publication::Step`], [`crate::agreement::Reply`]).
    Act {
        Begin, "begin", "begyndte en kladde", "began a draft";
        Save, "save", "skrev i en kladde", "wrote in a draft";
        Submit, "submit", "sendte til gennemsyn", "sent for review";
        TakeBack, "take-back", "trak tilbage fra gennemsyn", "took back from review";
        Approve, "approve", "godkendte", "approved";
        AskForChanges, "ask-for-changes", "bad om ændringer", "asked for changes";
        Decline, "decline", "afviste", "declined";
        PublishDirectly, "publish-directly", "udgav direkte", "published directly";
        DeleteDraft, "delete-draft", "slettede en kladde", "deleted a draft";
        Schedule, "schedule", "planlagde", "scheduled";
        Confirm, "confirm", "bekræftede", "confirmed";
        Withdraw, "withdraw", "afpublicerede", "withdrew";
        Archive, "archive", "arkiverede", "archived";
        Restore, "restore", "gendannede som kladde", "restored as a draft";
        TakeOff, "take-off", "bad om at blive taget af", "asked to be taken off";
        Comment, "comment", "skrev en kommentar", "wrote a comment";
        Upload, "upload", "uploadede", "uploaded";
        ReportImage, "report-image", "anmeldte et billede", "reported an image";
        LetImageStand, "let-image-stand", "lod et anmeldt billede stå", "let a reported image stand";
        RemoveImage, "remove-image", "fjernede et anmeldt billede", "removed a reported image";
        AnswerFeedback, "answer-feedback", "svarede på en tilbagemelding", "answered feedback";
        ReportFeedback, "report-feedback", "anmeldte en tilbagemelding", "reported feedback";
        LetFeedbackStand, "let-feedback-stand", "lod en anmeldt tilbagemelding stå", "let reported feedback stand";
        TakeFeedbackDown, "take-feedback-down", "tog en anmeldt tilbagemelding ned", "took reported feedback down";
        MakeOrganisation, "make-organisation", "oprettede en organisation", "made an organisation";
        EditOrganisation, "edit-organisation", "rettede en organisation", "edited an organisation";
        AskToJoin, "ask-to-join", "bad om at komme med", "asked to join";
        TakeRequestBack, "take-request-back", "trak sin anmodning tilbage", "took their request back";
        DeclineRequest, "decline-request", "afviste en anmodning", "declined a request";
        GiveRoles, "give-roles", "gav roller", "gave roles";
        RemoveMember, "remove-member", "tog et medlem ud", "took a member out";
        Leave, "leave", "forlod en organisation", "left an organisation";
        Invite, "invite", "inviterede", "invited";
        WithdrawInvitation, "withdraw-invitation", "trak en invitation tilbage", "withdrew an invitation";
        AcceptInvitation, "accept-invitation", "tog imod en invitation", "accepted an invitation";
        Trust, "trust", "gav lov til at udgive direkte", "allowed direct publishing";
        Distrust, "distrust", "tog lov til at udgive direkte", "ended direct publishing";
        SetDomains, "set-domains", "satte e-maildomæner", "set e-mail domains";
        CloseOrganisation, "close-organisation", "lukkede en organisation", "closed an organisation";
        ReopenOrganisation, "reopen-organisation", "åbnede en organisation igen", "reopened an organisation";
        MakeAccount, "make-account", "oprettede en konto", "made an account";
        SignIn, "sign-in", "loggede ind", "signed in";
        FailToSignIn, "fail-to-sign-in", "forsøgte forgæves at logge ind", "failed to sign in";
        EndSignIns, "end-sign-ins", "afsluttede andre login", "ended other sign-ins";
        ConfirmAddress, "confirm-address", "bekræftede sin e-mailadresse", "confirmed their e-mail address";
        SetPassword, "set-password", "satte adgangskode", "set a password";
        EnrolFactor, "enrol-factor", "slog to-trins-login til", "turned two-step sign-in on";
        RenewCodes, "renew-codes", "fik nye nødkoder", "got new recovery codes";
        RemoveFactor, "remove-factor", "slog to-trins-login fra", "turned two-step sign-in off";
        LinkIdentity, "link-identity", "knyttede et andet login", "linked another sign-in";
        UnlinkIdentity, "unlink-identity", "fjernede et andet login", "unlinked another sign-in";
        LinkForSignIn, "link-for-sign-in", "lavede et link til at logge ind", "made a link to sign in";
        DownloadData, "download-data", "hentede sine oplysninger", "downloaded their data";
        CloseAccount, "close-account", "lukkede en konto", "closed an account";
        DeleteAccount, "delete-account", "slettede en konto", "deleted an account";
        CreateToken, "create-token", "oprettede en adgangsnøgle", "created a token";
        RevokeToken, "revoke-token", "tilbagekaldte en adgangsnøgle", "revoked a token";
        Import, "import", "importerede", "imported";
        AddSample, "add-sample", "lagde eksempelindhold ind", "put sample content in";
        RemoveSample, "remove-sample", "fjernede eksempelindhold", "removed sample content";
        RetryLetter, "retry-letter", "lod et brev sende igen", "had a letter sent again";
        GiveUpLetter, "give-up-letter", "opgav et brev", "gave a letter up";
    }
}

codes! {
    /// What an act is about, for those who look for one.
    ActTopic {
        Content, "content", "Forløb og erfaringer", "Offers and experiences";
        Organisations, "organisations", "Organisationer og medlemmer", "Organisations and members";
        Accounts, "accounts", "Konti og login", "Accounts and sign-ins";
        Portal, "portal", "Portalens drift", "Running the portal";
    }
}

impl Act {
    /// What it is about.
    #[must_use]
    pub fn topic(self) -> ActTopic {
        match self {
            Self::Begin
            | Self::Save
            | Self::Submit
            | Self::TakeBack
            | Self::Approve
            | Self::AskForChanges
            | Self::Decline
            | Self::PublishDirectly
            | Self::DeleteDraft
            | Self::Schedule
            | Self::Confirm
            | Self::Withdraw
            | Self::Archive
            | Self::Restore
            | Self::TakeOff
            | Self::Comment
            | Self::Upload
            | Self::ReportImage
            | Self::LetImageStand
            | Self::RemoveImage
            | Self::AnswerFeedback
            | Self::ReportFeedback
            | Self::LetFeedbackStand
            | Self::TakeFeedbackDown => ActTopic::Content,
            Self::MakeOrganisation
            | Self::EditOrganisation
            | Self::AskToJoin
            | Self::TakeRequestBack
            | Self::DeclineRequest
            | Self::GiveRoles
            | Self::RemoveMember
            | Self::Leave
            | Self::Invite
            | Self::WithdrawInvitation
            | Self::AcceptInvitation
            | Self::Trust
            | Self::Distrust
            | Self::SetDomains
            | Self::CloseOrganisation
            | Self::ReopenOrganisation => ActTopic::Organisations,
            Self::MakeAccount
            | Self::SignIn
            | Self::FailToSignIn
            | Self::EndSignIns
            | Self::ConfirmAddress
            | Self::SetPassword
            | Self::EnrolFactor
            | Self::RenewCodes
            | Self::RemoveFactor
            | Self::LinkIdentity
            | Self::UnlinkIdentity
            | Self::LinkForSignIn
            | Self::DownloadData
            | Self::CloseAccount
            | Self::DeleteAccount => ActTopic::Accounts,
            Self::CreateToken
            | Self::RevokeToken
            | Self::Import
            | Self::AddSample
            | Self::RemoveSample
            | Self::RetryLetter
            | Self::GiveUpLetter => ActTopic::Portal,
        }
    }
}

/// What somebody looks for in the log. What is empty holds of everything.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Wanted {
    /// Words that a line has, each somewhere: in who did it, in what it is about, or in what more is said. Their case makes
    /// no difference.
    pub words: Vec<String>,
    /// What the act is about.
    pub topic: Option<ActTopic>,
    /// The first day, in Denmark.
    pub from: Option<Date>,
    /// The last day, in Denmark.
    pub until: Option<Date>,
}

impl Wanted {
    /// The most words that are looked for.
    pub const MOST_WORDS: usize = 8;
    /// The most characters of a word.
    pub const LONGEST_WORD: usize = 80;

    /// The words of what was typed.
    #[must_use]
    pub fn words_of(typed: &str) -> Vec<String> {
        typed
            .split_whitespace()
            .take(Self::MOST_WORDS)
            .map(|word| {
                let short: String = word.chars().take(Self::LONGEST_WORD).collect();
                short.to_lowercase()
            })
            .collect()
    }

    /// Whether a line with this act and these texts is wanted, whenever it was.
    #[must_use]
    pub fn fits<'a>(&self, act: Act, texts: impl IntoIterator<Item = &'a str>) -> bool {
        if self.topic.is_some_and(|topic| topic != act.topic()) {
            return false;
        }
        if self.words.is_empty() {
            return true;
        }
        let texts: Vec<String> = texts.into_iter().map(str::to_lowercase).collect();
        let has = |word: &String| texts.iter().any(|text| text.contains(word.as_str()));
        self.words.iter().all(has)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Code;
    use crate::agreement::Reply;
    use crate::publication::Step;

    #[test]
    fn every_step_and_answer_is_an_act_about_content() {
        let steps = Step::all().iter().map(|step| step.code());
        let replies = Reply::all().iter().map(|reply| reply.code());
        for code in steps.chain(replies) {
            let act: Act = code.parse().unwrap();
            assert_eq!(act.topic(), ActTopic::Content, "{code}");
        }
    }

    #[test]
    fn every_topic_has_acts() {
        for topic in ActTopic::all() {
            assert!(Act::all().iter().any(|act| act.topic() == *topic));
        }
    }

    #[test]
    fn a_line_is_wanted_when_it_has_every_word_somewhere() {
        let wanted = |typed: &str| Wanted {
            words: Wanted::words_of(typed),
            ..Wanted::default()
        };
        let line = ["Åse Ærø", "Vandhullets DYR"];
        for typed in ["", "åse", "dyr ÅSE", "ærø vandhul"] {
            assert!(wanted(typed).fits(Act::Approve, line), "{typed}");
        }
        for typed in ["bo", "åse bo"] {
            assert!(!wanted(typed).fits(Act::Approve, line), "{typed}");
        }
        let accounts = Wanted {
            topic: Some(ActTopic::Accounts),
            ..Wanted::default()
        };
        assert!(accounts.fits(Act::SignIn, line));
        assert!(!accounts.fits(Act::Approve, line));
        assert_eq!(Wanted::words_of(&"a ".repeat(100)).len(), 8);
    }
}
