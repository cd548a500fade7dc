//! `accounts`: portal accounts and the events that explain every change of them.

use super::bindings::ehr::patient_portal::{accounts, types};
use super::bounds::{MOST_ENTRIES, key, word};
use crate::identity::{PatientId, Timestamp};
use crate::lent::{Account, Credentials, Entry, Invitation, PasswordHash, PortalId, SaveError, State};
use crate::runtime::Call;
use std::sync::Arc;

type Found = wasmtime::Result<Result<Option<accounts::Account>, types::Unavailable>>;

impl accounts::Host for Call {
    async fn find_by_patient(&mut self, patient: String) -> Found {
        let (lent, practice) = (Arc::clone(&self.lent), self.practice.clone());
        let patient = PatientId::new(key(patient)?);
        let found = lent.ehr.account_of_patient(&practice, &patient);
        Ok(self.ask_ehr("a patient's account", found).await?.map(to_wire).map_err(Into::into))
    }

    async fn find_by_portal_id(&mut self, portal_id: String) -> Found {
        let (lent, practice) = (Arc::clone(&self.lent), self.practice.clone());
        let portal_id = PortalId::new(word(portal_id)?);
        let found = lent.ehr.account_of_portal_id(&practice, &portal_id);
        Ok(self.ask_ehr("a Portal ID's account", found).await?.map(to_wire).map_err(Into::into))
    }

    async fn find_by_username(&mut self, username: String) -> Found {
        let (lent, practice) = (Arc::clone(&self.lent), self.practice.clone());
        let username = word(username)?;
        let found = lent.ehr.account_of_username(&practice, &username);
        Ok(self.ask_ehr("a username's account", found).await?.map(to_wire).map_err(Into::into))
    }

    async fn save(
        &mut self,
        account: accounts::Account,
        because: types::Event,
    ) -> wasmtime::Result<Result<u64, accounts::SaveError>> {
        let (lent, practice, at) = (Arc::clone(&self.lent), self.practice.clone(), self.present());
        let (account, because) = (bounded(account)?, self.event(because)?);
        let saved = self.in_time(lent.ehr.save(&practice, &account, &because, at)).await?;
        Ok(saved.map_err(|error| match error {
            SaveError::Stale => accounts::SaveError::Stale,
            SaveError::PortalIdTaken => accounts::SaveError::PortalIdTaken,
            SaveError::UsernameTaken => accounts::SaveError::UsernameTaken,
            SaveError::Unavailable(unavailable) => {
                crate::runtime::log_unavailable("saving an account", &unavailable);
                accounts::SaveError::Unavailable(unavailable.into())
            }
        }))
    }

    async fn note(&mut self, event: types::Event) -> wasmtime::Result<Result<(), types::Unavailable>> {
        let (lent, practice, at) = (Arc::clone(&self.lent), self.practice.clone(), self.present());
        let event = self.event(event)?;
        let noted = lent.ehr.note(&practice, &event, at);
        Ok(self.ask_ehr("noting an event", noted).await?.map_err(Into::into))
    }

    async fn history(
        &mut self,
        patient: String,
        limit: u16,
    ) -> wasmtime::Result<Result<Vec<accounts::Entry>, types::Unavailable>> {
        let (lent, practice) = (Arc::clone(&self.lent), self.practice.clone());
        let (patient, limit) = (PatientId::new(key(patient)?), limit.min(MOST_ENTRIES));
        let entries =
            self.ask_ehr("a patient's history", lent.ehr.history(&practice, &patient, limit)).await?;
        Ok(entries.map(|entries| entries.into_iter().map(Into::into).collect()).map_err(Into::into))
    }
}

/// Takes an account from the component, within bounds.
fn bounded(mut account: accounts::Account) -> wasmtime::Result<Account> {
    account.patient = key(account.patient)?;
    match &mut account.state {
        accounts::State::Invited(it) => it.portal_id = word(std::mem::take(&mut it.portal_id))?,
        accounts::State::Active(it) | accounts::State::Off(Some(it)) => {
            it.username = word(std::mem::take(&mut it.username))?;
            it.password_hash = word(std::mem::take(&mut it.password_hash))?;
        }
        accounts::State::Off(None) => {}
    }
    Ok(account.into())
}

fn to_wire(account: Option<Account>) -> Option<accounts::Account> {
    account.map(|account| accounts::Account {
        patient: account.patient.as_str().to_owned(),
        state: match account.state {
            State::Invited(invitation) => accounts::State::Invited(invitation.into()),
            State::Active(credentials) => accounts::State::Active(credentials.into()),
            State::Off(credentials) => accounts::State::Off(credentials.map(Into::into)),
        },
        revision: account.revision,
    })
}

impl From<accounts::Account> for Account {
    fn from(account: accounts::Account) -> Self {
        Self {
            patient: PatientId::new(account.patient),
            state: match account.state {
                accounts::State::Invited(invitation) => State::Invited(invitation.into()),
                accounts::State::Active(credentials) => State::Active(credentials.into()),
                accounts::State::Off(credentials) => State::Off(credentials.map(Into::into)),
            },
            revision: account.revision,
        }
    }
}

impl From<accounts::Invitation> for Invitation {
    fn from(it: accounts::Invitation) -> Self {
        Self {
            portal_id: PortalId::new(it.portal_id),
            issued: Timestamp(it.issued),
            expires: Timestamp(it.expires),
        }
    }
}

impl From<Invitation> for accounts::Invitation {
    fn from(it: Invitation) -> Self {
        Self { portal_id: it.portal_id.expose().to_owned(), issued: it.issued.0, expires: it.expires.0 }
    }
}

impl From<accounts::Credentials> for Credentials {
    fn from(it: accounts::Credentials) -> Self {
        Self {
            username: it.username,
            password_hash: PasswordHash::new(it.password_hash),
            since: Timestamp(it.since),
        }
    }
}

impl From<Credentials> for accounts::Credentials {
    fn from(it: Credentials) -> Self {
        Self { username: it.username, password_hash: it.password_hash.expose().to_owned(), since: it.since.0 }
    }
}

impl From<Entry> for accounts::Entry {
    fn from(entry: Entry) -> Self {
        Self { at: entry.at.0, who: entry.who, event: entry.event.into() }
    }
}
