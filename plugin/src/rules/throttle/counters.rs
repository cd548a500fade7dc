//! What each counter is called and how many pass it: one line for each thing that is counted.

use std::net::IpAddr;

use base16ct::lower;

use super::{Counter, Kind};
use crate::calendar::Span;
use crate::practice::Throttles;
use crate::rules::confirmation::Person;
use crate::rules::initials::Initials;
use crate::rules::portal_id::PortalId;
use crate::rules::token::TokenHash;
use crate::rules::username::Username;
use crate::settings::{
    CURRENT_PASSWORD_ROW, INVITATION_LONGEST, Limit, SECOND_STEP_PACE, SECOND_STEP_ROW_KNOWN,
    SECOND_STEP_ROW_UNKNOWN, SIGN_IN_PER_USERNAME_AND_NETWORK, SIGN_IN_ROW_KNOWN, SIGN_IN_ROW_UNKNOWN,
};

pub(super) fn counter(kind: &str, what: &str, limit: Limit) -> Counter {
    Counter { key: format!("{kind}:{what}"), limit }
}

pub(super) fn limit(attempts: u16, window: Span) -> Limit {
    Limit { attempts: attempts.into(), window }
}

pub(super) fn for_portal_id(portal_id: PortalId, throttles: Throttles) -> (Kind, Counter) {
    let limit = limit(throttles.per_portal_id, INVITATION_LONGEST);
    (Kind::PortalId, counter("confirm.id", &portal_id.digits(), limit))
}

/// In one spelling for every way to type it: the only letter of a single name may stand in either
/// field.
pub(super) fn for_person(person: &Person, throttles: Throttles) -> [(Kind, Counter); 2] {
    let date = person.birth_date;
    let letters = match person.initials {
        Initials::Both(first, last) => format!("{}{}", first.letter(), last.letter()),
        Initials::One(only) => only.letter().to_string(),
    };
    let who = format!("{letters} {:04}-{:02}-{:02}", date.year(), date.month(), date.day());
    [
        counter("confirm.person.day", &who, limit(throttles.per_person_a_day, Span::days(1))),
        counter("confirm.person.life", &who, limit(throttles.per_person, INVITATION_LONGEST)),
    ]
    .map(|counter| (Kind::Person, counter))
}

pub(super) fn for_network(client: &str, throttles: Throttles) -> (Kind, Counter) {
    let limit = limit(throttles.per_network_a_day, Span::days(1));
    (Kind::Network, counter("confirm.network", &network(client), limit))
}

pub(super) fn for_website(throttles: Throttles) -> (Kind, Counter) {
    (Kind::Website, counter("confirm", "website", limit(throttles.per_website_an_hour, Span::hours(1))))
}

pub(super) fn row_unknown(username: &Username) -> (Kind, Counter) {
    (Kind::Row, counter("signin.row.unknown", username.as_str(), SIGN_IN_ROW_UNKNOWN))
}

pub(super) fn row_known(username: &Username) -> (Kind, Counter) {
    (Kind::Row, counter("signin.row.known", username.as_str(), SIGN_IN_ROW_KNOWN))
}

/// How fast a username is tried from one network.
pub(super) fn paces_from(network: &str, username: &Username) -> Vec<(Kind, Counter)> {
    let steps = SIGN_IN_PER_USERNAME_AND_NETWORK.into_iter().enumerate();
    let paces = steps.map(|(step, limit)| {
        let (kind, who) =
            (format!("signin.username.network.{step}"), format!("{network} {}", username.as_str()));
        (Kind::Pace, counter(&kind, &who, limit))
    });
    paces.collect()
}

/// How fast the holder of a token tries.
pub(super) fn pace_of(token: &TokenHash, kind: &str, limit: Limit) -> (Kind, Counter) {
    (Kind::Pace, counter(kind, &lower::encode_string(&token.0), limit))
}

pub(super) fn row_again(username: &Username) -> (Kind, Counter) {
    (Kind::Row, counter("signin.row.again", username.as_str(), CURRENT_PASSWORD_ROW))
}

pub(super) fn pace_second(username: &Username) -> (Kind, Counter) {
    (Kind::Pace, counter("signin.second", username.as_str(), SECOND_STEP_PACE))
}

pub(super) fn row_second_unknown(username: &Username) -> (Kind, Counter) {
    (Kind::Row, counter("signin.row.second.unknown", username.as_str(), SECOND_STEP_ROW_UNKNOWN))
}

pub(super) fn row_second_known(username: &Username) -> (Kind, Counter) {
    (Kind::Row, counter("signin.row.second.known", username.as_str(), SECOND_STEP_ROW_KNOWN))
}

/// The network a client guesses from: an IPv4 address, or the IPv6 /64 that one line is
/// given as a whole. What is not an address counts as itself.
pub(super) fn network(client: &str) -> String {
    match client.parse::<IpAddr>().map(|address| address.to_canonical()) {
        Ok(IpAddr::V4(address)) => address.to_string(),
        Ok(IpAddr::V6(address)) => {
            let [a, b, c, d, ..] = address.segments();
            format!("{a:x}:{b:x}:{c:x}:{d:x}::/64")
        }
        Err(_) => client.to_owned(),
    }
}
