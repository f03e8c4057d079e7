//! The whole site in memory: it is a few hundred kilobytes.

use std::collections::HashMap;
use std::path::Path;
use std::{fs, io};

use bytes::Bytes;
use thiserror::Error;

use crate::asset::Asset;
use crate::manifest::{self, Manifest};

/// How long an answer stays right.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Freshness {
    /// The address carries the content's hash: for ever.
    Immutable,
    /// The address is a plain name: ask again each time.
    Revalidate,
}

impl Freshness {
    /// The value of `Cache-Control`.
    #[must_use]
    pub fn cache_control(self) -> &'static str {
        match self {
            Self::Immutable => "public, max-age=31536000, immutable",
            Self::Revalidate => "public, no-cache",
        }
    }
}

/// Why the site could not be read.
#[derive(Debug, Error)]
pub enum SiteError {
    /// A file is missing or unreadable.
    #[error("{file}: {source} (`make site` makes the site)")]
    File {
        /// The file's name.
        file: String,
        /// What the system said.
        source: io::Error,
    },
    /// The manifest is not one.
    #[error("manifest.json: {0}")]
    Manifest(#[from] serde_json::Error),
}

/// The made site.
#[derive(Debug, Clone, Default)]
pub struct Site {
    assets: Vec<Asset>,
    /// Address → place in `assets`.
    addresses: HashMap<String, (usize, Freshness)>,
    /// Name → hashed address.
    names: HashMap<String, String>,
}

impl Site {
    /// Finds the site: in the folder asked for, else inside the program, else
    /// in `target/site` below the working folder.
    ///
    /// # Errors
    /// Where there is none, or it is damaged.
    pub fn find(folder: Option<&Path>) -> Result<Self, SiteError> {
        if let Some(folder) = folder {
            return Self::from_folder(folder);
        }
        #[cfg(feature = "embedded-site")]
        return Self::from_files(crate::embedded::file);
        #[cfg(not(feature = "embedded-site"))]
        Self::from_folder(Path::new("target/site"))
    }

    /// Reads the site from a folder.
    ///
    /// # Errors
    /// Where a file is missing or the manifest is damaged.
    pub fn from_folder(folder: &Path) -> Result<Self, SiteError> {
        Self::from_files(|name| {
            let path = folder.join(name);
            fs::read(&path)
                .map(Bytes::from)
                .map_err(|source| SiteError::File {
                    file: path.display().to_string(),
                    source,
                })
        })
    }

    /// Reads the site by asking for one file after another.
    fn from_files(read: impl Fn(&str) -> Result<Bytes, SiteError>) -> Result<Self, SiteError> {
        let manifest: Manifest = serde_json::from_slice(&read(manifest::FILE_NAME)?)?;
        let mut site = Self::default();
        for (index, entry) in manifest.assets.into_iter().enumerate() {
            let beside = |kept: Option<usize>, suffix: &str| {
                kept.map(|_| read(&format!("{}.{suffix}", entry.file)))
                    .transpose()
            };
            site.assets.push(Asset {
                plain: read(&entry.file)?,
                brotli: beside(entry.brotli, "br")?,
                gzip: beside(entry.gzip, "gz")?,
                content_type: entry.content_type,
                hash: entry.hash,
            });
            let address = format!("/{}", entry.file);
            site.addresses
                .insert(address.clone(), (index, Freshness::Immutable));
            if entry.public {
                site.addresses
                    .insert(format!("/{}", entry.name), (index, Freshness::Revalidate));
            }
            site.names.insert(entry.name, address);
        }
        Ok(site)
    }

    /// The hashed address of an asset by its name (`main.css`, `anker.js`,
    /// `fonts/anker.woff2`).
    #[must_use]
    pub fn address(&self, name: &str) -> Option<&str> {
        self.names.get(name).map(String::as_str)
    }

    /// Every asset's name and hashed address, in no order.
    pub fn addresses(&self) -> impl Iterator<Item = (&str, &str)> {
        self.names
            .iter()
            .map(|(name, address)| (name.as_str(), address.as_str()))
    }

    /// The asset at an address, and how long the answer stays right.
    #[must_use]
    pub fn asset(&self, address: &str) -> Option<(&Asset, Freshness)> {
        let (index, freshness) = self.addresses.get(address)?;
        Some((&self.assets[*index], *freshness))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::manifest::Entry;

    fn entry(name: &str, file: &str, public: bool) -> Entry {
        Entry {
            name: name.into(),
            file: file.into(),
            public,
            content_type: "text/plain".into(),
            hash: "0123".into(),
            size: 3,
            brotli: Some(2),
            gzip: None,
        }
    }

    fn write(folder: &Path, entries: Vec<Entry>) {
        fs::create_dir_all(folder.join("pkg")).unwrap();
        for entry in &entries {
            fs::write(folder.join(&entry.file), "abc").unwrap();
            fs::write(folder.join(format!("{}.br", entry.file)), "br").unwrap();
        }
        let manifest = serde_json::to_vec(&Manifest { assets: entries }).unwrap();
        fs::write(folder.join(manifest::FILE_NAME), manifest).unwrap();
    }

    #[test]
    fn a_hashed_address_is_for_ever_and_a_public_name_is_asked_again() {
        let folder = tempfile::tempdir().unwrap();
        write(
            folder.path(),
            vec![
                entry("main.css", "pkg/main.0123.css", false),
                entry("mark.svg", "pkg/mark.0123.svg", true),
            ],
        );
        let site = Site::from_folder(folder.path()).unwrap();

        assert_eq!(site.address("main.css"), Some("/pkg/main.0123.css"));
        let (asset, freshness) = site.asset("/pkg/main.0123.css").unwrap();
        assert_eq!(freshness, Freshness::Immutable);
        assert_eq!(asset.encoded_for("br").1.as_ref(), b"br");
        assert_eq!(asset.encoded_for("gzip").1.as_ref(), b"abc");

        assert!(site.asset("/main.css").is_none());
        assert_eq!(site.asset("/mark.svg").unwrap().1, Freshness::Revalidate);
        assert!(site.asset("/manifest.json").is_none());
    }

    #[test]
    fn a_missing_file_is_named() {
        let folder = tempfile::tempdir().unwrap();
        write(
            folder.path(),
            vec![entry("main.css", "pkg/main.0123.css", false)],
        );
        fs::remove_file(folder.path().join("pkg/main.0123.css.br")).unwrap();
        let error = Site::from_folder(folder.path()).unwrap_err().to_string();
        assert!(error.contains("main.0123.css.br"), "{error}");
    }
}
