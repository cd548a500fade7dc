//! The one table of the portal's own numbers, each with its source. What a practice may
//! set itself is in [`Policy`](crate::practice::Policy).

use crate::calendar::Span;

/// Draws of a Portal ID before the portal gives up. With 1,000 open invitations among
/// 10^6 IDs one draw collides with probability 10^-3, so ten collide with 10^-30.
pub const PORTAL_ID_DRAWS: usize = 10;

/// How long a confirmed patient may take to set credentials: long enough to think of a
/// password and write it down.
pub const ACTIVATION_LIFE: Span = Span::minutes(10);

/// Longest username, in code points.
pub const USERNAME_LONGEST: usize = 64;
/// Shortest username, in code points.
pub const USERNAME_SHORTEST: usize = 3;

/// Longest password, in code points after NFC: above the 64 that NIST SP 800-63B-4
/// section 3.1.1.2 asks to permit, and within the 1,024 bytes the host hashes.
pub const PASSWORD_LONGEST: usize = 128;

/// Earliest year of birth accepted.
pub const EARLIEST_BIRTH_YEAR: u16 = 1900;

/// Wrong confirmations of one Portal ID before it is burnt. Of a stranger who found the
/// sheet, these are all the guesses at a date of birth there will ever be: 5 / 30,000
/// plausible dates is under 0.02 %. NIST SP 800-63B-4 section 3.2.2 allows far more.
pub const CONFIRM_PER_PORTAL_ID: Limit = Limit { attempts: 5, window: Span::days(21) };

/// Guesses at a Portal ID by someone who knows a patient's initials and date of birth, a
/// day. A counter per ID never trips for them, since each ID is tried once.
pub const CONFIRM_PER_PERSON_A_DAY: Limit = Limit { attempts: 5, window: Span::days(1) };

/// The same over the longest life of an invitation: 20 guesses among 10^6 IDs find the
/// right one with probability 2e-5.
pub const CONFIRM_PER_PERSON: Limit = Limit { attempts: 20, window: Span::days(21) };

/// Guesses from one client address (IPv4, or IPv6 /64) a day.
pub const CONFIRM_PER_ADDRESS: Limit = Limit { attempts: 20, window: Span::days(1) };

/// Wrong passwords for one username from one address. Few enough that
/// guessing is slow, enough for someone who tries every password they ever had.
pub const SIGN_IN_PER_USERNAME_AND_ADDRESS: Limit = Limit { attempts: 10, window: Span::minutes(15) };

/// Wrong passwords for one username from anywhere, a day: NIST SP 800-63B-4 section 3.2.2
/// allows no more than 100 in a row.
pub const SIGN_IN_PER_USERNAME: Limit = Limit { attempts: 100, window: Span::days(1) };

/// Longest text of a form field that a page shows again, in bytes. Every field of ours fits many
/// times over; what is longer was not typed by a person, and is called too long without it.
pub const LONGEST_KEPT: usize = 2_048;

/// Most fields accepted in one form: five times what our longest form has.
pub const MOST_FIELDS: usize = 20;

/// Entries of history that the tab shows.
pub const HISTORY_SHOWN: usize = 20;

/// Entries of history asked for, since runs of the same are shown as one: as many as the
/// contract gives.
pub const HISTORY_READ: u16 = 200;

/// How long after one Portal ID was issued in place of another a third is not drawn: a button
/// pressed twice must not make the sheet just printed worthless.
pub const REISSUE_REST: Span = Span::minutes(1);

/// How many attempts pass in a window that starts with the first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limit {
    /// How many pass.
    pub attempts: u32,
    /// When the count starts afresh.
    pub window: Span,
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Portal IDs there are.
    const PORTAL_IDS: f64 = 1_000_000.0;

    #[test]
    fn someone_who_knows_the_person_finds_the_portal_id_at_most_once_in_fifty_thousand() {
        let guesses = f64::from(CONFIRM_PER_PERSON.attempts);

        assert!(guesses / PORTAL_IDS <= 2e-5);
    }

    #[test]
    fn someone_who_found_the_sheet_guesses_the_date_of_birth_at_most_once_in_six_thousand() {
        let plausible_dates_of_birth = 82.0 * 365.25;

        assert!(f64::from(CONFIRM_PER_PORTAL_ID.attempts) / plausible_dates_of_birth <= 0.0002);
    }

    #[test]
    fn a_burnt_portal_id_stays_burnt_for_the_longest_life_of_an_invitation() {
        let longest_life = Span::days(21);

        assert!(CONFIRM_PER_PORTAL_ID.window >= longest_life);
        assert!(CONFIRM_PER_PERSON.window >= longest_life);
    }

    #[test]
    fn one_address_guessing_blindly_for_a_week_stays_below_one_in_a_hundred_thousand() {
        let open_invitations = 1_000.0;
        let guesses = f64::from(CONFIRM_PER_ADDRESS.attempts) * 7.0;
        // Blind: the ID, one of the few hundred likely pairs of initials, one of 30,000 dates.
        let right = open_invitations / PORTAL_IDS / 200.0 / 30_000.0;

        assert!(guesses * right < 1e-5);
    }
}
