//! What the three tabs of an access level have in common: reading it, the tab bar, and what keeps a
//! change from being saved.

use super::ACCESS_LEVELS;
use crate::ehr::EhrState;
use crate::ehr::form::Form;
use crate::ehr::guard::SignedIn;
use crate::ehr::page::Link;
use crate::ehr::refusal::Refusal;
use crate::ehr::words::administration;
use portal_host::rights::Access;
use sandbox_db::{AccessLevel, AccessLevelError, AccessLevelId, Module};

/// No access level's name is longer, in characters.
pub(super) const LONGEST_NAME: usize = 100;
/// Nor its description.
pub(super) const LONGEST_DESCRIPTION: usize = 500;

/// The tabs, in their order.
const TABS: [(&str, &str); 3] =
    [("General", "general"), ("Menu Access", "menu-access"), ("User Access", "user-access")];

/// Where a tab of an access level is.
pub(super) fn href(id: AccessLevelId, tab: &str) -> String {
    format!("{ACCESS_LEVELS}/{id}/{tab}")
}

/// The key in a path, or 404.
pub(super) fn id(key: &str) -> Result<AccessLevelId, Refusal> {
    key.parse().map_err(|_| Refusal::NotFound)
}

/// The access level, or 404.
pub(super) async fn find(ehr: &EhrState, key: &str) -> Result<AccessLevel, Refusal> {
    ehr.database.access_level(&ehr.practice, id(key)?).await?.ok_or(Refusal::NotFound)
}

/// What every tab of the editor shows of the access level.
pub(super) struct Edited {
    pub(super) name: String,
    pub(super) version: u64,
    /// Why nothing can be saved, where that is so.
    pub(super) read_only: Option<&'static str>,
    pub(super) tabs: Vec<Link>,
}

impl Edited {
    pub(super) fn of(level: &AccessLevel, staff: &SignedIn, current: &str) -> Self {
        let tabs = TABS.into_iter().map(|(label, tab)| Link {
            label: label.to_owned(),
            href: href(level.id, tab),
            current: tab == current,
        });
        Self {
            name: level.name.clone(),
            version: level.version,
            read_only: read_only(level.built_in, staff.may(Module::AccessLevels, Access::Edit)),
            tabs: tabs.collect(),
        }
    }
}

fn read_only(built_in: bool, may_edit: bool) -> Option<&'static str> {
    match (built_in, may_edit) {
        (true, _) => Some(administration::BUILT_IN),
        (false, false) => Some(administration::ONLY_TO_LOOK),
        (false, true) => None,
    }
}

/// A name and a description as typed, with what is wrong with the name.
#[derive(Default)]
pub(super) struct Naming {
    pub(super) name: String,
    pub(super) description: String,
    pub(super) problem: Option<String>,
}

impl Naming {
    pub(super) fn of(form: &Form) -> Result<Self, Refusal> {
        let name = form.required("name")?.trim().to_owned();
        let description = form.required("description")?.trim().to_owned();
        let problem = if name.is_empty() {
            Some(administration::NAME_MISSING.to_owned())
        } else if name.chars().count() > LONGEST_NAME || name.chars().any(char::is_control) {
            Some(administration::name_too_long(&LONGEST_NAME.to_string()))
        } else if description.chars().count() > LONGEST_DESCRIPTION {
            Some(administration::description_too_long(&LONGEST_DESCRIPTION.to_string()))
        } else {
            None
        };
        Ok(Self { name, description, problem })
    }
}

impl From<AccessLevelError> for Refusal {
    fn from(error: AccessLevelError) -> Self {
        match error {
            AccessLevelError::NoSuchAccessLevel => Self::NotFound,
            AccessLevelError::Stale | AccessLevelError::NameTaken => Self::Stale,
            AccessLevelError::BuiltIn => Self::Forbidden,
            AccessLevelError::Beyond => Self::Beyond,
            AccessLevelError::Store(error) => error.into(),
        }
    }
}
