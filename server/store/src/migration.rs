//! The schema, as a list of steps that are applied in order and recorded in the database.
//!
//! A step that has been released is never edited: an old data directory has applied it as it was.
//! A change to the schema is a new file in `migrations/` and a new line in [`MIGRATIONS`].

use surrealdb::types::{SurrealValue, Variables};

use crate::engine::Engine;
use crate::error::{Failure, StoreError};

/// One step.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Migration {
    name: &'static str,
    statements: &'static str,
}

/// All steps. A step's version is its place in this list, from 1.
pub(crate) const MIGRATIONS: &[Migration] = &[
    Migration {
        name: "records",
        statements: include_str!("migrations/0001_records.surql"),
    },
    Migration {
        name: "accounts",
        statements: include_str!("migrations/0002_accounts.surql"),
    },
    Migration {
        name: "passwords",
        statements: include_str!("migrations/0003_passwords.surql"),
    },
    Migration {
        name: "people",
        statements: include_str!("migrations/0004_people.surql"),
    },
    Migration {
        name: "manuscripts",
        statements: include_str!("migrations/0005_manuscripts.surql"),
    },
    Migration {
        name: "mail",
        statements: include_str!("migrations/0010_mail.surql"),
    },
    Migration {
        name: "second factor",
        statements: include_str!("migrations/0011_second_factor.surql"),
    },
    Migration {
        name: "openid",
        statements: include_str!("migrations/0012_openid.surql"),
    },
    Migration {
        name: "attachments",
        statements: include_str!("migrations/0013_attachments.surql"),
    },
    Migration {
        name: "upkeep",
        statements: include_str!("migrations/0021_upkeep.surql"),
    },
    Migration {
        name: "feedback",
        statements: include_str!("migrations/0022_feedback.surql"),
    },
    Migration {
        name: "links",
        statements: include_str!("migrations/0023_links.surql"),
    },
    Migration {
        name: "audit",
        statements: include_str!("migrations/0024_audit.surql"),
    },
    Migration {
        name: "personal data",
        statements: include_str!("migrations/0025_personal_data.surql"),
    },
    Migration {
        name: "feedback by day",
        statements: include_str!("migrations/0026_feedback_by_day.surql"),
    },
];

/// The version of a database that has applied every step.
pub const SCHEMA_VERSION: u32 = MIGRATIONS.len() as u32;

#[derive(SurrealValue)]
struct AppliedRow {
    version: i64,
    name: String,
}

/// The table of applied steps has to be there before the first step.
const TABLE: &str = "
    DEFINE TABLE IF NOT EXISTS migration SCHEMAFULL PERMISSIONS NONE;
    DEFINE FIELD IF NOT EXISTS version ON migration TYPE int;
    DEFINE FIELD IF NOT EXISTS name ON migration TYPE string;
    DEFINE FIELD IF NOT EXISTS applied ON migration TYPE string;
";

/// Brings the database to the last of `steps` and says at which version it was before.
pub(crate) async fn migrate(
    engine: &Engine,
    steps: &[Migration],
    now: jiff::Timestamp,
) -> Result<u32, StoreError> {
    engine.write(TABLE, &Variables::new()).await?;
    let before = applied(engine).await?;
    check_known(&before, steps)?;
    for (index, step) in steps.iter().enumerate().skip(before.len()) {
        let version = index + 1;
        let mut turn = engine.turn().await;
        loop {
            let tried = apply(engine, version, *step, now).await;
            if let Some(settled) = turn.settle(tried).await {
                settled?;
                break;
            }
        }
        tracing::info!(
            version,
            name = step.name,
            "the database's schema was brought forward"
        );
    }
    Ok(u32::try_from(before.len()).unwrap_or(u32::MAX))
}

async fn apply(
    engine: &Engine,
    version: usize,
    step: Migration,
    now: jiff::Timestamp,
) -> Result<(), Failure> {
    // Another process on the same server may have been first.
    if applied(engine).await?.len() >= version {
        return Ok(());
    }
    let mut variables = Variables::new();
    variables.insert("name", step.name.to_owned());
    variables.insert("applied", now.to_string());
    variables.insert("version", as_int(version));
    let transaction = format!(
        "BEGIN;\n{}\nCREATE type::record('migration', $version) \
         SET version = $version, name = $name, applied = $applied RETURN NONE;\nCOMMIT;",
        step.statements
    );
    engine.attempt(&transaction, variables).await.map(drop)
}

fn as_int(version: usize) -> i64 {
    i64::try_from(version).unwrap_or(i64::MAX)
}

async fn applied(engine: &Engine) -> Result<Vec<AppliedRow>, Failure> {
    let mut rows: Vec<AppliedRow> = engine
        .attempt("SELECT version, name FROM migration", Variables::new())
        .await?
        .take(0)?;
    rows.sort_by_key(|row| row.version);
    Ok(rows)
}

fn check_known(applied: &[AppliedRow], steps: &[Migration]) -> Result<(), StoreError> {
    for (index, row) in applied.iter().enumerate() {
        if row.version != as_int(index + 1) {
            return Err(StoreError::Damaged(format!(
                "schema version {} is not recorded",
                index + 1
            )));
        }
        match steps.get(index) {
            Some(step) if step.name == row.name => {}
            Some(step) => {
                return Err(StoreError::Damaged(format!(
                    "schema version {} is «{}», expected «{}»",
                    row.version, row.name, step.name
                )));
            }
            None => {
                return Err(StoreError::NewerSchema {
                    found: u32::try_from(applied.len()).unwrap_or(u32::MAX),
                    known: u32::try_from(steps.len()).unwrap_or(u32::MAX),
                });
            }
        }
    }
    Ok(())
}
