//! What came of an attack, as a table, and what of it is not as claimed.

use super::attackers::Attackers;
use super::patients::Patients;
use super::record::Attempts;
use std::fmt;

/// An attack, and the patients who came meanwhile.
#[derive(Clone, Debug)]
pub struct Report {
    /// Who attacked.
    pub attack: &'static str,
    /// How guessing was throttled.
    pub throttling: super::town::Throttling,
    /// How much time passed on the moved clock, and per what the figures are.
    pub simulated: String,
    /// Guesses sent.
    pub sent: u32,
    /// What the guesses came to.
    pub attempts: Attempts,
    /// Guesses after which someone was let in.
    pub let_in: u32,
    /// How likely it is that one of the guesses that were checked is right.
    pub chance: f64,
    /// How likely that may be, in the time that was simulated.
    pub bound: f64,
    /// Who came meanwhile.
    pub patients: Patients,
    /// What else was seen, for the reader.
    pub seen: Vec<String>,
    /// What else was not as it should be.
    pub wrong: Vec<String>,
}

impl Report {
    /// Whether the attackers got beyond their bound.
    pub fn is_beyond_bound(&self) -> bool {
        self.chance > self.bound
    }

    /// Adds what these attackers did.
    pub fn adds(&mut self, attackers: &Attackers, attempts: Attempts) {
        self.sent += attackers.sent;
        self.let_in += attackers.let_in;
        self.attempts.checked += attempts.checked;
        self.attempts.blocked += attempts.blocked;
        self.attempts.astray += attempts.astray;
        // Otherwise the figures are not about what was sent.
        self.expects(attempts.all() == attackers.sent, "not every guess is on record once");
        self.expects(attempts.checked > 0, "no guess was checked");
    }

    /// Notes what is wrong where this is not so.
    pub fn expects(&mut self, holds: bool, otherwise: &str) {
        if !holds {
            self.wrong.push(otherwise.to_owned());
        }
    }

    /// Everything that is not as claimed, but for the bound.
    pub fn faults(&self) -> Vec<String> {
        let mut wrong = self.wrong.clone();
        if self.let_in > 0 {
            wrong.push(format!("attackers were let in {} times", self.let_in));
        }
        if self.patients.shut_out() > 0 {
            wrong.push(format!("{} patients were shut out", self.patients.shut_out()));
        }
        if self.patients.paused != self.patients.scanned {
            wrong.push("not everybody paused got in with the code".to_owned());
        }
        wrong
    }

    /// Everything that is not as claimed.
    pub fn shortcomings(&self) -> Vec<String> {
        let mut wrong = self.faults();
        if self.is_beyond_bound() {
            wrong.push(format!("a chance of {:.1e} is beyond the bound of {:.1e}", self.chance, self.bound));
        }
        wrong
    }
}

/// Reports under one head.
pub struct Table<'a>(pub &'a [Report]);

impl fmt::Display for Table<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(
            f,
            "{:<20} {:<9} {:<22} {:>6} {:>7} {:>6} {:>8} {:>8}   {:>8} {:>6} {:>8} {:>6}",
            "attacker",
            "throttles",
            "simulated",
            "sent",
            "checked",
            "let in",
            "chance",
            "bound",
            "patients",
            "typed",
            "scanned",
            "kiosk"
        )?;
        for report in self.0 {
            let patients = report.patients;
            writeln!(
                f,
                "{:<20} {:<9} {:<22} {:>6} {:>7} {:>6} {:>8.1e} {:>8.1e}   {:>8} {:>6} {:>8} {:>6}",
                report.attack,
                format!("{:?}", report.throttling).to_lowercase(),
                report.simulated,
                report.sent,
                report.attempts.checked,
                report.let_in,
                report.chance,
                report.bound,
                patients.came + patients.at_kiosk,
                patients.typed,
                format!("{}/{}", patients.scanned, patients.paused),
                format!("{}/{}", patients.typed_at_kiosk, patients.at_kiosk),
            )?;
        }
        for report in self.0 {
            for seen in &report.seen {
                writeln!(f, "{}, {:?}: {seen}", report.attack, report.throttling)?;
            }
            for wrong in report.shortcomings() {
                writeln!(f, "{}, {:?}, NOT AS CLAIMED: {wrong}", report.attack, report.throttling)?;
            }
        }
        Ok(())
    }
}
