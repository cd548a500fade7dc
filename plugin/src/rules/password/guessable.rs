//! What a guesser tries first: words that many people use, what is known about this very person,
//! runs along the keyboard, and repeats of any of them.
//!
//! NIST SP 800-63B-4 section 3.1.1.2 asks for a comparison of the whole password with a list of
//! those that are common, expected or compromised. With 15 characters hardly any stands on a list
//! letter for letter, but many are put together from the first few hundred words of one, a year and
//! an exclamation mark. So a password is taken apart into such pieces; one that comes to no more than
//! [`FEWEST_PARTS`](crate::settings::FEWEST_PARTS) is on the list in all but spelling.
//! It is no rule of composition: any four things that are not the same will do.

use std::cmp::Reverse;
use std::collections::BTreeSet;

use unicode_normalization::UnicodeNormalization;

use super::common::{TRACKS, words};
use crate::settings::{FEWEST_PARTS, SHORTEST_REPEATED};

/// What most of a password that is refused consists of. What is about the person comes first: that
/// is said where two are as much of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Guessable {
    /// The username.
    Username,
    /// The patient's own names.
    OwnName,
    /// The patient's date of birth.
    BirthDate,
    /// The practice's name.
    PracticeName,
    /// Words and years that very many people use.
    CommonWord,
    /// A run along the keyboard, the alphabet or the digits.
    Run,
    /// The same over and over.
    Repeat,
}

/// A word that a guesser who knows the person has.
pub(super) struct Known {
    because: Guessable,
    letters: Vec<char>,
}

impl Known {
    /// A word to look for; none where it is too short to mean anything.
    pub(super) fn new(because: Guessable, word: &str) -> Option<Self> {
        let letters: Vec<char> = lower(word).filter(|c| c.is_alphanumeric()).map(look_alike).collect();
        (letters.len() >= SHORTEST_PIECE).then_some(Self { because, letters })
    }
}

/// Fewest characters that are taken as one piece: of two, any text has some.
const SHORTEST_PIECE: usize = 3;

/// Why a password would be guessed, where it would.
pub(super) fn why(password: &str, known: &[Known]) -> Option<Guessable> {
    let text: Vec<char> = lower(password).collect();
    let (unit, is_repeated) = repeated_unit(&text);
    let is_short_repeat = is_repeated && unit.len() < SHORTEST_REPEATED;
    let parts = take_apart(unit, known);
    if is_short_repeat && parts.covered.is_empty() {
        return Some(Guessable::Repeat);
    }
    (is_short_repeat || parts.number() <= FEWEST_PARTS)
        .then(|| if is_repeated { Guessable::Repeat } else { parts.mostly().unwrap_or(Guessable::Repeat) })
}

/// What a text consists of.
struct Parts {
    /// Each piece with why it is known, and how many characters it stands for. The same again is
    /// no other part.
    covered: BTreeSet<(Guessable, Vec<char>)>,
    /// Characters that are in no piece, without spaces and without the same one again in a row.
    rest: usize,
}

impl Parts {
    fn number(&self) -> usize {
        self.covered.len() + self.rest
    }

    /// What the most characters were taken for.
    fn mostly(&self) -> Option<Guessable> {
        let characters = |because| {
            let pieces = self.covered.iter().filter(|(of, _)| *of == because);
            pieces.map(|(_, piece)| piece.len()).sum::<usize>()
        };
        let kinds = self.covered.iter().map(|(because, _)| *because);
        kinds.max_by_key(|because| (characters(*because), Reverse(*because)))
    }
}

/// The longest piece at each place, from the start.
fn take_apart(mut text: &[char], known: &[Known]) -> Parts {
    let mut parts = Parts { covered: BTreeSet::new(), rest: 0 };
    let mut before = None;
    while let Some((first, after)) = text.split_first() {
        match longest_piece(text, known) {
            Some((because, length)) => {
                let (piece, rest) = text.split_at_checked(length).unwrap_or((text, &[]));
                parts.covered.insert((because, piece.iter().copied().map(look_alike).collect()));
                text = rest;
            }
            None => {
                parts.rest += usize::from(!first.is_whitespace() && before != Some(*first));
                before = Some(*first);
                text = after;
            }
        }
    }
    parts
}

/// The longest piece that the text starts with, and its length. Of two as long, the one about the
/// person.
fn longest_piece(text: &[char], known: &[Known]) -> Option<(Guessable, usize)> {
    let about_the_person =
        known.iter().map(|word| (word.because, starts_with(text, word.letters.iter().copied())));
    let common = words().map(|word| (Guessable::CommonWord, starts_with(text, word.chars().map(look_alike))));
    let all = about_the_person.chain(common).filter_map(|(because, length)| Some((because, length?)));
    let runs = [
        (Guessable::CommonWord, year(text)),
        (Guessable::Run, run(text)),
        (Guessable::Repeat, text.iter().take_while(|c| Some(*c) == text.first()).count()),
    ];
    all.chain(runs)
        .filter(|(_, length)| *length >= SHORTEST_PIECE)
        .max_by_key(|(because, length)| (*length, Reverse(*because)))
}

/// How much of the text a word takes up, where the text starts with it. Signs between its letters
/// count along, so that `o'brien` and `obrien` are one.
fn starts_with(text: &[char], word: impl Iterator<Item = char>) -> Option<usize> {
    let mut length = 0;
    let mut word = word.peekable();
    let mut text = text.iter();
    while let Some(wanted) = word.peek() {
        let next = *text.next()?;
        length += 1;
        if look_alike(next) == *wanted {
            word.next();
        } else if length == 1 || next.is_alphanumeric() {
            return None;
        }
    }
    Some(length)
}

/// Four digits of a year that somebody alive remembers.
fn year(text: &[char]) -> usize {
    let digits: String = text.iter().take(4).collect();
    let is_year =
        digits.chars().all(|c| c.is_ascii_digit()) && (digits.starts_with("19") || digits.starts_with("20"));
    if is_year && digits.len() == 4 { 4 } else { 0 }
}

/// How long the text follows a track.
fn run(text: &[char]) -> usize {
    let along = |track: &[char]| {
        (0..track.len())
            .filter_map(|start| track.get(start..))
            .map(|track| text.iter().zip(track).take_while(|(a, b)| a == b).count())
            .max()
            .unwrap_or(0)
    };
    let tracks = TRACKS.iter().map(|track| track.chars().collect::<Vec<char>>());
    tracks
        .map(|mut track| {
            let forwards = along(&track);
            track.reverse();
            forwards.max(along(&track))
        })
        .max()
        .unwrap_or(0)
}

/// The shortest text that this one is made of by repeating it, and whether that is less than all.
fn repeated_unit(text: &[char]) -> (&[char], bool) {
    let is_period = |length: &usize| text.iter().zip(text.iter().skip(*length)).all(|(a, b)| a == b);
    match (1..=text.len() / 2).find(is_period).and_then(|length| text.get(..length)) {
        Some(unit) => (unit, true),
        None => (text, false),
    }
}

/// In lower case, with compatibility forms resolved.
fn lower(text: &str) -> impl Iterator<Item = char> {
    text.nfkc().flat_map(char::to_lowercase)
}

/// The letter that a sign is typed in place of: `p@ssw0rd` is a password.
fn look_alike(sign: char) -> char {
    match sign {
        '0' => 'o',
        '1' | '!' | 'l' | '|' => 'i',
        '3' => 'e',
        '4' | '@' => 'a',
        '5' | '$' => 's',
        '7' => 't',
        '8' => 'b',
        other => other,
    }
}
