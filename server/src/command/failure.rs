//! Why a command did not do what it was asked, in words for the one who asked.

use std::process::ExitCode;

use domain::Language;
use domain::permission::Refusal;
use store::StoreError;

use crate::exchange::export::ExportError;
use crate::exchange::import::ImportError;

/// Why a command failed.
#[derive(Debug)]
pub struct Failure {
    danish: String,
    english: String,
    /// Whether the call was wrong, not the work.
    call: bool,
}

impl Failure {
    /// The call was wrong.
    #[must_use]
    pub fn call(danish: impl Into<String>, english: impl Into<String>) -> Failure {
        Failure {
            danish: danish.into(),
            english: english.into(),
            call: true,
        }
    }

    /// The work failed.
    #[must_use]
    pub fn of_work(danish: impl Into<String>, english: impl Into<String>) -> Failure {
        Failure {
            danish: danish.into(),
            english: english.into(),
            call: false,
        }
    }

    /// The work failed for a reason that has only one wording.
    #[must_use]
    pub fn work(reason: impl Into<String>) -> Failure {
        let reason = reason.into();
        Failure::of_work(reason.clone(), reason)
    }

    /// The reason, in a sentence.
    #[must_use]
    pub fn message(&self, language: Language) -> String {
        match language {
            Language::Danish => self.danish.clone(),
            Language::English => self.english.clone(),
        }
    }

    /// 2 for a wrong call, 1 for failed work.
    #[must_use]
    pub fn exit_code(&self) -> ExitCode {
        ExitCode::from(if self.call { 2 } else { 1 })
    }
}

impl From<StoreError> for Failure {
    fn from(error: StoreError) -> Failure {
        let danish = match &error {
            StoreError::BadUrl(reason) => {
                return Failure::call(
                    format!("--database (ANKER_DATABASE) forstås ikke: {reason}"),
                    format!("--database (ANKER_DATABASE) is not understood: {reason}"),
                );
            }
            StoreError::Locked(directory) => {
                let directory = directory.display();
                return Failure::of_work(
                    format!(
                        "Databasen i {directory} bruges af et andet program. Kører portalen? Stop den først, \
                         eller hent indhold ind gennem den med POST /api/v1/import."
                    ),
                    format!(
                        "The database in {directory} is in use by another program. Is the portal running? \
                         Stop it first, or import through it with POST /api/v1/import."
                    ),
                );
            }
            StoreError::Unavailable(reason) => format!("Databasen kan ikke nås: {reason}"),
            StoreError::Conflict { attempts } => {
                format!("Ændringen veg for andres {attempts} gange og blev opgivet. Prøv igen.")
            }
            StoreError::NewerSchema { found, known } => format!(
                "Databasen har skemaversion {found}, og programmet kender kun op til {known}. Brug et nyere program."
            ),
            StoreError::Damaged(reason) => format!("Databasen er beskadiget: {reason}"),
            StoreError::NotEmpty => {
                "Der er allerede indhold. En sikkerhedskopi lægges ind, hvor der er tomt."
                    .to_owned()
            }
            StoreError::BadBackup(reason) => {
                format!("Sikkerhedskopien kan ikke bruges: {reason}")
            }
            StoreError::File(error) => format!("Filfejl: {error}"),
            other => format!("Databasen melder: {other}"),
        };
        Failure::of_work(danish, sentence(&error.to_string()))
    }
}

impl From<anyhow::Error> for Failure {
    fn from(error: anyhow::Error) -> Failure {
        match error.downcast::<StoreError>() {
            Ok(error) => error.into(),
            Err(error) => Failure::work(format!("{error:#}")),
        }
    }
}

impl From<Refusal> for Failure {
    fn from(_: Refusal) -> Failure {
        Failure::of_work("Det er ikke tilladt.", "That is not allowed.")
    }
}

impl From<ExportError> for Failure {
    fn from(error: ExportError) -> Failure {
        match error {
            ExportError::Refused(refusal) => refusal.into(),
            ExportError::Store(error) => error.into(),
            ExportError::Output(error) => Failure::of_work(
                format!("Der kan ikke skrives: {error}"),
                format!("The output cannot be written: {error}"),
            ),
        }
    }
}

impl From<ImportError> for Failure {
    fn from(error: ImportError) -> Failure {
        match error {
            ImportError::Store(error) => error.into(),
            ImportError::Aside(error) => Failure::of_work(
                format!("Linjer, der venter, kan ikke lægges til side: {error}"),
                format!("Lines that wait cannot be put aside: {error}"),
            ),
            ImportError::File { path, error } => {
                let path = path.display();
                Failure::of_work(
                    format!("{path} kan ikke læses: {error}"),
                    format!("{path} cannot be read: {error}"),
                )
            }
        }
    }
}

fn sentence(text: &str) -> String {
    let mut letters = text.chars();
    match letters.next() {
        Some(first) => format!("{}{}.", first.to_uppercase(), letters.as_str()),
        None => String::new(),
    }
}
