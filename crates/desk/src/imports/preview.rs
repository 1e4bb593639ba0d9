//! What an import would do, row by row, for the map and the table.

use hatang_core::{
    Fields, View, Viewer,
    change_set::{ImportState, RowAction},
};
use hatang_exchange::feature;
use serde::Serialize;
use serde_json::value::{RawValue, to_raw_value};
use uuid::Uuid;

use super::job::job;
use crate::{
    asset_history::{FieldChange, differences},
    desk::Desk,
    error::DeskError,
};

/// The most rows on one page.
pub const MOST_ROWS: u32 = 2_000;

/// One page of what an import would do.
#[derive(Clone, Debug, Serialize)]
pub struct ImportRows {
    /// The rows, in the file's order.
    pub rows: Vec<ImportRow>,
    /// What to send as `after` for the next page; null on the last.
    pub next: Option<u32>,
}

/// What an import would do to one asset.
#[derive(Clone, Debug, Serialize)]
pub struct ImportRow {
    /// Its place among the import's assets.
    pub row: u32,
    /// What it would do.
    pub action: RowAction,
    /// The file's rows that say so.
    pub file_rows: Vec<u32>,
    /// The fields that would differ from the record as it is; for a committed import, as it is now.
    pub changes: Vec<FieldChange>,
    /// The asset as it would be, as a GeoJSON feature.
    pub feature: Box<RawValue>,
}

/// A page of what an import would do: of one kind, or all.
///
/// # Errors
/// [`DeskError`] when there is no such import that the viewer may know of.
///
/// # Panics
/// Never: a feature is JSON.
pub async fn import_rows(
    desk: &Desk,
    who: &Viewer,
    id: Uuid,
    action: Option<RowAction>,
    after: u32,
    limit: u32,
) -> Result<ImportRows, DeskError> {
    let job = job(desk, who, id).await?;
    let limit = limit.clamp(1, MOST_ROWS);
    let mut staged = desk.store.staged_rows(id, action, after, limit + 1).await?;
    let more = limit < u32::try_from(staged.len()).unwrap_or(u32::MAX);
    staged.truncate(limit as usize);
    let next = staged.last().filter(|_| more).map(|row| row.row);
    let open = !matches!(job.state, ImportState::Committed | ImportState::Reverted);
    let rows = desk.read(|registry| {
        let console = Viewer::console();
        let seen = registry.seen_by(&console);
        staged
            .into_iter()
            .map(|row| {
                let compares = open && row.action != RowAction::Added;
                let known = if compares { seen.get(row.asset.id) } else { None };
                let changes = known.map_or_else(Vec::new, |known| differences(known.asset(), &row.asset));
                // Whose import it is may see all of it.
                let feature = feature(&row.asset, &View::Exact(Fields::ALL));
                let feature = to_raw_value(&feature).expect("a feature is JSON");
                ImportRow { row: row.row, action: row.action, file_rows: row.file_rows, changes, feature }
            })
            .collect()
    });
    Ok(ImportRows { rows, next })
}
