//! Telling two sets of times apart: Welch's t-test over the whole and over crops of both, as dudect does,
//! and how far the medians are apart, with an interval.

use rand::RngExt;
use rand::rngs::ChaCha8Rng;

/// Beyond this, either way, two sets are taken for different (section 2 of dudect's paper; a chance of
/// less than 1e-5 if they are not).
pub const THRESHOLD: f64 = 4.5;

/// Crops that are compared besides the whole.
const CROPS: u16 = 100;

/// Fewest times of a set that t is worth something of.
const FEWEST: usize = 100;

/// Times the medians are drawn again for the interval.
const RESAMPLES: usize = 1_000;

/// How far apart two medians are, as parts of the second one.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Difference {
    /// Of the medians themselves.
    pub median: f64,
    /// The lower end of the interval that holds the true one with a chance of 95 %.
    pub low: f64,
    /// Its upper end.
    pub high: f64,
}

/// The middle of these, or the higher of the two in the middle.
///
/// # Panics
/// Where there are none.
pub fn median(values: &[f64]) -> f64 {
    let mut values = values.to_vec();
    let middle = values.len() / 2;
    *values.select_nth_unstable_by(middle, f64::total_cmp).1
}

/// How far apart the medians are, with a percentile bootstrap's interval (Efron, Tibshirani: An
/// Introduction to the Bootstrap, chapter 13).
pub fn difference(one: &[f64], other: &[f64], random: &mut ChaCha8Rng) -> Difference {
    let of = |one: &[f64], other: &[f64]| median(one) / median(other) - 1.0;
    let mut again = |values: &[f64]| -> Vec<f64> {
        values.iter().map(|_| values[random.random_range(0..values.len())]).collect()
    };
    let mut resampled: Vec<f64> = (0..RESAMPLES).map(|_| of(&again(one), &again(other))).collect();
    resampled.sort_by(f64::total_cmp);
    let (low, high) = (resampled[RESAMPLES / 40], resampled[RESAMPLES - 1 - RESAMPLES / 40]);
    Difference { median: of(one, other), low, high }
}

/// The t farthest from zero, of the whole and of the crops that keep only what is below a quantile of both
/// together: a small difference shows in the quick ones, which are not drowned in the noise of the slow.
/// Zero where there are too few to tell.
pub fn farthest_t(one: &[f64], other: &[f64]) -> f64 {
    let mut both = [one, other].concat();
    both.sort_by(f64::total_cmp);
    let Some(centre) = both.get(both.len() / 2) else { return 0.0 };
    let (one, other) = (Sorted::of(one, *centre), Sorted::of(other, *centre));
    let bounds = (1..=CROPS)
        .map(|crop| quantile(&both, 1.0 - 0.5_f64.powf(10.0 * f64::from(crop) / f64::from(CROPS))));
    let crops = bounds.chain([f64::INFINITY]).filter_map(|bound| {
        let (one, other) = (one.below(bound)?, other.below(bound)?);
        Some(welch(one, other))
    });
    crops.max_by(|a, b| a.abs().total_cmp(&b.abs())).unwrap_or(0.0)
}

/// The smallest delay, as a part of the median, that [`farthest_t`] would find if it were added to all of
/// these: what the test is worth at this number and in this noise.
pub fn finds_from(values: &[f64]) -> f64 {
    let median = median(values);
    let finds = |part: f64| {
        let delayed: Vec<f64> = values.iter().map(|value| value + part * median).collect();
        farthest_t(&delayed, values) >= THRESHOLD
    };
    let (mut too_small, mut enough) = (0.0, 1.0);
    if !finds(enough) {
        return f64::INFINITY;
    }
    for _ in 0..20 {
        let middle = f64::midpoint(too_small, enough);
        if finds(middle) { enough = middle } else { too_small = middle }
    }
    enough
}

/// What t is made of.
#[derive(Clone, Copy, Debug)]
struct Moments {
    count: f64,
    mean: f64,
    variance: f64,
}

/// Welch's t: B. L. Welch, The generalization of Student's problem when several different population
/// variances are involved, Biometrika 34 (1947).
fn welch(one: Moments, other: Moments) -> f64 {
    let error = (one.variance / one.count + other.variance / other.count).sqrt();
    let apart = one.mean - other.mean;
    if error > 0.0 {
        apart / error
    } else if apart == 0.0 {
        0.0
    } else {
        apart.signum() * f64::INFINITY
    }
}

/// A set in order, with sums up to each place, so that no crop has to be added up again.
struct Sorted {
    /// Without the centre, so that squares lose no digits.
    values: Vec<f64>,
    /// The sum, and the sum of the squares, of all before each place and of all.
    sums: Vec<(f64, f64)>,
    centre: f64,
}

impl Sorted {
    fn of(values: &[f64], centre: f64) -> Self {
        let mut values: Vec<f64> = values.iter().map(|value| value - centre).collect();
        values.sort_by(f64::total_cmp);
        let mut sums = vec![(0.0, 0.0)];
        for value in &values {
            let (sum, squares) = sums[sums.len() - 1];
            sums.push((sum + value, squares + value * value));
        }
        Self { values, sums, centre }
    }

    /// Of those below the bound, if they are enough.
    fn below(&self, bound: f64) -> Option<Moments> {
        let many = self.values.partition_point(|value| *value < bound - self.centre);
        (many >= FEWEST).then(|| self.first(many))
    }

    /// Of so many of the smallest.
    fn first(&self, many: usize) -> Moments {
        let count = float(many);
        let (sum, squares) = self.sums[many];
        let variance = (squares - sum * sum / count).max(0.0) / (count - 1.0);
        Moments { count, mean: sum / count, variance }
    }
}

/// The value below which this part of `sorted` is.
fn quantile(sorted: &[f64], part: f64) -> f64 {
    let place = (part * float(sorted.len())) as usize;
    sorted[place.min(sorted.len() - 1)]
}

fn float(many: usize) -> f64 {
    f64::from(u32::try_from(many).expect("not that many"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use rand::SeedableRng;

    /// Times as they are: a floor, and above it a long tail.
    fn times(random: &mut ChaCha8Rng, delay: f64) -> Vec<f64> {
        (0..2_000).map(|_| 1_000.0 + delay - 100.0 * (1.0 - random.random::<f64>()).ln()).collect()
    }

    fn random() -> ChaCha8Rng {
        ChaCha8Rng::seed_from_u64(7)
    }

    #[test]
    fn t_is_that_of_an_example_done_by_hand() {
        let all = |values: &[f64]| Sorted::of(values, 3.0).first(values.len());
        // Means 2.5 and 6, variances 5/3 and 10: -3.5 / sqrt(5/12 + 2).
        let (one, other) = (all(&[1.0, 2.0, 3.0, 4.0]), all(&[2.0, 4.0, 6.0, 8.0, 10.0]));

        assert!((welch(one, other) + 2.2514).abs() < 0.0001, "{one:?} {other:?}");
    }

    #[test]
    fn times_that_do_not_differ_are_not_told_apart() {
        let mut random = random();
        for _ in 0..50 {
            let t = farthest_t(&times(&mut random, 0.0), &times(&mut random, 0.0));
            assert!(t.abs() < THRESHOLD, "{t}");
        }
    }

    #[test]
    fn a_delay_far_below_the_noise_is_found_by_its_sign() {
        let mut random = random();
        let (quick, slow) = (times(&mut random, 0.0), times(&mut random, 10.0));

        assert!(farthest_t(&slow, &quick) > THRESHOLD);
        assert!(farthest_t(&quick, &slow) < -THRESHOLD);
    }

    #[test]
    fn a_few_stalls_do_not_hide_a_delay() {
        let mut random = random();
        let (mut quick, slow) = (times(&mut random, 0.0), times(&mut random, 20.0));
        for stalled in quick.iter_mut().step_by(40) {
            *stalled += 100_000.0;
        }

        assert!(farthest_t(&slow, &quick) > THRESHOLD);
    }

    #[test]
    fn of_too_few_nothing_is_said() {
        assert_eq!(farthest_t(&[1.0; 10], &[2.0; 10]), 0.0);
        assert_eq!(farthest_t(&[], &[]), 0.0);
        assert_eq!(finds_from(&[1.0; 10]), f64::INFINITY);
    }

    #[test]
    fn the_interval_is_around_the_true_difference() {
        let mut random = random();
        let (slow, quick) = (times(&mut random, 50.0), times(&mut random, 0.0));
        // The median of an exponential tail is ln 2 of its mean.
        let true_one = 50.0 / (1_000.0 + 100.0 * std::f64::consts::LN_2);

        let found = difference(&slow, &quick, &mut random);

        assert!(found.low < true_one && true_one < found.high, "{found:?}");
        assert!(found.low < found.median && found.median < found.high, "{found:?}");
        assert!(found.high - found.low < 0.03, "{found:?}");
    }

    #[test]
    fn what_is_found_from_is_found_and_a_third_of_it_is_not() {
        let mut random = random();
        let values = times(&mut random, 0.0);
        let from = finds_from(&values);
        let delayed =
            |part: f64| -> Vec<f64> { values.iter().map(|value| value + part * median(&values)).collect() };

        assert!(farthest_t(&delayed(from), &values) >= THRESHOLD);
        assert!(farthest_t(&delayed(from / 3.0), &values) < THRESHOLD);
        assert!(from < 0.02, "{from}");
    }
}
