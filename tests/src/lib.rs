//! What the tests of the whole system stand on: the built programs, a running installation, and
//! the people who use it, as a browser, as plain HTTP and as raw bytes.
//!
//! Nothing here knows what is inside: a test says what a user would do and see. Only [`coverage`]
//! reads the tables of routes and what is on record, so that none of either is overlooked,
//! [`simulation`] what is on record, and [`life`] the rows as well.

pub mod artifacts;
pub mod axe;
pub mod balancer;
pub mod browser;
pub mod contract_page;
pub mod coverage;
pub mod figures;
pub mod gallery;
pub mod guesses;
pub mod html;
pub mod installation;
pub mod languages;
pub mod leaks;
pub mod life;
pub mod many;
pub mod markdown;
pub mod messages;
pub mod neighbours;
pub mod paper;
pub mod past;
pub mod patient;
pub mod people;
pub mod planted;
pub mod practice;
pub mod raw;
pub mod reading;
pub mod recorded;
pub mod reliability;
pub mod shared;
pub mod simulation;
pub mod staff;
pub mod states;
pub mod timing;
pub mod trail;
pub mod tree;
pub mod vendor;
pub mod versions;
pub mod visitor;
pub mod written;

pub use installation::{Installation, Setup};
