//! The values of the contract's imports in our own types, and back.

use std::borrow::Cow;

use super::bindings::ehr::patient_portal::{accounts, attempts, log, passwords, patients, sessions, types};
use crate::audit::{Actor, By, Entry, Event};
use crate::calendar::{Date, Timestamp};
use crate::ehr::{PasswordError, Unavailable};
use crate::people::{Patient, PatientId, PersonName, StaffId};
use crate::rules::account::{Account, Credentials, Invitation, Lapse, Lapsed, Revision, State};
use crate::rules::password::PasswordHash;
use crate::rules::portal_id::PortalId;
use crate::rules::session::{Purpose, Session};
use crate::rules::throttle::Counter;
use crate::rules::username::Username;

impl From<types::Unavailable> for Unavailable {
    fn from(unavailable: types::Unavailable) -> Self {
        Self { retry_after_seconds: unavailable.retry_after_seconds }
    }
}

impl From<passwords::Error> for PasswordError {
    fn from(error: passwords::Error) -> Self {
        match error {
            passwords::Error::Busy(retry_after_seconds) => Self::Busy { retry_after_seconds },
            passwords::Error::Failed => Self::Failed,
        }
    }
}

impl From<types::Date> for Date {
    fn from(date: types::Date) -> Self {
        Self::promised(date.year, date.month, date.day)
    }
}

impl From<patients::Patient> for Patient {
    fn from(patient: patients::Patient) -> Self {
        Self {
            id: PatientId(patient.id),
            name: patient.name.into(),
            other_names: patient.other_names.into_iter().map(PersonName::from).collect(),
            birth_date: patient.birth_date.map(Date::from),
            language: patient.language,
        }
    }
}

impl From<patients::PersonName> for PersonName {
    fn from(name: patients::PersonName) -> Self {
        match name {
            patients::PersonName::Full(patients::FullName { given, family }) => Self::Full { given, family },
            patients::PersonName::Single(name) => Self::Single(name),
        }
    }
}

impl TryFrom<accounts::Account> for Account {
    type Error = Unavailable;

    fn try_from(account: accounts::Account) -> Result<Self, Unavailable> {
        let state = match account.state {
            accounts::State::Invited(invitation) => State::Invited(invitation.try_into()?),
            accounts::State::Lapsed(lapsed) => State::Lapsed(lapsed.into()),
            accounts::State::Active(credentials) => State::Active(credentials.into()),
            accounts::State::Off(credentials) => State::Off(credentials.map(Credentials::from)),
        };
        Ok(Self { patient: PatientId(account.patient), state, revision: Revision(account.revision) })
    }
}

impl From<&Account> for accounts::Account {
    fn from(account: &Account) -> Self {
        let state = match &account.state {
            State::Invited(invitation) => accounts::State::Invited(invitation.into()),
            State::Lapsed(lapsed) => accounts::State::Lapsed((*lapsed).into()),
            State::Active(credentials) => accounts::State::Active(credentials.into()),
            State::Off(credentials) => accounts::State::Off(credentials.as_ref().map(Into::into)),
        };
        Self { patient: account.patient.0.clone(), state, revision: account.revision.0 }
    }
}

impl TryFrom<accounts::Invitation> for Invitation {
    type Error = Unavailable;

    fn try_from(invitation: accounts::Invitation) -> Result<Self, Unavailable> {
        let Some(portal_id) = PortalId::stored(&invitation.portal_id) else {
            log::log(log::Level::Error, "the host answered with a stored Portal ID that is not six digits");
            return Err(Unavailable::BROKEN);
        };
        let (issued, expires) = (Timestamp(invitation.issued), Timestamp(invitation.expires));
        Ok(Self { portal_id, issued, expires })
    }
}

impl From<&Invitation> for accounts::Invitation {
    fn from(invitation: &Invitation) -> Self {
        Self {
            portal_id: invitation.portal_id.digits(),
            issued: invitation.issued.0,
            expires: invitation.expires.0,
        }
    }
}

impl From<accounts::Lapsed> for Lapsed {
    fn from(lapsed: accounts::Lapsed) -> Self {
        let how = match lapsed.how {
            accounts::Lapse::Expired => Lapse::Expired,
            accounts::Lapse::Burnt => Lapse::Burnt,
        };
        Self { issued: Timestamp(lapsed.issued), over: Timestamp(lapsed.over), how }
    }
}

impl From<Lapsed> for accounts::Lapsed {
    fn from(lapsed: Lapsed) -> Self {
        let how = match lapsed.how {
            Lapse::Expired => accounts::Lapse::Expired,
            Lapse::Burnt => accounts::Lapse::Burnt,
        };
        Self { issued: lapsed.issued.0, over: lapsed.over.0, how }
    }
}

impl From<accounts::Credentials> for Credentials {
    fn from(credentials: accounts::Credentials) -> Self {
        Self {
            username: Username::stored(credentials.username),
            password_hash: PasswordHash(credentials.password_hash),
            since: Timestamp(credentials.since),
        }
    }
}

impl From<&Credentials> for accounts::Credentials {
    fn from(credentials: &Credentials) -> Self {
        Self {
            username: credentials.username.as_str().to_owned(),
            password_hash: credentials.password_hash.0.clone(),
            since: credentials.since.0,
        }
    }
}

impl From<&Event> for types::Event {
    fn from(event: &Event) -> Self {
        let actor = match &event.actor {
            Actor::Staff(StaffId(id)) => types::Actor::Staff(id.clone()),
            Actor::Patient(PatientId(id)) => types::Actor::Patient(id.clone()),
            Actor::Visitor(address) => types::Actor::Visitor(address.clone()),
        };
        Self {
            actor,
            patient: event.patient.as_ref().map(|PatientId(id)| id.clone()),
            action: event.deed.name().to_owned(),
            detail: event.detail.clone().map(Cow::into_owned),
        }
    }
}

impl From<accounts::Entry> for Entry {
    fn from(entry: accounts::Entry) -> Self {
        let accounts::Entry { number, at, who, address: _, event } = entry;
        let by = match event.actor {
            types::Actor::Staff(_) => By::Staff,
            types::Actor::Patient(_) => By::Patient,
            types::Actor::Visitor(_) => By::Visitor,
            types::Actor::System => By::System,
        };
        Self { number, at: Timestamp(at), by, who, action: event.action, detail: event.detail }
    }
}

impl From<Purpose> for sessions::Purpose {
    fn from(purpose: Purpose) -> Self {
        match purpose {
            Purpose::Activation => Self::Activation,
            Purpose::Portal => Self::Portal,
            Purpose::Sheet => Self::Sheet,
            Purpose::Device => Self::Device,
        }
    }
}

impl From<&Session> for sessions::Session {
    fn from(session: &Session) -> Self {
        Self {
            patient: session.patient.0.clone(),
            purpose: session.purpose.into(),
            opened: session.opened.0,
            seen: session.seen.0,
            ends: session.ends.0,
            account_revision: session.account_revision.0,
        }
    }
}

impl From<sessions::Session> for Session {
    fn from(session: sessions::Session) -> Self {
        Self {
            patient: PatientId(session.patient),
            purpose: match session.purpose {
                sessions::Purpose::Activation => Purpose::Activation,
                sessions::Purpose::Portal => Purpose::Portal,
                sessions::Purpose::Sheet => Purpose::Sheet,
                sessions::Purpose::Device => Purpose::Device,
            },
            opened: Timestamp(session.opened),
            seen: Timestamp(session.seen),
            ends: Timestamp(session.ends),
            account_revision: Revision(session.account_revision),
        }
    }
}

impl From<&Counter> for attempts::Counter {
    fn from(counter: &Counter) -> Self {
        Self {
            key: counter.key.clone(),
            window_seconds: counter.limit.window.whole_seconds(),
            limit: counter.limit.attempts,
        }
    }
}
