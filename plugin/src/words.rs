//! Every sentence people read, in one place.
//!
//! What patients read is in the folder `words` of this package: a folder for each language, written in Fluent and
//! turned into functions of [`Language`] when the portal is built. The modules here choose among those where a rule
//! has to be told in words, and hold what staff and auditors read, which is in English.

pub mod account;
pub mod batch;
pub(crate) mod dates;
pub(crate) mod language;
pub(crate) mod mistakes;
pub mod second_step;
pub(crate) mod sheet;
pub mod staff;
pub(crate) mod website;

mod compiled {
    //! What `build.rs` made of the folder `words`.

    use crate::practice::Practice;
    use std::fmt::{Display, Write};

    include!(concat!(env!("OUT_DIR"), "/words.rs"));
}

pub(crate) use compiled::Language;

/// The language of staff.
pub(crate) const OF_STAFF: Language = Language::En;
