//! What has been read of a file so far.

use std::collections::{BTreeMap, HashMap};

use hatang_core::asset::AssetId;
use hatang_crs::Crs;

use super::{
    Import, OrganisationSeen, ReadAsset, count,
    group::{self, Draft, Key},
    row::RowReader,
};
use crate::{
    refusal,
    report::{Findings, Format, Report, Severity},
    rows::Row,
};

/// Assets and findings as they come.
pub(super) struct Gathered<N> {
    new_id: N,
    assets: Vec<ReadAsset>,
    /// Rows that wait for others at their position; none where rows are not merged.
    groups: Option<Groups>,
    organisations: Vec<OrganisationSeen>,
    pub(super) findings: Findings,
    rows_total: u32,
    rows_accepted: u32,
}

#[derive(Default)]
struct Groups {
    at: HashMap<Key, usize>,
    /// In order of their first rows.
    drafts: Vec<Vec<Draft>>,
}

impl<N: FnMut() -> AssetId> Gathered<N> {
    pub(super) fn new(merge: bool, new_id: N) -> Self {
        Self {
            new_id,
            assets: Vec::new(),
            groups: merge.then(Groups::default),
            organisations: Vec::new(),
            findings: Findings::default(),
            rows_total: 0,
            rows_accepted: 0,
        }
    }

    pub(super) fn take(&mut self, reader: &mut RowReader<'_>, row: &Row<'_>) {
        self.rows_total += 1;
        let Some(draft) = reader.read(row, &mut self.findings) else { return };
        self.rows_accepted += 1;
        match &mut self.groups {
            Some(groups) => groups.add(draft),
            None => self.assets.push(group::asset(vec![draft], (self.new_id)(), &mut self.findings)),
        }
    }

    /// Notes what concerns the whole file once all rows have been taken.
    pub(super) fn finish_reading(&mut self, reader: RowReader<'_>) {
        self.organisations = reader.finish(&mut self.findings);
        self.finish_merging();
        let without_code = self.assets.iter().filter(|read| read.asset.code.is_none());
        let rows: u32 = without_code.map(|read| count(&read.rows)).sum();
        if 0 < rows {
            self.findings.tell(Severity::Warning, None, Some("code"), refusal::missing_code(rows));
        }
    }

    fn finish_merging(&mut self) {
        let Some(groups) = self.groups.take() else { return };
        for drafts in groups.drafts {
            self.assets.push(group::asset(drafts, (self.new_id)(), &mut self.findings));
        }
        let shared = self.assets.iter().filter(|read| 1 < read.asset.tenants.len());
        let shared = u32::try_from(shared.count()).unwrap_or(u32::MAX);
        let merged = refusal::merged(self.rows_accepted, count(&self.assets), shared);
        self.findings.tell(Severity::Info, None, None, merged);
        if !self.organisations.is_empty() {
            self.findings.tell(Severity::Info, None, Some("owner"), refusal::inferred_owners());
        }
    }

    pub(super) fn into_import(
        self,
        file_name: &str,
        format: Format,
        crs: Crs,
        columns_used: BTreeMap<String, String>,
    ) -> Import {
        let (findings, more) = self.findings.finish();
        let report = Report {
            file: file_name.to_owned(),
            format,
            crs: crs.to_string(),
            columns_used,
            rows_total: self.rows_total,
            rows_accepted: self.rows_accepted,
            rows_refused: self.rows_total - self.rows_accepted,
            assets: count(&self.assets),
            findings,
            more,
        };
        Import { assets: self.assets, organisations_seen: self.organisations, report }
    }
}

impl Groups {
    fn add(&mut self, draft: Draft) {
        let group = *self.at.entry(draft.key.clone()).or_insert(self.drafts.len());
        match self.drafts.get_mut(group) {
            Some(drafts) => drafts.push(draft),
            None => self.drafts.push(vec![draft]),
        }
    }
}
