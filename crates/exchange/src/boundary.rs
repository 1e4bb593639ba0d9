//! Outlines of communes in.

use hatang_core::{Territory, event::Boundaries, plan::Boundary};

use crate::{
    FileError,
    items::{Item, read_items},
    refusal,
    value::{FieldValue, Notation},
};

/// Reads the outline with this code, and all others of the file as its neighbours.
///
/// A feature's code is its property `code`, else its id; its name is the property `name`.
///
/// # Errors
/// [`FileError`] when the file is no GeoJSON of areas or has no such code.
pub fn read_boundaries(bytes: &[u8], code: &Territory) -> Result<Boundaries, FileError> {
    around(read_items(bytes, boundary)?, code)
}

/// The outline with this code among its neighbours.
pub(crate) fn around(mut outlines: Vec<Boundary>, code: &Territory) -> Result<Boundaries, FileError> {
    let Some(home) = outlines.iter().position(|boundary| boundary.code == *code) else {
        let found = outlines.iter().map(|boundary| boundary.code.to_string()).collect();
        return Err(FileError::NoSuchBoundary { code: code.to_string(), found });
    };
    Ok(Boundaries { home: outlines.remove(home), neighbours: outlines })
}

/// Reads one outline.
pub(crate) fn boundary(item: &Item<'_>) -> Result<Boundary, FileError> {
    let code = match (item.optional("code")?, item.id()) {
        (Some(code), _) => code,
        (None, Some(id)) => {
            let read = Territory::read(id, Notation::default());
            read.map_err(|refusal| item.error(Some("id"), Some(id.into()), refusal))?
        }
        (None, None) => return Err(item.error(Some("code"), None, refusal::missing())),
    };
    Ok(Boundary {
        code,
        name: item.required("name")?,
        shape: item.shape(&["Polygon", "MultiPolygon"])?,
        people: item.optional("people")?,
    })
}
