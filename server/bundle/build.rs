//! With the feature `embedded-site`, writes a table of the made site's files so
//! that they become part of the program.

use std::path::{Path, PathBuf};
use std::{env, fs, io};

fn main() -> io::Result<()> {
    println!("cargo:rerun-if-env-changed=ANKER_SITE");
    if env::var_os("CARGO_FEATURE_EMBEDDED_SITE").is_none() {
        return Ok(());
    }
    let crate_root = PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").expect("cargo sets it"));
    let site = env::var_os("ANKER_SITE")
        .map_or_else(|| crate_root.join("../../target/site"), PathBuf::from)
        .canonicalize()
        .map_err(|error| io::Error::other(format!("make the site first (`make site`): {error}")))?;
    println!(
        "cargo:rerun-if-changed={}",
        site.join("manifest.json").display()
    );

    let mut files = Vec::new();
    collect(&site, &site, &mut files)?;
    files.sort();
    let rows: String = files
        .iter()
        .map(|(name, path)| format!("    ({name:?}, include_bytes!({path:?})),\n"))
        .collect();
    let out = PathBuf::from(env::var_os("OUT_DIR").expect("cargo sets it"));
    fs::write(
        out.join("embedded.rs"),
        format!("static FILES: &[(&str, &[u8])] = &[\n{rows}];\n"),
    )
}

fn collect(root: &Path, folder: &Path, files: &mut Vec<(String, PathBuf)>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            collect(root, &path, files)?;
        } else {
            let name = path.strip_prefix(root).expect("found below root");
            files.push((name.to_string_lossy().into_owned(), path));
        }
    }
    Ok(())
}
