//! How long personal data is kept. `docs/personal-data.md` has the whole table, which the tests read.

use jiff::SignedDuration;

use crate::codes::codes;

codes! {
    /// A kind of personal data that is forgotten by itself.
    Kept {
        SignIns, "sign-ins", "Login, der er slut, og engangslinks", "Sign-ins that have ended, and one-time links";
        Invitations, "invitations", "Invitationer, ingen har svaret på, efter udløb", "Invitations nobody has answered, after they expired";
        JoinRequests, "join-requests", "Anmodninger om at komme med, ingen har svaret på", "Requests to join that nobody has answered";
        SentLetters, "sent-letters", "Hvem et brev blev sendt til (teksten glemmes, når det er sendt)", "Whom a letter was sent to (its text is forgotten once it is sent)";
        LettersGivenUp, "letters-given-up", "Breve, der ikke kunne sendes", "Letters that could not be sent";
        Notices, "notices", "Beskeder, der venter på et dagligt overblik", "Notices that wait for a daily digest";
        ConfirmingLinks, "confirming-links", "Links i breve, der bekræfter et forløb", "Links in letters that confirm an offer";
        ImageReports, "image-reports", "Anmeldelser af billeder, efter afgørelsen", "Reports of images, after the decision";
        UnconfirmedFeedback, "unconfirmed-feedback", "Tilbagemeldinger, ingen har bekræftet fra brevet", "Feedback that nobody has confirmed from the letter";
        Feedback, "feedback", "Tilbagemeldinger på et forløb", "Feedback on an offer";
        FeedbackReports, "feedback-reports", "Anmeldelser af tilbagemeldinger, og det, der blev taget ned, efter afgørelsen", "Reports of feedback, and what was taken down, after the decision";
        AuditLog, "audit-log", "Loggen over, hvem der gjorde hvad", "The log of who did what";
        RevokedTokens, "revoked-tokens", "Adgangsnøgler, der er tilbagekaldt", "Tokens that were revoked";
        UnusedAccounts, "unused-accounts", "Konti, ingen har logget ind på", "Accounts nobody has signed in to";
    }
}

/// Hours of a day.
const DAY: i64 = 24;

/// So long before an account that nobody uses is deleted, its owner is told.
pub const UNUSED_ACCOUNT_WARNING: SignedDuration = SignedDuration::from_hours(30 * DAY);

impl Kept {
    /// So many days it is kept: from when it came to be or, where its name says so, from what it says.
    #[must_use]
    pub const fn days(self) -> i64 {
        match self {
            Self::SignIns | Self::Invitations => 0,
            Self::UnconfirmedFeedback => 7,
            Self::Notices | Self::SentLetters | Self::ImageReports | Self::FeedbackReports => 30,
            Self::LettersGivenUp => 90,
            Self::JoinRequests => 180,
            Self::ConfirmingLinks => 400,
            Self::AuditLog | Self::RevokedTokens => 2 * 365,
            Self::Feedback | Self::UnusedAccounts => 3 * 365,
        }
    }

    /// The same as a duration.
    #[must_use]
    pub const fn duration(self) -> SignedDuration {
        SignedDuration::from_hours(self.days() * DAY)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Code, Language};

    #[test]
    fn the_documentation_has_the_whole_table() {
        let documentation = include_str!("../../../docs/personal-data.md");
        for kept in Kept::all() {
            let label = kept.label(Language::English);
            let line = match kept.days() {
                0 => format!("| {label} | at once |"),
                days => format!("| {label} | {days} days |"),
            };
            assert!(documentation.contains(&line), "docs lack: {line}");
        }
        let lines = documentation.lines().filter(|line| {
            line.starts_with("| ") && line.ends_with("days |") || line.ends_with("| at once |")
        });
        assert_eq!(
            lines.count(),
            Kept::all().len(),
            "docs have a line too many"
        );
    }
}
