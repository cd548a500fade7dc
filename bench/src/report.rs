//! The results: kept as JSON, printed as a table, and compared with those that were committed.

use crate::failure::Failure;
use crate::figures::{Figure, Figures};
use crate::goals::{Goal, judged};
use serde::{Deserialize, Serialize};
use std::fmt::Write;
use std::fs;
use std::path::Path;

/// Everything a run found out, and on what.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Report {
    /// The processor, how many cores there were, and the kernel.
    pub(crate) machine: String,
    pub(crate) goals: Vec<Goal>,
    pub(crate) figures: Figures,
}

impl Report {
    pub(crate) fn of(figures: Figures) -> Self {
        Self { machine: machine(), goals: judged(&figures), figures }
    }

    /// The report at `path`; none where there is no such file.
    pub(crate) fn read(path: &Path) -> Result<Option<Self>, Failure> {
        let Ok(bytes) = fs::read(path) else { return Ok(None) };
        let report = serde_json::from_slice(&bytes);
        report.map(Some).map_err(|cause| Failure::Results { path: path.to_owned(), cause })
    }

    pub(crate) fn write(&self, path: &Path) -> Result<(), Failure> {
        let json = serde_json::to_string_pretty(self);
        let json = json.map_err(|cause| Failure::Results { path: path.to_owned(), cause })?;
        fs::write(path, json + "\n").map_err(Failure::file(path))
    }

    /// These figures in the place of those measured before; what was not measured again stays.
    pub(crate) fn over(self, before: Option<Self>) -> Self {
        let mut figures = before.map(|before| before.figures).unwrap_or_default();
        figures.extend(self.figures);
        Self { machine: self.machine, goals: judged(&figures), figures }
    }

    /// The table of goals, then every figure, then what moved.
    pub(crate) fn written(&self, committed: Option<&Self>) -> String {
        let mut text = format!("{}\n\nGoals (median of the rounds, lowest to highest)\n", self.machine);
        // Writing to a string cannot fail.
        for Goal { number, what, bound, figure, reached } in &self.goals {
            let reached = if *reached { "reached" } else { "MISSED" };
            let _ = writeln!(text, "  {number}  {what:<52} {bound:<14} {reached:<8} {}", figure.written());
        }
        let _ = writeln!(text, "\nFigures");
        for (name, figure) in &self.figures {
            let _ = writeln!(text, "  {name:<44} {}", figure.written());
        }
        if let Some(committed) = committed {
            let moved = self.moved_since(committed);
            let _ = writeln!(text, "\nMoved since what was committed, by more than the rounds spread");
            if moved.is_empty() {
                let _ = writeln!(text, "  nothing");
            }
            for (name, before, now) in moved {
                let _ = writeln!(text, "  {name:<44} {}  ->  {}", before.written(), now.written());
            }
        }
        text
    }

    /// What is no longer where it was, of the figures that can be compared.
    fn moved_since<'a>(&'a self, before: &'a Self) -> Vec<(&'a str, &'a Figure, &'a Figure)> {
        let both = self.figures.iter().filter_map(|(name, now)| {
            let before = before.figures.get(name)?;
            (now.unit.lasts() && now.is_apart_from(before)).then_some((name.as_str(), before, now))
        });
        both.collect()
    }
}

fn machine() -> String {
    let info = fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let model = info.lines().find_map(|line| line.strip_prefix("model name")?.split_once(": "));
    let kernel = fs::read_to_string("/proc/sys/kernel/osrelease").unwrap_or_default();
    let model = model.map_or("an unnamed processor", |(_, model)| model);
    format!("{} cores, {model}, Linux {}", cores(), kernel.trim())
}

/// How many threads run at the same time.
pub(crate) fn cores() -> usize {
    std::thread::available_parallelism().map_or(1, std::num::NonZero::get)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::figures::{Rounds, Unit};

    fn report(figures: &[(&str, Unit, f64)]) -> Report {
        let mut rounds = Rounds::default();
        for (name, unit, value) in figures {
            rounds.push(*name, *unit, *value);
        }
        Report::of(rounds.figures())
    }

    #[test]
    fn only_what_lasts_and_went_beyond_its_rounds_has_moved() {
        let before = report(&[("a", Unit::Ratio, 1.0), ("b", Unit::Ratio, 1.0), ("c", Unit::PerSecond, 1.0)]);
        let now = report(&[("a", Unit::Ratio, 2.0), ("b", Unit::Ratio, 1.0), ("c", Unit::PerSecond, 9.0)]);

        let moved: Vec<_> = now.moved_since(&before).into_iter().map(|(name, ..)| name).collect();

        assert_eq!(moved, ["a"]);
    }

    #[test]
    fn what_was_not_measured_again_stays_as_it_was() {
        let before = report(&[("a", Unit::Ratio, 1.0), ("b", Unit::Ratio, 1.0)]);

        let both = report(&[("a", Unit::Ratio, 2.0)]).over(Some(before));

        let kept: Vec<_> = both.figures.values().map(|figure| figure.median).collect();
        assert_eq!(kept, [2.0, 1.0]);
    }
}
