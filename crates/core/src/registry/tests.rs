//! The index against brute force, on seeded data.

use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use uuid::Uuid;

use super::*;
use crate::{
    BoundingBox, Lonlat,
    OrganisationKind::{Carrier, TowerCompany, Unknown},
    Shape, Viewer,
    asset::Lifecycle,
    survey::Survey,
    visibility::{Role, View, generalise, view},
    works::{Works, WorksStage},
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
        terms: crate::asset::Terms::default(),
        submitted: None,
        replaced_by: None,
        details: Details::empty(class),
    }
}

fn held(asset: Asset) -> Held {
    Held { asset, territory: home(), version: Version(1), seq: Seq(1) }
}

fn home() -> Territory {
    Territory::new("11824").unwrap()
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
    let role =
        |role, organisation: Option<&str>| Viewer { role, organisation: organisation.map(owner), ..Viewer::public() };
    [Viewer::public(), role(Role::CarrierEditor, Some("vnpt")), role(Role::Assessor, None)]
}

/// What a viewer may see, found by looking at every asset.
fn brute<'a>(
    assets: &'a [Asset],
    viewer: &'a Viewer,
    class: AssetClass,
) -> impl Iterator<Item = (AssetId, Shape)> + 'a {
    assets.iter().filter(move |asset| asset.class() == class).filter_map(|asset| match view(viewer, asset, &home()) {
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
fn poorly_placed_assets_are_those_that_brute_force_finds_also_after_amendments() {
    let mut random = ChaCha8Rng::seed_from_u64(3);
    let mut assets = seeded(400);
    for amended in [false, true] {
        let before = assets.clone();
        for asset in &mut assets {
            let radius = [5.0, 500.0, 500.1, 4_000.0][random.random_range(0..4)];
            asset.survey.accuracy_m = random.random_bool(0.5).then(|| Metres::computed(radius));
        }
        for mut registry in registries(if amended { &before } else { &assets }) {
            if amended {
                assets.iter().cloned().for_each(|asset| registry.put_asset(held(asset)));
            }
            for viewer in viewers() {
                for class in [AssetClass::Pole, AssetClass::Duct] {
                    let found = registry.seen_by(&viewer).poorly_placed(class).map(|sight| sight.asset().id);
                    let expected = assets.iter().filter(|asset| {
                        asset.class() == class
                            && matches!(view(&viewer, asset, &home()), View::Exact(_))
                            && 500.0 < asset.survey.accuracy().radius.get()
                    });
                    let expected: Vec<AssetId> = expected.map(|asset| asset.id).collect();
                    assert_eq!(found.collect::<Vec<_>>(), expected, "{class} for {:?}", viewer.role);
                    assert!(viewer == Viewer::public() || 5 < expected.len());
                }
            }
        }
    }
}

#[test]
fn an_amended_asset_is_found_at_its_new_place_only() {
    let mut registry = Registry::new();
    let territory = home();
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
    mast.tenants.push(crate::asset::Tenancy::of(owner("mobifone")));
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
        let networks = seen.networks_on(&mast);
        let all = if networks.complete { "and no other" } else { "and perhaps others" };
        networks.known.into_iter().map(ToString::to_string).chain([all.to_owned()]).collect()
    };
    let [_, rival, official] = viewers();
    let landlord = Viewer { organisation: Some(owner("viettel")), ..rival.clone() };
    let everybody = ["mobifone", "viettel", "vinaphone", "and no other"];
    assert_eq!(networks(&official), everybody);
    assert_eq!(networks(&landlord), everybody, "an owner knows who is on its mast");
    assert_eq!(networks(&rival), ["viettel", "vinaphone", "and perhaps others"], "a rival sees its own station only");
}

#[test]
fn whoever_has_not_said_which_network_is_his_leaves_the_list_open() {
    let carrier = |code: &str, kind, networks: &[&str]| Organisation {
        code: owner(code),
        name: code.to_owned(),
        kind,
        networks: networks.iter().map(|network| crate::NetworkCode::new(network).unwrap()).collect(),
    };
    let tenancy = |code: &str| crate::asset::Tenancy::of(owner(code));
    for (name, owned_by, tenants, used, complete) in [
        ("a tower company with one tenant", "tower", vec!["viettel"], None, true),
        ("a carrier alone", "viettel", vec![], None, true),
        ("a carrier without networks", "silent", vec![], None, false),
        ("an owner that nobody knows", "somebody", vec!["viettel"], None, false),
        ("a tenant without networks", "tower", vec!["silent"], None, false),
        ("a tenant with two networks", "tower", vec!["two"], None, false),
        ("a tenant that is no organisation", "tower", vec!["nobody"], None, false),
        ("as many slots in use as networks", "tower", vec!["viettel"], Some(1), true),
        ("more slots in use than networks", "tower", vec!["viettel"], Some(2), false),
    ] {
        let mut registry = Registry::new();
        for organisation in [
            carrier("tower", TowerCompany, &[]),
            carrier("viettel", Carrier, &["viettel"]),
            carrier("silent", Carrier, &[]),
            carrier("two", Carrier, &["first", "second"]),
            carrier("somebody", Unknown, &[]),
        ] {
            registry.put(&Territory::authority(), Seq(1), Version(1), Record::Organisation { organisation });
        }
        let mut mast = asset(1, AssetClass::Mast, Shape::Point(at(106.48, 20.68)), owned_by);
        mast.tenants = tenants.into_iter().map(tenancy).collect();
        if let Details::Mast(details) = &mut mast.details {
            details.slots.used = used;
        }
        registry.put_assets([held(mast)]);
        let viewer = Viewer::console();
        let seen = registry.seen_by(&viewer);
        let mast = seen.get(AssetId(Uuid::from_u128(1))).unwrap();
        assert_eq!(seen.networks_on(&mast).complete, complete, "{name}");
    }
}

#[test]
fn a_record_names_networks_and_a_name_is_known_when_anybody_runs_or_carries_it() {
    let mut registry = Registry::new();
    let network = |code: &str| crate::NetworkCode::new(code).unwrap();
    for (code, networks) in [("viettel", vec!["viettel"]), ("two", vec!["first", "second"])] {
        let networks = networks.into_iter().map(network).collect();
        let organisation = Organisation { code: owner(code), name: code.to_owned(), kind: Carrier, networks };
        registry.put(&Territory::authority(), Seq(1), Version(1), Record::Organisation { organisation });
    }
    let here = || Shape::Point(at(106.48, 20.68));
    let station = |number, owned_by: &str, stated: Option<&str>| {
        let mut station = asset(number, AssetClass::RadioStation, here(), owned_by);
        if let Details::RadioStation(details) = &mut station.details {
            details.network = stated.map(network);
        }
        station
    };
    let mut mast = asset(4, AssetClass::Mast, here(), "viettel");
    mast.tenants =
        vec![crate::asset::Tenancy { network: Some(network("tenant")), ..crate::asset::Tenancy::of(owner("x")) }];
    let cases = [
        (station(1, "viettel", None), &["viettel"][..], true),
        (station(2, "two", None), &[], false),
        (station(3, "nobody", Some("stated")), &["stated"], true),
        (mast, &["tenant", "viettel"], true),
    ];
    registry.put_assets(cases.iter().map(|(asset, ..)| held(asset.clone())));
    let [public, rival, official] = viewers();
    let seen = registry.seen_by(&official);
    for (asset, known, complete) in &cases {
        let networks = seen.networks_named_by(asset);
        let names: Vec<&str> = networks.known.iter().map(|network| network.as_str()).collect();
        assert_eq!((&*names, networks.complete), (*known, *complete), "{}", asset.id);
    }
    for (name, to_official, to_others) in
        [("second", true, true), ("stated", true, false), ("tenant", true, false), ("Viettel", false, false)]
    {
        assert_eq!(seen.knows_network(&network(name)), to_official, "{name}");
        for viewer in [&public, &rival] {
            assert_eq!(registry.seen_by(viewer).knows_network(&network(name)), to_others, "{name}");
        }
    }
}

#[test]
fn what_a_viewer_is_told_of_progress_moves_with_what_the_viewer_may_see_and_with_nothing_else() {
    let assets = seeded(400);
    for registry in registries(&assets) {
        for viewer in viewers() {
            let told = registry.seen_by(&viewer).progress();
            let visible = assets.iter().filter(|asset| view(&viewer, asset, &home()) != View::Hidden).count();
            assert_eq!(told.changes[&home()].0, visible as u64, "every asset has changed once");
        }
    }

    let [mut registry, _] = registries(&assets);
    let before = viewers().map(|viewer| registry.seen_by(&viewer).progress());
    let mut secret = asset(9_001, AssetClass::Mast, Shape::Point(at(106.48, 20.68)), "viettel");
    let mut versions = (1..).map(Version);
    let mut put = |registry: &mut Registry, asset: &Asset| {
        let record = Record::Asset { asset: Box::new(asset.clone()) };
        registry.put(&home(), Seq(9), versions.next().unwrap(), record);
        viewers().map(|viewer| registry.seen_by(&viewer).progress())
    };
    secret.status = crate::asset::Lifecycle::Planned;
    let planned = put(&mut registry, &secret);
    assert_eq!((&planned[..2], planned[2] == before[2]), (&before[..2], false), "only the office notices a plan");
    secret.security_site = true;
    assert_eq!(put(&mut registry, &secret), before, "nobody of the three notices a security site");
    secret.note = Some("moved".to_owned());
    assert_eq!(put(&mut registry, &secret), before, "nor that it changes");
    secret.security_site = false;
    secret.status = crate::asset::Lifecycle::Operational;
    let seen = put(&mut registry, &secret);
    for (index, progress) in seen.iter().enumerate() {
        assert_ne!(progress, &before[index], "what stands is noticed by everybody");
    }
    secret.security_site = true;
    assert_eq!(put(&mut registry, &secret), before, "what is hidden again leaves no trace");
}

#[test]
fn records_without_parties_are_counted_for_those_who_may_see_them() {
    let (code, sector, shape) = ("W-1".to_owned(), "road".to_owned(), Shape::Point(at(106.48, 20.68)));
    let works = Works::new(code, sector, owner("so-giao-thong"), WorksStage::Forward, shape);
    let organisation = Organisation { code: owner("x"), name: "X".to_owned(), kind: Carrier, networks: vec![] };
    let mut registry = Registry::new();
    registry.put(&home(), Seq(1), Version(1), Record::Works { works: works.clone() });
    registry.put(&home(), Seq(2), Version(2), Record::Works { works });
    registry.put(&Territory::authority(), Seq(1), Version(1), Record::Organisation { organisation });
    let told = viewers().map(|viewer| registry.seen_by(&viewer).progress().changes);
    let public = BTreeMap::from([(Territory::authority(), Seq(1))]);
    let everybody_else = BTreeMap::from([(home(), Seq(2)), (Territory::authority(), Seq(1))]);
    assert_eq!(told, [public, everybody_else.clone(), everybody_else]);
}

#[test]
fn an_asset_is_found_by_its_present_code_and_by_no_other() {
    let mut registry = Registry::new();
    let pole = |number, owned_by| asset(number, AssetClass::Pole, Shape::Point(at(106.48, 20.69)), owned_by);
    registry.put_assets([held(pole(1, "viettel")), held(pole(2, "vnpt"))]);
    let code = |text: &str| AssetCode::new(text).unwrap();
    let found = |registry: &Registry, owned_by, class, text: &str| {
        let console = Viewer::console();
        registry
            .seen_by(&console)
            .by_code(&owner(owned_by), class, &code(text))
            .map(|sight| sight.asset().id.0.as_u128())
    };
    assert_eq!(found(&registry, "viettel", AssetClass::Pole, "A-1"), Some(1));
    assert_eq!(found(&registry, "vnpt", AssetClass::Pole, "A-1"), None);
    assert_eq!(found(&registry, "viettel", AssetClass::Mast, "A-1"), None);

    let mut renamed = pole(1, "viettel");
    renamed.code = Some(code("B-1"));
    registry.put(&Territory::new("11824").unwrap(), Seq(2), Version(2), Record::Asset { asset: Box::new(renamed) });
    assert_eq!(found(&registry, "viettel", AssetClass::Pole, "A-1"), None);
    assert_eq!(found(&registry, "viettel", AssetClass::Pole, "B-1"), Some(1));
}
