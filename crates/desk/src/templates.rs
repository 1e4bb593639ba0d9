//! Workbooks to be filled in and handed back.

use hatang_core::AssetClass;
use hatang_exchange::{ExportError, write_template};

/// The workbook of a class: headers, drop-down lists, notes and an example; for what stands, or for planned objects.
///
/// # Errors
/// [`ExportError`] when the format's library refuses.
pub fn template(class: AssetClass, planned: bool) -> Result<Vec<u8>, ExportError> {
    let mut workbook = Vec::new();
    write_template(class, planned, &mut workbook)?;
    Ok(workbook)
}
