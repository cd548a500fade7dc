//! What is counted to slow down guessing.
//!
//! Every guess is counted whether what it names exists or not, so that a counter tells
//! nothing. The host keeps only a keyed hash of each key.

use std::net::IpAddr;

use super::confirmation::Claim;
use super::initials::Initials;
use super::username::Username;
use crate::settings::{
    CONFIRM_PER_ADDRESS, CONFIRM_PER_PERSON, CONFIRM_PER_PERSON_A_DAY, CONFIRM_PER_PORTAL_ID, Limit,
    SIGN_IN_PER_USERNAME, SIGN_IN_PER_USERNAME_AND_ADDRESS,
};

/// One thing that is counted. It has no `Debug`: its key names someone.
#[derive(Clone, PartialEq, Eq)]
pub struct Counter {
    /// What is counted.
    pub key: String,
    /// How many pass.
    pub limit: Limit,
}

/// What one guess at User Confirmation counts against.
pub fn confirmation_counters(claim: &Claim, client: &str) -> Vec<Counter> {
    let person = person(claim);
    vec![
        counter("confirm.id", &claim.portal_id.digits(), CONFIRM_PER_PORTAL_ID),
        counter("confirm.person.day", &person, CONFIRM_PER_PERSON_A_DAY),
        counter("confirm.person.life", &person, CONFIRM_PER_PERSON),
        counter("confirm.address", &network(client), CONFIRM_PER_ADDRESS),
    ]
}

/// What one guess at a password counts against.
pub fn sign_in_counters(username: &Username, client: &str) -> Vec<Counter> {
    let name = username.as_str();
    let from_here = format!("{} {name}", network(client));
    vec![
        counter("signin.username.address", &from_here, SIGN_IN_PER_USERNAME_AND_ADDRESS),
        counter("signin.username", name, SIGN_IN_PER_USERNAME),
    ]
}

fn counter(kind: &str, what: &str, limit: Limit) -> Counter {
    Counter { key: format!("{kind}:{what}"), limit }
}

/// The person a claim is about, in one spelling for every way to type it: the only letter
/// of a single name may stand in either field.
fn person(claim: &Claim) -> String {
    let date = claim.birth_date;
    let letters = match claim.initials {
        Initials::Both(first, last) => format!("{}{}", first.letter(), last.letter()),
        Initials::One(only) => only.letter().to_string(),
    };
    format!("{letters} {:04}-{:02}-{:02}", date.year(), date.month(), date.day())
}

/// The network a client guesses from: an IPv4 address, or the IPv6 /64 that one line is
/// given as a whole. What is not an address counts as itself.
fn network(client: &str) -> String {
    match client.parse::<IpAddr>().map(|address| address.to_canonical()) {
        Ok(IpAddr::V4(address)) => address.to_string(),
        Ok(IpAddr::V6(address)) => {
            let [a, b, c, d, ..] = address.segments();
            format!("{a:x}:{b:x}:{c:x}:{d:x}::/64")
        }
        Err(_) => client.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::calendar::Date;
    use crate::rules::initials::Initial;
    use crate::rules::portal_id::PortalId;

    fn claim(first: &str, last: &str) -> Claim {
        Claim {
            portal_id: PortalId::stored("482913").unwrap(),
            initials: Initials::typed(Initial::typed(first).unwrap(), Initial::typed(last).unwrap()).unwrap(),
            birth_date: Date::new(1984, 2, 29).unwrap(),
        }
    }

    fn keys(counters: &[Counter]) -> Vec<&str> {
        counters.iter().map(|counter| counter.key.as_str()).collect()
    }

    #[test]
    fn a_confirmation_counts_per_id_per_person_and_per_address() {
        let counters = confirmation_counters(&claim("M", "G"), "192.0.2.7");

        let expected = [
            "confirm.id:482913",
            "confirm.person.day:MG 1984-02-29",
            "confirm.person.life:MG 1984-02-29",
            "confirm.address:192.0.2.7",
        ];
        assert_eq!(keys(&counters), expected);
    }

    #[test]
    fn other_spellings_of_a_person_share_the_counters() {
        let written = confirmation_counters(&claim("M", ""), "192.0.2.7");

        for other in [claim("", "M"), claim("m.", "")] {
            assert!(confirmation_counters(&other, "192.0.2.7") == written);
        }
    }

    #[test]
    fn one_ipv6_line_is_one_guesser() {
        assert_eq!(network("2001:db8:1:2:3:4:5:6"), network("2001:db8:1:2::9"));
        assert_ne!(network("2001:db8:1:2::9"), network("2001:db8:1:3::9"));
    }

    #[test]
    fn an_ipv4_address_is_the_same_inside_ipv6() {
        assert_eq!(network("::ffff:192.0.2.7"), network("192.0.2.7"));
    }

    #[test]
    fn a_password_guess_counts_per_username_and_address_and_per_username() {
        let counters = sign_in_counters(&Username::sought("Maria"), "192.0.2.7");

        assert_eq!(keys(&counters), ["signin.username.address:192.0.2.7 maria", "signin.username:maria"]);
    }
}
