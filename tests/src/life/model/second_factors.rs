//! What should come of what somebody does, who is logged in, with what a log in takes besides the password.

use super::second_step::half_minute;
use super::{Login, Read, SHORT, Second, World, says};
use crate::life::act::{Browser, Code, Typed, Whose};
use patient_portal::audit::Deed;
use patient_portal::settings::{RECENT_LOG_IN, RECOVERY_CODES};

/// What the page with new recovery codes is called.
const NEW_CODES: &str = "Your recovery codes";
/// What is read instead by who logged in a while ago.
const LOG_IN_FIRST: &str = "Please log in again first";

impl World {
    /// What a log in to this account takes besides the password.
    pub fn second_of(&self, whose: Whose) -> Option<&Second> {
        self.login(whose)?.second.as_ref()
    }

    pub(super) fn adds_app(&mut self, browser: Browser, code: Code, typed: Typed) -> Read {
        let (session, whose) = match self.opens(browser) {
            Ok(opened) => opened,
            Err(sent) => return sent,
        };
        if self.second_of(whose).is_some() {
            return if self.logged_in_long_ago(session) { says(LOG_IN_FIRST) } else { self.settings(whose) };
        }
        let used = match code {
            Code::Shown => half_minute(self.now),
            Code::Next => half_minute(self.now) + 1,
            // Of an app that was not added yet no code was used.
            Code::Again | Code::Wrong => return says("This code does not fit."),
        };
        if let Err(refused) = self.says_password(session, whose, typed, Deed::FactorChangeRefused) {
            return refused;
        }
        let second = Second { used, codes: self.draws(whose) };
        self.changes_second(browser, session, Some(second), Deed::FactorAdded);
        says(NEW_CODES)
    }

    pub(super) fn removes_app(&mut self, browser: Browser, typed: Typed) -> Read {
        let (session, whose) = match self.opens(browser) {
            Ok(opened) => opened,
            Err(sent) => return sent,
        };
        if self.second_of(whose).is_none() {
            return self.settings(whose);
        }
        if self.logged_in_long_ago(session) {
            return says(LOG_IN_FIRST);
        }
        if let Err(refused) = self.says_password(session, whose, typed, Deed::FactorChangeRefused) {
            return refused;
        }
        let is_short = |login: &Login| login.password == SHORT;
        if self.login(whose).is_some_and(is_short) {
            return says("Your password is too short to be used alone.");
        }
        self.changes_second(browser, session, None, Deed::FactorRemoved);
        self.settings(whose)
    }

    pub(super) fn draws_codes(&mut self, browser: Browser, typed: Typed) -> Read {
        let (session, whose) = match self.opens(browser) {
            Ok(opened) => opened,
            Err(sent) => return sent,
        };
        let Some(second) = self.second_of(whose).cloned() else { return self.settings(whose) };
        if self.logged_in_long_ago(session) {
            return says(LOG_IN_FIRST);
        }
        if let Err(refused) = self.says_password(session, whose, typed, Deed::FactorChangeRefused) {
            return refused;
        }
        let second = Second { codes: self.draws(whose), ..second };
        self.changes_second(browser, session, Some(second), Deed::RecoveryCodesDrawn);
        says(NEW_CODES)
    }

    /// Recovery codes, none of them used.
    fn draws(&mut self, whose: Whose) -> Vec<bool> {
        self.accounts.get_mut(&whose).expect("an account of everybody's").drawn += 1;
        vec![false; RECOVERY_CODES]
    }

    fn changes_second(&mut self, browser: Browser, session: usize, second: Option<Second>, deed: Deed) {
        let whose = self.sessions[session].whose;
        let login = self.login(whose).cloned().expect("the login of who is logged in");
        self.changes_and_goes_on(browser, session, Login { second, ..login }, deed);
    }

    /// Whether it is too long ago that who has a second step logged in with it.
    fn logged_in_long_ago(&self, session: usize) -> bool {
        self.now >= self.sessions[session].opened + RECENT_LOG_IN.seconds()
    }

    /// The page of what there is.
    fn settings(&self, whose: Whose) -> Read {
        let Some(second) = self.second_of(whose) else {
            return says("With a second step nobody gets in with your password alone.");
        };
        let left = second.codes.iter().filter(|is_used| !**is_used).count();
        let left = match left {
            0 => "You have no recovery codes left.".to_owned(),
            1 => "You have 1 recovery code left.".to_owned(),
            _ => format!("You have {left} recovery codes left."),
        };
        vec!["After your password we ask for one of these: App on your phone".to_owned(), left]
    }
}
