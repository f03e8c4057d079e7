//! Content stays alive: whoever answers for something is asked whether it still holds, silent partners are reminded, and
//! what is agreed for a day happens.
//!
//! What is to be told is found from the index and the store as they are on the day; what was told is noted with what is
//! sent. So a day on which the portal did not run is made up for by the next, and nothing is told twice.

use std::sync::Arc;
use std::time::Duration;

use app::pages::confirming::confirming_path;
use app::pages::desk::ANCHORING_STEP;
use app::routes::{Desk, Route};
use domain::agreement::{Silence, Standing};
use domain::freshness::{Reminder, Review};
use domain::membership::PortalRole;
use domain::notice::{Notice, NoticeKind};
use domain::{Code, Kind, Language, Slug};
use jiff::ToSpan;
use jiff::civil::Date;
use store::{Confirming, Key, Manuscript, Post, Secret, StoreError, Told};

use crate::clock::in_denmark;
use crate::mail::random;
use crate::portal::Portal;
use crate::publishing::Refused;

/// How often it is looked for what is to happen on its day.
const OFTEN: Duration = Duration::from_secs(600);
/// The hour in Denmark from which a day's reminders go out: before the digest is gathered.
const HOUR: i8 = 6;
/// The setting that says on which day reminders were last sent.
const LAST: &str = "last-upkeep";

/// Something published that an organisation is to look over.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Look {
    /// The offer or the case.
    pub key: Key,
    /// What it is called.
    pub title: String,
    /// Whether the organisation writes it.
    pub own: bool,
    /// Why.
    pub why: Why,
}

/// Why something is to be looked over.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Why {
    /// It is to be confirmed.
    Review(Review),
    /// A part of what keeps it alive was to be reviewed on a day that has passed.
    Anchoring {
        /// The strategy's code.
        strategy: Slug,
        /// The day.
        due: Date,
    },
}

impl Why {
    /// The day it was or is due.
    #[must_use]
    pub fn due(&self) -> Date {
        match self {
            Why::Review(review) => review.due,
            Why::Anchoring { due, .. } => *due,
        }
    }
}

/// Looks after everything until the portal ends.
pub async fn follow(portal: Arc<Portal>) {
    let mut often = tokio::time::interval(OFTEN);
    loop {
        often.tick().await;
        if let Err(error) = portal.come_due().await {
            tracing::warn!(error = %error, "what was scheduled could not be looked for");
        }
        if let Err(error) = remind_if_due(&portal).await {
            tracing::warn!(error = %error, "reminders could not be sent; they are tried again");
        }
    }
}

/// Sends a day's reminders where they have not been sent today, from six in the morning in Denmark.
///
/// # Errors
/// What the store says; it is then tried again.
pub async fn remind_if_due(portal: &Portal) -> Result<(), StoreError> {
    let now = in_denmark(portal.clock.now());
    let last = portal.store.setting(LAST).await?;
    let last: Option<Date> = last.and_then(|day| day.parse().ok());
    // An index that is being made anew does not know yet what is due.
    if last == Some(now.date()) || now.hour() < HOUR || portal.indexer.is_rebuilding() {
        return Ok(());
    }
    let told = remind(portal).await?;
    portal.store.forget_confirmings(portal.clock.now()).await?;
    portal
        .store
        .put_setting(LAST, &now.date().to_string())
        .await?;
    tracing::info!(told, "reminders were sent");
    Ok(())
}

/// Tells whom there is to tell today, and says of how many things somebody was told.
///
/// # Errors
/// What the store says; what was told until then is told.
pub async fn remind(portal: &Portal) -> Result<usize, StoreError> {
    let today = portal.clock.today();
    let mut told = 0;
    for organisation in portal.store.organisations_with_members().await? {
        for look in portal.needs_a_look(&organisation).await? {
            told += usize::from(tell_of(portal, &organisation, &look, today).await?);
        }
    }
    for manuscript in portal.store.in_review().await? {
        told += remind_partners(portal, &manuscript, today).await?;
    }
    Ok(told)
}

impl Portal {
    /// What an organisation is to look over: of its offers and cases those whose review is at most thirty days off, and
    /// what it was to do to keep something alive. The longest due comes first.
    ///
    /// # Errors
    /// What the store says.
    pub async fn needs_a_look(&self, organisation: &Slug) -> Result<Vec<Look>, StoreError> {
        let today = self.clock.today();
        let until = today.saturating_add(Reminder::MonthBefore.days_before().days());
        let mut looks = Vec::new();
        for (kind, id) in self.index().due_by(organisation, until) {
            if !matches!(kind, Kind::Offer | Kind::Case) {
                continue;
            }
            let key = Key::new(kind, id);
            let Some(record) = self.store.get(&key).await? else {
                continue;
            };
            let Some(manuscript) = self.store.manuscript(&key).await? else {
                continue;
            };
            let entry = record.entry()?;
            let own = manuscript.owner == *organisation;
            let title = entry.title().to_owned();
            let look = |why| Look {
                key: key.clone(),
                title: title.clone(),
                own,
                why,
            };
            let confirmed = in_denmark(record.confirmed).date();
            let review = Review::of(&entry, confirmed).filter(|review| review.due <= until);
            looks.extend(
                review
                    .filter(|_| own)
                    .map(|review| look(Why::Review(review))),
            );
            for part in entry.anchoring() {
                // Where nobody is named, it is for whoever writes it.
                let theirs = match &part.owner {
                    Some(owner) => owner == organisation,
                    None => own,
                };
                if let Some(due) = part.review().filter(|_| theirs && part.is_overdue(today)) {
                    let strategy = part.strategy.clone();
                    looks.push(look(Why::Anchoring { strategy, due }));
                }
            }
        }
        looks.sort_by(|one, other| (one.why.due(), &one.key).cmp(&(other.why.due(), &other.key)));
        Ok(looks)
    }

    /// Tells accounts the same, once; whether it was told now.
    pub(crate) async fn tell_all_once(
        &self,
        told: &Told,
        accounts: &[Slug],
        notice: &Notice,
    ) -> Result<bool, StoreError> {
        let mut post = Post::default();
        for account in accounts {
            self.add_notice(&mut post, account, notice).await?;
        }
        self.post_once(told, &post, &[]).await
    }

    async fn post_once(
        &self,
        told: &Told,
        post: &Post,
        confirmings: &[(Secret, Confirming)],
    ) -> Result<bool, StoreError> {
        let now = self.clock.now();
        let new = self
            .store
            .tell_once(told, post, confirmings, now, &mut random())
            .await?;
        self.mailer.hurry();
        Ok(new)
    }

    async fn was_told(&self, told: &Told) -> Result<bool, StoreError> {
        let before = self.store.told(&told.subject).await?;
        Ok(before.as_deref() == Some(told.what.as_str()))
    }
}

async fn tell_of(
    portal: &Portal,
    organisation: &Slug,
    look: &Look,
    today: Date,
) -> Result<bool, StoreError> {
    match &look.why {
        Why::Review(review) => tell_of_review(portal, organisation, look, *review, today).await,
        Why::Anchoring { strategy, due } => {
            let told = Told {
                subject: format!("anchoring|{}|{strategy}|{organisation}", look.key),
                what: due.to_string(),
            };
            if portal.was_told(&told).await? {
                return Ok(false);
            }
            let Key { kind, id } = look.key.clone();
            let path = if look.own {
                let write = Route::Desk(Desk::Write(kind, id)).path(Language::Danish);
                format!("{write}?{ANCHORING_STEP}")
            } else {
                Route::of(kind, id).path(Language::Danish)
            };
            let notice = Notice {
                kind: NoticeKind::AnchoringOverdue,
                who: None,
                title: look.title.clone(),
                path,
                comment: None,
                since: Some(*due),
            };
            let writers = portal.writers_of(organisation).await?;
            portal.tell_all_once(&told, &writers, &notice).await
        }
    }
}

async fn tell_of_review(
    portal: &Portal,
    organisation: &Slug,
    look: &Look,
    review: Review,
    today: Date,
) -> Result<bool, StoreError> {
    let Some(stage) = review.stage(today) else {
        return Ok(false);
    };
    let told = Told {
        subject: format!("review|{}", look.key),
        what: format!("{} {}", review.due, stage.code()),
    };
    if portal.was_told(&told).await? {
        return Ok(false);
    }
    let mut post = Post::default();
    let mut confirmings = Vec::new();
    for account in portal.writers_of(organisation).await? {
        let secret = Secret::generate(&mut random());
        let mut path = confirming_path(&secret.reveal());
        let language = portal.store.preferences(&account).await?.language;
        if language != Language::Danish {
            path.push_str("?lang=");
            path.push_str(language.tag());
        }
        let notice = Notice {
            kind: stage.notice(),
            who: None,
            title: look.title.clone(),
            path,
            comment: None,
            since: Some(review.due),
        };
        portal.add_notice(&mut post, &account, &notice).await?;
        let due = review.due;
        let key = look.key.clone();
        confirmings.push((secret, Confirming { account, key, due }));
    }
    portal.post_once(&told, &post, &confirmings).await
}

/// Reminds the partners that a case waits for, and turns to the editors when they have been silent for long.
async fn remind_partners(
    portal: &Portal,
    manuscript: &Manuscript,
    today: Date,
) -> Result<usize, StoreError> {
    let Some(agreement) = manuscript
        .agreement
        .as_ref()
        .filter(|_| manuscript.key.kind == Kind::Case && !manuscript.publication.is_approved())
    else {
        return Ok(0);
    };
    let key = &manuscript.key;
    let asked = agreement.asked();
    let silence = Silence::on(today, asked);
    let told = |subject: String| Told {
        subject,
        what: format!("{asked} {}", silence.code()),
    };
    let notice = |kind| Notice {
        kind,
        who: None,
        title: manuscript.title.clone(),
        path: Route::Desk(Desk::Manuscript(key.kind, key.id.clone())).path(Language::Danish),
        comment: None,
        since: Some(asked),
    };
    let mut number = 0;
    match (agreement.standing(today), silence) {
        (Standing::Waiting, Silence::RemindedOnce | Silence::RemindedTwice) => {
            for awaited in agreement.waits_for() {
                let told = told(format!("partner|{key}|{}", awaited.partner));
                if !portal.was_told(&told).await? {
                    let writers = portal.writers_of(awaited.partner).await?;
                    let notice = notice(NoticeKind::PartnerReminded);
                    number += usize::from(portal.tell_all_once(&told, &writers, &notice).await?);
                }
            }
        }
        (Standing::Silent, _) => {
            let told = told(format!("editors|{key}"));
            if !portal.was_told(&told).await? {
                match portal.turn_to_editors(key).await {
                    Ok(()) => {}
                    Err(Refused::Store(error)) => return Err(error),
                    // It has just been taken back.
                    Err(_) => return Ok(0),
                }
                let mut editors = portal.store.holders_of(PortalRole::Editor).await?;
                editors.extend(portal.store.holders_of(PortalRole::Administrator).await?);
                let notice = notice(NoticeKind::EditorDecides);
                number += usize::from(portal.tell_all_once(&told, &editors, &notice).await?);
            }
        }
        _ => {}
    }
    Ok(number)
}
