//! What must hold for the commune of every seed.

mod read;
mod registry;
mod shows;

use std::{
    collections::{BTreeMap, BTreeSet, HashMap},
    sync::OnceLock,
};

use hatang_core::{
    AssetClass, Planar, SurveyMethod,
    asset::{HostKind, Lifecycle, MastClass, Surface, Technology, TrenchKind},
    plan::{PlaceKind, WorksStage},
};
use serde_json::Value;

use self::read::{Commune, Feature};
use super::{
    ground::AREA_M2,
    plane::{crossing, distance},
    villages::PEOPLE,
};

const SEEDS: [u64; 3] = [1, 2, 11_824];
const PUBLISHED_EXTENT: [f64; 4] = [106.445, 20.644, 106.515, 20.709];

#[test]
fn the_same_seed_gives_the_same_bytes_and_another_seed_another_commune() {
    let files = |seed| super::commune(seed, read::shifted);
    assert_eq!(files(7), files(7));
    let (one, other) = (files(7), files(8));
    let paths = |files: &[super::SampleFile]| files.iter().map(|file| file.path.clone()).collect::<Vec<_>>();
    assert_eq!(paths(&one), paths(&other));
    let drawn = |file: &super::SampleFile| file.path.starts_with("assets/") || file.path.starts_with("requests/");
    for (one, other) in one.iter().zip(&other).filter(|(file, _)| drawn(file)) {
        assert_ne!(one.text, other.text, "{}", one.path);
    }
}

#[test]
fn the_people_of_the_hamlets_are_the_people_of_the_commune() {
    for commune in communes() {
        let sum: u64 = commune.layer("plan/hamlets").iter().filter_map(|hamlet| hamlet.number("people")).sum();
        assert_eq!(sum, u64::from(PEOPLE), "seed {}", commune.seed);
    }
}

#[test]
fn the_outline_has_the_published_area_and_lies_within_the_published_extent() {
    for commune in communes() {
        let outline = commune.layer("plan/boundary").remove(0);
        let area = outline.ring().area();
        assert!((area / AREA_M2 - 1.0).abs() < 0.03, "seed {}: {area} m²", commune.seed);
        let [west, south, east, north] = PUBLISHED_EXTENT;
        for [lon, lat] in outline.lonlats() {
            assert!(
                (west..=east).contains(&lon) && (south..=north).contains(&lat),
                "seed {}: {lon}, {lat}",
                commune.seed
            );
        }
    }
}

#[test]
fn everything_lies_inside_the_outline() {
    for commune in communes() {
        let outline = commune.layer("plan/boundary").remove(0).ring();
        let files = commune.names("assets/").chain(commune.names("requests/"));
        for name in
            files.chain(["plan/places", "plan/works", "plan/planned_mast", "plan/planned_duct"].map(str::to_owned))
        {
            for feature in commune.layer(&name) {
                for at in feature.points() {
                    let inside = outline.contains(at) || outline.edge_distance(at) < 20.0 && feature.is_line();
                    assert!(inside, "seed {}: {name} {}", commune.seed, feature.properties);
                }
            }
        }
    }
}

#[test]
fn hamlets_fill_the_outline_to_its_edge_and_no_further() {
    for commune in communes() {
        let outline = commune.layer("plan/boundary").remove(0).ring();
        for hamlet in commune.layer("plan/hamlets") {
            for at in hamlet.points() {
                let inside = outline.contains(at) || outline.edge_distance(at) < 2.0;
                assert!(inside, "seed {}: {} at {at:?}", commune.seed, hamlet.text("name"));
            }
        }
    }
}

#[test]
fn codes_are_unique_in_their_class() {
    for commune in communes() {
        for name in commune.names("assets/").chain(["plan/planned_mast".to_owned(), "plan/works".to_owned()]) {
            let mut seen = BTreeSet::new();
            for feature in commune.layer(&name) {
                assert!(
                    seen.insert(feature.text("code").to_owned()),
                    "seed {}: {}",
                    commune.seed,
                    feature.text("code")
                );
            }
        }
    }
}

#[test]
fn every_reference_names_something_that_is_there() {
    for commune in communes() {
        let organisations: Value = serde_json::from_str(commune.text("plan/organisations.json")).unwrap();
        let known = |field: &str| -> BTreeSet<String> {
            let organisations = organisations.as_array().unwrap().iter();
            let values = organisations
                .flat_map(|one| one[field].as_array().cloned().unwrap_or_else(|| vec![one[field].clone()]));
            values.filter_map(|value| value.as_str().map(str::to_owned)).collect()
        };
        let places = |name: &str| -> HashMap<String, Planar> {
            commune.layer(name).iter().map(|feature| (feature.text("code").to_owned(), feature.points()[0])).collect()
        };
        let (owners, networks) = (known("code"), known("networks"));
        let (masts, poles, manholes) = (places("assets/mast"), places("assets/pole"), places("assets/manhole"));
        let all = commune.names("assets/").chain(commune.names("plan/")).chain(commune.names("requests/"));
        for feature in all.flat_map(|name| commune.layer(&name)) {
            for field in ["owner", "manager"] {
                assert!(feature.maybe(field).is_none_or(|code| owners.contains(code)), "{}", feature.properties);
            }
            assert!(feature.maybe("network").is_none_or(|code| networks.contains(code)), "{}", feature.properties);
            let (first, last) = (feature.points()[0], *feature.points().last().unwrap());
            for (field, there, at) in [
                ("mast", &masts, first),
                ("from_pole", &poles, first),
                ("to_pole", &poles, last),
                ("from_manhole", &manholes, first),
                ("to_manhole", &manholes, last),
            ] {
                if let Some(code) = feature.maybe(field) {
                    let found = there.get(code).unwrap_or_else(|| panic!("seed {}: no {code}", commune.seed));
                    assert!(distance(*found, at) < 0.5, "seed {}: {code} stands elsewhere", commune.seed);
                }
            }
        }
    }
}

#[test]
fn no_more_is_used_than_there_is_and_no_antenna_hangs_above_its_mast() {
    for commune in communes() {
        for feature in commune.names("assets/").flat_map(|name| commune.layer(&name)) {
            for unit in ["slots", "attachments", "bores", "ports"] {
                let [total, used] = ["total", "used"].map(|part| feature.number(&format!("{unit}_{part}")));
                assert!(total.zip(used).is_none_or(|(total, used)| used <= total), "{}", feature.properties);
            }
        }
        let top =
            |mast: &Feature| mast.float("height_m").unwrap_or(0.0) + mast.float("building_height_m").unwrap_or(0.0);
        let tops: BTreeMap<String, f64> =
            commune.layer("assets/mast").iter().map(|mast| (mast.text("code").to_owned(), top(mast))).collect();
        for station in commune.layer("assets/radio_station") {
            let height = station.float("antenna_height_m").unwrap();
            assert!(3.0 < height && height <= tops[station.text("mast")], "{}", station.properties);
        }
    }
}

#[test]
fn every_empty_value_has_its_reason_and_every_word_is_in_its_code_list() {
    let words = |feature: &Feature, name: &str| {
        let class = name.rsplit('/').next().unwrap_or_default();
        let parses = |field: &str, text: &str| match (class, field) {
            (_, "status") => text.parse::<Lifecycle>().is_ok(),
            (_, "survey_method") => text.parse::<SurveyMethod>().is_ok(),
            (_, "mast_class") => text.parse::<MastClass>().is_ok(),
            (_, "surface") => text.parse::<Surface>().is_ok(),
            (_, "stage") => text.parse::<WorksStage>().is_ok(),
            ("dykes" | "power_lines" | "railways" | "canals" | "waters", "class") => true,
            (_, "class") => text.parse::<AssetClass>().is_ok(),
            (_, "technologies") => text.split(';').all(|word| word.parse::<Technology>().is_ok()),
            ("trench", "kind") => text.parse::<TrenchKind>().is_ok(),
            ("host", "kind") => text.parse::<HostKind>().is_ok(),
            ("places", "kind") => text.parse::<PlaceKind>().is_ok(),
            (_, field) if field.ends_with("_null") => text.parse::<hatang_core::NullReason>().is_ok(),
            _ => true,
        };
        for (field, value) in feature.properties.as_object().unwrap() {
            assert!(value.as_str().is_none_or(|text| parses(field, text)), "{name}: {field} {value}");
            assert!(!value.is_null() || feature.maybe(&format!("{field}_null")).is_some(), "{name}: {field}");
        }
    };
    for commune in communes() {
        for name in ["assets/", "plan/", "requests/"].into_iter().flat_map(|folder| commune.names(folder)) {
            commune.layer(&name).iter().for_each(|feature| words(feature, &name));
        }
    }
}

#[test]
fn areas_are_simple_and_hamlets_do_not_overlap() {
    for commune in communes() {
        for name in ["boundary", "neighbours", "hamlets", "zones"] {
            for feature in commune.layer(&format!("plan/{name}")) {
                let ring = feature.ring();
                assert!(0.0 < ring.area(), "seed {}: {name} runs clockwise", commune.seed);
                let sides: Vec<[Planar; 2]> = ring.sides().collect();
                for (index, side) in sides.iter().enumerate() {
                    let crossed = sides[..index].iter().any(|other| crossing(*side, *other).is_some());
                    assert!(!crossed, "seed {}: {name} {} crosses itself", commune.seed, feature.text("name"));
                }
            }
        }
        let hamlets: Vec<_> = commune.layer("plan/hamlets").iter().map(Feature::ring).collect();
        for column in -64..64 {
            for row in -64..64 {
                let at = Planar::new(f64::from(column) * 57.0, f64::from(row) * 57.0);
                let inside = hamlets.iter().filter(|ring| ring.contains(at) && 0.5 < ring.edge_distance(at)).count();
                assert!(inside <= 1, "seed {}: {at:?} lies in {inside} hamlets", commune.seed);
            }
        }
    }
}

#[test]
fn roads_share_a_point_wherever_they_cross() {
    for commune in communes() {
        let roads: Vec<Vec<Planar>> = commune.layer("plan/roads").iter().map(Feature::points).collect();
        let sides = |road: &[Planar]| road.windows(2).map(|pair| [pair[0], pair[1]]).collect::<Vec<_>>();
        for (index, road) in roads.iter().enumerate() {
            let others: Vec<[Planar; 2]> = roads[..index].iter().flat_map(|road| sides(road)).collect();
            for side in sides(road) {
                let inner = |at: &Planar| side.iter().all(|end| 1.0 < distance(*end, *at));
                let crossed = others.iter().filter_map(|other| crossing(side, *other)).find(inner);
                assert!(crossed.is_none(), "seed {}: a crossing at {crossed:?} is no point of its roads", commune.seed);
            }
        }
    }
}

#[test]
fn one_can_walk_from_every_road_to_every_other() {
    for commune in communes() {
        let key = |[lon, lat]: [f64; 2]| format!("{lon:.6} {lat:.6}");
        let roads: Vec<Vec<String>> =
            commune.layer("plan/roads").iter().map(|road| road.lonlats().into_iter().map(key).collect()).collect();
        let mut reached: BTreeSet<&str> = roads[0].iter().map(String::as_str).collect();
        let mut waiting: Vec<&Vec<String>> = roads[1..].iter().collect();
        loop {
            let (joined, apart): (Vec<&Vec<String>>, Vec<_>) =
                waiting.iter().partition(|road| road.iter().any(|at| reached.contains(at.as_str())));
            if joined.is_empty() {
                break;
            }
            for road in joined {
                reached.extend(road.iter().map(String::as_str));
            }
            waiting = apart;
        }
        assert!(waiting.is_empty(), "seed {}: {} roads stand apart", commune.seed, waiting.len());
    }
}

/// Made once: every test reads the same texts.
fn communes() -> impl Iterator<Item = &'static Commune> {
    static COMMUNES: OnceLock<Vec<Commune>> = OnceLock::new();
    COMMUNES.get_or_init(|| SEEDS.into_iter().map(Commune::of).collect()).iter()
}
