//! Planned civil works of other sectors in.

use hatang_core::works::Works;
use jiff::civil::Date;

use crate::{
    FileError, Finding,
    items::{Item, Judged, judge_items},
    refusal,
};

/// What a work may be drawn as.
const ANY: &[&str] = &["Point", "LineString", "MultiLineString", "Polygon", "MultiPolygon"];

/// What a file of works says.
#[derive(Clone, Debug, PartialEq)]
pub struct ReadWorks {
    /// The works that can be read, each with its feature's number, from 1.
    pub works: Vec<(u32, Works)>,
    /// What is wrong with the other features: for each its number, the property, the value and a sentence.
    pub findings: Vec<Finding>,
    /// How many findings there are beyond those that are kept.
    pub more: u32,
}

/// Reads the works of a GeoJSON document on WGS 84. A feature that cannot be used is told with the first thing that is
/// wrong with it, and the others are read all the same, so that whoever takes a file whole or not at all can tell of all
/// of them at once.
///
/// A file states how far a work has come (`stage`). For a work that is known that is no change: whoever takes the file
/// in refuses another stage than the registered one, because a stage has its day and is changed by the work's own steps.
///
/// # Errors
/// [`FileError`] when the file as a whole cannot be read or has no features.
pub fn read_works(bytes: &[u8]) -> Result<ReadWorks, FileError> {
    let Judged { items: works, findings, more } = judge_items(bytes, works)?;
    if works.is_empty() && findings.is_empty() {
        Err(FileError::NoItems)
    } else {
        Ok(ReadWorks { works, findings, more })
    }
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
