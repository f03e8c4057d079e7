//! A call that is not understood, explained.

use std::process::ExitCode;

use clap::error::{ContextKind, ContextValue, ErrorKind};
use domain::Language;

/// Prints help or version where that was asked for, else what is wrong with the call.
pub fn explain(error: &clap::Error, language: Language) -> ExitCode {
    let asked = matches!(
        error.kind(),
        ErrorKind::DisplayHelp | ErrorKind::DisplayVersion
    );
    let danish = danish(error).filter(|_| language == Language::Danish);
    match danish {
        Some(help) if asked => print!("{help}"),
        Some(message) => eprintln!("{message}\n\nSe `anker --help`."),
        // Nobody is left to tell when the output is gone.
        None => drop(error.print()),
    }
    ExitCode::from(if asked { 0 } else { 2 })
}

/// The commonest mistakes in Danish.
fn danish(error: &clap::Error) -> Option<String> {
    let told = |kind: ContextKind| match error.get(kind) {
        Some(ContextValue::String(text)) => text.clone(),
        Some(ContextValue::Strings(texts)) => texts.join(", "),
        _ => String::new(),
    };
    let argument = told(ContextKind::InvalidArg);
    let value = told(ContextKind::InvalidValue);
    match error.kind() {
        // The parts of a help text that the library has in English only.
        ErrorKind::DisplayHelp | ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => {
            let help = error.render().to_string();
            Some(
                help.replace("[OPTIONS]", "[VALG]")
                    .replace("Arguments:", "Argumenter:")
                    .replace("[default: ", "[ellers: ")
                    .replace("[env: ", "[variabel: "),
            )
        }
        ErrorKind::InvalidSubcommand => Some(format!(
            "Kommandoen «{}» findes ikke.",
            told(ContextKind::InvalidSubcommand)
        )),
        ErrorKind::UnknownArgument => Some(format!("Valget «{argument}» findes ikke her.")),
        ErrorKind::MissingRequiredArgument => Some(format!("Der mangler noget: {argument}")),
        ErrorKind::InvalidValue if value.is_empty() => {
            Some(format!("{argument} mangler sin værdi."))
        }
        ErrorKind::InvalidValue => Some(format!(
            "«{value}» er ikke en mulighed for {argument}: {}",
            told(ContextKind::ValidValue)
        )),
        ErrorKind::ValueValidation => {
            let reason = std::error::Error::source(error).map(ToString::to_string);
            let reason = reason.unwrap_or_default();
            Some(format!("«{value}» passer ikke til {argument}: {reason}"))
        }
        _ => None,
    }
}
