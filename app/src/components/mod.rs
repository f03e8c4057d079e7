//! Parts that several pages are made of. Each is a plain function from data to a view.

pub mod breadcrumbs;
pub mod icons;
pub mod rows;
pub mod save;
