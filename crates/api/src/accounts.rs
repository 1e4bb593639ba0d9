//! Managing accounts: an organisation's administrator its own, the operator all. People only.

mod one;

use axum::{extract::State, http::StatusCode, response::IntoResponse};
use hatang_core::{OrganisationCode, OrganisationKind, Registry, Role};
use hatang_desk::account::{
    administer::{Listed, NewAccount, add_account, list_accounts, may_be_territorial, roles_of},
    invitation,
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};

use crate::{AppState, extract::Json, problem::Problem, session::NO_STORE, viewer::Me};

pub(crate) fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new().routes(routes!(list, add)).merge(one::routes())
}

/// The accounts that the viewer manages.
#[derive(Serialize, ToSchema)]
pub(crate) struct ManagedAccounts {
    /// By name.
    accounts: Vec<ManagedAccount>,
    /// Organisations that accounts may act for, with the roles that theirs may have.
    organisations: Vec<ManagedOrganisation>,
    /// The territories that an official may answer for alone; empty for those who may not say so.
    territories: Vec<ManagedTerritory>,
    /// The roles that may answer for one territory alone.
    territorial_roles: Vec<&'static str>,
    /// The roles of accounts that act for no organisation; empty where every account acts for one.
    roles_without_organisation: Vec<&'static str>,
}

/// An organisation that accounts may act for.
#[derive(Serialize, ToSchema)]
pub(crate) struct ManagedOrganisation {
    /// Its code.
    code: String,
    /// Its name.
    name: String,
    /// The roles of its accounts.
    roles: Vec<&'static str>,
}

/// A territory that officials may answer for.
#[derive(Serialize, ToSchema)]
pub(crate) struct ManagedTerritory {
    /// Its code.
    code: String,
    /// Its name.
    name: String,
}

/// An account as its administrator sees it.
#[derive(Serialize, ToSchema)]
pub(crate) struct ManagedAccount {
    /// By which it is named in addresses.
    id: String,
    /// What is typed to sign in.
    account: String,
    /// How its person is shown.
    display_name: String,
    /// Where its person can be written to.
    #[schema(required)]
    email: Option<String>,
    /// The address that the sign-on service must have verified.
    #[schema(required)]
    sign_on_email: Option<String>,
    /// What it may be.
    role: &'static str,
    /// Whom it acts for.
    #[schema(required)]
    organisation: Option<String>,
    /// The one territory that it answers for; null for every one.
    #[schema(required)]
    territory: Option<String>,
    /// Whether it may not sign in.
    disabled: bool,
    /// Whether it has chosen a password.
    has_password: bool,
    /// Whether it has a second factor.
    second_factor: bool,
    /// Until when signing in is locked; null for not.
    #[schema(required, format = DateTime)]
    locked_until: Option<String>,
    /// When its person asked to be erased; null for not.
    #[schema(required, format = DateTime)]
    erasure_asked_at: Option<String>,
    /// When its person was erased; null for not.
    #[schema(required, format = DateTime)]
    erased_at: Option<String>,
}

impl From<Listed> for ManagedAccount {
    fn from(listed: Listed) -> Self {
        let Listed { account, has_password, has_second_factor, locked_until } = listed;
        Self {
            id: account.id.0.to_string(),
            account: account.name,
            display_name: account.person.display_name,
            email: account.person.email,
            sign_on_email: account.person.sign_on_email,
            role: account.role.code(),
            organisation: account.organisation.map(String::from),
            territory: account.territory.map(String::from),
            disabled: account.disabled,
            has_password,
            second_factor: has_second_factor,
            locked_until: locked_until.map(|at| at.to_string()),
            erasure_asked_at: account.erasure_asked_at.map(|at| at.to_string()),
            erased_at: account.erased_at.map(|at| at.to_string()),
        }
    }
}

/// An account to open.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct AddAccount {
    /// What is typed to sign in.
    account: String,
    /// How its person is shown.
    display_name: String,
    /// Where its person can be written to.
    email: Option<String>,
    /// The address that the sign-on service must have verified.
    sign_on_email: Option<String>,
    /// What it may be.
    role: String,
    /// Whom it acts for.
    organisation: Option<String>,
    /// The one territory that it answers for, for officials; absent for every one.
    territory: Option<String>,
}

/// A one-time code to choose a password with, shown once.
#[derive(Serialize, ToSchema)]
pub(crate) struct OneTimeCode {
    /// The account.
    id: String,
    /// The code; hand it to the account's person and to nobody else.
    code: String,
    /// How long it lasts, in hours.
    lasts_hours: i64,
}

/// `GET /api/v1/accounts`: the accounts that the viewer manages.
#[utoipa::path(
    get,
    path = "/api/v1/accounts",
    tag = "accounts",
    operation_id = "listAccounts",
    responses((status = OK, description = "The accounts", body = ManagedAccounts), crate::wire::Problems),
)]
async fn list(Me(me): Me, State(state): State<AppState>) -> Result<impl IntoResponse, Problem> {
    let viewer = me.viewer(&state.desk);
    let accounts = list_accounts(&state.desk, &viewer).await?.into_iter().map(ManagedAccount::from).collect();
    let everywhere = viewer.role == Role::Operator;
    let organisations = state.desk.read(|registry| {
        let managed = registry.organisations().values();
        let managed = managed.filter(|it| everywhere || viewer.organisation.as_ref() == Some(&it.code));
        let managed = managed.map(|it| ManagedOrganisation {
            code: it.code.to_string(),
            name: it.name.clone(),
            roles: codes(roles_of(it.kind)),
        });
        managed.collect()
    });
    let territories = if everywhere { state.desk.read(territories) } else { Vec::new() };
    let territorial_roles = Role::ALL.iter().copied().filter(|role| may_be_territorial(*role));
    let territorial_roles = territorial_roles.map(Role::code).collect();
    let roles_without_organisation = if everywhere { codes(roles_of(OrganisationKind::Authority)) } else { Vec::new() };
    Ok((
        NO_STORE,
        axum::Json(ManagedAccounts {
            accounts,
            organisations,
            territories,
            territorial_roles,
            roles_without_organisation,
        }),
    ))
}

/// The territories whose outlines are loaded.
fn territories(registry: &Registry) -> Vec<ManagedTerritory> {
    let named = registry.territories().iter().filter_map(|(code, state)| {
        let name = state.boundaries.as_ref()?.home.name.clone();
        Some(ManagedTerritory { code: code.to_string(), name })
    });
    named.collect()
}

fn codes(roles: &[Role]) -> Vec<&'static str> {
    roles.iter().map(|role| role.code()).collect()
}

/// `POST /api/v1/accounts`: opens an account. Its person chooses the password with the one-time code.
#[utoipa::path(
    post,
    path = "/api/v1/accounts",
    tag = "accounts",
    operation_id = "addAccount",
    request_body = AddAccount,
    responses((status = CREATED, description = "The code", body = OneTimeCode), crate::wire::Problems),
)]
async fn add(
    Me(me): Me,
    State(state): State<AppState>,
    Json(new): Json<AddAccount>,
) -> Result<impl IntoResponse, Problem> {
    let organisation = new.organisation.filter(|code| !code.is_empty()).map(OrganisationCode::try_from).transpose();
    let organisation = organisation.map_err(|error| {
        Problem::input(
            "organisation.code",
            error.text.clone(),
            "Mã đơn vị không đúng dạng.",
            "This is no organisation's code.",
        )
    })?;
    let account = NewAccount {
        name: &new.account,
        display_name: &new.display_name,
        email: new.email.as_deref(),
        sign_on_email: new.sign_on_email.as_deref(),
        role: one::role(&new.role)?,
        organisation,
        territory: new.territory.as_deref().and_then(one::territory).transpose()?,
    };
    let (id, code) = add_account(&state.desk, &me.viewer(&state.desk), account).await?;
    Ok((StatusCode::CREATED, NO_STORE, axum::Json(one_time(id, &code))))
}

fn one_time(id: hatang_core::AccountId, code: &hatang_desk::account::Code) -> OneTimeCode {
    OneTimeCode { id: id.0.to_string(), code: code.as_str().to_owned(), lasts_hours: invitation::LASTS.as_hours() }
}
