//! Where a page of search results begins or ends: a place in the order, not a number of rows, so
//! that the ten-thousandth page costs what the first does.

use portal_host::identity::PatientId;
use std::fmt;
use std::str::FromStr;

/// A place in the results of one search, to be handed back with the same query.
///
/// Its text form is fit for a URL and holds no name: the name the place is sorted by is looked up.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cursor {
    pub(crate) direction: Direction,
    /// Which of the query's ways the place is in.
    pub(crate) way: usize,
    pub(crate) patient: PatientId,
    /// Which of the patient's names was found.
    pub(crate) position: i64,
}

/// Which side of the place the page lies on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Direction {
    After,
    Before,
}

/// The text is not a cursor's.
#[derive(Debug, thiserror::Error)]
#[error("not a place in search results")]
pub struct NotACursor;

impl fmt::Display for Cursor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let direction = match self.direction {
            Direction::After => 'a',
            Direction::Before => 'b',
        };
        write!(f, "{direction}.{}.{}.{}", self.way, self.position, self.patient)
    }
}

impl FromStr for Cursor {
    type Err = NotACursor;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let mut parts = text.splitn(4, '.');
        let direction = match parts.next() {
            Some("a") => Direction::After,
            Some("b") => Direction::Before,
            Some(_) | None => return Err(NotACursor),
        };
        let way = parts.next().and_then(|way| way.parse().ok()).ok_or(NotACursor)?;
        let position = parts.next().and_then(|position| position.parse().ok()).ok_or(NotACursor)?;
        let patient = parts.next().filter(|patient| is_a_key(patient)).ok_or(NotACursor)?;
        Ok(Self { direction, way, patient: PatientId::new(patient), position })
    }
}

/// PostgreSQL cannot be asked for a text with NUL in it.
fn is_a_key(patient: &str) -> bool {
    !patient.is_empty() && !patient.contains('\0')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cursor_survives_its_text_form() {
        let cursor =
            Cursor { direction: Direction::Before, way: 2, patient: PatientId::new("100001"), position: 0 };
        assert_eq!(cursor.to_string().parse::<Cursor>().unwrap(), cursor);
    }

    #[test]
    fn what_is_no_cursor_is_refused() {
        for text in ["", "a", "a.1", "a.1.0", "a.1.0.", "a.1.0.5\0", "c.1.0.5", "a.x.0.5"] {
            assert!(text.parse::<Cursor>().is_err(), "{text}");
        }
    }
}
