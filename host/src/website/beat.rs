//! When an answer to a form leaves: on a beat that counts from when the form was read. Which account a
//! guess leads to takes the database and the component some tens of microseconds more or less, and
//! those must not tell it to whoever measures for long enough.

use std::time::Duration;
use tokio::time::Instant;

/// Runs `answer` and keeps it back until the next beat. Nothing is kept back where there is no beat.
pub(super) async fn on_the_beat<T>(beat: Duration, answer: impl Future<Output = T>) -> T {
    let begun = Instant::now();
    let answer = answer.await;
    if let Some(left) = until_the_next(beat, begun.elapsed()) {
        tokio::time::sleep_until(begun + left).await;
    }
    answer
}

/// How long after the beginning the first beat comes that has not passed yet.
fn until_the_next(beat: Duration, passed: Duration) -> Option<Duration> {
    let beats = passed.as_nanos().checked_div(beat.as_nanos())?.checked_add(1)?;
    beat.checked_mul(u32::try_from(beats).ok()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_answer_waits_for_the_next_beat() {
        let (beat, at) = (Duration::from_millis(10), Duration::from_micros);

        for (passed, leaves) in
            [(0, 10_000), (1, 10_000), (9_999, 10_000), (10_000, 20_000), (25_000, 30_000)]
        {
            assert_eq!(until_the_next(beat, at(passed)), Some(at(leaves)), "{passed}");
        }
        assert_eq!(until_the_next(Duration::ZERO, at(5)), None);
    }

    #[tokio::test(start_paused = true)]
    async fn answers_that_took_different_times_leave_together() {
        let beat = Duration::from_millis(10);
        let begun = Instant::now();

        for took in [1, 4, 9] {
            on_the_beat(beat, tokio::time::sleep(Duration::from_millis(took))).await;
        }

        assert_eq!(begun.elapsed(), 3 * beat);
    }
}
