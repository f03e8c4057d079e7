//! Lines that wait for something they refer to, and which of them can be published together.

use std::collections::{HashMap, HashSet};
use std::fs::File;
use std::io::{BufRead, BufReader, BufWriter, Seek, SeekFrom, Write};

use domain::Entry;
use domain::exchange::{parse_line, write_line};
use store::{BATCH, Key};

use super::BATCH_BYTES;

/// How many lines may wait. Their texts are in a nameless temporary file, which is gone when the
/// program is; what they refer to is in memory.
#[derive(Clone, Copy, Debug)]
pub struct WaitingLimits {
    /// The most lines.
    pub lines: usize,
    /// The most bytes of them together.
    pub bytes: u64,
}

impl WaitingLimits {
    /// For the operator's own files: as many as there are.
    pub const NONE: WaitingLimits = WaitingLimits {
        lines: usize::MAX,
        bytes: u64::MAX,
    };
    /// For transfers over the network.
    pub const TRANSFER: WaitingLimits = WaitingLimits {
        lines: 20_000,
        bytes: 64 << 20,
    };
}

/// Those of a transfer.
impl Default for WaitingLimits {
    fn default() -> WaitingLimits {
        WaitingLimits::TRANSFER
    }
}

/// An object and what it refers to that is not known.
pub struct Candidate {
    /// The object.
    pub key: Key,
    /// What it refers to that is not known.
    pub references: Vec<Key>,
}

/// Tells for each candidate whether it must stay behind: all that is left can be published
/// together, as what it refers to is published with it. `held_up` stays behind from the start.
/// With `in_order`, what comes after one that stays behind, under the same id, stays behind too.
pub fn resolve(candidates: &[Candidate], held_up: &[bool], in_order: bool) -> Vec<bool> {
    let mut by_key: HashMap<&Key, Vec<usize>> = HashMap::with_capacity(candidates.len());
    let mut referring: HashMap<&Key, Vec<usize>> = HashMap::new();
    for (position, candidate) in candidates.iter().enumerate() {
        by_key.entry(&candidate.key).or_default().push(position);
        for reference in &candidate.references {
            referring.entry(reference).or_default().push(position);
        }
    }
    let mut missing = vec![false; candidates.len()];
    let mut doubtful: Vec<usize> = (0..candidates.len())
        .filter(|position| {
            held_up.get(*position).copied().unwrap_or(false)
                || candidates[*position]
                    .references
                    .iter()
                    .any(|reference| !by_key.contains_key(reference))
        })
        .collect();
    while let Some(position) = doubtful.pop() {
        if std::mem::replace(&mut missing[position], true) {
            continue;
        }
        let key = &candidates[position].key;
        let same = by_key.get(key).map_or(&[][..], Vec::as_slice);
        if in_order {
            doubtful.extend(same.iter().filter(|other| **other > position));
        }
        if same.iter().all(|other| missing[*other]) {
            doubtful.extend(referring.get(key).into_iter().flatten());
        }
    }
    missing
}

struct Held {
    file: usize,
    line: u64,
    candidate: Candidate,
}

/// A line that no longer waits.
pub struct Released {
    /// The position of its file.
    pub file: usize,
    /// Its number.
    pub line: u64,
    /// What is on it.
    pub entry: Entry,
    /// Whether all it refers to is there.
    pub resolved: bool,
}

/// Lines that wait.
pub struct Waiting {
    limits: WaitingLimits,
    held: Vec<Held>,
    keys: HashSet<Key>,
    bytes: u64,
    aside: Option<BufWriter<File>>,
    settled: Option<Settled>,
}

struct Settled {
    missing: Vec<bool>,
    accepted: HashSet<Key>,
    next: usize,
    texts: Option<BufReader<File>>,
}

impl Waiting {
    pub fn new(limits: WaitingLimits) -> Waiting {
        Waiting {
            limits,
            held: Vec::new(),
            keys: HashSet::new(),
            bytes: 0,
            aside: None,
            settled: None,
        }
    }

    pub fn len(&self) -> usize {
        match &self.settled {
            Some(settled) => self.held.len() - settled.next,
            None => self.held.len(),
        }
    }

    /// Whether a line with this object waits.
    pub fn contains(&self, key: &Key) -> bool {
        self.keys.contains(key)
    }

    /// Puts a line aside; `false` when there is no room.
    pub fn add(
        &mut self,
        file: usize,
        line: u64,
        candidate: &Candidate,
        entry: &Entry,
    ) -> std::io::Result<bool> {
        let mut text = write_line(entry);
        text.push('\n');
        if self.held.len() >= self.limits.lines
            || self.bytes + text.len() as u64 > self.limits.bytes
        {
            return Ok(false);
        }
        let aside = match &mut self.aside {
            Some(aside) => aside,
            none => none.insert(BufWriter::new(tempfile::tempfile()?)),
        };
        aside.write_all(text.as_bytes())?;
        self.bytes += text.len() as u64;
        self.keys.insert(candidate.key.clone());
        self.held.push(Held {
            file,
            line,
            candidate: Candidate {
                key: candidate.key.clone(),
                references: candidate.references.clone(),
            },
        });
        Ok(true)
    }

    /// What waiting lines refer to that was not known when they came.
    pub fn references(&self) -> impl Iterator<Item = &Key> {
        self.held.iter().flat_map(|held| &held.candidate.references)
    }

    pub fn is_settled(&self) -> bool {
        self.settled.is_some()
    }

    /// Decides who waited in vain, now that everything is known, and names them.
    pub fn settle(&mut self, known: &HashSet<Key>) -> Vec<Key> {
        let candidates: Vec<Candidate> = self
            .held
            .iter_mut()
            .map(|held| Candidate {
                key: held.candidate.key.clone(),
                references: std::mem::take(&mut held.candidate.references)
                    .into_iter()
                    .filter(|key| !known.contains(key))
                    .collect(),
            })
            .collect();
        let missing = resolve(&candidates, &[], false);
        let mut accepted = HashSet::new();
        let mut in_vain = Vec::new();
        for (candidate, missing) in candidates.into_iter().zip(&missing) {
            if *missing {
                in_vain.push(candidate.key);
            } else {
                accepted.insert(candidate.key);
            }
        }
        in_vain.retain(|key| !accepted.contains(key));
        self.settled = Some(Settled {
            missing,
            accepted,
            next: 0,
            texts: None,
        });
        in_vain
    }

    /// The objects that waited and are published in the end.
    pub fn accepted(&self) -> &HashSet<Key> {
        static NONE: std::sync::LazyLock<HashSet<Key>> = std::sync::LazyLock::new(HashSet::new);
        self.settled
            .as_ref()
            .map_or(&NONE, |settled| &settled.accepted)
    }

    /// The next lines that no longer wait, a batch at most; `None` when there are no more.
    pub fn release(&mut self) -> std::io::Result<Option<Vec<Released>>> {
        let Some(settled) = &mut self.settled else {
            return Ok(None);
        };
        if settled.next >= self.held.len() {
            return Ok(None);
        }
        let texts = match &mut settled.texts {
            Some(texts) => texts,
            none => {
                let aside = self
                    .aside
                    .take()
                    .ok_or_else(|| std::io::Error::other("the lines put aside are gone"))?;
                let mut file = aside
                    .into_inner()
                    .map_err(std::io::IntoInnerError::into_error)?;
                file.seek(SeekFrom::Start(0))?;
                none.insert(BufReader::new(file))
            }
        };
        let mut released = Vec::new();
        let mut bytes = 0;
        let mut text = String::new();
        while released.len() < BATCH && bytes < BATCH_BYTES && settled.next < self.held.len() {
            text.clear();
            bytes += texts.read_line(&mut text)?;
            let entry = parse_line(text.trim_end())
                .map_err(|error| std::io::Error::other(format!("a line put aside: {error}")))?;
            let held = &self.held[settled.next];
            released.push(Released {
                file: held.file,
                line: held.line,
                entry,
                resolved: !settled.missing[settled.next],
            });
            settled.next += 1;
        }
        Ok(Some(released))
    }
}

#[cfg(test)]
mod tests {
    use domain::{Kind, Slug};

    use super::*;

    fn key(id: &str) -> Key {
        Key::new(Kind::Offer, id.parse::<Slug>().unwrap())
    }

    fn candidate(id: &str, references: &[&str]) -> Candidate {
        Candidate {
            key: key(id),
            references: references.iter().map(|id| key(id)).collect(),
        }
    }

    #[test]
    fn what_refers_to_each_other_goes_together_and_what_is_missing_takes_along_what_refers_to_it() {
        let candidates = [
            candidate("a", &["b"]),
            candidate("b", &["a"]),
            candidate("c", &["d"]),
            candidate("d", &["e"]),
            candidate("f", &["c", "a"]),
            candidate("g", &["a"]),
        ];
        let missing = resolve(&candidates, &[], false);
        assert_eq!(missing, [false, false, true, true, true, false]);
    }

    #[test]
    fn of_two_lines_with_one_id_one_is_enough_for_others_unless_the_order_counts() {
        let candidates = [
            candidate("a", &["nowhere"]),
            candidate("a", &[]),
            candidate("b", &["a"]),
        ];
        assert_eq!(resolve(&candidates, &[], false), [true, false, false]);
        assert_eq!(resolve(&candidates, &[], true), [true, true, true]);
        assert_eq!(
            resolve(&candidates[1..], &[true, false], true),
            [true, true]
        );
    }
}
