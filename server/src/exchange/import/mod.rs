//! Content in: lines of the exchange format, checked, published in batches, each answered for.
//!
//! A line may refer to one that comes later, and offers and cases refer to each other. So a line
//! whose references are not all known yet waits until the end; only then is it refused. A
//! line is never published while something it refers to is refused.

mod answer;
mod files;
mod lines;
mod parse;
mod stream;
mod waiting;

pub use answer::{LineAnswer, LineOutcome, Summary};
pub use files::{Progress, import_files};
pub use lines::{Line, LineSplitter};
pub use parse::{Parsed, parse};
pub use stream::{Answer, StreamLimits, import_stream};
pub use waiting::WaitingLimits;

use std::collections::HashSet;

use domain::audit::Act;
use domain::permission::{Action, Actor, Refusal, decide};
use domain::{Entry, Invalid};
use store::{AuditLine, Author, Key, Origin, Outcome, Store};

use crate::clock::Clock;
use waiting::{Candidate, Waiting, resolve};

/// The most bytes of lines in one batch; a batch has [`store::BATCH`] lines at most.
pub(crate) const BATCH_BYTES: usize = 4 << 20;

/// Why an import stopped before its end. What was answered for is published all the same.
#[derive(Debug, thiserror::Error)]
pub enum ImportError {
    /// The store did not take it.
    #[error(transparent)]
    Store(#[from] store::StoreError),
    /// Lines that wait could not be put aside.
    #[error("{0}")]
    Aside(#[from] std::io::Error),
    /// A file could not be read.
    #[error("{path}: {error}", path = .path.display())]
    File {
        /// The file.
        path: std::path::PathBuf,
        /// Why.
        error: std::io::Error,
    },
}

/// Publishes lines, batch by batch.
pub struct Importer {
    store: Store,
    author: Author,
    clock: Clock,
    /// What is published, as far as it was asked about.
    known: HashSet<Key>,
    /// What stands on lines that were refused.
    refused: HashSet<Key>,
    waiting: Waiting,
    summary: Summary,
}

impl Importer {
    /// An importer for someone.
    ///
    /// # Errors
    /// They may not import.
    pub fn new(
        store: Store,
        actor: Actor,
        author: Author,
        clock: Clock,
        limits: WaitingLimits,
    ) -> Result<Importer, Refusal> {
        decide(actor, Action::Import)?;
        Ok(Importer {
            store,
            author,
            clock,
            known: HashSet::new(),
            refused: HashSet::new(),
            waiting: Waiting::new(limits),
            summary: Summary::default(),
        })
    }

    /// What came of the lines that were answered for so far.
    #[must_use]
    pub fn summary(&self) -> Summary {
        self.summary
    }

    /// Notes in the log what came of it all, where anything did. What is in is in: where the note fails, that is logged.
    pub async fn note(&self) {
        let Summary {
            created,
            updated,
            unchanged,
            refused,
        } = self.summary;
        if created + updated == 0 {
            return;
        }
        let detail = format!("+{created} ~{updated} ={unchanged} !{refused}");
        let line = AuditLine::new(&self.author, Act::Import, self.clock.now()).detail(detail);
        if let Err(error) = self.store.note(&line).await {
            tracing::error!(error = %error, "an import could not be noted");
        }
    }

    /// How many lines wait for something they refer to.
    #[must_use]
    pub fn waiting(&self) -> usize {
        self.waiting.len()
    }

    /// Takes a batch of lines, at most [`store::LARGEST_BATCH`]. When it returns, what is answered
    /// as published is on disk; lines that are not answered for wait.
    ///
    /// # Errors
    /// Nothing of the batch is published then.
    pub async fn take(&mut self, batch: Vec<Parsed>) -> Result<Vec<LineAnswer>, ImportError> {
        let mut answers = Vec::with_capacity(batch.len());
        let mut entries = Vec::with_capacity(batch.len());
        for parsed in batch {
            match parsed.result {
                Ok(entry) => entries.push((parsed.file, parsed.line, entry)),
                Err(error) => {
                    self.refused.extend(parsed.key.clone());
                    let answer = LineAnswer::refused(parsed.file, parsed.line, parsed.key, error);
                    answers.push(answer);
                }
            }
        }
        let references: Vec<Vec<Key>> = entries
            .iter()
            .map(|(_, _, entry)| {
                let references = entry.references().into_iter();
                references
                    .map(|reference| Key::new(reference.kind, reference.id))
                    .filter(|key| !self.known.contains(key))
                    .collect()
            })
            .collect();
        self.ask(references.iter().flatten()).await?;
        let candidates: Vec<Candidate> = entries
            .iter()
            .zip(references)
            .map(|((_, _, entry), references)| Candidate {
                key: key_of(entry),
                references: references
                    .into_iter()
                    .filter(|key| !self.known.contains(key))
                    .collect(),
            })
            .collect();
        // Of two lines with one id the later one has to stay the later one.
        let held_up: Vec<bool> = candidates
            .iter()
            .map(|candidate| self.waiting.contains(&candidate.key))
            .collect();
        let missing = resolve(&candidates, &held_up, true);
        let mut now = Vec::with_capacity(entries.len());
        let mut places = Vec::with_capacity(entries.len());
        for (((file, line, entry), candidate), missing) in
            entries.into_iter().zip(candidates).zip(missing)
        {
            if !missing {
                places.push((file, line, candidate.key));
                now.push(entry);
            } else if !self.waiting.add(file, line, &candidate, &entry)? {
                // There is no more room to wait.
                answers.push(self.refuse(file, line, candidate.key, &entry));
            }
        }
        answers.extend(self.publish(now, places).await?);
        answers.sort_by_key(|answer| (answer.file, answer.line));
        self.count(&answers);
        Ok(answers)
    }

    /// Publishes the lines that waited and can be published, and refuses the others. It is called
    /// until it gives `None`.
    ///
    /// # Errors
    /// Nothing of the batch under way is published then.
    pub async fn finish(&mut self) -> Result<Option<Vec<LineAnswer>>, ImportError> {
        if !self.waiting.is_settled() {
            let references: Vec<Key> = self.waiting.references().cloned().collect();
            self.ask(references.iter()).await?;
            let in_vain = self.waiting.settle(&self.known);
            self.refused.extend(in_vain);
        }
        let Some(released) = self.waiting.release()? else {
            return Ok(None);
        };
        let mut answers = Vec::new();
        let mut now = Vec::new();
        let mut places = Vec::new();
        for line in released {
            if line.resolved {
                places.push((line.file, line.line, key_of(&line.entry)));
                now.push(line.entry);
            } else {
                let key = key_of(&line.entry);
                answers.push(self.refuse(line.file, line.line, key, &line.entry));
            }
        }
        answers.extend(self.publish(now, places).await?);
        answers.sort_by_key(|answer| (answer.file, answer.line));
        self.count(&answers);
        Ok(Some(answers))
    }

    /// Learns which of the keys are published.
    async fn ask(&mut self, keys: impl Iterator<Item = &Key>) -> Result<(), ImportError> {
        let unknown: HashSet<&Key> = keys.filter(|key| !self.known.contains(key)).collect();
        if unknown.is_empty() {
            return Ok(());
        }
        let unknown: Vec<Key> = unknown.into_iter().cloned().collect();
        self.known.extend(self.store.exists_many(&unknown).await?);
        Ok(())
    }

    /// Refuses a line because of the first of its references that is not there.
    fn refuse(&mut self, file: usize, line: u64, key: Key, entry: &Entry) -> LineAnswer {
        let accepted = self.waiting.accepted();
        let missing = entry.references().into_iter().find_map(|reference| {
            let key = Key::new(reference.kind, reference.id);
            (!self.known.contains(&key) && !accepted.contains(&key))
                .then_some((reference.field, key))
        });
        let (field, invalid) = match missing {
            Some((field, key)) if self.refused.contains(&key) => {
                (field, Invalid::RefusedReference(key.id.into()))
            }
            Some((field, key)) => (field, Invalid::UnknownReference(key.id.into())),
            // Its earlier line waits, and there is no room for this one to wait behind it.
            None => ("id".to_owned(), Invalid::Twice(key.id.to_string())),
        };
        self.refused.insert(key.clone());
        LineAnswer::refused(
            file,
            line,
            Some(key),
            domain::exchange::FieldError { field, invalid },
        )
    }

    async fn publish(
        &mut self,
        entries: Vec<Entry>,
        places: Vec<(usize, u64, Key)>,
    ) -> Result<Vec<LineAnswer>, ImportError> {
        if entries.is_empty() {
            return Ok(Vec::new());
        }
        let outcomes = self
            .store
            .put_many(&entries, &self.author, self.clock.now(), Origin::People)
            .await?;
        Ok(places
            .into_iter()
            .zip(outcomes)
            .map(|((file, line, key), outcome)| {
                self.known.insert(key.clone());
                let outcome = match outcome {
                    Outcome::Created => LineOutcome::Created,
                    Outcome::Updated => LineOutcome::Updated,
                    Outcome::Unchanged => LineOutcome::Unchanged,
                };
                LineAnswer {
                    file,
                    line,
                    key: Some(key),
                    outcome,
                }
            })
            .collect())
    }

    fn count(&mut self, answers: &[LineAnswer]) {
        for answer in answers {
            self.summary.count(&answer.outcome);
        }
    }
}

fn key_of(entry: &Entry) -> Key {
    Key::new(entry.kind(), entry.id().clone())
}

#[cfg(test)]
mod tests;
