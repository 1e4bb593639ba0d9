//! The permission table for those who read it.

use hatang_core::Role;
use serde::Serialize;

use crate::permission::{Grant, table};

/// The whole table.
#[derive(Clone, Debug, Serialize)]
pub struct PermissionTable {
    /// The roles, in the order of the grants.
    pub roles: &'static [Role],
    /// One row for each action and state.
    pub rows: Vec<PermissionRow>,
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

/// Lists who may do what. No secret to anybody.
#[must_use]
pub fn list_permissions() -> PermissionTable {
    let rows = table().iter().map(|row| PermissionRow {
        action: row.action.code(),
        state: row.state,
        name_vi: row.vi,
        name_en: row.en,
        grants: &row.grants,
    });
    PermissionTable { roles: Role::ALL, rows: rows.collect() }
}
