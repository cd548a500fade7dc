//! The practice that a call is about, and what its administrator has set.

use crate::calendar::Span;

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
}

impl Practice {
    /// Whether the website is reached over TLS. Only a sandbox on plain `http` is not.
    pub fn is_secure(&self) -> bool {
        !self.portal_url.starts_with("http://")
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
}

impl Policy {
    /// How long a new Portal ID can be used.
    pub fn invitation_life(self) -> Span {
        Span::days(self.invitation_days)
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
