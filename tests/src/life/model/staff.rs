//! What should come of what staff do.

use super::counters::Counted;
use super::{By, NOT_THERE, Read, Sheet, Standing, View, World, says};
use crate::life::act::{Button, Colleague, Details, Whose};
use patient_portal::audit::Deed;
use patient_portal::settings::REISSUE_REST;

/// What the tab of an account should show.
#[derive(Debug)]
pub struct Tab {
    /// How its status begins.
    pub status: &'static str,
    /// Whether it shows a Portal ID, and lets the instructions be printed.
    pub has_id: bool,
    /// How its status ends, where failed attempts have paused or stopped something.
    pub pause: Option<&'static str>,
    /// Whether somebody has logged in with the login there is; none where there is none.
    pub has_logged_in: Option<bool>,
    /// Its buttons.
    pub buttons: Vec<&'static str>,
}

impl World {
    /// How the tab should be, for whoever looks now.
    pub fn tab(&self, whose: Whose) -> Tab {
        let account = self.account(whose);
        let (status, has_logged_in) = match &account.standing {
            Standing::NotInvited => ("Not invited", None),
            Standing::Invited { expires, .. } if self.now < *expires => ("Invited until", None),
            Standing::Invited { .. } | Standing::Expired => ("Invitation expired", None),
            Standing::Burnt => ("Portal ID stopped working", None),
            Standing::Active(login) => {
                ("Active since", Some(account.logged_in.is_some_and(|at| at >= login.since)))
            }
            Standing::Off(_) => ("Off since", None),
        };
        Tab {
            status,
            has_id: status == "Invited until",
            pause: self.pause(whose),
            has_logged_in,
            buttons: self.buttons(whose).into_iter().map(Button::label).collect(),
        }
    }

    /// That somebody looked at the tab.
    pub fn viewed(&mut self, who: Colleague, whose: Whose) {
        self.note(Some(whose), Deed::TabViewed, By::Staff(who));
    }

    fn buttons(&self, whose: Whose) -> Vec<Button> {
        match self.account(whose).standing {
            Standing::NotInvited => vec![Button::Create],
            Standing::Invited { .. } | Standing::Expired | Standing::Burnt => {
                vec![Button::Reissue, Button::TurnOff]
            }
            Standing::Active(_) if self.pause(whose).is_some() => {
                vec![Button::Unlock, Button::Reset, Button::TurnOff]
            }
            Standing::Active(_) => vec![Button::Reset, Button::TurnOff],
            Standing::Off(_) => vec![Button::TurnOn],
        }
    }

    /// What failed attempts have brought about, others' as well as the patient's own.
    fn pause(&self, whose: Whose) -> Option<&'static str> {
        let is_full = |counted: &[Counted]| counted.iter().any(|it| self.counters.is_full(it, self.now));
        let account = self.account(whose);
        match &account.standing {
            Standing::Invited { expires, .. } if self.now < *expires => {
                let portal_id = [Counted::PortalId(Some((whose, account.issued)))];
                (is_full(&portal_id) || is_full(&of_person(whose))).then_some("paused by failed attempts")
            }
            Standing::Active(login) if is_full(&rows(&login.name)) => Some("stopped by failed attempts"),
            Standing::Active(_) => is_full(&self.held_back(whose)).then_some("paused by failed attempts"),
            _ => None,
        }
    }

    pub(super) fn looks(&mut self, who: Colleague, whose: Whose) -> Read {
        self.viewed(who, whose);
        let view = View { revision: self.account(whose).revision, buttons: self.buttons(whose) };
        self.views.insert((who, whose), view);
        Read::new()
    }

    /// Presses a button of the tab that was left open.
    pub(super) fn presses(&mut self, who: Colleague, whose: Whose, button: Button) -> Read {
        let is_there = |view: &View| view.buttons.iter().any(|it| it.label() == button.label());
        let Some(view) = self.views.get(&(who, whose)).filter(|view| is_there(view)) else {
            return says(NOT_THERE);
        };
        let account = self.account(whose);
        if view.revision != account.revision {
            let overtaken = "This user was changed after you opened the page, so nothing was done.";
            return vec![overtaken.to_owned(), account.changed_by.clone()];
        }
        self.done(who, whose, button)
    }

    /// A button of the account as it stands.
    fn done(&mut self, who: Colleague, whose: Whose, button: Button) -> Read {
        let by = By::Staff(who);
        let standing = self.account(whose).standing.clone();
        let words = match (button, standing) {
            (Button::Create, _) => {
                self.issue(whose, Deed::InvitationIssued, by);
                "The user was created."
            }
            (Button::Reissue, Standing::Invited { issued, .. }) if self.is_same_click(whose, issued) => {
                "A new Portal ID was issued a moment ago. Nothing was changed."
            }
            (Button::Reissue, _) => {
                self.issue(whose, Deed::InvitationReissued, by);
                "A new Portal ID was issued. The old instructions no longer work"
            }
            (Button::Unlock, _) => self.unlocked(whose, by),
            (Button::Reset, _) => {
                self.issue(whose, Deed::LoginReset, by);
                "The login was reset, and a new Portal ID was issued."
            }
            (Button::TurnOffForNoReason, _) => "Write a few words",
            (Button::TurnOff, standing) => {
                let login = match standing {
                    Standing::Active(login) => Some(login),
                    _ => None,
                };
                self.change(whose, Standing::Off(login), Deed::AccessTurnedOff, by);
                "Access is off."
            }
            (Button::TurnOn, Standing::Off(Some(login))) => {
                self.change(whose, Standing::Active(login), Deed::AccessTurnedOn, by);
                "Access is on. The patient can log in as before."
            }
            (Button::TurnOn, _) => {
                self.issue(whose, Deed::AccessTurnedOn, by);
                "Access is on, and a new Portal ID was issued."
            }
        };
        says(words)
    }

    /// A third Portal ID is not issued right after the second.
    fn is_same_click(&self, whose: Whose, issued: u64) -> bool {
        self.account(whose).revision > 1 && self.now < issued + REISSUE_REST.seconds()
    }

    /// A Portal ID, with which guessing starts afresh.
    fn issue(&mut self, whose: Whose, deed: Deed, by: By) {
        let login = self.login(whose).map(|login| login.name.clone());
        let expires = self.now + u64::from(self.policy.invitation_days) * 86_400;
        self.change(whose, Standing::Invited { issued: self.now, expires }, deed, by);
        self.accounts.get_mut(&whose).expect("an account of everybody's").issued += 1;
        self.counters
            .clear(&[Counted::PersonToday(whose, Details::Right), Counted::Person(whose, Details::Right)]);
        if let Some(name) = login {
            self.counters.clear(&what_stops(&name));
        }
    }

    fn unlocked(&mut self, whose: Whose, by: By) -> &'static str {
        if self.pause(whose).is_none() {
            return "This login is not locked. Nothing was changed.";
        }
        let held_back = self.held_back(whose);
        self.counters.clear(&held_back);
        self.note(Some(whose), Deed::SignInUnlocked, by);
        "The login is unlocked."
    }

    pub(super) fn prints(&mut self, who: Colleague, whose: Whose) -> Read {
        let account = self.account(whose);
        match account.standing {
            Standing::Invited { expires, .. } if self.now < expires => {
                self.sheets.push(Sheet { whose, revision: account.revision, ends: expires });
                self.sweep();
                self.note(Some(whose), Deed::InstructionsPrinted, By::Staff(who));
                // In the language that each has on file.
                says(match whose {
                    Whose::Marias => "Instrucciones del Portal del Paciente",
                    Whose::Seans => "Patient Portal Instructions",
                })
            }
            _ => says(NOT_THERE),
        }
    }
}

/// Guesses with the patient's own details.
fn of_person(whose: Whose) -> [Counted; 2] {
    [Counted::PersonToday(whose, Details::Right), Counted::Person(whose, Details::Right)]
}

/// Wrong passwords in a row, and wrong codes.
pub(super) fn rows(name: &str) -> [Counted; 5] {
    let rows = [
        Counted::RowOfUnknown,
        Counted::RowOfKnown,
        Counted::RowOfAgain,
        Counted::RowOfSecondUnknown,
        Counted::RowOfSecondKnown,
    ];
    rows.map(|row| row(name.to_owned()))
}

/// What keeps a username from logging in, from wherever.
pub(super) fn what_stops(name: &str) -> Vec<Counted> {
    let pace = [Counted::Name, Counted::Second].map(|pace| pace(name.to_owned()));
    [pace.to_vec(), rows(name).to_vec()].concat()
}
