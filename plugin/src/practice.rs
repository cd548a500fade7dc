//! The practice that a call is about, and what its administrator has set.

use std::net::IpAddr;

use ipnet::IpNet;

use crate::calendar::Span;
use crate::rules::colour::Colour;
use crate::settings::PASSWORD_SHORTEST_WITH_SECOND_FACTOR;

/// The practice the portal is serving in this call.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Practice {
    /// Its name, as patients know it.
    pub name: String,
    /// Whom patients call for help, as it should be printed.
    pub phone: String,
    /// Where patients find the portal: scheme, host and port, without a trailing slash.
    pub portal_url: String,
    /// Languages the practice serves, BCP 47, preferred first.
    pub languages: Vec<String>,
    /// What the administrator has set.
    pub policy: Policy,
    /// Networks for which typing a Portal ID never pauses: addresses, or ranges such as
    /// `192.0.2.0/24`.
    pub never_paused: Vec<String>,
    /// What its pages are accented with. Its contrast with white is at least 5.4:1.
    pub accent: Option<Colour>,
    /// Changes with its logo; none where it has none.
    pub logo_version: Option<u32>,
}

impl Practice {
    /// Whether the website is reached over TLS. Only a sandbox on plain `http` is not.
    pub fn is_secure(&self) -> bool {
        !self.portal_url.starts_with("http://")
    }

    /// Whether typing a Portal ID never pauses for this client. A network that cannot be read
    /// spares nobody.
    pub fn never_pauses(&self, client: &str) -> bool {
        let Ok(client) = client.parse::<IpAddr>().map(|client| client.to_canonical()) else { return false };
        self.never_paused.iter().any(|network| {
            network.parse::<IpNet>().is_ok_and(|range| range.contains(&client))
                || network.parse::<IpAddr>().is_ok_and(|address| address.to_canonical() == client)
        })
    }

    /// The address of one of the website's pages.
    pub fn address_of(&self, path: &str) -> String {
        format!("{}{path}", self.portal_url)
    }
}

/// What the administrator may set. The host promises values within their bounds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Policy {
    /// How long a new Portal ID can be used, in days: 1-21.
    pub invitation_days: u16,
    /// The shortest password accepted, in code points: 8-64.
    pub minimum_password_length: u16,
    /// A sign-in ends after this many minutes without a request: 1-120.
    pub idle_minutes: u16,
    /// A sign-in ends after this many hours whatever happens: 1-24.
    pub session_hours: u16,
    /// How many wrong answers at User Confirmation pass.
    pub throttles: Throttles,
    /// Whether changing anything in the tab takes the right to edit, beside the right to view it.
    pub require_edit_right: bool,
}

/// Wrong answers at User Confirmation that pass before no more are taken. The defaults, and what
/// they come to, are in [`settings`](crate::settings).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Throttles {
    /// For one Portal ID, over its life; then it is burnt: 1-10.
    pub per_portal_id: u16,
    /// For one person a day: 1-20.
    pub per_person_a_day: u16,
    /// For one person in 21 days: 1-40.
    pub per_person: u16,
    /// From one network a day: 1-1,000.
    pub per_network_a_day: u16,
    /// On the whole website in an hour; then typing a Portal ID pauses: 1-10,000.
    pub per_website_an_hour: u16,
}

impl Policy {
    /// How long a new Portal ID can be used.
    pub fn invitation_life(self) -> Span {
        Span::days(self.invitation_days)
    }

    /// The policy for someone who has a second factor, whose password may be shorter.
    #[must_use]
    pub fn beside_second_factor(self) -> Self {
        let shortest = self.minimum_password_length.min(PASSWORD_SHORTEST_WITH_SECOND_FACTOR);
        Self { minimum_password_length: shortest, ..self }
    }

    /// How long a sign-in lasts without a request.
    pub fn idle(self) -> Span {
        Span::minutes(self.idle_minutes)
    }

    /// How long a sign-in lasts at the most.
    pub fn session_life(self) -> Span {
        Span::hours(self.session_hours)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::practice;

    fn spared(networks: &[&str], client: &str) -> bool {
        let never_paused = networks.iter().map(|network| (*network).to_owned()).collect();
        Practice { never_paused, ..practice() }.never_pauses(client)
    }

    #[test]
    fn an_address_and_a_range_spare_who_is_in_them() {
        let networks = ["192.0.2.7", "198.51.100.0/24", "2001:db8::/32"];
        for inside in ["192.0.2.7", "::ffff:192.0.2.7", "198.51.100.200", "2001:db8:9::1"] {
            assert!(spared(&networks, inside), "{inside}");
        }
        for outside in ["192.0.2.8", "198.51.101.1", "2001:db9::1", "kiosk", ""] {
            assert!(!spared(&networks, outside), "{outside}");
        }
    }

    #[test]
    fn what_is_no_network_spares_nobody() {
        assert!(!spared(&[], "192.0.2.7"));
        assert!(!spared(&["", "everyone", "192.0.2.0/99"], "192.0.2.7"));
    }
}
