//! Who may do what: one table of role × action × state, apart from every state machine and from what somebody may see.
//!
//! **To add an action** (two steps; a test names what is missing):
//!
//! 1. a line in `permission/action.rs`: its variant, its word, and the states of its record (`ANY`, unless who may do it
//!    depends on them);
//! 2. its row in `permission/table.rs`, or one row for each of its states: a grant for every role, and what it is called.
//!
//! Then ask at the beginning of the use case: `desk.may(who, Action::X, About::owner(&code))?`, with [`About::nothing`] where
//! it concerns nobody's property and `.in_state(state.code())` where the state matters. What is not in the table is
//! refused to everybody.

mod action;
mod table;

use hatang_core::{OrganisationCode, Role, Territory, Viewer};
use serde::Serialize;

pub use self::action::Action;
use self::table::TABLE;
use crate::{
    desk::Desk,
    error::{DeskError, ErrorKind},
};

/// What an action concerns.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct About<'a> {
    owner: Option<&'a OrganisationCode>,
    state: Option<&'a str>,
    territory: Option<&'a Territory>,
}

impl<'a> About<'a> {
    /// Nobody's property.
    #[must_use]
    pub const fn nothing() -> Self {
        Self { owner: None, state: None, territory: None }
    }

    /// Something of this organisation.
    #[must_use]
    pub const fn owner(owner: &'a OrganisationCode) -> Self {
        Self { owner: Some(owner), state: None, territory: None }
    }

    /// The same, of a record in this state of its state machine.
    #[must_use]
    pub const fn in_state(self, state: &'a str) -> Self {
        Self { state: Some(state), ..self }
    }

    /// The same, in a territory. Officials who answer for one territory do nothing in another.
    #[must_use]
    pub const fn in_territory(self, territory: &'a Territory) -> Self {
        Self { territory: Some(territory), ..self }
    }
}

/// What a role is granted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Grant {
    /// Nothing.
    No,
    /// What concerns the organisation that the account acts for, or an owner that lets it do this.
    Own,
    /// Whatever it concerns.
    All,
}

/// One row: an action in one state, and what every role is granted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Row {
    /// The action.
    pub action: Action,
    /// The state of the record that it concerns; none where the state does not matter.
    pub state: Option<&'static str>,
    /// What each role is granted, in the order of [`Role::ALL`].
    pub grants: [Grant; Role::ALL.len()],
    /// What the action is called in Vietnamese.
    pub vi: &'static str,
    /// The same in English.
    pub en: &'static str,
}

/// Every row, as officials read it.
#[must_use]
pub const fn table() -> &'static [Row] {
    TABLE
}

/// What a role is granted. What no row names is granted to nobody.
#[must_use]
pub fn grant(role: Role, action: Action, state: Option<&str>) -> Grant {
    let row = TABLE.iter().find(|row| row.action == action && row.state == state);
    let column = Role::ALL.iter().position(|one| *one == role);
    row.zip(column).map_or(Grant::No, |(row, column)| row.grants[column])
}

/// Whether the viewer may do it. An official who answers for one territory may do nothing where none is named.
#[must_use]
pub fn is_allowed(viewer: &Viewer, action: Action, about: About<'_>) -> bool {
    let is_elsewhere =
        viewer.role.is_official() && viewer.territory.is_some() && viewer.territory.as_ref() != about.territory;
    if is_elsewhere {
        return false;
    }
    match grant(viewer.role, action, about.state) {
        Grant::No => false,
        Grant::Own => about.owner.is_some_and(|owner| match action.delegated_as() {
            Some(delegated) => viewer.may_act_for(owner, delegated),
            None => viewer.acts_for(owner),
        }),
        Grant::All => true,
    }
}

impl Desk {
    /// Passes when the viewer may do it; in the home territory, where no other is named. Not while the registry is read.
    ///
    /// # Errors
    /// As [`may`].
    pub fn may(&self, viewer: &Viewer, action: Action, about: About<'_>) -> Result<(), DeskError> {
        match about.territory {
            Some(_) => may(viewer, action, about),
            None => may(viewer, action, about.in_territory(&self.home())),
        }
    }

    /// Whether the viewer may do it; as [`Desk::may`].
    #[must_use]
    pub fn allows(&self, viewer: &Viewer, action: Action, about: About<'_>) -> bool {
        self.may(viewer, action, about).is_ok()
    }
}

/// Passes when the viewer may do it.
///
/// # Errors
/// [`ErrorKind::SignInNeeded`] for somebody who has not signed in, [`ErrorKind::Refused`] for everybody else who may not.
pub fn may(viewer: &Viewer, action: Action, about: About<'_>) -> Result<(), DeskError> {
    if is_allowed(viewer, action, about) {
        return Ok(());
    }
    Err(match viewer.role {
        Role::Public => DeskError::input(
            ErrorKind::SignInNeeded,
            "session.required",
            viewer.role,
            "Hãy đăng nhập để thực hiện việc này.",
            "Sign in to do this.",
        ),
        role => DeskError::input(
            ErrorKind::Refused,
            "action.refused",
            role,
            "Vai trò của bạn không được thực hiện việc này.",
            "Your role may not do this.",
        ),
    })
}

#[cfg(test)]
mod tests;
