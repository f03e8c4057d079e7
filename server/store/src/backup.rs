//! Backups: the whole database in one file, and back.
//!
//! The file is gzip over lines of JSON. The first line says what it is, one line follows for each
//! row of the database, and the last line carries the number of rows and the SHA-256 of all lines
//! before it, so that a file that was cut or changed is refused before anything is restored. Rows
//! are as the schema version in the first line has them; restoring applies later migrations to
//! them, so an old backup stays good. Sign-ins and unused links are left out: after a restore,
//! people sign in anew. So are letters on their way and notices that wait for a digest, which would
//! otherwise be sent twice.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{BufRead, BufReader, BufWriter, Read, Write};
use std::path::{Path, PathBuf};

use flate2::Compression;
use flate2::read::MultiGzDecoder;
use flate2::write::GzEncoder;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value as Json};
use sha2::{Digest, Sha256};
use surrealdb::types::{Bytes, Object, RecordId, RecordIdKey, SurrealValue, Value};

use crate::database_url::DatabaseUrl;
use crate::engine::variable;
use crate::error::StoreError;
use crate::migration::{MIGRATIONS, SCHEMA_VERSION, migrate};
use crate::secret::{from_hexadecimal, hexadecimal};
use crate::snapshot::Snapshot;
use crate::store::Store;

const FORMAT: &str = "anker-backup";
const FORMAT_VERSION: u32 = 1;
/// Rows read or written at a time.
const PART: usize = 500;
/// The longest line that is read: far more than the largest row has.
const LONGEST_LINE: u64 = 16 << 20;

/// The tables of a backup, and how their rows come back. The counter is last: until it is there,
/// the database refuses to open, so a restore that was cut short is not taken for a whole one.
const TABLES: &[(&str, &str)] = &[
    ("account", "INSERT INTO account $rows RETURN NONE"),
    ("address", "INSERT INTO address $rows RETURN NONE"),
    ("membership", "INSERT INTO membership $rows RETURN NONE"),
    ("invitation", "INSERT INTO invitation $rows RETURN NONE"),
    ("join_request", "INSERT INTO join_request $rows RETURN NONE"),
    ("standing", "INSERT INTO standing $rows RETURN NONE"),
    ("email_domain", "INSERT INTO email_domain $rows RETURN NONE"),
    ("delivery", "INSERT INTO delivery $rows RETURN NONE"),
    (
        "letter_language",
        "INSERT INTO letter_language $rows RETURN NONE",
    ),
    ("unsubscribe", "INSERT INTO unsubscribe $rows RETURN NONE"),
    ("password", "INSERT INTO password $rows RETURN NONE"),
    ("identity", "INSERT INTO identity $rows RETURN NONE"),
    (
        "second_factor",
        "INSERT INTO second_factor $rows RETURN NONE",
    ),
    ("api_token", "INSERT INTO api_token $rows RETURN NONE"),
    ("manuscript", "INSERT INTO manuscript $rows RETURN NONE"),
    ("waiting", "INSERT INTO waiting $rows RETURN NONE"),
    ("scheduled", "INSERT INTO scheduled $rows RETURN NONE"),
    ("remark", "INSERT INTO remark $rows RETURN NONE"),
    ("told", "INSERT INTO told $rows RETURN NONE"),
    ("confirming", "INSERT INTO confirming $rows RETURN NONE"),
    ("web_link", "INSERT INTO web_link $rows RETURN NONE"),
    (
        "web_link_place",
        "INSERT INTO web_link_place $rows RETURN NONE",
    ),
    ("setting", "INSERT INTO setting $rows RETURN NONE"),
    ("audit", "INSERT INTO audit $rows RETURN NONE"),
    ("last_seen", "INSERT INTO last_seen $rows RETURN NONE"),
    ("attachment", "INSERT INTO attachment $rows RETURN NONE"),
    (
        "attachment_place",
        "INSERT INTO attachment_place $rows RETURN NONE",
    ),
    (
        "attachment_part",
        "INSERT INTO attachment_part $rows RETURN NONE",
    ),
    ("image_report", "INSERT INTO image_report $rows RETURN NONE"),
    ("feedback", "INSERT INTO feedback $rows RETURN NONE"),
    (
        "feedback_report",
        "INSERT INTO feedback_report $rows RETURN NONE",
    ),
    (
        "feedback_link",
        "INSERT INTO feedback_link $rows RETURN NONE",
    ),
    ("record", "INSERT INTO record $rows RETURN NONE"),
    ("revision", "INSERT INTO revision $rows RETURN NONE"),
    ("counter", "INSERT INTO counter $rows RETURN NONE"),
];

/// Rows of a table read or written at a time: those of images and files are half a megabyte each.
fn rows_at_once(table: &str) -> usize {
    match table {
        "attachment_part" => 16,
        _ => PART,
    }
}

#[derive(Serialize, Deserialize)]
struct Header {
    format: String,
    version: u32,
    schema: u32,
    created: Timestamp,
    sequence: u64,
}

#[derive(Serialize, Deserialize)]
#[serde(untagged)]
enum Line {
    Row {
        table: String,
        key: RowKey,
        row: Map<String, Json>,
        /// Fields of bytes, in hexadecimal: JSON has none.
        #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
        bytes: BTreeMap<String, String>,
    },
    End {
        rows: u64,
        sha256: String,
    },
}

#[derive(Serialize, Deserialize)]
#[serde(untagged)]
enum RowKey {
    Number(i64),
    Text(String),
}

/// What a backup holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BackupSummary {
    /// Rows of all tables.
    pub rows: u64,
    /// The last revision in it.
    pub sequence: u64,
    /// When it was made.
    pub created: Timestamp,
}

impl Store {
    /// Writes everything as it is at this moment to `path`, which is there only when it is whole.
    /// `progress` is told how many rows are done. It writes the file on the calling thread.
    ///
    /// # Errors
    /// [`StoreError::File`], or what the database says.
    pub async fn backup(
        &self,
        path: &Path,
        now: Timestamp,
        progress: impl FnMut(u64),
    ) -> Result<BackupSummary, StoreError> {
        let unfinished = beside(path, ".part");
        let snapshot = self.snapshot().await?;
        let written = write_backup(&snapshot, &unfinished, now, progress).await;
        let ended = snapshot.end().await;
        match written.and_then(|summary| ended.map(|()| summary)) {
            Ok(summary) => {
                std::fs::rename(&unfinished, path)?;
                Ok(summary)
            }
            Err(error) => {
                // What matters is why the backup failed; a file left behind is not whole and says so.
                let _ = std::fs::remove_file(&unfinished);
                Err(error)
            }
        }
    }

    /// Makes the database that a backup holds, where there is none yet, and opens it.
    ///
    /// Into a directory it is made beside it first and moved there when it is whole.
    ///
    /// # Errors
    /// [`StoreError::BadBackup`] before anything is written, [`StoreError::NotEmpty`], or what the
    /// database says.
    pub async fn restore(
        url: &DatabaseUrl,
        path: &Path,
        now: Timestamp,
        progress: impl FnMut(u64),
    ) -> Result<(Self, BackupSummary), StoreError> {
        let (header, summary) = verify_backup(path)?;
        let steps = MIGRATIONS
            .get(..header.schema as usize)
            .ok_or(StoreError::NewerSchema {
                found: header.schema,
                known: SCHEMA_VERSION,
            })?;
        let DatabaseUrl::Directory(directory) = url else {
            let store = Self::open_with(url, steps, now).await?;
            if store.last_sequence().await? > 0 {
                return Err(StoreError::NotEmpty);
            }
            read_backup(&store, path, progress).await?;
            migrate(store.engine(), MIGRATIONS, now).await?;
            store.announce(summary.sequence);
            return Ok((store, summary));
        };
        if directory.exists() && directory.read_dir()?.next().is_some() {
            return Err(StoreError::NotEmpty);
        }
        let unfinished = beside(directory, ".restoring");
        if unfinished.exists() {
            std::fs::remove_dir_all(&unfinished)?;
        }
        let aside = DatabaseUrl::Directory(unfinished.clone());
        let store = Self::open_with(&aside, steps, now).await?;
        read_backup(&store, path, progress).await?;
        store.close().await?;
        drop(store);
        if directory.exists() {
            std::fs::remove_dir(directory)?;
        }
        std::fs::rename(&unfinished, directory)?;
        Ok((Self::open(url, now).await?, summary))
    }
}

fn beside(path: &Path, ending: &str) -> PathBuf {
    let mut name = path.file_name().unwrap_or_default().to_owned();
    name.push(ending);
    path.with_file_name(name)
}

/// Hashes what goes through to the writer behind it.
struct Hashing<W> {
    behind: W,
    hash: Sha256,
}

impl<W: Write> Hashing<W> {
    fn line(&mut self, line: &impl Serialize) -> Result<(), StoreError> {
        let mut text = serde_json::to_vec(line)
            .map_err(|error| StoreError::Damaged(format!("a row cannot be written: {error}")))?;
        text.push(b'\n');
        self.hash.update(&text);
        self.behind.write_all(&text)?;
        Ok(())
    }
}

async fn write_backup(
    snapshot: &Snapshot,
    path: &Path,
    now: Timestamp,
    mut progress: impl FnMut(u64),
) -> Result<BackupSummary, StoreError> {
    let sequence = snapshot.counts().await?.last_sequence;
    let behind = GzEncoder::new(BufWriter::new(File::create(path)?), Compression::fast());
    let mut output = Hashing {
        behind,
        hash: Sha256::new(),
    };
    output.line(&Header {
        format: FORMAT.to_owned(),
        version: FORMAT_VERSION,
        schema: SCHEMA_VERSION,
        created: now,
        sequence,
    })?;
    let mut rows = 0;
    for (table, _) in TABLES {
        let mut after = None;
        loop {
            let page = snapshot
                .rows(table, after.take(), rows_at_once(table))
                .await?;
            let full = page.len() == rows_at_once(table);
            for value in page {
                let (key, line) = row_line(table, value)?;
                output.line(&line)?;
                after = Some(key);
                rows += 1;
            }
            progress(rows);
            if !full {
                break;
            }
        }
    }
    let sha256 = hexadecimal(&output.hash.clone().finalize());
    output.line(&Line::End { rows, sha256 })?;
    let file = output
        .behind
        .finish()?
        .into_inner()
        .map_err(std::io::IntoInnerError::into_error)?;
    file.sync_all()?;
    Ok(BackupSummary {
        rows,
        sequence,
        created: now,
    })
}

fn row_line(table: &str, value: Value) -> Result<(RecordIdKey, Line), StoreError> {
    let damaged = |what: &str| StoreError::Damaged(format!("a row of {table} has {what}"));
    let Value::Object(object) = value else {
        return Err(damaged("no fields"));
    };
    let mut fields = object.into_inner();
    let Some(Value::RecordId(id)) = fields.remove("id") else {
        return Err(damaged("no key"));
    };
    let key = match &id.key {
        RecordIdKey::Number(number) => RowKey::Number(*number),
        RecordIdKey::String(text) => RowKey::Text(text.clone()),
        _ => return Err(damaged("a key of an unknown type")),
    };
    let mut row = Map::new();
    let mut bytes = BTreeMap::new();
    for (name, value) in fields {
        if let Value::Bytes(data) = value {
            bytes.insert(name, hexadecimal(&data));
            continue;
        }
        let value = value.into_json_value();
        // A field that is not there is left out; the schema has no null.
        if !value.is_null() {
            row.insert(name, value);
        }
    }
    let line = Line::Row {
        table: table.to_owned(),
        key,
        row,
        bytes,
    };
    Ok((id.key, line))
}

fn bad(reason: impl Into<String>) -> StoreError {
    StoreError::BadBackup(reason.into())
}

/// The lines of a backup, one at a time.
struct Lines<R> {
    input: BufReader<R>,
    text: Vec<u8>,
}

impl Lines<MultiGzDecoder<BufReader<File>>> {
    fn open(path: &Path) -> Result<Self, StoreError> {
        let file = BufReader::new(File::open(path)?);
        Ok(Self {
            input: BufReader::new(MultiGzDecoder::new(file)),
            text: Vec::new(),
        })
    }
}

impl<R: Read> Lines<R> {
    /// The next line with its end; empty after the last.
    fn next(&mut self) -> Result<&[u8], StoreError> {
        self.text.clear();
        self.input
            .by_ref()
            .take(LONGEST_LINE)
            .read_until(b'\n', &mut self.text)
            .map_err(|error| bad(format!("it is not readable to the end: {error}")))?;
        if !self.text.is_empty() && self.text.last() != Some(&b'\n') {
            return Err(bad("it is cut off"));
        }
        Ok(&self.text)
    }
}

fn read_header(text: &[u8]) -> Result<Header, StoreError> {
    let header: Header =
        serde_json::from_slice(text).map_err(|_| bad("it does not begin as a backup does"))?;
    if header.format != FORMAT {
        return Err(bad("it does not begin as a backup does"));
    }
    if header.version > FORMAT_VERSION {
        return Err(bad(format!(
            "it has format version {}, this program reads up to {FORMAT_VERSION}",
            header.version
        )));
    }
    Ok(header)
}

/// Reads a backup to its end without using it, and fails unless it is whole.
///
/// # Errors
/// [`StoreError::BadBackup`] and [`StoreError::File`].
fn verify_backup(path: &Path) -> Result<(Header, BackupSummary), StoreError> {
    let mut lines = Lines::open(path)?;
    let mut hash = Sha256::new();
    let first = lines.next()?;
    hash.update(first);
    let header = read_header(first)?;
    let mut rows = 0;
    loop {
        let text = lines.next()?;
        if text.is_empty() {
            return Err(bad("it is cut off"));
        }
        match serde_json::from_slice(text) {
            Ok(Line::Row { .. }) => {
                hash.update(text);
                rows += 1;
            }
            Ok(Line::End { rows: told, sha256 }) => {
                if told != rows || sha256 != hexadecimal(&hash.finalize()) {
                    return Err(bad("its checksum is wrong: it was changed or damaged"));
                }
                if !lines.next()?.is_empty() {
                    return Err(bad("there is something after its end"));
                }
                let summary = BackupSummary {
                    rows,
                    sequence: header.sequence,
                    created: header.created,
                };
                return Ok((header, summary));
            }
            Err(_) => return Err(bad(format!("row {} is not readable", rows + 1))),
        }
    }
}

async fn read_backup(
    store: &Store,
    path: &Path,
    mut progress: impl FnMut(u64),
) -> Result<(), StoreError> {
    let mut lines = Lines::open(path)?;
    lines.next()?;
    let mut rows: Vec<Value> = Vec::with_capacity(PART);
    let mut current: Option<String> = None;
    let mut done = 0;
    loop {
        let line: Line = serde_json::from_slice(lines.next()?)
            .map_err(|_| bad("it changed while being read"))?;
        match line {
            Line::Row {
                table,
                key,
                row,
                bytes,
            } => {
                let other = current.as_ref().is_some_and(|current| *current != table);
                if other || rows.len() == rows_at_once(&table) {
                    done += insert(store, current.as_deref(), &mut rows).await?;
                    progress(done);
                }
                rows.push(row_value(&table, key, row, bytes)?);
                current = Some(table);
            }
            Line::End { .. } => {
                done += insert(store, current.as_deref(), &mut rows).await?;
                progress(done);
                return Ok(());
            }
        }
    }
}

fn row_value(
    table: &str,
    key: RowKey,
    row: Map<String, Json>,
    bytes: BTreeMap<String, String>,
) -> Result<Value, StoreError> {
    let id = match key {
        RowKey::Number(number) => RecordId::new(table, number),
        RowKey::Text(text) => RecordId::new(table, text),
    };
    let mut object = Object::new();
    object.insert("id", id);
    for (name, value) in row {
        object.insert(name, value);
    }
    for (name, digits) in bytes {
        let data = from_hexadecimal(&digits).ok_or_else(|| bad("its bytes are not readable"))?;
        object.insert(name, Bytes::from(data));
    }
    Ok(object.into_value())
}

async fn insert(
    store: &Store,
    table: Option<&str>,
    rows: &mut Vec<Value>,
) -> Result<u64, StoreError> {
    let Some(table) = table else { return Ok(0) };
    let statement = TABLES
        .iter()
        .find(|(name, _)| *name == table)
        .map(|(_, statement)| *statement)
        .ok_or_else(|| bad(format!("it has rows of an unknown table, «{table}»")))?;
    let number = rows.len() as u64;
    let variables = variable("rows", std::mem::take(rows));
    store.engine().write(statement, &variables).await?;
    Ok(number)
}
