//! Rows that are one asset.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use geojson::GeometryValue;
use hatang_core::{
    AssetClass, OrganisationCode, Shape,
    asset::{Asset, AssetId, Lifecycle, Submitted, Tenancy},
};

use super::ReadAsset;
use crate::{
    fields::{Attributes, FillField},
    geometry,
    refusal::{self, Refusal},
    report::{Findings, Severity},
    value::{self, FieldValue, Notation},
};

/// What one accepted row says.
#[derive(Debug)]
pub(super) struct Draft {
    pub(super) row: u32,
    /// The identity that the file gives it.
    pub(super) id: Option<String>,
    pub(super) owner: OrganisationCode,
    pub(super) attributes: Attributes,
    /// The texts that the attributes were read from, kept only where rows are merged.
    pub(super) given: BTreeMap<&'static str, String>,
    pub(super) notation: Notation,
    pub(super) shape: Shape,
    pub(super) submitted: Option<Submitted>,
    pub(super) key: Key,
}

/// The submitted numbers, bit by bit: equal keys are exactly the same position.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub(super) struct Key(Vec<u64>);

impl Key {
    pub(super) fn of(given: &GeometryValue) -> Self {
        // Adding zero makes a negative zero positive.
        let bits = |number: &f64| (number + 0.0).to_bits();
        Self(geometry::positions(given).flat_map(|at| at.as_slice().iter().take(2).map(bits)).collect())
    }
}

/// Makes one asset of the rows at one position, or of a single row. There is at least one row.
pub(super) fn asset(mut drafts: Vec<Draft>, id: AssetId, findings: &mut Findings) -> ReadAsset {
    let rows = drafts.iter().map(|draft| draft.row).collect();
    let owner = most_frequent_owner(&drafts);
    let tenants = tenants(&mut drafts);
    let merged = (1 < drafts.len()).then(|| merged(&drafts, &owner, findings));
    let first = drafts.swap_remove(0);
    let attributes = merged.unwrap_or(first.attributes);
    let asset = Asset {
        id,
        code: attributes.code,
        owner,
        manager: attributes.manager,
        tenants,
        status: attributes.status.unwrap_or(Lifecycle::Unknown),
        shape: first.shape,
        survey: attributes.survey,
        built_on: attributes.built_on,
        source: attributes.source,
        note: attributes.note,
        nulls: attributes.nulls,
        security_site: attributes.security_site.unwrap_or(false),
        terms: attributes.terms,
        submitted: first.submitted,
        replaced_by: None,
        details: attributes.details,
    };
    ReadAsset { rows, asset, given_id: first.id }
}

/// The organisation with most rows, at a tie the first in the file.
fn most_frequent_owner(drafts: &[Draft]) -> OrganisationCode {
    let mut counts: Vec<(&OrganisationCode, u32)> = Vec::new();
    for draft in drafts {
        match counts.iter_mut().find(|(owner, _)| **owner == draft.owner) {
            Some((_, count)) => *count += 1,
            None => counts.push((&draft.owner, 1)),
        }
    }
    counts
        .into_iter()
        .reduce(|best, next| if best.1 < next.1 { next } else { best })
        .expect("a group has a row")
        .0
        .clone()
}

/// All tenants in order, without those that only repeat the name of one whose network is known.
fn tenants(drafts: &mut [Draft]) -> Vec<Tenancy> {
    let all: BTreeSet<Tenancy> =
        drafts.iter_mut().flat_map(|draft| std::mem::take(&mut draft.attributes.tenants)).collect();
    let says_more = |bare: &Tenancy| {
        bare.network.is_none()
            && bare.since.is_none()
            && all.iter().any(|other| other.tenant == bare.tenant && other != bare)
    };
    all.iter().filter(|tenancy| !says_more(tenancy)).cloned().collect()
}

fn merged(drafts: &[Draft], owner: &OrganisationCode, findings: &mut Findings) -> Attributes {
    let class: AssetClass = drafts[0].attributes.details.class();
    let mut attributes = Attributes::empty(class);
    let (kept, told) = (BTreeMap::new(), HashSet::new());
    let mut merge = Merge { draft: &drafts[0], owner, kept, told, findings };
    for draft in drafts {
        merge.draft = draft;
        attributes.fill(&mut merge);
        for (field, reason) in &draft.attributes.nulls {
            attributes.nulls.entry(field.clone()).or_insert(*reason);
        }
    }
    attributes.nulls.retain(|field, _| !merge.kept.contains_key(field.as_str()));
    attributes
}

/// Fills what is still empty from another row, and tells where that row says otherwise.
struct Merge<'a> {
    draft: &'a Draft,
    owner: &'a OrganisationCode,
    /// The row and the text that each field has from.
    kept: BTreeMap<&'static str, (u32, &'a str)>,
    told: HashSet<(&'static str, &'a str)>,
    findings: &'a mut Findings,
}

impl<'a> Merge<'a> {
    fn fill<T>(
        &mut self,
        field: &'static str,
        slot: &mut T,
        is_empty: bool,
        read: impl FnOnce(&str) -> Result<T, Refusal>,
    ) where
        T: PartialEq,
    {
        let draft: &'a Draft = self.draft;
        let Some(text) = draft.given.get(field) else { return };
        // The text was read when its row was accepted.
        let Ok(value) = read(text) else { return };
        if field == "code" && draft.owner != *self.owner {
            self.tell(field, text, refusal::foreign_code(self.owner.as_str()));
        } else if is_empty {
            *slot = value;
            self.kept.insert(field, (draft.row, text));
        } else if *slot != value
            && let Some(&(row, kept)) = self.kept.get(field)
        {
            self.tell(field, text, refusal::disagreement(kept, row));
        }
    }

    /// Tells of each other value once.
    fn tell(&mut self, field: &'static str, text: &'a str, refusal: Refusal) {
        if self.told.insert((field, text)) {
            self.findings.push(Severity::Warning, Some(self.draft.row), Some(field), Some(text), refusal);
        }
    }
}

impl FillField for Merge<'_> {
    fn value<T: FieldValue>(&mut self, field: &'static str, slot: &mut Option<T>) {
        let (is_empty, notation) = (slot.is_none(), self.draft.notation);
        self.fill(field, slot, is_empty, |text| value::read(field, text, notation).map(Some));
    }

    fn list<T: FieldValue>(&mut self, field: &'static str, slot: &mut Vec<T>) {
        let (is_empty, notation) = (slot.is_empty(), self.draft.notation);
        self.fill(field, slot, is_empty, |text| value::list(field, text, notation));
    }
}
