//! When an answer to a form leaves: on a beat that counts from when the form was read. Which account a
//! guess leads to takes the database and the component some tens of microseconds more or less, and
//! those must not tell it to whoever measures for long enough.

use std::thread;
use std::time::{Duration, Instant};
use tokio::task::spawn_blocking;
use tokio::time;

/// How long before a beat a thread takes the wait over. The runtime's timer counts whole milliseconds from
/// when it is asked, which is when the work was done, so that it would tell how long that took; what a thread
/// waits ends at the moment asked for.
const EXACTLY: Duration = Duration::from_millis(2);

/// Runs `answer` and keeps it back until the next beat. Nothing is kept back where there is no beat.
pub(super) async fn on_the_beat<T>(beat: Duration, answer: impl Future<Output = T>) -> T {
    let begun = Instant::now();
    let answer = answer.await;
    if let Some(left) = until_the_next(beat, begun.elapsed()) {
        wait_until(begun + left).await;
    }
    answer
}

/// How long after the beginning the first beat comes that has not passed yet.
fn until_the_next(beat: Duration, passed: Duration) -> Option<Duration> {
    let beats = passed.as_nanos().checked_div(beat.as_nanos())?.checked_add(1)?;
    beat.checked_mul(u32::try_from(beats).ok()?)
}

async fn wait_until(moment: Instant) {
    if let Some(soon) = moment.checked_sub(EXACTLY) {
        time::sleep_until(soon.into()).await;
    }
    let waited =
        spawn_blocking(move || thread::sleep(moment.saturating_duration_since(Instant::now()))).await;
    if waited.is_err() {
        tracing::debug!("an answer left before its beat: the host is stopping");
    }
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

    #[tokio::test]
    async fn no_answer_leaves_before_its_beat() {
        let beat = Duration::from_millis(10);

        for took in [0, 1, 9, 12] {
            let (begun, took) = (Instant::now(), Duration::from_millis(took));
            on_the_beat(beat, time::sleep(took)).await;
            assert!(begun.elapsed() >= until_the_next(beat, took).expect("a beat"), "{took:?}");
        }
    }

    #[tokio::test(start_paused = true)]
    async fn what_has_no_beat_leaves_at_once() {
        let begun = time::Instant::now();

        on_the_beat(Duration::ZERO, async {}).await;

        assert_eq!(begun.elapsed(), Duration::ZERO);
    }
}
