//! A portal account and the one table of how it may change.

use thiserror::Error;

use super::password::PasswordHash;
use super::portal_id::PortalId;
use super::username::Username;
use crate::calendar::Timestamp;
use crate::people::PatientId;
use crate::settings::REISSUE_REST;

/// How often an account was saved. A save names the revision it read, and a session the
/// one it was opened under.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Revision(pub u64);

impl Revision {
    /// Of an account that was never saved.
    pub const NEVER_SAVED: Self = Self(0);
    /// Of an account that was created and not changed since.
    const FIRST: Self = Self(1);
}

/// The account of one patient.
#[derive(Clone, PartialEq, Eq)]
pub struct Account {
    /// Whose it is.
    pub patient: PatientId,
    /// Where it stands.
    pub state: State,
    /// The revision that was read.
    pub revision: Revision,
}

impl Account {
    /// What the patient logs in with, or could if access were on.
    pub fn credentials(&self) -> Option<&Credentials> {
        match &self.state {
            State::Active(credentials) | State::Off(Some(credentials)) => Some(credentials),
            State::Invited(_) | State::Lapsed(_) | State::Off(None) => None,
        }
    }

    /// The stored invitation, whether it can still be used or not.
    pub fn invitation(&self) -> Option<&Invitation> {
        match &self.state {
            State::Invited(invitation) => Some(invitation),
            State::Lapsed(_) | State::Active(_) | State::Off(_) => None,
        }
    }

    /// Whether the patient can log in.
    pub fn is_active(&self) -> bool {
        match self.state {
            State::Active(_) => true,
            State::Invited(_) | State::Lapsed(_) | State::Off(_) => false,
        }
    }
}

/// Where a stored account stands.
#[derive(Clone, PartialEq, Eq)]
pub enum State {
    /// Waiting for the patient to activate.
    Invited(Invitation),
    /// The Portal ID is of no use any more and was wiped; staff may issue another.
    Lapsed(Lapsed),
    /// The patient can log in.
    Active(Credentials),
    /// Staff turned access off; credentials the patient had are kept.
    Off(Option<Credentials>),
}

/// A Portal ID handed to a patient.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Invitation {
    /// What is printed.
    pub portal_id: PortalId,
    /// When it was drawn.
    pub issued: Timestamp,
    /// From this moment on it is of no use.
    pub expires: Timestamp,
}

impl Invitation {
    /// Whether the Portal ID can be used.
    pub fn is_open(&self, now: Timestamp) -> bool {
        now < self.expires
    }

    /// Whether the Portal ID was drawn so lately that drawing another can only be the same
    /// click twice.
    fn is_new(&self, now: Timestamp) -> bool {
        now < self.issued.after(REISSUE_REST)
    }
}

/// How an invitation ended without being used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lapse {
    /// It was not used in time.
    Expired,
    /// Too many wrong answers were given for its Portal ID.
    Burnt,
}

/// An invitation that is over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Lapsed {
    /// When the Portal ID was drawn.
    pub issued: Timestamp,
    /// When it was over.
    pub over: Timestamp,
    /// How it ended.
    pub how: Lapse,
}

/// What a patient logs in with.
#[derive(Clone, PartialEq, Eq)]
pub struct Credentials {
    /// The name.
    pub username: Username,
    /// The hash the host made of the password.
    pub password_hash: PasswordHash,
    /// When the patient chose them.
    pub since: Timestamp,
}

/// Where a patient stands at a moment, whether there is an account or not.
#[derive(Clone, Copy)]
pub enum Standing<'a> {
    /// Nobody created the user.
    NotInvited,
    /// The Portal ID can be used.
    Invited(&'a Invitation),
    /// The Portal ID was not used in time.
    Expired,
    /// The Portal ID stopped working, at this moment, after too many wrong answers.
    Burnt(Timestamp),
    /// The patient can log in.
    Active(&'a Credentials),
    /// Staff turned access off; what the patient logs in with once it is on again, if anything.
    Off(Option<&'a Credentials>),
}

/// Where the patient with this account, or none, stands now.
pub fn standing(account: Option<&Account>, now: Timestamp) -> Standing<'_> {
    match account.map(|account| &account.state) {
        None => Standing::NotInvited,
        Some(State::Invited(invitation)) if invitation.is_open(now) => Standing::Invited(invitation),
        // The host is about to wipe it.
        Some(State::Invited(_)) => Standing::Expired,
        Some(State::Lapsed(Lapsed { how: Lapse::Expired, .. })) => Standing::Expired,
        Some(State::Lapsed(Lapsed { how: Lapse::Burnt, over, .. })) => Standing::Burnt(*over),
        Some(State::Active(credentials)) => Standing::Active(credentials),
        Some(State::Off(credentials)) => Standing::Off(credentials.as_ref()),
    }
}

/// Something that changes an account.
pub enum Change {
    /// Staff create the user.
    Create(Invitation),
    /// Staff issue a new Portal ID in place of the old one, which is of no use from then on.
    Reissue(Invitation),
    /// Too many wrong answers were given for the Portal ID.
    Burn,
    /// The confirmed patient chooses username and password.
    Activate(Credentials),
    /// The host makes a stronger hash of the same password.
    Rehash(PasswordHash),
    /// The patient chooses another password. Every session ends.
    NewPassword(PasswordHash),
    /// The patient logs out everywhere. Every session ends, and nothing else changes.
    EndSessions,
    /// Staff take the login away and invite the patient afresh: a password was forgotten, or it was not
    /// the patient who activated.
    Reset(Invitation),
    /// Staff turn access off. A Portal ID is of no use from then on; a login is kept.
    TurnOff,
    /// Staff turn access on again. Who has a login logs in with it as before; who has none is invited
    /// with this Portal ID.
    TurnOn(Invitation),
}

/// The account does not stand where the change starts from. Nothing was changed.
#[derive(Clone, Copy, Debug, Error, PartialEq, Eq)]
#[error("the account is not in a state that this change starts from")]
pub struct NotFromHere;

/// Changes an account, or makes the patient's first. This is the only way there is.
///
/// |            | not invited | invited  | expired  | lapsed  | active | off |
/// |------------|-------------|----------|----------|---------|--------|-----|
/// | create     | invited     | –        | –        | –       | –      | –   |
/// | reissue    | –           | invited  | invited  | invited | –      | –   |
/// | burn       | –           | lapsed   | lapsed   | –       | –      | –   |
/// | activate   | –           | active   | active   | –       | –      | –   |
/// | rehash     | –           | –        | –        | –       | active | –   |
/// | new password | –         | –        | –        | –       | active | –   |
/// | end sessions | –         | –        | –        | –       | active | –   |
/// | reset      | –           | –        | –        | –       | invited | –  |
/// | turn off   | –           | off      | off      | off     | off    | –   |
/// | turn on    | –           | –        | –        | –       | –      | active, or invited without a login |
///
/// An invitation that expired is `lapsed` as soon as the host has wiped its Portal ID.
///
/// Reissuing once more within [`REISSUE_REST`] changes nothing: it is the same click twice.
///
/// Activation is allowed after the Portal ID expired, because it takes the capability that
/// User Confirmation gave while the ID was open, which has a short life of its own.
pub fn changed(
    account: Option<Account>,
    patient: &PatientId,
    change: Change,
    now: Timestamp,
) -> Result<Account, NotFromHere> {
    let revision = account.as_ref().map_or(Revision::NEVER_SAVED, |account| account.revision);
    let state = match (account.map(|account| account.state), change) {
        (None, Change::Create(invitation)) => State::Invited(invitation),
        (Some(State::Invited(old)), Change::Reissue(new))
            if revision == Revision::FIRST || !old.is_new(now) =>
        {
            State::Invited(new)
        }
        (Some(State::Lapsed(_)), Change::Reissue(new)) => State::Invited(new),
        (Some(State::Invited(Invitation { issued, .. })), Change::Burn) => {
            State::Lapsed(Lapsed { issued, over: now, how: Lapse::Burnt })
        }
        (Some(State::Invited(_)), Change::Activate(credentials)) => State::Active(credentials),
        (
            Some(State::Active(credentials)),
            Change::Rehash(password_hash) | Change::NewPassword(password_hash),
        ) => State::Active(Credentials { password_hash, ..credentials }),
        (Some(State::Active(credentials)), Change::EndSessions) => State::Active(credentials),
        (Some(State::Active(_)), Change::Reset(invitation))
        | (Some(State::Off(None)), Change::TurnOn(invitation)) => State::Invited(invitation),
        (Some(State::Invited(_) | State::Lapsed(_)), Change::TurnOff) => State::Off(None),
        (Some(State::Active(credentials)), Change::TurnOff) => State::Off(Some(credentials)),
        (Some(State::Off(Some(credentials))), Change::TurnOn(_)) => State::Active(credentials),
        (
            Some(State::Invited(_) | State::Lapsed(_) | State::Active(_) | State::Off(_)),
            Change::Create(_),
        )
        | (None | Some(State::Invited(_) | State::Active(_) | State::Off(_)), Change::Reissue(_))
        | (
            None | Some(State::Lapsed(_) | State::Active(_) | State::Off(_)),
            Change::Burn | Change::Activate(_),
        )
        | (
            None | Some(State::Invited(_) | State::Lapsed(_) | State::Off(_)),
            Change::Rehash(_) | Change::NewPassword(_) | Change::EndSessions | Change::Reset(_),
        )
        | (None | Some(State::Off(_)), Change::TurnOff)
        | (None | Some(State::Invited(_) | State::Lapsed(_) | State::Active(_)), Change::TurnOn(_)) => {
            return Err(NotFromHere);
        }
    };
    Ok(Account { patient: patient.clone(), state, revision })
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Timestamp = Timestamp(1_000);

    fn invitation(expires: u64) -> Invitation {
        Invitation {
            portal_id: PortalId::stored("482913").unwrap(),
            issued: Timestamp(0),
            expires: Timestamp(expires),
        }
    }

    fn credentials() -> Credentials {
        Credentials {
            username: Username::sought("maria"),
            password_hash: PasswordHash("$hash$".to_owned()),
            since: NOW,
        }
    }

    fn patient() -> PatientId {
        PatientId("p-1".to_owned())
    }

    fn in_state(state: State) -> Option<Account> {
        Some(Account { patient: patient(), state, revision: Revision(7) })
    }

    /// The table in the documentation, row by row: what becomes of each standing.
    fn outcomes(change: impl Fn() -> Change) -> [&'static str; 7] {
        let standings = [
            None,
            in_state(State::Invited(invitation(2_000))),
            in_state(State::Invited(invitation(1_000))),
            in_state(State::Lapsed(Lapsed { issued: Timestamp(0), over: NOW, how: Lapse::Expired })),
            in_state(State::Active(credentials())),
            in_state(State::Off(Some(credentials()))),
            in_state(State::Off(None)),
        ];
        standings.map(|account| match changed(account, &patient(), change(), NOW) {
            Ok(Account { state: State::Invited(_), .. }) => "invited",
            Ok(Account { state: State::Lapsed(_), .. }) => "lapsed",
            Ok(Account { state: State::Active(_), .. }) => "active",
            Ok(Account { state: State::Off(_), .. }) => "off",
            Err(NotFromHere) => "–",
        })
    }

    #[test]
    fn the_table_of_changes_holds() {
        let create = outcomes(|| Change::Create(invitation(2_000)));
        assert_eq!(create, ["invited", "–", "–", "–", "–", "–", "–"]);
        let reissue = outcomes(|| Change::Reissue(invitation(2_000)));
        assert_eq!(reissue, ["–", "invited", "invited", "invited", "–", "–", "–"]);
        assert_eq!(outcomes(|| Change::Burn), ["–", "lapsed", "lapsed", "–", "–", "–", "–"]);
        let activate = outcomes(|| Change::Activate(credentials()));
        assert_eq!(activate, ["–", "active", "active", "–", "–", "–", "–"]);
        let stronger = outcomes(|| Change::Rehash(PasswordHash("$stronger$".to_owned())));
        assert_eq!(stronger, ["–", "–", "–", "–", "active", "–", "–"]);
        let another = outcomes(|| Change::NewPassword(PasswordHash("$another$".to_owned())));
        assert_eq!(another, ["–", "–", "–", "–", "active", "–", "–"]);
        assert_eq!(outcomes(|| Change::EndSessions), ["–", "–", "–", "–", "active", "–", "–"]);
        let reset = outcomes(|| Change::Reset(invitation(2_000)));
        assert_eq!(reset, ["–", "–", "–", "–", "invited", "–", "–"]);
        assert_eq!(outcomes(|| Change::TurnOff), ["–", "off", "off", "off", "off", "–", "–"]);
        let turn_on = outcomes(|| Change::TurnOn(invitation(2_000)));
        assert_eq!(turn_on, ["–", "–", "–", "–", "–", "active", "invited"]);
    }

    #[test]
    fn a_login_is_kept_while_access_is_off_and_gone_after_a_reset() {
        let off = changed(in_state(State::Active(credentials())), &patient(), Change::TurnOff, NOW).unwrap();
        assert!(off.credentials().is_some());

        let on = changed(Some(off), &patient(), Change::TurnOn(invitation(2_000)), NOW).unwrap();
        assert!(on.credentials().is_some() && on.invitation().is_none());

        let reset = changed(Some(on), &patient(), Change::Reset(invitation(2_000)), NOW).unwrap();
        assert!(reset.credentials().is_none() && reset.invitation().is_some());
    }

    #[test]
    fn issuing_again_within_a_minute_is_the_same_click_twice() {
        let reissued = |revision, now| {
            let state = State::Invited(Invitation { issued: NOW, ..invitation(90_000) });
            let account = Account { patient: patient(), state, revision: Revision(revision) };
            changed(Some(account), &patient(), Change::Reissue(invitation(90_000)), Timestamp(now)).is_ok()
        };

        assert!(!reissued(2, NOW.0 + 59));
        assert!(reissued(2, NOW.0 + 60));
        assert!(reissued(1, NOW.0), "the first ID was created, not issued again");
    }

    #[test]
    fn a_change_keeps_the_revision_that_was_read() {
        let created = changed(None, &patient(), Change::Create(invitation(2_000)), NOW).unwrap();
        let active = changed(
            in_state(State::Invited(invitation(2_000))),
            &patient(),
            Change::Activate(credentials()),
            NOW,
        );

        assert_eq!(created.revision, Revision::NEVER_SAVED);
        assert_eq!(active.unwrap().revision, Revision(7));
    }

    #[test]
    fn a_portal_id_is_of_no_use_from_the_moment_it_expires() {
        assert!(invitation(1_001).is_open(NOW));
        assert!(!invitation(1_000).is_open(NOW));
    }

    #[test]
    fn a_stronger_hash_changes_nothing_else() {
        let stronger = Change::Rehash(PasswordHash("$stronger$".to_owned()));
        let account = changed(in_state(State::Active(credentials())), &patient(), stronger, NOW).unwrap();

        let State::Active(after) = account.state else { panic!("not active") };
        assert_eq!(after.username, credentials().username);
        assert_eq!(after.since, credentials().since);
        assert_eq!(after.password_hash.0, "$stronger$");
    }
}
