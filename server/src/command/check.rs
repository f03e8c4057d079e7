//! `anker check`.

use std::collections::HashMap;
use std::process::ExitCode;

use domain::permission::{Action, Actor, decide};
use domain::{Code, Kind};
use store::{Key, Store, StoreError};

use super::Failure;
use super::options::Options;
use super::terminal::Terminal;
use crate::clock::Clock;
use crate::indexing::Indexer;
use crate::portal::index_directory;

/// Says what is not in order in the store, and where the index does not agree with it.
pub async fn run(options: &Options, terminal: Terminal) -> Result<ExitCode, Failure> {
    decide(Actor::Operator, Action::Operate)?;
    let store = Store::open(&options.database()?, Clock::System.now()).await?;
    let findings = find(options, &store, terminal).await;
    store.close().await?;
    let findings = findings?;
    for finding in &findings {
        terminal.complain(finding);
    }
    if findings.is_empty() {
        terminal.tell(terminal.choose(
            "Databasen er i orden, og søgeindekset passer til den.",
            "The database is in order, and the index agrees with it.",
        ));
        Ok(ExitCode::SUCCESS)
    } else {
        Ok(ExitCode::FAILURE)
    }
}

async fn find(
    options: &Options,
    store: &Store,
    terminal: Terminal,
) -> Result<Vec<String>, Failure> {
    let mut findings: Vec<String> = store
        .check()
        .await?
        .into_iter()
        .map(|finding| {
            format!(
                "{}: {}",
                terminal.choose("Databasen", "The database"),
                finding.0
            )
        })
        .collect();
    findings.extend(dangling(store, terminal).await?);
    findings.extend(disagreements(options, store, terminal).await?);
    Ok(findings)
}

/// References to what is not published: an import that was cut short leaves some until it is run
/// again.
async fn dangling(store: &Store, terminal: Terminal) -> Result<Vec<String>, Failure> {
    let mut known: HashMap<Key, bool> = HashMap::new();
    let mut findings = Vec::new();
    let mut references: Vec<(Key, String, Key)> = Vec::new();
    store
        .for_each(Kind::all(), |record| {
            for reference in record.entry()?.references() {
                let to = Key::new(reference.kind, reference.id);
                if known.get(&to).is_none_or(|published| !published) {
                    references.push((record.key.clone(), reference.field, to));
                }
            }
            known.insert(record.key, true);
            Ok::<(), StoreError>(())
        })
        .await?;
    for (from, field, to) in references {
        if !known.contains_key(&to) {
            let refers = terminal.choose("peger på", "refers to");
            let missing = terminal.choose("som ikke findes", "which is not there");
            findings.push(format!("{from}: {field} {refers} {to}, {missing}"));
        }
    }
    Ok(findings)
}

/// Objects that the index has otherwise than the store, or not at all, or alone.
async fn disagreements(
    options: &Options,
    store: &Store,
    terminal: Terminal,
) -> Result<Vec<String>, Failure> {
    let last = store.last_sequence().await?;
    let indexer = Indexer::open(store.clone(), &index_directory(&options.data))?;
    if indexer.is_rebuilding() {
        return Ok(vec![
            terminal
                .choose(
                    "Søgeindekset mangler eller kan ikke læses. Det bygges, når portalen starter, eller med `anker reindex`.",
                    "The index is missing or cannot be read. It is built when the portal starts, or by `anker reindex`.",
                )
                .to_owned(),
        ]);
    }
    let index = indexer.index();
    let mut findings = Vec::new();
    let position = index.position();
    if position != last {
        findings.push(match terminal.language {
            domain::Language::Danish => {
                format!("Søgeindekset er nået til revision {position} af {last}.")
            }
            domain::Language::English => {
                format!("The index has come to revision {position} of {last}.")
            }
        });
    }
    let mut indexed: HashMap<Key, u64> = index
        .contents()
        .into_iter()
        .map(|(kind, id, sequence)| (Key::new(kind, id), sequence))
        .collect();
    store
        .for_each(Kind::all(), |record| {
            match indexed.remove(&record.key) {
                Some(sequence) if sequence == record.sequence => {}
                // What the index has not come to is said once, above.
                _ if record.sequence > position => {}
                Some(sequence) => findings.push(match terminal.language {
                    domain::Language::Danish => format!(
                        "{}: søgeindekset har revision {sequence}, databasen {}",
                        record.key, record.sequence
                    ),
                    domain::Language::English => format!(
                        "{}: the index has revision {sequence}, the database {}",
                        record.key, record.sequence
                    ),
                }),
                None => findings.push(format!(
                    "{}: {}",
                    record.key,
                    terminal.choose("mangler i søgeindekset", "is missing in the index")
                )),
            }
            Ok::<(), StoreError>(())
        })
        .await?;
    // Those may have been removed by a revision that the index has not come to.
    indexed.retain(|_, _| position == last);
    let mut alone: Vec<Key> = indexed.into_keys().collect();
    alone.sort();
    for key in alone {
        let only = terminal.choose(
            "er i søgeindekset, men ikke i databasen",
            "is in the index, but not in the database",
        );
        findings.push(format!("{key}: {only}"));
    }
    Ok(findings)
}
