//! What the tests of the whole system stand on: the built programs, a running installation, and
//! the people who use it, as a browser, as plain HTTP and as raw bytes.
//!
//! Nothing here knows what is inside: a test says what a user would do and see.

pub mod artifacts;
pub mod browser;
pub mod html;
pub mod installation;
pub mod paper;
pub mod patient;
pub mod people;
pub mod practice;
pub mod raw;
pub mod staff;
pub mod visitor;

pub use installation::{Installation, Setup};
