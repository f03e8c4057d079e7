//! Every address of the portal, as a type. A link is made from a [`Route`], a request is read into one,
//! and nothing else knows what a path looks like.

mod desk;

use domain::feedback::FeedbackId;
use domain::{ContentId, Kind, Language, Slug};

pub use desk::Desk;

/// A page of the portal, without its language and its query string.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Route {
    /// The front page.
    Home,
    /// Search: the tabs, the filters, the results.
    Search,
    /// The map of Denmark with its table.
    Map,
    /// The offers a person has saved in the browser.
    MyList,
    /// One teaching offer.
    Offer(Slug),
    /// One case.
    Case(Slug),
    /// All recommendations, by audience.
    Recommendations,
    /// One recommendation with its evidence.
    Recommendation(Slug),
    /// All anchoring strategies.
    Strategies,
    /// One anchoring strategy.
    Strategy(Slug),
    /// All roles of a collaboration.
    Roles,
    /// One role.
    Role(Slug),
    /// One organisation with its offers and cases.
    Organisation(Slug),
    /// The figures of the mapping of 2016.
    Mapping,
    /// All municipalities, alphabetically.
    Municipalities,
    /// One municipality with its offers, cases and institutions.
    Municipality(Slug),
    /// What the portal is.
    About,
    /// What the portal keeps about people.
    Privacy,
    /// The accessibility statement that the law asks for.
    Accessibility,
    /// Signing in.
    SignIn,
    /// The second step of signing in: the code.
    SecondStep,
    /// What is asked of someone who comes by an issuer of sign-ins for the first time.
    Newcomer,
    /// One's own account.
    Account,
    /// The second factor of one's own account.
    SecondFactor,
    /// Deleting one's own account.
    DeleteAccount,
    /// Making an account.
    SignUp,
    /// Which letters one gets.
    Letters,
    /// One's own work.
    Desk(Desk),
    /// Uploading an image.
    UploadImage,
    /// Uploading a file.
    UploadFile,
    /// Reporting an image.
    ReportImage(ContentId),
    /// Giving feedback on an offer.
    GiveFeedback(Slug),
    /// Reporting feedback.
    ReportFeedback(FeedbackId),
}

/// What the path of the page for reporting an image or feedback ends in.
const REPORT: &str = "/meld";
/// What the path of the page for giving feedback on an offer ends in.
const GIVE_FEEDBACK: &str = "/tilbagemelding";

/// The address of an image in one of its widths.
pub fn image_address(id: &ContentId, width: u32) -> String {
    format!("/billeder/{id}/{width}")
}

/// The address of a file.
pub fn file_address(id: &ContentId) -> String {
    ["/filer/", id.as_str()].concat()
}

/// Something served beside the pages: downloads, feeds and forms' targets. These have no language of their own
/// in the path; where it matters it is a parameter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Service {
    /// Remembers the chosen municipality in a cookie (POST).
    ChooseMunicipality,
    /// Changes the saved list in its cookie (POST).
    ChangeList,
    /// The saved list as CSV.
    ListCsv,
    /// The saved list as an iCalendar file.
    ListCalendar,
    /// Any search as an Atom feed.
    SearchFeed,
    /// Any search as JSON.
    SearchApi,
    /// Suggestions while typing, as JSON.
    SuggestApi,
    /// The API's description for people.
    ApiDocumentation,
    /// How a browser may search the portal from its address bar.
    OpenSearch,
    /// The web app manifest.
    Manifest,
    /// Leads to the issuer of sign-ins (POST), and back from it.
    OpenId,
    /// Ends a sign-in (POST).
    SignOut,
    /// Removes the sample content or puts it back (POST).
    ManageSample,
    /// The administrators' page.
    Administration,
    /// The images that readers have reported.
    ReportedImages,
    /// Who did what when, for administrators.
    AuditLog,
    /// All there is about whoever is signed in, as JSON.
    OwnData,
    /// The letters on their way out, for administrators; its forms are sent there too.
    MailQueue,
    /// Turns a kind of letter off; the secret of the letter follows.
    TurnLettersOff,
    /// Confirms an offer or a case from a letter; the secret of the letter follows.
    Confirm,
    /// Confirms feedback from a letter, and withdraws it; the secret of the letter follows.
    ConfirmFeedback,
    /// The feedback that has been reported.
    ReportedFeedback,
}

impl Service {
    /// The path of the service.
    pub fn path(self) -> &'static str {
        match self {
            Service::ChooseMunicipality => "/min-kommune",
            Service::ChangeList => "/min-liste",
            Service::ListCsv => "/min-liste.csv",
            Service::ListCalendar => "/min-liste.ics",
            Service::SearchFeed => "/feeds/soeg.atom",
            Service::SearchApi => "/api/v1/search",
            Service::SuggestApi => "/api/v1/suggest",
            Service::ApiDocumentation => "/api/docs",
            Service::OpenSearch => "/opensearch.xml",
            Service::Manifest => "/site.webmanifest",
            Service::OpenId => "/log-ind/openid",
            Service::SignOut => "/log-ud",
            Service::ManageSample => "/administration/eksempelindhold",
            Service::Administration => "/administration",
            Service::ReportedImages => "/administration/billeder",
            Service::AuditLog => "/administration/log",
            Service::OwnData => "/konto/oplysninger.json",
            Service::MailQueue => "/administration/post",
            Service::TurnLettersOff => "/afmeld",
            Service::Confirm => "/bekraeft",
            Service::ConfirmFeedback => "/tilbagemelding",
            Service::ReportedFeedback => "/administration/tilbagemeldinger",
        }
    }
}

impl Route {
    /// The page of one object.
    pub fn of(kind: Kind, id: Slug) -> Self {
        match kind {
            Kind::Offer => Route::Offer(id),
            Kind::Case => Route::Case(id),
            Kind::Strategy => Route::Strategy(id),
            Kind::Role => Route::Role(id),
            Kind::Recommendation => Route::Recommendation(id),
            Kind::Organisation => Route::Organisation(id),
        }
    }

    /// The kind and id of the object that this page is about, if it is about one.
    pub fn object(&self) -> Option<(Kind, &Slug)> {
        match self {
            Route::Offer(id) => Some((Kind::Offer, id)),
            Route::Case(id) => Some((Kind::Case, id)),
            Route::Strategy(id) => Some((Kind::Strategy, id)),
            Route::Role(id) => Some((Kind::Role, id)),
            Route::Recommendation(id) => Some((Kind::Recommendation, id)),
            Route::Organisation(id) => Some((Kind::Organisation, id)),
            _ => None,
        }
    }

    /// The pages that are there without anybody writing anything, in the order of the sitemap.
    pub fn fixed() -> [Route; 12] {
        [
            Route::Home,
            Route::Search,
            Route::Map,
            Route::MyList,
            Route::Recommendations,
            Route::Strategies,
            Route::Roles,
            Route::Mapping,
            Route::Municipalities,
            Route::About,
            Route::Privacy,
            Route::Accessibility,
        ]
    }

    /// The path in a language: Danish from the root, English under `/en/`.
    pub fn path(&self, language: Language) -> String {
        let mut path = String::with_capacity(64);
        if language == Language::English {
            path.push_str("/en");
        }
        path.push('/');
        if let Route::Desk(desk) = self {
            path.push_str(&desk.path());
            return path;
        }
        let (folder, id) = self.parts();
        path.push_str(folder);
        if let Some(id) = id {
            path.push('/');
            path.push_str(id);
        }
        path.push_str(match self {
            Route::ReportImage(_) | Route::ReportFeedback(_) => REPORT,
            Route::GiveFeedback(_) => GIVE_FEEDBACK,
            _ => "",
        });
        path
    }

    fn parts(&self) -> (&'static str, Option<&str>) {
        match self {
            Route::Home => ("", None),
            Route::Search => ("soeg", None),
            Route::Map => ("kort", None),
            Route::MyList => ("min-liste", None),
            Route::Offer(id) => ("tilbud", Some(id.as_str())),
            Route::Case(id) => ("erfaringer", Some(id.as_str())),
            Route::Recommendations => ("anbefalinger", None),
            Route::Recommendation(id) => ("anbefalinger", Some(id.as_str())),
            Route::Strategies => ("strategier", None),
            Route::Strategy(code) => ("strategier", Some(code.as_str())),
            Route::Roles => ("roller", None),
            Route::Role(code) => ("roller", Some(code.as_str())),
            Route::Organisation(id) => ("organisationer", Some(id.as_str())),
            Route::Mapping => ("kortlaegning", None),
            Route::Municipalities => ("kommuner", None),
            Route::Municipality(slug) => ("kommuner", Some(slug.as_str())),
            Route::About => ("om", None),
            Route::Privacy => ("privatliv", None),
            Route::Accessibility => ("tilgaengelighed", None),
            Route::SignIn => ("log-ind", None),
            Route::SecondStep => ("log-ind/kode", None),
            Route::Newcomer => ("log-ind/ny", None),
            Route::Account => ("konto", None),
            Route::SecondFactor => ("konto/to-trin", None),
            Route::DeleteAccount => ("konto/slet", None),
            Route::SignUp => ("opret-konto", None),
            Route::UploadImage => ("billeder", None),
            Route::UploadFile => ("filer", None),
            Route::ReportImage(id) => ("billeder", Some(id.as_str())),
            Route::GiveFeedback(offer) => ("tilbud", Some(offer.as_str())),
            Route::ReportFeedback(id) => ("tilbagemeldinger", Some(id.as_str())),
            Route::Letters => ("konto/breve", None),
            Route::Desk(_) => ("mit-arbejde", None),
        }
    }

    /// Reads a request's path. The language comes with it even where there is no such page, so that the answer
    /// "not found" is in the reader's language.
    pub fn parse(path: &str) -> (Language, Option<Route>) {
        let path = path.strip_prefix('/').unwrap_or(path);
        let (language, path) = match path.strip_prefix("en") {
            Some("") => (Language::English, ""),
            Some(rest) if rest.starts_with('/') => (Language::English, &rest[1..]),
            _ => (Language::Danish, path),
        };
        let path = path.strip_suffix('/').unwrap_or(path);
        if let Some(desk) = Desk::parse(path) {
            return (language, Some(Route::Desk(desk)));
        }
        let route = match path.split_once('/') {
            None => match path {
                "" => Some(Route::Home),
                "soeg" => Some(Route::Search),
                "kort" => Some(Route::Map),
                "min-liste" => Some(Route::MyList),
                "anbefalinger" => Some(Route::Recommendations),
                "strategier" => Some(Route::Strategies),
                "roller" => Some(Route::Roles),
                "kortlaegning" => Some(Route::Mapping),
                "kommuner" => Some(Route::Municipalities),
                "om" => Some(Route::About),
                "privatliv" => Some(Route::Privacy),
                "tilgaengelighed" => Some(Route::Accessibility),
                "log-ind" => Some(Route::SignIn),
                "opret-konto" => Some(Route::SignUp),
                "konto" => Some(Route::Account),
                "billeder" => Some(Route::UploadImage),
                "filer" => Some(Route::UploadFile),
                _ => None,
            },
            Some(("log-ind", "ny")) => Some(Route::Newcomer),
            Some(("log-ind", "kode")) => Some(Route::SecondStep),
            Some(("konto", "slet")) => Some(Route::DeleteAccount),
            Some(("konto", "to-trin")) => Some(Route::SecondFactor),
            Some(("billeder", rest)) => rest
                .strip_suffix(REPORT)
                .and_then(|id| id.parse().ok())
                .map(Route::ReportImage),
            Some(("tilbagemeldinger", rest)) => rest
                .strip_suffix(REPORT)
                .and_then(|id| id.parse().ok())
                .map(Route::ReportFeedback),
            Some(("tilbud", rest)) if rest.ends_with(GIVE_FEEDBACK) => rest
                .strip_suffix(GIVE_FEEDBACK)
                .and_then(|id| id.parse().ok())
                .map(Route::GiveFeedback),
            Some(("konto", "breve")) => Some(Route::Letters),
            Some((folder, id)) => id.parse::<Slug>().ok().and_then(|id| match folder {
                "tilbud" => Some(Route::Offer(id)),
                "erfaringer" => Some(Route::Case(id)),
                "anbefalinger" => Some(Route::Recommendation(id)),
                "strategier" => Some(Route::Strategy(id)),
                "roller" => Some(Route::Role(id)),
                "organisationer" => Some(Route::Organisation(id)),
                "kommuner" => Some(Route::Municipality(id)),
                _ => None,
            }),
        };
        (language, route)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn slug(text: &str) -> Slug {
        text.parse().expect("a valid slug")
    }

    fn every_route() -> Vec<Route> {
        let mut routes = Route::fixed().to_vec();
        routes.extend([
            Route::Offer(slug("vandhullet")),
            Route::Case(slug("vandhullet")),
            Route::Recommendation(slug("tid")),
            Route::Strategy(slug("plc-contact")),
            Route::Role(slug("contact-person")),
            Route::Organisation(slug("museet")),
            Route::Municipality(slug("vejle")),
            Route::SignIn,
            Route::SecondStep,
            Route::Newcomer,
            Route::Account,
            Route::SecondFactor,
            Route::DeleteAccount,
            Route::SignUp,
            Route::UploadImage,
            Route::UploadFile,
            Route::ReportImage("0f".repeat(32).parse().expect("an id")),
            Route::GiveFeedback(slug("vandhullet")),
            Route::ReportFeedback(FeedbackId::of(15)),
            Route::Letters,
        ]);
        for kind in [Kind::Offer, Kind::Case] {
            routes.extend(
                [
                    Desk::Begin(kind),
                    Desk::Manuscript(kind, slug("aa")),
                    Desk::Write(kind, slug("aa")),
                    Desk::Preview(kind, slug("aa")),
                    Desk::Differences(kind, slug("aa")),
                ]
                .map(Route::Desk),
            );
        }
        routes.extend(
            [
                Desk::Home,
                Desk::Spreadsheet,
                Desk::Organisations,
                Desk::Organisation(slug("museet")),
                Desk::Queue,
                Desk::FeedbackList,
                Desk::Feedback(FeedbackId::of(15)),
                Desk::Links,
            ]
            .map(Route::Desk),
        );
        routes
    }

    #[test]
    fn every_path_reads_back_to_its_route() {
        for language in [Language::Danish, Language::English] {
            for route in every_route() {
                let path = route.path(language);
                assert_eq!(Route::parse(&path), (language, Some(route)), "{path}");
            }
        }
    }

    #[test]
    fn no_two_routes_share_a_path() {
        let paths: std::collections::HashSet<_> = every_route()
            .iter()
            .map(|route| route.path(Language::Danish))
            .collect();
        assert_eq!(paths.len(), every_route().len());
    }

    #[test]
    fn unknown_paths_keep_their_language() {
        assert_eq!(Route::parse("/en/nowhere"), (Language::English, None));
        assert_eq!(Route::parse("/nowhere"), (Language::Danish, None));
        assert_eq!(Route::parse("/tilbud/Æble"), (Language::Danish, None));
        assert_eq!(Route::parse("/tilbud/a/b"), (Language::Danish, None));
        assert_eq!(Route::parse("/energi"), (Language::Danish, None));
        assert_eq!(Route::parse("/billeder/0f/meld"), (Language::Danish, None));
    }

    #[test]
    fn a_trailing_slash_is_forgiven() {
        assert_eq!(
            Route::parse("/soeg/"),
            (Language::Danish, Some(Route::Search))
        );
        assert_eq!(Route::parse("/en"), (Language::English, Some(Route::Home)));
        assert_eq!(Route::parse("/en/"), (Language::English, Some(Route::Home)));
    }
}
