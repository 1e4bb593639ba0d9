//! Single places over terrain, as a plain computation has them.

use hatang_core::Planar;

use super::{Offer, OnTerrain, Ready};
use crate::land::LandClass;
use crate::station::Station;
use crate::terrain::Surface;

/// The stations of a run over terrain, to be asked one place at a time.
pub struct TerrainReference<'a> {
    surface: Surface<'a>,
    ready: Vec<Ready<'a>>,
}

impl<'a> TerrainReference<'a> {
    /// Makes stations ready; those that cannot be computed serve nobody.
    #[must_use]
    pub fn new(on: OnTerrain<'a>, stations: &'a [Station]) -> Self {
        Self { surface: on.surface(), ready: on.all(stations).0 }
    }

    /// Asks every station about a place; the answer tells the greatest probability that any offers if every loss were
    /// smaller by a margin in dB. Where the ground under a profile is missing, that station offers nothing.
    pub fn at(&self, at: Planar, class: LandClass) -> impl Fn(f64) -> f64 + use<'a> {
        let mut points = Vec::new();
        let offers: Vec<Offer> = self
            .ready
            .iter()
            .filter_map(|ready| {
                let allowed = ready.allowed(at, class)?;
                ready.offer(&self.surface, at, allowed, &mut points).ok().flatten()
            })
            .collect();
        move |margin_db| offers.iter().map(|offer| offer.probability(margin_db)).fold(0.0, f64::max)
    }
}
