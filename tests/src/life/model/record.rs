//! What should be on record.

use crate::life::act::{Browser, Colleague, Whose};
use patient_portal::audit::Deed;

/// An entry that should be on record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recorded {
    /// About whom, where that is known.
    pub about: Option<Whose>,
    /// What.
    pub deed: Deed,
    /// By whom.
    pub by: By,
}

/// Who did something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum By {
    /// A member of staff.
    Staff(Colleague),
    /// A patient, in their own right.
    Patient(Whose),
    /// Somebody not logged in, with this browser.
    Visitor(Browser),
    /// The host.
    System,
}

impl By {
    /// As the tab names them.
    pub fn as_named(self) -> String {
        match self {
            Self::Staff(Colleague::Fran) => "Fran Desk".to_owned(),
            Self::Staff(Colleague::Alex) => "Alex Admin".to_owned(),
            Self::Patient(Whose::Marias) => "Maria Garcia".to_owned(),
            Self::Patient(Whose::Seans) => "Sean O'Brien".to_owned(),
            Self::Visitor(browser) => address_of(browser).to_owned(),
            Self::System => "System".to_owned(),
        }
    }
}

/// Where a browser is.
pub fn address_of(browser: Browser) -> &'static str {
    match browser {
        Browser::Phone => "198.51.100.30",
        Browser::Laptop => "198.51.100.40",
        Browser::Library => "203.0.113.50",
    }
}
