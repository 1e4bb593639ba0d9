use std::{
    collections::{BTreeMap, BTreeSet},
    process::Command,
};

use hatang_core::{Asset, AssetClass, Held, Lonlat, OrganisationCode, Registry, Role, Seq, Territory, Version, Viewer};
use hatang_desk::synthetic::registry;

use super::*;
use crate::tiles::{
    decode::{Feature, decode},
    mercator::EXTENT,
};

fn of_synthetic_assets(count: usize) -> Registry {
    let mut known = Registry::new();
    let hold = |asset: Asset| Held { asset, territory: Territory::unbounded(), version: Version(1), seq: Seq(1) };
    known.put_assets(registry(count, 7).map(hold));
    known
}

fn viewers() -> [(&'static str, Viewer); 3] {
    let editor = |code| Viewer {
        role: Role::CarrierEditor,
        organisation: Some(OrganisationCode::new(code).unwrap()),
        ..Viewer::public()
    };
    [("the public", Viewer::public()), ("a carrier", editor("viettel")), ("the operator", Viewer::console())]
}

/// The tile that holds a position at a zoom.
fn tile_at(zoom: u8, at: Lonlat) -> Tile {
    let [east, south] = Tile::new(0, 0, 0).unwrap().project(at);
    let along =
        |units: f64| clip::unit([units / f64::from(EXTENT) * f64::from(1_u32 << zoom) - 0.5, 0.0])[0].unsigned_abs();
    Tile::new(zoom, along(east), along(south)).unwrap()
}

/// Tiles of every kind of zoom around some assets.
fn tiles(registry: &Registry) -> Vec<Tile> {
    let console = Viewer::console();
    let anchors: Vec<Lonlat> =
        registry.seen_by(&console).all().step_by(97).take(12).map(|sight| sight.asset().anchor()).collect();
    let zooms = [0, 5, 9, 10, 11, 13, 14, 16, 18];
    zooms.into_iter().flat_map(|zoom| anchors.iter().map(move |at| tile_at(zoom, *at))).collect()
}

fn text<'a>(feature: &'a Feature, key: &str) -> Option<&'a str> {
    match feature.properties.get(key) {
        Some(Value::Text(text)) => Some(text),
        _ => None,
    }
}

fn counted(features: &[Feature]) -> u64 {
    let counts = features.iter().map(|feature| match feature.properties["count"] {
        Value::Count(count) => count,
        _ => panic!("a count is a number"),
    });
    counts.sum()
}

#[test]
fn a_tile_holds_what_a_query_of_the_registry_finds_and_counts_it_all_when_it_is_too_much() {
    let registry = of_synthetic_assets(4_000);
    for tile in tiles(&registry) {
        for (name, viewer) in viewers() {
            let layers = decode(&draw(&registry, &viewer, tile, |_| true, |_| ()));
            for class in AssetClass::ALL {
                let found = registry.seen_by(&viewer).all().filter(|sight| sight.asset().class() == *class);
                let found: BTreeSet<String> = found
                    .filter(|sight| sight.shape().intersects(tile.bounds()))
                    .map(|sight| sight.asset().id.to_string())
                    .collect();
                let features = layers.get(class.code()).map_or(&[][..], Vec::as_slice);
                assert_eq!(counted(features), found.len() as u64, "{class} for {name} in {tile:?}");
                if EACH_FROM <= tile.zoom() {
                    let drawn: BTreeSet<String> =
                        features.iter().filter_map(|feature| text(feature, "id")).map(str::to_owned).collect();
                    assert_eq!(drawn, found, "{class} for {name} in {tile:?}");
                }
            }
        }
    }
}

#[test]
fn a_class_with_too_many_assets_in_a_tile_is_counted_by_cells_there() {
    let pole = registry(100, 7).find(|asset| asset.class() == AssetClass::Pole).unwrap();
    let tile = tile_at(16, pole.anchor());
    for (poles, features) in [(EACH_AT_MOST, EACH_AT_MOST), (EACH_AT_MOST + 1, 1)] {
        let mut registry = Registry::new();
        registry.put_assets((0..poles).map(|number| Held {
            asset: Asset { id: format!("{number:032x}").parse().unwrap(), ..pole.clone() },
            territory: Territory::unbounded(),
            version: Version(1),
            seq: Seq(1),
        }));
        let drawn = &decode(&draw(&registry, &Viewer::console(), tile, |_| true, |_| ()))["pole"];
        assert_eq!((drawn.len(), counted(drawn)), (features, poles as u64));
    }
}

#[test]
fn a_tile_of_many_assets_stays_small() {
    let registry = of_synthetic_assets(40_000);
    let viewer = Viewer::console();
    let middle = registry.seen_by(&viewer).all().next().unwrap().asset().anchor();
    for zoom in [7, 9, 10] {
        let bytes = draw(&registry, &viewer, tile_at(zoom, middle), |_| true, |_| ());
        assert!(bytes.len() < 500_000, "{} bytes at zoom {zoom}", bytes.len());
    }
}

#[test]
fn the_public_gets_blurred_positions_and_no_code() {
    let registry = of_synthetic_assets(2_000);
    let public = Viewer::public();
    for tile in tiles(&registry).into_iter().filter(|tile| EACH_FROM <= tile.zoom()) {
        let blurred: BTreeMap<String, BTreeSet<_>> = registry
            .seen_by(&public)
            .all()
            .map(|sight| {
                assert!(sight.is_generalised());
                let shape = sight.shape();
                let units = shape.positions().map(|at| clip::unit(tile.project(at))).collect();
                (sight.asset().id.to_string(), units)
            })
            .collect();
        for feature in decode(&draw(&registry, &public, tile, |_| true, |_| ())).into_values().flatten() {
            let id = text(&feature, "id").unwrap();
            assert_eq!(feature.properties["generalised"], Value::Flag(true), "{id}");
            assert_eq!(text(&feature, "code"), None, "{id}");
            let edge = |at: &&_| {
                let at: &[i32; 2] = at;
                at.iter().all(|units| (-63..=4159).contains(units))
            };
            // Positions on the buffer's edge are where a line was cut, not where it bends.
            let is_dash = feature.kind == 2
                && feature.parts.iter().any(|part| part.len() == 2 && (part[0][0] - part[1][0]).abs() <= 1);
            for at in feature.parts.iter().flatten().filter(edge).filter(|_| !is_dash) {
                assert!(blurred[id].contains(at), "{id} at {at:?} in {tile:?}");
            }
        }
    }
}

#[test]
fn every_feature_has_a_valid_geometry() {
    let registry = of_synthetic_assets(4_000);
    let viewer = Viewer::console();
    for tile in tiles(&registry) {
        for feature in decode(&draw(&registry, &viewer, tile, |_| true, |_| ())).into_values().flatten() {
            match feature.kind {
                1 => assert_eq!(feature.parts.iter().map(Vec::len).collect::<Vec<_>>(), [1]),
                2 => {
                    assert!(!feature.parts.is_empty());
                    for part in &feature.parts {
                        assert!(2 <= part.len() && part.windows(2).all(|pair| pair[0] != pair[1]), "{part:?}");
                        assert!(part.iter().flatten().all(|units| (-80..=4176).contains(units)), "{part:?}");
                    }
                }
                kind => panic!("assets are points and lines, not {kind}"),
            }
            assert!(feature.id.is_none_or(|id| id < 1 << 53));
        }
    }
}

#[test]
fn gdal_reads_the_tiles() {
    let registry = of_synthetic_assets(4_000);
    let viewer = Viewer::console();
    let folder = tempfile::tempdir().unwrap();
    let middle = registry.seen_by(&viewer).all().next().unwrap().asset().anchor();
    for zoom in [9, 14] {
        let bytes = draw(&registry, &viewer, tile_at(zoom, middle), |_| true, |_| ());
        let file = folder.path().join(format!("{zoom}.mvt"));
        std::fs::write(&file, &bytes).unwrap();
        let read = Command::new("ogrinfo").args(["-ro", "-al", "-so"]).arg(&file).output().unwrap_or_else(|error| {
            panic!("`ogrinfo` does not run ({error}): install GDAL's programs with `sudo apt-get install gdal-bin`")
        });
        let read = String::from_utf8(read.stdout).unwrap();
        let line = |prefix: &'static str| {
            read.lines().filter_map(move |line| line.strip_prefix(prefix)).map(|rest| rest.trim().to_owned())
        };
        let counts: BTreeMap<String, usize> =
            line("Layer name:").zip(line("Feature Count:").map(|count| count.parse().unwrap())).collect();
        let expected: BTreeMap<String, usize> =
            decode(&bytes).into_iter().map(|(name, features)| (name, features.len())).collect();
        assert_eq!(counts, expected, "{read}");
        assert!(expected.values().sum::<usize>() > 10, "{expected:?}");
    }
}
