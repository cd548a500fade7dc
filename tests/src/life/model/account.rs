//! How an account should be.

/// One patient's account.
#[derive(Clone)]
pub struct Account {
    /// Where it stands.
    pub standing: Standing,
    /// How often it was changed.
    pub revision: u64,
    /// How many Portal IDs were issued for it.
    pub issued: usize,
    /// How often recovery codes were drawn for it.
    pub drawn: usize,
    /// Who changed it last, as the tab names them.
    pub changed_by: String,
    pub(super) logged_in: Option<u64>,
}

/// Where an account stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Standing {
    /// Nobody created the user.
    NotInvited,
    /// A Portal ID is stored.
    Invited {
        /// When it was issued.
        issued: u64,
        /// When it ends.
        expires: u64,
    },
    /// It was not used in time, and was wiped.
    Expired,
    /// It stopped working after wrong answers.
    Burnt,
    /// The patient can log in.
    Active(Login),
    /// Staff turned access off.
    Off(Option<Login>),
}

/// What a patient logs in with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Login {
    /// The username.
    pub name: String,
    pub(super) password: usize,
    pub(super) before: Option<usize>,
    pub(super) since: u64,
    /// What it takes besides the password.
    pub second: Option<Second>,
}

/// What a log in takes besides the password: an app, and the codes that stand in for it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Second {
    /// The half minute, counted since 1970, of the app's code that was used last.
    pub used: u64,
    /// Whether each recovery code was used, of those drawn last.
    pub codes: Vec<bool>,
}
