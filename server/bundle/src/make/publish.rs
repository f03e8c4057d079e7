//! Writes the site's files, their compressed forms and the manifest.

use std::collections::HashSet;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};
use bundle::manifest::{self, Entry, Manifest};
use flate2::Compression;
use flate2::write::GzEncoder;

use super::names;

/// What the style sheet may weigh, compressed.
const STYLE_BAR: usize = 20_000;
/// What wasm and scripts together may weigh, compressed.
const BROWSER_BAR: usize = 90_000;

/// Takes the site's files one after another.
pub struct Publisher {
    out: PathBuf,
    assets: Vec<Entry>,
}

impl Publisher {
    /// A publisher into a folder.
    pub fn new(out: &Path) -> Self {
        Self {
            out: out.to_owned(),
            assets: Vec::new(),
        }
    }

    /// The hashed address of an asset that has been published.
    pub fn address(&self, name: &str) -> Option<String> {
        self.assets
            .iter()
            .find(|entry| entry.name == name)
            .map(|entry| format!("/{}", entry.file))
    }

    /// Writes one asset under its hashed name, with its compressed forms.
    pub fn publish(&mut self, name: &str, content: Vec<u8>, public: bool) -> Result<()> {
        let content_type = names::content_type(name)?;
        let hash = names::hash(&content);
        let file = names::hashed_file(name, &hash);
        let path = self.out.join(&file);
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder)?;
        }

        let (mut brotli, mut gzip) = (None, None);
        if names::compressible(content_type) {
            let worth = content.len();
            brotli = keep_smaller(&path, "br", worth, || compress_brotli(&content))?;
            gzip = keep_smaller(&path, "gz", worth, || compress_gzip(&content))?;
        }
        fs::write(&path, &content).with_context(|| path.display().to_string())?;
        self.assets.push(Entry {
            name: name.to_owned(),
            file,
            public,
            content_type: content_type.to_owned(),
            hash,
            size: content.len(),
            brotli,
            gzip,
        });
        Ok(())
    }

    /// Writes the manifest, removes what an earlier site left, prints the
    /// sizes and holds the bars.
    pub fn finish(mut self) -> Result<()> {
        self.assets.sort_by(|one, other| one.name.cmp(&other.name));
        self.remove_strangers()?;
        for entry in &self.assets {
            println!(
                "{:<32} {:>9} B  {:>8} B brotli",
                entry.name,
                entry.size,
                entry.brotli.unwrap_or(entry.size)
            );
        }
        let weight = |wanted: fn(&str) -> bool| -> usize {
            let wanted = self.assets.iter().filter(|entry| wanted(&entry.name));
            wanted.map(|entry| entry.brotli.unwrap_or(entry.size)).sum()
        };
        let styles = weight(|name| name.ends_with(".css"));
        let browser = weight(|name| {
            (name.ends_with(".js") && name != "reload.js") || name.ends_with(".wasm")
        });
        println!(
            "styles {styles} of at most {STYLE_BAR} B, wasm and scripts {browser} of at most {BROWSER_BAR} B"
        );
        ensure!(
            styles <= STYLE_BAR,
            "the styles weigh {styles} B compressed, more than {STYLE_BAR}"
        );
        ensure!(
            browser <= BROWSER_BAR,
            "wasm and scripts weigh {browser} B compressed, more than {BROWSER_BAR}"
        );

        let manifest = serde_json::to_vec_pretty(&Manifest {
            assets: self.assets,
        })?;
        let path = self.out.join(manifest::FILE_NAME);
        // Written beside and renamed, and only when it says something new: a server that
        // starts meanwhile never reads half of it, and a build that embeds it is not repeated.
        if fs::read(&path).is_ok_and(|old| old == manifest) {
            return Ok(());
        }
        let beside = self.out.join("manifest.json.new");
        fs::write(&beside, manifest)?;
        fs::rename(&beside, &path).with_context(|| path.display().to_string())
    }

    /// Removes every file that the manifest does not name.
    fn remove_strangers(&self) -> Result<()> {
        let mut known = HashSet::from([self.out.join(manifest::FILE_NAME)]);
        for entry in &self.assets {
            known.insert(self.out.join(&entry.file));
            if entry.brotli.is_some() {
                known.insert(self.out.join(format!("{}.br", entry.file)));
            }
            if entry.gzip.is_some() {
                known.insert(self.out.join(format!("{}.gz", entry.file)));
            }
        }
        remove_unknown(&self.out, &known)
    }
}

fn remove_unknown(folder: &Path, known: &HashSet<PathBuf>) -> Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            remove_unknown(&path, known)?;
        } else if !known.contains(&path) {
            fs::remove_file(&path)?;
        }
    }
    Ok(())
}

/// Writes a compressed form beside a file where it saves something, and
/// gives its size. The name carries the content's hash, so a form that is
/// there already is the right one.
fn keep_smaller(
    path: &Path,
    suffix: &str,
    size: usize,
    compress: impl FnOnce() -> Result<Vec<u8>>,
) -> Result<Option<usize>> {
    let mut beside = path.as_os_str().to_owned();
    beside.push(format!(".{suffix}"));
    let beside = PathBuf::from(beside);
    if let Ok(there) = fs::metadata(&beside)
        && there.len() > 0
    {
        return Ok(Some(usize::try_from(there.len())?));
    }
    let compressed = compress()?;
    if compressed.len() >= size {
        return Ok(None);
    }
    fs::write(&beside, &compressed).with_context(|| beside.display().to_string())?;
    Ok(Some(compressed.len()))
}

fn compress_brotli(content: &[u8]) -> Result<Vec<u8>> {
    let parameters = brotli::enc::BrotliEncoderParams {
        quality: 11,
        lgwin: 22,
        size_hint: content.len(),
        ..Default::default()
    };
    let mut compressed = Vec::new();
    brotli::BrotliCompress(&mut &content[..], &mut compressed, &parameters)?;
    Ok(compressed)
}

fn compress_gzip(content: &[u8]) -> Result<Vec<u8>> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(content)?;
    Ok(encoder.finish()?)
}

#[cfg(test)]
mod tests {
    use bundle::{Encoding, Site};

    use super::*;

    #[test]
    fn what_is_published_is_read_back_and_what_was_left_is_gone() {
        let folder = tempfile::tempdir().unwrap();
        let text = "svg { color: #123; }".repeat(50);

        let mut earlier = Publisher::new(folder.path());
        earlier
            .publish("main.css", b"old { color: red }".to_vec(), false)
            .unwrap();
        earlier.finish().unwrap();

        let mut publisher = Publisher::new(folder.path());
        publisher
            .publish("icons/mark.svg", text.clone().into_bytes(), true)
            .unwrap();
        let address = publisher.address("icons/mark.svg").unwrap();
        publisher.finish().unwrap();

        let site = Site::from_folder(folder.path()).unwrap();
        assert_eq!(site.address("icons/mark.svg"), Some(address.as_str()));
        let (asset, _) = site.asset(&address).unwrap();
        assert_eq!(asset.plain().as_ref(), text.as_bytes());
        let (encoding, compressed) = asset.encoded_for("br");
        assert_eq!(encoding, Encoding::Brotli);
        let mut plain = Vec::new();
        brotli::BrotliDecompress(&mut &compressed[..], &mut plain).unwrap();
        assert_eq!(plain, text.as_bytes());
        assert_eq!(site.address("main.css"), None);
        assert_eq!(fs::read_dir(folder.path().join("pkg")).unwrap().count(), 1);
    }

    #[test]
    fn too_heavy_styles_stop_the_build() {
        // Nothing in this sequence repeats, so it does not compress.
        let mut number = 1_u64;
        let noise: String = (0..60_000)
            .map(|_| {
                number = number
                    .wrapping_mul(6_364_136_223_846_793_005)
                    .wrapping_add(1);
                char::from(b'!' + u8::try_from((number >> 33) % 90).unwrap())
            })
            .collect();
        let folder = tempfile::tempdir().unwrap();
        let mut publisher = Publisher::new(folder.path());
        publisher
            .publish("main.css", noise.into_bytes(), false)
            .unwrap();
        assert!(
            publisher
                .finish()
                .unwrap_err()
                .to_string()
                .contains("more than")
        );
    }
}
