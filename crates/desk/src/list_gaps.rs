//! Where people live whom no station serves, ranked.

use hatang_core::{
    AssetId, Lonlat, Metres, NetworkCode, Seq, Shape, Viewer, asset::Technology, geodesy, plan::PlaceKind,
    visibility::generalise,
};
use hatang_coverage::{
    Gap, LandClass,
    gap::shortfall_over_terrain,
    gaps,
    lines::{LineCoverage, line_coverage},
    shortfall,
    terrain::Obstacle,
};
use serde::Serialize;

use crate::{
    desk::Desk,
    error::{DeskError, ErrorKind},
    run_coverage::{CoverageQuestion, CoverageRun, answer_coverage, may_see_cells},
};

/// Which gaps are asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GapQuestion {
    /// The coverage that they are gaps of.
    pub coverage: CoverageQuestion,
    /// Fewer operators than this make a gap: 1 asks for places that nobody serves, 2 for those without a choice.
    pub fewer_than: u32,
}

impl GapQuestion {
    /// Outdoor places that nobody serves.
    #[must_use]
    pub fn outdoors(technology: Technology, network: Option<&NetworkCode>) -> Self {
        Self { coverage: CoverageQuestion::outdoors(technology, network), fewer_than: 1 }
    }
}

/// The ranked gaps of a technology and a network.
#[derive(Clone, Debug, Serialize)]
pub struct GapList {
    /// The technology asked about.
    pub technology: Technology,
    /// The network asked about; all together when absent.
    pub network: Option<NetworkCode>,
    /// Where people are to be reached.
    pub environment: &'static str,
    /// Fewer operators than this make a gap.
    pub fewer_than: u32,
    /// Roads of the plan, and how much of them is served, in metres.
    pub roads: LineCoverage,
    /// How many changes to what the viewer may see the list rests on.
    pub seq: Seq,
    /// Worst first.
    pub gaps: Vec<RankedGap>,
}

/// A connected area with people or priority places out of reach.
#[derive(Clone, Debug, Serialize)]
pub struct RankedGap {
    /// Its name within this answer.
    pub id: String,
    /// 1 is the worst.
    pub rank: usize,
    /// People out of reach.
    pub people: u64,
    /// The same by hamlet.
    pub hamlets: Vec<GapHamlet>,
    /// Priority places out of reach.
    pub places: Vec<GapPlace>,
    /// Roads in it, in metres.
    pub road_m: f64,
    /// Its area in square metres.
    pub area_m2: f64,
    /// Its middle; blurred for those who may not see cells.
    pub centre: Lonlat,
    /// Its outline; absent for those who may not see cells.
    pub geometry: Option<Shape>,
    /// The nearest standing mast that the viewer may see.
    pub nearest_mast: Option<NearestMast>,
    /// What the best station lacks in its middle; absent for those who may not see cells.
    pub shortfall: Option<GapShortfall>,
}

/// Why the middle of a gap is not covered.
#[derive(Clone, Debug, Serialize)]
pub struct GapShortfall {
    /// How far the station is that comes nearest to covering it, in metres.
    pub distance_m: f64,
    /// By how much its signal is too weak, in dB.
    pub missing_db: f64,
    /// How much of that is lost because none of its sectors looks this way, in dB.
    pub turned_away_db: f64,
    /// What surrounds the place: `open`, `village` or `town`.
    pub land: LandClass,
    /// What stands highest above the straight ray; absent where nothing does, and for a model without terrain.
    pub blocked: Option<Blocked>,
}

/// What is in the way.
#[derive(Clone, Debug, Serialize)]
pub struct Blocked {
    /// Where.
    pub at: Lonlat,
    /// How far it is from the station, in metres.
    pub distance_m: f64,
    /// How far it reaches above the straight ray, in metres.
    pub above_m: f64,
    /// Whether the bare ground is in the way; else what stands on it.
    pub is_ground: bool,
}

/// People of one hamlet in a gap.
#[derive(Clone, Debug, Serialize)]
pub struct GapHamlet {
    /// The hamlet's name.
    pub name: String,
    /// Its people in the gap.
    pub people: u64,
}

/// A priority place in a gap.
#[derive(Clone, Debug, Serialize)]
pub struct GapPlace {
    /// What it is.
    pub kind: PlaceKind,
    /// Its name.
    pub name: String,
}

/// The mast nearest to a gap's middle.
#[derive(Clone, Debug, Serialize)]
pub struct NearestMast {
    /// The mast.
    pub asset: AssetId,
    /// Its owner's code for it.
    pub code: Option<String>,
    /// Who owns it.
    pub owner: String,
    /// Metres from the gap's middle.
    pub distance_m: f64,
}

/// Lists the gaps. CPU-bound: call it off the asynchronous threads.
///
/// # Errors
/// As for [`answer_coverage`]; [`ErrorKind::BadInput`] for a choice among the operators of one network.
pub fn list_gaps(desk: &Desk, who: &Viewer, question: &GapQuestion) -> Result<GapList, DeskError> {
    let CoverageQuestion { technology, ref network, environment, .. } = question.coverage;
    if question.fewer_than == 0 || (1 < question.fewer_than && network.is_some()) {
        return Err(DeskError::input(
            ErrorKind::BadInput,
            "gaps.fewer_than",
            question.fewer_than,
            "Số mạng tối thiểu phải từ 1; nếu hỏi về quyền lựa chọn thì không chọn riêng một mạng.",
            "The least number of networks is 1 or more; a choice is asked of every network together.",
        ));
    }
    let run = answer_coverage(desk, &question.coverage)?;
    let places: Vec<_> = run.ground.places.iter().map(|(_, at)| *at).collect();
    let served = |cell: usize| {
        if question.fewer_than == 1 {
            run.reach.covers(cell, &run.parameters)
        } else {
            question.fewer_than <= run.reach.n_operators(cell)
        }
    };
    let found = gaps(&run.ground.people, &places, &run.ground.roads, served);
    let roads = run.ground.roads.iter().map(|road| line_coverage(&run.reach.grid, road, served));
    let roads = roads.fold(LineCoverage::default(), |sum, road| LineCoverage {
        length_m: sum.length_m + road.length_m,
        covered_m: sum.covered_m + road.covered_m,
    });
    let cells = desk.read(|registry| may_see_cells(registry, who, network.as_ref()));
    let gaps = found
        .ranked
        .iter()
        .enumerate()
        .map(|(index, gap)| ranked(desk, who, &run, index + 1, gap, cells))
        .collect::<Result<_, _>>()?;
    Ok(GapList {
        technology,
        network: network.clone(),
        environment: environment.code(),
        fewer_than: question.fewer_than,
        roads,
        seq: desk.position_seen_by(who),
        gaps,
    })
}

fn ranked(
    desk: &Desk,
    who: &Viewer,
    run: &CoverageRun,
    rank: usize,
    gap: &Gap,
    cells: bool,
) -> Result<RankedGap, DeskError> {
    let centre = run.ground.lonlat(gap.centre)?;
    let hamlets = gap
        .hamlets
        .iter()
        .map(|in_gap| GapHamlet { name: run.ground.people.hamlets()[in_gap.hamlet].clone(), people: in_gap.people });
    let places = gap.places.iter().map(|place| {
        let (place, _) = &run.ground.places[*place];
        GapPlace { kind: place.kind, name: place.name.clone() }
    });
    let geometry = if cells {
        let rings = std::iter::once(&gap.outline.exterior).chain(&gap.outline.holes);
        Some(Shape::Polygon(rings.map(|ring| run.ground.ring(ring)).collect::<Result<_, DeskError>>()?))
    } else {
        None
    };
    Ok(RankedGap {
        id: format!("gap-{rank}"),
        rank,
        people: gap.people,
        hamlets: hamlets.collect(),
        places: places.collect(),
        road_m: gap.road_m,
        area_m2: gap.area_m2,
        centre: if cells { centre } else { blurred(centre) },
        geometry,
        nearest_mast: if cells { nearest_mast(desk, who, centre) } else { None },
        shortfall: if cells { shortfall_of(run, gap)? } else { None },
    })
}

fn shortfall_of(run: &CoverageRun, gap: &Gap) -> Result<Option<GapShortfall>, DeskError> {
    let stations: Vec<_> = run.stations.iter().map(|(_, station)| station.clone()).collect();
    let found = match &run.laid {
        Some(laid) => shortfall_over_terrain(laid.on(&run.ground, &run.parameters), &stations, gap.centre),
        None => shortfall(&run.ground.land, &stations, gap.centre, &run.parameters).map(|short| (short, None)),
    };
    let Some((short, obstacle)) = found else { return Ok(None) };
    let blocked = |obstacle: Obstacle| {
        Ok::<_, DeskError>(Blocked {
            at: run.ground.lonlat(obstacle.at)?,
            distance_m: obstacle.distance_m,
            above_m: obstacle.above_m,
            is_ground: obstacle.is_ground,
        })
    };
    Ok(Some(GapShortfall {
        distance_m: short.distance_m,
        missing_db: short.missing_db,
        turned_away_db: short.turned_away_db,
        land: short.land,
        blocked: obstacle.map(blocked).transpose()?,
    }))
}

fn blurred(at: Lonlat) -> Lonlat {
    match generalise(&Shape::Point(at)) {
        Shape::Point(blurred) => blurred,
        _ => at,
    }
}

fn nearest_mast(desk: &Desk, who: &Viewer, centre: Lonlat) -> Option<NearestMast> {
    desk.read(|registry| {
        let seen = registry.seen_by(who);
        let near = seen.nearest(hatang_core::AssetClass::Mast, centre, 1, |sight| sight.asset().status.stands());
        near.first().map(|near| NearestMast {
            asset: near.sight.asset().id,
            code: near.sight.asset().code.as_ref().map(ToString::to_string),
            owner: near.sight.asset().owner.to_string(),
            distance_m: round(geodesy::distance(centre, near.nearest.to)),
        })
    })
}

/// Metres to the decimetre: finer would claim more than a cell of the raster knows.
fn round(length: Metres) -> f64 {
    (length.get() * 10.0).round() / 10.0
}
