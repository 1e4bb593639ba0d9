//! A raster cut into pieces, for runs that are too large for the memory or too long for one sitting.
//!
//! A piece needs its own land and the stations that reach it, and has the same values as in a run of the whole.

use std::ops::Range;

use super::{Reach, Watch, watched};
use crate::grid::Grid;
use crate::land::Land;
use crate::parameters::Parameters;
use crate::station::Station;

/// The longest side of a piece, in cells: three megabytes of result.
pub const SIDE: u32 = 512;

/// A rectangle of a raster's cells.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Piece {
    /// Its place among the pieces, row by row from the south-west.
    pub number: u64,
    /// Its columns.
    pub columns: Range<u32>,
    /// Its rows.
    pub rows: Range<u32>,
}

/// The pieces of a raster: every cell is in exactly one.
pub fn pieces(grid: &Grid) -> impl Iterator<Item = Piece> {
    let cut = |length: u32| (0..length).step_by(SIDE as usize).map(move |from| from..length.min(from + SIDE));
    let columns = grid.columns();
    let rectangles = cut(grid.rows()).flat_map(move |rows| cut(columns).map(move |columns| (columns, rows.clone())));
    (0..).zip(rectangles).map(|(number, (columns, rows))| Piece { number, columns, rows })
}

/// Computes a piece, of which `land` is the land; servers are named by their index among all `stations`, and the flags speak
/// of those stations only that reach the piece. `None` when the watcher ended it.
///
/// # Panics
/// When there are 2³² stations or more.
pub fn reach_piece(land: &Land, stations: &[Station], parameters: &Parameters, watch: &impl Watch) -> Option<Reach> {
    let far = parameters.cut_off_m.value;
    let (low, high) = (land.grid().south_west(), land.grid().north_east());
    let near = |station: &Station| {
        let east = (low.east - station.at.east).max(station.at.east - high.east).max(0.0);
        let north = (low.north - station.at.north).max(station.at.north - high.north).max(0.0);
        // A position that is no number is kept, so that it is listed.
        let squared = east * east + north * north;
        squared <= far * far || squared.is_nan()
    };
    let of_all: Vec<usize> = (0..stations.len()).filter(|index| near(&stations[*index])).collect();
    let own: Vec<Station> = of_all.iter().map(|index| stations[*index].clone()).collect();
    let mut reach = watched(land, &own, parameters, watch)?;
    for server in reach.best_server.iter_mut().flatten() {
        *server = u32::try_from(of_all[*server as usize]).expect("fewer than 2³² stations");
    }
    let flags = &mut reach.flags;
    for index in flags.without_azimuth.iter_mut().chain(&mut flags.assumed_power) {
        *index = of_all[*index];
    }
    flags.not_computed.iter_mut().for_each(|skipped| skipped.station = of_all[skipped.station]);
    flags.not_computed_over.iter_mut().for_each(|left_out| left_out.station = of_all[left_out.station]);
    flags.beyond_standard.iter_mut().for_each(|beyond| beyond.station = of_all[beyond.station]);
    Some(reach)
}

/// A run's cells as bytes, the same on every machine: for each cell, in order, its probability as a little-endian
/// single-precision number, its best server (all ones for nobody) and its operators as little-endian 32-bit numbers.
#[must_use]
pub fn bytes(reach: &Reach) -> Vec<u8> {
    let cells = reach.probability.iter().zip(&reach.best_server).zip(&reach.operators);
    cells
        .flat_map(|((probability, server), operators)| {
            let server = server.unwrap_or(u32::MAX);
            [probability.to_bits(), server, *operators].map(u32::to_le_bytes).concat()
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use hatang_core::{Degrees, Metres, Planar};

    use super::*;
    use crate::land::LandClass;
    use crate::reach::{Unwatched, reach};
    use crate::station::Operator;
    use crate::testing::{Lcg, grid_of};

    #[test]
    fn every_cell_is_in_one_piece() {
        let grid = grid_of(1_100, 600);
        let mut times = vec![0; grid.len()];
        let pieces: Vec<Piece> = pieces(&grid).collect();
        for (number, piece) in pieces.iter().enumerate() {
            assert_eq!(piece.number, number as u64);
            for row in piece.rows.clone() {
                for column in piece.columns.clone() {
                    times[grid.index(column, row)] += 1;
                }
            }
        }
        assert_eq!(pieces.len(), 6);
        assert!(times.iter().all(|times| *times == 1));
    }

    #[test]
    fn pieces_have_the_bytes_of_the_whole() {
        // Wider than one piece and than every station's reach.
        let grid = grid_of(1_040, 6);
        let mut random = Lcg::new(11);
        let land = Land::new(
            grid,
            (0..grid.len()).map(|_| LandClass::from_byte(u8::try_from(random.below(3)).unwrap()).unwrap()).collect(),
        );
        let mut stations: Vec<Station> = (0..40)
            .map(|place| Station {
                at: Planar::new(f64::from(random.below(52_000)), f64::from(random.below(300))),
                antenna_height: Some(Metres::computed(30.0)),
                frequency_mhz: Some(700.0),
                azimuths: vec![Degrees::new(f64::from(random.below(360))).unwrap()],
                eirp_dbm: None,
                operator: Operator::new(place % 3).unwrap(),
            })
            .collect();
        stations[7].antenna_height = None;
        let parameters = Parameters::default_5g();
        let whole = reach(&land, &stations, &parameters);
        let mut together = vec![(0, None, 0); grid.len()];
        let mut bytes_in_order = Vec::new();
        for piece in pieces(&grid) {
            let own = land.window(&piece.columns, &piece.rows);
            let reach = reach_piece(&own, &stations, &parameters, &Unwatched).unwrap();
            for cell in 0..own.grid().len() {
                let (column, row) = own.grid().position(cell);
                let at = grid.index(piece.columns.start + column, piece.rows.start + row);
                together[at] = (reach.probability[cell].to_bits(), reach.best_server[cell], reach.operators[cell]);
            }
            bytes_in_order.push(bytes(&reach).len());
        }
        let expected = (0..grid.len())
            .map(|cell| (whole.probability[cell].to_bits(), whole.best_server[cell], whole.operators[cell]));
        assert!(together == expected.collect::<Vec<_>>());
        assert_eq!(bytes_in_order, [512 * 6 * 12, 512 * 6 * 12, 16 * 6 * 12]);
    }
}
