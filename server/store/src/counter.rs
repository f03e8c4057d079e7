//! The counter: one row that every change reads and writes.
//!
//! It gives each revision its number and knows how many objects there are, so that neither has to
//! be found by reading tables.

use std::collections::BTreeMap;

use domain::{Code, Kind};
use surrealdb::types::SurrealValue;

use crate::StoreError;
use crate::record::sequence_from;

/// The row, as statements name it.
pub(crate) const READ: &str = "SELECT sequence, samples, records FROM ONLY counter:revision";

/// The counter as the database has it.
#[derive(Clone, Debug, Default, PartialEq, SurrealValue)]
pub(crate) struct CounterRow {
    pub(crate) sequence: i64,
    pub(crate) samples: i64,
    pub(crate) records: BTreeMap<String, i64>,
}

impl CounterRow {
    /// Counts one object that came (1) or went (-1).
    pub(crate) fn count(&mut self, kind: Kind, sample: bool, change: i64) {
        *self.records.entry(kind.code().to_owned()).or_default() += change;
        if sample {
            self.samples += change;
        }
    }

    pub(crate) fn counts(&self) -> Result<Counts, StoreError> {
        let records = self
            .records
            .iter()
            .map(|(code, number)| {
                let kind = code
                    .parse()
                    .map_err(|_| StoreError::Damaged(format!("the counter has «{code}»")))?;
                Ok((kind, sequence_from(*number)?))
            })
            .collect::<Result<_, StoreError>>()?;
        Ok(Counts {
            records,
            samples: sequence_from(self.samples)?,
            last_sequence: sequence_from(self.sequence)?,
        })
    }
}

/// How much there is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Published objects of each kind that has or had any.
    pub records: BTreeMap<Kind, u64>,
    /// How many of them are sample content.
    pub samples: u64,
    /// The number of the last revision; 0 before the first.
    pub last_sequence: u64,
}

impl Counts {
    /// All published objects.
    #[must_use]
    pub fn total(&self) -> u64 {
        self.records.values().sum()
    }
}
