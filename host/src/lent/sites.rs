//! The practices of an installation: which website is whose, whether they pay for the portal, and
//! how they want it.

use super::{Colour, Logo, Unavailable};
use crate::identity::{Date, PracticeId, Timestamp};

/// What the administrator of a practice may set; the contract states the bounds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Policy {
    /// How long a new Portal ID can be used, in days: 1 to 21.
    pub invitation_days: u16,
    /// The shortest password accepted where it is the only factor, in code points: 8 to 64.
    pub minimum_password_length: u16,
    /// A sign-in ends after this many minutes without a request: 1 to 120.
    pub idle_minutes: u16,
    /// A sign-in ends after this many hours whatever happens: 1 to 24.
    pub session_hours: u16,
    /// How many wrong answers at User Confirmation pass.
    pub throttles: Throttles,
    /// Whether changing anything in the tab takes the right to edit, beside the right to view it.
    pub require_edit_right: bool,
    /// Whether every patient is asked for a second factor.
    pub require_second_factor: bool,
}

/// Wrong answers at User Confirmation that pass before no more are taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Throttles {
    /// For one Portal ID, over its life; then it is burnt: 1 to 10.
    pub per_portal_id: u16,
    /// For one person, known by initials and date of birth, a day: 1 to 20.
    pub per_person_a_day: u16,
    /// For one person in 21 days: 1 to 40.
    pub per_person: u16,
    /// From one network, an IPv4 address or an IPv6 /64, a day: 1 to 1,000.
    pub per_network_a_day: u16,
    /// On the whole website in an hour; then typing a Portal ID pauses: 1 to 10,000.
    pub per_website_an_hour: u16,
}

impl Default for Throttles {
    /// With these, guessing comes to nothing: 5 guesses at a date of birth for whoever finds a sheet,
    /// 20 at a Portal ID for whoever knows the person, 60 an hour for everybody together.
    fn default() -> Self {
        Self {
            per_portal_id: 5,
            per_person_a_day: 5,
            per_person: 20,
            per_network_a_day: 20,
            per_website_an_hour: 60,
        }
    }
}

impl Default for Policy {
    /// NIST SP 800-63B-4: fifteen characters for a password that is the only factor. NIST SP
    /// 800-63A-4: seven days for a code handed over in person. Idle and absolute limits as in
    /// OWASP ASVS 5.0 chapter 7.
    fn default() -> Self {
        Self {
            invitation_days: 7,
            minimum_password_length: 15,
            idle_minutes: 15,
            session_hours: 12,
            throttles: Throttles::default(),
            require_edit_right: false,
            require_second_factor: false,
        }
    }
}

/// A practice as its patients know it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Profile {
    /// The practice's name.
    pub name: String,
    /// Whom patients call for help with the portal, as it should be printed.
    pub phone: String,
    /// Where patients find the portal: scheme, host and port, without a trailing slash.
    pub portal_url: String,
    /// Languages the practice serves, BCP 47, preferred first. Never empty.
    pub languages: Vec<String>,
    /// What the administrator chose.
    pub policy: Policy,
    /// Networks for which typing a Portal ID never pauses, such as that of the practice's own kiosk:
    /// each an address or a range such as `192.0.2.0/24`. At most 64.
    pub never_paused: Vec<String>,
    /// What the website's pages are accented with; the portal's own colour where there is none, or where it is not
    /// [readable](Colour::is_readable).
    pub accent: Option<Colour>,
    /// What stands in the place of the portal's own mark.
    pub logo: Option<Logo>,
}

/// A moment as the practice's wall clock and calendar show it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LocalTime {
    /// The day on the practice's calendar.
    pub date: Date,
    /// 0 to 23.
    pub hour: u8,
    /// 0 to 59.
    pub minute: u8,
}

/// The practices this installation serves.
#[async_trait::async_trait]
pub trait Sites: Send + Sync + 'static {
    /// The practice whose patient website is reached by this `Host` header, or none.
    async fn practice_of_website(&self, host: &str) -> Result<Option<PracticeId>, Unavailable>;

    /// Whether the practice has the Patient Portal module. While it has not, the component is
    /// never called for it and what is stored stays as it is.
    async fn portal_is_enabled(&self, practice: &PracticeId) -> Result<bool, Unavailable>;

    /// The practice and its policy. Asked for on nearly every request: answer from memory.
    async fn profile(&self, practice: &PracticeId) -> Result<Profile, Unavailable>;

    /// Converts a moment to the practice's local time, summer time included.
    async fn local_time(&self, practice: &PracticeId, at: Timestamp) -> Result<LocalTime, Unavailable>;
}
