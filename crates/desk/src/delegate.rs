//! Letting a service provider act in an owner's name: granting, listing and taking back.

use hatang_core::{AccessKind, DelegatedAction, Delegation, Event, OrganisationCode, Role, Stream, Territory, Viewer};
use hatang_store::Expected;
use jiff::civil::Date;
use uuid::Uuid;

use crate::{
    desk::Desk,
    error::{DeskError, ErrorKind},
    permission::{About, Action},
};

/// What an owner wants to let somebody do.
#[derive(Debug)]
pub struct NewDelegation {
    /// In whose name is acted.
    pub owner: OrganisationCode,
    /// Who may act.
    pub provider: OrganisationCode,
    /// What may be done.
    pub actions: Vec<DelegatedAction>,
    /// The first day.
    pub from: Date,
    /// The last day.
    pub to: Date,
}

/// Lets another organisation do named acts in an owner's name.
///
/// # Errors
/// [`DeskError`] when the viewer may not, an organisation is unknown, or nothing would be allowed.
pub async fn grant_delegation(desk: &Desk, who: &Viewer, new: NewDelegation) -> Result<Delegation, DeskError> {
    desk.may(who, Action::Delegate, About::owner(&new.owner))?;
    for code in [&new.owner, &new.provider] {
        if desk.read(|registry| !registry.organisations().contains_key(code)) {
            return Err(DeskError::input(
                ErrorKind::BadInput,
                "organisation.unknown",
                code,
                "Không có đơn vị mang mã này trong sổ đăng ký.",
                "The registry knows no organisation of this code.",
            ));
        }
    }
    let mut actions = new.actions;
    actions.sort_unstable();
    actions.dedup();
    let bad = |code, value: String, vi, en| Err(DeskError::input(ErrorKind::BadInput, code, value, vi, en));
    if actions.is_empty() {
        return bad(
            "delegation.nothing",
            String::new(),
            "Hãy chọn ít nhất một việc được uỷ quyền.",
            "Choose at least one act.",
        );
    }
    if new.owner == new.provider {
        return bad(
            "delegation.oneself",
            new.owner.to_string(),
            "Không cần uỷ quyền cho chính đơn vị mình.",
            "Nobody needs a delegation to themselves.",
        );
    }
    if new.to < new.from || new.to < desk.today() {
        return bad(
            "delegation.dates",
            format!("{}/{}", new.from, new.to),
            "Ngày kết thúc phải sau ngày bắt đầu và chưa qua.",
            "The last day comes after the first and is not past.",
        );
    }
    let delegation = Delegation {
        id: desk.edge.new_uuid(),
        owner: new.owner,
        provider: new.provider,
        actions,
        from: new.from,
        to: new.to,
        revoked_on: None,
    };
    let event = Event::DelegationGranted { delegation: delegation.clone() };
    desk.append(&Territory::authority(), vec![(Expected::New, event)], who).await?;
    desk.audit(AccessKind::AccountChange, who, &format!("delegation:{} granted", delegation.id));
    Ok(delegation)
}

/// The delegations that concern the viewer's organisation, given or received; all of them for those who oversee.
/// The newest first.
///
/// # Errors
/// [`DeskError`] for those whom none concern.
pub fn list_delegations(desk: &Desk, who: &Viewer) -> Result<Vec<Delegation>, DeskError> {
    let oversees = matches!(who.role, Role::Operator | Role::Auditor);
    if !oversees && who.organisation.is_none() {
        desk.may(who, Action::Delegate, About::nothing())?;
    }
    let concerns = |it: &&Delegation| {
        oversees || who.organisation.as_ref().is_some_and(|own| *own == it.owner || *own == it.provider)
    };
    Ok(desk.read(|registry| registry.delegations().values().rev().filter(concerns).cloned().collect()))
}

/// Takes a delegation back, from this moment on.
///
/// # Errors
/// [`ErrorKind::NotFound`] when there is none that the viewer may take back, [`ErrorKind::Conflict`] when it was taken
/// back before.
pub async fn revoke_delegation(desk: &Desk, who: &Viewer, id: Uuid) -> Result<(), DeskError> {
    let known = desk.read(|registry| registry.delegations().get(&id).cloned());
    let found = known.filter(|it| desk.may(who, Action::Delegate, About::owner(&it.owner)).is_ok());
    let Some(delegation) = found else {
        return Err(DeskError::input(
            ErrorKind::NotFound,
            "delegation.unknown",
            id,
            "Không có uỷ quyền này.",
            "There is no such delegation.",
        ));
    };
    if delegation.revoked_on.is_some() {
        return Err(DeskError::input(
            ErrorKind::Conflict,
            "delegation.ended",
            id,
            "Uỷ quyền này đã được thu hồi.",
            "This delegation was taken back before.",
        ));
    }
    let expected = desk.expected(&Territory::authority(), &Stream::Delegation(id)).await?;
    let revoked = Delegation { revoked_on: Some(desk.today()), ..delegation };
    let event = Event::DelegationRevoked { delegation: revoked };
    desk.append(&Territory::authority(), vec![(expected, event)], who).await?;
    desk.audit(AccessKind::AccountChange, who, &format!("delegation:{id} revoked"));
    Ok(())
}
