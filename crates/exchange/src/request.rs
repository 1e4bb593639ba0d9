//! Build requests in.

use hatang_core::{RequestItem, asset::AssetClass};
use serde::Serialize;

use crate::{
    FileError, bytes,
    items::{self, Item},
    refusal,
    report::quoted,
};

/// The most structures that one request may ask for.
pub const MAX_REQUEST_ITEMS: usize = 500;
/// The most positions that one of them may have.
pub const MAX_ITEM_POSITIONS: usize = 2_000;
/// The most positions that all of them may have together.
pub const MAX_REQUEST_POSITIONS: usize = 20_000;

/// The properties that are read.
const PROPERTIES: [&str; 23] = [
    "class",
    "owner",
    "network",
    "code",
    "plan_year",
    "upgrades",
    "pole",
    "accuracy_m",
    "height_m",
    "on_building",
    "building_height_m",
    "operators_designed",
    "depth_m",
    "bores",
    "bore_diameter_mm",
    "mast_class",
    "half_width_m",
    "clearance_m",
    "surface",
    "documents",
    "approvals",
    "starts_on",
    "ends_on",
];

/// What was read of a build request.
#[derive(Clone, Debug, PartialEq)]
pub struct ReadRequest {
    /// At least one structure, in the request's order.
    pub items: Vec<RequestItem>,
    /// Properties that nothing reads, perhaps misspelt: what they say has no effect. Notes are not among them.
    pub ignored: Vec<IgnoredProperty>,
}

/// A property that nothing reads.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct IgnoredProperty {
    /// The number of the feature that has it, from 1.
    pub item: u32,
    /// Its name, cut to 120 characters.
    pub property: String,
}

/// Reads a build request: a GeoJSON feature or collection of features on WGS 84, one for each structure.
///
/// Only plain text is read, never compressed bytes, so that a limit on what comes in is a limit on what is held.
///
/// # Errors
/// [`FileError`] for a document that is no GeoJSON, holds no feature, or more items or positions than are accepted; and
/// for the first wrong property, naming the item's number, the property and the value.
pub fn read_request(bytes: &[u8]) -> Result<ReadRequest, FileError> {
    let file = items::open(bytes::plain_text(bytes)?)?;
    match file.len() {
        0 => return Err(FileError::NoItems),
        count if MAX_REQUEST_ITEMS < count => return Err(FileError::TooManyItems { count }),
        _ => {}
    }
    let (mut positions, mut ignored) = (0, Vec::new());
    let items = items::read_each(&file, |item| {
        positions += count_positions(item)?;
        if MAX_REQUEST_POSITIONS < positions {
            return Err(FileError::TooManyPositions { positions });
        }
        ignored.extend(unread(item));
        request_item(item)
    })?;
    Ok(ReadRequest { items, ignored })
}

fn count_positions(item: &Item<'_>) -> Result<usize, FileError> {
    match item.positions() {
        positions if MAX_ITEM_POSITIONS < positions => {
            Err(FileError::TooManyItemPositions { number: item.number(), positions })
        }
        positions => Ok(positions),
    }
}

/// The properties of a requested structure that nothing reads.
pub(crate) fn unread(item: &Item<'_>) -> impl Iterator<Item = IgnoredProperty> {
    let is_unread = |name: &&str| !PROPERTIES.contains(name) && !name.starts_with("note");
    let ignored = |name| IgnoredProperty { item: item.number(), property: quoted(name) };
    item.properties().filter(is_unread).map(ignored)
}

/// One requested structure.
pub(crate) fn request_item(item: &Item<'_>) -> Result<RequestItem, FileError> {
    let class: AssetClass = item.required("class")?;
    let types: &[&str] = if class.is_line() { &["LineString"] } else { &["Point"] };
    let request = RequestItem {
        network: item.optional("network")?,
        code: item.optional("code")?,
        plan_year: item.optional("plan_year")?,
        upgrades: item.optional("upgrades")?,
        pole: item.optional("pole")?,
        accuracy_m: item.optional("accuracy_m")?,
        height_m: item.optional("height_m")?,
        on_building: item.optional("on_building")?,
        building_height_m: item.optional("building_height_m")?,
        operators_designed: item.optional("operators_designed")?,
        depth_m: item.optional("depth_m")?,
        bores: item.optional("bores")?,
        bore_diameter_mm: item.optional("bore_diameter_mm")?,
        mast_class: item.optional("mast_class")?,
        half_width_m: item.optional("half_width_m")?,
        clearance_m: item.optional("clearance_m")?,
        surface: item.optional("surface")?,
        documents: item.list("documents")?,
        approvals: item.list("approvals")?.unwrap_or_default(),
        starts_on: item.optional("starts_on")?,
        ends_on: item.optional("ends_on")?,
        ..RequestItem::new(class, item.required("owner")?, item.shape(types)?)
    };
    if let (Some(starts_on), Some(ends_on)) = (request.starts_on, request.ends_on)
        && ends_on < starts_on
    {
        return Err(item.error(Some("ends_on"), Some(ends_on.to_string().into()), refusal::ends_before_it_starts()));
    }
    Ok(request)
}
