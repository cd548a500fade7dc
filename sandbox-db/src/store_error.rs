//! What can go wrong between this crate and its database once it is open.

use portal_host::lent::Unavailable;

/// The database did not answer, or answered nonsense. A change that was asked for has been made whole
/// or not at all; where the answer to the commit itself was lost, only a look at the data tells which.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// A statement failed or could not be sent.
    #[error("the database did not answer")]
    Query(#[from] sqlx::Error),
    /// A stored value is not one this version writes.
    #[error("column {column} of table {table} holds a value that cannot be read")]
    Unreadable {
        /// Where it stands.
        table: &'static str,
        /// Where it stands in the row.
        column: &'static str,
    },
    /// The practice asked for is not in this installation.
    #[error("there is no such practice")]
    NoSuchPractice,
}

impl StoreError {
    /// Whether the database undid the whole transaction so that another could go on: PostgreSQL does where two
    /// wait for each other (40P01), or what one read has changed (40001). Nothing has been done, and doing it
    /// again is safe.
    pub(crate) fn was_undone(&self) -> bool {
        match self {
            Self::Query(error) => error
                .as_database_error()
                .and_then(sqlx::error::DatabaseError::code)
                .is_some_and(|code| matches!(code.as_ref(), "40P01" | "40001")),
            Self::Unreadable { .. } | Self::NoSuchPractice => false,
        }
    }
}

/// Awaits a whole transaction, and does it again where the database undid it for another's sake.
macro_rules! undone_no_more {
    ($transaction:expr) => {{
        let mut left = 3_u8;
        loop {
            match $transaction.await {
                Err(error) if left > 0 && crate::StoreError::was_undone(&error) => left -= 1,
                done => break done,
            }
        }
    }};
}
pub(crate) use undone_no_more;

impl From<StoreError> for Unavailable {
    fn from(error: StoreError) -> Self {
        Self::because(error)
    }
}
