//! Who would be newly covered if a requested mast carried the applicant's network.

use hatang_core::{
    AssetClass, Degrees, Lonlat, Metres, NetworkCode, Registry, RequestItem, Seq, Shape, Text, Viewer,
    asset::Technology,
};
use hatang_coverage::{Operator, Parameters, Station, newly_covered, reach};
use serde::Serialize;

use super::left_uncovered::{LeftUncovered, left_uncovered};
use crate::{
    desk::Desk,
    error::DeskError,
    raster::{parameters, planar},
    run_coverage::{CoverageRun, may_see_cells, run_coverage},
};

/// The technology whose gaps the plan wants closed.
const TECHNOLOGY: Technology = Technology::G5;

/// Three sectors, as most masts have.
const SECTORS_DEG: [f64; 3] = [0.0, 120.0, 240.0];

/// The effect on people, for one technology and network.
#[derive(Clone, Debug, Serialize)]
pub struct CoverageEffect {
    /// People in cells that are not covered now and would be.
    pub people_newly_covered: u64,
    /// The technology.
    pub technology: Technology,
    /// The network.
    pub network: NetworkCode,
    /// The journal position that the coverage was computed at.
    pub seq: Seq,
    /// What was taken for granted because the request does not say it.
    pub assumptions: Vec<Text>,
}

/// The effect of several structures together, whosever they are.
#[derive(Clone, Debug, Serialize)]
pub struct CoverageTogether {
    /// People whom no network covers now.
    pub people_uncovered: u64,
    /// Those of them whom the structures together would cover.
    pub people_newly_covered: u64,
    /// The others: the gaps that are left.
    pub left: LeftUncovered,
    /// The technology.
    pub technology: Technology,
    /// How many structures were counted.
    pub counted: u32,
    /// How many carry radio and could not be: their height, their roof's height or their network is not known.
    pub not_counted: u32,
    /// What was taken for granted because the requests do not say it.
    pub assumptions: Vec<Text>,
}

/// Computes the effect of one item; `None` where there is none to compute or the viewer may not see its grounds.
pub(super) fn of(desk: &Desk, who: &Viewer, item: &RequestItem) -> Result<Option<CoverageEffect>, DeskError> {
    let Some((at, top)) = antennas(item) else { return Ok(None) };
    let network = desk.read(|registry| {
        let network = known_network(registry, item)?;
        let has_ground = registry.home().is_some_and(|(_, state)| state.plan.is_some());
        (has_ground && may_see_cells(registry, who, Some(&network))).then_some(network)
    });
    let Some(network) = network else { return Ok(None) };
    let run = run_coverage(desk, TECHNOLOGY, Some(&network))?;
    let figures = parameters(TECHNOLOGY)?;
    let Some(frequency_mhz) = usual_band(&run, &figures, &network) else { return Ok(None) };
    let station = sectors(planar(run.ground.crs, at)?, top, frequency_mhz);
    let (people_newly_covered, flags) =
        newly_covered(&run.reach, &run.ground.land, &run.ground.people, &[station], &figures);
    if !flags.not_computed.is_empty() {
        return Ok(None);
    }
    let assumptions = vec![
        Text::new(
            format!("Ba hướng 0°, 120°, 240°, anten ở độ cao {} m so với mặt đất.", top.get()),
            format!("Three sectors at 0°, 120° and 240°, antennas {} m above ground.", top.get()),
        ),
        Text::new(
            format!(
                "Băng tần {frequency_mhz} MHz, là băng tần mạng này đang dùng tại địa bàn; công suất mặc định của mô hình."
            ),
            format!("Band {frequency_mhz} MHz, which this network uses here; the model's default power."),
        ),
    ];
    Ok(Some(CoverageEffect {
        people_newly_covered,
        technology: TECHNOLOGY,
        network,
        seq: desk.position_seen_by(who),
        assumptions,
    }))
}

/// Computes the effect of several structures on people whom no network covers; `None` where no ground is loaded or the viewer
/// may not see every network's cells.
pub(crate) fn together(
    desk: &Desk,
    who: &Viewer,
    items: &[RequestItem],
) -> Result<Option<CoverageTogether>, DeskError> {
    let may = desk.read(|registry| {
        registry.home().is_some_and(|(_, state)| state.plan.is_some()) && may_see_cells(registry, who, None)
    });
    if !may {
        return Ok(None);
    }
    let run = run_coverage(desk, TECHNOLOGY, None)?;
    let figures = parameters(TECHNOLOGY)?;
    let radio: Vec<&RequestItem> = items.iter().filter(|item| carries_radio(item)).collect();
    let mut stations = Vec::with_capacity(radio.len());
    for item in &radio {
        let network = desk.read(|registry| known_network(registry, item));
        let band = network.and_then(|network| usual_band(&run, &figures, &network));
        if let (Some((at, top)), Some(frequency_mhz)) = (antennas(item), band) {
            stations.push(sectors(planar(run.ground.crs, at)?, top, frequency_mhz));
        }
    }
    let added = reach(&run.ground.land, &stations, &figures);
    let served = |cell: usize| run.reach.covers(cell, &run.parameters) || added.covers(cell, &figures);
    let left = left_uncovered(&run.ground, served);
    let people_uncovered = run.report.people - run.report.people_covered;
    let counted = stations.len() - added.flags.not_computed.len().min(stations.len());
    let number = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
    Ok(Some(CoverageTogether {
        people_uncovered,
        people_newly_covered: people_uncovered - left.people,
        left,
        technology: TECHNOLOGY,
        counted: number(counted),
        not_counted: number(radio.len() - counted),
        assumptions: vec![Text::new(
            "Mỗi công trình: ba hướng 0°, 120°, 240°, anten trên đỉnh, băng tần mạng đó đang dùng nhiều nhất tại địa bàn, công suất mặc định của mô hình.",
            "Each structure: three sectors at 0°, 120° and 240°, antennas at its top, the band that its network uses most here, the model's default power.",
        )],
    }))
}

fn carries_radio(item: &RequestItem) -> bool {
    matches!(item.class, AssetClass::Mast | AssetClass::RadioStation)
}

/// Where a structure's antennas would be: its place, and their height above ground. A roof of unknown height leaves that
/// unknown.
fn antennas(item: &RequestItem) -> Option<(Lonlat, Metres)> {
    let (Shape::Point(at), Some(height), true) = (&item.shape, item.height_m, carries_radio(item)) else { return None };
    let below = match item.on_building {
        Some(true) => item.building_height_m?,
        _ => Metres::ZERO,
    };
    Some((*at, Metres::new(below.get() + height.get()).ok()?))
}

/// The network that a structure is for, when some organisation runs it.
fn known_network(registry: &Registry, item: &RequestItem) -> Option<NetworkCode> {
    let network = item.network.clone().or_else(|| only_network(registry, item))?;
    registry.organisations().values().any(|organisation| organisation.networks.contains(&network)).then_some(network)
}

/// The band that the network's own stations use most here.
fn usual_band(run: &CoverageRun, figures: &Parameters, network: &NetworkCode) -> Option<f64> {
    let own = run.operators().iter().position(|operator| operator == network.as_str()).and_then(Operator::new)?;
    let of_network = run.stations.iter().filter(|(_, station)| station.operator == own);
    let mut bands: Vec<f64> = of_network.filter_map(|(_, station)| station.frequency_mhz).collect();
    bands.retain(|mhz| figures.carrier(*mhz).is_some());
    bands.sort_by(f64::total_cmp);
    bands.get(bands.len() / 2).copied()
}

fn sectors(at: hatang_core::Planar, top: Metres, frequency_mhz: f64) -> Station {
    Station {
        at,
        antenna_height: Some(top),
        frequency_mhz: Some(frequency_mhz),
        azimuths: SECTORS_DEG.iter().filter_map(|degrees| Degrees::new(*degrees).ok()).collect(),
        eirp_dbm: None,
        operator: Operator::default(),
    }
}

fn only_network(registry: &Registry, item: &RequestItem) -> Option<NetworkCode> {
    match registry.organisations().get(&item.owner)?.networks.as_slice() {
        [network] => Some(network.clone()),
        _ => None,
    }
}
