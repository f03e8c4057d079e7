//! `anker sample`.

use std::io::{self, BufWriter, Write};

use super::Failure;
use crate::exchange::generate;

/// What it is told.
#[derive(clap::Args)]
pub struct Arguments {
    /// Antallet af forløb
    #[arg(long, value_name = "ANTAL", default_value_t = 1_000, value_parser = clap::value_parser!(u32).range(1..=5_000_000))]
    offers: u32,
    /// Frøet: samme frø giver samme indhold
    #[arg(long, value_name = "TAL", default_value_t = 1)]
    seed: u64,
}

/// Writes made-up content to standard output.
pub fn run(arguments: &Arguments) -> Result<(), Failure> {
    let mut output = BufWriter::with_capacity(256 << 10, io::stdout().lock());
    let written = generate::write(arguments.offers as usize, arguments.seed, &mut output)
        .and_then(|()| output.flush());
    match written {
        Ok(()) => Ok(()),
        // `anker sample | head`: whoever reads has had enough.
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        Err(error) => Err(Failure::of_work(
            format!("Der kan ikke skrives: {error}"),
            format!("The output cannot be written: {error}"),
        )),
    }
}
