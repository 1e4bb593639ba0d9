//! Who can be reached by fibre without a new trench, and the cheapest way to reach the others.

mod ground;

use std::collections::BTreeMap;

use hatang_core::{AssetId, Capacity, Lonlat, OrganisationCode, Planar, Role, Seq, Shape, Viewer, plan::PlaceKind};
pub use hatang_coverage::fibre::Means;
use hatang_coverage::fibre::{self, Class, Costs, Extensions, Network, Premises, Reached, Rules, Why, reach_premises};
use serde::Serialize;

use self::ground::Cabinet;
use crate::{
    desk::Desk,
    error::{DeskError, ErrorKind},
    raster::Ground,
};

/// The side of a cell whose people stand in for a building.
const CELL_M: f64 = 50.0;

/// What a metre costs, in million đồng: only to order the means until carriers give their own figures.
const COSTS: Costs = Costs { duct: 0.05, pole: 0.08, new_trench: 0.9 };

/// What is known of fibre reach.
#[derive(Clone, Debug, Serialize)]
pub struct FibreAnswer {
    /// Whose routes and cabinets were looked at; everybody's when absent.
    pub owner: Option<OrganisationCode>,
    /// Within which lengths fibre counts as in reach.
    pub rules: Rules,
    /// What a metre was taken to cost, in million đồng; placeholders.
    pub costs: Costs,
    /// How many changes to what the viewer may see the answer rests on.
    pub seq: Seq,
    /// People by class.
    pub people: BTreeMap<Class, u64>,
    /// Why people are not, or not surely, in reach.
    pub reasons: BTreeMap<Why, u64>,
    /// The same by hamlet.
    pub hamlets: Vec<FibreHamlet>,
    /// Priority places, the farthest from fibre first.
    pub places: Vec<FibrePlace>,
    /// Cabinets: spare ports, or that nobody has told.
    pub cabinets: Vec<FibreCabinet>,
    /// Where people live, by class, as areas.
    pub areas: BTreeMap<Class, Shape>,
    /// Cabinets that stand on no route.
    pub stray_cabinets: usize,
    /// Routes that were looked at, in metres by means.
    pub routes_m: BTreeMap<Means, f64>,
}

/// One hamlet's people by class.
#[derive(Clone, Debug, Serialize)]
pub struct FibreHamlet {
    /// Its name.
    pub name: String,
    /// Its people.
    pub people: u64,
    /// The same by class.
    pub by_class: BTreeMap<Class, u64>,
    /// The cheapest way to the middle of those who are out of reach.
    pub extension: Option<FibreExtension>,
}

/// A priority place.
#[derive(Clone, Debug, Serialize)]
pub struct FibrePlace {
    /// What it is.
    pub kind: PlaceKind,
    /// Its name.
    pub name: String,
    /// Where it is.
    pub at: Lonlat,
    /// How near fibre is.
    pub class: Class,
    /// Why it is no nearer.
    pub why: Option<Why>,
    /// Metres along routes and drop, where it is in reach.
    pub total_m: Option<f64>,
    /// Of that, the drop.
    pub drop_m: Option<f64>,
    /// The cheapest way there, where it is out of reach.
    pub extension: Option<FibreExtension>,
}

/// A way to bring fibre.
#[derive(Clone, Debug, Serialize)]
pub struct FibreExtension {
    /// Where it begins.
    pub cabinet: Option<String>,
    /// Million đồng.
    pub cost: f64,
    /// Metres to be dug.
    pub trench_m: f64,
    /// From the cabinet onwards.
    pub legs: Vec<FibreLeg>,
}

/// A part of the way.
#[derive(Clone, Debug, Serialize)]
pub struct FibreLeg {
    /// By what.
    pub means: Means,
    /// How long it is.
    pub length_m: f64,
    /// Its course.
    pub geometry: Shape,
}

/// A cabinet.
#[derive(Clone, Debug, Serialize)]
pub struct FibreCabinet {
    /// The cabinet.
    pub asset: AssetId,
    /// Its owner's code for it.
    pub code: Option<String>,
    /// Who owns it.
    pub owner: String,
    /// Where it is.
    pub at: Lonlat,
    /// Spare ports.
    pub spare: Capacity,
}

/// Answers for one owner's routes and cabinets, or for everybody's. CPU-bound: call it off the asynchronous threads.
///
/// People live in raster cells here; a cell's middle stands in for its buildings. Each place is judged by itself: whether
/// one more connection could be made there today.
///
/// # Errors
/// [`ErrorKind::SignInNeeded`] for the public, to whom routes are blurred; [`ErrorKind::NotFound`] while no plan is loaded.
pub fn fibre_reach(desk: &Desk, who: &Viewer, owner: Option<&OrganisationCode>) -> Result<FibreAnswer, DeskError> {
    if who.role == Role::Public {
        return Err(DeskError::input(
            ErrorKind::SignInNeeded,
            "session.required",
            who.role,
            "Hãy đăng nhập để xem khả năng kết nối cáp quang.",
            "Sign in to see who fibre can reach.",
        ));
    }
    let rules = Rules::default();
    let (ground, cables, cabinets) = desk.read(|registry| {
        let ground = Ground::of(desk, registry, hatang_core::Metres::computed(CELL_M))?;
        let seen = registry.seen_by(who);
        let cables = ground::cables(seen, &ground, owner)?;
        let cabinets = ground::cabinets(seen, &ground, owner)?;
        Ok::<_, DeskError>((ground, cables, cabinets))
    })?;
    let routes: Vec<fibre::Route> = cables.iter().map(|cable| cable.route.clone()).collect();
    let points: Vec<fibre::AccessPoint> = cabinets.iter().map(|cabinet| cabinet.point.clone()).collect();
    let network = Network::new(&routes, &points, &ground.barriers, &rules);
    let with_roads = with_roads(&ground, &routes, &points, &rules);
    let ways = Extensions::new(&with_roads, 1, &COSTS);
    let teller = Teller { ground: &ground, cabinets: &cabinets, ways, rules: &rules };

    let cells: Vec<(usize, Premises)> = inhabited(&ground);
    let asked: Vec<Premises> = cells.iter().map(|(_, premises)| *premises).collect();
    let reached = reach_premises(&network, &asked, &rules).reached;
    let at_cell: BTreeMap<usize, Reached> = cells.iter().map(|(cell, _)| *cell).zip(reached).collect();
    let places: Vec<Premises> = ground.places.iter().map(|(_, at)| asks(*at)).collect();
    let reached_places = reach_premises(&network, &places, &rules).reached;

    let mut answer = FibreAnswer {
        owner: owner.cloned(),
        rules,
        costs: COSTS,
        seq: desk.position_seen_by(who),
        people: BTreeMap::new(),
        reasons: BTreeMap::new(),
        hamlets: teller.hamlets(&at_cell)?,
        places: teller.places(&reached_places)?,
        cabinets: cabinets.iter().map(|cabinet| cabinet.shown.clone()).collect(),
        areas: areas(&ground, &at_cell)?,
        stray_cabinets: network.stray.len(),
        routes_m: cables.iter().fold(BTreeMap::new(), |mut sum, cable| {
            *sum.entry(cable.route.means).or_default() += cable.length_m;
            sum
        }),
    };
    for residents in ground.people.residents().iter().filter(|residents| 0 < residents.people) {
        let reached = &at_cell[&residents.cell];
        *answer.people.entry(reached.class).or_default() += u64::from(residents.people);
        if let Some(why) = reached.why {
            *answer.reasons.entry(why).or_default() += u64::from(residents.people);
        }
    }
    Ok(answer)
}

const fn asks(at: Planar) -> Premises {
    Premises { at, ports: 0, connected: false }
}

/// The cells in which anybody lives.
fn inhabited(ground: &Ground) -> Vec<(usize, Premises)> {
    let grid = ground.people.grid();
    let mut cells: Vec<usize> = ground
        .people
        .residents()
        .iter()
        .filter(|residents| 0 < residents.people)
        .map(|residents| residents.cell)
        .collect();
    cells.dedup();
    let centre = |cell: usize| {
        let (column, row) = grid.position(cell);
        grid.centre(column, row)
    };
    cells.into_iter().map(|cell| (cell, asks(centre(cell)))).collect()
}

/// Where people live, by class.
fn areas(ground: &Ground, at_cell: &BTreeMap<usize, Reached>) -> Result<BTreeMap<Class, Shape>, DeskError> {
    let grid = ground.people.grid();
    let mut areas = BTreeMap::new();
    for class in [Class::Connected, Class::Passed, Class::Serviceable, Class::Reachable, Class::CannotTell, Class::Gap]
    {
        let mut shown = vec![false; grid.len()];
        for (cell, _) in at_cell.iter().filter(|(_, reached)| reached.class == class) {
            shown[*cell] = true;
        }
        let rectangles = hatang_coverage::band::rectangles(grid, &shown);
        let mut polygons = Vec::with_capacity(rectangles.len());
        for corners in rectangles {
            let mut ring = ground.ring(&corners)?;
            ring.push(ring[0]);
            polygons.push(vec![ring]);
        }
        if !polygons.is_empty() {
            areas.insert(class, Shape::MultiPolygon(polygons));
        }
    }
    Ok(areas)
}

/// The network with the roads along which one may dig.
fn with_roads(ground: &Ground, routes: &[fibre::Route], points: &[fibre::AccessPoint], rules: &Rules) -> Network {
    let along = |line: &Vec<Planar>| fibre::Route {
        line: line.clone(),
        means: Means::NewTrench,
        room: Capacity::Known(u32::MAX),
    };
    let routes: Vec<fibre::Route> = routes.iter().cloned().chain(ground.roads.iter().map(along)).collect();
    // A cabinet stands beside the road: from there one may dig too.
    let wider = Rules { join_m: rules.join_m.max(5.0), ..*rules };
    Network::new(&routes, points, &ground.barriers, &wider)
}

struct Teller<'a> {
    ground: &'a Ground,
    cabinets: &'a [Cabinet],
    /// The cheapest ways for one more connection.
    ways: Extensions<'a>,
    rules: &'a Rules,
}

impl Teller<'_> {
    fn extension(&self, at: Planar) -> Result<Option<FibreExtension>, DeskError> {
        let Some(way) = self.ways.to(at, self.rules.drop_m) else { return Ok(None) };
        let legs = way.legs.iter().map(|leg| {
            let geometry = Shape::LineString(self.ground.ring(&leg.line)?);
            Ok(FibreLeg { means: leg.means, length_m: leg.length_m, geometry })
        });
        Ok(Some(FibreExtension {
            cabinet: self.cabinets[way.access_point].shown.code.clone(),
            cost: way.cost,
            trench_m: way.length_m(Means::NewTrench),
            legs: legs.collect::<Result<_, DeskError>>()?,
        }))
    }

    fn hamlets(&self, at_cell: &BTreeMap<usize, Reached>) -> Result<Vec<FibreHamlet>, DeskError> {
        let people = &self.ground.people;
        let grid = people.grid();
        let mut hamlets: Vec<FibreHamlet> = people
            .hamlets()
            .iter()
            .map(|name| FibreHamlet { name: name.clone(), people: 0, by_class: BTreeMap::new(), extension: None })
            .collect();
        let mut out: Vec<Vec<(Planar, f64)>> = vec![Vec::new(); hamlets.len()];
        for residents in people.residents().iter().filter(|residents| 0 < residents.people) {
            let class = at_cell[&residents.cell].class;
            let hamlet = &mut hamlets[residents.hamlet];
            hamlet.people += u64::from(residents.people);
            *hamlet.by_class.entry(class).or_default() += u64::from(residents.people);
            if class == Class::Gap {
                let (column, row) = grid.position(residents.cell);
                out[residents.hamlet].push((grid.centre(column, row), f64::from(residents.people)));
            }
        }
        for (hamlet, out) in hamlets.iter_mut().zip(out).filter(|(_, out)| !out.is_empty()) {
            hamlet.extension = self.extension(middle(&out))?;
        }
        Ok(hamlets)
    }

    fn places(&self, reached: &[Reached]) -> Result<Vec<FibrePlace>, DeskError> {
        let mut places = Vec::with_capacity(reached.len());
        for ((place, at), reached) in self.ground.places.iter().zip(reached) {
            places.push(FibrePlace {
                kind: place.kind,
                name: place.name.clone(),
                at: place.at,
                class: reached.class,
                why: reached.why,
                total_m: reached.total_m(),
                drop_m: reached.snap.map(|snap| snap.drop_m),
                extension: if reached.class == Class::Gap { self.extension(*at)? } else { None },
            });
        }
        let cost = |place: &FibrePlace| place.extension.as_ref().map_or(0.0, |way| way.cost);
        places.sort_by(|a, b| b.class.cmp(&a.class).then(cost(b).total_cmp(&cost(a))).then(a.name.cmp(&b.name)));
        Ok(places)
    }
}

/// The position nearest to the weighted middle.
fn middle(weighted: &[(Planar, f64)]) -> Planar {
    let sum: f64 = weighted.iter().map(|(_, weight)| weight).sum();
    let mean = |of: fn(&Planar) -> f64| weighted.iter().map(|(at, weight)| of(at) * weight).sum::<f64>() / sum;
    let (east, north) = (mean(|at| at.east), mean(|at| at.north));
    let away = |at: &Planar| (at.east - east).hypot(at.north - north);
    let nearest = weighted.iter().map(|(at, _)| *at).min_by(|a, b| away(a).total_cmp(&away(b)));
    nearest.unwrap_or(Planar::new(east, north))
}
