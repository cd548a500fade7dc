//! Every sentence people read, in one place.
//!
//! What patients read is in the folder `words` of this package: a folder for each language, written in Fluent and
//! turned into functions of [`Language`] when the portal is built. What staff and auditors read is in the folder
//! `words/staff` beside this file, in English only. The modules here choose among those where a rule has to be told in
//! words.

pub(crate) mod account;
pub(crate) mod batch;
pub(crate) mod dates;
pub(crate) mod language;
pub(crate) mod mistakes;
pub(crate) mod sheet;
pub mod staff;
pub(crate) mod website;

mod compiled {
    //! What `build.rs` made of the folder `words`.

    use crate::practice::Practice;
    use std::fmt::{Display, Write};

    include!(concat!(env!("OUT_DIR"), "/words.rs"));
}

#[allow(
    unreachable_pub,
    reason = "some of it is shown to who reads the record, the rest is for the modules here"
)]
mod of_staff {
    //! What `build.rs` made of the folder `words/staff`.

    use std::fmt::{Display, Write};

    include!(concat!(env!("OUT_DIR"), "/words_of_staff.rs"));
}

pub(crate) use compiled::Language;

/// The language of staff.
pub(crate) const OF_STAFF: Language = Language::En;
