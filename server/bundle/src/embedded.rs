//! The site inside the program.

use std::io;

use bytes::Bytes;

use crate::site::SiteError;

include!(concat!(env!("OUT_DIR"), "/embedded.rs"));

/// One of the site's files by its name below the site's folder.
pub(crate) fn file(name: &str) -> Result<Bytes, SiteError> {
    FILES
        .binary_search_by_key(&name, |(name, _)| name)
        .map(|index| Bytes::from_static(FILES[index].1))
        .map_err(|_| SiteError::File {
            file: name.to_owned(),
            source: io::ErrorKind::NotFound.into(),
        })
}
