//! Who may do what. Apart from every state machine and from what somebody may see.

use hatang_core::{OrganisationCode, Role, Viewer};

use crate::error::{DeskError, ErrorKind};

/// An act that changes something or reads what is not for everybody.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Action<'a> {
    /// Enter assets of this owner, or of owners that a file names.
    ImportAssets(Option<&'a OrganisationCode>),
    /// Adopt a plan, an outline or a rule set.
    AdoptPlan,
    /// Read the journal's proof.
    VerifyJournal,
    /// Make, change or close accounts.
    ManageAccounts,
}

/// Passes when the viewer may do it.
///
/// # Errors
/// [`ErrorKind::SignInNeeded`] for somebody who has not signed in, [`ErrorKind::Refused`] for everybody else who may not.
pub fn may(viewer: &Viewer, action: Action<'_>) -> Result<(), DeskError> {
    let allowed = match action {
        Action::ImportAssets(owner) => match viewer.role {
            Role::Operator => true,
            Role::CarrierEditor | Role::CarrierAdministrator | Role::Utility => {
                owner.is_some() && viewer.organisation.as_ref() == owner
            }
            _ => false,
        },
        Action::AdoptPlan => matches!(viewer.role, Role::Operator | Role::PlanLead),
        Action::VerifyJournal => matches!(viewer.role, Role::Operator | Role::Auditor),
        Action::ManageAccounts => viewer.role == Role::Operator,
    };
    if allowed {
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
mod tests {
    use super::*;

    #[test]
    fn only_the_owner_and_the_operator_enter_an_owners_assets() {
        let viettel = OrganisationCode::new("viettel").unwrap();
        let vnpt = OrganisationCode::new("vnpt").unwrap();
        let viewer = |role, organisation: &OrganisationCode| Viewer {
            account: None,
            role,
            organisation: Some(organisation.clone()),
        };
        for (name, viewer, owner, allowed) in [
            ("its editor", viewer(Role::CarrierEditor, &viettel), Some(&viettel), true),
            ("a rival", viewer(Role::CarrierEditor, &vnpt), Some(&viettel), false),
            ("an editor with a file that names owners", viewer(Role::CarrierEditor, &viettel), None, false),
            ("an assessor", viewer(Role::Assessor, &viettel), Some(&viettel), false),
            ("the console", Viewer::console(), None, true),
            ("nobody", Viewer::public(), Some(&viettel), false),
        ] {
            assert_eq!(may(&viewer, Action::ImportAssets(owner)).is_ok(), allowed, "{name}");
        }
    }
}
