//! What a file would do to the registry, asset by asset.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use hatang_core::{
    Asset, AssetClass, AssetCode, AssetId, Fields, OrganisationCode, Registry, Shape, Version, Viewer,
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

/// Compares a file with the registry, part by part.
pub(super) struct Comparer<'a> {
    comparison: Comparison<'a>,
    met: HashSet<AssetId>,
    rows: u32,
    pub(super) tally: Tally,
    pub(super) conflicts: Conflicts,
    /// The organisations that written assets name.
    pub(super) mentioned: BTreeSet<OrganisationCode>,
    /// Assets that are registered already, where only new ones come in: their rows, and their codes.
    pub(super) refused: Vec<(Vec<u32>, AssetCode)>,
}

impl<'a> Comparer<'a> {
    pub(super) fn new(comparison: Comparison<'a>) -> Self {
        Self {
            comparison,
            met: HashSet::new(),
            rows: 0,
            tally: Tally::default(),
            conflicts: Conflicts::default(),
            mentioned: BTreeSet::new(),
            refused: Vec::new(),
        }
    }

    /// Compares some assets of the file with what is there.
    ///
    /// With the eyes of whoever brings the file, who sees all that is the owner's: what is said of a file must not tell of
    /// anything else that stands, or is planned, where a row puts something.
    pub(super) fn take(
        &mut self,
        registry: &Registry,
        who: &Viewer,
        read: Vec<ReadAsset>,
    ) -> Result<Vec<StagedRow>, DeskError> {
        let seen = registry.seen_by(who);
        let class = self.comparison.class;
        let mut staged = Vec::with_capacity(read.len());
        for ReadAsset { rows: file_rows, asset, .. } in read {
            let known = asset.code.as_ref().and_then(|code| seen.by_code(&asset.owner, class, code));
            let (action, version, asset) = match known {
                None => {
                    if asset.code.is_none() {
                        self.conflicts.add(ConflictKind::WithoutCode, &file_rows);
                    }
                    (RowAction::Added, Version(1), asset)
                }
                Some(_) if self.comparison.mode == ImportMode::Additions => {
                    self.refused.extend(asset.code.map(|code| (file_rows, code)));
                    continue;
                }
                Some(sight) => {
                    self.met.insert(sight.asset().id);
                    match overlaid(sight.asset(), &asset, self.comparison.columns)? {
                        None => (RowAction::Unchanged, sight.version(), sight.asset().clone()),
                        Some(changed) => {
                            self.conflicts.add(ConflictKind::Changes, &file_rows);
                            let revived =
                                sight.asset().status.layer() == Layer::Past && changed.status.layer() != Layer::Past;
                            if revived {
                                self.conflicts.add(ConflictKind::Revives, &file_rows);
                            }
                            (RowAction::Changed, Version(sight.version().0.saturating_add(1)), changed)
                        }
                    }
                }
            };
            if action == RowAction::Added && !likely_duplicates(seen, &asset).is_empty() {
                self.conflicts.add(ConflictKind::Duplicates, &file_rows);
            }
            if action != RowAction::Unchanged {
                let lost = notices(seen, &asset).iter().filter(|notice| notice.rule != NoticeRule::Duplicate).count();
                self.conflicts.add_many(ConflictKind::References, lost as u64, &file_rows);
                self.mention(&asset);
            }
            staged.push(self.staged(action, version, file_rows, asset));
        }
        Ok(staged)
    }

    /// The assets that the file does not have, of an owner whose file it is, once all of it has been compared.
    pub(super) fn missing(&mut self, registry: &Registry, who: &Viewer) -> Vec<AssetId> {
        let Some(owner) = self.comparison.owner.filter(|_| self.comparison.mode != ImportMode::Additions) else {
            return Vec::new();
        };
        let is_missing = |asset: &Asset| {
            asset.class() == self.comparison.class
                && asset.owner == *owner
                && asset.status.layer() != Layer::Past
                && !self.met.contains(&asset.id)
        };
        let missing: Vec<AssetId> = registry
            .seen_by(who)
            .all()
            .map(|sight| sight.asset())
            .filter(|asset| is_missing(asset))
            .map(|asset| asset.id)
            .collect();
        if self.comparison.mode == ImportMode::FullSet {
            self.conflicts.add_many(ConflictKind::Retires, missing.len() as u64, &[]);
        }
        missing
    }

    /// What giving up some assets would come to.
    pub(super) fn give_up(&mut self, registry: &Registry, who: &Viewer, missing: &[AssetId]) -> Vec<StagedRow> {
        let seen = registry.seen_by(who);
        let sights = missing.iter().filter_map(|id| seen.get(*id));
        sights
            .map(|sight| {
                let retired = Asset { status: Lifecycle::Decommissioned, ..sight.asset().clone() };
                self.mention(&retired);
                let version = Version(sight.version().0.saturating_add(1));
                self.staged(RowAction::Missing, version, Vec::new(), retired)
            })
            .collect()
    }

    fn staged(&mut self, action: RowAction, version: Version, file_rows: Vec<u32>, asset: Asset) -> StagedRow {
        self.tally.count(action);
        self.rows += 1;
        StagedRow { row: self.rows, action, version, file_rows, asset }
    }

    fn mention(&mut self, asset: &Asset) {
        let occupants = asset.tenants.iter().map(|tenancy| &tenancy.tenant);
        for code in std::iter::once(&asset.owner).chain(&asset.manager).chain(occupants) {
            if !self.mentioned.contains(code) {
                self.mentioned.insert(code.clone());
            }
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
    asset.keep_replacement(known);
    let place = if moved { read } else { known };
    asset.shape = place.shape.clone();
    asset.submitted.clone_from(&place.submitted);
    Ok(Some(asset))
}

/// Columns that say where an asset is, not what.
const PLACES: [&str; 5] = ["lon", "lat", "e", "n", "wkt"];

/// Without what only follows from other fields.
fn without_derived(fields: &Map<String, Value>) -> Map<String, Value> {
    let derived = ["free", "generalised", "accuracy_assumed_m", "replaced_by"];
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
