//! Every text a person sees, Danish and English side by side, one file an area.
//!
//! A text is a line `name: "Dansk", "English";` of [`texts!`], one with something in it
//! `name(count: u64): format!("{count} …"), format!("{count} …");`. A line without its English half does not compile.

use domain::Language;

/// Makes the texts of one area: a small `Copy` struct with one method a text.
macro_rules! texts {
    (@one $key:ident : $danish:expr, $english:expr) => {
        pub fn $key(self) -> &'static str {
            match self.0 {
                domain::Language::Danish => $danish,
                domain::Language::English => $english,
            }
        }
    };
    (@one $key:ident ( $($argument:ident : $type:ty),* ) : $danish:expr, $english:expr) => {
        pub fn $key(self, $($argument: $type),*) -> String {
            match self.0 {
                domain::Language::Danish => $danish,
                domain::Language::English => $english,
            }
        }
    };
    (@pair $key:ident : $danish:expr, $english:expr) => {
        Some((stringify!($key), $danish, $english))
    };
    (@pair $key:ident ( $($argument:ident : $type:ty),* ) : $danish:expr, $english:expr) => {
        None
    };
    (
        $(#[$documentation:meta])*
        $area:ident {
            $( $key:ident $( ( $($argument:ident : $type:ty),* ) )? : $danish:expr, $english:expr; )*
        }
    ) => {
        $(#[$documentation])*
        #[derive(Debug, Clone, Copy)]
        pub struct $area(pub(crate) domain::Language);

        #[expect(missing_docs, reason = "a text says itself what it is")]
        impl $area {
            $( texts!(@one $key $( ( $($argument : $type),* ) )? : $danish, $english); )*

            /// The texts without anything in them: name, Danish, English.
            #[cfg(test)]
            pub(super) fn pairs() -> Vec<(&'static str, &'static str, &'static str)> {
                let pairs = [
                    $( texts!(@pair $key $( ( $($argument : $type),* ) )? : $danish, $english) ),*
                ];
                pairs.into_iter().flatten().collect()
            }
        }
    };
}

mod about;
mod account;
mod administration;
mod audit_log;
mod case;
mod common;
mod desk;
mod detail;
pub mod editorial;
mod feedback;
mod home;
mod images;
mod learn;
mod letters;
mod list;
mod members;
mod municipality;
mod offer;
mod openid;
mod organisation;
mod own_data;
mod problem;
mod search;
mod second_factor;
mod sign_in;
mod upkeep;
mod writing;

pub use about::{About, Accessibility, Privacy};
pub use account::Account;
pub use administration::Administration;
pub use audit_log::AuditLog;
pub use case::Case;
pub use common::Common;
pub use desk::Desk;
pub use detail::Detail;
pub use feedback::Feedback;
pub use home::Home;
pub use images::Images;
pub use learn::Learn;
pub use letters::{LetterChoices, Letters};
pub use list::List;
pub use members::Members;
pub use municipality::Municipality;
pub use offer::Offer;
pub use openid::OpenId;
pub use organisation::Organisation;
pub use own_data::OwnData;
pub use problem::Problem;
pub use search::Search;
pub use second_factor::SecondFactor;
pub use sign_in::SignIn;
pub use upkeep::Upkeep;
pub use writing::Writing;

/// The catalogue in one language.
#[derive(Debug, Clone, Copy)]
pub struct Text(Language);

impl Text {
    /// The catalogue in `language`.
    pub fn new(language: Language) -> Self {
        Text(language)
    }

    /// One's own account.
    pub fn account(self) -> Account {
        Account(self.0)
    }

    /// All there is about oneself, and deleting it.
    pub fn own_data(self) -> OwnData {
        OwnData(self.0)
    }

    /// The log of who did what when.
    pub fn audit_log(self) -> AuditLog {
        AuditLog(self.0)
    }

    /// What letters say.
    pub fn letters(self) -> Letters {
        Letters(self.0)
    }

    /// The page where people choose their letters.
    pub fn letter_choices(self) -> LetterChoices {
        LetterChoices(self.0)
    }

    /// Signing in.
    pub fn sign_in(self) -> SignIn {
        SignIn(self.0)
    }

    /// Signing in with an account at an issuer.
    pub fn openid(self) -> OpenId {
        OpenId(self.0)
    }

    /// The second factor of an account, and signing in with it.
    pub fn second_factor(self) -> SecondFactor {
        SecondFactor(self.0)
    }

    /// The administrators' page.
    pub fn administration(self) -> Administration {
        Administration(self.0)
    }

    /// Texts of every page: header, footer, the facts of a row.
    pub fn common(self) -> Common {
        Common(self.0)
    }

    /// The front page.
    pub fn home(self) -> Home {
        Home(self.0)
    }

    /// Images and files, and reporting an image.
    pub fn images(self) -> Images {
        Images(self.0)
    }

    /// Search and map.
    pub fn search(self) -> Search {
        Search(self.0)
    }

    /// The saved list.
    pub fn list(self) -> List {
        List(self.0)
    }

    /// What the pages about one object share.
    pub fn detail(self) -> Detail {
        Detail(self.0)
    }

    /// The page of an offer.
    pub fn offer(self) -> Offer {
        Offer(self.0)
    }

    /// The page of a case.
    pub fn case(self) -> Case {
        Case(self.0)
    }

    /// The page of an organisation.
    pub fn organisation(self) -> Organisation {
        Organisation(self.0)
    }

    /// The list of municipalities and the page of one.
    pub fn municipality(self) -> Municipality {
        Municipality(self.0)
    }

    /// Recommendations, anchoring strategies and roles.
    pub fn learn(self) -> Learn {
        Learn(self.0)
    }

    /// What the portal is.
    pub fn about(self) -> About {
        About(self.0)
    }

    /// What the portal keeps about people.
    pub fn privacy(self) -> Privacy {
        Privacy(self.0)
    }

    /// The accessibility statement.
    pub fn accessibility(self) -> Accessibility {
        Accessibility(self.0)
    }

    /// What is said when something is not there or does not work.
    pub fn problem(self) -> Problem {
        Problem(self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_languages_say_as_much() {
        let areas = [
            About::pairs(),
            Accessibility::pairs(),
            Account::pairs(),
            Administration::pairs(),
            AuditLog::pairs(),
            Case::pairs(),
            Common::pairs(),
            Desk::pairs(),
            Detail::pairs(),
            Feedback::pairs(),
            Home::pairs(),
            Images::pairs(),
            Learn::pairs(),
            LetterChoices::pairs(),
            Letters::pairs(),
            List::pairs(),
            Members::pairs(),
            Municipality::pairs(),
            Offer::pairs(),
            OpenId::pairs(),
            Organisation::pairs(),
            OwnData::pairs(),
            Privacy::pairs(),
            Problem::pairs(),
            Search::pairs(),
            SecondFactor::pairs(),
            SignIn::pairs(),
            Upkeep::pairs(),
            Writing::pairs(),
        ];
        let end = |text: &str| {
            text.chars()
                .last()
                .filter(|letter| ".?!:".contains(*letter))
        };
        // The way to the Danish page is said in Danish, and that a text is Danish only where the page is not.
        let only_one = ["other_language_hint", "written_in_danish"];
        for (name, danish, english) in areas.into_iter().flatten() {
            if only_one.contains(&name) {
                continue;
            }
            assert!(
                !danish.trim().is_empty() && !english.trim().is_empty(),
                "{name} is empty"
            );
            assert_eq!(end(danish), end(english), "{name} ends in two ways");
            let danish_letters = english.contains(['æ', 'ø', 'å', '«', '»']);
            assert!(!danish_letters, "{name} is Danish in English");
        }
    }
}
