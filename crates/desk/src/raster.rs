//! The territory on a metric raster: cells, people, places; and the stations that serve it.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::{Arc, PoisonError},
};

use hatang_core::{
    AssetClass, AssetId, BoundingBox, Details, Lonlat, Metres, NetworkCode, Planar, Registry, Shape, Viewer,
    asset::Technology,
    ground_source::{GroundKind, GroundSource},
    plan::{Place, Plan, SETTLEMENT, URBAN, Zone},
};
use hatang_coverage::{
    Dwelling, Grid, Hamlet, Land, LandClass, Operator, Parameters, People, Station, distribute, distribute_to,
};
use hatang_crs::Crs;
use jiff::civil::Date;
use serde::Serialize;

use crate::{
    desk::Desk,
    error::{DeskError, ErrorKind},
    ground_sources::{Content, in_force},
};

/// The zone words for what a drop to a house may not cross.
const BARRIERS: [&str; 2] = ["water", "railway"];

/// Stations this far outside the territory still reach into it.
const STATIONS_WITHIN_M: f64 = 10_000.0;

/// What a run is computed on. It follows from outline, plan and people alone, so that it is laid once and not again for
/// every change of an asset.
#[derive(Debug)]
pub(crate) struct Ground {
    rests_on: RestsOn,
    pub(crate) crs: Crs,
    /// What stands on each cell: towns in the plan's urban zones, villages in its settlements, open land elsewhere.
    pub(crate) land: Land,
    pub(crate) people: People,
    /// What the people were placed by; none where they were spread evenly over their hamlets.
    pub(crate) placed_by: Option<PlacedBy>,
    pub(crate) places: Vec<(Place, Planar)>,
    /// The plan's roads.
    pub(crate) roads: Vec<Vec<Planar>>,
    /// Outlines of water and railways in the plan, which no drop to a house may cross.
    pub(crate) barriers: Vec<Vec<Planar>>,
    /// Cells whose centre lies inside the territory.
    pub(crate) inside: Vec<bool>,
    pub(crate) bounds: BoundingBox,
}

/// What says where within their hamlets people live.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PlacedBy {
    /// The grid of people in force; the plan's settlement zones where it is absent.
    pub grid: Option<PopulationGrid>,
    /// Hamlets that it has nobody in, whose people were spread evenly.
    pub spread_evenly: Vec<String>,
}

/// A grid of people.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PopulationGrid {
    /// The file's SHA-256.
    pub sha256: String,
    /// The day that it is of.
    pub dated: Date,
    /// Where it comes from.
    pub source: String,
}

/// Stations with the assets that they are of, and the operators that they name by their place.
type Stations = (Vec<(AssetId, Station)>, Vec<String>);

/// Everything that a raster is made of.
#[derive(Debug)]
struct RestsOn {
    outline: Shape,
    plan: Plan,
    /// The grid of people in force.
    population: Option<GroundSource>,
    cell: Metres,
}

/// Rasters that were laid, the latest last.
#[derive(Debug, Default)]
pub(crate) struct LaidGrounds(Vec<Arc<Ground>>);

/// How many are kept: what a page asks in its usual cells, with room for somebody who asks otherwise.
const KEPT: usize = 3;

impl Ground {
    /// The home territory's plan on a raster, laid now or found laid already.
    ///
    /// # Errors
    /// [`ErrorKind::NotFound`] while no outline or plan is loaded, [`ErrorKind::BadInput`] when they contradict.
    pub(crate) fn of(desk: &Desk, registry: &Registry, cell: Metres) -> Result<Arc<Self>, DeskError> {
        let home = registry.home().and_then(|(_, state)| Some((state.boundaries.as_ref()?, state.plan.as_ref()?)));
        let (boundaries, plan) = home.ok_or_else(|| {
            DeskError::input(
                ErrorKind::NotFound,
                "plan.missing",
                "plan",
                "Chưa nạp ranh giới và quy hoạch có dân số theo thôn, nên chưa tính được vùng phủ.",
                "No outline and plan with people by hamlet are loaded yet, so coverage cannot be computed.",
            )
        })?;
        let outline = &boundaries.home.shape;
        let population = in_force(registry, GroundKind::Population);
        let is_same = |laid: &RestsOn| {
            laid.cell == cell
                && laid.population.as_ref() == population
                && laid.outline == *outline
                && laid.plan == *plan
        };
        // Whoever lays one holds the lock, so that nobody lays it a second time.
        let LaidGrounds(laid) = &mut *desk.laid.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(ground) = laid.iter().find(|ground| is_same(&ground.rests_on)) {
            return Ok(Arc::clone(ground));
        }
        let rests_on = RestsOn { outline: outline.clone(), plan: plan.clone(), population: population.cloned(), cell };
        let ground = Arc::new(Self::lay(desk, registry, rests_on)?);
        if laid.len() == KEPT {
            laid.remove(0);
        }
        laid.push(Arc::clone(&ground));
        Ok(ground)
    }

    fn lay(desk: &Desk, registry: &Registry, rests_on: RestsOn) -> Result<Self, DeskError> {
        let RestsOn { outline, plan, cell, .. } = &rests_on;
        let bounds = outline.bounding_box();
        let crs = plane_for(bounds)?;
        let hamlets = plan
            .hamlets
            .iter()
            .map(|hamlet| {
                let rings = planar_rings(crs, &hamlet.shape)?;
                Ok(Hamlet { name: hamlet.name.clone(), people: hamlet.people, rings })
            })
            .collect::<Result<Vec<_>, DeskError>>()?;
        let outline = planar_rings(crs, outline)?;
        let corners = hamlets.iter().flat_map(|hamlet| hamlet.rings.iter()).chain(&outline).flatten();
        let (south_west, north_east) = corners.fold(
            (Planar::new(f64::INFINITY, f64::INFINITY), Planar::new(f64::NEG_INFINITY, f64::NEG_INFINITY)),
            |(low, high), at| {
                (
                    Planar::new(low.east.min(at.east), low.north.min(at.north)),
                    Planar::new(high.east.max(at.east), high.north.max(at.north)),
                )
            },
        );
        let grid = Grid::covering(south_west, north_east, *cell).map_err(cannot_lay)?;
        let settled = |zone: &&Zone| zone.zone == SETTLEMENT;
        let settlements = plan.zones.iter().filter(settled).map(|zone| planar_rings(crs, &zone.shape));
        let settlements = settlements.collect::<Result<Vec<_>, DeskError>>()?;
        let (people, placed_by) = placed(desk, registry, (crs, bounds), &grid, &hamlets, &settlements)?;
        let mut inside = vec![false; grid.len()];
        for cell in grid.cells_inside(&outline) {
            inside[cell] = true;
        }
        let mut classes = vec![LandClass::Open; grid.len()];
        // A town may hold villages of before; what is urban land stays so.
        for (word, class) in [(SETTLEMENT, LandClass::Village), (URBAN, LandClass::Town)] {
            for zone in plan.zones.iter().filter(|zone| zone.zone == word) {
                for cell in grid.cells_inside(&planar_rings(crs, &zone.shape)?) {
                    classes[cell] = class;
                }
            }
        }
        let land = Land::new(grid, classes);
        let places = plan.places.iter().map(|place| Ok((place.clone(), planar(crs, place.at)?)));
        let mut roads = Vec::new();
        for road in &plan.roads {
            roads.extend(planar_rings(crs, &road.shape)?);
        }
        let mut barriers = Vec::new();
        for zone in plan.zones.iter().filter(|zone| BARRIERS.contains(&zone.zone.as_str())) {
            barriers.extend(planar_rings(crs, &zone.shape)?);
        }
        let places = places.collect::<Result<_, DeskError>>()?;
        Ok(Self { rests_on, crs, land, people, placed_by, places, roads, barriers, inside, bounds })
    }

    /// The standing stations of a technology, and of a network if one is named, each band as one station; and the
    /// operators that they name by their place.
    ///
    /// # Errors
    /// [`ErrorKind::BadInput`] for a position off the plane or more operators than a run can tell apart.
    pub(crate) fn stations(
        &self,
        registry: &Registry,
        technology: Technology,
        network: Option<&NetworkCode>,
        parameters: &Parameters,
    ) -> Result<Stations, DeskError> {
        // A run is computed from everything that stands; who may see how much of its result is decided afterwards.
        let viewer = Viewer::console();
        let reach = self.bounds.expanded(STATIONS_WITHIN_M);
        let mut operators: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        let mut stations = Vec::new();
        for sight in registry.seen_by(&viewer).in_box(AssetClass::RadioStation, reach) {
            let asset = sight.asset();
            let Details::RadioStation(station) = &asset.details else { continue };
            let of_network = network.is_none_or(|wanted| station.network.as_ref() == Some(wanted));
            // One run serves everybody, so a security site takes no part in it: its rings would give it away.
            if asset.security_site {
                continue;
            }
            if !of_network || !station.technologies.contains(&technology) || !asset.status.stands() {
                continue;
            }
            let at = planar(self.crs, asset.anchor())?;
            let bands = station.bands_mhz.iter().copied().filter(|mhz| parameters.carrier(*mhz).is_some());
            let mut bands: Vec<Option<f64>> = bands.map(Some).collect();
            if bands.is_empty() {
                bands.push(station.bands_mhz.first().copied());
            }
            let operator = station.network.as_ref().map_or_else(|| asset.owner.to_string(), ToString::to_string);
            let own = operators.entry(operator).or_default();
            own.extend(stations.len()..stations.len() + bands.len());
            stations.extend(bands.into_iter().map(|frequency_mhz| {
                let station = Station {
                    operator: Operator::default(),
                    at,
                    antenna_height: station.antenna_height_m,
                    frequency_mhz,
                    azimuths: station.azimuths_deg.clone(),
                    eirp_dbm: station.eirp_dbm,
                };
                (asset.id, station)
            }));
        }
        for (place, own) in operators.values().enumerate() {
            let operator = Operator::new(place).ok_or_else(|| too_many_operators(operators.len()))?;
            for station in own {
                stations[*station].1.operator = operator;
            }
        }
        stations.sort_by(|a, b| {
            a.0.cmp(&b.0).then(a.1.frequency_mhz.unwrap_or(0.0).total_cmp(&b.1.frequency_mhz.unwrap_or(0.0)))
        });
        Ok((stations, operators.into_keys().collect()))
    }

    /// A planar position as degrees.
    pub(crate) fn lonlat(&self, at: Planar) -> Result<Lonlat, DeskError> {
        self.crs.lonlat_of(at).map_err(cannot_lay)
    }

    /// A ring of planar positions as degrees.
    pub(crate) fn ring(&self, ring: &[Planar]) -> Result<Vec<Lonlat>, DeskError> {
        ring.iter().map(|at| self.lonlat(*at)).collect()
    }
}

/// Places people by the grid of people in force, or else by the plan's settlements, where there are any: they say where,
/// and the plan how many.
fn placed(
    desk: &Desk,
    registry: &Registry,
    (crs, bounds): (Crs, BoundingBox),
    grid: &Grid,
    hamlets: &[Hamlet],
    settlements: &[Vec<Vec<Planar>>],
) -> Result<(People, Option<PlacedBy>), DeskError> {
    let by_dwellings = |dwellings: &[Dwelling], source: Option<PopulationGrid>| {
        let placed = distribute_to(grid, hamlets, dwellings).map_err(cannot_lay)?;
        let spread_evenly = placed.spread_evenly.iter().map(|hamlet| hamlets[*hamlet].name.clone()).collect();
        Ok((placed.people, Some(PlacedBy { grid: source, spread_evenly })))
    };
    let Some(source) = in_force(registry, GroundKind::Population) else {
        if settlements.is_empty() {
            return Ok((distribute(grid, hamlets).map_err(cannot_lay)?, None));
        }
        let cells: BTreeSet<usize> = settlements.iter().flat_map(|rings| grid.cells_inside(rings)).collect();
        let middle = |cell: usize| {
            let (column, row) = grid.position(cell);
            Dwelling { at: grid.centre(column, row), weight: 1 }
        };
        return by_dwellings(&cells.into_iter().map(middle).collect::<Vec<_>>(), None);
    };
    let content = desk.grounds.get(&source.sha256).ok_or_else(|| file_missing(&source.sha256))?;
    let Content::Population(counts) = &*content else { return Err(file_missing(&source.sha256)) };
    // What lies far off the territory cannot be in a hamlet; a grid may be a whole nation's.
    let around = bounds.expanded(1_000.0);
    let near = counts.iter().filter(|(at, _)| around.contains(*at));
    let dwellings = near.map(|(at, weight)| Ok(Dwelling { at: planar(crs, *at)?, weight: *weight }));
    let dwellings = dwellings.collect::<Result<Vec<_>, DeskError>>()?;
    let told = PopulationGrid { sha256: source.sha256.clone(), dated: source.dated, source: source.source.clone() };
    by_dwellings(&dwellings, Some(told))
}

/// A file that the journal names is not where it should be.
pub(crate) fn file_missing(sha256: &str) -> DeskError {
    DeskError::input(
        ErrorKind::Internal,
        "ground.file_missing",
        sha256,
        "Không đọc được tệp địa hình hoặc dân số mà nhật ký ghi nhận.",
        "A file of terrain or people that the journal names cannot be read.",
    )
}

/// The figures for a technology.
///
/// # Errors
/// [`ErrorKind::BadInput`] for a technology that the model has no figures for.
pub(crate) fn parameters(technology: Technology) -> Result<Parameters, DeskError> {
    match technology {
        Technology::G4 => Ok(Parameters::default_4g()),
        Technology::G5 => Ok(Parameters::default_5g()),
        Technology::G2 | Technology::G3 => Err(DeskError::input(
            ErrorKind::BadInput,
            "technology.no_parameters",
            technology,
            "Chưa có bộ tham số tính vùng phủ cho công nghệ này; hãy chọn 4g hoặc 5g.",
            "There are no coverage parameters for this technology; choose 4g or 5g.",
        )),
    }
}

/// The plane that a raster is laid on: VN-2000 UTM, west or east of the 108° meridian. No legal coordinate is made of it.
fn plane_for(bounds: BoundingBox) -> Result<Crs, DeskError> {
    let epsg = if bounds.centre().lon() < 108.0 { 3405 } else { 3406 };
    Crs::from_epsg(epsg).map_err(cannot_lay)
}

pub(crate) fn planar(crs: Crs, at: Lonlat) -> Result<Planar, DeskError> {
    crs.planar_of(at).map_err(cannot_lay)
}

pub(crate) fn planar_rings(crs: Crs, shape: &Shape) -> Result<Vec<Vec<Planar>>, DeskError> {
    shape.runs().map(|run| run.iter().map(|at| planar(crs, *at)).collect()).collect()
}

fn too_many_operators(operators: usize) -> DeskError {
    DeskError::input(
        ErrorKind::BadInput,
        "coverage.too_many_operators",
        operators,
        "Một lần tính vùng phủ chỉ phân biệt được tối đa 32 nhà mạng.",
        "One coverage run can tell at most 32 operators apart.",
    )
}

fn cannot_lay(error: impl std::fmt::Display) -> DeskError {
    DeskError::input(
        ErrorKind::BadInput,
        "plan.cannot_rasterise",
        error,
        "Không thể đưa quy hoạch lên lưới tính toán.",
        "The plan cannot be laid on the raster.",
    )
}

/// How many stations each asset stands for, and which of them could not be computed.
pub(crate) fn without_parameters(
    stations: &[(AssetId, Station)],
    skipped: &[hatang_coverage::Skipped],
) -> Vec<AssetId> {
    let mut bands: BTreeMap<AssetId, usize> = BTreeMap::new();
    for (id, _) in stations {
        *bands.entry(*id).or_default() += 1;
    }
    for left_out in skipped {
        if let Some(count) = bands.get_mut(&stations[left_out.station].0) {
            *count -= 1;
        }
    }
    bands.into_iter().filter(|(_, computed)| *computed == 0).map(|(id, _)| id).collect()
}
