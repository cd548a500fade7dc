//! Access levels as they stand: the list, and one with its rights and menus.

use super::modules::{Grant, Menu, Module, access_from_key};
use crate::columns::{count, is_so};
use crate::database::Database;
use crate::driver::{Connection, rows, scalar, statements};
use crate::store_error::StoreError;
use portal_host::identity::PracticeId;
use std::collections::BTreeSet;
use std::fmt;
use std::str::FromStr;

statements! {
    LIST = "SELECT id, name, description, built_in, \
        (SELECT COUNT(*) FROM staff WHERE staff.practice = access_level.practice \
            AND staff.access_level = access_level.id) AS users \
        FROM access_level WHERE practice = $1 ORDER BY name_folded";
    FIND = "SELECT id, name, description, built_in, version FROM access_level \
        WHERE practice = $1 AND id = $2";
    RIGHTS_OF = "SELECT module, access FROM access_level_right WHERE practice = $1 AND access_level = $2";
    MENUS_OF = "SELECT menu FROM access_level_menu WHERE practice = $1 AND access_level = $2";
}

/// The key of an access level within its practice. Its text form is a whole number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct AccessLevelId(pub(crate) i64);

impl fmt::Display for AccessLevelId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl FromStr for AccessLevelId {
    type Err = std::num::ParseIntError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        text.parse().map(Self)
    }
}

/// A line of Administration > Access Levels.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AccessLevelSummary {
    /// The key.
    pub id: AccessLevelId,
    /// Unique in the practice, whatever its case.
    pub name: String,
    /// What it is for.
    pub description: String,
    /// Grants everything and cannot be changed.
    pub built_in: bool,
    /// How many staff users have it.
    pub users: u64,
}

/// An access level, as the editor's three tabs show it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AccessLevel {
    /// The key.
    pub id: AccessLevelId,
    /// Unique in the practice, whatever its case.
    pub name: String,
    /// What it is for.
    pub description: String,
    /// Grants everything and cannot be changed.
    pub built_in: bool,
    /// Grows with every change; an edit names the one it read.
    pub version: u64,
    /// The boxes of Menu Access.
    pub menus: BTreeSet<Menu>,
    /// The ticks of User Access.
    pub grants: BTreeSet<Grant>,
}

impl AccessLevel {
    /// Whether whoever has this level has everything that `other` grants.
    pub(crate) fn covers(&self, other: &Self) -> bool {
        self.menus.is_superset(&other.menus) && self.grants.is_superset(&other.grants)
    }
}

impl Database {
    /// The practice's access levels, by name.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn access_levels(&self, practice: &PracticeId) -> Result<Vec<AccessLevelSummary>, StoreError> {
        let stored: Vec<SummaryRow> = rows(LIST).bind(practice.as_str()).fetch_all(self.reader()).await?;
        Ok(stored.into_iter().map(SummaryRow::summary).collect())
    }

    /// One access level with its menus and rights, or none.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn access_level(
        &self,
        practice: &PracticeId,
        id: AccessLevelId,
    ) -> Result<Option<AccessLevel>, StoreError> {
        // One snapshot, so that the version belongs to these menus and rights.
        let mut snapshot = self.snapshot().await?;
        access_level(&mut snapshot, practice, id).await
    }
}

/// One access level with its menus and rights, or none.
pub(crate) async fn access_level(
    connection: &mut Connection,
    practice: &PracticeId,
    id: AccessLevelId,
) -> Result<Option<AccessLevel>, StoreError> {
    let level: Option<LevelRow> =
        rows(FIND).bind(practice.as_str()).bind(id.0).fetch_optional(&mut *connection).await?;
    let Some(level) = level else { return Ok(None) };
    let (menus, grants) = if is_so(level.built_in) {
        (Menu::ALL.iter().copied().collect(), Grant::all().collect())
    } else {
        (menus_of(connection, practice, id).await?, grants_of(connection, practice, id).await?)
    };
    Ok(Some(AccessLevel {
        id: AccessLevelId(level.id),
        name: level.name,
        description: level.description,
        built_in: is_so(level.built_in),
        version: count(level.version),
        menus,
        grants,
    }))
}

async fn menus_of(
    connection: &mut Connection,
    practice: &PracticeId,
    id: AccessLevelId,
) -> Result<BTreeSet<Menu>, StoreError> {
    let keys: Vec<String> = scalar(MENUS_OF).bind(practice.as_str()).bind(id.0).fetch_all(connection).await?;
    keys.iter()
        .map(|key| {
            Menu::from_key(key).ok_or(StoreError::Unreadable { table: "access_level_menu", column: "menu" })
        })
        .collect()
}

async fn grants_of(
    connection: &mut Connection,
    practice: &PracticeId,
    id: AccessLevelId,
) -> Result<BTreeSet<Grant>, StoreError> {
    let unreadable = |column| StoreError::Unreadable { table: "access_level_right", column };
    let keys: Vec<(String, String)> =
        rows(RIGHTS_OF).bind(practice.as_str()).bind(id.0).fetch_all(connection).await?;
    keys.iter()
        .map(|(module, access)| {
            Ok(Grant {
                module: Module::from_key(module).ok_or_else(|| unreadable("module"))?,
                access: access_from_key(access).ok_or_else(|| unreadable("access"))?,
            })
        })
        .collect()
}

#[derive(sqlx::FromRow)]
struct SummaryRow {
    id: i64,
    name: String,
    description: String,
    built_in: i64,
    users: i64,
}

impl SummaryRow {
    fn summary(self) -> AccessLevelSummary {
        AccessLevelSummary {
            id: AccessLevelId(self.id),
            name: self.name,
            description: self.description,
            built_in: is_so(self.built_in),
            users: count(self.users),
        }
    }
}

#[derive(sqlx::FromRow)]
struct LevelRow {
    id: i64,
    name: String,
    description: String,
    built_in: i64,
    version: i64,
}
