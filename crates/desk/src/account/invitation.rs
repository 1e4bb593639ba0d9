//! One-time codes to choose a password with: for the first operator, for a new account, and after a reset.
//!
//! Nobody ever chooses somebody else's password, and no installation begins with one that is written down somewhere.

use hatang_core::{AccountId, Role, Text, Viewer};
use hatang_store::{Account, Person};
use jiff::SignedDuration;

use super::{
    Code, Origin,
    administer::{self, check_name},
    password, session,
    sign_in::{self, SignedIn},
    viewer,
};
use crate::{
    desk::Desk,
    error::{DeskError, ErrorKind},
};

/// How long a code lasts: over a weekend.
pub const LASTS: SignedDuration = SignedDuration::from_hours(72);

/// Makes a code for an account; the one before is worth nothing any more.
pub(crate) async fn invite(desk: &Desk, account: Option<AccountId>) -> Result<Code, DeskError> {
    let code = Code::new(desk);
    desk.store.put_invitation(Code::digest(code.as_str()), account, desk.edge.now() + LASTS).await?;
    Ok(code)
}

/// Whether nobody can run the installation yet.
///
/// # Errors
/// [`DeskError::Store`] when the store cannot be read.
pub async fn lacks_operator(desk: &Desk) -> Result<bool, DeskError> {
    Ok(desk.store.lacks_operator().await?)
}

/// A code for the first operator, to print on the console; `None` when there is an operator who may sign in.
///
/// # Errors
/// [`DeskError::Store`] when the store cannot be written.
pub async fn first_operators_code(desk: &Desk) -> Result<Option<Code>, DeskError> {
    if lacks_operator(desk).await? { invite(desk, None).await.map(Some) } else { Ok(None) }
}

/// What somebody with a code sets up.
#[derive(Debug)]
pub struct Setup<'a> {
    /// The code.
    pub code: &'a str,
    /// The name to sign in with; for the first operator only, others have one.
    pub name: Option<&'a str>,
    /// How to be shown to others; the same.
    pub display_name: Option<&'a str>,
    /// The password that is chosen.
    pub password: &'a str,
}

/// Chooses a password with a code, and signs in.
///
/// # Errors
/// [`ErrorKind::Refused`] for a code that is wrong, used or too old, [`ErrorKind::BadInput`] for a name or a password
/// that is not taken (the code stays good), [`ErrorKind::TooMany`] after too many wrong codes of one address.
pub async fn set_up(desk: &Desk, setup: Setup<'_>, origin: &Origin) -> Result<SignedIn, DeskError> {
    sign_in::count_address(desk, origin).await?;
    let (code, now) = (Code::digest(setup.code), desk.edge.now());
    let Some(invited) = desk.store.invitation(code, now).await? else { return Err(code_unknown()) };
    let account = match invited {
        Some(id) => {
            let account = desk.store.account_by_id(id).await?.filter(|account| !account.disabled);
            account.ok_or_else(code_unknown)?
        }
        None => first_operator(desk, &setup).await?,
    };
    password::check(setup.password, &password::words_of(&account))?;
    let hash = password::hash(desk, setup.password).await?;
    // Whoever takes the code first goes on; everything before this can be tried again.
    if !desk.store.take_invitation(code, now).await? {
        return Err(code_unknown());
    }
    if invited.is_some() {
        desk.store.set_password(account.id, &hash, now, None).await?;
    } else {
        desk.store.create_account(&account, Some(&hash)).await?;
    }
    sign_in::forget_attempts(desk, &account.name, origin).await?;
    let stage = sign_in::stage_after_first_factor(desk, &account).await?;
    administer::note(desk, &viewer(desk, &account), account.id, "password chosen with a one-time code");
    session::begin(desk, account, stage, origin, "one-time code").await
}

async fn first_operator(desk: &Desk, setup: &Setup<'_>) -> Result<Account, DeskError> {
    if !desk.store.lacks_operator().await? {
        return Err(code_unknown());
    }
    let name = check_name(setup.name.unwrap_or_default())?;
    administer::name_is_free(desk, &name).await?;
    let display_name = setup.display_name.map(str::trim).filter(|name| !name.is_empty()).unwrap_or(&name).to_owned();
    Ok(Account {
        id: AccountId(desk.edge.new_uuid()),
        name,
        person: Person { display_name, ..Person::default() },
        role: Role::Operator,
        organisation: None,
        territory: None,
        disabled: false,
        created_at: Some(desk.edge.now()),
        erasure_asked_at: None,
        erased_at: None,
    })
}

/// Makes a code for an account by name; for the installation's own commands.
///
/// # Errors
/// [`ErrorKind::NotFound`] when there is no such account.
pub async fn invite_by_name(desk: &Desk, who: &Viewer, name: &str) -> Result<Code, DeskError> {
    let account = administer::administered_by_name(desk, who, name).await?;
    invite(desk, Some(account.id)).await
}

fn code_unknown() -> DeskError {
    DeskError::Input {
        kind: ErrorKind::Refused,
        code: "setup.code_unknown",
        value: None,
        text: Text::new(
            "Mã một lần không đúng, đã dùng hoặc đã hết hạn. Hãy xin người quản trị mã mới.",
            "The one-time code is wrong, was used, or is too old. Ask your administrator for a new one.",
        ),
    }
}
