//! Assets as vector tiles: what the viewer may see, where the viewer may see it.

mod cells;

use axum::{Json, extract::State, http::HeaderMap};
use hatang_core::{AssetClass, BoundingBox, Registry, Shape, Sight, View, Viewer};
use hatang_desk::registry_as_of::{is_shown_today, registry_as_of};
use serde::Deserialize;
use utoipa::IntoParams;

use super::{
    TileBytes, clip,
    mercator::Tile,
    mvt::{Geometry, Layer, Value},
    tile_json::{self, TileJson, VectorLayer},
};
use crate::{
    AppState,
    assets::as_of,
    extract::Query,
    freshness::{Fresh, Kept},
    problem::Problem,
    work::off_the_async_threads,
};

/// From this zoom on, every asset is a feature of its own.
const EACH_FROM: u8 = 11;

/// A class with more assets than this in one tile is counted by cells there too, whatever the zoom.
const EACH_AT_MOST: usize = 10_000;

/// The deepest tiles that a map asks for; deeper, it enlarges these, whose unit is 15 cm.
const DEEPEST_USEFUL: u8 = 16;

/// A pixel of a map that draws tiles 512 pixels wide is eight units; half of one is not seen.
const HALF_A_PIXEL: f64 = 4.0;

/// `GET /tiles/assets`: the layers, the bounds and the zooms of the asset tiles.
#[utoipa::path(
    get,
    path = "/tiles/assets",
    tag = "tiles",
    operation_id = "describeAssetTiles",
    responses((status = OK, description = "TileJSON 3.0", body = TileJson), crate::wire::Problems),
)]
pub(super) async fn describe(State(state): State<AppState>, headers: HeaderMap, fresh: Fresh) -> Kept<Json<TileJson>> {
    let bounds = state.desk.read(tile_json::bounds);
    let layers = AssetClass::ALL.iter().map(|class| VectorLayer {
        id: class.code(),
        description: "Assets of one class",
        fields: FIELDS.into_iter().collect(),
    });
    let tiles = TileJson::new(
        "assets",
        "Passive telecom infrastructure, one layer per class",
        &headers,
        bounds,
        [0, DEEPEST_USEFUL],
        layers.collect(),
    );
    fresh.keep(Json(tiles))
}

const FIELDS: [(&str, &str); 6] = [
    ("id", "the asset's identity; absent where `count` is more than one"),
    ("code", "the owner's own code, where the viewer may see it"),
    ("owner", "the owner's code; absent where several owners are counted together"),
    ("status", "where it stands in its life; absent where several states are counted together"),
    ("generalised", "whether the position is blurred"),
    ("count", "how many assets the feature stands for"),
];

/// Which assets a tile shows.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub(super) struct TileQuery {
    /// Ignored: for clients that keep replies by their address.
    #[serde(rename = "v")]
    _key: Option<String>,
    /// What had been written down by the end of this day, or by this instant; today's registry when left out.
    #[param(example = "2026-01-31")]
    recorded: Option<String>,
    /// What was true on this day, by what has been written down since.
    valid: Option<String>,
}

/// `GET /tiles/assets/{z}/{x}/{y}`: one tile of assets.
///
/// One layer per class, named by the class. From zoom 11 every asset that the viewer may see is one feature, as in the
/// registry. Below that zoom, and for a class with more than 10,000 assets in the tile, assets are counted by cells of
/// 8 pixels: nothing is left out, and `count` says how many a feature stands for. A line is counted in the cell of its
/// middle and drawn to the nearest 2 pixels. An area is drawn as its middle.
#[utoipa::path(
    get,
    path = "/tiles/assets/{z}/{x}/{y}",
    tag = "tiles",
    operation_id = "assetTile",
    params(
        ("z" = u8, Path, description = "Zoom", maximum = 22),
        ("x" = u32, Path, description = "Column from the west"),
        ("y" = u32, Path, description = "Row from the north"),
        TileQuery,
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
    Query(query): Query<TileQuery>,
    fresh: Fresh,
) -> Result<Kept<TileBytes>, Problem> {
    let past = match as_of(query.recorded.as_deref(), query.valid.as_deref())? {
        None => None,
        Some(when) => Some(registry_as_of(&state.desk, when).await?),
    };
    let drawing = move || {
        let note = |sights: &[Sight<'_>]| state.desk.audit_places(&viewer, "tile", sights);
        state.desk.read(|registry| match &past {
            None => draw(registry, &viewer, tile, |_| true, note),
            Some(past) => {
                let today = registry.seen_by(&viewer);
                draw(past, &viewer, tile, |sight| is_shown_today(today, sight), note)
            }
        })
    };
    let bytes = off_the_async_threads(drawing).await?;
    Ok(fresh.keep(TileBytes(bytes)))
}

/// Draws what is shown of a tile, and hands what is drawn of each class to `note`.
fn draw(
    registry: &Registry,
    viewer: &Viewer,
    tile: Tile,
    is_shown: impl Fn(&Sight<'_>) -> bool,
    note: impl Fn(&[Sight<'_>]),
) -> Vec<u8> {
    let seen = registry.seen_by(viewer);
    let mut bytes = Vec::new();
    for class in AssetClass::ALL {
        let mut sights: Vec<Sight<'_>> = seen.in_box(*class, tile.bounds()).filter(&is_shown).collect();
        // The order of the index depends on the order of writes; a tile depends on what was written only.
        sights.sort_unstable_by_key(|sight| sight.asset().id);
        note(&sights);
        let mut layer = Layer::new(class.code());
        if tile.zoom() < EACH_FROM || EACH_AT_MOST < sights.len() {
            cells::count(&mut layer, tile, &sights);
        } else {
            for sight in &sights {
                each(&mut layer, tile, sight);
            }
        }
        layer.write_to(&mut bytes);
    }
    bytes
}

/// One asset as one feature.
fn each(layer: &mut Layer, tile: Tile, sight: &Sight<'_>) {
    let shape = sight.shape();
    let tolerance = if tile.zoom() < DEEPEST_USEFUL { HALF_A_PIXEL } else { 0.0 };
    let geometry = match &*shape {
        Shape::LineString(_) | Shape::MultiLineString(_) => {
            let runs = shape.runs().map(|run| run.iter().map(|at| tile.project(*at)).collect::<Vec<_>>());
            let lines: Vec<_> = runs.flat_map(|run| clip::line(&run, tolerance)).collect();
            // The box of degrees and the box of units may differ by a rounding at the very edge of the buffer.
            if lines.is_empty() {
                return;
            }
            Geometry::Lines(lines)
        }
        _ => Geometry::Point(clip::unit(tile.project(middle(shape.bounding_box())))),
    };
    layer.add(Some(number(sight)), properties(sight), &geometry);
}

fn middle(bounds: BoundingBox) -> hatang_core::Lonlat {
    bounds.centre()
}

/// What a tile tells of an asset; the rest is asked for by `id`.
fn properties(sight: &Sight<'_>) -> Vec<(&'static str, Value)> {
    let asset = sight.asset();
    let mut properties = vec![
        ("id", Value::Text(asset.id.to_string())),
        ("owner", Value::Text(asset.owner.to_string())),
        ("status", Value::Text(asset.status.code().to_owned())),
        ("generalised", Value::Flag(sight.is_generalised())),
        ("count", Value::Count(1)),
    ];
    if let (View::Exact(_), Some(code)) = (sight.view(), &asset.code) {
        properties.push(("code", Value::Text(code.to_string())));
    }
    properties
}

/// A number by which a map tells features apart: as many random bits of the identity as a browser's numbers can hold.
fn number(sight: &Sight<'_>) -> u64 {
    const BITS: u32 = 53;
    let id = sight.asset().id.0.as_u64_pair().1;
    id & ((1 << BITS) - 1)
}

#[cfg(test)]
mod tests;
