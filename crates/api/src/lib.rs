#![doc = include_str!("../README.md")]

mod account;
mod accounts;
mod assets;
mod audit;
mod cases;
mod closing_plans;
mod connections;
mod coverage;
mod coverage_sources;
mod delegations;
mod deviations;
mod duplicates;
mod extract;
mod fibre;
mod freshness;
mod ground_sources;
mod guard;
mod health;
mod imports;
mod link;
mod origin;
mod outline;
mod permissions;
mod places;
mod plan;
mod problem;
mod quality;
mod refusals;
mod rule_sets;
mod scope;
mod screenings;
mod session;
mod sign_on;
mod state;
mod statuses;
mod templates;
mod territory;
mod tiles;
mod undecided;
mod viewer;
mod web_app;
pub mod wire;
mod work;
mod works;
mod yearly_plans;

use std::{io, sync::Arc, time::Duration};

use axum::{
    Router,
    http::{Method, Uri},
    middleware,
    response::IntoResponse as _,
    routing::get,
};
use hatang_desk::Desk;
use tokio::net::TcpListener;
use utoipa::openapi::{ComponentsBuilder, Info, OpenApi, OpenApiBuilder};
use utoipa_axum::router::OpenApiRouter;

use self::{connections::Patience, problem::Problem};
pub use self::{
    sign_on::{InvalidSignOn, SignOn, SignOnConfiguration},
    state::AppState,
};

/// Every operation, with the words that describe it.
fn operations() -> OpenApiRouter<AppState> {
    let mut info = Info::new("Hatang", env!("CARGO_PKG_VERSION"));
    info.description = Some(
        "Registry, review desk and coverage map for passive telecom infrastructure. Every reply about the registry \
         shows what the viewer may see: sign in with `POST /api/v1/session` or send a bearer token."
            .to_owned(),
    );
    // Referred to by every operation's `default` reply, and by a parameter: neither registers what it refers to.
    let shared = ComponentsBuilder::new()
        .schema_from::<Problem>()
        .schema_from::<problem::FieldProblem>()
        .schema_from::<wire::PlanLayerName>()
        .build();
    OpenApiRouter::with_openapi(OpenApiBuilder::new().info(info).components(Some(shared)).build())
        .merge(health::routes())
        .merge(session::routes())
        .merge(sign_on::routes())
        .merge(account::routes())
        .merge(accounts::routes())
        .merge(delegations::routes())
        .merge(territory::routes())
        .merge(assets::routes())
        .merge(places::routes())
        .merge(imports::routes())
        .merge(templates::routes())
        .merge(deviations::routes())
        .merge(duplicates::routes())
        .merge(quality::routes())
        .merge(outline::routes())
        .merge(plan::routes())
        .merge(rule_sets::routes())
        .merge(screenings::routes())
        .merge(undecided::routes())
        .merge(cases::routes())
        .merge(yearly_plans::routes())
        .merge(works::routes())
        .merge(coverage::routes())
        .merge(closing_plans::routes())
        .merge(coverage_sources::routes())
        .merge(ground_sources::routes())
        .merge(fibre::routes())
        .merge(link::routes())
        .merge(tiles::routes())
        .merge(permissions::routes())
        .merge(audit::routes())
}

/// The OpenAPI document of everything that the server answers.
#[must_use]
pub fn openapi() -> OpenApi {
    statuses::documented(operations().into_openapi())
}

/// The whole server as a service: operations, the OpenAPI document, the web app and what stands guard before them.
pub fn router(state: AppState) -> Router {
    let secure = state.secure_cookies;
    let (operations, document) = operations().split_for_parts();
    let document = axum::Json(statuses::documented(document));
    let router = operations
        .layer(middleware::from_fn_with_state(state.clone(), refusals::note))
        .route("/api/openapi.json", get(move || async { document }))
        .method_not_allowed_fallback(async |method: Method, uri: Uri| {
            Problem::method_not_allowed(&method, &uri).into_response()
        })
        .fallback(web_app::serve)
        .with_state(state);
    guard::before(router, secure)
}

/// Answers on a socket until `shutdown` is ready, then finishes what is under way.
///
/// A demo on the machine's own address sets its cookie without `Secure`, because nobody else can read it there.
///
/// # Errors
/// When the socket fails.
pub async fn serve(
    mut state: AppState,
    listener: TcpListener,
    shutdown: impl Future<Output = ()> + Send + 'static,
) -> io::Result<()> {
    state.secure_cookies = !(state.demo && listener.local_addr()?.ip().is_loopback());
    let desk = Arc::clone(&state.desk);
    let writing = tokio::spawn(write_access_log(Arc::clone(&desk)));
    let served = connections::serve(listener, router(state), Patience::USUAL, shutdown).await;
    writing.abort();
    // Everybody has been answered: what is written now is the last of it.
    desk.access_log().write().await.map_err(io::Error::other)?;
    served
}

/// How often the access log is written down.
const WRITE_EVERY: Duration = Duration::from_millis(500);

/// Writes down what was noted. A failure is logged and tried again: nothing is forgotten meanwhile.
async fn write_access_log(desk: Arc<Desk>) {
    let mut tick = tokio::time::interval(WRITE_EVERY);
    loop {
        tick.tick().await;
        if let Err(error) = desk.access_log().write().await {
            tracing::error!(error = &error as &dyn std::error::Error, "the access log cannot be written");
        }
    }
}
