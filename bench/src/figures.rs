//! Figures: what was measured in each round, and what it comes to. A round measures everything that is compared,
//! one after the other, so that whatever else the machine was doing fell on all of it alike.

use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// What a figure counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Unit {
    /// One figure by another, both of one round: what holds on whatever machine.
    Ratio,
    PerSecond,
    Microseconds,
    Milliseconds,
    /// Of a processor.
    Seconds,
    Bytes,
    Count,
}

impl Unit {
    /// Whether it can be compared with another run's: how fast a machine is differs from hour to hour.
    pub(crate) fn lasts(self) -> bool {
        match self {
            Self::Ratio | Self::Bytes | Self::Count => true,
            Self::PerSecond | Self::Microseconds | Self::Milliseconds | Self::Seconds => false,
        }
    }

    pub(crate) fn written(self) -> &'static str {
        match self {
            Self::Ratio => "x",
            Self::PerSecond => "/s",
            Self::Microseconds => "us",
            Self::Milliseconds => "ms",
            Self::Seconds => "s",
            Self::Bytes => "bytes",
            Self::Count => "",
        }
    }
}

/// The median of all rounds, and the lowest and highest.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Figure {
    pub(crate) unit: Unit,
    pub(crate) median: f64,
    pub(crate) low: f64,
    pub(crate) high: f64,
    pub(crate) rounds: usize,
}

impl Figure {
    /// Whether no round of one came near any round of the other.
    pub(crate) fn is_apart_from(&self, other: &Self) -> bool {
        self.low > other.high || self.high < other.low
    }

    /// As people read it.
    pub(crate) fn written(&self) -> String {
        let value = |value: f64| match self.unit {
            Unit::Bytes => format!("{:.2} MiB", value / f64::from(1 << 20)),
            Unit::Ratio
            | Unit::PerSecond
            | Unit::Microseconds
            | Unit::Milliseconds
            | Unit::Seconds
            | Unit::Count => {
                let digits = if value.abs() >= 100.0 || value == 0.0 { 0 } else { 2 };
                format!("{value:.digits$} {}", self.unit.written()).trim_end().to_owned()
            }
        };
        if self.rounds > 1 {
            format!("{} ({} to {})", value(self.median), value(self.low), value(self.high))
        } else {
            value(self.median)
        }
    }
}

/// Everything measured, by name.
pub(crate) type Figures = BTreeMap<String, Figure>;

/// What the rounds have measured so far.
#[derive(Debug, Default)]
pub(crate) struct Rounds(BTreeMap<String, (Unit, Vec<f64>)>);

impl Rounds {
    /// Adds a round's figure.
    pub(crate) fn push(&mut self, name: impl Into<String>, unit: Unit, value: f64) {
        self.0.entry(name.into()).or_insert((unit, Vec::new())).1.push(value);
    }

    /// Adds how many times the second the first was; nothing where there is nothing to compare with.
    pub(crate) fn push_ratio(&mut self, name: impl Into<String>, one: f64, other: f64) {
        if other > 0.0 {
            self.push(name, Unit::Ratio, one / other);
        }
    }

    /// What they come to.
    pub(crate) fn figures(self) -> Figures {
        let figures = self.0.into_iter().map(|(name, (unit, mut values))| {
            values.sort_by(f64::total_cmp);
            let (low, high) = (values.first().copied(), values.last().copied());
            let figure = Figure {
                unit,
                median: percentile(&values, 50),
                low: low.unwrap_or_default(),
                high: high.unwrap_or_default(),
                rounds: values.len(),
            };
            (name, figure)
        });
        figures.collect()
    }
}

/// The value that so many percent of these, which are sorted, do not exceed; of two in the middle the mean.
pub(crate) fn percentile(sorted: &[f64], percent: usize) -> f64 {
    let last = sorted.len().saturating_sub(1);
    let place = last.saturating_mul(percent);
    let (below, above) = (place / 100, place.div_ceil(100));
    let at = |place: usize| sorted.get(place).copied().unwrap_or_default();
    f64::midpoint(at(below), at(above))
}

/// The median of these, in whatever order.
pub(crate) fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    percentile(&values, 50)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn figure(values: &[f64]) -> Figure {
        let mut rounds = Rounds::default();
        for value in values {
            rounds.push("it", Unit::Ratio, *value);
        }
        rounds.figures().remove("it").unwrap()
    }

    #[test]
    fn a_figure_is_the_median_of_its_rounds_and_how_far_they_spread() {
        let odd = figure(&[3.0, 1.0, 2.0]);
        assert_eq!((odd.median, odd.low, odd.high, odd.rounds), (2.0, 1.0, 3.0, 3));
        assert_eq!(figure(&[1.0, 2.0, 3.0, 10.0]).median, 2.5);
        assert_eq!(figure(&[7.0]).median, 7.0);
    }

    #[test]
    fn figures_are_apart_only_where_no_round_came_near() {
        let before = figure(&[1.0, 1.2]);
        assert!(!before.is_apart_from(&figure(&[1.1, 1.5])));
        assert!(before.is_apart_from(&figure(&[1.3, 1.5])));
        assert!(before.is_apart_from(&figure(&[0.5, 0.9])));
    }

    #[test]
    fn a_percentile_is_a_value_that_so_many_do_not_exceed() {
        let hundred: Vec<f64> = (0..=100).map(f64::from).collect();
        assert_eq!(percentile(&hundred, 99), 99.0);
        assert_eq!(percentile(&[], 50), 0.0);
    }
}
