//! What people at the website do with a second step, with an app and paper of their own.

use super::act::{Browser, Code, OnPaper, Typed, Whose};
use super::bed::Bed;
use super::model::World;
use super::model::second_step::{Drawn, half_minute};
use crate::html;
use totp_rs::{Builder, Secret, Totp};

const SETTINGS: &str = "/account/second-step";
/// What the page with new recovery codes is called.
const NEW_CODES: &str = "Your recovery codes";
/// A recovery code that nobody was given.
const NOBODYS_CODE: &str = "0000-0000-0000-0000-0000-0000";

/// What somebody has besides a password.
#[derive(Default)]
pub struct Pocket {
    /// The app that was added last.
    app: Option<App>,
    /// The recovery codes, each time they were drawn.
    papers: Vec<Vec<String>>,
}

/// An app that shows codes, by the secret that was typed into it.
#[derive(Clone)]
struct App {
    secret: String,
    totp: Totp,
}

impl App {
    fn with(secret: &str) -> Self {
        let key = Secret::try_from_base32(secret).expect("a secret");
        let totp = Builder::new().with_secret(key).build().expect("an app");
        Self { secret: secret.to_owned(), totp }
    }

    /// What it shows in this half minute, counted since 1970.
    fn code(&self, half_minute: u64) -> String {
        self.totp.generate(half_minute * 30).to_string()
    }

    /// What it shows neither now nor half a minute before or after.
    fn wrong_code(&self, now: u64) -> String {
        let near = [half_minute(now) - 1, half_minute(now), half_minute(now) + 1].map(|near| self.code(near));
        let mut far = ["000000", "111111", "222222", "333333"].into_iter();
        let far = far.find(|far| !near.iter().any(|near| near == far));
        far.expect("one of four that is none of three").to_owned()
    }

    fn typed(&self, half_minute: Option<u64>, now: u64) -> String {
        half_minute.map_or_else(|| self.wrong_code(now), |shown| self.code(shown))
    }
}

impl Bed {
    /// Adds an app with the secret on the page.
    pub(super) async fn adds_app(
        &mut self,
        browser: Browser,
        code: Code,
        typed: Typed,
        world: &World,
    ) -> String {
        let page = self.guest(browser).opens("/account/second-step/app").await;
        if !page.has_button("Save") {
            return page.text();
        }
        let Some(whose) = world.logged_in_at(browser) else {
            return format!("a form for nobody: {}", page.text());
        };
        let form = page.form("Save");
        let secret = form.sent().into_iter().find(|(name, _)| name == "secret").expect("a secret").1;
        let app = App::with(&secret);
        let form = form
            .fill("Code from your app", &app.typed(world.typed_code(whose, code), world.now))
            .fill("Your password", world.typed_password(whose, typed));
        let answer = self.sends(browser, &form).await;
        if answer.says(NEW_CODES) {
            // The code that proved the app is used up.
            let proof = world.typed_code(whose, code).map(|used| of_app(&app, used));
            self.let_in.extend(proof);
            self.pocket(whose).app = Some(app);
            self.keeps_paper(whose, &answer.text());
        }
        answer.text()
    }

    /// Removes the app.
    pub(super) async fn removes_app(&mut self, browser: Browser, typed: Typed, world: &World) -> String {
        let page = self.guest(browser).opens(&format!("{SETTINGS}/remove")).await;
        let Some(whose) = world.logged_in_at(browser).filter(|_| page.has_button("Remove")) else {
            return page.text();
        };
        let form = page.form("Remove").tick("App on your phone", true);
        let form = form.fill("Your password", world.typed_password(whose, typed));
        self.sends(browser, &form).await.text()
    }

    /// Has recovery codes drawn.
    pub(super) async fn draws_codes(&mut self, browser: Browser, typed: Typed, world: &World) -> String {
        let page = self.guest(browser).opens(&format!("{SETTINGS}/recovery-codes")).await;
        let Some(whose) = world.logged_in_at(browser).filter(|_| page.has_button("Make new codes")) else {
            return page.text();
        };
        let form = page.form("Make new codes").fill("Your password", world.typed_password(whose, typed));
        let answer = self.sends(browser, &form).await;
        if answer.says(NEW_CODES) {
            self.keeps_paper(whose, &answer.text());
        }
        answer.text()
    }

    /// Gives the same code from the app so many times.
    pub(super) async fn gives_code(
        &mut self,
        browser: Browser,
        code: Code,
        times: usize,
        world: &World,
    ) -> String {
        let whose = world.half_way_at(browser).unwrap_or(Whose::Marias);
        let half_minute = world.typed_code(whose, code);
        let Some(app) = self.pockets[&whose].app.clone() else {
            return self.guest(browser).opens("/second-step").await.text();
        };
        let given = half_minute.map(|shown| of_app(&app, shown));
        let typed = app.typed(half_minute, world.now);
        self.gives(browser, ("/second-step", "Code from your app"), &typed, times, given).await
    }

    /// Gives a recovery code.
    pub(super) async fn gives_recovery(&mut self, browser: Browser, typed: OnPaper, world: &World) -> String {
        let whose = world.half_way_at(browser).unwrap_or(Whose::Marias);
        let Drawn { drawing, nth } =
            world.typed_recovery(whose, typed).unwrap_or(Drawn { drawing: usize::MAX, nth: 0 });
        let code = self.pockets[&whose].papers.get(drawing).and_then(|paper| paper.get(nth)).cloned();
        let code = code.unwrap_or_else(|| NOBODYS_CODE.to_owned());
        let given = Some(format!("{whose:?} recovery code {code}"));
        self.gives(browser, ("/second-step/recovery-code", "Recovery code"), &code, 1, given).await
    }

    /// Types it on this page so many times. What let somebody in must never do so again, whatever the
    /// model says.
    async fn gives(
        &mut self,
        browser: Browser,
        (path, field): (&str, &str),
        typed: &str,
        times: usize,
        given: Option<String>,
    ) -> String {
        let page = self.guest(browser).opens(path).await;
        if !html::forms(&page.body).iter().any(|form| form.button == "Go on" && form.action == path) {
            return page.text();
        }
        let form = page.form("Go on").fill(field, typed);
        let mut answer = page;
        for _ in 0..times {
            answer = self.sends(browser, &form).await;
        }
        match given {
            Some(given) if answer.path == "/home" && !self.let_in.insert(given.clone()) => {
                format!("let in a second time: {given}")
            }
            None if answer.path == "/home" => format!("let in by nothing that is right: {}", answer.text()),
            Some(_) | None => answer.text(),
        }
    }

    /// Writes the codes on the page down.
    fn keeps_paper(&mut self, whose: Whose, text: &str) {
        let is_code = |word: &&str| word.len() == 29 && word.matches('-').count() == 5;
        let paper = text.split_whitespace().filter(is_code).map(str::to_owned).collect();
        self.pocket(whose).papers.push(paper);
    }

    fn pocket(&mut self, whose: Whose) -> &mut Pocket {
        self.pockets.get_mut(&whose).expect("everybody's pocket")
    }
}

/// The code of an app in this half minute: other half minutes may have the same digits.
fn of_app(app: &App, half_minute: u64) -> String {
    format!("code of app {} in {half_minute}", app.secret)
}
