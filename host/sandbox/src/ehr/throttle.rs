//! Slows down guessing at the staff's passwords. Counted before a password is looked at, known user or
//! not, under keyed hashes, so that a counter names nobody.

use super::EhrState;
use super::limits::{Limit, PER_NETWORK, PER_USER, PER_USER_AND_NETWORK};
use super::refusal::Refusal;
use portal_host::lent::{Attempts, Counter, Verdict};
use std::net::IpAddr;
use std::time::Duration;

/// What one attempt to sign in counts against.
pub(super) struct Throttle(Vec<Counter>);

impl Throttle {
    /// An attempt for this user name, from this address.
    pub(super) fn of(ehr: &EhrState, user_name: &str, address: &str) -> Self {
        let (user_name, network) = (user_name.trim().to_lowercase(), network(address));
        let counter = |counted: String, limit: &Limit| Counter {
            key_hash: ehr.keys.counter(ehr.practice.as_str(), &counted),
            window: limit.window,
            limit: limit.attempts,
        };
        let from_here = PER_USER_AND_NETWORK.iter().enumerate();
        let from_here = from_here
            .map(|(step, limit)| counter(format!("staff.user.network.{step}:{network} {user_name}"), limit));
        let anywhere = PER_USER.iter().enumerate();
        let anywhere = anywhere.map(|(step, limit)| counter(format!("staff.user.{step}:{user_name}"), limit));
        let from_network = counter(format!("staff.network:{network}"), &PER_NETWORK);
        Self(from_here.chain(anywhere).chain([from_network]).collect())
    }

    /// Counts the attempt; how long to wait where there were too many.
    pub(super) async fn take(&self, ehr: &EhrState) -> Result<Option<Duration>, Refusal> {
        let verdict = ehr.database.take(&ehr.practice, &self.0, ehr.clock.now()).await?;
        Ok(match verdict {
            Verdict::Allowed(_) => None,
            Verdict::Blocked(waits) => waits.into_iter().max(),
        })
    }

    /// Takes the attempt back, since it was right or was not looked at.
    pub(super) async fn forgive(&self, ehr: &EhrState) -> Result<(), Refusal> {
        let keys: Vec<_> = self.0.iter().map(|counter| counter.key_hash).collect();
        Ok(ehr.database.forgive(&ehr.practice, &keys).await?)
    }
}

/// The network an address belongs to: itself, or the IPv6 /64 that one line is given as a whole.
fn network(address: &str) -> String {
    match address.parse::<IpAddr>().map(|address| address.to_canonical()) {
        Ok(IpAddr::V6(address)) => {
            let [a, b, c, d, ..] = address.segments();
            format!("{a:x}:{b:x}:{c:x}:{d:x}::/64")
        }
        Ok(IpAddr::V4(_)) | Err(_) => address.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_ipv6_line_is_one_guesser() {
        assert_eq!(network("2001:db8:1:2:3:4:5:6"), network("2001:db8:1:2::9"));
        assert_ne!(network("2001:db8:1:2::9"), network("2001:db8:1:3::9"));
        assert_eq!(network("192.0.2.7"), "192.0.2.7");
    }
}
