//! What a process holds of its machine, as Linux tells it.

use std::fs;
use std::time::Duration;

/// What it holds at one moment.
#[derive(Clone, Copy, Debug)]
pub struct Held {
    /// Memory that is its own now, in bytes.
    pub resident: u64,
    /// Open files and connections.
    pub descriptors: u64,
}

impl Held {
    /// By this process; none where there is no such process.
    pub fn by(process: u32) -> Option<Self> {
        let status = fs::read_to_string(format!("/proc/{process}/status")).ok()?;
        let resident = status.lines().find_map(|line| line.strip_prefix("VmRSS:"))?;
        let kilobytes: u64 = resident.trim().strip_suffix(" kB")?.parse().ok()?;
        let descriptors = fs::read_dir(format!("/proc/{process}/fd")).ok()?.count() as u64;
        Some(Self { resident: kilobytes << 10, descriptors })
    }
}

/// What it held over time, from the first moment on.
#[derive(Debug, Default)]
pub struct Watched(Vec<(Duration, Held)>);

impl Watched {
    /// Adds what it holds so long after the beginning.
    pub fn add(&mut self, after: Duration, held: Held) {
        self.0.push((after, held));
    }

    /// What it held of memory and of descriptors at half of the moments between these two, or less; none where
    /// nobody looked. One moment says little: a password that is being hashed takes 19 MiB.
    pub fn median(&self, from: Duration, until: Duration) -> Option<Held> {
        let within =
            || self.0.iter().filter(|(after, _)| (from..until).contains(after)).map(|(_, held)| held);
        let middle = |mut values: Vec<u64>| {
            values.sort_unstable();
            values.get(values.len().checked_sub(1)? / 2).copied()
        };
        let resident = middle(within().map(|held| held.resident).collect())?;
        let descriptors = middle(within().map(|held| held.descriptors).collect())?;
        Some(Held { resident, descriptors })
    }

    /// The most it ever held of each.
    pub fn most(&self) -> Option<Held> {
        let resident = self.0.iter().map(|(_, held)| held.resident).max()?;
        let descriptors = self.0.iter().map(|(_, held)| held.descriptors).max()?;
        Some(Held { resident, descriptors })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_process_holds_memory_and_open_files_and_one_that_is_not_there_nothing() {
        let files: Vec<_> = (0..100).map(|_| fs::File::open("/proc/self/status").expect("a file")).collect();

        let held = Held::by(std::process::id()).expect("this process");

        assert!(held.resident > 1 << 20 && held.descriptors as usize >= files.len(), "{held:?}");
        assert!(Held::by(u32::MAX).is_none());
    }

    #[test]
    fn what_was_held_between_two_moments_is_the_middle_of_it() {
        let mut watched = Watched::default();
        for (after, resident) in [(0, 900), (10, 5), (20, 7), (30, 6), (40, 1)] {
            watched.add(Duration::from_secs(after), Held { resident, descriptors: resident });
        }

        let between = |from, until| {
            let median = watched.median(Duration::from_secs(from), Duration::from_secs(until));
            median.map(|held| held.resident)
        };

        assert_eq!(between(10, 40), Some(6));
        assert_eq!(between(40, 50), Some(1));
        assert_eq!(between(50, 60), None);
        assert_eq!(watched.most().map(|held| held.descriptors), Some(900));
    }
}
