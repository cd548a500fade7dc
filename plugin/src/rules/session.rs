//! Sessions: for how long, and while what holds, a token is honoured.

use super::account::{Account, Credentials, Invitation, Revision, State};
use crate::calendar::Timestamp;
use crate::people::PatientId;
use crate::practice::Policy;
use crate::settings::{ACTIVATION_LIFE, DEVICE_LIFE, STEP_LIFE};

/// What a session is good for. Being confirmed is never being signed in: other portals
/// lost all their patients' records to that confusion.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// May set credentials for the account it names, and nothing else.
    Activation,
    /// Signed in.
    Portal,
    /// The QR code on one print of the instructions: stands for the Portal ID beside it.
    Sheet,
    /// A browser that the patient logged in with before: spared what others' guesses bring about.
    Device,
}

/// A session as it is stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Session {
    /// Whose it is. The patient is always taken from here, never from a request.
    pub patient: PatientId,
    /// What it is good for.
    pub purpose: Purpose,
    /// When it began.
    pub opened: Timestamp,
    /// The last request made with it.
    pub seen: Timestamp,
    /// When it is over at the latest.
    pub ends: Timestamp,
    /// The account's revision when it was opened.
    pub account_revision: Revision,
}

impl Session {
    /// A confirmed visitor may set credentials: once, since saving them raises the
    /// account's revision.
    pub fn for_activation(account: &Account, now: Timestamp) -> Self {
        Self {
            patient: account.patient.clone(),
            purpose: Purpose::Activation,
            opened: now,
            seen: now,
            ends: now.after(ACTIVATION_LIFE),
            account_revision: account.revision,
        }
    }

    /// A patient has logged in.
    pub fn signed_in(account: &Account, now: Timestamp, policy: Policy) -> Self {
        Self {
            patient: account.patient.clone(),
            purpose: Purpose::Portal,
            opened: now,
            seen: now,
            ends: now.after(policy.session_life()),
            account_revision: account.revision,
        }
    }

    /// The QR code on a sheet printed now: it works for as long as the Portal ID beside it.
    pub fn on_sheet(account: &Account, invitation: &Invitation, now: Timestamp) -> Self {
        Self { ends: invitation.expires, purpose: Purpose::Sheet, ..Self::for_activation(account, now) }
    }

    /// A browser that the patient has just logged in with.
    pub fn device(account: &Account, now: Timestamp) -> Self {
        Self { ends: now.after(DEVICE_LIFE), purpose: Purpose::Device, ..Self::for_activation(account, now) }
    }

    /// Whether the browser is one that the holder of this account logged in with before. Another
    /// password, or access turned off and on, makes no difference: it opens nothing. A login that was
    /// made afresh knows none of the browsers of the one before, which may have been a stranger's.
    pub fn is_device_of(&self, account: &Account, now: Timestamp) -> bool {
        self.purpose == Purpose::Device
            && self.patient == account.patient
            && now < self.ends
            && account.credentials().is_some_and(|credentials| credentials.since <= self.opened)
    }

    /// Whether the session is good for `purpose` now. Every change of credentials or
    /// access raises the account's revision and so ends every session.
    pub fn is_good_for(&self, purpose: Purpose, account: &Account, now: Timestamp, policy: Policy) -> bool {
        self.purpose == purpose
            && self.patient == account.patient
            && self.account_revision == account.revision
            && now < self.ends
            && match (purpose, &account.state) {
                (Purpose::Activation | Purpose::Sheet, State::Invited(_)) => true,
                // The policy may have been tightened since the session was opened.
                (Purpose::Portal, State::Active(_)) => {
                    now < self.seen.after(policy.idle()) && now < self.opened.after(policy.session_life())
                }
                (
                    Purpose::Activation | Purpose::Sheet,
                    State::Lapsed(_) | State::Active(_) | State::Off(_),
                )
                | (Purpose::Portal, State::Invited(_) | State::Lapsed(_) | State::Off(_)) => false,
                // What a device is good for is asked elsewhere: it is never proof of anything.
                (Purpose::Device, _) => false,
            }
    }

    /// When a sign-in is over if it is not used again: idle for too long, or open for too long.
    pub fn ends_unused(&self, policy: Policy) -> Timestamp {
        self.ends.min(self.seen.after(policy.idle())).min(self.opened.after(policy.session_life()))
    }

    /// The credentials that were set with this confirmation or another of the same invitation, while it
    /// would still have been in time. It tells what became of a form sent twice and grants nothing. Of a
    /// login that was made afresh since, it tells nothing either.
    pub fn was_used_on<'a>(&self, account: &'a Account, now: Timestamp) -> Option<&'a Credentials> {
        let is_in_time = self.purpose == Purpose::Activation
            && self.patient == account.patient
            && self.account_revision.0.checked_add(1) == Some(account.revision.0)
            && now < self.ends;
        match &account.state {
            State::Active(credentials) if is_in_time => Some(credentials),
            State::Active(_) | State::Invited(_) | State::Lapsed(_) | State::Off(_) => None,
        }
    }
}

/// A login that has passed the password and waits for the second factor. It is no session: nothing but
/// the second step takes it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// Whose it is.
    pub patient: PatientId,
    /// When the password was right.
    pub opened: Timestamp,
    /// From this moment on it is of no use.
    pub ends: Timestamp,
    /// The account's revision at that moment.
    pub account_revision: Revision,
}

impl Step {
    /// The password of this account was right.
    pub fn after_password(account: &Account, now: Timestamp) -> Self {
        Self {
            patient: account.patient.clone(),
            opened: now,
            ends: now.after(STEP_LIFE),
            account_revision: account.revision,
        }
    }

    /// Whether the second factor may be given now. Every change of the account ends it.
    pub fn is_open(&self, account: &Account, now: Timestamp) -> bool {
        self.patient == account.patient
            && self.account_revision == account.revision
            && account.is_active()
            && now < self.ends
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::password::PasswordHash;
    use crate::rules::portal_id::PortalId;
    use crate::rules::username::Username;
    use crate::testing::practice;

    const OPENED: Timestamp = Timestamp(1_000_000);
    const MINUTE: u64 = 60;

    fn credentials() -> Credentials {
        Credentials {
            username: Username::sought("maria"),
            password_hash: PasswordHash("$hash$".to_owned()),
            since: OPENED,
        }
    }

    fn active() -> Account {
        let patient = PatientId("p-1".to_owned());
        Account { patient, state: State::Active(credentials()), revision: Revision(2) }
    }

    fn invited() -> Account {
        let portal_id = PortalId::stored("482913").unwrap();
        let state = State::Invited(Invitation { portal_id, issued: OPENED, expires: OPENED });
        Account { state, revision: Revision(1), ..active() }
    }

    fn good(session: &Session, account: &Account, after_seconds: u64) -> bool {
        let now = Timestamp(OPENED.0 + after_seconds);
        session.is_good_for(session.purpose, account, now, practice().policy)
    }

    #[test]
    fn a_sign_in_ends_when_idle() {
        let session = Session::signed_in(&active(), OPENED, practice().policy);

        assert!(good(&session, &active(), 15 * MINUTE - 1));
        assert!(!good(&session, &active(), 15 * MINUTE));
    }

    #[test]
    fn a_sign_in_ends_however_busy_it_is() {
        let mut session = Session::signed_in(&active(), OPENED, practice().policy);
        let twelve_hours = 12 * 60 * MINUTE;
        session.seen = Timestamp(OPENED.0 + twelve_hours - 1);

        assert!(good(&session, &active(), twelve_hours - 1));
        assert!(!good(&session, &active(), twelve_hours));
    }

    #[test]
    fn a_tighter_policy_holds_for_sessions_already_open() {
        let session = Session::signed_in(&active(), OPENED, practice().policy);
        let tighter = Policy { idle_minutes: 1, ..practice().policy };

        assert!(!session.is_good_for(Purpose::Portal, &active(), Timestamp(OPENED.0 + MINUTE), tighter));
    }

    #[test]
    fn activation_lasts_ten_minutes() {
        let session = Session::for_activation(&invited(), OPENED);

        assert!(good(&session, &invited(), 10 * MINUTE - 1));
        assert!(!good(&session, &invited(), 10 * MINUTE));
    }

    #[test]
    fn a_confirmation_tells_that_it_was_used_for_as_long_as_it_would_have_held() {
        let session = Session::for_activation(&invited(), OPENED);
        let at = |seconds| Timestamp(OPENED.0 + seconds);

        assert!(session.was_used_on(&active(), at(10 * MINUTE - 1)).is_some());
        assert!(session.was_used_on(&active(), at(10 * MINUTE)).is_none());
        assert!(session.was_used_on(&invited(), at(1)).is_none());
        let afresh = Account { revision: Revision(4), ..active() };
        assert!(session.was_used_on(&afresh, at(1)).is_none());
        let other = Account { patient: PatientId("p-2".to_owned()), ..active() };
        assert!(session.was_used_on(&other, at(1)).is_none());
        let signed_in = Session {
            account_revision: Revision(1),
            ..Session::signed_in(&active(), OPENED, practice().policy)
        };
        assert!(signed_in.was_used_on(&active(), at(1)).is_none());
    }

    #[test]
    fn any_change_of_the_account_ends_its_sessions() {
        let signed_in = Session::signed_in(&active(), OPENED, practice().policy);
        let confirmed = Session::for_activation(&invited(), OPENED);

        assert!(!good(&signed_in, &Account { revision: Revision(3), ..active() }, 1));
        assert!(!good(&confirmed, &Account { revision: Revision(2), ..invited() }, 1));
    }

    #[test]
    fn each_purpose_needs_its_own_state() {
        let signed_in = Session::signed_in(&active(), OPENED, practice().policy);
        let off = Account { state: State::Off(Some(credentials())), ..active() };

        assert!(!good(&signed_in, &off, 1));
        assert!(!good(&Session::for_activation(&active(), OPENED), &active(), 1));
    }

    #[test]
    fn a_browser_is_known_to_the_login_it_was_used_with_and_to_no_later_one() {
        let device = Session::device(&active(), OPENED);
        let chosen_at = |since| {
            let state = State::Active(Credentials { since, ..credentials() });
            Account { state, revision: Revision(9), ..active() }
        };

        assert!(device.is_device_of(&chosen_at(OPENED), OPENED));
        assert!(!device.is_device_of(&chosen_at(Timestamp(OPENED.0 + 1)), Timestamp(OPENED.0 + 1)));
        assert!(!device.is_device_of(&invited(), OPENED));
    }

    #[test]
    fn being_confirmed_is_not_being_signed_in() {
        let confirmed = Session::for_activation(&invited(), OPENED);
        let account = Account { revision: confirmed.account_revision, ..active() };

        assert!(!confirmed.is_good_for(Purpose::Portal, &account, OPENED, practice().policy));
    }

    #[test]
    fn a_session_is_good_for_its_own_patient_only() {
        let session = Session::signed_in(&active(), OPENED, practice().policy);
        let other = Account { patient: PatientId("p-2".to_owned()), ..active() };

        assert!(!good(&session, &other, 1));
    }
}
