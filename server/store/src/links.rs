//! Web addresses that published content links to: which objects have them, and what visits to them have shown.

use std::collections::{BTreeMap, BTreeSet};

use domain::links::LinkHealth;
use domain::{Code as _, Slug};
use jiff::civil::Date;
use sha2::{Digest as _, Sha256};
use surrealdb::types::{RecordId, SurrealValue, Variables};

use crate::engine::variable;
use crate::error::StoreError;
use crate::record::{Key, key_text};
use crate::secret::hexadecimal;
use crate::store::Store;

/// A web address that published content links to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// Its id: the hash of the address.
    pub id: String,
    /// The address as it is visited.
    pub address: String,
    /// What the visits have shown.
    pub health: LinkHealth,
}

/// An object that links to an address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LinkPlace {
    /// The address's id.
    pub link: String,
    /// The object.
    pub record: Key,
    /// The organisation that answers for the object.
    pub owner: Slug,
    /// The address as the object has it.
    pub written: String,
}

/// The web addresses that one object has now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LinksOf {
    /// The object.
    pub record: Key,
    /// The organisation that answers for it.
    pub owner: Slug,
    /// The addresses: as each is visited, and as the object has it.
    pub addresses: BTreeMap<String, String>,
}

#[derive(Clone, SurrealValue)]
struct LinkRow {
    id: RecordId,
    address: String,
    next: String,
    checked: Option<String>,
    answer: Option<String>,
    failures: i64,
    since: Option<String>,
    failed: Option<String>,
}

#[derive(Clone, PartialEq, SurrealValue)]
struct PlaceRow {
    id: RecordId,
    link: String,
    record: String,
    owner: String,
    written: String,
    dead: bool,
}

fn damaged(what: &str) -> StoreError {
    StoreError::Damaged(format!("a web address has «{what}»"))
}

fn day(text: Option<&String>) -> Result<Option<Date>, StoreError> {
    text.map(|text| text.parse().map_err(|_| damaged(text)))
        .transpose()
}

impl LinkRow {
    fn new(id: &str, address: &str, health: &LinkHealth, next: Date) -> Self {
        let text = |day: Option<Date>| day.map(|day| day.to_string());
        Self {
            id: RecordId::new("web_link", id),
            address: address.to_owned(),
            next: next.to_string(),
            checked: text(health.checked),
            answer: health.answer.map(|answer| answer.code().to_owned()),
            failures: i64::from(health.failures),
            since: text(health.since),
            failed: text(health.failed),
        }
    }
}

impl TryFrom<LinkRow> for Link {
    type Error = StoreError;

    fn try_from(row: LinkRow) -> Result<Self, StoreError> {
        let answer = row.answer.as_ref();
        Ok(Self {
            id: key_text(&row.id)?.to_owned(),
            health: LinkHealth {
                checked: day(row.checked.as_ref())?,
                answer: answer
                    .map(|answer| answer.parse().map_err(|_| damaged(answer)))
                    .transpose()?,
                failures: u32::try_from(row.failures).map_err(|_| damaged("failures"))?,
                since: day(row.since.as_ref())?,
                failed: day(row.failed.as_ref())?,
            },
            address: row.address,
        })
    }
}

impl TryFrom<PlaceRow> for LinkPlace {
    type Error = StoreError;

    fn try_from(row: PlaceRow) -> Result<Self, StoreError> {
        Ok(Self {
            record: row.record.parse()?,
            owner: row.owner.parse().map_err(|_| damaged(&row.owner))?,
            link: row.link,
            written: row.written,
        })
    }
}

/// The id of an address, and its turn: a number that spreads addresses evenly.
fn id_of(address: &str) -> (String, u8) {
    let hash: [u8; 32] = Sha256::digest(address.as_bytes()).into();
    (hexadecimal(&hash), hash[0])
}

const PLACE: &str = "
    BEGIN;
    DELETE $gone RETURN NONE;
    INSERT IGNORE INTO web_link $links RETURN NONE;
    INSERT INTO web_link_place $places ON DUPLICATE KEY UPDATE
        owner = $input.owner, written = $input.written, dead = $input.dead RETURN NONE;
    COMMIT;
";
const VISITED: &str = "
    BEGIN;
    UPDATE $id SET next = $next, checked = $checked, answer = $answer, failures = $failures,
        since = $since, failed = $failed RETURN NONE;
    UPDATE web_link_place SET dead = $dead WHERE link = $key AND dead != $dead RETURN NONE;
    COMMIT;
";

impl Store {
    /// Notes which web addresses objects have now. One that is new waits its turn within a week from today; one that no
    /// object has any more is forgotten.
    ///
    /// # Errors
    /// What the database says.
    pub async fn place_links(&self, objects: &[LinksOf], today: Date) -> Result<(), StoreError> {
        let mut before: BTreeMap<String, PlaceRow> = BTreeMap::new();
        let mut links: BTreeMap<String, LinkRow> = BTreeMap::new();
        let mut places = Vec::new();
        for object in objects {
            let record = object.record.to_string();
            let rows: Vec<PlaceRow> = self
                .engine()
                .run(
                    "SELECT * FROM web_link_place WHERE record = $record",
                    variable("record", record.clone()),
                )
                .await?
                .take(0)?;
            for row in rows {
                before.insert(key_text(&row.id)?.to_owned(), row);
            }
            for (address, written) in &object.addresses {
                let (id, turn) = id_of(address);
                let fresh = LinkHealth::default();
                let row = LinkRow::new(&id, address, &fresh, fresh.next(today, turn));
                links.insert(id.clone(), row);
                places.push(PlaceRow {
                    id: RecordId::new("web_link_place", format!("{id} {record}")),
                    link: id,
                    record: record.clone(),
                    owner: object.owner.to_string(),
                    written: written.clone(),
                    dead: false,
                });
            }
        }
        let ids: Vec<RecordId> = links.values().map(|row| row.id.clone()).collect();
        let known: Vec<LinkRow> = self
            .engine()
            .run("SELECT * FROM $ids", variable("ids", ids))
            .await?
            .take(0)?;
        let mut dead = BTreeSet::new();
        for row in known {
            let link = Link::try_from(row)?;
            if link.health.is_dead() {
                dead.insert(link.id);
            }
        }
        let mut changed = Vec::new();
        for mut place in places {
            place.dead = dead.contains(&place.link);
            let known = before.remove(key_text(&place.id)?);
            if known.as_ref() != Some(&place) {
                changed.push(place);
            }
        }
        // What is left of before is no longer there.
        let gone: Vec<PlaceRow> = before.into_values().collect();
        if changed.is_empty() && gone.is_empty() {
            return Ok(());
        }
        links.retain(|id, _| changed.iter().any(|place| place.link == *id));
        let gone_ids: Vec<RecordId> = gone.iter().map(|row| row.id.clone()).collect();
        let mut variables = variable("gone", gone_ids);
        variables.insert("links", links.into_values().collect::<Vec<_>>());
        variables.insert("places", changed);
        self.engine().write(PLACE, &variables).await?;
        for place in gone {
            if self.link_places(&place.link).await?.is_empty() {
                let id = variable("id", RecordId::new("web_link", place.link));
                self.engine().write("DELETE $id RETURN NONE", &id).await?;
            }
        }
        Ok(())
    }

    /// The addresses whose next visit is on this very day, at most so many.
    ///
    /// # Errors
    /// What the database says.
    pub async fn links_due_on(&self, day: Date, limit: usize) -> Result<Vec<Link>, StoreError> {
        let mut variables = variable("day", day.to_string());
        variables.insert("limit", i64::try_from(limit).unwrap_or(i64::MAX));
        self.links(
            "SELECT * FROM web_link WHERE next = $day LIMIT $limit",
            variables,
        )
        .await
    }

    /// Some addresses that worked when they were last visited.
    ///
    /// # Errors
    /// What the database says.
    pub async fn links_that_work(&self, limit: usize) -> Result<Vec<Link>, StoreError> {
        let works = domain::links::LinkAnswer::Works;
        let mut variables = variable("answer", works.code().to_owned());
        variables.insert("limit", i64::try_from(limit).unwrap_or(i64::MAX));
        self.links(
            "SELECT * FROM web_link WHERE answer = $answer LIMIT $limit",
            variables,
        )
        .await
    }

    async fn links(
        &self,
        statement: &'static str,
        variables: Variables,
    ) -> Result<Vec<Link>, StoreError> {
        let rows: Vec<LinkRow> = self.engine().run(statement, variables).await?.take(0)?;
        rows.into_iter().map(Link::try_from).collect()
    }

    /// The address of this id.
    ///
    /// # Errors
    /// What the database says.
    pub async fn linked_address(&self, id: &str) -> Result<Option<Link>, StoreError> {
        let row: Option<LinkRow> = self.one("web_link", id).await?;
        row.map(Link::try_from).transpose()
    }

    /// Notes what the visits to an address have shown, and the day of the next.
    ///
    /// # Errors
    /// What the database says.
    pub async fn put_link_health(
        &self,
        id: &str,
        health: &LinkHealth,
        next: Date,
    ) -> Result<(), StoreError> {
        let row = LinkRow::new(id, "", health, next);
        let mut variables = variable("id", row.id);
        variables.insert("key", id.to_owned());
        variables.insert("next", row.next);
        variables.insert("checked", row.checked);
        variables.insert("answer", row.answer);
        variables.insert("failures", row.failures);
        variables.insert("since", row.since);
        variables.insert("failed", row.failed);
        variables.insert("dead", health.is_dead());
        self.engine().write(VISITED, &variables).await.map(drop)
    }

    /// The objects that have an address.
    ///
    /// # Errors
    /// What the database says.
    pub async fn link_places(&self, id: &str) -> Result<Vec<LinkPlace>, StoreError> {
        let statement = "SELECT * FROM web_link_place WHERE link = $key";
        self.places_where(statement, variable("key", id.to_owned()))
            .await
    }

    /// Where the dead addresses are that an organisation answers for.
    ///
    /// # Errors
    /// What the database says.
    pub async fn dead_links_of(&self, owner: &Slug) -> Result<Vec<LinkPlace>, StoreError> {
        let statement = "SELECT * FROM web_link_place WHERE owner = $owner AND dead = true";
        self.places_where(statement, variable("owner", owner.to_string()))
            .await
    }

    async fn places_where(
        &self,
        statement: &'static str,
        variables: Variables,
    ) -> Result<Vec<LinkPlace>, StoreError> {
        let rows: Vec<PlaceRow> = self.engine().run(statement, variables).await?.take(0)?;
        let mut places = rows
            .into_iter()
            .map(LinkPlace::try_from)
            .collect::<Result<Vec<_>, _>>()?;
        places.sort_by(|one, other| {
            (&one.record, &one.written).cmp(&(&other.record, &other.written))
        });
        Ok(places)
    }
}
