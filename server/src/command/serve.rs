//! `anker serve`.

use std::process::ExitCode;

use domain::permission::{Action, Actor, decide};

use super::Failure;
use super::options::Options;

/// What it is told.
#[derive(clap::Args)]
pub struct Arguments {
    /// Begynder tomt, uden eksempelindhold
    #[arg(long, env = "ANKER_WITHOUT_SAMPLE")]
    without_sample: bool,
}

/// Runs the portal until it is asked to end.
pub async fn run(options: &Options, arguments: &Arguments) -> Result<ExitCode, Failure> {
    decide(Actor::Operator, Action::Operate)?;
    let settings = options.settings()?;
    let with_sample = !arguments.without_sample;
    crate::serve::run(&settings, options.listen.as_str(), with_sample).await?;
    Ok(ExitCode::SUCCESS)
}
