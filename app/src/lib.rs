//! The portal as people see it: pages, components, islands, texts, and what it asks of a back end.
//!
//! With the feature `ssr` it renders whole pages on the server: a request becomes a [`context::Context`], and
//! [`render::render`] asks the [`backend`] for what the page shows and writes the page. With the feature `hydrate` it is
//! the browser's half: only the [`islands`], and none of the pages, texts or domain types.

pub mod islands;

#[cfg(feature = "ssr")]
pub mod backend;
#[cfg(feature = "ssr")]
pub mod choices;
#[cfg(feature = "ssr")]
pub mod components;
#[cfg(feature = "ssr")]
pub mod context;
#[cfg(feature = "ssr")]
pub mod format;
#[cfg(feature = "ssr")]
pub mod letter;
#[cfg(feature = "ssr")]
pub mod markdown;
#[cfg(feature = "ssr")]
pub mod page;
#[cfg(feature = "ssr")]
pub mod pages;
#[cfg(feature = "ssr")]
pub mod query;
#[cfg(feature = "ssr")]
pub mod render;
#[cfg(feature = "ssr")]
pub mod routes;
#[cfg(feature = "ssr")]
pub mod shell;
#[cfg(feature = "ssr")]
pub mod structured_data;
#[cfg(feature = "ssr")]
pub mod text;

/// Called by the loader once the wasm is there; the loader then wakes each island by its name.
#[cfg(feature = "hydrate")]
#[wasm_bindgen::prelude::wasm_bindgen]
pub fn hydrate() {
    leptos::mount::hydrate_islands();
}
