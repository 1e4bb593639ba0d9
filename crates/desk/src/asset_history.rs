//! What one asset was, version by version: who, when, why, and what differs.

use hatang_core::{AssetId, Version, View, Viewer, asset::Asset, view, visibility::Depth};
use hatang_exchange::{feature, properties};
use jiff::{Timestamp, civil::Date};
use serde::Serialize;
use serde_json::{Map, Value, json};
use uuid::Uuid;

use crate::{amend_asset::not_found, desk::Desk, error::DeskError};

/// One version of an asset.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct HistoryEntry {
    /// How often it had changed.
    pub version: Version,
    /// When it was written down.
    pub recorded_at: Timestamp,
    /// Since when it was so, where that differs.
    pub valid_on: Option<Date>,
    /// What happened, as the journal names it.
    pub kind: &'static str,
    /// Whose account did it: an organisation's code, `office` for an account that acts for none, `former` for one that has
    /// been erased; null for the installation's own commands. Never a person.
    pub by: Option<String>,
    /// Why, when somebody said so.
    pub reason: Option<String>,
    /// The import that it came with.
    pub import: Option<HistoryImport>,
    /// What differs from the version before.
    pub changes: Vec<FieldChange>,
    /// The asset as it was, as a GeoJSON feature.
    pub feature: Value,
}

/// The import that a version came with.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct HistoryImport {
    /// Its identity.
    pub id: Uuid,
    /// The file's name.
    pub file: String,
    /// The import that it undid.
    pub reverts: Option<Uuid>,
}

/// A field that differs between two versions.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct FieldChange {
    /// Its name in files, or `geometry`.
    pub field: String,
    /// What it was; null when there was nothing.
    pub before: Value,
    /// What it is; null when there is nothing any more.
    pub after: Value,
}

/// Every version of an asset, the latest first: for its owner and for officials, who see all of it. Others are told only
/// what they see today.
///
/// # Errors
/// [`DeskError`] when there is no such asset, or the viewer may not look into its past.
pub async fn asset_history(desk: &Desk, who: &Viewer, id: AssetId) -> Result<Vec<HistoryEntry>, DeskError> {
    let territory = desk.read(|registry| {
        let sight = registry.seen_by(who).get(id)?;
        // An earlier state may have been a secret that has come out since, such as what was only planned.
        desk.audit_sights(who, "asset history", [&sight]);
        matches!(sight.view(), View::Exact(fields) if fields.depth == Depth::Internal)
            .then(|| sight.territory().clone())
    });
    let territory = territory.ok_or_else(|| not_found(id))?;
    let versions = desk.store.asset_versions(&territory, id).await?;
    let mut entries = Vec::with_capacity(versions.len());
    let mut before: Option<Asset> = None;
    for version in versions {
        let View::Exact(fields) = view(who, &version.asset, &territory) else {
            before = Some(version.asset);
            continue;
        };
        let by = match version.by {
            None => None,
            Some(account) => {
                // An account that has been erased is somebody who was here.
                let account = desk.store.account_by_id(account).await?;
                Some(account.map_or_else(
                    || "former".to_owned(),
                    |account| account.organisation.map_or_else(|| "office".to_owned(), String::from),
                ))
            }
        };
        let changes = before.as_ref().map_or_else(Vec::new, |before| differences(before, &version.asset));
        entries.push(HistoryEntry {
            version: version.version,
            recorded_at: version.at,
            valid_on: version.valid_on,
            kind: version.kind,
            by,
            reason: version.reason,
            import: version.import.map(|import| HistoryImport {
                id: import.id,
                file: import.file,
                reverts: import.reverts,
            }),
            changes,
            feature: json!(feature(&version.asset, &View::Exact(fields))),
        });
        before = Some(version.asset);
    }
    entries.reverse();
    Ok(entries)
}

/// The fields that differ between two states of an asset, in the order of their names.
pub(crate) fn differences(before: &Asset, after: &Asset) -> Vec<FieldChange> {
    let (old, new) = (fields_of(before), fields_of(after));
    let names: std::collections::BTreeSet<&String> = old.keys().chain(new.keys()).collect();
    let change = |field: &String| {
        let (before, after) = (old.get(field), new.get(field));
        (before != after).then(|| FieldChange {
            field: field.clone(),
            before: before.cloned().unwrap_or_default(),
            after: after.cloned().unwrap_or_default(),
        })
    };
    names.into_iter().filter_map(change).collect()
}

/// Everything of an asset by field, with its place and without what only follows from other fields.
fn fields_of(asset: &Asset) -> Map<String, Value> {
    let mut fields = properties(asset, hatang_core::Fields::ALL);
    for derived in ["free", "generalised", "accuracy_assumed_m", "class"] {
        fields.remove(derived);
    }
    fields.insert("geometry".to_owned(), json!(asset.shape));
    fields
}
