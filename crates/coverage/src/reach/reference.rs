//! The plain computation: every station asked about every cell in full, in double precision. Tests and benches hold the
//! fast one against it.

use hatang_core::Planar;

use super::link::{Preparation, Ready};
use crate::land::{Land, LandClass};
use crate::parameters::Parameters;
use crate::station::Station;

/// The stations of a run, to be asked one cell at a time.
pub struct Reference<'a> {
    ready: Vec<Ready<'a>>,
}

impl<'a> Reference<'a> {
    /// Makes stations ready; those that cannot be computed serve nobody.
    #[must_use]
    pub fn new(land: &Land, stations: &'a [Station], parameters: &Parameters) -> Self {
        let present = land.present();
        let ready = stations.iter().enumerate();
        Self { ready: ready.filter_map(|(i, s)| Preparation::of(i, s, &present, parameters).ready.ok()).collect() }
    }

    /// The greatest probability that any station offers, if every loss were smaller by `margin_db`. `O(stations)`.
    #[must_use]
    pub fn probability(&self, at: Planar, class: LandClass, margin_db: f64) -> f64 {
        let offered = self.ready.iter().filter_map(|ready| ready.probability(at, class, margin_db));
        offered.fold(0.0, f64::max)
    }
}
