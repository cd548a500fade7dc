//! Keys and moments, each a type of its own, so that one cannot stand in for another.

use std::fmt;

macro_rules! key {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(String);

        impl $name {
            /// Wraps a key as the EHR writes it.
            pub fn new(key: impl Into<String>) -> Self {
                Self(key.into())
            }

            /// The key as the EHR writes it.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }
    };
}

key! {
    /// A practice in this installation. Every imported call and every stored row belongs to one.
    PracticeId
}
key! {
    /// The EHR's own key for a patient, opaque to the portal.
    PatientId
}
key! {
    /// The EHR's own key for a member of staff, opaque to the portal.
    StaffId
}

/// A moment in seconds since 1970-01-01T00:00:00Z.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Timestamp(pub u64);

impl Timestamp {
    /// The moment `seconds` later.
    pub fn plus_seconds(self, seconds: u64) -> Self {
        Self(self.0.saturating_add(seconds))
    }
}

/// A calendar date that exists, without a time zone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date {
    /// 1 to 9999.
    pub year: u16,
    /// 1 to 12.
    pub month: u8,
    /// 1 to 31, and never past the end of the month.
    pub day: u8,
}
