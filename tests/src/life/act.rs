//! Everything that somebody can do to an account.

use crate::staff::{CREATE, REISSUE, RESET, TURN_OFF, TURN_ON, UNLOCK};

/// The patients there are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Whose {
    /// Maria Garcia's.
    Marias,
    /// Sean O'Brien's.
    Seans,
}

impl Whose {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Marias, Self::Seans];

    /// The other one's.
    pub fn other(self) -> Self {
        match self {
            Self::Marias => Self::Seans,
            Self::Seans => Self::Marias,
        }
    }
}

/// The members of staff there are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Colleague {
    /// At the front desk.
    Fran,
    /// The administrator.
    Alex,
}

impl Colleague {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Fran, Self::Alex];
}

/// The browsers there are, each at a network address of its own. Either patient may use any.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Browser {
    /// In somebody's pocket.
    Phone,
    /// At home.
    Laptop,
    /// Where others sit too.
    Library,
}

impl Browser {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Phone, Self::Laptop, Self::Library];
}

/// The buttons of the tab.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Button {
    /// Create this user.
    Create,
    /// Issue a new Portal ID.
    Reissue,
    /// Unlock login.
    Unlock,
    /// Reset login.
    Reset,
    /// Turn access off, with a reason.
    TurnOff,
    /// Turn access off, with the reason left empty.
    TurnOffForNoReason,
    /// Turn access on.
    TurnOn,
}

impl Button {
    /// What it says.
    pub fn label(self) -> &'static str {
        match self {
            Self::Create => CREATE,
            Self::Reissue => REISSUE,
            Self::Unlock => UNLOCK,
            Self::Reset => RESET,
            Self::TurnOff | Self::TurnOffForNoReason => TURN_OFF,
            Self::TurnOn => TURN_ON,
        }
    }
}

/// What stands for the invitation at User Confirmation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ticket {
    /// The Portal ID issued last, typed.
    Newest,
    /// The one before it, typed.
    Before,
    /// The code of the sheet printed last, scanned.
    Sheet,
}

/// What is typed besides at User Confirmation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Details {
    /// The patient's own.
    Right,
    /// With another date of birth.
    Wrong,
    /// The other patient's.
    Others,
}

/// The password that is typed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Typed {
    /// The one that holds.
    Right,
    /// The one that held before it was changed.
    Before,
    /// One that never held.
    Wrong,
}

/// The username that is chosen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Name {
    /// One that nobody else wants.
    Own,
    /// One that both want.
    Wanted,
}

/// The password that is chosen in place of another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Chosen {
    /// Long enough to stand alone.
    Long,
    /// Long enough beside a second step only.
    Short,
}

/// The code that is typed from an app.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Code {
    /// The one it shows.
    Shown,
    /// The one it shows half a minute later: its clock is fast.
    Next,
    /// The one that got in last.
    Again,
    /// One that it does not show now, nor half a minute before or after.
    Wrong,
}

/// The recovery code that is typed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OnPaper {
    /// The first that was not used, of those drawn last.
    Unused,
    /// The first that was used, of those drawn last.
    Used,
    /// One of those that were drawn before the last.
    Before,
    /// One that nobody was given.
    Wrong,
}

/// Something that somebody does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Act {
    /// Opens the tab and leaves it open.
    Looks(Colleague, Whose),
    /// Opens the tab and presses a button, if it is there.
    Presses(Colleague, Whose, Button),
    /// Presses a button, if it is there, of the tab as it was left open.
    PressesLate(Colleague, Whose, Button),
    /// Prints the instructions, if there are any.
    Prints(Colleague, Whose),
    /// Fills User Confirmation in.
    Confirms(Browser, Whose, Ticket, Details),
    /// Chooses a username and a password, if it may.
    Chooses(Browser, Name),
    /// Logs in, unless the browser is logged in.
    LogsIn(Browser, Whose, Typed),
    /// Tries wrong passwords, one after the other.
    Guesses(Browser, Whose),
    /// Opens the home page.
    OpensHome(Browser),
    /// Opens the account page.
    OpensAccount(Browser),
    /// Changes the password.
    ChangesPassword(Browser, Typed, Chosen),
    /// Adds an app, with its first code and the password.
    AddsApp(Browser, Code, Typed),
    /// Removes the app.
    RemovesApp(Browser, Typed),
    /// Has recovery codes drawn in place of those before.
    DrawsCodes(Browser, Typed),
    /// Gives a code at the second step.
    GivesCode(Browser, Code),
    /// Gives a recovery code at the second step.
    GivesRecovery(Browser, OnPaper),
    /// Tries wrong codes at the second step, one after the other.
    GuessesCodes(Browser),
    /// Logs out in another browser.
    EndsAnother(Browser),
    /// Logs out everywhere.
    EndsAll(Browser),
    /// Logs out.
    LogsOut(Browser),
    /// Nobody does anything, for so many seconds.
    Waits(u64),
    /// The host does what it does every minute.
    KeepsHouse,
}
