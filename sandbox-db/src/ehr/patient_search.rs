//! The patient search: one page at a time, each from its place in an index, whether there are ten
//! patients or a million.

use super::patient_details::sex;
use super::patient_query::{Way, end_of, ways};
use super::person::Sex;
use super::search_cursor::{Cursor, Direction};
use super::search_statements::{
    BORN_AFTER, BORN_BEFORE, CHART, FAMILY_AFTER, FAMILY_BEFORE, GIVEN_AFTER, GIVEN_BEFORE, PLACE_OF,
};
use crate::columns::{birth_date, person_name};
use crate::database::Database;
use crate::driver::{Connection, rows};
use crate::store_error::StoreError;
use portal_host::identity::{Date, PatientId, PracticeId};
use portal_host::lent::PersonName;

/// A line of the search results.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PatientSummary {
    /// The chart number.
    pub id: PatientId,
    /// The name of record.
    pub name: PersonName,
    /// The other name that was found, where it was not the name of record.
    pub found_as: Option<PersonName>,
    /// Absent where none is on file.
    pub birth_date: Option<Date>,
    /// The sex on file.
    pub sex: Sex,
    /// The telephone number; empty where none is on file.
    pub phone: String,
}

/// A page of search results.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PatientPage {
    /// In order: those found by last name, then those found by first name.
    pub patients: Vec<PatientSummary>,
    /// Where the page before this one is, if there is one.
    pub previous: Option<Cursor>,
    /// Where the page after this one is, if there is one.
    pub next: Option<Cursor>,
}

impl Database {
    /// Searches the practice's patients by the start of a last or first name (any case, with or
    /// without accents), `last, first`, `first last`, chart number or date of birth. Nothing typed
    /// finds everyone. `cursor` is a page's `previous` or `next`; none is the first page.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn search_patients(
        &self,
        practice: &PracticeId,
        query: &str,
        cursor: Option<&Cursor>,
        limit: u16,
    ) -> Result<PatientPage, StoreError> {
        let ways = ways(query);
        let limit = usize::from(limit.max(1));
        let mut snapshot = self.snapshot().await?;
        if let Some(cursor) = cursor.filter(|cursor| cursor.direction == Direction::Before) {
            let mut found = collect(&mut snapshot, practice, &ways, Some(cursor), limit).await?;
            let earlier = found.len() > limit;
            found.truncate(limit);
            found.reverse();
            if !found.is_empty() {
                return page(found, earlier, true);
            }
        }
        let cursor = cursor.filter(|cursor| cursor.direction == Direction::After);
        let mut found = collect(&mut snapshot, practice, &ways, cursor, limit).await?;
        let later = found.len() > limit;
        found.truncate(limit);
        page(found, cursor.is_some(), later)
    }
}

/// The next `limit` patients from the cursor in its direction and, to know whether there are more,
/// one beyond.
async fn collect(
    snapshot: &mut Connection,
    practice: &PracticeId,
    ways: &[Way],
    cursor: Option<&Cursor>,
    limit: usize,
) -> Result<Vec<Found>, StoreError> {
    let direction = cursor.map_or(Direction::After, |cursor| cursor.direction);
    let first = cursor.map_or(0, |cursor| cursor.way);
    let in_order: Vec<(usize, &Way)> = match direction {
        Direction::After => ways.iter().enumerate().skip(first).collect(),
        Direction::Before => ways.iter().enumerate().take(first.saturating_add(1)).rev().collect(),
    };
    let mut cursor = cursor;
    let mut found = Vec::new();
    for (index, way) in in_order {
        let wanted = limit.saturating_add(1).saturating_sub(found.len());
        if wanted == 0 {
            break;
        }
        let range = Range::of(way);
        // Only the first way is entered at the cursor; the others from their edge.
        let place = match cursor.take() {
            Some(cursor) => place_of(snapshot, practice, way, cursor).await?,
            None => None,
        };
        let place = range.clamp(place, direction);
        let rows = look(snapshot, practice, way, direction, place, wanted).await?;
        found.extend(rows.into_iter().map(|row| Found { way: index, row }));
    }
    Ok(found)
}

/// A place in the order of one way: by the name it leads with, then by the other name.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Place {
    leading: String,
    following: String,
    patient: String,
    position: i64,
}

/// The places just before and just after everyone a way finds.
struct Range {
    start: Place,
    end: Place,
}

impl Range {
    fn of(way: &Way) -> Self {
        let edge = |leading: String, following: &str| Place {
            leading,
            following: following.to_owned(),
            patient: String::new(),
            position: -1,
        };
        let (leading, following) = match way {
            Way::Family { family, given } => (family.as_str(), given.as_str()),
            Way::Given { given } => (given.as_str(), ""),
            Way::Birth { .. } | Way::Chart { .. } => ("", ""),
        };
        Self { start: edge(leading.to_owned(), following), end: edge(end_of(leading), "") }
    }

    /// A cursor from another query, or of a patient renamed meanwhile, must not lead out of the
    /// range; without one, the page begins at the edge.
    fn clamp(self, place: Option<Place>, direction: Direction) -> Place {
        match (place, direction) {
            (None, Direction::After) => self.start,
            (None, Direction::Before) => self.end,
            (Some(place), Direction::After) => place.max(self.start),
            (Some(place), Direction::Before) => place.min(self.end),
        }
    }
}

async fn place_of(
    snapshot: &mut Connection,
    practice: &PracticeId,
    way: &Way,
    cursor: &Cursor,
) -> Result<Option<Place>, StoreError> {
    let names: Option<(String, String)> = rows(PLACE_OF)
        .bind(practice.as_str())
        .bind(cursor.patient.as_str())
        .bind(cursor.position)
        .fetch_optional(snapshot)
        .await?;
    Ok(names.map(|(family, given)| {
        let (leading, following) = match way {
            Way::Family { .. } | Way::Birth { .. } | Way::Chart { .. } => (family, given),
            Way::Given { .. } => (given, family),
        };
        let patient = cursor.patient.as_str().to_owned();
        Place { leading, following, patient, position: cursor.position }
    }))
}

async fn look(
    snapshot: &mut Connection,
    practice: &PracticeId,
    way: &Way,
    direction: Direction,
    place: Place,
    wanted: usize,
) -> Result<Vec<SummaryRow>, StoreError> {
    let wanted = i64::try_from(wanted).unwrap_or(i64::MAX);
    let (after, before, family, given) = match way {
        Way::Family { family, given } => (FAMILY_AFTER, FAMILY_BEFORE, family, given),
        Way::Given { given } => (GIVEN_AFTER, GIVEN_BEFORE, given, given),
        Way::Birth { date } => {
            let born = match direction {
                Direction::After => BORN_AFTER,
                Direction::Before => BORN_BEFORE,
            };
            return Ok(rows(born)
                .bind(practice.as_str())
                .bind(date.as_str())
                .bind(place.leading)
                .bind(place.following)
                .bind(place.patient)
                .bind(wanted)
                .fetch_all(snapshot)
                .await?);
        }
        Way::Chart { id } => {
            return Ok(rows(CHART).bind(practice.as_str()).bind(id.as_str()).fetch_all(snapshot).await?);
        }
    };
    let by = match direction {
        Direction::After => after,
        Direction::Before => before,
    };
    Ok(rows(by)
        .bind(practice.as_str())
        .bind(family.as_str())
        .bind(end_of(family))
        .bind(given.as_str())
        .bind(end_of(given))
        .bind(place.leading)
        .bind(place.following)
        .bind(place.patient)
        .bind(place.position)
        .bind(wanted)
        .fetch_all(snapshot)
        .await?)
}

struct Found {
    way: usize,
    row: SummaryRow,
}

impl Found {
    fn cursor(&self, direction: Direction) -> Cursor {
        Cursor {
            direction,
            way: self.way,
            patient: PatientId::new(self.row.patient.as_str()),
            position: self.row.position,
        }
    }
}

fn page(found: Vec<Found>, earlier: bool, later: bool) -> Result<PatientPage, StoreError> {
    let previous = found.first().filter(|_| earlier).map(|found| found.cursor(Direction::Before));
    let next = found.last().filter(|_| later).map(|found| found.cursor(Direction::After));
    let patients = found.into_iter().map(|found| found.row.summary()).collect::<Result<_, _>>()?;
    Ok(PatientPage { patients, previous, next })
}

#[derive(sqlx::FromRow)]
struct SummaryRow {
    patient: String,
    position: i64,
    given_name: Option<String>,
    family_name: String,
    record_given: Option<String>,
    record_family: String,
    birth_date: Option<String>,
    sex: String,
    phone: String,
}

impl SummaryRow {
    fn summary(self) -> Result<PatientSummary, StoreError> {
        let found = person_name(self.given_name, self.family_name);
        Ok(PatientSummary {
            id: PatientId::new(self.patient),
            name: person_name(self.record_given, self.record_family),
            found_as: (self.position > 0).then_some(found),
            birth_date: birth_date(self.birth_date.as_deref())?,
            sex: sex(&self.sex)?,
            phone: self.phone,
        })
    }
}
