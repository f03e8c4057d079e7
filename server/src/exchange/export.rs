//! Content out: everything that is published, in a stable order, a page at a time.

use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use domain::permission::{Action, Actor, Refusal, decide};
use domain::{Code, Entry, Kind, Language};
use store::{Store, StoreError};

use super::csv;

/// The form of an export.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// The exchange format: every object, one a line.
    JsonLines,
    /// A spreadsheet of the offers, its columns named in the language.
    Spreadsheet(Language),
}

/// Why there is no export.
#[derive(Debug, thiserror::Error)]
pub enum ExportError {
    /// The one who asked may not.
    #[error("not allowed")]
    Refused(Refusal),
    /// What the store says.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The output could not be written.
    #[error(transparent)]
    Output(#[from] io::Error),
}

/// Writes everything that is published: kind by kind, by id within a kind, as it was at one
/// moment. `told` hears how many objects are written.
///
/// # Errors
/// See [`ExportError`].
pub async fn export(
    store: &Store,
    actor: Actor<'_>,
    form: Form,
    output: impl Write,
    mut told: impl FnMut(u64),
) -> Result<u64, ExportError> {
    decide(actor, Action::Export).map_err(ExportError::Refused)?;
    let mut done = 0;
    let mut count = || {
        done += 1;
        told(done);
    };
    match form {
        Form::JsonLines => {
            let mut output = BufWriter::with_capacity(256 << 10, output);
            store
                .for_each(Kind::all(), |record| {
                    output.write_all(record.content.as_bytes())?;
                    output.write_all(b"\n")?;
                    count();
                    Ok::<(), ExportError>(())
                })
                .await?;
            output.flush()?;
        }
        Form::Spreadsheet(language) => {
            let mut writer = csv::Writer::new(output, language)?;
            store
                .for_each(&[Kind::Offer], |record| {
                    if let Entry::Offer(offer) = record.entry()? {
                        writer.write(&offer)?;
                    }
                    count();
                    Ok::<(), ExportError>(())
                })
                .await?;
            writer.finish()?.flush()?;
        }
    }
    Ok(done)
}

/// Exports to a file, which is there only when it is whole.
///
/// # Errors
/// See [`ExportError`].
pub async fn export_to_file(
    store: &Store,
    actor: Actor<'_>,
    form: Form,
    path: &Path,
    told: impl FnMut(u64),
) -> Result<u64, ExportError> {
    let unfinished = unfinished(path);
    let written = async {
        let file = File::create(&unfinished)?;
        let done = export(store, actor, form, &file, told).await?;
        file.sync_all()?;
        std::fs::rename(&unfinished, path)?;
        Ok(done)
    }
    .await;
    if written.is_err() {
        // Why the export failed is what matters; a file left behind says by its name what it is.
        drop(std::fs::remove_file(&unfinished));
    }
    written
}

fn unfinished(path: &Path) -> PathBuf {
    let mut name = path.file_name().unwrap_or_default().to_owned();
    name.push(".part");
    path.with_file_name(name)
}
