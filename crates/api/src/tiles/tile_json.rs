//! What a map needs to know of a set of tiles (TileJSON 3.0).

use std::collections::BTreeMap;

use axum::http::HeaderMap;
use hatang_core::{BoundingBox, Registry};
use serde::Serialize;
use utoipa::ToSchema;

use super::{mercator::FARTHEST_NORTH, origin};

/// A set of vector tiles, as TileJSON 3.0 describes it.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct TileJson {
    /// The version of the description.
    #[schema(example = "3.0.0")]
    tilejson: &'static str,
    /// The set's name.
    name: &'static str,
    /// What it shows.
    description: &'static str,
    /// Where the tiles are.
    tiles: Vec<String>,
    /// The layers that a tile may hold.
    vector_layers: Vec<VectorLayer>,
    /// West, south, east, north in degrees.
    #[schema(min_items = 4, max_items = 4)]
    bounds: [f64; 4],
    /// Below this zoom there is nothing to see.
    minzoom: u8,
    /// Above this zoom a map enlarges these tiles.
    maxzoom: u8,
}

/// A layer of a vector tile.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct VectorLayer {
    /// The layer's name.
    pub(super) id: &'static str,
    /// What it holds.
    pub(super) description: &'static str,
    /// The properties of its features, in words.
    pub(super) fields: BTreeMap<&'static str, &'static str>,
}

impl TileJson {
    pub(super) fn new(
        set: &'static str,
        description: &'static str,
        headers: &HeaderMap,
        bounds: BoundingBox,
        zooms: [u8; 2],
        vector_layers: Vec<VectorLayer>,
    ) -> Self {
        Self {
            tilejson: "3.0.0",
            name: set,
            description,
            tiles: vec![format!("{}/tiles/{set}/{{z}}/{{x}}/{{y}}", origin(headers))],
            vector_layers,
            bounds: bounds.edges(),
            minzoom: zooms[0],
            maxzoom: zooms[1],
        }
    }
}

/// Tiles beyond this distance from the outline are empty, in metres: the registry takes nothing in from farther away.
const MARGIN: f64 = 10_000.0;

/// Where tiles may hold anything: around the home territory, or everywhere while no outline is loaded.
pub(super) fn bounds(registry: &Registry) -> BoundingBox {
    let outline = registry.home().and_then(|(_, state)| state.boundaries.as_ref());
    let whole = || BoundingBox::new(-180.0, -FARTHEST_NORTH, 180.0, FARTHEST_NORTH).unwrap_or(BoundingBox::WORLD);
    outline.map_or_else(whole, |boundaries| boundaries.home.shape.bounding_box().expanded(MARGIN))
}
