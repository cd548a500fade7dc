//! User Confirmation, refused for every reason there is. A patient's claim is refused once a round, between
//! rounds the clock moves on until every counter starts afresh, and the front desk issues new Portal IDs.

use super::report::{Comparison, Expected, Kind};
use super::stopwatch::{Ready, Times};
use crate::html::Form;
use crate::patient::NOT_CONFIRMED;
use crate::practice::Practice;
use crate::simulation::details::Details;
use crate::simulation::guest::Guest;
use crate::simulation::patients::{chooses, home};
use crate::simulation::town::{Invited, Throttling, Town};
use crate::simulation::{DAY, HOUR, LOOSEST, MINUTE};
use portal_host::Limits;
use portal_host::lent::{Policy, Throttles};
use rand::rngs::ChaCha8Rng;
use rand::{RngExt, SeedableRng};
use std::collections::HashSet;
use std::time::Duration;

/// After this long nothing is counted any more: the longest that anything about invitations is.
const COUNTED: u64 = 21 * DAY;

/// How long after one Portal ID the front desk may issue another.
const REST: u64 = MINUTE + 1;

/// Why a claim is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Claim {
    /// Nobody ever had this Portal ID.
    Unknown,
    /// An account was activated with it.
    Used,
    /// It is open, and the birth date is another.
    WrongBirthDate,
    /// The same again, to be compared with itself.
    WrongBirthDateAgain,
    /// It is open, and an initial is another.
    WrongInitials,
    /// Its time is just over.
    Expired,
    /// Its time is over, and the host has wiped it.
    Lapsed,
    /// The front desk issued another in its place.
    Revoked,
    /// It is open and everything is right, but too much was guessed about this person.
    Throttled,
    /// There is no such birth date: told at once, before anything is looked at.
    Mistake,
}

/// Every claim.
pub const CLAIMS: [Claim; 10] = [
    Claim::Unknown,
    Claim::Used,
    Claim::WrongBirthDate,
    Claim::WrongBirthDateAgain,
    Claim::WrongInitials,
    Claim::Expired,
    Claim::Lapsed,
    Claim::Revoked,
    Claim::Throttled,
    Claim::Mistake,
];

impl Kind for Claim {
    fn name(self) -> &'static str {
        match self {
            Self::Unknown => "unknown ID",
            Self::Used => "used ID",
            Self::WrongBirthDate => "wrong birth date",
            Self::WrongBirthDateAgain => "wrong birth date again",
            Self::WrongInitials => "wrong initials",
            Self::Expired => "expired ID",
            Self::Lapsed => "expired and wiped ID",
            Self::Revoked => "revoked ID",
            Self::Throttled => "all right but throttled",
            Self::Mistake => "no such date",
        }
    }

    fn answer(self) -> &'static str {
        match self {
            Self::Mistake => "That month has",
            Self::Unknown
            | Self::Used
            | Self::WrongBirthDate
            | Self::WrongBirthDateAgain
            | Self::WrongInitials
            | Self::Expired
            | Self::Lapsed
            | Self::Revoked
            | Self::Throttled => NOT_CONFIRMED,
        }
    }
}

type Pair = (Claim, Claim, Expected);

/// Which claims are compared, and what has to come of it.
const PAIRS: [Pair; 9] = [
    (Claim::Unknown, Claim::WrongBirthDate, Expected::Alike),
    (Claim::Used, Claim::WrongBirthDate, Expected::Alike),
    (Claim::Used, Claim::Unknown, Expected::Alike),
    (Claim::WrongInitials, Claim::WrongBirthDate, Expected::Alike),
    (Claim::Expired, Claim::WrongBirthDate, Expected::Alike),
    (Claim::Lapsed, Claim::WrongBirthDate, Expected::Alike),
    (Claim::Revoked, Claim::WrongBirthDate, Expected::Alike),
    (Claim::Throttled, Claim::WrongBirthDate, Expected::Alike),
    (Claim::WrongBirthDateAgain, Claim::WrongBirthDate, Expected::Alike),
];

/// What must differ where no beat hides it, and what must not even there.
const CONTROLS: [Pair; 2] = [
    (Claim::Mistake, Claim::WrongBirthDate, Expected::Different),
    (Claim::WrongBirthDateAgain, Claim::WrongBirthDate, Expected::Alike),
];

/// When answers leave.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Leaving {
    /// As shipped.
    OnTheBeat,
    /// As soon as they are there, to see that what differs is found.
    AtOnce,
}

impl Leaving {
    fn limits(self) -> Limits {
        let shipped = Limits::default();
        match self {
            Self::OnTheBeat => shipped,
            Self::AtOnce => Limits { form_beat: Duration::ZERO, ..shipped },
        }
    }
}

/// Compares what was timed.
pub fn compared(times: &Times<Claim>, leaving: Leaving, seed: u64) -> Vec<Comparison> {
    let pairs = match leaving {
        Leaving::OnTheBeat => &PAIRS[..],
        Leaving::AtOnce => &CONTROLS[..],
    };
    pairs.iter().map(|&(one, other, expected)| Comparison::of(times, one, other, expected, seed)).collect()
}

/// Someone whose claim is refused in every round for the same reason.
struct Claimant {
    claim: Claim,
    guest: Guest,
    form: Form,
    /// With a Portal ID, if there is one to be refused.
    patient: Option<Invited>,
}

/// A practice, and everyone whose claims are refused there.
pub struct Claims {
    /// The practice.
    pub town: Town,
    claimants: Vec<Claimant>,
    /// What everyone in town would type.
    theirs: HashSet<Details>,
    random: ChaCha8Rng,
}

impl Claims {
    /// So many people for each claim.
    ///
    /// # Panics
    /// Where anything does not work.
    pub async fn with(each: usize, leaving: Leaving, seed: u64) -> Self {
        let patients = u32::try_from(each * CLAIMS.len()).expect("not that many");
        let practice = Practice::held_to(leaving.limits()).await;
        let mut town = Town::at(practice, patients, Throttling::Loosest, 1).await;
        // One guess about a person is enough to throttle the next one.
        let throttles = Throttles { per_person_a_day: 1, ..LOOSEST };
        let policy = Policy { throttles, invitation_days: 1, ..Policy::default() };
        let (database, practice) = (&town.practice.database, &town.practice.practice);
        database.set_policy(practice, &policy, &[], None, town.practice.now()).await.expect("a policy");
        let mut random = ChaCha8Rng::seed_from_u64(seed);
        let (mut claimants, mut theirs) = (Vec::new(), HashSet::new());
        for claim in (0..each).flat_map(|_| CLAIMS) {
            let mut guest = Guest::new(&town, home(&mut random));
            let page = guest.opens_confirmation().await;
            let patient = match claim {
                Claim::Unknown | Claim::Mistake => None,
                Claim::Used => {
                    let patient = invited(&mut town, &mut theirs).await;
                    guest.confirms(&page, &patient.sheet.typed(), &patient.details).await;
                    assert!(chooses(&mut guest, &patient).await, "an account is activated");
                    Some(patient)
                }
                Claim::WrongBirthDate
                | Claim::WrongBirthDateAgain
                | Claim::WrongInitials
                | Claim::Expired
                | Claim::Lapsed
                | Claim::Revoked
                | Claim::Throttled => Some(invited(&mut town, &mut theirs).await),
            };
            claimants.push(Claimant { claim, guest, form: page.form("Confirm"), patient });
        }
        Self { town, claimants, theirs, random }
    }

    /// The next round: one request of everybody, in no order.
    ///
    /// # Panics
    /// Where the front desk cannot do its part.
    pub async fn round(&mut self) -> Vec<Ready<Claim>> {
        self.town.practice.wait(COUNTED).await;
        self.reissue(&[Claim::Lapsed]).await;
        self.town.practice.wait(DAY + HOUR).await;
        self.reissue(&[Claim::Expired]).await;
        self.town.practice.wait(DAY).await;
        self.reissue(&[Claim::WrongBirthDate, Claim::WrongBirthDateAgain, Claim::WrongInitials]).await;
        self.reissue(&[Claim::Throttled, Claim::Revoked]).await;
        self.town.practice.wait(REST).await;
        self.revoke().await;
        let mut said = self.theirs.clone();
        self.warm_up(&mut said).await;
        self.throttle().await;
        let mut ready = Vec::with_capacity(self.claimants.len());
        for claimant in &mut self.claimants {
            ready.push(claimant.claims(&mut said, &mut self.random));
        }
        ready
    }

    async fn reissue(&mut self, claims: &[Claim]) {
        for claimant in self.claimants.iter_mut().filter(|claimant| claims.contains(&claimant.claim)) {
            if let Some(patient) = &mut claimant.patient {
                *patient = self.town.issues_another(patient).await;
            }
        }
    }

    /// Replaces the Portal IDs that are to be revoked; the old ones are claimed with.
    async fn revoke(&self) {
        let revoked = self.claimants.iter().filter(|claimant| claimant.claim == Claim::Revoked);
        for patient in revoked.filter_map(|claimant| claimant.patient.as_ref()) {
            self.town.issues_another(patient).await;
        }
    }

    /// Guesses that nobody times, until what was counted in the round before is swept away.
    async fn warm_up(&mut self, said: &mut HashSet<Details>) {
        for place in 0..self.claimants.len() / CLAIMS.len() {
            let details = nobodys(said, &mut self.random);
            self.guesses(place, &details).await;
        }
    }

    /// One guess about each person who is to be throttled.
    async fn throttle(&mut self) {
        for place in 0..self.claimants.len() {
            let claimant = &self.claimants[place];
            if let (Claim::Throttled, Some(patient)) = (claimant.claim, &claimant.patient) {
                let details = patient.details;
                self.guesses(place, &details).await;
            }
        }
    }

    /// Somebody else guesses a Portal ID for these details, with this claimant's browser.
    async fn guesses(&mut self, place: usize, details: &Details) {
        let portal_id = any_id(&mut self.random);
        let request = self.claimants[place].request(&portal_id, details, None, &mut self.random);
        Ready { kind: Claim::Unknown, request }.sent(&self.town.website).await;
    }
}

impl Claimant {
    fn claims(&mut self, said: &mut HashSet<Details>, random: &mut ChaCha8Rng) -> Ready<Claim> {
        let portal_id =
            self.patient.as_ref().map_or_else(|| any_id(random), |patient| patient.sheet.portal_id.clone());
        let theirs = self.patient.as_ref().map(|patient| patient.details);
        let details = match (self.claim, theirs) {
            (Claim::WrongBirthDate | Claim::WrongBirthDateAgain, Some(theirs)) => {
                unsaid(said, || theirs.of_unknown_age(random))
            }
            (Claim::WrongInitials, Some(theirs)) => {
                unsaid(said, || Details { first: another(theirs.first, random), ..theirs })
            }
            (_, Some(theirs)) => theirs,
            (_, None) => nobodys(said, random),
        };
        let born = (self.claim == Claim::Mistake).then_some("02/30/1984");
        let request = self.request(&portal_id, &details, born, random);
        Ready { kind: self.claim, request }
    }

    /// From an address that nobody claimed anything from before.
    fn request(
        &mut self,
        portal_id: &str,
        details: &Details,
        born: Option<&str>,
        random: &mut ChaCha8Rng,
    ) -> axum::http::Request<axum::body::Body> {
        self.guest.moves_to(home(random));
        let form = self
            .form
            .clone()
            .fill("Patient Portal ID", portal_id)
            .fill("First initial of your first name", &details.first.to_string())
            .fill("First initial of your last name", &details.last.to_string())
            .fill("Date of birth", born.unwrap_or(&details.typed_birth_date()));
        self.guest.would_post(&form.action, &form.sent())
    }
}

/// A patient who is invited, and of whom nobody else in town has the initials and birth date.
async fn invited(town: &mut Town, theirs: &mut HashSet<Details>) -> Invited {
    loop {
        let patient = town.invites().await;
        let is_plain =
            patient.details.first.is_ascii_uppercase() && patient.details.last.is_ascii_uppercase();
        if is_plain && theirs.insert(patient.details) {
            return patient;
        }
    }
}

fn nobodys(said: &mut HashSet<Details>, random: &mut ChaCha8Rng) -> Details {
    unsaid(said, || Details::guessed(random))
}

/// What was not said in this round, so that only those are throttled who are to be.
fn unsaid(said: &mut HashSet<Details>, mut draw: impl FnMut() -> Details) -> Details {
    loop {
        let details = draw();
        if said.insert(details) {
            return details;
        }
    }
}

fn another(letter: char, random: &mut ChaCha8Rng) -> char {
    let mut letters = ('A'..='Z').filter(|other| *other != letter);
    letters.nth(random.random_range(0..25)).expect("a letter")
}

fn any_id(random: &mut ChaCha8Rng) -> String {
    format!("{:06}", random.random_range(0..1_000_000))
}
