//! Guessers with many networks, who behave like browsers: each fetches the form once and sends it over and
//! over.

use super::details::{Details, Ticket};
use super::guest::{Guest, Seen};
use super::town::Town;
use crate::visitor::Answer;
use rand::RngExt;
use rand::rngs::ChaCha8Rng;
use std::collections::HashSet;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// People who guess together.
pub struct Attackers {
    networks: Vec<(Network, Option<(Guest, Answer)>)>,
    next: usize,
    /// Where they guessed from.
    pub used: HashSet<IpAddr>,
    /// Guesses sent.
    pub sent: u32,
    /// Guesses after which they were let in.
    pub let_in: u32,
    /// Guesses that were told of a pause.
    pub paused: u32,
}

/// Where guesses come from.
#[derive(Clone, Copy)]
enum Network {
    /// An address, each in a /24 of its own.
    V4(Ipv4Addr),
    /// A /64, of which every guess takes another address.
    V6([u16; 4]),
}

impl Attackers {
    /// With so many networks, of which every other one is IPv6. `group` tells groups apart that guess at
    /// the same practice: none of them share a network.
    pub fn with(networks: u16, group: u8) -> Self {
        let networks = (0..networks).map(|number| (Network::numbered(number, group), None)).collect();
        Self { networks, next: 0, used: HashSet::new(), sent: 0, let_in: 0, paused: 0 }
    }

    /// With one line, an IPv6 /64.
    pub fn of_one_line() -> Self {
        let mut attackers = Self::with(2, 0);
        attackers.networks.remove(0);
        attackers
    }

    /// How many networks they have.
    pub fn networks(&self) -> usize {
        self.networks.len()
    }

    /// Sends a guess from the next network.
    pub async fn guess(
        &mut self,
        town: &Town,
        ticket: &Ticket,
        details: &Details,
        random: &mut ChaCha8Rng,
    ) -> Seen {
        let turn = self.next % self.networks.len();
        self.next += 1;
        let (network, browser) = &mut self.networks[turn];
        let address = network.address(random);
        if browser.is_none() {
            let mut guest = Guest::new(town, address);
            let page = guest.opens_confirmation().await;
            *browser = Some((guest, page));
        }
        let (guest, page) = browser.as_mut().expect("just opened");
        guest.moves_to(address);
        let seen = guest.confirms(page, ticket, details).await;
        self.used.insert(address);
        self.sent += 1;
        match seen {
            Seen::Confirmed => self.let_in += 1,
            Seen::Paused => self.paused += 1,
            Seen::Refused => {}
        }
        seen
    }
}

impl Network {
    /// In the ranges for benchmarks and for documentation, where nobody else is.
    fn numbered(number: u16, group: u8) -> Self {
        let [high, low] = (number / 2).to_be_bytes();
        if number.is_multiple_of(2) {
            // 10.group.low.high: one address in each /24.
            Self::V4(Ipv4Addr::new(10, group, low, high + 1))
        } else {
            Self::V6([0x2001, 0xdb8, group.into(), number])
        }
    }

    fn address(self, random: &mut ChaCha8Rng) -> IpAddr {
        match self {
            Self::V4(address) => address.into(),
            Self::V6([a, b, c, d]) => {
                let mut part = || random.random::<u16>();
                Ipv6Addr::new(a, b, c, d, part(), part(), part(), part()).into()
            }
        }
    }
}
