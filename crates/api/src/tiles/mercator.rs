//! Where a tile lies on the earth (Web Mercator, the tiling of all web maps).

use std::f64::consts::PI;

use hatang_core::{BoundingBox, Lonlat};

/// Units along the side of a tile.
pub(crate) const EXTENT: u32 = 4096;

/// Units around a tile that are drawn too, so that symbols and line joins at its edge are whole.
pub(crate) const BUFFER: u32 = 64;

/// The deepest zoom that is answered: a unit is then less than three millimetres.
pub(crate) const DEEPEST: u8 = 22;

/// The edge of the tiling to the north and the south, in degrees.
pub(crate) const FARTHEST_NORTH: f64 = 85.051_128_779_806_59;

/// One tile of the pyramid.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Tile {
    zoom: u8,
    column: u32,
    row: u32,
}

/// A position in a tile's units: east of its western edge, south of its northern edge.
pub(crate) type InTile = [f64; 2];

impl Tile {
    /// The tile of that zoom, column from the west and row from the north; `None` when there is no such tile.
    pub(crate) fn new(zoom: u8, column: u32, row: u32) -> Option<Self> {
        let side = (zoom <= DEEPEST).then(|| 1_u32 << zoom)?;
        (column < side && row < side).then_some(Self { zoom, column, row })
    }

    pub(crate) const fn zoom(self) -> u8 {
        self.zoom
    }

    /// The degrees that the tile covers with its buffer.
    pub(crate) fn bounds(self) -> BoundingBox {
        let buffer = f64::from(BUFFER) / f64::from(EXTENT);
        let (column, row) = (f64::from(self.column), f64::from(self.row));
        let [west, north] = self.degrees(column - buffer, row - buffer);
        let [east, south] = self.degrees(column + 1.0 + buffer, row + 1.0 + buffer);
        BoundingBox::new(west.max(-180.0), south, east.min(180.0), north).unwrap_or(BoundingBox::WORLD)
    }

    fn degrees(self, column: f64, row: f64) -> [f64; 2] {
        let side = f64::from(1_u32 << self.zoom);
        let north = PI * (1.0 - 2.0 * row / side);
        [column / side * 360.0 - 180.0, north.sinh().atan().to_degrees()]
    }

    /// A position in this tile's units; outside the tile it is negative or beyond [`EXTENT`].
    pub(crate) fn project(self, at: Lonlat) -> InTile {
        let side = f64::from(1_u32 << self.zoom);
        let lat = at.lat().clamp(-FARTHEST_NORTH, FARTHEST_NORTH).to_radians();
        let east = (at.lon() + 180.0) / 360.0 * side;
        let south = (1.0 - lat.tan().asinh() / PI) / 2.0 * side;
        [(east - f64::from(self.column)) * f64::from(EXTENT), (south - f64::from(self.row)) * f64::from(EXTENT)]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_position_lies_where_the_tiling_puts_it() {
        // By the logarithmic form of the projection, 106.5 °E, 20.7 °N lies in column 13038.93, row 7228.73 of zoom 14.
        let tile = Tile::new(14, 13_038, 7_228).unwrap();
        let cases = [
            ("the middle of the world", Tile::new(0, 0, 0).unwrap(), [0.0, 0.0], [2048.0, 2048.0]),
            ("its north-western corner", Tile::new(0, 0, 0).unwrap(), [-180.0, FARTHEST_NORTH], [0.0, 0.0]),
            ("a quarter of it", Tile::new(1, 1, 0).unwrap(), [0.0, 0.0], [0.0, 4096.0]),
        ];
        for (name, tile, [lon, lat], expected) in cases {
            let [east, south] = tile.project(Lonlat::new(lon, lat).unwrap());
            assert!((east - expected[0]).abs() < 1e-6 && (south - expected[1]).abs() < 1e-6, "{name}: {east} {south}");
        }
        let [east, south] = tile.project(Lonlat::new(106.5, 20.7).unwrap());
        let inside = 0.0..f64::from(EXTENT);
        assert!(inside.contains(&east) && inside.contains(&south), "{east} {south}");
    }

    #[test]
    fn bounds_and_project_agree_on_the_buffered_edge() {
        for (zoom, column, row) in [(0, 0, 0), (5, 25, 14), (11, 1629, 902), (16, 52_152, 28_888)] {
            let tile = Tile::new(zoom, column, row).unwrap();
            let [west, south, east, north] = tile.bounds().edges();
            let low = tile.project(Lonlat::new(west, north).unwrap());
            let high = tile.project(Lonlat::new(east, south).unwrap());
            let buffer = f64::from(if zoom == 0 { 0 } else { BUFFER });
            for (edge, expected) in [(low, -buffer), (high, f64::from(EXTENT) + buffer)] {
                assert!(edge.iter().all(|units| (units - expected).abs() < 1e-4), "{zoom}: {edge:?}");
            }
        }
    }

    #[test]
    fn a_tile_outside_the_pyramid_does_not_exist() {
        for (name, zoom, column, row, exists) in [
            ("the world", 0, 0, 0, true),
            ("the last of zoom 2", 2, 3, 3, true),
            ("beyond the east", 2, 4, 0, false),
            ("beyond the south", 2, 0, 4, false),
            ("too deep", DEEPEST + 1, 0, 0, false),
        ] {
            assert_eq!(Tile::new(zoom, column, row).is_some(), exists, "{name}");
        }
    }
}
