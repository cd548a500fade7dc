//! An input that fails: made smaller, so that a person sees what matters about it, and kept, so that it is
//! tried again until it is mended.

use crate::corpus;
use std::fs;
use std::hash::{BuildHasher, BuildHasherDefault, DefaultHasher};

/// How often an input is tried at the most while it is made smaller.
const MOST_TRIES: usize = 2_000;

/// How much of it is printed, in characters.
const MOST_PRINTED: usize = 4_000;

/// The input without all that can be left out while it still fails.
pub fn smallest(input: &[u8], fails: impl Fn(&[u8]) -> bool) -> Vec<u8> {
    let mut smallest = input.to_vec();
    let mut tries = 0;
    let mut part = smallest.len();
    while part > 0 {
        let mut at = 0;
        while at < smallest.len() && tries < MOST_TRIES {
            let end = smallest.len().min(at + part);
            let shorter = [&smallest[..at], &smallest[end..]].concat();
            tries += 1;
            if fails(&shorter) {
                smallest = shorter;
            } else {
                at = end;
            }
        }
        part /= 2;
    }
    smallest
}

/// Prints the input and keeps it where the engine finds it the next time.
pub fn keep(target: &str, input: &[u8]) {
    let hash = BuildHasherDefault::<DefaultHasher>::default().hash_one(input);
    let folder = corpus::folder(target).join("crashes");
    let file = folder.join(format!("{hash:016x}"));
    let printed: String = input.escape_ascii().map(char::from).take(MOST_PRINTED).collect();
    eprintln!("\n{target} fails for these {} bytes: {printed}", input.len());
    // The test fails in any case, and says for what.
    match fs::create_dir_all(&folder).and_then(|()| fs::write(&file, input)) {
        Ok(()) => eprintln!("kept as {}", file.display()),
        Err(error) => eprintln!("could not be kept as {}: {error}", file.display()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_makes_it_fail_is_left() {
        let fails = |input: &[u8]| input.contains(&b'x') && input.contains(&b'y');
        assert_eq!(smallest(b"some x and another y, and more", fails), b"xy");
    }

    #[test]
    fn an_input_of_which_everything_matters_stays_as_it_is() {
        assert_eq!(smallest(b"abc", |input| input == b"abc"), b"abc");
        assert_eq!(smallest(b"abc", |_| true), b"");
    }
}
