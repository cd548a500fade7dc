//! Rights over modules, as an access level grants them and the tab asks for them.

use std::fmt;

/// What an access level can grant over a module: the columns of the grid on User Access.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Access {
    /// May see it.
    View,
    /// May add to it.
    Add,
    /// May change it.
    Edit,
    /// May remove from it.
    Delete,
}

impl Access {
    /// Every access, in the order of the grid.
    pub const ALL: [Self; 4] = [Self::View, Self::Add, Self::Edit, Self::Delete];

    /// The column's label.
    pub fn label(self) -> &'static str {
        match self {
            Self::View => "View",
            Self::Add => "Add",
            Self::Edit => "Edit",
            Self::Delete => "Delete",
        }
    }
}

/// One tick in that grid, such as Connect EHR > View.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Right {
    /// The row.
    pub module: String,
    /// The column.
    pub access: Access,
}

impl fmt::Display for Right {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} > {}", self.module, self.access.label())
    }
}
