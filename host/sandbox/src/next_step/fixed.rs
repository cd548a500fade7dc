//! What is to be done about failures that many commands share.

/// Nobody reads what is written, or it cannot be kept.
pub(crate) const OUTPUT: &str =
    "look where the output goes: its disk may be full, or the program that reads it has ended";

/// The disk is full.
pub(crate) const DISK: &str = "make room on that disk, then run the command again";

/// The machine has no more to give.
pub(crate) const MACHINE: &str = "look whether this machine has memory and threads to spare, then try again";

/// The database does not answer.
pub(crate) const DATABASE: &str =
    "look whether the database answers and its disk has room, then run the command again";

/// Somebody changed what is on record.
pub(crate) const TAMPERED: &str = "change nothing in it, copy the database for whoever looks into this, and find the newest backup whose trail is \
     whole";
