//! Files: a thread reads and parses them while the batches before are being published.

use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use domain::Kind;
use store::Key;
use tokio::sync::mpsc;

use super::lines::LineSplitter;
use super::parse::{Parsed, parse};
use super::{BATCH_BYTES, ImportError, Importer, LineAnswer, Summary};
use crate::exchange::csv;

/// How far an import of files has come.
#[derive(Clone, Copy, Debug, Default)]
pub struct Progress {
    /// Bytes read of all files.
    pub read: u64,
    /// Bytes of all files.
    pub total: u64,
    /// What came of the lines so far.
    pub summary: Summary,
    /// Lines that wait for something they refer to.
    pub waiting: usize,
}

struct Batch {
    lines: Vec<Parsed>,
    read: u64,
}

/// Imports files, those that end in `.csv` as spreadsheets of offers, others as JSON Lines. `told`
/// hears of each batch once it is published. When `stop` becomes true, the batch under way is
/// finished and no other begun; then the answer is `false`.
///
/// # Errors
/// A file cannot be read, or the store does not take the lines; what was told of is published.
pub async fn import_files(
    importer: &mut Importer,
    files: &[PathBuf],
    stop: &Arc<AtomicBool>,
    mut told: impl FnMut(&[LineAnswer], Progress),
) -> Result<bool, ImportError> {
    let mut total = 0;
    for path in files {
        let metadata = std::fs::metadata(path).map_err(|error| unreadable(path, error))?;
        total += metadata.len();
    }
    let (sender, mut batches) = mpsc::channel(2);
    let reader = std::thread::spawn({
        let (files, stop) = (files.to_vec(), Arc::clone(stop));
        move || read_all(&files, &stop, &sender)
    });
    let mut progress = Progress {
        total,
        ..Progress::default()
    };
    let mut done = Ok(());
    while let Some(batch) = batches.recv().await {
        if stop.load(Ordering::Relaxed) {
            break;
        }
        match importer.take(batch.lines).await {
            Ok(answers) => {
                progress.read = batch.read;
                progress.summary = importer.summary();
                progress.waiting = importer.waiting();
                told(&answers, progress);
            }
            Err(error) => {
                done = Err(error);
                break;
            }
        }
    }
    // A reader that is still sending notices that nobody takes it any more.
    batches.close();
    while batches.recv().await.is_some() {}
    let read = reader
        .join()
        .unwrap_or_else(|_| Err(io::Error::other("the reading thread ended early").into()));
    done?;
    read?;
    while !stop.load(Ordering::Relaxed) {
        let Some(answers) = importer.finish().await? else {
            return Ok(true);
        };
        progress.read = total;
        progress.summary = importer.summary();
        progress.waiting = importer.waiting();
        told(&answers, progress);
    }
    Ok(false)
}

fn unreadable(path: &Path, error: io::Error) -> ImportError {
    ImportError::File {
        path: path.to_owned(),
        error,
    }
}

/// Lines on their way to the importer.
struct Outgoing<'import> {
    batch: Vec<Parsed>,
    /// Bytes of all files read so far, and when the last batch was sent.
    read: u64,
    sent: u64,
    stop: &'import AtomicBool,
    sender: &'import mpsc::Sender<Batch>,
}

impl Outgoing<'_> {
    /// Takes a line; `false` when no more are wanted.
    fn push(&mut self, line: Parsed) -> bool {
        self.batch.push(line);
        let full = self.batch.len() >= store::BATCH
            || self.read - self.sent >= u64::try_from(BATCH_BYTES).unwrap_or(u64::MAX);
        !full || self.flush()
    }

    fn flush(&mut self) -> bool {
        self.sent = self.read;
        let lines = std::mem::take(&mut self.batch);
        let read = self.read;
        !self.stop.load(Ordering::Relaxed)
            && self.sender.blocking_send(Batch { lines, read }).is_ok()
    }
}

fn read_all(
    files: &[PathBuf],
    stop: &AtomicBool,
    sender: &mpsc::Sender<Batch>,
) -> Result<(), ImportError> {
    let mut outgoing = Outgoing {
        batch: Vec::new(),
        read: 0,
        sent: 0,
        stop,
        sender,
    };
    for (position, path) in files.iter().enumerate() {
        let opened = File::open(path).map_err(|error| unreadable(path, error))?;
        let wanted = if is_spreadsheet(path) {
            read_spreadsheet(position, opened, &mut outgoing)
        } else {
            read_lines(position, opened, &mut outgoing)
        };
        if !wanted.map_err(|error| unreadable(path, error))? {
            return Ok(());
        }
    }
    outgoing.flush();
    Ok(())
}

/// Whether a file is a spreadsheet, by its name.
fn is_spreadsheet(path: &Path) -> bool {
    path.extension()
        .is_some_and(|extension| extension.eq_ignore_ascii_case("csv"))
}

fn read_lines(position: usize, mut file: File, outgoing: &mut Outgoing<'_>) -> io::Result<bool> {
    let mut splitter = LineSplitter::default();
    let mut buffer = vec![0; 64 << 10];
    let mut wanted = true;
    loop {
        let length = match file.read(&mut buffer) {
            Ok(length) => length,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            Err(error) => return Err(error),
        };
        if length == 0 {
            splitter.finish(|line| wanted = outgoing.push(parse(position, line)));
            return Ok(wanted);
        }
        outgoing.read += length as u64;
        splitter.push(&buffer[..length], |line| {
            wanted = wanted && outgoing.push(parse(position, line));
        });
        if !wanted {
            return Ok(false);
        }
    }
}

fn read_spreadsheet(position: usize, file: File, outgoing: &mut Outgoing<'_>) -> io::Result<bool> {
    let mut rows = csv::Rows::read(file)?;
    let before = outgoing.read;
    while let Some(row) = rows.next_row()? {
        outgoing.read = before + rows.bytes();
        let parsed = Parsed {
            file: position,
            line: row.line,
            key: row.id.map(|id| Key::new(Kind::Offer, id)),
            result: row.result,
        };
        if !outgoing.push(parsed) {
            return Ok(false);
        }
    }
    outgoing.read = before + rows.bytes();
    Ok(true)
}
