//! The files that are served as they are.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};

use super::publish::Publisher;

/// Publishes every file of a folder and the folders in it.
pub fn publish(folder: &Path, publisher: &mut Publisher) -> Result<()> {
    let mut names = Vec::new();
    collect(folder, "", &mut names)?;
    names.sort();
    for name in names {
        let path = folder.join(&name);
        let content = fs::read(&path).with_context(|| path.display().to_string())?;
        publisher.publish(&name, content, true)?;
    }
    Ok(())
}

fn collect(folder: &Path, prefix: &str, names: &mut Vec<String>) -> Result<()> {
    for entry in fs::read_dir(folder).with_context(|| folder.display().to_string())? {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        if name.starts_with('.') {
            continue;
        }
        let name = format!("{prefix}{name}");
        if entry.path().is_dir() {
            collect(&entry.path(), &format!("{name}/"), names)?;
        } else {
            names.push(name);
        }
    }
    Ok(())
}
