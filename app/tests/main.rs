//! The tests of the pages: one program, over one back end in memory.

#![cfg(feature = "ssr")]

mod detail_pages;
mod letters;
mod library;
mod pages;
