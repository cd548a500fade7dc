//! A request as the host hands it over, and what is read from its head.

/// One request. Everything in it is untrusted but the client's address.
#[derive(Clone, Debug)]
pub struct Request {
    /// As sent, such as `GET`.
    pub method: String,
    /// Path and query, as sent.
    pub target: String,
    /// Names in lower case.
    pub headers: Vec<(String, Vec<u8>)>,
    /// At most 64 KiB.
    pub body: Vec<u8>,
    /// The client's address as the host trusts it.
    pub client: String,
}

impl Request {
    /// The target without its query. No page of ours reads one: nothing that matters
    /// belongs in an address.
    pub fn path(&self) -> &str {
        self.target.split(['?', '#']).next().unwrap_or_default()
    }

    /// The values of a header that are text; others are left out as if never sent.
    pub fn header(&self, name: &str) -> impl Iterator<Item = &str> {
        self.header_bytes(name).filter_map(|value| str::from_utf8(value).ok())
    }

    /// The values of a header, text or not.
    pub fn header_bytes(&self, name: &str) -> impl Iterator<Item = &[u8]> {
        self.headers.iter().filter(move |(other, _)| other == name).map(|(_, value)| value.as_slice())
    }
}
