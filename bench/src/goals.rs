//! The goals, each a bound on one figure, and whether it was reached.

use crate::figures::{Figure, Figures};
use serde::{Deserialize, Serialize};

/// What a figure has to keep to.
#[derive(Clone, Copy, Debug)]
enum Bound {
    AtLeast(f64),
    AtMost(f64),
}

use Bound::{AtLeast, AtMost};

const MIB: f64 = 1_048_576.0;

/// The goal's number, what is asked, the figure by its name, and its bound.
const GOALS: [(&str, &str, &str, Bound); 17] = [
    ("P1", "a patient page, times wasmtime serve's hello page", "page / wasmtime serve", AtLeast(5.0)),
    ("P1", "a patient page, times bare hyper with the same page", "page / bare hyper", AtLeast(0.5)),
    ("P2", "log ins a second, times cores by one native hash", "log ins / native hashes", AtLeast(0.95)),
    ("P3", "p99 of the activation page in a storm, times idle", "storm p99 / idle p99", AtMost(4.0)),
    ("P3", "refusals of what fits the bound", "storm refusals", AtMost(0.0)),
    ("P4", "tab view, 1,000,000 by 1,000 patients, SQLite", "sqlite tab view growth", AtMost(1.3)),
    ("P4", "confirmation, the same", "sqlite confirmation growth", AtMost(1.3)),
    ("P4", "log in less the hash, the same", "sqlite log in growth", AtMost(1.3)),
    ("P4", "tab view, 1,000,000 by 1,000 patients, PostgreSQL", "postgres tab view growth", AtMost(1.3)),
    ("P4", "confirmation, the same", "postgres confirmation growth", AtMost(1.3)),
    ("P4", "log in less the hash, the same", "postgres log in growth", AtMost(1.3)),
    ("P5", "memory above idle, 256 pages at once", "memory 256 pages", AtMost(64.0 * MIB)),
    ("P5", "the same, 256 confirmations at once", "memory 256 confirmations", AtMost(64.0 * MIB)),
    ("P5", "the same, 256 log ins less 19 MiB a slot", "memory 256 log ins", AtMost(64.0 * MIB)),
    ("P6", "first page with the compiled component, times cold", "cached start / cold start", AtMost(0.2)),
    ("P7", "the component", "component size", AtMost(MIB)),
    ("P7", "the host's program", "host size", AtMost(30.0 * MIB)),
];

/// A goal, and how far it was reached.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Goal {
    pub(crate) number: String,
    pub(crate) what: String,
    /// Such as `>= 5`.
    pub(crate) bound: String,
    pub(crate) figure: Figure,
    pub(crate) reached: bool,
}

/// Every goal of which there is a figure, the median decides.
pub(crate) fn judged(figures: &Figures) -> Vec<Goal> {
    let goals = GOALS.iter().filter_map(|(number, what, name, bound)| {
        let figure = figures.get(*name)?.clone();
        let reached = match bound {
            AtLeast(least) => figure.median >= *least,
            AtMost(most) => figure.median <= *most,
        };
        Some(Goal {
            number: (*number).to_owned(),
            what: (*what).to_owned(),
            bound: bound.written(&figure),
            figure,
            reached,
        })
    });
    goals.collect()
}

impl Bound {
    fn written(self, figure: &Figure) -> String {
        let (sign, value) = match self {
            AtLeast(value) => (">=", value),
            AtMost(value) => ("<=", value),
        };
        let bound = Figure { median: value, low: value, high: value, rounds: 1, ..figure.clone() };
        format!("{sign} {}", bound.written())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::figures::{Rounds, Unit};

    fn reached(name: &str, unit: Unit, value: f64) -> bool {
        let mut rounds = Rounds::default();
        rounds.push(name, unit, value);
        let goals = judged(&rounds.figures());
        assert_eq!(goals.len(), 1, "{goals:?}");
        goals.iter().all(|goal| goal.reached)
    }

    #[test]
    fn a_goal_is_reached_within_its_bound_and_missed_beyond() {
        assert!(reached("page / wasmtime serve", Unit::Ratio, 5.0));
        assert!(!reached("page / wasmtime serve", Unit::Ratio, 4.99));
        assert!(reached("storm p99 / idle p99", Unit::Ratio, 4.0));
        assert!(!reached("storm p99 / idle p99", Unit::Ratio, 4.01));
        assert!(!reached("host size", Unit::Bytes, 31.0 * MIB));
    }

    #[test]
    fn what_was_not_measured_is_not_judged() {
        assert!(judged(&Figures::new()).is_empty());
    }
}
