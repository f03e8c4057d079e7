//! The few parts that wake in the browser. An island here has no props and no children: it wakes beside the plain HTML
//! that works without it, finds that HTML by its data attributes, and makes it quicker. So the wasm carries no
//! deserialiser, no text and no rendering, a fifth less to load than with signals for the few words that change, and a
//! page without JavaScript lacks nothing but speed.

#[cfg(feature = "hydrate")]
mod browser;
mod live_search;
mod map_details;
mod saved;
mod saved_list;
mod sharing;
mod suggestions;
mod writing;

pub use live_search::LiveSearch;
pub use map_details::MapDetails;
pub use saved::Saved;
pub use saved_list::SavedList;
pub use sharing::Sharing;
pub use suggestions::Suggestions;
pub use writing::Writing;
