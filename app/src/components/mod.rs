//! Parts that several pages are made of. Each is a plain function from data to a view.

pub mod anchoring;
pub mod attachments;
pub mod breadcrumbs;
pub mod changes;
pub mod constellation;
pub mod content;
pub mod degrees;
pub mod evidence;
pub mod feedback;
pub mod form;
pub mod freshness;
pub mod icons;
pub mod inputs;
pub mod matrix;
pub mod related;
pub mod rows;
pub mod save;
pub mod share;
