//! What became of every row, as a file.

use hatang_core::Viewer;
pub use hatang_exchange::ReportFormat;
use hatang_exchange::{Report, write_report};
use hatang_store::StoreError;
use uuid::Uuid;

use super::job::{details, job};
use crate::{desk::Desk, error::DeskError};

/// An import's report in a format; none before the first check.
///
/// # Errors
/// [`DeskError`] when there is no such import that the viewer may know of.
///
/// # Panics
/// Never: a report can be written to memory.
pub async fn import_report(
    desk: &Desk,
    who: &Viewer,
    id: Uuid,
    format: ReportFormat,
) -> Result<Option<Vec<u8>>, DeskError> {
    let job = job(desk, who, id).await?;
    let Some(report) = details(&job)?.report else { return Ok(None) };
    let report: Report = serde_json::from_value(report).map_err(|error| {
        let (key, why) = (job.id.to_string(), format!("`report`: {error}"));
        DeskError::Store(StoreError::Corrupt { table: "import_job", key, why })
    })?;
    let mut bytes = Vec::new();
    write_report(&report, format, &mut bytes).expect("memory takes what is written");
    Ok(Some(bytes))
}
