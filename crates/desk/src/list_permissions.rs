//! The permission table and the rules of visibility, for those who read them.

use hatang_core::{
    Role,
    visibility::{Audience, Secrecy, policy},
};
use serde::Serialize;

use crate::permission::{Grant, table};

/// The whole table.
#[derive(Clone, Debug, Serialize)]
pub struct PermissionTable {
    /// The roles, in the order of the grants.
    pub roles: &'static [Role],
    /// One row for each action and state.
    pub rows: Vec<PermissionRow>,
    /// How somebody may stand to a record, in the order of what is shown.
    pub audiences: &'static [Audience],
    /// One row for each kind of secrecy.
    pub visibility: Vec<VisibilityRow>,
}

/// What every audience is shown of records of one secrecy.
#[derive(Clone, Debug, Serialize)]
pub struct VisibilityRow {
    /// How secret they are.
    pub secrecy: Secrecy,
    /// What is shown to each audience.
    pub shown: Vec<&'static str>,
}

/// What every role is granted of one action in one state.
#[derive(Clone, Debug, Serialize)]
pub struct PermissionRow {
    /// The action's word.
    pub action: &'static str,
    /// The state of the record that it concerns; null where the state does not matter.
    pub state: Option<&'static str>,
    /// What it is called in Vietnamese.
    pub name_vi: &'static str,
    /// The same in English.
    pub name_en: &'static str,
    /// One grant for each role.
    pub grants: &'static [Grant],
}

/// Lists who may do what, and who may see what. No secret to anybody.
#[must_use]
pub fn list_permissions() -> PermissionTable {
    let rows = table().iter().map(|row| PermissionRow {
        action: row.action.code(),
        state: row.state,
        name_vi: row.vi,
        name_en: row.en,
        grants: &row.grants,
    });
    let visibility = policy::RULES.iter().map(|(secrecy, row)| VisibilityRow {
        secrecy: *secrecy,
        shown: row.iter().map(|shown| shown.code()).collect(),
    });
    PermissionTable {
        roles: Role::ALL,
        rows: rows.collect(),
        audiences: Audience::ALL,
        visibility: visibility.collect(),
    }
}
