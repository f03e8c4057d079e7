//! The browser's half: bindings for the wasm, the wasm made small, and one
//! script that starts the islands.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, ensure};
use wasm_bindgen_cli_support::Bindgen;

use super::names;
use super::publish::Publisher;
use crate::SiteArguments;

/// The script that starts the islands.
const LOADER: &str = include_str!("../../browser/loader.js");

/// What rustc's wasm may use beyond the first version of WebAssembly; every
/// browser that the styles are made for has it.
const WASM_FEATURES: [&str; 6] = [
    "--enable-bulk-memory",
    "--enable-multivalue",
    "--enable-mutable-globals",
    "--enable-nontrapping-float-to-int",
    "--enable-reference-types",
    "--enable-sign-ext",
];

/// Publishes `anker.wasm` and `anker.js`.
pub fn publish(arguments: &SiteArguments, publisher: &mut Publisher) -> Result<()> {
    let made = make(arguments)?;
    let wasm = fs::read(made.join("small.wasm"))?;
    publisher.publish("anker.wasm", wasm, false)?;
    let address = publisher
        .address("anker.wasm")
        .context("it was published just now")?;
    let script = bundle_script(&made, &arguments.tools, &address)?;
    publisher.publish("anker.js", script, false)
}

/// Makes bindings and small wasm, and gives the folder they are in. The
/// folder is named after the input, so the same input is not made again.
fn make(arguments: &SiteArguments) -> Result<PathBuf> {
    let input = fs::read(&arguments.wasm)
        .with_context(|| format!("{} (`make wasm` compiles it)", arguments.wasm.display()))?;
    let folder = arguments.work.join(names::hash(&input));
    let done = folder.join("small.wasm");
    if done.exists() {
        return Ok(folder);
    }
    if arguments.work.exists() {
        fs::remove_dir_all(&arguments.work)?;
    }
    fs::create_dir_all(&folder)?;

    let mut bound = Bindgen::new()
        .input_bytes("app", input)
        .web(true)?
        .typescript(false)
        .omit_default_module_path(true)
        .remove_name_section(true)
        .remove_producers_section(true)
        .generate_output()?;
    ensure!(
        !bound.js().contains("./snippets/"),
        "a dependency of `app` brings a script of its own, which is not bundled"
    );
    let (bindings, functions) = prunable(bound.js());
    fs::write(folder.join("bindings.js"), bindings)?;
    fs::write(
        folder.join("islands.js"),
        format!(
            "export {{ default, {} }} from \"./bindings.js\";\n",
            functions.join(", ")
        ),
    )?;

    // What the script does not call need not be in the wasm either.
    let script = bundle_script(&folder, &arguments.tools, "")?;
    let script = String::from_utf8(script)?;
    let exports = &mut bound.wasm_mut().exports;
    let unused: Vec<_> = exports
        .iter()
        .filter(|export| !script.contains(&export.name))
        .map(|export| export.id())
        .collect();
    for export in unused {
        exports.delete(export);
    }
    let bound_wasm = folder.join("bound.wasm");
    fs::write(&bound_wasm, bound.wasm_mut().emit_wasm())?;

    let smaller = folder.join("smaller.wasm");
    run(Command::new(arguments.tools.join("wasm-opt"))
        .args(["-Oz", "--strip-debug", "--strip-producers"])
        .args(WASM_FEATURES)
        .arg(&bound_wasm)
        .arg("-o")
        .arg(&smaller))?;
    fs::rename(&smaller, &done)?;
    Ok(folder)
}

/// The bindings in a form of which unused classes can be dropped, and the
/// functions they export: the islands and `hydrate`. The classes are the
/// streams of leptos' server functions, which no island uses.
fn prunable(bindings: &str) -> (String, Vec<&str>) {
    let functions = bindings
        .lines()
        .filter_map(|line| line.strip_prefix("export function "))
        .filter_map(|line| line.split_once('(').map(|(name, _)| name))
        .collect();
    let kept: Vec<_> = bindings
        .lines()
        .filter(|line| !line.starts_with("if (Symbol.dispose)"))
        .collect();
    let pure = kept.join("\n").replace(
        "new FinalizationRegistry(",
        "/* @__PURE__ */ new FinalizationRegistry(",
    );
    (pure, functions)
}

/// Bundles loader and bindings into one small script.
fn bundle_script(made: &Path, tools: &Path, wasm_address: &str) -> Result<Vec<u8>> {
    let loader = made.join("loader.js");
    fs::write(&loader, LOADER)?;
    let out = made.join("anker.js");
    run(Command::new(tools.join("esbuild"))
        .arg(&loader)
        .args([
            "--bundle",
            "--minify",
            "--format=esm",
            "--target=es2022",
            "--log-level=warning",
        ])
        .args(["--legal-comments=none", "--charset=utf8"])
        .arg(format!("--define:WASM_FILE=\"{wasm_address}\""))
        .arg(format!("--outfile={}", out.display())))?;
    fs::read(&out).with_context(|| out.display().to_string())
}

fn run(command: &mut Command) -> Result<()> {
    let name = command.get_program().to_string_lossy().into_owned();
    let status = command
        .status()
        .with_context(|| format!("{name} (`make tools` installs it)"))?;
    ensure!(status.success(), "{name} failed: {status}");
    Ok(())
}
