//! Where people live whom no station serves, ranked.

use hatang_core::{
    AssetId, Lonlat, Metres, NetworkCode, Seq, Shape, Viewer, asset::Technology, geodesy, plan::PlaceKind,
    visibility::generalise,
};
use hatang_coverage::{Gap, gaps};
use serde::Serialize;

use crate::{
    desk::Desk,
    error::DeskError,
    run_coverage::{CoverageRun, may_see_cells, run_coverage},
};

/// The ranked gaps of a technology and a network.
#[derive(Clone, Debug, Serialize)]
pub struct GapList {
    /// The technology asked about.
    pub technology: Technology,
    /// The network asked about; all together when absent.
    pub network: Option<NetworkCode>,
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
    /// Its area in square metres.
    pub area_m2: f64,
    /// Its middle; blurred for those who may not see cells.
    pub centre: Lonlat,
    /// Its outline; absent for those who may not see cells.
    pub geometry: Option<Shape>,
    /// The nearest standing mast that the viewer may see.
    pub nearest_mast: Option<NearestMast>,
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
/// As for [`run_coverage`].
pub fn list_gaps(
    desk: &Desk,
    who: &Viewer,
    technology: Technology,
    network: Option<&NetworkCode>,
) -> Result<GapList, DeskError> {
    let run = run_coverage(desk, technology, network)?;
    let places: Vec<_> = run.ground.places.iter().map(|(_, at)| *at).collect();
    let found = gaps(&run.reach, &run.ground.people, &places, &run.parameters);
    let cells = desk.read(|registry| may_see_cells(registry, who, network));
    let gaps = found
        .ranked
        .iter()
        .enumerate()
        .map(|(index, gap)| ranked(desk, who, &run, index + 1, gap, cells))
        .collect::<Result<_, _>>()?;
    Ok(GapList { technology, network: network.cloned(), seq: desk.position_seen_by(who), gaps })
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
        area_m2: gap.area_m2,
        centre: if cells { centre } else { blurred(centre) },
        geometry,
        nearest_mast: if cells { nearest_mast(desk, who, centre) } else { None },
    })
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
