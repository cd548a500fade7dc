//! Changing access levels: one change at a time, against the version that was read, with an event
//! that says exactly what changed.

use super::access_levels::{AccessLevel, AccessLevelId, access_level};
use super::modules::{Grant, Menu, access_key};
use super::staff::access_level_of;
use crate::audit::{By, write_staff_event};
use crate::columns::{flag, whole};
use crate::database::Database;
use crate::database::Writing;
use crate::driver::{Connection, is_taken, scalar, statement, statements};
use crate::folding::fold;
use crate::store_error::StoreError;
use portal_host::identity::{PracticeId, Timestamp};
use std::collections::BTreeSet;

statements! {
    CREATE = "INSERT INTO access_level \
        (practice, id, name, name_folded, description, built_in, version) \
        SELECT $1, COALESCE(MAX(id), 0) + 1, $2, $3, $4, $5, 1 FROM access_level WHERE practice = $1 \
        RETURNING id";
    RENAME = "UPDATE access_level SET name = $3, name_folded = $4, description = $5 \
        WHERE practice = $1 AND id = $2";
    ADVANCE = "UPDATE access_level SET version = version + 1 \
        WHERE practice = $1 AND id = $2 AND version = $3";
    GRANT_RIGHT = "INSERT INTO access_level_right (practice, access_level, module, access) \
        VALUES ($1, $2, $3, $4)";
    TAKE_RIGHT = "DELETE FROM access_level_right \
        WHERE practice = $1 AND access_level = $2 AND module = $3 AND access = $4";
    GRANT_MENU = "INSERT INTO access_level_menu (practice, access_level, menu) VALUES ($1, $2, $3)";
    TAKE_MENU = "DELETE FROM access_level_menu WHERE practice = $1 AND access_level = $2 AND menu = $3";
}

/// Why an access level was not created or changed. Nothing was changed and no event written, unless
/// the database's answer to the commit itself was lost.
#[derive(Debug, thiserror::Error)]
pub enum AccessLevelError {
    /// The practice has no access level of this key.
    #[error("there is no such access level")]
    NoSuchAccessLevel,
    /// Someone changed it since it was read.
    #[error("someone else changed the access level first")]
    Stale,
    /// Another access level of the practice has this name.
    #[error("another access level has this name")]
    NameTaken,
    /// It is part of the EHR and cannot be changed.
    #[error("a built-in access level cannot be changed")]
    BuiltIn,
    /// It would grant something new that the access level of whoever changes it does not.
    #[error("the access level of whoever changes it does not grant this")]
    Beyond,
    /// The database did not answer.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl From<sqlx::Error> for AccessLevelError {
    fn from(error: sqlx::Error) -> Self {
        if is_taken(&error, "access_level", "name_folded") {
            Self::NameTaken
        } else {
            Self::Store(StoreError::from(error))
        }
    }
}

impl Database {
    /// Creates an access level that grants nothing yet.
    ///
    /// # Errors
    /// [`AccessLevelError::NameTaken`], or when the database does not answer.
    pub async fn create_access_level(
        &self,
        practice: &PracticeId,
        name: &str,
        description: &str,
        by: &By,
        at: Timestamp,
    ) -> Result<AccessLevelId, AccessLevelError> {
        let mut transaction = self.write_alone(practice).await?;
        let id = insert_access_level(&mut transaction, practice, name, description, false).await?;
        let detail = Some(name.to_owned());
        write_staff_event(&mut transaction, practice, by, "access-level.created", detail, at).await?;
        transaction.commit().await?;
        Ok(id)
    }

    /// Changes what the General tab shows and returns the new version.
    ///
    /// # Errors
    /// See [`AccessLevelError`].
    #[allow(clippy::too_many_arguments, reason = "each is a different thing to know")]
    pub async fn update_general(
        &self,
        practice: &PracticeId,
        id: AccessLevelId,
        version: u64,
        name: &str,
        description: &str,
        by: &By,
        at: Timestamp,
    ) -> Result<u64, AccessLevelError> {
        let (mut transaction, level) = self.edit(practice, id, version).await?;
        if level.name == name && level.description == description {
            return Ok(version);
        }
        statement(RENAME)
            .bind(practice.as_str())
            .bind(id.0)
            .bind(name)
            .bind(fold(name))
            .bind(description)
            .execute(&mut *transaction)
            .await?;
        let detail = format!("{} -> {name}: {description}", level.name);
        finish(transaction, practice, &level, by, "access-level.general-changed", detail, at).await
    }

    /// Ticks exactly these boxes of the Menu Access tab and returns the new version. Whoever does it
    /// can take away any tick, but give only what their own access level has.
    ///
    /// # Errors
    /// See [`AccessLevelError`].
    pub async fn set_menus(
        &self,
        practice: &PracticeId,
        id: AccessLevelId,
        version: u64,
        menus: &BTreeSet<Menu>,
        by: &By,
        at: Timestamp,
    ) -> Result<u64, AccessLevelError> {
        let (mut transaction, level) = self.edit(practice, id, version).await?;
        let own = access_level_of(&mut transaction, practice, &by.staff).await?;
        let own = own.map(|own| own.menus).unwrap_or_default();
        let mut changes = Vec::new();
        for menu in menus.difference(&level.menus) {
            if !own.contains(menu) {
                return Err(AccessLevelError::Beyond);
            }
            change_menu(&mut transaction, GRANT_MENU, practice, id, *menu).await?;
            changes.push(format!("+ {}", menu.label()));
        }
        for menu in level.menus.difference(menus) {
            change_menu(&mut transaction, TAKE_MENU, practice, id, *menu).await?;
            changes.push(format!("- {}", menu.label()));
        }
        if changes.is_empty() {
            return Ok(version);
        }
        let detail = format!("{}: {}", level.name, changes.join(", "));
        finish(transaction, practice, &level, by, "access-level.menus-changed", detail, at).await
    }

    /// Ticks exactly these boxes of the User Access tab and returns the new version. Whoever does it
    /// can take away any tick, but give only what their own access level has.
    ///
    /// # Errors
    /// See [`AccessLevelError`].
    pub async fn set_rights(
        &self,
        practice: &PracticeId,
        id: AccessLevelId,
        version: u64,
        grants: &BTreeSet<Grant>,
        by: &By,
        at: Timestamp,
    ) -> Result<u64, AccessLevelError> {
        let (mut transaction, level) = self.edit(practice, id, version).await?;
        let own = access_level_of(&mut transaction, practice, &by.staff).await?;
        let own = own.map(|own| own.grants).unwrap_or_default();
        let mut changes = Vec::new();
        for grant in grants.difference(&level.grants) {
            if !own.contains(grant) {
                return Err(AccessLevelError::Beyond);
            }
            change_right(&mut transaction, GRANT_RIGHT, practice, id, *grant).await?;
            changes.push(format!("+ {}", grant.right()));
        }
        for grant in level.grants.difference(grants) {
            change_right(&mut transaction, TAKE_RIGHT, practice, id, *grant).await?;
            changes.push(format!("- {}", grant.right()));
        }
        if changes.is_empty() {
            return Ok(version);
        }
        let detail = format!("{}: {}", level.name, changes.join(", "));
        finish(transaction, practice, &level, by, "access-level.rights-changed", detail, at).await
    }

    /// Begins an edit: moves the version on, so that whoever read the same one comes too late.
    async fn edit(
        &self,
        practice: &PracticeId,
        id: AccessLevelId,
        version: u64,
    ) -> Result<(Writing, AccessLevel), AccessLevelError> {
        let mut transaction = self.write_alone(practice).await?;
        let advanced = statement(ADVANCE)
            .bind(practice.as_str())
            .bind(id.0)
            .bind(whole(version))
            .execute(&mut *transaction)
            .await?;
        let level =
            access_level(&mut transaction, practice, id).await?.ok_or(AccessLevelError::NoSuchAccessLevel)?;
        if level.built_in {
            return Err(AccessLevelError::BuiltIn);
        }
        if advanced.rows_affected() == 0 {
            return Err(AccessLevelError::Stale);
        }
        Ok((transaction, level))
    }
}

/// Writes the event and commits; `level` is as `edit` returned it, its version already moved on.
async fn finish(
    mut transaction: Writing,
    practice: &PracticeId,
    level: &AccessLevel,
    by: &By,
    action: &str,
    detail: String,
    at: Timestamp,
) -> Result<u64, AccessLevelError> {
    write_staff_event(&mut transaction, practice, by, action, Some(detail), at).await?;
    transaction.commit().await?;
    Ok(level.version)
}

/// Stores a new access level and returns its key.
pub(crate) async fn insert_access_level(
    connection: &mut Connection,
    practice: &PracticeId,
    name: &str,
    description: &str,
    built_in: bool,
) -> Result<AccessLevelId, sqlx::Error> {
    let id: i64 = scalar(CREATE)
        .bind(practice.as_str())
        .bind(name)
        .bind(fold(name))
        .bind(description)
        .bind(flag(built_in))
        .fetch_one(connection)
        .await?;
    Ok(AccessLevelId(id))
}

/// Ticks one box of User Access.
pub(crate) async fn grant_right(
    connection: &mut Connection,
    practice: &PracticeId,
    id: AccessLevelId,
    grant: Grant,
) -> Result<(), sqlx::Error> {
    change_right(connection, GRANT_RIGHT, practice, id, grant).await
}

/// Ticks one box of Menu Access.
pub(crate) async fn grant_menu(
    connection: &mut Connection,
    practice: &PracticeId,
    id: AccessLevelId,
    menu: Menu,
) -> Result<(), sqlx::Error> {
    change_menu(connection, GRANT_MENU, practice, id, menu).await
}

async fn change_right(
    connection: &mut Connection,
    change: &'static str,
    practice: &PracticeId,
    id: AccessLevelId,
    grant: Grant,
) -> Result<(), sqlx::Error> {
    statement(change)
        .bind(practice.as_str())
        .bind(id.0)
        .bind(grant.module.key())
        .bind(access_key(grant.access))
        .execute(connection)
        .await?;
    Ok(())
}

async fn change_menu(
    connection: &mut Connection,
    change: &'static str,
    practice: &PracticeId,
    id: AccessLevelId,
    menu: Menu,
) -> Result<(), sqlx::Error> {
    statement(change).bind(practice.as_str()).bind(id.0).bind(menu.key()).execute(connection).await?;
    Ok(())
}
