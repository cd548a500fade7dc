//! What the record says about the second step of a log in, for staff and auditors.

/// How somebody passed the second step, for the record.
pub mod how {
    /// With a code from the app.
    pub const APP: &str = "with a code from an app";
    /// With a passkey.
    pub const PASSKEY: &str = "with a passkey";
    /// With a recovery code. The patient's account page knows such a log in by these words.
    pub const RECOVERY_CODE: &str = "with a recovery code";
}

/// What was added or removed, for the record.
pub mod what {
    /// An app was added.
    pub const APP: &str = "an app";
    /// A passkey was added.
    pub const PASSKEY: &str = "a passkey";
    /// One was removed and others are left.
    pub const ONE_OF_SEVERAL: &str = "one of several";
    /// The last was removed.
    pub const THE_LAST: &str = "the last one: the password alone lets in";
}
