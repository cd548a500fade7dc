//! `accounts`: portal accounts and the events that explain every change of them.

use super::bindings::ehr::patient_portal::{accounts, types};
use super::bounds::{MOST_ENTRIES, few, key, word};
use crate::identity::{PatientId, Timestamp};
use crate::keys::SealError;
use crate::lent::{
    Account, Credentials, Entry, Invitation, Lapse, Lapsed, PasswordHash, PortalId, SaveError, State,
    Unavailable,
};
use crate::runtime::Call;
use std::sync::Arc;

type Found = wasmtime::Result<Result<Option<accounts::Account>, types::Unavailable>>;

/// What the operator's log calls a Portal ID that cannot be sealed or opened.
const SEALING: &str = "a Portal ID at rest";

impl accounts::Host for Call {
    async fn find_by_patient(&mut self, patient: String) -> Found {
        let (lent, practice) = (Arc::clone(&self.lent), self.practice.clone());
        let patient = PatientId::new(key(patient)?);
        let found = lent.ehr.account_of_patient(&practice, &patient);
        let found = self.ask_ehr("a patient's account", found).await?;
        self.found(found)
    }

    async fn find_by_portal_id(&mut self, portal_id: String) -> Found {
        let (lent, practice) = (Arc::clone(&self.lent), self.practice.clone());
        let look_ups = lent.keys.look_ups(&practice, &PortalId::new(word(portal_id)?));
        let found = lent.ehr.account_of_portal_id(&practice, &look_ups);
        let found = self.ask_ehr("a Portal ID's account", found).await?;
        self.found(found)
    }

    async fn find_by_username(&mut self, username: String) -> Found {
        let (lent, practice) = (Arc::clone(&self.lent), self.practice.clone());
        let username = word(username)?;
        let found = lent.ehr.account_of_username(&practice, &username);
        let found = self.ask_ehr("a username's account", found).await?;
        self.found(found)
    }

    async fn save(
        &mut self,
        account: accounts::Account,
        because: types::Event,
        clearing: Vec<String>,
    ) -> wasmtime::Result<Result<u64, accounts::SaveError>> {
        let (lent, practice, at) = (Arc::clone(&self.lent), self.practice.clone(), self.present());
        let (account, because, clearing) =
            (bounded(account)?, self.event(because)?, self.counted(&clearing)?);
        let account = match self.sealed(account) {
            Ok(account) => account,
            Err(unavailable) => return Ok(Err(accounts::SaveError::Unavailable(unavailable))),
        };
        let saved = self.in_time(lent.ehr.save(&practice, &account, &because, &clearing, at)).await?;
        self.done(&because, &saved);
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
        let noted = self.ask_ehr("noting an event", lent.ehr.note(&practice, &event, at)).await?;
        self.done(&event, &noted);
        Ok(noted.map_err(Into::into))
    }

    async fn history(
        &mut self,
        patient: String,
        before: Option<u64>,
        limit: u16,
    ) -> wasmtime::Result<Result<Vec<accounts::Entry>, types::Unavailable>> {
        let (lent, practice) = (Arc::clone(&self.lent), self.practice.clone());
        let (patient, limit) = (PatientId::new(key(patient)?), limit.min(MOST_ENTRIES));
        let history = lent.ehr.history(&practice, &patient, before, limit);
        let entries = self.ask_ehr("a patient's history", history).await?;
        Ok(entries.map(|entries| entries.into_iter().map(Into::into).collect()).map_err(Into::into))
    }

    async fn latest(
        &mut self,
        patient: String,
        actions: Vec<String>,
        before: Option<u64>,
    ) -> wasmtime::Result<Result<Option<accounts::Entry>, types::Unavailable>> {
        let (lent, practice) = (Arc::clone(&self.lent), self.practice.clone());
        let patient = PatientId::new(key(patient)?);
        few(&actions)?;
        let actions = actions.into_iter().map(word).collect::<wasmtime::Result<Vec<_>>>()?;
        let entry = lent.ehr.latest(&practice, &patient, &actions, before);
        let entry = self.ask_ehr("a patient's latest entry", entry).await?;
        Ok(entry.map(|entry| entry.map(Into::into)).map_err(Into::into))
    }
}

impl Call {
    /// An account on its way to the component, which is shown the Portal ID in clear.
    fn found(&self, found: Result<Option<Account>, Unavailable>) -> Found {
        Ok(match found {
            Ok(None) => Ok(None),
            Ok(Some(account)) => self.opened(account).map(Some),
            Err(unavailable) => Err(unavailable.into()),
        })
    }

    fn opened(&self, account: Account) -> Result<accounts::Account, types::Unavailable> {
        let Account { patient, state, revision } = account;
        let state = match state {
            State::Invited(Invitation { portal_id, issued, expires }) => {
                let opened = self.lent.keys.open(&self.practice, &patient, &portal_id);
                let portal_id = opened.map_err(seal_failed)?.expose().to_owned();
                accounts::State::Invited(accounts::Invitation {
                    portal_id,
                    issued: issued.0,
                    expires: expires.0,
                })
            }
            State::Lapsed(lapsed) => accounts::State::Lapsed(lapsed.into()),
            State::Active(credentials) => accounts::State::Active(credentials.into()),
            State::Off(credentials) => accounts::State::Off(credentials.map(Into::into)),
        };
        Ok(accounts::Account { patient: patient.as_str().to_owned(), state, revision })
    }

    /// An account on its way to the store, which never sees a Portal ID in clear.
    fn sealed(&self, account: accounts::Account) -> Result<Account, types::Unavailable> {
        let accounts::Account { patient, state, revision } = account;
        let patient = PatientId::new(patient);
        let state = match state {
            accounts::State::Invited(accounts::Invitation { portal_id, issued, expires }) => {
                let (portal_id, keys) = (PortalId::new(portal_id), &self.lent.keys);
                let sealed = keys.seal(&self.practice, &patient, &portal_id, &*self.lent.entropy);
                let portal_id = sealed.map_err(seal_failed)?;
                State::Invited(Invitation {
                    portal_id,
                    issued: Timestamp(issued),
                    expires: Timestamp(expires),
                })
            }
            accounts::State::Lapsed(lapsed) => State::Lapsed(lapsed.into()),
            accounts::State::Active(credentials) => State::Active(credentials.into()),
            accounts::State::Off(credentials) => State::Off(credentials.map(Into::into)),
        };
        Ok(Account { patient, state, revision })
    }
}

fn seal_failed(cause: SealError) -> types::Unavailable {
    let unavailable = Unavailable::because(cause);
    crate::runtime::log_unavailable(SEALING, &unavailable);
    unavailable.into()
}

/// Takes an account from the component, within bounds.
fn bounded(mut account: accounts::Account) -> wasmtime::Result<accounts::Account> {
    account.patient = key(account.patient)?;
    match &mut account.state {
        accounts::State::Invited(it) => it.portal_id = word(std::mem::take(&mut it.portal_id))?,
        accounts::State::Active(it) | accounts::State::Off(Some(it)) => {
            it.username = word(std::mem::take(&mut it.username))?;
            it.password_hash = word(std::mem::take(&mut it.password_hash))?;
        }
        accounts::State::Lapsed(_) | accounts::State::Off(None) => {}
    }
    Ok(account)
}

impl From<accounts::Lapsed> for Lapsed {
    fn from(it: accounts::Lapsed) -> Self {
        let how = match it.how {
            accounts::Lapse::Expired => Lapse::Expired,
            accounts::Lapse::Burnt => Lapse::Burnt,
        };
        Self { issued: Timestamp(it.issued), over: Timestamp(it.over), how }
    }
}

impl From<Lapsed> for accounts::Lapsed {
    fn from(it: Lapsed) -> Self {
        let how = match it.how {
            Lapse::Expired => accounts::Lapse::Expired,
            Lapse::Burnt => accounts::Lapse::Burnt,
        };
        Self { issued: it.issued.0, over: it.over.0, how }
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
        let Entry { number, at, who, event } = entry;
        Self { number, at: at.0, who, address: event.address.clone(), event: event.into() }
    }
}
