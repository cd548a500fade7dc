//! What should come of what somebody does who is logged in, or was.

use super::counters::{Counted, Verdict};
use super::staff::rows;
use super::{By, Login, PASSWORDS, Read, Standing, World, says};
use crate::life::act::{Browser, Typed, Whose};
use patient_portal::audit::Deed;

impl World {
    /// The session that this browser keeps, while it holds.
    pub fn held_by(&self, browser: Browser) -> Option<usize> {
        self.browsers[&browser].portal.filter(|session| self.holds(*session))
    }

    /// The oldest other session of the patient who is logged in here.
    pub fn another_than(&self, session: usize) -> Option<usize> {
        self.others(session).next()
    }

    /// What is typed to change the password of who is logged in here: the one that is to be changed, and
    /// another.
    pub fn typed_change(&self, browser: Browser, typed: Typed) -> Option<(&'static str, &'static str)> {
        let whose = self.sessions[self.held_by(browser)?].whose;
        let another = PASSWORDS[1 - self.login(whose)?.password];
        Some((self.typed_password(whose, typed), another))
    }

    fn others(&self, session: usize) -> impl Iterator<Item = usize> {
        let whose = self.sessions[session].whose;
        let others = (0..self.sessions.len()).filter(move |other| *other != session);
        others.filter(move |other| self.sessions[*other].whose == whose && self.holds(*other))
    }

    /// A page for who is logged in: the session, which is used by that, or what others are sent to.
    fn opens(&mut self, browser: Browser) -> Result<(usize, Whose), Read> {
        let now = self.now;
        match (self.held_by(browser), self.kept(browser).portal.take()) {
            (Some(session), kept) => {
                self.kept(browser).portal = kept;
                self.sessions[session].seen = now;
                Ok((session, self.sessions[session].whose))
            }
            (None, Some(_)) => Err(says("You were logged out")),
            (None, None) => Err(says("New here?")),
        }
    }

    pub(super) fn opens_home(&mut self, browser: Browser) -> Read {
        match self.opens(browser) {
            Ok((_, whose)) => says(&format!("Hello, {}", By::Patient(whose).as_named())),
            Err(sent) => sent,
        }
    }

    pub(super) fn opens_account(&mut self, browser: Browser) -> Read {
        match self.opens(browser) {
            Ok((session, whose)) => {
                let others = self.others(session).count();
                vec![self.typed_name(whose), elsewhere(others)]
            }
            Err(sent) => sent,
        }
    }

    pub(super) fn changes_password(&mut self, browser: Browser, typed: Typed) -> Read {
        let (session, whose) = match self.opens(browser) {
            Ok(opened) => opened,
            Err(sent) => return sent,
        };
        let by = By::Patient(whose);
        let name = self.typed_name(whose);
        let counted = [Counted::Session(session), Counted::RowOfAgain(name)];
        let full = match self.counters.take(&counted, self.now) {
            Verdict::Passes(full) => full,
            Verdict::Blocked(full) => {
                self.note(Some(whose), Deed::PasswordChangeRefused, by);
                let is_stopped = full.iter().any(Counted::is_a_row);
                return says(if is_stopped { "Please call us" } else { "Please wait a little" });
            }
        };
        match self.account(whose).standing.clone() {
            Standing::Active(login) if self.is_right(whose, typed) => {
                self.counters.forgive(&counted);
                self.counters.clear(&rows(self.typed_name(whose).as_str()));
                let Login { password, .. } = login;
                let changed = Login { password: 1 - password, before: Some(password), ..login };
                self.change(whose, Standing::Active(changed), Deed::PasswordChanged, by);
                let opened = self.sessions[session].opened;
                self.opens_session(browser, whose, opened, Deed::SessionRenewed);
                says("Your password was changed")
            }
            _ => {
                self.note(Some(whose), Deed::PasswordChangeRefused, by);
                if full.iter().any(Counted::is_a_row) {
                    self.note(Some(whose), Deed::SignInDisabled, by);
                }
                says("This is not your password.")
            }
        }
    }

    pub(super) fn ends_another(&mut self, browser: Browser) -> Read {
        let (session, whose) = match self.opens(browser) {
            Ok(opened) => opened,
            Err(sent) => return sent,
        };
        if let Some(other) = self.another_than(session) {
            self.sessions[other].is_stored = false;
            self.note(Some(whose), Deed::SessionClosed, By::Patient(whose));
        }
        says(&elsewhere(self.others(session).count()))
    }

    pub(super) fn ends_all(&mut self, browser: Browser) -> Read {
        let whose = match self.opens(browser) {
            Ok((_, whose)) => whose,
            Err(sent) => return sent,
        };
        let standing = self.account(whose).standing.clone();
        self.change(whose, standing, Deed::SessionsEnded, By::Patient(whose));
        self.kept(browser).portal = None;
        says("You are logged out")
    }

    pub(super) fn logs_out(&mut self, browser: Browser) -> Read {
        let (session, whose) = match self.opens(browser) {
            Ok(opened) => opened,
            Err(sent) => return sent,
        };
        self.sessions[session].is_stored = false;
        self.kept(browser).portal = None;
        self.note(Some(whose), Deed::SessionClosed, By::Patient(whose));
        says("You are logged out")
    }
}

/// How many other browsers the account page tells of.
pub fn elsewhere(others: usize) -> String {
    format!("(logged in elsewhere: {others})")
}
