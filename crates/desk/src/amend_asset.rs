//! Changes what is known of one asset, or where it is, or gives it up: always from the version that somebody has seen.

use hatang_core::{Asset, AssetId, Event, Fields, Registry, Territory, Version, Viewer, asset::Lifecycle};
use hatang_crs::Crs;
use hatang_exchange::properties;
use hatang_store::Expected;
use jiff::civil::Date;
use serde_json::{Map, Value, json};

use crate::{
    desk::Desk,
    draft::{Draft, extent_of},
    error::{DeskError, ErrorKind},
    notice::notices,
    permission::{About, Action, may},
    register_asset::{Written, append_one, code_taken},
};

/// The longest reason, in characters.
const LONGEST_REASON: usize = 500;

/// What is to change.
#[derive(Clone, Debug, Default)]
pub struct Amendment {
    /// Fields under their names in files; null empties one. What is not named stays.
    pub properties: Map<String, Value>,
    /// Where it is now: GeoJSON in `crs`; it stays where it is when left out.
    pub geometry: Option<Value>,
    /// The system of those numbers; WGS 84 when left out.
    pub crs: Option<Crs>,
    /// Why.
    pub reason: Option<String>,
    /// Since when it is so, where that differs from today.
    pub valid_on: Option<Date>,
    /// Say what would follow, and write nothing.
    pub dry_run: bool,
}

/// Why an asset is given up.
#[derive(Clone, Debug)]
pub struct Retirement {
    /// Why, in words.
    pub reason: String,
    /// Since when it is gone, where that differs from today.
    pub valid_on: Option<Date>,
}

/// Changes an asset.
///
/// # Errors
/// [`DeskError`] when the viewer may not, a field is wrong, or somebody else changed the asset since `seen`.
pub async fn amend_asset(
    desk: &Desk,
    who: &Viewer,
    id: AssetId,
    seen: Version,
    amendment: Amendment,
) -> Result<Written, DeskError> {
    let (territory, present) = desk.read(|registry| present(registry, who, id, seen))?;
    desk.may(who, Action::EditAssets, About::owner(&present.owner))?;
    let reason = amendment.reason.as_deref().map(reason).transpose()?;
    let asset = amended(desk, &present, &amendment)?;
    let notices = desk.read(|registry| {
        if let Some(code) = &asset.code {
            let console = Viewer::console();
            let other = registry.seen_by(&console).by_code(&asset.owner, asset.class(), code);
            if other.is_some_and(|other| other.asset().id != id) {
                return Err(code_taken(code.as_str()));
            }
        }
        Ok(notices(registry.seen_by(who), &asset))
    })?;
    if amendment.dry_run {
        return Ok(Written { id, receipt: None, notices });
    }
    if asset == present {
        return Err(DeskError::input(
            ErrorKind::BadInput,
            "asset.unchanged",
            id,
            "Không có gì thay đổi so với bản ghi hiện tại.",
            "Nothing would change.",
        ));
    }
    let event = Event::AssetAmended { asset: Box::new(asset), reason };
    let receipt = append_one(desk, who, &territory, Expected::Version(seen), event, amendment.valid_on).await?;
    Ok(Written { id, receipt: Some(receipt), notices })
}

/// Gives an asset up. It stays readable for ever, and its code stays taken.
///
/// # Errors
/// [`DeskError`] when the viewer may not, no reason is given, or somebody else changed the asset since `seen`.
pub async fn retire_asset(
    desk: &Desk,
    who: &Viewer,
    id: AssetId,
    seen: Version,
    retirement: Retirement,
) -> Result<Written, DeskError> {
    let (territory, mut asset) = desk.read(|registry| present(registry, who, id, seen))?;
    desk.may(who, Action::EditAssets, About::owner(&asset.owner))?;
    let reason = reason(&retirement.reason)?;
    if asset.status == Lifecycle::Decommissioned {
        return Err(DeskError::input(
            ErrorKind::Conflict,
            "asset.retired",
            id,
            "Công trình này đã ngừng sử dụng.",
            "This asset has been given up already.",
        ));
    }
    asset.status = Lifecycle::Decommissioned;
    let event = Event::AssetRetired { asset: Box::new(asset), reason };
    let receipt = append_one(desk, who, &territory, Expected::Version(seen), event, retirement.valid_on).await?;
    Ok(Written { id, receipt: Some(receipt), notices: Vec::new() })
}

/// The asset as it is, if the viewer may know of it and it is still what the writer has seen.
fn present(registry: &Registry, who: &Viewer, id: AssetId, seen: Version) -> Result<(Territory, Asset), DeskError> {
    let sight = registry.seen_by(who).get(id).ok_or_else(|| not_found(id))?;
    // Whoever may not edit must not learn the version of what is blurred to them.
    may(who, Action::EditAssets, About::owner(&sight.asset().owner).in_territory(sight.territory()))?;
    if sight.version() != seen {
        return Err(DeskError::input(
            ErrorKind::Stale,
            "version.stale",
            sight.version().0,
            "Bản ghi đã được thay đổi sau khi bạn mở. Phiên bản hiện tại ghi kèm; hãy xem lại rồi lưu.",
            "The record has changed since you opened it. Its present version is given; look again and save.",
        ));
    }
    Ok((sight.territory().clone(), sight.asset().clone()))
}

/// The asset as it is to be: what it says now, with what changes laid over it, read as a file's row is.
fn amended(desk: &Desk, present: &Asset, amendment: &Amendment) -> Result<Asset, DeskError> {
    let fields = properties(present, Fields::ALL);
    for (field, value) in &amendment.properties {
        if let ("owner" | "class", Some(before)) = (field.as_str(), fields.get(field))
            && before != value
        {
            return Err(DeskError::input(
                ErrorKind::BadInput,
                "asset.fixed_field",
                field,
                "Không thể đổi chủ sở hữu hoặc loại của một công trình đã đăng ký.",
                "The owner and the class of a registered asset cannot be changed.",
            ));
        }
    }
    let fields = laid_over(fields, &amendment.properties);
    let moved = amendment.geometry.is_some();
    let geometry = amendment.geometry.clone().unwrap_or_else(|| json!(present.shape));
    let crs = if moved { amendment.crs } else { None };
    let draft = Draft { class: present.class(), owner: present.owner.clone(), properties: fields, geometry, crs };
    let extent = if moved { desk.read(extent_of) } else { None };
    let mut asset = draft.read(present.id, extent)?;
    asset.keep_replacement(present);
    if !moved {
        // What was read back went through text; what did not change stays to its last bit.
        asset.shape = present.shape.clone();
        asset.submitted.clone_from(&present.submitted);
    }
    Ok(asset)
}

/// Fields with what changes laid over them; null empties one.
pub(crate) fn laid_over(mut fields: Map<String, Value>, changes: &Map<String, Value>) -> Map<String, Value> {
    for (field, value) in changes {
        fields.insert(field.clone(), value.clone());
        // A field with a value needs no reason for having none; an emptied one has only that which comes with it.
        let reason = format!("{field}_null");
        if !value.is_null() || !changes.contains_key(&reason) {
            fields.remove(&reason);
        }
    }
    fields
}

/// A reason that says something.
pub(crate) fn reason(text: &str) -> Result<String, DeskError> {
    let text = text.trim();
    if text.is_empty() || text.chars().nth(LONGEST_REASON).is_some() {
        return Err(DeskError::input(
            ErrorKind::BadInput,
            "reason.required",
            text.chars().take(40).collect::<String>(),
            "Cần nêu lý do, tối đa 500 ký tự.",
            "Give a reason of at most 500 characters.",
        ));
    }
    Ok(text.to_owned())
}

pub(crate) fn not_found(id: AssetId) -> DeskError {
    DeskError::input(ErrorKind::NotFound, "not_found", id, "Không tìm thấy công trình này.", "There is no such asset.")
}
