//! Features of files that are taken whole or not at all: plans, boundaries, build requests.

use std::borrow::Cow;

use hatang_core::Shape;

use crate::{
    FileError,
    bytes::{self, DEFAULT_MAX_BYTES},
    geometry::{Ground, positions},
    refusal::{self, Refusal},
    report::{Finding, Findings, quoted},
    rows::{FeatureFile, How, Place, Row, RowSource as _, ended},
    value::{self, FieldValue, Notation},
};

/// One feature. Properties that nobody asks for are left alone.
pub(crate) struct Item<'a> {
    row: &'a Row<'a>,
}

/// Reads every feature of a GeoJSON document on WGS 84.
pub(crate) fn read_items<T>(
    bytes: &[u8],
    read: impl FnMut(&Item<'_>) -> Result<T, FileError>,
) -> Result<Vec<T>, FileError> {
    let text = bytes::text(bytes, DEFAULT_MAX_BYTES)?;
    read_each(&open(&text)?, read)
}

/// A GeoJSON document on WGS 84.
pub(crate) fn open(text: &str) -> Result<FeatureFile<'_>, FileError> {
    let file = FeatureFile::open(text)?;
    match file.crs_member.filter(|crs| *crs != Ground::WORLD.crs) {
        Some(in_file) => Err(FileError::CrsConflict { declared: Ground::WORLD.crs, in_file }),
        None => Ok(file),
    }
}

/// Reads every feature, up to the first error.
pub(crate) fn read_each<T>(
    file: &FeatureFile<'_>,
    mut read: impl FnMut(&Item<'_>) -> Result<T, FileError>,
) -> Result<Vec<T>, FileError> {
    let mut items = Vec::new();
    ended(file.each(How::default(), &mut |row| {
        let item = Item { row };
        if let Place::Broken(refusal) = &row.place {
            return Err(item.error(None, None, refusal.clone()).into());
        }
        items.push(read(&item)?);
        Ok(())
    }))?;
    Ok(items)
}

/// Features that can be used, each with its number, and what is wrong with the others.
pub(crate) struct Judged<T> {
    pub(crate) items: Vec<(u32, T)>,
    pub(crate) findings: Vec<Finding>,
    /// How many findings there are beyond those that are kept.
    pub(crate) more: u32,
}

/// Reads every feature of a GeoJSON document on WGS 84 and goes on after a bad one, so that all are told at once.
pub(crate) fn judge_items<T>(
    bytes: &[u8],
    mut read: impl FnMut(&Item<'_>) -> Result<T, FileError>,
) -> Result<Judged<T>, FileError> {
    let text = bytes::text(bytes, DEFAULT_MAX_BYTES)?;
    let (mut items, mut findings) = (Vec::new(), Findings::default());
    ended(open(&text)?.each(How::default(), &mut |row| {
        let item = Item { row };
        let judged = match &row.place {
            Place::Broken(refusal) => Err(item.error(None, None, refusal.clone())),
            _ => read(&item),
        };
        match judged {
            Ok(one) => items.push((row.number, one)),
            Err(error) => refuse(&mut findings, error)?,
        }
        Ok(())
    }))?;
    let (findings, more) = findings.finish();
    Ok(Judged { items, findings, more: more.iter().map(|more| more.count).sum() })
}

/// Notes what is wrong with one feature; what is wrong with the file comes back.
fn refuse(findings: &mut Findings, error: FileError) -> Result<(), FileError> {
    let (number, field, value, refusal) = match error {
        FileError::Item { number, rule, field, value, message } => {
            (number, field, value, Refusal { rule, message: *message })
        }
        FileError::SwappedAxes { number, value } => {
            (number, Some("geometry".to_owned()), Some(value), refusal::swapped_axes())
        }
        other => return Err(other),
    };
    findings.refuse(number, field.as_deref(), value.as_deref(), refusal);
    Ok(())
}

impl Item<'_> {
    /// The feature's number, from 1.
    pub(crate) fn number(&self) -> u32 {
        self.row.number
    }

    /// The names of its properties, in order.
    pub(crate) fn properties(&self) -> impl Iterator<Item = &str> {
        self.row.cells.names()
    }

    /// How many positions its geometry has, right or wrong.
    pub(crate) fn positions(&self) -> usize {
        if let Place::Given(given, _) = &self.row.place { positions(given).count() } else { 0 }
    }

    /// The feature's own id.
    pub(crate) fn id(&self) -> Option<&str> {
        self.row.id.as_deref()
    }

    /// A property that may be missing.
    pub(crate) fn optional<T: FieldValue>(&self, field: &str) -> Result<Option<T>, FileError> {
        let Some(text) = self.row.cells.text(field) else { return Ok(None) };
        value::read(field, &text, Notation::default())
            .map(Some)
            .map_err(|refusal| self.error(Some(field), Some(text), refusal))
    }

    /// A property that may be missing and lists its values, as an array or separated by `;`.
    pub(crate) fn list<T: FieldValue>(&self, field: &str) -> Result<Option<Vec<T>>, FileError> {
        if self.row.cells.is_empty_list(field) {
            return Ok(Some(Vec::new()));
        }
        let Some(text) = self.row.cells.text(field) else { return Ok(None) };
        value::list(field, &text, Notation::default())
            .map(Some)
            .map_err(|refusal| self.error(Some(field), Some(text), refusal))
    }

    /// A property that must be there.
    pub(crate) fn required<T: FieldValue>(&self, field: &str) -> Result<T, FileError> {
        self.optional(field)?.ok_or_else(|| self.error(Some(field), None, refusal::missing()))
    }

    /// The feature's geometry, checked; it is one of the named types.
    pub(crate) fn shape(&self, types: &[&str]) -> Result<Shape, FileError> {
        let given = match &self.row.place {
            Place::Given(given, _) => given,
            Place::Refused { refusal, field, value } => {
                return Err(self.error(Some(field), value.as_deref().map(Cow::Borrowed), refusal.clone()));
            }
            Place::Broken(refusal) => return Err(self.error(None, None, refusal.clone())),
        };
        let found = given.type_name();
        if !types.contains(&found) {
            let refusal = refusal::wrong_geometry(found, &types.join(", "));
            return Err(self.error(Some("geometry"), Some(Cow::Borrowed(found)), refusal));
        }
        if let Some(at) = positions(given).find(|at| Ground::WORLD.is_swapped(at)) {
            return Err(FileError::SwappedAxes { number: self.row.number, value: format!("{} {}", at[0], at[1]) });
        }
        Ground::WORLD
            .shape(given)
            .map_err(|(refusal, value)| self.error(Some("geometry"), value.map(Cow::Owned), refusal))
    }

    /// An error about this feature.
    pub(crate) fn error(&self, field: Option<&str>, value: Option<Cow<'_, str>>, refusal: Refusal) -> FileError {
        FileError::Item {
            number: self.row.number,
            rule: refusal.rule,
            field: field.map(str::to_owned),
            value: value.map(|value| quoted(&value)),
            message: Box::new(refusal.message),
        }
    }
}
