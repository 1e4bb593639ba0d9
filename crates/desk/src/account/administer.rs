//! Managing accounts: an organisation's administrator its own, the operator all.

use std::collections::{BTreeMap, BTreeSet};

use hatang_core::{AccessKind, AccountId, OrganisationCode, OrganisationKind, Role, Territory, Text, Viewer};
use hatang_store::{Account, Person};
use jiff::Timestamp;

use super::{Code, invitation::invite, password, person, plain_name, sign_in::subject_of_name, unknown};
use crate::{
    desk::Desk,
    error::{DeskError, ErrorKind},
    permission::{About, Action},
};

/// The longest name to sign in with, in characters.
const NAME_AT_MOST: usize = 64;

/// What is needed to open an account.
#[derive(Debug)]
pub struct NewAccount<'a> {
    /// The name to sign in with.
    pub name: &'a str,
    /// How the account is shown to others.
    pub display_name: &'a str,
    /// Where the person can be written to.
    pub email: Option<&'a str>,
    /// The address that the sign-on service must have verified to be linked to this account.
    pub sign_on_email: Option<&'a str>,
    /// What the account may be.
    pub role: Role,
    /// Whom it acts for.
    pub organisation: Option<OrganisationCode>,
    /// The one territory that it answers for, for officials; every territory of the installation when none is named.
    pub territory: Option<Territory>,
}

/// An account as its administrator sees it.
#[derive(Clone, Debug)]
pub struct Listed {
    /// The account.
    pub account: Account,
    /// Whether it has chosen a password.
    pub has_password: bool,
    /// Whether it has a second factor.
    pub has_second_factor: bool,
    /// Until when signing in is locked.
    pub locked_until: Option<Timestamp>,
}

/// Opens an account and makes the one-time code with which its person chooses a password.
///
/// # Errors
/// [`DeskError`] when the viewer may not, the name is taken, or the role is not one of the organisation.
pub async fn add_account(desk: &Desk, who: &Viewer, new: NewAccount<'_>) -> Result<(AccountId, Code), DeskError> {
    let account = checked(desk, who, &new).await?;
    desk.store.create_account(&account, None).await.map_err(taken)?;
    note(desk, who, account.id, &format!("added {}", account.role));
    Ok((account.id, invite(desk, Some(account.id)).await?))
}

/// Opens an account with a password that is known already; for the installation's own commands.
///
/// # Errors
/// As [`add_account`], and [`ErrorKind::BadInput`] for a password that is not taken.
pub async fn add_account_with_password(
    desk: &Desk,
    who: &Viewer,
    new: NewAccount<'_>,
    its_password: &str,
) -> Result<AccountId, DeskError> {
    let account = checked(desk, who, &new).await?;
    password::check(its_password, &password::words_of(&account))?;
    let hash = password::hash(desk, its_password).await?;
    desk.store.create_account(&account, Some(&hash)).await.map_err(taken)?;
    note(desk, who, account.id, &format!("added {}", account.role));
    Ok(account.id)
}

async fn checked(desk: &Desk, who: &Viewer, new: &NewAccount<'_>) -> Result<Account, DeskError> {
    desk.may(who, Action::ManageAccounts, about(new.organisation.as_ref()))?;
    let name = check_name(new.name)?;
    check_role(desk, new.role, new.organisation.as_ref())?;
    check_territory(new.role, new.territory.as_ref())?;
    name_is_free(desk, &name).await?;
    let display_name = Some(new.display_name.trim()).filter(|given| !given.is_empty()).unwrap_or(&name);
    let person = Person {
        display_name: person::check_display_name(display_name)?,
        email: person::check_email(new.email)?,
        phone: None,
        sign_on_email: person::check_email(new.sign_on_email)?.map(|email| email.to_lowercase()),
    };
    Ok(Account {
        id: AccountId(desk.edge.new_uuid()),
        name,
        person,
        role: new.role,
        organisation: new.organisation.clone(),
        territory: new.territory.clone(),
        disabled: false,
        created_at: Some(desk.edge.now()),
        erasure_asked_at: None,
        erased_at: None,
    })
}

/// The accounts that the viewer manages, by name.
///
/// # Errors
/// [`DeskError`] when the viewer manages none.
pub async fn list_accounts(desk: &Desk, who: &Viewer) -> Result<Vec<Listed>, DeskError> {
    let own = whose(desk, who)?;
    let now = desk.edge.now();
    let accounts = desk.store.accounts(own).await?;
    let with_password: BTreeSet<AccountId> = desk.store.accounts_with_password().await?.into_iter().collect();
    let with_factor: BTreeSet<AccountId> = desk.store.accounts_with_second_factor().await?.into_iter().collect();
    let locked: BTreeMap<String, Timestamp> = desk.store.locked_subjects(now).await?.into_iter().collect();
    desk.audit_many(AccessKind::PersonalDataRead, who, "accounts listed", accounts.len());
    let listed = accounts.into_iter().map(|account| Listed {
        has_password: with_password.contains(&account.id),
        has_second_factor: with_factor.contains(&account.id),
        locked_until: locked.get(&subject_of_name(&account.name)).copied(),
        account,
    });
    Ok(listed.collect())
}

/// Lets an account be something else; it may do so from its next request on.
///
/// # Errors
/// [`DeskError`] when the viewer may not, or the role is not one of the account's organisation.
pub async fn change_role(desk: &Desk, who: &Viewer, id: AccountId, role: Role) -> Result<(), DeskError> {
    let account = administered(desk, who, id).await?;
    not_oneself(who, &account)?;
    check_role(desk, role, account.organisation.as_ref())?;
    check_territory(role, account.territory.as_ref())?;
    desk.store.set_account_role(id, role).await.map_err(|error| refused(error, &account))?;
    note(desk, who, id, &format!("role {} to {role}", account.role));
    Ok(())
}

/// Lets an official answer for one territory alone, or for every territory of the installation.
///
/// # Errors
/// [`DeskError`] when the viewer may not, or the account is no official's.
pub async fn change_territory(
    desk: &Desk,
    who: &Viewer,
    id: AccountId,
    territory: Option<Territory>,
) -> Result<(), DeskError> {
    let account = administered(desk, who, id).await?;
    not_oneself(who, &account)?;
    check_territory(account.role, territory.as_ref())?;
    desk.store.set_account_territory(id, territory.as_ref()).await?;
    let now = territory.map_or_else(|| "every territory".to_owned(), |one| format!("territory {one}"));
    note(desk, who, id, &now);
    Ok(())
}

/// Closes an account and ends its sessions, or opens it again.
///
/// # Errors
/// [`DeskError`] when the viewer may not, or nobody could run the installation any more.
pub async fn set_disabled(desk: &Desk, who: &Viewer, id: AccountId, disabled: bool) -> Result<(), DeskError> {
    let account = administered(desk, who, id).await?;
    not_oneself(who, &account)?;
    if account.erased_at.is_some() {
        return Err(unknown(id.0));
    }
    desk.store.set_account_disabled(id, disabled).await.map_err(|error| refused(error, &account))?;
    note(desk, who, id, if disabled { "disabled" } else { "enabled" });
    Ok(())
}

/// Closes an account by its name and ends its sessions.
///
/// # Errors
/// [`DeskError`] when the viewer may not, or there is no such account.
pub async fn disable_account(desk: &Desk, who: &Viewer, name: &str) -> Result<(), DeskError> {
    let account = administered_by_name(desk, who, name).await?;
    desk.store.set_account_disabled(account.id, true).await.map_err(|error| refused(error, &account))?;
    note(desk, who, account.id, "disabled");
    Ok(())
}

/// Takes an account's password and sessions away and makes a one-time code to choose a new one with.
///
/// # Errors
/// [`DeskError`] when the viewer may not.
pub async fn reset_password(desk: &Desk, who: &Viewer, id: AccountId) -> Result<Code, DeskError> {
    let account = administered(desk, who, id).await?;
    not_oneself(who, &account)?;
    desk.store.drop_password(id).await?;
    note(desk, who, id, "password reset");
    invite(desk, Some(id)).await
}

/// Takes an account's second factor, recovery codes and sessions away: a telephone was lost. Where the role demands
/// one, the next sign-in can do nothing but enrol.
///
/// # Errors
/// [`DeskError`] when the viewer may not.
pub async fn reset_second_factor(desk: &Desk, who: &Viewer, id: AccountId) -> Result<(), DeskError> {
    let account = administered(desk, who, id).await?;
    not_oneself(who, &account)?;
    desk.store.drop_second_factor(id).await?;
    desk.store.end_other_sessions(id, uuid::Uuid::nil()).await?;
    note(desk, who, id, "second factor reset");
    Ok(())
}

/// Ends the lock that failures have put on an account.
///
/// # Errors
/// [`DeskError`] when the viewer may not.
pub async fn unlock(desk: &Desk, who: &Viewer, id: AccountId) -> Result<(), DeskError> {
    let account = administered(desk, who, id).await?;
    desk.store.forget_attempts(&subject_of_name(&account.name)).await?;
    note(desk, who, id, "unlocked");
    Ok(())
}

/// Says which address the sign-on service must have verified for an identity to be linked to this account, or that
/// none is; links that exist are undone.
///
/// # Errors
/// [`DeskError`] when the viewer may not, or another account expects the address.
pub async fn expect_sign_on(desk: &Desk, who: &Viewer, id: AccountId, email: Option<&str>) -> Result<(), DeskError> {
    let account = administered(desk, who, id).await?;
    let email = person::check_email(email)?.map(|email| email.to_lowercase());
    desk.store.put_person(id, &Person { sign_on_email: email, ..account.person }).await.map_err(taken)?;
    desk.store.unlink_identities(id).await?;
    note(desk, who, id, "sign-on address changed");
    Ok(())
}

/// Wipes the person behind an account and closes it; the identity stays, because the journal refers to it.
///
/// # Errors
/// [`DeskError`] when the viewer may not, or nobody could run the installation any more.
pub async fn erase_account(desk: &Desk, who: &Viewer, id: AccountId) -> Result<(), DeskError> {
    let account = administered(desk, who, id).await?;
    not_oneself(who, &account)?;
    desk.store.erase_person(id, desk.edge.now()).await.map_err(|error| refused(error, &account))?;
    desk.store.forget_attempts(&subject_of_name(&account.name)).await?;
    note(desk, who, id, "person erased");
    Ok(())
}

/// Whose accounts the viewer manages: one organisation's, or everybody's.
fn whose<'a>(desk: &Desk, who: &'a Viewer) -> Result<Option<&'a OrganisationCode>, DeskError> {
    let own =
        if desk.may(who, Action::ManageAccounts, About::nothing()).is_ok() { None } else { who.organisation.as_ref() };
    desk.may(who, Action::ManageAccounts, about(own))?;
    Ok(own)
}

fn about(organisation: Option<&OrganisationCode>) -> About<'_> {
    organisation.map_or_else(About::nothing, About::owner)
}

/// Notes a change of an account, by its identity and in words that name nobody.
pub(crate) fn note(desk: &Desk, who: &Viewer, id: AccountId, what: &str) {
    desk.audit(AccessKind::AccountChange, who, &format!("account:{} {what}", id.0));
}

/// An account that the viewer manages. One of another organisation is as good as not there.
pub(crate) async fn administered(desk: &Desk, who: &Viewer, id: AccountId) -> Result<Account, DeskError> {
    let own = whose(desk, who)?;
    let account = desk.store.account_by_id(id).await?;
    let account = account.filter(|account| own.is_none() || account.organisation.as_ref() == own);
    account.ok_or_else(|| unknown(id.0))
}

pub(crate) async fn administered_by_name(desk: &Desk, who: &Viewer, name: &str) -> Result<Account, DeskError> {
    let account = desk.store.account_by_name(&plain_name(name)).await?.ok_or_else(|| unknown(name))?;
    administered(desk, who, account.id).await.map_err(|_| unknown(name))
}

/// A name to sign in with, as it is kept.
pub(crate) fn check_name(name: &str) -> Result<String, DeskError> {
    let plain = plain_name(name);
    let length = plain.chars().count();
    let clean = !name.contains(char::is_control)
        && plain.chars().all(|letter| letter.is_alphanumeric() || "-._@".contains(letter));
    if (2..=NAME_AT_MOST).contains(&length) && clean {
        return Ok(plain);
    }
    Err(DeskError::input(
        ErrorKind::BadInput,
        "account.name",
        name,
        "Tên tài khoản có từ 2 đến 64 ký tự: chữ, số và các dấu - . _ @.",
        "An account name has 2 to 64 characters: letters, digits and - . _ @.",
    ))
}

pub(crate) async fn name_is_free(desk: &Desk, name: &str) -> Result<(), DeskError> {
    match desk.store.account_by_name(name).await? {
        None => Ok(()),
        Some(_) => Err(name_taken(name)),
    }
}

/// The roles that accounts of an organisation may have. One whose kind nobody has said may have any.
#[must_use]
pub fn roles_of(kind: OrganisationKind) -> &'static [Role] {
    use OrganisationKind as Kind;
    match kind {
        Kind::Carrier | Kind::TowerCompany => &[Role::CarrierEditor, Role::CarrierAdministrator],
        Kind::UtilityPower | Kind::UtilityLighting | Kind::UtilityRoad | Kind::UtilityWater => {
            &[Role::Utility, Role::CarrierAdministrator]
        }
        Kind::Authority => &[
            Role::Assessor,
            Role::Signatory,
            Role::PlanLead,
            Role::Planner,
            Role::SecurityOfficer,
            Role::CityViewer,
            Role::Auditor,
            Role::Operator,
        ],
        Kind::Unknown => &[Role::CarrierEditor, Role::CarrierAdministrator, Role::Utility],
    }
}

fn check_role(desk: &Desk, role: Role, organisation: Option<&OrganisationCode>) -> Result<(), DeskError> {
    let kind = organisation.map(|code| {
        desk.read(|registry| registry.organisations().get(code).map(|it| it.kind)).unwrap_or(OrganisationKind::Unknown)
    });
    let fits = match kind {
        // Without an organisation nobody owns anything.
        None => role.is_official(),
        Some(OrganisationKind::Unknown) => role != Role::Public,
        Some(kind) => roles_of(kind).contains(&role),
    };
    if fits {
        return Ok(());
    }
    Err(DeskError::input(
        ErrorKind::BadInput,
        "account.role",
        role,
        "Vai trò này không thuộc loại đơn vị của tài khoản.",
        "This role is not one of the account's kind of organisation.",
    ))
}

/// Whether an account of this role may answer for one territory alone. Owners are owners wherever their assets stand, and
/// whoever runs the installation runs all of it.
#[must_use]
pub fn may_be_territorial(role: Role) -> bool {
    role.is_official() && role != Role::Operator
}

fn check_territory(role: Role, territory: Option<&Territory>) -> Result<(), DeskError> {
    match territory {
        Some(territory) if !may_be_territorial(role) => Err(DeskError::input(
            ErrorKind::BadInput,
            "account.territory",
            territory,
            "Chỉ tài khoản của cơ quan quản lý (trừ người vận hành) mới gắn với một địa bàn.",
            "Only officials answer for one territory, and an operator for every one.",
        )),
        _ => Ok(()),
    }
}

fn not_oneself(who: &Viewer, account: &Account) -> Result<(), DeskError> {
    if who.account != Some(account.id) {
        return Ok(());
    }
    Err(DeskError::input(
        ErrorKind::Conflict,
        "account.oneself",
        &account.name,
        "Không thể tự làm việc này với tài khoản của chính mình; hãy nhờ một người quản trị khác.",
        "Nobody does this to their own account; ask another administrator.",
    ))
}

/// What cannot be done to an account, in words.
fn refused(error: hatang_store::StoreError, account: &Account) -> DeskError {
    match error {
        hatang_store::StoreError::LastOperator => DeskError::input(
            ErrorKind::Conflict,
            "account.last_operator",
            &account.name,
            "Đây là người vận hành cuối cùng; hãy thêm một người vận hành khác trước.",
            "This is the last operator; add another operator first.",
        ),
        other => DeskError::Store(other),
    }
}

fn name_taken(name: &str) -> DeskError {
    DeskError::input(
        ErrorKind::Conflict,
        "account.taken",
        name,
        "Tên tài khoản này đã có.",
        "This account name is taken.",
    )
}

/// Two may race for a name or an address; the loser is told as if it had been taken before.
fn taken(error: hatang_store::StoreError) -> DeskError {
    match error {
        hatang_store::StoreError::NameTaken { name } => name_taken(&name),
        hatang_store::StoreError::SignOnEmailTaken => DeskError::Input {
            kind: ErrorKind::Conflict,
            code: "account.sign_on_email_taken",
            value: None,
            text: Text::new(
                "Địa chỉ đăng nhập một lần này đã gắn với tài khoản khác.",
                "Another account expects this sign-on address.",
            ),
        },
        other => DeskError::Store(other),
    }
}
