//! The pages, one file a page: `page` asks the back end for what it shows, the rest is a function from data to a view.

pub mod case;
pub mod home;
pub mod list;
pub mod map;
pub mod offer;
pub mod problem;
pub mod search;
