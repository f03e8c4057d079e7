//! Lines that come over the network: answered for as they are published, in bounded memory and
//! with bounded work.

use bytes::Bytes;
use domain::Language;
use domain::exchange::MAX_LINE_BYTES;
use futures::{Stream, StreamExt, stream};
use serde_json::{Value, json};
use tokio::sync::mpsc;

use super::lines::{Line, LineSplitter};
use super::parse::parse;
use super::{BATCH_BYTES, ImportError, Importer, LineAnswer, Summary};

/// How much one transfer may bring.
#[derive(Clone, Copy, Debug)]
pub struct StreamLimits {
    /// The most lines, blank ones too.
    pub lines: u64,
    /// The most bytes.
    pub bytes: u64,
}

impl Default for StreamLimits {
    fn default() -> Self {
        StreamLimits {
            lines: 1_000_000,
            bytes: 2 << 30,
        }
    }
}

/// What is answered to a transfer: a line for each line that was sent, and one at the end.
#[derive(Debug)]
pub enum Answer {
    /// What became of a line.
    Line(LineAnswer),
    /// Everything was read and answered for.
    Finished(Summary),
    /// Reading ended at this line. What was answered for is published; the rest was not taken.
    Broken {
        /// The line under way.
        line: u64,
        /// Why.
        reason: Broken,
        /// What came of the lines that were answered for.
        summary: Summary,
    },
}

/// Why a transfer was not read to its end.
#[derive(Debug)]
pub enum Broken {
    /// It ended in the middle.
    Transfer,
    /// It is larger than one transfer may be.
    TooLarge,
    /// The store does not take more.
    Store(ImportError),
}

impl Answer {
    /// The answer as one JSON object. The last one has `done`, which is `true` when the whole
    /// transfer was read and answered for.
    #[must_use]
    pub fn to_json(&self, language: Language) -> Value {
        match self {
            Answer::Line(answer) => answer.to_json(language),
            Answer::Finished(summary) => with_summary(json!({ "done": true }), *summary),
            Answer::Broken {
                line,
                reason,
                summary,
            } => {
                let reason = match (reason, language) {
                    (Broken::Transfer, Language::Danish) => {
                        "Overførslen blev afbrudt. Det, der er svaret på, er gemt; send resten igen."
                    }
                    (Broken::Transfer, Language::English) => {
                        "The transfer broke off. What was answered for is kept; send the rest again."
                    }
                    (Broken::TooLarge, Language::Danish) => {
                        "Overførslen er for stor. Det, der er svaret på, er gemt; send resten i en ny overførsel."
                    }
                    (Broken::TooLarge, Language::English) => {
                        "The transfer is too large. What was answered for is kept; send the rest in another transfer."
                    }
                    (Broken::Store(_), Language::Danish) => {
                        "Portalen kan ikke gemme mere lige nu. Det, der er svaret på, er gemt; prøv igen senere."
                    }
                    (Broken::Store(_), Language::English) => {
                        "The portal cannot keep more right now. What was answered for is kept; try again later."
                    }
                };
                let end = json!({ "done": false, "line": line, "reason": reason });
                with_summary(end, *summary)
            }
        }
    }
}

fn with_summary(mut end: Value, summary: Summary) -> Value {
    for (name, number) in [
        ("created", summary.created),
        ("updated", summary.updated),
        ("unchanged", summary.unchanged),
        ("refused", summary.refused),
    ] {
        end[name] = json!(number);
    }
    end
}

/// So many answers wait for someone who sends everything before reading anything.
const UNREAD_ANSWERS: usize = 200_000;

/// Imports the lines of a body and answers for each of them once it is published. The work goes on
/// in a task of its own; when nobody reads the answers any more, it ends after the batch under way.
pub fn import_stream<E: Send + 'static>(
    mut importer: Importer,
    body: impl Stream<Item = Result<Bytes, E>> + Send + 'static,
    limits: StreamLimits,
) -> impl Stream<Item = Answer> + Send + 'static {
    let (sender, receiver) = mpsc::channel(UNREAD_ANSWERS);
    tokio::spawn(async move {
        import(&mut importer, body, limits, sender).await;
        importer.note().await;
    });
    stream::unfold(receiver, async |mut receiver| {
        receiver.recv().await.map(|answer| (answer, receiver))
    })
}

async fn import<E: Send + 'static>(
    importer: &mut Importer,
    body: impl Stream<Item = Result<Bytes, E>> + Send + 'static,
    limits: StreamLimits,
    sender: mpsc::Sender<Answer>,
) {
    let mut body = std::pin::pin!(body);
    let mut splitter = LineSplitter::default();
    let mut lines: Vec<Line> = Vec::new();
    let mut kept = 0;
    let mut read = 0;
    let mut broken = None;
    loop {
        let bytes = match body.next().await {
            None => break,
            Some(Err(_)) => {
                broken = Some(Broken::Transfer);
                break;
            }
            Some(Ok(bytes)) => bytes,
        };
        read += bytes.len() as u64;
        // A chunk may be as large as its sender likes; a batch may not.
        for piece in bytes.chunks(256 << 10) {
            kept += piece.len();
            splitter.push(piece, |line| lines.push(line));
            if lines.len() >= store::BATCH || (kept >= BATCH_BYTES && !lines.is_empty()) {
                kept = 0;
                match take(importer, std::mem::take(&mut lines), &sender).await {
                    Ok(true) => {}
                    Ok(false) => return,
                    Err(error) => broken = Some(Broken::Store(error)),
                }
            }
            let endless = splitter.skipped() > 16 * MAX_LINE_BYTES as u64;
            if endless || read > limits.bytes || splitter.number() > limits.lines {
                broken = broken.or(Some(Broken::TooLarge));
            }
            if broken.is_some() {
                break;
            }
        }
        if broken.is_some() {
            break;
        }
    }
    let line = splitter.number();
    if broken.is_none() {
        splitter.finish(|line| lines.push(line));
    }
    if !matches!(broken, Some(Broken::Store(_))) {
        match finish(importer, lines, &sender).await {
            Ok(true) => {}
            Ok(false) => return,
            Err(error) => broken = Some(Broken::Store(error)),
        }
    }
    let summary = importer.summary();
    let end = match broken {
        None => Answer::Finished(summary),
        Some(reason) => {
            if let Broken::Store(error) = &reason {
                tracing::error!(error = %error, "an import could not be kept");
            }
            Answer::Broken {
                line,
                reason,
                summary,
            }
        }
    };
    // Whoever asked may be gone.
    drop(sender.send(end).await);
}

/// The last lines, and those that waited.
async fn finish(
    importer: &mut Importer,
    lines: Vec<Line>,
    sender: &mpsc::Sender<Answer>,
) -> Result<bool, ImportError> {
    if !take(importer, lines, sender).await? {
        return Ok(false);
    }
    while let Some(answers) = importer.finish().await? {
        if !answer(answers, sender).await {
            return Ok(false);
        }
    }
    Ok(true)
}

/// Parses and publishes lines; `false` when nobody wants the answers.
async fn take(
    importer: &mut Importer,
    mut lines: Vec<Line>,
    sender: &mpsc::Sender<Answer>,
) -> Result<bool, ImportError> {
    while !lines.is_empty() {
        let rest = lines.split_off(lines.len().min(store::BATCH));
        let batch = std::mem::replace(&mut lines, rest);
        let parsed = tokio::task::spawn_blocking(move || {
            batch.into_iter().map(|line| parse(0, line)).collect()
        })
        .await
        .map_err(std::io::Error::other)?;
        let answers = importer.take(parsed).await?;
        if !answer(answers, sender).await {
            return Ok(false);
        }
    }
    Ok(true)
}

async fn answer(answers: Vec<LineAnswer>, sender: &mpsc::Sender<Answer>) -> bool {
    for answer in answers {
        if sender.send(Answer::Line(answer)).await.is_err() {
            return false;
        }
    }
    true
}
