//! Names and media types of files.

use anyhow::{Result, bail};
use sha2::{Digest, Sha256};

/// The first 64 bits of the content's SHA-256, in hexadecimal digits.
pub fn hash(content: &[u8]) -> String {
    Sha256::digest(content)[..8]
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect()
}

/// The file of an asset below the site's folder: its name with the hash before the suffix.
pub fn hashed_file(name: &str, hash: &str) -> String {
    match name.rsplit_once('.') {
        Some((stem, suffix)) => format!("pkg/{stem}.{hash}.{suffix}"),
        None => format!("pkg/{name}.{hash}"),
    }
}

/// The media type that a file's suffix stands for.
pub fn content_type(name: &str) -> Result<&'static str> {
    Ok(
        match name.rsplit_once('.').map_or("", |(_, suffix)| suffix) {
            "avif" => "image/avif",
            "css" => "text/css; charset=utf-8",
            "ico" => "image/x-icon",
            "jpg" => "image/jpeg",
            "js" => "text/javascript; charset=utf-8",
            "json" => "application/json",
            "png" => "image/png",
            "svg" => "image/svg+xml",
            "txt" => "text/plain; charset=utf-8",
            "wasm" => "application/wasm",
            "webmanifest" => "application/manifest+json",
            "webp" => "image/webp",
            "woff2" => "font/woff2",
            "xml" => "application/xml; charset=utf-8",
            suffix => bail!("{name}: the suffix «{suffix}» has no media type here; add it"),
        },
    )
}

/// Whether compressing is worth a try: the others are compressed in themselves.
pub fn compressible(content_type: &str) -> bool {
    !matches!(
        content_type,
        "font/woff2" | "image/avif" | "image/jpeg" | "image/png" | "image/webp"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_hash_stands_before_the_suffix() {
        assert_eq!(
            hashed_file("fonts/anker.woff2", "01ab"),
            "pkg/fonts/anker.01ab.woff2"
        );
        assert_eq!(hashed_file("LICENSE", "01ab"), "pkg/LICENSE.01ab");
    }

    #[test]
    fn the_hash_is_that_of_the_content() {
        assert_eq!(hash(b"anker"), hash(b"anker"));
        assert_ne!(hash(b"anker"), hash(b"Anker"));
        assert_eq!(hash(b"").len(), 16);
    }

    #[test]
    fn an_unknown_suffix_stops_the_build() {
        assert!(content_type("page.docx").is_err());
        assert_eq!(content_type("a.svg").unwrap(), "image/svg+xml");
    }
}
