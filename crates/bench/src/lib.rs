#![doc = include_str!("../README.md")]

mod surroundings;
mod times;

use hatang_core::{
    Asset, AssetClass, Held, Lonlat, Metres, OrganisationCode, Registry, RequestItem, RuleSet, Seq, Shape, Territory,
    Version,
};
use hatang_desk::synthetic::registry;

pub use self::{
    surroundings::{Surroundings, served},
    times::Times,
};

/// The sizes that growth is shown over.
pub const SIZES: [usize; 2] = [100_000, 1_000_000];

/// The seed of every bench.
pub const SEED: u64 = 20_260_101;

/// The national set, and the one that is filled: another province's template.
const RULE_SETS: [&str; 2] =
    [include_str!("../../../rule-sets/national.toml"), include_str!("../../../rule-sets/bac-ninh-72-2025.toml")];

/// A registry of so many synthetic assets, and the positions of its masts to ask about.
///
/// # Panics
/// When the generator makes no mast.
#[must_use]
pub fn filled(size: usize) -> (Registry, Vec<Lonlat>) {
    let assets: Vec<Asset> = registry(size, SEED).collect();
    let masts = assets.iter().filter(|asset| asset.class() == AssetClass::Mast);
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

/// Whether a bench is to run: the command line names it, or none of them. Numbers are sizes, and `--bench` is cargo's
/// word.
#[must_use]
pub fn is_asked_for(bench: &str) -> bool {
    let is_name = |word: &String| !word.starts_with('-') && word.parse::<usize>().is_err();
    let mut names = std::env::args().skip(1).filter(is_name).peekable();
    names.peek().is_none() || names.any(|name| name == bench)
}

/// The two rule sets that requests are judged by, the national one first.
///
/// # Panics
/// When a shipped file is broken, which a test rules out.
#[must_use]
pub fn rule_sets() -> Vec<RuleSet> {
    let read = |text| hatang_exchange::read_rule_set(text).expect("a shipped rule set is readable");
    RULE_SETS.into_iter().map(read).collect()
}

/// What Viettel asks for somewhere.
///
/// # Panics
/// Never: what it checks are constants.
#[must_use]
pub fn request(class: AssetClass, shape: Shape) -> RequestItem {
    RequestItem {
        accuracy_m: Metres::new(5.0).ok(),
        height_m: Metres::new(30.0).ok(),
        on_building: Some(false),
        operators_designed: Some(2),
        bores: Some(1),
        ..RequestItem::new(class, OrganisationCode::new("viettel").expect("a code"), shape)
    }
}

/// A route of two kilometres to the east of a place.
///
/// # Panics
/// When that leaves the earth.
#[must_use]
pub fn route(from: Lonlat) -> Shape {
    let to = Lonlat::new(from.lon() + 0.0192, from.lat()).expect("still in Vietnam");
    Shape::LineString(vec![from, to])
}
