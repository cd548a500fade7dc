//! What should come of what somebody does who has said the password and is asked for more.

use super::counters::{Counted, Verdict};
use super::visitor::counted_for;
use super::{By, Login, Read, Second, Standing, Step, World, says};
use crate::life::act::{Browser, Code, OnPaper, Whose};
use patient_portal::audit::Deed;
use patient_portal::settings::STEP_LIFE;

/// For how long an app shows the same code, in seconds (RFC 6238).
const SHOWN_FOR: u64 = 30;

/// One of the recovery codes drawn for somebody.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Drawn {
    /// How often codes had been drawn before.
    pub drawing: usize,
    /// Which of those drawn then.
    pub nth: usize,
}

/// The half minute of this moment, counted since 1970.
pub fn half_minute(at: u64) -> u64 {
    at / SHOWN_FOR
}

impl World {
    /// Whether each step there ever was should still take an answer, in the order they were opened.
    pub fn open_steps(&self) -> Vec<bool> {
        self.steps.iter().map(|step| self.is_open(step)).collect()
    }

    /// Who said their password in this browser last, of those who are asked for more.
    pub fn half_way_at(&self, browser: Browser) -> Option<Whose> {
        self.browsers[&browser].step.map(|step| self.steps[step].whose)
    }

    /// The half minute whose code is typed for this account; none where none is right.
    pub fn typed_code(&self, whose: Whose, code: Code) -> Option<u64> {
        match code {
            Code::Shown => Some(half_minute(self.now)),
            Code::Next => Some(half_minute(self.now) + 1),
            Code::Again => self.second_of(whose).map(|second| second.used),
            Code::Wrong => None,
        }
    }

    /// The recovery code that is typed for this account; none where there is no such one.
    pub fn typed_recovery(&self, whose: Whose, typed: OnPaper) -> Option<Drawn> {
        let codes = self.second_of(whose).map_or(&[][..], |second| &second.codes);
        let last = self.account(whose).drawn.checked_sub(1)?;
        match typed {
            OnPaper::Unused => {
                codes.iter().position(|is_used| !is_used).map(|nth| Drawn { drawing: last, nth })
            }
            OnPaper::Used => {
                codes.iter().position(|is_used| *is_used).map(|nth| Drawn { drawing: last, nth })
            }
            OnPaper::Before => last.checked_sub(1).map(|drawing| Drawn { drawing, nth: 0 }),
            OnPaper::Wrong => None,
        }
    }

    fn is_open(&self, step: &Step) -> bool {
        let account = self.account(step.whose);
        step.is_stored
            && matches!(account.standing, Standing::Active(_))
            && step.revision == account.revision
            && self.now < step.ends
    }

    /// The password was right, and is not enough.
    pub(super) fn asks_for_more(&mut self, browser: Browser, whose: Whose) -> Read {
        let (now, revision) = (self.now, self.account(whose).revision);
        for step in &mut self.steps {
            step.is_stored &= now < step.ends;
        }
        self.note(Some(whose), Deed::SecondStepAsked, By::Visitor(browser));
        self.steps.push(Step { whose, revision, ends: now + STEP_LIFE.seconds(), is_stored: true });
        self.kept(browser).step = Some(self.steps.len() - 1);
        says("One more step")
    }

    /// Gives the same code so many times; what is read after the last.
    pub(super) fn gives_code(&mut self, browser: Browser, code: Code, times: usize) -> Read {
        let whose = match self.stands_at_step(browser) {
            Ok(whose) => whose,
            Err(sent) => return sent,
        };
        let refused = "This code does not fit. Each code works once";
        let given = self.typed_code(whose, code);
        let answers = (0..times).map(|_| {
            let name = self.typed_name(whose);
            let counted = match self.known_device(browser, whose) {
                Some(device) => {
                    [Counted::SecondOfDevice(device.number), Counted::RowOfSecondKnown(name)].to_vec()
                }
                None => [Counted::Second(name.clone()), Counted::RowOfSecondUnknown(name)].to_vec(),
            };
            self.answers(browser, whose, &counted, refused, |second| {
                let is_new = given.is_some_and(|given| given > second.used);
                second.used = given.filter(|_| is_new).unwrap_or(second.used);
                is_new
            })
        });
        answers.last().unwrap_or_default()
    }

    pub(super) fn gives_recovery(&mut self, browser: Browser, typed: OnPaper) -> Read {
        let whose = match self.stands_at_step(browser) {
            Ok(whose) => whose,
            Err(sent) => return sent,
        };
        let given = self.typed_recovery(whose, typed).filter(|_| typed == OnPaper::Unused);
        let refused = "This code does not fit. Check every letter";
        self.answers(browser, whose, &[Counted::Long(browser)], refused, |second| match given {
            Some(Drawn { nth, .. }) => !std::mem::replace(&mut second.codes[nth], true),
            None => false,
        })
    }

    /// Whose step it is that the browser stands at, or what is read instead of the page.
    fn stands_at_step(&mut self, browser: Browser) -> Result<Whose, Read> {
        match self.kept(browser).step.take() {
            Some(step) if self.is_open(&self.steps[step]) => {
                self.kept(browser).step = Some(step);
                Ok(self.steps[step].whose)
            }
            Some(_) => Err(says("You were logged out")),
            None => Err(self.starts(browser)),
        }
    }

    /// The first page: the way home for who is logged in.
    fn starts(&mut self, browser: Browser) -> Read {
        match self.held_by(browser) {
            Some(session) => {
                self.sessions[session].seen = self.now;
                says(&format!("Hello, {}", By::Patient(self.sessions[session].whose).as_named()))
            }
            None => says("New here?"),
        }
    }

    /// An answer at the second step, which is right where it uses something up.
    fn answers(
        &mut self,
        browser: Browser,
        whose: Whose,
        counted: &[Counted],
        refused: &str,
        uses: impl FnOnce(&mut Second) -> bool,
    ) -> Read {
        let by = By::Visitor(browser);
        let full = match self.counters.take(counted, self.now) {
            Verdict::Passes(full) => full,
            Verdict::Blocked(full) => {
                self.note(Some(whose), Deed::SecondStepBlocked, by);
                let is_stopped = full.iter().any(Counted::is_a_row);
                return says(if is_stopped { "Please call us" } else { "Please wait a little" });
            }
        };
        if self.second_for_use(whose).is_some_and(uses) {
            self.note(Some(whose), Deed::FactorUsed, By::Patient(whose));
            let device = self.known_device(browser, whose);
            self.counters.forgive(counted);
            self.passes_step(browser, whose);
            let password = counted_for(&self.typed_name(whose), browser, device);
            let pace: Vec<_> = password.into_iter().filter(|it| !it.is_a_row()).collect();
            self.counters.forgive(&pace);
            return says(&format!("Hello, {}", By::Patient(whose).as_named()));
        }
        self.note(Some(whose), Deed::SecondStepRefused, by);
        if full.iter().any(Counted::is_a_row) {
            self.note(Some(whose), Deed::SecondStepDisabled, by);
        }
        says(refused)
    }

    fn second_for_use(&mut self, whose: Whose) -> Option<&mut Second> {
        let account = self.accounts.get_mut(&whose).expect("an account of everybody's");
        match &mut account.standing {
            Standing::Active(Login { second, .. }) => second.as_mut(),
            Standing::NotInvited
            | Standing::Invited { .. }
            | Standing::Expired
            | Standing::Burnt
            | Standing::Off(_) => None,
        }
    }

    fn passes_step(&mut self, browser: Browser, whose: Whose) {
        if let Some(step) = self.kept(browser).step.take() {
            self.steps[step].is_stored = false;
        }
        self.gets_in(browser, whose);
    }
}
