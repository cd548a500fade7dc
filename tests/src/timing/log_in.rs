//! Logging in, refused. Everybody is refused once a round; between rounds the clock moves on until only the
//! rows of wrong passwords still count, and after some rounds until they start afresh too.

use super::report::{Comparison, Expected, Kind};
use super::stopwatch::{Ready, Times};
use crate::html::Form;
use crate::patient::NOT_LOGGED_IN;
use crate::simulation::guest::Guest;
use crate::simulation::patients::{chooses, home};
use crate::simulation::town::{Throttling, Town};
use crate::simulation::{DAY, HOUR};
use rand::SeedableRng;
use rand::rngs::ChaCha8Rng;

/// After this long everything starts afresh but the rows of wrong passwords.
const COUNTED: u64 = HOUR + 1;

/// Rounds after which the rows have to start afresh: fewer than the passwords in a row that are taken.
const ROUNDS_IN_A_ROW: u32 = 70;

/// After this long they do.
const ROW_COUNTED: u64 = 3_650 * DAY + 1;

/// Of how many people one tries an unknown username before the time is taken.
const WARM_UP: usize = 4;

/// Why a log in is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum LogIn {
    /// Nobody has this username.
    UnknownUsername,
    /// Somebody does, with another password.
    WrongPassword,
    /// No password was typed: told at once, before anything is looked at or hashed.
    NoPassword,
}

const LOG_INS: [LogIn; 3] = [LogIn::UnknownUsername, LogIn::WrongPassword, LogIn::NoPassword];

impl Kind for LogIn {
    fn name(self) -> &'static str {
        match self {
            Self::UnknownUsername => "unknown username",
            Self::WrongPassword => "wrong password",
            Self::NoPassword => "no password (control)",
        }
    }

    fn answer(self) -> &'static str {
        match self {
            Self::UnknownUsername | Self::WrongPassword => NOT_LOGGED_IN,
            Self::NoPassword => "Type your password.",
        }
    }
}

const PAIRS: [(LogIn, LogIn, Expected); 2] = [
    (LogIn::UnknownUsername, LogIn::WrongPassword, Expected::Alike),
    (LogIn::NoPassword, LogIn::WrongPassword, Expected::Different),
];

/// Compares what was timed.
pub fn compared(times: &Times<LogIn>, seed: u64) -> Vec<Comparison> {
    PAIRS.iter().map(|&(one, other, expected)| Comparison::of(times, one, other, expected, seed)).collect()
}

/// Someone who is refused in every round for the same reason.
struct Guesser {
    log_in: LogIn,
    guest: Guest,
    form: Form,
    username: String,
}

/// A practice, and everyone who does not get in there.
pub struct LogIns {
    /// The practice.
    pub town: Town,
    guessers: Vec<Guesser>,
    rounds: u32,
    random: ChaCha8Rng,
}

impl LogIns {
    /// So many people for each reason.
    ///
    /// # Panics
    /// Where anything does not work.
    pub async fn with(each: usize, seed: u64) -> Self {
        let patients = u32::try_from(each).expect("not that many");
        let mut town = Town::with(patients, Throttling::Loosest, 7).await;
        let mut random = ChaCha8Rng::seed_from_u64(seed);
        let mut guessers = Vec::new();
        for number in 0..each {
            let patient = town.invites().await;
            let mut guest = Guest::new(&town, home(&mut random));
            let page = guest.opens_confirmation().await;
            guest.confirms(&page, &patient.sheet.typed(), &patient.details).await;
            assert!(chooses(&mut guest, &patient).await, "an account is activated");
            let known = format!("chart.{}", patient.chart.as_str());
            // As long, since the page shows it again.
            let unknown = format!("nobody{number:0width$}", width = known.len() - "nobody".len());
            for log_in in LOG_INS {
                let username = match log_in {
                    LogIn::UnknownUsername => &unknown,
                    LogIn::WrongPassword | LogIn::NoPassword => &known,
                };
                let mut guest = Guest::new(&town, home(&mut random));
                let form = guest.get("/").await.form("Log in");
                guessers.push(Guesser { log_in, guest, form, username: username.clone() });
            }
        }
        Self { town, guessers, rounds: 0, random }
    }

    /// The next round: one request of everybody, in no order.
    pub async fn round(&mut self) -> Vec<Ready<LogIn>> {
        self.rounds += 1;
        let wait = if self.rounds.is_multiple_of(ROUNDS_IN_A_ROW) { ROW_COUNTED } else { COUNTED };
        self.town.practice.wait(wait).await;
        self.warm_up().await;
        let random = &mut self.random;
        self.guessers.iter_mut().map(|guesser| guesser.logs_in(&guesser.username.clone(), random)).collect()
    }

    /// Log ins that nobody times, which sweep away some of what was counted in the round before.
    async fn warm_up(&mut self) {
        let (round, random) = (self.rounds, &mut self.random);
        let unknown = self.guessers.iter_mut().filter(|guesser| guesser.log_in == LogIn::UnknownUsername);
        for (place, guesser) in unknown.step_by(WARM_UP).enumerate() {
            let request = guesser.logs_in(&format!("another.{round}.{place}"), random);
            request.sent(&self.town.website).await;
        }
    }
}

impl Guesser {
    /// From an address that nobody tried to log in from before.
    fn logs_in(&mut self, username: &str, random: &mut ChaCha8Rng) -> Ready<LogIn> {
        self.guest.moves_to(home(random));
        let password = match self.log_in {
            LogIn::UnknownUsername | LogIn::WrongPassword => "eleven loud magpies at dawn",
            LogIn::NoPassword => "",
        };
        let form = self.form.clone().fill("Username", username).fill("Password", password);
        Ready { kind: self.log_in, request: self.guest.would_post(&form.action, &form.sent()) }
    }
}
