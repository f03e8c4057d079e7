//! The addresses of one's own work: `/mit-arbejde` and what is below it.

use domain::feedback::FeedbackId;
use domain::{Kind, Slug};

/// A page of one's own work.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Desk {
    /// What waits, one's drafts, one's organisations.
    Home,
    /// Begins an offer or a case.
    Begin(Kind),
    /// An offer or a case as its writers see it.
    Manuscript(Kind, Slug),
    /// Its form.
    Write(Kind, Slug),
    /// It as readers will see it.
    Preview(Kind, Slug),
    /// What its draft changes, and its history.
    Differences(Kind, Slug),
    /// The offers of a spreadsheet, before they become drafts.
    Spreadsheet,
    /// Finding one's organisation, or making it.
    Organisations,
    /// The people of an organisation, and what it is allowed.
    Organisation(Slug),
    /// What waits for the editors.
    Queue,
    /// Teachers' feedback on the offers of one's organisations.
    FeedbackList,
    /// One of them, to read and answer.
    Feedback(FeedbackId),
    /// Where a form has a link looked at again.
    Links,
}

const FOLDER: &str = "mit-arbejde";
const OFFERS: &str = "forloeb";
const CASES: &str = "erfaringer";
const ORGANISATIONS: &str = "organisationer";
const FEEDBACK: &str = "tilbagemeldinger";

impl Desk {
    /// The path without the language.
    pub fn path(&self) -> String {
        let rest = match self {
            Desk::Home => return FOLDER.to_owned(),
            Desk::Begin(Kind::Case) => "ny-erfaring".to_owned(),
            Desk::Begin(_) => "nyt-forloeb".to_owned(),
            Desk::Manuscript(kind, id) => format!("{}/{id}", folder(*kind)),
            Desk::Write(kind, id) => format!("{}/{id}/skriv", folder(*kind)),
            Desk::Preview(kind, id) => format!("{}/{id}/vis", folder(*kind)),
            Desk::Differences(kind, id) => format!("{}/{id}/historik", folder(*kind)),
            Desk::Spreadsheet => "regneark".to_owned(),
            Desk::Organisations => ORGANISATIONS.to_owned(),
            Desk::Organisation(id) => format!("{ORGANISATIONS}/{id}"),
            Desk::Queue => "redaktion".to_owned(),
            Desk::FeedbackList => FEEDBACK.to_owned(),
            Desk::Feedback(id) => format!("{FEEDBACK}/{id}"),
            Desk::Links => "links".to_owned(),
        };
        format!("{FOLDER}/{rest}")
    }

    /// Reads a path without the language.
    pub fn parse(path: &str) -> Option<Desk> {
        let parts: Vec<&str> = path.split('/').collect();
        let (first, rest) = parts.split_first()?;
        if *first != FOLDER {
            return None;
        }
        let id = |text: &str| text.parse::<Slug>().ok();
        Some(match rest {
            [] => Desk::Home,
            ["nyt-forloeb"] => Desk::Begin(Kind::Offer),
            ["ny-erfaring"] => Desk::Begin(Kind::Case),
            ["regneark"] => Desk::Spreadsheet,
            ["redaktion"] => Desk::Queue,
            [FEEDBACK] => Desk::FeedbackList,
            [FEEDBACK, feedback] => Desk::Feedback(feedback.parse().ok()?),
            ["links"] => Desk::Links,
            [ORGANISATIONS] => Desk::Organisations,
            [ORGANISATIONS, organisation] => Desk::Organisation(id(organisation)?),
            [folder, object] => Desk::Manuscript(kind(folder)?, id(object)?),
            [folder, object, "skriv"] => Desk::Write(kind(folder)?, id(object)?),
            [folder, object, "vis"] => Desk::Preview(kind(folder)?, id(object)?),
            [folder, object, "historik"] => Desk::Differences(kind(folder)?, id(object)?),
            _ => return None,
        })
    }
}

fn folder(kind: Kind) -> &'static str {
    match kind {
        Kind::Case => CASES,
        _ => OFFERS,
    }
}

fn kind(folder: &str) -> Option<Kind> {
    match folder {
        OFFERS => Some(Kind::Offer),
        CASES => Some(Kind::Case),
        _ => None,
    }
}
