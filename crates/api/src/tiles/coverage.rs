//! Coverage as vector tiles: where a signal is likely, limited or absent.

use std::collections::BTreeMap;

use axum::{Json, extract::State, http::HeaderMap};
use hatang_core::{BoundingBox, Viewer};
use hatang_desk::run_coverage::{CoverageBand, answer_coverage, may_see_cells};

use super::{
    TileBytes, clip,
    mercator::Tile,
    mvt::{Geometry, Layer, Value},
    tile_json::{self, TileJson, VectorLayer},
};
use crate::{
    AppState,
    coverage::CoverageQuery,
    extract::Query,
    freshness::{Fresh, Kept},
    problem::Problem,
    work::off_the_async_threads,
};

/// A cell of 50 m is less than a unit of a tile above this zoom.
const ZOOMS: [u8; 2] = [8, 14];

/// `GET /tiles/coverage`: the layer, the bounds and the zooms of the coverage tiles.
#[utoipa::path(
    get,
    path = "/tiles/coverage",
    tag = "tiles",
    operation_id = "describeCoverageTiles",
    responses((status = OK, description = "TileJSON 3.0", body = TileJson), crate::wire::Problems),
)]
pub(super) async fn describe(State(state): State<AppState>, headers: HeaderMap, fresh: Fresh) -> Kept<Json<TileJson>> {
    let bounds = state.desk.read(tile_json::bounds);
    let layer = VectorLayer {
        id: LAYER,
        description: "Modelled coverage of a technology and a network (query parameters of a tile)",
        fields: BTreeMap::from([("level", "`likely`, `limited` or `none`")]),
    };
    let description = "Modelled mobile coverage; not measured";
    fresh.keep(Json(TileJson::new("coverage", description, &headers, bounds, ZOOMS, vec![layer])))
}

const LAYER: &str = "coverage";

/// `GET /tiles/coverage/{z}/{x}/{y}?technology=&network=`: one tile of modelled coverage.
///
/// The rings of a fine raster give away where masts stand, so the public is refused and a carrier sees its own networks
/// only; shares by hamlet are public.
#[utoipa::path(
    get,
    path = "/tiles/coverage/{z}/{x}/{y}",
    tag = "tiles",
    operation_id = "coverageTile",
    params(
        ("z" = u8, Path, description = "Zoom", maximum = 22),
        ("x" = u32, Path, description = "Column from the west"),
        ("y" = u32, Path, description = "Row from the north"),
        CoverageQuery,
    ),
    responses(
        (status = OK, description = "A Mapbox Vector Tile 2.1; empty where nothing lies", body = Vec<u8>, content_type = "application/vnd.mapbox-vector-tile"),
        crate::wire::Problems,
    ),
)]
pub(super) async fn tile(
    viewer: Viewer,
    State(state): State<AppState>,
    tile: Tile,
    Query(query): Query<CoverageQuery>,
    fresh: Fresh,
) -> Result<Kept<TileBytes>, Problem> {
    let question = query.question(&state.desk, &viewer)?;
    if !state.desk.read(|registry| may_see_cells(registry, &viewer, question.network.as_ref())) {
        return Err(if viewer.account.is_none() { Problem::session_required() } else { Problem::refused(viewer.role) });
    }
    let run = off_the_async_threads(move || answer_coverage(&state.desk, &question)).await??;
    Ok(fresh.keep(TileBytes(draw(&run.bands, tile))))
}

fn draw(bands: &[CoverageBand], tile: Tile) -> Vec<u8> {
    let bounds = tile.bounds();
    let mut by_level: BTreeMap<&'static str, Vec<_>> = BTreeMap::new();
    for band in bands {
        if BoundingBox::around(band.ring.iter().copied()).is_none_or(|around| !around.intersects(bounds)) {
            continue;
        }
        let ring: Vec<_> = band.ring.iter().map(|at| tile.project(*at)).collect();
        by_level.entry(band.level).or_default().extend(clip::ring(&ring));
    }
    let mut layer = Layer::new(LAYER);
    for (level, rings) in by_level.into_iter().filter(|(_, rings)| !rings.is_empty()) {
        layer.add(None, vec![("level", Value::Text(level.to_owned()))], &Geometry::Areas(rings));
    }
    let mut bytes = Vec::new();
    layer.write_to(&mut bytes);
    bytes
}
