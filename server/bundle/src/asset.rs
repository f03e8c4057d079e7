//! One file of the site with its compressed forms.

use bytes::Bytes;

/// A form in which an asset is sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Encoding {
    /// As it is.
    Identity,
    /// Compressed by gzip.
    Gzip,
    /// Compressed by brotli.
    Brotli,
}

impl Encoding {
    /// The value of `Content-Encoding`; none for the plain form.
    #[must_use]
    pub fn content_encoding(self) -> Option<&'static str> {
        match self {
            Self::Identity => None,
            Self::Gzip => Some("gzip"),
            Self::Brotli => Some("br"),
        }
    }
}

/// One file of the site with its compressed forms.
#[derive(Debug, Clone)]
pub struct Asset {
    /// Its media type as HTTP says it.
    pub content_type: String,
    /// The hash of its content.
    pub hash: String,
    pub(crate) plain: Bytes,
    pub(crate) brotli: Option<Bytes>,
    pub(crate) gzip: Option<Bytes>,
}

impl Asset {
    /// The content as it is.
    #[must_use]
    pub fn plain(&self) -> &Bytes {
        &self.plain
    }

    /// Whether the answer depends on `Accept-Encoding`.
    #[must_use]
    pub fn varies(&self) -> bool {
        self.brotli.is_some() || self.gzip.is_some()
    }

    /// The smallest form that the value of `Accept-Encoding` allows.
    #[must_use]
    pub fn encoded_for(&self, accept_encoding: &str) -> (Encoding, &Bytes) {
        if let Some(brotli) = &self.brotli
            && accepts(accept_encoding, "br")
        {
            return (Encoding::Brotli, brotli);
        }
        if let Some(gzip) = &self.gzip
            && accepts(accept_encoding, "gzip")
        {
            return (Encoding::Gzip, gzip);
        }
        (Encoding::Identity, &self.plain)
    }

    /// The entity tag of one form, quotes included.
    #[must_use]
    pub fn etag(&self, encoding: Encoding) -> String {
        match encoding.content_encoding() {
            None => format!("\"{}\"", self.hash),
            Some(name) => format!("\"{}-{name}\"", self.hash),
        }
    }
}

/// Whether `Accept-Encoding` names a coding and does not weigh it zero.
fn accepts(header: &str, coding: &str) -> bool {
    header.split(',').any(|part| {
        let (name, parameters) = part.split_once(';').unwrap_or((part, ""));
        let weight = parameters
            .trim()
            .strip_prefix("q=")
            .map_or(Ok(1.0), |weight| weight.trim().parse::<f32>());
        name.trim().eq_ignore_ascii_case(coding) && weight.is_ok_and(|weight| weight > 0.0)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asset() -> Asset {
        Asset {
            content_type: "text/css; charset=utf-8".into(),
            hash: "abc".into(),
            plain: Bytes::from_static(b"plain"),
            brotli: Some(Bytes::from_static(b"brotli")),
            gzip: Some(Bytes::from_static(b"gzip")),
        }
    }

    #[test]
    fn the_smallest_form_that_is_accepted_is_sent() {
        let asset = asset();
        for (header, expected) in [
            ("gzip, deflate, br, zstd", Encoding::Brotli),
            ("gzip;q=1.0, br;q=0.5", Encoding::Brotli),
            ("gzip", Encoding::Gzip),
            ("GZIP", Encoding::Gzip),
            ("br;q=0, gzip;q=0.1", Encoding::Gzip),
            ("br;q=wrong", Encoding::Identity),
            ("brotli", Encoding::Identity),
            ("", Encoding::Identity),
        ] {
            assert_eq!(asset.encoded_for(header).0, expected, "{header}");
        }
    }

    #[test]
    fn each_form_has_its_own_entity_tag() {
        let asset = asset();
        assert_eq!(asset.etag(Encoding::Identity), "\"abc\"");
        assert_eq!(asset.etag(Encoding::Brotli), "\"abc-br\"");
    }
}
