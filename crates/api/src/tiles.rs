//! The map in pieces: vector tiles, and what a map needs to know before it asks for them.

mod assets;
mod clip;
mod coverage;
#[cfg(test)]
mod decode;
mod mercator;
mod mvt;
mod tile_json;

use axum::{
    extract::{FromRequestParts, Path},
    http::{HeaderMap, header, request::Parts},
    response::{IntoResponse, Response},
};
use utoipa_axum::{router::OpenApiRouter, routes};

use self::mercator::Tile;
use crate::{AppState, problem::Problem};

pub(crate) fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(assets::describe))
        .routes(routes!(assets::tile))
        .routes(routes!(coverage::describe))
        .routes(routes!(coverage::tile))
}

/// The media type of vector tiles.
const MVT: &str = "application/vnd.mapbox-vector-tile";

/// A tile's bytes. A tile in which nothing lies has none.
struct TileBytes(Vec<u8>);

impl IntoResponse for TileBytes {
    fn into_response(self) -> Response {
        ([(header::CONTENT_TYPE, MVT)], self.0).into_response()
    }
}

impl<S: Send + Sync> FromRequestParts<S> for Tile {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        let numbers = Path::<(u8, u32, u32)>::from_request_parts(parts, state).await;
        let tile = numbers.ok().and_then(|Path((zoom, column, row))| Self::new(zoom, column, row));
        tile.ok_or_else(|| {
            Problem::input(
                "tile.invalid",
                parts.uri.path(),
                format!(
                    "Không có ô bản đồ này: cần mức phóng từ 0 đến {}, cột và hàng nhỏ hơn 2^mức.",
                    mercator::DEEPEST
                ),
                format!(
                    "There is no such tile: zoom lies within 0 to {}, column and row below 2^zoom.",
                    mercator::DEEPEST
                ),
            )
        })
    }
}

/// The address that the client used, up to the path.
fn origin(headers: &HeaderMap) -> String {
    let text = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
    let scheme = if text("x-forwarded-proto") == Some("https") { "https" } else { "http" };
    text("host").map(|host| format!("{scheme}://{host}")).unwrap_or_default()
}
