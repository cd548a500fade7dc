//! The one table of the EHR's own numbers, each with its source.

use std::time::Duration;

/// Seconds without a request after which a session ends: HIPAA 45 CFR 164.312(a)(2)(iii), automatic
/// log-off.
pub(super) const IDLE_LIMIT: u64 = 30 * 60;

/// A working day, in seconds, after which a session ends whatever happens.
pub(super) const ABSOLUTE_LIMIT: u64 = 12 * 60 * 60;

/// How many seconds old the last noted request may be before another is noted.
pub(super) const NOTED_AFTER: u64 = 15;

/// How many wrong passwords pass in a window.
pub(super) struct Limit {
    pub(super) attempts: u32,
    pub(super) window: Duration,
}

const fn limit(attempts: u32, minutes: u64) -> Limit {
    Limit { attempts, window: Duration::from_secs(minutes * 60) }
}

/// For one user name from one network: growing waits for whoever goes on guessing.
pub(super) const PER_USER_AND_NETWORK: [Limit; 3] = [limit(5, 1), limit(10, 15), limit(20, 60)];

/// For one user name from anywhere: NIST SP 800-63B-4 section 3.2.2 allows no more than 100 in a row.
pub(super) const PER_USER: [Limit; 2] = [limit(50, 60), limit(100, 24 * 60)];

/// From one network (IPv4, or IPv6 /64), whatever the user names.
pub(super) const PER_NETWORK: Limit = limit(100, 60);

/// Most patients on a list to invite in one go, faulty lines included: twice the patients of a large
/// practice.
pub(super) const MOST_LISTED: usize = 20_000;

/// Longest upload, in bytes: a list of that length with a hundred bytes a line.
pub(super) const LONGEST_UPLOAD: usize = 2 << 20;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_wait_is_longer_than_the_one_before() {
        for ladder in [PER_USER_AND_NETWORK.as_slice(), &PER_USER] {
            assert!(
                ladder
                    .windows(2)
                    .all(|pair| pair[0].attempts < pair[1].attempts && pair[0].window < pair[1].window)
            );
        }
    }

    #[test]
    fn no_more_than_a_hundred_passwords_a_day_are_tried_for_one_user() {
        let day = Duration::from_secs(24 * 60 * 60);
        assert!(PER_USER.iter().any(|limit| limit.attempts <= 100 && limit.window >= day));
    }
}
