//! One asset as somebody who edits it needs it: what they may see, its version, and what is missing.

use hatang_core::{
    AssetId, Fields, Territory, Version, View, Viewer,
    asset::parts::BoreFill,
    asset::{Details, Layer},
    visibility::Tenants,
};
use hatang_exchange::{Completeness, completeness, feature};
use serde::Serialize;
use serde_json::value::{RawValue, to_raw_value};

use crate::{
    desk::Desk,
    notice::{Notice, notices},
    permission::{About, Action, is_allowed},
};

/// An asset with what its editor needs.
#[derive(Clone, Debug, Serialize)]
pub struct AssetRecord {
    /// The asset as a GeoJSON feature, as far as the viewer may see it.
    pub feature: Box<RawValue>,
    /// Whose journal holds it.
    pub territory: Territory,
    /// How often it has changed; to be sent back with a change.
    pub version: Version,
    /// The picture it belongs to: what stands, what is intended, what is past.
    pub layer: Layer,
    /// Whether the viewer may change it.
    pub may_edit: bool,
    /// How complete it is; absent for those who may not see all of it.
    pub completeness: Option<RecordCompleteness>,
    /// How full each bore is, for a duct whose cables the viewer may see. Information after NEC and TIA practice.
    pub bores: Vec<BoreState>,
    /// Likely duplicates and references that lead nowhere, for those who may change it.
    pub notices: Vec<Notice>,
}

/// How complete a record is.
#[derive(Clone, Debug, Serialize)]
pub struct RecordCompleteness {
    /// Counts of fields.
    #[serde(flatten)]
    pub count: Completeness,
    /// Known fields among those that apply, in percent.
    pub percent: u32,
    /// Fields without a value and without a reason, by their names in files.
    pub silent_fields: Vec<&'static str>,
}

/// How full a bore is.
#[derive(Clone, Debug, Serialize)]
pub struct BoreState {
    /// Its place in the bank.
    pub number: u32,
    /// Whether somebody uses it; null when nobody has said.
    pub in_use: Option<bool>,
    /// How full it is; null when nobody can tell.
    pub fill: Option<BoreFill>,
}

/// Shows one asset with what its editor needs; `None` when there is none or the viewer may not know of it.
///
/// # Panics
/// Never: a feature is JSON.
#[must_use]
pub fn asset_record(desk: &Desk, who: &Viewer, id: AssetId) -> Option<AssetRecord> {
    desk.read(|registry| {
        let seen = registry.seen_by(who);
        let sight = seen.get(id)?;
        desk.audit_sights(who, "asset record", [&sight]);
        let asset = sight.asset();
        let feature = feature(asset, &sight.view())?;
        let may_edit = is_allowed(who, Action::EditAssets, About::owner(&asset.owner).in_territory(sight.territory()));
        let (all, tenants) = match sight.view() {
            View::Exact(fields) => (fields == Fields::ALL, fields.tenants == Tenants::Everybody),
            View::Generalised | View::Hidden => (false, false),
        };
        let completeness = all.then(|| {
            let (count, silent_fields) = completeness(asset);
            RecordCompleteness { count, percent: count.percent(), silent_fields }
        });
        let bank = match &asset.details {
            Details::Duct(duct) if tenants => duct.bank.as_slice(),
            _ => &[],
        };
        Some(AssetRecord {
            feature: to_raw_value(&feature).expect("a feature is JSON"),
            territory: sight.territory().clone(),
            version: sight.version(),
            layer: asset.status.layer(),
            may_edit,
            completeness,
            bores: bank
                .iter()
                .map(|bore| BoreState { number: bore.number, in_use: bore.in_use(), fill: bore.fill() })
                .collect(),
            notices: if may_edit { notices(seen, asset) } else { Vec::new() },
        })
    })
}
