//! Modules for an additional fee, switched on and off. Nothing stored is touched by either.

use crate::audit::{By, write_staff_event};
use crate::columns::{flag, is_so};
use crate::database::Database;
use crate::driver::{Connection, rows, scalar, statements};
use crate::keywords::keywords;
use crate::store_error::StoreError;
use portal_host::identity::{PracticeId, Timestamp};

statements! {
    LIST = "SELECT add_on, is_on FROM add_on WHERE practice = $1";
    // Returns no row where it is switched that way already.
    SWITCH = "INSERT INTO add_on (practice, add_on, is_on) VALUES ($1, $2, $3) \
        ON CONFLICT (practice, add_on) DO UPDATE SET is_on = $3 WHERE add_on.is_on <> $3 \
        RETURNING is_on";
}

keywords! {
    /// A module for an additional fee.
    pub enum AddOn {
        /// This plugin.
        PatientPortal = "patient-portal", "Patient Portal";
    }
}

/// A line of Administration > Modules.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AddOnState {
    /// Which module.
    pub add_on: AddOn,
    /// Whether the practice has it.
    pub is_on: bool,
}

impl Database {
    /// Every add-on there is, and whether the practice has it.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn add_ons(&self, practice: &PracticeId) -> Result<Vec<AddOnState>, StoreError> {
        let stored: Vec<(String, i64)> = rows(LIST).bind(practice.as_str()).fetch_all(self.reader()).await?;
        Ok(AddOn::ALL
            .iter()
            .map(|add_on| AddOnState {
                add_on: *add_on,
                is_on: stored.iter().any(|(key, is_on)| key == add_on.key() && is_so(*is_on)),
            })
            .collect())
    }

    /// Switches an add-on. Switching it the way it is changes nothing and writes nothing.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn switch_add_on(
        &self,
        practice: &PracticeId,
        add_on: AddOn,
        on: bool,
        by: &By,
        at: Timestamp,
    ) -> Result<(), StoreError> {
        let mut transaction = self.write(practice).await?;
        if store_add_on(&mut transaction, practice, add_on, on).await? {
            let detail = format!("{}: {}", add_on.label(), if on { "on" } else { "off" });
            write_staff_event(&mut transaction, practice, by, "module.switched", Some(detail), at).await?;
            transaction.commit().await?;
            self.practice_cache().forget(practice);
        }
        Ok(())
    }
}

/// Stores whether the practice has `add_on`; says whether that is a change.
pub(crate) async fn store_add_on(
    connection: &mut Connection,
    practice: &PracticeId,
    add_on: AddOn,
    on: bool,
) -> Result<bool, sqlx::Error> {
    let switched: Option<i64> = scalar(SWITCH)
        .bind(practice.as_str())
        .bind(add_on.key())
        .bind(flag(on))
        .fetch_optional(connection)
        .await?;
    Ok(switched.is_some())
}
