//! Build requests in.

use hatang_core::{RequestItem, asset::AssetClass};

use crate::{
    FileError,
    items::{Item, read_items},
    refusal,
};

/// Reads a build request: a GeoJSON feature or collection of features on WGS 84, one for each structure.
///
/// # Errors
/// [`FileError`] for a document that is no GeoJSON or holds no feature, and for the first wrong property, naming the
/// item's number, the property and the value.
pub fn read_request(bytes: &[u8]) -> Result<Vec<RequestItem>, FileError> {
    let items = read_items(bytes, request_item)?;
    if items.is_empty() { Err(FileError::Empty) } else { Ok(items) }
}

fn request_item(item: &Item<'_>) -> Result<RequestItem, FileError> {
    let class: AssetClass = item.required("class")?;
    let types: &[&str] = if class.is_line() { &["LineString"] } else { &["Point"] };
    let request = RequestItem {
        class,
        owner: item.required("owner")?,
        network: item.optional("network")?,
        shape: item.shape(types)?,
        accuracy_m: item.optional("accuracy_m")?,
        height_m: item.optional("height_m")?,
        on_building: item.optional("on_building")?,
        building_height_m: item.optional("building_height_m")?,
        operators_designed: item.optional("operators_designed")?,
        depth_m: item.optional("depth_m")?,
        bores: item.optional("bores")?,
        starts_on: item.optional("starts_on")?,
        ends_on: item.optional("ends_on")?,
    };
    if let (Some(starts_on), Some(ends_on)) = (request.starts_on, request.ends_on)
        && ends_on < starts_on
    {
        return Err(item.error(Some("ends_on"), Some(ends_on.to_string().into()), refusal::ends_before_it_starts()));
    }
    Ok(request)
}
