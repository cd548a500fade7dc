//! Whether anything that was acknowledged is lost while hosts die and the database restarts, and how much of it
//! visitors notice. [`journeys`] are what people do meanwhile, [`chaos`] is what happens to the machines,
//! [`outcome`] is what came of it; [`crowd`] is who else holds connections open.

pub mod chaos;
pub mod crowd;
pub mod journeys;
pub mod outcome;
pub mod people;
