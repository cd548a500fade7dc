//! The rows of the User Access grid and the boxes of Menu Access.

use crate::keywords::keywords;
use portal_host::rights::{Access, Right};

keywords! {
    /// A module of the sandbox EHR: a row of the User Access grid.
    pub enum Module {
        /// Patient search and Patient Details.
        Patients = "patients", "Patients";
        /// Administration > Access Levels.
        AccessLevels = "access-levels", "Access Levels";
        /// Administration > Users.
        Users = "users", "Users";
        /// Administration > Modules.
        Modules = "modules", "Modules";
        /// The Patient Portal Admin tab.
        ConnectEhr = "connect-ehr", "Connect EHR";
    }
}

keywords! {
    /// A menu of the sandbox EHR: a box on Menu Access.
    pub enum Menu {
        /// Patient search.
        Patients = "patients", "Patients";
        /// Access Levels, Users and Modules.
        Administration = "administration", "Administration";
    }
}

/// One tick in the grid: an access over a module.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Grant {
    /// The row.
    pub module: Module,
    /// The column.
    pub access: Access,
}

impl Grant {
    /// Every tick there is, row by row.
    pub fn all() -> impl Iterator<Item = Self> {
        Module::ALL
            .iter()
            .flat_map(|module| Access::ALL.into_iter().map(|access| Self { module: *module, access }))
    }

    /// The tick as plugins know it.
    pub fn right(self) -> Right {
        Right { module: self.module.label().to_owned(), access: self.access }
    }
}

/// The word an access is stored as.
pub(crate) fn access_key(access: Access) -> &'static str {
    match access {
        Access::View => "view",
        Access::Add => "add",
        Access::Edit => "edit",
        Access::Delete => "delete",
    }
}

/// The access stored as this word.
pub(crate) fn access_from_key(key: &str) -> Option<Access> {
    Access::ALL.into_iter().find(|access| access_key(*access) == key)
}
