//! Teachers' feedback on offers: given, confirmed, read, answered, reported and decided about. Every way to it is decided,
//! checked and written down here.

use app::letter::Letter;
use domain::audit::Act;
use domain::feedback::{Feedback, FeedbackId, FeedbackStep, Given, shown};
use domain::permission::{Action, Actor, Content, Refusal, decide};
use domain::{EmailAddress, Kind, Language, Paragraph, Slug};
use jiff::Timestamp;
use rand::random;
use store::{
    Account, Answered, AuditLine, Author, FeedbackLink, FeedbackReport, Key, ReportedFeedback,
    Secret, StoreError, UnverifiedFeedback,
};

use crate::portal::Portal;
use crate::publishing::Refused;
use crate::web::person;

/// The most offers of an organisation whose feedback is read.
const MOST_OFFERS: usize = 2_000;

/// The offer that feedback is about.
#[derive(Clone, Debug)]
pub struct AboutOffer {
    /// Which.
    pub offer: Slug,
    /// What it is called: to everybody as it is published, otherwise as it is written.
    pub title: String,
    /// Whether everybody can read it.
    pub published: bool,
    /// The organisation that offers it.
    pub owner: Slug,
    /// Whether there is a draft that follows teachers' advice.
    pub revising: bool,
    /// As permissions see it.
    pub content: Content,
}

/// What a link in a letter about feedback leads to.
#[derive(Debug)]
pub enum LinkTarget {
    /// It asks whether this is to be confirmed.
    Confirms(UnverifiedFeedback, AboutOffer),
    /// It has confirmed it, and can withdraw it.
    Withdraws(AboutOffer),
}

/// Where a piece of feedback stands for whoever reports it.
#[derive(Clone, Debug)]
pub struct Reportable {
    /// The feedback.
    pub given: Given,
    /// Whether an editor has let it stand, so that a report does not take it off.
    pub cleared: bool,
}

impl Portal {
    /// An offer as feedback is about it; nothing where there is no such offer.
    ///
    /// # Errors
    /// The store does not answer.
    pub async fn about_offer(
        &self,
        actor: Actor<'_>,
        offer: &Slug,
    ) -> Result<Option<AboutOffer>, StoreError> {
        let key = Key::new(Kind::Offer, offer.clone());
        let Some(manuscript) = self.store.manuscript(&key).await? else {
            return Ok(None);
        };
        let published = match self.store.get(&key).await? {
            Some(record) => Some(record.entry()?.title().to_owned()),
            None => None,
        };
        let content = self.content(actor, &manuscript).await?;
        Ok(Some(AboutOffer {
            offer: offer.clone(),
            published: published.is_some(),
            title: published.unwrap_or(manuscript.title),
            owner: manuscript.owner,
            revising: manuscript.on_advice,
            content,
        }))
    }

    async fn offer_or_nothing(
        &self,
        actor: Actor<'_>,
        offer: &Slug,
    ) -> Result<AboutOffer, Refused> {
        let about = self.about_offer(actor, offer).await?;
        about.ok_or(Refused::NotFound)
    }

    /// The offer on which somebody is to give feedback.
    ///
    /// # Errors
    /// See [`Refused`].
    pub async fn offer_to_give_on(
        &self,
        actor: Actor<'_>,
        offer: &Slug,
    ) -> Result<AboutOffer, Refused> {
        let about = self.offer_or_nothing(actor, offer).await?;
        decide(actor, Action::GiveFeedback(&about.content))?;
        Ok(about)
    }

    /// Gives feedback as somebody signed in, and tells the owner.
    ///
    /// # Errors
    /// See [`Refused`].
    pub async fn give_feedback(
        &self,
        actor: Actor<'_>,
        account: &Account,
        offer: &Slug,
        feedback: &Feedback,
    ) -> Result<Given, Refused> {
        let about = self.offer_to_give_on(actor, offer).await?;
        let name = FeedbackId::of(random());
        let email = account.email.as_deref();
        let now = self.clock.now();
        let given = self
            .store
            .give_feedback(&account.id, email, &name, offer, feedback, now)
            .await?;
        self.tell_of_feedback(&given, &about).await;
        Ok(given)
    }

    /// Sends the link that confirms feedback. Nobody but its giver hears of it until then.
    ///
    /// # Errors
    /// See [`Refused`].
    pub async fn send_feedback_link(
        &self,
        offer: &Slug,
        feedback: Feedback,
        email: &EmailAddress,
        language: Language,
        tells: bool,
    ) -> Result<(), Refused> {
        let about = self.offer_to_give_on(Actor::Anonymous, offer).await?;
        let secret = Secret::generate(&mut rand::rng());
        let unverified = UnverifiedFeedback {
            offer: offer.clone(),
            feedback,
            email: email.clone(),
            language,
            tells,
        };
        let now = self.clock.now();
        self.store
            .keep_unverified_feedback(&secret, &unverified, now)
            .await?;
        let path = app::pages::feedback::link_path(&secret.reveal());
        let letter = Letter::FeedbackLink {
            title: about.title,
            address: self.in_language(&path, language),
        };
        self.send_letter(email, language, &letter).await?;
        Ok(())
    }

    /// What a link in a letter leads to. Looking changes nothing.
    ///
    /// # Errors
    /// See [`Refused`]; nothing is found where the link is good for nothing any more.
    pub async fn feedback_link(&self, secret: &Secret) -> Result<LinkTarget, Refused> {
        let link = self
            .store
            .feedback_link(secret, self.clock.now())
            .await?
            .ok_or(Refused::NotFound)?;
        match link {
            FeedbackLink::Confirms(unverified) => {
                let about = self.offer_of_address(&unverified).await?;
                Ok(LinkTarget::Confirms(unverified, about))
            }
            FeedbackLink::Withdraws(offer) => {
                let about = self.offer_or_nothing(Actor::Anonymous, &offer).await?;
                Ok(LinkTarget::Withdraws(about))
            }
        }
    }

    /// The offer that an address has given feedback on. An address that is an account's may no more than the account.
    async fn offer_of_address(&self, given: &UnverifiedFeedback) -> Result<AboutOffer, Refused> {
        match self.store.account_of(&given.email).await? {
            Some(account) => {
                let person = person(self, &account, true).await?;
                self.offer_to_give_on(Actor::Person(&person), &given.offer)
                    .await
            }
            None => self.offer_to_give_on(Actor::Anonymous, &given.offer).await,
        }
    }

    /// Confirms feedback, and tells the owner; nothing where the link has done it before.
    ///
    /// # Errors
    /// See [`Refused`].
    pub async fn confirm_feedback(
        &self,
        secret: &Secret,
        about: &AboutOffer,
    ) -> Result<Option<Given>, Refused> {
        let name = FeedbackId::of(random());
        let now = self.clock.now();
        let given = self.store.confirm_feedback(secret, &name, now).await?;
        if let Some(given) = &given {
            self.tell_of_feedback(given, about).await;
        }
        Ok(given)
    }

    /// The feedback on the offers of an organisation that somebody writes for, the latest first, with the offers.
    ///
    /// # Errors
    /// The store does not answer.
    pub async fn feedback_for(
        &self,
        actor: Actor<'_>,
        organisation: &Slug,
    ) -> Result<Vec<(Given, AboutOffer)>, StoreError> {
        let mut offers: Vec<Slug> = self
            .index()
            .dependents(Kind::Organisation, organisation)
            .into_iter()
            .filter(|(kind, _)| *kind == Kind::Offer)
            .map(|(_, id)| id)
            .collect();
        let manuscripts = self.store.manuscripts_of(organisation).await?;
        offers.extend(
            manuscripts
                .into_iter()
                .map(|manuscript| manuscript.key)
                .filter(|key| key.kind == Kind::Offer)
                .map(|key| key.id),
        );
        offers.sort();
        offers.dedup();
        offers.truncate(MOST_OFFERS);
        let mut known: Vec<AboutOffer> = Vec::new();
        let mut found = Vec::new();
        for given in self.store.feedback_on(&offers).await? {
            if !known.iter().any(|about| about.offer == given.offer)
                && let Some(about) = self.about_offer(actor, &given.offer).await?
            {
                known.push(about);
            }
            let about = known.iter().find(|about| about.offer == given.offer);
            if let Some(about) = about
                && about.owner == *organisation
                && decide(actor, Action::ReadFeedback(&about.content)).is_ok()
            {
                found.push((given, about.clone()));
            }
        }
        Ok(found)
    }

    /// Feedback as the owner of the offer reads it.
    ///
    /// # Errors
    /// See [`Refused`].
    pub async fn feedback_to_read(
        &self,
        actor: Actor<'_>,
        id: &FeedbackId,
    ) -> Result<(Given, AboutOffer), Refused> {
        let given = self.store.feedback(id).await?.ok_or(Refused::NotFound)?;
        let about = self.offer_or_nothing(actor, &given.offer).await?;
        // Nobody is told of feedback that is not theirs to read.
        if decide(actor, Action::ReadFeedback(&about.content)).is_err()
            || !given.progress.is_with_owner()
        {
            return Err(Refused::NotFound);
        }
        Ok((given, about))
    }

    /// Answers feedback, as it was read, and tells whoever gave it; `false` where it has changed since.
    ///
    /// # Errors
    /// See [`Refused`].
    pub async fn answer_feedback(
        &self,
        account: &Slug,
        actor: Actor<'_>,
        id: &FeedbackId,
        read: (Timestamp, Option<Timestamp>),
        text: &Paragraph,
    ) -> Result<bool, Refused> {
        let (given, about) = self.feedback_to_read(actor, id).await?;
        decide(
            actor,
            Action::AnswerFeedback(given.progress, &about.content),
        )?;
        let now = self.clock.now();
        let answered = self
            .store
            .answer_feedback(id, read, text, account, now)
            .await?;
        match answered {
            Answered::Kept(recipient, first) => {
                let author = Author::Account(account.clone());
                self.note_feedback(&author, Act::AnswerFeedback, &about)
                    .await;
                let accounts = given.giver.account.iter().filter(|_| first).cloned();
                let accounts: Vec<Slug> = accounts.collect();
                self.tell_of_feedback_answer(&about, text, &accounts, recipient)
                    .await;
                Ok(true)
            }
            Answered::Changed => Ok(false),
            Answered::Gone => Err(Refused::NotAllowed(Refusal::OutOfTurn)),
        }
    }

    /// Feedback that somebody sees, so that they can report it: on the page of the offer, or as its owner.
    ///
    /// # Errors
    /// See [`Refused`].
    pub async fn feedback_to_report(
        &self,
        actor: Actor<'_>,
        id: &FeedbackId,
    ) -> Result<Reportable, Refused> {
        let given = self.store.feedback(id).await?.ok_or(Refused::NotFound)?;
        decide(actor, Action::ReportFeedback(given.progress))?;
        let about = self.offer_or_nothing(actor, &given.offer).await?;
        let is_shown = async || -> Result<bool, StoreError> {
            if !about.published || !given.may_be_shown() {
                return Ok(false);
            }
            let all = self.store.feedback_shown_on(&given.offer).await?;
            let shown = shown(&all);
            Ok(shown.is_some_and(|shown| shown.advice.iter().any(|advice| advice.id == *id)))
        };
        let sees =
            decide(actor, Action::ReadFeedback(&about.content)).is_ok() || is_shown().await?;
        if !sees {
            return Err(Refused::NotFound);
        }
        Ok(Reportable {
            // What an editor has let stand is up though it is reported.
            cleared: given.progress.judgement.is_some(),
            given,
        })
    }

    /// Reports feedback that somebody sees, and tells the editors; whether it is off the page now.
    ///
    /// # Errors
    /// See [`Refused`].
    pub async fn report_feedback(
        &self,
        actor: Actor<'_>,
        id: &FeedbackId,
        report: &FeedbackReport,
    ) -> Result<bool, Refused> {
        let reportable = self.feedback_to_report(actor, id).await?;
        let reported = self.store.report_feedback(id, report).await?;
        let (before, after) = reported.ok_or(Refused::NotFound)?;
        if !before.reported {
            let about = self
                .offer_or_nothing(actor, &reportable.given.offer)
                .await?;
            self.note_feedback(&Author::Portal, Act::ReportFeedback, &about)
                .await;
            self.tell_of_reported_feedback(&about, report).await;
        }
        Ok(!after.is_up())
    }

    /// The feedback that editors decide about.
    ///
    /// # Errors
    /// See [`Refused`].
    pub async fn reported_feedback(
        &self,
        actor: Actor<'_>,
    ) -> Result<Vec<ReportedFeedback>, Refused> {
        decide(actor, Action::ReadReportedFeedback)?;
        Ok(self.store.reported_feedback(self.clock.now()).await?)
    }

    /// Decides about feedback that was reported, or undoes it; `false` where it is not the time for it any more.
    ///
    /// # Errors
    /// See [`Refused`].
    pub async fn judge_feedback(
        &self,
        account: &Slug,
        actor: Actor<'_>,
        id: &FeedbackId,
        step: FeedbackStep,
    ) -> Result<bool, Refused> {
        decide(actor, Action::ReadReportedFeedback)?;
        let Some(given) = self.store.feedback(id).await? else {
            return Ok(false);
        };
        match decide(actor, Action::JudgeFeedback(step, given.progress)) {
            Err(Refusal::OutOfTurn) => return Ok(false),
            decided => decided?,
        }
        let now = self.clock.now();
        let judged = self.store.judge_feedback(id, step, account, now).await?;
        let act = match step {
            FeedbackStep::LetStand => Some(Act::LetFeedbackStand),
            FeedbackStep::TakeDown => Some(Act::TakeFeedbackDown),
            _ => None,
        };
        if let Some(act) = act.filter(|_| judged) {
            let about = self.offer_or_nothing(actor, &given.offer).await?;
            let author = Author::Account(account.clone());
            self.note_feedback(&author, act, &about).await;
        }
        Ok(judged)
    }

    /// Notes what was done with feedback. Who gave it is not noted: it is shown without names.
    async fn note_feedback(&self, author: &Author, act: Act, about: &AboutOffer) {
        let key = Key::new(Kind::Offer, about.offer.clone());
        let line = AuditLine::new(author, act, self.clock.now());
        self.note(&line.about(&key, about.title.clone())).await;
    }
}
