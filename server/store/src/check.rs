//! Checking that the database is in order, for `anker check`.

use std::collections::BTreeMap;

use domain::{Code, Kind};

use crate::attachment::check_attachments;
use crate::error::StoreError;
use crate::revision::Action;
use crate::snapshot::Snapshot;
use crate::store::Store;

/// Revisions read at a time.
const PAGE: usize = 500;

/// Something that is not as it should be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding(pub String);

impl Store {
    /// Reads everything and says what does not agree: contents that are not objects of the exchange
    /// format, records that are not what their last revision made them, missing revisions, wrong
    /// counts, images and files that are not as long as they should be. An empty list is a database in order.
    ///
    /// # Errors
    /// What the database says.
    pub async fn check(&self) -> Result<Vec<Finding>, StoreError> {
        let snapshot = self.snapshot().await?;
        let findings = check(&snapshot).await;
        let attachments = check_attachments(&snapshot).await;
        snapshot.end().await?;
        let mut findings = findings?;
        findings.append(&mut attachments?);
        Ok(findings)
    }
}

async fn check(snapshot: &Snapshot) -> Result<Vec<Finding>, StoreError> {
    let mut findings = Vec::new();
    let counts = snapshot.counts().await?;
    let mut number: BTreeMap<Kind, u64> = BTreeMap::new();
    let mut samples = 0;
    // What the revisions will have to say of each record: a number is all that has to be kept.
    let mut expected: BTreeMap<u64, u64> = BTreeMap::new();
    let mut pages = snapshot.pages(Kind::all());
    while let Some(page) = pages.next().await? {
        for record in page {
            *number.entry(record.key.kind).or_default() += 1;
            samples += u64::from(record.sample);
            expected.insert(
                record.sequence,
                fingerprint(&record.key.to_string(), &record.content),
            );
            match record.entry() {
                Ok(entry) if entry.kind() == record.key.kind && *entry.id() == record.key.id => {}
                Ok(_) => findings.push(Finding(format!("{} has another's content", record.key))),
                Err(error) => findings.push(Finding(error.to_string())),
            }
        }
    }
    for kind in Kind::all() {
        let found = number.get(kind).copied().unwrap_or(0);
        let told = counts.records.get(kind).copied().unwrap_or(0);
        if found != told {
            findings.push(Finding(format!(
                "there are {found} of kind {}, the counter says {told}",
                kind.code()
            )));
        }
    }
    if samples != counts.samples {
        findings.push(Finding(format!(
            "there are {samples} sample objects, the counter says {}",
            counts.samples
        )));
    }
    let mut last = 0;
    loop {
        let revisions = snapshot.revisions_after(last, PAGE).await?;
        let Some(newest) = revisions.last() else {
            break;
        };
        last = newest.sequence;
        for revision in revisions {
            let Some(fingerprint_of_record) = expected.remove(&revision.sequence) else {
                continue;
            };
            let same = match &revision.action {
                Action::Put(content) | Action::Confirm(content) => {
                    fingerprint(&revision.key.to_string(), content) == fingerprint_of_record
                }
                Action::Withdraw | Action::Archive | Action::Remove => false,
            };
            if !same {
                findings.push(Finding(format!(
                    "{} is not what revision {} made it",
                    revision.key, revision.sequence
                )));
            }
        }
    }
    if last != counts.last_sequence {
        findings.push(Finding(format!(
            "the last revision is {last}, the counter says {}",
            counts.last_sequence
        )));
    }
    for sequence in expected.into_keys() {
        findings.push(Finding(format!(
            "revision {sequence} is missing or belongs to another record"
        )));
    }
    Ok(findings)
}

fn fingerprint(key: &str, content: &str) -> u64 {
    use std::hash::{DefaultHasher, Hash, Hasher};
    let mut hasher = DefaultHasher::new();
    (key, content).hash(&mut hasher);
    hasher.finish()
}
