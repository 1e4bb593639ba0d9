#![doc = include_str!("../README.md")]

use hatang_core::{Asset, Held, Lonlat, Registry, Seq, Territory, Version};
use hatang_desk::synthetic::registry;

/// The sizes that growth is shown over.
pub const SIZES: [usize; 2] = [100_000, 1_000_000];

/// The seed of every bench.
pub const SEED: u64 = 20_260_101;

/// A registry of so many synthetic assets, and the positions of its masts to ask about.
///
/// # Panics
/// When the generator makes no mast.
#[must_use]
pub fn filled(size: usize) -> (Registry, Vec<Lonlat>) {
    let assets: Vec<Asset> = registry(size, SEED).collect();
    let masts = assets.iter().filter(|asset| asset.class() == hatang_core::AssetClass::Mast);
    let places: Vec<Lonlat> = masts.map(Asset::anchor).collect();
    assert!(!places.is_empty(), "a registry of {size} has no mast");
    let mut filled = Registry::new();
    let territory = Territory::unbounded();
    filled.put_assets(assets.into_iter().map(|asset| Held {
        asset,
        territory: territory.clone(),
        version: Version(1),
        seq: Seq(1),
    }));
    (filled, places)
}
