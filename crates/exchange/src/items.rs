//! Features of files that are taken whole or not at all: plans, boundaries, build requests.

use std::borrow::Cow;

use hatang_core::Shape;

use crate::{
    FileError,
    bytes::{self, DEFAULT_MAX_BYTES},
    geometry::Ground,
    refusal::{self, Refusal},
    report::quoted,
    rows::{FeatureFile, Place, Row},
    value::{FieldValue, Notation},
};

/// One feature. Properties that nobody asks for are left alone.
pub(crate) struct Item<'a> {
    row: &'a Row<'a>,
}

/// Reads every feature of a GeoJSON document on WGS 84.
pub(crate) fn read_items<T>(
    bytes: &[u8],
    read: impl Fn(&Item<'_>) -> Result<T, FileError>,
) -> Result<Vec<T>, FileError> {
    let text = bytes::text(bytes, DEFAULT_MAX_BYTES)?;
    let file = FeatureFile::open(&text)?;
    if let Some(in_file) = file.crs_member.filter(|crs| *crs != Ground::WORLD.crs) {
        return Err(FileError::CrsConflict { declared: Ground::WORLD.crs, in_file });
    }
    let mut result = Ok(Vec::new());
    file.each(|row| {
        let Ok(items) = &mut result else { return };
        let item = Item { row };
        let broken = if let Place::Broken(refusal) = &row.place { Some(refusal.clone()) } else { None };
        match broken.map_or_else(|| read(&item), |refusal| Err(item.error(None, None, refusal))) {
            Ok(read) => items.push(read),
            Err(error) => result = Err(error),
        }
    });
    result
}

impl Item<'_> {
    /// The feature's own id.
    pub(crate) fn id(&self) -> Option<&str> {
        self.row.id.as_deref()
    }

    /// A property that may be missing.
    pub(crate) fn optional<T: FieldValue>(&self, field: &str) -> Result<Option<T>, FileError> {
        let Some(text) = self.row.cells.text(field) else { return Ok(None) };
        T::read(&text, Notation::default()).map(Some).map_err(|refusal| self.error(Some(field), Some(text), refusal))
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
        Ground::WORLD
            .shape(given)
            .map_err(|(refusal, value)| self.error(Some("geometry"), value.map(Cow::Owned), refusal))
    }

    /// An error about this feature.
    pub(crate) fn error(&self, field: Option<&str>, value: Option<Cow<'_, str>>, refusal: Refusal) -> FileError {
        FileError::Item {
            number: self.row.number,
            field: field.map(str::to_owned),
            value: value.map(|value| quoted(&value)),
            message: Box::new(refusal.message),
        }
    }
}
