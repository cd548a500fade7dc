//! Attacks on User Confirmation over days of a moved clock, and patients who come meanwhile.
//!
//! Everybody asks the real host's website for pages and sends their forms; the component, the host and the
//! database are those that ship. What an attacker bought, the guesses that were checked against an
//! invitation at all, is read from the audit trail afterwards. Of the portal's rules nothing stands here:
//! the only numbers are how hard the attackers try and what [`arithmetic`] makes of what they got.
//!
//! A [`town`] has the practice and its patients, a [`guest`] is anyone at the website, [`attackers`] and
//! [`patients`] are the two kinds of them, [`record`] is what was put on record. [`blind`], [`sweeping`] and
//! [`found_paper`] are the attacks, [`report`] what came of each.

pub mod arithmetic;
pub mod attackers;
pub mod blind;
pub mod details;
pub mod found_paper;
pub mod guest;
pub mod patients;
pub mod record;
pub mod report;
pub mod sweeping;
pub mod town;

use portal_host::lent::Throttles;

/// A minute, in seconds.
pub const MINUTE: u64 = 60;
/// An hour, in seconds.
pub const HOUR: u64 = 60 * MINUTE;
/// A day, in seconds.
pub const DAY: u64 = 24 * HOUR;

/// What every choice of a simulation is drawn from, unless another seed is asked for.
pub const SEED: u64 = 20_260_105;

/// The loosest that a practice may set. With these the same attackers get beyond their bounds, which shows
/// that a simulation would notice.
pub const LOOSEST: Throttles = Throttles {
    per_portal_id: 10,
    per_person_a_day: 20,
    per_person: 40,
    per_network_a_day: 1_000,
    per_website_an_hour: 10_000,
};
