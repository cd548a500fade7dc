//! What should come of what somebody does who is logged in, or was.

use super::counters::{Counted, Verdict};
use super::staff::rows;
use super::{By, Login, PASSWORDS, Read, SHORT, Session, Standing, World, says};
use crate::life::act::{Browser, Chosen, Typed, Whose};
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

    /// Who is logged in here.
    pub fn logged_in_at(&self, browser: Browser) -> Option<Whose> {
        self.held_by(browser).map(|session| self.sessions[session].whose)
    }

    /// What is typed to change the password of who is logged in here: the one that is to be changed, and
    /// another.
    pub fn typed_change(
        &self,
        browser: Browser,
        typed: Typed,
        chosen: Chosen,
    ) -> Option<(&'static str, &'static str)> {
        let whose = self.logged_in_at(browser)?;
        let another = PASSWORDS[another_than(self.login(whose)?.password, chosen)];
        Some((self.typed_password(whose, typed), another))
    }

    fn others(&self, session: usize) -> impl Iterator<Item = usize> {
        let whose = self.sessions[session].whose;
        let others = (0..self.sessions.len()).filter(move |other| *other != session);
        others.filter(move |other| self.sessions[*other].whose == whose && self.holds(*other))
    }

    /// A page for who is logged in: the session, which is used by that, or what others are sent to.
    pub(super) fn opens(&mut self, browser: Browser) -> Result<(usize, Whose), Read> {
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

    pub(super) fn changes_password(&mut self, browser: Browser, typed: Typed, chosen: Chosen) -> Read {
        let (session, whose) = match self.opens(browser) {
            Ok(opened) => opened,
            Err(sent) => return sent,
        };
        if chosen == Chosen::Short && self.second_of(whose).is_none() {
            return says("This password is too short.");
        }
        if let Err(refused) = self.says_password(session, whose, typed, Deed::PasswordChangeRefused) {
            return refused;
        }
        self.counters.clear(&rows(&self.typed_name(whose)));
        let login = self.login(whose).cloned().expect("the login of who is logged in");
        let password = another_than(login.password, chosen);
        let changed = Login { password, before: Some(login.password), ..login };
        self.changes_and_goes_on(browser, session, changed, Deed::PasswordChanged);
        says("Your password was changed")
    }

    /// Says the password once more, in order to change the login; what is read where it is not taken.
    pub(super) fn says_password(
        &mut self,
        session: usize,
        whose: Whose,
        typed: Typed,
        refused: Deed,
    ) -> Result<(), Read> {
        let by = By::Patient(whose);
        let counted = [Counted::Session(session), Counted::RowOfAgain(self.typed_name(whose))];
        let full = match self.counters.take(&counted, self.now) {
            Verdict::Passes(full) => full,
            Verdict::Blocked(full) => {
                self.note(Some(whose), refused, by);
                let is_stopped = full.iter().any(Counted::is_a_row);
                return Err(says(if is_stopped { "Please call us" } else { "Please wait a little" }));
            }
        };
        if self.is_right(whose, typed) {
            self.counters.forgive(&counted);
            return Ok(());
        }
        self.note(Some(whose), refused, by);
        if full.iter().any(Counted::is_a_row) {
            self.note(Some(whose), Deed::SignInDisabled, by);
        }
        Err(says("This is not your password."))
    }

    /// Another login, which ends every session: this browser goes on with a new one, which is of the same
    /// log in as the one before.
    pub(super) fn changes_and_goes_on(&mut self, browser: Browser, session: usize, login: Login, deed: Deed) {
        let Session { whose, opened, .. } = self.sessions[session];
        self.change(whose, Standing::Active(login), deed, By::Patient(whose));
        self.sweep();
        self.note(Some(whose), Deed::SessionRenewed, By::Patient(whose));
        self.opens_session(browser, whose, opened);
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

/// The password that is chosen in place of this one.
fn another_than(password: usize, chosen: Chosen) -> usize {
    match chosen {
        Chosen::Short => SHORT,
        Chosen::Long => usize::from(password == 0),
    }
}

/// How many other browsers the account page tells of.
pub fn elsewhere(others: usize) -> String {
    format!("(logged in elsewhere: {others})")
}
