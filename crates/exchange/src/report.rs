//! What a file import tells: every refused row, and whatever was not taken as it stood.

mod formats;

use std::collections::BTreeMap;

use hatang_core::Text;
use serde::{Deserialize, Serialize};

pub use self::formats::{ReportFormat, write_report};
use crate::{
    crs_check::{Axes, CrsCheck, PairCheck},
    refusal::Refusal,
    template::TemplateMark,
    text::Encoding,
};

/// What a finding is about. The words are stable.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RowRule {
    /// A shape that contradicts itself.
    Topology,
    /// A reference that contradicts the import.
    Reference,
    /// The same identity twice.
    Identity,
    /// Something that must be there and is not.
    Required,
    /// A value outside its list or range.
    Domain,
    /// A text or a row that is too long or too short.
    Length,
    /// A position where the declared system or the territory has none.
    Crs,
    /// No usable geometry.
    Geometry,
}

impl RowRule {
    /// The stable word.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Topology => "topology",
            Self::Reference => "reference",
            Self::Identity => "identity",
            Self::Required => "required",
            Self::Domain => "domain",
            Self::Length => "length",
            Self::Crs => "crs",
            Self::Geometry => "geometry",
        }
    }
}

/// What follows from a finding.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    /// The row is refused.
    Error,
    /// The row is in, and somebody should look.
    Warning,
    /// Worth knowing.
    Info,
}

/// One thing to know about a row, or about the whole file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Finding {
    /// The row as a spreadsheet shows it (CSV) or the feature's number from 1 (GeoJSON); none for the whole file.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub row: Option<u32>,
    /// What it is about.
    pub rule: RowRule,
    /// What follows.
    pub severity: Severity,
    /// The field concerned.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub field: Option<String>,
    /// The value as given, cut to 120 characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub value: Option<String>,
    /// The sentence for people.
    pub message: Text,
}

/// The formats that are read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Format {
    /// RFC 7946.
    GeoJson,
    /// Delimited text.
    Csv,
    /// A workbook of Excel since 2007.
    Xlsx,
    /// Keyhole Markup Language, plain or as KMZ.
    Kml,
    /// A Shapefile in a zip archive.
    Shapefile,
    /// OGC GeoPackage.
    #[serde(rename = "gpkg")]
    GeoPackage,
}

impl Format {
    /// The stable word.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::GeoJson => "geojson",
            Self::Csv => "csv",
            Self::Xlsx => "xlsx",
            Self::Kml => "kml",
            Self::Shapefile => "shapefile",
            Self::GeoPackage => "gpkg",
        }
    }
}

/// Findings of one kind that were counted and not kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct More {
    /// What they are about.
    pub rule: RowRule,
    /// What follows.
    pub severity: Severity,
    /// How many.
    pub count: u32,
}

/// What became of a file.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Report {
    /// The file's name as given.
    pub file: String,
    /// How it was read.
    pub format: Format,
    /// How its letters are written: declared, or found and told in a finding.
    pub encoding: Encoding,
    /// Whether it is one of our templates.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub template: Option<TemplateMark>,
    /// The reference system of its numbers, such as `EPSG:9210`.
    pub crs: String,
    /// The order in which the numbers were read.
    pub axes: Axes,
    /// What the numbers themselves say of that system.
    pub crs_check: CrsCheck,
    /// What rows say that give their place in metres and in degrees; none where no row does.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pair_check: Option<PairCheck>,
    /// Which column each field was read from.
    pub columns_used: BTreeMap<String, String>,
    /// Rows with any content.
    pub rows_total: u32,
    /// Rows that became assets or parts of them.
    pub rows_accepted: u32,
    /// Rows that did not.
    pub rows_refused: u32,
    /// Assets that came out.
    pub assets: u32,
    /// What there is to know, the whole file first, then by row.
    pub findings: Vec<Finding>,
    /// Kinds of which more was found than is kept.
    pub more: Vec<More>,
}

/// How many errors of one rule are kept.
const KEPT_ERRORS: u32 = 10_000;
/// How many warnings or notes of one rule are kept.
const KEPT_OTHERS: u32 = 1_000;
/// The longest value that is quoted, in characters.
const QUOTED_CHARACTERS: usize = 120;

/// Collects findings in bounded memory.
#[derive(Default)]
pub(crate) struct Findings {
    kept: Vec<Finding>,
    counts: BTreeMap<(Severity, RowRule), u32>,
}

impl Findings {
    /// Goes on with a report's findings, which are left empty.
    pub(crate) fn resume(report: &mut Report) -> Self {
        let kept = std::mem::take(&mut report.findings);
        let mut counts = BTreeMap::new();
        for finding in &kept {
            *counts.entry((finding.severity, finding.rule)).or_default() += 1;
        }
        for more in std::mem::take(&mut report.more) {
            *counts.entry((more.severity, more.rule)).or_default() += more.count;
        }
        Self { kept, counts }
    }

    /// Notes a refusal of a row.
    pub(crate) fn refuse(&mut self, row: u32, field: Option<&str>, value: Option<&str>, refusal: Refusal) {
        self.push(Severity::Error, Some(row), field, value, refusal);
    }

    /// Notes something that refuses nothing.
    pub(crate) fn tell(&mut self, severity: Severity, row: Option<u32>, field: Option<&str>, refusal: Refusal) {
        self.push(severity, row, field, None, refusal);
    }

    pub(crate) fn push(
        &mut self,
        severity: Severity,
        row: Option<u32>,
        field: Option<&str>,
        value: Option<&str>,
        Refusal { rule, message }: Refusal,
    ) {
        let count = self.counts.entry((severity, rule)).or_default();
        *count += 1;
        if *count <= kept(severity) {
            let (field, value) = (field.map(str::to_owned), value.map(quoted));
            self.kept.push(Finding { row, rule, severity, field, value, message });
        }
    }

    /// The kept findings in order of their rows, and the counts of the rest.
    pub(crate) fn finish(mut self) -> (Vec<Finding>, Vec<More>) {
        self.kept.sort_by_key(|finding| finding.row);
        let more = self.counts.into_iter().filter(|((severity, _), count)| kept(*severity) < *count);
        let more = more.map(|((severity, rule), count)| More { rule, severity, count: count - kept(severity) });
        (self.kept, more.collect())
    }
}

const fn kept(severity: Severity) -> u32 {
    match severity {
        Severity::Error => KEPT_ERRORS,
        Severity::Warning | Severity::Info => KEPT_OTHERS,
    }
}

/// The beginning of a text, for quoting it.
pub(crate) fn quoted(text: &str) -> String {
    text.chars().take(QUOTED_CHARACTERS).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::refusal;

    #[test]
    fn findings_beyond_the_bound_are_counted_exactly() {
        let mut findings = Findings::default();
        for row in 0..1_500 {
            findings.tell(Severity::Info, Some(row), None, refusal::missing_owner());
        }
        findings.refuse(7, None, Some(&"x".repeat(500)), refusal::missing_owner());
        let (kept, more) = findings.finish();
        assert_eq!(kept.len(), 1_001);
        assert_eq!(more, [More { rule: RowRule::Required, severity: Severity::Info, count: 500 }]);
        let longest = kept.iter().filter_map(|finding| finding.value.as_ref()).map(String::len).max();
        assert_eq!(longest, Some(QUOTED_CHARACTERS));
    }
}
