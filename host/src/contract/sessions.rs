//! `sessions`: who may do what next.

use super::bindings::ehr::patient_portal::{sessions, types};
use super::bounds::key;
use crate::identity::{PatientId, Timestamp};
use crate::lent::{Purpose, Session, TokenHash, Unavailable};
use crate::runtime::{Breach, Call};
use std::sync::Arc;

type Done = wasmtime::Result<Result<(), types::Unavailable>>;

impl sessions::Host for Call {
    async fn open(&mut self, token_hash: Vec<u8>, session: sessions::Session, because: types::Event) -> Done {
        let (lent, practice, at) = (Arc::clone(&self.lent), self.practice.clone(), self.present());
        let (token, session, because) = (token(&token_hash)?, bounded(session)?, self.event(because)?);
        let opened = lent.ehr.open_session(&practice, &token, &session, &because, at);
        let opened = self.ask_ehr("opening a session", opened).await?;
        self.done(&because, &opened);
        answer(opened)
    }

    async fn find(
        &mut self,
        token_hash: Vec<u8>,
    ) -> wasmtime::Result<Result<Option<sessions::Session>, types::Unavailable>> {
        let (lent, practice) = (Arc::clone(&self.lent), self.practice.clone());
        let token = token(&token_hash)?;
        let found = self.ask_ehr("finding a session", lent.ehr.find_session(&practice, &token)).await?;
        Ok(found.map(|session| session.map(Into::into)).map_err(Into::into))
    }

    async fn list(
        &mut self,
        patient: String,
        purpose: sessions::Purpose,
    ) -> wasmtime::Result<Result<Vec<sessions::Kept>, types::Unavailable>> {
        let (lent, practice) = (Arc::clone(&self.lent), self.practice.clone());
        let patient = PatientId::new(key(patient)?);
        let kept = lent.ehr.sessions_of(&practice, &patient, purpose.into());
        let kept = self.ask_ehr("a patient's sessions", kept).await?;
        let wire = |(token, session): (TokenHash, Session)| sessions::Kept {
            token_hash: token.0.to_vec(),
            session: session.into(),
        };
        Ok(kept.map(|kept| kept.into_iter().map(wire).collect()).map_err(Into::into))
    }

    async fn touch(&mut self, token_hash: Vec<u8>, seen: types::Timestamp) -> Done {
        let (lent, practice) = (Arc::clone(&self.lent), self.practice.clone());
        let token = token(&token_hash)?;
        let touched = lent.ehr.touch_session(&practice, &token, Timestamp(seen));
        answer(self.ask_ehr("touching a session", touched).await?)
    }

    async fn close(&mut self, token_hash: Vec<u8>, because: types::Event) -> Done {
        let (lent, practice, at) = (Arc::clone(&self.lent), self.practice.clone(), self.present());
        let (token, because) = (token(&token_hash)?, self.event(because)?);
        let closed = lent.ehr.close_session(&practice, &token, &because, at);
        let closed = self.ask_ehr("closing a session", closed).await?;
        self.done(&because, &closed);
        answer(closed)
    }
}

fn answer(done: Result<(), Unavailable>) -> Done {
    Ok(done.map_err(Into::into))
}

/// The contract says 32 bytes; anything else breaks it, and traps.
pub(super) fn token(hash: &[u8]) -> wasmtime::Result<TokenHash> {
    Ok(TokenHash(hash.try_into().map_err(|_| Breach("a token's hash is not 32 bytes"))?))
}

/// Takes a session from the component, within bounds.
pub(super) fn bounded(mut session: sessions::Session) -> wasmtime::Result<Session> {
    session.patient = key(session.patient)?;
    Ok(session.into())
}

impl From<sessions::Purpose> for Purpose {
    fn from(purpose: sessions::Purpose) -> Self {
        match purpose {
            sessions::Purpose::Activation => Self::Activation,
            sessions::Purpose::Portal => Self::Portal,
            sessions::Purpose::Sheet => Self::Sheet,
            sessions::Purpose::Device => Self::Device,
        }
    }
}

impl From<sessions::Session> for Session {
    fn from(it: sessions::Session) -> Self {
        Self {
            patient: PatientId::new(it.patient),
            purpose: it.purpose.into(),
            opened: Timestamp(it.opened),
            seen: Timestamp(it.seen),
            ends: Timestamp(it.ends),
            account_revision: it.account_revision,
        }
    }
}

impl From<Session> for sessions::Session {
    fn from(it: Session) -> Self {
        Self {
            patient: it.patient.as_str().to_owned(),
            purpose: match it.purpose {
                Purpose::Activation => sessions::Purpose::Activation,
                Purpose::Portal => sessions::Purpose::Portal,
                Purpose::Sheet => sessions::Purpose::Sheet,
                Purpose::Device => sessions::Purpose::Device,
            },
            opened: it.opened.0,
            seen: it.seen.0,
            ends: it.ends.0,
            account_revision: it.account_revision,
        }
    }
}
