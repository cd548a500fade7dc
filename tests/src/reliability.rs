//! Whether anything that was acknowledged is lost, and how much visitors notice, while hosts die or are replaced and
//! the database restarts, in a crowd, in a storm of log ins and in the long run.
//!
//! [`journeys`] are what people do meanwhile, [`outcome`] is what they notice and [`proof`] whether everything
//! acknowledged is there. [`chaos`] and [`rolling`] happen to the machines; [`crowd`] holds connections open, [`storm`]
//! keeps passwords being hashed; [`mixed`] is an ordinary day, and [`held`] what a host holds of its machine then.

pub mod chaos;
pub mod crowd;
pub mod held;
pub mod journeys;
pub mod mixed;
pub mod outcome;
pub mod people;
pub mod proof;
pub mod rolling;
pub mod storm;
