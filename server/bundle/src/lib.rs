//! The made site, as the server reads it: every file under a name that carries
//! its content's hash, with its compressed forms beside it.
//!
//! The program of this crate makes it (`make site`); see `src/main.rs`.

mod asset;
#[cfg(feature = "embedded-site")]
mod embedded;
pub mod manifest;
mod site;

pub use asset::{Asset, Encoding};
pub use site::{Freshness, Site, SiteError};
