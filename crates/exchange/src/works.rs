//! Planned civil works of other sectors in.

use hatang_core::works::Works;
use jiff::civil::Date;

use crate::{
    FileError,
    items::{Item, read_items},
    refusal,
};

/// What a work may be drawn as.
const ANY: &[&str] = &["Point", "LineString", "MultiLineString", "Polygon", "MultiPolygon"];

/// Reads the works of a GeoJSON document on WGS 84, taken whole or not at all.
///
/// # Errors
/// [`FileError`] for the first feature that cannot be used, naming its number, the property and the value.
pub fn read_works(bytes: &[u8]) -> Result<Vec<Works>, FileError> {
    let works = read_items(bytes, works)?;
    if works.is_empty() { Err(FileError::NoItems) } else { Ok(works) }
}

/// One work. Field names are those of a plan folder's `works.geojson`.
pub(crate) fn works(item: &Item<'_>) -> Result<Works, FileError> {
    let (starts_on, ends_on): (Option<Date>, Option<Date>) = (item.optional("starts_on")?, item.optional("ends_on")?);
    if let (Some(starts_on), Some(ends_on)) = (starts_on, ends_on)
        && ends_on < starts_on
    {
        return Err(item.error(Some("ends_on"), Some(ends_on.to_string().into()), refusal::ends_before_it_starts()));
    }
    let (code, sector, owner) = (item.required("code")?, item.required("sector")?, item.required("owner")?);
    Ok(Works {
        starts_on,
        ends_on,
        title: item.optional("title")?,
        plan: item.optional("plan")?,
        answer_by: item.optional("answer_by")?,
        published: item.optional("published")?.unwrap_or(false),
        ..Works::new(code, sector, owner, item.required("stage")?, item.shape(ANY)?)
    })
}
