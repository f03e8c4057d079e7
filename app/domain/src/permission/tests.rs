use std::collections::BTreeSet;

use jiff::ToSpan;
use jiff::civil::date;
use proptest::prelude::*;

use super::*;
use crate::agreement::{Agreement, Answer};
use crate::publication::Schedule;
use crate::{Code, OrganisationKind};

const DOCUMENT: &str = include_str!("../../../../docs/permissions.md");

fn id(text: &str) -> Slug {
    text.parse().unwrap()
}

fn ids(texts: &[&str]) -> Vec<Slug> {
    texts.iter().map(|text| id(text)).collect()
}

/// The people of the table: the museum owns the content, the school is its partner in
/// a case, and the museum lies in the municipality.
fn person(name: &str) -> Person {
    use MemberRole::{Curator, Editor, Manager, PlcContact};
    use OrganisationKind::{Institution, Municipality, School};
    let (portal_role, memberships): (_, &[_]) = match name {
        "stranger" => (None, &[("other-museum", Institution, Manager)]),
        "reader" => (None, &[("school", School, PlcContact)]),
        "partner" => (None, &[("school", School, Editor)]),
        "editor" => (None, &[("museum", Institution, Editor)]),
        "manager" | "closed" => (None, &[("museum", Institution, Manager)]),
        "curator" => (None, &[("municipality", Municipality, Curator)]),
        "other curator" => (None, &[("other-municipality", Municipality, Curator)]),
        "portal editor" => (Some(PortalRole::Editor), &[]),
        "sender" => (Some(PortalRole::Editor), &[("museum", Institution, Editor)]),
        "administrator" | "no factor" => (Some(PortalRole::Administrator), &[]),
        other => panic!("nobody is called {other}"),
    };
    Person {
        id: id(&name.replace(' ', "-")),
        portal_role,
        memberships: memberships
            .iter()
            .map(|(organisation, kind, role)| {
                Membership::new(id(organisation), *kind, *role).unwrap()
            })
            .collect(),
        second_factor: name == "administrator",
        closed: name == "closed",
    }
}

const PEOPLE: [&str; 12] = [
    "stranger",
    "reader",
    "partner",
    "editor",
    "manager",
    "curator",
    "other curator",
    "portal editor",
    "sender",
    "administrator",
    "no factor",
    "closed",
];

fn with_actor<T>(name: &str, use_it: impl FnOnce(Actor<'_>) -> T) -> T {
    match name {
        "anonymous" => use_it(Actor::Anonymous),
        "token" => use_it(Actor::Token(PortalRole::Administrator)),
        "editor's token" => use_it(Actor::Token(PortalRole::Editor)),
        "operator" => use_it(Actor::Operator),
        name => use_it(Actor::Person(&person(name))),
    }
}

fn word(decision: Result<(), Refusal>) -> &'static str {
    match decision {
        Ok(()) => "yes",
        Err(Refusal::SignInFirst) => "sign in",
        Err(Refusal::AccountClosed) => "closed",
        Err(Refusal::SecondFactorFirst) => "factor",
        Err(Refusal::SecondFactorStays) => "stays",
        Err(Refusal::OnlyOnTheMachine) => "machine",
        Err(Refusal::OnlyPeople) => "people",
        Err(Refusal::Hidden) => "hidden",
        Err(Refusal::NotYourOrganisation) => "theirs",
        Err(Refusal::NotYourRole) => "role",
        Err(Refusal::OutOfTurn) => "turn",
        Err(Refusal::PartnersDecide) => "partners",
        Err(Refusal::OwnSubmission) => "own",
        Err(Refusal::NotTrusted) => "review",
        Err(Refusal::LastManager) => "last",
        Err(Refusal::OwnOffer) => "own offer",
    }
}

const SITUATIONS: [(&str, Option<State>, Option<State>, bool); 13] = [
    ("nothing", None, None, false),
    ("draft", None, Some(State::Draft), false),
    ("in review", None, Some(State::InReview), false),
    ("approved", None, Some(State::InReview), true),
    ("published", Some(State::Published), None, false),
    (
        "published + draft",
        Some(State::Published),
        Some(State::Draft),
        false,
    ),
    (
        "published + in review",
        Some(State::Published),
        Some(State::InReview),
        false,
    ),
    (
        "published + approved",
        Some(State::Published),
        Some(State::InReview),
        true,
    ),
    ("withdrawn", Some(State::Withdrawn), None, false),
    (
        "withdrawn + draft",
        Some(State::Withdrawn),
        Some(State::Draft),
        false,
    ),
    (
        "withdrawn + in review",
        Some(State::Withdrawn),
        Some(State::InReview),
        false,
    ),
    (
        "withdrawn + approved",
        Some(State::Withdrawn),
        Some(State::InReview),
        true,
    ),
    ("archived", Some(State::Archived), None, false),
];

const KINDS: [&str; 4] = ["offer", "trusted offer", "case", "silent case"];

fn partners() -> Vec<Slug> {
    ids(&["museum", "school"])
}

fn consent(kind: &str, standing: Standing) -> Consent {
    match kind {
        "offer" => Consent::Review { trusted: false },
        "trusted offer" => Consent::Review { trusted: true },
        _ => Consent::Partners {
            partners: partners(),
            standing,
        },
    }
}

/// A step of the table, by name.
fn with_step<T>(name: &str, content: &Content, use_it: impl FnOnce(Action<'_>) -> T) -> T {
    let school = id("school");
    match name {
        "read" => use_it(Action::Read(content)),
        "read draft" => use_it(Action::ReadDraft(content)),
        "answer: approve" => use_it(Action::Answer(Reply::Approve, &school, content)),
        "answer: ask for changes" => use_it(Action::Answer(Reply::AskForChanges, &school, content)),
        "answer: take off" => use_it(Action::Answer(Reply::TakeOff, &school, content)),
        name => {
            let step = name.replace(' ', "-").parse().unwrap();
            use_it(Action::Take(step, content))
        }
    }
}

fn steps() -> Vec<String> {
    ["read", "read draft"]
        .map(str::to_owned)
        .into_iter()
        .chain(Step::all().iter().map(|step| step.code().replace('-', " ")))
        .chain(
            Reply::all()
                .iter()
                .map(|reply| format!("answer: {}", reply.code().replace('-', " "))),
        )
        .collect()
}

/// The cells of the document's table whose first column has this heading, the heading first.
fn table(heading: &str) -> Vec<Vec<&'static str>> {
    let rows: Vec<Vec<&str>> = DOCUMENT
        .lines()
        .skip_while(|line| !line.starts_with(&format!("| {heading} |")))
        .take_while(|line| line.starts_with('|'))
        .filter(|line| !line.contains("---"))
        .map(|line| line.trim_matches('|').split('|').map(str::trim).collect())
        .collect();
    assert!(!rows.is_empty(), "the document has no table {heading}");
    rows
}

fn columns() -> Vec<&'static str> {
    let mut columns = vec!["anonymous"];
    columns.extend(PEOPLE);
    columns.extend(["token", "editor's token", "operator"]);
    columns
}

fn check_cells(row: &str, cells: &[&str], decide_for: impl Fn(Actor<'_>) -> Result<(), Refusal>) {
    let columns = columns();
    assert_eq!(cells.len(), columns.len(), "{row}: a cell for each actor");
    for (actor, expected) in columns.iter().zip(cells) {
        let found = with_actor(actor, |actor| word(decide_for(actor)));
        assert_eq!(found, *expected, "{row}: {actor}");
    }
}

#[test]
fn the_portal_as_the_document_says() {
    let editor = id("editor");
    let actions = [
        ("read what is published", Action::ReadPublished),
        ("keep an own list", Action::KeepOwnList),
        ("keep one's account", Action::KeepOwnAccount),
        ("enrol a second factor", Action::EnrolSecondFactor),
        ("remove one's second factor", Action::RemoveSecondFactor),
        ("import", Action::Import),
        ("export", Action::Export),
        ("manage the sample content", Action::ManageSample),
        ("close an organisation", Action::CloseOrganisation),
        ("read the audit log", Action::ReadAuditLog),
        ("see the mail queue", Action::ReadMailQueue),
        ("manage tokens", Action::ManageTokens),
        ("create accounts", Action::ManageAccounts),
        ("operate the portal", Action::Operate),
        ("upload images and files", Action::Upload),
        (
            "see what the editor has uploaded",
            Action::ReadUpload(&editor),
        ),
        ("judge reported images", Action::JudgeReportedImages),
        ("see reported feedback", Action::ReadReportedFeedback),
    ];
    let table = table("action");
    assert_eq!(table[0][1..], columns());
    assert_eq!(table.len() - 1, actions.len());
    for (row, (name, action)) in table[1..].iter().zip(actions) {
        assert_eq!(row[0], name);
        check_cells(name, &row[1..], |actor| decide(actor, action));
    }
}

#[test]
fn organisations_as_the_document_says() {
    let with_managers = |names: &[&str]| Members {
        organisation: id("museum"),
        municipality: Some(id("municipality")),
        people: names
            .iter()
            .map(|name| (id(name), MemberRole::Manager))
            .chain([(id("editor"), MemberRole::Editor)])
            .collect(),
    };
    let two = with_managers(&["manager", "somebody-else"]);
    let one = with_managers(&["manager"]);
    let actions = [
        ("ask to join", Action::AskToJoin(&one)),
        ("leave, two managers", Action::Leave(&two)),
        ("leave, one manager", Action::Leave(&one)),
        ("edit the organisation", Action::EditOrganisation(&one)),
        ("manage its members", Action::ManageMembers(&one)),
        ("trust it to publish directly", Action::Trust(&one)),
    ];
    let table = table("of an organisation");
    assert_eq!(table[0][1..], columns());
    assert_eq!(table.len() - 1, actions.len());
    for (row, (name, action)) in table[1..].iter().zip(actions) {
        assert_eq!(row[0], name);
        check_cells(name, &row[1..], |actor| decide(actor, action));
    }
}

#[test]
fn feedback_as_the_document_says() {
    use crate::feedback::{FeedbackStep, Judgement, Progress};
    let in_state = |standing| {
        let publication = Publication::of(Some(standing), None, false, Schedule::default());
        content("offer", publication.unwrap())
    };
    let published = in_state(State::Published);
    let withdrawn = in_state(State::Withdrawn);
    let case = content("case", Publication::PUBLISHED);
    let unverified = Progress::default();
    let given = Progress::GIVEN;
    let reported = Progress {
        reported: true,
        ..given
    };
    let down = Progress {
        judgement: Some(Judgement::Down),
        ..given
    };
    let actions = [
        ("give", Action::GiveFeedback(&published)),
        (
            "give on a withdrawn offer",
            Action::GiveFeedback(&withdrawn),
        ),
        ("give on a case", Action::GiveFeedback(&case)),
        ("read as the owner", Action::ReadFeedback(&published)),
        (
            "read as the owner of a withdrawn offer",
            Action::ReadFeedback(&withdrawn),
        ),
        ("answer", Action::AnswerFeedback(given, &published)),
        (
            "answer what is reported",
            Action::AnswerFeedback(reported, &published),
        ),
        (
            "answer what is not verified",
            Action::AnswerFeedback(unverified, &published),
        ),
        (
            "answer what is taken down",
            Action::AnswerFeedback(down, &published),
        ),
        ("report", Action::ReportFeedback(given)),
        (
            "report what is not verified",
            Action::ReportFeedback(unverified),
        ),
        ("report what is taken down", Action::ReportFeedback(down)),
        (
            "let stand what is reported",
            Action::JudgeFeedback(FeedbackStep::LetStand, reported),
        ),
        (
            "take down what is reported",
            Action::JudgeFeedback(FeedbackStep::TakeDown, reported),
        ),
        (
            "take down what is not reported",
            Action::JudgeFeedback(FeedbackStep::TakeDown, given),
        ),
        (
            "undo a decision",
            Action::JudgeFeedback(FeedbackStep::Reopen, down),
        ),
    ];
    let table = table("of feedback");
    assert_eq!(table[0][1..], columns());
    assert_eq!(table.len() - 1, actions.len());
    for (row, (name, action)) in table[1..].iter().zip(actions) {
        assert_eq!(row[0], name);
        check_cells(name, &row[1..], |actor| decide(actor, action));
    }
}

/// How exactly a cell names a state: by its name, or by a group that others are left over in.
fn fit(cell: &str, situation: &str) -> Option<u8> {
    let is_public = situation.starts_with("published");
    let in_group = match cell {
        "any other" => true,
        "other public" => is_public,
        "other hidden" => !is_public && situation != "nothing",
        names => return names.split(", ").any(|name| name == situation).then_some(0),
    };
    in_group.then_some(1)
}

#[test]
fn offers_and_cases_as_the_document_says() {
    let table = table("step");
    assert_eq!(table[0][3..], columns());
    let rows = &table[1..];
    let mut used = BTreeSet::new();
    for step in steps() {
        for kind in KINDS {
            for (situation, standing_text, draft, approved) in SITUATIONS {
                let name = format!("{step}, {kind}, {situation}");
                let matching: Vec<(u8, usize)> = rows
                    .iter()
                    .enumerate()
                    .filter(|(_, row)| row[0] == step)
                    .filter(|(_, row)| row[1] == "any" || row[1].split(", ").any(|it| it == kind))
                    .filter_map(|(index, row)| Some((fit(row[2], situation)?, index)))
                    .collect();
                let best = matching.iter().map(|(fit, _)| *fit).min();
                let best: Vec<usize> = matching
                    .iter()
                    .filter(|(fit, _)| Some(*fit) == best)
                    .map(|(_, index)| *index)
                    .collect();
                assert_eq!(best.len(), 1, "one row for {name}");
                used.insert(best[0]);
                let standings: &[Standing] = match kind {
                    "silent case" => &[Standing::Silent, Standing::Agreed],
                    _ => &[Standing::Waiting, Standing::Objected],
                };
                for standing in standings {
                    let content = Content {
                        owners: ids(&["museum"]),
                        municipality: Some(id("municipality")),
                        publication: Publication::of(
                            standing_text,
                            draft,
                            approved,
                            Schedule::default(),
                        )
                        .unwrap(),
                        submitted_by: Some(id("sender")),
                        consent: consent(kind, *standing),
                    };
                    check_cells(&name, &rows[best[0]][3..], |actor| {
                        with_step(&step, &content, |action| decide(actor, action))
                    });
                }
            }
        }
    }
    assert_eq!(used.len(), rows.len(), "every row is of use");
}

fn content(kind: &str, publication: Publication) -> Content {
    Content {
        owners: ids(&["museum"]),
        municipality: Some(id("municipality")),
        publication,
        submitted_by: None,
        consent: consent(kind, Standing::Waiting),
    }
}

fn in_review() -> Publication {
    Publication::of(None, Some(State::InReview), false, Schedule::default()).unwrap()
}

#[test]
fn a_curator_who_sent_it_does_not_approve_it_unless_trusted() {
    let mut both = person("curator");
    both.memberships.extend(person("editor").memberships);
    for (kind, expected) in [
        ("offer", Err(Refusal::OwnSubmission)),
        ("trusted offer", Ok(())),
    ] {
        let mut content = content(kind, in_review());
        content.submitted_by = Some(both.id.clone());
        let action = Action::Take(Step::Approve, &content);
        assert_eq!(decide(Actor::Person(&both), action), expected, "{kind}");
        content.submitted_by = Some(id("editor"));
        let action = Action::Take(Step::Approve, &content);
        assert_eq!(decide(Actor::Person(&both), action), Ok(()), "{kind}");
    }
}

#[test]
fn whoever_sent_a_case_does_not_also_answer_for_another_partner() {
    let mut both = person("editor");
    both.memberships.extend(person("partner").memberships);
    let mut content = content("case", in_review());
    content.submitted_by = Some(both.id.clone());
    let school = id("school");
    let action = Action::Answer(Reply::Approve, &school, &content);
    assert_eq!(
        decide(Actor::Person(&both), action),
        Err(Refusal::OwnSubmission)
    );
}

#[test]
fn a_municipality_does_not_trust_itself() {
    let own = Members {
        organisation: id("municipality"),
        municipality: Some(id("municipality")),
        people: vec![(id("curator"), MemberRole::Curator)],
    };
    assert_eq!(
        decide(Actor::Person(&person("curator")), Action::Trust(&own)),
        Err(Refusal::NotYourRole)
    );
}

/// An offer or a case, and whom it has asked, as it goes from step to step.
struct Life {
    content: Content,
    agreement: Option<Agreement>,
    revision: u64,
    today: Date,
}

impl Life {
    /// Does what the actor asks, if it is allowed; says whether it was.
    fn ask(&mut self, actor: &str, name: &str) -> bool {
        let allowed = with_actor(actor, |actor| {
            with_step(name, &self.content, |action| decide(actor, action))
        });
        if allowed.is_err() {
            return false;
        }
        if let Some(reply) = name.strip_prefix("answer: ") {
            let answer = Answer {
                partner: id("school"),
                revision: self.revision,
                reply: reply.replace(' ', "-").parse().unwrap(),
                on: self.today,
            };
            // A published case can be answered about before any agreement is asked for again.
            if let Some(agreement) = &mut self.agreement {
                agreement.note(answer).unwrap();
            }
            return true;
        }
        let Ok(step) = name.replace(' ', "-").parse::<Step>() else {
            return true;
        };
        let was_public = self.content.publication.is_public();
        let before = self.content.publication;
        self.content.publication = match step {
            Step::Schedule => {
                let schedule = Schedule {
                    publish_on: Some(self.today.saturating_add(20.days())),
                    withdraw_on: Some(self.today.saturating_add(60.days())),
                };
                before.schedule(schedule, self.today).unwrap()
            }
            step => before.take(step, self.today).unwrap(),
        };
        match step {
            Step::Save => self.revision += 1,
            Step::Submit => {
                // Whoever runs the machine is nobody with an account, and outside this rule.
                self.content.submitted_by =
                    (actor != "operator").then(|| id(&actor.replace(' ', "-")));
                self.agreement = Some(Agreement::ask(
                    partners(),
                    &id("museum"),
                    self.revision,
                    self.today,
                ));
            }
            _ => {}
        }
        let becomes_public = step != Step::DeleteDraft
            && before.draft().is_some()
            && self.content.publication.draft().is_none()
            && self.content.publication.is_public();
        if becomes_public {
            match &self.content.consent {
                Consent::Review { trusted: true } => {}
                Consent::Review { trusted: false } => {
                    assert_eq!(step, Step::Approve);
                    assert_ne!(
                        self.content.submitted_by.as_ref().map(Slug::as_str),
                        Some(actor.replace(' ', "-").as_str())
                    );
                }
                Consent::Partners { standing, .. } => {
                    assert!(matches!(standing, Standing::Agreed | Standing::Silent));
                }
            }
        } else {
            assert!(was_public || !self.content.publication.is_public());
        }
        true
    }

    /// Nobody outside owners, partners and editors sees what is not public; the municipality's
    /// curators see it only when it has been sent for review.
    fn check_readers(&self) {
        let publication = self.content.publication;
        let read = |name: &str, action| with_actor(name, |actor| decide(actor, action));
        for outsider in ["anonymous", "stranger", "other curator", "curator"] {
            let may = read(outsider, Action::Read(&self.content)).is_ok();
            assert_eq!(may, publication.is_public(), "{outsider} reads");
            let sent_to_them =
                outsider == "curator" && publication.draft() == Some(State::InReview);
            let may = read(outsider, Action::ReadDraft(&self.content)).is_ok();
            assert_eq!(may, sent_to_them, "{outsider} reads the draft");
        }
        for partner in ["partner", "reader"] {
            let is_case = matches!(self.content.consent, Consent::Partners { .. });
            let may = read(partner, Action::ReadDraft(&self.content)).is_ok();
            assert_eq!(may, is_case && publication.draft().is_some(), "{partner}");
        }
        for shut_out in ["closed", "no factor"] {
            assert!(read(shut_out, Action::ReadDraft(&self.content)).is_err());
        }
        for insider in ["editor", "manager", "portal editor", "administrator"] {
            let may = read(insider, Action::ReadDraft(&self.content)).is_ok();
            assert_eq!(may, publication.draft().is_some(), "{insider}");
        }
    }
}

proptest! {
    #[test]
    fn what_is_not_published_is_read_by_nobody_outside(
        kind in prop::sample::select(&["offer", "trusted offer", "case"][..]),
        (_, standing, draft, approved) in prop::sample::select(&SITUATIONS[..]),
        wishes in prop::collection::vec(
            (0..columns().len(), prop::sample::select(steps()), 0..10_i32),
            0..80,
        ),
    ) {
        let mut life = Life {
            content: content(
                kind,
                Publication::of(standing, draft, approved, Schedule::default()).unwrap(),
            ),
            agreement: None,
            revision: 0,
            today: date(2026, 8, 1),
        };
        life.check_readers();
        for (first, step, days) in wishes {
            life.today = life.today.saturating_add(days.days());
            let today = life.today;
            life.content.publication = life.content.publication.come_due(today);
            life.check_readers();
            if let (Consent::Partners { standing, .. }, Some(agreement)) =
                (&mut life.content.consent, &life.agreement)
            {
                *standing = agreement.standing(today);
            }
            // Whoever may does it, so that a life gets far; where to begin is chance.
            columns()
                .into_iter()
                .cycle()
                .skip(first)
                .take(columns().len())
                .any(|actor| life.ask(actor, &step));
            life.check_readers();
        }
    }
}
