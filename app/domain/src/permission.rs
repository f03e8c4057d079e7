//! Who may do what. Every read of what is not public and every write asks here, whichever way it
//! comes: page, API or command line. `docs/permissions.md` has the whole table, which the tests read.

use jiff::civil::Date;

use crate::Slug;
use crate::agreement::{Reply, Standing};
use crate::feedback::{FeedbackStep, Progress};
use crate::membership::{MemberRole, Members, Membership, PortalRole};
use crate::publication::{Publication, State, Step};

/// Who acts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Actor<'a> {
    /// Someone who has not signed in.
    Anonymous,
    /// Someone who has signed in.
    Person(&'a Person),
    /// A program with a token that is good for what the role may do.
    Token(PortalRole),
    /// Whoever runs the program on its machine: the command line, start-up and jobs.
    Operator,
}

/// Someone with an account, as permissions see them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Person {
    /// The account's id.
    pub id: Slug,
    /// Their role in the portal as a whole, if any.
    pub portal_role: Option<PortalRole>,
    /// Their roles in organisations.
    pub memberships: Vec<Membership>,
    /// Whether the account has a second factor, and this sign-in has shown it.
    pub second_factor: bool,
    /// Whether the account is closed.
    pub closed: bool,
}

/// An offer or a case, as permissions see it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Content {
    /// The organisations that write it and answer for it: an offer's provider, and whoever writes a
    /// case.
    pub owners: Vec<Slug>,
    /// The municipality that it lies in, as an organisation of the portal: its curators review it.
    pub municipality: Option<Slug>,
    /// Where it is on its way to readers.
    pub publication: Publication,
    /// Who sent the draft for review.
    pub submitted_by: Option<Slug>,
    /// Whose consent it needs.
    pub consent: Consent,
}

/// Whose consent makes a draft public.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Consent {
    /// An offer: that of someone who reviews it, unless its provider is trusted to publish directly.
    Review {
        /// Whether the provider is trusted.
        trusted: bool,
    },
    /// A case: that of its partners.
    Partners {
        /// The partners that it names, in the text that stands or in the draft.
        partners: Vec<Slug>,
        /// How far they have come today.
        standing: Standing,
    },
}

/// What is to be done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Action<'a> {
    /// Read what is published.
    ReadPublished,
    /// Read and write one's own saved list in the browser.
    KeepOwnList,
    /// See and change one's own account, its sign-ins, mail and data.
    KeepOwnAccount,
    /// Give one's own account a second factor, or a new one.
    EnrolSecondFactor,
    /// Take the second factor from one's own account.
    RemoveSecondFactor,
    /// Create and update objects in the exchange format.
    Import,
    /// Export everything.
    Export,
    /// Remove the sample content, or put it back.
    ManageSample,
    /// Say that an organisation has closed, and what follows it.
    CloseOrganisation,
    /// Read who did what when.
    ReadAuditLog,
    /// See the mail that waits to be sent, and what failed.
    ReadMailQueue,
    /// Create and revoke tokens.
    ManageTokens,
    /// Create accounts.
    ManageAccounts,
    /// Back up, restore and rebuild the index.
    Operate,
    /// Upload an image or a file, for something one writes.
    Upload,
    /// See what this person has uploaded while nothing published shows it.
    ReadUpload(&'a Slug),
    /// See the images that readers have reported, and decide what becomes of them.
    JudgeReportedImages,
    /// See the feedback that has been reported.
    ReadReportedFeedback,
    /// Decide what becomes of feedback that was reported, or undo what was decided.
    JudgeFeedback(FeedbackStep, Progress),
    /// Give feedback on an offer.
    GiveFeedback(&'a Content),
    /// Read the feedback on an offer as its owner.
    ReadFeedback(&'a Content),
    /// Answer feedback on an offer, and revise the offer because of it.
    AnswerFeedback(Progress, &'a Content),
    /// Report feedback that one sees.
    ReportFeedback(Progress),
    /// Ask to become a member of an organisation.
    AskToJoin(&'a Members),
    /// Give up every role in an organisation.
    Leave(&'a Members),
    /// Change what is said of an organisation.
    EditOrganisation(&'a Members),
    /// Invite, approve and dismiss members, and give them roles.
    ManageMembers(&'a Members),
    /// Let an organisation publish directly, or no longer.
    Trust(&'a Members),
    /// Read the text that stands: published, withdrawn or archived.
    Read(&'a Content),
    /// Read the draft, whether sent for review or not.
    ReadDraft(&'a Content),
    /// Take a step with an offer or a case.
    Take(Step, &'a Content),
    /// Answer for a partner of a case.
    Answer(Reply, &'a Slug, &'a Content),
}

/// Why something is not allowed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Refusal {
    /// The actor must sign in or show a token first.
    SignInFirst,
    /// The account is closed.
    AccountClosed,
    /// An administrator's account needs a second factor before it is of use.
    SecondFactorFirst,
    /// An administrator's account keeps its second factor.
    SecondFactorStays,
    /// It can only be done on the machine that runs the portal.
    OnlyOnTheMachine,
    /// A person has to do it, under their own name.
    OnlyPeople,
    /// The actor is not to know whether it exists: the answer is that there is nothing here.
    Hidden,
    /// It belongs to an organisation that the actor is not in.
    NotYourOrganisation,
    /// The actor's role does not include it.
    NotYourRole,
    /// It is not the time for it: the state does not have the step.
    OutOfTurn,
    /// The partners of the case decide, and have not.
    PartnersDecide,
    /// Somebody else has to approve what the actor sent.
    OwnSubmission,
    /// The organisation is not trusted to publish directly: it is sent for review.
    NotTrusted,
    /// The last manager cannot leave.
    LastManager,
    /// Nobody gives feedback on what their own organisation offers.
    OwnOffer,
}

impl Person {
    fn has(&self, organisation: &Slug, fits: impl Fn(MemberRole) -> bool) -> bool {
        self.memberships
            .iter()
            .any(|held| held.organisation() == organisation && fits(held.role()))
    }

    fn is_in(&self, organisation: &Slug) -> bool {
        self.has(organisation, |_| true)
    }

    fn writes_for(&self, organisation: &Slug) -> bool {
        self.has(organisation, MemberRole::writes)
    }

    fn curates_for(&self, municipality: Option<&Slug>) -> bool {
        municipality.is_some_and(|id| self.has(id, |role| role == MemberRole::Curator))
    }

    fn is_administrator(&self) -> bool {
        self.portal_role == Some(PortalRole::Administrator)
    }

    fn owns(&self, content: &Content) -> bool {
        content.owners.iter().any(|owner| self.writes_for(owner))
    }

    fn reviews(&self, content: &Content) -> bool {
        self.portal_role.is_some() || self.curates_for(content.municipality.as_ref())
    }

    fn is_inside(&self, content: &Content) -> bool {
        content
            .owners
            .iter()
            .chain(content.partners())
            .any(|organisation| self.is_in(organisation))
            || self.portal_role.is_some()
    }

    /// Curators see what is sent to them, and nothing that is still being written.
    fn sees_draft(&self, content: &Content) -> bool {
        self.is_inside(content)
            || content.publication.draft() == Some(State::InReview) && self.reviews(content)
    }

    /// Why it is not this person's to do, telling nothing about what they may not see.
    fn not_theirs(&self, content: &Content) -> Refusal {
        let publication = content.publication;
        let is_new = publication.standing().is_none() && publication.draft().is_none();
        if !is_new && !publication.is_public() && !self.sees_draft(content) {
            Refusal::Hidden
        } else if content.owners.iter().any(|owner| self.is_in(owner)) {
            Refusal::NotYourRole
        } else {
            Refusal::NotYourOrganisation
        }
    }
}

impl Content {
    fn partners(&self) -> &[Slug] {
        match &self.consent {
            Consent::Partners { partners, .. } => partners,
            Consent::Review { .. } => &[],
        }
    }

    fn allows(&self, step: Step) -> Result<(), Refusal> {
        // On which day makes no difference to whether a step is in turn.
        match self.publication.take(step, Date::MIN) {
            Ok(_) => Ok(()),
            Err(_) => Err(Refusal::OutOfTurn),
        }
    }

    fn has_consent(&self, step: Step) -> Result<(), Refusal> {
        match (&self.consent, step) {
            (
                Consent::Partners {
                    standing: Standing::Agreed | Standing::Silent,
                    ..
                },
                Step::Approve,
            ) => Ok(()),
            (Consent::Partners { .. }, Step::Approve | Step::PublishDirectly) => {
                Err(Refusal::PartnersDecide)
            }
            (Consent::Review { trusted: false }, Step::PublishDirectly) => Err(Refusal::NotTrusted),
            _ => Ok(()),
        }
    }

    fn is_trusted(&self) -> bool {
        self.consent == Consent::Review { trusted: true }
    }
}

/// Decides whether the actor may take the action.
///
/// # Errors
/// The reason why not.
pub fn decide(actor: Actor<'_>, action: Action<'_>) -> Result<(), Refusal> {
    match (actor, action) {
        (Actor::Person(person), _) if person.closed => Err(Refusal::AccountClosed),
        (_, Action::ReadPublished | Action::KeepOwnList) => Ok(()),
        (_, Action::Read(content)) if content.publication.is_public() => Ok(()),
        (Actor::Anonymous, Action::Read(_)) => Err(Refusal::Hidden),
        // Whoever has no account is known by their e-mail address before it counts.
        (Actor::Anonymous, Action::GiveFeedback(content)) => can_be_told_of(content),
        (Actor::Anonymous, Action::ReportFeedback(progress)) => can_be_reported(progress),
        (Actor::Anonymous, _) => Err(Refusal::SignInFirst),
        (Actor::Person(person), action) => decide_for_person(person, action),
        (Actor::Token(role), action) => decide_for_token(role, action),
        (Actor::Operator, action) => decide_for_operator(action),
    }
}

fn decide_for_operator(action: Action<'_>) -> Result<(), Refusal> {
    match action {
        Action::Read(content) => something(content.publication.standing()),
        Action::ReadDraft(content) => something(content.publication.draft()),
        Action::Take(step, content) => {
            content.allows(step)?;
            content.has_consent(step)
        }
        Action::Answer(..)
        | Action::AskToJoin(_)
        | Action::Leave(_)
        | Action::KeepOwnAccount
        | Action::EnrolSecondFactor
        | Action::RemoveSecondFactor
        | Action::Upload
        | Action::JudgeReportedImages
        | Action::ReadReportedFeedback
        | Action::JudgeFeedback(..)
        | Action::GiveFeedback(_)
        | Action::ReadFeedback(_)
        | Action::AnswerFeedback(..)
        | Action::ReportFeedback(_) => Err(Refusal::OnlyPeople),
        _ => Ok(()),
    }
}

fn decide_for_token(role: PortalRole, action: Action<'_>) -> Result<(), Refusal> {
    match action {
        Action::Import
        | Action::Export
        | Action::ManageSample
        | Action::ReadAuditLog
        | Action::ReadMailQueue => role_needed(role == PortalRole::Administrator),
        Action::ManageTokens | Action::ManageAccounts | Action::Operate => {
            Err(Refusal::OnlyOnTheMachine)
        }
        Action::Read(content) => something(content.publication.standing()),
        Action::ReadDraft(content) => something(content.publication.draft()),
        Action::ReadUpload(_) => Ok(()),
        _ => Err(Refusal::OnlyPeople),
    }
}

fn decide_for_person(person: &Person, action: Action<'_>) -> Result<(), Refusal> {
    if person.is_administrator() && !person.second_factor && action != Action::EnrolSecondFactor {
        return Err(Refusal::SecondFactorFirst);
    }
    match action {
        Action::ReadPublished
        | Action::KeepOwnList
        | Action::KeepOwnAccount
        | Action::EnrolSecondFactor
        | Action::AskToJoin(_) => Ok(()),
        Action::RemoveSecondFactor if person.is_administrator() => Err(Refusal::SecondFactorStays),
        Action::RemoveSecondFactor => Ok(()),
        Action::Import
        | Action::Export
        | Action::ManageSample
        | Action::ReadAuditLog
        | Action::ReadMailQueue => role_needed(person.is_administrator()),
        Action::CloseOrganisation => role_needed(person.portal_role.is_some()),
        Action::ManageTokens | Action::ManageAccounts | Action::Operate => {
            Err(Refusal::OnlyOnTheMachine)
        }
        Action::Upload => {
            let writes = person.memberships.iter().any(|held| held.role().writes());
            if writes || person.is_administrator() {
                Ok(())
            } else {
                Err(Refusal::NotYourRole)
            }
        }
        Action::ReadUpload(uploader) if *uploader == person.id || person.portal_role.is_some() => {
            Ok(())
        }
        Action::ReadUpload(_) => Err(Refusal::Hidden),
        Action::JudgeReportedImages | Action::ReadReportedFeedback => {
            role_needed(person.portal_role.is_some())
        }
        Action::JudgeFeedback(step, progress) => {
            role_needed(person.portal_role.is_some())?;
            in_turn(progress, step)
        }
        Action::GiveFeedback(content) => {
            can_be_told_of(content)?;
            if content.owners.iter().any(|owner| person.is_in(owner)) {
                return Err(Refusal::OwnOffer);
            }
            Ok(())
        }
        Action::ReadFeedback(content) if person.owns(content) => Ok(()),
        Action::ReadFeedback(content) => Err(person.not_theirs(content)),
        Action::AnswerFeedback(progress, content) if person.owns(content) => {
            in_turn(progress, FeedbackStep::Answer)
        }
        Action::AnswerFeedback(_, content) => Err(person.not_theirs(content)),
        Action::ReportFeedback(progress) => can_be_reported(progress),
        Action::Leave(members) if !person.is_in(&members.organisation) => {
            Err(Refusal::NotYourOrganisation)
        }
        Action::Leave(members) => members
            .may_leave(&person.id)
            .map_err(|_| Refusal::LastManager),
        Action::EditOrganisation(members) => {
            let may = person.portal_role.is_some() || manages(person, members);
            or_not_theirs(may, person, members)
        }
        Action::ManageMembers(members) => {
            let may = person.is_administrator() || manages(person, members);
            or_not_theirs(may, person, members)
        }
        Action::Trust(members) => {
            let decides =
                person.portal_role.is_some() || person.curates_for(members.municipality.as_ref());
            // Nobody lets their own organisation past the reviewers.
            let may = decides && !person.is_in(&members.organisation);
            or_not_theirs(may, person, members)
        }
        Action::Read(content) if !person.is_inside(content) => Err(Refusal::Hidden),
        Action::Read(content) => something(content.publication.standing()),
        Action::ReadDraft(content) if !person.sees_draft(content) => Err(Refusal::Hidden),
        Action::ReadDraft(content) => something(content.publication.draft()),
        Action::Take(step, content) => decide_step(person, step, content),
        Action::Answer(reply, partner, content) => decide_answer(person, reply, partner, content),
    }
}

fn decide_step(person: &Person, step: Step, content: &Content) -> Result<(), Refusal> {
    let is_theirs = match step {
        Step::Save
        | Step::Submit
        | Step::TakeBack
        | Step::PublishDirectly
        | Step::DeleteDraft
        | Step::Schedule
        | Step::Confirm => person.owns(content),
        Step::Approve | Step::AskForChanges | Step::Decline => {
            person.reviews(content)
                && (content.publication.is_public() || person.sees_draft(content))
        }
        Step::Withdraw | Step::Archive | Step::Restore => {
            person.owns(content) || person.portal_role.is_some()
        }
    };
    if !is_theirs {
        return Err(person.not_theirs(content));
    }
    content.allows(step)?;
    content.has_consent(step)?;
    let approves_own = step == Step::Approve && content.submitted_by.as_ref() == Some(&person.id);
    if approves_own && !content.is_trusted() {
        return Err(Refusal::OwnSubmission);
    }
    Ok(())
}

fn decide_answer(
    person: &Person,
    reply: Reply,
    partner: &Slug,
    content: &Content,
) -> Result<(), Refusal> {
    if !content.partners().contains(partner) || !person.is_in(partner) {
        return Err(match person.not_theirs(content) {
            Refusal::Hidden => Refusal::Hidden,
            _ => Refusal::NotYourOrganisation,
        });
    }
    if !person.writes_for(partner) {
        return Err(Refusal::NotYourRole);
    }
    let publication = content.publication;
    match reply {
        Reply::Approve => {
            content.allows(Step::Approve)?;
            if content.submitted_by.as_ref() == Some(&person.id) {
                return Err(Refusal::OwnSubmission);
            }
            Ok(())
        }
        Reply::AskForChanges => content.allows(Step::AskForChanges),
        Reply::TakeOff => something(publication.draft().or(publication.standing())),
    }
}

/// Feedback is given on what readers have: an offer that is published.
fn can_be_told_of(content: &Content) -> Result<(), Refusal> {
    let is_offer = matches!(content.consent, Consent::Review { .. });
    if is_offer && content.publication.is_public() {
        Ok(())
    } else {
        Err(Refusal::Hidden)
    }
}

/// What is not there to be seen cannot be reported, and nobody is told that it was.
fn can_be_reported(progress: Progress) -> Result<(), Refusal> {
    in_turn(progress, FeedbackStep::Report).map_err(|_| Refusal::Hidden)
}

fn in_turn(progress: Progress, step: FeedbackStep) -> Result<(), Refusal> {
    match progress.take(step) {
        Ok(_) => Ok(()),
        Err(_) => Err(Refusal::OutOfTurn),
    }
}

fn something(state: Option<State>) -> Result<(), Refusal> {
    state.map(|_| ()).ok_or(Refusal::OutOfTurn)
}

fn role_needed(has_role: bool) -> Result<(), Refusal> {
    if has_role {
        Ok(())
    } else {
        Err(Refusal::NotYourRole)
    }
}

fn manages(person: &Person, members: &Members) -> bool {
    person.has(&members.organisation, |role| role == MemberRole::Manager)
}

fn or_not_theirs(may: bool, person: &Person, members: &Members) -> Result<(), Refusal> {
    if may {
        Ok(())
    } else if person.is_in(&members.organisation) {
        Err(Refusal::NotYourRole)
    } else {
        Err(Refusal::NotYourOrganisation)
    }
}

#[cfg(test)]
mod tests;
