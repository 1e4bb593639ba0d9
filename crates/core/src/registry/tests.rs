//! The index against brute force, on seeded data.

use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use uuid::Uuid;

use super::*;
use crate::{
    BoundingBox, Lonlat, Shape, Viewer,
    asset::Lifecycle,
    survey::Survey,
    visibility::{Role, View, generalise, view},
};

fn owner(code: &str) -> OrganisationCode {
    OrganisationCode::new(code).unwrap()
}

fn asset(number: u128, class: AssetClass, shape: Shape, owned_by: &str) -> Asset {
    Asset {
        id: AssetId(Uuid::from_u128(number)),
        code: Some(AssetCode::new(&format!("A-{number}")).unwrap()),
        owner: owner(owned_by),
        manager: None,
        tenants: vec![],
        status: Lifecycle::Operational,
        shape,
        survey: Survey::default(),
        built_on: None,
        source: None,
        note: None,
        nulls: BTreeMap::new(),
        security_site: false,
        submitted: None,
        details: Details::empty(class),
    }
}

fn held(asset: Asset) -> Held {
    Held { asset, territory: Territory::new("11824").unwrap(), version: Version(1), seq: Seq(1) }
}

fn at(lon: f64, lat: f64) -> Lonlat {
    Lonlat::new(lon, lat).unwrap()
}

/// Poles as points and ducts as short lines, of two owners, some only planned.
fn seeded(count: u128) -> Vec<Asset> {
    let mut random = ChaCha8Rng::seed_from_u64(20_260_122);
    (0..count)
        .map(|number| {
            let lon = random.random_range(106.40..106.60);
            let lat = random.random_range(20.60..20.75);
            let owned_by = if random.random_bool(0.5) { "viettel" } else { "vnpt" };
            let mut asset = if random.random_bool(0.6) {
                asset(number, AssetClass::Pole, Shape::Point(at(lon, lat)), owned_by)
            } else {
                let step = || at(lon, lat);
                let end = at(lon + random.random_range(0.0001..0.01), lat + random.random_range(-0.01..0.01));
                asset(number, AssetClass::Duct, Shape::LineString(vec![step(), end]), owned_by)
            };
            if random.random_bool(0.1) {
                asset.status = Lifecycle::Planned;
            }
            asset
        })
        .collect()
}

fn viewers() -> [Viewer; 3] {
    let role = |role, organisation: Option<&str>| Viewer { account: None, role, organisation: organisation.map(owner) };
    [Viewer::public(), role(Role::CarrierEditor, Some("vnpt")), role(Role::Assessor, None)]
}

/// What a viewer may see, found by looking at every asset.
fn brute<'a>(
    assets: &'a [Asset],
    viewer: &'a Viewer,
    class: AssetClass,
) -> impl Iterator<Item = (AssetId, Shape)> + 'a {
    assets.iter().filter(move |asset| asset.class() == class).filter_map(|asset| match view(viewer, asset) {
        View::Hidden => None,
        View::Generalised => Some((asset.id, generalise(&asset.shape))),
        View::Exact(_) => Some((asset.id, asset.shape.clone())),
    })
}

fn registries(assets: &[Asset]) -> [Registry; 2] {
    let mut bulk = Registry::new();
    bulk.put_assets(assets.iter().cloned().map(held));
    let mut one_by_one = Registry::new();
    assets.iter().cloned().for_each(|asset| one_by_one.put_asset(held(asset)));
    [bulk, one_by_one]
}

#[test]
fn a_box_holds_what_brute_force_finds_for_every_viewer() {
    let assets = seeded(2_000);
    let mut random = ChaCha8Rng::seed_from_u64(1);
    for registry in registries(&assets) {
        for viewer in viewers() {
            for class in [AssetClass::Pole, AssetClass::Duct] {
                for _ in 0..20 {
                    let (west, south) = (random.random_range(106.40..106.58), random.random_range(20.60..20.73));
                    let bounds = BoundingBox::new(west, south, west + 0.02, south + 0.015).unwrap();
                    let mut found: Vec<AssetId> =
                        registry.seen_by(&viewer).in_box(class, bounds).map(|sight| sight.asset().id).collect();
                    found.sort();
                    let expected: Vec<AssetId> = brute(&assets, &viewer, class)
                        .filter(|(_, shape)| shape.intersects(bounds))
                        .map(|(id, _)| id)
                        .collect();
                    assert_eq!(found, expected, "{class} for {:?}", viewer.role);
                }
            }
        }
    }
}

#[test]
fn within_and_nearest_equal_brute_force_for_every_viewer() {
    let assets = seeded(1_500);
    let mut random = ChaCha8Rng::seed_from_u64(2);
    for registry in registries(&assets) {
        for viewer in viewers() {
            for class in [AssetClass::Pole, AssetClass::Duct] {
                for _ in 0..10 {
                    let here = at(random.random_range(106.35..106.65), random.random_range(20.55..20.80));
                    let point = Shape::Point(here);
                    let mut all: Vec<(f64, AssetId)> = brute(&assets, &viewer, class)
                        .map(|(id, shape)| (geodesy::nearest(&point, &shape).distance.get(), id))
                        .collect();
                    all.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
                    let ids = |near: Vec<Near<'_>>| near.iter().map(|n| n.sight.asset().id).collect::<Vec<_>>();

                    let near = ids(registry.seen_by(&viewer).nearest(class, here, 7, |_| true));
                    assert_eq!(near, all.iter().take(7).map(|(_, id)| *id).collect::<Vec<_>>());

                    let odd = |id: &AssetId| id.0.as_u128() % 2 == 1;
                    let near = ids(registry.seen_by(&viewer).nearest(class, here, 3, |s| odd(&s.asset().id)));
                    assert_eq!(near, all.iter().map(|(_, id)| *id).filter(odd).take(3).collect::<Vec<_>>());

                    let reach = Metres::computed(1_500.0);
                    let near = ids(registry.seen_by(&viewer).within(class, &point, reach));
                    let expected = all.iter().filter(|(metres, _)| *metres <= 1_500.0).map(|(_, id)| *id);
                    assert_eq!(near, expected.collect::<Vec<_>>());
                }
            }
        }
    }
}

#[test]
fn an_amended_asset_is_found_at_its_new_place_only() {
    let mut registry = Registry::new();
    let territory = Territory::new("11824").unwrap();
    let before = asset(1, AssetClass::Mast, Shape::Point(at(106.48, 20.68)), "viettel");
    let mut after = before.clone();
    after.shape = Shape::Point(at(106.50, 20.70));
    registry.put(&territory, Seq(1), Version(1), Record::Asset { asset: Box::new(before) });
    registry.put(&territory, Seq(2), Version(2), Record::Asset { asset: Box::new(after) });
    registry.reach(&territory, Seq(2));
    registry.reach(&territory, Seq(1));
    let viewer = Viewer::console();
    let seen = registry.seen_by(&viewer);
    let count = |w, s| seen.in_box(AssetClass::Mast, BoundingBox::new(w, s, w + 0.01, s + 0.01).unwrap()).count();
    assert_eq!((count(106.475, 20.675), count(106.495, 20.695)), (0, 1));
    for viewer in [Viewer::console(), Viewer::public()] {
        let seen = registry.seen_by(&viewer);
        assert_eq!(seen.in_box(AssetClass::Mast, BoundingBox::WORLD).count(), 1, "its old place is forgotten");
    }
    assert_eq!(registry.territories()[&territory].seq, Seq(2));
    assert_eq!(registry.len(), 1);
}

#[test]
fn a_mast_carries_the_networks_of_its_owner_its_tenants_and_its_stations() {
    let mut registry = Registry::new();
    let authority = Territory::authority();
    for (code, network) in [("viettel", "viettel"), ("vnpt", "vinaphone"), ("mobifone", "mobifone")] {
        let organisation = Organisation {
            code: owner(code),
            name: code.to_owned(),
            kind: crate::OrganisationKind::Carrier,
            networks: vec![crate::NetworkCode::new(network).unwrap()],
        };
        registry.put(&authority, Seq(1), Version(1), Record::Organisation { organisation });
    }
    let here = Shape::Point(at(106.48, 20.68));
    let mut mast = asset(1, AssetClass::Mast, here.clone(), "viettel");
    mast.tenants.push(crate::asset::Tenancy { tenant: owner("mobifone"), network: None, since: None });
    let station = |number, shape, on: &Asset| {
        let mut station = asset(number, AssetClass::RadioStation, shape, "vnpt");
        station.details =
            Details::RadioStation(crate::asset::RadioStation { mast: on.code.clone(), ..Default::default() });
        station
    };
    // The second names a mast of the same code that stands elsewhere.
    let stations = [station(2, here, &mast), station(3, Shape::Point(at(106.50, 20.70)), &mast)];
    registry.put_assets(std::iter::once(mast).chain(stations).map(held));

    let networks = |viewer: &Viewer| -> Vec<String> {
        let seen = registry.seen_by(viewer);
        let mast = seen.get(AssetId(Uuid::from_u128(1))).unwrap();
        assert!(seen.stations_on(&mast).count() <= 1);
        seen.networks_on(&mast).into_iter().map(ToString::to_string).collect()
    };
    let [_, rival, official] = viewers();
    assert_eq!(networks(&official), ["mobifone", "viettel", "vinaphone"]);
    assert_eq!(networks(&rival), ["viettel", "vinaphone"], "a rival sees its own station and not the other tenant");
}
