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

impl From<StoreError> for Unavailable {
    fn from(error: StoreError) -> Self {
        Self::because(error)
    }
}
