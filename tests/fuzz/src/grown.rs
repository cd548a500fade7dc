//! Inputs that are nearly right: a kept one, changed in a few places. Random bytes alone hardly ever get
//! past the first check of a parser.
//!
//! The random bytes are read as choices, so that the same bytes always grow into the same input: the
//! engine can shrink them, and one that is guided by coverage can steer by them.

/// Longest input that is grown, in bytes: a little beyond what the host takes as a body.
const LONGEST: usize = 70 << 10;

/// Words that broke one parser or another somewhere, for every target.
const AWKWARD: &[&[u8]] = &[
    b"\0",
    b"\t",
    b"\r\n",
    b"\n",
    b" ",
    b"%",
    b"%00",
    b"%0a",
    b"%ff",
    b"%EF%BF%BD",
    b"+",
    b"=",
    b"&",
    b";",
    b",",
    b"\"",
    b"\\",
    b"../",
    b"-1",
    b"0",
    b"99999999999999999999",
    b"\xff",
    b"\xc0\xaf",
    b"\xed\xa0\x80",
    b"\xf4\x90\x80\x80",
    "\u{e9}".as_bytes(),
    "e\u{301}".as_bytes(),
    "\u{301}".as_bytes(),
    "\u{130}".as_bytes(),
    "\u{df}".as_bytes(),
    "\u{3c2}".as_bytes(),
    "\u{fdfa}".as_bytes(),
    "\u{200b}".as_bytes(),
    "\u{202e}".as_bytes(),
    "\u{feff}".as_bytes(),
    "\u{fffd}".as_bytes(),
    "\u{ff11}".as_bytes(),
    "\u{661}".as_bytes(),
    "\u{1d7d9}".as_bytes(),
    "\u{1100}\u{1161}".as_bytes(),
    "\u{1f469}\u{200d}\u{2695}\u{fe0f}".as_bytes(),
];

/// Grows an input out of one of `seeds`, with `words` of the target's own, as `choices` say.
///
/// # Panics
/// Where there is no seed.
pub fn grown(choices: &[u8], seeds: &[Vec<u8>], words: &[&str]) -> Vec<u8> {
    let mut choices = Choices(choices);
    let mut input = seeds[choices.below(seeds.len())].clone();
    // More often a single change than many: what is only just wrong gets furthest.
    for _ in 0..[1, 1, 2, 4, 12][choices.below(5)] {
        if choices.are_made() {
            break;
        }
        change(&mut input, &mut choices, seeds, words);
        input.truncate(LONGEST);
    }
    input
}

/// Changes the input in one place.
fn change(input: &mut Vec<u8>, choices: &mut Choices<'_>, seeds: &[Vec<u8>], words: &[&str]) {
    let kind = choices.below(16);
    let at = choices.below(input.len() + 1);
    let word = |choices: &mut Choices<'_>| {
        let chosen = choices.below(words.len() + AWKWARD.len());
        words.get(chosen).map_or_else(|| AWKWARD[chosen - words.len()], |word| word.as_bytes()).to_vec()
    };
    match kind {
        // A word more.
        0..=4 => drop(input.splice(at..at, word(choices))),
        // A word in another's place.
        5 | 6 => {
            let end = input.len().min(at + choices.below(24));
            drop(input.splice(at..end, word(choices)));
        }
        // A part less.
        7 | 8 => {
            let end = input.len().min(at + choices.below(16));
            drop(input.drain(at..end));
        }
        // A byte that is another: as often one near it, so that digits become digits.
        9 | 10 => {
            let byte = choices.next();
            if let Some(there) = input.get_mut(at) {
                *there = if byte < 128 { there.wrapping_add(byte % 8).wrapping_sub(4) } else { byte };
            }
        }
        // The rest of another kept input.
        11 => {
            let other = &seeds[choices.below(seeds.len())];
            let from = choices.below(other.len() + 1);
            input.truncate(at);
            input.extend_from_slice(&other[from..]);
        }
        // A part again.
        12 | 13 => {
            let end = input.len().min(at + choices.below(40));
            let part = input[at..end].to_vec();
            drop(input.splice(end..end, part));
        }
        // Letters in the other case.
        14 => {
            for byte in input.iter_mut().skip(at) {
                *byte = if byte.is_ascii_lowercase() {
                    byte.to_ascii_uppercase()
                } else {
                    byte.to_ascii_lowercase()
                };
            }
        }
        // A part often, and once in a while more often than anybody takes.
        _ => {
            let end = input.len().min(at + choices.below(8));
            let times = if choices.next() < 4 { 1 << 14 } else { 1 << choices.below(11) };
            let part = input[at..end].repeat(times);
            drop(input.splice(end..end, part.into_iter().take(LONGEST)));
        }
    }
}

/// Random bytes, read as numbers.
struct Choices<'a>(&'a [u8]);

impl Choices<'_> {
    fn are_made(&self) -> bool {
        self.0.is_empty()
    }

    /// The next byte; zero once all are used.
    fn next(&mut self) -> u8 {
        let Some((first, rest)) = self.0.split_first() else { return 0 };
        self.0 = rest;
        *first
    }

    /// A number below `bound`, which is not zero.
    fn below(&mut self, bound: usize) -> usize {
        let number = usize::from(self.next());
        let number = if bound > 256 { number << 8 | usize::from(self.next()) } else { number };
        number % bound
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seeds() -> Vec<Vec<u8>> {
        vec![b"02/29/1984".to_vec(), b"1/2/1990".to_vec()]
    }

    #[test]
    fn without_a_choice_a_seed_stays_as_it_is() {
        assert_eq!(grown(&[], &seeds(), &[]), b"02/29/1984");
        assert_eq!(grown(&[1], &seeds(), &[]), b"1/2/1990");
    }

    #[test]
    fn the_same_choices_grow_the_same_input_and_others_another() {
        let choices = [0, 1, 0, 2, 0, 12, 1, 9];
        assert_eq!(grown(&choices, &seeds(), &["x"]), grown(&choices, &seeds(), &["x"]));
        assert_eq!(grown(&[0, 0, 0, 2, 0], &seeds(), &["x"]), b"02x/29/1984");
    }

    #[test]
    fn whatever_is_chosen_something_of_bounded_length_grows() {
        for kind in 0..=255_u8 {
            let choices = [1, 4, kind, 3, 7, 0, kind, 0, 7, 0, kind, 255, 255, 255];
            assert!(grown(&choices, &seeds(), &["x"]).len() <= LONGEST);
        }
    }

    #[test]
    fn an_input_can_grow_beyond_what_a_host_takes() {
        let choices = [0, 0, 15, 0, 7, 0];
        assert_eq!(grown(&choices, &seeds(), &[]).len(), LONGEST);
    }
}
