//! Staff users: who they are, and what their access level grants at this moment.

use super::access_levels::{AccessLevel, AccessLevelId, access_level};
use super::modules::Menu;
use crate::audit::{By, write_event, write_staff_event};
use crate::database::Database;
use crate::driver::{Connection, rows, scalar, statement, statements};
use crate::store_error::StoreError;
use portal_host::identity::{PracticeId, StaffId, Timestamp};
use portal_host::lent::{Actor, Event, PasswordHash};
use portal_host::rights::{Access, Right};
use std::collections::BTreeSet;

statements! {
    FIND = "SELECT staff.id, staff.name, staff.access_level, access_level.name AS access_level_name \
        FROM staff JOIN access_level ON access_level.practice = staff.practice \
        AND access_level.id = staff.access_level WHERE staff.practice = $1 AND staff.id = $2";
    LIST = "SELECT staff.id, staff.name, staff.access_level, access_level.name AS access_level_name \
        FROM staff JOIN access_level ON access_level.practice = staff.practice \
        AND access_level.id = staff.access_level WHERE staff.practice = $1 ORDER BY staff.name, staff.id";
    FOR_SIGN_IN = "SELECT id, password_hash FROM staff WHERE practice = $1 AND id = $2";
    LEVEL_OF = "SELECT access_level FROM staff WHERE practice = $1 AND id = $2";
    REHASH = "UPDATE staff SET password_hash = $4 WHERE practice = $1 AND id = $2 AND password_hash = $3";
}

/// A staff user.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Staff {
    /// The key, which is also the name to sign in with.
    pub id: StaffId,
    /// As shown on the screen and in the audit trail.
    pub name: String,
    /// The access level the user has.
    pub access_level: AccessLevelId,
    /// Its name.
    pub access_level_name: String,
}

/// What a sign-in is checked against.
#[derive(Clone, Debug)]
pub struct StaffSignIn {
    /// The key.
    pub id: StaffId,
    /// What verifies the password.
    pub password_hash: PasswordHash,
}

/// What a staff user may do at this moment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StaffAccess {
    /// The menus shown.
    pub menus: BTreeSet<Menu>,
    /// The rights over modules, as plugins know them.
    pub rights: BTreeSet<Right>,
}

impl StaffAccess {
    /// Whether `access` over `module` is granted.
    pub fn may(&self, module: super::Module, access: Access) -> bool {
        self.rights.iter().any(|right| right.module == module.label() && right.access == access)
    }

    /// Whether a plugin's tab that takes this right is open to them, which takes seeing patients too.
    pub fn may_open_tab(&self, requires: &Right) -> bool {
        self.may(super::Module::Patients, Access::View) && self.rights.contains(requires)
    }
}

impl Database {
    /// What the sign-in of the staff user `name` is checked against; case and blanks around it do
    /// not matter.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn staff_for_sign_in(
        &self,
        practice: &PracticeId,
        name: &str,
    ) -> Result<Option<StaffSignIn>, StoreError> {
        let row: Option<(String, String)> = rows(FOR_SIGN_IN)
            .bind(practice.as_str())
            .bind(name.trim().to_lowercase())
            .fetch_optional(self.reader())
            .await?;
        Ok(row.map(|(id, hash)| StaffSignIn { id: StaffId::new(id), password_hash: PasswordHash::new(hash) }))
    }

    /// One staff user, or none.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn staff(&self, practice: &PracticeId, id: &StaffId) -> Result<Option<Staff>, StoreError> {
        let row: Option<StaffRow> =
            rows(FIND).bind(practice.as_str()).bind(id.as_str()).fetch_optional(self.reader()).await?;
        Ok(row.map(StaffRow::staff))
    }

    /// Every staff user of the practice, by name.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn staff_list(&self, practice: &PracticeId) -> Result<Vec<Staff>, StoreError> {
        let stored: Vec<StaffRow> = rows(LIST).bind(practice.as_str()).fetch_all(self.reader()).await?;
        Ok(stored.into_iter().map(StaffRow::staff).collect())
    }

    /// What the staff user may do, read afresh each time: a change of the access level holds from
    /// the next request. None for a user the practice does not have.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn rights_of(
        &self,
        practice: &PracticeId,
        id: &StaffId,
    ) -> Result<Option<StaffAccess>, StoreError> {
        let mut snapshot = self.snapshot().await?;
        let level = access_level_of(&mut snapshot, practice, id).await?;
        Ok(level.map(|level| StaffAccess {
            menus: level.menus,
            rights: level.grants.into_iter().map(super::Grant::right).collect(),
        }))
    }

    /// Puts a refused sign-in on record: whose it would have been, where the name was a staff
    /// user's, and from which address. What was typed is not kept: it may be a password.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn note_refused_sign_in(
        &self,
        practice: &PracticeId,
        staff: Option<&StaffId>,
        address: &str,
        at: Timestamp,
    ) -> Result<(), StoreError> {
        self.note_vain_sign_in(practice, "staff.sign-in-refused", staff, address, at).await
    }

    /// Puts on record that a sign-in was not even looked at, because there were too many before it.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn note_blocked_sign_in(
        &self,
        practice: &PracticeId,
        staff: Option<&StaffId>,
        address: &str,
        at: Timestamp,
    ) -> Result<(), StoreError> {
        self.note_vain_sign_in(practice, "staff.sign-in-blocked", staff, address, at).await
    }

    async fn note_vain_sign_in(
        &self,
        practice: &PracticeId,
        action: &str,
        staff: Option<&StaffId>,
        address: &str,
        at: Timestamp,
    ) -> Result<(), StoreError> {
        let event = Event {
            actor: Actor::Visitor(address.to_owned()),
            patient: None,
            action: action.to_owned(),
            detail: Some(staff.map_or_else(|| "unknown user".to_owned(), |id| format!("user {id}"))),
            address: Some(address.to_owned()),
        };
        let mut transaction = self.write(practice).await?;
        write_event(&mut transaction, practice, &event, at).await?;
        transaction.commit().await?;
        Ok(())
    }
}

impl Database {
    /// Replaces a staff user's password hash by a stronger one of the same password, unless it was
    /// replaced meanwhile.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn rehash_staff_password(
        &self,
        practice: &PracticeId,
        old: &PasswordHash,
        new: &PasswordHash,
        by: &By,
        at: Timestamp,
    ) -> Result<(), StoreError> {
        let mut transaction = self.write(practice).await?;
        let replaced = statement(REHASH)
            .bind(practice.as_str())
            .bind(by.staff.as_str())
            .bind(old.expose())
            .bind(new.expose())
            .execute(&mut *transaction)
            .await?;
        if replaced.rows_affected() > 0 {
            write_staff_event(&mut transaction, practice, by, "staff.password-rehashed", None, at).await?;
            transaction.commit().await?;
        }
        Ok(())
    }
}

/// The access level a staff user has as it stands on this connection. None for a user the practice
/// does not have.
pub(crate) async fn access_level_of(
    connection: &mut Connection,
    practice: &PracticeId,
    id: &StaffId,
) -> Result<Option<AccessLevel>, StoreError> {
    let level: Option<i64> =
        scalar(LEVEL_OF).bind(practice.as_str()).bind(id.as_str()).fetch_optional(&mut *connection).await?;
    match level {
        Some(level) => access_level(connection, practice, AccessLevelId(level)).await,
        None => Ok(None),
    }
}

#[derive(sqlx::FromRow)]
struct StaffRow {
    id: String,
    name: String,
    access_level: i64,
    access_level_name: String,
}

impl StaffRow {
    fn staff(self) -> Staff {
        Staff {
            id: StaffId::new(self.id),
            name: self.name,
            access_level: AccessLevelId(self.access_level),
            access_level_name: self.access_level_name,
        }
    }
}
