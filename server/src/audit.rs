//! The log of who did what when: noting it, and finding it again.

use std::collections::HashMap;

use app::pages::audit_log::{Line, Who};
use domain::audit::{Act, Wanted};
use domain::{Kind, Slug};
use jiff::ToSpan as _;
use jiff::civil::{Date, DateTime};
use store::{Account, AuditLine, Author, Key, StoreError};

use crate::clock::{in_denmark, moment_in_denmark};
use crate::portal::Portal;

/// So many lines make a page.
const PAGE: usize = 50;
/// So many lines are read at a time.
const PART: usize = 500;
/// The most lines that one search looks at.
const MOST_READ: usize = 20_000;

/// A page of the log.
#[derive(Default)]
pub struct Found {
    /// Its lines, newest first.
    pub lines: Vec<Line>,
    /// After which line the next page begins; nothing on the last.
    pub next: Option<String>,
    /// How far back was looked, where there was too much to look through at once.
    pub looked_until: Option<DateTime>,
}

impl Portal {
    /// Notes what somebody did. What has happened has happened: where the note fails, that is logged.
    pub(crate) async fn note(&self, line: &AuditLine) {
        if let Err(error) = self.store.note(line).await {
            tracing::error!(error = %error, ?line, "what somebody did could not be noted");
        }
    }

    /// Notes what somebody did to nothing in particular.
    pub(crate) async fn note_act(&self, author: &Author, act: Act, detail: &str) {
        self.note(&AuditLine::new(author, act, self.clock.now()).detail(detail))
            .await;
    }

    /// Notes what somebody did to an organisation.
    pub(crate) async fn note_organisation(
        &self,
        author: &Author,
        act: Act,
        id: &Slug,
        name: String,
        whom: Option<&Slug>,
        detail: &str,
    ) {
        let key = Key::new(Kind::Organisation, id.clone());
        let mut line = AuditLine::new(author, act, self.clock.now())
            .about(&key, name)
            .detail(detail);
        line.whom = whom.cloned();
        self.note(&line).await;
    }

    /// Notes a whole sign-in, and that the account is in use.
    pub(crate) async fn note_sign_in(&self, account: &Slug, way: &str) {
        let author = Author::Account(account.clone());
        self.note_act(&author, Act::SignIn, way).await;
        if let Err(error) = self.store.put_last_seen(account, self.clock.today()).await {
            tracing::error!(error = %error, "a sign-in could not be noted");
        }
    }

    /// An organisation's name, or its id where there is none.
    pub(crate) async fn name_of(&self, organisation: &Slug) -> Result<String, StoreError> {
        let known = self.organisation(organisation).await?;
        Ok(known.map_or_else(|| organisation.to_string(), |known| known.name.to_string()))
    }

    /// A page of the log: the lines that are wanted, after the line with this key.
    ///
    /// # Errors
    /// What the store says.
    pub async fn audit(&self, wanted: &Wanted, after: Option<&str>) -> Result<Found, StoreError> {
        let midnight = |day: Date| moment_in_denmark(day.at(0, 0, 0, 0));
        let since = wanted.from.map(midnight);
        let until = wanted
            .until
            .map(|day| midnight(day.saturating_add(1.days())));
        let mut people = People::default();
        let mut found = Found::default();
        let mut after = after.map(str::to_owned);
        let mut read = 0;
        loop {
            let lines = self
                .store
                .audit(after.as_deref(), until, since, PART)
                .await?;
            let last_part = lines.len() < PART;
            for (key, line) in lines {
                read += 1;
                if found.lines.len() == PAGE {
                    found.next = after;
                    return Ok(found);
                }
                let time = in_denmark(line.time);
                let shown = self.shown(line, &mut people).await?;
                after = Some(key);
                if is_wanted(&shown, wanted) {
                    found.lines.push(shown);
                } else if read >= MOST_READ {
                    found.next = after;
                    found.looked_until = Some(time);
                    return Ok(found);
                }
            }
            if last_part {
                return Ok(found);
            }
        }
    }

    async fn shown(&self, line: AuditLine, people: &mut People) -> Result<Line, StoreError> {
        let who = match line.author.split_once(':') {
            Some(("account", id)) => people.who(self, id).await?,
            Some(("token", name)) => Who::Token(name.to_owned()),
            _ if line.author == Author::CommandLine.to_string() => Who::CommandLine,
            _ => Who::Portal,
        };
        let whom = match &line.whom {
            Some(id) => Some(people.who(self, id.as_str()).await?),
            None => None,
        };
        Ok(Line {
            time: in_denmark(line.time),
            who,
            act: line.act,
            about: line
                .about
                .and_then(|key| key.parse::<Key>().ok())
                .map(|key| (key.kind, key.id)),
            title: line.title,
            whom,
            detail: line.detail,
        })
    }
}

fn is_wanted(line: &Line, wanted: &Wanted) -> bool {
    let whom = line.whom.as_ref().map(texts).unwrap_or_default();
    let id = line.about.as_ref().map_or("", |(_, id)| id.as_str());
    let people = texts(&line.who).into_iter().chain(whom);
    wanted.fits(line.act, people.chain([&*line.title, &*line.detail, id]))
}

/// What somebody is found by.
fn texts(who: &Who) -> [&str; 2] {
    match who {
        Who::Person(name, email) => [name, email.as_deref().unwrap_or_default()],
        Who::Token(name) => [name, ""],
        Who::Deleted | Who::CommandLine | Who::Portal => ["", ""],
    }
}

/// The people of a page, each looked up once.
#[derive(Default)]
struct People(HashMap<String, Option<Account>>);

impl People {
    async fn who(&mut self, portal: &Portal, id: &str) -> Result<Who, StoreError> {
        if !self.0.contains_key(id) {
            let account = match id.parse() {
                Ok(id) => portal.store.account(&id).await?,
                Err(_) => None,
            };
            self.0.insert(id.to_owned(), account);
        }
        Ok(match self.0.get(id) {
            Some(Some(account)) => Who::Person(account.name.clone(), account.email.clone()),
            _ => Who::Deleted,
        })
    }
}
