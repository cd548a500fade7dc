//! Giving a staff user an access level: never one beyond the giver's own, and never so that the
//! practice is left without an administrator.

use super::access_levels::{AccessLevelId, access_level};
use super::staff::access_level_of;
use crate::audit::{By, write_staff_event};
use crate::columns::is_so;
use crate::database::Database;
use crate::driver::{rows, scalar, statement, statements};
use crate::store_error::StoreError;
use portal_host::identity::{PracticeId, StaffId, Timestamp};

statements! {
    // Takes the access levels' rows for this transaction before looking at who has them, so that
    // two administrators cannot demote each other at once. SQLite's write lock does the same.
    HOLD_BUILT_IN = "UPDATE access_level SET built_in = built_in WHERE practice = $1 AND built_in = 1";
    LEVEL_OF = "SELECT staff.name, access_level.id, access_level.name, access_level.built_in \
        FROM staff JOIN access_level ON access_level.practice = staff.practice \
        AND access_level.id = staff.access_level WHERE staff.practice = $1 AND staff.id = $2";
    OTHERS_WITH = "SELECT COUNT(*) FROM staff WHERE practice = $1 AND access_level = $2 AND id <> $3";
    ASSIGN = "UPDATE staff SET access_level = $3 WHERE practice = $1 AND id = $2";
}

/// Why an access level was not assigned. Nothing was changed and no event written, unless the
/// database's answer to the commit itself was lost.
#[derive(Debug, thiserror::Error)]
pub enum AssignError {
    /// The practice has no staff user of this key.
    #[error("there is no such user")]
    NoSuchStaff,
    /// The practice has no access level of this key.
    #[error("there is no such access level")]
    NoSuchAccessLevel,
    /// Someone gave the user another access level since it was read.
    #[error("someone else assigned another access level first")]
    Stale,
    /// It grants more than the access level of whoever assigns it.
    #[error("the access level grants more than the one of whoever assigns it")]
    Beyond,
    /// Nobody could manage access levels any more.
    #[error("the last administrator must stay one")]
    LastAdministrator,
    /// The database did not answer.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl From<sqlx::Error> for AssignError {
    fn from(error: sqlx::Error) -> Self {
        Self::Store(StoreError::from(error))
    }
}

impl Database {
    /// Gives `staff` the access level `level` in place of `was`, from the user's next request on.
    /// Assigning the one the user already has changes nothing and writes nothing. What `by` may do
    /// is read in the same transaction: nobody gives away more than they have.
    ///
    /// # Errors
    /// See [`AssignError`].
    pub async fn assign_access_level(
        &self,
        practice: &PracticeId,
        staff: &StaffId,
        was: AccessLevelId,
        level: AccessLevelId,
        by: &By,
        at: Timestamp,
    ) -> Result<(), AssignError> {
        let mut transaction = self.write_alone(practice).await?;
        statement(HOLD_BUILT_IN).bind(practice.as_str()).execute(&mut *transaction).await?;
        let stored: Option<(String, i64, String, i64)> = rows(LEVEL_OF)
            .bind(practice.as_str())
            .bind(staff.as_str())
            .fetch_optional(&mut *transaction)
            .await?;
        let (name, old, old_name, was_administrator) = stored.ok_or(AssignError::NoSuchStaff)?;
        let new =
            access_level(&mut transaction, practice, level).await?.ok_or(AssignError::NoSuchAccessLevel)?;
        if old == level.0 {
            return Ok(());
        }
        if old != was.0 {
            return Err(AssignError::Stale);
        }
        let own = access_level_of(&mut transaction, practice, &by.staff).await?;
        if !own.is_some_and(|own| own.covers(&new)) {
            return Err(AssignError::Beyond);
        }
        if is_so(was_administrator) && !new.built_in {
            let others: i64 = scalar(OTHERS_WITH)
                .bind(practice.as_str())
                .bind(old)
                .bind(staff.as_str())
                .fetch_one(&mut *transaction)
                .await?;
            if others == 0 {
                return Err(AssignError::LastAdministrator);
            }
        }
        statement(ASSIGN)
            .bind(practice.as_str())
            .bind(staff.as_str())
            .bind(level.0)
            .execute(&mut *transaction)
            .await?;
        let detail = Some(format!("{name} ({staff}): {old_name} -> {}", new.name));
        write_staff_event(&mut transaction, practice, by, "user.access-level-assigned", detail, at).await?;
        transaction.commit().await?;
        Ok(())
    }
}
