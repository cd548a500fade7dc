//! A trail, shortened for people: what is the same many times over is told once, so that neither two
//! colleagues who look in turn nor someone who keeps guessing can push out what matters.

/// The newest of several that say the same.
#[derive(Debug, PartialEq, Eq)]
pub struct Gathered<T> {
    /// The newest.
    pub newest: T,
    /// How many there are.
    pub count: usize,
}

/// Gathers a trail, newest first, into `most` lines at the most, and says how many of its entries went
/// into them. What changes nothing is gathered over other such entries in between; anything else only
/// where nothing came between.
pub fn gathered<T>(
    trail: impl IntoIterator<Item = T>,
    most: usize,
    changes_nothing: impl Fn(&T) -> bool,
    says_the_same: impl Fn(&T, &T) -> bool,
) -> (Vec<Gathered<T>>, usize) {
    let mut gathered: Vec<Gathered<T>> = Vec::new();
    let mut told = 0;
    for entry in trail {
        let reach = if changes_nothing(&entry) {
            gathered.iter().rev().take_while(|newer| changes_nothing(&newer.newest)).count()
        } else {
            1
        };
        let is_full = gathered.len() >= most;
        match gathered.iter_mut().rev().take(reach).find(|newer| says_the_same(&newer.newest, &entry)) {
            Some(newer) => newer.count += 1,
            None if is_full => break,
            None => gathered.push(Gathered { newest: entry, count: 1 }),
        }
        told += 1;
    }
    (gathered, told)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Lower case changes nothing.
    fn told(trail: &str, most: usize) -> (String, usize) {
        let (gathered, told) =
            gathered(trail.chars(), most, |c: &char| c.is_ascii_lowercase(), |one, other| one == other);
        (gathered.iter().map(|line| format!("{}{}", line.newest, line.count)).collect(), told)
    }

    #[test]
    fn what_changes_nothing_is_gathered_over_the_like_of_it() {
        assert_eq!(told("ababab", 9), ("a3b3".to_owned(), 6));
        assert_eq!(told("abAba", 9), ("a1b1A1b1a1".to_owned(), 5));
    }

    #[test]
    fn what_changes_something_is_gathered_only_where_nothing_came_between() {
        assert_eq!(told("AABA", 9), ("A2B1A1".to_owned(), 4));
        assert_eq!(told("AaA", 9), ("A1a1A1".to_owned(), 3));
    }

    #[test]
    fn it_ends_where_another_line_would_be_one_too_many() {
        assert_eq!(told("ABBBCD", 2), ("A1B3".to_owned(), 4));
        assert_eq!(told("", 2), (String::new(), 0));
        assert_eq!(told("A", 0), (String::new(), 0));
    }
}
