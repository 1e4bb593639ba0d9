//! Letting a service provider act in an owner's name.

use axum::{
    extract::{Path, State},
    http::StatusCode,
    response::IntoResponse,
};
use hatang_core::{DelegatedAction, Delegation, OrganisationCode};
use hatang_desk::delegate::{NewDelegation, grant_delegation, list_delegations, revoke_delegation};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};

use crate::{
    AppState,
    extract::{Json, identity},
    problem::Problem,
    session::NO_STORE,
    viewer::Me,
};

pub(crate) fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new().routes(routes!(list, grant)).routes(routes!(revoke))
}

/// Delegations.
#[derive(Serialize, ToSchema)]
pub(crate) struct Delegations {
    /// The newest first.
    delegations: Vec<WireDelegation>,
    /// What can be delegated.
    actions: Vec<&'static str>,
}

/// What an owner lets another organisation do.
#[derive(Serialize, ToSchema)]
#[schema(as = Delegation)]
pub(crate) struct WireDelegation {
    /// Its identity.
    id: String,
    /// In whose name is acted.
    owner: String,
    /// Who may act.
    provider: String,
    /// What may be done.
    actions: Vec<&'static str>,
    /// The first day.
    #[schema(format = Date)]
    from: String,
    /// The last day.
    #[schema(format = Date)]
    to: String,
    /// The day that it was taken back on; null for not.
    #[schema(required, format = Date)]
    revoked_on: Option<String>,
}

impl From<Delegation> for WireDelegation {
    fn from(it: Delegation) -> Self {
        Self {
            id: it.id.to_string(),
            owner: it.owner.into(),
            provider: it.provider.into(),
            actions: it.actions.iter().map(|action| action.code()).collect(),
            from: it.from.to_string(),
            to: it.to.to_string(),
            revoked_on: it.revoked_on.map(|day| day.to_string()),
        }
    }
}

/// A delegation to grant.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct GrantDelegation {
    /// In whose name is acted.
    owner: String,
    /// Who may act.
    provider: String,
    /// What may be done: `see_assets`, `register_assets`.
    actions: Vec<String>,
    /// The first day.
    #[schema(format = Date)]
    from: String,
    /// The last day.
    #[schema(format = Date)]
    to: String,
}

/// `GET /api/v1/delegations`: those that the viewer's organisation has given or received.
#[utoipa::path(
    get,
    path = "/api/v1/delegations",
    tag = "accounts",
    operation_id = "listDelegations",
    responses((status = OK, description = "The delegations", body = Delegations), crate::wire::Problems),
)]
async fn list(Me(me): Me, State(state): State<AppState>) -> Result<impl IntoResponse, Problem> {
    let delegations = list_delegations(&state.desk, &me.viewer(&state.desk))?;
    let delegations = delegations.into_iter().map(WireDelegation::from).collect();
    let actions = DelegatedAction::ALL.iter().map(|action| action.code()).collect();
    Ok((NO_STORE, axum::Json(Delegations { delegations, actions })))
}

/// `POST /api/v1/delegations`: lets another organisation do named acts in an owner's name.
#[utoipa::path(
    post,
    path = "/api/v1/delegations",
    tag = "accounts",
    operation_id = "grantDelegation",
    request_body = GrantDelegation,
    responses((status = CREATED, description = "The delegation", body = WireDelegation), crate::wire::Problems),
)]
async fn grant(
    Me(me): Me,
    State(state): State<AppState>,
    Json(new): Json<GrantDelegation>,
) -> Result<impl IntoResponse, Problem> {
    let code = |text: String| {
        OrganisationCode::try_from(text).map_err(|error| {
            Problem::input(
                "organisation.code",
                error.text,
                "Mã đơn vị không đúng dạng.",
                "This is no organisation's code.",
            )
        })
    };
    let day = |text: &str| {
        text.parse()
            .map_err(|_| Problem::input("delegation.dates", text, "Đây không phải một ngày.", "This is no day."))
    };
    let actions: Result<Vec<DelegatedAction>, Problem> = new
        .actions
        .iter()
        .map(|word| {
            word.parse().map_err(|_| {
                Problem::input(
                    "delegation.action",
                    word,
                    "Không có việc uỷ quyền này.",
                    "There is no such act to delegate.",
                )
            })
        })
        .collect();
    let granted = NewDelegation {
        owner: code(new.owner)?,
        provider: code(new.provider)?,
        actions: actions?,
        from: day(&new.from)?,
        to: day(&new.to)?,
    };
    let granted = grant_delegation(&state.desk, &me.viewer(&state.desk), granted).await?;
    Ok((StatusCode::CREATED, NO_STORE, axum::Json(WireDelegation::from(granted))))
}

/// `DELETE /api/v1/delegations/{id}`: takes a delegation back, from this moment on.
#[utoipa::path(
    delete,
    path = "/api/v1/delegations/{id}",
    tag = "accounts",
    operation_id = "revokeDelegation",
    params(("id" = String, Path, description = "The delegation")),
    responses((status = NO_CONTENT, description = "It has ended"), crate::wire::Problems),
)]
async fn revoke(Me(me): Me, State(state): State<AppState>, Path(id): Path<String>) -> Result<StatusCode, Problem> {
    revoke_delegation(&state.desk, &me.viewer(&state.desk), identity(&id)?).await?;
    Ok(StatusCode::NO_CONTENT)
}
