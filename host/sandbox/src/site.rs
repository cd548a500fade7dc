//! Where people find one of the two addresses, and the host names it answers to.

use std::net::SocketAddr;

/// Why people could not find it.
#[derive(Debug, thiserror::Error)]
pub(crate) enum SiteError {
    #[error("{0:?} is not an http or https address without a path")]
    NotASite(String),
    #[error(
        "{0} listens on every address of this machine but is none that a person could open: give the address \
         that people open as well"
    )]
    Unspecified(SocketAddr),
}

/// An address people open, and the host names behind it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Site {
    url: String,
    hosts: Vec<String>,
}

impl Site {
    /// What listens on `address` and is found at `url`, or where it listens.
    pub(crate) fn new(url: Option<&str>, address: SocketAddr) -> Result<Self, SiteError> {
        let http = "http://";
        let own = without_default_port(http, &address.to_string()).to_owned();
        let mut hosts = vec![own.clone()];
        if address.ip().is_loopback() {
            let name = format!("localhost:{}", address.port());
            hosts.push(without_default_port(http, &name).to_owned());
        }
        let Some(url) = url else {
            return match address.ip().is_unspecified() {
                true => Err(SiteError::Unspecified(address)),
                false => Ok(Self { url: format!("{http}{own}"), hosts }),
            };
        };
        let (url, host) = given(url)?;
        if !hosts.contains(&host) {
            hosts.push(host);
        }
        Ok(Self { url, hosts })
    }

    /// What is found at `url` and nowhere else, wherever it listens.
    pub(crate) fn named(url: &str) -> Result<Self, SiteError> {
        let (url, host) = given(url)?;
        Ok(Self { url, hosts: vec![host] })
    }

    /// The name of the machine in the address, without a port.
    pub(crate) fn machine(&self) -> &str {
        let host = self.url.split_once("://").map_or(self.url.as_str(), |(_, host)| host);
        // An IPv6 address has colons of its own, in brackets.
        match host.rsplit_once(':') {
            Some((machine, port)) if !port.ends_with(']') => machine,
            Some(_) | None => host,
        }
    }

    /// Scheme, host and port, without a trailing slash.
    pub(crate) fn url(&self) -> &str {
        &self.url
    }

    /// The `Host` headers it answers to.
    pub(crate) fn hosts(&self) -> &[String] {
        &self.hosts
    }

    /// Whether people reach it over TLS.
    pub(crate) fn is_secure(&self) -> bool {
        self.url.starts_with("https://")
    }

    /// Whether this host name, in lower case, is one of its own.
    pub(crate) fn answers_to(&self, host: &str) -> bool {
        self.hosts.iter().any(|own| own == host)
    }

    /// Whether a page of this origin is one of its own, asked for under the name `host`. Over TLS only
    /// the address people open is.
    pub(crate) fn is_origin(&self, origin: &str, host: &str) -> bool {
        origin.eq_ignore_ascii_case(&self.url)
            || !self.is_secure()
                && origin
                    .strip_prefix("http://")
                    .is_some_and(|authority| authority.eq_ignore_ascii_case(host))
    }
}

/// An address as it was given, and its host, both as browsers name them.
fn given(url: &str) -> Result<(String, String), SiteError> {
    let not_a_site = || SiteError::NotASite(url.to_owned());
    let parsed = url::Url::parse(url).map_err(|_| not_a_site())?;
    let plain = parsed.path() == "/"
        && parsed.query().is_none()
        && parsed.fragment().is_none()
        && parsed.username().is_empty()
        && parsed.password().is_none()
        // Whatever is taken for an address of nothing else: no spaces, no backslashes.
        && !url.contains(|c: char| c.is_whitespace() || c == '\\');
    let scheme = Some(parsed.scheme()).filter(|scheme| matches!(*scheme, "http" | "https"));
    let (Some(scheme), Some(name), true) = (scheme, parsed.host_str(), plain) else {
        return Err(not_a_site());
    };
    let host = parsed.port().map_or_else(|| name.to_owned(), |port| format!("{name}:{port}"));
    Ok((format!("{scheme}://{host}"), host))
}

/// A host as browsers name it: without the port that the scheme stands for.
fn without_default_port<'a>(scheme: &str, host: &'a str) -> &'a str {
    let port = if scheme == "https://" { ":443" } else { ":80" };
    host.strip_suffix(port).unwrap_or(host)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn site(url: &str) -> Result<Site, SiteError> {
        Site::new(Some(url), SocketAddr::from(([127, 0, 0, 1], 8081)))
    }

    #[test]
    fn a_site_answers_to_its_address_and_on_loopback_to_localhost() {
        let site = Site::new(None, SocketAddr::from(([127, 0, 0, 1], 8081))).unwrap();
        assert_eq!(site.url, "http://127.0.0.1:8081");
        assert_eq!(site.hosts, ["127.0.0.1:8081", "localhost:8081"]);
    }

    #[test]
    fn a_named_site_answers_to_its_name_alone() {
        for (given, host, machine) in [
            ("https://Portal.Example.org/", "portal.example.org", "portal.example.org"),
            ("http://portal.localhost:8081", "portal.localhost:8081", "portal.localhost"),
            ("https://Müller.example", "xn--mller-kva.example", "xn--mller-kva.example"),
            ("http://[::1]:8081", "[::1]:8081", "[::1]"),
            ("https://[::1]", "[::1]", "[::1]"),
        ] {
            let site = Site::named(given).unwrap();
            assert_eq!((site.hosts(), site.machine()), ([host.to_owned()].as_slice(), machine));
        }
        for given in
            ["portal.example.org", "https://x:abc", "https://x y", "https://", "ftp://x", "https://x\\y"]
        {
            assert!(Site::named(given).is_err(), "{given}");
        }
    }

    #[test]
    fn a_given_address_is_answered_to_in_lower_case_and_without_a_slash() {
        let site = site("https://Portal.Example.org/").unwrap();
        assert_eq!(site.url, "https://portal.example.org");
        assert!(site.hosts.contains(&"portal.example.org".to_owned()));
    }

    #[test]
    fn the_port_a_scheme_stands_for_is_dropped_as_browsers_do() {
        for (given, url, host) in [
            ("https://x:443", "https://x", "x"),
            ("http://x:80/", "http://x", "x"),
            ("https://[::1]:443", "https://[::1]", "[::1]"),
            ("https://x:80", "https://x:80", "x:80"),
            ("http://x:443", "http://x:443", "x:443"),
            ("https://x:8443", "https://x:8443", "x:8443"),
        ] {
            let site = site(given).unwrap();
            assert_eq!((site.url.as_str(), site.hosts.last().unwrap().as_str()), (url, host));
        }
        let site = Site::new(None, SocketAddr::from(([127, 0, 0, 1], 80))).unwrap();
        assert_eq!(site.url, "http://127.0.0.1");
        assert_eq!(site.hosts, ["127.0.0.1", "localhost"]);
    }

    #[test]
    fn listening_everywhere_needs_the_address_that_patients_open() {
        for address in ["0.0.0.0:8081", "[::]:8081"] {
            let address = address.parse().unwrap();
            let Err(refused) = Site::new(None, address) else { panic!("{address} was taken") };
            assert!(matches!(refused, SiteError::Unspecified(_)), "{refused}");
            assert!(refused.to_string().contains("every address"), "{refused}");
            let url = Some("https://portal.example.org");
            assert_eq!(Site::new(url, address).unwrap().url, "https://portal.example.org");
        }
    }

    #[test]
    fn an_address_that_is_none_is_refused() {
        for url in
            ["", "https://:443", "portal.example.org", "ftp://x", "https://", "https://x/path", "https://a@b"]
        {
            assert!(matches!(site(url), Err(SiteError::NotASite(_))), "{url}");
        }
    }
}
