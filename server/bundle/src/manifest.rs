//! The list of what the made site holds, written beside its files.

use serde::{Deserialize, Serialize};

/// The manifest's file name in the site's folder.
pub const FILE_NAME: &str = "manifest.json";

/// Everything the made site holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    /// The assets, by name.
    pub assets: Vec<Entry>,
}

/// One asset of the made site.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Entry {
    /// What pages call it: `main.css`, `anker.js`, `fonts/anker.woff2`.
    pub name: String,
    /// Its file below the site's folder, and after a `/` its address.
    pub file: String,
    /// Whether it is one of the files in `public/`, which also answer under
    /// their own names.
    pub public: bool,
    /// Its media type as HTTP says it.
    pub content_type: String,
    /// The hash of its content, which is also in its file name.
    pub hash: String,
    /// Its size in bytes.
    pub size: usize,
    /// The size of the `.br` file beside it, where that is worth having.
    pub brotli: Option<usize>,
    /// The size of the `.gz` file beside it, where that is worth having.
    pub gzip: Option<usize>,
}
