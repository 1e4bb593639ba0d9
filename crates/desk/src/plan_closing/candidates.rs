//! What could be done: every standing structure that may carry the network, and places for new masts.

use std::collections::{BTreeMap, BTreeSet};

use hatang_core::{
    Asset, AssetClass, AssetId, Capacity, Degrees, Details, Lonlat, Metres, Planar, Registry, Viewer,
    asset::{HostKind, RadioStation},
    registry::{Seen, Sight},
};
use hatang_coverage::{Grid, Operator, Station, siting::Means};

use super::{Basis, ClosingQuestion, Costs, Wanted, centre_of};
use crate::{desk::Desk, error::DeskError, raster::planar, run_coverage::CoverageRun};

/// Three sectors, as most masts have.
const SECTORS_DEG: [f64; 3] = [0.0, 120.0, 240.0];

/// The top of a mast is taken: a free slot is this much lower. A planning assumption.
const BELOW_TOP_M: f64 = 3.0;

/// The height of a new mast. A planning assumption.
pub(super) const NEW_MAST_M: f64 = 36.0;

/// Radiated power of a small cell on a lamp post or pole, per cell and port. A planning assumption.
pub(super) const SMALL_CELL_EIRP_DBM: f64 = 46.0;

/// New masts are considered once in every square of this side that holds anybody out of reach.
const NEW_MAST_EVERY_M: f64 = 500.0;

/// Structures this far outside the raster may still serve it.
const AROUND_M: f64 = 1_500.0;

/// Something that could be done, before anybody computed whom it serves.
#[derive(Clone, Debug)]
pub struct Spot {
    /// Names the option; the same structure has the same key in every question.
    pub key: String,
    /// How.
    pub means: Means,
    /// The structure, where one stands or is planned.
    pub asset: Option<AssetId>,
    /// Its owner's code for it.
    pub code: Option<String>,
    /// Who owns it.
    pub owner: Option<String>,
    /// What kind of host of another sector it is.
    pub host: Option<HostKind>,
    /// Where it is.
    pub at: Lonlat,
    /// The free places; none where no place is needed.
    pub room: Option<Capacity>,
    /// Million đồng.
    pub cost: u64,
    /// The stations that would be added.
    pub(super) station: Station,
}

/// An option with whom it would serve.
#[derive(Clone, Debug)]
pub struct Option_ {
    /// The option.
    pub spot: Spot,
    pub(super) covers: Vec<usize>,
    /// Whether the model can say whom it serves: a height, a band or the ground may be unknown.
    pub computed: bool,
}

pub(super) fn compute(spot: Spot, basis: &Basis<'_>, wanted: &Wanted) -> Option_ {
    match basis.in_cells(std::slice::from_ref(&spot.station), &wanted.cells) {
        Ok((offered, flags)) if flags.not_computed.is_empty() => {
            let covers = offered.iter().enumerate().filter(|(_, share)| basis.covers(**share));
            Option_ { covers: covers.map(|(demand, _)| demand).collect(), spot, computed: true }
        }
        _ => Option_ { covers: Vec::new(), spot, computed: false },
    }
}

/// Finds every option that the viewer may know of.
pub(super) fn find(
    desk: &Desk,
    who: &Viewer,
    question: &ClosingQuestion,
    run: &CoverageRun,
    costs: &Costs,
) -> Result<Vec<Spot>, DeskError> {
    let mut spots = desk.read(|registry| {
        let finder = Finder { seen: registry.seen_by(who), question, run, costs, frequency_mhz: usual_band(run) };
        let mut spots = finder.masts()?;
        spots.extend(finder.hosts()?);
        spots.extend(finder.planned(registry)?);
        Ok::<_, DeskError>(spots)
    })?;
    let new_mast = |at: Lonlat, from: &str| -> Result<Spot, DeskError> {
        Ok(Spot {
            key: format!("{from}:{:.5},{:.5}", at.lon(), at.lat()),
            means: Means::NewMast,
            asset: None,
            code: None,
            owner: None,
            host: None,
            at,
            room: None,
            cost: costs.of(Means::NewMast),
            station: station(planar(run.ground.crs, at)?, Some(NEW_MAST_M), usual_band(run)),
        })
    };
    for at in middles(run) {
        spots.push(new_mast(run.ground.lonlat(at)?, "new")?);
    }
    for at in &question.new_sites {
        spots.push(new_mast(*at, "drawn")?);
    }
    // Two keys for one structure would let it be picked twice.
    let mut keys = BTreeSet::new();
    spots.retain(|spot| keys.insert(spot.key.clone()));
    Ok(spots)
}

/// The band that the network's own stations use most here.
fn usual_band(run: &CoverageRun) -> Option<f64> {
    let mut bands: Vec<f64> = run.stations.iter().filter_map(|(_, station)| station.frequency_mhz).collect();
    bands.retain(|mhz| run.parameters.carrier(*mhz).is_some());
    bands.sort_by(f64::total_cmp);
    let of_parameters =
        || run.parameters.carriers.last().map(|carrier| f64::midpoint(carrier.from_mhz, carrier.to_mhz));
    bands.get(bands.len() / 2).copied().or_else(of_parameters)
}

fn station(at: Planar, height_m: Option<f64>, frequency_mhz: Option<f64>) -> Station {
    Station {
        at,
        antenna_height: height_m.and_then(|height| Metres::new(height).ok()),
        frequency_mhz,
        azimuths: SECTORS_DEG.iter().filter_map(|degrees| Degrees::new(*degrees).ok()).collect(),
        eirp_dbm: None,
        operator: Operator::default(),
    }
}

/// For each square that holds anybody out of reach, the cell nearest to the middle of those people.
fn middles(run: &CoverageRun) -> Vec<Planar> {
    let mut squares: BTreeMap<(i64, i64), Vec<(Planar, f64)>> = BTreeMap::new();
    let open = |cell: usize| !run.reach.covers(cell, &run.parameters) && run.ground.inside[cell];
    for residents in run.ground.people.residents().iter().filter(|r| 0 < r.people && open(r.cell)) {
        let at = centre_of(run, residents.cell);
        squares.entry(square(&run.reach.grid, at)).or_default().push((at, f64::from(residents.people)));
    }
    squares
        .into_values()
        .filter_map(|cells| {
            let sum: f64 = cells.iter().map(|(_, people)| people).sum();
            let mean = |of: fn(&Planar) -> f64| cells.iter().map(|(at, people)| of(at) * people).sum::<f64>() / sum;
            let (east, north) = (mean(|at| at.east), mean(|at| at.north));
            let away = |at: &Planar| (at.east - east).hypot(at.north - north);
            cells.iter().map(|(at, _)| *at).min_by(|a, b| away(a).total_cmp(&away(b)))
        })
        .collect()
}

#[expect(clippy::cast_possible_truncation, reason = "a raster is smaller than 2⁵³ squares")]
fn square(grid: &Grid, at: Planar) -> (i64, i64) {
    let from = grid.south_west();
    let number = |offset: f64| (offset / NEW_MAST_EVERY_M).floor() as i64;
    (number(at.north - from.north), number(at.east - from.east))
}

struct Finder<'a> {
    seen: Seen<'a>,
    question: &'a ClosingQuestion,
    run: &'a CoverageRun,
    costs: &'a Costs,
    frequency_mhz: Option<f64>,
}

impl<'a> Finder<'a> {
    fn around(&self, class: AssetClass) -> impl Iterator<Item = Sight<'a>> {
        let bounds = self.run.ground.bounds.expanded(AROUND_M);
        // A blurred place is none to plan with, and a security site would be given away by its rings.
        self.seen
            .in_box(class, bounds)
            .filter(|sight| !sight.is_generalised() && sight.asset().status.stands() && !sight.asset().security_site)
    }

    fn masts(&self) -> Result<Vec<Spot>, DeskError> {
        let mut spots = Vec::new();
        for mast in self.around(AssetClass::Mast) {
            let asset = mast.asset();
            let Details::Mast(details) = &asset.details else { continue };
            match self.presence(&mast) {
                Presence::Served => {}
                Presence::Upgradable(standing) => {
                    let height_m = standing.antenna_height_m.map(Metres::get);
                    let mut upgraded = station(self.planar(asset)?, height_m, self.frequency_mhz);
                    if !standing.azimuths_deg.is_empty() {
                        upgraded.azimuths.clone_from(&standing.azimuths_deg);
                    }
                    spots.push(self.spot(asset, Means::OwnUpgrade, None, upgraded));
                }
                Presence::Absent => {
                    let below =
                        if details.on_building == Some(true) { details.building_height_m } else { Some(Metres::ZERO) };
                    let height_m =
                        details.height_m.zip(below).map(|(own, below)| own.get() + below.get() - BELOW_TOP_M);
                    let added = station(self.planar(asset)?, height_m, self.frequency_mhz);
                    spots.push(self.spot(asset, Means::FreeSlot, asset.free(), added));
                }
            }
        }
        Ok(spots)
    }

    /// Whether the network is on a mast already, and with what.
    fn presence(&self, mast: &Sight<'a>) -> Presence<'a> {
        let mut standing = None;
        for station in self.seen.stations_on(mast).filter(|station| station.asset().status.stands()) {
            let Details::RadioStation(details) = &station.asset().details else { continue };
            let of_network =
                self.question.network.as_ref().is_none_or(|wanted| details.network.as_ref() == Some(wanted));
            if of_network && details.technologies.contains(&self.question.technology) {
                return Presence::Served;
            }
            if of_network {
                standing.get_or_insert(details);
            }
        }
        standing.map_or(Presence::Absent, Presence::Upgradable)
    }

    fn hosts(&self) -> Result<Vec<Spot>, DeskError> {
        let mut spots = Vec::new();
        for host in self.around(AssetClass::Host) {
            let asset = host.asset();
            let Details::Host(details) = &asset.details else { continue };
            let carries = matches!(details.kind, Some(HostKind::Roof | HostKind::LampPost | HostKind::PowerPole));
            if !carries {
                continue;
            }
            let mut added = station(self.planar(asset)?, details.height_m.map(Metres::get), self.frequency_mhz);
            if details.kind != Some(HostKind::Roof) {
                added.eirp_dbm = Some(SMALL_CELL_EIRP_DBM);
            }
            spots.push(Spot { host: details.kind, ..self.spot(asset, Means::OtherSector, asset.free(), added) });
        }
        Ok(spots)
    }

    /// New masts that the plan names, as far as the viewer may know them.
    fn planned(&self, registry: &Registry) -> Result<Vec<Spot>, DeskError> {
        let Some((territory, plan)) = registry.home().and_then(|(code, state)| Some((code, state.plan.as_ref()?)))
        else {
            return Ok(Vec::new());
        };
        let mut spots = Vec::new();
        for asset in &plan.planned {
            let Details::Mast(details) = &asset.details else { continue };
            if !matches!(hatang_core::view(self.seen.viewer(), asset, territory), hatang_core::View::Exact(_)) {
                continue;
            }
            let height_m = details.height_m.map_or(NEW_MAST_M, Metres::get);
            let added = station(self.planar(asset)?, Some(height_m), self.frequency_mhz);
            spots.push(self.spot(asset, Means::NewMast, None, added));
        }
        Ok(spots)
    }

    fn planar(&self, asset: &Asset) -> Result<Planar, DeskError> {
        planar(self.run.ground.crs, asset.anchor())
    }

    fn spot(&self, asset: &Asset, means: Means, room: Option<Capacity>, station: Station) -> Spot {
        Spot {
            key: asset.id.to_string(),
            means,
            asset: Some(asset.id),
            code: asset.code.as_ref().map(ToString::to_string),
            owner: Some(asset.owner.to_string()),
            host: None,
            at: asset.anchor(),
            room,
            cost: self.costs.of(means),
            station,
        }
    }
}

enum Presence<'a> {
    /// The technology is there.
    Served,
    /// The network is there with something else.
    Upgradable(&'a RadioStation),
    /// It is not, as far as the viewer may know.
    Absent,
}
