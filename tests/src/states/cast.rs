//! The hosts and the people that it takes to show every state: made over plain HTTP, but for a passkey, which only
//! a browser can make.

mod hosts;
mod lists;
mod people;

use super::{At, Who};
use crate::browser::Browser;
use crate::coverage::setting::{Setting, TAB};
use hosts::Hosts;
pub(super) use people::code_of;
use std::collections::BTreeMap;

/// Names and values.
type Cookies = Vec<(String, String)>;

/// Everybody, and where they are.
pub struct Cast {
    hosts: Hosts,
    /// What each has in their browser, besides the language.
    cookies: BTreeMap<(At, Who), Cookies>,
    /// What is known only now, by what stands for it in braces.
    known: BTreeMap<(At, &'static str), String>,
}

impl Cast {
    /// Starts the hosts and lets everybody do what they have to. The browser makes a passkey and has a key from then
    /// on.
    ///
    /// # Panics
    /// Where any of it does not work.
    pub async fn gather(browser: &Browser) -> Self {
        let hosts = Hosts::start().await;
        let mut cast = Self { hosts, cookies: BTreeMap::new(), known: BTreeMap::new() };
        let nobodys = cast.patients().await;
        cast.know(At::Ordinary, "nobody's id", nobodys);
        cast.make_a_passkey(browser).await;
        cast.staff().await;
        cast.charts().await;
        cast.lists().await;
        cast
    }

    /// The host.
    pub fn setting(&self, at: At) -> &Setting {
        self.hosts.of(at)
    }

    /// What somebody's browser has.
    pub(super) fn cookies(&self, at: At, who: Who) -> &[(String, String)] {
        let found = self.cookies.get(&(at, who));
        found.unwrap_or_else(|| panic!("nobody is {who:?} at {at:?}"))
    }

    /// A text with what is known in place of what stands in braces.
    ///
    /// # Panics
    /// Where that is not known.
    pub(super) fn filled(&self, at: At, text: &str) -> String {
        let mut filled = text.replace("{tab of}", "/patients/").to_owned();
        if text.starts_with("{tab of}") {
            let rest = filled.trim_start_matches("/patients/").to_owned();
            let (chart, more) =
                rest.split_once('/').map_or((rest.as_str(), ""), |(chart, more)| (chart, more));
            let more = if more.is_empty() { String::new() } else { format!("/{more}") };
            filled = format!("/patients/{chart}/tabs/{TAB}{more}");
        }
        for ((_, name), value) in self.known.iter().filter(|((known_at, _), _)| *known_at == at) {
            filled = filled.replace(&format!("{{{name}}}"), value);
        }
        assert!(!filled.contains('{') || text == "{}", "{filled}: what is to be put in its braces?");
        filled
    }

    fn know(&mut self, at: At, name: &'static str, value: impl Into<String>) {
        self.known.insert((at, name), value.into());
    }

    fn has(&mut self, at: At, who: Who, cookies: &[(String, String)]) {
        self.cookies.insert((at, who), cookies.to_vec());
    }
}
