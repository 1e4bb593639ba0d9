//! Enters one asset into the registry, or says what would follow.

use hatang_core::{AssetClass, AssetId, Event, OrganisationCode, Seq, Territory, Version, Viewer};
use hatang_crs::Crs;
use hatang_store::Expected;
use jiff::civil::Date;
use serde::Serialize;
use serde_json::{Map, Value};

use crate::{
    desk::{Desk, home_of},
    draft::{Draft, extent_of},
    error::{DeskError, ErrorKind},
    notice::{Notice, notices},
    permission::{About, Action},
};

/// What is to be entered.
#[derive(Clone, Debug)]
pub struct NewAsset {
    /// Its class.
    pub class: AssetClass,
    /// Whose it is.
    pub owner: OrganisationCode,
    /// Its fields under their names in files.
    pub properties: Map<String, Value>,
    /// Where it is: GeoJSON in `crs`, easting or longitude first.
    pub geometry: Value,
    /// The system of those numbers; WGS 84 when left out.
    pub crs: Option<Crs>,
    /// Since when it stands so, where that differs from today.
    pub valid_on: Option<Date>,
    /// Say what would follow, and write nothing.
    pub dry_run: bool,
}

/// What a write to one asset came to.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Written {
    /// The asset.
    pub id: AssetId,
    /// Where it stands in the journal; absent when nothing was written.
    pub receipt: Option<AssetReceipt>,
    /// What somebody should know.
    pub notices: Vec<Notice>,
}

/// Proof that a write is in the journal.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct AssetReceipt {
    /// Whose journal.
    pub territory: Territory,
    /// The position in it: how many changes its writer may know of.
    pub seq: Seq,
    /// The asset's version since then.
    pub version: Version,
    /// The hash of the journal up to this position.
    pub hash: String,
}

/// Enters an asset.
///
/// # Errors
/// [`DeskError`] when the viewer may not, a field is wrong, or the owner has used the code for that class.
pub async fn register_asset(desk: &Desk, who: &Viewer, new: NewAsset) -> Result<Written, DeskError> {
    desk.may(who, Action::EditAssets, About::owner(&new.owner))?;
    let (territory, extent) = desk.read(|registry| (home_of(registry), extent_of(registry)));
    let id = AssetId(desk.edge.new_uuid());
    let NewAsset { class, owner, properties, geometry, crs, valid_on, dry_run } = new;
    let asset = Draft { class, owner, properties, geometry, crs }.read(id, extent)?;
    let notices = desk.read(|registry| {
        if let Some(code) = &asset.code
            && registry.seen_by(&Viewer::console()).by_code(&asset.owner, class, code).is_some()
        {
            return Err(code_taken(code.as_str()));
        }
        Ok(notices(registry.seen_by(who), &asset))
    })?;
    if dry_run {
        return Ok(Written { id, receipt: None, notices });
    }
    let event = Event::AssetRegistered { asset: Box::new(asset) };
    let receipt = append_one(desk, who, &territory, Expected::New, event, valid_on).await?;
    Ok(Written { id, receipt: Some(receipt), notices })
}

/// Writes one asset's event.
pub(crate) async fn append_one(
    desk: &Desk,
    who: &Viewer,
    territory: &Territory,
    expected: Expected,
    event: Event,
    valid_on: Option<Date>,
) -> Result<AssetReceipt, DeskError> {
    let appended = desk.append_valid(territory, vec![(expected, event)], who, valid_on).await?;
    let Some(appended) = appended.into_iter().next() else { unreachable!("one event was written") };
    Ok(AssetReceipt {
        seq: desk.told_position(who, &appended),
        territory: appended.territory,
        version: appended.version,
        hash: appended.hash.to_string(),
    })
}

pub(crate) fn code_taken(code: &str) -> DeskError {
    DeskError::input(
        ErrorKind::Conflict,
        "code.taken",
        code,
        "Chủ sở hữu này đã có một công trình cùng loại mang mã này.",
        "This owner already has an asset of this class with this code.",
    )
}
