//! Whose word is taken for where a request comes from. Throttling and the audit trail go by the
//! client's address, so a header that anyone can send is believed from named proxies only.

use http::HeaderMap;
use ipnet::IpNet;
use std::net::IpAddr;
use std::str::FromStr;

/// An address or a range of addresses, such as `192.0.2.7` or `2001:db8::/32`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Network(IpNet);

/// What was written is no network.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("neither an address such as 192.0.2.7 nor a range such as 192.0.2.0/24")]
pub struct NotANetwork;

impl FromStr for Network {
    type Err = NotANetwork;

    fn from_str(text: &str) -> Result<Self, NotANetwork> {
        let range = text.parse().or_else(|_| text.parse::<IpAddr>().map(IpNet::from));
        range.map(|range: IpNet| Self(range.trunc())).map_err(|_| NotANetwork)
    }
}

impl std::fmt::Display for Network {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.fmt(f)
    }
}

/// The proxies in front of this host.
#[derive(Clone, Debug, Default)]
pub struct TrustedProxies(Vec<Network>);

impl TrustedProxies {
    /// These and no others. With none, the client is whoever is connected.
    pub fn new(networks: impl IntoIterator<Item = Network>) -> Self {
        Self(networks.into_iter().collect())
    }

    /// The client of a request that `peer` handed in. A proxy appends whom it was talking to, so
    /// `X-Forwarded-For` is read from its end, for as long as a trusted proxy is speaking; what a
    /// client wrote before that is never believed.
    pub(super) fn client(&self, peer: IpAddr, headers: &HeaderMap) -> IpAddr {
        let mut client = peer.to_canonical();
        if !self.trusts(client) {
            return client;
        }
        let values: Vec<_> = headers.get_all("x-forwarded-for").iter().collect();
        let said = values.iter().rev().flat_map(|value| value.as_bytes().rsplit(|&byte| byte == b','));
        for address in said {
            let Some(address) = read(address) else { return client };
            client = address;
            if !self.trusts(client) {
                return client;
            }
        }
        client
    }

    fn trusts(&self, address: IpAddr) -> bool {
        self.0.iter().any(|network| network.0.contains(&address))
    }
}

fn read(address: &[u8]) -> Option<IpAddr> {
    let address: IpAddr = std::str::from_utf8(address.trim_ascii()).ok()?.parse().ok()?;
    Some(address.to_canonical())
}

#[cfg(test)]
mod tests {
    use super::*;
    use http::HeaderValue;

    fn client(peer: &str, forwarded: &[&str]) -> String {
        let proxies = TrustedProxies::new(["10.0.0.0/8".parse().unwrap(), "2001:db8::1".parse().unwrap()]);
        let mut headers = HeaderMap::new();
        for value in forwarded {
            headers.append("x-forwarded-for", HeaderValue::from_str(value).unwrap());
        }
        proxies.client(peer.parse().unwrap(), &headers).to_string()
    }

    #[test]
    fn a_trusted_proxy_is_believed() {
        assert_eq!(client("10.0.0.1", &["192.0.2.7"]), "192.0.2.7");
        assert_eq!(client("2001:db8::1", &["2001:db8:9::9"]), "2001:db8:9::9");
        assert_eq!(client("10.0.0.1", &["192.0.2.7, 10.9.9.9"]), "192.0.2.7");
        assert_eq!(client("::ffff:10.0.0.1", &["::ffff:192.0.2.7"]), "192.0.2.7");
    }

    #[test]
    fn anyone_else_is_not() {
        assert_eq!(client("192.0.2.99", &["192.0.2.7"]), "192.0.2.99");
    }

    #[test]
    fn what_the_client_wrote_itself_is_not_believed() {
        assert_eq!(client("10.0.0.1", &["203.0.113.5, 192.0.2.7"]), "192.0.2.7");
        assert_eq!(client("10.0.0.1", &["203.0.113.5", "192.0.2.7"]), "192.0.2.7");
    }

    #[test]
    fn what_is_no_address_stops_the_reading() {
        assert_eq!(client("10.0.0.1", &[]), "10.0.0.1");
        assert_eq!(client("10.0.0.1", &["unknown"]), "10.0.0.1");
        assert_eq!(client("10.0.0.1", &["192.0.2.7, , 10.0.0.2"]), "10.0.0.2");
        assert_eq!(client("10.0.0.1", &["192.0.2.7, \u{e9}"]), "10.0.0.1");
    }

    #[test]
    fn a_network_is_an_address_or_a_range() {
        for (text, written) in
            [("192.0.2.7", "192.0.2.7/32"), ("192.0.2.9/24", "192.0.2.0/24"), ("::1", "::1/128")]
        {
            assert_eq!(text.parse::<Network>().unwrap().to_string(), written);
        }
        for text in ["", "192.0.2", "192.0.2.0/33", "localhost", "192.0.2.7/", "/24"] {
            assert_eq!(text.parse::<Network>(), Err(NotANetwork), "{text}");
        }
    }
}
