//! The pages, one file a page: `page` asks the back end for what it shows, the rest is a function from data to a view.

pub mod about;
pub mod accessibility;
pub mod account;
pub mod administration;
pub mod case;
pub mod home;
pub mod list;
pub mod manuscript;
pub mod map;
pub mod mapping;
pub mod municipality;
pub mod offer;
pub mod organisation;
pub mod privacy;
pub mod problem;
pub mod recommendations;
pub mod report_image;
pub mod reported_images;
pub mod roles;
pub mod search;
pub mod sign_in;
pub mod strategies;
pub mod upload;
pub mod writing;
