//! A station made ready: everything worked out that does not depend on the cell, and the reference computation itself.

use hatang_core::{Degrees, Metres, Planar};

use crate::antenna::{Pattern, turned};
use crate::land::LandClass;
use crate::location;
use crate::model::{Model, OutsideModel, PathLosses, Quantity};
use crate::parameters::Parameters;
use crate::station::{NotComputed, Operator, Station};

/// A station over one class of land.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Link {
    pub(crate) model: Model,
    /// The loss that may be suffered where the antenna looks, less what the last metres and measurements take.
    pub(crate) allowed_db: f64,
    /// Scatter with line of sight before and after the breakpoint, and without; the last metres' own included.
    pub(crate) sigma_db: [f64; 3],
}

/// A station made ready.
#[derive(Clone, Debug)]
pub(crate) struct Ready<'a> {
    pub(crate) station: usize,
    pub(crate) at: Planar,
    pub(crate) operator: Operator,
    pub(crate) azimuths: &'a [Degrees],
    pub(crate) pattern: Pattern,
    pub(crate) height_difference_m: f64,
    pub(crate) cut_off_m: f64,
    /// One per class of land; none where the model refuses the station or the class is nowhere.
    pub(crate) links: [Option<Link>; LandClass::ALL.len()],
}

/// What a station says of itself when it is made ready.
pub(crate) struct Preparation<'a> {
    pub(crate) ready: Result<Ready<'a>, NotComputed>,
    /// Classes that it is left out over, though not everywhere.
    pub(crate) refused: Vec<(LandClass, NotComputed)>,
    /// Classes over which the standard did not have such a mast in mind.
    pub(crate) beyond: Vec<(LandClass, OutsideModel)>,
}

impl<'a> Preparation<'a> {
    pub(crate) fn of(index: usize, station: &'a Station, present: &[LandClass], parameters: &Parameters) -> Self {
        let mut preparation = Self { ready: Err(NotComputed::NotFinite), refused: Vec::new(), beyond: Vec::new() };
        preparation.ready = preparation.fill(index, station, present, parameters);
        preparation
    }

    fn fill(
        &mut self,
        index: usize,
        station: &'a Station,
        present: &[LandClass],
        parameters: &Parameters,
    ) -> Result<Ready<'a>, NotComputed> {
        let antenna_height = station.antenna_height.ok_or(NotComputed::NoAntennaHeight)?;
        let frequency_mhz = station.frequency_mhz.ok_or(NotComputed::NoFrequency)?;
        let carrier = parameters.carrier(frequency_mhz).ok_or(NotComputed::NoCarrier { frequency_mhz })?;
        let pattern = parameters.pattern(carrier).ok_or(NotComputed::NotFinite)?;
        let handset_m = parameters.handset_height_m.value;
        let cut_off_m = Quantity::check_cut_off(parameters.cut_off_m.value).map_err(NotComputed::OutsideModel)?;
        let budget_db = parameters.allowed_loss_db(carrier, station.eirp_dbm);
        let numbers = [station.at.east, station.at.north, budget_db, pattern.floor_db, handset_m];
        if !numbers.iter().all(|number| number.is_finite()) {
            return Err(NotComputed::NotFinite);
        }
        let mut links = [None; LandClass::ALL.len()];
        for &class in present {
            match link(class, frequency_mhz, antenna_height, budget_db, parameters) {
                Ok(link) => {
                    let beyond = Model::beyond_standard(link.model.scenario(), antenna_height);
                    self.beyond.extend(beyond.map(|what| (class, what)));
                    links[class as usize] = Some(link);
                }
                Err(reason) => self.refused.push((class, reason)),
            }
        }
        if let (true, Some((_, reason))) = (links.iter().all(Option::is_none), self.refused.first().copied()) {
            self.refused.clear();
            return Err(reason);
        }
        Ok(Ready {
            station: index,
            at: station.at,
            operator: station.operator,
            azimuths: &station.azimuths,
            pattern,
            height_difference_m: antenna_height.get() - handset_m,
            cut_off_m,
            links,
        })
    }
}

fn link(
    class: LandClass,
    frequency_mhz: f64,
    antenna_height: Metres,
    budget_db: f64,
    parameters: &Parameters,
) -> Result<Link, NotComputed> {
    let land = parameters.land(class).ok_or(NotComputed::NoLand { land: class })?;
    let surroundings = parameters.surroundings(land).ok_or(NotComputed::NotFinite)?;
    let in_ghz = frequency_mhz / 1_000.0;
    let scenario = land.scenario_for(antenna_height.get());
    let model = Model::new(scenario, in_ghz, antenna_height, surroundings).map_err(NotComputed::OutsideModel)?;
    let extra = parameters.environment.extra(land, in_ghz);
    let allowed_db = budget_db - extra.loss_db - land.offset_db.value;
    let measured = land.sigma_db.as_ref().map(|figure| figure.value);
    let sigma_db = [model.near.sigma_db, model.far.sigma_db, model.nlos.sigma_db]
        .map(|standard_db| libm::hypot(measured.unwrap_or(standard_db), extra.sigma_db));
    let sensible = allowed_db.is_finite() && sigma_db.iter().all(|sigma| sigma.is_finite() && 0.0 < *sigma);
    if sensible { Ok(Link { model, allowed_db, sigma_db }) } else { Err(NotComputed::NotFinite) }
}

impl Link {
    /// Both losses over a distance, with the scatter of this link.
    pub(crate) fn losses(&self, distance_m: f64) -> PathLosses {
        let mut losses = self.model.over_m(distance_m);
        let [near, far, nlos] = self.sigma_db;
        losses.los.sigma_db = if distance_m <= self.model.breakpoint_m { near } else { far };
        losses.nlos.sigma_db = nlos;
        losses
    }
}

impl Ready<'_> {
    /// The share of locations at which the station's best sector fails, computed in full; `None` beyond the cut-off.
    pub(crate) fn failure(&self, at: Planar, class: LandClass) -> Option<f64> {
        self.at_margin(at, class, 0.0, location::failure)
    }

    /// The share of locations that the station's best sector serves, if every loss were smaller by `margin_db`.
    pub(crate) fn probability(&self, at: Planar, class: LandClass, margin_db: f64) -> Option<f64> {
        self.at_margin(at, class, margin_db, location::probability)
    }

    fn at_margin(
        &self,
        at: Planar,
        class: LandClass,
        margin_db: f64,
        share: impl Fn(f64, &PathLosses, f64) -> f64,
    ) -> Option<f64> {
        let link = self.links[class as usize].as_ref()?;
        let (east, north) = (at.east - self.at.east, at.north - self.at.north);
        let squared = east * east + north * north;
        if self.cut_off_m * self.cut_off_m < squared {
            return None;
        }
        let distance_m = squared.sqrt();
        // All sectors have one pattern, so the best is the one that looks nearest to this way.
        let bearing = libm::atan2(east, north).to_degrees();
        let aside = self.azimuths.iter().map(|azimuth| turned(bearing - azimuth.get())).reduce(f64::min).unwrap_or(0.0);
        let below = libm::atan2(self.height_difference_m, distance_m).to_degrees();
        let allowed_db = link.allowed_db + margin_db - self.pattern.attenuation_db(aside, below);
        Some(share(link.model.los_probability_m(distance_m), &link.losses(distance_m), allowed_db))
    }
}
