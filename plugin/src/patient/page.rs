//! Pages: what a template is filled with.

use askama::Template;

use super::account::AccountView;
use super::cookies::Cookie;
use super::form::FORM_TOKEN;
use super::form_view::{FormView, Setup};
use super::language::{self, LANGUAGE, PAGE};
use super::request::Request;
use super::said::SAID;
use super::session::{self, SignedIn};
use super::sessions::SESSION;
use super::visit::Visit;
use super::{assets, routes};
use crate::practice::Practice;
use crate::rules::session::Session;
use crate::rules::token::Token;
use crate::settings::TIMEOUT_WARNING;
use crate::words::Language;

/// A page of the website: the frame that all share, and what this one is about.
#[derive(Template)]
#[template(path = "page.html")]
pub(super) struct Page<'a> {
    practice: &'a Practice,
    language: Language,
    path: &'a str,
    title: &'a str,
    content: Content<'a>,
}

/// What all pages that answer a request have in common.
#[derive(Clone, Copy)]
pub(super) struct Frame<'a> {
    /// Whose website it is.
    pub(super) practice: &'a Practice,
    /// What it is written in.
    pub(super) language: Language,
    /// Where it is, to come back to.
    path: &'a str,
}

impl<'a> Frame<'a> {
    /// Before more is known than the request.
    pub(super) fn of(practice: &'a Practice, request: &'a Request) -> Self {
        Self { practice, language: language::of(request, practice), path: request.path() }
    }

    /// Of a request that has come as far as its page.
    pub(super) fn of_visit(visit: &Visit<'a>) -> Self {
        Self { practice: visit.practice, language: visit.language, path: visit.request.path() }
    }
}

/// What a page is about.
pub(super) enum Content<'a> {
    /// The main login page: its form, and the way to User Confirmation.
    LogIn(FormView<'a>),
    /// Any other page that is a form, with words above it.
    Form {
        /// What the form is for.
        intro: &'a str,
        /// The form.
        form: FormView<'a>,
        /// When the session ends by itself, where there is one.
        timeout: Option<Timeout>,
        /// Where the page leads back to, if anywhere.
        back: Option<Back>,
    },
    /// It worked, and where to go next.
    Done {
        /// What worked.
        text: &'a str,
        /// Where the link leads.
        path: &'a str,
        /// What the link says.
        link: &'a str,
    },
    /// The home page.
    Home {
        /// What it says.
        home: Home<'a>,
        /// When the session ends by itself.
        timeout: Timeout,
    },
    /// The account page.
    Account {
        /// What it says.
        account: AccountView,
        /// When the session ends by itself.
        timeout: Timeout,
    },
    /// What a log in takes besides the password.
    SecondFactors {
        /// What it says.
        view: SecondFactorsView,
        /// When the session ends by itself.
        timeout: Timeout,
    },
    /// Recovery codes, shown once.
    Codes {
        /// In groups.
        codes: Vec<String>,
        /// What else to say.
        text: Option<&'a str>,
        /// When the session ends by itself, where there is one.
        timeout: Option<Timeout>,
    },
    /// The second step of a log in.
    SecondStep {
        /// What it asks for.
        step: StepView<'a>,
    },
    /// The time-out warning as a page of its own.
    StillThere {
        /// When the session ends by itself.
        timeout: Timeout,
    },
    /// The error page.
    Problem {
        /// What to do.
        text: &'a str,
    },
}

/// Where a form leads back to, for who does not want to send it after all.
#[derive(Clone, Copy)]
pub(super) enum Back {
    /// The main login page, for who has a login already.
    LogIn,
    /// The account page.
    Account,
    /// The page of what a log in takes besides the password.
    SecondStep,
}

impl Back {
    fn path(self) -> &'static str {
        match self {
            Self::LogIn => routes::START,
            Self::Account => routes::ACCOUNT,
            Self::SecondStep => routes::SECOND_FACTORS,
        }
    }

    fn link(self, language: Language) -> &'static str {
        match self {
            Self::LogIn => language.website().has_login(),
            Self::Account => language.account().back(),
            Self::SecondStep => language.second_step().back(),
        }
    }
}

/// What a log in takes besides the password, and what can be done about it.
pub(super) struct SecondFactorsView {
    /// What became of a form that was not taken, where the page answers one.
    pub(super) note: Option<&'static str>,
    /// Whether the practice asks for one and there is none.
    pub(super) is_required: bool,
    /// The app and the passkeys.
    pub(super) factors: Vec<FactorView>,
    /// How many recovery codes are left, where there are any factors.
    pub(super) codes_left: Option<String>,
    /// Whether an app can be added.
    pub(super) can_add_app: bool,
    /// Whether a passkey can be added.
    pub(super) can_add_passkey: bool,
}

/// An app or a passkey.
pub(super) struct FactorView {
    /// What the patient calls it.
    pub(super) label: String,
    /// Since when there is one.
    pub(super) since: String,
}

/// What the second step of a log in asks for.
pub(super) struct StepView<'a> {
    /// For a code, where there is an app.
    pub(super) form: Option<FormView<'a>>,
    /// For a passkey, where there is one.
    pub(super) passkey: Option<PasskeyForm>,
    /// What is wrong with the passkey.
    pub(super) refused: Option<&'a str>,
    /// Whether there are recovery codes left.
    pub(super) has_codes: bool,
}

/// A form that a script fills in with what a passkey signed.
pub(super) struct PasskeyForm {
    /// Where it is sent.
    pub(super) path: &'static str,
    /// What the browser is asked, as JSON.
    pub(super) options: String,
    /// What shows that we drew it for this browser.
    pub(super) form_token: String,
}

/// The home page of a patient.
pub(super) struct Home<'a> {
    /// To the patient, by name. It is not the title: that stays in the browser's history.
    pub(super) greeting: &'a str,
    /// The log in before this one, and who changed the access last.
    pub(super) news: Vec<String>,
    /// How to report what they did not do.
    pub(super) not_you: String,
    /// Whether to offer a second step, to who has none.
    pub(super) offers_second_step: bool,
}

/// When a session ends by itself, on the pages of patients who are logged in.
#[derive(Clone)]
pub(super) struct Timeout {
    /// Seconds until then, if nothing more is done.
    pub(super) seconds: u64,
    /// How many of them are left when the warning comes.
    pub(super) warning: u64,
    /// What a form on the page carries.
    pub(super) form_token: String,
}

impl Timeout {
    /// The time-out of this session. The warning comes a minute before it; in the shortest of
    /// sessions, halfway.
    pub(super) fn of(signed_in: &SignedIn, visit: &Visit<'_>) -> Self {
        Self::new(signed_in.seconds_left, visit.form_token(Cookie::Portal))
    }

    /// The time-out of a session that was opened just now, whose cookie goes out with the page.
    pub(super) fn of_new_session(token: &Token, session: &Session, visit: &Visit<'_>) -> Self {
        Self::new(session::seconds_left(visit, session), token.for_form().text())
    }

    fn new(seconds: u64, form_token: String) -> Self {
        Self { seconds, warning: TIMEOUT_WARNING.seconds().min(seconds / 2), form_token }
    }

    /// Seconds until the warning.
    fn calm(&self) -> u64 {
        self.seconds.saturating_sub(self.warning)
    }
}

impl<'a> Page<'a> {
    /// A page in this frame.
    pub(super) fn new(frame: Frame<'a>, title: &'a str, content: Content<'a>) -> Self {
        let Frame { practice, language, path } = frame;
        Self { practice, language, path, title, content }
    }

    /// The languages to change to. A page that cannot be shown again has none: whoever changed would lose it.
    fn others(&self) -> Vec<Language> {
        if matches!(self.content, Content::Codes { .. }) {
            return Vec::new();
        }
        let mut others = Language::offered_by(self.practice);
        others.retain(|other| *other != self.language);
        others
    }

    /// Whether a script of ours runs on it.
    pub(super) fn has_script(&self) -> bool {
        self.content.has_script()
    }

    /// The page as HTML.
    pub(super) fn html(&self) -> askama::Result<String> {
        self.render()
    }
}

impl Content<'_> {
    /// Its form, where it has one that people fill in.
    fn form(&self) -> Option<&FormView<'_>> {
        match self {
            Self::LogIn(form) | Self::Form { form, .. } => Some(form),
            Self::SecondStep { step } => step.form.as_ref(),
            Self::Done { .. }
            | Self::Home { .. }
            | Self::Account { .. }
            | Self::SecondFactors { .. }
            | Self::Codes { .. }
            | Self::StillThere { .. }
            | Self::Problem { .. } => None,
        }
    }

    /// The second step, where it is one.
    fn step(&self) -> Option<&StepView<'_>> {
        if let Self::SecondStep { step } = self { Some(step) } else { None }
    }

    /// Whether something on the page is to be corrected.
    fn has_mistakes(&self) -> bool {
        self.step().is_some_and(|step| step.refused.is_some())
            || self.form().is_some_and(FormView::has_mistakes)
    }

    /// The form that is carried along by who changes the language.
    fn carried_form(&self) -> Option<&FormView<'_>> {
        self.form().filter(|form| form.is_carried())
    }

    /// The words above a form.
    fn intro(&self) -> Option<&str> {
        match self {
            Self::Form { intro, .. } => Some(intro),
            Self::LogIn(_)
            | Self::Done { .. }
            | Self::Home { .. }
            | Self::Account { .. }
            | Self::SecondFactors { .. }
            | Self::Codes { .. }
            | Self::SecondStep { .. }
            | Self::StillThere { .. }
            | Self::Problem { .. } => None,
        }
    }

    /// The time-out of the page, if it has one.
    fn timeout(&self) -> Option<&Timeout> {
        match self {
            Self::Home { timeout, .. }
            | Self::Account { timeout, .. }
            | Self::SecondFactors { timeout, .. }
            | Self::StillThere { timeout } => Some(timeout),
            Self::Form { timeout, .. } | Self::Codes { timeout, .. } => timeout.as_ref(),
            Self::LogIn(_) | Self::SecondStep { .. } | Self::Done { .. } | Self::Problem { .. } => None,
        }
    }

    /// The time-out that the page warns of while something else is on it.
    fn warning(&self) -> Option<&Timeout> {
        match self {
            Self::Home { .. }
            | Self::Account { .. }
            | Self::SecondFactors { .. }
            | Self::Codes { .. }
            | Self::Form { .. } => self.timeout(),
            Self::LogIn(_)
            | Self::SecondStep { .. }
            | Self::StillThere { .. }
            | Self::Done { .. }
            | Self::Problem { .. } => None,
        }
    }

    /// Whether a script of ours runs on the page.
    fn has_script(&self) -> bool {
        self.form().is_some_and(FormView::has_script)
            || self.step().is_some_and(|step| step.passkey.is_some())
            || self.warning().is_some()
    }

    /// The status of the page, unless it is the error page.
    pub(super) fn status(&self) -> u16 {
        if self.has_mistakes() { 422 } else { 200 }
    }
}
