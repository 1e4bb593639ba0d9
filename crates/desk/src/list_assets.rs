//! What a viewer may see in a rectangle of the map, page by page.

use hatang_core::{AssetClass, AssetId, BoundingBox, Seq, Sight, Viewer};
use hatang_exchange::feature;
use serde_json::value::{RawValue, to_raw_value};

use crate::desk::{Desk, seen_position};

/// The most assets on one page.
pub const MOST_ON_A_PAGE: usize = 10_000;

/// What is asked for.
#[derive(Clone, Debug)]
pub struct AssetQuery {
    /// The rectangle; it meets assets where the viewer may see them.
    pub bounds: BoundingBox,
    /// The classes; all when empty.
    pub classes: Vec<AssetClass>,
    /// How many at most; more than [`MOST_ON_A_PAGE`] is cut to it, and the page says where to go on.
    pub limit: usize,
    /// Only assets after this one, in the order of their identities.
    pub after: Option<AssetId>,
}

/// One page of assets.
#[derive(Clone, Debug)]
pub struct AssetPage {
    /// The assets as GeoJSON features, by identity; written while the registry was at hand, so that none is copied.
    pub features: Vec<Box<RawValue>>,
    /// How many there are in the rectangle, all pages together.
    pub matched: usize,
    /// Where the next page begins; absent on the last.
    pub next: Option<AssetId>,
    /// How many changes to what the viewer may see the page rests on.
    pub seq: Seq,
}

/// Lists the assets in a rectangle.
#[must_use]
pub fn list_assets(desk: &Desk, who: &Viewer, query: &AssetQuery) -> AssetPage {
    let limit = query.limit.clamp(1, MOST_ON_A_PAGE);
    let classes = if query.classes.is_empty() { AssetClass::ALL } else { &query.classes };
    desk.read(|registry| {
        let seen = registry.seen_by(who);
        let mut sights: Vec<Sight<'_>> = classes.iter().flat_map(|class| seen.in_box(*class, query.bounds)).collect();
        let matched = sights.len();
        sights.retain(|sight| query.after.is_none_or(|after| after < sight.asset().id));
        sights.sort_unstable_by_key(|sight| sight.asset().id);
        let more = limit < sights.len();
        sights.truncate(limit);
        let next = if more { sights.last().map(|sight| sight.asset().id) } else { None };
        desk.audit_sights(who, "assets", &sights);
        let features = sights.iter().filter_map(written).collect();
        AssetPage { features, matched, next, seq: seen_position(registry, who) }
    })
}

/// Shows one asset; `None` when there is none or the viewer may not know of it.
#[must_use]
pub fn show_asset(desk: &Desk, who: &Viewer, id: AssetId) -> Option<Box<RawValue>> {
    desk.read(|registry| {
        let sight = registry.seen_by(who).get(id)?;
        desk.audit_sights(who, &format!("asset:{id}"), [&sight]);
        written(&sight)
    })
}

/// An asset as the GeoJSON feature that its viewer may see.
fn written(sight: &Sight<'_>) -> Option<Box<RawValue>> {
    let feature = feature(sight.asset(), &sight.view())?;
    Some(to_raw_value(&feature).expect("a feature is JSON"))
}
