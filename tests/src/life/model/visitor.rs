//! What should come of what somebody does who is not logged in.

use super::counters::{Counted, Verdict};
use super::staff::rows;
use super::{
    By, Device, Leave, Login, PASSWORDS, Read, Session, Sheet, Standing, WANTED_NAME, World, own_name, says,
};
use crate::life::act::{Browser, Details, Name, Ticket, Typed, Whose};
use patient_portal::audit::Deed;
use patient_portal::settings::{ACTIVATION_LIFE, DEVICE_LIFE, SIGN_IN_PER_USERNAME_AND_NETWORK};

impl World {
    pub(super) fn confirms(
        &mut self,
        browser: Browser,
        whose: Whose,
        ticket: Ticket,
        details: Details,
    ) -> Read {
        let (counted, portal_id, leads_to) = self.claim(browser, whose, ticket, details);
        let by = By::Visitor(browser);
        let refused = says("We could not confirm you with these details.");
        let full = match self.counters.take(&counted, self.now) {
            Verdict::Passes(full) => full,
            Verdict::Blocked(_) => {
                self.note(leads_to, Deed::ActivationBlocked, by);
                return refused;
            }
        };
        let Some(account) = leads_to else {
            self.note(None, Deed::ActivationRefused, by);
            return refused;
        };
        let is_open = match self.account(account).standing {
            Standing::Invited { expires, .. } => self.now < expires,
            _ => false,
        };
        if is_open && details == Details::Right {
            self.note(Some(account), Deed::ActivationConfirmed, by);
            self.sweep();
            self.counters.forgive(&counted);
            let leave = Leave {
                whose: account,
                revision: self.account(account).revision,
                ends: self.now + ACTIVATION_LIFE.seconds(),
            };
            self.kept(browser).activation = Some(leave);
            return says("Create your login");
        }
        if portal_id.is_some_and(|portal_id| full.contains(&portal_id)) {
            self.change(account, Standing::Burnt, Deed::InvitationBurnt, by);
        } else {
            self.note(Some(account), Deed::ActivationRefused, by);
        }
        refused
    }

    /// What a claim counts against, its Portal ID among that, and the account that it leads to.
    fn claim(
        &self,
        browser: Browser,
        whose: Whose,
        ticket: Ticket,
        details: Details,
    ) -> (Vec<Counted>, Option<Counted>, Option<Whose>) {
        let issued = self.account(whose).issued;
        let is_stored = matches!(self.account(whose).standing, Standing::Invited { .. });
        let nth = match ticket {
            Ticket::Sheet => return self.scanned(browser, whose),
            Ticket::Newest => Some(issued).filter(|nth| *nth > 0),
            Ticket::Before => issued.checked_sub(1).filter(|nth| *nth > 0),
        };
        let person = if details == Details::Others { whose.other() } else { whose };
        let typed = if details == Details::Others { Details::Right } else { details };
        let portal_id = Counted::PortalId(nth.map(|nth| (whose, nth)));
        let counted = vec![
            portal_id.clone(),
            Counted::PersonToday(person, typed),
            Counted::Person(person, typed),
            Counted::Address(browser),
        ];
        (counted, Some(portal_id), Some(whose).filter(|_| is_stored && nth == Some(issued)))
    }

    fn scanned(&self, browser: Browser, whose: Whose) -> (Vec<Counted>, Option<Counted>, Option<Whose>) {
        let account = self.account(whose);
        let sheet = self.sheets.iter().rev().find(|sheet| sheet.whose == whose);
        let holds = |sheet: &Sheet| {
            matches!(account.standing, Standing::Invited { .. })
                && sheet.revision == account.revision
                && self.now < sheet.ends
        };
        if sheet.is_some_and(holds) {
            let portal_id = Counted::PortalId(Some((whose, account.issued)));
            (vec![portal_id.clone()], Some(portal_id), Some(whose))
        } else {
            (vec![Counted::Address(browser)], None, None)
        }
    }

    /// Who was confirmed in this browser last.
    pub fn confirmed_at(&self, browser: Browser) -> Option<Whose> {
        self.browsers[&browser].activation.map(|leave| leave.whose)
    }

    pub(super) fn chooses(&mut self, browser: Browser, name: Name) -> Read {
        let Some(leave) = self.kept(browser).activation else { return says("User Confirmation") };
        let (done, now) = (says("Your account is ready"), self.now);
        let account = self.account(leave.whose);
        let is_in_time = now < leave.ends;
        match &account.standing {
            Standing::Invited { .. } if is_in_time && leave.revision == account.revision => {
                let name = match name {
                    Name::Own => own_name(leave.whose),
                    Name::Wanted => WANTED_NAME.to_owned(),
                };
                if self.login(leave.whose.other()).is_some_and(|other| other.name == name) {
                    return says("This username is taken");
                }
                let login = Login { name, password: 0, before: None, since: now, second: None };
                let by = By::Patient(leave.whose);
                self.change(leave.whose, Standing::Active(login), Deed::CredentialsSet, by);
                self.kept(browser).activation = None;
                done
            }
            Standing::Active(_) if is_in_time && leave.revision + 1 == account.revision => {
                self.kept(browser).activation = None;
                done
            }
            _ => {
                self.kept(browser).activation = None;
                says("Your time is up")
            }
        }
    }

    /// Tries a password so many times, unless the browser is logged in; what is read after the last.
    pub(super) fn logs_in(&mut self, browser: Browser, whose: Whose, typed: Typed, times: usize) -> Read {
        if let Some(session) = self.held_by(browser) {
            self.sessions[session].seen = self.now;
            return says("You are logged in.");
        }
        (0..times).map(|_| self.tries(browser, whose, typed)).last().unwrap_or_default()
    }

    fn tries(&mut self, browser: Browser, whose: Whose, typed: Typed) -> Read {
        let (by, now) = (By::Visitor(browser), self.now);
        let name = self.typed_name(whose);
        let about = self.login(whose).map(|_| whose);
        let device = self.known_device(browser, whose);
        let counted = counted_for(&name, browser, device);
        let full = match self.counters.take(&counted, now) {
            Verdict::Passes(full) => full,
            Verdict::Blocked(full) => {
                self.note(about, Deed::SignInBlocked, by);
                if let Some(about) = about {
                    self.known.turns_away(about, browser);
                }
                let is_stopped = full.iter().any(Counted::is_a_row);
                return says(if is_stopped { "Please call us" } else { "Please wait a little" });
            }
        };
        if self.is_right(whose, typed) {
            if self.second_of(whose).is_some() {
                let read = self.asks_for_more(browser, whose);
                // How often it is said goes on counting until the login is complete.
                let rows: Vec<_> = counted.into_iter().filter(Counted::is_a_row).collect();
                self.counters.forgive(&rows);
                return read;
            }
            self.sweep();
            self.counters.forgive(&counted);
            self.gets_in(browser, whose);
            return says("You are logged in.");
        }
        self.note(about, Deed::SignInRefused, by);
        if full.iter().any(Counted::is_a_row) {
            self.note(about, Deed::SignInDisabled, by);
        }
        says("This username and password do not match.")
    }

    /// Whether what is typed is the password of an active account.
    pub(super) fn is_right(&self, whose: Whose, typed: Typed) -> bool {
        match &self.account(whose).standing {
            Standing::Active(login) => self.typed_password(whose, typed) == PASSWORDS[login.password],
            _ => false,
        }
    }

    /// The browser, as far as the holder of this login has used it before. Another login than the one it
    /// was used with knows nothing of it.
    pub(super) fn known_device(&self, browser: Browser, whose: Whose) -> Option<Device> {
        let since = self.login(whose)?.since;
        let device = self.browsers[&browser].device?;
        let is_known = device.whose == whose
            && since <= device.opened
            && self.now < device.opened + DEVICE_LIFE.seconds();
        is_known.then_some(device)
    }

    /// Everything asked for was right: a session, in place of the one that the browser had.
    pub(super) fn gets_in(&mut self, browser: Browser, whose: Whose) {
        self.note(Some(whose), Deed::SignInSucceeded, By::Patient(whose));
        if let Some(had) = self.kept(browser).portal.filter(|had| self.sessions[*had].is_stored) {
            self.sessions[had].is_stored = false;
            let whose = self.sessions[had].whose;
            self.note(Some(whose), Deed::SessionClosed, By::Patient(whose));
        }
        self.opens_session(browser, whose, self.now);
        self.accounts.get_mut(&whose).expect("an account of everybody's").logged_in = Some(self.now);
        self.ends_the_row(whose, &self.typed_name(whose));
        if self.known_device(browser, whose).is_none() {
            self.remembers(browser, whose);
        }
    }

    pub(super) fn opens_session(&mut self, browser: Browser, whose: Whose, opened: u64) {
        let revision = self.account(whose).revision;
        self.sessions.push(Session { whose, revision, opened, seen: self.now, is_stored: true });
        self.kept(browser).portal = Some(self.sessions.len() - 1);
    }

    fn ends_the_row(&mut self, whose: Whose, name: &str) {
        let rows = rows(name);
        if rows.iter().any(|row| self.counters.count(row, self.now) > 0) {
            self.counters.clear(&rows);
            self.note(Some(whose), Deed::SignInRowEnded, By::Patient(whose));
        }
    }

    fn remembers(&mut self, browser: Browser, whose: Whose) {
        self.sweep();
        let device = Device { whose, number: self.sessions.len(), opened: self.now };
        self.kept(browser).device = Some(device);
        self.known.remembers(device);
        self.note(Some(whose), Deed::DeviceRemembered, By::Patient(whose));
    }

    pub(super) fn kept(&mut self, browser: Browser) -> &mut super::Kept {
        self.browsers.get_mut(&browser).expect("what everybody's browser keeps")
    }
}

/// What a password tried here counts against.
pub(super) fn counted_for(name: &str, browser: Browser, device: Option<Device>) -> Vec<Counted> {
    let name = || name.to_owned();
    match device {
        Some(device) => vec![Counted::Device(device.number), Counted::RowOfKnown(name())],
        None => {
            let steps = 0..SIGN_IN_PER_USERNAME_AND_NETWORK.len();
            let mut counted: Vec<_> =
                steps.map(|step| Counted::NameAtAddress(name(), browser, step)).collect();
            counted.extend([
                Counted::Name(name()),
                Counted::LogInAddress(browser),
                Counted::RowOfUnknown(name()),
            ]);
            counted
        }
    }
}
