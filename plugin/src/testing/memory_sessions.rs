//! Sessions of the EHR in memory.

use std::cmp::Reverse;

use super::bounds::{MOST_SESSIONS, check_key};
use super::memory::Memory;
use crate::audit::Event;
use crate::calendar::Timestamp;
use crate::ehr::{Sessions, Unavailable};
use crate::people::PatientId;
use crate::rules::session::{Purpose, Session};
use crate::rules::token::TokenHash;

impl Sessions for Memory {
    fn open_session(&self, token: &TokenHash, session: &Session, because: &Event) -> Result<(), Unavailable> {
        self.called("sessions.open")?;
        check_key(&session.patient);
        self.sessions.borrow_mut().insert(token.clone(), session.clone());
        self.record(because);
        Ok(())
    }

    fn find_session(&self, token: &TokenHash) -> Result<Option<Session>, Unavailable> {
        self.called("sessions.find")?;
        Ok(self.sessions.borrow().get(token).cloned())
    }

    fn sessions_of(
        &self,
        patient: &PatientId,
        purpose: Purpose,
    ) -> Result<Vec<(TokenHash, Session)>, Unavailable> {
        self.called("sessions.list")?;
        let sessions = self.sessions.borrow();
        let theirs =
            sessions.iter().filter(|(_, session)| session.patient == *patient && session.purpose == purpose);
        let mut theirs: Vec<_> = theirs.map(|(token, session)| (token.clone(), session.clone())).collect();
        theirs.sort_by_key(|(_, session)| Reverse(session.seen));
        theirs.truncate(MOST_SESSIONS);
        Ok(theirs)
    }

    fn touch_session(&self, token: &TokenHash, seen: Timestamp) -> Result<(), Unavailable> {
        self.called("sessions.touch")?;
        if let Some(session) = self.sessions.borrow_mut().get_mut(token) {
            session.seen = seen.max(session.seen);
        }
        Ok(())
    }

    fn close_session(&self, token: &TokenHash, because: &Event) -> Result<(), Unavailable> {
        self.called("sessions.close")?;
        if self.sessions.borrow_mut().remove(token).is_some() {
            self.record(because);
        }
        Ok(())
    }
}
