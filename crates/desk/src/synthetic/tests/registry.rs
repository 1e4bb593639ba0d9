//! What must hold for a registry of any size.

use std::collections::{BTreeMap, BTreeSet};

use hatang_core::{AssetClass, Capacity};

use crate::synthetic::registry;

#[test]
fn the_mix_is_that_of_a_province_and_every_asset_is_sound() {
    let mut counts = BTreeMap::<AssetClass, usize>::new();
    let mut ids = BTreeSet::new();
    let mut unknown = 0;
    for asset in registry(10_000, 1) {
        *counts.entry(asset.class()).or_default() += 1;
        assert!(ids.insert(asset.id), "{} twice", asset.id);
        asset.check().unwrap();
        unknown += usize::from(matches!(asset.free(), Some(Capacity::Unknown(_))));
    }
    let expected = [
        (AssetClass::Mast, 200),
        (AssetClass::Pole, 6_000),
        (AssetClass::Duct, 2_500),
        (AssetClass::Manhole, 500),
        (AssetClass::Trench, 800),
    ];
    assert_eq!(counts, BTreeMap::from(expected));
    assert!((1_000..2_000).contains(&unknown), "{unknown} unknown capacities");
}

#[test]
fn a_smaller_registry_is_the_beginning_of_a_larger_one_and_seeds_differ() {
    let small: Vec<_> = registry(250, 5).collect();
    assert_eq!(small, registry(1_000, 5).take(250).collect::<Vec<_>>());
    assert_ne!(small, registry(250, 6).collect::<Vec<_>>());
}
