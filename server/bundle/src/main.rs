//! Makes the site: the wasm of the islands with its loader, the styles and the
//! public files, each under a name that carries its content's hash, with its
//! compressed forms beside it and a manifest of all.

mod develop;
mod make;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, Subcommand};

#[derive(Parser)]
#[command(name = "bundle", about = "Makes the site.")]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Makes the site from the compiled wasm, `style/` and `public/`.
    Site(SiteArguments),
    /// Builds, runs the portal, and does both again whenever a source changes.
    Develop {
        /// The command that builds everything.
        #[arg(long, default_value = "make --no-print-directory develop-build")]
        build: String,
        /// The command that runs the portal.
        #[arg(long, default_value = "target/debug/anker serve")]
        run: String,
    },
}

/// What the site is made from, and where it goes.
#[derive(clap::Args)]
struct SiteArguments {
    /// The wasm that rustc made of crate `app`.
    #[arg(
        long,
        default_value = "target/front/wasm32-unknown-unknown/wasm-release/app.wasm"
    )]
    wasm: PathBuf,
    /// The style sheet that imports the others.
    #[arg(long, default_value = "style/main.css")]
    style: PathBuf,
    /// The folder of files that are served as they are.
    #[arg(long, default_value = "public")]
    public: PathBuf,
    /// Where `npm ci` put the tools.
    #[arg(long, default_value = "server/bundle/node_modules/.bin")]
    tools: PathBuf,
    /// Where steps between are kept, so that what has not changed is not made again.
    #[arg(long, default_value = "target/front/bundle")]
    work: PathBuf,
    /// Where the site goes.
    #[arg(long, default_value = "target/site")]
    out: PathBuf,
    /// Adds the script that loads a page again when it has changed.
    #[arg(long)]
    reload: bool,
}

fn main() -> ExitCode {
    let done = match Arguments::parse().command {
        Command::Site(arguments) => make::site(&arguments),
        Command::Develop { build, run } => develop::run(&build, &run),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}
