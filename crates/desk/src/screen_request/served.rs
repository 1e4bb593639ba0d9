//! Whose network the masts near a request alone carry to them today, so that a host tells who would fail together with it.
//!
//! Computed from the registry like everything else of the answer, and so again from the journal for a later proof; what a
//! kept run says would have to be kept with the answer. Officials read the run of all networks. A carrier reads its own
//! network's: what depends on a rival's antennas is the rival's.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use hatang_core::{
    AssetClass, AssetId, NetworkCode, Registry, RequestItem, RuleSetCode, Text, Viewer, asset::Technology,
};
use hatang_coverage::{Land, Parameters, People, Reach, Station, reach::revise::revise};
use hatang_review::{Scene, Served, ServedToday};
use jiff::civil::Date;

use super::{judged_together, rule_set_of};
use crate::{
    desk::Desk,
    error::DeskError,
    run_coverage::{CoverageRun, MODEL, may_see_cells, run_coverage},
};

/// Those whose network has neither left are without service: another network's phone is no help.
const TECHNOLOGIES: [Technology; 2] = [Technology::G4, Technology::G5];

/// Each mast with the stations that it carries.
type Carried = BTreeMap<AssetId, Vec<AssetId>>;

/// Computes for every mast near the requests that carries a station; `None` where there is nothing to compute or the viewer
/// may not see its grounds.
pub(super) fn near(
    desk: &Desk,
    who: &Viewer,
    items: &[RequestItem],
    rule_set: Option<&RuleSetCode>,
    on: Date,
) -> Result<Option<ServedToday>, DeskError> {
    let asked = desk.read(|registry| {
        let network = whose(registry, who, items)?;
        let carried = carried(registry, who, items, rule_set, on);
        (!carried.is_empty()).then_some((network, carried))
    });
    let Some((network, carried)) = asked else { return Ok(None) };
    let runs = TECHNOLOGIES.iter().map(|technology| run_coverage(desk, *technology, network.as_ref()));
    let runs: Vec<Arc<CoverageRun>> = runs.collect::<Result<_, _>>()?;
    let services: Vec<Service<'_>> = runs.iter().map(|run| Service::of(run)).collect();
    let ground = &runs[0].ground;
    let places: Vec<(&str, Option<usize>)> =
        ground.places.iter().map(|(place, at)| (&*place.name, ground.land.grid().cell_at(*at))).collect();
    let of_mast = |(mast, stations): (&AssetId, &Vec<AssetId>)| {
        Some((*mast, alone(&services, &ground.people, &places, stations)?))
    };
    let alone = carried.iter().filter_map(of_mast).collect();
    Ok(Some(ServedToday { alone, basis: vec![basis(network.as_ref())] }))
}

/// The network whose coverage the viewer may see cell by cell, all networks for officials; `None` for everybody else.
#[expect(clippy::option_option, reason = "whether there is a run, and whether it is of one network")]
fn whose(registry: &Registry, who: &Viewer, items: &[RequestItem]) -> Option<Option<NetworkCode>> {
    let home = registry.home().map(|(_, state)| state)?;
    if home.plan.is_none() || home.boundaries.is_none() {
        return None;
    }
    if may_see_cells(registry, who, None) {
        return Some(None);
    }
    let own = &registry.organisations().get(who.organisation.as_ref()?)?.networks;
    let asked = items.iter().find_map(|item| item.network.as_ref().filter(|network| own.contains(network)));
    let network = asked.or(match own.as_slice() {
        [only] => Some(only),
        _ => None,
    })?;
    may_see_cells(registry, who, Some(network)).then(|| Some(network.clone()))
}

fn carried(
    registry: &Registry,
    who: &Viewer,
    items: &[RequestItem],
    rule_set: Option<&RuleSetCode>,
    on: Date,
) -> Carried {
    let Ok(local) = rule_set_of(registry, rule_set) else { return Carried::new() };
    let sets = judged_together(registry, local);
    let scene = Scene::new(registry.seen_by(who), &sets, on);
    let radio = items.iter().filter(|item| matches!(item.class, AssetClass::Mast | AssetClass::RadioStation));
    let masts = radio.flat_map(|item| scene.masts_near(item)).filter(|mast| !mast.is_generalised());
    masts
        .map(|mast| {
            let stations = scene.seen.stations_on(&mast).map(|station| station.asset().id).collect();
            (mast.asset().id, stations)
        })
        .collect()
}

/// What the stations of one technology offer.
#[derive(Clone, Copy)]
struct Service<'a> {
    reach: &'a Reach,
    land: &'a Land,
    parameters: &'a Parameters,
    stations: &'a [(AssetId, Station)],
    /// The networks in the order of their bits.
    operators: &'a [String],
}

impl<'a> Service<'a> {
    fn of(run: &'a CoverageRun) -> Self {
        Self {
            reach: &run.reach,
            land: &run.ground.land,
            parameters: &run.parameters,
            stations: &run.stations,
            operators: &run.operators,
        }
    }

    /// What is left without some of the stations.
    fn without(&self, gone: &[AssetId]) -> Reach {
        let all = self.stations.iter().map(|(_, station)| station.clone()).collect::<Vec<_>>();
        let stay = self.stations.iter().filter(|(id, _)| !gone.contains(id)).map(|(_, station)| station.clone());
        revise(self.reach, self.land, &all, &stay.collect::<Vec<_>>(), self.parameters)
    }
}

/// Whose network some stations carry to them and no others do; `None` where no service knows these stations. Places stand beside their
/// cells.
fn alone(
    services: &[Service<'_>],
    people: &People,
    places: &[(&str, Option<usize>)],
    gone: &[AssetId],
) -> Option<Served> {
    services.iter().flat_map(|service| service.stations).find(|(id, _)| gone.contains(id))?;
    let left: Vec<Reach> = services.iter().map(|service| service.without(gone)).collect();
    let networks: BTreeSet<&String> = services.iter().flat_map(|service| service.operators).collect();
    // Each network's bit in each service; the runs of two technologies count their networks apart.
    let bits = |network: &String| -> Vec<u32> {
        let place = |service: &Service<'_>| service.operators.iter().position(|one| one == network);
        services.iter().map(|service| place(service).map_or(0, |place| 1 << place)).collect()
    };
    let bits: Vec<Vec<u32>> = networks.into_iter().map(bits).collect();
    let lost = |cell: usize| {
        bits.iter().any(|bits| {
            let serves = |reach: &Reach, bit: u32| reach.operators[cell] & bit != 0;
            services.iter().zip(bits).any(|(service, bit)| serves(service.reach, *bit))
                && !left.iter().zip(bits).any(|(left, bit)| serves(left, *bit))
        })
    };
    let people = people.residents().iter().filter(|residents| lost(residents.cell));
    let places = places.iter().filter(|(_, cell)| cell.is_some_and(lost));
    let mut places: Vec<String> = places.map(|(name, _)| (*name).to_owned()).collect();
    places.sort();
    Some(Served { people: people.map(|residents| u64::from(residents.people)).sum(), places })
}

fn basis(network: Option<&NetworkCode>) -> Text {
    let (name, version) = MODEL;
    let whose = network.map_or_else(
        || Text::new("của mọi mạng", "of every network"),
        |network| Text::new(format!("của mạng {network}"), format!("of {network}")),
    );
    Text::new(
        format!(
            "Tính từ vùng phủ 4G và 5G ngoài trời {} theo mô hình {name} {version}, ô 50 m: những người và địa điểm có ít \
             nhất một mạng không còn công trình nào khác phục vụ.",
            whose.vi
        ),
        format!(
            "From outdoor 4G and 5G coverage {} by {name} {version}, cells of 50 m: the people and places to whom no other \
             structure carries at least one of their networks.",
            whose.en
        ),
    )
}

#[cfg(test)]
mod tests {
    use hatang_core::{Metres, Planar};
    use hatang_coverage::{Grid, Hamlet, LandClass, Operator, distribute, reach};
    use uuid::Uuid;

    use super::*;

    fn mast(number: u128, east: f64, frequency_mhz: f64) -> (AssetId, Station) {
        let station = Station {
            at: Planar::new(east, 500.0),
            antenna_height: Metres::new(30.0).ok(),
            frequency_mhz: Some(frequency_mhz),
            azimuths: Vec::new(),
            eirp_dbm: None,
            operator: Operator::default(),
        };
        (AssetId(Uuid::from_u128(number)), station)
    }

    #[test]
    fn who_has_another_mast_or_technology_is_not_lost_with_the_first() {
        let (corner, side) = (Planar::new(0.0, 0.0), Metres::computed(50.0));
        let grid = Grid::covering(corner, Planar::new(12_000.0, 1_000.0), side).unwrap();
        let land = Land::new(grid, vec![LandClass::Open; grid.len()]);
        let ring = [(0.0, 0.0), (12_000.0, 0.0), (12_000.0, 1_000.0), (0.0, 1_000.0)];
        let hamlet = Hamlet {
            name: "A".to_owned(),
            people: 9_600,
            rings: vec![ring.map(|(east, north)| Planar::new(east, north)).to_vec()],
        };
        let people = distribute(&grid, &[hamlet]).unwrap();
        let (g4, g5) = (Parameters::default_4g(), Parameters::default_5g());
        // The first mast carries both; the second 4G only, so that 5G people around the first keep 4G in between.
        let (of_4g, of_5g) =
            (vec![mast(1, 2_000.0, 1_800.0), mast(2, 10_000.0, 1_800.0)], vec![mast(1, 2_000.0, 2_600.0)]);
        let bare = |stations: &[(AssetId, Station)]| stations.iter().map(|(_, one)| one.clone()).collect::<Vec<_>>();
        let (reach_4g, reach_5g) = (reach(&land, &bare(&of_4g), &g4), reach(&land, &bare(&of_5g), &g5));
        let networks = ["viettel".to_owned()];
        let services = [
            Service { reach: &reach_4g, land: &land, parameters: &g4, stations: &of_4g, operators: &networks },
            Service { reach: &reach_5g, land: &land, parameters: &g5, stations: &of_5g, operators: &networks },
        ];
        let cell = |east| grid.cell_at(Planar::new(east, 500.0));
        let places = [("near the second", cell(10_010.0)), ("near the first", cell(2_010.0)), ("nowhere", None)];
        for gone in [1, 2] {
            let gone = AssetId(Uuid::from_u128(gone));
            // By hand: everything computed anew without the mast.
            let left = |all: &[(AssetId, Station)], figures: &Parameters| {
                let stay: Vec<_> = all.iter().filter(|(id, _)| *id != gone).cloned().collect();
                reach(&land, &bare(&stay), figures)
            };
            let (left_4g, left_5g) = (left(&of_4g, &g4), left(&of_5g, &g5));
            let lost = |cell: usize| {
                (reach_4g.covers(cell, &g4) || reach_5g.covers(cell, &g5))
                    && !left_4g.covers(cell, &g4)
                    && !left_5g.covers(cell, &g5)
            };
            let counted: u64 =
                people.residents().iter().filter(|one| lost(one.cell)).map(|one| u64::from(one.people)).sum();
            let found = alone(&services, &people, &places, &[gone]).unwrap();
            assert_eq!(found.people, counted, "{gone}");
            assert!(0 < counted && counted < 9_600, "{gone}: {counted}");
            let near = if gone.0.as_u128() == 1 { "near the first" } else { "near the second" };
            assert_eq!(found.places, [near], "{gone}");
        }
        assert_eq!(alone(&services, &people, &places, &[AssetId(Uuid::from_u128(3))]), None, "no run knows it");
    }
}
