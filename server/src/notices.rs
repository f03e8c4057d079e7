//! Who is told of what happens to offers, cases and organisations. Telling never undoes what has happened: where it
//! fails, it is logged.

use app::letter::Letter;
use app::routes::{Desk, Route, Service};
use domain::agreement::Reply;
use domain::feedback::Given;
use domain::membership::{MemberRole, PortalRole};
use domain::notice::{Notice, NoticeKind};
use domain::publication::{Side, State, Step};
use domain::{EmailAddress, Kind, Language, Paragraph, Slug};
use store::{FeedbackReport, Manuscript, Recipient, Secret, StoreError};

use crate::clock::in_denmark;
use crate::feedback::AboutOffer;
use crate::organisations::INVITATION;
use crate::portal::Portal;
use crate::publishing::{By, Said};
use crate::web::invitation_address;

/// What a step is called where it is told of; nothing for steps that are nobody else's business.
fn kind_of(step: Step, to: Side) -> Option<NoticeKind> {
    Some(match (step, to) {
        (Step::Submit, Side::Partners) => NoticeKind::PartnerAsked,
        (Step::Submit, _) => NoticeKind::SubmittedForReview,
        (Step::TakeBack, _) => NoticeKind::TakenBack,
        (Step::Approve, _) => NoticeKind::Approved,
        (Step::AskForChanges, _) => NoticeKind::ChangesAsked,
        (Step::Decline, _) => NoticeKind::Declined,
        (Step::PublishDirectly, _) => NoticeKind::PublishedDirectly,
        (Step::Withdraw, _) => NoticeKind::Withdrawn,
        (Step::Archive, _) => NoticeKind::Archived,
        (Step::Restore, _) => NoticeKind::Restored,
        _ => return None,
    })
}

impl Portal {
    /// Tells the sides that a step is told to, apart from whoever took it.
    pub(crate) async fn tell_of_step(
        &self,
        by: By<'_>,
        manuscript: &Manuscript,
        step: Step,
        said: &Said,
    ) {
        let is_case = manuscript.key.kind == Kind::Case;
        for side in step.tells(is_case) {
            let Some(kind) = kind_of(step, *side) else {
                continue;
            };
            self.tell_side(by, manuscript, kind, *side, said).await;
        }
    }

    /// Tells the owners that what they planned has happened.
    pub(crate) async fn tell_of_schedule(&self, by: By<'_>, manuscript: &Manuscript, step: Step) {
        let kind = match step {
            Step::Withdraw => NoticeKind::Withdrawn,
            _ => NoticeKind::PublishedOnSchedule,
        };
        let said = Said::default();
        self.tell_side(by, manuscript, kind, Side::Owners, &said)
            .await;
    }

    /// Tells the owners of a case what a partner has answered.
    pub(crate) async fn tell_of_answer(
        &self,
        by: By<'_>,
        manuscript: &Manuscript,
        reply: Reply,
        said: &Said,
    ) {
        let kind = match reply {
            Reply::AskForChanges => NoticeKind::ChangesAsked,
            Reply::Approve | Reply::TakeOff => NoticeKind::PartnerAnswered,
        };
        self.tell_side(by, manuscript, kind, Side::Owners, said)
            .await;
    }

    /// Tells everybody in the conversation about a manuscript what somebody has said of it: its owners, the partners of a
    /// case, and while it is in review whoever reviews it.
    pub(crate) async fn tell_of_comment(&self, by: By<'_>, manuscript: &Manuscript, said: &Said) {
        let mut sides = vec![Side::Owners];
        if manuscript.key.kind == Kind::Case {
            sides.push(Side::Partners);
        } else if manuscript.publication.draft() == Some(State::InReview) {
            sides.push(Side::Reviewers);
        }
        for side in sides {
            self.tell_side(by, manuscript, NoticeKind::Commented, side, said)
                .await;
        }
    }

    async fn tell_side(
        &self,
        by: By<'_>,
        manuscript: &Manuscript,
        kind: NoticeKind,
        side: Side,
        said: &Said,
    ) {
        let told = async {
            let mut accounts = self.people_of(side, manuscript).await?;
            let who = match by.person() {
                Some(person) => {
                    accounts.retain(|account| *account != person.id);
                    let account = self.store.account(&person.id).await?;
                    account.map(|account| account.name)
                }
                None => None,
            };
            let on_fields = said.on_fields.iter().map(|(_, comment)| comment.as_str());
            let comments: Vec<&str> = std::iter::once(said.text.as_str())
                .chain(on_fields)
                .filter(|comment| !comment.is_empty())
                .collect();
            let key = &manuscript.key;
            let route = Route::Desk(Desk::Manuscript(key.kind, key.id.clone()));
            let notice = Notice {
                kind,
                who,
                title: manuscript.title.clone(),
                path: route.path(Language::Danish),
                comment: (!comments.is_empty()).then(|| comments.join("\n\n")),
                since: manuscript.since.map(|since| in_denmark(since).date()),
            };
            self.tell(&accounts, &notice).await
        };
        logged(told.await);
    }

    /// The people of a side of the conversation about a manuscript.
    pub(crate) async fn people_of(
        &self,
        side: Side,
        manuscript: &Manuscript,
    ) -> Result<Vec<Slug>, StoreError> {
        match side {
            Side::Owners => self.writers_of(&manuscript.owner).await,
            Side::Reviewers => self.reviewers_of(&manuscript.owner).await,
            Side::Partners => {
                let mut accounts = Vec::new();
                let others = manuscript.partners.iter();
                for partner in others.filter(|partner| **partner != manuscript.owner) {
                    accounts.extend(self.writers_of(partner).await?);
                }
                Ok(accounts)
            }
            Side::Calendar => Ok(Vec::new()),
        }
    }

    /// The people who write for an organisation.
    pub(crate) async fn writers_of(&self, organisation: &Slug) -> Result<Vec<Slug>, StoreError> {
        let members = self.store.members(organisation).await?;
        Ok(members
            .into_iter()
            .filter(|member| member.roles.iter().any(|role| role.writes()))
            .map(|member| member.account.id)
            .collect())
    }

    /// The people who review what an organisation sends: the portal's editors, and the curators of its municipality.
    pub(crate) async fn reviewers_of(&self, organisation: &Slug) -> Result<Vec<Slug>, StoreError> {
        let mut accounts = self.store.holders_of(PortalRole::Editor).await?;
        if accounts.is_empty() {
            accounts = self.store.holders_of(PortalRole::Administrator).await?;
        }
        if let Some(code) = self.municipality_of(organisation).await? {
            for (municipality, account) in self.store.curators().await? {
                if self.municipality_of(&municipality).await? == Some(code) {
                    accounts.push(account);
                }
            }
        }
        Ok(accounts)
    }

    /// Tells who answers it that somebody asks to be let into an organisation: its managers, or where nobody has claimed
    /// it, the administrators.
    pub(crate) async fn tell_of_request(&self, by: By<'_>, organisation: &Slug, message: &str) {
        let told = async {
            let managers = self.managers_of(organisation).await?;
            let (kind, accounts) = if managers.is_empty() {
                let administrators = self.store.holders_of(PortalRole::Administrator).await?;
                (NoticeKind::ClaimAsked, administrators)
            } else {
                (NoticeKind::JoinAsked, managers)
            };
            let comment = (!message.trim().is_empty()).then(|| message.trim().to_owned());
            self.tell_of_organisation(by, &accounts, kind, organisation, comment)
                .await
        };
        logged(told.await);
    }

    /// Tells somebody who asked to be let in what was answered.
    pub(crate) async fn tell_of_reply(
        &self,
        by: By<'_>,
        organisation: &Slug,
        account: &Slug,
        is_in: bool,
    ) {
        let kind = if is_in {
            NoticeKind::Joined
        } else {
            NoticeKind::RequestDeclined
        };
        let accounts = [account.clone()];
        logged(
            self.tell_of_organisation(by, &accounts, kind, organisation, None)
                .await,
        );
    }

    pub(crate) async fn managers_of(&self, organisation: &Slug) -> Result<Vec<Slug>, StoreError> {
        let members = self.store.members(organisation).await?;
        Ok(members
            .into_iter()
            .filter(|member| member.roles.contains(&MemberRole::Manager))
            .map(|member| member.account.id)
            .collect())
    }

    async fn tell_of_organisation(
        &self,
        by: By<'_>,
        accounts: &[Slug],
        kind: NoticeKind,
        organisation: &Slug,
        comment: Option<String>,
    ) -> Result<(), StoreError> {
        let Some(known) = self.organisation(organisation).await? else {
            return Ok(());
        };
        let who = match by.person() {
            Some(person) => self.store.account(&person.id).await?,
            None => None,
        };
        let route = Route::Desk(Desk::Organisation(organisation.clone()));
        let notice = Notice {
            kind,
            who: who.map(|account| account.name),
            title: known.name.to_string(),
            path: route.path(Language::Danish),
            comment,
            since: None,
        };
        self.tell(accounts, &notice).await
    }

    /// Tells whoever writes for the owner of an offer that a teacher has given feedback on it, without saying who.
    pub(crate) async fn tell_of_feedback(&self, given: &Given, about: &AboutOffer) {
        let told = async {
            let writers = self.writers_of(&about.owner).await?;
            let route = Route::Desk(Desk::Feedback(given.id.clone()));
            let notice = Notice {
                kind: NoticeKind::FeedbackGiven,
                who: None,
                title: about.title.clone(),
                path: route.path(Language::Danish),
                comment: None,
                since: None,
            };
            self.tell(&writers, &notice).await
        };
        logged(told.await);
    }

    /// Tells whoever gave feedback what the owner has answered, in the owner's name: accounts as they have chosen, an
    /// address because it asked.
    pub(crate) async fn tell_of_feedback_answer(
        &self,
        about: &AboutOffer,
        answer: &Paragraph,
        accounts: &[Slug],
        recipient: Option<Recipient>,
    ) {
        let told = async {
            let names = self.names(std::slice::from_ref(&about.owner)).await?;
            let name = names.into_iter().next().map(|(_, name)| name);
            let who = name.unwrap_or_else(|| about.owner.to_string());
            let route = Route::Offer(about.offer.clone());
            if let Some((email, language)) = recipient {
                let letter = Letter::FeedbackReply {
                    title: about.title.clone(),
                    who: who.clone(),
                    answer: answer.to_string(),
                    address: [self.public_url(), &route.path(language)].concat(),
                };
                self.send_letter(&email, language, &letter).await?;
            }
            let notice = Notice {
                kind: NoticeKind::FeedbackAnswered,
                who: Some(who),
                title: about.title.clone(),
                path: route.path(Language::Danish),
                comment: Some(answer.to_string()),
                since: None,
            };
            self.tell(accounts, &notice).await
        };
        logged(told.await);
    }

    /// Tells the portal's editors, or where there are none its administrators, that feedback was reported.
    pub(crate) async fn tell_of_reported_feedback(
        &self,
        about: &AboutOffer,
        report: &FeedbackReport,
    ) {
        let told = async {
            let mut editors = self.store.holders_of(PortalRole::Editor).await?;
            if editors.is_empty() {
                editors = self.store.holders_of(PortalRole::Administrator).await?;
            }
            let notice = Notice {
                kind: NoticeKind::FeedbackReported,
                who: None,
                title: about.title.clone(),
                path: Service::ReportedFeedback.path().to_owned(),
                comment: report.words.clone(),
                since: None,
            };
            self.tell(&editors, &notice).await
        };
        logged(told.await);
    }

    /// Sends an invitation.
    pub(crate) async fn send_invitation(
        &self,
        by: By<'_>,
        organisation: &Slug,
        email: &EmailAddress,
        roles: &[MemberRole],
        secret: &Secret,
        language: Language,
    ) {
        let sent = async {
            let (Some(known), Some(role)) = (self.organisation(organisation).await?, roles.first())
            else {
                return Ok(());
            };
            let inviter = match by.person() {
                Some(person) => self.store.account(&person.id).await?,
                None => None,
            };
            let letter = Letter::Invitation {
                who: inviter.map(|inviter| inviter.name).unwrap_or_default(),
                organisation: known.name,
                role: *role,
                address: invitation_address(self.public_url(), secret),
                until: in_denmark(self.clock.now() + INVITATION).date(),
            };
            self.send_letter(email, language, &letter).await
        };
        logged(sent.await);
    }
}

fn logged(told: Result<(), StoreError>) {
    if let Err(error) = told {
        tracing::error!(error = %error, "people could not be told of what has happened");
    }
}
