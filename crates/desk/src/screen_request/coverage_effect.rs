//! Who would be newly covered if a requested mast carried the applicant's network.

use hatang_core::{
    AssetClass, Degrees, Metres, NetworkCode, Registry, RequestItem, Seq, Shape, Text, Viewer, asset::Technology,
};
use hatang_coverage::{Operator, Station, newly_covered};
use serde::Serialize;

use crate::{
    desk::Desk,
    error::DeskError,
    raster::{parameters, planar},
    run_coverage::{may_see_cells, run_coverage},
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

/// Computes the effect of one item; `None` where there is none to compute or the viewer may not see its grounds.
pub(super) fn of(desk: &Desk, who: &Viewer, item: &RequestItem) -> Result<Option<CoverageEffect>, DeskError> {
    let carries_radio = matches!(item.class, AssetClass::Mast | AssetClass::RadioStation);
    let (Shape::Point(at), Some(height), true) = (&item.shape, item.height_m, carries_radio) else { return Ok(None) };
    let network = desk.read(|registry| {
        let network = item.network.clone().or_else(|| only_network(registry, item))?;
        let has_ground = registry.home().is_some_and(|(_, state)| state.plan.is_some());
        let known = registry.organisations().values().any(|organisation| organisation.networks.contains(&network));
        (has_ground && known && may_see_cells(registry, who, Some(&network))).then_some(network)
    });
    let Some(network) = network else { return Ok(None) };
    let below = match item.on_building {
        Some(true) => item.building_height_m,
        _ => Some(Metres::ZERO),
    };
    // A roof of unknown height leaves the antennas' height unknown.
    let Some(top) = below.and_then(|below| Metres::new(below.get() + height.get()).ok()) else { return Ok(None) };
    let run = run_coverage(desk, TECHNOLOGY, Some(&network))?;
    let figures = parameters(TECHNOLOGY)?;
    // The band that the network's own stations use most here.
    let mut bands: Vec<f64> = run.stations.iter().filter_map(|(_, station)| station.frequency_mhz).collect();
    bands.retain(|mhz| figures.carrier(*mhz).is_some());
    bands.sort_by(f64::total_cmp);
    let Some(frequency_mhz) = bands.get(bands.len() / 2).copied() else { return Ok(None) };
    let azimuths = SECTORS_DEG.iter().filter_map(|degrees| Degrees::new(*degrees).ok()).collect();
    let station = Station {
        at: planar(run.ground.crs, *at)?,
        antenna_height: Some(top),
        frequency_mhz: Some(frequency_mhz),
        azimuths,
        eirp_dbm: None,
        operator: Operator::default(),
    };
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

fn only_network(registry: &Registry, item: &RequestItem) -> Option<NetworkCode> {
    match registry.organisations().get(&item.owner)?.networks.as_slice() {
        [network] => Some(network.clone()),
        _ => None,
    }
}
