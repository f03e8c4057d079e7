//! The links of published content are visited once a week, and whoever answers for the content hears of the dead ones.
//!
//! Which addresses there are follows the revisions, as the index does. A round visits some of those whose day has come,
//! a few hosts at a time. What no site on the internet has said counts only where another site was reached, so that a
//! portal without a network declares nothing dead.

mod visitor;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::time::Duration;

use app::markdown;
use app::routes::{Desk, Route};
use domain::links::{LinkAnswer, LinkHealth};
use domain::notice::{Notice, NoticeKind};
use domain::permission::{Action, Actor, decide};
use domain::publication::Step;
use domain::{Entry, Kind, Language, Slug};
use futures::StreamExt as _;
use jiff::civil::Date;
use jiff::{SignedDuration, ToSpan};
use reqwest::Url;
use store::{Key, Link, LinksOf, Post, Record, StoreError, Told};

pub use visitor::Visitor;

use crate::attempts::Attempts;
use crate::mail::random;
use crate::portal::Portal;
use crate::publishing::{By, Refused};

/// How often some of the addresses are visited.
const OFTEN: Duration = Duration::from_secs(600);
/// The most addresses that one round visits.
const MOST: usize = 400;
/// The most of them at one host.
const MOST_OF_A_HOST: usize = 30;
/// So many hosts are visited at a time.
const AT_A_TIME: usize = 8;
/// So many addresses that worked before are asked where a round has reached nobody.
const PROOFS: usize = 3;
/// So many revisions are read at a time.
const REVISIONS: usize = 500;
/// The most addresses of one object that are visited.
const MOST_OF_AN_OBJECT: usize = 200;
/// The most addresses that a letter names.
const MOST_TOLD: usize = 10;
/// The most objects with dead links that are shown of one organisation.
const MOST_SHOWN: usize = 50;
/// The setting with the number of the last revision whose links are known.
const FOLLOWED: &str = "links-sequence";
/// The setting with the first day on which an address may still wait.
const FROM: &str = "links-day";

/// How often people have had links looked at of late.
pub struct LinkChecks {
    by_person: Attempts<Slug>,
    of_address: Attempts<String>,
}

impl Default for LinkChecks {
    /// Thirty an hour for one person, and an address once in ten minutes.
    fn default() -> Self {
        Self {
            by_person: Attempts::new(30, SignedDuration::from_hours(1)),
            of_address: Attempts::new(1, SignedDuration::from_mins(10)),
        }
    }
}

/// What a round has done.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Round {
    /// So many addresses were visited.
    pub visited: usize,
    /// So many of them counted.
    pub counted: usize,
    /// Of so many objects somebody was told.
    pub told: usize,
}

/// A dead link of something published.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DeadLink {
    /// The address's id in the store.
    pub id: String,
    /// The address as the content has it.
    pub written: String,
    /// What the visits have shown.
    pub health: LinkHealth,
}

/// Something published with links that are dead.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DeadLinks {
    /// The offer, the case or the organisation.
    pub key: Key,
    /// What it is called.
    pub title: String,
    /// The dead ones.
    pub links: Vec<DeadLink>,
}

/// What came of looking at a link at once.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LookedAt {
    /// It was visited.
    Visited(LinkAnswer),
    /// It, or too many others, have been visited just now.
    TooSoon,
}

/// Visits what is due, again and again, until the portal ends.
pub async fn follow(portal: Arc<Portal>) {
    // The start is for readers.
    let begin = tokio::time::Instant::now() + OFTEN;
    let mut often = tokio::time::interval_at(begin, OFTEN);
    often.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    loop {
        often.tick().await;
        match round_if_first(&portal).await {
            Ok(Some(round)) if round.visited > 0 => {
                let Round {
                    visited,
                    counted,
                    told,
                } = round;
                tracing::info!(visited, counted, told, "links were visited");
            }
            Ok(_) => {}
            Err(error) => {
                tracing::warn!(error = %error, "links could not be looked after; they are tried again")
            }
        }
    }
}

/// A round, unless another process on the same database is the one that makes it.
async fn round_if_first(portal: &Portal) -> Result<Option<Round>, StoreError> {
    let now = portal.clock.now();
    let seconds = i64::try_from(OFTEN.as_secs()).unwrap_or(i64::MAX);
    let told = Told {
        subject: "links-round".to_owned(),
        what: (now.as_second() / seconds).to_string(),
    };
    let first = portal
        .store
        .tell_once(&told, &Post::default(), &[], now, &mut random())
        .await?;
    if first {
        round(portal).await.map(Some)
    } else {
        Ok(None)
    }
}

/// Finds out which addresses there are, visits some of those whose day has come, and tells of the dead.
///
/// # Errors
/// What the store says; what was noted until then is noted.
pub async fn round(portal: &Portal) -> Result<Round, StoreError> {
    let today = portal.clock.today();
    portal.follow_links(today).await?;
    let due = portal.links_due(today).await?;
    let visits = portal.visit_links(due).await;
    portal.visitor.rest();
    let reached = portal.is_network_there(&visits).await?;
    let mut round = Round {
        visited: visits.len(),
        ..Round::default()
    };
    let mut with_dead = BTreeSet::new();
    for (link, answer) in visits {
        let health = portal.note_answer(&link, answer, reached, today).await?;
        round.counted += usize::from(health.is_some());
        if health.is_some_and(|health| health.is_dead()) {
            let places = portal.store.link_places(&link.id).await?;
            with_dead.extend(places.into_iter().map(|place| place.record));
        }
    }
    for key in with_dead {
        round.told += usize::from(portal.tell_of_dead_links(&key).await?);
    }
    Ok(round)
}

impl Portal {
    /// The addresses that a published object links to, each as it is visited and as it is written.
    fn links_in(&self, entry: &Entry) -> BTreeMap<String, String> {
        let fields = entry.web_addresses().into_iter().map(ToString::to_string);
        let texts = entry.long_texts();
        let texts = texts.iter().flat_map(|text| markdown::links(text.as_str()));
        let mut found = BTreeMap::new();
        for written in fields.chain(texts) {
            if let Some(target) = self.visitor.target(&written) {
                found.entry(target.into()).or_insert(written);
            }
            if found.len() == MOST_OF_AN_OBJECT {
                break;
            }
        }
        found
    }

    /// The organisation that answers for something published.
    async fn answers_for(&self, key: &Key) -> Result<Option<Slug>, StoreError> {
        if key.kind == Kind::Organisation {
            return Ok(Some(key.id.clone()));
        }
        let manuscript = self.store.manuscript(key).await?;
        Ok(manuscript.map(|manuscript| manuscript.owner))
    }

    /// The links of an object as it is now. The sample content's are nobody's, and nobody is sent there.
    async fn links_of(&self, key: &Key, record: Option<&Record>) -> Result<LinksOf, StoreError> {
        let addresses = match record.filter(|record| !record.sample) {
            Some(record) => self.links_in(&record.entry()?),
            None => BTreeMap::new(),
        };
        let owner = if addresses.is_empty() {
            None
        } else {
            self.answers_for(key).await?
        };
        Ok(LinksOf {
            record: key.clone(),
            addresses: if owner.is_some() {
                addresses
            } else {
                BTreeMap::new()
            },
            owner: owner.unwrap_or_else(|| key.id.clone()),
        })
    }

    /// Notes the links of everything that has changed since the last time.
    async fn follow_links(&self, today: Date) -> Result<(), StoreError> {
        let followed = self.store.setting(FOLLOWED).await?;
        let mut followed: u64 = followed.and_then(|number| number.parse().ok()).unwrap_or(0);
        // A database that was made anew has lower numbers.
        if followed > self.store.last_sequence().await? {
            followed = 0;
        }
        loop {
            let revisions = self.store.revisions_after(followed, REVISIONS).await?;
            let Some(last) = revisions.last() else {
                return Ok(());
            };
            followed = last.sequence;
            let keys: BTreeSet<Key> = revisions
                .into_iter()
                .map(|revision| revision.key)
                .filter(|key| matches!(key.kind, Kind::Offer | Kind::Case | Kind::Organisation))
                .collect();
            let keys: Vec<Key> = keys.into_iter().collect();
            let records = self.store.get_many(&keys).await?;
            let records: BTreeMap<&Key, &Record> =
                records.iter().map(|record| (&record.key, record)).collect();
            let mut objects = Vec::with_capacity(keys.len());
            for key in &keys {
                objects.push(self.links_of(key, records.get(key).copied()).await?);
            }
            self.store.place_links(&objects, today).await?;
            self.store
                .put_setting(FOLLOWED, &followed.to_string())
                .await?;
        }
    }

    /// The addresses whose day has come, those that have waited longest first; of one host only some.
    async fn links_due(&self, today: Date) -> Result<Vec<Link>, StoreError> {
        let from = self.store.setting(FROM).await?;
        let from: Option<Date> = from.and_then(|day| day.parse().ok());
        let mut day = from.unwrap_or(today);
        let mut due: Vec<Link> = Vec::new();
        let mut of_host: BTreeMap<String, usize> = BTreeMap::new();
        while day <= today && due.len() < MOST {
            let waiting = self.store.links_due_on(day, MOST).await?;
            if waiting.is_empty() && due.is_empty() && day < today {
                let tomorrow = day.saturating_add(1.day());
                self.store.put_setting(FROM, &tomorrow.to_string()).await?;
            }
            for link in waiting {
                let host = Url::parse(&link.address)
                    .ok()
                    .and_then(|url| url.host_str().map(str::to_owned))
                    .unwrap_or_default();
                let taken = of_host.entry(host).or_default();
                if *taken < MOST_OF_A_HOST && due.len() < MOST {
                    *taken += 1;
                    due.push(link);
                }
            }
            day = day.saturating_add(1.day());
        }
        if from.is_none() {
            self.store.put_setting(FROM, &today.to_string()).await?;
        }
        Ok(due)
    }

    /// Visits addresses, a few hosts at a time.
    async fn visit_links(&self, links: Vec<Link>) -> Vec<(Link, LinkAnswer)> {
        let mut hosts: BTreeMap<String, Vec<(Link, Url)>> = BTreeMap::new();
        let mut answers = Vec::with_capacity(links.len());
        for link in links {
            match self.visitor.target(&link.address) {
                Some(target) => {
                    let host = target.host_str().unwrap_or_default().to_owned();
                    hosts.entry(host).or_default().push((link, target));
                }
                // The portal has got this address itself since it was noted.
                None => answers.push((link, LinkAnswer::NotPublic)),
            }
        }
        let visitor = &self.visitor;
        let visits = hosts.into_values().map(|links| async move {
            let mut answers = Vec::with_capacity(links.len());
            for (link, target) in links {
                let answer = visitor.visit(&target).await;
                answers.push((link, answer));
            }
            answers
        });
        let visits = futures::stream::iter(visits).buffer_unordered(AT_A_TIME);
        for visited in visits.collect::<Vec<_>>().await {
            answers.extend(visited);
        }
        answers
    }

    /// Whether there is a network: a site was reached, or where all have failed, one that worked before still does.
    async fn is_network_there(&self, visits: &[(Link, LinkAnswer)]) -> Result<bool, StoreError> {
        if visits.iter().any(|(_, answer)| answer.was_reached()) {
            return Ok(true);
        }
        if !visits.iter().any(|(_, answer)| answer.is_failure()) {
            return Ok(false);
        }
        for proof in self.store.links_that_work(PROOFS).await? {
            if let Some(target) = self.visitor.target(&proof.address)
                && self.visitor.visit(&target).await.was_reached()
            {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// Notes an answer; nothing where it does not count, and then the address is visited again tomorrow.
    async fn note_answer(
        &self,
        link: &Link,
        answer: LinkAnswer,
        any_reached: bool,
        today: Date,
    ) -> Result<Option<LinkHealth>, StoreError> {
        let (health, next) = if answer.counts(any_reached) {
            let health = link.health.after(answer, today);
            (Some(health), health.next(today, 0))
        } else {
            (None, today.saturating_add(1.day()))
        };
        self.store
            .put_link_health(&link.id, &health.unwrap_or(link.health), next)
            .await?;
        Ok(health)
    }

    /// The dead links of a published object that are still in it.
    async fn dead_links_in(&self, record: &Record, ids: &[&str]) -> Result<DeadLinks, StoreError> {
        let entry = record.entry()?;
        let still = self.links_in(&entry);
        let mut links = Vec::new();
        for id in ids {
            if let Some(link) = self.store.linked_address(id).await?
                && link.health.is_dead()
                && let Some(written) = still.get(&link.address)
            {
                links.push(DeadLink {
                    id: link.id,
                    written: written.clone(),
                    health: link.health,
                });
            }
        }
        links.sort_by(|one, other| one.written.cmp(&other.written));
        Ok(DeadLinks {
            key: record.key.clone(),
            title: entry.title().to_owned(),
            links,
        })
    }

    /// What an organisation has published with links that are dead.
    ///
    /// # Errors
    /// What the store says.
    pub async fn dead_links_of(&self, organisation: &Slug) -> Result<Vec<DeadLinks>, StoreError> {
        let places = self.store.dead_links_of(organisation).await?;
        let mut of: BTreeMap<&Key, Vec<&str>> = BTreeMap::new();
        for place in &places {
            of.entry(&place.record).or_default().push(&place.link);
        }
        let keys: Vec<Key> = of
            .keys()
            .take(MOST_SHOWN)
            .map(|key| (*key).clone())
            .collect();
        let mut all = Vec::new();
        for record in self.store.get_many(&keys).await? {
            let ids = of.get(&record.key).map(Vec::as_slice).unwrap_or_default();
            let dead = self.dead_links_in(&record, ids).await?;
            if !dead.links.is_empty() {
                all.push(dead);
            }
        }
        Ok(all)
    }

    /// Tells whoever answers for an object of its dead links, where one of them has not been told of.
    async fn tell_of_dead_links(&self, key: &Key) -> Result<bool, StoreError> {
        let (Some(record), Some(owner)) =
            (self.store.get(key).await?, self.answers_for(key).await?)
        else {
            return Ok(false);
        };
        let places = self.store.dead_links_of(&owner).await?;
        let ids: Vec<&str> = places
            .iter()
            .filter(|place| place.record == *key)
            .map(|place| place.link.as_str())
            .collect();
        let dead = self.dead_links_in(&record, &ids).await?;
        // An address that worked in between and died again is news.
        let each: Vec<String> = dead
            .links
            .iter()
            .map(|link| {
                let since = link.health.since.map(|day| day.to_string());
                format!(
                    "{}@{}",
                    &link.id[..link.id.len().min(16)],
                    since.unwrap_or_default()
                )
            })
            .collect();
        let subject = format!("links|{key}");
        let before = self.store.told(&subject).await?.unwrap_or_default();
        if each
            .iter()
            .all(|one| before.split(' ').any(|known| known == one))
        {
            return Ok(false);
        }
        let (accounts, route) = if key.kind == Kind::Organisation {
            let desk = Desk::Organisation(key.id.clone());
            (self.managers_of(&owner).await?, desk)
        } else {
            let desk = Desk::Manuscript(key.kind, key.id.clone());
            (self.writers_of(&owner).await?, desk)
        };
        let mut addresses: Vec<&str> = dead
            .links
            .iter()
            .map(|link| link.written.as_str())
            .collect();
        if addresses.len() > MOST_TOLD {
            addresses.truncate(MOST_TOLD);
            addresses.push("…");
        }
        let notice = Notice {
            kind: NoticeKind::LinksDead,
            who: None,
            title: dead.title,
            path: Route::Desk(route).path(Language::Danish),
            comment: Some(addresses.join("\n")),
            since: dead.links.iter().filter_map(|link| link.health.since).min(),
        };
        let told = Told {
            subject,
            what: each.join(" "),
        };
        self.tell_all_once(&told, &accounts, &notice).await
    }

    /// Looks at a link at once, for somebody who answers for something that has it.
    ///
    /// # Errors
    /// See [`Refused`].
    pub async fn look_at_link(&self, by: By<'_>, id: &str) -> Result<LookedAt, Refused> {
        let link = self
            .store
            .linked_address(id)
            .await?
            .ok_or(Refused::NotFound)?;
        let mut theirs = false;
        for place in self.store.link_places(id).await? {
            theirs = theirs || self.may_look(by.actor, &place.record).await?;
        }
        let (true, Some(person)) = (theirs, by.person()) else {
            return Err(Refused::NotFound);
        };
        let now = self.clock.now();
        let checks = &self.link_checks;
        if checks.by_person.wait(&person.id, now).is_some()
            || checks.of_address.wait(&link.id, now).is_some()
        {
            return Ok(LookedAt::TooSoon);
        }
        checks.by_person.failed(person.id.clone(), now);
        checks.of_address.failed(link.id.clone(), now);
        let visits = self.visit_links(vec![link]).await;
        let reached = self.is_network_there(&visits).await?;
        let Some((link, answer)) = visits.into_iter().next() else {
            return Ok(LookedAt::Visited(LinkAnswer::NotPublic));
        };
        if answer.counts(reached) {
            let today = self.clock.today();
            self.note_answer(&link, answer, reached, today).await?;
            return Ok(LookedAt::Visited(answer));
        }
        Ok(LookedAt::Visited(LinkAnswer::Silent))
    }

    /// Whoever may say that something holds may have its links looked at.
    async fn may_look(&self, actor: Actor<'_>, key: &Key) -> Result<bool, StoreError> {
        if key.kind == Kind::Organisation {
            let members = self.members(actor, &key.id).await?;
            return Ok(decide(actor, Action::EditOrganisation(&members)).is_ok());
        }
        match self.manuscript(actor, key).await {
            Ok((_, content)) => Ok(decide(actor, Action::Take(Step::Confirm, &content)).is_ok()),
            Err(Refused::Store(error)) => Err(error),
            Err(_) => Ok(false),
        }
    }
}
