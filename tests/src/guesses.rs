//! Guesses at User Confirmation, all released together, each by a browser and from an address of its own.

use crate::patient::{self, NOT_CONFIRMED};
use crate::people::Person;
use crate::trail::Entry;
use crate::visitor::{Answer, Visitor};
use std::collections::BTreeSet;
use std::sync::Arc;
use tokio::sync::Barrier;

/// What one guesser types.
#[derive(Clone)]
pub struct Guess {
    /// Who guesses: a browser that has been nowhere yet.
    pub by: Visitor,
    /// The Portal ID.
    pub portal_id: String,
    /// The first initial.
    pub first: String,
    /// The last initial.
    pub last: String,
    /// The date of birth.
    pub born: String,
}

impl Guess {
    /// What `person` would type.
    pub fn right(by: Visitor, person: &Person, portal_id: &str) -> Self {
        let Person { first, last, born, .. } = *person;
        Self {
            by,
            portal_id: portal_id.to_owned(),
            first: first.to_owned(),
            last: last.to_owned(),
            born: born.to_owned(),
        }
    }

    /// Initials and a date of birth that are nobody's, another pair for every `number` below 676.
    pub fn nobodys(by: Visitor, number: usize, portal_id: &str) -> Self {
        let letter = |number: usize| char::from(b'A' + u8::try_from(number % 26).expect("a letter")).into();
        Self {
            by,
            portal_id: portal_id.to_owned(),
            first: letter(number / 26),
            last: letter(number),
            // A year in which nobody in the sandbox was born.
            born: format!("{:02}/{:02}/1901", number % 12 + 1, number % 28 + 1),
        }
    }

    /// Opens the form, waits until everyone has, and sends it.
    async fn made(self, start: Arc<Barrier>) -> (Visitor, Answer) {
        let Self { by, portal_id, first, last, born } = self;
        let page = by.get("/activate").await.expect(200);
        let form = page
            .form("Confirm")
            .fill("Patient Portal ID", &portal_id)
            .fill("First initial of your first name", &first)
            .fill("First initial of your last name", &last)
            .fill("Date of birth", &born);
        start.wait().await;
        let answer = by.send_form(&page, &form).await;
        (by, answer)
    }
}

/// Makes all guesses at once; who made each, and what came.
///
/// # Panics
/// Where one of them finds no form.
pub async fn at_once(guesses: Vec<Guess>) -> Vec<(Visitor, Answer)> {
    let start = Arc::new(Barrier::new(guesses.len()));
    let made: Vec<_> =
        guesses.into_iter().map(|guess| tokio::spawn(guess.made(Arc::clone(&start)))).collect();
    let mut answers = Vec::with_capacity(made.len());
    for guess in made {
        answers.push(guess.await.expect("a guess is answered"));
    }
    answers
}

/// Of those who guessed, who may go on to choose credentials. Everyone else must have got the one
/// answer for whatever was wrong: none an error, and none a hint.
///
/// # Panics
/// Where somebody got any other answer.
pub fn confirmed(answers: Vec<(Visitor, Answer)>) -> Vec<Visitor> {
    let passed = answers.into_iter().filter(|(_, answer)| {
        let passed = answer.status == 303 && answer.leads_to().as_deref() == Some("/credentials");
        assert!(passed || answer.status == 422 && answer.says(NOT_CONFIRMED), "{answer:?}");
        passed
    });
    passed.map(|(who, _)| who).collect()
}

/// `count` Portal IDs that are none of `taken`.
pub fn other_ids(count: usize, taken: &[&str]) -> Vec<String> {
    // Spread over all there are, as a guesser would.
    let ids = (0..).map(|number: usize| format!("{:06}", (number * 4_987 + 17) % 1_000_000));
    ids.filter(|id| !taken.contains(&id.as_str())).take(count).collect()
}

/// How the attempts from some addresses ended, by what the audit trail says.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Outcomes {
    /// Looked up, and right.
    pub right: usize,
    /// Looked up, and wrong; with the one that burnt the Portal ID.
    pub wrong: usize,
    /// Of the wrong ones, those that burnt a Portal ID.
    pub burning: usize,
    /// Not answered.
    pub blocked: usize,
}

impl Outcomes {
    /// Those on record from addresses that begin so.
    ///
    /// # Panics
    /// Where an entry is of another kind.
    pub fn from(addresses: &str, trail: &[Entry]) -> Self {
        let mut outcomes = Self::default();
        for entry in trail.iter().filter(|entry| entry.address.starts_with(addresses)) {
            match entry.action.as_str() {
                "activation.confirmed" => outcomes.right += 1,
                "activation.refused" => outcomes.wrong += 1,
                "activation.blocked" => outcomes.blocked += 1,
                "invitation.burnt" => {
                    outcomes.wrong += 1;
                    outcomes.burning += 1;
                }
                // The credentials that the right ones chose, and the pause that a wrong one brought about.
                "credentials.set" | "activation.paused" => {}
                other => panic!("{other} by a guesser: {entry:?}"),
            }
        }
        outcomes
    }
}

/// Chooses credentials with a browser that was confirmed, another username for each; the answers.
///
/// # Panics
/// Where a page has no such form.
pub async fn choose_at_once(confirmed: &[Visitor], username: &str, password: &str) -> Vec<Answer> {
    let mut pages = Vec::new();
    for visitor in confirmed {
        pages.push(visitor.get("/credentials").await.expect(200));
    }
    let start = Barrier::new(confirmed.len());
    let choices = confirmed.iter().zip(&pages).enumerate().map(|(number, (visitor, page))| {
        let start = &start;
        let username = format!("{username}{number}");
        async move {
            start.wait().await;
            patient::choose(visitor, page, &username, password).await
        }
    });
    let answers: Vec<Answer> = futures_util::future::join_all(choices).await;
    let distinct: BTreeSet<u16> = answers.iter().map(|answer| answer.status).collect();
    // Argon2 takes only so many at once; whoever is turned away there has changed nothing.
    assert!(distinct.iter().all(|status| matches!(status, 200 | 503)), "{distinct:?}");
    answers
}
