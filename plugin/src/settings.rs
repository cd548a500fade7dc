//! The one table of the portal's own numbers, each with its source. What a practice may
//! set itself is in [`Policy`](crate::practice::Policy).

use crate::calendar::Span;
use crate::practice::Throttles;

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

/// Parts of a password that every guesser has, such as a common word, a year or a name of the person,
/// that are too few. Lists of leaked passwords, and the programs that vary them, put two and three
/// together; of four there are more than a throttled guesser can ever try: 400 words and more in each
/// place, against the 100 guesses in a row that NIST SP 800-63B-4 section 3.2.2 allows.
pub const FEWEST_PARTS: usize = 3;

/// Shortest text that counts for itself where a password only repeats it, in code points: what is
/// shorter could not have been had alone either.
pub const SHORTEST_REPEATED: usize = 8;

/// Earliest year of birth accepted.
pub const EARLIEST_BIRTH_YEAR: u16 = 1900;

/// The wrong answers at User Confirmation that pass unless the administrator says otherwise.
///
/// - Per Portal ID, 5 over its life. Of a stranger who found the sheet, these are all the guesses at
///   a date of birth there will ever be: 5 / 30,000 plausible dates is under 0.02 %. NIST SP
///   800-63B-4 section 3.2.2 allows far more.
/// - Per person, 5 a day and 20 over the longest life of an invitation: whoever knows a patient's
///   initials and date of birth finds one ID among 10^6 with probability 2e-5. A counter per ID
///   never trips for them, since each ID is tried once.
/// - Per network, 20 a day, and on the whole website 60 an hour, whatever the number of networks: a
///   week of blind guesses stays below 1e-5.
pub const DEFAULT_THROTTLES: Throttles = Throttles {
    per_portal_id: 5,
    per_person_a_day: 5,
    per_person: 20,
    per_network_a_day: 20,
    per_website_an_hour: 60,
};

/// How long wrong answers for one Portal ID, and for one person, are counted together: the longest
/// life of an invitation.
pub const INVITATION_LONGEST: Span = Span::days(21);

/// Counters started afresh by a new Portal ID, at the most: what the host takes in one call.
pub const MOST_CLEARED: usize = 16;

/// Wrong passwords for one username from one network: growing waits, of a minute, a quarter of an
/// hour and an hour, for whoever goes on guessing. Enough for someone who tries every password
/// they ever had.
pub const SIGN_IN_PER_USERNAME_AND_NETWORK: [Limit; 3] = [
    Limit { attempts: 5, window: Span::minutes(1) },
    Limit { attempts: 10, window: Span::minutes(15) },
    Limit { attempts: 20, window: Span::hours(1) },
];

/// Wrong passwords for one username from all browsers that are not known, an hour.
pub const SIGN_IN_PER_USERNAME: Limit = Limit { attempts: 30, window: Span::hours(1) };

/// Wrong passwords from one network, whatever the usernames, an hour.
pub const SIGN_IN_PER_NETWORK: Limit = Limit { attempts: 100, window: Span::hours(1) };

/// Wrong passwords from one known browser.
pub const SIGN_IN_PER_DEVICE: Limit = Limit { attempts: 10, window: Span::minutes(15) };

/// Wrong passwords in a row from browsers that are not known, after which no more are taken from
/// them until staff unlock the login or the patient logs in with a known one.
pub const SIGN_IN_ROW_UNKNOWN: Limit = Limit { attempts: 70, window: FOR_EVER };

/// The same for known browsers.
pub const SIGN_IN_ROW_KNOWN: Limit = Limit { attempts: 20, window: FOR_EVER };

/// Wrong passwords from one session where a patient who is logged in has to say it once more.
pub const CURRENT_PASSWORD_PACE: Limit = Limit { attempts: 5, window: Span::minutes(15) };

/// Wrong passwords in a row where a patient who is logged in has to say it once more. Together no more
/// than the 100 in a row that NIST SP 800-63B-4 section 3.2.2 allows, and apart, so that whoever got hold
/// of a session cannot shut the browsers that the patient knows.
pub const CURRENT_PASSWORD_ROW: Limit = Limit { attempts: 10, window: FOR_EVER };

/// The window of what is counted until somebody ends it. The ten years only keep a counter that nobody
/// ends from being kept longer.
const FOR_EVER: Span = Span::days(3_650);

/// How long a login that has passed the password waits for the second factor.
pub const STEP_LIFE: Span = Span::minutes(10);

/// Wrong codes from an app for one username from all browsers that are not known, and the same from one
/// known browser: a code has six digits, and three of a million fit at a time.
pub const SECOND_STEP_PACE: Limit = Limit { attempts: 5, window: Span::minutes(15) };

/// Recovery codes and signatures of passkeys from one network that did not fit. They cannot be guessed,
/// so this only bounds the work, and nobody's wrong ones keep anybody else out.
pub const SECOND_STEP_PER_NETWORK: Limit = Limit { attempts: 60, window: Span::hours(1) };

/// Wrong codes in a row from browsers that are not known, after which no more are taken from them until
/// staff unlock the login. Whoever has the password finds a code among so many with probability 1.1e-4.
pub const SECOND_STEP_ROW_UNKNOWN: Limit = Limit { attempts: 35, window: FOR_EVER };

/// The same for known browsers.
pub const SECOND_STEP_ROW_KNOWN: Limit = Limit { attempts: 15, window: FOR_EVER };

/// How long after a log in the second step may be changed by who has one: no longer than a minute at an
/// open browser, or a stolen session, is likely to come late.
pub const RECENT_LOG_IN: Span = Span::minutes(15);

/// Shortest password that goes with a second factor, in code points, whatever the practice asks of one
/// that stands alone: NIST SP 800-63B-4 section 3.1.1.2.
pub const PASSWORD_SHORTEST_WITH_SECOND_FACTOR: u16 = 8;

/// Passkeys of one patient, at the most.
pub const MOST_PASSKEYS: usize = 8;

/// Recovery codes drawn at a time.
pub const RECOVERY_CODES: usize = 8;

/// Longest name on the label of an account in an app, in code points: with what else is there, the QR
/// code has room for two of them in any script.
pub const APP_LABEL_LONGEST: usize = 40;

/// Longest answer of a browser about a passkey that is read, in bytes: keys and signatures with their
/// chains of certificates take a few thousand.
pub const PASSKEY_ANSWER_LONGEST: usize = 16 * 1_024;

/// Longest stored form of a passkey, in bytes: what the contract takes.
pub const PASSKEY_LONGEST: usize = 8_192;

/// Deepest nesting of what a browser sends about a passkey. What is asked for has three levels.
pub const PASSKEY_DEEPEST: usize = 16;

/// Reads of the history for the account page, at the most: enough to find what matters among hundreds of
/// vain attempts, and within the calls that one page may make.
pub const HISTORY_READS: usize = 4;

/// Longest name of a passkey, in code points: with four bytes each, within what the contract takes.
pub const FACTOR_LABEL_LONGEST: usize = 40;

/// How long before a session ends by itself the patient is asked whether to go on: WCAG 2.2
/// success criterion 2.2.1 asks for 20 seconds at least.
pub const TIMEOUT_WARNING: Span = Span::minutes(1);

/// How long a browser that the patient logged in with stays known.
pub const DEVICE_LIFE: Span = Span::days(180);

/// How many of the languages that a browser asks for are read: more than any person speaks, and few enough that a
/// header full of them costs nothing.
pub const LANGUAGES_READ: usize = 16;

/// How long a browser keeps the language that was chosen in it.
pub const LANGUAGE_LIFE: Span = Span::days(365);

/// Longest text of a form field that a page shows again, in bytes. Every field of ours fits many
/// times over; what is longer was not typed by a person, and is called too long without it.
pub const LONGEST_KEPT: usize = 2_048;

/// Most fields accepted in one form: five times what our longest form has.
pub const MOST_FIELDS: usize = 20;

/// Acts that the account page tells of.
pub const ACTS_SHOWN: usize = 15;

/// Sessions that the account page lists one by one. Two moments are told of each, and the host answers
/// 64 questions for a page: someone who logs in over and over must not keep it from being shown.
pub const SESSIONS_SHOWN: usize = 10;

/// How long after a session was opened a log in on record may still be its own: the record is written
/// after the password was looked at, which may have had to wait.
pub const LOG_IN_TAKES: Span = Span::minutes(1);

/// Entries of history that the tab shows.
pub const HISTORY_SHOWN: usize = 20;

/// Entries of history asked for, since runs of the same are shown as one: as many as the
/// contract gives.
pub const HISTORY_READ: u16 = 200;

/// Deeds asked for at once, at the most: what the contract takes.
pub const MOST_DEEDS: usize = 16;

/// Shortest reason that staff give for what they take away, in letters and digits: a word.
pub const REASON_SHORTEST: usize = 3;
/// Longest reason, in code points: with four bytes each, within what the contract takes for a detail.
pub const REASON_LONGEST: usize = 200;

/// How long after one Portal ID was issued in place of another a third is not drawn: a button
/// pressed twice must not make the sheet just printed worthless.
pub const REISSUE_REST: Span = Span::minutes(1);

/// Seconds after which to try again what failed for no reason that passes by itself: long enough not to
/// weigh on a host in trouble, and soon enough for who waits at a desk.
pub const RETRY_AFTER_BROKEN: u32 = 60;

/// Patients of a list in one call, at the most: what the contract takes. Each takes four questions to the
/// host, and three more where it has to look again, of the 64 it answers in a call.
pub const MOST_AT_ONCE: usize = 8;

/// Longest name of a list, in bytes: what the contract takes.
pub const LIST_NAME_LONGEST: usize = 64;

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
        let guesses = f64::from(DEFAULT_THROTTLES.per_person);

        assert!(guesses / PORTAL_IDS <= 2e-5);
    }

    #[test]
    fn someone_who_found_the_sheet_guesses_the_date_of_birth_at_most_once_in_six_thousand() {
        let plausible_dates_of_birth = 82.0 * 365.25;

        assert!(f64::from(DEFAULT_THROTTLES.per_portal_id) / plausible_dates_of_birth <= 0.0002);
    }

    #[test]
    fn everyone_guessing_blindly_for_a_week_stays_below_one_in_a_hundred_thousand() {
        let open_invitations = 1_000.0;
        let guesses = f64::from(DEFAULT_THROTTLES.per_website_an_hour) * 24.0 * 7.0;
        // Blind: the ID, one of the few hundred likely pairs of initials, one of 30,000 dates.
        let right = open_invitations / PORTAL_IDS / 200.0 / 30_000.0;

        assert!(guesses * right < 1e-5);
    }

    #[test]
    fn no_more_than_a_hundred_passwords_in_a_row_are_taken() {
        let in_a_row: u32 = [SIGN_IN_ROW_UNKNOWN, SIGN_IN_ROW_KNOWN, CURRENT_PASSWORD_ROW]
            .iter()
            .map(|limit| limit.attempts)
            .sum();

        assert!(in_a_row <= 100);
    }

    #[test]
    fn whoever_has_the_password_finds_a_code_at_most_once_in_five_thousand() {
        let guesses = f64::from(SECOND_STEP_ROW_UNKNOWN.attempts + SECOND_STEP_ROW_KNOWN.attempts);
        let fitting = 3.0;

        assert!(guesses * fitting / 1_000_000.0 <= 0.0002);
    }

    #[test]
    fn each_wait_is_longer_than_the_one_before() {
        let waits = SIGN_IN_PER_USERNAME_AND_NETWORK.map(|limit| limit.window.seconds());
        let attempts = SIGN_IN_PER_USERNAME_AND_NETWORK.map(|limit| limit.attempts);

        assert!(waits.is_sorted() && attempts.is_sorted());
    }
}
