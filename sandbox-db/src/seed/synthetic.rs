//! As many made-up patients as a load test wants, the same ones every time.

use super::family_names::FAMILY;
use super::given_names::{FEMALE, MALE};
use super::insert::insert_patients;
use super::town::{OCCUPATIONS, STREETS, TOWNS};
use crate::columns::existing_date;
use crate::driver::{scalar, statements};
use crate::ehr::{Address, Contact, MaritalStatus, PatientDetails, Sex};
use crate::{Database, StoreError};
use jiff::ToSpan;
use portal_host::identity::{Date, PatientId, PracticeId};
use portal_host::lent::PersonName;
use rand::rngs::ChaCha8Rng;
use rand::{RngExt, SeedableRng};

statements! {
    IS_THERE = "SELECT COUNT(*) FROM patient WHERE practice = $1 AND id = $2";
}

/// Patients in one transaction. Names come in no order, so each transaction writes most pages of
/// the names' indexes once: the fewer, the better. Others wait to write meanwhile, and give up after
/// five seconds.
const BATCH: u64 = 50_000;

/// Patients made at a time.
const AT_ONCE: u64 = 1_000;

/// Seven digits of a made-up chart number tell the patients of one seed apart.
const MOST: u64 = 10_000_000;

/// The day on which made-up patients have their age.
const AS_OF: jiff::civil::Date = jiff::civil::date(2026, 1, 1);

/// Why patients were not added.
#[derive(Debug, thiserror::Error)]
pub enum SeedError {
    /// More than there are chart numbers for.
    #[error("at most {MOST} patients can be made from one seed")]
    TooMany,
    /// The database did not answer. Batches stored before stay: ask again to go on from there.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Adds `count` made-up patients and returns how many of them were new.
///
/// The same seed makes the same patients with the same chart numbers, so asking again adds only
/// what is missing. `progress` is told after each batch how many are done.
///
/// # Errors
/// See [`SeedError`].
pub async fn seed_patients(
    database: &Database,
    practice: &PracticeId,
    count: u64,
    seed: u64,
    mut progress: impl FnMut(u64),
) -> Result<u64, SeedError> {
    if count > MOST {
        return Err(SeedError::TooMany);
    }
    let mut added = 0_u64;
    let mut done = 0_u64;
    while done < count {
        let end = count.min(done.saturating_add(BATCH));
        if !is_there(database, practice, &chart_number(seed, end.saturating_sub(1))).await? {
            let new = insert(database, practice, seed, done, end).await?;
            added = added.saturating_add(new);
        }
        done = end;
        progress(done);
    }
    Ok(added)
}

/// Whether the patient is there, and with them the batch they end.
async fn is_there(database: &Database, practice: &PracticeId, id: &str) -> Result<bool, StoreError> {
    let found: i64 = scalar(IS_THERE).bind(practice.as_str()).bind(id).fetch_one(database.reader()).await?;
    Ok(found > 0)
}

async fn insert(
    database: &Database,
    practice: &PracticeId,
    seed: u64,
    from: u64,
    end: u64,
) -> Result<u64, StoreError> {
    let mut transaction = database.write_alone(practice).await?;
    let mut new = 0_u64;
    let mut next = from;
    while next < end {
        let until = end.min(next.saturating_add(AT_ONCE));
        let some: Vec<PatientDetails> = (next..until).map(|index| made_up(seed, index)).collect();
        new = new.saturating_add(insert_patients(&mut transaction, practice, &some).await?);
        next = until;
    }
    transaction.commit().await?;
    Ok(new)
}

/// Longer than the chart numbers of the sandbox's named patients.
fn chart_number(seed: u64, index: u64) -> String {
    format!("{}{index:07}", seed.saturating_add(10))
}

/// The patient that `seed` makes at `index`, whatever was made before.
pub(crate) fn made_up(seed: u64, index: u64) -> PatientDetails {
    let mut random = ChaCha8Rng::seed_from_u64(seed);
    random.set_stream(index);
    let sex = if random.random_bool(0.51) { Sex::Female } else { Sex::Male };
    let given = given_name(&mut random, sex);
    let family = family_name(&mut random);
    let born = birth_date(&mut random);
    let is_adult = born.is_none_or(|date| date.year < 2008);
    let (city, state, postal_code) = pick(&mut random, TOWNS).unwrap_or_default();
    let name = PersonName::Full { given, family: family.clone() };
    PatientDetails {
        id: PatientId::new(chart_number(seed, index)),
        // A name from an earlier marriage, or before one.
        other_names: if random.random_bool(0.02) {
            vec![renamed(&name, family_name(&mut random))]
        } else {
            Vec::new()
        },
        name,
        birth_date: born.filter(|_| !random.random_bool(0.005)),
        language: language(&mut random),
        sex,
        phone: phone(&mut random),
        email: String::new(),
        address: Address {
            street: format!(
                "{} {}",
                random.random_range(1..9_900),
                pick(&mut random, STREETS).unwrap_or_default()
            ),
            city: city.to_owned(),
            state: state.to_owned(),
            postal_code: postal_code.to_owned(),
        },
        preferred_name: String::new(),
        marital_status: if is_adult {
            pick(&mut random, MaritalStatus::ALL).unwrap_or(MaritalStatus::Unknown)
        } else {
            MaritalStatus::Single
        },
        occupation: pick(&mut random, OCCUPATIONS).filter(|_| is_adult).unwrap_or_default().to_owned(),
        emergency_contact: Contact {
            name: format!("{} {family}", given_name(&mut random, Sex::Unknown)),
            relationship: if is_adult { "Relative" } else { "Parent" }.to_owned(),
            phone: phone(&mut random),
        },
    }
}

fn given_name(random: &mut ChaCha8Rng, sex: Sex) -> String {
    let names = match sex {
        Sex::Female => FEMALE,
        Sex::Male => MALE,
        Sex::Other | Sex::Unknown => {
            if random.random_bool(0.5) {
                FEMALE
            } else {
                MALE
            }
        }
    };
    by_frequency(random, names).to_owned()
}

fn family_name(random: &mut ChaCha8Rng) -> String {
    let name = by_frequency(random, FAMILY);
    if random.random_bool(0.03) {
        format!("{name}-{}", by_frequency(random, FAMILY))
    } else {
        name.to_owned()
    }
}

fn renamed(name: &PersonName, family: String) -> PersonName {
    match name {
        PersonName::Full { given, family: _ } => PersonName::Full { given: given.clone(), family },
        PersonName::Single(_) => PersonName::Single(family),
    }
}

/// Roughly as old as the people of the United States, the oldest a hundred and four.
fn birth_date(random: &mut ChaCha8Rng) -> Option<Date> {
    let (youngest, oldest) = match random.random_range(0..100) {
        0..22 => (0, 18),
        22..58 => (18, 45),
        58..83 => (45, 65),
        83..98 => (65, 85),
        _ => (85, 105),
    };
    let days = random.random_range(youngest * 365 + 1..oldest * 365);
    let born = AS_OF.checked_sub(days.days()).ok()?;
    existing_date(i64::from(born.year()), i64::from(born.month()), i64::from(born.day()))
}

fn language(random: &mut ChaCha8Rng) -> Option<String> {
    let language = match random.random_range(0..100) {
        0..70 => "en",
        70..84 => "es",
        84..86 => "zh",
        86..88 => "vi",
        88..90 => "pl",
        _ => return None,
    };
    Some(language.to_owned())
}

/// In the numbers set aside for fiction.
fn phone(random: &mut ChaCha8Rng) -> String {
    format!("({}) 555-01{:02}", random.random_range(201..990), random.random_range(0..100))
}

/// One of `all`, each as likely.
fn pick<T: Copy>(random: &mut ChaCha8Rng, all: &[T]) -> Option<T> {
    all.get(random.random_range(0..all.len().max(1))).copied()
}

/// One of `names`, the first ones far likelier than the last, as with people's names.
fn by_frequency<'a>(random: &mut ChaCha8Rng, names: &[&'a str]) -> &'a str {
    let of = names.len().max(1);
    // The smaller of two tries: the first of 200 names comes up once in a hundred.
    let rank = random.random_range(0..of).min(random.random_range(0..of));
    names.get(rank).copied().unwrap_or_default()
}
