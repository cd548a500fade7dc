//! What the portal asks of the people who use it, in figures: how heavy its pages are, how hard its words are to read, how
//! often one has to click and type, and whether eyes and ears are shut out.
//!
//! [`pages`] is what a test holds the pages to. The rest is for `cargo xtask figures`, which writes all of it into
//! docs/experience.md ([`document`]).

pub mod desk;
pub mod document;
pub mod pages;
pub mod patient;
pub mod words;
