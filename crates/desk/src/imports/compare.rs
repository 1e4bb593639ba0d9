//! What a file would do to the registry, asset by asset.

use std::collections::{BTreeMap, HashSet};

use hatang_core::{
    Asset, AssetClass, AssetId, Fields, OrganisationCode, Registry, Shape, Version, Viewer,
    asset::{Layer, Lifecycle},
    change_set::{ImportMode, RowAction, Tally},
};
use hatang_exchange::{ReadAsset, properties};
use hatang_store::StagedRow;
use serde_json::{Map, Value, json};

use super::conflict::{ConflictKind, Conflicts};
use crate::{
    draft::Draft,
    error::DeskError,
    notice::{NoticeRule, likely_duplicates, notices},
};

/// What came out of comparing.
pub(super) struct Compared {
    pub(super) rows: Vec<StagedRow>,
    pub(super) tally: Tally,
    pub(super) conflicts: Conflicts,
}

/// How to compare.
pub(super) struct Comparison<'a> {
    pub(super) class: AssetClass,
    /// The one owner of the file, where it has one.
    pub(super) owner: Option<&'a OrganisationCode>,
    pub(super) mode: ImportMode,
    /// The fields that the file has columns for: what it has none for stays as it is.
    pub(super) columns: &'a BTreeMap<String, String>,
}

/// Positions that differ by less are the same: what a file of seven decimals can say, in degrees.
const SAME_PLACE: f64 = 1.0e-7;

/// Compares what was read with what is there. `told` is called with how many assets have been compared.
pub(super) fn compare(
    registry: &Registry,
    read: Vec<ReadAsset>,
    comparison: &Comparison<'_>,
    mut told: impl FnMut(u64),
) -> Result<Compared, DeskError> {
    // Whose file it is sees all of its own; what is compared never leaves to anybody else.
    let console = Viewer::console();
    let seen = registry.seen_by(&console);
    let mut conflicts = Conflicts::default();
    let mut tally = Tally::default();
    let mut rows = Vec::with_capacity(read.len());
    let mut met: HashSet<AssetId> = HashSet::new();
    for (number, ReadAsset { rows: file_rows, asset, .. }) in (1..).zip(read) {
        let known = asset.code.as_ref().and_then(|code| seen.by_code(&asset.owner, comparison.class, code));
        let (action, version, asset) = match known {
            None => {
                if asset.code.is_none() {
                    conflicts.add(ConflictKind::WithoutCode, &file_rows);
                }
                (RowAction::Added, Version(1), asset)
            }
            Some(sight) => {
                met.insert(sight.asset().id);
                match overlaid(sight.asset(), &asset, comparison.columns)? {
                    None => (RowAction::Unchanged, sight.version(), sight.asset().clone()),
                    Some(changed) => {
                        conflicts.add(ConflictKind::Changes, &file_rows);
                        let revived =
                            sight.asset().status.layer() == Layer::Past && changed.status.layer() != Layer::Past;
                        if revived {
                            conflicts.add(ConflictKind::Revives, &file_rows);
                        }
                        (RowAction::Changed, Version(sight.version().0.saturating_add(1)), changed)
                    }
                }
            }
        };
        if action == RowAction::Added && !likely_duplicates(registry.seen_by(&console), &asset).is_empty() {
            conflicts.add(ConflictKind::Duplicates, &file_rows);
        }
        if action != RowAction::Unchanged {
            let lost = notices(seen, &asset).iter().filter(|notice| notice.rule != NoticeRule::Duplicate).count();
            conflicts.add_many(ConflictKind::References, lost as u64, &file_rows);
        }
        tally.count(action);
        rows.push(StagedRow { row: number, action, version, file_rows, asset });
        if number % 1_000 == 0 {
            told(u64::from(number));
        }
    }
    if let Some(owner) = comparison.owner {
        add_missing(registry, owner, comparison, &met, &mut rows, &mut tally);
        if comparison.mode == ImportMode::FullSet {
            conflicts.add_many(ConflictKind::Retires, tally.missing, &[]);
        }
    }
    Ok(Compared { rows, tally, conflicts })
}

/// The owner's assets of the class that the file does not have.
fn add_missing(
    registry: &Registry,
    owner: &OrganisationCode,
    comparison: &Comparison<'_>,
    met: &HashSet<AssetId>,
    rows: &mut Vec<StagedRow>,
    tally: &mut Tally,
) {
    let console = Viewer::console();
    for sight in registry.seen_by(&console).all() {
        let asset = sight.asset();
        let is_missing = asset.class() == comparison.class
            && asset.owner == *owner
            && asset.status.layer() != Layer::Past
            && !met.contains(&asset.id);
        if is_missing {
            tally.count(RowAction::Missing);
            let retired = Asset { status: Lifecycle::Decommissioned, ..asset.clone() };
            rows.push(StagedRow {
                row: u32::try_from(rows.len() + 1).unwrap_or(u32::MAX),
                action: RowAction::Missing,
                version: Version(sight.version().0.saturating_add(1)),
                file_rows: Vec::new(),
                asset: retired,
            });
        }
    }
}

/// The registered asset with what the file says laid over it; `None` when the file says nothing new.
fn overlaid(known: &Asset, read: &Asset, columns: &BTreeMap<String, String>) -> Result<Option<Asset>, DeskError> {
    let (old, new) = (properties(known, Fields::ALL), properties(read, Fields::ALL));
    let mut merged = old.clone();
    for field in columns.keys().filter(|field| !PLACES.contains(&field.as_str())) {
        let reason = format!("{field}_null");
        for name in [field, &reason] {
            match new.get(name) {
                Some(value) => merged.insert(name.clone(), value.clone()),
                None => merged.remove(name),
            };
        }
    }
    let moved = !same_place(&known.shape, &read.shape);
    if !moved && without_derived(&merged) == without_derived(&old) {
        return Ok(None);
    }
    let draft = Draft {
        class: known.class(),
        owner: known.owner.clone(),
        properties: merged,
        geometry: json!(known.shape),
        crs: None,
    };
    let mut asset = draft.read(known.id, None)?;
    let place = if moved { read } else { known };
    asset.shape = place.shape.clone();
    asset.submitted.clone_from(&place.submitted);
    Ok(Some(asset))
}

/// Columns that say where an asset is, not what.
const PLACES: [&str; 5] = ["lon", "lat", "e", "n", "wkt"];

/// Without what only follows from other fields.
fn without_derived(fields: &Map<String, Value>) -> Map<String, Value> {
    let derived = ["free", "generalised", "accuracy_assumed_m"];
    fields
        .iter()
        .filter(|(name, _)| !derived.contains(&name.as_str()) && !name.starts_with("submitted_"))
        .map(|(name, value)| (name.clone(), value.clone()))
        .collect()
}

fn same_place(one: &Shape, other: &Shape) -> bool {
    one.kind() == other.kind()
        && one.positions().count() == other.positions().count()
        && one
            .positions()
            .zip(other.positions())
            .all(|(a, b)| (a.lon() - b.lon()).abs() <= SAME_PLACE && (a.lat() - b.lat()).abs() <= SAME_PLACE)
}
