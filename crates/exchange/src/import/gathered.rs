//! What has been read of a file so far.

use std::{
    collections::{BTreeMap, HashMap},
    ops::ControlFlow,
};

use hatang_core::asset::AssetId;
use hatang_crs::Crs;

use super::{
    ImportOptions, OrganisationSeen, ReadAsset, Summary, count,
    group::{self, Draft, Key},
    row::RowReader,
};
use crate::{
    crs_check::{self, Axes, CrsCheck, CrsVerdict, PairCheck, PairVerdict},
    refusal,
    report::{Findings, Format, Report, Severity},
    rows::{Row, Stop},
    template::TemplateMark,
    text::Encoding,
};

/// Assets as they go on, and findings as they come.
pub(super) struct Gathered<N, T> {
    new_id: N,
    take: T,
    assets: u32,
    /// Rows whose assets have no code.
    without_code: u32,
    /// Assets with more than one tenant.
    shared: u32,
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

/// What is known of a file besides its rows.
pub(super) struct Told {
    pub(super) file: String,
    pub(super) format: Format,
    pub(super) encoding: Encoding,
    pub(super) template: Option<TemplateMark>,
    pub(super) crs: Crs,
    pub(super) axes: Axes,
    pub(super) columns_used: BTreeMap<String, String>,
}

/// What the positions say of their reference system.
pub(super) struct Checks {
    crs: CrsCheck,
    pairs: Option<PairCheck>,
}

impl<N: FnMut() -> AssetId, T: FnMut(ReadAsset) -> ControlFlow<()>> Gathered<N, T> {
    pub(super) fn new(merge: bool, new_id: N, take: T) -> Self {
        Self {
            new_id,
            take,
            assets: 0,
            without_code: 0,
            shared: 0,
            groups: merge.then(Groups::default),
            organisations: Vec::new(),
            findings: Findings::default(),
            rows_total: 0,
            rows_accepted: 0,
        }
    }

    pub(super) fn take(&mut self, reader: &mut RowReader<'_>, row: &Row<'_>) -> Result<(), Stop> {
        self.rows_total += 1;
        let Some(draft) = reader.read(row, &mut self.findings) else { return Ok(()) };
        self.rows_accepted += 1;
        match &mut self.groups {
            Some(groups) => groups.add(draft),
            None => return if self.hand_over(vec![draft]).is_continue() { Ok(()) } else { Err(Stop::Enough) },
        }
        Ok(())
    }

    fn hand_over(&mut self, drafts: Vec<Draft>) -> ControlFlow<()> {
        let read = group::asset(drafts, (self.new_id)(), &mut self.findings);
        self.assets += 1;
        self.shared += u32::from(1 < read.asset.tenants.len());
        if read.asset.code.is_none() {
            self.without_code += count(&read.rows);
        }
        (self.take)(read)
    }

    /// Notes what concerns the whole file once all rows have been taken.
    pub(super) fn finish_reading(&mut self, reader: RowReader<'_>, crs: Crs, options: &ImportOptions) -> Checks {
        let (organisations, seen) = reader.finish(&mut self.findings);
        self.organisations = organisations;
        self.finish_merging();
        if 0 < self.without_code {
            self.findings.tell(Severity::Warning, None, Some("code"), refusal::missing_code(self.without_code));
        }
        let found =
            crs_check::check(options.class, crs, options.axes, seen.numbers.kept(), options.surroundings.as_ref());
        if options.axes == Axes::NorthFirst {
            self.findings.tell(Severity::Info, None, None, refusal::axes_swapped());
        }
        let told = match found.verdict {
            CrsVerdict::Suspected | CrsVerdict::Outside => Some(Severity::Warning),
            CrsVerdict::Undetectable => Some(Severity::Info),
            CrsVerdict::Fits | CrsVerdict::NotChecked => None,
        };
        if let Some(severity) = told {
            self.findings.tell(severity, None, None, refusal::crs_check(&found.message));
        }
        Checks { crs: found, pairs: seen.pairs.judge(crs).map(|(check, off_line)| self.tell_pairs(check, &off_line)) }
    }

    fn tell_pairs(&mut self, check: PairCheck, off_line: &[(u32, f64)]) -> PairCheck {
        let is_bad =
            matches!(check.verdict, PairVerdict::RotationSign | PairVerdict::ShiftMissing | PairVerdict::Disagree);
        let severity = if is_bad { Severity::Warning } else { Severity::Info };
        self.findings.tell(severity, None, None, refusal::crs_check(&check.message));
        for (row, metres) in off_line {
            self.findings.tell(Severity::Warning, Some(*row), None, refusal::pair_off_line(*metres));
        }
        check
    }

    fn finish_merging(&mut self) {
        let Some(groups) = self.groups.take() else { return };
        for drafts in groups.drafts {
            if self.hand_over(drafts).is_break() {
                break;
            }
        }
        let merged = refusal::merged(self.rows_accepted, self.assets, self.shared);
        self.findings.tell(Severity::Info, None, None, merged);
        if !self.organisations.is_empty() {
            self.findings.tell(Severity::Info, None, Some("owner"), refusal::inferred_owners());
        }
    }

    pub(super) fn into_summary(self, told: Told, checks: Checks) -> Summary {
        let (findings, more) = self.findings.finish();
        let report = Report {
            file: told.file,
            format: told.format,
            encoding: told.encoding,
            template: told.template,
            crs: told.crs.to_string(),
            axes: told.axes,
            crs_check: checks.crs,
            pair_check: checks.pairs,
            columns_used: told.columns_used,
            rows_total: self.rows_total,
            rows_accepted: self.rows_accepted,
            rows_refused: self.rows_total - self.rows_accepted,
            assets: self.assets,
            findings,
            more,
        };
        Summary { organisations_seen: self.organisations, report }
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
