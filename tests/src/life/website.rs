//! What people at the website do, in a browser each, and what they read then.

use super::act::{Act, Browser, Chosen, Code, Details, Name, Ticket, Typed, Whose};
use super::bed::{Bed, person};
use super::model::signed_in::elsewhere;
use super::model::{GUESSED_CODES, GUESSES, PASSWORDS, WANTED_NAME, World, own_name};
use crate::html::{self, Form};
use crate::visitor::Answer;
use patient_portal::rules::token::Token;

/// A Portal ID that nobody was given.
const NOBODYS_ID: &str = "000000";
/// The code of a sheet that nobody printed.
const NOBODYS_CODE: &str = "0000000000000000000000000000000000000000000000000000000000000000";
/// Nobody's date of birth.
const WRONG_BIRTH_DATE: &str = "03/01/1984";
const END_ANOTHER: &str = "Log out there";

impl Bed {
    /// Does it, and says what the page reads then. What is typed is the model's to know.
    pub async fn does(&mut self, act: &Act, world: &World) -> String {
        let read = match act {
            Act::Looks(who, whose) => self.looks(*who, *whose).await,
            Act::Presses(who, whose, button) => {
                self.looks(*who, *whose).await;
                self.presses(*who, *whose, *button).await
            }
            Act::PressesLate(who, whose, button) => self.presses(*who, *whose, *button).await,
            Act::Prints(who, whose) => self.prints(*who, *whose).await,
            Act::Confirms(browser, whose, ticket, details) => {
                self.confirms(*browser, *whose, *ticket, *details).await
            }
            Act::Chooses(browser, name) => {
                // Whose leave it is shows in nothing on the page.
                let whose = world.confirmed_at(*browser).unwrap_or(Whose::Marias);
                self.chooses(*browser, whose, *name).await
            }
            Act::LogsIn(browser, whose, typed) => {
                let password = world.typed_password(*whose, *typed);
                self.logs_in(*browser, &world.typed_name(*whose), password, 1).await
            }
            Act::Guesses(browser, whose) => {
                let password = world.typed_password(*whose, Typed::Wrong);
                self.logs_in(*browser, &world.typed_name(*whose), password, GUESSES).await
            }
            Act::OpensHome(browser) => self.guest(*browser).opens("/home").await.text(),
            Act::OpensAccount(browser) => self.account(*browser).await.text(),
            Act::ChangesPassword(browser, typed, chosen) => {
                self.changes_password(*browser, *typed, *chosen, world).await
            }
            Act::AddsApp(browser, code, typed) => self.adds_app(*browser, *code, *typed, world).await,
            Act::RemovesApp(browser, typed) => self.removes_app(*browser, *typed, world).await,
            Act::DrawsCodes(browser, typed) => self.draws_codes(*browser, *typed, world).await,
            Act::GivesCode(browser, code) => self.gives_code(*browser, *code, 1, world).await,
            Act::GivesRecovery(browser, code) => self.gives_recovery(*browser, *code, world).await,
            Act::GuessesCodes(browser) => self.gives_code(*browser, Code::Wrong, GUESSED_CODES, world).await,
            Act::EndsAnother(browser) => self.ends_another(*browser, world).await,
            Act::EndsAll(browser) => self.presses_at(*browser, "/account", "Log out everywhere").await,
            Act::LogsOut(browser) => self.presses_at(*browser, "/home", "Log out").await,
            Act::Waits(seconds) => {
                self.waits(*seconds);
                String::new()
            }
            Act::KeepsHouse => {
                self.keeps_house().await;
                String::new()
            }
        };
        self.keep_tokens();
        read
    }

    async fn confirms(&mut self, browser: Browser, whose: Whose, ticket: Ticket, details: Details) -> String {
        let (ids, codes) = (&self.portal_ids[&whose], &self.codes[&whose]);
        let id = match ticket {
            Ticket::Newest => ids.last(),
            Ticket::Before => ids.iter().rev().nth(1),
            Ticket::Sheet => None,
        };
        let id = id.map_or(NOBODYS_ID, String::as_str).to_owned();
        let code = codes.last().map_or(NOBODYS_CODE, String::as_str).to_owned();
        let them = person(if details == Details::Others { whose.other() } else { whose });
        let born = if details == Details::Wrong { WRONG_BIRTH_DATE } else { them.born };
        let guest = self.guest(browser);
        let page = guest.opens("/activate").await;
        let form = page
            .form("Confirm")
            .fill("Patient Portal ID", &id)
            .fill("First initial of your first name", them.first)
            .fill("First initial of your last name", them.last)
            .fill("Date of birth", born);
        let mut fields = form.sent();
        if ticket == Ticket::Sheet {
            let place = fields.iter_mut().find(|(name, _)| name == "sheet").expect("a place for the code");
            place.1 = code;
        }
        let answer = guest.posts(&form.action, &fields).await;
        guest.follows(answer).await.text()
    }

    async fn chooses(&mut self, browser: Browser, whose: Whose, name: Name) -> String {
        let name = match name {
            Name::Own => own_name(whose),
            Name::Wanted => WANTED_NAME.to_owned(),
        };
        let page = self.guest(browser).opens("/credentials").await;
        if !page.has_button("Save") {
            return page.text();
        }
        let form = page.form("Save").fill("Username", &name);
        let form = form.fill("Password", PASSWORDS[0]).fill("Password again", PASSWORDS[0]);
        self.sends(browser, &form).await.text()
    }

    async fn logs_in(&mut self, browser: Browser, name: &str, password: &str, times: usize) -> String {
        let page = self.guest(browser).opens("/").await;
        if !page.has_button("Log in") {
            return page.text();
        }
        let form = page.form("Log in").fill("Username", name).fill("Password", password);
        let mut read = String::new();
        for _ in 0..times {
            read = self.sends(browser, &form).await.text();
        }
        read
    }

    async fn account(&mut self, browser: Browser) -> Page {
        let page = self.guest(browser).opens("/account").await;
        Page(page)
    }

    async fn changes_password(
        &mut self,
        browser: Browser,
        typed: Typed,
        chosen: Chosen,
        world: &World,
    ) -> String {
        let page = self.guest(browser).opens("/account/password").await;
        if !page.has_button("Save") {
            return page.text();
        }
        let Some((current, new)) = world.typed_change(browser, typed, chosen) else {
            return format!("a form for nobody: {}", page.text());
        };
        let form = page.form("Save").fill("Your password now", current);
        let form = form.fill("New password", new).fill("New password again", new);
        self.sends(browser, &form).await.text()
    }

    async fn ends_another(&mut self, browser: Browser, world: &World) -> String {
        let page = self.account(browser).await;
        let other = world.held_by(browser).and_then(|session| world.another_than(session));
        let Some(other) = other.and_then(|other| self.tokens.get(other)) else { return page.text() };
        let name = Token::read(other).expect("a token").hash().name();
        let forms = html::forms(&page.0.body);
        let form = forms
            .into_iter()
            .filter(|form| form.button == END_ANOTHER)
            .find(|form| form.sent().iter().any(|(field, value)| field == "session" && *value == name));
        match form {
            Some(form) => Page(self.sends(browser, &form).await).text(),
            None => format!("no way to end that session: {}", page.text()),
        }
    }

    /// Opens a page and presses a button of it, if it is there.
    async fn presses_at(&mut self, browser: Browser, path: &str, button: &str) -> String {
        let page = self.guest(browser).opens(path).await;
        if !page.has_button(button) {
            return page.text();
        }
        self.sends(browser, &page.form(button)).await.text()
    }

    pub(super) async fn sends(&mut self, browser: Browser, form: &Form) -> Answer {
        let guest = self.guest(browser);
        let answer = guest.posts(&form.action, &form.sent()).await;
        guest.follows(answer).await
    }

    /// Every token that a browser was ever given to be logged in with, or to be asked for more.
    fn keep_tokens(&mut self) {
        for guest in self.guests.values() {
            for (cookie, kept) in [("portal", &mut self.tokens), ("step", &mut self.steps)] {
                let token = guest.cookie(cookie).map(str::to_owned);
                kept.extend(token.filter(|token| !kept.contains(token)));
            }
        }
    }
}

/// The account page, or what was shown instead of it.
struct Page(Answer);

impl Page {
    /// What it reads, and how many other browsers it tells of.
    fn text(&self) -> String {
        let others = html::forms(&self.0.body).iter().filter(|form| form.button == END_ANOTHER).count();
        format!("{} {}", self.0.text(), elsewhere(others))
    }
}
